/**
 * S80: the schema is shown to those who may look at it. Others may not introspect, in any way of asking, and no message
 * tells them a name that they did not write themselves; the unauthenticated learn nothing at all.
 */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authenticateClients } from '../../src/admission/principal.js';
import type { Scope } from '../../src/domain/principal.js';
import { createSchema } from '../../src/graph/resolvers.js';
import { systemTimers } from '../../src/upstream/timers.js';
import { clientOf, withKey } from '../support/clients.js';
import { emptyFolder, register, sha256 } from '../support/documents-folder.js';
import { startEdge, type TestEdge } from '../support/edge.js';

const LOOKING: readonly Scope[] = ['commitments:read', 'billing:read', 'sources:read', 'explorer'];
const PARTNER: readonly Scope[] = [
  'commitments:read',
  'billing:read',
  'sources:read',
  'contracts:write',
  'commitments:write',
  'commitments:delete',
];
const REGISTERED = 'query Look { __schema { queryType { name } } }';
/** Registered, too: whatever its coercion says must not say more. */
const COERCED =
  'query Coerced($order: CommitmentOrder!) { commitments(orderBy: $order) { totalCount: __typename } }';

let edge: TestEdge;
beforeAll(async () => {
  const folder = emptyFolder();
  for (const client of ['partner', 'analyst', 'strict']) register(folder, client, '1', [REGISTERED, COERCED]);
  const client = (name: string, scopes: readonly Scope[]) => ({
    ...clientOf(name, `key-of-${name}`, '*'),
    scopes,
  });
  edge = await startEdge({
    schema: createSchema(),
    authenticate: authenticateClients([
      client('partner', PARTNER),
      client('analyst', LOOKING),
      client('strict', PARTNER),
    ]),
    documents: {
      folder,
      timers: systemTimers,
      modeOf: ({ client: name }) => (name === 'strict' ? 'enforce' : 'prefer'),
    },
  });
});
afterAll(() => edge.stop());

interface Answer {
  readonly status: number;
  readonly text: string;
}
type Ask = (client: string | null, query: string, variables?: object) => Promise<Answer>;

const keyOf = (client: string | null) => (client === null ? {} : withKey(`key-of-${client}`));
const read = async (response: Response): Promise<Answer> => ({
  status: response.status,
  text: await response.text(),
});
const post =
  (headers: Readonly<Record<string, string>>): Ask =>
  async (client, query, variables = {}) =>
    read(
      await fetch(`${edge.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers, ...keyOf(client) },
        body: JSON.stringify({ query, variables }),
      }),
    );
const WAYS: readonly (readonly [string, Ask])[] = [
  ['POST', post({})],
  ['POST, in the media type of GraphQL', post({ accept: 'application/graphql-response+json' })],
  [
    'GET',
    async (client, query, variables = {}) =>
      read(
        await fetch(
          `${edge.url}/graphql?${new URLSearchParams({ query, variables: JSON.stringify(variables) }).toString()}`,
          { headers: { 'apollo-require-preflight': '1', ...keyOf(client) } },
        ),
      ),
  ],
  ['a stream', post({ accept: 'text/event-stream' })],
];

const LOOKS: readonly (readonly [string, string])[] = [
  ['__schema', '{ __schema { types { name } } }'],
  ['__type', '{ __type(name: "Contract") { fields { name } } }'],
  ['an alias', '{ harmless: __schema { queryType { name } } }'],
  ['a fragment', '{ ...F } fragment F on Query { ... on Query { __type(name: "Query") { name } } }'],
  ['a directive', '{ __schema @include(if: true) { types { name } } }'],
  ['a directive that leaves it out', '{ __typename __schema @skip(if: true) { types { name } } }'],
  ['a mutation', 'mutation { __schema { types { name } } }'],
  ['a second operation', 'query A { __typename } query B { __schema { types { name } } }'],
];

describe('S80: introspection', () => {
  const [ONE_PIECE, STREAM] = [
    WAYS.filter(([way]) => way !== 'a stream'),
    WAYS.filter(([way]) => way === 'a stream'),
  ];

  describe.each(ONE_PIECE)('by %s', (_, ask) => {
    it.each(LOOKS)(
      'through %s is refused to those without `explorer`, and shows nothing',
      async (name, query) => {
        const { status, text } = await ask('partner', query);
        // Without a name, which of two operations is meant is not known; and only queries have these fields.
        if (name === 'a second operation' || name === 'a mutation') expect(status).toBe(400);
        else {
          expect(status).toBe(403);
          expect(text).toContain('"code":"FORBIDDEN"');
        }
        expect(text).not.toMatch(/"data"|queryType"|"fields"|Commitment/);
      },
    );

    it('is answered to those with it', async () => {
      expect(await ask('analyst', '{ __schema { queryType { name } } }')).toEqual({
        status: 200,
        text: '{"data":{"__schema":{"queryType":{"name":"Query"}}}}\n',
      });
    });

    it('needs nothing for __typename', async () => {
      expect(await ask('partner', '{ __typename }')).toEqual({
        status: 200,
        text: '{"data":{"__typename":"Query"}}\n',
      });
    });
  });

  it.each(STREAM)('by %s is refused', async (_, ask) => {
    const { status, text } = await ask('partner', 'subscription { __schema { types { name } } }');
    expect([400, 403]).toContain(status);
    expect(text).not.toMatch(/"data"|"types"/);
  });

  it.each(['strict', 'partner'])('in a registered document is judged when it runs: %s', async (client) => {
    for (const body of [{ documentId: sha256(REGISTERED) }, { query: REGISTERED }]) {
      const response = await fetch(`${edge.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...keyOf(client) },
        body: JSON.stringify(body),
      });
      expect(response.status).toBe(403);
      expect(await response.text()).not.toContain('"data"');
    }
    const analyst = await fetch(`${edge.url}/graphql/documents/${sha256(REGISTERED)}`, {
      headers: keyOf('analyst'),
    });
    expect(analyst.status).toBe(200);
  });
});

/** Each has a suggestion in it, if told in full. */
const NEAR: readonly (readonly [string, string, object?])[] = [
  ['a field', '{ commitment(id: "x") { freshnes { observedAt } } }'],
  ['a field of the root', '{ contrct(id: "x") { id } }'],
  ['a field of a type behind an interface', '{ commitment(id: "x") { pricingMethod } }'],
  ['an argument', '{ commitment(idd: "x") { id } }'],
  ['an argument of a directive', '{ sources @include(iff: true) { name } }'],
  ['a type', '{ commitment(id: "x") { ... on ResourceCommitmnt { id } } }'],
  [
    'the type of a variable',
    'query ($f: CommitmentFiltr) { commitments(filter: $f) { coverage { complete } } }',
  ],
  ['an enum value', '{ commitments(orderBy: STARTS_ON_ASK) { coverage { complete } } }'],
  ['an enum value as a text', '{ commitments(orderBy: "STARTS_ON_ASC") { coverage { complete } } }'],
  ['a member of an input', '{ commitments(filter: { sourcess: [CLOUDMC] }) { coverage { complete } } }'],
  ['an object without selections', '{ sources }'],
  [
    'an enum value in a variable',
    'query ($o: CommitmentOrder!) { commitments(orderBy: $o) { coverage { complete } } }',
    { o: 'STARTS_ON_ASK' },
  ],
  [
    'a member of an input in a variable',
    'query ($f: PortfolioFilter) { commitments(filter: $f) { coverage { complete } } }',
    { f: { sourcess: ['CLOUDMC'] } },
  ],
];

describe('S80: suggestions', () => {
  describe.each(WAYS)('by %s', (way, ask) => {
    // Streams are for subscriptions: all else is refused before its variables are looked at.
    const near = NEAR.filter(([, , variables]) => way !== 'a stream' || variables === undefined).map(
      ([name, query, variables = {}]) => [name, query, variables] as const,
    );
    it.each(near)('for %s are told to those with `explorer` alone', async (_, query, variables) => {
      const analyst = await ask('analyst', query, variables);
      const partner = await ask('partner', query, variables);
      expect(analyst.text).toContain('Did you mean');
      expect(partner.text).not.toMatch(/did you mean/i);
      expect(partner.status).toBe(analyst.status);
      // What is wrong is told all the same.
      const said = ({ text }: Answer) =>
        (JSON.parse(text) as { errors: { message: string; extensions: { code: string } }[] }).errors.map(
          ({ message, extensions: { code } }) => [message.replace(/ Did you mean .*/s, ''), code],
        );
      expect(said(partner)).toEqual(said(analyst));
    });
  });

  it('are not told for the variables of a registered document', async () => {
    const body = JSON.stringify({ documentId: sha256(COERCED), variables: { order: 'STARTS_ON_ASK' } });
    for (const client of ['partner', 'strict', 'analyst']) {
      const response = await fetch(`${edge.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...keyOf(client) },
        body,
      });
      expect(response.status).toBe(400);
      expect((await response.text()).includes('Did you mean')).toBe(client === 'analyst');
    }
  });
});

it('S80: the unauthenticated get one answer for all of it', async () => {
  const texts = new Set<string>();
  for (const [, ask] of WAYS) {
    for (const [, query] of [...LOOKS, ...NEAR]) {
      const { status, text } = await ask(null, query);
      expect(status).toBe(401);
      texts.add(
        createHash('sha256')
          .update(text.replace(/"requestId":"[^"]*"/, ''))
          .digest('hex'),
      );
    }
  }
  expect(texts.size).toBe(1);
});
