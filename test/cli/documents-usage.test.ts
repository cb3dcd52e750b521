/**
 * `documents usage`, `unused`, and what they mean for `prune` and `check`; and what a client's scopes and limits mean for
 * `push`. Called as functions: how words become calls is tested with the others.
 */
import { dirname, join } from 'node:path';
import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Usage } from '../../src/accounting/tally.js';
import { createUsageStore } from '../../src/accounting/usage-store.js';
import { add } from '../../src/admission/documents/folder.js';
import { startApp } from '../../src/app.js';
import { check, prune, push } from '../../src/cli/documents.js';
import { unused, usage } from '../../src/cli/documents-usage.js';
import { loadConfig } from '../../src/config.js';
import { openDatabase } from '../../src/journal/database.js';
import { createLog } from '../../src/observability/log.js';
import { CLIENTS, configuration, GATEWAY, KEY } from '../support/configuration.js';
import { put, sha256 } from '../support/documents-folder.js';

const DAY = 86_400_000;
const NOW = Date.now();
const at = (daysAgo: number) => NOW - daysAgo * DAY;
const dayAt = (daysAgo: number) => new Date(at(daysAgo)).toISOString().slice(0, 10);

const SLUGS = 'query Slugs { organizations { nodes { slug } } }';
const NAMES = 'query Names { organizations { nodes { name } } }';
const SOURCES = 'query Sources { sources { name } }';
const INVOICES =
  'query Bills {\n  organization(slug: "sleepyco") { contracts { nodes { invoices { nodes { __typename } } } } }\n}';

let stdout = '';
let stderr = '';
beforeEach(() => {
  stdout = stderr = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Runs a command; the exit code that it asks for is taken back. */
async function run(command: () => Promise<void>): Promise<{ code: number; stdout: string; stderr: string }> {
  stdout = stderr = '';
  await command();
  const { exitCode = 0 } = process;
  process.exitCode = undefined;
  return { code: Number(exitCode), stdout, stderr };
}

function setUp({ store = 'sqlite:./gateway.db', clients = CLIENTS } = {}) {
  const config = configuration({
    'gateway.yaml': `${GATEWAY}clients: ./clients.yaml\nstore: ${store}\ndocuments: { mode: log, path: ./docs }\n`,
    'clients.yaml': clients,
  });
  const folder = dirname(config);
  return {
    config,
    folder,
    file: (name: string, content: object) => put(folder, name, JSON.stringify(content)),
    register(
      version: string,
      daysAgo: number,
      documents: Readonly<Record<string, string>>,
      client = 'partner',
    ) {
      const operations = Object.entries(documents).map(([id, body]) => ({
        id,
        name: /query (\w+)/.exec(body)?.[1] ?? null,
        body,
      }));
      add(join(folder, 'docs'), {
        client,
        version,
        pushedAt: new Date(at(daysAgo)).toISOString(),
        operations,
      });
    },
    /** As gateways that were running would have. */
    async count(...rows: readonly (Partial<Usage> & { readonly daysAgo: number })[]) {
      const db = await openDatabase({ kind: 'sqlite', file: join(folder, 'gateway.db') });
      await createUsageStore(db).write(
        {
          writer: 'test',
          number: 1,
          rows: rows.map(({ daysAgo, ...changes }) => ({
            day: dayAt(daysAgo),
            client: 'partner',
            document: 'slugs',
            version: '1',
            name: null,
            requests: 1,
            errors: 0,
            costEstimated: 0,
            costActual: 0,
            totalMs: 10,
            slowestMs: 10,
            firstAt: at(daysAgo),
            lastAt: at(daysAgo),
            ...changes,
          })),
        },
        NOW,
      );
      await db.destroy();
    },
  };
}

describe('usage', () => {
  it('shows what a gateway that runs was asked, by client, version and document', async () => {
    const { config, register } = setUp();
    register('1', 3, { slugs: SLUGS });
    register('2', 2, { slugs: SLUGS, sources: SOURCES });
    const options = { config: loadConfig(config, {}), log: createLog('silent') };
    const first = await startApp(options);
    const ask = async (body: object) => {
      const response = await fetch(`${first.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': KEY },
        body: JSON.stringify(body),
      });
      await response.text();
    };
    for (let n = 0; n < 3; n += 1) await ask({ documentId: 'slugs' });
    for (let n = 0; n < 4; n += 1) await ask({ query: 'query Loose { __typename nothing }' });
    await first.stop();
    const second = await startApp(options);
    try {
      const { code, stdout: shown } = await run(() => usage({ config, days: 30 }));
      expect(code).toBe(0);
      expect(shown).toMatch(
        /^CLIENT +VERSION +DOCUMENT +REQUESTS +ERRORS +COST +ESTIMATED +MEAN +SLOWEST +LAST USED\n/,
      );
      expect(shown).toMatch(
        /^partner +2 +Slugs \(slugs\) +3 +0 .* ms +\d+ ms +\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/m,
      );
      expect(shown).toMatch(/^partner +- +\(everything else\) +2 +2 /m);
      expect(shown).toMatch(/^partner +- +Loose \(\w{12}…\) +2 +2 /m);
      expect(shown).toContain('Use is counted since');

      const json = await run(() => usage({ config, days: 30, client: 'partner', json: true }));
      expect(JSON.parse(json.stdout)).toMatchObject({
        days: 30,
        usage: [
          { document: null, version: null, requests: 2 },
          { document: sha256('query Loose { __typename nothing }'), version: null, requests: 2 },
          {
            client: 'partner',
            document: 'slugs',
            version: '2',
            name: 'Slugs',
            requests: 3,
            errors: 0,
            cost: { estimated: expect.any(Number) as number, actual: expect.any(Number) as number },
            latencyMs: { mean: expect.any(Number) as number, slowest: expect.any(Number) as number },
          },
        ],
      });
      expect((await run(() => unused({ config, days: 1 }))).stdout).toContain('Sources (sources)');
    } finally {
      await second.stop();
    }
  });

  it('without a store says that nothing is kept', async () => {
    const { config } = setUp({ store: 'none' });
    for (const command of [usage, unused]) {
      const { code, stderr: said } = await run(() => command({ config, days: 30 }));
      expect([code, said]).toEqual([
        2,
        'Use is counted in memory only, for the metrics: the configuration has no store (store: none).\n',
      ]);
    }
  });

  it('with a store that is not there yet says so, and makes none', async () => {
    const { config, folder } = setUp();
    const { code, stderr: said } = await run(() => unused({ config, days: 30 }));
    expect(code).toBe(1);
    expect(said).toMatch(/The store cannot be read \(missing\)/);
    expect(readdirSync(folder)).not.toContain('gateway.db');
  });
});

describe('unused', () => {
  it('is what nobody asked for in that time: neither what is younger, nor what another version has', async () => {
    const { config, register, count } = setUp();
    register('1', 90, { slugs: SLUGS, names: NAMES, old: `${SLUGS}\n` });
    register('2', 60, { slugs: SLUGS });
    register('3', 5, { slugs: SLUGS, sources: SOURCES });
    await count({ daysAgo: 95 }, { daysAgo: 40, document: 'old' }, { daysAgo: 2, version: '3', requests: 7 });
    const { code, stdout: shown } = await run(() => unused({ config, days: 30 }));
    expect(code).toBe(0);
    expect(shown.split('\n')).toEqual([
      expect.stringMatching(/^partner {2}1 {2}Names \(names\) +never asked for; registered \S+Z$/),
      expect.stringMatching(/^partner {2}1 {2}Slugs \(old\) +last used \S+Z$/),
      '2 of 4 documents not asked for in the last 30 days. 1 more were registered since then, and not asked for yet.',
      '',
    ]);
    const json = await run(() => unused({ config, days: 30, json: true }));
    expect(JSON.parse(json.stdout)).toMatchObject({
      isConclusive: true,
      registered: 4,
      unused: [
        { id: 'names', versions: ['1'], lastUsedAt: null },
        { id: 'old', lastUsedAt: new Date(at(40)).toISOString() },
      ],
      registeredSince: [{ id: 'sources' }],
    });
  });

  it('says when it has not been counted for as long', async () => {
    const { config, register, count } = setUp();
    register('1', 90, { slugs: SLUGS, names: NAMES });
    await count({ daysAgo: 3 });
    const { stdout: shown } = await run(() => unused({ config, days: 30 }));
    expect(shown).toMatch(/Use is counted since \S+Z, which is not as long ago\./);
  });
});

describe('prune --unused-for', () => {
  it('keeps every document that was asked for, the young, and the newest', async () => {
    const { config, register, count, folder } = setUp();
    register('1', 90, { names: NAMES });
    register('2', 80, { old: `${SLUGS}\n` });
    register('3', 70, { old: `${SLUGS}\n`, slugs: SLUGS });
    register('4', 60, { sources: SOURCES });
    register('5', 3, { more: `${NAMES}\n` });
    await count(
      { daysAgo: 95 },
      { daysAgo: 50, document: 'names' },
      { daysAgo: 1, document: 'old', version: '3' },
    );
    const { code, stdout: shown } = await run(() => prune({ config, client: 'partner', unusedFor: 30 }));
    expect(code).toBe(0);
    expect(shown).toContain('Forgot partner 1: 1 document that no version has that is kept.');
    expect(readdirSync(join(folder, 'docs/partner')).sort()).toEqual(['3.json', '5.json']);
  });

  it('never forgets the newest version, unused as it may be', async () => {
    const { config, register, count, folder } = setUp();
    register('1', 90, { names: NAMES });
    register('2', 80, { slugs: SLUGS });
    await count({ daysAgo: 95 });
    expect((await run(() => prune({ config, client: 'partner', unusedFor: 30 }))).code).toBe(0);
    expect(readdirSync(join(folder, 'docs/partner'))).toEqual(['2.json']);
  });

  it('refuses to say what was not counted', async () => {
    const { config, register, count, folder } = setUp();
    register('1', 90, { names: NAMES });
    register('2', 80, { slugs: SLUGS });
    await count({ daysAgo: 3 });
    const { code, stderr: said } = await run(() => prune({ config, client: 'partner', unusedFor: 30 }));
    expect(code).toBe(1);
    expect(said).toMatch(/what was not used for 30 days is not known\. Nothing was forgotten\.$/m);
    expect(readdirSync(join(folder, 'docs/partner'))).toHaveLength(2);
  });
});

describe('check', () => {
  const SDL = 'type Query { sources: [Source!]! } type Source { name: String }';

  it('weighs what would break by its use', async () => {
    const { config, register, count, folder } = setUp();
    register('1', 90, { slugs: SLUGS, names: NAMES, sources: SOURCES });
    await count(
      { daysAgo: 80 },
      { daysAgo: 9, requests: 1_000 },
      { daysAgo: 2, requests: 204, version: '2' },
    );
    const schema = put(folder, 'next.graphql', SDL);
    const { code, stdout: shown } = await run(() => check({ config, schema }));
    expect(code).toBe(1);
    expect(shown).toContain(
      `partner  1  Slugs (slugs)  used 1,204 times in the last 30 days, last on ${dayAt(2)}\n`,
    );
    expect(shown).toContain('partner  1  Names (names)  not used in the last 30 days\n');
    expect(shown).toContain('2 of 3 documents would break.');
    const json = await run(() => check({ config, schema, json: true }));
    expect(JSON.parse(json.stdout)).toMatchObject({
      broken: [
        { id: 'names', usage: { requests: 0, lastUsedAt: null } },
        { id: 'slugs', usage: { requests: 1_204 } },
      ],
    });
  });

  it('works without a store', async () => {
    const { config, register, folder } = setUp({ store: 'none' });
    register('1', 90, { slugs: SLUGS });
    const { code, stdout: shown } = await run(() =>
      check({ config, schema: put(folder, 'next.graphql', SDL) }),
    );
    expect(code).toBe(1);
    expect(shown).toContain('How often they are used is not known.');
  });
});

describe('push', () => {
  const offer = (...bodies: readonly string[]) =>
    Object.fromEntries(bodies.map((body) => [sha256(body), body]));
  const limited = `${CLIENTS}  scopes: [commitments:read]
  limits: { mode: enforce, operationCost: 60, costPerMinute: 600, costAtOnce: 60 }
`;

  it('refuses what its client may not select, and says which scope it needs', async () => {
    const { config, file } = setUp({ clients: limited });
    const map = file('map.json', offer(SLUGS, SOURCES, INVOICES));
    const {
      code,
      stdout: said,
      stderr: refused,
    } = await run(() => push(map, { config, client: 'partner', version: '1' }));
    expect([code, said]).toEqual([1, '']);
    expect(refused).toMatch(
      /Sources \(\w{12}…\), line 1: `Query\.sources` needs the scope sources:read, which partner lacks: give it the scope in the clients file, or leave the field out\./,
    );
    expect(refused).toMatch(
      /Bills \(\w{12}…\), line 1: `\w+\.\w+` needs the scope billing:read, which partner lacks/,
    );
    expect(refused).not.toContain('Slugs');
  });

  it('refuses what costs more than its client may spend, and tells what might', async () => {
    const { config, file } = setUp({ clients: limited });
    const dear =
      'query Dear { organizations(first: 100) { nodes { slug commitments(first: 100) { nodes { id } } } } }';
    const map = file('map.json', offer(dear));
    const { code, stderr: refused } = await run(() => push(map, { config, client: 'partner', version: '1' }));
    expect(code).toBe(1);
    expect(refused).toMatch(
      /Dear \(\w{12}…\), line 1: It could cost [\d,]+ points, and partner may spend 60 on one operation: ask for smaller pages/,
    );

    const open = 'query Open($n: Int!) { organizations(first: $n) { nodes { slug } } }';
    const pushed = await run(() =>
      push(file('open.json', offer(open)), { config, client: 'partner', version: '1' }),
    );
    expect(pushed.code).toBe(0);
    expect(pushed.stdout).toMatch(
      /Open \(\w{12}…\): with some variables it could cost up to [\d,]+ points, and requests beyond 60 are refused\./,
    );
  });

  it('takes documents of clients that only tokens name, and says that their scopes were not checked', async () => {
    const issuer = `clients: []
issuers:
  - { issuer: https://login.example, jwksUri: https://login.example/jwks.json, audience: commitment-graph }
`;
    const { config, file } = setUp({ clients: issuer });
    const map = file('map.json', offer(SOURCES));
    const { code, stdout: said } = await run(() => push(map, { config, client: 'analyst', version: '1' }));
    expect(code).toBe(0);
    expect(said).toContain('analyst is no client of the clients file; tokens may name it');
  });

  it('of a client that is granted less later, check tells before its requests are refused', async () => {
    const { config, register } = setUp({ clients: limited });
    register('1', 1, { sources: SOURCES });
    const { code, stdout: shown } = await run(() => check({ config }));
    expect(code).toBe(1);
    expect(shown).toContain('needs the scope sources:read, which partner lacks');
  });
});
