/**
 * What the graph may ask about verifications of changes: start one, find one, follow one. For one caller.
 */
import type { Signal } from './signal.js';
import type { Instant } from './calendar.js';
import type { ChangeVerification, ExpectedCommitment } from './change-verification.js';
import { OperationError } from './operations.js';
import type { Organization } from './organization.js';

export interface VerificationRequest {
  readonly organization: Organization;
  readonly expected: ExpectedCommitment;
  readonly changedAt: Instant;
  /** Of the journal; it is this organization's. */
  readonly operationId: string | null;
  /** The caller's name for this request: the same again is the same request. */
  readonly idempotencyKey: string;
  readonly reason: string | null;
}

export interface VerificationPage {
  /** Newest first. */
  readonly verifications: readonly ChangeVerification[];
  readonly hasMore: boolean;
  readonly totalCount: number;
}

export interface Verifications {
  /** False: this gateway keeps nothing. */
  readonly hasStore: boolean;
  /** Rejects with `OperationError`. */
  start(
    request: VerificationRequest,
  ): Promise<{ readonly verification: ChangeVerification; readonly isReplay: boolean }>;
  /** `null`: there is none, or it is not this organization's. Rejects with `OperationError` (STORE_UNAVAILABLE). */
  byId(organization: Organization, id: string): Promise<ChangeVerification | null>;
  /** `after`: the id of the one that the page comes after. */
  list(organization: Organization, first: number, after: string | null): Promise<VerificationPage>;
  /** Gives it as it is and after every look, and ends when it is settled or the signal aborts. */
  follow(organization: Organization, id: string, signal: Signal): AsyncIterable<ChangeVerification>;
}

/** A gateway without a store: it keeps nothing and knows of nothing. */
export const noVerifications: Verifications = {
  hasStore: false,
  start: () =>
    Promise.reject(
      new OperationError(
        'STORE_UNAVAILABLE',
        'This gateway keeps nothing: it was started without a store, and without one no change is verified.',
      ),
    ),
  byId: () => Promise.resolve(null),
  list: () => Promise.resolve({ verifications: [], hasMore: false, totalCount: 0 }),
  async *follow() {
    return;
  },
};
