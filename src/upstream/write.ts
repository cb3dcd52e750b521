/**
 * How a write is declared, and what can be said about it afterwards. `Upstream.write` sends it.
 *
 * Guarantees: one request at most, whatever happens: never repeated, not even after a lapsed credential; and its end is
 * told apart by proof. "Not sent" means that no byte of it was handed to a socket, or that the backend says that it did
 * not look at it; "refused" that the backend looked and said no; everything else that is no readable success is
 * "unknown".
 */
import type { Failure } from '../domain/failure.js';
import type { Observation } from '../domain/observation.js';
import type { RawReply, Wire } from './endpoint.js';
import type { UpstreamPath } from './path.js';

export interface WriteEndpoint<Params, Body> {
  /** For logs, metrics and breakers; unique within the backend, such as `commitments.terminate`. */
  readonly name: string;
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: (params: Params) => UpstreamPath;
  /** Which of the backend's credentials the call carries. */
  readonly credential: string;
  readonly wire: Wire<Body>;
}

export interface WriteRequest {
  /** JSON text, sent as it is; `null`: no body. */
  readonly body: string | null;
  /** Sent as `X-Request-Id`. */
  readonly requestId: string;
}

export type Written<Body> =
  /** The backend took it. What it says about it is in `body`, and may still be a no (MonetizeNow). */
  | {
      readonly kind: 'accepted';
      readonly body: Body;
      readonly reply: RawReply;
      readonly observation: Observation;
    }
  | { readonly kind: 'refused'; readonly failure: Failure; readonly reply: RawReply }
  | { readonly kind: 'not-sent'; readonly failure: Failure }
  | { readonly kind: 'unknown'; readonly failure: Failure };
