/**
 * What the processor spends on collecting garbage, held to a budget: it is counted, so it is the same on a slow machine.
 * The gateway runs in a process of its own, as it is built, and answers one request after the other.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { built } from '../support/built.js';
import { programs, startContestant, type ContestantName } from './gateway/contestants.js';
import type { Garbage } from './gateway/inside.js';
import { createLook } from './gateway/look-inside.js';
import { portfolioOf } from './gateway/operations.js';
import { ask, bodyOf, createRig, type Rig } from './gateway/rounds.js';

const SIZE = {
  organizations: 4,
  contractCommitments: 8,
  resourceCommitments: 8,
  contracts: 6,
  serviceOrders: 6,
};
/** A young generation of one size: each small collection is so much that was allocated. */
const YOUNG = 16;
const FLAGS = [`--min-semi-space-size=${YOUNG}`, `--max-semi-space-size=${YOUNG}`];
const WARM_UP = 600;
const REQUESTS = 400;
/** What they take does not count as left behind. */
const MOST_FULL = 4;

let rig: Rig;
beforeAll(async () => {
  rig = await createRig(SIZE, programs(built(), false, {}, FLAGS, 'anywhere'));
}, 60_000);
afterAll(() => rig[Symbol.asyncDispose]());

async function garbageOf(contestant: ContestantName, atOnce: number): Promise<Garbage> {
  const body = bodyOf(portfolioOf(rig.accounts[0]!), true);
  using look = createLook(rig.programs, { isHeapSeen: true });
  const { upstream, accounts } = { upstream: rig.upstream.ready.url, accounts: rig.accounts };
  const running = await startContestant(contestant, rig.programs, { upstream, accounts }, look.inside);
  const askTimes = async (times: number) => {
    let left = times;
    const askInTurn = async () => {
      while ((left -= 1) >= 0) await ask(running.url, body);
    };
    await Promise.all(Array.from({ length: atOnce }, askInTurn));
  };
  try {
    await askTimes(WARM_UP);
    const { garbage } = await look.during(running.pid, () => askTimes(REQUESTS));
    if (garbage === null) throw new Error('the heap was not looked at');
    return garbage;
  } finally {
    await running.stop();
  }
}

/**
 * Kilobytes for one portfolio of four backends: half as much again as it takes, for what goes on beside it by the clock
 * (history, accounting). Answers that are only found again take less. And kilobytes that outlive small collections, most
 * of them of code that gets warm.
 */
it.each([
  ['nothing shared', 'gateway', 1, 1_100, 15],
  // Those that are in flight when the young generation is full outlive that, and wait for each other.
  ['nothing shared, several at once', 'gateway', 8, 1_100, 40],
  ['as it comes', 'gateway-shared', 1, 550, 15],
] as const)('%s, leaves little behind', async (_, contestant, atOnce, allocated, outliving) => {
  const { collections, outlivingBytes, fullCollections } = await garbageOf(contestant, atOnce);
  expect((collections * YOUNG * 1024) / REQUESTS).toBeLessThan(allocated);
  // A request that something old leads to stays, with all that was read for it: some 200 kilobytes.
  expect(outlivingBytes / 1024 / REQUESTS).toBeLessThan(outliving);
  expect(fullCollections).toBeLessThanOrEqual(MOST_FULL);
});
