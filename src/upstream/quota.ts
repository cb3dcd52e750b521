/**
 * A backend's allowance of requests a second.
 *
 * Guarantees: the backend sees no more requests than allowed in any window of one second, wherever it begins and
 * however long requests travel: a place is taken when a request leaves and becomes free one second after its reply
 * came, and it cannot have arrived later than that. (Counting from the moment of sending does not hold: ten that were
 * held up on the way and ten that were not arrive together.) A slow backend is thereby asked less. Waiting is in order
 * of arrival, bounded in number and in time; whoever cannot be served in time is told at once and for how long.
 *
 * Own code, because the limiters on npm count fixed windows (twice the allowance around a boundary) or moments of
 * sending, and wait without bound.
 */
import type { Timers } from './timers.js';

export interface Quota {
  /** Resolves when a request may be sent. `waitAtMostMs` is what the caller has left. */
  enter(waitAtMostMs: number): Promise<QuotaTicket>;
  /** Requests that could be sent right now. */
  readonly remaining: number;
  readonly queued: number;
}

/** `done` must be called when the request is over, however it ended. */
export type QuotaTicket =
  | { readonly granted: true; readonly done: () => void }
  | { readonly granted: false; readonly retryAfterMs: number };

// A little more than a second: the other side's clock may round.
const WINDOW_MS = 1_005;
const LONGEST_QUEUE = 500;

interface Waiter {
  readonly expires: { cancel(): void };
  readonly settle: (ticket: QuotaTicket) => void;
}

/** Throws RangeError unless `perSecond` is a whole number of at least 1. */
export function createQuota(perSecond: number, timers: Timers): Quota {
  if (!Number.isInteger(perSecond) || perSecond < 1) {
    throw new RangeError(`requests per second must be a whole number of at least 1; it is ${perSecond}`);
  }
  let underWay = 0;
  const freeAt: number[] = []; // when the places of finished requests become free, earliest first
  const waiters: Waiter[] = [];
  let wake: { cancel(): void } | null = null;

  const free = (now: number): number => {
    while (freeAt[0] !== undefined && freeAt[0] <= now) freeAt.shift();
    return perSecond - underWay - freeAt.length;
  };
  /** Milliseconds until whoever has that place in the queue can be served, if what is under way ended now. */
  const waitOf = (place: number, now: number): number => {
    const behind = place - free(now);
    if (behind < 0) return 0;
    const freed = freeAt[behind % perSecond] ?? now + WINDOW_MS;
    return freed - now + Math.floor(behind / perSecond) * WINDOW_MS;
  };
  const grant = (): QuotaTicket => {
    underWay += 1;
    let isDone = false;
    return {
      granted: true,
      done: () => {
        if (isDone) return;
        isDone = true;
        underWay -= 1;
        freeAt.push(timers.now() + WINDOW_MS);
        wakeWhenFree();
      },
    };
  };
  const wakeWhenFree = () => {
    const next = freeAt[0];
    if (wake !== null || next === undefined || waiters.length === 0) return;
    wake = timers.after(Math.max(1, next - timers.now()), () => {
      wake = null;
      while (free(timers.now()) > 0) {
        const waiter = waiters.shift();
        if (waiter === undefined) return;
        waiter.expires.cancel();
        waiter.settle(grant());
      }
      wakeWhenFree();
    });
  };

  return {
    enter(waitAtMostMs) {
      const now = timers.now();
      const wait = waitOf(waiters.length, now);
      if (wait > waitAtMostMs || waiters.length >= LONGEST_QUEUE) {
        return Promise.resolve({ granted: false, retryAfterMs: Math.ceil(wait) });
      }
      if (waiters.length === 0 && free(now) > 0) return Promise.resolve(grant());
      return new Promise((settle) => {
        const waiter: Waiter = {
          settle,
          expires: timers.after(waitAtMostMs, () => {
            const place = waiters.indexOf(waiter);
            if (place < 0) return;
            waiters.splice(place, 1);
            settle({ granted: false, retryAfterMs: Math.ceil(waitOf(waiters.length, timers.now())) });
          }),
        };
        waiters.push(waiter);
        wakeWhenFree();
      });
    },
    get remaining() {
      return Math.max(0, free(timers.now()) - waiters.length);
    },
    get queued() {
      return waiters.length;
    },
  };
}
