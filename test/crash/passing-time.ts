/**
 * A clock and timers that can be moved ahead, so that minutes pass in a moment. Guarantees that what is due after a move
 * is called, in the order of when it was due; time never steps back.
 */
import type { Timers } from '../../src/upstream/timers.js';

export interface PassingTime {
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly timers: Timers;
  pass(ms: number): void;
}

interface Waiting {
  readonly at: number;
  readonly run: () => void;
  timer: NodeJS.Timeout;
}

export function createPassingTime(aheadMs: number): PassingTime {
  let ahead = aheadMs;
  let passed = 0;
  const waiting = new Set<Waiting>();
  const now = () => performance.now() + passed;
  const arm = (one: Waiting) => {
    clearTimeout(one.timer);
    one.timer = setTimeout(
      () => {
        waiting.delete(one);
        one.run();
      },
      Math.max(0, one.at - now()),
    );
    one.timer.unref();
  };
  return {
    clock: () => Date.now() + ahead,
    timers: {
      now,
      after(ms, run) {
        const one: Waiting = { at: now() + ms, run, timer: setTimeout(() => undefined, 0) };
        waiting.add(one);
        arm(one);
        return {
          cancel: () => {
            clearTimeout(one.timer);
            waiting.delete(one);
          },
        };
      },
    },
    pass(ms) {
      ahead += ms;
      passed += ms;
      for (const one of [...waiting].sort((a, b) => a.at - b.at)) arm(one);
    },
  };
}
