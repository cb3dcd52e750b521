/**
 * Contract operations as MonetizeNow takes them (seed 002, "Request Data Model"). Total and pure.
 *
 * Guarantees: quantities are written with their own digits; a day goes as a whole date-time (`backends.md` C16), and
 * never beside a relative date, which would silently win (failures.md S47). Refuses to leave out the payload of a
 * cancellation: it must be there, and null.
 */
import type { ContractChange, Effective, ProductQuantity } from '../../domain/change.js';
import type { PlannedRequest } from '../../domain/operation.js';
import { operateContract } from './client.js';
import { Digits, exactJson } from './exact-json.js';

export const ACTIONS = {
  CONTRACT_QUANTITY_CHANGE: 'QUANTITY_CHANGE',
  CONTRACT_RATE_CHANGE: 'RATE_CHANGE',
  CONTRACT_OFFERING_CHANGE: 'OFFERING_CHANGE',
  CONTRACT_OFFERING_ADD: 'ADD_OFFERING',
  CONTRACT_OFFERING_REMOVE: 'REMOVE_OFFERING',
  CONTRACT_CANCEL: 'CANCELLATION',
} as const satisfies Record<ContractChange['kind'], string>;

export function requestOf(change: ContractChange): PlannedRequest {
  return {
    method: 'POST',
    path: operateContract.path(null),
    body: exactJson({
      action: ACTIONS[change.kind],
      contractId: change.contractId,
      ...datesOf(change.effective),
      payload: payloadOf(change),
    }),
  };
}

function datesOf(effective: Effective) {
  if (effective === null) return {};
  return 'at' in effective
    ? { relativeEffectiveDate: effective.at }
    : { effectiveDate: `${effective.on}T00:00:00.000Z` };
}

function payloadOf(change: ContractChange) {
  switch (change.kind) {
    case 'CONTRACT_CANCEL':
      return null;
    case 'CONTRACT_OFFERING_REMOVE':
      return { offerings: change.offerings.map(({ offeringId }) => ({ offeringId })) };
    case 'CONTRACT_QUANTITY_CHANGE':
    case 'CONTRACT_OFFERING_ADD':
      return {
        offerings: change.offerings.map(({ offeringId, products }) => ({
          offeringId,
          products: products.map(toProduct),
        })),
      };
    case 'CONTRACT_RATE_CHANGE':
      return {
        offerings: change.offerings.map(({ offeringId, rateId, products }) => ({
          offeringId,
          rateId,
          products: products?.map(toProduct),
        })),
      };
    case 'CONTRACT_OFFERING_CHANGE':
      return {
        offerings: change.offerings.map(({ offeringId, newOfferingId, products }) => ({
          offeringId,
          newOfferingId,
          products: products.map(toProduct),
        })),
      };
  }
}

function toProduct({ productId, quantity }: ProductQuantity) {
  return { productId, quantity: new Digits(quantity) };
}
