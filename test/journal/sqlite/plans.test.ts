/** How SQLite finds what the journal asks for: what is asked often must not read what has long been settled. */
import type { CompiledQuery, Kysely } from 'kysely';
import { Kysely as Builder, SqliteAdapter, SqliteDialect, SqliteQueryCompiler } from 'kysely';
import Libsql from 'libsql';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createQueries, type Queries } from '../../../src/journal/queries.js';
import type { Tables } from '../../../src/journal/tables.js';
import { createRig, request, type Rig } from '../support/rig.js';

let rig: Rig;
let connection: InstanceType<typeof Libsql>;
beforeEach(async () => {
  rig = await createRig();
  await (await rig.process()).perform(request('key-00000001'));
  if (rig.location.kind !== 'sqlite') throw new Error('this suite is for files');
  connection = new Libsql(rig.location.file);
});
afterEach(async () => {
  connection.close();
  await rig.close();
});

/** What is sent to the database when it is asked this. */
async function statements(ask: (queries: Queries) => Promise<unknown>): Promise<CompiledQuery[]> {
  const asked: CompiledQuery[] = [];
  const dialect = new SqliteDialect({ database: connection });
  const recording: Kysely<Tables> = new Builder<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => dialect.createDriver(),
      createIntrospector: (db) => dialect.createIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
    log: ({ query }) => {
      asked.push(query);
    },
  });
  await ask(createQueries(recording));
  return asked;
}

const FILTER = { states: ['FAILED'], kinds: ['CONTRACT_CANCEL'] } as const;

it.each<[string, (queries: Queries) => Promise<unknown>, RegExp[]]>([
  [
    'what a key was used for',
    (q) => q.byKey('acme', 'shop', 'k'),
    [/USING INDEX operations_key \(client=\? AND idempotency_key=\? AND organization=\?\)/],
  ],
  ['all that a key was used for', (q) => q.ofKey('shop', 'k'), [/USING INDEX operations_key/]],
  ['one by its id', (q) => q.byId('x'), [/USING INDEX sqlite_autoindex_operations_1/]],
  [
    'what is open on a target',
    (q) => q.openOn('t', 'x'),
    [/USING INDEX operations_open_target \(target=\?\)/],
  ],
  ['what was left by its sender', (q) => q.abandoned(1, 20), [/USING INDEX operations_unsettled/]],
  ['what is due', (q) => q.due(1, 20), [/USING INDEX operations_unsettled/]],
  ['when the next is due', (q) => q.nextDue(), [/USING INDEX operations_unsettled/]],
  [
    'a page and how many there are',
    (q) => q.list('acme', FILTER, 10, { requestedAt: 1, id: 'x' }),
    [/USING INDEX operations_of_organization/, /USING COVERING INDEX operations_of_organization/],
  ],
])('%s is found by an index', async (_, ask, expected) => {
  const asked = await statements(ask);
  expect(asked).toHaveLength(expected.length);
  for (const [index, { sql, parameters }] of asked.entries()) {
    const plan = (
      connection.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters) as { readonly detail: string }[]
    ).map(({ detail }) => detail);
    expect(plan.join('\n')).toMatch(expected[index]!);
    expect(plan.join('\n')).not.toMatch(/^SCAN operations$/m);
  }
});

it('a page is not sorted', async () => {
  const [page] = await statements((q) => q.list('acme', {}, 10, null));
  const plan = JSON.stringify(connection.prepare(`EXPLAIN QUERY PLAN ${page!.sql}`).all(...page!.parameters));
  expect(plan).not.toContain('TEMP B-TREE');
});
