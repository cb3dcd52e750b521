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
      const query = compiled(statement);
      const { parameters } = statement;
      const ended = await directly((connection) => connection.first(query.sql, parameters));
      return ended === null ? (await db.executeQuery({ ...query, parameters })).rows[0] : ended.value;
    },
  };
}
