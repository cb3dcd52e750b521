import { describe, expect, it } from 'vitest';
import {
  addToDay,
  dayAfterEndAt,
  dayOf,
  parseDay,
  parseInstant,
  parseMonth,
  termContains,
  type Day,
  type Instant,
} from '../../src/domain/calendar.js';

describe('parseDay', () => {
  it.each(['2024-02-29', '2000-02-29', '1999-12-31'])('reads %s', (text) => {
    expect(parseDay(text)).toBe(text);
  });
  it.each([
    '2024-02-30',
    '2023-02-29',
    '1900-02-29',
    '2024-1-1',
    '2024-13-01',
    '99999-01-01',
    '',
    '2024-01-01T00:00:00Z',
    ' 2024-01-01',
  ])('refuses %j', (text) => {
    expect(parseDay(text)).toBeNull();
  });
});

describe('parseMonth', () => {
  it.each([
    ['2024-12', '2024-12'],
    ['2024-13', null],
    ['2024-00', null],
    ['2024-1', null],
  ])('reads %s as %s', (text, month) => {
    expect(parseMonth(text)).toBe(month);
  });
});

describe('parseInstant', () => {
  it.each([
    ['2024-01-30T10:15:23Z', '2024-01-30T10:15:23Z'],
    ['2022-06-29T21:03:36.731Z', '2022-06-29T21:03:36.731Z'],
    ['2013-05-20T20:49:32.000+0000', '2013-05-20T20:49:32Z'],
    ['2024-01-31T23:30:00-02:00', '2024-02-01T01:30:00Z'],
  ])('reads %s as %s', (text, instant) => {
    expect(parseInstant(text)).toBe(instant);
  });
  it.each([
    '2024-02-30T00:00:00Z',
    '2024-01-30',
    '2024-01-30T10:15:23',
    '2024-01-30 10:15:23Z',
    '2024-01-30T25:00:00Z',
    'now',
  ])('refuses %j', (text) => {
    expect(parseInstant(text)).toBeNull();
  });
});

describe('ends of terms', () => {
  it.each([
    ['2025-01-31T23:59:59Z', '2025-02-01'], // inclusive end of day: Commitment Manager
    ['2023-01-01T00:00:00Z', '2023-01-01'], // exclusive midnight: CloudMC
    ['2023-01-01T00:00:01Z', '2023-01-02'],
    ['2023-12-31T23:59:59.999Z', '2024-01-01'],
  ])('%s ends before %s', (instant, day) => {
    expect(dayAfterEndAt(instant as Instant)).toBe(day);
  });
  it('starts are the UTC day of the instant', () => {
    expect(dayOf('2024-02-01T00:00:00Z' as Instant)).toBe('2024-02-01');
  });
});

describe('arithmetic', () => {
  it('clamps at short months', () => {
    expect(addToDay('2024-01-31' as Day, { months: 1 })).toBe('2024-02-29');
    expect(addToDay('2024-02-29' as Day, { years: 1 })).toBe('2025-02-28');
  });
  it('stops at the ends of the calendar', () => {
    expect(addToDay('9999-06-01' as Day, { months: 60 })).toBe('9999-12-31');
    expect(addToDay('0001-01-01' as Day, { years: -5 })).toBe('0000-01-01');
    expect(dayAfterEndAt('9999-12-31T23:59:59Z' as Instant)).toBe('9999-12-31');
  });
});

describe('termContains', () => {
  const term = { startsOn: '2024-01-01' as Day, endsBefore: '2024-02-01' as Day };
  it.each([
    ['2023-12-31', false],
    ['2024-01-01', true],
    ['2024-01-31', true],
    ['2024-02-01', false],
  ])('half-open: %s is in it: %s', (day, inside) => {
    expect(termContains(term, day as Day)).toBe(inside);
  });
  it('an open end has no end, and an unknown start contains nothing', () => {
    expect(termContains({ ...term, endsBefore: null }, '2999-01-01' as Day)).toBe(true);
    expect(termContains({ startsOn: null, endsBefore: null }, '2024-01-01' as Day)).toBe(false);
  });
});
