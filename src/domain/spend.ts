/**
 * What Commitment Manager knows about an organization beside its commitments: the state of the current one as billing
 * sees it, usage, billing history and the terms of the contract.
 */
import type { Day, Instant, Month, Term } from './calendar.js';
import type { Decimal, Money } from './money.js';
import type { Observation } from './observation.js';
import type { CommitmentStatus, MinimumCommitment } from './commitment.js';

export type SyncStatus = 'SYNCHRONIZED' | 'PENDING' | 'FAILED' | 'UNRECOGNIZED';

/** The current minimum commitment as billing sees it, for comparing with the CRM. */
export interface MinimumCommitmentState {
  readonly status: CommitmentStatus;
  readonly statusText: string | null;
  /** Monthly minimum under the configured unit (`backends.md` C2). */
  readonly minimum: Money | null;
  /** The monthly minimum as sent, before any unit is applied. */
  readonly reportedMinimum: Decimal | null;
  readonly term: Term;
  readonly syncStatus: SyncStatus | null;
  readonly syncStatusText: string | null;
  readonly lastUpdatedAt: Instant | null;
  /** Follows a commitment through Salesforce, the webhook and billing. */
  readonly commitmentHandlerId: string | null;
  readonly observation: Observation;
}

/**
 * Whether billing's current commitment is this one. Handler ids and commitment ids are the same in some accounts and
 * differ in others (`backends.md` §6.1); then the one active commitment that starts on the same day is it.
 */
export function isStateOf(state: MinimumCommitmentState, commitment: MinimumCommitment): boolean {
  if (state.commitmentHandlerId === commitment.externalId) return true;
  return (
    commitment.status === 'ACTIVE' &&
    state.term.startsOn !== null &&
    state.term.startsOn === commitment.term.startsOn
  );
}

export interface UsageLine {
  readonly name: string;
  readonly quantity: Decimal | null;
  readonly unit: string | null;
  readonly amount: Money | null;
}

/** Usage of one month against the minimum. */
export interface UsageSummary {
  readonly month: Month | null;
  readonly committed: Money | null;
  readonly used: Money | null;
  readonly remaining: Money | null;
  readonly lines: readonly UsageLine[];
  readonly observation: Observation;
}

export interface BillingHistoryEntry {
  readonly month: Month | null;
  readonly invoiced: Money | null;
  readonly committed: Money | null;
  readonly used: Money | null;
  readonly shortfall: Money | null;
  /** As sent: the backend's values are not documented. */
  readonly statusText: string | null;
  /** Only where usage was asked for. */
  readonly usage: readonly UsageLine[] | null;
}

export type ContractClauseKind =
  'TERMS' | 'EARLY_TERMINATION' | 'ESCALATION' | 'RENEWAL' | 'SPECIAL_PROVISION' | 'OTHER';

/** One statement of the contract, in the words of the backend. Nothing in it is interpreted. */
export interface ContractClause {
  readonly kind: ContractClauseKind;
  /** The member of the backend's answer that it came from. */
  readonly name: string;
  readonly text: string;
}

export interface EscalationStep {
  readonly effectiveOn: Day | null;
  /** Whole percent. */
  readonly increasePercent: Decimal | null;
  readonly minimum: Money | null;
}

export interface RenewalTerms {
  readonly renewsAutomatically: boolean | null;
  readonly renewalMonths: number | null;
  readonly noticeDays: number | null;
}

export interface EarlyTerminationTerms {
  /** Whole percent of what remains. */
  readonly penaltyPercent: Decimal | null;
  readonly noticeDays: number | null;
}

/**
 * The contract behind the minimum commitment. The vendor lists what is in it but not its shape, so every statement is
 * kept as a clause, and what can be read without doubt is also given in typed form.
 */
export interface ContractTerms {
  readonly clauses: readonly ContractClause[];
  readonly escalation: readonly EscalationStep[];
  readonly renewal: RenewalTerms | null;
  readonly earlyTermination: EarlyTerminationTerms | null;
  readonly observation: Observation;
}
