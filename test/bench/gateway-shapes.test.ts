/**
 * That objects of every request are built in shapes that are known, counted in a gateway of its own process, as it is
 * built.
 *
 * V8 of Node 20 makes a hidden class for each object, and each such member, where members follow others that are spread
 * (`{ ...a, b }`): that takes two hundred times as long as the same object from its members, and whatever reads it later
 * has to look every member up. `{ b, ...a }` is well, and so is `{ ...a, b }` where `a` has a `b`.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { built } from '../support/built.js';
import { programs, startContestant, type ContestantName } from './gateway/contestants.js';
import { bodyOf, ask, createRig, type Rig } from './gateway/rounds.js';
import { COMPARISONS, PORTFOLIO_SIZE } from './gateway/scenarios/compared.js';

const WARM_UP = 400;
const REQUESTS = 200;
/** One is the server library's; the rest is code that gets warm, and what goes on beside it by the clock. */
const MOST_A_REQUEST = 2;

let rig: Rig;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'commitment-graph-shapes-'));
  rig = await createRig(PORTFOLIO_SIZE, programs(built(), false, {}, [], 'anywhere'));
}, 60_000);
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

async function shapesMade(contestant: ContestantName, bodies: readonly string[]): Promise<number> {
  const file = join(folder, `${contestant}.log`);
  const made = () =>
    (readFileSync(file, 'latin1').match(/^map,(?:Transition|InitialMap|Normalize),/gm) ?? []).length;
  const running = await startContestant(
    contestant,
    rig.programs,
    { upstream: rig.upstream.ready.url, accounts: rig.accounts },
    { flags: ['--log-maps', `--logfile=${file}`, '--no-logfile-per-isolate'], environment: {} },
  );
  const askTimes = async (times: number) => {
    for (let n = 0; n < times; n += 1) for (const body of bodies) await ask(running.url, body);
  };
  try {
    await askTimes(WARM_UP);
    const before = made();
    // What is counted is what V8 does: without this, nothing would be seen of it either.
    expect(before).toBeGreaterThan(1_000);
    await askTimes(REQUESTS);
    return (made() - before) / REQUESTS / bodies.length;
  } finally {
    await running.stop();
  }
}

it.each(['gateway', 'gateway-shared'] as const)(
  '%s: objects have the shapes of those before them',
  async (contestant) => {
    const bodies = ['portfolio', 'nodes'].map((name) => {
      const [operation] = COMPARISONS[name]!.operations(rig.accounts);
      return bodyOf(operation!, false);
    });
    expect(await shapesMade(contestant, bodies)).toBeLessThan(MOST_A_REQUEST);
  },
);
