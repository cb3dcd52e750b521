/** Those that need no link of their own: graphql-request with `documentId`, Relay's network with `doc_id`, and curl. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { print } from 'graphql';
import { ClientError, GraphQLClient, type RequestMiddleware } from 'graphql-request';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TRY_QUANTITY, type TryQuantity } from './app/src/change.js';
import { CUSTOMER, type Customer } from './app/src/customer.js';
import { hasText, INPUT, recordingFetch, sha256, SLUG, startWorld, type Mode, type World } from './world.js';

const execute = promisify(execFile);
const TEXTS = [print(CUSTOMER), print(TRY_QUANTITY)];
const [TEXT = ''] = TEXTS;
const digest = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex');

let world: World;
beforeAll(async () => {
  world = await startWorld((folder) => {
    const map = (name: string, data: object) => {
      writeFileSync(join(folder, name), JSON.stringify(data, null, 2));
      return join(folder, name);
    };
    const files = join(folder, 'graphql');
    mkdirSync(files);
    TEXTS.forEach((text, n) => {
      writeFileSync(join(files, `${n}.graphql`), text);
    });
    return Promise.resolve({
      files,
      // `relay-compiler` with `persistConfig: { file }` writes MD5 to text, sorted.
      relay: map(
        'persisted_queries.json',
        Object.fromEntries(TEXTS.map((text) => [digest('md5', text), text])),
      ),
      // The client preset with `persistedDocuments: true`: SHA-1 unless it is told another.
      codegen: map(
        'persisted-documents.json',
        Object.fromEntries(TEXTS.map((text) => [digest('sha1', text), text])),
      ),
    });
  });
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const variables = { slug: SLUG, first: 2 };

describe('graphql-request', () => {
  /** It has no persisted documents of its own; this is the place that it has for such things. */
  const named =
    (idOf: (text: string) => string): RequestMiddleware =>
    (request) => {
      const { query, ...others } = JSON.parse(String(request.body)) as { query: string };
      return { ...request, body: JSON.stringify({ ...others, documentId: idOf(query) }) };
    };

  function clientOf(mode: Mode, requestMiddleware?: RequestMiddleware) {
    const { fetch, sent } = recordingFetch();
    const client = new GraphQLClient(world.graph, {
      fetch,
      headers: world.headers(mode),
      ...(requestMiddleware === undefined ? {} : { requestMiddleware }),
    });
    return { client, sent };
  }

  const errorOf = async (answer: Promise<unknown>) => {
    const error: unknown = await answer.catch((thrown: unknown) => thrown);
    if (!(error instanceof ClientError)) throw new Error('expected a ClientError', { cause: error });
    return { status: error.response.status, code: error.response.errors?.[0]?.extensions['code'] };
  };

  it.each([
    ['a hash', sha256],
    ['a hash that says what it is', (text: string) => `sha256:${sha256(text)}`],
    ['ids of GraphQL Code Generator', (text: string) => digest('sha1', text)],
  ])('by documentId: %s', async (_, idOf) => {
    for (const mode of ['enforce', 'prefer'] as const) {
      const { client, sent } = clientOf(mode, named(idOf));
      const { organization } = await client.request<Customer>(CUSTOMER, variables);
      expect(organization?.commitments.nodes).toHaveLength(2);
      const tried = await client.request<TryQuantity>(TRY_QUANTITY, { input: INPUT });
      expect(tried.contractQuantityChange.preview?.request.method).toBe('POST');
      expect(sent.map(({ status }) => status)).toEqual([200, 200]);
      expect(sent.some(hasText)).toBe(false);
    }
  });

  it('errors have their code where the library keeps it', async () => {
    const unknown = clientOf(
      'enforce',
      named(() => sha256('nobody registered this')),
    );
    expect(await errorOf(unknown.client.request(CUSTOMER, variables))).toEqual({
      status: 400,
      code: 'DOCUMENT_NOT_TRUSTED',
    });
    const text = clientOf('enforce');
    expect(await errorOf(text.client.request('{ sources { name } }'))).toEqual({
      status: 400,
      code: 'DOCUMENT_NOT_TRUSTED',
    });
    const wrong = clientOf('enforce', named(sha256));
    const input = { ...INPUT, contractId: 'no id of this graph' };
    expect(await errorOf(wrong.client.request(TRY_QUANTITY, { input }))).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });
});

describe('Relay', () => {
  /** A network function as Relay's guide to persisted queries writes it. */
  async function fetchQuery(params: { readonly id: string }, given: object) {
    const response = await fetch(world.graph, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...world.headers('enforce') },
      body: JSON.stringify({ doc_id: params.id, variables: given }),
    });
    return (await response.json()) as { data?: Customer; errors?: { extensions: { code: string } }[] };
  }

  it('by doc_id, from the map that its compiler writes', async () => {
    const { data, errors } = await fetchQuery({ id: digest('md5', TEXT) }, variables);
    expect(errors).toBeUndefined();
    expect(data?.organization?.name).toBe('SleepyCo');
  });

  it('is told of an unknown id', async () => {
    const { errors } = await fetchQuery({ id: digest('md5', 'unknown') }, variables);
    expect(errors?.[0]?.extensions.code).toBe('DOCUMENT_NOT_TRUSTED');
  });
});

describe('curl', () => {
  async function curl(...args: readonly string[]) {
    const header = Object.entries(world.headers('enforce')).map(([name, value]) => `${name}: ${value}`);
    const { stdout } = await execute('curl', [
      '-sS',
      '-w',
      '\n%{http_code}',
      ...header.flatMap((h) => ['-H', h]),
      ...args,
    ]);
    const [, text = '', status = ''] = /^([^]*)\n(\d+)$/.exec(stdout) ?? [];
    return {
      status: Number(status),
      answer: JSON.parse(text) as { data?: Customer; errors?: { extensions: { code: string } }[] },
    };
  }

  it.each(['', 'sha256:'])('GET of the address of a document, %s…', async (prefix) => {
    const address = `${world.url}/graphql/documents/${prefix}${sha256(TEXT)}`;
    const { status, answer } = await curl(
      '-G',
      address,
      '--data-urlencode',
      `variables=${JSON.stringify(variables)}`,
    );
    expect(status).toBe(200);
    expect(answer.data?.organization?.name).toBe('SleepyCo');
  });

  it('POST with documentId', async () => {
    const { status, answer } = await curl(
      world.graph,
      '--json',
      JSON.stringify({ documentId: sha256(TEXT), variables }),
    );
    expect(status).toBe(200);
    expect(answer.data?.organization?.name).toBe('SleepyCo');
  });

  it('is told what is wrong', async () => {
    const unknown = await curl(`${world.url}/graphql/documents/${sha256('unknown')}`);
    expect([unknown.status, unknown.answer.errors?.[0]?.extensions.code]).toEqual([
      404,
      'DOCUMENT_NOT_TRUSTED',
    ]);
    const change = await curl(`${world.url}/graphql/documents/${sha256(TEXTS[1] ?? '')}`);
    expect([change.status, change.answer.errors?.[0]?.extensions.code]).toEqual([405, 'BAD_USER_INPUT']);
  });
});
