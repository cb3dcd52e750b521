/**
 * Statements that every change of a contract runs: their text is made once and used again with other values. Making it
 * anew took more memory than all else about a change, and collecting that showed in one change of fifty.
 *
 * Guarantees: the text is what the query builder makes of the same members, for the database at hand. Refuses nothing:
 * what a caller gives is as typed as in the builder.
 */
import type { Compilable, CompiledQuery, Selectable, Transaction, Updateable } from 'kysely';
import type { AuditRow, OperationRow, Tables } from './tables.js';

type Row = Selectable<OperationRow>;
type Tx = Transaction<Tables>;

export interface Turn {
  readonly seq: number;
  readonly hash: string;
}

export interface Statements {
  /** Takes the next number of the trail: who has it is alone until the transaction ends. */
  takeTurn(tx: Tx): Promise<Turn>;
  /** Whether the row is in: a key or an open target that is there already keeps it out. */
  insertOperation(tx: Tx, row: Row): Promise<boolean>;
  /** The row as it is then; `undefined`: there is none with this fence. */
  updateOperation(
    tx: Tx,
    hold: { readonly id: string; readonly fence: number },
    change: Partial<Row>,
  ): Promise<Row | undefined>;
  insertEntry(tx: Tx, entry: AuditRow): Promise<void>;
  setHead(tx: Tx, hash: string): Promise<void>;
}

/** Changes name the same few sets of members again and again. */
const MOST_TEXTS = 100;

/** For one database: another dialect writes another text. */
export function createStatements(): Statements {
  const made = new Map<string, CompiledQuery>();

  /** `parameters`: in the order in which the builder meets them. */
  const run = async <Result>(
    tx: Tx,
    name: string,
    build: () => Compilable<Result>,
    parameters: readonly unknown[],
  ): Promise<readonly Result[]> => {
    let compiled = made.get(name);
    if (compiled === undefined) {
      compiled = build().compile();
      if (made.size < MOST_TEXTS) made.set(name, compiled);
    }
    const { rows } = await tx.executeQuery({ ...compiled, parameters } as CompiledQuery<Result>);
    return rows;
  };

  return {
    async takeTurn(tx) {
      const [turn] = await run(
        tx,
        'turn',
        () =>
          tx
            .updateTable('audit_head')
            .set((eb) => ({ seq: eb('seq', '+', 1) }))
            .where('id', '=', 1)
            .returning(['seq', 'hash']),
        [1, 1],
      );
      if (turn === undefined) throw new Error('the audit trail has no head');
      return turn;
    },

    async insertOperation(tx, row) {
      const inserted = await run(
        tx,
        `insert ${Object.keys(row).join()}`,
        () =>
          tx
            .insertInto('operations')
            .values(row)
            .onConflict((conflict) => conflict.doNothing())
            .returning('id'),
        Object.values(row),
      );
      return inserted.length > 0;
    },

    async updateOperation(tx, { id, fence }, change) {
      const [row] = await run<Row>(
        tx,
        `update ${Object.keys(change).join()}`,
        () =>
          tx
            .updateTable('operations')
            .set(change as Updateable<OperationRow>)
            .where('id', '=', id)
            .where('fence', '=', fence)
            .returningAll(),
        [...Object.values(change), id, fence],
      );
      return row;
    },

    async insertEntry(tx, entry) {
      await run(
        tx,
        `entry ${Object.keys(entry).join()}`,
        () => tx.insertInto('audit').values(entry),
        Object.values(entry),
      );
    },

    async setHead(tx, hash) {
      await run(tx, 'head', () => tx.updateTable('audit_head').set({ hash }).where('id', '=', 1), [hash, 1]);
    },
  };
}
