/**
 * Repeats reads that failed for a passing reason.
 *
 * Guarantees: at most two repetitions, never beyond the deadline, never more than a tenth of the calls that succeed and
 * two, however much fails (a bucket of tokens: each success puts a tenth of one in, each repetition takes one out). A
 * backend that says when to come back is not asked before. Refuses to repeat anything but reads.
 */
import { failure, isRetryable, SourceError, type Failure, type FailureCode } from '../domain/failure.js';
import type { SourceName } from '../domain/source.js';
import type { Signal } from '../domain/signal.js';
import type { Timers } from './timers.js';

export const MOST_RETRIES = 2;
/**
 * What a new process may repeat before anything succeeded: one call's worth, so that the first flaky one is not an error.
 * Not a full bucket: a breaker that is mostly open lets few calls through, and ten repetitions are a fifth of those.
 */
const FIRST_TOKENS = MOST_RETRIES;
const BUCKET = 10;
const PER_SUCCESS = 0.1;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000; // a caller is better told to come back than kept waiting

/** Shared by all calls of a backend. */
export interface RetryBudget {
  succeeded(): void;
  /** Whether one more repetition may be made; it is counted if so. */
  take(): boolean;
}

export function createRetryBudget(): RetryBudget {
  let tokens = FIRST_TOKENS;
  return {
    succeeded: () => {
      tokens = Math.min(BUCKET, tokens + PER_SUCCESS);
    },
    take: () => {
      // Tenths do not add up exactly in binary.
      if (tokens < 1 - 1e-9) return false;
      tokens -= 1;
      return true;
    },
  };
}

/** A refusal of our own, made before anything was sent: it says nothing about the backend. */
export class OwnRefusal extends SourceError {
  constructor(code: FailureCode, source: SourceName, extras: Parameters<typeof failure>[2]) {
    super(failure(code, source, extras));
  }
}

function mayPassSoon(failed: Failure): boolean {
  // A conflict is over when another process is done: the backend says after minutes, and callers should know at once.
  return isRetryable(failed) && failed.code !== 'UPSTREAM_CONFLICT';
}

export interface RetryRules {
  readonly budget: RetryBudget;
  readonly timers: Timers;
  readonly random: () => number;
  readonly leftMs: () => number;
  readonly signal: Signal;
  readonly onRetry: () => void;
  /** Whether a repetition would be let through at all; without it, none is waited for. */
  readonly mayRepeat?: () => boolean;
  /** Calls back when repetitions are no longer let through: nobody waits for one then. Gives what ends that. */
  readonly onRefusal?: (wake: () => void) => () => void;
}

/** Full jitter: anywhere between nothing and the doubling limit, so that those who failed together do not return together. */
function waitBefore(retry: number, failed: Failure, random: () => number): number {
  const hint = 'retryAfterMs' in failed ? failed.retryAfterMs : undefined;
  const jittered = random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** retry);
  return hint === undefined ? jittered : hint + jittered;
}

function waiting(
  milliseconds: number,
  timers: Timers,
  onRefusal: NonNullable<RetryRules['onRefusal']>,
): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      timer.cancel();
      forget();
      resolve();
    };
    const timer = timers.after(milliseconds, end);
    const forget = onRefusal(end);
  });
}

export async function retrying<Value>(run: () => Promise<Value>, rules: RetryRules): Promise<Value> {
  const { budget, timers, random, leftMs, signal, onRetry } = rules;
  const { mayRepeat = () => true, onRefusal = () => () => undefined } = rules;
  let failedWith: SourceError | null = null;
  for (let retry = 0; ; retry += 1) {
    try {
      const value = await run();
      if (retry === 0) budget.succeeded();
      return value;
    } catch (error) {
      // That we would not let a repetition through is not what went wrong.
      if (error instanceof OwnRefusal) throw failedWith ?? error;
      if (!(error instanceof SourceError)) throw error;
      failedWith = error;
      if (retry >= MOST_RETRIES || signal.aborted || !mayPassSoon(error.failure)) throw error;
      if (!mayRepeat()) throw error;
      const wait = waitBefore(retry, error.failure, random);
      if (wait > LONGEST_WAIT_MS || wait >= leftMs() || !budget.take()) throw error;
      await waiting(wait, timers, onRefusal);
      if (signal.aborted || !mayRepeat()) throw error;
      onRetry();
    }
  }
}
