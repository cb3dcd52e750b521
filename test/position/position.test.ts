import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failure } from '../../src/domain/failure.js';
import { decimal } from '../../src/domain/money.js';
import type { Consumption } from '../../src/domain/position/figures.js';
import { positionOf, type MinimumPosition } from '../../src/domain/position/position.js';
import { readsFor } from '../../src/domain/position/reads.js';
import { shareOf } from '../../src/domain/position/share.js';
import { cases, checkPositions } from './check.js';
import {
  billed,
  contractCommitment,
  day,
  instant,
  minimum,
  month,
  moneyIn,
  resource,
  said,
  seenAt,
  term,
  usage,
  usd,
} from './make.js';

const NOW = '2026-11-21T12:00:00Z';
const clock = (on: string, now = NOW) => ({ on: day(on), now: instant(now) });

function consumed(months: Readonly<Record<string, string | null>>, now = NOW): Consumption {
  return {
    usage: Object.entries(months).map(([of, used]) => usage(of, used === null ? null : usd(used), now)),
    billing: null,
    unread: [],
  };
}

function minimumOf(...args: Parameters<typeof positionOf>): MinimumPosition {
  const position = positionOf(...args);
  if (position.kind !== 'minimum') throw new Error(`a ${position.kind} position`);
  return position;
}

describe('the position arithmetic', () => {
  it('equals counting day by day, on generated cases', () => {
    fc.assert(fc.property(cases, checkPositions), { numRuns: 600 });
  });

  it('loses nothing by dividing an amount, however it is divided', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 12n), 10n ** 12n),
        fc.array(fc.integer({ min: 0, max: 31 }), { maxLength: 6 }),
        (cents, cuts) => {
          const whole = usd(`${cents}e-2`);
          const at = [0, ...cuts.sort((a, b) => a - b), 31];
          const parts = at.slice(1).map((to, index) => shareOf(whole, at[index] ?? 0, to, 31).amount);
          const sum = parts.reduce((total, part) => total.plus(part), decimal('0'));
          expect(sum.equals(whole.amount)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the position of a minimum commitment', () => {
  const year = minimum('cm_1', term('2026-06-01', '2027-06-01'), usd('15000'));

  it('says what was committed and consumed in the month and in the term, and how fast', () => {
    const months = {
      '2026-06': '15000',
      '2026-07': '14000',
      '2026-08': '16000',
      '2026-09': '15000',
      '2026-10': '15000',
    };
    const {
      month: now,
      term: whole,
      state,
    } = minimumOf(year, clock('2026-11-21'), consumed({ ...months, '2026-11': '9000' }));
    expect(state).toBe('RUNNING');
    expect(now).toMatchObject({
      startsOn: '2026-11-01',
      endsBefore: '2026-12-01',
      daysLeft: 10,
      isComplete: true,
      isEstimated: false,
    });
    expect([now?.committed, now?.consumed, now?.remaining, now?.requiredPerDay].map(said)).toEqual([
      '15000 USD',
      '9000 USD',
      '6000 USD',
      '600 USD',
    ]);
    // 20.5 of 30 days have passed; 60 % in 68.3333 % of the time.
    expect([now?.percent?.toFixed(), now?.elapsedPercent?.toFixed(), now?.pace?.toFixed()]).toEqual([
      '60',
      '68.3333',
      '0.878',
    ]);
    expect([whole?.committed, whole?.consumed, whole?.committedToDate].map(said)).toEqual([
      '180000 USD',
      '84000 USD',
      '85250 USD',
    ]);
    expect(whole?.months.map(({ state: each }) => each)).toEqual([
      ...Array.from({ length: 5 }, () => 'OVER'),
      'RUNNING',
      ...Array.from({ length: 6 }, () => 'TO_COME'),
    ]);
    expect(said(whole?.months[1]?.shortfall)).toBe('1000 USD');
    expect(said(whole?.months[2]?.overage)).toBe('1000 USD');
  });

  it('does not take a month that nobody knows for zero', () => {
    const unread = [{ month: month('2026-08'), failure: failure('UPSTREAM_TIMEOUT', 'COMMITMENT_MANAGER') }];
    const given = consumed({
      '2026-06': '15000',
      '2026-07': null,
      '2026-09': '15000',
      '2026-10': '15000',
      '2026-11': '9000',
    });
    const { term: whole } = minimumOf(year, clock('2026-11-21'), { ...given, unread });
    expect(whole?.gaps.map(({ month: of, reason }) => [of, reason])).toEqual([
      ['2026-07', 'NO_CURRENCY_OR_AMOUNT'],
      ['2026-08', 'READ_FAILED'],
    ]);
    expect(said(whole?.consumed)).toBe('54000 USD');
    expect(whole).toMatchObject({
      isComplete: false,
      remaining: null,
      percent: null,
      pace: null,
      requiredPerDay: null,
      overage: null,
    });
    expect(whole?.months[1]).toMatchObject({ known: false, consumed: null });
    expect(whole?.forecast?.assumed).toEqual(['2026-07', '2026-08']);
  });

  it('knows nothing where nothing was read', () => {
    const { term: whole } = minimumOf(year, clock('2026-11-21'));
    expect(whole).toMatchObject({ consumed: null, isComplete: false, forecast: null, shortfall: null });
    expect(whole?.gaps).toHaveLength(6);
  });

  it('does not add usage in another currency', () => {
    const inEuro: Consumption = {
      usage: [usage('2026-11', moneyIn('9000', 'EUR'), NOW)],
      billing: null,
      unread: [],
    };
    const { month: now } = minimumOf(year, clock('2026-11-21'), inEuro);
    expect(now?.gaps).toMatchObject([{ reason: 'OTHER_CURRENCY', seen: { currency: 'EUR' } }]);
    expect(now?.consumed).toBeNull();
  });

  it('counts credits, and gives no percent of nothing', () => {
    const { month: now } = minimumOf(year, clock('2026-11-21'), consumed({ '2026-11': '-150' }));
    expect([said(now?.consumed), said(now?.remaining), now?.percent?.toFixed()]).toEqual([
      '-150 USD',
      '15150 USD',
      '-1',
    ]);
    const free = minimum('cm_0', year.term, usd('0'));
    expect(minimumOf(free, clock('2026-11-21'), consumed({ '2026-11': '10' })).month).toMatchObject({
      percent: null,
      pace: null,
    });
  });

  it('counts days of months that it covers in part, leap days too, and marks what it had to divide', () => {
    const short = minimum('cm_2', term('2024-02-15', '2024-03-11'), usd('2900'));
    const { term: whole } = minimumOf(
      short,
      clock('2024-05-01'),
      consumed({ '2024-02': '290', '2024-03': '310' }),
    );
    expect(
      whole?.months.map((each) => [each.days, said(each.committed), said(each.consumed), each.isEstimated]),
    ).toEqual([
      [15, '1500 USD', '150 USD', true],
      [10, '935.48 USD', '100 USD', true],
    ]);
    expect(whole).toMatchObject({
      state: 'ENDED',
      isEstimated: true,
      daysLeft: 0,
      requiredPerDay: null,
      forecast: { method: 'ACTUAL' },
    });
    expect([said(whole?.shortfall), said(whole?.shortfallByMonth)]).toEqual(['2185.48 USD', '2185.48 USD']);
  });

  it('rounds yen to yen', () => {
    const yen = minimum('cm_3', term('2026-11-11', '2026-12-01'), moneyIn('100000', 'JPY'));
    const given: Consumption = {
      usage: [usage('2026-11', moneyIn('31', 'JPY'), NOW)],
      billing: null,
      unread: [],
    };
    const { month: now } = minimumOf(yen, clock('2026-11-21'), given);
    expect([said(now?.committed), said(now?.consumed), said(now?.requiredPerDay)]).toEqual([
      '66667 JPY',
      '16 JPY',
      '6666 JPY',
    ]);
  });

  it.each([
    ['no days', term('2026-03-01', '2026-03-01'), 'ENDED', '0 USD', 0],
    ['one day', term('2026-11-21', '2026-11-22'), 'RUNNING', '500 USD', 1],
    ['no end', term('2026-10-01', null), 'RUNNING', null, null],
    ['an end that means never', term('2026-10-01', '9999-12-31'), 'RUNNING', null, null],
  ])('knows a term with %s', (_, over, state, committed, daysLeft) => {
    const position = minimumOf(
      minimum('cm_4', over, usd('15000')),
      clock('2026-11-21'),
      consumed({ '2026-11': '1' }),
    );
    expect([position.state, said(position.term?.committed), position.term?.daysLeft]).toEqual([
      state,
      committed,
      daysLeft,
    ]);
    if (daysLeft === null) expect(position.term?.months).toHaveLength(2);
  });

  it('is upcoming before its start and ended after its end, by days', () => {
    const states = ['2026-05-31', '2026-06-01', '2027-05-31', '2027-06-01'].map(
      (on) => minimumOf(year, clock(on, '2028-01-01T00:00:00Z')).state,
    );
    expect(states).toEqual(['UPCOMING', 'RUNNING', 'RUNNING', 'ENDED']);
    const before = minimumOf(year, clock('2026-05-31', '2026-05-31T08:00:00Z'));
    expect(before.month).toBeNull();
    expect(before.term).toMatchObject({ isComplete: true, daysLeft: 365, pace: null });
    expect([said(before.term?.consumed), said(before.term?.requiredPerDay)]).toEqual(['0 USD', '493.16 USD']);
  });

  it('says why it cannot say more', () => {
    const problems = [
      minimum('a', term(null, '2027-01-01'), usd('1')),
      minimum('b', year.term, usd('1'), { status: 'CANCELLED' }),
      minimum('c', year.term, null),
    ].map((each) => minimumOf(each, clock('2026-11-21')).problem);
    expect(problems).toEqual(['NO_START', 'CANCELLED_UNDATED', 'NO_AMOUNT']);
  });

  it('names the commitments that count the same usage', () => {
    const others = [
      year,
      minimum('cm_8', term('2027-05-31', null), usd('1')),
      minimum('cm_9', term('2027-06-01', null), usd('1')),
    ];
    expect(minimumOf(year, clock('2026-11-21'), consumed({}), others).sharesUsageWith).toEqual(['cm_8']);
  });

  it('does not take the figure of a month that was running when it was read for the month’s', () => {
    const given: Consumption = {
      usage: [usage('2026-10', usd('9000'), '2026-10-20T00:00:00Z')],
      billing: null,
      unread: [],
    };
    const october = minimumOf(year, clock('2026-11-21'), given).term?.months[4];
    expect(october).toMatchObject({ known: false, gap: { reason: 'SEEN_BEFORE_ITS_END' } });
  });

  it('takes the billing history for months that are over, and keeps what the summary says beside it', () => {
    const history = (...entries: ReturnType<typeof billed>[]): Consumption => ({
      ...consumed({ '2026-10': '14000', '2026-11': '9000' }),
      billing: { entries, observation: seenAt(NOW) },
    });
    const months = (given: Consumption) => minimumOf(year, clock('2026-11-21'), given).term?.months ?? [];
    const both = months(history(billed('2026-10', usd('14500')), billed('2026-11', usd('8900'))));
    expect([said(both[4]?.consumed), said(both[4]?.figure?.other)]).toEqual(['14500 USD', '14000 USD']);
    expect([said(both[5]?.consumed), both[5]?.figure?.other]).toEqual(['9000 USD', null]);
    const twice = months(history(billed('2026-10', usd('14500')), billed('2026-10', usd('1'))));
    expect(twice[4]?.gap?.reason).toBe('CONTRADICTORY');
  });

  it('is made from what two calls bring', () => {
    expect(readsFor([year], clock('2026-11-21'))).toEqual({
      month: '2026-11',
      history: { startsOn: '2024-08-01', endsBefore: '2026-12-01' },
    });
    const old = minimum('cm_5', term('2015-01-01', null), usd('1'));
    expect(readsFor([old], clock('2026-11-21')).history.startsOn).toBe('2021-12-01');
  });
});

describe('positions without money', () => {
  it('of resources are quantities and a price, and nothing is known of what was used', () => {
    const commitment = resource('r1', term('2026-11-01', '2026-12-01'), [{ id: 'cpu', quantity: '40.5' }], {
      fixedPrice: decimal('500'),
      committed: null,
    });
    const position = positionOf(commitment, clock('2026-11-15'));
    expect(position).toMatchObject({
      kind: 'resource',
      state: 'RUNNING',
      daysLeft: 15,
      products: [{ product: { externalId: 'cpu' }, consumed: null }],
      fixedPrice: { money: null },
    });
    expect(position.kind === 'resource' && position.elapsedPercent?.toFixed()).toBe('50');
    expect(position.kind === 'resource' && position.products[0]?.committed?.toFixed()).toBe('40.5');
  });

  it('of contract commitments are periods', () => {
    const period = (startsOn: string | null, endsBefore: string | null) => ({
      externalId: null,
      commitmentExternalId: null,
      order: 1,
      occurrences: null,
      frequency: null,
      isRemainderOfTerm: false,
      ...term(startsOn, endsBefore),
    });
    const over = term('2026-01-01', '2027-01-01');
    const dated = [period('2026-01-01', '2026-07-01'), period('2026-07-01', '2027-01-01')];
    expect(
      positionOf(contractCommitment('c1', over, '8', { periods: dated }), clock('2026-11-21')),
    ).toMatchObject({
      periodsTotal: 2,
      periodsDone: 1,
      currentPeriod: { startsOn: '2026-07-01' },
      daysLeft: 41,
    });
    const unknown = contractCommitment('c2', term(null, null), '8', { periods: [period(null, null)] });
    expect(positionOf(unknown, clock('2026-11-21'))).toMatchObject({
      state: 'UNDATED',
      problem: 'NO_START',
      periodsDone: null,
      currentPeriod: null,
      elapsedPercent: null,
    });
  });
});
