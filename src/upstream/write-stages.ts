/**
 * What a write passes on its way out. The order, in `createWritePassage`:
 *
 * - deadline: longer than that of reads; aborting destroys the socket, and what was sent by then stays sent
 * - breaker: writes have one of their own beside that of the reads; both must let them through
 * - credential: puts it on, and never sends again with another
 * - pause, quota, bulkhead, attempt: as for reads, with whom they share the backend's allowance
 *
 * There is no stage that repeats. No write is ever made to find out whether a backend is well again: that is for reads,
 * one of which has gone before every write.
 */
import { failure, SourceError, sourceError, type Failure } from '../domain/failure.js';
import type { RawReply } from './endpoint.js';
import { OwnRefusal } from './retry.js';
import {
  attempt,
  bulkhead,
  deadline,
  notePause,
  noteRefusal,
  pause,
  quota,
  type Gatehouse,
  type Outgoing,
  type Step,
} from './stages.js';

/** The breaker of a family's writes. */
export function writesOf(family: string): string {
  return `${family} (writes)`;
}

function breaker(house: Gatehouse, next: Step<RawReply>): Step<RawReply> {
  return async (call) => {
    const refusal = (retryAfterMs: number) => new OwnRefusal('CIRCUIT_OPEN', house.source, { retryAfterMs });
    if (house.breakerOf(call.credential).state === 'OPEN') throw refusal(house.timeoutMs);
    const admission = house.breakerOf(writesOf(call.credential)).admit();
    if (!admission.admitted) throw refusal(admission.retryAfterMs);
    try {
      const reply = await next(call);
      // A refusal is an answer: the backend is well.
      admission.done(reply.status >= 500 || reply.isMalformed ? 'bad' : 'good');
      return reply;
    } catch (error) {
      admission.done(error instanceof OwnRefusal ? 'none' : 'bad');
      throw error;
    }
  };
}

function credential(next: Step<RawReply>): Step<RawReply> {
  return async (call) => {
    const sent = await call.authenticator.headers(call.credential);
    const reply = await next({ ...call, http: { ...call.http, headers: { ...call.http.headers, ...sent } } });
    // The next write finds a new one.
    if (call.isUnauthenticated(reply)) call.authenticator.renew(call.credential, sent);
    return reply;
  };
}

/** The way out for writes. Resolves to the reply, whatever it says; rejects with `SourceError` only. */
export function createWritePassage(house: Gatehouse, timeoutMs: number): Step<RawReply> {
  return deadline(
    house,
    breaker(house, credential(pause(house, quota(house, pause(house, bulkhead(house, attempt(house))))))),
    timeoutMs,
  );
}

/** How a reply to a write is to be understood, before anybody looks at what it says in detail. */
export type Understood =
  | { readonly kind: 'success' }
  | { readonly kind: 'refused' | 'not-sent' | 'unknown'; readonly failure: Failure };

/**
 * 2xx is a success unless the judge finds a refusal in the body. 401 and 429 say that the request was not looked at.
 * Other 4xx are refusals, but 408, which says that the backend did not get all of it, or says that it did not. All else
 * leaves open what was done.
 */
export function understand(
  house: Gatehouse,
  call: Pick<Outgoing, 'isUnauthenticated' | 'timing'>,
  reply: RawReply,
  judged: Failure | null,
): Understood {
  const { source } = house;
  const { status } = reply;
  if (judged !== null) {
    const error = new SourceError(judged);
    notePause(house, error);
    noteRefusal(house, error, house.timers.now() - call.timing.busyMs);
  }
  if (call.isUnauthenticated(reply)) {
    return { kind: 'not-sent', failure: judged ?? failure('UPSTREAM_UNAVAILABLE', source) };
  }
  if (status === 429) {
    return { kind: 'not-sent', failure: judged ?? failure('UPSTREAM_RATE_LIMITED', source) };
  }
  if (status >= 400 && status < 500 && status !== 408) {
    return {
      kind: 'refused',
      failure: judged ?? failure('UPSTREAM_REJECTED', source, { detail: `status ${status}` }),
    };
  }
  if (status >= 200 && status < 300) {
    if (judged === null) return { kind: 'success' };
    const isNo = ['UPSTREAM_REJECTED', 'UPSTREAM_CONFLICT', 'NOT_FOUND'].includes(judged.code);
    return { kind: isNo ? 'refused' : 'unknown', failure: judged };
  }
  return {
    kind: 'unknown',
    failure: judged ?? failure('UPSTREAM_MALFORMED', source, { detail: `status ${status}` }),
  };
}

/** What it means that a write ended without a reply. */
export function withoutReply(
  house: Gatehouse,
  error: unknown,
  isSent: boolean,
): { readonly kind: 'unknown' | 'not-sent'; readonly failure: Failure } {
  const failed =
    error instanceof SourceError
      ? error.failure
      : sourceError('UPSTREAM_UNAVAILABLE', house.source, { detail: 'no reply' }).failure;
  return { kind: isSent ? 'unknown' : 'not-sent', failure: failed };
}
