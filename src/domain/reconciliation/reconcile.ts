/**
 * Do the CRM and billing agree about one organization?
 *
 * Guarantees: pure and total; the order of the input changes nothing; equal values in other units or date conventions
 * are equal; nothing is called a discrepancy while a change may still be on its way. Refuses to conclude from what was
 * not read: a side that failed, is stale or incomplete makes what depends on it CANNOT_COMPARE, never ONLY_IN_x.
 */
import { dayOf, type Day } from '../calendar.js';
import type { MinimumCommitment } from '../commitment.js';
import type { Failure } from '../failure.js';
import type { Listing } from '../observation.js';
import type { ServiceOrder } from '../service-order.js';
import { sideFinding, type Surroundings } from './findings.js';
import { join } from './join.js';
import { looseCommitments, looseOrders } from './loose.js';
import { isOver } from './months.js';
import { findingsOf } from './pairs.js';
import { percentFindings } from './percents.js';
import { billingStandingOf, promisesOf } from './promises.js';
import { summaryOf } from './summary.js';
import {
  isDiscrepancy,
  SEVERITIES,
  type Comparison,
  type Finding,
  type Known,
  type Reconciliation,
  type ReconciliationCoverage,
  type ReconciliationInput,
  type SideCoverage,
} from './types.js';

export function reconcile(input: ReconciliationInput): Reconciliation {
  const coverage = coverageOf(input);
  const { comparisons, findings } = compare(input, coverage);
  const sorted = [...findings].sort(byUrgency);
  const discrepancies = sorted.filter(({ state }) => isDiscrepancy(state));
  return {
    organization: input.organization.slug,
    at: input.now,
    comparisons,
    discrepancies,
    pending: sorted.filter(({ state }) => state === 'SYNC_PENDING'),
    uncompared: sorted.filter(({ state }) => state === 'CANNOT_COMPARE'),
    coverage,
    summary: summaryOf(comparisons, sorted, discrepancies, coverage, input.now),
  };
}

interface Compared {
  readonly comparisons: readonly Comparison[];
  readonly findings: readonly Finding[];
}

function compare(input: ReconciliationInput, coverage: ReconciliationCoverage): Compared {
  const { orders, commitments, now, policy, organization } = input;
  const today = dayOf(now);
  const sides = sideFindings(input, coverage, today);
  if (
    orders.kind === 'failed' ||
    commitments.kind === 'failed' ||
    !isUsable(coverage.orders) ||
    !isUsable(coverage.commitments)
  ) {
    return { comparisons: [], findings: sides };
  }
  const state = usable(input.state);
  const terms = usable(input.terms ?? 'not-read');
  const around: Surroundings = {
    organization: organization.slug,
    now,
    syncWindowSeconds: policy.syncWindowSeconds,
    orders: orders.value.observation,
    commitments: commitments.value.observation,
    ordersReadAt: orders.value.observation.observedAt,
    commitmentsReadAt: commitments.value.observation.observedAt,
    hasSyncFailed: state?.syncStatus === 'FAILED',
  };
  const areOrdersWhole = coverage.orders === 'READ';
  const areCommitmentsWhole = coverage.commitments === 'READ';
  const promises = orders.value.items.flatMap(promisesOf);
  const joined = join(promises, commitments.value.items, state, today);
  const isWhole = areOrdersWhole && areCommitmentsWhole;

  const comparisons: Comparison[] = [];
  const findings: Finding[] = [...sides];
  for (const pair of joined.pairs) {
    const found = findingsOf(pair, {
      around,
      today,
      historyDays: policy.historyDays,
      state,
      terms,
      isWhole,
    });
    if (found === null) continue;
    findings.push(...found);
    comparisons.push({
      orderId: pair.promise.order.externalId,
      stepId: pair.promise.step?.externalId ?? null,
      commitmentId: pair.commitment.externalId,
      joinedBy: pair.joinedBy,
      states: found.length === 0 ? ['MATCH'] : found.map((finding) => finding.state),
    });
  }
  const loose = { around, today, areOrdersWhole, areCommitmentsWhole };
  findings.push(...looseOrders(joined, loose), ...looseCommitments(joined, loose));
  if (terms !== null) findings.push(...percentFindings(promises, terms, around));
  comparisons.sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
  return { comparisons, findings };
}

function isUsable(side: SideCoverage): boolean {
  return side === 'READ' || side === 'INCOMPLETE';
}

/** What only helps is left out where it is missing or old. */
function usable<T extends { readonly observation: { readonly stale: boolean } }>(
  part: Known<T | null> | 'not-read',
): T | null {
  return part === 'not-read' || part.kind === 'failed' || part.value?.observation.stale === true
    ? null
    : part.value;
}

function coverageOf(input: ReconciliationInput): ReconciliationCoverage {
  const { organization, orders, commitments, state, terms = 'not-read' } = input;
  const helping = (part: Known<{ readonly observation: { readonly stale: boolean } } | null> | 'not-read') =>
    part === 'not-read'
      ? 'NOT_READ'
      : part.kind === 'failed'
        ? 'FAILED'
        : part.value?.observation.stale === true
          ? 'STALE'
          : 'READ';
  const failures: Failure[] = [orders, commitments, state, terms].flatMap((part) =>
    part !== 'not-read' && part.kind === 'failed' ? [part.failure] : [],
  );
  const dropped = [orders, commitments].flatMap((part) => (part.kind === 'known' ? part.value.dropped : []));
  return {
    orders: organization.salesforce === null ? 'NOT_LINKED' : coverageOfList(orders),
    commitments: organization.commitmentManager === null ? 'NOT_LINKED' : coverageOfList(commitments),
    state: helping(state),
    terms: helping(terms),
    failures: [...failures, ...dropped],
  };
}

function coverageOfList(side: Known<Listing<unknown>>): SideCoverage {
  if (side.kind === 'failed') return 'FAILED';
  if (side.value.observation.stale) return 'STALE';
  return side.value.truncated || side.value.dropped.length > 0 ? 'INCOMPLETE' : 'READ';
}

/** One for each source that cannot be used, or lacks records: what is missing may be anything. */
function sideFindings(
  { organization, orders, commitments }: ReconciliationInput,
  coverage: ReconciliationCoverage,
  today: Day,
): readonly Finding[] {
  const hasOrders = orders.kind === 'known' && orders.value.items.some((order) => isBinding(order, today));
  const hasCommitments =
    commitments.kind === 'known' && commitments.value.items.some((held) => doesRun(held, today));
  const sides = [
    { source: 'SALESFORCE', side: orders, covered: coverage.orders, isMissed: hasCommitments },
    { source: 'COMMITMENT_MANAGER', side: commitments, covered: coverage.commitments, isMissed: hasOrders },
  ] as const;
  return sides.flatMap(({ source, side, covered, isMissed }) => {
    const failure = side.kind === 'failed' ? side.failure : null;
    const say = (cause: Finding['cause']) => [sideFinding(source, cause, failure, organization.slug)];
    switch (covered) {
      case 'FAILED':
        return say('SOURCE_FAILED');
      case 'STALE':
        return say('SOURCE_STALE');
      case 'NOT_LINKED':
        // A customer who is in one system only, and has nothing there, is missed nowhere.
        return isMissed ? say('NOT_LINKED') : [];
      case 'INCOMPLETE':
        return [
          sideFinding(
            source,
            'SOURCE_INCOMPLETE',
            side.kind === 'known' ? (side.value.dropped[0] ?? null) : null,
            organization.slug,
          ),
        ];
      case 'READ':
      case 'NOT_READ':
        return [];
    }
  });
}

function isBinding(order: ServiceOrder, today: Day): boolean {
  return promisesOf(order).some(({ standing, term }) => standing === 'BINDING' && !isOver(term, today));
}

function doesRun(commitment: MinimumCommitment, today: Day): boolean {
  return billingStandingOf(commitment, today) === 'RUNS';
}

/** The more urgent first, then the dearer within a currency, then by key. */
function byUrgency(a: Finding, b: Finding): number {
  const severity = SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
  if (severity !== 0) return severity;
  const [x, y] = [a.impact.overTerm, b.impact.overTerm];
  if ((x === null) !== (y === null)) return x === null ? 1 : -1;
  if (x !== null && y !== null) {
    if (x.currency !== y.currency) return x.currency < y.currency ? -1 : 1;
    const dearer = y.amount.comparedTo(x.amount);
    if (dearer !== 0) return dearer;
  }
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

function textOf({ orderId, stepId, commitmentId }: Comparison): string {
  return JSON.stringify([orderId, stepId, commitmentId]);
}
