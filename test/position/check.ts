/** Generated cases for the position arithmetic, and how one is compared with the count (`reference.ts`). */
import { deepStrictEqual } from 'node:assert';
import fc from 'fast-check';
import type { Day, Instant } from '../../src/domain/calendar.js';
import type { MinimumCommitment } from '../../src/domain/commitment.js';
import { failure } from '../../src/domain/failure.js';
import type { Decimal, Money } from '../../src/domain/money.js';
import { figuresOf, type Consumption } from '../../src/domain/position/figures.js';
import { organizationPosition } from '../../src/domain/position/organization.js';
import { minimumPosition } from '../../src/domain/position/position.js';
import type { SpendPosition } from '../../src/domain/position/spend.js';
import type { BillingHistoryEntry, UsageSummary } from '../../src/domain/spend.js';
import { billed, minimum, moneyIn, term, usage } from './make.js';
import {
  EARLY_MS,
  expectedMonthTotal,
  expectedPosition,
  type Case,
  type CaseCommitment,
  type CaseMonth,
  type Expected,
} from './reference.js';

const DAY = 86_400_000;
const DIGITS: Readonly<Record<string, number>> = { USD: 2, JPY: 0, KWD: 3 };

export const dayText = (number: number) => new Date(number * DAY).toISOString().slice(0, 10);
const instantText = (millis: number) => new Date(millis).toISOString();

/** Minor units as an amount, written without arithmetic. */
function amountOf(minor: bigint, currency: string): Money {
  const digits = DIGITS[currency] ?? 2;
  const sign = minor < 0n ? '-' : '';
  const text = String(minor < 0n ? -minor : minor).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return moneyIn(`${sign}${whole}${digits > 0 ? `.${text.slice(-digits)}` : ''}`, currency);
}

const scaled = (value: Decimal, digits: number): bigint => {
  const [whole = '0', fraction = ''] = value.toFixed(digits).split('.');
  if (!value.equals(value.toFixed(digits)))
    throw new Error(`${value.toFixed()} has more than ${digits} digits`);
  return BigInt(whole + fraction);
};
const minorOf = (amount: Money | null) =>
  amount === null ? null : scaled(amount.amount, DIGITS[amount.currency] ?? 2);
const fourDigits = (value: Decimal | null) => (value === null ? null : scaled(value, 4));

export function toCommitment(each: CaseCommitment): MinimumCommitment {
  return minimum(
    each.id,
    term(dayText(each.start), each.end === null ? null : dayText(each.end)),
    amountOf(each.monthly, each.currency),
    each.cancelled === null
      ? {}
      : { status: 'CANCELLED', cancelledAt: instantText(each.cancelled * DAY + 40_000_000) as Instant },
  );
}

export function toConsumption({ months, now }: Case): Consumption {
  const summaries: UsageSummary[] = [];
  const entries: BillingHistoryEntry[] = [];
  const unread: Consumption['unread'][number][] = [];
  for (const { month, used, currency, kind } of months) {
    const amount = amountOf(used, currency);
    const early = Math.min(now, Date.parse(`${month}-01`) + EARLY_MS);
    if (kind === 'usage' || kind === 'both') summaries.push(usage(month, amount, instantText(now)));
    if (kind === 'billing' || kind === 'both') entries.push(billed(month, amount));
    if (kind === 'early') summaries.push(usage(month, amount, instantText(early)));
    if (kind === 'without-amount') summaries.push(usage(month, null, instantText(now)));
    if (kind === 'contradictory') {
      entries.push(billed(month, amount), billed(month, amountOf(used + 1n, currency)));
    }
    if (kind === 'failed') {
      const why = failure('UPSTREAM_TIMEOUT', 'COMMITMENT_MANAGER');
      unread.push({ month: month as Consumption['unread'][number]['month'], failure: why });
    }
  }
  const observation = { observedAt: instantText(now) as Instant, stale: false };
  return { usage: summaries, billing: { entries, observation }, unread };
}

function summaryOf(position: SpendPosition): Expected {
  return {
    committed: minorOf(position.committed),
    committedToDate: minorOf(position.committedToDate) ?? 0n,
    consumed: minorOf(position.consumed),
    gaps: position.gaps.map(({ month }) => month),
    remaining: minorOf(position.remaining),
    percent: fourDigits(position.percent),
    elapsedPercent: fourDigits(position.elapsedPercent),
    pace: fourDigits(position.pace),
    daysLeft: position.daysLeft,
    requiredPerDay: minorOf(position.requiredPerDay),
    overage: minorOf(position.overage),
    byMonth: position.months.map(({ month, committed, consumed }) => [
      month,
      minorOf(committed) ?? 0n,
      minorOf(consumed),
    ]),
  };
}

/** What must hold of any forecast, whatever its method. */
function checkForecast({
  forecast,
  months,
  committed,
  shortfall,
  consumed,
  isComplete,
}: SpendPosition): void {
  if (forecast === null) return;
  const sum = months.reduce((total, { expected }) => total + (minorOf(expected) ?? 0n), 0n);
  deepStrictEqual(minorOf(forecast.expected), sum, 'the forecast is the sum of its months');
  const gap = (minorOf(committed) ?? 0n) - sum;
  deepStrictEqual(
    minorOf(shortfall),
    gap > 0n ? gap : 0n,
    'shortfall is what the forecast leaves of the commitment',
  );
  if (forecast.method === 'ACTUAL') deepStrictEqual([isComplete, sum], [true, minorOf(consumed)]);
  if (forecast.low === null || forecast.high === null) return;
  deepStrictEqual(
    [forecast.low.amount.lte(forecast.expected.amount), forecast.high.amount.gte(forecast.expected.amount)],
    [true, true],
  );
}

/** Throws where the arithmetic and the count differ. */
export function checkPositions(given: Case): void {
  const clock = { on: dayText(given.on) as Day, now: instantText(given.now) as Instant };
  const consumption = toConsumption(given);
  const figures = figuresOf(consumption);
  const commitments = given.commitments.map(toCommitment);
  for (const [index, each] of given.commitments.entries()) {
    const commitment = commitments[index];
    if (commitment === undefined) continue;
    const position = minimumPosition(commitment, clock, figures);
    const expected = expectedPosition(given, each);
    deepStrictEqual(position.term && summaryOf(position.term), expected.term);
    deepStrictEqual(position.month && summaryOf(position.month), expected.month);
    for (const part of [position.term, position.month]) if (part !== null) checkForecast(part);
  }
  if (given.commitments.length < 2) return;
  const read = { state: 'READ', items: commitments, dropped: 0, truncated: false } as const;
  const none = { state: 'NOT_LINKED' } as const;
  const all = organizationPosition({ minimum: read, contract: none, resource: none, consumption }, clock);
  for (const { currency, month, inMonth } of all.minimum) {
    const together = given.commitments.filter((each) => each.currency === currency);
    const expected = expectedMonthTotal(given, together);
    if (month === null) deepStrictEqual([inMonth, expected.byMonth], [[], []]);
    else deepStrictEqual(summaryOf(month), expected);
  }
}

const FIRST = Date.parse('2023-10-01') / DAY; // so that a leap day is among them
const KINDS: readonly CaseMonth['kind'][] = [
  'usage',
  'billing',
  'both',
  'usage',
  'billing',
  'both',
  'usage',
  'billing',
];
const ODD: readonly CaseMonth['kind'][] = ['early', 'without-amount', 'contradictory', 'failed'];

const minor = fc.oneof(
  { weight: 6, arbitrary: fc.bigInt(0n, 3_000_000n) },
  { weight: 1, arbitrary: fc.bigInt(-50_000n, 0n) }, // credits
  { weight: 1, arbitrary: fc.bigInt(0n, 10n ** 24n) },
  { weight: 1, arbitrary: fc.bigInt(0n, 40n) }, // less than a cent a day
);
const length = fc.oneof(
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 1 }) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 70 }) },
  { weight: 2, arbitrary: fc.constantFrom(28, 29, 30, 31, 365, 366) },
  { weight: 1, arbitrary: fc.integer({ min: 100, max: 500 }) },
  { weight: 1, arbitrary: fc.constant(null) },
);

/** Currencies repeat, so that most usage is in that of the commitment. */
const currencies = fc.constantFrom('USD', 'USD', 'USD', 'JPY', 'KWD');

export const cases: fc.Arbitrary<Case> = fc
  .record({
    currency: currencies,
    starts: fc.array(
      fc.record({ start: fc.integer({ min: 0, max: 300 }), length, monthly: minor, odd: fc.nat(19) }),
      { minLength: 1, maxLength: 3, size: 'xsmall' },
    ),
    firstMonth: fc.integer({ min: 0, max: 6 }),
    used: fc.array(fc.tuple(minor, fc.nat(39)), { maxLength: 22, size: 'small' }),
    onOffset: fc.integer({ min: -40, max: 560 }),
    nowOffset: fc.integer({ min: -40 * 24, max: 560 * 24 }),
    isToday: fc.boolean(),
    minutes: fc.nat(59),
  })
  .map(({ currency, starts, firstMonth, used, onOffset, nowOffset, isToday, minutes }): Case => {
    const now = (FIRST * 24 + nowOffset) * 3_600_000 + minutes * 60_000;
    return {
      commitments: starts.map(({ start, length: days, monthly, odd }, index) => ({
        id: `cm_${index}`,
        start: FIRST + start,
        end: days === null ? null : FIRST + start + days,
        monthly: monthly < 0n ? -monthly : monthly,
        currency: odd === 0 ? 'SEK' : currency,
        cancelled: odd === 1 ? FIRST + start + Math.floor((days ?? 90) / 2) : null,
      })),
      months: used.map(([amount, kind], index) => ({
        month: new Date(Date.UTC(2023, 9 + firstMonth + index, 1)).toISOString().slice(0, 7),
        used: amount,
        currency: kind === 39 ? 'EUR' : currency,
        kind: (kind >= 35 ? ODD[kind - 35] : KINDS[kind % KINDS.length]) ?? 'usage',
      })),
      on: isToday ? Math.floor(now / DAY) : FIRST + onOffset,
      now,
    };
  });
