/**
 * Where a commitment stands on a day. Three kinds that are never one number: a minimum spend is money a month, committed
 * resources are quantities (and the price of a billing cycle), a commitment of a contract has terms and no amount.
 *
 * Guarantees: total and pure; the day and the clock come from the caller. Refuses to guess: what its source does not say is `null`,
 * with a reason where one can be given.
 */
import type { Day } from '../calendar.js';
import type {
  Commitment,
  ContractCommitment,
  MinimumCommitment,
  ProductReference,
  ResourceCommitment,
} from '../commitment.js';
import { daysOfMonth, monthOfDay } from '../day-count.js';
import type { Decimal, Money } from '../money.js';
import type { Period } from '../period.js';
import { hasDays, spanOf, type NoSpan, type Span } from '../span.js';
import { figuresOf, NO_CONSUMPTION, type Consumption, type Figures } from './figures.js';
import { momentOf, type Clock } from './moment.js';
import type { Segment } from './months.js';
import { ratesOf } from './rates.js';
import {
  daysLeftOf,
  elapsedPercentOf,
  spendOver,
  stateOf,
  type PositionState,
  type SpendPosition,
} from './spend.js';

/** NO_AMOUNT: there is no monthly minimum, or no currency to it. */
export type PositionProblem = NoSpan | 'NO_AMOUNT';

interface PositionFacts {
  readonly on: Day;
  readonly state: PositionState;
  /** Why there is no more to say. */
  readonly problem: PositionProblem | null;
}

export interface MinimumPosition extends PositionFacts {
  readonly kind: 'minimum';
  /** The calendar month that contains the day, as far as the commitment covers it. */
  readonly month: SpendPosition | null;
  /** From its first day to its last. Totals are null where it is open-ended. */
  readonly term: SpendPosition | null;
  /** Other minimum commitments on some of the same days: they count the same usage, which exists once. */
  readonly sharesUsageWith: readonly string[];
}

export interface ProductPosition {
  readonly product: ProductReference;
  /** In the product's own unit. */
  readonly committed: Decimal | null;
  /** CloudMC does not tell what was used of a commitment: unknown, which is not zero. */
  readonly consumed: Decimal | null;
  readonly discountPercent: Decimal | null;
}

interface TimePosition extends PositionFacts {
  readonly elapsedPercent: Decimal | null;
  /** The running day counted. */
  readonly daysLeft: number | null;
}

export interface ResourcePosition extends TimePosition {
  readonly kind: 'resource';
  readonly products: readonly ProductPosition[];
  /** The fixed price of a billing cycle. `money` is null where no currency is known, and all of it where there is no fixed price. */
  readonly fixedPrice: { readonly amount: Decimal; readonly money: Money | null } | null;
}

export interface ContractPosition extends TimePosition {
  readonly kind: 'contract';
  readonly periodsTotal: number;
  /** Periods that are over. `null` where some period has no dates. */
  readonly periodsDone: number | null;
  /** The period that contains the day. */
  readonly currentPeriod: Period | null;
}

export type CommitmentPosition = MinimumPosition | ResourcePosition | ContractPosition;

/**
 * `others`: the organization's minimum commitments; only those are looked at that are on the same days. `consumption` and
 * `others` matter to minimum commitments alone.
 */
export function positionOf(
  commitment: Commitment,
  clock: Clock,
  consumption: Consumption = NO_CONSUMPTION,
  others: readonly MinimumCommitment[] = [],
): CommitmentPosition {
  switch (commitment.kind) {
    case 'minimum':
      return minimumPosition(commitment, clock, figuresOf(consumption), others);
    case 'resource':
      return resourcePosition(commitment, clock);
    case 'contract':
      return contractPosition(commitment, clock);
  }
}

/** The commitment as a segment, or why it is none. */
export function segmentOf(commitment: MinimumCommitment): Segment | PositionProblem {
  const span = spanOf(commitment);
  if (typeof span === 'string') return span;
  // All of Commitment Manager's amounts are a month's; another stretch would be another rule.
  if (commitment.committed === null || commitment.committedPer !== 'MONTH') return 'NO_AMOUNT';
  return { span, monthly: commitment.committed };
}

export function minimumPosition(
  commitment: MinimumCommitment,
  clock: Clock,
  figures: Figures,
  others: readonly MinimumCommitment[] = [],
): MinimumPosition {
  const { on } = clock;
  const moment = momentOf(clock);
  const span = spanOf(commitment);
  const base = { kind: 'minimum', on, month: null, term: null } as const;
  if (typeof span === 'string') return { ...base, state: 'UNDATED', problem: span, sharesUsageWith: [] };
  const sharesUsageWith = others
    .filter((other) => other.externalId !== commitment.externalId && sharesDays(span, spanOf(other)))
    .map(({ externalId }) => externalId);
  const facts = { ...base, state: stateOf(span, moment), sharesUsageWith };
  const segment = segmentOf(commitment);
  if (typeof segment === 'string') return { ...facts, problem: segment };
  const { currency } = segment.monthly;
  const rates = ratesOf(figures, currency, moment.millis);
  const month = within(span, monthSpan(on));
  return {
    ...facts,
    problem: null,
    month: month && spendOver([segment], currency, month, figures, rates, moment),
    term: spendOver([segment], currency, span, figures, rates, moment),
  };
}

export function monthSpan(on: Day): Span {
  return daysOfMonth(monthOfDay(on));
}

/** The days of both; `null` where there are none. */
export function within(a: Span, b: Span): Span | null {
  const startsOn = a.startsOn > b.startsOn ? a.startsOn : b.startsOn;
  const ends = [a.endsBefore, b.endsBefore].filter((end) => end !== null).sort();
  const both = { startsOn, endsBefore: ends[0] ?? null };
  return hasDays(a) && hasDays(b) && hasDays(both) ? both : null;
}

function sharesDays(span: Span, other: Span | NoSpan): boolean {
  return typeof other !== 'string' && within(span, other) !== null;
}

function timeFacts(commitment: Commitment, clock: Clock) {
  const { on } = clock;
  const moment = momentOf(clock);
  const span = spanOf(commitment);
  if (typeof span === 'string') {
    return { on, state: 'UNDATED', problem: span, elapsedPercent: null, daysLeft: null } as const;
  }
  return {
    on,
    state: stateOf(span, moment),
    problem: null,
    elapsedPercent: elapsedPercentOf(span, moment),
    daysLeft: daysLeftOf(span, moment),
  };
}

export function resourcePosition(commitment: ResourceCommitment, clock: Clock): ResourcePosition {
  const { fixedPrice, committed } = commitment;
  return {
    kind: 'resource',
    ...timeFacts(commitment, clock),
    products: commitment.products.map(({ product, committedQuantity, discountPercent }) => ({
      product,
      committed: committedQuantity,
      consumed: null,
      discountPercent,
    })),
    fixedPrice: fixedPrice === null ? null : { amount: fixedPrice, money: committed },
  };
}

export function contractPosition(commitment: ContractCommitment, clock: Clock): ContractPosition {
  const { periods } = commitment;
  const moment = momentOf(clock);
  const states = periods.map(({ startsOn, endsBefore }) =>
    startsOn === null ? null : stateOf({ startsOn, endsBefore }, moment),
  );
  return {
    kind: 'contract',
    ...timeFacts(commitment, clock),
    periodsTotal: periods.length,
    periodsDone: states.includes(null) ? null : states.filter((state) => state === 'ENDED').length,
    currentPeriod: periods.find((_, index) => states[index] === 'RUNNING') ?? null,
  };
}
