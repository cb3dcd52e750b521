/**
 * Where calendars are kept: beside the journal, in a table of their own.
 *
 * Guarantees: of what opens a calendar only the SHA-256 is kept; one calendar for each key of a client, whoever asks at
 * the same time; what was revoked stays so. Rejects with `StoreError` only.
 */
import type { Database } from '../journal/database.js';
import { patiently } from '../journal/store.js';
import type { CalendarRecord } from '../journal/tables.js';

export type CalendarRow = CalendarRecord;

export interface CalendarStore {
  /** Writes it down, or gives what is there under its key. `null`: the client has so many already. */
  insert(
    row: CalendarRow,
    most: number,
  ): Promise<{ readonly row: CalendarRow; readonly isNew: boolean } | null>;
  /** Not revoked. */
  byTokenHash(hash: string): Promise<CalendarRow | null>;
  /** Not revoked, newest first. */
  list(client: string): Promise<readonly CalendarRow[]>;
  /** `null`: there is none of that client. */
  revoke(client: string, id: string, at: number): Promise<CalendarRow | null>;
}

export function createCalendarStore(db: Database): CalendarStore {
  const all = () => db.selectFrom('calendars').selectAll();

  return {
    insert: (row, most) =>
      patiently(() =>
        db.transaction().execute(async (tx) => {
          const made = await tx
            .insertInto('calendars')
            .values(row)
            .onConflict((conflict) => conflict.columns(['client', 'idempotency_key']).doNothing())
            .returning('id')
            .executeTakeFirst();
          if (made === undefined) {
            const known = await tx
              .selectFrom('calendars')
              .selectAll()
              .where('client', '=', row.client)
              .where('idempotency_key', '=', row.idempotency_key)
              .executeTakeFirstOrThrow();
            return { row: known, isNew: false };
          }
          const { count } = await tx
            .selectFrom('calendars')
            .where('client', '=', row.client)
            .where('revoked_at', 'is', null)
            .select((eb) => eb.fn.countAll<number>().as('count'))
            .executeTakeFirstOrThrow();
          if (Number(count) <= most) return { row, isNew: true };
          await tx.deleteFrom('calendars').where('id', '=', row.id).execute();
          return null;
        }),
      ),

    byTokenHash: (hash) =>
      patiently(
        async () =>
          (await all().where('token_hash', '=', hash).where('revoked_at', 'is', null).executeTakeFirst()) ??
          null,
      ),

    list: (client) =>
      patiently(() =>
        all()
          .where('client', '=', client)
          .where('revoked_at', 'is', null)
          .orderBy('created_at', 'desc')
          .orderBy('id', 'desc')
          .execute(),
      ),

    revoke: (client, id, at) =>
      patiently(async () => {
        await db
          .updateTable('calendars')
          .set({ revoked_at: at })
          .where('client', '=', client)
          .where('id', '=', id)
          .where('revoked_at', 'is', null)
          .execute();
        return (await all().where('client', '=', client).where('id', '=', id).executeTakeFirst()) ?? null;
      }),
  };
}
