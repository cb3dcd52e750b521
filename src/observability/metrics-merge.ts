/**
 * The metrics of several processes as those of one.
 *
 * Guarantees: counters never fall, although processes end: what one had counted when it was asked last stays in the sum.
 * The number of series is bounded as it is for one process, however many come and go and whatever each of them saw first.
 */
import { AggregatorRegistry, Registry } from 'prom-client';
import {
  bounded,
  MOST_CLIENTS,
  MOST_CODES,
  MOST_DOCUMENTS,
  MOST_TOKEN_CLIENTS,
  OTHER,
  type MetricsReport,
} from './metrics.js';

export interface MergedMetrics {
  readonly contentType: string;
  /** What a process that lives has counted so far. */
  take(process: number, report: MetricsReport): void;
  /** It has ended. */
  left(process: number): void;
  /** What was taken last, added up; and `own`, of this process. */
  text(own: MetricsReport): Promise<string>;
}

type Metric = MetricsReport[number];
type Value = Metric['values'][number];
type Labels = Metric['values'][number]['labels'];

const adding: readonly string[] = ['counter', 'histogram'];

function createBounds(): (labels: Labels) => Labels {
  const clientOf = bounded(MOST_CLIENTS + MOST_TOKEN_CLIENTS);
  const pairOf = bounded(MOST_DOCUMENTS);
  const codeOf = bounded(MOST_CODES);
  return (labels) => {
    const { client, document, outcome, code } = labels;
    const isKnown = document === OTHER || pairOf(`${client}\n${document}`) !== OTHER;
    return {
      ...labels,
      ...(client === undefined ? {} : { client: clientOf(String(client)) }),
      ...(document === undefined ? {} : { document: isKnown ? document : OTHER }),
      ...(outcome === undefined ? {} : { outcome: codeOf(String(outcome)) }),
      ...(code === undefined ? {} : { code: codeOf(String(code)) }),
    };
  };
}

export function createMergedMetrics(): MergedMetrics {
  const boundLabels = createBounds();
  const living = new Map<number, MetricsReport>();
  let departed: MetricsReport = [];

  return {
    contentType: Registry.PROMETHEUS_CONTENT_TYPE,
    take(process, report) {
      living.set(
        process,
        report.map((metric) => ({
          ...metric,
          values: metric.values.map((value) => ({ ...value, labels: boundLabels(value.labels) })),
        })),
      );
    },
    left(process) {
      const last = living.get(process);
      living.delete(process);
      if (last === undefined) return;
      const counted = last.filter(({ type }) => adding.includes(String(type)));
      departed = summed([departed, counted]);
    },
    text: (own) => AggregatorRegistry.aggregate([departed, ...living.values(), [...own]]).metrics(),
  };
}

function summed(reports: readonly MetricsReport[]): MetricsReport {
  const byName = new Map<
    string,
    { readonly metric: Metric; readonly values: Map<string, Metric['values'][number]> }
  >();
  for (const metric of reports.flat()) {
    const known = byName.get(metric.name) ?? { metric, values: new Map<string, Value>() };
    byName.set(metric.name, known);
    for (const value of metric.values) {
      const key = JSON.stringify([nameOf(value), Object.entries(value.labels).sort()]);
      const before = known.values.get(key)?.value ?? 0;
      known.values.set(key, { ...value, value: before + value.value });
    }
  }
  return [...byName.values()].map(({ metric, values }) => ({ ...metric, values: [...values.values()] }));
}

/** Of a histogram's part, such as its sum; the library's types leave it out. */
function nameOf(value: object): string {
  return 'metricName' in value ? String(value.metricName) : '';
}
