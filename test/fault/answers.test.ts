/**
 * Rows S17 to S34 of the failure catalogue: what a backend says, by status and by content. S24 (never above the allowed
 * requests a second) is in test/graph/call-budget.test.ts and test/upstream/quota.test.ts.
 */
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { listCommitments, type CloudmcOrganizationId } from '../../src/backends/cloudmc/client.js';
import { encodeGlobalId } from '../../src/graph/global-id.js';
import type { Fault } from '../../src/sandbox/faults.js';
import { everyField } from '../support/every-field.js';
import { ask, faultRig, SLUGS, stateOf } from '../support/fault-rig.js';
import type { Gateway } from '../support/gateway.js';
import { rawReply, startRawServer } from '../support/raw-server.js';

const rig = faultRig();
const cloudmc = () => rig.emulator('cloudmc');
const manager = () => rig.emulator('commitment-manager');
const profile = (slug = 'sleepyco') => rig.sandbox().profiles.find((one) => one.slug === slug);

const usageOf = (slug: string) => `{ organization(slug: "${slug}") { usage { used { amount } } } }`;
/** What Commitment Manager's part came to. */
async function usage(gateway: Gateway, slug = 'sleepyco') {
  const { data, errors } = await gateway.query(usageOf(slug));
  return { usage: data.organization.usage, error: errors[0]?.extensions ?? null };
}

describe('S17 our own credential is refused', () => {
  it.each([401, 407])(
    "with %d: not the caller's fault, not repeated, not held against the backend",
    async (status) => {
      cloudmc().faults.add({
        fault: { kind: 'refuse', status, json: { errors: [{ code: 1, message: 'key' }] } },
      });
      const gateway = await rig.gateway();
      for (const slug of [...SLUGS, ...SLUGS]) {
        expect((await ask(rig, gateway, slug)).error).toMatchObject({
          code: 'UPSTREAM_UNAVAILABLE',
          retryable: false,
        });
      }
      expect(rig.hits('cloudmc')).toBe(14);
      expect(await stateOf(gateway, 'CLOUDMC')).toMatchObject({
        breaker: 'CLOSED',
        isReachable: true,
        lastFailure: { code: 'UPSTREAM_UNAVAILABLE' },
      });
    },
  );

  it('because a session lapsed: one login for all who noticed', async () => {
    const salesforce = rig.emulator('salesforce');
    const orders = (slug: string) =>
      `{ organization(slug: "${slug}") { serviceOrders { nodes { name } coverage { complete } } } }`;
    const gateway = await rig.gateway();
    await gateway.query(orders('sleepyco'));
    salesforce.clearCalls();
    const lapsed = [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }];
    salesforce.faults.add({
      match: { path: '/query' },
      times: 4,
      fault: [
        { kind: 'slow', ms: 50 },
        { kind: 'refuse', status: 401, json: lapsed },
      ],
    });
    const answers = await Promise.all(SLUGS.slice(0, 4).map((slug) => gateway.query(orders(slug))));
    for (const { data, errors } of answers) {
      expect(errors).toEqual([]);
      expect(data.organization.serviceOrders.coverage.complete).toBe(true);
    }
    expect(salesforce.calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
    expect(rig.hits('salesforce')).toBe(8);
  });
});

it('S18 an id that is not there is null like one that is not ours, and never opens the breaker', async () => {
  const gateway = await rig.gateway();
  const foreign = (
    await gateway.query(
      `{ organization(slug: "tessera-bank") { commitments(filter: { sources: [LOGISENSE] }) { nodes { externalId } } } }`,
    )
  ).data.organization.commitments.nodes[0].externalId as string;
  for (const key of [foreign, ...Array.from({ length: 24 }, (_, i) => String(990_000 + i))]) {
    const id = encodeGlobalId({ type: 'ContractCommitment', organization: 'sleepyco', key });
    const { data, errors } = await gateway.query('query ($id: ID!) { node(id: $id) { id } }', { id });
    expect({ data, errors }).toEqual({ data: { node: null }, errors: [] });
  }
  expect(rig.hits('logisense')).toBeGreaterThan(25);
  expect((await stateOf(gateway, 'LOGISENSE')).breaker).toBe('CLOSED');
});

describe('S19 a conflict', () => {
  const conflict = (retryAfter: unknown): Fault => ({
    kind: 'refuse',
    status: 409,
    json: { error: 'Commitment modification in progress', retry_after: retryAfter },
  });

  it('says when to come back, is not waited for here and does not count', async () => {
    manager().faults.add({ fault: conflict(300) });
    const gateway = await rig.gateway();
    for (let asked = 1; asked <= 6; asked += 1) {
      expect((await usage(gateway)).error).toMatchObject({
        code: 'UPSTREAM_CONFLICT',
        retryable: true,
        retryAfterMs: 300_000,
      });
      expect(rig.hits('commitment-manager')).toBe(asked);
    }
    expect((await stateOf(gateway, 'COMMITMENT_MANAGER')).breaker).toBe('CLOSED');
  });

  it.each([-5, 'soon', 1e9, 1e300, null, {}, 0.5])(
    'with a time that cannot be (%j) does no harm',
    async (value) => {
      manager().faults.add({ fault: conflict(value) });
      const { error } = await usage(await rig.gateway());
      expect(error?.code).toBe('UPSTREAM_CONFLICT');
      const { retryAfterMs = 0 } = error ?? {};
      expect(retryAfterMs).toBeGreaterThanOrEqual(0);
      expect(retryAfterMs).toBeLessThanOrEqual(3_600_000);
    },
  );
});

describe('S20 a limit that says when', () => {
  it.each<[string, () => Fault]>([
    ['in seconds', () => ({ kind: 'rate-limit', retryAfterSeconds: 7 })],
    [
      'as a date',
      () => ({
        kind: 'refuse',
        status: 429,
        json: {},
        headers: { 'retry-after': new Date(rig.clock() + 7_900).toUTCString() },
      }),
    ],
    [
      "in Telnyx's own header",
      () => ({ kind: 'refuse', status: 429, json: {}, headers: { 'x-ratelimit-reset': '7' } }),
    ],
  ])('(%s): nobody asks before, all are told at once for how long', async (_, fault) => {
    cloudmc().faults.add({ times: 1, fault: fault() });
    const gateway = await rig.gateway();
    const first = await ask(rig, gateway);
    expect(first.error).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED', retryable: true });
    expect(first.error?.retryAfterMs).toBeGreaterThan(2_000);
    expect(first.error?.retryAfterMs).toBeLessThanOrEqual(8_000);
    for (const slug of SLUGS.slice(1)) {
      const { error, list } = await ask(rig, gateway, slug);
      expect(error).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED', retryable: true });
      expect(error?.retryAfterMs).toBeLessThanOrEqual(first.error?.retryAfterMs ?? 0);
      expect(list.coverage.sources[0]).toMatchObject({ state: 'FAILED', code: 'UPSTREAM_RATE_LIMITED' });
    }
    expect(rig.hits('cloudmc')).toBe(1);
    rig.skip(8_000);
    expect((await ask(rig, gateway)).list.nodes).toHaveLength(3);
    expect(rig.hits('cloudmc')).toBe(2);
  });

  it('holds for those too who were waiting for their turn when it came', async () => {
    manager().faults.add({ fault: { kind: 'rate-limit', retryAfterSeconds: 60 } });
    const gateway = await rig.gateway({ commitmentManager: { requestsPerSecond: 1 } });
    const both = await Promise.all([usage(gateway, SLUGS[0]), usage(gateway, SLUGS[1])]);
    for (const { error } of both) {
      expect(error).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED' });
      expect(error?.retryAfterMs).toBeGreaterThan(50_000);
    }
    expect(rig.hits('commitment-manager')).toBe(1);
  });

  it.each(['999999999', '-5', 'never', '1e3', new Date(0).toUTCString(), ''])(
    'with a time that cannot be (%j): the pause is at most five minutes',
    async (value) => {
      cloudmc().faults.add({
        times: 1,
        fault: { kind: 'refuse', status: 429, json: {}, headers: { 'retry-after': value } },
      });
      const gateway = await rig.gateway();
      await ask(rig, gateway);
      rig.skip(300_000);
      expect((await ask(rig, gateway)).list.nodes).toHaveLength(3);
    },
  );
});

describe('S21 a limit that does not say when', () => {
  it('a second or so of silence', async () => {
    cloudmc().faults.add({ fault: { kind: 'rate-limit' } });
    const gateway = await rig.gateway();
    expect((await ask(rig, gateway)).error).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED', retryable: true });
    const { error } = await ask(rig, gateway, SLUGS[1]);
    expect(error).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED' });
    expect(error?.retryAfterMs).toBeGreaterThan(0);
    expect(error?.retryAfterMs).toBeLessThanOrEqual(1_500);
    expect(rig.hits('cloudmc')).toBe(1);
    cloudmc().faults.clear();
    rig.skip(1_500);
    expect((await ask(rig, gateway)).list.nodes).toHaveLength(3);
  });

  const remaining = async (gateway: Gateway): Promise<number> =>
    (await stateOf(gateway, 'COMMITMENT_MANAGER')).quotaRemaining;

  it('and then half as many a second, until it is whole again', async () => {
    manager().faults.add({ times: 1, fault: { kind: 'rate-limit' } });
    const gateway = await rig.gateway();
    expect(await remaining(gateway)).toBe(10);
    expect((await usage(gateway)).error).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED' });
    rig.skip(1_500);
    expect(await remaining(gateway)).toBeGreaterThanOrEqual(5);
    expect(await remaining(gateway)).toBeLessThan(10);
    expect((await usage(gateway)).usage).not.toBeNull();
    rig.skip(10_000);
    expect(await remaining(gateway)).toBe(10);
  });

  it('but one that does say when is taken at its word: after that, as many as before', async () => {
    manager().faults.add({ times: 1, fault: { kind: 'rate-limit', retryAfterSeconds: 2 } });
    const gateway = await rig.gateway();
    expect((await usage(gateway)).error).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED' });
    rig.skip(2_000);
    expect(await remaining(gateway)).toBe(10);
  });
});

describe('S22 Commitment Manager is down until a time that it estimates', () => {
  const down = (estimate: unknown): Fault => ({
    kind: 'refuse',
    status: 503,
    json: { error: 'Service temporarily unavailable', estimated_recovery: estimate },
  });

  it('nobody asks before', async () => {
    const at = new Date(rig.clock() + 60_000).toISOString();
    manager().faults.add({ times: 1, fault: down(at) });
    const gateway = await rig.gateway();
    const first = await usage(gateway);
    expect(first).toMatchObject({ usage: null, error: { code: 'UPSTREAM_UNAVAILABLE', retryable: true } });
    expect(first.error?.retryAfterMs).toBeGreaterThan(50_000);
    const second = await usage(gateway, SLUGS[1]);
    expect(second.error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(second.error?.retryAfterMs).toBeLessThanOrEqual(60_000);
    expect(rig.hits('commitment-manager')).toBe(1);
    rig.skip(60_000);
    expect((await usage(gateway)).usage).not.toBeNull();
  });

  it.each(['2099-01-01T00:00:00Z', '1999-01-01T00:00:00Z', 'tomorrow', '2026-02-30T00:00:00Z', 17, null])(
    'an estimate that cannot be (%j) keeps it away for five minutes at most',
    async (estimate) => {
      manager().faults.add({ times: 3, fault: down(estimate) });
      const gateway = await rig.gateway();
      expect((await usage(gateway)).error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryable: true });
      manager().faults.clear();
      rig.skip(300_000);
      expect((await usage(gateway)).usage).not.toBeNull();
    },
  );
});

describe('S23 an error of the backend', () => {
  it.each([500, 502, 503, 504])('%d is repeated twice, then told', async (status) => {
    cloudmc().faults.add({ fault: { kind: 'refuse', status, json: { errors: [] } } });
    const gateway = await rig.gateway();
    expect((await ask(rig, gateway)).error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryable: true });
    expect(rig.hits('cloudmc')).toBe(3);
    expect((await stateOf(gateway, 'CLOUDMC')).breaker).toBe('CLOSED');
    // Those were all that a new process may repeat: the next two are asked for once.
    await ask(rig, gateway);
    await ask(rig, gateway);
    expect((await stateOf(gateway, 'CLOUDMC')).breaker).toBe('OPEN');
    expect(rig.hits('cloudmc')).toBe(5);
  });

  it('once is not noticed by anybody', async () => {
    cloudmc().faults.add({ times: 1, fault: { kind: 'refuse', status: 500 } });
    const { error, list } = await ask(rig, await rig.gateway());
    expect(error).toBeNull();
    expect(list.nodes).toHaveLength(3);
    expect(rig.hits('cloudmc')).toBe(2);
  });
});

// ---- Content ------------------------------------------------------------------------------------------------------

interface Row {
  id: string;
  name: string;
  organization: { id: string };
  [member: string]: unknown;
}

/** CloudMC's rows of a customer, as the emulator gives them. */
async function rowsOf(slug = 'sleepyco'): Promise<Row[]> {
  const { apiKey } = rig.sandbox().backends.cloudmc ?? { apiKey: '' };
  const id = profile(slug)?.cloudmc?.organizationId ?? '';
  const reply = await fetch(`${cloudmc().url}/api/v2/commitments?organization_id=${id}`, {
    headers: { 'mc-api-key': apiKey },
  });
  cloudmc().clearCalls();
  return ((await reply.json()) as { data: Row[] }).data;
}

/** A gateway that gets those rows from CloudMC. */
async function withRows(rows: readonly unknown[]): Promise<Gateway> {
  const body = Buffer.from(JSON.stringify({ data: rows })).toString('latin1');
  const server = rig.keep(
    await startRawServer((socket) => {
      socket.write(Buffer.from(rawReply([`content-length: ${body.length}`], body), 'latin1'));
    }),
  );
  return rig.gateway({ cloudmc: rig.cloudmcAt(server.url) });
}

const shown = (list: { nodes: { externalId: string }[] }) => list.nodes.map(({ externalId }) => externalId);

describe.each<[string, (row: Row) => unknown]>([
  ['S25 a record without a member that it must have', ({ terminated: _, ...row }) => row],
  ['S25 a record with null for it', (row) => ({ ...row, organization: null })],
  ['S27 a record with text for a flag', (row) => ({ ...row, terminated: 'yes' })],
  ['S27 a record with text for a price', (row) => ({ ...row, fixedPrice: '1500000' })],
  ['S27 a record with a list for its name', (row) => ({ ...row, name: ['x'] })],
  ['S27 a record that is none', () => 17],
])('%s', (_, spoil) => {
  it('is left out alone, counted and reported; the rest is shown', async () => {
    const [first, second, third] = await rowsOf();
    if (!first || !second || !third) throw new Error('three rows were expected');
    const gateway = await withRows([first, spoil(second), third]);
    const { list, error } = await ask(rig, gateway);
    expect(shown(list)).toEqual(expect.arrayContaining([first.id, third.id]));
    expect(list.nodes).toHaveLength(2);
    expect(error).toMatchObject({ code: 'UPSTREAM_MALFORMED', retryable: false });
    expect(list.coverage).toMatchObject({
      complete: false,
      sources: [{ state: 'PARTIAL', droppedRecords: 1, code: 'UPSTREAM_MALFORMED' }],
    });
    expect(await stateOf(gateway, 'CLOUDMC')).toMatchObject({ droppedRecords: 1, breaker: 'CLOSED' });
  });
});

it('S25 a missing amount is nothing, never zero', async () => {
  const rows = await rowsOf();
  const gateway = await withRows(rows.map(({ fixedPrice: _, ...row }) => row));
  const { data } = await gateway.query(
    '{ organization(slug: "sleepyco") { commitments(filter: { sources: [CLOUDMC] }) { nodes { committed { amount } } } } }',
  );
  const { nodes } = data.organization.commitments;
  expect(nodes).toEqual([{ committed: null }, { committed: null }, { committed: null }]);
});

describe('S26 members that nobody knows', () => {
  /** Everything that the graph shows of CloudMC's commitments but when it was read. */
  const ALL = `{ organization(slug: "sleepyco") { commitments(filter: { sources: [CLOUDMC] }) {
    nodes { ... on ResourceCommitment ${everyField('ResourceCommitment', { Freshness: null })} } coverage { complete } } } }`;

  it('change nothing, whatever they are called', async () => {
    const rows = await rowsOf();
    const plain = await (await withRows(rows)).query(ALL);
    const more = await withRows(rows.map((row) => ({ surprise: { deep: [1] }, ...row, __proto: 1 })));
    const answer = await more.query(ALL);
    expect(plain.data.organization.commitments.nodes).toHaveLength(3);
    expect(answer).toEqual(plain);
    expect((await stateOf(more, 'CLOUDMC')).unknownFields).toBe(6);
  });

  it('are counted, and told to the log once, where they are and not what they say', async () => {
    const plain = await (await rig.gateway()).query(ALL);
    const [first] = await rowsOf();
    const said: string[] = [];
    const gateway = await rig.gateway({}, pino({ level: 'trace' }, { write: (line) => said.push(line) }));
    cloudmc().faults.add({
      fault: { kind: 'schema', set: { organization: { ...first?.organization, colour: 'CANARY' } } },
    });

    expect(await gateway.query(ALL)).toEqual(plain);
    const seen = await stateOf(gateway, 'CLOUDMC');
    expect(seen).toMatchObject({ unknownFields: 3, unrecognizedValues: 0, droppedRecords: 0 });
    expect((await stateOf(gateway, 'LOGISENSE')).unknownFields).toBe(0);
    await gateway.query(ALL);
    expect((await stateOf(gateway, 'CLOUDMC')).unknownFields).toBe(6);

    const told = said.filter((line) => line.includes('colour'));
    expect(told).toHaveLength(1);
    expect(JSON.parse(told[0]!)).toMatchObject({
      source: 'CLOUDMC',
      path: 'commitment.organization.colour',
      msg: 'a source sent a field that is not known',
    });
    expect(said.join('')).not.toContain('CANARY');
  });

  it('are counted in a reply that is one document, too', async () => {
    const rename = { from: 'sync_status', to: 'colour' };
    manager().faults.add({
      match: { path: '/commitment/current' },
      fault: { kind: 'schema', rename },
    });
    const gateway = await rig.gateway();
    const { data, errors } = await gateway.query(
      '{ organization(slug: "sleepyco") { minimumCommitmentState { status } } }',
    );
    expect(errors).toEqual([]);
    expect(data.organization.minimumCommitmentState).toEqual({ status: 'ACTIVE' });
    expect((await stateOf(gateway, 'COMMITMENT_MANAGER')).unknownFields).toBe(1);
  });
});

it('S27 a fraction of a cent is refused, whatever else is right', async () => {
  manager().faults.add({
    match: { path: '/commitments' },
    fault: { kind: 'schema', set: { amount: 1_500_000.5 } },
  });
  const { data, errors } = await (
    await rig.gateway()
  ).query(
    `{ organization(slug: "sleepyco") { commitments(filter: { sources: [COMMITMENT_MANAGER] }) {
       nodes { id } coverage { complete missing } } } }`,
  );
  expect(data.organization.commitments).toEqual({
    nodes: [],
    coverage: { complete: false, missing: ['COMMITMENT_MANAGER'] },
  });
  expect(errors.length).toBeGreaterThan(0);
});

it('S28 a status that nobody knows is shown as it came, and counted', async () => {
  cloudmc().faults.add({ fault: { kind: 'schema', set: { status: 'PAUSED' } } });
  const gateway = await rig.gateway();
  const { data, errors } = await gateway.query(
    '{ organization(slug: "sleepyco") { commitments(filter: { sources: [CLOUDMC] }) { nodes { status statusText } coverage { complete } } } }',
  );
  expect(errors).toEqual([]);
  expect(data.organization.commitments.nodes).toHaveLength(3);
  for (const node of data.organization.commitments.nodes)
    expect(node).toEqual({ status: 'UNRECOGNIZED', statusText: 'PAUSED' });
  expect(data.organization.commitments.coverage.complete).toBe(true);
  expect((await stateOf(gateway, 'CLOUDMC')).unrecognizedValues).toBe(3);
});

describe('S29 one id twice', () => {
  it('with the same content is one record', async () => {
    const rows = await rowsOf();
    const { list, error } = await ask(rig, await withRows([...rows, ...rows]));
    expect(error).toBeNull();
    expect(list.nodes).toHaveLength(3);
    expect(list.coverage.complete).toBe(true);
  });

  it('with different content is no record at all: neither the first nor the last wins', async () => {
    const rows = await rowsOf();
    const gateway = await withRows([...rows, { ...rows[0], fixedPrice: 1, name: 'another' }]);
    const { list, error } = await ask(rig, gateway);
    expect(shown(list)).toHaveLength(2);
    expect(shown(list)).not.toContain(rows[0]?.id);
    expect(error).toMatchObject({ code: 'UPSTREAM_MALFORMED' });
    expect(list.coverage.complete).toBe(false);
  });
});

it('S30 a list in another order, short and with a stranger: each id gets its own record, or null', async () => {
  const rows = await rowsOf();
  const [stranger] = await rowsOf('tessera-bank');
  const gateway = await withRows([rows[2], stranger, rows[0]]);
  const id = (key = '') => encodeGlobalId({ type: 'ResourceCommitment', organization: 'sleepyco', key });
  const ids = [rows[0]?.id, rows[1]?.id, rows[2]?.id, stranger?.id].map(id);
  const { data } = await gateway.query(
    'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on ResourceCommitment { name } } }',
    { ids },
  );
  expect(data.nodes).toEqual([
    { id: ids[0], name: rows[0]?.name },
    null,
    { id: ids[2], name: rows[2]?.name },
    null,
  ]);
});

it('S31 a record of another organization is dropped and counted, and nothing of it is told', async () => {
  const rows = await rowsOf();
  const [stranger] = await rowsOf('tessera-bank');
  if (!stranger) throw new Error('a row was expected');
  const gateway = await withRows([...rows, { ...stranger, name: 'CANARY' }]);
  const { list, answer } = await ask(rig, gateway);
  expect(list.nodes).toHaveLength(3);
  for (const secret of ['CANARY', stranger.id, stranger.organization.id, 'Tessera'])
    expect(answer.text).not.toContain(secret);
  expect(await stateOf(gateway, 'CLOUDMC')).toMatchObject({ foreignRecords: 1, droppedRecords: 0 });
});

describe("S32 CloudMC without an organization would answer with the key's own", () => {
  it('so that no such request can be made', async () => {
    for (const value of ['', 'x', undefined]) {
      const organizationId = value as unknown as CloudmcOrganizationId;
      expect(() => listCommitments.query?.({ organizationId })).toThrow();
    }
    const gateway = await rig.gateway();
    for (const slug of SLUGS) await ask(rig, gateway, slug);
    for (const { query } of cloudmc().calls) {
      expect(query['organization_id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(Object.keys(query)).toEqual(['organization_id']);
    }
    expect(cloudmc().calls).toHaveLength(SLUGS.length);
  });
});

// ---- Pages --------------------------------------------------------------------------------------------------------

/** A gateway that gets pages of contracts from MonetizeNow as `page` makes them. */
async function paged(page: (number: number) => object) {
  const asked: number[] = [];
  const server = rig.keep(
    await startRawServer((socket, _, head) => {
      const { pathname, searchParams } = new URL(head.split(' ')[1] ?? '', 'http://x');
      const isList = pathname.endsWith('/contracts');
      const number = Number(searchParams.get('currentPage'));
      if (isList) asked.push(number);
      const body = JSON.stringify(isList ? page(number) : {});
      const text = rawReply([`content-length: ${body.length}`], body);
      socket.write(isList ? text : text.replace('200 OK', '404 Not Found'));
    }),
  );
  const gateway = await rig.gateway({ monetizenow: { url: server.url } });
  const { data, errors } = await gateway.query(
    '{ organization(slug: "sleepyco") { contracts { totalCount nodes { externalId } coverage { complete sources { state } } } } }',
  );
  return { asked, errors, contracts: data.organization.contracts };
}

const contract = (number: number, more: object = {}) => ({
  id: `ctrct_${number}`,
  accountId: profile()?.monetizenow?.accountId,
  status: 'ACTIVE',
  ...more,
});
const contracts = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => contract(from + i));
const PARTIAL = { complete: false, sources: [{ state: 'PARTIAL' }] };

describe('S33 pages without an end', () => {
  it('the same page for ever, with a total that grows: what is there, marked as cut', async () => {
    const { asked, contracts: list } = await paged((number) => ({
      content: contracts(0, 10),
      totalElements: 1_000 * (number + 1),
    }));
    expect(list.totalCount).toBe(10);
    expect(list.coverage).toEqual(PARTIAL);
    expect(asked.length).toBeLessThanOrEqual(5); // the first, and four that were asked for at once
  });

  it('always new rows: no more than twenty pages', async () => {
    const { asked, contracts: list } = await paged((number) => ({
      content: contracts(number * 10, number * 10 + 10),
      totalElements: 1_000_000,
    }));
    expect(asked).toHaveLength(20);
    expect(list.totalCount).toBe(200);
    expect(list.coverage).toEqual(PARTIAL);
  });

  it('an empty page that is not the last', async () => {
    const { asked, contracts: list } = await paged((number) => ({
      content: number === 0 ? contracts(0, 10) : [],
      totalElements: 40,
    }));
    expect(list.totalCount).toBe(10);
    expect(list.coverage).toEqual(PARTIAL);
    expect(asked.length).toBeLessThanOrEqual(20);
  });

  it('a next page that is the page itself (Salesforce)', async () => {
    const nextRecordsUrl = '/services/data/v59.0/query/01gAAAAAAAAAAAAAAA-1';
    rig.emulator('salesforce').faults.add({
      match: { path: '/query' },
      fault: {
        kind: 'refuse',
        status: 200,
        json: { totalSize: 9_999, done: false, nextRecordsUrl, records: [] },
      },
    });
    const { data } = await (
      await rig.gateway()
    ).query(
      '{ organization(slug: "sleepyco") { serviceOrders { totalCount coverage { complete sources { state } } } } }',
    );
    expect(data.organization.serviceOrders).toEqual({ totalCount: 0, coverage: PARTIAL });
    expect(rig.hits('salesforce')).toBe(2);
  });
});

describe('S34 a list that moves between its pages', () => {
  it('a row that comes twice is shown once', async () => {
    const { contracts: list, errors } = await paged((number) => ({
      content: number === 0 ? contracts(0, 10) : contracts(9, 15),
      totalElements: 15,
    }));
    expect(errors).toEqual([]);
    expect(list.totalCount).toBe(15);
    expect(list.coverage.complete).toBe(true);
  });

  it('a row that slipped through is a gap, and is told', async () => {
    const { contracts: list } = await paged((number) => ({
      content: number === 0 ? contracts(0, 10) : number === 1 ? contracts(11, 15) : [],
      totalElements: 15,
    }));
    expect(list.totalCount).toBe(14);
    expect(list.coverage).toEqual(PARTIAL);
  });

  it('a row that changed in between is neither', async () => {
    const { contracts: list, errors } = await paged((number) => ({
      content: number === 0 ? contracts(0, 10) : [contract(9, { status: 'CANCELED' }), ...contracts(10, 15)],
      totalElements: 15,
    }));
    expect(list.totalCount).toBe(14);
    expect(list.coverage).toEqual(PARTIAL);
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_MALFORMED' } }]);
  });
});
