/**
 * Writes down what was seen.
 *
 * A list is kept as runs of looks that all showed the same, and each of its records as what it was from one look to
 * another (`write-look.ts`). Guarantees: a list that shows the same costs one row, once a minute; what is not written then
 * is as if nobody had looked. What was there at a moment that is kept stays known, whatever is forgotten.
 * Rejects with `StoreError` only.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { inBackground } from '../journal/background.js';
import type { Database } from '../journal/database.js';
import { storeErrorOf } from '../journal/store-error.js';
import type { ObservedList } from '../journal/tables.js';
import { createTransactions, type Work } from '../journal/transactions.js';
import { SOURCE_OF_KIND } from '../domain/history.js';
import { listNameOf, type Look, type Outage } from './look.js';
import { findList, type ListAsItIs } from './statements.js';
import { verdictOf, writeLook, writeTouch, type Written } from './write-look.js';

export interface HistoryStore {
  /**
   * In the order in which they are given; where the database answers within the call, all at once. If it rejects, some
   * may have been written: the same looks again do no harm.
   */
  write(looks: readonly Look[]): Promise<readonly Written[]>;
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

/** An unchanged list is touched after so long. */
export const TOUCH_MS = 60_000;
/** Records: what takes longer to write than others should wait is written in steps. */
const LONG = 200;
/** Tables whose rows end at some moment. */
const ENDING = ['observed_records', 'observed_looks'] as const;

async function named<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    throw storeErrorOf(error);
  }
}

interface LookWork {
  /** Others run between its statements. */
  readonly isLong: boolean;
  readonly work: () => Work<Written>;
}

function workOf(look: Look, list: ListAsItIs | undefined, isKnown: boolean): LookWork {
  return {
    isLong: (look.records?.length ?? 0) > LONG || (list?.rows ?? 0) > LONG,
    work: () => writeLook(look, isKnown),
  };
}

export function createHistoryStore(db: Database): HistoryStore {
  const transactions = createTransactions(db);

  const writeAll = async (works: readonly LookWork[]): Promise<Written[]> => {
    const written: Written[] = [];
    for (let from = 0; from < works.length;) {
      const long = works.findIndex(({ isLong }, at) => at >= from && isLong);
      const short = works.slice(from, long < 0 ? undefined : long);
      written.push(...(await transactions.executeInPassing(short.map(({ work }) => work))));
      from += short.length;
      const next = works[from];
      if (next === undefined) break;
      written.push(await transactions.executeAtLeisure(next.work));
      from += 1;
    }
    return written;
  };

  const write = async (looks: readonly Look[]): Promise<readonly Written[]> => {
    const lists = (await transactions.readEach(looks.map(findList))) as readonly (ListAsItIs | undefined)[];
    const seen = new Set<string>();
    const ends = looks.map((look, at): Written | LookWork => {
      const list = lists[at];
      const name = listNameOf(look);
      const isAgain = seen.has(name);
      seen.add(name);
      if (isAgain) return workOf(look, list, true);
      const verdict = list === undefined ? null : verdictOf(list, look);
      if (list === undefined || verdict === null) {
        return look.records === null ? 'untold' : workOf(look, list, list !== undefined);
      }
      if (verdict === 'unchanged' && look.at - list.to_at >= TOUCH_MS) {
        return { isLong: false, work: () => writeTouch(list, look) };
      }
      return verdict;
    });
    const written = await writeAll(ends.filter((end) => typeof end === 'object'));
    let at = 0;
    return ends.map((end) => (typeof end === 'object' ? (written[at++] as Written) : end));
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
    write: (looks) => named(write(looks)),
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
