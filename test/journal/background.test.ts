/**
 * Background work is not waited for by the disk, and everything else is: what the database says of the transaction that
 * is being made, in SQLite and in PostgreSQL.
 */
import { sql, type Kysely } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { inBackground } from '../../src/journal/background.js';
import type { Database } from '../../src/journal/database.js';
import { createStore } from '../../src/journal/store.js';
import type { Tables } from '../../src/journal/tables.js';
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
