/**
 * Lets callers follow something that is kept in the store, an operation say, until it is settled.
 *
 * Guarantees: nothing that happens in this process is slept over, and what happens in others is seen within a second;
 * nobody is left waiting when the journal stops, and nothing stays behind when a follower leaves.
 */
import { OwnSignal, type Signal } from '../domain/signal.js';

/** Timers as the journal needs them; `upstream/timers.ts` has them. */
export interface JournalTimers {
  /** Milliseconds on a clock that never steps back. */
  now(): number;
  after(ms: number, run: () => void): { cancel(): void };
}

export interface Followers<Thing> {
  /** `read` gives the thing as it is; `null`: it is not there. */
  follow(id: string, read: () => Promise<Thing | null>, signal: Signal): AsyncIterable<Thing>;
  /** Something happened to it. */
  wake(id: string): void;
  /** Ends all of them. */
  stop(): void;
}

/** What the followers of a kind of thing have to know about it. */
export interface Followed<Thing> {
  /** Another text: something has happened that followers are told. */
  textOf(thing: Thing): string;
  isSettled(thing: Thing): boolean;
}

const POLL_MS = 1_000;

export function createFollowers<Thing>(
  timers: JournalTimers,
  { textOf, isSettled }: Followed<Thing>,
): Followers<Thing> {
  const waiting = new Map<string, Set<() => void>>();
  const stopping = new OwnSignal();

  /** The next change, or when it is time to ask whether another process made one. */
  const nextChange = (id: string, signal: Signal) => {
    let wake: () => void = () => undefined;
    const happened = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const others = waiting.get(id) ?? new Set();
    waiting.set(id, others.add(wake));
    const timer = timers.after(POLL_MS, wake);
    const signals = [signal, stopping];
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
      while (!signal.aborted && !stopping.aborted) {
        const change = nextChange(id, signal); // before reading: a change in between must not be slept over
        try {
          const thing = await read();
          if (thing === null) return;
          const seen = textOf(thing);
          if (seen !== last) yield thing;
          last = seen;
          if (isSettled(thing)) return;
          if (!signal.aborted && !stopping.aborted) await change.happened;
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
