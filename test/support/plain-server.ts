/**
 * A plain HTTP server that stands in place of a backend: it answers with the bytes that it was given and keeps what it
 * was asked. It knows nothing of any backend; a call without a route gets 404 with an empty body.
 */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PlainReply {
  /** 200 unless given. */
  readonly status?: number;
  /** `content-type: application/json` unless given. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The body: bytes as they are, text as UTF-8. */
  readonly body: Uint8Array | string;
}

export interface PlainCall {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** By `METHOD /path`, the path without the query. */
export type PlainRoutes = Readonly<Record<string, PlainReply>>;

export interface PlainServer extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly url: string;
  /** In the order in which they came. */
  readonly calls: readonly PlainCall[];
}

export async function startPlainServer(routes: PlainRoutes): Promise<PlainServer> {
  const calls: PlainCall[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
      const { method = '', headers } = request;
      calls.push({
        method,
        path: pathname,
        query: searchParams,
        headers,
        body: Buffer.concat(chunks).toString('utf8'),
      });
      const route = `${method} ${pathname}`;
      const reply = Object.hasOwn(routes, route) ? routes[route] : undefined;
      response.writeHead(
        reply === undefined ? 404 : (reply.status ?? 200),
        reply?.headers ?? { 'content-type': 'application/json' },
      );
      response.end(reply?.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
