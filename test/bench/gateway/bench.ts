/**
 * How fast the gateway is, beside code written by hand for the same answers and beside other servers:
 *
 *     npm run bench                                  # the portfolio of one customer, five rounds
 *     npm run bench -- nodes --rounds 3 --json nodes.json
 *     npm run bench -- portfolio --only hand-written,gateway --connections 64 --cold
 *     npm run bench -- portfolio --build dist        # a build, instead of the sources as they are now
 *     npm run bench -- portfolio --settings '{"history":{"mode":"off"}}'    # added to gateway.yaml
 *     npm run bench -- stalls --flags=               # of Node, for all that are measured; else those that the README
 *                                                    # recommends for one processor
 *     npm run bench -- stalls --unpinned             # the measured process may use every processor, as operators run it
 *     npm run bench -- profile [scenario]            # where the processor time goes
 *
 * Everything on loopback, in processes that end with this one. Prints no figures and ends with 1 when the answers of two
 * contestants differ. Machines differ, and so does what else they do: figures of one run are for one another.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { flagsOfWorker } from '../../../src/workers/processes.js';
import { built } from '../../support/built.js';
import { CONTESTANTS, isPeer, programs, type ContestantName } from './contestants.js';
import { pinning } from './processes.js';
import { Difference } from './rounds.js';
import { chosen, type Scenario } from './scenario.js';
import { compared, COMPARISONS, PROFILES } from './scenarios/compared.js';
import { clients } from './scenarios/clients.js';
import { profileOf } from './scenarios/profile.js';
import { rows } from './scenarios/rows.js';
import { stalls } from './scenarios/stalls.js';
import { start } from './scenarios/start.js';

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  ...Object.fromEntries(Object.entries(COMPARISONS).map(([key, comparison]) => [key, compared(comparison)])),
  rows,
  clients,
  start,
  stalls,
};

const say = (line: string) => process.stdout.write(`${line}\n`);
const tell = (line: string) => process.stderr.write(`${line}\n`);

function refuse(message: string): never {
  tell(message);
  process.exit(2);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    connections: { type: 'string' },
    only: { type: 'string' },
    cold: { type: 'boolean', default: false },
    build: { type: 'string' },
    settings: { type: 'string', default: '{}' },
    flags: { type: 'string' },
    unpinned: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});

function whole(name: 'rounds' | 'seconds' | 'connections', most: number): number | null {
  const text = values[name];
  if (text === undefined) return null;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= most) return value;
  return refuse(`--${name} takes a whole number from 1 to ${most}`);
}

function settingsOf(text: string): object {
  try {
    const settings: unknown = JSON.parse(text);
    if (typeof settings === 'object' && settings !== null) return settings;
  } catch {
    // Said below.
  }
  return refuse('--settings takes keys of gateway.yaml as a JSON object');
}

const [name = 'portfolio', ...others] = positionals;
const [profiled = 'portfolio', ...tooMany] = others;
const work = PROFILES[profiled];
const scenario = name === 'profile' ? work && profileOf(work) : SCENARIOS[name];
if (scenario === undefined || (others.length > 0 && name !== 'profile') || tooMany.length > 0) {
  refuse(
    [
      'One of:',
      ...Object.entries(SCENARIOS).map(([key, { about }]) => `  ${key.padEnd(10)} ${about}`),
      `  profile    where the processor time goes; of one of ${Object.keys(PROFILES).join(', ')}`,
    ].join('\n'),
  );
}
const isContestant = (one: string): one is ContestantName => (CONTESTANTS as readonly string[]).includes(one);
const only = values.only?.split(',') ?? null;
if (only !== null && !only.every(isContestant)) refuse(`--only takes some of ${CONTESTANTS.join(',')}`);
const options = {
  rounds: whole('rounds', 100),
  seconds: whole('seconds', 600),
  connections: whole('connections', 4_096),
  only: only as readonly ContestantName[] | null,
  isCold: values.cold,
  tell,
};
// Children notice that we are gone; those that do not are ended on the way out.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

const where = values.unpinned
  ? 'the measured process on any processor, load and upstream on processor 0'
  : pinning;
const flags =
  values.flags?.split(' ').filter(Boolean) ?? (values.unpinned ? [] : flagsOfWorker([], undefined));
const before = loadavg()[0] ?? 0;
try {
  const withPeers = chosen(options, scenario.contestants).some(isPeer);
  const { lines, data } = await scenario.run({
    ...options,
    programs: programs(
      values.build ?? (scenario.isOfBuild === true ? built() : null),
      withPeers,
      settingsOf(values.settings),
      flags,
      values.unpinned ? 'anywhere' : 'measured',
    ),
  });
  const machine = {
    node: process.version,
    processor: cpus()[0]?.model ?? 'unknown',
    processors: availableParallelism(),
    pinning: where,
    flags,
    load: { before, after: loadavg()[0] ?? 0 },
  };
  say(`${name}: ${scenario.about}`);
  for (const line of lines) say(line);
  say(
    `Node ${[machine.node, ...flags].join(' ')}, ${machine.processors} × ${machine.processor}; ${where}; NODE_ENV=production; ` +
      `load average of the last minute ${before.toFixed(2)} before, ${machine.load.after.toFixed(2)} after`,
  );
  if (values.json !== undefined) {
    writeFileSync(values.json, `${JSON.stringify({ scenario: name, machine, ...data }, null, 2)}\n`);
  }
} catch (error) {
  if (!(error instanceof Difference)) throw error;
  tell(`No figures: ${error.message}`);
  process.exitCode = 1;
}
