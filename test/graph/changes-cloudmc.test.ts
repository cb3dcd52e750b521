/**
 * Changes of committed resources over the sandbox: each is made once, shows at once, and is told as it ended. What
 * CloudMC refuses (`backends.md` §5.5) is refused before anything is sent where that can be known, and mapped from its
 * answer where not; tasks are followed; what got lost is found out by reading.
 */
import { stringify } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { decodeGlobalId, encodeGlobalId } from '../../src/graph/global-id.js';
import type { FaultRule } from '../../src/sandbox/faults.js';
import { productId } from '../../src/sandbox/cloudmc/products.js';
import {
  A_WHILE,
  changeRig,
  exactly,
  expectNothingSent,
  named,
  wrongWith,
  type ChangeRig,
} from '../support/changes-contracts.js';

/* eslint-disable @typescript-eslint/no-explicit-any -- an answer is read by its shape */

const idOf = (key: string, organization: string) =>
  encodeGlobalId({ type: 'ResourceCommitment', organization, key });

// The sandbox's commitments, by what can be done with them.
const SLEEPYCO = '42a54cde-0e5d-4168-9827-5967ded6095e';
/** Longer than a task of CloudMC lives: what is not there by then will not come. */
const TASKS_ARE_OVER = 36 * 60_000;
/** Billed in advance; invoices have been issued. */
const PRE_PAID = '52a54cde-0e5d-4168-9827-5967ded6095e';
/** Invoices have been issued, so that it can be terminated and nothing else. */
const BILLED = '62a54cde-0e5d-4168-9827-5967ded6095e';
/** Of maple-transit, whose invoices are held: it can be updated. */
const UNISSUED = '149f0598-5531-4ea0-aacb-d0d0d3771996';
/** Of kestrel-media, who is billed from this month on: it can be deleted. */
const YOUNG = '9ca2422b-0f55-4c80-ac62-c36c8c972b8d';
const COMPUTE = productId('CVM-1M02');
const STORAGE = productId('STO-SSD-1T');

const BILLED_ID = idOf(BILLED, 'sleepyco');
const UNISSUED_ID = idOf(UNISSUED, 'maple-transit');
const YOUNG_ID = idOf(YOUNG, 'kestrel-media');

const FIXED_PRICE = {
  organization: 'sleepyco',
  name: 'new fixed price',
  pricingMethod: 'FIXED_PRICE',
  fixedPrice: '123456789.01',
  taxCode: { code: 'SI086690', description: 'IT Services' },
  products: [{ productId: COMPUTE, committedQuantity: '1000.50' }],
  startsOn: '2026-12-01',
  endsBefore: '2027-12-01',
};
const DISCOUNT = {
  organization: 'sleepyco',
  name: 'new discount',
  pricingMethod: 'UTILITY_DISCOUNT',
  rateType: 'FIXED_RATE',
  products: [
    { productId: COMPUTE, committedQuantity: '1000', discountPercent: '12.5' },
    { productId: STORAGE, committedQuantity: '2', discountPercent: '0' },
  ],
  startsOn: '2026-12-01',
  endsBefore: '2027-12-01',
};

// ---- The four changes, and what becomes of the customer's commitments ------------------------------------------------

interface Case {
  readonly what: string;
  readonly name: string;
  readonly slug: string;
  readonly input: object;
  readonly write: string;
  /** As it has to arrive; `null`: no body. */
  readonly body: object | null;
  readonly action: string;
  /** Of the customer's list: what is no longer there, and what is new. */
  readonly gone: readonly string[];
  readonly came: readonly string[];
  readonly implies: readonly string[];
}

const AT_MAPLE = 'fixed price commitment FIXED_PRICE 2750.5 2026-02-01..2028-02-01';
const MAPLE_PRODUCTS = [
  { product: { id: 'a563b225-362e-455c-8e5c-b6247e31c0d5' }, committedAmount: 12 },
  { product: { id: COMPUTE }, committedAmount: 12 },
];
const MAPLE_BODY = {
  id: UNISSUED,
  name: 'fixed price commitment',
  committedProducts: MAPLE_PRODUCTS,
  pricingMethod: 'FIXED_PRICE',
  type: 'RESOURCE',
  fixedPrice: 2750.5,
  fixedPriceTaxCode: { code: 'SW056003' },
  startDate: '2026-02-01T00:00:00Z',
  endDate: '2028-02-01T00:00:00Z',
};

const CASES: readonly Case[] = [
  {
    what: 'a creation at a fixed price',
    name: 'resourceCommitmentCreate',
    slug: 'sleepyco',
    input: FIXED_PRICE,
    write: 'POST /api/v2/commitments',
    body: {
      organization: { id: SLEEPYCO },
      name: 'new fixed price',
      committedProducts: [{ product: { id: COMPUTE }, committedAmount: 1000.5 }],
      pricingMethod: 'FIXED_PRICE',
      type: 'RESOURCE',
      fixedPrice: 123456789.01,
      fixedPriceTaxCode: { code: 'SI086690', description: 'IT Services' },
      startDate: '2026-12-01T00:00:00Z',
      endDate: '2027-12-01T00:00:00Z',
    },
    action: 'commitment.create',
    gone: [],
    came: ['new fixed price FIXED_PRICE 123456789.01 2026-12-01..2027-12-01'],
    implies: ['CHARGE'],
  },
  {
    what: 'a creation at a discount',
    name: 'resourceCommitmentCreate',
    slug: 'sleepyco',
    input: DISCOUNT,
    write: 'POST /api/v2/commitments',
    body: {
      organization: { id: SLEEPYCO },
      name: 'new discount',
      committedProducts: [
        { product: { id: COMPUTE }, committedAmount: 1000, discountAmount: 12.5 },
        { product: { id: STORAGE }, committedAmount: 2, discountAmount: 0 },
      ],
      pricingMethod: 'UTILITY_DISCOUNT',
      rateType: 'FIXED_RATE',
      type: 'RESOURCE',
      startDate: '2026-12-01T00:00:00Z',
      endDate: '2027-12-01T00:00:00Z',
    },
    action: 'commitment.create',
    gone: [],
    came: ['new discount UTILITY_DISCOUNT FIXED_RATE 2026-12-01..2027-12-01'],
    implies: [],
  },
  {
    what: 'a creation without an end',
    name: 'resourceCommitmentCreate',
    slug: 'sleepyco',
    input: {
      organization: 'sleepyco',
      name: 'without an end',
      pricingMethod: 'UTILITY_DISCOUNT',
      rateType: 'VARIABLE_RATE',
      products: [{ productId: COMPUTE, committedQuantity: '7' }],
      startsOn: '2026-11-01',
      endsBefore: null,
    },
    write: 'POST /api/v2/commitments',
    body: {
      organization: { id: SLEEPYCO },
      name: 'without an end',
      committedProducts: [{ product: { id: COMPUTE }, committedAmount: 7 }],
      pricingMethod: 'UTILITY_DISCOUNT',
      rateType: 'VARIABLE_RATE',
      type: 'RESOURCE',
      startDate: '2026-11-01T00:00:00Z',
    },
    action: 'commitment.create',
    gone: [],
    came: ['without an end UTILITY_DISCOUNT VARIABLE_RATE 2026-11-01..'],
    implies: [],
  },
  {
    what: 'an update of some members, the others kept',
    name: 'resourceCommitmentUpdate',
    slug: 'maple-transit',
    input: { commitmentId: UNISSUED_ID, name: 'renamed', fixedPrice: '3000.25' },
    write: `PUT /api/v2/commitments/${UNISSUED}`,
    body: { ...MAPLE_BODY, name: 'renamed', fixedPrice: 3000.25 },
    action: 'commitment.update',
    gone: [AT_MAPLE],
    came: ['renamed FIXED_PRICE 3000.25 2026-02-01..2028-02-01'],
    implies: ['ID_CHANGES'],
  },
  {
    what: 'an update to another pricing method, without an end, of other products',
    name: 'resourceCommitmentUpdate',
    slug: 'maple-transit',
    input: {
      commitmentId: UNISSUED_ID,
      pricingMethod: 'UTILITY_DISCOUNT',
      rateType: 'VARIABLE_RATE',
      products: [{ productId: STORAGE, committedQuantity: '3', discountPercent: '5' }],
      endsBefore: null,
    },
    write: `PUT /api/v2/commitments/${UNISSUED}`,
    body: {
      id: UNISSUED,
      name: 'fixed price commitment',
      committedProducts: [{ product: { id: STORAGE }, committedAmount: 3, discountAmount: 5 }],
      pricingMethod: 'UTILITY_DISCOUNT',
      rateType: 'VARIABLE_RATE',
      type: 'RESOURCE',
      startDate: '2026-02-01T00:00:00Z',
    },
    action: 'commitment.update',
    gone: [AT_MAPLE],
    came: ['fixed price commitment UTILITY_DISCOUNT VARIABLE_RATE 2026-02-01..'],
    implies: ['ID_CHANGES', 'CASCADE', 'CASCADE', 'CASCADE'],
  },
  {
    what: 'an update of a pre-paid one, which another takes the place of',
    name: 'resourceCommitmentUpdate',
    slug: 'sleepyco',
    input: { commitmentId: idOf(PRE_PAID, 'sleepyco'), fixedPrice: '550' },
    write: `PUT /api/v2/commitments/${PRE_PAID}`,
    body: {
      id: PRE_PAID,
      name: 'fixed price commitment',
      committedProducts: [{ product: { id: COMPUTE }, committedAmount: 1000 }],
      pricingMethod: 'FIXED_PRICE',
      type: 'RESOURCE',
      fixedPrice: 550,
      fixedPriceTaxCode: { code: 'SI086690', description: 'IT Services' },
      startDate: '2026-03-01T00:00:00Z',
      endDate: '2027-03-01T00:00:00Z',
    },
    action: 'commitment.update',
    gone: ['fixed price commitment FIXED_PRICE 500 2026-03-01..2027-03-01'],
    came: [
      'fixed price commitment FIXED_PRICE 500 2026-03-01..2026-12-01 terminated',
      'fixed price commitment FIXED_PRICE 550 2026-12-01..2027-03-01',
    ],
    implies: ['ID_CHANGES'],
  },
  {
    what: 'a termination at the end of this cycle',
    name: 'resourceCommitmentTerminate',
    slug: 'sleepyco',
    input: { commitmentId: BILLED_ID, endsBefore: '2026-12-01' },
    write: `POST /api/v2/commitments/${BILLED}/terminate`,
    body: { endDate: '2026-12-01' },
    action: 'commitment.terminate',
    gone: ['fixed rate commitment UTILITY_DISCOUNT FIXED_RATE 2026-03-01..2027-03-01'],
    came: ['fixed rate commitment UTILITY_DISCOUNT FIXED_RATE 2026-03-01..2026-12-01 terminated'],
    implies: [],
  },
  {
    what: 'a termination at the end of the next cycle, which begins in the middle of a month',
    name: 'resourceCommitmentTerminate',
    slug: 'harbourline-logistics',
    input: {
      commitmentId: idOf('3faff290-96e1-46cd-a518-ba8bfe9e3b19', 'harbourline-logistics'),
      endsBefore: '2027-01-15',
    },
    write: 'POST /api/v2/commitments/3faff290-96e1-46cd-a518-ba8bfe9e3b19/terminate',
    body: { endDate: '2027-01-15' },
    action: 'commitment.terminate',
    gone: ['fixed rate commitment UTILITY_DISCOUNT FIXED_RATE 2025-08-01..2028-09-01'],
    came: ['fixed rate commitment UTILITY_DISCOUNT FIXED_RATE 2025-08-01..2027-01-15 terminated'],
    implies: [],
  },
  {
    what: 'a deletion',
    name: 'resourceCommitmentDelete',
    slug: 'kestrel-media',
    input: { commitmentId: YOUNG_ID },
    write: `DELETE /api/v2/commitments/${YOUNG}`,
    body: null,
    action: 'commitment.delete',
    gone: ['fixed price commitment FIXED_PRICE 1568.5 2026-04-01..2027-04-01'],
    came: [],
    implies: ['CASCADE'],
  },
];

interface Row {
  readonly text: string;
  readonly id: string;
  readonly version: string;
}

/** The customer's commitments, in short; each says the same when it is asked for by its id. */
async function listOf({ query }: ChangeRig, slug: string, directive = ''): Promise<readonly Row[]> {
  const fields = `... on ResourceCommitment { id version name pricingMethod rateType fixedPrice isTerminated
    term { startsOn endsBefore } products { product { id } committedQuantity discountPercent } }`;
  const { data, errors } = await query(
    `query ($slug: String!) ${directive} { organization(slug: $slug) {
       commitments(first: 100, filter: { sources: [CLOUDMC] }) { nodes { ${fields} } coverage { complete } } } }`,
    { slug },
  );
  expect(errors).toEqual([]);
  const { nodes, coverage } = data.organization.commitments;
  expect(coverage.complete).toBe(true);
  const single = await query(`query ($ids: [ID!]!) ${directive} { nodes(ids: $ids) { ${fields} } }`, {
    ids: nodes.map(({ id }: { id: string }) => id),
  });
  expect(single.data.nodes).toEqual(nodes);
  return nodes.map(({ id, version, name, pricingMethod, rateType, fixedPrice, term, isTerminated }: any) => ({
    id,
    version,
    text: [
      name,
      pricingMethod,
      fixedPrice ?? rateType,
      `${term.startsOn}..${term.endsBefore ?? ''}`,
      ...(isTerminated ? ['terminated'] : []),
    ].join(' '),
  }));
}
const texts = (rows: readonly Row[]) => rows.map(({ text }) => text).sort();
const changedBy = (before: readonly Row[], { gone, came }: Pick<Case, 'gone' | 'came'>) => {
  expect(texts(before)).toEqual(expect.arrayContaining([...gone]));
  return [...texts(before).filter((text) => !gone.includes(text)), ...came].sort();
};
const nativeId = (operationId: string) => decodeGlobalId(operationId)?.key;
const digitsOf = (body: object | null) => (body === null ? null : exactly(JSON.stringify(body)));
const sentBy = ({ body }: { readonly body: string | null }) => (body === null ? null : exactly(body));

describe('a change', () => {
  const rig = changeRig('cloudmc');

  it.each(named('what', CASES))(
    'is made once, shows at once, and is answered again: %s',
    async (_, given) => {
      const { name, slug, write, action } = given;
      const input = { ...given.input, idempotencyKey: 'a-key-that-is-used-twice', reason: 'Because.' };
      // Read before, so that something old would be there to be shown again.
      const before = await listOf(rig, slug);

      const payload = await rig.succeed(name, input);
      expect(rig.writes()).toEqual([write]);
      const sent = sentBy(payload.operation.request);
      expect(sent).toEqual(digitsOf(given.body));
      const [effect, ...others] = rig.effects();
      expect(others).toEqual([]);
      expect(effect).toMatchObject({
        action,
        customer: rig.sandbox().directory.find((entry) => entry.slug === slug)?.cloudmc?.organizationId,
        requestId: nativeId(payload.operation.id),
      });
      const asked = effect?.details['asked'];
      expect(asked === undefined ? null : exactly(stringify(asked)!)).toEqual(sent);
      expect(payload).toMatchObject({
        operation: { source: 'CLOUDMC', client: 'demo', reason: 'Because.', organization: { slug } },
      });
      expect(payload.operation.references.taskId).toBe(effect?.details['taskId'] ?? null);

      const after = await listOf(rig, slug);
      expect(texts(after)).toEqual(changedBy(before, given));
      const commitmentId = 'commitmentId' in given.input ? (given.input.commitmentId as string) : null;
      if (name === 'resourceCommitmentDelete') {
        expect(payload).toMatchObject({ commitment: null, externalId: null, deletedId: commitmentId });
        expect(payload.operation.target).toBeNull();
      } else {
        const { commitment, externalId } = payload;
        const shown = after.find(({ id }) => id === commitment.id);
        expect(shown?.version).toBe(commitment.version);
        expect(before.map(({ version }) => version)).not.toContain(commitment.version);
        expect(commitment.externalId).toBe(externalId);
        expect(payload.operation).toMatchObject({
          target: { id: commitment.id },
          targetExternalId: externalId,
        });
        const isReplaced = commitmentId !== null && commitment.id !== commitmentId;
        expect(isReplaced).toBe(effect?.details['successorId'] !== undefined);
        expect(payload).toMatchObject({
          deletedId: null,
          previousId: isReplaced ? commitmentId : null,
          previousExternalId: isReplaced ? PRE_PAID : null,
        });
        expect(payload.operation.references.newCommitmentId).toBe(isReplaced ? externalId : null);
        if (isReplaced) expect(effect?.details['successorId']).toBe(externalId);
      }

      rig.skip(A_WHILE);
      const again = await rig.change(name, input);
      expect(again.answer.errors).toEqual([]);
      expect(again.payload).toEqual({ ...payload, isReplay: true });
      expect([rig.writes().length, rig.effects().length]).toEqual([1, 1]);
      expect(await rig.operation(payload.operation.id)).toMatchObject({ state: 'SUCCEEDED', looks: 0 });
    },
  );

  it.each(named('what', CASES))('dry, sends nothing and says all: %s', async (_, given) => {
    const { name, slug, input, write, implies } = given;
    const before = await listOf(rig, slug);
    rig.forgetCalls();
    const key = { idempotencyKey: 'a-key-first-tried-dry' };
    const { answer, payload } = await rig.change(name, { ...input, ...key, dryRun: true });
    expect(answer.errors).toEqual([]);
    expectNothingSent(rig, payload);
    expect(rig.reads()).not.toEqual([]);
    expect(payload.userErrors).toEqual([]);
    const { request, implications, unchecked } = payload.preview;
    expect(`${request.method} /api/v2/${request.path}`).toBe(write);
    const sent = sentBy(request);
    expect(sent).toEqual(digitsOf(given.body));
    expect(implications.map(({ code }: { code: string }) => code)).toEqual(implies);
    expect(unchecked.length).toBeGreaterThan(0);
    expect(await listOf(rig, slug)).toEqual(before);

    const real = await rig.succeed(name, { ...input, ...key });
    expect(real.operation.request).toEqual(request);
  });

  it('dry, says what is wrong beside what would be sent', async () => {
    const { payload } = await rig.change('resourceCommitmentTerminate', {
      commitmentId: BILLED_ID,
      endsBefore: '2027-03-02',
      dryRun: true,
    });
    expectNothingSent(rig, payload);
    expect(wrongWith(payload)).toEqual(['endsBefore: DATE_NOT_ALLOWED', 'endsBefore: DATE_NOT_ALLOWED']);
    expect(payload.preview.request).toEqual({
      method: 'POST',
      path: `commitments/${BILLED}/terminate`,
      body: '{"endDate":"2027-03-02"}',
    });
  });

  it('of what has changed since it was read is not made', async () => {
    const [{ version }] = (await listOf(rig, 'maple-transit')).filter(({ id }) => id === UNISSUED_ID) as [
      Row,
    ];
    const renamed = { commitmentId: UNISSUED_ID, name: 'renamed' };
    await rig.succeed('resourceCommitmentUpdate', { ...renamed, expectedVersion: version });
    rig.forgetCalls();
    const { answer, payload } = await rig.change('resourceCommitmentUpdate', {
      ...renamed,
      name: 'renamed again',
      expectedVersion: version,
    });
    expect(payload).toBeNull();
    expect(answer.errors).toMatchObject([{ extensions: { code: 'PRECONDITION_FAILED' } }]);
    expect([rig.writes(), rig.effects().length]).toEqual([[], 1]);
  });

  it('keeps every digit of what it does not touch', async () => {
    // More than a double holds, and so beyond what may be asked for.
    rig.emulator().behave({ invoicesIssued: false });
    const payload = await rig.succeed('resourceCommitmentUpdate', {
      commitmentId: idOf('19ea66d9-f940-4809-9853-365b9015e44d', 'tessera-bank'),
      name: 'renamed',
    });
    expect(payload.operation.request.body).toContain('"fixedPrice":9007199254740993.57');
    expect(stringify(rig.effects()[0]?.details['after'])).toContain('"fixedPrice":9007199254740993.57');
    expect(texts(await listOf(rig, 'tessera-bank'))).toContain(
      'renamed FIXED_PRICE 9007199254740993.57 2025-06-01..2030-06-01',
    );
  });
});

// ---- Refused before anything is sent ---------------------------------------------------------------------------------

interface Refused {
  readonly rule: string;
  readonly name: string;
  readonly input: object;
  readonly wrong: readonly string[];
  readonly prepare?: (rig: ChangeRig) => void | Promise<void>;
  readonly says?: RegExp;
}

const without = (input: object, ...names: readonly string[]): object =>
  Object.fromEntries(Object.entries(input).filter(([name]) => !names.includes(name)));
const product = (members: object) => ({ products: [{ ...FIXED_PRICE.products[0], ...members }] });
const TERMINATED_ID = idOf('2316fce0-5416-48d5-9c72-1bd7bc292904', 'ostrava-castings');
const EXPIRED_ID = idOf('39a2c352-52f8-413c-935b-370ad8ad0b61', 'old-mill-press');
const UPCOMING_ID = idOf('b87c56af-dc6d-43b5-aaf8-68e9636feec8', 'solis-agro');

const BEFOREHAND: readonly Refused[] = [
  {
    rule: 'create: startDate required',
    name: 'resourceCommitmentCreate',
    input: without(FIXED_PRICE, 'startsOn'),
    wrong: ['startsOn: REQUIRED'],
  },
  {
    rule: 'create: everything that is required, at once',
    name: 'resourceCommitmentCreate',
    input: { organization: 'sleepyco' },
    wrong: ['pricingMethod: REQUIRED', 'products: REQUIRED', 'startsOn: REQUIRED'],
  },
  {
    rule: 'create: fixedPrice required for FIXED_PRICE',
    name: 'resourceCommitmentCreate',
    input: without(FIXED_PRICE, 'fixedPrice'),
    wrong: ['fixedPrice: REQUIRED'],
  },
  {
    rule: 'create: rateType required for UTILITY_DISCOUNT',
    name: 'resourceCommitmentCreate',
    input: without(DISCOUNT, 'rateType'),
    wrong: ['rateType: REQUIRED'],
  },
  {
    rule: 'create: rateType and discountAmount only with UTILITY_DISCOUNT',
    name: 'resourceCommitmentCreate',
    input: { ...FIXED_PRICE, rateType: 'FIXED_RATE', ...product({ discountPercent: '10' }) },
    wrong: ['rateType: NOT_ALLOWED', 'products.0.discountPercent: NOT_ALLOWED'],
  },
  {
    rule: 'create: fixedPrice and fixedPriceTaxCode only with FIXED_PRICE',
    name: 'resourceCommitmentCreate',
    input: { ...DISCOUNT, fixedPrice: '1', taxCode: { code: 'SI086690' } },
    wrong: ['fixedPrice: NOT_ALLOWED', 'taxCode: NOT_ALLOWED'],
  },
  {
    rule: 'create: startDate before endDate',
    name: 'resourceCommitmentCreate',
    input: { ...FIXED_PRICE, endsBefore: FIXED_PRICE.startsOn },
    wrong: ['endsBefore: DATE_NOT_ALLOWED'],
  },
  {
    rule: 'create: products, of which there has to be one, and each once',
    name: 'resourceCommitmentCreate',
    input: { ...FIXED_PRICE, products: [] },
    wrong: ['products: REQUIRED'],
  },
  {
    rule: 'create: a product twice, in either case',
    name: 'resourceCommitmentCreate',
    input: {
      ...FIXED_PRICE,
      products: [
        { productId: COMPUTE, committedQuantity: '1' },
        { productId: COMPUTE.toUpperCase(), committedQuantity: '2' },
      ],
    },
    wrong: ['products.1.productId: DUPLICATE'],
  },
  {
    rule: 'create: amounts below zero, of nothing, or with more digits than a double keeps',
    name: 'resourceCommitmentCreate',
    input: {
      ...FIXED_PRICE,
      fixedPrice: '-0.01',
      products: [
        { productId: COMPUTE, committedQuantity: '0' },
        { productId: STORAGE, committedQuantity: '1000000000.0000001' },
        { productId: 'not-a-uuid', committedQuantity: '1' },
      ],
    },
    wrong: [
      'fixedPrice: OUT_OF_RANGE',
      'products.0.committedQuantity: OUT_OF_RANGE',
      'products.1.committedQuantity: OUT_OF_RANGE',
      'products.2.productId: INVALID',
    ],
  },
  {
    rule: 'create: a discount of more than all of it',
    name: 'resourceCommitmentCreate',
    input: { ...DISCOUNT, ...product({ discountPercent: '100.5' }) },
    wrong: ['products.0.discountPercent: OUT_OF_RANGE'],
  },
  {
    rule: 'create: for a customer without an account there',
    name: 'resourceCommitmentCreate',
    input: { ...FIXED_PRICE, organization: 'brightwell-energy' },
    wrong: [': NOT_ALLOWED'],
  },
  {
    rule: 'create: for a customer who is not there',
    name: 'resourceCommitmentCreate',
    input: { ...FIXED_PRICE, organization: 'nobody' },
    wrong: ['organization: NOT_FOUND'],
  },
  {
    rule: 'update: not one that was terminated',
    name: 'resourceCommitmentUpdate',
    input: { commitmentId: TERMINATED_ID, name: 'renamed' },
    wrong: ['commitmentId: STATE_NOT_ALLOWED'],
  },
  {
    rule: 'update: the rules of its pricing method hold',
    name: 'resourceCommitmentUpdate',
    input: { commitmentId: BILLED_ID, fixedPrice: '1', taxCode: { code: 'SI086690' } },
    wrong: ['fixedPrice: NOT_ALLOWED', 'taxCode: NOT_ALLOWED'],
  },
  {
    rule: 'update: another pricing method needs what it needs',
    name: 'resourceCommitmentUpdate',
    input: { commitmentId: UNISSUED_ID, pricingMethod: 'UTILITY_DISCOUNT' },
    wrong: ['rateType: REQUIRED'],
  },
  {
    rule: 'update: startDate before endDate, the one that is there counting',
    name: 'resourceCommitmentUpdate',
    input: { commitmentId: UNISSUED_ID, startsOn: '2028-02-01' },
    wrong: ['startsOn: DATE_NOT_ALLOWED'],
  },
  {
    rule: 'update: what is there cannot be taken away, but for the end',
    name: 'resourceCommitmentUpdate',
    input: { commitmentId: UNISSUED_ID, name: null, startsOn: null, products: null, endsBefore: null },
    wrong: ['name: INVALID', 'products: INVALID', 'startsOn: INVALID'],
  },
  {
    rule: 'update: of nothing',
    name: 'resourceCommitmentUpdate',
    input: { commitmentId: UNISSUED_ID },
    wrong: [': REQUIRED'],
  },
  {
    rule: 'update: to what it is already',
    name: 'resourceCommitmentUpdate',
    input: { commitmentId: UNISSUED_ID, fixedPrice: '2750.500', endsBefore: '2028-02-01' },
    wrong: [': NOT_CHANGED'],
  },
  {
    rule: 'update: a commitment that is not there',
    name: 'resourceCommitmentUpdate',
    input: { commitmentId: idOf('00000000-0000-4000-8000-000000000000', 'sleepyco'), name: 'x' },
    wrong: ['commitmentId: NOT_FOUND'],
  },
  {
    rule: 'update: another customer’s commitment',
    name: 'resourceCommitmentUpdate',
    input: { commitmentId: idOf(UNISSUED, 'sleepyco'), name: 'x' },
    wrong: ['commitmentId: NOT_FOUND'],
  },
  {
    rule: 'delete: a commitment that is not there',
    name: 'resourceCommitmentDelete',
    input: { commitmentId: idOf('00000000-0000-4000-8000-000000000000', 'sleepyco') },
    wrong: ['commitmentId: NOT_FOUND'],
  },
  {
    rule: 'delete: another customer’s commitment',
    name: 'resourceCommitmentDelete',
    input: { commitmentId: idOf(YOUNG, 'sleepyco') },
    wrong: ['commitmentId: NOT_FOUND'],
  },
  {
    rule: 'terminate: another customer’s commitment',
    name: 'resourceCommitmentTerminate',
    input: { commitmentId: idOf(BILLED, 'maple-transit'), endsBefore: '2026-12-01' },
    wrong: ['commitmentId: NOT_FOUND'],
  },
  {
    rule: 'terminate: one that was terminated',
    name: 'resourceCommitmentTerminate',
    input: { commitmentId: TERMINATED_ID, endsBefore: '2026-12-01' },
    wrong: ['commitmentId: STATE_NOT_ALLOWED'],
  },
  {
    rule: 'terminate: one that has expired',
    name: 'resourceCommitmentTerminate',
    input: { commitmentId: EXPIRED_ID, endsBefore: '2026-04-01' },
    wrong: ['commitmentId: STATE_NOT_ALLOWED'],
  },
  {
    rule: 'terminate: one that has not started spans no closed cycle, and is deleted instead',
    name: 'resourceCommitmentTerminate',
    input: { commitmentId: UPCOMING_ID, endsBefore: '2026-12-01' },
    wrong: ['commitmentId: STATE_NOT_ALLOWED', 'endsBefore: DATE_NOT_ALLOWED'],
    says: /Delete it instead/,
  },
  {
    rule: 'terminate: endDate later than any next cycle can end',
    name: 'resourceCommitmentTerminate',
    input: { commitmentId: BILLED_ID, endsBefore: '2027-01-25' },
    wrong: ['endsBefore: DATE_NOT_ALLOWED'],
    says: /end of the current or the next billing cycle/,
  },
  {
    rule: 'terminate: endDate before its start',
    name: 'resourceCommitmentTerminate',
    input: { commitmentId: BILLED_ID, endsBefore: '2026-03-01' },
    wrong: ['endsBefore: DATE_NOT_ALLOWED'],
  },
];

describe('refused before anything is sent', () => {
  const rig = changeRig('cloudmc', { isOneForAll: true });

  it.each(named('rule', BEFOREHAND))('%s', async (_, { name, input, wrong, prepare, says }) => {
    await prepare?.(rig);
    const { answer, payload } = await rig.change(name, { ...input, idempotencyKey: 'a-key-refused-once' });
    expect(answer.errors).toEqual([]);
    expect(wrongWith(payload)).toEqual(wrong);
    expect(payload.userErrors.map(({ __typename }: { __typename: string }) => __typename)).toEqual(
      wrong.map(() => 'InputProblem'),
    );
    expectNothingSent(rig, payload);
    expect(payload).toMatchObject({ commitment: null, externalId: null, deletedId: null });
    if (says !== undefined)
      expect(payload.userErrors.map(({ message }: { message: string }) => message).join(' ')).toMatch(says);
    const { data } = await rig.query('{ contractOperation(idempotencyKey: "a-key-refused-once") { id } }');
    expect(data).toEqual({ contractOperation: null });
  });

  it('terminate: endDate after the end that it has', async () => {
    const { commitment } = await rig.succeed('resourceCommitmentCreate', {
      ...FIXED_PRICE,
      organization: 'kestrel-media',
      startsOn: '2026-11-01',
      endsBefore: '2026-12-10',
    });
    rig.forgetCalls();
    const { payload } = await rig.change('resourceCommitmentTerminate', {
      commitmentId: commitment.id,
      endsBefore: '2027-01-01',
    });
    expect(wrongWith(payload)).toEqual(['endsBefore: DATE_NOT_ALLOWED']);
    expect([rig.writes(), rig.effects().length]).toEqual([[], 1]);
  });

  // Type RESOURCE is the only one, and the input has no place for another.
  it.each([
    ['resourceCommitmentCreate', { ...FIXED_PRICE, type: 'MONEY' }],
    ['resourceCommitmentUpdate', { commitmentId: UNISSUED_ID, organization: 'sleepyco' }],
    ['resourceCommitmentUpdate', { commitmentId: UNISSUED_ID, reseller: 'x' }],
  ])('%s: type, organization and reseller are not for changing', async (name, input) => {
    const { answer } = await rig.change(name, input);
    expect(answer.data).toBeUndefined();
    expect(answer.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect([rig.writes(), rig.reads()]).toEqual([[], []]);
  });
});

// ---- Refused by the vendor -------------------------------------------------------------------------------------------

interface Answered extends Omit<Refused, 'wrong' | 'says'> {
  readonly says: RegExp;
}

const onWrite = (fault: FaultRule['fault']) => (rig: ChangeRig) => {
  for (const method of ['POST', 'PUT', 'DELETE'])
    rig.emulator().faults.add({ match: { method }, times: 1, fault });
};

/** Asks the vendor past the gateway, as somebody else would. */
async function elsewhere(rig: ChangeRig, method: string, path: string, body?: object): Promise<void> {
  const { url, apiKey } = rig.sandbox().backends.cloudmc!;
  const response = await fetch(`${url}/${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'mc-api-key': apiKey },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(response.status).toBe(200);
}

const BY_ANSWER: readonly Answered[] = [
  {
    rule: 'create: the date range must not cover a billing cycle with an issued invoice',
    name: 'resourceCommitmentCreate',
    input: { ...FIXED_PRICE, startsOn: '2026-10-01' },
    says: /cannot span a billing cycle with an issued invoice/,
  },
  {
    rule: 'create: an unknown product',
    name: 'resourceCommitmentCreate',
    input: { ...FIXED_PRICE, ...product({ productId: '00000000-0000-4000-8000-000000000000' }) },
    says: /is not the id of a product/,
  },
  {
    rule: 'update: not after an invoice has been issued',
    name: 'resourceCommitmentUpdate',
    input: { commitmentId: BILLED_ID, name: 'renamed' },
    says: /an invoice of a billing cycle that it covers has been issued/,
  },
  {
    rule: 'update: a pre-paid one cannot end before its successor begins',
    name: 'resourceCommitmentUpdate',
    input: { commitmentId: idOf(PRE_PAID, 'sleepyco'), endsBefore: '2026-12-01' },
    says: /must be after the end of the current billing cycle/,
  },
  {
    rule: 'delete: only when no closed billing cycle belongs to it',
    name: 'resourceCommitmentDelete',
    input: { commitmentId: BILLED_ID },
    says: /closed billing cycle and cannot be deleted/,
  },
  {
    rule: 'terminate: endDate must be the end of the current or the next billing cycle',
    name: 'resourceCommitmentTerminate',
    input: { commitmentId: BILLED_ID, endsBefore: '2026-12-02' },
    says: /must be the end date of the current billing cycle or the next one/,
  },
  {
    rule: 'terminate: one with no closed cycle, which is deleted instead',
    name: 'resourceCommitmentTerminate',
    input: { commitmentId: YOUNG_ID, endsBefore: '2026-12-01' },
    says: /no closed billing cycle; delete it instead/,
  },
  {
    rule: 'one change at a time: another’s task is under way',
    name: 'resourceCommitmentTerminate',
    input: { commitmentId: BILLED_ID, endsBefore: '2026-12-01' },
    says: /Another task is under way/,
    prepare: async (rig) => {
      rig.emulator().behave({ taskMs: 3_600_000, taskOutcome: 'FAILED' });
      await elsewhere(rig, 'POST', `commitments/${BILLED}/terminate`, { endDate: '2027-01-01' });
      rig.forgetCalls();
    },
  },
  {
    rule: 'errors mean no, whatever the status',
    name: 'resourceCommitmentTerminate',
    input: { commitmentId: BILLED_ID, endsBefore: '2026-12-01' },
    says: /^The cycle is closed$/,
    prepare: onWrite({
      kind: 'refuse',
      status: 200,
      json: { errors: [{ code: 2012, message: 'The cycle is closed', context: {} }] },
    }),
  },
  {
    rule: 'a key that lacks the right: 403, and nothing of ours is told',
    name: 'resourceCommitmentDelete',
    input: { commitmentId: YOUNG_ID },
    says: /^CloudMC does not permit this change\.$/,
    prepare: onWrite({
      kind: 'refuse',
      status: 403,
      json: { errors: [{ code: 9001, message: 'user 7 lacks Commitments: Manage', context: {} }] },
    }),
  },
  {
    rule: 'one that is gone by then: 404',
    name: 'resourceCommitmentUpdate',
    input: { commitmentId: UNISSUED_ID, name: 'renamed' },
    says: /^CloudMC does not have this commitment any more\.$/,
    prepare: onWrite({ kind: 'refuse', status: 404, json: { errors: [] } }),
  },
  ...(
    [
      ['update', { commitmentId: UNISSUED_ID, name: 'renamed' }],
      ['terminate', { commitmentId: BILLED_ID, endsBefore: '2026-12-01' }],
      ['delete', { commitmentId: YOUNG_ID }],
    ] as const
  ).map(([verb, input]) => ({
    rule: `${verb}: a task that FAILED`,
    name: `resourceCommitment${verb.charAt(0).toUpperCase()}${verb.slice(1)}`,
    input,
    says: /./,
    prepare: (rig: ChangeRig) => rig.emulator().behave({ taskOutcome: 'FAILED' }),
  })),
];

describe('refused by the vendor', () => {
  const rig = changeRig('cloudmc');

  it.each(named('rule', BY_ANSWER))('%s', async (_, { name, input, says, prepare }) => {
    await prepare?.(rig);
    const key = { idempotencyKey: 'a-key-that-is-used-twice' };
    const { answer, payload } = await rig.change(name, { ...input, ...key });
    expect(answer.errors).toEqual([]);
    expect(payload).toMatchObject({
      operation: {
        state: 'FAILED',
        failure: { code: 'REFUSED', message: expect.stringMatching(says) },
        settledAt: expect.any(String),
      },
      commitment: null,
      externalId: null,
      previousId: null,
      deletedId: null,
      userErrors: [
        {
          __typename: 'BackendRefusal',
          code: 'REFUSED',
          path: [],
          source: 'CLOUDMC',
          message: payload.operation.failure.message,
        },
      ],
    });
    expect(rig.writes()).toHaveLength(1);
    expect(rig.effects()).toEqual([]);

    const again = await rig.change(name, { ...input, ...key });
    expect(again.payload).toEqual({ ...payload, isReplay: true });
    expect(rig.writes()).toHaveLength(1);
    expect(await rig.operation(payload.operation.id)).toMatchObject({ state: 'FAILED', looks: 0 });
  });

  it('allowed: an update although the cycle is closed, where no invoice has been issued', async () => {
    rig.emulator().behave({ invoicesIssued: false });
    await rig.succeed('resourceCommitmentUpdate', { commitmentId: BILLED_ID, name: 'renamed' });
    expect(rig.effects()).toMatchObject([{ action: 'commitment.update', target: BILLED }]);
  });

  it('allowed: a deletion where no cycle is closed', async () => {
    rig.emulator().behave({ cyclesClosed: false });
    await rig.succeed('resourceCommitmentDelete', { commitmentId: BILLED_ID });
    expect(rig.effects()).toMatchObject([{ action: 'commitment.delete', target: BILLED }]);
  });

  it.each<[string, FaultRule['fault'], string]>([
    ['429, not looked at', { kind: 'rate-limit' }, 'UPSTREAM_RATE_LIMITED'],
    ['401, not looked at', { kind: 'refuse', status: 401, json: {} }, 'UPSTREAM_UNAVAILABLE'],
  ])('%s: nothing was done, and the same key may be used again', async (_, fault, code) => {
    onWrite(fault)(rig);
    const input = { commitmentId: YOUNG_ID, idempotencyKey: 'a-key-not-looked-at' };
    const { answer, payload } = await rig.change('resourceCommitmentDelete', input);
    expect(payload).toBeNull();
    expect(answer.errors).toMatchObject([
      { path: ['resourceCommitmentDelete'], extensions: { code, source: 'CLOUDMC' } },
    ]);
    expect(rig.effects()).toEqual([]);
    const { data } = await rig.query('{ contractOperation(idempotencyKey: "a-key-not-looked-at") { id } }');
    expect(data).toEqual({ contractOperation: null });
    // A gate that was closed opens after a while.
    await expect
      .poll(async () => (await rig.change('resourceCommitmentDelete', input)).payload?.operation?.state, {
        timeout: 10_000,
        interval: 50,
      })
      .toBe('SUCCEEDED');
    expect(rig.effects()).toHaveLength(1);
  });
});

// ---- Tasks -----------------------------------------------------------------------------------------------------------

const BY_TASK = CASES.filter(({ name }) => name !== 'resourceCommitmentCreate');

describe('a task that takes its time', () => {
  const rig = changeRig('cloudmc');
  const pending = async (name: string, input: object) => {
    const { answer, payload } = await rig.change(name, { ...input, idempotencyKey: 'a-key-of-a-task' });
    expect(answer.errors).toEqual([]);
    expect(payload).toMatchObject({
      operation: {
        state: 'PENDING',
        settledAt: null,
        failure: null,
        references: { taskId: expect.any(String) },
      },
      commitment: null,
      deletedId: null,
      userErrors: [],
    });
    return payload.operation;
  };
  const again = (name: string, input: object) =>
    rig.change(name, { ...input, idempotencyKey: 'a-key-of-a-task' });

  it.each(named('what', BY_TASK))('and succeeds: %s', async (_, given) => {
    const { name, slug, input } = given;
    const before = await listOf(rig, slug);
    rig.emulator().behave({ taskMs: 30_000 });
    const { id, references } = await pending(name, input);
    expect(rig.effects()).toHaveLength(1);
    expect(rig.effects()[0]?.details['taskId']).toBe(references.taskId);
    expect(texts(await listOf(rig, slug))).toEqual(texts(before));

    // Looked at while it is under way: not done.
    rig.skip(10_000);
    await expect.poll(async () => (await rig.operation(id)).looks, { timeout: 10_000, interval: 20 }).toBe(1);
    const replay = await again(name, input);
    expect(replay.payload).toMatchObject({ operation: { id, state: 'PENDING' }, isReplay: true });
    const other = await rig.change(name, { ...input, reason: 'Somebody else wants it too.' });
    expect(other.answer.errors).toMatchObject([{ extensions: { code: 'TARGET_BUSY' } }]);

    rig.skip(A_WHILE);
    const settled = await rig.settled(id, 'SUCCEEDED');
    const successorId = rig.effects()[0]?.details['successorId'] ?? null;
    expect(settled).toMatchObject({
      failure: null,
      references: { taskId: references.taskId, newCommitmentId: successorId },
    });
    expect(texts(await listOf(rig, slug))).toEqual(changedBy(before, given));
    const { payload } = await again(name, input);
    expect(payload).toMatchObject({ operation: { id, state: 'SUCCEEDED' }, isReplay: true, userErrors: [] });
    const isDeletion = name === 'resourceCommitmentDelete';
    expect([payload.commitment === null, payload.deletedId !== null]).toEqual([isDeletion, isDeletion]);
    expect(payload.previousExternalId).toBe(successorId === null ? null : PRE_PAID);
    expect([rig.writes().length, rig.effects().length]).toEqual([1, 1]);
  });

  it.each(named('what', BY_TASK))('and fails: %s', async (_, { name, slug, input }) => {
    const before = await listOf(rig, slug);
    rig.emulator().behave({ taskMs: 30_000, taskOutcome: 'FAILED' });
    const { id } = await pending(name, input);
    rig.skip(A_WHILE);
    expect(await rig.settled(id, 'FAILED')).toMatchObject({ failure: { code: 'REFUSED' } });
    expect(rig.effects()).toEqual([]);
    expect(texts(await listOf(rig, slug))).toEqual(texts(before));
    const { payload } = await again(name, input);
    expect(wrongWith(payload)).toEqual([': REFUSED']);
    expect(rig.writes()).toHaveLength(1);
  });

  it.each([
    ['SUCCESS', 'SUCCEEDED'],
    ['FAILED', 'FAILED'],
  ])('and is forgotten before anybody looks: %s, and the commitment tells', async (taskOutcome, state) => {
    rig.emulator().behave({ taskMs: 30_000, taskOutcome });
    const { id } = await pending('resourceCommitmentTerminate', {
      commitmentId: BILLED_ID,
      endsBefore: '2026-12-01',
    });
    rig.skip(3_600_000);
    const { failure } = await rig.settled(id, state);
    expect(failure?.code ?? null).toBe(state === 'FAILED' ? 'NOT_APPLIED' : null);
    expect(rig.effects()).toHaveLength(state === 'FAILED' ? 0 : 1);
  });
});

describe('a task that ends while the caller waits', () => {
  const rig = changeRig('cloudmc', { followMs: 15_000 });

  it.each([
    ['SUCCESS', 'SUCCEEDED', 1],
    ['FAILED', 'FAILED', 0],
  ])('is answered as it ended: %s', async (taskOutcome, state, effects) => {
    rig.emulator().behave({ taskMs: 30_000, taskOutcome });
    const asked = rig.change('resourceCommitmentTerminate', {
      commitmentId: BILLED_ID,
      endsBefore: '2026-12-01',
    });
    await expect
      .poll(() => rig.reads().filter((call) => call.includes('/tasks/')).length, { timeout: 10_000 })
      .toBeGreaterThan(0);
    rig.skip(A_WHILE);
    const { answer, payload } = await asked;
    expect(answer.errors).toEqual([]);
    expect(payload.operation.state).toBe(state);
    expect(payload.commitment?.isTerminated ?? false).toBe(state === 'SUCCEEDED');
    expect(wrongWith(payload)).toEqual(state === 'FAILED' ? [': REFUSED'] : []);
    expect([rig.writes().length, rig.effects().length]).toEqual([1, effects]);
  });
});

// ---- Without an answer -----------------------------------------------------------------------------------------------

describe('without an answer that can be read', () => {
  const rig = changeRig('cloudmc', { writeTimeoutMs: 300 });

  /** Asks, and is told in both places that nobody knows. */
  const lost = async (name: string, input: object) => {
    const { answer, payload } = await rig.change(name, { ...input, idempotencyKey: 'a-key-of-a-lost-one' });
    expect(answer.errors).toMatchObject([
      { path: [name], extensions: { code: 'OUTCOME_UNKNOWN', source: 'CLOUDMC', retryable: false } },
    ]);
    expect(payload).toMatchObject({
      operation: { state: 'UNKNOWN', failure: { code: 'NO_ANSWER' }, settledAt: null },
      commitment: null,
      deletedId: null,
      previousId: null,
      isReplay: false,
      isDurable: true,
      userErrors: [],
    });
    expect(await rig.operation(payload.operation.id)).toMatchObject({ state: 'UNKNOWN', looks: 0 });
    return payload.operation.id as string;
  };
  const again = (name: string, input: object) =>
    rig.change(name, { ...input, idempotencyKey: 'a-key-of-a-lost-one' });

  it.each(named('what', CASES))('and made: found by reading: %s', async (_, given) => {
    const { name, slug, input, action } = given;
    const before = await listOf(rig, slug);
    onWrite({ kind: 'reset', applied: true })(rig);
    const id = await lost(name, input);
    const replay = await again(name, input);
    expect(replay.payload).toMatchObject({ operation: { id, state: 'UNKNOWN' }, isReplay: true });
    expect(replay.answer.errors).toMatchObject([{ extensions: { code: 'OUTCOME_UNKNOWN' } }]);

    rig.skip(A_WHILE);
    expect(await rig.settled(id, 'SUCCEEDED')).toMatchObject({ failure: null });
    const [effect, ...others] = rig.effects();
    expect(others).toEqual([]);
    expect(effect).toMatchObject({ action, requestId: nativeId(id) });
    expect(texts(await listOf(rig, slug))).toEqual(changedBy(before, given));
    const { answer, payload } = await again(name, input);
    expect(answer.errors).toEqual([]);
    expect(payload).toMatchObject({ operation: { id, state: 'SUCCEEDED' }, isReplay: true });
    const successorId = effect?.details['successorId'] ?? null;
    const isDeletion = name === 'resourceCommitmentDelete';
    expect(payload).toMatchObject({
      externalId: isDeletion ? null : (successorId ?? effect?.target),
      previousExternalId: successorId === null ? null : PRE_PAID,
      deletedId: isDeletion ? YOUNG_ID : null,
    });
    expect(rig.writes()).toHaveLength(1);
  });

  it.each(named('what', CASES))('and not made: proved by reading: %s', async (_, { name, slug, input }) => {
    const before = await listOf(rig, slug);
    onWrite({ kind: 'reset', applied: false })(rig);
    const id = await lost(name, input);
    rig.skip(TASKS_ARE_OVER);
    expect(await rig.settled(id, 'FAILED')).toMatchObject({ failure: { code: 'NOT_APPLIED' } });
    expect(rig.effects()).toEqual([]);
    expect(await listOf(rig, slug)).toEqual(before);
    const { answer, payload } = await again(name, input);
    expect(answer.errors).toEqual([]);
    expect(wrongWith(payload)).toEqual([': REFUSED']);
    expect(rig.writes()).toHaveLength(1);
    // With a key of its own it may be asked for anew.
    rig.emulator().faults.clear();
    await rig.succeed(name, input);
    expect(rig.effects()).toHaveLength(1);
  });

  it.each<[string, FaultRule['fault'], string]>([
    ['silence, and made', { kind: 'silent', applied: true }, 'SUCCEEDED'],
    ['silence, and not made', { kind: 'silent', applied: false }, 'FAILED'],
    ['cut off in the middle', { kind: 'cut', afterBytes: 20 }, 'SUCCEEDED'],
    ['cut off after its head', { kind: 'cut', afterBytes: 0 }, 'SUCCEEDED'],
    ['too slow', { kind: 'slow', ms: 5_000 }, 'SUCCEEDED'],
    ['half of it', { kind: 'malform', as: 'truncated' }, 'SUCCEEDED'],
    ['a page', { kind: 'malform', as: 'html' }, 'SUCCEEDED'],
    ['nothing in it', { kind: 'malform', as: 'empty' }, 'SUCCEEDED'],
    ['a task in a state that nobody knows', { kind: 'schema', set: { taskStatus: 'HALTED' } }, 'SUCCEEDED'],
    ['500, and made', { kind: 'refuse', status: 500, json: {}, applied: true }, 'SUCCEEDED'],
    ['500, and not made', { kind: 'refuse', status: 500, json: {} }, 'FAILED'],
    ['502, and not made', { kind: 'refuse', status: 502, json: {} }, 'FAILED'],
  ])('%s', async (_, fault, state) => {
    onWrite(fault)(rig);
    const id = await lost('resourceCommitmentTerminate', {
      commitmentId: BILLED_ID,
      endsBefore: '2026-12-01',
    });
    rig.skip(TASKS_ARE_OVER);
    const { failure } = await rig.settled(id, state);
    expect(failure?.code ?? null).toBe(state === 'FAILED' ? 'NOT_APPLIED' : null);
    expect(rig.effects()).toHaveLength(state === 'FAILED' ? 0 : 1);
    expect(rig.writes()).toHaveLength(1);
  });

  it('and refused: proved by reading', async () => {
    onWrite({ kind: 'cut', afterBytes: 10 })(rig);
    const id = await lost('resourceCommitmentDelete', { commitmentId: idOf(PRE_PAID, 'sleepyco') });
    rig.skip(TASKS_ARE_OVER);
    expect(await rig.settled(id, 'FAILED')).toMatchObject({ failure: { code: 'NOT_APPLIED' } });
    expect(rig.effects()).toEqual([]);
  });

  it('and the task takes its time: not taken for not made, until it can no longer come', async () => {
    rig.emulator().behave({ taskMs: 20 * 60_000 });
    onWrite({ kind: 'reset', applied: true })(rig);
    const id = await lost('resourceCommitmentTerminate', {
      commitmentId: BILLED_ID,
      endsBefore: '2026-12-01',
    });
    rig.skip(A_WHILE);
    await expect.poll(async () => (await rig.operation(id)).looks, { timeout: 10_000, interval: 20 }).toBe(1);
    expect(await rig.operation(id)).toMatchObject({ state: 'UNKNOWN', settledAt: null });
    rig.skip(20 * 60_000);
    await rig.settled(id, 'SUCCEEDED');
    expect(rig.effects()).toHaveLength(1);
  });

  it('keeps others from the same commitment, and from no other', async () => {
    onWrite({ kind: 'reset', applied: true })(rig);
    const ending = { commitmentId: BILLED_ID, endsBefore: '2026-12-01' };
    const id = await lost('resourceCommitmentTerminate', ending);
    rig.emulator().faults.clear();
    const busy = await rig.change('resourceCommitmentUpdate', { commitmentId: BILLED_ID, name: 'x' });
    // It shows as terminated already, which is said; nothing is sent either way.
    expect(wrongWith(busy.payload)).toEqual(['commitmentId: STATE_NOT_ALLOWED']);
    const other = await rig.change('resourceCommitmentDelete', { commitmentId: BILLED_ID });
    expect(other.payload).toBeNull();
    expect(other.answer.errors).toMatchObject([{ extensions: { code: 'TARGET_BUSY' } }]);
    await rig.succeed('resourceCommitmentDelete', { commitmentId: YOUNG_ID });
    rig.skip(A_WHILE);
    await rig.settled(id, 'SUCCEEDED');
    expect(rig.effects().map(({ target }) => target)).toEqual([BILLED, YOUNG]);
  });

  it('keeps the same thing from being created twice, and nothing else', async () => {
    onWrite({ kind: 'reset', applied: true })(rig);
    const id = await lost('resourceCommitmentCreate', FIXED_PRICE);
    const twin = await rig.change('resourceCommitmentCreate', FIXED_PRICE);
    expect(twin.answer.errors).toMatchObject([{ extensions: { code: 'TARGET_BUSY' } }]);
    await rig.succeed('resourceCommitmentCreate', DISCOUNT);
    rig.skip(A_WHILE);
    await rig.settled(id, 'SUCCEEDED');
    expect(rig.effects()).toHaveLength(2);
  });

  it('and somebody else created the same twice meanwhile: nobody can tell, and an operator has to', async () => {
    onWrite({ kind: 'reset', applied: false })(rig);
    const id = await lost('resourceCommitmentCreate', FIXED_PRICE);
    rig.emulator().faults.clear();
    const { request } = (
      await rig.query('query ($id: ID!) { contractOperation(id: $id) { request { body } } }', { id })
    ).data.contractOperation;
    for (const _ of [1, 2]) await elsewhere(rig, 'POST', 'commitments', JSON.parse(request.body) as object);
    rig.skip(A_WHILE);
    await expect
      .poll(async () => (await rig.operation(id)).looks, { timeout: 10_000, interval: 20 })
      .toBeGreaterThan(0);
    expect(await rig.operation(id)).toMatchObject({ state: 'UNKNOWN', needsOperator: false });
    rig.skip(3_600_000);
    await expect
      .poll(async () => (await rig.operation(id)).needsOperator, { timeout: 10_000, interval: 20 })
      .toBe(true);
  });

  it('and somebody else changed it meanwhile: not called a success', async () => {
    onWrite({ kind: 'reset', applied: false })(rig);
    const id = await lost('resourceCommitmentUpdate', { commitmentId: UNISSUED_ID, name: 'renamed' });
    rig.emulator().faults.clear();
    const { request } = (
      await rig.query('query ($id: ID!) { contractOperation(id: $id) { request { body } } }', { id })
    ).data.contractOperation;
    await elsewhere(rig, 'PUT', `commitments/${UNISSUED}`, {
      ...(JSON.parse(request.body) as object),
      name: 'theirs',
    });
    rig.skip(A_WHILE);
    await expect
      .poll(async () => (await rig.operation(id)).looks, { timeout: 10_000, interval: 20 })
      .toBeGreaterThan(0);
    const seen = await rig.operation(id);
    expect(seen).toMatchObject({ state: 'UNKNOWN', settledAt: null });
    expect(seen.evidence.after).toContain('"name":"theirs"');
    expect(rig.effects()).toHaveLength(1);
  });

  it('and CloudMC cannot be read either: unknown until it can', async () => {
    onWrite({ kind: 'reset', applied: true })(rig);
    const id = await lost('resourceCommitmentTerminate', {
      commitmentId: BILLED_ID,
      endsBefore: '2026-12-01',
    });
    rig.forgetCalls();
    const { faults } = rig.emulator();
    faults.add({ match: { method: 'GET' }, fault: { kind: 'refuse', status: 403, json: { errors: [] } } });
    rig.skip(A_WHILE);
    await expect.poll(() => rig.reads().length, { timeout: 10_000, interval: 20 }).toBeGreaterThan(0);
    const { data } = await rig.query(
      'query ($id: ID!) { contractOperation(id: $id) { state looks needsOperator } }',
      { id },
    );
    expect(data.contractOperation).toEqual({ state: 'UNKNOWN', looks: 0, needsOperator: false });
    faults.clear();
    // The look that failed may not be over: the next is due some time after that.
    const state = async () => {
      rig.skip(A_WHILE);
      return (await rig.operation(id)).state as string;
    };
    await expect.poll(state, { timeout: 10_000, interval: 200 }).toBe('SUCCEEDED');
    expect(await rig.operation(id)).toMatchObject({ looks: 1 });
  });
});
