/**
 * Whether two amounts are the same, and what it means if they are not.
 *
 * Guarantees: exact; a twelfth of a year's amount is equal however it was rounded; a factor of 100 is one only if it is
 * exact. Refuses to compare amounts of different currencies, or without one.
 */
import type { MinimumCommitment } from '../commitment.js';
import type { Decimal } from '../money.js';
import type { CrmPromise } from './promises.js';
import type { Cause } from './types.js';

export type AmountVerdict =
  | { readonly kind: 'EQUAL' }
  | { readonly kind: 'CANNOT'; readonly cause: Cause }
  | { readonly kind: 'DIFFERENT'; readonly isFactor100: boolean; readonly isFactor12: boolean };

export function compareAmounts(promise: CrmPromise, { committed }: MinimumCommitment): AmountVerdict {
  const { amounts, tolerance, amountProblem, order, step } = promise;
  const currency = (step ?? order).committed?.currency ?? null;
  if (amountProblem !== null && amounts.length === 0) return { kind: 'CANNOT', cause: amountProblem };
  // Billing's rows always have an amount (the adapter refuses one without): what is missing is its currency.
  if (committed === null || currency === null) return { kind: 'CANNOT', cause: 'CURRENCY_MISSING' };
  if (committed.currency !== currency) return { kind: 'CANNOT', cause: 'CURRENCY_DIFFERS' };
  const billed = committed.amount;
  const isAny = (billedAs: Decimal, factor: number) =>
    amounts.some((amount) => isNear(billedAs, amount.times(factor), tolerance));
  if (isAny(billed, 1)) return { kind: 'EQUAL' };
  if (amountProblem !== null) return { kind: 'CANNOT', cause: amountProblem };
  const isZero = billed.isZero() || amounts.every((amount) => amount.isZero());
  return {
    kind: 'DIFFERENT',
    isFactor100:
      !isZero &&
      (isAny(billed.div(100), 1) || amounts.some((amount) => isNear(billed, amount.div(100), tolerance))),
    isFactor12:
      !isZero && (isAny(billed, 12) || amounts.some((amount) => isNear(billed, amount.div(12), tolerance))),
  };
}

function isNear(a: Decimal, b: Decimal, tolerance: Decimal): boolean {
  const difference = a.minus(b).abs();
  return difference.isZero() || difference.lessThan(tolerance);
}
