/**
 * Commitment Manager: minimum commitments, usage and billing history of organizations.
 *
 * Guarantees the bodies of the vendor's page to the letter where it prints them, and the agreed shapes where it is
 * silent (commitment/current, billing history, usage, contract). Refuses wrong credentials by two schemes, one for
 * /commitments and one for /organizations, and more than ten requests per key in any second.
 */
import { LosslessNumber } from 'lossless-json';
import { addMonths, dayAt, firstOfMonth, isDay, isoSeconds, monthOf } from '../calendar.js';
import type { BackendApi, Clock, EmulatedReply, EmulatedRequest, Profile } from '../types.js';
import { contractTerms } from './contract-terms.js';
import { SlidingWindow } from './rate-limit.js';
import * as replies from './replies.js';
import { seedState } from './seed.js';
import { billingHistory, MONTHS_KEPT, type UsageLine, usageIn } from './spend-story.js';
import * as state from './state.js';

export const BASE_PATH = '/v2/commitment_manager/webhook';

export interface CommitmentManagerOptions {
  readonly clock: Clock;
  readonly username: string;
  readonly webhookApiKey: string;
  readonly bearerToken: string;
  /** Per key and second; 10 as the vendor's page says. */
  readonly requestsPerSecond?: number;
}

export function createCommitmentManagerApi(
  profiles: readonly Profile[],
  options: CommitmentManagerOptions,
): BackendApi {
  const { clock, username, webhookApiKey, bearerToken, requestsPerSecond = 10 } = options;
  const window = new SlidingWindow(requestsPerSecond, 1_000, clock);
  let current = seedState(profiles, clock());

  function route(request: EmulatedRequest): EmulatedReply {
    const { path, headers } = request;
    if (!path.startsWith(`${BASE_PATH}/`)) return replies.noSuchResource(path);
    const rest = path.slice(BASE_PATH.length + 1);
    const now = clock();

    if (rest === 'commitments') {
      if (headers['username'] !== username || headers['webhook_api_key'] !== webhookApiKey) {
        return replies.unauthorized;
      }
      return request.method === 'GET' ? listCommitments(request, now) : replies.methodNotAllowed('GET');
    }
    const match = /^organizations\/([^/]+)\/(.+)$/.exec(rest);
    if (match === null) return replies.noSuchResource(path);
    if (headers['authorization'] !== `Bearer ${bearerToken}`) return replies.unauthorized;
    const [, encodedId = '', resource = ''] = match;
    return routeOrganization(request, decoded(encodedId), resource, now);
  }

  function listCommitments({ query }: EmulatedRequest, now: number): EmulatedReply {
    const organizationId = query.get('organization_id');
    if (organizationId === null || organizationId === '') {
      return replies.badRequest('The organization_id parameter is required.');
    }
    const include = flagOf(query, 'include_cancelled');
    if (include === null) return replies.badRequest('include_cancelled must be true or false.');
    const rows = (current.organizations.get(organizationId)?.commitments ?? []).filter(
      (row) => include || row.cancelledAt === null,
    );
    // An unknown organization is an empty list here and a 404 on the other family (C4).
    return {
      status: 200,
      json: { data: rows.map((row) => commitmentJson(row, now)), meta: { total_results: rows.length } },
    };
  }

  function routeOrganization(
    request: EmulatedRequest,
    organizationId: string,
    resource: string,
    now: number,
  ): EmulatedReply {
    const handler = Object.hasOwn(RESOURCES, resource) ? RESOURCES[resource] : undefined;
    const period = /^usage\/([^/]+)$/.exec(resource)?.[1];
    if (handler === undefined && period === undefined) return replies.noSuchResource(request.path);
    const allowed = handler?.method ?? 'GET';
    if (request.method !== allowed) return replies.methodNotAllowed(allowed);
    const organization = current.organizations.get(organizationId);
    if (organization === undefined) return replies.organizationNotFound(organizationId);
    state.settleSync(organization, now);
    return handler === undefined
      ? usageOfPeriod(organization, decoded(period ?? ''), now)
      : handler.answer(organization, request.query, now);
  }

  return {
    name: 'commitment-manager',
    handle(request) {
      const { headers } = request;
      const admission = window.admit(headers['webhook_api_key'] ?? headers['authorization'] ?? '');
      const reply = admission.admitted ? route(request) : replies.tooManyRequests;
      return { ...reply, headers: { ...admission.headers, ...reply.headers } };
    },
    reset() {
      window.clear();
      current = seedState(profiles, clock());
    },
  };
}

interface Resource {
  readonly method: 'GET' | 'POST';
  answer(organization: state.OrganizationState, query: URLSearchParams, now: number): EmulatedReply;
}

const RESOURCES: Readonly<Record<string, Resource>> = {
  'commitment/current': {
    method: 'GET',
    answer(organization, _query, now) {
      const row = state.activeCommitment(organization, now);
      if (row === undefined) return replies.notFound('No active commitment', organization.organizationId);
      return {
        status: 200,
        json: {
          commitment: {
            status: state.statusOf(row, now),
            mmc_amount: majorUnits(row.amountCents),
            contract_start_date: row.startsOn,
            contract_end_date: state.lastDay(row),
            sync_status: organization.sync.status,
            last_updated: isoSeconds(row.updatedAt),
            commitment_handler_id: row.handlerId,
          },
        },
      };
    },
  },
  'billing/history': {
    method: 'GET',
    answer(organization, query, now) {
      const from = query.get('start_date') ?? addMonths(firstOfMonth(dayAt(now)), -MONTHS_KEPT);
      const to = query.get('end_date') ?? dayAt(now);
      for (const [name, day] of Object.entries({ start_date: from, end_date: to })) {
        if (!isDay(day)) return replies.badRequest(`${name} must be a date in the form YYYY-MM-DD.`);
      }
      if (from > to) return replies.badRequest('start_date must not be after end_date.');
      const includeUsage = flagOf(query, 'include_usage');
      if (includeUsage === null) return replies.badRequest('include_usage must be true or false.');
      return {
        status: 200,
        json: {
          data: billingHistory(organization, from, to, now).map((month) => ({
            period: month.period,
            invoiced_amount: month.invoiced,
            committed_amount: month.committed,
            usage_amount: month.used,
            shortfall_amount: month.shortfall,
            currency: organization.currency,
            status: month.status,
            ...(includeUsage && { usage: month.lines.map(lineJson) }),
          })),
        },
      };
    },
  },
  contract: {
    method: 'GET',
    answer(organization, _query, now) {
      const handlerId = (state.activeCommitment(organization, now) ?? organization.commitments[0])?.handlerId;
      const [first, ...others] = organization.commitments.filter((row) => row.handlerId === handlerId);
      if (first === undefined) return replies.notFound('No contract on file', organization.organizationId);
      return { status: 200, json: { contract: contractTerms(organization, [first, ...others]) } };
    },
  },
  'usage/current': {
    method: 'GET',
    answer: (organization, _query, now) => usageReply(organization, firstOfMonth(dayAt(now)), now),
  },
  sync: {
    method: 'POST',
    answer(organization, _query, now) {
      if (organization.sync.queuedAt !== null) {
        return replies.modificationInProgress(state.SYNC_RETRY_AFTER_SECONDS);
      }
      organization.sync.status = 'pending';
      organization.sync.queuedAt = now;
      return { status: 202, json: { status: 'queued' } };
    },
  },
};

function usageOfPeriod(organization: state.OrganizationState, period: string, now: number): EmulatedReply {
  const month = `${period}-01`;
  if (!isDay(month)) return replies.badRequest('The period must be a month in the form YYYY-MM.');
  const thisMonth = firstOfMonth(dayAt(now));
  if (month > thisMonth) return replies.badRequest(`The period ${period} has not begun.`);
  if (month < addMonths(thisMonth, -MONTHS_KEPT)) {
    return replies.notFound(`No usage kept for ${period}`, organization.organizationId);
  }
  return usageReply(organization, month, now);
}

function usageReply(organization: state.OrganizationState, month: string, now: number): EmulatedReply {
  // Before the first month of business there was no usage, which is an answer and not an error.
  const began = month >= firstOfMonth(organization.customerSince);
  const usage = began
    ? usageIn(organization, month, now)
    : { period: monthOf(month), committed: 0n, used: 0n, lines: [] };
  return {
    status: 200,
    json: {
      period: usage.period,
      commitment_amount: usage.committed,
      usage_amount: usage.used,
      remaining_amount: usage.committed > usage.used ? usage.committed - usage.used : 0n,
      currency: organization.currency,
      breakdown: usage.lines.map(lineJson),
    },
  };
}

function commitmentJson(row: state.CommitmentRow, now: number) {
  return {
    commitment_id: row.commitmentId,
    organization_id: row.organizationId,
    amount: row.amountCents,
    currency: row.currency,
    start_date: `${row.startsOn}T00:00:00Z`,
    end_date: `${state.lastDay(row)}T23:59:59Z`,
    status: state.statusOf(row, now),
    created_at: isoSeconds(row.createdAt),
    updated_at: isoSeconds(row.updatedAt),
    cancelled_at: row.cancelledAt === null ? null : isoSeconds(row.cancelledAt),
  };
}

function lineJson({ product, quantity, unit, amount }: UsageLine) {
  return { product, quantity, unit, amount };
}

/** The seed's own script compares this one with Salesforce's figure, which is in major units (C2). */
function majorUnits(cents: bigint): bigint | LosslessNumber {
  if (cents % 100n === 0n) return cents / 100n;
  return new LosslessNumber(`${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`);
}

/** `null` when it is neither; absent means false. */
function flagOf(query: URLSearchParams, name: string): boolean | null {
  const text = query.get(name) ?? 'false';
  return text === 'true' ? true : text === 'false' ? false : null;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
