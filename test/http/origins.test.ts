/**
 * Pages in browsers: those of configured origins may ask and read, others may not; without clients, nobody comes in by
 * a name that is not this machine's; and who opens the address finds the explorer.
 */
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { authenticateClients } from '../../src/admission/principal.js';
import { isLoopback } from '../../src/config.js';
import { clientOf } from '../support/clients.js';
import { ask, post, startEdge } from '../support/edge.js';
import { startGateway } from '../support/gateway.js';

const APP = 'https://app.example';
const withClients = authenticateClients([clientOf('portal', 'key', '*')]);

/** As `fetch`, which lets nobody choose the host. */
function get(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    })
      .on('error', reject)
      .end();
  });
}

const corsHeaders = (response: Response) =>
  [...response.headers.keys()].filter((name) => name.startsWith('access-control-'));

describe('without clients', () => {
  const start = () =>
    startGateway({
      backends: { cloudmc: { url: 'http://127.0.0.1:9', apiKey: 'unused' } },
      accounts: [{ slug: 'sleepyco', name: 'SleepyCo' }],
    });
  const PATHS = ['/graphql?query=%7B__typename%7D', '/graphiql', '/graphiql/examples.json', '/', '/nowhere'];

  it.each([
    { host: 'rebound.example' },
    { host: 'rebound.example:4000' },
    { host: '127.0.0.1.rebound.example' },
    { host: 'localhost.rebound.example' },
    { host: 'localhost:x.rebound.example' },
    { host: '192.168.0.7:4000' },
    { host: 'localhost', origin: 'https://rebound.example' },
    { host: 'localhost', origin: 'null' },
  ])('%j is refused on every path', async (headers) => {
    await using gateway = await start();
    for (const path of PATHS) {
      const { status, text } = await get(gateway.app.url + path, {
        'apollo-require-preflight': '1',
        accept: 'text/html, application/json',
        ...headers,
      });
      expect(status, path).toBe(403);
      expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    }
  });

  it.each([
    { host: 'localhost' },
    { host: 'LocalHost:4000' },
    { host: '127.0.0.1:80' },
    { host: '127.8.9.1' },
    { host: '[::1]:4000' },
    { host: 'localhost', origin: 'http://localhost:5173' },
    { host: 'localhost', origin: 'http://[::1]:5173' },
  ])('%j is answered', async (headers) => {
    await using gateway = await start();
    const { status, text } = await get(`${gateway.app.url}/graphql?query=%7B__typename%7D`, {
      'apollo-require-preflight': '1',
      ...headers,
    });
    expect(status).toBe(200);
    expect(text).toContain('Query');
  });
});

it('without clients, a page that is allowed by name may ask too, by a name of this machine', async () => {
  await using edge = await startEdge({ isOwnName: isLoopback, allowedOrigins: [APP] });
  expect((await ask(edge.url, '{ fine }', { origin: APP })).status).toBe(200);
  const path = `${edge.url}/graphql?query=%7Bfine%7D`;
  const foreign = { 'apollo-require-preflight': '1', origin: APP, host: 'rebound.example' };
  expect((await get(path, foreign)).status).toBe(403);
});

it('with clients, the key decides and not the name', async () => {
  await using edge = await startEdge({ authenticate: withClients });
  const { status } = await get(`${edge.url}/graphql?query=%7Bfine%7D`, {
    'apollo-require-preflight': '1',
    'x-api-key': 'key',
    host: 'graph.example',
    origin: 'https://elsewhere.example',
  });
  expect(status).toBe(200);
});

describe('a page of an allowed origin', () => {
  const start = () => startEdge({ authenticate: withClients, allowedOrigins: [APP] });

  it('is told beforehand what it may send', async () => {
    await using edge = await start();
    const response = await fetch(`${edge.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin: APP,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,x-api-key',
      },
    });
    expect(response.status).toBe(204);
    expect(await response.text()).toBe('');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': APP,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers':
        'content-type, authorization, x-api-key, graphql-client-name, apollo-require-preflight, graphql-upstream-report, graphql-cost-report',
      'access-control-max-age': '600',
      vary: 'Origin',
    });
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('may read answers and refusals', async () => {
    await using edge = await start();
    const replies = [
      await ask(edge.url, '{ fine }', { origin: APP, 'x-api-key': 'key' }),
      await ask(edge.url, '{ fine }', { origin: APP }),
      await post(edge.url, '{', { origin: APP, 'x-api-key': 'key' }),
      await post(edge.url, 'x', { origin: APP, 'x-api-key': 'key', 'content-encoding': 'gzip' }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([200, 401, 400, 415]);
    for (const { headers } of replies) {
      expect(headers.get('access-control-allow-origin')).toBe(APP);
      expect(headers.get('vary')).toMatch(/\bOrigin\b/);
    }
  });

  it.each(['https://app.example.evil', 'http://app.example', 'https://app.example:444', 'null'])(
    'is not one of %s',
    async (origin) => {
      await using edge = await start();
      const preflight = await fetch(`${edge.url}/graphql`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
      const reply = await ask(edge.url, '{ fine }', { origin, 'x-api-key': 'key' });
      expect(preflight.status).toBe(405);
      for (const response of [preflight, reply]) {
        expect(corsHeaders(response)).toEqual([]);
        expect(response.headers.get('vary')).toMatch(/\bOrigin\b/);
      }
    },
  );
});

describe('who opens the address in a browser', () => {
  const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

  it.each(['/', '/graphql'])('at %s is led to the explorer, without a key', async (path) => {
    await using edge = await startEdge({ authenticate: withClients });
    const response = await fetch(edge.url + path, { headers: { accept: BROWSER }, redirect: 'manual' });
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('/graphiql');
  });

  it('with a query gets no page', async () => {
    await using edge = await startEdge({ authenticate: withClients });
    const response = await fetch(`${edge.url}/graphql?query=%7Bfine%7D`, { headers: { accept: BROWSER } });
    expect(response.status).toBe(401);
  });
});
