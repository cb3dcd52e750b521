/**
 * Metrics for Prometheus.
 *
 * Guarantees: the number of series is bounded, whatever is asked: a label is the name of a configured client, of a
 * registered document, a code of ours or a source, and `other` for everything beyond. Counting costs a request some
 * microseconds; what can be read when it is asked for is read then. No text of a caller's becomes a label.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { SourceState } from '../domain/ports.js';
import type { SourceName } from '../domain/source.js';
import type { Answered } from '../domain/usage.js';
import type { Meter, SourceCost } from './meter.js';

export interface MetricsDependencies {
  /** Whether a client of that name is in the configuration as it is now. */
  readonly isConfigured: (client: string) => boolean;
  readonly states: () => readonly SourceState[];
  /** `null`: the gateway only reads. */
  readonly journal: () => { readonly isWritable: boolean; readonly unwritten: number } | null;
  readonly running: () => { readonly requests: number; readonly streams: number };
  /** Rows of usage that wait to be written; `null`: they are not. */
  readonly unwrittenUsage: () => number | null;
  /** Left out: nothing is executed here. */
  readonly work?: () => Readonly<Record<(typeof DOCUMENT_STEPS)[number] | 'planned' | 'interpreted', number>>;
  /** `null`, or left out: nothing is kept of what is seen. */
  readonly history?: () => { readonly waiting: number; readonly dropped: number } | null;
}

/** Its metrics as data: what prom-client's `getMetricsAsJSON` gives. */
export type MetricsReport = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

export interface Metrics {
  readonly contentType: string;
  /** An answer has been sent. `code`: of its first error. */
  ended(ended: {
    readonly status: number;
    readonly code: string | null;
    readonly answered: Answered | null;
    readonly meter: Meter | null;
  }): void;
  /** Calls that no request waits for are counted here. */
  readonly background: Meter;
  breakerChanged(source: SourceName, state: SourceState['breaker']): void;
  text(): Promise<string>;
  /** The same, for being added up with those of other processes. */
  report(): Promise<MetricsReport>;
}

/** What is done with the text of an operation before it runs; of a registered one, at start. */
const DOCUMENT_STEPS = ['parsed', 'validated', 'compiled'] as const;
export const OTHER = 'other';
export const MOST_CLIENTS = 200;
/** Clients that only tokens name. */
export const MOST_TOKEN_CLIENTS = 50;
export const MOST_DOCUMENTS = 1_000;
export const MOST_CODES = 50;
/** Seconds. Answers from memory take milliseconds; a request is given up after twenty seconds. */
const BUCKETS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];
const BREAKER_STATES = ['CLOSED', 'HALF_OPEN', 'OPEN'] as const;

/** The first so many values stay themselves. */
export function bounded(most: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (!known.has(value)) {
      if (known.size >= most) return OTHER;
      known.add(value);
    }
    return value;
  };
}

const UPSTREAM: readonly {
  readonly of: keyof SourceCost;
  readonly name: string;
  readonly help: string;
  readonly factor?: number;
}[] = [
  { of: 'sent', name: 'requests', help: 'Requests that left for a backend, repetitions included.' },
  {
    of: 'shared',
    name: 'shared',
    help: 'Answers taken from a call that was under way for somebody else, or for another field.',
  },
  { of: 'cached', name: 'cached', help: 'Answers that were at hand and fresh.' },
  {
    of: 'stale',
    name: 'stale',
    help: 'Answers that were at hand and no longer fresh, used because a call failed.',
  },
  { of: 'retried', name: 'retries', help: 'Requests that were repetitions.' },
  { of: 'failed', name: 'failures', help: 'Calls that failed, after all repetitions.' },
  {
    of: 'waitedMs',
    name: 'quota_wait_seconds',
    help: 'Seconds that calls waited for quota, added up.',
    factor: 0.001,
  },
  {
    of: 'busyMs',
    name: 'busy_seconds',
    help: 'Seconds that calls were under way, added up; calls run beside one another.',
    factor: 0.001,
  },
];

const GAUGES: readonly {
  readonly name: string;
  readonly help: string;
  readonly of: (state: SourceState) => number | null;
  /** What several processes make of it together; left out: the sum. */
  readonly aggregator?: 'max' | 'min';
}[] = [
  {
    name: 'reachable',
    help: 'Whether the last attempt to reach the backend succeeded. Absent before the first.',
    of: ({ isReachable }) => (isReachable === null ? null : Number(isReachable)),
    aggregator: 'max',
  },
  { name: 'in_flight', help: 'Calls to the backend that are under way.', of: (state) => state.callsInFlight },
  { name: 'queued', help: 'Calls that wait for quota or for a socket.', of: (state) => state.callsQueued },
  {
    name: 'quota_remaining',
    help: 'Requests that may be sent right now. Absent without a limit.',
    of: (state) => state.quotaRemaining,
    aggregator: 'min', // one quota, as each has heard of it
  },
  {
    name: 'unrecognized_values',
    help: 'Values that we do not know, seen since the start.',
    of: (state) => state.unrecognizedValues,
  },
  {
    name: 'unknown_fields',
    help: 'Members that we do not know, seen since the start.',
    of: (state) => state.unknownFields,
  },
  {
    name: 'foreign_records',
    help: 'Records of other customers than the one asked for, dropped since the start.',
    of: (state) => state.foreignRecords,
  },
  {
    name: 'dropped_records',
    help: 'Records that could not be read, dropped since the start.',
    of: (state) => state.droppedRecords,
  },
];

export function createMetrics(dependencies: MetricsDependencies): Metrics {
  const { isConfigured, states, journal, running, unwrittenUsage, history = () => null } = dependencies;
  const registry = new Registry();
  const registers = [registry];

  const configured = bounded(MOST_CLIENTS);
  const ofTokens = bounded(MOST_TOKEN_CLIENTS);
  const clientLabel = (name: string) => (isConfigured(name) ? configured(name) : ofTokens(name));
  const documentPlace = bounded(MOST_DOCUMENTS);
  const documentLabel = ({ client, document }: Answered) => {
    if (document?.kind !== 'registered') return OTHER;
    const name = document.name?.slice(0, 64) ?? document.id.slice(0, 12);
    return documentPlace(`${client}\n${name}`) === OTHER ? OTHER : name;
  };
  const codeLabel = bounded(MOST_CODES);

  const requests = new Counter({
    name: 'commitment_graph_requests_total',
    help: 'Requests of the graph whose answer has been sent, by client, registered document and outcome: OK, the code of the first error, or ABANDONED.',
    labelNames: ['client', 'document', 'outcome'],
    registers,
  });
  const durations = new Histogram({
    name: 'commitment_graph_request_duration_seconds',
    help: 'From a request to the beginning of its answer.',
    labelNames: ['client'],
    buckets: BUCKETS,
    registers,
  });
  const points = new Counter({
    name: 'commitment_graph_cost_points_total',
    help: 'Points of operations, as estimated before and found afterwards.',
    labelNames: ['client', 'kind'],
    registers,
  });
  const refusals = new Counter({
    name: 'commitment_graph_refusals_total',
    help: 'Answers with a status of 400 and above, whoever asked, by code.',
    labelNames: ['code', 'status'],
    registers,
  });
  new Gauge({
    name: 'commitment_graph_requests_in_flight',
    help: 'Requests of the graph that are being answered.',
    registers,
    collect() {
      this.set(running().requests);
    },
  });
  new Gauge({
    name: 'commitment_graph_streams_open',
    help: 'Streams of events that are open.',
    registers,
    collect() {
      this.set(running().streams);
    },
  });

  const { work } = dependencies;
  if (work !== undefined) {
    new Counter({
      name: 'commitment_graph_document_work_total',
      help: 'Documents that were parsed, validated and compiled. Registered documents are at start, and not again.',
      labelNames: ['step'],
      registers,
      collect() {
        this.reset();
        const done = work();
        for (const step of DOCUMENT_STEPS) this.inc({ step }, done[step]);
      },
    });
    new Counter({
      name: 'commitment_graph_executions_total',
      help: 'Operations that were executed, compiled or interpreted.',
      labelNames: ['executor'],
      registers,
      collect() {
        this.reset();
        const { planned, interpreted } = work();
        this.inc({ executor: 'compiled' }, planned);
        this.inc({ executor: 'interpreted' }, interpreted);
      },
    });
  }

  const totals = new Map<SourceName, SourceCost>();
  const add = (source: SourceName, cost: Readonly<SourceCost>) => {
    const known = totals.get(source);
    if (known === undefined) totals.set(source, { ...cost });
    else for (const { of } of UPSTREAM) known[of] += cost[of];
  };
  const background = backgroundMeter(totals);
  for (const { of, name, help, factor = 1 } of UPSTREAM) {
    new Counter({
      name: `commitment_graph_upstream_${name}_total`,
      help,
      labelNames: ['source'],
      registers,
      collect() {
        this.reset();
        for (const [source, cost] of totals) this.inc({ source }, cost[of] * factor);
      },
    });
  }
  const eachSource = () => states().filter((state) => state.isConfigured);
  for (const { name, help, of, aggregator = 'sum' } of GAUGES) {
    new Gauge({
      aggregator,
      name: `commitment_graph_upstream_${name}`,
      help,
      labelNames: ['source'],
      registers,
      collect() {
        this.reset();
        for (const state of eachSource()) {
          const value = of(state);
          if (value !== null) this.set({ source: state.source }, value);
        }
      },
    });
  }
  new Gauge({
    name: 'commitment_graph_upstream_breaker',
    help: 'The worst breaker of the backend: 1 for the state that it is in; workers have breakers of their own.',
    aggregator: 'max',
    labelNames: ['source', 'state'],
    registers,
    collect() {
      for (const { source, breaker } of eachSource()) {
        for (const state of BREAKER_STATES) this.set({ source, state }, Number(state === breaker));
      }
    },
  });
  const breakerChanges = new Counter({
    name: 'commitment_graph_upstream_breaker_changes_total',
    help: 'Breakers of the backend that went into a state.',
    labelNames: ['source', 'state'],
    registers,
  });
  new Gauge({
    name: 'commitment_graph_journal_writable',
    help: 'Whether changes can be written down. Absent for a gateway that only reads.',
    aggregator: 'min',
    registers,
    collect() {
      this.remove();
      const state = journal();
      if (state !== null) this.set(Number(state.isWritable));
    },
  });
  new Gauge({
    name: 'commitment_graph_journal_unwritten',
    help: 'Outcomes of changes that wait to be written down.',
    registers,
    collect() {
      this.remove();
      const state = journal();
      if (state !== null) this.set(state.unwritten);
    },
  });
  new Gauge({
    name: 'commitment_graph_usage_unwritten',
    help: 'Rows of usage that wait to be written. Absent without a store.',
    registers,
    collect() {
      this.remove();
      const rows = unwrittenUsage();
      if (rows !== null) this.set(rows);
    },
  });
  for (const [name, what, help] of [
    ['unwritten', 'waiting', 'Looks at lists that wait to be written to history. Absent if none is kept.'],
    ['dropped', 'dropped', 'Looks that history lacks, since start. Absent if none is kept.'],
  ] as const) {
    new Gauge({
      name: `commitment_graph_history_${name}`,
      help,
      registers,
      collect() {
        this.remove();
        const state = history();
        if (state !== null) this.set(state[what]);
      },
    });
  }

  let isOfProcess = false;
  /** Not before somebody asks: it goes on for as long as the process lives. */
  const watchProcess = () => {
    if (!isOfProcess) collectDefaultMetrics({ register: registry });
    isOfProcess = true;
  };
  return {
    contentType: registry.contentType,
    background,
    ended({ status, code, answered, meter }) {
      if (status >= 400) {
        refusals.inc({ code: codeLabel(code ?? 'NONE'), status: String(status) });
      }
      if (answered !== null) {
        const client = clientLabel(answered.client);
        requests.inc({ client, document: documentLabel(answered), outcome: codeLabel(answered.outcome) });
        durations.observe({ client }, answered.ms / 1000);
        const { estimated, actual } = answered.cost;
        if (estimated !== null) points.inc({ client, kind: 'estimated' }, estimated);
        if (actual !== null) points.inc({ client, kind: 'actual' }, actual);
      }
      for (const [source, cost] of Object.entries(meter?.report() ?? {})) add(source as SourceName, cost);
    },
    breakerChanged(source, state) {
      breakerChanges.inc({ source, state });
    },
    text() {
      watchProcess();
      return registry.metrics();
    },
    report() {
      watchProcess();
      return registry.getMetricsAsJSON();
    },
  };
}

/** Counts into the totals themselves. */
function backgroundMeter(totals: Map<SourceName, SourceCost>): Meter {
  const of = (source: SourceName): SourceCost => {
    const known = totals.get(source);
    if (known !== undefined) return known;
    const fresh = { sent: 0, shared: 0, cached: 0, stale: 0, retried: 0, failed: 0, waitedMs: 0, busyMs: 0 };
    totals.set(source, fresh);
    return fresh;
  };
  return { of, report: () => Object.fromEntries(totals) };
}
