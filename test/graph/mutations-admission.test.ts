/** Which mutations are executed at all: one change for each operation, sent by POST, as JSON, alone. */
import { parse, validate } from 'graphql';
import { afterEach, afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oneChange } from '../../src/admission/one-change.js';
import { estimateCalls } from '../../src/graph/estimate.js';
import { createSchema } from '../../src/graph/resolvers.js';
import { createDirectory } from '../../src/domain/directory.js';
import { parseAccounts } from '../../src/config.js';
import { idOf, startScripted, WRITER, type ScriptedEdge } from '../support/scripted-operations.js';

let scripted: ScriptedEdge;
beforeAll(async () => {
  scripted = await startScripted();
});
afterAll(() => scripted[Symbol.asyncDispose]());
afterEach(() => {
  const made = [...scripted.requests];
  scripted.requests.length = 0;
  expect(made).toEqual([]);
});

const sync = (key: string, alias = '') =>
  `${alias}organizationSync(input: { idempotencyKey: "key-0000000${key}", organization: "sleepyco" }) { isReplay }`;
const ONE_CHANGE = /^A mutation makes one change: send several one after another/;

describe('two changes in one mutation are refused', () => {
  it.each([
    ['under aliases', `mutation { ${sync('1', 'a: ')} ${sync('2', 'b: ')} }`],
    ['that would be merged', `mutation { ${sync('1')} ${sync('1')} }`],
    ['in a fragment', `mutation { ...F } fragment F on Mutation { ${sync('1', 'a: ')} ${sync('2', 'b: ')} }`],
    [
      'in two fragments',
      `mutation { ...F ...G } fragment F on Mutation { ${sync('1', 'a: ')} } fragment G on Mutation { ${sync('2', 'b: ')} }`,
    ],
    [
      'in a fragment within a fragment',
      `mutation { ...F ${sync('2', 'b: ')} } fragment F on Mutation { ...G } fragment G on Mutation { ${sync('1', 'a: ')} }`,
    ],
    [
      'in fragments without a name',
      `mutation { ... { ${sync('1', 'a: ')} } ... on Mutation { ${sync('2', 'b: ')} } }`,
    ],
    [
      'one of which is left out',
      `mutation { ${sync('1', 'a: ')} b: organizationSync(input: { idempotencyKey: "key-00000002", organization: "sleepyco" }) @skip(if: true) { isReplay } }`,
    ],
    [
      'one of which is not included',
      `mutation ($no: Boolean! = false) { ${sync('1', 'a: ')} ... @include(if: $no) { ${sync('2', 'b: ')} } }`,
    ],
    ['beside the name of the type', `mutation { __typename ${sync('1', 'a: ')} ${sync('2', 'b: ')} }`],
  ])('%s', async (_, document) => {
    const { status, data, errors } = await scripted.ask(document);
    expect(status).toBe(400);
    expect(data).toBeUndefined();
    expect(errors.map(({ extensions }) => extensions.code)).toContain('GRAPHQL_VALIDATION_FAILED');
    expect(errors.some(({ message }) => ONE_CHANGE.test(message))).toBe(true);
  });

  it('also in an operation that is not the one to run', async () => {
    const document = `query Q { __typename } mutation M { ${sync('1', 'a: ')} ${sync('2', 'b: ')} }`;
    const { status } = await scripted.ask(document);
    expect(status).toBe(400);
  });
});

describe('the rule', () => {
  const schema = createSchema();
  const judge = (document: string) => validate(schema, parse(document), [oneChange]).length;

  it.each([
    `mutation { ${sync('1')} }`,
    `mutation { __typename ${sync('1')} }`,
    'mutation { __typename }',
    // One of them runs for each request, and nothing is half done: as explorers send what is in a tab.
    `mutation A { ${sync('1')} } mutation B { ${sync('2')} }`,
    '{ a: sources { name } b: sources { name } }',
    'mutation { ...F } fragment F on Mutation { ...F }',
    'mutation { ...Nowhere }',
  ])('permits %s', (document) => {
    expect(judge(document)).toBe(0);
  });

  it('takes no longer for fragments that are spread again and again', () => {
    const fragments = Array.from(
      { length: 60 },
      (_, i) => `fragment F${i} on Mutation { ...F${i + 1} ...F${i + 1} }`,
    );
    const started = performance.now();
    expect(judge(`mutation { ...F0 } ${fragments.join(' ')} fragment F60 on Mutation { ${sync('1')} }`)).toBe(
      1,
    );
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('a mutation is not made', () => {
  const query = `mutation { ${sync('1')} }`;
  const send = (path: string, init: RequestInit) =>
    fetch(scripted.edge.url + path, {
      ...init,
      headers: { 'x-api-key': WRITER, 'apollo-require-preflight': '1', ...init.headers },
    });

  it('by GET', async () => {
    const response = await send(`/graphql?query=${encodeURIComponent(query)}`, { method: 'GET' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  it.each([
    ['in a batch', 'application/json', JSON.stringify([{ query }])],
    ['in a form', 'application/x-www-form-urlencoded', `query=${encodeURIComponent(query)}`],
    ['as text', 'text/plain', JSON.stringify({ query })],
  ])('%s', async (_, type, body) => {
    const response = await send('/graphql', { method: 'POST', headers: { 'content-type': type }, body });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
  });

  it('by a persisted query, which there is none of', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } };
    const response = await send(`/graphql?extensions=${encodeURIComponent(JSON.stringify(extensions))}`, {
      method: 'GET',
    });
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }],
    });
  });

  it('as a stream of events', async () => {
    const response = await send('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query }),
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('Only a subscription is answered as a stream');
  });
});

it('the estimate of a mutation tells what its answer reads', () => {
  const schema = createSchema();
  const directory = createDirectory(
    parseAccounts([
      {
        slug: 'sleepyco',
        name: 'SleepyCo',
        currency: 'USD',
        commitmentManager: { organizationId: '619c56b5-0000-4000-8000-000000000000' },
        monetizenow: { accountId: 'acct_1', contractIds: ['ctrct_1'] },
      },
    ]),
  ).viewOf({ client: 'x', organizations: 'all', mayInspect: true, scopes: new Set() });
  const estimate = (document: string) => {
    const [operation] = parse(document).definitions;
    if (operation?.kind !== 'OperationDefinition') throw new Error('no operation');
    return estimateCalls({ schema, operation, fragments: new Map(), variables: {}, directory });
  };
  const cancel = (selection: string) =>
    `mutation { contractCancel(input: { idempotencyKey: "k", contractId: "${idOf('Contract', 'ctrct_1')}" }) { ${selection} } }`;
  expect(estimate(cancel('isReplay'))).toEqual({});
  expect(estimate(cancel('contract { invoices { totalCount } }'))).toEqual({ MONETIZENOW: 1 });
  expect(estimate(cancel('operation { target { id } }'))).toEqual({ MONETIZENOW: 1 });
  expect(estimate(`mutation { ${sync('1').replace('isReplay', 'state { syncStatus }')} }`)).toEqual({
    COMMITMENT_MANAGER: 1,
  });
  expect(estimate('{ contractOperation(idempotencyKey: "k") { target { id } } }')).toEqual({
    MONETIZENOW: 1,
  });
  expect(estimate(cancel('isReplay').replace(idOf('Contract', 'ctrct_1'), 'rubbish'))).toEqual({});
});
