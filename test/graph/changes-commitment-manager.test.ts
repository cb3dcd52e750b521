/**
 * Synchronizations with Commitment Manager through the graph, over the sandbox: asked for once however many ask, carried
 * out later, failed, refused, and settled by the current commitment where the answer got lost. What really happened is
 * what the emulator's ledger says.
 *
 * It is all that the gateway changes there: what §1.7 and §2.6 say of commitments that are made, moved or ended, and of
 * service orders, is about writes of others.
 */
import { describe, expect, it } from 'vitest';
import { SOURCE_OF_CHANGE } from '../../src/domain/change.js';
import type { Fault } from '../../src/sandbox/faults.js';
import { clientOf, withKey } from '../support/clients.js';
import {
  change,
  comesTo,
  expectNothingSent,
  newKey,
  operationBy,
  problemsIn,
  startChanges,
  type ChangesRig,
} from '../support/changes-accounts.js';

const MANAGER = 'commitment-manager';
const ORG_ID = '619c56b5-596b-4cc4-8b04-38fe8e05c750';
const SYNC = /\/sync$/;
const MINUTE = 60_000;

const STATE = 'status syncStatus syncStatusText lastUpdatedAt commitmentHandlerId';

const sync = (rig: ChangesRig, input: object = {}, headers?: Readonly<Record<string, string>>) =>
  change(rig, 'organizationSync', { organization: 'sleepyco', ...input }, `state { ${STATE} }`, headers).then(
    ({ data, ...answer }) => ({ ...answer, payload: data?.organizationSync }),
  );

async function stateOf({ query }: ChangesRig, slug = 'sleepyco') {
  const { data, errors } = await query(
    `query ($slug: String!) { organization(slug: $slug) { minimumCommitmentState { ${STATE} } } }`,
    { slug },
  );
  expect(errors).toEqual([]);
  return data.organization.minimumCommitmentState;
}

/** No caller waits for a synchronization: it stays as it was answered until the background looks. */
const unfollowed = () => startChanges({ journal: { times: { followMs: 0 } } });

describe('a synchronization', () => {
  it('is carried out once, and the next query shows it', async () => {
    const rig = await startChanges();
    rig.emulator(MANAGER).behave({ syncMs: 0 });
    const before = await stateOf(rig);
    expect(before).toMatchObject({ syncStatus: 'SYNCHRONIZED', lastUpdatedAt: '2026-05-30T10:15:23Z' });
    const { payload, errors } = await sync(rig, { reason: 'The webhook failed.' });
    expect(errors).toEqual([]);
    expect(payload).toMatchObject({
      isReplay: false,
      isDurable: true,
      preview: null,
      userErrors: [],
      operation: {
        kind: 'ORGANIZATION_SYNC',
        state: 'SUCCEEDED',
        source: 'COMMITMENT_MANAGER',
        targetExternalId: ORG_ID,
        organization: { slug: 'sleepyco' },
        failure: null,
      },
    });
    expect(payload.state).toEqual({
      ...before,
      lastUpdatedAt: expect.stringMatching(/^2026-11-21T12:/) as unknown,
    });
    expect(await stateOf(rig)).toEqual(payload.state);
    expect(rig.writes(MANAGER)).toEqual([`POST /v2/commitment_manager/webhook/organizations/${ORG_ID}/sync`]);
    expect(rig.effects(MANAGER)).toMatchObject([
      {
        action: 'organization.sync',
        target: ORG_ID,
        customer: ORG_ID,
        requestId: expect.any(String) as unknown,
        details: { before: 'synchronized', after: 'synchronized' },
      },
    ]);
    expect(await operationBy(rig, payload.operation.id)).toEqual(payload.operation);
  });

  it('replayed, answers the same and does nothing', async () => {
    const rig = await startChanges();
    rig.emulator(MANAGER).behave({ syncMs: 0 });
    const idempotencyKey = newKey();
    const first = await sync(rig, { idempotencyKey });
    expect(first.payload.operation.state).toBe('SUCCEEDED');
    rig.skip(10 * MINUTE);
    const second = await sync(rig, { idempotencyKey });
    expect(second.errors).toEqual([]);
    expect(second.payload).toEqual({ ...first.payload, isReplay: true });
    expect(rig.writes(MANAGER)).toHaveLength(1);
    expect(rig.effects(MANAGER)).toHaveLength(1);
  });

  it('takes its time: pending, and settled by itself when billing shows it', async () => {
    const rig = await unfollowed();
    rig.emulator(MANAGER).behave({ syncMs: 2 * MINUTE });
    const { payload, errors } = await sync(rig);
    expect(errors).toEqual([]);
    expect(payload).toMatchObject({
      userErrors: [],
      operation: { state: 'PENDING', settledAt: null, failure: null },
      state: { syncStatus: 'PENDING', lastUpdatedAt: '2026-05-30T10:15:23Z' },
    });
    const { id } = payload.operation;
    // Looked at, it is still under way.
    await expect.poll(async () => (await operationBy(rig, id)).looks, { timeout: 15_000 }).toBeGreaterThan(0);
    expect((await operationBy(rig, id)).state).toBe('PENDING');
    rig.skip(2 * MINUTE);
    const settled = await comesTo(rig, id, 'SUCCEEDED');
    expect(settled.settledAt).not.toBeNull();
    expect(JSON.parse(settled.evidence.before)).toMatchObject({ lastUpdated: '2026-05-30T10:15:23Z' });
    expect(JSON.parse(settled.evidence.after)).toMatchObject({
      syncStatus: 'SYNCHRONIZED',
      lastUpdated: expect.stringMatching(/^2026-11-21T12:02:/) as unknown,
    });
    expect(rig.effects(MANAGER)).toHaveLength(1);
    expect(rig.writes(MANAGER)).toHaveLength(1);
  });

  it('that fails there has failed, in the end', async () => {
    const rig = await unfollowed();
    rig.emulator(MANAGER).behave({ syncMs: 2 * MINUTE, syncOutcome: 'failed' });
    const idempotencyKey = newKey();
    const { payload } = await sync(rig, { idempotencyKey });
    expect(payload.operation.state).toBe('PENDING');
    rig.skip(2 * MINUTE);
    const settled = await comesTo(rig, payload.operation.id, 'FAILED');
    expect(settled.failure).toEqual({
      code: 'REFUSED',
      message: expect.stringMatching(/synchronization failed\.$/) as unknown,
    });
    expect(rig.effects(MANAGER)).toEqual([]);
    const replay = await sync(rig, { idempotencyKey });
    expect(replay.payload).toMatchObject({
      isReplay: true,
      operation: settled,
      state: { syncStatus: 'FAILED' },
      userErrors: [{ __typename: 'BackendRefusal', code: 'REFUSED', path: [], source: 'COMMITMENT_MANAGER' }],
    });
    expect(rig.writes(MANAGER)).toHaveLength(1);
  });

  it('that is never carried out stays unknown, and comes to an operator', async () => {
    const rig = await unfollowed();
    rig.emulator(MANAGER).behave({ syncMs: 24 * 60 * MINUTE });
    const { payload } = await sync(rig);
    const { id } = payload.operation;
    // While billing says that it is under way, it is.
    rig.skip(11 * MINUTE);
    await expect.poll(async () => (await operationBy(rig, id)).looks, { timeout: 15_000 }).toBeGreaterThan(0);
    expect((await operationBy(rig, id)).state).toBe('PENDING');
    // Set back, it shows what it showed before.
    rig.emulator(MANAGER).reset();
    rig.skip(35 * MINUTE);
    await expect
      .poll(async () => (await operationBy(rig, id)).needsOperator, { timeout: 15_000, interval: 100 })
      .toBe(true);
    expect(await operationBy(rig, id)).toMatchObject({
      state: 'UNKNOWN',
      settledAt: null,
      failure: { code: 'NO_ANSWER', message: expect.stringMatching(/has not updated/) as unknown },
    });
  });

  it('for a customer that never had a commitment there goes, and cannot be proved', async () => {
    const rig = await unfollowed();
    rig.emulator(MANAGER).behave({ syncMs: 0 });
    const { payload } = await sync(rig, { organization: 'brightwell-energy' });
    expect(payload).toMatchObject({ state: null, userErrors: [], operation: { state: 'PENDING' } });
    rig.skip(11 * MINUTE);
    const unknown = await comesTo(rig, payload.operation.id, 'UNKNOWN', 'brightwell-energy');
    expect(unknown.failure.message).toMatch(/shows no current commitment/);
    expect(rig.effects(MANAGER)).toHaveLength(1);
  });
});

describe('several who ask for the same', () => {
  it('at once are given one synchronization, each with an operation of its own', async () => {
    const rig = await startChanges();
    rig.emulator(MANAGER).behave({ syncMs: 0 });
    const answers = await Promise.all(Array.from({ length: 4 }, () => sync(rig)));
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    expect(answers.map(({ payload }) => payload.operation.state)).toEqual(Array(4).fill('SUCCEEDED'));
    expect(new Set(answers.map(({ payload }) => payload.operation.id)).size).toBe(4);
    expect(answers.map(({ payload }) => payload.isReplay)).toEqual(Array(4).fill(false));
    expect(rig.writes(MANAGER)).toHaveLength(1);
    expect(rig.effects(MANAGER)).toHaveLength(1);
  });

  it('within a minute, too; and after it there is another', async () => {
    const rig = await startChanges();
    rig.emulator(MANAGER).behave({ syncMs: 0 });
    await sync(rig);
    const dry = await sync(rig, { dryRun: true });
    expect(
      dry.payload.preview.implications.map(({ message }: { message: string }) => message),
    ).toContainEqual(expect.stringMatching(/less than a minute ago/));
    await sync(rig);
    expect(rig.writes(MANAGER)).toHaveLength(1);
    rig.skip(MINUTE + 1_000);
    const third = await sync(rig);
    expect(third.payload.operation.state).toBe('SUCCEEDED');
    expect(rig.effects(MANAGER)).toHaveLength(2);
  });

  it('for different customers are given one each', async () => {
    const rig = await startChanges();
    rig.emulator(MANAGER).behave({ syncMs: 0 });
    await Promise.all(['sleepyco', 'tessera-bank'].map((organization) => sync(rig, { organization })));
    expect(rig.effects(MANAGER).map(({ target }) => target)).toHaveLength(2);
    expect(new Set(rig.effects(MANAGER).map(({ target }) => target)).size).toBe(2);
  });
});

describe('a dry run', () => {
  it('shows what would be sent, and sends nothing', async () => {
    const rig = await startChanges();
    const { payload, errors } = await sync(rig, { dryRun: true });
    expect(errors).toEqual([]);
    expect(payload).toEqual({
      operation: null,
      state: null,
      isReplay: false,
      isDurable: true,
      userErrors: [],
      preview: {
        request: { method: 'POST', path: `organizations/${ORG_ID}/sync`, body: null },
        implications: [
          {
            code: 'SYNC_DELAY',
            externalId: null,
            message: expect.stringMatching(/2 to 5 minutes/) as unknown,
          },
        ],
        unchecked: [expect.stringMatching(/^Whether something else is changing the commitment/)],
      },
    });
    expectNothingSent(rig, MANAGER);
    expect(rig.calls(MANAGER).length).toBeGreaterThan(0);
  });

  it('says that one is under way, and what cannot be told where there is no commitment', async () => {
    const rig = await startChanges();
    const pending = await sync(rig, { organization: 'lumiere-sante', dryRun: true });
    expect(pending.payload.preview.implications).toHaveLength(2);
    expect(pending.payload.preview.implications[1].message).toMatch(/synchronizing already/);
    const none = await sync(rig, { organization: 'brightwell-energy', dryRun: true });
    expect(none.payload.preview.unchecked).toHaveLength(3);
    expectNothingSent(rig, MANAGER);
  });
});

describe('§1.7 and §1.5, known before sending', () => {
  it.each([
    ['a customer without an account there', 'coral-bay-hotels', 'NOT_ALLOWED'],
    ['a customer that is not there', 'nobody', 'NOT_FOUND organization'],
  ])('%s: refused', async (_, organization, problem) => {
    const rig = await startChanges();
    for (const dryRun of [true, false]) {
      const { payload, errors } = await sync(rig, { organization, dryRun });
      expect(errors).toEqual([]);
      expect(problemsIn(payload)).toEqual([problem]);
      expect(payload).toMatchObject({ operation: null, preview: null, state: null });
    }
    expect(rig.calls(MANAGER)).toEqual([]);
    expectNothingSent(rig, MANAGER);
  });

  it('without commitments:write it is forbidden, and not even a read is made', async () => {
    const key = 'key-of-a-customer-0123456789';
    const rig = await startChanges({ clients: [clientOf('shop', key, '*', ['contracts:write'])] });
    const { payload, errors } = await sync(rig, {}, withKey(key));
    expect(payload ?? null).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(rig.calls(MANAGER)).toEqual([]);
  });

  it.each([
    ['SYNCHRONIZED', 'sleepyco'],
    ['PENDING', 'lumiere-sante'],
  ])('sync_status %s is no reason not to synchronize: it is the remedy', async (syncStatus, organization) => {
    const rig = await unfollowed();
    expect((await stateOf(rig, organization)).syncStatus).toBe(syncStatus);
    const { payload } = await sync(rig, { organization });
    expect(payload).toMatchObject({ userErrors: [], operation: { state: 'PENDING' } });
    expect(rig.effects(MANAGER)).toHaveLength(1);
  });

  it('overlaps, minimums and terms are about writes that the gateway does not make', () => {
    const kinds = Object.entries(SOURCE_OF_CHANGE).filter(([, source]) => source === 'COMMITMENT_MANAGER');
    expect(kinds).toEqual([['ORGANIZATION_SYNC', 'COMMITMENT_MANAGER']]);
  });
});

describe('§2.6', () => {
  it('is about writes to Salesforce, of which the gateway makes none', async () => {
    expect(Object.values(SOURCE_OF_CHANGE)).not.toContain('SALESFORCE');
    const rig = await startChanges();
    rig.emulator(MANAGER).behave({ syncMs: 0 });
    await sync(rig);
    await rig.query('{ organization(slug: "sleepyco") { serviceOrders { nodes { externalId } } } }');
    expect(rig.calls('salesforce').length).toBeGreaterThan(0);
    expectNothingSent(rig, 'salesforce');
  });
});

describe('§1.7 and §1.5, known to the vendor only', () => {
  it('another process is modifying the commitment (409): not made, and when to come back', async () => {
    const rig = await unfollowed();
    rig.emulator(MANAGER).behave({ syncMs: 10 * MINUTE });
    await sync(rig);
    // The gateway would give the one that it asked for to whoever asks within a minute.
    rig.skip(MINUTE + 1_000);
    const idempotencyKey = newKey();
    const { payload, errors } = await sync(rig, { idempotencyKey });
    expect(payload).toBeNull();
    expect(errors).toMatchObject([
      {
        path: ['organizationSync'],
        extensions: {
          code: 'UPSTREAM_CONFLICT',
          source: 'COMMITMENT_MANAGER',
          retryable: true,
          retryAfterMs: 300_000,
        },
      },
    ]);
    expect(rig.effects(MANAGER)).toHaveLength(1);
    // Until then it is not asked again.
    const writes = rig.writes(MANAGER).length;
    const soon = await sync(rig, { idempotencyKey });
    expect(soon.errors[0]?.extensions.code).toBe('UPSTREAM_CONFLICT');
    expect(rig.writes(MANAGER)).toHaveLength(writes);
    // And then the same key makes it.
    rig.skip(10 * MINUTE);
    const later = await sync(rig, { idempotencyKey });
    expect(later.errors).toEqual([]);
    expect(later.payload).toMatchObject({ isReplay: false, operation: { state: 'PENDING' } });
    expect(rig.effects(MANAGER)).toHaveLength(2);
  });

  it.each<[string, Fault, string]>([
    [
      'organization unknown (404)',
      { kind: 'refuse', status: 404, json: { error: 'Organization not found', organization_id: ORG_ID } },
      'Commitment Manager does not know the organization.',
    ],
    [
      'a refusal in the other form (400)',
      {
        kind: 'refuse',
        status: 400,
        json: { errors: [{ code: '10015', title: 'Bad Request', detail: 'x' }] },
      },
      'Commitment Manager refused: 10015 Bad Request',
    ],
  ])('%s: it failed, in its words', async (_, fault, message) => {
    const rig = await startChanges();
    rig.emulator(MANAGER).faults.add({ match: { path: SYNC }, fault });
    const { payload, errors } = await sync(rig);
    expect(errors).toEqual([]);
    expect(payload).toMatchObject({
      operation: { state: 'FAILED', failure: { code: 'REFUSED', message } },
      userErrors: [
        { __typename: 'BackendRefusal', code: 'REFUSED', path: [], message, source: 'COMMITMENT_MANAGER' },
      ],
    });
    expect(rig.effects(MANAGER)).toEqual([]);
    expect(rig.writes(MANAGER)).toHaveLength(1);
  });

  it.each<[string, Fault, string]>([
    [
      'token invalid or expired (401)',
      { kind: 'refuse', status: 401, json: { error: 'Invalid or expired token' } },
      'UPSTREAM_UNAVAILABLE',
    ],
    [
      'rate limit exhausted (429)',
      {
        kind: 'rate-limit',
        retryAfterSeconds: 1,
        json: { errors: [{ code: '10011', title: 'Too many requests' }] },
      },
      'UPSTREAM_RATE_LIMITED',
    ],
  ])('%s: not looked at, so nothing was sent, and the key is free', async (_, fault, code) => {
    const rig = await startChanges();
    rig.emulator(MANAGER).behave({ syncMs: 0 });
    rig.emulator(MANAGER).faults.add({ match: { path: SYNC }, times: 1, fault });
    const idempotencyKey = newKey();
    const { payload, errors } = await sync(rig, { idempotencyKey });
    expect(payload).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code, source: 'COMMITMENT_MANAGER' } }]);
    expect(rig.effects(MANAGER)).toEqual([]);
    expect(rig.writes(MANAGER)).toHaveLength(1);
    await expect
      .poll(async () => (await sync(rig, { idempotencyKey })).payload?.operation.state, { timeout: 15_000 })
      .toBe('SUCCEEDED');
    expect(rig.effects(MANAGER)).toHaveLength(1);
  });
});

describe('a reply that gets lost', () => {
  const LOST: readonly (readonly [what: string, fault: Fault, isApplied: boolean])[] = [
    ['never comes, and it was done', { kind: 'silent', applied: true }, true],
    ['never comes, and it was not done', { kind: 'silent', applied: false }, false],
    ['is a reset, and it was done', { kind: 'reset', applied: true }, true],
    ['is a reset, and it was not done', { kind: 'reset', applied: false }, false],
    ['is cut off', { kind: 'cut', afterBytes: 5 }, true],
    [
      'is maintenance (503), and it was not done',
      {
        kind: 'refuse',
        status: 503,
        json: {
          error: 'Commitment Manager temporarily unavailable',
          estimated_recovery: '2026-11-21T12:00:01Z',
        },
      },
      false,
    ],
    ['is 500, and it was done', { kind: 'refuse', status: 500, json: {}, applied: true }, true],
  ];

  it.each(LOST)('%s: unknown, and settled by the current commitment', async (_, fault, isApplied) => {
    const rig = await startChanges();
    rig.emulator(MANAGER).behave({ syncMs: 2 * MINUTE });
    rig.emulator(MANAGER).faults.add({ match: { path: SYNC }, times: 1, fault });
    const idempotencyKey = newKey();
    const { payload, errors } = await sync(rig, { idempotencyKey });
    expect(payload).toMatchObject({
      isDurable: true,
      userErrors: [],
      operation: { state: 'UNKNOWN', settledAt: null, failure: { code: 'NO_ANSWER' } },
    });
    expect(errors.map(({ extensions: { code } }) => code)).toContain('OUTCOME_UNKNOWN');
    const { id } = payload.operation;

    if (isApplied) {
      // Billing says that it is under way: somebody took it.
      await comesTo(rig, id, 'PENDING');
      rig.skip(2 * MINUTE);
    } else {
      // Absence is proved only after the longest time that it may take (C6, C7).
      rig.skip(5 * MINUTE);
      const { looks } = await operationBy(rig, id);
      await expect
        .poll(async () => (await operationBy(rig, id)).looks, { timeout: 15_000, interval: 100 })
        .toBeGreaterThan(looks + 1);
      expect((await operationBy(rig, id)).state).toBe('UNKNOWN');
      rig.skip(6 * MINUTE);
    }
    const settled = await comesTo(rig, id, isApplied ? 'SUCCEEDED' : 'FAILED');
    expect(settled.failure?.code ?? null).toBe(isApplied ? null : 'NOT_APPLIED');
    expect(rig.effects(MANAGER)).toHaveLength(isApplied ? 1 : 0);
    expect(rig.writes(MANAGER)).toHaveLength(1);
    const replay = await sync(rig, { idempotencyKey });
    expect(replay.payload).toMatchObject({ isReplay: true, operation: settled });
    expect(rig.writes(MANAGER)).toHaveLength(1);
  });
});
