/** What ends when, over the sandbox: order, notice days worked out by hand, unknowns, pages, calls, and backends that are down. */
import { beforeEach, describe, expect, it } from 'vitest';
import { generatePortfolio } from '../../src/sandbox/portfolio.js';
import { clientOf, withKey } from '../support/clients.js';
import { startSandboxedGateway, TODAY, type SandboxedGateway } from '../support/sandboxed-gateway.js';

const ALL = 'the-key-of-all';
const OTHER = 'the-key-of-another';
const READER = 'the-key-of-a-reader';
const clients = [
  clientOf('all', ALL, '*'),
  clientOf('other', OTHER, ['tessera-bank']),
  { ...clientOf('reader', READER, '*'), scopes: ['commitments:read' as const] },
].map((client) => ({ ...client, limits: { mode: 'off' as const } }));

let over: SandboxedGateway;
beforeEach(async () => {
  over = await startSandboxedGateway({ clients });
  return () => over[Symbol.asyncDispose]();
});

const ask = (query: string, variables: object = {}, key = ALL) => over.query(query, variables, withKey(key));
const counts = () =>
  Object.fromEntries(Object.entries(over.calls()).map(([name, calls]) => [name, calls.length]));

const NODE = `kind source externalId name startsOn lastOn endsBefore noticeDays lastNoticeOn renewsAutomatically renewalMonths
  atEnd value { amount currency } valuePer renewalValue { amount currency } organization { slug } targetId`;
const LIST = `totalCount nodes { ${NODE} } pageInfo { hasNextPage endCursor } coverage { complete missing sources { source state code } }`;
const OF_ONE = `query ($filter: RenewalFilter) { organization(slug: "sleepyco") { renewals(filter: $filter) { ${LIST} } } }`;

interface Node {
  readonly kind: string;
  readonly externalId: string;
  readonly lastNoticeOn: string | null;
  readonly endsBefore: string | null;
  readonly atEnd: string;
  readonly organization: { readonly slug: string };
}

describe('of a customer', () => {
  it('are in order of urgency, with the days of the contract terms', async () => {
    const { data, errors } = await ask(OF_ONE);
    expect(errors).toEqual([]);
    const { nodes, totalCount, coverage } = data.organization.renewals;
    expect(totalCount).toBe(8);
    expect(coverage).toMatchObject({ complete: true, missing: [] });
    expect(nodes.map(({ kind }: Node) => kind)).toEqual([
      ...['RESOURCE_COMMITMENT', 'RESOURCE_COMMITMENT', 'MINIMUM_COMMITMENT', 'CONTRACT'],
      ...['CONTRACT_COMMITMENT', 'CONTRACT_COMMITMENT', 'SERVICE_ORDER', 'CONTRACT_COMMITMENT'],
    ]);
    const [fixed, , minimum, contract, ofContract, , order] = nodes;
    expect(fixed).toMatchObject({
      lastOn: '2027-02-28',
      endsBefore: '2027-03-01',
      lastNoticeOn: null,
      atEnd: 'ENDS',
      value: { amount: '500.00', currency: 'USD' },
      valuePer: 'BILLING_CYCLE',
    });
    expect(minimum).toMatchObject({
      externalId: 'cm_7f3b9e2a1c',
      startsOn: '2026-06-01',
      lastOn: '2027-05-31',
      noticeDays: 30,
      lastNoticeOn: '2027-05-01', // thirty days from 2 to 31 May
      renewsAutomatically: true,
      renewalMonths: 12,
      atEnd: 'RENEWS',
      value: { amount: '15000.00', currency: 'USD' },
      valuePer: 'MONTH',
      renewalValue: { amount: '180000.00', currency: 'USD' },
      organization: { slug: 'sleepyco' },
    });
    expect(contract).toMatchObject({ lastNoticeOn: '2027-05-01', atEnd: 'RENEWS', valuePer: 'TERM' });
    for (const unknown of [ofContract, order]) {
      expect(unknown).toMatchObject({ atEnd: 'UNKNOWN', noticeDays: null, lastNoticeOn: null });
    }
    for (const { targetId, externalId } of [fixed, minimum, contract, ofContract, order]) {
      const { data: found } = await ask(
        'query ($id: ID!) { node(id: $id) { ... on Commitment { externalId } ... on Contract { externalId } ... on ServiceOrder { externalId } } }',
        { id: targetId },
      );
      expect(found.node).toEqual({ externalId });
    }
  });

  it('cost a list of each source, the contract terms, and a read of each contract that has not ended', async () => {
    const { data } = await ask('{ organization(slug: "sleepyco") { contracts { nodes { status } } } }');
    const going = data.organization.contracts.nodes.filter(
      ({ status }: { status: string }) => status === 'ACTIVE',
    );
    over.forgetCalls();
    expect((await ask(OF_ONE)).errors).toEqual([]);
    expect(counts()).toEqual({
      'commitment-manager': 2,
      salesforce: 1,
      logisense: 1,
      monetizenow: going.length, // the list is at hand from before
      cloudmc: 1,
    });
  });

  it.each([
    ['that end before a day', { endsBefore: '2027-03-01' }, ['RESOURCE_COMMITMENT', 'RESOURCE_COMMITMENT']],
    [
      'whose notice is over before a day, or not known',
      { noticeBefore: '2027-05-02' },
      [
        ...['MINIMUM_COMMITMENT', 'CONTRACT', 'CONTRACT_COMMITMENT', 'CONTRACT_COMMITMENT'],
        ...['SERVICE_ORDER', 'CONTRACT_COMMITMENT'],
      ],
    ],
    [
      'whose notice is known to be over before a day',
      { noticeBefore: '2027-05-02', includeUnknown: false },
      ['MINIMUM_COMMITMENT', 'CONTRACT'],
    ],
    ['whose last day for notice is that day', { noticeBefore: '2027-05-01', includeUnknown: false }, []],
    ['of a source', { sources: ['SALESFORCE'] }, ['SERVICE_ORDER']],
  ])('%s', async (_, filter, kinds) => {
    const { data, errors } = await ask(OF_ONE, { filter });
    expect(errors).toEqual([]);
    expect(data.organization.renewals.nodes.map(({ kind }: Node) => kind)).toEqual(kinds);
    if ('sources' in filter) {
      const asked = Object.entries(counts()).filter(([, calls]) => calls > 0);
      expect(asked).toEqual([['salesforce', 1]]);
    }
  });

  it('whose terms are not stated are unknown, and there', async () => {
    const { data, errors } = await ask(OF_ONE.replace('sleepyco', 'polar-night-games'));
    expect(errors).toEqual([]);
    const minimum = data.organization.renewals.nodes.find(({ kind }: Node) => kind === 'MINIMUM_COMMITMENT');
    expect(minimum).toMatchObject({ atEnd: 'UNKNOWN', lastNoticeOn: null, renewsAutomatically: null });
  });

  it('whose terms cannot be read are unknown, and the source is partial', async () => {
    over.sandbox.emulators['commitment-manager']!.faults.replace([
      { match: { path: '/contract' }, fault: { kind: 'refuse', status: 400 } },
    ]);
    over.sandbox.emulators.monetizenow!.faults.replace([
      { match: { path: '/api/contracts/' }, fault: { kind: 'refuse', status: 400 } },
    ]);
    const { data, errors } = await ask(OF_ONE);
    expect(errors.map(({ path, extensions: { source } }) => [path?.join('.'), source])).toEqual(
      expect.arrayContaining([
        ['organization.renewals', 'COMMITMENT_MANAGER'],
        ['organization.renewals', 'MONETIZENOW'],
      ]),
    );
    const { nodes, coverage, totalCount } = data.organization.renewals;
    expect(totalCount).toBe(8);
    const minimum = nodes.find(({ kind }: Node) => kind === 'MINIMUM_COMMITMENT');
    expect(minimum).toMatchObject({
      lastOn: '2027-05-31',
      atEnd: 'UNKNOWN',
      noticeDays: null,
      lastNoticeOn: null,
    });
    expect(nodes.find(({ kind }: Node) => kind === 'CONTRACT')).toMatchObject({ lastNoticeOn: null });
    expect(coverage).toMatchObject({ complete: false, missing: ['COMMITMENT_MANAGER', 'MONETIZENOW'] });
  });

  it('with a backend down are those of the others, and it is said', async () => {
    over.sandbox.emulators.salesforce!.faults.replace([{ fault: { kind: 'refuse', status: 400 } }]);
    const { data, errors } = await ask(OF_ONE);
    expect(errors).toMatchObject([
      { path: ['organization', 'renewals'], extensions: { source: 'SALESFORCE' } },
    ]);
    expect(data.organization.renewals).toMatchObject({
      totalCount: 7,
      coverage: { missing: ['SALESFORCE'] },
    });
  });
});

describe('of all customers', () => {
  const ALL_OF_THEM = `query ($first: Int!, $after: String, $filter: PortfolioRenewalFilter) {
    renewals(first: $first, after: $after, filter: $filter) { ${LIST} } }`;

  it('are in one order, each once, whatever the page size', async () => {
    const { data, errors } = await ask(ALL_OF_THEM, { first: 100 });
    expect(errors).toEqual([]);
    const whole: Node[] = data.renewals.nodes;
    expect(whole.length).toBe(data.renewals.totalCount);
    expect(new Set(whole.map(({ organization }) => organization.slug)).size).toBeGreaterThan(10);
    const urgency = whole.map(({ lastNoticeOn, endsBefore }) => lastNoticeOn ?? endsBefore ?? '~');
    expect(urgency).toEqual([...urgency].sort());
    expect(whole.some(({ atEnd }) => atEnd === 'GOES_ON_OPEN')).toBe(true);

    const paged: string[] = [];
    let after: string | null = null;
    do {
      const page = await ask(ALL_OF_THEM, { first: 17, after });
      expect(page.errors).toEqual([]);
      paged.push(...page.data.renewals.nodes.map(({ kind, externalId }: Node) => `${kind} ${externalId}`));
      after = page.data.renewals.pageInfo.hasNextPage ? page.data.renewals.pageInfo.endCursor : null;
    } while (after !== null);
    expect(paged).toEqual(whole.map(({ kind, externalId }) => `${kind} ${externalId}`));
  });

  it('who are named, as far as they may be seen', async () => {
    const filter = { organizations: ['sleepyco', 'tessera-bank', 'nobody'] };
    const slugs = async (key: string) => {
      const { data } = await ask(ALL_OF_THEM, { first: 100, filter }, key);
      return new Set((data.renewals.nodes as Node[]).map(({ organization: { slug } }) => slug));
    };
    expect(await slugs(ALL)).toEqual(new Set(['sleepyco', 'tessera-bank']));
    over.forgetCalls();
    expect(await slugs(OTHER)).toEqual(new Set(['tessera-bank']));
    const { status, errors } = await ask(ALL_OF_THEM, { first: 1 }, READER);
    expect([status, errors[0]?.extensions.code]).toEqual([403, 'FORBIDDEN']);
  });

  it('are refused beyond fifty customers, before anybody is asked', async () => {
    await using many = await startSandboxedGateway({
      clients,
      profiles: generatePortfolio({ organizations: 51, commitmentsPerBackend: 1, seed: 3, today: TODAY }),
    });
    const { data, errors } = await many.query('{ renewals { totalCount } }', {}, withKey(ALL));
    expect(data).toEqual({ renewals: null });
    expect(errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    expect(errors[0]?.message).toContain('at most 50 of your 51 customers');
    expect(Object.values(many.calls()).flat()).toEqual([]);
  });
});
