/** The checks before a change, over the emulators: what is read for them, by whom, and what is said where it cannot be. */
import { afterEach, describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../../src/graph/global-id.js';
import { clientOf, withKey } from '../support/clients.js';
import { startSandboxedGateway, type SandboxedGateway } from '../support/sandboxed-gateway.js';

const DOCUMENT = `query ($slug: String!, $change: PreflightChangeInput!) {
  organization(slug: $slug) {
    preflight(change: $change) {
      verdict
      current { syncStatus }
      checks { code verdict message source evidence { name value source observedAt } }
      coverage { complete missing }
    }
  }
}`;
const MINIMUM = { minimum: { amount: '17500', currency: 'USD' } };

const ALL = 'key-of-all-0123456789';
const NO_BILLING = 'key-of-no-billing-0123456789';
const CLIENTS = [
  clientOf('all', ALL, '*', ['commitments:write']),
  { ...clientOf('no-billing', NO_BILLING, ['sleepyco']), scopes: ['commitments:read' as const] },
];

const opened: SandboxedGateway[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one[Symbol.asyncDispose]();
});

async function start(options: Parameters<typeof startSandboxedGateway>[0] = {}) {
  const over = await startSandboxedGateway({
    isWritable: true,
    clients: CLIENTS,
    room: { least: 2_000 }, // a machine that is busy with other tests is not what is tested here
    ...options,
  });
  opened.push(over);
  const ask = async (change: object, slug = 'sleepyco', key = ALL) => {
    const { data, errors, status } = await over.query(DOCUMENT, { slug, change }, withKey(key));
    const preflight = data?.organization?.preflight;
    const checks = (preflight?.checks ?? []) as readonly {
      readonly code: string;
      readonly verdict: string;
      readonly message: string;
      readonly evidence: readonly {
        readonly name: string;
        readonly value: string;
        readonly source: string;
      }[];
    }[];
    const check = (code: string) => {
      const found = checks.find((one) => one.code === code);
      if (found === undefined) throw new Error(`no check ${code}`);
      return found;
    };
    const verdicts = Object.fromEntries(checks.map(({ code, verdict }) => [code, verdict]));
    return {
      preflight,
      check,
      verdicts,
      errors,
      status,
      codes: errors.map(({ extensions }) => extensions.code),
    };
  };
  return { over, ask };
}

describe('where all answers', () => {
  it('each check has its verdict and evidence, and each list is read once', async () => {
    const { over, ask } = await start();
    const { preflight, check, verdicts, errors } = await ask(MINIMUM);
    expect(errors).toEqual([]);
    expect(verdicts).toEqual({
      COMMITMENT_ACTIVE: 'PASS',
      SYNCHRONIZED: 'PASS',
      NO_OVERLAP: 'UNKNOWN', // it has commitments in other systems on the same days
      MINIMUM_MET: verdicts['MINIMUM_MET'],
      CONTRACT_RESTRICTIONS: 'UNKNOWN',
      NO_OPEN_OPERATION: 'PASS',
    });
    expect(preflight).toMatchObject({
      verdict: 'UNKNOWN',
      current: { syncStatus: 'SYNCHRONIZED' },
      coverage: { complete: true, missing: [] },
    });
    expect(check('SYNCHRONIZED').evidence[0]).toEqual({
      name: 'syncStatus',
      value: 'synchronized',
      source: 'COMMITMENT_MANAGER',
      observedAt: expect.stringMatching(/^2026-11-21T/),
    });
    expect(check('CONTRACT_RESTRICTIONS').evidence.length).toBeGreaterThan(2);
    expect(new Set(check('NO_OVERLAP').evidence.map(({ source }) => source))).toEqual(
      new Set([null, 'COMMITMENT_MANAGER', 'LOGISENSE', 'CLOUDMC']),
    );
    const calls = over.calls();
    expect(calls['commitment-manager'].map((call) => call.split('/').at(-1)).sort()).toEqual([
      'commitments',
      'contract',
      'current',
    ]);
    expect(calls.cloudmc).toHaveLength(1);
    expect([...calls.salesforce, ...calls.monetizenow]).toEqual([]);
  });

  it('a minimum below the required one, and days of another minimum commitment, fail', async () => {
    const { ask } = await start();
    const below = await ask({ ...MINIMUM, requiredMinimum: { amount: '17500.01', currency: 'USD' } });
    expect(below.verdicts).toMatchObject({ MINIMUM_MET: 'FAIL' });
    expect(below.preflight.verdict).toBe('FAIL');
    const beside = { startsOn: '2027-05-01', endsBefore: '2028-05-01', isAddition: true };
    expect((await ask(beside)).verdicts).toMatchObject({ NO_OVERLAP: 'FAIL' });
  });

  it('a customer whose change is still on its way to billing fails, and one without a commitment', async () => {
    const { over, ask } = await start();
    const slugs = over.sandbox.profiles.filter(({ commitmentManager }) => commitmentManager !== undefined);
    const found = await Promise.all(slugs.map(async ({ slug }) => ({ slug, ...(await ask(MINIMUM, slug)) })));
    for (const { slug, preflight, verdicts } of found) {
      const { syncStatus = null } = preflight.current ?? {};
      expect(verdicts['SYNCHRONIZED'], slug).toBe(
        syncStatus === 'SYNCHRONIZED' ? 'PASS' : syncStatus === null ? 'UNKNOWN' : 'FAIL',
      );
      expect(verdicts['COMMITMENT_ACTIVE'], slug).toBe(preflight.current === null ? 'FAIL' : 'PASS');
    }
    expect(new Set(found.map(({ verdicts }) => verdicts['SYNCHRONIZED']))).toEqual(
      new Set(['PASS', 'FAIL', 'UNKNOWN']),
    );
  });
});

describe('where something does not answer', () => {
  it('Commitment Manager: nothing passes that it would have to say', async () => {
    const { over, ask } = await start();
    await over.sandbox.emulator('commitment-manager').stop();
    const { preflight, verdicts, codes } = await ask({ ...MINIMUM, startsOn: '2026-06-01' });
    expect(verdicts).toEqual({
      COMMITMENT_ACTIVE: 'UNKNOWN',
      SYNCHRONIZED: 'UNKNOWN',
      NO_OVERLAP: 'UNKNOWN',
      MINIMUM_MET: 'UNKNOWN',
      CONTRACT_RESTRICTIONS: 'UNKNOWN',
      NO_OPEN_OPERATION: 'PASS',
    });
    expect(preflight).toMatchObject({
      verdict: 'UNKNOWN',
      current: null,
      coverage: { complete: false, missing: ['COMMITMENT_MANAGER'] },
    });
    expect(new Set(codes)).toEqual(new Set(['UPSTREAM_UNAVAILABLE']));
  });

  it('another backend: overlaps with its commitments are not known', async () => {
    const { over, ask } = await start();
    await over.sandbox.emulator('cloudmc').stop();
    const { check, verdicts } = await ask(MINIMUM);
    expect(verdicts).toMatchObject({ COMMITMENT_ACTIVE: 'PASS', NO_OVERLAP: 'UNKNOWN' });
    expect(check('NO_OVERLAP').message).toContain('CloudMC is not available.');
  });

  it('the journal: whether something is open is not known', async () => {
    const { ask } = await start({ isWritable: false });
    expect((await ask(MINIMUM)).verdicts).toMatchObject({ NO_OPEN_OPERATION: 'UNKNOWN' });
  });
});

it('the contract is not read for a client that may not see it', async () => {
  const { over, ask } = await start();
  const { check, verdicts } = await ask(MINIMUM, 'sleepyco', NO_BILLING);
  expect(verdicts).toMatchObject({ COMMITMENT_ACTIVE: 'PASS', CONTRACT_RESTRICTIONS: 'UNKNOWN' });
  expect(check('CONTRACT_RESTRICTIONS')).toMatchObject({
    message: expect.stringContaining('billing:read'),
    evidence: [],
  });
  expect(over.calls()['commitment-manager'].filter((call) => call.endsWith('/contract'))).toEqual([]);
});

describe('mutations that are meant to be made', () => {
  const CONTRACT = encodeGlobalId({
    type: 'Contract',
    organization: 'sleepyco',
    key: 'ctrct_xNE4v9dkjXjorYAM',
  });

  it('have the version that was read, or not', async () => {
    const { over, ask } = await start();
    const { data } = await over.query(
      '{ organization(slug: "sleepyco") { contracts { nodes { id version } } commitments(filter: { sources: [CLOUDMC, LOGISENSE] }) { nodes { id source ... on ResourceCommitment { version } ... on ContractCommitment { version } } } } }',
      {},
      withKey(ALL),
    );
    const { contracts, commitments } = data.organization;
    const contract = contracts.nodes.find(({ id }: { id: string }) => id === CONTRACT);
    const of = (source: string) =>
      commitments.nodes.find((one: { source: string }) => one.source === source) as {
        id: string;
        version: string;
      };
    const asked = [
      { kind: 'CONTRACT_CANCEL', targetId: contract.id, expectedVersion: contract.version },
      {
        kind: 'RESOURCE_COMMITMENT_UPDATE',
        targetId: of('CLOUDMC').id,
        expectedVersion: of('CLOUDMC').version,
      },
      {
        kind: 'CONTRACT_COMMITMENT_UPDATE',
        targetId: of('LOGISENSE').id,
        expectedVersion: of('LOGISENSE').version,
      },
    ];
    expect((await ask({ mutations: asked })).verdicts).toMatchObject({ VERSION_CURRENT: 'PASS' });
    const stale = asked.map((one, index) => (index === 1 ? { ...one, expectedVersion: 'other' } : one));
    expect((await ask({ mutations: stale })).verdicts).toMatchObject({ VERSION_CURRENT: 'FAIL' });
    const foreign = { ...asked[0], targetId: CONTRACT.replace(/.$/, 'x') };
    expect((await ask({ mutations: [foreign] })).codes).toEqual(['BAD_USER_INPUT']);
    // What is not this customer's looks like what is not there.
    for (const organization of ['harbourline-logistics', 'nobody-of-that-name']) {
      const targetId = encodeGlobalId({ type: 'Contract', organization, key: 'ctrct_xNE4v9dkjXjorYAM' });
      const { verdicts } = await ask({ mutations: [{ ...asked[0], targetId }] });
      expect(verdicts).toMatchObject({ VERSION_CURRENT: 'FAIL' });
    }
  });

  it('fail while a change of the same thing is open, and only then', async () => {
    const { over, ask } = await start();
    expect((await ask(MINIMUM)).verdicts).toMatchObject({ NO_OPEN_OPERATION: 'PASS' });
    const { data } = await over.query(
      'mutation { organizationSync(input: { organization: "sleepyco", idempotencyKey: "preflight-1" }) { operation { state } } }',
      {},
      withKey(ALL),
    );
    expect(data.organizationSync.operation.state).toBe('PENDING');
    const { check, verdicts } = await ask(MINIMUM);
    expect(verdicts).toMatchObject({ NO_OPEN_OPERATION: 'FAIL', SYNCHRONIZED: 'FAIL' });
    expect(check('NO_OPEN_OPERATION').evidence[0]).toMatchObject({ value: 'ORGANIZATION_SYNC, PENDING' });
  });

  it.each([
    [{}, 'give what is meant to be changed'],
    [{ startsOn: '2027-01-01', endsBefore: '2027-01-01' }, '`change.endsBefore`'],
    [{ minimum: { amount: '-0.01', currency: 'USD' } }, '`change.minimum`'],
    [{ mutations: [{ kind: 'CONTRACT_CANCEL' }] }, '`change.mutations[0].targetId`'],
    [{ mutations: [{ kind: 'ORGANIZATION_SYNC', targetId: CONTRACT }] }, 'Leave it out.'],
    [{ mutations: [{ kind: 'RESOURCE_COMMITMENT_DELETE', targetId: CONTRACT }] }, 'a ResourceCommitment'],
    [{ mutations: [{ kind: 'ORGANIZATION_SYNC', expectedVersion: 'a' }] }, 'has no version'],
    [{ mutations: Array.from({ length: 6 }, () => ({ kind: 'ORGANIZATION_SYNC' })) }, 'at most 5'],
  ])('that say %j are refused before anybody is asked', async (change, words) => {
    const { over, ask } = await start();
    const { codes, errors } = await ask(change);
    expect(codes).toEqual(['BAD_USER_INPUT']);
    expect(errors[0]?.message).toContain(words);
    expect(Object.values(over.calls()).flat()).toEqual([]);
  });
});
