/**
 * The composition root: builds every object of the gateway once, in the order in which a request flows.
 */
import type { FastifyInstance } from 'fastify';
import { randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createAccounting, type Accounting } from './accounting/accounting.js';
import { tellAccounting } from './accounting/news-log.js';
import type { Budgets } from './admission/budgets/budgets.js';
import type { GuessRate } from './admission/guesses.js';
import { createPaceOfTheLoop, type Pace } from './admission/pace.js';
import { createRegistry } from './backends/registry.js';
import { createCalendarKeeper } from './calendar/calendars.js';
import { calendarText } from './calendar/events.js';
import { startAccess } from './compose/access.js';
import { startBudgets } from './compose/budgets.js';
import { startJournal, type JournalOptions } from './compose/journal.js';
import { createOpening, startRecorder } from './compose/keeping.js';
import type { Shared } from './compose/shared.js';
import { startVerifier } from './compose/verifier.js';
import { isLoopback, type Config } from './config.js';
import { DEFAULT_HISTORY } from './config/history.js';
import { DEFAULT_LIMITS } from './config/limits.js';
import { noCalendars, noCalendarsForTokens } from './domain/calendars.js';
import { createDirectory } from './domain/directory.js';
import { noHistory } from './domain/history.js';
import type { SourceState } from './domain/ports.js';
import { noVerifications } from './domain/verifications.js';
import { createTogether } from './graph/execution/together.js';
import { createSchema } from './graph/resolvers.js';
import { historyForCallers } from './history/for-callers.js';
import type { Recorder } from './history/recorder.js';
import { recording } from './history/recording.js';
import { createAdmin } from './http/admin.js';
import type { Room } from './http/door.js';
import type { ExplorerExample } from './http/explorer.js';
import { createEdge, type DocumentsDependencies } from './http/server.js';
import type { JournalState } from './journal/journal.js';
import { noOperations } from './journal/none.js';
import { createDrift } from './observability/drift.js';
import type { Log } from './observability/log.js';
import { createMetrics, type MetricsReport } from './observability/metrics.js';
import { tellReconciliation } from './reconciliation/news-log.js';
import { createReader } from './reconciliation/read.js';
import { createReconciliations, type DiscrepancyMemory } from './reconciliation/reconciliations.js';
import { createDiscrepancyRecorder } from './reconciliation/recorder.js';
import type { Resolve } from './upstream/lookup.js';
import { systemTimers, type Timers } from './upstream/timers.js';

export type { JournalOptions } from './compose/journal.js';
export type { Shared } from './compose/shared.js';

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
  /** When replies and joined answers are gone on with. */
  readonly pace?: Pick<Pace, 'turn'>;
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
  pace = createPaceOfTheLoop(),
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
  const together = isSharing ? createTogether(undefined, () => pace.turn()) : null;
  const registry = createRegistry(config.backends, {
    clock,
    timers,
    drift,
    turn: () => pace.turn(),
    ...(resolve === undefined ? {} : { resolve }),
    ...(shared === undefined ? {} : { peersOf: shared.peersOf }),
    onBreaker: (source, family, state) => {
      log.warn({ source, family, state }, 'a breaker changed');
      metrics.breakerChanged(source, state);
    },
  });
  const directory = createDirectory(config.organizations);
  /** In the database that the journal has opened: nobody else opens it, or makes one. */
  const kept = createOpening();
  const journal =
    config.store === null
      ? null
      : startJournal(config.store, config, {
          registry,
          clock,
          timers,
          log,
          meter: metrics.background,
          onOpen: kept.open,
          ...journalOptions,
        });
  const accounting: Accounting | null =
    journal === null
      ? null
      : createAccounting({
          store: () => kept.now()?.usage ?? null,
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
          store: () => kept.now()?.discrepancies ?? null,
          clock,
          timers,
          tell: (news) => {
            tellReconciliation(log, news);
          },
        });
  const memory: DiscrepancyMemory | null = discrepancyRecorder && {
    recorder: discrepancyRecorder,
    store: () => kept.now()?.discrepancies ?? null,
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
          store: async () => (await kept.opened(journal)).verifications,
        });
  const historySettings = config.history ?? DEFAULT_HISTORY;
  const recorder: Recorder | null =
    journal === null || historySettings.mode === 'off'
      ? null
      : startRecorder(historySettings, { store: () => kept.now()?.observations ?? null, clock, timers, log });
  const calendars =
    journal === null
      ? null
      : createCalendarKeeper({
          store: async () => (await kept.opened(journal)).calendars,
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
      recorder === null || journal === null
        ? noHistory
        : historyForCallers({
            opened: async () => (await kept.opened(journal)).history,
            recorder,
            timers,
          }),
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

/** With clients, whatever the mode is: one that may name documents can be added while the gateway runs. */
function documentsOf({ documents, clients }: Config, timers: Timers): DocumentsDependencies | null {
  if (documents === undefined || (documents.mode === 'off' && clients === null)) return null;
  const { mode, path: folder } = documents;
  return { folder, timers, modeOf: (principal) => principal.documents ?? mode };
}
