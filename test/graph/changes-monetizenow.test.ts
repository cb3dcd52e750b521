/**
 * Contract operations over the sandbox: each is made once, shows at once, and is told as it ended. What MonetizeNow
 * refuses (`backends.md` §4.8) is refused before anything is sent where that can be known, and mapped from its answer
 * where not; what got lost is found out by reading.
 */
import { describe, expect, it } from 'vitest';
import { decodeGlobalId, encodeGlobalId } from '../../src/graph/global-id.js';
import {
  MINIMUM_OFFERING,
  PLUS_OFFERING,
  PLUS_PRODUCT,
  SEAT_PRODUCT,
  SEATS_OFFERING,
  SEATS_YEARLY_RATE,
  SUPPORT_OFFERING,
} from '../../src/sandbox/monetizenow/catalogue.js';
import type { FaultRule } from '../../src/sandbox/faults.js';
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

const idOf = (key: string, organization = 'sleepyco') =>
  encodeGlobalId({ type: 'Contract', organization, key });

/** The page's: ten seats and a minimum, from 2026-06-01 to 2027-05-31. */
const KEY = 'ctrct_xNE4v9dkjXjorYAM';
const CONTRACT = idOf(KEY);
const CANCELLED = idOf('ctrct_4FI2U3mGUuhXFYIx');
const RENEWED = idOf('ctrct_A1C9Pdl7VcUlpRQY');
const PENDING = idOf('ctrct_jsRlkdp36UBYZ6ot', 'polar-night-games');
const POST = 'POST /api/selfService/contract';

const seats = (quantity: string | number) => [{ productId: SEAT_PRODUCT, quantity: `${quantity}` }];
const moreSeats = (quantity: string | number) => ({
  contractId: CONTRACT,
  offerings: [{ offeringId: SEATS_OFFERING, products: seats(quantity) }],
});

// ---- The six changes, and what becomes of the contract ---------------------------------------------------------------

interface Case {
  readonly what: string;
  readonly name: string;
  readonly input: object;
  /** As the vendor understands it. */
  readonly request: object;
  readonly action: string;
  readonly effectiveOn: string;
  /** On the contract afterwards: `offering: product quantity, …`. */
  readonly offerings: readonly string[];
  readonly implies: readonly string[];
  readonly rateOfSeats?: string;
  readonly status?: string;
}

const MINIMUM = `${MINIMUM_OFFERING}: 1`;

const CASES: readonly Case[] = [
  {
    what: 'more seats, today',
    name: 'contractQuantityChange',
    input: moreSeats(11),
    request: {
      action: 'QUANTITY_CHANGE',
      contractId: KEY,
      payload: {
        offerings: [{ offeringId: SEATS_OFFERING, products: [{ productId: SEAT_PRODUCT, quantity: 11 }] }],
      },
    },
    action: 'contract.quantity-change',
    effectiveOn: '2026-11-21',
    offerings: [`${SEATS_OFFERING}: 11`, MINIMUM],
    implies: ['CHARGE'],
  },
  {
    what: 'another rate on the next bill cycle',
    name: 'contractRateChange',
    input: {
      contractId: CONTRACT,
      effective: { at: 'NEXT_BILL_CYCLE' },
      offerings: [{ offeringId: SEATS_OFFERING, rateId: SEATS_YEARLY_RATE }],
    },
    request: {
      action: 'RATE_CHANGE',
      contractId: KEY,
      relativeEffectiveDate: 'NEXT_BILL_CYCLE',
      payload: { offerings: [{ offeringId: SEATS_OFFERING, rateId: SEATS_YEARLY_RATE }] },
    },
    action: 'contract.rate-change',
    effectiveOn: '2026-12-01',
    offerings: [`${SEATS_OFFERING}: 10`, MINIMUM],
    implies: ['QUANTITY_KEPT'],
    rateOfSeats: SEATS_YEARLY_RATE,
  },
  {
    what: 'another rate and another quantity on a day',
    name: 'contractRateChange',
    input: {
      contractId: CONTRACT,
      effective: { on: '2027-01-15' },
      offerings: [{ offeringId: SEATS_OFFERING, rateId: SEATS_YEARLY_RATE, products: seats('12.0') }],
    },
    request: {
      action: 'RATE_CHANGE',
      contractId: KEY,
      effectiveDate: '2027-01-15T00:00:00.000Z',
      payload: {
        offerings: [
          {
            offeringId: SEATS_OFFERING,
            rateId: SEATS_YEARLY_RATE,
            products: [{ productId: SEAT_PRODUCT, quantity: 12 }],
          },
        ],
      },
    },
    action: 'contract.rate-change',
    effectiveOn: '2027-01-15',
    offerings: [`${SEATS_OFFERING}: 12`, MINIMUM],
    implies: ['CHARGE'],
    rateOfSeats: SEATS_YEARLY_RATE,
  },
  {
    what: 'an offering in the place of another, its unlisted product at its least',
    name: 'contractOfferingChange',
    input: {
      contractId: CONTRACT,
      offerings: [
        {
          offeringId: SEATS_OFFERING,
          newOfferingId: PLUS_OFFERING,
          products: [{ productId: PLUS_PRODUCT, quantity: '6' }],
        },
      ],
    },
    request: {
      action: 'OFFERING_CHANGE',
      contractId: KEY,
      payload: {
        offerings: [
          {
            offeringId: SEATS_OFFERING,
            newOfferingId: PLUS_OFFERING,
            products: [{ productId: PLUS_PRODUCT, quantity: 6 }],
          },
        ],
      },
    },
    action: 'contract.offering-change',
    effectiveOn: '2026-11-21',
    offerings: [MINIMUM, `${PLUS_OFFERING}: 6, 1`],
    implies: ['OFFERING_REMOVED', 'QUANTITY_DEFAULTS', 'CHARGE'],
  },
  {
    what: 'two new offerings at once, one with nothing said of its products',
    name: 'contractOfferingAdd',
    input: {
      contractId: CONTRACT,
      offerings: [
        { offeringId: SUPPORT_OFFERING },
        { offeringId: PLUS_OFFERING, products: [{ productId: PLUS_PRODUCT, quantity: '7' }] },
      ],
    },
    request: {
      action: 'ADD_OFFERING',
      contractId: KEY,
      payload: {
        offerings: [
          { offeringId: SUPPORT_OFFERING, products: [] },
          { offeringId: PLUS_OFFERING, products: [{ productId: PLUS_PRODUCT, quantity: 7 }] },
        ],
      },
    },
    action: 'contract.add-offering',
    effectiveOn: '2026-11-21',
    offerings: [`${SEATS_OFFERING}: 10`, MINIMUM, `${SUPPORT_OFFERING}: 1`, `${PLUS_OFFERING}: 7, 1`],
    implies: ['QUANTITY_DEFAULTS', 'QUANTITY_DEFAULTS', 'CHARGE'],
  },
  {
    what: 'one offering less',
    name: 'contractOfferingRemove',
    input: { contractId: CONTRACT, offerings: [{ offeringId: SEATS_OFFERING }] },
    request: {
      action: 'REMOVE_OFFERING',
      contractId: KEY,
      payload: { offerings: [{ offeringId: SEATS_OFFERING }] },
    },
    action: 'contract.remove-offering',
    effectiveOn: '2026-11-21',
    offerings: [MINIMUM],
    implies: ['OFFERING_REMOVED', 'CHARGE'],
  },
  {
    what: 'the last offerings, and that meant',
    name: 'contractOfferingRemove',
    input: {
      contractId: CONTRACT,
      offerings: [{ offeringId: SEATS_OFFERING }, { offeringId: MINIMUM_OFFERING }],
      confirmCancellation: true,
    },
    request: {
      action: 'REMOVE_OFFERING',
      contractId: KEY,
      payload: { offerings: [{ offeringId: SEATS_OFFERING }, { offeringId: MINIMUM_OFFERING }] },
    },
    action: 'contract.remove-offering',
    effectiveOn: '2026-11-21',
    offerings: [],
    implies: ['OFFERING_REMOVED', 'OFFERING_REMOVED', 'CONTRACT_CANCELLED', 'CHARGE'],
    status: 'CANCELED',
  },
  {
    what: 'the end of the contract, today',
    name: 'contractCancel',
    input: { contractId: CONTRACT },
    request: { action: 'CANCELLATION', contractId: KEY, payload: null },
    action: 'contract.cancellation',
    effectiveOn: '2026-11-21',
    offerings: [],
    implies: ['CONTRACT_CANCELLED', 'CHARGE'],
    status: 'CANCELED',
  },
  {
    what: 'the end of the contract, on the next bill cycle',
    name: 'contractCancel',
    input: { contractId: CONTRACT, effective: { at: 'NEXT_BILL_CYCLE' } },
    request: {
      action: 'CANCELLATION',
      contractId: KEY,
      relativeEffectiveDate: 'NEXT_BILL_CYCLE',
      payload: null,
    },
    action: 'contract.cancellation',
    effectiveOn: '2026-12-01',
    offerings: [],
    implies: ['CONTRACT_CANCELLED'],
  },
];

/** The contract by its id and in its customer's list, which say the same. */
async function contractIn({ query }: ChangeRig, directive = ''): Promise<any> {
  const { data, errors } = await query(
    `query ($id: ID!) ${directive} { contract(id: $id) { ...All }
       organization(slug: "sleepyco") { contracts { nodes { ...All } } } }
     fragment All on Contract { id version status term { endsBefore } latestQuote { externalId status }
       quotes { externalId status }
       offerings { offering { externalId } rate { externalId } products { quantity } }
       invoices { totalCount } }`,
    { id: CONTRACT },
  );
  expect(errors).toEqual([]);
  expect(data.organization.contracts.nodes.find(({ id }: { id: string }) => id === CONTRACT)).toEqual(
    data.contract,
  );
  return data.contract;
}

const inShort = (offerings: readonly any[]): readonly string[] =>
  offerings.map(
    ({ offering, products }) =>
      `${offering.externalId}: ${products.map(({ quantity }: { quantity: string }) => quantity).join(', ')}`,
  );
/** `requestId` at the vendor is the operation's own id. */
const nativeId = (operationId: string) => decodeGlobalId(operationId)?.key;

describe('a change', () => {
  const rig = changeRig('monetizenow');

  it.each(named('what', CASES))(
    'is made once, shows at once, and is answered again: %s',
    async (_, given) => {
      const { name, request, action, effectiveOn, offerings, status = 'ACTIVE' } = given;
      const input = { ...given.input, idempotencyKey: 'a-key-that-is-used-twice', reason: 'Because.' };
      // Read before, so that something old would be there to be shown again.
      const before = await contractIn(rig);
      expect(inShort(before.offerings)).toEqual([`${SEATS_OFFERING}: 10`, MINIMUM]);

      const payload = await rig.succeed(name, input);
      expect(rig.writes()).toEqual([POST]);
      const [effect, ...others] = rig.effects();
      expect(others).toEqual([]);
      expect(effect).toMatchObject({
        action,
        target: KEY,
        requestId: nativeId(payload.operation.id),
        details: {
          effectiveOn,
          quoteId: payload.quote.externalId,
          invoiceId: payload.invoice?.externalId ?? null,
        },
      });
      expect(effect?.details['request']).toEqual(request);
      expect(exactly(payload.operation.request.body)).toEqual(exactly(JSON.stringify(request)));
      expect(payload).toMatchObject({
        operation: {
          source: 'MONETIZENOW',
          target: { id: CONTRACT },
          targetExternalId: KEY,
          client: 'demo',
          idempotencyKey: 'a-key-that-is-used-twice',
          reason: 'Because.',
          references: { quoteId: payload.quote.externalId, contractId: KEY },
          settledAt: '2026-11-21T12:00:00Z',
        },
        contract: { externalId: KEY, status },
        quote: { status: 'PROCESSED', typeText: 'AMENDMENT' },
      });

      const after = await contractIn(rig);
      expect(inShort(after.offerings)).toEqual(offerings);
      expect(after.status).toBe(status);
      expect(after.latestQuote).toEqual({ externalId: payload.quote.externalId, status: 'PROCESSED' });
      expect(after.quotes).toHaveLength(before.quotes.length + 1);
      expect(after.invoices.totalCount).toBe(before.invoices.totalCount + (payload.invoice === null ? 0 : 1));
      expect(after.version).toBe(payload.contract.version);
      expect(after.version).not.toBe(before.version);
      if (given.rateOfSeats !== undefined) expect(after.offerings[0].rate.externalId).toBe(given.rateOfSeats);

      rig.skip(A_WHILE);
      const again = await rig.change(name, input);
      expect(again.answer.errors).toEqual([]);
      expect(again.payload).toEqual({ ...payload, isReplay: true });
      expect([rig.writes().length, rig.effects().length]).toEqual([1, 1]);
      expect(await rig.operation(payload.operation.id)).toMatchObject({ state: 'SUCCEEDED', looks: 0 });
    },
  );

  it('bills what it says it bills', async () => {
    const more = await rig.succeed('contractQuantityChange', moreSeats(11));
    expect(more.invoice).toEqual({ externalId: expect.stringMatching(/^invce_/), type: 'INCREMENTAL' });
    const fewer = await rig.succeed('contractQuantityChange', moreSeats(9));
    expect(fewer.invoice).toBeNull();
    expect(rig.effects().map(({ details }) => details['invoiceId'])).toEqual([more.invoice.externalId, null]);
  });

  it.each(named('what', CASES))(
    'dry, sends nothing and says all: %s',
    async (_, { name, input, request, implies }) => {
      const before = await contractIn(rig);
      rig.forgetCalls();
      const key = { idempotencyKey: 'a-key-first-tried-dry' };
      const { answer, payload } = await rig.change(name, { ...input, ...key, dryRun: true });
      expect(answer.errors).toEqual([]);
      expectNothingSent(rig, payload);
      expect(rig.reads()).not.toEqual([]);
      expect(payload.userErrors).toEqual([]);
      expect(payload.preview.request).toMatchObject({ method: 'POST', path: 'api/selfService/contract' });
      expect(exactly(payload.preview.request.body)).toEqual(exactly(JSON.stringify(request)));
      expect(payload.preview.implications.map(({ code }: { code: string }) => code)).toEqual(implies);
      expect(payload.preview.unchecked[0]).toBe(
        'Whether the change is held until somebody at MonetizeNow approves it.',
      );
      expect(await contractIn(rig)).toEqual(before);

      const real = await rig.succeed(name, { ...input, ...key });
      expect(real.operation.request).toEqual(payload.preview.request);
    },
  );

  it('dry, says what is wrong beside what would be sent', async () => {
    const { answer, payload } = await rig.change('contractOfferingRemove', {
      contractId: CONTRACT,
      offerings: [{ offeringId: SEATS_OFFERING }, { offeringId: MINIMUM_OFFERING }],
      dryRun: true,
    });
    expect(answer.errors).toEqual([]);
    expectNothingSent(rig, payload);
    expect(wrongWith(payload)).toEqual(['confirmCancellation: WOULD_CANCEL_CONTRACT']);
    expect(payload.preview.implications.map(({ code }: { code: string }) => code)).toContain(
      'CONTRACT_CANCELLED',
    );
  });

  it('of what has changed since it was read is not made', async () => {
    const { version } = await contractIn(rig);
    await rig.succeed('contractQuantityChange', { ...moreSeats(11), expectedVersion: version });
    rig.forgetCalls();
    const { answer, payload } = await rig.change('contractQuantityChange', {
      ...moreSeats(12),
      expectedVersion: version,
    });
    expect(payload).toBeNull();
    expect(answer.errors).toMatchObject([{ extensions: { code: 'PRECONDITION_FAILED', retryable: false } }]);
    expect([rig.writes(), rig.effects().length]).toEqual([[], 1]);
  });

  it('with a key that names another change is not made', async () => {
    const idempotencyKey = 'a-key-of-another-change';
    await rig.succeed('contractQuantityChange', { ...moreSeats(11), idempotencyKey });
    // The same number, written otherwise, is the same change.
    const same = await rig.change('contractQuantityChange', { ...moreSeats('11.00'), idempotencyKey });
    expect(same.payload).toMatchObject({ isReplay: true });
    const other = await rig.change('contractQuantityChange', { ...moreSeats(12), idempotencyKey });
    expect(other.answer.errors).toMatchObject([{ extensions: { code: 'IDEMPOTENCY_KEY_REUSED' } }]);
    expect(rig.effects()).toHaveLength(1);
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

const onSet = (set: Readonly<Record<string, unknown>>) => (rig: ChangeRig) =>
  rig
    .emulator()
    .faults.add({ match: { method: 'GET', path: '/api/quotes/' }, fault: { kind: 'schema', set } });

const BEFOREHAND: readonly Refused[] = [
  {
    rule: 'a contract that is CANCELED cannot be amended',
    name: 'contractQuantityChange',
    input: { ...moreSeats(11), contractId: CANCELLED },
    wrong: ['contractId: STATE_NOT_ALLOWED'],
    says: /cancelled/,
  },
  {
    rule: 'a contract that is CANCELED cannot be cancelled',
    name: 'contractCancel',
    input: { contractId: CANCELLED },
    wrong: ['contractId: STATE_NOT_ALLOWED'],
  },
  {
    rule: 'a contract that is FINISHED cannot be amended, and one that was renewed is not: amend the successor',
    name: 'contractQuantityChange',
    input: { ...moreSeats(11), contractId: RENEWED },
    wrong: ['contractId: STATE_NOT_ALLOWED', 'contractId: STATE_NOT_ALLOWED'],
    says: new RegExp(`ended.*Change contract ${KEY} instead`),
  },
  {
    rule: 'another amendment quote that is ACCEPTED and not PROCESSED blocks',
    name: 'contractQuantityChange',
    input: moreSeats(11),
    wrong: ['contractId: STATE_NOT_ALLOWED'],
    says: /accepted and is not processed/,
    // By somebody else, so that no operation of ours is open.
    prepare: async (rig) => {
      rig.emulator().behave({ outcome: 'REVIEW', reviews: 'ACCEPT' });
      await elsewhere(rig, { action: 'CANCELLATION', contractId: KEY, payload: null });
    },
  },
  {
    rule: 'a one-time charge cannot be edited: its quantity',
    name: 'contractQuantityChange',
    input: moreSeats(11),
    wrong: ['offerings.0.products.0.productId: NOT_ALLOWED'],
    prepare: onSet({ productType: 'ONETIME' }),
  },
  {
    rule: 'a one-time charge cannot be edited: its rate',
    name: 'contractRateChange',
    input: { contractId: CONTRACT, offerings: [{ offeringId: SEATS_OFFERING, rateId: SEATS_YEARLY_RATE }] },
    wrong: ['offerings.0.offeringId: NOT_ALLOWED'],
    prepare: onSet({ billingFrequency: 'ONETIME' }),
  },
  {
    rule: 'unknown contractId',
    name: 'contractCancel',
    input: { contractId: idOf('ctrct_0000000000000000') },
    wrong: ['contractId: NOT_FOUND'],
  },
  {
    rule: 'unknown contractId: another customer’s',
    name: 'contractCancel',
    input: { contractId: idOf('ctrct_7DBDXq1XGZXJQoOl') },
    wrong: ['contractId: NOT_FOUND'],
  },
  {
    rule: 'unknown contractId: of a customer who is not there',
    name: 'contractCancel',
    input: { contractId: idOf(KEY, 'nobody') },
    wrong: ['contractId: NOT_FOUND'],
  },
  {
    rule: 'a customer without an account there',
    name: 'contractCancel',
    input: { contractId: idOf(KEY, 'old-mill-press') },
    wrong: [': NOT_ALLOWED'],
  },
  {
    rule: 'offering not on the contract',
    name: 'contractQuantityChange',
    input: {
      contractId: CONTRACT,
      offerings: [{ offeringId: SUPPORT_OFFERING, products: [{ productId: 'prod_1', quantity: '1' }] }],
    },
    wrong: ['offerings.0.offeringId: NOT_FOUND'],
  },
  {
    rule: 'unknown offeringId',
    name: 'contractOfferingRemove',
    input: { contractId: CONTRACT, offerings: [{ offeringId: 'offer_0000000000000000' }] },
    wrong: ['offerings.0.offeringId: NOT_FOUND'],
  },
  {
    rule: 'unknown productId, and product not in the offering',
    name: 'contractQuantityChange',
    input: {
      contractId: CONTRACT,
      offerings: [
        {
          offeringId: SEATS_OFFERING,
          products: [
            { productId: 'prod_0000000000000000', quantity: '1' },
            { productId: PLUS_PRODUCT, quantity: '1' },
          ],
        },
      ],
    },
    wrong: ['offerings.0.products.0.productId: NOT_FOUND', 'offerings.0.products.1.productId: NOT_FOUND'],
  },
  {
    rule: 'effectiveDate not in the future: yesterday',
    name: 'contractCancel',
    input: { contractId: CONTRACT, effective: { on: '2026-11-20' } },
    wrong: ['effective.on: DATE_NOT_ALLOWED'],
  },
  {
    rule: 'effectiveDate not in the future: today, said aloud (C29)',
    name: 'contractCancel',
    input: { contractId: CONTRACT, effective: { on: '2026-11-21' } },
    wrong: ['effective.on: DATE_NOT_ALLOWED'],
    says: /Leave `effective` out/,
  },
  {
    rule: 'effectiveDate after the end of the contract',
    name: 'contractQuantityChange',
    input: { ...moreSeats(11), effective: { on: '2027-06-01' } },
    wrong: ['effective.on: DATE_NOT_ALLOWED'],
    says: /last day is 2027-05-31/,
  },
  {
    rule: 'duplicate offeringId',
    name: 'contractOfferingRemove',
    input: {
      contractId: CONTRACT,
      offerings: [{ offeringId: SEATS_OFFERING }, { offeringId: SEATS_OFFERING }],
    },
    wrong: ['offerings.1.offeringId: DUPLICATE'],
  },
  {
    rule: 'duplicate offeringId: one that is on the contract already',
    name: 'contractOfferingAdd',
    input: { contractId: CONTRACT, offerings: [{ offeringId: SEATS_OFFERING }] },
    wrong: ['offerings.0.offeringId: DUPLICATE'],
  },
  {
    rule: 'duplicate offeringId: in the place of another',
    name: 'contractOfferingChange',
    input: {
      contractId: CONTRACT,
      offerings: [{ offeringId: SEATS_OFFERING, newOfferingId: MINIMUM_OFFERING }],
    },
    wrong: ['offerings.0.newOfferingId: DUPLICATE'],
  },
  {
    rule: 'quantity below zero, and with more digits than are kept',
    name: 'contractQuantityChange',
    input: {
      contractId: CONTRACT,
      offerings: [
        { offeringId: SEATS_OFFERING, products: seats('-1') },
        {
          offeringId: MINIMUM_OFFERING,
          products: [{ productId: 'prod_XdeVYK7eYpvFb1xG', quantity: '1.000000000000001' }],
        },
      ],
    },
    wrong: ['offerings.0.products.0.quantity: OUT_OF_RANGE', 'offerings.1.products.0.quantity: OUT_OF_RANGE'],
  },
  {
    rule: 'all offerings removed cancels the contract, which has to be meant',
    name: 'contractOfferingRemove',
    input: {
      contractId: CONTRACT,
      offerings: [{ offeringId: SEATS_OFFERING }, { offeringId: MINIMUM_OFFERING }],
    },
    wrong: ['confirmCancellation: WOULD_CANCEL_CONTRACT'],
  },
  {
    rule: 'a quote that would say nothing (failures.md S46)',
    name: 'contractQuantityChange',
    input: moreSeats('10.0'),
    wrong: ['offerings: NOT_CHANGED'],
  },
  {
    rule: 'everything that is wrong, at once',
    name: 'contractQuantityChange',
    input: {
      contractId: CANCELLED,
      effective: { on: '2026-11-21' },
      offerings: [
        { offeringId: SEATS_OFFERING, products: [] },
        { offeringId: SEATS_OFFERING, products: seats('-1') },
      ],
    },
    wrong: [
      'effective.on: DATE_NOT_ALLOWED',
      'offerings.1.offeringId: DUPLICATE',
      'offerings.0.products: REQUIRED',
      'offerings.1.products.0.quantity: OUT_OF_RANGE',
      'contractId: STATE_NOT_ALLOWED',
      'effective.on: DATE_NOT_ALLOWED',
    ],
  },
];

/** Asks the vendor past the gateway, as somebody else would. */
async function elsewhere(rig: ChangeRig, body: object): Promise<void> {
  const { url, apiKey } = rig.sandbox().backends.monetizenow!;
  const response = await fetch(`${url}/api/selfService/contract`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': apiKey },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
}

describe('refused before anything is sent', () => {
  const rig = changeRig('monetizenow', { isOneForAll: true });

  it.each(named('rule', BEFOREHAND))('%s', async (_, { name, input, wrong, prepare, says }) => {
    await prepare?.(rig);
    rig.forgetCalls();
    const done = rig.effects().length;
    const { answer, payload } = await rig.change(name, { ...input, idempotencyKey: 'a-key-refused-once' });
    expect(answer.errors).toEqual([]);
    expect(wrongWith(payload)).toEqual(wrong);
    expect(payload.userErrors.map(({ __typename }: { __typename: string }) => __typename)).toEqual(
      wrong.map(() => 'InputProblem'),
    );
    expect(payload).toMatchObject({ operation: null, contract: null, isReplay: false });
    expect(rig.writes()).toEqual([]);
    expect(rig.effects()).toHaveLength(done);
    if (says !== undefined)
      expect(payload.userErrors.map(({ message }: { message: string }) => message).join(' ')).toMatch(says);
    const { data } = await rig.query('{ contractOperation(idempotencyKey: "a-key-refused-once") { id } }');
    expect(data).toEqual({ contractOperation: null });
  });

  it('effectiveDate beside relativeEffectiveDate, which would win in silence (failures.md S47)', async () => {
    const { answer } = await rig.change('contractCancel', {
      contractId: CONTRACT,
      effective: { on: '2027-01-01', at: 'NEXT_BILL_CYCLE' },
    });
    expect(answer.data).toBeUndefined();
    expect(answer.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect([rig.writes(), rig.reads()]).toEqual([[], []]);
  });

  it('leaves the key free for what is right', async () => {
    const idempotencyKey = 'a-key-that-was-refused';
    const refused = await rig.change('contractQuantityChange', { ...moreSeats(10), idempotencyKey });
    expect(wrongWith(refused.payload)).toEqual(['offerings: NOT_CHANGED']);
    await rig.succeed('contractQuantityChange', { ...moreSeats(11), idempotencyKey });
    expect(rig.effects()).toHaveLength(1);
  });
});

// ---- Refused by the vendor -------------------------------------------------------------------------------------------

interface Answered extends Omit<Refused, 'wrong' | 'says'> {
  readonly says: RegExp;
}

const onPost = (fault: FaultRule['fault']) => (rig: ChangeRig) => {
  rig.emulator().faults.add({ match: { method: 'POST' }, times: 1, fault });
};

const BY_ANSWER: readonly Answered[] = [
  {
    rule: 'quantity below the rate’s lower bound',
    name: 'contractQuantityChange',
    input: moreSeats(0),
    says: new RegExp(`quantity of ${SEAT_PRODUCT} must be at least 1`),
  },
  {
    rule: 'unknown rateId',
    name: 'contractRateChange',
    input: { contractId: CONTRACT, offerings: [{ offeringId: SEATS_OFFERING, rateId: 'rate_0000000000' }] },
    says: /^Rate rate_0000000000 was not found$/,
  },
  {
    rule: 'a rate of another offering',
    name: 'contractRateChange',
    input: {
      contractId: CONTRACT,
      offerings: [{ offeringId: MINIMUM_OFFERING, rateId: SEATS_YEARLY_RATE }],
    },
    says: /is not a rate of the offering/,
  },
  {
    rule: 'unknown offeringId of an offering to be added',
    name: 'contractOfferingAdd',
    input: { contractId: CONTRACT, offerings: [{ offeringId: 'offer_0000000000' }] },
    says: /^Offering offer_0000000000 was not found$/,
  },
  {
    rule: 'product not in the offering to be added',
    name: 'contractOfferingAdd',
    input: {
      contractId: CONTRACT,
      offerings: [{ offeringId: SUPPORT_OFFERING, products: seats(1) }],
    },
    says: /is not in the offering/,
  },
  {
    rule: 'a day beyond the contract, where the vendor alone knows the cycle',
    name: 'contractCancel',
    input: { contractId: CONTRACT, effective: { at: 'NEXT_BILL_CYCLE' } },
    says: /after the contract's last day/,
    prepare: (rig) => rig.skip(Date.parse('2027-05-20T12:00:00Z') - Date.parse('2026-11-21T12:00:00Z')),
  },
  {
    rule: 'a PENDING contract, where the vendor does not amend it',
    name: 'contractCancel',
    input: { contractId: PENDING },
    says: /is PENDING and cannot be amended/,
    prepare: (rig) => rig.emulator().behave({ amendsPending: false }),
  },
  {
    rule: 'removing an inherited offering is conditional',
    name: 'contractOfferingRemove',
    input: { contractId: CONTRACT, offerings: [{ offeringId: SEATS_OFFERING }] },
    says: /^The change could not be processed$/,
    prepare: (rig) => rig.emulator().behave({ outcome: 'FAILED' }),
  },
  ...([200, 400, 409, 422] as const).map((failedStatus) => ({
    rule: `status FAILED under HTTP ${failedStatus} (C19)`,
    name: 'contractQuantityChange',
    input: moreSeats(11),
    says: /^The change could not be processed$/,
    prepare: (rig: ChangeRig) => rig.emulator().behave({ outcome: 'FAILED', failedStatus }),
  })),
  {
    rule: 'a contract that is gone by then: 404 with an error of self-service',
    name: 'contractQuantityChange',
    input: moreSeats(11),
    says: new RegExp(`^Contract ${KEY} was not found$`),
    prepare: onPost({
      kind: 'refuse',
      status: 404,
      json: {
        operation: 'QUANTITY_CHANGE',
        error: { errorCode: 'INVALID_CONTRACT', details: `Contract ${KEY} was not found` },
      },
    }),
  },
  {
    rule: 'a key that lacks the right: 403, and nothing of ours is told',
    name: 'contractQuantityChange',
    input: moreSeats(11),
    says: /^MonetizeNow does not let the gateway make this change\.$/,
    prepare: onPost({
      kind: 'refuse',
      status: 403,
      json: { message: 'the key mn_live_7 is not an admin key' },
    }),
  },
];

describe('refused by the vendor', () => {
  const rig = changeRig('monetizenow');

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
      contract: null,
      quote: null,
      invoice: null,
      userErrors: [
        {
          __typename: 'BackendRefusal',
          code: 'REFUSED',
          path: [],
          source: 'MONETIZENOW',
          message: payload.operation.failure.message,
        },
      ],
    });
    expect(rig.writes()).toEqual([POST]);
    expect(rig.effects()).toEqual([]);

    const again = await rig.change(name, { ...input, ...key });
    expect(again.payload).toEqual({ ...payload, isReplay: true });
    expect(rig.writes()).toEqual([POST]);
    expect(await rig.operation(payload.operation.id)).toMatchObject({ state: 'FAILED', looks: 0 });
  });

  it('allowed all the same: a rate with another billing frequency on an inherited offering (C22)', async () => {
    const payload = await rig.succeed('contractRateChange', {
      contractId: CONTRACT,
      offerings: [{ offeringId: SEATS_OFFERING, rateId: SEATS_YEARLY_RATE }],
    });
    expect(payload.quote).toMatchObject({ status: 'PROCESSED' });
    expect(rig.effects()).toHaveLength(1);
  });

  it('allowed unless the vendor says otherwise: a PENDING contract', async () => {
    const payload = await rig.succeed('contractCancel', { contractId: PENDING });
    expect(payload.contract).toMatchObject({ status: 'CANCELED' });
    expect(rig.effects()).toMatchObject([
      { action: 'contract.cancellation', target: 'ctrct_jsRlkdp36UBYZ6ot' },
    ]);
  });

  it.each<[string, FaultRule['fault'], string]>([
    ['429, not looked at', { kind: 'rate-limit' }, 'UPSTREAM_RATE_LIMITED'],
    [
      '401, not looked at',
      { kind: 'refuse', status: 401, json: { message: 'The key has lapsed' } },
      'UPSTREAM_UNAVAILABLE',
    ],
  ])('%s: nothing was done, and the same key may be used again', async (_, fault, code) => {
    onPost(fault)(rig);
    const input = { ...moreSeats(11), idempotencyKey: 'a-key-not-looked-at' };
    const { answer, payload } = await rig.change('contractQuantityChange', input);
    expect(payload).toBeNull();
    expect(answer.errors).toMatchObject([
      { path: ['contractQuantityChange'], extensions: { code, source: 'MONETIZENOW' } },
    ]);
    expect(rig.effects()).toEqual([]);
    const { data } = await rig.query('{ contractOperation(idempotencyKey: "a-key-not-looked-at") { id } }');
    expect(data).toEqual({ contractOperation: null });
    // A gate that was closed opens after a while.
    await expect
      .poll(async () => (await rig.change('contractQuantityChange', input)).payload?.operation?.state, {
        timeout: 10_000,
        interval: 50,
      })
      .toBe('SUCCEEDED');
    expect(rig.effects()).toHaveLength(1);
  });
});

// ---- Held for review -------------------------------------------------------------------------------------------------

describe('held for review', () => {
  const rig = changeRig('monetizenow');
  const held = async (name: string, input: object) => {
    const { answer, payload } = await rig.change(name, { ...input, idempotencyKey: 'a-key-that-is-held' });
    expect(answer.errors).toEqual([]);
    expect(payload).toMatchObject({
      operation: { state: 'IN_REVIEW', settledAt: null, failure: null },
      contract: { externalId: KEY, status: 'ACTIVE' },
      quote: { status: 'REVIEW' },
      invoice: null,
      userErrors: [],
    });
    expect(rig.effects()).toMatchObject([
      { action: 'quote.review', target: payload.quote.externalId, details: { contractId: KEY } },
    ]);
    return payload;
  };
  const decide = (reviews: string) => {
    rig.emulator().behave({ outcome: 'SUCCESS', reviews });
    rig.skip(A_WHILE);
  };
  const replayed = (name: string, input: object) =>
    rig.change(name, { ...input, idempotencyKey: 'a-key-that-is-held' });

  it.each(named('what', CASES))(
    'and approved later: %s',
    async (_, { name, input, action, offerings, status = 'ACTIVE' }) => {
      rig.emulator().behave({ outcome: 'REVIEW' });
      const payload = await held(name, input);
      const { id } = payload.operation;
      // The contract is as it was, and the quote that waits shows.
      const waiting = await contractIn(rig);
      expect(inShort(waiting.offerings)).toEqual([`${SEATS_OFFERING}: 10`, MINIMUM]);
      expect(waiting.latestQuote).toEqual({ externalId: payload.quote.externalId, status: 'REVIEW' });
      const again = await replayed(name, input);
      expect(again.payload).toEqual({ ...payload, isReplay: true });

      decide('APPROVE');
      const settled = await rig.settled(id, 'SUCCEEDED');
      expect(settled).toMatchObject({
        failure: null,
        quote: { externalId: payload.quote.externalId, status: 'PROCESSED' },
      });
      expect(rig.effects().map((effect) => effect.action)).toEqual(['quote.review', action]);
      expect(rig.effects().map(({ requestId }) => requestId)).toEqual([nativeId(id), nativeId(id)]);
      const approved = await contractIn(rig);
      expect([inShort(approved.offerings), approved.status]).toEqual([offerings, status]);
      const after = await replayed(name, input);
      expect(after.payload).toMatchObject({
        operation: { id, state: 'SUCCEEDED' },
        quote: { status: 'PROCESSED' },
        isReplay: true,
        userErrors: [],
      });
      expect(rig.writes()).toEqual([POST]);
    },
  );

  it('and denied: certainly not done', async () => {
    rig.emulator().behave({ outcome: 'REVIEW' });
    const { operation, quote } = await held('contractQuantityChange', moreSeats(11));
    decide('DENY');
    expect(await rig.settled(operation.id, 'FAILED')).toMatchObject({
      failure: { code: 'DENIED' },
      quote: { externalId: quote.externalId, status: 'DENIED' },
      looks: 1,
    });
    const { payload } = await replayed('contractQuantityChange', moreSeats(11));
    expect(wrongWith(payload)).toEqual([': REFUSED']);
    expect(rig.effects().map(({ action }) => action)).toEqual(['quote.review']);
    expect(inShort((await contractIn(rig)).offerings)).toEqual([`${SEATS_OFFERING}: 10`, MINIMUM]);
  });

  it('and accepted first, which is not yet done', async () => {
    rig.emulator().behave({ outcome: 'REVIEW' });
    const { operation } = await held('contractQuantityChange', moreSeats(11));
    decide('ACCEPT');
    await rig.settled(operation.id, 'PENDING');
    const { payload } = await replayed('contractQuantityChange', moreSeats(11));
    expect(payload).toMatchObject({ operation: { state: 'PENDING', settledAt: null }, userErrors: [] });
    const other = await rig.change('contractCancel', { contractId: CONTRACT });
    expect(wrongWith(other.payload)).toEqual(['contractId: STATE_NOT_ALLOWED']);
    decide('APPROVE');
    await rig.settled(operation.id, 'SUCCEEDED');
    expect(rig.effects().map(({ action }) => action)).toEqual(['quote.review', 'contract.quantity-change']);
  });

  it('and nobody decides: looked at, and still held', async () => {
    rig.emulator().behave({ outcome: 'REVIEW' });
    const { operation } = await held('contractQuantityChange', moreSeats(11));
    for (const looks of [1, 2, 3]) {
      rig.skip(86_400_000);
      await expect
        .poll(async () => (await rig.operation(operation.id)).looks, { timeout: 10_000, interval: 20 })
        .toBe(looks);
    }
    expect(await rig.operation(operation.id)).toMatchObject({ state: 'IN_REVIEW', needsOperator: false });
  });

  it('only what leaves nothing of the contract, where the vendor has it so', async () => {
    rig.emulator().behave({ reviewCancellations: true });
    await rig.succeed('contractQuantityChange', moreSeats(11));
    const { payload } = await rig.change('contractCancel', { contractId: CONTRACT });
    expect(payload).toMatchObject({ operation: { state: 'IN_REVIEW' }, quote: { status: 'REVIEW' } });
    expect(rig.effects().map(({ action }) => action)).toEqual(['contract.quantity-change', 'quote.review']);
  });
});

// ---- Without an answer -----------------------------------------------------------------------------------------------

describe('without an answer that can be read', () => {
  const rig = changeRig('monetizenow', { writeTimeoutMs: 300 });

  /** Asks, and is told in both places that nobody knows. */
  const lost = async (name: string, input: object) => {
    const { answer, payload } = await rig.change(name, { ...input, idempotencyKey: 'a-key-of-a-lost-one' });
    expect(answer.errors).toMatchObject([
      { path: [name], extensions: { code: 'OUTCOME_UNKNOWN', source: 'MONETIZENOW', retryable: false } },
    ]);
    expect(payload).toMatchObject({
      operation: { state: 'UNKNOWN', failure: { code: 'NO_ANSWER' }, settledAt: null },
      contract: null,
      quote: null,
      isReplay: false,
      isDurable: true,
      userErrors: [],
    });
    expect(await rig.operation(payload.operation.id)).toMatchObject({ state: 'UNKNOWN', looks: 0 });
    return payload.operation.id as string;
  };
  const again = (name: string, input: object) =>
    rig.change(name, { ...input, idempotencyKey: 'a-key-of-a-lost-one' });

  it.each(named('what', CASES))(
    'and made: found by reading: %s',
    async (_, { name, input, action, offerings }) => {
      onPost({ kind: 'reset', applied: true })(rig);
      const id = await lost(name, input);
      const replay = await again(name, input);
      expect(replay.payload).toMatchObject({ operation: { id, state: 'UNKNOWN' }, isReplay: true });
      expect(replay.answer.errors).toMatchObject([{ extensions: { code: 'OUTCOME_UNKNOWN' } }]);

      rig.skip(A_WHILE);
      const settled = await rig.settled(id, 'SUCCEEDED');
      const [effect, ...others] = rig.effects();
      expect(others).toEqual([]);
      expect(effect).toMatchObject({ action, target: KEY, requestId: nativeId(id) });
      expect(settled).toMatchObject({
        failure: null,
        references: { quoteId: effect?.details['quoteId'], contractId: KEY },
        contract: { externalId: KEY },
        quote: { externalId: effect?.details['quoteId'], status: 'PROCESSED' },
      });
      expect(settled.evidence.before).not.toBe(settled.evidence.after);
      expect(inShort((await contractIn(rig)).offerings)).toEqual(offerings);
      const after = await again(name, input);
      expect(after.answer.errors).toEqual([]);
      expect(after.payload).toMatchObject({ operation: { id, state: 'SUCCEEDED' }, isReplay: true });
      expect(rig.writes()).toEqual([POST]);
    },
  );

  it.each(named('what', CASES))('and not made: proved by reading: %s', async (_, { name, input }) => {
    onPost({ kind: 'reset', applied: false })(rig);
    const id = await lost(name, input);
    rig.skip(A_WHILE);
    expect(await rig.settled(id, 'FAILED')).toMatchObject({
      failure: { code: 'NOT_APPLIED' },
      contract: null,
      quote: null,
    });
    expect(rig.effects()).toEqual([]);
    expect(inShort((await contractIn(rig)).offerings)).toEqual([`${SEATS_OFFERING}: 10`, MINIMUM]);
    const after = await again(name, input);
    expect(after.answer.errors).toEqual([]);
    expect(wrongWith(after.payload)).toEqual([': REFUSED']);
    expect(rig.writes()).toEqual([POST]);
    // With a key of its own it may be asked for anew.
    await rig.succeed(name, input);
    expect(rig.effects()).toHaveLength(1);
  });

  it.each<[string, FaultRule['fault'], string]>([
    ['silence, and made', { kind: 'silent', applied: true }, 'SUCCEEDED'],
    ['silence, and not made', { kind: 'silent', applied: false }, 'FAILED'],
    ['cut off in the middle', { kind: 'cut', afterBytes: 40 }, 'SUCCEEDED'],
    ['cut off after its head', { kind: 'cut', afterBytes: 0 }, 'SUCCEEDED'],
    ['too slow', { kind: 'slow', ms: 5_000 }, 'SUCCEEDED'],
    ['half of it', { kind: 'malform', as: 'truncated' }, 'SUCCEEDED'],
    ['a page', { kind: 'malform', as: 'html' }, 'SUCCEEDED'],
    ['nothing in it', { kind: 'malform', as: 'empty' }, 'SUCCEEDED'],
    ['500, and made', { kind: 'refuse', status: 500, json: {}, applied: true }, 'SUCCEEDED'],
    ['500, and not made', { kind: 'refuse', status: 500, json: {} }, 'FAILED'],
    ['502, and not made', { kind: 'refuse', status: 502, json: {} }, 'FAILED'],
  ])('%s', async (_, fault, state) => {
    onPost(fault)(rig);
    const id = await lost('contractQuantityChange', moreSeats(11));
    rig.skip(A_WHILE);
    const { failure } = await rig.settled(id, state);
    expect(failure?.code ?? null).toBe(state === 'FAILED' ? 'NOT_APPLIED' : null);
    expect(rig.effects()).toHaveLength(state === 'FAILED' ? 0 : 1);
    expect(rig.writes()).toEqual([POST]);
  });

  it.each<[string, object]>([
    ['another action', { action: 'CANCELLATION' }],
    ['a status that nobody knows', { status: 'HIBERNATING' }],
    ['a success that does not show the contract', { contract: null }],
    ['another contract', { contract: { id: 'ctrct_7DBDXq1XGZXJQoOl' } }],
  ])('an answer that contradicts itself is no answer: %s', async (_, set) => {
    onPost({ kind: 'schema', set: { ...set } })(rig);
    const { answer, payload } = await rig.change('contractQuantityChange', moreSeats(11));
    expect(answer.errors).toMatchObject([{ extensions: { code: 'OUTCOME_UNKNOWN' } }]);
    expect(payload.operation).toMatchObject({ state: 'UNKNOWN', failure: { code: 'NO_ANSWER' } });
    expect(payload.contract?.externalId ?? KEY).toBe(KEY);
    rig.skip(A_WHILE);
    await rig.settled(payload.operation.id, 'SUCCEEDED');
    expect(rig.effects()).toHaveLength(1);
  });

  it('and held for review: found by reading, and followed', async () => {
    rig.emulator().behave({ outcome: 'REVIEW' });
    onPost({ kind: 'reset', applied: true })(rig);
    const id = await lost('contractQuantityChange', moreSeats(11));
    rig.skip(A_WHILE);
    expect(await rig.settled(id, 'IN_REVIEW')).toMatchObject({ failure: null, quote: { status: 'REVIEW' } });
    rig.emulator().behave({ outcome: 'SUCCESS', reviews: 'APPROVE' });
    rig.skip(A_WHILE);
    await rig.settled(id, 'SUCCEEDED');
    expect(rig.effects().map(({ action }) => action)).toEqual(['quote.review', 'contract.quantity-change']);
    expect(rig.writes()).toEqual([POST]);
  });

  it('and refused: proved by reading', async () => {
    rig.emulator().behave({ outcome: 'FAILED' });
    onPost({ kind: 'cut', afterBytes: 10 })(rig);
    const id = await lost('contractQuantityChange', moreSeats(11));
    rig.skip(A_WHILE);
    expect(await rig.settled(id, 'FAILED')).toMatchObject({ failure: { code: 'NOT_APPLIED' } });
    expect(rig.effects()).toEqual([]);
  });

  it('keeps others from the same contract, and from no other', async () => {
    onPost({ kind: 'reset', applied: true })(rig);
    const id = await lost('contractQuantityChange', moreSeats(11));
    const busy = await rig.change('contractQuantityChange', moreSeats(12));
    expect(busy.payload).toBeNull();
    expect(busy.answer.errors).toMatchObject([{ extensions: { code: 'TARGET_BUSY' } }]);
    await rig.succeed('contractCancel', {
      contractId: idOf('ctrct_7DBDXq1XGZXJQoOl', 'harbourline-logistics'),
    });
    rig.skip(A_WHILE);
    await rig.settled(id, 'SUCCEEDED');
    await rig.succeed('contractQuantityChange', moreSeats(12));
    expect(rig.effects().map(({ target }) => target)).toEqual([KEY, 'ctrct_7DBDXq1XGZXJQoOl', KEY]);
  });

  it('and the vendor cannot be read either: unknown until it can', async () => {
    onPost({ kind: 'reset', applied: true })(rig);
    const id = await lost('contractQuantityChange', moreSeats(11));
    rig.forgetCalls();
    const { faults } = rig.emulator();
    faults.add({ match: { method: 'GET' }, fault: { kind: 'refuse', status: 400, json: { message: 'no' } } });
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

  it('and somebody else changed the contract meanwhile: nobody can tell, and an operator has to', async () => {
    onPost({ kind: 'reset', applied: false })(rig);
    const id = await lost('contractQuantityChange', moreSeats(11));
    await elsewhere(rig, {
      action: 'QUANTITY_CHANGE',
      contractId: KEY,
      payload: {
        offerings: [{ offeringId: SEATS_OFFERING, products: [{ productId: SEAT_PRODUCT, quantity: 20 }] }],
      },
    });
    rig.skip(A_WHILE);
    await expect
      .poll(async () => (await rig.operation(id)).looks, { timeout: 10_000, interval: 20 })
      .toBeGreaterThan(0);
    const seen = await rig.operation(id);
    expect(seen).toMatchObject({ state: 'UNKNOWN', needsOperator: false, settledAt: null });
    expect(seen.evidence.after).toContain('"quantities":["20"]');
    rig.skip(3_600_000);
    await expect
      .poll(async () => (await rig.operation(id)).needsOperator, { timeout: 10_000, interval: 20 })
      .toBe(true);
    const busy = await rig.change('contractQuantityChange', moreSeats(12));
    expect(busy.answer.errors).toMatchObject([{ extensions: { code: 'TARGET_BUSY' } }]);
    expect(rig.effects()).toHaveLength(1);
  });
});
