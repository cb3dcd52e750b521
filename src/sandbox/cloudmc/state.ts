/**
 * What the CloudMC emulator remembers. Guarantees that a commitment is found by its id and under its organization, and
 * that the two never disagree (add and remove through the functions below); refuses a second record with the same id.
 * Numbers are kept as text (`LosslessNumber`), because the vendor writes doubles as `500.0` (seed 003) and because some
 * prices have more digits than a double holds.
 */
import type { LosslessNumber } from 'lossless-json';

export interface Organization {
  readonly id: string;
  readonly name: string;
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
      readonly fixedPriceTaxCode: TaxCode;
    }
  | { readonly pricingMethod: 'UTILITY_DISCOUNT'; readonly rateType: 'FIXED_RATE' | 'VARIABLE_RATE' };

export interface Commitment {
  readonly id: string;
  readonly organizationId: string;
  readonly reseller: Organization;
  name: string;
  pricing: Pricing;
  products: CommittedProduct[];
  /** Instants as they are written, e.g. `2022-01-01T00:00:00Z`. */
  startDate: string;
  /** Absent: runs on without an end. */
  endDate?: string;
  terminated: boolean;
  readonly createdAt: string;
  updatedAt: string;
  /** Billed in advance: changing it ends it and starts another (seed 003, update). Never on the wire. */
  readonly prePaid: boolean;
  /** Members left out of every answer: both are missing in some of the vendor's samples (`backends.md` C24). */
  readonly hides: ReadonlySet<'reseller' | 'status'>;
}

export interface Task {
  readonly taskId: string;
  readonly outcome: 'SUCCESS' | 'FAILED';
  readonly result: unknown;
  /** Milliseconds since the epoch. Until then the task is PENDING. */
  readonly settlesAt: number;
  /** The vendor forgets tasks after about half an hour (`backends.md` §5.6). */
  readonly expiresAt: number;
}

export interface CloudmcState {
  /** Whose key it is: the organization meant when a caller names none. */
  readonly callerOrganizationId: string;
  readonly organizations: Map<string, Organization>;
  readonly commitments: Map<string, Commitment>;
  readonly byOrganization: Map<string, Commitment[]>;
  readonly tasks: Map<string, Task>;
}

export function emptyState(caller: Organization): CloudmcState {
  return {
    callerOrganizationId: caller.id,
    organizations: new Map([[caller.id, caller]]),
    commitments: new Map(),
    byOrganization: new Map(),
    tasks: new Map(),
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
