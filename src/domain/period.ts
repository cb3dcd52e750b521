/**
 * Periods: consecutive stretches of a commitment. Laid out from the start of the term as
 * occurrences × length × unit, in their order; the remainder of the term runs to its end (`backends.md` §3.2).
 *
 * Refuses to guess: where the start of the term, the unit or a count is not known, that period and all after it have
 * no dates, except a remainder whose end is the known end of the term.
 */
import { addToDay, LAST_DAY, type Day, type Term } from './calendar.js';

export type FrequencyUnit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR' | 'UNRECOGNIZED';

export interface Frequency {
  /** How many units one occurrence lasts. */
  readonly length: number | null;
  readonly unit: FrequencyUnit;
  /** The backend's own name and id of the unit. */
  readonly name: string | null;
  readonly externalId: string | null;
}

export interface PeriodTerms {
  readonly externalId: string | null;
  /** Id of the commitment as this period's own record states it. */
  readonly commitmentExternalId: string | null;
  readonly order: number;
  readonly occurrences: number | null;
  readonly frequency: Frequency | null;
  readonly isRemainderOfTerm: boolean;
}

export interface Period extends PeriodTerms {
  readonly startsOn: Day | null;
  readonly endsBefore: Day | null;
}

// Beyond 100,000 units a date leaves every calendar: such a count is treated as unknown.
const MOST = 100_000;

/** Where the layout stands: `anchor` plus `months`. Months are added up before they are applied, because three months
 * from January 31 is April 30, while month by month it would be April 29 in most years. */
interface Position {
  readonly anchor: Day;
  readonly months: number;
}

function dayAt({ anchor, months }: Position): Day {
  return months === 0 ? anchor : addToDay(anchor, { months });
}

const MONTHS_IN: Partial<Record<FrequencyUnit, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 };
const DAYS_IN: Partial<Record<FrequencyUnit, number>> = { DAY: 1, WEEK: 7 };

/** Where the period ends, or `null` where its length is not known or leaves the calendar. */
function advance(from: Position, { occurrences, frequency }: PeriodTerms): Position | null {
  if (occurrences === null || frequency?.length == null) return null;
  const count = occurrences * frequency.length;
  if (!Number.isInteger(count) || count <= 0 || count > MOST) return null;
  const months = MONTHS_IN[frequency.unit];
  const days = DAYS_IN[frequency.unit];
  const to: Position | null =
    months !== undefined
      ? { anchor: from.anchor, months: from.months + count * months }
      : days !== undefined
        ? { anchor: addToDay(dayAt(from), { days: count * days }), months: 0 }
        : null;
  return to === null || dayAt(to) === LAST_DAY ? null : to;
}

/** Member by member: this is done for every row of every list, and a copy of whatever is there takes several times as long. */
function placed(period: PeriodTerms, startsOn: Day | null, endsBefore: Day | null): Period {
  return {
    externalId: period.externalId,
    commitmentExternalId: period.commitmentExternalId,
    order: period.order,
    occurrences: period.occurrences,
    frequency: period.frequency,
    isRemainderOfTerm: period.isRemainderOfTerm,
    startsOn,
    endsBefore,
  };
}

/** Periods in order, with the dates that follow from the term. A period is cut at the end of the term, never past it. */
export function layOutPeriods(periods: readonly PeriodTerms[], term: Term): Period[] {
  const sorted = [...periods].sort(
    (a, b) =>
      a.order - b.order ||
      Number(a.isRemainderOfTerm) - Number(b.isRemainderOfTerm) ||
      (a.externalId ?? '').localeCompare(b.externalId ?? '', 'en', { numeric: true }),
  );
  let position: Position | null = term.startsOn === null ? null : { anchor: term.startsOn, months: 0 };
  return sorted.map((period) => {
    const startsOn: Day | null = position === null ? null : dayAt(position);
    const next: Position | null =
      position === null || period.isRemainderOfTerm ? null : advance(position, period);
    const natural = period.isRemainderOfTerm ? term.endsBefore : next === null ? null : dayAt(next);
    const endsBefore =
      natural !== null && term.endsBefore !== null && natural > term.endsBefore ? term.endsBefore : natural;
    position = next;
    if (startsOn !== null && endsBefore !== null && endsBefore <= startsOn) {
      // The term is used up before this period begins: it has no days.
      return placed(period, null, null);
    }
    return placed(period, startsOn, endsBefore);
  });
}
