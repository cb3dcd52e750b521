import { parse, stringify } from 'lossless-json';
import { beforeEach, describe, expect, it } from 'vitest';
import { createCommitmentManagerApi } from '../../src/sandbox/commitment-manager/api.js';
import { createPortfolio } from '../../src/sandbox/portfolio.js';
import type { BackendApi, EmulatedReply } from '../../src/sandbox/types.js';

const TODAY = '2026-11-20';
const SLEEPYCO = '619c56b5-596b-4cc4-8b04-38fe8e05c750';
const BASE = '/v2/commitment_manager/webhook';
const WEBHOOK = { username: 'sandbox-user', webhook_api_key: 'sandbox-webhook-key' };
const BEARER = { authorization: 'Bearer sandbox-bearer-token' };

const profiles = createPortfolio({ today: TODAY });
const organizationOf = (slug: string): string =>
  profiles.find((profile) => profile.slug === slug)!.commitmentManager!.organizationId;

let now: number;
let api: BackendApi;
beforeEach(() => {
  now = Date.parse(`${TODAY}T12:00:00Z`);
  api = createCommitmentManagerApi(profiles, {
    clock: () => now,
    username: WEBHOOK.username,
    webhookApiKey: WEBHOOK.webhook_api_key,
    bearerToken: 'sandbox-bearer-token',
  });
});

function ask(target: string, headers: Record<string, string> = BEARER, method = 'GET'): EmulatedReply {
  now += 200;
  const [path = '', query = ''] = target.split('?');
  return api.handle({ method, path: BASE + path, query: new URLSearchParams(query), headers, body: '' });
}

/** As a client would read it. */
function json(reply: EmulatedReply): unknown {
  return parse(stringify(reply.json) ?? 'null', null, { parseNumber: Number });
}

interface Month {
  readonly period: string;
  readonly invoiced_amount: number;
  readonly committed_amount: number;
  readonly usage_amount: number;
  readonly shortfall_amount: number;
  readonly currency: string;
  readonly status: string;
  readonly usage?: readonly { readonly amount: number }[];
}
const dataOf = <T>(reply: EmulatedReply): T[] => (json(reply) as { data: T[] }).data;
const commitmentOf = (reply: EmulatedReply) =>
  (json(reply) as { commitment: { sync_status: string; last_updated: string } }).commitment;

const list = (organization: string, more = ''): EmulatedReply =>
  ask(`/commitments?organization_id=${organization}${more}`, WEBHOOK);

describe('/commitments', () => {
  it('looks like the sample of the vendor’s page', () => {
    const reply = list(SLEEPYCO, '&include_cancelled=true');
    expect(reply.status).toBe(200);
    expect(stringify(dataOf(reply)[0])).toBe(
      stringify({
        commitment_id: 'cm_7f3b9e2a1c',
        organization_id: SLEEPYCO,
        amount: 1500000,
        currency: 'USD',
        start_date: '2026-06-01T00:00:00Z',
        end_date: '2027-05-31T23:59:59Z',
        status: 'active',
        created_at: '2026-05-15T10:30:00Z',
        updated_at: '2026-05-30T10:15:23Z',
        cancelled_at: null,
      }),
    );
  });

  it('hides cancelled ones unless asked', () => {
    const statuses = (reply: EmulatedReply): string[] =>
      dataOf<{ status: string }>(reply).map(({ status }) => status);
    expect(statuses(list(SLEEPYCO, '&include_cancelled=true'))).toEqual(['active', 'expired', 'cancelled']);
    expect(statuses(list(SLEEPYCO, '&include_cancelled=false'))).toEqual(['active', 'expired']);
    expect(statuses(list(SLEEPYCO))).toEqual(['active', 'expired']);
    expect(statuses(list(organizationOf('harbourline-logistics')))).toEqual(
      expect.arrayContaining(['expired', 'active', 'pending']),
    );
    expect(statuses(list(organizationOf('polar-night-games')))).toEqual(['pending']);
  });

  it('counts in cents beyond 32 bits', () => {
    expect(dataOf(list(organizationOf('tessera-bank')))[0]).toMatchObject({ amount: 2_500_000_000 });
  });

  it('answers an unknown organization with an empty list', () => {
    const reply = list('00000000-0000-4000-8000-000000000000');
    expect([reply.status, json(reply)]).toEqual([200, { data: [], meta: { total_results: 0 } }]);
    expect(dataOf(list(organizationOf('brightwell-energy')))).toEqual([]);
  });

  it('refuses a missing organization and a flag that is none, in the platform’s form', () => {
    for (const reply of [ask('/commitments', WEBHOOK), list(SLEEPYCO, '&include_cancelled=yes')]) {
      expect(reply.status).toBe(400);
      expect(json(reply)).toMatchObject({ errors: [{ code: '10015', title: 'Bad Request' }] });
    }
  });
});

describe('authentication', () => {
  it('takes one scheme for each family and refuses with the page’s body', () => {
    const refused = [
      ask(`/commitments?organization_id=${SLEEPYCO}`, BEARER),
      ask(`/commitments?organization_id=${SLEEPYCO}`, { username: WEBHOOK.username }),
      ask(`/organizations/${SLEEPYCO}/contract`, WEBHOOK),
      ask(`/organizations/${SLEEPYCO}/contract`, { authorization: 'Bearer stale' }),
    ];
    for (const reply of refused) {
      expect(reply.status).toBe(401);
      expect(stringify(reply.json)).toBe('{"error":"Invalid or expired token"}');
    }
  });
});

describe('/organizations', () => {
  it('tells the current commitment in major units', () => {
    expect(json(ask(`/organizations/${SLEEPYCO}/commitment/current`))).toEqual({
      commitment: {
        status: 'active',
        mmc_amount: 15000,
        contract_start_date: '2026-06-01',
        contract_end_date: '2027-05-31',
        sync_status: 'synchronized',
        last_updated: '2026-05-30T10:15:23Z',
        commitment_handler_id: 'cm_7f3b9e2a1c',
      },
    });
    const pending = commitmentOf(ask(`/organizations/${organizationOf('lumiere-sante')}/commitment/current`));
    expect(pending.sync_status).toBe('pending');
    const ramped = commitmentOf(
      ask(`/organizations/${organizationOf('harbourline-logistics')}/commitment/current`),
    );
    expect(ramped).toMatchObject({
      mmc_amount: 10000,
      commitment_handler_id: expect.stringMatching(/^ch_/),
    });
  });

  it('answers 404 without an active commitment, and for nobody', () => {
    for (const slug of ['polar-night-games', 'old-mill-press', 'brightwell-energy']) {
      expect(ask(`/organizations/${organizationOf(slug)}/commitment/current`).status).toBe(404);
    }
    const reply = ask('/organizations/invalid-id/commitment/current');
    expect(reply.status).toBe(404);
    expect(stringify(reply.json)).toBe('{"error":"Organization not found","organization_id":"invalid-id"}');
  });

  it('bills the larger of usage and minimum, month by month', () => {
    const target = `/organizations/${SLEEPYCO}/billing/history?start_date=2025-12-15&end_date=2026-11-30`;
    const data = dataOf<Month>(ask(target));
    expect(data).toHaveLength(12);
    expect([data[0]?.period, data.at(-1)?.period]).toEqual(['2025-12', '2026-11']);
    expect(data[0]).not.toHaveProperty('usage');
    for (const month of data.slice(0, -1)) {
      const { usage_amount: used, committed_amount: committed, shortfall_amount: shortfall } = month;
      expect(shortfall).toBe(Math.max(0, committed - used));
      expect(month.invoiced_amount).toBe(Math.max(used, committed));
      expect(month.currency).toBe('USD');
    }
    expect(data.at(-1)).toMatchObject({ status: 'open', invoiced_amount: 0, shortfall_amount: 0 });
    expect(dataOf(ask(target))).toEqual(data);

    const detailed = dataOf<Month>(ask(`${target}&include_usage=true`));
    for (const month of detailed) {
      const sum = month.usage?.reduce((total, { amount }) => total + amount, 0);
      expect(sum).toBe(month.usage_amount);
    }
  });

  it('has months above and months below the minimum somewhere', () => {
    const shortfalls = profiles.flatMap(({ commitmentManager }) =>
      commitmentManager === undefined
        ? []
        : dataOf<Month>(ask(`/organizations/${commitmentManager.organizationId}/billing/history`)).map(
            (month) => month.shortfall_amount > 0,
          ),
    );
    expect(shortfalls).toContain(true);
    expect(shortfalls).toContain(false);
    expect(shortfalls.length).toBeGreaterThan(100);
  });

  it('reports the running month as far as it has come', () => {
    const usage = (period: string) =>
      json(ask(`/organizations/${SLEEPYCO}/usage/${period}`)) as {
        usage_amount: number;
        remaining_amount: number;
      };
    const half = usage('current');
    expect(half).toMatchObject({ period: '2026-11', commitment_amount: 1500000, currency: 'USD' });
    expect(half.remaining_amount).toBe(Math.max(0, 1500000 - half.usage_amount));
    now = Date.parse('2026-11-29T12:00:00Z');
    expect(usage('current').usage_amount).toBeGreaterThan(half.usage_amount);
    now = Date.parse('2026-12-02T00:00:00Z');
    const over = usage('2026-11');
    now = Date.parse('2027-01-02T00:00:00Z');
    expect(usage('2026-11')).toEqual(over);
  });

  it('never bills fractions of a yen', () => {
    const target = `/organizations/${organizationOf('aozora-denki')}/billing/history?include_usage=true`;
    for (const month of dataOf<Month>(ask(target))) {
      const amounts = [
        month.usage_amount,
        month.committed_amount,
        ...(month.usage ?? []).map(({ amount }) => amount),
      ];
      expect(amounts.filter((amount) => amount % 100 !== 0)).toEqual([]);
    }
  });

  it('refuses bad dates in the platform’s form', () => {
    for (const target of [
      '/billing/history?start_date=2026-02-30',
      '/billing/history?start_date=2026-03-01&end_date=2026-02-01',
      '/billing/history?include_usage=maybe',
      '/usage/2026-13',
      '/usage/november',
      '/usage/2027-01',
    ]) {
      const reply = ask(`/organizations/${SLEEPYCO}${target}`);
      expect([target, reply.status]).toEqual([target, 400]);
      expect(json(reply)).toMatchObject({ errors: [{ code: '10015' }] });
    }
  });

  it('quotes the contract', () => {
    const reply = ask(`/organizations/${organizationOf('harbourline-logistics')}/contract`);
    const { contract } = json(reply) as { contract: { escalation_schedule: unknown } };
    expect(Object.keys(contract)).toEqual([
      'organization_id',
      'currency',
      'terms_and_conditions',
      'early_termination',
      'escalation_schedule',
      'renewal_terms',
      'special_provisions',
    ]);
    expect(contract.escalation_schedule).toEqual([
      { effective_date: '2026-09-01', increase_percent: 25, monthly_amount: 1000000 },
      { effective_date: '2027-09-01', increase_percent: 20, monthly_amount: 1200000 },
    ]);
  });

  it('queues a synchronization, refuses a second one, and settles it in two minutes', () => {
    const path = `/organizations/${organizationOf('maple-transit')}`;
    const current = () => commitmentOf(ask(`${path}/commitment/current`));
    const before = current();
    const queued = ask(`${path}/sync`, BEARER, 'POST');
    expect([queued.status, queued.json]).toEqual([202, { status: 'queued' }]);
    expect(current().sync_status).toBe('pending');
    const again = ask(`${path}/sync`, BEARER, 'POST');
    expect(again.status).toBe(409);
    expect(stringify(again.json)).toBe('{"error":"Commitment modification in progress","retry_after":300}');
    now += 120_000;
    expect(current().sync_status).toBe('synchronized');
    expect(current().last_updated > before.last_updated).toBe(true);
    api.reset();
    expect(current().last_updated).toBe(before.last_updated);
  });

  it('knows its paths and methods', () => {
    expect(ask(`/organizations/${SLEEPYCO}/sync`).status).toBe(405);
    expect(ask(`/organizations/${SLEEPYCO}/toString`).status).toBe(404);
    expect(ask('/nothing').status).toBe(404);
  });
});

describe('the rate limit', () => {
  const burst = (headers: Record<string, string>) => {
    const path = `${BASE}/commitments`;
    return api.handle({ method: 'GET', path, query: new URLSearchParams(), headers, body: '' });
  };

  it('lets ten through in any second, per key', () => {
    for (let i = 0; i < 10; i++) {
      const reply = burst(WEBHOOK);
      expect(reply.status).toBe(400);
      expect(reply.headers).toMatchObject({
        'x-ratelimit-limit': '10',
        'x-ratelimit-remaining': String(9 - i),
      });
      now += 50;
    }
    const refused = burst(WEBHOOK);
    expect(refused.status).toBe(429);
    expect(refused.headers).toMatchObject({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' });
    expect(json(refused)).toEqual({
      errors: [{ code: '10011', title: 'Too many requests', detail: expect.any(String) }],
    });
    expect(burst({ ...WEBHOOK, webhook_api_key: 'another' }).status).toBe(401);
    // The window slides: at 1000 ms the first of the ten is a second old, the second one not yet.
    now += 500;
    expect(burst(WEBHOOK).status).toBe(400);
    expect(burst(WEBHOOK).status).toBe(429);
    now += 50;
    expect(burst(WEBHOOK).status).toBe(400);
  });
});
