/**
 * Runs the journal's own transactions, each of a few statements of which every one may depend on what those before it
 * gave.
 *
 * Guarantees: all of a transaction or nothing of it, whatever throws. Where the database answers within the call (SQLite),
 * a transaction is one piece of work: nothing else of this process runs between its first statement and its last, and
 * nothing is made that only waiting needs: a quarter of the processor time of a change.
 */
import type { DatabaseConnection } from 'kysely';
import type { Database } from './database.js';
import { createTexts, type Statement } from './texts.js';

/** Yields statements that give one row at most, and gets that row of each, or `undefined`. */
export type Work<Value> = Generator<Statement, Value, unknown>;

/** A connection that answers within the call. */
export interface DirectConnection extends DatabaseConnection {
  /** One transaction, alone from its beginning; whatever `work` throws takes it back. */
  transact<Value>(work: (run: (text: string, parameters: readonly unknown[]) => unknown) => Value): Value;
  /** The first row of a statement that writes nothing. */
  first(text: string, parameters: readonly unknown[]): unknown;
}

export interface Transactions {
  /** Alone with the statements of one transaction. */
  execute<Value>(work: () => Work<Value>): Promise<Value>;
  /** The first row of one statement that writes nothing; `undefined`: there is none. */
  read(statement: Statement): Promise<unknown>;
}

function isDirect(connection: DatabaseConnection): connection is DirectConnection {
  return 'transact' in connection;
}

export function createTransactions(db: Database): Transactions {
  const queryOf = createTexts(db);

  const inOneGo = <Value>(connection: DirectConnection, work: () => Work<Value>): Value =>
    connection.transact((run) => {
      const steps = work();
      let step = steps.next();
      while (step.done !== true) {
        const { sql, parameters } = queryOf(step.value);
        step = steps.next(run(sql, parameters));
      }
      return step.value;
    });

  const stepByStep = <Value>(work: () => Work<Value>): Promise<Value> =>
    db.transaction().execute(async (tx) => {
      const steps = work();
      let step = steps.next();
      while (step.done !== true) {
        const { rows } = await tx.executeQuery(queryOf(step.value));
        step = steps.next(rows[0]);
      }
      return step.value;
    });

  /** All connections of a database are alike. */
  let isStepByStep = false;
  /** `null`: the database does not answer within a call. */
  const directly = async <Value>(
    ask: (connection: DirectConnection) => Value,
  ): Promise<{ readonly value: Value } | null> => {
    if (isStepByStep) return null;
    return db.getExecutor().provideConnection<{ readonly value: Value } | null>((connection) => {
      if (isDirect(connection)) return Promise.resolve({ value: ask(connection) });
      isStepByStep = true;
      return Promise.resolve(null);
    });
  };

  return {
    async execute<Value>(work: () => Work<Value>): Promise<Value> {
      const ended = await directly((connection) => inOneGo(connection, work));
      return ended === null ? stepByStep(work) : ended.value;
    },
    async read(statement) {
      const query = queryOf(statement);
      const ended = await directly((connection) => connection.first(query.sql, query.parameters));
      return ended === null ? (await db.executeQuery(query)).rows[0] : ended.value;
    },
  };
}
