/** What the executor does once for a document, what it leaves to graphql-js, and what it does not let resolvers do. */
import { makeExecutableSchema } from '@graphql-tools/schema';
import { execute, parse, type ExecutionArgs, type ExecutionResult } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createExecutor } from '../../src/graph/execution/executor.js';

const events: string[] = [];
const schema = makeExecutableSchema({
  typeDefs: `
    type Query { one(id: ID = "x"): Thing things(ids: [ID!]! = ["a"]): [Thing!]! spoil(ids: [ID!]): Int }
    interface Thing { id: ID! other: Thing }
    type A implements Thing { id: ID! other: Thing a: Int }
    type B implements Thing { id: ID! other: Thing b: Int }
    type Mutation { set(to: Int!): Int fail: Int! later(to: Int!): Int }`,
  resolvers: {
    Query: {
      one: (_, { id }: { id: string }) => ({
        __typename: 'A',
        id,
        a: 1,
        other: { __typename: 'B', id: 'b', b: 2 },
      }),
      things: (_, { ids }: { ids: string[] }) => ids.map((id) => ({ __typename: id < 'm' ? 'A' : 'B', id })),
      spoil: (_, given: { ids?: string[] }) => {
        given.ids = ['spoilt'];
        return 1;
      },
    },
    Mutation: {
      set: (_, { to }: { to: number }) => {
        events.push(`set ${to}`);
        return to;
      },
      later: async (_, { to }: { to: number }) => {
        events.push(`later ${to} begins`);
        for (let n = 0; n < 5; n += 1) await Promise.resolve();
        events.push(`later ${to} ends`);
        return to;
      },
      fail: () => Promise.reject(new Error('failed')),
    },
  },
});

const plain = (result: ExecutionResult) => JSON.parse(JSON.stringify(result)) as ExecutionResult;

/** What both answer; that it is the same. */
async function both(args: Omit<ExecutionArgs, 'schema'>, executor = createExecutor(schema)) {
  const answer = plain(await executor.execute({ schema, ...args }));
  expect(answer).toEqual(plain(await execute({ schema, ...args })));
  return answer;
}

describe('a document', () => {
  it('is planned once, whatever the values of its variables are', async () => {
    const executor = createExecutor(schema);
    const document = parse('query ($ids: [ID!]!) { things(ids: $ids) { id ... on B { b } } }');
    await both({ document, variableValues: { ids: ['a', 'z'] } }, executor);
    const { compiled, selections } = executor.counts();
    for (const ids of [['b'], ['y'], [], ['a', 'z']])
      await both({ document, variableValues: { ids } }, executor);
    expect(executor.counts()).toEqual({ compiled, selections, planned: 5, interpreted: 0 });
    expect(compiled).toBe(1);
    // Another text is another document.
    await both({ document: parse('{ one { id } }') }, executor);
    expect(executor.counts().compiled).toBe(2);
  });

  it('that is prepared needs no planning, of whatever types its answers are and whatever is left out', async () => {
    const executor = createExecutor(schema);
    const document = parse(`
      query One($x: Boolean!, $y: Boolean!) {
        things(ids: ["a", "z"]) { id @skip(if: $x) ...F @include(if: $y) }
        one { other { other { id @include(if: $x) ... on A { a @skip(if: $y) } } } }
      }
      fragment F on Thing { ... on B { b other { id } } ... on A { a } }
      query Two { one { id } }`);
    executor.prepare(document);
    const before = executor.counts();
    expect(before).toMatchObject({ compiled: 2, planned: 0, interpreted: 0 });
    for (const operationName of ['One', 'Two']) {
      for (const [x, y] of [
        [true, true],
        [true, false],
        [false, true],
        [false, false],
      ]) {
        await both({ document, operationName, variableValues: { x, y } }, executor);
      }
    }
    expect(executor.counts()).toEqual({ ...before, planned: 8 });
  });

  it('with many conditions is planned for those values that come', async () => {
    const executor = createExecutor(schema);
    const names = Array.from({ length: 8 }, (_, n) => `c${n}`);
    const document = parse(
      `query (${names.map((name) => `$${name}: Boolean!`).join()}) { one { ${names.map((name) => `${name}: id @include(if: $${name})`).join(' ')} } }`,
    );
    executor.prepare(document);
    // More combinations than are kept.
    for (let n = 0; n < 200; n += 1) {
      const variableValues = Object.fromEntries(names.map((name, at) => [name, ((n >> at) & 1) === 1]));
      await both({ document, variableValues }, executor);
    }
    expect(executor.counts()).toMatchObject({ compiled: 1, planned: 200, interpreted: 0 });
  });

  it('that was not used for long is planned again, and one that is prepared is not', async () => {
    const executor = createExecutor(schema, 'compiled', 40);
    const kept = parse('{ one { id } }');
    executor.prepare(kept);
    const document = parse('{ one { id other { id } } }');
    await both({ document }, executor);
    await both({ document }, executor);
    expect(executor.counts().compiled).toBe(2);
    for (let n = 0; n < 30; n += 1) {
      await both({ document: parse(`{ one { id other { id } } things { a${n}: id } }`) }, executor);
    }
    const { compiled } = executor.counts();
    expect(compiled).toBe(32);
    await both({ document: kept }, executor);
    expect(executor.counts().compiled).toBe(compiled);
    await both({ document }, executor);
    expect(executor.counts().compiled).toBe(compiled + 1);
    // One that is used all the time stays.
    for (let n = 0; n < 30; n += 1) {
      await both({ document: parse(`{ one { id other { id } } things { b${n}: id } }`) }, executor);
      await both({ document }, executor);
    }
    expect(executor.counts().compiled).toBe(compiled + 31);
  });

  it('whose fragments multiply beyond its length is left to graphql-js, in the middle of its use', async () => {
    const executor = createExecutor(schema);
    const depth = 12;
    const levels = Array.from(
      { length: depth },
      (_, n) =>
        `fragment F${n} on Thing { ... on A { x: other { ...F${n + 1} } y: other { ...F${n + 1} } } ... on B { z: other { ...F${n + 1} } x: other { ...F${n + 1} } } }`,
    );
    const document = parse(`{ one { ...F0 } } ${levels.join(' ')} fragment F${depth} on Thing { id }`);
    const thing = (n: number): unknown =>
      n === 0 ? null : { __typename: n % 2 === 0 ? 'A' : 'B', id: String(n), other: () => thing(n - 1) };
    const fields = schema.getQueryType()!.getFields();
    const { resolve } = fields['one']!;
    fields['one']!.resolve = () => thing(depth + 1);
    try {
      await both({ document }, executor);
      await both({ document }, executor);
    } finally {
      Object.assign(fields['one']!, { resolve });
    }
    expect(executor.counts()).toMatchObject({ compiled: 1, planned: 1, interpreted: 1 });
  });
});

describe('as graphql-js', () => {
  it.each([
    ['an operation that is not there', '{ one { id } }', { operationName: 'Other' }],
    ['several, and none is named', 'query A { one { id } } query B { one { id } }', {}],
    ['no operation at all', 'fragment F on A { id }', {}],
    ['a kind of operation that the graph has not', 'subscription { one { id } }', {}],
    ['a name that is empty', 'query A { one { id } }', { operationName: '' }],
    ['a variable that is missing', 'query ($ids: [ID!]!) { things(ids: $ids) { id } }', {}],
    [
      'null for a variable whose argument may not be',
      'query ($ids: [ID!]) { things(ids: $ids) { id } }',
      { variableValues: { ids: null } },
    ],
    [
      'null for a condition with a default',
      'query ($x: Boolean = true) { one { id @skip(if: $x) } }',
      { variableValues: { x: null } },
    ],
    [
      'names that objects have anyway',
      '{ __proto__: one { toString: id constructor: __typename __proto__: id } }',
      {},
    ],
    [
      'the name of a variable that objects have anyway',
      'query ($toString: ID) { one(id: $toString) { id } }',
      {},
    ],
    [
      'the schema',
      '{ __schema { types { name fields { name args { name defaultValue } } } } __type(name: "A") { kind } }',
      {},
    ],
  ])('%s', async (_, text, rest) => {
    await both({ document: parse(text), ...rest });
  });

  it('tells as many wrong variables as it may', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const document = parse(`query (${names.map((name) => `$${name}: Int!`).join()}) { one { id } }`);
    const { errors } = await both({ document, options: { maxCoercionErrors: 2 } });
    expect(errors?.length).toBe(3);
  });

  it('throws for variables that are no object', () => {
    const args = { schema, document: parse('{ one { id } }'), variableValues: 'none' as never };
    expect(() => createExecutor(schema).execute(args)).toThrow(/must be provided as an Object/);
  });

  it('changes one thing after another, also after one that failed where it may', async () => {
    const document = parse('mutation { a: later(to: 1) b: set(to: 2) c: later(to: 3) d: set(to: 4) }');
    events.length = 0;
    await createExecutor(schema).execute({ schema, document });
    const order = ['later 1 begins', 'later 1 ends', 'set 2', 'later 3 begins', 'later 3 ends', 'set 4'];
    expect(events).toEqual(order);
    // What must not be null ends it.
    await both({ document: parse('mutation { set(to: 1) fail after: set(to: 9) }') });
    expect(events).not.toContain('set 9');
  });

  it('interprets everything if it is told to', async () => {
    const executor = createExecutor(schema, 'interpreted');
    const document = parse('{ one { id } }');
    executor.prepare(document);
    await both({ document }, executor);
    expect(executor.counts()).toEqual({ compiled: 0, selections: 0, planned: 0, interpreted: 1 });
  });
});

it('shares arguments between requests, and lets nobody change them', async () => {
  const executor = createExecutor(schema);
  for (const [text, variableValues] of [
    ['{ spoil(ids: ["a"]) }', {}],
    ['query ($ids: [ID!]) { spoil(ids: $ids) }', { ids: ['a'] }],
  ] as const) {
    const { errors } = await executor.execute({ schema, document: parse(text), variableValues });
    expect(errors?.[0]?.message).toMatch(/read only/);
  }
});
