/**
 * The list of all commitments of all customers: the vendor has no filter (`backends.md` C9). Read once for whoever wants
 * it meanwhile, and split by account contract.
 */
import type { Upstream } from '../../upstream/endpoint.js';
import { emptyMade, type Made } from '../../upstream/made.js';
import { readPages, type Page, type ReadPages } from '../pages.js';
import { listCommitments } from './client.js';
import { SERVICE_SCOPE } from './scopes.js';
import { accountContractOf, identityOf, recordOf } from './wire.js';

const PARALLEL_PAGES = 4;

export interface ScanSettings {
  readonly upstream: Upstream;
  /** Rows asked for on one page. */
  readonly pageSize: number;
  /** Pages of the scan at most; a longer list is reported as truncated. */
  readonly maxPages: number;
}

export interface Scan extends Omit<ReadPages, 'rows'> {
  readonly made: Made;
  /**
   * By account contract. Under `null`: rows that do not even tell their owner; they may be anybody's, and are reported
   * to everybody.
   */
  readonly rowsByOwner: ReadonlyMap<string | null, readonly unknown[]>;
}

export function scanAll({ upstream, pageSize, maxPages }: ScanSettings): Promise<Scan> {
  const loadPage = async (scanning: Upstream, pageNumber: number): Promise<Page> => {
    const { body, observation, digest } = await scanning.call(
      listCommitments,
      { pageNumber, pageSize },
      SERVICE_SCOPE,
    );
    return {
      rows: body.pagedResults.items.map(recordOf),
      pageSize: body.pagination?.pageSize ?? null,
      total: body.pagedResults.totalCount,
      observation,
      digest,
    };
  };
  return upstream.share(
    SERVICE_SCOPE,
    `scan ${pageSize}`,
    async (scanning) =>
      splitByOwner(
        await readPages({
          firstPage: 1,
          pageSize,
          maxPages,
          parallel: PARALLEL_PAGES,
          load: (pageNumber) => loadPage(scanning, pageNumber),
          identityOf,
        }),
      ),
    ({ truncated, failures }) => !truncated && failures.length === 0,
  );
}

function splitByOwner({ rows, contradictions, truncated, failures, observation, digest }: ReadPages): Scan {
  const rowsByOwner = new Map<string | null, unknown[]>();
  for (const row of rows) {
    const owner = accountContractOf(row);
    const known = rowsByOwner.get(owner);
    if (known) known.push(row);
    else rowsByOwner.set(owner, [row]);
  }
  return { contradictions, truncated, failures, observation, digest, rowsByOwner, made: emptyMade() };
}
