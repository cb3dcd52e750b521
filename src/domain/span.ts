/**
 * The days on which a commitment binds, as far as its source says.
 *
 * Guarantees: a cancelled commitment ends on the day of its cancellation, that day not included (as `isActiveOn` has it),
 * and never later than its term; a term without an end, or with one a hundred years off (how systems write "never"), is
 * open. Refuses to guess: without a start, or with a cancellation that nobody dated, there is no span.
 */
import { addToDay, dayOf, type Day } from './calendar.js';
import type { Commitment } from './commitment.js';

/** Half-open. May have no days at all: where a commitment was cancelled before it began, or its term is reversed. */
export interface Span {
  readonly startsOn: Day;
  /** `null`: open. */
  readonly endsBefore: Day | null;
}

/** NO_START: its source gives no first day. CANCELLED_UNDATED: it was cancelled, on a day that its source does not give. */
export type NoSpan = 'NO_START' | 'CANCELLED_UNDATED';

const LONGEST_YEARS = 100;

/** A term with its end left open where it is too far off to be meant. */
export function boundedSpan(startsOn: Day, endsBefore: Day | null): Span {
  const isOpen = endsBefore === null || endsBefore >= addToDay(startsOn, { years: LONGEST_YEARS });
  return { startsOn, endsBefore: isOpen ? null : endsBefore };
}

export function spanOf(commitment: Commitment): Span | NoSpan {
  const { startsOn, endsBefore } = commitment.term;
  if (startsOn === null) return 'NO_START';
  const span = boundedSpan(startsOn, endsBefore);
  if (commitment.kind !== 'minimum') return span;
  if (commitment.cancelledAt === null) {
    return commitment.status === 'CANCELLED' ? 'CANCELLED_UNDATED' : span;
  }
  const cancelledOn = dayOf(commitment.cancelledAt);
  const isEarlier = span.endsBefore === null || cancelledOn < span.endsBefore;
  return isEarlier ? { startsOn, endsBefore: cancelledOn } : span;
}

/** Whether the span has a day at all. */
export function hasDays({ startsOn, endsBefore }: Span): boolean {
  return endsBefore === null || startsOn < endsBefore;
}

export function spanContains({ startsOn, endsBefore }: Span, day: Day): boolean {
  return startsOn <= day && (endsBefore === null || day < endsBefore);
}
