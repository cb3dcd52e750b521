/**
 * One attempt of one call: socket, bytes, JSON.
 *
 * Guarantees: an absolute deadline that destroys the socket (socket timeouts alone let a dripping body run for ever);
 * caps on bytes, nesting and values; numbers without loss; certificates are verified and TLS is 1.2 or newer, whatever
 * the environment says; no reply repeats our credentials (`echo.ts`). Refuses names that lead inwards (`lookup.ts`),
 * redirects, encoded bodies and bodies that are not JSON; follows nothing, repeats nothing.
 */
import { DecoratorHandler, errors, Pool, type Dispatcher } from 'undici';
import { sourceError, type SourceError } from '../domain/failure.js';
import type { SourceName } from '../domain/source.js';
import { withoutEcho } from './echo.js';
import type { RawReply } from './endpoint.js';
import { parseJson } from './json.js';
import { createLookup, RefusedAddress, type Resolve } from './lookup.js';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /**
   * Called when there is a connection and the request is about to be written to it. If it was not called, not a byte
   * of the request has left.
   */
  readonly onSent?: () => void;
}

export interface Transport {
  /** Rejects with `SourceError` for everything that is not a reply. */
  send(request: HttpRequest, signal: AbortSignal): Promise<RawReply>;
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

async function readText(
  source: SourceName,
  body: Dispatcher.ResponseData['body'],
  encoding: string | undefined,
): Promise<string> {
  if (encoding !== undefined && encoding !== 'identity') {
    body.on('error', () => undefined).destroy(); // says that it was destroyed, which is no news
    throw sourceError('UPSTREAM_MALFORMED', source, { detail: 'an encoded body that was not asked for' });
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) {
      // Leaving the loop destroys the body, and with it the socket.
      throw sourceError('UPSTREAM_MALFORMED', source, { detail: `a body of more than ${MOST_BYTES} bytes` });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

interface Announced extends Dispatcher.RequestOptions {
  readonly onSent?: (() => void) | undefined;
}

/** Tells when a request is written: undici calls `onRequestStart` then, with the connection made. */
const announceSending: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
  const { onSent } = options as Announced;
  if (onSent === undefined) return dispatch(options, handler);
  const inner: Dispatcher.DispatchHandler = new DecoratorHandler(handler); // speaks both dialects of handlers
  return dispatch(options, {
    onRequestStart: (controller, context) => {
      onSent();
      inner.onRequestStart?.(controller, context);
    },
    onResponseStart: (...facts) => inner.onResponseStart?.(...facts),
    onResponseData: (...facts) => inner.onResponseData?.(...facts),
    onResponseEnd: (...facts) => inner.onResponseEnd?.(...facts),
    onResponseError: (...facts) => inner.onResponseError?.(...facts),
  });
};

export interface TransportOptions {
  /** Sockets at once, to each origin that is asked for. */
  readonly connections: number;
  /** Names may lead into private networks and to this machine. */
  readonly allowPrivateAddresses: boolean;
  /** The system's unless given. */
  readonly resolve?: Resolve | undefined;
}

export function createTransport(source: SourceName, options: TransportOptions): Transport {
  const { connections, allowPrivateAddresses, resolve } = options;
  const lookup = createLookup(allowPrivateAddresses, resolve);
  const pools = new Map<string, Dispatcher>();
  const poolOf = (origin: string): Dispatcher => {
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
    }).compose(announceSending);
    pools.set(origin, pool);
    return pool;
  };

  return {
    async send({ method, url, headers, body, onSent }, signal) {
      try {
        const options: Announced = {
          method,
          path: url.pathname + url.search,
          headers: { accept: 'application/json', ...headers },
          ...(body === undefined ? {} : { body }),
          signal,
          onSent,
        };
        const reply = await poolOf(url.origin).request(options);
        const flat: Record<string, string> = {};
        for (const [name, value] of Object.entries(reply.headers)) {
          if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
        }
        const said = await readText(source, reply.body, flat['content-encoding']);
        const text = withoutEcho(said, reply.statusCode, { headers, body });
        // A page that calls itself something else is not read as data, even if it could be. Without a name it may be.
        const type = flat['content-type'];
        if (text !== '' && type !== undefined && !/json/i.test(type)) {
          return { status: reply.statusCode, headers: flat, body: undefined, isMalformed: true };
        }
        try {
          return {
            status: reply.statusCode,
            headers: flat,
            body: parseJson(text),
            isMalformed: false,
            length: text.length,
          };
        } catch {
          return { status: reply.statusCode, headers: flat, body: undefined, isMalformed: true };
        }
      } catch (error) {
        if (signal.aborted) throw sourceError('UPSTREAM_TIMEOUT', source, { detail: 'deadline passed' });
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
