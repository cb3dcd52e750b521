/** The end: running requests finish, whoever sends slowly holds nothing, and readiness is gone at once. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startApp } from '../../src/app.js';
import { parseAccounts, parseBackends } from '../../src/config.js';
import { createLog } from '../../src/observability/log.js';
import { ask, startEdge } from '../support/edge.js';

async function open(url: string, text: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}

function held(): { readonly promise: Promise<void>; readonly release: () => void } {
  let release: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => (release = resolve));
  return { promise, release };
}

const aMoment = () => new Promise((resolve) => setTimeout(resolve, 50));
const HEAD = 'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n';

describe('the end of the edge', () => {
  it.each([
    ['nothing', ''],
    ['half of the headers', HEAD],
    ['one byte of the body', `${HEAD}content-length: 100\r\n\r\n{`],
    ['one chunk of the body', `${HEAD}transfer-encoding: chunked\r\n\r\n1\r\n{\r\n`],
  ])('does not wait for a client that sent %s', async (_, text) => {
    const edge = await startEdge();
    const socket = await open(edge.url, text);
    await aMoment();
    const started = performance.now();
    await edge.stop();
    expect(performance.now() - started).toBeLessThan(2_000);
    socket.destroy();
  });

  it('waits for a running request and no longer, though its client would keep the connection', async () => {
    const { promise, release } = held();
    const running = held();
    const edge = await startEdge({}, () => {
      running.release();
      return promise;
    });
    const slow = await open(edge.url, `${HEAD}content-length: 100\r\n\r\n{`);
    const answer = ask(edge.url, '{ slow }');
    await running.promise;
    let isStopped = false;
    const stopped = edge.stop().then(() => (isStopped = true));
    await aMoment();
    expect(isStopped).toBe(false);
    expect(slow.destroyed || slow.readableEnded).toBe(true);
    release();
    const released = performance.now();
    expect(await (await answer).json()).toEqual({ data: { slow: 1 } });
    await stopped;
    expect(performance.now() - released).toBeLessThan(2_000);
  });
});

it('readiness is gone as soon as the end begins, while requests still run', async () => {
  const { promise, release } = held();
  const asked = held();
  const backend = createServer((_, response) => {
    asked.release();
    void promise.then(() => response.writeHead(503).end());
  });
  backend.listen(0, '127.0.0.1');
  await once(backend, 'listening');
  const app = await startApp({
    config: {
      listen: { host: '127.0.0.1', port: 0, adminPort: 0 },
      backends: parseBackends({
        cloudmc: { url: `http://127.0.0.1:${(backend.address() as AddressInfo).port}`, apiKey: 'unused' },
      }),
      organizations: parseAccounts([
        {
          slug: 'sleepyco',
          name: 'SleepyCo',
          cloudmc: { organizationId: '42a54cde-0e5d-4168-9827-5967ded6095e' },
        },
      ]),
      clients: null,
      store: null,
    },
    log: createLog('silent'),
  });
  try {
    const answer = ask(app.url, '{ organization(slug: "sleepyco") { commitments { nodes { id } } } }');
    await asked.promise;
    const stopped = app.stop();
    const ready = await fetch(`${app.adminUrl}/health/ready`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ status: 'draining' });
    release();
    expect((await answer).status).toBe(200);
    await stopped;
  } finally {
    release();
    backend.closeAllConnections();
    backend.close();
  }
});
