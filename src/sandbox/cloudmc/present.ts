/**
 * State to the JSON of seed 003, member for member and in its order. Guarantees that a member which does not apply is
 * absent, never null: no `endDate` on an open-ended commitment, no `rateType` on a FIXED_PRICE one. `status` follows
 * the dates at the moment of asking and not `terminated` ("not directly tied to the status", seed 003).
 */
import type { CloudmcState, Commitment, CommittedProduct, Task } from './state.js';

export type CommitmentStatus = 'IN_PROGRESS' | 'UPCOMING' | 'EXPIRED';

/** The vendor does not say how the dates give the status; half-open ranges are our reading (`backends.md` §5.3). */
export function statusAt(commitment: Commitment, now: number): CommitmentStatus {
  if (Date.parse(commitment.startDate) > now) return 'UPCOMING';
  if (commitment.endDate !== undefined && Date.parse(commitment.endDate) <= now) return 'EXPIRED';
  return 'IN_PROGRESS';
}

function presentProduct(committed: CommittedProduct): Record<string, unknown> {
  return {
    createdAt: committed.createdAt,
    product: { id: committed.product.id, sku: committed.product.sku },
    ...(committed.fixedRateReferencePrice && { fixedRateReferencePrice: committed.fixedRateReferencePrice }),
    ...(committed.discountAmount && { discountAmount: committed.discountAmount }),
    committedAmount: committed.committedAmount,
    id: committed.id,
    updatedAt: committed.updatedAt,
  };
}

export function presentCommitment(
  state: CloudmcState,
  commitment: Commitment,
  now: number,
): Record<string, unknown> {
  const { pricing, hides } = commitment;
  const organization = state.organizations.get(commitment.organizationId);
  return {
    committedProducts: commitment.products.map(presentProduct),
    ...(commitment.endDate !== undefined && { endDate: commitment.endDate }),
    pricingMethod: pricing.pricingMethod,
    ...(pricing.pricingMethod === 'UTILITY_DISCOUNT' && { rateType: pricing.rateType }),
    type: 'RESOURCE',
    ...(pricing.pricingMethod === 'FIXED_PRICE' && {
      fixedPrice: pricing.fixedPrice,
      fixedPriceTaxCode: pricing.fixedPriceTaxCode,
    }),
    createdAt: commitment.createdAt,
    organization: { name: organization?.name, id: commitment.organizationId },
    ...(!hides.has('reseller') && {
      reseller: { name: commitment.reseller.name, id: commitment.reseller.id },
    }),
    name: commitment.name,
    id: commitment.id,
    terminated: commitment.terminated,
    startDate: commitment.startDate,
    updatedAt: commitment.updatedAt,
    ...(!hides.has('status') && { status: statusAt(commitment, now) }),
  };
}

/** `result` comes only with SUCCESS (`backends.md` §5.6); what a failed task says is not documented. */
export function presentTask(task: Task, now: number): Record<string, unknown> {
  if (now < task.settlesAt) return { taskId: task.taskId, taskStatus: 'PENDING' };
  return {
    taskId: task.taskId,
    taskStatus: task.outcome,
    ...(task.outcome === 'SUCCESS' && { result: task.result }),
  };
}
