/** The benchmark compares like with like: what it serves is read by the gateway, whole, and by hand to the same bytes. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startGateway, type Gateway } from '../support/gateway.js';
import { accountsBySlug, dataOf } from './gateway/answers.js';
import { createCaller, type Caller } from './gateway/calls.js';
import { createFixture, type FixtureSize } from './gateway/fixture.js';
import { nodesOf, oneOf, PAGE_OF_1000, portfolioOf, type Operation } from './gateway/operations.js';
import { groupOf } from './gateway/profile-report.js';
import { spreadOf } from './gateway/report.js';
import { Difference, unlessTheyDiffer } from './gateway/rounds.js';
import { startUpstream, type Upstream } from './gateway/upstream-server.js';

// More than a page of LogiSense, so that the scan has several.
const SIZE: FixtureSize = {
  organizations: 4,
  contractCommitments: 30,
  resourceCommitments: 9,
  contracts: 9,
  serviceOrders: 9,
};
const { accounts } = createFixture(SIZE);
const [first] = accounts;
let upstream: Upstream;
let caller: Caller;
const gateways: Gateway[] = [];

const startSharing = (sharing: boolean) => {
  const common = { concurrency: 4, sharing };
  return startGateway({
    backends: {
      salesforce: { url: `${upstream.url}/salesforce`, accessToken: 'test', ...common },
      logisense: { url: `${upstream.url}/logisense`, accessToken: 'test', ...common },
      monetizenow: { url: `${upstream.url}/monetizenow`, apiKey: 'test', ...common },
      cloudmc: { url: `${upstream.url}/cloudmc`, apiKey: 'test', ...common },
    },
    accounts,
  });
};

beforeAll(async () => {
  upstream = await startUpstream(SIZE);
  caller = createCaller(upstream.url);
  gateways.push(await startSharing(false), await startSharing(true));
});
afterAll(async () => {
  await Promise.all(gateways.map(({ app }) => app.stop()));
  await caller.close();
  await upstream.close();
});

const OPERATIONS: readonly (readonly [string, Operation, number])[] = [
  ['one customer’s portfolio', portfolioOf(first!), 5],
  ['a hundred nodes', nodesOf(accounts, 100, 9), 12],
  ['one commitment', oneOf(first!), 1],
  ['pages of several customers', PAGE_OF_1000, 6],
];

it.each(OPERATIONS)('gives the same data as by hand, for the same calls: %s', async (_, operation, calls) => {
  upstream.count();
  const byHand = JSON.stringify(await dataOf(operation, accountsBySlug(accounts), caller.calls()));
  expect(upstream.count()).toBe(calls);
  const answer = await gateways[0]!.query(operation.query, operation.variables);
  expect(answer.errors).toEqual([]);
  expect(JSON.stringify(answer.data)).toBe(byHand);
  expect(upstream.count()).toBe(calls);
});

it('asks anew each time without sharing, and once with it', async () => {
  const { query, variables } = portfolioOf(first!);
  upstream.count();
  const counts = [];
  for (const gateway of gateways) {
    await Promise.all([gateway.query(query, variables), gateway.query(query, variables)]);
    await gateway.query(query, variables);
    counts.push(upstream.count());
  }
  expect(counts).toEqual([15, 5]);
});

it('tells of sources without sharing that nothing of them is kept', async () => {
  const { data } = await gateways[0]!.query('{ sources { name isConfigured freshForMs staleForMs } }');
  const told = (data as { sources: { isConfigured: boolean }[] }).sources.filter((one) => one.isConfigured);
  expect(told).toHaveLength(4);
  for (const source of told) expect(source).toMatchObject({ freshForMs: 0, staleForMs: 0 });
});

it('refuses to compare answers that differ', () => {
  const answers = (...data: string[]) =>
    new Map(data.map((one, n) => [String(n), [{ data: one, length: 1 }]]));
  expect(() => unlessTheyDiffer(answers('{"a":1}', '{"a":1}'))).not.toThrow();
  expect(() => unlessTheyDiffer(answers('{"a":1}', '{"a":2}'))).toThrow(Difference);
});

it('takes the middle of an even number and of an odd one', () => {
  expect(spreadOf([4, 1, 3])).toEqual({ median: 3, min: 1, max: 4 });
  expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, min: 1, max: 4 });
});

it.each([
  ['file:///srv/node_modules/@apollo/server/dist/esm/x.js', '@apollo/server'],
  ['file:///srv/node_modules/.cache/compiled/src-0a1b/src/upstream/json.js', 'src/upstream'],
  ['file:///srv/dist/http/server.js', 'src/http'],
  ['node:internal/process/task_queues', 'node:'],
])('counts %s as %s', (url, group) => {
  expect(groupOf(url, 'f')).toBe(group);
});
