/**
 * S90: a stream of events lives no longer than what its client was granted: it ends within 30 seconds of the end of a key
 * or token, or of a grant or scope, and says why. Others go on.
 */
import { makeExecutableSchema } from '@graphql-tools/schema';
import { describe, expect, it } from 'vitest';
import { LOOK_EVERY_MS as RELOAD_MS } from '../../src/admission/reload.js';
import { authenticateClients, type Authenticate, type Client } from '../../src/admission/principal.js';
import type { GraphContext } from '../../src/graph/context.js';
import { clientOf, withKey } from '../support/clients.js';
import { startEdge } from '../support/edge.js';
import { manualTimers } from '../support/manual-timers.js';
import { until } from '../support/until.js';

const KEY = 'key-of-the-portal-0123456789';
const PORTAL = clientOf('portal', KEY, ['sleepyco', 'harbourline'], ['contracts:write']);
/** The longest time between the change of a file and its effect here. */
const AT_MOST_MS = 30_000 - 2 * RELOAD_MS;

const schema = makeExecutableSchema<GraphContext>({
  typeDefs: 'type Query { fine: Int } type Subscription { ticks: Int }',
  resolvers: {
    Subscription: {
      ticks: {
        async *subscribe(_: unknown, __: unknown, { signal }: GraphContext) {
          yield { ticks: 1 };
          await new Promise<void>((resolve) => {
            signal.addEventListener('abort', () => {
              resolve();
            });
          });
        },
      },
    },
  },
});

async function start(clients: readonly Client[], before?: Authenticate) {
  const timers = manualTimers();
  let current = before ?? authenticateClients(clients);
  const edge = await startEdge({ schema, timers, authenticate: (credentials) => current(credentials) });
  const open = async (key: string) => {
    const response = await fetch(`${edge.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...withKey(key) },
      body: '{"query":"subscription { ticks }"}',
    });
    expect(response.status).toBe(200);
    const stream = { text: '', isEnded: false };
    void (async () => {
      const decoder = new TextDecoder();
      for await (const chunk of response.body ?? []) stream.text += decoder.decode(chunk as Uint8Array);
      stream.isEnded = true;
    })().catch(() => undefined);
    await until('the first event is here', () => stream.text.includes('"ticks":1'));
    return stream;
  };
  return {
    open,
    timers,
    become(next: readonly Client[]) {
      current = authenticateClients(next);
    },
    [Symbol.asyncDispose]: () => edge.stop(),
  };
}

describe('S90: a stream ends in time', () => {
  it.each<[string, readonly Client[]]>([
    ['the client is gone', []],
    ['its key is gone', [clientOf('portal', 'another-key-0123456789', '*', ['contracts:write'])]],
    ['its key is another’s', [{ ...PORTAL, name: 'other' }]],
    ['a customer is not granted any more', [{ ...PORTAL, organizations: ['sleepyco'] }]],
    ['a scope is not granted any more', [clientOf('portal', KEY, ['sleepyco', 'harbourline'])]],
  ])('when %s, and says so', async (_, next) => {
    await using rig = await start([PORTAL]);
    const stream = await rig.open(KEY);
    rig.become(next);
    await rig.timers.tick(AT_MOST_MS);
    await until('the stream has ended', () => stream.isEnded);
    expect(stream.text).toContain('"code":"UNAUTHENTICATED"');
    expect(stream.text.trimEnd().endsWith('event: complete\ndata:')).toBe(true);
  });

  it('when it was of everybody’s customers, and is of some', async () => {
    await using rig = await start([{ ...PORTAL, organizations: '*' }]);
    const stream = await rig.open(KEY);
    rig.become([PORTAL]);
    await rig.timers.tick(AT_MOST_MS);
    await until('the stream has ended', () => stream.isEnded);
  });

  it('when a token has run out', async () => {
    let isValid = true;
    const principal = await authenticateClients([PORTAL])({ authorization: [], apiKey: KEY });
    await using rig = await start([], () => Promise.resolve(isValid ? principal : null));
    const stream = await rig.open('any-token');
    await rig.timers.tick(3 * AT_MOST_MS);
    expect(stream.isEnded).toBe(false);
    isValid = false;
    await rig.timers.tick(AT_MOST_MS);
    await until('the stream has ended', () => stream.isEnded);
  });
});

it('a stream goes on when its client is granted the same or more, and when others are revoked', async () => {
  const other = clientOf('other', 'key-of-another-0123456789', []);
  await using rig = await start([PORTAL, other]);
  const [stream, revoked] = [await rig.open(KEY), await rig.open('key-of-another-0123456789')];
  rig.become([{ ...PORTAL, organizations: '*', keys: [...PORTAL.keys, `sha256:${'0'.repeat(64)}`] }]);
  for (let i = 0; i < 5; i += 1) await rig.timers.tick(AT_MOST_MS);
  await until('the other stream has ended', () => revoked.isEnded);
  expect(stream).toEqual({ text: expect.stringContaining('"ticks":1'), isEnded: false });
  expect(stream.text).not.toContain('errors');
});

it('nothing is looked at while there is no stream', async () => {
  let asked = 0;
  const known = authenticateClients([PORTAL]);
  await using rig = await start([], (credentials) => {
    asked += 1;
    return known(credentials);
  });
  const stream = await rig.open(KEY);
  rig.become([]);
  await rig.timers.tick(AT_MOST_MS);
  await until('the stream has ended', () => stream.isEnded);
  const before = asked;
  await rig.timers.tick(600_000);
  expect(asked).toBe(before);
});
