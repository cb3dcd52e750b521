/** What a gateway's journal says, read behind its back: with no code of the journal's own. */
import Libsql from 'libsql';

/** An operation and when it was first written down, in the order of the audit trail. */
export interface JournalRow {
  readonly id: string;
  readonly organization: string;
  readonly client: string;
  readonly key: string;
  readonly state: string;
  readonly needsOperator: boolean;
  /** Epoch milliseconds; `null`: no entry says so. */
  readonly intendedAt: number | null;
}

export interface JournalFile {
  /** Whether an intent with that id is there and durable. */
  has(id: string): boolean;
  rows(): readonly JournalRow[];
  /** Until when somebody is taken to be sending something, epoch milliseconds; `null`: nobody is. */
  heldUntil(): number | null;
  /** Whether something is due to be looked at, or is being looked at. */
  isStirring(now: number): boolean;
  close(): void;
}

/** A gateway that takes up a log has it to itself until it is done, however busy the machine is. */
const PATIENCE_MS = 30_000;

/** The file has to be there. */
export function openJournalFile(path: string): JournalFile {
  const db = new Libsql(path, { readonly: true, timeout: PATIENCE_MS } as Libsql.Options);
  const find = db.prepare('select 1 from operations where id = ?');
  const all = db.prepare(
    `select id, organization, client, idempotency_key as key, state, needs_operator as needsOperator,
       (select min(at) from audit where operation_id = operations.id and event = 'INTENDED') as intendedAt
     from operations order by requested_at, id`,
  );
  const held = db.prepare(`select max(held_until) as until from operations where state = 'SENDING'`);
  const stirring = db.prepare(
    `select 1 from operations where (state = 'SENDING' and held_until <= :now)
       or (state in ('PENDING', 'IN_REVIEW', 'UNKNOWN') and look_at is not null
         and (look_at <= :now or held_until > :now)) limit 1`,
  );
  return {
    has: (id) => find.all(id).length > 0,
    rows: () =>
      (all.all() as (Omit<JournalRow, 'needsOperator'> & { needsOperator: number })[]).map((row) => ({
        ...row,
        needsOperator: row.needsOperator !== 0,
      })),
    heldUntil: () => (held.all() as { readonly until: number | null }[])[0]?.until ?? null,
    isStirring: (now) => stirring.all({ now }).length > 0,
    close: () => {
      db.close();
    },
  };
}
