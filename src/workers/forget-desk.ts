/**
 * Tells all workers that something of a customer has changed, and the one that changed it when they have all forgotten
 * what they had read of it: only then is the change answered, so that whoever reads next sees it, wherever he is led.
 *
 * Guarantees: who asked is told in any case, and in bounded time: a worker that has ended remembers nothing, and one that
 * does not answer for two seconds answers nobody else either; that is told to the log.
 */
import type { SourceName } from '../domain/source.js';
import type { Timers } from '../upstream/timers.js';
import type { Touched } from '../upstream/peers.js';
import type { ToWorker } from './messages.js';

export interface ForgetDesk {
  forget(worker: number, id: number, source: SourceName, touched: Touched): void;
  forgotten(worker: number, id: number): void;
  left(worker: number): void;
}

const PATIENCE_MS = 2_000;

interface Round {
  readonly asker: number;
  readonly id: number;
  readonly missing: Set<number>;
  readonly patience: { cancel(): void };
}

export function createForgetDesk({
  timers,
  send,
  workers,
  onSilent,
}: {
  readonly timers: Timers;
  readonly send: (worker: number, message: ToWorker) => void;
  readonly workers: () => Iterable<number>;
  readonly onSilent: (workers: readonly number[]) => void;
}): ForgetDesk {
  const rounds = new Map<number, Round>();
  let count = 0;

  const end = (number: number, { asker, id, patience }: Round) => {
    rounds.delete(number);
    patience.cancel();
    send(asker, { kind: 'forgotten', id });
  };
  const heard = (worker: number, number: number, round: Round) => {
    if (round.missing.delete(worker) && round.missing.size === 0) end(number, round);
  };

  return {
    forget(asker, id, source, touched) {
      const others = [...workers()].filter((worker) => worker !== asker);
      if (others.length === 0) {
        send(asker, { kind: 'forgotten', id });
        return;
      }
      count += 1;
      const number = count;
      const missing = new Set(others);
      const round: Round = {
        asker,
        id,
        missing,
        patience: timers.after(PATIENCE_MS, () => {
          onSilent([...missing]);
          end(number, round);
        }),
      };
      rounds.set(number, round);
      for (const worker of others) send(worker, { kind: 'forget', id: number, source, touched });
    },
    forgotten(worker, number) {
      const round = rounds.get(number);
      if (round !== undefined) heard(worker, number, round);
    },
    left(worker) {
      for (const [number, round] of [...rounds]) heard(worker, number, round);
    },
  };
}
