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
export const firstOfMonth = (day: string): string => `${day.slice(0, 8)}01`;
