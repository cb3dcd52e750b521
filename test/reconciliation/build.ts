/** Orders and commitments as the adapters hand them over, for tests of the rules. */
import type { Day, Instant, Term } from '../../src/domain/calendar.js';
import type { MinimumCommitment } from '../../src/domain/commitment.js';
import { failure, type Failure } from '../../src/domain/failure.js';
import { decimal, monthlyShare, type CurrencyCode, type Money } from '../../src/domain/money.js';
import type { Listing } from '../../src/domain/observation.js';
import type { Organization, OrganizationSlug } from '../../src/domain/organization.js';
import { reconcile } from '../../src/domain/reconciliation/reconcile.js';
import {
  DEFAULT_POLICY,
  type Finding,
  type Known,
  type Reconciliation,
  type ReconciliationInput,
} from '../../src/domain/reconciliation/types.js';
import type { RampStep, ServiceOrder } from '../../src/domain/service-order.js';
import type { MinimumCommitmentState } from '../../src/domain/spend.js';

export const NOW = '2026-11-21T12:00:00Z' as Instant;
export const LONG_AGO = '2026-01-10T10:00:00Z' as Instant;
export const SLUG = 'acme' as OrganizationSlug;

export function at(secondsBeforeNow: number): Instant {
  return new Date(Date.parse(NOW) - secondsBeforeNow * 1_000).toISOString().replace('.000Z', 'Z') as Instant;
}

export function term(startsOn: string | null, endsBefore: string | null): Term {
  return { startsOn: startsOn as Day | null, endsBefore: endsBefore as Day | null };
}

export function usd(amount: string, currency = 'USD'): Money {
  return { amount: decimal(amount), currency: currency as CurrencyCode };
}

export const acme: Organization = {
  slug: SLUG,
  name: 'Acme',
  currency: 'USD' as CurrencyCode,
  commitmentManager: { organizationId: '619c56b5-596b-4cc4-8b04-38fe8e05c750' },
  salesforce: { missionControlAccountId: 'a0T000000000001', organizationId: null },
  logisense: null,
  monetizenow: null,
  cloudmc: null,
};

const OBSERVATION = { observedAt: NOW, stale: false };

/** `money`: what it commits to, and all that follows from that. */
export type OrderOver = Partial<ServiceOrder> & { readonly money?: Money | null };

/** A year at 1,000 USD a month. */
export function order(over: OrderOver = {}): ServiceOrder {
  const { money = usd('1000'), ...rest } = over;
  return {
    externalId: 'a0U1',
    organization: SLUG,
    name: null,
    stage: 'SIGNED',
    stageText: 'Signed',
    term: term('2026-02-01', '2027-02-01'),
    reportedEndOn: null,
    durationMonths: 12,
    amount: money?.amount ?? decimal('1000'),
    committed: money,
    monthlyMinimum: money === null ? null : rest.commitCycle === 'ANNUAL' ? monthlyShare(money) : money,
    commitCycle: 'MONTHLY',
    commitCycleText: 'Monthly',
    isRevOpsApproved: true,
    commitmentHandlerId: 'cm_1',
    opportunityId: null,
    missionControlAccountId: null,
    rampSteps: [],
    createdAt: LONG_AGO,
    updatedAt: LONG_AGO,
    observation: OBSERVATION,
    ...rest,
  };
}

export function step(
  number: number,
  from: string,
  before: string,
  amount: string,
  over: Partial<RampStep> = {},
): RampStep {
  return {
    externalId: `a0V${number}`,
    name: null,
    cycleNumber: number,
    amount: decimal(amount),
    committed: usd(amount),
    durationMonths: null,
    term: term(from, before),
    normalizedTerm: term(from, before),
    updatedAt: LONG_AGO,
    ...over,
  };
}

export function held(over: Partial<MinimumCommitment> = {}): MinimumCommitment {
  return {
    kind: 'minimum',
    source: 'COMMITMENT_MANAGER',
    externalId: 'cm_1',
    organization: SLUG,
    name: null,
    status: 'ACTIVE',
    statusText: 'active',
    term: term('2026-02-01', '2027-02-01'),
    committed: usd('1000'),
    committedPer: 'MONTH',
    products: [],
    periods: [],
    createdAt: LONG_AGO,
    updatedAt: LONG_AGO,
    cancelledAt: null,
    observation: OBSERVATION,
    ...over,
  };
}

export function state(over: Partial<MinimumCommitmentState> = {}): MinimumCommitmentState {
  return {
    status: 'ACTIVE',
    statusText: 'active',
    minimum: usd('1000'),
    reportedMinimum: decimal('1000'),
    term: term('2026-02-01', '2027-02-01'),
    syncStatus: 'SYNCHRONIZED',
    syncStatusText: 'synchronized',
    lastUpdatedAt: null,
    commitmentHandlerId: 'ch_1',
    observation: OBSERVATION,
    ...over,
  };
}

export function listing<T>(items: readonly T[], over: Partial<Listing<T>> = {}): Known<Listing<T>> {
  return {
    kind: 'known',
    value: { items, dropped: [], truncated: false, observation: OBSERVATION, ...over },
  };
}

export const DOWN: Failure = failure('UPSTREAM_UNAVAILABLE', 'SALESFORCE');

export function compare(
  orders: readonly ServiceOrder[] | ReconciliationInput['orders'],
  commitments: readonly MinimumCommitment[] | ReconciliationInput['commitments'],
  over: Partial<ReconciliationInput> = {},
): Reconciliation {
  return reconcile({
    organization: acme,
    orders: 'kind' in orders ? orders : listing(orders),
    commitments: 'kind' in commitments ? commitments : listing(commitments),
    state: 'not-read',
    now: NOW,
    policy: DEFAULT_POLICY,
    ...over,
  });
}

/** All findings, the discrepancies first. */
export function findings({ discrepancies, pending, uncompared }: Reconciliation): readonly Finding[] {
  return [...discrepancies, ...pending, ...uncompared];
}

/** `CRM_AHEAD AMOUNT`, or `MATCH`. */
export function said(reconciliation: Reconciliation): readonly string[] {
  const all = findings(reconciliation).map((finding) => `${finding.state} ${finding.kind}`);
  return all.length > 0 ? all : reconciliation.comparisons.flatMap(({ states }) => states);
}
