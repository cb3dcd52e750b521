/**
 * What graphql-cop looks for, as its checks do it, sent by a partner's client, which may not look at the schema: none of
 * it is to be found. Where something that it would flag is there on purpose, the test says what keeps it harmless.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authenticateClients } from '../../src/admission/principal.js';
import { createSchema } from '../../src/graph/resolvers.js';
import { clientOf, withKey } from '../support/clients.js';
import { startEdge, type TestEdge } from '../support/edge.js';

const [PARTNER, ANALYST] = ['key-of-the-partner-0123456789', 'key-of-the-analyst-0123456789'];
let edge: TestEdge;
/** As on a machine without a clients file: whoever comes is let in, so that pages must be kept out by other means. */
let open: TestEdge;

beforeAll(async () => {
  const schema = createSchema();
  edge = await startEdge({
    schema,
    authenticate: authenticateClients([
      {
        ...clientOf('partner', PARTNER, []),
        scopes: ['commitments:read', 'billing:read', 'contracts:write', 'commitments:write'],
      },
      clientOf('analyst', ANALYST, []),
    ]),
  });
  open = await startEdge({ schema });
});
afterAll(async () => {
  await edge.stop();
  await open.stop();
});

interface Found {
  readonly status: number;
  readonly text: string;
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
  readonly extensions?: object;
}

async function read(response: Response): Promise<Found> {
  const text = await response.text();
  const json = /json/.test(response.headers.get('content-type') ?? '') ? (JSON.parse(text) as object) : {};
  return { ...json, status: response.status, text };
}

const post = async (body: unknown, key = PARTNER) =>
  read(
    await fetch(`${edge.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...withKey(key) },
      body: JSON.stringify(body),
    }),
  );
const ask = (query: string, key?: string) => post({ query, operationName: 'cop' }, key);

function expectRefused({ status, data, errors = [] }: Found): void {
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(data ?? null).toBeNull();
  expect(errors.length).toBeGreaterThan(0);
  expect(errors.length).toBeLessThanOrEqual(5);
}

it('what the checks vary is answered as it is', async () => {
  expect((await ask('query cop { __typename }')).data).toEqual({ __typename: 'Query' });
});

describe('denial of service', () => {
  it('1. alias overloading: 101 aliases of one field', async () => {
    const aliases = Array.from({ length: 101 }, (_, i) => `alias${i}:__typename`).join(' \n');
    expectRefused(await ask(`query cop { ${aliases} }`));
  });

  it('2. batch queries: ten in an array, and one', async () => {
    const operation = { query: 'query cop { __typename }', operationName: 'cop' };
    for (const count of [10, 1]) {
      expectRefused(await post(Array.from({ length: count }, () => operation)));
    }
  });

  it('3. directive overloading: ten unknown ones, and ten that are known', async () => {
    const unknown = await ask(`query cop { __typename ${'@aa'.repeat(10)} }`);
    expectRefused(unknown);
    // It counts the errors: one for each says that each was looked at.
    expect(unknown.errors?.length).toBeLessThan(10);
    expectRefused(await ask(`query cop { __typename ${'@include(if: true)'.repeat(30)} }`));
  });

  it('4. circular introspection: types of fields of types of fields', async () => {
    const query = `query cop { __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }`;
    expectRefused(await ask(query));
    // Those who may look at the schema cannot go in circles either.
    expectRefused(await ask(query, ANALYST));
  });

  it('5. field duplication: one field 500 times', async () => {
    expectRefused(await ask(`query cop { ${'__typename \n'.repeat(500)} }`));
  });
});

describe('information leaks', () => {
  it('6. field suggestions', async () => {
    const found = await ask('query cop { __schema { directive } }');
    expectRefused(found);
    expect(found.text).not.toMatch(/did you mean/i);
    expect((await ask('query cop { organisation }')).text).not.toMatch(/did you mean/i);
    // On purpose, for those with the scope `explorer`.
    expect((await ask('query cop { organisations { totalCount } }', ANALYST)).text).toMatch(/Did you mean/);
  });

  it('7. GraphiQL: a page is there on purpose, and shows nobody anything without a key', async () => {
    for (const path of ['/graphql', '/graphiql', '/playground', '/console', '/']) {
      const page = await fetch(edge.url + path, { headers: { accept: 'text/html' } });
      const text = await page.text();
      expect(text).not.toMatch(/graphql[- ]playground|graphiql\.min\.css/i);
      // It is the same for everybody, names no customer, cannot be framed, and asks like any other client.
      expect(text).not.toMatch(/Commitment\b|organization/);
      if (page.status === 200) {
        expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      }
    }
    const asking = await fetch(`${edge.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', referer: `${edge.url}/graphiql` },
      body: '{"query":"{ __typename }"}',
    });
    expect(asking.status).toBe(401);
  });

  it('8. introspection', async () => {
    const query = 'query cop { __schema { types { name fields { name } } } }';
    const found = await ask(query);
    expectRefused(found);
    expect(found.status).toBe(403);
    // On purpose, for those with the scope `explorer`.
    expect((await ask(query, ANALYST)).data).toHaveProperty('__schema');
  });

  it('9. trace mode: no word of how an answer was made', async () => {
    const found = await ask('query cop { __typename }');
    expect(found.extensions).toBeUndefined();
    expect(found.text).not.toMatch(/tracing|"duration"|"startTime"/);
  });

  it('10. unhandled errors: what cannot be read is told without how we are built', async () => {
    for (const query of ['qwerty cop { abc }', 'query cop {', '{'.repeat(500), '']) {
      const found = await ask(query);
      expectRefused(found);
      expect(found.errors?.[0]?.extensions).not.toHaveProperty('exception');
      expect(found.text).not.toMatch(/stacktrace|node_modules|\.[jt]s:\d|\bat \w+ \(/);
    }
  });
});

describe('cross-site request forgery', () => {
  const SEARCH = `?query=${encodeURIComponent('query cop { __typename }')}`;

  it('11. queries by GET: on purpose, for those who present a key, which no page can', async () => {
    for (const { url } of [edge, open]) {
      for (const headers of [{}, { origin: 'https://elsewhere.example' }, { 'content-type': 'text/plain' }]) {
        expectRefused(await read(await fetch(`${url}/graphql${SEARCH}`, { headers })));
      }
    }
    const asked = await read(await fetch(`${edge.url}/graphql${SEARCH}`, { headers: withKey(PARTNER) }));
    expect(asked.data).toEqual({ __typename: 'Query' });
  });

  it('12. mutations by GET, even with a key', async () => {
    const search = `?query=${encodeURIComponent('mutation cop { __typename }')}`;
    for (const url of [edge.url, open.url]) {
      const headers = { ...withKey(PARTNER), 'apollo-require-preflight': '1' };
      const response = await fetch(`${url}/graphql${search}`, { headers });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
      expectRefused(await read(response));
    }
  });

  it('13. queries and mutations by POST of a form', async () => {
    for (const query of ['query cop { __typename }', 'mutation cop { __typename }']) {
      for (const [url, key] of [
        [edge.url, withKey(PARTNER)],
        [open.url, {}],
      ] as const) {
        const response = await fetch(`${url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded', ...key },
          body: `query=${encodeURIComponent(query)}`,
        });
        expectRefused(await read(response));
      }
    }
  });
});
