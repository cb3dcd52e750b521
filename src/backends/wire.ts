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
import { parseCurrency, parseDecimal, type CurrencyCode, type Decimal } from '../domain/money.js';

/** Whether a parsed value is a JSON number: those are objects here, so that they keep their digits. */
export function isNumber(value: unknown): boolean {
  return value instanceof LosslessNumber;
}

/** A JSON number, exactly. */
export const decimalNumber = z
  .instanceof(LosslessNumber, { message: 'expected a number' })
  .transform((number, ctx): Decimal => {
    const parsed = parseDecimal(number.toString());
    if (parsed !== null) return parsed;
    ctx.addIssue({ code: 'custom', message: 'expected a number of sensible size' });
    return z.NEVER;
  });

/** A JSON number without a fraction, exactly and of any size (cents). */
export const wholeNumber = decimalNumber.refine((value) => value.isInteger(), {
  message: 'expected a whole number',
});

/** A JSON number that is small enough to count with. */
export const count = wholeNumber
  .refine((value) => value.abs().lte(Number.MAX_SAFE_INTEGER), { message: 'expected a countable number' })
  .transform((value) => value.toNumber());

/** A numeric id, kept as its digits. */
export const numericId = wholeNumber
  .refine((value) => !value.isNegative(), { message: 'expected an id' })
  .transform((value) => value.toFixed());

/** Text with something in it, of at most 10,000 characters. */
export const text = z.string().max(10_000);
export const id = z.string().min(1).max(255);
export const flag = z.boolean();

/** A value of any kind, for members that a backend's customers make up: text as it is, numbers and all else as JSON. */
export const anyAsText = z
  .unknown()
  .transform((value) => (value === null || typeof value === 'string' ? value : (stringify(value) ?? null)))
  .pipe(text.nullable());

/** A date-time with an offset. */
export const instant = z.string().transform((value, ctx): Instant => {
  const parsed = parseInstant(value);
  if (parsed !== null) return parsed;
  ctx.addIssue({ code: 'custom', message: 'expected a date-time with an offset' });
  return z.NEVER;
});

/** `YYYY-MM-DD`. */
export const day = z.string().transform((value, ctx): Day => {
  const parsed = parseDay(value);
  if (parsed !== null) return parsed;
  ctx.addIssue({ code: 'custom', message: 'expected a date' });
  return z.NEVER;
});

/** A day, or the UTC day of a date-time: for backends that mix them. */
export const dayOrInstantDay = z.string().transform((value, ctx): Day => {
  const asDay = parseDay(value);
  if (asDay !== null) return asDay;
  const asInstant = parseInstant(value);
  if (asInstant !== null) return dayOf(asInstant);
  ctx.addIssue({ code: 'custom', message: 'expected a date' });
  return z.NEVER;
});

/** `YYYY-MM`. */
export const month = z.string().transform((value, ctx): Month => {
  const parsed = parseMonth(value);
  if (parsed !== null) return parsed;
  ctx.addIssue({ code: 'custom', message: 'expected a month' });
  return z.NEVER;
});

export const currency = z.string().transform((value, ctx): CurrencyCode => {
  const parsed = parseCurrency(value);
  if (parsed !== null) return parsed;
  ctx.addIssue({ code: 'custom', message: 'expected a currency code' });
  return z.NEVER;
});

/** Present, `null` or absent; the last two become `null`. */
export function maybe<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().transform((value) => (value ?? null) as z.output<Schema> | null);
}

const UNREAD = z.unknown().optional();

/** Members that the vendor documents and we do not read, to be spread into an object: they are no drift. */
export function unread<const Name extends string>(...names: readonly Name[]): Record<Name, typeof UNREAD> {
  return Object.fromEntries(names.map((name) => [name, UNREAD])) as Record<Name, typeof UNREAD>;
}

/** A list whose rows are judged one by one later: a bad row must not take the good ones with it. */
export const rows = z.array(z.unknown());
