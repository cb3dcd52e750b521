/**
 * The log: one JSON line per event, to standard error. Only named facts are ever handed to it, never requests, replies
 * or variables as they are, so that nothing secret can slip in with them.
 *
 * Guarantees: whoever reads it holds up nothing: lines that are not taken wait, in bounded memory; further ones are
 * dropped, and counted in a line when there is room again.
 */
import { pino, type Logger } from 'pino';

/** Characters of lines that wait to be taken: some thousands of them. */
const MOST_WAITING = 2_000_000;

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

export type Log = Logger;

export function createLog(level: LogLevel): Log {
  const destination = pino.destination({ dest: 2, sync: false, maxLength: MOST_WAITING });
  const log = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  let dropped = 0;
  destination.on('drop', () => (dropped += 1));
  destination.on('drain', () => {
    if (dropped === 0) return;
    const lines = dropped;
    dropped = 0;
    log.error({ lines }, 'lines of this log were dropped: nobody took them');
  });
  return log;
}
