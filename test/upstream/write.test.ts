/** Writes over real sockets: sent once, and their end told apart by proof. */
import { afterEach, describe, expect, it } from 'vitest';
import { failure } from '../../src/domain/failure.js';
import type { OrganizationSlug } from '../../src/domain/organization.js';
import type { CredentialName, OrganizationScope } from '../../src/domain/scope.js';
import { createMeter } from '../../src/observability/meter.js';
import type { Authenticator, Endpoint, Judge } from '../../src/upstream/endpoint.js';
import type { GateSettings } from '../../src/upstream/gate.js';
import { path } from '../../src/upstream/path.js';
import type { WriteEndpoint } from '../../src/upstream/write.js';
import { answering, writeRig, type Script, type WriteRig } from '../support/write-rig.js';

const scopeOf = (slug: string): OrganizationScope => ({
  kind: 'organization',
  organization: slug as OrganizationSlug,
  credential: 'test' as CredentialName,
});
const SCOPE = scopeOf('sleepyco');
const CHANGE: WriteEndpoint<object, { done: boolean }> = {
  name: 'things.change',
  method: 'PUT',
  path: () => path`things`,
  credential: 'key',
  wire: {
    parse: (body) => {
      if (typeof body !== 'object' || body === null || !('done' in body)) throw new Error('no done');
      return { done: body.done === true };
    },
  },
};
const LIST: Endpoint<object, unknown> = {
  name: 'things.list',
  method: 'GET',
  path: () => path`things`,
  credential: 'key',
  isShared: true,
  wire: { parse: (body) => body },
};
const judge: Judge = {
  failureOf: ({ status, isMalformed, body, headers }) => {
    const after = headers['retry-after'];
    if (after !== undefined) {
      return failure('UPSTREAM_UNAVAILABLE', 'CLOUDMC', { retryAfterMs: Number(after) * 1_000 });
    }
    if (status === 409) return failure('UPSTREAM_CONFLICT', 'CLOUDMC', { retryAfterMs: 300_000 });
    if (status >= 500) return failure('UPSTREAM_UNAVAILABLE', 'CLOUDMC');
    if (status >= 400) return failure('UPSTREAM_REJECTED', 'CLOUDMC');
    if (isMalformed) return failure('UPSTREAM_MALFORMED', 'CLOUDMC');
    const isNo = typeof body === 'object' && body !== null && 'errors' in body;
    return isNo ? failure('UPSTREAM_REJECTED', 'CLOUDMC') : null;
  },
  isUnauthenticated: ({ status }) => status === 401,
};

let rig: WriteRig | null = null;
afterEach(async () => {
  await rig?.[Symbol.asyncDispose]();
  rig = null;
});

async function start(script: Script, settings: Partial<GateSettings> = {}, authenticator?: Authenticator) {
  rig = await writeRig({ script, settings });
  const upstream = rig.createUpstream({
    source: 'CLOUDMC',
    authenticator: authenticator ?? {
      headers: () => Promise.resolve({ 'mc-api-key': 'placeholder' }),
      renew: () => false,
    },
    judge,
  });
  const write = (body: string | null = '{"price":10.50}', scope = SCOPE) =>
    upstream.write(CHANGE, {}, { body, requestId: 'r-1' }, scope);
  return { rig, upstream, write };
}

describe('a write', () => {
  it('goes out as it was written, once, with its id, and brings back what was said', async () => {
    const { rig, write } = await start(answering(200, '{"done":true}'));
    expect(await write()).toMatchObject({ kind: 'accepted', body: { done: true } });
    expect(rig.requests).toHaveLength(1);
    expect(rig.requests[0]).toMatchObject({
      method: 'PUT',
      path: '/things',
      body: '{"price":10.50}',
      headers: { 'x-request-id': 'r-1', 'mc-api-key': 'placeholder', 'content-type': 'application/json' },
    });
  });

  it('without a body sends none', async () => {
    const { rig, write } = await start(answering(200, '{"done":true}'));
    await write(null);
    expect(rig.requests[0]).toMatchObject({ body: '' });
    expect(rig.requests[0]?.headers['content-type']).toBeUndefined();
  });

  it.each([
    [400, 'refused', 'UPSTREAM_REJECTED'],
    [403, 'refused', 'UPSTREAM_REJECTED'],
    [404, 'refused', 'UPSTREAM_REJECTED'],
    [409, 'refused', 'UPSTREAM_CONFLICT'],
    [422, 'refused', 'UPSTREAM_REJECTED'],
    [401, 'not-sent', 'UPSTREAM_REJECTED'],
    [429, 'not-sent', 'UPSTREAM_REJECTED'],
    [408, 'unknown', 'UPSTREAM_REJECTED'],
    [500, 'unknown', 'UPSTREAM_UNAVAILABLE'],
    [502, 'unknown', 'UPSTREAM_UNAVAILABLE'],
    [503, 'unknown', 'UPSTREAM_UNAVAILABLE'],
    [504, 'unknown', 'UPSTREAM_UNAVAILABLE'],
    [302, 'unknown', 'UPSTREAM_MALFORMED'],
  ])('that is answered with %i is %s, and sent once', async (status, kind, code) => {
    const { rig, write } = await start(answering(status, '{"error":"no"}'));
    expect(await write()).toMatchObject({ kind, failure: { code } });
    expect(rig.requests).toHaveLength(1);
  });

  it.each<[string, Script, string]>([
    ['a 200 that says no', answering(200, '{"errors":[]}'), 'refused'],
    ['a 200 of another shape', answering(200, '{"sure":true}'), 'unknown'],
    ['a 200 that is no JSON', answering(200, '<html>ok</html>', 'text/html'), 'unknown'],
    ['an empty 200', answering(200), 'unknown'],
    ['a connection that is reset', (_request, _response, socket) => void socket.resetAndDestroy(), 'unknown'],
    [
      'an answer that is cut off',
      (_request, response, socket) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
        response.write('{"done":', () => socket.destroy());
      },
      'unknown',
    ],
  ])('that meets %s is told so, and sent once', async (_what, script, kind) => {
    const { rig, write } = await start(script);
    expect(await write()).toMatchObject({ kind });
    expect(rig.requests).toHaveLength(1);
  });

  it('whose answer never comes is unknown at its own deadline, not at that of reads', async () => {
    const { rig, write } = await start(() => undefined, { timeoutMs: 50, writeTimeoutMs: 200 });
    const started = performance.now();
    expect(await write()).toMatchObject({ kind: 'unknown', failure: { code: 'UPSTREAM_TIMEOUT' } });
    expect(performance.now() - started).toBeGreaterThan(150);
    expect(rig.requests).toHaveLength(1);
  });

  it('to a port that refuses was not sent', async () => {
    const { rig, write } = await start(answering(200));
    await rig.refuse();
    expect(await write()).toMatchObject({ kind: 'not-sent', failure: { code: 'UPSTREAM_UNAVAILABLE' } });
  });

  it('that waits for a socket until its deadline was not sent, and is not sent afterwards', async () => {
    const { rig, write } = await start(() => undefined, { concurrency: 1, writeTimeoutMs: 300 });
    const [first, second] = await Promise.all([write('{"n":1}'), write('{"n":2}')]);
    expect(first.kind).toBe('unknown');
    expect(second.kind).toBe('not-sent');
    rig.script = answering(200, '{"done":true}');
    expect(await write('{"n":3}')).toMatchObject({ kind: 'accepted' });
    expect(rig.requests.map(({ body }) => body)).toEqual(['{"n":1}', '{"n":3}']);
  });

  it('is not given up with the request that asked for it', async () => {
    let answer: () => void = () => undefined;
    const { rig, upstream } = await start((_request, response) => {
      answer = () =>
        void response.writeHead(200, { 'content-type': 'application/json' }).end('{"done":true}');
    });
    const controller = new AbortController();
    const writing = upstream
      .within({ signal: controller.signal, withinMs: () => 0, meter: createMeter() })
      .write(CHANGE, {}, { body: null, requestId: 'r' }, SCOPE);
    await expect.poll(() => rig.requests.length).toBe(1);
    controller.abort();
    answer();
    expect(await writing).toMatchObject({ kind: 'accepted' });
  });

  it('finds a new credential after one that had lapsed, and does not repeat itself', async () => {
    const renewed: unknown[] = [];
    const { rig, write } = await start(
      answering(401, '{}'),
      {},
      {
        headers: () => Promise.resolve({ authorization: `Bearer ${renewed.length}` }),
        renew: (_credential, sent) => {
          renewed.push(sent);
          return true;
        },
      },
    );
    expect(await write()).toMatchObject({ kind: 'not-sent' });
    expect(renewed).toEqual([{ authorization: 'Bearer 0' }]);
    expect(rig.requests).toHaveLength(1);
    rig.script = answering(200, '{"done":true}');
    expect(await write()).toMatchObject({ kind: 'accepted' });
  });

  it('without a credential to be had was not sent', async () => {
    const { rig, write } = await start(
      answering(200),
      {},
      { headers: () => Promise.reject(new Error('no login')), renew: () => false },
    );
    expect(await write()).toMatchObject({ kind: 'not-sent' });
    expect(rig.requests).toEqual([]);
  });

  it('is refused while the reads of its family fail, and while writes do', async () => {
    const { rig, upstream, write } = await start(answering(500, '{}'));
    for (let i = 0; i < 5; i += 1) await write();
    expect(await write()).toMatchObject({ kind: 'not-sent', failure: { code: 'CIRCUIT_OPEN' } });
    expect(rig.requests).toHaveLength(5);
    // Reads have a breaker of their own.
    rig.script = answering(200, '{}');
    await expect(upstream.call(LIST, {}, SCOPE)).resolves.toBeDefined();
    expect(rig.gate.state().breaker).toBe('OPEN');
  });

  it('leaves a backend alone that asked for it', async () => {
    const { rig, upstream, write } = await start((_request, response) => {
      response.writeHead(503, { 'retry-after': '60', 'content-type': 'application/json' }).end('{}');
    });
    await upstream.call(LIST, {}, SCOPE).catch(() => undefined);
    const before = rig.requests.length;
    expect(await write()).toMatchObject({ kind: 'not-sent', failure: { retryAfterMs: expect.any(Number) } });
    expect(rig.requests.length - before).toBe(0);
  });

  it('makes what was read before it forgotten, for its customer and for lists of all', async () => {
    const { rig, upstream, write } = await start(answering(200, '{"done":true}'), { freshForMs: 60_000 });
    const service = { kind: 'service', credential: 'test' as CredentialName } as const;
    const read = async () => {
      await upstream.call(LIST, {}, SCOPE);
      await upstream.call(LIST, {}, scopeOf('another'));
      await upstream.call(LIST, {}, service);
    };
    await read();
    await read();
    expect(rig.requests).toHaveLength(3);
    await write();
    await read();
    expect(rig.requests).toHaveLength(3 + 1 + 2);
  });

  it('is not seen by those who were reading before it, and nobody else gets what they get', async () => {
    const held: (() => void)[] = [];
    const { rig, upstream, write } = await start(
      (request, response) => {
        const answer = () =>
          void response
            .writeHead(200, { 'content-type': 'application/json' })
            .end(`{"done":true,"seen":${held.length}}`);
        if (request.method === 'GET') held.push(answer);
        else answer();
      },
      { freshForMs: 60_000 },
    );
    const before = upstream.call(LIST, {}, SCOPE);
    await expect.poll(() => held.length).toBe(1);
    await write();
    const after = upstream.call(LIST, {}, SCOPE);
    await expect.poll(() => held.length).toBe(2);
    held[0]?.();
    await before;
    held[1]?.();
    await after;
    // What the first one saw was not kept: a third is served by the second's answer.
    await upstream.call(LIST, {}, SCOPE);
    expect(rig.requests.filter(({ method }) => method === 'GET')).toHaveLength(2);
  });
});
