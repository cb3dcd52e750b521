/**
 * One request to synchronize for each organization and minute, however often it is asked for (failures.md S53).
 *
 * Guarantees: who asks while a request is on its way, or within a minute after it was taken or got lost, is given the
 * end of that one, and nothing is sent. A refusal that says when to come back is given again until then. What was not
 * sent, or was refused for good, holds nobody up.
 *
 * It lives in the process, beside the journal: there each request is an operation of its own, so that no caller is told
 * that the target is busy with what he asked for himself. Two processes, or one that was started anew, may therefore
 * send one request each; that does no harm, because the orders are read once more, and nothing else.
 */
import type { Step } from '../../domain/change-port.js';

const STANDS_FOR_MS = 60_000;

interface Asked {
  readonly ending: Promise<Step>;
  /** `null`: on its way. `at`: epoch milliseconds. */
  ended: { readonly step: Step; readonly at: number } | null;
}

export interface SyncDesk {
  /** Whether whoever asks now would join an earlier request. */
  isAsked(key: string): boolean;
  /** What became of the request that stands for this one: of an earlier one, or of what `send` sends. */
  ask(key: string, send: () => Promise<Step>): Promise<Step>;
  /** Another text each time. */
  ticket(): string;
}

/** One for the process. `clock` gives epoch milliseconds. */
export function createSyncDesk(clock: () => number): SyncDesk {
  const asked = new Map<string, Asked>();
  let tickets = 0;

  const standing = (key: string): Asked | null => {
    const found = asked.get(key);
    return found !== undefined && stands(found, clock()) ? found : null;
  };

  const begin = (key: string, send: () => Promise<Step>): Promise<Step> => {
    for (const [old, entry] of asked) if (!stands(entry, clock())) asked.delete(old);
    const ending = send();
    const entry: Asked = { ending, ended: null };
    asked.set(key, entry);
    ending.then(
      (step) => {
        entry.ended = { step, at: clock() };
      },
      () => asked.delete(key),
    );
    return ending;
  };

  return {
    isAsked: (key) => standing(key) !== null,
    ask(key, send) {
      const earlier = standing(key);
      if (earlier === null) return begin(key, send);
      return earlier.ended === null
        ? earlier.ending
        : Promise.resolve(later(earlier.ended.step, clock() - earlier.ended.at));
    },
    ticket() {
      tickets += 1;
      return `${clock()}-${tickets}`;
    },
  };
}

/** A clock that was put back ends it, too. */
function stands({ ended }: Asked, now: number): boolean {
  if (ended === null) return true;
  const age = now - ended.at;
  return age >= 0 && age < standsForMs(ended.step);
}

function standsForMs(step: Step): number {
  switch (step.state) {
    case 'PENDING':
    case 'SUCCEEDED':
    case 'IN_REVIEW':
    case 'UNKNOWN':
      return STANDS_FOR_MS;
    case 'NOT_SENT':
      return step.failure.code === 'UPSTREAM_CONFLICT'
        ? Math.min(STANDS_FOR_MS, step.failure.retryAfterMs ?? 0)
        : 0;
    case 'FAILED':
      return 0;
  }
}

/** The same step after a while: less is left to wait. */
function later(step: Step, ageMs: number): Step {
  if (step.state !== 'NOT_SENT' || !('retryAfterMs' in step.failure)) return step;
  const retryAfterMs = Math.max(0, step.failure.retryAfterMs - ageMs);
  return { ...step, failure: { ...step.failure, retryAfterMs } };
}
