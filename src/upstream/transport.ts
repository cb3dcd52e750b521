/**
 * One attempt of one call: socket, bytes, JSON.
 *
 * Guarantees: an absolute deadline that destroys the socket (socket timeouts alone let a dripping body run for ever);
 * caps on bytes, nesting and values; numbers without loss; certificates are verified and TLS is 1.2 or newer, whatever
 * the environment says; no reply repeats our credentials (`echo.ts`). Refuses names that lead inwards (`lookup.ts`),
 * redirects, encoded bodies and bodies that are not JSON; follows nothing, repeats nothing.
 */
import { hash } from 'node:crypto';
import { errors, Pool } from 'undici';
import { sourceError, type SourceError } from '../domain/failure.js';
import type { SourceName } from '../domain/source.js';
import { withoutEcho } from './echo.js';
import type { RawReply } from './endpoint.js';
import { parseJson } from './json.js';
import { createLookup, RefusedAddress, type Resolve } from './lookup.js';
import { receive } from './receive.js';
import type { Signal } from '../domain/signal.js';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly origin: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The reply is to tell the digest of its body. */
  readonly isDigested?: boolean;
  /**
   * Called when there is a connection and the request is about to be written to it. If it was not called, not a byte
   * of the request has left.
   */
  readonly onSent?: () => void;
}

export interface Transport {
  /** Rejects with `SourceError` for everything that is not a reply. */
  send(request: HttpRequest, signal: Signal): Promise<RawReply>;
  close(): Promise<void>;
}

/** The largest honest body is a page of 2,000 service orders with their ramps, about 3 MB. */
const MOST_BYTES = 4 * 1024 * 1024;
const CONNECT_TIMEOUT_MS = 2_000;
// Below the idle timeouts that load balancers use, so that a socket is rarely reused while it is being closed.
const KEEP_ALIVE_MS = 4_000;

function unavailable(source: SourceName, error: unknown): SourceError {
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
  return sourceError('UPSTREAM_UNAVAILABLE', source, { detail: `no reply (${code})` });
}

export interface TransportOptions {
  /** Sockets at once, to each origin that is asked for. */
  readonly connections: number;
  /** Names may lead into private networks and to this machine. */
  readonly allowPrivateAddresses: boolean;
  /** The system's unless given. */
  readonly resolve?: Resolve | undefined;
  /** Resolves when it is their turn to read a reply; left out: at once. */
  readonly turn?: (() => Promise<void>) | undefined;
}

export function createTransport(source: SourceName, options: TransportOptions): Transport {
  const { connections, allowPrivateAddresses, resolve, turn } = options;
  const lookup = createLookup(allowPrivateAddresses, resolve);
  const pools = new Map<string, Pool>();
  const poolOf = (origin: string): Pool => {
    const known = pools.get(origin);
    if (known) return known;
    const pool = new Pool(origin, {
      connections,
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      connect: {
        timeout: CONNECT_TIMEOUT_MS,
        lookup,
        // Node's defaults, written down: NODE_TLS_REJECT_UNAUTHORIZED=0 and --tls-min-v1.0 change the defaults.
        rejectUnauthorized: true,
        minVersion: 'TLSv1.2',
      },
    });
    pools.set(origin, pool);
    return pool;
  };

  const refusals = {
    tooLong: () =>
      sourceError('UPSTREAM_MALFORMED', source, { detail: `a body of more than ${MOST_BYTES} bytes` }),
    encoded: () =>
      sourceError('UPSTREAM_MALFORMED', source, { detail: 'an encoded body that was not asked for' }),
    givenUp: () => sourceError('UPSTREAM_TIMEOUT', source, { detail: 'deadline passed' }),
  };

  return {
    async send({ method, origin, path, headers, body, isDigested = false, onSent }, signal) {
      try {
        const received = await receive(poolOf(origin), {
          request: {
            method,
            path,
            headers: { accept: 'application/json', ...headers },
            ...(body === undefined ? {} : { body }),
          },
          signal,
          onSent,
          most: MOST_BYTES,
          errors: refusals,
        });
        // To read it, and what follows from it, is most of the work: of many that come at once, each in its turn.
        // What became of a change is told at once, and whoever gave up meanwhile has nothing read for them.
        if (turn !== undefined && method === 'GET') {
          await turn();
          if (signal.aborted) throw refusals.givenUp();
        }
        const { status, headers: said } = received;
        const text = withoutEcho(received.text(), status, { headers, body });
        // A page that calls itself something else is not read as data, even if it could be. Without a name it may be.
        const type = said['content-type'];
        if (text !== '' && type !== undefined && !/json/i.test(type)) {
          return { status, headers: said, body: undefined, isMalformed: true };
        }
        try {
          return {
            status,
            headers: said,
            body: parseJson(text),
            isMalformed: false,
            length: text.length,
            digest: isDigested ? hash('sha256', text, 'base64url') : undefined,
          };
        } catch {
          return { status, headers: said, body: undefined, isMalformed: true };
        }
      } catch (error) {
        if (signal.aborted) throw refusals.givenUp();
        if (
          error instanceof errors.HTTPParserError ||
          error instanceof errors.ResponseContentLengthMismatchError
        ) {
          throw sourceError('UPSTREAM_MALFORMED', source, { detail: 'not HTTP' });
        }
        if (error instanceof Error && error.name === 'SourceError') throw error;
        if (error instanceof RefusedAddress) {
          throw sourceError('UPSTREAM_UNAVAILABLE', source, { detail: error.message, isLasting: true });
        }
        throw unavailable(source, error);
      }
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}
