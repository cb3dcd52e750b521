/**
 * One backend hangs: what do the others' users notice, and what do its own?
 *
 * 200 requests a second, open loop. Half of them list a customer's commitments at CloudMC; the others never touch it
 * (contracts of MonetizeNow, orders of Salesforce). First with all well, then with CloudMC silent: it takes requests
 * and never answers. Answers are not kept (`freshForMs` of 20), so that every one is a call; Commitment Manager is left
 * out, because its quota is another subject.
 *
 * Refuses to count an untouched answer with an error in it, or one whose status is not 200. The breaker opened when the
 * first request came back that it had refused; from then on everybody is counted who touches CloudMC: those who were
 * waiting at that moment from then, the others from when they were due. Whoever is let through to find out whether
 * CloudMC has recovered waits, and is counted.
 */
import { createClient, openLoop, type Answer, type Client } from './support/load.js';
import { setFaults, startGatewayProcess, startSandboxProcess } from './support/processes.js';
import { countBy, shown, spreadOf, type Options, type Outcome } from './support/report.js';

const PER_SECOND = 200;
const SECONDS = 30;
const WARM_UP_SECONDS = 3;
const TIMEOUT_MS = 1_000;
const ORGANIZATIONS = 50;
const CONNECTIONS = 512;

const TOUCHING = `query Touching($slug: String!) {
  organization(slug: $slug) {
    commitments(first: 20, filter: { sources: [CLOUDMC] }) {
      nodes { id name status term { startsOn endsBefore } freshness { ageMs stale } }
      coverage { complete missing }
    }
  }
}`;
const UNTOUCHED = [
  `query Contracts($slug: String!) {
    organization(slug: $slug) { name contracts(first: 20) { nodes { id externalId status } coverage { complete } } }
  }`,
  `query Orders($slug: String!) {
    organizations(first: 5) { nodes { slug name } }
    organization(slug: $slug) { serviceOrders(first: 20) { nodes { id name stage } coverage { complete } } }
  }`,
];

interface Shot {
  readonly isTouching: boolean;
  readonly dueAt: number;
  readonly ms: number;
  /** `ok`, the code of the first error, or what else was wrong. */
  readonly result: string;
}

interface Phase {
  readonly shots: readonly Shot[];
  readonly lateMs: readonly number[];
}

function resultOf({ status, data, errors }: Answer, isTouching: boolean): string {
  if (status !== 200) return `HTTP ${status}`;
  const code = errors[0]?.extensions.code;
  if (!isTouching || code === undefined) return code ?? 'ok';
  // An answer without the backend must say that it is without it.
  const { complete, missing } = data.organization.commitments.coverage as {
    complete: boolean;
    missing: string[];
  };
  return !complete && missing.includes('CLOUDMC') ? code : 'silently incomplete';
}

async function phase(client: Client, slugs: readonly string[], seconds: number): Promise<Phase> {
  const shots: Shot[] = [];
  const lateMs = await openLoop({
    perSecond: PER_SECOND,
    seconds,
    fire: async (index, dueAt) => {
      const isTouching = index % 2 === 0;
      const turn = Math.floor(index / 2);
      const document = isTouching ? TOUCHING : (UNTOUCHED[turn % UNTOUCHED.length] ?? TOUCHING);
      const slug = slugs[turn % slugs.length];
      const result = await client.ask(document, { slug }).then(
        (answer) => resultOf(answer, isTouching),
        (error: unknown) => `no answer (${String(error)})`,
      );
      shots.push({ isTouching, dueAt, ms: performance.now() - dueAt, result });
    },
  });
  return { shots, lateMs };
}

export const limitMs = ({ seconds }: Options): number => (2 * (seconds ?? SECONDS) + 60) * 1000;

export async function measure({ seconds: given }: Options): Promise<Outcome> {
  const seconds = given ?? SECONDS;
  await using sandbox = await startSandboxProcess({ organizations: ORGANIZATIONS });
  const { backends, directory, urls } = sandbox.ready;
  const settings = Object.fromEntries(
    Object.entries(backends)
      .filter(([name]) => name !== 'commitmentManager')
      .map(([name, backend]) => [
        name,
        { ...(backend as object), timeoutMs: TIMEOUT_MS, freshForMs: 20, staleForMs: 0 },
      ]),
  );
  await using gateway = await startGatewayProcess({ backends: settings, accounts: directory });
  await using client = createClient(gateway.ready.url, CONNECTIONS);
  const slugs = directory.map(({ slug }) => slug);

  await phase(client, slugs, WARM_UP_SECONDS);
  const baseline = await phase(client, slugs, seconds);
  await setFaults(urls.cloudmc, { fault: { kind: 'silent' } });
  const hung = await phase(client, slugs, seconds);
  const { data } = await client.ask('{ sources { name breaker callsInFlight callsQueued } }');

  const touching = hung.shots.filter(({ isTouching }) => isTouching);
  const answeredAt = ({ dueAt, ms }: Shot) => dueAt + ms;
  const openedAt = Math.min(...touching.filter(({ result }) => result === 'CIRCUIT_OPEN').map(answeredAt));
  const before = touching.filter(({ dueAt }) => dueAt < openedAt);
  const after = touching.filter((shot) => answeredAt(shot) >= openedAt);
  const released = before.filter((shot) => answeredAt(shot) >= openedAt);
  const probes = after.filter(({ dueAt, result }) => dueAt >= openedAt && result !== 'CIRCUIT_OPEN');
  /** From the opening, or from when it was due if that was later. */
  const sinceOpening = (shots: readonly Shot[]) =>
    spreadOf(shots.map((shot) => answeredAt(shot) - Math.max(shot.dueAt, openedAt)));
  const spread = (shots: readonly Shot[]) => spreadOf(shots.map(({ ms }) => ms));
  const untouchedOf = ({ shots }: Phase) => shots.filter(({ isTouching }) => !isTouching);
  const spreads = {
    untouchedBaseline: spread(untouchedOf(baseline)),
    untouchedHung: spread(untouchedOf(hung)),
    touchingBaseline: spread(baseline.shots.filter(({ isTouching }) => isTouching)),
    touchingBeforeOpening: spread(before),
    touchingAfterOpening: sinceOpening(after),
    touchingReleased: sinceOpening(released),
    touchingProbes: spread(probes),
  };
  const results = {
    baseline: countBy(baseline.shots, ({ result }) => result),
    untouchedHung: countBy(untouchedOf(hung), ({ result }) => result),
    touchingHung: countBy(touching, ({ result }) => result),
  };
  const allowed = Math.max(spreads.untouchedBaseline.p99 * 1.1, spreads.untouchedBaseline.p99 + 20);
  const wrong = [...baseline.shots, ...untouchedOf(hung)].filter(({ result }) => result !== 'ok');
  const unexpected = touching.filter(({ result }) => !/^(CIRCUIT_OPEN|UPSTREAM_\w+)$/.test(result));
  const firstShot = Math.min(...hung.shots.map(({ dueAt }) => dueAt));
  return {
    figures: [
      {
        what: 'p99 of queries that do not touch CloudMC, while it hangs',
        measured: `${spreads.untouchedHung.p99} ms, baseline ${spreads.untouchedBaseline.p99} ms`,
        limit: `${Math.round(allowed * 10) / 10} ms`,
        isKept: spreads.untouchedHung.p99 <= allowed,
      },
      {
        what: 'slowest of those that touch it, before the breaker opened',
        measured: shown(spreads.touchingBeforeOpening),
        limit: `max ${TIMEOUT_MS + 100} ms`,
        isKept: before.length > 0 && spreads.touchingBeforeOpening.max <= TIMEOUT_MS + 100,
      },
      {
        what: 'p99 of those that touch it, after',
        measured: shown(spreads.touchingAfterOpening),
        limit: '50 ms',
        isKept: after.length > 0 && spreads.touchingAfterOpening.p99 <= 50,
      },
      {
        what: 'slowest of all that touch it',
        measured: `${Math.max(...touching.map(({ ms }) => Math.round(ms * 10) / 10))} ms`,
        limit: `${TIMEOUT_MS + 100} ms`,
        isKept: touching.every(({ ms }) => ms <= TIMEOUT_MS + 100),
      },
      {
        what: 'answers that are wrong (untouched with an error, touching without a word of it)',
        measured: `${wrong.length + unexpected.length}`,
        limit: '0',
        isKept: wrong.length + unexpected.length === 0,
      },
    ],
    notes: [
      `${PER_SECOND} requests a second for ${seconds} s, twice; the breaker opened ${Math.round(openedAt - firstShot)} ms after CloudMC fell silent`,
      `baseline, untouched: ${shown(spreads.untouchedBaseline)}`,
      `baseline, touching:  ${shown(spreads.touchingBaseline)}`,
      `hung, untouched:     ${shown(spreads.untouchedHung)}`,
      `after opening, those who waited when it opened: ${shown(spreads.touchingReleased)}`,
      `after opening, let through as probes: ${shown(spreads.touchingProbes)}`,
      `requests were sent late by ${shown(spreadOf(hung.lateMs))}`,
    ],
    data: { seconds, spreads, results, sources: data.sources as unknown },
  };
}
