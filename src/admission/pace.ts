/**
 * Work that comes in heaps, such as the replies to a hundred calls, is done piece by piece, with a look at everything
 * else in between: new requests, health checks, deadlines.
 *
 * Guarantees: first come, first served; of the pieces that wait here, the event loop does a few milliseconds' worth in
 * one turn, and at least one. A piece is what is done at once after it was its turn, up to where it waits for something
 * else. Where nothing is in a heap, nothing waits.
 */
import { Queue } from './queue.js';

export interface PaceOptions {
  /** Milliseconds on a clock that never steps back. */
  readonly now: () => number;
  /** Calls back when this turn of the event loop is over. */
  readonly afterTurn: (callback: () => void) => void;
  /** Calls back when what was begun has come to where it waits. */
  readonly afterPiece: (callback: () => void) => void;
  readonly sliceMs?: number;
}

export interface Pace {
  /** Resolves when it is their turn. */
  turn(): Promise<void>;
  /** Pieces that wait. */
  readonly waiting: number;
}

const SLICE_MS = 5;

const NOW = Promise.resolve();

export function createPace({ now, afterTurn, afterPiece, sliceMs = SLICE_MS }: PaceOptions): Pace {
  const queue = new Queue<() => void>();
  /** Some piece is being done. */
  let isBusy = false;
  /** When the first piece of this turn was begun; `null`: none was. */
  let began: number | null = null;

  const begin = (): void => {
    if (began !== null) return;
    began = now();
    afterTurn(() => {
      began = null;
      if (!isBusy) next();
    });
  };

  const occupy = (): void => {
    isBusy = true;
    afterPiece(() => {
      isBusy = false;
      next();
    });
  };

  const next = (): void => {
    if (queue.length === 0) return;
    begin();
    if (began !== null && now() - began >= sliceMs) return; // goes on after the turn
    const piece = queue.take();
    occupy();
    piece?.();
  };

  return {
    turn() {
      if (!isBusy && queue.length === 0) {
        begin();
        if (began !== null && now() - began < sliceMs) {
          occupy();
          return NOW;
        }
      }
      return new Promise((resolve) => {
        queue.add(resolve);
      });
    },
    get waiting() {
      return queue.length;
    },
  };
}

/** Of this process. */
export const createPaceOfTheLoop = (): Pace =>
  createPace({
    now: () => performance.now(),
    afterTurn: setImmediate,
    afterPiece: (callback) => {
      // What follows from a piece is done before the next tick, however many promises it takes.
      queueMicrotask(() => {
        process.nextTick(callback);
      });
    },
  });
