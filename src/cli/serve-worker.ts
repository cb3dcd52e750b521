/** One of several processes that answer requests: begun by the primary (`serve-primary.ts`), and ended with it. */
import { startApp, type App } from '../app.js';
import { dayOf, instantOfMillis } from '../domain/calendar.js';
import { createLog, type LogLevel } from '../observability/log.js';
import { systemTimers } from '../upstream/timers.js';
import { unpackConfig } from '../workers/hand-over.js';
import { createLink } from '../workers/link.js';
import { channelToPrimary } from '../workers/processes.js';
import { exampleSlug } from './example-slug.js';
import { examplesFor } from './examples.js';
import { EXIT_FAILED, explain } from './run.js';
import { endOnUncaught } from './uncaught.js';

/** Resolves when it was told to stop, and has. */
export async function serveAsWorker(options: { readonly log: LogLevel }): Promise<void> {
  let app: App | null = null;
  let isOrphan = false;
  let stop: () => void = () => undefined;
  const stopping = new Promise<void>((resolve) => {
    stop = resolve;
  });
  // A terminal sends its signals to all processes of a group; the primary has heard it, too.
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const reload = () => void app?.reload();
  process.on('SIGHUP', reload);
  const link = createLink({
    channel: channelToPrimary(),
    timers: systemTimers,
    onReload: reload,
    onStop: stop,
    onLost() {
      isOrphan = true;
      stop();
    },
    report: async (withMetrics) => ({
      health: app?.health() ?? null,
      metrics: withMetrics && app !== null ? await app.metrics() : null,
    }),
  });
  try {
    const { worker, config: packed } = await link.welcomed;
    const config = unpackConfig(packed, process.env);
    const log = createLog(options.log).child({ worker });
    const examples = examplesFor(exampleSlug(config), dayOf(instantOfMillis(Date.now())));
    app = await startApp({ config, log, examples, shared: link });
    endOnUncaught(app, log);
    link.listening(app.url);
    await stopping;
    if (isOrphan) log.fatal('the primary process is gone; this worker answers what it has, and ends');
    await app.stop();
  } catch (error) {
    process.exit(explain(error));
  }
  await link.close();
  if (isOrphan) process.exitCode = EXIT_FAILED;
}
