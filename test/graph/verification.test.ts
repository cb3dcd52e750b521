/** Verifications of changes in the graph: started once, seen by who may, listed, and followed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../../src/graph/global-id.js';
import { clientOf, withKey, withoutRequestId } from '../support/clients.js';
import { listen } from '../support/event-stream.js';
import { startSandboxedGateway, type SandboxedGateway } from '../support/sandboxed-gateway.js';

const WRITER = 'key-of-the-writer-0123456789';
const OTHER = 'key-of-the-other-0123456789';
const READER = 'key-of-the-reader-0123456789';
const FOREIGN = 'harbourline-logistics';

const FIELDS = `id state organization { slug } client idempotencyKey reason changedAt givesUpAt nextLookAt settledAt requestedAt
  expected { minimum { amount currency } startsOn endsBefore } operation { id }
  cause message looks { number state cause comparisons { field verdict expected actual } failures { code } commitmentExternalId }`;
const START = `mutation ($input: ChangeVerificationStartInput!) {
  changeVerificationStart(input: $input) {
    changeVerification { ${FIELDS} } isReplay userErrors { __typename path code message }
  }
}`;
const ONE = `query ($id: ID!) { changeVerification(id: $id) { ${FIELDS} } }`;
const FOLLOW = 'subscription ($id: ID!) { changeVerification(id: $id) { state looks { number } } }';

let over: SandboxedGateway;
beforeAll(async () => {
  over = await startSandboxedGateway({
    isWritable: true,
    room: { least: 2_000 }, // a machine that is busy with other tests is not what is tested here
    clients: [
      clientOf('writer', WRITER, '*', ['commitments:write']),
      clientOf('other', OTHER, ['sleepyco'], ['commitments:write']),
      clientOf('reader', READER, '*'),
    ],
  });
});
afterAll(() => over[Symbol.asyncDispose]());

let number = 0;
const inputOf = (changes: object = {}) => ({
  organization: 'sleepyco',
  expected: {
    minimum: { amount: '15000', currency: 'USD' },
    startsOn: '2026-06-01',
    endsBefore: '2027-06-01',
  },
  changedAt: '2026-11-21T12:00:00Z',
  idempotencyKey: `verification-${String((number += 1))}`,
  ...changes,
});
const ask = (document: string, variables: object, key = WRITER) =>
  over.query(document, variables, withKey(key));

async function start(changes: object = {}, key = WRITER) {
  const { data, errors } = await ask(START, { input: inputOf(changes) }, key);
  return { ...data?.changeVerificationStart, errors, codes: errors.map(({ extensions }) => extensions.code) };
}

/** One of a change that was made so long ago that the first look is the last. */
async function settled(changes: object = {}) {
  const { changeVerification } = await start({ changedAt: '2026-05-30T10:15:23.900Z', ...changes });
  const { id } = changeVerification as { readonly id: string };
  const heard = await listen(over.gateway.app.url, FOLLOW, { id }, withKey(WRITER));
  await heard.ended;
  return (await ask(ONE, { id })).data.changeVerification;
}

describe('starting one', () => {
  it('says what is expected, and when billing is looked at', async () => {
    const { changeVerification, isReplay, userErrors, errors } = await start({ reason: 'an upgrade' });
    expect([errors, userErrors, isReplay]).toEqual([[], [], false]);
    expect(changeVerification).toMatchObject({
      state: 'PENDING_SYNC',
      cause: null,
      message: null,
      looks: [],
      organization: { slug: 'sleepyco' },
      client: 'writer',
      reason: 'an upgrade',
      expected: {
        minimum: { amount: '15000.00', currency: 'USD' },
        startsOn: '2026-06-01',
        endsBefore: '2027-06-01',
      },
      nextLookAt: '2026-11-21T12:02:00Z',
      givesUpAt: '2026-11-21T12:05:00Z',
      settledAt: null,
    });
  });

  it('calls no backend', async () => {
    over.forgetCalls();
    await start();
    expect(Object.values(over.calls()).flat()).toEqual([]);
  });

  it('again with the same key and input is the same; with another input it is refused', async () => {
    const idempotencyKey = 'verification-again';
    const first = await start({ idempotencyKey });
    const again = await start({ idempotencyKey });
    expect(again).toMatchObject({ isReplay: true, changeVerification: { id: first.changeVerification.id } });
    const other = await start({ idempotencyKey, changedAt: '2026-11-21T11:59:59Z' });
    expect([other.changeVerification, other.codes]).toEqual([undefined, ['IDEMPOTENCY_KEY_REUSED']]);
    const ofOther = await start({ idempotencyKey, changedAt: '2026-11-21T11:59:59Z' }, OTHER);
    expect(ofOther.isReplay).toBe(false);
    expect((await start({ idempotencyKey: 'short' })).codes).toEqual(['BAD_USER_INPUT']);
  });

  it('tells all that is wrong with the input at once', async () => {
    const { changeVerification, userErrors } = await start({
      expected: {
        minimum: { amount: '-1', currency: 'USD' },
        startsOn: '2027-01-01',
        endsBefore: '2027-01-01',
      },
      changedAt: '2026-11-22T12:00:00Z',
      reason: 'x'.repeat(501),
    });
    expect(changeVerification).toBeNull();
    expect(
      userErrors.map(({ path, code }: { path: string[]; code: string }) => `${path.join('.')} ${code}`),
    ).toEqual([
      'expected.endsBefore INVALID',
      'expected.minimum.amount OUT_OF_RANGE',
      'changedAt OUT_OF_RANGE',
      'reason OUT_OF_RANGE',
    ]);
    expect((await start({ expected: {} })).userErrors).toMatchObject([
      { path: ['expected'], code: 'REQUIRED' },
    ]);
  });

  it('for a customer that one may not see looks like for one that is not there', async () => {
    const [foreign, missing] = await Promise.all(
      [FOREIGN, 'nobody-of-that-name'].map((organization) => start({ organization }, OTHER)),
    );
    expect(foreign).toEqual(missing);
    expect(foreign).toMatchObject({
      changeVerification: null,
      userErrors: [{ __typename: 'InputProblem', path: ['organization'], code: 'NOT_FOUND' }],
    });
  });

  it('may name a change of this graph, of the same customer', async () => {
    const { data } = await ask(
      'mutation { organizationSync(input: { organization: "aozora-denki", idempotencyKey: "sync-to-verify" }) { operation { id } } }',
      {},
    );
    const operationId = data.organizationSync.operation.id as string;
    const own = await start({ operationId, organization: 'aozora-denki' });
    expect(own.changeVerification.operation).toEqual({ id: operationId });
    const foreign = await start({ operationId, organization: FOREIGN });
    expect(foreign).toMatchObject({ changeVerification: null, userErrors: [{ path: ['operationId'] }] });
    expect((await start({ operationId: 'rubbish' })).codes).toEqual(['BAD_USER_INPUT']);
  });

  it('needs the scope to change commitments', async () => {
    const { status, errors } = await ask(START, { input: inputOf() }, READER);
    expect([status, errors[0]?.extensions.code]).toEqual([403, 'FORBIDDEN']);
    expect(errors[0]?.message).toContain('commitments:write');
  });

  it('needs a store', async () => {
    await using without = await startSandboxedGateway();
    const { data, errors } = await without.query(START, { input: inputOf() });
    expect(data).toEqual({ changeVerificationStart: null });
    expect(errors[0]?.extensions).toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: false });
    const list = '{ organization(slug: "sleepyco") { changeVerifications { totalCount nodes { id } } } }';
    expect((await without.query(list)).data.organization.changeVerifications).toEqual({
      totalCount: 0,
      nodes: [],
    });
  });
});

describe('one that is settled', () => {
  it('shows what was compared, each value', async () => {
    const found = await settled();
    expect(found).toMatchObject({ state: 'VERIFIED', cause: 'AS_EXPECTED', nextLookAt: null });
    expect(found.looks).toHaveLength(1);
    expect(found.looks[0]).toMatchObject({
      number: 1,
      failures: [],
      comparisons: [
        { field: 'MINIMUM', verdict: 'MATCH', expected: '15000.00 USD', actual: '15000.00 USD' },
        { field: 'STARTS_ON', verdict: 'MATCH' },
        { field: 'ENDS_BEFORE', verdict: 'MATCH', expected: '2027-06-01', actual: '2027-06-01' },
        { field: 'LAST_UPDATE', verdict: 'MATCH', expected: '2026-05-30T10:15:23.9Z' },
        { field: 'SYNC_STATE', verdict: 'MATCH' },
      ],
    });
    const other = await settled({ expected: { minimum: { amount: '1', currency: 'USD' } } });
    expect(other).toMatchObject({ state: 'MISMATCH', cause: 'OTHER_VALUES' });
  });

  it('is read from billing anew, whatever is in the cache', async () => {
    await ask('{ organization(slug: "sleepyco") { minimumCommitmentState { syncStatus } } }', {});
    over.forgetCalls();
    await settled();
    expect(
      over
        .calls()
        ['commitment-manager'].map((call) => call.split('/').at(-1))
        .sort(),
    ).toEqual(['commitments', 'current']);
  });
});

describe('by its id', () => {
  it('it is a node, and its key is shown to whoever chose it', async () => {
    const { changeVerification } = await start({ idempotencyKey: 'verification-shown' });
    const { id } = changeVerification;
    expect((await ask(ONE, { id })).data.changeVerification).toEqual(changeVerification);
    expect(changeVerification.idempotencyKey).toBe('verification-shown');
    const seen = await ask(ONE, { id }, READER);
    expect(seen.data.changeVerification).toEqual({ ...changeVerification, idempotencyKey: null });
    const node = await ask('query ($id: ID!) { node(id: $id) { __typename id } }', { id });
    expect(node.data.node).toEqual({ __typename: 'ChangeVerification', id });
  });

  it('one that may not be seen looks like one that is not there', async () => {
    const { changeVerification } = await start({ organization: FOREIGN });
    const missing = encodeGlobalId({ type: 'ChangeVerification', organization: FOREIGN, key: 'nothing' });
    const [first, second] = await Promise.all(
      [changeVerification.id as string, missing].map((id) => ask(ONE, { id }, OTHER)),
    );
    expect(withoutRequestId(first?.text ?? '')).toBe(withoutRequestId(second?.text ?? 'none'));
    expect(first?.data).toEqual({ changeVerification: null });
    // And not under the name of another customer either.
    const key =
      Buffer.from(changeVerification.id as string, 'base64url')
        .toString('utf8')
        .split('/')[1] ?? '';
    const moved = encodeGlobalId({ type: 'ChangeVerification', organization: 'sleepyco', key });
    expect((await ask(ONE, { id: moved })).data).toEqual({ changeVerification: null });
  });

  it('what is no id is refused', async () => {
    const order = encodeGlobalId({ type: 'ServiceOrder', organization: 'sleepyco', key: 'a' });
    for (const id of ['rubbish', order]) {
      const { errors } = await ask(ONE, { id });
      expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
  });
});

describe('the list of a customer', () => {
  const LIST = `query ($first: Int!, $after: String) { organization(slug: "fjordkabel") {
    changeVerifications(first: $first, after: $after) {
      totalCount nodes { id } edges { cursor node { id } } pageInfo { hasNextPage endCursor }
    }
  } }`;

  it('has all of them, newest first, page by page', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      ids.unshift((await start({ organization: 'fjordkabel' })).changeVerification.id);
      await new Promise((resolve) => setTimeout(resolve, 2)); // of the same millisecond, ids decide
    }
    const seen: string[] = [];
    for (let after: string | null = null, hasNext = true; hasNext;) {
      const { data } = await ask(LIST, { first: 2, after });
      const { nodes, edges, pageInfo, totalCount } = data.organization.changeVerifications;
      expect(totalCount).toBe(5);
      expect(edges.map(({ node }: { node: object }) => node)).toEqual(nodes);
      seen.push(...nodes.map(({ id }: { id: string }) => id));
      after = pageInfo.endCursor;
      hasNext = pageInfo.hasNextPage;
    }
    expect(seen).toEqual(ids);
    const wrong = await ask(LIST, { first: 2, after: 'rubbish' });
    expect(wrong.errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('following', () => {
  it('what there is none of is one null and the end', async () => {
    const { changeVerification } = await start({ organization: FOREIGN });
    const heard = await listen(over.gateway.app.url, FOLLOW, { id: changeVerification.id }, withKey(OTHER));
    await heard.ended;
    expect(heard.events).toEqual([{ changeVerification: null }]);
  });

  it('what is settled is one event and the end', async () => {
    const { id } = await settled();
    const heard = await listen(over.gateway.app.url, FOLLOW, { id }, withKey(READER));
    await heard.ended;
    expect(heard.events).toEqual([{ changeVerification: { state: 'VERIFIED', looks: [{ number: 1 }] } }]);
  });
});
