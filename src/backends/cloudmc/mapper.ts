/**
 * CloudMC's commitments in the words of the domain. Total and pure.
 *
 * Refuses to scale a discount (10 is ten percent, and so 0.1 is a tenth of one, `backends.md` C26) and to guess a
 * currency: CloudMC gives none, it comes from the account directory or the price stands alone.
 */
import {
  dayAfterEndAt,
  dayOf,
  millisOfInstant,
  type Day,
  type Instant,
  type Term,
} from '../../domain/calendar.js';
import {
  statusOfTerm,
  type CommitmentStatus,
  type CommittedProduct,
  type ResourceCommitment,
} from '../../domain/commitment.js';
import { money } from '../../domain/money.js';
import type { Observation } from '../../domain/observation.js';
import type { Organization } from '../../domain/organization.js';
import type { Drift } from '../../observability/drift.js';
import { enumOf } from '../records.js';
import type { WireCommitment, WireCommittedProduct } from './wire.js';

export interface MapperContext {
  readonly organization: Organization;
  readonly today: Day;
  readonly observation: Observation;
  readonly drift: Drift;
}

const STATUSES: Readonly<Record<string, CommitmentStatus>> = {
  IN_PROGRESS: 'ACTIVE',
  UPCOMING: 'PENDING',
  EXPIRED: 'EXPIRED',
};
const PRICING_METHODS = { FIXED_PRICE: 'FIXED_PRICE', UTILITY_DISCOUNT: 'UTILITY_DISCOUNT' } as const;
const RATE_TYPES = { FIXED_RATE: 'FIXED_RATE', VARIABLE_RATE: 'VARIABLE_RATE' } as const;

// The last day that four digits can name is how systems write "never"; the day after it has five.
const NEVER_MS = Date.UTC(9999, 11, 31);

/** Whether the commitment is the organization's. UUIDs are the same in either case. */
export function isOwn(row: WireCommitment, organization: Organization): boolean {
  return row.organization.id.toLowerCase() === organization.cloudmc?.organizationId.toLowerCase();
}

/** A commitment of the organization. */
export function toCommitment(row: WireCommitment, context: MapperContext): ResourceCommitment {
  const { organization, today, observation, drift } = context;
  const term = termOf(row.startDate, row.endDate);
  const unrecognized = (field: string) => (text: string) => drift.unrecognized('CLOUDMC', field, text);
  const pricingMethod =
    row.pricingMethod === null
      ? null
      : enumOf(PRICING_METHODS, row.pricingMethod, unrecognized('commitment.pricingMethod'));
  const isFixedPrice = pricingMethod === 'FIXED_PRICE';
  return {
    kind: 'resource',
    source: 'CLOUDMC',
    externalId: row.id,
    organization: organization.slug,
    name: row.name,
    // Missing in the vendor's reply to a create (`backends.md` C24); it follows the dates there too.
    status:
      row.status === null
        ? statusOfTerm(term, today)
        : enumOf(STATUSES, row.status, unrecognized('commitment.status')),
    statusText: row.status,
    term,
    committed:
      isFixedPrice && row.fixedPrice !== null && organization.currency !== null
        ? money(row.fixedPrice, organization.currency)
        : null,
    // "fixed monthly price" in the vendor's samples: the price of a billing cycle (`backends.md` §5.3).
    committedPer: isFixedPrice ? 'BILLING_CYCLE' : null,
    products: row.committedProducts.map(toProduct),
    periods: [],
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    observation,
    pricingMethod,
    pricingMethodText: row.pricingMethod,
    rateType:
      row.rateType === null ? null : enumOf(RATE_TYPES, row.rateType, unrecognized('commitment.rateType')),
    rateTypeText: row.rateType,
    resourceType: row.type,
    fixedPrice: row.fixedPrice,
    taxCode: row.fixedPriceTaxCode,
    customer: { externalId: row.organization.id, name: row.organization.name },
    reseller: row.reseller === null ? null : { externalId: row.reseller.id, name: row.reseller.name },
    isTerminated: row.terminated,
  };
}

function toProduct(row: WireCommittedProduct): CommittedProduct {
  return {
    externalId: row.id,
    product: { externalId: row.product.id, sku: row.product.sku },
    committedQuantity: row.committedAmount,
    discountPercent: row.discountAmount,
    referencePrice: row.fixedRateReferencePrice ?? row.priceCreatedAt,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

/** The days of two instants. */
export function termOf(startDate: Instant | null, endDate: Instant | null): Term {
  return {
    startsOn: startDate === null ? null : dayOf(startDate),
    endsBefore: endDate === null || millisOfInstant(endDate) >= NEVER_MS ? null : dayAfterEndAt(endDate),
  };
}
