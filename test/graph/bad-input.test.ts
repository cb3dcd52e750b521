/**
 * Bad input gives a clear typed error and no upstream call: broken, forged and foreign ids, `../`, unknown
 * organization, absurd page sizes, reversed ranges, 2024-02-30, and requests that are no GraphQL at all.
 */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { GraphQLError, parse, validate } from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { extentLimit } from '../../src/admission/extent-limit.js';
import { encodeCursor } from '../../src/graph/connection.js';
import { encodeGlobalId, NODE_TYPES, type NodeType } from '../../src/graph/global-id.js';
import { createSchema } from '../../src/graph/resolvers.js';
import { clientOf, withKey, withoutRequestId } from '../support/clients.js';
import type { GraphAnswer, GraphError } from '../support/gateway.js';
import { startSandboxedGateway, type SandboxedGateway } from '../support/sandboxed-gateway.js';

const EVERYBODY = 'key-of-a-client-for-everybody';
const SLEEPYCO_ONLY = 'key-of-a-client-for-sleepyco';
/** Another with the same grant: who looks up too much that is not there has to wait. */
const SLEEPYCO_TOO = 'key-of-another-client-for-sleepyco';

let over: SandboxedGateway;

beforeAll(async () => {
  over = await startSandboxedGateway({
    clients: [
      clientOf('everybody', EVERYBODY, '*'),
      clientOf('partner', SLEEPYCO_ONLY, ['sleepyco']),
      clientOf('shop', SLEEPYCO_TOO, ['sleepyco']),
    ],
  });
});
afterAll(() => over[Symbol.asyncDispose]());

/** Every call that reached an emulator, logins included. */
const upstreamCalls = () =>
  Object.values(over.sandbox.emulators).flatMap(({ name, calls }) =>
    calls.map(({ method, path }) => `${name}: ${method} ${path}`),
  );

afterEach(() => {
  const calls = upstreamCalls();
  over.forgetCalls();
  expect(calls).toEqual([]);
});

const ask = (document: string, variables: object = {}, key = EVERYBODY) =>
  over.query(document, variables, withKey(key));

/** Each error is the caller's, has a code, says `says` and can be found in the log. */
function expectRefusal(answer: GraphAnswer, code: string, says: RegExp): void {
  expect(answer.errors.length, answer.text).toBeGreaterThan(0);
  expect(answer.errors.map(({ extensions }) => extensions.code)).toContain(code);
  for (const { message, extensions } of answer.errors) {
    expect(message).toMatch(says);
    expect(extensions).toMatchObject({
      code,
      retryable: false,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(extensions).not.toHaveProperty('source');
    expect(extensions).not.toHaveProperty('stacktrace');
  }
}

const forged = (type: NodeType, key: string, organization = 'sleepyco') =>
  encodeGlobalId({ type, organization, key });

const NODE = 'query ($id: ID!) { node(id: $id) { id } }';
const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
const GOOD_ID = forged('MinimumCommitment', 'cm_1');
const BROKEN_ID = /`ids?`: this is not an id of this graph\. Give one as another answer gave it\./;
const TYPES = Object.keys(NODE_TYPES) as NodeType[];
const LONG = 'x'.repeat(10_000);

describe('an id', () => {
  it.each([
    ['empty', ''],
    ['cut', GOOD_ID.slice(0, -1)],
    ['with a letter too much', `${GOOD_ID}A`],
    ['with another first letter', (GOOD_ID.startsWith('A') ? 'B' : 'A') + GOOD_ID.slice(1)],
    ['with a letter changed', GOOD_ID.slice(0, 12) + (GOOD_ID[12] === 'A' ? 'B' : 'A') + GOOD_ID.slice(13)],
    ['that is base64 of something', Buffer.from('MinimumCommitment:1').toString('base64')],
    ['that is a number', '17'],
    ['with padding', `${GOOD_ID}==`],
    ['that is a path', '../organizations'],
    ['of 10 KB', LONG],
    ['of an unknown kind', wellFormed('1zsleepyco/1')],
    ['of another version', wellFormed('9msleepyco/1')],
    ['without a key', wellFormed('1msleepyco')],
  ])('%s is refused', async (_, id) => {
    expectRefusal(await ask(NODE, { id }), 'BAD_USER_INPUT', BROKEN_ID);
    const { errors, data } = await ask(NODES, { ids: [id] });
    expect(data.nodes).toEqual([null]);
    expect(errors[0]).toMatchObject({ path: ['nodes', 0], extensions: { code: 'BAD_USER_INPUT' } });
    expect(errors[0]?.message).toMatch(/^`ids`: /);
    expectRefusal(
      await ask('query ($id: ID!) { commitment(id: $id) { id } }', { id }),
      'BAD_USER_INPUT',
      BROKEN_ID,
    );
    expectRefusal(
      await ask('query ($id: ID!) { contract(id: $id) { id } }', { id }),
      'BAD_USER_INPUT',
      BROKEN_ID,
    );
  });

  /** Text with a right checksum, as anybody can make it who has read the code. */
  function wellFormed(text: string): string {
    const check = createHash('sha256').update(text).digest('base64url').slice(0, 6);
    return Buffer.from(check + text).toString('base64url');
  }

  it('that is well-formed by the means of these tests reaches its backend', async () => {
    const [order] = over.sandbox.profiles;
    const { errors } = await ask(NODE, { id: forged('MinimumCommitment', 'cm_1', order?.slug) });
    expect(errors).toEqual([]);
    expect(upstreamCalls()).not.toEqual([]);
    over.forgetCalls();
  });

  const KEYS: readonly (readonly [string, string])[] = [
    ['../organizations', '../organizations'],
    ['..', '..'],
    ['.', '.'],
    ['%2e%2e', '%2e%2e'],
    ['a/b', 'a/b'],
    ['a/../../x', 'a/../../x'],
    ['a?x', 'a?x=1'],
    ['a#f', 'a#f'],
    ['a\\..\\x', 'a\\..\\x'],
    ['SOQL', "x' OR Name != '"],
    ['SOQL with an escape', "\\' OR Name != \\'"],
    ['NUL', 'a\0'],
    ['a line end', '1\r\nX-Injected: 1'],
    ['right-to-left', '1\u202e2'],
    ['zero width', '1\u200b'],
    ['full-width digits', '１２'],
    ['10 KB', LONG],
    ['500 letters', 'x'.repeat(500)],
  ];
  it.each(TYPES.flatMap((type) => KEYS.map(([name, key]) => [type, name, key] as const)))(
    'S73, S74, S75, S76: forged for a %s with %s as the key is refused',
    async (type, _, key) => {
      expectRefusal(await ask(NODE, { id: forged(type, key) }), 'BAD_USER_INPUT', BROKEN_ID);
    },
  );

  it.each(TYPES.filter((type) => type !== 'Organization'))(
    'forged for a %s without a key is refused',
    async (type) => {
      expectRefusal(await ask(NODE, { id: forged(type, '') }), 'BAD_USER_INPUT', BROKEN_ID);
    },
  );

  it.each([
    ['MinimumCommitment', 'a'.repeat(129)],
    ['ContractCommitment', '-1'],
    ['ContractCommitment', '1e3'],
    ['ContractCommitment', '007'],
    ['ResourceCommitment', '1'],
    ['Contract', 'a b'],
    ['ServiceOrder', 'a01'],
  ] as const)('of a %s that its backend cannot have (%s) is refused', async (type, key) => {
    expectRefusal(await ask(NODE, { id: forged(type, key) }), 'BAD_USER_INPUT', BROKEN_ID);
  });

  it('of another type is refused with the field that takes it', async () => {
    const wrong = 'query ($id: ID!) { field: commitment(id: $id) { id } }';
    for (const type of ['Contract', 'ServiceOrder', 'Organization'] as const) {
      const id = forged(type, type === 'Organization' ? '' : 'x');
      expectRefusal(
        await ask(wrong, { id }),
        'BAD_USER_INPUT',
        new RegExp(`^\`id\` names a ${type}; .*Use \`node\``),
      );
    }
    const contract = 'query ($id: ID!) { contract(id: $id) { id } }';
    expectRefusal(
      await ask(contract, { id: GOOD_ID }),
      'BAD_USER_INPUT',
      /^`id` names a MinimumCommitment; .*Contract/,
    );
  });

  it('too many are refused as a whole', async () => {
    const ids = Array.from({ length: 101 }, (_, i) => forged('MinimumCommitment', `cm_${i}`));
    expectRefusal(
      await ask(NODES, { ids }),
      'BAD_USER_INPUT',
      /^`ids`: at most 100 at once; there are 101\. Ask in/,
    );
  });

  it('that is broken fails alone', async () => {
    const organization = forged('Organization', '');
    const { data, errors } = await ask(NODES, { ids: [organization, 'rubbish', organization] });
    expect(data.nodes).toEqual([{ id: organization }, null, { id: organization }]);
    expect(errors.map(({ path }) => path)).toEqual([['nodes', 1]]);
  });
});

describe('what the caller may not see', () => {
  const FOREIGN = 'harbourline-logistics';

  it.each(TYPES)('a %s of another organization is like one that does not exist', async (type) => {
    // A key that its backend would take, so that nothing but the organization stands in the way.
    const profile = over.sandbox.profiles.find(({ slug }) => slug === FOREIGN);
    const key = {
      Organization: '',
      MinimumCommitment: 'cm_1',
      ContractCommitment: '1',
      ResourceCommitment: profile?.cloudmc?.organizationId ?? '',
      Contract: profile?.monetizenow?.contractIds[0] ?? '',
      ServiceOrder: 'a015g00000DuSf3AAF',
      ContractOperation: '018f2b5c-5d9e-7b1a-8f0e-0123456789ab',
      ChangeVerification: '018f2b5c-5d9e-7b1a-8f0e-0123456789ab',
    }[type];
    const documents = [
      NODE,
      NODES,
      'query ($id: ID!) { commitment(id: $id) { id } contract(id: $id) { id } }',
    ];
    for (const document of documents.slice(0, type === 'MinimumCommitment' || type === 'Contract' ? 3 : 2)) {
      const answers = await Promise.all(
        [FOREIGN, 'nobody-of-that-name'].map((organization) => {
          const id = forged(type, key, organization);
          return ask(document, document === NODES ? { ids: [id] } : { id }, SLEEPYCO_ONLY);
        }),
      );
      const [foreign, missing] = answers;
      expect(withoutRequestId(foreign?.text ?? '')).toBe(withoutRequestId(missing?.text ?? 'none'));
      expect(foreign?.status).toBe(200);
      if (document !== documents[2]) {
        expect(foreign?.errors).toEqual([]);
        expect(Object.values(foreign?.data).flat()).toEqual([null]);
      }
    }
  });

  it.each([
    FOREIGN,
    'nobody-of-that-name',
    '',
    '../organizations',
    'SLEEPYCO',
    '__proto__',
    'constructor',
    LONG,
  ])('the slug %s is null', async (slug) => {
    const answer = await ask(
      'query ($slug: String!) { organization(slug: $slug) { name commitments { nodes { id } } } }',
      { slug },
      SLEEPYCO_TOO,
    );
    expect(answer.errors).toEqual([]);
    expect(answer.data).toEqual({ organization: null });
  });

  it('a filter by other organizations finds nothing', async () => {
    const { data, errors } = await ask(
      `{ commitments(filter: { organizations: ["${FOREIGN}", "nobody", ".."] }) { nodes { id } coverage { complete } } }`,
      {},
      SLEEPYCO_TOO,
    );
    expect(errors).toEqual([]);
    expect(data.commitments).toEqual({ nodes: [], coverage: { complete: true } });
  });
});

const LISTS: readonly (readonly [string, (args: string) => string])[] = [
  ['organizations', (args) => `organizations(${args}) { totalCount }`],
  ['commitments', (args) => `commitments(${args}) { nodes { id } }`],
  [
    'Organization.commitments',
    (args) => `organization(slug: "sleepyco") { commitments(${args}) { nodes { id } } }`,
  ],
  [
    'Organization.contracts',
    (args) => `organization(slug: "sleepyco") { contracts(${args}) { totalCount } }`,
  ],
  [
    'Organization.serviceOrders',
    (args) => `organization(slug: "sleepyco") { serviceOrders(${args}) { totalCount } }`,
  ],
];

describe.each(LISTS)('a page of %s', (_, field) => {
  it.each([0, -1, 101, 999_999, 2 ** 31 - 1, -(2 ** 31)])('of %d is refused', async (first) => {
    const answer = await ask(`query ($first: Int!) { ${field('first: $first')} }`, { first });
    expectRefusal(
      answer,
      'BAD_USER_INPUT',
      new RegExp(`^\`first\` must be from 1 to 100; it is ${first}\\.$`),
    );
  });

  it.each([2 ** 31, 1e100, 1.5, '20', null, [], true])('of %j is refused', async (first) => {
    const answer = await ask(`query ($first: Int!) { ${field('first: $first')} }`, { first });
    expect(answer.status).toBe(400);
    expectRefusal(answer, 'BAD_USER_INPUT', /^Variable "\$first" .*Int/);
  });

  it.each([
    ['rubbish', 'rubbish'],
    ['empty', ''],
    ['a number', '10'],
    ['base64 of something', Buffer.from('["organizations"]').toString('base64url')],
    ['10 KB', LONG],
  ])('after %s is refused', async (__, after) => {
    const answer = await ask(`query ($after: String) { ${field('after: $after')} }`, { after });
    expectRefusal(
      answer,
      'BAD_USER_INPUT',
      /^`after` is not a cursor\. Give one that this list returned, or leave it out\.$/,
    );
  });

  it('after a cursor of another list is refused', async () => {
    const after = encodeCursor('another', ['sleepyco', null, null, null]);
    const answer = await ask(`query ($after: String) { ${field('after: $after')} }`, { after });
    expectRefusal(
      answer,
      'BAD_USER_INPUT',
      /^`after` belongs to another list or another order\. Give a cursor of this/,
    );
  });

  it.each([
    'x',
    '',
    'null',
    '{}',
    '"organizations"',
    '[1,"organizations",{}]',
    '[1,"commitments:STARTS_ON_ASC",[]]',
  ])('after a forged cursor of %s is refused', async (text) => {
    const check = createHash('sha256').update(text).digest('base64url').slice(0, 6);
    const after = Buffer.from(check + text).toString('base64url');
    const answer = await ask(`query ($after: String) { ${field('after: $after')} }`, { after });
    expectRefusal(answer, 'BAD_USER_INPUT', /^`after` (is not a cursor|belongs to another list)/);
  });
});

describe('a page', () => {
  it('after a cursor that another list gave out is refused', async () => {
    const { data } = await ask('{ organizations(first: 1) { pageInfo { endCursor } } }');
    const after: unknown = data.organizations.pageInfo.endCursor;
    expect(after).toEqual(expect.any(String));
    const document = 'query ($after: String) { commitments(after: $after) { nodes { id } } }';
    expectRefusal(await ask(document, { after }), 'BAD_USER_INPUT', /^`after` belongs to another list/);
  });

  it('after a cursor of another order is refused', async () => {
    const after = encodeCursor('commitments:STARTS_ON_ASC', ['sleepyco', '2026-01-01', 0, 'cm_1']);
    const document =
      'query ($after: String) { commitments(after: $after, orderBy: STARTS_ON_DESC) { nodes { id } } }';
    expectRefusal(
      await ask(document, { after }),
      'BAD_USER_INPUT',
      /^`after` belongs to another list or another order/,
    );
  });

  it('of invoices that cannot be is refused before the invoices are read', async () => {
    const contract = over.sandbox.profiles[0]?.monetizenow?.contractIds[0] ?? '';
    const document =
      'query ($id: ID!) { contract(id: $id) { externalId invoices(first: 0) { totalCount } } }';
    const answer = await ask(document, { id: forged('Contract', contract) });
    expectRefusal(answer, 'BAD_USER_INPUT', /^`first` must be from 1 to 100; it is 0\.$/);
    expect(answer.data).toEqual({ contract: { externalId: contract, invoices: null } });
    expect(over.calls().monetizenow).toEqual([`GET /api/contracts/${contract}`]);
    over.forgetCalls();
  });
});

describe('a filter', () => {
  const FILTERED = [
    'query ($filter: CommitmentFilter) { organization(slug: "sleepyco") { commitments(filter: $filter) { nodes { id } } } }',
    'query ($filter: PortfolioFilter) { commitments(filter: $filter) { nodes { id } } }',
  ];

  it.each(FILTERED)('by a source that keeps no commitments is refused: %s', async (document) => {
    for (const sources of [['SALESFORCE'], ['CLOUDMC', 'MONETIZENOW']]) {
      const answer = await ask(document, { filter: { sources } });
      expectRefusal(
        answer,
        'BAD_USER_INPUT',
        /^`filter\.sources`: (SALESFORCE|MONETIZENOW) keeps no commitments\. Choose/,
      );
    }
  });

  it.each(FILTERED)('with members or values that do not exist is refused: %s', async (document) => {
    for (const filter of [
      { sources: ['SAP'] },
      { statuses: ['active'] },
      { nope: 1 },
      { activeOn: '2024-02-30' },
      { activeOn: '2024-1-1' },
      { activeOn: '99999-01-01' },
      { activeOn: 20240101 },
      { activeOn: '2024-01-01T00:00:00Z' },
      'ACTIVE',
    ]) {
      const answer = await ask(document, { filter });
      expect(answer.status).toBe(400);
      expectRefusal(answer, 'BAD_USER_INPUT', /^Variable "\$filter" got invalid value/);
    }
  });

  it('with an order that does not exist is refused', async () => {
    const answer = await ask('query ($by: CommitmentOrder!) { commitments(orderBy: $by) { nodes { id } } }', {
      by: 'id',
    });
    expectRefusal(answer, 'BAD_USER_INPUT', /^Variable "\$by" got invalid value "id"; .*CommitmentOrder/);
  });
});

describe('a range', () => {
  const HISTORY =
    'query ($range: DateRangeInput!) { organization(slug: "sleepyco") { billingHistory(range: $range) { month } } }';

  it.each([
    [
      'reversed',
      '2024-03-01',
      '2024-02-01',
      /^`range`: it must start before it ends; 2024-03-01 is not before 2024-02-01/,
    ],
    ['empty', '2024-03-01', '2024-03-01', /^`range`: it must start before it ends/],
    [
      'of 60 months and a day',
      '2020-01-01',
      '2025-01-02',
      /^`range`: at most 60 months can be asked for at once/,
    ],
    ['of ten thousand years', '0000-01-01', '9999-12-31', /^`range`: at most 60 months/],
  ])('that is %s is refused', async (_, startsOn, endsBefore, says) => {
    expectRefusal(await ask(HISTORY, { range: { startsOn, endsBefore } }), 'BAD_USER_INPUT', says);
  });

  it.each([
    '2024-02-30',
    '2023-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-1-1',
    '24-01-01',
    '2024-01-01Z',
    '',
    ' ',
    'today',
    1,
    null,
  ])('that starts on %j is refused', async (startsOn) => {
    const answer = await ask(HISTORY, { range: { startsOn, endsBefore: '2024-03-01' } });
    expect(answer.status).toBe(400);
    expectRefusal(
      answer,
      'BAD_USER_INPUT',
      /^Variable "\$range" got invalid value .*"range\.startsOn"; .*(YYYY-MM-DD|not to be null)/,
    );
  });

  it('that a document says wrongly is shown with its place', async () => {
    const answer = await ask(
      '{ organization(slug: "sleepyco") { billingHistory(range: { startsOn: "2024-02-30", endsBefore: "2024-03-01" }) { month } } }',
    );
    expect(answer.status).toBe(400);
    expectRefusal(
      answer,
      'GRAPHQL_VALIDATION_FAILED',
      /^Expected a day that exists, as YYYY-MM-DD; found "2024-02-30"\.$/,
    );
    expect(answer.errors[0]).toMatchObject({ locations: [{ line: 1, column: 70 }] });
  });
});

describe('a month', () => {
  const USAGE =
    'query ($month: YearMonth) { organization(slug: "sleepyco") { usage(month: $month) { month } } }';

  it.each(['2026-12', '9999-12', '1989-12', '0000-01'])(
    'outside of what can be known, %s, is refused',
    async (month) => {
      const answer = await ask(USAGE, { month });
      expectRefusal(
        answer,
        'BAD_USER_INPUT',
        /^`month`: give one from 1990-01 to 2026-11, the month in progress; it is \d{4}-\d\d\.$/,
      );
      expect(answer.data).toEqual({ organization: { usage: null } });
    },
  );

  it.each([
    '2024-13',
    '2024-00',
    '2024-1',
    '2024-01-01',
    '24-01',
    '2024',
    '２０２４-01',
    '../current',
    '',
    202401,
  ])('that does not exist, %j, is refused', async (month) => {
    const answer = await ask(USAGE, { month });
    expect(answer.status).toBe(400);
    expectRefusal(
      answer,
      'BAD_USER_INPUT',
      /^Variable "\$month" got invalid value .*; Expected a month, as YYYY-MM\.$/,
    );
  });
});

describe('a document', () => {
  const round = (depth: number): string =>
    depth === 0 ? 'id' : `commitments { nodes { organization { ${round(depth - 1)} } } }`;

  it.each([
    ['an unknown field', '{ organisations { slug } }', /^Cannot query field "organisations" on type "Query"/],
    ['an unknown field of a known one', '{ organizations { secret } }', /^Cannot query field "secret"/],
    [
      'an unknown argument',
      '{ organization(name: "SleepyCo", slug: "x") { id } }',
      /^Unknown argument "name"/,
    ],
    ['an argument missing', '{ organization { id } }', /argument "slug" of type "String!" is required/],
    [
      'an unknown type',
      'query ($x: Nope) { organizations { totalCount } }',
      /^Unknown type "Nope"|"\$x" is never used/,
    ],
    ['a selection missing', '{ organizations }', /must have a selection of subfields/],
    [
      'a fragment circle',
      '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
      /^Cannot spread fragment/,
    ],
    ['a variable not declared', '{ node(id: $id) { id } }', /^Variable "\$id" is not defined/],
    [
      'a subscription that is to be answered at once',
      'subscription { contractOperationChanged(id: "x") { id } }',
      /^A subscription is answered as a stream of events: send it with `Accept: text\/event-stream`\.$/,
    ],
  ])('with %s is refused', async (_, document, says) => {
    const answer = await ask(document);
    expect(answer.status).toBe(400);
    expectRefusal(answer, 'GRAPHQL_VALIDATION_FAILED', says);
    expect(answer.data).toBeUndefined();
  });

  it.each([
    '{',
    '{ organizations( }',
    'organizations',
    '{ "a" }',
    '{ a } }',
    '\u0000',
    ' ',
    '#',
    '{'.repeat(2_000),
  ])('with a syntax error is refused: %j', async (document) => {
    const answer = await ask(document);
    expect(answer.status).toBe(400);
    expectRefusal(answer, 'GRAPHQL_PARSE_FAILED', /^Syntax Error: /);
  });

  it('of more than 5,000 tokens is refused', async () => {
    const answer = await ask(`{ ${'id '.repeat(5_000)} }`);
    expect(answer.status).toBe(400);
    expectRefusal(answer, 'GRAPHQL_PARSE_FAILED', /5000 tokens/);
    const fits = await ask(`query ($ids: [ID!]! = [${'"a" '.repeat(4_950)}]) { nodes(ids: $ids) { id } }`, {
      ids: [],
    });
    expect(fits.data).toEqual({ nodes: [] });
  });

  it('that goes in circles is refused, also through fragments', async () => {
    const inFragments = Array.from({ length: 5 }, (_, i) =>
      i === 4
        ? 'fragment F4 on Organization { id }'
        : `fragment F${i} on Organization { commitments { nodes { organization { ...F${i + 1} } } } }`,
    ).join(' ');
    for (const document of [
      `{ organization(slug: "sleepyco") { ${round(4)} } }`,
      `{ organization(slug: "sleepyco") { ... on Organization { ... { ${round(4)} } } } }`,
      `{ organization(slug: "sleepyco") { ...F0 } } ${inFragments}`,
    ]) {
      const answer = await ask(document);
      expect(answer.status).toBe(400);
      expectRefusal(
        answer,
        'OPERATION_TOO_COSTLY',
        /^The operation is 14 fields deep; at most 12 are possible\. Ask in several steps\.$/,
      );
    }
  });

  /** Commitments of the customers of commitments: pages in one another, `rounds` times. */
  const pages = (rounds: number, first: string): string =>
    rounds === 0
      ? 'name'
      : `commitments(first: ${first}) { nodes { organization { ${pages(rounds - 1, first)} } } }`;

  it.each([
    ['rounds through the customer', `{ ${pages(3, '100')} }`, '1,010,100'],
    ['sizes in variables', `query ($n: Int! = 1) { ${pages(3, '$n')} }`, '1,010,100'],
    [
      'one size that the schema gives',
      `{ ${pages(2, '100').replace('name', 'contracts { totalCount }')} }`,
      '210,100',
    ],
    [
      'edges and inline fragments',
      `{ organizations(first: 100) { edges { node { ... on Organization { ... { ${pages(2, '100')} } } } } } }`,
      '1,010,100',
    ],
    [
      'fragments',
      `{ ...A } fragment A on Query { organizations(first: 100) { ...B } }
       fragment B on OrganizationConnection { nodes { ...C } } fragment C on Organization { ${pages(2, '100')} }`,
      '1,010,100',
    ],
    [
      'aliases',
      `{ ${['a', 'b', 'c', 'd', 'e'].map((alias) => `${alias}: ${pages(2, '100')}`).join(' ')} }`,
      '50,500',
    ],
    [
      'the lists of `coverage`',
      `{ commitments { coverage { sources { organization { ${pages(2, '20')} } } } } }`,
      '840,020',
    ],
    [
      'ids in a variable',
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Contract { organization { ${pages(2, '100')} } } } }`,
      '1,010,100',
    ],
  ])('whose lists multiply, by %s, is refused with the number', async (_, document, nodes) => {
    const answer = await ask(document, { ids: [GOOD_ID] });
    expect(answer.status).toBe(400);
    expectRefusal(
      answer,
      'OPERATION_TOO_COSTLY',
      /^The operation could answer with [\d,]+ objects in lists; at most 50,000 are possible\. Ask for smaller pages, or in several steps; a page size in a variable counts as 100\.$/,
    );
    expect(answer.errors).toHaveLength(1);
    expect(answer.errors[0]?.message).toContain(` ${nodes} objects`);
  });

  it('whose fragments double what they contain, 60 times over, is refused at once', async () => {
    const fragments = Array.from({ length: 60 }, (__, i) =>
      i === 59
        ? 'fragment F59 on Query { organizations { totalCount } }'
        : `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`,
    );
    const started = performance.now();
    const answer = await ask(`{ ...F0 } ${fragments.join(' ')}`);
    expectRefusal(
      answer,
      'OPERATION_TOO_COSTLY',
      /^The document selects more than 2,000 fields and fragments/,
    );
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it.each([
    [
      'all commitments of a hundred customers',
      '{ organizations(first: 100) { nodes { commitments(first: 100) { nodes { id } } } } }',
    ],
    ['two rounds of full pages', `{ ${pages(2, '100')} }`],
    ['three rounds of pages as they are by themselves', `{ ${pages(3, '20')} }`],
    [
      'invoices of contracts of a hundred customers',
      '{ organizations(first: 100) { nodes { contracts { nodes { invoices { nodes { amount { amount } } } } } } } }',
    ],
    [
      'a few objects by id',
      `{ nodes(ids: ["a", "b"]) { ... on Contract { organization { ${pages(2, '100')} } } } }`,
    ],
    [
      'too large a page',
      '{ organizations(first: 2147483647) { nodes { commitments(first: 100) { nodes { id } } } } }',
    ],
  ])('for %s is not too costly', (_, document) => {
    const rule = extentLimit((message) => new GraphQLError(message));
    expect(validate(createSchema(), parse(document), [rule])).toEqual([]);
  });

  it.each([
    ['fields', `{ organization(slug: "sleepyco") { ${round(300)} } }`],
    ['unknown fields', `${'{ a '.repeat(1_600)}${'} '.repeat(1_600)}`],
    [
      'inline fragments',
      `{ organization(slug: "x") ${'{ ... '.repeat(1_200)} { nope } ${'} '.repeat(1_200)} }`,
    ],
    ['a list of lists', `{ nodes(ids: ${'['.repeat(2_000)}"x"${']'.repeat(2_000)}) { id } }`],
    [
      'objects',
      `{ commitments(filter: ${'{ sources: '.repeat(1_200)}1${'}'.repeat(1_200)}) { nodes { id } } }`,
    ],
    ['a list of types', `query ($x: ${'['.repeat(2_000)}ID${']'.repeat(2_000)}) { nodes(ids: $x) { id } }`],
  ])('nested as deeply as tokens allow, by %s, is refused and takes nothing along', async (_, document) => {
    const answer = await ask(document);
    expect(answer.errors.length, answer.text.slice(0, 300)).toBeGreaterThan(0);
    for (const { message, extensions } of answer.errors as GraphError[]) {
      expect(extensions.code).toMatch(
        /^(GRAPHQL_PARSE_FAILED|GRAPHQL_VALIDATION_FAILED|OPERATION_TOO_COSTLY|BAD_USER_INPUT)$/,
      );
      expect(message).not.toMatch(/stack/i);
    }
    expect(answer.status).toBe(400);
  });

  it('may be introspected in full', async () => {
    const types = 'kind name ofType { '.repeat(9) + 'kind' + ' }'.repeat(9);
    const answer = await ask(`{ __schema { types { fields { args { type { ${types} } } } } } }`);
    expect(answer.errors).toEqual([]);
  });
});

describe('a body', () => {
  const post = async (body: string) => {
    const response = await fetch(`${over.gateway.app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...withKey(EVERYBODY) },
      body,
    });
    const text = await response.text();
    const { data, errors } = JSON.parse(text) as GraphAnswer;
    return { status: response.status, text, data, errors: errors ?? [] } satisfies GraphAnswer;
  };

  it.each([
    ['text', 'query', /not JSON/],
    ['nothing', '', /not JSON/],
    ['cut JSON', '{"query":"{ __typename }"', /not JSON/],
    ['a second key to the prototype', '{"__proto__":{"x":1},"query":"{ __typename }"}', /__proto__/],
    ['an empty object', '{}', /POST body missing|no keys/],
    ['null', 'null', /POST body missing|no keys/],
    ['a number', '3', /POST body missing|no keys/],
    ['a batch', '[{"query":"{ __typename }"},{"query":"{ __typename }"}]', /batching/],
    ['a batch of one', '[{"query":"{ __typename }"}]', /batching/],
    ['no query', '{"variables":{}}', /non-empty `query`/],
    ['an empty query', '{"query":""}', /non-empty `query`/],
    ['a query that is no text', '{"query":{"kind":"Document"}}', /must be strings/],
    ['variables as text', '{"query":"{ __typename }","variables":"{}"}', /`variables`.*object/],
    ['variables as a list', '{"query":"{ __typename }","variables":[]}', /`variables`.*object/],
    ['extensions that are no object', '{"query":"{ __typename }","extensions":1}', /`extensions`.*object/],
    [
      'an operation name that is no text',
      '{"query":"{ __typename }","operationName":1}',
      /`operationName`.*string/,
    ],
    [
      'an unknown operation name',
      '{"query":"query A { __typename }","operationName":"B"}',
      /Unknown operation named "B"/,
    ],
    [
      'two operations and no name',
      '{"query":"query A { __typename } query B { __typename }"}',
      /Must provide operation name/,
    ],
  ])('of %s is refused', async (_, body, says) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expectRefusal(answer, 'BAD_USER_INPUT', says);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it('that wants a persisted document gets the answer that clients know', async () => {
    const persistedQuery = {
      version: 1,
      sha256Hash: createHash('sha256').update('{ __typename }').digest('hex'),
    };
    const answer = await post(JSON.stringify({ extensions: { persistedQuery } }));
    expectRefusal(answer, 'DOCUMENT_NOT_TRUSTED', /^PersistedQueryNotSupported$/);
    // With the text beside it, the hash has nothing to say.
    const text = await post(JSON.stringify({ query: '{ __typename }', extensions: { persistedQuery } }));
    expect([text.status, text.data]).toEqual([200, { __typename: 'Query' }]);
  });

  it('with variables nested 20,000 deep is refused', async () => {
    const variables = `{"ids":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
    const answer = await post(`{"query":${JSON.stringify(NODES)},"variables":${variables}}`);
    expect(answer.status).toBe(400);
    expectRefusal(
      answer,
      'BAD_USER_INPUT',
      /^`variables` can have at most 16 lists or objects within one another\.$/,
    );
  });
});

describe('any text', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.string({
      unit: fc.constantFrom('.', '/', '\\', '%2e', "'", '"', '\0', '\n', '{', '-', '0', 'a'),
      maxLength: 30,
    }),
    fc.base64String({ maxLength: 60 }),
  );
  /** A good id with a piece replaced. */
  const bentId = fc
    .tuple(fc.nat(GOOD_ID.length), fc.nat(3), fc.string({ maxLength: 3 }))
    .map(([at, length, piece]) => GOOD_ID.slice(0, at) + piece + GOOD_ID.slice(at + length))
    .filter((id) => id !== GOOD_ID);
  /** Well-formed, for a customer that is there, with a key that no backend can have. */
  const forgedId = fc
    .tuple(
      fc.constantFrom(...TYPES),
      anyText.filter((key) => /[^A-Za-z0-9_-]/.test(key)),
    )
    .map(([type, key]) => forged(type, key));

  it('as an id, a cursor, a slug or a month: never INTERNAL, never 5xx, never a call', async () => {
    const document = `query ($id: ID!, $after: String, $slug: String!) {
      node(id: $id) { id }
      nodes(ids: [$id]) { id }
      commitment(id: $id) { id }
      contract(id: $id) { id }
      organization(slug: $slug) { name }
      asked: organization(slug: "sleepyco") { contracts(after: $after) { totalCount } }
    }`;
    const months =
      'query ($month: YearMonth) { organization(slug: "sleepyco") { usage(month: $month) { month } } }';
    await fc.assert(
      fc.asyncProperty(fc.oneof(anyText, bentId, forgedId), anyText, anyText, async (id, after, other) => {
        const answers = [
          await ask(document, { id, after, slug: other }),
          await ask(months, { month: other }),
        ];
        for (const { status, errors, text } of answers) {
          expect(status).toBeLessThan(500);
          expect(errors.length).toBeGreaterThan(0);
          for (const { extensions } of errors) expect(extensions.code, text).toBe('BAD_USER_INPUT');
        }
        expect(upstreamCalls()).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('as a document: never INTERNAL, never 5xx, never a call', async () => {
    const token = fc.constantFrom(
      '{',
      '}',
      '(',
      ')',
      '[',
      ':',
      '$',
      '...',
      'on',
      'query',
      'fragment',
      'a',
      'id',
      '"',
      '1',
      '@skip',
      '#',
      ' ',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          anyText,
          fc.array(token, { maxLength: 40 }).map((tokens) => tokens.join(' ')),
        ),
        async (document) => {
          const { status, errors } = await ask(document);
          expect(status).toBe(400);
          for (const { extensions } of errors) {
            expect(extensions.code).toMatch(
              /^(GRAPHQL_PARSE_FAILED|GRAPHQL_VALIDATION_FAILED|BAD_USER_INPUT)$/,
            );
          }
          expect(upstreamCalls()).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });
});
