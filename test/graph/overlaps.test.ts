/** Which commitments bind on the same days, over the sandbox: pairs and holes that were found by reading the customers' data. */
import { beforeEach, expect, it } from 'vitest';
import { clientOf, withKey } from '../support/clients.js';
import { NOW, startSandboxedGateway, type SandboxedGateway } from '../support/sandboxed-gateway.js';

const ALL = 'the-key-of-all';
const OTHER = 'the-key-of-another';
const READER = 'the-key-of-a-reader';

let over: SandboxedGateway;
beforeEach(async () => {
  over = await startSandboxedGateway({
    clock: () => NOW,
    clients: [
      clientOf('all', ALL, '*'),
      clientOf('other', OTHER, ['tessera-bank']),
      { ...clientOf('reader', READER, '*'), scopes: ['commitments:read'] },
    ],
  });
  return () => over[Symbol.asyncDispose]();
});

const REPORT = `pairs
  overlaps { scope { kind externalId name } first { source externalId } second { externalId } startsOn endsBefore days isConflict }
  holes { scope { kind } after { externalId } before { externalId } startsOn endsBefore days }
  notCompared { commitment { externalId } reason }
  coverage { complete missing sources { source state code } }`;
const ask = (slug: string, key = ALL, given = '') =>
  over.query(`{ organization(slug: "${slug}") { overlaps${given} { ${REPORT} } } }`, {}, withKey(key));

it('finds pairs of a contract and of a product, and the days without a minimum, with a list of each source', async () => {
  const { data, errors } = await ask('sleepyco', READER);
  expect(errors).toEqual([]);
  expect(data.organization.overlaps).toEqual({
    pairs: 2,
    overlaps: [
      {
        scope: { kind: 'ACCOUNT_CONTRACT', externalId: expect.any(String), name: 'SleepyCo Voice' },
        first: { source: 'LOGISENSE', externalId: '1' },
        second: { externalId: '90' },
        startsOn: '2026-06-01',
        endsBefore: '2027-06-01',
        days: 365,
        isConflict: false,
      },
      {
        scope: { kind: 'PRODUCT', externalId: expect.any(String), name: 'CVM-1M02' },
        first: { source: 'CLOUDMC', externalId: '52a54cde-0e5d-4168-9827-5967ded6095e' },
        second: { externalId: '62a54cde-0e5d-4168-9827-5967ded6095e' },
        startsOn: '2026-03-01',
        endsBefore: '2027-03-01',
        days: 365,
        isConflict: false,
      },
    ],
    // One was cancelled on 30 November 2024, and the next began half a year later.
    holes: [
      {
        scope: { kind: 'MINIMUM_SPEND' },
        after: { externalId: 'cm_3001dc4a01' },
        before: { externalId: 'cm_5d378f730b' },
        startsOn: '2024-11-30',
        endsBefore: '2025-06-01',
        days: 183,
      },
    ],
    notCompared: [],
    coverage: {
      complete: true,
      missing: [],
      sources: [
        { source: 'COMMITMENT_MANAGER', state: 'COMPLETE', code: null },
        { source: 'LOGISENSE', state: 'COMPLETE', code: null },
        { source: 'CLOUDMC', state: 'COMPLETE', code: null },
      ],
    },
  });
  const counts = Object.entries(over.calls()).map(([name, calls]) => [name, calls.length]);
  expect(Object.fromEntries(counts)).toEqual({
    'commitment-manager': 1,
    salesforce: 0,
    logisense: 1,
    monetizenow: 0,
    cloudmc: 1,
  });
});

it('counts all pairs, however few it lists', async () => {
  const { data, errors } = await ask('sleepyco', ALL, '(mostPairs: 1)');
  expect(errors).toEqual([]);
  expect(data.organization.overlaps.pairs).toBe(2);
  expect(data.organization.overlaps.overlaps).toHaveLength(1);
  for (const most of [0, 101]) {
    expect((await ask('sleepyco', ALL, `(mostPairs: ${most})`)).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  }
});

it('calls two minimum commitments at a time a conflict', async () => {
  over.sandbox.emulators['commitment-manager']!.faults.replace([
    {
      match: { path: '/commitments' },
      fault: { kind: 'foreign', replace: '2026-05-31', with: '2026-07-31' },
    },
  ]);
  const { data, errors } = await ask('sleepyco');
  expect(errors).toEqual([]);
  const { pairs, overlaps } = data.organization.overlaps;
  expect(pairs).toBe(3);
  expect(overlaps).toContainEqual({
    scope: { kind: 'MINIMUM_SPEND', externalId: null, name: null },
    first: { source: 'COMMITMENT_MANAGER', externalId: 'cm_5d378f730b' },
    second: { externalId: 'cm_7f3b9e2a1c' },
    startsOn: '2026-06-01',
    endsBefore: '2026-08-01',
    days: 61,
    isConflict: true,
  });
});

it('says what it could not compare', async () => {
  const { data, errors } = await ask('fjordkabel');
  expect(errors).toEqual([]);
  expect(data.organization.overlaps.notCompared).toEqual([
    { commitment: { externalId: expect.any(String) }, reason: 'NO_PRODUCTS' },
  ]);
});

it('with a backend down finds the pairs of the others, and says which it could not see', async () => {
  over.sandbox.emulators.cloudmc!.faults.replace([{ fault: { kind: 'refuse', status: 400 } }]);
  const { data, errors } = await ask('sleepyco');
  expect(errors).toMatchObject([
    { path: ['organization', 'overlaps'], extensions: { source: 'CLOUDMC', code: 'UPSTREAM_REJECTED' } },
  ]);
  const { overlaps, coverage } = data.organization.overlaps;
  expect(overlaps.map(({ scope }: { scope: { kind: string } }) => scope.kind)).toEqual(['ACCOUNT_CONTRACT']);
  expect(coverage).toMatchObject({ complete: false, missing: ['CLOUDMC'] });
});

it('is told to nobody who may not see the customer', async () => {
  expect((await ask('sleepyco', OTHER)).data).toEqual({ organization: null });
  expect(Object.values(over.calls()).flat()).toEqual([]);
});
