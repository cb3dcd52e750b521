/** Counting while a store works, does not, and works again: nothing is lost or counted twice, and nobody waits. */
import { expect, it } from 'vitest';
import { createAccounting, KEPT_DAYS, type AccountingNews } from '../../src/accounting/accounting.js';
import type { Batch, UsageStore } from '../../src/accounting/usage-store.js';
import type { Answered } from '../../src/domain/usage.js';
import { StoreError, type StoreTrouble } from '../../src/journal/store-error.js';
import { manualTimers } from '../support/manual-timers.js';
import { until } from '../support/until.js';

const START = Date.UTC(2026, 10, 21, 12);

const answered = (id = 'orders'): Answered => ({
  client: 'portal',
  document: { kind: 'registered', id, version: '1', name: null },
  outcome: 'OK',
  ms: 1,
  cost: { estimated: null, actual: null },
});

function setUp() {
  const timers = manualTimers();
  const batches: Batch[] = [];
  const forgotten: string[] = [];
  const news: AccountingNews[] = [];
  const world = {
    timers,
    batches,
    forgotten,
    news,
    isOpen: true,
    trouble: null as StoreTrouble | null,
    /** Whether a write that fails was done all the same. */
    isDoneAnyway: false,
    waiting: null as Promise<void> | null,
    onWrite: () => undefined as void,
    requests: () => batches.flatMap(({ rows }) => rows).reduce((sum, row) => sum + row.requests, 0),
  };
  const store: UsageStore = {
    async write(batch) {
      await world.waiting;
      world.onWrite();
      if (world.trouble === null || world.isDoneAnyway) batches.push(batch);
      if (world.trouble !== null) throw new StoreError(world.trouble, 'as the test wants it');
    },
    forgetOldest(before) {
      forgotten.push(before);
      return Promise.resolve(forgotten.length < 3);
    },
  };
  const accounting = createAccounting({
    store: () => (world.isOpen ? store : null),
    writer: 'this one',
    clock: () => START + timers.now(),
    timers,
    tell: (what) => news.push(what),
  });
  return { ...world, world, accounting };
}

it('what was counted is written within five seconds, and on stopping', async () => {
  const { accounting, timers, batches } = setUp();
  accounting.start();
  accounting.count(answered());
  accounting.count(answered());
  await timers.tick(4_999);
  expect(batches).toEqual([]);
  await timers.tick(1);
  await until('all is written', () => accounting.unwritten === 0);
  expect(batches).toMatchObject([{ writer: 'this one', number: 1, rows: [{ requests: 2 }] }]);
  accounting.count(answered());
  await accounting.stop();
  expect(batches).toMatchObject([{ number: 1 }, { number: 2, rows: [{ requests: 1 }] }]);
  await timers.tick(60_000);
  expect(batches).toHaveLength(2);
});

it('many documents are written a few at a time, each once', async () => {
  const { accounting, batches, requests } = setUp();
  for (let n = 0; n < 50; n += 1) accounting.count(answered(`id-${n}`));
  await accounting.flush();
  expect(batches.map(({ number, rows }) => [number, rows.length])).toEqual([
    [1, 20],
    [2, 20],
    [3, 10],
  ]);
  expect(requests()).toBe(50);
});

it('what is counted while it is written waits for the next time, however much it is', async () => {
  const { accounting, world, batches } = setUp();
  let writing = 0;
  world.onWrite = () => {
    writing += 1;
    accounting.count(answered(`while-${writing}`));
  };
  for (let n = 0; n < 50; n += 1) accounting.count(answered(`id-${n}`));
  await accounting.flush();
  expect(batches.map(({ rows }) => rows.length)).toEqual([20, 20, 10]);
  expect(accounting.unwritten).toBe(3);
  await accounting.flush();
  expect(batches.at(-1)?.rows).toHaveLength(3);
});

it.each(['unreachable', 'locked', 'full', 'missing'] as const)(
  'a store that is %s only delays it; it is told once, and when it is over',
  async (trouble) => {
    const { accounting, world, batches, news, requests } = setUp();
    world.trouble = trouble;
    accounting.count(answered());
    await accounting.flush();
    accounting.count(answered());
    await accounting.flush();
    expect(news.map(({ kind }) => kind)).toEqual(['delayed']);
    expect(accounting.unwritten).toBe(2);
    world.trouble = null;
    await accounting.flush();
    expect(requests()).toBe(2);
    expect(news.map(({ kind }) => kind)).toEqual(['delayed', 'recovered']);
    expect(batches.map(({ number }) => number)).toEqual([1, 2]);
  },
);

it('what may have been written is written again under the same number, as it was', async () => {
  const { accounting, world, batches } = setUp();
  Object.assign(world, { trouble: 'unreachable', isDoneAnyway: true });
  accounting.count(answered());
  await accounting.flush();
  world.trouble = null;
  accounting.count(answered());
  await accounting.flush();
  const [first, again, next] = batches;
  expect(again).toEqual(first);
  expect(next).toMatchObject({ number: 2, rows: [{ requests: 1 }] });
});

it('rows that the store will never take are told and given up, and the others are written', async () => {
  const { accounting, world, news } = setUp();
  world.trouble = 'refused';
  accounting.count(answered());
  await accounting.flush();
  expect(news).toMatchObject([{ kind: 'dropped', rows: 1 }]);
  expect(accounting.unwritten).toBe(0);
});

it('a store that is not open yet is waited for', async () => {
  const { accounting, world, batches, news } = setUp();
  world.isOpen = false;
  accounting.count(answered());
  await accounting.flush();
  expect([accounting.unwritten, news]).toEqual([1, []]);
  world.isOpen = true;
  await accounting.flush();
  expect(batches).toHaveLength(1);
});

it('stopping does not wait for a store that hangs', async () => {
  const { accounting, world, timers } = setUp();
  world.waiting = new Promise(() => undefined);
  accounting.count(answered());
  let isStopped = false;
  const stopped = accounting.stop().then(() => {
    isStopped = true;
  });
  for (let turns = 0; turns < 5; turns += 1) await new Promise((resolve) => setImmediate(resolve));
  expect([isStopped, accounting.unwritten]).toEqual([false, 1]);
  await timers.tick(3_000);
  await stopped;
});

it('days are forgotten once a day, when they are older than is kept', async () => {
  const { accounting, forgotten, timers } = setUp();
  await accounting.flush();
  await accounting.flush();
  expect(new Set(forgotten)).toEqual(new Set(['2025-10-17']));
  expect(Date.parse('2025-10-17') + KEPT_DAYS * 86_400_000).toBe(Date.parse('2026-11-21'));
  expect(forgotten).toHaveLength(3);
  await timers.tick(86_400_000);
  await accounting.flush();
  expect(forgotten).toHaveLength(4);
});
