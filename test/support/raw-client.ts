/** A TCP client that sends whatever bytes a test writes, for requests that no HTTP client would send. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface RawConnection {
  readonly socket: Socket;
  /** All that came so far. */
  readonly text: string;
  /** Resolves when the other side has closed. */
  readonly closed: Promise<void>;
}

export async function openRaw(url: string, text: string | Uint8Array = ''): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const connection = {
    socket,
    text: '',
    closed: new Promise<void>((resolve) => socket.once('close', () => resolve())),
  };
  socket.setEncoding('latin1').on('data', (piece: string) => (connection.text += piece));
  await once(socket, 'connect');
  socket.on('error', () => undefined); // resets are an end like another here
  if (text.length > 0) socket.write(text);
  return connection;
}

export interface RawReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Answers that came on the connection. */
  readonly count: number;
}

/** What comes back until the other side closes. */
export async function exchange(url: string, text: string | Uint8Array): Promise<RawReply> {
  const connection = await openRaw(url, text);
  await connection.closed;
  const [head = '', ...rest] = connection.text.split('\r\n\r\n');
  const [line = '', ...lines] = head.split('\r\n');
  return {
    status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(line)?.[1]),
    headers: Object.fromEntries(
      lines.map((one) => [
        one.slice(0, one.indexOf(':')).toLowerCase(),
        one.slice(one.indexOf(':') + 1).trim(),
      ]),
    ),
    body: rest.join('\r\n\r\n'),
    count: connection.text.match(/HTTP\/1\.1 \d{3}/g)?.length ?? 0,
  };
}
