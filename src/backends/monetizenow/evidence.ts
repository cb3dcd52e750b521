/**
 * What a contract showed at one moment, as the journal keeps it: the facts that tell "applied" from "not applied".
 *
 * The offerings are those of the quote that is in force: the vendor keeps none on the contract itself (`backends.md`
 * §4.4). JSON throughout, exact numbers as canonical text.
 */
import type { Day } from '../../domain/calendar.js';
import type { DecimalText } from '../../domain/change.js';
import type { Contract, ContractOffering, Quote, QuoteDetail } from '../../domain/contract.js';
import type { Json } from '../../domain/json.js';
import { printDecimal, type Decimal } from '../../domain/money.js';

// Type aliases, not interfaces: only those are known to be JSON.

export type SoldProduct = {
  readonly productId: string;
  /** One for each step of a ramp that differs; `null`: not stated. */
  readonly quantities: readonly (DecimalText | null)[];
  readonly isOneTime: boolean;
};

/** An offering on the contract, all of its steps together. */
export type SoldOffering = {
  readonly offeringId: string;
  /** `null`: not stated. */
  readonly rateIds: readonly (string | null)[];
  readonly products: readonly SoldProduct[];
  readonly isOneTime: boolean;
  /** The first day after its last step; `null`: open, or not stated. */
  readonly endsBefore: Day | null;
};

export type SeenQuote = {
  readonly id: string;
  readonly type: string | null;
  readonly status: string | null;
};

export type Evidence = {
  readonly status: string | null;
  readonly modifiedAt: string | null;
  readonly endsBefore: Day | null;
  readonly latestQuoteId: string | null;
  /** All quotes of the contract; `null`: it does not list them. */
  readonly quotes: readonly SeenQuote[] | null;
  /** The quote whose offerings these are; `null`: none was read. */
  readonly quoteId: string | null;
  readonly offerings: readonly SoldOffering[] | null;
};

/** `on`: the day on which it is looked at; steps that are over by then do not count. */
export function evidenceOf(
  contract: Contract,
  quotes: readonly Quote[] | null,
  quote: QuoteDetail | null,
  on: Day,
): Evidence {
  return {
    status: contract.statusText,
    modifiedAt: contract.modifiedAt,
    endsBefore: contract.term.endsBefore,
    latestQuoteId: contract.latestQuoteId,
    quotes:
      quotes?.map(({ externalId, typeText, statusText }) => ({
        id: externalId,
        type: typeText,
        status: statusText,
      })) ?? null,
    quoteId: quote?.externalId ?? null,
    offerings: quote && soldIn(quote, on),
  };
}

/** Evidence out of the journal; `null` if it is not, or of a form that is not ours. */
export function readEvidence(json: Json): Evidence | null {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return null;
  const evidence = json as Partial<Evidence>;
  const isWhole =
    isListOrNull(evidence.quotes) && isListOrNull(evidence.offerings) && evidence.latestQuoteId !== undefined;
  return isWhole ? (evidence as Evidence) : null;
}

function isListOrNull(value: unknown): boolean {
  return value === null || Array.isArray(value);
}

/**
 * The offerings that a quote leaves on the contract. What it removes is not among them. Steps that are
 * over by the day do not count where the offering has later ones.
 */
export function soldIn(quote: QuoteDetail, on: Day): readonly SoldOffering[] {
  const byId = new Map<string, ContractOffering[]>();
  for (const step of quote.offerings) {
    // An offering that does not say which one it is still is on the contract: it stands under its own id.
    const offeringId = step.offering?.externalId ?? step.externalId;
    if (!isRemoved(step)) byId.set(offeringId, [...(byId.get(offeringId) ?? []), step]);
  }
  return [...byId].map(([offeringId, steps]) => {
    const later = steps.filter(({ term }) => !hasEnded(term.endsBefore, on));
    return toSold(offeringId, later.length === 0 ? steps : later);
  });
}

export function hasEnded(endsBefore: Day | null, day: Day): boolean {
  return endsBefore !== null && endsBefore <= day;
}

function isRemoved({ isRemoved: isMarked, products }: ContractOffering): boolean {
  return (
    isMarked === true ||
    (products.length > 0 && products.every(({ amendmentStatus }) => amendmentStatus === 'REMOVED'))
  );
}

function toSold(offeringId: string, steps: readonly ContractOffering[]): SoldOffering {
  const products = new Map<string, { quantities: Set<DecimalText | null>; isOneTime: boolean }>();
  for (const step of steps) {
    for (const { product, quantity, type, amendmentStatus } of step.products) {
      if (amendmentStatus === 'REMOVED') continue;
      const known = products.get(product.externalId) ?? { quantities: new Set(), isOneTime: false };
      known.quantities.add(print(quantity));
      known.isOneTime ||= type === 'ONETIME' || type === 'ONETIME_PREPAID_CREDIT';
      products.set(product.externalId, known);
    }
  }
  const ends = steps.map(({ term }) => term.endsBefore);
  return {
    offeringId,
    rateIds: [...new Set(steps.map(({ rate }) => rate?.externalId ?? null))],
    products: [...products].map(([productId, { quantities, isOneTime }]) => ({
      productId,
      quantities: [...quantities],
      isOneTime,
    })),
    isOneTime: steps.every(({ billingFrequency }) => billingFrequency === 'ONETIME'),
    endsBefore: ends.reduce((last, end) => (last === null || end === null ? null : last > end ? last : end)),
  };
}

function print(quantity: Decimal | null): DecimalText | null {
  return quantity === null ? null : printDecimal(quantity);
}
