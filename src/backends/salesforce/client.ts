/**
 * Salesforce's endpoints and what its replies mean (`backends.md` §2.2 and §2.5).
 *
 * Guarantees: the address of a next page is taken apart and put together again, so that a reply cannot send us
 * elsewhere; an exhausted daily quota (403, not 429) is a rate limit; a lapsed session is told from a login refused.
 */
import { failure, type Failure, type FailureCode } from '../../domain/failure.js';
import { matches, path, segment } from '../../upstream/path.js';
import type { Endpoint, Judge, RawReply } from '../../upstream/endpoint.js';
import { failureOfReply, failureOfStatus } from '../reply-status.js';
import type { Soql } from './soql.js';
import { queryReply, readError, tokenReply, type QueryReply, type TokenReply } from './wire.js';

export const SOURCE = 'SALESFORCE';

export const API_VERSION = /^v[1-9]\d{0,2}\.\d$/;
/** `01g…-2000`: the server's name for the rest of a query. */
const LOCATOR = /^[A-Za-z0-9][A-Za-z0-9_-]{0,199}$/;

/** Client credentials, in the form fields. No `expires_in` comes back (§2.1). */
export const login: Endpoint<{ readonly clientId: string; readonly clientSecret: string }, TokenReply> = {
  name: 'oauth2.token',
  method: 'POST',
  path: () => path`services/oauth2/token`,
  form: ({ clientId, clientSecret }) => ({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  }),
  credential: 'none',
  wire: tokenReply,
  isShared: false,
};

export const query: Endpoint<{ readonly apiVersion: string; readonly soql: Soql }, QueryReply> = {
  name: 'query',
  method: 'GET',
  path: ({ apiVersion }) => path`services/data/${segment(API_VERSION, apiVersion)}/query`,
  query: ({ soql }) => ({ q: soql }),
  credential: 'token',
  wire: queryReply,
  isShared: true,
  isDigested: true,
};

// With ten ramp steps in every order a page of the largest size, 2,000, would be more than a body may hold.
const WALK_PAGE = 1_000;

/**
 * The same for a walk over everybody's orders. Its pages belong to no single organization, and are large: they are not
 * kept, where they would push out what many ask for.
 */
export const walk: typeof query = {
  ...query,
  name: 'query.walk',
  headers: () => ({ 'sforce-query-options': `batchSize=${WALK_PAGE}` }),
  isShared: false,
};

/** The rest of a query, or of a child query inside one of its rows. */
export interface NextPage {
  readonly apiVersion: string;
  readonly locator: string;
}

export const queryPage: Endpoint<NextPage, QueryReply> = {
  name: 'query.page',
  method: 'GET',
  path: ({ apiVersion, locator }) =>
    path`services/data/${segment(API_VERSION, apiVersion)}/query/${segment(LOCATOR, locator)}`,
  credential: 'token',
  wire: queryReply,
  isShared: true,
};

export const walkPage: typeof queryPage = { ...queryPage, name: 'query.walk.page', isShared: false };

/** The page that a `nextRecordsUrl` names; `null` if it is not the address of one. */
export function nextPageOf(nextRecordsUrl: string): NextPage | null {
  const [, apiVersion = '', locator = ''] =
    /^\/services\/data\/([^/]+)\/query\/([^/]+)$/.exec(nextRecordsUrl) ?? [];
  return matches(API_VERSION, apiVersion) && matches(LOCATOR, locator) ? { apiVersion, locator } : null;
}

/** Judges by status and error code. `clock` gives epoch milliseconds. */
export function createJudge(clock: () => number): Judge {
  return {
    isUnauthenticated: (reply) =>
      reply.status === 401 && readError(reply.body)?.codes.includes('INVALID_SESSION_ID') === true,
    failureOf: (reply) => failureOf(reply, clock()),
  };
}

// The quota runs over 24 hours and no reply says when it frees up: an hour keeps us from trying at once (§2.5).
const QUOTA_PAUSE_MS = 3_600_000;

function failureOf(reply: RawReply, nowMs: number): Failure | null {
  const { status } = reply;
  const error = readError(reply.body);
  const as = (code: FailureCode) => failureOfReply(code, SOURCE, reply, nowMs, { text: error?.text });
  if (status === 400 && error?.kind === 'login') {
    return failure('UPSTREAM_UNAVAILABLE', SOURCE, {
      detail: as('UPSTREAM_UNAVAILABLE').detail,
      isLasting: true,
    });
  }
  if (status === 403 && error?.codes.includes('REQUEST_LIMIT_EXCEEDED')) {
    const limited = as('UPSTREAM_RATE_LIMITED');
    if ('retryAfterMs' in limited) return limited;
    return failure('UPSTREAM_RATE_LIMITED', SOURCE, { detail: limited.detail, retryAfterMs: QUOTA_PAUSE_MS });
  }
  // Not Salesforce's own 404: the base address leads elsewhere.
  if (status === 404 && error === null) return as('UPSTREAM_MALFORMED');
  const failed = failureOfStatus(SOURCE, reply, nowMs, { text: error?.text });
  return failed === null && error !== null ? as('UPSTREAM_MALFORMED') : failed;
}
