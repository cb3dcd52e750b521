/**
 * Gateways over one sandbox, for tests of what goes wrong: their time can be moved on, and CloudMC is the patient whose
 * neighbours must not notice. Answers are not kept unless a test asks for it.
 */
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { SourceName } from '../../src/domain/source.js';
import type { Emulator } from '../../src/sandbox/emulator.js';
import type { Log } from '../../src/observability/log.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import type { BackendName } from '../../src/sandbox/types.js';
import { systemTimers, type Timers } from '../../src/upstream/timers.js';
import { startGateway, type Gateway, type GraphAnswer, type GraphError } from './gateway.js';
import { expectNothingInternal } from './leaks.js';
import { NOW, TODAY } from './sandboxed-gateway.js';

type Key = keyof Sandbox['backends'];

export interface FaultRig {
  readonly sandbox: () => Sandbox;
  emulator(name: BackendName): Emulator;
  /** Calls of that emulator, logins left out. */
  hits(name: BackendName): number;
  /** `changes` edits the settings of backends; `null` leaves one out. It is stopped after the test. */
  gateway(changes?: Readonly<Partial<Record<Key, object | null>>>, log?: Log): Promise<Gateway>;
  /** CloudMC's base url behind another origin. */
  cloudmcAt(origin: string): { readonly url: string };
  /** Disposes of it after the test. */
  keep<Thing extends AsyncDisposable>(thing: Thing): Thing;
  /** Moves the time of gateways and emulators on; timers that are set go off when they would have. */
  skip(milliseconds: number): void;
  clock(): number;
}

/** Customers with an account at CloudMC and at MonetizeNow. */
export const SLUGS = [
  'sleepyco',
  'harbourline-logistics',
  'aozora-denki',
  'fjordkabel',
  'maple-transit',
  'lumiere-sante',
  'tessera-bank',
] as const;

export function faultRig(): FaultRig {
  const began = performance.now();
  let skippedMs = 0;
  let sandbox: Sandbox;
  const kept: AsyncDisposable[] = [];
  const clock = () => NOW + Math.floor(performance.now() - began) + skippedMs;
  const timers: Timers = { ...systemTimers, now: () => systemTimers.now() + skippedMs };

  beforeAll(async () => {
    sandbox = await startSandbox({ today: TODAY, clock });
  });
  afterAll(() => sandbox.stop());
  afterEach(async () => {
    for (const thing of kept.splice(0).reverse()) await thing[Symbol.asyncDispose]();
    for (const emulator of Object.values(sandbox.emulators)) await emulator.start();
    sandbox.reset();
  });

  const rig: FaultRig = {
    sandbox: () => sandbox,
    emulator: (name) => sandbox.emulator(name),
    hits: (name) =>
      sandbox.emulator(name).calls.filter(({ path }) => !/oauth2\/token$|Access\/Login$/.test(path)).length,
    async gateway(changes = {}, log) {
      const backends: Record<string, object> = {};
      for (const [name, settings] of Object.entries(sandbox.backends)) {
        const change = changes[name as Key];
        if (change === null) continue;
        backends[name] = { ...settings, freshForMs: 0, staleForMs: 0, ...change };
      }
      return rig.keep(
        await startGateway({
          backends,
          accounts: sandbox.directory,
          clock,
          timers,
          ...(log === undefined ? {} : { log }),
        }),
      );
    },
    cloudmcAt: (origin) => ({ url: `${origin}/api/v2` }),
    keep(thing) {
      kept.push(thing);
      return thing;
    },
    skip: (milliseconds) => {
      skippedMs += milliseconds;
    },
    clock,
  };
  return rig;
}

const COVERAGE =
  'coverage { complete missing sources { state code retryAfterMs droppedRecords freshness { ageMs stale } } }';

/** CloudMC's commitments of a customer, and the contracts of a neighbour that must be there whatever happens. */
export const listOf = (slug: string, fresh = '') => `query ${fresh} {
  organization(slug: "${slug}") {
    commitments(filter: { sources: [CLOUDMC] }) { nodes { externalId name freshness { stale } } ${COVERAGE} }
    contracts { nodes { externalId } coverage { complete } }
  }
}`;

export interface Asked {
  readonly answer: GraphAnswer;
  /** CloudMC's part. */
  readonly list: any; // eslint-disable-line @typescript-eslint/no-explicit-any
  /** Of CloudMC. */
  readonly error: GraphError['extensions'] | null;
}

/** Asks for CloudMC's commitments; fails if a neighbour is hurt, or if the error says too much. */
export async function ask(rig: FaultRig, gateway: Gateway, slug = 'sleepyco', fresh = ''): Promise<Asked> {
  const answer = await gateway.query(listOf(slug, fresh));
  expect(answer.status).toBe(200);
  expect(answer.data.organization.contracts.nodes.length).toBeGreaterThan(0);
  expect(answer.data.organization.contracts.coverage.complete).toBe(true);
  expect(answer.errors.filter(({ extensions }) => extensions.source !== 'CLOUDMC')).toEqual([]);
  expectNothingInternal(answer.text, rig.sandbox());
  return {
    answer,
    list: answer.data.organization.commitments,
    error: answer.errors[0]?.extensions ?? null,
  };
}

/** What `sources` says of one of them. */
export async function stateOf({ query }: Gateway, source: SourceName) {
  const { data } = await query(
    `{ sources { name breaker isReachable lastFailure { code } callsInFlight callsQueued quotaRemaining reportedLimit
       unrecognizedValues unknownFields foreignRecords droppedRecords } }`,
  );
  return data.sources.find(({ name }: { name: string }) => name === source);
}
