/**
 * What a client may still spend, in points: a bucket that holds `costAtOnce` and fills evenly, `costPerMinute`.
 *
 * It is kept as one number, how long it takes until the bucket is full again (GCRA): nothing has to run for it to fill,
 * and taking from it is one comparison and one addition. Every implementation computes with the functions below, or, in
 * the database, as they do; `test/support/budgets-contract.ts` holds for all of them.
 */
import type { Limits } from '../../domain/principal.js';

/** How fast a bucket fills, and how much it holds. */
export type Rate = Pick<Limits, 'costPerMinute' | 'costAtOnce'>;

export interface Taken {
  /** Whether there was enough. What is not enough is left untouched. */
  readonly isTaken: boolean;
  /** Points that are there now. */
  readonly available: number;
  /** Milliseconds until there are enough; 0 if they were taken. */
  readonly retryAfterMs: number;
}

export interface Budgets {
  /** Never rejects. `points` are at most `costAtOnce`: more are never there. */
  take(client: string, points: number, rate: Rate): Taken | Promise<Taken>;
  /** What was taken and not needed. */
  giveBack(client: string, points: number, rate: Rate): void;
  /** How it is doing, for operators. `trouble`: why each process counts by itself for now. */
  state(): {
    readonly kept: 'in this process' | 'by all workers' | 'in Redis';
    readonly trouble: string | null;
  };
  stop(): Promise<void>;
}

const MINUTE_MS = 60_000;

/** How long it takes until so many points have come back. */
export function msOf(points: number, { costPerMinute }: Rate): number {
  return (points / costPerMinute) * MINUTE_MS;
}

/** What is there while it takes so long until the bucket is full. */
export function availableAt(untilFullMs: number, { costPerMinute, costAtOnce }: Rate): number {
  return Math.max(0, Math.floor(costAtOnce - (untilFullMs / MINUTE_MS) * costPerMinute));
}

/** The answer to somebody who asked for so many points, from how long it takes until the bucket is full. */
export function taken(isTaken: boolean, untilFullMs: number, points: number, rate: Rate): Taken {
  return {
    isTaken,
    available: availableAt(untilFullMs, rate),
    retryAfterMs: isTaken
      ? 0
      : Math.max(1, Math.ceil(untilFullMs + msOf(points, rate) - msOf(rate.costAtOnce, rate))),
  };
}
