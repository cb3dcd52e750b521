/**
 * Commitment Manager's records as the graph knows them (`backends.md` §1, C1, C2, C30).
 *
 * Guarantees: total and pure; today's day comes from the caller; terms become half-open; a missing amount stays
 * missing. Refuses to guess a currency: without the backend's or the directory's, there is no `Money`.
 */
import { termThrough, type Day, type Month, type Term } from '../../domain/calendar.js';
import { statusOfTerm, type CommitmentStatus, type MinimumCommitment } from '../../domain/commitment.js';
import { money, moneyOfCents, type CurrencyCode, type Decimal, type Money } from '../../domain/money.js';
import type { Observation } from '../../domain/observation.js';
import type { Organization } from '../../domain/organization.js';
import type {
  BillingHistoryEntry,
  ContractTerms,
  MinimumCommitmentState,
  SyncStatus,
  UsageLine,
  UsageSummary,
} from '../../domain/spend.js';
import type { Drift } from '../../observability/drift.js';
import { enumOf } from '../records.js';
import { clausesOf } from './clauses.js';
import { SOURCE } from './client.js';
import type { BillingRow, CommitmentRow, SentContract, State, Usage, UsageRow } from './wire.js';

/** What `mmc_amount` counts: the vendor does not say (C2); the seed compares it with major units. */
export type MinimumUnit = 'major' | 'cents';

/** What a record's meaning depends on beside itself. */
export interface MappingContext {
  readonly organization: Organization;
  readonly observation: Observation;
  readonly today: Day;
  readonly drift: Drift;
}

const STATUSES: Readonly<Record<string, CommitmentStatus>> = {
  active: 'ACTIVE',
  cancelled: 'CANCELLED',
  expired: 'EXPIRED',
  pending: 'PENDING',
};

/** `synchronized` is the only value that the vendor names; the others are proposals (§1.4). */
const SYNC_STATUSES: Readonly<Record<string, SyncStatus>> = {
  synchronized: 'SYNCHRONIZED',
  pending: 'PENDING',
  failed: 'FAILED',
};

/** Whether a record that names this organization id is the organization's. UUIDs are compared without case. */
export function isOfOrganization(organizationId: string, organization: Organization): boolean {
  return organizationId.toLowerCase() === organization.commitmentManager?.organizationId.toLowerCase();
}

/** A row of the list. It has one period: its own term. */
export function toMinimumCommitment(row: CommitmentRow, context: MappingContext): MinimumCommitment {
  const { organization, observation, today, drift } = context;
  const term = termThrough(row.start, row.end);
  return {
    kind: 'minimum',
    source: SOURCE,
    externalId: row.commitmentId,
    organization: organization.slug,
    name: null,
    status: statusOf(row, term, today, drift),
    statusText: row.status,
    term,
    committed: committedOf(row, organization),
    committedPer: 'MONTH',
    products: [],
    periods: [
      {
        externalId: null,
        commitmentExternalId: row.commitmentId,
        order: 1,
        occurrences: null,
        frequency: null,
        isRemainderOfTerm: false,
        ...term,
      },
    ],
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    cancelledAt: row.cancelledAt,
    observation,
  };
}

/** Without a status, the operators' rule: cancelled once `cancelled_at` is there, else what the dates say (§1.3). */
function statusOf(row: CommitmentRow, term: Term, today: Day, drift: Drift): CommitmentStatus {
  if (row.status !== null) {
    return enumOf(STATUSES, row.status, (text) => drift.unrecognized(SOURCE, 'commitment.status', text));
  }
  return row.cancelledAt === null ? statusOfTerm(term, today) : 'CANCELLED';
}

function committedOf({ amount, currency }: CommitmentRow, organization: Organization): Money | null {
  const known = currency ?? organization.currency;
  if (known === null) return null;
  return amount.unit === 'cents' ? moneyOfCents(amount.value, known) : money(amount.value, known);
}

/** The current commitment as billing sees it. */
export function toState(state: State, unit: MinimumUnit, context: MappingContext): MinimumCommitmentState {
  const { organization, observation, today, drift } = context;
  const term = termThrough(state.contract_start_date, state.contract_end_date);
  const currency = state.currency ?? organization.currency;
  const minimum = state.mmc_amount;
  return {
    status:
      state.status === null
        ? statusOfTerm(term, today)
        : enumOf(STATUSES, state.status, (text) => drift.unrecognized(SOURCE, 'state.status', text)),
    statusText: state.status,
    minimum:
      minimum === null || currency === null
        ? null
        : unit === 'cents'
          ? moneyOfCents(minimum, currency)
          : money(minimum, currency),
    reportedMinimum: minimum,
    term,
    syncStatus:
      state.sync_status === null
        ? null
        : enumOf(SYNC_STATUSES, state.sync_status, (text) =>
            drift.unrecognized(SOURCE, 'state.sync_status', text),
          ),
    syncStatusText: state.sync_status,
    lastUpdatedAt: state.last_updated,
    commitmentHandlerId: state.commitment_handler_id,
    observation,
  };
}

/** `asked` is the month that the call was for; `null` for the one in progress, whose name only the backend knows. */
export function toUsage(usage: Usage, asked: Month | null, context: MappingContext): UsageSummary {
  const currency = usage.currency ?? context.organization.currency;
  return {
    month: usage.period ?? asked,
    committed: centsOf(usage.commitment_amount, currency),
    used: centsOf(usage.usage_amount, currency),
    remaining: centsOf(usage.remaining_amount, currency),
    lines: (usage.breakdown ?? []).map((line) => toUsageLine(line, currency)),
    observation: context.observation,
  };
}

/** One month of billing. Usage is shown only where it was asked for. */
export function toBillingEntry(
  row: BillingRow,
  includeUsage: boolean,
  organization: Organization,
): BillingHistoryEntry {
  const currency = row.currency ?? organization.currency;
  return {
    month: row.period,
    invoiced: centsOf(row.invoiced_amount, currency),
    committed: centsOf(row.committed_amount, currency),
    used: centsOf(row.usage_amount, currency),
    shortfall: centsOf(row.shortfall_amount, currency),
    statusText: row.status,
    usage: includeUsage ? (row.usage?.map((line) => toUsageLine(line, currency)) ?? null) : null,
  };
}

/** The contract: every statement as a clause, and typed what can be read without doubt. */
export function toContractTerms(contract: SentContract, context: MappingContext): ContractTerms {
  const currency = contract.currency ?? context.organization.currency;
  const { renewal, earlyTermination } = contract;
  return {
    clauses: clausesOf(contract.members),
    escalation: contract.escalation.map((step) => ({
      effectiveOn: step.effective_date,
      increasePercent: step.increase_percent,
      minimum: centsOf(step.monthly_amount, currency),
    })),
    renewal: renewal && {
      renewsAutomatically: renewal.auto_renew,
      renewalMonths: renewal.renewal_term_months,
      noticeDays: renewal.notice_days,
    },
    earlyTermination: earlyTermination && {
      penaltyPercent: earlyTermination.penalty_percent,
      noticeDays: earlyTermination.notice_days,
    },
    observation: context.observation,
  };
}

function toUsageLine(line: UsageRow, currency: CurrencyCode | null): UsageLine {
  return {
    name: line.name,
    quantity: line.quantity,
    unit: line.unit,
    amount: centsOf(line.amount, currency),
  };
}

function centsOf(cents: Decimal | null, currency: CurrencyCode | null): Money | null {
  return cents === null || currency === null ? null : moneyOfCents(cents, currency);
}
