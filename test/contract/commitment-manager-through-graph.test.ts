/**
 * Commitment Manager's samples (seed 000), served byte for byte over HTTP in its place, come out of the graph with every
 * field right; its four error bodies become the codes and waiting times that callers see.
 *
 * The page shows no answers of the `/organizations/…` family, only what is in them. Those are served in the form that
 * the adapter settled on (`backends.md` §1.4), so that every field of the graph is seen to come from its member.
 */
import { describe, expect, it } from 'vitest';
import { everyField } from '../support/every-field.js';
import { startGateway } from '../support/gateway.js';
import { startPlainServer, type PlainReply, type PlainRoutes } from '../support/plain-server.js';
import { sampleBytes } from '../support/samples.js';

const ID = '619c56b5-596b-4cc4-8b04-38fe8e05c750';
const NOW = '2024-06-15T12:00:00Z';
const LIST = 'GET /v2/commitments';
const CURRENT = `GET /v2/organizations/${ID}/commitment/current`;
const BILLING = `GET /v2/organizations/${ID}/billing/history`;
const CONTRACT = `GET /v2/organizations/${ID}/contract`;
const USAGE = `GET /v2/organizations/${ID}/usage/2024-05`;

const SAMPLE: PlainReply = { body: sampleBytes('commitment-manager/commitments') };

async function ask(routes: PlainRoutes, document: string, now = NOW) {
  await using server = await startPlainServer(routes);
  await using gateway = await startGateway({
    backends: {
      commitmentManager: {
        url: `${server.url}/v2`,
        username: 'gateway',
        webhookApiKey: 'not-a-real-key',
        bearerToken: 'not-a-real-token',
      },
    },
    accounts: [{ slug: 'acme', name: 'Acme', currency: 'EUR', commitmentManager: { organizationId: ID } }],
    clock: () => Date.parse(now),
  });
  const { data, errors } = await gateway.query(document);
  return { data, errors, calls: server.calls };
}

// What billing knows beside the commitment is read by calls of its own, below.
const COMMITMENT = everyField('MinimumCommitment', {
  'MinimumCommitment.state': null,
  'MinimumCommitment.usage': null,
  'MinimumCommitment.billingHistory': null,
  'MinimumCommitment.contractTerms': null,
  'MinimumCommitment.serviceOrder': null,
});

const FRESHNESS = { observedAt: NOW, ageMs: 0, stale: false };

const EXPECTED = {
  id: 'MDNTdWNWMW1hY21lL2NtXzdmM2I5ZTJhMWM',
  source: 'COMMITMENT_MANAGER',
  externalId: 'cm_7f3b9e2a1c',
  name: null,
  organization: { slug: 'acme' },
  status: 'ACTIVE',
  statusText: 'active',
  term: { startsOn: '2024-02-01', endsBefore: '2025-02-01' },
  committed: { amount: '15000.00', currency: 'USD' },
  committedPer: 'MONTH',
  products: [],
  periods: [
    {
      externalId: null,
      commitmentExternalId: 'cm_7f3b9e2a1c',
      order: 1,
      startsOn: '2024-02-01',
      endsBefore: '2025-02-01',
      occurrences: null,
      frequency: null,
      isRemainderOfTerm: false,
    },
  ],
  createdAt: '2024-01-15T10:30:00Z',
  updatedAt: '2024-01-30T10:15:23Z',
  cancelledAt: null,
  freshness: FRESHNESS,
};

const LIST_QUERY = `{ organization(slug: "acme") {
  commitments(filter: { sources: [COMMITMENT_MANAGER] }) {
    nodes { ... on MinimumCommitment ${COMMITMENT} }
    coverage ${everyField('Coverage')}
  }
} }`;

describe('the sample of GET /commitments', () => {
  it('comes out of the list with every field', async () => {
    const { data, errors, calls } = await ask({ [LIST]: SAMPLE }, LIST_QUERY);
    expect(errors).toEqual([]);
    expect(data).toEqual({
      organization: {
        commitments: {
          nodes: [EXPECTED],
          coverage: {
            complete: true,
            missing: [],
            sources: [
              {
                source: 'COMMITMENT_MANAGER',
                organization: { slug: 'acme' },
                state: 'COMPLETE',
                code: null,
                retryAfterMs: null,
                droppedRecords: 0,
                undated: 0,
                freshness: FRESHNESS,
              },
            ],
          },
        },
      },
    });
    expect(calls).toHaveLength(1);
    expect(Object.fromEntries(calls[0]!.query)).toEqual({ organization_id: ID, include_cancelled: 'true' });
    expect(calls[0]!.headers).toMatchObject({ username: 'gateway', webhook_api_key: 'not-a-real-key' });
    expect(calls[0]!.headers).not.toHaveProperty('authorization');
  });

  it.each(['commitment', 'node'])('comes out of `%s` by its id the same', async (field) => {
    const document = `{ found: ${field}(id: "${EXPECTED.id}") { ... on MinimumCommitment ${COMMITMENT} } }`;
    const { data, errors } = await ask({ [LIST]: SAMPLE }, document);
    expect(errors).toEqual([]);
    expect(data).toEqual({ found: EXPECTED });
  });
});

describe('the sample errors', () => {
  const error = (status: number): PlainReply => ({
    status,
    body: sampleBytes(`commitment-manager/error-${status}`),
  });
  const STATE_QUERY = '{ organization(slug: "acme") { minimumCommitmentState { status } } }';

  it('404 is no error: there is nothing', async () => {
    const list = await ask({ [LIST]: error(404) }, LIST_QUERY);
    expect(list.errors).toEqual([]);
    expect(list.data.organization.commitments).toMatchObject({ nodes: [], coverage: { complete: true } });
    const state = await ask({ [CURRENT]: error(404) }, STATE_QUERY);
    expect(state.errors).toEqual([]);
    expect(state.data).toEqual({ organization: { minimumCommitmentState: null } });
  });

  // 503 says when it is over: 2026-01-30T15:30:00Z, ten minutes after this.
  const SHORTLY_BEFORE = '2026-01-30T15:20:00Z';

  it.each([
    [401, { code: 'UPSTREAM_UNAVAILABLE', retryable: false }],
    [409, { code: 'UPSTREAM_CONFLICT', retryable: true, retryAfterMs: 300_000 }],
    [503, { code: 'UPSTREAM_UNAVAILABLE', retryable: true, retryAfterMs: 600_000 }],
  ])('%i is told with its code, in errors and in coverage', async (status, extensions) => {
    const expected = {
      ...extensions,
      source: 'COMMITMENT_MANAGER',
      requestId: expect.any(String) as unknown,
    };
    const state = await ask({ [CURRENT]: error(status) }, STATE_QUERY, SHORTLY_BEFORE);
    expect(state.data).toEqual({ organization: { minimumCommitmentState: null } });
    expect(state.errors).toHaveLength(1);
    expect(state.errors[0]).toMatchObject({ path: ['organization', 'minimumCommitmentState'] });
    expect(state.errors[0]!.extensions).toEqual(expected);

    const list = await ask({ [LIST]: error(status) }, LIST_QUERY, SHORTLY_BEFORE);
    expect(list.errors.map((one) => one.extensions)).toEqual([expected]);
    const { nodes, coverage } = list.data.organization.commitments;
    expect(nodes).toEqual([]);
    expect(coverage).toEqual({
      complete: false,
      missing: ['COMMITMENT_MANAGER'],
      sources: [
        {
          source: 'COMMITMENT_MANAGER',
          organization: { slug: 'acme' },
          state: 'FAILED',
          code: extensions.code,
          retryAfterMs: 'retryAfterMs' in extensions ? extensions.retryAfterMs : null,
          droppedRecords: 0,
          undated: 0,
          freshness: null,
        },
      ],
    });
  });
});

describe('what billing knows beside the commitment', () => {
  it('comes out with every field', async () => {
    const document = `{ organization(slug: "acme") {
      minimumCommitmentState ${everyField('MinimumCommitmentState')}
      usage(month: "2024-05") ${everyField('UsageSummary')}
      billingHistory(range: { startsOn: "2024-05-01", endsBefore: "2024-06-01" }, includeUsage: true)
        ${everyField('BillingHistoryEntry')}
      contractTerms ${everyField('ContractTerms')}
    } }`;
    const { data, errors, calls } = await ask(
      { [CURRENT]: STATE, [USAGE]: MAY, [BILLING]: HISTORY, [CONTRACT]: TERMS },
      document,
    );
    expect(errors).toEqual([]);
    const line = {
      name: 'voice',
      quantity: '120.5',
      unit: 'minutes',
      amount: { amount: '12.05', currency: 'USD' },
    };
    expect(data.organization).toEqual({
      minimumCommitmentState: {
        status: 'ACTIVE',
        statusText: 'active',
        minimum: { amount: '15000.00', currency: 'USD' },
        reportedMinimum: '15000',
        term: { startsOn: '2024-02-01', endsBefore: '2025-02-01' },
        syncStatus: 'SYNCHRONIZED',
        syncStatusText: 'synchronized',
        lastUpdatedAt: '2024-01-30T10:15:23Z',
        commitmentHandlerId: 'ch_42',
        freshness: FRESHNESS,
      },
      usage: {
        month: '2024-05',
        committed: { amount: '15000.00', currency: 'USD' },
        used: { amount: '14000.01', currency: 'USD' },
        remaining: { amount: '999.99', currency: 'USD' },
        lines: [line],
        freshness: FRESHNESS,
      },
      billingHistory: [
        {
          month: '2024-05',
          invoiced: { amount: '15000.00', currency: 'USD' },
          committed: { amount: '15000.00', currency: 'USD' },
          used: { amount: '14000.01', currency: 'USD' },
          shortfall: { amount: '999.99', currency: 'USD' },
          statusText: 'paid',
          usage: [line],
        },
      ],
      contractTerms: {
        clauses: [
          { kind: 'TERMS', name: 'terms_and_conditions', text: 'Net 30.' },
          {
            kind: 'EARLY_TERMINATION',
            name: 'early_termination',
            text: 'penalty_percent: 50\nnotice_days: 60',
          },
          {
            kind: 'ESCALATION',
            name: 'escalation_schedule',
            text: 'effective_date: 2025-02-01\nincrease_percent: 3.5\nmonthly_amount: 1552500',
          },
          {
            kind: 'RENEWAL',
            name: 'renewal_terms',
            text: 'auto_renew: true\nrenewal_term_months: 12\nnotice_days: 90',
          },
          { kind: 'SPECIAL_PROVISION', name: 'special_provisions', text: 'Free porting.' },
          { kind: 'OTHER', name: 'currency', text: 'USD' },
        ],
        escalation: [
          {
            effectiveOn: '2025-02-01',
            increasePercent: '3.5',
            minimum: { amount: '15525.00', currency: 'USD' },
          },
        ],
        renewal: { renewsAutomatically: true, renewalMonths: 12, noticeDays: 90 },
        earlyTermination: { penaltyPercent: '50', noticeDays: 60 },
        freshness: FRESHNESS,
      },
    });
    expect(new Set(calls.map(({ headers }) => headers.authorization))).toEqual(
      new Set(['Bearer not-a-real-token']),
    );
    const billed = calls.find(({ path }) => path.endsWith('/billing/history'));
    expect(Object.fromEntries(billed!.query)).toEqual({
      start_date: '2024-05-01',
      end_date: '2024-05-31',
      include_usage: 'true',
    });
  });

  const STATE: PlainReply = {
    body: `{"commitment": {"status": "active", "mmc_amount": 15000.00, "currency": "USD",
      "contract_start_date": "2024-02-01", "contract_end_date": "2025-01-31", "sync_status": "synchronized",
      "last_updated": "2024-01-30T10:15:23Z", "commitment_handler_id": "ch_42"}}`,
  };
  const LINE = '{"name": "voice", "quantity": 120.50, "unit": "minutes", "amount": 1205}';
  const MAY: PlainReply = {
    body: `{"period": "2024-05", "commitment_amount": 1500000, "usage_amount": 1400001,
      "remaining_amount": 99999, "currency": "USD", "breakdown": [${LINE}]}`,
  };
  const HISTORY: PlainReply = {
    body: `{"data": [{"period": "2024-05", "invoiced_amount": 1500000, "committed_amount": 1500000,
      "usage_amount": 1400001, "shortfall_amount": 99999, "currency": "USD", "status": "paid", "usage": [${LINE}]}]}`,
  };
  const TERMS: PlainReply = {
    body: `{"contract": {"terms_and_conditions": "Net 30.",
      "early_termination": {"penalty_percent": 50, "notice_days": 60},
      "escalation_schedule": [{"effective_date": "2025-02-01", "increase_percent": 3.5, "monthly_amount": 1552500}],
      "renewal_terms": {"auto_renew": true, "renewal_term_months": 12, "notice_days": 90},
      "special_provisions": ["Free porting."], "currency": "USD"}}`,
  };
});
