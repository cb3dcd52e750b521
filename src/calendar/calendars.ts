/**
 * Making, finding and revoking calendars.
 *
 * Guarantees: what opens a calendar is 256 random bits, told once and kept as its SHA-256 alone; a calendar that was
 * revoked cannot be found from then on, by any gateway on the same store. Refuses a key that was used for another calendar.
 */
import { createHash } from 'node:crypto';
import { instantOfMillis } from '../domain/calendar.js';
import type { CalendarMade, CalendarRequest, Calendars, RenewalCalendar } from '../domain/calendars.js';
import { OperationError } from '../domain/operations.js';
import { storeErrorOf } from '../journal/store-error.js';
import type { CalendarRow, CalendarStore } from './store.js';

export interface CalendarKeeper {
  forCaller(client: string): Calendars;
  /** What a token opens; `null`: nothing, or nothing any more. Rejects with `OperationError` (STORE_UNAVAILABLE). */
  find(token: string): Promise<RenewalCalendar | null>;
}

export interface CalendarKeeperOptions {
  /** Rejects with `StoreError` while it cannot be had. */
  readonly store: () => Promise<CalendarStore>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly newId: () => string;
  /** 256 random bits in letters that a path may have. */
  readonly newToken: () => string;
}

/** Not revoked, of one client. */
export const MOST_CALENDARS = 100;

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function calendarOf(row: CalendarRow): RenewalCalendar {
  return {
    id: row.id,
    client: row.client,
    name: row.name,
    organizations: row.organizations === null ? null : (JSON.parse(row.organizations) as string[]),
    createdAt: instantOfMillis(row.created_at),
    revokedAt: row.revoked_at === null ? null : instantOfMillis(row.revoked_at),
  };
}

/** Whoever asks for the same customers in another order asks for the same. */
function slugsOf({ organizations }: CalendarRequest): string | null {
  return organizations === null ? null : JSON.stringify([...new Set(organizations)].sort());
}

export function createCalendarKeeper({
  store,
  clock,
  newId,
  newToken,
}: CalendarKeeperOptions): CalendarKeeper {
  const using = async <Value>(work: (open: CalendarStore) => Promise<Value>): Promise<Value> => {
    try {
      return await work(await store());
    } catch (error) {
      if (error instanceof OperationError) throw error;
      const { trouble, message } = storeErrorOf(error);
      throw new OperationError(
        'STORE_UNAVAILABLE',
        'Calendars cannot be kept or read right now. Try again later.',
        { isRetryable: true, detail: `${trouble}: ${message}` },
      );
    }
  };

  const create = async (client: string, request: CalendarRequest): Promise<CalendarMade> => {
    const token = newToken();
    const row: CalendarRow = {
      id: newId(),
      client,
      idempotency_key: request.idempotencyKey,
      token_hash: hashOf(token),
      name: request.name,
      organizations: slugsOf(request),
      created_at: clock(),
      revoked_at: null,
    };
    return using(async (open) => {
      const kept = await open.insert(row, MOST_CALENDARS);
      if (kept === null) return { kind: 'too-many', most: MOST_CALENDARS };
      if (kept.isNew) return { kind: 'made', calendar: calendarOf(kept.row), token, isReplay: false };
      if (kept.row.name !== row.name || kept.row.organizations !== row.organizations) {
        throw new OperationError(
          'IDEMPOTENCY_KEY_REUSED',
          'This `idempotencyKey` was used for another calendar. The first one stands; give this one a key of its own.',
        );
      }
      return { kind: 'made', calendar: calendarOf(kept.row), token: null, isReplay: true };
    });
  };

  return {
    forCaller: (client) => ({
      create: (request) => create(client, request),
      list: () => using(async (open) => (await open.list(client)).map(calendarOf)),
      revoke: (id) =>
        using(async (open) => {
          const row = await open.revoke(client, id, clock());
          return row === null ? null : calendarOf(row);
        }),
    }),
    find: (token) =>
      using(async (open) => {
        const row = await open.byTokenHash(hashOf(token));
        return row === null ? null : calendarOf(row);
      }),
  };
}
