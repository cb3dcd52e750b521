/**
 * The requests of CloudMC's page (seed 003), made through the graph: what arrives is the page's sample, and the page's
 * answer, byte for byte, comes back whole. The sample of an update lacks a comma after `id` and has it here. The answers
 * to updates and terminations are what the page shows; commitments that are read beside them are its read sample, changed
 * as far as the request needs it.
 */
import { describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../../src/graph/global-id.js';
import {
  beforePlainServer,
  EVERYTHING,
  exactly,
  mutationOf,
  type Turns,
} from '../support/changes-contracts.js';
import { everyField } from '../support/every-field.js';
import type { PlainReply } from '../support/plain-server.js';
import { sampleBytes } from '../support/samples.js';

const NOW = '2022-08-15T12:00:00Z';
const SLEEPYCO = '42a54cde-0e5d-4168-9827-5967ded6095e';
const SUB_ORG = 'e2c00fdb-d493-422c-889f-eb734806b80e';
const FIXED = '52a54cde-0e5d-4168-9827-5967ded6095e';
const UPDATED = '60d16762-bec2-4d5a-916d-15c81b6c2d98';
const LIST = 'GET /api/v2/commitments';
const FIXED_ID = encodeGlobalId({ type: 'ResourceCommitment', organization: 'acme', key: FIXED });
const UPDATED_ID = encodeGlobalId({ type: 'ResourceCommitment', organization: 'acme', key: UPDATED });

const bytes = (name: string): PlainReply => ({ body: sampleBytes(`cloudmc/${name}`) });
const text = (name: string) => new TextDecoder().decode(sampleBytes(`cloudmc/${name}`));
/** As the page shows it under "Terminate commitment" and under "Update commitment". */
const TASK: PlainReply = {
  body: `{
    "taskId": "75a68ec2-d63e-4bc9-b485-8d5a3cc33d4f",
    "taskStatus": "SUCCESS"
}`,
};
const NO_COMMITMENTS: PlainReply = { body: '{"data": []}' };

/** The single read sample with other text in some places, each of which has to be there. */
function changed(...changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((sample, [from, to]) => {
    expect(sample).toContain(from);
    return sample.replaceAll(from, to);
  }, text('get'));
}
const listWith = (single: string): PlainReply => ({
  body: single.replace(/"data": \{/, '"data": [{').replace(/\}\s*\}\s*$/, '}]}'),
});

const open = (routes: Turns) =>
  beforePlainServer({
    routes,
    backends: (url) => ({ cloudmc: { url: `${url}/api/v2`, apiKey: 'not-a-real-key' } }),
    accounts: [
      { slug: 'acme', name: 'Acme', currency: 'USD', cloudmc: { organizationId: SLEEPYCO } },
      { slug: 'sub', name: 'Sub', currency: 'CAD', cloudmc: { organizationId: SUB_ORG } },
    ],
    now: NOW,
  });
const asked = (name: string, input: object) =>
  [
    mutationOf(name, EVERYTHING.ResourceCommitmentChangePayload),
    { input: { ...input, idempotencyKey: 'a-key-of-the-contract', reason: 'Because.' } },
  ] as const;

// ---- What comes back -------------------------------------------------------------------------------------------------

const DONE = { preview: null, isReplay: false, isDurable: true, userErrors: [] };
const OPERATION = {
  id: expect.any(String),
  state: 'SUCCEEDED',
  needsOperator: false,
  source: 'CLOUDMC',
  client: 'demo',
  idempotencyKey: 'a-key-of-the-contract',
  reason: 'Because.',
  requestedAt: NOW,
  sentAt: NOW,
  settledAt: NOW,
  updatedAt: NOW,
  failure: null,
  evidence: { before: expect.any(String), after: expect.any(String) },
  looks: 0,
  requestId: expect.any(String),
  contract: null,
  quote: null,
  invoice: null,
};
const REFERENCES = {
  quoteId: null,
  contractId: null,
  invoiceId: null,
  taskId: null,
  trackingId: null,
  newCommitmentId: null,
};
const TASK_ID = '75a68ec2-d63e-4bc9-b485-8d5a3cc33d4f';

/** What the answers to both creates share. */
const CREATED = {
  source: 'CLOUDMC',
  organization: { slug: 'sub' },
  // Not in the answer (C24): from the dates.
  status: 'ACTIVE',
  statusText: null,
  term: { startsOn: '2022-06-01', endsBefore: '2023-01-01' },
  periods: [],
  version: expect.stringMatching(/^[\w-]{16}$/),
  freshness: { observedAt: NOW, ageMs: 0, stale: false },
  resourceType: 'RESOURCE',
  customer: { externalId: SUB_ORG, name: 'subOrg' },
  reseller: null,
  isTerminated: false,
};

describe('POST /commitments', () => {
  it.each([
    [
      'create-fixed-price',
      {
        organization: 'sub',
        name: 'fixed monthly price commitment',
        pricingMethod: 'FIXED_PRICE',
        fixedPrice: '500.0',
        taxCode: { code: 'SI086690', description: 'IT Services' },
        products: [{ productId: '73ebf9c8-ecf7-4ee6-b881-150023d5f422', committedQuantity: '1000' }],
        startsOn: '2022-06-01',
        endsBefore: '2023-01-01',
      },
      {
        ...CREATED,
        id: encodeGlobalId({
          type: 'ResourceCommitment',
          organization: 'sub',
          key: 'aa7c81ab-478a-496b-a0ae-8f30459b0fa5',
        }),
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
      'create-utility-discount',
      {
        organization: 'sub',
        name: 'fixed price commitment',
        pricingMethod: 'UTILITY_DISCOUNT',
        rateType: 'FIXED_RATE',
        products: [
          {
            productId: '73ebf9c8-ecf7-4ee6-b881-150023d5f442',
            committedQuantity: '1000.0',
            discountPercent: '10',
          },
        ],
        startsOn: '2022-06-01',
        endsBefore: '2023-01-01',
      },
      {
        ...CREATED,
        id: encodeGlobalId({
          type: 'ResourceCommitment',
          organization: 'sub',
          key: '7e2c15ae-c43b-44e9-9bbb-8e8821740f53',
        }),
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
  ])('%s arrives as the page has it, and its answer comes back whole', async (sample, input, expected) => {
    await using over = await open({
      [LIST]: NO_COMMITMENTS,
      [`${LIST}/${expected.externalId}`]: bytes(`${sample}-response`),
      'POST /api/v2/commitments': bytes(`${sample}-response`),
    });
    const { data, errors } = await over.query(...asked('resourceCommitmentCreate', input));
    expect(errors).toEqual([]);

    const [sent, ...others] = over.writes();
    expect(others).toEqual([]);
    expect(sent).toMatchObject({ method: 'POST', path: '/api/v2/commitments' });
    expect(Object.fromEntries(sent!.query)).toEqual({});
    expect(sent!.headers).toMatchObject({
      'mc-api-key': 'not-a-real-key',
      'content-type': 'application/json',
    });
    expect(exactly(sent!.body)).toEqual(exactly(text(`${sample}-request`)));

    expect(data.resourceCommitmentCreate).toEqual({
      ...DONE,
      operation: {
        ...OPERATION,
        kind: 'RESOURCE_COMMITMENT_CREATE',
        organization: { slug: 'sub' },
        target: { __typename: 'ResourceCommitment', id: expected.id },
        targetExternalId: expected.externalId,
        request: { method: 'POST', path: 'commitments', body: sent!.body },
        references: REFERENCES,
      },
      commitment: expected,
      externalId: expected.externalId,
      previousId: null,
      previousExternalId: null,
      deletedId: null,
    });
  });
});

/** What is answered as a task is read again: the commitment of the payload is the one that reads show. */
async function expectAsRead(over: Awaited<ReturnType<typeof open>>, commitment: { readonly id: string }) {
  const { data, errors } = await over.query(
    `query ($id: ID!) { commitment(id: $id) { ... on ResourceCommitment ${everyField('ResourceCommitment')} } }`,
    { id: commitment.id },
  );
  expect(errors).toEqual([]);
  expect(commitment).toEqual(data.commitment);
}

describe('PUT /commitments/:id', () => {
  // With the comma that the page has forgotten after `id`.
  const SAMPLE = `{
   "id": "60d16762-bec2-4d5a-916d-15c81b6c2d98",
   "name": "updated fixed monthly price commitment",
   "committedProducts": [
      {
         "product": {
            "id": "73ebf9c8-ecf7-4ee6-b881-150023d5f422"
         },
         "committedAmount": 1234.0
      }
   ],
   "pricingMethod": "FIXED_PRICE",
   "type": "RESOURCE",
   "fixedPrice": 550.0,
   "fixedPriceTaxCode": {
       "code": "SI086690",
       "description": "IT Services"
   },
   "startDate": "2022-06-01T00:00:00Z",
   "endDate": "2023-01-01T00:00:00Z"
}`;
  const INPUT = {
    name: 'updated fixed monthly price commitment',
    fixedPrice: '550',
    products: [{ productId: '73ebf9c8-ecf7-4ee6-b881-150023d5f422', committedQuantity: '1234' }],
    startsOn: '2022-06-01',
  };
  const BEFORE = changed([FIXED, UPDATED]);
  const AFTER = changed(
    [FIXED, UPDATED],
    ['"fixed price commitment"', '"updated fixed monthly price commitment"'],
    ['500.0', '550.0'],
    ['1000.0', '1234.0'],
    ['bcd82514-d539-4d66-aaf4-b24a95ebe1cd', '73ebf9c8-ecf7-4ee6-b881-150023d5f422'],
    ['2022-01-01T00:00:00Z', '2022-06-01T00:00:00Z'],
    ['"updatedAt": "2022-06-17T18:48:07Z"', '"updatedAt": "2022-08-15T12:00:00Z"'],
  );

  it.each([
    ['some members, the others as they are', INPUT],
    [
      'every member',
      {
        ...INPUT,
        pricingMethod: 'FIXED_PRICE',
        taxCode: { code: 'SI086690', description: 'IT Services' },
        endsBefore: '2023-01-01',
      },
    ],
  ])('arrives as the page has it, and its task comes back with the commitment: %s', async (_, fields) => {
    await using over = await open({
      [LIST]: [listWith(BEFORE), listWith(AFTER)],
      [`${LIST}/${UPDATED}`]: { body: AFTER },
      [`PUT /api/v2/commitments/${UPDATED}`]: TASK,
    });
    const { data, errors } = await over.query(
      ...asked('resourceCommitmentUpdate', { commitmentId: UPDATED_ID, ...fields }),
    );
    expect(errors).toEqual([]);
    const [sent, ...others] = over.writes();
    expect(others).toEqual([]);
    expect(sent!.path).toBe(`/api/v2/commitments/${UPDATED}`);
    expect(exactly(sent!.body)).toEqual(exactly(SAMPLE));
    expect(over.calls.map(({ method, path }) => `${method} ${path}`).slice(0, 3)).toEqual([
      LIST,
      `PUT /api/v2/commitments/${UPDATED}`,
      LIST,
    ]);

    const { commitment, operation, ...rest } = data.resourceCommitmentUpdate;
    expect(rest).toEqual({
      ...DONE,
      externalId: UPDATED,
      previousId: null,
      previousExternalId: null,
      deletedId: null,
    });
    expect(operation).toEqual({
      ...OPERATION,
      kind: 'RESOURCE_COMMITMENT_UPDATE',
      organization: { slug: 'acme' },
      target: { __typename: 'ResourceCommitment', id: UPDATED_ID },
      targetExternalId: UPDATED,
      request: { method: 'PUT', path: `commitments/${UPDATED}`, body: sent!.body },
      references: { ...REFERENCES, taskId: TASK_ID },
    });
    expect(commitment).toMatchObject({
      id: UPDATED_ID,
      name: 'updated fixed monthly price commitment',
      fixedPrice: '550',
      term: { startsOn: '2022-06-01', endsBefore: '2023-01-01' },
      products: [{ committedQuantity: '1234' }],
      updatedAt: NOW,
    });
    await expectAsRead(over, commitment);
  });

  it('of a pre-paid commitment names the old id and the new', async () => {
    const successorId = 'aa7c81ab-478a-496b-a0ae-8f30459b0fa5';
    const old = changed(
      [FIXED, UPDATED],
      ['"terminated": false', '"terminated": true'],
      ['2023-01-01T00:00:00Z', '2022-09-01T00:00:00Z'],
      ['"updatedAt": "2022-06-17T18:48:07Z"', '"updatedAt": "2022-08-15T12:00:00Z"'],
    );
    const successor = AFTER.replaceAll(UPDATED, successorId).replace(
      '2022-06-01T00:00:00Z',
      '2022-09-01T00:00:00Z',
    );
    const both = (listWith(old).body as string).replace(/\]\}$/, `, ${inner(successor)}]}`);
    await using over = await open({
      [LIST]: [listWith(BEFORE), { body: both }],
      [`${LIST}/${successorId}`]: { body: successor },
      [`PUT /api/v2/commitments/${UPDATED}`]: TASK,
    });
    const { data, errors } = await over.query(
      ...asked('resourceCommitmentUpdate', { commitmentId: UPDATED_ID, ...INPUT }),
    );
    expect(errors).toEqual([]);
    expect(exactly(over.writes()[0]!.body)).toEqual(exactly(SAMPLE));
    const { commitment, operation, ...rest } = data.resourceCommitmentUpdate;
    expect(rest).toEqual({
      ...DONE,
      externalId: successorId,
      previousId: UPDATED_ID,
      previousExternalId: UPDATED,
      deletedId: null,
    });
    expect(operation).toMatchObject({
      state: 'SUCCEEDED',
      target: { id: commitment.id },
      targetExternalId: successorId,
      references: { taskId: TASK_ID, newCommitmentId: successorId },
    });
    expect(commitment).toMatchObject({ externalId: successorId, term: { startsOn: '2022-09-01' } });
    await expectAsRead(over, commitment);
  });
});

/** The commitment in a single read. */
const inner = (single: string): string => single.replace(/^\s*\{\s*"data":/, '').replace(/\}\s*$/, '');

describe('POST /commitments/:id/terminate', () => {
  it('arrives as the page has it, and its task comes back with the commitment', async () => {
    const ended = changed(
      ['"terminated": false', '"terminated": true'],
      ['2023-01-01T00:00:00Z', '2022-09-01T00:00:00Z'],
      ['"updatedAt": "2022-06-17T18:48:07Z"', '"updatedAt": "2022-08-15T12:00:00Z"'],
    );
    await using over = await open({
      [`${LIST}/${FIXED}`]: [bytes('get'), { body: ended }],
      [`POST /api/v2/commitments/${FIXED}/terminate`]: TASK,
    });
    const { data, errors } = await over.query(
      ...asked('resourceCommitmentTerminate', { commitmentId: FIXED_ID, endsBefore: '2022-09-01' }),
    );
    expect(errors).toEqual([]);
    const [sent, ...others] = over.writes();
    expect(others).toEqual([]);
    expect(sent!.path).toBe(`/api/v2/commitments/${FIXED}/terminate`);
    expect(exactly(sent!.body)).toEqual(exactly(text('terminate-request')));

    const { commitment, operation, ...rest } = data.resourceCommitmentTerminate;
    expect(rest).toEqual({
      ...DONE,
      externalId: FIXED,
      previousId: null,
      previousExternalId: null,
      deletedId: null,
    });
    expect(operation).toEqual({
      ...OPERATION,
      kind: 'RESOURCE_COMMITMENT_TERMINATE',
      organization: { slug: 'acme' },
      target: { __typename: 'ResourceCommitment', id: FIXED_ID },
      targetExternalId: FIXED,
      request: { method: 'POST', path: `commitments/${FIXED}/terminate`, body: sent!.body },
      references: { ...REFERENCES, taskId: TASK_ID },
    });
    expect(commitment).toMatchObject({ isTerminated: true, term: { endsBefore: '2022-09-01' } });
    await expectAsRead(over, commitment);
  });
});

describe('DELETE /commitments/:id', () => {
  it('arrives as the page has it, and its task comes back with the id that is gone', async () => {
    await using over = await open({
      [`${LIST}/${FIXED}`]: [bytes('get'), { status: 404, body: '{"errors": []}' }],
      [LIST]: NO_COMMITMENTS,
      [`DELETE /api/v2/commitments/${FIXED}`]: bytes('delete-response'),
    });
    const { data, errors } = await over.query(
      ...asked('resourceCommitmentDelete', { commitmentId: FIXED_ID }),
    );
    expect(errors).toEqual([]);
    const [sent, ...others] = over.writes();
    expect(others).toEqual([]);
    expect(sent).toMatchObject({ path: `/api/v2/commitments/${FIXED}`, body: '' });
    expect(Object.fromEntries(sent!.query)).toEqual({});
    expect(sent!.headers['content-type']).toBeUndefined();
    expect(data.resourceCommitmentDelete).toEqual({
      ...DONE,
      operation: {
        ...OPERATION,
        kind: 'RESOURCE_COMMITMENT_DELETE',
        organization: { slug: 'acme' },
        // It is gone.
        target: null,
        targetExternalId: FIXED,
        request: { method: 'DELETE', path: `commitments/${FIXED}`, body: null },
        // The page's own placeholder.
        references: { ...REFERENCES, taskId: 'taskId...' },
      },
      commitment: null,
      externalId: null,
      previousId: null,
      previousExternalId: null,
      deletedId: FIXED_ID,
    });
  });
});
