/**
 * What an operator does with the journal, beside a gateway that may be running: finds operations, reads one with its
 * history, and says what became of one when nothing else can.
 *
 * Guarantees: opens a journal that is there and makes none, nor brings one up to date: that is the gateway's. A decision
 * and its entry in the audit trail are one transaction. Refuses to decide about what is settled, what was never sent and
 * what is being sent; waits for whoever is looking at it, so that none of the two writes over the other. Rejects with
 * `StoreError` only.
 */
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { setTimeout as rest } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Json } from '../domain/json.js';
import { verifyAudit, type Verdict } from './audit.js';
import type { Database, Migrate, StoreLocation } from './database.js';
import { MIGRATIONS } from './migrations.js';
import { postgresOpener } from './postgres.js';
import { FARTHEST_MS } from './queries.js';
import { sqliteOpener } from './sqlite.js';
import { StoreError, storeErrorOf } from './store-error.js';
import { createStore, type Row, type RowChange } from './store.js';
import { isUnsettled, type RowState } from './tables.js';

export interface OperatorFilter {
  /** `null`: any. */
  readonly states: readonly RowState[] | null;
  readonly organization: string | null;
  /** Only those that nobody looks for any more by himself. */
  readonly isNeedingOperator: boolean;
}

/** An entry of the audit trail. */
export interface HistoryEntry {
  readonly seq: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly event: string;
  /** Name of a client; `operator:` and a name. */
  readonly by: string;
  readonly said: Json;
}

export interface Case {
  readonly row: Row;
  /** In order. */
  readonly history: readonly HistoryEntry[];
}

export interface Decision {
  readonly as: 'SUCCEEDED' | 'FAILED';
  readonly reason: string;
  readonly by: string;
  /** Also where the gateway would still find out by itself. */
  readonly isForced: boolean;
}

export type Decided =
  | { readonly kind: 'decided'; readonly row: Row }
  /** `why` goes after "operation such-and-such". */
  | { readonly kind: 'refused'; readonly why: string }
  /** There is none of that id. */
  | { readonly kind: 'not-found' };

export interface Desk {
  /** Newest first. */
  find(filter: OperatorFilter, most: number): Promise<readonly Row[]>;
  caseOf(id: string): Promise<Case | null>;
  decide(id: string, decision: Decision): Promise<Decided>;
  /** Compares the audit trail with itself and with the operations. */
  verify(expected: string | null): Promise<Verdict>;
  close(): Promise<void>;
}

/** How long to wait for whoever is looking at the operation, or for others who have the database. */
const PATIENCE_MS = 5_000;
const PAUSE_MS = 100;
/** Longer than writing a decision down may take. */
const HOLD_MS = 10_000;

const isUnsettledState = (state: RowState) => ['SENDING', 'PENDING', 'IN_REVIEW', 'UNKNOWN'].includes(state);

const DECIDED_FAILED = JSON.stringify({
  code: 'SETTLED_BY_OPERATOR',
  message: 'An operator found that the change was not made. To make it, ask again with a new key.',
});

/** What a decision makes of a row. */
function changeBy({ as }: Decision, now: number): RowChange {
  return {
    state: as,
    settled_at: now,
    look_at: null,
    needs_operator: 0,
    failure: as === 'FAILED' ? DECIDED_FAILED : null,
    holder: null,
    held_until: 0,
  };
}

function isHeld({ held_until: until }: Row, now: number): boolean {
  return until > now && until <= now + FARTHEST_MS;
}

/** Why the row is not to be decided about; `null`: it may be. */
export function objectionTo(row: Row, isForced: boolean, now: number): string | null {
  switch (row.state as RowState) {
    case 'SUCCEEDED':
    case 'FAILED':
      return `is settled already: ${row.state}`;
    case 'NOT_SENT':
      return 'was never sent: there is nothing to decide about, and its target is free';
    case 'SENDING':
      if (isHeld(row, now)) return 'is being sent right now; it settles by itself, or becomes UNKNOWN';
      return isForced
        ? null
        : 'was being sent by a gateway that is gone: one that runs finds out what became of it. With --force it is settled all the same';
    case 'PENDING':
    case 'IN_REVIEW':
      return isForced
        ? null
        : `is ${row.state}: its backend has it, and the gateway follows it. With --force it is settled all the same`;
    case 'UNKNOWN':
      return null;
  }
}

/** In place of a migration. */
const refuseOtherVersions: Migrate = async (db) => {
  const { rows } = await sql<{ readonly name: string }>`select name from journal_migrations`.execute(db);
  const made = rows.map(({ name }) => name);
  const known = Object.keys(await MIGRATIONS.getMigrations());
  if (made.some((name) => !known.includes(name))) {
    throw new StoreError('other', 'it was made by a newer version of this program. Use that one');
  }
  if (known.some((name) => !made.includes(name))) {
    throw new StoreError('other', 'it was made by an older version of this program. Start the gateway once');
  }
};

const refuseMissing: Migrate = async (db) => {
  const found = await sql<{ readonly name: string | null }>`
    select to_regclass('audit_head')::text as name
  `.execute(db);
  if (found.rows[0]?.name == null) {
    throw new StoreError(
      'missing',
      'the database has none of its tables. The gateway makes them when it starts',
    );
  }
  await refuseOtherVersions(db);
};

async function openOnce(location: StoreLocation): Promise<Database> {
  if (location.kind === 'postgres') return postgresOpener(location.url, refuseMissing)();
  if (statSync(location.file, { throwIfNoEntry: false }) === undefined) {
    throw new StoreError('missing', `${location.file} is not there. The gateway makes it when it starts`);
  }
  return sqliteOpener(location.file, refuseOtherVersions)();
}

/** A store that a gateway of this version has made, for operators. Rejects with `StoreError`. */
export async function openExisting(location: StoreLocation): Promise<Database> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await openOnce(location);
    } catch (error) {
      const ours = storeErrorOf(error);
      if (ours.trouble !== 'locked' || performance.now() > end) throw ours;
    }
    await rest(PAUSE_MS);
  }
}

/** What was said in an entry; an altered one is shown as it stands. */
function saidIn(details: string): Json {
  try {
    return (JSON.parse(details) as { readonly said?: Json }).said ?? null;
  } catch {
    return details;
  }
}

async function named<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    throw storeErrorOf(error);
  }
}

/** `clock`: epoch milliseconds. */
export async function openDesk(location: StoreLocation, clock: () => number = Date.now): Promise<Desk> {
  const db = await openExisting(location);
  const store = createStore(db);
  const holder = `operator ${randomUUID()}`;

  const find: Desk['find'] = ({ states, organization, isNeedingOperator }, most) => {
    // Only what indexes hold: without it, the rows themselves of a big journal would be gone through.
    let ids = db.selectFrom('operations').select('id');
    if (organization !== null) ids = ids.where('organization', '=', organization);
    if (states !== null) ids = ids.where('state', 'in', [...states]);
    if (isNeedingOperator) ids = ids.where('needs_operator', '=', 1);
    if (isNeedingOperator || states?.every(isUnsettledState) === true) ids = ids.where(isUnsettled);
    const newest = ids.orderBy('requested_at', 'desc').orderBy('id', 'desc').limit(most);
    return db
      .selectFrom('operations')
      .selectAll()
      .where('id', 'in', newest)
      .orderBy('requested_at', 'desc')
      .orderBy('id', 'desc')
      .execute();
  };

  const caseOf: Desk['caseOf'] = (id) =>
    db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (tx) => {
        const row = await tx.selectFrom('operations').selectAll().where('id', '=', id).executeTakeFirst();
        if (row === undefined) return null;
        const entries = await tx
          .selectFrom('audit')
          .select(['seq', 'at', 'event', 'client', 'details'])
          .where('operation_id', '=', id)
          .orderBy('seq')
          .execute();
        const history = entries.map(({ client: by, details, ...entry }) => ({
          ...entry,
          by,
          said: saidIn(details),
        }));
        return { row, history };
      });

  const decide: Desk['decide'] = async (id, decision) => {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      const now = clock();
      const row = await store.byId(id);
      if (row === null) return { kind: 'not-found' };
      const why = objectionTo(row, decision.isForced, now);
      if (why !== null) return { kind: 'refused', why };
      const mine = await store.hold(row, holder, now, now + HOLD_MS);
      const decided =
        mine &&
        (await store.change(
          mine,
          changeBy(decision, now),
          now,
          'DECIDED',
          { from: row.state, to: decision.as, reason: decision.reason, isForced: decision.isForced },
          // No client has such a name.
          `operator:${decision.by}`,
        ));
      if (decided !== null) return { kind: 'decided', row: decided };
      if (performance.now() > end) {
        return { kind: 'refused', why: 'is being looked at by a gateway right now. Try again in a moment' };
      }
      await rest(PAUSE_MS);
    }
  };

  return {
    find: (filter, most) => named(find(filter, most)),
    caseOf: (id) => named(caseOf(id)),
    decide,
    verify: (expected) => named(verifyAudit(db, expected)),
    close: () => db.destroy(),
  };
}
