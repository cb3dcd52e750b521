/**
 * Commitment Manager: minimum commitments, usage and billing history of organizations.
 *
 * Guarantees the bodies of the vendor's page to the letter where it prints them, and the agreed shapes where it is
 * silent (commitment/current, billing history, usage, contract). Refuses wrong credentials by two schemes, one for
 * /commitments and one for /organizations, and more than ten requests per key in any second. What writes: `writes.ts`.
 *
 * To be decided by a test (`PUT /__control/behaviour`, more in `settings.ts`):
 *
 *     {"syncMs": 120000, "syncOutcome": "synchronized", "minimumMonthly": 0}
 */
import { addMonths, dayAt, firstOfMonth, isDay, isoSeconds, monthOf } from '../calendar.js';
import type { GivenOrganization, GivenRecords } from '../given.js';
import type { BackendApi, Clock, EmulatedReply, EmulatedRequest, Profile, Report } from '../types.js';
import { contractTerms } from './contract-terms.js';
import { commitmentJson, majorUnits } from './present.js';
import { SlidingWindow } from './rate-limit.js';
import * as replies from './replies.js';
import { seedState } from './seed.js';
import { CommitmentManagerBehaviour } from './settings.js';
import { billingHistory, MONTHS_KEPT, type UsageLine, usageIn } from './spend-story.js';
import * as state from './state.js';
import { cancelCommitment, createCommitments, type Desk, requestSync } from './writes.js';

export const BASE_PATH = '/v2/commitment_manager/webhook';

export interface CommitmentManagerOptions {
  readonly clock: Clock;
  /** Told of every change; nobody when left out. */
  readonly report?: Report;
  readonly username: string;
  readonly webhookApiKey: string;
  readonly bearerToken: string;
  /** Per key and second; 10 as the vendor's page says. */
  readonly requestsPerSecond?: number;
  /** Called before every call is answered: lets what Salesforce still has to deliver arrive first. */
  readonly beforeCall?: () => void;
  /** Organizations beside those of the profiles. */
  readonly given?: GivenRecords['commitmentManager'];
}

export interface CommitmentManagerApi extends BackendApi {
  /** What Salesforce's webhook sends, arriving at the instant given; outside the window that customers share. */
  receive(request: EmulatedRequest, at: number): EmulatedReply;
}

export function createCommitmentManagerApi(
  profiles: readonly Profile[],
  options: CommitmentManagerOptions,
): CommitmentManagerApi {
  const {
    clock,
    report = () => undefined,
    username,
    webhookApiKey,
    bearerToken,
    requestsPerSecond = 10,
  } = options;
  const window = new SlidingWindow(requestsPerSecond, 1_000, clock);
  const behaviour = new CommitmentManagerBehaviour();
  let current = seedState(profiles, clock());
  const deskAt = (now: number): Desk => ({ current, settings: behaviour.current, report, now });

  function route(request: EmulatedRequest, now: number): EmulatedReply {
    const { path, headers } = request;
    if (!path.startsWith(`${BASE_PATH}/`)) return replies.noSuchResource(path);
    const rest = path.slice(BASE_PATH.length + 1);
    const commitmentId = /^commitments\/([^/]+)$/.exec(rest)?.[1];

    if (rest === 'commitments' || commitmentId !== undefined) {
      if (headers['username'] !== username || headers['webhook_api_key'] !== webhookApiKey) {
        return replies.unauthorized;
      }
      if (commitmentId !== undefined) {
        return request.method === 'DELETE'
          ? cancelCommitment(decoded(commitmentId), request, deskAt(now))
          : replies.methodNotAllowed('DELETE');
      }
      if (request.method === 'POST') return createCommitments(request, deskAt(now));
      return request.method === 'GET' ? listCommitments(request, now) : replies.methodNotAllowed('GET, POST');
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
    const given = options.given?.get(organizationId);
    if (given !== undefined) {
      const { commitments } = given;
      return { status: 200, json: { data: commitments, meta: { total_results: commitments.length } } };
    }
    const organization = current.organizations.get(organizationId);
    if (organization !== undefined) state.settleSync(organization, now);
    const rows = (organization?.commitments ?? []).filter((row) => include || row.cancelledAt === null);
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
    const isSync = resource === 'sync';
    if (handler === undefined && period === undefined && !isSync) return replies.noSuchResource(request.path);
    const allowed = isSync ? 'POST' : 'GET';
    if (request.method !== allowed) return replies.methodNotAllowed(allowed);
    const given = options.given?.get(organizationId);
    if (given !== undefined) return givenReply(given, organizationId, resource);
    const organization = current.organizations.get(organizationId);
    if (organization === undefined) return replies.organizationNotFound(organizationId);
    state.settleSync(organization, now);
    if (isSync) return requestSync(organization, request, deskAt(now));
    return handler === undefined
      ? usageOfPeriod(organization, decoded(period ?? ''), now)
      : handler(organization, request.query, now);
  }

  return {
    name: 'commitment-manager',
    handle(request) {
      options.beforeCall?.();
      const { headers } = request;
      const admission = window.admit(headers['webhook_api_key'] ?? headers['authorization'] ?? '');
      const reply = admission.admitted ? route(request, clock()) : replies.tooManyRequests;
      return { ...reply, headers: { ...admission.headers, ...reply.headers } };
    },
    receive: route,
    behaviour,
    reset() {
      window.clear();
      behaviour.reset();
      current = seedState(profiles, clock());
    },
  };
}

/** All of them are read; what writes is routed by itself. */
type Resource = (organization: state.OrganizationState, query: URLSearchParams, now: number) => EmulatedReply;

const RESOURCES: Readonly<Record<string, Resource>> = {
  'commitment/current': (organization, _query, now) => {
    const row = state.activeCommitment(organization, now);
    if (row === undefined) return replies.notFound('No active commitment', organization.organizationId);
    return {
      status: 200,
      json: {
        commitment: {
          status: state.statusOf(row, now),
          mmc_amount: majorUnits(row.amountCents),
          contract_start_date: row.startsOn,
          contract_end_date: row.endsOn,
          sync_status: organization.sync.status,
          last_updated: isoSeconds(row.updatedAt),
          commitment_handler_id: row.handlerId,
        },
      },
    };
  },
  'billing/history': (organization, query, now) => {
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
  contract: (organization, _query, now) => {
    const handlerId = (state.activeCommitment(organization, now) ?? organization.commitments[0])?.handlerId;
    const [first, ...others] = organization.commitments.filter((row) => row.handlerId === handlerId);
    if (first === undefined) return replies.notFound('No contract on file', organization.organizationId);
    return { status: 200, json: { contract: contractTerms(organization, [first, ...others]) } };
  },
  'usage/current': (organization, _query, now) => usageReply(organization, firstOfMonth(dayAt(now)), now),
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

function lineJson({ product, quantity, unit, amount }: UsageLine) {
  return { product, quantity, unit, amount };
}

function givenReply(given: GivenOrganization, organizationId: string, resource: string): EmulatedReply {
  const body =
    resource === 'commitment/current' ? given.current : resource === 'contract' ? given.contract : undefined;
  return body === undefined
    ? replies.notFound('Nothing on file', organizationId)
    : { status: 200, json: body };
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
