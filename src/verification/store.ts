/**
 * Where verifications are kept: beside the journal, in tables of their own.
 *
 * Guarantees: one for each key of a client and customer; a look is taken by one gateway, however many share the store, and
 * whoever holds it longer than allowed can no longer write; a look and what it means for its verification are written
 * together, or not at all. Waits a moment for others who are writing. Rejects with `StoreError` only.
 */
import type { Database } from '../journal/database.js';
import { patiently } from '../journal/store.js';
import type { VerificationLookRecord, VerificationRecord } from '../journal/tables.js';

export type Row = VerificationRecord;
export type LookRow = VerificationLookRecord;

export interface Kept {
  readonly row: Row;
  /** In order. */
  readonly looks: readonly LookRow[];
}

export interface Hold {
  readonly id: string;
  readonly fence: number;
}

/** What a look changes. */
export type Outcome = Pick<Row, 'state' | 'settled_at' | 'updated_at' | 'look_at'>;

export interface VerificationStore {
  /** Writes it down; or gives what is there under its key. */
  insert(row: Row): Promise<{ readonly row: Row; readonly isNew: boolean }>;
  byId(id: string): Promise<Kept | null>;
  /** Newest first. */
  list(
    organization: string,
    first: number,
    after: Pick<Row, 'requested_at' | 'id'> | null,
  ): Promise<{ readonly items: readonly Kept[]; readonly totalCount: number }>;
  /** What is to be looked at now, the longest waiting first. */
  due(now: number, most: number): Promise<readonly Row[]>;
  /** When the next one will be; `null`: none is open. */
  nextDue(): Promise<number | null>;
  /** Takes the look, if it is due and nobody has it; `null`: another was quicker. */
  hold(id: string, now: number, until: number): Promise<Row | null>;
  /** Gives the look back as it was. */
  release(hold: Hold): Promise<void>;
  /** `false`: the hold is lost, and nothing was written. */
  record(hold: Hold, outcome: Outcome, look: LookRow): Promise<boolean>;
}

/** Thrown inside a transaction to take it back; never leaves this file. */
class Lost extends Error {}

export function createVerificationStore(db: Database): VerificationStore {
  const all = () => db.selectFrom('verifications').selectAll();

  const looksOf = async (ids: readonly string[]): Promise<ReadonlyMap<string, readonly LookRow[]>> => {
    const found = new Map<string, LookRow[]>();
    if (ids.length === 0) return found;
    const rows = await db
      .selectFrom('verification_looks')
      .selectAll()
      .where('verification', 'in', [...ids])
      .orderBy('verification')
      .orderBy('number')
      .execute();
    for (const row of rows) found.set(row.verification, [...(found.get(row.verification) ?? []), row]);
    return found;
  };

  const withLooks = async (rows: readonly Row[]): Promise<readonly Kept[]> => {
    const looks = await looksOf(rows.map(({ id }) => id));
    // One that was written between the two reads would be ahead of its verification.
    const upTo = ({ id, looks: most }: Row) => (looks.get(id) ?? []).filter(({ number }) => number <= most);
    return rows.map((row) => ({ row, looks: upTo(row) }));
  };

  return {
    insert: (row) =>
      patiently(() =>
        db.transaction().execute(async (tx) => {
          const made = await tx
            .insertInto('verifications')
            .values(row)
            .onConflict((conflict) =>
              conflict.columns(['client', 'idempotency_key', 'organization']).doNothing(),
            )
            .returning('id')
            .executeTakeFirst();
          if (made !== undefined) return { row, isNew: true };
          const known = await tx
            .selectFrom('verifications')
            .selectAll()
            .where('client', '=', row.client)
            .where('idempotency_key', '=', row.idempotency_key)
            .where('organization', '=', row.organization)
            .executeTakeFirstOrThrow();
          return { row: known, isNew: false };
        }),
      ),

    byId: (id) =>
      patiently(async () => {
        const row = await all().where('id', '=', id).executeTakeFirst();
        return row === undefined ? null : ((await withLooks([row]))[0] ?? null);
      }),

    list: (organization, first, after) =>
      patiently(async () => {
        let page = all().where('organization', '=', organization);
        if (after !== null) {
          page = page.where((eb) =>
            eb.or([
              eb('requested_at', '<', after.requested_at),
              eb.and([eb('requested_at', '=', after.requested_at), eb('id', '<', after.id)]),
            ]),
          );
        }
        const rows = await page.orderBy('requested_at', 'desc').orderBy('id', 'desc').limit(first).execute();
        const { count } = await db
          .selectFrom('verifications')
          .where('organization', '=', organization)
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow();
        return { items: await withLooks(rows), totalCount: Number(count) };
      }),

    due: (now, most) =>
      patiently(() =>
        all()
          .where('look_at', 'is not', null)
          .where('look_at', '<=', now)
          .where('held_until', '<=', now)
          .orderBy('look_at')
          .limit(most)
          .execute(),
      ),

    nextDue: () =>
      patiently(async () => {
        // Few are open at a time: what somebody holds is due when its hold ends.
        const rows = await db
          .selectFrom('verifications')
          .select(['look_at', 'held_until'])
          .where('look_at', 'is not', null)
          .execute();
        const times = rows.map(({ look_at, held_until }) => Math.max(look_at ?? 0, held_until));
        return times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b));
      }),

    hold: (id, now, until) =>
      patiently(
        async () =>
          (await db.transaction().execute((tx) =>
            tx
              .updateTable('verifications')
              .set((eb) => ({ held_until: until, fence: eb('fence', '+', 1) }))
              .where('id', '=', id)
              .where('look_at', 'is not', null)
              .where('look_at', '<=', now)
              .where('held_until', '<=', now)
              .returningAll()
              .executeTakeFirst(),
          )) ?? null,
      ),

    async release({ id, fence }) {
      await patiently(() =>
        db
          .transaction()
          .execute((tx) =>
            tx
              .updateTable('verifications')
              .set({ held_until: 0 })
              .where('id', '=', id)
              .where('fence', '=', fence)
              .execute(),
          ),
      );
    },

    async record({ id, fence }, outcome, look) {
      const written = await patiently(() =>
        db
          .transaction()
          .execute(async (tx) => {
            const changed = await tx
              .updateTable('verifications')
              .set({ ...outcome, looks: look.number, held_until: 0 })
              .where('id', '=', id)
              .where('fence', '=', fence)
              .returning('id')
              .executeTakeFirst();
            if (changed === undefined) throw new Lost();
            await tx.insertInto('verification_looks').values(look).execute();
            return true;
          })
          .catch((error: unknown) => {
            if (error instanceof Lost) return false;
            throw error;
          }),
      );
      return written;
    },
  };
}
