/**
 * What a list is made of, and what it lacks. Every list that is read from a backend is read here, so that no failure
 * and no dropped record can go unsaid: all are counted in `coverage`, and the first five are entries of `errors`.
 */
import type { GraphQLResolveInfo } from 'graphql';
import { SourceError, type Failure, type FailureCode } from '../domain/failure.js';
import type { Listing, Observation } from '../domain/observation.js';
import { isLinked, type Organization } from '../domain/organization.js';
import type { SourceName } from '../domain/source.js';
import type { GraphContext } from './context.js';

export type CoverageState =
  | 'COMPLETE'
  | 'STALE'
  | 'PARTIAL'
  | 'FAILED'
  | 'NOT_CONFIGURED'
  | 'NOT_LINKED'
  /** These two are of the past only (`past.ts`). */
  | 'NOT_OBSERVED'
  | 'NOT_KEPT';

export interface SourceCoverage {
  readonly source: SourceName;
  readonly organization: Organization;
  readonly state: CoverageState;
  readonly code: FailureCode | null;
  readonly retryAfterMs: number | null;
  readonly droppedRecords: number;
  readonly undated: number;
  readonly observation: Observation | null;
}

export interface Coverage {
  readonly complete: boolean;
  readonly missing: readonly SourceName[];
  readonly sources: readonly SourceCoverage[];
}

const WHOLE: ReadonlySet<CoverageState> = new Set<CoverageState>(['COMPLETE', 'STALE', 'NOT_LINKED']);

export function coverageOf(sources: readonly SourceCoverage[]): Coverage {
  const missing = new Set(sources.filter(({ state }) => !WHOLE.has(state)).map(({ source }) => source));
  return {
    complete: missing.size === 0 && sources.every(({ undated }) => undated === 0),
    missing: [...missing],
    sources,
  };
}

export interface CoveredItems<Item> {
  readonly items: readonly Item[];
  readonly coverage: SourceCoverage;
  /** Set where nothing arrived. */
  readonly error: SourceError | null;
}

const MOST_REPORTS = 5;

type Path = NonNullable<GraphQLResolveInfo['path']>;

export function pathOf(info: { readonly path: Path }): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at: Path | undefined = info.path; at !== undefined; at = at.prev) keys.push(at.key);
  return keys.reverse();
}

/** Says in `errors` what a field lacks, without making the field null. */
export function reportPartial(
  context: GraphContext,
  info: { readonly path: Path },
  failures: readonly Failure[],
): void {
  const path = pathOf(info);
  for (const failure of failures.slice(0, MOST_REPORTS)) context.partialFailures.push({ failure, path });
}

function stateOf({ dropped, truncated, observation }: Listing<unknown>): CoverageState {
  if (dropped.length > 0 || truncated) return 'PARTIAL';
  return observation.stale ? 'STALE' : 'COMPLETE';
}

/** Reads one source's list for one organization. Never rejects for a failure of the source: that is part of the answer. */
export async function readCovered<Item>(
  source: SourceName,
  port: { list(organization: Organization): Promise<Listing<Item>> } | null,
  organization: Organization,
  context: GraphContext,
  info: { readonly path: Path },
): Promise<CoveredItems<Item>> {
  const covered = (
    state: CoverageState,
    code: FailureCode | null = null,
    retryAfterMs: number | null = null,
  ): SourceCoverage => ({
    source,
    organization,
    state,
    code,
    retryAfterMs,
    droppedRecords: 0,
    undated: 0,
    observation: null,
  });
  if (!isLinked(organization, source)) return { items: [], coverage: covered('NOT_LINKED'), error: null };
  if (port === null) return { items: [], coverage: covered('NOT_CONFIGURED'), error: null };
  try {
    const listing = await port.list(organization);
    reportPartial(context, info, listing.dropped);
    const { items, dropped, observation } = listing;
    return {
      items,
      error: null,
      coverage: {
        ...covered(stateOf(listing), dropped[0]?.code),
        droppedRecords: dropped.length,
        observation,
      },
    };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const { failure } = error;
    const retryAfterMs = 'retryAfterMs' in failure ? (failure.retryAfterMs ?? null) : null;
    return { items: [], error, coverage: covered('FAILED', failure.code, retryAfterMs) };
  }
}
