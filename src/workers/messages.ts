/**
 * What the primary process and its workers say to each other. The primary owns what is scarce; workers ask for it.
 *
 * Guarantees: plain JSON, so that whatever is in a message is in this file; no request, answer, credential or variable of a
 * caller ever is, but names of clients and customers.
 */
import type { Rate, Taken } from '../admission/budgets/budgets.js';
import type { SourceName } from '../domain/source.js';
import type { MetricsReport } from '../observability/metrics.js';
import type { Silence, Touched } from '../upstream/peers.js';

export type GuessKind = 'ids' | 'calendars';

/** How a worker is, as `/health/ready` tells it. */
export interface Health {
  readonly sources: readonly { readonly source: SourceName; readonly isReachable: boolean | null }[];
  readonly journal: {
    readonly isWritable: boolean;
    readonly trouble: string | null;
    readonly unwritten: number;
  } | null;
  readonly budgets: { readonly kept: string; readonly trouble: string | null };
}

export interface WorkerReport {
  /** `null`: it is beginning. */
  readonly health: Health | null;
  /** `null`: nobody asked for them. */
  readonly metrics: MetricsReport | null;
}

/** `id`s are the asker's, and come back with the answer. */
export type FromWorker =
  | { readonly kind: 'hello' }
  | { readonly kind: 'listening'; readonly url: string }
  | {
      readonly kind: 'enter';
      readonly id: number;
      readonly source: SourceName;
      readonly lane: string;
      readonly waitMs: number;
    }
  /** Nobody waits for its place any more. */
  | { readonly kind: 'give-up'; readonly id: number }
  /** The request that it was for is over. */
  | { readonly kind: 'done'; readonly id: number }
  | { readonly kind: 'refused'; readonly source: SourceName; readonly sentMsAgo: number }
  /** So many requests wait for a socket. */
  | { readonly kind: 'want-slots'; readonly source: SourceName; readonly count: number }
  | { readonly kind: 'give-slots'; readonly source: SourceName; readonly count: number }
  | {
      readonly kind: 'take';
      readonly id: number;
      readonly client: string;
      readonly points: number;
      readonly rate: Rate;
    }
  | { readonly kind: 'give-back'; readonly client: string; readonly points: number; readonly rate: Rate }
  | {
      readonly kind: 'forget';
      readonly id: number;
      readonly source: SourceName;
      readonly touched: Touched;
    }
  | { readonly kind: 'forgotten'; readonly id: number }
  | { readonly kind: 'silence'; readonly source: SourceName; readonly silence: Silence }
  | { readonly kind: 'guess'; readonly of: GuessKind; readonly client: string; readonly mark: string }
  | { readonly kind: 'report'; readonly id: number; readonly report: WorkerReport };

export type ToWorker =
  /** `config`: see `hand-over.ts`. */
  | { readonly kind: 'welcome'; readonly worker: number; readonly config: string }
  | { readonly kind: 'entered'; readonly id: number; readonly retryAfterMs: number | null }
  /** Of a quota: what could be sent right now. */
  | { readonly kind: 'remaining'; readonly source: SourceName; readonly remaining: number | null }
  /** Another worker's request was refused. */
  | { readonly kind: 'refused'; readonly source: SourceName; readonly sentMsAgo: number }
  /** So many more. `isTight`: others wait, and slots that nobody uses are to be given back. */
  | {
      readonly kind: 'slots';
      readonly source: SourceName;
      readonly count: number;
      readonly isTight: boolean;
    }
  | { readonly kind: 'taken'; readonly id: number; readonly taken: Taken }
  | {
      readonly kind: 'forget';
      readonly id: number;
      readonly source: SourceName;
      readonly touched: Touched;
    }
  | { readonly kind: 'forgotten'; readonly id: number }
  | { readonly kind: 'silence'; readonly source: SourceName; readonly silence: Silence }
  | {
      readonly kind: 'guess';
      readonly of: GuessKind;
      readonly client: string;
      readonly mark: string;
      readonly msAgo: number;
    }
  | { readonly kind: 'report'; readonly id: number; readonly withMetrics: boolean }
  | { readonly kind: 'reload' }
  | { readonly kind: 'stop' };

export type Message<Kind extends string, All extends { readonly kind: string }> = Extract<
  All,
  { readonly kind: Kind }
>;
