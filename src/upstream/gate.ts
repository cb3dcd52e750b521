/**
 * A backend's gate: everything that its calls share (sockets, quota, breakers, answers, what was last seen), and the
 * way through it: what is at hand is given (`share.ts`), the rest goes out (`stages.ts`).
 */
import { instantOfMillis, type Instant } from '../domain/calendar.js';
import { SourceError, sourceError, type Failure } from '../domain/failure.js';
import type { OrganizationSlug } from '../domain/organization.js';
import { scopeKey, type Scope } from '../domain/scope.js';
import type { SourceName } from '../domain/source.js';
import { createMeter } from '../observability/meter.js';
import { createAddresses, type Address } from './address.js';
import { createBreaker, type Breaker, type BreakerState } from './breaker.js';
import type { Answer, Authenticator, Endpoint, Judge, RawReply, Wire, WritableUpstream } from './endpoint.js';
import { alone, isTouched, type FindPeers, type Touched } from './peers.js';
import type { Resolve } from './lookup.js';
import { emptyMade } from './made.js';
import type { UpstreamRequest } from './request.js';
import { createRetryBudget } from './retry.js';
import { createSharing, type HoldOff, type Provenance } from './share.js';
import { NEVER, type Signal } from '../domain/signal.js';
import { createPassage, type Gatehouse } from './stages.js';
import type { Timers } from './timers.js';
import { createWritePassage, understand, withoutReply } from './write-stages.js';
import type { WriteEndpoint, WriteRequest, Written } from './write.js';
import { createTransport } from './transport.js';

export interface GateSettings {
  readonly source: SourceName;
  /** Base that the paths hang off, with or without a slash at its end. */
  readonly url: string;
  /** A call is given up after this many milliseconds, waiting and repetitions included. */
  readonly timeoutMs: number;
  /** The same for a write, which is waited for longer: not to know how it ended is the worst of all ends. */
  readonly writeTimeoutMs?: number;
  /** An answer is used again for this many milliseconds. */
  readonly freshForMs: number;
  /** If the backend fails, an answer of up to so many milliseconds is used, marked stale. */
  readonly staleForMs: number;
  /** Off: identical reads are calls of their own, and no answer is kept. On where left out. */
  readonly sharing?: boolean;
  /** Sockets at once. */
  readonly concurrency: number;
  /** `null`: no limit. */
  readonly requestsPerSecond: number | null;
  /** The name in `url` may lead into private networks and to this machine. */
  readonly allowPrivateAddresses?: boolean;
}

export interface UpstreamOptions {
  readonly authenticator: Authenticator;
  readonly judge: Judge;
  /** For calls that go beside the backend's base, such as logging in. */
  readonly baseUrl?: string;
}

export interface GateState {
  readonly isReachable: boolean | null;
  readonly lastSuccessAt: Instant | null;
  readonly lastFailure: { readonly code: Failure['code']; readonly at: Instant } | null;
  readonly callsInFlight: number;
  readonly callsQueued: number;
  readonly quotaRemaining: number | null;
  /** The worst of its families'. */
  readonly breaker: BreakerState;
  /** What the backend says of its own limit, as sent; `null` where it says nothing. */
  readonly reportedLimit: string | null;
}

export interface Gate {
  readonly settings: GateSettings;
  createUpstream(options: UpstreamOptions): WritableUpstream;
  /**
   * Forgets what was read of that customer, because it is known to have changed: with lists of all customers. Resolves
   * when other processes have, too. Never rejects.
   */
  forget(organization: OrganizationSlug): Promise<void>;
  state(): GateState;
  close(): Promise<void>;
}

export interface GateDependencies {
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly timers: Timers;
  /** From 0 up to and without 1. */
  readonly random?: () => number;
  readonly onBreaker?: (source: SourceName, family: string, state: BreakerState) => void;
  /** The system's unless given. */
  readonly resolve?: Resolve;
  /** Resolves when it is their turn to read a reply; left out: at once. */
  readonly turn?: (() => Promise<void>) | undefined;
  /** The gates of other processes; left out: there are none. */
  readonly peersOf?: FindPeers;
}

// Salesforce tells used and allowed calls of the last 24 hours on every reply (`backends.md` §2.5).
const LIMIT_HEADER = 'sforce-limit-info';
const NOBODY: UpstreamRequest = { signal: NEVER, withinMs: () => null, meter: createMeter() };
const NO_HEADERS: Readonly<Record<string, string>> = {};
/** A request, and who else waits for what its calls make. */
interface Asker extends UpstreamRequest {
  readonly holdOff?: HoldOff;
}

/** Below the deadline of a request, so that whoever asks for a change is told how it ended, or that nobody knows. */
export const WRITE_TIMEOUT_MS = 15_000;
const BREAKER_ORDER: readonly BreakerState[] = ['CLOSED', 'HALF_OPEN', 'OPEN'];

const COUNTED: Readonly<Record<Provenance, 'shared' | 'cached' | 'stale' | null>> = {
  loaded: null, // counted where it is sent
  shared: 'shared',
  cached: 'cached',
  stale: 'stale',
};

export function createGate(settings: GateSettings, dependencies: GateDependencies): Gate {
  const { clock, timers, random = Math.random, onBreaker = () => undefined } = dependencies;
  const { source } = settings;
  const sharing = createSharing(timers);
  const peers = (dependencies.peersOf ?? alone(timers))(source, settings);
  const breakers = new Map<string, Breaker>();
  const house: Gatehouse = {
    source,
    timers,
    random,
    timeoutMs: settings.timeoutMs,
    concurrency: settings.concurrency,
    transport: createTransport(source, {
      connections: settings.concurrency,
      allowPrivateAddresses: settings.allowPrivateAddresses ?? false,
      resolve: dependencies.resolve,
      turn: dependencies.turn,
    }),
    quota: peers.quota,
    budget: createRetryBudget(),
    breakerOf: (family) => {
      const known = breakers.get(family);
      if (known) return known;
      const made = createBreaker(timers, random, (state) => {
        onBreaker(source, family, state);
      });
      breakers.set(family, made);
      return made;
    },
    pause: null,
    inside: 0,
    slots: peers.slots,
    tellSilence: (silence) => {
      peers.silence(silence);
    },
  };
  const forgetHere = (touched: Touched) => {
    sharing.forget((scope) => isTouched(scope, touched));
  };
  peers.listen({
    forget: forgetHere,
    silence: ({ forMs, code }) => {
      house.pause = { until: timers.now() + forMs, code };
    },
  });
  /** Resolves when no process has it any more: whoever is told of a change then reads what it made. */
  const forgetEverywhere = (touched: Touched): Promise<void> => {
    forgetHere(touched);
    return peers.forget(touched);
  };
  const leave = createPassage(house);
  const writeTimeoutMs = settings.writeTimeoutMs ?? WRITE_TIMEOUT_MS;
  const leaveToWrite = createWritePassage(house, writeTimeoutMs);
  let calls = 0;
  let lastSuccessAt: Instant | null = null;
  let lastFailure: GateState['lastFailure'] = null;
  let isReachable: boolean | null = null;
  let reportedLimit: string | null = null;

  const createUpstream = ({
    authenticator,
    judge,
    baseUrl = settings.url,
  }: UpstreamOptions): WritableUpstream => {
    const addressOf = createAddresses(baseUrl);

    const readerOf =
      <Body>(endpoint: { readonly name: string; readonly wire: Wire<Body> }, isKept = false) =>
      (reply: RawReply): Answer<Body> => {
        reportedLimit = reply.headers[LIMIT_HEADER]?.slice(0, 200) ?? reportedLimit;
        const failed = judge.failureOf(reply);
        if (failed !== null) throw new SourceError(failed);
        try {
          const body = endpoint.wire.parse(reply.body);
          return {
            body,
            observation: { observedAt: instantOfMillis(clock()), stale: false },
            length: reply.length ?? 0,
            digest: reply.digest,
            made: isKept ? emptyMade() : undefined,
          };
        } catch (error) {
          const detail =
            error instanceof Error ? error.message.replace(/\s+/g, ' ').slice(0, 300) : 'unreadable';
          throw sourceError('UPSTREAM_MALFORMED', source, { detail: `${endpoint.name}: ${detail}` });
        }
      };

    const ask = async <Params, Body>(
      endpoint: Endpoint<Params, Body>,
      params: Params,
      address: Address,
      lane: string,
      signal: Signal,
      request: Asker,
    ): Promise<Answer<Body>> => {
      const cost = request.meter.of(source);
      const form = endpoint.form?.(params);
      const headers = endpoint.headers?.(params) ?? NO_HEADERS;
      const { origin, path } = address;
      const { method, isDigested = false } = endpoint;
      const trace = { hasLeft: false, isAnswered: false };
      calls += 1;
      try {
        const answer = (await leave({
          http:
            form === undefined
              ? { method, origin, path, headers, isDigested }
              : {
                  method,
                  origin,
                  path,
                  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
                  body: new URLSearchParams(form).toString(),
                },
          credential: endpoint.credential,
          authenticator,
          isUnauthenticated: (reply) => judge.isUnauthenticated(reply),
          read: readerOf(endpoint, endpoint.isShared && settings.sharing !== false),
          lane,
          signal,
          holdOff: request.holdOff ?? (() => undefined),
          leftMs: () => settings.timeoutMs,
          cost,
          timing: { busyMs: 0 },
          trace,
        })) as Answer<Body>; // what `read` gave
        lastSuccessAt = answer.observation.observedAt;
        return answer;
      } catch (error) {
        cost.failed += 1;
        if (error instanceof SourceError && trace.hasLeft && !signal.aborted) {
          lastFailure = { code: error.failure.code, at: instantOfMillis(clock()) };
        }
        throw error;
      } finally {
        calls -= 1;
        // What was never sent, or given up by its caller, tells nothing.
        if (trace.hasLeft && !signal.aborted) isReachable = trace.isAnswered;
      }
    };

    const write = async <Params, Body>(
      endpoint: WriteEndpoint<Params, Body>,
      params: Params,
      { body, requestId }: WriteRequest,
      scope: Scope,
      request: Asker,
    ): Promise<Written<Body>> => {
      const cost = request.meter.of(source);
      const sent = { isSent: false };
      const trace = { hasLeft: false, isAnswered: false };
      const timing = { busyMs: 0 };
      const isUnauthenticated = (reply: RawReply) => judge.isUnauthenticated(reply);
      /** Reads that began before the write, or while it was under way, may have seen the state before it. */
      const touched: Touched = { kind: 'scope', key: scopeKey(scope) };
      calls += 1;
      try {
        const reply = await leaveToWrite({
          http: {
            ...addressOf(endpoint.path(params)),
            method: endpoint.method,
            headers: {
              'x-request-id': requestId,
              ...(body === null ? {} : { 'content-type': 'application/json' }),
            },
            ...(body === null ? {} : { body }),
            onSent: () => {
              sent.isSent = true;
              forgetHere(touched);
            },
          },
          credential: endpoint.credential,
          authenticator,
          isUnauthenticated,
          read: (raw) => raw,
          lane: scope.kind === 'organization' ? scope.organization : '',
          signal: NEVER,
          holdOff: () => undefined,
          leftMs: () => writeTimeoutMs,
          cost,
          timing,
          trace,
        });
        const understood = understand(house, { isUnauthenticated, timing }, reply, judge.failureOf(reply));
        if (understood.kind === 'refused') return { kind: 'refused', failure: understood.failure, reply };
        if (understood.kind !== 'success') return { kind: understood.kind, failure: understood.failure };
        const { body: read, observation } = readerOf(endpoint)(reply);
        lastSuccessAt = observation.observedAt;
        return { kind: 'accepted', body: read, reply, observation };
      } catch (error) {
        cost.failed += 1;
        const { kind, failure } = withoutReply(house, error, sent.isSent);
        lastFailure = { code: failure.code, at: instantOfMillis(clock()) };
        return { kind, failure };
      } finally {
        calls -= 1;
        if (trace.hasLeft) isReachable = trace.isAnswered;
        if (sent.isSent) await forgetEverywhere(touched);
      }
    };

    const through = (request: Asker): WritableUpstream => {
      const policyOf = (freshForMs: number) => ({
        freshForMs,
        usableForMs: Math.max(freshForMs, settings.staleForMs),
      });
      /** For others, too. Those who wait for a part wait for the whole as well. */
      const shared = (signal: Signal, holdOff: HoldOff): Asker => ({
        signal,
        withinMs: request.withinMs,
        meter: request.meter,
        holdOff(refusal) {
          holdOff(refusal);
          request.holdOff?.(refusal);
        },
      });
      const common = (scope: Scope) => ({
        scope,
        withinMs: request.withinMs(),
        signal: request.signal,
        onProvenance: (provenance: Provenance) => {
          const counted = COUNTED[provenance];
          if (counted !== null) request.meter.of(source)[counted] += 1;
        },
      });
      /** Whoever stops waiting, because of a deadline or because the client left, is told so in our words. */
      const given = async <Value>(reading: Promise<Value>): Promise<Value> => {
        try {
          return await reading;
        } catch (error) {
          if (error instanceof SourceError || !request.signal.aborted) throw error;
          throw sourceError('UPSTREAM_TIMEOUT', source, { detail: 'the request was given up' });
        }
      };
      return {
        async call(endpoint, params, scope) {
          const address = addressOf(endpoint.path(params), endpoint.query?.(params));
          const lane = scope.kind === 'organization' ? scope.organization : '';
          if (!endpoint.isShared || settings.sharing === false)
            return ask(endpoint, params, address, lane, request.signal, request);
          const headers = Object.entries(endpoint.headers?.(params) ?? {}).map(
            ([name, value]) => `${name}: ${value}`,
          );
          return given(
            sharing.read({
              request: [endpoint.method, address.origin + address.path, ...headers],
              policy: policyOf(endpoint.freshForMs ?? settings.freshForMs),
              load: (signal, holdOff) =>
                ask(endpoint, params, address, lane, signal, shared(request.signal, holdOff)),
              ...common(scope),
            }),
          );
        },
        share: (scope, name, make, isWhole) =>
          settings.sharing === false
            ? make(through(request))
            : given(
                sharing.read({
                  request: ['made', name],
                  policy: policyOf(settings.freshForMs),
                  load: (signal, holdOff) => make(through(shared(signal, holdOff))),
                  isWhole,
                  ...common(scope),
                }),
              ),
        write: (endpoint, params, what, scope) => write(endpoint, params, what, scope, request),
        within: through,
      };
    };
    return through(NOBODY);
  };

  return {
    settings,
    createUpstream,
    forget: (organization) => forgetEverywhere({ kind: 'organization', organization }),
    state: () => ({
      isReachable,
      lastSuccessAt,
      lastFailure,
      callsInFlight: Math.min(house.inside, settings.concurrency),
      callsQueued: Math.max(0, calls - Math.min(house.inside, settings.concurrency)),
      quotaRemaining: house.quota.remaining,
      breaker:
        BREAKER_ORDER.findLast((state) =>
          [...breakers.values()].some((breaker) => breaker.state === state),
        ) ?? 'CLOSED',
      reportedLimit,
    }),
    close: () => house.transport.close(),
  };
}
