/** What one operation cost upstream, by source: counted where it happens, shown to callers who may see it. */
import type { SourceName } from '../domain/source.js';

export interface SourceCost {
  /** Requests that left the process. */
  sent: number;
  /** Answers taken from a call that was under way for somebody else, or for another field. */
  shared: number;
  /** Answers that were at hand and fresh. */
  cached: number;
  /** Answers that were at hand and no longer fresh. */
  stale: number;
  /** Requests that were repetitions. */
  retried: number;
  /** Calls that failed. */
  failed: number;
  /** Milliseconds that calls waited for quota, added up. */
  waitedMs: number;
  /** Milliseconds that calls were under way, added up; calls run beside one another. */
  busyMs: number;
}

export interface Meter {
  of(source: SourceName): SourceCost;
  report(): Readonly<Partial<Record<SourceName, Readonly<SourceCost>>>>;
}

export function createMeter(): Meter {
  const costs = new Map<SourceName, SourceCost>();
  return {
    of(source) {
      const known = costs.get(source);
      if (known) return known;
      const fresh = {
        sent: 0,
        shared: 0,
        cached: 0,
        stale: 0,
        retried: 0,
        failed: 0,
        waitedMs: 0,
        busyMs: 0,
      };
      costs.set(source, fresh);
      return fresh;
    },
    report: () => Object.fromEntries(costs),
  };
}
