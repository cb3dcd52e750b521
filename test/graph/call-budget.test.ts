/**
 * What an operation costs upstream (design §9), counted at the emulators. A field that starts to call once for each
 * row turns one of these red.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { examplesFor } from '../../src/cli/examples.js';
import { generatePortfolio } from '../../src/sandbox/portfolio.js';
import { startSandboxedGateway, TODAY, type SandboxedGateway } from '../support/sandboxed-gateway.js';

const EVERYTHING = `query ($slug: String!) {
  organization(slug: $slug) {
    name
    commitments(first: 100) {
      nodes {
        id source externalId status term { startsOn endsBefore } committed { amount currency }
        products { product { id sku } committedQuantity discountPercent }
        periods { order startsOn endsBefore occurrences }
        ... on ContractCommitment { services { service { name } } penalty { description } }
        ... on ResourceCommitment { reseller { name } pricingMethod }
      }
      coverage { complete }
    }
    contracts { nodes { externalId status totalValue { amount } } }
    serviceOrders { nodes { name monthlyMinimum { amount } rampSteps { amount } } }
  }
}`;

let over: SandboxedGateway;

/** How many calls each emulator saw. */
const counts = () =>
  Object.fromEntries(Object.entries(over.calls()).map(([name, calls]) => [name, calls.length]));

describe('calls', () => {
  // A new gateway for each test: nothing is warm.
  beforeEach(async () => {
    over = await startSandboxedGateway({ backends: (section) => withoutFreshness(section) });
    return () => over[Symbol.asyncDispose]();
  });

  it('for one organization with everything of its lists: one to each backend', async () => {
    const { data, errors } = await over.query(EVERYTHING, { slug: 'sleepyco' });
    expect(errors).toEqual([]);
    expect(data.organization.commitments.coverage.complete).toBe(true);
    expect(
      new Set(data.organization.commitments.nodes.map(({ source }: { source: string }) => source)).size,
    ).toBe(3);
    expect(counts()).toEqual({
      'commitment-manager': 1,
      salesforce: 1,
      logisense: 1,
      monetizenow: 1,
      cloudmc: 1,
    });
  });

  it('for aliases of one list with other pages and filters: those of one', async () => {
    const { errors } = await over.query(`{
      organization(slug: "sleepyco") {
        a: commitments(first: 1) { nodes { id } }
        b: commitments(first: 2, filter: { statuses: [ACTIVE] }) { nodes { id } }
        c: commitments(orderBy: ENDS_BEFORE_DESC) { nodes { id ... on MinimumCommitment { serviceOrder { name } } } }
        contracts { nodes { id } }
        again: contracts(first: 1) { totalCount }
      }
    }`);
    expect(errors).toEqual([]);
    // The state of the current commitment is asked for once, to join it with its order.
    expect(counts()).toMatchObject({ salesforce: 1, logisense: 1, monetizenow: 1, cloudmc: 1 });
    expect(over.calls()['commitment-manager'].length).toBeLessThanOrEqual(2);
  });

  // MonetizeNow has no list of contracts with their quotes in them, and none of quotes with their offerings: what is on a
  // contract takes a read of the contract and one of its quote. Its list of an account's quotes, without offerings, could
  // spare the contracts' reads for `quotes`, but not for renewal terms; nobody reads it yet.
  it('for what is on three contracts, and was invoiced: two lists, and two reads for each contract', async () => {
    const example = examplesFor('sleepyco', TODAY).find(({ name }) => name === 'Contracts');
    if (!example?.variables) throw new Error('the example is gone');
    const { data, errors } = await over.query(example.query, JSON.parse(example.variables) as object);
    expect(errors).toEqual([]);
    const { nodes } = data.organization.contracts;
    expect(nodes).toHaveLength(3);
    for (const { invoices } of nodes) expect(invoices.totalCount).toBe(3);
    expect(counts()).toEqual({
      'commitment-manager': 0,
      salesforce: 0,
      logisense: 0,
      monetizenow: 1 + 1 + 3 + 3,
      cloudmc: 0,
    });
    const callsLike = (path: RegExp) => over.calls().monetizenow.filter((call) => path.test(call)).length;
    expect({
      contracts: callsLike(/\/accounts\/\w+\/contracts$/),
      invoices: callsLike(/\/accounts\/\w+\/invoices$/),
      contract: callsLike(/\/api\/contracts\/\w+$/),
      quote: callsLike(/\/api\/quotes\/\w+$/),
    }).toEqual({ contracts: 1, invoices: 1, contract: 3, quote: 3 });
  });

  it('to a backend that nothing is asked of: none', async () => {
    await over.query(
      `{ organization(slug: "sleepyco") { commitments(filter: { sources: [CLOUDMC] }) { nodes { id } } } }`,
    );
    expect(counts()).toEqual({
      'commitment-manager': 0,
      salesforce: 0,
      logisense: 0,
      monetizenow: 0,
      cloudmc: 1,
    });
  });

  // Of the first customers in the order of slugs, two products each for three of four: six after the first read of four.
  it('to tell a page that is full from the last one: of one customer more, and not of four', async () => {
    const page = async (first: number) => {
      over.forgetCalls();
      const { data, errors } = await over.query(
        `query ($first: Int!) {
          commitments(first: $first, filter: { sources: [CLOUDMC] }) {
            nodes { organization { slug } }
            pageInfo { hasNextPage }
          }
        }`,
        { first },
      );
      expect(errors).toEqual([]);
      expect(data.commitments.nodes).toHaveLength(first);
      expect(data.commitments.pageInfo.hasNextPage).toBe(true);
      return counts()['cloudmc'];
    };
    const customers = (await page(5)) as number;
    expect(await page(6)).toBe(customers + 1);
    expect(await page(7)).toBe(customers + 2);
  });

  it('for the directory and the state of the backends: none at all', async () => {
    await over.query(
      `{ organizations(first: 100) { nodes { id name accounts { externalIds } } } sources { name isReachable } }`,
    );
    expect(counts()).toEqual({
      'commitment-manager': 0,
      salesforce: 0,
      logisense: 0,
      monetizenow: 0,
      cloudmc: 0,
    });
  });

  it('for one node of each kind: one single read, or the list where there is no single read', async () => {
    const { data } = await over.query(
      EVERYTHING.replace('contracts { nodes { externalId', 'contracts { nodes { id externalId').replace(
        'serviceOrders { nodes { name',
        'serviceOrders { nodes { id name',
      ),
      { slug: 'sleepyco' },
    );
    const idOf = (source: string): string =>
      data.organization.commitments.nodes.find((node: { source: string }) => node.source === source).id;
    const ids = [
      idOf('COMMITMENT_MANAGER'),
      idOf('LOGISENSE'),
      idOf('CLOUDMC'),
      data.organization.contracts.nodes[0].id,
      data.organization.serviceOrders.nodes[0].id,
    ];
    over.forgetCalls();
    const answer = await over.query('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(answer.data.nodes.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(counts()).toEqual({
      'commitment-manager': 1,
      salesforce: 1,
      logisense: 1,
      monetizenow: 1,
      cloudmc: 1,
    });
    expect(over.calls().cloudmc[0]).toMatch(/\/commitments\/[0-9a-f-]{36}$/);
    expect(over.calls().logisense[0]).toMatch(/\/Contract\/Commitment\/\d+\/Detail$/);
    expect(over.calls()['commitment-manager'][0]).toMatch(/\/commitments$/);
  });
});

describe('calls for 100 nodes of 4 organizations', () => {
  beforeAll(async () => {
    const profiles = generatePortfolio({ organizations: 4, commitmentsPerBackend: 9, seed: 7, today: TODAY });
    over = await startSandboxedGateway({ profiles, backends: (section) => withoutFreshness(section) });
  });
  afterAll(() => over[Symbol.asyncDispose]());

  it('are at most one list to each backend and organization', async () => {
    const ids: string[] = [];
    for (const { slug } of over.sandbox.profiles) {
      const { data } = await over.query(
        `query ($slug: String!) { organization(slug: $slug) { commitments(first: 100) { nodes { id source } } } }`,
        { slug },
      );
      const nodes: { id: string; source: string }[] = data.organization.commitments.nodes;
      for (const source of ['COMMITMENT_MANAGER', 'LOGISENSE', 'CLOUDMC']) {
        ids.push(
          ...nodes
            .filter((node) => node.source === source)
            .slice(0, 9)
            .map(({ id }) => id),
        );
      }
    }
    const asked = ids.slice(0, 100);
    expect(asked).toHaveLength(100);
    over.forgetCalls();
    const { data, errors } = await over.query('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: asked,
    });
    expect(errors).toEqual([]);
    expect(data.nodes.map(({ id }: { id: string }) => id)).toEqual(asked);
    const calls = over.calls();
    expect(calls['commitment-manager']).toHaveLength(4);
    expect(calls.cloudmc).toHaveLength(4);
    expect(calls.logisense).toHaveLength(1); // one page holds them all, and one scan serves all four
    expect(calls.monetizenow).toEqual([]);
    expect(calls.salesforce).toEqual([]);
  });
});

describe('calls under load', () => {
  it('of 50 clients with the same query at once are those of one', async () => {
    await using own = await startSandboxedGateway();
    over = own;
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => over.query(EVERYTHING, { slug: 'sleepyco' })),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.errors).toEqual([]);
    expect(counts()).toEqual({
      'commitment-manager': 1,
      salesforce: 1,
      logisense: 1,
      monetizenow: 1,
      cloudmc: 1,
    });
  });

  it('never exceed ten in any sliding second at Commitment Manager, and nobody is refused', async () => {
    await using own = await startSandboxedGateway({
      backends: (section) => withoutFreshness(section),
    });
    over = own;
    const slugs = over.sandbox.profiles
      .filter(({ commitmentManager }) => commitmentManager)
      .map(({ slug }) => slug);
    const asked = slugs.flatMap((slug) => [
      `query Commitments { organization(slug: "${slug}") { commitments(filter: { sources: [COMMITMENT_MANAGER] }) { nodes { id } } } }`,
      `query State { organization(slug: "${slug}") { minimumCommitmentState { syncStatus } } }`,
      `query Usage { organization(slug: "${slug}") { usage { used { amount } } } }`,
    ]);
    const answers = await Promise.all(asked.map((document) => over.query(document)));
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    const times = over.sandbox.emulator('commitment-manager').calls.map(({ at }) => at);
    expect(times.length).toBeGreaterThanOrEqual(asked.length);
    const busiest = Math.max(
      ...times.map((at) => times.filter((other) => other > at - 1000 && other <= at).length),
    );
    expect(busiest).toBeLessThanOrEqual(10);
  }, 30_000);
});

/** Every answer is asked for anew: what is shared is shared while in flight, and what is batched is batched. */
function withoutFreshness(section: object): unknown {
  return Object.fromEntries(
    Object.entries(section).map(([key, value]) => [key, { ...value, freshForMs: 0 }]),
  );
}
