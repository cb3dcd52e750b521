/**
 * The position arithmetic again, by counting: one day after the other, in whole minor units (BigInt), fractions as pairs of
 * integers. Written against the rules in words and shares no code with what it checks; it reads cases, not commitments.
 */

export interface CaseCommitment {
  readonly id: string;
  /** Days since 1970-01-01. */
  readonly start: number;
  /** `null`: open. */
  readonly end: number | null;
  /** Minor units a month. */
  readonly monthly: bigint;
  readonly currency: string;
  /** The day of its cancellation. */
  readonly cancelled: number | null;
}

export interface CaseMonth {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly used: bigint;
  readonly currency: string;
  /** What is there of the month. `early`: a summary that was read in the middle of it. */
  readonly kind: 'usage' | 'billing' | 'both' | 'early' | 'without-amount' | 'contradictory' | 'failed';
}

export interface Case {
  readonly commitments: readonly CaseCommitment[];
  readonly months: readonly CaseMonth[];
  readonly on: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface Expected {
  readonly committed: bigint | null;
  readonly committedToDate: bigint;
  /** `null`: nothing is known. */
  readonly consumed: bigint | null;
  readonly gaps: readonly string[];
  readonly remaining: bigint | null;
  /** In ten-thousandths. */
  readonly percent: bigint | null;
  readonly elapsedPercent: bigint | null;
  readonly pace: bigint | null;
  readonly daysLeft: number | null;
  readonly requiredPerDay: bigint | null;
  readonly overage: bigint | null;
  readonly byMonth: readonly (readonly [month: string, committed: bigint, consumed: bigint | null])[];
}

const DAY = 86_400_000;
const max0 = (value: bigint) => (value > 0n ? value : 0n);
const floorDiv = (a: bigint, b: bigint) => (a >= 0n || a % b === 0n ? a / b : a / b - 1n);

/** numerator ÷ denominator (positive), to the nearest integer, halves to the even one. */
export function roundEven(numerator: bigint, denominator: bigint): bigint {
  const floor = floorDiv(numerator, denominator);
  const twice = 2n * (numerator - floor * denominator);
  if (twice < denominator) return floor;
  if (twice > denominator) return floor + 1n;
  return floor % 2n === 0n ? floor : floor + 1n;
}

interface MonthOfDays {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** The month of every day from 2015 to 2034, by walking through them. */
const MONTH_OF_DAY = new Map<number, MonthOfDays>();
for (let day = Date.parse('2015-01-01') / DAY; day < Date.parse('2035-01-01') / DAY;) {
  const nameOf = (number: number) => new Date(number * DAY).toISOString().slice(0, 7);
  const name = nameOf(day);
  const days: number[] = [];
  for (; nameOf(day) === name; day += 1) days.push(day);
  const found = { name, from: (days[0] ?? day) * DAY, to: day * DAY };
  for (const each of days) MONTH_OF_DAY.set(each, found);
}

function monthAt(at: number): MonthOfDays {
  const found = MONTH_OF_DAY.get(Math.floor(at / DAY));
  if (found === undefined) throw new RangeError('beyond the days that are counted');
  return found;
}

const monthNameOf = (at: number) => monthAt(at).name;
const monthStart = (at: number) => monthAt(at).from;
const monthEnd = (at: number) => monthAt(at).to;

function bindsOn(commitment: CaseCommitment, day: number): boolean {
  if (day < commitment.start) return false;
  if (commitment.end !== null && day >= commitment.end) return false;
  return commitment.cancelled === null || day < commitment.cancelled;
}

/** When the figure of a month was read in the middle of it: on its tenth day. */
export const EARLY_MS = 9 * DAY;

function figureOf(
  found: CaseMonth | undefined,
  currency: string,
  from: number,
  to: number,
  now: number,
  moment: number,
) {
  if (found === undefined || found.currency !== currency) return null;
  if (['without-amount', 'contradictory', 'failed'].includes(found.kind)) return null;
  const readAt = found.kind === 'early' ? Math.min(now, from + EARLY_MS) : now;
  const until = readAt < to ? readAt : to;
  const isKnown = moment >= to ? until >= to : until >= moment - DAY;
  return isKnown ? { used: found.used, until } : null;
}

/**
 * Commitments of one currency, together, over the days from `first` to `last` (`null`: open) on which one of them binds. Usage
 * counts once a day.
 */
export function expectedOver(
  { months, on, now }: Case,
  commitments: readonly CaseCommitment[],
  first: number,
  last: number | null,
): Expected {
  const currency = commitments[0]?.currency ?? '';
  const moment = Math.min((on + 1) * DAY, now);
  const openEnd = monthEnd(on * DAY) / DAY;
  const stop = last ?? openEnd;
  let committed = 0n;
  let committedToDate = 0n;
  let consumed = 0n;
  let elapsed = 0;
  let total = 0;
  let daysLeft = 0;
  let isAnythingKnown = false;
  const gaps: string[] = [];
  const byMonth: [string, bigint, bigint | null][] = [];

  let day = first;
  while (day < stop) {
    const from = monthStart(day * DAY);
    const to = monthEnd(day * DAY);
    const length = BigInt(to - from);
    const name = monthNameOf(from);
    const figure = figureOf(
      months.find((each) => each.month === name),
      currency,
      from,
      to,
      now,
      moment,
    );
    let monthCommitted = 0n;
    let monthConsumed = 0n;
    let hasDays = false;
    let hasPassed = false;
    for (; day < stop && day * DAY < to; day += 1) {
      const binding = commitments.filter((each) => bindsOn(each, day));
      if (binding.length === 0) continue;
      hasDays = true;
      const a = day * DAY;
      const b = a + DAY;
      const passed = Math.max(0, Math.min(b, moment) - a);
      total += DAY;
      elapsed += passed;
      if (b > moment) daysLeft += 1;
      if (passed > 0) hasPassed = true;
      for (const { monthly } of binding) {
        const running = (at: number) => roundEven(monthly * BigInt(at - from), length);
        monthCommitted += running(b) - running(a);
        committedToDate += running(a + passed) - running(a);
      }
      if (figure === null) continue;
      const span = figure.until - from;
      const upTo = Math.max(a, Math.min(b, moment, figure.until));
      const used = (at: number) => roundEven(figure.used * BigInt(at - from), BigInt(span));
      if (span > 0) monthConsumed += used(upTo) - used(a < figure.until ? a : upTo);
    }
    if (!hasDays) continue;
    committed += monthCommitted;
    if (!hasPassed) byMonth.push([name, monthCommitted, 0n]);
    else if (figure === null) {
      gaps.push(name);
      byMonth.push([name, monthCommitted, null]);
    } else {
      isAnythingKnown = true;
      consumed += monthConsumed;
      byMonth.push([name, monthCommitted, monthConsumed]);
    }
  }
  const isOpen = last === null;
  const isCertain = gaps.length === 0 && !isOpen;
  const remaining = isCertain ? max0(committed - consumed) : null;
  const isPositive = committed > 0n;
  return {
    committed: isOpen ? null : committed,
    committedToDate,
    consumed: gaps.length === 0 || isAnythingKnown ? consumed : null,
    gaps,
    remaining,
    percent: isCertain && isPositive ? roundEven(consumed * 1_000_000n, committed) : null,
    elapsedPercent: isOpen || total === 0 ? null : roundEven(BigInt(elapsed) * 1_000_000n, BigInt(total)),
    pace:
      isCertain && isPositive && elapsed > 0
        ? roundEven(consumed * BigInt(total) * 10_000n, committed * BigInt(elapsed))
        : null,
    daysLeft: isOpen ? null : daysLeft,
    requiredPerDay: remaining === null || daysLeft === 0 ? null : -floorDiv(-remaining, BigInt(daysLeft)),
    overage: isCertain ? max0(consumed - committed) : null,
    byMonth,
  };
}

/** What is expected of one commitment: of its whole term, and of the month that contains the day (`null`: no day of it). */
export function expectedPosition(given: Case, commitment: CaseCommitment) {
  const ends = [commitment.end, commitment.cancelled].filter((each) => each !== null);
  const last = ends.length === 0 ? null : Math.min(...ends);
  const from = monthStart(given.on * DAY) / DAY;
  const to = monthEnd(given.on * DAY) / DAY;
  const first = Math.max(from, commitment.start);
  const monthLast = last === null ? to : Math.min(last, to);
  return {
    term: expectedOver(given, [commitment], commitment.start, last),
    month: first < monthLast ? expectedOver(given, [commitment], first, monthLast) : null,
  };
}

/** What is expected of all commitments of a currency together, in the month that contains the day. */
export function expectedMonthTotal(given: Case, commitments: readonly CaseCommitment[]): Expected {
  const from = monthStart(given.on * DAY) / DAY;
  const to = monthEnd(given.on * DAY) / DAY;
  let first = from;
  while (first < to && !commitments.some((each) => bindsOn(each, first))) first += 1;
  let last = to;
  while (last > first && !commitments.some((each) => bindsOn(each, last - 1))) last -= 1;
  return expectedOver(given, commitments, first, last);
}
