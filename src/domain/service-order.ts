/**
 * Service orders: what was signed, as the CRM keeps it. They feed Commitment Manager through a webhook; the handler id
 * that comes back joins the two.
 */
import type { Day, Instant, Term } from './calendar.js';
import type { Decimal, Money } from './money.js';
import type { Observation } from './observation.js';
import type { OrganizationSlug } from './organization.js';

/** SIGNED and TERMINATED are the stages that the flows act on; a company may have others. */
export type ServiceOrderStage = 'SIGNED' | 'TERMINATED' | 'UNRECOGNIZED';

/** How the order states its amount: for a month or for a year. */
export type CommitCycle = 'MONTHLY' | 'ANNUAL' | 'UNRECOGNIZED';

/** One step of a ramped order: an amount for a stretch of months. */
export interface RampStep {
  readonly externalId: string;
  readonly name: string | null;
  readonly cycleNumber: number | null;
  readonly amount: Decimal | null;
  readonly committed: Money | null;
  readonly durationMonths: number | null;
  /** Dates as entered, half-open. */
  readonly term: Term;
  /** Dates as the webhook sends them, half-open. */
  readonly normalizedTerm: Term;
  /** A step is edited by itself: its order does not show it. */
  readonly updatedAt: Instant | null;
}

export interface ServiceOrder {
  readonly externalId: string;
  readonly organization: OrganizationSlug;
  readonly name: string | null;
  readonly stage: ServiceOrderStage | null;
  readonly stageText: string | null;
  /** Half-open; from start and duration where both are known (`backends.md` C30), else from the reported end. */
  readonly term: Term;
  /** The end date as the CRM's formula gives it; whether that day is still included is not documented. */
  readonly reportedEndOn: Day | null;
  readonly durationMonths: number | null;
  /** As entered, major units; for a year if the cycle is ANNUAL. `null` on ramped orders: see the steps. */
  readonly amount: Decimal | null;
  readonly committed: Money | null;
  /** `committed` for one month: a twelfth of it if the cycle is ANNUAL. */
  readonly monthlyMinimum: Money | null;
  readonly commitCycle: CommitCycle | null;
  readonly commitCycleText: string | null;
  readonly isRevOpsApproved: boolean | null;
  /** `null`: never sent to Commitment Manager, or not answered yet. */
  readonly commitmentHandlerId: string | null;
  readonly opportunityId: string | null;
  readonly missionControlAccountId: string | null;
  readonly rampSteps: readonly RampStep[];
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
  readonly observation: Observation;
}
