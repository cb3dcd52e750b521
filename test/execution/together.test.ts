/** Identical queries that come together are executed once, and nobody notices but the sources. */
import { makeExecutableSchema } from '@graphql-tools/schema';
import { parse, type ExecutionResult } from 'graphql';
import { beforeEach, describe, expect, it } from 'vitest';
import type { GraphContext } from '../../src/graph/context.js';
import { createTogether, type Asked, type Together } from '../../src/graph/execution/together.js';
import { failure } from '../../src/domain/failure.js';
import { ask, startEdge } from '../support/edge.js';
import { until } from '../support/until.js';

const document = parse('{ a }');
let endTurn: () => void;
let together: Together;
let executed: number;
let finish: (data: string) => void;

beforeEach(() => {
  executed = 0;
  const turn: (() => void)[] = [];
  endTurn = () => {
    for (const begin of turn.splice(0)) begin();
  };
  together = createTogether(() => new Promise((resolve) => turn.push(resolve)));
});

const PRINCIPAL = {};
function contextOf(principal: object = PRINCIPAL): GraphContext & { readonly controller: AbortController } {
  const controller = new AbortController();
  const own = { principal, partialFailures: [], remarks: [], signal: controller.signal, controller };
  return own as unknown as GraphContext & { readonly controller: AbortController };
}
const execute = () => {
  executed += 1;
  return new Promise<ExecutionResult>((resolve) => {
    finish = (a) => {
      resolve({ data: { a } });
    };
  });
};
const asked = (changes: Partial<Asked> = {}): Asked => ({
  document,
  operationName: null,
  variables: {},
  context: contextOf(),
  ...changes,
});
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('queries that come together', () => {
  it('are executed once; who comes when it has begun is executed anew', async () => {
    const first = [together.run(asked(), execute), together.run(asked(), execute)];
    expect(executed).toBe(0);
    endTurn();
    await settled();
    const finishFirst = finish;
    void together.run(asked(), execute);
    endTurn();
    await settled();
    expect(executed).toBe(2);
    finishFirst('x');
    for (const result of await Promise.all(first)) expect(result.data).toEqual({ a: 'x' });
    expect(together.joined).toBe(1);
  });

  it.each([
    ['of another document', { document: parse('{ a }') }],
    ['of another operation', { operationName: 'B' }],
    ['with other variables', { variables: { a: 1 } }],
    ['of another principal', { context: contextOf({}) }],
  ] satisfies [string, Partial<Asked>][])('are executed each if one is %s', async (_, other) => {
    void together.run(asked(), execute);
    void together.run(asked(other), execute);
    endTurn();
    await settled();
    expect(executed).toBe(2);
  });

  it('are all told what the answer lacks', async () => {
    const one = asked();
    const other = asked();
    const both = [together.run(one, execute), together.run(other, execute)];
    endTurn();
    await settled();
    one.context.partialFailures.push({
      failure: failure('UPSTREAM_UNAVAILABLE', 'CLOUDMC', { detail: 'down' }),
      path: ['a'],
    });
    finish('x');
    await Promise.all(both);
    expect(other.context.partialFailures).toEqual(one.context.partialFailures);
    expect(one.context.partialFailures).toHaveLength(1);
  });

  it('are executed anew when the one who came first has gone', async () => {
    const first = contextOf();
    const gone = together.run(asked({ context: first }), execute);
    const others = [together.run(asked(), execute), together.run(asked(), execute)];
    endTurn();
    await settled();
    first.controller.abort();
    finish('half');
    await gone;
    await settled();
    endTurn();
    await settled();
    finish('whole');
    for (const result of await Promise.all(others)) expect(result.data).toEqual({ a: 'whole' });
    expect(executed).toBe(2);
  });

  it('go on one by one, each in its turn, once there is an answer', async () => {
    const turns: (() => void)[] = [];
    const paced = createTogether(
      () => Promise.resolve(),
      () => new Promise((resolve) => turns.push(resolve)),
    );
    let answered = 0;
    const all = Array.from({ length: 4 }, () =>
      paced.run(asked(), execute).then(() => {
        answered += 1;
      }),
    );
    await settled();
    finish('x');
    await settled();
    expect({ executed, answered, waiting: turns.length }).toEqual({ executed: 1, answered: 1, waiting: 3 });
    for (const [before, turn] of turns.entries()) {
      turn();
      await settled();
      expect(answered).toBe(before + 2);
    }
    await Promise.all(all);
  });

  it('fail together where execution throws', async () => {
    const fail = () => {
      executed += 1;
      throw new Error('variables that are none');
    };
    const both = [together.run(asked(), fail), together.run(asked(), fail)];
    endTurn();
    for (const { status } of await Promise.allSettled(both)) expect(status).toBe('rejected');
    expect(executed).toBe(1);
  });
});

it('through the edge: one execution, answers of their own; changes are never shared, and are in what is read after them', async () => {
  let reads = 0;
  let changes = 0;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  await using edge = await startEdge({
    together: createTogether(() => opened),
    execution: 'compiled',
    schema: makeExecutableSchema({
      typeDefs: 'type Query { slow: Int fails: Int } type Mutation { change: Int }',
      resolvers: {
        Query: {
          slow: () => {
            reads += 1;
            return changes;
          },
          fails: () => {
            throw new Error('hidden');
          },
        },
        Mutation: { change: () => (changes += 1) },
      },
    }),
  });
  const before = Array.from({ length: 10 }, () => ask(edge.url, '{ slow }'));
  await until('all are inside', () => edge.edge.running.requests === 10);
  await Promise.all([ask(edge.url, 'mutation { change }'), ask(edge.url, 'mutation { change }')]);
  expect(changes).toBe(2);
  const after = ask(edge.url, '{ slow }');
  await until('it is inside, too', () => edge.edge.running.requests === 11);
  open();
  const texts = await Promise.all((await Promise.all(before)).map((response) => response.text()));
  expect(new Set(texts)).toEqual(new Set(['{"data":{"slow":2}}\n']));
  expect(await (await after).json()).toEqual({ data: { slow: 2 } });
  expect(reads).toBe(1);

  const failed = await Promise.all(Array.from({ length: 5 }, () => ask(edge.url, '{ fails }')));
  const ids = await Promise.all(
    failed.map(async (response) => {
      const { errors } = (await response.json()) as { errors: { extensions: { requestId: string } }[] };
      expect(errors[0]?.extensions.requestId).toBe(response.headers.get('x-request-id'));
      return errors[0]?.extensions.requestId;
    }),
  );
  expect(new Set(ids).size).toBe(5);
});

it('through the edge: whoever wants a report of their own is executed by themselves', async () => {
  let reads = 0;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  await using edge = await startEdge({
    together: createTogether(() => opened),
    execution: 'compiled',
    schema: makeExecutableSchema({
      typeDefs: 'directive @fresh(within: Int!) on QUERY type Query { slow: Int }',
      resolvers: { Query: { slow: () => (reads += 1) } },
    }),
  });
  const alone = [
    ask(edge.url, '{ slow }', { 'graphql-cost-report': '1' }),
    ask(edge.url, '{ slow }', { 'graphql-upstream-report': '1' }),
    ask(edge.url, 'query @fresh(within: 0) { slow }'),
    ask(edge.url, 'query @fresh(within: 0) { slow }'),
  ];
  // Nobody has ended the turn for which those wait that may be joined.
  for (const response of await Promise.all(alone)) expect(response.status).toBe(200);
  expect(reads).toBe(4);
  const both = [ask(edge.url, '{ slow }'), ask(edge.url, '{ slow }')];
  await until('both are inside', () => edge.edge.running.requests === 2);
  open();
  await Promise.all(both);
  expect(reads).toBe(5);
});
