/**
 * The journal in a SQLite file.
 *
 * Guarantees: a new file appears whole, under its name, or not at all, and never in the place of one that was there. A
 * file that was removed or replaced while it is open is noticed before the next statement: nothing is written where
 * nobody will look. One that turns out to be damaged is written to no more until somebody has changed it and it is found
 * whole. A file that is no journal is left as it is. What it cannot see: damage to a part of a big file that nothing
 * has read yet; `verifyAudit` reads all of it.
 */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  CompiledQuery,
  Kysely,
  SqliteDialect,
  SqliteDriver,
  sql,
  type DatabaseConnection,
  type QueryResult,
  type SqliteDatabase,
  type SqliteStatement,
  type TransactionSettings,
} from 'kysely';
import Libsql from 'libsql';
import Background from 'libsql/promise';
import type { LaxConnection } from './background.js';
import { createCheckpoints, type Checkpoints } from './checkpoints.js';
import type { Database, Migrate } from './database.js';
import { StoreError, storeErrorOf } from './store-error.js';
import type { Tables } from './tables.js';
import type { DirectConnection } from './transactions.js';

/** The driver waits for other processes in the thread that serves reads too: `store.ts` waits instead. */
const BUSY_MS = 10;
/** A file up to this size is read whole when it is opened first: a tenth of a second or so. */
const CHECKED_WHOLE_BYTES = 64 * 1024 * 1024;

interface Found {
  readonly size: number;
  /** The same for the same file, whatever is in it. */
  readonly file: string;
  /** The same while nobody changes it. */
  readonly version: string;
}

function find(path: string): Found | null {
  const facts = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (facts === undefined) return null;
  const file = `${facts.dev}:${facts.ino}`;
  return { size: Number(facts.size), file, version: `${file}:${facts.size}:${facts.mtimeNs}` };
}

type Connection = InstanceType<typeof Libsql>;

/** `rw`: never makes a file. `ro`: changes nothing in one either, not even by closing it. */
function connect(path: string, mode: 'ro' | 'rw' | 'rwc'): Connection {
  return new Libsql(addressOf(path, mode), { timeout: BUSY_MS });
}

function addressOf(path: string, mode: 'ro' | 'rw' | 'rwc'): string {
  return `${pathToFileURL(resolve(path)).href}?mode=${mode}`;
}

/** A commit is on disk when it is made. */
const DURABLE = 'PRAGMA synchronous = FULL';
/** A commit is on disk with the next durable one, or when the log is copied into the file. */
const LAX = 'PRAGMA synchronous = NORMAL';

function makeDurable(connection: Connection): void {
  connection.exec('PRAGMA journal_mode = WAL');
  connection.exec(DURABLE);
  // 64 MiB of log: usually it is copied into the file long before, in another thread (`checkpoints.ts`).
  connection.exec('PRAGMA wal_autocheckpoint = 16000');
}

interface Guard {
  /** Throws if the file is not to be used any more. */
  check(): void;
  /** Called with every error. */
  failed(error: StoreError): void;
}

const UNGUARDED: Guard = { check: () => undefined, failed: () => undefined };

/** The journal has some thirty; lists with their filters make more. */
const MOST_PREPARED = 100;

/** The statement that all transactions that write begin with. */
const BEGIN = 'begin immediate';
/** The same of one that is not waited for (`background.ts`). Never reaches the database. */
const BEGIN_LAX = 'begin immediate, lax';
const COMMIT = 'commit';
const ROLLBACK = 'rollback';

interface Statement extends SqliteStatement {
  /**
   * The first row; `undefined`: there is none. Gives the database no object to be let go of, as `all` of the driver
   * (libsql 0.5) does each time: those outlive the collection that should take them, and make it long.
   */
  first(parameters: readonly unknown[]): unknown;
}

interface Statements extends SqliteDatabase {
  prepare(text: string): Statement;
}

/** What is not asked of the database as a statement. */
function done(run: () => void): Statement {
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
function guarded(open: () => Connection, guard: Guard, onCommit: () => void): Statements {
  let connection = open();
  let isStuck = false;
  let isLax = false;
  let prepared = new Map<string, Statement>();
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
    prepare(text) {
      if (text === ROLLBACK) {
        // A full disk has taken the transaction back already; the error of saying so again would hide the first.
        if (!connection.inTransaction) return done(() => undefined);
      } else if (text === COMMIT || (!connection.inTransaction && text !== BEGIN)) {
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
      if (text === BEGIN || text === BEGIN_LAX) {
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
      const run = (parameters: readonly unknown[]) => watched(() => statement.run(parameters));
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
      const ready: Statement = {
        reader: statement.reader,
        all: (parameters) => watched(() => statement.all(parameters)),
        first: (parameters) => watched(() => first(parameters)),
        run:
          text === COMMIT
            ? (parameters) => {
                const changed = run(parameters);
                onCommit();
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

  transact<Value>(work: (run: (text: string, parameters: readonly unknown[]) => unknown) => Value): Value {
    const run = (text: string, parameters: readonly unknown[]): unknown => {
      const statement = this.database.prepare(text);
      if (statement.reader) return statement.first(parameters);
      statement.run(parameters);
      return undefined;
    };
    run(BEGIN, NOTHING);
    try {
      const value = work(run);
      run(COMMIT, NOTHING);
      return value;
    } catch (error) {
      run(ROLLBACK, NOTHING);
      throw error;
    }
  }

  first(text: string, parameters: readonly unknown[]): unknown {
    return this.database.prepare(text).first(parameters);
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
function kyselyOf(open: () => Connection, guard: Guard, copy: () => Promise<void>): Database {
  const checkpoints = createCheckpoints(copy);
  const database = guarded(open, guard, () => {
    checkpoints.committed();
  });
  return new Kysely<Tables>({ dialect: new Dialect(database, checkpoints) });
}

/** By another connection, in a thread of the driver's. It waits for nobody, and nobody for it. */
function copierOf(path: string, guard: Guard): () => Promise<void> {
  return async () => {
    guard.check();
    const connection = new Background(addressOf(path, 'rw'), {});
    try {
      await connection.exec('PRAGMA synchronous = FULL');
      await connection.exec('PRAGMA wal_checkpoint(PASSIVE)');
    } catch (error) {
      const ours = storeErrorOf(error);
      guard.failed(ours);
      throw ours;
    } finally {
      connection.close();
    }
  };
}

function sync(path: string): void {
  const opened = openSync(path, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

async function create(path: string, migrate: Migrate): Promise<void> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = `${path}.new-${randomBytes(6).toString('hex')}`;
  // The driver lets go of a file some time after it is closed, and SQLite shares what it knows of a file between all
  // connections of a process: the journal must not be the file that was worked on, or its locks would be on a `-shm` of
  // another name, where no other process sees them.
  const copy = `${unfinished}-copy`;
  try {
    const connection = connect(unfinished, 'rwc');
    makeDurable(connection);
    const db = kyselyOf(
      () => connection,
      UNGUARDED,
      () => Promise.resolve(),
    );
    try {
      await migrate(db);
      await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(db);
    } finally {
      await db.destroy();
    }
    copyFileSync(unfinished, copy, constants.COPYFILE_EXCL);
    chmodSync(copy, 0o600);
    sync(copy);
    try {
      // Somebody else may have been quicker; theirs is as good and may hold something already.
      linkSync(copy, path);
    } catch (error) {
      if ((error as { readonly code?: unknown }).code !== 'EEXIST') throw error;
    }
  } finally {
    for (const rest of ['', '-wal', '-shm', '-copy']) rmSync(unfinished + rest, { force: true });
  }
  sync(dirname(path));
}

export function sqliteOpener(path: string, migrate: Migrate): () => Promise<Database> {
  let wasThere = false;
  /** The file that was read whole. */
  let checked: string | null = null;
  /** What was found damaged, and how it looked then. */
  let damaged: { readonly version: string | null; readonly error: StoreError } | null = null;

  const gone = () => new StoreError('missing', `${path} was removed. No other is made in its place.`);
  const corrupt = (what: string) => new StoreError('corrupt', `${path} ${what}. It was left as it is.`);

  const checkWhole = (connection: Connection): void => {
    const [first] = connection.prepare('PRAGMA quick_check(1)').all() as { readonly quick_check: string }[];
    if (first?.quick_check !== 'ok') throw corrupt(`is damaged: ${first?.quick_check ?? 'no answer'}`);
  };

  const guardOf = (file: string): Guard => {
    let broken: StoreError | null = null;
    return {
      check() {
        if (broken !== null) throw broken;
        const now = find(path);
        if (now === null) broken = gone();
        else if (now.file !== file)
          broken = new StoreError('missing', `${path} was replaced by another file.`);
        if (broken !== null) throw broken;
      },
      failed(error) {
        if (error.trouble !== 'corrupt') return;
        broken ??= error;
        damaged ??= { version: find(path)?.version ?? null, error };
      },
    };
  };

  return async () => {
    if (find(path) === null) {
      if (wasThere) throw gone();
      if (existsSync(`${path}-wal`)) {
        throw new StoreError(
          'missing',
          `${path} is not there, and ${path}-wal is: it was removed while it was used. Put it back, or remove that too, and a new one is made.`,
        );
      }
      await create(path, migrate);
    }
    const found = find(path);
    if (found === null) throw gone();
    if (found.size === 0) {
      throw new StoreError(
        'corrupt',
        `${path} is empty: it is no journal. If it never held one, remove it, and a new one is made.`,
      );
    }
    if (found.version === damaged?.version) throw damaged.error;

    /** Before anybody may write to it: whoever closes a damaged file for writing mixes its log into it. */
    const examine = (): void => {
      const reader = connect(path, 'ro');
      try {
        const tables = reader.prepare(`select name from sqlite_master where name = 'audit_head'`).all();
        if (tables.length === 0) throw corrupt('is a database, and no journal');
        if (damaged !== null || (checked !== found.file && found.size <= CHECKED_WHOLE_BYTES)) {
          checkWhole(reader);
        }
      } finally {
        reader.close();
      }
    };
    let connection: Connection | null = null;
    try {
      examine();
      connection = connect(path, 'rw');
      const guard = guardOf(found.file);
      const open = () => {
        const next = connection ?? connect(path, 'rw');
        connection = null;
        makeDurable(next);
        return next;
      };
      const db = kyselyOf(open, guard, copierOf(path, guard));
      await migrate(db).catch(async (error: unknown) => {
        await db.destroy();
        throw error;
      });
      wasThere = true;
      checked = found.file;
      damaged = null;
      return db;
    } catch (error) {
      connection?.close();
      const ours = storeErrorOf(error);
      if (ours.trouble === 'corrupt') damaged = { version: found.version, error: ours };
      throw ours;
    }
  };
}
