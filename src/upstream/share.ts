/**
 * One answer for identical reads: while the first is under way, and for as long as it is worth having.
 *
 * An answer is *fresh* for its policy's time and is then given without asking. For as long again it is given, marked
 * stale, while a new one is fetched behind it. After that it is kept for when the backend fails: then an old answer
 * that says so is better than none.
 *
 * Guarantees: the key contains the scope, so that no answer crosses organizations or credentials; failures are shared
 * with those who were waiting and remembered for nobody; a read goes on while somebody waits for it, and is aborted
 * when nobody does. Whoever would join a read that holds others off is told so at once, and starts none of their own.
 * Bounded in number and size of answers.
 */
import { LRUCache } from 'lru-cache';
import { SourceError } from '../domain/failure.js';
import type { Observation } from '../domain/observation.js';
import { PassingMap } from '../domain/passing.js';
import { scopeKey, type Scope } from '../domain/scope.js';
import { OwnSignal, type Signal } from '../domain/signal.js';
import type { Timers } from './timers.js';

export interface Observed {
  readonly observation: Observation;
  /** Length of the text that it came as, for bounding memory; a guess is made where it is not known. */
  readonly length?: number;
}

/** Milliseconds of age up to which an answer is used. */
export interface FreshnessPolicy {
  /** Without asking. */
  readonly freshForMs: number;
  /** Marked stale, if the backend fails. Never less than `freshForMs`. */
  readonly usableForMs: number;
}

/** How an answer came about, for the cost report. */
export type Provenance = 'loaded' | 'shared' | 'cached' | 'stale';

/** What those are told who would join the read from now on; `null`: they may join again. */
export type HoldOff = (refusal: SourceError | null) => void;

export interface SharedRead<Value> {
  readonly scope: Scope;
  /** What is asked for; with the scope it is the key. */
  readonly request: readonly string[];
  readonly policy: FreshnessPolicy;
  /** An answer older than this is not used, whatever the policy; `null`: no wish. */
  readonly withinMs: number | null;
  /** The caller's: it stops waiting when this aborts. The read itself goes on for others. */
  readonly signal: Signal | null;
  /** Reads. Must end when its signal aborts. */
  readonly load: (signal: Signal, holdOff: HoldOff) => Promise<Value>;
  /** Whether to remember it; whoever waits for it gets it either way. */
  readonly isWhole?: ((value: Value) => boolean) | undefined;
  readonly onProvenance?: ((provenance: Provenance) => void) | undefined;
}

export interface Sharing {
  /** What `load` gives, or what it gave before. Rejects as `load` does, or with the signal's reason. */
  read<Value extends Observed>(read: SharedRead<Value>): Promise<Value>;
  /**
   * Forgets what was read in those scopes, because it may have changed. Reads that are under way are given to those who
   * wait for them already, and to nobody else: they may have begun before the change.
   */
  forget(isTouched: (scope: Scope) => boolean): void;
}

const MOST_ANSWERS = 5_000;
/** Text of all answers together. Parsed, they take several times as much. */
const MOST_LENGTH = 32 * 1024 * 1024;
const GUESSED_LENGTH = 1024 * 1024;

interface Known {
  readonly value: Observed;
  readonly at: number;
  readonly scope: Scope;
  /** The same each time: what is made of it, is made once. */
  readonly asStale: () => Observed;
}

interface UnderWay {
  readonly scope: Scope;
  readonly promise: Promise<Observed>;
  readonly ending: OwnSignal;
  /** Somebody waits for ever: the refresh behind a stale answer. */
  isWanted: boolean;
  waiting: number;
  /** Why nobody may join. */
  refusal: SourceError | null;
}

function staleOf(value: Observed): () => Observed {
  let stale: Observed | null = null;
  return () => (stale ??= { ...value, observation: { ...value.observation, stale: true } });
}

export function createSharing(timers: Timers): Sharing {
  const underWay = new PassingMap<UnderWay>();
  const known = new LRUCache<string, Known>({
    max: MOST_ANSWERS,
    maxSize: MOST_LENGTH,
    sizeCalculation: ({ value }) => 1 + (value.length ?? GUESSED_LENGTH),
  });

  const start = <Value extends Observed>(key: string, read: SharedRead<Value>): UnderWay => {
    const ending = new OwnSignal();
    const about = { isWanted: false, waiting: 0, refusal: null as SourceError | null };
    const holdOff: HoldOff = (refusal) => {
      about.refusal = refusal;
    };
    const { scope } = read;
    const promise = read.load(ending, holdOff).then((value) => {
      const isWhole = read.isWhole?.(value) ?? true;
      if (isWhole && underWay.get(key) === entry)
        known.set(key, { value, at: timers.now(), scope, asStale: staleOf(value) });
      return value;
    });
    const entry: UnderWay = Object.assign(about, { promise, ending, scope });
    underWay.set(key, entry);
    const forget = () => {
      if (underWay.get(key) === entry) underWay.delete(key);
    };
    promise.then(forget, forget);
    return entry;
  };

  /** Waits for it as long as the caller wants to; the last one who leaves aborts it. */
  const join = (entry: UnderWay, key: string, signal: Signal | null): Promise<Observed> => {
    entry.waiting += 1;
    const leave = () => {
      entry.waiting -= 1;
      if (entry.waiting > 0 || entry.isWanted) return;
      if (underWay.get(key) === entry) underWay.delete(key);
      entry.ending.abort(); // nobody listens, of one that is done
    };
    return new Promise((resolve, reject) => {
      let isWaiting = true;
      const stop = () => {
        if (!end()) return;
        reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
        leave();
      };
      const end = () => {
        if (!isWaiting) return false;
        isWaiting = false;
        signal?.removeEventListener('abort', stop);
        return true;
      };
      entry.promise.then(
        (value) => {
          if (!end()) return;
          leave();
          resolve(value);
        },
        (error: unknown) => {
          if (!end()) return;
          leave();
          reject(error as Error);
        },
      );
      if (signal?.aborted === true) stop();
      else signal?.addEventListener('abort', stop, { once: true });
    });
  };

  return {
    forget(isTouched) {
      for (const [key, { scope }] of known.entries()) if (isTouched(scope)) known.delete(key);
      for (const [key, { scope }] of underWay.entries()) if (isTouched(scope)) underWay.delete(key);
    },
    async read<Value extends Observed>(read: SharedRead<Value>): Promise<Value> {
      const { policy, withinMs, signal, onProvenance } = read;
      const key = JSON.stringify([scopeKey(read.scope), ...read.request]);
      const found = known.get(key);
      const age = found === undefined ? Number.POSITIVE_INFINITY : timers.now() - found.at;
      const isUsable = (limitMs: number) => age <= Math.min(limitMs, withinMs ?? limitMs);
      // The same key is always filled by the same endpoint's load, so values have the type that was stored.
      const stale = () => (found as Known).asStale() as Value;

      if (found !== undefined && age < policy.freshForMs && isUsable(policy.freshForMs)) {
        onProvenance?.('cached');
        return found.value as Value;
      }
      const current = underWay.get(key);
      const entry = current ?? start(key, read);
      if (found !== undefined && isUsable(Math.min(policy.freshForMs * 2, policy.usableForMs))) {
        entry.isWanted = true;
        entry.promise.catch(() => undefined); // the next one who asks will see
        onProvenance?.('stale');
        return stale();
      }
      try {
        if (current !== undefined && current.refusal !== null) throw current.refusal;
        const value = await join(entry, key, signal);
        onProvenance?.(current === undefined ? 'loaded' : 'shared');
        return value as Value;
      } catch (error) {
        // Only a failing backend excuses an old answer; one that says that the record is gone does not.
        const isOutage =
          error instanceof SourceError &&
          error.failure.code !== 'NOT_FOUND' &&
          error.failure.code !== 'UPSTREAM_REJECTED';
        if (found === undefined || !isOutage || !isUsable(policy.usableForMs)) throw error;
        onProvenance?.('stale');
        return stale();
      }
    },
  };
}
