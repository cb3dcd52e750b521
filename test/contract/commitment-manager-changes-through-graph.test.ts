/**
 * The one request of Commitment Manager's page (seed 000) that changes something, `POST /organizations/{id}/sync`, is
 * made by a mutation and arrives as its curl line shows it; the four error bodies of the page, byte for byte, become
 * what callers see of them.
 *
 * The page prints no answer to that request, nor one of `commitment/current`, which proves what became of it, only the
 * names that are in it. Those are served in the form that the adapter settled on (`backends.md` §1.4): 202 and
 * `{"status": "queued"}`, and `{"commitment": {…}}`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { JournalOptions } from '../../src/app.js';
import { everyField } from '../support/every-field.js';
import { startGateway } from '../support/gateway.js';
import { startPlainServer, type PlainReply, type PlainRoutes } from '../support/plain-server.js';
import { sampleBytes } from '../support/samples.js';

const ID = '619c56b5-596b-4cc4-8b04-38fe8e05c750';
const BASE = '/v2/commitment_manager/webhook';
const SYNC = `POST ${BASE}/organizations/${ID}/sync`;
const CURRENT = `GET ${BASE}/organizations/${ID}/commitment/current`;
const NOW = '2026-01-30T15:20:00Z';

const current = (syncStatus: string, lastUpdated: string): PlainReply => ({
  body: `{"commitment": {"status": "active", "mmc_amount": 15000.00, "currency": "USD",
    "contract_start_date": "2025-02-01", "contract_end_date": "2026-01-31", "sync_status": "${syncStatus}",
    "last_updated": "${lastUpdated}", "commitment_handler_id": "ch_42"}}`,
});
const BEFORE = current('synchronized', '2026-01-30T10:15:23Z');
const QUEUED: PlainReply = { status: 202, body: '{"status": "queued"}' };
const documented = (status: number): PlainReply => ({
  status,
  body: sampleBytes(`commitment-manager/error-${status}`),
});

/** `after`: what `commitment/current` shows once the request is there. */
async function open(
  sync: PlainReply,
  after: PlainReply,
  { before = BEFORE, journal }: { readonly before?: PlainReply; readonly journal?: JournalOptions } = {},
) {
  const routes: PlainRoutes = {
    [SYNC]: sync,
    get [CURRENT]() {
      return sent().length === 0 ? before : after;
    },
  };
  const server = await startPlainServer(routes);
  onTestFinished(() => server[Symbol.asyncDispose]());
  const sent = () => server.calls.filter(({ method }) => method !== 'GET');
  const folder = mkdtempSync(join(tmpdir(), 'journal-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const gateway = await startGateway({
    backends: {
      commitmentManager: {
        url: `${server.url}${BASE}`,
        username: 'gateway',
        webhookApiKey: 'not-a-real-key',
        bearerToken: 'not-a-real-token',
      },
    },
    accounts: [{ slug: 'acme', name: 'Acme', currency: 'EUR', commitmentManager: { organizationId: ID } }],
    clock: () => Date.parse(NOW),
    store: join(folder, 'journal.db'),
    ...(journal === undefined ? {} : { journal }),
  });
  onTestFinished(() => gateway[Symbol.asyncDispose]());
  return { query: gateway.query.bind(gateway), sent, calls: server.calls };
}

const PAYLOAD = everyField('OrganizationSyncPayload', {
  UserError: '{ __typename code path message }',
  'ContractOperation.target': '{ ... on Organization { slug } }',
  // Of another backend.
  'ContractOperation.contract': '{ id }',
  'ContractOperation.quote': '{ externalId }',
  'ContractOperation.invoice': '{ externalId }',
});

async function sync(rig: Awaited<ReturnType<typeof open>>) {
  const { data, errors } = await rig.query(
    `mutation ($input: OrganizationSyncInput!) { organizationSync(input: $input) ${PAYLOAD} }`,
    { input: { organization: 'acme', idempotencyKey: 'key-of-the-sample', reason: 'The webhook failed.' } },
  );
  return { payload: data?.organizationSync, errors };
}

const SEEN = { status: 'active', handlerId: 'ch_42' };
const evidence = (syncStatus: string, syncStatusText: string, lastUpdated: string) => ({
  ...SEEN,
  syncStatus,
  syncStatusText,
  lastUpdated,
});

/** The operation as it is when the request was taken, and not settled. */
const OPERATION = {
  id: expect.any(String) as unknown,
  kind: 'ORGANIZATION_SYNC',
  state: 'PENDING',
  needsOperator: false,
  organization: { slug: 'acme' },
  source: 'COMMITMENT_MANAGER',
  target: { slug: 'acme' },
  targetExternalId: ID,
  client: 'demo',
  idempotencyKey: 'key-of-the-sample',
  reason: 'The webhook failed.',
  requestedAt: NOW,
  sentAt: NOW,
  settledAt: null as string | null,
  updatedAt: NOW,
  request: { method: 'POST', path: `organizations/${ID}/sync`, body: null },
  references: {
    quoteId: null,
    contractId: null,
    invoiceId: null,
    taskId: null,
    trackingId: null,
    newCommitmentId: null,
  },
  failure: null as object | null,
  evidence: { before: expect.any(String) as unknown, after: null as unknown },
  looks: 0,
  requestId: expect.any(String) as unknown,
  contract: null,
  quote: null,
  invoice: null,
};

const state = (syncStatus: string, syncStatusText: string, lastUpdatedAt: string) => ({
  status: 'ACTIVE',
  statusText: 'active',
  minimum: { amount: '15000.00', currency: 'USD' },
  reportedMinimum: '15000',
  term: { startsOn: '2025-02-01', endsBefore: '2026-02-01' },
  syncStatus,
  syncStatusText,
  lastUpdatedAt,
  commitmentHandlerId: 'ch_42',
  freshness: { observedAt: NOW, ageMs: 0, stale: false },
});

describe('POST /organizations/{id}/sync', () => {
  it('arrives as the curl line shows it: the bearer token, no body; and comes back whole', async () => {
    const rig = await open(QUEUED, current('synchronized', '2026-01-30T15:20:01Z'));
    const { payload, errors } = await sync(rig);
    expect(errors).toEqual([]);
    expect(rig.sent()).toHaveLength(1);
    const [sent] = rig.sent();
    expect(`${sent?.method} ${sent?.path}`).toBe(SYNC);
    expect([...sent!.query]).toEqual([]);
    expect(sent?.body).toBe('');
    expect(sent?.headers).toMatchObject({
      authorization: 'Bearer not-a-real-token',
      'x-request-id': expect.any(String) as unknown,
    });
    for (const name of ['username', 'webhook_api_key', 'content-type'])
      expect(sent?.headers).not.toHaveProperty(name);
    expect({ ...payload, operation: { ...payload.operation, evidence: null } }).toEqual({
      operation: { ...OPERATION, state: 'SUCCEEDED', settledAt: NOW, looks: 1, evidence: null },
      state: state('SYNCHRONIZED', 'synchronized', '2026-01-30T15:20:01Z'),
      preview: null,
      isReplay: false,
      isDurable: true,
      userErrors: [],
    });
    const { before, after } = payload.operation.evidence;
    expect(JSON.parse(before)).toEqual(evidence('SYNCHRONIZED', 'synchronized', '2026-01-30T10:15:23Z'));
    expect(JSON.parse(after)).toEqual(evidence('SYNCHRONIZED', 'synchronized', '2026-01-30T15:20:01Z'));
  });

  it('that is taken and not carried out yet is pending, and says what billing shows meanwhile', async () => {
    const rig = await open(QUEUED, current('pending', '2026-01-30T10:15:23Z'), {
      journal: { times: { followMs: 0 } },
    });
    const { payload, errors } = await sync(rig);
    expect(errors).toEqual([]);
    expect(payload).toEqual({
      operation: OPERATION,
      state: state('PENDING', 'pending', '2026-01-30T10:15:23Z'),
      preview: null,
      isReplay: false,
      isDurable: true,
      userErrors: [],
    });
  });
});

describe('the sample errors, as answers to the change', () => {
  it('401: nobody looked at it, so nothing was sent', async () => {
    const rig = await open(documented(401), BEFORE);
    const { payload, errors } = await sync(rig);
    expect(payload).toBeNull();
    expect(errors).toMatchObject([
      {
        path: ['organizationSync'],
        extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'COMMITMENT_MANAGER', retryable: false },
      },
    ]);
    expect(rig.sent()).toHaveLength(1);
    await expectNoOperation(rig);
  });

  it('404: it does not know the organization', async () => {
    const rig = await open(documented(404), BEFORE);
    const { payload, errors } = await sync(rig);
    const message = 'Commitment Manager does not know the organization.';
    expect(errors).toEqual([]);
    expect(payload).toMatchObject({
      operation: { ...OPERATION, state: 'FAILED', settledAt: NOW, failure: { code: 'REFUSED', message } },
      userErrors: [{ __typename: 'BackendRefusal', code: 'REFUSED', path: [], message }],
    });
    expect(rig.sent()).toHaveLength(1);
  });

  it('409: something else is in the way, and it says for how long (S19)', async () => {
    const rig = await open(documented(409), BEFORE);
    const { payload, errors } = await sync(rig);
    expect(payload).toBeNull();
    expect(errors).toMatchObject([
      {
        path: ['organizationSync'],
        extensions: {
          code: 'UPSTREAM_CONFLICT',
          source: 'COMMITMENT_MANAGER',
          retryable: true,
          retryAfterMs: 300_000,
        },
      },
    ]);
    expect(rig.sent()).toHaveLength(1);
    await expectNoOperation(rig);
  });

  it('503: nobody knows', async () => {
    const rig = await open(documented(503), BEFORE);
    const { payload, errors } = await sync(rig);
    expect(payload).toMatchObject({
      operation: {
        ...OPERATION,
        state: 'UNKNOWN',
        failure: { code: 'NO_ANSWER', message: expect.any(String) as unknown },
      },
      userErrors: [],
    });
    expect(errors).toContainEqual(
      expect.objectContaining({
        path: ['organizationSync'],
        extensions: {
          code: 'OUTCOME_UNKNOWN',
          source: 'COMMITMENT_MANAGER',
          retryable: false,
          requestId: expect.any(String) as unknown,
        },
      }),
    );
    expect(rig.sent()).toHaveLength(1);
  });

  it.each([401, 409, 503])('%i where the state is read before: nothing is sent', async (status) => {
    const rig = await open(QUEUED, BEFORE, { before: documented(status) });
    const { payload, errors } = await sync(rig);
    expect(payload).toBeNull();
    expect(errors).toHaveLength(1);
    expect(errors[0]?.extensions.source).toBe('COMMITMENT_MANAGER');
    expect(rig.sent()).toEqual([]);
    expect(rig.calls.length).toBeGreaterThan(0);
    await expectNoOperation(rig);
  });

  /** What was not looked at is none, and its key is free. */
  async function expectNoOperation(rig: Awaited<ReturnType<typeof open>>) {
    const { data, errors } = await rig.query(
      `{ contractOperation(idempotencyKey: "key-of-the-sample") { id }
         organization(slug: "acme") { operations { totalCount } } }`,
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({ contractOperation: null, organization: { operations: { totalCount: 0 } } });
  }
});
