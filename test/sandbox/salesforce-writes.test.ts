/** Salesforce's writing side: updates and their refusals, batches, and the webhook that tells Commitment Manager. */
import { parse, stringify } from 'lossless-json';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Change } from '../../src/sandbox/ledger.js';
import { createPortfolio } from '../../src/sandbox/portfolio.js';
import { createSalesforceApi, type SalesforceApi } from '../../src/sandbox/salesforce/api.js';
import type { WebhookMessage, WebhookReply } from '../../src/sandbox/salesforce/webhook.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.js';
import { BehaviourError, type EmulatedReply } from '../../src/sandbox/types.js';

const TODAY = '2026-11-20';
const DATA = '/services/data/v59.0';
const profiles = createPortfolio({ today: TODAY });
const profileOf = (slug: string) => profiles.find((profile) => profile.slug === slug)!;

let now: number;
let ledger: Change[];
let sent: WebhookMessage[];
let outcome: WebhookReply | null;
let api: SalesforceApi;
beforeEach(() => {
  now = Date.parse(`${TODAY}T12:00:00Z`);
  ledger = [];
  sent = [];
  outcome = { status: 201, body: '{"data":{"commitment_handler_id":"cm_new"}}' };
  api = createSalesforceApi(profiles, {
    clock: () => now,
    report: (change) => ledger.push(change),
    clientId: 'sandbox-client',
    clientSecret: 'sandbox-client-secret',
    accessToken: 'sandbox-standing-token',
    webhook(message) {
      sent.push(message);
      return outcome;
    },
  });
});

function send(
  method: string,
  target: string,
  body: string | object = '',
  headers: Record<string, string> = {},
): EmulatedReply {
  const url = new URL(target, 'http://localhost');
  return api.handle({
    method,
    path: url.pathname,
    query: url.searchParams,
    headers: {
      authorization: 'Bearer sandbox-standing-token',
      'content-type': 'application/json',
      ...headers,
    },
    body: typeof body === 'string' ? body : (stringify(body) ?? ''),
  });
}
type Row = Readonly<Record<string, unknown>>;
const json = <T>(reply: EmulatedReply): T =>
  parse(stringify(reply.json) ?? 'null', null, { parseNumber: Number }) as T;
const query = (soql: string): readonly Row[] =>
  json<{ records: Row[] }>(send('GET', `${DATA}/query?q=${encodeURIComponent(soql)}`)).records;

const orderPath = (id: string): string => `${DATA}/sobjects/Service_Order__c/${id}`;
const patch = (id: string, body: string | object, headers: Record<string, string> = {}): EmulatedReply =>
  send('PATCH', orderPath(id), body, headers);
const read = (id: string, fields = ''): Row =>
  json(send('GET', orderPath(id) + (fields && `?fields=${fields}`)));
function ordersOf(slug: string): readonly Row[] {
  const { missionControlAccountId } = profileOf(slug).salesforce!;
  return query(
    'SELECT Id, Stage__c, Rev_Ops_Approved__c FROM Service_Order__c ' +
      `WHERE Mission_Control_Account__c = '${missionControlAccountId}' ORDER BY CreatedDate DESC`,
  );
}
const orderOf = (slug: string): string => String(ordersOf(slug)[0]?.['Id']);
const stepsOf = (order: string): readonly Row[] =>
  query(
    'SELECT Id, Cycle_Number__c, Commit_Start_Date_Normalized__c, Commit_End_Date_Normalized__c ' +
      `FROM Service_Order_Details__c WHERE Service_Order__c = '${order}' ORDER BY Cycle_Number__c`,
  );
/** As the operators look for it: the latest first. */
const feedOf = (order: string): readonly string[] =>
  query(
    `SELECT Id, Body, CreatedDate FROM FeedItem WHERE ParentId = '${order}' ORDER BY CreatedDate DESC`,
  ).map((item) => String(item['Body']));

describe('PATCH of a service order', () => {
  it('changes what is named, the formula with it, and says nothing', () => {
    const id = orderOf('sleepyco');
    const reply = patch(
      id,
      { Contract_Start_Date__c: '2026-12-01', contract_duration__c: 24, Min_Monthly_Commit__c: 17500.125 },
      { 'x-request-id': 'r-1' },
    );
    expect([reply.status, reply.json, reply.text]).toEqual([204, undefined, undefined]);
    expect(reply.headers).toHaveProperty('sforce-limit-info');
    expect(read(id)).toMatchObject({
      Contract_Start_Date__c: '2026-12-01',
      Contract_Duration__c: 24,
      Contract_End_Date__c: '2028-11-30',
      Min_Monthly_Commit__c: 17500.13,
      LastModifiedDate: '2026-11-20T12:00:00.000+0000',
      SystemModstamp: '2026-11-20T12:00:00.000+0000',
    });
    expect(ordersOf('sleepyco')).toHaveLength(3);
    const { missionControlAccountId } = profileOf('sleepyco').salesforce!;
    expect(JSON.parse(stringify(ledger) ?? '')).toEqual([
      {
        action: 'service-order.update',
        target: id,
        customer: missionControlAccountId,
        requestId: 'r-1',
        details: {
          asked: {
            Contract_Start_Date__c: '2026-12-01',
            contract_duration__c: 24,
            Min_Monthly_Commit__c: 17500.125,
          },
          before: {
            Contract_Start_Date__c: '2026-06-01',
            Contract_Duration__c: 12,
            Contract_End_Date__c: '2027-05-31',
            Min_Monthly_Commit__c: 15000,
          },
          after: {
            Contract_Start_Date__c: '2026-12-01',
            Contract_Duration__c: 24,
            Contract_End_Date__c: '2028-11-30',
            Min_Monthly_Commit__c: 17500.13,
          },
          webhook: null,
        },
      },
    ]);
  });

  it('takes 15 characters for 18, a record as it was read, and empties what is null', () => {
    const id = orderOf('sleepyco');
    const { attributes, Name } = read(id, 'Name');
    expect(patch(id.slice(0, 15), { attributes, Name, Contract_Duration__c: null }).status).toBe(204);
    expect(read(id)).toMatchObject({ Contract_Duration__c: null, Contract_End_Date__c: null });
    api.reset();
    expect(read(id)).toMatchObject({ Contract_Duration__c: 12 });
  });

  it('moves an order to another account, where queries find it', () => {
    const id = orderOf('sleepyco');
    const { missionControlAccountId } = profileOf('fjordkabel').salesforce!;
    const before = ordersOf('fjordkabel').length;
    expect(patch(id, { Mission_Control_Account__c: missionControlAccountId.slice(0, 15) }).status).toBe(204);
    expect(read(id)).toMatchObject({ Mission_Control_Account__c: missionControlAccountId });
    expect(ordersOf('fjordkabel')).toHaveLength(before + 1);
    const [account] = query(
      'SELECT Id, (SELECT Id FROM Service_Orders__r) FROM Mission_Control_Account__c ' +
        `WHERE Id = '${missionControlAccountId}'`,
    );
    expect(account).toMatchObject({ Service_Orders__r: { totalSize: before + 1 } });
  });

  it.each<[string, number, string, string | object]>([
    ['a formula', 400, 'INVALID_FIELD', { Contract_End_Date__c: '2027-01-31' }],
    ['what the flow fills', 400, 'INVALID_FIELD', { commitment_handler_id__c: 'cm_7f3b9e2a1c' }],
    ['a system field', 400, 'INVALID_FIELD', { LastModifiedDate: '2026-11-20T12:00:00.000+0000' }],
    ['the id', 400, 'INVALID_FIELD', { Id: 'a0U000000000000AAA' }],
    ['an unknown field beside a known one', 400, 'INVALID_FIELD', { Contract_Duration__c: 5, Nope__c: 1 }],
    ['an amount in quotes', 400, 'JSON_PARSER_ERROR', { Min_Monthly_Commit__c: '15000' }],
    ['a day that is none', 400, 'JSON_PARSER_ERROR', { Contract_Start_Date__c: '2026-02-30' }],
    ['a day that is a number', 400, 'JSON_PARSER_ERROR', { Contract_Start_Date__c: 20260201 }],
    ['a checkbox in quotes', 400, 'JSON_PARSER_ERROR', { Rev_Ops_Approved__c: 'false' }],
    ['an empty checkbox', 400, 'JSON_PARSER_ERROR', { Rev_Ops_Approved__c: null }],
    ['a name that is a number', 400, 'JSON_PARSER_ERROR', { Name: 5 }],
    ['no name', 400, 'REQUIRED_FIELD_MISSING', { Name: '' }],
    ['a long name', 400, 'STRING_TOO_LONG', { Name: 'x'.repeat(81) }],
    ['an unknown stage', 400, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', { Stage__c: 'signed' }],
    ['an amount without end', 400, 'NUMBER_OUTSIDE_VALID_RANGE', { Min_Monthly_Commit__c: 1e16 }],
    ['no months', 400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', { Contract_Duration__c: 0 }],
    ['an account that is no id', 400, 'MALFORMED_ID', { Mission_Control_Account__c: 'SleepyCo' }],
    [
      'an account that is none',
      400,
      'INVALID_CROSS_REFERENCE_KEY',
      { Mission_Control_Account__c: 'a0T000000000000AAA' },
    ],
    ['half a body', 400, 'JSON_PARSER_ERROR', '{"Name": '],
    ['a list', 400, 'JSON_PARSER_ERROR', '[{"Name": "x"}]'],
    ['no account while approved', 400, 'FIELD_INTEGRITY_EXCEPTION', { Mission_Control_Account__c: null }],
  ])('refuses %s: %i %s', (_what, status, errorCode, body) => {
    const id = orderOf('sleepyco');
    const before = read(id);
    const reply = patch(id, body);
    expect(reply.status).toBe(status);
    const [error, ...others] = json<{ message: string; errorCode: string }[]>(reply);
    expect([error?.errorCode, typeof error?.message, others]).toEqual([errorCode, 'string', []]);
    expect([read(id), ledger]).toEqual([before, []]);
  });

  it('says which field it is about', () => {
    expect(json(patch(orderOf('sleepyco'), { Contract_End_Date__c: '2027-01-31' }))).toEqual([
      {
        message:
          'Unable to create/update fields: Contract_End_Date__c. Please check the security settings of this field ' +
          'and verify that it is read/write for your profile or permission set.',
        errorCode: 'INVALID_FIELD',
        fields: ['Contract_End_Date__c'],
      },
    ]);
  });

  it('refuses unknown records, other content types, sessions and verbs', () => {
    const id = orderOf('sleepyco');
    const before = read(id);
    const change = { Contract_Duration__c: 5 };
    const { missionControlAccountId } = profileOf('sleepyco').salesforce!;
    expect(patch('a0U000000000000AAA', change).status).toBe(404);
    expect(patch('x', change).status).toBe(404);
    expect(patch(missionControlAccountId, change).status).toBe(404);
    expect(send('PATCH', `${DATA}/sobjects/Nothing__c/${id}`, change).status).toBe(404);
    const account = `${DATA}/sobjects/Mission_Control_Account__c/${missionControlAccountId}`;
    const forbidden = send('PATCH', account, { Name: 'x' });
    expect([forbidden.status, json(forbidden)]).toMatchObject([
      403,
      [{ errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY' }],
    ]);
    expect(patch(id, change, { 'content-type': 'text/plain' }).status).toBe(415);
    expect(patch(id, change, { authorization: 'Bearer stale' }).status).toBe(401);
    for (const method of ['POST', 'PUT', 'DELETE']) expect(send(method, orderPath(id)).status).toBe(405);
    expect([read(id), ledger]).toEqual([before, []]);
  });

  it('leaves the pages of a query as they were', () => {
    api = createSalesforceApi(profiles, {
      clock: () => now,
      clientId: 'c',
      clientSecret: 's',
      accessToken: 'sandbox-standing-token',
      pageSize: 5,
    });
    const soql = 'SELECT Id, Contract_Duration__c FROM Service_Order__c ORDER BY Name';
    const url = `${DATA}/query?q=${encodeURIComponent(soql)}`;
    const { nextRecordsUrl } = json<{ nextRecordsUrl: string }>(send('GET', url));
    const second = send('GET', nextRecordsUrl);
    const [record] = json<{ records: Row[] }>(second).records;
    expect(patch(String(record?.['Id']), { Contract_Duration__c: 99 }).status).toBe(204);
    expect(json(send('GET', nextRecordsUrl))).toEqual(json(second));
  });
});

describe('approval', () => {
  it('needs stage Signed', () => {
    const id = orderOf('old-mill-press');
    const reply = patch(id, { Rev_Ops_Approved__c: true });
    expect([reply.status, json(reply)]).toMatchObject([
      400,
      [{ errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', fields: ['Rev_Ops_Approved__c'] }],
    ]);
    expect(patch(id, { Stage__c: 'Terminated', Rev_Ops_Approved__c: true }).status).toBe(400);
    expect(ledger).toEqual([]);
    expect(patch(id, { Stage__c: 'Signed', Rev_Ops_Approved__c: true }).status).toBe(204);
  });

  it('needs an account', () => {
    const id = orderOf('old-mill-press');
    expect(patch(id, { Stage__c: 'Signed', Mission_Control_Account__c: null }).status).toBe(204);
    const reply = patch(id, { Rev_Ops_Approved__c: true });
    expect([reply.status, json(reply)]).toMatchObject([400, [{ errorCode: 'FIELD_INTEGRITY_EXCEPTION' }]]);
    expect(ledger).toHaveLength(1);
  });

  it('needs ramp steps numbered from 1', () => {
    const id = orderOf('harbourline-logistics');
    const last = String(stepsOf(id)[2]?.['Id']);
    expect(patch(id, { Rev_Ops_Approved__c: false }).status).toBe(204);
    const step = `${DATA}/sobjects/Service_Order_Details__c/${last}`;
    expect(send('PATCH', step, { Cycle_Number__c: 4 }).status).toBe(204);
    expect(patch(id, { Rev_Ops_Approved__c: true }).status).toBe(400);
    expect(send('PATCH', step, { Cycle_Number__c: 3 }).status).toBe(204);
    expect(patch(id, { Rev_Ops_Approved__c: true }).status).toBe(204);
  });
});

describe('PATCH of a ramp step', () => {
  it('moves the normalized dates along, which nobody writes', () => {
    const order = orderOf('harbourline-logistics');
    const [first] = stepsOf(order);
    const path = `${DATA}/sobjects/Service_Order_Details__c/${String(first?.['Id'])}`;
    const refused = send('PATCH', path, { Commit_Start_Date_Normalized__c: '2026-02-01' });
    expect([refused.status, json(refused)]).toMatchObject([400, [{ errorCode: 'INVALID_FIELD' }]]);
    expect(ledger).toEqual([]);
    expect(send('PATCH', path, { Commit_Start_Date__c: '2025-10-01' }).status).toBe(204);
    expect(stepsOf(order)[0]).toMatchObject({
      Commit_Start_Date_Normalized__c: '2025-10-01',
      Commit_End_Date_Normalized__c: '2026-09-30',
    });
    expect(send('PATCH', path, { Commit_Duration__c: null, Commit_End_Date__c: '2026-08-31' }).status).toBe(
      204,
    );
    expect(stepsOf(order)[0]).toMatchObject({ Commit_End_Date_Normalized__c: '2026-08-31' });
    expect(ledger.map(({ action, target, customer }) => [action, target, customer])).toEqual(
      Array.from({ length: 2 }, () => [
        'service-order-detail.update',
        first?.['Id'],
        profileOf('harbourline-logistics').salesforce?.missionControlAccountId,
      ]),
    );
  });
});

describe('the webhook flow', () => {
  const approve = (id: string): void => {
    expect(patch(id, { Rev_Ops_Approved__c: false }).status).toBe(204);
    expect(patch(id, { Rev_Ops_Approved__c: true }, { 'x-request-id': 'r-9' }).status).toBe(204);
  };

  it('sends what was approved two minutes later, posts the outcome and fills the handler id', () => {
    const id = orderOf('brightwell-energy');
    const { organizationId, missionControlAccountId } = profileOf('brightwell-energy').salesforce!;
    approve(id);
    const body =
      `{"organization_id":"${organizationId}","monthly_commitment_amount":9000.00,` +
      '"period_start":"2026-10-01","period_end":"2027-09-30"}';
    expect(ledger[1]?.details['webhook']).toEqual({
      action: 'create',
      takesEffectAt: '2026-11-20T12:02:00.000Z',
      outcome: 'deliver',
      body,
    });
    // What changes after the approval is not what was approved.
    patch(id, { Min_Monthly_Commit__c: 1 });
    now += 119_999;
    expect(read(id, 'commitment_handler_id__c')).toMatchObject({ commitment_handler_id__c: null });
    expect(sent).toEqual([]);
    now += 60_000;
    expect(read(id)).toMatchObject({
      commitment_handler_id__c: 'cm_new',
      // A flow moves the one and not the other.
      LastModifiedDate: '2026-11-20T12:00:00.000+0000',
      SystemModstamp: '2026-11-20T12:02:00.000+0000',
    });
    const message = { method: 'POST', path: '/commitments', body, at: Date.parse(`${TODAY}T12:02:00Z`) };
    expect(sent).toEqual([message]);
    expect(feedOf(id)).toEqual([
      `MMC_webhook: 201 Created\nPOST /commitments\n${body}\n${outcome?.body}`,
      'MMC_webhook: 401 Unauthorized',
    ]);
    expect(ledger.slice(3)).toEqual([
      {
        action: 'service-order.webhook',
        target: id,
        customer: missionControlAccountId,
        requestId: 'r-9',
        details: {
          sent: message,
          status: 201,
          before: { commitment_handler_id__c: null },
          after: { commitment_handler_id__c: 'cm_new' },
        },
      },
    ]);
    const [item] = query(
      `SELECT Id, ParentId, Type, CreatedDate FROM FeedItem WHERE ParentId = '${id}' ORDER BY CreatedDate DESC`,
    );
    expect(item).toMatchObject({
      Id: expect.stringMatching(/^0D5\w{15}$/),
      ParentId: id,
      Type: 'TextPost',
      CreatedDate: '2026-11-20T12:02:00.000+0000',
    });
  });

  it('sends the twelfth of an annual amount, and the steps of a ramp', () => {
    approve(orderOf('aozora-denki'));
    patch(orderOf('aozora-denki'), { Min_Monthly_Commit__c: 100, Rev_Ops_Approved__c: false });
    patch(orderOf('aozora-denki'), { Rev_Ops_Approved__c: true });
    approve(orderOf('harbourline-logistics'));
    now += 120_000;
    api.settle();
    const [whole, rounded, ramp] = sent.map(({ body }) => body);
    expect(whole).toContain('"monthly_commitment_amount":4500000.00,');
    expect(rounded).toContain('"monthly_commitment_amount":8.33,');
    expect(JSON.parse(ramp ?? '')).toEqual({
      organization_id: profileOf('harbourline-logistics').salesforce?.organizationId,
      commitments: [
        { monthly_commitment_amount: 8000, period_start: '2025-09-01', period_end: '2026-08-31' },
        { monthly_commitment_amount: 10000, period_start: '2026-09-01', period_end: '2027-08-31' },
        { monthly_commitment_amount: 12000, period_start: '2027-09-01', period_end: '2028-08-31' },
      ],
    });
  });

  it('does not fire unless the approval changes', () => {
    const id = orderOf('sleepyco');
    patch(id, { Rev_Ops_Approved__c: true, Min_Monthly_Commit__c: 16000 });
    patch(id, { Rev_Ops_Approved__c: false });
    now += 120_000;
    api.settle();
    expect(sent).toEqual([]);
    expect(ledger.map(({ details }) => details['webhook'])).toEqual([null, null]);
  });

  it('sends a termination once, and keeps the handler id', () => {
    const id = orderOf('sleepyco');
    outcome = { status: 204, body: '' };
    patch(id, { Stage__c: 'Terminated' });
    patch(id, { Stage__c: 'Terminated' });
    now += 120_000;
    expect(read(id)).toMatchObject({ Stage__c: 'Terminated', commitment_handler_id__c: 'cm_7f3b9e2a1c' });
    expect(sent.map(({ method, path }) => [method, path])).toEqual([
      ['DELETE', '/commitments/cm_7f3b9e2a1c'],
    ]);
    expect(feedOf(id)[0]).toBe('MMC_webhook: 204 No Content\nDELETE /commitments/cm_7f3b9e2a1c');
    expect(ledger.map(({ action }) => action)).toEqual([
      'service-order.update',
      'service-order.update',
      'service-order.webhook',
    ]);
  });

  it('terminates what an approval before it is about to make, and says when there is nothing', () => {
    const id = orderOf('brightwell-energy');
    approve(id);
    patch(id, { Stage__c: 'Terminated' });
    const other = orderOf('old-mill-press');
    patch(other, { Stage__c: 'Terminated' });
    now += 120_000;
    api.settle();
    expect(sent.map(({ method, path }) => [method, path])).toEqual([
      ['POST', '/commitments'],
      ['DELETE', '/commitments/cm_new'],
    ]);
    expect(feedOf(other)).toEqual(['MMC_webhook: not sent, the order has no commitment_handler_id__c']);
  });

  it('tells a refusal in the feed and nowhere else', () => {
    const id = orderOf('brightwell-energy');
    outcome = { status: 409, body: '{"error":"Overlapping commitment"}' };
    approve(id);
    now += 120_000;
    expect(feedOf(id)[0]).toMatch(
      /^MMC_webhook: 409 Conflict\nPOST .*\n.*\n\{"error":"Overlapping commitment"\}$/,
    );
    expect(ledger.map(({ action }) => action)).toEqual(['service-order.update', 'service-order.update']);
    // The operators' search for webhooks that failed.
    const failed = query(
      "SELECT Id FROM Service_Order__c WHERE Rev_Ops_Approved__c = true AND Stage__c = 'Signed' " +
        'AND commitment_handler_id__c = null',
    );
    expect(failed.map((order) => order['Id'])).toContain(id);
  });

  it('fails when it was decided so at the time of the update', () => {
    const id = orderOf('brightwell-energy');
    api.behaviour?.set({ webhook: 'fail', webhookMs: 5_000 });
    approve(id);
    api.behaviour?.set({ webhook: 'deliver' });
    expect(ledger[1]?.details['webhook']).toMatchObject({
      outcome: 'fail',
      takesEffectAt: '2026-11-20T12:00:05.000Z',
    });
    now += 5_000;
    expect(feedOf(id)[0]).toMatch(/^MMC_webhook: failed, Commitment Manager cannot be reached\nPOST/);
    expect([sent, ledger.length]).toEqual([[], 2]);
    patch(id, { Rev_Ops_Approved__c: false });
    patch(id, { Rev_Ops_Approved__c: true });
    now += 5_000;
    expect(read(id)).toMatchObject({ commitment_handler_id__c: 'cm_new' });
  });

  it('arrives twice when it was decided so, and the second reply changes nothing', () => {
    const id = orderOf('brightwell-energy');
    api.behaviour?.set({ webhook: 'duplicate', webhookMs: 5_000 });
    approve(id);
    expect(ledger[1]?.details['webhook']).toMatchObject({ outcome: 'duplicate' });
    now += 5_000;
    expect(read(id)).toMatchObject({ commitment_handler_id__c: 'cm_new' });
    expect(sent).toHaveLength(2);
    expect(sent[1]).toEqual(sent[0]);
    now += 5_000;
    expect(read(id)).toMatchObject({ commitment_handler_id__c: 'cm_new' });
    expect(sent).toHaveLength(2);
  });

  it('forgets what it had to send, and its behaviour, with a reset', () => {
    api.behaviour?.set({ webhookMs: 5, webhook: 'fail' });
    approve(orderOf('brightwell-energy'));
    api.reset();
    expect(api.behaviour?.get()).toEqual({ webhookMs: 120_000, webhook: 'deliver' });
    now += 500_000;
    expect(feedOf(orderOf('brightwell-energy'))).toEqual(['MMC_webhook: 401 Unauthorized']);
  });

  it.each([
    [{ webhookMs: -1 }],
    [{ webhookMs: 1e15 }],
    [{ webhookMs: 'soon' }],
    [{ webhook: 'lose' }],
    [{ webhookMs: 1, other: 2 }],
  ])('refuses the behaviour %o and changes nothing', (settings) => {
    const before = api.behaviour?.get();
    expect(() => api.behaviour?.set(settings)).toThrow(BehaviourError);
    expect(api.behaviour?.get()).toEqual(before);
  });
});

describe('composite/batch', () => {
  const batch = (body: string | object): EmulatedReply => send('POST', `${DATA}/composite/batch`, body);
  const usedUp = (reply: EmulatedReply): number =>
    Number(/api-usage=(\d+)\//.exec(reply.headers?.['sforce-limit-info'] ?? '')?.[1]);

  it('runs each call by itself, in order', () => {
    const id = orderOf('sleepyco');
    const url = `v59.0/sobjects/Service_Order__c/${id}`;
    const before = usedUp(send('GET', `${DATA}/limits`));
    const reply = batch({
      batchRequests: [
        { method: 'PATCH', url, richInput: { Contract_Duration__c: 24 } },
        { method: 'PATCH', url, richInput: { Nope__c: 1 } },
        { method: 'GET', url: `${url}?fields=Contract_Duration__c` },
        { method: 'GET', url: `v59.0/query?q=${encodeURIComponent('SELECT COUNT() FROM FeedItem')}` },
      ],
    });
    expect(reply.status).toBe(200);
    expect(json(reply)).toMatchObject({
      hasErrors: true,
      results: [
        { statusCode: 204, result: null },
        { statusCode: 400, result: [{ errorCode: 'INVALID_FIELD' }] },
        { statusCode: 200, result: { Contract_Duration__c: 24 } },
        { statusCode: 200, result: { totalSize: expect.any(Number), records: [] } },
      ],
    });
    expect(usedUp(reply) - before).toBe(5);
    expect(ledger).toHaveLength(1);
  });

  it('stops at the first error if asked, and takes nothing back', () => {
    const id = orderOf('sleepyco');
    const url = `v59.0/sobjects/Service_Order__c/${id}`;
    const reply = batch({
      haltOnError: true,
      batchRequests: [
        { method: 'PATCH', url, richInput: { Contract_Duration__c: 24 } },
        { method: 'PATCH', url, richInput: { Nope__c: 1 } },
        { method: 'PATCH', url, richInput: { Contract_Duration__c: 36 } },
      ],
    });
    expect(json(reply)).toMatchObject({
      results: [
        { statusCode: 204 },
        { statusCode: 400 },
        { statusCode: 412, result: [{ errorCode: 'BATCH_PROCESSING_HALTED' }] },
      ],
    });
    expect(read(id)).toMatchObject({ Contract_Duration__c: 24 });
  });

  it('refuses what is no batch', () => {
    const one = { method: 'GET', url: 'v59.0/limits' };
    for (const body of ['{', '[]', {}, { batchRequests: [] }, { batchRequests: [{ method: 'GET' }] }]) {
      expect(batch(body).status).toBe(400);
    }
    expect(batch({ batchRequests: Array.from({ length: 26 }, () => one) }).status).toBe(400);
    expect(send('POST', `${DATA}/composite/batch`, '{}', { 'content-type': 'text/plain' }).status).toBe(415);
    expect(send('GET', `${DATA}/composite/batch`).status).toBe(405);
    const nested = batch({
      batchRequests: [{ method: 'POST', url: 'v59.0/composite/batch', richInput: {} }],
    });
    expect(json(nested)).toMatchObject({ results: [{ statusCode: 404 }] });
  });
});

describe('both vendors in one sandbox', () => {
  let sandbox: Sandbox | undefined;
  afterEach(() => sandbox?.stop());

  async function start(only: ('salesforce' | 'commitment-manager')[]): Promise<void> {
    sandbox = await startSandbox({ today: TODAY, clock: () => now, profiles, only });
    const { salesforce } = sandbox.backends;
    const login = await fetch(`${salesforce?.url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: salesforce?.clientId ?? '',
        client_secret: salesforce?.clientSecret ?? '',
      }),
    });
    token = ((await login.json()) as { access_token: string }).access_token;
  }
  let token: string;

  async function crm(method: string, path: string, body?: object): Promise<Row> {
    const reply = await fetch(sandbox!.backends.salesforce!.url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'x-request-id': 'r-5',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return (reply.status === 204 ? { status: 204 } : await reply.json()) as Row;
  }
  async function current(organization: string): Promise<Row> {
    const { url, bearerToken } = sandbox!.backends.commitmentManager!;
    const reply = await fetch(`${url}/organizations/${organization}/commitment/current`, {
      headers: { authorization: `Bearer ${bearerToken}` },
    });
    return (await reply.json()) as Row;
  }
  const latestFeed = async (order: string): Promise<string> => {
    const soql = `SELECT Body FROM FeedItem WHERE ParentId = '${order}' ORDER BY CreatedDate DESC LIMIT 1`;
    const { records } = await crm('GET', `${DATA}/query?q=${encodeURIComponent(soql)}`);
    return String((records as Row[])[0]?.['Body']);
  };

  it('carries an approval over, seen first from Commitment Manager’s side', async () => {
    await start(['commitment-manager', 'salesforce']);
    const id = orderOf('brightwell-energy');
    const organization = profileOf('brightwell-energy').commitmentManager!.organizationId;
    expect(await crm('PATCH', orderPath(id), { Rev_Ops_Approved__c: false })).toEqual({ status: 204 });
    expect(await crm('PATCH', orderPath(id), { Rev_Ops_Approved__c: true })).toEqual({ status: 204 });
    expect(await current(organization)).toMatchObject({ error: 'No active commitment' });
    now += 125_000;
    const { commitment } = (await current(organization)) as { commitment: Row };
    expect(commitment).toMatchObject({
      mmc_amount: 9000,
      sync_status: 'synchronized',
      last_updated: '2026-11-20T12:02:00Z',
    });
    expect(await crm('GET', `${orderPath(id)}?fields=commitment_handler_id__c`)).toMatchObject({
      commitment_handler_id__c: commitment['commitment_handler_id'],
    });
    expect(sandbox?.effects.map(({ backend, action, requestId }) => [backend, action, requestId])).toEqual([
      ['salesforce', 'service-order.update', 'r-5'],
      ['salesforce', 'service-order.update', 'r-5'],
      ['commitment-manager', 'commitment.create', null],
      ['salesforce', 'service-order.webhook', 'r-5'],
    ]);
    // Only what came over the wire counts against the customers' ten a second.
    expect(sandbox?.emulator('commitment-manager').calls).toHaveLength(2);
  });

  it('changes dates as the operators do: terminate, sign again, approve', async () => {
    await start(['commitment-manager', 'salesforce']);
    const id = orderOf('sleepyco');
    const organization = profileOf('sleepyco').commitmentManager!.organizationId;
    // Approving without terminating first is what Commitment Manager refuses.
    await crm('PATCH', orderPath(id), { Rev_Ops_Approved__c: false });
    await crm('PATCH', orderPath(id), { Rev_Ops_Approved__c: true });
    now += 120_000;
    expect(await latestFeed(id)).toMatch(/^MMC_webhook: 409 Conflict\n/);

    await crm('PATCH', orderPath(id), { Stage__c: 'Terminated' });
    now += 120_000;
    expect(await current(organization)).toMatchObject({ error: 'No active commitment' });
    expect(await latestFeed(id)).toMatch(/^MMC_webhook: 204 No Content\n/);
    await crm('PATCH', orderPath(id), {
      Stage__c: 'Signed',
      Contract_Start_Date__c: '2026-07-01',
      Rev_Ops_Approved__c: false,
    });
    await crm('PATCH', orderPath(id), { Rev_Ops_Approved__c: true });
    now += 120_000;
    expect(await latestFeed(id)).toMatch(/^MMC_webhook: 201 Created\n/);
    expect(await current(organization)).toMatchObject({
      commitment: { contract_start_date: '2026-07-01', contract_end_date: '2027-06-30', mmc_amount: 15000 },
    });
  });

  it('is whole again after a reset, with nothing under way', async () => {
    await start(['commitment-manager', 'salesforce']);
    const id = orderOf('brightwell-energy');
    const organization = profileOf('brightwell-energy').commitmentManager!.organizationId;
    for (const approved of [false, true]) {
      await crm('PATCH', orderPath(id), { Rev_Ops_Approved__c: approved });
    }
    sandbox?.reset();
    now += 500_000;
    expect(await current(organization)).toMatchObject({ error: 'No active commitment' });
    expect(sandbox?.effects).toHaveLength(2);
  });

  it('fails and says so where there is no Commitment Manager', async () => {
    await start(['salesforce']);
    const id = orderOf('brightwell-energy');
    for (const approved of [false, true]) {
      await crm('PATCH', orderPath(id), { Rev_Ops_Approved__c: approved });
    }
    now += 120_000;
    expect(await latestFeed(id)).toMatch(/^MMC_webhook: failed, Commitment Manager cannot be reached\n/);
    expect(sandbox?.effects).toHaveLength(2);
  });

  it('serves Commitment Manager alone', async () => {
    sandbox = await startSandbox({ today: TODAY, clock: () => now, profiles, only: ['commitment-manager'] });
    const organization = profileOf('sleepyco').commitmentManager!.organizationId;
    expect(await current(organization)).toHaveProperty('commitment');
  });
});
