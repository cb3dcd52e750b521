/**
 * A connection to a SQLite file, as kysely wants it.
 *
 * Guarantees: before a statement runs that is not in a transaction, and before a transaction is committed, whoever guards
 * the file is asked whether it is to be used. A commit is on disk when it is made, unless it was said to be none that
 * anybody waits for (`background.ts`). Every error is a `StoreError`. Refuses nothing by itself.
 */
import {
  CompiledQuery,
  Kysely,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type QueryResult,
  type SqliteDatabase,
  type SqliteStatement,
  type TransactionSettings,
} from 'kysely';
import type Libsql from 'libsql';
import type { LaxConnection } from './background.js';
import { createCheckpoints, type Checkpoints } from './checkpoints.js';
import type { Database } from './database.js';
import { storeErrorOf, type StoreError } from './store-error.js';
import type { Tables } from './tables.js';
import type { DirectConnection, Run } from './transactions.js';

export type Connection = InstanceType<typeof Libsql>;

/** A commit is on disk when it is made. */
const DURABLE = 'PRAGMA synchronous = FULL';
/** A commit is on disk with the next durable one, or when the log is copied into the file. */
const LAX = 'PRAGMA synchronous = NORMAL';

export function makeDurable(connection: Connection): void {
  connection.exec('PRAGMA journal_mode = WAL');
  connection.exec(DURABLE);
  // 64 MiB of log: usually it is copied into the file long before, in another thread (`checkpoints.ts`).
  connection.exec('PRAGMA wal_autocheckpoint = 16000');
}

export interface Guard {
  /** Throws if the file is not to be used any more. */
  check(): void;
  /** Called with every error. */
  failed(error: StoreError): void;
}

export const UNGUARDED: Guard = { check: () => undefined, failed: () => undefined };

/** The journal has some thirty; lists with their filters make more. */
const MOST_PREPARED = 100;

/** The statement that all transactions that write begin with. */
const BEGIN = 'begin immediate';
/** The same of one that is not waited for (`background.ts`). Never reaches the database. */
const BEGIN_LAX = 'begin immediate, lax';
const COMMIT = 'commit';
const ROLLBACK = 'rollback';

interface Prepared extends SqliteStatement {
  /**
   * The first row; `undefined`: there is none. Gives the database no object to be let go of, as `all` of the driver
   * (libsql 0.5) does each time: those outlive the collection that should take them, and make it long.
   */
  first(parameters: readonly unknown[]): unknown;
}

interface Statements extends SqliteDatabase {
  prepare(text: string): Prepared;
  /** Whether the file is to be used is asked once for all that is prepared within, which writes nothing. */
  reading<Value>(work: () => Value): Value;
}

/** What is not asked of the database as a statement. */
function done(run: () => void): Prepared {
  return {
    reader: false,
    all: () => [],
    first: () => {
      run();
      return undefined;
    },
    run: () => {
      run();
      return { changes: 0, lastInsertRowid: 0 };
    },
    iterate: () => [][Symbol.iterator](),
  };
}

interface ValuesStatement {
  readonly statement: ReturnType<Connection['prepare']>;
  readonly names: readonly string[];
}

/** Gives each row as its values: the driver writes a member of its own into rows that it gives one by one. */
function valuesOf(statement: ReturnType<Connection['prepare']>): ValuesStatement {
  return { statement: statement.raw(true), names: statement.columns().map(({ name }) => name) };
}

function named(names: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  names.forEach((name, at) => {
    row[name] = values[at];
  });
  return row;
}

/**
 * The connection as kysely wants it, with an eye on the file.
 *
 * The driver (libsql 0.5) leaves a prepared statement that met a lock as it stands: the connection then sees nothing of
 * what others write, and cannot commit. So whoever writes takes the lock first, by a statement that is not prepared, and
 * a connection that met one elsewhere is replaced.
 */
function guarded(open: () => Connection, guard: Guard, onCommit: (values: number) => void): Statements {
  let connection = open();
  let isStuck = false;
  let isLax = false;
  let isReading = false;
  /** Since the last commit. */
  let values = 0;
  let prepared = new Map<string, Prepared>();
  const watched = <Value>(work: () => Value, isPrepared = true): Value => {
    try {
      return work();
    } catch (error) {
      const ours = storeErrorOf(error);
      if (isPrepared && ours.trouble === 'locked') isStuck = true;
      guard.failed(ours);
      throw ours;
    }
  };
  return {
    close: () => {
      connection.close();
    },
    reading(work) {
      watched(guard.check);
      isReading = true;
      try {
        return work();
      } finally {
        isReading = false;
      }
    },
    prepare(text) {
      const isBeginning = text === BEGIN || text === BEGIN_LAX;
      if (text === ROLLBACK) {
        // A full disk has taken the transaction back already; the error of saying so again would hide the first.
        if (!connection.inTransaction) return done(() => undefined);
      } else if (text === COMMIT || (!isBeginning && !isReading && !connection.inTransaction)) {
        // Before it, whoever writes has written nothing anywhere.
        watched(guard.check);
      }
      if (isStuck && !connection.inTransaction) {
        connection.close();
        connection = watched(open, false);
        prepared = new Map();
        isStuck = false;
        isLax = false;
      }
      // Before whatever may write next, however the lax one ended.
      if (isLax && text !== BEGIN_LAX && !text.startsWith('select ') && !connection.inTransaction) {
        watched(() => {
          connection.exec(DURABLE);
        }, false);
        isLax = false;
      }
      if (isBeginning) {
        return done(() =>
          watched(() => {
            if (text === BEGIN_LAX && !isLax) {
              isLax = true;
              connection.exec(LAX);
            }
            connection.exec(BEGIN);
          }, false),
        );
      }
      const known = prepared.get(text);
      if (known !== undefined) return known;
      const statement = watched(() => connection.prepare(text));
      const run = (parameters: readonly unknown[]) => {
        values += parameters.length;
        return watched(() => statement.run(parameters));
      };
      let inValues: ValuesStatement | null = null;
      const first = (parameters: readonly unknown[]): unknown => {
        const { statement: one, names } = (inValues ??= valuesOf(connection.prepare(text)));
        try {
          const values = one.get(parameters) as readonly unknown[] | undefined;
          return values && named(names, values);
        } catch (error) {
          // It would run with these parameters again, whatever it is given.
          inValues = null;
          throw error;
        }
      };
      const ready: Prepared = {
        reader: statement.reader,
        all: (parameters) => watched(() => statement.all(parameters)),
        first: (parameters) => watched(() => first(parameters)),
        run:
          text === COMMIT
            ? (parameters) => {
                const changed = run(parameters);
                onCommit(values);
                values = 0;
                return changed;
              }
            : run,
        iterate: (parameters) => watched(() => statement.iterate(parameters) as IterableIterator<unknown>),
      };
      if (prepared.size < MOST_PREPARED) prepared.set(text, ready);
      return ready;
    },
  };
}

/** The one connection, which can run a whole transaction within a call. Who was given it is alone with it. */
class WholeConnection implements DirectConnection, LaxConnection {
  private isRelaxed = false;

  constructor(
    private readonly one: DatabaseConnection,
    private readonly database: Statements,
  ) {}

  executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return this.one.executeQuery(query);
  }

  streamQuery<Row>(query: CompiledQuery, size: number): AsyncIterableIterator<QueryResult<Row>> {
    return this.one.streamQuery(query, size);
  }

  relax(): void {
    this.isRelaxed = true;
  }

  /** What the next transaction begins with. */
  beginning(): string {
    const text = this.isRelaxed ? BEGIN_LAX : BEGIN;
    this.isRelaxed = false;
    return text;
  }

  transact<Value>(work: (run: Run) => Value): Value {
    const run = (text: string, parameters: readonly unknown[], wantsAll = false): unknown => {
      const statement = this.database.prepare(text);
      if (statement.reader) return wantsAll ? statement.all(parameters) : statement.first(parameters);
      statement.run(parameters);
      return undefined;
    };
    run(this.beginning(), NOTHING);
    try {
      const value = work(run);
      run(COMMIT, NOTHING);
      return value;
    } catch (error) {
      run(ROLLBACK, NOTHING);
      throw error;
    }
  }

  first(queries: readonly CompiledQuery[]): readonly unknown[] {
    return this.database.reading(() =>
      queries.map(({ sql, parameters }) => this.database.prepare(sql).first(parameters)),
    );
  }
}

const NOTHING: readonly unknown[] = [];

class Driver extends SqliteDriver {
  private whole: WholeConnection | null = null;

  constructor(
    private readonly database: Statements,
    private readonly checkpoints: Checkpoints,
  ) {
    super({ database });
  }

  override async acquireConnection() {
    const one = await super.acquireConnection();
    return (this.whole ??= new WholeConnection(one, this.database));
  }

  override async beginTransaction(connection: DatabaseConnection, settings?: TransactionSettings) {
    const isReading = settings?.accessMode === 'read only';
    const beginning = connection instanceof WholeConnection ? connection.beginning() : BEGIN;
    await connection.executeQuery(CompiledQuery.raw(isReading ? 'begin' : beginning));
  }

  override async destroy() {
    await this.checkpoints.close();
    await super.destroy();
  }
}

class Dialect extends SqliteDialect {
  constructor(
    private readonly database: Statements,
    private readonly checkpoints: Checkpoints,
  ) {
    super({ database });
  }

  override createDriver() {
    return new Driver(this.database, this.checkpoints);
  }
}

/** `copy`: the log into the file. */
export function kyselyOf(open: () => Connection, guard: Guard, copy: () => Promise<void>): Database {
  const checkpoints = createCheckpoints(copy);
  const database = guarded(open, guard, (values) => {
    checkpoints.committed(values);
  });
  return new Kysely<Tables>({ dialect: new Dialect(database, checkpoints) });
}
