/** Commitments as this API writes them, member for member as in the vendor's sample. */
import { LosslessNumber } from 'lossless-json';
import { isoSeconds } from '../calendar.js';
import { type CommitmentRow, statusOf } from './state.js';

export function commitmentJson(row: CommitmentRow, now: number) {
  return {
    commitment_id: row.commitmentId,
    organization_id: row.organizationId,
    amount: row.amountCents,
    currency: row.currency,
    start_date: `${row.startsOn}T00:00:00Z`,
    end_date: `${row.endsOn}T23:59:59Z`,
    status: statusOf(row, now),
    created_at: isoSeconds(row.createdAt),
    updated_at: isoSeconds(row.updatedAt),
    cancelled_at: row.cancelledAt === null ? null : isoSeconds(row.cancelledAt),
  };
}

/** The seed's own script compares this one with Salesforce's figure, which is in major units (C2). */
export function majorUnits(cents: bigint): bigint | LosslessNumber {
  if (cents % 100n === 0n) return cents / 100n;
  return new LosslessNumber(`${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`);
}
