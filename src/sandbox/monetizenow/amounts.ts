/**
 * Sums over quotes and invoices, in cents. Guarantees that a contract's total is what its PROCESSED quotes add up to:
 * the first one in full, each amendment by what it changes. Which of the vendor's several `amount`s is per billing
 * period and which for the whole term is not spelled out; ours: `amount` of an item or offering is one billing period,
 * `contractAmount` the whole term, `amount` of an AMENDMENT quote the incremental value (`backends.md` §4.8).
 */
import { LosslessNumber } from 'lossless-json';
import { addDays, monthsBetween } from './days.js';
import type {
  Catalogue,
  Cents,
  Contract,
  Invoice,
  MonetizenowState,
  Quote,
  QuoteItem,
  QuoteOffering,
} from './state.js';

/** Major units with two decimals, all digits kept. */
export function money(cents: Cents): LosslessNumber {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  return new LosslessNumber(`${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`);
}

const MILLIONTHS = 1_000_000;

export function times(unitPrice: Cents, quantity: number): Cents {
  return (unitPrice * BigInt(Math.round(quantity * MILLIONTHS))) / BigInt(MILLIONTHS);
}

export function discounted(amount: Cents, percent: number): Cents {
  return (amount * BigInt(Math.round((100 - percent) * 100))) / 10_000n;
}

export const fullAmountOf = (item: QuoteItem): Cents => times(item.unitPrice, item.quantity);
export const amountOf = (item: QuoteItem): Cents => discounted(fullAmountOf(item), item.discountPercent);

export function sum<T>(rows: readonly T[], amount: (row: T) => Cents): Cents {
  return rows.reduce((total, row) => total + amount(row), 0n);
}

export const offeringAmount = (offering: QuoteOffering): Cents => sum(offering.items, amountOf);

/** Null when the offering is new. */
export function previousOfferingAmount(offering: QuoteOffering): Cents | null {
  return offering.previousId === null ? null : sum(offering.items, (item) => item.previousAmount ?? 0n);
}

/** What so much in each billing period comes to from the offering's first day to its last. */
export function overTerm(perPeriod: Cents, offering: QuoteOffering, catalogue: Catalogue): Cents {
  const months = BigInt(monthsBetween(offering.startDate, addDays(offering.endDate, 1)));
  const frequency = BigInt(catalogue.rates.get(offering.rateId)?.billingFrequencyInMonths ?? 1);
  return (perPeriod * months) / frequency;
}

export function perMonth(perPeriod: Cents, offering: QuoteOffering, catalogue: Catalogue): Cents {
  return perPeriod / BigInt(catalogue.rates.get(offering.rateId)?.billingFrequencyInMonths ?? 1);
}

/** What the quote adds to its contract; below zero when it takes something away. */
export function increment(quote: Quote, catalogue: Catalogue): Cents {
  return sum(quote.offerings, (offering) =>
    overTerm(offeringAmount(offering) - (previousOfferingAmount(offering) ?? 0n), offering, catalogue),
  );
}

/** The contract's value when this quote is in force: the processed ones before it, and itself. */
export function contractAmount(quote: Quote, state: MonetizenowState): Cents {
  const before: Quote[] = [];
  for (const id of state.contracts.get(quote.contractId)?.quoteIds ?? []) {
    if (id === quote.id) break;
    const earlier = state.quotes.get(id);
    if (earlier?.status === 'PROCESSED') before.push(earlier);
  }
  return sum([...before, quote], (one) => increment(one, state.catalogue));
}

export function totalValue(contract: Contract, state: MonetizenowState): Cents {
  const processed = contract.quoteIds
    .map((id) => state.quotes.get(id))
    .filter((quote) => quote?.status === 'PROCESSED');
  return sum(processed, (quote) => (quote ? increment(quote, state.catalogue) : 0n));
}

export interface InvoiceSums {
  readonly withoutDiscount: Cents;
  readonly discount: Cents;
  readonly withoutTax: Cents;
  readonly tax: Cents;
  readonly total: Cents;
  readonly credited: Cents;
}

export function invoiceSums(invoice: Pick<Invoice, 'items' | 'credits'>): InvoiceSums {
  const withoutDiscount = sum(invoice.items, (item) => item.amountWithoutDiscount);
  const discount = sum(invoice.items, (item) => item.discount);
  const tax = sum(invoice.items, (item) => item.tax);
  const withoutTax = withoutDiscount - discount;
  const credited = sum(invoice.credits, (credit) => credit.amount);
  return { withoutDiscount, discount, withoutTax, tax, total: withoutTax + tax, credited };
}
