/**
 * Months of a commitment, counted from its first day and not from the first of a month.
 *
 * Guarantees: calendar days alone, so that no time zone and no clock change moves them; month k begins k months after
 * the first day, so that a term from the 31st does not creep towards the 28th. Refuses to call a part of a month a
 * month: what is not a whole number of them has no count.
 */
import { addToDay, FIRST_DAY, LAST_DAY, type Day, type Term } from '../calendar.js';

const MOST_MONTHS = 1_200;
const DAY_MS = 86_400_000;

/**
 * How many months of `anchor` lie in `range` and are not over on `today`. `null` where an end is not known, or `range`
 * does not begin and end where months of `anchor` do.
 */
export function monthsLeft(anchor: Term, range: Term, today: Day): number | null {
  if (anchor.startsOn === null || range.startsOn === null || range.endsBefore === null) return null;
  if (range.startsOn >= range.endsBefore) return 0;
  let left = 0;
  let isInside = false;
  for (let k = 0; k < MOST_MONTHS; k += 1) {
    const from = addToDay(anchor.startsOn, { months: k });
    const to = addToDay(anchor.startsOn, { months: k + 1 });
    if (from === range.startsOn) isInside = true;
    if (from > range.startsOn && !isInside) return null;
    if (isInside && to > today) left += 1;
    if (to === range.endsBefore) return isInside ? left : null;
    if (to > range.endsBefore) return null;
  }
  return null;
}

/** Days since 1970. */
export function dayNumber(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

/** Signed; from the first to the second. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/** Days that both terms cover. An open end is taken for the end of the calendar; an unknown start covers nothing. */
export function overlapDays(a: Term, b: Term): number {
  if (a.startsOn === null || b.startsOn === null) return 0;
  const from = a.startsOn > b.startsOn ? a.startsOn : b.startsOn;
  const [firstEnd, secondEnd] = [a.endsBefore ?? LAST_DAY, b.endsBefore ?? LAST_DAY];
  return Math.max(0, daysBetween(from, firstEnd < secondEnd ? firstEnd : secondEnd));
}

export function lengthDays(term: Term): number {
  return term.startsOn === null ? 0 : Math.max(0, daysBetween(term.startsOn, term.endsBefore ?? LAST_DAY));
}

/** The days that both cover; an open end stays open. */
export function intersectionOf(a: Term, b: Term): Term {
  const starts = [a.startsOn, b.startsOn].map((day) => day ?? FIRST_DAY).sort();
  const ends = [a.endsBefore, b.endsBefore].map((day) => day ?? LAST_DAY).sort();
  return {
    startsOn: a.startsOn === null || b.startsOn === null ? null : (starts[1] ?? null),
    endsBefore: a.endsBefore === null && b.endsBefore === null ? null : (ends[0] ?? null),
  };
}

export function isOver(term: Term, today: Day): boolean {
  return term.endsBefore !== null && term.endsBefore <= today;
}
