/** One call, over real sockets: what becomes of every kind of peer. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { failure, SourceError } from '../../src/domain/failure.js';
import type { CredentialName, Scope } from '../../src/domain/scope.js';
import type { Endpoint, Judge } from '../../src/upstream/endpoint.js';
import { createGate, type Gate } from '../../src/upstream/gate.js';
import { path, segment } from '../../src/upstream/path.js';
import { systemTimers } from '../../src/upstream/timers.js';

const running: (Server | TcpServer)[] = [];
const gates: Gate[] = [];

async function listening(server: Server | TcpServer): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  running.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const http = (listener: RequestListener) => listening(createServer(listener));

afterEach(async () => {
  for (const gate of gates.splice(0)) await gate.close();
  for (const server of running.splice(0)) {
    if ('closeAllConnections' in server) server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const judge: Judge = {
  failureOf: (reply) =>
    reply.isMalformed || reply.status !== 200 ? failure('UPSTREAM_MALFORMED', 'CLOUDMC') : null,
  isUnauthenticated: ({ status }) => status === 401,
};
const scope: Scope = { kind: 'service', credential: 'test' as CredentialName };
const thing: Endpoint<{ id: string }, { answer: string }> = {
  name: 'thing',
  method: 'GET',
  path: ({ id }) => path`things/${segment(/[a-z]+/, id)}`,
  credential: 'key',
  isShared: false,
  wire: {
    parse: (body) => {
      if (typeof body !== 'object' || body === null || !('answer' in body)) throw new Error('no answer');
      return { answer: String(body.answer) };
    },
  },
};

function upstreamAt(url: string, renewals = 0, timeoutMs = 300) {
  const gate = createGate(
    {
      source: 'CLOUDMC',
      url,
      timeoutMs,
      freshForMs: 0,
      staleForMs: 0,
      concurrency: 4,
      requestsPerSecond: null,
    },
    { clock: Date.now, timers: systemTimers },
  );
  gates.push(gate);
  let generation = 0;
  const upstream = gate.createUpstream({
    judge,
    authenticator: {
      headers: () => Promise.resolve({ 'x-key': `key-${generation}` }),
      renew: () => {
        generation += 1;
        return generation <= renewals;
      },
    },
  });
  return { gate, call: (id = 'a') => upstream.call(thing, { id }, scope) };
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'none';
  } catch (error) {
    return error instanceof SourceError ? error.failure.code : `not a SourceError: ${String(error)}`;
  }
}

describe('a call', () => {
  it('keeps every digit of a number', async () => {
    const url = await http((_, response) => response.end('{"answer": 12345678901234567890.120}'));
    expect((await upstreamAt(`${url}/base`).call()).body).toEqual({ answer: '12345678901234567890.120' });
  });

  it('hangs its path off the base, whatever the base ends with', async () => {
    const seen: (string | undefined)[] = [];
    const url = await http((request, response) => {
      seen.push(request.url);
      response.end('{"answer":1}');
    });
    await upstreamAt(`${url}/base/v2`).call();
    await upstreamAt(`${url}/base/v2/`).call();
    expect(seen).toEqual(['/base/v2/things/a', '/base/v2/things/a']);
  });

  it.each(['..', '.', 'a/b', 'a%2fb', 'a?b', '', 'A', 'a\n'])('never leaves with the id %j', async (id) => {
    let calls = 0;
    const url = await http((_, response) => {
      calls += 1;
      response.end('{}');
    });
    await expect(upstreamAt(url).call(id)).rejects.toThrow(RangeError);
    expect(calls).toBe(0);
  });

  it('is given up at its deadline when the peer says nothing, and its socket is destroyed', async () => {
    let closed = false;
    const server = createTcpServer((socket) => {
      socket.on('close', () => (closed = true)).on('error', () => undefined);
      socket.resume(); // a socket that is not read does not notice that it was closed
    });
    const { gate, call } = upstreamAt(await listening(server), 0, 100);
    expect(await codeOf(call())).toBe('UPSTREAM_TIMEOUT');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(closed).toBe(true);
    expect(gate.state()).toMatchObject({ isReachable: false, callsInFlight: 0 });
  });

  it('is given up at its deadline when the body drips for ever', async () => {
    const url = await http((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 10);
      response.on('close', () => {
        clearInterval(drip);
      });
    });
    expect(await codeOf(upstreamAt(url, 0, 150).call())).toBe('UPSTREAM_TIMEOUT');
  });

  it.each<[string, RequestListener, string]>([
    [
      'that is cut',
      (_, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"answer"');
        setTimeout(() => response.destroy(), 5);
      },
      'UPSTREAM_UNAVAILABLE',
    ],
    ['that is not JSON', (_, response) => void response.end('<html></html>'), 'UPSTREAM_MALFORMED'],
    ['that is empty', (_, response) => void response.end(), 'UPSTREAM_MALFORMED'],
    [
      'that calls itself a page',
      (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('{"answer":1}'),
      'UPSTREAM_MALFORMED',
    ],
    [
      'of too many values',
      (_, response) => void response.end(`{"answer":[${'1,'.repeat(300_000)}1]}`),
      'UPSTREAM_MALFORMED',
    ],
    ['of the wrong shape', (_, response) => void response.end('{"other":1}'), 'UPSTREAM_MALFORMED'],
    [
      'nested without end',
      (_, response) => void response.end(`{"answer":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
      'UPSTREAM_MALFORMED',
    ],
    [
      'that is encoded unasked',
      (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('{"answer":1}'),
      'UPSTREAM_MALFORMED',
    ],
    [
      'beyond all size',
      (_, response) => {
        response.writeHead(200);
        response.on('error', () => undefined);
        response.end(`{"answer":"${'x'.repeat(17 * 1024 * 1024)}"}`);
      },
      'UPSTREAM_MALFORMED',
    ],
    [
      'that redirects',
      (_, response) => void response.writeHead(302, { location: '/elsewhere' }).end(),
      'UPSTREAM_MALFORMED',
    ],
  ])('with a reply %s fails with a code', async (_, listener, code) => {
    expect(await codeOf(upstreamAt(await http(listener), 0, 5_000).call())).toBe(code);
  });

  it('reads a body behind a byte order mark', async () => {
    const url = await http((_, response) => response.end('\u{feff}{"answer":1}'));
    expect((await upstreamAt(url).call()).body).toEqual({ answer: '1' });
  });

  it('to a closed port fails as unavailable, and says nothing about where', async () => {
    const server = createServer();
    const url = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    running.splice(0);
    const error = await upstreamAt(url)
      .call()
      .then(
        () => null,
        (reason: unknown) => reason,
      );
    expect(error).toBeInstanceOf(SourceError);
    expect((error as SourceError).failure).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      message: 'CloudMC is not available.',
    });
    expect(JSON.stringify((error as SourceError).failure)).not.toMatch(/127\.0\.0\.1|:\d{4,}/);
  });

  it('is repeated once with a new credential when ours has lapsed, and not without one', async () => {
    const seen: unknown[] = [];
    const url = await http((request, response) => {
      seen.push(request.headers['x-key']);
      if (request.headers['x-key'] === 'key-1') response.end('{"answer":1}');
      else response.writeHead(401).end('{}');
    });
    expect((await upstreamAt(url, 1).call()).body).toEqual({ answer: '1' });
    expect(seen).toEqual(['key-0', 'key-1']);
    seen.length = 0;
    expect(await codeOf(upstreamAt(url, 0).call())).toBe('UPSTREAM_MALFORMED');
    expect(seen).toEqual(['key-0']);
  });
});
