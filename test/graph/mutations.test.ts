/**
 * Mutations against a journal that only writes down what it is asked: each input becomes exactly one change, and what is
 * wrong with it before the journal is asked is told with its place.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Change } from '../../src/domain/change.js';
import {
  COMMITTER,
  CONTRACTOR,
  idOf,
  PARTNER,
  READER,
  startScripted,
  type ScriptedEdge,
} from '../support/scripted-operations.js';

let scripted: ScriptedEdge;
beforeAll(async () => {
  scripted = await startScripted();
});
afterAll(() => scripted[Symbol.asyncDispose]());
beforeEach(() => {
  scripted.requests.length = 0;
  scripted.reads.length = 0;
});

const CONTRACT = idOf('Contract', 'ctrct_1');
const RESOURCE = idOf('ResourceCommitment', 'r-1');
const COMMITMENT = idOf('ContractCommitment', '1');
const OTHER = idOf('ContractCommitment', '2');
const KEY = { idempotencyKey: 'key-00000001' };
const ERRORS = 'userErrors { __typename code path message }';

/** Sends one change with its input as a variable. */
const change = (name: string, input: object, key?: string, selection = ERRORS) =>
  scripted.ask(
    `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${selection} } }`,
    { input: { ...KEY, ...input } },
    key,
  );

const QUANTITY = { productId: 'prod_1', quantity: '11.50' };
const QUANTITY_TEXT = { productId: 'prod_1', quantity: '11.5' };

const CHANGES: readonly (readonly [string, object, Change])[] = [
  [
    'contractQuantityChange',
    {
      contractId: CONTRACT,
      offerings: [{ offeringId: 'off_1', products: [QUANTITY] }],
      effective: { on: '2027-01-01' },
    },
    {
      kind: 'CONTRACT_QUANTITY_CHANGE',
      contractId: 'ctrct_1',
      effective: { on: '2027-01-01' as never },
      offerings: [{ offeringId: 'off_1', products: [QUANTITY_TEXT] }],
    },
  ],
  [
    'contractRateChange',
    {
      contractId: CONTRACT,
      offerings: [
        { offeringId: 'off_1', rateId: 'rate_2' },
        { offeringId: 'off_2', rateId: 'rate_3', products: [QUANTITY] },
      ],
      effective: { at: 'NEXT_BILL_CYCLE' },
    },
    {
      kind: 'CONTRACT_RATE_CHANGE',
      contractId: 'ctrct_1',
      effective: { at: 'NEXT_BILL_CYCLE' },
      offerings: [
        { offeringId: 'off_1', rateId: 'rate_2', products: null },
        { offeringId: 'off_2', rateId: 'rate_3', products: [QUANTITY_TEXT] },
      ],
    },
  ],
  [
    'contractOfferingChange',
    { contractId: CONTRACT, offerings: [{ offeringId: 'off_1', newOfferingId: 'off_2' }], effective: null },
    {
      kind: 'CONTRACT_OFFERING_CHANGE',
      contractId: 'ctrct_1',
      effective: null,
      offerings: [{ offeringId: 'off_1', newOfferingId: 'off_2', products: [] }],
    },
  ],
  [
    'contractOfferingAdd',
    { contractId: CONTRACT, offerings: [{ offeringId: 'off_3', products: [QUANTITY] }] },
    {
      kind: 'CONTRACT_OFFERING_ADD',
      contractId: 'ctrct_1',
      effective: null,
      offerings: [{ offeringId: 'off_3', products: [QUANTITY_TEXT] }],
    },
  ],
  [
    'contractOfferingRemove',
    { contractId: CONTRACT, offerings: [{ offeringId: 'off_1' }], confirmCancellation: true },
    {
      kind: 'CONTRACT_OFFERING_REMOVE',
      contractId: 'ctrct_1',
      effective: null,
      offerings: [{ offeringId: 'off_1' }],
      confirmCancellation: true,
    },
  ],
  [
    'contractOfferingRemove',
    { contractId: CONTRACT, offerings: [{ offeringId: 'off_1' }] },
    {
      kind: 'CONTRACT_OFFERING_REMOVE',
      contractId: 'ctrct_1',
      effective: null,
      offerings: [{ offeringId: 'off_1' }],
      confirmCancellation: false,
    },
  ],
  [
    'contractCancel',
    { contractId: CONTRACT },
    { kind: 'CONTRACT_CANCEL', contractId: 'ctrct_1', effective: null },
  ],
  [
    'resourceCommitmentCreate',
    {
      organization: 'sleepyco',
      name: 'Compute',
      pricingMethod: 'FIXED_PRICE',
      fixedPrice: '1500000.250',
      taxCode: { code: 'SI086690' },
      products: [{ productId: 'p-1', committedQuantity: '10.0', discountPercent: '5' }],
      startsOn: '2027-01-01',
      endsBefore: null,
      rateType: null,
    },
    {
      kind: 'RESOURCE_COMMITMENT_CREATE',
      fields: {
        name: 'Compute',
        pricingMethod: 'FIXED_PRICE',
        fixedPrice: '1500000.25',
        taxCode: { code: 'SI086690', description: null },
        products: [{ productId: 'p-1', committedQuantity: '10', discountPercent: '5' }],
        startsOn: '2027-01-01' as never,
      },
    },
  ],
  [
    'resourceCommitmentCreate',
    { organization: 'sleepyco' },
    { kind: 'RESOURCE_COMMITMENT_CREATE', fields: {} },
  ],
  [
    'resourceCommitmentUpdate',
    { commitmentId: RESOURCE, endsBefore: null },
    { kind: 'RESOURCE_COMMITMENT_UPDATE', commitmentId: 'r-1', fields: { endsBefore: null } },
  ],
  [
    'resourceCommitmentUpdate',
    {
      commitmentId: RESOURCE,
      rateType: 'VARIABLE_RATE',
      products: [{ productId: 'p-1', committedQuantity: '1' }],
      endsBefore: '2028-01-01',
    },
    {
      kind: 'RESOURCE_COMMITMENT_UPDATE',
      commitmentId: 'r-1',
      fields: {
        rateType: 'VARIABLE_RATE',
        products: [{ productId: 'p-1', committedQuantity: '1', discountPercent: null }],
        endsBefore: '2028-01-01' as never,
      },
    },
  ],
  [
    'resourceCommitmentTerminate',
    { commitmentId: RESOURCE, endsBefore: '2026-12-01' },
    { kind: 'RESOURCE_COMMITMENT_TERMINATE', commitmentId: 'r-1', endsBefore: '2026-12-01' as never },
  ],
  [
    'resourceCommitmentDelete',
    { commitmentId: RESOURCE },
    { kind: 'RESOURCE_COMMITMENT_DELETE', commitmentId: 'r-1' },
  ],
  [
    'contractCommitmentCreate',
    {
      organization: 'sleepyco',
      accountContractId: '8',
      commitmentTypeId: '1',
      penaltyServiceId: null,
      penaltyDescription: 'Fee',
      includesChildAccounts: false,
    },
    {
      kind: 'CONTRACT_COMMITMENT_CREATE',
      fields: {
        accountContractId: '8',
        commitmentTypeId: '1',
        penaltyDescription: 'Fee',
        includesChildAccounts: false,
      },
    },
  ],
  [
    'contractCommitmentUpdate',
    { commitmentId: COMMITMENT, penaltyServiceId: null, penaltyChargeTypeId: '3' },
    {
      kind: 'CONTRACT_COMMITMENT_UPDATE',
      commitmentId: '1',
      fields: { penaltyServiceId: null, penaltyChargeTypeId: '3' },
    },
  ],
  [
    'contractCommitmentPatch',
    {
      organization: 'sleepyco',
      commitments: [
        { action: 'CREATE', fields: { accountContractId: '8', penaltyServiceId: null } },
        { action: 'UPDATE', commitmentId: COMMITMENT, fields: { penaltyDescription: null } },
        { action: 'DELETE', commitmentId: OTHER },
      ],
      periods: [
        {
          action: 'CREATE',
          commitmentId: COMMITMENT,
          fields: {
            occurrences: 2,
            frequency: 1,
            frequencyTypeId: '4',
            order: 1,
            isRemainderOfTerm: false,
          },
        },
        { action: 'UPDATE', commitmentId: COMMITMENT, periodId: '11', fields: { order: 2 } },
        { action: 'DELETE', commitmentId: COMMITMENT, periodId: '12' },
      ],
      services: [
        { action: 'ATTACH', commitmentId: COMMITMENT, serviceId: '21' },
        { action: 'DETACH', commitmentId: COMMITMENT, serviceId: '22' },
      ],
    },
    {
      kind: 'CONTRACT_COMMITMENT_PATCH',
      commitments: [
        { action: 'CREATE', fields: { accountContractId: '8' } },
        { action: 'UPDATE', commitmentId: '1', fields: { penaltyDescription: null } },
        { action: 'DELETE', commitmentId: '2' },
      ],
      periods: [
        {
          action: 'CREATE',
          commitmentId: '1',
          fields: {
            occurrences: 2,
            frequency: 1,
            frequencyTypeId: '4',
            order: 1,
            isRemainderOfTerm: false,
          },
        },
        { action: 'UPDATE', commitmentId: '1', periodId: '11', fields: { order: 2 } },
        { action: 'DELETE', commitmentId: '1', periodId: '12' },
      ],
      services: [
        { action: 'ATTACH', commitmentId: '1', serviceId: '21' },
        { action: 'DETACH', commitmentId: '1', serviceId: '22' },
      ],
    },
  ],
  [
    'contractCommitmentPatch',
    { organization: 'sleepyco' },
    { kind: 'CONTRACT_COMMITMENT_PATCH', commitments: [], periods: [], services: [] },
  ],
  [
    'contractCommitmentDelete',
    { commitmentId: COMMITMENT },
    { kind: 'CONTRACT_COMMITMENT_DELETE', commitmentId: '1' },
  ],
  ['organizationSync', { organization: 'sleepyco' }, { kind: 'ORGANIZATION_SYNC' }],
];

describe('an input becomes one change', () => {
  it.each(CHANGES)('%s %j', async (name, input, expected) => {
    const { data, errors } = await change(name, input);
    expect(errors).toEqual([]);
    expect(data[name].userErrors).toEqual([]);
    expect(scripted.requests).toHaveLength(1);
    const [request] = scripted.requests;
    // Not `toEqual`: a member that is not given must not be there.
    expect(request?.change).toStrictEqual(expected);
    expect(request?.organization.slug).toBe('sleepyco');
    expect(request).toMatchObject({ ...KEY, dryRun: false, expectedVersion: null, reason: null });
  });

  it('with the key, the wish for a dry run, the version and the reason', async () => {
    const reason = '𝄞'.repeat(500);
    await change('contractCancel', { contractId: CONTRACT, dryRun: true, expectedVersion: 'v1', reason });
    expect(scripted.requests[0]).toMatchObject({ ...KEY, dryRun: true, expectedVersion: 'v1', reason });
  });

  it('of a contract of the customer in its id', async () => {
    await change('contractCancel', { contractId: idOf('Contract', 'ctrct_9', 'harbourline') });
    expect(scripted.requests[0]?.organization.slug).toBe('harbourline');
  });
});

describe('an input that says when', () => {
  it.each([
    ['twice', '{ on: "2027-01-01", at: NEXT_BILL_CYCLE }'],
    ['not at all', '{}'],
    ['with null', '{ on: null }'],
  ])('%s is refused', async (_, effective) => {
    const { status, errors } = await scripted.ask(
      `mutation { contractCancel(input: { idempotencyKey: "key-00000001", contractId: "${CONTRACT}", effective: ${effective} }) { isReplay } }`,
    );
    expect(status).toBe(400);
    expect(errors[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(errors[0]?.message).toMatch(/EffectiveInput/);
    expect(scripted.requests).toEqual([]);
  });

  it('twice in a variable is refused', async () => {
    const { errors } = await change('contractCancel', {
      contractId: CONTRACT,
      effective: { on: '2027-01-01', at: 'NEXT_BILL_CYCLE' },
    });
    expect(errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    expect(errors[0]?.message).toMatch(/Exactly one key must be specified/);
    expect(scripted.requests).toEqual([]);
  });
});

describe('refused before the journal is asked', () => {
  const refusals = async (name: string, input: object, key?: string) => {
    const { data, errors } = await change(name, input, key);
    expect(errors).toEqual([]);
    expect(scripted.requests).toEqual([]);
    return data[name].userErrors.map(
      ({ code, path }: { code: string; path: string[] }) => `${code} ${path.join('.')}`,
    );
  };

  it.each([
    ['contractCancel', { contractId: idOf('Contract', 'ctrct_1', 'harbourline') }, 'contractId'],
    ['contractCancel', { contractId: idOf('Contract', 'ctrct_1', 'nobody') }, 'contractId'],
    [
      'resourceCommitmentDelete',
      { commitmentId: idOf('ResourceCommitment', 'r-1', 'harbourline') },
      'commitmentId',
    ],
    [
      'contractCommitmentDelete',
      { commitmentId: idOf('ContractCommitment', '1', 'harbourline') },
      'commitmentId',
    ],
    ['resourceCommitmentCreate', { organization: 'harbourline' }, 'organization'],
    ['contractCommitmentCreate', { organization: 'nobody' }, 'organization'],
    ['contractCommitmentPatch', { organization: 'harbourline' }, 'organization'],
    ['organizationSync', { organization: '__proto__' }, 'organization'],
  ])('is %s of what the caller may not see: %j', async (name, input, path) => {
    expect(await refusals(name, input, PARTNER)).toEqual([`NOT_FOUND ${path}`]);
  });

  it('looks the same for a customer that exists and for one that does not', async () => {
    const [foreign, missing] = await Promise.all(
      ['harbourline', 'nobody'].map((slug) =>
        change('contractCancel', { contractId: idOf('Contract', 'ctrct_1', slug) }, PARTNER),
      ),
    );
    expect(foreign?.text).toBe(missing?.text);
    expect(foreign?.data.contractCancel.userErrors[0].message).toBe('There is no such contract.');
  });

  it('is a patch whose commitments are not all of its customer, each with its place', async () => {
    const elsewhere = idOf('ContractCommitment', '1', 'harbourline');
    expect(
      await refusals('contractCommitmentPatch', {
        organization: 'sleepyco',
        commitments: [{ action: 'DELETE', commitmentId: elsewhere }],
        periods: [{ action: 'DELETE', commitmentId: elsewhere, periodId: '1' }],
        services: [
          { action: 'ATTACH', commitmentId: COMMITMENT, serviceId: '1' },
          { action: 'ATTACH', commitmentId: elsewhere, serviceId: '1' },
        ],
      }),
    ).toEqual([
      'NOT_FOUND commitments.0.commitmentId',
      'NOT_FOUND periods.0.commitmentId',
      'NOT_FOUND services.1.commitmentId',
    ]);
  });

  it('is a patch whose items do not have what their action needs', async () => {
    expect(
      await refusals('contractCommitmentPatch', {
        organization: 'sleepyco',
        commitments: [
          { action: 'CREATE', commitmentId: COMMITMENT },
          { action: 'UPDATE' },
          { action: 'DELETE', commitmentId: COMMITMENT, fields: {} },
          { action: 'UPDATE', commitmentId: COMMITMENT, fields: { accountContractId: null } },
        ],
        periods: [
          { action: 'CREATE', commitmentId: COMMITMENT, periodId: '1', fields: {} },
          { action: 'UPDATE', commitmentId: COMMITMENT, periodId: '1', fields: { order: null } },
          { action: 'DELETE', commitmentId: COMMITMENT, fields: {} },
        ],
      }),
    ).toEqual([
      'NOT_ALLOWED commitments.0.commitmentId',
      'REQUIRED commitments.0.fields',
      'REQUIRED commitments.1.commitmentId',
      'REQUIRED commitments.1.fields',
      'NOT_ALLOWED commitments.2.fields',
      'INVALID commitments.3.fields.accountContractId',
      'NOT_ALLOWED periods.0.periodId',
      'INVALID periods.1.fields.order',
      'REQUIRED periods.2.periodId',
      'NOT_ALLOWED periods.2.fields',
    ]);
  });

  it('is null for what cannot be taken away, with everything else that is wrong', async () => {
    expect(
      await refusals(
        'resourceCommitmentUpdate',
        {
          commitmentId: idOf('ResourceCommitment', 'r-1', 'harbourline'),
          name: null,
          fixedPrice: null,
          products: null,
          endsBefore: null,
          reason: 'x'.repeat(501),
        },
        PARTNER,
      ),
    ).toEqual([
      'NOT_FOUND commitmentId',
      'INVALID name',
      'INVALID fixedPrice',
      'INVALID products',
      'OUT_OF_RANGE reason',
    ]);
    expect(
      await refusals('contractCommitmentUpdate', { commitmentId: COMMITMENT, commitmentTypeId: null }),
    ).toEqual(['INVALID commitmentTypeId']);
  });

  it.each([
    ['contractCancel', { contractId: 'rubbish' }, /^`input\.contractId`: this is not an id/],
    ['contractCancel', { contractId: idOf('Contract', 'unlike-an-id') }, /^`input\.contractId`: this is not/],
    [
      'contractCancel',
      { contractId: RESOURCE },
      /^`input\.contractId` names a ResourceCommitment; .* Contract\.$/,
    ],
    ['resourceCommitmentDelete', { commitmentId: COMMITMENT }, /names a ContractCommitment/],
    ['contractCommitmentDelete', { commitmentId: RESOURCE }, /names a ResourceCommitment/],
    [
      'contractCommitmentPatch',
      { organization: 'sleepyco', services: [{ action: 'ATTACH', commitmentId: 'x', serviceId: '1' }] },
      /^`input\.services\.0\.commitmentId`: this is not an id/,
    ],
  ])('is %s of what is no such id: %j', async (name, input, says) => {
    const { data, errors } = await change(name, input);
    expect(data[name]).toBeNull();
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({
      path: [name],
      extensions: { code: 'BAD_USER_INPUT', retryable: false },
    });
    expect(errors[0]?.message).toMatch(says);
    expect(scripted.requests).toEqual([]);
  });

  it('is a quantity that is a JSON number, or no number', async () => {
    for (const quantity of [11, 'eleven', '1e400000000']) {
      const { errors } = await change('contractQuantityChange', {
        contractId: CONTRACT,
        offerings: [{ offeringId: 'off_1', products: [{ productId: 'prod_1', quantity }] }],
      });
      expect(errors[0]?.extensions.code, String(quantity)).toBe('BAD_USER_INPUT');
    }
    expect(scripted.requests).toEqual([]);
  });
});

describe('without the scope', () => {
  const scopeOf = (name: string) => {
    if (name.endsWith('Delete')) return 'commitments:delete';
    return /^contract(?!Commitment)/.test(name) ? 'contracts:write' : 'commitments:write';
  };
  const NEEDS = CHANGES.filter(([name]) => !name.endsWith('Patch')).map(([name, input]) => {
    const scope = scopeOf(name);
    return [name, input, scope === 'commitments:write' ? CONTRACTOR : COMMITTER, scope] as const;
  });

  it.each(NEEDS)('%s %j is forbidden', async (name, input, key, scope) => {
    for (const who of [READER, key]) {
      const { data, errors } = await change(name, input, who);
      expect(data).toBeUndefined();
      expect(errors).toHaveLength(1);
      expect(errors[0]?.message).toContain(
        `This client may not do that: it lacks the scope ${scope} (\`Mutation.${name}\`)`,
      );
      expect(errors[0]).toMatchObject({
        extensions: { code: 'FORBIDDEN', retryable: false, requestId: expect.any(String) },
      });
    }
    expect(scripted.requests).toEqual([]);
  });

  it('nothing is learnt about what it names', async () => {
    const { errors } = await change('contractCancel', { contractId: 'rubbish' }, READER);
    expect(errors[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('a patch may change, and not delete', async () => {
    const patch = (part: object) =>
      change('contractCommitmentPatch', { organization: 'sleepyco', ...part }, COMMITTER);
    const item = { action: 'DELETE', commitmentId: COMMITMENT };
    for (const part of [{ commitments: [item] }, { periods: [{ ...item, periodId: '1' }] }]) {
      const { errors } = await patch(part);
      expect(errors[0]?.message).toMatch(/lacks the scope commitments:delete\.$/);
    }
    expect(scripted.requests).toEqual([]);
    const { errors } = await patch({
      services: [{ action: 'DETACH', commitmentId: COMMITMENT, serviceId: '1' }],
    });
    expect(errors).toEqual([]);
    expect(scripted.requests).toHaveLength(1);
  });
});
