/**
 * S93, S98: GET reads. A mutation that is asked for by GET, however it is written or named, is answered with 405 and the
 * method that takes it, and nothing is done.
 */
import { makeExecutableSchema } from '@graphql-tools/schema';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { authenticateClients } from '../../src/admission/principal.js';
import type { DocumentMode } from '../../src/domain/principal.js';
import { systemTimers } from '../../src/upstream/timers.js';
import { clientOf, withKey } from '../support/clients.js';
import { emptyFolder, register, sha256 } from '../support/documents-folder.js';
import { startEdge, type TestEdge } from '../support/edge.js';

const CHANGE = 'mutation Change { change }';
const FREE = 'mutation Free { change }';
const BOTH = 'query Read { fine } mutation Write { change }';
const READ = 'query Read { fine }';
const FOLLOW = 'subscription Follow { ticks }';
const MODES: readonly DocumentMode[] = ['off', 'log', 'prefer', 'enforce'];

let edge: TestEdge;
let changes = 0;

beforeAll(async () => {
  const folder = emptyFolder();
  for (const client of MODES) {
    register(folder, client, '1', [CHANGE, BOTH, READ, FOLLOW, { id: 'change.v1', body: CHANGE }]);
  }
  edge = await startEdge({
    schema: makeExecutableSchema({
      typeDefs: 'type Query { fine: Int } type Mutation { change: Int } type Subscription { ticks: Int }',
      resolvers: { Query: { fine: () => 1 }, Mutation: { change: () => (changes += 1) } },
    }),
    authenticate: authenticateClients(MODES.map((name) => clientOf(name, `key-of-${name}`, '*'))),
    documents: { folder, timers: systemTimers, modeOf: ({ client }) => client as DocumentMode },
  });
});
afterAll(() => edge.stop());
beforeEach(() => (changes = 0));

const search = (members: Readonly<Record<string, unknown>>) =>
  new URLSearchParams(
    Object.entries(members).map(([key, value]): [string, string] => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  ).toString();
const get = (mode: string, path: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(edge.url + path, { headers: { ...withKey(`key-of-${mode}`), ...headers } });
const apq = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });

const NAMED: readonly (readonly [string, string])[] = [
  ['documentId', search({ documentId: sha256(CHANGE) })],
  ['documentId with the kind of hash', search({ documentId: `sha256:${sha256(CHANGE)}` })],
  ['an id of one’s own', search({ documentId: 'change.v1' })],
  ['doc_id', search({ doc_id: sha256(CHANGE) })],
  ['persistedQuery', search(apq(sha256(CHANGE)))],
  ['persistedQuery beside its text', search({ query: CHANGE, ...apq(sha256(CHANGE)) })],
  ['one of two operations', search({ documentId: sha256(BOTH), operationName: 'Write' })],
];
const WRITTEN: readonly (readonly [string, string])[] = [
  ['text', search({ query: FREE })],
  ['text with a hash', search({ query: FREE, ...apq(sha256(FREE)) })],
  ['text with two operations', search({ query: BOTH, operationName: 'Write' })],
  ['text in upper-case escapes', 'query=%6Dutation%20%7Bchange%7D'],
];
const ACCEPTED = [
  {},
  { accept: 'application/json' },
  { accept: 'application/graphql-response+json' },
  { accept: 'application/graphql-response+json, application/json;q=0.9' },
  { accept: 'text/event-stream' },
  { accept: '*/*' },
];

async function expectRefused(response: Response): Promise<void> {
  const text = await response.text();
  expect([response.status, text]).toEqual([405, expect.stringContaining('"BAD_USER_INPUT"')]);
  expect(response.headers.get('allow')).toMatch(/^POST$/);
  expect(changes).toBe(0);
}

describe('S93: a mutation by GET is refused with 405:', () => {
  for (const mode of ['log', 'prefer', 'enforce']) {
    it.each(NAMED)(`${mode}: %s`, async (_, query) => {
      for (const headers of ACCEPTED) await expectRefused(await get(mode, `/graphql?${query}`, headers));
    });
  }
  for (const mode of ['off', 'log', 'prefer']) {
    it.each(WRITTEN)(`${mode}: %s`, async (_, query) => {
      for (const headers of ACCEPTED) await expectRefused(await get(mode, `/graphql?${query}`, headers));
    });
  }

  it('by the address of a document', async () => {
    for (const id of [sha256(CHANGE), 'change.v1', `sha256%3A${sha256(CHANGE)}`]) {
      for (const headers of ACCEPTED) {
        await expectRefused(await get('enforce', `/graphql/documents/${id}`, headers));
      }
    }
    const path = `/graphql/documents/${sha256(BOTH)}?operationName=Write`;
    await expectRefused(await get('enforce', path));
  });

  it('and by HEAD, which does nothing either', async () => {
    const response = await fetch(`${edge.url}/graphql?${search({ query: FREE })}`, {
      method: 'HEAD',
      headers: withKey('key-of-off'),
    });
    expect(response.status).toBe(405);
    expect(changes).toBe(0);
  });
});

it('a query by GET is answered, and so is the query of a document that has both', async () => {
  for (const query of [
    search({ query: READ }),
    search({ documentId: sha256(READ) }),
    search(apq(sha256(READ))),
    search({ documentId: sha256(BOTH), operationName: 'Read' }),
  ]) {
    const response = await get('prefer', `/graphql?${query}`, { accept: 'application/json' });
    expect([response.status, await response.json()]).toEqual([200, { data: { fine: 1 } }]);
  }
});
