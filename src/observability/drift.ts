/**
 * Counts what backends send that we did not expect, so that drift is seen before it hurts.
 * Bounded: of each source the first 200 distinct values and the first 200 paths are kept by name, the rest only counted.
 */
import type { SourceName } from '../domain/source.js';

export interface Drift {
  /** An enumeration value that we do not know. `field` is our name for it, such as `commitment.status`. */
  unrecognized(source: SourceName, field: string, text: string): void;
  /** A member that we do not know, and that was ignored. `path` says where, such as `commitment.product.colour`. */
  unknownField(source: SourceName, path: string): void;
  /** A record of another organization came back; it was dropped. */
  foreign(source: SourceName): void;
  /** A record could not be read; it was dropped and reported. */
  dropped(source: SourceName): void;
}

export interface DriftCounts {
  readonly unrecognizedValues: number;
  readonly unknownFields: number;
  readonly foreignRecords: number;
  readonly droppedRecords: number;
}

export interface DriftCounter extends Drift {
  counts(source: SourceName): DriftCounts;
}

/** `value`: of an enumeration, told as `field=text`; `field`: a member, told as its path. */
export type Unknown = 'value' | 'field';

const MOST_NAMES = 200;

/** `onFirstSight` is called once for each distinct value and path. */
export function createDrift(
  onFirstSight: (source: SourceName, what: string, kind: Unknown) => void,
): DriftCounter {
  const fresh = () => ({
    counts: { unrecognizedValues: 0, unknownFields: 0, foreignRecords: 0, droppedRecords: 0 },
    // Apart for each source and kind: a backend that makes up names must not use up the places of what matters.
    seen: { value: new Set<string>(), field: new Set<string>() },
  });
  const bySource = new Map<SourceName, ReturnType<typeof fresh>>();
  const of = (source: SourceName) => {
    const known = bySource.get(source);
    if (known) return known;
    const made = fresh();
    bySource.set(source, made);
    return made;
  };
  const see = (source: SourceName, what: string, kind: Unknown) => {
    const seen = of(source).seen[kind];
    if (seen.has(what) || seen.size >= MOST_NAMES) return;
    seen.add(what);
    onFirstSight(source, what, kind);
  };
  return {
    unrecognized(source, field, text) {
      of(source).counts.unrecognizedValues += 1;
      see(source, `${field}=${text.slice(0, 64)}`, 'value');
    },
    unknownField(source, path) {
      of(source).counts.unknownFields += 1;
      see(source, path, 'field');
    },
    foreign(source) {
      of(source).counts.foreignRecords += 1;
    },
    dropped(source) {
      of(source).counts.droppedRecords += 1;
    },
    counts: (source) => ({ ...of(source).counts }),
  };
}
