/**
 * Keeps what looks found, in the background.
 *
 * Guarantees: whoever looked goes on; it never waits and never fails for it. What waits is bounded: of each customer only
 * the newest look waits. A look that shows the same as the last one is written once a minute. While the store does not
 * work, what waits stays. A process that is killed loses what waited, a second or so; the next look sees the same again.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { millisOfInstant } from '../domain/calendar.js';
import { digestOf, idOf, lookOf, type Look } from '../domain/reconciliation/memory.js';
import type { Reconciliation } from '../domain/reconciliation/types.js';
import { createBackgroundWriter, type WriterNews } from '../journal/background-writer.js';
import type { StoreError } from '../journal/store-error.js';
import type { DiscrepancyStore } from './store.js';

export type ReconciliationNews =
  | WriterNews
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
/** SQLite works in the thread that answers requests: these take it a few milliseconds. */
const LOOKS_AT_ONCE = 20;
const MOST_ORGANIZATIONS = 20_000;
const DAY_MS = 86_400_000;
/** More than a year, so that what happens once a year is seen twice. */
const KEPT_DAYS = 400;
const FORGOTTEN_AT_ONCE = 200;
/** Other processes write too: that they are in the way now and then is no news. */
const LOCKED_AT_MOST = 10;

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
  let forgottenAt = Number.NEGATIVE_INFINITY;

  function* pieces(): Generator<readonly Look[]> {
    for (let left = waiting.size; left > 0;) {
      const some = [...waiting.values()].slice(0, Math.min(left, LOOKS_AT_ONCE));
      if (some.length === 0) return;
      for (const { organization } of some) waiting.delete(organization);
      left -= some.length;
      yield some;
    }
  }

  const background = createBackgroundWriter<DiscrepancyStore, readonly Look[]>({
    everyMs: EVERY_MS,
    timers,
    store,
    pieces,
    write: (open, looks) => open.write(looks),
    onRefused: (looks, error) => {
      tell({ kind: 'dropped', looks: looks.length, error });
    },
    async forget(open) {
      const now = clock();
      if (Math.abs(now - forgottenAt) < DAY_MS) return;
      while ((await open.forget(now - KEPT_DAYS * DAY_MS, FORGOTTEN_AT_ONCE)) > 0) await breathe();
      forgottenAt = now;
    },
    tell,
    lockedAtMost: LOCKED_AT_MOST,
  });

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
    start: background.start,
    flush: background.flush,
    get waiting() {
      return waiting.size + (background.pending?.length ?? 0);
    },
    stop: background.stop,
  };
}
