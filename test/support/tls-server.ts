/** A server over TLS that answers every request with an empty list, for tests of whether anybody gets so far. */
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface TlsServer extends AsyncDisposable {
  readonly port: number;
  /** TCP connections that came. */
  readonly connections: number;
  /** Requests that came through: each would have brought a credential. */
  readonly requests: number;
}

export async function startTlsServer(options: ServerOptions): Promise<TlsServer> {
  let connections = 0;
  let requests = 0;
  const server = createServer(options, (_, response) => {
    requests += 1;
    response.setHeader('content-type', 'application/json');
    response.end('{"data":[]}');
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.on('tlsClientError', () => undefined); // whoever turns away is what the tests are about
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    get requests() {
      return requests;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
