/**
 * The crash harness on demand:
 *
 *     npm run bench:crash -- --cycles 3000 --seed 1
 *     npm run bench:crash -- --cycles 36 --seed 7 --point mid-reply          # one point only
 *     npm run bench:crash -- --cycles 100 --plant sent-again-on-restart      # a bug that must be seen
 *     npm run bench:crash -- --cycles 36 --seed 7 --history                  # with all that clients were told
 *
 * Prints the figures, and every violation with the seed and the cycle that show it: `--lanes 1 --seed` with that seed and
 * `--cycles` of one more than the cycle's number has it again. A world in which the harness came to no end is told
 * too, and its cycle made up for in another. Ends with 0 if there is no violation, 1 if there is one or if a gateway ended
 * by itself, 2 if asked wrongly, 3 if told to stop or if the machine was too slow for all of it. Everything stays on
 * loopback, and no process outlives this one.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { createGateways } from './gateway.js';
import { PLANTS, type Plant } from './messages.js';
import { POINTS, type Point } from './points.js';
import { runCycles, type NumberedResult } from './run.js';

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function refuse(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(2);
}

const { values } = parseArgs({
  options: {
    cycles: { type: 'string', default: '3000' },
    seed: { type: 'string', default: '1' },
    lanes: { type: 'string', default: '2' },
    point: { type: 'string' },
    plant: { type: 'string' },
    history: { type: 'boolean', default: false },
  },
});
const cycles = Number(values.cycles);
const seed = Number(values.seed);
const lanes = Number(values.lanes);
if (!Number.isSafeInteger(cycles) || cycles < 1) refuse('--cycles must be a whole number above 0');
if (!Number.isSafeInteger(seed) || seed < 0) refuse('--seed must be a whole number');
if (!Number.isSafeInteger(lanes) || lanes < 1 || lanes > 16) refuse('--lanes must be 1 to 16');
const isPoint = (name: string): name is Point => (POINTS as readonly string[]).includes(name);
const isPlant = (name: string): name is Plant => (PLANTS as readonly string[]).includes(name);
if (values.point !== undefined && !isPoint(values.point)) refuse(`--point is one of ${POINTS.join(', ')}`);
if (values.plant !== undefined && !isPlant(values.plant)) refuse(`--plant is one of ${PLANTS.join(', ')}`);

function sayViolations({ seed: world, cycle, point, kind, violations, history }: NumberedResult): void {
  for (const { rule, what, scope } of violations) {
    say(`VIOLATION of ${rule}, seed ${world} cycle ${cycle} (${kind}, ${point}): ${what}`);
    if (scope !== null) say(`  ${scope.client} ${scope.organization} ${scope.key}`);
  }
  if (values.history) for (const event of history) say(`  ${JSON.stringify(event)}`);
}

// Told to stop, it ends the cycles that have begun, and says what it has; told again, it goes at once.
let isStopped = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (isStopped) process.exit(3);
    isStopped = true;
  });
}

let done = 0;
await using gateways = createGateways();
const report = await runCycles(gateways, {
  cycles,
  seed,
  lanes,
  plant: values.plant ?? null,
  ...(values.point === undefined ? {} : { points: [values.point] }),
  onCycle: (result) => {
    done += 1;
    if (result.violations.length > 0 || values.history) sayViolations(result);
    if (done % 100 === 0) say(`${done} cycles`);
    return !isStopped;
  },
});

say(`cycles ${report.cycles}, kills ${report.kills}, calls ${report.calls}, effects ${report.effects}`);
for (const point of POINTS) {
  const { drawn, reached } = report.points[point];
  say(`  ${point.padEnd(20)} ${String(drawn).padStart(5)} cycles, ${String(reached).padStart(5)} reached`);
}
const count = (...rules: readonly (keyof typeof report.violations)[]) =>
  rules.reduce((sum, rule) => sum + (report.violations[rule] ?? 0), 0);
say(`duplicate effects ${count('a')}`);
say(`lost or false acknowledgements ${count('b', 'c', 'd')}`);
say(`wrong replays ${count('e', 'f', 'g', 'nonsense')}`);
say(`effects without an intent ${count('h')}`);
say(`for operators ${report.forOperators}`);
for (const { seed: world, cycle, what, isSlowness } of report.troubles) {
  say(`${isSlowness ? 'too slow' : 'TROUBLE'}, seed ${world} cycle ${cycle}, done again elsewhere: ${what}`);
}
say(
  `${Math.round(report.ms / 1000)} s, ${Math.round(report.ms / report.cycles)} ms a cycle, load ${loadavg()[0]?.toFixed(1)}`,
);
const isBad =
  report.bad.length > 0 || report.cycles === 0 || report.troubles.some(({ isSlowness }) => !isSlowness);
process.exitCode = isBad ? 1 : isStopped || report.cycles < cycles ? 3 : 0;
