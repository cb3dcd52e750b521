/** Statements whose texts are made once: their parameters are those that the builder finds, in its order, for both databases. */
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type Dialect,
} from 'kysely';
import { expect, it } from 'vitest';
import { addUsage } from '../../src/accounting/usage-store.js';
import * as history from '../../src/history/statements.js';
import { newRow } from '../../src/journal/rows.js';
import * as journal from '../../src/journal/statements.js';
import type { Tables } from '../../src/journal/tables.js';
import { createTexts, type Statement } from '../../src/journal/texts.js';
import type { Work } from '../../src/journal/transactions.js';
import { ACME } from './support/rig.js';

const SQLITE: Dialect = {
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
};
const POSTGRES: Dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
};

const LIST = { organization: 'acme', source: 'CLOUDMC', kind: 'RESOURCE_COMMITMENT' };
const RECORD = {
  list: 1,
  external_id: 'x',
  seen_at: 2,
  previous_at: 3,
  until_at: null,
  hash: 'h',
  body: 'b',
};
const ROW = newRow({
  id: 'i',
  request: {
    organization: ACME,
    change: { kind: 'CONTRACT_CANCEL', contractId: 'c', effective: null },
    idempotencyKey: 'k',
    dryRun: false,
    expectedVersion: null,
    reason: 'r',
  },
  client: 'c',
  fingerprint: 'f',
  plan: {
    target: 't',
    externalId: null,
    request: { method: 'POST', path: '/', body: null },
    implications: [],
    unchecked: [],
    version: null,
    before: null,
  },
  requestId: 'q',
  holder: 'h',
  now: 1,
  heldUntil: 2,
});

function first(work: Work<unknown>): Statement {
  return work.next().value as Statement;
}

const STATEMENTS: readonly Statement[] = [
  first(journal.takeTurn()),
  first(journal.insertOperation(ROW)),
  first(journal.updateOperation({ id: 'i', fence: 7 }, { state: 'FAILED', settled_at: null, looks: 3 })),
  first(
    journal.insertEntry({
      ...{ seq: 1, at: 2, operation_id: null, organization: 'o', client: 'c' },
      ...{ event: 'REFUSED', details: '{}', previous: 'p', hash: 'h' },
    }),
  ),
  first(journal.setHead('h')),
  journal.byKeyStatement('o', 'c', 'k'),
  addUsage({
    ...{ day: '2026-01-01', client: 'c', document: 'd', version: 'v', name: null, requests: 1, errors: 2 },
    ...{ costEstimated: 3, costActual: 4, totalMs: 5, slowestMs: 6, firstAt: 7, lastAt: 8 },
  }),
  history.findList(LIST),
  history.takeList(LIST),
  history.beginList({
    ...{ ...LIST, first_at: 1, from_at: 2, to_at: 3, is_complete: 1, complete_at: null },
    ...{ digest: 'd', rows: 4, horizon_at: null },
  }),
  history.openRecords(5),
  history.insertRecords([RECORD]),
  history.endRecords(5, ['x', 'y'], 6),
  history.touchList(5, { at: 6, digest: 'd' }),
  history.insertRecords([RECORD, { ...RECORD, external_id: 'y', until_at: 9, body: null }]),
  history.insertLook({ list: 1, from_at: 2, to_at: 3, until_at: 4, is_complete: 1, complete_at: null }),
  history.setList(1, {
    ...{ from_at: 2, to_at: 3, is_complete: 0, complete_at: null, digest: 'd', rows: 4 },
  }),
];

it.each([
  ['SQLite', SQLITE],
  ['PostgreSQL', POSTGRES],
])('have the parameters of their texts, in %s', (_, dialect) => {
  const db = new Kysely<Tables>({ dialect });
  const queryOf = createTexts(db);
  expect(new Set(STATEMENTS.map(({ name }) => name)).size).toBe(STATEMENTS.length);
  for (const statement of STATEMENTS) {
    const built = statement.build(db).compile();
    expect(statement.parameters, statement.name).toEqual(built.parameters);
    expect(queryOf(statement)).toMatchObject({ sql: built.sql, parameters: built.parameters });
  }
});
