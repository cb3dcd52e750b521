/**
 * What the CloudMC emulator remembers. Guarantees that a commitment is found by its id and under its organization, and
 * that the two never disagree (add, replace and remove through the functions below); refuses a second record with the
 * same id. Commitments are never changed in place, so that whoever holds one, such as the ledger, holds what it was.
 * Numbers are kept as text (`LosslessNumber`), because the vendor writes doubles as `500.0` (seed 003) and because some
 * prices have more digits than a double holds.
 */
import type { LosslessNumber } from 'lossless-json';
import type { Billing } from './billing.js';

export interface Organization {
  readonly id: string;
  readonly name: string;
}

/** An organization as the vendor's books have it. */
export interface Account extends Organization {
  /** Who owns the commitments that are made for it. */
  readonly reseller: Organization;
  readonly billing: Billing;
}

export interface TaxCode {
  readonly code: string;
  readonly description?: string;
}

export interface CommittedProduct {
  readonly id: string;
  readonly product: { readonly id: string; readonly sku: string };
  readonly committedAmount: LosslessNumber;
  /** Percent; only with UTILITY_DISCOUNT. */
  readonly discountAmount?: LosslessNumber;
  /** Only with FIXED_RATE. */
  readonly fixedRateReferencePrice?: LosslessNumber;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export type Pricing =
  | {
      readonly pricingMethod: 'FIXED_PRICE';
      readonly fixedPrice: LosslessNumber;
      readonly fixedPriceTaxCode?: TaxCode;
    }
  | { readonly pricingMethod: 'UTILITY_DISCOUNT'; readonly rateType: 'FIXED_RATE' | 'VARIABLE_RATE' };

export interface Commitment {
  readonly id: string;
  readonly organizationId: string;
  readonly reseller: Organization;
  readonly name: string;
  readonly pricing: Pricing;
  readonly products: readonly CommittedProduct[];
  /** Instants as they are written, e.g. `2022-01-01T00:00:00Z`. */
  readonly startDate: string;
  /** Absent: runs on without an end. */
  readonly endDate?: string;
  readonly terminated: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Billed in advance: changing it ends it and starts another (seed 003, update). Never on the wire. */
  readonly prePaid: boolean;
  /** Members left out of every answer: both are missing in some of the vendor's samples (`backends.md` C24). */
  readonly hides: ReadonlySet<'reseller' | 'status'>;
}

export interface Task {
  readonly taskId: string;
  readonly outcome: 'SUCCESS' | 'FAILED';
  /** Comes when it has settled. */
  result: unknown;
  /** Milliseconds since the epoch. Until then the task is PENDING. */
  readonly settlesAt: number;
  /** The vendor forgets tasks after about half an hour (`backends.md` §5.6). */
  readonly expiresAt: number;
}

/** A change that was accepted and waits for its task to settle. */
export interface ChangeUnderWay {
  readonly task: Task;
  /** Changes the state and gives the task's result. Never called for a task that fails. */
  apply(): unknown;
}

export interface CloudmcState {
  /** Whose key it is: the organization meant when a caller names none. */
  readonly callerOrganizationId: string;
  readonly organizations: Map<string, Account>;
  readonly commitments: Map<string, Commitment>;
  readonly byOrganization: Map<string, Commitment[]>;
  readonly tasks: Map<string, Task>;
  /** By the commitment's id: one change at a time. */
  readonly underWay: Map<string, ChangeUnderWay>;
  /** How many ids have been given out; new ones are made of it. */
  made: number;
}

export function emptyState(callerOrganizationId: string): CloudmcState {
  return {
    callerOrganizationId,
    organizations: new Map(),
    commitments: new Map(),
    byOrganization: new Map(),
    tasks: new Map(),
    underWay: new Map(),
    made: 0,
  };
}

export function addCommitment(state: CloudmcState, commitment: Commitment): void {
  if (state.commitments.has(commitment.id)) {
    throw new Error(`two CloudMC commitments with the id ${commitment.id}`);
  }
  state.commitments.set(commitment.id, commitment);
  const siblings = state.byOrganization.get(commitment.organizationId);
  if (siblings) siblings.push(commitment);
  else state.byOrganization.set(commitment.organizationId, [commitment]);
}

/** It keeps its place in its organization's list. */
export function replaceCommitment(state: CloudmcState, commitment: Commitment): void {
  state.commitments.set(commitment.id, commitment);
  const siblings = state.byOrganization.get(commitment.organizationId) ?? [];
  state.byOrganization.set(
    commitment.organizationId,
    siblings.map((sibling) => (sibling.id === commitment.id ? commitment : sibling)),
  );
}

export function removeCommitment(state: CloudmcState, id: string): boolean {
  const commitment = state.commitments.get(id);
  if (!commitment) return false;
  state.commitments.delete(id);
  const siblings = state.byOrganization.get(commitment.organizationId) ?? [];
  state.byOrganization.set(
    commitment.organizationId,
    siblings.filter((sibling) => sibling.id !== id),
  );
  return true;
}
