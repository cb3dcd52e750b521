/** What resolvers may use: who asks, what they may see, and the ports of this one request. */
import type { DirectoryView } from '../domain/directory.js';
import type { Failure } from '../domain/failure.js';
import type { Organization } from '../domain/organization.js';
import type { Sources } from '../domain/ports.js';

/** A failure that left a field with less than it should have, instead of making it null. */
export interface PartialFailure {
  readonly failure: Failure;
  readonly path: readonly (string | number)[];
}

export interface GraphContext {
  readonly requestId: string;
  readonly directory: DirectoryView;
  readonly sources: Sources;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** What the operation asks for with `@fresh`; set before the first resolver runs. */
  readonly freshness: { withinMs: number | null };
  /** Filled by resolvers; each becomes an entry of `errors` beside the data. */
  readonly partialFailures: PartialFailure[];
}

/** The organization of a record that was read for it: always in the view of the caller. */
export function organizationOf(slug: string, context: GraphContext): Organization {
  const organization = context.directory.find(slug);
  if (organization === null)
    throw new Error('a record belongs to an organization outside the view of its caller');
  return organization;
}
