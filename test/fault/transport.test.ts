/**
 * Rows S1 to S16 of the failure catalogue: sockets and bytes. Each shows the code that callers get, how often the
 * backend was asked, that the socket is gone, and (in `ask`) that the neighbours' part of the answer is whole.
 */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/sandbox/faults.js';
import { ask, faultRig, SLUGS, stateOf } from '../support/fault-rig.js';
import type { Gateway } from '../support/gateway.js';
import { rawReply, startRawServer, writeWithoutEnd, type RawServer } from '../support/raw-server.js';
import { startPlainServer } from '../support/plain-server.js';
import { startTcpProxy, type TcpFault, type TcpProxy } from '../support/tcp-proxy.js';
import { until } from '../support/until.js';

const rig = faultRig();
const cloudmc = () => rig.emulator('cloudmc');

/** A gateway whose way to CloudMC leads through a proxy. */
async function proxied(fault: TcpFault | null = null, limits: object = {}) {
  const proxy = rig.keep(await startTcpProxy(cloudmc().port, fault));
  const gateway = await rig.gateway({ cloudmc: { ...rig.cloudmcAt(proxy.url), ...limits } });
  return { proxy, gateway };
}

/** A gateway that meets that server in CloudMC's place. */
async function instead(answer: Parameters<typeof startRawServer>[0], limits: object = {}) {
  const server = rig.keep(await startRawServer(answer));
  const gateway = await rig.gateway({ cloudmc: { ...rig.cloudmcAt(server.url), ...limits } });
  return { server, gateway };
}

const gone = (peer: TcpProxy | RawServer) => until('no socket is open', () => peer.open === 0);

async function expectFailed(gateway: Gateway, code: string, retryable: boolean, slug?: string) {
  const { error, list } = await ask(rig, gateway, slug);
  expect(error).toMatchObject({ code, source: 'CLOUDMC', retryable });
  expect(list).toMatchObject({ nodes: [], coverage: { complete: false, missing: ['CLOUDMC'] } });
  expect(list.coverage.sources).toMatchObject([{ state: 'FAILED', code }]);
}

const UNAVAILABLE = ['UPSTREAM_UNAVAILABLE', true] as const;
const TIMEOUT = ['UPSTREAM_TIMEOUT', true] as const;
const MALFORMED = ['UPSTREAM_MALFORMED', false] as const;

async function expectWhole(gateway: Gateway) {
  const { error, list } = await ask(rig, gateway);
  expect(error).toBeNull();
  expect(list.nodes).toHaveLength(3);
  expect(list.coverage.complete).toBe(true);
}

describe('S1 a peer that accepts and never answers', () => {
  it('is given up at the deadline, its socket is destroyed, and nothing is repeated', async () => {
    const { proxy, gateway } = await proxied(null, { timeoutMs: 150 });
    cloudmc().faults.add({ fault: { kind: 'silent' } });
    await expectFailed(gateway, ...TIMEOUT);
    expect(rig.hits('cloudmc')).toBe(1);
    await gone(proxy);
    expect(await stateOf(gateway, 'CLOUDMC')).toMatchObject({
      breaker: 'CLOSED',
      isReachable: false,
      callsInFlight: 0,
      lastFailure: { code: 'UPSTREAM_TIMEOUT' },
    });
  });

  it('counts: after five the breaker is open', async () => {
    const { proxy, gateway } = await proxied({ kind: 'black-hole' }, { timeoutMs: 100 });
    for (const slug of SLUGS.slice(0, 5)) await expectFailed(gateway, ...TIMEOUT, slug);
    expect((await stateOf(gateway, 'CLOUDMC')).breaker).toBe('OPEN');
    await gone(proxy);
  });
});

describe('S2 headers, and a body that drips for ever', () => {
  it('ends at the same deadline, and what came is thrown away', async () => {
    const { proxy, gateway } = await proxied(null, { timeoutMs: 200 });
    cloudmc().faults.add({ fault: { kind: 'drip', bytes: 1, everyMs: 5 } });
    await expectFailed(gateway, ...TIMEOUT);
    expect(rig.hits('cloudmc')).toBe(1);
    await gone(proxy);
  });

  it('by a wire that drips likewise; one that only slices or delays loses nothing', async () => {
    const { proxy, gateway } = await proxied({ kind: 'slice', bytes: 100 });
    await expectWhole(gateway);
    proxy.fault = { kind: 'latency', ms: 20 };
    await expectWhole(gateway);
    const slow = await proxied({ kind: 'drip', bytes: 5, everyMs: 10 }, { timeoutMs: 150 });
    await expectFailed(slow.gateway, ...TIMEOUT);
    await gone(slow.proxy);
  });
});

describe('S3 half-closed socket: the end comes before the length that was promised', () => {
  it('is a failure, never half an answer, after two repetitions', async () => {
    const { proxy, gateway } = await proxied();
    cloudmc().faults.add({ fault: { kind: 'cut', afterBytes: 200 } });
    await expectFailed(gateway, ...UNAVAILABLE);
    expect(rig.hits('cloudmc')).toBe(3);
    await gone(proxy);
  });

  it('and one repetition is enough when it happens once', async () => {
    const { gateway } = await proxied();
    cloudmc().faults.add({ times: 1, fault: { kind: 'cut', afterBytes: 400 } });
    await expectWhole(gateway);
    expect(rig.hits('cloudmc')).toBe(2);
  });

  it('by the wire likewise', async () => {
    const { proxy, gateway } = await proxied({ kind: 'fin', afterBytes: 400 });
    await expectFailed(gateway, ...UNAVAILABLE);
    expect(rig.hits('cloudmc')).toBe(3);
    await gone(proxy);
  });
});

describe('S4 no length, an early end, and a body that happens to be JSON', () => {
  it('of another shape is refused', async () => {
    const { server, gateway } = await instead((socket) => {
      socket.end(rawReply(['connection: close'], '{"data":{}}'));
    });
    await expectFailed(gateway, ...MALFORMED);
    expect(server.requests).toHaveLength(1);
  });

  it('with fewer rows than it counts is not a whole list', async () => {
    const server = rig.keep(
      await startRawServer((socket) => {
        socket.end(rawReply(['connection: close'], '{"data":[],"meta":{"total_results":3}}'));
      }),
    );
    const gateway = await rig.gateway({ commitmentManager: { url: server.url } });
    const { data } = await gateway.query(
      `{ organization(slug: "sleepyco") { commitments(filter: { sources: [COMMITMENT_MANAGER] }) {
         nodes { id } coverage { complete missing sources { state } } } } }`,
    );
    expect(data.organization.commitments).toEqual({
      nodes: [],
      coverage: { complete: false, missing: ['COMMITMENT_MANAGER'], sources: [{ state: 'PARTIAL' }] },
    });
  });
});

describe('S5 a reset after the request was written', () => {
  it('is repeated, twice at most', async () => {
    const { proxy, gateway } = await proxied();
    cloudmc().faults.add({ fault: { kind: 'reset' } });
    await expectFailed(gateway, ...UNAVAILABLE);
    expect(rig.hits('cloudmc')).toBe(3);
    await gone(proxy);
  });

  it.each<[string, Fault]>([
    ['before the reply', { kind: 'reset' }],
    ['in the body', { kind: 'cut', afterBytes: 1 }],
  ])('%s once: the second attempt is the answer', async (_, fault) => {
    const { gateway } = await proxied();
    cloudmc().faults.add({ times: 1, fault });
    await expectWhole(gateway);
    expect(rig.hits('cloudmc')).toBe(2);
  });

  it('in the middle of the reply, by the wire', async () => {
    const { proxy, gateway } = await proxied({ kind: 'reset', afterBytes: 300 });
    await expectFailed(gateway, ...UNAVAILABLE);
    expect(rig.hits('cloudmc')).toBe(3);
    await gone(proxy);
  });
});

it('S6 a kept socket that is reset before its next reply: asked once more, and seen in the count', async () => {
  const body = '{"data":[]}';
  const { server, gateway } = await instead((socket, nth) => {
    if (nth === 0) socket.write(rawReply([`content-length: ${body.length}`], body));
    else socket.resetAndDestroy();
  });
  expect((await ask(rig, gateway)).error).toBeNull();
  expect(server.requests).toHaveLength(1);
  expect((await ask(rig, gateway)).error).toBeNull();
  expect(server.requests).toHaveLength(3);
});

describe('S7 a backend that cannot be reached', () => {
  it('because its port refuses', async () => {
    await cloudmc().stop();
    const gateway = await rig.gateway();
    await expectFailed(gateway, ...UNAVAILABLE);
    expect(await stateOf(gateway, 'CLOUDMC')).toMatchObject({ isReachable: false });
    // Three attempts of this question and one of each of the next two are five in a row.
    await expectFailed(gateway, ...UNAVAILABLE, SLUGS[1]);
    await expectFailed(gateway, ...UNAVAILABLE, SLUGS[2]);
    expect((await stateOf(gateway, 'CLOUDMC')).breaker).toBe('OPEN');
  });

  it('because it closes every connection', async () => {
    const { proxy, gateway } = await proxied({ kind: 'close-on-accept' });
    await expectFailed(gateway, ...UNAVAILABLE);
    expect(proxy.accepted).toBe(3);
    expect(rig.hits('cloudmc')).toBe(0);
  });

  it('because its name does not exist', async () => {
    const gateway = await rig.gateway({
      cloudmc: { url: 'https://backend.invalid/api/v2', timeoutMs: 5_000 },
    });
    const { error } = await ask(rig, gateway);
    // A resolver that says nothing ends at the deadline.
    expect(error).toMatchObject({
      code: expect.stringMatching(/^UPSTREAM_(UNAVAILABLE|TIMEOUT)$/),
      retryable: true,
    });
  });
});

it.each([301, 302, 303, 307, 308])(
  'S9 a redirect (%d) is not followed, and no credential goes elsewhere',
  async (status) => {
    const elsewhere = rig.keep(await startPlainServer({}));
    cloudmc().faults.add({
      fault: {
        kind: 'refuse',
        status,
        // Whatever it brings along is no answer either.
        json: { data: [] },
        headers: { location: `${elsewhere.url}/api/v2/commitments` },
      },
    });
    const gateway = await rig.gateway();
    await expectFailed(gateway, ...MALFORMED);
    expect(rig.hits('cloudmc')).toBe(1);
    expect(elsewhere.calls).toEqual([]);
  },
);

/** What the peer got rid of, its socket's and ours buffers included. */
const MEBIBYTE = 1_048_576;

describe('S10 a body that is too large', () => {
  it('without end is cut: the peer cannot send more than the cap and what buffers hold', async () => {
    const { server, gateway } = await instead((socket) => {
      socket.write(rawReply(['connection: close'], '{"data":['));
      writeWithoutEnd(socket, Buffer.alloc(65_536, ' '));
    });
    await expectFailed(gateway, ...MALFORMED);
    await gone(server);
    expect(server.requests).toHaveLength(1);
    expect(server.bytesSent).toBeGreaterThan(MEBIBYTE);
    expect(server.bytesSent).toBeLessThan(24 * MEBIBYTE);
  });
});

describe('S11 a body that is encoded', () => {
  it.each(['gzip', 'br', 'deflate', 'gzip, gzip, gzip'])(
    'as %s is refused before a byte of it is decoded, and none was asked for',
    async (encoding) => {
      const bomb = gzipSync(Buffer.alloc(MEBIBYTE));
      const { server, gateway } = await instead((socket) => {
        socket.write(rawReply([`content-encoding: ${encoding}`, 'connection: close'], ''));
        writeWithoutEnd(socket, bomb);
      });
      await expectFailed(gateway, ...MALFORMED);
      await gone(server);
      expect(server.requests).toHaveLength(1);
      expect(server.requests[0]).not.toMatch(/accept-encoding/i);
      expect(server.bytesSent).toBeLessThan(16 * MEBIBYTE);
    },
  );

  it('is refused because it says so, whatever it holds', async () => {
    const { gateway } = await instead((socket) => {
      socket.end(rawReply(['content-encoding: gzip', 'connection: close'], '{"data":[]}'));
    });
    await expectFailed(gateway, ...MALFORMED);
  });
});

it.each<[string, string]>([
  ['two lengths that differ', rawReply(['content-length: 11', 'content-length: 12'], '{"data":[]} ')],
  [
    'a length and chunks',
    rawReply(['content-length: 11', 'transfer-encoding: chunked'], 'b\r\n{"data":[]}\r\n0\r\n\r\n'),
  ],
  ['a chunk without a size', rawReply(['transfer-encoding: chunked'], 'zz\r\n{"data":[]}\r\n0\r\n\r\n')],
  ['a length that is no number', rawReply(['content-length: eleven'], '{"data":[]}')],
  ['no HTTP at all', 'SSH-2.0-OpenSSH_9.2p1\r\n\r\n'],
])('S12 %s: refused, and the socket is not used again', async (_, bytes) => {
  const { server, gateway } = await instead((socket) => {
    socket.write(bytes);
  });
  await expectFailed(gateway, ...MALFORMED);
  expect(server.requests).toHaveLength(1);
  await gone(server);
});

describe('S13 an HTML page', () => {
  it('with 200 is malformed, and nothing of it is shown', async () => {
    cloudmc().faults.add({ fault: { kind: 'malform', as: 'html' } });
    await expectFailed(await rig.gateway(), ...MALFORMED);
    expect(rig.hits('cloudmc')).toBe(1);
  });

  it('with 502 is an outage, and is repeated', async () => {
    cloudmc().faults.add({
      fault: [
        { kind: 'refuse', status: 502, json: {} },
        { kind: 'malform', as: 'html' },
      ],
    });
    await expectFailed(await rig.gateway(), ...UNAVAILABLE);
    expect(rig.hits('cloudmc')).toBe(3);
  });
});

describe('S14 a body that is not JSON', () => {
  it.each<[string, Fault]>([
    ['half of it', { kind: 'malform', as: 'truncated' }],
    ['a comma too many', { kind: 'malform', as: 'trailing-comma' }],
    ['words', { kind: 'malform', as: 'not-json' }],
    ['nothing, with 200', { kind: 'malform', as: 'empty' }],
    ['nothing, with 204', { kind: 'refuse', status: 204 }],
    ['a bare number', { kind: 'refuse', status: 200, json: 7 }],
    ['null', { kind: 'refuse', status: 200, json: null }],
  ])('(%s) is malformed, and asked for once', async (_, fault) => {
    cloudmc().faults.add({ fault });
    await expectFailed(await rig.gateway(), ...MALFORMED);
    expect(rig.hits('cloudmc')).toBe(1);
  });

  it('counts: after five the breaker is open', async () => {
    cloudmc().faults.add({ fault: { kind: 'malform', as: 'not-json' } });
    const gateway = await rig.gateway();
    for (const slug of SLUGS.slice(0, 5)) await expectFailed(gateway, ...MALFORMED, slug);
    expect((await stateOf(gateway, 'CLOUDMC')).breaker).toBe('OPEN');
  });

  it('but for a byte order mark, which is no fault', async () => {
    cloudmc().faults.add({ fault: { kind: 'malform', as: 'bom' } });
    await expectWhole(await rig.gateway());
  });
});

describe('S15 JSON that is too much', () => {
  const reply = (body: string) => rawReply([`content-length: ${body.length}`], body);
  const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
  const many = `[${'0,'.repeat(1_000_000)}0]`;

  it.each([
    ['100,000 levels deep', `{"data":[${deep(100_000)}]}`],
    ['1,000 levels deep in an unknown member', `{"data":[],"other":${deep(1_000)}}`],
    ['of a million items', `{"data":${many}}`],
    ['of a million rows in an unknown member', `{"data":[],"other":${many}}`],
  ])('(%s) is refused before it is built', async (_, body) => {
    const { server, gateway } = await instead((socket) => {
      socket.write(reply(body));
    });
    await expectFailed(gateway, ...MALFORMED);
    expect(server.requests).toHaveLength(1);
  });
});
