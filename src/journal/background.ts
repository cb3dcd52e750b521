/**
 * Transactions of those who write in the background: what requests saw, what was counted.
 *
 * Guarantees: all of a transaction or nothing of it, and the order of all transactions, as ever. Nobody waits for the disk,
 * though: a machine that loses its power may lose the last second's, as a process that ends does of what it had not
 * written yet. So whatever anybody was told, or acts on, is not written this way.
 */
import { PostgresAdapter, sql, type DatabaseConnection, type Transaction } from 'kysely';
import type { Database } from './database.js';
import type { Tables } from './tables.js';

/** A connection that is told before a transaction begins. */
export interface LaxConnection extends DatabaseConnection {
  /** The next transaction need not be on disk when it is committed. */
  relax(): void;
}

function isLax(connection: DatabaseConnection): connection is LaxConnection {
  return 'relax' in connection;
}

/** Whoever has the connection says of its next transaction that nobody waits for it. */
export function relax(connection: DatabaseConnection): void {
  if (isLax(connection)) connection.relax();
}

export function inBackground<Value>(
  db: Database,
  work: (tx: Transaction<Tables>) => Promise<Value>,
): Promise<Value> {
  if (db.getExecutor().adapter instanceof PostgresAdapter) {
    return db.transaction().execute(async (tx) => {
      await sql`set local synchronous_commit = off`.execute(tx);
      return work(tx);
    });
  }
  return db.connection().execute(async (one) => {
    await one.getExecutor().provideConnection((connection) => {
      relax(connection);
      return Promise.resolve();
    });
    return one.transaction().execute(work);
  });
}
