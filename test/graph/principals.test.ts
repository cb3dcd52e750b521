/**
 * Who asks: keys are checked before a query is looked at, all who are nobody get one answer, and a client sees the
 * organizations that it was granted and no trace of the others.
 */
import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../../src/graph/global-id.js';
import { clientOf, withKey, withoutRequestId } from '../support/clients.js';
import type { GraphAnswer } from '../support/gateway.js';
import { startSandboxedGateway, type SandboxedGateway } from '../support/sandboxed-gateway.js';

const ALL = 'key-all-0123456789';
const PARTNER = 'key-partner-0123456789';
const NOBODY_YET = 'key-without-grants-0123456789';
const OWN = 'sleepyco';
const FOREIGN = 'harbourline-logistics';
const MISSING = 'nobody-of-that-name';

let over: SandboxedGateway;

beforeAll(async () => {
  over = await startSandboxedGateway({
    // Here, guessing is looked at, and not how much of it is too much: `guesses.test.ts`.
    guessRate: { atOnce: 10_000, perMinute: 1 },
    clients: [
      clientOf('everything', ALL, '*'),
      clientOf('partner', PARTNER, [OWN]),
      clientOf('newcomer', NOBODY_YET, []),
    ],
  });
});
afterAll(() => over[Symbol.asyncDispose]());
// The time of the sandbox stands still, and with it the second in which a backend allows ten calls.
afterEach(() => over.sandbox.reset());

interface Reply {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

const endpoint = () => `${over.gateway.app.url}/graphql`;

async function read(response: Response): Promise<Reply> {
  const text = await response.text();
  for (const key of [ALL, PARTNER, NOBODY_YET, createHash('sha256').update(PARTNER).digest('hex')]) {
    expect(text).not.toContain(key);
    expect(JSON.stringify([...response.headers])).not.toContain(key);
  }
  return { status: response.status, text, headers: response.headers };
}

const post = async (headers: Readonly<Record<string, string>>, query: string): Promise<Reply> =>
  read(
    await fetch(endpoint(), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    }),
  );

const get = async (headers: Readonly<Record<string, string>>, query: string): Promise<Reply> =>
  read(
    await fetch(`${endpoint()}?query=${encodeURIComponent(query)}`, {
      headers: { 'apollo-require-preflight': '1', ...headers },
    }),
  );

const SLUGS = '{ organizations { nodes { slug } } }';

const NOBODIES: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['no key', {}],
  ['an empty key', withKey('')],
  ['a wrong key', withKey('wrong')],
  ['a key and a letter', withKey(`${PARTNER}x`)],
  ['a key without its last letter', withKey(PARTNER.slice(0, -1))],
  ['a key in capitals', withKey(PARTNER.toUpperCase())],
  ['the hash of a key', withKey(createHash('sha256').update(PARTNER).digest('hex'))],
  ['the hash as it is configured', withKey(`sha256:${createHash('sha256').update(PARTNER).digest('hex')}`)],
  ['a wrong bearer token', { authorization: 'Bearer wrong' }],
  ['an empty bearer token', { authorization: 'Bearer ' }],
  ['a key with another scheme', { authorization: `Basic ${PARTNER}` }],
  ['a key without a scheme', { authorization: PARTNER }],
  ['two bearer tokens', { authorization: `Bearer ${PARTNER} ${PARTNER}` }],
  ['a wrong key beside a right token', { ...withKey('wrong'), authorization: `Bearer ${PARTNER}` }],
];

describe('nobody', () => {
  it.each(NOBODIES)('with %s gets the same 401 for any request, unread', async (_, headers) => {
    const replies = [
      await post(headers, SLUGS),
      await post(headers, '{ this is no query'),
      await post(headers, '{ nope }'),
      await get(headers, SLUGS),
      await get(headers, '{ this is no query'),
    ];
    for (const reply of replies) {
      expect(reply.status).toBe(401);
      expect(reply.headers.get('www-authenticate')).toBe('Bearer');
      expect(withoutRequestId(reply.text)).toBe(
        '{"errors":[{"message":"Present a key: X-Api-Key, or Authorization: Bearer.",' +
          '"extensions":{"code":"UNAUTHENTICATED","retryable":false,"requestId":"…"}}]}',
      );
    }
    expect(over.calls()['commitment-manager']).toEqual([]);
  });

  it('gets it before the body is read', async () => {
    for (const body of ['not JSON', 'x'.repeat(200_000)]) {
      const response = await fetch(endpoint(), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      expect((await read(response)).status).toBe(401);
    }
  });

  it('twice over is told apart by the request id', async () => {
    const ids = [await post({}, SLUGS), await post({}, SLUGS)].map(({ text, headers }) => {
      const { errors } = JSON.parse(text) as GraphAnswer;
      expect(errors[0]?.extensions.requestId).toBe(headers.get('x-request-id'));
      return headers.get('x-request-id');
    });
    expect(new Set(ids).size).toBe(2);
  });
});

describe('a client', () => {
  it.each([
    ['X-Api-Key', withKey(PARTNER)],
    ['Authorization: Bearer', { authorization: `Bearer ${PARTNER}` }],
    ['authorization: bearer', { authorization: `bearer ${PARTNER}` }],
  ])('is known by %s, with POST and GET', async (_, headers) => {
    for (const reply of [await post(headers, SLUGS), await get(headers, SLUGS)]) {
      expect(reply.status).toBe(200);
      expect(JSON.parse(reply.text)).toEqual({ data: { organizations: { nodes: [{ slug: OWN }] } } });
      expect(reply.headers.get('cache-control')).toBe('private, no-store');
    }
  });

  const ask = async (key: string, query: string, variables: object = {}) => {
    const answer = await over.query(query, variables, withKey(key));
    expect(answer.text).not.toContain(key);
    return answer;
  };

  it('with all grants sees everybody, in order', async () => {
    const { data } = await ask(ALL, '{ organizations(first: 100) { totalCount nodes { slug } } }');
    const slugs = over.sandbox.profiles.map(({ slug }) => slug).sort();
    expect(data.organizations).toEqual({ totalCount: slugs.length, nodes: slugs.map((slug) => ({ slug })) });
  });

  it('without grants sees nobody', async () => {
    const { data, errors } = await ask(
      NOBODY_YET,
      `{ organizations { totalCount } organization(slug: "${OWN}") { id } commitments { nodes { id } coverage { complete } } }`,
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      organizations: { totalCount: 0 },
      organization: null,
      commitments: { nodes: [], coverage: { complete: true } },
    });
    expect(Object.values(over.calls()).flat()).toEqual([]);
  });

  it('sees its own organization in every way that leads to it, and no other', async () => {
    const { data, errors, text } = await ask(
      PARTNER,
      `{
        organizations(first: 100) { totalCount nodes { slug } edges { node { slug } } pageInfo { hasNextPage } }
        commitments(first: 100) {
          nodes { organization { slug } }
          coverage { sources { organization { slug } } }
        }
        organization(slug: "${OWN}") { commitments { nodes { organization { slug } } } contracts { nodes { organization { slug } } } }
      }`,
    );
    expect(errors).toEqual([]);
    expect(data.organizations).toMatchObject({ totalCount: 1, pageInfo: { hasNextPage: false } });
    expect(data.commitments.nodes.length).toBeGreaterThan(3);
    expect(data.organization.contracts.nodes.length).toBeGreaterThan(0);
    const slugs = [...text.matchAll(/"slug":"([^"]*)"/g)].map(([, slug]) => slug);
    expect(new Set(slugs)).toEqual(new Set([OWN]));
  });

  it('gets for what it may not see, byte for byte, what it gets for what is not there', async () => {
    // Records that exist, by ids that another client was given.
    const seen = await ask(
      ALL,
      `{ organization(slug: "${FOREIGN}") {
        id commitments { nodes { id } } contracts { nodes { id } } serviceOrders { nodes { id } }
      } }`,
    );
    const ids = [...seen.text.matchAll(/"id":"([^"]*)"/g)].map(([, id]) => id ?? '');
    const decoded = ids.map((id) => Buffer.from(id, 'base64url').toString('utf8').slice(6));
    const kinds = new Set(decoded.map((text) => text[1]));
    expect(kinds).toEqual(new Set(['o', 'm', 'c', 'r', 'k', 's']));
    over.sandbox.reset();

    const TYPES = {
      o: 'Organization',
      m: 'MinimumCommitment',
      c: 'ContractCommitment',
      r: 'ResourceCommitment',
      k: 'Contract',
      s: 'ServiceOrder',
    } as const;
    const absent = decoded.map((text) =>
      encodeGlobalId({
        type: TYPES[text[1] as keyof typeof TYPES],
        organization: MISSING,
        key: text.slice(text.indexOf('/') + 1),
      }),
    );
    const NODES = `query ($ids: [ID!]!, $slug: String!) {
      nodes(ids: $ids) { id }
      organization(slug: $slug) { name usage { month } }
      commitments(filter: { organizations: [$slug] }) { nodes { id } coverage { complete sources { state } } }
    }`;
    const foreign = await ask(PARTNER, NODES, { ids, slug: FOREIGN });
    const missing = await ask(PARTNER, NODES, { ids: absent, slug: MISSING });
    expect(withoutRequestId(foreign.text)).toBe(withoutRequestId(missing.text));
    expect(foreign.errors).toEqual([]);
    expect(foreign.data).toEqual({
      nodes: ids.map(() => null),
      organization: null,
      commitments: { nodes: [], coverage: { complete: true, sources: [] } },
    });

    const ONE =
      'query ($id: ID!) { node(id: $id) { id } commitment(id: $id) { id } contract(id: $id) { id } }';
    for (const [i, id] of ids.entries()) {
      const [one, other] = [await ask(PARTNER, ONE, { id }), await ask(PARTNER, ONE, { id: absent[i] })];
      expect(withoutRequestId(one.text)).toBe(withoutRequestId(other.text));
      expect(one.data.node).toBeNull();
    }
    expect(Object.values(over.calls()).flat()).toEqual([]);
  });

  it('cannot reach a foreign record by putting its own organization into the id', async () => {
    const seen = await ask(
      ALL,
      `{ organization(slug: "${FOREIGN}") { commitments { nodes { id } } contracts { nodes { id } } serviceOrders { nodes { id } } } }`,
    );
    const ids = [...seen.text.matchAll(/"id":"([^"]*)"/g)].map(([, id]) => id ?? '');
    expect(ids.length).toBeGreaterThan(4);
    over.sandbox.reset();
    const relabelled = ids.map((id) => {
      const text = Buffer.from(id, 'base64url').toString('utf8').slice(6).replace(FOREIGN, OWN);
      const check = createHash('sha256').update(text).digest('base64url').slice(0, 6);
      return Buffer.from(check + text).toString('base64url');
    });
    const together = await ask(PARTNER, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: relabelled,
    });
    expect(together.errors).toEqual([]);
    expect(together.data.nodes).toEqual(relabelled.map(() => null));
    for (const id of relabelled) {
      // One by one they are read singly, where the backend has such a read: another way to the same record.
      const alone = await ask(PARTNER, 'query ($id: ID!) { node(id: $id) { id } }', { id });
      expect(alone.errors).toEqual([]);
      expect(alone.data.node).toBeNull();
    }
  });

  it('shares no answer with a client that may see more', async () => {
    const query =
      '{ organizations(first: 100) { totalCount } commitments(first: 1) { coverage { sources { organization { slug } } } } }';
    const [all, partner] = await Promise.all([ask(ALL, query), ask(PARTNER, query)]);
    expect(all.data.organizations.totalCount).toBe(over.sandbox.profiles.length);
    expect(partner.data.organizations.totalCount).toBe(1);
    expect(partner.text).not.toMatch(/"slug":"(?!sleepyco")/);
  });
});
