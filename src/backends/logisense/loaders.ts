/**
 * What one request may ask of LogiSense.
 *
 * Guarantees: the list of all commitments is read once for all organizations and for all requests while it is fresh,
 * and split by account contract before anything of it is handed out. Refuses to count the commitments of
 * other customers as a leak: the vendor's list has no filter (`backends.md` C9), they are expected there.
 */
import { dayOf, instantOfMillis } from '../../domain/calendar.js';
import type { ContractCommitment } from '../../domain/commitment.js';
import { failure, sourceError, SourceError } from '../../domain/failure.js';
import type { Listing } from '../../domain/observation.js';
import type { Organization } from '../../domain/organization.js';
import type { CommitmentPort } from '../../domain/ports.js';
import type { Drift } from '../../observability/drift.js';
import type { Upstream } from '../../upstream/endpoint.js';
import { createRecordPort, memo } from '../batch.js';
import { keepMade, madeOf } from '../once.js';
import { readRecord, readRecords, type RecordRules } from '../records.js';
import { getCommitment, isCommitmentId } from './client.js';
import { isOwn, toCommitment, type MapperContext } from './mapper.js';
import { scanAll } from './scan.js';
import { scopeOf } from './scopes.js';
import { accountContractOf, commitmentItem, type WireCommitment } from './wire.js';

export interface LoaderSettings {
  readonly upstream: Upstream;
  readonly drift: Drift;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Rows asked for on one page. */
  readonly pageSize: number;
  /** Pages of the scan at most; a longer list is reported as truncated. */
  readonly maxPages: number;
}

/** The port for one request. */
export function createCommitmentPort(settings: LoaderSettings): CommitmentPort<ContractCommitment> {
  const { upstream, drift, clock, pageSize, maxPages } = settings;

  const rulesFor = ({
    organization,
    observation,
  }: Omit<MapperContext, 'today' | 'drift'>): RecordRules<WireCommitment, ContractCommitment> => {
    const context = { organization, today: dayOf(instantOfMillis(clock())), observation, drift };
    return {
      source: 'LOGISENSE',
      drift,
      schema: commitmentItem,
      isOwn: (row) => isOwn(row, organization),
      map: (row) => toCommitment(row, context),
    };
  };

  const scan = memo(
    (what: 'all') => what,
    () => scanAll({ upstream, pageSize, maxPages }),
  );

  const list = async (organization: Organization): Promise<Listing<ContractCommitment>> => {
    const accountContracts = organization.logisense?.accountContractIds ?? [];
    if (accountContracts.length === 0) {
      const observation = { observedAt: instantOfMillis(clock()), stale: false };
      return { items: [], dropped: [], truncated: false, observation };
    }
    const all = await scan('all');
    const { rowsByOwner, contradictions, truncated, failures, observation } = all;
    const occasion = { organization, observation, today: dayOf(instantOfMillis(clock())) };
    const known = madeOf<ContractCommitment>(all, occasion);
    if (known !== undefined) return known;
    const rows: unknown[] = [];
    for (const owner of new Set<string | null>([...accountContracts, null])) {
      for (const row of rowsByOwner.get(owner) ?? []) rows.push(row);
    }
    const read = readRecords(rows, 'commitment', rulesFor({ organization, observation }));
    const contradicted = contradictions.filter((copies) =>
      copies.some((row) => {
        const owner = accountContractOf(row);
        return owner === null || accountContracts.includes(owner);
      }),
    );
    contradicted.forEach(() => drift.dropped('LOGISENSE'));
    return keepMade(all, occasion, {
      items: read.items,
      dropped: [
        ...read.dropped,
        ...contradicted.map(() =>
          failure('UPSTREAM_MALFORMED', 'LOGISENSE', {
            detail: 'one commitment came twice, with different content',
          }),
        ),
        ...failures,
      ],
      truncated,
    });
  };

  const single = async (organization: Organization, identity: string): Promise<ContractCommitment | null> => {
    if ((organization.logisense?.accountContractIds.length ?? 0) === 0) return null;
    try {
      const { body, observation } = await upstream.call(
        getCommitment,
        { identity },
        scopeOf(organization.slug),
      );
      const found = readRecord(body.instance, 'commitment', rulesFor({ organization, observation }));
      if (found !== null && found.externalId !== identity) {
        throw sourceError('UPSTREAM_MALFORMED', 'LOGISENSE', {
          detail: 'another commitment than the one asked for',
        });
      }
      return found;
    } catch (error) {
      if (error instanceof SourceError && error.failure.code === 'NOT_FOUND') return null;
      throw error;
    }
  };

  return createRecordPort<ContractCommitment>({
    isId: isCommitmentId,
    idOf: ({ externalId }) => externalId,
    list,
    single,
    // Three ids cost as much as most scans, and the scan serves everybody.
    singleAtMost: 2,
  });
}
