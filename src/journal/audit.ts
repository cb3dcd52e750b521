/**
 * The audit trail: who changed what, when, why, and what came of it; kept for refused and unknown changes too.
 *
 * Guarantees: entries have numbers without gaps and each carries the hash of the one before, so that an entry that was
 * altered, removed or slipped in is found; an entry about an operation carries the hash of its row, so that an altered
 * row is found too. What it cannot tell by itself: that the end was cut off, or all of it written anew, by somebody who
 * put `audit_head` right as well. Whoever wants that keeps the last hash elsewhere, and gives it to `verifyAudit`.
 */
import { hash as digestOf } from 'node:crypto';
import type { Selectable, Transaction } from 'kysely';
import { canonicalJson, type Json } from '../domain/json.js';
import type { Database } from './database.js';
import { insertEntry, setHead, type Turn } from './statements.js';
import type { AuditRow, OperationRow, Tables } from './tables.js';
import type { Work } from './transactions.js';

export type AuditEvent =
  /** Refused before sending; nothing was. */
  | 'REFUSED'
  /** Written down, about to be sent. */
  | 'INTENDED'
  /** Not a byte of it left. */
  | 'NOT_SENT'
  /** The backend's answer, or that there was none. */
  | 'ANSWERED'
  /** What reading back found. */
  | 'LOOKED'
  /** Whoever was to write down how it ended is gone; from here on it is unknown. */
  | 'ABANDONED'
  /** An operator said what became of it. */
  | 'DECIDED';

export interface AuditEntry {
  readonly at: number;
  readonly operationId: string | null;
  readonly organization: string;
  readonly client: string;
  readonly event: AuditEvent;
  readonly details: Json;
}

function sha256(text: string): string {
  return digestOf('sha256', text, 'hex');
}

/** Who works on a row and when it is looked at next is nobody's history. */
const NO_HISTORY: ReadonlySet<string> = new Set<keyof OperationRow>([
  'look_at',
  'holder',
  'held_until',
  'fence',
  'looks',
  'updated_at',
]);

/** In order, once: all rows have the same columns. */
let columns: readonly string[] | null = null;

/** Of everything in a row that says what happened: the hash of its canonical JSON. */
export function hashOfRow(row: Selectable<OperationRow>): string {
  columns ??= Object.keys(row)
    .filter((name) => !NO_HISTORY.has(name))
    .sort();
  const values = row as unknown as Readonly<Record<string, string | number | null>>;
  const kept: Record<string, string | number | null | undefined> = {};
  for (const name of columns) kept[name] = values[name];
  return sha256(JSON.stringify(kept));
}

function hashOf(entry: Omit<Selectable<AuditRow>, 'hash'>): string {
  const { seq, at, operation_id, organization, client, event, details, previous } = entry;
  return sha256(canonicalJson([seq, at, operation_id, organization, client, event, details, previous]));
}

/** Adds an entry. `turn` is what `takeTurn` gave in the same transaction; `row`: the operation as it is from now on. */
export function* append(turn: Turn, entry: AuditEntry, row: Selectable<OperationRow> | null): Work<void> {
  const details = canonicalJson(
    row === null ? { said: entry.details } : { said: entry.details, row: hashOfRow(row) },
  );
  const written = {
    seq: turn.seq,
    at: entry.at,
    operation_id: entry.operationId,
    organization: entry.organization,
    client: entry.client,
    event: entry.event,
    details,
    previous: turn.hash,
  };
  const hash = hashOf(written);
  yield* insertEntry({ ...written, hash });
  yield* setHead(hash);
}

export type Verdict =
  | { readonly isIntact: true; readonly entries: number; readonly operations: number; readonly hash: string }
  | { readonly isIntact: false; readonly where: string; readonly what: string };

const PAGE = 1_000;

/**
 * Reads the whole trail and compares it with itself and with the operations, as they were at one moment. `expected`: a
 * hash that it had once, which must still be in it.
 */
export async function verifyAudit(db: Database, expected: string | null = null): Promise<Verdict> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const trail = await verifyTrail(tx, expected);
      if (!trail.isIntact) return trail;
      return (await verifyOperations(tx)) ?? trail;
    });
}

const wrong = (where: string, what: string) => ({ isIntact: false, where, what }) as const;

async function verifyTrail(tx: Transaction<Tables>, expected: string | null): Promise<Verdict> {
  let previous = '';
  let seq = 0;
  let isExpectedSeen = expected === null || expected === '';
  for (;;) {
    const page = await tx
      .selectFrom('audit')
      .selectAll()
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(PAGE)
      .execute();
    for (const entry of page) {
      const where = `audit entry ${entry.seq}`;
      if (entry.seq !== seq + 1) return wrong(`audit entry ${seq + 1}`, 'is missing');
      if (entry.previous !== previous) return wrong(where, 'does not follow the entry before it');
      if (hashOf(entry) !== entry.hash) return wrong(where, 'was altered');
      previous = entry.hash;
      seq = entry.seq;
      if (entry.hash === expected) isExpectedSeen = true;
    }
    if (page.length < PAGE) break;
  }
  const head = await tx.selectFrom('audit_head').selectAll().where('id', '=', 1).executeTakeFirst();
  if (head === undefined || head.seq !== seq || head.hash !== previous) {
    return wrong('the end of the audit trail', 'entries are missing, or its last hash was altered');
  }
  if (!isExpectedSeen) return wrong('the audit trail', 'does not contain the hash that it once ended with');
  const { count } = await tx
    .selectFrom('operations')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return { isIntact: true, entries: seq, operations: Number(count), hash: previous };
}

/** Each row against the last entry about it. `null`: nothing is wrong. */
async function verifyOperations(tx: Transaction<Tables>): Promise<Verdict | null> {
  let after = '';
  for (;;) {
    const page = await tx
      .selectFrom('operations')
      .selectAll()
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    if (page.length === 0) break;
    const entries = await tx
      .selectFrom('audit')
      .select(['operation_id', 'details'])
      .where('seq', 'in', (eb) =>
        eb
          .selectFrom('audit')
          .select((inner) => inner.fn.max('seq').as('last'))
          .where(
            'operation_id',
            'in',
            page.map(({ id }) => id),
          )
          .groupBy('operation_id'),
      )
      .execute();
    const hashes = new Map(
      entries.map(({ operation_id: id, details }) => [id, (JSON.parse(details) as { row?: string }).row]),
    );
    for (const row of page) {
      const known = hashes.get(row.id);
      if (known === undefined) return wrong(`operation ${row.id}`, 'has no entry in the audit trail');
      if (known !== hashOfRow(row)) return wrong(`operation ${row.id}`, 'was altered');
      after = row.id;
    }
    if (page.length < PAGE) break;
  }
  const lost = await tx
    .selectFrom('audit')
    .select('operation_id')
    .where('operation_id', 'is not', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom('operations').select('id').whereRef('operations.id', '=', 'audit.operation_id'),
        ),
      ),
    )
    .limit(1)
    .executeTakeFirst();
  return lost === undefined ? null : wrong(`operation ${lost.operation_id ?? ''}`, 'is missing');
}
