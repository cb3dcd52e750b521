/**
 * The executor that plans answers what graphql-js answers: the same data in the same order, the same errors, the same
 * calls of resolvers with the same arguments, in the same order. Thousands of operations over the real schema and over
 * one that has what ours has not, with sources that fail in every way; `EXECUTIONS=20000` makes it more.
 */
import { makeExecutableSchema } from '@graphql-tools/schema';
import { parse, validate, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createExecutor } from '../../src/graph/execution/executor.js';
import { readSdl } from '../../src/graph/resolvers.js';
import { drawsOf } from '../fuzz/draws.js';
import { playScenes } from './support/answers.js';
import { byLibrary, play, shown } from './support/compare.js';
import { operationOf } from './support/operations.js';

const OPERATIONS = Number(process.env['EXECUTIONS'] ?? 700);
const SEED = Number(process.env['SEED'] ?? 7);

const ODD = /* GraphQL */ `
  type Query {
    any: Any
    all: [Any!]!
    node(id: ID = "x", deep: Deep): Node!
    lists: [[Thing!]]!
    other: Other
    one: Thing!
    numbers: [Int!]
    pairs: [[Float!]!]
    flags: [Boolean]!
    kind(kinds: [Kind!] = [A]): Kind!
    many(first: Int! = 3, choice: Choice): [Node!]
  }
  type Mutation {
    first(by: Int!): Thing
    second: [Any!]
    third(deep: Deep!): Other!
    fourth: Int!
  }
  union Any = Thing | Other | Third
  interface Node {
    id: ID!
    any: Any
    node: Node
  }
  interface Named implements Node {
    id: ID!
    any: Any
    node: Node
    name: String!
  }
  type Thing implements Node & Named {
    id: ID!
    any: Any
    node: Node
    name: String!
    things: [Thing!]!
    other: Other!
    kind: Kind
  }
  type Other implements Node {
    id: ID!
    any: Any
    node: Node
    thing: Thing!
    rate: Float!
    all: [Any]
  }
  type Third implements Node & Named {
    id: ID!
    any: Any!
    node: Node!
    name: String!
    flag: Boolean!
    when: When!
  }
  enum Kind {
    A
    B
    C
  }
  scalar When
  input Deep {
    at: When = "now"
    kinds: [Kind!]
    deep: Deep
    count: Int! = 1
    names: [[String]]
  }
  input Choice @oneOf {
    a: Int
    b: String
    deep: Deep
  }
`;

const SCALARS = {
  Date: ['2026-01-31', '2024-02-29'],
  DateTime: ['2026-01-31T10:00:00Z'],
  YearMonth: ['2026-02'],
  CurrencyCode: ['USD', 'EUR'],
  Decimal: ['1.50', '-2'],
};

const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown) => void unhandled.push(reason);
let others: NodeJS.UnhandledRejectionListener[] = [];
// graphql-js leaves promises of a list behind that something else in the list has made useless.
beforeAll(() => {
  others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', onUnhandled);
});
afterAll(() => {
  process.removeListener('unhandledRejection', onUnhandled);
  for (const one of others) process.on('unhandledRejection', one);
});

async function compareAll(schema: GraphQLSchema, name: string, count: number) {
  const executor = createExecutor(schema);
  let errors = 0;
  let refused = 0;
  let whole = 0;
  let executions = 0;
  const left = { byLibrary: 0, byPlan: 0 };
  for (let n = 0; n < count; n += 1) {
    const draws = drawsOf(SEED, name, n);
    const { text, variables } = operationOf(draws, schema, SCALARS);
    const document = parse(text);
    const invalid = validate(schema, document);
    expect(
      invalid.map(({ message }) => message),
      text,
    ).toEqual([]);
    if (draws.chance(0.5)) executor.prepare(document);
    for (const given of variables) {
      const scene = {
        seed: draws.below(2 ** 30),
        trouble: draws.pick([0, 0.02, 0.1, 0.3]),
        slowness: draws.pick([0, 0.1, 0.5]),
      };
      const before = unhandled.length;
      const expected = await play(byLibrary, schema, document, given, scene);
      const between = unhandled.length;
      const found = await play(executor.execute, schema, document, given, scene);
      left.byLibrary += between - before;
      left.byPlan += unhandled.length - between;
      expect(unhandled.length - between, 'promises left behind').toBeLessThanOrEqual(between - before);
      executions += 1;
      errors += expected.result.errors?.length ?? 0;
      if (!('data' in expected.result)) refused += 1;
      else if (expected.result.data != null) whole += 1;
      const told = `operation ${n}, seed ${SEED}\n${text}\n${JSON.stringify({ given, scene })}`;
      expect(shown(found), told).toBe(shown(expected));
    }
  }
  return { executor, errors, refused, whole, executions, left };
}

describe('an operation that is planned answers as graphql-js does', () => {
  it.each([
    ['the graph', readSdl(), false, OPERATIONS],
    ['a schema with unions, lists in lists and types that are found out later', [ODD], true, OPERATIONS],
  ])(
    '%s',
    async (name, typeDefs, isOdd, count) => {
      const schema = playScenes(makeExecutableSchema({ typeDefs }), SEED, isOdd);
      const { executor, errors, refused, whole, executions, left } = await compareAll(schema, name, count);
      // It was a comparison: not everything failed, not everything went well, and nothing was left to graphql-js.
      expect(whole).toBeGreaterThan(executions / 3);
      expect(errors).toBeGreaterThan(executions / 3);
      expect(refused).toBeGreaterThan(executions / 100);
      expect(left.byPlan).toBeLessThan(left.byLibrary);
      expect(executor.counts().planned).toBe(executions);
      expect(executor.counts().compiled).toBe(count);
    },
    600_000,
  );
});
