/**
 * Everything is down: how soon does a user know?
 *
 * All five backends refuse connections, then, with another gateway, all take requests and never answer. Once every
 * breaker is open, 200 portfolio queries are asked one after another, and `/health/live` beside them. Nothing was ever
 * answered before, so there is no old answer to give.
 *
 * Refuses an answer that is not HTTP 200, that has data from nowhere, a list that claims to be complete, or an error
 * without a code of a source. While backends are silent, now and then a query is let through to find out whether one
 * has recovered, and waits for it: those are counted and left out of the percentiles of the second half.
 */
import { createClient, type Answer, type Client } from './support/load.js';
import {
  setFaults,
  startGatewayProcess,
  startSandboxProcess,
  type RunningSandbox,
} from './support/processes.js';
import { countBy, shown, spreadOf, type Figure, type Options, type Outcome } from './support/report.js';

const QUERIES = 200;
const LIMIT_MS = 50;
const TIMEOUT_MS = 1_000;
const MOST_ROUNDS = 30;
const COVERAGE = 'coverage { complete missing sources { source state code } }';

const PORTFOLIO = `query Portfolio($slug: String!) {
  commitments(first: 100) { nodes { id source status committed { amount currency } } ${COVERAGE} }
  organization(slug: $slug) {
    name
    commitments(first: 100) { nodes { id source } ${COVERAGE} }
    contracts(first: 20) { nodes { id quotes { externalId } } ${COVERAGE} }
    serviceOrders(first: 20) { nodes { id minimumCommitment { id } } ${COVERAGE} }
    minimumCommitmentState { status }
    usage { month }
    contractTerms { clauses { kind } }
  }
}`;

interface Shot {
  readonly ms: number;
  /** Empty if all is as it must be. */
  readonly wrong: readonly string[];
  readonly codes: readonly string[];
}

function wrongIn({ status, data, errors }: Answer): string[] {
  if (status !== 200 || data?.organization == null) return [`HTTP ${status}, or no customer`];
  const { organization, commitments } = data;
  return [
    ...[commitments, organization.commitments]
      .filter((list) => list.nodes.length > 0 || list.coverage.complete || list.coverage.missing.length === 0)
      .map(() => 'a list that does not say what it lacks'),
    ...['contracts', 'serviceOrders', 'minimumCommitmentState', 'usage', 'contractTerms']
      .filter((name) => organization[name] !== null)
      .map((name) => `${name} is not null`),
    ...(errors.length === 0 ? ['no error'] : []),
    ...errors
      .filter(
        ({ extensions }) =>
          extensions.source === undefined || !/^(CIRCUIT_OPEN|UPSTREAM_\w+)$/.test(extensions.code),
      )
      .map(({ extensions }) => `an error with the code ${extensions.code}`),
  ];
}

/** Asks until every breaker is open. */
async function openBreakers(client: Client, slug: string): Promise<number> {
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    await client.ask(PORTFOLIO, { slug });
    const { data } = await client.ask('{ sources { breaker } }');
    if (data.sources.every(({ breaker }: { breaker: string }) => breaker !== 'CLOSED')) return round;
  }
  throw new Error(`the breakers did not open in ${MOST_ROUNDS} queries`);
}

interface Round {
  readonly shots: readonly Shot[];
  readonly rounds: number;
  readonly health: readonly { readonly ms: number; readonly status: number }[];
}

async function round({ backends, directory }: RunningSandbox, queries: number): Promise<Round> {
  const settings = Object.fromEntries(
    Object.entries(backends).map(([name, backend]) => [
      name,
      { ...(backend as object), timeoutMs: TIMEOUT_MS },
    ]),
  );
  await using gateway = await startGatewayProcess({ backends: settings, accounts: directory });
  await using client = createClient(gateway.ready.url, 2);
  const slug = directory[0]?.slug ?? '';
  const rounds = await openBreakers(client, slug);

  const health: { ms: number; status: number }[] = [];
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const asked = performance.now();
      const status = await fetch(`${gateway.ready.adminUrl}/health/live`).then(
        (response) => response.arrayBuffer().then(() => response.status),
        () => 0,
      );
      health.push({ ms: performance.now() - asked, status });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  const shots: Shot[] = [];
  for (let i = 0; i < queries; i += 1) {
    const asked = performance.now();
    const answer = await client.ask(PORTFOLIO, { slug });
    const ms = performance.now() - asked;
    shots.push({ ms, wrong: wrongIn(answer), codes: answer.errors.map(({ extensions }) => extensions.code) });
    // Long enough for breakers to let probes through: an outage is more than one moment.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  isOver = true;
  await watching;
  return { shots, rounds, health };
}

function figuresOf(mode: string, { shots, health }: Round, judged: readonly Shot[]): Figure[] {
  const times = spreadOf(judged.map(({ ms }) => ms));
  const wrong = shots.flatMap((shot) => shot.wrong);
  const dead = health.filter(({ status }) => status !== 200).length;
  return [
    {
      what: `p99 of a portfolio query, backends ${mode}`,
      measured: shown(times),
      limit: `below ${LIMIT_MS} ms`,
      isKept: judged.length > 0 && times.p99 < LIMIT_MS,
    },
    {
      what: `answers that are wrong, backends ${mode}`,
      measured: `${wrong.length}${wrong[0] === undefined ? '' : ` (${wrong[0]})`}`,
      limit: '0',
      isKept: wrong.length === 0,
    },
    {
      what: `/health/live that is not 200, backends ${mode}`,
      measured: `${dead} of ${health.length}, ${shown(spreadOf(health.map(({ ms }) => ms)))}`,
      limit: '0',
      isKept: dead === 0 && health.length > 0,
    },
  ];
}

export const limitMs = (): number => 240_000;

export async function measure({ count }: Options): Promise<Outcome> {
  const queries = count ?? QUERIES;
  // Stopped before anybody asks: the ports refuse from then on.
  const gone = await startSandboxProcess({ organizations: null });
  await gone[Symbol.asyncDispose]();
  const refused = await round(gone.ready, queries);

  await using mute = await startSandboxProcess({ organizations: null });
  for (const url of Object.values(mute.ready.urls)) await setFaults(url, { fault: { kind: 'silent' } });
  const silent = await round(mute.ready, queries);
  const isProbe = ({ codes }: Shot) => codes.includes('UPSTREAM_TIMEOUT');
  const probes = silent.shots.filter(isProbe);
  const refusedProbes = refused.shots.filter(({ codes }) => codes.some((code) => code !== 'CIRCUIT_OPEN'));

  return {
    figures: [
      ...figuresOf('refusing', refused, refused.shots),
      ...figuresOf(
        'silent',
        silent,
        silent.shots.filter((shot) => !isProbe(shot)),
      ),
    ],
    notes: [
      `every breaker was open after ${refused.rounds} queries (refusing), ${silent.rounds} (silent)`,
      `refusing: queries that carried a probe: ${shown(spreadOf(refusedProbes.map(({ ms }) => ms)))}`,
      `silent: queries that carried a probe: ${shown(spreadOf(probes.map(({ ms }) => ms)))}`,
    ],
    data: {
      queries,
      refusing: countBy(
        refused.shots.flatMap(({ codes }) => codes),
        String,
      ),
      silent: countBy(
        silent.shots.flatMap(({ codes }) => codes),
        String,
      ),
    },
  };
}
