/**
 * Commitment Manager's state: organizations, their commitments, and how their last synchronization went.
 * Statuses are not stored: they follow from dates and cancellation at the time of asking, so that a sandbox which runs
 * over the end of a month stays true. Amounts are integer hundredths ("cents") in every currency.
 */
import { dayAt, firstOfMonth, instantOf } from '../calendar.js';

export interface CommitmentRow {
  readonly commitmentId: string;
  readonly organizationId: string;
  readonly amountCents: bigint;
  readonly currency: string;
  readonly startsOn: string;
  /** Inclusive, as the vendor writes it: 31 January for a year from 1 February. */
  readonly endsOn: string;
  readonly handlerId: string;
  readonly createdAt: number;
  updatedAt: number;
  cancelledAt: number | null;
}

export type CommitmentStatus = 'active' | 'cancelled' | 'expired' | 'pending';
export type SyncStatus = 'synchronized' | 'pending' | 'failed';

export interface Sync {
  status: SyncStatus;
  /** A synchronization that was asked for and is not done yet: when it will be, and how it will have gone. */
  queued: { readonly doneAt: number; readonly outcome: 'synchronized' | 'failed' } | null;
}

export interface OrganizationState {
  readonly organizationId: string;
  readonly name: string;
  readonly currency: string;
  /** The first month of business, `YYYY-MM-01`. */
  readonly customerSince: string;
  /** Cents a month: how large the customer is, whatever it promised. */
  readonly scaleCents: bigint;
  readonly commitments: CommitmentRow[];
  readonly sync: Sync;
}

export interface CommitmentManagerState {
  readonly organizations: ReadonlyMap<string, OrganizationState>;
  /** How many times commitments were made since the first day; new ids come from it. */
  made: number;
}

export function statusOf(row: CommitmentRow, now: number): CommitmentStatus {
  if (row.cancelledAt !== null) return 'cancelled';
  if (now < instantOf(row.startsOn)) return 'pending';
  return dayAt(now) > row.endsOn ? 'expired' : 'active';
}

export function activeCommitment(organization: OrganizationState, now: number): CommitmentRow | undefined {
  return organization.commitments.find((row) => statusOf(row, now) === 'active');
}

/**
 * What was promised for a month (`YYYY-MM-01`), or nothing. A commitment that was cancelled counts for the month of its
 * cancellation unless another took its place; one that was made late does not change months billed before.
 */
export function committedIn(organization: OrganizationState, month: string): bigint {
  const rows = organization.commitments.filter(
    ({ startsOn, endsOn, createdAt, cancelledAt }) =>
      firstOfMonth(startsOn) <= month &&
      firstOfMonth(dayAt(createdAt)) <= month &&
      month <= endsOn &&
      (cancelledAt === null || instantOf(month) <= cancelledAt),
  );
  const row = rows.find(({ cancelledAt }) => cancelledAt === null) ?? rows[0];
  return row?.amountCents ?? 0n;
}

/** The vendor's sample, whatever is left of the time that a synchronization takes. */
export const SYNC_RETRY_AFTER_SECONDS = 300;

/** Lets a synchronization that was asked for come to its end, if its time has passed. */
export function settleSync(organization: OrganizationState, now: number): void {
  const { sync } = organization;
  if (sync.queued === null || now < sync.queued.doneAt) return;
  const { doneAt, outcome } = sync.queued;
  sync.status = outcome;
  sync.queued = null;
  const active = activeCommitment(organization, now);
  if (active !== undefined && outcome === 'synchronized') {
    active.updatedAt = Math.max(active.updatedAt, doneAt);
  }
}
