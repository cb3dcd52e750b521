/**
 * What will have been used at the end of a period: what is known, plus an estimate of the rest.
 *
 * Guarantees: months that are over and known count as they are; an estimate says by which method it was made, how far off that was
 * in the past, and for which past months something had to be assumed; nothing is made with knowledge of later days.
 * Refuses to forecast from less than a day, and to draw a band from fewer than four past cases (or fewer than there are
 * months to come), or over more than six months to come.
 *
 * The methods were chosen by measuring (`npm run bench:position -- forecast`, 250 generated histories of each kind, 3 to 24
 * months long before the period, cents a day with weekends, noise and drift). In each cell: the mean absolute error in percent
 * of what came, and in brackets how many percent of the bands, which should hold four in five, held what came; by the share of the
 * period that had passed. `-`: no band.
 *
 * A month (in use: TRAILING_MEDIAN; it is no better than the run rate from a quarter on, but it is before, and has bands):
 *
 *     method          history          10 %       25 %       50 %       75 %       90 %
 *     RUN_RATE        steady       10.5 (-)    3.1 (-)    1.7 (-)    1.0 (-)    1.0 (-)
 *     RUN_RATE        growing       8.9 (-)    2.9 (-)    1.4 (-)    0.9 (-)    1.0 (-)
 *     RUN_RATE        seasonal      8.9 (-)    2.9 (-)    1.4 (-)    0.9 (-)    1.0 (-)
 *     RUN_RATE        spiky        16.3 (-)   12.8 (-)    8.6 (-)    4.3 (-)    2.0 (-)
 *     RUN_RATE        with gaps     9.2 (-)    2.8 (-)    1.6 (-)    1.0 (-)    1.0 (-)
 *     RUN_RATE        all          10.8 (-)    4.9 (-)    3.0 (-)    1.6 (-)    1.2 (-)
 *     TRAILING_MEDIAN steady       4.1 (79)   2.4 (93)   1.5 (96)   1.0 (99)   1.0 (93)
 *     TRAILING_MEDIAN growing      4.6 (96)  2.9 (100)  1.5 (100)   0.9 (99)   1.0 (98)
 *     TRAILING_MEDIAN seasonal    13.3 (98)  7.6 (100)  3.2 (100)  1.1 (100)  1.0 (100)
 *     TRAILING_MEDIAN spiky       13.6 (91)  11.6 (89)   8.1 (90)   4.1 (95)   2.0 (97)
 *     TRAILING_MEDIAN with gaps    3.8 (82)   2.2 (94)   1.5 (98)   0.9 (98)   1.0 (91)
 *     TRAILING_MEDIAN all          7.9 (89)   5.4 (95)   3.2 (97)   1.6 (98)   1.2 (96)
 *
 * A term of twelve months (in use: SEASONAL where it can be had, else TRAILING_MEDIAN):
 *
 *     method          history          10 %       25 %       50 %       75 %       90 %
 *     RUN_RATE        steady        2.9 (-)    1.9 (-)    1.1 (-)    0.6 (-)    0.3 (-)
 *     RUN_RATE        growing      13.5 (-)   11.5 (-)    7.9 (-)    4.1 (-)    1.7 (-)
 *     RUN_RATE        seasonal     19.5 (-)   17.7 (-)   12.5 (-)    6.0 (-)    2.1 (-)
 *     RUN_RATE        spiky        17.6 (-)   12.3 (-)    7.0 (-)    3.8 (-)    2.0 (-)
 *     RUN_RATE        with gaps     3.3 (-)    2.1 (-)    1.3 (-)    0.7 (-)    0.4 (-)
 *     RUN_RATE        all          11.3 (-)    9.1 (-)    6.0 (-)    3.1 (-)    1.3 (-)
 *     TRAILING_MEDIAN steady        2.5 (-)    1.9 (-)   1.3 (89)   0.7 (90)   0.3 (94)
 *     TRAILING_MEDIAN growing      15.4 (-)   12.0 (-)   6.6 (88)   2.4 (89)   0.8 (93)
 *     TRAILING_MEDIAN seasonal     18.3 (-)   18.5 (-)  15.0 (94)   6.4 (81)   2.3 (92)
 *     TRAILING_MEDIAN spiky        14.4 (-)   12.1 (-)   8.1 (84)   4.0 (88)   1.7 (90)
 *     TRAILING_MEDIAN with gaps     2.4 (-)    2.2 (-)   1.5 (89)   0.9 (94)   0.6 (96)
 *     TRAILING_MEDIAN all          10.6 (-)    9.3 (-)   6.5 (88)   2.9 (89)   1.2 (93)
 *     in use          steady        3.1 (-)    2.6 (-)   1.6 (92)   0.9 (90)   0.4 (92)
 *     in use          growing       9.9 (-)    7.4 (-)   3.8 (90)   1.3 (90)   0.6 (95)
 *     in use          seasonal     11.5 (-)    9.5 (-)   5.8 (96)   1.7 (96)   0.6 (99)
 *     in use          spiky        15.9 (-)   13.2 (-)   9.2 (87)   5.0 (92)   2.7 (92)
 *     in use          with gaps     2.5 (-)    2.3 (-)   1.6 (88)   0.9 (94)   0.6 (96)
 *     in use          all           8.6 (-)    7.0 (-)   4.4 (91)   2.0 (92)   1.0 (94)
 *
 * SEASONAL needs fifteen known months, which a part of these histories has. It is better in growth and seasons and, over
 * all, at every share; where usage is steady or has spikes it is worse than the median. Taking the season for the rest of a
 * running month too made nothing better. Real histories are not these: what is promised is the way of measuring.
 */
import type { Month } from '../calendar.js';
import { DAY_MS, indexOfMonth } from '../day-count.js';
import { decimal, type Decimal, type Money } from '../money.js';
import type { MonthSpend } from './months.js';
import { meanOf, seasonalRates, trailingMedian, type Rates } from './rates.js';
import { roughly, rounded, ZERO } from './share.js';

/**
 * ACTUAL: the period is over, nothing is estimated. RUN_RATE: the rest goes on as the period has gone so far; there is no earlier
 * month. TRAILING_MEDIAN: months to come are like the median of the last three known ones. SEASONAL: months to come are like
 * the same ones a year ago, times the growth since. With either, what is left of the running month is between the
 * median and the running month's own rate, nearer to that the more of the month has passed.
 */
export type ForecastMethod = 'ACTUAL' | 'RUN_RATE' | 'TRAILING_MEDIAN' | 'SEASONAL';

/** How often the truth lies in the band, if the months to come are as hard to foresee as the past ones were: four in five. */
export const BAND_PERCENT = 80;

export interface Forecast {
  readonly method: ForecastMethod;
  readonly expected: Money;
  /** From how far the same method was off in the past; `null` with fewer than four such cases. */
  readonly low: Money | null;
  readonly high: Money | null;
  /** Past months without a figure, for which something had to be assumed. */
  readonly assumed: readonly Month[];
  /** Months that the estimate of the rest rests on. */
  readonly knownMonths: number;
}

/** A forecast with its months: for each, what is known of it or expected. */
export interface ForecastByMonth {
  readonly forecast: Forecast;
  readonly byMonth: ReadonlyMap<Month, Money>;
}

/** Methods that may be asked for by name: measurements compare them. */
export type ForecastChoice = 'BEST' | 'RUN_RATE' | 'TRAILING_MEDIAN' | 'SEASONAL';

const FEWEST_RESIDUALS = 4;
const FEWEST_BEHIND = 3;
/** With more months to come than these, measured bands held the truth far less often than they say. */
const FARTHEST_MONTHS = 6;

/** Days of a stretch of time, exactly as far as digits go. */
function daysOfMillis(millis: number): Decimal {
  return roughly(decimal(String(millis)), DAY_MS);
}

/** How much of the rest of the running month follows its own rate: the root of the share that has passed, in thousandths. */
function weightOf({ coveredMs, totalMs }: MonthSpend): Decimal {
  if (coveredMs < DAY_MS) return ZERO; // what a month begins with in its first hours says nothing about its days
  return decimal(String(Math.round(1000 * Math.sqrt(Math.min(1, coveredMs / totalMs))))).div(1000);
}

interface Expectation {
  readonly method: ForecastMethod;
  /** The rate of a month to come or of one that nobody knows; for the running month, of its rest if nothing were known of it. */
  rateOf(index: number): Decimal;
  /** Whether the running month's own rate is mixed in. */
  readonly mixes: boolean;
}

/**
 * `months` are those of the period, in order. `null` where there is nothing to go by: no earlier month, and of the period
 * less than a day.
 */
export function forecastOf(
  months: readonly MonthSpend[],
  rates: Rates,
  choice: ForecastChoice = 'BEST',
): ForecastByMonth | null {
  const [first] = months;
  if (first === undefined) return null;
  const like = first.committed;
  const isOpen = months.some((month) => restOf(month) > 0 || !month.known);
  if (!isOpen) return actual(months, like);

  const expectation = expectationOf(months, rates, choice);
  if (expectation === null) return null;
  const byMonth = new Map<Month, Money>();
  const assumed: Month[] = [];
  let sum = ZERO;
  for (const month of months) {
    const expected = rounded(expectedIn(month, expectation), like);
    const isKnown = month.known && restOf(month) === 0;
    const value = isKnown && month.consumed !== null ? month.consumed : expected;
    byMonth.set(month.month, value);
    sum = sum.plus(value.amount);
    if (!month.known) assumed.push(month.month);
  }
  const half = halfWidth(months, rates, expectation.method);
  const isNeverLess =
    !rates.hasNegative && months.every(({ consumed }) => consumed !== null && consumed.amount.gte(ZERO));
  const floor = isNeverLess ? knownIn(months) : null;
  const low = half === null ? null : sum.minus(half);
  return {
    byMonth,
    forecast: {
      method: expectation.method,
      expected: { ...like, amount: sum },
      low: low === null ? null : rounded(floor !== null && low.lt(floor) ? floor : low, like),
      high: half === null ? null : rounded(sum.plus(half), like),
      assumed,
      knownMonths: rates.byIndex.size,
    },
  };
}

/** Counted time of the month of which it is not known what was used in it, in milliseconds. */
function restOf({ totalMs, coveredMs }: MonthSpend): number {
  return totalMs - coveredMs;
}

function knownIn(months: readonly MonthSpend[]): Decimal {
  return months.reduce((sum, { consumed }) => (consumed === null ? sum : sum.plus(consumed.amount)), ZERO);
}

function actual(months: readonly MonthSpend[], like: Money): ForecastByMonth {
  const expected = { ...like, amount: knownIn(months) };
  const byMonth = new Map<Month, Money>();
  for (const { month, consumed } of months) if (consumed !== null) byMonth.set(month, consumed);
  const band = { low: expected, high: expected, assumed: [], knownMonths: months.length };
  return { byMonth, forecast: { method: 'ACTUAL', expected, ...band } };
}

/** What is expected of a month: known, plus the rest of its counted time at the expected rate. */
function expectedIn(month: MonthSpend, { rateOf, mixes }: Expectation): Decimal {
  const prior = rateOf(indexOfMonth(month.month));
  const rest = daysOfMillis(restOf(month));
  if (month.consumed === null || month.coveredMs === 0) return rest.times(prior);
  if (!mixes) return month.consumed.amount.plus(rest.times(prior));
  const own = roughly(month.consumed.amount, daysOfMillis(month.coveredMs));
  const weight = weightOf(month);
  const rate = own.times(weight).plus(prior.times(decimal('1').minus(weight)));
  return month.consumed.amount.plus(rest.times(rate));
}

function expectationOf(
  months: readonly MonthSpend[],
  rates: Rates,
  choice: ForecastChoice,
): Expectation | null {
  const coming = months.filter(({ state }) => state === 'TO_COME');
  const now = nowOf(months);
  const prior = trailingMedian(rates, now);
  if (choice === 'RUN_RATE' || prior === null) {
    const rate = ownRate(months);
    return rate === null ? null : { method: 'RUN_RATE', rateOf: () => rate, mixes: false };
  }
  const [next] = coming;
  if (next !== undefined && choice !== 'TRAILING_MEDIAN') {
    const from = indexOfMonth(next.month);
    const seasonal = seasonFrom(rates, now, from, coming.length);
    if (seasonal !== null) {
      return { method: 'SEASONAL', rateOf: (index) => seasonal[index - from] ?? prior, mixes: true };
    }
  }
  return { method: 'TRAILING_MEDIAN', rateOf: () => prior, mixes: true };
}

/** Seasonal rates of months to come, made as of `now`: growth is measured up to the last month that is over. */
function seasonFrom(rates: Rates, now: number, from: number, count: number): readonly Decimal[] | null {
  return seasonalRates(rates, now, from - now + count)?.slice(from - now) ?? null;
}

/** The month in progress, or the first of the period where that is still to come, or the one after it. */
function nowOf(months: readonly MonthSpend[]): number {
  const open = months.find(({ state }) => state !== 'OVER') ?? months.at(-1);
  return open === undefined ? 0 : indexOfMonth(open.month) + (open.state === 'OVER' ? 1 : 0);
}

/** The rate of what is known of the period itself, from a day on. */
function ownRate(months: readonly MonthSpend[]): Decimal | null {
  const covered = months.reduce((sum, { coveredMs }) => sum + coveredMs, 0);
  return covered < DAY_MS ? null : roughly(knownIn(months), daysOfMillis(covered));
}

/**
 * Half the width of the band: how far the method was off, a day, over as many months as are to come, whenever that can be
 * looked up in the past, the size that four in five such cases stayed within; times the days of the rest. (With n cases
 * that is the ⌈(n+1)·4/5⌉-th smallest, as in split conformal prediction.) For the rest of a running month, days scatter more than
 * months do: by the root of how many there are. `null` where there are too few cases, or no earlier month at all.
 */
function halfWidth(months: readonly MonthSpend[], rates: Rates, method: ForecastMethod): Decimal | null {
  if (method === 'RUN_RATE') return null;
  const coming = months.filter(({ state }) => state === 'TO_COME').length;
  const near = reachOf(residuals(rates, 1, 'TRAILING_MEDIAN'), FEWEST_RESIDUALS);
  if (near === null) return null;
  let half = ZERO;
  for (const month of months) {
    if (month.state === 'TO_COME') continue;
    const days = Math.sqrt((restOf(month) / DAY_MS) * (month.totalMs / DAY_MS));
    half = half.plus(near.times(decimal(days.toFixed(6))));
  }
  if (coming === 0) return half;
  if (coming > FARTHEST_MONTHS) return null;
  const far = reachOf(residuals(rates, coming, method), Math.max(FEWEST_RESIDUALS, coming));
  if (far === null) return null;
  const days = months.reduce((sum, { state, days: all }) => (state === 'TO_COME' ? sum + all : sum), 0);
  return half.plus(far.times(days));
}

/** How far off the method would have been, a day, over `count` months, from each past month that has enough behind it. */
function residuals(rates: Rates, count: number, method: ForecastMethod): Decimal[] {
  const { byIndex, first, last } = rates;
  if (first === null || last === null) return [];
  const found: Decimal[] = [];
  for (let from = first + FEWEST_BEHIND; from + count - 1 <= last; from += 1) {
    const truth: Decimal[] = [];
    for (let step = 0; step < count; step += 1) {
      const rate = byIndex.get(from + step);
      if (rate !== undefined) truth.push(rate);
    }
    if (truth.length < count) continue;
    const seasonal = method === 'SEASONAL' ? seasonalRates(rates, from, count) : null;
    const guess = method === 'SEASONAL' ? seasonal && meanOf(seasonal) : trailingMedian(rates, from);
    if (guess !== null) found.push(meanOf(truth).minus(guess));
  }
  return found;
}

/** How far the truth may lie from a guess like those; `null` with fewer cases than can be believed. */
function reachOf(errors: readonly Decimal[], fewest: number): Decimal | null {
  if (errors.length < fewest) return null;
  const rank = Math.ceil(((errors.length + 1) * BAND_PERCENT) / 100);
  const sizes = errors.map((each) => each.abs()).sort((a, b) => a.comparedTo(b));
  const size = sizes[Math.min(rank, sizes.length) - 1] ?? ZERO;
  return size.plus(meanOf(errors).abs());
}
