/**
 * S86, S90: tokens of other issuers. Whoever is not somebody gets one and the same 401, before a query is looked at;
 * keys of an issuer may change, and an issuer may be down, without anybody noticing.
 */
import { createHmac } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKeySets } from '../../src/admission/key-sets.js';
import { authenticateClients } from '../../src/admission/principal.js';
import { verifyTokens } from '../../src/admission/tokens.js';
import type { Principal } from '../../src/domain/principal.js';
import { clientOf, withKey, withoutRequestId } from '../support/clients.js';
import { ask, post, startEdge, type TestEdge } from '../support/edge.js';
import {
  claims,
  forge,
  makeKey,
  pemOf,
  sign,
  startIssuer,
  type SigningKey,
  type TestIssuer,
} from '../support/issuer.js';

const AT = 1_795_000_000; // seconds
const KEY = 'key-of-the-portal-0123456789';
const MINUTE = 60_000;

let [first, second, rsa]: SigningKey[] = [];
let issuer: TestIssuer;
let edge: TestEdge;
/** Milliseconds since the start, of the clock that the age of keys is measured with. */
let elapsed = 0;
let told: { readonly reason: string; readonly hasKeys: boolean }[] = [];
let seen: Principal[] = [];

beforeAll(async () => {
  [first, second, rsa] = await Promise.all([makeKey('one'), makeKey('two'), makeKey('three', 'RS256')]);
});
beforeEach(async () => {
  [elapsed, told, seen] = [0, [], []];
  issuer = await startIssuer(first!, rsa!);
  const keysAt = createKeySets({ now: () => elapsed, timeoutMs: 2_000, tell: (news) => told.push(news) });
  const authenticate = authenticateClients(
    [clientOf('portal', KEY, '*')],
    verifyTokens([issuer.entry()], { keysAt, clock: () => AT * 1000 + elapsed }),
  );
  edge = await startEdge({
    authenticate: async (credentials) => {
      const principal = await authenticate(credentials);
      if (principal !== null) seen.push(principal);
      return principal;
    },
  });
});
afterEach(async () => {
  await edge.stop();
  await issuer[Symbol.asyncDispose]();
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const statusWith = async (token: string) => (await ask(edge.url, '{ fine }', bearer(token))).status;
const good = (changes: Readonly<Record<string, unknown>> = {}, key = first!) =>
  sign(key, claims(AT, changes));

describe('a token', () => {
  it('says who its client is, for whom, and what it may do', async () => {
    expect(await statusWith(await good())).toBe(200);
    expect(seen).toEqual([
      {
        client: 'portal',
        organizations: new Set(['sleepyco']),
        scopes: new Set(['commitments:read', 'billing:read']),
        mayInspect: false,
      },
    ]);
  });

  it('is the same principal as another that says the same', async () => {
    await statusWith(await good({ jti: '1' }));
    await statusWith(await good({ jti: '2', iat: AT - 1 }));
    expect(seen[1]).toBe(seen[0]);
    await statusWith(await good({ organizations: '*' }));
    expect(seen[2]).not.toBe(seen[0]);
    expect(seen[2]?.organizations).toBe('all');
  });

  it.each([
    ['scopes as a list', { scope: ['sources:read', 'admin'] }, ['sources:read'], ['sleepyco']],
    ['no scopes', { scope: undefined }, [], ['sleepyco']],
    [
      'organizations as one text',
      { organizations: 'sleepyco other' },
      ['commitments:read', 'billing:read'],
      ['sleepyco', 'other'],
    ],
    ['no organizations', { organizations: undefined }, ['commitments:read', 'billing:read'], []],
    ['a star among others', { organizations: ['*'] }, ['commitments:read', 'billing:read'], ['*']],
  ])('with %s', async (_, changes, scopes, organizations) => {
    expect(await statusWith(await good(changes))).toBe(200);
    expect([...(seen[0]?.scopes ?? [])]).toEqual(scopes);
    expect([...(seen[0]?.organizations ?? [])]).toEqual(organizations);
  });

  it.each([
    ['ended within the leeway', { exp: AT - 29 }],
    ['begins within the leeway', { nbf: AT + 29 }],
    ['is for several audiences', { aud: ['another', 'commitment-graph'] }],
  ])('that %s counts', async (_, changes) => {
    expect(await statusWith(await good(changes))).toBe(200);
  });

  it('may be signed by any key of the issuer, and stands beside API keys', async () => {
    expect(await statusWith(await good({}, rsa))).toBe(200);
    expect((await ask(edge.url, '{ fine }', withKey(KEY))).status).toBe(200);
    expect((await ask(edge.url, '{ fine }', bearer(KEY))).status).toBe(200);
    expect(issuer.asked).toBe(1);
  });
});

describe('nobody', () => {
  let nobody: string;
  beforeAll(async () => {
    await using plain = await startEdge({ authenticate: () => null });
    nobody = withoutRequestId(await (await ask(plain.url, '{ fine }')).text());
  });

  const NOBODIES: readonly (readonly [string, () => Promise<string> | string])[] = [
    ['an expired token', () => good({ exp: AT - 31 })],
    ['a token without an end', () => good({ exp: undefined })],
    ['a token that is not valid yet', () => good({ nbf: AT + 31 })],
    ['a token for another audience', () => good({ aud: 'another' })],
    ['a token for no audience', () => good({ aud: undefined })],
    ['a token of an issuer that is not known', () => good({ iss: 'https://login.example.evil' })],
    ['a token of an issuer with another spelling', () => good({ iss: 'https://login.example/' })],
    ['a token of no issuer', () => good({ iss: undefined })],
    ['a token of nobody', () => good({ client_id: undefined })],
    ['a token of somebody with a line break', () => good({ client_id: 'portal\nadmin' })],
    ['a token of somebody who is a number', () => good({ client_id: 7 })],
    ['a token with organizations that are none', () => good({ organizations: { sleepyco: true } })],
    ['a token with scopes that are none', () => good({ scope: 7 })],
    ['a token with a part too few', async () => (await good()).split('.').slice(0, 2).join('.')],
    ['a token with its last letter changed', async () => (await good()).replace(/.{4}$/, 'AAAA')],
    [
      'a token whose claims were changed',
      async () => {
        const [header, , signature] = (await good()).split('.');
        const [, payload] = forge({}, claims(AT, { organizations: '*' })).split('.');
        return `${header}.${payload}.${signature}`;
      },
    ],
    ['alg none', () => forge({ alg: 'none' }, claims(AT))],
    ['alg None, with a kid', () => forge({ alg: 'None', kid: 'one' }, claims(AT), 'AAAA')],
    ['no alg', () => forge({ kid: 'one' }, claims(AT))],
    [
      'HS256 with the public key as the secret',
      async () => {
        const unsigned = forge({ alg: 'HS256', kid: 'three' }, claims(AT)).slice(0, -1);
        const secret = await pemOf(rsa!);
        return `${unsigned}.${createHmac('sha256', secret).update(unsigned).digest('base64url')}`;
      },
    ],
    [
      'an algorithm that is not allowed',
      async () =>
        sign({ ...rsa!, alg: 'PS256' }, claims(AT)).catch(() =>
          forge({ alg: 'PS256', kid: 'three' }, claims(AT), 'AAAA'),
        ),
    ],
    ['a kid that is not known', () => sign(first!, claims(AT), { kid: 'nope' })],
    ['another key under a known kid', () => sign({ ...second!, kid: 'one' }, claims(AT))],
    [
      'a key of its own in the header',
      () => sign({ ...second!, kid: 'mine' }, claims(AT), { jwk: second!.jwk }),
    ],
    [
      'an address for keys in the header',
      () => sign({ ...second!, kid: 'mine' }, claims(AT), { jku: 'http://127.0.0.1:9/' }),
    ],
    [
      'an extension that must be understood',
      () => forge({ alg: 'ES256', kid: 'one', crit: ['x'], x: 1 }, claims(AT), 'AAAA'),
    ],
    [
      'claims that are no object',
      () =>
        `${Buffer.from('{"alg":"ES256"}').toString('base64url')}.${Buffer.from('[]').toString('base64url')}.AAAA`,
    ],
    ['dots', () => '..'],
    ['a token of more than 8 KB', () => good({ filler: 'x'.repeat(8_000) })],
  ];

  it.each(NOBODIES)('with %s gets the one 401, unread', async (_, make) => {
    const token = await make();
    for (const body of ['{ fine }', '{ this is no query']) {
      const response = await post(edge.url, JSON.stringify({ query: body }), bearer(token));
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(withoutRequestId(await response.text())).toBe(nobody);
    }
    expect(seen).toEqual([]);
    expect(JSON.stringify(edge.lines)).not.toContain(token.slice(0, 40));
  });

  it('is who presents a good token as a key, or beside another', async () => {
    const token = await good();
    expect((await ask(edge.url, '{ fine }', withKey(token))).status).toBe(401);
    expect((await ask(edge.url, '{ fine }', { ...withKey('wrong'), ...bearer(token) })).status).toBe(401);
  });
});

describe('keys of an issuer', () => {
  it('may change: a token with a new one is good at once, one with an old one not any more', async () => {
    expect(await statusWith(await good())).toBe(200);
    issuer.keys = [second!];
    elapsed += 10_000;
    expect(await statusWith(await good({}, second))).toBe(200);
    expect(await statusWith(await good())).toBe(401);
    expect(issuer.asked).toBe(2);
  });

  it('are asked for at most once in ten seconds, whatever tokens name', async () => {
    expect(await statusWith(await good())).toBe(200);
    const guess = async (n: number) => statusWith(await sign(first!, claims(AT), { kid: `guess-${n}` }));
    for (let n = 0; n < 20; n += 1) expect(await guess(n)).toBe(401);
    expect(issuer.asked).toBe(1);
    elapsed += 10_000;
    expect(await Promise.all([guess(20), guess(21), guess(22)])).toEqual([401, 401, 401]);
    expect(issuer.asked).toBe(2);
  });

  it.each(['down', 'broken', 'large', 'moved'] as const)(
    'stay in use while the issuer is %s',
    async (trouble) => {
      expect(await statusWith(await good())).toBe(200);
      issuer.trouble = trouble;
      elapsed += 11 * MINUTE;
      const late = () => good({ exp: AT + 3_600 });
      expect(await statusWith(await late())).toBe(200);
      // The new keys were asked for meanwhile, and nobody waited for them.
      while (told.length === 0) await new Promise((resolve) => setImmediate(resolve));
      expect(told).toMatchObject([{ hasKeys: true }]);
      expect(JSON.stringify(told)).not.toContain('html');
      expect(await statusWith(await late())).toBe(200);
      issuer.trouble = null;
      issuer.keys = [second!];
      elapsed += 10_000;
      expect(await statusWith(await sign(second!, claims(AT, { exp: AT + 3_600 })))).toBe(200);
      expect(await statusWith(await late())).toBe(401);
    },
  );

  it('are not used for ever', async () => {
    expect(await statusWith(await good())).toBe(200);
    issuer.trouble = 'down';
    elapsed += 24 * 60 * MINUTE + 1;
    expect(await statusWith(await good({ exp: AT + 90_000 }))).toBe(401);
  });

  it('that were never seen make nobody somebody, until they are', async () => {
    issuer.trouble = 'down';
    expect(await statusWith(await good())).toBe(401);
    expect(told).toMatchObject([{ hasKeys: false, reason: 'no connection' }]);
    issuer.trouble = null;
    elapsed += 10_000;
    expect(await statusWith(await good())).toBe(200);
  });
});
