/**
 * MonetizeNow's contracts, quotes and invoices through wire, mapper and loaders.
 *
 * The vendor's page (seed 002) shows no reply of a read, so the records here are written from the field list of its
 * public API definition (`backends.md` §4.4); the page's own samples wait in `samples/` for the writing side.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createMonetizenow } from '../../src/backends/monetizenow/backend.js';
import { createJudge, isMonetizenowId } from '../../src/backends/monetizenow/client.js';
import type { Contract } from '../../src/domain/contract.js';
import type { Failure } from '../../src/domain/failure.js';
import { decimal, parseCurrency, printDecimal } from '../../src/domain/money.js';
import type { Organization, OrganizationSlug } from '../../src/domain/organization.js';
import { createDrift } from '../../src/observability/drift.js';
import { aRequest } from '../support/request.js';
import {
  FAKE_OBSERVED_AT,
  fakeUpstream,
  rawReply,
  type FakeCall,
  type FakeReply,
  type FakeRoutes,
} from '../support/fake-upstream.js';

const ACCOUNT = 'acct_m0CB9LflojZxytfC';
const ID = 'ctrct_xNE4v9dkjXjorYAM';
const QUOTE = 'quote_cHCX0TFN79rDgDyg';
const LIST = `GET api/accounts/${ACCOUNT}/contracts`;
const GET = `GET api/contracts/${ID}`;
const GET_QUOTE = `GET api/quotes/${QUOTE}`;
const INVOICES = `GET api/accounts/${ACCOUNT}/invoices`;

const CONTRACT = `{
  "id": "${ID}", "accountId": "${ACCOUNT}", "accountName": "Acme", "billGroupId": "billg_1",
  "latestQuoteId": "${QUOTE}", "status": "ACTIVE", "startDate": "2026-01-01", "endDate": "2026-12-31",
  "endAction": "MANUAL_RENEW", "totalValue": 9007199254740993.25, "currency": "EUR", "owner": "usr_1",
  "ownerName": "John Dew", "renewed": false, "previousContractId": "ctrct_0", "legalEntityId": "lgen_1",
  "modifyDate": "2026-07-28T06:01:22.684+0000"`;

function organization(accountId: string | null = ACCOUNT, contractIds: readonly string[] = []): Organization {
  return {
    slug: 'acme' as OrganizationSlug,
    name: 'Acme',
    currency: parseCurrency('USD'),
    commitmentManager: null,
    salesforce: null,
    logisense: null,
    monetizenow: { accountId, contractIds },
    cloudmc: null,
  };
}

function open(routes: FakeRoutes) {
  const upstream = fakeUpstream(routes);
  const seen: string[] = [];
  const drift = createDrift((source, what) => seen.push(`${source} ${what}`));
  const backend = createMonetizenow(
    { apiKey: 'not-a-real-key' },
    { clock: () => Date.parse('2026-11-02T09:00:00Z'), drift, createUpstream: upstream.createUpstream },
  );
  return { port: backend.sources(aRequest()).contracts, calls: upstream.calls, drift, seen };
}

async function failureFrom(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (error) {
    expect(error).toMatchObject({ name: 'SourceError' });
    return (error as { failure: Failure }).failure;
  }
  throw new Error('it did not fail');
}

/** As JSON with exact decimals as text, so that whole records can be compared. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const eur = (amount: string) => ({ amount: printDecimal(decimal(amount)), currency: 'EUR' });

const row = (id: string, accountId: string | null = ACCOUNT, extra = '') =>
  `{"id": "${id}"${accountId === null ? '' : `, "accountId": "${accountId}"`}${extra}}`;

function pageOf(rows: readonly string[], total = rows.length, pageNumber = 0): FakeReply {
  return {
    text: `{"content": [${rows.join(',')}], "totalElements": ${total}, "totalPages": ${Math.ceil(total / 100)}, "pageable": {"pageNumber": ${pageNumber}, "pageSize": 100}}`,
  };
}

/** A server that pages through `rows`. */
const paged = (rows: readonly string[]) => (call: FakeCall) => {
  const page = Number(call.query['currentPage']);
  return pageOf(rows.slice(page * 100, page * 100 + 100), rows.length, page);
};

const EXPECTED: Contract = {
  externalId: ID,
  organization: 'acme' as OrganizationSlug,
  account: { externalId: ACCOUNT, name: 'Acme' },
  billGroupId: 'billg_1',
  latestQuoteId: QUOTE,
  status: 'ACTIVE',
  statusText: 'ACTIVE',
  term: { startsOn: '2026-01-01', endsBefore: '2027-01-01' } as Contract['term'],
  endAction: 'MANUAL_RENEW',
  endActionText: 'MANUAL_RENEW',
  totalValue: null,
  owner: { externalId: 'usr_1', name: 'John Dew' },
  isRenewed: false,
  previousContractId: 'ctrct_0',
  legalEntityId: 'lgen_1',
  modifiedAt: '2026-07-28T06:01:22.684Z' as Contract['modifiedAt'],
  observation: { observedAt: FAKE_OBSERVED_AT, stale: false },
};

/** A contract as the graph holds it. */
const held = (changes: Partial<Contract> = {}): Contract => ({ ...EXPECTED, ...changes });

describe('contracts', () => {
  it('are read field by field', async () => {
    const { port, calls, drift } = open({ [LIST]: pageOf([`${CONTRACT}}`]) });
    const listing = await port.list(organization());
    expect(listing).toMatchObject({ dropped: [], truncated: false });
    expect(plain(listing.items)).toEqual([{ ...EXPECTED, totalValue: eur('9007199254740993.25') }]);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({
      query: { currentPage: '0', pageSize: '100' },
      headers: { 'x-api-key': 'not-a-real-key' },
      scope: { kind: 'organization', organization: 'acme', credential: 'monetizenow#api-key' },
    });
    expect(drift.counts('MONETIZENOW')).toEqual({
      unrecognizedValues: 0,
      unknownFields: 0,
      foreignRecords: 0,
      droppedRecords: 0,
    });
  });

  it('need no more than an id', async () => {
    const { port } = open({ [LIST]: pageOf([row(ID, null)]) });
    const { items } = await port.list(organization());
    expect(items[0]).toEqual({
      ...Object.fromEntries(Object.keys(EXPECTED).map((key) => [key, null])),
      externalId: ID,
      organization: 'acme',
      // The account whose list it came in.
      account: { externalId: ACCOUNT, name: null },
      term: { startsOn: null, endsBefore: null },
      observation: EXPECTED.observation,
    });
  });

  it('have no total without a currency of their own', async () => {
    const { port } = open({ [LIST]: pageOf([row(ID, ACCOUNT, ', "totalValue": 5')]) });
    expect((await port.list(organization())).items[0]!.totalValue).toBeNull();
  });

  it('never end where the last day is the end of time', async () => {
    const { port } = open({ [LIST]: pageOf([row(ID, ACCOUNT, ', "endDate": "9999-12-31"')]) });
    expect((await port.list(organization())).items[0]!.term.endsBefore).toBeNull();
  });

  it('keep and count values that are not known', async () => {
    const { port, seen } = open({
      [LIST]: pageOf([row(ID, ACCOUNT, ', "status": "PAUSED", "endAction": "toString"')]),
    });
    expect((await port.list(organization())).items[0]).toMatchObject({
      status: 'UNRECOGNIZED',
      statusText: 'PAUSED',
      endAction: 'UNRECOGNIZED',
      endActionText: 'toString',
    });
    expect(seen).toEqual(['MONETIZENOW contract.status=PAUSED', 'MONETIZENOW contract.endAction=toString']);
  });

  it('of another account are dropped and counted', async () => {
    const { port, drift } = open({ [LIST]: pageOf([row('c1'), row('c2', 'acct_other')]) });
    const { items, dropped } = await port.list(organization());
    expect(items.map(({ externalId }) => externalId)).toEqual(['c1']);
    expect(dropped).toMatchObject([{ code: 'UPSTREAM_MALFORMED' }]);
    expect(drift.counts('MONETIZENOW').foreignRecords).toBe(1);
    const single = open({ [GET]: { text: row(ID, 'acct_other') } });
    expect(await single.port.byId(organization(), ID)).toBeNull();
    expect(single.drift.counts('MONETIZENOW').foreignRecords).toBe(1);
  });

  it('that do not say whose they are, read by id, are shown only if the directory names them', async () => {
    const { port } = open({ [GET]: { text: row(ID, null) } });
    expect(await port.byId(organization(ACCOUNT, []), ID)).toBeNull();
    expect(
      await open({ [GET]: { text: row(ID, null) } }).port.byId(organization(ACCOUNT, [ID]), ID),
    ).toMatchObject({
      externalId: ID,
    });
  });

  it('that cannot be read are dropped alone', async () => {
    const { port, drift } = open({
      [LIST]: pageOf([row('c1'), row('c2', ACCOUNT, ', "totalValue": "5"'), 'null']),
    });
    const { items, dropped } = await port.list(organization());
    expect(items.map(({ externalId }) => externalId)).toEqual(['c1']);
    expect(dropped.map(({ code }) => code)).toEqual(['UPSTREAM_MALFORMED', 'UPSTREAM_MALFORMED']);
    expect(dropped[0]!.detail).toContain('totalValue: expected a number');
    expect(drift.counts('MONETIZENOW').droppedRecords).toBe(2);
  });

  it('are paged from zero to the end', async () => {
    const { port, calls } = open({ [LIST]: paged(Array.from({ length: 250 }, (_, i) => row(`c${i}`))) });
    const listing = await port.list(organization());
    expect(listing.items).toHaveLength(250);
    expect(listing.truncated).toBe(false);
    expect(calls.map(({ query }) => query['currentPage'])).toEqual(['0', '1', '2']);
  });

  it('are paged to the cap and no further', async () => {
    const { port, calls } = open({ [LIST]: paged(Array.from({ length: 2001 }, (_, i) => row(`c${i}`))) });
    const listing = await port.list(organization());
    expect(listing.items).toHaveLength(2000);
    expect(listing.truncated).toBe(true);
    expect(calls).toHaveLength(20);
  });

  it('read by id cost one call for one, and one list for more', async () => {
    const one = open({ [GET]: { text: `${CONTRACT}}` } });
    expect(await one.port.byId(organization(), ID)).toMatchObject({ externalId: ID, status: 'ACTIVE' });
    expect(one.calls.map(({ route }) => route)).toEqual([GET]);
    const two = open({ [LIST]: pageOf([row('c1'), row('c2')]) });
    const found = await Promise.all(['c1', 'c3'].map((id) => two.port.byId(organization(), id)));
    expect(found.map((contract) => contract?.externalId)).toEqual(['c1', undefined]);
    expect(two.calls.map(({ route }) => route)).toEqual([LIST]);
  });

  it('that are not there are null, and not another', async () => {
    expect(await open({ [GET]: { status: 404, text: '{}' } }).port.byId(organization(), ID)).toBeNull();
    const other = open({ [GET]: { text: row('ctrct_other') } });
    expect((await failureFrom(other.port.byId(organization(), ID))).code).toBe('UPSTREAM_MALFORMED');
  });
});

describe('contracts that the directory names', () => {
  const A = 'GET api/contracts/cA';
  const B = 'GET api/contracts/cB';

  it('are read one by one where there is no account', async () => {
    const { port, calls } = open({ [A]: { text: row('cA', 'acct_1') }, [B]: { text: row('cB', null) } });
    const { items, dropped, truncated } = await port.list(organization(null, ['cA', 'cB']));
    expect(items.map(({ externalId, account }) => [externalId, account?.externalId])).toEqual([
      ['cA', 'acct_1'],
      ['cB', undefined],
    ]);
    expect({ dropped, truncated }).toEqual({ dropped: [], truncated: false });
    expect(calls.map(({ route }) => route)).toEqual([A, B]);
  });

  it('are all that may be read where there is no account', async () => {
    const { port, calls } = open({});
    expect(await port.byId(organization(null, ['cA']), 'cB')).toBeNull();
    expect(calls).toEqual([]);
  });

  it('are added to the account’s list where they are missing there', async () => {
    const { port, calls } = open({ [LIST]: pageOf([row('cA')]), [B]: { text: row('cB') } });
    const { items } = await port.list(organization(ACCOUNT, ['cA', 'cB']));
    expect(items.map(({ externalId }) => externalId)).toEqual(['cA', 'cB']);
    expect(calls.map(({ route }) => route)).toEqual([LIST, B]);
  });

  it('make a list that is of more than one reply, and so is not known by one', async () => {
    const listOf = (named: readonly string[]) =>
      open({ [LIST]: pageOf([row('cA')]), [B]: { text: row('cB') } }).port.list(organization(ACCOUNT, named));
    expect(await listOf(['cA', 'cB'])).not.toHaveProperty('likeness');
    expect(await listOf(['cA'])).toHaveProperty('likeness');
  });

  it('are left out where they are gone or foreign, and reported where they cannot be had', async () => {
    const gone = open({
      [LIST]: pageOf([]),
      [A]: { status: 404, text: '{}' },
      [B]: { text: row('cB', 'acct_x') },
    });
    expect(await gone.port.list(organization(ACCOUNT, ['cA', 'cB']))).toMatchObject({
      items: [],
      dropped: [],
    });
    expect(gone.drift.counts('MONETIZENOW').foreignRecords).toBe(1);
    const down = open({ [A]: { status: 503 }, [B]: { text: row('cB') } });
    expect(await down.port.list(organization(null, ['cA', 'cB']))).toMatchObject({
      items: [{ externalId: 'cB' }],
      dropped: [{ code: 'UPSTREAM_UNAVAILABLE' }],
    });
  });

  it('fail the list where none of them can be had', async () => {
    const { port } = open({ [A]: { status: 503 }, [B]: { status: 503 } });
    expect((await failureFrom(port.list(organization(null, ['cA', 'cB'])))).code).toBe(
      'UPSTREAM_UNAVAILABLE',
    );
  });
});

describe('the detail of a contract', () => {
  const QUOTES = `"quotes": [{
    "id": "${QUOTE}", "description": "Seats", "type": "AMENDMENT", "status": "PROCESSED", "amount": 120.10,
    "acceptedAt": "2026-02-01T00:00:00.000+0000", "contractId": "${ID}", "contractAmount": 1200,
    "contractLength": 12, "contractStartDate": "2026-01-01", "contractEndDate": "2026-12-31",
    "accountId": "${ACCOUNT}", "accountName": "Acme", "secondaryAccountId": "acct_2",
    "secondaryAccountName": "Partner", "billingAccountId": "acct_3", "opportunity": {"id": "opp_1", "status": "WON"},
    "customFields": {"text": "a \\"b\\"", "number": 12345678901234567890.10, "flag": true, "none": null,
      "nested": {"list": [1.0, "x"]}, "empty": ""},
    "ownerId": "usr_1", "ownerName": "John Dew", "billGroupId": "billg_1", "currency": "EUR", "migrated": false,
    "createdBy": "usr_1", "lastModifiedBy": "usr_3",
    "sentDate": "2026-01-30T00:00:00Z", "processedAt": "2026-02-02T00:00:00Z",
    "createDate": "2026-01-29T00:00:00Z", "modifyDate": "2026-02-02T00:00:01Z"}]`;
  const TERMS =
    '"contractRenewalTerms": {"contractEndAction": "RENEW", "renewalTermLength": {"type": "SAME_LENGTH"}, "autoRenewalNoticePeriod": 30}';

  it('has its quotes and renewal terms field by field', async () => {
    const { port } = open({ [GET]: { text: `${CONTRACT}, ${QUOTES}, ${TERMS}}` } });
    expect(plain(await port.detail(held()))).toEqual({
      quotes: [
        {
          externalId: QUOTE,
          description: 'Seats',
          type: 'AMENDMENT',
          typeText: 'AMENDMENT',
          newQuoteType: null,
          status: 'PROCESSED',
          statusText: 'PROCESSED',
          amount: eur('120.1'),
          contractAmount: eur('1200'),
          contractId: ID,
          contractMonths: 12,
          contractTerm: { startsOn: '2026-01-01', endsBefore: '2027-01-01' },
          account: { externalId: ACCOUNT, name: 'Acme' },
          secondaryAccount: { externalId: 'acct_2', name: 'Partner' },
          billingAccountId: 'acct_3',
          billGroupId: 'billg_1',
          owner: { externalId: 'usr_1', name: 'John Dew' },
          opportunityId: 'opp_1',
          opportunityStatusText: 'WON',
          customFields: [
            { name: 'text', value: 'a "b"' },
            { name: 'number', value: '12345678901234567890.10' },
            { name: 'flag', value: 'true' },
            { name: 'none', value: null },
            { name: 'nested', value: '{"list":[1.0,"x"]}' },
            { name: 'empty', value: '' },
          ],
          isMigrated: false,
          acceptedAt: '2026-02-01T00:00:00Z',
          sentAt: '2026-01-30T00:00:00Z',
          processedAt: '2026-02-02T00:00:00Z',
          createdAt: '2026-01-29T00:00:00Z',
          createdById: 'usr_1',
          modifiedAt: '2026-02-02T00:00:01Z',
          modifiedById: 'usr_3',
        },
      ],
      renewalTerms: {
        endAction: 'RENEW',
        endActionText: 'RENEW',
        renewalLengthType: 'SAME_LENGTH',
        noticeDays: 30,
      },
    });
  });

  it('costs nothing beside the read of the contract itself', async () => {
    const { port, calls } = open({ [GET]: { text: `${CONTRACT}, ${QUOTES}}` } });
    const contract = (await port.byId(organization(), ID))!;
    expect((await port.detail(contract))!.quotes).toHaveLength(1);
    expect(await port.detail(contract)).toMatchObject({ renewalTerms: null });
    expect(calls).toHaveLength(1);
  });

  it('leaves out and counts a quote of another account', async () => {
    const { port, drift } = open({
      [GET]: {
        text: `${CONTRACT}, "quotes": [${row('q1')}, ${row('q2', 'acct_other')}, ${row('q3', null)}]}`,
      },
    });
    expect((await port.detail(held()))!.quotes.map(({ externalId }) => externalId)).toEqual(['q1', 'q3']);
    expect(drift.counts('MONETIZENOW').foreignRecords).toBe(1);
  });

  it('is none where the contract is gone or another’s, and fails where a quote cannot be read', async () => {
    expect(await open({ [GET]: { status: 404, text: '{}' } }).port.detail(held())).toBeNull();
    expect(await open({ [GET]: { text: row(ID, 'acct_other') } }).port.detail(held())).toBeNull();
    const bad = open({ [GET]: { text: `${CONTRACT}, "quotes": [{"id": "q1", "amount": "1"}]}` } });
    const failed = await failureFrom(bad.port.detail(held()));
    expect(failed.code).toBe('UPSTREAM_MALFORMED');
    expect(failed.detail).toContain('quotes.0.amount');
    // The contract itself can be shown all the same.
    const good = open({ [GET]: { text: `${CONTRACT}, "quotes": [{"id": "q1", "amount": "1"}]}` } });
    expect(await good.port.byId(organization(), ID)).toMatchObject({ externalId: ID });
  });
});

describe('a quote', () => {
  const DISCOUNTS = `{"id": "disc_1", "name": "Early", "description": "Paid early", "discountCode": "EARLY",
      "discountType": "FLAT", "status": "ACTIVE", "discountAmount": 100.5, "currency": "USD",
      "durationType": "LIMITED", "durationMonths": 6, "maxUses": 10, "remainingUses": 5, "startDate": "2026-01-01",
      "endDate": "2026-06-30", "scopeProductId": "prod_1", "scopeOfferingId": "offer_1",
      "lifecyclePolicies": ["EXCLUDE_FROM_RENEWAL"]},
    {"id": "disc_2", "discountType": "PERCENTAGE", "discountAmount": 7.5, "lifecyclePolicies": []},
    {"id": "disc_3", "discountType": "FLAT", "discountAmount": 3},
    {"discountType": "GIFT", "discountAmount": 1}`;
  const NO_DISCOUNT = {
    externalId: null,
    name: null,
    description: null,
    code: null,
    statusText: null,
    typeText: null,
    amount: null,
    percent: null,
    durationTypeText: null,
    durationMonths: null,
    term: { startsOn: null, endsBefore: null },
    productId: null,
    offeringId: null,
    isExcludedFromRenewal: null,
  };
  const ITEM = `{"id": "item_1", "productId": "prod_1", "productName": "Seat", "sku": "S-1", "productType": "MIN_COMMIT",
    "quantity": 11.5, "unitPrice": 10.123456789, "unitPriceAfterDiscount": 9, "amount": 103.5, "contractAmount": 1242,
    "amendmentStatus": "UPDATED", "previousQuantity": 10, "previousAmount": 90}`;
  const OFFERING = `{"id": "quoff_1", "quoteId": "${QUOTE}", "offeringId": "offer_1", "offeringName": "Plan",
    "rateId": "rate_1", "rateName": "Monthly", "subscriptionId": "subsc_1", "billingFrequency": "MONTHLY",
    "billingFrequencyInMonths": 1, "subscriptionTiming": "ADVANCE", "amount": 103.5, "amountWithoutDiscount": 115,
    "discountAmount": 11.5, "discountPercent": 10, "previousId": "quoff_0", "previousRateId": "rate_0",
    "previousAmount": 90, "startDate": "2026-02-01", "endDate": "2026-12-31", "parentQuoteOfferingId": "quoff_p",
    "items": [${ITEM}], "discounts": [${DISCOUNTS}], "added": false, "removed": false}`;
  const quoteText = (members: string) => `{"id": "${QUOTE}", "currency": "EUR", ${members}}`;

  it('is read field by field', async () => {
    const { port, calls } = open({
      [GET_QUOTE]: {
        text: quoteText(`"contractId": "${ID}", "type": "NEW", "newQuoteType": "NET_NEW", "status": "REVIEW",
          "owner": "usr_2", "ownerName": "Jane", "expirationDate": "2026-03-01", "netTerms": "NET_30",
          "amountWithoutTax": 1, "amountWithoutDiscount": 2, "discountAmount": 3, "discountPercent": 10, "credit": 4,
          "cancellationReason": "BY_USER", "startDateSource": "AT_TIME_OF_SIGNING", "autoRenewal": true,
          "contractAmendmentDate": "2026-02-01", "originalQuoteId": "q_o",
          "previousQuoteId": "q_p", "previousContractId": "c_p", "revenueMetrics": {"arr": 1242, "mrr": 103.5},
          "quoteOfferings": [${OFFERING}],
          "validations": [{"ruleId": "r1", "errorLevel": "WARN", "message": "low"}],
          "approvals": [{"id": "qtapr_1", "name": "Rule 1", "status": "NO_ACTION"}]`),
      },
    });
    expect(plain(await port.quote(held(), QUOTE))).toMatchObject({
      externalId: QUOTE,
      type: 'NEW',
      newQuoteType: 'NET_NEW',
      status: 'REVIEW',
      owner: { externalId: 'usr_2', name: 'Jane' },
      expiresOn: '2026-03-01',
      netTerms: 'NET_30',
      amountWithoutTax: eur('1'),
      amountWithoutDiscount: eur('2'),
      discountAmount: eur('3'),
      discountPercent: '10',
      credit: eur('4'),
      cancellationReason: 'BY_USER',
      startDateSourceText: 'AT_TIME_OF_SIGNING',
      renewsAutomatically: true,
      amendmentOn: '2026-02-01',
      originalQuoteId: 'q_o',
      previousQuoteId: 'q_p',
      previousContractId: 'c_p',
      annualRecurringRevenue: eur('1242'),
      monthlyRecurringRevenue: eur('103.5'),
      validations: [{ ruleId: 'r1', level: 'WARN', message: 'low' }],
      approvals: [{ externalId: 'qtapr_1', name: 'Rule 1', statusText: 'NO_ACTION' }],
      offerings: [
        {
          externalId: 'quoff_1',
          offering: { externalId: 'offer_1', name: 'Plan' },
          rate: { externalId: 'rate_1', name: 'Monthly' },
          subscriptionId: 'subsc_1',
          billingFrequency: 'MONTHLY',
          billingFrequencyText: 'MONTHLY',
          billingFrequencyMonths: 1,
          billingTiming: 'ADVANCE',
          billingTimingText: 'ADVANCE',
          amount: eur('103.5'),
          amountWithoutDiscount: eur('115'),
          discountAmount: eur('11.5'),
          discountPercent: '10',
          previousExternalId: 'quoff_0',
          previousRateId: 'rate_0',
          previousAmount: eur('90'),
          term: { startsOn: '2026-02-01', endsBefore: '2027-01-01' },
          parentExternalId: 'quoff_p',
          isAdded: false,
          isRemoved: false,
          products: [
            {
              externalId: 'item_1',
              product: { externalId: 'prod_1', name: 'Seat', sku: 'S-1' },
              type: 'MIN_COMMIT',
              typeText: 'MIN_COMMIT',
              quantity: '11.5',
              unitPrice: eur('10.123456789'),
              unitPriceAfterDiscount: eur('9'),
              amount: eur('103.5'),
              contractAmount: eur('1242'),
              amendmentStatus: 'UPDATED',
              previousQuantity: '10',
              previousAmount: eur('90'),
            },
          ],
          discounts: [
            {
              externalId: 'disc_1',
              name: 'Early',
              description: 'Paid early',
              code: 'EARLY',
              statusText: 'ACTIVE',
              typeText: 'FLAT',
              amount: { amount: '100.5', currency: 'USD' },
              percent: null,
              durationTypeText: 'LIMITED',
              durationMonths: 6,
              term: { startsOn: '2026-01-01', endsBefore: '2026-07-01' },
              productId: 'prod_1',
              offeringId: 'offer_1',
              isExcludedFromRenewal: true,
            },
            {
              ...NO_DISCOUNT,
              externalId: 'disc_2',
              typeText: 'PERCENTAGE',
              percent: '7.5',
              isExcludedFromRenewal: false,
            },
            // In the quote's currency, without one of its own.
            { ...NO_DISCOUNT, externalId: 'disc_3', typeText: 'FLAT', amount: eur('3') },
            // Neither money nor a percentage: the type says nothing of its number.
            { ...NO_DISCOUNT, typeText: 'GIFT' },
          ],
        },
      ],
    });
    expect(calls.map(({ route }) => route)).toEqual([GET_QUOTE]);
    await port.quote(held(), QUOTE);
    expect(calls).toHaveLength(1);
  });

  it.each([
    ['of the contract', `"contractId": "${ID}"`, true, 0],
    ['of the contract and its account', `"contractId": "${ID}", "accountId": "${ACCOUNT}"`, true, 0],
    ['without a contract, of the account', `"accountId": "${ACCOUNT}"`, true, 0],
    ['of another contract of the account', `"contractId": "c2", "accountId": "${ACCOUNT}"`, false, 1],
    ['of another account', `"contractId": "${ID}", "accountId": "acct_other"`, false, 1],
    ['that names neither', '"type": "NEW"', false, 1],
  ])('%s', async (_, members, isShown, foreign) => {
    const { port, drift } = open({ [GET_QUOTE]: { text: quoteText(members) } });
    expect((await port.quote(held(), QUOTE))?.externalId).toBe(isShown ? QUOTE : undefined);
    expect(drift.counts('MONETIZENOW').foreignRecords).toBe(foreign);
  });

  it('needs no more than an id and whose it is', async () => {
    const { port } = open({
      [GET_QUOTE]: {
        text: `{"id": "${QUOTE}", "contractId": "${ID}", "quoteOfferings": [{"id": "o", "discounts": [{}]}]}`,
      },
    });
    expect(plain(await port.quote(held(), QUOTE))).toMatchObject({
      secondaryAccount: null,
      billingAccountId: null,
      opportunityStatusText: null,
      customFields: [],
      isMigrated: null,
      createdById: null,
      modifiedById: null,
      startDateSourceText: null,
      renewsAutomatically: null,
      offerings: [{ previousExternalId: null, products: [], discounts: [NO_DISCOUNT] }],
    });
  });

  it.each([
    ['custom fields that are no object', '"customFields": ["x"]', 'customFields'],
    [
      'a discount that cannot be read',
      '"quoteOfferings": [{"id": "o", "discounts": [{"discountAmount": "1"}]}]',
      'quoteOfferings.0.discounts.0.discountAmount',
    ],
  ])('with %s fails', async (_, members, path) => {
    const { port } = open({ [GET_QUOTE]: { text: quoteText(`"contractId": "${ID}", ${members}`) } });
    const failed = await failureFrom(port.quote(held(), QUOTE));
    expect(failed.code).toBe('UPSTREAM_MALFORMED');
    expect(failed.detail).toContain(path);
  });

  it('that is not there is null', async () => {
    expect(await open({ [GET_QUOTE]: { status: 404, text: '{}' } }).port.quote(held(), QUOTE)).toBeNull();
  });

  it('keeps unknown words', async () => {
    const { port, drift } = open({
      [GET_QUOTE]: {
        text: quoteText(
          `"contractId": "${ID}", "type": "GIFT", "status": "LOST", "quoteOfferings": [{"id": "o", "billingFrequency": "HOURLY", "subscriptionTiming": "NOW", "items": [{"id": "i", "productId": "p", "productType": "AIR", "amendmentStatus": "KEPT"}]}]`,
        ),
      },
    });
    expect(await port.quote(held(), QUOTE)).toMatchObject({
      type: 'UNRECOGNIZED',
      typeText: 'GIFT',
      status: 'UNRECOGNIZED',
      statusText: 'LOST',
      offerings: [
        {
          billingFrequency: 'UNRECOGNIZED',
          billingFrequencyText: 'HOURLY',
          billingTiming: 'UNRECOGNIZED',
          billingTimingText: 'NOW',
          products: [{ type: 'UNRECOGNIZED', typeText: 'AIR', amendmentStatus: 'UNRECOGNIZED' }],
        },
      ],
    });
    expect(drift.counts('MONETIZENOW').unrecognizedValues).toBe(6);
  });
});

describe('invoices', () => {
  const INVOICE = `{"id": "invce_1", "invoiceNumber": "000123",
    "account": {"id": "${ACCOUNT}", "customId": "x", "accountName": "Acme", "currency": "EUR", "status": "ACTIVE"},
    "billGroupId": "billg_1", "contractId": "${ID}", "quoteId": "${QUOTE}", "status": "UNPAID", "invoiceType": "RECURRING",
    "invoicingDate": "2026-02-01", "billDate": "2026-02-02", "startDate": "2026-02-01", "endDate": "2026-02-28",
    "dueDate": "2026-03-03", "paidDate": "2026-03-04", "currency": "EUR", "amount": 123.45, "amountWithoutTax": 100,
    "amountWithoutDiscount": 110, "discount": 10, "tax": 23.45, "amountDue": 12345678901234567890.01, "amountPaid": 0,
    "amountCredited": 1, "netTerms": "NET_30", "pastDue": true,
    "invoiceItems": [{"id": "ivitm_1", "productId": "prod_1", "productName": "Seat", "offeringId": "offer_1",
      "offeringName": "Plan", "offeringType": "MIN_COMMIT", "priceModel": "FLAT", "quantity": 11.5, "unitPrice": 10,
      "amount": 115, "prorationMultiplier": 0.5, "minCommitAvailableAmount": 7, "minCommitAdditionalBilledAmount": 8,
      "periodStartDate": "2026-02-01", "periodEndDate": "2026-02-28"}],
    "payments": [{"paymentId": "pmt_1", "createDate": "2026-03-01T09:00:00.000+0000",
      "collectionDate": "2026-03-04", "settledDate": "2026-03-04T10:00:00Z", "creditCardType": "VISA",
      "paymentMethodName": "Bob's Visa", "paymentDescription": "First half", "paidAmount": 61.72}, {}],
    "credits": [{"amount": 1, "appliedDate": "2026-03-05T11:00:00Z", "reason": "Goodwill", "type": "CREDIT_NOTE",
      "invoiceId": "invce_1", "creditId": "crdt_1", "creditNoteId": "crnt_1"}, {}]}`;
  const invoiceRow = (id: string, contractId: string | null = ID, account = ACCOUNT) =>
    `{"id": "${id}", "account": {"id": "${account}"}${contractId === null ? '' : `, "contractId": "${contractId}"`}}`;
  const idsOf = (items: readonly { readonly externalId: string }[]) =>
    items.map(({ externalId }) => externalId);

  it('are read field by field', async () => {
    const { port, calls } = open({ [INVOICES]: pageOf([INVOICE]) });
    const listing = await port.invoices(held());
    expect(listing).toMatchObject({ dropped: [], truncated: false });
    expect(plain(listing.items)).toEqual([
      {
        externalId: 'invce_1',
        invoiceNumber: '000123',
        account: {
          externalId: ACCOUNT,
          name: 'Acme',
          customId: 'x',
          currency: 'EUR',
          statusText: 'ACTIVE',
        },
        billGroupId: 'billg_1',
        contractId: ID,
        quoteId: QUOTE,
        status: 'UNPAID',
        statusText: 'UNPAID',
        type: 'RECURRING',
        typeText: 'RECURRING',
        invoicedOn: '2026-02-01',
        billedOn: '2026-02-02',
        dueOn: '2026-03-03',
        paidOn: '2026-03-04',
        term: { startsOn: '2026-02-01', endsBefore: '2026-03-01' },
        netTerms: 'NET_30',
        isPastDue: true,
        amount: eur('123.45'),
        amountWithoutTax: eur('100'),
        amountWithoutDiscount: eur('110'),
        discount: eur('10'),
        tax: eur('23.45'),
        amountDue: eur('12345678901234567890.01'),
        amountPaid: eur('0'),
        amountCredited: eur('1'),
        items: [
          {
            externalId: 'ivitm_1',
            product: { externalId: 'prod_1', name: 'Seat' },
            offering: { externalId: 'offer_1', name: 'Plan' },
            offeringType: 'MIN_COMMIT',
            priceModel: 'FLAT',
            quantity: '11.5',
            unitPrice: eur('10'),
            amount: eur('115'),
            prorationMultiplier: '0.5',
            minimumCommitAvailable: eur('7'),
            minimumCommitAdditionalBilled: eur('8'),
            term: { startsOn: '2026-02-01', endsBefore: '2026-03-01' },
          },
        ],
        payments: [
          {
            externalId: 'pmt_1',
            amount: eur('61.72'),
            createdAt: '2026-03-01T09:00:00Z',
            settledAt: '2026-03-04T10:00:00Z',
            methodName: "Bob's Visa",
            cardTypeText: 'VISA',
            description: 'First half',
          },
          {
            externalId: null,
            amount: null,
            createdAt: null,
            settledAt: null,
            methodName: null,
            cardTypeText: null,
            description: null,
          },
        ],
        credits: [
          {
            externalId: 'crdt_1',
            creditNoteId: 'crnt_1',
            typeText: 'CREDIT_NOTE',
            amount: eur('1'),
            appliedAt: '2026-03-05T11:00:00Z',
            reason: 'Goodwill',
          },
          {
            externalId: null,
            creditNoteId: null,
            typeText: null,
            amount: null,
            appliedAt: null,
            reason: null,
          },
        ],
        observation: EXPECTED.observation,
      },
    ]);
    expect(calls[0]!.query).toEqual({ contractId: ID, currentPage: '0', pageSize: '100' });
    expect(calls[0]!.scope).toMatchObject({ kind: 'organization', organization: 'acme' });
  });

  it('need no more than an id, and an account no more than its own', async () => {
    const { port } = open({
      [INVOICES]: pageOf([invoiceRow('i1'), '{"id": "i2", "account": {}}', '{"id": "i3"}']),
    });
    const { items } = await port.invoices(held());
    expect(items.map(({ account, payments, credits }) => ({ account, payments, credits }))).toEqual([
      {
        account: { externalId: ACCOUNT, name: null, customId: null, currency: null, statusText: null },
        payments: [],
        credits: [],
      },
      { account: null, payments: [], credits: [] },
      { account: null, payments: [], credits: [] },
    ]);
  });

  it('with a payment or credit that cannot be read are reported', async () => {
    const { port } = open({
      [INVOICES]: pageOf([
        '{"id": "i1", "payments": [{"paidAmount": "1"}]}',
        '{"id": "i2", "credits": [{"appliedDate": "yesterday"}]}',
      ]),
    });
    const { items, dropped } = await port.invoices(held());
    expect(items).toEqual([]);
    expect(dropped.map(({ detail }) => detail)).toEqual([
      expect.stringContaining('payments.0.paidAmount'),
      expect.stringContaining('credits.0.appliedDate'),
    ]);
  });

  it('of another contract are left out, also where the filter is not honoured', async () => {
    const { port, drift } = open({
      [INVOICES]: pageOf([invoiceRow('i1'), invoiceRow('i2', 'c2'), invoiceRow('i3', null)]),
    });
    expect(idsOf((await port.invoices(held())).items)).toEqual(['i1']);
    expect(drift.counts('MONETIZENOW').foreignRecords).toBe(0);
    const honoured = open({ [INVOICES]: pageOf([invoiceRow('i1'), invoiceRow('i3', null)]) });
    expect(idsOf((await honoured.port.invoices(held())).items)).toEqual(['i1', 'i3']);
  });

  it('of another account are dropped and counted, and a bad one is reported', async () => {
    const { port, drift } = open({
      [INVOICES]: pageOf([
        invoiceRow('i1'),
        invoiceRow('i2', ID, 'acct_other'),
        '{"id": "i3", "amount": "1"}',
      ]),
    });
    const { items, dropped } = await port.invoices(held());
    expect(idsOf(items)).toEqual(['i1']);
    expect(dropped).toMatchObject([{ code: 'UPSTREAM_MALFORMED' }, { code: 'UPSTREAM_MALFORMED' }]);
    expect(drift.counts('MONETIZENOW')).toMatchObject({ foreignRecords: 1, droppedRecords: 1 });
  });

  it('are paged, and keep what there is when a later page fails', async () => {
    const rows = Array.from({ length: 150 }, (_, i) => invoiceRow(`i${i}`));
    const all = await open({ [INVOICES]: paged(rows) }).port.invoices(held());
    expect(all.items).toHaveLength(150);
    const part = await open({
      [INVOICES]: (call) => (call.query['currentPage'] === '1' ? { status: 500 } : paged(rows)(call)),
    }).port.invoices(held());
    expect(part.items).toHaveLength(100);
    expect(part).toMatchObject({ truncated: true, dropped: [{ code: 'UPSTREAM_UNAVAILABLE' }] });
  });

  it('twice under one id and different are both refused', async () => {
    const { port } = open({ [INVOICES]: pageOf([invoiceRow('i1'), invoiceRow('i1', null)]) });
    expect(await port.invoices(held())).toMatchObject({
      items: [],
      dropped: [{ code: 'UPSTREAM_MALFORMED' }],
    });
  });

  it('of a contract without a known account ask the contract for it', async () => {
    const { port, calls } = open({ [GET]: { text: row(ID) }, [INVOICES]: pageOf([invoiceRow('i1')]) });
    expect(idsOf((await port.invoices(held({ account: null }))).items)).toEqual(['i1']);
    expect(calls.map(({ route }) => route)).toEqual([GET, INVOICES]);
    const nameless = open({ [GET]: { text: row(ID, null) } });
    expect((await failureFrom(nameless.port.invoices(held({ account: null })))).code).toBe(
      'UPSTREAM_MALFORMED',
    );
  });

  describe('of several contracts at once', () => {
    const both = (port: ReturnType<typeof open>['port'], ids = ['cA', 'cB']) =>
      Promise.all(ids.map((externalId) => port.invoices(held({ externalId }))));

    it('are read with one list of the account, and each contract has its own', async () => {
      const { port, calls } = open({
        [INVOICES]: pageOf([
          invoiceRow('a1', 'cA'),
          invoiceRow('b1', 'cB'),
          invoiceRow('a2', 'cA'),
          invoiceRow('z', 'cZ'),
        ]),
      });
      const [a, b, c] = await both(port, ['cA', 'cB', 'cC']);
      expect([a, b, c].map((listing) => idsOf(listing!.items))).toEqual([['a1', 'a2'], ['b1'], []]);
      expect(a).toMatchObject({ dropped: [], truncated: false, observation: EXPECTED.observation });
      expect(calls.map(({ route, query }) => [route, query])).toEqual([
        [INVOICES, { currentPage: '0', pageSize: '100' }],
      ]);
      // The list is at hand: whoever comes later needs no call.
      expect(idsOf((await port.invoices(held({ externalId: 'cZ' }))).items)).toEqual(['z']);
      expect(calls).toHaveLength(1);
    });

    it('are read by contract where they ask one after the other, or have other accounts', async () => {
      const { port, calls } = open({ [INVOICES]: pageOf([]) });
      await port.invoices(held({ externalId: 'cA' }));
      await Promise.all([1, 2].map(() => port.invoices(held({ externalId: 'cB' }))));
      expect(calls.map(({ query }) => query['contractId'])).toEqual(['cA', 'cB']);
      const other = 'GET api/accounts/acct_2/invoices';
      const two = open({ [INVOICES]: pageOf([]), [other]: pageOf([]) });
      await Promise.all([
        two.port.invoices(held({ externalId: 'cA' })),
        two.port.invoices(held({ externalId: 'cB', account: { externalId: 'acct_2', name: null } })),
      ]);
      expect(two.calls.map(({ query }) => query['contractId'])).toEqual(['cA', 'cB']);
    });

    it('are nobody’s where they name no contract', async () => {
      const { port, drift } = open({ [INVOICES]: pageOf([invoiceRow('a1', 'cA'), invoiceRow('x', null)]) });
      const [a, b] = await both(port);
      expect(idsOf(a!.items)).toEqual(['a1']);
      expect(b).toMatchObject({ items: [], dropped: [], truncated: false });
      expect(drift.counts('MONETIZENOW')).toMatchObject({ foreignRecords: 0, droppedRecords: 0 });
    });

    it('are reported to the contract that they name if they cannot be read, and else to each', async () => {
      const rows = [
        '{"id": "a1", "contractId": "cA", "amount": "1"}',
        invoiceRow('a2', 'cA'),
        '{"id": "a2", "contractId": "cA", "amount": 1}',
        invoiceRow('b1', 'cB'),
      ];
      // Three invoices in all: one comes twice.
      const { port } = open({ [INVOICES]: pageOf(rows, 3) });
      const [a, b] = await both(port);
      expect(idsOf(a!.items)).toEqual([]);
      expect(a!.dropped.map(({ detail }) => detail)).toEqual([
        expect.stringContaining('amount'),
        'one invoice came twice, with different content',
      ]);
      expect(b).toMatchObject({ items: [{ externalId: 'b1' }], dropped: [] });
      const unreadable = open({
        [INVOICES]: pageOf(['{"id": "x", "contractId": 7}', invoiceRow('b1', 'cB')]),
      });
      for (const { dropped } of await both(unreadable.port)) {
        expect(dropped).toMatchObject([{ code: 'UPSTREAM_MALFORMED' }]);
      }
    });

    it('of another account are never shown, and counted', async () => {
      const { port, drift } = open({
        [INVOICES]: pageOf([invoiceRow('a1', 'cA', 'acct_other'), invoiceRow('b1', 'cB')]),
      });
      const [a, b] = await both(port);
      expect([idsOf(a!.items), idsOf(b!.items)]).toEqual([[], ['b1']]);
      expect(drift.counts('MONETIZENOW').foreignRecords).toBeGreaterThan(0);
    });

    it('are paged, and incomplete for each where a page cannot be had', async () => {
      const rows = Array.from({ length: 150 }, (_, i) => invoiceRow(`i${i}`, i % 2 === 0 ? 'cA' : 'cB'));
      const all = open({ [INVOICES]: paged(rows) });
      expect((await both(all.port)).map(({ items }) => items.length)).toEqual([75, 75]);
      expect(all.calls).toHaveLength(2);
      const part = open({
        [INVOICES]: (call) => (call.query['currentPage'] === '1' ? { status: 500 } : paged(rows)(call)),
      });
      for (const listing of await both(part.port)) {
        expect(listing.items).toHaveLength(50);
        expect(listing).toMatchObject({ truncated: true, dropped: [{ code: 'UPSTREAM_UNAVAILABLE' }] });
      }
      expect(part.calls).toHaveLength(2);
    });

    it('are read by contract where the account has more than may be read', async () => {
      const rows = Array.from({ length: 2_001 }, (_, i) => invoiceRow(`i${i}`, i === 2_000 ? 'cB' : 'cA'));
      const { port, calls } = open({
        [INVOICES]: (call) => {
          const { contractId } = call.query;
          return paged(rows.filter((row) => contractId === undefined || row.includes(`"${contractId}"`)))(
            call,
          );
        },
      });
      const [a, b] = await both(port);
      expect([a!.items.length, b!.items.length]).toEqual([2_000, 1]);
      expect([a!.truncated, b!.truncated]).toEqual([false, false]);
      expect(calls).toHaveLength(20 + 20 + 1);
    });

    it('fail for each where the list fails', async () => {
      const { port, calls } = open({ [INVOICES]: { status: 503 } });
      const failures = await Promise.all(
        ['cA', 'cB'].map((externalId) => failureFrom(port.invoices(held({ externalId })))),
      );
      expect(failures.map(({ code }) => code)).toEqual(['UPSTREAM_UNAVAILABLE', 'UPSTREAM_UNAVAILABLE']);
      expect(calls).toHaveLength(1);
    });
  });
});

describe('what is never sent', () => {
  const BAD_IDS = ['../x', '..', '.', '%2e%2e', '', 'a/b', 'a?b', 'a b', 'ctrct_1\n', 'x'.repeat(65)];

  it.each(BAD_IDS)('makes no call for the id %j', async (id) => {
    const { port, calls } = open({});
    expect(port.isId(id)).toBe(false);
    expect(await port.byId(organization(ACCOUNT, [id]), id)).toBeNull();
    expect(await port.quote(held(), id)).toBeNull();
    expect((await failureFrom(port.list(organization(id)))).code).toBe('UPSTREAM_REJECTED');
    expect((await failureFrom(port.list(organization(null, [id])))).code).toBe('UPSTREAM_REJECTED');
    expect((await failureFrom(port.invoices(held({ account: { externalId: id, name: null } })))).code).toBe(
      'UPSTREAM_REJECTED',
    );
    expect(calls).toEqual([]);
  });

  it('does not judge ids by their prefix (C20)', () => {
    for (const id of [ID, 'offr_1', 'bilg_1', '1', 'a-b_C9']) expect(isMonetizenowId(id)).toBe(true);
  });

  it('calls nobody for an organization without an account', async () => {
    const { port, calls } = open({});
    for (const stranger of [
      organization(null, []),
      { ...organization(), slug: 'x' as OrganizationSlug, monetizenow: null },
    ]) {
      expect(await port.list(stranger)).toMatchObject({ items: [], dropped: [], truncated: false });
      expect(await port.byId(stranger, ID)).toBeNull();
    }
    expect(calls).toEqual([]);
  });
});

describe('what errors mean', () => {
  const judge = createJudge(() => Date.parse('2026-11-21T10:00:00Z'));
  const judged = (reply: FakeReply) => judge.failureOf(rawReply(reply));

  it.each([
    [400, 'UPSTREAM_REJECTED'],
    [401, 'UPSTREAM_UNAVAILABLE'],
    [403, 'UPSTREAM_UNAVAILABLE'],
    [404, 'NOT_FOUND'],
    [409, 'UPSTREAM_CONFLICT'],
    [422, 'UPSTREAM_REJECTED'],
    [429, 'UPSTREAM_RATE_LIMITED'],
    [500, 'UPSTREAM_UNAVAILABLE'],
    [504, 'UPSTREAM_UNAVAILABLE'],
    [302, 'UPSTREAM_MALFORMED'],
  ])('%i is %s', (status, code) => {
    expect(judged({ status, text: '{"message": "no"}' })).toMatchObject({ code, source: 'MONETIZENOW' });
  });

  it.each(['', '<html>', '{"a": 1,}'])('success with the body %j is malformed', (text) => {
    expect(judged({ text })).toMatchObject({ code: 'UPSTREAM_MALFORMED' });
  });

  it('reads all three forms of error bodies, for the detail alone', () => {
    const detailOf = (text: string) => judged({ status: 400, text })?.detail;
    expect(
      detailOf('{"message": "bad", "subErrors": [{"field": "a", "message": "b"}, {"message": "c"}]}'),
    ).toBe('HTTP 400: bad; a: b; c');
    expect(detailOf('{"error": {"details": "gone"}}')).toBe('HTTP 400: gone');
    expect(
      detailOf(
        '{"operation": "X", "error": {"errorCode": "INVALID_RATES", "details": "d", "context": {"a": 1}}}',
      ),
    ).toBe('HTTP 400: INVALID_RATES; d');
    expect(detailOf('{"message": 7, "subErrors": "x", "error": []}')).toBe('HTTP 400');
    expect(detailOf('"text"')).toBe('HTTP 400');
    expect(judged({ status: 400, text: '{"message": "secret"}' })?.message).toBe(
      'MonetizeNow refused the request.',
    );
  });

  it('reads Retry-After as seconds and as a date', () => {
    expect(judged({ status: 429, headers: { 'retry-after': '7' } })).toMatchObject({ retryAfterMs: 7000 });
    expect(
      judged({ status: 429, headers: { 'retry-after': 'Sat, 21 Nov 2026 10:01:00 GMT' } }),
    ).toMatchObject({
      retryAfterMs: 60_000,
    });
  });

  it('fails the list where there is nothing to show', async () => {
    expect((await failureFrom(open({ [LIST]: { status: 401 } }).port.list(organization()))).code).toBe(
      'UPSTREAM_UNAVAILABLE',
    );
    expect(
      (await failureFrom(open({ [LIST]: { text: '{"items": []}' } }).port.list(organization()))).code,
    ).toBe('UPSTREAM_MALFORMED');
  });
});

describe('the samples for the writing side', () => {
  it.each(['quantity-change-request', 'operation-request.schema'])('%s is JSON as it stands', (name) => {
    const text = readFileSync(new URL(`./samples/monetizenow/${name}.json`, import.meta.url), 'utf8');
    expect(rawReply({ text })).toMatchObject({ isMalformed: false });
  });
});
