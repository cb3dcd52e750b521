/**
 * One change to a contract, worked out and made. Guarantees that working it out touches nothing, and that making it
 * changes the quote, the contract and the invoices in one turn, after the ledger was told: an effect that nobody could
 * know of must not happen. Refuses what `amend.ts` refuses.
 */
import { dayAt } from '../calendar.js';
import type { Change } from '../ledger.js';
import type { Clock, Report } from '../types.js';
import { amendedOfferings } from './amend.js';
import { increment, money, totalValue } from './amounts.js';
import type { Settings } from './behaviour.js';
import { invoiceFor } from './billing.js';
import { addDays } from './days.js';
import type { Ids } from './ids.js';
import type { Operation } from './operation.js';
import { contractStatus } from './present.js';
import type { Cents, Contract, Invoice, MonetizenowState, Quote, QuoteOffering } from './state.js';
import { agreedSteps, linesFrom } from './terms.js';

/** What all of self-service works with. */
export interface Surroundings {
  readonly clock: Clock;
  readonly report: Report;
  /** The state and the settings in force; both are replaced on a reset. */
  readonly state: () => MonetizenowState;
  readonly settings: () => Settings;
}

export interface Amendment {
  readonly operation: Operation;
  readonly contract: Contract;
  /** Its first day. */
  readonly from: string;
  readonly quote: Quote;
  readonly invoice: Invoice | null;
  /** Nothing is left of the contract. */
  readonly isCancellation: boolean;
  /** What was agreed for the days that it is about. */
  readonly before: readonly QuoteOffering[];
}

export interface Amendments {
  /** With its quote PROCESSED as of now. Changes nothing; throws `ChangeRefused`. */
  work(operation: Operation, contract: Contract, from: string, ids: Ids): Amendment;
  make(amendment: Amendment, requestId: string | null): void;
}

export function createAmendments({ clock, report, state, settings }: Surroundings): Amendments {
  const today = (): string => dayAt(clock());

  function work(operation: Operation, contract: Contract, from: string, ids: Ids): Amendment {
    const { catalogue } = state();
    const [now, steps] = [clock(), agreedSteps(state(), contract)];
    const lines = linesFrom(steps, from);
    const offerings = amendedOfferings({ catalogue, contract, lines, from, ids }, operation);
    const quote: Quote = {
      id: ids.next('quote'),
      contractId: contract.id,
      description: `Self-service ${operation.action}`,
      type: 'AMENDMENT',
      status: 'PROCESSED',
      previousQuoteId:
        contract.quoteIds.findLast((id) => state().quotes.get(id)?.status === 'PROCESSED') ?? null,
      amendmentDate: from,
      expirationDate: addDays(today(), 30),
      offerings,
      customFields: {},
      approvals: [],
      // Seed 002: "Validation Rules are never evaluated for self-service amendment quotes."
      validations: [],
      createdAt: now,
      modifiedAt: now,
      sentAt: null,
      acceptedAt: now,
      processedAt: now,
    };
    return {
      operation,
      contract,
      from,
      quote,
      invoice: invoiceFor({ state: state(), contract, steps, quote, ids, now, today: today() }),
      isCancellation: offerings.every(({ removed }) => removed),
      before: lines.flatMap((line) => line.steps),
    };
  }

  function make(amendment: Amendment, requestId: string | null): void {
    const { contract, quote, invoice, isCancellation, from } = amendment;
    report(changeOf(amendment, requestId));
    const { quotes, invoices } = state();
    quotes.set(quote.id, quote);
    // One that was held comes after every change that was made while it waited.
    const place = contract.quoteIds.indexOf(quote.id);
    if (place >= 0) contract.quoteIds.splice(place, 1);
    contract.quoteIds.push(quote.id);
    if (invoice) {
      invoices.set(invoice.id, invoice);
      contract.invoiceIds.push(invoice.id);
    }
    if (isCancellation) Object.assign(contract, ending(contract, from));
    contract.modifiedAt = quote.modifiedAt;
  }

  /** A contract that never began is CANCELED at once. */
  function ending({ startDate }: Contract, from: string): Pick<Contract, 'canceledFrom' | 'endDate'> {
    const last = addDays(from, -1);
    return {
      canceledFrom: settings().cancelsAtOnce || from <= startDate ? today() : from,
      endDate: last < startDate ? startDate : last,
    };
  }

  function changeOf(amendment: Amendment, requestId: string | null): Change {
    const { operation, contract, from, quote, invoice, isCancellation, before } = amendment;
    const total = totalValue(contract, state());
    const after = isCancellation ? { ...contract, ...ending(contract, from) } : contract;
    const standing = (one: Contract, value: Cents, offerings: readonly QuoteOffering[]) => ({
      status: contractStatus(one, today()),
      endDate: one.endDate,
      totalValue: money(value),
      offerings: offerings.filter(({ removed }) => !removed).map(inShort),
    });
    return {
      action: `contract.${operation.action.toLowerCase().replaceAll('_', '-')}`,
      target: contract.id,
      customer: contract.accountId,
      requestId,
      details: {
        request: operation,
        effectiveOn: from,
        quoteId: quote.id,
        invoiceId: invoice?.id ?? null,
        before: standing(contract, total, before),
        after: standing(after, total + increment(quote, state()), quote.offerings),
      },
    };
  }

  return { work, make };
}

const inShort = ({ offeringId, rateId, startDate, endDate, items }: QuoteOffering) => ({
  offeringId,
  rateId,
  startDate,
  endDate,
  products: items.map(({ productId, quantity }) => ({ productId, quantity })),
});
