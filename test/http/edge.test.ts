/**
 * The edge: every answer has a request id and is not kept by anybody, every refusal is JSON in the form of a GraphQL
 * error, requests that a foreign page can make a browser send are refused, and health is on a port of its own.
 */
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway, type Gateway, type GraphError } from '../support/gateway.js';

let gateway: Gateway;

beforeAll(async () => {
  gateway = await startGateway({
    backends: { cloudmc: { url: 'http://127.0.0.1:9', apiKey: 'unused' } },
    accounts: [{ slug: 'sleepyco', name: 'SleepyCo' }],
  });
});
afterAll(() => gateway[Symbol.asyncDispose]());

const QUERY = JSON.stringify({ query: '{ __typename }' });
const JSON_TYPE = { 'content-type': 'application/json' };
const GET_QUERY = '/graphql?query=%7B__typename%7D';
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { readonly data?: unknown; readonly errors?: readonly GraphError[] };
}

async function send(path: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(gateway.app.url + path, init);
  expect(response.headers.get('x-request-id')).toMatch(ID);
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  expect(response.headers.get('content-type')).toMatch(
    /^application\/(graphql-response\+)?json; charset=utf-8$/,
  );
  expect(response.headers.get('server')).toBeNull();
  expect(response.headers.get('x-powered-by')).toBeNull();
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Reply['body'],
  };
}

const post = (
  body: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = JSON_TYPE,
) => send('/graphql', { method: 'POST', headers, body });

function expectRefusal({ status, headers, body }: Reply, expected: number, code: string, says: RegExp): void {
  expect(status).toBe(expected);
  expect(Object.keys(body)).toEqual(['errors']);
  expect(body.errors).toHaveLength(1);
  expect(body.errors?.[0]?.message).toMatch(says);
  expect(body.errors?.[0]?.extensions).toEqual({
    code,
    retryable: false,
    requestId: headers.get('x-request-id'),
  });
}

describe('an answer', () => {
  it('has a request id that no client chooses', async () => {
    const ids = new Set<string | null>();
    for (let i = 0; i < 3; i += 1) {
      const { status, headers, body } = await post(QUERY, {
        ...JSON_TYPE,
        'x-request-id': 'mine',
        'request-id': 'mine',
      });
      expect(status).toBe(200);
      expect(body).toEqual({ data: { __typename: 'Query' } });
      ids.add(headers.get('x-request-id'));
    }
    expect(ids.size).toBe(3);
    expect(ids.has('mine')).toBe(false);
  });

  it('with an error names the request id of its header', async () => {
    const reply = await post(JSON.stringify({ query: '{ nope }' }));
    expectRefusal(reply, 400, 'GRAPHQL_VALIDATION_FAILED', /^Cannot query field "nope"/);
  });
});

describe('refused', () => {
  it.each(['/', '/graphql/', '/graphqlx', '/GRAPHQL', '/health/live', '/metrics'])(
    'is the path %s',
    async (path) => {
      expectRefusal(await send(path), 404, 'NOT_FOUND', /The graph is at \/graphql\.$/);
      expectRefusal(
        await send(path, { method: 'POST', headers: JSON_TYPE, body: QUERY }),
        404,
        'NOT_FOUND',
        /\/graphql\.$/,
      );
    },
  );

  it.each(['/graphql/%zz', '/%'])('is the path %s, which is none', async (path) => {
    expectRefusal(await send(path), 400, 'BAD_USER_INPUT', /^This is not a valid URL\.$/);
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'])('is the method %s', async (method) => {
    const reply = await send('/graphql', { method });
    expectRefusal(reply, 405, 'BAD_USER_INPUT', /^The graph takes POST, and GET for queries\.$/);
    expect(reply.headers.get('allow')).toBe('GET, POST');
  });

  it('is a body that is too large, by its size and while it comes', async () => {
    const large = JSON.stringify({ query: `{ __typename } #${'x'.repeat(128 * 1024)}` });
    expectRefusal(await post(large), 413, 'BAD_USER_INPUT', /^The body is larger than 131072 bytes\.$/);
    const stream = new Blob([large]).stream();
    const init = { method: 'POST', headers: JSON_TYPE, body: stream, duplex: 'half' } as const;
    expectRefusal(await send('/graphql', init), 413, 'BAD_USER_INPUT', /^The body is larger/);
    const variables = { x: Array.from({ length: 9 }, () => 'x'.repeat(14 * 1024)) };
    const fits = await post(JSON.stringify({ query: '{ __typename }', variables }));
    expect(fits.body).toEqual({ data: { __typename: 'Query' } });
  });

  it.each(['gzip', 'deflate', 'br', 'identity, gzip', 'x'])(
    'is a body with the encoding %s',
    async (encoding) => {
      const body = new Uint8Array(gzipSync(QUERY));
      const reply = await post(body, { ...JSON_TYPE, 'content-encoding': encoding });
      expectRefusal(reply, 415, 'BAD_USER_INPUT', /^Send the body as it is, without a content encoding\.$/);
    },
  );

  it.each(['utf-7', 'utf-16le', 'iso-8859-1', '"latin1"'])('is a body in %s', async (charset) => {
    const reply = await post(QUERY, { 'content-type': `application/json; charset=${charset}` });
    expectRefusal(reply, 415, 'BAD_USER_INPUT', /^Send the body in UTF-8\.$/);
  });

  it.each(['application/json; charset=utf-8', 'application/json;charset=UTF8', 'Application/JSON'])(
    'is not a body of %s',
    async (type) => {
      expect((await post(QUERY, { 'content-type': type })).body).toEqual({ data: { __typename: 'Query' } });
    },
  );

  it('is a body that is no UTF-8, and not one with other scripts in it', async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"query":"{__typename} #'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}'),
    ]);
    expectRefusal(await post(new Uint8Array(bytes)), 400, 'BAD_USER_INPUT', /^The body is not JSON/);
    const { body } = await post(
      JSON.stringify({
        query: 'query ($s: String!) { organization(slug: $s) { id } }',
        variables: { s: 'Lumière 日本' },
      }),
    );
    expect(body).toEqual({ data: { organization: null } });
  });

  it.each(['', '{', 'query', '{"query":'])('is the body %j', async (body) => {
    expectRefusal(await post(body), 400, 'BAD_USER_INPUT', /^The body is not JSON\. Send /);
  });

  it.each([
    '{"query":"{ __typename }","variables":{"__proto__":{"a":1}}}',
    '{"query":"{ __typename }","variables":{"constructor":{"prototype":{}}}}',
  ])('is the body %s, and it is said why', async (body) => {
    expectRefusal(await post(body), 400, 'BAD_USER_INPUT', /^The body has a key that no request may have/);
  });

  it('is an answer in a form that the client does not take', async () => {
    expectRefusal(await post(QUERY, { ...JSON_TYPE, accept: 'text/html' }), 406, 'BAD_USER_INPUT', /accept/);
  });

  it.each([
    ['URL', `${GET_QUERY}${'%20'.repeat(7_000)}`, {}],
    ['header', GET_QUERY, { 'x-long': 'y'.repeat(20_000) }],
  ])('is a %s of 20 KB', async (_, path, headers) => {
    const reply = await send(path, { headers });
    expectRefusal(reply, 431, 'BAD_USER_INPUT', /too long\. Send long queries with POST\.$/);
  });
});

describe('S93: from a foreign page', () => {
  const REFUSED = /Cross-Site Request Forgery|^Send the body as application\/json\.$/;

  it.each([
    ['text/plain', QUERY],
    ['text/plain;charset=UTF-8', QUERY],
    ['application/x-www-form-urlencoded', 'query=%7B__typename%7D'],
    [
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data; name="query"\r\n\r\n{__typename}\r\n--x--',
    ],
    ['text/html', QUERY],
    ['nonsense', QUERY],
    ['application/jsonx', QUERY],
    ['application/graphql', '{ __typename }'],
  ])('POST of %s is refused', async (type, body) => {
    const reply = await post(body, { 'content-type': type });
    expect([400, 415]).toContain(reply.status);
    expectRefusal(reply, reply.status, 'BAD_USER_INPUT', REFUSED);
  });

  it('POST without a content type is refused', async () => {
    const reply = await post(new Uint8Array(Buffer.from(QUERY)), {});
    expectRefusal(reply, 415, 'BAD_USER_INPUT', REFUSED);
  });

  it('GET without a header that needs permission is refused', async () => {
    for (const headers of [
      {},
      { origin: 'http://localhost:5173' },
      { accept: 'application/json' },
      { 'content-type': 'text/plain' },
    ]) {
      const reply = await send(GET_QUERY, { headers });
      expectRefusal(reply, 400, 'BAD_USER_INPUT', /Cross-Site Request Forgery/);
    }
  });

  it('no header permits to read an answer', async () => {
    const headers = { ...JSON_TYPE, origin: 'https://elsewhere.example' };
    const reply = await post(QUERY, headers);
    const preflight = await send('/graphql', {
      method: 'OPTIONS',
      headers: {
        origin: 'https://elsewhere.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-api-key',
      },
    });
    for (const answer of [reply, preflight]) {
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });
});

it.each([{ 'apollo-require-preflight': '1' }, { 'x-apollo-operation-name': 'A' }, JSON_TYPE])(
  'GET with %j is answered, and never changes anything',
  async (headers) => {
    expect((await send(GET_QUERY, { headers })).body).toEqual({ data: { __typename: 'Query' } });
    const { status, body } = await send(`/graphql?query=${encodeURIComponent('mutation { __typename }')}`, {
      headers,
    });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body.data).toBeUndefined();
  },
);

describe('bytes that are read in two ways', () => {
  /** What comes back for raw bytes, until the gateway closes. */
  const raw = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(gateway.app.url);
      const socket = connect(Number(port), hostname, () => socket.write(text));
      let answer = '';
      socket.setEncoding('utf8').on('data', (piece: string) => (answer += piece));
      socket.on('end', () => resolve(answer)).on('error', reject);
    });
  const head = 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';

  it.each([
    ['a length and chunks', `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['two lengths', `${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}   `],
    ['chunks that are not the last encoding', `${head}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`],
    ['a space before the colon', `${head}Content-Length : 2\r\n\r\n{}`],
    ['a folded header', `${head}X-A: 1\r\n 2\r\nContent-Length: 2\r\n\r\n{}`],
    ['no host', 'GET /graphql HTTP/1.1\r\n\r\n'],
    ['no HTTP', 'hello\r\n\r\n'],
  ])('are refused and end the connection: %s', async (_, text) => {
    const answer = await raw(text);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(answer.toLowerCase()).toContain('connection: close');
  });
});

describe('health', () => {
  const health = async (path: string) => {
    const response = await fetch(gateway.app.adminUrl + path);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    return { status: response.status, body: (await response.json()) as unknown };
  };

  it('is on a port of its own', async () => {
    expect(new URL(gateway.app.adminUrl).port).not.toBe(new URL(gateway.app.url).port);
    expect((await health('/graphql')).status).toBe(404);
  });

  it('says that the process lives and that it is ready, whatever its backends do', async () => {
    expect(await health('/health/live')).toEqual({ status: 200, body: { status: 'live' } });
    const { data } = await gateway.query('{ sources { name isReachable } }');
    expect(data.sources).toHaveLength(5);
    expect(await health('/health/ready')).toEqual({
      status: 200,
      body: {
        status: 'ready',
        sources: [{ source: 'CLOUDMC', isReachable: null }],
        journal: null,
        budgets: { kept: 'in this process', trouble: null },
      },
    });
  });

  it('ends with the gateway, and both ports with it', async () => {
    const other = await startGateway({
      backends: { cloudmc: { url: 'http://127.0.0.1:9', apiKey: 'unused' } },
      accounts: [{ slug: 'sleepyco', name: 'SleepyCo' }],
    });
    const { url, adminUrl } = other.app;
    expect((await fetch(`${adminUrl}/health/ready`)).status).toBe(200);
    await other[Symbol.asyncDispose]();
    await expect(fetch(`${adminUrl}/health/ready`)).rejects.toThrow();
    await expect(fetch(`${url}/graphql`)).rejects.toThrow();
  });
});
