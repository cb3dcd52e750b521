/**
 * Budgets of one process.
 *
 * Guarantees: a client's keys and tokens share one; bounded in number, by forgetting those that were not used for longest.
 */
import { LRUCache } from 'lru-cache';
import { msOf, taken, type Budgets } from './budgets.js';

const MOST_CLIENTS = 10_000;

/** `now`: milliseconds on a clock that never steps back. */
export function createMemoryBudgets(now: () => number): Budgets {
  /** When the bucket is full again. Those that are full need not be known. */
  const fullAt = new LRUCache<string, number>({ max: MOST_CLIENTS });
  return {
    take(client, points, rate) {
      const at = now();
      const most = msOf(rate.costAtOnce, rate);
      // Limits may have become smaller since.
      const untilFull = Math.min(Math.max(0, (fullAt.get(client) ?? at) - at), most);
      const after = untilFull + msOf(points, rate);
      // Half a point is lost in fractions of milliseconds, never a whole one.
      const isTaken = after <= most + msOf(0.5, rate);
      if (isTaken) fullAt.set(client, at + after);
      return taken(isTaken, isTaken ? after : untilFull, points, rate);
    },
    giveBack(client, points, rate) {
      const full = fullAt.get(client);
      if (full !== undefined) fullAt.set(client, full - msOf(points, rate));
    },
    state: () => ({ kept: 'in this process', trouble: null }),
    stop: () => Promise.resolve(),
  };
}
