/**
 * The journal of changes: what the graph asks for changes, and what runs in the background until they are settled.
 *
 * Guarantees: at start, and after an outage of its store, what was left open is taken up by itself; nothing is ever sent
 * again by itself. `stop` lets changes that are being made come to their end first.
 */
import type { ChangePorts } from '../domain/change-port.js';
import { canonicalJson } from '../domain/json.js';
import { isSettled, NO_RESULT, type Operation } from '../domain/operation.js';
import { OperationError, type Operations } from '../domain/operations.js';
import type { Organization } from '../domain/organization.js';
import { createEnding } from './ending.js';
import type { Failpoint } from './failpoint.js';
import { createFollowers, type JournalTimers } from './follow.js';
import { createKeeper } from './keeper.js';
import { createPerformer, type Caller, type PerformTimes } from './perform.js';
import { portOf } from './port-of.js';
import { stopping, unreadable } from './refusals.js';
import { operationOf } from './rows.js';
import { createSettlement, type SettlementTimes } from './settlement.js';
import type { OperationStore, Row } from './store.js';
import { StoreError } from './store-error.js';
import type { Wait } from './within.js';

export type { JournalTimers } from './follow.js';

export interface JournalTimes extends PerformTimes, SettlementTimes {}

export interface JournalDependencies {
  /** Called again after trouble: `databaseOpener` never makes a second journal then. */
  readonly open: () => Promise<OperationStore>;
  readonly times: JournalTimes;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly timers: JournalTimers;
  readonly newId: () => string;
  /** Names this process among those that share the store. */
  readonly holder: string;
  /** For looking at what nobody waits for any more. */
  readonly ports: () => ChangePorts;
  /** Any customer of the directory. */
  readonly organization: (slug: string) => Organization | null;
  readonly failpoint: Failpoint;
  readonly tell: (what: JournalNews) => void;
}

/** For the log. */
export type JournalNews =
  | { readonly kind: 'store-trouble'; readonly trouble: string; readonly message: string }
  | { readonly kind: 'store-works-again' }
  | {
      readonly kind: 'state';
      readonly operationId: string;
      readonly state: string;
      readonly kindOfChange: string;
    }
  | {
      readonly kind: 'trouble';
      readonly operationId: string;
      readonly what: string;
      readonly detail?: string;
    }
  | { readonly kind: 'failed-round'; readonly error: unknown };

export interface JournalState {
  /** Whether changes can be made. */
  readonly isWritable: boolean;
  /** Why not; for operators. */
  readonly trouble: string | null;
  /** Outcomes that are known and not written down yet. */
  readonly unwritten: number;
}

export interface Journal {
  forCaller(caller: Caller, ports: ChangePorts): Operations;
  /** Opens the store and takes up what was left. Never rejects: a store that does not work is tried again. */
  start(): Promise<void>;
  state(): JournalState;
  stop(): Promise<void>;
}

/** Another process may have left something; nobody tells us. */
const LONGEST_REST_MS = 5_000;
const SHORTEST_REST_MS = 20;

export function createJournal(dependencies: JournalDependencies): Journal {
  const { open, times, clock, timers, newId, holder, ports, organization, failpoint, tell } = dependencies;
  const now = () => timers.now();
  const followers = createFollowers<Operation>(timers, {
    textOf: (operation) => canonicalJson({ ...operation, looks: 0 }),
    isSettled: ({ state }) => isSettled(state),
  });
  const sending = new Set<string>();
  let isStopping = false;

  const keeper = createKeeper({
    open,
    now,
    onTrouble: ({ trouble, message }) => {
      tell({ kind: 'store-trouble', trouble, message });
    },
    onRecovery: () => {
      tell({ kind: 'store-works-again' });
    },
    onDropped: (operationId, { message }) => {
      tell({ kind: 'trouble', operationId, what: 'how it ended could not be kept', detail: message });
    },
  });

  const onChange = (row: Row) => {
    tell({ kind: 'state', operationId: row.id, state: row.state, kindOfChange: row.kind });
    followers.wake(row.id);
    if (row.look_at !== null) wakeWithin(row.look_at - clock());
  };
  const onTrouble = (facts: { operationId: string; what: string; detail?: string }) => {
    tell({ kind: 'trouble', ...facts });
  };

  const wait: Wait = (ms, signal) =>
    new Promise((resolve) => {
      const done = () => {
        timer.cancel();
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = timers.after(ms, done);
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
    });

  const common = { clock, now, wait, holder, keeper, failpoint, onChange, onTrouble };
  const settlement = createSettlement({ ...common, times, store: keeper, sending, ports, organization });
  const ending = createEnding({ ...common, holdMs: times.holdMs, settlement });
  const performer = createPerformer({ ...common, times, newId, ending, sending });

  let next: { readonly at: number; cancel(): void } | null = null;
  let round: Promise<void> | null = null;
  /** Lets the background work at the latest after so many milliseconds. */
  const wakeWithin = (ms: number): void => {
    if (isStopping) return;
    const pause = Math.min(LONGEST_REST_MS, Math.max(SHORTEST_REST_MS, ms));
    const at = now() + pause;
    if (next !== null && next.at <= at) return;
    next?.cancel();
    const timer = timers.after(pause, () => {
      next = null;
      void work();
    });
    next = { at, cancel: () => timer.cancel() };
  };
  const work = (): Promise<void> =>
    (round ??= oneRound().finally(() => {
      round = null;
    }));
  const oneRound = async (): Promise<void> => {
    let due: number | null = null;
    try {
      await keeper.retry();
      await settlement.round();
      due = await keeper.read((store) => store.nextDue());
    } catch (error) {
      if (!(error instanceof StoreError)) tell({ kind: 'failed-round', error });
    }
    wakeWithin(due === null ? LONGEST_REST_MS : due - clock());
  };

  const reading = async <Value>(read: (store: OperationStore) => Promise<Value>): Promise<Value> => {
    try {
      return await keeper.read(read);
    } catch (error) {
      throw error instanceof StoreError ? unreadable(error) : error;
    }
  };
  const shown = (row: Row | null, { slug }: Organization): Operation | null =>
    row === null || row.organization !== slug || row.state === 'NOT_SENT' ? null : operationOf(row);
  const byId = async (owner: Organization, id: string) =>
    shown(await reading((store) => store.byId(id)), owner);

  return {
    forCaller: (caller, callerPorts) => ({
      perform: (request) =>
        isStopping ? Promise.reject(stopping()) : performer.perform(request, caller, callerPorts),
      byId,
      byKey: async (key) =>
        (await reading((store) => store.ofKey(caller.client, key)))
          .filter(({ state }) => state !== 'NOT_SENT')
          .map(operationOf),
      list: (owner, filter, first, after) =>
        reading(async (store) => {
          const place = after === null ? null : await store.byId(after);
          if (after !== null && place?.organization !== owner.slug) {
            throw new OperationError('BAD_USER_INPUT', '`after` is no operation of this customer.');
          }
          const from = place === null ? null : { requestedAt: place.requested_at, id: place.id };
          const { rows, totalCount } = await store.list(owner.slug, filter, first + 1, from);
          return {
            operations: rows.slice(0, first).map(operationOf),
            hasMore: rows.length > first,
            totalCount,
          };
        }),
      result(owner, operation) {
        const port = portOf(callerPorts, operation.change);
        return port === null || operation.outcome === null
          ? NO_RESULT
          : port.result(owner, operation.change, operation.outcome);
      },
      follow: (owner, id, signal) => followers.follow(id, () => byId(owner, id), signal),
    }),
    start: work,
    state: () => ({
      isWritable: keeper.trouble === null && keeper.unwritten === 0 && !isStopping,
      trouble: keeper.trouble === null ? null : `${keeper.trouble.trouble}: ${keeper.trouble.message}`,
      unwritten: keeper.unwritten,
    }),
    async stop() {
      isStopping = true;
      next?.cancel();
      await performer.idle();
      await round;
      await keeper.retry();
      followers.stop();
      await keeper.close();
    },
  };
}
