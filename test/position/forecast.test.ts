import { describe, expect, it } from 'vitest';
import { positionOf } from '../../src/domain/position/position.js';
import type { SpendPosition } from '../../src/domain/position/spend.js';
import { measure, SHARES, type Measured } from './histories.js';
import { day, instant, minimum, said, term, usage, usd } from './make.js';

const NOW = '2026-11-16T00:00:00Z'; // half of the month

/** The year's position, with these daily rates in the months before this one, newest last, and so much used in this one. */
function positionWith(
  rates: readonly number[],
  thisMonth: string | null,
): { readonly term: SpendPosition; readonly month: SpendPosition } {
  const past = rates.map((rate, index) => {
    const of = new Date(Date.UTC(2026, 10 - rates.length + index, 1));
    const days = new Date(Date.UTC(of.getUTCFullYear(), of.getUTCMonth() + 1, 0)).getUTCDate();
    return usage(of.toISOString().slice(0, 7), usd(String(rate * days)), NOW);
  });
  const running = thisMonth === null ? [] : [usage('2026-11', usd(thisMonth), NOW)];
  const position = positionOf(
    minimum('cm_1', term('2026-11-01', '2027-11-01'), usd('3000')),
    { on: day('2026-11-16'), now: instant(NOW) },
    { usage: [...past, ...running], billing: null, unread: [] },
  );
  if (position.kind !== 'minimum' || position.term === null || position.month === null)
    throw new Error('no position');
  return { term: position.term, month: position.month };
}

describe('a forecast', () => {
  it('goes on as the period has gone so far, where there is no earlier month, and gives no band', () => {
    const { month } = positionWith([], '900');
    expect(month.forecast).toMatchObject({ method: 'RUN_RATE', low: null, high: null, assumed: [] });
    expect([said(month.forecast?.expected), said(month.shortfall)]).toEqual(['1800 USD', '1200 USD']);
  });

  it('is not made of less than a day without an earlier month', () => {
    const position = positionOf(
      minimum('cm_1', term('2026-11-16', '2026-12-01'), usd('3000')),
      { on: day('2026-11-16'), now: instant('2026-11-16T08:00:00Z') },
      { usage: [usage('2026-11', usd('10'), '2026-11-16T08:00:00Z')], billing: null, unread: [] },
    );
    expect(position).toMatchObject({ month: { forecast: null, shortfall: null } });
  });

  it('takes the rest between the running month’s rate and the median of the last three known months', () => {
    // Half has passed at 60 a day; the median is 100 (not 40, not 500): √0.5 = 0.707 of the way from it.
    const { month } = positionWith([40, 500, 100], '900');
    expect(month.forecast).toMatchObject({ method: 'TRAILING_MEDIAN', knownMonths: 3 });
    expect(said(month.forecast?.expected)).toBe('1975.8 USD');
  });

  it('repeats the season with the growth since, where fifteen months are known', () => {
    const seasons = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120];
    // From August 2025: 100, 110, 120 a year before the last three, which have doubled no more than by a half.
    const rates = [100, 110, 120, ...seasons.slice(0, 9), 150, 165, 180];
    const { term: year } = positionWith(rates, '2700');
    expect(year.forecast?.method).toBe('SEASONAL');
    const expected = year.months.map((each) => said(each.expected));
    expect(expected[1]).toBe('930 USD'); // December: 20 a day a year ago, half as much again, 31 days
    expect(expected[9]).toBe(`${150 * 1.5 * 31} USD`); // August: the one of this year
  });

  it('takes no season from usage that has more than doubled', () => {
    const rates = [10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 30, 30, 30];
    expect(positionWith(rates, '450').term.forecast?.method).toBe('TRAILING_MEDIAN');
  });

  it('has a band as wide as it was off in the past, and none with too few months or too far ahead', () => {
    const { month, term: year } = positionWith([100, 100, 100, 110, 90, 110, 90], '1500');
    expect(said(month.forecast?.expected)).toBe('2956.05 USD');
    expect(month.forecast?.low?.amount.lt('2956.05')).toBe(true);
    expect(month.forecast?.high?.amount.gt('2956.05')).toBe(true);
    expect(month.forecast?.low?.amount.gte('1500')).toBe(true); // what has been used stays used
    expect(year.forecast).toMatchObject({ method: 'TRAILING_MEDIAN', low: null, high: null });
    expect(positionWith([100, 100, 100, 110, 90, 110], '1500').month.forecast?.low).toBeNull();
  });

  it('makes nothing of what a month begins with in its first hours', () => {
    const now = '2026-11-01T00:10:00Z';
    const position = positionOf(
      minimum('cm_1', term('2026-11-01', '2027-11-01'), usd('3000')),
      { on: day('2026-11-01'), now: instant(now) },
      {
        usage: [usage('2026-10', usd('3100'), now), usage('2026-11', usd('500'), now)],
        billing: null,
        unread: [],
      },
    );
    if (position.kind !== 'minimum') throw new Error('no position');
    expect(said(position.month?.forecast?.expected)).toBe('3499.31 USD'); // 500, and 100 a day from now on
  });

  it('has no band over more than six months to come, however many are known', () => {
    const rates = Array.from({ length: 14 }, (_, index) => 100 + (index % 3)).concat([
      400, 100, 100, 100, 100, 100,
    ]);
    const known = [...rates, ...rates];
    const { term: year, month } = positionWith(known, '1500');
    expect(month.forecast?.low).not.toBeNull();
    expect(year.forecast).toMatchObject({ low: null, high: null });
  });

  it('does not know what came later, asked for an earlier day', () => {
    const ask = (later: string) =>
      positionOf(
        minimum('cm_1', term('2026-01-01', '2027-01-01'), usd('3000')),
        { on: day('2026-06-15'), now: instant(NOW) },
        {
          usage: Array.from({ length: 21 }, (_, index) => {
            const of = new Date(Date.UTC(2025, index, 1)).toISOString().slice(0, 7);
            return usage(of, usd(of > '2026-06' ? later : String(3000 + 10 * index)), NOW);
          }),
          billing: null,
          unread: [],
        },
      );
    expect(ask('1')).toEqual(ask('999999'));
  });
});

const all = (rows: readonly Measured[], choice: string, share: number) => {
  const scores = rows
    .filter((each) => each.choice === choice && each.share === share)
    .map(({ score }) => score);
  const total = (pick: (score: (typeof scores)[number]) => number) =>
    scores.reduce((sum, score) => sum + pick(score), 0);
  return {
    error: total(({ error }) => error) / total(({ cases }) => cases),
    held: total(({ hits }) => hits) / total(({ bands }) => bands),
  };
};

describe('on generated histories', () => {
  // The same histories each time: what is asserted is what the tables in forecast.ts say, with room.
  it('the median is better than the run rate early in a month, and its bands hold', () => {
    const rows = measure(1, ['RUN_RATE', 'TRAILING_MEDIAN'], 12, 7);
    expect(all(rows, 'TRAILING_MEDIAN', 0.1).error).toBeLessThan(all(rows, 'RUN_RATE', 0.1).error);
    for (const share of SHARES) expect(all(rows, 'TRAILING_MEDIAN', share).held).toBeGreaterThan(0.75);
  });

  it('the season makes forecasts of terms better', () => {
    const rows = measure(12, ['TRAILING_MEDIAN', 'BEST'], 12, 7);
    const meanOf = (choice: string) => SHARES.reduce((sum, share) => sum + all(rows, choice, share).error, 0);
    expect(meanOf('BEST')).toBeLessThan(meanOf('TRAILING_MEDIAN'));
  });
});
