/**
 * A sample of the fuzz in `bench.ts`, and the proof that its rules can be broken: what is planted is found.
 */
import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answersIn, objectionsTo, type Answer } from './answers.js';
import { drawsOf } from './draws.js';
import { operationOf } from './operations.js';
import { documentsOf, NOTHING_KNOWN, runCases, stillAnswers, type RegisteredOperation } from './run.js';
import { startWorld, type World } from './world.js';

const SEED = 1;
const schema = buildSchema(
  readFileSync(new URL('../../schema/printed/commitment-graph.graphql', import.meta.url), 'utf8'),
);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('a gateway', () => {
  let world: World;
  let documents: readonly RegisteredOperation[];
  beforeAll(async () => {
    documents = documentsOf(SEED, 20, schema);
    world = await startWorld(documents);
  }, 60_000);
  afterAll(() => world[Symbol.asyncDispose](), 60_000);

  it('answers whatever comes, in forms of its own, and says nothing of its inside', async () => {
    const options = { world, schema, documents, seed: SEED };
    const raw = await runCases({ ...options, stage: 'raw', indexes: upTo(1_500) });
    const operations = await runCases({ ...options, stage: 'operation', indexes: upTo(300) });
    // Each with its number: `npm run bench:fuzz -- --seed 1 --only raw:<index>` has it again.
    expect([...raw.findings, ...operations.findings]).toEqual([]);
    expect([raw.cases, operations.cases]).toEqual([1_500, 300]);
    // Enough of it is no nonsense.
    expect(raw.counts.get('200')).toBeGreaterThan(100);
    expect(operations.counts.get('200')).toBeGreaterThan(100);
    expect(world.effects()).toBeGreaterThan(0);
    expect(await stillAnswers(world)).toBe(true);
    expect(world.troubles()).toEqual([]);
  }, 180_000);
});

describe('what is sent', () => {
  it('is the same again for the same seed, stage and number', () => {
    const one = (seed: number, index: number) =>
      operationOf(drawsOf(seed, 'operation', index), schema, NOTHING_KNOWN);
    const { again: _, ...first } = one(7, 3);
    const { again: __, ...second } = one(7, 3);
    expect(first).toEqual(second);
    expect(one(7, 4).text).not.toBe(first.text);
    expect(one(8, 3).text).not.toBe(first.text);
  });

  it('is what the schema lets through, nearly always, and comes to every field', () => {
    let valid = 0;
    const asked = new Set<string>();
    for (const index of upTo(1_500)) {
      const { text } = operationOf(drawsOf(SEED, 'operation', index), schema, NOTHING_KNOWN);
      if (validate(schema, parse(text)).length === 0) valid += 1;
      for (const [word] of text.matchAll(/\w+/g)) asked.add(word);
    }
    expect(valid).toBeGreaterThan(1_350);
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    for (const field of roots.flatMap((type) => Object.keys(type?.getFields() ?? {}))) {
      expect(asked).toContain(field);
    }
  });
});

describe('the rules find', () => {
  const ID = '00000000-0000-4000-8000-000000000000';
  const rules = { secrets: ['planted-secret'] };
  const answer = (changes: Partial<Answer> = {}): Answer => ({
    status: 200,
    headers: { 'x-request-id': ID, 'content-type': 'application/json; charset=utf-8' },
    body: '{"data":{}}',
    isWhole: true,
    ...changes,
  });
  const error = (extensions: object, message = 'No.') =>
    JSON.stringify({ errors: [{ message, extensions }] });
  const fine = { code: 'BAD_USER_INPUT', retryable: false, requestId: ID };

  it('nothing in a good answer', () => {
    expect(objectionsTo(answer(), rules)).toEqual([]);
    expect(objectionsTo(answer({ status: 400, body: error(fine) }), rules)).toEqual([]);
  });

  it.each<[string, Partial<Answer>]>([
    ['an internal error', { body: error({ ...fine, code: 'INTERNAL' }) }],
    ['a code that is not in the list', { body: error({ ...fine, code: 'OOPS' }) }],
    ['no code', { body: error({ requestId: ID, retryable: false }) }],
    ['the id of another request', { body: error({ ...fine, requestId: 'x' }) }],
    ['500', { status: 500, body: error({ ...fine, retryable: true }) }],
    ['503 for good', { status: 503, body: error(fine) }],
    ['an error without errors', { status: 400, body: '{}' }],
    ['no JSON', { body: '{"data":' }],
    ['a page', { status: 404, headers: { 'x-request-id': ID, 'content-type': 'text/html' }, body: '<html>' }],
    ['no request id', { headers: { 'content-type': 'application/json' } }],
    ['a stack', { body: error(fine, 'x\n    at run (run.js)') }],
    ['a file', { body: error(fine, 'in /srv/app/server.ts:12') }],
    ['an address', { body: error(fine, 'connect 127.0.0.1') }],
    ['an error of a socket', { body: error(fine, 'ECONNREFUSED') }],
    ['a secret', { body: error(fine, 'the key planted-secret') }],
    ['a secret in a header', { headers: { ...answer().headers, 'x-debug': 'planted-secret' } }],
    ['more than a mebibyte', { body: JSON.stringify({ data: 'x'.repeat(1_100_000) }) }],
    [
      'an event with an internal error',
      {
        headers: { 'x-request-id': ID, 'content-type': 'text/event-stream' },
        body: `event: next\ndata: ${error({ ...fine, code: 'INTERNAL' })}\n\n`,
      },
    ],
  ])('%s', (_, changes) => {
    expect(objectionsTo(answer(changes), rules)).not.toEqual([]);
  });

  it('every answer of several on one connection, and what is none', () => {
    const one = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}';
    const chunked = 'HTTP/1.1 400 Bad\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n1\r\n \r\n0\r\n\r\n';
    const { answers, left } = answersIn(`HTTP/1.1 100 Continue\r\n\r\n${one}${chunked}garbage`);
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [100, ''],
      [200, '{}'],
      [400, '{} '],
    ]);
    expect(left).toBe('garbage');
    expect(answersIn(one.slice(0, -1)).answers[0]?.isWhole).toBe(false);
  });
});
