/** Budgets of one process, in time that only moves when it is said. */
import { describe, expect, it } from 'vitest';
import { createMemoryBudgets } from '../../src/admission/budgets/memory.js';
import { keepsBudgets } from '../support/budgets-contract.js';

keepsBudgets('of one process', () => {
  let now = 5;
  return Promise.resolve({
    budgets: createMemoryBudgets(() => now),
    pass: (milliseconds) => {
      now += milliseconds;
      return Promise.resolve();
    },
  });
});

describe('a budget that refuses', () => {
  it('names the moment from which there is enough, to the millisecond', async () => {
    let now = 0;
    const budgets = createMemoryBudgets(() => now);
    const rate = { costPerMinute: 600, costAtOnce: 50 }; // a point in 100 ms
    expect(await budgets.take('one', 50, rate)).toEqual({ isTaken: true, available: 0, retryAfterMs: 0 });
    expect(await budgets.take('one', 3, rate)).toEqual({ isTaken: false, available: 0, retryAfterMs: 300 });
    now = 249; // half a point is given: nothing comes in halves
    expect(await budgets.take('one', 3, rate)).toEqual({ isTaken: false, available: 2, retryAfterMs: 51 });
    now = 300;
    expect(await budgets.take('one', 3, rate)).toEqual({ isTaken: true, available: 0, retryAfterMs: 0 });
  });
});
