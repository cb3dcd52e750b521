/**
 * What a call passes on its way out. The order, in `createPassage`, is the architecture:
 *
 * - deadline: an absolute end, whatever happens below; aborting destroys the socket
 * - retry: repeats reads, within a budget
 * - breaker: refuses at once while the endpoint family fails; each attempt passes it, and is given up when it opens
 * - judgement: whether the reply is a success, and what it says
 * - credential: puts it on; once more with a new one if the backend says that it has lapsed
 * - pause: a backend that asked for silence is left alone, also by those who were waiting for their turn when it did
 * - quota: waits for its turn
 * - bulkhead: bounds what one backend can hold, so that it cannot hold everything
 * - attempt: the socket
 *
 * Refusals of our own (breaker, pause, quota, bulkhead) are made before anything is sent: they are never repeated and
 * never held against the backend.
 */
import { SourceError, sourceError, type FailureCode } from '../domain/failure.js';
import type { SourceName } from '../domain/source.js';
import type { SourceCost } from '../observability/meter.js';
import type { Breaker, Outcome } from './breaker.js';
import type { Authenticator, RawReply } from './endpoint.js';
import { unlessItOpens } from './opening.js';
import type { Leave, Silence, Slots } from './peers.js';
import type { Quota } from './quota.js';
import { OwnRefusal, retrying, type RetryBudget } from './retry.js';
import type { HoldOff } from './share.js';
import { OwnSignal, type Signal } from '../domain/signal.js';
import type { Timers } from './timers.js';
import type { HttpRequest, Transport } from './transport.js';

/** A call on its way. */
export interface Outgoing {
  readonly http: HttpRequest;
  readonly credential: string;
  readonly authenticator: Authenticator;
  readonly isUnauthenticated: (reply: RawReply) => boolean;
  /** What the reply says. Throws `SourceError` for what is no success. */
  readonly read: (reply: RawReply) => unknown;
  /** The customer that the call is for: the lane in which it waits. */
  readonly lane: string;
  readonly signal: Signal;
  /** While this is a probe, nobody else may wait for it. */
  readonly holdOff: HoldOff;
  /** Milliseconds until the deadline. */
  readonly leftMs: () => number;
  readonly cost: SourceCost;
  /** Of this attempt. */
  readonly timing: { busyMs: number };
  /** Of the last attempt that was sent. */
  readonly trace: { hasLeft: boolean; isAnswered: boolean };
}

/** What all calls of a backend share. */
export interface Gatehouse {
  readonly source: SourceName;
  readonly timers: Timers;
  /** From 0 up to and without 1. */
  readonly random: () => number;
  readonly timeoutMs: number;
  readonly concurrency: number;
  readonly transport: Transport;
  readonly quota: Quota;
  readonly budget: RetryBudget;
  readonly breakerOf: (family: string) => Breaker;
  /** Set while the backend wants to be left alone. */
  pause: { readonly until: number; readonly code: FailureCode } | null;
  /** Requests in the bulkhead, those that wait for a socket included. */
  inside: number;
  /** Where other processes send to the same backend; `null`: nowhere. */
  readonly slots: Slots | null;
  /** Other processes leave it alone, too. */
  readonly tellSilence: (silence: Silence) => void;
}

export type Step<Result> = (call: Outgoing) => Promise<Result>;

const LONGEST_PAUSE_MS = 300_000;
const UNHINTED_PAUSE_MS = 1_000;
/** Share of the timeout beyond which an answer counts as bad as none. */
const SLOW = 0.7;
/** And whatever the timeout: nobody waits for a page that long. */
const SLOWEST_MS = 8_000;
/** Kept of the deadline when waiting for quota: whoever cannot be served must be told by us, and not by the deadline. */
const ANSWERING_MS = 50;
/** Requests of one backend that may wait for a socket. */
const BULKHEAD_QUEUE = 256;

export function deadline<Result>(
  house: Gatehouse,
  next: Step<Result>,
  timeoutMs: number = house.timeoutMs,
): Step<Result> {
  const late = () => sourceError('UPSTREAM_TIMEOUT', house.source, { detail: 'deadline passed' });
  return (call) => {
    if (call.signal.aborted) return Promise.reject(late());
    const started = house.timers.now();
    const leftMs = () => Math.max(0, timeoutMs - (house.timers.now() - started));
    return new Promise((resolve, reject) => {
      const signal = new OwnSignal();
      const giveUp = () => {
        leave();
        reject(late());
        signal.abort();
      };
      const timer = house.timers.after(timeoutMs, giveUp);
      const leave = () => {
        timer.cancel();
        call.signal.removeEventListener('abort', giveUp);
      };
      call.signal.addEventListener('abort', giveUp, { once: true });
      next({ ...call, signal, leftMs }).then(
        (result) => {
          leave();
          resolve(result);
        },
        (error: unknown) => {
          leave();
          reject(error as Error);
        },
      );
    });
  };
}

function retry<Result>(house: Gatehouse, next: Step<Result>): Step<Result> {
  return (call) =>
    call.http.method === 'GET'
      ? retrying(() => next(call), {
          budget: house.budget,
          timers: house.timers,
          random: house.random,
          leftMs: call.leftMs,
          signal: call.signal,
          mayRepeat: () => house.breakerOf(call.credential).state !== 'OPEN',
          onRefusal: (wake) => house.breakerOf(call.credential).onOpen(wake),
          onRetry: () => {
            call.cost.retried += 1;
          },
        })
      : next(call);
}

/** What a failure says about the health of the backend. */
function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof SourceError) || error instanceof OwnRefusal) return 'none';
  // Our credential is refused: an operator's to repair, and the backend is well.
  if ('isLasting' in error.failure) return 'none';
  switch (error.failure.code) {
    case 'UPSTREAM_TIMEOUT':
    case 'UPSTREAM_UNAVAILABLE':
    case 'UPSTREAM_RATE_LIMITED':
    case 'UPSTREAM_MALFORMED':
      return 'bad';
    case 'UPSTREAM_REJECTED':
    case 'UPSTREAM_CONFLICT':
    case 'NOT_FOUND':
      return 'good'; // it answered, and knew what it said
    case 'CIRCUIT_OPEN':
      return 'none';
  }
}

function breaker<Result>(house: Gatehouse, next: Step<Result>): Step<Result> {
  return async (call) => {
    const family = house.breakerOf(call.credential);
    const refusal = (retryAfterMs: number) => new OwnRefusal('CIRCUIT_OPEN', house.source, { retryAfterMs });
    const admission = family.admit();
    if (!admission.admitted) throw refusal(admission.retryAfterMs);
    const { othersAfterMs } = admission;
    if (othersAfterMs !== null) call.holdOff(refusal(othersAfterMs));
    const timing = { busyMs: 0 };
    const attempted = (signal: Signal) => next({ ...call, timing, signal });
    const slowMs = Math.min(house.timeoutMs * SLOW, SLOWEST_MS);
    try {
      // A login that was sent is waited for: only its answer says whether it counted.
      const result = await (call.http.method === 'GET'
        ? unlessItOpens(family, call.signal, attempted, (openMs) => {
            call.trace.hasLeft = false; // given up by us: it tells nothing about the backend
            return refusal(openMs);
          })
        : attempted(call.signal));
      admission.done(timing.busyMs > slowMs ? 'bad' : 'good');
      return result;
    } catch (error) {
      // Whoever gave up early learned nothing about the backend.
      const isEarly = call.signal.aborted && call.leftMs() > 0 && timing.busyMs < slowMs;
      admission.done(isEarly ? 'none' : outcomeOf(error));
      throw error;
    } finally {
      if (othersAfterMs !== null) call.holdOff(null);
    }
  };
}

function judgement(house: Gatehouse, next: Step<RawReply>): Step<unknown> {
  return async (call) => {
    const reply = await next(call);
    try {
      return call.read(reply);
    } catch (error) {
      if (error instanceof SourceError) {
        notePause(house, error);
        noteRefusal(house, error, house.timers.now() - call.timing.busyMs);
      }
      throw error;
    }
  };
}

/** 429, and 503 with a time: the backend says when it wants to be asked again. */
export function notePause(house: Gatehouse, { failure }: SourceError): void {
  const hint = 'retryAfterMs' in failure ? failure.retryAfterMs : undefined;
  const isLimit = failure.code === 'UPSTREAM_RATE_LIMITED';
  if (!isLimit && (failure.code !== 'UPSTREAM_UNAVAILABLE' || hint === undefined)) return;
  const pauseMs = hint ?? UNHINTED_PAUSE_MS * (0.5 + house.random());
  const forMs = Math.min(pauseMs, LONGEST_PAUSE_MS);
  house.pause = { until: house.timers.now() + forMs, code: failure.code };
  house.tellSilence({ forMs, code: failure.code });
}

/** 429 without a time: the backend says that it was too much, and leaves it to us how much is not. */
export function noteRefusal(house: Gatehouse, { failure }: SourceError, sentAt: number): void {
  if (failure.code === 'UPSTREAM_RATE_LIMITED' && failure.retryAfterMs === undefined) {
    house.quota.refused(sentAt);
  }
}

function credential(next: Step<RawReply>): Step<RawReply> {
  return async (call) => {
    let sent: Readonly<Record<string, string>> = {};
    const send = async () => {
      sent = await call.authenticator.headers(call.credential);
      const headers: HttpRequest['headers'] = Object.assign({}, call.http.headers, sent);
      return next({ ...call, http: { ...call.http, headers } });
    };
    const reply = await send();
    return call.isUnauthenticated(reply) && call.authenticator.renew(call.credential, sent) ? send() : reply;
  };
}

export function pause<Result>(house: Gatehouse, next: Step<Result>): Step<Result> {
  return (call) => {
    const left = house.pause === null ? 0 : house.pause.until - house.timers.now();
    if (house.pause === null || left <= 0) return next(call);
    throw new OwnRefusal(house.pause.code, house.source, {
      detail: 'the backend asked to be left alone',
      retryAfterMs: left,
    });
  };
}

export function quota<Result>(house: Gatehouse, next: Step<Result>): Step<Result> {
  return async (call) => {
    const asked = house.timers.now();
    const ticket = await house.quota.enter(call.lane, Math.max(0, call.leftMs() - ANSWERING_MS), call.signal);
    call.cost.waitedMs += house.timers.now() - asked;
    if (!ticket.granted) {
      throw new OwnRefusal('UPSTREAM_RATE_LIMITED', house.source, {
        detail: 'own quota',
        retryAfterMs: ticket.retryAfterMs,
      });
    }
    try {
      return await next(call);
    } finally {
      ticket.done();
    }
  };
}

export function bulkhead<Result>(house: Gatehouse, next: Step<Result>): Step<Result> {
  return async (call) => {
    if (house.inside >= house.concurrency + BULKHEAD_QUEUE) {
      throw new OwnRefusal('UPSTREAM_RATE_LIMITED', house.source, {
        detail: 'too many requests wait for a socket',
        retryAfterMs: house.timeoutMs,
      });
    }
    house.inside += 1;
    let leave: Leave | null = null;
    try {
      if (house.slots !== null) {
        const entered = house.slots.enter(call.signal);
        leave = entered instanceof Promise ? await entered : entered;
        if (leave === null) {
          throw new OwnRefusal('UPSTREAM_RATE_LIMITED', house.source, {
            detail: 'no socket could be had',
            retryAfterMs: UNHINTED_PAUSE_MS,
          });
        }
      }
      return await next(call);
    } finally {
      leave?.();
      house.inside -= 1;
    }
  };
}

export function attempt(house: Gatehouse): Step<RawReply> {
  return async (call) => {
    call.cost.sent += 1;
    call.trace.hasLeft = true;
    call.trace.isAnswered = false;
    const started = house.timers.now();
    try {
      const reply = await house.transport.send(call.http, call.signal);
      call.trace.isAnswered = true;
      return reply;
    } finally {
      call.timing.busyMs = house.timers.now() - started;
      call.cost.busyMs += call.timing.busyMs;
    }
  };
}

/** The way out of a backend's gate. Resolves to what `read` gave; rejects with `SourceError` only. */
export function createPassage(house: Gatehouse): Step<unknown> {
  return deadline(
    house,
    retry(
      house,
      breaker(
        house,
        judgement(
          house,
          credential(pause(house, quota(house, pause(house, bulkhead(house, attempt(house)))))),
        ),
      ),
    ),
  );
}
