/** What becomes of changes whose outcome is not known: found out by reading, in the background, and never sent again. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Look, Step } from '../../src/domain/change-port.js';
import { sourceError } from '../../src/domain/failure.js';
import type { Operation } from '../../src/domain/operation.js';
import { createStore } from '../../src/journal/store.js';
import { succeeded, unknown } from './support/backend.js';
import {
  ACME,
  createRig,
  deferred,
  operationIn,
  request,
  TIMES,
  type Process,
  type Rig,
} from './support/rig.js';

const KEY = 'key-00000001';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(async () => {
  await rig.close();
});

async function shown({ operations }: Process, id: string): Promise<Operation> {
  const found = await operations().byId(ACME, id);
  if (found === null) throw new Error('it is gone');
  return found;
}

/** A change that ends UNKNOWN, done or not. */
async function lost(gateway: Process, isDone: boolean): Promise<string> {
  rig.backend.onSend = (apply) => {
    if (isDone) apply();
    return unknown;
  };
  const operation = operationIn(await gateway.perform(request(KEY)));
  expect(operation).toMatchObject({
    state: 'UNKNOWN',
    failure: { code: 'NO_ANSWER', message: 'The connection broke.' },
    settledAt: null,
  });
  return operation.id;
}

describe('an operation that is unknown', () => {
  it('succeeds where the backend shows that it was made; the key replays that', async () => {
    const gateway = await rig.process();
    const id = await lost(gateway, true);
    await rig.advance(2_000);
    expect(await shown(gateway, id)).toMatchObject({
      state: 'SUCCEEDED',
      failure: null,
      after: { effects: 1 },
      looks: 1,
      needsOperator: false,
    });
    expect(await gateway.perform(request(KEY))).toMatchObject({
      isReplay: true,
      operation: { state: 'SUCCEEDED' },
      result: { externalId: id },
    });
    expect(rig.backend.sends).toHaveLength(1);
  });

  it('fails where the backend shows that it was refused', async () => {
    const gateway = await rig.process();
    const id = await lost(gateway, false);
    rig.backend.onLook = () => ({ state: 'FAILED', failure: { code: 'DENIED', message: 'Denied.' } });
    await rig.advance(2_000);
    expect(await shown(gateway, id)).toMatchObject({ state: 'FAILED', failure: { code: 'DENIED' } });
  });

  it.each<[string, Look]>([
    ['IN_REVIEW', { state: 'IN_REVIEW', references: { quoteId: 'q1' } }],
    ['PENDING', { state: 'PENDING', progress: { taskId: 't1' }, references: { taskId: 't1' } }],
  ])('becomes %s where the backend shows that, and goes on from there', async (state, look) => {
    const gateway = await rig.process();
    const id = await lost(gateway, true);
    rig.backend.onLook = () => look;
    await rig.advance(2_000);
    expect(await shown(gateway, id)).toMatchObject({
      state,
      failure: null,
      references: look.state === 'NOT_APPLIED' ? {} : look.references,
    });
    rig.backend.onLook = () => ({ state: 'SUCCEEDED', references: { invoiceId: 'i1' } });
    await rig.advance(60_000);
    expect(await shown(gateway, id)).toMatchObject({
      state: 'SUCCEEDED',
      references: { invoiceId: 'i1' },
    });
  });

  it('fails as not applied only when the request can no longer be on its way', async () => {
    const gateway = await rig.process();
    const id = await lost(gateway, false);
    await rig.advance(TIMES.provenAfterMs - 500);
    expect(await shown(gateway, id)).toMatchObject({ state: 'UNKNOWN' });
    expect(rig.backend.looks).toBeGreaterThan(3);
    await rig.advance(2_000);
    expect(await shown(gateway, id)).toMatchObject({ state: 'FAILED', failure: { code: 'NOT_APPLIED' } });
    expect(rig.backend.sends).toHaveLength(1);
  });

  it('is not believed to be not applied by a look that began too early', async () => {
    const gateway = await rig.process();
    const id = await lost(gateway, false);
    const slow = deferred<Look>();
    let isSlow = false;
    rig.backend.onLook = () => {
      if (isSlow || rig.timers.now() < 30_000) return { state: 'NOT_APPLIED' };
      isSlow = true;
      return slow.promise;
    };
    while (!isSlow) await rig.advance(250);
    const begun = rig.timers.now();
    expect(begun).toBeLessThan(TIMES.provenAfterMs);
    await rig.advance(TIMES.provenAfterMs - begun + 500);
    expect(await shown(gateway, id)).toMatchObject({ state: 'UNKNOWN' });
    slow.resolve({ state: 'NOT_APPLIED' });
    await rig.settle();
    expect(await shown(gateway, id)).toMatchObject({ state: 'UNKNOWN' });
    await rig.advance(1_000);
    expect(await shown(gateway, id)).toMatchObject({ state: 'FAILED', failure: { code: 'NOT_APPLIED' } });
  });

  it('waits for a backend that cannot be read, and is settled within 30 s of when it can', async () => {
    const gateway = await rig.process();
    const id = await lost(gateway, true);
    rig.backend.onLook = () => {
      throw sourceError('UPSTREAM_UNAVAILABLE', 'MONETIZENOW', { retryAfterMs: 3_600_000 });
    };
    await rig.advance(TIMES.giveUpAfterMs + 60_000);
    expect(await shown(gateway, id)).toMatchObject({ state: 'UNKNOWN', looks: 0, needsOperator: false });
    rig.backend.onLook = () => ({ state: 'SUCCEEDED' });
    await rig.advance(30_250);
    expect(await shown(gateway, id)).toMatchObject({ state: 'SUCCEEDED', looks: 1 });
  });

  it('is tried again after a fault of ours, and so are the others', async () => {
    const gateway = await rig.process();
    const id = await lost(gateway, true);
    rig.backend.onLook = () => {
      throw new TypeError('a bug');
    };
    await rig.advance(5_000);
    expect(gateway.journal.state()).toMatchObject({ isWritable: true, trouble: null });
    expect(gateway.news).toContainEqual({
      kind: 'trouble',
      operationId: id,
      what: 'cannot be looked at: a fault of ours',
      detail: 'TypeError: a bug',
    });
    rig.backend.onLook = () => ({ state: 'SUCCEEDED' });
    await rig.advance(30_000);
    expect(await shown(gateway, id)).toMatchObject({ state: 'SUCCEEDED' });
  });

  it('does not wait for a look that never ends', async () => {
    const gateway = await rig.process();
    const id = await lost(gateway, true);
    rig.backend.onLook = () => new Promise<Look>(() => undefined);
    await rig.advance(2_000);
    rig.backend.onLook = () => ({ state: 'SUCCEEDED' });
    await rig.advance(TIMES.holdMs + 30_000);
    expect(await shown(gateway, id)).toMatchObject({ state: 'SUCCEEDED' });
  });

  it('is left to an operator when it cannot be told for too long; then nobody looks any more', async () => {
    const gateway = await rig.process();
    const id = await lost(gateway, true);
    rig.backend.onLook = () => ({ ...unknown, after: { effects: 7 } });
    await rig.advance(TIMES.giveUpAfterMs - 1_000);
    expect(await shown(gateway, id)).toMatchObject({ state: 'UNKNOWN', needsOperator: false });
    await rig.advance(60_000);
    expect(await shown(gateway, id)).toMatchObject({
      state: 'UNKNOWN',
      needsOperator: true,
      before: { effects: 0 },
      after: { effects: 7 },
    });
    const { looks } = rig.backend;
    await rig.advance(3_600_000);
    expect(rig.backend.looks).toBe(looks);
    expect(gateway.news).toContainEqual({
      kind: 'trouble',
      operationId: id,
      what: 'cannot be told by reading: an operator has to settle it',
    });

    // What the operator says counts, and frees the target.
    const store = createStore(await rig.database());
    const row = (await store.byId(id))!;
    const held = (await store.hold(row, 'operator', rig.clock(), rig.clock() + 1_000))!;
    await store.change(
      held,
      { state: 'SUCCEEDED', settled_at: rig.clock(), needs_operator: 0, holder: null, held_until: 0 },
      rig.clock(),
      'DECIDED',
      'seen in the console',
      'jo',
    );
    rig.backend.onSend = (apply) => succeeded(apply());
    expect(operationIn(await gateway.perform(request('another-key'))).state).toBe('SUCCEEDED');
  });

  it('is looked at ever more seldom', async () => {
    const gateway = await rig.process();
    await lost(gateway, true);
    rig.backend.onLook = () => unknown;
    const seen: number[] = [];
    for (const span of [1_000, 10_000, 60_000, 120_000]) {
      const before = rig.backend.looks;
      await rig.advance(span);
      seen.push((rig.backend.looks - before) / (span / 60_000));
    }
    expect(seen).toEqual([...seen].sort((a, b) => b - a));
    expect(rig.backend.looks).toBeLessThan(15);
  });
});

describe('an operation whose sender is gone', () => {
  /** Killed after the intent, with the effect or without. */
  async function abandoned(isDone: boolean): Promise<string> {
    const first = await rig.process();
    const sent = deferred<void>();
    rig.backend.onSend = (apply) => {
      if (isDone) apply();
      sent.resolve();
      return new Promise<Step>(() => undefined);
    };
    void first.perform(request(KEY)).catch(() => undefined);
    await sent.promise;
    await first.kill();
    return rig.backend.sends[0]!;
  }

  it.each([
    ['SUCCEEDED', true],
    ['FAILED', false],
  ])('becomes unknown after a restart, then %s, and is not sent again', async (state, isDone) => {
    const id = await abandoned(isDone);
    const gateway = await rig.process();
    expect(await shown(gateway, id)).toMatchObject({ state: 'PENDING' });
    rig.backend.onSend = (apply) => succeeded(apply());
    expect(await rig.ends(gateway.perform(request(KEY)).catch((error: unknown) => error))).toMatchObject({
      code: 'IDEMPOTENCY_IN_PROGRESS',
    });
    await rig.advance(24_000);
    expect(gateway.news).toContainEqual(
      expect.objectContaining({ kind: 'state', operationId: id, state: 'UNKNOWN' }),
    );
    await rig.advance(60_000);
    expect(await shown(gateway, id)).toMatchObject({ state });
    expect(await gateway.perform(request(KEY))).toMatchObject({ isReplay: true, operation: { state } });
    expect(rig.backend.sends).toEqual([id]);
    const events = await (
      await rig.database()
    )
      .selectFrom('audit')
      .select('event')
      .where('operation_id', '=', id)
      .orderBy('seq')
      .execute();
    expect(events.map(({ event }) => event)).toEqual(['INTENDED', 'ABANDONED', 'LOOKED']);
  });

  it('is taken up though the clock has been set back by an hour', async () => {
    const id = await abandoned(true);
    const gateway = await rig.process({ skew: () => -3_600_000 });
    await rig.advance(10_000);
    expect(await shown(gateway, id)).toMatchObject({ state: 'SUCCEEDED' });
  });

  it('is taken up by one of two processes only', async () => {
    const id = await abandoned(true);
    const [a, b] = [await rig.process(), await rig.process()];
    await rig.advance(40_000);
    expect(await shown(a, id)).toMatchObject({ state: 'SUCCEEDED', looks: 1 });
    const told = [...a.news, ...b.news].filter(({ kind }) => kind === 'state');
    expect(told).toHaveLength(2);
    expect(rig.backend.looks).toBe(1);
  });
});

describe('a sender that is slow', () => {
  it('is not given up by its own process, whatever the clock says', async () => {
    let skew = 0;
    const gateway = await rig.process({ skew: () => skew });
    const reply = deferred<Step>();
    rig.backend.onSend = () => reply.promise;
    const answer = gateway.perform(request(KEY));
    await rig.settle();
    skew = 3_600_000;
    await rig.advance(6_000);
    expect(rig.backend.looks).toBe(0);
    reply.resolve({ state: 'SUCCEEDED' });
    expect(operationIn(await answer).state).toBe('SUCCEEDED');
    await rig.advance(6_000);
    expect(rig.backend.looks).toBe(0);
  });

  it('is waited for so long as sending may take, and then it is unknown', async () => {
    const gateway = await rig.process();
    rig.backend.onSend = () => new Promise<Step>(() => undefined);
    rig.backend.onLook = () => unknown;
    const answer = gateway.perform(request(KEY));
    await rig.advance(TIMES.sendMs);
    expect(operationIn(await rig.ends(answer)).state).toBe('UNKNOWN');
  });

  it('is unknown where sending fails by a fault of ours', async () => {
    const gateway = await rig.process();
    rig.backend.onSend = (apply) => {
      apply();
      throw new TypeError('a bug');
    };
    const operation = operationIn(await gateway.perform(request(KEY)));
    expect(operation.state).toBe('UNKNOWN');
    await rig.advance(2_000);
    expect(await shown(gateway, operation.id)).toMatchObject({ state: 'SUCCEEDED' });
  });

  it('does not overwrite what another process has settled since', async () => {
    let skew = 0;
    const slow = await rig.process({ isIdle: true });
    const reply = deferred<Step>();
    rig.backend.onSend = () => reply.promise;
    const answer = slow.perform(request(KEY));
    await rig.settle();
    skew = 3_600_000;
    const quick = await rig.process({ skew: () => skew });
    await rig.advance(2_000);
    const [id] = rig.backend.sends;
    expect(await shown(quick, id!)).toMatchObject({ state: 'FAILED', failure: { code: 'NOT_APPLIED' } });
    reply.resolve({ state: 'SUCCEEDED' });
    expect(operationIn(await answer)).toMatchObject({ state: 'FAILED' });
    expect(await shown(quick, id!)).toMatchObject({ state: 'FAILED' });
  });

  it('writes its answer where another process only knows that it is unknown', async () => {
    const slow = await rig.process({ isIdle: true });
    const reply = deferred<Step>();
    rig.backend.onSend = () => reply.promise;
    rig.backend.onLook = () => unknown;
    const answer = slow.perform(request(KEY));
    await rig.settle();
    const quick = await rig.process({ skew: () => 60_000 });
    await rig.advance(1_000);
    const [id] = rig.backend.sends;
    expect(await shown(quick, id!)).toMatchObject({ state: 'UNKNOWN' });
    reply.resolve({ state: 'FAILED', failure: { code: 'REFUSED', message: 'No.' } });
    // While the other still looks, or has just looked.
    expect(operationIn(await answer)).toMatchObject({ state: 'FAILED', failure: { code: 'REFUSED' } });
    await rig.advance(1_000);
    expect(await shown(quick, id!)).toMatchObject({ state: 'FAILED' });
  });

  it('cannot write once it has lost its hold', async () => {
    const gateway = await rig.process({ isIdle: true });
    rig.backend.onSend = () => unknown;
    const { id } = operationIn(await gateway.perform(request(KEY)));
    const store = createStore(await rig.database());
    const row = (await store.byId(id))!;
    const now = rig.clock();
    const first = (await store.hold(row, 'first', now, now + 1_000))!;
    expect(await store.hold(row, 'second', now, now + 1_000)).toBeNull();
    expect(await store.hold(first, 'second', now, now + 1_000)).toBeNull();
    const second = (await store.hold(first, 'second', now + 1_000, now + 2_000))!;
    expect(await store.change(first, { state: 'SUCCEEDED' }, now, 'LOOKED', null)).toBeNull();
    expect(await store.touch(first, { looks: 99 })).toBeNull();
    expect(await store.change(second, { state: 'FAILED' }, now, 'LOOKED', null)).toMatchObject({
      state: 'FAILED',
      looks: 0,
    });
    const events = await (await rig.database()).selectFrom('audit').select('seq').execute();
    expect(events).toHaveLength(3);
    // Nor take hold of what has changed under it.
    expect(await store.hold({ ...second, held_until: 0 }, 'third', now + 5_000, now + 6_000)).toBeNull();
  });
});

describe('a change that the backend has taken', () => {
  it('is followed for a while by its caller', async () => {
    const gateway = await rig.process();
    rig.backend.onSend = (apply) => {
      apply();
      return { state: 'PENDING', progress: { taskId: 't1' } };
    };
    rig.backend.onLook = (sent, isApplied) =>
      isApplied && rig.timers.now() > 1_800
        ? { state: 'SUCCEEDED', outcome: { effect: 'done' } }
        : { state: 'PENDING', progress: sent.progress };
    const answer = await rig.ends(gateway.perform(request(KEY)));
    expect(answer).toMatchObject({
      isReplay: false,
      operation: { state: 'SUCCEEDED' },
      result: { externalId: 'done' },
    });
    expect(rig.timers.now()).toBeLessThan(3_500);
  });

  it('is left to the background after that', async () => {
    const gateway = await rig.process();
    rig.backend.onSend = () => ({ state: 'PENDING', progress: { taskId: 't1' } });
    rig.backend.onLook = () => ({ state: 'PENDING' });
    const { id, state } = operationIn(await rig.ends(gateway.perform(request(KEY))));
    expect(state).toBe('PENDING');
    expect(rig.timers.now()).toBeLessThan(4_000);
    rig.backend.onLook = (sent) => {
      expect(sent.progress).toEqual({ taskId: 't1' });
      return { state: 'SUCCEEDED' };
    };
    await rig.advance(30_000);
    expect(await shown(gateway, id)).toMatchObject({ state: 'SUCCEEDED' });
  });

  it('is given to an operator when nobody has heard of it for a day', async () => {
    const gateway = await rig.process();
    rig.backend.onSend = () => ({ state: 'PENDING' });
    rig.backend.onLook = () => ({ state: 'PENDING' });
    const { id } = operationIn(await rig.ends(gateway.perform(request(KEY))));
    const later = await rig.process({ skew: () => 86_400_000 });
    await rig.advance(40_000);
    expect(await shown(later, id)).toMatchObject({ state: 'PENDING', needsOperator: true });
  });
});
