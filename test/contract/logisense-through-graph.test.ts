/**
 * LogiSense's samples (seed 001), served byte for byte over HTTP in its place, come out of the graph with every field
 * right. The gateway asks `Paged/Detail` and `{id}/Detail` only, so the samples of the other reads are served there.
 *
 * The sample answers of POST, PUT, PATCH and DELETE belong to the mutations and cannot come out of a graph that only
 * reads. What can be shown of them: their records are read by the same schema, plain or inside an action record.
 */
import { parse } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { commitmentItem, identityOf } from '../../src/backends/logisense/wire.js';
import { everyField } from '../support/every-field.js';
import { startGateway } from '../support/gateway.js';
import { startPlainServer, type PlainReply, type PlainRoutes } from '../support/plain-server.js';
import { sampleBytes } from '../support/samples.js';

const NOW = '2026-11-21T12:00:00Z';
const FRESHNESS = { observedAt: NOW, ageMs: 0, stale: false };
const BASE = '/ResourceServer/api/v6/Contract/Commitment';
const SCAN = `GET ${BASE}/Paged/Detail`;
const SINGLE = `GET ${BASE}/1/Detail`;
const LOGIN = 'POST /AuthorizationServer/api/v6/Access/Login';
/** Of commitment 1 of the organization. */
const GLOBAL_ID = 'aWJVVUdSMWNhY21lLzE';

const sample = (name: string): PlainReply => ({ body: sampleBytes(`logisense/${name}`) });

const TOKEN: PlainReply = {
  body: `{"access_token": "not-a-real-token", "refresh_token": "not-a-real-refresh-token", "token_type": "bearer",
    "expires_in": 1800, "audience": "gateway", ".issued": "Sat, 21 Nov 2026 12:00:00 GMT",
    ".expires": "Sat, 21 Nov 2026 12:30:00 GMT", "actingOwnerId": 1}`,
};

async function ask(routes: PlainRoutes, document: string, accountContractTerms: object = {}) {
  await using server = await startPlainServer({ [LOGIN]: TOKEN, ...routes });
  await using gateway = await startGateway({
    backends: {
      logisense: {
        url: `${server.url}/ResourceServer/api/v6`,
        username: 'gateway',
        password: 'not-a-real-password',
        clientId: 'client',
      },
    },
    accounts: [
      { slug: 'acme', name: 'Acme', logisense: { accountContractIds: [0, 2, 8, 24], accountContractTerms } },
    ],
    clock: () => Date.parse(NOW),
  });
  const { data, errors } = await gateway.query(document);
  return { data, errors, calls: server.calls };
}

const COMMITMENT = everyField('ContractCommitment');
const LIST_QUERY = `{ organization(slug: "acme") {
  commitments(filter: { sources: [LOGISENSE] }) {
    nodes { ... on ContractCommitment ${COMMITMENT} }
    coverage { complete }
  }
} }`;

const named = (externalId: string) => ({ externalId, name: 'Sample Text Data' });

/** All samples have the same texts and the same children; they differ in these ids. */
function commitment(ids: {
  readonly accountContract: string;
  readonly type: string;
  readonly penaltyService: string;
  readonly chargeType: string;
}) {
  return {
    id: GLOBAL_ID,
    source: 'LOGISENSE',
    externalId: '1',
    name: null,
    organization: { slug: 'acme' },
    status: 'UNKNOWN',
    statusText: null,
    term: { startsOn: null, endsBefore: null },
    committed: null,
    committedPer: null,
    products: [],
    periods: [] as object[],
    createdAt: null,
    updatedAt: null,
    version: expect.stringMatching(/^[A-Za-z0-9_-]{16}$/) as unknown,
    freshness: FRESHNESS,
    accountContract: named(ids.accountContract),
    commitmentType: named(ids.type),
    penalty: {
      service: named(ids.penaltyService),
      description: 'Minimum quantity commit.',
      chargeType: named(ids.chargeType),
    },
    includesChildAccounts: true,
    services: [] as object[],
    packageFrequencies: [] as object[],
    usageClasses: [] as object[],
  };
}

const PERIOD = {
  externalId: '98',
  commitmentExternalId: '61',
  order: 49,
  startsOn: null as string | null,
  endsBefore: null as string | null,
  occurrences: 96,
  frequency: { length: 30, unit: 'UNRECOGNIZED', name: 'Sample Text Data', externalId: '32' },
  isRemainderOfTerm: true,
};

const DETAILS = {
  periods: [PERIOD],
  services: [{ externalId: '13', commitmentExternalId: '93', service: named('92') }],
  packageFrequencies: [
    { externalId: '69', commitmentExternalId: '67', packageFrequency: named('88'), package: named('93') },
  ],
  usageClasses: [{ externalId: '6', commitmentExternalId: '82', usageClass: named('85') }],
};

const PAGED_DETAIL = {
  ...commitment({ accountContract: '8', type: '3', penaltyService: '16', chargeType: '19' }),
  ...DETAILS,
};

describe('the samples of lists', () => {
  it.each([
    ['paged-detail', PAGED_DETAIL],
    ['paged', commitment({ accountContract: '2', type: '18', penaltyService: '23', chargeType: '7' })],
    ['list', commitment({ accountContract: '8', type: '6', penaltyService: '3', chargeType: '18' })],
  ])('%s comes out with every field', async (name, expected) => {
    const { data, errors, calls } = await ask({ [SCAN]: sample(name) }, LIST_QUERY);
    expect(errors).toEqual([]);
    expect(data).toEqual({
      organization: { commitments: { nodes: [expected], coverage: { complete: true } } },
    });

    const [login, scan] = calls;
    expect(calls).toHaveLength(2);
    expect(Object.fromEntries(new URLSearchParams(login!.body))).toEqual({
      grant_type: 'password',
      username: 'gateway',
      password: 'not-a-real-password',
      client_id: 'client',
    });
    expect(login!.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
    expect(scan!.headers).toMatchObject({
      authorization: 'Bearer not-a-real-token',
      pagination: '{"pageNumber":1,"pageSize":100,"excludeTotalCount":false}',
    });
  });

  it('has dates and a status where the account directory gives the term of the account contract', async () => {
    const term = { startsOn: '2026-01-01', endsBefore: '2027-01-01' };
    const { data, errors } = await ask({ [SCAN]: sample('paged-detail') }, LIST_QUERY, { 8: term });
    expect(errors).toEqual([]);
    expect(data.organization.commitments.nodes).toEqual([
      { ...PAGED_DETAIL, status: 'ACTIVE', term, periods: [{ ...PERIOD, ...term }] },
    ]);
  });
});

describe('the samples of single reads', () => {
  it.each([
    [
      'get-detail',
      {
        ...commitment({ accountContract: '0', type: '2', penaltyService: '2', chargeType: '26' }),
        ...DETAILS,
      },
    ],
    ['get', commitment({ accountContract: '24', type: '23', penaltyService: '9', chargeType: '7' })],
  ])('%s comes out with every field', async (name, expected) => {
    const document = `{
      commitment(id: "${GLOBAL_ID}") { ... on ContractCommitment ${COMMITMENT} }
      node(id: "${GLOBAL_ID}") { ... on ContractCommitment ${COMMITMENT} }
    }`;
    const { data, errors, calls } = await ask({ [SINGLE]: sample(name) }, document);
    expect(errors).toEqual([]);
    expect(data).toEqual({ commitment: expected, node: expected });
    expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual([LOGIN, SINGLE]);
  });
});

describe('the samples of answers to writes', () => {
  const itemsOf = (name: string) => {
    const text = new TextDecoder().decode(sampleBytes(`logisense/${name}`));
    return (parse(text) as { results: { items: unknown[] } }).results.items;
  };

  it.each([
    ['create-response', '12', '7', '10', '13'],
    ['update-response', '25', '10', '19', '20'],
    ['patch-response', '6', '22', '1', '11'],
  ])('the record in %s is read', (name, accountContractId, type, penaltyService, chargeType) => {
    const items = itemsOf(name);
    expect(items).toHaveLength(1);
    expect(commitmentItem.parse(items[0])).toEqual({
      identity: '1',
      accountContractId,
      accountContractName: 'Sample Text Data',
      contractCommitmentTypeId: type,
      contractCommitmentTypeName: 'Sample Text Data',
      penaltyServiceId: penaltyService,
      penaltyServiceName: 'Sample Text Data',
      penaltyDescription: 'Minimum quantity commit.',
      includeChildAccounts: true,
      contractCommitmentPenaltyChargeTypeId: chargeType,
      contractCommitmentPenaltyChargeTypeName: 'Sample Text Data',
      details: null,
    });
  });

  it('no record of delete-response is taken for a commitment', () => {
    const items = itemsOf('delete-response');
    expect(items.map(identityOf)).toEqual(['1', null, null]);
    expect(items.map((item) => commitmentItem.safeParse(item).success)).toEqual([false, false, false]);
  });
});
