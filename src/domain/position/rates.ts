/**
 * What an organization uses in a day, from month to month: the past that forecasts are made of.
 *
 * Guarantees: a rate is of a whole calendar month that was over at the moment in question and has a figure in the currency;
 * what came later is not looked at, so that a position of an earlier day is not made with later knowledge. Refuses to
 * fill holes: a month without a figure has no rate.
 */
import type { Month } from '../calendar.js';
import { DAY_MS, daysOfMonth, indexOfMonth, startOfDay } from '../day-count.js';
import type { CurrencyCode, Decimal } from '../money.js';
import { isGap, type Figures } from './figures.js';
import { roughly, ZERO } from './share.js';

/** A month older than this says nothing about now. */
const OLDEST_MONTHS = 6;
const MOST = 3;

/** Amounts a day, by the number of the month (`indexOfMonth`). */
export interface Rates {
  readonly byIndex: ReadonlyMap<number, Decimal>;
  /** The first and last month with a rate; `null` without any. */
  readonly first: number | null;
  readonly last: number | null;
  /** Whether some month was negative as a whole: credits. */
  readonly hasNegative: boolean;
}

export function daysIn(month: Month): number {
  const { startsOn, endsBefore } = daysOfMonth(month);
  return (startOfDay(endsBefore) - startOfDay(startsOn)) / DAY_MS;
}

export function ratesOf(figures: Figures, currency: CurrencyCode, moment: number): Rates {
  const byIndex = new Map<number, Decimal>();
  let hasNegative = false;
  for (const month of figures.months) {
    const end = startOfDay(daysOfMonth(month).endsBefore);
    const found = figures.of(month);
    if (end > moment || isGap(found) || found.used.currency !== currency || found.until < end) continue;
    byIndex.set(indexOfMonth(month), roughly(found.used.amount, daysIn(month)));
    hasNegative ||= found.used.amount.isNegative() && !found.used.amount.isZero();
  }
  const known = [...byIndex.keys()].sort((a, b) => a - b);
  return { byIndex, first: known[0] ?? null, last: known.at(-1) ?? null, hasNegative };
}

function sumOf(values: readonly Decimal[]): Decimal {
  return values.reduce((sum, each) => sum.plus(each), ZERO);
}

export function meanOf(values: readonly Decimal[]): Decimal {
  return roughly(sumOf(values), values.length);
}

export function medianOf(values: readonly [Decimal, ...Decimal[]]): Decimal {
  const sorted = [...values].sort((a, b) => a.comparedTo(b));
  const upper = sorted[Math.floor(sorted.length / 2)] ?? values[0];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? upper;
  return upper === lower ? upper : roughly(upper.plus(lower), 2);
}

/** The median of the last three known months before this one; `null` where none of the last six is known. */
export function trailingMedian({ byIndex }: Rates, before: number): Decimal | null {
  const recent: Decimal[] = [];
  for (let back = 1; back <= OLDEST_MONTHS && recent.length < MOST; back += 1) {
    const rate = byIndex.get(before - back);
    if (rate !== undefined) recent.push(rate);
  }
  const [first, ...others] = recent;
  return first === undefined ? null : medianOf([first, ...others]);
}

const YEAR = 12;
const COMPARED = [1, 2, 3];

/**
 * For each of the `count` months from `from` on: its rate a year ago, times the growth of the last three months over the same
 * ones a year before (their median). `null` where one of those is not known or not positive, or where usage has halved or
 * doubled since, which is no season.
 */
export function seasonalRates({ byIndex }: Rates, from: number, count: number): readonly Decimal[] | null {
  const growths: Decimal[] = [];
  for (const back of COMPARED) {
    const now = byIndex.get(from - back);
    const then = byIndex.get(from - back - YEAR);
    if (now === undefined || then === undefined || now.lte(ZERO) || then.lte(ZERO)) return null;
    growths.push(roughly(now, then));
  }
  const [first, ...others] = growths;
  if (first === undefined) return null;
  const growth = medianOf([first, ...others]);
  if (growth.lt('0.5') || growth.gt('2')) return null;
  const made: Decimal[] = [];
  for (let step = 0; step < count; step += 1) {
    // Beyond a year, the season that was forecast repeats.
    const then = step < YEAR ? byIndex.get(from + step - YEAR) : made[step - YEAR];
    if (then === undefined) return null;
    made.push(roughly(then.times(growth), 1));
  }
  return made;
}
