/**
 * Commitments: what a customer promised to spend or use, at what price, until when.
 *
 * Three kinds that must never be added up with one another: a minimum spend (money a month), a commitment of an
 * account contract (terms without an amount), and committed resources (quantities at a negotiated price).
 */
import { dayOf, termContains, type Day, type Instant, type Term } from './calendar.js';
import type { Decimal, Money } from './money.js';
import type { Observation } from './observation.js';
import type { OrganizationSlug } from './organization.js';
import type { Period } from './period.js';
import type { CommitmentSourceName } from './source.js';

/**
 * PENDING: starts in the future. ACTIVE: runs now. EXPIRED: its term is over. CANCELLED: ended by cancellation.
 * UNKNOWN: the source gives neither a status nor dates. UNRECOGNIZED: the source gives a status we do not know.
 */
export type CommitmentStatus = 'PENDING' | 'ACTIVE' | 'EXPIRED' | 'CANCELLED' | 'UNKNOWN' | 'UNRECOGNIZED';

/** The stretch of time that the committed amount covers. */
export type CommitmentInterval = 'MONTH' | 'BILLING_CYCLE';

interface CommitmentFacts {
  readonly source: CommitmentSourceName;
  /** The backend's own id. */
  readonly externalId: string;
  readonly organization: OrganizationSlug;
  readonly name: string | null;
  readonly status: CommitmentStatus;
  /** The status as the backend wrote it, where it wrote one. */
  readonly statusText: string | null;
  readonly term: Term;
  /** `null` where the commitment is not an amount of money, or its currency is not known. */
  readonly committed: Money | null;
  readonly committedPer: CommitmentInterval | null;
  readonly products: readonly CommittedProduct[];
  readonly periods: readonly Period[];
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
  readonly observation: Observation;
}

/** Commitment Manager: a monthly minimum spend. */
export interface MinimumCommitment extends CommitmentFacts {
  readonly kind: 'minimum';
  readonly source: 'COMMITMENT_MANAGER';
  readonly cancelledAt: Instant | null;
}

export interface NamedReference {
  readonly externalId: string;
  readonly name: string | null;
}

export interface Penalty {
  /** The fee service that is charged when the commitment is missed. */
  readonly service: NamedReference | null;
  readonly description: string | null;
  readonly chargeType: NamedReference | null;
}

/** A row that links a contract commitment with a service, a package frequency or a usage class. */
export interface CommitmentLink extends NamedReference {
  readonly linkExternalId: string;
  readonly commitmentExternalId: string | null;
}

export interface PackageFrequencyLink extends CommitmentLink {
  readonly package: NamedReference | null;
}

/** LogiSense: a commitment of an account contract. */
export interface ContractCommitment extends CommitmentFacts {
  readonly kind: 'contract';
  readonly source: 'LOGISENSE';
  readonly accountContract: NamedReference;
  readonly commitmentType: NamedReference | null;
  readonly penalty: Penalty | null;
  readonly includesChildAccounts: boolean | null;
  readonly services: readonly CommitmentLink[];
  readonly packageFrequencies: readonly PackageFrequencyLink[];
  readonly usageClasses: readonly CommitmentLink[];
}

export type PricingMethod = 'FIXED_PRICE' | 'UTILITY_DISCOUNT' | 'UNRECOGNIZED';
export type RateType = 'FIXED_RATE' | 'VARIABLE_RATE' | 'UNRECOGNIZED';

export interface ProductReference {
  readonly externalId: string;
  readonly sku: string | null;
}

export interface CommittedProduct {
  readonly externalId: string;
  readonly product: ProductReference;
  /** Usage in the product's own unit; not money. */
  readonly committedQuantity: Decimal | null;
  /** Whole percent: 10 is ten percent (`backends.md` C26). */
  readonly discountPercent: Decimal | null;
  /** The product's price when the commitment was created, major units, no currency given. */
  readonly referencePrice: Decimal | null;
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
}

/** CloudMC: committed resources at a negotiated price. */
export interface ResourceCommitment extends CommitmentFacts {
  readonly kind: 'resource';
  readonly source: 'CLOUDMC';
  readonly pricingMethod: PricingMethod | null;
  readonly pricingMethodText: string | null;
  readonly rateType: RateType | null;
  readonly rateTypeText: string | null;
  /** `RESOURCE` is the only one that the vendor documents; as sent. */
  readonly resourceType: string | null;
  /** Major units for each billing cycle, no currency given by the backend. */
  readonly fixedPrice: Decimal | null;
  readonly taxCode: { readonly code: string; readonly description: string | null } | null;
  /** The customer as the backend names it. */
  readonly customer: NamedReference;
  readonly reseller: NamedReference | null;
  /** Ended early. Independent of the status, which follows the dates alone. */
  readonly isTerminated: boolean;
}

export type Commitment = MinimumCommitment | ContractCommitment | ResourceCommitment;

/** The status that follows from a term alone. */
export function statusOfTerm(term: Term, today: Day): CommitmentStatus {
  if (term.startsOn === null) return 'UNKNOWN';
  if (today < term.startsOn) return 'PENDING';
  return term.endsBefore !== null && term.endsBefore <= today ? 'EXPIRED' : 'ACTIVE';
}

/** Whether the commitment binds on that day, or `undated` where its source does not say when it runs. */
export function isActiveOn(commitment: Commitment, day: Day): boolean | 'undated' {
  if (commitment.kind === 'minimum') {
    if (commitment.cancelledAt !== null && dayOf(commitment.cancelledAt) <= day) return false;
    if (commitment.cancelledAt === null && commitment.status === 'CANCELLED') return false;
  }
  if (commitment.term.startsOn === null) return 'undated';
  return termContains(commitment.term, day);
}
