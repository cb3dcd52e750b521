/**
 * How a backend's endpoint is declared: one value per endpoint, read top to bottom in each backend's `client.ts`.
 */
import type { Failure } from '../domain/failure.js';
import type { Observation } from '../domain/observation.js';
import type { Scope } from '../domain/scope.js';
import type { Made } from './made.js';
import type { UpstreamPath } from './path.js';
import type { UpstreamRequest } from './request.js';
import type { Observed } from './share.js';
import type { WriteEndpoint, WriteRequest, Written } from './write.js';

/** Turns a parsed body into a typed one, or throws. Every zod schema is one. */
export interface Wire<Body> {
  parse(body: unknown): Body;
}

/** A GET is a read and may be repeated; a POST is a login and may not: a second wrong one can lock an account. */
export interface Endpoint<Params, Body> {
  /** For logs, metrics and cache keys; unique within the backend, such as `commitments.list`. */
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly path: (params: Params) => UpstreamPath;
  /** Members that are `undefined` are left out. */
  readonly query?: (params: Params) => Readonly<Record<string, string | undefined>>;
  /** Beside those of the credential. */
  readonly headers?: (params: Params) => Readonly<Record<string, string>>;
  /** Sent as `application/x-www-form-urlencoded`. */
  readonly form?: (params: Params) => Readonly<Record<string, string>>;
  /**
   * Which of the backend's credentials the call carries; `none` for logging in. Endpoints of one credential are a family:
   * they fail and recover together, and have one breaker.
   */
  readonly credential: string;
  readonly wire: Wire<Body>;
  /** Identical calls of one scope share one answer while in flight, and for `freshForMs` after it. Never for logins. */
  readonly isShared: boolean;
  /** Milliseconds; left out, the backend's own setting holds. */
  readonly freshForMs?: number;
  /** Lists of records are made of its replies: whoever keeps those wants to know whether they are as before. */
  readonly isDigested?: true;
}

/** A reply before anybody judged it. Numbers in `body` keep every digit (`json.ts`). */
export interface RawReply {
  readonly status: number;
  /** Lower-case names; repeated headers joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; `undefined` for an empty body and for one that is not JSON. */
  readonly body: unknown;
  /** The body is there, and is not JSON. */
  readonly isMalformed: boolean;
  /** Length of the body's text. */
  readonly length?: number;
  /** The same for the same text, and for no other; where the endpoint asks for it. */
  readonly digest?: string | undefined;
}

/** A typed answer and when it was seen. */
export interface Answer<Body> {
  readonly body: Body;
  readonly observation: Observation;
  /** Length of the text that it came as. */
  readonly length?: number;
  /** Of that text; where the endpoint asks for it. */
  readonly digest?: string | undefined;
  /** What was made of it; missing where it is given to one reader only. */
  readonly made?: Made | undefined;
}

/** How a backend is told who we are. */
export interface Authenticator {
  /** Headers for a call with that credential. Rejects with `SourceError` if it cannot be had. */
  headers(credential: string): Promise<Readonly<Record<string, string>>>;
  /**
   * Called once when a call came back as not authenticated: forget what is held, so that the next `headers` gets a
   * new one. False where there is nothing to renew, and the call is not repeated. `sent`: the headers that it went with;
   * whoever comes late must not throw away what another has renewed already.
   */
  renew(credential: string, sent?: Readonly<Record<string, string>>): boolean;
}

/** What a backend's `client.ts` supplies to judge replies. */
export interface Judge {
  /** The failure that the reply means, or `null` for a success. Sees successes too: some backends fail with 200. */
  failureOf(reply: RawReply): Failure | null;
  /** Whether the reply says that our credential has lapsed. */
  isUnauthenticated(reply: RawReply): boolean;
}

/** A backend as adapters see it. Everything about how a call leaves the process is behind this. */
export interface Upstream {
  /** Rejects with `SourceError` only. */
  call<Params, Body>(endpoint: Endpoint<Params, Body>, params: Params, scope: Scope): Promise<Answer<Body>>;
  /**
   * What several calls make together, shared like one call: while it is being made, and as long as answers count as
   * fresh if `isWhole` says that nothing is missing from it. `name` tells it from other work of the same scope. `make`
   * must call through the upstream that it is given: its calls belong to everybody who waits, not to the first.
   */
  share<Value extends Observed>(
    scope: Scope,
    name: string,
    make: (upstream: Upstream) => Promise<Value>,
    isWhole: (value: Value) => boolean,
  ): Promise<Value>;
  /** The same backend, for one request: its calls end with it and are charged to it. */
  within(request: UpstreamRequest): Upstream;
}

/** A backend that can be changed too. What only reads is given an `Upstream`, and cannot. */
export interface WritableUpstream extends Upstream {
  /**
   * Sends a write, once. Never rejects: how it ended is the answer. It is not given up with the request that asked for
   * it: what was sent is waited for, up to the backend's own limit for writes. Whatever it may have touched is forgotten,
   * before and after: `scope` and the backend's service scopes.
   */
  write<Params, Body>(
    endpoint: WriteEndpoint<Params, Body>,
    params: Params,
    request: WriteRequest,
    scope: Scope,
  ): Promise<Written<Body>>;
  within(request: UpstreamRequest): WritableUpstream;
}
