/** PostgreSQL in trouble: nothing is sent, nothing is made anew, and it works again without a restart. */
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databaseOpener } from '../../../src/journal/database.js';
import { createStore } from '../../../src/journal/store.js';
import { startTcpProxy } from '../../support/tcp-proxy.js';
import {
  createRig,
  deferred,
  failureOf,
  operationIn,
  request,
  type Process,
  type Rig,
} from '../support/rig.js';

const KEY = 'key-00000001';

let rig: Rig;
let url: string;
beforeEach(async () => {
  rig = await createRig();
  if (rig.location.kind !== 'postgres') throw new Error('this suite is for PostgreSQL');
  url = rig.location.url;
});
afterEach(async () => {
  await rig.close();
});

async function asAdmin<Value>(work: (client: pg.Client) => Promise<Value>): Promise<Value> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function expectRefused({ perform, journal }: Process, trouble: string): Promise<void> {
  const sends = rig.backend.sends.length;
  expect(await failureOf(perform(request('key-in-trouble', { contractId: 'ctrct_trouble' })))).toMatchObject({
    code: 'STORE_UNAVAILABLE',
  });
  expect(rig.backend.sends).toHaveLength(sends);
  expect(journal.state().isWritable).toBe(false);
  expect(journal.state().trouble).toMatch(new RegExp(`^${trouble}: `));
}

async function expectRecovered({ perform, journal }: Process): Promise<void> {
  for (let i = 0; i < 10 && !journal.state().isWritable; i += 1) await rig.advance(6_000);
  expect(journal.state()).toMatchObject({ isWritable: true, trouble: null });
  expect(operationIn(await perform(request('key-afterwards', { contractId: 'ctrct_9' }))).state).toBe(
    'SUCCEEDED',
  );
}

describe('a server', () => {
  it('that cannot be reached refuses changes until it can', async () => {
    expect(
      await failureOf(databaseOpener({ kind: 'postgres', url: 'postgres://127.0.0.1:1/x' })()),
    ).toMatchObject({ trouble: 'unreachable' });
  });

  it('that ends all connections is connected to again', async () => {
    const gateway = await rig.process();
    await gateway.perform(request(KEY));
    await asAdmin((client) =>
      client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'commitment-graph' and datname = current_database()`,
      ),
    );
    await expectRecovered(gateway);
    expect(await gateway.perform(request(KEY))).toMatchObject({ isReplay: true });
  });

  it('whose tables are locked by somebody who stands still', async () => {
    const gateway = await rig.process();
    await gateway.perform(request(KEY));
    const other = new pg.Client(url);
    await other.connect();
    await other.query('begin');
    await other.query('lock table audit_head in access exclusive mode');
    await expectRefused(gateway, 'locked');
    expect(await gateway.perform(request(KEY))).toMatchObject({ isReplay: true });
    await other.query('rollback');
    await other.end();
    await expectRecovered(gateway);
  });

  it('that may only be read', async () => {
    const gateway = await rig.process();
    const { id } = operationIn(await gateway.perform(request(KEY)));
    const setReadOnly = (value: 'on' | 'off') =>
      asAdmin(async (client) => {
        await client.query(`set default_transaction_read_only = off`);
        const name = new URL(url).pathname.slice(1);
        await client.query(`alter database ${name} set default_transaction_read_only = ${value}`);
        await client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'commitment-graph'
             and datname = current_database()`,
        );
      });
    await setReadOnly('on');
    await rig.advance(6_000);
    await expectRefused(gateway, 'read-only');
    expect(await gateway.operations().byKey(KEY)).toMatchObject([{ id }]);
    await setReadOnly('off');
    await expectRecovered(gateway);
  });

  it('whose tables are gone gets no new ones', async () => {
    const gateway = await rig.process();
    await gateway.perform(request(KEY));
    await asAdmin((client) => client.query('drop table operations, audit, audit_head, journal_migrations'));
    await failureOf(gateway.perform(request('another-key')));
    await rig.advance(10_000);
    await expectRefused(gateway, 'missing');
    const { rows } = await asAdmin((client) => client.query(`select to_regclass('operations') as name`));
    expect(rows).toEqual([{ name: null }]);
  });

  it('that falls silent is not waited for for ever', async () => {
    await using proxy = await startTcpProxy(Number(new URL(url).port));
    const through = new URL(url);
    through.port = new URL(proxy.url).port;
    const gateway = await rig.process({ location: { kind: 'postgres', url: through.href } });
    await gateway.perform(request(KEY));
    proxy.fault = { kind: 'black-hole' };
    const begun = performance.now();
    await expectRefused(gateway, 'unreachable');
    expect(performance.now() - begun).toBeLessThan(8_000);
    proxy.fault = null;
    await expectRecovered(gateway);
  });
});

describe('a transaction that stands still', () => {
  it('is ended by the server, so that others can write', async () => {
    const db = await rig.database();
    const store = createStore(await rig.database());
    const entry = { at: 1, organization: 'o', client: 'c', event: 'REFUSED', details: null } as const;
    const [isStuck, release] = [deferred<void>(), deferred<void>()];
    const stuck = db.transaction().execute(async (tx) => {
      await sql`update audit_head set seq = seq`.execute(tx);
      isStuck.resolve();
      await release.promise;
      await sql`select 1`.execute(tx);
    });
    const outcome = failureOf(stuck);
    await isStuck.promise;
    expect(await failureOf(store.note(entry))).toMatchObject({ trouble: 'locked' });
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    await store.note(entry);
    release.resolve();
    expect(await outcome).toBeInstanceOf(Error);
  });
});

it('keeps times beyond 32 bits as numbers', async () => {
  const { perform, operations } = await rig.process();
  const { id } = operationIn(await perform(request(KEY)));
  expect((await operations().byKey(KEY)).map((each) => [each.id, each.requestedAt])).toEqual([
    [id, '2026-11-15T00:00:00Z'],
  ]);
});
