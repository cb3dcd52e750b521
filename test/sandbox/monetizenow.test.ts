/** The MonetizeNow emulator answers as the vendor's pages describe its contracts, quotes and invoices. */
import { stringify } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { createMonetizenowApi } from '../../src/sandbox/monetizenow/api.js';
import {
  createCatalogue,
  defaultRate,
  SEAT_PRODUCT,
  SEATS_OFFERING,
  SEATS_YEARLY_RATE,
} from '../../src/sandbox/monetizenow/catalogue.js';
import type { EmulatedReply, Profile, Trait } from '../../src/sandbox/types.js';

const API_KEY = 'sandbox-monetizenow-key';
const NOW = Date.parse('2026-11-21T12:00:00Z');
const SLEEPY_ACCOUNT = 'acct_sleepyco00000000';
const SAMPLE_CONTRACT = 'ctrct_xNE4v9dkjXjorYAM';

const CONTRACT_MEMBERS = `id accountId accountName billGroupId latestQuoteId status startDate endDate endAction totalValue
  currency owner ownerName renewed previousContractId legalEntityId modifyDate`;
const QUOTE_MEMBERS = `id description type status amount acceptedAt contractId contractAmount contractLength
  contractStartDate contractEndDate accountId accountName secondaryAccountId secondaryAccountName billingAccountId
  opportunity ownerId ownerName billGroupId currency customFields migrated sentDate processedAt createdBy createDate
  lastModifiedBy modifyDate`;
const QUOTE_DETAIL_MEMBERS = `newQuoteType originalQuoteId previousQuoteId previousContractId expirationDate credit
  amountWithoutTax discountAmount discountPercent amountWithoutDiscount netTerms cancellationReason startDateSource
  contractAmendmentDate quoteOfferings approvals validations revenueMetrics autoRenewal owner`;
const OFFERING_MEMBERS = `id quoteId offeringId offeringName rateId rateName subscriptionId billingFrequency
  billingFrequencyInMonths subscriptionTiming amount amountWithoutDiscount discountAmount discountPercent previousId
  previousRateId previousAmount startDate endDate parentQuoteOfferingId items discounts added removed`;
const ITEM_MEMBERS = `id quoteOfferingId productId productName sku productType isAddon quantity unitPrice
  displayUnitPrice unitPriceAfterDiscount amount amountWithoutDiscount contractAmount amendmentStatus previousQuantity
  previousAmount`;
const INVOICE_MEMBERS = `id invoiceNumber account billGroupId contractId quoteId status invoiceType invoicingDate
  billDate startDate endDate dueDate paidDate currency amount amountWithoutTax amountWithoutDiscount discount tax
  amountDue amountPaid amountCredited netTerms pastDue invoiceItems payments credits`;
const INVOICE_ITEM_MEMBERS = `id subscriptionId quoteItemId offeringId offeringName offeringType productId productName
  productType rateId rateName subscriptionTiming priceModel quantity unitPrice amount amountWithoutTax
  amountWithoutDiscount discount tax prorationMultiplier minCommitAvailableAmount minCommitAdditionalBilledAmount
  periodStartDate periodEndDate`;

const DISCOUNT_MEMBERS = `id name description discountType status discountCode quoteId discountAmount currency
  durationType durationMonths maxUses remainingUses startDate endDate autoRemove accountId scopeProductId
  scopeOfferingId locked lifecyclePolicies`;
const PAYMENT_MEMBERS = `paymentId createDate settledDate creditCardType paymentMethodName paymentDescription
  paidAmount`;
const CREDIT_MEMBERS = 'amount appliedDate reason type invoiceId creditId creditNoteId';

const members = (text: string): string[] => text.split(/\s+/).toSorted();
const membersOf = (value: object): string[] => Object.keys(value).toSorted();

interface Item {
  productId: string;
  productType: string;
  quantity: number;
  unitPrice: number;
  amount: number;
  contractAmount: number;
  amendmentStatus: string;
  previousQuantity: number | null;
  previousAmount: number | null;
}
interface Offering {
  offeringId: string;
  rateId: string;
  subscriptionTiming: string;
  amount: number;
  previousAmount: number | null;
  removed: boolean;
  id: string;
  startDate: string;
  endDate: string;
  parentQuoteOfferingId: string | null;
  items: Item[];
  discounts: Record<string, unknown>[];
}
interface Quote {
  [member: string]: unknown;
  id: string;
  status: string;
  type: string;
  amount: number;
  contractAmount: number;
  contractId: string;
  accountId: string;
  quoteOfferings: Offering[];
  approvals: { status: string }[];
  revenueMetrics: { mrr: number; arr: number; incrementalMrr: number };
}
interface Contract {
  [member: string]: unknown;
  id: string;
  accountId: string;
  status: string;
  currency: string;
  startDate: string;
  endDate: string;
  totalValue: number;
  latestQuoteId: string;
  renewed: boolean;
  previousContractId: string | null;
  quotes: Quote[];
}
interface Invoice {
  [member: string]: unknown;
  id: string;
  status: string;
  contractId: string;
  amount: number;
  amountWithoutTax: number;
  tax: number;
  amountDue: number;
  amountPaid: number;
  amountCredited: number;
  payments: { paidAmount: number }[];
  credits: { amount: number }[];
  pastDue: boolean;
  dueDate: string;
  startDate: string;
  invoiceItems: {
    productType: string;
    amount: number;
    minCommitAvailableAmount: number | null;
    quantity: number;
  }[];
}
interface Page<T> {
  content: T[];
  totalElements: number;
  totalPages: number;
  pageable: { pageNumber: number; pageSize: number };
}

function customer(
  accountId: string,
  contractIds: readonly string[],
  overrides: Partial<Profile> = {},
): Profile {
  return {
    slug: accountId,
    name: `Customer ${accountId}`,
    currency: 'EUR',
    monthlyMinimum: 8_000n,
    startsOn: '2026-06-01',
    months: 24,
    traits: new Set<Trait>(),
    commitmentsPerBackend: contractIds.length,
    monetizenow: { accountId, contractIds },
    ...overrides,
  };
}

const sleepyCo = customer(SLEEPY_ACCOUNT, [SAMPLE_CONTRACT], {
  currency: 'USD',
  months: 12,
  traits: new Set<Trait>(['pre-paid']),
});
const many = customer(
  'acct_many',
  Array.from({ length: 24 }, (_, index) => `ctrct_many${index}`),
);

function open(profiles: Profile[] = [sleepyCo, many], clock: () => number = () => NOW) {
  const api = createMonetizenowApi(profiles, { clock, apiKey: API_KEY });
  function ask(url: string, init: { method?: string; key?: string | null } = {}): EmulatedReply {
    const [path = '', query = ''] = url.split('?');
    const key = init.key === undefined ? API_KEY : init.key;
    return api.handle({
      method: init.method ?? 'GET',
      path,
      query: new URLSearchParams(query),
      headers: key === null ? {} : { 'x-api-key': key },
      body: '',
    });
  }
  /** What a client sees: text, parsed. */
  function get<T>(url: string): T {
    const reply = ask(url);
    expect([url, reply.status]).toEqual([url, 200]);
    return JSON.parse(stringify(reply.json) ?? '') as T;
  }
  return { api, ask, get, page: <T>(url: string): Page<T> => get<Page<T>>(url) };
}

/** The contracts of one account with these traits, shown in full. */
function contractsWith(traits: Trait[], overrides: Partial<Profile> = {}, ids = ['ctrct_one']) {
  const { get, page } = open([customer('acct_one', ids, { traits: new Set(traits), ...overrides })]);
  const contracts = page<Contract>('/api/accounts/acct_one/contracts').content;
  return { get, contracts, quote: (id: string): Quote => get<Quote>(`/api/quotes/${id}`) };
}

describe('members', () => {
  it('shows contracts in lists and in full', () => {
    const { page, get } = open();
    const [listed] = page<Contract>('/api/contracts').content;
    expect(membersOf(listed as Contract)).toEqual(members(CONTRACT_MEMBERS));
    const { quotes, contractRenewalTerms, ...rest } = get<Contract>(`/api/contracts/${listed?.id}`);
    expect(rest).toEqual(listed);
    expect(quotes.map(membersOf)).toEqual([members(QUOTE_MEMBERS)]);
    expect(contractRenewalTerms).toEqual({
      contractEndAction: rest['endAction'],
      renewalTermLength: { type: expect.any(String) as string },
      autoRenewalNoticePeriod: expect.any(Number) as number,
    });
  });

  it('shows quotes in lists and in full, with offerings and items', () => {
    const { page, get } = open();
    const [listed] = page<Quote>('/api/quotes').content;
    expect(membersOf(listed as Quote)).toEqual(members(QUOTE_MEMBERS));
    const full = get<Quote>(`/api/quotes/${listed?.id}`);
    const basicWithoutOwnerId = members(QUOTE_MEMBERS).filter((member) => member !== 'ownerId');
    expect(membersOf(full)).toEqual([...basicWithoutOwnerId, ...members(QUOTE_DETAIL_MEMBERS)].toSorted());
    for (const offering of full.quoteOfferings) {
      expect(membersOf(offering)).toEqual(members(OFFERING_MEMBERS));
      for (const item of offering.items) expect(membersOf(item)).toEqual(members(ITEM_MEMBERS));
    }
  });

  it('shows invoices with their items, the same in lists and alone', () => {
    const { page, get } = open();
    const [listed] = page<Invoice>(`/api/accounts/${SLEEPY_ACCOUNT}/invoices`).content;
    expect(membersOf(listed as Invoice)).toEqual(members(INVOICE_MEMBERS));
    expect(listed?.['account']).toMatchObject({
      id: SLEEPY_ACCOUNT,
      customId: SLEEPY_ACCOUNT,
      status: 'ACTIVE',
    });
    for (const payment of listed?.payments ?? [])
      expect(membersOf(payment)).toEqual(members(PAYMENT_MEMBERS));
    for (const item of listed?.invoiceItems ?? [])
      expect(membersOf(item)).toEqual(members(INVOICE_ITEM_MEMBERS));
    expect(get(`/api/invoices/${listed?.id}`)).toEqual(listed);
  });

  it('writes money as decimal numbers in major units, days and instants as text', () => {
    const text = stringify(open().ask(`/api/contracts/${SAMPLE_CONTRACT}`).json) ?? '';
    expect(text).toContain('"totalValue":30000.00,');
    expect(text).toContain('"startDate":"2026-06-01","endDate":"2027-05-31"');
    expect(text).toMatch(/"modifyDate":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"/);
  });
});

describe('the contract of seed 002', () => {
  it('holds ten of the printed product in the printed offering', () => {
    const { get } = open();
    const contract = get<Contract>(`/api/contracts/${SAMPLE_CONTRACT}`);
    const quote = get<Quote>(`/api/quotes/${contract.latestQuoteId}`);
    expect(contract.status).toBe('ACTIVE');
    const seats = quote.quoteOfferings.find(({ offeringId }) => offeringId === 'offer_fYyrKcVaJRgVN7jg');
    expect(seats).toMatchObject({ subscriptionTiming: 'ADVANCE', amount: 500, previousAmount: null });
    expect(seats?.items).toMatchObject([
      { productId: 'prod_sVd2qS8nXCP7X1Uf', quantity: 10, unitPrice: 50, amount: 500, contractAmount: 6000 },
    ]);
  });

  it('can change to the printed yearly rate', () => {
    const catalogue = createCatalogue(['USD', 'EUR']);
    const yearly = catalogue.rates.get('rate_Y6FfLGv3Ycipd1cw');
    expect([SEATS_OFFERING, SEAT_PRODUCT, SEATS_YEARLY_RATE]).toEqual([
      'offer_fYyrKcVaJRgVN7jg',
      'prod_sVd2qS8nXCP7X1Uf',
      'rate_Y6FfLGv3Ycipd1cw',
    ]);
    expect(yearly).toMatchObject({
      offeringId: SEATS_OFFERING,
      currency: 'USD',
      billingFrequency: 'ANNUALLY',
      isDefault: false,
    });
    for (const offering of catalogue.offerings.values()) {
      for (const currency of ['USD', 'EUR']) {
        const rate = defaultRate(catalogue, offering.id, currency);
        expect(rate.billingFrequency).toBe('MONTHLY');
        expect(rate.prices.map(({ productId }) => productId)).toEqual(offering.productIds);
      }
    }
    const bounds = [...catalogue.rates.values()].flatMap(({ prices }) =>
      prices.map(({ lowerBound }) => lowerBound ?? 1),
    );
    expect(Math.max(...bounds)).toBeGreaterThan(1);
  });
});

describe('key, paths and verbs', () => {
  it('answers 401 without the right key', () => {
    for (const key of [null, '', 'wrong']) {
      const reply = open().ask('/api/contracts', { key });
      expect(reply).toEqual({ status: 401, json: { message: expect.any(String) as string } });
    }
  });

  it.each([
    '/api/contracts/ctrct_unknown',
    '/api/quotes/quote_unknown',
    '/api/invoices/invce_unknown',
    '/api/contracts/',
    '/api/invoices',
    '/api/accounts',
    '/api/accounts/acct_many/offers',
    '/api/accounts/acct_many/contracts/ctrct_many1',
    '/contracts',
    `/api/contracts/${SAMPLE_CONTRACT}/amend`,
  ])('answers 404 to %s', (path) => {
    expect(open().ask(path)).toEqual({ status: 404, json: { message: expect.any(String) as string } });
  });

  it('answers 405 to a verb that the read side does not have', () => {
    expect(open().ask('/api/contracts', { method: 'DELETE' })).toMatchObject({
      status: 405,
      json: { message: expect.any(String) as string },
    });
  });

  it('gives an unknown account empty lists', () => {
    for (const collection of ['contracts', 'quotes', 'invoices']) {
      expect(open().page(`/api/accounts/acct_unknown/${collection}`)).toEqual({
        content: [],
        totalElements: 0,
        totalPages: 0,
        pageable: { pageNumber: 0, pageSize: 10 },
      });
    }
  });

  it('keeps accounts apart', () => {
    const { page } = open();
    for (const collection of ['contracts', 'quotes']) {
      const { content } = page<{ accountId: string }>(`/api/accounts/acct_many/${collection}?pageSize=100`);
      expect(new Set(content.map(({ accountId }) => accountId))).toEqual(new Set(['acct_many']));
    }
    expect(page<Contract>('/api/contracts').totalElements).toBe(25);
  });
});

describe('paging, filters, sorting', () => {
  it('counts pages from 0, ten to a page', () => {
    const { page } = open();
    const pages = ['', '?currentPage=1', '?currentPage=2', '?currentPage=3'].map((query) =>
      page<Contract>(`/api/contracts${query}`),
    );
    expect(pages.map(({ content }) => content.length)).toEqual([10, 10, 5, 0]);
    expect(pages[0]).toMatchObject({
      totalElements: 25,
      totalPages: 3,
      pageable: { pageNumber: 0, pageSize: 10 },
    });
    expect(new Set(pages.flatMap(({ content }) => content.map(({ id }) => id))).size).toBe(25);
    expect(page<Contract>('/api/contracts?pageSize=100').content).toHaveLength(25);
  });

  it.each([
    'pageSize=101',
    'pageSize=0',
    'pageSize=ten',
    'currentPage=-1',
    'currentPage=0.5',
    'currentPage=',
    'status=RUNNING',
    'sort=nothing',
  ])('refuses %s', (query) => {
    expect(open().ask(`/api/contracts?${query}`)).toEqual({
      status: 400,
      json: { message: expect.any(String) as string },
    });
  });

  it('filters by status and currency, and counts what is left', () => {
    const { page } = open([sleepyCo, many, customer('acct_old', ['ctrct_old'], { startsOn: '2023-01-01' })]);
    const count = (query: string): number => page<Contract>(`/api/contracts?${query}`).totalElements;
    expect(count('status=FINISHED')).toBe(1);
    expect(count('status=ACTIVE')).toBe(25);
    expect(count('status=ACTIVE&currency=USD')).toBe(1);
    expect(count('currency=GBP')).toBe(0);
    expect(count('accountId=acct_old')).toBe(1);
    expect(count('colour=blue')).toBe(26);
    expect(page<Quote>(`/api/quotes?contractId=${SAMPLE_CONTRACT}`).totalElements).toBe(1);
    expect(page<Quote>('/api/quotes?status=DRAFT').totalElements).toBe(0);
  });

  it('filters invoices by contract and status, by bill group too', () => {
    const { page, get } = open();
    const ofContract = page<Invoice>('/api/accounts/acct_many/invoices?contractId=ctrct_many3').content;
    expect(ofContract).toHaveLength(3);
    expect(new Set(ofContract.map(({ contractId }) => contractId))).toEqual(new Set(['ctrct_many3']));
    const paid = page<Invoice>('/api/accounts/acct_many/invoices?status=PAID');
    expect(paid.totalElements).toBe(24);
    const { billGroupId } = get<Contract>('/api/contracts/ctrct_many3');
    expect(
      page<Invoice>(`/api/accounts/acct_many/billGroups/${String(billGroupId)}/invoices`).content,
    ).toEqual(ofContract);
  });

  it('sorts by a member, numbers as numbers', () => {
    const { content } = open().page<Contract>(
      '/api/accounts/acct_many/contracts?sort=totalValue&pageSize=100',
    );
    const values = content.map(({ totalValue }) => totalValue);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    expect(new Set(values).size).toBeGreaterThan(1);
  });
});

describe('traits', () => {
  it('pre-paid: an offering billed in ADVANCE; others in ARREARS', () => {
    for (const [traits, timing, type] of [
      [['pre-paid'], 'ADVANCE', 'ADVANCE'],
      [[], 'ARREARS', 'ARREARS'],
    ] as const) {
      const { contracts, quote } = contractsWith([...traits]);
      const [sold, minimum] = quote(String(contracts[0]?.latestQuoteId)).quoteOfferings;
      expect(sold).toMatchObject({ subscriptionTiming: timing, items: [{ productType: type }] });
      expect(minimum).toMatchObject({ items: [{ productType: 'MIN_COMMIT', quantity: 1, unitPrice: 2000 }] });
    }
  });

  it('in-review: the latest quote is held back and the contract is as before', () => {
    const { contracts, get, quote } = contractsWith(['in-review']);
    const [contract] = contracts;
    const { quotes } = get<Contract>(`/api/contracts/${contract?.id}`);
    const [first, latest] = quotes;
    expect(latest).toMatchObject({
      id: contract?.latestQuoteId,
      type: 'AMENDMENT',
      status: 'REVIEW',
      processedAt: null,
    });
    expect(contract?.status).toBe('ACTIVE');
    expect(contract?.totalValue).toBe(first?.contractAmount);
    const full = quote(String(latest?.id));
    expect(full.approvals).toMatchObject([{ status: 'NO_ACTION' }]);
    const [sold, minimum] = full.quoteOfferings;
    const before = quote(String(first?.id)).quoteOfferings[0]?.items[0];
    expect(sold?.items[0]).toMatchObject({
      amendmentStatus: 'UPDATED',
      quantity: (before?.quantity ?? 0) + 5,
      previousQuantity: before?.quantity,
      previousAmount: before?.amount,
    });
    expect(minimum?.items[0]).toMatchObject({ amendmentStatus: 'NO_CHANGE' });
    expect(full.contractAmount).toBeCloseTo((first?.contractAmount ?? 0) + full.amount, 2);
  });

  it('cancelled: beside the running one, with everything removed', () => {
    for (const ids of [['ctrct_one'], ['ctrct_one', 'ctrct_two']]) {
      const { contracts, quote } = contractsWith(['cancelled'], {}, ids);
      expect(contracts.map(({ status }) => status)).toEqual(['ACTIVE', 'CANCELED']);
      expect(contracts.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
      const cancelled = contracts[1] as Contract;
      expect(cancelled.endDate < '2026-11-21').toBe(true);
      const full = quote(cancelled.latestQuoteId);
      expect(full).toMatchObject({ type: 'AMENDMENT', status: 'PROCESSED', amount: 0 });
      expect(full.quoteOfferings.map(({ removed }) => removed)).toEqual([true, true]);
      expect(full.revenueMetrics.incrementalMrr).toBeLessThan(0);
      expect(cancelled.totalValue).toBeGreaterThan(0);
    }
  });

  it('expired: the main one by its dates, or its predecessor', () => {
    const over = contractsWith(['expired'], { startsOn: '2023-01-01' }).contracts;
    expect(over).toMatchObject([{ status: 'FINISHED', endDate: '2024-12-31' }]);
    const [main, predecessor] = contractsWith(['expired']).contracts;
    expect(predecessor).toMatchObject({ status: 'FINISHED', renewed: true });
    expect(main).toMatchObject({ status: 'ACTIVE', previousContractId: predecessor?.id });
  });

  it('pending: the main one by its dates, or its successor', () => {
    expect(contractsWith(['pending'], { startsOn: '2027-01-01' }).contracts).toMatchObject([
      { status: 'PENDING' },
    ]);
    expect(contractsWith(['pending']).contracts).toMatchObject([
      { status: 'ACTIVE' },
      { status: 'PENDING', startDate: '2028-06-01' },
    ]);
  });

  it('cancelled: a tenth of the last bill is credited, the rest was paid', () => {
    const { get, contracts } = contractsWith(['cancelled']);
    const { content } = get<Page<Invoice>>(`/api/accounts/acct_one/invoices?contractId=${contracts[1]?.id}`);
    expect(content.map(({ credits }) => credits.length)).toEqual([0, 0, 1]);
    const last = content[2] as Invoice;
    expect(last.credits.map(membersOf)).toEqual([members(CREDIT_MEMBERS)]);
    expect(last.amountCredited).toBeCloseTo(last.amount / 10, 2);
    expect(last.credits[0]?.amount).toBe(last.amountCredited);
    expect(last.payments[0]?.paidAmount).toBe(last.amountPaid);
    expect(last.amountPaid + last.amountCredited).toBeCloseTo(last.amount, 2);
    expect(last.amountDue).toBe(0);
  });

  it('ramped: one offering in two steps, billed one after the other', () => {
    const { contracts, quote, get } = contractsWith(['ramped'], { startsOn: '2025-11-01' });
    const full = quote(String(contracts[0]?.latestQuoteId));
    const [first, second, minimum] = full.quoteOfferings;
    expect(full.quoteOfferings).toMatchObject([
      { startDate: '2025-11-01', endDate: '2026-10-31', parentQuoteOfferingId: null },
      { startDate: '2026-11-01', endDate: '2027-10-31', parentQuoteOfferingId: first?.id },
      { startDate: '2025-11-01', endDate: '2027-10-31', parentQuoteOfferingId: null },
    ]);
    expect(second?.items[0]?.quantity).toBe((first?.items[0]?.quantity ?? 0) * 2);
    expect(full.amount).toBeCloseTo(
      12 * ((first?.amount ?? 0) + (second?.amount ?? 0)) + 24 * (minimum?.amount ?? 0),
      2,
    );
    expect(full.revenueMetrics.mrr).toBeCloseTo((first?.amount ?? 0) + (minimum?.amount ?? 0), 2);
    const { content } = get<Page<Invoice>>('/api/accounts/acct_one/invoices');
    expect(content.map(({ startDate }) => startDate)).toEqual(['2026-09-01', '2026-10-01', '2026-11-01']);
    const [quantity = 0] = content.map(({ invoiceItems }) => invoiceItems[0]?.quantity);
    expect(content.map(({ invoiceItems }) => invoiceItems.map((item) => item.quantity))).toEqual([
      [quantity, 1],
      [quantity, 1],
      [quantity * 2, 1],
    ]);
  });

  it('has just the contracts of the profile when no trait needs more', () => {
    expect(open([many]).page<Contract>('/api/contracts').totalElements).toBe(24);
  });
});

describe('amounts', () => {
  it('adds up: items to offerings, offerings over the term to the contract', () => {
    const { get } = open();
    for (const id of [SAMPLE_CONTRACT, 'ctrct_many0', 'ctrct_many1']) {
      const contract = get<Contract>(`/api/contracts/${id}`);
      const first = get<Quote>(`/api/quotes/${contract.quotes[0]?.id}`);
      let whole = 0;
      for (const offering of first.quoteOfferings) {
        expect(offering.amount).toBeCloseTo(
          offering.items.reduce((total, item) => total + item.amount, 0),
          2,
        );
        whole += offering.items.reduce((total, item) => total + item.contractAmount, 0);
      }
      expect(first.amount).toBeCloseTo(whole, 2);
      const processed = contract.quotes.filter(({ status }) => status === 'PROCESSED');
      expect(contract.totalValue).toBeCloseTo(
        processed.reduce((total, { amount }) => total + amount, 0),
        2,
      );
    }
  });

  it('amends a contract beside the main one, by the incremental value', () => {
    const { get } = open();
    const { quotes, totalValue } = get<Contract>('/api/contracts/ctrct_many1');
    expect(quotes.map(({ type, status }) => `${type} ${status}`)).toEqual([
      'NEW PROCESSED',
      'AMENDMENT PROCESSED',
    ]);
    expect(quotes[1]?.contractAmount).toBe(totalValue);
    // Three more at 125.50 less a tenth, for the 21 months from September 2026 to the end of May 2028.
    expect(quotes[1]?.amount).toBeCloseTo(3 * 125.5 * 0.9 * 21, 2);
  });

  it('says what a discount is: a percentage that counts, an amount that is over', () => {
    const { get } = open();
    const { latestQuoteId } = get<Contract>('/api/contracts/ctrct_many1');
    const [sold, minimum] = get<Quote>(`/api/quotes/${latestQuoteId}`).quoteOfferings;
    expect(sold?.discounts.map(membersOf)).toEqual([members(DISCOUNT_MEMBERS), members(DISCOUNT_MEMBERS)]);
    expect(sold?.discounts).toMatchObject([
      { discountType: 'PERCENTAGE', discountAmount: 10, status: 'ACTIVE' },
      { discountType: 'FLAT', discountAmount: 250, status: 'EXPIRED', endDate: '2026-06-30' },
    ]);
    expect(minimum?.discounts).toEqual([]);
  });

  it('bills three months: one paid, one unpaid, one that is still a draft', () => {
    const { page } = open();
    const { content } = page<Invoice>('/api/accounts/acct_many/invoices?contractId=ctrct_many1');
    expect(content.map(({ status, startDate }) => `${startDate} ${status}`)).toEqual([
      '2026-09-01 PAID',
      '2026-10-01 UNPAID',
      '2026-11-01 DRAFT',
    ]);
    expect(content.map(({ pastDue }) => pastDue)).toEqual([false, true, false]);
    for (const invoice of content) {
      expect(invoice.amount).toBeCloseTo(invoice.amountWithoutTax + invoice.tax, 2);
      expect(invoice.amountDue + invoice.amountPaid).toBeCloseTo(invoice.amount, 2);
      expect(invoice.amount).toBeCloseTo(
        invoice.invoiceItems.reduce((total, item) => total + item.amount, 0),
        2,
      );
      for (const item of invoice.invoiceItems) {
        expect(item.minCommitAvailableAmount !== null).toBe(item.productType === 'MIN_COMMIT');
      }
    }
  });

  it('bills each month by the quote in force then, up to a cancellation and not beyond', () => {
    const { get, contracts } = contractsWith(['cancelled']);
    const { content } = get<Page<Invoice>>(`/api/accounts/acct_one/invoices?contractId=${contracts[1]?.id}`);
    // Cancelled with 2026-03-01.
    expect(content.map(({ startDate }) => startDate)).toEqual(['2025-12-01', '2026-01-01', '2026-02-01']);
    for (const { amount } of content) expect(amount).toBeGreaterThan(0);
  });

  it('bills in US dollars what the vendor has no currency for', () => {
    const { contracts } = contractsWith([], { currency: 'JPY', monthlyMinimum: 4_500_000n });
    expect(contracts[0]?.currency).toBe('USD');
    expect(contractsWith([], { currency: 'SEK' }).contracts[0]?.currency).toBe('SEK');
  });

  it('lets the status follow the clock', () => {
    let now = NOW;
    const { get } = open([sleepyCo], () => now);
    const status = (): string => get<Contract>(`/api/contracts/${SAMPLE_CONTRACT}`).status;
    now = Date.parse('2027-05-31T23:59:59Z');
    expect(status()).toBe('ACTIVE');
    now = Date.parse('2027-06-01T00:00:00Z');
    expect(status()).toBe('FINISHED');
  });
});

it('is the same for the same customers and clock, and after a reset', () => {
  const { api, ask } = open();
  const text = (): string => stringify(ask('/api/quotes?pageSize=100').json) ?? '';
  const before = text();
  api.reset();
  expect(text()).toBe(before);
  expect(stringify(open().ask('/api/quotes?pageSize=100').json)).toBe(before);
});
