/**
 * Errors that nobody caught. They are no request's: something of the process is not as it should be, and goes on being so.
 *
 * Guarantees: the error is in the log, requests that run are answered, and the process ends with exit code 1, in bounded
 * time, so that whoever supervises it starts another; the journal finds out what became of changes that were being sent.
 */
import type { App } from '../app.js';
import type { Log } from '../observability/log.js';
import { EXIT_FAILED } from './run.js';

/** Longer than any request may take. */
const DRAIN_MS = 25_000;

export function endOnUncaught(app: Pick<App, 'stop'>, log: Log): void {
  let isEnding = false;
  // Rejections that nobody handles come here, too.
  process.on('uncaughtException', (error: unknown, origin) => {
    log.fatal({ err: error, origin }, 'an error that nobody caught ends the gateway');
    if (isEnding) return;
    isEnding = true;
    const end = () => process.exit(EXIT_FAILED);
    setTimeout(end, DRAIN_MS);
    void app.stop().then(end, end);
  });
}
