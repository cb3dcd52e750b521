/**
 * Keeps account of what clients ask for, and writes it into the gateway's store in the background.
 *
 * Guarantees: counting takes no time that a request would notice and never fails; what could not be written is kept, by
 * day, and written when the store works again. Nothing is written for a gateway without a store. A process that is killed
 * loses the last seconds; one that is stopped loses nothing that the store takes in time. Holds the store for a few rows
 * at a time: changes go first.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { addToDay, dayOf, instantOfMillis } from '../domain/calendar.js';
import type { Answered } from '../domain/usage.js';
import { createBackgroundWriter, type WriterNews } from '../journal/background-writer.js';
import type { StoreError } from '../journal/store-error.js';
import { createTally } from './tally.js';
import type { Batch, UsageStore } from './usage-store.js';

export type AccountingNews =
  | WriterNews
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
/** SQLite works in the thread that answers requests: these take it a few milliseconds. */
const ROWS_AT_ONCE = 20;
/** More than a year, so that what happens once a year is seen twice. */
export const KEPT_DAYS = 400;

export function createAccounting({ store, writer, clock, timers, tell }: AccountingOptions): Accounting {
  const tally = createTally();
  let number = 0;
  let forgottenOn = '';

  function* batches(): Generator<Batch> {
    for (let left = tally.size; left > 0;) {
      const rows = tally.take(Math.min(left, ROWS_AT_ONCE));
      if (rows.length === 0) return;
      left -= rows.length;
      number += 1;
      yield { writer, number, rows };
    }
  }

  const background = createBackgroundWriter<UsageStore, Batch>({
    everyMs: EVERY_MS,
    timers,
    store,
    pieces: batches,
    write: (open, batch) => open.write(batch, clock()),
    onRefused: ({ rows }, error) => {
      tell({ kind: 'dropped', rows: rows.length, error });
    },
    async forget(open) {
      const today = dayOf(instantOfMillis(clock()));
      if (today === forgottenOn) return;
      while (await open.forgetOldest(addToDay(today, { days: -KEPT_DAYS }))) await breathe();
      forgottenOn = today;
    },
    tell,
  });

  return {
    count(answered) {
      tally.add(answered, clock());
    },
    start: background.start,
    flush: background.flush,
    get unwritten() {
      return tally.size + (background.pending?.rows.length ?? 0);
    },
    async stop() {
      await breathe(); // the last answers are told a turn after they have left
      await breathe();
      await background.stop();
    },
  };
}
