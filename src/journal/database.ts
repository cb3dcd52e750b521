/**
 * Opens the journal's database: a SQLite file, or PostgreSQL.
 *
 * Guarantees: what a transaction wrote is on disk when it resolves (SQLite with WAL and `synchronous = FULL`; PostgreSQL
 * as its server is set), unless it was made by `background.ts`. Something that is there and is no journal is refused and
 * left as it is, and a journal that an opener has opened once is never made anew: one that was lost must not look like one
 * that never was.
 */
import { Migrator, type Kysely } from 'kysely';
import { MIGRATIONS } from './migrations.js';
import { postgresOpener } from './postgres.js';
import { sqliteOpener } from './sqlite.js';
import { storeErrorOf } from './store-error.js';
import type { Tables } from './tables.js';

/** Where the journal is kept, as the configuration says. */
export type StoreLocation =
  { readonly kind: 'sqlite'; readonly file: string } | { readonly kind: 'postgres'; readonly url: string };

export type Database = Kysely<Tables>;

/** Brings the tables up to date. */
export type Migrate = (db: Database) => Promise<void>;

const migrate: Migrate = async (db) => {
  const { error } = await new Migrator({
    db,
    provider: MIGRATIONS,
    // Not kysely's own names: another program may keep its tables in the same database.
    migrationTableName: 'journal_migrations',
    migrationLockTableName: 'journal_migrations_lock',
  }).migrateToLatest();
  if (error !== undefined) throw storeErrorOf(error);
};

/** For a process that opens it again after trouble: only the first time may make a new one. Rejects with `StoreError`. */
export function databaseOpener(location: StoreLocation): () => Promise<Database> {
  const open =
    location.kind === 'sqlite' ? sqliteOpener(location.file, migrate) : postgresOpener(location.url, migrate);
  return async () => {
    try {
      return await open();
    } catch (error) {
      throw storeErrorOf(error);
    }
  };
}

/** Opens it once, or makes it, and brings it up to date. Rejects with `StoreError`. */
export async function openDatabase(location: StoreLocation): Promise<Database> {
  return databaseOpener(location)();
}
