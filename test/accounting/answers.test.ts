/** Every answer is told once, when it has left: whatever it was, and however it was asked for. */
import { makeExecutableSchema } from '@graphql-tools/schema';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { authenticateClients } from '../../src/admission/principal.js';
import type { DocumentMode } from '../../src/domain/principal.js';
import type { Ended } from '../../src/http/answers.js';
import { systemTimers } from '../../src/upstream/timers.js';
import { clientOf, withKey } from '../support/clients.js';
import { emptyFolder, register, sha256 } from '../support/documents-folder.js';
import { post, startEdge, type TestEdge } from '../support/edge.js';
import { until } from '../support/until.js';

const FINE = 'query Fine { fine }';
const FOLLOW = 'subscription Follow($to: Int!) { ticks(to: $to) }';
const BROKEN = '{ broken }';
const MODES: readonly DocumentMode[] = ['off', 'log', 'enforce'];

let edge: TestEdge;
let ended: Ended[] = [];
/** Milliseconds of the edge's clock, which stands still unless a test moves it. */
let now = 0;
const nobody = () => undefined;
let letGo: () => void = nobody;
const slow = () =>
  new Promise<void>((resolve) => {
    letGo = resolve;
  });

beforeAll(async () => {
  const folder = emptyFolder();
  for (const client of MODES)
    register(folder, client, '1', [
      { id: 'fine', body: FINE },
      { id: 'follow', body: FOLLOW },
    ]);
  edge = await startEdge({
    schema: makeExecutableSchema({
      typeDefs: `
        type Query { fine: Int broken: Int slow: Int lasting: Int }
        type Subscription { ticks(to: Int!): Int }`,
      resolvers: {
        Query: {
          fine: () => 1,
          broken: () => {
            throw new Error('"code":"MADE_UP"');
          },
          slow: () => slow().then(() => 1),
          lasting: () => {
            now += 250;
            return 1;
          },
        },
        Subscription: {
          ticks: {
            subscribe: async function* (_: unknown, { to }: { to: number }) {
              for (let n = 1; n <= to; n += 1) yield { ticks: await Promise.resolve(n) };
              if (to > 2) throw new Error('too far');
            },
          },
        },
      },
    }),
    authenticate: authenticateClients(MODES.map((name) => clientOf(name, `key-of-${name}`, '*'))),
    documents: { folder, timers: systemTimers, modeOf: ({ client }) => client as DocumentMode },
    onEnded: (one) => ended.push(one),
    timers: { ...systemTimers, now: () => now },
  });
});
afterAll(() => edge.stop());
beforeEach(() => {
  ended = [];
});

const EVENTS = { accept: 'text/event-stream' };
const key = (client: string) => withKey(`key-of-${client}`);

const send = (client: string, body: object, headers: Readonly<Record<string, string>> = {}) =>
  post(edge.url, JSON.stringify(body), { ...key(client), ...headers });
const get = (client: string, path: string) => fetch(edge.url + path, { headers: key(client) });

const registered = (id: string) => ({ kind: 'registered', id, version: '1', name: null });

const cases: readonly (readonly [string, () => Promise<Response>, object])[] = [
  ['POST, by id', () => send('log', { documentId: 'fine' }), { document: registered('fine'), outcome: 'OK' }],
  [
    'POST, a registered text',
    () => send('log', { query: FINE }),
    { document: registered('fine'), outcome: 'OK' },
  ],
  ['GET', () => get('log', `/graphql?documentId=fine`), { document: registered('fine'), outcome: 'OK' }],
  [
    'by its address',
    () => get('log', '/graphql/documents/fine'),
    { document: registered('fine'), outcome: 'OK' },
  ],
  [
    'a text that is not registered',
    () => send('log', { query: 'query Mine { fine }' }),
    { document: { kind: 'text', hash: sha256('query Mine { fine }'), name: 'Mine' }, outcome: 'OK' },
  ],
  [
    'a text, where texts are not looked at',
    () => send('off', { query: FINE }),
    { document: null, outcome: 'OK' },
  ],
  ['an error in it', () => send('log', { query: BROKEN }), { outcome: 'INTERNAL' }],
  [
    'a document that is none',
    () => send('off', { query: '{ nothing }' }),
    { outcome: 'GRAPHQL_VALIDATION_FAILED' },
  ],
  ['no JSON', () => post(edge.url, '{', key('log')), { document: null, outcome: 'BAD_USER_INPUT' }],
  [
    'an unknown id',
    () => send('log', { documentId: 'nobody' }),
    { document: null, outcome: 'DOCUMENT_NOT_TRUSTED' },
  ],
  [
    'an unknown hash, answered with 200',
    () =>
      send(
        'log',
        { extensions: { persistedQuery: { version: 1, sha256Hash: sha256('unknown') } } },
        { accept: 'application/json' },
      ),
    { document: null, outcome: 'PERSISTED_QUERY_NOT_FOUND' },
  ],
  ['what is not trusted', () => send('enforce', { query: '{ fine }' }), { outcome: 'DOCUMENT_NOT_TRUSTED' }],
  [
    'a stream',
    () => send('log', { documentId: 'follow', variables: { to: 2 } }, EVENTS),
    { document: registered('follow'), outcome: 'OK' },
  ],
  [
    'a stream that breaks off',
    () => send('log', { documentId: 'follow', variables: { to: 3 } }, EVENTS),
    { document: registered('follow'), outcome: 'INTERNAL' },
  ],
];

it.each(cases)('%s', async (_, ask, expected) => {
  const response = await ask();
  await response.text();
  await until('it is told', () => ended.length > 0);
  expect(ended).toHaveLength(1);
  expect(ended[0]?.status).toBe(response.status);
  expect(ended[0]?.answered).toMatchObject({
    client: expect.stringMatching(/^(off|log|enforce)$/) as string,
    ...expected,
  });
});

it('the time until the answer is told', async () => {
  await (await send('off', { query: '{ lasting }' })).text();
  await until('it is told', () => ended.length > 0);
  expect(ended).toMatchObject([{ answered: { ms: 250 } }]);
});

it('who is nobody is refused, and counted as nobody', async () => {
  await (await post(edge.url, JSON.stringify({ query: FINE }))).text();
  await until('it is told', () => ended.length > 0);
  expect(ended).toMatchObject([{ status: 401, code: 'UNAUTHENTICATED', answered: null, meter: null }]);
});

it('other addresses are refused, and are not asked of the graph', async () => {
  await (await get('log', '/elsewhere')).text();
  await until('it is told', () => ended.length > 0);
  expect(ended).toMatchObject([{ status: 404, code: 'NOT_FOUND', answered: null }]);
});

it('a client that goes before there is an answer is told when it has gone', async () => {
  const gone = new AbortController();
  const asked = fetch(`${edge.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...key('log') },
    body: JSON.stringify({ query: '{ slow }' }),
    signal: gone.signal,
  }).catch(() => null);
  await until('it is being answered', () => letGo !== nobody);
  expect(ended).toEqual([]);
  gone.abort();
  await asked;
  await until('it is told', () => ended.length > 0);
  letGo();
  expect(ended).toMatchObject([{ answered: { client: 'log', outcome: 'ABANDONED' } }]);
  for (let turns = 0; turns < 20; turns += 1) await turn();
  expect(ended).toHaveLength(1);
});
