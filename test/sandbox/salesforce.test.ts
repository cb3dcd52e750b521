import { parse, stringify } from 'lossless-json';
import { beforeEach, describe, expect, it } from 'vitest';
import { createPortfolio, generatePortfolio } from '../../src/sandbox/portfolio.js';
import { createSalesforceApi, type SalesforceOptions } from '../../src/sandbox/salesforce/api.js';
import type { BackendApi, EmulatedReply, Profile } from '../../src/sandbox/types.js';

const TODAY = '2026-11-20';
const SLEEPYCO = '619c56b5-596b-4cc4-8b04-38fe8e05c750';
const profiles = createPortfolio({ today: TODAY });

let now: number;
let api: BackendApi;
let token: string;

function start(over: readonly Profile[], more: Partial<SalesforceOptions> = {}): void {
  now = Date.parse(`${TODAY}T12:00:00Z`);
  const credentials = { clientId: 'sandbox-client', clientSecret: 'sandbox-client-secret' };
  api = createSalesforceApi(over, { clock: () => now, ...credentials, ...more });
  token = tokenIn(login(new URLSearchParams({ ...FORM }).toString()));
}
const FORM = {
  grant_type: 'client_credentials',
  client_id: 'sandbox-client',
  client_secret: 'sandbox-client-secret',
} as const;

beforeEach(() => start(profiles));

function login(body: string, headers: Record<string, string> = {}): EmulatedReply {
  return send('POST', '/services/oauth2/token', { host: '127.0.0.1:4711', ...headers }, body);
}

function send(method: string, target: string, headers: Record<string, string>, body = ''): EmulatedReply {
  const url = new URL(target, 'http://localhost');
  return api.handle({ method, path: url.pathname, query: url.searchParams, headers, body });
}

function ask(target: string, headers: Record<string, string> = {}): EmulatedReply {
  return send('GET', target, { authorization: `Bearer ${token}`, ...headers });
}

function query(soql: string, headers: Record<string, string> = {}): EmulatedReply {
  return ask(`/services/data/v59.0/query?q=${encodeURIComponent(soql)}`, headers);
}

function json(reply: EmulatedReply): unknown {
  return parse(stringify(reply.json) ?? 'null', null, { parseNumber: Number });
}

interface Page {
  readonly totalSize: number;
  readonly done: boolean;
  readonly nextRecordsUrl: string;
  readonly records: readonly Readonly<Record<string, unknown>>[];
}
const page = (reply: EmulatedReply): Page => json(reply) as Page;
const tokenIn = (reply: EmulatedReply): string => (json(reply) as { access_token: string }).access_token;
const errorCode = (reply: EmulatedReply): string | undefined =>
  (json(reply) as { errorCode: string }[])[0]?.errorCode;

describe('login', () => {
  it('gives a token by form or HTTP Basic', () => {
    const reply = login(new URLSearchParams(FORM).toString());
    expect(reply.status).toBe(200);
    expect(json(reply)).toMatchObject({
      access_token: 'sandbox-session-2',
      token_type: 'Bearer',
      instance_url: 'http://127.0.0.1:4711',
      issued_at: String(now),
      scope: 'api',
    });
    expect(json(reply)).not.toHaveProperty('expires_in');
    const basic = `Basic ${Buffer.from(`${FORM.client_id}:${FORM.client_secret}`).toString('base64')}`;
    expect(login('grant_type=client_credentials', { authorization: basic }).status).toBe(200);
  });

  it.each([
    [{ ...FORM, grant_type: 'password' }, 'unsupported_grant_type'],
    [{ ...FORM, client_id: 'nobody' }, 'invalid_client_id'],
    [{ ...FORM, client_secret: 'guess' }, 'invalid_client'],
  ])('refuses %o', (form, error) => {
    const reply = login(new URLSearchParams(form).toString());
    expect([reply.status, json(reply)]).toEqual([400, { error, error_description: expect.any(String) }]);
  });

  it('forgets a session after two hours without use', () => {
    const limits = '/services/data/v59.0/limits';
    now += 7_199_000;
    expect(ask(limits).status).toBe(200);
    now += 7_199_000;
    expect(ask(limits).status).toBe(200);
    now += 7_200_000;
    const reply = ask(limits);
    expect(reply.status).toBe(401);
    expect(stringify(reply.json)).toBe(
      '[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]',
    );
    expect(send('GET', limits, {}).status).toBe(401);
  });

  it('takes a standing token when it has one', () => {
    start(profiles, { accessToken: 'sandbox-standing-token' });
    now += 8 * 3_600_000;
    expect(
      ask('/services/data/v59.0/limits', { authorization: 'Bearer sandbox-standing-token' }).status,
    ).toBe(200);
  });
});

describe('queries', () => {
  it('answers the operators’ question once it walks the look-up', () => {
    const { totalSize, done, records } = page(
      query(
        'SELECT Id, Name, Min_Monthly_Commit__c, Contract_Start_Date__c, Contract_End_Date__c, Rev_Ops_Approved__c, ' +
          'commitment_handler_id__c, Commit_Cycle__c FROM Service_Order__c ' +
          `WHERE Mission_Control_Account__r.Organization_ID__c = '${SLEEPYCO}' AND Stage__c = 'Signed' ` +
          'ORDER BY Contract_Start_Date__c DESC',
      ),
    );
    expect([totalSize, done]).toEqual([2, true]);
    expect(records[0]).toMatchObject({
      Min_Monthly_Commit__c: 15000,
      Contract_Start_Date__c: '2026-06-01',
      Contract_End_Date__c: '2027-05-31',
      Rev_Ops_Approved__c: true,
      commitment_handler_id__c: 'cm_7f3b9e2a1c',
      Commit_Cycle__c: 'Monthly',
    });
  });

  it('writes amounts with a point and instants with +0000', () => {
    const text = stringify(
      query(
        "SELECT Min_Monthly_Commit__c, LastModifiedDate FROM Service_Order__c WHERE Name LIKE 'SleepyCo%' LIMIT 1",
      ).json,
    );
    expect(text).toContain(
      '"Min_Monthly_Commit__c":15000.0,"LastModifiedDate":"2026-05-30T10:15:19.000+0000"',
    );
  });

  const ordersOf = (name: string): Page['records'] =>
    page(
      query(
        'SELECT Name, Stage__c, Min_Monthly_Commit__c, Commit_Cycle__c, commitment_handler_id__c, LastModifiedDate, ' +
          'Rev_Ops_Approved__c, Contract_Start_Date__c, (SELECT Cycle_Number__c, Commit_Amount__c, ' +
          'Commit_Start_Date_Normalized__c FROM Service_Order_Details__r ORDER BY Cycle_Number__c) ' +
          `FROM Service_Order__c WHERE Mission_Control_Account__r.Name = '${name}' ORDER BY CreatedDate DESC`,
      ),
    ).records;

  it('tells the awkward customers as their traits say', () => {
    expect(ordersOf('Harbourline Logistics')[0]).toMatchObject({
      Min_Monthly_Commit__c: null,
      commitment_handler_id__c: expect.stringMatching(/^ch_/),
      Service_Order_Details__r: {
        totalSize: 3,
        records: [{ Commit_Amount__c: 8000 }, { Commit_Amount__c: 10000 }, { Commit_Amount__c: 12000 }],
      },
    });
    expect(ordersOf('Aozora Denki')[0]).toMatchObject({
      Commit_Cycle__c: 'Annual',
      Min_Monthly_Commit__c: 54_000_000,
    });
    expect(ordersOf('Maple Transit')[0]).toMatchObject({
      Min_Monthly_Commit__c: 15000,
      LastModifiedDate: '2026-11-15T12:00:00.000+0000',
    });
    expect(ordersOf('Lumière Santé')[0]?.['LastModifiedDate']).toBe('2026-11-20T11:58:00.000+0000');
    expect(ordersOf('Brightwell Energy')[0]).toMatchObject({
      Stage__c: 'Signed',
      Rev_Ops_Approved__c: true,
      commitment_handler_id__c: null,
    });
    const twins = ordersOf('Kestrel & Wren Media').filter(
      (order) => order['Contract_Start_Date__c'] === '2026-04-01',
    );
    expect(twins.map((order) => order['Stage__c'])).toEqual(['Signed', 'Signed']);
    expect(ordersOf('Ostrava Castings').map((order) => order['Stage__c'])).toContain('Terminated');
    expect(ordersOf('Old Mill Press')[0]).toMatchObject({
      Stage__c: 'Negotiation',
      Rev_Ops_Approved__c: false,
    });
  });

  it('posts what the webhook said under the order', () => {
    const { records } = page(
      query("SELECT Body, Type FROM FeedItem WHERE Type = 'TextPost' ORDER BY CreatedDate DESC LIMIT 3"),
    );
    expect(records[0]?.['Body']).toMatch(/^MMC_webhook: /);
  });

  it('pages without gap or overlap, over the same result', () => {
    start(generatePortfolio({ organizations: 5, commitmentsPerBackend: 5, seed: 1, today: TODAY }), {
      pageSize: 10,
    });
    const first = page(query('SELECT Id FROM Service_Order__c ORDER BY Name'));
    expect(first).toMatchObject({ totalSize: 25, done: false });
    expect(first.nextRecordsUrl).toMatch(/^\/services\/data\/v59\.0\/query\/01g\d{15}-10$/);
    const second = page(ask(first.nextRecordsUrl));
    const third = page(ask(second.nextRecordsUrl));
    expect(third).toMatchObject({ totalSize: 25, done: true });
    expect(third).not.toHaveProperty('nextRecordsUrl');
    const ids = [first, second, third].flatMap(({ records }) => records.map((record) => record['Id']));
    expect(new Set(ids).size).toBe(25);
    const lost = ask(first.nextRecordsUrl.replace('-10', '-25'));
    expect([lost.status, errorCode(lost)]).toEqual([400, 'INVALID_QUERY_LOCATOR']);
  });

  it('takes a batch size between 200 and 2000', () => {
    start(generatePortfolio({ organizations: 50, commitmentsPerBackend: 5, seed: 1, today: TODAY }));
    const sized = (n: number): number =>
      page(query('SELECT Id FROM Service_Order__c', { 'sforce-query-options': `batchSize=${n}` })).records
        .length;
    expect([sized(1), sized(220), sized(9_999)]).toEqual([200, 220, 250]);
  });

  it('refuses in arrays', () => {
    const field = query('SELECT Id, Nope__c FROM Service_Order__c');
    expect([field.status, json(field)]).toEqual([
      400,
      [{ message: expect.stringContaining("No such column 'Nope__c'"), errorCode: 'INVALID_FIELD' }],
    ]);
    expect(json(query('SELECT Id FROM'))).toEqual([
      { message: expect.any(String), errorCode: 'MALFORMED_QUERY' },
    ]);
    expect(errorCode(ask('/services/data/v59.0/query'))).toBe('MALFORMED_QUERY');
    expect(errorCode(ask('/services/data/v59.0/nothing'))).toBe('NOT_FOUND');
    const write = send('DELETE', '/services/data/v59.0/sobjects/Service_Order__c/x', {
      authorization: `Bearer ${token}`,
    });
    expect([write.status, errorCode(write)]).toEqual([405, 'METHOD_NOT_ALLOWED']);
  });
});

describe('single records', () => {
  it('gives the fields asked for', () => {
    const found = page(query("SELECT Id FROM Service_Order__c WHERE Name LIKE 'SleepyCo%'"));
    const Id = String(found.records[0]?.['Id']);
    const path = `/services/data/v59.0/sobjects/Service_Order__c/${Id}`;
    expect(json(ask(`${path}?fields=Id,stage__c`))).toEqual({
      attributes: { type: 'Service_Order__c', url: path },
      Id,
      Stage__c: 'Signed',
    });
    expect(json(ask(path))).toHaveProperty('Contract_Duration__c', 12);
    expect(ask(`${path}?fields=Nope`).status).toBe(400);
    const { missionControlAccountId } = profiles[0]!.salesforce!;
    expect(ask(`/services/data/v59.0/sobjects/Service_Order__c/${missionControlAccountId}`).status).toBe(404);
    expect(
      ask(`/services/data/v59.0/sobjects/Mission_Control_Account__c/${missionControlAccountId}`).status,
    ).toBe(200);
  });
});

describe('the quota', () => {
  it('is told on every reply and answers 403 when it is used up', () => {
    start(profiles, { dailyLimit: 2 });
    const limits = '/services/data/v59.0/limits';
    expect(ask(limits).headers).toMatchObject({ 'sforce-limit-info': 'api-usage=1/2' });
    expect(json(ask(limits))).toEqual({ DailyApiRequests: { Max: 2, Remaining: 0 } });
    const refused = ask(limits);
    expect([refused.status, errorCode(refused)]).toEqual([403, 'REQUEST_LIMIT_EXCEEDED']);
    expect(refused.headers).toMatchObject({ 'sforce-limit-info': 'api-usage=2/2' });
    now += 86_400_000;
    token = tokenIn(login(new URLSearchParams(FORM).toString()));
    expect(ask(limits).status).toBe(200);
  });
});
