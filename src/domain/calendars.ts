/** Calendars of renewals that calendar programs subscribe to: made, listed and revoked by the client that they are of. */
import type { Instant } from './calendar.js';
import { OperationError } from './operations.js';

export interface RenewalCalendar {
  readonly id: string;
  /** Name of the client that made it; what that client is granted now is what the calendar shows. */
  readonly client: string;
  readonly name: string;
  /** Slugs, as they were asked for; `null`: all that the client is granted. */
  readonly organizations: readonly string[] | null;
  readonly createdAt: Instant;
  readonly revokedAt: Instant | null;
}

export interface CalendarRequest {
  readonly organizations: readonly string[] | null;
  readonly name: string;
  readonly idempotencyKey: string | null;
}

export type CalendarMade =
  | {
      readonly kind: 'made';
      readonly calendar: RenewalCalendar;
      /** What opens it. `null`: it was told when the calendar was made, and is not kept. */
      readonly token: string | null;
      readonly isReplay: boolean;
    }
  /** The client has as many as it may have. */
  | { readonly kind: 'too-many'; readonly most: number };

/** For one caller. Rejects with `OperationError`. */
export interface Calendars {
  create(request: CalendarRequest): Promise<CalendarMade>;
  /** Those that are not revoked, newest first. */
  list(): Promise<readonly RenewalCalendar[]>;
  /** `null`: there is no such calendar of this caller. One that is revoked stays so. */
  revoke(id: string): Promise<RenewalCalendar | null>;
}

/** A gateway without a store: it keeps nothing and knows of nothing. */
export const noCalendars: Calendars = {
  create: () =>
    Promise.reject(
      new OperationError(
        'STORE_UNAVAILABLE',
        'This gateway keeps nothing: it was started without a store, and without one it has no calendars.',
      ),
    ),
  list: () => Promise.resolve([]),
  revoke: () => Promise.resolve(null),
};

/** For clients that are known by a token alone: nobody can say later what they are granted. */
export const noCalendarsForTokens: Calendars = {
  ...noCalendars,
  create: () =>
    Promise.reject(
      new OperationError(
        'BAD_USER_INPUT',
        'A calendar is read without its client, so it needs a client of the clients file: what a token grants ends with the token.',
      ),
    ),
};
