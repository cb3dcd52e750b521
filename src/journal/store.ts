/**
 * What the journal writes down and finds again.
 *
 * Guarantees: an intent is durable when `begin` resolves; one row for each key of a client and customer; one open row
 * for each target; each change of a row and its audit entry are one transaction; whoever lost the hold on a row can no
 * longer write to it. Waits a moment for others who are writing, without keeping this process from other work. Rejects
 * with `StoreError` only.
 */
import { setTimeout as rest } from 'node:timers/promises';
import type { Selectable, Transaction } from 'kysely';
import type { Json } from '../domain/json.js';
import { append, type AuditEntry, type AuditEvent } from './audit.js';
import type { Database } from './database.js';
import { createQueries, hasCome, type Queries } from './queries.js';
import { insertOperation, takeTurn, updateOperation, type Turn } from './statements.js';
import { storeErrorOf, type StoreError } from './store-error.js';
import type { OperationRow, RowState, Tables } from './tables.js';
import { createTransactions, type Work } from './transactions.js';

export type Row = Selectable<OperationRow>;

/** What may change in a row. */
export type RowChange = Partial<
  Pick<
    Row,
    | 'target'
    | 'external_id'
    | 'needs_operator'
    | 'plan'
    | 'request_id'
    | 'upstream_references'
    | 'failure'
    | 'after'
    | 'outcome'
    | 'progress'
    | 'sent_at'
    | 'settled_at'
    | 'looks'
    | 'look_at'
    | 'holder'
    | 'held_until'
  >
> & { readonly state?: RowState };

export type Begun =
  /** Written down; the caller may send. */
  | { readonly kind: 'mine'; readonly row: Row }
  /** The key was used before. */
  | { readonly kind: 'known'; readonly row: Row }
  /** Another operation on the same target is open, or was a moment ago (`null`). */
  | { readonly kind: 'busy'; readonly row: Row | null };

export interface Hold {
  readonly id: string;
  readonly fence: number;
}

export interface OperationStore extends Queries {
  /** Writes the intent down, or says why not. */
  begin(row: Row, details: Json, beforeCommit?: () => void): Promise<Begun>;
  /** Takes up a row that is known never to have been sent, for another try with the same key, as `next` says. */
  beginAgain(known: Row, next: Row, details: Json): Promise<Begun>;
  /** Changes a row that one holds, and writes why. `null`: the hold is lost, and nothing was written. */
  change(
    hold: Hold,
    change: RowChange,
    at: number,
    event: AuditEvent,
    details: Json,
    by?: string,
  ): Promise<Row | null>;
  /** Bookkeeping that is no history: when to look again, who works on it. `null`: the hold is lost. */
  touch(
    hold: Hold,
    change: Pick<RowChange, 'look_at' | 'holder' | 'held_until' | 'looks'>,
  ): Promise<Row | null>;
  /** Takes hold of a row that nobody holds; `null`: another was quicker. */
  hold(row: Row, holder: string, now: number, until: number): Promise<Row | null>;
  /** An entry about something that changes no operation. */
  note(entry: Omit<AuditEntry, 'operationId'>): Promise<void>;
  /** Writes nothing, durably: whether anything could be written. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

/** How long to wait for others who are writing. */
const PATIENCE_MS = 1_000;
const LONGEST_PAUSE_MS = 40;

/** Thrown inside a transaction to take it back, the turn's number too; never leaves this file. */
class NotMine extends Error {}

/** Runs it again while others are in the way, and gives every other error its name. */
export async function patiently<Value>(work: () => Promise<Value>): Promise<Value> {
  const end = performance.now() + PATIENCE_MS;
  for (let pause = 2; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof NotMine) throw error;
      const ours = storeErrorOf(error);
      if (ours.trouble !== 'locked' || performance.now() > end) throw ours;
    }
    // Not in step with the others.
    await rest(pause * (0.5 + Math.random()));
  }
}

async function unlessLost<Value>(work: Promise<Value>): Promise<Value | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof NotMine) return null;
    throw error;
  }
}

function patient(queries: Queries): Queries {
  return {
    byKey: (...names) => patiently(() => queries.byKey(...names)),
    ofKey: (...names) => patiently(() => queries.ofKey(...names)),
    byId: (id) => patiently(() => queries.byId(id)),
    openOn: (...names) => patiently(() => queries.openOn(...names)),
    list: (...asked) => patiently(() => queries.list(...asked)),
    listAll: (...asked) => patiently(() => queries.listAll(...asked)),
    abandoned: (...asked) => patiently(() => queries.abandoned(...asked)),
    due: (...asked) => patiently(() => queries.due(...asked)),
    nextDue: () => patiently(() => queries.nextDue()),
  };
}

function entryOf(row: Row, at: number, event: AuditEvent) {
  return { at, operationId: row.id, organization: row.organization, client: row.client, event };
}

// The work of transactions. Generator functions are made here, once: each that is made anew makes types of objects with
// it, which keep all that it sees alive until a full collection.

/**
 * Taking the turn is the first statement of every transaction that writes: it waits there, in SQLite for the database and
 * in PostgreSQL for the row, and cannot be overtaken afterwards.
 */
function* afterTurn<Value>(work: (turn: Turn) => Work<Value>): Work<Value> {
  return yield* work(yield* takeTurn());
}

function* beginning(turn: Turn, row: Row, details: Json, beforeCommit: () => void): Work<Row> {
  if (!(yield* insertOperation(row))) throw new NotMine();
  yield* append(turn, { ...entryOf(row, row.requested_at, 'INTENDED'), details }, row);
  beforeCommit();
  return row;
}

type Change = Parameters<OperationStore['change']>;

function* changing(turn: Turn, ...[hold, change, at, event, details, by]: Change): Work<Row> {
  const row = yield* updateOperation(hold, { ...change, updated_at: at });
  if (row === undefined) throw new NotMine();
  const entry = entryOf(row, at, event);
  yield* append(turn, { ...entry, client: by ?? entry.client, details }, row);
  return row;
}

export function createStore(db: Database): OperationStore {
  const transactions = createTransactions(db);
  const queries = patient(createQueries(db, transactions));

  const inTurn = <Value>(work: (turn: Turn) => Work<Value>): Promise<Value> =>
    patiently(() => transactions.execute(() => afterTurn(work)));

  /** In a transaction too: it takes SQLite's lock before anything else (`sqlite-connection.ts`). */
  const alone = <Value>(work: (tx: Transaction<Tables>) => Promise<Value>): Promise<Value> =>
    patiently(() => db.transaction().execute(work));

  /** A row's new state and the entry about it, in one transaction; `null`: the hold is lost. */
  const changed = (...change: Change): Promise<Row | null> =>
    unlessLost(inTurn((turn) => changing(turn, ...change)));

  const busyOr = async (error: StoreError, target: string, exceptId: string): Promise<Begun> => {
    if (error.trouble !== 'refused') throw error;
    return { kind: 'busy', row: await queries.openOn(target, exceptId) };
  };

  return {
    ...queries,

    async begin(row, details, beforeCommit = () => undefined) {
      const written = await unlessLost(inTurn((turn) => beginning(turn, row, details, beforeCommit)));
      if (written !== null) return { kind: 'mine', row };
      const known = await queries.byKey(row.organization, row.client, row.idempotency_key);
      if (known !== null) return { kind: 'known', row: known };
      return { kind: 'busy', row: await queries.openOn(row.target, row.id) };
    },

    async beginAgain(known, next, details) {
      const { state, target, external_id, plan, request_id, sent_at, holder, held_until } = next;
      const change = {
        state: state as RowState,
        ...{ target, external_id, plan, request_id, sent_at, holder, held_until },
        fence: known.fence + 1,
      };
      try {
        const row = await changed(known, change, sent_at, 'INTENDED', details);
        return row === null ? { kind: 'known', row: known } : { kind: 'mine', row };
      } catch (error) {
        return busyOr(storeErrorOf(error), target, known.id);
      }
    },

    change: changed,

    touch: async ({ id, fence }, change) =>
      (await alone((tx) =>
        tx
          .updateTable('operations')
          .set(change)
          .where('id', '=', id)
          .where('fence', '=', fence)
          .returningAll()
          .executeTakeFirst(),
      )) ?? null,

    hold: async ({ id, fence, state }, holder, now, until) =>
      (await alone((tx) =>
        tx
          .updateTable('operations')
          .set({ holder, held_until: until, fence: fence + 1 })
          .where('id', '=', id)
          .where('fence', '=', fence)
          .where('state', '=', state)
          .where((eb) => hasCome(eb, 'held_until', now))
          .returningAll()
          .executeTakeFirst(),
      )) ?? null,

    note: (entry) => inTurn((turn) => append(turn, { ...entry, operationId: null }, null)),

    async probe() {
      await alone((tx) =>
        tx
          .updateTable('audit_head')
          .set((eb) => ({ seq: eb.ref('seq') }))
          .where('id', '=', 1)
          .execute(),
      );
    },

    close: () => db.destroy(),
  };
}
