/**
 * Runs transactions of a few statements, of which every one may depend on what those before it gave.
 *
 * Guarantees: all of a transaction or nothing of it, whatever throws. Where the database answers within the call (SQLite),
 * a transaction is one piece of work: nothing else of this process runs between its first statement and its last, and
 * nothing is made that only waiting needs: a quarter of the processor time of a change, and more than half of a look's.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import type { CompiledQuery, DatabaseConnection, Transaction } from 'kysely';
import { inBackground, relax } from './background.js';
import type { Database } from './database.js';
import type { Tables } from './tables.js';
import { createTexts, type Statement } from './texts.js';

/**
 * Yields statements, and gets the first row of each, or `undefined`; all of them, where the statement wants them.
 */
export type Work<Value> = Generator<Statement, Value, unknown>;

/** The first row of the statement. */
export function* firstRow<Row>(statement: Statement): Work<Row | undefined> {
  return (yield statement) as Row | undefined;
}

/** Runs a statement and gives its first row, or all. */
export type Run = (text: string, parameters: readonly unknown[], wantsAll: boolean) => unknown;

/** A connection that answers within the call. */
export interface DirectConnection extends DatabaseConnection {
  /** One transaction, alone from its beginning; whatever `work` throws takes it back. */
  transact<Value>(work: (run: Run) => Value): Value;
  /** The first row of each statement; they write nothing. */
  first(queries: readonly CompiledQuery[]): readonly unknown[];
}

export interface Transactions {
  /** Alone with the statements of one transaction. */
  execute<Value>(work: () => Work<Value>): Promise<Value>;
  /**
   * Those that nobody waits for (`background.ts`): each a transaction, or all together one where the database answers
   * within the call. If it rejects, some of them may have been made.
   */
  executeInPassing<Value>(works: readonly (() => Work<Value>)[]): Promise<readonly Value[]>;
  /** A long one that nobody waits for: the process does other things between its statements. */
  executeAtLeisure<Value>(work: () => Work<Value>): Promise<Value>;
  /** The first row of one statement that writes nothing; `undefined`: there is none. */
  read(statement: Statement): Promise<unknown>;
  /** The same of several, in no transaction. */
  readEach(statements: readonly Statement[]): Promise<readonly unknown[]>;
}

function isDirect(connection: DatabaseConnection): connection is DirectConnection {
  return 'transact' in connection;
}

export function createTransactions(db: Database): Transactions {
  const queryOf = createTexts(db);

  const finish = <Value>(run: Run, work: () => Work<Value>): Value => {
    const steps = work();
    let step = steps.next();
    while (step.done !== true) {
      const { sql, parameters } = queryOf(step.value);
      step = steps.next(run(sql, parameters, step.value.wantsAll === true));
    }
    return step.value;
  };

  const stepByStep = async <Value>(
    tx: Transaction<Tables>,
    work: () => Work<Value>,
    between?: () => Promise<void>,
  ): Promise<Value> => {
    const steps = work();
    let step = steps.next();
    while (step.done !== true) {
      const { rows } = await tx.executeQuery(queryOf(step.value));
      await between?.();
      step = steps.next(step.value.wantsAll === true ? rows : rows[0]);
    }
    return step.value;
  };

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

  const readEach = async (statements: readonly Statement[]): Promise<readonly unknown[]> => {
    const queries = statements.map(queryOf);
    const ended = await directly((connection) => connection.first(queries));
    if (ended !== null) return ended.value;
    const found: unknown[] = [];
    for (const query of queries) found.push((await db.executeQuery(query)).rows[0]);
    return found;
  };

  return {
    async execute<Value>(work: () => Work<Value>): Promise<Value> {
      const ended = await directly((connection) => connection.transact((run) => finish(run, work)));
      return ended === null ? db.transaction().execute((tx) => stepByStep(tx, work)) : ended.value;
    },
    async executeInPassing<Value>(works: readonly (() => Work<Value>)[]): Promise<readonly Value[]> {
      if (works.length === 0) return [];
      const ended = await directly((connection) => {
        relax(connection);
        return connection.transact((run) => works.map((work) => finish(run, work)));
      });
      if (ended !== null) return ended.value;
      const values: Value[] = [];
      for (const work of works) values.push(await inBackground(db, (tx) => stepByStep(tx, work)));
      return values;
    },
    executeAtLeisure: (work) => inBackground(db, (tx) => stepByStep(tx, work, breathe)),
    async read(statement) {
      const [row] = await readEach([statement]);
      return row;
    },
    readEach,
  };
}
