/**
 * How long a request lives: until its answer is sent, its client goes away, or its deadline passes. Whatever it still
 * waits for ends then.
 */
import { setMaxListeners } from 'node:events';
import { REQUEST_DEADLINE_MS } from '../admission/limits.js';

export interface RequestScope {
  readonly signal: AbortSignal;
  /** The client is gone: nobody reads the answer. */
  giveUp(): void;
  /** The answer was sent. */
  end(): void;
}

export function createRequestScope(lifetimeMs = REQUEST_DEADLINE_MS): RequestScope {
  const controller = new AbortController();
  // Every call of the request listens, and there may be hundreds; they leave when they are done.
  setMaxListeners(0, controller.signal);
  const giveUp = () => {
    controller.abort();
  };
  const timer = setTimeout(giveUp, lifetimeMs);
  timer.unref();
  return {
    signal: controller.signal,
    giveUp,
    end: () => {
      clearTimeout(timer);
    },
  };
}
