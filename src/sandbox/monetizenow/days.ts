/**
 * The calendar, remembered. Guarantees the same answers as `calendar.ts`; a load portfolio asks for the same few hundred
 * days hundreds of thousands of times, and working each of them out took most of the time of seeding and of a page.
 */
import * as calendar from '../calendar.js';

function remembered<A extends string | number, R>(
  work: (day: string, other: A) => R,
): (day: string, other: A) => R {
  const known = new Map<string, R>();
  return (day, other) => {
    const key = `${day} ${other}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const answer = work(day, other);
    known.set(key, answer);
    return answer;
  };
}

export const addMonths = remembered<number, string>(calendar.addMonths);
export const addDays = remembered<number, string>(calendar.addDays);
export const monthsBetween = remembered<string, number>(calendar.monthsBetween);

/** A day's place among the monthly bill cycles that begin with `anchor`: whole ones before it, and days into its own. */
export interface CyclePoint {
  readonly whole: number;
  readonly days: number;
  /** Days of the cycle that it is in; 1 where `days` is 0. */
  readonly of: number;
}

const DAY_MS = 86_400_000;
const daysBetween = (from: string, to: string): number =>
  (calendar.instantOf(to) - calendar.instantOf(from)) / DAY_MS;

/** `day` is not before `anchor`. */
export const cyclePoint = remembered<string, CyclePoint>((day, anchor) => {
  const whole = calendar.monthsBetween(anchor, day);
  const [from, to] = [calendar.addMonths(anchor, whole), calendar.addMonths(anchor, whole + 1)];
  const [days, of] = [daysBetween(from, day), daysBetween(from, to)];
  // From the 31st to the last day of a short month is a whole cycle, though no whole month.
  if (days === of) return { whole: whole + 1, days: 0, of: 1 };
  return { whole, days, of: days === 0 ? 1 : of };
});

export const firstOfMonth = (day: string): string => `${day.slice(0, 8)}01`;
