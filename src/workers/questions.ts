/**
 * Asks a worker how it is.
 *
 * Guarantees: each question is answered once, in bounded time: with `null` where the worker has ended, or is busy for
 * longer than a second.
 */
import type { Timers } from '../upstream/timers.js';
import type { ToWorker, WorkerReport } from './messages.js';

export interface Questions {
  ask(worker: number, withMetrics: boolean): Promise<WorkerReport | null>;
  answered(worker: number, id: number, report: WorkerReport): void;
  left(worker: number): void;
}

const PATIENCE_MS = 1_000;

export function createQuestions({
  timers,
  send,
}: {
  readonly timers: Timers;
  readonly send: (worker: number, message: ToWorker) => void;
}): Questions {
  const open = new Map<
    number,
    { readonly worker: number; readonly end: (report: WorkerReport | null) => void }
  >();
  let ids = 0;
  return {
    ask(worker, withMetrics) {
      ids += 1;
      const id = ids;
      return new Promise((resolve) => {
        const end = (report: WorkerReport | null) => {
          open.delete(id);
          patience.cancel();
          resolve(report);
        };
        const patience = timers.after(PATIENCE_MS, () => {
          end(null);
        });
        open.set(id, { worker, end });
        send(worker, { kind: 'report', id, withMetrics });
      });
    },
    answered(worker, id, report) {
      const question = open.get(id);
      if (question?.worker === worker) question.end(report);
    },
    left(worker) {
      for (const question of [...open.values()]) if (question.worker === worker) question.end(null);
    },
  };
}
