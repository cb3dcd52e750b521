/**
 * How long a request lives: until its answer is sent, its client goes away, or its deadline passes. Whatever it still
 * waits for ends then.
 */
import { REQUEST_DEADLINE_MS } from '../admission/limits.js';
import { OwnSignal, type Signal } from '../domain/signal.js';

export interface RequestScope {
  readonly signal: Signal;
  /** The client is gone: nobody reads the answer. */
  giveUp(): void;
  /** The answer was sent. */
  end(): void;
}

export function createRequestScope(lifetimeMs = REQUEST_DEADLINE_MS): RequestScope {
  const signal = new OwnSignal();
  const giveUp = () => {
    signal.abort();
  };
  const timer = setTimeout(giveUp, lifetimeMs);
  timer.unref();
  return {
    signal,
    giveUp,
    end: () => {
      clearTimeout(timer);
    },
  };
}
