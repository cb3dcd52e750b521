/**
 * S81–S84, S89: many customers at once. Nobody's record, error or log line has anything of another in it, whatever they
 * share: small numbers as ids, the text of a query, a backend's one list, the process.
 */
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authenticateClients } from '../../src/admission/principal.js';
import { encodeGlobalId } from '../../src/graph/global-id.js';
import { generatePortfolio } from '../../src/sandbox/portfolio.js';
import { clientOf, withKey } from '../support/clients.js';
import { ask as askEdge, startEdge } from '../support/edge.js';
import { startSandboxedGateway, TODAY, type SandboxedGateway } from '../support/sandboxed-gateway.js';

const TENANTS = 50;
const ROUNDS = 2;
const profiles = generatePortfolio({
  organizations: TENANTS,
  commitmentsPerBackend: 2,
  seed: 5,
  today: TODAY,
});
const slugs = profiles.map(({ slug }) => slug);
const [ONE = '', TWO = '', THREE = ''] = slugs;
const keyOf = (slug: string) => `key-of-${slug}`;
const RESELLER = 'key-of-the-reseller';

let over: SandboxedGateway;
const lines: Record<string, unknown>[] = [];
beforeAll(async () => {
  over = await startSandboxedGateway({
    profiles,
    isWritable: true,
    // Who may have what is looked at here, and not how much of it.
    guessRate: { atOnce: 1_000_000, perMinute: 1 },
    room: { least: 2_000 },
    // However slow the machine is.
    backends: (section) => {
      const { cloudmc, ...others } = section as { cloudmc: object };
      return { ...others, cloudmc: { ...cloudmc, freshForMs: 600_000 } };
    },
    log: pino(
      { base: null },
      { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) },
    ),
    clients: [
      ...slugs.map((slug) => clientOf(slug, keyOf(slug), [slug], ['contracts:write', 'commitments:write'])),
      clientOf('reseller', RESELLER, [ONE, TWO], ['commitments:write']),
    ].map((client) => ({ ...client, limits: { mode: 'off' as const } })),
  });
});
afterAll(() => over[Symbol.asyncDispose]());

const ask = (
  key: string,
  query: string,
  variables: object = {},
  headers: Readonly<Record<string, string>> = {},
) => over.query(query, variables, { ...withKey(key), ...headers });

/** All that an answer may have in it that is somebody's. */
function ownersIn(text: string): Set<string> {
  return new Set([...text.matchAll(/"slug":"([^"]*)"/g)].map(([, slug]) => slug ?? ''));
}

describe('S81: small numbers that mean something to several customers', () => {
  it('name the records of whoever asks, and nobody else’s, when all ask at once', async () => {
    const NODES = `query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on ContractCommitment { externalId organization { slug } } } }`;
    const LIST = `query ($slug: String!) {
      organization(slug: $slug) { commitments(filter: { sources: [LOGISENSE] }) { nodes { externalId } } }
    }`;
    const own = new Map<string, string[]>();
    for (const slug of slugs) {
      const { data } = await ask(keyOf(slug), LIST, { slug });
      own.set(
        slug,
        data.organization.commitments.nodes.map(({ externalId }: { externalId: string }) => externalId),
      );
    }
    const numbers = [...own.values()].flat();
    expect(new Set(numbers).size).toBe(numbers.length);
    const sought = numbers.slice(0, 30);

    const answers = await Promise.all(
      Array.from({ length: ROUNDS }, () => slugs)
        .flat()
        .map(async (slug) => {
          const ids = sought.map((key) =>
            encodeGlobalId({ type: 'ContractCommitment', organization: slug, key }),
          );
          return { slug, answer: await ask(keyOf(slug), NODES, { ids }) };
        }),
    );
    for (const { slug, answer } of answers) {
      expect(answer.errors).toEqual([]);
      const found = (answer.data.nodes as ({ externalId: string } | null)[]).map(
        (node) => node?.externalId ?? null,
      );
      const mine = new Set(own.get(slug));
      expect(found).toEqual(sought.map((number) => (mine.has(number) ? number : null)));
      expect([...ownersIn(answer.text)].filter((owner) => owner !== slug)).toEqual([]);
    }
    expect(answers.some(({ answer }) => ownersIn(answer.text).size > 0)).toBe(true);
  });
});

describe('S82: no answer is kept by anybody on the way', () => {
  it('whatever it is, and whoever asks for the same', async () => {
    const path = `/graphql?query=${encodeURIComponent('{ organizations { nodes { slug } } }')}`;
    const tags = { 'if-none-match': '*', 'if-modified-since': 'Fri, 21 Nov 2036 12:00:00 GMT' };
    for (const slug of [ONE, TWO, ONE]) {
      const response = await fetch(over.gateway.app.url + path, {
        headers: { ...withKey(keyOf(slug)), ...tags },
      });
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('private, no-store');
      for (const name of ['etag', 'last-modified', 'age', 'expires'])
        expect(response.headers.get(name)).toBeNull();
      expect(ownersIn(await response.text())).toEqual(new Set([slug]));
    }
  });
});

describe('S83: a read', () => {
  const MINE = `{ organizations { nodes { slug commitments(filter: { sources: [CLOUDMC] }) { nodes { id organization { slug } } } } } }`;
  it('is shared by those who ask for the same customer, and by no others', async () => {
    over.forgetCalls();
    const asking = [ONE, TWO, THREE];
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => asking)
        .flat()
        .map(async (slug) => ({ slug, text: (await ask(keyOf(slug), MINE)).text })),
    );
    for (const { slug, text } of answers) expect(ownersIn(text), text).toEqual(new Set([slug]));
    expect(over.calls().cloudmc).toHaveLength(asking.length);
  });
});

describe('S89: a customer that a request names beside its key', () => {
  const MINE = '{ organizations(first: 100) { nodes { slug } } }';

  it.each([
    'x-organization',
    'x-organization-id',
    'x-tenant',
    'x-tenant-id',
    'x-client',
    'x-forwarded-user',
    'graphql-client-name',
  ])('in the header %s changes nothing', async (name) => {
    const { data } = await ask(keyOf(ONE), MINE, {}, { [name]: TWO });
    expect(data.organizations.nodes).toEqual([{ slug: ONE }]);
  });

  it('in an argument is not there, unless it was granted', async () => {
    const QUERY = `query ($slug: String!, $id: ID!) {
      organization(slug: $slug) { slug }
      node(id: $id) { id }
      commitments(filter: { organizations: [$slug] }) { nodes { organization { slug } } }
    }`;
    const variables = (slug: string) => ({
      slug,
      id: encodeGlobalId({ type: 'Organization', organization: slug, key: '' }),
    });
    over.forgetCalls();
    const foreign = await ask(keyOf(ONE), QUERY, variables(TWO));
    expect(foreign.data).toEqual({ organization: null, node: null, commitments: { nodes: [] } });
    expect(Object.values(over.calls()).flat()).toEqual([]);
    expect((await ask(keyOf(ONE), QUERY, variables(ONE))).data.organization).toEqual({ slug: ONE });
  });

  it('in a change is not there either, and nothing is sent', async () => {
    over.forgetCalls();
    const { data, errors } = await ask(
      keyOf(ONE),
      `mutation ($slug: String!) {
        organizationSync(input: { organization: $slug, idempotencyKey: "not-mine-000001" }) {
          operation { id } userErrors { path code }
        }
      }`,
      { slug: TWO },
    );
    expect(errors).toEqual([]);
    expect(data.organizationSync).toEqual({
      operation: null,
      userErrors: [{ path: ['organization'], code: 'NOT_FOUND' }],
    });
    expect(Object.values(over.calls()).flat()).toEqual([]);
  });

  it('is a reseller’s by its grant, customer by customer, and no further', async () => {
    expect((await ask(RESELLER, MINE)).data.organizations.nodes).toEqual(
      [ONE, TWO].sort().map((slug) => ({ slug })),
    );
    const QUERY =
      'query ($slug: String!) { organization(slug: $slug) { commitments { nodes { organization { slug } } } } }';
    for (const slug of [ONE, TWO]) {
      expect(ownersIn((await ask(RESELLER, QUERY, { slug })).text)).toEqual(new Set([slug]));
    }
    expect((await ask(RESELLER, QUERY, { slug: THREE })).data).toEqual({ organization: null });
  });

  it('that another argument contradicts is found under neither', async () => {
    const key = 'resellers-key-0001';
    const made = await ask(
      RESELLER,
      `mutation ($slug: String!) {
        organizationSync(input: { organization: $slug, idempotencyKey: "${key}" }) { operation { id } userErrors { code } }
      }`,
      { slug: ONE },
    );
    const { id } = made.data.organizationSync.operation as { id: string };
    const FIND = `query ($id: ID, $key: ID, $slug: String) {
      contractOperation(id: $id, idempotencyKey: $key, organization: $slug) { id }
    }`;
    for (const name of [{ id }, { key }]) {
      expect((await ask(RESELLER, FIND, { ...name, slug: ONE })).data).toEqual({ contractOperation: { id } });
      for (const slug of [TWO, THREE, 'nobody']) {
        expect((await ask(RESELLER, FIND, { ...name, slug })).data).toEqual({ contractOperation: null });
      }
    }
    // The other customer, and the same customer’s other client, by the reseller’s own key.
    expect((await ask(keyOf(TWO), FIND, { id })).data).toEqual({ contractOperation: null });
    expect((await ask(keyOf(ONE), FIND, { key })).data).toEqual({ contractOperation: null });
  });

  it('is never in the log but with its own client', () => {
    for (const line of lines) {
      const text = JSON.stringify(line);
      const named = slugs.filter((slug) => text.includes(`"${slug}"`));
      expect(named.every((slug) => line['client'] === slug || line['client'] === 'reseller')).toBe(true);
    }
  });
});

it('S84: errors and log lines of two hundred requests at once are each of their own request and client', async () => {
  const names = Array.from({ length: 20 }, (_, i) => `canary-${i}`);
  await using edge = await startEdge(
    {
      authenticate: authenticateClients(names.map((name) => clientOf(name, keyOf(name), '*'))),
      room: { least: 2_000 },
    },
    () => new Promise((resolve) => setImmediate(resolve)),
  );
  const asked = await Promise.all(
    Array.from({ length: 10 }, () => names)
      .flat()
      .map(async (name, nth) => {
        const query = nth % 2 === 0 ? '{ slow broken }' : '{ slow down shorter }';
        const response = await askEdge(edge.url, query, withKey(keyOf(name)));
        return { name, id: response.headers.get('x-request-id') ?? '', text: await response.text() };
      }),
  );
  const clientOfRequest = new Map(asked.map(({ name, id }) => [id, name]));
  expect(clientOfRequest.size).toBe(200);
  for (const { id, text } of asked) {
    const told = [...text.matchAll(/"requestId":"([^"]*)"/g)].map(([, one]) => one);
    expect(told.length).toBeGreaterThan(0);
    expect(new Set(told)).toEqual(new Set([id]));
    expect(text).not.toContain('canary');
  }
  expect(edge.lines.length).toBeGreaterThanOrEqual(200);
  for (const { requestId, client } of edge.lines) expect(client).toBe(clientOfRequest.get(String(requestId)));
});
