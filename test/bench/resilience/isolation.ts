/**
 * Does anybody ever see a byte of another tenant?
 *
 * 1,000,000 randomised loads by 50 tenants whose native ids are the same, through the real adapters and gates, with
 * answers being kept, shared, given stale and given up, over a server that misbehaves at random. Every answer and every
 * error is searched for the canaries of others. Same ids make the mapper's own check of ownership blind, so what is
 * measured is the key under which an answer is kept; records that strangers slip in measure that check.
 *
 * `--break-scope` proves that the search would find something: it runs a copy of the source in which a key forgets the
 * organization, and fails unless foreign canaries are found. Refuses a run in which tenants do not see their own
 * canaries, or in which anything else than the failure of a source was thrown.
 *
 * On whose behalf a call is sent does not stand on the wire (there is one credential). A header is added as undici
 * makes the request, from the asynchronous context of whoever asked.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createRegistry, type Registry } from '../../../src/backends/registry.js';
import type { Failure } from '../../../src/domain/failure.js';
import type { Sources } from '../../../src/domain/ports.js';
import { createDrift } from '../../../src/observability/drift.js';
import { createMeter } from '../../../src/observability/meter.js';
import { chanceOf, type Chance } from '../../../src/sandbox/random.js';
import { systemTimers } from '../../../src/upstream/timers.js';
import { startChild } from './support/processes.js';
import type { RunningTenantServer, TenantServerSettings } from './support/tenant-server-process.js';
import {
  canariesIn,
  CONTRACT_IDS,
  organizationOf,
  ownContractIds,
  RESOURCE_IDS,
  TENANT_HEADER,
  TENANTS,
} from './support/tenants.js';
import type { Options, Outcome } from './support/report.js';

const LOADS = 1_000_000;
const LOADS_WHEN_BROKEN = 20_000;
const SECONDS = 900;
const PARALLEL = 64;
const LOADS_OF_A_REQUEST = 4;
const SEED = 'isolation';
const SHARE = { givenUp: 0.02, anew: 0.03, recent: 0.1 };

const ROOT = new URL('../../../', import.meta.url);
const WHOLE_KEY = "JSON.stringify(['organization', scope.organization, scope.credential])";
const BROKEN_KEY = "JSON.stringify(['organization', scope.credential])";

interface RegistryModule {
  readonly createRegistry: typeof createRegistry;
}

/** The registry of a copy of the source whose keys forget the organization. */
async function brokenCopy(): Promise<{ readonly module: RegistryModule; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'broken-scope-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await cp(new URL('src/', ROOT), join(folder, 'src'), { recursive: true });
    await symlink(fileURLToPath(new URL('node_modules', ROOT)), join(folder, 'node_modules'));
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    const file = join(folder, 'src/domain/scope.ts');
    const text = await readFile(file, 'utf8');
    if (!text.includes(WHOLE_KEY)) throw new Error('scope.ts no longer has the line that is to be broken');
    await writeFile(file, text.replace(WHOLE_KEY, BROKEN_KEY));
    const module = (await import(
      pathToFileURL(join(folder, 'src/backends/registry.ts')).href
    )) as RegistryModule;
    return { module, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

const asking = new AsyncLocalStorage<number>();

/** Called while undici makes a request, in the context of whoever made it. */
function nameTenant(message: unknown): void {
  const { request } = message as { readonly request: { addHeader(name: string, value: string): void } };
  request.addHeader(TENANT_HEADER, String(asking.getStore() ?? -1));
}

interface Tally {
  loads: number;
  own: number;
  empty: number;
  stale: number;
  crossings: number;
  readonly crossed: string[];
  readonly failures: Record<string, number>;
  readonly unexpected: string[];
  readonly used: { sent: number; cached: number; shared: number; stale: number; retried: number };
}

const isFailure = (error: unknown): error is Error & { readonly failure: Failure } =>
  // By name: the broken copy has a class of its own.
  error instanceof Error && error.name === 'SourceError';

function look(tally: Tally, tenant: number, what: string, found: unknown): void {
  const text = JSON.stringify(found) ?? '';
  const seen = canariesIn(text);
  tally.loads += 1;
  if (text.includes('"stale":true')) tally.stale += 1;
  if (seen.has(tenant)) tally.own += 1;
  else if (seen.size === 0) tally.empty += 1;
  const foreign = [...seen].filter((other) => other !== tenant);
  if (foreign.length === 0) return;
  tally.crossings += 1;
  if (tally.crossed.length < 5) tally.crossed.push(`tenant ${tenant} saw ${foreign.join(', ')} in ${what}`);
}

/** What a request asks: several loads at once, of lists and of single records, its own and others'. */
function loadsOf(sources: Sources, tenant: number, chance: Chance) {
  const { resourceCommitments, contractCommitments } = sources;
  if (resourceCommitments === null || contractCommitments === null) throw new Error('a backend is missing');
  const organization = organizationOf(tenant);
  const oneOf = <Item>(items: readonly Item[]) => items[chance.integer(0, items.length - 1)] as Item;
  const kinds: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['list of CloudMC', () => resourceCommitments.list(organization)],
    ['record of CloudMC', () => resourceCommitments.byId(organization, oneOf(RESOURCE_IDS))],
    ['list of LogiSense', () => contractCommitments.list(organization)],
    ['record of LogiSense', () => contractCommitments.byId(organization, String(oneOf(CONTRACT_IDS)))],
    [
      'record of LogiSense that may be another’s',
      () =>
        contractCommitments.byId(
          organization,
          String(oneOf(ownContractIds(chance.fraction() < 0.5 ? tenant : chance.integer(0, TENANTS - 1)))),
        ),
    ],
  ];
  return Array.from({ length: LOADS_OF_A_REQUEST }, () => oneOf(kinds));
}

async function request(registry: Registry, tenant: number, chance: Chance, tally: Tally): Promise<void> {
  const controller = new AbortController();
  const draw = chance.fraction();
  const withinMs = draw < SHARE.anew ? 0 : draw < SHARE.anew + SHARE.recent ? 100 : null;
  const meter = createMeter();
  const leaves = chance.fraction() < SHARE.givenUp;
  const timer = leaves ? setTimeout(() => controller.abort(), chance.integer(0, 20)) : undefined;
  const sources = registry.createSources({ signal: controller.signal, withinMs: () => withinMs, meter });
  await Promise.all(
    loadsOf(sources, tenant, chance).map(async ([what, load]) => {
      try {
        look(tally, tenant, what, await load());
      } catch (error) {
        if (!isFailure(error)) {
          tally.unexpected.push(String(error));
          return;
        }
        look(tally, tenant, `the failure of a ${what}`, [error.message, error.failure]);
        const { code } = error.failure;
        tally.failures[code] = (tally.failures[code] ?? 0) + 1;
      }
    }),
  );
  clearTimeout(timer);
  for (const cost of Object.values(meter.report())) {
    for (const name of ['sent', 'cached', 'shared', 'stale', 'retried'] as const)
      tally.used[name] += cost[name];
  }
}

export const limitMs = ({ seconds }: Options): number => ((seconds ?? SECONDS) + 60) * 1000;

export async function measure({ seconds: given, count, breakScope }: Options): Promise<Outcome> {
  const loads = count ?? (breakScope ? LOADS_WHEN_BROKEN : LOADS);
  const until = performance.now() + (given ?? SECONDS) * 1000;
  const copy = breakScope ? await brokenCopy() : null;
  const settings: TenantServerSettings = { seed: `${SEED} server` };
  await using server = await startChild<RunningTenantServer>('tenant-server-process', settings);
  const limits = {
    url: server.ready.url,
    timeoutMs: 2_000,
    freshForMs: 200,
    staleForMs: 2_000,
    concurrency: 256, // more than there are requests: one that waited for a socket would lose its context
    requestsPerSecond: null,
  };
  const drift = createDrift(() => undefined);
  const registry = (copy?.module.createRegistry ?? createRegistry)(
    {
      cloudmc: { ...limits, apiKey: 'bench' },
      logisense: { ...limits, accessToken: 'bench' },
    },
    { clock: Date.now, timers: systemTimers, drift },
  );
  const tally: Tally = {
    loads: 0,
    own: 0,
    empty: 0,
    stale: 0,
    crossings: 0,
    crossed: [],
    failures: {},
    unexpected: [],
    used: { sent: 0, cached: 0, shared: 0, stale: 0, retried: 0 },
  };
  const started = performance.now();
  const chance = chanceOf(SEED);
  subscribe('undici:request:create', nameTenant);
  try {
    await Promise.all(
      Array.from({ length: PARALLEL }, async () => {
        while (tally.loads < loads && performance.now() < until && tally.unexpected.length === 0) {
          // Answers that are at hand need no turn of the event loop, and sockets do.
          await new Promise((resolve) => setImmediate(resolve));
          const tenant = chance.integer(0, TENANTS - 1);
          await asking.run(tenant, () => request(registry, tenant, chance, tally));
        }
      }),
    );
  } finally {
    unsubscribe('undici:request:create', nameTenant);
    await registry.close();
    await copy?.remove();
  }
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const foreign = drift.counts('CLOUDMC').foreignRecords + drift.counts('LOGISENSE').foreignRecords;
  const { crossed, unexpected, ...counts } = tally;
  return {
    figures: [
      {
        what: breakScope
          ? 'answers with a foreign canary, the key forgetting the organization'
          : 'answers with a foreign canary',
        measured: `${tally.crossings} of ${tally.loads}${crossed[0] === undefined ? '' : ` (${crossed[0]})`}`,
        limit: breakScope ? 'above 0: the search must see it' : '0',
        isKept: breakScope ? tally.crossings > 0 : tally.crossings === 0,
      },
      {
        what: 'loads made',
        measured: `${tally.loads}`,
        limit: `at least ${loads}`,
        isKept: tally.loads >= loads,
      },
      {
        what: 'answers with the own canary',
        measured: `${Math.round((tally.own / tally.loads) * 1000) / 10} %`,
        limit: breakScope ? 'not judged' : 'at least half',
        isKept: breakScope || tally.own * 2 >= tally.loads,
      },
      {
        what: 'records of strangers that came in and were dropped',
        measured: `${foreign}`,
        limit: 'above 0: faults must be at work',
        isKept: foreign > 0,
      },
      {
        what: 'thrown that is no failure of a source',
        measured: `${unexpected.length}${unexpected[0] === undefined ? '' : ` (${unexpected[0]})`}`,
        limit: '0',
        isKept: unexpected.length === 0,
      },
    ],
    notes: [
      `${seconds} s; upstream requests and answers by their origin: ${JSON.stringify(tally.used)}`,
      `failures: ${JSON.stringify(tally.failures)}; answers marked stale: ${tally.stale}; without any canary: ${tally.empty}`,
      ...crossed.slice(1),
    ],
    data: { seconds, tenants: TENANTS, foreign, ...counts, crossed, unexpected: unexpected.slice(0, 5) },
  };
}
