/**
 * Salesforce's answers come out of the graph with every field right. The page (seed 000) shows a query and no answer:
 * served byte for byte over HTTP are replies in Salesforce's own form (`attributes`, `+0000`, nested and paged details)
 * with every field of `backends.md` §2.3: a plain order, an annual one and a ramped one, over two pages, and the ramp
 * over two pages too.
 */
import { describe, expect, it } from 'vitest';
import { everyField } from '../support/every-field.js';
import { startGateway } from '../support/gateway.js';
import { startPlainServer, type PlainReply, type PlainRoutes } from '../support/plain-server.js';
import { sampleBytes } from '../support/samples.js';

const ORGANIZATION_ID = '619c56b5-596b-4cc4-8b04-38fe8e05c750';
const NOW = '2024-06-15T12:00:00Z';
const FRESHNESS = { observedAt: NOW, ageMs: 0, stale: false };

const sample = (name: string): PlainReply => ({ body: sampleBytes(`salesforce/${name}`) });
const LOGIN = 'POST /services/oauth2/token';
const QUERY = 'GET /services/data/v59.0/query';

const PAGES: PlainRoutes = {
  [LOGIN]: {
    body: `{"access_token": "00D!not-a-real-token", "signature": "c2ln", "scope": "api", "token_type": "Bearer",
      "instance_url": "https://acme.example", "id": "https://login.example/id/00D/005", "issued_at": "1718452800000"}`,
  },
  [QUERY]: sample('orders-page-1'),
  [`${QUERY}/01gRO0000016PIAYA2-2`]: sample('orders-page-2'),
  [`${QUERY}/01gRO0000016PIBYA2-1`]: sample('ramp-page-2'),
};

async function ask(routes: PlainRoutes, document: string, withCommitmentManager = false) {
  await using server = await startPlainServer(routes);
  await using gateway = await startGateway({
    backends: {
      salesforce: { url: server.url, clientId: 'client', clientSecret: 'not-a-real-secret' },
      ...(withCommitmentManager
        ? {
            commitmentManager: {
              url: `${server.url}/cm`,
              username: 'gateway',
              webhookApiKey: 'not-a-real-key',
              bearerToken: 'not-a-real-token',
            },
          }
        : {}),
    },
    accounts: [
      {
        slug: 'acme',
        name: 'Acme',
        currency: 'USD',
        commitmentManager: { organizationId: ORGANIZATION_ID },
        salesforce: {},
      },
    ],
    clock: () => Date.parse(NOW),
  });
  const { data, errors } = await gateway.query(document);
  return { data, errors, calls: server.calls };
}

const ORDER = everyField('ServiceOrder', { MinimumCommitment: '{ externalId }' });

/** What all orders share. */
const COMMON = {
  source: 'SALESFORCE',
  organization: { slug: 'acme' },
  missionControlAccountId: 'a0T000000000001AAA',
  minimumCommitment: null,
  freshness: FRESHNESS,
};

const PLAIN = {
  ...COMMON,
  id: 'SGpRSHVzMXNhY21lL2ExQjAwMDAwMDAwMDAwMUFBQQ',
  externalId: 'a1B000000000001AAA',
  name: 'SleepyCo SO-0001',
  stage: 'SIGNED',
  stageText: 'Signed',
  // One month from January 31 ends with February, whatever the formula says.
  term: { startsOn: '2024-01-31', endsBefore: '2024-02-29' },
  reportedEndOn: '2024-02-28',
  durationMonths: 1,
  amount: '15000',
  committed: { amount: '15000.00', currency: 'USD' },
  monthlyMinimum: { amount: '15000.00', currency: 'USD' },
  commitCycle: 'MONTHLY',
  commitCycleText: 'Monthly',
  isRevOpsApproved: true,
  commitmentHandlerId: 'ch_42',
  opportunityId: '006000000000001AAA',
  rampSteps: [],
  createdAt: '2024-01-02T01:02:03.25Z',
  updatedAt: '2024-02-20T20:49:32Z',
};

const ANNUAL = {
  ...COMMON,
  id: 'Mjd2cmZDMXNhY21lL2ExQjAwMDAwMDAwMDAwMkFBQQ',
  externalId: 'a1B000000000002AAA',
  name: 'SleepyCo SO-0002',
  stage: 'UNRECOGNIZED',
  stageText: 'Draft',
  term: { startsOn: '2025-01-01', endsBefore: '2026-01-01' },
  reportedEndOn: '2025-12-31',
  durationMonths: null,
  amount: '100000.1',
  committed: { amount: '100000.10', currency: 'USD' },
  monthlyMinimum: { amount: '8333.34', currency: 'USD' },
  commitCycle: 'ANNUAL',
  commitCycleText: 'Annual',
  isRevOpsApproved: false,
  commitmentHandlerId: null,
  opportunityId: null,
  rampSteps: [],
  createdAt: '2024-12-01T00:00:00Z',
  updatedAt: '2024-12-01T00:00:00Z',
};

const RAMPED = {
  ...COMMON,
  id: 'aHZpSkJSMXNhY21lL2ExQjAwMDAwMDAwMDAwM0FBQQ',
  externalId: 'a1B000000000003AAA',
  name: 'SleepyCo SO-0003',
  stage: 'TERMINATED',
  stageText: 'Terminated',
  term: { startsOn: '2024-01-01', endsBefore: '2025-01-01' },
  reportedEndOn: '2024-12-31',
  durationMonths: 12,
  amount: null,
  committed: null,
  monthlyMinimum: null,
  commitCycle: 'MONTHLY',
  commitCycleText: 'Monthly',
  isRevOpsApproved: true,
  commitmentHandlerId: 'ch_43',
  opportunityId: null,
  rampSteps: [
    {
      externalId: 'a1C000000000001AAA',
      name: 'SOD-1',
      cycleNumber: 1,
      amount: '10000',
      committed: { amount: '10000.00', currency: 'USD' },
      durationMonths: 6,
      term: { startsOn: '2024-01-15', endsBefore: '2024-07-01' },
      normalizedTerm: { startsOn: '2024-01-01', endsBefore: '2024-07-01' },
    },
    {
      externalId: 'a1C000000000002AAA',
      name: 'SOD-2',
      cycleNumber: 2,
      amount: '20000',
      committed: { amount: '20000.00', currency: 'USD' },
      durationMonths: 6,
      term: { startsOn: '2024-07-01', endsBefore: '2025-01-01' },
      normalizedTerm: { startsOn: '2024-07-01', endsBefore: '2025-01-01' },
    },
  ],
  createdAt: '2024-01-01T00:00:00Z',
  updatedAt: '2024-06-01T00:00:00Z',
};

const LIST_QUERY = `{ organization(slug: "acme") {
  serviceOrders { nodes ${ORDER} totalCount coverage { complete } }
} }`;

describe('service orders', () => {
  it('come out with every field', async () => {
    const { data, errors, calls } = await ask(PAGES, LIST_QUERY);
    expect(errors).toEqual([]);
    expect(data).toEqual({
      organization: {
        serviceOrders: { nodes: [RAMPED, PLAIN, ANNUAL], totalCount: 3, coverage: { complete: true } },
      },
    });

    expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual(Object.keys(PAGES));
    expect(Object.fromEntries(new URLSearchParams(calls[0]!.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'client',
      client_secret: 'not-a-real-secret',
    });
    for (const call of calls.slice(1)) expect(call.headers.authorization).toBe('Bearer 00D!not-a-real-token');
    expect(calls[1]!.query.get('q')).toContain(
      `WHERE Mission_Control_Account__r.Organization_ID__c = '${ORGANIZATION_ID}'`,
    );
  });

  it('come out of `node` by their id the same', async () => {
    const one = `{ "totalSize": 1, "done": true, "records": [${recordText('orders-page-1', 0)}] }`;
    const document = `{ node(id: "${PLAIN.id}") { ... on ServiceOrder ${ORDER} } }`;
    const { data, errors } = await ask({ ...PAGES, [QUERY]: { body: one } }, document);
    expect(errors).toEqual([]);
    expect(data).toEqual({ node: PLAIN });
  });

  it('meet the commitment that they became, in both directions', async () => {
    const commitmentManager: PlainRoutes = {
      'GET /cm/commitments': { body: sampleBytes('commitment-manager/commitments') },
      [`GET /cm/organizations/${ORGANIZATION_ID}/commitment/current`]: {
        body: `{"commitment": {"status": "active", "mmc_amount": 15000, "contract_start_date": "2024-02-01",
          "contract_end_date": "2025-01-31", "sync_status": "synchronized", "commitment_handler_id": "ch_42"}}`,
      },
    };
    const document = `{ organization(slug: "acme") {
      serviceOrders { nodes { externalId minimumCommitment { externalId } } }
      commitments { nodes { externalId ... on MinimumCommitment { serviceOrder { externalId } } } }
    } }`;
    const { data, errors } = await ask({ ...PAGES, ...commitmentManager }, document, true);
    expect(errors).toEqual([]);
    expect(data.organization).toEqual({
      serviceOrders: {
        nodes: [
          { externalId: RAMPED.externalId, minimumCommitment: null },
          { externalId: PLAIN.externalId, minimumCommitment: { externalId: 'cm_7f3b9e2a1c' } },
          { externalId: ANNUAL.externalId, minimumCommitment: null },
        ],
      },
      commitments: {
        nodes: [{ externalId: 'cm_7f3b9e2a1c', serviceOrder: { externalId: PLAIN.externalId } }],
      },
    });
  });
});

/** One record of a page, as text; the samples hold no number that this could change. */
function recordText(name: string, index: number): string {
  const text = new TextDecoder().decode(sampleBytes(`salesforce/${name}`));
  return JSON.stringify((JSON.parse(text) as { records: unknown[] }).records[index]);
}
