/** One key, one change: replays, twins, other input, other callers; and one change at a time to one thing. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Step } from '../../src/domain/change-port.js';
import { sourceError } from '../../src/domain/failure.js';
import type { ChangeRequest } from '../../src/domain/operations.js';
import { succeeded, unknown, type Backend } from './support/backend.js';
import { createRig, deferred, failureOf, operationIn, OTHER, request, type Rig } from './support/rig.js';

const KEY = 'key-00000001';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(async () => {
  await rig.close();
});

const quantities = (quantity: string, isTurned = false): ChangeRequest =>
  request(KEY, {
    change: isTurned
      ? {
          offerings: [{ products: [{ quantity, productId: 'p' }], offeringId: 'o' }],
          effective: null,
          contractId: 'ctrct_1',
          kind: 'CONTRACT_QUANTITY_CHANGE',
        }
      : {
          kind: 'CONTRACT_QUANTITY_CHANGE',
          contractId: 'ctrct_1',
          effective: null,
          offerings: [{ offeringId: 'o', products: [{ productId: 'p', quantity }] }],
        },
  });

describe('the same key and the same input', () => {
  it('gives the same answer while somebody asks for something else with it', async () => {
    const { perform, journal } = await rig.process();
    const first = await perform(quantities('10'));
    await journal.stop();
    const again = await rig.process();
    // What is written down has not been read when the second one comes.
    const [other, same] = await Promise.allSettled([
      again.perform(quantities('11')),
      again.perform(quantities('10')),
    ]);
    expect(other).toMatchObject({ status: 'rejected', reason: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(same).toMatchObject({ status: 'fulfilled', value: { isReplay: true } });
    expect(same.status === 'fulfilled' && operationIn(same.value).id).toBe(operationIn(first).id);
    expect(rig.backend.sends).toHaveLength(1);
  });

  it('is whose it was first: two who ask for different things at once make one change', async () => {
    const { perform } = await rig.process();
    const [one, other] = await Promise.allSettled([perform(quantities('10')), perform(quantities('11'))]);
    expect(one).toMatchObject({ status: 'fulfilled', value: { isReplay: false } });
    expect(other).toMatchObject({ status: 'rejected', reason: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(rig.backend.sends).toHaveLength(1);
  });

  it('gives the same answer again, and sends nothing', async () => {
    const { perform } = await rig.process();
    const first = await perform(request(KEY));
    const second = await perform(request(KEY));
    expect(first).toMatchObject({ kind: 'performed', isReplay: false, isDurable: true });
    expect(operationIn(first)).toMatchObject({
      state: 'SUCCEEDED',
      client: 'shop',
      organization: 'acme',
      reason: 'it is over',
      before: { effects: 0 },
      after: { effects: 1 },
      outcome: { price: '10.10' },
    });
    expect(JSON.stringify({ ...second, isReplay: false })).toBe(JSON.stringify(first));
    expect(second).toMatchObject({ isReplay: true });
    expect(rig.backend.ledger).toHaveLength(1);
    expect(rig.backend.plans).toBe(1);
  });

  it('gives the same answer after the store was closed and opened again', async () => {
    const { perform, journal } = await rig.process();
    const first = await perform(request(KEY));
    await journal.stop();
    const second = await (await rig.process()).perform(request(KEY));
    expect(JSON.stringify({ ...second, isReplay: false })).toBe(JSON.stringify(first));
    expect(rig.backend.sends).toHaveLength(1);
  });

  it('is the same whatever the order of members', async () => {
    const { perform } = await rig.process();
    await perform(quantities('10'));
    expect(await perform(quantities('10', true))).toMatchObject({ isReplay: true });
    expect(rig.backend.ledger).toHaveLength(1);
  });

  it('replays what the backend refused', async () => {
    const { perform } = await rig.process();
    rig.backend.onSend = () => ({ state: 'FAILED', failure: { code: 'REFUSED', message: 'No.' } });
    const first = await perform(request(KEY));
    const second = await perform(request(KEY));
    expect(operationIn(first)).toMatchObject({
      state: 'FAILED',
      failure: { code: 'REFUSED', message: 'No.' },
    });
    expect(operationIn(second)).toEqual(operationIn(first));
    expect(rig.backend.sends).toHaveLength(1);
  });

  it('makes one change of 50 copies at once', async () => {
    const { perform } = await rig.process();
    const answers = await Promise.all(Array.from({ length: 50 }, () => perform(request(KEY))));
    expect(rig.backend.ledger).toHaveLength(1);
    expect(answers.filter((answer) => answer.kind === 'performed' && !answer.isReplay)).toHaveLength(1);
    expect(new Set(answers.map((answer) => JSON.stringify(operationIn(answer)))).size).toBe(1);
  });

  it('makes one change of copies in two processes: the other waits for it', async () => {
    const [a, b] = [await rig.process(), await rig.process()];
    const reply = deferred<void>();
    rig.backend.onSend = async (apply) => {
      const effect = apply();
      await reply.promise;
      return succeeded(effect);
    };
    const copies = [a.perform(request(KEY)), b.perform(request(KEY)), b.perform(request(KEY))];
    await rig.advance(1_000);
    reply.resolve();
    const answers = await rig.ends(Promise.all(copies));
    expect(rig.backend.ledger).toHaveLength(1);
    expect(answers.map((answer) => operationIn(answer).state)).toEqual(Array(3).fill('SUCCEEDED'));
    expect(answers.filter((answer) => answer.kind === 'performed' && answer.isReplay)).toHaveLength(2);
  });

  it.each<[string, Partial<ChangeRequest>, (backend: Backend) => void]>([
    [
      'in the way',
      {},
      (backend) =>
        (backend.problems = [{ code: 'NOT_CHANGED', message: 'It is like this already.', path: [] }]),
    ],
    ['a version that it did not expect', { expectedVersion: 'version-0' }, () => undefined],
    [
      'nothing that could be read',
      {},
      () => {
        throw sourceError('NOT_FOUND', 'MONETIZENOW');
      },
    ],
  ])(
    'gives the change of another process, whose effect is found %s while it plans',
    async (_, more, find) => {
      const [a, b] = [await rig.process(), await rig.process()];
      const port = rig.backend.ports.contracts;
      if (port === null) throw new Error('the rig changes contracts');
      const { plan } = port;
      const [isPlanning, mayPlan] = [deferred<void>(), deferred<void>()];
      port.plan = async (...asked) => {
        port.plan = plan;
        isPlanning.resolve();
        await mayPlan.promise;
        find(rig.backend);
        return plan(...asked);
      };
      const late = b.perform(request(KEY, more));
      await isPlanning.promise;
      const first = operationIn(await a.perform(request(KEY, more)));
      mayPlan.resolve();
      const second = await late;
      expect([second.kind === 'performed' && second.isReplay, operationIn(second)]).toEqual([true, first]);
      expect(rig.backend.ledger).toHaveLength(1);
    },
  );

  it('is told so where the other process takes longer than a caller waits', async () => {
    const [a, b] = [await rig.process(), await rig.process()];
    const reply = deferred<Step>();
    rig.backend.onSend = (apply) => {
      apply();
      return reply.promise;
    };
    const first = a.perform(request(KEY));
    await rig.settle();
    const second = failureOf(b.perform(request(KEY)));
    expect(await rig.ends(second)).toMatchObject({
      code: 'IDEMPOTENCY_IN_PROGRESS',
      extras: { isRetryable: true, retryAfterMs: 1_000 },
    });
    reply.resolve({ state: 'SUCCEEDED' });
    expect(operationIn(await first).state).toBe('SUCCEEDED');
    expect(rig.backend.sends).toHaveLength(1);
  });

  it('makes one change of many copies that race in two processes', async () => {
    const [a, b] = [await rig.process(), await rig.process()];
    const copies = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? a : b).perform(request(KEY)));
    expect((await rig.ends(Promise.allSettled(copies))).map(({ status }) => status)).toEqual(
      Array(20).fill('fulfilled'),
    );
    expect(rig.backend.ledger).toHaveLength(1);
  });
});

describe('the same key', () => {
  it('is refused for other input, and the first change stands', async () => {
    const { perform, operations } = await rig.process();
    await perform(quantities('10'));
    expect(await failureOf(perform(quantities('11')))).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(await failureOf(perform({ ...quantities('10'), expectedVersion: 'version-9' }))).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    expect(rig.backend.ledger).toHaveLength(1);
    expect(await operations().byKey(KEY)).toHaveLength(1);
  });

  it('is refused for other input while the first is under way, here and in another process', async () => {
    const [a, b] = [await rig.process(), await rig.process()];
    const reply = deferred<Step>();
    rig.backend.onSend = () => reply.promise;
    const first = a.perform(quantities('10'));
    await rig.settle();
    for (const { perform } of [a, b]) {
      expect(await failureOf(perform(quantities('11')))).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    }
    reply.resolve({ state: 'SUCCEEDED' });
    await first;
    expect(rig.backend.sends).toHaveLength(1);
  });

  it('is another for another client and for another customer', async () => {
    const { perform, operations } = await rig.process();
    const contracts = ['ctrct_1', 'ctrct_2', 'ctrct_3'];
    const answers = [
      await perform(request(KEY, { contractId: 'ctrct_1' }), 'shop'),
      await perform(request(KEY, { contractId: 'ctrct_2' }), 'desk'),
      await perform(request(KEY, { contractId: 'ctrct_3', organization: OTHER }), 'shop'),
    ];
    expect(answers.map((answer) => answer.kind === 'performed' && answer.isReplay)).toEqual(
      Array(3).fill(false),
    );
    expect(rig.backend.ledger.map(({ contractId }) => contractId)).toEqual(contracts);
    expect((await operations('shop').byKey(KEY)).map((each) => each.organization).sort()).toEqual([
      'acme',
      'other',
    ]);
    expect(await operations('desk').byKey(KEY)).toHaveLength(1);
    expect(await operations('nobody').byKey(KEY)).toEqual([]);
  });

  it.each([
    ['is too short', 'short'],
    ['is too long', 'x'.repeat(256)],
    ['has a space', 'with a space'],
    ['has a control character', 'key-0000\u0000'],
    ['is not ASCII', 'schlüssel-1'],
  ])('is refused where it %s, before anything is read or written', async (_, key) => {
    const { perform, operations } = await rig.process();
    expect(await failureOf(perform(request(key)))).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(rig.backend.plans).toBe(0);
    expect((await operations().list(request(KEY).organization, {}, 10, null)).totalCount).toBe(0);
  });

  it.each([
    ['NUL', 'a\u0000b'],
    ['half a character', 'a\ud800b'],
    ['too much', 'x'.repeat(2_001)],
  ])('is not used up by a reason with %s', async (_, reason) => {
    const { perform, journal } = await rig.process();
    expect(await failureOf(perform(request(KEY, { reason })))).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(journal.state()).toMatchObject({ isWritable: true });
    expect(operationIn(await perform(request(KEY))).state).toBe('SUCCEEDED');
  });
});

describe('a change that certainly was not sent', () => {
  const notSent: Step = {
    state: 'NOT_SENT',
    failure: sourceError('UPSTREAM_RATE_LIMITED', 'MONETIZENOW', { retryAfterMs: 5_000 }).failure,
  };

  it('frees its key and its target, and can be made again with the same key', async () => {
    const { perform, operations } = await rig.process();
    const usual = rig.backend.onSend;
    rig.backend.onSend = () => notSent;
    expect(await failureOf(perform(request(KEY)))).toMatchObject({
      failure: { code: 'UPSTREAM_RATE_LIMITED' },
    });
    expect(await operations().byKey(KEY)).toEqual([]);
    expect((await operations().list(request(KEY).organization, {}, 10, null)).totalCount).toBe(0);
    rig.backend.onSend = usual;
    expect(operationIn(await perform(request('another-key'))).state).toBe('SUCCEEDED');
    const again = await perform(request(KEY));
    expect(again).toMatchObject({ isReplay: false, operation: { state: 'SUCCEEDED' } });
    expect(await perform(request(KEY))).toMatchObject({ isReplay: true });
    expect(rig.backend.ledger).toHaveLength(2);
  });

  it('keeps its key for the same input, and the target may have been taken meanwhile', async () => {
    const { perform } = await rig.process();
    rig.backend.onSend = () => notSent;
    await failureOf(perform(request(KEY)));
    expect(await failureOf(perform(request(KEY, { contractId: 'ctrct_9' })))).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    rig.backend.onSend = () => unknown;
    await perform(request('another-key'));
    expect(await failureOf(perform(request(KEY)))).toMatchObject({ code: 'TARGET_BUSY' });
    // Nor is it held by the attempt that was refused.
    expect(await failureOf(perform(request(KEY)))).toMatchObject({ code: 'TARGET_BUSY' });
  });

  it('is made again once, by two processes at a time', async () => {
    const [a, b] = [await rig.process(), await rig.process()];
    const usual = rig.backend.onSend;
    rig.backend.onSend = () => notSent;
    await failureOf(a.perform(request(KEY)));
    rig.backend.onSend = usual;
    const both = Promise.allSettled([a.perform(request(KEY)), b.perform(request(KEY))]);
    expect((await rig.ends(both)).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect(rig.backend.ledger).toHaveLength(1);
  });
});

describe('one change at a time to one thing', () => {
  const another = request('another-key');

  it('refuses a second one while the first is being sent', async () => {
    const [a, b] = [await rig.process(), await rig.process()];
    const reply = deferred<Step>();
    rig.backend.onSend = () => reply.promise;
    const first = a.perform(request(KEY));
    await rig.settle();
    for (const { perform } of [a, b]) {
      expect(await failureOf(perform(another))).toMatchObject({ code: 'TARGET_BUSY' });
    }
    // Another thing may be changed.
    const elsewhere = b.perform(request('a-third-key', { contractId: 'ctrct_2' }));
    reply.resolve({ state: 'SUCCEEDED' });
    expect([operationIn(await first).state, operationIn(await elsewhere).state]).toEqual([
      'SUCCEEDED',
      'SUCCEEDED',
    ]);
    expect(operationIn(await a.perform(another)).state).toBe('SUCCEEDED');
  });

  it.each([
    ['PENDING', { state: 'PENDING' } satisfies Step],
    ['UNKNOWN', unknown],
  ])('refuses a second one while the first is %s, until it is settled', async (state, step) => {
    const { perform } = await rig.process({ times: { followMs: 0 } });
    let isApplied = false;
    rig.backend.onSend = () => step;
    rig.backend.onLook = () =>
      isApplied ? { state: 'SUCCEEDED' } : step.state === 'PENDING' ? { state: 'PENDING' } : unknown;
    expect(operationIn(await perform(request(KEY))).state).toBe(state);
    expect(await failureOf(perform(another))).toMatchObject({ code: 'TARGET_BUSY' });
    isApplied = true;
    await rig.advance(10_000);
    rig.backend.onSend = (apply) => succeeded(apply());
    expect(operationIn(await perform(another)).state).toBe('SUCCEEDED');
  });

  it('does not wait for a reviewer', async () => {
    const { perform, operations } = await rig.process();
    rig.backend.onSend = () => ({ state: 'IN_REVIEW', progress: { quoteId: 'q1' } });
    const first = operationIn(await perform(request(KEY)));
    expect(first).toMatchObject({ state: 'IN_REVIEW', failure: null });
    rig.backend.onSend = () => unknown;
    rig.backend.onLook = () => unknown;
    const second = operationIn(await perform(another));
    expect(second.state).toBe('UNKNOWN');

    // The reviewer agrees while the other is open: two cannot be, so the first is told about when it has ended.
    rig.backend.onLook = ({ progress }) =>
      progress === null ? unknown : { state: 'PENDING', progress: { taskId: 't1' } };
    await rig.advance(60_000);
    expect(await operations().byId(request(KEY).organization, first.id)).toMatchObject({
      state: 'IN_REVIEW',
      progress: { taskId: 't1' },
    });
    rig.backend.onLook = () => ({ state: 'SUCCEEDED' });
    await rig.advance(60_000);
    for (const { id } of [first, second]) {
      expect(await operations().byId(request(KEY).organization, id)).toMatchObject({ state: 'SUCCEEDED' });
    }
  });
});

describe('before sending', () => {
  it('compares the version with the one that the caller has read', async () => {
    const { perform } = await rig.process();
    expect(await failureOf(perform(request(KEY, { expectedVersion: 'version-7' })))).toMatchObject({
      code: 'PRECONDITION_FAILED',
    });
    expect(rig.backend.sends).toHaveLength(0);
    // The key is free.
    expect(operationIn(await perform(request(KEY, { expectedVersion: 'version-0' }))).state).toBe(
      'SUCCEEDED',
    );
    // And the version of then does not keep a replay from being one.
    expect(await perform(request(KEY, { expectedVersion: 'version-0' }))).toMatchObject({ isReplay: true });
  });

  it('tells all that is wrong, and leaves the key free', async () => {
    const { perform } = await rig.process();
    rig.backend.problems = [
      { path: ['offerings', '0'], code: 'REQUIRED', message: 'Is missing.' },
      { path: [], code: 'OVERLAP', message: 'Collides.' },
    ];
    expect(await perform(request(KEY))).toEqual({ kind: 'refused', problems: rig.backend.problems });
    rig.backend.problems = [];
    expect(await perform(request(KEY))).toMatchObject({ kind: 'performed', isReplay: false });
    expect(rig.backend.sends).toHaveLength(1);
  });

  it('shows a dry run, which sends nothing, writes nothing and does not use its key up', async () => {
    const { perform } = await rig.process();
    const db = await rig.database();
    const dry = request(KEY, { dryRun: true });
    expect(await perform(dry)).toMatchObject({
      kind: 'previewed',
      preview: {
        request: { method: 'POST', path: '/api/contracts/ctrct_1/operations' },
        implications: [{ code: 'CHARGE' }],
        unchecked: ['The rate may be retired.'],
      },
      problems: [],
    });
    expect(await failureOf(perform({ ...dry, expectedVersion: 'version-7' }))).toMatchObject({
      code: 'PRECONDITION_FAILED',
    });
    rig.backend.problems = [{ path: [], code: 'INVALID', message: 'Wrong.' }];
    expect(await perform(dry)).toMatchObject({ preview: {}, problems: [{ code: 'INVALID' }] });
    expect(rig.backend.sends).toHaveLength(0);
    for (const table of ['operations', 'audit'] as const) {
      expect(await db.selectFrom(table).selectAll().execute()).toEqual([]);
    }
    rig.backend.problems = [];
    expect(await perform(request(KEY))).toMatchObject({ kind: 'performed', isReplay: false });
  });

  it('says so where the backend is not configured', async () => {
    const { perform } = await rig.process();
    const asked = request(KEY, { change: { kind: 'ORGANIZATION_SYNC' } as ChangeRequest['change'] });
    expect(await failureOf(perform(asked))).toMatchObject({ failure: { code: 'UPSTREAM_UNAVAILABLE' } });
  });

  it('sends nothing where writing the intent down took so long that others may have taken over', async () => {
    let skew = 0;
    const { perform } = await rig.process({
      skew: () => skew,
      wrap: (store) => ({
        ...store,
        begin: async (...args) => {
          const begun = await store.begin(...args);
          skew += 6_000;
          return begun;
        },
      }),
    });
    expect(await failureOf(perform(request(KEY)))).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(rig.backend.sends).toHaveLength(0);
  });
});
