/**
 * Fuzzes a gateway: bytes that are nearly HTTP, then operations that the schema lets through with values that nobody
 * expects.
 *
 *     npm run bench:fuzz                       # -- --requests 100000 --operations 20000 --seed 1
 *     npm run bench:fuzz -- --seed 1 --only raw:4711,operation:12
 *
 * The gateway is the program itself in a process of its own, over emulators on loopback. Prints each answer that breaks
 * a rule with the command that has it again, what the process logged that it should not, and what was answered how
 * often. Ends by itself: after the cases, or `--seconds`. Ends with 0 if nothing was found, 1 if something was, 2 if
 * asked wrongly.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildSchema } from 'graphql';
import { documentsOf, runCases, stillAnswers, STAGES, type Finding, type Stage } from './run.js';
import { startWorld } from './world.js';

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function refuse(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(2);
}

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    operations: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '3600' },
    lanes: { type: 'string', default: '8' },
    only: { type: 'string' },
  },
});
const whole = (name: 'requests' | 'operations' | 'seed' | 'seconds' | 'lanes', least: number) => {
  const value = Number(values[name]);
  return Number.isSafeInteger(value) && value >= least
    ? value
    : refuse(`--${name} must be a whole number from ${least}`);
};
const seed = whole('seed', 0);
const lanes = whole('lanes', 1);
const end = performance.now() + whole('seconds', 1) * 1_000;
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const indexes: Record<Stage, number[]> = {
  raw: upTo(whole('requests', 0)),
  operation: upTo(whole('operations', 0)),
};
if (values.only !== undefined) {
  for (const stage of STAGES) indexes[stage] = [];
  for (const one of values.only.split(',')) {
    const [, stage, index] =
      /^(raw|operation):(\d+)$/.exec(one) ?? refuse('--only takes raw:<n> and operation:<n>');
    indexes[stage as Stage].push(Number(index));
  }
}

function sayFinding({ stage, index, what, sent, received }: Finding): void {
  say(`FOUND ${what}`);
  say(`  again: npm run bench:fuzz -- --seed ${seed} --only ${stage}:${index}`);
  say(`  sent ${JSON.stringify(sent.slice(0, 3_000))}`);
  say(`  received ${JSON.stringify(received.slice(0, 1_000))}`);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(3));

const schema = buildSchema(
  readFileSync(new URL('../../schema/printed/commitment-graph.graphql', import.meta.url), 'utf8'),
);
say(`seed ${seed}`);
let isWrong = false;
{
  const documents = documentsOf(seed, 40, schema);
  await using world = await startWorld(documents);
  for (const stage of STAGES) {
    const started = performance.now();
    let done = 0;
    const report = await runCases({
      world,
      schema,
      documents,
      seed,
      stage,
      lanes,
      indexes: indexes[stage],
      until: end,
      onCase: () => {
        done += 1;
        if (done % 5_000 === 0)
          say(`${done} of ${indexes[stage].length}, ${Math.round((performance.now() - started) / 1_000)} s`);
      },
    });
    report.findings.forEach(sayFinding);
    const seconds = Math.round((performance.now() - started) / 1_000);
    say(
      `${stage}: ${report.cases} of ${indexes[stage].length} cases in ${seconds} s, ${report.findings.length} found`,
    );
    const counts = [...report.counts].sort(([, a], [, b]) => b - a);
    say(`  ${counts.map(([what, count]) => `${what} ${count}`).join(', ')}`);
    if (report.findings.length > 0 || report.cases < indexes[stage].length) isWrong = true;
  }
  say(`${world.effects()} changes were made`);
  const isWell = await stillAnswers(world);
  say(isWell ? 'it still answers' : 'FOUND: it does not answer any more');
  await world[Symbol.asyncDispose]();
  for (const trouble of world.troubles()) say(`FOUND ${trouble}`);
  isWrong ||= !isWell || world.troubles().length > 0;
}
say(isWrong ? 'something was found' : 'nothing was found');
process.exitCode = isWrong ? 1 : 0;
