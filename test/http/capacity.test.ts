/**
 * S99: a gateway that has as much to do as it can turns work away at the door, at once and before it is read, and says
 * that it is not about the client; what is inside goes on, changes have a share of their own, and probes notice nothing.
 */
import { makeExecutableSchema } from '@graphql-tools/schema';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEdge, type TestEdge } from '../support/edge.js';
import { startGateway, type GraphError } from '../support/gateway.js';
import { until } from '../support/until.js';

let edge: TestEdge;
let finish: () => void;
let running = 0;
let changes = 0;

const start = async (patienceMs: number) => {
  running = 0;
  changes = 0;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  edge = await startEdge({
    schema: makeExecutableSchema({
      typeDefs: 'type Query { slow: Int } type Mutation { change: Int }',
      resolvers: {
        Query: {
          slow: () => {
            running += 1;
            return finished.then(() => 1);
          },
        },
        Mutation: {
          change: () => {
            changes += 1;
            return finished.then(() => 2);
          },
        },
      },
    }),
    room: { least: 8, most: 8, patienceMs }, // and one for changes
  });
};
beforeEach(() => start(0));
afterEach(async () => {
  finish();
  await edge.stop();
});

const send = (body: string) =>
  fetch(`${edge.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
const ask = (query: string) => send(JSON.stringify({ query }));

async function expectBusy(response: Response): Promise<void> {
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('1');
  const { errors } = (await response.json()) as { errors: GraphError[] };
  expect(errors).toHaveLength(1);
  expect(errors[0]?.message).toMatch(/^The gateway is busier than it can be\. It is not about this client/);
  expect(errors[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryable: true, retryAfterMs: 1_000 });
  expect(errors[0]?.extensions.requestId).toBe(response.headers.get('x-request-id'));
}

async function full(): Promise<Promise<Response>[]> {
  const inside = Array.from({ length: 8 }, () => ask('{ slow }'));
  await until('all are inside', () => running === 8);
  return inside;
}

describe('a gateway that is full', () => {
  it('turns queries away before they are read, and finishes what it began', async () => {
    const inside = await full();
    await expectBusy(await ask('{ slow }'));
    await expectBusy(await ask('{ this is no query at all'));
    await expectBusy(
      await fetch(`${edge.url}/graphql?query=%7Bslow%7D`, { headers: { 'apollo-require-preflight': '1' } }),
    );
    await expectBusy(
      await fetch(`${edge.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
        body: JSON.stringify({ query: 'subscription { any }' }),
      }),
    );
    expect(running).toBe(8);
    finish();
    for (const response of await Promise.all(inside))
      expect(await response.json()).toEqual({ data: { slow: 1 } });
    expect((await ask('{ slow }')).status).toBe(200);
  });

  it('lets changes in, as far as their share goes, and what only might be one no further', async () => {
    const inside = await full();
    const change = ask('# a remark\nmutation { change }');
    await until('the change is inside', () => changes === 1);
    await expectBusy(await ask('mutation { change }'));
    finish();
    expect(await (await change).json()).toEqual({ data: { change: 2 } });
    await Promise.all(inside);
    expect(changes).toBe(1);
  });

  it('has room again when a client goes, or sends what is refused', async () => {
    const controllers = Array.from({ length: 8 }, () => new AbortController());
    const gone = controllers.map(({ signal }) =>
      fetch(`${edge.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ slow }' }),
        signal,
      }).catch(() => null),
    );
    await until('all are inside', () => running === 8);
    for (const controller of controllers) controller.abort();
    await Promise.all(gone);
    for (let i = 0; i < 50; i += 1) expect((await send('{ this is no JSON')).status).not.toBe(200);
    const next = ask('{ slow }');
    await until('another one is inside', () => running === 9);
    finish();
    expect((await next).status).toBe(200);
  });

  it('lets those in who wait for their turn, in their order, as soon as somebody leaves', async () => {
    await edge.stop();
    await start(60_000);
    const inside = await full();
    const order: string[] = [];
    const line = ['a', 'b', 'c'].map(async (name) => {
      const response = await ask(`{ ${name}: slow }`);
      order.push(name);
      return response;
    });
    await expect.poll(() => edge.edge.waiting()).toBe(3);
    expect(running).toBe(8);
    finish();
    for (const response of await Promise.all([...inside, ...line])) expect(response.status).toBe(200);
    expect(running).toBe(11);
    expect(edge.edge.waiting()).toBe(0);
  });

  it('tells those who have waited long enough, and forgets those who have gone', async () => {
    await edge.stop();
    await start(300);
    const inside = await full();
    const controller = new AbortController();
    const gone = fetch(`${edge.url}/graphql?query=%7Bslow%7D`, {
      headers: { 'apollo-require-preflight': '1' },
      signal: controller.signal,
    }).catch(() => null);
    await expect.poll(() => edge.edge.waiting()).toBe(1);
    controller.abort();
    await gone;
    await expectBusy(await ask('{ slow }'));
    await expect.poll(() => edge.edge.waiting()).toBe(0);
    expect(running).toBe(8);
    finish();
    await Promise.all(inside);
  });

  it('answers probes all the same', async () => {
    await using gateway = await startGateway({
      backends: { cloudmc: { url: 'http://127.0.0.1:9', apiKey: 'unused' } },
      accounts: [],
      room: { least: 0, most: 0, patienceMs: 0 },
    });
    expect((await gateway.query('{ sources { name } }')).status).toBe(503);
    for (const probe of ['live', 'ready']) {
      expect((await fetch(`${gateway.app.adminUrl}/health/${probe}`)).status).toBe(200);
    }
  });
});
