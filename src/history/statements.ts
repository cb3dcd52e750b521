/**
 * Statements that each look at a list runs: their texts are made once (`journal/texts.ts`). A test holds their
 * parameters against the builder's.
 */
import type { Statement } from '../journal/texts.js';
import type { ObservedList, ObservedLook, ObservedRecord } from '../journal/tables.js';

type Named = Pick<ObservedList, 'organization' | 'source' | 'kind'>;

const HOW_IT_IS = ['id', 'from_at', 'to_at', 'is_complete', 'complete_at', 'digest', 'rows'] as const;
/** A list as it was seen last. */
export type ListAsItIs = Pick<ObservedList, (typeof HOW_IT_IS)[number]>;

export function findList({ organization, source, kind }: Named): Statement {
  return {
    name: 'find list',
    build: (db) =>
      db
        .selectFrom('observed_lists')
        .select(HOW_IT_IS)
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
        .returning(HOW_IT_IS),
    parameters: [organization, source, kind],
  };
}

/** One that nobody has seen; gives its number. Does nothing where somebody has, or takes the number. */
export function beginList(row: Omit<ObservedList, 'id'>): Statement {
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
        .returning('id'),
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
    wantsAll: true,
  };
}

/** Ends what records were, in the rows that say so. */
export function endRecords(list: number, ids: readonly string[], at: number): Statement {
  return {
    name: `end ${ids.length} records`,
    build: (db) =>
      db
        .updateTable('observed_records')
        .set({ until_at: at })
        .where('list', '=', list)
        .where('until_at', 'is', null)
        .where('external_id', 'in', ids),
    parameters: [at, list, ...ids],
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
export function setList(id: number, row: Omit<ListAsItIs, 'id'>): Statement {
  return {
    name: 'set list',
    build: (db) => db.updateTable('observed_lists').set(row).where('id', '=', id),
    parameters: [...Object.values(row), id],
  };
}

/** That it still was the same then, unless it is another by now. */
export function touchList(
  id: number,
  { at, digest }: { readonly at: number; readonly digest: string },
): Statement {
  return {
    name: 'touch list',
    build: (db) =>
      db
        .updateTable('observed_lists')
        .set({ to_at: at })
        .where('id', '=', id)
        .where('digest', '=', digest)
        .where('to_at', '<', at),
    parameters: [at, id, digest, at],
  };
}
