/**
 * What is remembered of differences: stretches, acknowledgements and looks in any order, on a real database; and that
 * nobody who looks waits for it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Instant } from '../../src/domain/calendar.js';
import { failure } from '../../src/domain/failure.js';
import { idOf, lookOf, memoryOf } from '../../src/domain/reconciliation/memory.js';
import type { Finding, Reconciliation } from '../../src/domain/reconciliation/types.js';
import { openDatabase, type Database } from '../../src/journal/database.js';
import { StoreError } from '../../src/journal/store-error.js';
import { createDiscrepancyRecorder, type ReconciliationNews } from '../../src/reconciliation/recorder.js';
import { createDiscrepancyStore, type DiscrepancyStore } from '../../src/reconciliation/store.js';
import { manualTimers } from '../support/manual-timers.js';
import { compare, DOWN, held, listing, order, usd } from './build.js';

const MINUTE = 60_000;
const START = Date.parse('2026-11-21T12:00:00Z');
const at = (minutes: number) =>
  new Date(START + minutes * MINUTE).toISOString().replace('.000Z', 'Z') as Instant;

let folder: string;
let db: Database;
let store: DiscrepancyStore;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'discrepancies-'));
  db = await openDatabase({ kind: 'sqlite', file: join(folder, 'gateway.db') });
  store = createDiscrepancyStore(db);
});
afterEach(async () => {
  await db.deleteFrom('discrepancy_notes').execute();
  await db.deleteFrom('discrepancies').execute();
});
afterAll(async () => {
  await db.destroy();
  rmSync(folder, { recursive: true });
});

/** Billing has so much a month, and the order 1,000. */
const different = (minutes: number, billed = '900'): Reconciliation => ({
  ...compare([order()], [held({ committed: usd(billed) })]),
  at: at(minutes),
});
const same = (minutes: number): Reconciliation => ({ ...compare([order()], [held()]), at: at(minutes) });
const down = (minutes: number): Reconciliation => ({
  ...compare([order()], { kind: 'failed', failure: DOWN }),
  at: at(minutes),
});
const theOne = ({ discrepancies: [only] }: Reconciliation): Finding => only!;

const write = (...looked: readonly Reconciliation[]) => store.write(looked.map(lookOf));
const recalled = async (looked: Reconciliation) =>
  memoryOf(theOne(looked), await store.recall(['acme']), looked.at);

describe('a difference', () => {
  it('is first seen once, and last seen by whoever looks', async () => {
    await write(different(0));
    await write(different(10));
    expect(await recalled(different(20))).toEqual({
      firstSeenAt: at(0),
      lastSeenAt: at(20),
      acknowledgement: null,
    });
    const [row] = await db.selectFrom('discrepancies').selectAll().execute();
    expect(row).toMatchObject({
      first_at: START,
      last_at: START + 10 * MINUTE,
      gone_at: null,
      stretches: 1,
      state: 'BILLING_AHEAD',
    });
    expect(JSON.parse(row!.details)).toMatchObject({
      billing: { value: { amount: { amount: '900', currency: 'USD' } } },
      impact: { direction: 'LEAKAGE' },
    });
  });

  it('that went away and came back is a new one, which nobody has acknowledged', async () => {
    await store.acknowledge(theOne(different(0)), { client: 'finance', at: START, reason: 'known' });
    await write(same(10));
    expect(await store.recall(['acme'])).toEqual(new Map());
    await write(different(20));
    expect(await recalled(different(21))).toEqual({
      firstSeenAt: at(20),
      lastSeenAt: at(21),
      acknowledgement: null,
    });
    const [row] = await db.selectFrom('discrepancies').selectAll().execute();
    expect(row?.stretches).toBe(2);
    expect(await db.selectFrom('discrepancy_notes').select(['event', 'reason']).execute()).toEqual([
      { event: 'ACKNOWLEDGED', reason: 'known' },
    ]);
  });

  it('is acknowledged as it is: with another value, nobody has acknowledged it', async () => {
    await store.acknowledge(theOne(different(0)), { client: 'finance', at: START, reason: 'known' });
    expect((await recalled(different(1)))?.acknowledgement).toEqual({
      by: 'finance',
      at: at(0),
      reason: 'known',
    });
    expect((await recalled(different(2, '90')))?.acknowledgement).toBeNull();
    expect((await recalled(different(2, '90')))?.firstSeenAt).toBe(at(0));
    expect((await recalled(different(3)))?.acknowledgement?.reason).toBe('known');
  });

  it('stays where a source failed, or did not tell all', async () => {
    await write(different(0));
    await write(down(10));
    await write({ ...compare([order()], listing([held()], { truncated: true })), at: at(11) });
    await write({
      ...compare([order()], [held()], { state: { kind: 'failed', failure: DOWN } }),
      at: at(12),
    });
    expect((await recalled(different(20)))?.firstSeenAt).toBe(at(0));
    await write(same(21));
    expect((await recalled(different(22)))?.firstSeenAt).toBe(at(22));
  });

  it('of a percent stays where the contract could not be read', async () => {
    const percent = {
      ...theOne(different(0)),
      key: '["acme","o","s",null,"ESCALATION"]',
      kind: 'ESCALATION' as const,
    };
    const seen = { ...different(0), discrepancies: [percent] };
    const termsDown = compare([order()], [held()], { terms: { kind: 'failed', failure: DOWN } });
    await write(seen);
    await write({ ...termsDown, at: at(10) });
    expect((await store.recall(['acme'])).has(idOf(percent))).toBe(true);
    await write(same(11));
    expect((await store.recall(['acme'])).size).toBe(0);
  });

  it('is not changed by a look that is older than the last, nor by one that is written twice', async () => {
    await write(different(0));
    await write(different(20, '800'));
    await write(different(10), same(15), different(20, '800'));
    const [row] = await db.selectFrom('discrepancies').selectAll().execute();
    expect(row).toMatchObject({ last_at: START + 20 * MINUTE, gone_at: null, stretches: 1 });
    expect(row?.details).toContain('"800"');
    await write(same(30));
    await write(different(25));
    expect(await store.recall(['acme'])).toEqual(new Map());
  });

  it('that is begun by two at once is one', async () => {
    const other = createDiscrepancyStore(db);
    await Promise.all([write(different(0)), other.write([lookOf(different(1))])]);
    const rows = await db.selectFrom('discrepancies').selectAll().execute();
    expect(rows.map(({ stretches, gone_at }) => [stretches, gone_at])).toEqual([[1, null]]);
  });

  it('is taken back by anybody, and only of its customer', async () => {
    const id = idOf(theOne(different(0)));
    const note = { client: 'other', at: START + MINUTE, reason: null };
    expect(await store.withdraw('acme', id, note)).toBe(false);
    await store.acknowledge(theOne(different(0)), { client: 'finance', at: START, reason: 'known' });
    expect(await store.withdraw('globex', id, note)).toBe(false);
    expect((await recalled(different(1)))?.acknowledgement).not.toBeNull();
    expect(await store.withdraw('acme', id, note)).toBe(true);
    expect(await store.withdraw('acme', id, note)).toBe(true);
    expect((await recalled(different(1)))?.acknowledgement).toBeNull();
    const notes = await db.selectFrom('discrepancy_notes').select(['event', 'client']).execute();
    expect(notes).toEqual([
      { event: 'ACKNOWLEDGED', client: 'finance' },
      { event: 'WITHDRAWN', client: 'other' },
    ]);
  });

  it('that is long gone is forgotten with its notes; one that is there is not', async () => {
    await store.acknowledge(theOne(different(0)), { client: 'finance', at: START, reason: 'known' });
    expect(await store.forget(START + 100 * MINUTE, 10)).toBe(0);
    await write(same(10));
    expect(await store.forget(START + 10 * MINUTE, 10)).toBe(0);
    expect(await store.forget(START + 11 * MINUTE, 10)).toBe(1);
    expect(await db.selectFrom('discrepancy_notes').selectAll().execute()).toEqual([]);
  });
});

describe('the recorder', () => {
  const begin = (open: () => DiscrepancyStore | null) => {
    const timers = manualTimers();
    const news: ReconciliationNews[] = [];
    const recorder = createDiscrepancyRecorder({
      store: open,
      clock: () => START,
      timers,
      tell: (one) => news.push(one),
    });
    return { recorder, news };
  };

  it('writes the newest look of each customer, and the same again once a minute', async () => {
    const written: string[][] = [];
    const { recorder } = begin(() => ({
      ...store,
      write: (looks) => {
        written.push(looks.map(({ at: when }) => when));
        return store.write(looks);
      },
    }));
    recorder.saw(different(0));
    recorder.saw(different(0.5)); // shows the same
    recorder.saw(different(0.6, '800'));
    await recorder.flush();
    recorder.saw(different(1, '800'));
    await recorder.flush();
    recorder.saw(different(1.7, '800'));
    await recorder.flush();
    expect(written).toEqual([[at(0.6)], [at(1.7)]]);
  });

  it('keeps what a store that does not work did not take, and says so once', async () => {
    let isBroken = true;
    const { recorder, news } = begin(() => ({
      ...store,
      write: (looks) => (isBroken ? Promise.reject(new StoreError('full', 'no room')) : store.write(looks)),
    }));
    recorder.saw(different(0));
    await recorder.flush();
    await recorder.flush();
    expect(recorder.waiting).toBe(1);
    expect(news.map(({ kind }) => kind)).toEqual(['delayed']);
    isBroken = false;
    await recorder.flush();
    expect(recorder.waiting).toBe(0);
    expect(news.map(({ kind }) => kind)).toEqual(['delayed', 'recovered']);
    expect((await recalled(different(1)))?.firstSeenAt).toBe(at(0));
  });

  it('keeps what it has while there is no store, and drops what a store refuses', async () => {
    let open: DiscrepancyStore | null = null;
    const { recorder, news } = begin(() => open);
    recorder.saw(different(0));
    await recorder.flush();
    expect(recorder.waiting).toBe(1);
    open = { ...store, write: () => Promise.reject(new StoreError('refused', 'too big')) };
    await recorder.flush();
    expect(recorder.waiting).toBe(0);
    expect(news).toMatchObject([{ kind: 'dropped', looks: 1 }]);
  });
});

it('a source that failed is no memory, and no absence', () => {
  const look = lookOf(
    compare({ kind: 'failed', failure: failure('UPSTREAM_TIMEOUT', 'SALESFORCE') }, [held()]),
  );
  expect(look).toMatchObject({ seen: [], absent: 'none' });
  expect(look.present.size).toBe(1);
});
