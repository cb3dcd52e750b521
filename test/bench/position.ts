/**
 * Holds the position arithmetic and the overlap finder against counting day by day, on 100,000 generated cases of each, and
 * measures how far off forecasts are, on generated histories:
 *
 *     npm run bench:position                  # all
 *     npx tsx test/bench/position.ts forecast # the tables that stand in src/domain/position/forecast.ts
 *
 * `--count n` draws more or fewer cases, `--histories n` more or fewer histories, `--seed n` others. Ends with 0 if nothing differs,
 * 1 if something does (with the smallest case that shows it), 2 if asked wrongly.
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { checkOverlaps, portfolios } from '../overlap/check.js';
import { cases, checkPositions } from '../position/check.js';
import { bandShareOf, measure, tableOf } from '../position/histories.js';

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function refuse(): never {
  process.stderr.write('Usage: position.ts [arithmetic|forecast] [--count n] [--histories n] [--seed n]\n');
  process.exit(2);
}

function numberOf(text: string): number {
  return /^\d{1,9}$/.test(text) && Number(text) > 0 ? Number(text) : refuse();
}

function asked() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        count: { type: 'string', default: '100000' },
        histories: { type: 'string', default: '200' },
        seed: { type: 'string', default: '20261121' },
      },
    });
  } catch {
    return refuse();
  }
}

function arithmetic(count: number, seed: number): boolean {
  let isEqual = true;
  const compare = (name: string, run: () => void) => {
    const began = performance.now();
    try {
      run();
      say(`${name}: ${count} cases equal the count, in ${((performance.now() - began) / 1000).toFixed(0)} s`);
    } catch (error) {
      isEqual = false;
      say(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  compare('overlaps', () => fc.assert(fc.property(portfolios, checkOverlaps), { numRuns: count, seed }));
  compare('positions', () => fc.assert(fc.property(cases, checkPositions), { numRuns: count, seed }));
  return isEqual;
}

function forecasts(histories: number, seed: number): void {
  const lengths = [
    [1, 'a month', ['RUN_RATE', 'TRAILING_MEDIAN']],
    [12, 'a term of twelve months', ['RUN_RATE', 'TRAILING_MEDIAN', 'BEST']],
  ] as const;
  for (const [length, name, choices] of lengths) {
    const measured = measure(length, choices, histories, seed);
    say(
      `\n${name}: mean error in percent of what came, and (percent of bands that held it), by the share that has passed`,
    );
    for (const line of tableOf(measured, choices)) say(line);
    for (const choice of choices)
      say(`${choice}: ${bandShareOf(measured, choice)} % of forecasts have a band`);
  }
}

const { positionals, values } = asked();
const [what, ...rest] = positionals;
if (rest.length > 0 || ![undefined, 'arithmetic', 'forecast'].includes(what)) refuse();
const seed = numberOf(values.seed);
const isEqual = what === 'forecast' || arithmetic(numberOf(values.count), seed);
if (what !== 'arithmetic') forecasts(numberOf(values.histories), seed);
process.exitCode = isEqual ? 0 : 1;
