/**
 * Follows a query through its pages.
 *
 * Guarantees: it ends, after so many calls or rows as its bounds say or at a page seen before; what was read until then
 * is kept, and whether it is everything is always said. Calls only addresses of query pages.
 */
import { failure, SourceError } from '../../domain/failure.js';
import type { DroppedRecord, Observation } from '../../domain/observation.js';
import type { Answer } from '../../upstream/endpoint.js';
import { oldestOf } from '../pages.js';
import { nextPageOf, SOURCE, type NextPage } from './client.js';
import type { QueryReply } from './wire.js';

export interface Bounds {
  readonly calls: number;
  readonly rows: number;
}

/** For the orders of one organization. */
const ORGANIZATION: Bounds = { calls: 20, rows: 2_000 };
/** For everybody's: companies have low thousands of orders (`backends.md` §2.6). */
export const EVERYBODY: Bounds = { calls: 400, rows: 100_000 };

/** The pages of one read: of its query, and of the child queries in it. */
export interface PageReader {
  /** All rows that follow from this reply, its own first. */
  follow(first: QueryReply): Promise<QueryRows>;
  /** When the oldest of all answers was seen; stale if any was. */
  observation(): Observation;
}

export interface QueryRows {
  readonly rows: readonly unknown[];
  /** There is more than `rows`, or there may be. */
  readonly truncated: boolean;
  /** Why the next page could not be read, where that is the reason. */
  readonly failed: DroppedRecord | null;
}

/** `first` is the answer that the read began with; `call` fetches a page and rejects with `SourceError`. */
export function createPageReader(
  first: Answer<QueryReply>,
  call: (page: NextPage) => Promise<Answer<QueryReply>>,
  most: Bounds = ORGANIZATION,
): PageReader {
  let calls = 1;
  let observation = first.observation;
  const seen = new Set<string>();

  const follow = async (start: QueryReply): Promise<QueryRows> => {
    const rows = [...start.records];
    const stopped = (failed: DroppedRecord | null): QueryRows => {
      return { rows: rows.slice(0, most.rows), truncated: true, failed };
    };
    let reply = start;
    while (reply.nextRecordsUrl !== null) {
      const url = reply.nextRecordsUrl;
      if (rows.length >= most.rows || calls >= most.calls || seen.has(url)) return stopped(null);
      const page = nextPageOf(url);
      if (page === null) {
        const detail = 'the address of the next page is not one of a query page';
        return stopped(failure('UPSTREAM_MALFORMED', SOURCE, { detail }));
      }
      seen.add(url);
      calls += 1;
      try {
        const answer = await call(page);
        observation = oldestOf([observation, answer.observation]);
        reply = answer.body;
      } catch (error) {
        if (error instanceof SourceError) return stopped(error.failure);
        throw error;
      }
      rows.push(...reply.records);
    }
    // `done` and the count are the server's own word for whether this was the end.
    return rows.length > most.rows || !reply.done || rows.length < start.totalSize
      ? stopped(null)
      : { rows, truncated: false, failed: null };
  };

  return { follow, observation: () => observation };
}
