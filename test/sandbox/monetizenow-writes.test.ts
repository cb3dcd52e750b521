/** The MonetizeNow emulator changes contracts as seed 002 describes, and says in the ledger what it did. */
import { stringify } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/sandbox/emulator.js';
import { createLedger } from '../../src/sandbox/ledger.js';
import { createMonetizenowApi } from '../../src/sandbox/monetizenow/api.js';
import {
  createCatalogue,
  defaultRate,
  MINIMUM_OFFERING,
  PLUS_OFFERING,
  PLUS_PRODUCT,
  SEAT_PRODUCT,
  SEATS_OFFERING,
  SEATS_YEARLY_RATE,
  SUPPORT_OFFERING,
} from '../../src/sandbox/monetizenow/catalogue.js';
import { createPortfolio } from '../../src/sandbox/portfolio.js';
import { BehaviourError, type Profile, type Trait } from '../../src/sandbox/types.js';

const API_KEY = 'sandbox-monetizenow-key';
/** Day 21 of a bill cycle of 30. */
const NOW = Date.parse('2026-11-21T12:00:00Z');
const CONTRACT = 'ctrct_xNE4v9dkjXjorYAM';
const ACCOUNT = 'acct_sleepyco00000000';
const URL = '/api/selfService/contract';

/** As printed, byte for byte. */
const SAMPLE_QUANTITY_CHANGE = `{
  "action": "QUANTITY_CHANGE",
  "contractId": "ctrct_xNE4v9dkjXjorYAM",
  "payload": {
    "offerings": [
      {
        "offeringId": "offer_fYyrKcVaJRgVN7jg",
        "products": [
          {
            "productId": "prod_sVd2qS8nXCP7X1Uf",
            "quantity": 11
          }
        ]
      }
    ]
  }
}`;
/** As printed: with a comma that JSON does not allow. */
const SAMPLE_RATE_CHANGE = `{
  "action": "RATE_CHANGE",
  "contractId": "ctrct_xNE4v9dkjXjorYAM",
  "relativeEffectiveDate": "NEXT_BILL_CYCLE",
  "payload": {
    "offerings": [
      {
        "offeringId": "offer_fYyrKcVaJRgVN7jg",
        "rateId": "rate_Y6FfLGv3Ycipd1cw",
      }
    ]
  }
}`;

interface Item {
  productId: string;
  quantity: number;
  unitPrice: number;
  amount: number;
  amendmentStatus: string;
  previousQuantity: number | null;
  previousAmount: number | null;
}
interface Offering {
  id: string;
  offeringId: string;
  rateId: string;
  subscriptionId: string;
  startDate: string;
  endDate: string;
  amount: number;
  previousId: string | null;
  previousRateId: string | null;
  parentQuoteOfferingId: string | null;
  added: boolean;
  removed: boolean;
  items: Item[];
}
interface Quote {
  [member: string]: unknown;
  id: string;
  status: string;
  amount: number;
  contractAmount: number;
  quoteOfferings: Offering[];
}
interface Contract {
  [member: string]: unknown;
  id: string;
  status: string;
  endDate: string;
  totalValue: number;
  latestQuoteId: string;
  modifyDate: string;
  quotes: Quote[];
}
interface Invoice {
  [member: string]: unknown;
  id: string;
  amount: number;
  invoiceItems: Record<string, unknown>[];
  credits: { amount: number }[];
}
interface Reply {
  action: string;
  status: string;
  errorMessage?: string;
  quote: Quote;
  contract: Contract;
  invoice?: Invoice;
}

function customer(
  contractIds: string[],
  traits: Trait[] = ['pre-paid'],
  overrides: Partial<Profile> = {},
): Profile {
  return {
    slug: 'sleepyco',
    name: 'SleepyCo',
    currency: 'USD',
    monthlyMinimum: 8_000n,
    startsOn: '2026-06-01',
    months: 12,
    traits: new Set(traits),
    commitmentsPerBackend: contractIds.length,
    monetizenow: { accountId: ACCOUNT, contractIds },
    ...overrides,
  };
}

function open(profiles: readonly Profile[] = [customer([CONTRACT])], clock: () => number = () => NOW) {
  const ledger = createLedger();
  const api = createMonetizenowApi(profiles, {
    clock,
    apiKey: API_KEY,
    report: (change) => ledger.record('monetizenow', clock(), change),
  });
  const ask = (method: string, url: string, body = '', headers: Record<string, string> = {}) => {
    const [path = '', query = ''] = url.split('?');
    const reply = api.handle({
      method,
      path,
      query: new URLSearchParams(query),
      headers: { 'x-api-key': API_KEY, ...headers },
      body,
    });
    return { status: reply.status, headers: reply.headers, text: stringify(reply.json) ?? '' };
  };
  const get = <T>(url: string): T => JSON.parse(ask('GET', url).text) as T;
  const post = (body: unknown, headers: Record<string, string> = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const reply = ask('POST', URL, text, {
      'content-type': 'application/json',
      'x-request-id': 'r1',
      ...headers,
    });
    return { status: reply.status, json: JSON.parse(reply.text) as Reply };
  };
  const contract = (id = CONTRACT): Contract => get(`/api/contracts/${id}`);
  /** Everything that reads show. */
  const all = (): string =>
    [
      '/api/contracts?pageSize=100',
      '/api/quotes?pageSize=100',
      ...profiles.map(({ monetizenow }) => `/api/accounts/${monetizenow?.accountId}/invoices?pageSize=100`),
    ]
      .map((url) => ask('GET', url).text)
      .join('\n');
  return {
    api,
    ledger,
    ask,
    get,
    post,
    contract,
    all,
    quote: (id: string) => get<Quote>(`/api/quotes/${id}`),
    behave: (settings: Record<string, unknown>) => api.behaviour?.set(settings),
    /** Posts what must be done, and gives the answer. */
    done(body: unknown): Reply {
      const { status, json } = post(body);
      expect([status, json.status, json.errorMessage]).toEqual([200, 'SUCCESS', undefined]);
      return json;
    },
    /** Posts what must be refused, and makes sure that nothing came of it. */
    failed(body: unknown): string {
      const before = all();
      const { status, json } = post(body);
      expect(json).toEqual({
        action: (body as { action: string }).action,
        status: 'FAILED',
        errorMessage: expect.any(String),
      });
      expect(status).toBe(200);
      expect([all(), ledger.effects]).toEqual([before, []]);
      return json.errorMessage ?? '';
    },
  };
}

const change = (action: string, offerings: unknown[] | null, rest: Record<string, unknown> = {}) => ({
  action,
  contractId: CONTRACT,
  ...rest,
  payload: offerings && { offerings },
});
const seats = (quantity: number, rest: Record<string, unknown> = {}) =>
  change(
    'QUANTITY_CHANGE',
    [{ offeringId: SEATS_OFFERING, products: [{ productId: SEAT_PRODUCT, quantity }] }],
    rest,
  );
const cancellation = (rest: Record<string, unknown> = {}) => change('CANCELLATION', null, rest);
const NEXT = { relativeEffectiveDate: 'NEXT_BILL_CYCLE' };

const offeringIn = (quote: Quote, offeringId: string): Offering => {
  const offering = quote.quoteOfferings.find((one) => one.offeringId === offeringId);
  expect(offering, offeringId).toBeDefined();
  return offering as Offering;
};

describe('the samples of seed 002', () => {
  it('makes ten seats eleven, today, and bills the rest of the month', () => {
    const { done, ledger, contract, get } = open();
    const before = contract();
    const reply = done(SAMPLE_QUANTITY_CHANGE);
    expect(reply.action).toBe('QUANTITY_CHANGE');
    expect(Object.keys(reply)).toEqual(['action', 'status', 'quote', 'contract', 'invoice']);
    // 50 a month for 6 months and 10 of the 30 days of November; before and after are each cut to whole cents.
    expect(reply.quote).toMatchObject({
      type: 'AMENDMENT',
      status: 'PROCESSED',
      description: 'Self-service QUANTITY_CHANGE',
      amount: 316.67,
      contractAmount: 30_316.67,
      contractAmendmentDate: '2026-11-21',
      createDate: '2026-11-21T12:00:00.000Z',
      processedAt: '2026-11-21T12:00:00.000Z',
      previousQuoteId: before.latestQuoteId,
      approvals: [],
      validations: [],
      revenueMetrics: { incrementalMrr: 50, incrementalArr: 600 },
    });
    expect(reply.quote.quoteOfferings).toMatchObject([
      {
        offeringId: SEATS_OFFERING,
        startDate: '2026-11-21',
        endDate: '2027-05-31',
        amount: 550,
        previousAmount: 500,
        added: false,
        removed: false,
        items: [{ quantity: 11, previousQuantity: 10, previousAmount: 500, amendmentStatus: 'UPDATED' }],
      },
      {
        offeringId: MINIMUM_OFFERING,
        added: false,
        removed: false,
        items: [{ quantity: 1, previousQuantity: 1, amendmentStatus: 'NO_CHANGE' }],
      },
    ]);
    expect(reply.contract).toMatchObject({
      status: 'ACTIVE',
      latestQuoteId: reply.quote.id,
      totalValue: 30_316.67,
      modifyDate: '2026-11-21T12:00:00.000Z',
    });
    expect(reply.invoice).toMatchObject({
      invoiceType: 'INCREMENTAL',
      status: 'UNPAID',
      quoteId: reply.quote.id,
      billDate: '2026-11-21',
      startDate: '2026-11-21',
      endDate: '2026-11-30',
      dueDate: '2026-12-21',
      amountWithoutTax: 16.66,
      tax: 1.66,
      amount: 18.32,
      amountDue: 18.32,
      credits: [],
      invoiceItems: [
        {
          productId: SEAT_PRODUCT,
          quantity: 1,
          unitPrice: 50,
          amountWithoutTax: 16.66,
          prorationMultiplier: 0.333333,
          periodStartDate: '2026-11-21',
          periodEndDate: '2026-11-30',
        },
      ],
    });

    // Reads show the same.
    expect(contract()).toEqual(reply.contract);
    expect(get(`/api/quotes/${reply.quote.id}`)).toEqual(reply.quote);
    expect(get(`/api/invoices/${reply.invoice?.id}`)).toEqual(reply.invoice);
    const lists = (name: string) =>
      get<{ content: { id: string }[] }>(`/api/accounts/${ACCOUNT}/${name}`).content.map(({ id }) => id);
    expect(lists('quotes')).toEqual([before.latestQuoteId, reply.quote.id]);
    expect(lists('invoices').at(-1)).toBe(reply.invoice?.id);

    const [effect, ...others] = JSON.parse(stringify(ledger.effects) ?? '') as unknown[];
    expect(others).toEqual([]);
    const agreed = (quantity: number, rateId: string) => [
      {
        offeringId: SEATS_OFFERING,
        rateId,
        startDate: '2026-11-21',
        endDate: '2027-05-31',
        products: [{ productId: SEAT_PRODUCT, quantity }],
      },
      expect.objectContaining({ offeringId: MINIMUM_OFFERING }) as unknown,
    ];
    const rateId = offeringIn(reply.quote, SEATS_OFFERING).rateId;
    expect(effect).toEqual({
      seq: 1,
      at: NOW,
      backend: 'monetizenow',
      action: 'contract.quantity-change',
      target: CONTRACT,
      customer: ACCOUNT,
      requestId: 'r1',
      details: {
        request: JSON.parse(SAMPLE_QUANTITY_CHANGE) as unknown,
        effectiveOn: '2026-11-21',
        quoteId: reply.quote.id,
        invoiceId: reply.invoice?.id,
        before: {
          status: 'ACTIVE',
          endDate: '2027-05-31',
          totalValue: 30_000,
          offerings: agreed(10, rateId),
        },
        after: {
          status: 'ACTIVE',
          endDate: '2027-05-31',
          totalValue: 30_316.67,
          offerings: agreed(11, rateId),
        },
      },
    });
  });

  it('goes from monthly to yearly with the next bill cycle, once the stray comma is gone', () => {
    const { post, done, ledger } = open();
    expect(post(SAMPLE_RATE_CHANGE)).toEqual({
      status: 400,
      json: { operation: 'CONTRACT', error: { errorCode: 'INVALID_JSON', details: expect.any(String) } },
    });
    expect(ledger.effects).toEqual([]);
    const { quote, invoice, contract } = done(SAMPLE_RATE_CHANGE.replace('1cw",', '1cw"'));
    expect(invoice).toBeUndefined();
    const sold = offeringIn(quote, SEATS_OFFERING);
    expect(sold).toMatchObject({
      rateId: SEATS_YEARLY_RATE,
      billingFrequency: 'ANNUALLY',
      startDate: '2026-12-01',
      amount: 5000,
      previousAmount: 500,
      items: [
        {
          quantity: 10,
          unitPrice: 500,
          amendmentStatus: 'UPDATED',
          previousQuantity: 10,
          previousAmount: 500,
        },
      ],
    });
    expect(sold.previousRateId).not.toBe(sold.rateId);
    // Half a year at 5000 a year instead of six months at 500: less, and the vendor's amounts do not go below 0.
    expect(quote.amount).toBe(0);
    expect(contract.totalValue).toBe(29_500);
    expect(ledger.effects).toMatchObject([
      { action: 'contract.rate-change', details: { effectiveOn: '2026-12-01', invoiceId: null } },
    ]);
  });

  it('does both on the customers of the sandbox, whatever the day', () => {
    for (const today of ['2026-11-01', '2026-11-21', '2027-01-31', '2027-02-28']) {
      const { done } = open(createPortfolio({ today }), () => Date.parse(`${today}T12:00:00Z`));
      done(SAMPLE_QUANTITY_CHANGE);
      const { quote } = done(SAMPLE_RATE_CHANGE.replace('1cw",', '1cw"'));
      expect(offeringIn(quote, SEATS_OFFERING).items).toMatchObject([{ quantity: 11, previousQuantity: 11 }]);
    }
  });
});

describe('each action', () => {
  it('succeeds on the customers of the sandbox, one after the other', () => {
    const { done, ledger } = open(createPortfolio({ today: '2026-11-21' }));
    done(seats(12.5));
    done(change('RATE_CHANGE', [{ offeringId: SEATS_OFFERING, rateId: SEATS_YEARLY_RATE }]));
    done(change('ADD_OFFERING', [{ offeringId: SUPPORT_OFFERING, products: [] }]));
    done(
      change('OFFERING_CHANGE', [{ offeringId: SEATS_OFFERING, newOfferingId: PLUS_OFFERING, products: [] }]),
    );
    done(change('REMOVE_OFFERING', [{ offeringId: SUPPORT_OFFERING }]));
    done(cancellation());
    expect(ledger.effects.map(({ action }) => action)).toEqual([
      'contract.quantity-change',
      'contract.rate-change',
      'contract.add-offering',
      'contract.offering-change',
      'contract.remove-offering',
      'contract.cancellation',
    ]);
  });

  it('QUANTITY_CHANGE twice is two amendments, the second of which adds nothing', () => {
    const { done, ledger } = open();
    const [first, second] = [done(seats(11)), done(seats(11))];
    expect(second.quote).toMatchObject({ amount: 0, previousQuoteId: first.quote.id });
    expect(second.quote.id).not.toBe(first.quote.id);
    expect(offeringIn(second.quote, SEATS_OFFERING).items).toMatchObject([{ amendmentStatus: 'NO_CHANGE' }]);
    expect(second.invoice).toBeUndefined();
    expect(second.contract.totalValue).toBe(first.contract.totalValue);
    expect(ledger.effects).toHaveLength(2);
  });

  it('QUANTITY_CHANGE takes less without a bill', () => {
    const { quote, invoice, contract } = open().done(seats(4));
    expect(invoice).toBeUndefined();
    expect(quote.amount).toBe(0);
    expect(contract.totalValue).toBe(30_000 - 1_900);
  });

  it('RATE_CHANGE may change quantities too, is a new subscription, and credits what was billed in advance', () => {
    const { done, contract, quote } = open();
    const old = offeringIn(quote(contract().latestQuoteId), SEATS_OFFERING);
    const reply = done(
      change('RATE_CHANGE', [
        {
          offeringId: SEATS_OFFERING,
          rateId: SEATS_YEARLY_RATE,
          products: [{ productId: SEAT_PRODUCT, quantity: 20 }],
        },
      ]),
    );
    const sold = offeringIn(reply.quote, SEATS_OFFERING);
    expect(sold.items).toMatchObject([{ quantity: 20, unitPrice: 500, previousQuantity: 10 }]);
    expect([sold.previousId, sold.previousRateId]).toEqual([old.id, old.rateId]);
    expect(sold.subscriptionId).not.toBe(old.subscriptionId);
    // 6 1/3 of 12 months, as the contract ends before the year does; a third of a month's 500 and its tax come back.
    expect(reply.invoice).toMatchObject({ amountWithoutTax: 5277.77, endDate: '2027-05-31' });
    expect(reply.invoice?.credits).toMatchObject([{ amount: 183.32, type: 'CREDIT_NOTE' }]);
  });

  it('RATE_CHANGE to the rate that is in force keeps the subscription', () => {
    const { done } = open();
    const asked = change('RATE_CHANGE', [{ offeringId: SEATS_OFFERING, rateId: SEATS_YEARLY_RATE }]);
    const ids = [done(asked), done(asked)].map(
      ({ quote }) => offeringIn(quote, SEATS_OFFERING).subscriptionId,
    );
    expect(ids[0]).toBe(ids[1]);
  });

  it('bills more of a yearly subscription for what is left of its year', () => {
    let now = Date.parse('2026-08-01T12:00:00Z');
    const { done } = open([customer([CONTRACT], ['pre-paid'], { months: 36 })], () => now);
    done(change('RATE_CHANGE', [{ offeringId: SEATS_OFFERING, rateId: SEATS_YEARLY_RATE }]));
    now = Date.parse('2026-11-01T12:00:00Z');
    expect(done(seats(11)).invoice).toMatchObject({
      endDate: '2027-07-31',
      amountWithoutTax: 375,
      invoiceItems: [{ quantity: 1, prorationMultiplier: 0.75 }],
    });
  });

  it('OFFERING_CHANGE removes the old and adds the new, with least quantities for what is not listed', () => {
    const { done } = open();
    const { quote, contract, invoice } = done(
      change('OFFERING_CHANGE', [
        {
          offeringId: SEATS_OFFERING,
          newOfferingId: PLUS_OFFERING,
          products: [{ productId: PLUS_PRODUCT, quantity: 7 }],
        },
      ]),
    );
    expect(quote.quoteOfferings.map(({ offeringId }) => offeringId)).toEqual([
      SEATS_OFFERING,
      MINIMUM_OFFERING,
      PLUS_OFFERING,
    ]);
    expect(offeringIn(quote, SEATS_OFFERING)).toMatchObject({
      removed: true,
      added: false,
      amount: 0,
      previousAmount: 500,
      items: [{ quantity: 0, previousQuantity: 10, amendmentStatus: 'REMOVED' }],
    });
    expect(offeringIn(quote, PLUS_OFFERING)).toMatchObject({
      removed: false,
      added: true,
      billingFrequency: 'MONTHLY',
      startDate: '2026-11-21',
      endDate: '2027-05-31',
      previousId: null,
      previousAmount: null,
      amount: 572.5,
      items: [
        { productId: PLUS_PRODUCT, quantity: 7, amendmentStatus: 'ADDED', previousQuantity: null },
        { quantity: 1, amendmentStatus: 'ADDED', previousAmount: null },
      ],
    });
    // 72.50 more for 6 1/3 months; each side is cut to whole cents.
    expect(quote.amount).toBeCloseTo(459.17, 2);
    expect(contract.totalValue).toBeCloseTo(30_459.17, 2);
    expect(invoice?.credits).toMatchObject([{ amount: 183.32 }]);
    expect(invoice?.invoiceItems).toHaveLength(2);
  });

  it('OFFERING_CHANGE and ADD_OFFERING give unlisted products the lower bound, and 1 where there is none', () => {
    for (const asked of [
      change('OFFERING_CHANGE', [{ offeringId: SEATS_OFFERING, newOfferingId: PLUS_OFFERING, products: [] }]),
      change('ADD_OFFERING', [{ offeringId: PLUS_OFFERING, products: [] }]),
    ]) {
      const { quote } = open().done(asked);
      expect(offeringIn(quote, PLUS_OFFERING).items.map(({ quantity }) => quantity)).toEqual([5, 1]);
    }
  });

  it('ADD_OFFERING takes the default rate, or the one of the frequency that the contract has', () => {
    const { done } = open();
    const { rates } = createCatalogue(['USD']);
    const catalogue = createCatalogue(['USD']);
    const support = done(change('ADD_OFFERING', [{ offeringId: SUPPORT_OFFERING, products: [] }])).quote;
    expect(offeringIn(support, SUPPORT_OFFERING)).toMatchObject({
      added: true,
      rateId: defaultRate(catalogue, SUPPORT_OFFERING, 'USD').id,
    });
    done(change('RATE_CHANGE', [{ offeringId: SEATS_OFFERING, rateId: SEATS_YEARLY_RATE }]));
    const plus = done(change('ADD_OFFERING', [{ offeringId: PLUS_OFFERING, products: [] }])).quote;
    expect(rates.get(offeringIn(plus, PLUS_OFFERING).rateId)?.billingFrequency).toBe('ANNUALLY');
  });

  it('ADD_OFFERING bills in advance only what is billed in ADVANCE', () => {
    const { done } = open();
    expect(
      done(change('ADD_OFFERING', [{ offeringId: SUPPORT_OFFERING, products: [] }])).invoice,
    ).toBeUndefined();
    expect(done(change('ADD_OFFERING', [{ offeringId: PLUS_OFFERING, products: [] }])).invoice).toMatchObject(
      {
        // A third of 5 at 80 and 1 at 12.50, each cut to whole cents.
        amountWithoutTax: 137.49,
      },
    );
  });

  it('REMOVE_OFFERING leaves the others', () => {
    const { done } = open();
    const { quote, contract } = done(change('REMOVE_OFFERING', [{ offeringId: SEATS_OFFERING }]));
    expect(quote.quoteOfferings.map(({ removed }) => removed)).toEqual([true, false]);
    expect(contract).toMatchObject({ status: 'ACTIVE', endDate: '2027-05-31' });
    const next = done(change('ADD_OFFERING', [{ offeringId: SEATS_OFFERING, products: [] }]));
    expect(next.quote.quoteOfferings.map(({ offeringId }) => offeringId)).toEqual([
      MINIMUM_OFFERING,
      SEATS_OFFERING,
    ]);
  });

  it.each([
    ['CANCELLATION', cancellation()],
    [
      'REMOVE_OFFERING of all',
      change('REMOVE_OFFERING', [{ offeringId: MINIMUM_OFFERING }, { offeringId: SEATS_OFFERING }]),
    ],
  ])('%s cancels the contract', (_what, asked) => {
    const { done, contract, post, ledger } = open();
    const { quote, contract: after, invoice } = done(asked);
    expect(invoice).toBeUndefined();
    expect(quote).toMatchObject({ type: 'AMENDMENT', status: 'PROCESSED', cancellationReason: 'BY_USER' });
    expect(quote.quoteOfferings.map(({ removed }) => removed)).toEqual([true, true]);
    expect(after).toMatchObject({ status: 'CANCELED', endDate: '2026-11-20', latestQuoteId: quote.id });
    expect(after.totalValue).toBeLessThan(30_000);
    expect(contract()).toEqual(after);
    expect(post(seats(11)).json).toMatchObject({
      status: 'FAILED',
      errorMessage: expect.stringContaining('CANCELED'),
    });
    expect(ledger.effects).toMatchObject([
      { details: { before: { status: 'ACTIVE' }, after: { status: 'CANCELED', offerings: [] } } },
    ]);
  });
});

describe('when', () => {
  it.each([
    [{}, '2026-11-21'],
    [NEXT, '2026-12-01'],
    [{ effectiveDate: '2026-11-22' }, '2026-11-22'],
    [{ effectiveDate: '2027-05-31' }, '2027-05-31'],
    [{ effectiveDate: '2027-01-15T10:30:00Z' }, '2027-01-15'],
    [{ effectiveDate: '2027-01-15T23:30:00.123-02:00' }, '2027-01-16'],
    [{ effectiveDate: '2027-01-15T00:00:00+0000' }, '2027-01-15'],
    [{ effectiveDate: '2020-01-01', ...NEXT }, '2026-12-01'],
    [{ effectiveDate: 'whenever', ...NEXT }, '2026-12-01'],
  ])('%j is %s', (dates, day) => {
    const { done, ledger } = open();
    const { quote, invoice } = done(seats(11, dates));
    expect(quote['contractAmendmentDate']).toBe(day);
    expect(offeringIn(quote, SEATS_OFFERING).startDate).toBe(day);
    expect(invoice !== undefined).toBe(day === '2026-11-21');
    expect(ledger.effects).toMatchObject([{ details: { effectiveOn: day, request: dates } }]);
  });

  it.each([
    [{ effectiveDate: '2026-11-21' }, /must be in the future/],
    [{ effectiveDate: '2026-11-21T23:59:59Z' }, /must be in the future/],
    [{ effectiveDate: '2020-01-01' }, /must be in the future/],
    [{ effectiveDate: '2027-06-01' }, /after the contract's last day/],
  ])('%j is refused', (dates, message) => {
    expect(open().failed(seats(11, dates))).toMatch(message);
  });

  it('refuses the next bill cycle when there is none', () => {
    const { failed } = open(undefined, () => Date.parse('2027-05-02T00:00:00Z'));
    expect(failed(seats(11, NEXT))).toMatch(/after the contract's last day/);
  });

  it('begins a contract that has not begun with the change', () => {
    const pending = customer([CONTRACT], ['pre-paid'], { startsOn: '2027-02-01' });
    for (const dates of [{}, NEXT, { effectiveDate: '2027-02-01' }]) {
      const { quote, contract, invoice } = open([pending]).done(seats(11, dates));
      expect(quote['contractAmendmentDate']).toBe('2027-02-01');
      expect(contract).toMatchObject({ status: 'PENDING', totalValue: 30_600 });
      expect(invoice).toBeUndefined();
    }
    expect(open([pending]).failed(seats(11, { effectiveDate: '2027-01-31' }))).toMatch(/first day/);
    const { contract } = open([pending]).done(cancellation());
    expect(contract).toMatchObject({ status: 'CANCELED', totalValue: 0 });
  });

  it('cancels with the next bill cycle and not before', () => {
    let now = NOW;
    const { done, contract } = open(undefined, () => now);
    expect(done(cancellation(NEXT)).contract).toMatchObject({
      status: 'ACTIVE',
      endDate: '2026-11-30',
      totalValue: 15_000,
    });
    // Something for the days that are left.
    expect(offeringIn(done(seats(11)).quote, SEATS_OFFERING)).toMatchObject({ endDate: '2026-11-30' });
    now = Date.parse('2026-12-01T00:00:00Z');
    expect(contract().status).toBe('CANCELED');
  });

  it('keeps a change for later when another is made for today', () => {
    const { done, ledger } = open();
    done(seats(20, { effectiveDate: '2027-03-01' }));
    const { quote, contract } = done(
      change('ADD_OFFERING', [{ offeringId: SUPPORT_OFFERING, products: [] }]),
    );
    const sold = quote.quoteOfferings.filter(({ offeringId }) => offeringId === SEATS_OFFERING);
    expect(sold).toMatchObject([
      {
        startDate: '2026-11-21',
        endDate: '2027-02-28',
        parentQuoteOfferingId: null,
        items: [{ quantity: 10 }],
      },
      {
        startDate: '2027-03-01',
        endDate: '2027-05-31',
        items: [{ quantity: 20, amendmentStatus: 'NO_CHANGE' }],
      },
    ]);
    expect(sold[1]?.parentQuoteOfferingId).toBe(sold[0]?.id);
    // Ten more for three months, and one case at 125.50 for 6 1/3 months.
    expect(contract.totalValue).toBeCloseTo(30_000 + 1_500 + 794.83, 2);
    // The new total quantity is that of all days to come.
    const last = done(seats(15)).contract;
    expect(last.totalValue).toBeCloseTo(30_794.83 + 5 * 50 * (6 + 1 / 3), 1);
    expect(ledger.effects).toHaveLength(3);
  });

  it('changes the later steps of a ramp with the first', () => {
    const ramped = customer([CONTRACT], ['pre-paid', 'ramped'], { months: 24 });
    const { done } = open([ramped]);
    const { quote } = done(seats(50));
    const steps = quote.quoteOfferings.filter(({ offeringId }) => offeringId === SEATS_OFFERING);
    expect(steps.map(({ items }) => items[0])).toMatchObject([
      { quantity: 50, previousQuantity: 10 },
      { quantity: 50, previousQuantity: 20 },
    ]);
    expect(steps[1]?.parentQuoteOfferingId).toBe(steps[0]?.id);
  });

  it("prorates by the contract's own day of the month, at the end of short months too", () => {
    const last = customer([CONTRACT], ['pre-paid'], { startsOn: '2026-08-31' });
    const at = (day: string) => open([last], () => Date.parse(`${day}T12:00:00Z`));
    expect(at('2027-02-27').done(seats(11, NEXT)).quote['contractAmendmentDate']).toBe('2027-02-28');
    expect(at('2027-02-28').done(seats(11, NEXT)).quote['contractAmendmentDate']).toBe('2027-03-31');
    expect(at('2027-02-28').done(seats(11)).invoice).toMatchObject({
      amountWithoutTax: 50,
      endDate: '2027-03-30',
    });
  });
});

describe('what is refused with FAILED', () => {
  const usd = createCatalogue(['USD', 'EUR']);
  const withProducts = (products: unknown[], offeringId = SEATS_OFFERING) =>
    change('QUANTITY_CHANGE', [{ offeringId, products }]);
  const supportRate = defaultRate(usd, SUPPORT_OFFERING, 'USD').id;
  const euroRate = defaultRate(usd, SEATS_OFFERING, 'EUR').id;
  const rate = (rateId: string) => change('RATE_CHANGE', [{ offeringId: SEATS_OFFERING, rateId }]);
  const swap = (newOfferingId: string) =>
    change('OFFERING_CHANGE', [{ offeringId: SEATS_OFFERING, newOfferingId, products: [] }]);
  const seat = { productId: SEAT_PRODUCT, quantity: 11 };

  it.each([
    ['an unknown contract', { ...seats(11), contractId: 'ctrct_unknown' }, /ctrct_unknown was not found/],
    ['an unknown offering', withProducts([], 'offer_unknown'), /offer_unknown was not found/],
    ['an unknown new offering', swap('offer_unknown'), /offer_unknown was not found/],
    [
      'an unknown offering to add',
      change('ADD_OFFERING', [{ offeringId: 'o', products: [] }]),
      /o was not found/,
    ],
    [
      'an unknown product',
      withProducts([{ productId: 'prod_unknown', quantity: 1 }]),
      /prod_unknown is not in/,
    ],
    ['an unknown rate', rate('rate_unknown'), /rate_unknown was not found/],
    [
      'a product of another offering',
      withProducts([{ productId: PLUS_PRODUCT, quantity: 9 }]),
      /is not in the offering/,
    ],
    ['a rate of another offering', rate(supportRate), /is not a rate of/],
    ['an offering that is not there', withProducts([], SUPPORT_OFFERING), /is not on the contract/],
    [
      'removing what is not there',
      change('REMOVE_OFFERING', [{ offeringId: SUPPORT_OFFERING }]),
      /is not on the/,
    ],
    [
      'adding what is there',
      change('ADD_OFFERING', [{ offeringId: SEATS_OFFERING, products: [] }]),
      /already on/,
    ],
    ['changing to what is there', swap(MINIMUM_OFFERING), /already on/],
    ['changing to itself', swap(SEATS_OFFERING), /already on/],
    ['a quantity of 0', seats(0), /at least 1/],
    ['a quantity below 0', seats(-3), /at least 1/],
    ['a quantity beyond all measure', seats(1e12), /too large/],
    [
      "a quantity below the new rate's lower bound",
      change('ADD_OFFERING', [
        { offeringId: PLUS_OFFERING, products: [{ productId: PLUS_PRODUCT, quantity: 4 }] },
      ]),
      /at least 5/,
    ],
    ['no offerings', change('QUANTITY_CHANGE', []), /No offering/],
    [
      'an offering twice',
      change('QUANTITY_CHANGE', [
        { offeringId: SEATS_OFFERING, products: [seat] },
        { offeringId: SEATS_OFFERING, products: [seat] },
      ]),
      /named twice/,
    ],
    ['a product twice', withProducts([seat, seat]), /named twice/],
    [
      'a new offering twice',
      change('OFFERING_CHANGE', [
        { offeringId: SEATS_OFFERING, newOfferingId: PLUS_OFFERING, products: [] },
        { offeringId: MINIMUM_OFFERING, newOfferingId: PLUS_OFFERING, products: [] },
      ]),
      /named twice/,
    ],
    [
      'the whole, when one part of it is wrong',
      change('QUANTITY_CHANGE', [
        { offeringId: SEATS_OFFERING, products: [seat] },
        { offeringId: 'offer_unknown', products: [] },
      ]),
      /offer_unknown/,
    ],
  ])('%s', (_what, asked, message) => {
    expect(open().failed(asked)).toMatch(message);
  });

  it('a rate in another currency', () => {
    const { failed } = open(createPortfolio({ today: '2026-11-21' }));
    expect(failed(rate(euroRate))).toMatch(/is in EUR, the contract in USD/);
  });

  it('a contract that is over', () => {
    const { failed } = open([customer([CONTRACT], ['pre-paid'], { startsOn: '2024-01-01' })]);
    expect(failed(cancellation())).toMatch(/is FINISHED/);
  });

  it('a contract that was cancelled', () => {
    const { failed } = open([customer(['ctrct_main', CONTRACT], ['cancelled'])]);
    expect(failed(cancellation())).toMatch(/is CANCELED/);
  });

  it('a contract that was renewed, naming its successor', () => {
    const { failed } = open([customer(['ctrct_main', CONTRACT], ['expired'])]);
    expect(failed(cancellation())).toMatch(/was renewed; amend ctrct_main instead/);
  });

  it('a contract with a quote that is ACCEPTED and not PROCESSED', () => {
    const { behave, post, quote, all, done } = open();
    behave({ outcome: 'REVIEW', reviews: 'ACCEPT' });
    const held = post(seats(11)).json;
    expect(held.quote.status).toBe('REVIEW');
    expect(quote(held.quote.id).status).toBe('ACCEPTED');
    behave({ outcome: 'SUCCESS' });
    const before = all();
    expect(post(cancellation()).json).toMatchObject({
      status: 'FAILED',
      errorMessage: expect.stringContaining(`${held.quote.id} is ACCEPTED`),
    });
    expect(all()).toBe(before);
    behave({ reviews: 'APPROVE' });
    expect(quote(held.quote.id).status).toBe('PROCESSED');
    done(cancellation());
  });
});

describe('what is refused with 400', () => {
  const offering = { offeringId: SEATS_OFFERING, products: [{ productId: SEAT_PRODUCT, quantity: 11 }] };
  it.each([
    ['', 'CONTRACT', 'INVALID_JSON', undefined],
    ['{"action":', 'CONTRACT', 'INVALID_JSON', undefined],
    ['null', 'CONTRACT', 'INVALID_PAYLOAD', undefined],
    ['[]', 'CONTRACT', 'INVALID_PAYLOAD', undefined],
    ['7', 'CONTRACT', 'INVALID_PAYLOAD', undefined],
    ['{}', 'CONTRACT', 'INVALID_ACTION', 'action'],
    [{ ...seats(11), action: 'RENEWAL' }, 'CONTRACT', 'INVALID_ACTION', 'action'],
    [{ ...seats(11), action: 'quantity_change' }, 'CONTRACT', 'INVALID_ACTION', 'action'],
    [{ ...seats(11), contractId: undefined }, 'QUANTITY_CHANGE', 'INVALID_CONTRACT', 'contractId'],
    [{ ...seats(11), contractId: 7 }, 'QUANTITY_CHANGE', 'INVALID_CONTRACT', 'contractId'],
    [seats(11, { effectiveDate: null }), 'QUANTITY_CHANGE', 'INVALID_EFFECTIVE_DATE', 'effectiveDate'],
    [seats(11, { effectiveDate: 20270101 }), 'QUANTITY_CHANGE', 'INVALID_EFFECTIVE_DATE', 'effectiveDate'],
    [seats(11, { effectiveDate: 7, ...NEXT }), 'QUANTITY_CHANGE', 'INVALID_EFFECTIVE_DATE', 'effectiveDate'],
    [seats(11, { effectiveDate: 'soon' }), 'QUANTITY_CHANGE', 'INVALID_EFFECTIVE_DATE', 'effectiveDate'],
    [
      seats(11, { effectiveDate: '2027-02-30' }),
      'QUANTITY_CHANGE',
      'INVALID_EFFECTIVE_DATE',
      'effectiveDate',
    ],
    [
      seats(11, { effectiveDate: '2027-02-30T00:00:00Z' }),
      'QUANTITY_CHANGE',
      'INVALID_EFFECTIVE_DATE',
      'effectiveDate',
    ],
    [
      seats(11, { effectiveDate: '2027-01-01T25:00:00Z' }),
      'QUANTITY_CHANGE',
      'INVALID_EFFECTIVE_DATE',
      'effectiveDate',
    ],
    [
      seats(11, { effectiveDate: '2027-01-01T00:00:00' }),
      'QUANTITY_CHANGE',
      'INVALID_EFFECTIVE_DATE',
      'effectiveDate',
    ],
    [
      seats(11, { relativeEffectiveDate: 'NOW' }),
      'QUANTITY_CHANGE',
      'INVALID_EFFECTIVE_DATE',
      'relativeEffectiveDate',
    ],
    [{ ...seats(11), payload: undefined }, 'QUANTITY_CHANGE', 'INVALID_PAYLOAD', 'payload'],
    [{ ...seats(11), payload: null }, 'QUANTITY_CHANGE', 'INVALID_PAYLOAD', 'payload'],
    [{ ...seats(11), payload: {} }, 'QUANTITY_CHANGE', 'INVALID_PAYLOAD', 'payload.offerings'],
    [change('ADD_OFFERING', [7]), 'ADD_OFFERING', 'INVALID_PAYLOAD', 'payload.offerings[0]'],
    [
      change('ADD_OFFERING', [offering, {}]),
      'ADD_OFFERING',
      'INVALID_PAYLOAD',
      'payload.offerings[1].offeringId',
    ],
    [
      change('ADD_OFFERING', [{ offeringId: 'o' }]),
      'ADD_OFFERING',
      'INVALID_PAYLOAD',
      'payload.offerings[0].products',
    ],
    [change('RATE_CHANGE', [offering]), 'RATE_CHANGE', 'INVALID_PAYLOAD', 'payload.offerings[0].rateId'],
    [
      change('RATE_CHANGE', [{ offeringId: 'o', rateId: 'r', products: 7 }]),
      'RATE_CHANGE',
      'INVALID_PAYLOAD',
      'payload.offerings[0].products',
    ],
    [
      change('OFFERING_CHANGE', [offering]),
      'OFFERING_CHANGE',
      'INVALID_PAYLOAD',
      'payload.offerings[0].newOfferingId',
    ],
    [
      change('REMOVE_OFFERING', [{}]),
      'REMOVE_OFFERING',
      'INVALID_PAYLOAD',
      'payload.offerings[0].offeringId',
    ],
    [{ ...cancellation(), payload: undefined }, 'CANCELLATION', 'INVALID_PAYLOAD', 'payload'],
    [{ ...cancellation(), payload: {} }, 'CANCELLATION', 'INVALID_PAYLOAD', 'payload'],
    [
      change('QUANTITY_CHANGE', [{ ...offering, products: [7] }]),
      'QUANTITY_CHANGE',
      'INVALID_PAYLOAD',
      'payload.offerings[0].products[0]',
    ],
    [
      change('QUANTITY_CHANGE', [{ ...offering, products: [{ quantity: 1 }] }]),
      'QUANTITY_CHANGE',
      'INVALID_PAYLOAD',
      'payload.offerings[0].products[0].productId',
    ],
    [
      change('QUANTITY_CHANGE', [{ ...offering, products: [{ productId: SEAT_PRODUCT, quantity: '11' }] }]),
      'QUANTITY_CHANGE',
      'INVALID_PAYLOAD',
      'payload.offerings[0].products[0].quantity',
    ],
    [
      SAMPLE_QUANTITY_CHANGE.replace('11', '1.0000000000000000001'),
      'QUANTITY_CHANGE',
      'INVALID_PAYLOAD',
      'payload.offerings[0].products[0].quantity',
    ],
    [
      SAMPLE_QUANTITY_CHANGE.replace('11', '1e400'),
      'QUANTITY_CHANGE',
      'INVALID_PAYLOAD',
      'payload.offerings[0].products[0].quantity',
    ],
  ])('%j', (body, operation, errorCode, field) => {
    const { post, all, ledger } = open();
    const before = all();
    expect(post(body)).toEqual({
      status: 400,
      json: {
        operation,
        error: { errorCode, details: expect.any(String), ...(field !== undefined && { context: { field } }) },
      },
    });
    expect([all(), ledger.effects]).toEqual([before, []]);
  });

  it('a body that is not said to be JSON', () => {
    const { post, ledger } = open();
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', '']) {
      expect(post(SAMPLE_QUANTITY_CHANGE, { 'content-type': type })).toMatchObject({
        status: 400,
        json: { error: { errorCode: 'INVALID_CONTENT_TYPE' } },
      });
    }
    expect(ledger.effects).toEqual([]);
  });

  it('but not members that the schema does not know', () => {
    const { done, ledger } = open();
    done({ ...seats(11), note: 'hello', __proto__: null });
    expect(ledger.effects).toMatchObject([{ details: { request: seats(11) } }]);
    expect(ledger.effects[0]?.details['request']).not.toHaveProperty('note');
  });
});

describe('who and how', () => {
  it('needs the key, and POST', () => {
    const { ask, ledger } = open();
    expect(ask('POST', URL, SAMPLE_QUANTITY_CHANGE, { 'x-api-key': 'wrong' }).status).toBe(401);
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
      const reply = ask(method, URL);
      expect([reply.status, reply.headers]).toEqual([405, { allow: 'POST' }]);
      expect(JSON.parse(reply.text)).toEqual({ message: expect.any(String) });
    }
    expect(ask('POST', '/api/contracts').status).toBe(405);
    expect(ask('POST', '/api/selfService/checkout', '{}').status).toBe(404);
    expect(ledger.effects).toEqual([]);
  });

  it('has no request id in the ledger where none was sent', () => {
    const { ask, ledger } = open();
    ask('POST', URL, SAMPLE_QUANTITY_CHANGE, { 'content-type': 'application/json; charset=utf-8' });
    expect(ledger.effects).toMatchObject([{ requestId: null }]);
  });

  it('gives the same ids for the same calls, other ones to each thing, and begins anew with a reset', () => {
    const run = ({ done, all, api }: ReturnType<typeof open>): string => {
      done(seats(11));
      done(seats(12));
      const text = all();
      api.reset();
      return text;
    };
    const [one, two] = [open(), open()];
    const text = run(one);
    expect(run(two)).toBe(text);
    expect(run(one)).toBe(text);
    const ids = [...text.matchAll(/"id":"((?:quote|invce|ivitm)_[^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('tells the ledger before it does anything: what cannot be recorded does not happen', () => {
    const api = createMonetizenowApi([customer([CONTRACT])], {
      clock: () => NOW,
      apiKey: API_KEY,
      report: () => {
        throw new Error('the disk is full');
      },
    });
    const request = (method: string, path: string, body: string) => ({
      method,
      path,
      query: new URLSearchParams(),
      headers: { 'x-api-key': API_KEY, 'content-type': 'application/json' },
      body,
    });
    const read = () => stringify(api.handle(request('GET', `/api/contracts/${CONTRACT}`, '')).json);
    const before = read();
    expect(() => api.handle(request('POST', URL, SAMPLE_QUANTITY_CHANGE))).toThrow('the disk is full');
    expect(read()).toBe(before);
  });
});

describe('what the vendor decides', () => {
  it('holds a change, and the contract is as before', () => {
    const { behave, post, contract, get, ledger, quote } = open();
    const before = contract();
    behave({ outcome: 'REVIEW' });
    const { status, json } = post(seats(11));
    expect(status).toBe(200);
    expect(Object.keys(json)).toEqual(['action', 'status', 'quote', 'contract']);
    expect(json.status).toBe('REVIEW');
    expect(json.quote).toMatchObject({
      status: 'REVIEW',
      amount: 316.67,
      processedAt: null,
      acceptedAt: null,
      approvals: [{ status: 'NO_ACTION', approvalTimestamp: null, declinedTimestamp: null }],
    });
    const { quotes, latestQuoteId, ...rest } = json.contract;
    expect({ ...before, ...rest }).toEqual(before);
    expect(latestQuoteId).toBe(json.quote.id);
    expect(quotes.map(({ status: one }) => one)).toEqual(['PROCESSED', 'REVIEW']);
    expect(contract()).toEqual(json.contract);
    expect(quote(json.quote.id)).toEqual(json.quote);
    expect(get(`/api/accounts/${ACCOUNT}/quotes?status=REVIEW`)).toMatchObject({ totalElements: 1 });
    expect(ledger.effects).toEqual([
      {
        seq: 1,
        at: NOW,
        backend: 'monetizenow',
        action: 'quote.review',
        target: json.quote.id,
        customer: ACCOUNT,
        requestId: 'r1',
        details: { request: seats(11), contractId: CONTRACT, effectiveOn: '2026-11-21' },
      },
    ]);
  });

  it('approves it later: the change is made then, in the name of who asked', () => {
    let now = NOW;
    const { behave, post, contract, quote, ledger, get } = open(undefined, () => now);
    behave({ outcome: 'REVIEW' });
    const held = post(seats(11), { 'x-request-id': 'held' }).json.quote;
    behave({ outcome: 'SUCCESS' });
    post(change('ADD_OFFERING', [{ offeringId: SUPPORT_OFFERING, products: [] }]), {
      'x-request-id': 'other',
    });
    now = Date.parse('2026-11-26T09:00:00Z');
    behave({ reviews: 'APPROVE' });
    const approved = quote(held.id);
    expect(approved).toMatchObject({
      status: 'PROCESSED',
      // The day it was asked for has passed.
      contractAmendmentDate: '2026-11-26',
      createDate: '2026-11-21T12:00:00.000Z',
      processedAt: '2026-11-26T09:00:00.000Z',
      approvals: [{ status: 'APPROVED', approvalTimestamp: '2026-11-26T09:00:00.000Z' }],
    });
    // What was added while it waited stays.
    expect(approved.quoteOfferings.map(({ offeringId }) => offeringId)).toEqual([
      SEATS_OFFERING,
      MINIMUM_OFFERING,
      SUPPORT_OFFERING,
    ]);
    const after = contract();
    expect(after).toMatchObject({ latestQuoteId: held.id, modifyDate: '2026-11-26T09:00:00.000Z' });
    expect(after.totalValue).toBe(approved.contractAmount);
    expect(ledger.effects.map(({ action, requestId }) => `${action} ${requestId}`)).toEqual([
      'quote.review held',
      'contract.add-offering other',
      'contract.quantity-change held',
    ]);
    expect(ledger.effects[2]?.details).toMatchObject({ quoteId: held.id, effectiveOn: '2026-11-26' });
    const { content } = get<{ content: Invoice[] }>(`/api/accounts/${ACCOUNT}/invoices`);
    expect(content.at(-1)).toMatchObject({
      quoteId: held.id,
      invoiceType: 'INCREMENTAL',
      billDate: '2026-11-26',
    });
    // Decided once.
    behave({ reviews: 'DENY' });
    expect(quote(held.id).status).toBe('PROCESSED');
    expect(ledger.effects).toHaveLength(3);
  });

  it('denies it: the contract never changes', () => {
    const { behave, post, contract, quote, ledger } = open();
    const before = contract();
    behave({ outcome: 'REVIEW' });
    const held = post(cancellation()).json.quote;
    behave({ reviews: 'DENY' });
    expect(quote(held.id)).toMatchObject({
      status: 'DENIED',
      processedAt: null,
      approvals: [{ status: 'DECLINED' }],
    });
    expect({ ...contract(), quotes: before.quotes }).toEqual(before);
    expect(ledger.effects.map(({ action }) => action)).toEqual(['quote.review']);
  });

  it('decides on later ones as soon as they are answered', () => {
    const { behave, post, quote, ledger, contract } = open();
    behave({ outcome: 'REVIEW', reviews: 'APPROVE' });
    const reply = post(seats(11)).json;
    expect([reply.status, reply.quote.status, reply.contract.totalValue]).toEqual([
      'REVIEW',
      'REVIEW',
      30_000,
    ]);
    expect(quote(reply.quote.id).status).toBe('PROCESSED');
    expect(contract().totalValue).toBe(30_316.67);
    expect(ledger.effects.map(({ action }) => action)).toEqual(['quote.review', 'contract.quantity-change']);
  });

  it('cancels the quote of a change that is no longer possible when it is approved', () => {
    const { behave, post, quote, ledger } = open();
    behave({ outcome: 'REVIEW' });
    const held = post(seats(11)).json.quote;
    behave({ outcome: 'SUCCESS' });
    post(cancellation());
    behave({ reviews: 'APPROVE' });
    expect(quote(held.id).status).toBe('CANCELED');
    expect(ledger.effects.map(({ action }) => action)).toEqual(['quote.review', 'contract.cancellation']);
  });

  it('leaves the review alone that a customer is seeded with', () => {
    const { behave, all } = open([customer([CONTRACT], ['in-review'])]);
    const before = all();
    behave({ reviews: 'APPROVE' });
    expect(all()).toBe(before);
  });

  it('holds cancellations only', () => {
    const { behave, post, done } = open();
    behave({ reviewCancellations: true });
    done(seats(11));
    done(change('ADD_OFFERING', [{ offeringId: SUPPORT_OFFERING, products: [] }]));
    done(change('REMOVE_OFFERING', [{ offeringId: SUPPORT_OFFERING }]));
    expect(post(cancellation()).json).toMatchObject({ status: 'REVIEW', contract: { status: 'ACTIVE' } });
    const everything = [{ offeringId: SEATS_OFFERING }, { offeringId: MINIMUM_OFFERING }];
    expect(post(change('REMOVE_OFFERING', everything)).json.status).toBe('REVIEW');
  });

  it('fails without a reason that the customer could have known', () => {
    const { behave, failed } = open();
    behave({ outcome: 'FAILED' });
    expect(failed(seats(11))).toBe('The change could not be processed');
    expect(failed(seats(0))).toMatch(/at least 1/);
  });

  it('says FAILED with another status', () => {
    const { behave, post } = open();
    for (const failedStatus of [400, 409, 422]) {
      behave({ failedStatus });
      expect(post(seats(0))).toMatchObject({ status: failedStatus, json: { status: 'FAILED' } });
    }
  });

  it('has 404 for an unknown contract', () => {
    const { behave, post } = open();
    behave({ unknownContract: 'NOT_FOUND' });
    expect(post({ ...seats(11), contractId: 'ctrct_unknown' })).toEqual({
      status: 404,
      json: {
        operation: 'QUANTITY_CHANGE',
        error: {
          errorCode: 'INVALID_CONTRACT',
          details: 'Contract ctrct_unknown was not found',
          context: { field: 'contractId' },
        },
      },
    });
  });

  it('refuses changes to a contract that has not begun', () => {
    const { behave, failed } = open([customer([CONTRACT], ['pre-paid'], { startsOn: '2027-02-01' })]);
    behave({ amendsPending: false });
    expect(failed(seats(11))).toMatch(/is PENDING/);
  });

  it('cancels at once what ends later', () => {
    const { behave, done } = open();
    behave({ cancelsAtOnce: true });
    expect(done(cancellation(NEXT)).contract).toMatchObject({ status: 'CANCELED', endDate: '2026-11-30' });
  });

  it('knows its settings, all or nothing, and forgets them with a reset', () => {
    const { api, behave } = open();
    const defaults = {
      outcome: 'SUCCESS',
      reviewCancellations: false,
      reviews: 'HOLD',
      failedStatus: 200,
      unknownContract: 'FAILED',
      amendsPending: true,
      cancelsAtOnce: false,
    };
    expect(api.behaviour?.get()).toEqual(defaults);
    for (const wrong of [
      { outcome: 'MAYBE' },
      { outcome: 'REVIEW', mood: 'bad' },
      { reviewCancellations: 'true' },
      { outcome: 'REVIEW', failedStatus: 500 },
      { toString: 1 },
    ]) {
      expect(() => behave(wrong)).toThrow(BehaviourError);
    }
    expect(api.behaviour?.get()).toEqual(defaults);
    behave({ outcome: 'REVIEW', failedStatus: 409 });
    expect(api.behaviour?.get()).toEqual({ ...defaults, outcome: 'REVIEW', failedStatus: 409 });
    api.reset();
    expect(api.behaviour?.get()).toEqual(defaults);
  });
});

it('works over a socket, ledger and control included', async () => {
  const emulator = await startEmulator(
    (report) => createMonetizenowApi([customer([CONTRACT])], { clock: () => NOW, apiKey: API_KEY, report }),
    { clock: () => NOW },
  );
  try {
    await fetch(`${emulator.url}/__control/behaviour`, { method: 'PUT', body: '{"outcome":"REVIEW"}' });
    emulator.faults.add({ match: { method: 'POST' }, times: 1, fault: { kind: 'reset', applied: true } });
    const init = {
      method: 'POST',
      body: SAMPLE_QUANTITY_CHANGE,
      headers: { 'x-api-key': API_KEY, 'content-type': 'application/json', 'x-request-id': 'lost' },
    };
    await expect(fetch(`${emulator.url}${URL}`, init)).rejects.toThrow();
    await fetch(`${emulator.url}/__control/behaviour`, { method: 'PUT', body: '{"reviews":"APPROVE"}' });
    expect(emulator.effects().map(({ action, requestId }) => `${action} ${requestId}`)).toEqual([
      'quote.review lost',
      'contract.quantity-change lost',
    ]);
  } finally {
    await emulator.stop();
  }
});
