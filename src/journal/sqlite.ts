/**
 * The journal in a SQLite file.
 *
 * Guarantees: a new file appears whole, under its name, or not at all, and never in the place of one that was there. A
 * file that was removed or replaced while it is open is noticed before anything is read of it, and before anything that
 * was written is committed: nothing is kept where nobody will look. One that turns out to be damaged is written to no
 * more until somebody has changed it and it is found whole. A file that is no journal is left as it is. What it cannot
 * see: damage to a part of a big file that nothing has read yet; `verifyAudit` reads all of it.
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
import { sql } from 'kysely';
import Libsql from 'libsql';
import Background from 'libsql/promise';
import type { Database, Migrate } from './database.js';
import { kyselyOf, makeDurable, UNGUARDED, type Connection, type Guard } from './sqlite-connection.js';
import { StoreError, storeErrorOf } from './store-error.js';

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

/** `rw`: never makes a file. `ro`: changes nothing in one either, not even by closing it. */
function connect(path: string, mode: 'ro' | 'rw' | 'rwc'): Connection {
  return new Libsql(addressOf(path, mode), { timeout: BUSY_MS });
}

function addressOf(path: string, mode: 'ro' | 'rw' | 'rwc'): string {
  return `${pathToFileURL(resolve(path)).href}?mode=${mode}`;
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
