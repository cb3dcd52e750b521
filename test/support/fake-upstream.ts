/**
 * An `Upstream` without a network, for contract tests: replies are the vendor's bytes, parsed without losing a digit,
 * judged by the backend's judge and read by the endpoint's wire schema, as the real one does.
 *
 * Guarantees: every attempt is recorded as it would be sent. Refuses a call that no route is declared for, and one
 * more call than a route has replies: both fail the test rather than look like a failing backend.
 * Nothing is shared, cached, retried or delayed here; only a lapsed credential is renewed, once. Refuses writes: those are
 * tested over real sockets (`write-rig.ts`).
 */
import { hash } from 'node:crypto';
import { parse } from 'lossless-json';
import type { UpstreamOptions } from '../../src/backends/deps.js';
import { sourceError, SourceError } from '../../src/domain/failure.js';
import type { Instant } from '../../src/domain/calendar.js';
import type { Scope } from '../../src/domain/scope.js';
import type { Answer, Endpoint, RawReply, WritableUpstream } from '../../src/upstream/endpoint.js';

/** What a backend answers. `status` is 200 unless given; `text` is the body byte for byte. */
export interface FakeReply {
  readonly status?: number;
  /** Lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly text?: string;
  /** When the answer was seen; `FAKE_OBSERVED_AT` unless given. */
  readonly observedAt?: string;
}

/** A call as it would leave the process. */
export interface FakeCall {
  /** `GET organizations/1/contract`: the key of its route. */
  readonly route: string;
  readonly endpoint: string;
  readonly query: Readonly<Record<string, string>>;
  /** Those of the credential and of the endpoint. */
  readonly headers: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>> | null;
  readonly credential: string;
  readonly scope: Scope;
}

/**
 * Routes by `METHOD path`, the path without query and without leading slash. A single reply answers every call, a
 * list answers one call each in its order, a function looks at the call.
 */
export type FakeRoutes = Readonly<
  Record<string, FakeReply | readonly FakeReply[] | ((call: FakeCall) => FakeReply)>
>;

export interface FakeUpstream {
  /** In the order in which they were made. */
  readonly calls: readonly FakeCall[];
  /** To be handed to a backend's factory. */
  readonly createUpstream: (options: UpstreamOptions) => WritableUpstream;
}

export const FAKE_OBSERVED_AT = '2026-11-02T09:00:00Z' as Instant;

export function fakeUpstream(routes: FakeRoutes): FakeUpstream {
  const calls: FakeCall[] = [];
  const used = new Map<string, number>();

  const replyTo = (call: FakeCall): FakeReply => {
    const route = Object.hasOwn(routes, call.route) ? routes[call.route] : undefined;
    if (route === undefined) throw new Error(`no route for ${call.route}`);
    if (typeof route === 'function') return route(call);
    if (!isList(route)) return route;
    const index = used.get(call.route) ?? 0;
    used.set(call.route, index + 1);
    const reply = route[index];
    if (reply === undefined)
      throw new Error(`call ${index + 1} of ${call.route}, which has ${index} replies`);
    return reply;
  };

  return {
    calls,
    createUpstream: ({ source, authenticator, judge }) => {
      const attempt = async <Params, Body>(
        endpoint: Endpoint<Params, Body>,
        params: Params,
        scope: Scope,
      ) => {
        const credential = await authenticator.headers(endpoint.credential);
        const call: FakeCall = {
          route: `${endpoint.method} ${endpoint.path(params)}`,
          endpoint: endpoint.name,
          query: withoutUndefined(endpoint.query?.(params) ?? {}),
          headers: { ...credential, ...endpoint.headers?.(params) },
          form: endpoint.form?.(params) ?? null,
          credential: endpoint.credential,
          scope,
        };
        calls.push(call);
        const reply = replyTo(call);
        return {
          credential,
          raw: rawReply(reply),
          observedAt: (reply.observedAt ?? FAKE_OBSERVED_AT) as Instant,
        };
      };

      const call = async <Params, Body>(
        endpoint: Endpoint<Params, Body>,
        params: Params,
        scope: Scope,
      ): Promise<Answer<Body>> => {
        let { credential, raw, observedAt } = await attempt(endpoint, params, scope);
        if (judge.isUnauthenticated(raw) && authenticator.renew(endpoint.credential, credential)) {
          ({ raw, observedAt } = await attempt(endpoint, params, scope));
        }
        const failed = judge.failureOf(raw);
        if (failed !== null) throw new SourceError(failed);
        try {
          return {
            body: endpoint.wire.parse(raw.body),
            observation: { observedAt, stale: false },
            digest:
              endpoint.isDigested === true
                ? hash('sha256', JSON.stringify(raw.body), 'base64url')
                : undefined,
          };
        } catch (error) {
          throw sourceError('UPSTREAM_MALFORMED', source, { detail: `${endpoint.name}: ${String(error)}` });
        }
      };
      const upstream: WritableUpstream = {
        call,
        write: ({ name }) => {
          throw new Error(`${name} is a write, and this upstream only reads`);
        },
        share: (_scope, _name, make) => make(upstream),
        within: () => upstream,
      };
      return upstream;
    },
  };
}

/** A reply as the judge sees it. */
export function rawReply({ status = 200, headers = {}, text = '' }: FakeReply): RawReply {
  if (text === '') return { status, headers, body: undefined, isMalformed: false };
  try {
    return { status, headers, body: parse(text), isMalformed: false };
  } catch {
    return { status, headers, body: undefined, isMalformed: true };
  }
}

function isList(route: FakeReply | readonly FakeReply[]): route is readonly FakeReply[] {
  return Array.isArray(route);
}

function withoutUndefined(query: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
