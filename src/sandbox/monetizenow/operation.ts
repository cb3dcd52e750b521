/** A change to a contract as asked for (seed 002, "Request Data Model"), once its form is known to be right. */

export const ACTIONS = [
  'QUANTITY_CHANGE',
  'RATE_CHANGE',
  'OFFERING_CHANGE',
  'ADD_OFFERING',
  'REMOVE_OFFERING',
  'CANCELLATION',
] as const;
export type Action = (typeof ACTIONS)[number];

export interface ProductQuantity {
  readonly productId: string;
  /** The new total. */
  readonly quantity: number;
}

export interface AskedOffering {
  readonly offeringId: string;
  /** Only of a RATE_CHANGE. */
  readonly rateId?: string;
  /** Only of an OFFERING_CHANGE. */
  readonly newOfferingId?: string;
  readonly products?: readonly ProductQuantity[];
}

export interface Operation {
  readonly action: Action;
  readonly contractId: string;
  /** As written; `effectiveDay` is the day it means. */
  readonly effectiveDate?: string;
  readonly relativeEffectiveDate?: 'NEXT_BILL_CYCLE';
  /** Null with CANCELLATION, and only there. */
  readonly payload: { readonly offerings: readonly AskedOffering[] } | null;
}
