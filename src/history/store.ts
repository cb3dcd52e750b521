/**
 * Writes down what was seen.
 *
 * A list is kept as runs of looks that all showed the same, and each of its records as what it was from one look to
 * another. Guarantees: a record gets a row only where it is another than before, or is there again; it is gone only where
 * a complete look lacks it. Looks of one list are taken in the order in which they were made, whoever writes them: one
 * that is older than the last that was kept is not taken any more. Writers of one list wait for each other. A list that
 * shows the same costs one row, once a minute; what is not written then is as if nobody had looked.
 * Rejects with `StoreError` only.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { inBackground } from '../journal/background.js';
import type { Database } from '../journal/database.js';
import { StoreError, storeErrorOf } from '../journal/store-error.js';
import type { ObservedList, ObservedRecord } from '../journal/tables.js';
import { createTexts, type Statement } from '../journal/texts.js';
import { SOURCE_OF_KIND } from '../domain/history.js';
import type { Look, Outage } from './look.js';
import {
  beginList,
  findList,
  insertLook,
  insertRecords,
  openRecords,
  setList,
  takeList,
} from './statements.js';

export type Written =
  /** It shows what was known. */
  | 'unchanged'
  | 'changed'
  /** A newer look was kept before it came. */
  | 'late';

export interface HistoryStore {
  write(look: Look): Promise<Written>;
  /** That a list could not be read. Written again as it goes on, and when it is over. */
  writeOutage(outage: Outage): Promise<void>;
  /** Forgets outages that were over by that moment, and of each list all but the last of them. How many rows. */
  forgetOutages(cutoff: number, most: number): Promise<number>;
  /** Ids of lists that have something to forget from before that moment, in their order, from after this one. */
  outdated(cutoff: number, after: number, most: number): Promise<readonly number[]>;
  /**
   * Forgets what ended at that moment or before it: about so much at once, the oldest first. What was there at the
   * moment, and since, stays known. How many rows.
   */
  forget(list: number, cutoff: number, most: number): Promise<number>;
  /** Organizations with more rows than that. */
  overfull(mostRows: number): Promise<readonly { readonly organization: string; readonly rows: number }[]>;
  /** Forgets about so many of the organization's oldest rows. 0: all that is left is how things are now. */
  forgetOldest(organization: string, most: number): Promise<number>;
}

type List = Omit<ObservedList, 'organization' | 'source' | 'kind'>;

/** An unchanged list is touched after so long. */
export const TOUCH_MS = 60_000;
/** Rows in one statement. */
const AT_ONCE = 50;
const MOST_TRIES = 100;
/** Tables whose rows end at some moment. */
const ENDING = ['observed_records', 'observed_looks'] as const;

async function named<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    throw storeErrorOf(error);
  }
}

/** The last look that saw all, up to and with the run that is going on. */
function lastComplete(list: List): number | null {
  return list.is_complete === 1 && list.to_at >= 0 ? list.to_at : list.complete_at;
}

/** What can be said without reading the records; `null`: they have to be compared. */
function verdictOf(list: List, { at, digest }: Look): 'unchanged' | 'late' | null {
  if (list.digest === digest && at >= list.from_at) return 'unchanged';
  return at <= list.to_at ? 'late' : null;
}

function chunks<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / AT_ONCE) }, (_, chunk) =>
    items.slice(chunk * AT_ONCE, (chunk + 1) * AT_ONCE),
  );
}

export function createHistoryStore(db: Database): HistoryStore {
  const queryOf = createTexts(db);
  const ask = async <Row>(executor: Database, statement: Statement): Promise<readonly Row[]> =>
    (await executor.executeQuery(queryOf(statement))).rows as Row[];

  /** The list's row, made if it is not there. Who has it is alone with the list until the transaction ends. */
  const take = async (tx: Database, look: Look, isKnown: boolean): Promise<List> => {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const [found] = isKnown || tries > 0 ? await ask<List>(tx, takeList(look)) : [];
      if (found !== undefined) return found;
      const [begun] = await ask<List>(tx, beginList(look));
      if (begun !== undefined) return begun;
      // Another has made it, or is making it or one with the same number.
    }
    throw new StoreError('locked', 'a list could not be begun: others are beginning many');
  };

  const touch = async (list: List, { at, digest }: Look): Promise<void> => {
    if (at - list.to_at < TOUCH_MS) return;
    await inBackground(db, (tx) =>
      tx
        .updateTable('observed_lists')
        .set({ to_at: at })
        .where('id', '=', list.id)
        .where('digest', '=', digest)
        .where('to_at', '<', at)
        .execute(),
    );
  };

  /** Ends what the records were, in the rows that say so. */
  const end = async (tx: Database, list: number, ids: readonly string[], at: number): Promise<void> => {
    for (const some of chunks(ids)) {
      await tx
        .updateTable('observed_records')
        .set({ until_at: at })
        .where('list', '=', list)
        .where('until_at', 'is', null)
        .where('external_id', 'in', some)
        .execute();
      await breathe();
    }
  };

  const compareAndWrite = async (tx: Database, list: List, look: Look): Promise<void> => {
    const { at } = look;
    const isFirst = list.to_at < 0;
    const open = isFirst
      ? []
      : await ask<Pick<ObservedRecord, 'external_id' | 'hash' | 'seen_at'>>(tx, openRecords(list.id));
    const known = new Map(open.map((row) => [row.external_id, row]));
    const isThere = new Set(look.records.map(({ externalId }) => externalId));
    const different = look.records.filter(({ externalId, hash }) => known.get(externalId)?.hash !== hash);
    const gone = look.isComplete ? open.filter(({ external_id: id }) => !isThere.has(id)) : [];
    const complete = lastComplete(list);
    /** A record may have been missing from a look that did not see all. */
    const before = (externalId: string): number | null => {
      const row = known.get(externalId);
      return row === undefined ? complete : Math.max(row.seen_at, complete ?? 0);
    };
    const rows = [
      ...different.map(({ externalId, hash, body }) => ({
        list: list.id,
        external_id: externalId,
        seen_at: at,
        previous_at: before(externalId),
        until_at: null,
        hash,
        body,
      })),
      ...gone.map(({ external_id: id }) => ({
        list: list.id,
        external_id: id,
        seen_at: at,
        previous_at: before(id),
        until_at: at,
        hash: '',
        body: null,
      })),
    ];
    const ended = rows.map(({ external_id: id }) => id).filter((id) => known.has(id));
    await end(tx, list.id, ended, at);
    for (const some of chunks(rows)) {
      await ask(tx, insertRecords(some));
      await breathe();
    }
    if (!isFirst) {
      const { from_at, to_at, is_complete, complete_at } = list;
      await ask(tx, insertLook({ list: list.id, from_at, to_at, until_at: at, is_complete, complete_at }));
    }
    await ask(
      tx,
      setList(list.id, {
        first_at: isFirst ? at : list.first_at,
        from_at: at,
        to_at: at,
        is_complete: look.isComplete ? 1 : 0,
        complete_at: complete,
        digest: look.digest,
        rows: list.rows + rows.length + (isFirst ? 0 : 1),
      }),
    );
  };

  const write = async (look: Look): Promise<Written> => {
    const [found] = await ask<List>(db, findList(look));
    const early = found === undefined ? null : verdictOf(found, look);
    if (found !== undefined && early === 'unchanged') await touch(found, look);
    if (early !== null) return early;
    return inBackground(db, async (tx) => {
      const list = await take(tx, look, found !== undefined);
      const verdict = verdictOf(list, look);
      if (verdict === null) await compareAndWrite(tx, list, look);
      return verdict ?? 'changed';
    });
  };

  const forget = (id: number, cutoff: number, most: number): Promise<number> =>
    inBackground(db, async (tx) => {
      const list = await tx
        .updateTable('observed_lists')
        .set((eb) => ({ rows: eb.ref('rows') }))
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst();
      if (list === undefined) return 0;
      const ended = await oldest(tx, [id], most);
      const horizon = ended.filter((at) => at <= cutoff).at(-1);
      if (horizon === undefined) return 0;
      let count = 0;
      for (const table of ENDING) {
        const { numDeletedRows } = await tx
          .deleteFrom(table)
          .where('list', '=', id)
          .where('until_at', '<=', horizon)
          .executeTakeFirst();
        count += Number(numDeletedRows);
      }
      await tx
        .updateTable('observed_lists')
        .set({ rows: list.rows - count, horizon_at: Math.max(list.horizon_at ?? horizon, horizon) })
        .where('id', '=', id)
        .execute();
      return count;
    });

  /** When the rows of those lists ended that ended first. */
  const oldest = async (tx: Database, lists: readonly number[], most: number): Promise<number[]> => {
    const ends: number[] = [];
    for (const list of lists) {
      for (const table of ENDING) {
        const rows = await tx
          .selectFrom(table)
          .select('until_at')
          .where('list', '=', list)
          .where('until_at', 'is not', null)
          .orderBy('until_at')
          .limit(most)
          .execute();
        for (const { until_at: at } of rows) if (at !== null) ends.push(at);
      }
    }
    return ends.sort((a, b) => a - b).slice(0, most);
  };

  const forgetOldest = async (organization: string, most: number): Promise<number> => {
    const lists = await db
      .selectFrom('observed_lists')
      .select('id')
      .where('organization', '=', organization)
      .execute();
    const ids = lists.map(({ id }) => id);
    const cutoff = (await oldest(db, ids, most)).at(-1);
    if (cutoff === undefined) return 0;
    let count = 0;
    for (const id of ids) count += await forget(id, cutoff, most);
    return count;
  };

  const writeOutage = async ({ organization, kind, code, from, to, until }: Outage): Promise<void> => {
    const source = SOURCE_OF_KIND[kind];
    await inBackground(db, (tx) =>
      tx
        .insertInto('observed_outages')
        .values({ organization, source, kind, from_at: from, to_at: to, until_at: until, code })
        .onConflict((conflict) =>
          conflict
            .columns(['organization', 'source', 'kind', 'from_at'])
            .doUpdateSet({ to_at: to, until_at: until }),
        )
        .execute(),
    );
  };

  /** All but the last so many of a list. */
  const forgetOutagesOf = async (
    tx: Database,
    { organization, source, kind }: Pick<ObservedList, 'organization' | 'source' | 'kind'>,
    most: number,
  ): Promise<number> => {
    const newest = await tx
      .selectFrom('observed_outages')
      .select('from_at')
      .where('organization', '=', organization)
      .where('source', '=', source)
      .where('kind', '=', kind)
      .orderBy('from_at', 'desc')
      .limit(most + 1)
      .execute();
    const oldest = newest.at(most);
    if (oldest === undefined) return 0;
    const { numDeletedRows } = await tx
      .deleteFrom('observed_outages')
      .where('organization', '=', organization)
      .where('source', '=', source)
      .where('kind', '=', kind)
      .where('from_at', '<=', oldest.from_at)
      .executeTakeFirst();
    return Number(numDeletedRows);
  };

  const forgetOutages = async (cutoff: number, most: number): Promise<number> => {
    const old = await inBackground(db, (tx) =>
      tx.deleteFrom('observed_outages').where('to_at', '<=', cutoff).executeTakeFirst(),
    );
    let count = Number(old.numDeletedRows);
    const many = await db
      .selectFrom('observed_outages')
      .select(['organization', 'source', 'kind'])
      .groupBy(['organization', 'source', 'kind'])
      .having((eb) => eb(eb.fn.countAll(), '>', most))
      .execute();
    for (const list of many) {
      count += await inBackground(db, (tx) => forgetOutagesOf(tx, list, most));
      await breathe();
    }
    return count;
  };

  return {
    write: (look) => named(write(look)),
    writeOutage: (outage) => named(writeOutage(outage)),
    forgetOutages: (cutoff, most) => named(forgetOutages(cutoff, most)),
    forget: (list, cutoff, most) => named(forget(list, cutoff, most)),
    forgetOldest: (organization, most) => named(forgetOldest(organization, most)),
    async outdated(cutoff, after, most) {
      const rows = await named(
        db
          .selectFrom('observed_lists')
          .select('id')
          .where('id', '>', after)
          .where('first_at', '<', cutoff)
          .where((eb) =>
            eb.or(
              ENDING.map((table) =>
                eb.exists(
                  eb
                    .selectFrom(table)
                    .select(`${table}.list`)
                    .whereRef(`${table}.list`, '=', 'observed_lists.id')
                    .where(`${table}.until_at`, '<=', cutoff),
                ),
              ),
            ),
          )
          .orderBy('id')
          .limit(most)
          .execute(),
      );
      return rows.map(({ id }) => id);
    },
    async overfull(mostRows) {
      const rows = await named(
        db
          .selectFrom('observed_lists')
          .select((eb) => ['organization' as const, eb.fn.sum<number | string>('rows').as('rows')])
          .groupBy('organization')
          .having((eb) => eb(eb.fn.sum('rows'), '>', mostRows))
          .execute(),
      );
      return rows.map(({ organization, rows: count }) => ({ organization, rows: Number(count) }));
    },
  };
}
