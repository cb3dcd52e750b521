/**
 * More demand than a backend's quota: is it kept, and is what users get honest?
 *
 * 100 clients for 60 s, each asking for the commitments, the state or the usage of any of 50 customers at Commitment
 * Manager, and again as soon as the last answer is there: 150 different reads for 10 calls a second. Everything is at its
 * default. What was asked is taken from the emulator's own log, which has every call that reached its port.
 *
 * Refuses an answer that is older than the policy and does not say `stale`, one that is empty without an error, and one
 * that is not HTTP 200. The policy is measured where the answer is taken; the way to the field may take 250 ms more.
 */
import type { RecordedCall } from '../../../src/sandbox/call-log.js';
import { chanceOf } from '../../../src/sandbox/random.js';
import { createClient, type Answer } from './support/load.js';
import { startGatewayProcess, startSandboxProcess } from './support/processes.js';
import { countBy, shown, spreadOf, type Options, type Outcome } from './support/report.js';

const CLIENTS = 100;
const ORGANIZATIONS = 50;
const SECONDS = 60;
const PER_SECOND = 10;
const FRESH_FOR_MS = 2_000;
const ALLOWANCE_MS = 250;

const FRESHNESS = 'freshness { ageMs stale }';
const DOCUMENTS = [
  `query Commitments($slug: String!) { organization(slug: $slug) {
    commitments(first: 20, filter: { sources: [COMMITMENT_MANAGER] }) {
      nodes { id committed { amount } ${FRESHNESS} }
      coverage { complete sources { state code ${FRESHNESS} } }
    }
  } }`,
  `query State($slug: String!) { organization(slug: $slug) { minimumCommitmentState { status ${FRESHNESS} } } }`,
  `query Usage($slug: String!) { organization(slug: $slug) { usage { month used { amount } ${FRESHNESS} } } }`,
];

interface Freshness {
  readonly ageMs: number;
  readonly stale: boolean;
}

interface Seen {
  readonly slug: string;
  /** `fresh`, `stale`, a code, or what else was wrong. */
  readonly result: string;
  readonly ages: readonly Freshness[];
  readonly ms: number;
}

/** Every `freshness` of the answer, wherever it stands. */
function freshnessIn(value: unknown): Freshness[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]: [string, unknown]) =>
    name === 'freshness' && member !== null ? [member as Freshness] : freshnessIn(member),
  );
}

function resultOf({ status, errors }: Answer, ages: readonly Freshness[]): string {
  if (status !== 200) return `HTTP ${status}`;
  const code = errors[0]?.extensions.code;
  if (code !== undefined) return code;
  if (ages.length === 0) return 'empty without an error';
  if (ages.some(({ ageMs, stale }) => !stale && ageMs > FRESH_FOR_MS + ALLOWANCE_MS))
    return 'old without saying so';
  return ages.some(({ stale }) => stale) ? 'stale' : 'fresh';
}

/** Most calls in any stretch of one second: after `from` and up to a second later. */
function busiestSecond(calls: readonly RecordedCall[]): number {
  const times = calls.map(({ at }) => at).toSorted((a, b) => a - b);
  let most = 0;
  let from = 0;
  times.forEach((at, i) => {
    while ((times[from] ?? at) <= at - 1000) from += 1;
    most = Math.max(most, i - from + 1);
  });
  return most;
}

function leastAndMost(counts: Readonly<Record<string, number>>, keys: readonly string[]) {
  const all = keys.map((key) => counts[key] ?? 0);
  return { least: Math.min(...all), most: Math.max(...all) };
}

export const limitMs = ({ seconds }: Options): number => ((seconds ?? SECONDS) + 90) * 1000;

export async function measure({ seconds: given }: Options): Promise<Outcome> {
  const seconds = given ?? SECONDS;
  await using sandbox = await startSandboxProcess({ organizations: ORGANIZATIONS });
  const { backends, directory, urls } = sandbox.ready;
  await using gateway = await startGatewayProcess({
    backends: { commitmentManager: backends.commitmentManager },
    accounts: directory,
  });
  await using client = createClient(gateway.ready.url, CLIENTS);

  const seen: Seen[] = [];
  const until = performance.now() + seconds * 1000;
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, number) => {
      const chance = chanceOf(`quota ${number}`);
      while (performance.now() < until) {
        const slug = directory[chance.integer(0, directory.length - 1)]?.slug ?? '';
        const asked = performance.now();
        const answer = await client.ask(DOCUMENTS[chance.integer(0, DOCUMENTS.length - 1)] ?? '', { slug });
        const ages = freshnessIn(answer.data);
        seen.push({ slug, result: resultOf(answer, ages), ages, ms: performance.now() - asked });
      }
    }),
  );
  const log = (await (await fetch(`${urls['commitment-manager']}/__control/calls`)).json()) as {
    readonly calls: readonly RecordedCall[];
    readonly dropped: number;
  };

  const slugs = directory.map(({ slug }) => slug);
  const slugOf = new Map(
    directory.map(({ slug, commitmentManager }) => [commitmentManager?.organizationId, slug]),
  );
  const ownerOf = ({ path, query }: RecordedCall) =>
    slugOf.get(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(path + JSON.stringify(query))?.[0]) ?? 'none';
  const busiest = busiestSecond(log.calls);
  const refused = log.calls.filter(({ status }) => status === 429).length;
  const results = countBy(seen, ({ result }) => result);
  const dishonest = seen.filter(
    ({ result }) => !/^(fresh|stale|UPSTREAM_RATE_LIMITED|UPSTREAM_TIMEOUT)$/.test(result),
  );
  const withData = seen.filter(({ result }) => result === 'fresh' || result === 'stale');
  const oldestFresh = Math.max(
    0,
    ...seen.flatMap(({ ages }) => ages.filter(({ stale }) => !stale).map(({ ageMs }) => ageMs)),
  );
  const fairness = {
    answers: leastAndMost(
      countBy(seen, ({ slug }) => slug),
      slugs,
    ),
    answersWithData: leastAndMost(
      countBy(withData, ({ slug }) => slug),
      slugs,
    ),
    calls: leastAndMost(countBy(log.calls, ownerOf), slugs),
  };
  const times = spreadOf(seen.map(({ ms }) => ms));
  return {
    figures: [
      {
        what: 'calls in the busiest sliding second',
        measured: `${busiest}`,
        limit: `${PER_SECOND}`,
        isKept: log.dropped === 0 && busiest > 0 && busiest <= PER_SECOND,
      },
      { what: 'answers 429 of the emulator', measured: `${refused}`, limit: '0', isKept: refused === 0 },
      {
        what: 'answers that are old without saying so, or otherwise wrong',
        measured: `${dishonest.length}`,
        limit: '0',
        isKept: dishonest.length === 0 && withData.length > 0,
      },
      {
        what: 'customers without any answer',
        measured: `${slugs.filter((slug) => !withData.some((one) => one.slug === slug)).length}`,
        limit: '0',
        isKept: fairness.answersWithData.least > 0,
      },
    ],
    notes: [
      `${CLIENTS} clients, ${ORGANIZATIONS} customers, ${seconds} s: ${log.calls.length} calls, ${seen.length} answers: ${JSON.stringify(results)}`,
      `oldest answer that counts as fresh: ${oldestFresh} ms (policy: ${FRESH_FOR_MS})`,
      `for each customer, least and most: ${JSON.stringify(fairness)}`,
      `answers took ${shown(times)}`,
    ],
    data: { seconds, calls: log.calls.length, busiest, refused, results, oldestFresh, fairness, times },
  };
}
