/**
 * The journal's tables, one schema for SQLite and PostgreSQL: text, whole numbers and nothing else. Times are epoch
 * milliseconds; JSON is text, so that what was written is what is read.
 */
import { sql, type ColumnType, type Selectable } from 'kysely';

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

/** Tries to read a list that failed one after another, as one process saw it. */
export interface ObservedOutageRow {
  readonly organization: Fixed<string>;
  readonly source: Fixed<string>;
  readonly kind: Fixed<string>;
  readonly from_at: Fixed<number>;
  /** The last that failed, to the minute. */
  readonly to_at: number;
  /** The first that did not; `null`: not known. */
  readonly until_at: number | null;
  /** What went wrong, the same each time. */
  readonly code: Fixed<string>;
}

/** A change whose arrival in billing is being looked for; `verification/store.ts` says what is what. */
export interface VerificationRow {
  readonly id: Fixed<string>;
  readonly organization: Fixed<string>;
  readonly client: Fixed<string>;
  readonly idempotency_key: Fixed<string>;
  /** SHA-256 of what was asked. */
  readonly fingerprint: Fixed<string>;
  readonly expected: Fixed<string>;
  readonly changed_at: Fixed<number>;
  readonly operation_id: Fixed<string | null>;
  readonly reason: Fixed<string | null>;
  readonly request_id: Fixed<string>;
  readonly requested_at: Fixed<number>;
  readonly every_ms: Fixed<number>;
  readonly gives_up_at: Fixed<number>;
  readonly state: string;
  readonly settled_at: number | null;
  readonly updated_at: number;
  readonly looks: number;
  /** `null`: settled. */
  readonly look_at: number | null;
  /** Somebody looks until then. Another may take over afterwards; `fence` then grows, and the first can no longer write. */
  readonly held_until: number;
  readonly fence: number;
}

export interface VerificationLookRow {
  readonly verification: Fixed<string>;
  /** From 1. */
  readonly number: Fixed<number>;
  readonly at: Fixed<number>;
  readonly finding: Fixed<string>;
}

/** The same as they are read. */
export type ObservedList = Selectable<ObservedListRow>;
export type ObservedLook = Selectable<ObservedLookRow>;
export type ObservedRecord = Selectable<ObservedRecordRow>;
export type VerificationRecord = Selectable<VerificationRow>;
export type VerificationLookRecord = Selectable<VerificationLookRow>;

/** A difference between two systems, in its present stretch or its last; `reconciliation/store.ts` says what is what. */
export interface DiscrepancyRow {
  readonly id: string;
  readonly organization: string;
  readonly key: string;
  readonly kind: string;
  readonly state: string;
  readonly cause: string;
  /** As it was seen last, as JSON. */
  readonly details: string;
  readonly first_at: number;
  readonly last_at: number;
  /** `null`: it is there, as far as is known. */
  readonly gone_at: number | null;
  /** How often it came. */
  readonly stretches: number;
  readonly acknowledged_by: string | null;
  readonly acknowledged_at: number | null;
  readonly acknowledged_reason: string | null;
  /** Of what was acknowledged. */
  readonly acknowledged_digest: string | null;
}

/** Who acknowledged a difference, and who took that back. Only ever added to. */
export interface DiscrepancyNoteRow {
  readonly discrepancy: string;
  readonly at: number;
  readonly event: string;
  readonly client: string;
  readonly reason: string | null;
}

/** A calendar that somebody may subscribe to; `calendar/store.ts` says what is what. */
export interface CalendarRow {
  readonly id: Fixed<string>;
  readonly client: Fixed<string>;
  /** `null`: it was made without one. */
  readonly idempotency_key: Fixed<string | null>;
  /** SHA-256 of what opens it. */
  readonly token_hash: Fixed<string>;
  readonly name: Fixed<string>;
  /** Slugs as JSON; `null`: all that the client is granted. */
  readonly organizations: Fixed<string | null>;
  readonly created_at: Fixed<number>;
  readonly revoked_at: number | null;
}

export type CalendarRecord = Selectable<CalendarRow>;

export interface Tables {
  readonly operations: OperationRow;
  readonly audit: AuditRow;
  readonly audit_head: AuditHeadRow;
  readonly document_usage: UsageRow;
  readonly usage_writers: UsageWriterRow;
  readonly observed_lists: ObservedListRow;
  readonly observed_looks: ObservedLookRow;
  readonly observed_records: ObservedRecordRow;
  readonly observed_outages: ObservedOutageRow;
  readonly verifications: VerificationRow;
  readonly verification_looks: VerificationLookRow;
  readonly discrepancies: DiscrepancyRow;
  readonly discrepancy_notes: DiscrepancyNoteRow;
  readonly calendars: CalendarRow;
}
