import { Agent, get, type IncomingMessage, request } from 'node:http';
import { parse } from 'lossless-json';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/sandbox/emulator.js';
import type { Fault } from '../../src/sandbox/faults.js';
import type { BackendApi } from '../../src/sandbox/types.js';

const ORGANIZATION = '619c56b5-596b-4cc4-8b04-38fe8e05c750';

/** Something to fault: counts what it was asked, so that "was it applied?" can be answered. */
function thing(): BackendApi & { handled: number } {
  return {
    name: 'commitment-manager',
    handled: 0,
    handle({ method, path }) {
      this.handled++;
      if (path === '/boom') throw new Error('no such luck');
      if (path === '/text') return { status: 200, headers: { 'content-type': 'text/plain' }, text: 'plain' };
      if (method === 'DELETE') return { status: 204 };
      return {
        status: 200,
        json: { data: [{ organization: ORGANIZATION, status: 'active', amount: 123456789012345678901n }] },
      };
    },
    reset() {
      this.handled = 0;
    },
  };
}

interface Answer {
  readonly status?: number;
  readonly body: string;
  readonly chunks: number;
  /** Set when the connection broke before or in the middle of the answer. */
  readonly broken?: string;
}

/** A plain client without retries, so that each thing that happens on the socket is seen once. */
function call(url: string, options: { method?: string; timeoutMs?: number } = {}): Promise<Answer> {
  return new Promise((resolve) => {
    const outgoing = request(url, { method: options.method ?? 'GET', agent: new Agent() });
    let response: IncomingMessage | undefined;
    let body = '';
    let chunks = 0;
    const settle = (broken?: string): void => {
      outgoing.destroy();
      resolve({
        ...(response?.statusCode !== undefined && { status: response.statusCode }),
        body,
        chunks,
        ...(broken && { broken }),
      });
    };
    if (options.timeoutMs !== undefined) setTimeout(() => settle('timeout'), options.timeoutMs);
    outgoing.on('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message));
    outgoing.on('response', (incoming) => {
      response = incoming;
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => {
        body += chunk;
        chunks++;
      });
      incoming.on('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message));
      incoming.on('end', () => settle());
    });
    outgoing.end();
  });
}

let api: ReturnType<typeof thing>;
let emulator: Emulator;

beforeEach(async () => {
  api = thing();
  emulator = await startEmulator(api, { clock: () => 1_000 });
});
afterEach(() => emulator.stop());

describe('an emulator', () => {
  it('answers JSON with every digit, plain text as it is, and nothing at all', async () => {
    const answer = await fetch(`${emulator.url}/a`);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(await answer.text()).toContain('"amount":123456789012345678901');
    const text = await fetch(`${emulator.url}/text`);
    expect([text.headers.get('content-type'), await text.text()]).toEqual(['text/plain', 'plain']);
    const gone = await fetch(`${emulator.url}/a`, { method: 'DELETE' });
    expect([gone.status, await gone.text()]).toEqual([204, '']);
  });

  it('records every call without credentials', async () => {
    await fetch(`${emulator.url}/a%20b?organization_id=x&access_token=hidden&tag=1&tag=2`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer hidden',
        username: 'hidden',
        webhook_api_key: 'hidden',
        'mc-api-key': 'hidden',
        'content-type': 'application/json',
        'x-request-id': 'r1',
      },
      body: '{"a":1}',
    });
    await fetch(`${emulator.url}/login`, {
      method: 'POST',
      body: new URLSearchParams({ client_secret: 'hidden' }),
    });
    expect(emulator.calls).toHaveLength(2);
    expect(emulator.calls[0]).toMatchObject({
      method: 'POST',
      path: '/a%20b',
      query: { organization_id: 'x', access_token: '[redacted]', tag: '1,2' },
      headers: { authorization: 'Bearer [redacted]', username: '[redacted]', 'x-request-id': 'r1' },
      body: '{"a":1}',
      at: 1_000,
      status: 200,
    });
    expect(JSON.stringify(emulator.calls)).not.toContain('hidden');
  });

  it('answers 500 when the handler throws, and 413 above a megabyte', async () => {
    const boom = await fetch(`${emulator.url}/boom`);
    expect([boom.status, await boom.json()]).toEqual([500, { error: 'the emulator failed: no such luck' }]);
    const large = await fetch(`${emulator.url}/a`, { method: 'POST', body: 'x'.repeat(1_048_577) });
    expect(large.status).toBe(413);
    expect(api.handled).toBe(1);
  });

  it('stops with open connections, refuses, and starts again on the same port', async () => {
    emulator.faults.add({ match: { path: '/never' }, fault: { kind: 'silent' } });
    const hanging = call(`${emulator.url}/never`);
    while (emulator.calls.length === 0) await new Promise(setImmediate);
    await emulator.stop();
    expect((await hanging).broken).toBe('ECONNRESET');
    expect((await call(`${emulator.url}/a`)).broken).toBe('ECONNREFUSED');
    await emulator.stop();
    await emulator.start();
    expect((await call(`${emulator.url}/a`)).status).toBe(200);
  });

  it('says so when the port is taken', async () => {
    await expect(startEmulator(thing(), { port: emulator.port })).rejects.toThrow(/EADDRINUSE/);
  });
});

describe('faults', () => {
  const arm = (...faults: Fault[]): void => emulator.faults.replace({ fault: faults });
  const whole = async (): Promise<string> => (await call(`${emulator.url}/text`)).body;

  it('slow: answers later', async () => {
    arm({ kind: 'slow', ms: 15 });
    const before = performance.now();
    expect((await call(`${emulator.url}/a`)).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThanOrEqual(14);
  });

  it('silent: never answers, and has worked only if told so', async () => {
    arm({ kind: 'silent' });
    expect(await call(`${emulator.url}/a`, { timeoutMs: 15 })).toEqual({
      body: '',
      chunks: 0,
      broken: 'timeout',
    });
    expect(api.handled).toBe(0);
    arm({ kind: 'silent', applied: true });
    await call(`${emulator.url}/a`, { timeoutMs: 15 });
    expect(api.handled).toBe(1);
    expect(emulator.calls.map(({ status, faults }) => ({ status, faults }))).toEqual([
      { status: null, faults: ['silent'] },
      { status: null, faults: ['silent'] },
    ]);
  });

  it('drip: whole, in small pieces', async () => {
    arm({ kind: 'drip', bytes: 1, everyMs: 1 });
    const answer = await call(`${emulator.url}/text`);
    expect(answer).toMatchObject({ status: 200, body: 'plain' });
    expect(answer.chunks).toBeGreaterThan(1);
  });

  it.each([0, 3, 1_000])('cut after %d bytes: the head promises more than comes', async (afterBytes) => {
    arm({ kind: 'cut', afterBytes });
    const answer = await call(`${emulator.url}/text`);
    expect(answer).toMatchObject({
      status: 200,
      body: 'plain'.slice(0, Math.min(afterBytes, 4)),
      broken: 'ECONNRESET',
    });
  });

  it('reset: the connection is torn down', async () => {
    arm({ kind: 'reset', applied: true });
    expect(await call(`${emulator.url}/a`)).toEqual({ body: '', chunks: 0, broken: 'ECONNRESET' });
    expect(api.handled).toBe(1);
  });

  it('refuse: any status, body and headers, in place of the vendor', async () => {
    arm({ kind: 'refuse', status: 503, json: { error: 'down' }, headers: { 'retry-after': '7' } });
    const answer = await fetch(`${emulator.url}/a`);
    expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toEqual([
      503,
      '7',
      { error: 'down' },
    ]);
    expect(api.handled).toBe(0);
    arm({ kind: 'refuse', status: 502, applied: true });
    expect((await call(`${emulator.url}/a`)).body).toBe('');
    expect(api.handled).toBe(1);
  });

  it('rate-limit: 429, with or without a time', async () => {
    arm({ kind: 'rate-limit', retryAfterSeconds: 3 });
    const answer = await fetch(`${emulator.url}/a`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '3']);
    arm({ kind: 'rate-limit' });
    expect((await fetch(`${emulator.url}/a`)).headers.get('retry-after')).toBeNull();
  });

  it('malform: six ways of not being JSON', async () => {
    const bodies: Record<string, string> = {};
    for (const as of ['truncated', 'html', 'empty', 'not-json', 'bom', 'trailing-comma'] as const) {
      arm({ kind: 'malform', as });
      const answer = await call(`${emulator.url}/a`);
      expect(answer).toMatchObject({ status: 200 });
      expect(answer.broken).toBeUndefined();
      expect(() => JSON.parse(answer.body) as unknown, as).toThrow();
      bodies[as] = answer.body;
    }
    expect(bodies['html']).toMatch(/^<!DOCTYPE html>/);
    expect(bodies['bom']?.charCodeAt(0)).toBe(0xfeff);
    expect(bodies['trailing-comma']).toMatch(/\],}$/);
    expect(bodies['truncated']).toMatch(/^{"data"/);
  });

  it('foreign: the records of another tenant', async () => {
    arm({ kind: 'foreign', replace: ORGANIZATION, with: 'somebody-else' });
    const { body } = await call(`${emulator.url}/a`);
    expect(body).toContain('"organization":"somebody-else"');
    expect(body).not.toContain(ORGANIZATION);
  });

  it('schema: members renamed, removed and set wherever they are', async () => {
    arm(
      { kind: 'schema', rename: { from: 'amount', to: 'sum' }, remove: 'organization' },
      { kind: 'schema', set: { status: 'hibernating', absent: 1 } },
    );
    expect((await call(`${emulator.url}/a`)).body).toBe(
      '{"data":[{"status":"hibernating","sum":123456789012345678901}]}',
    );
  });

  it('act on the calls that match, after some and so many times, first rule first', async () => {
    emulator.faults.add(
      { match: { method: 'post' }, fault: { kind: 'refuse', status: 500 } },
      { match: { path: '/^\\/te.t$/' }, skip: 1, times: 2, fault: { kind: 'refuse', status: 501 } },
      { match: { query: `id=${ORGANIZATION}` }, fault: { kind: 'refuse', status: 502 } },
    );
    const status = async (path: string, method = 'GET'): Promise<number | undefined> =>
      (await call(emulator.url + path, { method })).status;
    expect(await status('/text', 'POST')).toBe(500);
    expect([
      await status('/text'),
      await status('/text'),
      await status('/text'),
      await status('/text'),
    ]).toEqual([200, 501, 501, 200]);
    expect(await status('/texts')).toBe(200);
    expect([await status(`/a?id=${ORGANIZATION}`), await status('/a?id=x')]).toEqual([502, 200]);
    expect(emulator.faults.list()).toHaveLength(2);
    emulator.faults.clear();
    expect(await whole()).toBe('plain');
  });
});

describe('the control endpoint', () => {
  const control = async (method: string, path: string, body?: string): Promise<[number, unknown]> => {
    const answer = await fetch(`${emulator.url}/__control${path}`, {
      method,
      ...(body !== undefined && { body }),
    });
    const text = await answer.text();
    return [answer.status, text === '' ? null : (parse(text) as unknown)];
  };

  it('shows and forgets calls, and is not one itself', async () => {
    await fetch(`${emulator.url}/a`);
    const [status, shown] = await control('GET', '/calls');
    expect(status).toBe(200);
    expect(JSON.parse(JSON.stringify(shown))).toMatchObject({ calls: [{ method: 'GET', path: '/a' }] });
    expect(emulator.calls).toHaveLength(1);
    expect(await control('DELETE', '/calls')).toEqual([204, null]);
    expect(emulator.calls).toHaveLength(0);
  });

  it('sets, shows and removes faults', async () => {
    const rule = { match: { path: '/a' }, times: 1, fault: { kind: 'schema', set: { amount: 1.1 } } };
    expect((await control('PUT', '/faults', JSON.stringify(rule)))[0]).toBe(200);
    expect(JSON.stringify((await control('GET', '/faults'))[1])).toContain('"kind":"schema"');
    expect((await call(`${emulator.url}/a`)).body).toContain('"amount":1.1');
    await control(
      'PUT',
      '/faults',
      '[{"fault": {"kind": "schema", "set": {"amount": 0.12345678901234567890}}}]',
    );
    expect((await call(`${emulator.url}/a`)).body).toContain('"amount":0.12345678901234567890');
    expect(await control('DELETE', '/faults')).toEqual([204, null]);
    expect((await call(`${emulator.url}/a`)).body).toContain('"amount":1234');
  });

  it('resets state, calls and faults', async () => {
    await fetch(`${emulator.url}/a`);
    emulator.faults.add({ fault: { kind: 'reset' } });
    expect(await control('POST', '/reset')).toEqual([204, null]);
    expect([api.handled, emulator.calls.length, emulator.faults.list().length]).toEqual([0, 0, 0]);
  });

  it.each([
    ['{', /not JSON/],
    ['[{"fault": {"kind": "slwo", "ms": 1}}]', /faults\[0\]\.fault\.kind: must be one of slow, .*"slwo"/],
    ['{"fault": {"kind": "slow"}}', /faults\[0\]\.fault\.ms: must be a whole number .* not nothing/],
    ['{"fault": {"kind": "slow", "ms": 1.5}}', /\.ms: must be a whole number .* not 1\.5/],
    ['{"fault": {"kind": "slow", "ms": -1}}', /\.ms/],
    ['{"fault": {"kind": "silent", "after": 1}}', /fault\.after: unknown member/],
    [
      '[{"fault": {"kind": "silent"}}, {"fautl": {}}]',
      /faults\[1\]\.fautl: unknown member; known here: match/,
    ],
    ['{"fault": []}', /at least one fault/],
    ['{"match": {"path": "/(/"}, "fault": {"kind": "silent"}}', /match\.path: .*regex/],
    ['{"times": 0, "fault": {"kind": "silent"}}', /times/],
    ['{"fault": {"kind": "schema"}}', /needs rename, remove or set/],
    ['{"fault": {"kind": "malform", "as": "upside-down"}}', /as: must be one of truncated/],
    ['{"fault": {"kind": "refuse", "status": 99}}', /status/],
    ['{"fault": {"kind": "foreign", "replace": "", "with": "x"}}', /replace: must be text and not empty/],
    ['7', /faults\[0\]: must be an object/],
  ])('refuses the script %s', async (script, message) => {
    emulator.faults.add({ fault: { kind: 'slow', ms: 0 } });
    const [status, body] = await control('PUT', '/faults', script);
    expect(status).toBe(400);
    expect((body as { error: string }).error).toMatch(message);
    expect(emulator.faults.list()).toHaveLength(1);
  });

  it('knows its paths and methods', async () => {
    expect((await control('GET', '/nothing'))[0]).toBe(404);
    expect((await control('GET', '/toString'))[0]).toBe(404);
    expect((await control('GET', '/reset'))[0]).toBe(405);
    expect(emulator.calls).toHaveLength(0);
  });
});

it('serves keep-alive clients one request after the other on one socket', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ports = new Set<number | undefined>();
  for (let i = 0; i < 3; i++) {
    await new Promise<void>((resolve, reject) => {
      get(`${emulator.url}/a`, { agent }, (response) => {
        ports.add(response.socket.localPort);
        response.resume().on('end', resolve);
      }).on('error', reject);
    });
  }
  agent.destroy();
  expect(ports.size).toBe(1);
});
