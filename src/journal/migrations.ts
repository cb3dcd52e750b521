/**
 * How the journal's tables came to be. A migration that has been released is never edited: the next one changes what it
 * made.
 */
import { sql, type Kysely, type Migration, type MigrationProvider } from 'kysely';
import { isOpenOnTarget, isUnsettled } from './tables.js';

const first: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('operations')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('organization', 'text', (column) => column.notNull())
      .addColumn('client', 'text', (column) => column.notNull())
      .addColumn('idempotency_key', 'text', (column) => column.notNull())
      .addColumn('fingerprint', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('target', 'text', (column) => column.notNull())
      .addColumn('external_id', 'text')
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('needs_operator', 'integer', (column) => column.notNull())
      .addColumn('change', 'text', (column) => column.notNull())
      .addColumn('plan', 'text', (column) => column.notNull())
      .addColumn('reason', 'text')
      .addColumn('request_id', 'text', (column) => column.notNull())
      .addColumn('upstream_references', 'text', (column) => column.notNull())
      .addColumn('failure', 'text')
      .addColumn('after', 'text', (column) => column.notNull())
      .addColumn('outcome', 'text', (column) => column.notNull())
      .addColumn('progress', 'text', (column) => column.notNull())
      .addColumn('requested_at', 'bigint', (column) => column.notNull())
      .addColumn('sent_at', 'bigint', (column) => column.notNull())
      .addColumn('settled_at', 'bigint')
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addColumn('looks', 'integer', (column) => column.notNull())
      .addColumn('look_at', 'bigint')
      .addColumn('holder', 'text')
      .addColumn('held_until', 'bigint', (column) => column.notNull())
      .addColumn('fence', 'integer', (column) => column.notNull())
      .execute();
    // A key is a client's own, for one customer: another's is another key.
    await db.schema
      .createIndex('operations_key')
      .unique()
      .on('operations')
      .columns(['client', 'idempotency_key', 'organization'])
      .execute();
    // One write at a time to one thing, and none while nobody knows what became of the last.
    await db.schema
      .createIndex('operations_open_target')
      .unique()
      .on('operations')
      .column('target')
      .where(isOpenOnTarget)
      .execute();
    await db.schema
      .createIndex('operations_unsettled')
      .on('operations')
      .columns(['state', 'look_at'])
      .where(isUnsettled)
      .execute();
    // With what lists are narrowed by: counting a million rows must not read them.
    await db.schema
      .createIndex('operations_of_organization')
      .on('operations')
      .columns(['organization', 'requested_at', 'id', 'state', 'kind'])
      .execute();
    await db.schema
      .createTable('audit')
      .addColumn('seq', 'bigint', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('operation_id', 'text')
      .addColumn('organization', 'text', (column) => column.notNull())
      .addColumn('client', 'text', (column) => column.notNull())
      .addColumn('event', 'text', (column) => column.notNull())
      .addColumn('details', 'text', (column) => column.notNull())
      .addColumn('previous', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('audit_of_operation').on('audit').columns(['operation_id', 'seq']).execute();
    await db.schema
      .createTable('audit_head')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('seq', 'bigint', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .execute();
    await sql`insert into audit_head (id, seq, hash) values (1, 0, '')`.execute(db);
  },
};

export const MIGRATIONS: MigrationProvider = {
  getMigrations: () => Promise.resolve({ '0001-operations': first }),
};
