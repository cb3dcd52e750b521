/**
 * What a gateway does with five times the work that it can do (F12):
 *
 *     npm run bench:overload            # half a minute
 *
 * First it is found out how many operations a second it answers at most, by clients that wait for their answers. Then
 * five times as many are sent at a fixed rate, whatever comes back, and after that half of what it can do. Prints the
 * figures, each with its limit; ends with 0 if all are kept, 1 if not. Gateway and emulators are processes of their own,
 * on loopback, and end with this one. No test: the figures are those of the machine, and its load is beside them.
 */
import { loadavg } from 'node:os';
import { createClient, openLoop } from './resilience/support/load.js';
import { startGatewayProcess, startSandboxProcess } from './resilience/support/processes.js';
import { percentile, printed, shown, spreadOf, type Figure } from './resilience/support/report.js';

const QUERY = `{ organization(slug: "sleepyco") {
  name
  commitments(first: 50) { nodes { id source name status term { startsOn endsBefore } committed { amount currency } } coverage { complete } }
  contracts { nodes { id status totalValue { amount currency } } }
} }`;
const CONNECTIONS = 400;
const WARM_UP_SECONDS = 3;
const PEAK_SECONDS = 4;
const OVERLOAD_SECONDS = 10;
const SETTLING_SECONDS = 2;
const AFTER_SECONDS = 6;

interface Seen {
  /** Since the phase began, in milliseconds. */
  readonly at: number;
  readonly status: number;
  readonly ms: number;
}

const loadBefore = loadavg()[0] ?? 0;
await using sandbox = await startSandboxProcess({ organizations: null });
await using gateway = await startGatewayProcess({
  // What was read once is fresh throughout: it is the gateway that is to have too much to do, not the emulators.
  backends: Object.fromEntries(
    Object.entries(sandbox.ready.backends).map(([name, settings]) => [
      name,
      { ...settings, freshForMs: 3_600_000, staleForMs: 3_600_000 },
    ]),
  ),
  accounts: sandbox.ready.directory,
});
await using client = createClient(gateway.ready.url, CONNECTIONS);

const ask = async (seen: Seen[], began: number, sentAt: number) => {
  const status = await client.ask(QUERY).then(
    (answer) => answer.status,
    () => 0,
  );
  const now = performance.now();
  seen.push({ at: now - began, status, ms: now - sentAt });
};

/** As many a second as so many clients get that ask again when they are answered. */
async function closedLoop(clients: number, seconds: number): Promise<Seen[]> {
  const seen: Seen[] = [];
  const began = performance.now();
  const end = began + seconds * 1000;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < end) await ask(seen, began, performance.now());
    }),
  );
  return seen;
}

async function rate(perSecond: number, seconds: number): Promise<{ seen: Seen[]; lateP99: number }> {
  const seen: Seen[] = [];
  const began = performance.now();
  const late = await openLoop({
    perSecond,
    seconds,
    // From the moment at which it is sent: how late this process sends is told beside it.
    fire: () => ask(seen, began, performance.now()),
  });
  return { seen, lateP99: percentile(late, 0.99) };
}

const good = (seen: readonly Seen[]) => seen.filter(({ status }) => status === 200);
const within = (seen: readonly Seen[], from: number, to: number) =>
  seen.filter(({ at }) => at >= from * 1000 && at < to * 1000);
const spread = (seen: readonly Seen[]) => spreadOf(seen.map(({ ms }) => ms));

await closedLoop(16, WARM_UP_SECONDS);
const atPeak = await closedLoop(16, PEAK_SECONDS);
const peak = good(atPeak).length / PEAK_SECONDS;

const overload = await rate(5 * peak, OVERLOAD_SECONDS);
const settled = within(overload.seen, SETTLING_SECONDS, OVERLOAD_SECONDS);
const goodput = good(settled).length / (OVERLOAD_SECONDS - SETTLING_SECONDS);
const shed = settled.filter(({ status }) => status === 503);

const after = await rate(peak / 2, AFTER_SECONDS);
const lastShed = Math.max(0, ...after.seen.filter(({ status }) => status !== 200).map(({ at }) => at));
const others = overload.seen.filter(({ status }) => status !== 200 && status !== 503).length;

const figures: Figure[] = [
  {
    what: 'goodput at five times the capacity, of the peak',
    measured: `${Math.round((100 * goodput) / peak)} % (${Math.round(goodput)} of ${Math.round(peak)} a second)`,
    limit: 'at least 90 %',
    isKept: goodput >= 0.9 * peak,
  },
  {
    what: 'turning away',
    measured: shown(spread(shed)),
    limit: 'p99 at most 10 ms',
    isKept: spread(shed).p99 <= 10,
  },
  {
    what: 'until nobody is turned away any more',
    measured: `${(lastShed / 1000).toFixed(1)} s`,
    limit: 'at most 5 s',
    isKept: lastShed <= 5_000,
  },
  {
    what: 'answers that were neither given nor turned away',
    measured: String(others),
    limit: '0',
    isKept: others === 0,
  },
];
const notes = [
  `at the peak, 16 clients: ${shown(spread(good(atPeak)))}`,
  `admitted under overload: ${shown(spread(good(settled)))}`,
  `sent later than due under overload: p99 ${overload.lateP99.toFixed(1)} ms (this process has a processor of its own to share)`,
];
const lines = printed('overload', { figures, notes, data: { peak, goodput } }, [
  loadBefore,
  loadavg()[0] ?? 0,
]);
process.stdout.write(`${lines.join('\n')}\n`);
process.exitCode = figures.every(({ isKept }) => isKept) ? 0 : 1;
