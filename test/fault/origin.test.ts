/**
 * Row S8 of the failure catalogue: a name that leads inwards. Names are resolved by the test, sockets are real: whether
 * one was opened is counted where it would end.
 */
import { describe, expect, it, afterEach } from 'vitest';
import type { LookupAddress } from 'node:dns';
import { isIPv6 } from 'node:net';
import { SourceError, type Failure } from '../../src/domain/failure.js';
import type { Resolve } from '../../src/upstream/lookup.js';
import { createTransport, type Transport } from '../../src/upstream/transport.js';
import { ask, faultRig } from '../support/fault-rig.js';
import { startGateway } from '../support/gateway.js';
import { startPlainServer, type PlainServer } from '../support/plain-server.js';

const rig = faultRig();
const NEVER = new AbortController().signal;

const transports: Transport[] = [];
afterEach(async () => {
  for (const transport of transports.splice(0)) await transport.close();
});

/** A resolver that answers whatever `addresses` holds at the time. */
function resolving(addresses: readonly string[]): { readonly resolve: Resolve; readonly asked: string[] } {
  const asked: string[] = [];
  const resolve: Resolve = (hostname, _, callback) => {
    asked.push(hostname);
    const found: LookupAddress[] = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
    process.nextTick(() => callback(null, found));
  };
  return { resolve, asked };
}

const addressOf = (url: URL) => ({ origin: url.origin, path: url.pathname + url.search });

/** Asks a server on this machine by a name that the resolver makes of it; gives the status, or what went wrong. */
async function askedAs(
  hostname: string,
  server: PlainServer,
  resolve: Resolve,
  allowPrivateAddresses: boolean,
): Promise<number | Failure> {
  const transport = createTransport('CLOUDMC', { connections: 1, allowPrivateAddresses, resolve });
  transports.push(transport);
  const url = new URL('/thing', server.url);
  url.hostname = hostname;
  try {
    return (await transport.send({ ...addressOf(url), method: 'GET', headers: { 'x-key': 'a' } }, NEVER))
      .status;
  } catch (error) {
    if (error instanceof SourceError) return error.failure;
    throw error;
  }
}

const server = async () => rig.keep(await startPlainServer({ 'GET /thing': { body: '{}' } }));
const REFUSED = { code: 'UPSTREAM_UNAVAILABLE', isLasting: true };

describe('S8 a name', () => {
  it.each([
    ['this machine', ['127.0.0.1']],
    ['this machine, in IPv6', ['::1']],
    ['this machine, in disguise', ['::ffff:127.0.0.1']],
    ['a private network', ['10.0.0.1']],
    ['a private network, in IPv6', ['fd12:3456::1']],
    ["a cloud's metadata", ['169.254.169.254']],
    ['nowhere', ['0.0.0.0']],
    ['a public place and this machine', ['192.0.2.1', '127.0.0.1']],
    ['this machine and a public place', ['127.0.0.1', '192.0.2.1']],
    ['something that is no address', ['elsewhere']],
  ])('that leads to %s is refused before a socket is opened', async (_, addresses) => {
    const peer = await server();
    const { resolve, asked } = resolving(addresses);
    expect(await askedAs('cloud.example', peer, resolve, false)).toMatchObject(REFUSED);
    expect(asked).toEqual(['cloud.example']);
    expect(peer.calls).toEqual([]);
  });

  it('may lead inwards if the operator says so', async () => {
    const peer = await server();
    expect(await askedAs('cloud.example', peer, resolving(['127.0.0.1']).resolve, true)).toBe(200);
    expect(peer.calls).toMatchObject([
      { headers: { host: new URL(peer.url).host.replace('127.0.0.1', 'cloud.example') } },
    ]);
  });

  it.each(['169.254.169.254', 'fd00:ec2::254', 'fe80::1', '0.0.0.0', '::ffff:169.254.169.254'])(
    'never leads to %s, whatever the operator says',
    async (address) => {
      const peer = await server();
      for (const hostname of ['cloud.example', 'localhost'])
        expect(await askedAs(hostname, peer, resolving([address]).resolve, true)).toMatchObject(REFUSED);
      expect(peer.calls).toEqual([]);
    },
  );

  it('is judged anew for each socket', async () => {
    const addresses = ['127.0.0.1'];
    const { resolve, asked } = resolving(addresses);
    const peer = rig.keep(
      await startPlainServer({ 'GET /thing': { body: '{}', headers: { connection: 'close' } } }),
    );
    const transport = createTransport('CLOUDMC', { connections: 1, allowPrivateAddresses: true, resolve });
    transports.push(transport);
    const url = new URL('/thing', peer.url.replace('127.0.0.1', 'cloud.example'));
    const send = () => transport.send({ ...addressOf(url), method: 'GET', headers: {} }, NEVER);
    expect((await send()).status).toBe(200);
    addresses[0] = '169.254.169.254';
    await expect(send()).rejects.toMatchObject({ failure: REFUSED });
    expect(asked).toHaveLength(2);
    expect(peer.calls).toHaveLength(1);
  });

  it('without any address is an outage that may pass', async () => {
    const failed = await askedAs('cloud.example', await server(), resolving([]).resolve, false);
    expect(failed).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(failed).not.toHaveProperty('isLasting');
  });
});

describe('S8 what an operator wrote down is meant', () => {
  it('localhost is this machine, and nothing else', async () => {
    const peer = await server();
    expect(await askedAs('localhost', peer, resolving(['127.0.0.1']).resolve, false)).toBe(200);
    for (const address of ['10.0.0.1', '192.0.2.1'])
      expect(await askedAs('localhost', peer, resolving([address]).resolve, false)).toMatchObject(REFUSED);
    expect(peer.calls).toHaveLength(1);
  });

  it('an address is not resolved', async () => {
    const { resolve, asked } = resolving(['169.254.169.254']);
    expect(await askedAs('127.0.0.1', await server(), resolve, false)).toBe(200);
    expect(asked).toEqual([]);
  });
});

describe('S8 seen by callers', () => {
  const over = async (address: string, changes: object) => {
    const peer = await server();
    const cloudmc = { ...rig.sandbox().backends.cloudmc, freshForMs: 0, staleForMs: 0, ...changes };
    const { resolve, asked } = resolving([address]);
    const gateway = rig.keep(
      await startGateway({
        backends: {
          ...rig.sandbox().backends,
          cloudmc: { ...cloudmc, url: `https://cloud.example:${new URL(peer.url).port}/api/v2` },
        },
        accounts: rig.sandbox().directory,
        clock: rig.clock,
        resolve,
      }),
    );
    return { gateway, asked };
  };

  it('is a source that is not available and that no waiting mends; where it led is not told', async () => {
    const { gateway, asked } = await over('127.0.0.1', {});
    const { error, answer } = await ask(rig, gateway);
    expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', source: 'CLOUDMC', retryable: false });
    expect(answer.text).not.toMatch(/cloud\.example|resolve|address|private/i);
    expect(asked).toEqual(['cloud.example']); // once: it would be the same again
  });

  it('and a setting of its backend lets it: then it fails at TLS, which this peer does not speak', async () => {
    const { gateway, asked } = await over('127.0.0.1', { allowPrivateAddresses: true });
    const { error } = await ask(rig, gateway);
    expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', source: 'CLOUDMC', retryable: true });
    expect(new Set(asked)).toEqual(new Set(['cloud.example']));
  });
});
