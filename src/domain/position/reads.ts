/**
 * What has to be read for a position: one call of the billing history, and one for the month in progress.
 *
 * Guarantees: whole months, at most as many as a history may be asked for at once, the last of them the one that the position
 * is of. Months before the commitments are read too: forecasts are made of them.
 */
import type { DayRange, Month } from '../calendar.js';
import type { MinimumCommitment } from '../commitment.js';
import { daysOfMonth, indexOfMonth, monthAt, monthOfDay } from '../day-count.js';
import { spanContains, spanOf } from '../span.js';
import { momentOf, type Clock } from './moment.js';

/** Two years for what a season and its errors can be read from, and a quarter. */
const MONTHS_BEHIND = 27;
const MOST_MONTHS = 60;

export interface ReadsNeeded {
  readonly history: DayRange;
  /** Ask for it by name: a summary that does not name its month is not used. */
  readonly month: Month;
}

export function readsFor(commitments: readonly MinimumCommitment[], clock: Clock): ReadsNeeded {
  const { day } = momentOf(clock);
  const month = monthOfDay(day);
  const last = indexOfMonth(month);
  const starts = commitments.flatMap((commitment) => {
    const span = spanOf(commitment);
    return typeof span !== 'string' && spanContains(span, day)
      ? [indexOfMonth(monthOfDay(span.startsOn))]
      : [];
  });
  const first = Math.max(last - MOST_MONTHS + 1, Math.min(last - MONTHS_BEHIND, ...starts));
  return {
    month,
    history: {
      startsOn: daysOfMonth(monthAt(first)).startsOn,
      endsBefore: daysOfMonth(month).endsBefore,
    },
  };
}
