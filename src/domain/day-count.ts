/**
 * Counting days and months, for rules that divide amounts by time.
 *
 * Guarantees: whole numbers of days and months of the UTC calendar, leap days counted, and the same as `addToDay` gives;
 * a `Day` must be a real one. Refuses to leave the calendar of four-digit years: what would is cut at its ends.
 */
import { FIRST_DAY, LAST_DAY, type Day, type DayRange, type Month } from './calendar.js';

export const DAY_MS = 86_400_000;

/** The instant at which the day begins, in epoch milliseconds. */
export function startOfDay(day: Day): number {
  return Date.parse(day); // a bare date is UTC midnight, in years below 100 too
}

const FIRST_MS = Date.parse(FIRST_DAY);
const LAST_MS = Date.parse(LAST_DAY);

/** The UTC day of an instant in epoch milliseconds. */
export function dayAtMillis(millis: number): Day {
  if (millis >= LAST_MS) return LAST_DAY;
  if (millis <= FIRST_MS) return FIRST_DAY;
  return new Date(millis).toISOString().slice(0, 10) as Day;
}

/** Days of the half-open range; negative where it is reversed. */
export function daysBetween(startsOn: Day, endsBefore: Day): number {
  return (startOfDay(endsBefore) - startOfDay(startsOn)) / DAY_MS;
}

export function plusDays(day: Day, days: number): Day {
  return dayAtMillis(startOfDay(day) + days * DAY_MS);
}

export function monthOfDay(day: Day): Month {
  return day.slice(0, 7) as Month;
}

const MONTHS_A_YEAR = 12;
const LAST_INDEX = 9999 * MONTHS_A_YEAR + 11;

/** Months are numbered without holes, so that a year later is twelve more. */
export function indexOfMonth(month: Month): number {
  return Number(month.slice(0, 4)) * MONTHS_A_YEAR + Number(month.slice(5, 7)) - 1;
}

export function monthAt(index: number): Month {
  const inside = Math.min(Math.max(0, index), LAST_INDEX);
  const year = Math.floor(inside / MONTHS_A_YEAR);
  return `${String(year).padStart(4, '0')}-${String((inside % MONTHS_A_YEAR) + 1).padStart(2, '0')}` as Month;
}

export function plusMonths(month: Month, months: number): Month {
  return monthAt(indexOfMonth(month) + months);
}

/** Its days. The last month of the calendar lacks its last day, which has no day after it. */
export function daysOfMonth(month: Month): DayRange {
  const isLast = indexOfMonth(month) === LAST_INDEX;
  return {
    startsOn: `${month}-01` as Day,
    endsBefore: isLast ? LAST_DAY : (`${plusMonths(month, 1)}-01` as Day),
  };
}
