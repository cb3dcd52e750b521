/** What resolvers may use: who asks, what they may see, and the ports of this one request. */
import type { Signal } from '../domain/signal.js';
import type { Calendars } from '../domain/calendars.js';
import type { DirectoryView } from '../domain/directory.js';
import type { Principal } from '../domain/principal.js';
import type { Failure } from '../domain/failure.js';
import type { History } from '../domain/history.js';
import type { Operations } from '../domain/operations.js';
import type { Organization } from '../domain/organization.js';
import type { Sources } from '../domain/ports.js';
import type { Reconciliations } from '../domain/reconciliation/memory.js';
import type { SourceName } from '../domain/source.js';
import type { Verifications } from '../domain/verifications.js';

/** How often the caller may look up what it cannot see; `admission/guesses.ts`. */
export interface Lookups {
  /** Milliseconds until something may be looked up; 0: now. */
  waitMs(): number;
  /** `what` was not there, as far as this caller can know. */
  missed(what: string): void;
}

/** A failure that left a field with less than it should have, instead of making it null. */
export interface PartialFailure {
  readonly failure: Failure;
  readonly path: readonly (string | number)[];
}

/** What is to be said about a change beside its data. */
export type ChangeRemark =
  /** Becomes an entry of `errors`: nobody may take the answer for a success. */
  | {
      readonly kind: 'outcome-unknown';
      readonly source: SourceName;
      readonly path: readonly (string | number)[];
    }
  /** For the log: how the change ended is known, and could not be written down. */
  | { readonly kind: 'not-durable'; readonly operationId: string };

export interface GraphContext {
  readonly requestId: string;
  readonly principal: Principal;
  readonly directory: DirectoryView;
  readonly sources: Sources;
  readonly operations: Operations;
  readonly verifications: Verifications;
  readonly reconciliations: Reconciliations;
  readonly calendars: Calendars;
  readonly history: History;
  readonly lookups: Lookups;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: Signal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /**
   * What the operation asks for with `@fresh`; set before the first resolver runs. After a change 0: what is read then
   * must not be older than the change.
   */
  readonly freshness: { withinMs: number | null };
  /** Filled by resolvers; each becomes an entry of `errors` beside the data. */
  readonly partialFailures: PartialFailure[];
  /** Filled by resolvers of changes. */
  readonly remarks: ChangeRemark[];
}

/** The organization of a record that was read for it: always in the view of the caller. */
export function organizationOf(slug: string, context: GraphContext): Organization {
  const organization = context.directory.find(slug);
  if (organization === null)
    throw new Error('a record belongs to an organization outside the view of its caller');
  return organization;
}
