/**
 * The wire between the gateway and one backend, and the moments on it at which the gateway can be killed.
 *
 * It takes requests whole before it passes them on, so that "the backend has all of it" and "the backend has its head"
 * are states that last until somebody acts. Everything happens in the process of the backend: nothing is between a
 * moment and the blow. Guarantees: one port for the gateways that come one after the other; one trap is sprung once.
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface WireRequest {
  readonly method: string;
  /** As on the wire. */
  readonly path: string;
  readonly requestId: string | null;
  readonly body: string;
}

/** What befalls a request for a change. */
export type Moment =
  /** The backend has the head and not the body. */
  | 'headers-sent'
  /** The backend has all of it and has not acted. */
  | 'body-sent'
  /** It has acted, and nothing of its answer is on the way. */
  | 'applied-not-replied'
  /** Half of its answer has arrived. */
  | 'mid-reply'
  /** All of it gets lost on the way there, and nobody is killed. */
  | 'lost'
  /** Its answer gets lost, and nobody is killed. */
  | 'answer-lost';

export interface Trap {
  readonly moment: Moment;
  readonly springs: (request: WireRequest) => boolean;
  /** Called at the moment, unless that only loses something. */
  readonly strike: () => void;
}

export interface Wire extends AsyncDisposable {
  readonly port: number;
  trap: Trap | null;
  /** Lets the backend have what a trap kept from it: it acts now, and nobody hears the answer. */
  deliverLate(): Promise<void>;
  /** It never gets it. */
  forget(): void;
}

const HEAD_END = '\r\n\r\n';
/** Time for the half of an answer to get to the gateway. */
const ARRIVING_MS = 4;

interface Whole {
  readonly request: WireRequest;
  readonly head: Buffer;
  readonly bytes: Buffer;
}

/** The first request of what has come, if all of it has. */
function firstRequest(bytes: Buffer): Whole | null {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return null;
  const head = bytes.subarray(0, end + HEAD_END.length);
  const [first = '', ...lines] = head.toString('latin1').split('\r\n');
  const [method = '', path = ''] = first.split(' ');
  const header = (name: string) =>
    lines
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? null;
  const total = head.length + Number(header('content-length') ?? '0');
  if (bytes.length < total) return null;
  const body = bytes.subarray(head.length, total).toString('utf8');
  return {
    request: { method, path, requestId: header('x-request-id'), body },
    head,
    bytes: bytes.subarray(0, total),
  };
}

/** Logins are posted, and change nothing. */
function isChange({ method, path }: WireRequest): boolean {
  return method !== 'GET' && !/\/(token|Access\/Login)$/.test(path);
}

/** `onChange` sees every request for a change before the backend does. */
export async function startWire(port: number, onChange: (request: WireRequest) => void): Promise<Wire> {
  const sockets = new Set<Socket>();
  let kept: Buffer | null = null;

  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    return socket;
  };

  const server = createServer((gateway) => {
    const backend = keep(connect({ port, host: '127.0.0.1' }));
    keep(gateway);
    let pending: Buffer = Buffer.alloc(0);
    let sprung: Trap | null = null;

    const pass = ({ request, head, bytes }: Whole) => {
      if (!isChange(request)) {
        backend.write(bytes);
        return;
      }
      onChange(request);
      const { trap } = wire;
      if (trap === null || !trap.springs(request)) {
        backend.write(bytes);
        return;
      }
      wire.trap = null;
      sprung = trap;
      switch (trap.moment) {
        case 'headers-sent':
          // Of a request that is nothing but a head, all but the last line of it.
          backend.write(bytes.length > head.length ? head : head.subarray(0, -2));
          trap.strike();
          return;
        case 'body-sent':
          kept = bytes;
          trap.strike();
          return;
        case 'lost':
          return;
        case 'applied-not-replied':
        case 'mid-reply':
        case 'answer-lost':
          backend.write(bytes);
      }
    };

    gateway.on('data', (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk]);
      for (let next = firstRequest(pending); next !== null; next = firstRequest(pending)) {
        pending = pending.subarray(next.bytes.length);
        pass(next);
      }
    });
    backend.on('data', (chunk: Buffer) => {
      switch (sprung?.moment) {
        case undefined:
          gateway.write(chunk);
          return;
        case 'applied-not-replied':
          sprung.strike();
          return;
        case 'mid-reply':
          gateway.write(chunk.subarray(0, Math.ceil(chunk.length / 2)));
          setTimeout(sprung.strike, ARRIVING_MS);
          return;
        default:
      }
    });
    gateway.on('close', () => backend.destroy());
    backend.on('close', () => gateway.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const wire: Wire = {
    port: (server.address() as AddressInfo).port,
    trap: null,
    async deliverLate() {
      if (kept === null) return;
      const bytes = kept;
      kept = null;
      const late = keep(connect({ port, host: '127.0.0.1' }));
      await new Promise<void>((resolve) => {
        late.once('data', () => resolve());
        late.once('close', () => resolve());
        late.write(bytes);
      });
      late.destroy();
    },
    forget() {
      kept = null;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return wire;
}
