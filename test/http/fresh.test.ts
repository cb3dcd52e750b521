/** `@fresh(within:)`, as callers may write it: what is wrong with it is theirs to mend, and never a failure of ours. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSchema } from '../../src/graph/resolvers.js';
import { post, startEdge, type TestEdge } from '../support/edge.js';

let edge: TestEdge;
beforeAll(async () => {
  edge = await startEdge({ schema: createSchema() });
});
afterAll(() => edge.stop());

const ask = async (query: string, variables: object = {}) => {
  const response = await post(edge.url, JSON.stringify({ query, variables }));
  const { errors = [] } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
  return [response.status, ...errors.map(({ extensions }) => extensions.code)];
};
const BY_VARIABLE = 'query ($within: Int! = 1000) @fresh(within: $within) { __typename }';

it('is taken as a number, and as a variable that has a default', async () => {
  expect(await ask('query @fresh(within: 0) { __typename }')).toEqual([200]);
  expect(await ask(BY_VARIABLE, { within: 5 })).toEqual([200]);
  expect(await ask(BY_VARIABLE)).toEqual([200]);
});

it.each([
  ['below zero', 'query @fresh(within: -1) { __typename }', {}, 400],
  ['below zero, by a default', BY_VARIABLE.replace('1000', '-1'), {}, 400],
  ['no number', BY_VARIABLE, { within: 'soon' }, 400],
  ['nothing', BY_VARIABLE, { within: null }, 400],
  ['not there', BY_VARIABLE.replace(' = 1000', ''), {}, 400],
])('is refused if it is %s', async (_, query, variables, status) => {
  expect(await ask(query, variables)).toEqual([status, 'BAD_USER_INPUT']);
  expect(edge.lines).toEqual([]);
});
