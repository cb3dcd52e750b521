/**
 * Connections that send nothing, or send it slowly, to keep others out.
 *
 * Guarantees: of one address, at most a hundred connections wait for more than a second for a request to be complete;
 * the oldest of them make room for new ones. A burst of honest connections is never cut, however large: each is served
 * before its second is over; nor is one whose request is being answered, or one that a proxy keeps for the next request.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface ConnectionLimits {
  /** Milliseconds; only differences mean anything. */
  readonly now: () => number;
  readonly mostOfAddress?: number;
  readonly graceMs?: number;
}

export function limitConnections(
  server: Server,
  { now, mostOfAddress = 100, graceMs = 1_000 }: ConnectionLimits,
): void {
  interface Waiting {
    readonly since: number;
    /** What has come of it so far. */
    request: IncomingMessage | null;
  }
  /** The connections of each address, oldest first. */
  const waiting = new Map<string, Map<Socket, Waiting>>();

  const makeRoom = (sockets: Map<Socket, Waiting>) => {
    for (const [socket, { since, request }] of sockets) {
      if (sockets.size <= mostOfAddress || now() - since < graceMs) return;
      sockets.delete(socket);
      // One that has sent all of its request waits for us.
      if (request?.complete !== true) socket.destroy();
    }
  };
  server.on('connection', (socket: Socket) => {
    const { remoteAddress: address = '' } = socket;
    const sockets = waiting.get(address) ?? new Map<Socket, Waiting>();
    waiting.set(address, sockets);
    sockets.set(socket, { since: now(), request: null });
    makeRoom(sockets);
    socket.once('close', () => {
      sockets.delete(socket);
      if (sockets.size === 0 && waiting.get(address) === sockets) waiting.delete(address);
    });
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const sockets = waiting.get(request.socket.remoteAddress ?? '');
    const entry = sockets?.get(request.socket);
    if (entry !== undefined) entry.request = request;
    response.once('close', () => {
      if (entry !== undefined) entry.request = null; // what was taken out of a map may be held on to by it for a while
      sockets?.delete(request.socket);
    });
  });
}
