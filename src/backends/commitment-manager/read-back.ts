/**
 * Tells by the current commitment what became of a request to synchronize (seed 000, "After Service Order Changes").
 *
 * The page gives the proof: `sync_status` is `synchronized` and `last_updated` is recent. Recent is what is later than
 * it was before the request; where the commitment before was another, or none, what is not before the request. The
 * answer may take minutes, so absence means nothing until the longest time is over.
 *
 * Nothing here is named after the request, so an update that somebody else caused in between counts for it: what was
 * asked for is that Commitment Manager is up to date, and it says so. Not where it was synchronizing already before a
 * request that may have got lost: what is seen then may be that one's end. A request that was taken never ends as "not
 * applied", and never as a success without that proof: without a current commitment, or with one that was not updated,
 * it stays unknown, for a person to judge.
 */
import { millisOfInstant, type Instant } from '../../domain/calendar.js';
import type { Look } from '../../domain/change-port.js';
import { canonicalJson } from '../../domain/json.js';
import type { Asked, Evidence } from './sync-evidence.js';

/** 2 to 5 minutes, and 5 more for what is recent (seed 000, "Troubleshooting"; failures.md C6). */
export const LONGEST_SYNC_MS = 600_000;

const FAILED = 'Commitment Manager took the request and reports that the synchronization failed.';
const NOTHING_TO_SEE =
  'Commitment Manager shows no current commitment that would tell whether the organization was synchronized.';
const NOTHING_YET = 'Commitment Manager does not show yet whether the organization is being synchronized.';
const NOT_UPDATED =
  'Commitment Manager took the request, and has not updated the current commitment in the time that it needs for that.';
const NEITHER =
  'What Commitment Manager shows may come from this request or from something else that happened meanwhile.';

export interface Sight {
  /** What is there now; `null`: no current commitment. */
  readonly after: Evidence | null;
  readonly now: Instant;
  readonly longestMs: number;
}

export function lookAt(asked: Asked, { after, now, longestMs }: Sight): Look {
  const isTaken = asked.takenAt !== null;
  const isOver = millisOfInstant(now) - millisOfInstant(asked.askedAt) >= longestMs;
  // Of a request that may have got lost, nothing is proved by the end of one that was under way before it.
  if (after !== null && (isTaken || asked.before?.syncStatus !== 'PENDING')) {
    const seen = ofNews(asked, after, now);
    if (seen !== null) return seen;
  }
  if (isTaken && !isOver) return { state: 'PENDING', after };
  if (after === null) return { state: 'UNKNOWN', message: NOTHING_TO_SEE, after };
  const isAsBefore = canonicalJson(after) === canonicalJson(asked.before);
  if (isTaken) return { state: 'UNKNOWN', message: isAsBefore ? NOT_UPDATED : NEITHER, after };
  if (!isAsBefore) return { state: 'UNKNOWN', message: NEITHER, after };
  return isOver ? { state: 'NOT_APPLIED', after } : { state: 'UNKNOWN', message: NOTHING_YET, after };
}

/** `null`: what is there tells nothing of what happened since. */
function ofNews(asked: Asked, after: Evidence, now: Instant): Look | null {
  switch (after.syncStatus) {
    case 'PENDING':
      return asked.takenAt === null
        ? { state: 'PENDING', after, progress: { ...asked, takenAt: now } }
        : { state: 'PENDING', after };
    case 'SYNCHRONIZED':
      return isUpdated(asked, after) ? { state: 'SUCCEEDED', after } : null;
    case 'FAILED':
      // One that had failed before and was not touched since is the old failure.
      return isUpdated(asked, after) || asked.before?.syncStatus !== 'FAILED'
        ? { state: 'FAILED', failure: { code: 'REFUSED', message: FAILED }, after }
        : null;
    case 'UNRECOGNIZED':
    case null:
      return null;
  }
}

/** Compared by the backend's clock with itself where that can be; else to the second, as the backend writes it. */
function isUpdated({ before, askedAt }: Asked, after: Evidence): boolean {
  if (after.lastUpdated === null) return false;
  const updated = millisOfInstant(after.lastUpdated);
  return before !== null && before.lastUpdated !== null && before.handlerId === after.handlerId
    ? updated > millisOfInstant(before.lastUpdated)
    : updated >= Math.floor(millisOfInstant(askedAt) / 1000) * 1000;
}
