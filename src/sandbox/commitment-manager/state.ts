/**
 * Commitment Manager's state: organizations, their commitments, and how their last synchronization went.
 * Statuses are not stored: they follow from dates and cancellation at the time of asking, so that a sandbox which runs
 * over the end of a month stays true. Amounts are integer hundredths ("cents") in every currency.
 */
import { addDays, addMonths, dayAt, instantOf } from '../calendar.js';

export interface CommitmentRow {
  readonly commitmentId: string;
  readonly organizationId: string;
  readonly amountCents: bigint;
  readonly currency: string;
  readonly startsOn: string;
  readonly months: number;
  readonly handlerId: string;
  readonly createdAt: number;
  updatedAt: number;
  cancelledAt: number | null;
}

export type CommitmentStatus = 'active' | 'cancelled' | 'expired' | 'pending';
export type SyncStatus = 'synchronized' | 'pending' | 'failed';

export interface Sync {
  status: SyncStatus;
  /** When a synchronization was asked for that is not done yet. */
  queuedAt: number | null;
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
}

/** Inclusive, as the vendor writes it: 31 January for a year from 1 February. */
export function lastDay(row: CommitmentRow): string {
  return addDays(addMonths(row.startsOn, row.months), -1);
}

export function statusOf(row: CommitmentRow, now: number): CommitmentStatus {
  if (row.cancelledAt !== null) return 'cancelled';
  if (now < instantOf(row.startsOn)) return 'pending';
  return dayAt(now) > lastDay(row) ? 'expired' : 'active';
}

export function activeCommitment(organization: OrganizationState, now: number): CommitmentRow | undefined {
  return organization.commitments.find((row) => statusOf(row, now) === 'active');
}

/** What was promised for a month (`YYYY-MM-01`), or nothing. */
export function committedIn(organization: OrganizationState, month: string): bigint {
  const row = organization.commitments.find(
    ({ startsOn, months, cancelledAt }) =>
      startsOn <= month &&
      month < addMonths(startsOn, months) &&
      (cancelledAt === null || instantOf(month) <= cancelledAt),
  );
  return row?.amountCents ?? 0n;
}

/** The operators' script waits 120 seconds for a change to arrive. */
const SYNC_TAKES_MS = 120_000;
export const SYNC_RETRY_AFTER_SECONDS = 300;

/** Lets a synchronization that was asked for come to its end, if its time has passed. */
export function settleSync(organization: OrganizationState, now: number): void {
  const { sync } = organization;
  if (sync.queuedAt === null || now - sync.queuedAt < SYNC_TAKES_MS) return;
  const doneAt = sync.queuedAt + SYNC_TAKES_MS;
  sync.status = 'synchronized';
  sync.queuedAt = null;
  const active = activeCommitment(organization, now);
  if (active !== undefined) active.updatedAt = Math.max(active.updatedAt, doneAt);
}
