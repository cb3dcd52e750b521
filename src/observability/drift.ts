/**
 * Counts what backends send that we did not expect, so that drift is seen before it hurts.
 * Bounded: the first 200 distinct values are kept by name, the rest only counted.
 */
import type { SourceName } from '../domain/source.js';

export interface Drift {
  /** An enumeration value that we do not know. `field` is our name for it, such as `commitment.status`. */
  unrecognized(source: SourceName, field: string, text: string): void;
  /** A record of another organization came back; it was dropped. */
  foreign(source: SourceName): void;
  /** A record could not be read; it was dropped and reported. */
  dropped(source: SourceName): void;
}

export interface DriftCounts {
  readonly unrecognizedValues: number;
  readonly foreignRecords: number;
  readonly droppedRecords: number;
}

export interface DriftCounter extends Drift {
  counts(source: SourceName): DriftCounts;
}

const MOST_NAMES = 200;

export function createDrift(onFirstSight: (source: SourceName, what: string) => void): DriftCounter {
  const bySource = new Map<
    SourceName,
    { unrecognizedValues: number; foreignRecords: number; droppedRecords: number }
  >();
  const seen = new Set<string>();
  const of = (source: SourceName) => {
    const known = bySource.get(source);
    if (known) return known;
    const fresh = { unrecognizedValues: 0, foreignRecords: 0, droppedRecords: 0 };
    bySource.set(source, fresh);
    return fresh;
  };
  return {
    unrecognized(source, field, text) {
      of(source).unrecognizedValues += 1;
      const what = `${field}=${text.slice(0, 64)}`;
      const key = `${source} ${what}`;
      if (seen.has(key) || seen.size >= MOST_NAMES) return;
      seen.add(key);
      onFirstSight(source, what);
    },
    foreign(source) {
      of(source).foreignRecords += 1;
    },
    dropped(source) {
      of(source).droppedRecords += 1;
    },
    counts: (source) => ({ ...of(source) }),
  };
}
