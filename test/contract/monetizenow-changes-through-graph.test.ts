/**
 * The requests of MonetizeNow's page (seed 002), made through the graph: what arrives is what the page shows, and what is
 * answered comes back whole. The page has two requests (one of them with a comma too many), a schema of all of them, and
 * the form of the answer; the records in it are written from `backends.md` §4.4, with every member that is listed there.
 *
 * That each member of such a record is mapped right, `monetizenow-through-graph.test.ts` shows for reads. Here a record
 * that came as an answer must be the very same as one that was read.
 */
import { describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../../src/graph/global-id.js';
import {
  beforePlainServer,
  CONTRACT,
  EVERYTHING,
  exactly,
  mutationOf,
  named,
  type Turns,
} from '../support/changes-contracts.js';
import { sampleBytes } from '../support/samples.js';

const NOW = '2026-11-21T12:00:00Z';
const ACCOUNT = 'acct_m0CB9LflojZxytfC';
const KEY = 'ctrct_xNE4v9dkjXjorYAM';
const OFFERING = 'offer_fYyrKcVaJRgVN7jg';
const PRODUCT = 'prod_sVd2qS8nXCP7X1Uf';
const RATE = 'rate_Y6FfLGv3Ycipd1cw';
const ID = encodeGlobalId({ type: 'Contract', organization: 'acme', key: KEY });

// ---- Records ---------------------------------------------------------------------------------------------------------

const contractRow = (latestQuoteId: string, modifyDate: string) => `"id": "${KEY}", "accountId": "${ACCOUNT}",
  "accountName": "Acme Inc", "billGroupId": "billg_1", "latestQuoteId": "${latestQuoteId}", "status": "ACTIVE",
  "startDate": "2026-01-01", "endDate": "2026-12-31", "endAction": "MANUAL_RENEW", "totalValue": 120000.50,
  "currency": "EUR", "owner": "usr_1", "ownerName": "John Dew", "renewed": false, "previousContractId": "ctrct_0",
  "legalEntityId": "lgen_1", "modifyDate": "${modifyDate}"`;

const quoteRow = (id: string, type: string, status: string, createDate: string) => `"id": "${id}",
  "description": "More seats", "type": "${type}", "status": "${status}", "amount": 1000.10,
  "acceptedAt": "2026-11-21T11:59:59Z", "contractId": "${KEY}", "contractAmount": 120000.5, "contractLength": 12,
  "contractStartDate": "2026-01-01", "contractEndDate": "2026-12-31", "accountId": "${ACCOUNT}",
  "accountName": "Acme Inc", "secondaryAccountId": "acct_2", "secondaryAccountName": "Partner Inc",
  "billingAccountId": "acct_3", "opportunity": {"id": "opp_1", "status": "WON"}, "ownerId": "usr_2",
  "ownerName": "Jane Dew", "billGroupId": "billg_2", "currency": "EUR", "migrated": false,
  "customFields": {"seatsPlanned": 12.50}, "sentDate": "2026-11-21T11:59:58Z", "processedAt": "${createDate}",
  "createdBy": "usr_2", "createDate": "${createDate}", "lastModifiedBy": "usr_3", "modifyDate": "${createDate}"`;

const quote = (id: string, type: string, status: string, createDate: string, seats: string) =>
  `{${quoteRow(id, type, status, createDate)}, "newQuoteType": "NET_NEW", "originalQuoteId": "quote_1",
  "previousQuoteId": "quote_0", "previousContractId": "ctrct_0", "expirationDate": "2026-12-31", "credit": 5,
  "amountWithoutTax": 840.42, "discountAmount": 111.12, "discountPercent": 10, "amountWithoutDiscount": 1111.22,
  "netTerms": "NET_30", "cancellationReason": "none", "startDateSource": "MANUAL",
  "contractAmendmentDate": "2026-11-21", "autoRenewal": false,
  "quoteOfferings": [{"id": "qoff_1", "quoteId": "${id}", "offeringId": "${OFFERING}", "offeringName": "Team",
    "rateId": "rate_1", "rateName": "Monthly EUR", "subscriptionId": "subsc_1", "billingFrequency": "MONTHLY",
    "billingFrequencyInMonths": 1, "subscriptionTiming": "ADVANCE", "amount": 991.21, "amountWithoutDiscount": 1101.38,
    "discountAmount": 110.17, "discountPercent": 10.0, "previousId": "qoff_0", "previousRateId": "rate_0",
    "previousAmount": 901.1, "startDate": "2026-01-01", "endDate": "2026-12-31", "parentQuoteOfferingId": "qoff_9",
    "items": [{"id": "qitem_1", "productId": "${PRODUCT}", "productName": "Seat", "sku": "SEAT",
      "productType": "ADVANCE", "quantity": ${seats}, "unitPrice": 100.125, "unitPriceAfterDiscount": 90.11,
      "amount": 991.21, "contractAmount": 11894.52, "amendmentStatus": "UPDATED", "previousQuantity": 10,
      "previousAmount": 901.1}],
    "discounts": [{"id": "disc_1", "name": "Volume", "description": "From ten on", "discountType": "PERCENTAGE",
      "status": "ACTIVE", "discountCode": "TEN", "discountAmount": 10, "durationType": "LIMITED", "durationMonths": 6,
      "startDate": "2026-07-01", "endDate": "2026-12-31", "scopeProductId": "${PRODUCT}",
      "scopeOfferingId": "${OFFERING}", "lifecyclePolicies": ["EXCLUDE_FROM_RENEWAL"]}],
    "added": false, "removed": false}],
  "approvals": [{"id": "appr_1", "name": "Finance", "status": "APPROVED"}],
  "validations": [{"ruleId": "rule_1", "errorLevel": "WARN", "message": "Large discount"}],
  "revenueMetrics": {"arr": 120000.5, "mrr": 10000.0417}}`;

const INVOICE = `{"id": "invce_1", "invoiceNumber": "INV-1", "account": {"id": "${ACCOUNT}", "customId": "acme",
  "accountName": "Acme Inc", "currency": "EUR", "status": "ACTIVE"}, "billGroupId": "billg_1", "contractId": "${KEY}",
  "quoteId": "quote_2", "status": "UNPAID", "invoiceType": "INCREMENTAL", "invoicingDate": "2026-11-21",
  "billDate": "2026-11-21", "startDate": "2026-11-21", "endDate": "2026-11-30", "dueDate": "2026-12-21",
  "paidDate": "2026-12-01", "currency": "EUR", "amount": 1000.1, "amountWithoutTax": 840.42,
  "amountWithoutDiscount": 1111.22, "discount": 111.12, "tax": 159.68, "amountDue": 900.1, "amountPaid": 100,
  "amountCredited": 0, "netTerms": "NET_30", "pastDue": false,
  "payments": [{"paymentId": "pmt_1", "createDate": "2026-12-01T09:00:00Z", "collectionDate": "2026-12-01",
    "settledDate": "2026-12-01T10:00:00Z", "creditCardType": "VISA", "paymentMethodName": "Company card",
    "paymentDescription": "First part", "paidAmount": 100}],
  "credits": [{"amount": 12.3, "appliedDate": "2026-12-01T10:00:00Z", "reason": "Goodwill", "type": "CREDIT_NOTE",
    "invoiceId": "invce_1", "creditId": "crdt_1", "creditNoteId": "crnt_1"}],
  "invoiceItems": [{"id": "iitem_1", "productId": "${PRODUCT}", "productName": "Seat", "offeringId": "${OFFERING}",
    "offeringName": "Team", "offeringType": "SUBSCRIPTION", "priceModel": "TIERED", "quantity": 1,
    "unitPrice": 100.125, "amount": 1000.1, "prorationMultiplier": 0.33, "minCommitAvailableAmount": 12.34,
    "minCommitAdditionalBilledAmount": 56.7, "periodStartDate": "2026-11-21", "periodEndDate": "2026-11-30"}]}`;

const contract = (latestQuoteId: string, modifyDate: string, ...quotes: readonly string[]) =>
  `{${contractRow(latestQuoteId, modifyDate)}, "quotes": [${quotes.map((row) => `{${row}}`).join(', ')}],
  "contractRenewalTerms": {"contractEndAction": "RENEW", "renewalTermLength": {"type": "YEAR"},
    "autoRenewalNoticePeriod": 60}}`;

const FIRST = ['quote_1', 'NEW', 'PROCESSED', '2025-12-20T10:00:00Z'] as const;
const SECOND = (status: string) => ['quote_2', 'AMENDMENT', status, NOW] as const;
const BEFORE = contract('quote_1', '2026-01-01T00:00:00Z', quoteRow(...FIRST));
const AFTER = contract('quote_2', NOW, quoteRow(...FIRST), quoteRow(...SECOND('PROCESSED')));
const IN_REVIEW = contract(
  'quote_2',
  '2026-01-01T00:00:00Z',
  quoteRow(...FIRST),
  quoteRow(...SECOND('REVIEW')),
);
const page = (row: string) => ({
  body: `{"content": [${row}], "totalElements": 1, "totalPages": 1, "pageable": {"pageNumber": 0, "pageSize": 100}}`,
});

const POST = 'POST /api/selfService/contract';

/** The contract as it was until it is changed, and then as it is after that. */
function open(
  reply: { readonly status?: number; readonly body: string },
  after = AFTER,
  status = 'PROCESSED',
) {
  const routes: Turns = {
    [`GET /api/contracts/${KEY}`]: [{ body: BEFORE }, { body: after }],
    [`GET /api/accounts/${ACCOUNT}/contracts`]: page(`{${contractRow('quote_2', NOW)}}`),
    'GET /api/quotes/quote_1': { body: quote(...FIRST, '10') },
    'GET /api/quotes/quote_2': { body: quote(...SECOND(status), '11') },
    [`GET /api/accounts/${ACCOUNT}/invoices`]: page(INVOICE),
    [POST]: reply,
  };
  return beforePlainServer({
    routes,
    backends: (url) => ({ monetizenow: { url, apiKey: 'not-a-real-key' } }),
    accounts: [{ slug: 'acme', name: 'Acme', currency: 'USD', monetizenow: { accountId: ACCOUNT } }],
    now: NOW,
  });
}

const answer = (action: string, status: string, ...records: readonly string[]) =>
  `{"action": "${action}", "status": "${status}"${records.map((record) => `, ${record}`).join('')}}`;
const WHOLE = [
  `"quote": ${quote(...SECOND('PROCESSED'), '11')}`,
  `"contract": ${AFTER}`,
  `"invoice": ${INVOICE}`,
];

/** What a read of the same records gives. */
const READ = `query { contract(id: "${ID}") ${CONTRACT} }`;

// ---- Requests --------------------------------------------------------------------------------------------------------

const text = (name: string) => new TextDecoder().decode(sampleBytes(`monetizenow/${name}`));
const offerings = (...items: readonly object[]) => ({ contractId: ID, offerings: items });
const seats = (quantity: string) => ({ products: [{ productId: PRODUCT, quantity }] });

interface Example {
  readonly what: string;
  readonly name: string;
  readonly kind: string;
  readonly action: string;
  readonly input: object;
  /** As JSON text. */
  readonly request: string;
}

const EXAMPLES: readonly Example[] = [
  {
    what: 'the page’s own: more seats, effective today',
    name: 'contractQuantityChange',
    kind: 'CONTRACT_QUANTITY_CHANGE',
    action: 'QUANTITY_CHANGE',
    input: offerings({ offeringId: OFFERING, ...seats('11') }),
    request: text('quantity-change-request'),
  },
  {
    what: 'the page’s own, less the comma after `rateId`: another rate on the next bill cycle',
    name: 'contractRateChange',
    kind: 'CONTRACT_RATE_CHANGE',
    action: 'RATE_CHANGE',
    input: { ...offerings({ offeringId: OFFERING, rateId: RATE }), effective: { at: 'NEXT_BILL_CYCLE' } },
    request: `{
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
    }`,
  },
  {
    what: 'by the schema: a rate with quantities, on a day',
    name: 'contractRateChange',
    kind: 'CONTRACT_RATE_CHANGE',
    action: 'RATE_CHANGE',
    input: {
      ...offerings({ offeringId: OFFERING, rateId: RATE, ...seats('11.50') }),
      effective: { on: '2026-12-15' },
    },
    request: `{"action": "RATE_CHANGE", "contractId": "${KEY}", "effectiveDate": "2026-12-15T00:00:00.000Z",
      "payload": {"offerings": [{"offeringId": "${OFFERING}", "rateId": "${RATE}",
        "products": [{"productId": "${PRODUCT}", "quantity": 11.5}]}]}}`,
  },
  {
    what: 'by the schema: an offering in the place of another',
    name: 'contractOfferingChange',
    kind: 'CONTRACT_OFFERING_CHANGE',
    action: 'OFFERING_CHANGE',
    input: offerings({ offeringId: OFFERING, newOfferingId: 'offer_pro', ...seats('12345.6789012345') }),
    request: `{"action": "OFFERING_CHANGE", "contractId": "${KEY}", "payload": {"offerings": [{
      "offeringId": "${OFFERING}", "newOfferingId": "offer_pro",
      "products": [{"productId": "${PRODUCT}", "quantity": 12345.6789012345}]}]}}`,
  },
  {
    what: 'by the schema: several new offerings, one of them without products',
    name: 'contractOfferingAdd',
    kind: 'CONTRACT_OFFERING_ADD',
    action: 'ADD_OFFERING',
    input: offerings({ offeringId: 'offer_pro', ...seats('3') }, { offeringId: 'offer_plus' }),
    request: `{"action": "ADD_OFFERING", "contractId": "${KEY}", "payload": {"offerings": [
      {"offeringId": "offer_pro", "products": [{"productId": "${PRODUCT}", "quantity": 3}]},
      {"offeringId": "offer_plus", "products": []}]}}`,
  },
  {
    what: 'by the schema: an offering less',
    name: 'contractOfferingRemove',
    kind: 'CONTRACT_OFFERING_REMOVE',
    action: 'REMOVE_OFFERING',
    input: { ...offerings({ offeringId: OFFERING }), confirmCancellation: true },
    request: `{"action": "REMOVE_OFFERING", "contractId": "${KEY}",
      "payload": {"offerings": [{"offeringId": "${OFFERING}"}]}}`,
  },
  {
    what: 'by the schema: a cancellation, whose payload is there and null',
    name: 'contractCancel',
    kind: 'CONTRACT_CANCEL',
    action: 'CANCELLATION',
    input: { contractId: ID },
    request: `{"action": "CANCELLATION", "contractId": "${KEY}", "payload": null}`,
  },
];

const asked = ({ name, input }: Example) =>
  [
    mutationOf(name, EVERYTHING.ContractChangePayload),
    { input: { ...input, idempotencyKey: 'a-key-of-the-contract', reason: 'Because.' } },
  ] as const;

const UNSETTLED = { failure: null, needsOperator: false, looks: 0 };
const REFERENCES = { taskId: null, trackingId: null, newCommitmentId: null };

describe.each(named('what', EXAMPLES))('%s', (_, example) => {
  const { name, kind, action, request } = example;

  it('arrives as it is, and SUCCESS comes back with quote, contract and invoice, every field', async () => {
    await using over = await open({ body: answer(action, 'SUCCESS', ...WHOLE) });
    const { data, errors } = await over.query(...asked(example));
    expect(errors).toEqual([]);

    const [sent, ...others] = over.writes();
    expect(others).toEqual([]);
    expect(sent).toMatchObject({ method: 'POST', path: '/api/selfService/contract' });
    expect(Object.fromEntries(sent!.query)).toEqual({});
    expect(sent!.headers).toMatchObject({
      'x-api-key': 'not-a-real-key',
      'content-type': 'application/json',
    });
    expect(exactly(sent!.body)).toEqual(exactly(request));

    const { operation, contract: made, quote: amendment, invoice, ...rest } = data[name];
    expect(rest).toEqual({ preview: null, isReplay: false, isDurable: true, userErrors: [] });
    const read = await over.query(READ);
    expect(read.errors).toEqual([]);
    expect(made).toEqual(read.data.contract);
    expect(amendment).toEqual(read.data.contract.latestQuote);
    expect(invoice).toEqual(read.data.contract.invoices.nodes[0]);
    // Of the answer, and not of something older.
    expect([made.modifiedAt, made.quotes.length]).toEqual([NOW, 2]);
    expect(amendment).toMatchObject({
      externalId: 'quote_2',
      detail: { offerings: [{ products: [{ quantity: '11' }] }] },
    });
    expect(nullsIn([made, amendment, invoice])).toEqual([
      // Money in a list of discounts is one of a kind: this one is a percentage.
      'amount',
      // A contract's list of quotes leaves it out.
      'newQuoteType',
    ]);

    expect(operation).toEqual({
      ...UNSETTLED,
      id: expect.any(String),
      kind,
      state: 'SUCCEEDED',
      organization: { slug: 'acme' },
      source: 'MONETIZENOW',
      target: { __typename: 'Contract', id: ID },
      targetExternalId: KEY,
      client: 'demo',
      idempotencyKey: 'a-key-of-the-contract',
      reason: 'Because.',
      requestedAt: NOW,
      sentAt: NOW,
      settledAt: NOW,
      updatedAt: NOW,
      request: { method: 'POST', path: 'api/selfService/contract', body: sent!.body },
      references: { ...REFERENCES, quoteId: 'quote_2', contractId: KEY, invoiceId: 'invce_1' },
      evidence: { before: expect.any(String), after: expect.any(String) },
      requestId: expect.any(String),
      contract: { externalId: KEY },
      quote: { externalId: 'quote_2' },
      invoice: { externalId: 'invce_1' },
    });
    expect(JSON.parse(operation.evidence.before)).toMatchObject({ latestQuoteId: 'quote_1' });
    expect(JSON.parse(operation.evidence.after)).toMatchObject({ latestQuoteId: 'quote_2' });
  });

  it('comes back with REVIEW', async () => {
    const waiting = quote(...SECOND('REVIEW'), '11');
    const body = answer(action, 'REVIEW', `"quote": ${waiting}`, `"contract": ${IN_REVIEW}`);
    await using over = await open({ body }, IN_REVIEW, 'REVIEW');
    const { data, errors } = await over.query(...asked(example));
    expect(errors).toEqual([]);
    const read = await over.query(READ);
    expect(data[name]).toMatchObject({
      operation: {
        ...UNSETTLED,
        state: 'IN_REVIEW',
        settledAt: null,
        references: { quoteId: 'quote_2', contractId: KEY, invoiceId: null },
      },
      contract: { ...read.data.contract, modifiedAt: '2026-01-01T00:00:00Z' },
      quote: { ...read.data.contract.latestQuote, status: 'REVIEW' },
      invoice: null,
      userErrors: [],
    });
    expect(over.writes()).toHaveLength(1);
  });

  it.each([
    ['alone', []],
    ['with what the response schema requires (C17)', WHOLE.slice(0, 2)],
  ])('comes back with FAILED and its message, %s', async (_, records) => {
    const body = answer(action, 'FAILED', '"errorMessage": "The contract is locked"', ...records);
    await using over = await open({ body }, BEFORE);
    const { data, errors } = await over.query(...asked(example));
    expect(errors).toEqual([]);
    const failure = { code: 'REFUSED', message: 'The contract is locked' };
    expect(data[name]).toMatchObject({
      operation: { state: 'FAILED', settledAt: NOW, failure },
      contract: null,
      quote: null,
      invoice: null,
      userErrors: [{ __typename: 'BackendRefusal', path: [], source: 'MONETIZENOW', ...failure }],
    });
    expect(over.writes()).toHaveLength(1);
  });
});

describe('an answer', () => {
  const [example] = EXAMPLES as readonly [Example, ...Example[]];
  const payloadOf = async (reply: { readonly status?: number; readonly body: string }) => {
    await using over = await open(reply);
    const { data, errors } = await over.query(...asked(example));
    expect(over.writes()).toHaveLength(1);
    return { payload: data[example.name], errors };
  };

  it('of SUCCESS without an invoice: nothing was billed', async () => {
    const { payload, errors } = await payloadOf({
      body: answer('QUANTITY_CHANGE', 'SUCCESS', ...WHOLE.slice(0, 2)),
    });
    expect(errors).toEqual([]);
    expect(payload).toMatchObject({
      operation: { state: 'SUCCEEDED', references: { invoiceId: null } },
      contract: { externalId: KEY },
      quote: { externalId: 'quote_2' },
      invoice: null,
    });
  });

  it('of self-service’s own form of errors', async () => {
    const { payload } = await payloadOf({
      status: 400,
      body: '{"operation": "QUANTITY_CHANGE", "error": {"errorCode": "INVALID_PAYLOAD", "details": "Too many seats"}}',
    });
    expect(payload.userErrors).toMatchObject([{ code: 'REFUSED', message: 'Too many seats' }]);
  });

  it('of SUCCESS without a contract: nobody knows', async () => {
    const { payload, errors } = await payloadOf({ body: answer('QUANTITY_CHANGE', 'SUCCESS') });
    expect(payload.operation).toMatchObject({ state: 'UNKNOWN', failure: { code: 'NO_ANSWER' } });
    expect(errors).toMatchObject([{ extensions: { code: 'OUTCOME_UNKNOWN' } }]);
  });
});

/** Names of the fields that are null somewhere. */
function nullsIn(value: unknown): readonly string[] {
  const names = new Set<string>();
  const visit = (one: unknown) => {
    if (typeof one !== 'object' || one === null) return;
    for (const [name, inner] of Object.entries(one)) {
      if (inner === null) names.add(name);
      else visit(inner);
    }
  };
  visit(value);
  return [...names].sort();
}
