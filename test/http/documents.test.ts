/**
 * Documents by name, over real sockets: every way to name one, every mode, the answers that client libraries expect, and
 * that nothing runs under `enforce` that was not registered for its client.
 */
import { makeExecutableSchema } from '@graphql-tools/schema';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DocumentMode } from '../../src/domain/principal.js';
import { openRegistry } from '../../src/admission/documents/registry.js';
import { authenticateClients } from '../../src/admission/principal.js';
import { createDocumentStore, parsedOf, type DocumentUse } from '../../src/http/documents.js';
import { DOCUMENT_RULES } from '../../src/http/graphql.js';
import { systemTimers } from '../../src/upstream/timers.js';
import { clientOf, withKey, withoutRequestId } from '../support/clients.js';
import { emptyFolder, register, sha256 } from '../support/documents-folder.js';
import { post, startEdge, type TestEdge } from '../support/edge.js';

const ECHO = 'query Echo($value: Int!, $list: [Int!]) { echo(value: $value, list: $list) { value list } }';
const CHANGE = 'mutation Change { change }';
const FOLLOW = 'subscription Follow($to: Int!) { ticks(to: $to) }';
const GONE = 'query Gone { removed }';
const OWN_ID = 'echo.v1';
const FREE = '{ fine }';
const FOREIGN = 'query Foreign { fine }';
const INTROSPECTION = '{ __schema { types { name } } }';

const schema = makeExecutableSchema({
  typeDefs: `
    type Query { fine: Int echo(value: Int!, list: [Int!]): Echo }
    type Echo { value: Int list: [Int!] }
    type Mutation { change: Int }
    type Subscription { ticks(to: Int!): Int }`,
  resolvers: {
    Query: { fine: () => 1, echo: (_, args: object) => args },
    Mutation: { change: () => 2 },
    Subscription: {
      ticks: {
        subscribe: async function* (_: unknown, { to }: { to: number }) {
          for (let n = 1; n <= to; n += 1) yield { ticks: await Promise.resolve(n) };
        },
      },
    },
  },
});

/** Each mode is the mode of a client of that name; each has the same documents. */
const MODES: readonly DocumentMode[] = ['off', 'log', 'prefer', 'enforce'];

let edge: TestEdge;
const uses: DocumentUse[] = [];

beforeAll(async () => {
  const folder = emptyFolder();
  for (const client of MODES) {
    register(folder, client, '1', [ECHO, CHANGE, FOLLOW, GONE, { id: OWN_ID, body: ECHO }]);
  }
  register(folder, 'other', '1', [FOREIGN, { id: 'foreign.v1', body: FOREIGN }]);
  edge = await startEdge({
    schema,
    authenticate: authenticateClients(
      [...MODES, 'other'].map((name) => clientOf(name, `key-of-${name}`, '*')),
    ),
    documents: {
      folder,
      timers: systemTimers,
      modeOf: ({ client }) => (client === 'other' ? 'enforce' : (client as DocumentMode)),
      count: (use) => uses.push(use),
    },
  });
});
afterAll(() => edge.stop());

interface Reply {
  readonly status: number;
  readonly text: string;
  readonly type: string;
  readonly data: unknown;
  readonly code: string | undefined;
  readonly message: string | undefined;
}

async function read(response: Response): Promise<Reply> {
  const text = await response.text();
  const { data, errors } = JSON.parse(text) as {
    data?: unknown;
    errors?: { message: string; extensions: { code: string; requestId?: string } }[];
  };
  for (const { extensions } of errors ?? []) expect(extensions.requestId).toMatch(/^[0-9a-f-]{36}$/);
  return {
    status: response.status,
    text,
    type: response.headers.get('content-type') ?? '',
    data,
    code: errors?.[0]?.extensions.code,
    message: errors?.[0]?.message,
  };
}

const send = async (client: string, body: object, headers: Readonly<Record<string, string>> = {}) =>
  read(await post(edge.url, JSON.stringify(body), { ...withKey(`key-of-${client}`), ...headers }));

const get = async (client: string, path: string, headers: Readonly<Record<string, string>> = {}) =>
  read(await fetch(edge.url + path, { headers: { ...withKey(`key-of-${client}`), ...headers } }));

const apq = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });
const search = (members: Readonly<Record<string, unknown>>) =>
  new URLSearchParams(
    Object.entries(members).map(([key, value]): [string, string] => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  ).toString();

const variables = { value: 7 };
const ECHOED = { echo: { value: 7, list: null } };
const HASH = sha256(ECHO);

describe('a document can be named', () => {
  const bodies: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
    ['by extensions.persistedQuery', apq(HASH)],
    ['by extensions.persistedQuery, with an id of one’s own', apq(OWN_ID)],
    ['by documentId', { documentId: HASH }],
    ['by documentId with the kind of hash', { documentId: `sha256:${HASH}` }],
    ['by documentId in capitals', { documentId: `sha256:${HASH.toUpperCase()}` }],
    ['by documentId, with an id of one’s own', { documentId: OWN_ID }],
    ['by doc_id', { doc_id: HASH }],
    ['twice, by the same id', { documentId: `sha256:${HASH}`, ...apq(HASH) }],
    ['beside its text', { query: ECHO, ...apq(HASH) }],
    ['with an empty text', { query: '', documentId: HASH }],
  ];
  for (const mode of ['log', 'prefer', 'enforce']) {
    it.each(bodies)(`${mode}: %s`, async (_, body) => {
      expect(await send(mode, { ...body, variables })).toMatchObject({ status: 200, data: ECHOED });
      const inAddress = await get(mode, `/graphql?${search({ ...body, variables })}`);
      expect(inAddress).toMatchObject({ status: 200, data: ECHOED });
    });
  }

  it('by its address', async () => {
    for (const id of [HASH, `sha256:${HASH}`, `sha256%3A${HASH}`, OWN_ID]) {
      const path = `/graphql/documents/${id}?${search({ variables, operationName: 'Echo' })}`;
      expect(await get('enforce', path)).toMatchObject({ status: 200, data: ECHOED });
    }
  });

  it('by its address only to read', async () => {
    const path = `/graphql/documents/${sha256(CHANGE)}`;
    expect(await get('enforce', path)).toMatchObject({ status: 405, code: 'BAD_USER_INPUT' });
    const posted = await fetch(edge.url + path, { method: 'POST', headers: withKey('key-of-enforce') });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET']);
    expect(await send('enforce', { documentId: sha256(CHANGE) })).toMatchObject({ data: { change: 2 } });
  });

  it('by its address only with a key', async () => {
    const reply = await read(await fetch(`${edge.url}/graphql/documents/${HASH}`));
    expect(reply).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });

  it('with other extensions beside, which stay', async () => {
    const body = { extensions: { ...apq(HASH).extensions, trace: 1 }, variables };
    expect(await send('enforce', body)).toMatchObject({ status: 200, data: ECHOED });
  });

  it('as a stream of events', async () => {
    const follow = (body: object, given: object = { to: 2 }) =>
      post(edge.url, JSON.stringify({ ...body, variables: given }), {
        ...withKey('key-of-enforce'),
        accept: 'text/event-stream',
      });
    for (const body of [{ documentId: sha256(FOLLOW) }, apq(sha256(FOLLOW)), { query: FOLLOW }]) {
      const response = await follow(body);
      expect(response.headers.get('content-type')).toContain('text/event-stream');
      expect(await response.text()).toContain('data: {"data":{"ticks":2}}');
    }
    expect(await read(await follow({ query: 'subscription { ticks(to: 1) }' }))).toMatchObject({
      status: 400,
      code: 'DOCUMENT_NOT_TRUSTED',
    });
    expect(await read(await follow({ documentId: HASH }, variables))).toMatchObject({
      status: 400,
      code: 'GRAPHQL_VALIDATION_FAILED',
    });
    expect(await send('enforce', { documentId: sha256(FOLLOW), variables: { to: 2 } })).toMatchObject({
      status: 400,
      code: 'GRAPHQL_VALIDATION_FAILED',
    });
  });
});

describe('S66: an unknown id', () => {
  const MISSING = sha256('nobody registered this');
  const JSON_ONLY = { accept: 'multipart/mixed;deferSpec=20220824, application/json' };
  const NEW = { accept: 'application/graphql-response+json,application/json;q=0.9' };

  it('is answered as Apollo and urql expect where they ask by hash', async () => {
    const expected = { message: 'PersistedQueryNotFound', code: 'PERSISTED_QUERY_NOT_FOUND' };
    expect(await send('enforce', apq(MISSING))).toMatchObject({ ...expected, status: 400 });
    expect(await get('enforce', `/graphql?${search(apq(MISSING))}`)).toMatchObject(expected);
    const asNew = await send('enforce', apq(MISSING), NEW);
    expect(asNew).toMatchObject({ ...expected, status: 400 });
    expect(asNew.type).toContain('application/graphql-response+json');
    // Libraries that know nothing newer do not read the body of a 400.
    expect(await send('enforce', apq(MISSING), JSON_ONLY)).toMatchObject({ ...expected, status: 200 });
  });

  it('is not trusted where it is named otherwise', async () => {
    for (const body of [{ documentId: MISSING }, { documentId: `sha256:${MISSING}` }, { doc_id: 'x' }]) {
      expect(await send('enforce', body)).toMatchObject({ status: 400, code: 'DOCUMENT_NOT_TRUSTED' });
      expect(await send('prefer', body)).toMatchObject({ status: 400, code: 'DOCUMENT_NOT_TRUSTED' });
    }
    // Apollo Client 4 finds the code in the body of a 400 only if it has this type.
    const asNew = await send('enforce', { documentId: MISSING }, NEW);
    expect(asNew.type).toBe('application/graphql-response+json; charset=utf-8');
    const byAddress = await get('enforce', `/graphql/documents/${MISSING}`);
    expect(byAddress).toMatchObject({ status: 404, code: 'DOCUMENT_NOT_TRUSTED' });
  });

  it('is not registered by the text that comes after it', async () => {
    const query = '{ fine again: fine }';
    const body = { query, ...apq(sha256(query)) };
    expect(await send('prefer', body)).toMatchObject({ status: 200, data: { fine: 1, again: 1 } });
    expect(await send('prefer', apq(sha256(query)))).toMatchObject({ message: 'PersistedQueryNotFound' });
    expect(await send('enforce', body)).toMatchObject({ status: 400, code: 'DOCUMENT_NOT_TRUSTED' });
  });

  it('S68: of another client is answered the same, byte for byte', async () => {
    expect(await send('other', { documentId: 'foreign.v1' })).toMatchObject({ data: { fine: 1 } });
    const ways: readonly ((id: string) => Promise<Reply>)[] = [
      (id) => send('enforce', { documentId: id }),
      (id) => send('enforce', apq(id)),
      (id) => get('enforce', `/graphql/documents/${id}`),
    ];
    for (const ask of ways) {
      const [foreign, missing] = [await ask('foreign.v1'), await ask('missing.v1')];
      expect(withoutRequestId(foreign.text)).toBe(withoutRequestId(missing.text));
      expect(foreign.status).toBe(missing.status);
      expect(foreign.data).toBeUndefined();
    }
    expect(await send('enforce', { query: FOREIGN })).toMatchObject({ code: 'DOCUMENT_NOT_TRUSTED' });
  });
});

describe('refuses', () => {
  const wrong: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
    ['S67: a hash beside another text', { query: FREE, ...apq(HASH) }],
    ['S67: a documentId beside another text', { query: FREE, documentId: HASH }],
    ['S67: an id of one’s own beside another text', { query: FREE, documentId: OWN_ID }],
    ['a hash that is nobody’s beside another text', { query: FREE, ...apq(sha256('x')) }],
    ['a name that is no hash beside a text', { query: FREE, ...apq('nobody') }],
    ['two names', { documentId: HASH, doc_id: 'other' }],
    ['two names of two forms', { documentId: HASH, ...apq(sha256(CHANGE)) }],
    ['another version', { extensions: { persistedQuery: { version: 2, sha256Hash: HASH } } }],
    ['no hash', { extensions: { persistedQuery: { version: 1 } } }],
    ['a list for a hash', { extensions: { persistedQuery: { version: 1, sha256Hash: [HASH] } } }],
    ['a text for persistedQuery', { extensions: { persistedQuery: HASH } }],
  ];
  it.each(wrong)('%s', async (_, body) => {
    for (const mode of ['log', 'prefer', 'enforce']) {
      expect(await send(mode, body)).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
      const inAddress = await get(mode, `/graphql?${search(body)}`);
      expect(inAddress).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
    }
  });

  it('a number for a name, and a name that is there twice', async () => {
    expect(await send('enforce', { documentId: 7 })).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
    const twice = await get('enforce', `/graphql?documentId=${HASH}&documentId=${HASH}`);
    expect(twice).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
  });

  it('S69: a document that does not fit the schema any more, without saying more', async () => {
    for (const body of [{ documentId: sha256(GONE) }, { query: GONE }, apq(sha256(GONE))]) {
      const reply = await send('enforce', body);
      expect(reply).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' });
      expect(reply.text).not.toContain('Query');
    }
    expect(edge.lines).toContainEqual(
      expect.objectContaining({ client: 'enforce', id: sha256(GONE), problem: expect.any(String) }),
    );
  });

  it('S70: variables that are missing, wrong or too many', async () => {
    const cases: readonly (readonly [object, string])[] = [
      [{}, 'BAD_USER_INPUT'],
      [{ value: 'x' }, 'BAD_USER_INPUT'],
      [{ value: 1, more: 2 }, 'BAD_USER_INPUT'],
    ];
    for (const [given, code] of cases) {
      const body = { documentId: HASH, variables: given };
      expect((await send('enforce', body)).code).toBe(code);
      expect((await get('enforce', `/graphql/documents/${HASH}?${search({ variables: given })}`)).code).toBe(
        code,
      );
    }
    const strange = await send('enforce', { documentId: HASH, variables: { value: 1, 'a<b>': 2 } });
    expect(strange).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(strange.text).not.toContain('<b>');
    // Others may send what they like, as everywhere.
    const loose = { documentId: HASH, variables: { value: 1, more: 2 } };
    expect((await send('prefer', loose)).status).toBe(200);
  });
});

describe('the modes', () => {
  it('off: names are unknown, and everything else is as without documents', async () => {
    expect(await send('off', { documentId: HASH })).toMatchObject({
      status: 400,
      code: 'DOCUMENT_NOT_TRUSTED',
    });
    expect((await get('off', `/graphql/documents/${HASH}`)).status).toBe(404);
    // After this answer, libraries send texts and ask by hash no more.
    expect(await send('off', apq(HASH))).toMatchObject({ message: 'PersistedQueryNotSupported' });
    expect(await send('off', { query: FREE })).toMatchObject({ status: 200, data: { fine: 1 } });
    expect(await send('off', { query: FREE, documentId: HASH })).toMatchObject({ data: { fine: 1 } });
    // Some go on sending the hash, beside the text.
    const both = { query: FREE, ...apq(sha256(FREE)) };
    expect(await send('off', both)).toMatchObject({ status: 200, data: { fine: 1 } });
    expect(await get('off', `/graphql?${search(both)}`)).toMatchObject({ status: 200, data: { fine: 1 } });
  });

  it('log: everything runs, and each text that is not registered is logged once, without the text', async () => {
    const query = 'query NotRegistered { fine }';
    for (let n = 0; n < 3; n += 1) expect(await send('log', { query })).toMatchObject({ data: { fine: 1 } });
    expect(await send('log', { query: ECHO, variables })).toMatchObject({ data: ECHOED });
    const lines = edge.lines.filter((line) => 'sha256' in line && line['client'] === 'log');
    expect(lines.filter((line) => line['sha256'] === sha256(query))).toEqual([
      expect.objectContaining({ operation: 'NotRegistered', requestId: expect.any(String) }),
    ]);
    expect(lines.some((line) => line['sha256'] === HASH)).toBe(false);
    expect(JSON.stringify(lines)).not.toContain('{ fine }');
  });

  it('prefer: everything runs, and nothing is logged', async () => {
    expect(await send('prefer', { query: FREE })).toMatchObject({ data: { fine: 1 } });
    expect(await send('prefer', { query: INTROSPECTION })).toMatchObject({ status: 200 });
    expect(edge.lines.some((line) => line['client'] === 'prefer' && 'sha256' in line)).toBe(false);
  });

  it('enforce: what is registered runs, by its name or byte for byte, and nothing else', async () => {
    expect(await send('enforce', { query: ECHO, variables })).toMatchObject({ data: ECHOED });
    for (const query of [
      FREE,
      INTROSPECTION,
      '{ __typename }',
      `${ECHO} `,
      ECHO.replace('Echo', 'echo'),
      `${ECHO}\n${CHANGE}`,
      '{',
      'x'.repeat(50_000),
    ]) {
      const refusal = { status: 400, code: 'DOCUMENT_NOT_TRUSTED' };
      expect(await send('enforce', { query, variables })).toMatchObject(refusal);
      expect(await send('enforce', { query, operationName: 'Echo' })).toMatchObject(refusal);
      if (query.length > 1_000) continue;
      expect(await get('enforce', `/graphql?${search({ query })}`)).toMatchObject(refusal);
    }
  });

  it('enforce: no form of a request gets a text past it', async () => {
    const text = encodeURIComponent(FREE);
    for (const path of [
      `/graphql?query=${text}&query=${text}`,
      `/graphql?query=${text}&documentId=`,
      `/graphql?documentId=${HASH}&query=${text}`,
      `/graphql?%71uery=${text}`,
      `/graphql?a=1;query=${text}`,
      `/graphql?extensions=%7B&query=${text}`,
      `/graphql/documents/${HASH}?query=${text}`,
      `/graphql/documents/missing?query=${text}`,
    ]) {
      const reply = await get('enforce', path);
      expect(reply.status, path).toBe(400);
      expect(reply.data, path).toBeUndefined();
    }
    for (const body of [
      [{ query: FREE }],
      { query: [FREE] },
      { query: { kind: 'Document' } },
      null,
      'x',
      {},
    ]) {
      const reply = await send('enforce', body as object);
      expect(reply.status, JSON.stringify(body)).toBe(400);
      expect(reply.data).toBeUndefined();
    }
    const inBoth = await fetch(`${edge.url}/graphql?query=${text}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...withKey('key-of-enforce') },
      body: JSON.stringify({ documentId: HASH, variables }),
    });
    expect(await read(inBoth)).toMatchObject({ data: ECHOED });
  });
});

it('each request is counted once, with its document', async () => {
  uses.length = 0;
  await send('prefer', { documentId: OWN_ID, variables });
  await send('prefer', { query: ECHO, variables });
  await send('prefer', { query: FREE });
  await send('prefer', { documentId: 'missing' });
  await send('enforce', { query: FREE });
  await send('off', { query: FREE });
  expect(uses.map(({ client, kind, document }) => [client, kind, document?.version])).toEqual([
    ['prefer', 'named', '1'],
    ['prefer', 'matched', '1'],
    ['prefer', 'unregistered', undefined],
    ['prefer', 'unknown', undefined],
    ['enforce', 'refused', undefined],
  ]);
});

it('parses a registered document when it is registered, and other texts once', async () => {
  const folder = emptyFolder();
  register(folder, 'portal', '1', [ECHO, FOLLOW]);
  const registry = await openRegistry({
    folder,
    schema,
    rules: DOCUMENT_RULES,
    timers: systemTimers,
    tell: () => undefined,
  });
  registry.stop();
  const store = createDocumentStore(registry);
  const keyOf = (text: string) => `hash-of-the-schema:${sha256(text)}`;
  const { verdict } = registry.byText('portal', ECHO)!;
  expect(await store.get(keyOf(ECHO))).toBe(verdict.kind === 'good' && verdict.document);
  // Executed like a query, it would answer nothing: the rule of answers in one piece has to see it.
  expect(await store.get(keyOf(FOLLOW))).toBeUndefined();
  expect(parsedOf(registry, FOLLOW)?.kind).toBe('Document');
  expect(parsedOf(registry, FREE)).toBeNull();
  const free = parse(FREE);
  await store.set(keyOf(FREE), free);
  expect(await store.get(keyOf(FREE))).toBe(free);
  for (let n = 0; n < 60; n += 1) {
    await store.set(`many:${n}`, parse(`{ fine } # ${'x'.repeat(10_000)}`));
  }
  expect(await store.get(keyOf(FREE))).toBeUndefined();
});

describe('pages in browsers', () => {
  const page = 'https://app.example';
  const path = `/graphql/documents/${HASH}?${search({ variables })}`;

  it('of an allowed origin may ask for a document by its address', async () => {
    const folder = emptyFolder();
    register(folder, 'portal', '1', [ECHO]);
    await using over = await startEdge({
      schema,
      authenticate: authenticateClients([clientOf('portal', 'key-of-portal', '*')]),
      allowedOrigins: [page],
      documents: { folder, timers: systemTimers, modeOf: () => 'enforce' },
    });
    const asked = await fetch(over.url + path, {
      method: 'OPTIONS',
      headers: { origin: page, 'access-control-request-method': 'GET' },
    });
    expect([asked.status, asked.headers.get('access-control-allow-headers')]).toEqual([
      204,
      expect.stringContaining('x-api-key'),
    ]);
    const answer = await fetch(over.url + path, { headers: { origin: page, ...withKey('key-of-portal') } });
    expect(answer.headers.get('access-control-allow-origin')).toBe(page);
    expect(await answer.json()).toEqual({ data: ECHOED });
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
  });

  it('S93: cannot have one read without asking first, where nobody needs a key', async () => {
    const folder = emptyFolder();
    register(folder, 'demo', '1', [ECHO]);
    await using over = await startEdge({
      schema,
      documents: { folder, timers: systemTimers, modeOf: () => 'enforce' },
    });
    expect((await fetch(over.url + path)).status).toBe(400);
    const asked = await fetch(over.url + path, { headers: { 'apollo-require-preflight': '1' } });
    expect(await asked.json()).toEqual({ data: ECHOED });
  });
});

it('S85: one document with many sets of variables at once: each answer is of its own', async () => {
  const ask = async (n: number) => {
    const list = Array.from({ length: n % 5 }, (_, i) => n + i);
    const given = { value: n, list };
    const reply =
      n % 2 === 0
        ? await send('enforce', { documentId: HASH, variables: given })
        : await get('enforce', `/graphql/documents/${OWN_ID}?${search({ variables: given })}`);
    expect(reply.data).toEqual({ echo: given });
  };
  for (let from = 0; from < 500; from += 50) {
    await Promise.all(Array.from({ length: 50 }, (_, n) => ask(from + n)));
  }
});

it('says where in the document something went wrong, though it was not parsed for this request', async () => {
  const reply = await send('enforce', { documentId: HASH, variables: {} });
  expect(reply.text).toContain('"locations":[{"line":1,"column":12}]');
});
