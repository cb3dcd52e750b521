/**
 * Statements that each look at a list runs: their texts are made once (`journal/texts.ts`). A test holds their
 * parameters against the builder's.
 */
import type { Statement } from '../journal/texts.js';
import type { ObservedList, ObservedLook, ObservedRecord } from '../journal/tables.js';

type Named = Pick<ObservedList, 'organization' | 'source' | 'kind'>;

export function findList({ organization, source, kind }: Named): Statement {
  return {
    name: 'find list',
    build: (db) =>
      db
        .selectFrom('observed_lists')
        .selectAll()
        .where('organization', '=', organization)
        .where('source', '=', source)
        .where('kind', '=', kind),
    parameters: [organization, source, kind],
  };
}

/** Who has run it is alone with the list until the transaction ends. */
export function takeList({ organization, source, kind }: Named): Statement {
  return {
    name: 'take list',
    build: (db) =>
      db
        .updateTable('observed_lists')
        .set((eb) => ({ rows: eb.ref('rows') }))
        .where('organization', '=', organization)
        .where('source', '=', source)
        .where('kind', '=', kind)
        .returningAll(),
    parameters: [organization, source, kind],
  };
}

/** One that nobody has seen; gives it. Does nothing where somebody has, or takes its number. */
export function beginList({ organization, source, kind }: Named): Statement {
  const row = {
    organization,
    source,
    kind,
    first_at: -1,
    from_at: -1,
    to_at: -1,
    is_complete: 0,
    complete_at: null,
    digest: '',
    rows: 0,
    horizon_at: null,
  };
  return {
    name: 'begin list',
    build: (db) =>
      db
        .insertInto('observed_lists')
        .values((eb) => ({
          id: eb
            .selectFrom('observed_lists as other')
            .select((inner) =>
              inner(inner.fn.coalesce(inner.fn.max('other.id'), inner.lit(0)), '+', inner.lit(1)).as('id'),
            ),
          ...row,
        }))
        .onConflict((conflict) => conflict.doNothing())
        .returningAll(),
    parameters: Object.values(row),
  };
}

/** What its records are now. */
export function openRecords(list: number): Statement {
  return {
    name: 'open records',
    build: (db) =>
      db
        .selectFrom('observed_records')
        .select(['external_id', 'hash', 'seen_at'])
        .where('list', '=', list)
        .where('until_at', 'is', null),
    parameters: [list],
  };
}

/** Rows with the same members in the same order. */
export function insertRecords(rows: readonly ObservedRecord[]): Statement {
  return {
    name: `${rows.length} records`,
    build: (db) => db.insertInto('observed_records').values(rows),
    parameters: rows.flatMap((row) => Object.values(row)),
  };
}

export function insertLook(row: ObservedLook): Statement {
  return {
    name: 'look',
    build: (db) => db.insertInto('observed_looks').values(row),
    parameters: Object.values(row),
  };
}

/** How the list is from now on. */
export function setList(
  id: number,
  row: Pick<
    ObservedList,
    'first_at' | 'from_at' | 'to_at' | 'is_complete' | 'complete_at' | 'digest' | 'rows'
  >,
): Statement {
  return {
    name: 'set list',
    build: (db) => db.updateTable('observed_lists').set(row).where('id', '=', id),
    parameters: [...Object.values(row), id],
  };
}
