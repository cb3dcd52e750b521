/** Our calendar gives what Temporal gives, for every day and instant that can be written, and refuses what it refuses. */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import {
  addToDay,
  dayAfterEndAt,
  dayOf,
  FIRST_DAY,
  LAST_DAY,
  millisOfInstant,
  parseDay,
  parseInstant,
  type Day,
} from '../../src/domain/calendar.js';

const RUNS = { numRuns: 3_000 };

function printed(date: Temporal.PlainDate): string {
  if (date.year > 9999) return LAST_DAY;
  return date.year < 0 ? FIRST_DAY : date.toString();
}

function orNull<Value>(make: () => Value): Value | null {
  try {
    return make();
  } catch {
    return null;
  }
}

const digits = (most: number, length: number) =>
  fc.integer({ min: 0, max: most }).map((number) => String(number).padStart(length, '0'));
const year = fc.oneof(fc.constantFrom('0000', '1900', '1970', '2000', '2024', '9999'), digits(9999, 4));
/** Some that there are not. */
const dayText = fc.tuple(year, digits(13, 2), digits(32, 2)).map((parts) => parts.join('-'));
const day = dayText.filter(
  (text) => orNull(() => Temporal.PlainDate.from(text, { overflow: 'reject' })) !== null,
);
const time = fc.tuple(digits(24, 2), digits(60, 2), digits(61, 2)).map((parts) => parts.join(':'));
const fraction = fc.oneof(
  fc.constantFrom('', '.0', '.000', '.5', '.500000000', '.000000001'),
  fc.stringMatching(/^\.[0-9]{1,9}$/),
);
const zone = fc.oneof(
  fc.constantFrom('Z', 'z', '+00:00', '-00:00', '+0000', '-0130', '+14:00', '+23:59', '-23:59', '+24:00'),
  fc
    .tuple(fc.constantFrom('+', '-'), digits(25, 2), fc.constantFrom(':', ''), digits(61, 2))
    .map((parts) => parts.join('')),
);
const instantText = fc
  .tuple(fc.oneof(day, dayText), fc.constantFrom('T', 't'), time, fraction, zone)
  .map((parts) => parts.join(''));

it('days', () => {
  fc.assert(
    fc.property(dayText, (text) => {
      const expected = orNull(() => Temporal.PlainDate.from(text, { overflow: 'reject' }).toString());
      expect(parseDay(text)).toBe(expected);
    }),
    RUNS,
  );
});

it('instants, and the days that begin and end with them', () => {
  let read = 0;
  fc.assert(
    fc.property(instantText, (text) => {
      const written = text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2').toUpperCase();
      const expected = orNull(() => Temporal.Instant.from(written));
      const instant = parseInstant(text);
      expect(instant).toBe(expected?.toString() ?? null);
      if (instant === null || expected === null) return;
      read += 1;
      expect(millisOfInstant(instant)).toBe(expected.epochMilliseconds);
      const at = expected.toZonedDateTimeISO('UTC');
      expect(dayOf(instant)).toBe(printed(at.toPlainDate()));
      const isMidnight = at.equals(at.startOfDay());
      expect(dayAfterEndAt(instant)).toBe(
        printed(isMidnight ? at.toPlainDate() : at.toPlainDate().add({ days: 1 })),
      );
    }),
    {
      ...RUNS,
      examples: [
        ['0000-01-01T00:00:00+00:01'],
        ['9999-12-31T23:59:59.999999999-00:01'],
        ['9999-12-31T00:00:00Z'],
        ['2016-12-31T23:59:60Z'],
        ['2016-12-31T23:59:60.123+01:00'],
        ['1969-12-31T23:59:59.9999Z'],
      ],
    },
  );
  expect(read).toBeGreaterThan(RUNS.numRuns / 10);
});

it('sums', () => {
  const few = fc.integer({ min: -400, max: 400 });
  const many = fc.integer({ min: -100_000, max: 100_000 });
  const parts = fc.record({ days: many, weeks: few, months: many, years: few }, { requiredKeys: [] });
  // Temporal refuses to add and to take away at once.
  const amount = parts.map((sum) => {
    const isBack = Object.values(sum).some((part) => part < 0);
    return Object.fromEntries(
      Object.entries(sum).map(([name, part]) => [name, isBack ? -Math.abs(part) : part]),
    );
  });
  fc.assert(
    fc.property(day, amount, (from, sum) => {
      const expected =
        Object.keys(sum).length === 0
          ? from
          : printed(Temporal.PlainDate.from(from).add(sum, { overflow: 'constrain' }));
      expect(addToDay(from as Day, sum)).toBe(expected);
    }),
    {
      ...RUNS,
      examples: [
        ['2024-02-29', { years: 1 }],
        ['2024-01-31', { months: 1, days: 1 }],
        ['0000-01-01', { days: -1 }],
      ],
    },
  );
});

it('nothing of what is no day', () => {
  expect(() => addToDay('2024-02-30' as Day, { days: 1 })).toThrow(RangeError);
  expect(() => addToDay('2024-02-01' as Day, { months: 0.5 })).toThrow(RangeError);
  expect(() => addToDay('2024-02-01' as Day, { days: Number.NaN })).toThrow(RangeError);
  expect(() => millisOfInstant('2024-02-01T00:00:00' as never)).toThrow(RangeError);
  expect(() => millisOfInstant('2024' as never)).toThrow(RangeError);
  // Beyond what Temporal can count: the calendar ends there.
  expect(addToDay('2024-02-01' as Day, { days: 1e12 })).toBe(LAST_DAY);
  expect(addToDay('2024-02-01' as Day, { months: -1e12 })).toBe(FIRST_DAY);
});
