/** What clients asked for, kept beside the journal: added up by all who write, once each, and read while they do. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createUsageStore, readUsage } from '../../src/accounting/usage-store.js';
import type { Usage } from '../../src/accounting/tally.js';
import { createRig, type Rig } from './support/rig.js';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

const NOON = Date.UTC(2026, 10, 21, 12);

function row(changes: Partial<Usage> = {}): Usage {
  return {
    day: '2026-11-21',
    client: 'portal',
    document: 'orders',
    version: '1.0.0',
    name: null,
    requests: 1,
    errors: 0,
    costEstimated: 10,
    costActual: 4,
    totalMs: 20,
    slowestMs: 20,
    firstAt: NOON,
    lastAt: NOON,
    ...changes,
  };
}

it('gateways add up, days are added up when they are read, and clients are told apart', async () => {
  const [one, other] = [await rig.database(), await rig.database()];
  await createUsageStore(one).write({ writer: 'one', number: 1, rows: [row()] }, NOON);
  await createUsageStore(other).write(
    {
      writer: 'other',
      number: 1,
      rows: [
        row({ requests: 3, errors: 2, totalMs: 50, slowestMs: 15, lastAt: NOON + 9, firstAt: NOON - 9 }),
        row({ document: '', version: '' }),
      ],
    },
    NOON,
  );
  await createUsageStore(one).write(
    {
      writer: 'one',
      number: 2,
      rows: [row({ day: '2026-11-22', slowestMs: 70 }), row({ client: 'else', day: '2026-11-22' })],
    },
    NOON,
  );
  const { since, rows } = await readUsage(other, '2026-11-21', 'portal');
  expect(since).toBe(NOON - 9);
  expect(rows).toEqual([
    { ...without(row({ document: '', version: '' })) },
    {
      ...without(row()),
      requests: 5,
      errors: 2,
      costEstimated: 30,
      costActual: 12,
      totalMs: 90,
      slowestMs: 70,
      firstAt: NOON - 9,
      lastAt: NOON + 9,
    },
  ]);
  expect((await readUsage(one, '2026-11-22', null)).rows.map(({ client }) => client)).toEqual([
    'else',
    'portal',
  ]);
});

function without({ day, ...rest }: Usage): Omit<Usage, 'day'> {
  void day;
  return rest;
}

it('what is written again counts once, also after what came later', async () => {
  const db = await rig.database();
  const store = createUsageStore(db);
  const first = { writer: 'one', number: 1, rows: [row()] };
  await store.write(first, NOON);
  await store.write(first, NOON);
  await store.write({ writer: 'one', number: 2, rows: [row()] }, NOON);
  await store.write(first, NOON);
  expect((await readUsage(db, '', null)).rows).toMatchObject([{ requests: 2 }]);
});

it('many who write the same rows at the same time do not get in each other’s way', async () => {
  const writers = await Promise.all(
    Array.from({ length: 4 }, async (_, n) => ({
      name: `writer ${n}`,
      store: createUsageStore(await rig.database()),
    })),
  );
  const rows = Array.from({ length: 20 }, (_, n) =>
    row({ document: `document ${String(n).padStart(2, '0')}` }),
  );
  let tries = 0;
  await Promise.all(
    writers.map(async ({ name, store }) => {
      for (let number = 1; number <= 5; number += 1) {
        // As the accounting does: a lock is waited for.
        for (let isDone = false; !isDone && tries < 5_000; tries += 1) {
          isDone = await store.write({ writer: name, number, rows }, NOON).then(
            () => true,
            () => false,
          );
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
    }),
  );
  const { rows: found } = await readUsage(await rig.database(), '', null);
  expect(found.map(({ requests }) => requests)).toEqual(rows.map(() => 20));
});

it('the oldest day is forgotten, one at a time, and not those that are kept', async () => {
  const db = await rig.database();
  const store = createUsageStore(db);
  const days = ['2025-01-01', '2025-01-02', '2026-11-21'];
  await store.write({ writer: 'one', number: 1, rows: days.map((day) => row({ day })) }, NOON);
  expect(await store.forgetOldest('2025-10-17')).toBe(true);
  expect((await readUsage(db, '', null)).rows).toMatchObject([{ requests: 2 }]);
  expect(await store.forgetOldest('2025-10-17')).toBe(true);
  expect(await store.forgetOldest('2025-10-17')).toBe(false);
  expect((await readUsage(db, '', null)).rows).toMatchObject([{ requests: 1 }]);
});

it('nothing was ever counted: so it says', async () => {
  expect(await readUsage(await rig.database(), '', null)).toEqual({ since: null, rows: [] });
});
