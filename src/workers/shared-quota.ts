/**
 * A backend's quota as a worker sees it: the primary has it, and is asked for each place.
 *
 * Guarantees: nothing is sent without a place that the primary gave; where the primary does not answer in time, or is
 * gone, callers are refused as by a quota that is used up. A place that came too late is given back.
 */
import type { SourceName } from '../domain/source.js';
import type { Quota, QuotaTicket } from '../upstream/quota.js';
import type { Timers } from '../upstream/timers.js';
import type { FromWorker, Message, ToWorker } from './messages.js';

export interface SharedQuota extends Quota {
  entered(answer: Message<'entered', ToWorker>): void;
  told(remaining: number | null): void;
  /** The primary is gone. */
  lost(): void;
}

/** The primary answers at the end of the wait, and the message takes a moment. */
const PATIENCE_MS = 1_000;
const REFUSED: QuotaTicket = { granted: false, retryAfterMs: 1_000 };

export function createSharedQuota({
  source,
  perSecond,
  timers,
  newId,
  post,
}: {
  readonly source: SourceName;
  readonly perSecond: number;
  readonly timers: Timers;
  readonly newId: () => number;
  readonly post: (message: FromWorker) => void;
}): SharedQuota {
  const waiting = new Map<number, (ticket: QuotaTicket) => void>();
  let remaining: number | null = perSecond;
  let isLost = false;

  return {
    enter(lane, waitAtMostMs, signal) {
      if (isLost) return Promise.resolve(REFUSED);
      if (signal?.aborted === true) return Promise.resolve({ granted: false, retryAfterMs: 0 });
      const id = newId();
      return new Promise((resolve) => {
        const giveUp = () => {
          if (!waiting.has(id)) return;
          post({ kind: 'give-up', id });
          settle(REFUSED);
        };
        const patience = timers.after(waitAtMostMs + PATIENCE_MS, giveUp);
        const settle = (ticket: QuotaTicket) => {
          waiting.delete(id);
          patience.cancel();
          signal?.removeEventListener('abort', giveUp);
          resolve(ticket);
        };
        waiting.set(id, settle);
        signal?.addEventListener('abort', giveUp);
        post({ kind: 'enter', id, source, lane, waitMs: waitAtMostMs });
      });
    },
    entered({ id, retryAfterMs }) {
      const settle = waiting.get(id);
      if (settle === undefined) return; // given up in the meantime, and told so
      if (retryAfterMs !== null) {
        settle({ granted: false, retryAfterMs });
        return;
      }
      let isDone = false;
      settle({
        granted: true,
        done: () => {
          if (!isDone) post({ kind: 'done', id });
          isDone = true;
        },
      });
    },
    refused(sentAt) {
      post({ kind: 'refused', source, sentMsAgo: timers.now() - sentAt });
    },
    told(known) {
      remaining = known;
    },
    lost() {
      isLost = true;
      for (const settle of [...waiting.values()]) settle(REFUSED);
    },
    get remaining() {
      return remaining;
    },
    get queued() {
      return waiting.size;
    },
  };
}
