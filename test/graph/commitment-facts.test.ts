/**
 * What hangs off a commitment is that commitment's: usage and billing of its own months, the order that it came from,
 * also as one step of a ramp. And one bad argument costs its own field.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandboxedGateway, type SandboxedGateway } from '../support/sandboxed-gateway.js';

let over: SandboxedGateway;
beforeAll(async () => {
  over = await startSandboxedGateway();
});
afterAll(() => over[Symbol.asyncDispose]());

const MINIMUMS = 'commitments(filter: { sources: [COMMITMENT_MANAGER] }, first: 100)';

interface Minimum {
  readonly status: string;
  readonly cancelledAt: string | null;
  readonly term: { readonly startsOn: string; readonly endsBefore: string };
  readonly usage: { readonly month: string } | null;
  readonly billingHistory: readonly { readonly month: string }[];
  readonly contractTerms: object | null;
  readonly serviceOrder: {
    readonly commitmentHandlerId: string;
    readonly rampSteps: readonly object[];
  } | null;
}

async function minimumsOf(slug: string, members: string): Promise<readonly Minimum[]> {
  const { data, errors } = await over.query(
    `query ($slug: String!) { organization(slug: $slug) { list: ${MINIMUMS} { nodes {
      status term { startsOn endsBefore } ... on MinimumCommitment { cancelledAt ${members} }
    } } } }`,
    { slug },
  );
  expect(errors).toEqual([]);
  return data.organization.list.nodes;
}

describe('usage, billing and terms', () => {
  it('are those of the commitment that ran at the time, so that nothing is counted twice', async () => {
    const minimums = await minimumsOf(
      'sleepyco',
      'usage { month } billingHistory { month } contractTerms { clauses { kind } }',
    );
    expect(minimums.map(({ status }) => status).sort()).toEqual(['ACTIVE', 'CANCELLED', 'EXPIRED']);
    for (const { status, usage, contractTerms } of minimums) {
      expect(usage === null).toBe(status !== 'ACTIVE');
      expect(contractTerms === null).toBe(status !== 'ACTIVE');
    }
    const months = minimums.flatMap(({ billingHistory }) => billingHistory.map(({ month }) => month));
    expect(months.length).toBeGreaterThan(12);
    expect(new Set(months).size).toBe(months.length);
    for (const { term, cancelledAt, billingHistory } of minimums) {
      for (const { month } of billingHistory) {
        expect(
          month >= term.startsOn.slice(0, 7) && month <= (cancelledAt ?? term.endsBefore).slice(0, 7),
        ).toBe(true);
      }
    }
  });

  it('of a month outside the commitment are nobody’s', async () => {
    const [first] = await minimumsOf('sleepyco', 'usage(month: "2026-10") { month }');
    expect(first).toMatchObject({ status: 'CANCELLED', usage: null });
  });

  it('of a range are those months of it that are the commitment’s', async () => {
    const minimums = await minimumsOf(
      'sleepyco',
      'billingHistory(range: { startsOn: "2026-05-01", endsBefore: "2026-07-01" }) { month }',
    );
    const monthsOf = (wanted: string) =>
      minimums.find(({ status }) => status === wanted)?.billingHistory.map(({ month }) => month);
    expect(monthsOf('EXPIRED')).toEqual(['2026-05']);
    expect(monthsOf('ACTIVE')).toEqual(['2026-06']);
    expect(monthsOf('CANCELLED')).toEqual([]);
  });
});

it('every step of a ramp knows the order that it is a step of', async () => {
  const ramped = over.sandbox.profiles.find(({ traits }) => traits.has('ramped'));
  const minimums = await minimumsOf(
    ramped?.slug ?? '',
    'serviceOrder { commitmentHandlerId rampSteps { cycleNumber } }',
  );
  const steps = minimums.filter(({ serviceOrder }) => (serviceOrder?.rampSteps.length ?? 0) > 0);
  expect(steps.length).toBe(3);
  expect(new Set(steps.map(({ serviceOrder }) => serviceOrder?.commitmentHandlerId)).size).toBe(1);
});

describe('a null where none may be', () => {
  it.each([
    [
      'query ($n: Int) { organization(slug: "sleepyco") { name commitments(first: $n) { nodes { id } } } }',
      'first',
    ],
    [
      'query ($n: CommitmentOrder) { organization(slug: "sleepyco") { name commitments(orderBy: $n) { nodes { id } } } }',
      'orderBy',
    ],
    [
      'query ($n: Int) { organization(slug: "sleepyco") { name contracts(first: $n) { nodes { id } } } }',
      'first',
    ],
  ])('%s is the caller’s mistake, and costs its own field', async (document, argument) => {
    const { data, errors } = await over.query(document, { n: null });
    expect(errors).toHaveLength(1);
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', retryable: false });
    expect(errors[0]?.message).toContain(argument);
    expect(data.organization.name).toBe('SleepyCo');
  });

  it('and a page that cannot be costs its own field', async () => {
    const { data, errors } = await over.query(
      '{ organization(slug: "sleepyco") { bad: commitments(first: 1000) { nodes { id } } good: commitments(first: 1) { nodes { source } } } }',
    );
    expect(errors).toMatchObject([{ path: ['organization', 'bad'], extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(data.organization).toMatchObject({ bad: null, good: { nodes: [{}] } });
  });
});
