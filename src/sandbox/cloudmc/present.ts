/**
 * State to the JSON of seed 003, member for member and in its order; cycles and invoices as `backends.md` §5.2 has them,
 * members that the rules for commitments do not need left out. Guarantees that a member which does not apply is
 * absent, never null: no `endDate` on an open-ended commitment, no `rateType` on a FIXED_PRICE one. `status` follows
 * the dates at the moment of asking and not `terminated` ("not directly tied to the status", seed 003).
 */
import { addDays } from '../calendar.js';
import { chanceOf } from '../random.js';
import type { Settings } from './behaviour.js';
import { type Cycle, cycleState, invoiceOf } from './billing.js';
import { CODES } from './replies.js';
import type { Account, CloudmcState, Commitment, CommittedProduct, Task } from './state.js';

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
      ...(pricing.fixedPriceTaxCode && { fixedPriceTaxCode: pricing.fixedPriceTaxCode }),
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

/**
 * `result` comes only with SUCCESS (`backends.md` §5.6). What a failed task says is not documented; `errors` as in every
 * other failure is our guess.
 */
export function presentTask(task: Task, now: number): Record<string, unknown> {
  if (now < task.settlesAt) return { taskId: task.taskId, taskStatus: 'PENDING' };
  return {
    taskId: task.taskId,
    taskStatus: task.outcome,
    ...(task.outcome === 'SUCCESS' && { result: task.result }),
    ...(task.outcome === 'FAILED' && {
      errors: [{ code: CODES.taskFailed, message: 'The task has failed', context: { taskId: task.taskId } }],
    }),
  };
}

/** The vendor names a cycle by an id that nothing but its invoices tell. */
export function cycleId(organizationId: string, cycle: Cycle): string {
  return chanceOf(`cloudmc cycle ${organizationId} ${cycle.startsOn}`).uuid();
}

function invoiceId(organizationId: string, cycle: Cycle): string {
  return chanceOf(`cloudmc invoice ${organizationId} ${cycle.startsOn}`).uuid();
}

export function presentCycle(
  { id, billing }: Account,
  cycle: Cycle,
  settings: Settings,
  now: number,
): Record<string, unknown> {
  return {
    pricingPackages: [],
    deferred: false,
    invoices: invoiceOf(cycle, billing, settings, now) ? [invoiceId(id, cycle)] : [],
    discounts: [],
    endDate: cycle.endsOn,
    currency: billing.currency,
    id: cycleId(id, cycle),
    state: cycleState(cycle, billing, settings, now),
    startDate: cycle.startsOn,
  };
}

/** Without amounts: nothing here counts usage. Nothing for a cycle that has no invoice. */
export function presentInvoice(
  { id, name, billing }: Account,
  cycle: Cycle,
  settings: Settings,
  now: number,
): Record<string, unknown> | undefined {
  const invoice = invoiceOf(cycle, billing, settings, now);
  if (!invoice) return undefined;
  return {
    createdDate: `${cycle.startsOn}T00:00:00Z`,
    ...(invoice.draftedOn !== undefined && { draftedDate: `${invoice.draftedOn}T00:00:00Z` }),
    ...(invoice.issuedOn !== undefined && { issuedDate: `${invoice.issuedOn}T00:00:00Z` }),
    billingCycle: { id: cycleId(id, cycle) },
    organization: { name, id },
    invoiceId: chanceOf(`cloudmc invoice number ${id} ${cycle.startsOn}`).base62(10).toUpperCase(),
    id: invoiceId(id, cycle),
    detail: {
      currency: billing.currency,
      startDate: `${cycle.startsOn}T00:00:00Z`,
      endDate: `${cycle.endsOn}T00:00:00Z`,
      inclusiveEndDate: `${addDays(cycle.endsOn, -1)}T00:00:00Z`,
    },
    status: invoice.status,
  };
}
