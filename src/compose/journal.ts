/**
 * The journal over the configured store, with times that follow from those of the backends.
 *
 * Guarantees: what speaks with the database is loaded when the journal is opened, and not before: reads are answered
 * meanwhile, and changes wait for it. What cannot be loaded is a store that does not work, and is told and tried as one.
 */
import { randomUUID } from 'node:crypto';
import type { Registry } from '../backends/registry.js';
import type { Config, StoreSettings } from '../config.js';
import { NEVER } from '../domain/signal.js';
import type { Organization } from '../domain/organization.js';
import { noFailpoint, type Failpoint } from '../journal/failpoint.js';
import { createJournal, type Journal, type JournalTimes } from '../journal/journal.js';
import { tellJournal } from '../journal/news-log.js';
import type { OperationStore } from '../journal/store.js';
import type { Log } from '../observability/log.js';
import type { Meter } from '../observability/meter.js';
import type { Timers } from '../upstream/timers.js';
import type * as Stores from './stores.js';
import type { Kept } from './stores.js';

/** What tests change about the journal. */
export interface JournalOptions {
  readonly times?: Partial<JournalTimes>;
  readonly failpoint?: Failpoint;
  /** Loads what speaks with the database. */
  readonly load?: () => Promise<typeof Stores>;
  /** Stands between the journal and its store. */
  readonly wrapStore?: (store: OperationStore) => OperationStore;
}

/** What a backend may hold back before it acts on a request that it has got. */
const QUEUEING_MS = 30_000;
// Beyond the time after which what is not to be seen was not done: ten minutes for a synchronization
// (`commitment-manager/read-back.ts`), thirty-five for a task (`cloudmc/changes.ts`).
const GIVE_UP_MS = 45 * 60_000;

export function startJournal(
  store: StoreSettings,
  { organizations, backends }: Config,
  options: JournalOptions & {
    readonly registry: Registry;
    readonly clock: () => number;
    readonly timers: Timers;
    readonly log: Log;
    /** Of the calls that it makes by itself. */
    readonly meter: Meter;
    readonly onOpen: (kept: Kept) => void;
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
    load = () => import('./stores.js'),
    wrapStore = (made) => made,
  } = options;
  const bySlug = new Map<string, Organization>(
    organizations.map((organization) => [organization.slug, organization]),
  );
  const sendMs = Math.max(...Object.values(backends).map((backend) => backend?.writeTimeoutMs ?? 0));
  const loadOpener = async () => {
    const { databaseOpener, storesIn } = await load();
    const openDatabase = databaseOpener(store);
    return async () => storesIn(await openDatabase());
  };
  // One for the life of the process: it knows whether there was a journal, and makes none in the place of a lost one.
  let opener: ReturnType<typeof loadOpener> | null = null;
  return createJournal({
    open: async () => {
      const openStores = await (opener ??= loadOpener());
      const { operations, ...kept } = await openStores();
      onOpen(kept);
      return wrapStore(operations);
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
    ports: () => registry.createChanges({ signal: NEVER, meter, withinMs: () => 0 }),
    organization: (slug) => bySlug.get(slug) ?? null,
    failpoint,
    tell: (news) => {
      tellJournal(log, news);
    },
  });
}
