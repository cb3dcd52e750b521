/**
 * Where usage is kept: beside the journal, in tables of its own.
 *
 * Guarantees: what a gateway writes is added to what others wrote, and added once, also where it is written again because
 * nobody knows whether the first time counted: each gateway numbers what it writes, and the number is written with it.
 * Rows are written in one order by all, so that no two gateways wait for each other. Reading waits for nobody who writes.
 * Rejects with `StoreError` only.
 */
import { inBackground } from '../journal/background.js';
import type { Database } from '../journal/database.js';
import { storeErrorOf } from '../journal/store-error.js';
import type { UsageRow } from '../journal/tables.js';
import { createTexts, type Statement } from '../journal/texts.js';
import type { Usage } from './tally.js';

/** Of a document, added up over its versions. */
export interface Use {
  readonly requests: number;
  /** Epoch milliseconds. */
  readonly lastAt: number;
}

/** What one gateway writes at once. */
export interface Batch {
  /** The life of a process. */
  readonly writer: string;
  /** From 1. */
  readonly number: number;
  /** In the order of their keys. */
  readonly rows: readonly Usage[];
}

export interface UsageStore {
  write(batch: Batch, at: number): Promise<void>;
  /** Forgets the oldest day, if it is before this one. `false`: there was none. */
  forgetOldest(before: string): Promise<boolean>;
}

/** Of all days asked for. */
export interface UsageReport {
  /** The first moment of which anything is known; `null`: nothing was ever counted. */
  readonly since: number | null;
  readonly rows: readonly Omit<Usage, 'day'>[];
}

async function named<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    throw storeErrorOf(error);
  }
}

/** Adds a row to what is there. */
export function addUsage(row: Usage): Statement {
  const values: UsageRow = {
    day: row.day,
    client: row.client,
    document: row.document,
    version: row.version,
    name: row.name,
    requests: row.requests,
    errors: row.errors,
    cost_estimated: row.costEstimated,
    cost_actual: row.costActual,
    total_ms: row.totalMs,
    slowest_ms: row.slowestMs,
    first_at: row.firstAt,
    last_at: row.lastAt,
  };
  return {
    name: 'add usage',
    build: (db) =>
      db
        .insertInto('document_usage')
        .values(values)
        .onConflict((conflict) =>
          conflict.columns(['day', 'client', 'document', 'version']).doUpdateSet((eb) => {
            const sum = (column: 'requests' | 'errors' | 'cost_estimated' | 'cost_actual' | 'total_ms') =>
              eb(`document_usage.${column}`, '+', eb.ref(`excluded.${column}`));
            const either = (column: 'slowest_ms' | 'first_at' | 'last_at', than: '<' | '>') =>
              eb
                .case()
                .when(`excluded.${column}`, than, eb.ref(`document_usage.${column}`))
                .then(eb.ref(`excluded.${column}`))
                .else(eb.ref(`document_usage.${column}`))
                .end();
            return {
              requests: sum('requests'),
              errors: sum('errors'),
              cost_estimated: sum('cost_estimated'),
              cost_actual: sum('cost_actual'),
              total_ms: sum('total_ms'),
              slowest_ms: either('slowest_ms', '>'),
              first_at: either('first_at', '<'),
              last_at: either('last_at', '>'),
            };
          }),
        ),
    parameters: Object.values(values),
  };
}

export function createUsageStore(db: Database): UsageStore {
  const queryOf = createTexts(db);
  const write = ({ writer, number, rows }: Batch, at: number) =>
    inBackground(db, async (tx) => {
      // Waits for an earlier try that may still be under way at the server, and then sees what it did.
      const moved = await tx
        .updateTable('usage_writers')
        .set({ batch: number, written_at: at })
        .where('id', '=', writer)
        .where('batch', '<', number)
        .executeTakeFirst();
      if (moved.numUpdatedRows === 0n) {
        const begun = await tx
          .insertInto('usage_writers')
          .values({ id: writer, batch: number, started_at: at, written_at: at })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (begun.numInsertedOrUpdatedRows !== 1n) return; // written before
      }
      for (const row of rows) await tx.executeQuery(queryOf(addUsage(row)));
    });

  return {
    write: (batch, at) => named(write(batch, at)),
    forgetOldest: (before) =>
      named(
        inBackground(db, async (tx) => {
          const oldest = await tx
            .selectFrom('document_usage')
            .select((eb) => eb.fn.min('day').as('day'))
            .executeTakeFirst();
          if (oldest?.day == null || oldest.day >= before) return false;
          await tx.deleteFrom('document_usage').where('day', '=', oldest.day).execute();
          await tx
            .deleteFrom('usage_writers')
            .where('written_at', '<', Date.parse(`${before}T00:00:00Z`))
            .execute();
          return true;
        }),
      ),
  };
}

/** From this day on. `client`: `null` for all. */
export function readUsage(db: Database, from: string, client: string | null): Promise<UsageReport> {
  const read = async () => {
    let query = db.selectFrom('document_usage').where('day', '>=', from);
    if (client !== null) query = query.where('client', '=', client);
    const found = await query
      .select((eb) => [
        'client' as const,
        'document' as const,
        'version' as const,
        eb.fn.max('name').as('name'),
        eb.fn.sum<number | string>('requests').as('requests'),
        eb.fn.sum<number | string>('errors').as('errors'),
        eb.fn.sum<number | string>('cost_estimated').as('cost_estimated'),
        eb.fn.sum<number | string>('cost_actual').as('cost_actual'),
        eb.fn.sum<number | string>('total_ms').as('total_ms'),
        eb.fn.max('slowest_ms').as('slowest_ms'),
        eb.fn.min('first_at').as('first_at'),
        eb.fn.max('last_at').as('last_at'),
      ])
      .groupBy(['client', 'document', 'version'])
      .orderBy('client')
      .orderBy('document')
      .orderBy('version')
      .execute();
    const counted = await db
      .selectFrom('document_usage')
      .select((eb) => eb.fn.min('first_at').as('at'))
      .executeTakeFirst();
    const started = await db
      .selectFrom('usage_writers')
      .select((eb) => eb.fn.min('started_at').as('at'))
      .executeTakeFirst();
    const moments = [counted?.at, started?.at].filter((at) => at != null);
    return {
      since: moments.length === 0 ? null : Math.min(...moments),
      rows: found.map((row) => ({
        client: row.client,
        document: row.document,
        version: row.version,
        name: row.name,
        // Sums of PostgreSQL are numerics, and come as text.
        requests: Number(row.requests),
        errors: Number(row.errors),
        costEstimated: Number(row.cost_estimated),
        costActual: Number(row.cost_actual),
        totalMs: Number(row.total_ms),
        slowestMs: row.slowest_ms,
        firstAt: row.first_at,
        lastAt: row.last_at,
      })),
    };
  };
  return named(read());
}
