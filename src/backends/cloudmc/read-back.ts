/**
 * Finds out by reading what became of a change.
 *
 * Guarantees: "applied" is said only where all of the change is there, "untouched" only where nothing of it is. Somebody
 * else may have changed the same commitment meanwhile: what fits neither is for people to judge.
 */
import type { Day } from '../../domain/calendar.js';
import type { ResourceCommitmentChange } from '../../domain/change.js';
import { sourceError } from '../../domain/failure.js';
import type { Observation } from '../../domain/observation.js';
import type { Organization } from '../../domain/organization.js';
import {
  daysOf,
  differences,
  isSameId,
  isUntouched,
  type Evidence,
  type Facts,
  type Terms,
} from './facts.js';
import { evidenceOf, findReading, type Reader, type Reading, type Readings } from './readings.js';
import { termsToCreate, termsToUpdate } from './requests.js';

export interface Finding {
  readonly verdict: Verdict;
  readonly after: Evidence;
  readonly observation: Observation;
}

/** `reading`: the commitment as it is now. */
type Verdict =
  | {
      readonly kind: 'applied';
      readonly reading: Reading | null;
      /** The id of the commitment that it has taken the place of. */
      readonly previousId: string | null;
    }
  | { readonly kind: 'untouched'; readonly reading: Reading | null }
  | { readonly kind: 'unclear'; readonly reading: Reading | null; readonly message: string };

const applied = (reading: Reading | null, previousId: string | null = null): Verdict => ({
  kind: 'applied',
  reading,
  previousId,
});
const untouched = (reading: Reading | null): Verdict => ({ kind: 'untouched', reading });
const unclear = (message: string, reading: Reading | null = null): Verdict => ({
  kind: 'unclear',
  reading,
  message,
});

/** Rejects with `SourceError` where it cannot be read. */
export async function readBack(
  reader: Reader,
  organization: Organization,
  change: ResourceCommitmentChange,
  before: Evidence,
): Promise<Finding> {
  switch (change.kind) {
    case 'RESOURCE_COMMITMENT_CREATE':
    case 'RESOURCE_COMMITMENT_UPDATE': {
      const readings = await reader.list(organization);
      const verdict =
        change.kind === 'RESOURCE_COMMITMENT_CREATE'
          ? ofCreation(readings, before.ids ?? [], termsToCreate(change.fields))
          : before.commitment === null
            ? unclear('Nobody knows what it was before.')
            : ofUpdate(
                readings,
                before.commitment,
                before.ids ?? [],
                termsToUpdate(before.commitment, change.fields),
              );
      return {
        verdict,
        after: evidenceOf(verdict.reading, readings),
        observation: readings.observation,
      };
    }
    case 'RESOURCE_COMMITMENT_TERMINATE':
    case 'RESOURCE_COMMITMENT_DELETE': {
      const found = await reader.single(organization, change.commitmentId);
      if (found.kind === 'foreign') {
        throw sourceError('UPSTREAM_MALFORMED', 'CLOUDMC', {
          detail: 'the commitment is now of another customer',
        });
      }
      const reading = found.kind === 'found' ? found.reading : null;
      const { observation } = found.kind === 'found' ? found.reading : found;
      const verdict =
        change.kind === 'RESOURCE_COMMITMENT_DELETE'
          ? ofDeletion(reading)
          : ofTermination(reading, before.commitment, change.endsBefore);
      return { verdict, after: evidenceOf(reading, null), observation };
    }
  }
}

function ofCreation(readings: Readings, idsBefore: readonly string[], wanted: Terms): Verdict {
  if (readings.hasHidden || readings.unreadable.some((id) => !hasId(idsBefore, id))) {
    return unclear('A commitment is there that cannot be read, and may be the new one.');
  }
  const added = addedTo(readings, idsBefore);
  const [made, ...others] = added.filter(({ facts }) => isAs(wanted, facts));
  if (made !== undefined) {
    return others.length === 0
      ? applied(made)
      : unclear('Several new commitments are as it was asked for; which of them is it?');
  }
  const similar = added.find(({ facts }) => isLike(wanted, facts));
  return similar === undefined
    ? untouched(null)
    : unclear(`A new commitment is there that is not as asked for in: ${namesOf(wanted, similar)}.`, similar);
}

function ofUpdate(readings: Readings, before: Facts, idsBefore: readonly string[], wanted: Terms): Verdict {
  const now = findReading(readings, before.id);
  if (now === null) return unclear('The commitment is not there any more.');
  const [successor, ...others] = addedTo(readings, idsBefore).filter(({ facts }) => succeeds(wanted, facts));
  if (now.facts.isTerminated && !before.isTerminated) {
    // Pre-paid: the old one ends, and a new one takes its place (seed 003, "Update commitment").
    if (successor === undefined) {
      return unclear('The commitment is terminated, and nothing has taken its place.', now);
    }
    return others.length === 0
      ? applied(successor, before.id)
      : unclear('The commitment is terminated, and several may have taken its place.', now);
  }
  if (successor !== undefined) {
    return unclear('A new commitment is as asked for, and the old one is still there.', now);
  }
  if (isAs(wanted, now.facts)) return applied(now);
  if (isUntouched(before, now.facts)) return untouched(now);
  return unclear(`The commitment has changed, and is not as asked for in: ${namesOf(wanted, now)}.`, now);
}

function ofTermination(now: Reading | null, before: Facts | null, endsBefore: Day): Verdict {
  if (now === null) return unclear('The commitment is not there any more.');
  const { facts } = now;
  if (facts.isTerminated && daysOf(facts).endsBefore === endsBefore) return applied(now);
  if (before !== null && isUntouched(before, facts)) return untouched(now);
  return unclear(
    facts.isTerminated
      ? 'The commitment is terminated, on another day than was asked for.'
      : 'The commitment has changed, and is not terminated.',
    now,
  );
}

/** As long as it is there it was not deleted, whatever else was done to it. */
function ofDeletion(now: Reading | null): Verdict {
  return now === null ? applied(null) : untouched(now);
}

function addedTo(readings: Readings, idsBefore: readonly string[]): readonly Reading[] {
  return readings.all.filter(({ facts }) => !hasId(idsBefore, facts.id));
}

function hasId(ids: readonly string[], id: string): boolean {
  return ids.some((other) => isSameId(other, id));
}

function isAs(wanted: Terms, facts: Facts): boolean {
  return !facts.isTerminated && differences(wanted, facts).length === 0;
}

/** As wanted, but for the start: CloudMC lets it start at the end of the current billing cycle. */
function succeeds(wanted: Terms, facts: Facts): boolean {
  return !facts.isTerminated && differences(wanted, facts).every((name) => name === 'startsAt');
}

/** Not as wanted, and still perhaps what was made of it: the same name, or the same products. */
function isLike(wanted: Terms, facts: Facts): boolean {
  const wrong = differences(wanted, facts);
  return !wrong.includes('name') || !wrong.includes('products');
}

function namesOf(wanted: Terms, { facts }: Reading): string {
  const names: readonly string[] = differences(wanted, facts);
  return [...names, ...(facts.isTerminated ? ['terminated'] : [])].join(', ');
}
