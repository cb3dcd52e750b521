/**
 * Runs the journal's own transactions, each of a few statements of which every one may depend on what those before it
 * gave.
 *
 * Guarantees: all of a transaction or nothing of it, whatever throws; the text of a statement is made once. Where the
 * database answers within the call (SQLite), a transaction is one piece of work: nothing else of this process runs
 * between its first statement and its last, and nothing is made that only waiting needs: a quarter of the processor time
 * of a change.
 */
import type { Compilable, CompiledQuery, DatabaseConnection } from 'kysely';
import type { Database } from './database.js';

export interface Statement {
  /** Another text has another name. */
  readonly name: string;
  build(db: Database): Compilable<unknown>;
  /** In the order in which the builder meets them. */
  readonly parameters: readonly unknown[];
}

/** Yields statements, and gets the rows of each. */
export type Work<Value> = Generator<Statement, Value, readonly unknown[]>;

/** A connection that answers within the call. */
export interface DirectConnection extends DatabaseConnection {
  /** One transaction, alone from its beginning; whatever `work` throws takes it back. */
  transact<Value>(
    work: (run: (text: string, parameters: readonly unknown[]) => readonly unknown[]) => Value,
  ): Value;
}

export interface Transactions {
  /** Alone with the statements of one transaction. */
  execute<Value>(work: () => Work<Value>): Promise<Value>;
  /** One statement that writes nothing. */
  read(statement: Statement): Promise<readonly unknown[]>;
}

/** Changes name the same few sets of members again and again. */
const MOST_TEXTS = 100;

function isDirect(connection: DatabaseConnection): connection is DirectConnection {
  return 'transact' in connection;
}

export function createTransactions(db: Database): Transactions {
  const made = new Map<string, CompiledQuery>();
  const compiled = ({ name, build }: Statement): CompiledQuery => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const compiled = build(db).compile();
    if (made.size < MOST_TEXTS) made.set(name, compiled);
    return compiled;
  };

  const inOneGo = <Value>(connection: DirectConnection, work: () => Work<Value>): Value =>
    connection.transact((run) => {
      const steps = work();
      let step = steps.next();
      while (step.done !== true) step = steps.next(run(compiled(step.value).sql, step.value.parameters));
      return step.value;
    });

  const stepByStep = <Value>(work: () => Work<Value>): Promise<Value> =>
    db.transaction().execute(async (tx) => {
      const steps = work();
      let step = steps.next();
      while (step.done !== true) {
        const { rows } = await tx.executeQuery({
          ...compiled(step.value),
          parameters: step.value.parameters,
        });
        step = steps.next(rows);
      }
      return step.value;
    });

  /** All connections of a database are alike. */
  let isStepByStep = false;
  return {
    async execute<Value>(work: () => Work<Value>): Promise<Value> {
      if (!isStepByStep) {
        const ended = await db
          .getExecutor()
          .provideConnection<{ readonly value: Value } | null>((connection) => {
            if (isDirect(connection)) return Promise.resolve({ value: inOneGo(connection, work) });
            isStepByStep = true;
            return Promise.resolve(null);
          });
        if (ended !== null) return ended.value;
      }
      return stepByStep(work);
    },
    read: async (statement) =>
      (await db.executeQuery({ ...compiled(statement), parameters: statement.parameters })).rows,
  };
}
