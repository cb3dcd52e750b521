/**
 * Reads what Commitment Manager holds of a customer now, for one look.
 *
 * Guarantees: nothing is taken from a cache (the ports must be made with `withinMs: 0`), and an answer that is stale, or a
 * list that lacks records, counts as a failure to read: nothing is concluded from it. Never rejects with `SourceError`.
 */
import { dayOf, instantOfMillis } from '../domain/calendar.js';
import type { Seen, Sight } from '../domain/change-verification.js';
import { failure, SourceError } from '../domain/failure.js';
import type { Organization } from '../domain/organization.js';
import type { Sources } from '../domain/ports.js';

const SOURCE = 'COMMITMENT_MANAGER';

export type BillingSources = Pick<Sources, 'spend' | 'minimumCommitments'>;

async function seen<T>(read: () => Promise<T>): Promise<Seen<T>> {
  try {
    return { kind: 'known', value: await read() };
  } catch (error) {
    if (error instanceof SourceError) return { kind: 'failed', failure: error.failure };
    throw error;
  }
}

function unreadable(detail: string): SourceError {
  return new SourceError(failure('UPSTREAM_UNAVAILABLE', SOURCE, { detail }));
}

export async function sightOf(
  organization: Organization,
  { spend, minimumCommitments }: BillingSources,
  now: number,
  isLast: boolean,
): Promise<Sight> {
  const [state, commitments] = await Promise.all([
    seen(async () => {
      if (spend === null) throw unreadable('not configured');
      const current = await spend.state(organization);
      if (current?.observation.stale === true) throw unreadable('only a stale answer');
      return current;
    }),
    seen(async () => {
      if (minimumCommitments === null) throw unreadable('not configured');
      const { items, dropped, truncated, observation } = await minimumCommitments.list(organization);
      if (observation.stale) throw unreadable('only a stale answer');
      const [lost] = dropped;
      if (lost !== undefined) throw new SourceError(lost);
      if (truncated) throw unreadable('not all records');
      return items;
    }),
  ]);
  return { state, commitments, today: dayOf(instantOfMillis(now)), isLast };
}
