/**
 * `commitment-graph reconcile`: compares the CRM with billing for the customers of a configuration.
 *
 * Guarantees: reads, and changes nothing in a backend; what it found is on standard output or in the file, and everything
 * else on standard error; exit codes as `--help` says. A run that is interrupted keeps what it has. Where a gateway has
 * made the store, what is seen is remembered there; without one it is a run like any other, without a memory.
 */
import { OwnSignal, type Signal } from '../domain/signal.js';
import { dirname, join, parse } from 'node:path';
import { createRegistry } from '../backends/registry.js';
import { loadConfig, parseAccounts, parseBackends, type Config } from '../config.js';
import { dayOf, instantOfMillis } from '../domain/calendar.js';
import type { Organization } from '../domain/organization.js';
import type { Memories } from '../domain/reconciliation/memory.js';
import { isDiscrepancy, type ReconciliationState } from '../domain/reconciliation/types.js';
import { encodeDiscrepancyId } from '../graph/global-id.js';
import type { Database } from '../journal/database.js';
import { openExisting } from '../journal/decide.js';
import { StoreError } from '../journal/store-error.js';
import { createDrift } from '../observability/drift.js';
import { createMeter } from '../observability/meter.js';
import { openProgress, ProgressInUse, subjectOf } from '../reconciliation/progress-file.js';
import { createReader } from '../reconciliation/read.js';
import { createDiscrepancyRecorder, type DiscrepancyRecorder } from '../reconciliation/recorder.js';
import { plainSummary, wasRead, type FoundDifference } from '../reconciliation/result.js';
import { leastMs, runReconciliation } from '../reconciliation/run.js';
import { createDiscrepancyStore } from '../reconciliation/store.js';
import { systemTimers, type Timers } from '../upstream/timers.js';
import { reportText, summaryLines, type Format, type Report } from './reconcile-print.js';
import { createProgressBar, durationText, type Screen } from './reconcile-progress.js';
import { replaceFile } from './replace-file.js';
import { EXIT_FAILED, EXIT_WRONG } from './run.js';

export type FailOn = 'any' | 'unacknowledged' | 'money' | 'overcharge' | 'none';

export interface ReconcileOptions {
  readonly config: string;
  readonly sandbox?: boolean;
  readonly organization?: readonly string[];
  readonly state?: readonly ReconciliationState[];
  readonly format: Format;
  readonly output?: string;
  readonly resume?: boolean;
  readonly failOn: FailOn;
  readonly rate?: number;
}

/** What a run works with, beside its words. */
export interface World {
  readonly config: Config;
  /** Where its progress is kept. */
  readonly progressPath: string;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly timers: Timers;
  readonly signal: Signal;
  readonly out: (text: string) => void;
  readonly screen: Screen;
  readonly pid: number;
  readonly isRunning: (pid: number) => boolean;
}

export const EXIT_INCOMPLETE = 3;

/** More would only wait for their turn. */
const AT_ONCE = 12;
const LONGEST_MS = 6 * 3_600_000;

/** The customers that are meant, or a sentence about what is wrong. */
function chosen(
  { organizations, backends }: Config,
  slugs: readonly string[] | undefined,
): readonly Organization[] | string {
  const missing = (['salesforce', 'commitmentManager'] as const).filter(
    (name) => backends[name] === undefined,
  );
  if (missing.length > 0) {
    return `The configuration has no backends.${missing.join(' and no backends.')}: there is nothing to compare.`;
  }
  const sorted = [...organizations].sort((a, b) => (a.slug < b.slug ? -1 : 1));
  if (slugs === undefined) return sorted;
  const known = new Set<string>(sorted.map(({ slug }) => slug));
  const unknown = slugs.filter((slug) => !known.has(slug));
  if (unknown.length > 0) return `The account directory has no ${unknown.join(', ')}.`;
  const wanted = new Set(slugs);
  return sorted.filter(({ slug }) => wanted.has(slug));
}

interface Remembering {
  readonly database: Database;
  readonly recorder: DiscrepancyRecorder;
  readonly memories: Memories;
}

/** `null`, and a word about it: without a store it is a run all the same. */
async function remember(
  { config, clock, timers }: World,
  organizations: readonly Organization[],
  say: (text: string) => void,
): Promise<Remembering | null> {
  if (config.store === null) return null;
  try {
    const database = await openExisting(config.store);
    const store = createDiscrepancyStore(database);
    const recorder = createDiscrepancyRecorder({
      store: () => store,
      clock,
      timers,
      tell: (news) => {
        if (news.kind !== 'recovered') say(`What is seen could not be written down: ${news.error.message}`);
      },
    });
    try {
      return { database, recorder, memories: await store.recall(organizations.map(({ slug }) => slug)) };
    } catch (error) {
      await database.destroy();
      throw error;
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    say(`Nothing is remembered of this run, and acknowledgements are not known: ${error.message}.`);
    return null;
  }
}

const FAILS: Readonly<Record<FailOn, (one: FoundDifference) => boolean>> = {
  any: () => true,
  unacknowledged: ({ acknowledgement }) => acknowledgement === null,
  money: ({ severity }) => severity !== 'COSMETIC',
  overcharge: ({ severity }) => severity === 'OVERCHARGE',
  none: () => false,
};

/** Gives the exit code. */
export async function reconcilePortfolio(
  options: Omit<ReconcileOptions, 'config' | 'sandbox'>,
  world: World,
): Promise<number> {
  const { config, clock, timers, signal, screen, out } = world;
  const say = (text: string) => {
    screen.write(`${text}\n`);
  };
  const organizations = chosen(config, options.organization);
  if (typeof organizations === 'string') {
    say(organizations);
    return EXIT_WRONG;
  }
  const { commitmentManager, salesforce } = config.backends;
  if (commitmentManager === undefined || salesforce === undefined) return EXIT_WRONG;
  const allowed = commitmentManager.requestsPerSecond;
  const requestsPerSecond =
    options.rate === undefined ? allowed : Math.min(options.rate, allowed ?? options.rate);

  let progress;
  try {
    progress = openProgress({
      path: world.progressPath,
      subject: subjectOf([organizations, commitmentManager.url, salesforce.url]),
      resume: options.resume === true,
      longestMs: LONGEST_MS,
      now: clock(),
      pid: world.pid,
      isRunning: world.isRunning,
      onAnew: (why) => {
        say(`Begins anew: ${why}.`);
      },
    });
  } catch (error) {
    if (error instanceof ProgressInUse) say(`This cannot run now: ${error.message}.`);
    else if (error instanceof Error && 'code' in error) {
      say(`The progress of the run cannot be kept in ${world.progressPath} (${String(error.code)}).`);
    } else throw error;
    return EXIT_WRONG;
  }

  const memory = await remember(world, organizations, say);
  const registry = createRegistry(
    { commitmentManager: { ...commitmentManager, requestsPerSecond }, salesforce },
    { clock, timers, drift: createDrift(() => undefined) },
  );
  const bar = createProgressBar(screen, () => timers.now());
  try {
    const done = new Set<string>(progress.done.map(({ organization }) => organization));
    const rest = organizations.filter(({ slug }) => !done.has(slug));
    say(estimateText(rest, requestsPerSecond, done.size));
    memory?.recorder.start();
    const run = await runReconciliation({
      organizations,
      reader: createReader({
        sources: registry.createSources({ signal, withinMs: () => 0, meter: createMeter() }),
        clock,
      }),
      requestsPerSecond,
      atOnce: AT_ONCE,
      progress,
      memories: memory?.memories ?? null,
      now: () => timers.now(),
      signal,
      onProgress: (news) => {
        bar.show(news);
      },
      onReconciled: (reconciliation) => memory?.recorder.saw(reconciliation),
    });
    bar.clear();
    const findings = run.results.flatMap((result) => result.findings);
    const isCounted = (one: FoundDifference) =>
      options.failOn !== 'unacknowledged' || FAILS.unacknowledged(one);
    const isComplete =
      run.left === 0 && !findings.some((one) => one.state === 'CANNOT_COMPARE' && isCounted(one));
    const states = new Set<string>(options.state ?? []);
    const shown = findings.filter(({ state }) =>
      options.state === undefined ? state !== 'SYNC_PENDING' : states.has(state),
    );
    const report: Report = {
      startedAt: instantOfMillis(progress.startedAt),
      finishedAt: instantOfMillis(clock()),
      isComplete,
      organizations: {
        total: organizations.length,
        done: run.results.length,
        resumed: done.size,
        left: run.left,
      },
      summary: plainSummary(run.summary),
      // As the graph gives them: `discrepancyAcknowledge` takes these.
      findings: shown.map((one) => ({ ...one, id: encodeDiscrepancyId(one.organization, one.id) })),
    };
    const text = reportText(report, options.format);
    if (options.output === undefined) out(text);
    else await replaceFile(options.output, () => text);
    if (options.format !== 'table' || options.output !== undefined)
      for (const line of summaryLines(report)) say(line);
    const unread = run.left + run.results.filter((result) => !wasRead(result)).length;
    if (unread === 0) progress.remove();
    else
      say(
        `${unread.toLocaleString('en')} customers were not read. Run it again with --resume to read only those.`,
      );
    if (!isComplete) return EXIT_INCOMPLETE;
    return shown.some((one) => isDiscrepancy(one.state) && FAILS[options.failOn](one)) ? EXIT_FAILED : 0;
  } finally {
    progress.close();
    await memory?.recorder.stop();
    await memory?.database.destroy();
    await registry.close();
  }
}

function estimateText(
  rest: readonly Organization[],
  requestsPerSecond: number | null,
  resumed: number,
): string {
  const least = leastMs(rest, requestsPerSecond);
  const customers = `${rest.length.toLocaleString('en')} customers`;
  const before =
    resumed === 0 ? customers : `${customers} are left of ${(rest.length + resumed).toLocaleString('en')}`;
  return least === null
    ? `${before}: as fast as billing answers.`
    : `${before}: at least ${durationText(least)} at ${requestsPerSecond} requests a second to billing, one for each ` +
        'customer; those that look suspicious take one or two more.';
}

function isProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Beside the configuration, under its name. */
export function progressPathOf(config: string): string {
  return join(dirname(config), `.${parse(config).name}.reconcile-progress`);
}

export async function reconcile(options: ReconcileOptions): Promise<void> {
  const stopped = new OwnSignal();
  const stop = () => {
    stopped.abort();
  };
  // A second signal ends it at once.
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const common = {
    clock: Date.now,
    timers: systemTimers,
    signal: stopped,
    out: (text: string) => void process.stdout.write(text),
    screen: {
      write: (text: string) => void process.stderr.write(text),
      isTty: process.stderr.isTTY === true,
    },
    pid: process.pid,
    isRunning: isProcess,
  };
  // Timers do not keep a process alive, and a run may have nothing but them to wait for: its turn at billing.
  const alive = setInterval(() => undefined, 60_000);
  try {
    process.exitCode =
      options.sandbox === true
        ? await inSandbox(options, common)
        : await reconcilePortfolio(options, {
            ...common,
            config: loadConfig(options.config, process.env),
            progressPath: progressPathOf(options.config),
          });
  } finally {
    clearInterval(alive);
  }
}

/** With emulators of their own, which are gone afterwards. */
async function inSandbox(
  options: ReconcileOptions,
  common: Omit<World, 'config' | 'progressPath'>,
): Promise<number> {
  const [{ mkdtemp, rm }, { tmpdir }, { startSandbox }] = await Promise.all([
    import('node:fs/promises'),
    import('node:os'),
    import('../sandbox/sandbox.js'),
  ]);
  const today = dayOf(instantOfMillis(common.clock()));
  const emulators = await startSandbox({
    today,
    clock: common.clock,
    only: ['commitment-manager', 'salesforce'],
  });
  const folder = await mkdtemp(join(tmpdir(), 'commitment-graph-'));
  try {
    const config: Config = {
      listen: { host: '127.0.0.1', port: 0, adminPort: 0 },
      backends: parseBackends(emulators.backends),
      organizations: parseAccounts(emulators.directory),
      clients: null,
      store: null,
    };
    return await reconcilePortfolio(options, { ...common, config, progressPath: join(folder, 'progress') });
  } finally {
    await emulators.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
