/**
 * Each backend stopped in turn, and hurt in other ways: the rest of the answer arrives as it is, errors name the source
 * with a code, and nothing internal leaks (no host, path, key, stack).
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SOURCE_NAMES, type SourceName } from '../../src/domain/source.js';
import { encodeGlobalId } from '../../src/graph/global-id.js';
import type { Fault } from '../../src/sandbox/faults.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import type { BackendName } from '../../src/sandbox/types.js';
import { EVERYTHING, withoutSource, type Outage } from '../support/everything.js';
import { startGateway, type Gateway, type GraphAnswer } from '../support/gateway.js';
import { expectNothingInternal } from '../support/leaks.js';
import { systemTimers, type Timers } from '../../src/upstream/timers.js';
import { NOW, TODAY } from '../support/sandboxed-gateway.js';

const BACKENDS: Readonly<
  Record<SourceName, { readonly name: BackendName; readonly key: keyof Sandbox['backends'] }>
> = {
  COMMITMENT_MANAGER: { name: 'commitment-manager', key: 'commitmentManager' },
  SALESFORCE: { name: 'salesforce', key: 'salesforce' },
  LOGISENSE: { name: 'logisense', key: 'logisense' },
  MONETIZENOW: { name: 'monetizenow', key: 'monetizenow' },
  CLOUDMC: { name: 'cloudmc', key: 'cloudmc' },
};
const COMMITMENT_SOURCES = ['COMMITMENT_MANAGER', 'LOGISENSE', 'CLOUDMC'];

let sandbox: Sandbox;
/** The answer when all is well. */
let whole: GraphAnswer['data'];
const gateways: Gateway[] = [];

const emulator = (source: SourceName) => sandbox.emulator(BACKENDS[source].name);

/** Real time, and more of it when a test says so: breakers need some to close. */
let skippedMs = 0;
const timers: Timers = { ...systemTimers, now: () => systemTimers.now() + skippedMs };

/** A gateway that keeps no answers; `change` edits the settings of one backend, or leaves it out. */
async function gateway(changed?: SourceName, change?: object | null): Promise<Gateway> {
  const backends: Record<string, object> = {};
  for (const [name, settings] of Object.entries(sandbox.backends))
    backends[name] = { ...settings, freshForMs: 0, staleForMs: 0 };
  if (changed !== undefined) {
    const { key } = BACKENDS[changed];
    if (change == null) delete backends[key];
    else backends[key] = { ...backends[key], ...change };
  }
  const started = await startGateway({ backends, accounts: sandbox.directory, clock: () => NOW, timers });
  gateways.push(started);
  return started;
}

beforeAll(async () => {
  sandbox = await startSandbox({ today: TODAY, clock: () => NOW });
  const { query } = await gateway();
  const answer = await query(EVERYTHING);
  expect(answer.errors).toEqual([]);
  whole = answer.data;
});
afterAll(() => sandbox.stop());
afterEach(async () => {
  for (const started of gateways.splice(0)) await started[Symbol.asyncDispose]();
  for (const source of SOURCE_NAMES) await emulator(source).start();
  sandbox.reset();
});

/** The rest of the answer is whole, and each error says which source failed, how, and where it is missed. */
function expectOutage(answer: GraphAnswer, source: SourceName, outage: Outage, retryable: boolean): void {
  expect(answer.status).toBe(200);
  expect(answer.data).toEqual(withoutSource(whole, source, outage));
  expect(answer.errors.length).toBeGreaterThan(0);
  // After some failures in a row the rest is not asked any more, and after one that says so, not before its time.
  expect(answer.errors.some(({ extensions }) => extensions.code === outage.code)).toBe(true);
  for (const { path, message, extensions } of answer.errors) {
    const { retryAfterMs, ...others } = extensions;
    const isOpen = extensions.code === 'CIRCUIT_OPEN';
    expect(others).toEqual({
      code: isOpen ? 'CIRCUIT_OPEN' : outage.code,
      source,
      retryable: isOpen || retryable,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    if (!isOpen && outage.retryAfterMs === null) expect(retryAfterMs).toBeUndefined();
    if (!isOpen && outage.retryAfterMs !== null) {
      expect(retryAfterMs).toBeGreaterThan(outage.retryAfterMs - 1_000);
      expect(retryAfterMs).toBeLessThanOrEqual(outage.retryAfterMs);
    }
    expect(message).toMatch(/^(Commitment Manager|Salesforce|LogiSense|MonetizeNow|CloudMC) [a-z ;]+\.$/);
    expect(path?.slice(0, 1)).toEqual(['organization']);
  }
  const places = answer.errors.map(({ path }) => path?.filter((step) => typeof step === 'string').join('.'));
  expect(new Set(places)).toEqual(new Set(PLACES[source].map((place) => `organization.${place}`)));
  expectNothingInternal(answer.text, sandbox);
}

const PLACES: Readonly<Record<SourceName, readonly string[]>> = {
  COMMITMENT_MANAGER: [
    'commitments',
    'serviceOrders.nodes.minimumCommitment',
    'minimumCommitmentState',
    'usage',
    'billingHistory',
    'contractTerms',
  ],
  SALESFORCE: ['serviceOrders', 'commitments.nodes.serviceOrder'],
  LOGISENSE: ['commitments'],
  MONETIZENOW: ['contracts'],
  CLOUDMC: ['commitments'],
};

const UNAVAILABLE: Outage = { code: 'UPSTREAM_UNAVAILABLE', retryAfterMs: null };

it('the answer that the others are measured by has something of every source', () => {
  const { commitments, contracts, serviceOrders, billingHistory } = whole.organization;
  const sources = new Set(commitments.nodes.map((one: { source: string }) => one.source));
  expect(sources).toEqual(new Set(COMMITMENT_SOURCES));
  expect(commitments.nodes.some((one: { serviceOrder?: object }) => one.serviceOrder != null)).toBe(true);
  expect(serviceOrders.nodes.some((one: { minimumCommitment: object | null }) => one.minimumCommitment)).toBe(
    true,
  );
  expect(contracts.nodes.some((one: { offerings: object[] }) => one.offerings.length > 0)).toBe(true);
  expect(
    contracts.nodes.some((one: { invoices: { totalCount: number } }) => one.invoices.totalCount > 0),
  ).toBe(true);
  expect(billingHistory.length).toBeGreaterThan(5);
  for (const name of ['minimumCommitmentState', 'usage', 'contractTerms'])
    expect(whole.organization[name]).not.toBeNull();
});

describe.each(SOURCE_NAMES)('without %s', (source) => {
  it('from the start, the rest arrives', async () => {
    const { query } = await gateway();
    await emulator(source).stop();
    expectOutage(await query(EVERYTHING), source, UNAVAILABLE, true);
    const { data, text } = await query(
      '{ sources { name isConfigured isReachable lastSuccessAt lastFailure { code at } } }',
    );
    for (const state of data.sources) {
      expect(state).toMatchObject(
        state.name === source
          ? {
              isConfigured: true,
              isReachable: false,
              lastSuccessAt: null,
              lastFailure: { code: 'UPSTREAM_UNAVAILABLE' },
            }
          : { isConfigured: true, isReachable: true, lastFailure: null },
      );
    }
    expectNothingInternal(text, sandbox);
  });

  it('from the middle of its work, the rest arrives, and all of it once it is back', async () => {
    const { query } = await gateway();
    expect((await query(EVERYTHING)).data).toEqual(whole);
    await emulator(source).stop();
    sandbox.reset(); // its second of time
    expectOutage(await query(EVERYTHING), source, UNAVAILABLE, true);
    await emulator(source).start();
    let answer = await query(EVERYTHING);
    for (let turn = 0; turn < 10 && answer.errors.length > 0; turn += 1) {
      skippedMs += 15_000; // an open breaker lets one call at a time find out
      sandbox.reset();
      answer = await query(EVERYTHING);
    }
    expect(answer.errors).toEqual([]);
    expect(answer.data).toEqual(whole);
  });

  it('in the configuration, its part says so and nothing fails', async () => {
    const { query } = await gateway(source, null);
    const { data, errors, status } = await query(EVERYTHING);
    expect(status).toBe(200);
    expect(errors).toEqual([]);
    const notConfigured = {
      state: 'NOT_CONFIGURED',
      code: null,
      retryAfterMs: null,
      droppedRecords: 0,
      freshness: null,
    };
    const expected = withoutSource(whole, source, UNAVAILABLE);
    const list = { SALESFORCE: 'serviceOrders', MONETIZENOW: 'contracts' }[source as string];
    if (list === undefined) {
      for (const entry of expected.organization.commitments.coverage.sources) {
        if (entry.source === source) Object.assign(entry, notConfigured);
      }
    } else {
      const sources = [{ source, organization: { slug: 'sleepyco' }, undated: 0, ...notConfigured }];
      expected.organization[list] = {
        totalCount: 0,
        nodes: [],
        coverage: { complete: false, missing: [source], sources },
      };
    }
    expect(data).toEqual(expected);
    expect(emulator(source).calls).toEqual([]);
    const states = await query(
      '{ sources { name isConfigured isReachable lastFailure { code } timeoutMs } }',
    );
    expect(states.data.sources).toHaveLength(5);
    for (const state of states.data.sources) {
      expect(state).toMatchObject(
        state.name === source
          ? { isConfigured: false, isReachable: null, lastFailure: null, timeoutMs: null }
          : { isConfigured: true, isReachable: true, lastFailure: null },
      );
    }
  });
});

it('without any backend, what the account directory knows arrives', async () => {
  const { query } = await gateway();
  for (const source of SOURCE_NAMES) await emulator(source).stop();
  const answer = await query(EVERYTHING);
  expect(answer.status).toBe(200);
  const { id, slug, name, currency, accounts } = whole.organization;
  expect(answer.data.organization).toMatchObject({
    ...{ id, slug, name, currency, accounts },
    ...{
      contracts: null,
      serviceOrders: null,
      minimumCommitmentState: null,
      usage: null,
      billingHistory: null,
    },
    commitments: { nodes: [], coverage: { complete: false, missing: COMMITMENT_SOURCES } },
  });
  expect(new Set(answer.errors.map(({ extensions }) => extensions.source))).toEqual(new Set(SOURCE_NAMES));
  for (const { extensions } of answer.errors)
    expect(extensions).toMatchObject({
      code: expect.stringMatching(/^(UPSTREAM_UNAVAILABLE|CIRCUIT_OPEN)$/),
      retryable: true,
    });
  expectNothingInternal(answer.text, sandbox);

  const directory = await query(
    '{ organizations(first: 100) { totalCount nodes { slug name accounts { source } } } }',
  );
  expect(directory.errors).toEqual([]);
  expect(directory.data.organizations.totalCount).toBe(sandbox.profiles.length);

  const list = await query(
    '{ commitments(first: 5) { nodes { id } pageInfo { hasNextPage } coverage { complete missing } } }',
  );
  expect(list.status).toBe(200);
  expect(list.data.commitments).toMatchObject({
    nodes: [],
    coverage: { complete: false, missing: COMMITMENT_SOURCES },
  });
  expectNothingInternal(list.text, sandbox);
});

it('without the backend of an id, that id is an error and the others arrive', async () => {
  const { query } = await gateway();
  const cloudmc: string = whole.organization.commitments.nodes.find(
    (one: { source: string }) => one.source === 'CLOUDMC',
  ).id;
  const [contract] = whole.organization.contracts.nodes as { id: string }[];
  await emulator('CLOUDMC').stop();
  const answer = await query('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
    ids: [cloudmc, contract?.id, encodeGlobalId({ type: 'Organization', organization: 'sleepyco', key: '' })],
  });
  expect(answer.data.nodes).toEqual([null, { id: contract?.id }, { id: whole.organization.id }]);
  expect(answer.errors).toMatchObject([
    { path: ['nodes', 0], extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'CLOUDMC', retryable: true } },
  ]);
  expectNothingInternal(answer.text, sandbox);
});

const LEAKY = {
  message:
    'at Server.handle (/srv/billing/app.js:12:7) password=hunter2 host=db.internal http://10.0.0.7:5432',
  cause: 'connect ECONNREFUSED 127.0.0.1:5432',
  errors: [{ code: 1, message: 'SELECT * FROM organizations' }],
  stack: 'Error\n    at /srv/billing/node_modules/x.js:1',
};

const MALFORMED: Outage = { code: 'UPSTREAM_MALFORMED', retryAfterMs: null };

const FAULTS: readonly (readonly [string, Fault, Outage, boolean])[] = [
  ['500', { kind: 'refuse', status: 500, json: LEAKY }, UNAVAILABLE, true],
  ['half of its JSON', { kind: 'malform', as: 'truncated' }, MALFORMED, false],
  [
    '429',
    { kind: 'rate-limit', retryAfterSeconds: 7, json: LEAKY },
    { code: 'UPSTREAM_RATE_LIMITED', retryAfterMs: 7_000 },
    true,
  ],
];

describe.each(SOURCE_NAMES)('%s answering', (source) => {
  it.each(FAULTS)('%s: the rest arrives', async (_, fault, outage, retryable) => {
    emulator(source).faults.add({ match: { method: 'GET' }, fault });
    const { query } = await gateway();
    expectOutage(await query(EVERYTHING), source, outage, retryable);
  });

  it('not at all: the rest arrives', async () => {
    emulator(source).faults.add({ match: { method: 'GET' }, fault: { kind: 'silent' } });
    const { query } = await gateway(source, { timeoutMs: 100 });
    expectOutage(await query(EVERYTHING), source, { code: 'UPSTREAM_TIMEOUT', retryAfterMs: null }, true);
  });
});

it.each<readonly [string, Fault, string, boolean]>([
  ['401 for our own key', { kind: 'refuse', status: 401, json: LEAKY }, 'UPSTREAM_UNAVAILABLE', false],
  ['403', { kind: 'refuse', status: 403, json: LEAKY }, 'UPSTREAM_UNAVAILABLE', false],
  ['400', { kind: 'refuse', status: 400, json: LEAKY }, 'UPSTREAM_REJECTED', false],
  ['409', { kind: 'refuse', status: 409, json: LEAKY }, 'UPSTREAM_CONFLICT', true],
  [
    'a redirect',
    { kind: 'refuse', status: 302, headers: { location: 'http://127.0.0.1:1/organizations' } },
    'UPSTREAM_MALFORMED',
    false,
  ],
  ['an HTML page', { kind: 'malform', as: 'html' }, 'UPSTREAM_MALFORMED', false],
  ['words', { kind: 'malform', as: 'not-json' }, 'UPSTREAM_MALFORMED', false],
  ['nothing', { kind: 'malform', as: 'empty' }, 'UPSTREAM_MALFORMED', false],
  ['a broken connection', { kind: 'reset' }, 'UPSTREAM_UNAVAILABLE', true],
  ['a body that breaks off', { kind: 'cut', afterBytes: 20 }, 'UPSTREAM_UNAVAILABLE', true],
])('all of them answering %s: each says so for itself', async (_, fault, code, retryable) => {
  for (const source of SOURCE_NAMES) emulator(source).faults.add({ match: { method: 'GET' }, fault });
  const { query } = await gateway();
  const answer = await query(EVERYTHING);
  expect(answer.status).toBe(200);
  expect(answer.data.organization).toMatchObject({ name: 'SleepyCo', contracts: null, serviceOrders: null });
  for (const entry of answer.data.organization.commitments.coverage.sources) {
    expect(entry).toMatchObject({ state: 'FAILED', code });
  }
  expect(new Set(answer.errors.map(({ extensions }) => extensions.source))).toEqual(new Set(SOURCE_NAMES));
  for (const { extensions } of answer.errors) {
    expect(extensions).toMatchObject(
      extensions.code === 'CIRCUIT_OPEN' ? { retryable: true } : { code, retryable },
    );
  }
  expectNothingInternal(answer.text, sandbox);
});

it('all of them answering with a byte order mark: nothing is missing', async () => {
  for (const source of SOURCE_NAMES) emulator(source).faults.add({ fault: { kind: 'malform', as: 'bom' } });
  const { query } = await gateway();
  const { data, errors } = await query(EVERYTHING);
  expect(errors).toEqual([]);
  expect(data).toEqual(whole);
});

describe.each(['SALESFORCE', 'LOGISENSE'] as const)('the login of %s answering', (source) => {
  it.each<readonly [string, Fault, boolean]>([
    ['500', { kind: 'refuse', status: 500, json: LEAKY }, true],
    [
      '400',
      { kind: 'refuse', status: 400, json: { error: 'invalid_client', error_description: 'sandbox-client' } },
      false,
    ],
    ['401', { kind: 'refuse', status: 401, json: LEAKY }, false],
    ['an HTML page', { kind: 'malform', as: 'html' }, false],
    ['without a token', { kind: 'schema', remove: 'access_token' }, false],
    ['a broken connection', { kind: 'reset' }, true],
  ])('%s: the rest arrives', async (_, fault, retryable) => {
    emulator(source).faults.add({ match: { method: 'POST' }, fault });
    const { query } = await gateway();
    const answer = await query(EVERYTHING);
    const [first] = answer.errors;
    expect(first?.extensions.code).toMatch(/^UPSTREAM_(UNAVAILABLE|MALFORMED)$/);
    const code = first?.extensions.code ?? '';
    expectOutage(answer, source, { code, retryAfterMs: null }, retryable);
  });
});

const COUNTS = '{ sources { name unrecognizedValues foreignRecords droppedRecords } }';

async function counts({ query }: Gateway, source: SourceName) {
  const { data } = await query(COUNTS);
  return data.sources.find(({ name }: { name: string }) => name === source);
}

const LISTS: Readonly<Record<SourceName, string>> = {
  COMMITMENT_MANAGER: 'commitments',
  LOGISENSE: 'commitments',
  CLOUDMC: 'commitments',
  SALESFORCE: 'serviceOrders',
  MONETIZENOW: 'contracts',
};

const listQuery = (source: SourceName, members = '') => {
  const filter = COMMITMENT_SOURCES.includes(source) ? `(filter: { sources: [${source}] })` : '';
  return `{ organization(slug: "sleepyco") { list: ${LISTS[source]}${filter} {
    nodes { id externalId ${members} } coverage { complete missing sources { state code droppedRecords } }
  } } }`;
};

describe('a record of another organization', () => {
  const OTHER_UUID = '00000000-0000-4000-8000-000000000000';
  const own = () => {
    const [profile] = sandbox.profiles;
    return {
      COMMITMENT_MANAGER: [profile?.commitmentManager?.organizationId, OTHER_UUID],
      CLOUDMC: [profile?.cloudmc?.organizationId, OTHER_UUID],
      MONETIZENOW: [profile?.monetizenow?.accountId, 'acct_AnotherCustomer1'],
      SALESFORCE: [profile?.salesforce?.missionControlAccountId, 'a0T000000000001AAA'],
    } as const;
  };

  it.each(['COMMITMENT_MANAGER', 'CLOUDMC', 'MONETIZENOW', 'SALESFORCE'] as const)(
    'in a list of %s is not shown, and counted',
    async (source) => {
      const [ours, theirs] = own()[source];
      emulator(source).faults.add({
        match: { method: 'GET' },
        fault: { kind: 'foreign', replace: ours ?? '', with: theirs },
      });
      const started = await gateway();
      const { data, errors, text } = await started.query(listQuery(source));
      expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_MALFORMED', source } }]);
      expect(data.organization.list.nodes).toEqual([]);
      expect(data.organization.list.coverage).toMatchObject({ complete: false, missing: [source] });
      expect(text).not.toContain(theirs);
      const seen = await counts(started, source);
      // Two contracts are in the directory by their own ids too, and were read once more by them.
      expect(seen.foreignRecords).toBe(source === 'MONETIZENOW' ? 5 : 3);
      expect(seen).toMatchObject({ unrecognizedValues: 0, droppedRecords: 0 });
    },
  );

  it('read by its id is like one that does not exist, and counted', async () => {
    emulator('LOGISENSE').faults.add({
      match: { path: '/Detail' },
      fault: { kind: 'schema', set: { accountContractId: 7_777 } },
    });
    const started = await gateway();
    const [one] = whole.organization.commitments.nodes.filter(
      ({ source }: { source: string }) => source === 'LOGISENSE',
    );
    const { data, errors } = await started.query('query ($id: ID!) { node(id: $id) { id } }', { id: one.id });
    expect(errors).toEqual([]);
    expect(data.node).toBeNull();
    expect((await counts(started, 'LOGISENSE')).foreignRecords).toBe(1);
  });
});

describe('a changed schema', () => {
  it.each([
    ['COMMITMENT_MANAGER', { status: 'hibernating' }, 'status statusText'],
    ['CLOUDMC', { status: 'hibernating' }, 'status statusText'],
    ['MONETIZENOW', { status: 'hibernating' }, 'status statusText'],
    ['SALESFORCE', { Stage__c: 'hibernating' }, 'status: stage statusText: stageText'],
  ] as const)(
    'of %s: a status that nobody knows is shown as it is, and counted',
    async (source, set, members) => {
      emulator(source).faults.add({ match: { method: 'GET' }, fault: { kind: 'schema', set } });
      const started = await gateway();
      const { data, errors } = await started.query(listQuery(source, members));
      expect(errors).toEqual([]);
      expect(data.organization.list.nodes).toHaveLength(3);
      for (const node of data.organization.list.nodes) {
        expect(node).toMatchObject({ status: 'UNRECOGNIZED', statusText: 'hibernating' });
      }
      expect(data.organization.list.coverage.complete).toBe(true);
      expect((await counts(started, source)).unrecognizedValues).toBe(3);
    },
  );

  it.each([
    ['COMMITMENT_MANAGER', (id: string) => `"commitment_id":"${id}"`, '"gone":0'],
    ['CLOUDMC', (id: string) => `"id":"${id}"`, '"gone":0'],
    ['MONETIZENOW', (id: string) => `"id":"${id}"`, '"gone":0'],
    ['SALESFORCE', (id: string) => `"Id":"${id}"`, '"gone":0'],
    ['LOGISENSE', (id: string) => `"identity":${id},"accountContractId"`, '"gone":0,"accountContractId"'],
  ] as const)(
    'of %s: a record without a member that it must have is left out alone',
    async (source, textOf, instead) => {
      const started = await gateway();
      const before = await started.query(listQuery(source));
      const ids = before.data.organization.list.nodes.map(
        ({ externalId }: { externalId: string }) => externalId,
      ) as string[];
      expect(ids).toHaveLength(3);
      // Not one that the directory names, which would be read once more by its own id.
      const named = sandbox.profiles[0]?.monetizenow?.contractIds ?? [];
      const bad = ids.find((id) => !named.includes(id)) ?? '';
      const others = ids.filter((id) => id !== bad);
      emulator(source).faults.add({
        match: { method: 'GET' },
        fault: { kind: 'foreign', replace: textOf(bad), with: instead },
      });
      const { data, errors, text } = await started.query(listQuery(source));
      const { list } = data.organization;
      expect(list.nodes.map(({ externalId }: { externalId: string }) => externalId)).toEqual(others);
      expect(list.coverage).toEqual({
        complete: false,
        missing: [source],
        sources: [{ state: 'PARTIAL', code: 'UPSTREAM_MALFORMED', droppedRecords: 1 }],
      });
      expect(errors).toMatchObject([
        {
          path: ['organization', 'list'],
          extensions: { code: 'UPSTREAM_MALFORMED', source, retryable: false },
        },
      ]);
      expect((await counts(started, source)).droppedRecords).toBe(1);
      expectNothingInternal(text, sandbox);
    },
  );

  it('of every record: none is shown and none is silently missing', async () => {
    emulator('CLOUDMC').faults.add({
      fault: { kind: 'schema', rename: { from: 'terminated', to: 'ended' } },
    });
    const started = await gateway();
    const { data, errors } = await started.query(listQuery('CLOUDMC'));
    expect(data.organization.list).toEqual({
      nodes: [],
      coverage: {
        complete: false,
        missing: ['CLOUDMC'],
        sources: [{ state: 'PARTIAL', code: 'UPSTREAM_MALFORMED', droppedRecords: 3 }],
      },
    });
    expect(errors).toHaveLength(3);
  });
});
