/** Many cycles: worlds of some dozen each, every point as often as the others, and what came of it. */
import { seeded } from '../support/seeded.js';
import { runCycle, type CycleResult } from './cycle.js';
import { TooSlow, type Gateways } from './gateway.js';
import type { Plant } from './messages.js';
import { POINTS, type Point } from './points.js';
import { createWorld } from './world.js';
import type { Rule } from './checker.js';

export interface RunOptions {
  readonly seed: number;
  readonly cycles: number;
  /** How many worlds at a time. */
  readonly lanes?: number;
  readonly plant?: Plant | null;
  /** Only these. */
  readonly points?: readonly Point[];
  /** Called after each cycle; false ends the run. */
  readonly onCycle?: (result: NumberedResult) => boolean | void;
}

/** `seed` and `cycle` find it again. */
export interface NumberedResult extends CycleResult {
  readonly seed: number;
  readonly cycle: number;
  readonly ms: number;
}

/** A world that came to its end before its time: its last cycle says nothing. Another takes its place. */
export interface Trouble {
  readonly seed: number;
  readonly cycle: number;
  readonly what: string;
  /** It was the machine. */
  readonly isSlowness: boolean;
}

export interface RunReport {
  readonly cycles: number;
  readonly kills: number;
  readonly calls: number;
  readonly effects: number;
  /** How often each point was drawn, and how often it was reached. */
  readonly points: Readonly<Record<Point, { readonly drawn: number; readonly reached: number }>>;
  /** Operations that an operator has to settle. */
  readonly forOperators: number;
  readonly violations: Readonly<Partial<Record<Rule, number>>>;
  readonly bad: readonly NumberedResult[];
  readonly troubles: readonly Trouble[];
  readonly ms: number;
}

/** A world lasts for so many; the next one begins with the next seed, so that any can be had again without the others. */
export const CYCLES_PER_WORLD = 36;
/** Where so many worlds ended before their time, nothing is learned by making more. */
const MOST_TROUBLES = 10;

export async function runCycles(gateways: Gateways, options: RunOptions): Promise<RunReport> {
  const { seed, cycles, lanes = 1, plant = null, points = POINTS, onCycle = () => true } = options;
  const started = performance.now();
  const results: NumberedResult[] = [];
  let next = seed;
  let begun = 0;
  let isOver = false;
  const troubles: Trouble[] = [];

  const live = async (world: number, count: (cycle: number) => void) => {
    await using place = await createWorld(gateways, world, plant);
    const order = shuffledPoints(points, seeded(world));
    for (let cycle = 0; cycle < CYCLES_PER_WORLD && begun < cycles && !isOver; cycle += 1) {
      begun += 1;
      count(cycle);
      const began = performance.now();
      const result = await runCycle(place, {
        point: order[cycle % order.length] ?? 'before-intent',
        name: `${world}-${cycle}`,
        random: seeded(world * 1_000 + cycle),
      });
      const numbered = { ...result, seed: world, cycle, ms: performance.now() - began };
      isOver ||= onCycle(numbered) === false;
      // Thousands of histories would not fit.
      results.push(result.violations.length > 0 ? numbered : { ...numbered, history: [] });
    }
  };
  const lane = async () => {
    while (begun < cycles && !isOver) {
      const world = next;
      next += 1;
      const before = results.length;
      let last = -1;
      try {
        await live(world, (cycle) => {
          last = cycle;
        });
      } catch (error) {
        // Thousands of cycles are not to be lost to one. It is told, and made up for.
        const isSlowness = error instanceof TooSlow;
        troubles.push({ seed: world, cycle: last, what: String(error), isSlowness });
        const isCounted = results.slice(before).some((one) => one.seed === world && one.cycle === last);
        if (last >= 0 && !isCounted) begun -= 1;
        isOver ||= troubles.length >= MOST_TROUBLES;
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return reportOf(results, troubles, performance.now() - started);
}

function shuffledPoints(points: readonly Point[], random: () => number): readonly Point[] {
  return points
    .map((point) => ({ point, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ point }) => point);
}

function reportOf(results: readonly NumberedResult[], troubles: readonly Trouble[], ms: number): RunReport {
  const sum = (of: (result: NumberedResult) => number) => results.reduce((total, one) => total + of(one), 0);
  const violations: Partial<Record<Rule, number>> = {};
  for (const { rule } of results.flatMap((result) => result.violations)) {
    violations[rule] = (violations[rule] ?? 0) + 1;
  }
  const at = (point: Point) => results.filter((result) => result.point === point);
  return {
    cycles: results.length,
    kills: sum(({ kills }) => kills),
    calls: sum(({ calls }) => calls),
    effects: sum(({ effects }) => effects),
    points: Object.fromEntries(
      POINTS.map((point) => [
        point,
        { drawn: at(point).length, reached: at(point).filter(({ isReached }) => isReached).length },
      ]),
    ) as RunReport['points'],
    forOperators: sum(({ unsettled }) => unsettled.length),
    violations,
    bad: results.filter((result) => result.violations.length > 0),
    troubles,
    ms,
  };
}
