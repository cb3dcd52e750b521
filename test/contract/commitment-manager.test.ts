/**
 * Commitment Manager's adapter against the vendor's own page: the samples of seed 000 byte for byte, and what the page
 * leaves open as `backends.md` §1 decides it. Guards the promises that money, ownership and absence rest on.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createCommitmentManager,
  type CommitmentManagerSettings,
} from '../../src/backends/commitment-manager/backend.js';
import { createJudge } from '../../src/backends/commitment-manager/client.js';
import type { Day, Month } from '../../src/domain/calendar.js';
import { isRetryable, SourceError, type Failure } from '../../src/domain/failure.js';
import { printAmount, printDecimal, type CurrencyCode } from '../../src/domain/money.js';
import type { Organization, OrganizationSlug } from '../../src/domain/organization.js';
import { createDrift } from '../../src/observability/drift.js';
import { aRequest } from '../support/request.js';
import {
  FAKE_OBSERVED_AT,
  fakeUpstream,
  rawReply,
  type FakeReply,
  type FakeRoutes,
} from '../support/fake-upstream.js';

const ORG_ID = '619c56b5-596b-4cc4-8b04-38fe8e05c750';
const OTHER_ID = '00000000-0000-4000-8000-000000000001';

const sleepyco: Organization = {
  slug: 'sleepyco' as OrganizationSlug,
  name: 'SleepyCo',
  currency: 'EUR' as CurrencyCode,
  commitmentManager: { organizationId: ORG_ID },
  salesforce: null,
  logisense: null,
  monetizenow: null,
  cloudmc: null,
};

const LIST = 'GET commitments';
const STATE = `GET organizations/${ORG_ID}/commitment/current`;
const BILLING = `GET organizations/${ORG_ID}/billing/history`;
const CONTRACT = `GET organizations/${ORG_ID}/contract`;
const USAGE = `GET organizations/${ORG_ID}/usage/current`;
const USAGE_DECEMBER = `GET organizations/${ORG_ID}/usage/2024-12`;

const DUMMIES = { username: 'gateway', webhookApiKey: 'not-a-real-key', bearerToken: 'not-a-real-token' };

/** 2024-06-15, in the middle of the sample's term. */
const NOW = Date.UTC(2024, 5, 15, 12);

function sample(name: string): string {
  return readFileSync(new URL(`samples/commitment-manager/${name}.json`, import.meta.url), 'utf8');
}

function backend(routes: FakeRoutes, settings: CommitmentManagerSettings = DUMMIES, now: number = NOW) {
  const seen: string[] = [];
  const drift = createDrift((_, what) => seen.push(what));
  const { calls, createUpstream } = fakeUpstream(routes);
  const manager = createCommitmentManager(settings, { clock: () => now, drift, createUpstream });
  return { ...manager.sources(aRequest()), calls, seen, counts: () => drift.counts('COMMITMENT_MANAGER') };
}

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof SourceError) return error.failure;
  throw new Error(`expected a SourceError, got ${String(error)}`);
}

/** A list reply with these rows, each the sample's row with members replaced; `undefined` leaves one out. */
function listOf(...rows: Record<string, unknown>[]): FakeReply {
  const base = (JSON.parse(sample('commitments')) as { data: Record<string, unknown>[] }).data[0];
  return { text: JSON.stringify({ data: rows.map((row) => ({ ...base, ...row })) }) };
}

describe('the sample of seed 000', () => {
  it('reads every member', async () => {
    const { minimumCommitments, calls } = backend({ [LIST]: { text: sample('commitments') } });
    const listing = await minimumCommitments.list(sleepyco);

    expect(listing.items).toHaveLength(1);
    const { committed, ...facts } = listing.items[0]!;
    expect(facts).toEqual({
      kind: 'minimum',
      source: 'COMMITMENT_MANAGER',
      externalId: 'cm_7f3b9e2a1c',
      organization: 'sleepyco',
      name: null,
      status: 'ACTIVE',
      statusText: 'active',
      // 2025-01-31T23:59:59Z is the end of the last day.
      term: { startsOn: '2024-02-01', endsBefore: '2025-02-01' },
      committedPer: 'MONTH',
      products: [],
      periods: [
        {
          externalId: null,
          commitmentExternalId: 'cm_7f3b9e2a1c',
          order: 1,
          occurrences: null,
          frequency: null,
          isRemainderOfTerm: false,
          startsOn: '2024-02-01',
          endsBefore: '2025-02-01',
        },
      ],
      createdAt: '2024-01-15T10:30:00Z',
      updatedAt: '2024-01-30T10:15:23Z',
      cancelledAt: null,
      observation: { observedAt: FAKE_OBSERVED_AT, stale: false },
    });
    expect(committed?.currency).toBe('USD');
    expect(printAmount(committed!)).toBe('15000.00');
    expect(listing).toMatchObject({
      dropped: [],
      truncated: false,
      observation: { observedAt: FAKE_OBSERVED_AT },
    });
    expect(calls).toHaveLength(1);
  });

  it('is asked for with both headers and with cancelled commitments, in the scope of the organization', async () => {
    const { minimumCommitments, calls } = backend({ [LIST]: { text: sample('commitments') } });
    await minimumCommitments.list(sleepyco);
    expect(calls[0]).toMatchObject({
      route: 'GET commitments',
      query: { organization_id: ORG_ID, include_cancelled: 'true' },
      headers: { username: 'gateway', webhook_api_key: 'not-a-real-key' },
      scope: { kind: 'organization', organization: 'sleepyco', credential: 'commitment-manager#webhook' },
    });
    expect(calls[0]!.headers).not.toHaveProperty('authorization');
  });
});

describe('the errors of seed 000', () => {
  it('404: no commitments, and no state', async () => {
    const reply = { status: 404, text: sample('error-404') };
    const { minimumCommitments, spend } = backend({
      [LIST]: reply,
      [STATE]: reply,
      [USAGE]: reply,
      [CONTRACT]: reply,
      [BILLING]: reply,
    });
    const range = { startsOn: '2024-01-01' as Day, endsBefore: '2024-07-01' as Day };
    expect(await minimumCommitments.list(sleepyco)).toMatchObject({
      items: [],
      dropped: [],
      truncated: false,
    });
    expect(await spend.billingHistory(sleepyco, range, false)).toMatchObject({ items: [], dropped: [] });
    expect(await spend.state(sleepyco)).toBeNull();
    expect(await spend.usage(sleepyco, null)).toBeNull();
    expect(await spend.terms(sleepyco)).toBeNull();
  });

  it('401: our credential, not the caller and not repeated', async () => {
    const { spend, calls } = backend({ [STATE]: { status: 401, text: sample('error-401') } });
    const failure = await failureOf(spend.state(sleepyco));
    expect(failure).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', source: 'COMMITMENT_MANAGER' });
    expect(failure.detail).toContain('Invalid or expired token');
    expect(failure.message).toBe('Commitment Manager is not available.');
    expect(calls).toHaveLength(1);
  });

  it('409: retry_after counts seconds', async () => {
    const { spend } = backend({ [STATE]: { status: 409, text: sample('error-409') } });
    expect(await failureOf(spend.state(sleepyco))).toMatchObject({
      code: 'UPSTREAM_CONFLICT',
      retryAfterMs: 300_000,
    });
  });

  it('503: estimated_recovery is an instant', async () => {
    const reply = { status: 503, text: sample('error-503') };
    const tenBefore = backend({ [LIST]: reply }, DUMMIES, Date.UTC(2026, 0, 30, 15, 20));
    expect(await failureOf(tenBefore.minimumCommitments.list(sleepyco))).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      retryAfterMs: 600_000,
    });
    const after = backend({ [LIST]: reply }, DUMMIES, Date.UTC(2026, 0, 30, 16));
    expect(await failureOf(after.minimumCommitments.list(sleepyco))).toMatchObject({ retryAfterMs: 0 });
  });
});

describe('other replies', () => {
  const judge = createJudge(() => NOW);
  const telnyx = (code: string, title: string) => JSON.stringify({ errors: [{ code, title, detail: 'x' }] });

  it.each<[string, FakeReply, string, number | undefined]>([
    ['400', { status: 400, text: telnyx('10015', 'Bad Request') }, 'UPSTREAM_REJECTED', undefined],
    [
      '403',
      { status: 403, text: telnyx('10010', 'Authorization failed') },
      'UPSTREAM_UNAVAILABLE',
      undefined,
    ],
    ['404 of the vendor', { status: 404, text: telnyx('10005', 'Not found') }, 'NOT_FOUND', undefined],
    ['404 of something else', { status: 404, text: '<html>nginx</html>' }, 'UPSTREAM_MALFORMED', undefined],
    ['422', { status: 422, text: '{}' }, 'UPSTREAM_REJECTED', undefined],
    ['429', { status: 429, headers: { 'x-ratelimit-reset': '7' } }, 'UPSTREAM_RATE_LIMITED', 7000],
    [
      '429, both headers',
      {
        status: 429,
        headers: { 'retry-after': '2', 'x-ratelimit-reset': '7' },
        text: telnyx('10011', 'Too many'),
      },
      'UPSTREAM_RATE_LIMITED',
      2000,
    ],
    [
      '503 with a date',
      { status: 503, headers: { 'retry-after': 'Sat, 15 Jun 2024 12:00:30 GMT' }, text: '<html>' },
      'UPSTREAM_UNAVAILABLE',
      30_000,
    ],
    ['500', { status: 500, text: 'oops' }, 'UPSTREAM_UNAVAILABLE', undefined],
    ['302', { status: 302, headers: { location: 'https://example.com/' } }, 'UPSTREAM_MALFORMED', undefined],
    ['200 with HTML', { text: '<html>maintenance</html>' }, 'UPSTREAM_MALFORMED', undefined],
    ['200 with nothing', { text: '' }, 'UPSTREAM_MALFORMED', undefined],
    ['200 with an error', { text: '{"error": "Organization not found"}' }, 'UPSTREAM_MALFORMED', undefined],
    ['200 with a list of errors', { text: telnyx('10005', 'Not found') }, 'UPSTREAM_MALFORMED', undefined],
  ])('%s', (_, reply, code, retryAfterMs) => {
    const failure = judge.failureOf(rawReply(reply));
    expect(failure?.code).toBe(code);
    expect((failure as { retryAfterMs?: number }).retryAfterMs).toBe(retryAfterMs);
  });

  it('reads both forms of errors into the detail, and into nothing else', () => {
    const failure = judge.failureOf(rawReply({ status: 429, text: telnyx('10011', 'Too many requests') }));
    expect(failure?.detail).toContain('10011 Too many requests');
    expect(failure?.message).not.toContain('10011');
    expect(failure && isRetryable(failure)).toBe(true);
  });

  it('a success is none', () => {
    expect(judge.failureOf(rawReply({ text: sample('commitments') }))).toBeNull();
    expect(judge.failureOf(rawReply({ text: '{"data":[],"errors":[]}' }))).toBeNull();
  });

  it('a list without rows in it is malformed, not empty', async () => {
    for (const text of ['{}', '{"data":null}', '{"data":{}}', '[]', 'null', '0']) {
      const { minimumCommitments } = backend({ [LIST]: { text } });
      expect((await failureOf(minimumCommitments.list(sleepyco))).code).toBe('UPSTREAM_MALFORMED');
    }
  });
});

describe('both sets of names (C1)', () => {
  const alternative = {
    id: 'ch_42',
    organization_id: ORG_ID,
    monthly_commitment_amount: 15000.5,
    currency: 'USD',
    period_start: '2024-02-01',
    period_end: '2025-01-31',
    cancelled_at: null,
  };

  it('monthly_commitment_amount is in major units, days are whole ones, and the status follows from them', async () => {
    const { minimumCommitments } = backend({ [LIST]: { text: JSON.stringify({ data: [alternative] }) } });
    const [commitment] = (await minimumCommitments.list(sleepyco)).items;
    expect(commitment).toMatchObject({
      externalId: 'ch_42',
      term: { startsOn: '2024-02-01', endsBefore: '2025-02-01' },
      status: 'ACTIVE',
      statusText: null,
      createdAt: null,
      updatedAt: null,
    });
    expect(printAmount(commitment!.committed!)).toBe('15000.50');
  });

  it('a row under both names must agree with itself', async () => {
    const { minimumCommitments } = backend({
      [LIST]: listOf(
        { commitment_id: 'cm_1', monthly_commitment_amount: 15000 },
        { commitment_id: 'cm_2', monthly_commitment_amount: 1500000 },
      ),
    });
    const { items, dropped } = await minimumCommitments.list(sleepyco);
    expect(items.map(({ externalId }) => externalId)).toEqual(['cm_1']);
    expect(dropped[0]?.detail).toContain('contradicts monthly_commitment_amount');
  });

  it.each([
    ['before', Date.UTC(2024, 0, 31, 23, 59), null, 'PENDING'],
    ['first day', Date.UTC(2024, 1, 1), null, 'ACTIVE'],
    ['last day', Date.UTC(2025, 0, 31, 23, 59), null, 'ACTIVE'],
    ['day after', Date.UTC(2025, 1, 1), null, 'EXPIRED'],
    ['cancelled', Date.UTC(2024, 5, 1), '2024-03-01T00:00:00Z', 'CANCELLED'],
  ])('without a status: %s', async (_, now, cancelledAt, status) => {
    const text = JSON.stringify({ data: [{ ...alternative, cancelled_at: cancelledAt }] });
    const { minimumCommitments } = backend({ [LIST]: { text } }, DUMMIES, now);
    expect((await minimumCommitments.list(sleepyco)).items[0]).toMatchObject({ status, cancelledAt });
  });
});

describe('a list', () => {
  it('shows nothing of a row of another organization, counts it, and says that something is missing', async () => {
    const { minimumCommitments, counts } = backend({
      [LIST]: listOf({ commitment_id: 'cm_theirs', organization_id: OTHER_ID }, { commitment_id: 'cm_ours' }),
    });
    const listing = await minimumCommitments.list(sleepyco);
    expect(listing.items.map(({ externalId }) => externalId)).toEqual(['cm_ours']);
    expect(listing.dropped).toMatchObject([{ code: 'UPSTREAM_MALFORMED' }]);
    expect(counts()).toMatchObject({ foreignRecords: 1, droppedRecords: 0 });
    expect(await minimumCommitments.byId(sleepyco, 'cm_theirs')).toBeNull();
  });

  it('knows its organization in either case', async () => {
    const { minimumCommitments } = backend({ [LIST]: listOf({ organization_id: ORG_ID.toUpperCase() }) });
    expect((await minimumCommitments.list(sleepyco)).items).toHaveLength(1);
  });

  it.each<[string, Record<string, unknown>]>([
    ['no id', { commitment_id: undefined }],
    ['no owner', { organization_id: undefined }],
    ['no amount', { amount: undefined }],
    ['amount as text', { amount: '1500000' }],
    ['a fraction of a cent', { amount: 1500000.5 }],
    ['a day that is none', { start_date: '2024-02-30' }],
    ['an instant without offset', { end_date: '2025-01-31T23:59:59' }],
    ['a currency that is none', { currency: 'dollars' }],
    ['a status that is no text', { status: 1 }],
  ])('loses a bad row alone: %s', async (_, wrong) => {
    const { minimumCommitments, counts } = backend({
      [LIST]: listOf({ commitment_id: 'cm_1' }, wrong, { commitment_id: 'cm_3' }),
    });
    const { items, dropped } = await minimumCommitments.list(sleepyco);
    expect(items.map(({ externalId }) => externalId)).toEqual(['cm_1', 'cm_3']);
    expect(dropped).toHaveLength(1);
    expect(dropped[0]).toMatchObject({ code: 'UPSTREAM_MALFORMED', source: 'COMMITMENT_MANAGER' });
    expect(dropped[0]!.detail).toContain('commitment at 1');
    expect(counts().droppedRecords).toBe(1);
  });

  it('never names a value of a bad row', async () => {
    const { minimumCommitments } = backend({ [LIST]: listOf({ amount: 'secret-value' }) });
    expect(JSON.stringify(await minimumCommitments.list(sleepyco))).not.toContain('secret-value');
  });

  it('keeps every digit of an amount', async () => {
    const text = sample('commitments').replace('1500000', '900719925474099312345');
    const { minimumCommitments } = backend({ [LIST]: { text } });
    const [commitment] = (await minimumCommitments.list(sleepyco)).items;
    expect(printAmount(commitment!.committed!)).toBe('9007199254740993123.45');
  });

  it("takes the directory's currency where none is sent, and no money without either", async () => {
    const routes = { [LIST]: listOf({ currency: undefined }) };
    const [known] = (await backend(routes).minimumCommitments.list(sleepyco)).items;
    expect(known?.committed?.currency).toBe('EUR');
    const [unknown] = (await backend(routes).minimumCommitments.list({ ...sleepyco, currency: null })).items;
    expect(unknown).toMatchObject({ externalId: 'cm_7f3b9e2a1c', committed: null });
  });

  it('keeps a status that it does not know as text, and counts it', async () => {
    const { minimumCommitments, seen } = backend({
      [LIST]: listOf(
        { commitment_id: 'cm_1', status: 'paused' },
        { commitment_id: 'cm_2', status: 'cancelled' },
        { commitment_id: 'cm_3', status: 'expired' },
        { commitment_id: 'cm_4', status: 'pending' },
        { commitment_id: 'cm_5', status: 'constructor' },
      ),
    });
    const { items } = await minimumCommitments.list(sleepyco);
    expect(items.map(({ status }) => status)).toEqual([
      'UNRECOGNIZED',
      'CANCELLED',
      'EXPIRED',
      'PENDING',
      'UNRECOGNIZED',
    ]);
    expect(items[0]?.statusText).toBe('paused');
    expect(seen).toEqual(['commitment.status=paused', 'commitment.status=constructor']);
  });

  it('leaves the end open where there is none, and survives the end of the calendar', async () => {
    const { minimumCommitments } = backend({
      [LIST]: listOf(
        { commitment_id: 'cm_1', end_date: null },
        { commitment_id: 'cm_2', end_date: '9999-12-31T23:59:59Z', status: null },
      ),
    });
    const { items } = await minimumCommitments.list(sleepyco);
    expect(items.map(({ term }) => term.endsBefore)).toEqual([null, '9999-12-31']);
    expect(items[1]?.status).toBe('ACTIVE');
  });

  it('shows a row that comes twice once, and neither of two that differ', async () => {
    const { minimumCommitments } = backend({
      [LIST]: listOf(
        { commitment_id: 'cm_1' },
        { commitment_id: 'cm_2', amount: 1 },
        { commitment_id: 'cm_1' },
        { commitment_id: 'cm_2', amount: 2 },
      ),
    });
    const { items, dropped } = await minimumCommitments.list(sleepyco);
    expect(items.map(({ externalId }) => externalId)).toEqual(['cm_1']);
    expect(dropped.map(({ code }) => code)).toEqual(['UPSTREAM_MALFORMED']);
  });

  it.each([
    ['{"total_results": 1}', false],
    ['{"total_results": 2}', true],
    ['{"total_pages": 3, "page_number": 1}', true],
    ['{"total_results": "many"}', false],
    ['"none"', false],
    ['null', false],
  ])('with meta %s says whether there is more: %s', async (meta, truncated) => {
    const text = sample('commitments').replace('{\n  "data"', `{\n  "meta": ${meta},\n  "data"`);
    expect((await backend({ [LIST]: { text } }).minimumCommitments.list(sleepyco)).truncated).toBe(truncated);
  });
});

describe('ids', () => {
  it('one list serves any number of them, and the list itself', async () => {
    const { minimumCommitments, calls } = backend({
      [LIST]: [listOf({ commitment_id: 'cm_1' }, { commitment_id: 'cm_2' })],
    });
    const [second, none, first] = await Promise.all(
      ['cm_2', 'cm_3', 'cm_1'].map((id) => minimumCommitments.byId(sleepyco, id)),
    );
    expect([second?.externalId, none, first?.externalId]).toEqual(['cm_2', null, 'cm_1']);
    expect((await minimumCommitments.list(sleepyco)).items).toHaveLength(2);
    expect(calls).toHaveLength(1);
  });

  it('text that is none costs no call', async () => {
    const { minimumCommitments, calls } = backend({});
    for (const text of [
      '',
      '..',
      '../organizations',
      'cm_1/../x',
      'cm_1?x=1',
      "cm_1' OR",
      'cm 1',
      'cm_1\n',
      '-',
    ]) {
      expect(minimumCommitments.isId(text)).toBe(false);
      expect(await minimumCommitments.byId(sleepyco, text)).toBeNull();
    }
    expect(minimumCommitments.isId('cm_7f3b9e2a1c')).toBe(true);
    expect(minimumCommitments.isId('ch_42')).toBe(true);
    expect(calls).toEqual([]);
  });

  it('an organization without an account costs no call', async () => {
    const { minimumCommitments, spend, calls } = backend({});
    const stranger = { ...sleepyco, commitmentManager: null };
    const range = { startsOn: '2024-01-01' as Day, endsBefore: '2024-02-01' as Day };
    expect(await minimumCommitments.list(stranger)).toMatchObject({
      items: [],
      dropped: [],
      truncated: false,
    });
    expect(await minimumCommitments.byId(stranger, 'cm_1')).toBeNull();
    expect(await spend.state(stranger)).toBeNull();
    expect(await spend.usage(stranger, '2024-12' as Month)).toBeNull();
    expect(await spend.terms(stranger)).toBeNull();
    expect(await spend.billingHistory(stranger, range, true)).toMatchObject({ items: [] });
    expect(calls).toEqual([]);
  });

  it.each(['..', 'x/../y', `${ORG_ID}/contract`, ''])(
    'a directory that says %j costs no call',
    async (organizationId) => {
      const { minimumCommitments, spend, calls } = backend({});
      const broken = { ...sleepyco, commitmentManager: { organizationId } };
      expect((await failureOf(minimumCommitments.list(broken))).code).toBe('UPSTREAM_REJECTED');
      expect((await failureOf(spend.state(broken))).code).toBe('UPSTREAM_REJECTED');
      expect(calls).toEqual([]);
    },
  );
});

describe('credentials', () => {
  const routes = {
    [LIST]: { text: sample('commitments') },
    [STATE]: { text: '{"commitment":{"status":"active"}}' },
  };

  it('the list works without the bearer token', async () => {
    const { minimumCommitments, spend } = backend(routes, {
      username: 'gateway',
      webhookApiKey: 'not-a-real-key',
    });
    expect((await minimumCommitments.list(sleepyco)).items).toHaveLength(1);
    const failure = await failureOf(spend.state(sleepyco));
    expect(failure.code).toBe('UPSTREAM_UNAVAILABLE');
    expect(failure.detail).toContain('backends.commitmentManager.bearerToken');
  });

  it('the rest works without the webhook key', async () => {
    const { minimumCommitments, spend, calls } = backend(routes, {
      username: 'gateway',
      bearerToken: 'not-a-real-token',
    });
    expect(await spend.state(sleepyco)).toMatchObject({ status: 'ACTIVE' });
    expect(calls[0]).toMatchObject({
      headers: { authorization: 'Bearer not-a-real-token' },
      scope: { organization: 'sleepyco', credential: 'commitment-manager#bearer' },
    });
    const failure = await failureOf(minimumCommitments.list(sleepyco));
    expect(failure.detail).toContain('backends.commitmentManager.webhookApiKey');
  });
});

describe('the current commitment', () => {
  const commitment = {
    status: 'active',
    mmc_amount: 15000,
    contract_start_date: '2024-02-01',
    contract_end_date: '2025-01-31',
    sync_status: 'synchronized',
    last_updated: '2024-06-15T11:58:00Z',
    commitment_handler_id: 'ch_42',
  };
  const reply = (members: Record<string, unknown>) => ({
    [STATE]: { text: JSON.stringify({ commitment: members }) },
  });

  it('reads every member', async () => {
    const { minimum, reportedMinimum, ...facts } = (await backend(reply(commitment)).spend.state(sleepyco))!;
    expect(facts).toEqual({
      status: 'ACTIVE',
      statusText: 'active',
      term: { startsOn: '2024-02-01', endsBefore: '2025-02-01' },
      syncStatus: 'SYNCHRONIZED',
      syncStatusText: 'synchronized',
      lastUpdatedAt: '2024-06-15T11:58:00Z',
      commitmentHandlerId: 'ch_42',
      observation: { observedAt: FAKE_OBSERVED_AT, stale: false },
    });
    expect([printAmount(minimum!), minimum!.currency, printDecimal(reportedMinimum!)]).toEqual([
      '15000.00',
      'EUR',
      '15000',
    ]);
  });

  it('counts mmc_amount in the configured unit, and keeps it as sent (C2)', async () => {
    const { spend } = backend(reply(commitment), { ...DUMMIES, minimumUnit: 'cents' });
    const state = (await spend.state(sleepyco))!;
    expect(printAmount(state.minimum!)).toBe('150.00');
    expect(printDecimal(state.reportedMinimum!)).toBe('15000');
  });

  it('leaves out what is not sent', async () => {
    const { spend } = backend(reply({ sync_status: 'queued' }));
    expect(await spend.state(sleepyco)).toMatchObject({
      status: 'UNKNOWN',
      minimum: null,
      reportedMinimum: null,
      term: { startsOn: null, endsBefore: null },
      syncStatus: 'UNRECOGNIZED',
      syncStatusText: 'queued',
      lastUpdatedAt: null,
    });
  });

  it('is null where there is none', async () => {
    expect(await backend({ [STATE]: { text: '{"commitment": null}' } }).spend.state(sleepyco)).toBeNull();
  });

  it("is null and counted where it is another's", async () => {
    const { spend, counts } = backend(reply({ ...commitment, organization_id: OTHER_ID }));
    expect(await spend.state(sleepyco)).toBeNull();
    expect(counts().foreignRecords).toBe(1);
  });

  it.each(['{}', '{"commitment": {}}', '{"commitment": {"mmc_amount": "15000"}}', '{"commitment": []}'])(
    'refuses %s',
    async (text) => {
      expect((await failureOf(backend({ [STATE]: { text } }).spend.state(sleepyco))).code).toBe(
        'UPSTREAM_MALFORMED',
      );
    },
  );

  it('is asked for once in a request', async () => {
    const { spend, calls } = backend(reply(commitment));
    await Promise.all([spend.state(sleepyco), spend.state(sleepyco)]);
    expect(calls).toHaveLength(1);
  });
});

describe('usage', () => {
  const usage = {
    period: '2024-12',
    commitment_amount: 1500000,
    usage_amount: 1200050,
    remaining_amount: 299950,
    currency: 'USD',
    breakdown: [{ product: 'Voice', quantity: 12.5, unit: 'hour', amount: 1200050 }, { name: 'Support' }],
  };

  it.each<[string, unknown]>([
    ['bare', usage],
    ['in data', { data: usage }],
    ['in usage', { usage }],
  ])('is read %s', async (_, body) => {
    const { spend } = backend({ [USAGE]: { text: JSON.stringify(body) } });
    const summary = (await spend.usage(sleepyco, null))!;
    expect(summary.month).toBe('2024-12');
    expect(
      [summary.committed, summary.used, summary.remaining].map((amount) => amount && printAmount(amount)),
    ).toEqual(['15000.00', '12000.50', '2999.50']);
    expect(summary.committed?.currency).toBe('USD');
    expect(summary.lines).toHaveLength(2);
    expect(summary.lines[0]).toMatchObject({ name: 'Voice', unit: 'hour' });
    expect(printDecimal(summary.lines[0]!.quantity!)).toBe('12.5');
    expect(printAmount(summary.lines[0]!.amount!)).toBe('12000.50');
    expect(summary.lines[1]).toEqual({ name: 'Support', quantity: null, unit: null, amount: null });
  });

  it('of a month has its own path, and must be of that month', async () => {
    const { spend, calls } = backend({
      [USAGE_DECEMBER]: { text: JSON.stringify({ ...usage, period: undefined }) },
    });
    expect((await spend.usage(sleepyco, '2024-12' as Month))?.month).toBe('2024-12');
    expect(calls[0]?.endpoint).toBe('usage.month');
    const other = backend({ [USAGE_DECEMBER]: { text: JSON.stringify({ ...usage, period: '2024-11' }) } });
    expect((await failureOf(other.spend.usage(sleepyco, '2024-12' as Month))).code).toBe(
      'UPSTREAM_MALFORMED',
    );
  });

  it('never turns a missing amount into zero', async () => {
    const { spend } = backend({ [USAGE]: { text: '{"period": "2024-12", "usage_amount": 5}' } });
    expect(await spend.usage(sleepyco, null)).toMatchObject({ committed: null, remaining: null, lines: [] });
  });

  it.each(['{}', '{"period": "2024-12"}', '{"usage_amount": "5"}', '{"usage_amount": 5, "breakdown": [{}]}'])(
    'refuses %s',
    async (text) => {
      expect((await failureOf(backend({ [USAGE]: { text } }).spend.usage(sleepyco, null))).code).toBe(
        'UPSTREAM_MALFORMED',
      );
    },
  );
});

describe('billing history', () => {
  const range = { startsOn: '2024-01-01' as Day, endsBefore: '2025-01-01' as Day };
  const month = {
    period: '2024-03',
    invoiced_amount: 1500000,
    committed_amount: 1500000,
    usage_amount: 1200000,
    shortfall_amount: 300000,
    currency: 'USD',
    status: 'paid',
    usage: [{ name: 'Voice', amount: 1200000 }],
  };
  const text = JSON.stringify({
    data: [
      month,
      { ...month, period: '2024-04-01' },
      { period: '2024-05' },
      { ...month, organization_id: OTHER_ID },
    ],
  });

  it('asks for whole days, the last one included', async () => {
    const { spend, calls } = backend({ [BILLING]: { text } });
    await spend.billingHistory(sleepyco, range, true);
    expect(calls[0]?.query).toEqual({
      start_date: '2024-01-01',
      end_date: '2024-12-31',
      include_usage: 'true',
    });
  });

  it('reads each month, drops a bad one and hides a foreign one', async () => {
    const { spend, counts } = backend({ [BILLING]: { text } });
    const { items, dropped } = await spend.billingHistory(sleepyco, range, true);
    expect(items.map((entry) => entry.month)).toEqual(['2024-03', '2024-05']);
    const [march, may] = items;
    expect(
      [march!.invoiced, march!.committed, march!.used, march!.shortfall].map((amount) =>
        printAmount(amount!),
      ),
    ).toEqual(['15000.00', '15000.00', '12000.00', '3000.00']);
    expect(march).toMatchObject({ statusText: 'paid', usage: [{ name: 'Voice' }] });
    expect(may).toEqual({
      month: '2024-05',
      invoiced: null,
      committed: null,
      used: null,
      shortfall: null,
      statusText: null,
      usage: null,
    });
    expect(dropped.map(({ detail }) => detail)).toEqual([
      'billed month at 1: period: expected a month',
      'billed month: records of another organization',
    ]);
    expect(counts()).toMatchObject({ foreignRecords: 1, droppedRecords: 1 });
  });

  it('shows no usage that was not asked for', async () => {
    const { spend, calls } = backend({ [BILLING]: { text } });
    expect((await spend.billingHistory(sleepyco, range, false)).items[0]?.usage).toBeNull();
    expect(calls[0]?.query).toMatchObject({ include_usage: 'false' });
  });

  it('asks nothing for a range without days', async () => {
    const { spend, calls } = backend({});
    const empty = { startsOn: range.startsOn, endsBefore: range.startsOn };
    expect((await spend.billingHistory(sleepyco, empty, true)).items).toEqual([]);
    expect(calls).toEqual([]);
  });
});

describe('contract terms', () => {
  const contract = {
    organization_id: ORG_ID,
    currency: 'USD',
    terms_and_conditions: 'Net 30.',
    early_termination_penalty: { penalty_percent: 50, notice_days: 90, description: 'Half of what remains.' },
    escalation_schedule: [{ effective_date: '2025-02-01', increase_percent: 3.5, monthly_amount: 1552500 }],
    renewal_terms: { auto_renew: true, renewal_term_months: 12, notice_days: 60 },
    special_provisions: ['First.', 'Second.'],
    signed_by: null,
    version: 3,
  };

  it.each<[string, unknown]>([
    ['bare', contract],
    ['in contract', { contract }],
    ['in data', { data: contract }],
    ['in both', { data: { contract } }],
  ])('are read %s', async (_, body) => {
    const { spend } = backend({ [CONTRACT]: { text: JSON.stringify(body) } });
    const terms = (await spend.terms(sleepyco))!;
    expect(terms.clauses).toEqual([
      { kind: 'OTHER', name: 'currency', text: 'USD' },
      { kind: 'TERMS', name: 'terms_and_conditions', text: 'Net 30.' },
      {
        kind: 'EARLY_TERMINATION',
        name: 'early_termination_penalty',
        text: 'penalty_percent: 50\nnotice_days: 90\ndescription: Half of what remains.',
      },
      {
        kind: 'ESCALATION',
        name: 'escalation_schedule',
        text: 'effective_date: 2025-02-01\nincrease_percent: 3.5\nmonthly_amount: 1552500',
      },
      {
        kind: 'RENEWAL',
        name: 'renewal_terms',
        text: 'auto_renew: true\nrenewal_term_months: 12\nnotice_days: 60',
      },
      { kind: 'SPECIAL_PROVISION', name: 'special_provisions', text: 'First.' },
      { kind: 'SPECIAL_PROVISION', name: 'special_provisions', text: 'Second.' },
      { kind: 'OTHER', name: 'version', text: '3' },
    ]);
    expect(terms.escalation).toHaveLength(1);
    expect(terms.escalation[0]).toMatchObject({ effectiveOn: '2025-02-01', minimum: { currency: 'USD' } });
    expect(printDecimal(terms.escalation[0]!.increasePercent!)).toBe('3.5');
    expect(printAmount(terms.escalation[0]!.minimum!)).toBe('15525.00');
    expect(terms.renewal).toEqual({ renewsAutomatically: true, renewalMonths: 12, noticeDays: 60 });
    expect(printDecimal(terms.earlyTermination!.penaltyPercent!)).toBe('50');
    expect(terms.earlyTermination!.noticeDays).toBe(90);
  });

  it('keeps as clauses what it cannot type, and types nothing of it', async () => {
    const text = JSON.stringify({
      escalations: [{ effective_date: '2025-02-01', increase_percent: 3 }, { effective_date: 'next year' }],
      renewalTerms: 'renews by itself',
      penalty_clauses: [{ penalty_percent: 50 }, { penalty_percent: 25 }],
    });
    const terms = (await backend({ [CONTRACT]: { text } }).spend.terms(sleepyco))!;
    expect(terms).toMatchObject({ escalation: [], renewal: null, earlyTermination: null });
    expect(terms.clauses.map(({ kind, text: words }) => `${kind} ${words}`)).toEqual([
      'ESCALATION effective_date: 2025-02-01\nincrease_percent: 3',
      'ESCALATION effective_date: next year',
      'RENEWAL renews by itself',
      'EARLY_TERMINATION penalty_percent: 50',
      'EARLY_TERMINATION penalty_percent: 25',
    ]);
  });

  it('of another organization are not shown', async () => {
    const { spend, counts } = backend({
      [CONTRACT]: { text: JSON.stringify({ contract: { ...contract, organization_id: OTHER_ID } }) },
    });
    expect(await spend.terms(sleepyco)).toBeNull();
    expect(counts().foreignRecords).toBe(1);
  });

  it('refuses what is nested without end', async () => {
    const text = `{"terms":${'['.repeat(200)}${']'.repeat(200)}}`;
    expect((await failureOf(backend({ [CONTRACT]: { text } }).spend.terms(sleepyco))).code).toBe(
      'UPSTREAM_MALFORMED',
    );
  });
});

describe('whatever JSON comes back', () => {
  it('every port answers, or fails with a SourceError', async () => {
    const range = { startsOn: '2024-01-01' as Day, endsBefore: '2025-01-01' as Day };
    const anyMember = fc.constantFrom(
      'data',
      'commitment',
      'contract',
      'usage',
      'amount',
      'status',
      'period',
      'breakdown',
      'end_date',
      'organization_id',
      'renewal_terms',
      '__proto__',
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom(
          '1',
          '-0.5',
          '1e40',
          'null',
          'true',
          '"x"',
          `"${ORG_ID}"`,
          '"2024-12"',
          '"2024-12-01"',
        ),
        fc.array(tie('tree') as fc.Arbitrary<string>, { maxLength: 3 }).map((items) => `[${items.join()}]`),
        fc
          .uniqueArray(fc.tuple(anyMember, tie('tree') as fc.Arbitrary<string>), {
            maxLength: 5,
            selector: ([name]) => name,
          })
          .map((members) => `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(tree as fc.Arbitrary<string>, async (text) => {
        const reply = { text };
        const { minimumCommitments, spend } = backend({
          [LIST]: reply,
          [STATE]: reply,
          [BILLING]: reply,
          [CONTRACT]: reply,
          [USAGE]: reply,
        });
        const results = await Promise.allSettled([
          minimumCommitments.list(sleepyco),
          spend.state(sleepyco),
          spend.usage(sleepyco, null),
          spend.terms(sleepyco),
          spend.billingHistory(sleepyco, range, true),
        ]);
        for (const result of results) {
          if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(SourceError);
        }
      }),
      { seed: 20261102, numRuns: 500 },
    );
  });
});
