/** How SQLite finds what history asks for: an answer must not read all that is kept. */
import {
  SqliteAdapter,
  SqliteDialect,
  SqliteQueryCompiler,
  Kysely as Builder,
  type CompiledQuery,
} from 'kysely';
import Libsql from 'libsql';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { instantOfMillis } from '../../../src/domain/calendar.js';
import type { OrganizationSlug } from '../../../src/domain/organization.js';
import { createHistory } from '../../../src/history/read.js';
import { createHistoryStore } from '../../../src/history/store.js';
import type { Database } from '../../../src/journal/database.js';
import type { Tables } from '../../../src/journal/tables.js';
import { createRig, organization, type Rig } from '../support/rig.js';

let rig: Rig;
let connection: InstanceType<typeof Libsql>;
beforeEach(async () => {
  rig = await createRig();
  const db = await rig.database();
  if (rig.location.kind !== 'sqlite') throw new Error('this suite is for files');
  // A list with a past, and many beside it.
  const list = {
    source: 'CLOUDMC',
    kind: 'RESOURCE_COMMITMENT',
    first_at: 1,
    is_complete: 1,
    complete_at: 1,
    digest: 'd',
  };
  for (let id = 1; id <= 60; id += 1) {
    await db
      .insertInto('observed_lists')
      .values({ ...list, id, organization: `c${id}`, from_at: 100, to_at: 100, rows: 3, horizon_at: null })
      .execute();
    await db
      .insertInto('observed_looks')
      .values({ list: id, from_at: 1, to_at: 50, until_at: 100, is_complete: 1, complete_at: 1 })
      .execute();
    for (const [seen_at, until_at, previous_at] of [
      [1, 100, null],
      [100, null, 50],
    ] as const) {
      await db
        .insertInto('observed_records')
        .values({
          list: id,
          external_id: 'r',
          seen_at,
          until_at,
          previous_at,
          hash: 'h',
          body: '{"v":1,"record":{}}',
        })
        .execute();
    }
  }
  connection = new Libsql(rig.location.file);
});
afterEach(async () => {
  connection.close();
  await rig.close();
});

/** How each statement that it sends is worked on. */
async function plansOf(ask: (db: Database) => Promise<unknown>): Promise<string[]> {
  const asked: CompiledQuery[] = [];
  const dialect = new SqliteDialect({ database: connection });
  class Driver {
    readonly inner = dialect.createDriver();
    init = () => this.inner.init();
    acquireConnection = () => this.inner.acquireConnection();
    // As `sqlite-connection.ts` does: SQLite knows no levels of isolation.
    beginTransaction = (own: Parameters<typeof this.inner.beginTransaction>[0]) =>
      this.inner.beginTransaction(own, {});
    commitTransaction = (own: Parameters<typeof this.inner.commitTransaction>[0]) =>
      this.inner.commitTransaction(own);
    rollbackTransaction = (own: Parameters<typeof this.inner.rollbackTransaction>[0]) =>
      this.inner.rollbackTransaction(own);
    releaseConnection = (own: Parameters<typeof this.inner.releaseConnection>[0]) =>
      this.inner.releaseConnection(own);
    destroy = () => this.inner.destroy();
  }
  const recording = new Builder<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new Driver(),
      createIntrospector: (db) => dialect.createIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
    log: ({ query }) => {
      if (/^(select|update|delete)/.test(query.sql)) asked.push(query);
    },
  });
  await ask(recording);
  return asked.map(({ sql, parameters }) =>
    (connection.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters) as { readonly detail: string }[])
      .map(({ detail }) => detail)
      .join('\n'),
  );
}

const C1 = organization('c1');
const since = instantOfMillis(50);
const RESOURCES = 'RESOURCE_COMMITMENT';
const LIST =
  /observed_lists USING INDEX observed_lists_of_organization \(organization=\? AND source=\? AND kind=\?\)/;
const OUTAGES = /observed_outages_1 \(organization=\? AND source=\? AND kind=\? AND from_at<\?\)/;
const look = {
  organization: 'c1' as OrganizationSlug,
  source: 'CLOUDMC',
  kind: RESOURCES,
  isComplete: true,
  records: [{ externalId: 'r', hash: 'other', body: '{}' }],
} as const;

it.each<[string, (db: Database) => Promise<unknown>, RegExp[]]>([
  [
    'how things were',
    (db) => createHistory(db).asOf(C1, RESOURCES, since),
    [
      LIST,
      /observed_looks USING INDEX sqlite_autoindex_observed_looks_1 \(list=\? AND until_at>\?\)/,
      OUTAGES,
      /USING INDEX observed_records_now \(list=\?\)/,
      /USING INDEX observed_records_then \(list=\? AND until_at>\?\)/,
    ],
  ],
  [
    'how one record was',
    (db) => createHistory(db).byId(C1, RESOURCES, 'r', since),
    [
      LIST,
      /observed_looks/,
      OUTAGES,
      /sqlite_autoindex_observed_records_1 \(list=\? AND external_id=\? AND seen_at<\?\)/,
    ],
  ],
  [
    'what changed for a customer',
    (db) => createHistory(db).changes({ organizations: ['c1' as OrganizationSlug], since, first: 5 }),
    [
      /observed_lists_of_organization \(organization=\?\)/,
      /observed_records_changed \(list=\? AND seen_at>\? AND seen_at<\?\)/,
      /sqlite_autoindex_observed_records_1/,
    ],
  ],
  [
    'a list that shows the same',
    (db) => createHistoryStore(db).write([{ ...look, digest: 'd', at: 100_000 }]),
    [
      LIST,
      /observed_lists USING INTEGER PRIMARY KEY|observed_lists USING INDEX sqlite_autoindex_observed_lists_1/,
    ],
  ],
  [
    'a list that shows something else',
    (db) => createHistoryStore(db).write([{ ...look, digest: 'other', at: 100_000 }]),
    [
      LIST,
      LIST,
      /USING INDEX observed_records_now \(list=\?\)/,
      /observed_records_now \(list=\? AND external_id=\?\)|observed_records_1 \(list=\? AND external_id=\?\)/,
      /observed_lists/,
    ],
  ],
  [
    'what is to be forgotten of a list',
    (db) => createHistoryStore(db).forget(1, 100, 10),
    [
      /observed_lists/,
      /observed_records_then \(list=\? AND until_at>\?\)|observed_records_then \(list=\?/,
      /observed_looks_1 \(list=\?/,
      /observed_records_then \(list=\? AND until_at<\?\)/,
      /observed_looks_1 \(list=\? AND until_at<\?\)/,
      /observed_lists/,
    ],
  ],
])('%s is found by an index', async (_, ask, expected) => {
  const plans = await plansOf(ask);
  expect(plans).toHaveLength(expected.length);
  for (const [index, plan] of plans.entries()) {
    expect(plan).toMatch(expected[index]!);
    expect(plan).not.toMatch(/^SCAN|TEMP B-TREE/m);
  }
});

it('what changed for anybody is read from the newest on, and not sorted', async () => {
  const plans = await plansOf((db) => createHistory(db).changes({ organizations: null, since, first: 5 }));
  expect(plans[1]).toMatch(/observed_records_changed_anywhere \(seen_at>\? AND seen_at<\?\)/);
  expect(plans[1]).not.toContain('TEMP B-TREE');
});

it('lists with something to forget are found without reading what is kept', async () => {
  const [plan] = await plansOf((db) => createHistoryStore(db).outdated(100, 0, 10));
  expect(plan).toMatch(/observed_records_then \(list=\? AND until_at<\?\)/);
  expect(plan).toMatch(/observed_looks_1 \(list=\? AND until_at<\?\)/);
  expect(plan).not.toMatch(/SCAN observed_(records|looks)|TEMP B-TREE/);
});
