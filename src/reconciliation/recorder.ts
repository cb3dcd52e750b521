/**
 * Keeps what looks found, in the background.
 *
 * Guarantees: whoever looked goes on; it never waits and never fails for it. What waits is bounded: of each customer only
 * the newest look waits. A look that shows the same as the last one is written once a minute. While the store does not
 * work, what waits stays. A process that is killed loses what waited, a second or so; the next look sees the same again.
 */
import { LRUCache } from 'lru-cache';
import { millisOfInstant } from '../domain/calendar.js';
import { digestOf, idOf, lookOf, type Look } from '../domain/reconciliation/memory.js';
import type { Reconciliation } from '../domain/reconciliation/types.js';
import { storeErrorOf, type StoreError } from '../journal/store-error.js';
import type { DiscrepancyStore } from './store.js';

export type ReconciliationNews =
  /** Told once until it works again. */
  | { readonly kind: 'delayed'; readonly error: StoreError }
  | { readonly kind: 'recovered' }
  /** The store works, and does not take these. */
  | { readonly kind: 'dropped'; readonly looks: number; readonly error: StoreError };

export interface DiscrepancyRecorder {
  /** Never throws. */
  saw(reconciliation: Reconciliation): void;
  start(): void;
  /** Writes all that waits, if the store works. Never rejects. */
  flush(): Promise<void>;
  /** Looks that wait to be written. */
  readonly waiting: number;
  /** Writes what is left, for a few seconds at most. */
  stop(): Promise<void>;
}

export interface RecorderOptions {
  /** `null`: not open right now. */
  readonly store: () => DiscrepancyStore | null;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly timers: { after(milliseconds: number, callback: () => void): { cancel(): void } };
  readonly tell: (news: ReconciliationNews) => void;
}

const EVERY_MS = 1_000;
const SAME_AGAIN_MS = 60_000;
/** For stopping. */
const PATIENCE_MS = 3_000;
/** SQLite works in the thread that answers requests: these take it a few milliseconds. */
const LOOKS_AT_ONCE = 20;
const MOST_ORGANIZATIONS = 20_000;
const DAY_MS = 86_400_000;
/** More than a year, so that what happens once a year is seen twice. */
const KEPT_DAYS = 400;
const FORGOTTEN_AT_ONCE = 200;
/** Other processes write too: that they are in the way now and then is no news. */
const LOCKED_AT_MOST = 10;

const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

export function createDiscrepancyRecorder({
  store,
  clock,
  timers,
  tell,
}: RecorderOptions): DiscrepancyRecorder {
  const waiting = new Map<string, Look>();
  const lastShown = new LRUCache<string, { readonly digest: string; readonly at: number }>({
    max: MOST_ORGANIZATIONS,
  });
  let pending: readonly Look[] = [];
  let isDelayed = false;
  let locked = 0;
  let forgottenAt = Number.NEGATIVE_INFINITY;
  let isStopped = false;
  let next: { cancel(): void } | null = null;

  const write = async (): Promise<void> => {
    for (;;) {
      const open = store();
      if (open === null) return;
      if (pending.length === 0) {
        pending = [...waiting.values()].slice(0, LOOKS_AT_ONCE);
        for (const { organization } of pending) waiting.delete(organization);
        if (pending.length === 0) break;
      }
      try {
        await open.write(pending);
      } catch (thrown) {
        const error = storeErrorOf(thrown);
        if (error.trouble !== 'refused') throw error;
        tell({ kind: 'dropped', looks: pending.length, error });
      }
      pending = [];
      locked = 0;
      if (isDelayed) tell({ kind: 'recovered' });
      isDelayed = false;
      await breathe();
    }
  };

  const forget = async (): Promise<void> => {
    const now = clock();
    const open = store();
    if (open === null || isStopped || Math.abs(now - forgottenAt) < DAY_MS) return;
    while ((await open.forget(now - KEPT_DAYS * DAY_MS, FORGOTTEN_AT_ONCE)) > 0) await breathe();
    forgottenAt = now;
  };

  let running: Promise<void> | null = null;
  const flush = (): Promise<void> =>
    (running ??= write()
      .then(forget)
      .catch((thrown: unknown) => {
        const error = storeErrorOf(thrown);
        if (error.trouble === 'locked' && (locked += 1) < LOCKED_AT_MOST) return;
        if (!isDelayed) tell({ kind: 'delayed', error });
        isDelayed = true;
      })
      .finally(() => {
        running = null;
      }));

  const wait = () => {
    next = timers.after(EVERY_MS, () => {
      void flush().then(() => {
        if (!isStopped) wait();
      });
    });
  };

  return {
    saw(reconciliation) {
      const look = lookOf(reconciliation);
      const { organization, seen, present, absent } = look;
      const at = millisOfInstant(look.at);
      const shown = [...present].filter((id) => !seen.some((finding) => idOf(finding) === id));
      const digest = [absent, ...seen.map((one) => `${idOf(one)} ${digestOf(one)}`), ...shown].join('\n');
      const last = lastShown.get(organization);
      if (last?.digest === digest && Math.abs(at - last.at) < SAME_AGAIN_MS) return;
      if (!waiting.has(organization) && waiting.size >= MOST_ORGANIZATIONS) return;
      lastShown.set(organization, { digest, at });
      waiting.set(organization, look);
    },
    start: wait,
    flush,
    get waiting() {
      return waiting.size + pending.length;
    },
    async stop() {
      isStopped = true;
      next?.cancel();
      let late: { cancel(): void } | null = null;
      const tooLate = new Promise<void>((resolve) => {
        late = timers.after(PATIENCE_MS, resolve);
      });
      // What is being written began before the last requests ended.
      await Promise.race([(running ?? Promise.resolve()).then(flush), tooLate]);
      (late as { cancel(): void } | null)?.cancel();
    },
  };
}
