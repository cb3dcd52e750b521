/**
 * MonetizeNow's contract operations (seed 002) through requests, rules, answers and read-back.
 *
 * The page shows two requests, a schema of all of them and the form of the answer; the records in answers are written
 * from the field list of the vendor's API definition (`backends.md` §4.4).
 */
import { parse } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { createAuthenticator } from '../../src/backends/monetizenow/auth.js';
import { createMonetizenow } from '../../src/backends/monetizenow/backend.js';
import { createChangePort } from '../../src/backends/monetizenow/changes.js';
import { createJudge } from '../../src/backends/monetizenow/client.js';
import type { ContractChange } from '../../src/domain/change.js';
import type { Look, Sent, Step } from '../../src/domain/change-port.js';
import { failure } from '../../src/domain/failure.js';
import { canonicalJson, type Json } from '../../src/domain/json.js';
import type { Plan, Planned } from '../../src/domain/operation.js';
import type { Organization, OrganizationSlug } from '../../src/domain/organization.js';
import { createDrift } from '../../src/observability/drift.js';
import type { Upstream, WritableUpstream } from '../../src/upstream/endpoint.js';
import { createGate } from '../../src/upstream/gate.js';
import { systemTimers } from '../../src/upstream/timers.js';
import type { WriteEndpoint, WriteRequest, Written } from '../../src/upstream/write.js';
import { fakeUpstream, rawReply, type FakeReply, type FakeRoutes } from '../support/fake-upstream.js';
import { startPlainServer } from '../support/plain-server.js';
import { startRawServer } from '../support/raw-server.js';
import { aRequest } from '../support/request.js';
import { sampleBytes } from '../support/samples.js';

const ACCOUNT = 'acct_m0CB9LflojZxytfC';
const ID = 'ctrct_xNE4v9dkjXjorYAM';
const OFFERING = 'offer_fYyrKcVaJRgVN7jg';
const PRODUCT = 'prod_sVd2qS8nXCP7X1Uf';
const RATE = 'rate_Y6FfLGv3Ycipd1cw';
const NOW = Date.parse('2026-11-02T09:00:00Z');

const ACME: Organization = {
  slug: 'acme' as OrganizationSlug,
  name: 'Acme',
  currency: null,
  commitmentManager: null,
  salesforce: null,
  logisense: null,
  monetizenow: { accountId: ACCOUNT, contractIds: [] },
  cloudmc: null,
};

// ---- records ------------------------------------------------------------------------------------------------------

type Members = Readonly<Record<string, unknown>>;

const item = (productId: string, quantity: number | string | null, members: Members = {}) => ({
  id: `item_${productId}`,
  productId,
  productType: 'ADVANCE',
  quantity,
  ...members,
});
const offering = (offeringId: string, rateId: string, items: readonly unknown[], members: Members = {}) => ({
  id: `quoff_${offeringId}`,
  offeringId,
  rateId,
  billingFrequency: 'MONTHLY',
  startDate: '2026-01-01',
  endDate: '2027-12-31',
  items,
  removed: false,
  ...members,
});
const SEATS = offering(OFFERING, 'rate_monthly', [item(PRODUCT, 10), item('prod_support', 1)]);
const STORAGE = offering('offer_storage', 'rate_gb', [item('prod_gb', 2.5)]);

const quoteRow = (id: string, members: Members = {}) => ({
  id,
  type: 'AMENDMENT',
  status: 'PROCESSED',
  contractId: ID,
  accountId: ACCOUNT,
  currency: 'EUR',
  createDate: '2026-11-02T09:00:01Z',
  ...members,
});
const quoteDetail = (id: string, quoteOfferings: readonly unknown[], members: Members = {}) => ({
  ...quoteRow(id, members),
  contractAmendmentDate: '2026-11-02',
  quoteOfferings,
  ...members,
});
const FIRST = { type: 'NEW', createDate: '2025-12-20T10:00:00Z', processedAt: '2026-01-01T00:00:00Z' };
const contractRecord = (members: Members = {}) => ({
  id: ID,
  accountId: ACCOUNT,
  accountName: 'Acme',
  latestQuoteId: 'quote_first',
  status: 'ACTIVE',
  startDate: '2026-01-01',
  endDate: '2027-12-31',
  totalValue: 1200,
  currency: 'EUR',
  renewed: false,
  modifyDate: '2026-01-01T00:00:00Z',
  quotes: [quoteRow('quote_first', FIRST)],
  ...members,
});

/** JSON text; quantities and amounts may be given as text with their digits, marked with `#`. */
const text = (value: unknown) => JSON.stringify(value).replace(/"#([\d.]+)"/g, '$1');
const ok = (value: unknown): FakeReply => ({ text: text(value) });

const GET = `GET api/contracts/${ID}`;
const FIRST_QUOTE = 'GET api/quotes/quote_first';
const before: FakeRoutes = {
  [GET]: ok(contractRecord()),
  [FIRST_QUOTE]: ok(quoteDetail('quote_first', [SEATS, STORAGE], FIRST)),
};

// ---- an upstream that writes --------------------------------------------------------------------------------------

interface Wrote extends WriteRequest {
  readonly route: string;
  readonly scope: unknown;
}

/** How the write ends: a reply of the backend, or no reply. */
type Ends = FakeReply | Exclude<Written<never>, { readonly kind: 'accepted' | 'refused' }>;

function open(routes: FakeRoutes, ends: Ends = { status: 500 }, now = NOW) {
  const reading = fakeUpstream(routes);
  const drift = createDrift(() => undefined);
  const judge = createJudge(() => now);
  const upstream = reading.createUpstream({
    source: 'MONETIZENOW',
    authenticator: createAuthenticator('not-a-real-key'),
    judge,
  }) as Upstream;
  const writes: Wrote[] = [];
  const writable: WritableUpstream = {
    ...upstream,
    write: <Params, Body>(
      endpoint: WriteEndpoint<Params, Body>,
      params: Params,
      request: WriteRequest,
      scope: unknown,
    ): Promise<Written<Body>> => {
      writes.push({ route: `${endpoint.method} ${endpoint.path(params)}`, ...request, scope });
      if ('kind' in ends) return Promise.resolve(ends);
      const reply = rawReply(ends);
      const failed = judge.failureOf(reply);
      const observation = { observedAt: '2026-11-02T09:00:02Z' as never, stale: false };
      if (failed === null) {
        try {
          const body = endpoint.wire.parse(reply.body);
          return Promise.resolve({ kind: 'accepted', body, reply, observation });
        } catch {
          return Promise.resolve({ kind: 'unknown', failure: failure('UPSTREAM_MALFORMED', 'MONETIZENOW') });
        }
      }
      return Promise.resolve(
        reply.status >= 400 && reply.status < 500
          ? { kind: 'refused', failure: failed, reply }
          : { kind: 'unknown', failure: failed },
      );
    },
    within: () => writable,
  };
  const port = createChangePort({ upstream: writable, drift, clock: () => now });
  return { port, writes, calls: reading.calls, drift };
}

// ---- changes ------------------------------------------------------------------------------------------------------

const inContract = { contractId: ID, effective: null } as const;
const quantity = (amount: string, members: Members = {}): ContractChange => ({
  kind: 'CONTRACT_QUANTITY_CHANGE',
  ...inContract,
  offerings: [{ offeringId: OFFERING, products: [{ productId: PRODUCT, quantity: amount }] }],
  ...members,
});
const rate = (members: Members = {}): ContractChange => ({
  kind: 'CONTRACT_RATE_CHANGE',
  contractId: ID,
  effective: { at: 'NEXT_BILL_CYCLE' },
  offerings: [{ offeringId: OFFERING, rateId: RATE, products: null }],
  ...members,
});
const swap = (members: Members = {}): ContractChange => ({
  kind: 'CONTRACT_OFFERING_CHANGE',
  ...inContract,
  offerings: [
    {
      offeringId: OFFERING,
      newOfferingId: 'offer_pro',
      products: [{ productId: 'prod_pro', quantity: '4' }],
    },
  ],
  ...members,
});
const add = (members: Members = {}): ContractChange => ({
  kind: 'CONTRACT_OFFERING_ADD',
  ...inContract,
  offerings: [{ offeringId: 'offer_pro', products: [] }],
  ...members,
});
const remove = (ids: readonly string[], members: Members = {}): ContractChange => ({
  kind: 'CONTRACT_OFFERING_REMOVE',
  ...inContract,
  offerings: ids.map((offeringId) => ({ offeringId })),
  confirmCancellation: false,
  ...members,
});
const cancel = (members: Members = {}): ContractChange => ({
  kind: 'CONTRACT_CANCEL',
  ...inContract,
  ...members,
});

async function planOf(change: ContractChange, routes: FakeRoutes = before): Promise<Plan> {
  const planned = await open(routes).port.plan(ACME, change);
  expect(planned).toMatchObject({ isSendable: true });
  if (!planned.isSendable) throw new Error('not sendable');
  expect(JSON.parse(JSON.stringify(planned.plan))).toEqual(planned.plan);
  return planned.plan;
}

/** `path: code` of everything that is wrong. */
const wrong = (planned: Planned): readonly string[] =>
  planned.isSendable ? [] : planned.problems.map(({ path, code }) => `${path.join('.')}: ${code}`);

async function problemsOf(change: ContractChange, routes: FakeRoutes = before, organization = ACME) {
  const { port, writes } = open(routes);
  const planned = await port.plan(organization, change);
  expect(writes).toEqual([]);
  if (!planned.isSendable) planned.problems.forEach(({ message }) => expect(message).toMatch(/^[A-Z].*[.]$/));
  return wrong(planned);
}

// ---- the vendor's schema ------------------------------------------------------------------------------------------

interface Schema {
  readonly $ref?: string;
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly type?: string;
  readonly format?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

const SCHEMA = JSON.parse(
  new TextDecoder().decode(sampleBytes('monetizenow/operation-request.schema')),
) as Schema;

/** Whether the value fits, as far as the vendor's schema uses JSON Schema. */
function fits(schema: Schema, value: unknown): boolean {
  if (schema.$ref !== undefined)
    return fits(SCHEMA.definitions?.[schema.$ref.split('/').at(-1) ?? ''] ?? {}, value);
  if (schema.oneOf && schema.oneOf.filter((one) => fits(one, value)).length !== 1) return false;
  if (schema.allOf && !schema.allOf.every((one) => fits(one, value))) return false;
  if (schema.enum && !schema.enum.includes(value)) return false;
  if (schema.format === 'date-time' && new Date(String(value)).toJSON() !== value) return false;
  switch (schema.type) {
    case 'object': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
      const members = value as Members;
      return (
        (schema.required ?? []).every((name) => Object.hasOwn(members, name)) &&
        Object.entries(schema.properties ?? {}).every(
          ([name, member]) => !Object.hasOwn(members, name) || fits(member, members[name]),
        )
      );
    }
    case 'array':
      return Array.isArray(value) && value.every((element) => fits(schema.items ?? {}, element));
    case 'null':
      return value === null;
    case 'string':
    case 'number':
      return typeof value === schema.type;
    default:
      return true;
  }
}

describe('a request', () => {
  it('is the page’s own: more seats, effective today', async () => {
    const { request } = await planOf(quantity('11'));
    const sample = new TextDecoder().decode(sampleBytes('monetizenow/quantity-change-request'));
    expect(request).toMatchObject({ method: 'POST', path: 'api/selfService/contract' });
    expect(parse(request.body!)).toEqual(parse(sample));
  });

  it('is the page’s own: another rate on the next bill cycle', async () => {
    // As the page shows it, less the comma after `rateId`, with which it is no JSON.
    expect(parse((await planOf(rate())).request.body!)).toEqual(
      parse(`{
        "action": "RATE_CHANGE",
        "contractId": "ctrct_xNE4v9dkjXjorYAM",
        "relativeEffectiveDate": "NEXT_BILL_CYCLE",
        "payload": {
          "offerings": [
            {
              "offeringId": "offer_fYyrKcVaJRgVN7jg",
              "rateId": "rate_Y6FfLGv3Ycipd1cw"
            }
          ]
        }
      }`),
    );
  });

  it.each<[string, ContractChange, unknown]>([
    [
      'for a rate and quantities on a day',
      rate({
        effective: { on: '2027-01-15' },
        offerings: [
          { offeringId: OFFERING, rateId: RATE, products: [{ productId: PRODUCT, quantity: '11.5' }] },
        ],
      }),
      {
        action: 'RATE_CHANGE',
        contractId: ID,
        effectiveDate: '2027-01-15T00:00:00.000Z',
        payload: {
          offerings: [
            { offeringId: OFFERING, rateId: RATE, products: [{ productId: PRODUCT, quantity: 11.5 }] },
          ],
        },
      },
    ],
    [
      'for an offering in the place of another',
      swap(),
      {
        action: 'OFFERING_CHANGE',
        contractId: ID,
        payload: {
          offerings: [
            {
              offeringId: OFFERING,
              newOfferingId: 'offer_pro',
              products: [{ productId: 'prod_pro', quantity: 4 }],
            },
          ],
        },
      },
    ],
    [
      'for new offerings, with and without quantities',
      add({
        offerings: [
          { offeringId: 'offer_pro', products: [] },
          { offeringId: 'offer_plus', products: [{ productId: 'prod_1', quantity: '0' }] },
        ],
      }),
      {
        action: 'ADD_OFFERING',
        contractId: ID,
        payload: {
          offerings: [
            { offeringId: 'offer_pro', products: [] },
            { offeringId: 'offer_plus', products: [{ productId: 'prod_1', quantity: 0 }] },
          ],
        },
      },
    ],
    [
      'for fewer offerings',
      remove(['offer_storage']),
      {
        action: 'REMOVE_OFFERING',
        contractId: ID,
        payload: { offerings: [{ offeringId: 'offer_storage' }] },
      },
    ],
    [
      'for the end of the contract, whose payload is there and null',
      cancel({ effective: { at: 'NEXT_BILL_CYCLE' } }),
      {
        action: 'CANCELLATION',
        contractId: ID,
        relativeEffectiveDate: 'NEXT_BILL_CYCLE',
        payload: null,
      },
    ],
  ])('%s', async (_, change, expected) => {
    const body: unknown = JSON.parse((await planOf(change)).request.body!);
    expect(body).toEqual(expected);
    expect(fits(SCHEMA, body)).toBe(true);
  });

  it('is judged by the vendor’s schema, which refuses others', () => {
    expect(fits(SCHEMA, { action: 'CANCELLATION', contractId: ID })).toBe(false);
    expect(fits(SCHEMA, { action: 'QUANTITY_CHANGE', contractId: ID, payload: { offerings: [{}] } })).toBe(
      false,
    );
  });

  it('keeps every digit of a quantity', async () => {
    const { request } = await planOf(quantity('12345.6789012345'));
    expect(request.body).toContain('"quantity":12345.6789012345}');
  });
});

describe('a plan', () => {
  it('says what it rests on', async () => {
    const { port, calls, writes } = open(before);
    const planned = await port.plan(ACME, quantity('11'));
    expect(planned).toMatchObject({
      plan: {
        target: `MONETIZENOW/${ID}`,
        externalId: ID,
        version: expect.stringMatching(/^.{16}$/) as string,
        before: {
          status: 'ACTIVE',
          modifiedAt: '2026-01-01T00:00:00Z',
          endsBefore: '2028-01-01',
          latestQuoteId: 'quote_first',
          quotes: [{ id: 'quote_first', type: 'NEW', status: 'PROCESSED' }],
          quoteId: 'quote_first',
          offerings: [
            {
              offeringId: OFFERING,
              rateIds: ['rate_monthly'],
              products: [
                { productId: PRODUCT, quantities: ['10'] },
                { productId: 'prod_support', quantities: ['1'] },
              ],
            },
            { offeringId: 'offer_storage', products: [{ productId: 'prod_gb', quantities: ['2.5'] }] },
          ],
        },
      },
    });
    expect(calls.map(({ route }) => route)).toEqual([GET, FIRST_QUOTE]);
    expect(writes).toEqual([]);
  });

  it.each<[string, ContractChange, readonly string[]]>([
    ['a quantity', quantity('11'), ['QUANTITY_KEPT prod_support', 'CHARGE null']],
    ['a rate on the next cycle', rate(), [`QUANTITY_KEPT ${PRODUCT}`, 'QUANTITY_KEPT prod_support']],
    [
      'an offering for another',
      swap(),
      [`OFFERING_REMOVED ${OFFERING}`, 'QUANTITY_DEFAULTS offer_pro', 'CHARGE null'],
    ],
    ['a new offering', add(), ['QUANTITY_DEFAULTS offer_pro', 'CHARGE null']],
    ['one offering less', remove([OFFERING]), [`OFFERING_REMOVED ${OFFERING}`, 'CHARGE null']],
    [
      'no offering left',
      remove([OFFERING, 'offer_storage'], { confirmCancellation: true }),
      [
        `OFFERING_REMOVED ${OFFERING}`,
        'OFFERING_REMOVED offer_storage',
        `CONTRACT_CANCELLED ${ID}`,
        'CHARGE null',
      ],
    ],
    ['a cancellation', cancel(), [`CONTRACT_CANCELLED ${ID}`, 'CHARGE null']],
  ])('says what comes with %s', async (_, change, expected) => {
    const { implications, unchecked } = await planOf(change);
    expect(implications.map(({ code, externalId }) => `${code} ${externalId ?? 'null'}`)).toEqual(expected);
    expect(unchecked[0]).toContain('approves');
    unchecked.forEach((sentence) => expect(sentence).toMatch(/^(Whether|At) .*[.]$/));
  });

  it('of a cancellation reads the contract alone', async () => {
    const { port, calls } = open(before);
    await port.plan(ACME, cancel());
    expect(calls.map(({ route }) => route)).toEqual([GET]);
  });

  it('rests on the quote in force, not on one that waits for approval', async () => {
    const waiting = quoteRow('quote_waiting', { status: 'REVIEW', createDate: '2026-10-01T00:00:00Z' });
    const renewal = quoteRow('quote_renewal', {
      type: 'RENEWAL',
      contractId: 'ctrct_next',
      processedAt: '2026-09-01T00:00:00Z',
    });
    const second = quoteRow('quote_second', { processedAt: '2026-06-01T00:00:00Z' });
    const { before: seen, unchecked } = await planOf(quantity('11'), {
      [GET]: ok(
        contractRecord({
          latestQuoteId: 'quote_waiting',
          quotes: [quoteRow('quote_first', FIRST), second, waiting, renewal],
        }),
      ),
      'GET api/quotes/quote_second': ok(quoteDetail('quote_second', [SEATS])),
    });
    expect(seen).toMatchObject({ quoteId: 'quote_second' });
    expect(unchecked).toContain('Whether quote quote_waiting, which waits for approval, stands in the way.');
  });

  it('is not made on offerings that cannot be read', async () => {
    for (const routes of [
      { ...before, [GET]: ok(contractRecord({ latestQuoteId: null, quotes: null })) },
      { ...before, [FIRST_QUOTE]: { status: 404, text: '{}' } },
      { ...before, [FIRST_QUOTE]: ok(quoteDetail('quote_first', [SEATS], { accountId: 'acct_other' })) },
    ]) {
      const work = open(routes).port.plan(ACME, quantity('11'));
      await expect(work).rejects.toMatchObject({ failure: { code: 'UPSTREAM_MALFORMED' } });
    }
    const down = open({ ...before, [GET]: { status: 503 } }).port.plan(ACME, quantity('11'));
    await expect(down).rejects.toMatchObject({ failure: { code: 'UPSTREAM_UNAVAILABLE' } });
  });
});

describe('refused before anything is sent', () => {
  const product = (quantities: readonly string[], productId = PRODUCT) =>
    quantity('1', {
      offerings: [
        { offeringId: OFFERING, products: quantities.map((one) => ({ productId, quantity: one })) },
      ],
    });

  it.each<[string, ContractChange, readonly string[]]>([
    [
      'today, said aloud',
      quantity('11', { effective: { on: '2026-11-02' } }),
      ['effective.on: DATE_NOT_ALLOWED'],
    ],
    ['a day in the past', cancel({ effective: { on: '2026-11-01' } }), ['effective.on: DATE_NOT_ALLOWED']],
    ['a day that is none', cancel({ effective: { on: '2026-02-30' } }), ['effective.on: INVALID']],
    [
      'the day after the end',
      quantity('11', { effective: { on: '2028-01-01' } }),
      ['effective.on: DATE_NOT_ALLOWED'],
    ],
    ['no offerings', quantity('11', { offerings: [] }), ['offerings: REQUIRED']],
    ['no offerings to remove', remove([]), ['offerings: REQUIRED']],
    ['no products', product([]), ['offerings.0.products: REQUIRED']],
    [
      'an empty list of products beside a rate',
      rate({ offerings: [{ offeringId: OFFERING, rateId: RATE, products: [] }] }),
      ['offerings.0.products: REQUIRED'],
    ],
    ['less than nothing', product(['-1']), ['offerings.0.products.0.quantity: OUT_OF_RANGE']],
    ['no number', product(['NaN']), ['offerings.0.products.0.quantity: INVALID']],
    ['no finite number', product(['Infinity']), ['offerings.0.products.0.quantity: INVALID']],
    [
      'more digits than are kept',
      product(['1234567890.1234567']),
      ['offerings.0.products.0.quantity: OUT_OF_RANGE'],
    ],
    ['a product twice', product(['11', '12']), ['offerings.0.products.1.productId: DUPLICATE']],
    [
      'a product of another offering',
      product(['1'], 'prod_gb'),
      ['offerings.0.products.0.productId: NOT_FOUND'],
    ],
    [
      'a product id that is none',
      product(['1'], '../x'),
      ['offerings.0.products.0.productId: INVALID', 'offerings.0.products.0.productId: NOT_FOUND'],
    ],
    ['an offering twice', remove(['offer_storage', 'offer_storage']), ['offerings.1.offeringId: DUPLICATE']],
    [
      'an offering that is not on the contract',
      remove(['offer_gone']),
      ['offerings.0.offeringId: NOT_FOUND'],
    ],
    [
      'another rate for an offering that is not on the contract',
      rate({ offerings: [{ offeringId: 'offer_gone', rateId: RATE, products: null }] }),
      ['offerings.0.offeringId: NOT_FOUND'],
    ],
    [
      'a rate id that is none',
      rate({ offerings: [{ offeringId: OFFERING, rateId: '', products: null }] }),
      ['offerings.0.rateId: INVALID'],
    ],
    [
      'an offering that is there already',
      add({ offerings: [{ offeringId: OFFERING, products: [] }] }),
      ['offerings.0.offeringId: DUPLICATE'],
    ],
    [
      'an offering for itself',
      swap({ offerings: [{ offeringId: OFFERING, newOfferingId: OFFERING, products: [] }] }),
      ['offerings.0.newOfferingId: NOT_CHANGED'],
    ],
    [
      'an offering for one that is there already',
      swap({ offerings: [{ offeringId: OFFERING, newOfferingId: 'offer_storage', products: [] }] }),
      ['offerings.0.newOfferingId: DUPLICATE'],
    ],
    [
      'two offerings for one',
      swap({
        offerings: [
          { offeringId: OFFERING, newOfferingId: 'offer_pro', products: [] },
          { offeringId: 'offer_storage', newOfferingId: 'offer_pro', products: [] },
        ],
      }),
      ['offerings.1.newOfferingId: DUPLICATE'],
    ],
    ['quantities that are there already', quantity('10'), ['offerings: NOT_CHANGED']],
    [
      'a rate that is there already',
      rate({ offerings: [{ offeringId: OFFERING, rateId: 'rate_monthly', products: null }] }),
      ['offerings: NOT_CHANGED'],
    ],
    [
      'the last offerings',
      remove([OFFERING, 'offer_storage']),
      ['confirmCancellation: WOULD_CANCEL_CONTRACT'],
    ],
    [
      'everything at once',
      quantity('10', {
        effective: { on: '2026-11-02' },
        offerings: [
          { offeringId: OFFERING, products: [{ productId: 'prod_gb', quantity: '-2' }] },
          { offeringId: 'offer_gone', products: [] },
          { offeringId: OFFERING, products: [{ productId: PRODUCT, quantity: 'x' }] },
        ],
      }),
      [
        'effective.on: DATE_NOT_ALLOWED',
        'offerings.2.offeringId: DUPLICATE',
        'offerings.0.products.0.quantity: OUT_OF_RANGE',
        'offerings.1.products: REQUIRED',
        'offerings.2.products.0.quantity: INVALID',
        'offerings.1.offeringId: NOT_FOUND',
        'offerings.0.products.0.productId: NOT_FOUND',
      ],
    ],
  ])('%s', async (_, change, expected) => {
    expect(await problemsOf(change)).toEqual(expected);
  });

  it('nothing else: the last day, one of two quantities, another offering, a confirmed end', async () => {
    await planOf(quantity('11', { effective: { on: '2027-12-31' } }));
    await planOf(quantity('11', { effective: { on: '2026-11-03' } }));
    await planOf(
      quantity('1', {
        offerings: [
          {
            offeringId: OFFERING,
            products: [
              { productId: PRODUCT, quantity: '10' },
              { productId: 'prod_support', quantity: '2' },
            ],
          },
        ],
      }),
    );
    await planOf(
      rate({
        offerings: [
          { offeringId: OFFERING, rateId: 'rate_monthly', products: [{ productId: PRODUCT, quantity: '0' }] },
        ],
      }),
    );
    await planOf(
      swap({
        offerings: [
          { offeringId: OFFERING, newOfferingId: 'offer_storage', products: [] },
          { offeringId: 'offer_storage', newOfferingId: 'offer_pro', products: [] },
        ],
      }),
    );
    await planOf(remove([OFFERING]));
    await planOf(remove([OFFERING, 'offer_storage'], { confirmCancellation: true }));
  });

  it.each([
    ['CANCELED', ['contractId: STATE_NOT_ALLOWED']],
    ['FINISHED', ['contractId: STATE_NOT_ALLOWED']],
    ['PENDING', []],
    ['PAUSED', []],
    [null, []],
  ])('a contract in state %s: %j', async (status, expected) => {
    const routes = { ...before, [GET]: ok(contractRecord({ status })) };
    expect(await problemsOf(quantity('11'), routes)).toEqual(expected);
    if (expected.length === 0) expect((await planOf(quantity('11'), routes)).unchecked).toHaveLength(3);
  });

  it('a contract that was renewed, with its successor’s name where it can be had', async () => {
    const list = `GET api/accounts/${ACCOUNT}/contracts`;
    const renewed = { [GET]: ok(contractRecord({ renewed: true })) };
    const messageWith = async (reply: FakeReply) => {
      const planned = await open({ ...renewed, [list]: reply }).port.plan(ACME, quantity('11'));
      expect(wrong(planned)).toEqual(['contractId: STATE_NOT_ALLOWED']);
      return planned.isSendable ? '' : planned.problems[0].message;
    };
    const next = {
      content: [contractRecord({ id: 'ctrct_next', previousContractId: ID })],
      totalElements: 1,
    };
    expect(await messageWith(ok(next))).toContain('contract ctrct_next');
    expect(await messageWith(ok({ content: [], totalElements: 0 }))).toContain('the contract that renews it');
    expect(await messageWith({ status: 503 })).toContain('the contract that renews it');
  });

  it('a contract with a quote that is accepted and not processed', async () => {
    const withQuote = (members: Members) => ({
      ...before,
      [GET]: ok(contractRecord({ quotes: [quoteRow('quote_first', FIRST), quoteRow('quote_2', members)] })),
    });
    const blocked = ['contractId: STATE_NOT_ALLOWED'];
    expect(await problemsOf(quantity('11'), withQuote({ status: 'ACCEPTED' }))).toEqual(blocked);
    expect(
      await problemsOf(cancel(), withQuote({ status: 'ACCEPTED_ADMIN_EDITABLE', type: 'RENEWAL' })),
    ).toEqual(blocked);
    expect(await problemsOf(quantity('11'), withQuote({ status: 'REVIEW' }))).toEqual([]);
    expect(await problemsOf(quantity('11'), withQuote({ status: 'DRAFT' }))).toEqual([]);
  });

  it('a one-time charge', async () => {
    const setup = offering('offer_setup', 'rate_once', [item('prod_setup', 1, { productType: 'ONETIME' })], {
      billingFrequency: 'ONETIME',
    });
    const routes = { ...before, [FIRST_QUOTE]: ok(quoteDetail('quote_first', [SEATS, setup], FIRST)) };
    const products = [{ productId: 'prod_setup', quantity: '2' }];
    expect(
      await problemsOf(quantity('1', { offerings: [{ offeringId: 'offer_setup', products }] }), routes),
    ).toEqual(['offerings.0.products.0.productId: NOT_ALLOWED']);
    expect(
      await problemsOf(
        rate({ offerings: [{ offeringId: 'offer_setup', rateId: RATE, products: null }] }),
        routes,
      ),
    ).toEqual(['offerings.0.offeringId: NOT_ALLOWED']);
    expect((await planOf(remove([OFFERING]), routes)).unchecked.join(' ')).toContain(
      'one-time charges alone',
    );
  });

  it('the last offering that still runs, whatever has ended or was removed beside it', async () => {
    const over = offering('offer_over', 'rate_x', [item('prod_x', 1)], { endDate: '2026-06-30' });
    const gone = offering('offer_gone', 'rate_x', [item('prod_x', 1)], { removed: true });
    const emptied = offering('offer_empty', 'rate_x', [item('prod_x', 1, { amendmentStatus: 'REMOVED' })]);
    const routes = {
      ...before,
      [FIRST_QUOTE]: ok(quoteDetail('quote_first', [SEATS, over, gone, emptied], FIRST)),
    };
    expect(await problemsOf(remove([OFFERING]), routes)).toEqual([
      'confirmCancellation: WOULD_CANCEL_CONTRACT',
    ]);
    expect(await problemsOf(remove(['offer_gone', 'offer_empty']), routes)).toEqual([
      'offerings.0.offeringId: NOT_FOUND',
      'offerings.1.offeringId: NOT_FOUND',
    ]);
  });

  it('a step of a ramp counts as the offering, and equal quantities only if all of them are', async () => {
    const later = offering(OFFERING, 'rate_monthly', [item(PRODUCT, 20)], {
      id: 'quoff_later',
      parentQuoteOfferingId: 'quoff_1',
    });
    const routes = {
      ...before,
      [FIRST_QUOTE]: ok(quoteDetail('quote_first', [SEATS, later, STORAGE], FIRST)),
    };
    expect(await problemsOf(quantity('20'), routes)).toEqual([]);
    expect(await problemsOf(remove([OFFERING, 'offer_storage']), routes)).toEqual([
      'confirmCancellation: WOULD_CANCEL_CONTRACT',
    ]);
  });

  it('a contract that is not there, not this customer’s, or cannot be', async () => {
    const gone = ['contractId: NOT_FOUND'];
    expect(await problemsOf(quantity('11'), { [GET]: { status: 404, text: '{}' } })).toEqual(gone);
    expect(await problemsOf(cancel(), { [GET]: ok(contractRecord({ accountId: 'acct_other' })) })).toEqual(
      gone,
    );
    expect(await problemsOf(cancel({ contractId: '../accounts' }), {})).toEqual(gone);
    const named = { ...ACME, monetizenow: { accountId: null, contractIds: ['ctrct_mine'] } };
    expect(await problemsOf(cancel(), {}, named)).toEqual(gone);
  });

  it('a customer without an account there, beside what is wrong with the input', async () => {
    const stranger = { ...ACME, monetizenow: null };
    expect(await problemsOf(remove([]), {}, stranger)).toEqual(['offerings: REQUIRED', ': NOT_ALLOWED']);
  });

  it('with the request as far as it can be written', async () => {
    const planFor = async (change: ContractChange) => {
      const planned = await open(before).port.plan(ACME, change);
      return planned.isSendable ? undefined : planned.plan;
    };
    expect((await planFor(remove([OFFERING, 'offer_storage'])))!.implications[2]!.code).toBe(
      'CONTRACT_CANCELLED',
    );
    expect(await planFor(product(['x']))).toBeNull();
  });
});

// ---- answers ------------------------------------------------------------------------------------------------------

const INVOICE = {
  id: 'invce_1',
  account: { id: ACCOUNT },
  contractId: ID,
  quoteId: 'quote_new',
  status: 'UNPAID',
  currency: 'EUR',
  amount: '#12345678901234567.10',
};
const MORE_SEATS = offering(OFFERING, 'rate_monthly', [item(PRODUCT, 11), item('prod_support', 1)]);
const DONE = quoteDetail('quote_new', [MORE_SEATS, STORAGE], { amount: '#99.90' });
const CHANGED = contractRecord({ latestQuoteId: 'quote_new', totalValue: '#9007199254740993.25' });
const answer = (members: Members): FakeReply =>
  ok({
    action: 'QUANTITY_CHANGE',
    status: 'SUCCESS',
    quote: DONE,
    contract: CHANGED,
    invoice: INVOICE,
    ...members,
  });

async function sent(ends: Ends, change = quantity('11')) {
  const plan = await planOf(change);
  const opened = open({}, ends);
  const step = await opened.port.send(ACME, change, plan, 'request-1');
  expect(JSON.parse(JSON.stringify(step))).toEqual(step);
  return { ...opened, step, plan, change };
}
const resultOf = (step: Step | Look, change = quantity('11')) =>
  open({}).port.result(ACME, change, JSON.parse(JSON.stringify('outcome' in step ? step.outcome : null)));
/** As JSON with exact decimals as text. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('an answer', () => {
  it('of success comes back whole: contract, quote and invoice', async () => {
    const { step, writes, plan, drift } = await sent(answer({}));
    expect(writes).toEqual([
      {
        route: 'POST api/selfService/contract',
        body: plan.request.body,
        requestId: 'request-1',
        scope: { kind: 'organization', organization: 'acme', credential: 'monetizenow#api-key' },
      },
    ]);
    expect(step).toMatchObject({
      state: 'SUCCEEDED',
      references: { quoteId: 'quote_new', contractId: ID, invoiceId: 'invce_1' },
      after: { latestQuoteId: 'quote_new', quoteId: 'quote_new' },
    });
    const result = resultOf(step);
    expect(plain(result)).toMatchObject({
      contract: {
        externalId: ID,
        latestQuoteId: 'quote_new',
        totalValue: { amount: '9007199254740993.25', currency: 'EUR' },
        observation: { observedAt: '2026-11-02T09:00:02Z', stale: false },
      },
      quote: {
        externalId: 'quote_new',
        status: 'PROCESSED',
        amount: { amount: '99.9', currency: 'EUR' },
        offerings: [
          { products: [{ quantity: '11' }, { quantity: '1' }] },
          { offering: { externalId: 'offer_storage' } },
        ],
      },
      invoice: {
        externalId: 'invce_1',
        amount: { amount: '12345678901234567.1', currency: 'EUR' },
        observation: { observedAt: '2026-11-02T09:00:02Z' },
      },
      resourceCommitment: null,
      contractCommitments: [],
    });
    expect(plain(resultOf(step))).toEqual(plain(result));
    expect(drift.counts('MONETIZENOW')).toEqual({
      unrecognizedValues: 0,
      unknownFields: 0,
      foreignRecords: 0,
      droppedRecords: 0,
    });
  });

  it('of success may leave out quote and invoice, and have members that nobody knows', async () => {
    const { step } = await sent(
      ok({ status: 'SUCCESS', contract: { id: ID, colour: 'red' }, quote: null, note: 'x' }),
    );
    expect(step).toMatchObject({ state: 'SUCCEEDED', references: { contractId: ID } });
    expect(plain(resultOf(step))).toMatchObject({ contract: { externalId: ID }, quote: null, invoice: null });
  });

  it('of success with a record that cannot be read is a success, without that record', async () => {
    const { step, drift } = await sent(answer({ invoice: { ...INVOICE, amount: 'a lot' } }));
    expect(step).toMatchObject({ state: 'SUCCEEDED', references: { quoteId: 'quote_new' } });
    expect(plain(resultOf(step))).toMatchObject({ contract: { externalId: ID }, invoice: null });
    expect(drift.counts('MONETIZENOW').droppedRecords).toBe(1);
  });

  it('of review is neither success nor failure, and names the quote to follow', async () => {
    const quote = { ...DONE, status: 'REVIEW' };
    const { step } = await sent(
      answer({ status: 'REVIEW', quote, contract: contractRecord(), invoice: undefined }),
    );
    expect(step).toMatchObject({
      state: 'IN_REVIEW',
      references: { quoteId: 'quote_new' },
      progress: { answered: 'REVIEW', quoteId: 'quote_new' },
    });
    expect(plain(resultOf(step))).toMatchObject({ quote: { status: 'REVIEW' }, invoice: null });
    expect((await sent(ok({ status: 'REVIEW' }))).step).toMatchObject({
      state: 'IN_REVIEW',
      progress: { answered: 'REVIEW', quoteId: null },
    });
  });

  it.each<[string, FakeReply, string]>([
    [
      'FAILED',
      ok({ action: 'QUANTITY_CHANGE', status: 'FAILED', errorMessage: 'Quantity is below 5.' }),
      'Quantity is below 5.',
    ],
    ['FAILED with HTTP 400', { status: 400, ...ok({ status: 'FAILED', errorMessage: 'No.' }) }, 'No.'],
    [
      'FAILED with records that cannot be read',
      ok({ status: 'FAILED', errorMessage: 'No such rate.', quote: 5, contract: {} }),
      'No such rate.',
    ],
    [
      'an error of the self-service API',
      {
        status: 409,
        ...ok({ operation: 'CHANGE', error: { errorCode: 'WRONG_STATE', details: 'Contract is finished.' } }),
      },
      'Contract is finished.',
    ],
    [
      'an error of the rest of the API',
      {
        status: 400,
        ...ok({ message: 'Bad request', subErrors: [{ field: 'rateId', message: 'unknown' }] }),
      },
      'Bad request; rateId: unknown',
    ],
    ['a code alone', { status: 422, ...ok({ error: { errorCode: 'INVALID_RATES' } }) }, 'INVALID_RATES'],
    [
      'nothing at all',
      { status: 400 },
      'MonetizeNow refused the change and gave no reason that can be shown.',
    ],
    [
      'our key is not accepted',
      { status: 403, ...ok({ message: 'key lacks admin rights' }) },
      'MonetizeNow does not let the gateway make this change.',
    ],
  ])('that refuses: %s', async (_, reply, message) => {
    const { step } = await sent(reply);
    expect(step).toMatchObject({ state: 'FAILED', failure: { code: 'REFUSED', message } });
  });

  const NO_REASON = 'MonetizeNow refused the change and gave no reason that can be shown.';
  it.each([
    ['mark-up', '<html><body>Oops</body></html>', NO_REASON],
    ['a stack', 'NullPointerException\n\tat com.vendor.Quote.amend(Quote.java:17)', NO_REASON],
    ['an address', 'connect failed: db-3.internal.vendor.example', NO_REASON],
    ['blanks', ' \n\t ', NO_REASON],
    [
      'another’s id',
      `Contract ${ID} collides with ctrct_9Zk3sT0theR1`,
      `Contract ${ID} collides with (withheld)`,
    ],
    ['somebody’s address', 'Ask jane@vendor.example first.', 'Ask (withheld) first.'],
    ['lines and invisible signs', 'One\n two\u0000\u202e three', 'One two three'],
    ['too many words', 'x '.repeat(500), `${'x '.repeat(149)}x…`],
  ])('that refuses with %s says no more than it should', async (_, errorMessage, message) => {
    const { step } = await sent(ok({ status: 'FAILED', errorMessage }));
    expect(step).toMatchObject({ failure: { message } });
  });

  it.each<[string, Ends]>([
    ['success without the contract', answer({ contract: undefined })],
    ['success with another contract', answer({ contract: contractRecord({ id: 'ctrct_other' }) })],
    ['success with another account', answer({ contract: contractRecord({ accountId: 'acct_other' }) })],
    [
      'success with another contract’s quote',
      answer({ quote: quoteRow('quote_x', { contractId: 'ctrct_other' }) }),
    ],
    [
      'success with another contract’s invoice',
      answer({ invoice: { ...INVOICE, contractId: 'ctrct_other' } }),
    ],
    ['another action', answer({ action: 'CANCELLATION' })],
    ['a status that is not known', answer({ status: 'QUEUED' })],
    ['no status', answer({ status: undefined })],
    ['a list', ok([])],
    ['no JSON', { text: 'OK' }],
    ['no body', {}],
    ['success with HTTP 400', { status: 400, ...answer({}) }],
    ['FAILED with HTTP 500', { status: 500, ...ok({ status: 'FAILED', errorMessage: 'No.' }) }],
    ['an error of the server', { status: 503 }],
    ['no answer', { kind: 'unknown', failure: failure('UPSTREAM_TIMEOUT', 'MONETIZENOW') }],
  ])('that proves nothing: %s', async (_, ends) => {
    const { step } = await sent(ends);
    expect(step).toMatchObject({ state: 'UNKNOWN', message: expect.stringMatching(/[.]$/) as string });
    expect(canonicalJson(step)).not.toMatch(/(ctrct|acct)_other|quote_x/);
  });

  it('that proves nothing keeps the quote that it names', async () => {
    const { step } = await sent(answer({ contract: undefined }));
    expect(step).toMatchObject({ progress: { answered: 'SUCCESS', quoteId: 'quote_new' } });
  });

  it('is none where nothing was sent', async () => {
    const refused = failure('CIRCUIT_OPEN', 'MONETIZENOW');
    expect((await sent({ kind: 'not-sent', failure: refused })).step).toEqual({
      state: 'NOT_SENT',
      failure: refused,
    });
  });

  it('out of a journal that cannot be read gives nothing', () => {
    for (const outcome of [
      null,
      5,
      [],
      {},
      { observedAt: 'x', contract: '{', quote: 5, invoice: '[]' },
    ] as Json[]) {
      expect(open({}).port.result(ACME, cancel(), outcome)).toMatchObject({
        contract: null,
        quote: null,
        invoice: null,
      });
    }
  });
});

describe('over a socket', () => {
  /** Sends one change to a server at that address. */
  async function sendTo(url: string) {
    const gate = createGate(
      {
        source: 'MONETIZENOW',
        url,
        timeoutMs: 2_000,
        writeTimeoutMs: 2_000,
        freshForMs: 0,
        staleForMs: 0,
        concurrency: 4,
        requestsPerSecond: null,
      },
      { clock: () => NOW, timers: systemTimers },
    );
    try {
      const { changes } = createMonetizenow(
        { apiKey: 'not-a-real-key' },
        {
          clock: () => NOW,
          drift: createDrift(() => undefined),
          createUpstream: (options) => gate.createUpstream(options),
        },
      );
      const port = changes(aRequest({ withinMs: () => 0 }));
      return await port.send(ACME, quantity('11'), await planOf(quantity('11')), 'request-1');
    } finally {
      await gate.close();
    }
  }
  const POST = 'POST /api/selfService/contract';

  it('the request arrives as it was planned, and its answer is understood', async () => {
    await using server = await startPlainServer({ [POST]: { body: answer({}).text! } });
    expect(await sendTo(server.url)).toMatchObject({
      state: 'SUCCEEDED',
      references: { quoteId: 'quote_new' },
    });
    const sample = new TextDecoder().decode(sampleBytes('monetizenow/quantity-change-request'));
    expect(server.calls).toHaveLength(1);
    expect(parse(server.calls[0]!.body)).toEqual(parse(sample));
    expect(server.calls[0]!.headers).toMatchObject({
      'content-type': 'application/json',
      'x-api-key': 'not-a-real-key',
      'x-request-id': 'request-1',
    });
  });

  it.each([
    ['FAILED with HTTP 200', 200, { status: 'FAILED', errorMessage: 'No.' }, 'FAILED'],
    ['REVIEW', 200, { status: 'REVIEW', quote: DONE }, 'IN_REVIEW'],
    ['an answer without a status', 200, {}, 'UNKNOWN'],
    ['a refusal', 409, { message: 'wrong state' }, 'FAILED'],
    ['our key', 401, {}, 'NOT_SENT'],
    ['too many requests', 429, {}, 'NOT_SENT'],
    ['a failing server', 500, { status: 'FAILED' }, 'UNKNOWN'],
  ])('%s: %i', async (_, status, body, state) => {
    await using server = await startPlainServer({ [POST]: { status, body: JSON.stringify(body) } });
    expect((await sendTo(server.url)).state).toBe(state);
    expect(server.calls).toHaveLength(1);
  });

  it('a lost answer is unknown, and is not asked for again', async () => {
    await using server = await startRawServer((socket) => socket.destroy());
    expect((await sendTo(server.url)).state).toBe('UNKNOWN');
    expect(server.requests).toHaveLength(1);
  });

  it('nobody there is not sent', async () => {
    const server = await startPlainServer({});
    await server[Symbol.asyncDispose]();
    expect((await sendTo(server.url)).state).toBe('NOT_SENT');
  });
});

// ---- read-back ----------------------------------------------------------------------------------------------------

describe('a look', () => {
  /** Looks at a contract that has those quotes now, each with what its detail shows. */
  async function lookAt(
    change: ContractChange,
    quotes: readonly Readonly<Record<'id', string>>[],
    {
      contract = {},
      progress = null,
      plan = {},
    }: { contract?: Members; progress?: Json; plan?: Partial<Plan> } = {},
  ) {
    const sent: Sent = {
      plan: { ...(JSON.parse(JSON.stringify(await planOf(change))) as Plan), ...plan },
      sentAt: NOW,
      progress,
    };
    const latestQuoteId = quotes.at(-1)?.id ?? 'quote_first';
    const record = contractRecord({
      latestQuoteId,
      quotes: [quoteRow('quote_first', FIRST), ...quotes],
      ...(quotes.length > 0 ? { modifyDate: '2026-11-02T09:00:02Z' } : {}),
      ...contract,
    });
    const opened = open({
      [GET]: ok(record),
      ...Object.fromEntries(quotes.map((quote) => [`GET api/quotes/${quote.id}`, ok(quote)])),
    });
    const look = await opened.port.look(ACME, change, sent);
    expect(opened.writes).toEqual([]);
    expect(JSON.parse(JSON.stringify(look))).toEqual(look);
    return { ...opened, look, sent };
  }
  const PRO = offering('offer_pro', 'rate_pro', [item('prod_pro', 4), item('prod_extra', 1)]);
  const gone = (one: Members) => ({ ...one, removed: true });
  const made = (offerings: readonly unknown[], members: Members = {}) =>
    quoteDetail('quote_new', offerings, members);
  const on = (day: string) => ({ contractAmendmentDate: day });
  const stateOf = async (...wanted: Parameters<typeof lookAt>) => (await lookAt(...wanted)).look.state;

  it('at a contract that is as it was: not applied', async () => {
    const { look, sent, calls } = await lookAt(quantity('11'), []);
    expect(look.state).toBe('NOT_APPLIED');
    expect(look.after).toEqual({ ...(sent.plan.before as object), quoteId: null, offerings: null });
    expect(calls.map(({ route }) => route)).toEqual([GET]);
  });

  it.each<[string, ContractChange, Members]>([
    ['more seats', quantity('11'), made([MORE_SEATS, STORAGE])],
    [
      'more seats on a day',
      quantity('11', { effective: { on: '2027-01-15' } }),
      made([{ ...SEATS, endDate: '2027-01-14' }, { ...MORE_SEATS, id: 'q2' }, STORAGE], on('2027-01-15')),
    ],
    ['another rate', rate(), made([{ ...SEATS, rateId: RATE }, STORAGE], on('2026-12-01'))],
    [
      'another rate and more seats',
      rate({
        offerings: [
          { offeringId: OFFERING, rateId: RATE, products: [{ productId: PRODUCT, quantity: '11' }] },
        ],
      }),
      made([{ ...MORE_SEATS, rateId: RATE }, STORAGE]),
    ],
    ['one offering for another', swap(), made([gone(SEATS), PRO, STORAGE])],
    ['a new offering', add(), made([SEATS, STORAGE, PRO])],
    ['an offering less', remove(['offer_storage']), made([SEATS, gone(STORAGE)])],
    [
      'an offering less, by its products',
      remove(['offer_storage']),
      made([SEATS, { ...STORAGE, items: [item('prod_gb', 0, { amendmentStatus: 'REMOVED' })] }]),
    ],
    ['a cancellation', cancel(), made([gone(SEATS), gone(STORAGE)])],
    [
      'the last offerings',
      remove([OFFERING, 'offer_storage'], { confirmCancellation: true }),
      made([gone(SEATS), gone(STORAGE)]),
    ],
  ])('at a processed quote with %s: succeeded', async (_, change, quote) => {
    const { look } = await lookAt(change, [quote as never]);
    expect(look).toMatchObject({
      state: 'SUCCEEDED',
      references: { quoteId: 'quote_new', contractId: ID },
      after: { latestQuoteId: 'quote_new', quoteId: 'quote_new' },
    });
    expect(plain(resultOf(look, change))).toMatchObject({
      contract: { latestQuoteId: 'quote_new', observation: { observedAt: '2026-11-02T09:00:00Z' } },
      quote: { externalId: 'quote_new' },
      invoice: null,
    });
  });

  it('at a contract that is cancelled, as was asked: succeeded', async () => {
    const cancelled = { status: 'CANCELED' };
    expect(await stateOf(cancel(), [], { contract: cancelled })).toBe('SUCCEEDED');
    expect(await stateOf(cancel(), [made([SEATS]) as never], { contract: cancelled })).toBe('SUCCEEDED');
    expect(await stateOf(quantity('11'), [], { contract: cancelled })).toBe('UNKNOWN');
    expect(await stateOf(cancel({ effective: { on: '2027-01-01' } }), [], { contract: cancelled })).toBe(
      'UNKNOWN',
    );
  });

  it.each([
    ['PROCESSED', 'SUCCEEDED'],
    ['ACCEPTED', 'PENDING'],
    ['ACCEPTED_ADMIN_EDITABLE', 'PENDING'],
    ['APPROVED', 'PENDING'],
    ['SENT', 'PENDING'],
    ['REVIEW', 'IN_REVIEW'],
    ['DENIED', 'FAILED'],
    ['CANCELED', 'FAILED'],
    ['EXPIRED', 'FAILED'],
    ['DRAFT', 'UNKNOWN'],
    ['ARCHIVED', 'UNKNOWN'],
    ['LOST', 'UNKNOWN'],
    [null, 'UNKNOWN'],
  ])('at a quote in state %s: %s', async (status, state) => {
    const quote = made([MORE_SEATS, STORAGE], { status });
    const { look } = await lookAt(quantity('11'), [quote as never]);
    expect(look.state).toBe(state);
    if (look.state === 'FAILED') expect(look.failure.code).toBe('DENIED');
    if (look.state === 'IN_REVIEW')
      expect(look).toMatchObject({
        progress: { quoteId: 'quote_new' },
        outcome: expect.anything() as object,
      });
    // The same quote, followed because the answer had named it.
    const followed = await lookAt(quantity('11'), [quote as never], { progress: { quoteId: 'quote_new' } });
    expect(followed.look.state).toBe(state);
    if (state === 'IN_REVIEW') expect(followed.look).not.toHaveProperty('outcome');
  });

  it.each<[string, ContractChange, Members]>([
    [
      'another quantity',
      quantity('11'),
      made([{ ...SEATS, items: [item(PRODUCT, 12), item('prod_support', 1)] }, STORAGE]),
    ],
    [
      'another product’s quantity as well',
      quantity('11'),
      made([{ ...SEATS, items: [item(PRODUCT, 11), item('prod_support', 2)] }, STORAGE]),
    ],
    [
      'another offering’s quantity as well',
      quantity('11'),
      made([MORE_SEATS, { ...STORAGE, items: [item('prod_gb', 3)] }]),
    ],
    ['another rate as well', quantity('11'), made([{ ...MORE_SEATS, rateId: RATE }, STORAGE])],
    ['an offering more', quantity('11'), made([MORE_SEATS, STORAGE, PRO])],
    ['an offering less', quantity('11'), made([MORE_SEATS])],
    [
      'a product more',
      quantity('11'),
      made([{ ...SEATS, items: [item(PRODUCT, 11), item('prod_support', 1), item('prod_y', 1)] }, STORAGE]),
    ],
    ['no offerings', quantity('11'), made([])],
    ['another day', quantity('11'), made([MORE_SEATS, STORAGE], on('2027-01-01'))],
    [
      'today and not the day',
      quantity('11', { effective: { on: '2027-01-15' } }),
      made([MORE_SEATS, STORAGE]),
    ],
    ['the old rate', rate(), made([SEATS, STORAGE], on('2026-12-01'))],
    ['both offerings', swap(), made([SEATS, PRO, STORAGE])],
    [
      'too little of the new one',
      swap(),
      made([gone(SEATS), { ...PRO, items: [item('prod_pro', 1)] }, STORAGE]),
    ],
    ['nothing new', add(), made([SEATS, STORAGE])],
    ['all that was to go', remove(['offer_storage']), made([SEATS, STORAGE])],
    ['offerings left', cancel(), made([SEATS, gone(STORAGE)])],
    ['nothing to show', cancel(), made([])],
  ])('at a quote with %s: unknown', async (_, change, quote) => {
    const { look } = await lookAt(change, [quote as never]);
    expect(look).toMatchObject({
      state: 'UNKNOWN',
      message: 'Quote quote_new is not, or not only, what was asked for.',
      after: { quoteId: 'quote_new', quotes: [{ id: 'quote_first' }, { id: 'quote_new' }] },
    });
    expect(look).not.toHaveProperty('outcome');
  });

  it('at several quotes that may be it: unknown, and none of them is read', async () => {
    const twins = [made([MORE_SEATS, STORAGE]), { ...made([MORE_SEATS, STORAGE]), id: 'quote_twin' }];
    const { look, calls } = await lookAt(quantity('11'), twins as never);
    expect(look).toMatchObject({
      state: 'UNKNOWN',
      message: 'Several quotes may be this change: quote_new, quote_twin.',
    });
    expect(calls.map(({ route }) => route)).toEqual([GET]);
  });

  it.each<[string, Members]>([
    ['made before it was sent', { createDate: '2026-11-02T08:54:59Z' }],
    ['made long after it was sent', { createDate: '2026-11-02T09:15:01Z' }],
    ['that renews', { type: 'RENEWAL' }],
  ])('at a quote %s: unknown, even if it says the same', async (_, members) => {
    const { look } = await lookAt(quantity('11'), [made([MORE_SEATS, STORAGE], members) as never]);
    expect(look).toMatchObject({
      state: 'UNKNOWN',
      message: 'The contract has another new quote: quote_new.',
    });
  });

  it('at a quote within what clocks may differ: succeeded', async () => {
    for (const createDate of ['2026-11-02T08:55:00Z', '2026-11-02T09:15:00Z']) {
      expect(await stateOf(quantity('11'), [made([MORE_SEATS, STORAGE], { createDate }) as never])).toBe(
        'SUCCEEDED',
      );
    }
  });

  it('finds its quote beside another’s', async () => {
    const foreign = { ...made([SEATS]), id: 'quote_renewal', type: 'RENEWAL' };
    expect(await stateOf(quantity('11'), [foreign, made([MORE_SEATS, STORAGE])] as never)).toBe('SUCCEEDED');
  });

  it('finds the latest quote where the contract does not list its quotes', async () => {
    const unlisted = { contract: { quotes: null } };
    expect(await stateOf(quantity('11'), [made([MORE_SEATS, STORAGE])] as never, unlisted)).toBe('SUCCEEDED');
    expect(
      await stateOf(quantity('11'), [made([MORE_SEATS, STORAGE], { type: 'RENEWAL' })] as never, unlisted),
    ).toBe('UNKNOWN');
    expect(await stateOf(quantity('11'), [], unlisted)).toBe('UNKNOWN');
  });

  it.each<[string, Members]>([
    ['was modified', { modifyDate: '2026-11-02T09:00:03Z' }],
    ['has another state', { status: 'FINISHED' }],
    ['has another end', { endDate: '2028-12-31' }],
    ['has lost a quote', { quotes: [] }],
    ['has a quote in another state', { quotes: [quoteRow('quote_first', { ...FIRST, status: 'ARCHIVED' })] }],
  ])('at a contract that %s and has no new quote: unknown', async (_, contract) => {
    expect((await lookAt(quantity('11'), [], { contract })).look).toMatchObject({
      state: 'UNKNOWN',
      message: 'The contract has changed, and no new quote says how.',
    });
  });

  it('at a contract or a quote that is gone: unknown', async () => {
    const plan = await planOf(quantity('11'));
    const missing = open({ [GET]: { status: 404, text: '{}' } });
    expect(
      await missing.port.look(ACME, quantity('11'), { plan, sentAt: NOW, progress: null }),
    ).toMatchObject({
      state: 'UNKNOWN',
    });
    const listed = open({
      [GET]: ok(contractRecord({ quotes: [quoteRow('quote_first', FIRST), quoteRow('quote_new')] })),
      'GET api/quotes/quote_new': { status: 404, text: '{}' },
    });
    for (const progress of [null, { quoteId: 'quote_new' }]) {
      expect(await listed.port.look(ACME, quantity('11'), { plan, sentAt: NOW, progress })).toMatchObject({
        state: 'UNKNOWN',
      });
    }
    const down = open({ [GET]: { status: 503 } });
    await expect(
      down.port.look(ACME, quantity('11'), { plan, sentAt: NOW, progress: null }),
    ).rejects.toMatchObject({
      failure: { code: 'UPSTREAM_UNAVAILABLE' },
    });
  });

  it('with evidence that cannot be read: unknown', async () => {
    for (const wrongEvidence of [null, 5, [], {}] as Json[]) {
      expect(await stateOf(quantity('11'), [], { plan: { before: wrongEvidence } })).toBe('UNKNOWN');
      expect(
        await stateOf(quantity('11'), [made([MORE_SEATS, STORAGE]) as never], {
          plan: { before: wrongEvidence },
        }),
      ).toBe('UNKNOWN');
    }
  });

  describe('after an answer', () => {
    const following = { progress: { answered: 'REVIEW', quoteId: 'quote_new' } };

    it('follows the named quote, whatever else has come since', async () => {
      // Approved a month later, on top of another amendment.
      const storage = { ...STORAGE, items: [item('prod_gb', 5)] };
      const approved = made([MORE_SEATS, storage], on('2026-12-02'));
      const other = { ...made([SEATS, storage]), id: 'quote_other' };
      const { look } = await lookAt(quantity('11'), [approved, other] as never, following);
      expect(look).toMatchObject({ state: 'SUCCEEDED', references: { quoteId: 'quote_new' } });
    });

    it.each<[string, ContractChange, Members]>([
      ['quantity', quantity('11'), made([SEATS, STORAGE])],
      ['rate', rate(), made([SEATS, STORAGE])],
      ['new offering', swap(), made([SEATS, PRO])],
      ['addition', add(), made([SEATS])],
      ['removal', remove(['offer_storage']), made([SEATS, STORAGE])],
      ['cancellation', cancel(), made([SEATS])],
    ])('does not call it a success with another %s', async (_, change, quote) => {
      expect((await lookAt(change, [quote as never], following)).look).toMatchObject({
        state: 'UNKNOWN',
        message: 'Quote quote_new is PROCESSED with other terms than were asked for.',
      });
    });

    it.each<[string, ContractChange, Members]>([
      ['rate', rate(), made([{ ...SEATS, rateId: RATE }])],
      ['new offering', swap(), made([gone(SEATS), PRO])],
      ['addition', add(), made([PRO])],
      ['removal', remove(['offer_storage']), made([SEATS])],
      ['cancellation', cancel(), made([])],
    ])('calls it a success with the %s', async (_, change, quote) => {
      expect(await stateOf(change, [quote as never], following)).toBe('SUCCEEDED');
    });

    it('that named no quote, does not say that nothing happened', async () => {
      const answered = (word: string) => ({ progress: { answered: word, quoteId: null } });
      expect(await stateOf(quantity('11'), [], answered('REVIEW'))).toBe('IN_REVIEW');
      expect(await stateOf(quantity('11'), [], answered('SUCCESS'))).toBe('UNKNOWN');
    });
  });
});
