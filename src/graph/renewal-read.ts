/**
 * Reads what ends when: the lists of every backend, and the contract terms that say until when notice can be given.
 *
 * Guarantees: terms are read only of what has not ended; a source that failed, wholly or in its terms, is in the coverage and
 * reported, and what it would have said is unknown. Few customers are read at a time. Never rejects for a source.
 */
import type { GraphQLResolveInfo } from 'graphql';
import { dayOf, instantOfMillis, type Day } from '../domain/calendar.js';
import type { Contract, ContractDetail } from '../domain/contract.js';
import { SourceError, type Failure } from '../domain/failure.js';
import type { Organization } from '../domain/organization.js';
import type { RecordPort } from '../domain/ports.js';
import { renewalsOf, type RenewalEntry } from '../domain/renewal.js';
import { SOURCE_NAMES, type SourceName } from '../domain/source.js';
import { hasDays, spanOf } from '../domain/span.js';
import type { GraphContext } from './context.js';
import { coverageOf, readCovered, reportPartial, type Coverage, type SourceCoverage } from './coverage.js';

/** Customers of one list: some hundred and fifty calls of the slowest backend. */
export const MOST_ORGANIZATIONS = 50;
const AT_ONCE = 8;

export interface RenewalsRead {
  /** Of each customer in order of urgency. */
  readonly entries: readonly RenewalEntry[];
  readonly coverage: Coverage;
}

type At = Pick<GraphQLResolveInfo, 'path'>;

async function attempt<T>(work: Promise<T>): Promise<T | Failure> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof SourceError) return error.failure;
    throw error;
  }
}

function isFailure(found: object | null): found is Failure {
  return found !== null && 'code' in found && 'source' in found && 'message' in found;
}

/** The list came, and some of what hangs off it did not. */
function lessened(coverage: SourceCoverage, failures: readonly Failure[]): SourceCoverage {
  const [first] = failures;
  if (first === undefined || (coverage.state !== 'COMPLETE' && coverage.state !== 'STALE')) return coverage;
  const retryAfterMs = 'retryAfterMs' in first ? (first.retryAfterMs ?? null) : null;
  return { ...coverage, state: 'PARTIAL', code: first.code, retryAfterMs };
}

function mayStillEnd({ status, term: { endsBefore } }: Contract, today: Day): boolean {
  return status !== 'FINISHED' && status !== 'CANCELED' && (endsBefore === null || endsBefore > today);
}

async function readOrganization(
  organization: Organization,
  wanted: ReadonlySet<SourceName>,
  context: GraphContext,
  info: At,
): Promise<{ readonly entries: readonly RenewalEntry[]; readonly coverage: readonly SourceCoverage[] }> {
  const { sources } = context;
  const today = dayOf(instantOfMillis(context.now()));
  const coverage = new Map<SourceName, SourceCoverage>();
  const list = async <T>(source: SourceName, port: RecordPort<T> | null): Promise<readonly T[]> => {
    if (!wanted.has(source)) return [];
    const read = await readCovered(source, port, organization, context, info);
    if (read.error) reportPartial(context, info, [read.error.failure]);
    coverage.set(source, read.coverage);
    return read.items;
  };
  const miss = (source: SourceName, failures: readonly Failure[]) => {
    const known = coverage.get(source);
    if (known !== undefined) coverage.set(source, lessened(known, failures));
    reportPartial(context, info, failures);
  };

  const minimumWithTerms = async () => {
    const minimum = await list('COMMITMENT_MANAGER', sources.minimumCommitments);
    const hasEnds = minimum.some((commitment) => {
      const span = spanOf(commitment);
      return typeof span !== 'string' && hasDays(span) && span.endsBefore !== null && span.endsBefore > today;
    });
    const terms = hasEnds && sources.spend !== null ? await attempt(sources.spend.terms(organization)) : null;
    if (!isFailure(terms)) return { minimum, terms };
    miss('COMMITMENT_MANAGER', [terms]);
    return { minimum, terms: null };
  };
  const contractsWithDetail = async () => {
    const { contracts: port } = sources;
    const contracts = await list('MONETIZENOW', port);
    const failures: Failure[] = [];
    const detailed = await Promise.all(
      contracts.map(async (contract): Promise<{ contract: Contract; detail: ContractDetail | null }> => {
        if (port === null || !mayStillEnd(contract, today)) return { contract, detail: null };
        const detail = await attempt(port.detail(contract));
        if (!isFailure(detail)) return { contract, detail };
        failures.push(detail);
        return { contract, detail: null };
      }),
    );
    miss('MONETIZENOW', failures);
    return detailed;
  };

  const [ofMinimum, contracts, contractCommitments, resources, serviceOrders] = await Promise.all([
    minimumWithTerms(),
    contractsWithDetail(),
    list('LOGISENSE', sources.contractCommitments),
    list('CLOUDMC', sources.resourceCommitments),
    list('SALESFORCE', sources.serviceOrders),
  ]);
  return {
    entries: renewalsOf({ ...ofMinimum, contracts, contractCommitments, resources, serviceOrders }, today),
    coverage: SOURCE_NAMES.flatMap((source) => coverage.get(source) ?? []),
  };
}

/** `sources`: left out, all of them. `info` says where failures are reported. */
export async function readRenewals(
  organizations: readonly Organization[],
  sources: readonly SourceName[] | null,
  context: GraphContext,
  info: At,
): Promise<RenewalsRead> {
  const wanted = new Set(sources ?? SOURCE_NAMES);
  const entries: RenewalEntry[] = [];
  const coverage: SourceCoverage[] = [];
  for (let from = 0; from < organizations.length; from += AT_ONCE) {
    const parts = await Promise.all(
      organizations
        .slice(from, from + AT_ONCE)
        .map((organization) => readOrganization(organization, wanted, context, info)),
    );
    for (const part of parts) {
      entries.push(...part.entries);
      coverage.push(...part.coverage);
    }
  }
  return { entries, coverage: coverageOf(coverage) };
}
