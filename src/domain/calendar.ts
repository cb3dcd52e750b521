/**
 * Billing days and instants.
 *
 * Guarantees: a `Day` is a real calendar day (2024-02-30 is refused, never moved to March), an `Instant` is UTC,
 * and every range is half-open: it contains its first day and not its last. Refuses to guess a time zone: instants
 * are read with the offset that they carry, and one without an offset is not an instant.
 *
 * Own arithmetic on whole numbers, because every row of every backend has several dates, and a polyfilled Temporal took
 * more time for them than all else that is done with a reply. A test holds it against Temporal.
 */

/** A calendar day, `YYYY-MM-DD`. Comparable as text. */
export type Day = string & { readonly __brand: 'Day' };

/** An instant in UTC, RFC 3339 with `Z`, seconds or finer. Comparable as text only at equal precision. */
export type Instant = string & { readonly __brand: 'Instant' };

/** A calendar month, `YYYY-MM`. */
export type Month = string & { readonly __brand: 'Month' };

/** A half-open stretch of days. `null` at either end means: the source does not say, or there is none. */
export interface Term {
  readonly startsOn: Day | null;
  /** The first day after the stretch; `null` for an open end. */
  readonly endsBefore: Day | null;
}

/** A stretch of days with both ends known, as callers give it. */
export interface DayRange {
  readonly startsOn: Day;
  readonly endsBefore: Day;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
// Salesforce writes offsets without a colon (+0000); RFC 3339 wants one. Both are accepted on the way in.
const INSTANT = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:?\d{2})$/;
/** As `parseInstant` writes them: the year has more digits where the offset led out of four. */
const UTC = /^(?:\d{4}|[+-]\d{6})-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/;

const MIDNIGHT = /T00:00:00(?:\.0+)?Z$/;

const DAY_MS = 86_400_000;
const DAYS_OF_MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** `month` from 1. */
function daysOfMonth(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (DAYS_OF_MONTHS[month - 1] ?? 0);
}

/** The number that two digits at that place of the text write. */
function two(text: string, at: number): number {
  return text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 0x30 * 11;
}

function yearOf(text: string): number {
  return two(text, 0) * 100 + two(text, 2);
}

/** Whether the text begins with a day of the calendar. It is known to begin with the digits of one. */
function isRealDay(text: string): boolean {
  const month = two(text, 5);
  const day = two(text, 8);
  // Most days need no calendar.
  return month >= 1 && month <= 12 && day >= 1 && (day <= 28 || day <= daysOfMonth(yearOf(text), month));
}

/** `null` unless `text` is a real day of the calendar. */
export function parseDay(text: string): Day | null {
  return text.length === 10 && DAY.test(text) && isRealDay(text) ? (text as Day) : null;
}

/** `null` unless `text` is `YYYY-MM` with a month from 01 to 12. */
export function parseMonth(text: string): Month | null {
  return MONTH.test(text) ? (text as Month) : null;
}

/** `null` unless `text` is a date-time with an offset. The answer is in UTC and keeps sub-second digits only if there are any. */
export function parseInstant(text: string): Instant | null {
  if (!INSTANT.test(text) || !isRealDay(text)) return null;
  const hour = two(text, 11);
  const minute = two(text, 14);
  const second = two(text, 17);
  if (hour > 23 || minute > 59 || second > 60) return null;
  const offset = offsetOf(text);
  if (offset === null) return null;
  const isUtc = offset === 0 && second < 60;
  // Most come as they are kept.
  if (isUtc && text.length === 20 && text.charCodeAt(10) === 0x54 && text.charCodeAt(19) === 0x5a)
    return text as Instant;
  const fraction = text.charCodeAt(19) === 0x2e ? fractionOf(text) : '';
  if (isUtc) return `${text.slice(0, 10)}T${text.slice(11, 19)}${fraction}Z` as Instant;
  // A leap second is the one before it.
  const inDay = (hour * 60 + minute - offset) * 60_000 + Math.min(second, 59) * 1000;
  const moved = new Date(millisOfDay(text) + inDay).toISOString();
  return `${moved.slice(0, -5)}${fraction}Z` as Instant;
}

/** The point and the digits after it, without zeros at the end. */
function fractionOf(text: string): string {
  let end = 20;
  let last = 19;
  for (let code = text.charCodeAt(end); code >= 0x30 && code <= 0x39; code = text.charCodeAt(end)) {
    if (code !== 0x30) last = end;
    end += 1;
  }
  return last === 19 ? '' : text.slice(19, last + 1);
}

/** Minutes east of UTC; `null` for what is no time of day. */
function offsetOf(text: string): number | null {
  const last = text.charCodeAt(text.length - 1);
  if (last === 0x5a || last === 0x7a) return 0;
  const hasColon = text.charCodeAt(text.length - 3) === 0x3a;
  const at = text.length - (hasColon ? 6 : 5);
  const hours = two(text, at + 1);
  const minutes = two(text, text.length - 2);
  if (hours > 23 || minutes > 59) return null;
  return (text.charCodeAt(at) === 0x2d ? -1 : 1) * (hours * 60 + minutes);
}

/** Midnight (UTC) of the day that the text begins with. */
function millisOfDay(text: string): number {
  return daysTo(yearOf(text), two(text, 5), two(text, 8)) * DAY_MS;
}

export function instantOfMillis(epochMilliseconds: number): Instant {
  const text = new Date(epochMilliseconds).toISOString();
  const point = text.length - 5;
  let end = text.length - 1;
  // No zeros at the end of a second.
  while (end > point && text.charCodeAt(end - 1) === 0x30) end -= 1;
  return `${text.slice(0, end - 1 === point ? point : end)}Z` as Instant;
}

/** Throws RangeError for text that `parseInstant` did not write. */
export function millisOfInstant(instant: Instant): number {
  const millis = UTC.test(instant) ? Date.parse(instant) : Number.NaN;
  if (Number.isNaN(millis)) throw new RangeError(`not an instant: ${JSON.stringify(instant.slice(0, 60))}`);
  return millis;
}

/** The UTC day that contains the instant: where a term that starts at this instant starts. */
export function dayOf(instant: Instant): Day {
  if (instant.startsWith('+')) return LAST_DAY;
  return instant.startsWith('-') ? FIRST_DAY : (instant.slice(0, 10) as Day);
}

/**
 * The first day not covered by something that ends at this instant.
 * 2025-01-31T23:59:59Z (an inclusive end of day) and 2025-02-01T00:00:00Z (an exclusive one) both give 2025-02-01,
 * so that Commitment Manager's and CloudMC's habits meet without either adapter knowing the other.
 */
export function dayAfterEndAt(instant: Instant): Day {
  const day = dayOf(instant);
  // The day before the first is as far away as any.
  return MIDNIGHT.test(instant) || instant.startsWith('-') ? day : dayAfter(day);
}

/** The first day not covered by something whose last day is `day`. */
export function dayAfter(day: Day): Day {
  return addToDay(day, { days: 1 });
}

/**
 * The term of a source that writes a first and a last day, as days or as instants. A bare end is the last day; an
 * instant is the end itself (Commitment Manager's is the last second of the last day, `backends.md` C30).
 */
export function termThrough(start: Day | Instant | null, end: Day | Instant | null): Term {
  return {
    startsOn: start === null ? null : (parseDay(start) ?? dayOf(start as Instant)),
    endsBefore:
      end === null ? null : parseDay(end) === null ? dayAfterEndAt(end as Instant) : dayAfter(end as Day),
  };
}

/** The last day covered by something that ends before `day`. */
export function dayBefore(day: Day): Day {
  return addToDay(day, { days: -1 });
}

/** Both ends of the calendar that four-digit years can write. Arithmetic stops there instead of failing. */
export const FIRST_DAY = '0000-01-01' as Day;
export const LAST_DAY = '9999-12-31' as Day;

/**
 * Calendar arithmetic; adding months clamps at short months (2024-01-31 plus one month is 2024-02-29). Throws RangeError
 * for what is no day, and for parts of days and months.
 */
export function addToDay(
  day: Day,
  amount: {
    readonly days?: number;
    readonly weeks?: number;
    readonly months?: number;
    readonly years?: number;
  },
): Day {
  const { days = 0, weeks = 0, months = 0, years = 0 } = amount;
  if (parseDay(day) === null) throw new RangeError(`not a day: ${JSON.stringify(day.slice(0, 60))}`);
  const further = days + weeks * 7;
  const month = yearOf(day) * 12 + two(day, 5) - 1 + months + years * 12;
  if (!Number.isInteger(further) || !Number.isInteger(month)) {
    throw new RangeError(`not whole days and months: ${JSON.stringify(amount)}`);
  }
  const year = Math.floor(month / 12);
  const monthOfYear = month - year * 12 + 1;
  const dayOfMonth = Math.min(two(day, 8), daysOfMonth(year, monthOfYear));
  if (further === 0) return printDay(year, monthOfYear, dayOfMonth);
  const within = dayOfMonth + further;
  if (within >= 1 && within <= 28) return printDay(year, monthOfYear, within);
  return dayOfNumber(daysTo(year, monthOfYear, dayOfMonth) + further);
}

/** Days from 1970-01-01 to that day, in the calendar that is counted back without end. */
function daysTo(year: number, month: number, day: number): number {
  // Years that begin with March: the leap day is their last, and months have their lengths by rule.
  const shifted = month > 2 ? year : year - 1;
  const inYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const leaps = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return shifted * 365 + leaps + inYear - 719_468;
}

const FIRST_NUMBER = daysTo(0, 1, 1);
const LAST_NUMBER = daysTo(9999, 12, 31);

function dayOfNumber(number: number): Day {
  if (number > LAST_NUMBER) return LAST_DAY;
  if (number < FIRST_NUMBER) return FIRST_DAY;
  // The other way round: eras of 400 years, years that begin with March.
  const shifted = number + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  return printDay(era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day);
}

function printDay(year: number, month: number, day: number): Day {
  if (year > 9999) return LAST_DAY;
  if (year < 0) return FIRST_DAY;
  return `${String(year).padStart(4, '0')}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}` as Day;
}

/** Whether the half-open term contains the day. An unknown start is not assumed to be in the past: it does not contain. */
export function termContains(term: Term, day: Day): boolean {
  if (term.startsOn === null || term.startsOn > day) return false;
  return term.endsBefore === null || day < term.endsBefore;
}
