/** What the process that looks after workers counts of them, and of itself. */
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { MetricsReport } from './metrics.js';

export interface WorkerMetrics {
  /** A worker ended, and was not told to. */
  ended(): void;
  report(): Promise<MetricsReport>;
}

export function createWorkerMetrics({ listening }: { readonly listening: () => number }): WorkerMetrics {
  const registry = new Registry();
  const registers = [registry];
  let isOfProcess = false;
  new Gauge({
    name: 'commitment_graph_workers_listening',
    help: 'Workers that take connections. Absent without workers.',
    registers,
    collect() {
      this.set(listening());
    },
  });
  const ends = new Counter({
    name: 'commitment_graph_worker_ends_total',
    help: 'Workers that ended without being told to. Absent without workers.',
    registers,
  });
  return {
    ended() {
      ends.inc();
    },
    report() {
      // Not before somebody asks: it goes on for as long as the process lives.
      if (!isOfProcess) collectDefaultMetrics({ register: registry });
      isOfProcess = true;
      return registry.getMetricsAsJSON();
    },
  };
}
