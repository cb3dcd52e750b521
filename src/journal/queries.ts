/** What is read in the journal: operations by their names, lists of them, and what is due. Writes nothing. */
import { sql, type ExpressionBuilder } from 'kysely';
import type { OperationFilter } from '../domain/operations.js';
import type { Database } from './database.js';
import { byKeyStatement } from './statements.js';
import type { Row } from './store.js';
import { isOpenOnTarget, isUnsettled, type RowState, type Tables } from './tables.js';
import { createTransactions } from './transactions.js';

/** A place in the order newest first. */
export interface Place {
  readonly requestedAt: number;
  readonly id: string;
}

export interface Queries {
  byKey(organization: string, client: string, key: string): Promise<Row | null>;
  /** A client's uses of a key, for any customer, newest first. */
  ofKey(client: string, key: string): Promise<readonly Row[]>;
  byId(id: string): Promise<Row | null>;
  /** What keeps the target from being changed by anything but `exceptId`. */
  openOn(target: string, exceptId: string): Promise<Row | null>;
  /** Without those that were never sent. `after`: exclusive. */
  list(
    organization: string,
    filter: OperationFilter,
    first: number,
    after: Place | null,
  ): Promise<{ readonly rows: readonly Row[]; readonly totalCount: number }>;
  /** Of all organizations, newest first; for operators. */
  listAll(states: readonly RowState[] | null, first: number): Promise<readonly Row[]>;
  /** Rows whose sender is gone. */
  abandoned(now: number, most: number): Promise<readonly Row[]>;
  /** Rows that are to be looked at. */
  due(now: number, most: number): Promise<readonly Row[]>;
  /** When the next row is due; `null`: none is. */
  nextDue(): Promise<number | null>;
}

/** A key that was used for more customers than this is found for the latest of them. */
const MOST_OF_KEY = 1_000;

/** Nobody holds a row and nobody rests for longer: what says so was written by a clock that has been set back since. */
export const FARTHEST_MS = 600_000;

type Time = 'look_at' | 'held_until';

/** That a moment in a row has come. */
export function hasCome(eb: ExpressionBuilder<Tables, 'operations'>, time: Time, now: number) {
  return eb.or([eb(time, '<=', now), eb(time, '>', now + FARTHEST_MS)]);
}

export function createQueries(db: Database, transactions = createTransactions(db)): Queries {
  const operations = () => db.selectFrom('operations').selectAll();
  const newestFirst = <Query extends ReturnType<typeof operations>>(query: Query) =>
    query.orderBy('requested_at', 'desc').orderBy('id', 'desc');

  return {
    async byKey(organization, client, key) {
      const row = await transactions.read(byKeyStatement(organization, client, key));
      return (row as Row | undefined) ?? null;
    },

    ofKey: (client, key) =>
      newestFirst(operations().where('client', '=', client).where('idempotency_key', '=', key))
        .limit(MOST_OF_KEY)
        .execute(),

    byId: async (id) => (await operations().where('id', '=', id).executeTakeFirst()) ?? null,

    openOn: async (target, exceptId) =>
      (await operations()
        .where('target', '=', target)
        .where('id', '!=', exceptId)
        .where(isOpenOnTarget)
        .executeTakeFirst()) ?? null,

    async list(organization, { kinds, states }, first, after) {
      const matching = () => {
        let query = db
          .selectFrom('operations')
          .where('organization', '=', organization)
          .where('state', '!=', 'NOT_SENT');
        if (kinds !== undefined) query = query.where('kind', 'in', [...kinds]);
        if (states !== undefined) {
          query = query.where(
            'state',
            'in',
            states.flatMap((state): RowState[] => (state === 'PENDING' ? ['PENDING', 'SENDING'] : [state])),
          );
        }
        return query;
      };
      let page = matching().selectAll();
      if (after !== null) {
        page = page.where((eb) =>
          eb.or([
            eb('requested_at', '<', after.requestedAt),
            eb.and([eb('requested_at', '=', after.requestedAt), eb('id', '<', after.id)]),
          ]),
        );
      }
      const rows = await newestFirst(page).limit(first).execute();
      const { count } = await matching()
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return { rows, totalCount: Number(count) };
    },

    listAll: (states, first) =>
      newestFirst(states === null ? operations() : operations().where('state', 'in', [...states]))
        .limit(first)
        .execute(),

    abandoned: (now, most) =>
      operations()
        .where(isUnsettled)
        .where('state', '=', 'SENDING')
        .where((eb) => hasCome(eb, 'held_until', now))
        .limit(most)
        .execute(),

    due: (now, most) =>
      operations()
        .where(isUnsettled)
        .where('state', '!=', 'SENDING')
        .where((eb) => hasCome(eb, 'look_at', now))
        .where((eb) => hasCome(eb, 'held_until', now))
        .orderBy('look_at')
        .limit(most)
        .execute(),

    async nextDue() {
      const { next } = await db
        .selectFrom('operations')
        .select(
          sql<number | null>`min(case
            when state = 'SENDING' or held_until > look_at then held_until
            else look_at
          end)`.as('next'),
        )
        .where(isUnsettled)
        .executeTakeFirstOrThrow();
      return next;
    },
  };
}
