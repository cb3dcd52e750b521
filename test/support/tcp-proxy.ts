/**
 * A TCP proxy on a port of 127.0.0.1 that hurts what passes through it: real sockets, no protocol. It knows nothing of
 * HTTP; bytes are counted from the beginning of each connection, in the direction of the client.
 *
 * Guarantees: a side that goes takes the other side with it, so that what one of them does to its socket is seen; after
 * disposal no socket is left.
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export type TcpFault =
  /** Everything for the client is late by so much. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** After so many bytes the connection is reset. */
  | { readonly kind: 'reset'; readonly afterBytes: number }
  /** After so many bytes the client is told that there is no more; its own half stays open. */
  | { readonly kind: 'fin'; readonly afterBytes: number }
  /** So many bytes at a time, with a pause behind each. */
  | { readonly kind: 'drip'; readonly bytes: number; readonly everyMs: number }
  /** So many bytes in each packet, without a pause. */
  | { readonly kind: 'slice'; readonly bytes: number }
  /** What the client sends is swallowed. */
  | { readonly kind: 'black-hole' }
  /** The connection is closed as soon as it is there. */
  | { readonly kind: 'close-on-accept' }
  /** What comes for the client is kept back until `release`. */
  | { readonly kind: 'hold' };

export interface TcpProxy extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly url: string;
  /** What befalls connections from now on, those that are open included. */
  fault: TcpFault | null;
  /** Connections so far. */
  readonly accepted: number;
  /** Connections that the client used and has not closed: it may open spare ones. */
  readonly open: number;
  /** Chunks that are kept back. */
  readonly held: number;
  /** Ends `hold` and lets go of what was kept back. */
  release(): void;
}

/** A proxy to that port of 127.0.0.1. */
export async function startTcpProxy(port: number, fault: TcpFault | null = null): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const clients = new Set<Socket>();
  let kept: (() => void)[] = [];
  let accepted = 0;

  const server = createServer({ allowHalfOpen: true }, (client) => {
    accepted += 1;
    if (proxy.fault?.kind === 'close-on-accept') {
      client.destroy();
      return;
    }
    const backend = connect({ port, host: '127.0.0.1' });
    let passed = 0;
    let isCut = false;
    let tail = Promise.resolve(); // what waits keeps its order
    const write = (chunk: Buffer) => {
      if (!client.destroyed && !isCut) client.write(chunk);
      passed += chunk.length;
    };
    const pass = async (chunk: Buffer) => {
      const now = proxy.fault;
      switch (now?.kind) {
        case 'latency':
          await pause(now.ms);
          return write(chunk);
        case 'drip':
        case 'slice':
          for (let from = 0; from < chunk.length && !client.destroyed; from += now.bytes) {
            write(chunk.subarray(from, from + now.bytes));
            await pause(now.kind === 'drip' ? now.everyMs : 0);
          }
          return;
        case 'reset':
        case 'fin':
          write(chunk.subarray(0, Math.max(0, now.afterBytes - passed)));
          if (passed < now.afterBytes || isCut) return;
          isCut = true;
          if (now.kind === 'fin') client.end();
          else client.resetAndDestroy();
          return;
        case 'hold':
          await new Promise<void>((resolve) => kept.push(resolve));
          return write(chunk);
        case 'black-hole':
        case 'close-on-accept':
        case undefined:
          return write(chunk);
      }
    };

    client.setNoDelay(true);
    for (const socket of [client, backend]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    }
    client.on('data', (chunk: Buffer) => {
      clients.add(client);
      if (proxy.fault?.kind !== 'black-hole') backend.write(chunk);
    });
    client.on('end', () => client.destroy());
    client.on('close', () => {
      clients.delete(client);
      backend.destroy();
    });
    backend.on('data', (chunk: Buffer) => {
      tail = tail.then(() => pass(chunk));
    });
    backend.on('close', () => {
      tail = tail.then(() => void (client.destroyed || client.end()));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: ownPort } = server.address() as AddressInfo;

  const proxy: TcpProxy = {
    url: `http://127.0.0.1:${ownPort}`,
    fault,
    get accepted() {
      return accepted;
    },
    get open() {
      return clients.size;
    },
    get held() {
      return kept.length;
    },
    release() {
      proxy.fault = null;
      const going = kept;
      kept = [];
      for (const go of going) go();
    },
    [Symbol.asyncDispose]: () => {
      proxy.release();
      return new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      });
    },
  };
  return proxy;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
