/** Callers that leave, followers, lists, and stopping. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Step } from '../../src/domain/change-port.js';
import type { Operation } from '../../src/domain/operation.js';
import { succeeded, unknown } from './support/backend.js';
import {
  ACME,
  createRig,
  deferred,
  failureOf,
  operationIn,
  OTHER,
  request,
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

describe('a caller that leaves', () => {
  it('does not stop what was begun', async () => {
    const { operations, perform } = await rig.process();
    const leaves = new AbortController();
    const reply = deferred<Step>();
    rig.backend.onSend = () => reply.promise;
    const answer = operations('shop', leaves.signal).perform(request(KEY));
    await rig.settle();
    leaves.abort();
    reply.resolve({ state: 'SUCCEEDED', outcome: { effect: 'e1' } });
    expect(operationIn(await answer).state).toBe('SUCCEEDED');
    expect(await perform(request(KEY))).toMatchObject({ isReplay: true, operation: { state: 'SUCCEEDED' } });
  });

  it('is not waited for by what follows its change', async () => {
    const { operations } = await rig.process();
    const leaves = new AbortController();
    rig.backend.onSend = () => ({ state: 'PENDING' });
    rig.backend.onLook = () => ({ state: 'PENDING' });
    const answer = operations('shop', leaves.signal).perform(request(KEY));
    await rig.settle();
    leaves.abort();
    expect(operationIn(await answer).state).toBe('PENDING');
    expect(rig.timers.now()).toBe(0);
  });
});

describe('following', () => {
  async function all(updates: AsyncIterable<Operation>): Promise<string[]> {
    const states: string[] = [];
    for await (const { state } of updates) states.push(state);
    return states;
  }

  it('gives each state, here and in another process, and ends when it is settled', async () => {
    const [a, b] = [await rig.process({ times: { followMs: 0 } }), await rig.process()];
    rig.backend.onSend = () => ({ state: 'PENDING' });
    rig.backend.onLook = () => ({ state: 'PENDING' });
    const { id } = operationIn(await a.perform(request(KEY)));
    const signal = new AbortController().signal;
    const followed = [a, b].map(({ operations }) => all(operations().follow(ACME, id, signal)));
    await rig.advance(4_000);
    rig.backend.onLook = () => ({ state: 'IN_REVIEW' });
    await rig.advance(12_000);
    rig.backend.onLook = () => ({ state: 'SUCCEEDED' });
    await rig.advance(60_000);
    for (const states of await Promise.all(followed)) {
      expect(states).toEqual(['PENDING', 'IN_REVIEW', 'SUCCEEDED']);
    }
  });

  it('gives what is settled already, once, and nothing of what is not there or not the customer’s', async () => {
    const { perform, operations } = await rig.process();
    const { id } = operationIn(await perform(request(KEY)));
    const signal = new AbortController().signal;
    expect(await all(operations().follow(ACME, id, signal))).toEqual(['SUCCEEDED']);
    expect(await all(operations().follow(OTHER, id, signal))).toEqual([]);
    expect(await all(operations().follow(ACME, 'nothing', signal))).toEqual([]);
  });

  it('ends when the follower leaves, and when the journal stops', async () => {
    const { perform, operations, journal } = await rig.process();
    rig.backend.onSend = () => unknown;
    rig.backend.onLook = () => unknown;
    const { id } = operationIn(await perform(request(KEY)));
    const leaves = new AbortController();
    const left = all(operations().follow(ACME, id, leaves.signal));
    const stays = all(operations().follow(ACME, id, new AbortController().signal));
    await rig.settle();
    leaves.abort();
    expect(await left).toEqual(['UNKNOWN']);
    await journal.stop();
    expect(await stays).toEqual(['UNKNOWN']);
  });
});

describe('lists', () => {
  it('give pages, newest first, narrowed by state and kind, of one customer', async () => {
    const { perform, operations } = await rig.process();
    const ids: string[] = [];
    for (let i = 0; i < 7; i += 1) {
      // Two at the same moment now and then.
      if (i % 2 === 0) await rig.advance(1_000);
      rig.backend.onSend = (apply) =>
        i < 5 ? succeeded(apply()) : { state: 'FAILED', failure: { code: 'REFUSED', message: 'No.' } };
      ids.push(operationIn(await perform(request(`key-0000000${i}`))).id);
    }
    await perform(request('key-of-other', { organization: OTHER }));
    const seen: string[] = [];
    for (let after: string | null = null, hasMore = true; hasMore;) {
      const page = await operations().list(ACME, {}, 3, after);
      expect(page.totalCount).toBe(7);
      seen.push(...page.operations.map(({ id }) => id));
      after = seen.at(-1) ?? null;
      hasMore = page.hasMore;
    }
    expect(seen).toHaveLength(7);
    expect([...seen].sort()).toEqual([...ids].sort());
    const times = (await operations().list(ACME, {}, 10, null)).operations.map((each) => each.requestedAt);
    expect(times).toEqual([...times].sort().reverse());

    expect(await operations().list(ACME, { states: ['FAILED'] }, 1, null)).toMatchObject({
      totalCount: 2,
      hasMore: true,
      operations: [{ state: 'FAILED' }],
    });
    expect(await operations().list(ACME, { kinds: ['ORGANIZATION_SYNC'] }, 10, null)).toMatchObject({
      totalCount: 0,
      operations: [],
    });
    expect(
      await operations().list(ACME, { states: ['UNKNOWN', 'FAILED'], kinds: ['CONTRACT_CANCEL'] }, 10, null),
    ).toMatchObject({ totalCount: 2, hasMore: false });
  });

  it('call what is being sent pending', async () => {
    const { perform, operations } = await rig.process();
    const reply = deferred<Step>();
    rig.backend.onSend = () => reply.promise;
    const answer = perform(request(KEY));
    await rig.settle();
    expect(await operations().list(ACME, { states: ['PENDING'] }, 10, null)).toMatchObject({
      totalCount: 1,
      operations: [{ state: 'PENDING' }],
    });
    reply.resolve({ state: 'SUCCEEDED' });
    await answer;
  });

  it('refuse a place that is not theirs', async () => {
    const { perform, operations } = await rig.process();
    const { id } = operationIn(await perform(request(KEY)));
    for (const [owner, after] of [
      [OTHER, id],
      [ACME, 'nothing'],
    ] as const) {
      expect(await failureOf(operations().list(owner, {}, 10, after))).toMatchObject({
        code: 'BAD_USER_INPUT',
      });
    }
    expect(await operations().byId(OTHER, id)).toBeNull();
    expect(await operations().byId(ACME, 'nothing')).toBeNull();
  });

  it('give the result of what was done', async () => {
    const { perform, operations } = await rig.process();
    const operation = operationIn(await perform(request(KEY)));
    expect(operations().result(ACME, operation)).toMatchObject({ externalId: operation.id });
    expect(operations().result(ACME, { ...operation, outcome: null })).toMatchObject({ externalId: null });
  });
});

describe('stopping', () => {
  it('waits for what is under way, and begins nothing', async () => {
    const { perform, journal } = await rig.process();
    const reply = deferred<Step>();
    rig.backend.onSend = (apply) => {
      apply();
      return reply.promise;
    };
    const answer = perform(request(KEY));
    await rig.settle();
    let isStopped = false;
    const stopped = journal.stop().then(() => {
      isStopped = true;
    });
    expect(await failureOf(perform(request('another-key', { contractId: 'ctrct_2' })))).toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
    expect(journal.state()).toMatchObject({ isWritable: false });
    await rig.advance(1_000);
    expect(isStopped).toBe(false);
    reply.resolve({ state: 'SUCCEEDED' });
    expect(operationIn(await answer).state).toBe('SUCCEEDED');
    await stopped;
    const again = await rig.process();
    expect(await again.perform(request(KEY))).toMatchObject({
      isReplay: true,
      operation: { state: 'SUCCEEDED' },
    });
  });

  it('leaves no timer behind', async () => {
    const { perform, journal } = await rig.process();
    rig.backend.onSend = () => unknown;
    rig.backend.onLook = () => unknown;
    await perform(request(KEY));
    await journal.stop();
    const { looks } = rig.backend;
    await rig.advance(60_000);
    expect(rig.backend.looks).toBe(looks);
  });
});
