/**
 * What comparing the CRM with billing can find. All lists here are closed, so that whoever shows a finding can say
 * something about each.
 */
import type { Instant, Term } from '../calendar.js';
import type { MinimumCommitment } from '../commitment.js';
import type { Failure } from '../failure.js';
import type { CurrencyCode, Decimal, Money } from '../money.js';
import type { Listing } from '../observation.js';
import type { Organization, OrganizationSlug } from '../organization.js';
import type { ServiceOrder } from '../service-order.js';
import type { ContractTerms, MinimumCommitmentState } from '../spend.js';

/** What a source answered, or why it did not. */
export type Known<T> =
  { readonly kind: 'known'; readonly value: T } | { readonly kind: 'failed'; readonly failure: Failure };

export interface ReconciliationPolicy {
  /** How long a change in the CRM may take to reach billing. */
  readonly syncWindowSeconds: number;
  /** Agreements that both sides count as over are compared for so many days after their end. */
  readonly historyDays: number;
}

export const DEFAULT_POLICY: ReconciliationPolicy = { syncWindowSeconds: 300, historyDays: 90 };

export interface ReconciliationInput {
  readonly organization: Organization;
  readonly orders: Known<Listing<ServiceOrder>>;
  readonly commitments: Known<Listing<MinimumCommitment>>;
  /** Billing's current commitment; it helps to join, and says how the synchronization went. */
  readonly state: Known<MinimumCommitmentState | null> | 'not-read';
  /** The contract, for its percents. */
  readonly terms?: Known<ContractTerms | null> | 'not-read';
  readonly now: Instant;
  readonly policy: ReconciliationPolicy;
}

/** In the order in which people should read them. */
export const RECONCILIATION_STATES = [
  'MATCH',
  'SYNC_PENDING',
  'CRM_AHEAD',
  'BILLING_AHEAD',
  'ONLY_IN_CRM',
  'ONLY_IN_BILLING',
  'UNIT_SUSPECT',
  'PERCENT_SUSPECT',
  'PERIOD_SHIFT',
  'STATUS_CONFLICT',
  'CANNOT_COMPARE',
] as const;
export type ReconciliationState = (typeof RECONCILIATION_STATES)[number];

/** MATCH is no finding. */
export type FindingState = Exclude<ReconciliationState, 'MATCH'>;

/** A difference that lasts, as against a change on its way and what could not be looked at. */
export function isDiscrepancy(state: ReconciliationState): boolean {
  return state !== 'MATCH' && state !== 'SYNC_PENDING' && state !== 'CANNOT_COMPARE';
}

/**
 * What a finding is about; part of its key. PERIOD: start, end or both, off by one day. START and END: by more.
 * SIDE: a whole source.
 */
export type FindingKind =
  'EXISTENCE' | 'STATUS' | 'AMOUNT' | 'PERIOD' | 'START' | 'END' | 'ESCALATION' | 'SIDE';

export type ComparedField =
  'RECORD' | 'STATUS' | 'MONTHLY_MINIMUM' | 'STARTS_ON' | 'ENDS_BEFORE' | 'ESCALATION_PERCENT';

export const CAUSES = {
  CHANGE_ON_ITS_WAY: 'The order changed so recently that billing may not have been told yet.',
  READ_BEFORE_CHANGE: 'Billing changed after the orders were read; they have to be read again.',
  WEBHOOK_FAILED:
    'The order changed after billing last did, and longer ago than a synchronization takes: its webhook has failed or was not sent.',
  SYNC_FAILED: 'Billing says that its last synchronization failed.',
  BILLING_CHANGED: 'Billing changed after the order last did, without the order.',
  ORDER_OF_CHANGES_UNKNOWN: 'A source does not say when it changed; in doubt, what is billed counts.',
  NEVER_SENT: 'The order is signed and approved, and has no handler id: it was never sent to billing.',
  HANDLER_UNKNOWN_TO_BILLING: 'The order has a handler id that leads to no commitment in billing.',
  STEP_NOT_IN_BILLING: 'Billing has no commitment for this step of the ramp.',
  SEVERAL_ACTIVE_ORDERS:
    'The organization has several signed orders for the same time, and billing holds one commitment at a time.',
  NO_ORDER: 'Billing holds a commitment that no order in the CRM stands behind.',
  OVERLAPS_ANOTHER: 'Billing holds a second commitment for the time of one that has its order.',
  CENTS_FOR_MAJOR_UNITS: 'The two amounts differ by a factor of exactly 100: one of them is in another unit.',
  YEAR_FOR_MONTH: 'Billing charges the amount of a year each month, or a twelfth of the month.',
  FRACTION_FOR_PERCENT: 'The two percents differ by a factor of exactly 100: one of them is a fraction.',
  DAY_CONVENTION:
    'The dates differ by one day, as they do where a last day or a time zone is read differently.',
  TERMINATION_NOT_APPLIED: 'The order is terminated, and its commitment still runs in billing.',
  CANCELLED_IN_BILLING: 'The commitment was cancelled in billing, and its order still stands.',
  APPROVAL_WITHDRAWN: 'The order is not approved any more, and its commitment still runs in billing.',
  NOT_SIGNED: 'The order is in a stage that nothing is billed in, and its commitment runs in billing.',
  SOURCE_FAILED: 'A source could not be read.',
  SOURCE_STALE: 'A source could only give an old answer.',
  SOURCE_INCOMPLETE:
    'A source did not give all of its records, and what is missing may be what belongs here.',
  NOT_LINKED: 'The account directory does not say which account this organization has in the other system.',
  AMBIGUOUS_JOIN:
    'Several orders or commitments fit one another equally well, and no handler id tells which.',
  CURRENCY_MISSING: 'An amount has no currency.',
  CURRENCY_DIFFERS: 'The two amounts are in different currencies.',
  AMOUNT_MISSING: 'A side gives no amount.',
  CYCLE_UNKNOWN: 'Whether the order states its amount for a month or for a year is not known.',
  DATES_MISSING: 'A side does not say when it starts.',
  APPROVAL_UNKNOWN: 'The CRM does not say whether the order is approved.',
  STATUS_UNKNOWN: 'A side gives a status that is not known.',
} as const satisfies Record<string, string>;
export type Cause = keyof typeof CAUSES;

/**
 * Who is right, and by which rule of the operators (seed 000). RECENT_CHANGE: a change of the CRM that is not in billing
 * yet, however long it has been waiting. BILLING_DISPUTE: billing has something that the CRM does not explain.
 * CONTRACT_TERMS: which side is wrong cannot be seen from either; the paper says.
 */
export type Authority =
  | { readonly side: 'SALESFORCE'; readonly rule: 'RECENT_CHANGE' }
  | { readonly side: 'COMMITMENT_MANAGER'; readonly rule: 'BILLING_DISPUTE' }
  | { readonly side: 'SIGNED_CONTRACT'; readonly rule: 'CONTRACT_TERMS' };

/** In the order of urgency. */
export const SEVERITIES = ['OVERCHARGE', 'LEAKAGE', 'COSMETIC'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** For the customer: OVERCHARGE pays too much, LEAKAGE too little. */
export type Direction = 'OVERCHARGE' | 'LEAKAGE' | 'NONE';

export interface Impact {
  readonly direction: Direction;
  /** Of each month that it affects; `null` where it is not known. Never negative. */
  readonly perMonth: Money | null;
  /** Of all months that are not over; `null` where their number or amount is not known. */
  readonly overTerm: Money | null;
  /** The days that it affects. */
  readonly affects: Term;
}

export type Action =
  | { readonly kind: 'WAIT_UNTIL'; readonly until: Instant }
  /** The order's feed says what became of its webhook. */
  | { readonly kind: 'LOOK_FOR_FAILED_WEBHOOK'; readonly orderId: string | null }
  | { readonly kind: 'TRIGGER_SYNC'; readonly organization: OrganizationSlug }
  | { readonly kind: 'TERMINATE_OVERLAPPING'; readonly commitmentId: string }
  /** `side`: whose figure the contract contradicts, where its typed terms tell. */
  | { readonly kind: 'CORRECT_UNIT'; readonly side: 'SALESFORCE' | 'COMMITMENT_MANAGER' | null }
  | { readonly kind: 'ASK_A_PERSON' }
  | { readonly kind: 'NONE' };

export type ComparedValue =
  | {
      readonly kind: 'MONEY';
      readonly unit: 'MAJOR_UNITS_PER_MONTH';
      readonly amount: Money | null;
      /** As the order states it, before its cycle is applied; `null` in billing. */
      readonly entered: { readonly amount: Decimal; readonly per: 'MONTH' | 'YEAR' } | null;
    }
  /** Half-open. */
  | { readonly kind: 'TERM'; readonly unit: 'DAYS_END_EXCLUDED'; readonly term: Term }
  | { readonly kind: 'STATUS'; readonly unit: 'WORD'; readonly text: string }
  | { readonly kind: 'PERCENT'; readonly unit: 'WHOLE_PERCENT'; readonly percent: Decimal }
  | {
      readonly kind: 'RECORD';
      readonly unit: 'MAJOR_UNITS_PER_MONTH';
      readonly amount: Money | null;
      readonly term: Term;
    };

/** What one side says, and when. */
export interface SideValue {
  readonly source: 'SALESFORCE' | 'COMMITMENT_MANAGER';
  /** `null` for what is about no single record. */
  readonly recordId: string | null;
  readonly value: ComparedValue | null;
  readonly observedAt: Instant;
  readonly updatedAt: Instant | null;
}

export interface Finding {
  /** The same for the same difference in every run, whatever the values are by then. */
  readonly key: string;
  readonly organization: OrganizationSlug;
  readonly state: FindingState;
  readonly kind: FindingKind;
  readonly fields: readonly ComparedField[];
  readonly orderId: string | null;
  /** The step of a ramped order. */
  readonly stepId: string | null;
  readonly commitmentId: string | null;
  /** `null`: there is no record on that side, or it could not be read. */
  readonly crm: SideValue | null;
  readonly billing: SideValue | null;
  readonly cause: Cause;
  /** `null` where nothing could be compared. */
  readonly authority: Authority | null;
  readonly severity: Severity;
  readonly impact: Impact;
  readonly action: Action;
  /** Why a source could not be read, where that is the cause. */
  readonly failure: Failure | null;
}

/** A finding whose state is a lasting difference. */
export type Discrepancy = Finding;

export type JoinedBy = 'HANDLER_ID' | 'CURRENT_STATE' | 'DATES';

/** An order, or a step of one, and the commitment that it became. */
export interface Comparison {
  readonly orderId: string;
  readonly stepId: string | null;
  readonly commitmentId: string;
  readonly joinedBy: JoinedBy;
  readonly states: readonly ReconciliationState[];
}

/** INCOMPLETE: records are missing. NOT_READ: nobody asked for it. */
export type SideCoverage = 'READ' | 'INCOMPLETE' | 'STALE' | 'FAILED' | 'NOT_LINKED' | 'NOT_READ';

export interface ReconciliationCoverage {
  readonly orders: SideCoverage;
  readonly commitments: SideCoverage;
  readonly state: SideCoverage;
  readonly terms: SideCoverage;
  readonly failures: readonly Failure[];
}

export interface Reconciliation {
  readonly organization: OrganizationSlug;
  readonly at: Instant;
  readonly comparisons: readonly Comparison[];
  /** Differences that last. The most urgent first. */
  readonly discrepancies: readonly Discrepancy[];
  /** SYNC_PENDING: no discrepancies, and not to be counted as such. */
  readonly pending: readonly Finding[];
  /** CANNOT_COMPARE: neither a match nor a discrepancy. */
  readonly uncompared: readonly Finding[];
  readonly coverage: ReconciliationCoverage;
  readonly summary: ReconciliationSummary;
}

export interface CurrencyImpact {
  readonly currency: CurrencyCode;
  /** Of the month that contains today. */
  readonly overchargePerMonth: Decimal;
  readonly overchargeOverTerm: Decimal;
  readonly leakagePerMonth: Decimal;
  readonly leakageOverTerm: Decimal;
}

export interface ReconciliationSummary {
  readonly organizations: number;
  /** MATCH counts comparisons, all others findings. */
  readonly counts: Readonly<Record<ReconciliationState, number>>;
  readonly discrepancies: number;
  /** In the order of their codes. */
  readonly impact: readonly CurrencyImpact[];
  /** Discrepancies with a direction whose amount over the term is not known, and so not in `impact`. */
  readonly withoutAmount: number;
  /** Organizations of which both sides were read whole. */
  readonly complete: number;
  readonly coverage: {
    readonly orders: Readonly<Record<SideCoverage, number>>;
    readonly commitments: Readonly<Record<SideCoverage, number>>;
  };
}
