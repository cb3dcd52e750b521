/** Texts of answers as bytes: the same for all that are given the same text, and never those of another. */
import { makeExecutableSchema } from '@graphql-tools/schema';
import { expect, it } from 'vitest';
import { createAnswerBytes } from '../../src/http/answer-bytes.js';
import { ask, startEdge } from '../support/edge.js';

it('encodes a text once for all who are given it one after another', () => {
  const bytes = createAnswerBytes();
  const text = '{"data":{"name":"Größe ≥ 3 €"}}';
  const first = bytes.of(text);
  expect(first.toString('utf8')).toBe(text);
  expect(bytes.of(text)).toBe(first);
  expect(bytes.of(['{"data":{"name":"Größe', '≥ 3 €"}}'].join(' '))).toBe(first);
  expect(bytes.encoded).toBe(1);
  expect(bytes.of('{}').toString('utf8')).toBe('{}');
  expect(bytes.of(text).toString('utf8')).toBe(text);
  expect(bytes.encoded).toBe(3);
  expect(createAnswerBytes().of('')).toHaveLength(0);
});

it('keeps type, length and text of an answer, whatever letters are in it', async () => {
  const name = 'Größe ≥ 3 €, 東京 🌍';
  await using edge = await startEdge({
    schema: makeExecutableSchema({
      typeDefs: 'type Query { name: String }',
      resolvers: { Query: { name: () => name } },
    }),
  });
  const response = await ask(edge.url, '{ name }');
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  const text = await response.text();
  expect(text).toBe(`{"data":{"name":"${name}"}}\n`);
  expect(Number(response.headers.get('content-length'))).toBe(Buffer.byteLength(text));
});
