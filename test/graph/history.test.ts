/**
 * `asOf` gives what was answered then, and `changes` what changed: a gateway over the emulators, at a clock that only
 * moves when it is told. Whatever is answered is kept, and asked for again, as of its moment, at the end, of the gateway
 * that answered and of one that was started later.
 *
 * Equal to the letter, but for what differs by design: `freshness` (the look that it comes from, of those that showed the
 * same), STALE (how it was served then), `retryAfterMs`, and `errors` (what failed then is data now).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getNamedType, isCompositeType, isObjectType, type GraphQLField } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSchema } from '../../src/graph/resolvers.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { systemTimers } from '../../src/upstream/timers.js';
import { clientOf, withKey } from '../support/clients.js';
import { startGateway, type Gateway, type GraphAnswer } from '../support/gateway.js';
import { seeded } from '../support/seeded.js';

const TODAY = '2026-11-21';
const START = Date.parse(`${TODAY}T08:00:00Z`);
const MINUTE = 60_000;
const SLUGS = ['sleepyco', 'harbourline-logistics', 'aozora-denki'] as const;
const KEYS = { everybody: 'key-of-everybody', one: 'key-of-one-customer' };

const schema = createSchema();

/** Upstream calls of its own, by the graph's own word for their price; or a way to another record. */
function isOwn({ name, args, astNode, type }: GraphQLField<unknown, unknown>): boolean {
  const costs = astNode?.directives?.some((directive) => directive.name.value === 'cost') ?? false;
  return (
    !costs &&
    args.length === 0 &&
    !/^(Organization|Freshness)$/.test(getNamedType(type).name) &&
    name !== 'version'
  );
}

function ownFields(typeName: string): string {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`${typeName} is no object type`);
  const fields = Object.values(type.getFields()).filter(isOwn);
  return fields
    .map(({ name, type: of }) => {
      const named = getNamedType(of);
      return isCompositeType(named) ? `${name} { ${ownFields(named.name)} }` : name;
    })
    .join(' ');
}

const COVERAGE =
  'coverage { complete missing sources { source organization { slug } state code droppedRecords undated freshness { observedAt stale } } }';
const PAGE = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
const COMMITMENT = `__typename organization { slug } version: id
  ... on MinimumCommitment { ${ownFields('MinimumCommitment')} }
  ... on ContractCommitment { ${ownFields('ContractCommitment')} version }
  ... on ResourceCommitment { ${ownFields('ResourceCommitment')} version }`.replace('version: id', 'gid: id');

const DOCUMENTS = [
  `query ($slug: String!, $asOf: DateTime, $first: Int!, $order: CommitmentOrder!, $filter: CommitmentFilter) {
    organization(slug: $slug) {
      commitments(asOf: $asOf, first: $first, orderBy: $order, filter: $filter) {
        edges { cursor node { ${COMMITMENT} } } ${PAGE} ${COVERAGE}
      }
    }
  }`,
  `query ($slug: String!, $asOf: DateTime, $first: Int!) {
    organization(slug: $slug) {
      serviceOrders(asOf: $asOf, first: $first) { edges { cursor node { ${ownFields('ServiceOrder')} } } ${PAGE} totalCount ${COVERAGE} }
      contracts(asOf: $asOf, first: $first) { nodes { version ${ownFields('Contract')} } ${PAGE} totalCount ${COVERAGE} }
    }
  }`,
  `query ($slugs: [String!]!, $asOf: DateTime, $first: Int!, $order: CommitmentOrder!) {
    commitments(filter: { organizations: $slugs, sources: [CLOUDMC, LOGISENSE] }, asOf: $asOf, first: $first, orderBy: $order) {
      nodes { ${COMMITMENT} } ${PAGE} ${COVERAGE}
    }
  }`,
] as const;

interface Kept {
  readonly at: number;
  readonly document: string;
  readonly variables: object;
  readonly data: unknown;
}

/** Without what differs by design; see above. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'freshness' && name !== 'retryAfterMs')
      .map(([name, member]) => [
        name,
        name === 'state' && member === 'STALE' ? 'COMPLETE' : comparable(member),
      ]),
  );
}

/** The looks that an answer names. */
function looksIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(looksIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'observedAt' ? [member as string] : looksIn(member),
  );
}

let now = START;
let sandbox: Sandbox;
let gateway: Gateway;
let folder: string;
const kept: Kept[] = [];
/** Where the first look at everything was over. */
let begun = 0;

const everybody = withKey(KEYS.everybody);
/** Breakers and quotas live through the minutes that the clock is moved by. */
const timers = { now: () => systemTimers.now() + now - START, after: systemTimers.after };
const open = (accounts: readonly object[] = sandbox.directory) =>
  startGateway({
    backends: Object.fromEntries(
      Object.entries(sandbox.backends).map(([name, settings]) => [
        name,
        { ...settings, freshForMs: 0, staleForMs: 0 },
      ]),
    ),
    accounts,
    clients: [
      { ...clientOf('everybody', KEYS.everybody, '*'), inspect: true },
      clientOf('one', KEYS.one, ['harbourline-logistics']),
    ],
    clock: () => now,
    timers,
    store: join(folder, 'gateway.db'),
  });
const iso = (at: number) => new Date(at).toISOString();

async function send(
  method: string,
  url: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<unknown> {
  const isForm = typeof body === 'string';
  const response = await fetch(url, {
    method,
    headers: {
      'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
      ...headers,
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  // What the vendor's rules do not allow right now is no change; the ledger says what was one.
  if (!response.ok && response.status !== 400 && response.status !== 409)
    throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return text === '' ? null : JSON.parse(text);
}

const profileOf = (wanted: string) => sandbox.profiles.find(({ slug }) => slug === wanted)!;

interface Wire {
  readonly [member: string]: unknown;
}

/** What vendors' own users do, past the gateway. */
const writes = {
  async renameOrder(draw: () => number) {
    const { url, clientId, clientSecret } = sandbox.backends.salesforce!;
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    });
    const { access_token: token } = (await send(
      'POST',
      `${url}/services/oauth2/token`,
      {},
      form.toString(),
    )) as {
      access_token: string;
    };
    const headers = { authorization: `Bearer ${token}` };
    const account = profileOf(pick(SLUGS, draw)).salesforce;
    if (account === undefined) return;
    const soql = `SELECT Id FROM Service_Order__c WHERE Mission_Control_Account__c = '${account.missionControlAccountId}'`;
    const { records } = (await send(
      'GET',
      `${url}/services/data/v59.0/query?q=${encodeURIComponent(soql)}`,
      headers,
    )) as {
      records: { Id: string }[];
    };
    const { Id: id } = pick(records, draw);
    await send('PATCH', `${url}/services/data/v59.0/sobjects/Service_Order__c/${id}`, headers, {
      Name: `Order ${Math.floor(draw() * 1e6)}`,
    });
  },
  async changeResources(draw: () => number, turn: number) {
    const { url, apiKey } = sandbox.backends.cloudmc!;
    const headers = { 'mc-api-key': apiKey };
    const { organizationId } = profileOf('sleepyco').cloudmc!;
    const list = (await send('GET', `${url}/commitments?organization_id=${organizationId}`, headers)) as {
      data: Wire[];
    };
    const one = pick(list.data, draw);
    if (turn % 3 === 0) {
      await send('POST', `${url}/commitments`, headers, {
        name: `made ${Math.floor(draw() * 1e6)}`,
        organization: { id: organizationId },
        pricingMethod: 'FIXED_PRICE',
        type: 'RESOURCE',
        fixedPrice: 1 + Math.floor(draw() * 1e4),
        fixedPriceTaxCode: { code: 'SI086690', description: 'IT Services' },
        committedProducts: [
          {
            product: { id: 'bcd82514-d539-4d66-aaf4-b24a95ebe1cd' },
            committedAmount: 1 + Math.floor(draw() * 1e3),
          },
        ],
        startDate: '2026-12-01T00:00:00Z',
        endDate: '2027-12-01T00:00:00Z',
      });
    } else if (turn % 3 === 2) {
      await send('DELETE', `${url}/commitments/${String(one['id'])}`, headers);
    } else {
      await send('PUT', `${url}/commitments/${String(one['id'])}`, headers, {
        ...one,
        name: `renamed ${Math.floor(draw() * 1e6)}`,
      });
    }
  },
  async changeContractCommitments(draw: () => number) {
    const { url, username, password, clientId } = sandbox.backends.logisense!;
    const login = new URLSearchParams({ grant_type: 'password', username, password, client_id: clientId });
    const { access_token: token } = (await send(
      'POST',
      `${new URL(url).origin}/AuthorizationServer/api/v6/Access/Login`,
      {},
      login.toString(),
    )) as { access_token: string };
    await send(
      'POST',
      `${url}/Contract/Commitment`,
      { authorization: `Bearer ${token}` },
      {
        accountContractId: 24,
        contractCommitmentTypeId: 3,
        penaltyServiceId: 11,
        penaltyDescription: `Minimum ${Math.floor(draw() * 1e6)}.`,
        includeChildAccounts: true,
        contractCommitmentPenaltyChargeTypeId: 1,
      },
    );
  },
  async cancelMinimum(draw: () => number) {
    const { url, username, webhookApiKey } = sandbox.backends.commitmentManager!;
    const headers = { username, webhook_api_key: webhookApiKey };
    const { organizationId } = profileOf(pick(SLUGS, draw)).commitmentManager!;
    const { data } = (await send('GET', `${url}/commitments?organization_id=${organizationId}`, headers)) as {
      data: Wire[];
    };
    const left = data.filter(({ status }) => status !== 'cancelled' && status !== 'expired');
    if (left.length > 0)
      await send('DELETE', `${url}/commitments/${String(pick(left, draw)['commitment_id'])}`, headers);
  },
} as const;

/** Fields of a record that take a call of their own, with something of what they show. */
function costly(typeName: string): string {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`${typeName} is no object type`);
  return Object.values(type.getFields())
    .filter((field) => field.astNode?.directives?.some(({ name }) => name.value === 'cost'))
    .map(({ name, type: of }) => {
      const named = getNamedType(of);
      if (!isCompositeType(named)) return `${typeName}__${name}: ${name}`;
      const selection =
        name === 'position' ? '{ ... on MinimumPosition { month { __typename } } }' : '{ __typename }';
      // The same name leads to other types elsewhere.
      return `${typeName}__${name}: ${name} ${selection}`;
    })
    .join(' ');
}

/** Every commitment that an answer to the first document shows. */
function nodesOf(data: unknown): Wire[] {
  const { organization } = data as { organization: { commitments: { edges: { node: Wire }[] } | null } };
  return organization.commitments?.edges.map(({ node }) => node) ?? [];
}

function pick<T>(items: readonly T[], draw: () => number): T {
  return items[Math.floor(draw() * items.length)]!;
}

function pass(draw: () => number): void {
  now += 1_000 + Math.floor(draw() * 5 * MINUTE);
}

async function askAndKeep(document: string, variables: object): Promise<GraphAnswer> {
  const answer = await gateway.query(document, variables, everybody);
  kept.push({ at: now, document, variables, data: answer.data });
  return answer;
}

async function askSomething(draw: () => number): Promise<void> {
  const order = pick(['STARTS_ON_ASC', 'STARTS_ON_DESC', 'ENDS_BEFORE_ASC', 'ENDS_BEFORE_DESC'], draw);
  const first = pick([1, 3, 100], draw);
  // What Commitment Manager allows is little, and the test has no time.
  const filter = pick(
    [{ sources: ['CLOUDMC', 'LOGISENSE'] }, { statuses: ['ACTIVE', 'PENDING'] }, { activeOn: '2027-01-15' }],
    draw,
  );
  const slug = pick(SLUGS, draw);
  const variables = [
    { slug, first, order, filter },
    { slug, first },
    { slugs: SLUGS.slice(0, 2), first, order },
  ];
  const number = Math.floor(draw() * DOCUMENTS.length);
  await askAndKeep(DOCUMENTS[number]!, variables[number]!);
}

const lookAtEverything = async () => {
  for (const slug of SLUGS) {
    await askAndKeep(DOCUMENTS[0], { slug, first: 100, order: 'STARTS_ON_ASC' });
    await askAndKeep(DOCUMENTS[1], { slug, first: 100 });
  }
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'history-'));
  sandbox = await startSandbox({ today: TODAY, clock: () => now });
  gateway = await open();
  // Down from the beginning: nobody has seen it by then.
  sandbox.emulator('monetizenow').faults.replace([{ fault: { kind: 'malform', as: 'html' } }]);
  await lookAtEverything();
  now += MINUTE;
  sandbox.emulator('monetizenow').faults.clear();
  await lookAtEverything();
  begun = now;
  let written = 0;
  for (let step = 0; step < 60; step += 1) {
    // What one step takes does not change what the next one draws.
    const draw = seeded(step);
    pass(draw);
    // Down, and up again.
    if (step === 20 || step === 40) {
      for (const name of ['cloudmc', 'salesforce'] as const) {
        sandbox.emulator(name).faults.replace([{ fault: { kind: 'malform', as: 'html' } }]);
      }
    } else if (step === 28 || step === 48) {
      for (const name of ['cloudmc', 'salesforce'] as const) sandbox.emulator(name).faults.clear();
    } else if (draw() < 0.35 && !(step > 20 && step < 28) && !(step > 40 && step < 48)) {
      const all = Object.values(writes);
      await all[written % all.length]!(draw, Math.floor(written / all.length));
      written += 1;
    } else {
      await askSomething(draw);
    }
  }
  now += MINUTE;
  await lookAtEverything();
  now += MINUTE;
}, 60_000);
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function compareAll(): Promise<void> {
  for (const { at, document, variables, data } of kept) {
    for (const emulator of Object.values(sandbox.emulators)) emulator.clearCalls();
    const then = await gateway.query(document, { ...variables, asOf: iso(at) }, everybody);
    expect({ at: iso(at), variables, data: comparable(then.data) }).toEqual({
      at: iso(at),
      variables,
      data: comparable(data),
    });
    for (const look of looksIn(then.data)) expect(Date.parse(look)).toBeLessThanOrEqual(at);
    for (const emulator of Object.values(sandbox.emulators)) expect(emulator.calls).toEqual([]);
  }
}

describe('as of a moment', () => {
  it('is what was answered then, and asks nobody', async () => {
    const states = JSON.stringify(kept.map(({ data }) => data));
    // The sample has what it is for.
    expect(kept.length).toBeGreaterThan(40);
    expect(states).toContain('"FAILED"');
    expect(states).toContain('"serviceOrders":null');
    expect(new Set(sandbox.effects.map(({ backend }) => backend)).size).toBe(4);
    await compareAll();
  }, 60_000);

  it('is the same after a restart', async () => {
    await gateway[Symbol.asyncDispose]();
    gateway = await open();
    await compareAll();
  }, 60_000);

  it('gives one commitment as the list had it, and null before it was there', async () => {
    const ask = (id: string, at: number) =>
      gateway.query(
        `query ($id: ID!, $asOf: DateTime) { commitment(id: $id, asOf: $asOf) { ${COMMITMENT} } }`,
        {
          id,
          asOf: iso(at),
        },
        everybody,
      );
    const nodes = kept
      .filter(({ document, at }) => document === DOCUMENTS[0] && at > begun)
      .flatMap(({ at, data }) => nodesOf(data).map((node) => ({ at, node })));
    expect(nodes.length).toBeGreaterThan(10);
    const draw = seeded(5);
    for (let i = 0; i < 25; i += 1) {
      const { at, node } = pick(nodes, draw);
      const { data, errors } = await ask(node['gid'] as string, at);
      expect(errors).toEqual([]);
      expect(comparable(data.commitment)).toEqual(comparable(node));
    }
    const made = nodes.filter(({ node }) => String(node['name']).startsWith('made'));
    expect(made.length).toBeGreaterThan(0);
    const { data, errors } = await ask(made[0]!.node['gid'] as string, begun);
    expect([data.commitment, errors]).toEqual([null, []]);
  });

  it('says what nobody had looked at, and from when on there is more', async () => {
    const ask = (slug: string, at: number) =>
      gateway.query(
        `query ($slug: String!, $asOf: DateTime) { organization(slug: $slug) {
          commitments(asOf: $asOf) { nodes { id } ${COVERAGE} } serviceOrders(asOf: $asOf) { totalCount } } }`,
        { slug, asOf: iso(at) },
        everybody,
      );
    for (const [slug, at, sentence] of [
      ['fjordkabel', now, 'Nobody has looked at these records of Salesforce yet'],
      ['sleepyco', START - 1, `Ask as of ${iso(START).replace('.000', '')} or later.`],
    ] as const) {
      const { data, errors } = await ask(slug, at);
      const { nodes, coverage } = data.organization.commitments;
      expect([nodes, coverage.complete]).toEqual([[], false]);
      const linked = coverage.sources.filter(({ state }: { state: string }) => state !== 'NOT_LINKED');
      expect(linked.length).toBeGreaterThan(0);
      expect(new Set(linked.map(({ state }: { state: string }) => state))).toEqual(new Set(['NOT_OBSERVED']));
      expect(coverage.missing).toEqual(linked.map(({ source }: { source: string }) => source));
      expect(data.organization.serviceOrders).toBeNull();
      expect(errors.map(({ message, path, extensions }) => [message, path, extensions.code])).toEqual([
        [expect.stringContaining(sentence), ['organization', 'serviceOrders'], 'NOT_FOUND'],
      ]);
    }
  });

  it('is refused for moments that are to come or are none; `@fresh` changes nothing', async () => {
    const ask = (asOf: string, fresh = '') =>
      gateway.query(
        `query Q($asOf: DateTime) ${fresh} { organization(slug: "sleepyco") { commitments(asOf: $asOf) { nodes { id } } } }`,
        { asOf },
        everybody,
      );
    for (const asOf of [iso(now + 1), 'yesterday', '2026-11-21']) {
      const { errors } = await ask(asOf);
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    }
    for (const emulator of Object.values(sandbox.emulators)) emulator.clearCalls();
    const [plain, fresh] = [await ask(iso(begun)), await ask(iso(begun), '@fresh(within: 0)')];
    expect(fresh.data).toEqual(plain.data);
    expect(fresh.errors).toEqual([]);
    for (const emulator of Object.values(sandbox.emulators)) expect(emulator.calls).toEqual([]);
  });

  it('knows at once what was seen a moment ago, and says when nobody looked for long', async () => {
    const ask = (asOf: string | null) =>
      gateway.query(
        `query ($asOf: DateTime) { organization(slug: "fjordkabel") { serviceOrders(asOf: $asOf) {
          nodes { name freshness { stale observedAt } } ${COVERAGE} } } }`,
        { asOf },
        everybody,
      );
    const live = await ask(null);
    const seenAt = now;
    const states: unknown[] = [];
    for (const minutes of [0, 5, 6]) {
      now = seenAt + minutes * MINUTE;
      const { data, errors } = await ask(iso(now));
      expect(errors).toEqual([]);
      expect(comparable(data)).toEqual(comparable(live.data));
      const { nodes, coverage } = data.organization.serviceOrders;
      states.push([coverage.sources[0].state, coverage.complete, nodes[0].freshness.stale]);
      expect(Date.parse(nodes[0].freshness.observedAt)).toBe(seenAt);
    }
    expect(states).toEqual([
      ['COMPLETE', true, false],
      ['COMPLETE', true, false],
      ['STALE', true, true],
    ]);
  });

  it('shows nothing of an account that the directory gives the customer no more', async () => {
    await using other = await open(
      sandbox.directory.map((entry) =>
        entry.slug === 'sleepyco' ? { ...entry, cloudmc: undefined } : entry,
      ),
    );
    const document = `query ($asOf: DateTime!) { organization(slug: "sleepyco") {
      commitments(asOf: $asOf, first: 100, filter: { sources: [CLOUDMC] }) { nodes { id } ${COVERAGE} }
      changes(since: $asOf, kinds: [RESOURCE_COMMITMENT]) { nodes { id: recordId } }
    } }`;
    const [kept, gone] = await Promise.all(
      [gateway, other].map(
        async (one) => (await one.query(document, { asOf: iso(begun) }, everybody)).data.organization,
      ),
    );
    expect([kept.commitments.nodes.length > 0, kept.changes.nodes.length > 0]).toEqual([true, true]);
    expect([gone.commitments.nodes, gone.changes.nodes]).toEqual([[], []]);
    expect(gone.commitments.coverage.sources[0].state).toBe('NOT_LINKED');
  });

  it('is estimated to ask nobody, unlike how things are now', async () => {
    const document = `query ($id: ID!, $asOf: DateTime) {
      commitment(id: $id, asOf: $asOf) { id }
      commitments(asOf: $asOf, filter: { organizations: ["sleepyco"] }) { nodes { id } }
      organization(slug: "sleepyco") { contracts(asOf: $asOf) { totalCount } serviceOrders(asOf: $asOf) { totalCount } }
    }`;
    const [node] = kept
      .filter(({ document: asked }) => asked === DOCUMENTS[0])
      .flatMap(({ data }) => nodesOf(data));
    const estimate = async (asOf: string | null) => {
      const headers = { ...everybody, 'graphql-upstream-report': '1' };
      const { text } = await gateway.query(document, { id: node?.['gid'], asOf }, headers);
      return (JSON.parse(text) as { extensions: { upstreamEstimate: object } }).extensions.upstreamEstimate;
    };
    expect(await estimate(iso(begun))).toEqual({});
    expect(Object.keys(await estimate(null))).toHaveLength(5);
  });

  it('never mixes in what another call would tell of today', async () => {
    const SELECTED: Readonly<Record<string, string>> = {
      commitments: ['MinimumCommitment', 'ContractCommitment', 'ResourceCommitment']
        .map((name) => `... on ${name} { __typename ${costly(name)} }`)
        .join(' '),
      serviceOrders: costly('ServiceOrder'),
      contracts: costly('Contract'),
    };
    for (const emulator of Object.values(sandbox.emulators)) emulator.clearCalls();
    const told = new Set<string>();
    for (const [list, selection] of Object.entries(SELECTED)) {
      const { data, errors } = await gateway.query(
        `query ($asOf: DateTime) { organization(slug: "sleepyco") { ${list}(asOf: $asOf, first: 100) { nodes { __typename ${selection} } } } }`,
        { asOf: iso(begun) },
        everybody,
      );
      const { nodes } = data.organization[list] as { nodes: Record<string, unknown>[] };
      expect(nodes.length).toBeGreaterThan(0);
      for (const [place, { __typename: type, ...fields }] of nodes.entries()) {
        for (const [key, value] of Object.entries(fields)) {
          const name = key.replace(/.*__/, '');
          told.add(`${String(type)}.${name}`);
          // Worked out from the record alone; what else it would take is null by itself.
          if (name === 'position') continue;
          expect([type, name, value]).toEqual([type, name, null]);
          const own = errors.filter(({ path }) => path?.[3] === place && path[4] === key);
          expect(own.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
          expect(own[0]?.message).toContain(`\`${name}\` is not kept`);
        }
      }
    }
    for (const emulator of Object.values(sandbox.emulators)) expect(emulator.calls).toEqual([]);
    expect([...told]).toEqual(
      expect.arrayContaining([
        'MinimumCommitment.usage',
        'ServiceOrder.minimumCommitment',
        'Contract.invoices',
      ]),
    );
  });
});

const CHANGE = `kind recordKind source externalId recordId seenAt previousSeenAt moreFields organization { slug }
  fields { path before after } commitment { ${COMMITMENT} }`;

interface Change {
  readonly kind: string;
  readonly recordKind: string;
  readonly externalId: string;
  readonly recordId: string;
  readonly seenAt: string;
  readonly previousSeenAt: string;
  readonly fields: readonly {
    readonly path: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
  readonly commitment: Wire | null;
  readonly organization: { readonly slug: string };
}

describe('what changed since', () => {
  const ask = (variables: object, headers = everybody) =>
    gateway.query(
      `query ($since: DateTime!, $until: DateTime, $kinds: [RecordKind!], $organizations: [String!], $first: Int!, $after: String) {
        changes(since: $since, until: $until, kinds: $kinds, organizations: $organizations, first: $first, after: $after) {
          edges { cursor node { ${CHANGE} } } ${PAGE} horizonAt
        }
      }`,
      { since: iso(begun), first: 100, ...variables },
      headers,
    );
  const allOf = async (variables: object, headers = everybody): Promise<Change[]> => {
    const found: Change[] = [];
    for (let after: string | null = null; ;) {
      const { data, errors } = await ask({ ...variables, after }, headers);
      expect(errors).toEqual([]);
      expect(data.changes.pageInfo.startCursor).toBe(data.changes.edges[0]?.cursor ?? null);
      found.push(...data.changes.edges.map(({ node }: { node: Change }) => node));
      if (data.changes.pageInfo.hasNextPage !== true) return found;
      after = data.changes.pageInfo.endCursor as string;
    }
  };

  it('is what the vendors did, and nothing else', async () => {
    const found = await allOf({});
    const effects = sandbox.effects.filter(({ at }) => at > begun);
    expect(effects.length).toBeGreaterThan(8);
    const millis = (text: string) => Date.parse(text);
    // Each change has a cause between the two looks that frame it. New records have ids of their own in the ledger.
    for (const change of found) {
      const causes = effects.filter(
        ({ at }) => at > millis(change.previousSeenAt) && at <= millis(change.seenAt),
      );
      const own = causes.filter(({ target, details }) =>
        `${target} ${JSON.stringify(details)}`.includes(change.externalId),
      );
      expect([change, own.length > 0]).toEqual([change, true]);
    }
    // And each effect that lasted was seen as a change of what it was about.
    for (const { at, target, backend, action } of effects) {
      const seen = found.filter(({ seenAt, externalId }) => millis(seenAt) >= at && externalId === target);
      const isMadeAndGone =
        backend === 'cloudmc' && effects.filter((other) => other.target === target).length > 1;
      if (!isMadeAndGone)
        expect([backend, action, target, seen.length > 0]).toEqual([backend, action, target, true]);
    }
    const times = found.map(({ seenAt }) => millis(seenAt));
    expect(times).toEqual([...times].sort((a, b) => b - a));
    const [renamed] = found.filter(
      ({ recordKind, kind }) => recordKind === 'SERVICE_ORDER' && kind === 'CHANGED',
    );
    expect(renamed?.fields.map(({ path }) => path)).toEqual(expect.arrayContaining(['name']));
  });

  it('shows commitments as they were seen, and pages of any size hold the same', async () => {
    const found = await allOf({});
    expect(await allOf({ first: 3 })).toEqual(found);
    const gone = found.filter(({ kind }) => kind === 'DISAPPEARED');
    for (const { commitment } of gone) expect(commitment).toBeNull();
    const shown = found.filter(
      ({ kind, recordKind }) => kind !== 'DISAPPEARED' && /COMMITMENT/.test(recordKind),
    );
    expect(shown.length).toBeGreaterThan(0);
    for (const { commitment, recordId, externalId } of shown) {
      expect(commitment).toMatchObject({ externalId, gid: recordId });
    }
    const middle = found[Math.floor(found.length / 2)]!.seenAt;
    expect(await allOf({ until: middle })).toEqual(found.filter(({ seenAt }) => seenAt <= middle));
    expect(await allOf({ since: middle })).toEqual(found.filter(({ seenAt }) => seenAt > middle));
    expect(await allOf({ kinds: ['SERVICE_ORDER'] })).toEqual(
      found.filter(({ recordKind }) => recordKind === 'SERVICE_ORDER'),
    );
    const own = await gateway.query(
      `query ($since: DateTime!) { organization(slug: "sleepyco") { changes(since: $since, first: 100) { nodes { ${CHANGE} } } } }`,
      { since: iso(begun) },
      everybody,
    );
    expect(own.data.organization.changes.nodes).toEqual(
      found.filter(({ organization }) => organization.slug === 'sleepyco').slice(0, 100),
    );
  });

  it('shows nobody what is not theirs', async () => {
    const one = withKey(KEYS.one);
    const theirs = await allOf({}, one);
    const all = await allOf({});
    expect(theirs).toEqual(all.filter(({ organization }) => organization.slug === 'harbourline-logistics'));
    expect(await allOf({ organizations: ['sleepyco'] }, one)).toEqual([]);
    const foreign = all.find(
      ({ organization, commitment }) => organization.slug === 'sleepyco' && commitment !== null,
    )!;
    const { data, errors } = await gateway.query(
      `query ($id: ID!, $asOf: DateTime!) {
        commitment(id: $id, asOf: $asOf) { id }
        organization(slug: "sleepyco") { commitments(asOf: $asOf) { nodes { id } } }
        commitments(asOf: $asOf, first: 100) { nodes { organization { slug } } coverage { sources { organization { slug } } } }
      }`,
      { id: foreign.recordId, asOf: foreign.seenAt },
      one,
    );
    expect(errors).toEqual([]);
    expect([data.commitment, data.organization]).toEqual([null, null]);
    expect(JSON.stringify(data.commitments)).toContain('harbourline-logistics');
    expect(JSON.stringify(data.commitments)).not.toContain('sleepyco');
  });

  it.each([
    [{ since: iso(START + 365 * 24 * 60 * MINUTE) }, '`since`'],
    [{ until: iso(START) }, '`until`'],
    [{ first: 0 }, '`first`'],
    [{ after: 'bm9uc2Vuc2U' }, '`after`'],
  ])('is refused for %j', async (variables, said) => {
    const { errors } = await ask(variables);
    expect(errors.map(({ message, extensions }) => [message, extensions.code])).toEqual([
      [expect.stringContaining(said), 'BAD_USER_INPUT'],
    ]);
  });
});

it.each([
  ['without a store', {}],
  [
    'with `mode: off`',
    { store: 'gateway.db', history: { mode: 'off', keepDays: 400, maxRowsPerOrganization: 50_000 } },
  ],
] as const)('a gateway %s says that it keeps nothing', async (_, options) => {
  const own = mkdtempSync(join(tmpdir(), 'history-'));
  const { store, ...rest } = { store: undefined, ...options };
  await using other = await startGateway({
    backends: sandbox.backends,
    accounts: sandbox.directory,
    clock: () => now,
    ...rest,
    ...(store === undefined ? {} : { store: join(own, store) }),
  });
  const { data, errors } = await other.query(
    `{ organization(slug: "sleepyco") { commitments(asOf: "${iso(START)}") { nodes { id } } changes(since: "${iso(START)}") { nodes { kind } } } }`,
  );
  expect(data.organization).toEqual({ commitments: null, changes: null });
  expect(errors.map(({ extensions }) => [extensions.code, extensions.retryable])).toEqual([
    ['STORE_UNAVAILABLE', false],
    ['STORE_UNAVAILABLE', false],
  ]);
  rmSync(own, { recursive: true, force: true });
});
