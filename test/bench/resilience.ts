/**
 * Measures what resilience costs and what it buys, one measurement at a time:
 *
 *     npx tsx test/bench/resilience.ts hung            # one backend silent, the others must not feel it
 *     npx tsx test/bench/resilience.ts quota           # never more than ten calls in a sliding second
 *     npx tsx test/bench/resilience.ts isolation       # no byte of another tenant; --break-scope shows that it would be seen
 *     npx tsx test/bench/resilience.ts bombs           # bodies that are attacks
 *     npx tsx test/bench/resilience.ts outage          # everything down
 *     npx tsx test/bench/resilience.ts amplification   # repetitions at any failure rate
 *
 * `--seconds n` and `--count n` make one shorter or longer. Prints the figures, each with its limit, and then the same
 * as JSON; ends with 0 if all are kept, 1 if not, 2 if asked wrongly, 3 if it did not end in its time. Refuses to leave
 * anything running: child processes end with this one. Everything stays on loopback. These are no tests: the figures
 * are those of the machine, and its load is printed beside them.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import * as amplification from './resilience/amplification.js';
import * as bombs from './resilience/bombs.js';
import * as hung from './resilience/hung.js';
import * as isolation from './resilience/isolation.js';
import * as outage from './resilience/outage.js';
import * as quota from './resilience/quota.js';
import { printed, type Measurement } from './resilience/support/report.js';

const MEASUREMENTS: Readonly<Record<string, Measurement>> = {
  hung,
  quota,
  isolation,
  bombs,
  outage,
  amplification,
};

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function refuse(why: string): never {
  process.stderr.write(
    `${why}\nUsage: resilience.ts ${Object.keys(MEASUREMENTS).join('|')} [--seconds n] [--count n] [--break-scope]\n`,
  );
  process.exit(2);
}

function positive(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) && value > 0
    ? value
    : refuse(`--${name} must be a whole number above 0, not ${text}`);
}

function argumentsGiven() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        seconds: { type: 'string' },
        count: { type: 'string' },
        'break-scope': { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : 'unknown arguments');
  }
}

const { positionals, values } = argumentsGiven();
const [name = '', ...more] = positionals;
const measurement = Object.hasOwn(MEASUREMENTS, name) ? MEASUREMENTS[name] : undefined;
if (measurement === undefined || more.length > 0)
  refuse(`there is no measurement "${positionals.join(' ')}"`);

const options = {
  seconds: positive('seconds', values.seconds),
  count: positive('count', values.count),
  breakScope: values['break-scope'],
};
setTimeout(() => {
  process.stderr.write(`${name}: did not end in its time\n`);
  process.exit(3);
}, measurement.limitMs(options)).unref();

const loadBefore = loadavg()[0] ?? 0;
const outcome = await measurement.measure(options);
for (const line of printed(name, outcome, [loadBefore, loadavg()[0] ?? 0])) say(line);
process.exitCode = outcome.figures.every(({ isKept }) => isKept) ? 0 : 1;
