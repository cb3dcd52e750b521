/** Time that only moves when a test says so. */
import type { Timers } from '../../src/upstream/timers.js';

export interface ManualTimers extends Timers {
  /** Moves time on and runs what falls due, in order; lets promises settle in between. */
  tick(milliseconds: number): Promise<void>;
}

export function manualTimers(): ManualTimers {
  let now = 0;
  let waiting: { readonly at: number; readonly callback: () => void }[] = [];
  const settle = async () => {
    for (let i = 0; i < 10; i += 1) await Promise.resolve();
  };
  return {
    now: () => now,
    after(milliseconds, callback) {
      const entry = { at: now + milliseconds, callback };
      waiting.push(entry);
      return {
        cancel: () => {
          waiting = waiting.filter((other) => other !== entry);
        },
      };
    },
    async tick(milliseconds) {
      const until = now + milliseconds;
      for (;;) {
        const next = waiting.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        waiting = waiting.filter((other) => other !== next);
        now = Math.max(now, next.at);
        next.callback();
        await settle();
      }
      now = until;
      await settle();
    },
  };
}
