/**
 * What a read brought back, and how it was seen. A list that lost records says so: nothing is dropped in silence.
 */
import type { Instant } from './calendar.js';
import type { Failure } from './failure.js';

/** When a backend was asked for this, by our clock. */
export interface Observation {
  readonly observedAt: Instant;
  /** Older than the backend's freshness policy allows, and served because nothing newer could be had. */
  readonly stale: boolean;
}

/** A record of a list that could not be shown, as a failure that names the record's place and what was wrong. */
export type DroppedRecord = Failure;

export interface Listing<T> {
  readonly items: readonly T[];
  readonly dropped: readonly DroppedRecord[];
  /** Paging ended early (a cap or a loop): there may be more. */
  readonly truncated: boolean;
  readonly observation: Observation;
  /**
   * Lists of one organization with the same likeness have the same records, whenever they were observed, as long as the
   * process lives. Left out where that cannot be told without comparing them.
   */
  readonly likeness?: string;
}
