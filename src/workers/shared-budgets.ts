/**
 * Budgets of clients that all workers of a machine share: the primary counts.
 *
 * Guarantees: no point is spent twice, whichever worker asks. Where the primary does not answer within a second, or is gone,
 * nobody gets any: a worker that counted by itself would give each client as much again.
 */
import type { Budgets, Taken } from '../admission/budgets/budgets.js';
import type { Timers } from '../upstream/timers.js';
import type { FromWorker, Message, ToWorker } from './messages.js';

export interface SharedBudgets extends Budgets {
  taken(answer: Message<'taken', ToWorker>): void;
  /** The primary is gone. */
  lost(): void;
}

const PATIENCE_MS = 1_000;
const REFUSED: Taken = { isTaken: false, available: 0, retryAfterMs: 1_000 };

export function createSharedBudgets({
  timers,
  newId,
  post,
}: {
  readonly timers: Timers;
  readonly newId: () => number;
  readonly post: (message: FromWorker) => void;
}): SharedBudgets {
  const waiting = new Map<number, (taken: Taken) => void>();
  let trouble: string | null = null;
  let isLost = false;

  return {
    take(client, points, rate) {
      if (isLost) return REFUSED;
      const id = newId();
      return new Promise((resolve) => {
        const patience = timers.after(PATIENCE_MS, () => {
          trouble = 'the primary process does not answer';
          waiting.delete(id);
          resolve(REFUSED);
        });
        waiting.set(id, (taken) => {
          patience.cancel();
          waiting.delete(id);
          resolve(taken);
        });
        post({ kind: 'take', id, client, points, rate });
      });
    },
    giveBack(client, points, rate) {
      post({ kind: 'give-back', client, points, rate });
    },
    taken({ id, taken }) {
      trouble = null;
      waiting.get(id)?.(taken);
    },
    lost() {
      isLost = true;
      trouble = 'the primary process is gone';
      for (const settle of [...waiting.values()]) settle(REFUSED);
    },
    state: () => ({ kept: 'by all workers', trouble }),
    stop: () => Promise.resolve(),
  };
}
