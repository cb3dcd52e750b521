/**
 * S87: ids and slugs that are not the caller's. They look like those that are not there, cost no call, are counted one by
 * one, however they are asked for, and end in a wait; who asks for something deleted now and then notices nothing.
 */
import { pino } from 'pino';
import { afterAll, beforeEach, beforeAll, describe, expect, it } from 'vitest';
import { createGuessLimit, GUESS_RATE, type GuessNews } from '../../src/admission/guesses.js';
import type { Principal } from '../../src/domain/principal.js';
import { encodeGlobalId, type NodeType } from '../../src/graph/global-id.js';
import { clientOf, withKey, withoutRequestId } from '../support/clients.js';
import { startSandboxedGateway, type SandboxedGateway } from '../support/sandboxed-gateway.js';

const OWN = 'sleepyco';
const FOREIGN = 'harbourline-logistics';
const MISSING = 'nobody-of-that-name';
const { atOnce: MOST, perMinute } = GUESS_RATE;

describe('S87: a limit of guesses', () => {
  const principal = (client: string, organizations: Principal['organizations'] = new Set()): Principal => ({
    client,
    organizations,
    mayInspect: false,
    scopes: new Set(),
  });
  const aLimit = () => {
    const news: GuessNews[] = [];
    const time = { now: 0 };
    const limit = createGuessLimit({ now: () => time.now, tell: (one) => news.push(one) });
    const miss = (client: string, from: number, to: number) => {
      for (let n = from; n < to; n += 1) limit.of(principal(client), `r${n}`).missed(`id ${n}`);
    };
    return { news, time, limit, miss, waitMs: (client: string) => limit.of(principal(client), 'r').waitMs() };
  };

  it('counts what is different, for each client by itself', () => {
    const { news, miss, waitMs } = aLimit();
    for (let times = 0; times < 100; times += 1) miss('app', 0, MOST - 1);
    expect([waitMs('app'), news]).toEqual([0, []]);
    miss('app', MOST - 1, MOST);
    expect(news).toEqual([{ client: 'app', requestId: `r${MOST - 1}`, count: MOST }]);
    expect([waitMs('app'), waitMs('other')]).toEqual([60_000 / perMinute, 0]);
  });

  it('gives guesses back evenly, and never more than there were', () => {
    const { time, miss, waitMs } = aLimit();
    miss('app', 0, MOST);
    time.now += 60_000 / perMinute - 1;
    expect(waitMs('app')).toBe(1);
    time.now += 1;
    expect(waitMs('app')).toBe(0);
    miss('app', MOST, MOST + 1);
    expect(waitMs('app')).toBe(60_000 / perMinute);
    time.now += 24 * 3_600_000;
    miss('app', 100, 100 + MOST - 1);
    expect(waitMs('app')).toBe(0);
    miss('app', 200, 201);
    expect(waitMs('app')).toBeGreaterThan(0);
  });

  it('makes many guesses at once take the time of all of them', () => {
    const { time, miss, waitMs } = aLimit();
    miss('app', 0, MOST + 100);
    expect(waitMs('app')).toBe((101 * 60_000) / perMinute);
    time.now += (100 * 60_000) / perMinute;
    expect(waitMs('app')).toBe(60_000 / perMinute);
  });

  it('is told once, at each doubling, and again after a pause', () => {
    const { news, time, miss } = aLimit();
    miss('app', 0, 10 * MOST);
    expect(news.map(({ count }) => count)).toEqual([MOST, 2 * MOST, 4 * MOST, 8 * MOST]);
    time.now += 24 * 3_600_000;
    miss('app', 1_000, 1_000 + MOST);
    expect(news.map(({ count }) => count).slice(4)).toEqual([MOST]);
  });

  it('does not hold for those from whom nothing is hidden', () => {
    const { news, limit } = aLimit();
    const lookups = limit.of(principal('operator', 'all'), 'r');
    for (let n = 0; n < 1_000; n += 1) lookups.missed(`id ${n}`);
    expect([lookups.waitMs(), news]).toEqual([0, []]);
  });
});

describe('S87: guesses over HTTP', () => {
  let over: SandboxedGateway;
  const lines: Record<string, unknown>[] = [];
  /** A client for each test: what one has guessed is not forgotten. */
  const CLIENTS = Array.from({ length: 20 }, (_, i) => `partner-${i}`);
  let taken = 0;
  let client = '';

  beforeAll(async () => {
    over = await startSandboxedGateway({
      isWritable: true,
      log: pino(
        { base: null },
        { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) },
      ),
      // Nothing comes back while tests run.
      guessRate: { atOnce: MOST, perMinute: 0.000_001 },
      // Nor does it matter here what it costs.
      clients: CLIENTS.map((name) => ({
        ...clientOf(
          name,
          `key-of-${name}`,
          [OWN],
          ['contracts:write', 'commitments:write', 'commitments:delete'],
        ),
        limits: { mode: 'off' },
      })),
    });
  });
  afterAll(() => over[Symbol.asyncDispose]());
  beforeEach(() => {
    client = CLIENTS[taken] ?? '';
    taken += 1;
    over.sandbox.reset();
    over.forgetCalls();
  });

  const ask = (query: string, variables: object = {}) =>
    over.query(query, variables, withKey(`key-of-${client}`));
  const idIn = (organization: string, key: string | number, type: NodeType = 'ContractCommitment') =>
    encodeGlobalId({ type, organization, key: String(key) });
  const idsIn = (organization: string, count: number, type?: NodeType) =>
    Array.from({ length: count }, (_, i) => idIn(organization, i + 1, type));
  const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
  const calls = () => Object.values(over.calls()).flat();
  const events = () =>
    lines.filter(({ security, client: whose }) => security === 'guessing' && whose === client);

  const expectLimited = async () => {
    over.forgetCalls();
    const response = await fetch(`${over.gateway.app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...withKey(`key-of-${client}`) },
      body: JSON.stringify({ query: NODES, variables: { ids: [idIn(OWN, 1)] } }),
    });
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'RATE_LIMITED', retryable: true, retryAfterMs: expect.any(Number) } }],
    });
    expect(calls()).toEqual([]);
  };
  const expectFree = async () => {
    expect((await ask(NODES, { ids: [] })).status).toBe(200);
  };

  it.each([FOREIGN, MISSING])('of ids of %s cost no call, and end in a wait', async (organization) => {
    const almost = await ask(NODES, { ids: idsIn(organization, MOST - 1) });
    expect([almost.status, almost.errors]).toEqual([200, []]);
    await expectFree();
    await ask(NODES, { ids: idsIn(organization, MOST) });
    expect(calls()).toEqual([]);
    await expectLimited();
  });

  it('of another’s id and of nobody’s are the same, byte for byte, before and after the limit', async () => {
    for (const count of [3, MOST, MOST + 5]) {
      const [foreign, missing] = [
        await ask(NODES, { ids: idsIn(FOREIGN, count) }),
        await ask(NODES, { ids: idsIn(MISSING, count) }),
      ];
      const same = (text: string) => withoutRequestId(text).replaceAll(/"retryAfterMs":\d+/g, '');
      if (count === 3) expect(same(foreign.text)).toBe(same(missing.text));
    }
    const [foreign, missing] = [
      await ask(`{ organization(slug: "${FOREIGN}") { name } }`),
      await ask(`{ organization(slug: "${MISSING}") { name } }`),
    ];
    expect([foreign.status, missing.status]).toEqual([429, 429]);
    const [one, other] = [foreign, missing].map(({ errors, data }) => [errors[0]?.message, data]);
    expect(one).toEqual(other);
    expect(calls()).toEqual([]);
  });

  it('count each alias, and the next alias knows of it', async () => {
    await ask(NODES, { ids: idsIn(MISSING, MOST - 2) });
    const slugs = [1, 2, 3, 4, 5].map((n) => `a${n}: organization(slug: "guess-${n}") { name }`);
    const { status, errors } = await ask(`{ ${slugs.join(' ')} }`);
    expect(status).toBe(429);
    expect(errors.map(({ path }) => path)).toEqual([['a3'], ['a4'], ['a5']]);
    await expectLimited();
  });

  it('count each id, not each request', async () => {
    await ask(NODES, { ids: idsIn(MISSING, 100) });
    await expectLimited();
    expect(events()).toMatchObject([{ count: MOST }, { count: 2 * MOST }, { count: 4 * MOST }]);
  });

  it('count records of the own customer that are not there: numbers are easily tried', async () => {
    for (let n = 0; n < MOST; n += 5) {
      const ids = [0, 1, 2, 3, 4].map((i) => idIn(OWN, 700_000 + n + i));
      expect((await ask(NODES, { ids })).data.nodes).toEqual([null, null, null, null, null]);
    }
    await expectLimited();
  });

  const FIELDS: readonly (readonly [string, (n: number) => string])[] = [
    ['node', (n) => `{ node(id: "${idIn(FOREIGN, n)}") { id } }`],
    ['commitment', (n) => `{ commitment(id: "${idIn(FOREIGN, n)}") { id } }`],
    [
      'contract',
      (n) => `{ contract(id: "${idIn(FOREIGN, `ctrct_${n}aaaaaaaaaaaaaaa`, 'Contract')}") { id } }`,
    ],
    [
      'contractOperation',
      (n) => `{ contractOperation(id: "${idIn(FOREIGN, n, 'ContractOperation')}") { id } }`,
    ],
    [
      'contractOperation of the own customer',
      (n) => `{ contractOperation(id: "${idIn(OWN, n, 'ContractOperation')}") { id } }`,
    ],
    [
      'contractOperation with a customer',
      (n) => `{ contractOperation(idempotencyKey: "key-12345678", organization: "g${n}") { id } }`,
    ],
    ['organization', (n) => `{ organization(slug: "guess-${n}") { id } }`],
    ['commitments', (n) => `{ commitments(filter: { organizations: ["guess-${n}"] }) { nodes { id } } }`],
    [
      'a change',
      (n) =>
        `mutation { contractCommitmentDelete(input: { commitmentId: "${idIn(FOREIGN, n)}", idempotencyKey: "guess-${n}-000" }) { userErrors { code } } }`,
    ],
    [
      'a change of the own customer',
      (n) =>
        `mutation { resourceCommitmentDelete(input: { commitmentId: "${idIn(OWN, `00000000-0000-4000-8000-0000000000${10 + n}`, 'ResourceCommitment')}", idempotencyKey: "guess-${n}-000", dryRun: true }) { userErrors { code } } }`,
    ],
    [
      'organizationSync',
      (n) =>
        `mutation { organizationSync(input: { organization: "guess-${n}", idempotencyKey: "guess-${n}-000" }) { userErrors { code } } }`,
    ],
  ];
  it.each(FIELDS)('are counted by %s', async (_, query) => {
    for (let n = 0; n < MOST; n += 1) {
      const { status, text } = await ask(query(n));
      expect(text).not.toContain('BAD_USER_INPUT');
      expect(status).toBe(200);
    }
    await expectLimited();
    expect((await ask(query(MOST))).status).toBe(429);
  });

  it('leave the customers of the guesser readable, and tell the log who, and nothing of what', async () => {
    await ask(NODES, { ids: idsIn(FOREIGN, MOST) });
    await expectLimited();
    const own = await ask(
      `{ organization(slug: "${OWN}") { commitments(first: 1) { nodes { id } } } organizations { totalCount } }`,
    );
    expect([own.status, own.errors]).toEqual([200, []]);
    expect(own.data.organization.commitments.nodes).toHaveLength(1);
    expect(events()).toHaveLength(1);
    expect(events()[0]).toMatchObject({
      level: 40,
      client,
      count: MOST,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(Object.keys(events()[0] ?? {}).sort()).toEqual([
      'client',
      'count',
      'level',
      'msg',
      'requestId',
      'security',
      'time',
    ]);
  });

  it('are no guesses where the same deleted thing is asked for again and again, or a key of one’s own', async () => {
    for (let times = 0; times < 2 * MOST; times += 1) {
      const { status } = await ask(
        `query ($ids: [ID!]!) { nodes(ids: $ids) { id } contractOperation(idempotencyKey: "own-key-${times}-000") { id } }`,
        { ids: [idIn(OWN, 700_001), idIn('left-us-long-ago', 1)] },
      );
      expect(status).toBe(200);
    }
    expect(events()).toEqual([]);
    await expectFree();
  });
});
