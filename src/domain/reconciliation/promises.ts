/**
 * What the CRM promises and what billing holds, brought into one form: a promise is a service order, or one step of a
 * ramped one.
 *
 * Guarantees: amounts a month, exact; days half-open; every reading that the CRM's conventions allow is kept, so that
 * the same value written in another way is never taken for another value. Refuses to settle what the CRM leaves open:
 * that has a cause in `amountProblem`.
 */
import { addToDay, dayBefore, millisOfInstant, type Day, type Instant, type Term } from '../calendar.js';
import type { MinimumCommitment } from '../commitment.js';
import { currencyDigits, decimal, type CurrencyCode, type Decimal, type Money } from '../money.js';
import type { RampStep, ServiceOrder } from '../service-order.js';
import { daysBetween, isOver } from './months.js';
import type { Cause } from './types.js';

/**
 * BINDING: signed and approved; billing should hold it. ENDED: terminated. UNAPPROVED, UNSIGNED: not to be billed.
 * UNCLEAR: signed, but whether it is approved is not known.
 */
export type Standing = 'BINDING' | 'ENDED' | 'UNAPPROVED' | 'UNSIGNED' | 'UNCLEAR';

/** RUNS: it is billed now or will be. OVER: its term has ended. CANCELLED: ended before its term did. */
export type BillingStanding = 'RUNS' | 'OVER' | 'CANCELLED' | 'UNCLEAR';

export interface CrmPromise {
  readonly order: ServiceOrder;
  /** `null` for an order that is not ramped. */
  readonly step: RampStep | null;
  readonly standing: Standing;
  readonly term: Term;
  /** First days after the term that mean the same end; empty where there is no end. */
  readonly ends: readonly Day[];
  /** Major units a month, rounded as the currency is; `null` where `amountProblem` says why. */
  readonly monthly: Money | null;
  /** Exact amounts a month that mean the same. */
  readonly amounts: readonly Decimal[];
  /** An amount that differs by less is the same one, rounded. */
  readonly tolerance: Decimal;
  readonly entered: { readonly amount: Decimal; readonly per: 'MONTH' | 'YEAR' } | null;
  readonly amountProblem: Cause | null;
  readonly changedAt: Instant | null;
}

const CENT = decimal('0.01');
const NOTHING = decimal('0');

/** One promise, or one for each step of a ramp. */
export function promisesOf(order: ServiceOrder): readonly CrmPromise[] {
  const standing = standingOf(order);
  if (order.rampSteps.length === 0) {
    return [
      {
        order,
        step: null,
        standing,
        term: order.term,
        ends: endsOf(order.term.endsBefore, order.durationMonths),
        entered: order.amount && {
          amount: order.amount,
          per: order.commitCycle === 'ANNUAL' ? 'YEAR' : 'MONTH',
        },
        changedAt: order.updatedAt ?? order.createdAt,
        ...amountOfOrder(order),
      },
    ];
  }
  const steps = order.rampSteps.map((step) => ({ step, ...datesOfStep(step) }));
  return steps.map(({ step, term, ends }): CrmPromise => ({
    order,
    step,
    standing,
    term,
    ends: [...ends, ...continuations(term, order.term.endsBefore, steps)],
    entered: step.amount && { amount: step.amount, per: 'MONTH' },
    changedAt: latest([order.updatedAt ?? order.createdAt, step.updatedAt]),
    ...amountOfStep(step, order),
  }));
}

function standingOf({ stage, isRevOpsApproved, commitmentHandlerId }: ServiceOrder): Standing {
  switch (stage) {
    case 'TERMINATED':
      return 'ENDED';
    case 'SIGNED':
      if (isRevOpsApproved === null) return commitmentHandlerId === null ? 'UNCLEAR' : 'BINDING';
      return isRevOpsApproved ? 'BINDING' : 'UNAPPROVED';
    case 'UNRECOGNIZED':
    case null:
      return 'UNSIGNED';
  }
}

export function billingStandingOf(commitment: MinimumCommitment, today: Day): BillingStanding {
  if (commitment.cancelledAt !== null) return 'CANCELLED';
  switch (commitment.status) {
    case 'CANCELLED':
      return 'CANCELLED';
    case 'ACTIVE':
    case 'PENDING':
      return isOver(commitment.term, today) ? 'OVER' : 'RUNS';
    case 'EXPIRED':
      return isOver(commitment.term, today) ? 'OVER' : 'CANCELLED';
    case 'UNKNOWN':
    case 'UNRECOGNIZED':
      return 'UNCLEAR';
  }
}

/** When billing last changed it, as far as it says. */
export function changeOf({ updatedAt, createdAt, cancelledAt }: MinimumCommitment): Instant | null {
  return latest([updatedAt ?? createdAt, cancelledAt]);
}

export function latest(instants: readonly (Instant | null)[]): Instant | null {
  return instants.reduce(
    (last, next) =>
      next === null || (last !== null && millisOfInstant(last) >= millisOfInstant(next)) ? last : next,
    null,
  );
}

/** An end from a duration is sure. One from the CRM's own column may be the last day or the day after it (C30). */
function endsOf(endsBefore: Day | null, durationMonths: number | null): readonly Day[] {
  if (endsBefore === null) return [];
  return durationMonths === null ? [endsBefore, dayBefore(endsBefore)] : [endsBefore];
}

/** The webhook sends the normalized dates; the duration tells whether their end is the last day or the one after it. */
function datesOfStep(step: RampStep): Pick<CrmPromise, 'term' | 'ends'> {
  const startsOn = step.normalizedTerm.startsOn ?? step.term.startsOn;
  const sent = step.normalizedTerm.endsBefore ?? step.term.endsBefore;
  const months = step.durationMonths;
  const counted = startsOn === null || months === null || months <= 0 ? null : addToDay(startsOn, { months });
  if (sent === null)
    return { term: { startsOn, endsBefore: counted }, ends: counted === null ? [] : [counted] };
  const readings = [sent, dayBefore(sent)];
  const sure = readings.find((day) => day === counted);
  return sure === undefined
    ? { term: { startsOn, endsBefore: sent }, ends: readings }
    : { term: { startsOn, endsBefore: sure }, ends: [sure] };
}

// From January 31 the 28th of February is a month away, and from there March 28.
const MOST_CLAMPED = 3;

/**
 * A step ends where the next one begins, and the last where its order ends, even if its own months, counted from the
 * end of a month, come out a few days off.
 */
function continuations(
  term: Term,
  orderEnd: Day | null,
  steps: readonly { readonly term: Term }[],
): readonly Day[] {
  const { startsOn, endsBefore } = term;
  if (startsOn === null || endsBefore === null) return [];
  const later = steps.flatMap(({ term: other }) =>
    other.startsOn !== null && other.startsOn > startsOn ? [other.startsOn] : [],
  );
  const next = later.length === 0 ? orderEnd : (later.sort()[0] ?? null);
  const isClamped =
    next !== null && next !== endsBefore && Math.abs(daysBetween(endsBefore, next)) <= MOST_CLAMPED;
  // Other steps are off by a day because somebody wrote them so.
  return isClamped && next !== null && Number(startsOn.slice(8)) >= 28 ? [next] : [];
}

type AmountPart = Pick<CrmPromise, 'monthly' | 'amounts' | 'tolerance' | 'amountProblem'>;

function unknownAmount(amountProblem: Cause): AmountPart {
  return { monthly: null, amounts: [], tolerance: NOTHING, amountProblem };
}

function amountOfOrder(order: ServiceOrder): AmountPart {
  const { amount, committed, monthlyMinimum, commitCycle } = order;
  if (amount === null) return unknownAmount('AMOUNT_MISSING');
  if (committed === null) return unknownAmount('CURRENCY_MISSING');
  if (commitCycle === 'UNRECOGNIZED' || monthlyMinimum === null) return unknownAmount('CYCLE_UNKNOWN');
  const isAnnual = commitCycle === 'ANNUAL';
  const exact: Decimal = isAnnual ? committed.amount.div(12) : committed.amount;
  return {
    monthly: monthlyMinimum,
    amounts: [exact],
    tolerance: isAnnual ? unitOf(committed.currency) : roundingOf(exact),
    amountProblem: null,
  };
}

/** Whether the steps of an annual order are amounts of a year or of a month is not documented: either will do. */
function amountOfStep(step: RampStep, { commitCycle }: ServiceOrder): AmountPart {
  const { amount, committed } = step;
  if (amount === null) return unknownAmount('AMOUNT_MISSING');
  if (committed === null) return unknownAmount('CURRENCY_MISSING');
  if (commitCycle === 'UNRECOGNIZED') return unknownAmount('CYCLE_UNKNOWN');
  if (commitCycle === 'ANNUAL') {
    return {
      monthly: null,
      amounts: [committed.amount, committed.amount.div(12)],
      tolerance: unitOf(committed.currency),
      amountProblem: 'CYCLE_UNKNOWN',
    };
  }
  return {
    monthly: committed,
    amounts: [committed.amount],
    tolerance: roundingOf(committed.amount),
    amountProblem: null,
  };
}

/** A twelfth is rounded to the currency's own digits by some and to hundredths by others. */
function unitOf(currency: CurrencyCode): Decimal {
  return currencyDigits(currency) === 0 ? decimal('1') : CENT;
}

/** Billing counts in hundredths: it cannot hold a third digit. */
function roundingOf(amount: Decimal): Decimal {
  return amount.decimalPlaces() > 2 ? CENT : NOTHING;
}
