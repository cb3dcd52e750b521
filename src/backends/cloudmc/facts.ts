/**
 * What a commitment says, as plain JSON: to be laid under a change, kept in the journal and compared with later reads.
 *
 * Guarantees: numbers are exact text, instants are in UTC, and two reads of the same commitment compare as equal in
 * whatever order its products came. Refuses to compare what the vendor fills in by itself (a tax code's description)
 * where the caller has left it open.
 */
import { parseInstant, type Instant, type Term } from '../../domain/calendar.js';
import type { DecimalText } from '../../domain/change.js';
import { canonicalJson } from '../../domain/json.js';
import { printDecimal, type Decimal } from '../../domain/money.js';
import { termOf } from './mapper.js';
import type { WireCommitment } from './wire.js';

export type ProductTerms = {
  readonly productId: string;
  readonly committedQuantity: DecimalText | null;
  readonly discountPercent: DecimalText | null;
};

/** What a write can set. */
export type Terms = {
  readonly name: string | null;
  readonly resourceType: string | null;
  readonly pricingMethod: string | null;
  readonly rateType: string | null;
  readonly fixedPrice: DecimalText | null;
  readonly taxCode: { readonly code: string; readonly description: string | null } | null;
  readonly products: readonly ProductTerms[];
  readonly startsAt: string | null;
  readonly endsAt: string | null;
};

/** A commitment as it was read. */
export type Facts = Terms & {
  readonly id: string;
  readonly isTerminated: boolean;
  readonly updatedAt: string | null;
};

/** What reading back is compared with; `ids` of all commitments of the customer, where one may be made. */
export type Evidence = {
  readonly commitment: Facts | null;
  readonly ids: readonly string[] | null;
};

const printed = (value: Decimal | null) => (value === null ? null : printDecimal(value));

export function factsOf(row: WireCommitment): Facts {
  return {
    id: row.id,
    name: row.name,
    resourceType: row.type,
    pricingMethod: row.pricingMethod,
    rateType: row.rateType,
    fixedPrice: printed(row.fixedPrice),
    taxCode: row.fixedPriceTaxCode,
    products: row.committedProducts.map(({ product, committedAmount, discountAmount }) => ({
      productId: product.id,
      committedQuantity: printed(committedAmount),
      discountPercent: printed(discountAmount),
    })),
    startsAt: row.startDate,
    endsAt: row.endDate,
    isTerminated: row.terminated,
    updatedAt: row.updatedAt,
  };
}

/** The days of a commitment's terms. */
export function daysOf({ startsAt, endsAt }: Terms): Term {
  return termOf(instantOrNull(startsAt), instantOrNull(endsAt));
}

function instantOrNull(text: string | null): Instant | null {
  return text === null ? null : parseInstant(text);
}

/** UUIDs are the same in either case. */
export function isSameId(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Whether nothing at all is different, the moment of the last change included. */
export function isUntouched(before: Facts, now: Facts): boolean {
  return canonicalJson(ordered(before)) === canonicalJson(ordered(now));
}

function ordered(facts: Facts): Facts {
  return { ...facts, products: [...facts.products].sort(byProduct) };
}

function byProduct(one: ProductTerms, other: ProductTerms): number {
  return one.productId < other.productId ? -1 : 1;
}

/** Names of the members in which what is there is not what was wanted; empty: it is. */
export function differences(wanted: Terms, now: Terms): readonly (keyof Terms)[] {
  const [wantedDays, days] = [daysOf(wanted), daysOf(now)];
  const isSame: Readonly<Record<keyof Terms, boolean>> = {
    name: wanted.name === now.name,
    resourceType: now.resourceType === null || wanted.resourceType === now.resourceType,
    pricingMethod: wanted.pricingMethod === now.pricingMethod,
    rateType: wanted.rateType === now.rateType,
    fixedPrice: wanted.fixedPrice === now.fixedPrice,
    taxCode: isSameTaxCode(wanted.taxCode, now.taxCode),
    products: areSameProducts(wanted.products, now.products),
    startsAt: wantedDays.startsOn === days.startsOn,
    endsAt: wantedDays.endsBefore === days.endsBefore,
  };
  return (Object.keys(isSame) as (keyof Terms)[]).filter((name) => !isSame[name]);
}

function isSameTaxCode(wanted: Terms['taxCode'], now: Terms['taxCode']): boolean {
  if (wanted === null || now === null) return wanted === now;
  return wanted.code === now.code && (wanted.description === null || wanted.description === now.description);
}

function areSameProducts(wanted: readonly ProductTerms[], now: readonly ProductTerms[]): boolean {
  return (
    wanted.length === now.length &&
    wanted.every((product) => {
      const same = now.find(({ productId }) => isSameId(productId, product.productId));
      return (
        same?.committedQuantity === product.committedQuantity &&
        // No discount and one of nothing are the same.
        (same.discountPercent ?? '0') === (product.discountPercent ?? '0')
      );
    })
  );
}
