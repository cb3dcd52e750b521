/**
 * Statements that every change of a contract runs, with texts that are made once (`texts.ts`): making them anew took more
 * memory than all else about a change, and collecting that showed in one change of fifty. A test holds their parameters
 * against the builder's.
 */
import type { Selectable, Updateable } from 'kysely';
import type { Statement } from './texts.js';
import { firstRow, type Work } from './transactions.js';
import type { AuditRow, OperationRow } from './tables.js';

type Row = Selectable<OperationRow>;

export interface Turn {
  readonly seq: number;
  readonly hash: string;
}

/** Takes the next number of the trail: who has it is alone until the transaction ends. */
export function* takeTurn(): Work<Turn> {
  const turn = yield* firstRow<Turn>({
    name: 'turn',
    build: (db) =>
      db
        .updateTable('audit_head')
        .set((eb) => ({ seq: eb('seq', '+', 1) }))
        .where('id', '=', 1)
        .returning(['seq', 'hash']),
    parameters: [1, 1],
  });
  if (turn === undefined) throw new Error('the audit trail has no head');
  return turn;
}

/** In one order, once: all rows have the same columns. */
let columns: readonly (keyof Row)[] | null = null;

/** Whether the row is in: a key or an open target that is there already keeps it out. */
export function* insertOperation(row: Row): Work<boolean> {
  const names = (columns ??= Object.keys(row) as (keyof Row)[]);
  const inserted = yield* firstRow<Pick<Row, 'id'>>({
    name: 'insert',
    build: (db) =>
      db
        .insertInto('operations')
        .values(Object.fromEntries(names.map((name) => [name, row[name]])) as unknown as Row)
        .onConflict((conflict) => conflict.doNothing())
        .returning('id'),
    parameters: names.map((name) => row[name]),
  });
  return inserted !== undefined;
}

/** The row as it is then; `undefined`: there is none with this fence. */
export function* updateOperation(
  { id, fence }: { readonly id: string; readonly fence: number },
  change: Partial<Row>,
): Work<Row | undefined> {
  return yield* firstRow<Row>({
    name: `update ${Object.keys(change).join()}`,
    build: (db) =>
      db
        .updateTable('operations')
        .set(change as Updateable<OperationRow>)
        .where('id', '=', id)
        .where('fence', '=', fence)
        .returningAll(),
    parameters: [...Object.values(change), id, fence],
  });
}

export function* insertEntry(entry: AuditRow): Work<void> {
  const { seq, at, operation_id, organization, client, event, details, previous, hash } = entry;
  const values = { seq, at, operation_id, organization, client, event, details, previous, hash };
  yield* firstRow({
    name: 'entry',
    build: (db) => db.insertInto('audit').values(values),
    parameters: Object.values(values),
  });
}

export function* setHead(hash: string): Work<void> {
  yield* firstRow({
    name: 'head',
    build: (db) => db.updateTable('audit_head').set({ hash }).where('id', '=', 1),
    parameters: [hash, 1],
  });
}

/** A use of a key: every change begins by looking for one. */
export function byKeyStatement(organization: string, client: string, key: string): Statement {
  return {
    name: 'by key',
    build: (db) =>
      db
        .selectFrom('operations')
        .selectAll()
        .where('organization', '=', organization)
        .where('client', '=', client)
        .where('idempotency_key', '=', key),
    parameters: [organization, client, key],
  };
}
