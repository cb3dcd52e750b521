/** `commitment-graph serve`: the gateway over real backends. */
import { startApp } from '../app.js';
import { loadConfig, type Config } from '../config.js';
import { createLog, type LogLevel } from '../observability/log.js';
import { dayOf, instantOfMillis } from '../domain/calendar.js';
import { examplesFor } from './examples.js';
import { say, untilStopped } from './run.js';
import { endOnUncaught } from './uncaught.js';

/** Examples are served to everybody: where callers present a key, they must not name a customer. */
export function exampleSlug({ clients, organizations }: Pick<Config, 'clients' | 'organizations'>): string {
  return (clients === null ? organizations[0]?.slug : undefined) ?? 'your-customer';
}

export async function serve(options: { readonly config: string; readonly log: LogLevel }): Promise<void> {
  const config = loadConfig(options.config, process.env);
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
