/**
 * Looking things up by a name that the caller gives: an id, or a customer's slug.
 *
 * Guarantees: what the caller may not see and what is not there take one path, ask nobody, and count the same against
 * those who guess. Refuses who has guessed too often, before anything is looked up; customers of one's own stay readable.
 */
import type { Organization } from '../domain/organization.js';
import type { GraphContext } from './context.js';
import { RateLimitError } from './errors.js';

/** Throws RATE_LIMITED. */
export function mayLookUp({ lookups }: GraphContext): void {
  const waitMs = lookups.waitMs();
  if (waitMs === 0) return;
  throw new RateLimitError(
    'This client has looked up too many things that are not there for it. Ask again later, for what the graph gave you.',
    waitMs,
  );
}

/** By slug. Throws RATE_LIMITED. */
export function findOrganization(slug: string, context: GraphContext): Organization | null {
  const found = context.directory.find(slug);
  if (found === null) {
    mayLookUp(context);
    context.lookups.missed(`slug ${slug}`);
  }
  return found;
}

/** Those of these slugs, and a miss for each that is not there; left out: all. Throws RATE_LIMITED. */
export function findOrganizations(
  slugs: readonly string[] | null | undefined,
  context: GraphContext,
): readonly Organization[] {
  for (const slug of new Set(slugs)) findOrganization(slug, context);
  return context.directory.only(slugs ?? null);
}

/** `found`, where it is there; a miss of `id` otherwise. */
export function countMiss<T>(id: string, found: T | null, { lookups }: GraphContext): T | null {
  if (found === null) lookups.missed(`id ${id}`);
  return found;
}
