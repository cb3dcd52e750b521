/** The whole gateway in a process of its own, as it is run: real timers, real sockets, no log. */
import { startApp } from '../../../../src/app.js';
import { parseAccounts, parseBackends } from '../../../../src/config.js';
import { createLog } from '../../../../src/observability/log.js';
import { serveParent, type GatewaySettings } from './processes.js';

serveParent(async ({ backends, accounts }: GatewaySettings) => {
  const { url, adminUrl } = await startApp({
    config: {
      listen: { host: '127.0.0.1', port: 0, adminPort: 0 },
      backends: parseBackends(backends),
      organizations: parseAccounts(accounts),
      clients: null,
      store: null,
    },
    log: createLog('silent'),
  });
  return { url, adminUrl };
});
