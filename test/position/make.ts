/** Commitments, usage and histories for tests of the rules, with only what matters to them said. */
import type { Day, Instant, Month, Term } from '../../src/domain/calendar.js';
import type {
  ContractCommitment,
  MinimumCommitment,
  ResourceCommitment,
} from '../../src/domain/commitment.js';
import { decimal, money, type CurrencyCode, type Money } from '../../src/domain/money.js';
import type { Observation } from '../../src/domain/observation.js';
import type { OrganizationSlug } from '../../src/domain/organization.js';
import type { BillingHistoryEntry, UsageSummary } from '../../src/domain/spend.js';

export const day = (text: string) => text as Day;
export const instant = (text: string) => text as Instant;
export const month = (text: string) => text as Month;
export const term = (startsOn: string | null, endsBefore: string | null): Term => ({
  startsOn: startsOn as Day | null,
  endsBefore: endsBefore as Day | null,
});
export const usd = (amount: string) => money(decimal(amount), 'USD' as CurrencyCode);
export const moneyIn = (amount: string, currency: string) => money(decimal(amount), currency as CurrencyCode);

/** `12.5 USD`, or `null`. */
export const said = (amount: Money | null | undefined) =>
  amount == null ? null : `${amount.amount.toFixed()} ${amount.currency}`;

export const seenAt = (observedAt: string): Observation => ({
  observedAt: observedAt as Instant,
  stale: false,
});
const SEEN = seenAt('2026-11-21T12:00:00Z');
const ACME = 'acme' as OrganizationSlug;

const FACTS = {
  organization: ACME,
  name: null,
  statusText: null,
  products: [],
  periods: [],
  createdAt: null,
  updatedAt: null,
  observation: SEEN,
} as const;

export function minimum(
  externalId: string,
  over: Term,
  committed: Money | null,
  more: Partial<MinimumCommitment> = {},
): MinimumCommitment {
  return {
    ...FACTS,
    kind: 'minimum',
    source: 'COMMITMENT_MANAGER',
    externalId,
    status: 'ACTIVE',
    term: over,
    committed,
    committedPer: 'MONTH',
    cancelledAt: null,
    ...more,
  };
}

export function resource(
  externalId: string,
  over: Term,
  products: readonly { readonly id: string; readonly quantity: string | null }[],
  more: Partial<ResourceCommitment> = {},
): ResourceCommitment {
  return {
    ...FACTS,
    kind: 'resource',
    source: 'CLOUDMC',
    externalId,
    status: 'ACTIVE',
    term: over,
    committed: null,
    committedPer: null,
    products: products.map(({ id, quantity }, index) => ({
      externalId: `${externalId}-${index}`,
      product: { externalId: id, sku: null },
      committedQuantity: quantity === null ? null : decimal(quantity),
      discountPercent: null,
      referencePrice: null,
      createdAt: null,
      updatedAt: null,
    })),
    pricingMethod: null,
    pricingMethodText: null,
    rateType: null,
    rateTypeText: null,
    resourceType: 'RESOURCE',
    fixedPrice: null,
    taxCode: null,
    customer: { externalId: 'org', name: null },
    reseller: null,
    isTerminated: false,
    ...more,
  };
}

export function contractCommitment(
  externalId: string,
  over: Term,
  accountContract: string,
  more: Partial<ContractCommitment> = {},
): ContractCommitment {
  return {
    ...FACTS,
    kind: 'contract',
    source: 'LOGISENSE',
    externalId,
    status: 'UNKNOWN',
    term: over,
    committed: null,
    committedPer: null,
    accountContract: { externalId: accountContract, name: null },
    commitmentType: null,
    penalty: null,
    includesChildAccounts: null,
    services: [],
    packageFrequencies: [],
    usageClasses: [],
    ...more,
  };
}

export function usage(of: string, used: Money | null, observedAt: string): UsageSummary {
  const observation = seenAt(observedAt);
  return { month: of as Month, committed: null, used, remaining: null, lines: [], observation };
}

export function billed(of: string, used: Money | null): BillingHistoryEntry {
  const rest = { invoiced: null, committed: null, shortfall: null, statusText: null, usage: null };
  return { month: of as Month, used, ...rest };
}
