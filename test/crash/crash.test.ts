/**
 * Gateways that are killed with SIGKILL: a seeded sample of the full run (`npm run bench:crash`), and the proof that the
 * checker would see what it is there to see. In a suite of its own, as it takes a minute or two: `npm run test:crash`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Rule } from './checker.js';
import { createGateways, type Gateways } from './gateway.js';
import { PLANTS, type Plant } from './messages.js';
import { POINTS, type Point } from './points.js';
import { runCycles, type NumberedResult } from './run.js';

const SEED = 20_261_121;
const LANES = 2;
const LONGEST_MS = 600_000;

/** In so many cycles at most. */
const CAUGHT_WITHIN = 24;

/** What a planted bug must be seen by, whatever else sees it, and the points at which it does harm. */
const SEEN_BY: Readonly<Record<Plant, readonly [rule: Rule, points: readonly Point[]]>> = {
  'intents-in-memory': ['a', ['body-sent', 'applied-not-replied', 'mid-reply', 'reply-read']],
  'sent-again-on-restart': ['a', ['applied-not-replied', 'mid-reply', 'reply-read']],
  'key-not-scoped': ['g', POINTS],
  'settled-before-reply': ['b', ['intent-durable', 'headers-sent', 'body-sent']],
  'input-not-compared': ['f', POINTS],
};

function saidOf({ seed, cycle, point, violations }: NumberedResult): string[] {
  return violations.map(({ rule, what }) => `seed ${seed} cycle ${cycle} at ${point}: ${rule}, ${what}`);
}

describe.runIf(process.env['SUITE'] === 'crash')('a gateway that is killed', () => {
  let gateways: Gateways;
  beforeAll(() => {
    gateways = createGateways();
  });
  afterAll(() => gateways[Symbol.asyncDispose]());

  it(
    'makes no change twice, loses none that was acknowledged and replays none wrongly, wherever it dies',
    async () => {
      const cycles = 3 * POINTS.length;
      const report = await runCycles(gateways, { seed: SEED, cycles, lanes: LANES });
      expect(report.bad.flatMap(saidOf)).toEqual([]);
      expect(report.troubles).toEqual([]);
      expect(report.cycles).toBe(cycles);
      expect(report.effects).toBeGreaterThan(cycles);
      // All of it is worth nothing if the gateway does not die where it should.
      expect(POINTS.filter((point) => report.points[point].reached === 0)).toEqual([]);
    },
    LONGEST_MS,
  );

  it.each(PLANTS)(
    'is caught if it has the bug "%s"',
    async (plant) => {
      const [rule, points] = SEEN_BY[plant];
      let isCaught = false;
      await runCycles(gateways, {
        seed: SEED,
        cycles: CAUGHT_WITHIN,
        lanes: LANES,
        plant,
        points,
        onCycle: ({ violations }) => {
          isCaught ||= violations.some((one) => one.rule === rule);
          return !isCaught;
        },
      });
      expect(isCaught).toBe(true);
    },
    LONGEST_MS,
  );
});
