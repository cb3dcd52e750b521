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

export interface Tables {
  readonly operations: OperationRow;
  readonly audit: AuditRow;
  readonly audit_head: AuditHeadRow;
}
