/** The CloudMC emulator, told to change something: seed 003's samples, its rules, its tasks, the ledger. */
import { parse, stringify } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { createCloudmcApi } from '../../src/sandbox/cloudmc/api.js';
import type { Change } from '../../src/sandbox/ledger.js';
import { createPortfolio } from '../../src/sandbox/portfolio.js';
import { BehaviourError, type Profile, type Trait } from '../../src/sandbox/types.js';

const API_KEY = 'sandbox-cloudmc-key';
const NOW = Date.parse('2026-11-21T12:00:00Z');
const OTHER = '00000000-0000-4000-8000-000000000002';
const SUB_ORG = 'e2c00fdb-d493-422c-889f-eb734806b80e';
const RESELLER = { resellerName: 'SleepyParentCo', resellerId: '55a89cde-0e5d-4168-9827-5967ded6095e' };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const CVM = 'bcd82514-d539-4d66-aaf4-b24a95ebe1cd';

interface Wire {
  [member: string]: unknown;
  id: string;
  name: string;
  startDate: string;
  endDate?: string;
  status?: string;
  terminated: boolean;
  updatedAt: string;
  organization: { id: string };
  committedProducts: Record<string, unknown>[];
}
interface Answer {
  status: number;
  text: string;
  json: Record<string, unknown>;
}

function customer(
  overrides: Partial<Profile> & { organizationId?: string; traits?: ReadonlySet<Trait> } = {},
): Profile {
  const { organizationId = OTHER, ...rest } = overrides;
  return {
    slug: 'other',
    name: 'Other',
    currency: 'EUR',
    monthlyMinimum: 5_000n,
    startsOn: '2026-06-01',
    months: 24,
    traits: new Set<Trait>(),
    commitmentsPerBackend: 2,
    cloudmc: { organizationId, ...RESELLER },
    ...rest,
  };
}
const withTraits = (...traits: Trait[]): Profile =>
  customer({ traits: new Set(traits), commitmentsPerBackend: 1 });

function open(profiles: readonly Profile[] = [customer()], at = NOW) {
  let now = at;
  const changes: Change[] = [];
  const api = createCloudmcApi(profiles, {
    clock: () => now,
    apiKey: API_KEY,
    report: (change) => changes.push(change),
  });
  function call(method: string, url: string, body?: unknown, headers: Record<string, string> = {}): Answer {
    const [path = '', query = ''] = url.split('?');
    const reply = api.handle({
      method,
      path: `/api/v2${path}`,
      query: new URLSearchParams(query),
      headers: {
        'mc-api-key': API_KEY,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: typeof body === 'string' ? body : body === undefined ? '' : (stringify(body) ?? ''),
    });
    const text = stringify(reply.json) ?? '';
    return { status: reply.status, text, json: JSON.parse(text) as Record<string, unknown> };
  }
  const list = (organizationId = OTHER): Wire[] =>
    call('GET', `/commitments?organization_id=${organizationId}`).json['data'] as Wire[];
  const get = (id: string): Wire => call('GET', `/commitments/${id}`).json['data'] as Wire;
  return {
    call,
    list,
    get,
    changes,
    behave: (settings: Record<string, unknown>) => api.behaviour?.set(settings),
    settings: () => api.behaviour?.get(),
    reset: () => api.reset(),
    goTo: (instant: string) => {
      now = Date.parse(instant);
    },
    wait: (ms: number) => {
      now += ms;
    },
    /** All that can be seen, to show that a refusal left it alone. */
    everything: () => stringify([list(), changes]),
  };
}
type Sandbox = ReturnType<typeof open>;

function refused(answer: Answer): { code: number; message: string; context: Record<string, unknown> } {
  expect([answer.text, answer.status]).toEqual([answer.text, 400]);
  expect(Object.keys(answer.json)).toEqual(['errors']);
  const [error] = answer.json['errors'] as {
    code: number;
    message: string;
    context: Record<string, unknown>;
  }[];
  return error!;
}

/** Does what must be refused, and sees that nothing was changed by it. */
function refusedUntouched(sandbox: Sandbox, act: () => Answer) {
  const before = sandbox.everything();
  const error = refused(act());
  expect(sandbox.everything()).toBe(before);
  return error;
}

function succeeded(answer: Answer): string {
  expect([answer.text, answer.status]).toEqual([answer.text, 200]);
  expect(answer.json).toEqual({ taskId: expect.stringMatching(UUID), taskStatus: 'SUCCESS' });
  return answer.json['taskId'] as string;
}

const FIXED_PRICE = {
  name: 'new one',
  organization: { id: OTHER },
  committedProducts: [{ product: { id: CVM }, committedAmount: 1000 }],
  pricingMethod: 'FIXED_PRICE',
  type: 'RESOURCE',
  fixedPrice: 500,
  fixedPriceTaxCode: { code: 'SI086690', description: 'IT Services' },
  startDate: '2026-12-01T00:00:00Z',
  endDate: '2027-12-01T00:00:00Z',
};
const { fixedPrice: _price, fixedPriceTaxCode: _taxCode, ...COMMON } = FIXED_PRICE;
const UTILITY_DISCOUNT = {
  ...COMMON,
  pricingMethod: 'UTILITY_DISCOUNT',
  rateType: 'FIXED_RATE',
  committedProducts: [{ product: { id: CVM }, committedAmount: 1000, discountAmount: 10 }],
};
const without = (body: object, ...names: string[]): object =>
  Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));

// Seed 003, letter for letter.
const CREATE_FIXED_PRICE = `{
   "committedProducts": [
      {
         "product": {
            "id": "73ebf9c8-ecf7-4ee6-b881-150023d5f422"
         },
         "committedAmount": 1000.0
      }
   ],
   "endDate": "2023-01-01T00:00:00Z",
   "pricingMethod": "FIXED_PRICE",
   "type": "RESOURCE",
   "fixedPrice": 500.0,
   "fixedPriceTaxCode": {
      "code": "SI086690",
      "description": "IT Services"
   },
   "organization": {
      "id": "e2c00fdb-d493-422c-889f-eb734806b80e"
   },
   "name": "fixed monthly price commitment",
   "startDate": "2022-06-01T00:00:00Z"
}
`;
const CREATE_UTILITY_DISCOUNT = `
{
   "committedProducts": [{
      "product": {
         "id": "73ebf9c8-ecf7-4ee6-b881-150023d5f442"
      },
      "committedAmount": 1000.0,
      "discountAmount": 10
   }],
   "endDate": "2023-01-01T00:00:00Z",
   "pricingMethod": "UTILITY_DISCOUNT",
   "rateType": "FIXED_RATE",
   "type": "RESOURCE",
   "organization": {
      "id": "e2c00fdb-d493-422c-889f-eb734806b80e"
   },
   "name": "fixed price commitment",
   "startDate": "2022-06-01T00:00:00Z"
}
`;
const TERMINATE = `{
   "endDate": "2022-09-01"
}
`;
/** The sample with the comma that it lacks after `id`, and the id of a commitment that there is. */
const UPDATE = (id: string): string => `{
   "id": "${id}",
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
}
`;

describe('the samples of seed 003', () => {
  const subOrg = (): Sandbox =>
    open(
      [
        customer({
          organizationId: SUB_ORG,
          name: 'subOrg',
          startsOn: '2022-06-01',
          commitmentsPerBackend: 1,
        }),
      ],
      Date.parse('2022-06-29T21:03:36.708Z'),
    );

  it('creates a FIXED_PRICE commitment and answers with the members of the sample', () => {
    const { status, text, json } = subOrg().call('POST', '/commitments', CREATE_FIXED_PRICE);
    expect(status).toBe(200);
    expect(json).toEqual({
      data: {
        committedProducts: [
          {
            createdAt: '2022-06-29T21:03:36.708Z',
            product: { id: '73ebf9c8-ecf7-4ee6-b881-150023d5f422', sku: 'f' },
            committedAmount: 1000,
            id: expect.stringMatching(UUID),
            updatedAt: '2022-06-29T21:03:36.708Z',
          },
        ],
        endDate: '2023-01-01T00:00:00Z',
        pricingMethod: 'FIXED_PRICE',
        type: 'RESOURCE',
        fixedPrice: 500,
        fixedPriceTaxCode: { code: 'SI086690', description: 'IT Services' },
        createdAt: '2022-06-29T21:03:36.708Z',
        organization: { name: 'subOrg', id: SUB_ORG },
        name: 'fixed monthly price commitment',
        id: expect.stringMatching(UUID),
        terminated: false,
        startDate: '2022-06-01T00:00:00Z',
        updatedAt: '2022-06-29T21:03:36.708Z',
      },
    });
    expect(text).toContain('"fixedPrice":500.0,');
  });

  it('creates a UTILITY_DISCOUNT commitment with the reference price of the day', () => {
    const { json } = subOrg().call('POST', '/commitments', CREATE_UTILITY_DISCOUNT);
    const { data } = json as { data: Wire };
    expect(Object.keys(data).sort()).toEqual(
      [
        ...['committedProducts', 'endDate', 'pricingMethod', 'type', 'rateType', 'createdAt', 'organization'],
        ...['name', 'id', 'terminated', 'startDate', 'updatedAt'],
      ].sort(),
    );
    expect(data.committedProducts).toEqual([
      {
        createdAt: '2022-06-29T21:03:36.708Z',
        product: { id: '73ebf9c8-ecf7-4ee6-b881-150023d5f442', sku: 'f' },
        discountAmount: 10,
        committedAmount: 1000,
        fixedRateReferencePrice: 10,
        id: expect.stringMatching(UUID),
        updatedAt: '2022-06-29T21:03:36.708Z',
      },
    ]);
  });

  it('updates, terminates and deletes with a task, as printed', () => {
    const sandbox = subOrg();
    const made = sandbox.call('POST', '/commitments', CREATE_FIXED_PRICE).json as { data: Wire };
    const { id } = made.data;
    succeeded(sandbox.call('PUT', `/commitments/${id}`, UPDATE(id)));
    expect(sandbox.get(id)).toMatchObject({
      name: 'updated fixed monthly price commitment',
      fixedPrice: 550,
      status: 'IN_PROGRESS',
      reseller: { name: 'SleepyParentCo' },
    });
    sandbox.goTo('2022-08-10T00:00:00Z');
    succeeded(sandbox.call('POST', `/commitments/${id}/terminate`, TERMINATE));
    expect(sandbox.get(id)).toMatchObject({
      terminated: true,
      endDate: '2022-09-01T00:00:00Z',
      status: 'IN_PROGRESS',
    });
    const second = sandbox.call(
      'POST',
      '/commitments',
      CREATE_FIXED_PRICE.replace('2022-06-01', '2022-08-01'),
    ).json as { data: Wire };
    succeeded(sandbox.call('DELETE', `/commitments/${second.data.id}`));
    expect(sandbox.changes.map(({ action }) => action)).toEqual([
      'commitment.create',
      'commitment.update',
      'commitment.terminate',
      'commitment.create',
      'commitment.delete',
    ]);
  });

  it('refuses the update sample as it is printed, without the comma', () => {
    const sandbox = open();
    const body = UPDATE(OTHER).replace(`"${OTHER}",`, `"${OTHER}"`);
    refusedUntouched(sandbox, () => sandbox.call('PUT', `/commitments/${sandbox.list()[0]!.id}`, body));
  });
});

describe('bodies', () => {
  it.each(['', '{', '[]', 'null', '"text"', '7', '{"name": "a", "name": "b"}'])('refuses %j', (body) => {
    const sandbox = open();
    refusedUntouched(sandbox, () => sandbox.call('POST', '/commitments', body));
  });

  it.each(['', 'text/plain', 'application/jsonp', 'multipart/form-data; boundary=x'])(
    'refuses the content type %j',
    (type) => {
      const sandbox = open();
      refusedUntouched(sandbox, () =>
        sandbox.call('POST', '/commitments', FIXED_PRICE, { 'content-type': type }),
      );
    },
  );

  it.each(['application/json; charset=utf-8', 'application/x-www-form-urlencoded'])('takes %s', (type) => {
    expect(open().call('POST', '/commitments', FIXED_PRICE, { 'content-type': type }).status).toBe(200);
  });
});

describe('create', () => {
  it('shows in the list and by id at once, and in the ledger with all digits', () => {
    const sandbox = open();
    const before = sandbox.list().length;
    const body = (stringify({ ...FIXED_PRICE }) ?? '').replace(':500,', ':9007199254740993.570,');
    const answer = sandbox.call('POST', '/commitments', body, { 'x-request-id': 'r-1' });
    expect(answer.text).toContain('"fixedPrice":9007199254740993.570,');
    const { id } = (answer.json as { data: Wire }).data;
    expect(sandbox.list()).toHaveLength(before + 1);
    expect(sandbox.get(id)).toMatchObject({
      name: 'new one',
      status: 'UPCOMING',
      organization: { name: 'Other' },
    });
    expect(sandbox.changes).toHaveLength(1);
    expect(sandbox.changes[0]).toMatchObject({
      action: 'commitment.create',
      target: id,
      customer: OTHER,
      requestId: 'r-1',
    });
    expect(stringify(sandbox.changes[0]!.details['asked'])).toBe(stringify(parse(body)));
    expect(stringify(sandbox.changes[0]!.details['created'])).toContain('"fixedPrice":9007199254740993.570,');
  });

  it('runs without an end when endDate is left out, and without tax code', () => {
    const answer = open().call('POST', '/commitments', without(FIXED_PRICE, 'endDate', 'fixedPriceTaxCode'));
    expect(answer.status).toBe(200);
    const { data } = answer.json as { data: Wire };
    expect('endDate' in data || 'fixedPriceTaxCode' in data).toBe(false);
  });

  it('takes a VARIABLE_RATE without discount, and gives it no reference price', () => {
    const body = {
      ...UTILITY_DISCOUNT,
      rateType: 'VARIABLE_RATE',
      committedProducts: FIXED_PRICE.committedProducts,
    };
    const { data } = open().call('POST', '/commitments', body).json as { data: Wire };
    expect(data).toMatchObject({ rateType: 'VARIABLE_RATE' });
    expect(Object.keys(data.committedProducts[0]!)).not.toContain('fixedRateReferencePrice');
  });

  const product = (entry: object) => ({ ...UTILITY_DISCOUNT, committedProducts: [entry] });
  const entry = { product: { id: CVM }, committedAmount: 1 };
  it.each<[string, object]>([
    ['startDate', without(FIXED_PRICE, 'startDate')],
    ['startDate', { ...FIXED_PRICE, startDate: '2026-12-01' }],
    ['startDate', { ...FIXED_PRICE, startDate: '2026-02-30T00:00:00Z' }],
    ['startDate', { ...FIXED_PRICE, startDate: '2026-12-01T24:00:00Z' }],
    ['endDate', { ...FIXED_PRICE, endDate: FIXED_PRICE.startDate }],
    ['endDate', { ...FIXED_PRICE, endDate: null }],
    ['type', { ...FIXED_PRICE, type: 'MONEY' }],
    ['type', without(FIXED_PRICE, 'type')],
    ['name', { ...FIXED_PRICE, name: ' ' }],
    ['id', { ...FIXED_PRICE, id: OTHER }],
    ['organization', without(FIXED_PRICE, 'organization')],
    ['organization.id', { ...FIXED_PRICE, organization: { id: 'sleepyco' } }],
    ['organization.id', { ...FIXED_PRICE, organization: { id: SUB_ORG } }],
    ['pricingMethod', { ...FIXED_PRICE, pricingMethod: 'FREE' }],
    ['fixedPrice', without(FIXED_PRICE, 'fixedPrice')],
    ['fixedPrice', { ...FIXED_PRICE, fixedPrice: '500' }],
    ['fixedPrice', { ...FIXED_PRICE, fixedPrice: -1 }],
    ['fixedPriceTaxCode.code', { ...FIXED_PRICE, fixedPriceTaxCode: {} }],
    ['rateType', { ...FIXED_PRICE, rateType: 'FIXED_RATE' }],
    ['rateType', without(UTILITY_DISCOUNT, 'rateType')],
    ['fixedPrice', { ...UTILITY_DISCOUNT, fixedPrice: 1 }],
    ['fixedPriceTaxCode', { ...UTILITY_DISCOUNT, fixedPriceTaxCode: { code: 'SI086690' } }],
    ['committedProducts', without(FIXED_PRICE, 'committedProducts')],
    ['committedProducts', { ...FIXED_PRICE, committedProducts: [entry, entry] }],
    ['committedProducts[0].product.id', product({ ...entry, product: { id: OTHER } })],
    ['committedProducts[0].committedAmount', product({ product: { id: CVM } })],
    ['committedProducts[0].discountAmount', product({ ...entry, discountAmount: 101 })],
    [
      'committedProducts[0].discountAmount',
      {
        ...UTILITY_DISCOUNT,
        ...FIXED_PRICE,
        committedProducts: [{ ...entry, discountAmount: 1 }],
        rateType: undefined,
      },
    ],
    ['fixedprice', { ...FIXED_PRICE, fixedprice: 1 }],
  ])('refuses a wrong %s', (parameter, body) => {
    const sandbox = open();
    const error = refusedUntouched(sandbox, () => sandbox.call('POST', '/commitments', body));
    expect(error.context).toMatchObject({ parameter });
  });

  it('refuses a number beyond a double', () => {
    const sandbox = open();
    const body = (stringify(FIXED_PRICE) ?? '').replace(':500,', ':1e400,');
    refusedUntouched(sandbox, () => sandbox.call('POST', '/commitments', body));
  });

  it('refuses a reseller other than the one of the organization', () => {
    const sandbox = open();
    const ask = (id: string) => () =>
      sandbox.call('POST', '/commitments', { ...FIXED_PRICE, reseller: { id } });
    expect(refusedUntouched(sandbox, ask(OTHER)).context).toMatchObject({ attribute: 'reseller' });
    expect(ask(RESELLER.resellerId)().status).toBe(200);
  });

  it('refuses a range that spans a cycle with an issued invoice, and no other', () => {
    // October's invoice was issued on 7 November.
    const sandbox = open();
    const ask = (from: string, to: string) => () =>
      sandbox.call('POST', '/commitments', { ...FIXED_PRICE, startDate: from, endDate: to });
    const error = refusedUntouched(sandbox, ask('2026-10-31T00:00:00Z', '2027-01-01T00:00:00Z'));
    expect(error.context).toMatchObject({ invoicesIssuedUntil: '2026-11-01' });
    expect(ask('2026-11-01T00:00:00Z', '2027-01-01T00:00:00Z')().status).toBe(200);
    // Nobody was billed before the first commitment began.
    expect(ask('2020-01-01T00:00:00Z', '2020-02-01T00:00:00Z')().status).toBe(200);
    sandbox.behave({ invoicesIssued: false });
    expect(ask('2026-10-01T00:00:00Z', '2027-01-01T00:00:00Z')().status).toBe(200);
  });
});

describe('update', () => {
  const upcoming = (): { sandbox: Sandbox; id: string } => {
    const sandbox = open([withTraits('pending')]);
    return { sandbox, id: sandbox.list()[0]!.id };
  };
  const body = (id: string, changes: object = {}) => ({
    ...without(FIXED_PRICE, 'organization'),
    id,
    ...changes,
  });

  it('replaces the body as a whole under the same id', () => {
    const { sandbox, id } = upcoming();
    const before = sandbox.get(id);
    const asked = without(body(id, { startDate: '2027-01-01T00:00:00Z' }), 'endDate', 'fixedPriceTaxCode');
    const taskId = succeeded(sandbox.call('PUT', `/commitments/${id}`, asked, { 'x-request-id': 'r-2' }));
    const after = sandbox.get(id);
    expect(after).toMatchObject({
      id,
      name: 'new one',
      startDate: '2027-01-01T00:00:00Z',
      createdAt: before['createdAt'],
      organization: before.organization,
      updatedAt: '2026-11-21T12:00:00.000Z',
    });
    expect('endDate' in after || 'fixedPriceTaxCode' in after).toBe(false);
    expect(sandbox.list()).toEqual([after]);
    expect(sandbox.changes).toEqual([
      {
        action: 'commitment.update',
        target: id,
        customer: OTHER,
        requestId: 'r-2',
        details: {
          asked: expect.anything(),
          taskId,
          takesEffectAt: '2026-11-21T12:00:00.000Z',
          before: expect.objectContaining({ name: before.name }),
          after: expect.objectContaining({ name: 'new one' }),
        },
      },
    ]);
    expect(sandbox.call('GET', `/tasks/${taskId}`).json).toMatchObject({
      taskStatus: 'SUCCESS',
      result: { id, name: 'new one' },
    });
  });

  it('takes back what it gave, and keeps a product that stays', () => {
    const sandbox = open([withTraits('pending')]);
    const { id } = (sandbox.call('POST', '/commitments', UTILITY_DISCOUNT).json as { data: Wire }).data;
    const before = sandbox.get(id);
    sandbox.wait(1_000);
    succeeded(sandbox.call('PUT', `/commitments/${id}`, { ...before, name: 'renamed' }));
    const after = sandbox.get(id);
    const [product] = before.committedProducts;
    expect(after).toEqual({
      ...before,
      name: 'renamed',
      updatedAt: '2026-11-21T12:00:01.000Z',
      committedProducts: [{ ...product, updatedAt: '2026-11-21T12:00:01.000Z' }],
    });
  });

  it('can change the pricing method', () => {
    const { sandbox, id } = upcoming();
    const asked = { ...without(UTILITY_DISCOUNT, 'organization'), id };
    succeeded(sandbox.call('PUT', `/commitments/${id}`, asked));
    expect(sandbox.get(id)).toMatchObject({ pricingMethod: 'UTILITY_DISCOUNT', rateType: 'FIXED_RATE' });
    expect('fixedPrice' in sandbox.get(id)).toBe(false);
  });

  it('refuses another id, none, another organization or reseller', () => {
    const { sandbox, id } = upcoming();
    const put = (asked: object) => () => sandbox.call('PUT', `/commitments/${id}`, asked);
    expect(refusedUntouched(sandbox, put(body(OTHER))).context).toMatchObject({ parameter: 'id' });
    expect(refusedUntouched(sandbox, put(without(body(id), 'id'))).context).toMatchObject({
      parameter: 'id',
    });
    for (const attribute of ['organization', 'reseller']) {
      const error = refusedUntouched(sandbox, put(body(id, { [attribute]: { id: SUB_ORG } })));
      expect(error.context).toMatchObject({ attribute });
    }
    refusedUntouched(sandbox, put(without(body(id), 'startDate')));
  });

  it('refuses after an invoice of a covered cycle was issued, and not before', () => {
    const sandbox = open();
    const { id, startDate } = sandbox.list()[0]!;
    const put = () => sandbox.call('PUT', `/commitments/${id}`, body(id, { startDate }));
    expect(refusedUntouched(sandbox, put).context).toMatchObject({ invoicesIssuedUntil: '2026-11-01' });
    sandbox.behave({ invoicesIssued: false });
    succeeded(put());

    const { sandbox: other, id: later } = upcoming();
    const early = body(later, { startDate: '2026-06-01T00:00:00Z' });
    succeeded(other.call('PUT', `/commitments/${later}`, early));
    // Created by that update, billed since the current cycle: the invoice of November is issued on 7 December.
    other.goTo('2026-12-06T23:59:59Z');
    succeeded(other.call('PUT', `/commitments/${later}`, early));
    other.goTo('2026-12-07T00:00:00Z');
    refusedUntouched(other, () => other.call('PUT', `/commitments/${later}`, early));
  });

  it('refuses a new range that spans a cycle with an issued invoice', () => {
    const sandbox = open();
    const { id } = (sandbox.call('POST', '/commitments', FIXED_PRICE).json as { data: Wire }).data;
    const asked = body(id, { startDate: '2026-10-01T00:00:00Z' });
    refusedUntouched(sandbox, () => sandbox.call('PUT', `/commitments/${id}`, asked));
  });

  it('refuses a terminated one', () => {
    const sandbox = open([withTraits('terminated')]);
    sandbox.behave({ invoicesIssued: false });
    const { id } = sandbox.list()[0]!;
    refusedUntouched(sandbox, () => sandbox.call('PUT', `/commitments/${id}`, body(id)));
  });

  describe('of a pre-paid commitment', () => {
    it('ends it with the current cycle and starts another there', () => {
      const sandbox = open([withTraits('pre-paid')]);
      const old = sandbox.list()[0]!;
      const asked = body(old.id, { startDate: old.startDate });
      const taskId = succeeded(sandbox.call('PUT', `/commitments/${old.id}`, asked));
      const [ended, successor, ...more] = sandbox.list();
      expect(more).toEqual([]);
      expect(ended).toMatchObject({
        id: old.id,
        name: old.name,
        terminated: true,
        endDate: '2026-12-01T00:00:00Z',
      });
      expect(
        sandbox.call('GET', `/commitments?organization_id=${OTHER}&from=2027-01-01&to=2027-02-01`).json,
      ).toEqual({
        data: [successor],
      });
      expect(successor).toMatchObject({
        name: 'new one',
        fixedPrice: 500,
        startDate: '2026-12-01T00:00:00Z',
        endDate: '2027-12-01T00:00:00Z',
        terminated: false,
        status: 'UPCOMING',
        reseller: { id: RESELLER.resellerId },
      });
      expect(sandbox.changes).toHaveLength(1);
      expect(sandbox.changes[0]).toMatchObject({
        action: 'commitment.update',
        target: old.id,
        details: {
          taskId,
          successorId: successor!.id,
          successor: { name: 'new one' },
          after: { terminated: true },
        },
      });
      expect(sandbox.call('GET', `/tasks/${taskId}`).json).toMatchObject({ result: { id: successor!.id } });
      // Again: the old one is terminated, the new one has not begun and is changed as it stands.
      refusedUntouched(sandbox, () => sandbox.call('PUT', `/commitments/${old.id}`, asked));
      succeeded(sandbox.call('PUT', `/commitments/${successor!.id}`, body(successor!.id, { name: 'newer' })));
      expect(sandbox.list().map(({ name }) => name)).toEqual([old.name, 'newer']);
    });

    it('refuses an end that leaves it no time', () => {
      const sandbox = open([withTraits('pre-paid')]);
      const { id, startDate } = sandbox.list()[0]!;
      const asked = body(id, { startDate, endDate: '2026-12-01T00:00:00Z' });
      const error = refusedUntouched(sandbox, () => sandbox.call('PUT', `/commitments/${id}`, asked));
      expect(error.context).toMatchObject({ parameter: 'endDate' });
    });

    it('leaves one that ends within the current cycle its end', () => {
      const sandbox = open([withTraits('pending')]);
      sandbox.behave({ createdPrePaid: true });
      const short = { ...FIXED_PRICE, startDate: '2026-11-01T00:00:00Z', endDate: '2026-11-25T00:00:00Z' };
      const { id } = (sandbox.call('POST', '/commitments', short).json as { data: Wire }).data;
      succeeded(sandbox.call('PUT', `/commitments/${id}`, body(id, { startDate: short.startDate })));
      expect(sandbox.get(id)).toMatchObject({ terminated: true, endDate: short.endDate });
      expect(sandbox.list().at(-1)).toMatchObject({ startDate: '2026-12-01T00:00:00Z' });
    });

    it('refuses one that is over', () => {
      const sandbox = open([withTraits('pre-paid')]);
      const { id, startDate } = sandbox.list()[0]!;
      sandbox.goTo('2029-01-01T00:00:00Z');
      const asked = body(id, { startDate, endDate: '2030-01-01T00:00:00Z' });
      refusedUntouched(sandbox, () => sandbox.call('PUT', `/commitments/${id}`, asked));
    });

    it('createdPrePaid makes those that are created pre-paid', () => {
      for (const [createdPrePaid, count] of [
        [false, 2],
        [true, 3],
      ] as const) {
        const sandbox = open([withTraits('pending')]);
        sandbox.behave({ createdPrePaid });
        const started = { ...FIXED_PRICE, startDate: '2026-11-01T00:00:00Z' };
        const { id } = (sandbox.call('POST', '/commitments', started).json as { data: Wire }).data;
        succeeded(sandbox.call('PUT', `/commitments/${id}`, body(id, { startDate: started.startDate })));
        expect(sandbox.list()).toHaveLength(count);
      }
    });
  });
});

describe('delete', () => {
  it('takes away what has no closed cycle', () => {
    const sandbox = open([withTraits('pending')]);
    const { id } = sandbox.list()[0]!;
    const taskId = succeeded(
      sandbox.call('DELETE', `/commitments/${id}`, undefined, { 'x-request-id': 'r-3' }),
    );
    expect(sandbox.list()).toEqual([]);
    expect(sandbox.call('GET', `/commitments/${id}`).status).toBe(404);
    expect(sandbox.call('DELETE', `/commitments/${id}`).status).toBe(404);
    expect(sandbox.call('GET', `/tasks/${taskId}`).json['result']).toEqual({ id });
    expect(sandbox.changes).toEqual([
      {
        action: 'commitment.delete',
        target: id,
        customer: OTHER,
        requestId: 'r-3',
        details: {
          taskId,
          takesEffectAt: '2026-11-21T12:00:00.000Z',
          before: expect.objectContaining({ id, status: 'UPCOMING' }),
        },
      },
    ]);
  });

  it('refuses what has a closed cycle and points to terminate', () => {
    const sandbox = open();
    const { id } = sandbox.list()[0]!;
    const error = refusedUntouched(sandbox, () => sandbox.call('DELETE', `/commitments/${id}`));
    expect(error.context).toMatchObject({ instead: `POST /commitments/${id}/terminate` });
    sandbox.behave({ cyclesClosed: false });
    succeeded(sandbox.call('DELETE', `/commitments/${id}`));
  });

  it('refuses as soon as the cycle closes, before its invoice is issued', () => {
    const sandbox = open();
    const started = { ...FIXED_PRICE, startDate: '2026-11-15T00:00:00Z' };
    const { id } = (sandbox.call('POST', '/commitments', started).json as { data: Wire }).data;
    sandbox.goTo('2026-12-01T00:00:00Z');
    refusedUntouched(sandbox, () => sandbox.call('DELETE', `/commitments/${id}`));
  });
});

describe('terminate', () => {
  it.each(['2026-12-01', '2027-01-01'])('ends it on %s, the end of the current or next cycle', (endDate) => {
    const sandbox = open();
    const { id } = sandbox.list()[0]!;
    const taskId = succeeded(sandbox.call('POST', `/commitments/${id}/terminate`, { endDate }));
    const after = sandbox.get(id);
    expect(after).toMatchObject({
      terminated: true,
      endDate: `${endDate}T00:00:00Z`,
      updatedAt: '2026-11-21T12:00:00.000Z',
    });
    expect(sandbox.list()[0]).toEqual(after);
    expect(sandbox.changes).toEqual([
      {
        action: 'commitment.terminate',
        target: id,
        customer: OTHER,
        requestId: null,
        details: {
          asked: { endDate },
          taskId,
          takesEffectAt: '2026-11-21T12:00:00.000Z',
          before: expect.objectContaining({ terminated: false, endDate: '2028-06-01T00:00:00Z' }),
          after: expect.objectContaining({ terminated: true, endDate: `${endDate}T00:00:00Z` }),
        },
      },
    ]);
    const again = () => sandbox.call('POST', `/commitments/${id}/terminate`, { endDate });
    refusedUntouched(sandbox, again);
    sandbox.goTo(`${endDate}T00:00:00Z`);
    expect(sandbox.call('GET', `/commitments/${id}`).text).toContain('"terminated":true');
    expect(sandbox.get(id).status ?? 'EXPIRED').toBe('EXPIRED');
  });

  it.each(['2026-11-30', '2026-11-01', '2027-02-01', '2026-12-15'])(
    'refuses %s and says what would do',
    (endDate) => {
      const sandbox = open();
      const { id } = sandbox.list()[0]!;
      const error = refusedUntouched(sandbox, () =>
        sandbox.call('POST', `/commitments/${id}/terminate`, { endDate }),
      );
      expect(error.context).toMatchObject({ allowed: ['2026-12-01', '2027-01-01'] });
    },
  );

  it('follows the billing day', () => {
    const sandbox = open([withTraits('annual-cycle')]);
    const { id } = sandbox.list()[0]!;
    const terminate = (endDate: string) => () =>
      sandbox.call('POST', `/commitments/${id}/terminate`, { endDate });
    const error = refusedUntouched(sandbox, terminate('2026-12-01'));
    expect(error.context).toMatchObject({ allowed: ['2026-12-15', '2027-01-15'] });
    succeeded(terminate('2026-12-15')());
  });

  it.each([
    {},
    { endDate: '2026-12-01T00:00:00Z' },
    { endDate: 20261201 },
    { endDate: '2026-12-01', why: 'x' },
  ])('refuses the body %j', (body) => {
    const sandbox = open();
    const { id } = sandbox.list()[0]!;
    refusedUntouched(sandbox, () => sandbox.call('POST', `/commitments/${id}/terminate`, body));
  });

  it('refuses what has no closed cycle and points to delete', () => {
    const sandbox = open([withTraits('pending')]);
    const { id } = sandbox.list()[0]!;
    const error = refusedUntouched(sandbox, () =>
      sandbox.call('POST', `/commitments/${id}/terminate`, { endDate: '2026-12-01' }),
    );
    expect(error.context).toMatchObject({ instead: `DELETE /commitments/${id}` });
  });

  it('refuses what is over, and what ends before that date', () => {
    const over = open([withTraits('expired')]);
    const ask = (sandbox: Sandbox, endDate: string) => () =>
      sandbox.call('POST', `/commitments/${sandbox.list()[0]!.id}/terminate`, { endDate });
    expect(refusedUntouched(over, ask(over, '2026-12-01')).message).toContain('is over');
    const short = open([customer({ months: 6, commitmentsPerBackend: 1 })]);
    expect(short.list()[0]!.endDate).toBe('2026-12-01T00:00:00Z');
    refusedUntouched(short, ask(short, '2027-01-01'));
    succeeded(ask(short, '2026-12-01')());
  });
});

describe('tasks of writes', () => {
  it('taskMs: PENDING, and the change is there when the task has settled', () => {
    const sandbox = open();
    sandbox.behave({ taskMs: 5_000 });
    const { id } = sandbox.list()[0]!;
    const before = sandbox.list();
    const terminate = () => sandbox.call('POST', `/commitments/${id}/terminate`, { endDate: '2026-12-01' });
    const answer = terminate();
    const { taskId } = answer.json;
    expect(answer.json).toEqual({ taskId: expect.stringMatching(UUID), taskStatus: 'PENDING' });
    // In the ledger as soon as it was accepted.
    expect(sandbox.changes).toHaveLength(1);
    expect(sandbox.changes[0]!.details).toMatchObject({ taskId, takesEffectAt: '2026-11-21T12:00:05.000Z' });
    sandbox.wait(4_999);
    expect(sandbox.call('GET', `/tasks/${String(taskId)}`).json).toEqual({ taskId, taskStatus: 'PENDING' });
    expect(sandbox.list()).toEqual(before);
    expect(refused(terminate()).context).toEqual({ id, taskId });
    expect(refused(sandbox.call('DELETE', `/commitments/${id}`)).context).toEqual({ id, taskId });
    sandbox.wait(1);
    expect(sandbox.get(id)).toMatchObject({ terminated: true, updatedAt: '2026-11-21T12:00:05.000Z' });
    expect(sandbox.call('GET', `/tasks/${String(taskId)}`).json).toMatchObject({
      taskStatus: 'SUCCESS',
      result: { id, terminated: true },
    });
    expect(sandbox.changes).toHaveLength(1);
    sandbox.wait(30 * 60_000 - 1);
    expect(sandbox.call('GET', `/tasks/${String(taskId)}`).status).toBe(200);
    sandbox.wait(1);
    expect(sandbox.call('GET', `/tasks/${String(taskId)}`).status).toBe(404);
  });

  it.each([0, 1_000])(
    'taskOutcome FAILED after %i ms: nothing is changed and nothing is recorded',
    (taskMs) => {
      const sandbox = open();
      sandbox.behave({ taskOutcome: 'FAILED', taskMs });
      const { id } = sandbox.list()[0]!;
      const before = sandbox.everything();
      const { json } = sandbox.call('POST', `/commitments/${id}/terminate`, { endDate: '2026-12-01' });
      expect(json['taskStatus']).toBe(taskMs === 0 ? 'FAILED' : 'PENDING');
      sandbox.wait(taskMs);
      expect(sandbox.call('GET', `/tasks/${String(json['taskId'])}`).json).toEqual({
        taskId: json['taskId'],
        taskStatus: 'FAILED',
        errors: [
          { code: expect.any(Number), message: expect.any(String), context: { taskId: json['taskId'] } },
        ],
      });
      expect(sandbox.everything()).toBe(before);
      sandbox.behave({ taskOutcome: 'SUCCESS', taskMs: 0 });
      succeeded(sandbox.call('POST', `/commitments/${id}/terminate`, { endDate: '2026-12-01' }));
    },
  );

  it('changes nothing when the ledger cannot be written', () => {
    const api = createCloudmcApi([withTraits('pending')], {
      clock: () => NOW,
      apiKey: API_KEY,
      report: () => {
        throw new Error('disk full');
      },
    });
    const call = (method: string, path: string) =>
      api.handle({
        method,
        path: `/api/v2/commitments${path}`,
        query: new URLSearchParams({ organization_id: OTHER }),
        headers: { 'mc-api-key': API_KEY },
        body: '',
      });
    const list = () => (call('GET', '').json as { data: Wire[] }).data;
    const before = list();
    expect(() => call('DELETE', `/${before[0]!.id}`)).toThrow('disk full');
    expect(list()).toEqual(before);
  });
});

describe('behaviour', () => {
  const DEFAULTS = {
    taskMs: 0,
    taskOutcome: 'SUCCESS',
    invoicesIssued: true,
    cyclesClosed: true,
    createdPrePaid: false,
  };

  it('is there to be read and set, and reset restores it with the state', () => {
    const sandbox = open([withTraits('pending')]);
    expect(sandbox.settings()).toEqual(DEFAULTS);
    sandbox.behave({ taskMs: 10, invoicesIssued: false });
    expect(sandbox.settings()).toEqual({ ...DEFAULTS, taskMs: 10, invoicesIssued: false });
    const before = sandbox.list();
    sandbox.call('DELETE', `/commitments/${before[0]!.id}`);
    sandbox.wait(10);
    expect(sandbox.list()).toEqual([]);
    sandbox.reset();
    expect(sandbox.settings()).toEqual(DEFAULTS);
    expect(sandbox.list()).toEqual(before);
  });

  it.each<Record<string, unknown>>([
    { taskms: 1 },
    { taskMs: -1 },
    { taskMs: 1.5 },
    { taskMs: '1' },
    { taskOutcome: 'PENDING' },
    { invoicesIssued: 'yes' },
    { cyclesClosed: null },
    { createdPrePaid: 1 },
    { toString: 1 },
    { taskMs: 5, taskOutcome: 'no' },
  ])('refuses %j as a whole', (settings) => {
    const sandbox = open();
    expect(() => sandbox.behave(settings)).toThrow(BehaviourError);
    expect(sandbox.settings()).toEqual(DEFAULTS);
  });
});

describe('billing cycles and invoices', () => {
  interface Invoice {
    id: string;
    status: string;
    billingCycle: { id: string };
    detail: { startDate: string };
  }
  const invoices = (sandbox: Sandbox, query = ''): Invoice[] =>
    sandbox.call('GET', `/invoices?organization_id=${OTHER}${query}`).json['data'] as Invoice[];
  const cycle = (sandbox: Sandbox, id: string) =>
    sandbox.call('GET', `/organizations/${OTHER}/billing_cycles/${id}`).json['data'] as Record<
      string,
      unknown
    >;

  it('gives the cycle of an invoice, with its state', () => {
    const sandbox = open();
    const [current, ...none] = invoices(sandbox, '&billingCycle=11-2026');
    expect(none).toEqual([]);
    expect(current).toMatchObject({ status: 'IN_PROGRESS', organization: { name: 'Other', id: OTHER } });
    expect(cycle(sandbox, current!.billingCycle.id)).toEqual({
      pricingPackages: [],
      deferred: false,
      invoices: [current!.id],
      discounts: [],
      endDate: '2026-12-01',
      currency: 'EUR',
      id: current!.billingCycle.id,
      state: 'IN_PROGRESS',
      startDate: '2026-11-01',
    });
  });

  it.each([
    ['2026-11-30T23:59:59Z', 'IN_PROGRESS', 'IN_PROGRESS'],
    ['2026-12-01T00:00:00Z', 'IN_PROGRESS', 'WAITING_INVOICE'],
    ['2026-12-04T00:00:00Z', 'IN_REVIEW', 'WAITING_INVOICE'],
    ['2026-12-07T00:00:00Z', 'ISSUED', 'WAITING_PAYMENT'],
    ['2026-12-12T00:00:00Z', 'PAID', 'PAID'],
  ])('at %s the invoice of November is %s and the cycle %s', (instant, status, state) => {
    const sandbox = open();
    sandbox.goTo(instant);
    const [november] = invoices(sandbox, '&billingCycle=11-2026');
    expect(november!.status).toBe(status);
    expect(cycle(sandbox, november!.billingCycle.id)['state']).toBe(state);
  });

  it('begins with the first commitment; a flagged invoice stays in review', () => {
    const all = invoices(open());
    expect(all[0]!.detail.startDate).toBe('2026-05-01T00:00:00Z');
    expect(all.map(({ status }) => status)).toEqual([...Array<string>(6).fill('PAID'), 'IN_PROGRESS']);
    const held = invoices(open([customer({ traits: new Set<Trait>(['in-review']) })]));
    expect(held.map(({ status }) => status)).toEqual([...Array<string>(6).fill('IN_REVIEW'), 'IN_PROGRESS']);
  });

  it('refuses a month in another form, an unknown cycle and a write', () => {
    const sandbox = open();
    refused(sandbox.call('GET', `/invoices?organization_id=${OTHER}&billingCycle=2026-11`));
    expect(sandbox.call('GET', `/organizations/${OTHER}/billing_cycles/${OTHER}`).status).toBe(404);
    expect(sandbox.call('GET', `/organizations/${SUB_ORG}/billing_cycles/${OTHER}`).status).toBe(404);
    expect(sandbox.call('POST', '/invoices', {}).status).toBe(405);
  });
});

it('knows the verbs of each path', () => {
  const sandbox = open();
  const { id } = sandbox.list()[0]!;
  for (const [method, path] of [
    ['PATCH', '/commitments'],
    ['DELETE', '/commitments'],
    ['POST', `/commitments/${id}`],
    ['GET', `/commitments/${id}/terminate`],
    ['constructor', '/commitments'],
  ] as const) {
    expect([method, path, sandbox.call(method, path, {}).status]).toEqual([method, path, 405]);
  }
  for (const [method, path] of [
    ['PUT', `/commitments/${SUB_ORG}`],
    ['DELETE', `/commitments/${SUB_ORG}`],
    ['POST', `/commitments/${SUB_ORG}/terminate`],
    ['POST', `/commitments/${id}/extend`],
    ['POST', `/commitments/${id}/terminate/now`],
  ] as const) {
    expect([method, path, sandbox.call(method, path, {}).status]).toEqual([method, path, 404]);
  }
  expect(sandbox.changes).toEqual([]);
});

it('gives the same ids for the same calls at the same time, and others after a reset a moment later', () => {
  const made = (sandbox: Sandbox): string =>
    (sandbox.call('POST', '/commitments', FIXED_PRICE).json as { data: Wire }).data.id;
  const sandbox = open();
  const first = made(sandbox);
  expect(made(open())).toBe(first);
  sandbox.reset();
  sandbox.wait(1);
  expect(made(sandbox)).not.toBe(first);
});

// Whatever the day of the month: all that hangs off the clock has its edges there.
describe.each(['2026-11-01', '2026-11-05', '2026-11-15', '2026-11-21', '2026-11-30', '2027-02-28'])(
  "among the demonstration's customers on %s",
  (today) => {
    const customers = createPortfolio({ today }).filter(({ cloudmc }) => cloudmc);
    const all = (): { sandbox: Sandbox; found: Wire[] } => {
      const sandbox = open(customers, Date.parse(`${today}T12:00:00Z`));
      return { sandbox, found: customers.flatMap(({ cloudmc }) => sandbox.list(cloudmc!.organizationId)) };
    };

    it('several commitments can be updated, followed, deleted or terminated', () => {
      const counts = { updated: 0, followed: 0, deleted: 0, terminated: 0 };
      const { found } = all();
      const { sandbox } = all();
      for (const { id } of found) {
        const before = sandbox.get(id);
        const answer = sandbox.call('PUT', `/commitments/${id}`, { ...before, name: 'changed' });
        if (answer.status === 200) counts[sandbox.get(id).name === 'changed' ? 'updated' : 'followed']++;
      }
      const { sandbox: second } = all();
      for (const { id } of found) {
        const answer = second.call('DELETE', `/commitments/${id}`);
        if (answer.status === 200) counts.deleted++;
      }
      const { sandbox: third } = all();
      for (const { id } of found) {
        const asked = third.call('POST', `/commitments/${id}/terminate`, { endDate: '1999-01-01' });
        const { allowed } = refused(asked).context as { allowed?: string[] };
        if (!allowed) continue;
        if (third.call('POST', `/commitments/${id}/terminate`, { endDate: allowed[0] }).status === 200) {
          counts.terminated++;
        }
      }
      expect(counts.updated).toBeGreaterThanOrEqual(4);
      expect(counts.followed).toBeGreaterThanOrEqual(2);
      expect(counts.deleted).toBeGreaterThanOrEqual(3);
      expect(counts.terminated).toBeGreaterThanOrEqual(10);
    });

    it('everybody can have another', () => {
      const { sandbox } = all();
      for (const { cloudmc } of customers) {
        const body = {
          ...FIXED_PRICE,
          organization: { id: cloudmc!.organizationId },
          startDate: '2027-04-01T00:00:00Z',
        };
        expect(sandbox.call('POST', '/commitments', body).status).toBe(200);
      }
    });
  },
);
