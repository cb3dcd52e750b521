/** Outcomes that cannot be written down: told all the same, written later, and nothing is begun until they are. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStore, type OperationStore } from '../../src/journal/store.js';
import { StoreError } from '../../src/journal/store-error.js';
import { succeeded } from './support/backend.js';
import { ACME, createRig, failureOf, operationIn, request, type Process, type Rig } from './support/rig.js';

const KEY = 'key-00000001';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(async () => {
  await rig.close();
});

/** A journal whose store refuses to change rows for as long as `trouble` is set. */
async function troubled() {
  const state: { trouble: StoreError | null } = { trouble: null };
  const refusing =
    <Args extends unknown[], Value>(work: (...args: Args) => Promise<Value>) =>
    (...args: Args): Promise<Value> =>
      state.trouble === null ? work(...args) : Promise.reject(state.trouble);
  const gateway = await rig.process({
    wrap: (store): OperationStore => ({
      ...store,
      begin: refusing(store.begin),
      change: refusing(store.change),
      hold: refusing(store.hold),
      note: refusing(store.note),
      probe: refusing(store.probe),
    }),
  });
  return { gateway, state };
}

const full = new StoreError('full', 'database or disk is full');

async function doneWithoutRoom(): Promise<{ gateway: Process; state: { trouble: StoreError | null } }> {
  const { gateway, state } = await troubled();
  rig.backend.onSend = (apply) => {
    state.trouble = full;
    return succeeded(apply());
  };
  expect(await gateway.perform(request(KEY))).toMatchObject({
    kind: 'performed',
    isReplay: false,
    isDurable: false,
    operation: { state: 'SUCCEEDED', outcome: { price: '10.10' } },
  });
  rig.backend.onSend = (apply) => succeeded(apply());
  return { gateway, state };
}

describe('a disk that is full when the outcome is to be written', () => {
  it('does not change what the caller is told; no other change is begun until it is written', async () => {
    const { gateway, state } = await doneWithoutRoom();
    expect(gateway.journal.state()).toMatchObject({
      isWritable: false,
      trouble: 'full: database or disk is full',
      unwritten: 1,
    });
    expect(gateway.news).toContainEqual({
      kind: 'store-trouble',
      trouble: 'full',
      message: 'database or disk is full',
    });
    const another = request('another-key', { contractId: 'ctrct_2' });
    expect(await failureOf(gateway.perform(another))).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await rig.advance(20_000);
    expect(await failureOf(gateway.perform(another))).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(rig.backend.sends).toHaveLength(1);
    // What it was is still readable, and as the journal has it.
    expect(await gateway.operations().byKey(KEY)).toMatchObject([{ state: 'PENDING' }]);
    expect(gateway.journal.state().isWritable).toBe(false);

    state.trouble = null;
    await rig.advance(6_000);
    expect(gateway.journal.state()).toEqual({ isWritable: true, trouble: null, unwritten: 0 });
    expect(gateway.news.filter(({ kind }) => kind.startsWith('store'))).toHaveLength(2);
    expect(await gateway.perform(request(KEY))).toMatchObject({
      isReplay: true,
      isDurable: true,
      operation: { state: 'SUCCEEDED', outcome: { price: '10.10' } },
    });
    expect(operationIn(await gateway.perform(another)).state).toBe('SUCCEEDED');
    expect(rig.backend.looks).toBe(0);
  });

  it('is written by the next change that is asked for, before that is begun', async () => {
    const { gateway, state } = await doneWithoutRoom();
    state.trouble = null;
    expect(operationIn(await gateway.perform(request('another-key'))).state).toBe('SUCCEEDED');
    expect(gateway.journal.state()).toEqual({ isWritable: true, trouble: null, unwritten: 0 });
    expect(await gateway.operations().byKey(KEY)).toMatchObject([{ state: 'SUCCEEDED' }]);
  });

  it('is found out by reading back where the process ends before', async () => {
    const { gateway } = await doneWithoutRoom();
    await gateway.kill();
    const restarted = await rig.process();
    await rig.advance(30_000);
    expect(await restarted.operations().byKey(KEY)).toMatchObject([{ state: 'SUCCEEDED', looks: 1 }]);
    expect(rig.backend.sends).toHaveLength(1);
  });

  it('gives way to what another process has found out meanwhile', async () => {
    const { gateway, state } = await doneWithoutRoom();
    const other = await rig.process();
    await rig.advance(40_000);
    expect(await other.operations().byKey(KEY)).toMatchObject([{ state: 'SUCCEEDED', looks: 1 }]);
    state.trouble = null;
    await rig.advance(6_000);
    expect(gateway.journal.state()).toMatchObject({ isWritable: true, unwritten: 0 });
    expect(await gateway.operations().byKey(KEY)).toMatchObject([{ state: 'SUCCEEDED', looks: 1 }]);
  });

  it('does not hide that a request was never sent', async () => {
    const { gateway, state } = await troubled();
    const { sourceError } = await import('../../src/domain/failure.js');
    rig.backend.onSend = () => {
      state.trouble = full;
      return { state: 'NOT_SENT', failure: sourceError('CIRCUIT_OPEN', 'MONETIZENOW').failure };
    };
    expect(await failureOf(gateway.perform(request(KEY)))).toMatchObject({
      failure: { code: 'CIRCUIT_OPEN' },
    });
    state.trouble = null;
    rig.backend.onSend = (apply) => succeeded(apply());
    await rig.advance(6_000);
    expect(await gateway.perform(request(KEY))).toMatchObject({ isReplay: false });
  });
});

describe('an outcome that the database does not take whatever is done', () => {
  it('does not stand in the way for ever: reading back settles it', async () => {
    const { gateway, state } = await troubled();
    rig.backend.onSend = (apply) => {
      state.trouble = new StoreError('refused', 'invalid byte sequence');
      return succeeded(apply());
    };
    expect(await gateway.perform(request(KEY))).toMatchObject({ isDurable: false });
    // It is no trouble of the store's.
    expect(gateway.journal.state()).toMatchObject({ trouble: null, unwritten: 1 });
    await rig.advance(6_000);
    expect(gateway.journal.state()).toEqual({ isWritable: true, trouble: null, unwritten: 0 });
    expect(gateway.news).toContainEqual(expect.objectContaining({ kind: 'trouble' }));
    state.trouble = null;
    await rig.advance(60_000);
    expect(await gateway.operations().byKey(KEY)).toMatchObject([{ state: 'SUCCEEDED', looks: 1 }]);
  });
});

describe('a store that cannot be written to', () => {
  it('refuses changes, sends nothing, and goes on giving what can be read', async () => {
    const { gateway, state } = await troubled();
    const { id } = operationIn(await gateway.perform(request(KEY)));
    state.trouble = new StoreError('read-only', 'attempt to write a readonly database');
    const another = request('another-key');
    expect(await failureOf(gateway.perform(another))).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      extras: { isRetryable: true },
    });
    expect(await gateway.operations().byId(ACME, id)).toMatchObject({ state: 'SUCCEEDED' });
    expect(await gateway.perform(request(KEY))).toMatchObject({ isReplay: true });
    // That it can be read does not make it work again.
    expect(gateway.journal.state()).toMatchObject({ isWritable: false });
    expect(rig.backend.sends).toHaveLength(1);
    expect((await failureOf(gateway.perform(another))).message).not.toContain('readonly');
    state.trouble = null;
    await rig.advance(6_000);
    expect(gateway.journal.state()).toMatchObject({ isWritable: true });
    expect(operationIn(await gateway.perform(another)).state).toBe('SUCCEEDED');
  });

  it('still shows a dry run', async () => {
    const { gateway, state } = await troubled();
    state.trouble = full;
    expect(await gateway.perform(request(KEY, { dryRun: true }))).toMatchObject({ kind: 'previewed' });
  });

  it('waits for another that is writing', async () => {
    const db = await rig.database();
    const store = createStore(db);
    const gateway = await rig.process();
    const held = db.transaction().execute(async (tx) => {
      await tx
        .updateTable('audit_head')
        .set((eb) => ({ seq: eb.ref('seq') }))
        .execute();
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    const begun = performance.now();
    expect(operationIn(await gateway.perform(request(KEY))).state).toBe('SUCCEEDED');
    expect(performance.now() - begun).toBeGreaterThan(200);
    await held;
    expect(await store.nextDue()).toBeNull();
  });
});
