/**
 * What a client may spend, over real sockets and in time that tests move: however an operation comes, one that is too
 * dear or beyond the budget is refused before a resolver runs, and says what to do; clients do not disturb one another.
 */
import { makeExecutableSchema } from '@graphql-tools/schema';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryBudgets } from '../../src/admission/budgets/memory.js';
import { authenticateClients, authenticateDemo } from '../../src/admission/principal.js';
import type { Limits, OwnLimits } from '../../src/domain/principal.js';
import { clientOf, withKey } from '../support/clients.js';
import { emptyFolder, register, sha256 } from '../support/documents-folder.js';
import { post, startEdge, type TestEdge } from '../support/edge.js';
import { manualTimers, type ManualTimers } from '../support/manual-timers.js';
import type { GraphError } from '../support/gateway.js';

/** Resolvers that ran. */
let runs: string[] = [];

const schema = makeExecutableSchema({
  typeDefs: `
    directive @cost(weight: Int!) on FIELD_DEFINITION
    directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!]) on FIELD_DEFINITION
    type Query {
      things(first: Int! = 10, give: Int! = 0): [Thing] @listSize(slicingArguments: ["first"])
      dear: Int @cost(weight: 40)
    }
    type Mutation { change: Int @cost(weight: 30) }
    type Subscription { ticks: Int @cost(weight: 20) }
    type Thing { id: Int }`,
  resolvers: {
    Query: {
      things: (_, { give }: { give: number }) => {
        runs.push('things');
        return Array.from({ length: give }, (__, id) => ({ id }));
      },
      dear: () => {
        runs.push('dear');
        return 1;
      },
    },
    Mutation: {
      change: () => {
        runs.push('change');
        return 1;
      },
    },
    Subscription: {
      ticks: {
        subscribe: async function* () {
          runs.push('ticks');
          yield { ticks: await Promise.resolve(1) };
        },
      },
    },
  },
});

const DEAR = '{ dear }'; // 41 points
const REGISTERED = 'query Registered { dear }';
const FOLLOW = 'subscription { ticks }';
/** A point in a second. */
const USUAL: Limits = { mode: 'enforce', operationCost: 80, costPerMinute: 60, costAtOnce: 100 };

let timers: ManualTimers;
let edge: TestEdge;
const BOTH_KEYS = ['first-key', 'second-key'] as const;

async function start(limits: Readonly<Record<string, OwnLimits>> = {}, isDemo = false): Promise<TestEdge> {
  runs = [];
  timers = manualTimers();
  const folder = emptyFolder();
  register(folder, 'partner', '1', [REGISTERED]);
  const [first, second] = BOTH_KEYS.map((key) => clientOf('partner', key, '*'));
  const partner = {
    ...clientOf('partner', BOTH_KEYS[0], '*'),
    keys: [...(first?.keys ?? []), ...(second?.keys ?? [])],
  };
  return startEdge({
    schema,
    timers,
    authenticate: isDemo
      ? authenticateDemo()
      : authenticateClients(
          [partner, clientOf('other', 'key-of-other', '*')].map((client) => ({
            ...client,
            limits: limits[client.name],
          })),
        ),
    spending: { budgets: createMemoryBudgets(() => timers.now()), limits: USUAL },
    documents: { folder, timers, modeOf: () => 'prefer' },
  });
}

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly data: unknown;
  readonly error: GraphError | undefined;
  readonly extensions: { readonly cost?: Readonly<Record<string, unknown>> } | undefined;
}

async function read(response: Response): Promise<Reply> {
  const { data, errors, extensions } = (await response.json()) as {
    data?: unknown;
    errors?: GraphError[];
    extensions?: Reply['extensions'];
  };
  return { status: response.status, headers: response.headers, data, error: errors?.[0], extensions };
}

const WITH_REPORT = { 'graphql-cost-report': '1' };
const by = (key: string) => withKey(key);

const WAYS: readonly (readonly [string, (key: string) => Promise<Response>])[] = [
  ['POST', (key) => post(edge.url, JSON.stringify({ query: DEAR }), by(key))],
  ['GET', (key) => fetch(`${edge.url}/graphql?query=${encodeURIComponent(DEAR)}`, { headers: by(key) })],
  [
    'a document by its id',
    (key) => post(edge.url, JSON.stringify({ documentId: sha256(REGISTERED) }), by(key)),
  ],
  [
    'a document by its address',
    (key) =>
      fetch(`${edge.url}/graphql/documents/${sha256(REGISTERED)}`, {
        headers: { ...by(key), 'content-type': 'application/json' },
      }),
  ],
  [
    'a stream of events',
    (key) => post(edge.url, JSON.stringify({ query: FOLLOW }), { ...by(key), accept: 'text/event-stream' }),
  ],
];

describe('an operation', () => {
  beforeEach(async () => {
    edge = await start();
    return () => edge.stop();
  });

  it.each(WAYS)(
    'that its client cannot pay any more is refused with 429, by %s, and nothing of it runs',
    async (_, ask) => {
      // The keys of a client share what it has.
      await spend(BOTH_KEYS[0]);
      runs = [];
      const { status, headers, error, data } = await read(await ask(BOTH_KEYS[1]));
      expect(status).toBe(429);
      expect(data).toBeUndefined();
      expect(error?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
      expect(error?.message).toMatch(/^This client has spent its budget: .* \d+ points/);
      const after = error?.extensions.retryAfterMs ?? 0;
      expect(after).toBeGreaterThan(0);
      expect(headers.get('retry-after')).toBe(String(Math.ceil(after / 1000)));
      expect(headers.get('ratelimit')).toMatch(/^"cost";r=\d+;t=\d+$/);
      expect(headers.get('cache-control')).toBe('private, no-store');
      expect(runs).toEqual([]);
      // The other client notices nothing of it.
      expect(
        (await read(await post(edge.url, JSON.stringify({ query: DEAR }), by('key-of-other')))).status,
      ).toBe(200);
      // And it is as it was told: enough is there when the time is over.
      await timers.tick(after);
      expect((await ask(BOTH_KEYS[1])).status).toBe(200);
    },
  );

  /** Until less is left than anything here costs. */
  async function spend(key: string): Promise<void> {
    for (let i = 0; i < 200; i += 1) {
      const { status } = await read(
        await post(edge.url, JSON.stringify({ query: '{ things(first: 9, give: 9) { id } }' }), by(key)),
      );
      if (status === 429) return;
    }
    throw new Error('the budget does not end');
  }

  it.each([
    ['POST', () => post(edge.url, JSON.stringify({ query: '{ a: dear b: dear }' }), by(BOTH_KEYS[0]))],
    [
      'GET, by the value of a variable',
      () =>
        fetch(
          `${edge.url}/graphql?query=${encodeURIComponent('query($n:Int!){things(first:$n){id}}')}&variables=${encodeURIComponent('{"n":1e3}')}`,
          { headers: by(BOTH_KEYS[0]) },
        ),
    ],
  ])(
    'that is dearer than any may be is refused with 400 by %s, says its price, and costs nothing',
    async (_, ask) => {
      const { status, error, headers } = await read(await ask());
      expect(status).toBe(400);
      expect(error?.extensions).toMatchObject({ code: 'OPERATION_TOO_COSTLY', retryable: false });
      expect(error?.extensions.retryAfterMs).toBeUndefined();
      expect(error?.message).toMatch(
        /could cost (81|101) points; this client may spend 80 on one\. Ask for smaller pages/,
      );
      expect(headers.get('retry-after')).toBeNull();
      expect(runs).toEqual([]);
      const next = await read(
        await post(edge.url, JSON.stringify({ query: '{ __typename }' }), by(BOTH_KEYS[0])),
      );
      expect(next.headers.get('ratelimit')).toBe('"cost";r=99;t=1');
    },
  );

  it('takes what it could cost, and gets back what it did not', async () => {
    const query = '{ things(first: 60, give: 3) { id } }';
    const first = await read(
      await post(edge.url, JSON.stringify({ query }), { ...by(BOTH_KEYS[0]), ...WITH_REPORT }),
    );
    expect(first.extensions?.cost).toEqual({
      estimated: 61,
      actual: 4,
      mode: 'enforce',
      operationCost: 80,
      available: 96,
      costAtOnce: 100,
      costPerMinute: 60,
    });
    expect(first.headers.get('ratelimit-policy')).toBe('"cost";q=100;w=100;qu="points"');
    expect(first.headers.get('ratelimit')).toBe('"cost";r=96;t=4');
    // Only one of them could be paid if the estimate were kept.
    for (let i = 0; i < 9; i += 1) {
      expect((await post(edge.url, JSON.stringify({ query }), by(BOTH_KEYS[0]))).status).toBe(200);
    }
    expect(
      (await post(edge.url, JSON.stringify({ query: '{ __typename }' }), by(BOTH_KEYS[0]))).headers.get(
        'ratelimit',
      ),
    ).toBe('"cost";r=59;t=41');
  });

  it('tells what it cost only those who ask, and what is refused too', async () => {
    const plain = await read(await post(edge.url, JSON.stringify({ query: DEAR }), by(BOTH_KEYS[0])));
    expect(plain.extensions).toBeUndefined();
    const refused = await read(
      await post(edge.url, JSON.stringify({ query: '{ a: dear b: dear }' }), {
        ...by(BOTH_KEYS[0]),
        ...WITH_REPORT,
      }),
    );
    expect(refused.extensions?.cost).toMatchObject({ estimated: 81, actual: 0 });
  });

  it('that fails, or brings wrong variables, costs what came of it', async () => {
    const wrong = await read(
      await post(
        edge.url,
        JSON.stringify({ query: 'query ($n: Int!) { things(first: $n) { id } }', variables: { n: 'many' } }),
        { ...by('key-of-other'), ...WITH_REPORT },
      ),
    );
    expect(wrong.status).toBe(400);
    const next = await read(
      await post(edge.url, JSON.stringify({ query: '{ __typename }' }), by('key-of-other')),
    );
    expect(Number(/r=(\d+)/.exec(next.headers.get('ratelimit') ?? '')?.[1])).toBeGreaterThanOrEqual(98);
  });

  it('of nobody is refused before anything is counted', async () => {
    for (let i = 0; i < 5; i += 1) {
      const { status, headers } = await read(
        await post(edge.url, JSON.stringify({ query: DEAR }), by('wrong')),
      );
      expect(status).toBe(401);
      expect(headers.get('ratelimit')).toBeNull();
    }
    const { headers } = await read(
      await post(edge.url, JSON.stringify({ query: '{ __typename }' }), by(BOTH_KEYS[0])),
    );
    expect(headers.get('ratelimit')).toBe('"cost";r=99;t=1');
  });

  it('S100: of a client that floods is refused, and none of the others', async () => {
    const flood = Array.from({ length: 300 }, () =>
      post(edge.url, JSON.stringify({ query: '{ things(first: 20, give: 20) { id } }' }), by(BOTH_KEYS[0])),
    );
    const others = Array.from({ length: 20 }, () =>
      post(edge.url, JSON.stringify({ query: '{ things(first: 1, give: 1) { id } }' }), by('key-of-other')),
    );
    const statuses = async (all: readonly Promise<Response>[]) =>
      (await Promise.all(all)).map(({ status }) => status);
    expect((await statuses(others)).filter((status) => status !== 200)).toEqual([]);
    const flooded = await statuses(flood);
    expect(flooded.filter((status) => status === 200)).toHaveLength(4); // of 21 points, from 100
    expect(flooded.filter((status) => status === 429)).toHaveLength(296);
  });
});

describe('a client', () => {
  const ask = (key: string, query = DEAR) => post(edge.url, JSON.stringify({ query }), by(key)).then(read);
  const warnings = () => edge.lines.filter(({ msg }) => /goes beyond its limits/.test(String(msg)));

  it('with mode measure is refused nothing, sees what is left, and is in the log once in a while', async () => {
    edge = await start({ partner: { mode: 'measure' } });
    for (let i = 0; i < 5; i += 1)
      expect((await ask(BOTH_KEYS[0], '{ a: dear b: dear c: dear }')).status).toBe(200);
    for (let i = 0; i < 30; i += 1) {
      expect((await ask(BOTH_KEYS[0], '{ things(first: 9, give: 9) { id } }')).status).toBe(200);
    }
    const { headers } = await ask(BOTH_KEYS[0]);
    expect(headers.get('ratelimit')).toMatch(/^"cost";r=\d;t=\d+$/);
    expect(headers.get('retry-after')).toBeNull();
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toMatchObject({ client: 'partner', estimated: 121, operationCost: 80 });
    await timers.tick(60_000);
    await ask(BOTH_KEYS[0], '{ a: dear b: dear c: dear }');
    expect(warnings()).toHaveLength(2);
    await edge.stop();
  });

  it('with mode off is not counted at all, and may know what it costs', async () => {
    edge = await start({ partner: { mode: 'off' } });
    for (let i = 0; i < 5; i += 1) {
      const { status, headers } = await ask(BOTH_KEYS[0], '{ a: dear b: dear c: dear }');
      expect(status).toBe(200);
      expect(headers.get('ratelimit')).toBeNull();
    }
    const { extensions } = await read(
      await post(edge.url, JSON.stringify({ query: DEAR }), { ...by(BOTH_KEYS[0]), ...WITH_REPORT }),
    );
    expect(extensions?.cost).toMatchObject({ estimated: 41, mode: 'off', available: null });
    await edge.stop();
  });

  it('has limits of its own in place of the usual ones, each by itself', async () => {
    edge = await start({ partner: { operationCost: 1_000, costAtOnce: 130 } });
    expect((await ask(BOTH_KEYS[0], '{ a: dear b: dear c: dear }')).status).toBe(200);
    // More than a full budget can never be had: that is said at once, and not by having it wait for ever.
    const { status, error } = await ask(BOTH_KEYS[0], '{ a: dear b: dear c: dear d: dear }');
    expect(status).toBe(400);
    expect(error?.message).toMatch(/could cost 161 points; this client may spend 130/);
    await edge.stop();
  });

  it('that is the demo is refused nothing', async () => {
    edge = await start({}, true);
    for (let i = 0; i < 5; i += 1) expect((await ask('', '{ a: dear b: dear c: dear }')).status).toBe(200);
    await edge.stop();
  });
});
