/**
 * MonetizeNow's records come out of the graph with every field right. The page (seed 002) has requests and schemas, and
 * no answer of a read: served byte for byte over HTTP are replies with every member that `backends.md` §4.4 lists. The
 * page's own operations and their answers belong to the mutations.
 */
import { describe, expect, it } from 'vitest';
import { everyField } from '../support/every-field.js';
import { startGateway } from '../support/gateway.js';
import { startPlainServer, type PlainRoutes } from '../support/plain-server.js';

const NOW = '2026-11-21T12:00:00Z';
const FRESHNESS = { observedAt: NOW, ageMs: 0, stale: false };

const CONTRACT_MEMBERS = `"id": "ctrct_xNE4v9dkjXjorYAM", "accountId": "acct_m0CB9LflojZxytfC", "accountName": "Acme Inc",
  "billGroupId": "billg_1", "latestQuoteId": "quote_2", "status": "ACTIVE", "startDate": "2026-01-01",
  "endDate": "2026-12-31", "endAction": "MANUAL_RENEW", "totalValue": 120000.5, "currency": "EUR", "owner": "usr_1",
  "ownerName": "John Dew", "renewed": false, "previousContractId": "ctrct_0", "legalEntityId": "lgen_1",
  "modifyDate": "2026-07-28T06:01:22.684+0000"`;

const QUOTE_MEMBERS = `"id": "quote_2", "description": "More seats", "type": "AMENDMENT", "status": "PROCESSED",
  "amount": 1000.1, "acceptedAt": "2026-07-01T08:00:00Z", "contractId": "ctrct_xNE4v9dkjXjorYAM",
  "contractAmount": 120000.5, "contractLength": 12, "contractStartDate": "2026-01-01", "contractEndDate": "2026-12-31",
  "accountId": "acct_m0CB9LflojZxytfC", "accountName": "Acme Inc", "secondaryAccountId": "acct_2",
  "secondaryAccountName": "Partner Inc", "billingAccountId": "acct_3", "opportunity": {"id": "opp_1", "status": "WON"}, "ownerId": "usr_2",
  "ownerName": "Jane Dew", "billGroupId": "billg_2", "currency": "EUR", "migrated": false,
  "customFields": {"region": "North", "seatsPlanned": 12.50, "isStrategic": true, "note": null},
  "sentDate": "2026-06-30T08:00:00Z", "processedAt": "2026-07-02T08:00:00Z", "createdBy": "usr_2",
  "createDate": "2026-06-29T08:00:00Z", "lastModifiedBy": "usr_3", "modifyDate": "2026-07-03T08:00:00Z"`;

const ITEM = `{"id": "qitem_1", "productId": "prod_sVd2qS8nXCP7X1Uf", "productName": "Seat", "sku": "SEAT",
  "productType": "MIN_COMMIT", "quantity": 11, "unitPrice": 100.125, "unitPriceAfterDiscount": 90.11,
  "amount": 991.21, "contractAmount": 11894.52, "amendmentStatus": "UPDATED", "previousQuantity": 10,
  "previousAmount": 901.1}`;

const DISCOUNT = `{"id": "disc_1", "name": "Volume", "description": "From ten on", "discountType": "PERCENTAGE",
  "status": "ACTIVE", "discountCode": "TEN", "quoteId": "quote_2", "discountAmount": 10, "currency": "EUR",
  "durationType": "LIMITED", "durationMonths": 6, "maxUses": 10, "remainingUses": 5, "startDate": "2026-07-01",
  "endDate": "2026-12-31", "autoRemove": true, "accountId": "acct_m0CB9LflojZxytfC",
  "scopeProductId": "prod_sVd2qS8nXCP7X1Uf", "scopeOfferingId": "offer_fYyrKcVaJRgVN7jg", "locked": false,
  "lifecyclePolicies": ["EXCLUDE_FROM_RENEWAL"]},
  {"id": "disc_2", "discountType": "FLAT", "discountAmount": 100.5}`;

const offering = (id: string, flags: string) => `{"id": "${id}", "quoteId": "quote_2",
  "offeringId": "offer_fYyrKcVaJRgVN7jg", "offeringName": "Team", "rateId": "rate_1", "rateName": "Monthly EUR",
  "subscriptionId": "subsc_1", "billingFrequency": "QUARTERLY", "billingFrequencyInMonths": 3,
  "subscriptionTiming": "ADVANCE", "amount": 991.21, "amountWithoutDiscount": 1101.38, "discountAmount": 110.17,
  "discountPercent": 10.0, "previousId": "qoff_0", "previousRateId": "rate_0", "previousAmount": 901.1,
  "startDate": "2026-07-01", "endDate": "2026-12-31", "parentQuoteOfferingId": "qoff_9", "items": [${ITEM}],
  "discounts": [${DISCOUNT}], ${flags}}`;

const QUOTE_DETAIL = `{${QUOTE_MEMBERS}, "newQuoteType": "NET_NEW", "originalQuoteId": "quote_1",
  "previousQuoteId": "quote_0", "previousContractId": "ctrct_0", "expirationDate": "2026-08-31", "credit": 5,
  "amountWithoutTax": 840.42, "discountAmount": 111.12, "discountPercent": 10, "amountWithoutDiscount": 1111.22,
  "netTerms": "NET_30", "cancellationReason": "none", "startDateSource": "MANUAL",
  "contractAmendmentDate": "2026-07-01", "autoRenewal": false,
  "quoteOfferings": [${offering('qoff_1', '"added": true, "removed": false')},
    ${offering('qoff_2', '"added": false, "removed": true')}],
  "approvals": [{"id": "appr_1", "name": "Finance", "status": "APPROVED"}],
  "validations": [{"ruleId": "rule_1", "errorLevel": "WARN", "message": "Large discount"}],
  "revenueMetrics": {"arr": 120000.5, "mrr": 10000.0417}}`;

const INVOICE = `{"id": "invce_1", "invoiceNumber": "INV-1", "account": {"id": "acct_m0CB9LflojZxytfC",
  "customId": "acme", "accountName": "Acme Inc", "currency": "EUR", "status": "ACTIVE"}, "billGroupId": "billg_1",
  "contractId": "ctrct_xNE4v9dkjXjorYAM", "quoteId": "quote_2", "status": "UNPAID", "invoiceType": "RECURRING",
  "invoicingDate": "2026-07-01", "billDate": "2026-07-02", "startDate": "2026-07-01", "endDate": "2026-09-30",
  "dueDate": "2026-08-01", "paidDate": "2026-08-02", "currency": "EUR", "amount": 1000.1, "amountWithoutTax": 840.42,
  "amountWithoutDiscount": 1111.22, "discount": 111.12, "tax": 159.68, "amountDue": 900.1, "amountPaid": 100,
  "amountCredited": 0, "netTerms": "NET_30", "pastDue": true,
  "payments": [{"paymentId": "pmt_1", "createDate": "2026-08-01T09:00:00Z", "collectionDate": "2026-08-02",
    "settledDate": "2026-08-02T10:00:00Z", "creditCardType": "VISA", "paymentMethodName": "Company card",
    "paymentDescription": "First part", "paidAmount": 100}],
  "credits": [{"amount": 12.3, "appliedDate": "2026-08-03T10:00:00Z", "reason": "Goodwill", "type": "CREDIT_NOTE",
    "invoiceId": "invce_1", "creditId": "crdt_1", "creditNoteId": "crnt_1"}],
  "invoiceItems": [{"id": "iitem_1", "productId": "prod_sVd2qS8nXCP7X1Uf", "productName": "Seat",
    "offeringId": "offer_fYyrKcVaJRgVN7jg", "offeringName": "Team", "offeringType": "MIN_COMMIT",
    "priceModel": "TIERED", "quantity": 11, "unitPrice": 100.125, "amount": 1000.1, "prorationMultiplier": 0.5,
    "minCommitAvailableAmount": 12.34, "minCommitAdditionalBilledAmount": 56.7, "periodStartDate": "2026-07-01",
    "periodEndDate": "2026-09-30"}]}`;

const page = (row: string) => `{"content": [${row}], "totalElements": 1, "totalPages": 1,
  "pageable": {"pageNumber": 0, "pageSize": 100}}`;

const LIST = 'GET /api/accounts/acct_m0CB9LflojZxytfC/contracts';
const SINGLE = 'GET /api/contracts/ctrct_xNE4v9dkjXjorYAM';
const QUOTE_READ = 'GET /api/quotes/quote_2';
const INVOICES = 'GET /api/accounts/acct_m0CB9LflojZxytfC/invoices';

const ROUTES: PlainRoutes = {
  [LIST]: { body: page(`{${CONTRACT_MEMBERS}}`) },
  [SINGLE]: {
    body: `{${CONTRACT_MEMBERS}, "quotes": [{${QUOTE_MEMBERS}}], "contractRenewalTerms":
      {"contractEndAction": "RENEW", "renewalTermLength": {"type": "YEAR"}, "autoRenewalNoticePeriod": 60}}`,
  },
  [QUOTE_READ]: { body: QUOTE_DETAIL },
  [INVOICES]: { body: page(INVOICE) },
};

async function ask(document: string) {
  await using server = await startPlainServer(ROUTES);
  await using gateway = await startGateway({
    backends: { monetizenow: { url: server.url, apiKey: 'not-a-real-key' } },
    accounts: [
      {
        slug: 'acme',
        name: 'Acme',
        currency: 'USD',
        monetizenow: { accountId: 'acct_m0CB9LflojZxytfC' },
      },
    ],
    clock: () => Date.parse(NOW),
  });
  const { data, errors } = await gateway.query(document);
  return { data, errors, calls: server.calls };
}

/** In the currency of the record, which is not the customer's. */
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const ACCOUNT = { externalId: 'acct_m0CB9LflojZxytfC', name: 'Acme Inc' };

const OFFERING = {
  externalId: 'qoff_1',
  offering: { externalId: 'offer_fYyrKcVaJRgVN7jg', name: 'Team' },
  rate: { externalId: 'rate_1', name: 'Monthly EUR' },
  subscriptionId: 'subsc_1',
  billingFrequency: 'QUARTERLY',
  billingFrequencyText: 'QUARTERLY',
  billingFrequencyMonths: 3,
  billingTiming: 'ADVANCE',
  billingTimingText: 'ADVANCE',
  amount: eur('991.21'),
  amountWithoutDiscount: eur('1101.38'),
  discountAmount: eur('110.17'),
  discountPercent: '10',
  previousExternalId: 'qoff_0',
  previousRateId: 'rate_0',
  previousAmount: eur('901.10'),
  term: { startsOn: '2026-07-01', endsBefore: '2027-01-01' },
  parentExternalId: 'qoff_9',
  isAdded: true,
  isRemoved: false,
  products: [
    {
      externalId: 'qitem_1',
      productId: 'prod_sVd2qS8nXCP7X1Uf',
      name: 'Seat',
      sku: 'SEAT',
      type: 'MIN_COMMIT',
      typeText: 'MIN_COMMIT',
      quantity: '11',
      unitPrice: eur('100.125'),
      unitPriceAfterDiscount: eur('90.11'),
      amount: eur('991.21'),
      contractAmount: eur('11894.52'),
      amendmentStatus: 'UPDATED',
      previousQuantity: '10',
      previousAmount: eur('901.10'),
    },
  ],
  discounts: [
    {
      externalId: 'disc_1',
      name: 'Volume',
      description: 'From ten on',
      code: 'TEN',
      statusText: 'ACTIVE',
      typeText: 'PERCENTAGE',
      amount: null,
      percent: '10',
      durationTypeText: 'LIMITED',
      durationMonths: 6,
      term: { startsOn: '2026-07-01', endsBefore: '2027-01-01' },
      productId: 'prod_sVd2qS8nXCP7X1Uf',
      offeringId: 'offer_fYyrKcVaJRgVN7jg',
      isExcludedFromRenewal: true,
    },
    {
      externalId: 'disc_2',
      name: null,
      description: null,
      code: null,
      statusText: null,
      typeText: 'FLAT',
      amount: eur('100.50'),
      percent: null,
      durationTypeText: null,
      durationMonths: null,
      term: { startsOn: null, endsBefore: null },
      productId: null,
      offeringId: null,
      isExcludedFromRenewal: null,
    },
  ],
};
const REMOVED_OFFERING = { ...OFFERING, externalId: 'qoff_2', isAdded: false, isRemoved: true };

const QUOTE = {
  externalId: 'quote_2',
  description: 'More seats',
  type: 'AMENDMENT',
  typeText: 'AMENDMENT',
  // Not in a contract's list of quotes; only the quote itself tells.
  newQuoteType: null as string | null,
  status: 'PROCESSED',
  statusText: 'PROCESSED',
  amount: eur('1000.10'),
  contractAmount: eur('120000.50'),
  contractId: 'ctrct_xNE4v9dkjXjorYAM',
  contractMonths: 12,
  contractTerm: { startsOn: '2026-01-01', endsBefore: '2027-01-01' },
  account: ACCOUNT,
  secondaryAccount: { externalId: 'acct_2', name: 'Partner Inc' },
  billingAccountId: 'acct_3',
  billGroupId: 'billg_2',
  owner: { externalId: 'usr_2', name: 'Jane Dew' },
  opportunityId: 'opp_1',
  opportunityStatusText: 'WON',
  customFields: [
    { name: 'region', value: 'North' },
    { name: 'seatsPlanned', value: '12.50' },
    { name: 'isStrategic', value: 'true' },
    { name: 'note', value: null },
  ],
  isMigrated: false,
  acceptedAt: '2026-07-01T08:00:00Z',
  sentAt: '2026-06-30T08:00:00Z',
  processedAt: '2026-07-02T08:00:00Z',
  createdAt: '2026-06-29T08:00:00Z',
  createdById: 'usr_2',
  modifiedAt: '2026-07-03T08:00:00Z',
  modifiedById: 'usr_3',
  detail: {
    expiresOn: '2026-08-31',
    netTerms: 'NET_30',
    amountWithoutTax: eur('840.42'),
    amountWithoutDiscount: eur('1111.22'),
    discountAmount: eur('111.12'),
    discountPercent: '10',
    credit: eur('5.00'),
    cancellationReason: 'none',
    startDateSourceText: 'MANUAL',
    renewsAutomatically: false,
    amendmentOn: '2026-07-01',
    originalQuoteId: 'quote_1',
    previousQuoteId: 'quote_0',
    previousContractId: 'ctrct_0',
    annualRecurringRevenue: eur('120000.50'),
    monthlyRecurringRevenue: eur('10000.0417'),
    offerings: [OFFERING, REMOVED_OFFERING],
    validations: [{ ruleId: 'rule_1', level: 'WARN', message: 'Large discount' }],
    approvals: [{ externalId: 'appr_1', name: 'Finance', statusText: 'APPROVED' }],
  },
};

const CONTRACT = {
  id: 'T0FNNGtuMWthY21lL2N0cmN0X3hORTR2OWRralhqb3JZQU0',
  source: 'MONETIZENOW',
  externalId: 'ctrct_xNE4v9dkjXjorYAM',
  organization: { slug: 'acme' },
  account: ACCOUNT,
  billGroupId: 'billg_1',
  status: 'ACTIVE',
  statusText: 'ACTIVE',
  term: { startsOn: '2026-01-01', endsBefore: '2027-01-01' },
  endAction: 'MANUAL_RENEW',
  endActionText: 'MANUAL_RENEW',
  totalValue: eur('120000.50'),
  owner: { externalId: 'usr_1', name: 'John Dew' },
  isRenewed: false,
  previousContractId: 'ctrct_0',
  legalEntityId: 'lgen_1',
  modifiedAt: '2026-07-28T06:01:22.684Z',
  version: expect.stringMatching(/^[A-Za-z0-9_-]{16}$/) as unknown,
  renewalTerms: { endAction: 'RENEW', endActionText: 'RENEW', renewalLengthType: 'YEAR', noticeDays: 60 },
  quotes: [QUOTE],
  latestQuote: { ...QUOTE, newQuoteType: 'NET_NEW' },
  offerings: [OFFERING],
  invoices: {
    nodes: [
      {
        externalId: 'invce_1',
        invoiceNumber: 'INV-1',
        account: { ...ACCOUNT, customId: 'acme', currency: 'EUR', statusText: 'ACTIVE' },
        billGroupId: 'billg_1',
        contractId: 'ctrct_xNE4v9dkjXjorYAM',
        quoteId: 'quote_2',
        status: 'UNPAID',
        statusText: 'UNPAID',
        type: 'RECURRING',
        typeText: 'RECURRING',
        invoicedOn: '2026-07-01',
        billedOn: '2026-07-02',
        dueOn: '2026-08-01',
        paidOn: '2026-08-02',
        term: { startsOn: '2026-07-01', endsBefore: '2026-10-01' },
        netTerms: 'NET_30',
        isPastDue: true,
        amount: eur('1000.10'),
        amountWithoutTax: eur('840.42'),
        amountWithoutDiscount: eur('1111.22'),
        discount: eur('111.12'),
        tax: eur('159.68'),
        amountDue: eur('900.10'),
        amountPaid: eur('100.00'),
        amountCredited: eur('0.00'),
        items: [
          {
            externalId: 'iitem_1',
            product: { externalId: 'prod_sVd2qS8nXCP7X1Uf', name: 'Seat' },
            offering: { externalId: 'offer_fYyrKcVaJRgVN7jg', name: 'Team' },
            offeringType: 'MIN_COMMIT',
            priceModel: 'TIERED',
            quantity: '11',
            unitPrice: eur('100.125'),
            amount: eur('1000.10'),
            prorationMultiplier: '0.5',
            minimumCommitAvailable: eur('12.34'),
            minimumCommitAdditionalBilled: eur('56.70'),
            term: { startsOn: '2026-07-01', endsBefore: '2026-10-01' },
          },
        ],
        payments: [
          {
            externalId: 'pmt_1',
            amount: eur('100.00'),
            createdAt: '2026-08-01T09:00:00Z',
            settledAt: '2026-08-02T10:00:00Z',
            methodName: 'Company card',
            cardTypeText: 'VISA',
            description: 'First part',
          },
        ],
        credits: [
          {
            externalId: 'crdt_1',
            creditNoteId: 'crnt_1',
            typeText: 'CREDIT_NOTE',
            amount: eur('12.30'),
            appliedAt: '2026-08-03T10:00:00Z',
            reason: 'Goodwill',
          },
        ],
        freshness: FRESHNESS,
      },
    ],
    totalCount: 1,
    coverage: { complete: true },
  },
  freshness: FRESHNESS,
};

const FIELDS = everyField('Contract', {
  InvoiceConnection: `{ nodes ${everyField('Invoice')} totalCount coverage { complete } }`,
});

describe('a contract', () => {
  it('comes out of the list with every field, its quotes, offerings and invoices included', async () => {
    const { data, errors, calls } = await ask(
      `{ organization(slug: "acme") { contracts { nodes ${FIELDS} totalCount coverage { complete } } } }`,
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      organization: { contracts: { nodes: [CONTRACT], totalCount: 1, coverage: { complete: true } } },
    });
    // Once each: what several fields need is asked for together.
    expect(calls.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(Object.keys(ROUTES).sort());
    for (const call of calls) expect(call.headers).toMatchObject({ 'x-api-key': 'not-a-real-key' });
    const asked = Object.fromEntries(
      calls.map(({ method, path, query }) => [`${method} ${path}`, Object.fromEntries(query)]),
    );
    expect(asked[LIST]).toEqual({ currentPage: '0', pageSize: '100' });
    expect(asked[INVOICES]).toEqual({ contractId: CONTRACT.externalId, currentPage: '0', pageSize: '100' });
  });

  it('comes out of `contract` and `node` by its id the same', async () => {
    const { data, errors } = await ask(
      `{ contract(id: "${CONTRACT.id}") ${FIELDS} node(id: "${CONTRACT.id}") { ... on Contract ${FIELDS} } }`,
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({ contract: CONTRACT, node: CONTRACT });
  });
});
