/**
 * Background work is not waited for by the disk, and everything else is: what the database says of the transaction that
 * is being made, in SQLite and in PostgreSQL.
 */
import { sql, type Kysely } from 'kysely';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createUsageStore } from '../../src/accounting/usage-store.js';
import { lookOf } from '../../src/domain/reconciliation/memory.js';
import type { Look } from '../../src/history/look.js';
import { createHistoryStore } from '../../src/history/store.js';
import { createDiscrepancyStore } from '../../src/reconciliation/store.js';
import { inBackground, type LaxConnection } from '../../src/journal/background.js';
import type { Database } from '../../src/journal/database.js';
import { createStore } from '../../src/journal/store.js';
import type { Tables } from '../../src/journal/tables.js';
import { compare, held, order, SLUG, usd } from '../reconciliation/build.js';
import { createRig, type Rig } from './support/rig.js';

const IS_POSTGRES = process.env['JOURNAL_POSTGRES_URL'] !== undefined;

let rig: Rig;
let db: Database;
beforeEach(async () => {
  rig = await createRig();
  db = await rig.database();
  if (!IS_POSTGRES) return;
  // The server of the tests waits for no disk at all; this database is to be as databases are.
  const { rows } = await sql<{ readonly name: string }>`select current_database() as name`.execute(db);
  await sql`alter database ${sql.id(rows[0]?.name ?? '')} set synchronous_commit = on`.execute(db);
  db = await rig.database();
});
afterEach(() => rig.close());

/** Whether what is written right now is on disk when it is committed. */
async function isDurable(at: Kysely<Tables>): Promise<boolean> {
  if (IS_POSTGRES) {
    const { rows } = await sql<{ readonly synchronous_commit: string }>`show synchronous_commit`.execute(at);
    return rows[0]?.synchronous_commit === 'on';
  }
  const { rows } = await sql<{ readonly synchronous: number }>`pragma synchronous`.execute(at);
  return rows[0]?.synchronous === 2;
}

const durable = () => db.transaction().execute(isDurable);
const inPassing = () => inBackground(db, isDurable);

it('each in its own way, in any order', async () => {
  expect(await durable()).toBe(true);
  expect(await inPassing()).toBe(false);
  expect(await inPassing()).toBe(false);
  expect(await durable()).toBe(true);
  // Looking between two writes settles nothing.
  expect(await inPassing()).toBe(false);
  await db.selectFrom('audit').selectAll().execute();
  expect(await durable()).toBe(true);
  await inPassing();
  await db.selectFrom('audit').selectAll().execute();
  await db.updateTable('audit_head').set({ seq: 0 }).execute();
  expect(await isDurable(db)).toBe(true);
  expect(await Promise.all([inPassing(), durable(), inPassing(), durable()])).toEqual([
    false,
    true,
    false,
    true,
  ]);
  expect(await isDurable(db)).toBe(true);
});

it('also after one that failed', async () => {
  const failing = inBackground(db, async (tx) => {
    await tx.insertInto('audit_head').values({ id: 2, seq: 0, hash: '' }).execute();
    throw new Error('changed its mind');
  });
  await expect(failing).rejects.toThrow('changed its mind');
  expect(await db.selectFrom('audit_head').select('id').execute()).toEqual([{ id: 1 }]);
  expect(await durable()).toBe(true);
});

it('the journal, which makes its transactions in one go, right after one', async () => {
  const store = createStore(db);
  await inPassing();
  await store.note({ at: 1, organization: 'o', client: 'c', event: 'REFUSED', details: null });
  expect(await isDurable(db)).toBe(true);
  expect(await inPassing()).toBe(false);
  expect(await db.selectFrom('audit').select('seq').execute()).toEqual([{ seq: 1 }]);
});

/** The database, and how many of its transactions were not waited for. */
async function counted(): Promise<{ readonly db: Database; count(): number }> {
  let count = 0;
  const oneMore = () => (count += 1);
  if (!IS_POSTGRES) {
    await db.getExecutor().provideConnection((connection) => {
      vi.spyOn(connection as LaxConnection, 'relax').mockImplementation(oneMore);
      return Promise.resolve();
    });
    return { db, count: () => count };
  }
  const watched = db.withPlugin({
    transformQuery({ node }) {
      if (node.kind === 'RawNode' && node.sqlFragments.join().includes('synchronous_commit')) oneMore();
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  });
  return { db: watched, count: () => count };
}

it('is how usage, history and differences are written, and forgotten', async () => {
  const watched = await counted();
  const [usage, history, discrepancies] = [
    createUsageStore(watched.db),
    createHistoryStore(watched.db),
    createDiscrepancyStore(watched.db),
  ];
  const outage = { organization: SLUG, kind: 'MINIMUM_COMMITMENT', code: 'UPSTREAM_TIMEOUT', to: 2 } as const;
  const look = {
    organization: SLUG,
    source: 'COMMITMENT_MANAGER',
    kind: 'MINIMUM_COMMITMENT',
    at: 1,
  } as const;
  const seen: Look = { ...look, isComplete: true, digest: 'd', records: [] };
  const steps: Readonly<Record<string, () => Promise<unknown>>> = {
    usage: () => usage.write({ writer: 'w', number: 1, rows: [] }, 1),
    'usage, forgotten': () => usage.forgetOldest('2026-01-01'),
    look: () => history.write([seen]),
    'a list that is still the same': () => history.write([{ ...seen, at: 1_000_000 }]),
    outage: () => history.writeOutage({ ...outage, from: 1, until: null }),
    'another outage': () => history.writeOutage({ ...outage, from: 2, until: 3 }),
    'looks, forgotten': () => history.forget(1, 2_000_000, 10),
    difference: () => discrepancies.write([lookOf(compare([order()], [held({ committed: usd('900') })]))]),
    'differences, forgotten': () => discrepancies.forget(1, 10),
  };
  for (const [what, step] of Object.entries(steps)) {
    const before = watched.count();
    await step();
    expect([what, watched.count() - before]).toEqual([what, 1]);
  }
  // Those that are old, and those that are too many of one list.
  const before = watched.count();
  expect(await history.forgetOutages(1, 1)).toBe(1);
  expect(watched.count() - before).toBe(2);
});
