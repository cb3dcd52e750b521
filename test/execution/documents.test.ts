/** Over real sockets: what a gateway does with a document is done at its start, or when its text comes for the first time. */
import { makeExecutableSchema } from '@graphql-tools/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemTimers } from '../../src/upstream/timers.js';
import { emptyFolder, register, sha256 } from '../support/documents-folder.js';
import { post, startEdge, type TestEdge } from '../support/edge.js';
import { listen } from '../support/event-stream.js';

const ECHO = `query Echo($value: Int!, $isShort: Boolean = false) {
  echo(value: $value) { ... on Value { value twice @skip(if: $isShort) } ... on Other { why } }
}`;
const FOLLOW = 'subscription Follow($to: Int!) { ticks(to: $to) { value twice } }';
const FRESH = 'query Fresh { echo(value: 3) { __typename } }';

const schema = makeExecutableSchema({
  typeDefs: `
    type Query { echo(value: Int!): Answer }
    union Answer = Value | Other
    type Value { value: Int! twice: Int! }
    type Other { why: String! }
    type Subscription { ticks(to: Int!): Value }`,
  resolvers: {
    Query: {
      echo: (_, { value }: { value: number }) =>
        value < 0
          ? { __typename: 'Other', why: 'below nothing' }
          : { __typename: 'Value', value, twice: value * 2 },
    },
    Subscription: {
      ticks: {
        subscribe: async function* (_: unknown, { to }: { to: number }) {
          for (let n = 1; n <= to; n += 1) yield { ticks: await Promise.resolve({ value: n, twice: 2 * n }) };
        },
      },
    },
  },
});

async function startWith(execution: 'compiled' | 'interpreted'): Promise<TestEdge> {
  const folder = emptyFolder();
  register(folder, 'demo', '1', [ECHO, FOLLOW]);
  return startEdge({
    schema,
    execution,
    documents: { folder, timers: systemTimers, modeOf: () => 'prefer' },
  });
}

describe('compiled', () => {
  let over: TestEdge;
  beforeAll(async () => {
    over = await startWith('compiled');
  });
  afterAll(() => over.stop());

  it('a registered document is parsed, validated and planned at start, and never again', async () => {
    const before = over.edge.work();
    expect(before).toMatchObject({ parsed: 2, validated: 2, compiled: 2, planned: 0, interpreted: 0 });
    for (const [value, isShort] of [
      [1, false],
      [2, true],
      [-1, undefined],
    ] as const) {
      const variables = { value, isShort };
      const reply = await post(over.url, JSON.stringify({ documentId: sha256(ECHO), variables }));
      const echo =
        value < 0 ? { why: 'below nothing' } : isShort === true ? { value } : { value, twice: 2 * value };
      expect(await reply.json()).toEqual({ data: { echo } });
    }
    // Its text is the same document.
    await post(over.url, JSON.stringify({ query: ECHO, variables: { value: 5 } }));
    expect(over.edge.work()).toEqual({ ...before, planned: 4 });
  });

  it('so is a registered subscription, for all of its events', async () => {
    const before = over.edge.work();
    const heard = await listen(over.url, FOLLOW, { to: 3 });
    await heard.ended;
    expect(heard.events).toEqual([1, 2, 3].map((n) => ({ ticks: { value: n, twice: 2 * n } })));
    expect(over.edge.work()).toEqual({ ...before, planned: before.planned + 3 });
  });

  it('a text is validated and planned when it comes for the first time', async () => {
    const before = over.edge.work();
    for (let n = 0; n < 3; n += 1) {
      expect(await (await post(over.url, JSON.stringify({ query: FRESH }))).json()).toEqual({
        data: { echo: { __typename: 'Value' } },
      });
    }
    const { parsed, validated, compiled, planned } = over.edge.work();
    // Once to be screened, once by the server library.
    expect(parsed - before.parsed).toBe(2);
    expect(validated - before.validated).toBe(1);
    expect(compiled - before.compiled).toBe(1);
    expect(planned - before.planned).toBe(3);
  });
});

it('interpreted: graphql-js executes everything, and nothing is planned', async () => {
  const over = await startWith('interpreted');
  try {
    const body = JSON.stringify({ documentId: sha256(ECHO), variables: { value: 1 } });
    expect(await (await post(over.url, body)).json()).toEqual({ data: { echo: { value: 1, twice: 2 } } });
    expect(over.edge.work()).toMatchObject({
      parsed: 2,
      validated: 2,
      compiled: 0,
      planned: 0,
      interpreted: 1,
    });
  } finally {
    await over.stop();
  }
});
