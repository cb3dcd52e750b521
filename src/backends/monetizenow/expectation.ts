/**
 * What a change makes of the offerings of a contract, and whether a quote shows that. Total and pure.
 *
 * Guarantees: a quote matches only as a whole: what was asked for is there, and nothing else is different from before.
 * One that does more, less or something else does not match. Refuses to fill in what the vendor decides: quantities of
 * products that were not listed for a new offering, and its rate, may be anything.
 */
import { addToDay, dayOf, instantOfMillis, type Day } from '../../domain/calendar.js';
import type { ContractChange, DecimalText, ProductQuantity } from '../../domain/change.js';
import type { QuoteDetail } from '../../domain/contract.js';
import { hasEnded, soldIn, type SoldOffering } from './evidence.js';

interface Expected {
  /** `null`: any. */
  readonly rateIds: readonly (string | null)[] | null;
  readonly quantities: ReadonlyMap<string, readonly (DecimalText | null)[]>;
  /** Products beside these may be there, in any quantity. */
  readonly isOpen: boolean;
  /** Not touched, and over by the day of the change: it may be there still. */
  readonly isOptional: boolean;
}

/** Whether the quote, as the vendor shows it, is this change and nothing more. `sentAt`: epoch milliseconds. */
export function isQuoteOfChange(
  quote: QuoteDetail,
  change: ContractChange,
  before: readonly SoldOffering[] | null,
  sentAt: number,
): boolean {
  const today = dayOf(instantOfMillis(sentAt));
  // Without a single offering it cannot be told whether they are gone or were left out.
  if (!isOnDay(quote.amendmentOn, change, today) || quote.offerings.length === 0) return false;
  const { day, sold } = leftBy(quote, change, sentAt);
  if (change.kind === 'CONTRACT_CANCEL') return sold.length === 0;
  if (before === null) return false;
  const expected = expectedAfter(change, before, day);
  return (
    sold.every((offering) => isAs(offering, expected.get(offering.offeringId))) &&
    [...expected].every(
      ([offeringId, { isOptional }]) => isOptional || sold.some((one) => one.offeringId === offeringId),
    )
  );
}

/**
 * Whether what was asked for is in the quote, whatever else is: for a quote that is known to be this change's. Others
 * may have been made before it was approved, on another day than the one that it was sent on.
 */
export function isDoneBy(quote: QuoteDetail, change: ContractChange, sentAt: number): boolean {
  const { sold } = leftBy(quote, change, sentAt);
  const has = (offeringId: string, products: readonly ProductQuantity[], rateId: string | null = null) => {
    const offering = sold.find((one) => one.offeringId === offeringId);
    return (
      offering !== undefined &&
      isAs(offering, {
        rateIds: rateId === null ? null : [rateId],
        quantities: quantitiesOf(products),
        isOpen: true,
        isOptional: false,
      })
    );
  };
  switch (change.kind) {
    case 'CONTRACT_QUANTITY_CHANGE':
    case 'CONTRACT_OFFERING_ADD':
      return change.offerings.every(({ offeringId, products }) => has(offeringId, products));
    case 'CONTRACT_RATE_CHANGE':
      return change.offerings.every(({ offeringId, products, rateId }) =>
        has(offeringId, products ?? [], rateId),
      );
    case 'CONTRACT_OFFERING_CHANGE': {
      const coming = new Set(change.offerings.map(({ newOfferingId }) => newOfferingId));
      return change.offerings.every(
        ({ offeringId, newOfferingId, products }) =>
          has(newOfferingId, products) && (coming.has(offeringId) || !has(offeringId, [])),
      );
    }
    case 'CONTRACT_OFFERING_REMOVE':
      return change.offerings.every(({ offeringId }) => !has(offeringId, []));
    case 'CONTRACT_CANCEL':
      return sold.length === 0;
  }
}

/** What is on the contract from the day on which the quote takes effect. */
function leftBy(
  quote: QuoteDetail,
  { effective }: ContractChange,
  sentAt: number,
): { readonly day: Day; readonly sold: readonly SoldOffering[] } {
  const asked = effective !== null && 'on' in effective ? effective.on : dayOf(instantOfMillis(sentAt));
  const day = quote.amendmentOn ?? asked;
  return { day, sold: soldIn(quote, day).filter(({ endsBefore }) => !hasEnded(endsBefore, day)) };
}

/** The vendor's day may have begun, or not ended yet, where ours has: it does not say in which zone it counts. */
export function isOnDay(amendmentOn: Day | null, { effective }: ContractChange, today: Day): boolean {
  if (amendmentOn === null) return true;
  if (effective !== null && 'on' in effective) return amendmentOn === effective.on;
  const yesterday = addToDay(today, { days: -1 });
  if (effective !== null) return amendmentOn >= yesterday;
  return amendmentOn >= yesterday && amendmentOn <= addToDay(today, { days: 1 });
}

function isAs(offering: SoldOffering, expected: Expected | undefined): boolean {
  if (expected === undefined) return false;
  const { rateIds, quantities, isOpen } = expected;
  const found = new Map(offering.products.map((product) => [product.productId, product.quantities]));
  return (
    (rateIds === null || isSame(rateIds, offering.rateIds)) &&
    [...quantities].every(([productId, wanted]) => isSame(wanted, found.get(productId) ?? [])) &&
    (isOpen || [...found.keys()].every((productId) => quantities.has(productId)))
  );
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((value) => other.includes(value));
}

function expectedAfter(
  change: Exclude<ContractChange, { readonly kind: 'CONTRACT_CANCEL' }>,
  before: readonly SoldOffering[],
  day: Day,
): ReadonlyMap<string, Expected> {
  const expected = new Map<string, Expected>(
    before.map(({ offeringId, rateIds, products, endsBefore }) => [
      offeringId,
      {
        rateIds,
        quantities: new Map(products.map(({ productId, quantities }) => [productId, quantities])),
        isOpen: false,
        isOptional: hasEnded(endsBefore, day),
      },
    ]),
  );
  const changed = (offeringId: string, products: readonly ProductQuantity[], rateId: string | null) => {
    const was = expected.get(offeringId);
    expected.set(offeringId, {
      rateIds: rateId === null ? (was?.rateIds ?? null) : [rateId],
      quantities: new Map([...(was?.quantities ?? []), ...quantitiesOf(products)]),
      isOpen: was === undefined,
      isOptional: false,
    });
  };
  const added = (offeringId: string, products: readonly ProductQuantity[]) =>
    expected.set(offeringId, {
      rateIds: null,
      quantities: quantitiesOf(products),
      isOpen: true,
      isOptional: false,
    });
  switch (change.kind) {
    case 'CONTRACT_QUANTITY_CHANGE':
      change.offerings.forEach(({ offeringId, products }) => changed(offeringId, products, null));
      break;
    case 'CONTRACT_RATE_CHANGE':
      change.offerings.forEach(({ offeringId, products, rateId }) =>
        changed(offeringId, products ?? [], rateId),
      );
      break;
    case 'CONTRACT_OFFERING_CHANGE':
      // All go before any comes: one may take the place of another that goes.
      change.offerings.forEach(({ offeringId }) => expected.delete(offeringId));
      change.offerings.forEach(({ newOfferingId, products }) => added(newOfferingId, products));
      break;
    case 'CONTRACT_OFFERING_ADD':
      change.offerings.forEach(({ offeringId, products }) => added(offeringId, products));
      break;
    case 'CONTRACT_OFFERING_REMOVE':
      change.offerings.forEach(({ offeringId }) => expected.delete(offeringId));
      break;
  }
  return expected;
}

function quantitiesOf(products: readonly ProductQuantity[]): Map<string, readonly DecimalText[]> {
  return new Map(products.map(({ productId, quantity }) => [productId, [quantity]]));
}
