/**
 * Where a minimum spend stands over a stretch of days: committed, consumed, what remains, how fast, and how it will end.
 *
 * Guarantees: sums are of months, exact, in one currency; `consumed` is what is known, and where a month is missing it says which
 * and why, and everything that would need the missing month is null: what remains, percent, pace, overage. A forecast says what it assumed.
 * Refuses to give an open-ended stretch a total, a percent of nothing, and a pace before any time has passed.
 */
import type { Day } from '../calendar.js';
import { DAY_MS, daysBetween, startOfDay } from '../day-count.js';
import { decimal, money, type CurrencyCode, type Decimal, type Money } from '../money.js';
import type { Span } from '../span.js';
import type { Figures, Gap } from './figures.js';
import { forecastOf, type Forecast, type ForecastByMonth } from './forecast.js';
import { monthsOf, type MonthSpend, type Segment } from './months.js';
import type { Moment } from './moment.js';
import type { Rates } from './rates.js';
import { excess, percentOf, perPart, ratioOf, ZERO } from './share.js';

/** UPCOMING: it has not begun. ENDED: all its days are over, or it has none. UNDATED: nobody knows its days. */
export type PositionState = 'UPCOMING' | 'RUNNING' | 'ENDED' | 'UNDATED';

export interface MonthPosition extends MonthSpend {
  /** What was used, where the month is over and known; else what is forecast for its counted days. */
  readonly expected: Money | null;
  /** max(0, committed − expected): the month's true-up, if the minimum is settled month by month. Certain only in a month that is OVER and known. */
  readonly shortfall: Money | null;
  /** max(0, consumed − committed), where it is known what was consumed. */
  readonly overage: Money | null;
}

export interface SpendPosition {
  readonly currency: CurrencyCode;
  readonly startsOn: Day;
  /** `null`: open. */
  readonly endsBefore: Day | null;
  readonly state: Exclude<PositionState, 'UNDATED'>;
  /** `null` for an open end. */
  readonly committed: Money | null;
  /** The part of it that falls on the time that has passed. */
  readonly committedToDate: Money;
  /** The known part. `null` where there is a gap and nothing beside it. */
  readonly consumed: Money | null;
  /** Whether `consumed` is everything: no gaps. */
  readonly isComplete: boolean;
  /** Some of `consumed` is a part of a month's figure, by time. */
  readonly isEstimated: boolean;
  readonly gaps: readonly Gap[];
  /** max(0, committed − consumed). */
  readonly remaining: Money | null;
  /** Consumed of committed, whole percent. `null` where nothing is committed. */
  readonly percent: Decimal | null;
  /** Whole percent of the days that have passed, parts of days counted. `null` for an open end or no days. */
  readonly elapsedPercent: Decimal | null;
  /** `percent` ÷ `elapsedPercent`: 1 is on course, below is behind. */
  readonly pace: Decimal | null;
  /** Days left, the running one counted. `null` for an open end. */
  readonly daysLeft: number | null;
  /** What must be used on each day left to end on target, rounded up. `null` once it is over, or with an open end. */
  readonly requiredPerDay: Money | null;
  readonly forecast: Forecast | null;
  /** max(0, committed − forecast): at stake if the minimum is settled over the whole stretch. */
  readonly shortfall: Money | null;
  /** The sum of the months' shortfalls: at stake if each month is settled by itself, with no carrying over. */
  readonly shortfallByMonth: Money | null;
  /** max(0, consumed − committed). */
  readonly overage: Money | null;
  readonly months: readonly MonthPosition[];
}

/** All segments must be of `currency`. */
export function spendOver(
  segments: readonly Segment[],
  currency: CurrencyCode,
  range: Span,
  figures: Figures,
  rates: Rates,
  moment: Moment,
): SpendPosition {
  const spent = monthsOf(segments, currency, range, figures, moment);
  const isOpen = range.endsBefore === null;
  const sumOf = (pick: (month: MonthSpend) => Money | null): Money =>
    money(
      spent.reduce((sum, month) => sum.plus(pick(month)?.amount ?? ZERO), ZERO),
      currency,
    );
  const gaps = spent.flatMap(({ gap }) => (gap === null ? [] : [gap]));
  const isComplete = gaps.length === 0;
  const isAnythingKnown = isComplete || spent.some(({ state, known }) => known && state !== 'TO_COME');
  const consumed = isAnythingKnown ? sumOf(({ consumed: each }) => each) : null;
  const committed = isOpen ? null : sumOf(({ committed: each }) => each);
  const elapsedMs = spent.reduce((sum, month) => sum + month.elapsedMs, 0);
  const totalMs = spent.reduce((sum, month) => sum + month.totalMs, 0);

  const certain = isComplete && committed !== null ? consumed : null;
  const isPositive = committed !== null && committed.amount.gt(ZERO);
  const remaining = certain && committed && excess(committed, certain);
  const percent = certain && isPositive ? percentOf(certain.amount, committed.amount) : null;
  const pace =
    certain && isPositive && elapsedMs > 0
      ? ratioOf(certain.amount.times(totalMs), committed.amount.times(elapsedMs))
      : null;
  const daysLeft = isOpen
    ? null
    : spent.reduce((sum, month) => sum + Math.ceil((month.totalMs - month.elapsedMs) / DAY_MS), 0);
  const forecast = isOpen ? null : forecastOf(spent, rates);
  const months = withExpectations(spent, forecast ?? forecastOf(spent, rates));
  const shortfalls = months.map(({ shortfall }) => shortfall);
  return {
    currency,
    startsOn: range.startsOn,
    endsBefore: range.endsBefore,
    state: stateOf(range, moment),
    committed,
    committedToDate: sumOf(({ committedToDate }) => committedToDate),
    consumed,
    isComplete,
    isEstimated: spent.some(({ isEstimated }) => isEstimated),
    gaps,
    remaining,
    percent,
    elapsedPercent: isOpen || totalMs === 0 ? null : percentOf(decimal(String(elapsedMs)), totalMs),
    pace,
    daysLeft,
    requiredPerDay: remaining && daysLeft !== null && daysLeft > 0 ? perPart(remaining, daysLeft) : null,
    forecast: forecast?.forecast ?? null,
    shortfall: committed && forecast && excess(committed, forecast.forecast.expected),
    shortfallByMonth:
      isOpen || shortfalls.some((each) => each === null)
        ? null
        : money(
            shortfalls.reduce((sum, each) => sum.plus(each?.amount ?? ZERO), ZERO),
            currency,
          ),
    overage: certain && committed && excess(certain, committed),
    months,
  };
}

/** By days, as `isActiveOn` has it. A stretch without days is over as soon as it would begin. */
export function stateOf({ startsOn, endsBefore }: Span, { day }: Moment): Exclude<PositionState, 'UNDATED'> {
  if (day < startsOn) return 'UPCOMING';
  return endsBefore === null || day < endsBefore ? 'RUNNING' : 'ENDED';
}

/** Days left, the running one counted; of a stretch that has not begun, all of them. `null` for an open end. */
export function daysLeftOf({ startsOn, endsBefore }: Span, { millis }: Moment): number | null {
  if (endsBefore === null) return null;
  const all = Math.max(0, daysBetween(startsOn, endsBefore));
  return Math.min(all, Math.max(0, Math.ceil((startOfDay(endsBefore) - millis) / DAY_MS)));
}

/** Whole percent of the days of a stretch that have passed. */
export function elapsedPercentOf({ startsOn, endsBefore }: Span, { millis }: Moment): Decimal | null {
  if (endsBefore === null || startsOn >= endsBefore) return null;
  const start = startOfDay(startsOn);
  const all = startOfDay(endsBefore) - start;
  const passed = Math.min(all, Math.max(0, millis - start));
  return percentOf(decimal(String(passed)), all);
}

function withExpectations(spent: readonly MonthSpend[], forecast: ForecastByMonth | null): MonthPosition[] {
  return spent.map((month) => {
    const isActual = month.state === 'OVER' && month.known;
    const expected = isActual ? month.consumed : (forecast?.byMonth.get(month.month) ?? null);
    return {
      ...month,
      expected,
      shortfall: expected && excess(month.committed, expected),
      overage: month.known && month.consumed ? excess(month.consumed, month.committed) : null,
    };
  });
}
