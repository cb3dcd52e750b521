/**
 * Time that runs as it does, and leaps ahead when a test says so: what falls due meanwhile is run at once. For gateways over
 * real sockets, where limits need time to pass. Leap when nothing is being asked: deadlines leap too.
 */
import type { Timers } from '../../src/upstream/timers.js';

export interface LeapingTime {
  readonly timers: Timers;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  leap(milliseconds: number): void;
}

interface Entry {
  readonly at: number;
  readonly callback: () => void;
  timer: NodeJS.Timeout;
}

export function leapingTime(start: number): LeapingTime {
  const began = performance.now();
  let ahead = 0;
  const now = () => performance.now() - began + ahead;
  const waiting = new Set<Entry>();
  const run = (entry: Entry) => {
    if (waiting.delete(entry)) entry.callback();
  };
  const wait = (entry: Pick<Entry, 'at'>, callback: () => void) =>
    setTimeout(callback, Math.max(0, entry.at - now())).unref();
  return {
    clock: () => start + Math.floor(now()),
    timers: {
      now,
      after(milliseconds, callback) {
        const at = now() + milliseconds;
        const entry: Entry = { at, callback, timer: wait({ at }, () => run(entry)) };
        waiting.add(entry);
        return {
          cancel: () => {
            clearTimeout(entry.timer);
            waiting.delete(entry);
          },
        };
      },
    },
    leap(milliseconds) {
      ahead += milliseconds;
      for (const entry of [...waiting].sort((a, b) => a.at - b.at)) {
        clearTimeout(entry.timer);
        if (entry.at <= now()) run(entry);
        else entry.timer = wait(entry, () => run(entry));
      }
    },
  };
}
