/**
 * Row S35 and what concerns reads of rows S43 to S53: traps of single vendors, shown as data instead of being resolved in
 * silence. The changes among those rows are not made by this version.
 */
import { describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../../src/graph/global-id.js';
import { faultRig, stateOf } from '../support/fault-rig.js';
import { expectNothingInternal } from '../support/leaks.js';

const rig = faultRig();

describe('S35 two systems that disagree', () => {
  const BOTH = (slug: string) => `{ organization(slug: "${slug}") {
    minimumCommitmentState { syncStatus minimum { amount currency } lastUpdatedAt freshness { observedAt } }
    commitments(filter: { sources: [COMMITMENT_MANAGER], statuses: [ACTIVE] }) {
      nodes { source committed { amount currency } freshness { observedAt } ... on MinimumCommitment { updatedAt } }
    }
    serviceOrders { nodes { source stage monthlyMinimum { amount currency } updatedAt freshness { observedAt } } }
  } }`;

  it('about an amount: both are shown, each with its source and its time', async () => {
    const { data, errors } = await (await rig.gateway()).query(BOTH('maple-transit'));
    expect(errors).toEqual([]);
    const { commitments, serviceOrders, minimumCommitmentState } = data.organization;
    const [billed] = commitments.nodes;
    const ordered = serviceOrders.nodes.find(
      (one: { monthlyMinimum: { amount: string } | null }) =>
        one.monthlyMinimum !== null && one.monthlyMinimum.amount !== billed.committed.amount,
    );
    expect(ordered).toMatchObject({ source: 'SALESFORCE', monthlyMinimum: { currency: 'CAD' } });
    expect(billed).toMatchObject({ source: 'COMMITMENT_MANAGER', committed: { currency: 'CAD' } });
    expect(minimumCommitmentState.minimum).toEqual(billed.committed);
    for (const one of [ordered, billed, minimumCommitmentState])
      expect(one.freshness.observedAt).toMatch(/^2026-11-21T12:/);
    for (const one of [ordered, billed]) expect(one.updatedAt).toMatch(/^20\d\d-/);
  });

  it('for the minutes of a synchronization: it is said to be pending', async () => {
    const { data } = await (await rig.gateway()).query(BOTH('lumiere-sante'));
    expect(data.organization.minimumCommitmentState).toMatchObject({ syncStatus: 'PENDING' });
  });
});

describe('S43 MonetizeNow says with 200 that something failed', () => {
  const FAILED = { status: 'FAILED', errorMessage: 'CANARY of the vendor' };
  const CONTRACTS =
    '{ organization(slug: "sleepyco") { contracts { nodes { externalId } coverage { complete missing } } } }';

  it.each<[string, unknown, string]>([
    ['instead of a list', FAILED, '/contracts'],
    ['as the only row of a list', { content: [FAILED], totalElements: 1 }, '/accounts/'],
  ])('%s: no success, and its words stay with us', async (_, json, path) => {
    rig.emulator('monetizenow').faults.add({ match: { path }, fault: { kind: 'refuse', status: 200, json } });
    const gateway = await rig.gateway();
    const { data, errors, text } = await gateway.query(CONTRACTS);
    expect(data.organization.contracts?.coverage.complete ?? false).toBe(false);
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_MALFORMED', source: 'MONETIZENOW' } }]);
    expect(text).not.toContain('CANARY');
    expectNothingInternal(text, rig.sandbox());
  });

  it('instead of one contract: an error, not null', async () => {
    const gateway = await rig.gateway();
    const { data } = await gateway.query(CONTRACTS);
    const key: string = data.organization.contracts.nodes[0].externalId;
    rig.emulator('monetizenow').faults.add({ fault: { kind: 'refuse', status: 200, json: FAILED } });
    const id = encodeGlobalId({ type: 'Contract', organization: 'sleepyco', key });
    const { errors, text } = await gateway.query('query ($id: ID!) { node(id: $id) { id } }', { id });
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_MALFORMED', retryable: false } }]);
    expect(text).not.toContain('CANARY');
    expect((await stateOf(gateway, 'MONETIZENOW')).droppedRecords).toBeGreaterThan(0);
  });
});

it('S44 a quote in review is shown as that, and what it would change is not on the contract', async () => {
  const { data, errors } = await (
    await rig.gateway()
  ).query(
    `{ organization(slug: "solis-agro") { contracts { nodes {
       latestQuote { externalId status statusText processedAt } offerings { externalId } } } } }`,
  );
  expect(errors).toEqual([]);
  const inReview = data.organization.contracts.nodes.find(
    ({ latestQuote }: { latestQuote: { status: string } | null }) => latestQuote?.status === 'REVIEW',
  );
  expect(inReview).toMatchObject({ latestQuote: { statusText: 'REVIEW', processedAt: null } });
});

it('S50 a commitment that was terminated before its time says both: what its dates say, and that it ended', async () => {
  const { data } = await (
    await rig.gateway()
  ).query(
    `{ organization(slug: "ostrava-castings") { commitments(filter: { sources: [CLOUDMC] }) { nodes {
       status statusText ... on ResourceCommitment { isTerminated } } } } }`,
  );
  expect(data.organization.commitments.nodes).toContainEqual(
    expect.objectContaining({ statusText: 'IN_PROGRESS', isTerminated: true }),
  );
});

it('S53 no read starts a synchronization: nothing is ever posted but logins', async () => {
  const gateway = await rig.gateway();
  for (const slug of ['sleepyco', 'lumiere-sante', 'maple-transit']) {
    await gateway.query(
      `{ organization(slug: "${slug}") { commitments { nodes { id } } minimumCommitmentState { syncStatus } usage { month } } }`,
    );
  }
  expect(rig.hits('commitment-manager')).toBeGreaterThan(0);
  for (const { name, calls } of Object.values(rig.sandbox().emulators)) {
    for (const { method, path } of calls) {
      if (!/oauth2\/token$|Access\/Login$/.test(path)) expect(`${name} ${method}`).toBe(`${name} GET`);
    }
  }
});
