/**
 * Hostile documents and bodies, over a real socket: each is refused with 4xx, a code of the closed list and a few short
 * errors, without data, by POST, by GET, as a stream and when it is registered; nothing is asked of any backend for it.
 * What they cost is measured by `npm run bench:hostile`; here it is counted what was never reached.
 */
import { readFileSync } from 'node:fs';
import { getIntrospectionQuery, GraphQLError, parse, type DocumentNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { brief } from '../../src/admission/brief.js';
import { objectionToDocument } from '../../src/admission/document-limits.js';
import { judge } from '../../src/admission/documents/judge.js';
import { readDocument } from '../../src/admission/read-document.js';
import { objectionToValues } from '../../src/admission/request-limits.js';
import { examplesFor } from '../../src/cli/examples.js';
import { createSchema } from '../../src/graph/resolvers.js';
import { DOCUMENT_RULES } from '../../src/http/graphql.js';
import { systemTimers } from '../../src/upstream/timers.js';
import { everyField } from '../support/every-field.js';
import { EVERYTHING } from '../support/everything.js';
import { emptyFolder, register, sha256 } from '../support/documents-folder.js';
import { startEdge } from '../support/edge.js';
import type { GraphError } from '../support/gateway.js';
import { startSandboxedGateway, TODAY, type SandboxedGateway } from '../support/sandboxed-gateway.js';
import { BODIES, DOCUMENTS } from './corpus.js';

let over: SandboxedGateway;
beforeAll(async () => {
  over = await startSandboxedGateway();
});
afterAll(() => over[Symbol.asyncDispose]());

const CODES = ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'OPERATION_TOO_COSTLY', 'BAD_USER_INPUT'];
const JSON_TYPE = { 'content-type': 'application/json' };

interface Refusal {
  readonly status: number;
  readonly errors: readonly GraphError[];
}

async function send(path: string, init: RequestInit): Promise<Refusal> {
  over.forgetCalls();
  const response = await fetch(over.gateway.app.url + path, init);
  const text = await response.text();
  const answer = JSON.parse(text) as { readonly errors: readonly GraphError[] };
  expect(response.status, text.slice(0, 500)).toBeGreaterThanOrEqual(400);
  expect(response.status).toBeLessThan(500);
  expect(Object.keys(answer)).toEqual(['errors']);
  expect(answer.errors.length).toBeGreaterThan(0);
  expect(answer.errors.length).toBeLessThanOrEqual(5);
  for (const { message, extensions } of answer.errors) {
    expect(CODES).toContain(extensions.code);
    expect(extensions).toMatchObject({ retryable: false, requestId: response.headers.get('x-request-id') });
    expect(message).not.toBe('');
  }
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4_096);
  expect(text).not.toMatch(/stack|RangeError|Maximum call|node_modules|\.ts:\d/i);
  expect(({} as { readonly x?: unknown }).x).toBeUndefined();
  expect(Object.values(over.calls()).flat()).toEqual([]);
  return { status: response.status, errors: answer.errors };
}

const post = (body: string | Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>> = {}) =>
  send('/graphql', { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body });

const saidBy = ({ errors }: Refusal) => errors.map(({ message, extensions }) => [extensions.code, message]);

describe('a document', () => {
  it.each(DOCUMENTS)('$title', async ({ text, code }) => {
    const body = JSON.stringify({ query: text });
    if (Buffer.byteLength(body) > 128 * 1024) {
      expect(await post(body)).toMatchObject({ status: 413 });
      return;
    }
    const refusal = await post(body);
    expect(refusal.status).toBe(400);
    expect(refusal.errors[0]?.extensions.code).toBe(code);
    // Nothing was remembered of it that would let it pass the next time.
    expect(saidBy(await post(body))).toEqual(saidBy(refusal));
  });

  const early = DOCUMENTS.filter(({ isRefusedEarly }) => isRefusedEarly);

  it.each(early)('is refused before it is compared with the schema: $title', ({ text, code }) => {
    expect(readDocument(text)).toMatchObject({ kind: 'refused', code });
  });

  it.each(early)('is refused as a stream in the same words: $title', async ({ text }) => {
    const body = JSON.stringify({ query: text });
    const stream = await post(body, { accept: 'text/event-stream' });
    expect(saidBy(stream)).toEqual(saidBy(await post(body)));
  });

  it.each(DOCUMENTS)('is not registered: $title', ({ text }) => {
    const verdict = judge(text, 'app', { schema: createSchema(), rules: DOCUMENT_RULES });
    if (verdict.kind !== 'bad') throw new Error('it was found good');
    // The last of them says that there are more.
    expect(verdict.flaws.length).toBeLessThanOrEqual(6);
    for (const { message } of verdict.flaws) expect(Buffer.byteLength(message)).toBeLessThanOrEqual(500);
  });

  it('S54: is refused by GET as by POST', async () => {
    const short = DOCUMENTS.filter(({ text }) => isWhole(text) && encodeURIComponent(text).length < 7_500);
    expect(short.length).toBeGreaterThan(20);
    for (const { title, text, code } of short) {
      const refusal = await send(`/graphql?query=${encodeURIComponent(text)}`, { headers: JSON_TYPE });
      expect(refusal.errors[0]?.extensions.code, title).toBe(code);
    }
  });
});

describe('a body', () => {
  it.each(BODIES)('$title', async ({ body, status = 400 }) => {
    expect((await post(body)).status).toBe(status);
  });

  it('S72: has no forbidden key in an address either', async () => {
    for (const [name, value] of [
      ['variables', '{"__proto__":{"x":1}}'],
      ['variables', '{"a":[{"constructor":{"prototype":{"x":1}}}]}'],
      ['extensions', '{"__proto__":{"x":1}}'],
      ['variables', `{"a":${'['.repeat(1_000)}${']'.repeat(1_000)}}`],
    ] as const) {
      const search = new URLSearchParams({ query: '{ __typename }', [name]: value }).toString();
      const refusal = await send(`/graphql?${search}`, { headers: JSON_TYPE });
      expect(refusal.errors[0]?.message).toMatch(new RegExp(`^\`${name}\` (has a key|can have at most 16)`));
    }
  });

  it('S71: has as much in it as an input can need', () => {
    const list = Array.from({ length: 500 }, (_, i) => i);
    const deep = JSON.parse('{"a":'.repeat(15) + '1' + '}'.repeat(15)) as unknown;
    const text = 'tabs\tand lines\r\nand 𝄞 and 日本'.padEnd(16_384, '.');
    for (const good of [
      undefined,
      null,
      {},
      { list },
      { deep },
      { text },
      { list, more: list, again: list },
      { constructor: 'x' },
    ]) {
      expect(objectionToValues('variables', good)).toBeNull();
    }
    expect(objectionToValues('variables', { a: list, b: list, c: list, d: list })).toMatch(
      /more than 2,000 values/,
    );
    expect(objectionToValues('variables', { text: `${text}.` })).toMatch(/more than 16,384 characters/);
    expect(objectionToValues('variables', { list: [...list, 0] })).toMatch(/more than 500 items/);
    expect(objectionToValues('variables', { a: { deep } })).toBeNull();
    expect(objectionToValues('variables', { a: { b: { deep } } })).toMatch(/at most 16 lists or objects/);
  });
});

describe('a document by its name', () => {
  const TEXT = 'query { fine }';
  const TOO_LONG = `query { fine } # ${'x'.repeat(40_000)}`;

  it('S71: has the same limits of values, in every form, and of its own text', async () => {
    const folder = emptyFolder();
    register(folder, 'demo', '1', [TEXT, TOO_LONG]);
    await using edge = await startEdge({
      documents: { folder, timers: systemTimers, modeOf: () => 'prefer' },
    });
    const named = async (path: string, init: RequestInit) => {
      const response = await fetch(edge.url + path, { ...init, headers: { ...JSON_TYPE, ...init.headers } });
      const { data, errors } = (await response.json()) as { data?: unknown; errors?: readonly GraphError[] };
      const said = errors?.map(({ message }) => message);
      return data === undefined ? { status: response.status, said } : { status: response.status, data };
    };
    const forms = (id: string, variables: string) => {
      const body = `{"documentId":"${id}","variables":${variables}}`;
      const search = `variables=${encodeURIComponent(variables)}`;
      return [
        named('/graphql', { method: 'POST', body }),
        named('/graphql', { method: 'POST', body, headers: { accept: 'text/event-stream' } }),
        named(`/graphql?documentId=${id}&${search}`, {}),
        named(`/graphql/documents/${id}?${search}`, {}),
      ];
    };
    for (const answer of await Promise.all(forms(sha256(TEXT), `{"a":${'['.repeat(40)}${']'.repeat(40)}}`))) {
      expect(answer).toEqual({
        status: 400,
        said: ['`variables` can have at most 16 lists or objects within one another.'],
      });
    }
    const [good] = await Promise.all(forms(sha256(TEXT), '{"a":1}'));
    expect(good).toEqual({ status: 200, data: { fine: 1 } });
    for (const answer of await Promise.all(forms(sha256(TOO_LONG), '{}'))) {
      expect(answer).toMatchObject({
        status: 400,
        said: [expect.stringMatching(/does not fit the graph any more/)],
      });
    }
  });
});

describe('within the limits', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const fenced = [...readme.matchAll(/```graphql\n(.*?)```/gs)].map(([, text = '']) => text);
  const known: readonly (readonly [string, string])[] = [
    ...fenced.map((text) => ['the README', text] as const),
    ...examplesFor('sleepyco', TODAY).map(({ query }) => ['the explorer', query] as const),
    ['introspection', getIntrospectionQuery()],
    [
      'introspection of everything',
      getIntrospectionQuery({
        oneOf: true,
        inputValueDeprecation: true,
        schemaDescription: true,
        specifiedByUrl: true,
        directiveIsRepeatable: true,
      }),
    ],
    ['every source', EVERYTHING],
    ...['Contract', 'ContractCommitment', 'ResourceCommitment', 'Invoice'].map(
      (type) =>
        [`every field of ${type}`, `{ node(id: "x") { ... on ${type} ${everyField(type)} } }`] as const,
    ),
  ];

  it('are the documents that this project shows, in half of it', () => {
    expect(known.length).toBeGreaterThan(12);
    for (const [name, text] of known) {
      expect(readDocument(text), name).toMatchObject({ kind: 'read' });
      // As two operations of one document it is twice as large in everything but depth.
      expect(readDocument(twice(text)), `${name}, twice`).toMatchObject({ kind: 'read' });
    }
  });

  it('is what an app of many components asks for', () => {
    const spreads = Array.from({ length: 50 }, (_, i) => `...C${i}`).join(' ');
    const fragments = Array.from(
      { length: 50 },
      (_, i) => `fragment C${i} on Organization { __typename id name f${i} { __typename id } }`,
    );
    expect(
      readDocument(`query ($a: ID!) { organization(slug: "x") { ${spreads} } } ${fragments.join(' ')}`).kind,
    ).toBe('read');
  });

  it('are 60 aliases, 20 fields at the top and 50 directives, and not one more', () => {
    const names = (count: number, make: (i: number) => string) =>
      Array.from({ length: count }, (_, i) => make(i)).join(' ');
    const objection = (text: string) => objectionToDocument(parse(text))?.message ?? null;
    expect(objection(`{ a { ${names(60, (i) => `a${i}: b`)} c: c } }`)).toBeNull();
    expect(objection(`{ a { ${names(61, (i) => `a${i}: b`)} } }`)).toMatch(/at most 60 aliases/);
    expect(objection(`{ ${names(20, (i) => `a${i}`)} a1 }`)).toBeNull();
    expect(objection(`{ ${names(21, (i) => `a${i}`)} }`)).toMatch(/at most 20 fields/);
    expect(objection(`{ a { ${names(50, (i) => `a${i} @x`)} } }`)).toBeNull();
    expect(objection(`{ a { ${names(51, (i) => `a${i} @x`)} } }`)).toMatch(/at most 50 directives/);
    expect(objection(`{ a { ${names(141, () => 'b')} } }`)).toBeNull();
    expect(objection(`{ a { ${names(142, () => 'b')} } }`)).toMatch(/again and again/);
  });

  it('takes time in proportion to the document: no selection set is looked at more than a few times', () => {
    const looked = { times: 0 };
    const text = DOCUMENTS.find(({ title }) => title.startsWith('S62: fragments that double 99'))?.text ?? '';
    const document = counting(parse(text), looked);
    expect(objectionToDocument(document)).toMatchObject({ code: 'OPERATION_TOO_COSTLY' });
    expect(looked.times).toBeGreaterThan(100);
    expect(looked.times).toBeLessThan(2_000);
  });
});

describe('a refusal', () => {
  it('is short, in whole characters, whatever it was about', () => {
    const locations = Array.from({ length: 1_000 }, (_, i) => ({ line: i, column: 1 }));
    const error = (message: string) => ({ ...new GraphQLError(message).toJSON(), locations });
    const long = ['x', '日', '𝄞', '"', '\u0000', '\ud800'].map((letter) => error(letter.repeat(10_000)));
    const told = brief(long);
    expect(told).toHaveLength(5);
    for (const { message, locations: places } of told) {
      expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThanOrEqual(502);
      expect(Buffer.byteLength(JSON.stringify(message))).toBeGreaterThan(480);
      expect(message.endsWith('…')).toBe(true);
      expect(isWhole(message)).toBe(true);
      expect(places).toHaveLength(4);
    }
    expect(brief([error('as it is')])[0]?.message).toBe('as it is');
  });
});

/** No address and no answer can hold half of a character. */
function isWhole(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** The same document, its operations once more under other names. */
function twice(text: string): string {
  const renamed = text.trimStart().startsWith('{') ? `query ${text}` : text;
  const [fragments = ''] = /\bfragment [^]*$/.exec(renamed) ?? [];
  const operation = renamed.slice(0, renamed.length - fragments.length);
  const as = (name: string) => operation.replace(/\b(query|mutation|subscription)\s*\w*/, `$1 ${name}`);
  return `${as('A')} ${as('B')} ${fragments}`;
}

/** Counts how often the selections of a set are read. */
function counting(document: DocumentNode, looked: { times: number }): DocumentNode {
  const wrap = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(wrap);
    if (typeof value !== 'object' || value === null) return value;
    const copy: Record<string, unknown> = {};
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'loc') continue;
      const wrapped = wrap(inner);
      if (key !== 'selections') copy[key] = wrapped;
      else
        Object.defineProperty(copy, key, {
          enumerable: true,
          get: () => {
            looked.times += 1;
            return wrapped;
          },
        });
    }
    return copy;
  };
  return wrap(document) as DocumentNode;
}
