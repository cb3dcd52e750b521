/**
 * What was made of an answer, remembered beside it.
 *
 * Guarantees: whoever is given the same answer, because it was under way or fresh, is given the same records, which were
 * read, judged and counted once; for another organization, on another day or as stale they are made anew. Held as long as
 * the answer is and no longer: nothing is kept here that the upstream has let go, and nothing where answers are not kept.
 */
import type { Day } from '../domain/calendar.js';
import type { Listing, Observation } from '../domain/observation.js';
import type { Organization } from '../domain/organization.js';
import type { Made } from '../upstream/made.js';

/** All that the records depend on beside the answer's body. */
export interface Occasion {
  readonly organization: Organization;
  readonly observation: Observation;
  /** Where statuses follow from dates. */
  readonly today?: Day | undefined;
}

interface Known<Item> {
  readonly observation: Observation;
  readonly today: Day | undefined;
  readonly listing: Listing<Item>;
}

/** An answer. `made` is missing where answers are not kept, and `digest` where it was not asked for. */
export interface Holder {
  readonly made?: Made | undefined;
  readonly digest?: string | undefined;
}

/** The list that was made of the answer, if there is one. An answer is asked for one kind of records only. */
export function madeOf<Item>({ made }: Holder, occasion: Occasion): Listing<Item> | undefined {
  const known = made?.by.get(occasion.organization) as Known<Item> | undefined;
  return known?.observation === occasion.observation && known.today === occasion.today
    ? known.listing
    : undefined;
}

/** Remembers it, and gives it back with its likeness, which is that of all that it depends on. */
export function keepMade<Item>(
  { made, digest }: Holder,
  { organization, observation, today }: Occasion,
  { items, dropped, truncated }: Omit<Listing<Item>, 'observation'>,
): Listing<Item> {
  const listing =
    digest === undefined
      ? { items, dropped, truncated, observation }
      : { items, dropped, truncated, observation, likeness: `${digest} ${today ?? ''}` };
  made?.by.set(organization, { observation, today, listing });
  return listing;
}
