/**
 * What a change bills at once (seed 002: "If you make a change prior to the next bill cycle, there may be a prorated
 * charge"). Guarantees an INCREMENTAL invoice only for a change that is effective today and takes more of something that
 * is billed in ADVANCE: the rest of the billing period that is running, by its days. What was billed in advance and is not
 * used up is credited on the same invoice; nothing is paid out, and where the credit covers all of it nothing is billed.
 * All of this is our choice, as are the 30 days to pay. The drafts of recurring invoices are left as they are.
 */
import {
  amountOf,
  fullAmountOf,
  invoiceSums,
  monthsOf,
  overTerm,
  sum,
  taxOn,
  type Stretch,
} from './amounts.js';
import { addDays, addMonths, cyclePoint } from './days.js';
import type { Ids } from './ids.js';
import type {
  Cents,
  Contract,
  Invoice,
  InvoiceItem,
  MonetizenowState,
  Quote,
  QuoteItem,
  QuoteOffering,
} from './state.js';

interface Billing {
  readonly state: MonetizenowState;
  readonly contract: Contract;
  /** Every step agreed before the change. */
  readonly steps: readonly QuoteOffering[];
  readonly quote: Quote;
  readonly ids: Ids;
  readonly now: number;
  readonly today: string;
}

export function invoiceFor(billing: Billing): Invoice | null {
  const { state, contract, quote, ids, now, today } = billing;
  const billed = quote.offerings.filter(({ startDate }) => startDate <= today);
  const items = billed.flatMap((offering) => chargesOf(billing, offering));
  const credit = sum(billed, (offering) => creditOf(billing, offering));
  if (items.length === 0 || credit >= invoiceSums({ items, credits: [] }).total) return null;
  return {
    id: ids.next('invce'),
    invoiceNumber: `INV-${String(state.invoices.size + 1).padStart(6, '0')}`,
    accountId: contract.accountId,
    contractId: contract.id,
    quoteId: quote.id,
    status: 'UNPAID',
    invoiceType: 'INCREMENTAL',
    billDate: today,
    startDate: today,
    endDate: items.map(({ endDate }) => endDate).reduce((a, b) => (a > b ? a : b)),
    dueDate: addDays(today, 30),
    paidDate: null,
    paymentId: null,
    items,
    credits:
      credit === 0n
        ? []
        : [
            {
              id: ids.next('crdt'),
              creditNoteId: ids.next('crnt'),
              type: 'CREDIT_NOTE',
              reason: 'Billed in advance and not used up',
              appliedAt: now,
              amount: credit,
            },
          ],
  };
}

/** From the change to the end of the billing period that is running; undefined where nothing is billed in advance. */
function restOfPeriod(billing: Billing, rateId: string, subscriptionId: string, day: string, last: string) {
  const { state, contract, steps } = billing;
  const rate = state.catalogue.rates.get(rateId);
  if (rate?.subscriptionTiming !== 'ADVANCE') return undefined;
  const anchor = contract.startDate;
  const since = steps
    .filter((step) => step.subscriptionId === subscriptionId)
    .reduce((earliest, { startDate }) => (startDate < earliest ? startDate : earliest), day);
  // A subscription's periods begin with the bill cycle that it began in.
  const begun = cyclePoint(since, anchor).whole;
  const periods = Math.floor((cyclePoint(day, anchor).whole - begun) / rate.billingFrequencyInMonths) + 1;
  const next = addMonths(anchor, begun + periods * rate.billingFrequencyInMonths);
  const endDate = addDays(next, -1);
  const stretch: Stretch = { startDate: day, endDate: endDate < last ? endDate : last };
  const { months, inParts } = monthsOf(stretch, anchor);
  const multiplier = Number(months) / Number(inParts) / rate.billingFrequencyInMonths;
  return {
    stretch,
    multiplier: Number(multiplier.toFixed(6)),
    share: (perPeriod: Cents) => overTerm(perPeriod, stretch, rateId, anchor, state.catalogue),
  };
}

const hasNewRate = ({ previousRateId, rateId }: QuoteOffering): boolean =>
  previousRateId !== null && previousRateId !== rateId;

function chargesOf(billing: Billing, offering: QuoteOffering): InvoiceItem[] {
  const { rateId, subscriptionId, startDate, endDate } = offering;
  const rest = restOfPeriod(billing, rateId, subscriptionId, startDate, endDate);
  if (!rest || offering.removed) return [];
  return offering.items.flatMap((item) => {
    const more = billedAnew(offering, item);
    if (more.quantity <= 0) return [];
    const full = rest.share(fullAmountOf(more));
    const afterDiscount = rest.share(amountOf(more));
    if (afterDiscount <= 0n) return [];
    return [
      {
        id: billing.ids.next('ivitm'),
        quoteItemId: item.id,
        subscriptionId,
        offeringId: offering.offeringId,
        rateId,
        productId: item.productId,
        quantity: more.quantity,
        unitPrice: item.unitPrice,
        amountWithoutDiscount: full,
        discount: full - afterDiscount,
        tax: taxOn(afterDiscount),
        prorationMultiplier: rest.multiplier,
        ...rest.stretch,
      },
    ];
  });
}

/** The item with what comes on top of what was billed already; all of it where the rate is new. */
function billedAnew(offering: QuoteOffering, item: QuoteItem): QuoteItem {
  const before = hasNewRate(offering) ? 0 : (item.previousQuantity ?? 0);
  return { ...item, quantity: item.quantity - before };
}

/** What the customer paid for in advance and has no more, with the tax on it. */
function creditOf(billing: Billing, offering: QuoteOffering): Cents {
  const { previousId, previousRateId, startDate, endDate } = offering;
  const previous = billing.steps.find(({ id }) => id === previousId);
  if (!previous || previousRateId === null) return 0n;
  const rest = restOfPeriod(billing, previousRateId, previous.subscriptionId, startDate, endDate);
  if (!rest) return 0n;
  const keeps = !offering.removed && !hasNewRate(offering);
  const unused = sum(offering.items, (item) => {
    const lost = (item.previousAmount ?? 0n) - (keeps ? amountOf(item) : 0n);
    return lost > 0n ? rest.share(lost) : 0n;
  });
  return unused + taxOn(unused);
}
