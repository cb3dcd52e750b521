/**
 * What has no partner on the other side: signed orders that billing does not know, and commitments without an order.
 *
 * Guarantees: ONLY_IN_x is said only of a list that was read whole, outside the time that a change needs, and of what
 * still counts: orders and commitments that are over, terminated or cancelled are nobody's fault.
 */
import { millisOfInstant, type Day } from '../calendar.js';
import { money, type Money } from '../money.js';
import {
  byBilling,
  byContract,
  byCrm,
  cannotCompare,
  findingOf,
  heldRecord,
  impactOf,
  NO_IMPACT,
  promisedRecord,
  waiting,
  type Found,
  type Ruling,
  type Surroundings,
} from './findings.js';
import type { Joined, Pair } from './join.js';
import { isOver, monthsLeft, overlapDays } from './months.js';
import { billingStandingOf, changeOf, latest, type CrmPromise } from './promises.js';
import { timingOf, type Timing } from './timing.js';
import type { Cause, Finding, Impact } from './types.js';

export interface LooseContext {
  readonly around: Surroundings;
  readonly today: Day;
  readonly areOrdersWhole: boolean;
  readonly areCommitmentsWhole: boolean;
}

export function looseOrders(joined: Joined, context: LooseContext): readonly Finding[] {
  const { around, today, areCommitmentsWhole } = context;
  const ambiguous = new Set(joined.ambiguous.promises);
  const counts = ({ standing, term }: CrmPromise) =>
    (standing === 'BINDING' || standing === 'UNCLEAR') && !isOver(term, today);
  const byOrder = new Map<string, CrmPromise[]>();
  for (const promise of [...joined.promises, ...joined.ambiguous.promises].filter(counts)) {
    const id = promise.order.externalId;
    byOrder.set(id, [...(byOrder.get(id) ?? []), promise]);
  }
  return [...byOrder.values()].flatMap((promises) => {
    const hasJoinedSteps = joined.pairs.some(({ promise }) => promise.order === promises[0]?.order);
    // A ramp of which nothing arrived is one thing that is missing, and not one for each step.
    const groups = hasJoinedSteps ? promises.map((promise) => [promise]) : [promises];
    return groups.flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const ruling = ((): Ruling => {
        const timing = timingOf(latest(group.map(({ changedAt }) => changedAt)), null, around);
        const wait = waiting(timing);
        if (wait !== null) return wait;
        if (!areCommitmentsWhole) return cannotCompare('SOURCE_INCOMPLETE');
        if (first.standing === 'UNCLEAR') return cannotCompare('APPROVAL_UNKNOWN');
        if (group.some((promise) => ambiguous.has(promise))) return cannotCompare('AMBIGUOUS_JOIN');
        return rulingOf(first, hasJoinedSteps, joined.pairs, around);
      })();
      const isTwin = ruling.cause === 'SEVERAL_ACTIVE_ORDERS';
      return findingOf(
        {
          kind: 'EXISTENCE',
          fields: ['RECORD'],
          promise: first,
          isWholeOrder: !hasJoinedSteps,
          commitment: null,
          crm: first.step === null || hasJoinedSteps ? promisedRecord(first) : recordOf(group, today),
          billing: null,
          // Two orders for one time are not two commitments: how much is missing, if anything, nobody can say.
          impact: isTwin ? impactOf('LEAKAGE', first.term) : missing(group, today),
        },
        ruling,
        around,
      );
    });
  });
}

function rulingOf(
  promise: CrmPromise,
  hasJoinedSteps: boolean,
  pairs: readonly Pair[],
  around: Surroundings,
): Ruling {
  const { order, term } = promise;
  const hasTwin = pairs.some(
    ({ promise: other }) =>
      other.order !== order && other.standing === 'BINDING' && overlapDays(other.term, term) > 0,
  );
  if (hasTwin) return byContract('ONLY_IN_CRM', 'SEVERAL_ACTIVE_ORDERS');
  if (order.commitmentHandlerId === null) {
    return byCrm('ONLY_IN_CRM', 'NEVER_SENT', {
      kind: 'LOOK_FOR_FAILED_WEBHOOK',
      orderId: order.externalId,
    });
  }
  return byCrm('ONLY_IN_CRM', hasJoinedSteps ? 'STEP_NOT_IN_BILLING' : 'HANDLER_UNKNOWN_TO_BILLING', {
    kind: 'TRIGGER_SYNC',
    organization: around.organization,
  });
}

/** The step of today, or the next one. */
function currentOf(group: readonly CrmPromise[], today: Day): CrmPromise | undefined {
  const byStart = [...group].sort((a, b) => ((a.term.startsOn ?? '') < (b.term.startsOn ?? '') ? -1 : 1));
  return byStart.find(({ term }) => !isOver(term, today)) ?? byStart[0];
}

function recordOf(group: readonly CrmPromise[], today: Day): ReturnType<typeof promisedRecord> {
  return {
    kind: 'RECORD',
    unit: 'MAJOR_UNITS_PER_MONTH',
    amount: currentOf(group, today)?.monthly ?? null,
    term: spanOf(group),
  };
}

function spanOf(group: readonly CrmPromise[]) {
  const starts = group.map(({ term }) => term.startsOn);
  const ends = group.map(({ term }) => term.endsBefore);
  return {
    startsOn: starts.includes(null) ? null : ([...starts].sort()[0] ?? null),
    endsBefore: ends.includes(null) ? null : ([...ends].sort().at(-1) ?? null),
  };
}

/** All that is left to be billed of what never arrived. */
function missing(group: readonly CrmPromise[], today: Day): Impact {
  let total: Money | null = null;
  for (const { monthly, term } of group) {
    const months = monthsLeft(term, term, today);
    if (monthly === null || months === null || (total !== null && total.currency !== monthly.currency)) {
      return impactOf('LEAKAGE', spanOf(group), currentOf(group, today)?.monthly ?? null);
    }
    const part = monthly.amount.times(months);
    total = money(total === null ? part : total.amount.plus(part), monthly.currency);
  }
  const perMonth = currentOf(group, today)?.monthly ?? null;
  return { ...impactOf('LEAKAGE', spanOf(group), perMonth), overTerm: total };
}

export function looseCommitments(joined: Joined, context: LooseContext): readonly Finding[] {
  const { around, today, areOrdersWhole } = context;
  const ambiguous = new Set(joined.ambiguous.commitments);
  // An order that has just changed, and lost its commitment by that, may take this one along.
  const onTheWay = [...joined.promises, ...joined.ambiguous.promises]
    .map(({ changedAt }) => timingOf(changedAt, null, around))
    .filter((timing) => timing.kind === 'ON_ITS_WAY')
    .sort((a, b) => millisOfInstant(b.until) - millisOfInstant(a.until))[0];
  return [...joined.commitments, ...joined.ambiguous.commitments].flatMap((commitment) => {
    const held = billingStandingOf(commitment, today);
    if (held === 'CANCELLED' || held === 'OVER' || isOver(commitment.term, today)) return [];
    const own: Timing = timingOf(null, changeOf(commitment), around);
    const wait = waiting(onTheWay ?? own);
    const found = (impact: Impact): Found => ({
      kind: 'EXISTENCE',
      fields: ['RECORD'],
      promise: null,
      commitment,
      crm: null,
      billing: heldRecord(commitment),
      impact,
    });
    const cannot: Cause | null = !areOrdersWhole
      ? 'SOURCE_INCOMPLETE'
      : held === 'UNCLEAR'
        ? 'STATUS_UNKNOWN'
        : ambiguous.has(commitment)
          ? 'AMBIGUOUS_JOIN'
          : null;
    if (wait !== null || cannot !== null) {
      return [findingOf(found(NO_IMPACT), wait ?? cannotCompare(cannot ?? 'STATUS_UNKNOWN'), around)];
    }
    const overlaps = joined.pairs.some(
      ({ promise, commitment: other }) =>
        promise.standing === 'BINDING' &&
        billingStandingOf(other, today) === 'RUNS' &&
        overlapDays(other.term, commitment.term) > 0,
    );
    const months = monthsLeft(commitment.term, commitment.term, today);
    return [
      findingOf(
        found(impactOf('OVERCHARGE', commitment.term, commitment.committed, months)),
        overlaps
          ? byContract('ONLY_IN_BILLING', 'OVERLAPS_ANOTHER', {
              kind: 'TERMINATE_OVERLAPPING',
              commitmentId: commitment.externalId,
            })
          : byBilling('ONLY_IN_BILLING', 'NO_ORDER'),
        around,
      ),
    ];
  });
}
