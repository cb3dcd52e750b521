/**
 * Keeps account of what clients ask for, and writes it into the gateway's store in the background.
 *
 * Guarantees: counting takes no time that a request would notice and never fails; what could not be written is kept, by
 * day, and written when the store works again. Nothing is written for a gateway without a store. A process that is killed
 * loses the last seconds; one that is stopped loses nothing that the store takes in time. Holds the store for a few rows
 * at a time: changes go first.
 */
import { addToDay, dayOf, instantOfMillis } from '../domain/calendar.js';
import type { Answered } from '../domain/usage.js';
import { storeErrorOf, type StoreError } from '../journal/store-error.js';
import { createTally, type Usage } from './tally.js';
import type { UsageStore } from './usage-store.js';

export type AccountingNews =
  /** Told once until it works again. */
  | { readonly kind: 'delayed'; readonly error: StoreError }
  | { readonly kind: 'recovered' }
  /** The store works, and does not take these. */
  | { readonly kind: 'dropped'; readonly rows: number; readonly error: StoreError };

export interface AccountingOptions {
  /** `null`: not open right now. */
  readonly store: () => UsageStore | null;
  /** Of this life of the process. */
  readonly writer: string;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly timers: { after(milliseconds: number, callback: () => void): { cancel(): void } };
  readonly tell: (news: AccountingNews) => void;
}

export interface Accounting {
  count(answered: Answered): void;
  /** Begins to write now and then. */
  start(): void;
  /** Writes all that there is, if the store works. Never rejects. */
  flush(): Promise<void>;
  /** Rows that wait to be written. */
  readonly unwritten: number;
  /** Writes what is left, for a few seconds at most. */
  stop(): Promise<void>;
}

const EVERY_MS = 5_000;
/** For stopping. */
const PATIENCE_MS = 3_000;
/** SQLite works in the thread that answers requests: these take it a few milliseconds. */
const ROWS_AT_ONCE = 20;
/** More than a year, so that what happens once a year is seen twice. */
export const KEPT_DAYS = 400;

/** Others use the store between two batches. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

export function createAccounting({ store, writer, clock, timers, tell }: AccountingOptions): Accounting {
  const tally = createTally();
  let number = 0;
  /** As it was tried: it is tried again as it is. */
  let pending: readonly Usage[] | null = null;
  let isDelayed = false;
  let forgottenOn = '';
  let next: { cancel(): void } | null = null;
  let isStopped = false;

  const write = async (): Promise<void> => {
    for (;;) {
      const open = store();
      if (open === null) return;
      if (pending === null) {
        const rows = tally.take(ROWS_AT_ONCE);
        if (rows.length === 0) break;
        pending = rows;
        number += 1;
      }
      try {
        await open.write({ writer, number, rows: pending }, clock());
      } catch (thrown) {
        const error = storeErrorOf(thrown);
        if (error.trouble !== 'refused') throw error;
        tell({ kind: 'dropped', rows: pending.length, error });
      }
      pending = null;
      if (isDelayed) tell({ kind: 'recovered' });
      isDelayed = false;
      await breathe();
    }
  };

  const forget = async (): Promise<void> => {
    const today = dayOf(instantOfMillis(clock()));
    if (today === forgottenOn || isStopped) return;
    const open = store();
    while (open !== null && (await open.forgetOldest(addToDay(today, { days: -KEPT_DAYS })))) await breathe();
    forgottenOn = today;
  };

  let running: Promise<void> | null = null;
  const flush = (): Promise<void> =>
    (running ??= write()
      .then(forget)
      .catch((thrown: unknown) => {
        if (!isDelayed) tell({ kind: 'delayed', error: storeErrorOf(thrown) });
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
    count(answered) {
      tally.add(answered, clock());
    },
    start: wait,
    flush,
    get unwritten() {
      return tally.size + (pending?.length ?? 0);
    },
    async stop() {
      isStopped = true;
      next?.cancel();
      let late: { cancel(): void } | null = null;
      const tooLate = new Promise<void>((resolve) => {
        late = timers.after(PATIENCE_MS, resolve);
      });
      await breathe(); // the last answers are told a turn after they have left
      await breathe();
      // What is being written began before the last requests ended.
      await Promise.race([(running ?? Promise.resolve()).then(flush), tooLate]);
      (late as { cancel(): void } | null)?.cancel();
    },
  };
}
