/** What the request behind a call brings along: how long it may take, how fresh its answer must be, who pays. */
import type { Meter } from '../observability/meter.js';
import type { Signal } from '../domain/signal.js';

export interface UpstreamRequest {
  /** Aborts when the request is given up: its deadline passed, or its client went away. */
  readonly signal: Signal;
  /** Answers older than this many milliseconds are not used; `null`: the backend's policy holds. May change until the first call. */
  readonly withinMs: () => number | null;
  readonly meter: Meter;
}
