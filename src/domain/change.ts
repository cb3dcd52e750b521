/**
 * Changes that a customer may ask for, one kind for each mutation, as values that can be written down and read again.
 *
 * Guarantees: a change is plain JSON (exact decimals as canonical text, days as `YYYY-MM-DD`), so that two requests for
 * the same thing are the same text, and one that was kept in the journal is the one that was asked for. Refuses to carry
 * anything about how it was asked: keys, dry runs and callers are the request's.
 */
import type { Day } from './calendar.js';
import type { SourceName } from './source.js';

/** Canonical text of an exact decimal number: no exponent, no trailing zeros. Made by `printDecimal`. */
export type DecimalText = string;

/** When a change of a contract takes effect; `null`: today, as the vendor counts it. */
export type Effective = { readonly on: Day } | { readonly at: 'NEXT_BILL_CYCLE' } | null;

export interface ProductQuantity {
  readonly productId: string;
  /** The new total, not a difference (002). */
  readonly quantity: DecimalText;
}

interface OfContract {
  /** The contract's id at MonetizeNow. */
  readonly contractId: string;
  readonly effective: Effective;
}

/** Contract operations of MonetizeNow (002). */
export type ContractChange =
  | (OfContract & {
      readonly kind: 'CONTRACT_QUANTITY_CHANGE';
      readonly offerings: readonly {
        readonly offeringId: string;
        readonly products: readonly ProductQuantity[];
      }[];
    })
  | (OfContract & {
      readonly kind: 'CONTRACT_RATE_CHANGE';
      readonly offerings: readonly {
        readonly offeringId: string;
        readonly rateId: string;
        /** `null`: quantities stay. */
        readonly products: readonly ProductQuantity[] | null;
      }[];
    })
  | (OfContract & {
      readonly kind: 'CONTRACT_OFFERING_CHANGE';
      readonly offerings: readonly {
        readonly offeringId: string;
        readonly newOfferingId: string;
        readonly products: readonly ProductQuantity[];
      }[];
    })
  | (OfContract & {
      readonly kind: 'CONTRACT_OFFERING_ADD';
      readonly offerings: readonly {
        readonly offeringId: string;
        readonly products: readonly ProductQuantity[];
      }[];
    })
  | (OfContract & {
      readonly kind: 'CONTRACT_OFFERING_REMOVE';
      readonly offerings: readonly { readonly offeringId: string }[];
      /** That removing the last offering, which cancels the contract, is meant. */
      readonly confirmCancellation: boolean;
    })
  | (OfContract & { readonly kind: 'CONTRACT_CANCEL' });

export interface CommittedProductInput {
  readonly productId: string;
  /** Usage in the product's own unit. */
  readonly committedQuantity: DecimalText;
  /** Whole percent; discounts only. */
  readonly discountPercent: DecimalText | null;
}

/** What a resource commitment consists of; `undefined` members are not given. */
export interface ResourceCommitmentFields {
  readonly name?: string;
  readonly pricingMethod?: 'FIXED_PRICE' | 'UTILITY_DISCOUNT';
  readonly rateType?: 'FIXED_RATE' | 'VARIABLE_RATE';
  /** Major units for each billing cycle. */
  readonly fixedPrice?: DecimalText;
  readonly taxCode?: { readonly code: string; readonly description: string | null };
  readonly products?: readonly CommittedProductInput[];
  readonly startsOn?: Day;
  /** The first day after it; `null`: without an end. */
  readonly endsBefore?: Day | null;
}

/** Changes of commitments at CloudMC (003). */
export type ResourceCommitmentChange =
  | { readonly kind: 'RESOURCE_COMMITMENT_CREATE'; readonly fields: ResourceCommitmentFields }
  | {
      readonly kind: 'RESOURCE_COMMITMENT_UPDATE';
      readonly commitmentId: string;
      readonly fields: ResourceCommitmentFields;
    }
  | {
      readonly kind: 'RESOURCE_COMMITMENT_TERMINATE';
      readonly commitmentId: string;
      /** The first day after it: the end of the current or the next billing cycle. */
      readonly endsBefore: Day;
    }
  | { readonly kind: 'RESOURCE_COMMITMENT_DELETE'; readonly commitmentId: string };

/** What a contract commitment consists of; `undefined` members are not given. Ids are digits. */
export interface ContractCommitmentFields {
  readonly accountContractId?: string;
  readonly commitmentTypeId?: string;
  readonly penaltyServiceId?: string | null;
  readonly penaltyDescription?: string | null;
  readonly includesChildAccounts?: boolean;
  readonly penaltyChargeTypeId?: string | null;
}

export interface PeriodFields {
  readonly occurrences?: number;
  readonly frequency?: number;
  readonly frequencyTypeId?: string;
  readonly order?: number;
  readonly isRemainderOfTerm?: boolean;
}

/** One commitment of a patch (001, "Standard PATCH objects"). */
export type CommitmentPatch =
  | { readonly action: 'CREATE'; readonly fields: ContractCommitmentFields }
  | { readonly action: 'UPDATE'; readonly commitmentId: string; readonly fields: ContractCommitmentFields }
  | { readonly action: 'DELETE'; readonly commitmentId: string };

export type PeriodPatch =
  | { readonly action: 'CREATE'; readonly commitmentId: string; readonly fields: PeriodFields }
  | {
      readonly action: 'UPDATE';
      readonly commitmentId: string;
      readonly periodId: string;
      readonly fields: PeriodFields;
    }
  | { readonly action: 'DELETE'; readonly commitmentId: string; readonly periodId: string };

export type ServicePatch =
  | { readonly action: 'ATTACH'; readonly commitmentId: string; readonly serviceId: string }
  | { readonly action: 'DETACH'; readonly commitmentId: string; readonly serviceId: string };

/** Changes of commitments at LogiSense (001). */
export type ContractCommitmentChange =
  | { readonly kind: 'CONTRACT_COMMITMENT_CREATE'; readonly fields: ContractCommitmentFields }
  | {
      readonly kind: 'CONTRACT_COMMITMENT_UPDATE';
      readonly commitmentId: string;
      readonly fields: ContractCommitmentFields;
    }
  | {
      readonly kind: 'CONTRACT_COMMITMENT_PATCH';
      readonly commitments: readonly CommitmentPatch[];
      readonly periods: readonly PeriodPatch[];
      readonly services: readonly ServicePatch[];
    }
  | { readonly kind: 'CONTRACT_COMMITMENT_DELETE'; readonly commitmentId: string };

/** Asks Commitment Manager to read the customer's orders again (000). */
export interface SyncChange {
  readonly kind: 'ORGANIZATION_SYNC';
}

export type Change = ContractChange | ResourceCommitmentChange | ContractCommitmentChange | SyncChange;
export type ChangeKind = Change['kind'];

/** The backend that a kind of change goes to. */
export const SOURCE_OF_CHANGE = {
  CONTRACT_QUANTITY_CHANGE: 'MONETIZENOW',
  CONTRACT_RATE_CHANGE: 'MONETIZENOW',
  CONTRACT_OFFERING_CHANGE: 'MONETIZENOW',
  CONTRACT_OFFERING_ADD: 'MONETIZENOW',
  CONTRACT_OFFERING_REMOVE: 'MONETIZENOW',
  CONTRACT_CANCEL: 'MONETIZENOW',
  RESOURCE_COMMITMENT_CREATE: 'CLOUDMC',
  RESOURCE_COMMITMENT_UPDATE: 'CLOUDMC',
  RESOURCE_COMMITMENT_TERMINATE: 'CLOUDMC',
  RESOURCE_COMMITMENT_DELETE: 'CLOUDMC',
  CONTRACT_COMMITMENT_CREATE: 'LOGISENSE',
  CONTRACT_COMMITMENT_UPDATE: 'LOGISENSE',
  CONTRACT_COMMITMENT_PATCH: 'LOGISENSE',
  CONTRACT_COMMITMENT_DELETE: 'LOGISENSE',
  ORGANIZATION_SYNC: 'COMMITMENT_MANAGER',
} as const satisfies Record<ChangeKind, SourceName>;

export const CHANGE_KINDS = Object.keys(SOURCE_OF_CHANGE) as ChangeKind[];
