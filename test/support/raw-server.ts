/** A TCP server that answers requests with whatever bytes a test writes, for replies that no HTTP server would send. */
import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface RawServer extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly url: string;
  /** Heads of the requests, in the order in which they came. */
  readonly requests: readonly string[];
  /** Connections that a request came on and that the client has not closed: it may open spare ones. */
  readonly open: number;
  /** Bytes taken from us on all connections. */
  readonly bytesSent: number;
}

/** `answer` is called for each request; `nth` counts those of one connection from 0. */
export async function startRawServer(
  answer: (socket: Socket, nth: number, request: string) => void,
): Promise<RawServer> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const asked = new Set<Socket>();
  let closedBytes = 0;
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let text = '';
    let nth = 0;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('end', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      asked.delete(socket);
      closedBytes += socket.bytesWritten;
    });
    socket.on('data', (chunk: Buffer) => {
      asked.add(socket);
      text += chunk.toString('latin1');
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        const head = text.slice(0, end);
        text = text.slice(end + 4);
        requests.push(head);
        answer(socket, nth, head);
        nth += 1;
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    get open() {
      return asked.size;
    },
    get bytesSent() {
      return [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, closedBytes);
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** A reply with those header lines, its end marked by the connection or by the lines. */
export function rawReply(headers: readonly string[], body: string): string {
  return ['HTTP/1.1 200 OK', 'content-type: application/json', ...headers, '', body].join('\r\n');
}

/** Writes the same bytes until the client closes the connection, never more than it takes. */
export function writeWithoutEnd(socket: Socket, chunk: Uint8Array): void {
  const write = () => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', write);
  write();
}
