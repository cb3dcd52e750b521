/** Replies that come at once are read one in a turn, over real sockets. */
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTransport, type Transport } from '../../src/upstream/transport.js';
import { outcomeOf } from './rig.js';
import { until } from '../support/until.js';

let server: Server;
let transport: Transport;
let origin: string;
/** Those whose replies are there, and have not been read. */
let turns: (() => void)[];

beforeEach(async () => {
  turns = [];
  server = createServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json').end('{"is":"there"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  transport = createTransport('CLOUDMC', {
    connections: 8,
    allowPrivateAddresses: true,
    turn: () => new Promise((resolve) => turns.push(resolve)),
  });
});

afterEach(async () => {
  await transport.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const send = (method: 'GET' | 'POST', signal = new AbortController().signal) =>
  outcomeOf(transport.send({ method, origin, path: '/', headers: {} }, signal));

it.each([true, false])('tells the digest of a body to those who ask for it: %s', async (isDigested) => {
  const sent = transport.send(
    { method: 'GET', origin, path: '/', headers: {}, isDigested },
    new AbortController().signal,
  );
  await until('the reply is there', () => turns.length === 1);
  turns[0]?.();
  const expected = createHash('sha256').update('{"is":"there"}').digest('base64url');
  expect((await sent).digest).toBe(isDigested ? expected : undefined);
});

it('reads a reply when it is its turn', async () => {
  let read = 0;
  const all = Array.from({ length: 5 }, () => send('GET').finally(() => (read += 1)));
  await until('all replies are there', () => turns.length === 5);
  expect(read).toBe(0);
  for (const [before, turn] of turns.entries()) {
    expect(read).toBe(before);
    turn();
    await until('it is read', () => read === before + 1);
  }
  for (const outcome of await Promise.all(all)) expect(outcome).toEqual({ is: 'there' });
});

it('reads nothing for those who gave up while they waited', async () => {
  const controller = new AbortController();
  const outcome = send('GET', controller.signal);
  await until('the reply is there', () => turns.length === 1);
  controller.abort();
  turns[0]?.();
  expect(await outcome).toBe('UPSTREAM_TIMEOUT');
});

it('lets no change wait: what became of it is told at once', async () => {
  expect(await send('POST')).toEqual({ is: 'there' });
  expect(turns).toHaveLength(0);
});
