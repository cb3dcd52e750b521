/** `commitment-graph serve`: the gateway over real backends. */
import { loadConfig } from '../config.js';
import { dayOf, instantOfMillis } from '../domain/calendar.js';
import { createLog, type LogLevel } from '../observability/log.js';
import { exampleSlug } from './example-slug.js';
import { examplesFor } from './examples.js';
import { say, untilStopped } from './run.js';
import { endOnUncaught } from './uncaught.js';

export interface ServeOptions {
  readonly config: string;
  readonly log: LogLevel;
  /** Over what the configuration says. */
  readonly workers?: number;
}

export async function serve(options: ServeOptions): Promise<void> {
  const config = loadConfig(options.config, process.env);
  const workers = options.workers ?? config.workers ?? 1;
  if (workers > 1) {
    // Without what answers requests: the primary needs none of it.
    await (await import('./serve-primary.js')).serveAsPrimary(config, workers, options.log);
    return;
  }
  const { startApp } = await import('../app.js');
  const examples = examplesFor(exampleSlug(config), dayOf(instantOfMillis(Date.now())));
  const log = createLog(options.log);
  const app = await startApp({ config, log, examples });
  endOnUncaught(app, log);
  // Listened for before anybody is told that it runs: a signal may follow at once.
  const stopped = untilStopped(app);
  process.on('SIGHUP', () => void app.reload());
  say(`The graph is at    ${app.url}/graphql`);
  say(`The explorer is at ${app.url}/graphiql`);
  say(`Health is at       ${app.adminUrl}/health/ready`);
  if (config.clients === null)
    say('No clients are configured: whoever reaches this address may read everything.');
  await stopped;
}
