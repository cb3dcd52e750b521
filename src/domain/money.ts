/**
 * Exact decimal numbers and money.
 *
 * Guarantees: no amount passes through a binary floating-point number; what a backend wrote is what comes out, to the
 * last digit. Refuses to add currencies, to guess a currency, and to treat quantities or percents as money: those are
 * `Decimal`s without a currency.
 */
import { Decimal as DecimalJs } from 'decimal.js';

// 400 significant digits: more than any wire format here can carry, so that scaling by powers of ten never rounds.
const Exact = DecimalJs.clone({
  precision: 400,
  toExpNeg: -1e9,
  toExpPos: 1e9,
  rounding: DecimalJs.ROUND_HALF_EVEN,
});

/** An exact decimal number. Immutable. Made by `decimal()` only. */
export type Decimal = DecimalJs & { readonly __brand?: 'Decimal' };

/** ISO 4217 alphabetic code, upper case. */
export type CurrencyCode = string & { readonly __brand: 'CurrencyCode' };

/** An amount in major units (dollars, not cents) of one currency. */
export interface Money {
  readonly amount: Decimal;
  readonly currency: CurrencyCode;
}

// The exponent is capped: 1e999999999 is valid JSON and would take gigabytes to print.
const DECIMAL = /^-?\d{1,100}(\.\d{1,100})?([eE][+-]?\d{1,2})?$/;

const SMALL_WHOLE = /^\d{1,7}$/;
const HUNDREDTH = new Exact('0.01');

/** `null` unless `text` is a finite decimal number of at most 100 digits on either side of the point. */
export function parseDecimal(text: string): Decimal | null {
  if (!DECIMAL.test(text)) return null;
  // The library makes small whole numbers of numbers much faster than of text; they are the same.
  return new Exact(SMALL_WHOLE.test(text) ? Number(text) : text);
}

/** The same of a whole number that JavaScript holds exactly; `null` for others. */
export function decimalOfWhole(value: number): Decimal | null {
  return Number.isSafeInteger(value) ? new Exact(value) : null;
}

/** As `parseDecimal`, for text that the program itself wrote. Throws RangeError with the text received. */
export function decimal(text: string): Decimal {
  const parsed = parseDecimal(text);
  if (parsed === null) throw new RangeError(`not a decimal number: ${JSON.stringify(text.slice(0, 120))}`);
  return parsed;
}

/** Canonical text: no exponent, no trailing zeros, never `-0`. */
export function printDecimal(value: Decimal): string {
  return value.isZero() ? '0' : value.toFixed();
}

export function isDecimal(value: unknown): value is Decimal {
  return value instanceof Exact;
}

// Wider than what is read from backends: amounts that were scaled have more digits than what they were made from.
const PRINTED = /^-?\d{1,400}(\.\d{1,400})?$/;

/** The number that `printDecimal` printed. Throws RangeError for other text. */
export function decimalOfPrinted(text: string): Decimal {
  if (!PRINTED.test(text))
    throw new RangeError(`not a printed decimal: ${JSON.stringify(text.slice(0, 120))}`);
  return new Exact(text);
}

// Written out, for `Intl` counts what cash is used in (none for HUF, where ISO 4217 has two), and changes with its data.
const MINOR_DIGITS: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
    .split(' ')
    .map((code) => [code, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3] as const),
  ...'CLF UYW'.split(' ').map((code) => [code, 4] as const),
]);

/** `null` unless `text` has the form of an ISO 4217 code. New codes appear: the form decides, not a list. */
export function parseCurrency(text: string): CurrencyCode | null {
  return /^[A-Z]{3}$/.test(text) ? (text as CurrencyCode) : null;
}

/** Digits after the point that ISO 4217 gives the currency (2 for USD, 0 for JPY); 2 for a code that it does not list. */
export function currencyDigits(currency: CurrencyCode): number {
  return MINOR_DIGITS.get(currency) ?? 2;
}

export function money(amount: Decimal, currency: CurrencyCode): Money {
  return { amount, currency };
}

/** Hundredths of the major unit ("cents"), as Commitment Manager counts in every currency. Exact. */
export function moneyOfCents(cents: Decimal, currency: CurrencyCode): Money {
  // Not divided: that prepares for 400 digits.
  return { amount: cents.times(HUNDREDTH), currency };
}

/**
 * The amount with the currency's own number of decimals ("15000.00", "1200" for JPY), and more digits only if the
 * amount has them: nothing is rounded away for looks.
 */
export function printAmount({ amount, currency }: Money): string {
  const digits = Math.max(currencyDigits(currency), amount.decimalPlaces());
  return amount.isZero() ? new Exact(0).toFixed(digits) : amount.toFixed(digits);
}

/** A twelfth, rounded half to even at the currency's own digits: for amounts that a contract states per year. */
export function monthlyShare(yearly: Money): Money {
  return {
    amount: yearly.amount.div(12).toDecimalPlaces(currencyDigits(yearly.currency)),
    currency: yearly.currency,
  };
}
