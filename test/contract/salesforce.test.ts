/**
 * Salesforce's adapter against the public descriptions of its replies (`backends.md` §2). Guards what may be asked
 * (the query, its literals, the pages), what amounts and dates mean, and that an order is never shown in part.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createSalesforce, type SalesforceSettings } from '../../src/backends/salesforce/backend.js';
import { createJudge, nextPageOf } from '../../src/backends/salesforce/client.js';
import { RECORD_ID, select } from '../../src/backends/salesforce/soql.js';
import { SourceError, type Failure } from '../../src/domain/failure.js';
import { printAmount, printDecimal, type CurrencyCode } from '../../src/domain/money.js';
import type { Organization, OrganizationSlug } from '../../src/domain/organization.js';
import { createDrift } from '../../src/observability/drift.js';
import { aRequest } from '../support/request.js';
import { fakeUpstream, rawReply, type FakeReply, type FakeRoutes } from '../support/fake-upstream.js';

const ORG_ID = '619c56b5-596b-4cc4-8b04-38fe8e05c750';
const ACCOUNT_ID = 'a0T000000000001AAA';

const sleepyco: Organization = {
  slug: 'sleepyco' as OrganizationSlug,
  name: 'SleepyCo',
  currency: 'USD' as CurrencyCode,
  commitmentManager: null,
  salesforce: { missionControlAccountId: null, organizationId: ORG_ID },
  logisense: null,
  monetizenow: null,
  cloudmc: null,
};
const byAccount: Organization = {
  ...sleepyco,
  salesforce: { missionControlAccountId: ACCOUNT_ID, organizationId: null },
};

const QUERY = 'GET services/data/v59.0/query';
const ORDERS_2 = 'GET services/data/v59.0/query/01gRO0000016PIAYA2-2';
const RAMP_2 = 'GET services/data/v59.0/query/01gRO0000016PIBYA2-1';
const LOGIN = 'POST services/oauth2/token';

const STATIC = { accessToken: 'not-a-real-token' };
const CLIENT = { clientId: 'gateway', clientSecret: 'not-a-real-key' };

const NOW = Date.UTC(2026, 10, 2, 9);

function sample(name: string): string {
  return readFileSync(new URL(`samples/salesforce/${name}.json`, import.meta.url), 'utf8');
}

const PAGES: FakeRoutes = {
  [QUERY]: { text: sample('orders-page-1') },
  [ORDERS_2]: { text: sample('orders-page-2') },
  [RAMP_2]: { text: sample('ramp-page-2') },
};

function backend(routes: FakeRoutes, settings: SalesforceSettings = STATIC) {
  const seen: string[] = [];
  const drift = createDrift((_, what) => seen.push(what));
  const { calls, createUpstream } = fakeUpstream(routes);
  const salesforce = createSalesforce(settings, { clock: () => NOW, drift, createUpstream });
  return {
    orders: salesforce.sources(aRequest()).serviceOrders,
    calls,
    seen,
    counts: () => drift.counts('SALESFORCE'),
  };
}

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof SourceError) return error.failure;
  throw new Error(`expected a SourceError, got ${String(error)}`);
}

interface Row {
  readonly [column: string]: unknown;
}

/** One whole page with these orders, each the sample's first with columns replaced. */
function pageOf(...rows: Row[]): FakeReply {
  const base = (JSON.parse(sample('orders-page-1')) as { records: Row[] }).records[0];
  const records = rows.map((row) => ({ ...base, ...row }));
  return { text: JSON.stringify({ totalSize: records.length, done: true, records }) };
}

/** A page of a query that may lead to another. */
function page(records: Row[], rest: Row = {}): string {
  return JSON.stringify({ totalSize: records.length, done: true, records, ...rest });
}

/** The id of the n-th order. */
function orderId(n: number): string {
  return `a1B${String(n).padStart(12, '0')}AAA`;
}

function orders(from: number, count: number): Row[] {
  const base = (JSON.parse(sample('orders-page-1')) as { records: Row[] }).records[0];
  return Array.from({ length: count }, (_, i) => ({ ...base, Id: orderId(from + i) }));
}

describe('orders of an organization', () => {
  it('reads every column of a static order', async () => {
    const { orders: port } = backend(PAGES);
    const { committed, monthlyMinimum, amount, ...facts } = (await port.list(sleepyco)).items[0]!;
    expect(facts).toEqual({
      externalId: 'a1B000000000001AAA',
      organization: 'sleepyco',
      name: 'SleepyCo SO-0001',
      stage: 'SIGNED',
      stageText: 'Signed',
      // January 31 plus one month is February 29 in 2024, whatever the formula makes of it (C30).
      term: { startsOn: '2024-01-31', endsBefore: '2024-02-29' },
      reportedEndOn: '2024-02-28',
      durationMonths: 1,
      commitCycle: 'MONTHLY',
      commitCycleText: 'Monthly',
      isRevOpsApproved: true,
      commitmentHandlerId: 'ch_42',
      opportunityId: '006000000000001AAA',
      missionControlAccountId: ACCOUNT_ID,
      rampSteps: [],
      createdAt: '2024-01-02T01:02:03.25Z',
      updatedAt: '2024-02-20T20:49:32Z',
      observation: { observedAt: '2026-11-02T09:00:00Z', stale: false },
    });
    expect(printDecimal(amount!)).toBe('15000');
    expect([committed, monthlyMinimum].map((money) => `${printAmount(money!)} ${money!.currency}`)).toEqual([
      '15000.00 USD',
      '15000.00 USD',
    ]);
  });

  it('divides an annual amount by twelve, once and exactly rounded', async () => {
    const { orders: port, seen } = backend(PAGES);
    const order = (await port.list(sleepyco)).items[1]!;
    expect(order).toMatchObject({
      stage: 'UNRECOGNIZED',
      stageText: 'Draft',
      commitCycle: 'ANNUAL',
      // No duration: the reported end is the last day.
      term: { startsOn: '2025-01-01', endsBefore: '2026-01-01' },
      commitmentHandlerId: null,
    });
    expect(printAmount(order.committed!)).toBe('100000.10');
    // 8333.341666…
    expect(printAmount(order.monthlyMinimum!)).toBe('8333.34');
    expect(seen).toEqual(['serviceOrder.stage=Draft']);
  });

  it('collects the steps of a ramp from all pages, in the order of their cycles', async () => {
    const { orders: port } = backend(PAGES);
    const order = (await port.list(sleepyco)).items[2]!;
    expect(order).toMatchObject({ stage: 'TERMINATED', amount: null, committed: null, monthlyMinimum: null });
    expect(order.commitCycleText).toBe('Monthly');
    expect(
      order.rampSteps.map(({ amount, committed, ...step }) => [
        step,
        printAmount(committed!),
        printDecimal(amount!),
      ]),
    ).toEqual([
      [
        {
          externalId: 'a1C000000000001AAA',
          name: 'SOD-1',
          cycleNumber: 1,
          durationMonths: 6,
          term: { startsOn: '2024-01-15', endsBefore: '2024-07-01' },
          normalizedTerm: { startsOn: '2024-01-01', endsBefore: '2024-07-01' },
          updatedAt: null,
        },
        '10000.00',
        '10000',
      ],
      [
        {
          externalId: 'a1C000000000002AAA',
          name: 'SOD-2',
          cycleNumber: 2,
          durationMonths: 6,
          term: { startsOn: '2024-07-01', endsBefore: '2025-01-01' },
          normalizedTerm: { startsOn: '2024-07-01', endsBefore: '2025-01-01' },
          updatedAt: null,
        },
        '20000.00',
        '20000',
      ],
    ]);
  });

  it('follows pages to their end and says so', async () => {
    const { orders: port, calls } = backend(PAGES);
    const listing = await port.list(sleepyco);
    expect(listing).toMatchObject({ dropped: [], truncated: false });
    expect(listing.items.map(({ externalId }) => externalId)).toEqual([orderId(1), orderId(2), orderId(3)]);
    expect(calls.map(({ route }) => route)).toEqual([QUERY, ORDERS_2, RAMP_2]);
    expect(calls[0]?.scope).toEqual({
      kind: 'organization',
      organization: 'sleepyco',
      credential: 'salesforce#token',
    });
  });

  it('was seen when its oldest page was', async () => {
    const { orders: port } = backend({
      ...PAGES,
      [ORDERS_2]: { text: sample('orders-page-2'), observedAt: '2026-11-02T08:59:00Z' },
    });
    const listing = await port.list(sleepyco);
    expect(listing.observation.observedAt).toBe('2026-11-02T08:59:00Z');
    expect(listing.items[0]?.observation.observedAt).toBe('2026-11-02T08:59:00Z');
  });
});

describe('the query', () => {
  const soqlFor = async (organization: Organization, settings?: SalesforceSettings) => {
    const { orders: port, calls } = backend({ [QUERY]: { text: page([]) } }, settings);
    await port.list(organization);
    return calls[0]!.query['q']!;
  };

  it("names every column, and finds orders by the organization's UUID", async () => {
    expect(await soqlFor(sleepyco)).toBe(
      'SELECT Id, Name, Stage__c, Contract_Start_Date__c, Contract_End_Date__c, Contract_Duration__c, ' +
        'Min_Monthly_Commit__c, Commit_Cycle__c, Commit_Cycle_Text__c, Rev_Ops_Approved__c, commitment_handler_id__c, ' +
        'Opportunity__c, Mission_Control_Account__c, LastModifiedDate, CreatedDate, ' +
        'Mission_Control_Account__r.Organization_ID__c, ' +
        '(SELECT Id, Name, Service_Order__c, Cycle_Number__c, Commit_Amount__c, Commit_Duration__c, ' +
        'Commit_Start_Date__c, Commit_End_Date__c, Commit_Start_Date_Normalized__c, Commit_End_Date_Normalized__c, ' +
        'LastModifiedDate ' +
        'FROM Service_Order_Details__r ORDER BY Id) ' +
        `FROM Service_Order__c WHERE Mission_Control_Account__r.Organization_ID__c = '${ORG_ID}' ORDER BY Id`,
    );
  });

  it('finds them by the account where the directory gives it', async () => {
    const soql = await soqlFor(byAccount);
    expect(soql).toContain(` WHERE Mission_Control_Account__c = '${ACCOUNT_ID}' ORDER BY Id`);
    expect(soql).not.toContain('Organization_ID__c');
  });

  it('finds them by a column that holds the UUID itself, if so configured (C7)', async () => {
    const soql = await soqlFor(sleepyco, { ...STATIC, accountColumn: 'organizationId' });
    expect(soql).toContain(` WHERE Mission_Control_Account__c = '${ORG_ID}' ORDER BY Id`);
    expect(soql).not.toContain('__r.');
  });

  it('takes the UUID that Commitment Manager knows where no other is given', async () => {
    const joined = {
      ...sleepyco,
      commitmentManager: { organizationId: ORG_ID },
      salesforce: { missionControlAccountId: null, organizationId: null },
    };
    expect(await soqlFor(joined)).toContain(`Organization_ID__c = '${ORG_ID}'`);
  });

  it('uses the configured version and relationship', async () => {
    const { orders: port, calls } = backend(
      {
        'GET services/data/v65.0/query': {
          text: page([{ ...orders(1, 1)[0], Ramp__r: { totalSize: 0, done: true, records: [] } }]),
        },
      },
      { ...STATIC, apiVersion: 'v65.0', orderRelationship: 'Ramp__r' },
    );
    expect((await port.list(sleepyco)).items).toHaveLength(1);
    expect(calls[0]!.query['q']).toContain('FROM Ramp__r ORDER BY Id)');
  });

  it.each([{ apiVersion: '59' }, { apiVersion: 'v59.0/../..' }, { orderRelationship: 'A__r) FROM B' }])(
    'refuses the settings %j',
    (settings) => {
      expect(() => backend({}, { ...STATIC, ...settings })).toThrow(RangeError);
    },
  );

  const INJECTIONS = [
    "x' OR Name != '",
    "a0T000000000001' OR Id != '",
    `${ORG_ID}' OR Id != '`,
    '\\',
    '..',
    'a0T%',
    '',
  ];

  it.each(INJECTIONS)('never carries the account %j of a directory', async (text) => {
    for (const salesforce of [
      { missionControlAccountId: text, organizationId: null },
      { missionControlAccountId: null, organizationId: text },
    ]) {
      const { orders: port, calls } = backend({});
      expect((await failureOf(port.list({ ...sleepyco, salesforce }))).code).toBe('UPSTREAM_REJECTED');
      expect((await failureOf(port.byId({ ...sleepyco, salesforce }, orderId(1)))).code).toBe(
        'UPSTREAM_REJECTED',
      );
      expect(calls).toEqual([]);
    }
  });

  it.each(INJECTIONS)('never carries the id %j of a caller', async (text) => {
    const { orders: port, calls } = backend({});
    expect(port.isId(text)).toBe(false);
    expect(await port.byId(sleepyco, text)).toBeNull();
    expect(calls).toEqual([]);
  });

  it('escapes what an allow-list would let through', () => {
    const where = [{ column: 'Name', form: /^.*$/, value: "O'Neil \\ Sons" }];
    expect(select({ columns: ['Id'], from: 'Account', where, orderBy: [] })).toBe(
      "SELECT Id FROM Account WHERE Name = 'O\\'Neil \\\\ Sons'",
    );
    const bad = [{ column: 'Id', form: RECORD_ID, value: "x'" }];
    expect(() => select({ columns: ['Id'], from: 'Account', where: bad, orderBy: [] })).toThrow(RangeError);
    expect(() => select({ columns: ['Id FROM User'], from: 'Account', where: [], orderBy: [] })).toThrow(
      RangeError,
    );
  });

  it('is not sent for an organization without an account', async () => {
    const { orders: port, calls } = backend({});
    const stranger = { ...sleepyco, salesforce: null };
    expect(await port.list(stranger)).toMatchObject({ items: [], dropped: [], truncated: false });
    expect(await port.byId(stranger, orderId(1))).toBeNull();
    expect(calls).toEqual([]);
  });

  it('is refused, not empty, where the directory gives nothing to find orders by', async () => {
    const { orders: port, calls } = backend({});
    const unjoined = { ...sleepyco, salesforce: { missionControlAccountId: null, organizationId: null } };
    expect((await failureOf(port.list(unjoined))).detail).toContain('sleepyco');
    expect(calls).toEqual([]);
  });
});

describe('an order by its id', () => {
  it('is asked for together with its owner', async () => {
    const { orders: port, calls } = backend({ [QUERY]: pageOf({}) });
    expect((await port.byId(byAccount, orderId(1)))?.externalId).toBe(orderId(1));
    expect(calls.map(({ query }) => query['q']?.replace(/^.* WHERE /, ''))).toEqual([
      `Id = '${orderId(1)}' AND Mission_Control_Account__c = '${ACCOUNT_ID}' ORDER BY Id`,
    ]);
  });

  it('several are one list', async () => {
    const { orders: port, calls } = backend(PAGES);
    const found = await Promise.all(
      [orderId(2), orderId(9), orderId(1)].map((id) => port.byId(sleepyco, id)),
    );
    expect(found.map((order) => order?.externalId)).toEqual([orderId(2), undefined, orderId(1)]);
    expect(calls.filter(({ route }) => route === QUERY)).toHaveLength(1);
  });

  it('is null where there is none, or another one comes back', async () => {
    expect(await backend({ [QUERY]: { text: page([]) } }).orders.byId(sleepyco, orderId(1))).toBeNull();
    const other = backend({ [QUERY]: pageOf({ Id: orderId(2) }) });
    expect(await other.orders.byId(sleepyco, orderId(1))).toBeNull();
    expect(other.counts().foreignRecords).toBe(1);
  });

  it('fails where it cannot be read', async () => {
    const { orders: port } = backend({ [QUERY]: pageOf({ Min_Monthly_Commit__c: '15000' }) });
    expect((await failureOf(port.byId(sleepyco, orderId(1)))).code).toBe('UPSTREAM_MALFORMED');
  });

  it('fails where its ramp is not whole', async () => {
    const ramp = { totalSize: 2, done: true, records: [{ Id: 'a1C000000000001AAA' }] };
    const { orders: port } = backend({ [QUERY]: pageOf({ Service_Order_Details__r: ramp }) });
    expect((await failureOf(port.byId(sleepyco, orderId(1)))).code).toBe('UPSTREAM_MALFORMED');
  });
});

describe('rows', () => {
  it.each<[string, Organization, Row]>([
    [
      'UUID',
      sleepyco,
      { Mission_Control_Account__r: { Organization_ID__c: '00000000-0000-4000-8000-000000000001' } },
    ],
    ['no parent', sleepyco, { Mission_Control_Account__r: null }],
    ['account', byAccount, { Mission_Control_Account__c: 'a0T000000000002AAA' }],
  ])('of another %s are not shown, counted, and said to be missing', async (_, organization, theirs) => {
    const { orders: port, counts } = backend({
      [QUERY]: pageOf({ Id: orderId(1), ...theirs }, { Id: orderId(2) }),
    });
    const listing = await port.list(organization);
    expect(listing.items.map(({ externalId }) => externalId)).toEqual([orderId(2)]);
    expect(listing.dropped).toMatchObject([{ code: 'UPSTREAM_MALFORMED' }]);
    expect(counts()).toMatchObject({ foreignRecords: 1, droppedRecords: 0 });
  });

  it('know the account under 15 characters and under 18', async () => {
    const { orders: port } = backend({ [QUERY]: pageOf({}) });
    const short = { missionControlAccountId: ACCOUNT_ID.slice(0, 15), organizationId: null };
    expect((await port.list({ ...sleepyco, salesforce: short })).items).toHaveLength(1);
  });

  it.each<[string, Row]>([
    ['no id', { Id: undefined }],
    ['amount as text', { Min_Monthly_Commit__c: '15000' }],
    ['a day that is none', { Contract_Start_Date__c: '2024-02-30' }],
    ['half a month', { Contract_Duration__c: 1.5 }],
    [
      'a step that cannot be read',
      { Service_Order_Details__r: { totalSize: 1, done: true, records: [{ Commit_Amount__c: 1 }] } },
    ],
  ])('that are bad are lost alone: %s', async (_, wrong) => {
    const { orders: port } = backend({
      [QUERY]: pageOf({ Id: orderId(1) }, { Id: orderId(2), ...wrong }, { Id: orderId(3) }),
    });
    const { items, dropped, truncated } = await port.list(sleepyco);
    expect(items.map(({ externalId }) => externalId)).toEqual([orderId(1), orderId(3)]);
    expect(dropped.map(({ code }) => code)).toEqual(['UPSTREAM_MALFORMED']);
    expect(truncated).toBe(false);
  });

  it('keep every digit of an amount', async () => {
    const text = sample('orders-page-2').replace(
      '"Min_Monthly_Commit__c": null',
      '"Min_Monthly_Commit__c": 9007199254740993.01',
    );
    const { orders: port } = backend({
      [QUERY]: { text: text.replace('"totalSize": 3', '"totalSize": 1') },
      [RAMP_2]: PAGES[RAMP_2]!,
    });
    expect(printAmount((await port.list(sleepyco)).items[0]!.committed!)).toBe('9007199254740993.01');
  });

  it('have no money where the directory gives no currency', async () => {
    const { orders: port } = backend({ [QUERY]: pageOf({}) });
    const [order] = (await port.list({ ...sleepyco, currency: null })).items;
    expect(order).toMatchObject({ committed: null, monthlyMinimum: null });
    expect(printDecimal(order!.amount!)).toBe('15000');
  });

  it('have no monthly minimum under a cycle that is not known', async () => {
    const { orders: port, seen } = backend({
      [QUERY]: pageOf(
        { Commit_Cycle__c: 'Quarterly' },
        { Id: orderId(2), Commit_Cycle__c: null, Commit_Cycle_Text__c: null },
      ),
    });
    const [quarterly, unsaid] = (await port.list(sleepyco)).items;
    expect(quarterly).toMatchObject({
      commitCycle: 'UNRECOGNIZED',
      commitCycleText: 'Quarterly',
      monthlyMinimum: null,
    });
    expect(unsaid?.commitCycle).toBeNull();
    expect(printAmount(unsaid!.monthlyMinimum!)).toBe('15000.00');
    expect(seen).toEqual(['serviceOrder.commitCycle=Quarterly']);
  });

  it.each([0, -12, 1201])('do not end after %i months', async (months) => {
    const { orders: port } = backend({ [QUERY]: pageOf({ Contract_Duration__c: months }) });
    expect((await port.list(sleepyco)).items[0]?.term).toEqual({
      startsOn: '2024-01-31',
      endsBefore: '2024-02-29',
    });
  });

  it('that come twice are shown once', async () => {
    const { orders: port } = backend({
      [QUERY]: pageOf({}, {}, { Id: orderId(2), Name: 'a' }, { Id: orderId(2), Name: 'b' }),
    });
    const { items, dropped } = await port.list(sleepyco);
    expect(items.map(({ externalId }) => externalId)).toEqual([orderId(1)]);
    expect(dropped).toHaveLength(1);
  });
});

describe('pages', () => {
  const url = (locator: string) => `/services/data/v59.0/query/${locator}`;
  const more = (locator: string, total = 9) => ({
    totalSize: total,
    done: false,
    nextRecordsUrl: url(locator),
  });

  it.each([
    'https://evil.example/services/data/v59.0/query/01g-1',
    '//evil.example/services/data/v59.0/query/01g-1',
    '/services/data/v59.0/query/../sobjects',
    '/services/data/v59.0/query/..',
    '/services/data/v59.0/query/%2e%2e',
    '/services/data/v59.0/query/01g-1?x=1',
    '/services/data/v59.0/query/01g-1/x',
    '/services/data/../query/01g-1',
    '/services/apexrest/01g-1',
    '',
  ])('at %j are not called', async (nextRecordsUrl) => {
    expect(nextPageOf(nextRecordsUrl)).toBeNull();
    const text = page(orders(1, 1), { totalSize: 2, done: false, nextRecordsUrl });
    const { orders: port, calls } = backend({ [QUERY]: { text } });
    const listing = await port.list(sleepyco);
    expect(listing).toMatchObject({ truncated: true, dropped: [{ code: 'UPSTREAM_MALFORMED' }] });
    expect(listing.items).toHaveLength(1);
    expect(calls).toHaveLength(1);
  });

  it('that lead to themselves end', async () => {
    const { orders: port, calls } = backend({
      [QUERY]: { text: page(orders(1, 1), more('01gA-1')) },
      'GET services/data/v59.0/query/01gA-1': { text: page(orders(2, 1), more('01gA-1')) },
    });
    const listing = await port.list(sleepyco);
    expect(listing).toMatchObject({ truncated: true, dropped: [] });
    expect(listing.items).toHaveLength(2);
    expect(calls).toHaveLength(2);
  });

  it('end after twenty calls', async () => {
    const routes: Record<string, FakeReply> = { [QUERY]: { text: page(orders(1, 1), more('01gA-1')) } };
    for (let i = 1; i < 40; i += 1) {
      routes[`GET services/data/v59.0/query/01gA-${i}`] = {
        text: page(orders(i + 1, 1), more(`01gA-${i + 1}`)),
      };
    }
    const { orders: port, calls } = backend(routes);
    const listing = await port.list(sleepyco);
    expect(listing.truncated).toBe(true);
    expect(listing.items).toHaveLength(20);
    expect(calls).toHaveLength(20);
  });

  it('end after two thousand orders', async () => {
    const { orders: port, calls } = backend({
      [QUERY]: { text: page(orders(1, 1500), more('01gA-1500', 5000)) },
      'GET services/data/v59.0/query/01gA-1500': { text: page(orders(1501, 1500), more('01gA-3000', 5000)) },
    });
    const listing = await port.list(sleepyco);
    expect(listing.truncated).toBe(true);
    expect(listing.items).toHaveLength(2000);
    expect(calls).toHaveLength(2);
  });

  it.each<[string, Row]>([
    ['not done and leads nowhere', { done: false }],
    ['counts more than came', { totalSize: 2 }],
  ])('of which the last is %s are not everything', async (_, rest) => {
    const { orders: port } = backend({ [QUERY]: { text: page(orders(1, 1), rest) } });
    expect(await port.list(sleepyco)).toMatchObject({ truncated: true, dropped: [] });
  });

  it('keep what came when a later one fails', async () => {
    const { orders: port } = backend({
      ...PAGES,
      [ORDERS_2]: { status: 503, text: '[{"message":"busy","errorCode":"SERVER_UNAVAILABLE"}]' },
    });
    const listing = await port.list(sleepyco);
    expect(listing).toMatchObject({ truncated: true, dropped: [{ code: 'UPSTREAM_UNAVAILABLE' }] });
    expect(listing.items).toHaveLength(2);
  });

  it('of a ramp that fail take their order with them, and no other', async () => {
    const { orders: port } = backend({ ...PAGES, [RAMP_2]: { status: 500, text: '' } });
    const listing = await port.list(sleepyco);
    expect(listing.items.map(({ externalId }) => externalId)).toEqual([orderId(1), orderId(2)]);
    expect(listing).toMatchObject({ truncated: false, dropped: [{ code: 'UPSTREAM_UNAVAILABLE' }] });
  });
});

describe('errors', () => {
  const judge = createJudge(() => NOW);
  const data = (errorCode: string) => JSON.stringify([{ message: 'said so', errorCode, fields: [] }]);

  it.each<[string, FakeReply, string, number | undefined]>([
    ['400', { status: 400, text: data('MALFORMED_QUERY') }, 'UPSTREAM_REJECTED', undefined],
    [
      '400 login',
      { status: 400, text: '{"error":"invalid_grant","error_description":"no"}' },
      'UPSTREAM_UNAVAILABLE',
      undefined,
    ],
    ['401', { status: 401, text: data('INVALID_SESSION_ID') }, 'UPSTREAM_UNAVAILABLE', undefined],
    ['401 login', { status: 401, text: '{"error":"invalid_client"}' }, 'UPSTREAM_UNAVAILABLE', undefined],
    ['403 quota', { status: 403, text: data('REQUEST_LIMIT_EXCEEDED') }, 'UPSTREAM_RATE_LIMITED', 3_600_000],
    ['403 rights', { status: 403, text: data('INSUFFICIENT_ACCESS') }, 'UPSTREAM_UNAVAILABLE', undefined],
    ['404', { status: 404, text: data('NOT_FOUND') }, 'NOT_FOUND', undefined],
    ['404 of something else', { status: 404, text: '<html>' }, 'UPSTREAM_MALFORMED', undefined],
    ['429', { status: 429, headers: { 'retry-after': '3' }, text: '' }, 'UPSTREAM_RATE_LIMITED', 3000],
    ['500', { status: 500, text: data('UNKNOWN_EXCEPTION') }, 'UPSTREAM_UNAVAILABLE', undefined],
    ['503', { status: 503, headers: { 'retry-after': '60' }, text: '' }, 'UPSTREAM_UNAVAILABLE', 60_000],
    ['302', { status: 302 }, 'UPSTREAM_MALFORMED', undefined],
    ['200 with HTML', { text: '<html>login</html>' }, 'UPSTREAM_MALFORMED', undefined],
    ['200 with errors', { text: data('INVALID_TYPE') }, 'UPSTREAM_MALFORMED', undefined],
  ])('%s', (_, reply, code, retryAfterMs) => {
    const failure = judge.failureOf(rawReply(reply));
    expect(failure?.code).toBe(code);
    expect((failure as { retryAfterMs?: number }).retryAfterMs).toBe(retryAfterMs);
    expect(failure?.message).not.toContain('said so');
  });

  it('only a lapsed session is worth a new login', () => {
    expect(judge.isUnauthenticated(rawReply({ status: 401, text: data('INVALID_SESSION_ID') }))).toBe(true);
    expect(judge.isUnauthenticated(rawReply({ status: 401, text: '{"error":"invalid_client"}' }))).toBe(
      false,
    );
    expect(judge.isUnauthenticated(rawReply({ status: 401, text: '' }))).toBe(false);
    expect(judge.isUnauthenticated(rawReply({ status: 403, text: data('INVALID_SESSION_ID') }))).toBe(false);
    expect(judge.isUnauthenticated(rawReply({ text: sample('orders-page-1') }))).toBe(false);
  });

  it('a version that does not exist is no empty list', async () => {
    const { orders: port } = backend({ [QUERY]: { status: 404, text: data('NOT_FOUND') } });
    expect((await failureOf(port.list(sleepyco))).code).toBe('UPSTREAM_REJECTED');
    expect((await failureOf(port.byId(sleepyco, orderId(1)))).code).toBe('UPSTREAM_REJECTED');
  });
});

describe('logging in', () => {
  const token = (text: string) => ({
    text: JSON.stringify({ access_token: text, token_type: 'Bearer', issued_at: '1700000000000' }),
  });
  const lapsed = {
    status: 401,
    text: '[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]',
  };

  it('a configured token is sent, and never renewed', async () => {
    const { orders: port, calls } = backend({ [QUERY]: lapsed });
    expect((await failureOf(port.list(sleepyco))).code).toBe('UPSTREAM_UNAVAILABLE');
    expect(calls.map(({ headers }) => headers)).toEqual([{ authorization: 'Bearer not-a-real-token' }]);
  });

  it('the client logs in once for any number of calls', async () => {
    const { orders: port, calls } = backend({ [LOGIN]: [token('one')], [QUERY]: pageOf({}) }, CLIENT);
    await Promise.all([port.list(sleepyco), port.list({ ...sleepyco, slug: 'other' as OrganizationSlug })]);
    expect(calls.map(({ route }) => route)).toEqual([LOGIN, QUERY, QUERY]);
    expect(calls[0]).toMatchObject({
      form: { grant_type: 'client_credentials', client_id: 'gateway', client_secret: 'not-a-real-key' },
      headers: {},
      scope: { kind: 'service', credential: 'salesforce#login' },
    });
    expect(calls[1]?.headers).toEqual({ authorization: 'Bearer one' });
  });

  it('a lapsed session is replaced once', async () => {
    const { orders: port, calls } = backend(
      { [LOGIN]: [token('one'), token('two')], [QUERY]: [lapsed, pageOf({})] },
      CLIENT,
    );
    expect((await port.list(sleepyco)).items).toHaveLength(1);
    expect(calls.map(({ route, headers }) => [route, headers['authorization']])).toEqual([
      [LOGIN, undefined],
      [QUERY, 'Bearer one'],
      [LOGIN, undefined],
      [QUERY, 'Bearer two'],
    ]);
  });

  it('two calls that one lapsed session failed start one login', async () => {
    const replies = [lapsed, lapsed, pageOf({}), pageOf({})];
    const { orders: port, calls } = backend(
      { [LOGIN]: [token('one'), token('two')], [QUERY]: replies },
      CLIENT,
    );
    await Promise.all([port.list(sleepyco), port.list({ ...sleepyco, slug: 'other' as OrganizationSlug })]);
    expect(calls.filter(({ route }) => route === LOGIN)).toHaveLength(2);
  });

  it('a refused login is our fault, is not repeated at once, and is not remembered', async () => {
    const refused = { status: 400, text: '{"error":"invalid_client_id","error_description":"x"}' };
    const { createUpstream, calls } = fakeUpstream({ [LOGIN]: [refused, token('one')], [QUERY]: pageOf({}) });
    const salesforce = createSalesforce(CLIENT, {
      clock: () => NOW,
      drift: createDrift(() => {}),
      createUpstream,
    });
    expect((await failureOf(salesforce.sources(aRequest()).serviceOrders.list(sleepyco))).code).toBe(
      'UPSTREAM_UNAVAILABLE',
    );
    expect(calls.map(({ route }) => route)).toEqual([LOGIN]);
    expect((await salesforce.sources(aRequest()).serviceOrders.list(sleepyco)).items).toHaveLength(1);
  });

  it.each(['{}', '{"access_token":""}', '{"access_token":"a b"}', '{"access_token":"a\\nb"}', '[]'])(
    'a login that answers %s gives no token',
    async (text) => {
      const { orders: port } = backend({ [LOGIN]: { text } }, CLIENT);
      expect((await failureOf(port.list(sleepyco))).code).toBe('UPSTREAM_MALFORMED');
    },
  );

  it.each<[SalesforceSettings, string]>([
    [{}, 'backends.salesforce.clientId'],
    [{ clientId: 'gateway' }, 'backends.salesforce.clientSecret'],
  ])('settings %j name what is missing', async (settings, key) => {
    const { orders: port, calls } = backend({}, settings);
    expect((await failureOf(port.list(sleepyco))).detail).toContain(key);
    expect(calls).toEqual([]);
  });
});
