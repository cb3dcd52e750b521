/**
 * The end of the server's connections.
 *
 * Guarantees: once closing began, running requests finish and their connections end with them; connections without a
 * complete request end at once, however little of it is missing: whoever sends slowly must not hold the process.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

export function endConnectionsOnClose(app: FastifyInstance): void {
  /** The requests of each connection whose answers are not out yet. */
  const connections = new Map<Socket, Set<IncomingMessage>>();
  let isClosing = false;

  app.server.on('connection', (socket: Socket) => {
    if (isClosing) {
      socket.destroy();
      return;
    }
    connections.set(socket, new Set());
    socket.once('close', () => connections.delete(socket));
  });
  app.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    const running = connections.get(socket);
    running?.add(request);
    response.once('close', () => {
      running?.delete(request);
      // Else it would stay open for the next request until it times out.
      if (isClosing && running?.size === 0) socket.end();
    });
  });
  app.addHook('preClose', (done) => {
    isClosing = true;
    for (const [socket, running] of connections) {
      const isRunning = [...running].some((request) => request.complete);
      if (!isRunning) socket.destroy();
    }
    done();
  });
}
