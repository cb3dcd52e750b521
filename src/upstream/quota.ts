/**
 * A backend's allowance of requests a second.
 *
 * Guarantees: the backend sees no more requests than allowed in any window of one second, wherever it begins and
 * however long requests travel: a place is taken when a request leaves and becomes free one second after its reply
 * came, and it cannot have arrived later than that. (Counting from the moment of sending does not hold: ten that were
 * held up on the way and ten that were not arrive together.) A slow backend is thereby asked less. Waiting is fair:
 * lanes (customers) take turns, so that one with many requests delays itself and not the others. It is bounded in
 * number and in time; whoever cannot be served in time is told at once and for how long. After a refusal less is allowed
 * for a while (`send-rate.ts`): places that are taken already count against that too. Where no allowance is known, what
 * is sent is counted all the same, and nobody waits until the backend refuses.
 *
 * Own code, because the limiters on npm count fixed windows (twice the allowance around a boundary) or moments of
 * sending, know no lanes, and wait without bound.
 */
import { createSendRate } from './send-rate.js';
import type { Signal } from '../domain/signal.js';
import type { Timers } from './timers.js';

export interface Quota {
  /** Resolves when a request may be sent. `waitAtMostMs` is what the caller has left; who aborts gives up the place. */
  enter(lane: string, waitAtMostMs: number, signal?: Signal): Promise<QuotaTicket>;
  /** The backend refused a request that left at `sentAt`, and did not say until when. */
  refused(sentAt: number): void;
  /** Requests that could be sent right now; `null`: as many as come. */
  readonly remaining: number | null;
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
  readonly lane: string;
  readonly expires: { cancel(): void };
  readonly settle: (ticket: QuotaTicket) => void;
}

/**
 * Moments in order, taken away at the front. Not an array's `shift`: where no allowance is known there are as many as
 * requests in a second, and each would move all others.
 */
class Moments {
  #moments: number[] = [];
  #first = 0;

  get length(): number {
    return this.#moments.length - this.#first;
  }

  at(place: number): number | undefined {
    return this.#moments[this.#first + place];
  }

  push(moment: number): void {
    this.#moments.push(moment);
  }

  dropUpTo(now: number): void {
    const moments = this.#moments;
    let first = this.#first;
    while (first < moments.length && (moments[first] ?? now) <= now) first += 1;
    // Half of it at once, so that each is moved once or so.
    if (first > 32 && first * 2 > moments.length) {
      moments.splice(0, first);
      first = 0;
    }
    this.#first = first;
  }
}

/** Waiters in turns: each lane in order of arrival, lanes one after another. */
class FairQueue {
  // A Map keeps the order of insertion: the first lane is the next to be served, and goes to the back when it was.
  readonly #lanes = new Map<string, Waiter[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(waiter: Waiter): void {
    const lane = this.#lanes.get(waiter.lane);
    if (lane) lane.push(waiter);
    else this.#lanes.set(waiter.lane, [waiter]);
    this.#size += 1;
  }

  next(): Waiter | undefined {
    for (const [name, lane] of this.#lanes) {
      const waiter = lane.shift();
      this.#lanes.delete(name);
      if (lane.length > 0) this.#lanes.set(name, lane);
      if (waiter === undefined) continue;
      this.#size -= 1;
      return waiter;
    }
    return undefined;
  }

  /** Whether it was still waiting. */
  remove(waiter: Waiter): boolean {
    const lane = this.#lanes.get(waiter.lane);
    const place = lane?.indexOf(waiter) ?? -1;
    if (lane === undefined || place < 0) return false;
    lane.splice(place, 1);
    if (lane.length === 0) this.#lanes.delete(waiter.lane);
    this.#size -= 1;
    return true;
  }

  /** How many would be served before a newcomer of that lane. */
  aheadOf(lane: string): number {
    const own = this.#lanes.get(lane)?.length ?? 0;
    let ahead = own;
    for (const [name, waiters] of this.#lanes) if (name !== lane) ahead += Math.min(waiters.length, own + 1);
    return ahead;
  }
}

/** `null`: no allowance is known. Throws RangeError unless `perSecond` is that or a whole number of at least 1. */
export function createQuota(perSecond: number | null, timers: Timers): Quota {
  if (perSecond !== null && (!Number.isInteger(perSecond) || perSecond < 1)) {
    throw new RangeError(`requests per second must be a whole number of at least 1; it is ${perSecond}`);
  }
  const rate = createSendRate(perSecond, timers);
  let underWay = 0;
  const freeAt = new Moments(); // when the places of finished requests become free, earliest first
  const queue = new FairQueue();
  let wake: { cancel(): void } | null = null;

  const taken = (now: number): number => {
    freeAt.dropUpTo(now);
    return underWay + freeAt.length;
  };
  /** Below zero while more is taken than is allowed since a refusal. */
  const free = (now: number): number => rate.perSecond - taken(now);
  /** Milliseconds until somebody with so many ahead can be served, if what is under way ended now and no rate rose. */
  const waitBehind = (ahead: number, now: number): number => {
    const left = free(now);
    const behind = ahead - Math.max(0, left);
    if (behind < 0) return 0;
    // The first places that become free make up for those that were taken beyond what is allowed by now.
    const freed = freeAt.at(Math.max(0, -left) + (behind % rate.perSecond)) ?? now + WINDOW_MS;
    return freed - now + Math.floor(behind / rate.perSecond) * WINDOW_MS;
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
    const next = Math.min(freeAt.at(0) ?? Number.POSITIVE_INFINITY, rate.risesAt ?? Number.POSITIVE_INFINITY);
    if (wake !== null || next === Number.POSITIVE_INFINITY || queue.size === 0) return;
    wake = timers.after(Math.max(1, next - timers.now()), () => {
      wake = null;
      while (free(timers.now()) > 0) {
        const waiter = queue.next();
        if (waiter === undefined) return;
        waiter.expires.cancel();
        waiter.settle(grant());
      }
      wakeWhenFree();
    });
  };

  return {
    enter(lane, waitAtMostMs, signal) {
      const now = timers.now();
      // Given up while it waited for a login: nobody would hear the answer.
      if (signal?.aborted === true) return Promise.resolve({ granted: false, retryAfterMs: 0 });
      const wait = waitBehind(queue.aheadOf(lane), now);
      if (wait > waitAtMostMs || queue.size >= LONGEST_QUEUE) {
        return Promise.resolve({ granted: false, retryAfterMs: Math.ceil(wait) });
      }
      if (queue.size === 0 && free(now) > 0) return Promise.resolve(grant());
      return new Promise((settle) => {
        const giveUp = () => {
          waiter.expires.cancel();
          if (!queue.remove(waiter)) return;
          settle({
            granted: false,
            retryAfterMs: Math.ceil(waitBehind(queue.aheadOf(lane), timers.now())),
          });
        };
        const waiter: Waiter = { lane, settle, expires: timers.after(waitAtMostMs, giveUp) };
        queue.add(waiter);
        signal?.addEventListener('abort', giveUp, { once: true });
        wakeWhenFree();
      });
    },
    refused(sentAt) {
      rate.refused(sentAt, taken(timers.now()));
    },
    get remaining() {
      if (rate.perSecond === Number.POSITIVE_INFINITY) return null;
      return Math.max(0, free(timers.now()) - queue.size);
    },
    get queued() {
      return queue.size;
    },
  };
}
