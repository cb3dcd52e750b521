/**
 * Lets callers follow an operation until it is settled.
 *
 * Guarantees: nothing that happens in this process is slept over, and what happens in others is seen within a second;
 * nobody is left waiting when the journal stops, and nothing stays behind when a follower leaves.
 */
import { canonicalJson } from '../domain/json.js';
import { isSettled, type Operation } from '../domain/operation.js';

/** Timers as the journal needs them; `upstream/timers.ts` has them. */
export interface JournalTimers {
  /** Milliseconds on a clock that never steps back. */
  now(): number;
  after(ms: number, run: () => void): { cancel(): void };
}

export interface Followers {
  /** `read` gives the operation as it is; `null`: it is not there. */
  follow(id: string, read: () => Promise<Operation | null>, signal: AbortSignal): AsyncIterable<Operation>;
  /** Something happened to it. */
  wake(id: string): void;
  /** Ends all of them. */
  stop(): void;
}

const POLL_MS = 1_000;

export function createFollowers(timers: JournalTimers): Followers {
  const waiting = new Map<string, Set<() => void>>();
  const stopping = new AbortController();

  /** The next change, or when it is time to ask whether another process made one. */
  const nextChange = (id: string, signal: AbortSignal) => {
    let wake: () => void = () => undefined;
    const happened = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const others = waiting.get(id) ?? new Set();
    waiting.set(id, others.add(wake));
    const timer = timers.after(POLL_MS, wake);
    const signals = [signal, stopping.signal];
    for (const each of signals) each.addEventListener('abort', wake);
    return {
      happened,
      cancel() {
        timer.cancel();
        for (const each of signals) each.removeEventListener('abort', wake);
        others.delete(wake);
        if (others.size === 0 && waiting.get(id) === others) waiting.delete(id);
      },
    };
  };

  return {
    async *follow(id, read, signal) {
      let last = '';
      while (!signal.aborted && !stopping.signal.aborted) {
        const change = nextChange(id, signal); // before reading: a change in between must not be slept over
        try {
          const operation = await read();
          if (operation === null) return;
          const seen = canonicalJson({ ...operation, looks: 0 });
          if (seen !== last) yield operation;
          last = seen;
          if (isSettled(operation.state)) return;
          if (!signal.aborted && !stopping.signal.aborted) await change.happened;
        } finally {
          change.cancel();
        }
      }
    },
    wake(id) {
      for (const wake of waiting.get(id) ?? []) wake();
    },
    stop() {
      stopping.abort();
    },
  };
}
