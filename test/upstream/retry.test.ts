/**
 * What is repeated, how often, after which wait and at whose expense. Time is ticked. Amplification (attempts for each
 * call) is measured over 20,000 calls at each failure rate.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failure, SourceError, type FailureCode } from '../../src/domain/failure.js';
import { createRetryBudget, OwnRefusal, retrying, type RetryRules } from '../../src/upstream/retry.js';
import { manualTimers } from '../support/manual-timers.js';
import { seeded } from '../support/seeded.js';

type Extras = Parameters<typeof failure>[2];

const failing = (code: FailureCode, extras: Extras = {}) => new SourceError(failure(code, 'CLOUDMC', extras));

/** One call whose attempts end as listed, the last ending again and again; `null` is a success. */
function call(ends: readonly (Error | null)[], changes: Partial<RetryRules> = {}) {
  const timers = manualTimers();
  const controller = new AbortController();
  const attemptedAt: number[] = [];
  let retries = 0;
  const rules: RetryRules = {
    budget: createRetryBudget(),
    timers,
    random: () => 0.5,
    leftMs: () => 10_000 - timers.now(),
    signal: controller.signal,
    onRetry: () => {
      retries += 1;
    },
    ...changes,
  };
  const outcome = retrying(() => {
    const end = ends[Math.min(attemptedAt.length, ends.length - 1)] ?? null;
    attemptedAt.push(timers.now());
    return end === null ? Promise.resolve('value') : Promise.reject(end);
  }, rules).then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  return {
    timers,
    attemptedAt,
    abort: () => controller.abort(),
    retries: () => retries,
    /** Its outcome after at most that long. */
    after: async (milliseconds: number) => {
      await timers.tick(0); // what fails at once begins to wait
      await timers.tick(milliseconds);
      return Promise.race([outcome, Promise.resolve('under way')]);
    },
  };
}

const DOWN = failing('UPSTREAM_UNAVAILABLE');

describe('a read that fails', () => {
  it('is repeated twice and no more, and the last failure is told', async () => {
    const last = failing('UPSTREAM_TIMEOUT');
    const { after, attemptedAt, retries } = call([DOWN, DOWN, last]);
    expect(await after(10_000)).toEqual({ error: last });
    expect(attemptedAt).toHaveLength(3);
    expect(retries()).toBe(2);
  });

  it('is told at once where a repetition would not be let through, and costs nothing of the budget', async () => {
    const budget = createRetryBudget();
    const { after, attemptedAt } = call([DOWN], { budget, mayRepeat: () => false });
    expect(await after(0)).toEqual({ error: DOWN });
    expect(attemptedAt).toHaveLength(1);
    expect(Array.from({ length: 11 }, () => budget.take()).filter(Boolean)).toHaveLength(2);
  });

  it.each(['UPSTREAM_UNAVAILABLE', 'UPSTREAM_TIMEOUT', 'UPSTREAM_RATE_LIMITED'] as const)(
    '%s and then succeeds is a success',
    async (code) => {
      const { after, attemptedAt } = call([failing(code), null]);
      expect(await after(10_000)).toEqual({ value: 'value' });
      expect(attemptedAt).toHaveLength(2);
    },
  );

  it.each<[string, Error]>([
    ['rejected', failing('UPSTREAM_REJECTED')],
    ['malformed', failing('UPSTREAM_MALFORMED')],
    ['not found', failing('NOT_FOUND')],
    ['a conflict', failing('UPSTREAM_CONFLICT')],
    ['a conflict with a time', failing('UPSTREAM_CONFLICT', { retryAfterMs: 10 })],
    ['our credential', failing('UPSTREAM_UNAVAILABLE', { isLasting: true })],
    ['a fault of ours', new TypeError('not a failure of a backend')],
    ['a refusal of our own', new OwnRefusal('CIRCUIT_OPEN', 'CLOUDMC', { retryAfterMs: 10 })],
    ['our own quota', new OwnRefusal('UPSTREAM_RATE_LIMITED', 'CLOUDMC', { retryAfterMs: 10 })],
  ])('for a lasting reason (%s) is not repeated', async (_, error) => {
    const { after, attemptedAt } = call([error]);
    expect(await after(10_000)).toEqual({ error });
    expect(attemptedAt).toHaveLength(1);
  });

  it('tells what went wrong, not that a repetition was refused', async () => {
    const { after, attemptedAt } = call([DOWN, new OwnRefusal('CIRCUIT_OPEN', 'CLOUDMC', {})]);
    expect(await after(10_000)).toEqual({ error: DOWN });
    expect(attemptedAt).toHaveLength(2);
  });
});

describe('the wait', () => {
  it.each([
    [0, [0, 0, 0]],
    [0.5, [0, 50, 150]],
    [0.999, [0, 99.9, 299.7]],
  ])('is anywhere between nothing and the doubling limit: random %d', async (value, expected) => {
    const { after, attemptedAt } = call([DOWN], { random: () => value });
    await after(10_000);
    attemptedAt.forEach((at, index) => expect(at).toBeCloseTo(expected[index] ?? NaN, 6));
    expect(attemptedAt).toHaveLength(3);
  });

  it('is what the backend asked for, and jitter on top', async () => {
    const { after, attemptedAt } = call([failing('UPSTREAM_UNAVAILABLE', { retryAfterMs: 1_500 }), null]);
    expect(await after(1_549)).toBe('under way');
    expect(attemptedAt).toHaveLength(1);
    expect(await after(1)).toEqual({ value: 'value' });
    expect(attemptedAt).toEqual([0, 1_550]);
  });

  it('of more than two seconds is left to the caller, at once', async () => {
    const limited = failing('UPSTREAM_RATE_LIMITED', { retryAfterMs: 2_001 });
    const { after, attemptedAt } = call([limited]);
    expect(await after(0)).toEqual({ error: limited });
    expect(attemptedAt).toHaveLength(1);
  });

  it('never goes beyond the deadline', async () => {
    const late = call([DOWN], { leftMs: () => 50 });
    expect(await late.after(0)).toEqual({ error: DOWN });
    const inTime = call([DOWN], { leftMs: () => 51 });
    expect(await inTime.after(0)).toBe('under way');
  });

  it('ends with the one who waits: nothing is sent after that', async () => {
    const { after, abort, attemptedAt, retries } = call([DOWN, null]);
    expect(await after(10)).toBe('under way');
    abort();
    expect(await after(10_000)).toEqual({ error: DOWN });
    expect(attemptedAt).toHaveLength(1);
    expect(retries()).toBe(0);
  });

  it('ends when repetitions are no longer let through: the failure is told then, and nothing is sent', async () => {
    let shut = () => undefined as void;
    let isShut = false;
    let listening = 0;
    const { after, attemptedAt, retries } = call([DOWN, null], {
      mayRepeat: () => !isShut,
      onRefusal: (wake) => {
        listening += 1;
        shut = () => {
          isShut = true;
          wake();
        };
        return () => {
          listening -= 1;
        };
      },
    });
    expect(await after(10)).toBe('under way');
    expect(listening).toBe(1);
    shut();
    expect(await after(0)).toEqual({ error: DOWN });
    expect(attemptedAt).toHaveLength(1);
    expect(retries()).toBe(0);
    expect(listening).toBe(0);
  });

  it('leaves nobody listening when it was waited out', async () => {
    let listening = 0;
    const { after } = call([DOWN, null], {
      onRefusal: () => {
        listening += 1;
        return () => {
          listening -= 1;
        };
      },
    });
    expect(await after(10_000)).toEqual({ value: 'value' });
    expect(listening).toBe(0);
  });

  it('is not begun for one who has left', async () => {
    const gone = AbortSignal.abort();
    const { after, attemptedAt } = call([DOWN], { signal: gone });
    expect(await after(0)).toEqual({ error: DOWN });
    expect(attemptedAt).toHaveLength(1);
  });
});

describe('the budget', () => {
  it('is two to begin with, grows by a tenth for each success, and never beyond ten', () => {
    const budget = createRetryBudget();
    const takeAll = () => {
      let taken = 0;
      while (taken < 100 && budget.take()) taken += 1;
      return taken;
    };
    expect(takeAll()).toBe(2);
    for (let i = 0; i < 9; i += 1) budget.succeeded();
    expect(takeAll()).toBe(0);
    budget.succeeded();
    expect(takeAll()).toBe(1);
    for (let i = 0; i < 1_000; i += 1) budget.succeeded();
    expect(takeAll()).toBe(10);
  });

  it('is shared: when it is spent, nobody repeats', async () => {
    const budget = createRetryBudget();
    for (let i = 0; i < 10; i += 1) budget.take();
    const { after, attemptedAt } = call([DOWN], { budget });
    expect(await after(0)).toEqual({ error: DOWN });
    expect(attemptedAt).toHaveLength(1);
  });

  it('lets through a tenth of what succeeded and two, in a run of any length and order', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 500, size: 'max' }), (events) => {
        const budget = createRetryBudget();
        let [succeeded, repeated] = [0, 0];
        for (const isSuccess of events) {
          if (isSuccess) {
            budget.succeeded();
            succeeded += 1;
          } else if (budget.take()) repeated += 1;
          expect(repeated).toBeLessThanOrEqual(2 + succeeded / 10 + 1e-6);
        }
      }),
    );
  });

  it('is not filled by a repetition that succeeds: those would pay for one another', async () => {
    const budget = createRetryBudget();
    for (let i = 0; i < 10; i += 1) budget.take();
    for (let i = 0; i < 10; i += 1) budget.succeeded();
    const { after } = call([DOWN, null], { budget });
    expect(await after(10_000)).toEqual({ value: 'value' });
    for (let i = 0; i < 9; i += 1) budget.succeeded();
    expect(budget.take()).toBe(false);
  });
});

describe('attempts for each call, 20,000 calls', () => {
  const CALLS = 20_000;
  const AT_ONCE = 50;

  async function amplification(rate: number): Promise<number> {
    const random = seeded(Math.round(rate * 1_000) + 7);
    const timers = manualTimers();
    const budget = createRetryBudget();
    let attempts = 0;
    const one = async () => {
      try {
        await retrying(
          () => {
            attempts += 1;
            return random() < rate ? Promise.reject(DOWN) : Promise.resolve(null);
          },
          {
            budget,
            timers,
            random,
            leftMs: () => 10_000,
            signal: new AbortController().signal,
            onRetry: () => undefined,
          },
        );
      } catch (error) {
        if (error !== DOWN) throw error;
      }
    };
    for (let made = 0; made < CALLS; made += AT_ONCE) {
      const some = Array.from({ length: AT_ONCE }, one);
      await timers.tick(0);
      await timers.tick(1_000);
      await Promise.all(some);
    }
    return attempts / CALLS;
  }

  it.each([
    [0, 1],
    [0.01, 1.01],
    [0.05, 1.053],
    [0.1, 1.09],
    [0.3, 1.07],
    [0.5, 1.05],
    [0.9, 1.01],
    [1, 1.0001],
  ])('at a failure rate of %d are about %d, and at most 1.10', async (rate, expected) => {
    const measured = await amplification(rate);
    expect(measured).toBeLessThanOrEqual(1.1);
    expect(Math.abs(measured - expected)).toBeLessThan(0.005);
    if (rate === 0 || rate === 1) expect(measured).toBe(expected);
  });
});
