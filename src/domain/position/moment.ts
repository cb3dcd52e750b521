/**
 * The moment that a position is of. A position "on" a day is one at the end of that day; on a day that has not ended, at
 * the present moment. Nothing of a later day has happened yet: asked of one, a position is that of now, and its
 * month is that of the later day.
 */
import { millisOfInstant, type Day, type Instant } from '../calendar.js';
import { DAY_MS, dayAtMillis, startOfDay } from '../day-count.js';

export interface Clock {
  readonly on: Day;
  readonly now: Instant;
}

export interface Moment {
  /** The day that was asked for. */
  readonly on: Day;
  /** The same, or today where that is still to come. States go by it. */
  readonly day: Day;
  /** Until when time has passed, in epoch milliseconds. */
  readonly millis: number;
}

export function momentOf({ on, now }: Clock): Moment {
  const millis = millisOfInstant(now);
  const today = dayAtMillis(millis);
  return on > today
    ? { on, day: today, millis }
    : { on, day: on, millis: Math.min(startOfDay(on) + DAY_MS, millis) };
}
