/**
 * Writes what came up while requests were answered: now and then, a piece at a time.
 *
 * Guarantees: nobody waits for it and it never fails for anybody. Each time it writes what waited when it began, and no
 * more: what comes meanwhile waits for the next time, however much comes. A piece that could not be written is tried
 * again as it is, before others; one that the store will never take is told and given up. That the store does not work
 * is told once, and when it is over.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { storeErrorOf, type StoreError } from './store-error.js';

export type WriterNews =
  /** Told once until it works again. */
  { readonly kind: 'delayed'; readonly error: StoreError } | { readonly kind: 'recovered' };

export interface BackgroundWriterOptions<Store, Piece> {
  readonly everyMs: number;
  readonly timers: { after(milliseconds: number, callback: () => void): { cancel(): void } };
  /** `null`: not open right now. */
  readonly store: () => Store | null;
  /**
   * Takes what waits right now, piece by piece. What is not asked for stays where it was. `isHurried`: between times,
   * because much waits; what would rather wait may.
   */
  readonly pieces: (isHurried: boolean) => Iterator<Piece> | AsyncIterator<Piece>;
  readonly write: (store: Store, piece: Piece) => Promise<void>;
  /** The store works, and does not take it. */
  readonly onRefused: (piece: Piece, error: StoreError) => void;
  /** When all is written: forgets what is old. Stops early when `isStopped` says so. */
  readonly forget: (store: Store, isStopped: () => boolean) => Promise<void>;
  readonly tell: (news: WriterNews) => void;
  /** Each time, however it ended. */
  readonly afterwards?: () => void;
  /** Other processes write too: that they are in the way so many times in a row is no news. */
  readonly lockedAtMost?: number;
}

export interface BackgroundWriter<Piece> {
  /** Begins to write now and then. */
  start(): void;
  /** Writes what waits, if the store works. Never rejects. */
  flush(): Promise<void>;
  /** Begins to write soon, unless the store did not work the last time, or was locked just now. Never throws. */
  hurry(): void;
  /** Was taken, and is not known to be written. */
  readonly pending: Piece | null;
  /** Writes what is left, for a few seconds at most. */
  stop(): Promise<void>;
}

/** For stopping. */
const PATIENCE_MS = 3_000;
/** Whoever was in the way is gone by then, mostly: other processes write for some milliseconds. */
const LOCKED_FOR_MS = 20;

export function createBackgroundWriter<Store, Piece>({
  everyMs,
  timers,
  store,
  pieces,
  write,
  onRefused,
  forget,
  tell,
  afterwards = () => undefined,
  lockedAtMost = 0,
}: BackgroundWriterOptions<Store, Piece>): BackgroundWriter<Piece> {
  let pending: Piece | null = null;
  let isDelayed = false;
  /** Times in a row. */
  let locked = 0;
  let isHeldUp = false;
  let isStopped = false;
  let next: { cancel(): void } | null = null;

  /** Whether nothing is left of what waited. */
  const writeAll = async (isHurried: boolean): Promise<boolean> => {
    // Whoever made it hurry is answering somebody.
    if (isHurried) await breathe();
    const waiting = pieces(isHurried);
    for (;;) {
      const open = store();
      if (open === null) return false;
      if (pending === null) {
        const taken = await waiting.next();
        if (taken.done === true) break;
        pending = taken.value;
      }
      try {
        await write(open, pending);
      } catch (thrown) {
        const error = storeErrorOf(thrown);
        if (error.trouble !== 'refused') throw error;
        onRefused(pending, error);
      }
      pending = null;
      locked = 0;
      isHeldUp = false;
      if (isDelayed) tell({ kind: 'recovered' });
      isDelayed = false;
      // Others use the processor and the store between two pieces.
      await breathe();
    }
    return true;
  };

  const failed = (thrown: unknown, isHurried: boolean): false => {
    const error = storeErrorOf(thrown);
    if (error.trouble === 'locked') {
      isHeldUp = true;
      timers.after(LOCKED_FOR_MS, () => {
        isHeldUp = false;
      });
      // Whoever hurries comes back soon; how long it goes on is counted by the times that it is due.
      if (isHurried || (locked += 1) < lockedAtMost) return false;
    }
    if (!isDelayed) tell({ kind: 'delayed', error });
    isDelayed = true;
    return false;
  };

  let running: { readonly isHurried: boolean; readonly done: Promise<boolean> } | null = null;
  const run = (isHurried: boolean): Promise<boolean> => {
    running ??= {
      isHurried,
      done: writeAll(isHurried)
        .catch((thrown: unknown) => failed(thrown, isHurried))
        .finally(() => {
          afterwards();
          running = null;
        }),
    };
    return running.done;
  };

  const flush = async (): Promise<void> => {
    // That would leave something out.
    while (running?.isHurried === true) await running.done;
    if (await run(false)) await forgetOld();
  };

  let forgetting: Promise<unknown> | null = null;
  /** What comes meanwhile need not wait for it. */
  const forgetOld = async (): Promise<void> => {
    const open = store();
    if (open !== null && !isStopped) {
      forgetting ??= forget(open, () => isStopped)
        .catch((thrown: unknown) => failed(thrown, false))
        .finally(() => {
          forgetting = null;
        });
    }
    await forgetting;
  };

  const wait = () => {
    next = timers.after(everyMs, () => {
      void flush().then(() => {
        if (!isStopped) wait();
      });
    });
  };

  return {
    start: wait,
    flush,
    hurry() {
      if (running !== null || isDelayed || isHeldUp || isStopped || store() === null) return;
      void run(true);
    },
    get pending() {
      return pending;
    },
    async stop() {
      isStopped = true;
      next?.cancel();
      let late: { cancel(): void } | null = null;
      const tooLate = new Promise<void>((resolve) => {
        late = timers.after(PATIENCE_MS, resolve);
      });
      // What is being written began before the last requests ended.
      await Promise.race([(running?.done ?? Promise.resolve()).then(flush), tooLate]);
      (late as { cancel(): void } | null)?.cancel();
    },
  };
}
