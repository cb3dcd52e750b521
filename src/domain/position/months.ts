/**
 * A minimum spend month by month: what was committed, what was used, and where nobody knows.
 *
 * Guarantees: exact. A monthly minimum counts whole for a month that it covers, and by its days for one that it covers in part
 * (a day of February weighs more than one of March, as the minimum is a month's); parts add up to the whole. Usage, of which billing
 * gives the sum of a month, is divided by time likewise where only part of that month counts, and is marked as an
 * estimate then. Usage of a month counts once, however many commitments cover it.
 * Refuses to take a month without a figure for zero, and to add currencies.
 */
import type { Day, Month } from '../calendar.js';
import {
  DAY_MS,
  dayAtMillis,
  daysOfMonth,
  indexOfMonth,
  monthAt,
  monthOfDay,
  startOfDay,
} from '../day-count.js';
import { money, type CurrencyCode, type Money } from '../money.js';
import type { Span } from '../span.js';
import { isGap, type Figures, type Gap, type MonthFigure } from './figures.js';
import type { Moment } from './moment.js';
import { shareOf, ZERO } from './share.js';

/** A monthly minimum and the days on which it binds. */
export interface Segment {
  readonly span: Span;
  readonly monthly: Money;
}

/** OVER: all of its counted days have passed. RUNNING: some have. TO_COME: none has. */
export type MonthState = 'OVER' | 'RUNNING' | 'TO_COME';

/** A month, or that part of it on which a minimum binds. */
export interface MonthSpend {
  readonly month: Month;
  readonly state: MonthState;
  /** First counted day, and the day after the last one. */
  readonly startsOn: Day;
  readonly endsBefore: Day;
  /** Days that count; fewer than the month has where the minimum begins or ends in it. */
  readonly days: number;
  readonly daysInMonth: number;
  readonly committed: Money;
  /** The part of `committed` that falls on the time that has passed. */
  readonly committedToDate: Money;
  /** Whether it is known what was used in the time that has passed. A month to come has nothing to know: true. */
  readonly known: boolean;
  /** `null` where it is not known; zero in a month to come. */
  readonly consumed: Money | null;
  /** `consumed` is a part of a figure, by time, and not the figure. */
  readonly isEstimated: boolean;
  /** Why it is not known. */
  readonly gap: Gap | null;
  /** The figure of the whole calendar month. */
  readonly figure: MonthFigure | null;
  /** Counted time that has passed, and all counted time, in milliseconds. */
  readonly elapsedMs: number;
  readonly totalMs: number;
  /** Counted time that `consumed` covers. */
  readonly coveredMs: number;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Stretches of the segments within the given bounds, joined where they touch, in order. */
function unionWithin(segments: readonly Segment[], bounds: Stretch): Stretch[] {
  const clipped = segments
    .map(({ span }) => clip(stretchOf(span), bounds))
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from);
  const joined: Stretch[] = [];
  for (const next of clipped) {
    const last = joined.at(-1);
    if (last !== undefined && next.from <= last.to) {
      joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, next.to) };
    } else joined.push(next);
  }
  return joined;
}

function stretchOf({ startsOn, endsBefore }: Span): Stretch {
  return { from: startOfDay(startsOn), to: endsBefore === null ? Infinity : startOfDay(endsBefore) };
}

function clip(stretch: Stretch, bounds: Stretch): Stretch {
  return { from: Math.max(stretch.from, bounds.from), to: Math.min(stretch.to, bounds.to) };
}

function lengthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { from, to }) => sum + Math.max(0, to - from), 0);
}

/** How old the figure of a running month may be and still be called known. */
const OLDEST_MS = DAY_MS;

function usable(
  found: MonthFigure | Gap,
  currency: CurrencyCode,
  end: number,
  moment: number,
): MonthFigure | Gap {
  if (isGap(found)) return found;
  const { month, used, until } = found;
  const failure = null;
  if (used.currency !== currency) return { month, reason: 'OTHER_CURRENCY', failure, seen: used };
  const oldest = moment >= end ? end : moment - OLDEST_MS;
  if (until < oldest) return { month, reason: 'SEEN_BEFORE_ITS_END', failure, seen: used };
  return found;
}

/**
 * The months of `range` in which a segment binds. All segments must be of `currency`. An open end is cut after the month
 * of the day that was asked for.
 */
export function monthsOf(
  segments: readonly Segment[],
  currency: CurrencyCode,
  range: Span,
  figures: Figures,
  { on, millis: moment }: Moment,
): MonthSpend[] {
  const lastOpenMonth = monthOfDay(on);
  const lastDay = range.endsBefore === null ? null : dayAtMillis(startOfDay(range.endsBefore) - DAY_MS);
  const lastMonth = lastDay === null ? lastOpenMonth : monthOfDay(lastDay);
  const bounds = stretchOf(range);
  const result: MonthSpend[] = [];
  for (let index = indexOfMonth(monthOfDay(range.startsOn)); index <= indexOfMonth(lastMonth); index += 1) {
    const made = monthOf(monthAt(index), segments, currency, bounds, figures, moment);
    if (made !== null) result.push(made);
  }
  return result;
}

function monthOf(
  month: Month,
  segments: readonly Segment[],
  currency: CurrencyCode,
  bounds: Stretch,
  figures: Figures,
  moment: number,
): MonthSpend | null {
  const { startsOn, endsBefore } = daysOfMonth(month);
  const start = startOfDay(startsOn);
  const end = startOfDay(endsBefore);
  const within = clip({ from: start, to: end }, bounds);
  const counted = unionWithin(segments, within);
  const [first] = counted;
  const last = counted.at(-1);
  if (first === undefined || last === undefined) return null;

  const committedUntil = (until: number): Money =>
    segments.reduce(
      (sum, { span, monthly }) => {
        const { from, to } = clip(clip(stretchOf(span), within), { from: start, to: until });
        if (from >= to) return sum;
        const part = shareOf(monthly, from - start, to - start, end - start);
        return money(sum.amount.plus(part.amount), currency);
      },
      money(ZERO, currency),
    );

  const totalMs = lengthOf(counted);
  const state = moment <= first.from ? 'TO_COME' : moment >= last.to ? 'OVER' : 'RUNNING';
  const facts = {
    month,
    state,
    startsOn: dayAtMillis(first.from),
    endsBefore: dayAtMillis(last.to),
    days: totalMs / DAY_MS,
    daysInMonth: (end - start) / DAY_MS,
    committed: committedUntil(end),
    committedToDate: committedUntil(Math.max(start, Math.min(moment, end))),
    totalMs,
  } as const;
  if (state === 'TO_COME') {
    const nothing = money(ZERO, currency);
    const none = { known: true, consumed: nothing, isEstimated: false, gap: null, figure: null } as const;
    return { ...facts, ...none, elapsedMs: 0, coveredMs: 0 };
  }
  const elapsedMs = lengthOf(counted.map((each) => clip(each, { from: start, to: moment })));
  const found = usable(figures.of(month), currency, end, moment);
  if (isGap(found)) {
    const unknown = { known: false, consumed: null, isEstimated: false, gap: found, figure: null } as const;
    return { ...facts, ...unknown, elapsedMs, coveredMs: 0 };
  }
  const { consumed, isEstimated, coveredMs } = consumedIn(counted, found, start, moment);
  return { ...facts, known: true, consumed, isEstimated, gap: null, figure: found, elapsedMs, coveredMs };
}

/** The part of the month's figure that falls on counted time that has passed. */
function consumedIn(
  counted: readonly Stretch[],
  { used, until }: MonthFigure,
  start: number,
  moment: number,
): { readonly consumed: Money; readonly isEstimated: boolean; readonly coveredMs: number } {
  const length = Math.max(0, until - start);
  const pieces = counted
    .map((each) => clip(each, { from: start, to: Math.min(until, moment) }))
    .filter(({ from, to }) => from < to);
  const coveredMs = lengthOf(pieces);
  // Seen at the very start of the month: no time to divide by, and what is there is all that there is.
  if (length === 0) return { consumed: used, isEstimated: false, coveredMs };
  const sum = pieces.reduce(
    (total, { from, to }) => total.plus(shareOf(used, from - start, to - start, length).amount),
    ZERO,
  );
  return { consumed: money(sum, used.currency), isEstimated: coveredMs < length, coveredMs };
}
