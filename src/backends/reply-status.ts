/**
 * What a reply's status means where a backend has no rule of its own.
 *
 * Guarantees: our own credential being refused is never blamed on the caller; what the backend said reaches `detail`
 * alone, and at most 300 characters of it. Refuses success to a body that is not JSON or is not there: every call that
 * is judged here reads something.
 */
import { failure, type Failure, type FailureCode } from '../domain/failure.js';
import type { SourceName } from '../domain/source.js';
import type { RawReply } from '../upstream/endpoint.js';
import { retryAfterMillis } from './retry-after.js';

const LONGEST_DETAIL = 300;

/** What the body of an error says, as far as the backend's adapter could read it. */
export interface ReplyWords {
  readonly text?: string | undefined;
  /** The backend's own id of the call. */
  readonly requestId?: string | undefined;
}

/** The failure that the status means, or `null` for a success with a body. `nowMs`: epoch milliseconds. */
export function failureOfStatus(
  source: SourceName,
  reply: RawReply,
  nowMs: number,
  words: ReplyWords = {},
): Failure | null {
  const code = codeOfStatus(reply);
  return code === null ? null : failureOfReply(code, source, reply, nowMs, words);
}

/** A failure with that code, from that reply. */
export function failureOfReply(
  code: FailureCode,
  source: SourceName,
  reply: RawReply,
  nowMs: number,
  words: ReplyWords = {},
): Failure {
  const said = reply.isMalformed
    ? 'a body that is not JSON'
    : reply.body === undefined
      ? 'no body'
      : words.text;
  return failure(code, source, {
    detail: (said ? `HTTP ${reply.status}: ${said}` : `HTTP ${reply.status}`).slice(0, LONGEST_DETAIL),
    retryAfterMs: mayPass(code) ? retryAfterMillis(reply.headers, nowMs) : undefined,
    upstreamRequestId: words.requestId?.slice(0, 100),
    // Our credential is not accepted: asking again with it changes nothing.
    isLasting: code === 'UPSTREAM_UNAVAILABLE' && [401, 403, 407].includes(reply.status),
  });
}

function codeOfStatus({ status, isMalformed, body }: RawReply): FailureCode | null {
  if (status >= 500) return 'UPSTREAM_UNAVAILABLE';
  switch (status) {
    case 401:
    case 403:
    case 407:
    case 408:
      return 'UPSTREAM_UNAVAILABLE';
    case 404:
    case 410:
      return 'NOT_FOUND';
    case 409:
      return 'UPSTREAM_CONFLICT';
    case 429:
      return 'UPSTREAM_RATE_LIMITED';
  }
  if (status >= 400) return 'UPSTREAM_REJECTED';
  // A redirect is not followed: it could carry the credential to another host.
  if (status < 200 || status >= 300 || isMalformed || body === undefined) return 'UPSTREAM_MALFORMED';
  return null;
}

/** The codes that carry a time to wait. */
function mayPass(code: FailureCode): boolean {
  return code === 'UPSTREAM_RATE_LIMITED' || code === 'UPSTREAM_UNAVAILABLE' || code === 'UPSTREAM_CONFLICT';
}
