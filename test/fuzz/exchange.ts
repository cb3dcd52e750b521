/** Sends bytes as they are over a connection of their own, and takes all that comes back. */
import { connect } from 'node:net';

export interface Sending {
  readonly bytes: Buffer;
  /** Where the bytes are cut into pieces that are sent one after another. */
  readonly cuts: readonly number[];
  /** half-close: we have said all. gone: we are not there any more. late: a little later. never: the other side ends. */
  readonly end: 'half-close' | 'gone' | 'late' | 'never';
}

export interface Received {
  /** One character for each byte. */
  readonly text: string;
  /** `true`: the other side did not close in time. */
  readonly isLate: boolean;
  /** `false`: nobody took the connection. */
  readonly isConnected: boolean;
}

/** Longer than the gateway gives a request that stops in its middle. */
const PATIENCE_MS = 25_000;
/** A stream of events goes on for as long as what it follows. */
const STREAM_MS = 300;

export function exchange(port: number, { bytes, cuts, end }: Sending): Promise<Received> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let isConnected = false;
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const finish = (isLate: boolean) => {
      clearTimeout(patience);
      clearTimeout(stream);
      socket.destroy();
      resolve({ text: Buffer.concat(pieces).toString('latin1'), isLate, isConnected });
    };
    let stream: NodeJS.Timeout | undefined;
    const patience = setTimeout(() => {
      finish(true);
    }, PATIENCE_MS);
    socket.on('connect', () => {
      isConnected = true;
      const ends = [...cuts, bytes.length];
      const write = (n: number, from: number) => {
        const to = ends[n];
        if (socket.destroyed) return;
        if (to !== undefined) {
          socket.write(bytes.subarray(from, to));
          setImmediate(write, n + 1, to);
        } else if (end === 'half-close') socket.end();
        else if (end === 'gone') finish(false);
        else if (end === 'late') setTimeout(() => socket.end(), 40);
      };
      write(0, 0);
    });
    socket.on('data', (piece: Buffer) => {
      pieces.push(piece);
      if (stream === undefined && piece.includes('text/event-stream; charset')) {
        stream = setTimeout(() => {
          finish(false);
        }, STREAM_MS);
      }
    });
    socket.on('error', () => undefined); // resets are an end like another here
    socket.on('close', () => {
      finish(false);
    });
  });
}
