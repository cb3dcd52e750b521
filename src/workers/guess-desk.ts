/**
 * Hands on what a worker counted as a guess, so that every worker has counted all of them (`admission/guesses.ts`).
 *
 * Guarantees: a worker that comes later is told what was counted before, up to a bound: ending a worker gives nobody new
 * guesses. Holds only marks, and no word of what was guessed. Between two workers a guess is under way for about a
 * millisecond: who sends to all of them at once gets ahead by no more than that.
 */
import type { GuessKind, ToWorker } from './messages.js';

export interface GuessDesk {
  counted(worker: number, of: GuessKind, client: string, mark: string): void;
  came(worker: number): void;
}

interface Guess {
  readonly of: GuessKind;
  readonly client: string;
  readonly mark: string;
  readonly at: number;
}

const MOST_KEPT = 5_000;

export function createGuessDesk({
  now,
  send,
  workers,
}: {
  readonly now: () => number;
  readonly send: (worker: number, message: ToWorker) => void;
  readonly workers: () => Iterable<number>;
}): GuessDesk {
  /** In the order of arrival; the same again counts nothing. */
  const kept = new Map<string, Guess>();
  const tell = (worker: number, { of, client, mark, at }: Guess) => {
    send(worker, { kind: 'guess', of, client, mark, msAgo: now() - at });
  };
  return {
    counted(from, of, client, mark) {
      const name = JSON.stringify([of, client, mark]);
      if (kept.has(name)) return;
      const guess = { of, client, mark, at: now() };
      kept.set(name, guess);
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      for (const worker of workers()) if (worker !== from) tell(worker, guess);
    },
    came(worker) {
      for (const guess of kept.values()) tell(worker, guess);
    },
  };
}
