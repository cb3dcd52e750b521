/**
 * The journal in PostgreSQL.
 *
 * Guarantees: no statement and no connection is waited for longer than a few seconds, and a process that stands still in
 * the middle of a transaction does not keep the others from writing. Tables that were there and are gone are not made
 * again.
 */
import { setTimeout as rest } from 'node:timers/promises';
import { Kysely, PostgresDialect, sql } from 'kysely';
import type { Database, Migrate } from './database.js';
import { StoreError } from './store-error.js';
import type { Tables } from './tables.js';

const CONNECT_MS = 2_000;
const STATEMENT_MS = 2_000;
/** Beyond the server's own limit: it may have gone silent. */
const SILENCE_MS = 4_000;
const IDLE_IN_TRANSACTION_MS = 5_000;
const CLOSE_MS = 2_000;
const CONNECTIONS = 5;
const BIGINT = 20;

/** The driver is loaded here: a journal in a file needs none of it. */
async function connect(url: string): Promise<Database> {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'commitment-graph',
    max: CONNECTIONS,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: SILENCE_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    // Whole numbers beyond 32 bits come as text otherwise; times in milliseconds fit a number.
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === BIGINT
          ? Number
          : (pg.types.getTypeParser(oid, format as 'text') as unknown)) as typeof pg.types.getTypeParser,
    },
  });
  // A connection that breaks while nobody asks it anything must not end the process: whoever asks it next is told.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
  });
  return new Kysely<Tables>({
    dialect: new PostgresDialect({
      pool: {
        connect: () => pool.connect(),
        // A server that has gone silent does not say goodbye.
        end: () => Promise.race([pool.end(), rest(CLOSE_MS, undefined, { ref: false })]),
      },
    }),
  });
}

export function postgresOpener(url: string, migrate: Migrate): () => Promise<Database> {
  let wasThere = false;
  return async () => {
    const db = await connect(url);
    try {
      if (wasThere) {
        const found = await sql<{ readonly name: string | null }>`
          select to_regclass('audit_head')::text as name
        `.execute(db);
        if (found.rows[0]?.name == null) {
          throw new StoreError('missing', "the journal's tables are gone; none are made in their place");
        }
      }
      await migrate(db);
      wasThere = true;
      return db;
    } catch (error) {
      await db.destroy();
      throw error;
    }
  };
}
