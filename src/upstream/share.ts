/**
 * One answer for identical reads: while the first is in flight, and for as long as its endpoint counts as fresh.
 *
 * Guarantees: the key contains the scope, so that no answer crosses organizations or credentials; failures are shared
 * with those who were waiting and remembered for nobody. Bounded in number of answers.
 */
import { LRUCache } from 'lru-cache';
import { scopeKey, type Scope } from '../domain/scope.js';
import type { Timers } from './timers.js';

export interface Sharing {
  read<Value extends object>(
    scope: Scope,
    request: readonly string[],
    freshForMs: number,
    load: () => Promise<Value>,
    /** Whether to remember it; whoever waits for it gets it either way. */
    isWhole?: (value: Value) => boolean,
  ): Promise<Value>;
}

const MOST_ANSWERS = 5_000;

export function createSharing(timers: Timers): Sharing {
  const inFlight = new Map<string, Promise<object>>();
  const fresh = new LRUCache<string, { readonly value: object; readonly until: number }>({
    max: MOST_ANSWERS,
  });

  return {
    async read<Value extends object>(
      scope: Scope,
      request: readonly string[],
      freshForMs: number,
      load: () => Promise<Value>,
      isWhole: (value: Value) => boolean = () => true,
    ): Promise<Value> {
      const key = JSON.stringify([scopeKey(scope), ...request]);
      const known = fresh.get(key);
      if (known !== undefined) {
        // The same key is always filled by the same endpoint's load, so the type is the one that was stored.
        if (timers.now() < known.until) return known.value as Value;
        fresh.delete(key);
      }
      const waiting = inFlight.get(key);
      if (waiting !== undefined) return waiting as Promise<Value>;
      const loading = load();
      inFlight.set(key, loading);
      try {
        const value = await loading;
        if (freshForMs > 0 && isWhole(value)) fresh.set(key, { value, until: timers.now() + freshForMs });
        return value;
      } finally {
        inFlight.delete(key);
      }
    },
  };
}
