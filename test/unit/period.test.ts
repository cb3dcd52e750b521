import { describe, expect, it } from 'vitest';
import type { Day, Term } from '../../src/domain/calendar.js';
import { layOutPeriods, type FrequencyUnit, type PeriodTerms } from '../../src/domain/period.js';

const term = (startsOn: string | null, endsBefore: string | null): Term => ({
  startsOn: startsOn as Day | null,
  endsBefore: endsBefore as Day | null,
});

function period(
  order: number,
  occurrences: number | null,
  length: number | null,
  unit: FrequencyUnit,
  rest = false,
): PeriodTerms {
  return {
    externalId: String(order),
    commitmentExternalId: null,
    order,
    occurrences,
    frequency: { length, unit, name: null, externalId: null },
    isRemainderOfTerm: rest,
  };
}

const dates = (periods: readonly PeriodTerms[], over: Term) =>
  layOutPeriods(periods, over).map(({ startsOn, endsBefore }) => [startsOn, endsBefore]);

describe('layOutPeriods', () => {
  it('puts periods one after another, in their order, the remainder up to the end of the term', () => {
    expect(
      dates(
        [period(3, null, null, 'MONTH', true), period(1, 6, 1, 'MONTH'), period(2, 1, 2, 'QUARTER')],
        term('2024-01-01', '2026-01-01'),
      ),
    ).toEqual([
      ['2024-01-01', '2024-07-01'],
      ['2024-07-01', '2025-01-01'],
      ['2025-01-01', '2026-01-01'],
    ]);
  });

  it('adds months up before applying them, so that the end of a month stays one', () => {
    expect(
      dates(
        [period(1, 1, 1, 'MONTH'), period(2, 1, 1, 'MONTH'), period(3, 1, 1, 'YEAR')],
        term('2023-01-31', null),
      ),
    ).toEqual([
      ['2023-01-31', '2023-02-28'],
      ['2023-02-28', '2023-03-31'],
      ['2023-03-31', '2024-03-31'],
    ]);
  });

  it('counts days and weeks', () => {
    expect(dates([period(1, 96, 30, 'DAY'), period(2, 2, 1, 'WEEK')], term('2024-01-01', null))).toEqual([
      ['2024-01-01', '2031-11-20'],
      ['2031-11-20', '2031-12-04'],
    ]);
  });

  it('cuts at the end of the term, and gives no days to what lies behind it', () => {
    expect(
      dates([period(1, 24, 1, 'MONTH'), period(2, 1, 1, 'MONTH')], term('2024-01-01', '2025-01-01')),
    ).toEqual([
      ['2024-01-01', '2025-01-01'],
      [null, null],
    ]);
  });

  it.each([
    ['an unknown unit', period(1, 2, 1, 'UNRECOGNIZED')],
    ['no count', period(1, null, 1, 'MONTH')],
    ['no length', period(1, 2, null, 'MONTH')],
    ['a count of nothing', period(1, 0, 1, 'MONTH')],
    ['a count beyond all calendars', period(1, 99_999, 1, 'YEAR')],
  ])('does not guess: %s leaves the end open and what follows without dates', (_, first) => {
    expect(dates([first, period(2, 1, 1, 'MONTH')], term('2024-01-01', '2025-01-01'))).toEqual([
      ['2024-01-01', null],
      [null, null],
    ]);
  });

  it('knows the end of a remainder even where its start is unknown', () => {
    expect(dates([period(1, null, null, 'MONTH', true)], term(null, '2025-01-01'))).toEqual([
      [null, '2025-01-01'],
    ]);
  });
});
