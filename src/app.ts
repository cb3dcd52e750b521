/**
 * The composition root: builds every object of the gateway once, in the order in which a request flows.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { GuessExchange, GuessRate } from './admission/guesses.js';
import { createAccounting, type Accounting } from './accounting/accounting.js';
import { tellAccounting } from './accounting/news-log.js';
import { createUsageStore, type UsageStore } from './accounting/usage-store.js';
import type { Budgets } from './admission/budgets/budgets.js';
import { createMemoryBudgets } from './admission/budgets/memory.js';
import {
  authenticateClients,
  authenticateDemo,
  DEMO,
  DEMO_CLIENT,
  principalOf,
  type Authenticate,
  type VerifyToken,
} from './admission/principal.js';
import { startReload, type Reload, type ReloadNews } from './admission/reload.js';
import type { Issuer } from './admission/tokens.js';
import { createRegistry, type Registry } from './backends/registry.js';
import { createCalendarKeeper } from './calendar/calendars.js';
import { calendarText } from './calendar/events.js';
import { createCalendarStore, type CalendarStore } from './calendar/store.js';
import type { Access } from './config/clients.js';
import { DEFAULT_HISTORY, type HistorySettings } from './config/history.js';
import { DEFAULT_LIMITS } from './config/limits.js';
import { ConfigError } from './config/yaml-file.js';
import { isLoopback, type Config, type StoreSettings } from './config.js';
import { DEFAULT_SCHEDULE } from './domain/change-verification.js';
import { noCalendars, noCalendarsForTokens } from './domain/calendars.js';
import { createDirectory } from './domain/directory.js';
import { noHistory, type History } from './domain/history.js';
import type { Organization } from './domain/organization.js';
import type { SourceState } from './domain/ports.js';
import type { Principal } from './domain/principal.js';
import { noVerifications } from './domain/verifications.js';
import { createTogether } from './graph/execution/together.js';
import { createSchema } from './graph/resolvers.js';
import { historyForCallers } from './history/for-callers.js';
import { tellHistory } from './history/news-log.js';
import { createHistory } from './history/read.js';
import { createRecorder, type Recorder } from './history/recorder.js';
import { recording } from './history/recording.js';
import { createHistoryStore, type HistoryStore } from './history/store.js';
import { createAdmin } from './http/admin.js';
import type { Room } from './http/door.js';
import type { ExplorerExample } from './http/explorer.js';
import { createEdge, type DocumentsDependencies } from './http/server.js';
import { databaseOpener, type Database } from './journal/database.js';
import { noFailpoint, type Failpoint } from './journal/failpoint.js';
import { createJournal, type Journal, type JournalState, type JournalTimes } from './journal/journal.js';
import { tellJournal } from './journal/news-log.js';
import { noOperations } from './journal/none.js';
import { createStore, type OperationStore } from './journal/store.js';
import { StoreError } from './journal/store-error.js';
import { createDrift } from './observability/drift.js';
import type { Log } from './observability/log.js';
import type { Meter } from './observability/meter.js';
import { createMetrics, type MetricsReport } from './observability/metrics.js';
import { tellReconciliation } from './reconciliation/news-log.js';
import { createReader } from './reconciliation/read.js';
import { createReconciliations, type DiscrepancyMemory } from './reconciliation/reconciliations.js';
import { createDiscrepancyRecorder } from './reconciliation/recorder.js';
import { createDiscrepancyStore, type DiscrepancyStore } from './reconciliation/store.js';
import type { Resolve } from './upstream/lookup.js';
import type { FindPeers } from './upstream/peers.js';
import { systemTimers, type Timers } from './upstream/timers.js';
import { tellVerifier } from './verification/news-log.js';
import { createVerificationStore, type VerificationStore } from './verification/store.js';
import { createVerifier, type Verifier } from './verification/verifier.js';

/** What tests change about the journal. */
export interface JournalOptions {
  readonly times?: Partial<JournalTimes>;
  readonly failpoint?: Failpoint;
  /** Stands between the journal and its store. */
  readonly wrapStore?: (store: OperationStore) => OperationStore;
}

/** What one of several processes has in common with the others. */
export interface Shared {
  readonly peersOf: FindPeers;
  readonly budgets: Budgets;
  readonly guessExchange: (kind: 'ids' | 'calendars') => GuessExchange;
}

export interface AppOptions {
  readonly config: Config;
  readonly log: Log;
  /** What a visitor of the explorer finds ready. */
  readonly examples?: readonly ExplorerExample[];
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
  readonly timers?: Timers;
  readonly journal?: JournalOptions;
  /** How names of backends are resolved. */
  readonly resolve?: Resolve;
  /** How many things a client may look up in vain. */
  readonly guessRate?: GuessRate;
  /** How many operations are worked on at once. */
  readonly room?: Room;
  /** Left out: this process is alone. With it, another one has the operators' port. */
  readonly shared?: Shared;
}

/** What the operators' port tells. */
export interface AppHealth {
  readonly sources: readonly Pick<SourceState, 'source' | 'isReachable'>[];
  readonly journal: JournalState | null;
  readonly budgets: ReturnType<Budgets['state']>;
}

export interface App {
  /** Such as `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Empty where another process has the operators' port. */
  readonly adminUrl: string;
  health(): AppHealth;
  metrics(): Promise<MetricsReport>;
  /** Reads the clients file at once; by itself it is read again within seconds of a change. Never rejects. */
  reload(): Promise<void>;
  /** Stops accepting, lets running requests finish, closes every socket. */
  stop(): Promise<void>;
}

function urlOf(server: FastifyInstance): string {
  const { address, port, family } = server.server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** Rejects if a port cannot be had; nothing is left running then. */
export async function startApp({
  config,
  log,
  examples = [],
  clock = Date.now,
  timers = systemTimers,
  journal: journalOptions = {},
  resolve,
  guessRate,
  room,
  shared,
}: AppOptions): Promise<App> {
  const drift = createDrift((source, what, kind) => {
    if (kind === 'field') log.warn({ source, path: what }, 'a source sent a field that is not known');
    else log.warn({ source, what }, 'a source sent a value that is not known');
  });
  const metrics = createMetrics({
    isConfigured: (client) => access.isConfigured(client),
    states: () => registry.states(),
    journal: () => journal?.state() ?? null,
    running: () => edge.running,
    work: () => edge.work(),
    unwrittenUsage: () => accounting?.unwritten ?? null,
    history: () => recorder?.state() ?? null,
  });
  // Who wants every read to be a call of its own wants every query to read.
  const isSharing = Object.values(config.backends).every((backend) => backend?.sharing !== false);
  const together = isSharing ? createTogether() : null;
  const registry = createRegistry(config.backends, {
    clock,
    timers,
    drift,
    ...(resolve === undefined ? {} : { resolve }),
    onForget: () => together?.part(),
    ...(shared === undefined ? {} : { peersOf: shared.peersOf }),
    onBreaker: (source, family, state) => {
      log.warn({ source, family, state }, 'a breaker changed');
      metrics.breakerChanged(source, state);
    },
  });
  const directory = createDirectory(config.organizations);
  /** In the database that the journal has opened: nobody else opens it, or makes one. */
  let usage: UsageStore | null = null;
  let discrepancies: DiscrepancyStore | null = null;
  const observations = createObservations();
  const verifications = createOpening<VerificationStore>();
  const calendarStore = createOpening<CalendarStore>();
  const journal =
    config.store === null
      ? null
      : startJournal(config.store, config, {
          registry,
          clock,
          timers,
          log,
          meter: metrics.background,
          onOpen: (opened) => {
            usage = createUsageStore(opened);
            discrepancies = createDiscrepancyStore(opened);
            observations.open(opened);
            verifications.open(createVerificationStore(opened));
            calendarStore.open(createCalendarStore(opened));
          },
          ...journalOptions,
        });
  const accounting: Accounting | null =
    journal === null
      ? null
      : createAccounting({
          store: () => usage,
          writer: randomUUID(),
          clock,
          timers,
          tell: (news) => {
            tellAccounting(log, news);
          },
        });
  const discrepancyRecorder =
    journal === null
      ? null
      : createDiscrepancyRecorder({
          store: () => discrepancies,
          clock,
          timers,
          tell: (news) => {
            tellReconciliation(log, news);
          },
        });
  const memory: DiscrepancyMemory | null = discrepancyRecorder && {
    recorder: discrepancyRecorder,
    store: () => discrepancies,
  };
  const verifier =
    journal === null
      ? null
      : startVerifier(config, {
          registry,
          clock,
          timers,
          log,
          meter: metrics.background,
          store: () => verifications.opened(journal),
        });
  const historySettings = config.history ?? DEFAULT_HISTORY;
  const recorder: Recorder | null =
    journal === null || historySettings.mode === 'off'
      ? null
      : startRecorder(historySettings, { store: observations.store, clock, timers, log });
  const calendars =
    journal === null
      ? null
      : createCalendarKeeper({
          store: () => calendarStore.opened(journal),
          clock,
          newId: randomUUID,
          newToken: () => randomBytes(32).toString('base64url'),
        });
  const access = startAccess(config, { clock, timers, log });
  const budgets = await startBudgets(config.redis ?? null, { timers, log, shared });
  const edge = await createEdge({
    schema: createSchema(),
    authenticate: access.authenticate,
    allowedOrigins: config.listen.allowedOrigins ?? [],
    isOwnName: config.clients === null ? isLoopback : null,
    directory,
    createSources: (request) => {
      const sources = registry.createSources(request);
      return recorder === null ? sources : recording(sources, recorder, request.signal);
    },
    createOperations: ({ client, requestId, signal, meter }) =>
      journal?.forCaller(
        { client, requestId, signal },
        registry.createChanges({ signal, meter, withinMs: () => 0 }),
      ) ?? noOperations,
    createReconciliations: (client, sources) =>
      createReconciliations({ reader: createReader({ sources, clock }), memory, client, clock, timers }),
    history:
      recorder === null ? noHistory : historyForCallers({ opened: observations.history, recorder, timers }),
    createVerifications: (caller) => verifier?.forCaller(caller) ?? noVerifications,
    createCalendars: (principal) => {
      if (calendars === null) return noCalendars;
      // What a token grants ends with it, and nobody could say later what its client may see.
      return access.principalOf(principal.client) === principal
        ? calendars.forCaller(principal.client)
        : noCalendarsForTokens;
    },
    calendarFeeds: calendars && {
      find: (token) => calendars.find(token),
      principalOf: (client) => access.principalOf(client),
      write: calendarText,
    },
    clock,
    timers,
    log,
    examples,
    ...(guessRate === undefined ? {} : { guessRate }),
    ...(shared === undefined ? {} : { guessExchange: shared.guessExchange }),
    ...(room === undefined ? {} : { room }),
    spending: { budgets, limits: config.limits ?? DEFAULT_LIMITS },
    documents: documentsOf(config, timers),
    execution: config.execution,
    together,
    onEnded: (ended) => {
      metrics.ended(ended);
      if (ended.answered !== null) accounting?.count(ended.answered);
    },
  }).catch(async (error: unknown) => {
    await budgets.stop();
    throw error;
  });
  let isDraining = false;
  const health = (): AppHealth => ({
    sources: registry
      .states()
      .filter(({ isConfigured }) => isConfigured)
      .map(({ source, isReachable }) => ({ source, isReachable })),
    journal: journal?.state() ?? null,
    budgets: budgets.state(),
  });
  const admin =
    shared === undefined
      ? createAdmin({
          // A backend or a journal that is down does not make the gateway unready: its other answers are still worth having.
          ready: () => ({ status: isDraining ? 'draining' : 'ready', ...health() }),
          metrics,
        })
      : null;

  const stop = async () => {
    isDraining = true;
    await edge.apollo.stop(); // drains and closes the edge through its plugin
    await accounting?.stop();
    await discrepancyRecorder?.stop();
    await recorder?.stop();
    await verifier?.stop();
    await journal?.stop();
    access.reload?.stop();
    await budgets.stop();
    await Promise.all([edge.app.close(), admin?.close(), registry.close()]);
  };
  try {
    await edge.app.listen({ host: config.listen.host, port: config.listen.port });
    await admin?.listen({ host: config.listen.host, port: config.listen.adminPort });
    // Not waited for: what was left open may be at a backend that hangs, and reads go on whatever the journal does.
    void journal?.start();
    verifier?.start();
    accounting?.start();
    discrepancyRecorder?.start();
    recorder?.start();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: urlOf(edge.app),
    adminUrl: admin === null ? '' : urlOf(admin),
    health,
    metrics: () => metrics.report(),
    reload: () => access.reload?.now() ?? Promise.resolve(),
    stop,
  };
}

/** Where it is counted what clients may still spend. */
async function startBudgets(
  url: string | null,
  {
    timers,
    log,
    shared,
  }: { readonly timers: Timers; readonly log: Log; readonly shared: Shared | undefined },
): Promise<Budgets> {
  const local = shared?.budgets ?? createMemoryBudgets(() => timers.now());
  if (url === null) return local;
  // A third of all files that there are to load, and most gateways are alone.
  const { createRedisBudgets } = await import('./admission/budgets/redis.js');
  const inRedis = createRedisBudgets({
    url,
    local,
    timers,
    tell: (news) => {
      if (news.kind === 'back') log.info('Redis answers again; gateways share the budgets of clients');
      else
        log.error(
          { reason: news.reason },
          'Redis cannot be asked; until it can, this gateway counts the budgets of clients by itself',
        );
    },
  });
  await inRedis.started;
  return inRedis;
}

/** Who may ask, as the clients file says at each moment. */
function startAccess(
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
      import('./admission/tokens.js'),
      import('./admission/key-sets.js'),
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

/** With clients, whatever the mode is: one that may name documents can be added while the gateway runs. */
function documentsOf({ documents, clients }: Config, timers: Timers): DocumentsDependencies | null {
  if (documents === undefined || (documents.mode === 'off' && clients === null)) return null;
  const { mode, path: folder } = documents;
  return { folder, timers, modeOf: (principal) => principal.documents ?? mode };
}

/** What was seen is kept in the database that the journal opens, whenever that is. */
function createObservations() {
  let store: HistoryStore | null = null;
  let history: History | null = null;
  return {
    open(opened: Database): void {
      store = createHistoryStore(opened);
      history = createHistory(opened);
    },
    store: () => store,
    history: () => history,
  };
}

function startRecorder(
  { keepDays, maxRowsPerOrganization: mostRows }: HistorySettings,
  {
    store,
    clock,
    timers,
    log,
  }: {
    readonly store: () => HistoryStore | null;
    readonly clock: () => number;
    readonly timers: Timers;
    readonly log: Log;
  },
): Recorder {
  return createRecorder({
    store,
    policy: { keepDays, mostRows },
    clock,
    timers,
    tell: (news) => {
      tellHistory(log, news);
    },
  });
}

/** What is kept beside the journal, in the database that it opens, whenever that is. */
function createOpening<Store>() {
  let store: Store | null = null;
  let announce: () => void = () => undefined;
  const announced = new Promise<void>((resolve) => (announce = resolve));
  const current = () => store;
  return {
    open(opened: Store): void {
      store = opened;
      announce();
    },
    async opened(journal: Journal): Promise<Store> {
      if (current() === null) await Promise.race([announced, journal.start()]);
      const opened = current();
      if (opened === null) throw new StoreError('other', 'the journal could not be opened');
      return opened;
    },
  };
}

function startVerifier(
  { organizations, verification = DEFAULT_SCHEDULE }: Config,
  {
    registry,
    clock,
    timers,
    log,
    meter,
    store,
  }: {
    readonly registry: Registry;
    readonly clock: () => number;
    readonly timers: Timers;
    readonly log: Log;
    /** Of the calls that it makes by itself. */
    readonly meter: Meter;
    readonly store: () => Promise<VerificationStore>;
  },
): Verifier {
  const bySlug = new Map<string, Organization>(
    organizations.map((organization) => [organization.slug, organization]),
  );
  return createVerifier({
    store,
    schedule: verification,
    sources: (signal) => registry.createSources({ signal, meter, withinMs: () => 0 }),
    organization: (slug) => bySlug.get(slug) ?? null,
    clock,
    timers,
    newId: randomUUID,
    tell: (news) => {
      tellVerifier(log, news);
    },
  });
}

/** What a backend may hold back before it acts on a request that it has got. */
const QUEUEING_MS = 30_000;
// Beyond the time after which what is not to be seen was not done: ten minutes for a synchronization
// (`commitment-manager/read-back.ts`), thirty-five for a task (`cloudmc/changes.ts`).
const GIVE_UP_MS = 45 * 60_000;

function startJournal(
  store: StoreSettings,
  { organizations, backends }: Config,
  options: JournalOptions & {
    readonly registry: Registry;
    readonly clock: () => number;
    readonly timers: Timers;
    readonly log: Log;
    /** Of the calls that it makes by itself. */
    readonly meter: Meter;
    readonly onOpen: (database: Database) => void;
  },
): Journal {
  const {
    registry,
    clock,
    timers,
    log,
    meter,
    onOpen,
    times,
    failpoint = noFailpoint,
    wrapStore = (made) => made,
  } = options;
  const bySlug = new Map<string, Organization>(
    organizations.map((organization) => [organization.slug, organization]),
  );
  const sendMs = Math.max(...Object.values(backends).map((backend) => backend?.writeTimeoutMs ?? 0));
  const nobody = new AbortController().signal;
  setMaxListeners(0, nobody);
  // One for the life of the process: it knows whether there was a journal, and makes none in the place of a lost one.
  const openJournal = databaseOpener(store);
  return createJournal({
    open: async () => {
      const database = await openJournal();
      onOpen(database);
      return wrapStore(createStore(database));
    },
    times: {
      sendMs,
      followMs: 3_000,
      twinMs: 10_000,
      provenAfterMs: sendMs + QUEUEING_MS,
      giveUpAfterMs: GIVE_UP_MS,
      holdMs: 30_000,
      ...times,
    },
    clock,
    timers,
    newId: randomUUID,
    holder: randomUUID(),
    ports: () => registry.createChanges({ signal: nobody, meter, withinMs: () => 0 }),
    organization: (slug) => bySlug.get(slug) ?? null,
    failpoint,
    tell: (news) => {
      tellJournal(log, news);
    },
  });
}
