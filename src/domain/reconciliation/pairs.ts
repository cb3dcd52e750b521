/**
 * An order, or a step of one, against the commitment that it became: status first, then amount, then dates.
 *
 * Guarantees: where the status tells that one side has ended, amounts and dates of what is no more are not compared;
 * what is over on both sides is compared for a while after its end, and only where an id joins it. A pair that dates
 * alone have joined differs for certain only if both lists are whole.
 */
import type { Day, Term } from '../calendar.js';
import { LAST_DAY } from '../calendar.js';
import { isStateOf, type ContractTerms, type MinimumCommitmentState } from '../spend.js';
import { compareAmounts } from './amounts.js';
import {
  byContract,
  byTime,
  cannotCompare,
  findingOf,
  impactOf,
  NO_IMPACT,
  statusValue,
  termValue,
  waiting,
  type Found,
  type Ruling,
  type Surroundings,
} from './findings.js';
import type { Pair } from './join.js';
import { daysBetween, intersectionOf, isOver, monthsLeft } from './months.js';
import { billingStandingOf, changeOf, latest } from './promises.js';
import { timingOf, type Timing } from './timing.js';
import type { Cause, Finding, Impact } from './types.js';

export interface PairContext {
  readonly around: Surroundings;
  readonly today: Day;
  readonly historyDays: number;
  readonly state: MinimumCommitmentState | null;
  readonly terms: ContractTerms | null;
  /** Neither list lacks records. */
  readonly isWhole: boolean;
}

/** `null`: both are history, and nothing was compared. Empty: they match. */
export function findingsOf(pair: Pair, context: PairContext): readonly Finding[] | null {
  const { promise, commitment, joinedBy } = pair;
  const { today, around, state } = context;
  const held = billingStandingOf(commitment, today);
  const isCurrent = state !== null && isStateOf(state, commitment);
  const surroundings = { ...around, hasSyncFailed: around.hasSyncFailed && isCurrent };
  const timing = timingOf(
    promise.changedAt,
    latest([changeOf(commitment), isCurrent ? state.lastUpdatedAt : null]),
    around,
  );
  const say = (found: Omit<Found, 'promise' | 'commitment'>, ruling: Ruling): Finding => {
    const isSure = context.isWhole || joinedBy !== 'DATES' || ruling.state === 'SYNC_PENDING';
    return findingOf(
      { ...found, promise, commitment },
      isSure ? ruling : cannotCompare('SOURCE_INCOMPLETE'),
      surroundings,
    );
  };
  const orderId = promise.order.externalId;
  const conflict = (cause: Cause, impact: Impact): readonly Finding[] => [
    say(
      {
        kind: 'STATUS',
        fields: ['STATUS'],
        crm: statusValue(orderStatus(pair)),
        billing: statusValue(commitment.statusText ?? commitment.status),
        impact,
      },
      byTime(timing, surroundings, orderId, { state: 'STATUS_CONFLICT', cause }),
    ),
  ];

  if (held === 'UNCLEAR' || promise.standing === 'UNCLEAR') {
    const cause = held === 'UNCLEAR' ? 'STATUS_UNKNOWN' : 'APPROVAL_UNKNOWN';
    return [
      say(
        {
          kind: 'STATUS',
          fields: ['STATUS'],
          crm: statusValue(orderStatus(pair)),
          billing: statusValue(commitment.statusText ?? commitment.status),
          impact: NO_IMPACT,
        },
        waiting(timing) ?? cannotCompare(cause),
      ),
    ];
  }
  if (promise.standing !== 'BINDING') {
    if (held !== 'RUNS') return [];
    const months = monthsLeft(commitment.term, commitment.term, today);
    return conflict(
      promise.standing === 'ENDED'
        ? 'TERMINATION_NOT_APPLIED'
        : promise.standing === 'UNAPPROVED'
          ? 'APPROVAL_WITHDRAWN'
          : 'NOT_SIGNED',
      impactOf('OVERCHARGE', commitment.term, commitment.committed, months),
    );
  }
  if (held === 'CANCELLED') {
    if (isOver(promise.term, today)) return [];
    const months = monthsLeft(promise.term, promise.term, today);
    return conflict('CANCELLED_IN_BILLING', impactOf('LEAKAGE', promise.term, promise.monthly, months));
  }
  if (held === 'OVER' && isOver(promise.term, today)) {
    const ends = [promise.term.endsBefore, commitment.term.endsBefore];
    const age = Math.min(...ends.map((end) => (end === null ? Infinity : daysBetween(end, today))));
    if (joinedBy === 'DATES' || age > context.historyDays) return null;
  }
  return [
    ...amountFindings(pair, timing, context, surroundings, say),
    ...dateFindings(pair, timing, surroundings, today, say),
  ];
}

type Say = (found: Omit<Found, 'promise' | 'commitment'>, ruling: Ruling) => Finding;

function orderStatus({ promise: { order, standing } }: Pair): string {
  const stage = order.stageText ?? 'no stage';
  return standing === 'UNAPPROVED'
    ? `${stage}, not approved`
    : standing === 'UNCLEAR'
      ? `${stage}, approval unknown`
      : stage;
}

function amountFindings(
  pair: Pair,
  timing: Timing,
  { today, terms }: PairContext,
  around: Surroundings,
  say: Say,
): readonly Finding[] {
  const { promise, commitment } = pair;
  const verdict = compareAmounts(promise, commitment);
  if (verdict.kind === 'EQUAL') return [];
  const billed = commitment.committed;
  const found = (impact: Impact): Omit<Found, 'promise' | 'commitment'> => ({
    kind: 'AMOUNT',
    fields: ['MONTHLY_MINIMUM'],
    crm: {
      kind: 'MONEY',
      unit: 'MAJOR_UNITS_PER_MONTH',
      amount: promise.monthly,
      entered: promise.entered,
    },
    billing: { kind: 'MONEY', unit: 'MAJOR_UNITS_PER_MONTH', amount: billed, entered: null },
    impact,
  });
  if (verdict.kind === 'CANNOT')
    return [say(found(NO_IMPACT), waiting(timing) ?? cannotCompare(verdict.cause))];
  if (promise.monthly === null || billed === null) return [];

  const difference = { amount: billed.amount.minus(promise.monthly.amount), currency: billed.currency };
  const range =
    !pair.sharesStart || !pair.sharesEnd || isWithinADay(promise.term, commitment.term)
      ? promise.term
      : intersectionOf(promise.term, commitment.term);
  const impact = impactOf(
    difference.amount.isNegative() ? 'LEAKAGE' : 'OVERCHARGE',
    range,
    difference,
    monthsLeft(promise.term, range, today),
  );
  const wait = waiting(timing);
  if (wait === null && verdict.isFactor100) {
    const agreed = agreedMinimum(terms, today);
    const side =
      agreed === null
        ? null
        : agreed.amount.equals(billed.amount)
          ? 'SALESFORCE'
          : agreed.amount.equals(promise.monthly.amount)
            ? 'COMMITMENT_MANAGER'
            : null;
    return [
      say(found(impact), byContract('UNIT_SUSPECT', 'CENTS_FOR_MAJOR_UNITS', { kind: 'CORRECT_UNIT', side })),
    ];
  }
  return [
    say(
      found(impact),
      byTime(
        timing,
        around,
        promise.order.externalId,
        verdict.isFactor12 && wait === null ? { cause: 'YEAR_FOR_MONTH' } : {},
      ),
    ),
  ];
}

/** The minimum of today as the contract's schedule states it. */
function agreedMinimum(terms: ContractTerms | null, today: Day) {
  const reached = (terms?.escalation ?? []).filter(
    ({ effectiveOn, minimum }) => effectiveOn !== null && effectiveOn <= today && minimum !== null,
  );
  return reached.sort((a, b) => ((a.effectiveOn ?? '') < (b.effectiveOn ?? '') ? 1 : -1))[0]?.minimum ?? null;
}

function isWithinADay(a: Term, b: Term): boolean {
  const isNear = (x: Day | null, y: Day | null) =>
    x === null || y === null ? x === y : Math.abs(daysBetween(x, y)) <= 1;
  return isNear(a.startsOn, b.startsOn) && isNear(a.endsBefore, b.endsBefore);
}

function dateFindings(
  pair: Pair,
  timing: Timing,
  around: Surroundings,
  today: Day,
  say: Say,
): readonly Finding[] {
  const { promise, commitment } = pair;
  const [own, theirs] = [promise.term, commitment.term];
  const values = { crm: termValue(own), billing: termValue(theirs) };
  const orderId = promise.order.externalId;
  const findings: Finding[] = [];
  const shifted: ('STARTS_ON' | 'ENDS_BEFORE')[] = [];
  const unknown: ('STARTS_ON' | 'ENDS_BEFORE')[] = [];
  const differs = (kind: 'START' | 'END', impact: Impact) => {
    const fields = [kind === 'START' ? ('STARTS_ON' as const) : ('ENDS_BEFORE' as const)];
    findings.push(say({ kind, fields, ...values, impact }, byTime(timing, around, orderId)));
  };

  if (pair.sharesStart) {
    if (own.startsOn === null || theirs.startsOn === null) unknown.push('STARTS_ON');
    else if (own.startsOn !== theirs.startsOn) {
      if (Math.abs(daysBetween(own.startsOn, theirs.startsOn)) === 1) shifted.push('STARTS_ON');
      else differs('START', startImpact(pair, today));
    }
  }
  const theirEnd = theirs.endsBefore;
  if (pair.sharesEnd && (theirEnd === null ? promise.ends.length > 0 : !promise.ends.includes(theirEnd))) {
    if (own.endsBefore === null || theirEnd === null) unknown.push('ENDS_BEFORE');
    // Of several readings the nearest counts: two days off one reading may be one day off another.
    else if (promise.ends.some((end) => Math.abs(daysBetween(end, theirEnd)) === 1))
      shifted.push('ENDS_BEFORE');
    else differs('END', endImpact(pair, today));
  }
  const wait = waiting(timing);
  if (shifted.length > 0) {
    const ruling = wait ?? byContract('PERIOD_SHIFT', 'DAY_CONVENTION');
    findings.push(say({ kind: 'PERIOD', fields: shifted, ...values, impact: NO_IMPACT }, ruling));
  }
  if (unknown.length > 0) {
    const kind = unknown.includes('STARTS_ON') ? 'START' : 'END';
    findings.push(
      say({ kind, fields: unknown, ...values, impact: NO_IMPACT }, wait ?? cannotCompare('DATES_MISSING')),
    );
  }
  return findings;
}

function earlier(a: Day, b: Day): Day {
  return a < b ? a : b;
}

/** Billing that begins before the order charges too much, after it too little: the minimum of the months between. */
function startImpact({ promise, commitment }: Pair, today: Day): Impact {
  const [own, theirs] = [promise.term, commitment.term];
  if (own.startsOn === null || theirs.startsOn === null) return NO_IMPACT;
  const isOver = theirs.startsOn < own.startsOn;
  const [covering, other] = isOver ? [theirs, own.startsOn] : [own, theirs.startsOn];
  const range = { startsOn: covering.startsOn, endsBefore: earlier(other, covering.endsBefore ?? LAST_DAY) };
  const amount = isOver ? commitment.committed : promise.monthly;
  return impactOf(isOver ? 'OVERCHARGE' : 'LEAKAGE', range, amount, monthsLeft(covering, range, today));
}

function endImpact({ promise, commitment }: Pair, today: Day): Impact {
  const [own, theirs] = [promise.term, commitment.term];
  if (own.endsBefore === null || theirs.endsBefore === null) return NO_IMPACT;
  const isOver = theirs.endsBefore > own.endsBefore;
  const [covering, other] = isOver ? [theirs, own.endsBefore] : [own, theirs.endsBefore];
  const from = covering.startsOn === null || other > covering.startsOn ? other : covering.startsOn;
  const range = { startsOn: from, endsBefore: covering.endsBefore };
  const amount = isOver ? commitment.committed : promise.monthly;
  return impactOf(isOver ? 'OVERCHARGE' : 'LEAKAGE', range, amount, monthsLeft(covering, range, today));
}
