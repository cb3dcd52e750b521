/**
 * Dividing an amount by time, without losing a cent.
 *
 * Guarantees: the parts of any division into stretches add up to the whole exactly, because a part is the difference of
 * two rounded running totals: R(to) − R(from), where R(x) is whole × x ÷ of, rounded half to even at the currency's own
 * digits (or at the amount's, where it has more). One day more or less moves a part, never the sum.
 */
import { currencyDigits, decimal, money, type Decimal, type Money } from '../money.js';

export const ZERO = decimal('0');

/** The part of `whole` that falls on the stretch from `from` to `to`, where the whole falls on 0 to `of`. */
export function shareOf(whole: Money, from: number, to: number, of: number): Money {
  if (from <= 0 && to >= of) return whole;
  const digits = Math.max(currencyDigits(whole.currency), whole.amount.decimalPlaces());
  const scale = decimal(`1e${digits}`);
  const running = (until: number): Decimal => {
    if (until <= 0) return ZERO;
    if (until >= of) return whole.amount;
    return roundedQuotient(whole.amount.times(scale).times(until), of).div(scale);
  };
  return money(running(to).minus(running(from)), whole.currency);
}

/** To the nearest integer, halves to the even one. By a quotient and its rest, which stay exact and short. `divisor` is positive. */
function roundedQuotient(dividend: Decimal, divisor: Decimal | number): Decimal {
  const truncated = dividend.divToInt(divisor);
  const twice = dividend.minus(truncated.times(divisor)).abs().times(2);
  const isUp = twice.gt(divisor) || (twice.eq(divisor) && !truncated.mod(2).isZero());
  return isUp ? truncated.plus(dividend.isNegative() ? -1 : 1) : truncated;
}

const RATIO_SCALE = decimal('1e4');
const HUNDRED = decimal('100');

/** `part` ÷ `whole` (positive) to four digits after the point, halves to the even one. */
export function ratioOf(part: Decimal, whole: Decimal | number): Decimal {
  return roundedQuotient(part.times(RATIO_SCALE), whole).div(RATIO_SCALE);
}

/** The same in whole percent. */
export function percentOf(part: Decimal, whole: Decimal | number): Decimal {
  return ratioOf(part.times(HUNDRED), whole);
}

// Rates are means to estimates, so that more digits than these would only cost time.
const RATE_SCALE = decimal('1e12');

/** `part` ÷ `parts` to twelve digits after the point, cut off: for estimates alone. */
export function roughly(part: Decimal, parts: Decimal | number): Decimal {
  return part.times(RATE_SCALE).divToInt(parts).div(RATE_SCALE);
}

/** max(0, a − b). The currencies must have been found to be the same. */
export function excess(a: Money, b: Money): Money {
  const over = a.amount.minus(b.amount);
  return money(over.isNegative() ? ZERO : over, a.currency);
}

/** Rounded at the currency's digits: for estimates, which have no digits of their own. */
export function rounded(amount: Decimal, like: Money): Money {
  return money(amount.toDecimalPlaces(currencyDigits(like.currency)), like.currency);
}

/** An amount for each of `parts` that is enough in sum: rounded up at the currency's digits. `whole` is not negative. */
export function perPart(whole: Money, parts: number): Money {
  const digits = currencyDigits(whole.currency);
  const scale = decimal(`1e${digits}`);
  const units = whole.amount.times(scale);
  const down = units.divToInt(parts);
  const isShort = down.times(parts).lt(units);
  return money((isShort ? down.plus(1) : down).div(scale), whole.currency);
}
