/**
 * Words that every backend's `wire.ts` is written in: JSON values as the parser leaves them, read strictly.
 *
 * Guarantees: numbers keep every digit; dates and instants are real ones; a digit string is not a number and a number
 * is not text, unless the schema says that the backend mixes them. Unknown members are ignored, not
 * refused, and counted elsewhere as drift: what a vendor documents and we do not read has to be named as `unread`.
 */
import { LosslessNumber, stringify } from 'lossless-json';
import { z } from 'zod';
import {
  dayOf,
  parseDay,
  parseInstant,
  parseMonth,
  type Day,
  type Instant,
  type Month,
} from '../domain/calendar.js';
import {
  decimalOfWhole,
  parseCurrency,
  parseDecimal,
  type CurrencyCode,
  type Decimal,
} from '../domain/money.js';
import { quickly, quickOf, REFUSED, type Quick } from './quick.js';

/** Whether a parsed value is a JSON number: some are objects here, so that they keep their digits (`upstream/json.ts`). */
export function isNumber(value: unknown): value is number | LosslessNumber {
  return typeof value === 'number' || value instanceof LosslessNumber;
}

/** `null` for what is no number, and for one of no sensible size. */
function decimalOf(value: unknown): Decimal | null {
  if (typeof value === 'number') return decimalOfWhole(value);
  return value instanceof LosslessNumber ? parseDecimal(value.value) : null;
}

/** A whole number without a sign that is small enough to count with, as it is written nearly everywhere. */
function isPlain(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && Number.isSafeInteger(value);
}

/** What the function makes of a text; what it makes `null` of is refused. */
function textAs<Value extends string>(parse: (text: string) => Value | null, message: string) {
  return quickly(
    z.string().transform((value, ctx): Value => {
      const parsed = parse(value);
      if (parsed !== null) return parsed;
      ctx.addIssue({ code: 'custom', message });
      return z.NEVER;
    }),
    (value) => (typeof value === 'string' ? parse(value) : null) ?? REFUSED,
  );
}

/** A JSON number, exactly. */
export const decimalNumber = quickly(
  z.custom<number | LosslessNumber>(isNumber, 'expected a number').transform((number, ctx): Decimal => {
    const parsed = decimalOf(number);
    if (parsed !== null) return parsed;
    ctx.addIssue({ code: 'custom', message: 'expected a number of sensible size' });
    return z.NEVER;
  }),
  (value) => decimalOf(value) ?? REFUSED,
);

/** A JSON number without a fraction, exactly and of any size (cents). */
export const wholeNumber = quickly(
  decimalNumber.refine((value) => value.isInteger(), { message: 'expected a whole number' }),
  (value) => {
    const parsed = decimalOf(value);
    return parsed?.isInteger() === true ? parsed : REFUSED;
  },
);

/** A JSON number that is small enough to count with. */
export const count = quickly(
  wholeNumber
    .refine((value) => value.abs().lte(Number.MAX_SAFE_INTEGER), { message: 'expected a countable number' })
    .transform((value) => value.toNumber()),
  (value) => (isPlain(value) ? value : REFUSED),
);

/** A numeric id, kept as its digits. */
export const numericId = quickly(
  wholeNumber
    .refine((value) => !value.isNegative(), { message: 'expected an id' })
    .transform((value) => value.toFixed()),
  (value) => (isPlain(value) ? String(value) : REFUSED),
);

const LONGEST_TEXT = 10_000;
const LONGEST_ID = 255;

/** Text with something in it, of at most 10,000 characters. */
export const text = quickly(z.string().max(LONGEST_TEXT), (value) =>
  typeof value === 'string' && value.length <= LONGEST_TEXT ? value : REFUSED,
);
export const id = quickly(z.string().min(1).max(LONGEST_ID), (value) =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST_ID ? value : REFUSED,
);
/** Text of at most 255 characters. */
export const shortText = quickly(z.string().max(LONGEST_ID), (value) =>
  typeof value === 'string' && value.length <= LONGEST_ID ? value : REFUSED,
);
export const flag = z.boolean();

/** A value of any kind, for members that a backend's customers make up: text as it is, numbers and all else as JSON. */
export const anyAsText = quickly(
  z
    .unknown()
    .transform((value) => (value === null || typeof value === 'string' ? value : (stringify(value) ?? null)))
    .pipe(text.nullable()),
  (value) =>
    value === null || (typeof value === 'string' && value.length <= LONGEST_TEXT) ? value : REFUSED,
);

/** A date-time with an offset. */
export const instant = textAs<Instant>(parseInstant, 'expected a date-time with an offset');

/** `YYYY-MM-DD`. */
export const day = textAs<Day>(parseDay, 'expected a date');

/** A day, or the UTC day of a date-time: for backends that mix them. */
export const dayOrInstantDay = textAs<Day>((value) => {
  const asDay = parseDay(value);
  if (asDay !== null) return asDay;
  const asInstant = parseInstant(value);
  return asInstant === null ? null : dayOf(asInstant);
}, 'expected a date');

/** Either of them, as it is. */
export const dayOrInstant = quickly(
  z.union([day, instant], { error: 'expected a date or a date-time with an offset' }),
  (value) => (typeof value === 'string' ? (parseDay(value) ?? parseInstant(value)) : null) ?? REFUSED,
);

/** `YYYY-MM`. */
export const month = textAs<Month>(parseMonth, 'expected a month');

export const currency = textAs<CurrencyCode>(parseCurrency, 'expected a currency code');

/** Present, `null` or absent; the last two become `null`. */
export function maybe<Schema extends z.ZodType>(schema: Schema) {
  type Read = z.output<Schema> | null;
  let quick: Quick | null = null;
  return quickly(
    schema.nullish().transform((value) => (value ?? null) as Read),
    (value) => {
      if (value === null || value === undefined) return null;
      quick ??= quickOf(schema);
      return quick(value) ?? null;
    },
  );
}

/** The schema, of what `change` makes of a value. Nothing that it makes is refused. */
export function changed<Schema extends z.ZodType>(change: (value: unknown) => unknown, schema: Schema) {
  let quick: Quick | null = null;
  const made = z.preprocess(change, schema);
  quickly(made.in, change); // by itself: what is compared member by member is what it makes of a row
  return quickly(made, (value) => {
    quick ??= quickOf(schema);
    return quick(change(value));
  });
}

const UNREAD = z.unknown().optional();

/** Members that the vendor documents and we do not read, to be spread into an object: they are no drift. */
export function unread<const Name extends string>(...names: readonly Name[]): Record<Name, typeof UNREAD> {
  return Object.fromEntries(names.map((name) => [name, UNREAD])) as Record<Name, typeof UNREAD>;
}

/** A list whose rows are judged one by one later: a bad row must not take the good ones with it. */
export const rows = z.array(z.unknown());
