/**
 * The journal's tables, one schema for SQLite and PostgreSQL: text, whole numbers and nothing else. Times are epoch
 * milliseconds; JSON is text, so that what was written is what is read.
 */
import { sql, type ColumnType } from 'kysely';

/** SENDING: written down, and somebody may be sending it right now. The others are those of the domain. */
export type RowState = 'SENDING' | 'PENDING' | 'IN_REVIEW' | 'SUCCEEDED' | 'FAILED' | 'UNKNOWN' | 'NOT_SENT';

// Written out in the statements: a database uses an index of part of a table only where it can see that the part is
// meant, and it cannot see through parameters.
/** Rows that keep others from changing the same thing. */
export const isOpenOnTarget = sql<boolean>`state in ('SENDING', 'PENDING', 'UNKNOWN')`;
/** Rows that somebody has to look after. */
export const isUnsettled = sql<boolean>`state in ('SENDING', 'PENDING', 'IN_REVIEW', 'UNKNOWN')`;

type Fixed<T> = ColumnType<T, T, never>;

export interface OperationRow {
  readonly id: Fixed<string>;
  readonly organization: Fixed<string>;
  readonly client: Fixed<string>;
  readonly idempotency_key: Fixed<string>;
  /** SHA-256 of what was asked. */
  readonly fingerprint: Fixed<string>;
  readonly kind: Fixed<string>;
  readonly source: Fixed<string>;
  readonly target: string;
  readonly external_id: string | null;
  readonly state: string;
  /** 1: looked for as long as it makes sense. */
  readonly needs_operator: number;
  readonly change: Fixed<string>;
  readonly plan: string;
  readonly reason: Fixed<string | null>;
  readonly request_id: string;
  readonly upstream_references: string;
  readonly failure: string | null;
  readonly after: string;
  readonly outcome: string;
  readonly progress: string;
  readonly requested_at: Fixed<number>;
  readonly sent_at: number;
  readonly settled_at: number | null;
  readonly updated_at: number;
  readonly looks: number;
  /** When it is to be looked at next; `null`: not by itself. */
  readonly look_at: number | null;
  /** Who works on it, until when. Another may take it over afterwards; `fence` then grows, and the first can no longer write. */
  readonly holder: string | null;
  readonly held_until: number;
  readonly fence: number;
}

export interface AuditRow {
  readonly seq: number;
  readonly at: number;
  readonly operation_id: string | null;
  readonly organization: string;
  readonly client: string;
  readonly event: string;
  readonly details: string;
  readonly previous: string;
  readonly hash: string;
}

/** One row: the end of the chain. Its lock is what puts writers in a line. */
export interface AuditHeadRow {
  readonly id: number;
  readonly seq: number;
  readonly hash: string;
}

/** What clients asked for on a day of UTC, added up by all gateways; `accounting/tally.ts` says what is what. */
export interface UsageRow {
  readonly day: string;
  readonly client: string;
  readonly document: string;
  readonly version: string;
  readonly name: string | null;
  readonly requests: number;
  readonly errors: number;
  readonly cost_estimated: number;
  readonly cost_actual: number;
  readonly total_ms: number;
  readonly slowest_ms: number;
  readonly first_at: number;
  readonly last_at: number;
}

/** Each life of a gateway, and the number of what it wrote last: nothing is added twice. */
export interface UsageWriterRow {
  readonly id: string;
  readonly batch: number;
  readonly started_at: number;
  readonly written_at: number;
}

/**
 * A list of a source's records of an organization, as it was seen last; `history/store.ts` says what is what. `from_at` to
 * `to_at`: the run of looks that all showed the same.
 */
export interface ObservedListRow {
  readonly id: number;
  readonly organization: Fixed<string>;
  readonly source: Fixed<string>;
  readonly kind: Fixed<string>;
  readonly first_at: number;
  readonly from_at: number;
  /** -1: never seen. */
  readonly to_at: number;
  readonly is_complete: number;
  /** The last complete look before this run. */
  readonly complete_at: number | null;
  readonly digest: string;
  /** In the two tables below. */
  readonly rows: number;
  /** What was before is no longer kept. */
  readonly horizon_at: number | null;
}

/** Earlier runs of a list. `until_at`: where the next begins. */
export interface ObservedLookRow {
  readonly list: Fixed<number>;
  readonly from_at: Fixed<number>;
  readonly to_at: Fixed<number>;
  readonly until_at: Fixed<number>;
  readonly is_complete: Fixed<number>;
  readonly complete_at: Fixed<number | null>;
}

/** What a record was from `seen_at` on. */
export interface ObservedRecordRow {
  readonly list: Fixed<number>;
  readonly external_id: Fixed<string>;
  readonly seen_at: Fixed<number>;
  /** When it was known to be as it was before; `null`: nothing was known before. */
  readonly previous_at: Fixed<number | null>;
  /** `null`: it still is. */
  readonly until_at: number | null;
  /** Empty where there is no body. */
  readonly hash: Fixed<string>;
  /** `null`: it was gone. `until_at` is `seen_at` then. */
  readonly body: Fixed<string | null>;
}

export interface Tables {
  readonly operations: OperationRow;
  readonly audit: AuditRow;
  readonly audit_head: AuditHeadRow;
  readonly document_usage: UsageRow;
  readonly usage_writers: UsageWriterRow;
  readonly observed_lists: ObservedListRow;
  readonly observed_looks: ObservedLookRow;
  readonly observed_records: ObservedRecordRow;
}
