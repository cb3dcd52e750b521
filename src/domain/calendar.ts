/**
 * Billing days and instants.
 *
 * Guarantees: a `Day` is a real calendar day (2024-02-30 is refused, never moved to March), an `Instant` is UTC,
 * and every range is half-open: it contains its first day and not its last. Refuses to guess a time zone: instants
 * are read with the offset that they carry, and one without an offset is not an instant.
 */
import { Temporal } from 'temporal-polyfill';

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
const INSTANT = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(\.\d{1,9})?([Zz]|[+-]\d{2}:?\d{2})$/;

/** `null` unless `text` is a real day of the calendar. */
export function parseDay(text: string): Day | null {
  if (!DAY.test(text)) return null;
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return text as Day;
  } catch {
    return null;
  }
}

/** `null` unless `text` is `YYYY-MM` with a month from 01 to 12. */
export function parseMonth(text: string): Month | null {
  return MONTH.test(text) ? (text as Month) : null;
}

/** `null` unless `text` is a date-time with an offset. The answer is in UTC and keeps sub-second digits only if there are any. */
export function parseInstant(text: string): Instant | null {
  const parts = INSTANT.exec(text);
  if (!parts) return null;
  const [, day, time, fraction = '', zone = 'Z'] = parts;
  if (day === undefined || time === undefined || parseDay(day) === null) return null;
  const offset = /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  try {
    return Temporal.Instant.from(`${day}T${time}${fraction}${offset}`).toString() as Instant;
  } catch {
    return null;
  }
}

export function instantOfMillis(epochMilliseconds: number): Instant {
  // As Temporal prints it, with no zeros at the end of a second, and without what it allocates for that.
  return new Date(epochMilliseconds).toISOString().replace(/\.?0+Z$/, 'Z') as Instant;
}

export function millisOfInstant(instant: Instant): number {
  return Temporal.Instant.from(instant).epochMilliseconds;
}

/** The UTC day that contains the instant: where a term that starts at this instant starts. */
export function dayOf(instant: Instant): Day {
  return printDay(Temporal.Instant.from(instant).toZonedDateTimeISO('UTC').toPlainDate());
}

/**
 * The first day not covered by something that ends at this instant.
 * 2025-01-31T23:59:59Z (an inclusive end of day) and 2025-02-01T00:00:00Z (an exclusive one) both give 2025-02-01,
 * so that Commitment Manager's and CloudMC's habits meet without either adapter knowing the other.
 */
export function dayAfterEndAt(instant: Instant): Day {
  const at = Temporal.Instant.from(instant).toZonedDateTimeISO('UTC');
  const midnight = at.startOfDay();
  const day = at.toPlainDate();
  return printDay(at.equals(midnight) ? day : day.add({ days: 1 }));
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

/** Calendar arithmetic; adding months clamps at short months (2024-01-31 plus one month is 2024-02-29). */
export function addToDay(
  day: Day,
  amount: {
    readonly days?: number;
    readonly weeks?: number;
    readonly months?: number;
    readonly years?: number;
  },
): Day {
  return printDay(Temporal.PlainDate.from(day).add(amount, { overflow: 'constrain' }));
}

function printDay(date: Temporal.PlainDate): Day {
  if (date.year > 9999) return LAST_DAY;
  return date.year < 0 ? FIRST_DAY : (date.toString() as Day);
}

/** Whether the half-open term contains the day. An unknown start is not assumed to be in the past: it does not contain. */
export function termContains(term: Term, day: Day): boolean {
  if (term.startsOn === null || term.startsOn > day) return false;
  return term.endsBefore === null || day < term.endsBefore;
}
