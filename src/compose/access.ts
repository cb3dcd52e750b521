/** Who may ask: keys and tokens as the clients file says, read again when it changes. Loads what reads tokens when an issuer is configured. */
import { readFile } from 'node:fs/promises';
import {
  authenticateClients,
  authenticateDemo,
  DEMO,
  DEMO_CLIENT,
  principalOf,
  type Authenticate,
  type VerifyToken,
} from '../admission/principal.js';
import { startReload, type Reload, type ReloadNews } from '../admission/reload.js';
import type { Issuer } from '../admission/tokens.js';
import type { Config } from '../config.js';
import type { Access } from '../config/clients.js';
import { ConfigError } from '../config/yaml-file.js';
import type { Principal } from '../domain/principal.js';
import type { Log } from '../observability/log.js';
import type { Timers } from '../upstream/timers.js';

/** Who may ask, as the clients file says at each moment. */
export function startAccess(
  config: Config,
  { clock, timers, log }: { readonly clock: () => number; readonly timers: Timers; readonly log: Log },
): {
  readonly authenticate: Authenticate;
  readonly reload: Reload | null;
  readonly isConfigured: (client: string) => boolean;
  /** As the clients file has it now; `null`: it has no such client. */
  readonly principalOf: (client: string) => Principal | null;
} {
  if (config.clients === null) {
    return {
      authenticate: authenticateDemo(),
      reload: null,
      isConfigured: (name) => name === DEMO_CLIENT,
      principalOf: (name) => (name === DEMO_CLIENT ? DEMO : null),
    };
  }
  const tokensBy = createTokenVerifiers({ clock, timers, log });
  const authenticateBy = ({ clients, issuers }: Access) =>
    authenticateClients(clients, issuers.length === 0 ? undefined : tokensBy(issuers));
  const namesIn = ({ clients }: Access) => new Map(clients.map((client) => [client.name, client]));
  const first = { clients: config.clients, issuers: config.issuers ?? [] };
  let current = authenticateBy(first);
  let names = namesIn(first);
  const { clientsFile: file = null } = config;
  const reload =
    file === null
      ? null
      : startReload({
          read: () => readFile(file.path, 'utf8'),
          current: file.text,
          take: (text) => {
            const next = file.parse(text);
            current = authenticateBy(next);
            names = namesIn(next);
          },
          timers,
          tell: (news) => {
            tellReload(log, file.path, news);
          },
        });
  return {
    authenticate: (credentials) => current(credentials),
    reload,
    isConfigured: (name) => names.has(name),
    principalOf: (name) => {
      const client = names.get(name);
      return client === undefined ? null : principalOf(client);
    },
  };
}

/** Loads what reads tokens with the first issuer: gateways that know keys only start without it. */
function createTokenVerifiers({
  clock,
  timers,
  log,
}: {
  readonly clock: () => number;
  readonly timers: Timers;
  readonly log: Log;
}): (issuers: readonly Issuer[]) => VerifyToken {
  const load = async () => {
    const [{ verifyTokens }, { createKeySets }] = await Promise.all([
      import('../admission/tokens.js'),
      import('../admission/key-sets.js'),
    ]);
    const keysAt = createKeySets({
      now: () => timers.now(),
      tell: (news) => {
        log.warn(news, 'the keys of a token issuer could not be read');
      },
    });
    return (issuers: readonly Issuer[]) => verifyTokens(issuers, { keysAt, clock });
  };
  let loaded: ReturnType<typeof load> | null = null;
  return (issuers) => {
    const verify = (loaded ??= load()).then((verifierOf) => verifierOf(issuers));
    verify.catch(() => undefined); // told to whoever brings a token
    return async (token) => (await verify)(token);
  };
}

function tellReload(log: Log, file: string, news: ReloadNews): void {
  if (news.kind === 'taken') log.info({ file }, 'the clients file was read again');
  else if (news.kind === 'unreadable')
    log.error({ file }, 'the clients file cannot be read; clients stay as they were');
  else if (news.error instanceof ConfigError) {
    for (const { line, key, message } of news.error.problems) {
      log.error(
        { file, line, key, problem: message },
        'the clients file is wrong; clients stay as they were',
      );
    }
  } else log.error({ file, err: news.error }, 'the clients file is wrong; clients stay as they were');
}
