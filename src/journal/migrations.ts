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

const second: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('document_usage')
      .addColumn('day', 'text', (column) => column.notNull())
      .addColumn('client', 'text', (column) => column.notNull())
      .addColumn('document', 'text', (column) => column.notNull())
      .addColumn('version', 'text', (column) => column.notNull())
      .addColumn('name', 'text')
      .addColumn('requests', 'bigint', (column) => column.notNull())
      .addColumn('errors', 'bigint', (column) => column.notNull())
      .addColumn('cost_estimated', 'bigint', (column) => column.notNull())
      .addColumn('cost_actual', 'bigint', (column) => column.notNull())
      .addColumn('total_ms', 'bigint', (column) => column.notNull())
      .addColumn('slowest_ms', 'bigint', (column) => column.notNull())
      .addColumn('first_at', 'bigint', (column) => column.notNull())
      .addColumn('last_at', 'bigint', (column) => column.notNull())
      // The day first: the oldest is found and forgotten without reading the others.
      .addPrimaryKeyConstraint('document_usage_key', ['day', 'client', 'document', 'version'])
      .execute();
    await db.schema
      .createTable('usage_writers')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('batch', 'bigint', (column) => column.notNull())
      .addColumn('started_at', 'bigint', (column) => column.notNull())
      .addColumn('written_at', 'bigint', (column) => column.notNull())
      .execute();
  },
};

const third: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('observed_lists')
      .addColumn('id', 'bigint', (column) => column.primaryKey())
      .addColumn('organization', 'text', (column) => column.notNull())
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('first_at', 'bigint', (column) => column.notNull())
      .addColumn('from_at', 'bigint', (column) => column.notNull())
      .addColumn('to_at', 'bigint', (column) => column.notNull())
      .addColumn('is_complete', 'integer', (column) => column.notNull())
      .addColumn('complete_at', 'bigint')
      .addColumn('digest', 'text', (column) => column.notNull())
      .addColumn('rows', 'bigint', (column) => column.notNull())
      .addColumn('horizon_at', 'bigint')
      .execute();
    await db.schema
      .createIndex('observed_lists_of_organization')
      .unique()
      .on('observed_lists')
      .columns(['organization', 'source', 'kind'])
      .execute();
    await db.schema
      .createTable('observed_looks')
      .addColumn('list', 'bigint', (column) => column.notNull())
      .addColumn('from_at', 'bigint', (column) => column.notNull())
      .addColumn('to_at', 'bigint', (column) => column.notNull())
      .addColumn('until_at', 'bigint', (column) => column.notNull())
      .addColumn('is_complete', 'integer', (column) => column.notNull())
      .addColumn('complete_at', 'bigint')
      .addPrimaryKeyConstraint('observed_looks_key', ['list', 'until_at'])
      .execute();
    await db.schema
      .createTable('observed_records')
      .addColumn('list', 'bigint', (column) => column.notNull())
      .addColumn('external_id', 'text', (column) => column.notNull())
      .addColumn('seen_at', 'bigint', (column) => column.notNull())
      .addColumn('previous_at', 'bigint')
      .addColumn('until_at', 'bigint')
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('body', 'text')
      .addPrimaryKeyConstraint('observed_records_key', ['list', 'external_id', 'seen_at'])
      .execute();
    // A record is one thing at a time, whoever writes.
    await db.schema
      .createIndex('observed_records_now')
      .unique()
      .on('observed_records')
      .columns(['list', 'external_id'])
      .where(sql<boolean>`until_at is null`)
      .execute();
    // What was then, and what is oldest.
    await db.schema
      .createIndex('observed_records_then')
      .on('observed_records')
      .columns(['list', 'until_at', 'seen_at'])
      .where(sql<boolean>`until_at is not null`)
      .execute();
    // What changed, of one list and of all. What was there at the first look is no change.
    await db.schema
      .createIndex('observed_records_changed')
      .on('observed_records')
      .columns(['list', 'seen_at', 'external_id'])
      .where(sql<boolean>`previous_at is not null`)
      .execute();
    await db.schema
      .createIndex('observed_records_changed_anywhere')
      .on('observed_records')
      .columns(['seen_at', 'list', 'external_id'])
      .where(sql<boolean>`previous_at is not null`)
      .execute();
    await db.schema
      .createTable('observed_outages')
      .addColumn('organization', 'text', (column) => column.notNull())
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('from_at', 'bigint', (column) => column.notNull())
      .addColumn('to_at', 'bigint', (column) => column.notNull())
      .addColumn('until_at', 'bigint')
      .addColumn('code', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('observed_outages_key', ['organization', 'source', 'kind', 'from_at'])
      .execute();
    await db.schema.createIndex('observed_outages_old').on('observed_outages').column('to_at').execute();
  },
};

const fourth: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('verifications')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('organization', 'text', (column) => column.notNull())
      .addColumn('client', 'text', (column) => column.notNull())
      .addColumn('idempotency_key', 'text', (column) => column.notNull())
      .addColumn('fingerprint', 'text', (column) => column.notNull())
      .addColumn('expected', 'text', (column) => column.notNull())
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .addColumn('operation_id', 'text')
      .addColumn('reason', 'text')
      .addColumn('request_id', 'text', (column) => column.notNull())
      .addColumn('requested_at', 'bigint', (column) => column.notNull())
      .addColumn('every_ms', 'bigint', (column) => column.notNull())
      .addColumn('gives_up_at', 'bigint', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('settled_at', 'bigint')
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addColumn('looks', 'integer', (column) => column.notNull())
      .addColumn('look_at', 'bigint')
      .addColumn('held_until', 'bigint', (column) => column.notNull())
      .addColumn('fence', 'integer', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('verifications_key')
      .unique()
      .on('verifications')
      .columns(['client', 'idempotency_key', 'organization'])
      .execute();
    await db.schema
      .createIndex('verifications_open')
      .on('verifications')
      .columns(['look_at'])
      .where(sql<boolean>`look_at is not null`)
      .execute();
    await db.schema
      .createIndex('verifications_of_organization')
      .on('verifications')
      .columns(['organization', 'requested_at', 'id'])
      .execute();
    await db.schema
      .createTable('verification_looks')
      .addColumn('verification', 'text', (column) => column.notNull())
      .addColumn('number', 'integer', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('finding', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('verification_looks_key', ['verification', 'number'])
      .execute();
  },
};

const discrepancies: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('discrepancies')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('organization', 'text', (column) => column.notNull())
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('cause', 'text', (column) => column.notNull())
      .addColumn('details', 'text', (column) => column.notNull())
      .addColumn('first_at', 'bigint', (column) => column.notNull())
      .addColumn('last_at', 'bigint', (column) => column.notNull())
      .addColumn('gone_at', 'bigint')
      .addColumn('stretches', 'integer', (column) => column.notNull())
      .addColumn('acknowledged_by', 'text')
      .addColumn('acknowledged_at', 'bigint')
      .addColumn('acknowledged_reason', 'text')
      .addColumn('acknowledged_digest', 'text')
      .execute();
    // What is there, by customer; and what is gone, the oldest first.
    await db.schema
      .createIndex('discrepancies_of_organization')
      .on('discrepancies')
      .columns(['organization', 'gone_at'])
      .execute();
    await db.schema.createIndex('discrepancies_gone').on('discrepancies').column('gone_at').execute();
    await db.schema
      .createTable('discrepancy_notes')
      .addColumn('discrepancy', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('event', 'text', (column) => column.notNull())
      .addColumn('client', 'text', (column) => column.notNull())
      .addColumn('reason', 'text')
      .execute();
    await db.schema
      .createIndex('discrepancy_notes_of')
      .on('discrepancy_notes')
      .columns(['discrepancy', 'at'])
      .execute();
  },
};

const calendars: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('calendars')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('client', 'text', (column) => column.notNull())
      .addColumn('idempotency_key', 'text')
      .addColumn('token_hash', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('organizations', 'text')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('revoked_at', 'bigint')
      .execute();
    await db.schema.createIndex('calendars_token').unique().on('calendars').column('token_hash').execute();
    // Calendars without a key are all different: nothing is equal to null.
    await db.schema
      .createIndex('calendars_key')
      .unique()
      .on('calendars')
      .columns(['client', 'idempotency_key'])
      .execute();
    await db.schema
      .createIndex('calendars_of_client')
      .on('calendars')
      .columns(['client', 'created_at'])
      .execute();
  },
};

export const MIGRATIONS: MigrationProvider = {
  getMigrations: () =>
    Promise.resolve({
      '0001-operations': first,
      '0002-usage': second,
      '0003-observations': third,
      '0004-verifications': fourth,
      '0005-discrepancies': discrepancies,
      '0006-calendars': calendars,
    }),
};
