/**
 * Sums over quotes and invoices, in cents. Guarantees that a contract's total is what its PROCESSED quotes add up to:
 * the first one in full, each amendment by what it changes. Which of the vendor's several `amount`s is per billing
 * period and which for the whole term is not spelled out; ours: `amount` of an item or offering is one billing period,
 * `contractAmount` the whole term, `amount` of an AMENDMENT quote the incremental value (`backends.md` §4.8). A part of a
 * monthly bill cycle counts by its days; cycles begin on the contract's day of the month.
 */
import { LosslessNumber } from 'lossless-json';
import { addDays, cyclePoint } from './days.js';
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

const TAX_PERCENT = 10n;
export const taxOn = (amount: Cents): Cents => (amount * TAX_PERCENT) / 100n;

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

/** Both days included. */
export interface Stretch {
  readonly startDate: string;
  readonly endDate: string;
}

const frequencyOf = (rateId: string, catalogue: Catalogue): bigint =>
  BigInt(catalogue.rates.get(rateId)?.billingFrequencyInMonths ?? 1);

/** Months of a stretch as a fraction, by the bill cycles that begin with `anchor`. */
export function monthsOf(
  { startDate, endDate }: Stretch,
  anchor: string,
): { months: bigint; inParts: bigint } {
  const [from, to] = [cyclePoint(startDate, anchor), cyclePoint(addDays(endDate, 1), anchor)];
  const inParts = BigInt(from.of * to.of);
  const months = BigInt(to.whole - from.whole) * inParts + BigInt(to.days * from.of - from.days * to.of);
  return { months, inParts };
}

/** What so much in each billing period of a rate comes to from the first day to the last. */
export function overTerm(
  perPeriod: Cents,
  stretch: Stretch,
  rateId: string,
  anchor: string,
  catalogue: Catalogue,
): Cents {
  const { months, inParts } = monthsOf(stretch, anchor);
  return (perPeriod * months) / (inParts * frequencyOf(rateId, catalogue));
}

export function perMonth(perPeriod: Cents, rateId: string, catalogue: Catalogue): Cents {
  return perPeriod / frequencyOf(rateId, catalogue);
}

/** What the quote adds to its contract; below zero when it takes something away. */
export function increment(quote: Quote, { contracts, catalogue }: MonetizenowState): Cents {
  return sum(quote.offerings, (offering) => {
    const anchor = contracts.get(quote.contractId)?.startDate ?? offering.startDate;
    const before = previousOfferingAmount(offering) ?? 0n;
    const beforeRate = offering.previousRateId ?? offering.rateId;
    return (
      overTerm(offeringAmount(offering), offering, offering.rateId, anchor, catalogue) -
      overTerm(before, offering, beforeRate, anchor, catalogue)
    );
  });
}

/** The contract's value when this quote is in force: the processed ones before it, and itself. */
export function contractAmount(quote: Quote, state: MonetizenowState): Cents {
  const before: Quote[] = [];
  for (const id of state.contracts.get(quote.contractId)?.quoteIds ?? []) {
    if (id === quote.id) break;
    const earlier = state.quotes.get(id);
    if (earlier?.status === 'PROCESSED') before.push(earlier);
  }
  return sum([...before, quote], (one) => increment(one, state));
}

export function totalValue(contract: Contract, state: MonetizenowState): Cents {
  const processed = contract.quoteIds
    .map((id) => state.quotes.get(id))
    .filter((quote) => quote?.status === 'PROCESSED');
  return sum(processed, (quote) => (quote ? increment(quote, state) : 0n));
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
