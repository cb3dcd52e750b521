/**
 * Commitment Manager's endpoints and what its replies mean (seed 000; `backends.md` §1.2 and §1.5).
 *
 * Guarantees: no id reaches a path or a parameter unless it has the vendor's form; both forms of errors are read; the
 * vendor's own waiting times become `retryAfterMs`. Refuses to take a 404 in neither form for "no such organization":
 * that is what a wrong base address looks like, and it must not turn into an empty list of commitments.
 */
import { millisOfInstant, type Month } from '../../domain/calendar.js';
import { failure, isRetryable, type Failure } from '../../domain/failure.js';
import { path, segment } from '../../upstream/path.js';
import type { Endpoint, Judge, RawReply } from '../../upstream/endpoint.js';
import type { WriteEndpoint } from '../../upstream/write.js';
import { failureOfReply, failureOfStatus } from '../reply-status.js';
import {
  contractReply,
  listReply,
  readError,
  stateReply,
  syncReply,
  usageReply,
  type ContractReply,
  type ListReply,
  type SentError,
  type StateReply,
  type SyncReply,
  type UsageReply,
} from './wire.js';

export const SOURCE = 'COMMITMENT_MANAGER';

/** A UUID: "mission control organization id". */
export const ORGANIZATION_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** `cm_…` in the sample; the prefix is not promised (§6.1). */
export const COMMITMENT_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

interface OfOrganization {
  readonly organizationId: string;
}

/** Every commitment of one organization, cancelled ones too. The vendor documents no pages and no read of one. */
export const commitmentsList: Endpoint<OfOrganization, ListReply> = {
  name: 'commitments.list',
  method: 'GET',
  path: () => path`commitments`,
  query: ({ organizationId }) => ({ organization_id: organizationId, include_cancelled: 'true' }),
  credential: 'webhook',
  wire: listReply,
  isShared: true,
  isDigested: true,
};

export const commitmentState: Endpoint<OfOrganization, StateReply> = {
  name: 'commitment.current',
  method: 'GET',
  path: ({ organizationId }) =>
    path`organizations/${segment(ORGANIZATION_ID, organizationId)}/commitment/current`,
  credential: 'bearer',
  wire: stateReply,
  isShared: true,
};

/** Days as the vendor writes them: both included. */
interface BillingRange extends OfOrganization {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly includeUsage: boolean;
}

export const billingHistory: Endpoint<BillingRange, ListReply> = {
  name: 'billing.history',
  method: 'GET',
  path: ({ organizationId }) =>
    path`organizations/${segment(ORGANIZATION_ID, organizationId)}/billing/history`,
  query: ({ firstDay, lastDay, includeUsage }) => ({
    start_date: firstDay,
    end_date: lastDay,
    include_usage: String(includeUsage),
  }),
  credential: 'bearer',
  wire: listReply,
  isShared: true,
};

export const contractTerms: Endpoint<OfOrganization, ContractReply> = {
  name: 'contract',
  method: 'GET',
  path: ({ organizationId }) => path`organizations/${segment(ORGANIZATION_ID, organizationId)}/contract`,
  credential: 'bearer',
  wire: contractReply,
  isShared: true,
};

export const usageCurrent: Endpoint<OfOrganization, UsageReply> = {
  name: 'usage.current',
  method: 'GET',
  path: ({ organizationId }) => path`organizations/${segment(ORGANIZATION_ID, organizationId)}/usage/current`,
  credential: 'bearer',
  wire: usageReply,
  isShared: true,
};

export const usageOfMonth: Endpoint<OfOrganization & { readonly month: Month }, UsageReply> = {
  name: 'usage.month',
  method: 'GET',
  path: ({ organizationId, month }) =>
    path`organizations/${segment(ORGANIZATION_ID, organizationId)}/usage/${segment(MONTH, month)}`,
  credential: 'bearer',
  wire: usageReply,
  isShared: true,
};

/** Asks for the customer's orders to be read again. No body (seed 000, quick reference). */
export const organizationSync: WriteEndpoint<OfOrganization, SyncReply> = {
  name: 'organization.sync',
  method: 'POST',
  path: ({ organizationId }) => path`organizations/${segment(ORGANIZATION_ID, organizationId)}/sync`,
  credential: 'bearer',
  wire: syncReply,
};

/** Judges by status; the body adds when to come back. `clock` gives epoch milliseconds. */
export function createJudge(clock: () => number): Judge {
  return {
    isUnauthenticated: (reply) => reply.status === 401,
    failureOf: (reply) => failureOf(reply, clock()),
  };
}

/** The same for changes, which may be taken without a word. What is read is refused an empty body by its own schema. */
export function createChangeJudge(clock: () => number): Judge {
  const judge = createJudge(clock);
  return {
    ...judge,
    failureOf: (reply) => (isSilentSuccess(reply) ? null : judge.failureOf(reply)),
  };
}

function isSilentSuccess({ status, body, isMalformed }: RawReply): boolean {
  return status >= 200 && status < 300 && body === undefined && !isMalformed;
}

function failureOf(reply: RawReply, nowMs: number): Failure | null {
  const error = readError(reply.body);
  const words = { text: error?.text };
  if (reply.status === 404 && error === null)
    return failureOfReply('UPSTREAM_MALFORMED', SOURCE, reply, nowMs, words);
  const failed = failureOfStatus(SOURCE, reply, nowMs, words);
  if (error === null) return failed;
  // An error under a status of success contradicts itself.
  if (failed === null) return failureOfReply('UPSTREAM_MALFORMED', SOURCE, reply, nowMs, words);
  const retryAfterMs = waitOf(error, nowMs);
  if (retryAfterMs === undefined || !isRetryable(failed)) return failed;
  return failure(failed.code, SOURCE, { detail: failed.detail, retryAfterMs });
}

/** Milliseconds: `retry_after` is in seconds, `estimated_recovery` is an instant (§1.5). */
function waitOf({ retryAfterSeconds, estimatedRecovery }: SentError, nowMs: number): number | undefined {
  if (retryAfterSeconds !== null) return retryAfterSeconds.times(1000).toNumber();
  return estimatedRecovery === null ? undefined : Math.max(0, millisOfInstant(estimatedRecovery) - nowMs);
}
