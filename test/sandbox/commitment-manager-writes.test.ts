/** Commitment Manager's writing side: what it makes, cancels and synchronizes, what it refuses, what the ledger says. */
import { parse, stringify } from 'lossless-json';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type CommitmentManagerApi,
  createCommitmentManagerApi,
} from '../../src/sandbox/commitment-manager/api.js';
import type { Change } from '../../src/sandbox/ledger.js';
import { createPortfolio } from '../../src/sandbox/portfolio.js';
import { BehaviourError, type EmulatedReply } from '../../src/sandbox/types.js';

const TODAY = '2026-11-20';
const SLEEPYCO = '619c56b5-596b-4cc4-8b04-38fe8e05c750';
const NOBODY = '00000000-0000-4000-8000-000000000000';
const BASE = '/v2/commitment_manager/webhook';
const WEBHOOK = { username: 'sandbox-user', webhook_api_key: 'sandbox-webhook-key' };
const BEARER = { authorization: 'Bearer sandbox-bearer-token' };
const JSON_TYPE = { 'content-type': 'application/json' };

const profiles = createPortfolio({ today: TODAY });
const organizationOf = (slug: string): string =>
  profiles.find((profile) => profile.slug === slug)!.commitmentManager!.organizationId;
/** Known, and without a commitment: its webhook never arrived. */
const BRIGHTWELL = organizationOf('brightwell-energy');
const HARBOURLINE = organizationOf('harbourline-logistics');

let now: number;
let ledger: Change[];
let api: CommitmentManagerApi;
beforeEach(() => {
  now = Date.parse(`${TODAY}T12:00:00Z`);
  ledger = [];
  api = createCommitmentManagerApi(profiles, {
    clock: () => now,
    report: (change) => ledger.push(change),
    username: WEBHOOK.username,
    webhookApiKey: WEBHOOK.webhook_api_key,
    bearerToken: 'sandbox-bearer-token',
  });
});

function send(
  method: string,
  target: string,
  headers: Record<string, string>,
  body: string | object = '',
): EmulatedReply {
  now += 200;
  const [path = '', query = ''] = target.split('?');
  const text = typeof body === 'string' ? body : (stringify(body) ?? '');
  return api.handle({ method, path: BASE + path, query: new URLSearchParams(query), headers, body: text });
}
const create = (body: string | object, headers: Record<string, string> = {}): EmulatedReply =>
  send('POST', '/commitments', { ...WEBHOOK, ...JSON_TYPE, ...headers }, body);
const cancel = (id: string): EmulatedReply => send('DELETE', `/commitments/${id}`, WEBHOOK);
const sync = (organization: string, headers: Record<string, string> = {}): EmulatedReply =>
  send('POST', `/organizations/${organization}/sync`, { ...BEARER, ...headers });
const current = (organization: string): EmulatedReply =>
  send('GET', `/organizations/${organization}/commitment/current`, BEARER);

function json<T = unknown>(reply: EmulatedReply): T {
  return parse(stringify(reply.json) ?? 'null', null, { parseNumber: Number }) as T;
}
interface Commitment {
  readonly commitment_id: string;
  readonly amount: number;
  readonly status: string;
  readonly cancelled_at: string | null;
}
const rowsOf = (organization: string): Commitment[] =>
  json<{ data: Commitment[] }>(
    send('GET', `/commitments?include_cancelled=true&organization_id=${organization}`, WEBHOOK),
  ).data;
interface Made {
  readonly data: { readonly commitment_handler_id: string; readonly commitments: readonly Commitment[] };
}

const STATIC = {
  organization_id: BRIGHTWELL,
  monthly_commitment_amount: 9000,
  period_start: '2026-10-01',
  period_end: '2027-09-30',
};
const RAMPED = {
  organization_id: BRIGHTWELL,
  commitments: [
    { monthly_commitment_amount: 8000, period_start: '2026-11-01', period_end: '2027-04-30' },
    { monthly_commitment_amount: 10000.5, period_start: '2027-05-01', period_end: '2027-10-31' },
  ],
};

/** Everything that a refusal must leave alone. */
const snapshot = (): string =>
  JSON.stringify([rowsOf(BRIGHTWELL), rowsOf(SLEEPYCO), current(SLEEPYCO).json, ledger], (_key, value) =>
    typeof value === 'bigint' ? String(value) : (value as unknown),
  );

describe('POST /commitments', () => {
  it('makes a static commitment, which every read then shows', () => {
    const reply = create(STATIC, { 'x-request-id': 'r-1' });
    expect(reply.status).toBe(201);
    const { commitment_handler_id: handlerId, commitments } = json<Made>(reply).data;
    expect(handlerId).toMatch(/^cm_[0-9a-f]{10}$/);
    const row = {
      commitment_id: handlerId,
      organization_id: BRIGHTWELL,
      amount: 900_000,
      currency: 'USD',
      start_date: '2026-10-01T00:00:00Z',
      end_date: '2027-09-30T23:59:59Z',
      status: 'active',
      created_at: '2026-11-20T12:00:00Z',
      updated_at: '2026-11-20T12:00:00Z',
      cancelled_at: null,
    };
    expect(commitments).toEqual([row]);
    expect(rowsOf(BRIGHTWELL)).toEqual([row]);
    expect(json(current(BRIGHTWELL))).toEqual({
      commitment: {
        status: 'active',
        mmc_amount: 9000,
        contract_start_date: '2026-10-01',
        contract_end_date: '2027-09-30',
        sync_status: 'synchronized',
        last_updated: '2026-11-20T12:00:00Z',
        commitment_handler_id: handlerId,
      },
    });
    const contract = send('GET', `/organizations/${BRIGHTWELL}/contract`, BEARER);
    expect(json(contract)).toMatchObject({ contract: { escalation_schedule: [] } });
    const usage = send('GET', `/organizations/${BRIGHTWELL}/usage/current`, BEARER);
    expect(json(usage)).toMatchObject({ commitment_amount: 900_000 });
    // October's invoice was written before there was a commitment.
    const before = send('GET', `/organizations/${BRIGHTWELL}/usage/2026-10`, BEARER);
    expect(json(before)).toMatchObject({ commitment_amount: 0 });

    expect(JSON.parse(stringify(ledger) ?? '')).toEqual([
      {
        action: 'commitment.create',
        target: handlerId,
        customer: BRIGHTWELL,
        requestId: 'r-1',
        details: {
          asked: STATIC,
          commitments: [
            {
              commitmentId: handlerId,
              amountCents: 900_000,
              currency: 'USD',
              startsOn: '2026-10-01',
              endsOn: '2027-09-30',
              status: 'active',
            },
          ],
        },
      },
    ]);
  });

  it('makes a ramped one: several commitments under one handler, one effect', () => {
    const { commitment_handler_id: handlerId, commitments } = json<Made>(create(RAMPED)).data;
    expect(handlerId).toMatch(/^ch_[0-9a-f]{12}$/);
    expect(commitments.map(({ amount, status }) => [amount, status])).toEqual([
      [800_000, 'active'],
      [1_000_050, 'pending'],
    ]);
    expect(json(current(BRIGHTWELL))).toMatchObject({
      commitment: { mmc_amount: 8000, commitment_handler_id: handlerId },
    });
    expect(ledger.map(({ action, target }) => [action, target])).toEqual([['commitment.create', handlerId]]);
    const contract = send('GET', `/organizations/${BRIGHTWELL}/contract`, BEARER);
    expect(json(contract)).toMatchObject({
      contract: { escalation_schedule: [{ effective_date: '2027-05-01', monthly_amount: 1_000_050 }] },
    });
    now = Date.parse('2027-05-02T00:00:00Z');
    expect(json(current(BRIGHTWELL))).toMatchObject({ commitment: { mmc_amount: 10000.5 } });
  });

  it('keeps every digit of an amount', () => {
    const body = stringify(STATIC)!.replace('9000', '90071992547409931.25');
    expect(create(body).status).toBe(201);
    expect(ledger[0]?.details['commitments']).toMatchObject([{ amountCents: 9007199254740993125n }]);
    expect(create(stringify({ ...STATIC, organization_id: NOBODY })!.replace('9000', '9.0E3')).status).toBe(
      404,
    );
  });

  it('makes the same ids again after a reset, and others meanwhile', () => {
    const first = json<Made>(create(STATIC)).data.commitment_handler_id;
    cancel(first);
    const second = json<Made>(create(STATIC)).data.commitment_handler_id;
    expect(second).not.toBe(first);
    api.reset();
    expect(rowsOf(BRIGHTWELL)).toEqual([]);
    expect(json<Made>(create(STATIC)).data.commitment_handler_id).toBe(first);
  });

  it.each([
    ['no JSON', '{"organization_id": '],
    ['a list', '[]'],
    ['no organization', { ...STATIC, organization_id: undefined }],
    ['an organization that is no text', { ...STATIC, organization_id: 5 }],
    ['no amount', { ...STATIC, monthly_commitment_amount: undefined }],
    ['an amount in quotes', { ...STATIC, monthly_commitment_amount: '9000' }],
    ['nothing as amount', { ...STATIC, monthly_commitment_amount: 0 }],
    ['an amount below 0', { ...STATIC, monthly_commitment_amount: -5 }],
    ['a third decimal', { ...STATIC, monthly_commitment_amount: 10.005 }],
    ['a day that is none', { ...STATIC, period_start: '2026-02-30' }],
    ['no end', { ...STATIC, period_end: null }],
    ['an end before the start', { ...STATIC, period_end: '2026-09-30' }],
    ['both forms', { ...STATIC, commitments: RAMPED.commitments }],
    ['an empty ramp', { ...RAMPED, commitments: [] }],
    ['a ramp that is no list', { ...RAMPED, commitments: {} }],
    ['a step that is none', { ...RAMPED, commitments: [5] }],
    ['steps over the same days', { ...RAMPED, commitments: [RAMPED.commitments[0], RAMPED.commitments[0]] }],
  ])('refuses %s with 400', (_what, body) => {
    const before = snapshot();
    const reply = create(body);
    expect(reply.status).toBe(400);
    expect(json(reply)).toEqual({
      errors: [{ code: '10015', title: 'Bad Request', detail: expect.any(String) }],
    });
    now += 1_000;
    expect(snapshot()).toBe(before);
  });

  it('refuses another content type with 400, wrong credentials with 401, an unknown organization with 404', () => {
    const before = snapshot();
    expect(create(STATIC, { 'content-type': 'text/plain' }).status).toBe(400);
    const stranger = create(STATIC, { webhook_api_key: 'guess' });
    expect([stranger.status, stringify(stranger.json)]).toEqual([
      401,
      '{"error":"Invalid or expired token"}',
    ]);
    expect(create(STATIC, { username: 'guess', ...BEARER }).status).toBe(401);
    const nobody = create({ ...STATIC, organization_id: NOBODY });
    expect(nobody.status).toBe(404);
    expect(stringify(nobody.json)).toBe(`{"error":"Organization not found","organization_id":"${NOBODY}"}`);
    now += 1_000;
    expect(snapshot()).toBe(before);
  });

  it('refuses a duplicate and whatever overlaps, until that is cancelled', () => {
    const { commitment_handler_id: first } = json<Made>(create(STATIC)).data;
    const before = snapshot();
    const again = create(STATIC);
    expect([again.status, json(again)]).toEqual([
      409,
      { error: 'Duplicate commitment', organization_id: BRIGHTWELL, commitment_id: first },
    ]);
    now += 1_000;
    const later = { ...STATIC, period_start: '2027-09-30', period_end: '2028-09-29' };
    expect(json(create(later))).toMatchObject({ error: 'Overlapping commitment', commitment_id: first });
    expect(json(create({ ...RAMPED }))).toMatchObject({ error: 'Overlapping commitment' });
    now += 1_000;
    expect(snapshot()).toBe(before);
    expect(create({ ...later, period_start: '2027-10-01' }).status).toBe(201);
    expect(cancel(first).status).toBe(204);
    now += 1_000;
    expect(create(STATIC).status).toBe(201);
  });
});

describe('DELETE /commitments/{id}', () => {
  it('cancels, and the commitment is not the current one any more', () => {
    const reply = cancel('cm_7f3b9e2a1c');
    expect([reply.status, reply.json]).toEqual([204, undefined]);
    expect(rowsOf(SLEEPYCO)[0]).toMatchObject({
      status: 'cancelled',
      cancelled_at: '2026-11-20T12:00:00Z',
      updated_at: '2026-11-20T12:00:00Z',
    });
    expect(current(SLEEPYCO).status).toBe(404);
    expect(ledger).toEqual([
      {
        action: 'commitment.cancel',
        target: 'cm_7f3b9e2a1c',
        customer: SLEEPYCO,
        requestId: null,
        details: {
          cancelledAt: '2026-11-20T12:00:00Z',
          commitments: [{ commitmentId: 'cm_7f3b9e2a1c', before: 'active', after: 'cancelled' }],
        },
      },
    ]);
  });

  it('takes a handler id for all steps that are not over, a commitment id for one', () => {
    const { commitment } = json<{ commitment: { commitment_handler_id: string } }>(current(HARBOURLINE));
    const statuses = () => rowsOf(HARBOURLINE).map(({ status }) => status);
    const [expired, active, pending] = rowsOf(HARBOURLINE);
    expect([expired?.status, active?.status, pending?.status]).toEqual(['expired', 'active', 'pending']);
    expect(cancel(pending!.commitment_id).status).toBe(204);
    expect(statuses()).toEqual(['expired', 'active', 'cancelled']);
    expect(cancel(commitment.commitment_handler_id).status).toBe(204);
    expect(statuses()).toEqual(['expired', 'cancelled', 'cancelled']);
    expect(ledger.map(({ details }) => details['commitments'])).toEqual([
      [{ commitmentId: pending?.commitment_id, before: 'pending', after: 'cancelled' }],
      [{ commitmentId: active?.commitment_id, before: 'active', after: 'cancelled' }],
    ]);
  });

  it('refuses what it does not know, what is over, and strangers', () => {
    const rows = rowsOf(SLEEPYCO);
    const idOf = (status: string) => rows.find((row) => row.status === status)!.commitment_id;
    const before = snapshot();
    expect(cancel('cm_0000000000').status).toBe(404);
    const again = cancel(idOf('cancelled'));
    expect([again.status, json(again)]).toMatchObject([409, { error: 'Commitment already cancelled' }]);
    expect(json(cancel(idOf('expired')))).toMatchObject({ error: 'Commitment has expired' });
    expect(send('DELETE', '/commitments/cm_7f3b9e2a1c', BEARER).status).toBe(401);
    now += 1_000;
    expect(send('PATCH', '/commitments/cm_7f3b9e2a1c', WEBHOOK).headers).toMatchObject({ allow: 'DELETE' });
    expect(send('PUT', '/commitments', WEBHOOK).headers).toMatchObject({ allow: 'GET, POST' });
    now += 1_000;
    expect(snapshot()).toBe(before);
  });
});

describe('POST /organizations/{id}/sync', () => {
  const syncOf = (organization: string) =>
    json<{ commitment: { sync_status: string; last_updated: string } }>(current(organization)).commitment;

  it('is an effect once accepted, and none when refused', () => {
    const lumiere = organizationOf('lumiere-sante');
    expect(sync(lumiere, { 'x-request-id': 'r-7' }).status).toBe(202);
    const again = sync(lumiere);
    expect(stringify(again.json)).toBe('{"error":"Commitment modification in progress","retry_after":300}');
    expect(sync(NOBODY).status).toBe(404);
    expect(send('POST', `/organizations/${lumiere}/sync`, WEBHOOK).status).toBe(401);
    expect(ledger).toEqual([
      {
        action: 'organization.sync',
        target: lumiere,
        customer: lumiere,
        requestId: 'r-7',
        details: { before: 'pending', after: 'synchronized', takesEffectAt: '2026-11-20T12:02:00Z' },
      },
    ]);
  });

  it('takes syncMs', () => {
    api.behaviour?.set({ syncMs: 10_000 });
    expect(sync(SLEEPYCO).status).toBe(202);
    now += 9_700;
    expect(syncOf(SLEEPYCO).sync_status).toBe('pending');
    now += 100;
    expect(syncOf(SLEEPYCO)).toMatchObject({
      sync_status: 'synchronized',
      last_updated: '2026-11-20T12:00:10Z',
    });
    expect(sync(SLEEPYCO).status).toBe(202);
  });

  it('fails when it was decided so at the time of asking, and is then no effect', () => {
    const before = syncOf(SLEEPYCO);
    api.behaviour?.set({ syncOutcome: 'failed' });
    expect(sync(SLEEPYCO).status).toBe(202);
    api.behaviour?.set({ syncOutcome: 'synchronized' });
    expect(syncOf(SLEEPYCO).sync_status).toBe('pending');
    now += 120_000;
    expect(syncOf(SLEEPYCO)).toEqual({ ...before, sync_status: 'failed' });
    expect(ledger).toEqual([]);
    expect(sync(SLEEPYCO).status).toBe(202);
    now += 120_000;
    expect(syncOf(SLEEPYCO).sync_status).toBe('synchronized');
  });

  it('shows in the list of commitments too', () => {
    sync(SLEEPYCO);
    now += 120_000;
    expect(rowsOf(SLEEPYCO)[0]).toMatchObject({ updated_at: '2026-11-20T12:02:00Z' });
  });

  it('keeps everybody else from changing the organization meanwhile', () => {
    create(STATIC);
    sync(BRIGHTWELL);
    sync(SLEEPYCO);
    const effects = ledger.length;
    const busy = { error: 'Commitment modification in progress', retry_after: 300 };
    const made = create({ ...STATIC, period_start: '2028-01-01', period_end: '2028-12-31' });
    expect([made.status, json(made)]).toEqual([409, busy]);
    const gone = cancel('cm_7f3b9e2a1c');
    expect([gone.status, json(gone)]).toEqual([409, busy]);
    expect(ledger).toHaveLength(effects);
    now += 120_000;
    expect(cancel('cm_7f3b9e2a1c').status).toBe(204);
  });

  it('is forgotten by a reset, behaviour included', () => {
    api.behaviour?.set({ syncMs: 5, syncOutcome: 'failed', minimumMonthly: 7 });
    sync(SLEEPYCO);
    api.reset();
    expect(syncOf(SLEEPYCO).sync_status).toBe('synchronized');
    expect(api.behaviour?.get()).toEqual({
      syncMs: 120_000,
      syncOutcome: 'synchronized',
      minimumMonthly: 0,
    });
  });
});

describe('the behaviour', () => {
  it('sets the smallest minimum', () => {
    api.behaviour?.set({ minimumMonthly: 9001 });
    const reply = create(STATIC);
    expect([reply.status, ledger]).toEqual([400, []]);
    api.behaviour?.set({ minimumMonthly: 9000 });
    expect(create(STATIC).status).toBe(201);
  });

  it.each([
    [{ syncMs: -1 }],
    [{ syncMs: 1e15 }],
    [{ syncMs: 1.5 }],
    [{ syncMs: '5' }],
    [{ minimumMonthly: null }],
    [{ syncOutcome: 'pending' }],
    [{ syncMs: 5, speed: 'high' }],
  ])('refuses %o and changes nothing', (settings) => {
    const before = api.behaviour?.get();
    expect(() => api.behaviour?.set(settings)).toThrow(BehaviourError);
    expect(api.behaviour?.get()).toEqual(before);
  });
});
