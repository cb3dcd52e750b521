/** The audit trail: an entry for whatever happens, and no way to change one, or what it speaks of, unseen. */
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourceError } from '../../src/domain/failure.js';
import { verifyAudit } from '../../src/journal/audit.js';
import type { Database } from '../../src/journal/database.js';
import { unknown } from './support/backend.js';
import { createRig, failureOf, operationIn, request, type Rig } from './support/rig.js';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(async () => {
  await rig.close();
});

async function entriesOf(db: Database) {
  const entries = await db.selectFrom('audit').selectAll().orderBy('seq').execute();
  return entries.map(({ event, client, operation_id: id, details }) => ({
    event,
    client,
    id,
    said: (JSON.parse(details) as { said: unknown }).said,
  }));
}

/** A success, an unknown that is settled, one that was not sent, and four refusals. */
async function history(): Promise<Database> {
  const { perform } = await rig.process();
  const usual = rig.backend.onSend;
  await perform(request('key-succeeds'));
  rig.backend.onSend = (apply) => {
    apply();
    return unknown;
  };
  await perform(request('key-is-lost'), 'desk');
  await failureOf(perform(request('key-is-busy')));
  await rig.advance(2_000);
  rig.backend.onSend = () => ({
    state: 'NOT_SENT',
    failure: sourceError('CIRCUIT_OPEN', 'MONETIZENOW').failure,
  });
  await failureOf(perform(request('key-not-sent')));
  rig.backend.onSend = usual;
  await failureOf(perform(request('key-succeeds', { contractId: 'ctrct_2' })));
  await failureOf(perform(request('key-of-old', { expectedVersion: 'version-9' })));
  rig.backend.problems = [{ path: ['offerings'], code: 'REQUIRED', message: 'Is missing.' }];
  await perform(request('key-is-wrong'));
  rig.backend.problems = [];
  return rig.database();
}

describe('the trail', () => {
  it('has an entry for whatever happened, refusals too, with who and why', async () => {
    const db = await history();
    const entries = await entriesOf(db);
    expect(entries.map(({ event, client }) => `${event} ${client}`)).toEqual([
      'INTENDED shop',
      'ANSWERED shop',
      'INTENDED desk',
      'ANSWERED desk',
      'REFUSED shop',
      'LOOKED desk',
      'INTENDED shop',
      'NOT_SENT shop',
      'REFUSED shop',
      'REFUSED shop',
      'REFUSED shop',
    ]);
    const said = (index: number) => entries[index]?.said;
    expect(said(0)).toMatchObject({
      reason: 'it is over',
      request: { method: 'POST', path: '/api/contracts/ctrct_1/operations' },
    });
    expect(said(3)).toMatchObject({ state: 'UNKNOWN' });
    expect(said(4)).toMatchObject({ why: 'TARGET_BUSY', idempotencyKey: 'key-is-busy' });
    expect(said(5)).toEqual({ found: 'SUCCEEDED', state: 'SUCCEEDED' });
    expect(said(7)).toMatchObject({ failure: 'CIRCUIT_OPEN' });
    expect(said(8)).toMatchObject({ why: 'IDEMPOTENCY_KEY_REUSED', change: { contractId: 'ctrct_2' } });
    expect(said(9)).toMatchObject({ why: 'PRECONDITION_FAILED' });
    expect(said(10)).toMatchObject({ why: [{ code: 'REQUIRED' }], reason: 'it is over' });
    expect(entries.slice(8).map(({ id }) => id)).toEqual([null, null, null]);
  });

  it('is intact as it was written', async () => {
    const db = await history();
    expect(await verifyAudit(db)).toMatchObject({ isIntact: true, entries: 11, operations: 3 });
  });

  it('is intact where nothing has happened yet', async () => {
    expect(await verifyAudit(await rig.database())).toMatchObject({ isIntact: true, entries: 0 });
  });

  it('is intact after two processes have written at once', async () => {
    const processes = [await rig.process(), await rig.process()];
    const asked = Array.from({ length: 40 }, (_, i) =>
      processes[i % 2]!.perform(request(`key-number-${i}`, { contractId: `ctrct_${i}` })),
    );
    const answers = await rig.ends(Promise.all(asked));
    expect(answers.every((answer) => operationIn(answer).state === 'SUCCEEDED')).toBe(true);
    const db = await rig.database();
    expect(await verifyAudit(db)).toMatchObject({ isIntact: true, entries: 80, operations: 40 });
  });

  it('is read as it was at one moment, while others write', async () => {
    const gateway = await rig.process();
    const db = await rig.database();
    const writing = Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        gateway.perform(request(`key-number-${i}`, { contractId: `ctrct_${i}` })),
      ),
    );
    for (let i = 0; i < 10; i += 1) expect(await verifyAudit(db)).toMatchObject({ isIntact: true });
    await rig.ends(writing);
    expect(await verifyAudit(db)).toMatchObject({ isIntact: true, entries: 60 });
  });
});

describe('a trail that was tampered with is found out', () => {
  it.each([
    ['a state', sql`update operations set state = 'FAILED' where idempotency_key = 'key-succeeds'`],
    ['what was asked', sql`update operations set change = '{}' where idempotency_key = 'key-succeeds'`],
    ['who asked', sql`update operations set client = 'desk' where idempotency_key = 'key-succeeds'`],
    ['why', sql`update operations set reason = 'because' where idempotency_key = 'key-succeeds'`],
    ['when', sql`update operations set requested_at = 1 where idempotency_key = 'key-succeeds'`],
    ['the outcome', sql`update operations set outcome = 'null' where idempotency_key = 'key-succeeds'`],
    ['the evidence', sql`update operations set after = '{}' where idempotency_key = 'key-is-lost'`],
  ])('where %s of an operation was altered', async (_, statement) => {
    const db = await history();
    await statement.execute(db);
    expect(await verifyAudit(db)).toMatchObject({ isIntact: false, what: 'was altered' });
  });

  it('where an operation is gone, or has come from nowhere', async () => {
    const db = await history();
    const row = await db.selectFrom('operations').selectAll().limit(1).executeTakeFirstOrThrow();
    await db.deleteFrom('operations').where('id', '=', row.id).execute();
    expect(await verifyAudit(db)).toEqual({
      isIntact: false,
      where: `operation ${row.id}`,
      what: 'is missing',
    });
    await db
      .insertInto('operations')
      .values({ ...row, id: 'from-nowhere' })
      .execute();
    expect(await verifyAudit(db)).toMatchObject({ where: 'operation from-nowhere' });
  });

  it.each([
    ['event', sql`update audit set event = 'ANSWERED' where seq = 9`, 9],
    ['client', sql`update audit set client = 'nobody' where seq = 2`, 2],
    ['time', sql`update audit set at = at - 1 where seq = 3`, 3],
    ['text', sql`update audit set details = '{"said":null}' where seq = 10`, 10],
    ['operation', sql`update audit set operation_id = null where seq = 4`, 4],
  ])('where the %s of an entry was altered', async (_, statement, seq) => {
    const db = await history();
    await statement.execute(db);
    expect(await verifyAudit(db)).toEqual({
      isIntact: false,
      where: `audit entry ${seq}`,
      what: 'was altered',
    });
  });

  it('where an entry was removed, with a gap or without', async () => {
    const db = await history();
    await db.deleteFrom('audit').where('seq', '=', 5).execute();
    expect(await verifyAudit(db)).toMatchObject({ where: 'audit entry 5', what: 'is missing' });
    for (let seq = 6; seq <= 11; seq += 1) {
      await db
        .updateTable('audit')
        .set({ seq: seq - 1 })
        .where('seq', '=', seq)
        .execute();
    }
    expect(await verifyAudit(db)).toMatchObject({ isIntact: false, where: 'audit entry 5' });
  });

  it('where an entry was slipped in', async () => {
    const db = await history();
    for (let seq = 11; seq >= 5; seq -= 1) {
      await db
        .updateTable('audit')
        .set({ seq: seq + 1 })
        .where('seq', '=', seq)
        .execute();
    }
    const copy = await db.selectFrom('audit').selectAll().where('seq', '=', 4).executeTakeFirstOrThrow();
    await db
      .insertInto('audit')
      .values({ ...copy, seq: 5 })
      .execute();
    expect(await verifyAudit(db)).toMatchObject({ isIntact: false, where: 'audit entry 5' });
  });

  it('where the end was cut off; with its head put right too, by a hash that was kept elsewhere', async () => {
    const db = await history();
    const whole = await verifyAudit(db);
    if (!whole.isIntact) throw new Error('it is not intact to begin with');
    expect(await verifyAudit(db, whole.hash)).toMatchObject({ isIntact: true });
    await db.deleteFrom('audit').where('seq', '>', 8).execute();
    expect(await verifyAudit(db)).toMatchObject({ isIntact: false, where: 'the end of the audit trail' });
    const last = await db.selectFrom('audit').selectAll().where('seq', '=', 8).executeTakeFirstOrThrow();
    await db.updateTable('audit_head').set({ seq: 8, hash: last.hash }).execute();
    expect(await verifyAudit(db)).toMatchObject({ isIntact: true, entries: 8 });
    expect(await verifyAudit(db, last.hash)).toMatchObject({ isIntact: true });
    expect(await verifyAudit(db, whole.hash)).toMatchObject({
      isIntact: false,
      what: 'does not contain the hash that it once ended with',
    });
  });

  it('where all was wiped', async () => {
    const db = await history();
    await db.deleteFrom('audit').execute();
    await db.deleteFrom('operations').execute();
    expect(await verifyAudit(db)).toMatchObject({ isIntact: false });
    await db.deleteFrom('audit_head').execute();
    expect(await verifyAudit(db)).toMatchObject({ isIntact: false });
  });
});
