/**
 * CloudMC's samples (seed 003), served byte for byte over HTTP in its place, come out of the graph with every field
 * right: the list, the single read, and both answers to a create, served as single reads. Those two have neither status
 * nor reseller.
 *
 * The answer to a delete, `{taskId, taskStatus}`, belongs to the mutations and cannot come out of a graph that only reads.
 */
import { describe, expect, it } from 'vitest';
import { everyField } from '../support/every-field.js';
import { startGateway } from '../support/gateway.js';
import { startPlainServer, type PlainReply, type PlainRoutes } from '../support/plain-server.js';
import { sampleBytes } from '../support/samples.js';

const NOW = '2022-08-15T12:00:00Z';
const FRESHNESS = { observedAt: NOW, ageMs: 0, stale: false };
const LIST = 'GET /api/v2/commitments';
const SLEEPYCO = '42a54cde-0e5d-4168-9827-5967ded6095e';
const SUB_ORG = 'e2c00fdb-d493-422c-889f-eb734806b80e';

const sample = (name: string): PlainReply => ({ body: sampleBytes(`cloudmc/${name}`) });

async function ask(routes: PlainRoutes, document: string, variables: object = {}) {
  await using server = await startPlainServer(routes);
  await using gateway = await startGateway({
    backends: { cloudmc: { url: `${server.url}/api/v2`, apiKey: 'not-a-real-key' } },
    accounts: [
      { slug: 'acme', name: 'Acme', currency: 'USD', cloudmc: { organizationId: SLEEPYCO } },
      { slug: 'sub', name: 'Sub', currency: 'CAD', cloudmc: { organizationId: SUB_ORG } },
    ],
    clock: () => Date.parse(NOW),
  });
  const { data, errors } = await gateway.query(document, variables);
  return { data, errors, calls: server.calls };
}

const COMMITMENT = everyField('ResourceCommitment');

const FIXED_PRICE = {
  id: 'Q2ZDOUtMMXJhY21lLzUyYTU0Y2RlLTBlNWQtNDE2OC05ODI3LTU5NjdkZWQ2MDk1ZQ',
  source: 'CLOUDMC',
  externalId: '52a54cde-0e5d-4168-9827-5967ded6095e',
  name: 'fixed price commitment',
  organization: { slug: 'acme' },
  status: 'ACTIVE',
  statusText: 'IN_PROGRESS',
  term: { startsOn: '2022-01-01', endsBefore: '2023-01-01' },
  committed: { amount: '500.00', currency: 'USD' },
  committedPer: 'BILLING_CYCLE',
  products: [
    {
      externalId: '52a54cde-0e5d-4168-9827-5967ded6095e',
      product: { id: 'bcd82514-d539-4d66-aaf4-b24a95ebe1cd', sku: 'CVM-1M02' },
      committedQuantity: '1000',
      discountPercent: null,
      referencePrice: null,
      createdAt: '2022-06-17T18:48:25Z',
      updatedAt: '2022-06-17T18:48:25Z',
    },
  ],
  periods: [],
  createdAt: '2022-06-17T18:48:07Z',
  updatedAt: '2022-06-17T18:48:07Z',
  version: expect.stringMatching(/^[A-Za-z0-9_-]{16}$/) as unknown,
  freshness: FRESHNESS,
  pricingMethod: 'FIXED_PRICE',
  pricingMethodText: 'FIXED_PRICE',
  rateType: null,
  rateTypeText: null,
  resourceType: 'RESOURCE',
  fixedPrice: '500',
  taxCode: { code: 'SI086690', description: 'IT Services' },
  customer: { externalId: SLEEPYCO, name: 'SleepyCo' },
  reseller: { externalId: '55a89cde-0e5d-4168-9827-5967ded6095e', name: 'SleepyParentCo' },
  isTerminated: false,
};

const FIXED_RATE = {
  ...FIXED_PRICE,
  id: 'eVhocXJPMXJhY21lLzYyYTU0Y2RlLTBlNWQtNDE2OC05ODI3LTU5NjdkZWQ2MDk1ZQ',
  externalId: '62a54cde-0e5d-4168-9827-5967ded6095e',
  name: 'fixed rate commitment',
  committed: null,
  committedPer: null,
  products: [
    {
      externalId: '62a54cde-0e5d-4168-9827-5967ded6095e',
      product: { id: 'bcd82514-d539-4d66-aaf4-b24a95ebe1cd', sku: 'CVM-1M02' },
      committedQuantity: '1000',
      discountPercent: '0.1',
      referencePrice: '10',
      createdAt: '2022-06-17T18:49:50Z',
      updatedAt: '2022-06-17T18:49:50Z',
    },
  ],
  createdAt: '2022-06-17T18:49:38Z',
  updatedAt: '2022-06-17T18:49:38Z',
  pricingMethod: 'UTILITY_DISCOUNT',
  pricingMethodText: 'UTILITY_DISCOUNT',
  rateType: 'FIXED_RATE',
  rateTypeText: 'FIXED_RATE',
  fixedPrice: null,
  taxCode: null,
};

describe('the sample of GET /commitments', () => {
  it('comes out with every field of both commitments', async () => {
    const document = `{ organization(slug: "acme") {
      commitments(filter: { sources: [CLOUDMC] }) {
        nodes { ... on ResourceCommitment ${COMMITMENT} }
        coverage { complete }
      }
    } }`;
    const { data, errors, calls } = await ask({ [LIST]: sample('list') }, document);
    expect(errors).toEqual([]);
    expect(data).toEqual({
      organization: { commitments: { nodes: [FIXED_PRICE, FIXED_RATE], coverage: { complete: true } } },
    });
    expect(calls).toHaveLength(1);
    expect(Object.fromEntries(calls[0]!.query)).toEqual({ organization_id: SLEEPYCO });
    expect(calls[0]!.headers).toMatchObject({ 'mc-api-key': 'not-a-real-key' });
  });
});

const BY_ID = `query ($id: ID!) {
  commitment(id: $id) { ... on ResourceCommitment ${COMMITMENT} }
  node(id: $id) { ... on ResourceCommitment ${COMMITMENT} }
}`;

describe('the sample of GET /commitments/:id', () => {
  it('comes out with every field', async () => {
    const routes = { [`${LIST}/${FIXED_PRICE.externalId}`]: sample('get') };
    const { data, errors, calls } = await ask(routes, BY_ID, { id: FIXED_PRICE.id });
    expect(errors).toEqual([]);
    expect(data).toEqual({ commitment: FIXED_PRICE, node: FIXED_PRICE });
    expect(calls).toHaveLength(1);
  });
});

/** What the answers to both creates share. */
const CREATED = {
  version: expect.stringMatching(/^[A-Za-z0-9_-]{16}$/) as unknown,
  source: 'CLOUDMC',
  organization: { slug: 'sub' },
  // Not in the answer: from the dates.
  status: 'ACTIVE',
  statusText: null,
  term: { startsOn: '2022-06-01', endsBefore: '2023-01-01' },
  periods: [],
  freshness: FRESHNESS,
  resourceType: 'RESOURCE',
  customer: { externalId: SUB_ORG, name: 'subOrg' },
  reseller: null,
  isTerminated: false,
};

describe('the sample answers of POST /commitments', () => {
  it.each([
    [
      'create-fixed-price-response',
      {
        ...CREATED,
        id: 'bm16R2ZoMXJzdWIvYWE3YzgxYWItNDc4YS00OTZiLWEwYWUtOGYzMDQ1OWIwZmE1',
        externalId: 'aa7c81ab-478a-496b-a0ae-8f30459b0fa5',
        name: 'fixed monthly price commitment',
        committed: { amount: '500.00', currency: 'CAD' },
        committedPer: 'BILLING_CYCLE',
        products: [
          {
            externalId: '6dc908c1-3e52-4dc1-b12d-b9de518aae7a',
            product: { id: '73ebf9c8-ecf7-4ee6-b881-150023d5f442', sku: 'f' },
            committedQuantity: '1000',
            discountPercent: null,
            referencePrice: null,
            createdAt: '2022-06-29T21:03:36.731Z',
            updatedAt: '2022-06-29T21:03:36.731Z',
          },
        ],
        createdAt: '2022-06-29T21:03:36.708Z',
        updatedAt: '2022-06-29T21:03:36.708Z',
        pricingMethod: 'FIXED_PRICE',
        pricingMethodText: 'FIXED_PRICE',
        rateType: null,
        rateTypeText: null,
        fixedPrice: '500',
        taxCode: { code: 'SI086690', description: 'IT Services' },
      },
    ],
    [
      'create-utility-discount-response',
      {
        ...CREATED,
        id: 'YXh2R3V5MXJzdWIvN2UyYzE1YWUtYzQzYi00NGU5LTliYmItOGU4ODIxNzQwZjUz',
        externalId: '7e2c15ae-c43b-44e9-9bbb-8e8821740f53',
        name: 'fixed rate commitment',
        committed: null,
        committedPer: null,
        products: [
          {
            externalId: '4a7be20e-23f2-4e83-883e-8e5c56e7552a',
            product: { id: '73ebf9c8-ecf7-4ee6-b881-150023d5f442', sku: 'f' },
            committedQuantity: '1000',
            discountPercent: '10',
            referencePrice: '10',
            createdAt: '2022-06-29T21:06:55.163Z',
            updatedAt: '2022-06-29T21:06:55.163Z',
          },
        ],
        createdAt: '2022-06-29T21:06:55.153Z',
        updatedAt: '2022-06-29T21:06:55.153Z',
        pricingMethod: 'UTILITY_DISCOUNT',
        pricingMethodText: 'UTILITY_DISCOUNT',
        rateType: 'FIXED_RATE',
        rateTypeText: 'FIXED_RATE',
        fixedPrice: null,
        taxCode: null,
      },
    ],
  ])('%s comes out of a single read with every field', async (name, expected) => {
    const routes = { [`${LIST}/${expected.externalId}`]: sample(name) };
    const { data, errors } = await ask(routes, BY_ID, { id: expected.id });
    expect(errors).toEqual([]);
    expect(data).toEqual({ commitment: expected, node: expected });
  });
});
