/** `commitment-graph check`: is the configuration usable? Calls nobody. */
import { loadConfig, type Config } from '../config.js';
import { isLinked } from '../domain/organization.js';
import { SOURCE_LABELS, SOURCE_NAMES, type SourceName } from '../domain/source.js';
import type { BackendSettings } from '../config.js';
import { say } from './run.js';

const KEYS: Readonly<Record<SourceName, keyof BackendSettings>> = {
  COMMITMENT_MANAGER: 'commitmentManager',
  SALESFORCE: 'salesforce',
  LOGISENSE: 'logisense',
  MONETIZENOW: 'monetizenow',
  CLOUDMC: 'cloudmc',
};

export function check(options: { readonly config: string }): void {
  const {
    backends,
    organizations,
    clients,
    issuers = [],
    listen,
    store,
    redis = null,
    workers = 1,
  } = loadConfig(options.config, process.env);
  say(`${options.config} can be used. Nobody was called.`);
  say(`listen    ${listen.host}:${listen.port}, health on ${listen.adminPort}`);
  if (workers > 1) say(`workers   ${workers} processes, which share quotas and budgets`);
  for (const source of SOURCE_NAMES) {
    const settings = backends[KEYS[source]];
    const linked = organizations.filter((organization) => isLinked(organization, source)).length;
    const limit =
      settings?.requestsPerSecond == null ? '' : `, at most ${settings.requestsPerSecond} requests a second`;
    const reach = settings?.allowPrivateAddresses === true ? ', private addresses allowed' : '';
    say(
      `${KEYS[source].padEnd(18)} ${settings === undefined ? 'not configured' : `${settings.url}${limit}${reach}`}` +
        `; ${linked} of ${organizations.length} organizations have an account` +
        (settings === undefined && linked > 0
          ? ` (their ${SOURCE_LABELS[source]} part will say NOT_CONFIGURED)`
          : ''),
    );
  }
  say(`journal   ${placeOf(store)}`);
  say(`budgets   ${redis === null ? 'in this process' : `shared, in Redis at ${new URL(redis).host}`}`);
  say(
    clients === null
      ? 'clients   none: loopback only, everybody may read everything'
      : `clients   ${clients.length}${issuers.length === 0 ? '' : `, and tokens of ${issuers.map(({ issuer }) => issuer).join(', ')}`}`,
  );
}

/** A PostgreSQL URL carries a password: only its host is shown. */
function placeOf(store: Config['store']): string {
  if (store === null) return 'none: changes are refused';
  return store.kind === 'sqlite' ? store.file : `PostgreSQL at ${new URL(store.url).host}`;
}
