/**
 * Budgets in a real Redis: the same promises as in one process, shared by several; and what happens when it is gone, hangs,
 * refuses, or holds something else under our names (C17).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Budgets, Rate } from '../../src/admission/budgets/budgets.js';
import { createMemoryBudgets } from '../../src/admission/budgets/memory.js';
import { createRedisBudgets, type BudgetNews, type RedisBudgets } from '../../src/admission/budgets/redis.js';
import { systemTimers } from '../../src/upstream/timers.js';
import { keepsBudgets } from '../support/budgets-contract.js';
import { startRedis, type RedisServer } from '../support/redis-server.js';
import { until } from '../support/until.js';

const SECRET = 'placeholder-password';
const SLOW: Rate = { costPerMinute: 1, costAtOnce: 100 };

let redis: RedisServer;
const opened: Budgets[] = [];

beforeAll(async () => {
  redis = await startRedis(SECRET);
});
afterAll(async () => {
  for (const budgets of opened) await budgets.stop();
  await redis[Symbol.asyncDispose]();
});

async function open(
  url = redis.url,
  patienceMs = 5_000,
): Promise<{ readonly budgets: RedisBudgets; readonly news: BudgetNews[] }> {
  const news: BudgetNews[] = [];
  const budgets = createRedisBudgets({
    url,
    local: createMemoryBudgets(() => performance.now()),
    timers: systemTimers,
    tell: (one) => news.push(one),
    patienceMs,
  });
  opened.push(budgets);
  await budgets.started;
  return { budgets, news };
}

keepsBudgets('in Redis', async () => ({
  budgets: (await open()).budgets,
  pass: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
}));

describe('two gateways on one Redis', () => {
  it('share what a client has, down to the last point', async () => {
    const [one, other] = [(await open()).budgets, (await open()).budgets];
    const all = await Promise.all(
      Array.from({ length: 100 }, async (_, i) => (i % 2 === 0 ? one : other).take('shared', 10, SLOW)),
    );
    expect(all.filter(({ isTaken }) => isTaken)).toHaveLength(10);
    one.giveBack('shared', 10, SLOW);
    await one.take('somebody else', 1, SLOW); // behind it on the same connection
    expect((await other.take('shared', 10, SLOW)).isTaken).toBe(true);
    expect((await one.take('shared', 10, SLOW)).isTaken).toBe(false);
  });
});

describe('what is kept', () => {
  const asked = async (line: string) => {
    const answer = await redis.command(`AUTH ${SECRET}\r\n${line}`);
    return answer.split('\r\n').slice(1).join('\n');
  };

  it('has a name of ours and ends by itself when the budget is full again', async () => {
    const { budgets } = await open();
    await budgets.take('expiring', 30, { costPerMinute: 600, costAtOnce: 100 });
    const left = Number((await asked('PTTL commitment-graph:budget:expiring')).slice(1));
    expect(left).toBeGreaterThan(2_000);
    expect(left).toBeLessThanOrEqual(4_000);
  });

  it('that is none of ours, under a name of ours, counts as nothing', async () => {
    const { budgets, news } = await open();
    await asked('LPUSH commitment-graph:budget:wrong a b');
    await asked('SET commitment-graph:budget:text hello');
    await asked('SET commitment-graph:budget:far 99999999999999999');
    expect((await budgets.take('wrong', 100, SLOW)).isTaken).toBe(true);
    expect((await budgets.take('wrong', 100, SLOW)).isTaken).toBe(false);
    expect((await budgets.take('text', 100, SLOW)).isTaken).toBe(true);
    // One that is in the far future owes no more than a whole budget.
    const far = await budgets.take('far', 1, { costPerMinute: 60_000, costAtOnce: 100 });
    expect(far.isTaken).toBe(false);
    expect(far.retryAfterMs).toBeLessThanOrEqual(100);
    expect(news).toEqual([]);
  });
});

describe('C17: without Redis', () => {
  let own: RedisServer;
  beforeAll(async () => {
    own = await startRedis(SECRET);
  });
  afterAll(() => own[Symbol.asyncDispose]());

  async function localFor(budgets: Budgets, client: string): Promise<void> {
    expect((await budgets.take(client, 100, SLOW)).isTaken).toBe(true);
    expect((await budgets.take(client, 100, SLOW)).isTaken).toBe(false);
  }

  it('each gateway counts by itself, says so once, and comes back by itself', async () => {
    const { budgets, news } = await open(own.url);
    await budgets.take('one', 100, SLOW);
    await own.kill();
    await localFor(budgets, 'one'); // its own count begins at nothing
    for (let i = 0; i < 50; i += 1) await budgets.take('two', 1, SLOW);
    expect(news.map(({ kind }) => kind)).toEqual(['lost']);
    expect(JSON.stringify(news)).not.toContain(SECRET);
    expect(budgets.state()).toMatchObject({
      kept: 'in Redis',
      trouble: expect.stringMatching(/^Redis: /) as string,
    });
    await own.start();
    await until('Redis is used again', () => news.length === 2);
    expect(news[1]).toEqual({ kind: 'back' });
    expect(budgets.state().trouble).toBeNull();
    const { budgets: other } = await open(own.url);
    await budgets.take('three', 100, SLOW);
    expect((await other.take('three', 100, SLOW)).isTaken).toBe(false);
  });

  it('that hangs: nobody waits for it but who found out', async () => {
    const { budgets, news } = await open(own.url, 50);
    own.freeze();
    try {
      await localFor(budgets, 'hanging');
      expect(news).toEqual([{ kind: 'lost', reason: 'there was no answer in time' }]);
      // Known to be gone, it is not asked: these are answered in the same turn, not by a promise.
      for (let i = 0; i < 100; i += 1) expect(budgets.take('many', 1, SLOW)).not.toBeInstanceOf(Promise);
    } finally {
      own.thaw();
    }
    await until('Redis is used again', () => news.length === 2);
  });

  it('from the beginning: the gateway starts, and finds it when it comes', async () => {
    await own.kill();
    const { budgets, news } = await open(own.url);
    expect(news).toEqual([{ kind: 'lost', reason: 'there is no connection' }]);
    await localFor(budgets, 'early');
    await own.start();
    await until('Redis is used', () => news.length === 2);
  });

  it('that refuses, because the password is wrong: it is said, without the password', async () => {
    const { budgets, news } = await open(own.url.replace(SECRET, 'wrong-placeholder'));
    await localFor(budgets, 'refused');
    expect(news).toHaveLength(1);
    expect(JSON.stringify([news, budgets.state()])).not.toContain('wrong-placeholder');
  });

  it('that may not be written to: it is said in one word of its own', async () => {
    const { budgets, news } = await open(own.url);
    await own.command(`AUTH ${SECRET}\r\nCONFIG SET maxmemory 1`);
    await localFor(budgets, 'full');
    expect(news).toEqual([{ kind: 'lost', reason: 'it refuses with OOM' }]);
    await own.command(`AUTH ${SECRET}\r\nCONFIG SET maxmemory 0`);
    await until('Redis is used again', () => news.length === 2);
  });
});
