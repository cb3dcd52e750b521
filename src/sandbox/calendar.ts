/**
 * Days and months for seed data. Guarantees real calendar days in `YYYY-MM-DD`; refuses anything else by throwing,
 * since a wrong day in a seed is a mistake of ours and never a state that an emulator should serve.
 *
 * Plain UTC arithmetic instead of Temporal: a generated portfolio asks for millions of days, and the polyfill made
 * seeding take seconds.
 */

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY_MS = 86_400_000;

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function partsOf(text: string): Parts | undefined {
  const match = DAY.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return { year, month, day };
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

export function isDay(text: string): boolean {
  return partsOf(text) !== undefined;
}

function checked(day: string): Parts {
  const parts = partsOf(day);
  if (parts === undefined) throw new RangeError(`not a day (YYYY-MM-DD): ${day}`);
  return parts;
}

function print({ year, month, day }: Parts): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

export function firstOfMonth(day: string): string {
  return print({ ...checked(day), day: 1 });
}

/** The same day of another month, or its last one where it has fewer days. */
export function addMonths(day: string, months: number): string {
  const parts = checked(day);
  const count = parts.year * 12 + parts.month - 1 + months;
  const [year, month] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1];
  return print({ year, month, day: Math.min(parts.day, daysInMonth(year, month)) });
}

export function addDays(day: string, days: number): string {
  return dayAt(instantOf(day) + days * DAY_MS);
}

/** Whole months from `from` to `to`, which is not the earlier one. */
export function monthsBetween(from: string, to: string): number {
  const [first, last] = [checked(from), checked(to)];
  return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day ? 1 : 0);
}

export function dayAt(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 10);
}

/** `YYYY-MM` of a day. */
export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** Milliseconds since the epoch of a UTC time of a day, e.g. `('2026-01-15', '10:30:00')`. */
export function instantOf(day: string, time = '00:00:00'): number {
  checked(day);
  return Date.parse(`${day}T${time}Z`);
}

/** `2026-01-15T10:30:00Z`: an instant to the second, as most of the vendors write it. */
export function isoSeconds(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}
