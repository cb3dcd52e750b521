/** What history keeps: no more than changed, once, whoever writes; and what it says about moments that it does not know. */
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instantOfMillis, type Day } from '../../src/domain/calendar.js';
import type { FailureCode } from '../../src/domain/failure.js';
import type { ServiceOrder } from '../../src/domain/service-order.js';
import type { Organization, OrganizationSlug } from '../../src/domain/organization.js';
import { lookOf } from '../../src/history/look.js';
import { createHistory } from '../../src/history/read.js';
import { createHistoryStore, TOUCH_MS } from '../../src/history/store.js';
import type { Database } from '../../src/journal/database.js';
import { createRig, organization, type Rig } from './support/rig.js';

let rig: Rig;
let db: Database;
beforeEach(async () => {
  rig = await createRig();
  db = await rig.database();
});
afterEach(() => rig.close());

const ACME = organization('acme');
const T0 = Date.UTC(2026, 5, 1);
const MINUTE = 60_000;

function order(externalId: string, changes: Partial<ServiceOrder> = {}): ServiceOrder {
  return {
    externalId,
    organization: 'acme' as OrganizationSlug,
    name: 'Order',
    stage: 'SIGNED',
    stageText: 'Signed',
    term: { startsOn: '2026-01-01' as Day, endsBefore: null },
    reportedEndOn: null,
    durationMonths: 12,
    amount: null,
    committed: null,
    monthlyMinimum: null,
    commitCycle: null,
    commitCycleText: null,
    isRevOpsApproved: null,
    commitmentHandlerId: null,
    opportunityId: null,
    missionControlAccountId: null,
    rampSteps: [],
    createdAt: null,
    updatedAt: null,
    observation: { observedAt: instantOfMillis(0), stale: false },
    ...changes,
  };
}

interface Shown {
  readonly slug?: string;
  readonly isComplete?: boolean;
  readonly through?: Database;
}

async function show(
  at: number,
  items: readonly ServiceOrder[],
  { slug = 'acme', isComplete = true, through = db }: Shown = {},
) {
  const sight = {
    organization: slug as OrganizationSlug,
    kind: 'SERVICE_ORDER' as const,
    observedAt: instantOfMillis(at),
  };
  const look = await lookOf({ ...sight, isComplete, items });
  const [written] = await createHistoryStore(through).write([look]);
  return written;
}

const asOf = (at: number, who: Organization = ACME) =>
  createHistory(db).asOf(who, 'SERVICE_ORDER', instantOfMillis(at));

const changes = async (
  since: number,
  more: { first?: number; after?: string | null; organizations?: readonly string[] | null } = {},
) =>
  (await createHistory(db).changes({
    organizations: ['acme' as OrganizationSlug],
    since: instantOfMillis(since),
    first: 50,
    ...(more as object),
  }))!;

const rowsIn = async (table: 'observed_records' | 'observed_looks' | 'observed_lists') =>
  (await db.selectFrom(table).selectAll().execute()).length;

it('a list that shows the same writes its row once a minute, and no other', async () => {
  await show(T0, [order('1'), order('2')]);
  const touched = async () =>
    (await db.selectFrom('observed_lists').selectAll().executeTakeFirstOrThrow()).to_at - T0;
  expect(await show(T0 + 1, [order('2'), order('1')])).toBe('unchanged');
  expect(await touched()).toBe(0);
  expect(await show(T0 + TOUCH_MS - 1, [order('1'), order('2')])).toBe('unchanged');
  expect(await touched()).toBe(0);
  expect(await show(T0 + TOUCH_MS, [order('1'), order('2')])).toBe('unchanged');
  expect(await touched()).toBe(TOUCH_MS);
  expect([
    await rowsIn('observed_records'),
    await rowsIn('observed_looks'),
    await rowsIn('observed_lists'),
  ]).toEqual([2, 0, 1]);
});

it('before the first look nothing is known, which is not the same as nothing there', async () => {
  expect(await asOf(T0)).toEqual({ state: 'NOT_OBSERVED', firstObservedAt: null, horizon: null });
  await show(T0, []);
  expect(await asOf(T0 - 1)).toEqual({
    state: 'NOT_OBSERVED',
    firstObservedAt: instantOfMillis(T0),
    horizon: null,
  });
  expect(await asOf(T0)).toMatchObject({ state: 'OBSERVED', isComplete: true, records: [] });
  expect(await asOf(T0, organization('other'))).toMatchObject({ state: 'NOT_OBSERVED' });
});

it('the first look is no change; what comes, changes and goes is, with the look before', async () => {
  await show(T0, [order('1')]);
  expect((await changes(0)).changes).toEqual([]);
  await show(T0 + MINUTE, [order('1')]);
  await show(T0 + 2 * MINUTE, [order('1', { name: 'Renamed' }), order('2')]);
  await show(T0 + 3 * MINUTE, [order('2')]);
  const told = (await changes(0)).changes.map(({ kind, externalId, seenAt, previousSeenAt }) => [
    kind,
    externalId,
    (Date.parse(previousSeenAt) - T0) / MINUTE,
    (Date.parse(seenAt) - T0) / MINUTE,
  ]);
  expect(told).toEqual([
    ['DISAPPEARED', '1', 2, 3],
    ['APPEARED', '2', 1, 2],
    ['CHANGED', '1', 1, 2],
  ]);
  const [, , changed] = (await changes(0)).changes;
  expect(changed).toMatchObject({
    organization: 'acme',
    recordKind: 'SERVICE_ORDER',
    source: 'SALESFORCE',
    fields: [{ path: 'name', before: 'Order', after: 'Renamed' }],
    moreFields: 0,
  });
});

it('what an incomplete look lacks is not gone, and what it shows counts', async () => {
  await show(T0, [order('1'), order('2')]);
  await show(T0 + MINUTE, [order('2', { name: 'B' })], { isComplete: false });
  const past = await asOf(T0 + MINUTE);
  expect(past).toMatchObject({
    isComplete: false,
    completeAt: instantOfMillis(T0),
    records: [{ externalId: '1' }, { externalId: '2', name: 'B' }],
  });
  expect(
    past.state === 'OBSERVED' &&
      past.records.map(({ observation }) => Date.parse(observation.observedAt) - T0),
  ).toEqual([0, MINUTE]);
  await show(T0 + 2 * MINUTE, [order('2', { name: 'B' })]);
  expect(await asOf(T0 + 2 * MINUTE)).toMatchObject({ isComplete: true, records: [{ externalId: '2' }] });
  // Gone since some moment after the last look that saw all.
  expect((await changes(T0 + MINUTE)).changes).toMatchObject([
    { kind: 'DISAPPEARED', externalId: '1', previousSeenAt: instantOfMillis(T0) },
  ]);
});

it('what a first, incomplete look lacked is no change when it is seen', async () => {
  await show(T0, [order('1')], { isComplete: false });
  await show(T0 + MINUTE, [order('1'), order('2')]);
  expect((await changes(0)).changes).toEqual([]);
  await show(T0 + 2 * MINUTE, [order('1'), order('2'), order('3')]);
  expect((await changes(0)).changes).toMatchObject([{ kind: 'APPEARED', externalId: '3' }]);
});

it('an older look that comes late changes nothing', async () => {
  await show(T0, [order('1')]);
  await show(T0 + 2 * MINUTE, [order('1', { name: 'new' })]);
  expect(await show(T0 + MINUTE, [order('1', { name: 'old' })])).toBe('late');
  expect(await asOf(T0 + 5 * MINUTE)).toMatchObject({ records: [{ name: 'new' }] });
  expect(await rowsIn('observed_records')).toBe(2);
});

it('writers that see the same at once write it once', async () => {
  // Two of them share a connection: they find the same before either writes.
  const others = [db, db, await rig.database(), await rig.database()];
  for (let round = 0; round < 8; round += 1) {
    const at = T0 + round * MINUTE;
    const items = [order('1', { name: `v${round}` }), order('2')];
    const written = await Promise.all(
      others.map(async (through, i) => {
        for (;;) {
          try {
            return await show(at + i, items, { through });
          } catch (error) {
            // SQLite: another holds the file; the recorder tries again, and so does this.
            if ((error as { readonly trouble?: unknown }).trouble !== 'locked') throw error;
            await turn();
          }
        }
      }),
    );
    expect(written.filter((what) => what === 'changed')).toHaveLength(1);
  }
  expect(await rowsIn('observed_records')).toBe(1 + 8);
});

describe('several looks at once', () => {
  const lookAt = (slug: string, at: number, items: readonly ServiceOrder[]) =>
    lookOf({
      organization: slug as OrganizationSlug,
      kind: 'SERVICE_ORDER',
      observedAt: instantOfMillis(at),
      isComplete: true,
      items,
    });
  const write = async (...looks: readonly (readonly [string, number, readonly ServiceOrder[]])[]) =>
    createHistoryStore(db).write(await Promise.all(looks.map((one) => lookAt(...one))));

  it('are written in their order, each held against what those before it made of its list', async () => {
    expect(await write(['acme', 1_000, [order('a')]], ['beta', 1_000, [order('a')]])).toEqual([
      'changed',
      'changed',
    ]);
    // There and back again: the last one is as the first, and still a change.
    expect(
      await write(
        ['acme', 2_000, [order('a'), order('b')]],
        ['beta', 2_000, [order('a')]],
        ['acme', 3_000, [order('a')]],
        ['acme', 2_500, []],
        ['acme', 4_000, [order('a')]],
      ),
    ).toEqual(['changed', 'unchanged', 'changed', 'late', 'unchanged']);
    expect(await rowsIn('observed_looks')).toBe(2);
  });

  it('with a long one among them, which is written in steps', async () => {
    const many = Array.from({ length: 450 }, (_, n) => order(`m${n}`));
    expect(
      await write(
        ['acme', 1_000, [order('a')]],
        ['beta', 1_000, many],
        ['acme', 2_000, []],
        ['beta', 2_000, []],
      ),
    ).toEqual(['changed', 'changed', 'changed', 'changed']);
    expect(await rowsIn('observed_records')).toBe(2 * (1 + 450));
    expect(await write(['beta', 3_000, []], ['acme', 3_000, []])).toEqual(['unchanged', 'unchanged']);
  });

  it('whose records are not told, as long as the list is what they say', async () => {
    const [look] = await Promise.all([lookAt('acme', 1_000, [order('a')])]);
    const store = createHistoryStore(db);
    const untold = (at: number) => ({ ...look, at, records: null });
    expect(await store.write([untold(1_000)])).toEqual(['untold']);
    expect(await rowsIn('observed_lists')).toBe(0);
    expect(await store.write([look, untold(2_000), untold(1_000 + TOUCH_MS)])).toEqual([
      'changed',
      'unchanged',
      'unchanged',
    ]);
    await write(['acme', 2 * TOUCH_MS, []]);
    expect(await store.write([untold(3 * TOUCH_MS), untold(TOUCH_MS)])).toEqual(['untold', 'late']);
    expect(await rowsIn('observed_looks')).toBe(1);
  });

  it('do no harm when they come again', async () => {
    const twice = [
      ['acme', 1_000, [order('a')]],
      ['beta', 1_000, [order('b')]],
    ] as const;
    await write(...twice);
    expect(await write(...twice)).toEqual(['unchanged', 'unchanged']);
    expect(await rowsIn('observed_records')).toBe(2);
  });
});

it('many lists that are begun at once by several get numbers of their own', async () => {
  const others = await Promise.all(Array.from({ length: 3 }, () => rig.database()));
  await Promise.all(
    others.map(async (through) => {
      for (let i = 0; i < 10; i += 1) {
        for (;;) {
          try {
            await show(T0, [order('1')], { slug: `c${i}`, through });
            break;
          } catch (error) {
            if ((error as { readonly trouble?: unknown }).trouble !== 'locked') throw error;
            await turn();
          }
        }
      }
    }),
  );
  const lists = await db.selectFrom('observed_lists').selectAll().execute();
  expect(new Set(lists.map(({ id }) => id)).size).toBe(10);
  expect(await rowsIn('observed_records')).toBe(10);
});

it('forgets only what is no longer so, the oldest first, and says from where on it knows', async () => {
  for (let i = 0; i < 10; i += 1) await show(T0 + i * MINUTE, [order('1', { name: `v${i}` }), order('2')]);
  const store = createHistoryStore(db);
  const [list] = await store.outdated(T0 + 5 * MINUTE, 0, 10);
  expect(await store.outdated(T0, 0, 10)).toEqual([]);
  let rows = 0;
  for (let gone = -1; gone !== 0; rows += gone) gone = await store.forget(list!, T0 + 5 * MINUTE, 3);
  expect(rows).toBe(10); // five states of one record, and five looks
  expect(await asOf(T0 + 5 * MINUTE - 1)).toEqual({
    state: 'NOT_KEPT',
    horizon: instantOfMillis(T0 + 5 * MINUTE),
  });
  expect(await asOf(T0 + 5 * MINUTE)).toMatchObject({ records: [{ name: 'v5' }, { name: 'Order' }] });
  expect((await changes(0)).changes.map(({ fields }) => fields[0]!.after)).toEqual(['v9', 'v8', 'v7', 'v6']);
  expect((await changes(0)).horizon).toBe(instantOfMillis(T0 + 5 * MINUTE));
  expect(await store.outdated(T0 + 5 * MINUTE, 0, 10)).toEqual([]);
  const [kept] = await store.overfull(11);
  expect(kept).toBeUndefined();
  expect(await store.overfull(9)).toEqual([{ organization: 'acme', rows: 10 }]); // 2 now, 4 before, 4 looks
  for (let gone = -1; gone !== 0;) gone = await store.forgetOldest('acme', 3);
  expect(await store.overfull(1)).toEqual([{ organization: 'acme', rows: 2 }]);
  expect(await asOf(T0 + 9 * MINUTE)).toMatchObject({ records: [{ name: 'v9' }, { name: 'Order' }] });
});

it('pages of changes of many customers neither repeat nor lack any, while more is seen', async () => {
  const slugs = Array.from({ length: 60 }, (_, i) => `c${i}`);
  for (const slug of slugs) await show(T0, [order('1'), order('2')], { slug });
  for (const [i, slug] of slugs.entries()) {
    const at = T0 + MINUTE + (i % 7);
    await show(at, [order('1', { name: 'x' }), order('2', { name: 'x' })], { slug });
  }
  for (const organizations of [null, slugs, slugs.slice(0, 40)]) {
    const found: string[] = [];
    let after: string | null = null;
    for (let page = 0; ; page += 1) {
      const { changes: some, hasMore, endCursor } = await changes(T0, { organizations, first: 7, after });
      found.push(...some.map((change) => `${change.organization} ${change.externalId}`));
      await show(T0 + (page + 2) * MINUTE * 10, [order('1', { name: `new ${page}` })], { slug: 'newcomer' });
      if (!hasMore) break;
      after = endCursor;
    }
    const expected = (organizations ?? slugs).flatMap((slug) => [`${slug} 1`, `${slug} 2`]);
    expect(found.filter((each) => !each.startsWith('newcomer')).sort()).toEqual(expected.sort());
    await db.deleteFrom('observed_records').where('list', '=', 61).execute();
    await db.deleteFrom('observed_looks').where('list', '=', 61).execute();
    await db.deleteFrom('observed_lists').where('id', '=', 61).execute();
  }
  expect(
    await createHistory(db).changes({
      organizations: null,
      since: instantOfMillis(0),
      first: 1,
      after: 'nonsense',
    }),
  ).toBeNull();
});

describe('a list that could not be read', () => {
  const out = (from: number, to: number, until: number | null, code: FailureCode = 'UPSTREAM_TIMEOUT') =>
    createHistoryStore(db).writeOutage({
      organization: 'acme' as OrganizationSlug,
      kind: 'SERVICE_ORDER',
      code,
      from,
      to,
      until,
    });

  it('is not known from the first try that failed to the first that did not', async () => {
    await show(T0, [order('1')]);
    await out(T0 + MINUTE, T0 + MINUTE, null);
    await out(T0 + MINUTE, T0 + 3 * MINUTE, T0 + 4 * MINUTE);
    await show(T0 + 4 * MINUTE, [order('1')]);
    await show(T0 + 10 * MINUTE, [order('1', { name: 'new' })]);
    expect(await asOf(T0 + MINUTE - 1)).toMatchObject({ state: 'OBSERVED' });
    for (const at of [T0 + MINUTE, T0 + 4 * MINUTE - 1]) {
      const failed = {
        state: 'FAILED',
        code: 'UPSTREAM_TIMEOUT',
        failedAt: instantOfMillis(T0 + MINUTE),
        horizon: null,
      };
      expect(await asOf(at)).toEqual(failed);
      expect(await createHistory(db).byId(ACME, 'SERVICE_ORDER', '1', instantOfMillis(at))).toEqual(failed);
    }
    expect(await asOf(T0 + 4 * MINUTE)).toMatchObject({ state: 'OBSERVED', records: [{ name: 'Order' }] });
    expect(await asOf(T0 + MINUTE, organization('other'))).toMatchObject({ state: 'NOT_OBSERVED' });
    expect((await changes(T0)).changes).toHaveLength(1);
  });

  it('that nobody saw before failed, and was not empty', async () => {
    await out(T0, T0, null, 'UPSTREAM_MALFORMED');
    expect(await asOf(T0)).toMatchObject({ state: 'FAILED', code: 'UPSTREAM_MALFORMED' });
    expect(await asOf(T0 - 1)).toMatchObject({ state: 'NOT_OBSERVED' });
  });

  it('counts as it was seen before, when nobody has tried for five minutes, and where another process saw it', async () => {
    await show(T0, [order('1')]);
    await out(T0 + MINUTE, T0 + 2 * MINUTE, null);
    expect(await asOf(T0 + 7 * MINUTE - 1)).toMatchObject({ state: 'FAILED' });
    expect(await asOf(T0 + 7 * MINUTE)).toMatchObject({ state: 'OBSERVED' });
    await show(T0 + 3 * MINUTE, [order('1', { name: 'new' })]);
    expect(await asOf(T0 + 3 * MINUTE)).toMatchObject({ state: 'OBSERVED', records: [{ name: 'new' }] });
  });

  it('is forgotten with time, and by number', async () => {
    const store = createHistoryStore(db);
    for (let n = 0; n < 6; n += 1) await out(T0 + n * MINUTE, T0 + n * MINUTE, T0 + n * MINUTE + 1_000);
    expect(await store.forgetOutages(T0 + MINUTE, 100)).toBe(2);
    expect(await store.forgetOutages(T0, 3)).toBe(1);
    expect(await store.forgetOutages(T0, 3)).toBe(0);
    expect(await asOf(T0 + 2 * MINUTE)).toMatchObject({ state: 'NOT_OBSERVED' });
    expect(await asOf(T0 + 3 * MINUTE)).toMatchObject({ state: 'FAILED' });
  });
});
