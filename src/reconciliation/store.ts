/**
 * Where it is kept which differences were seen, since when, and who acknowledged them: beside the journal, in tables of
 * its own.
 *
 * Guarantees: looks may be written in any order and more than once, by several processes: an older look changes nothing
 * that a newer one has said, and a difference is gone only where a look that would have shown it did not. What a stretch
 * was acknowledged with goes with it; who acknowledged and withdrew stays in the notes. Rejects with `StoreError` only.
 */
import { instantOfMillis, millisOfInstant } from '../domain/calendar.js';
import { canonicalJson } from '../domain/json.js';
import { digestOf, idOf, type Look, type Stretch } from '../domain/reconciliation/memory.js';
import { plainImpact, plainValue } from '../domain/reconciliation/plain.js';
import type { Finding } from '../domain/reconciliation/types.js';
import { inBackground } from '../journal/background.js';
import type { Database } from '../journal/database.js';
import { storeErrorOf } from '../journal/store-error.js';
import type { DiscrepancyRow } from '../journal/tables.js';

/** What a client said of a difference. */
export interface Note {
  readonly client: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly reason: string | null;
}

export interface DiscrepancyStore {
  /** Of those that are there, as far as is known. */
  recall(organizations: readonly string[]): Promise<ReadonlyMap<string, Stretch>>;
  write(looks: readonly Look[]): Promise<void>;
  /** As it is now; it becomes known by this, if it is not. */
  acknowledge(finding: Finding, note: Note & { readonly reason: string }): Promise<void>;
  /** `false`: no such difference was ever kept, or not of that organization. */
  withdraw(organization: string, id: string, note: Note): Promise<boolean>;
  /** Forgets some of those that were gone before that moment. How many. */
  forget(before: number, most: number): Promise<number>;
}

/** Parameters of one statement. */
const AT_ONCE = 500;

async function named<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    throw storeErrorOf(error);
  }
}

function detailsOf({ crm, billing, impact, severity, fields, authority, action }: Finding): string {
  const side = (one: Finding['crm']) =>
    one && { ...one, value: one.value === null ? null : plainValue(one.value) };
  return canonicalJson({
    crm: side(crm),
    billing: side(billing),
    impact: plainImpact(impact),
    severity,
    fields,
    authority,
    action,
  });
}

const NOBODY = {
  acknowledged_by: null,
  acknowledged_at: null,
  acknowledged_reason: null,
  acknowledged_digest: null,
} as const;

function rowOf(finding: Finding, at: number): DiscrepancyRow {
  return {
    id: idOf(finding),
    organization: finding.organization,
    key: finding.key,
    kind: finding.kind,
    state: finding.state,
    cause: finding.cause,
    details: detailsOf(finding),
    first_at: at,
    last_at: at,
    gone_at: null,
    stretches: 1,
    ...NOBODY,
  };
}

/** A statement, or a transaction: both are asked in the same way. */
type Executor = Pick<Database, 'insertInto' | 'updateTable' | 'selectFrom' | 'deleteFrom'>;

/** What was there goes on; what was not, or is there again, begins. */
async function see(tx: Executor, finding: Finding, at: number, isOpen: boolean): Promise<void> {
  const row = rowOf(finding, at);
  const { state, cause, details } = row;
  const goOn = () =>
    tx
      .updateTable('discrepancies')
      .set({ state, cause, details, last_at: at })
      .where('id', '=', row.id)
      .where('gone_at', 'is', null)
      .where('last_at', '<', at)
      .execute();
  if (isOpen) {
    await goOn();
    return;
  }
  const begun = await tx
    .insertInto('discrepancies')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet((eb) => ({
          state,
          cause,
          details,
          first_at: at,
          last_at: at,
          gone_at: null,
          stretches: eb('discrepancies.stretches', '+', 1),
          ...NOBODY,
        }))
        .where('discrepancies.gone_at', '<=', at),
    )
    .executeTakeFirst();
  // Somebody else began it a moment ago.
  if (begun.numInsertedOrUpdatedRows === 0n) await goOn();
}

export function createDiscrepancyStore(db: Database): DiscrepancyStore {
  const openOf = async (organizations: readonly string[]) => {
    const rows: DiscrepancyRow[] = [];
    for (let from = 0; from < organizations.length; from += AT_ONCE) {
      rows.push(
        ...(await db
          .selectFrom('discrepancies')
          .selectAll()
          .where('organization', 'in', organizations.slice(from, from + AT_ONCE))
          .where('gone_at', 'is', null)
          .execute()),
      );
    }
    return rows;
  };

  const write = async (looks: readonly Look[]): Promise<void> => {
    // Read before anything is locked: most looks find nothing new, and then nothing is written.
    const open = await openOf([...new Set(looks.map(({ organization }) => organization))]);
    const known = new Map(open.map((row) => [row.id, row]));
    const steps: ((tx: Executor) => Promise<void>)[] = [];
    for (const { organization, at: instant, seen, present, absent } of looks) {
      const at = millisOfInstant(instant);
      for (const finding of seen) steps.push((tx) => see(tx, finding, at, known.has(idOf(finding))));
      if (absent === 'none') continue;
      for (const row of open) {
        const isSpared = absent === 'all-but-escalation' && row.kind === 'ESCALATION';
        if (row.organization !== organization || present.has(row.id) || isSpared) continue;
        steps.push(async (tx) => {
          await tx
            .updateTable('discrepancies')
            .set({ gone_at: at })
            .where('id', '=', row.id)
            .where('gone_at', 'is', null)
            .where('last_at', '<', at)
            .execute();
        });
      }
    }
    if (steps.length === 0) return;
    await inBackground(db, async (tx) => {
      for (const step of steps) await step(tx);
    });
  };

  const noteIn = (tx: Executor, discrepancy: string, event: string, { client, at, reason }: Note) =>
    tx.insertInto('discrepancy_notes').values({ discrepancy, at, event, client, reason }).execute();

  return {
    recall: (organizations) =>
      named(
        openOf(organizations).then(
          (rows) =>
            new Map(
              rows.map((row): readonly [string, Stretch] => [
                row.id,
                { firstSeenAt: instantOfMillis(row.first_at), acknowledgement: acknowledgementIn(row) },
              ]),
            ),
        ),
      ),
    write: (looks) => named(write(looks)),
    acknowledge: (finding, note) =>
      named(
        db.transaction().execute(async (tx) => {
          const id = idOf(finding);
          await see(tx, finding, note.at, false);
          await tx
            .updateTable('discrepancies')
            .set({
              acknowledged_by: note.client,
              acknowledged_at: note.at,
              acknowledged_reason: note.reason,
              acknowledged_digest: digestOf(finding),
            })
            .where('id', '=', id)
            .where('gone_at', 'is', null)
            .execute();
          await noteIn(tx, id, 'ACKNOWLEDGED', note);
        }),
      ),
    withdraw: (organization, id, note) =>
      named(
        db.transaction().execute(async (tx) => {
          const { numUpdatedRows } = await tx
            .updateTable('discrepancies')
            .set(NOBODY)
            .where('id', '=', id)
            .where('organization', '=', organization)
            .where('acknowledged_at', 'is not', null)
            .executeTakeFirst();
          if (numUpdatedRows > 0n) {
            await noteIn(tx, id, 'WITHDRAWN', note);
            return true;
          }
          const row = await tx
            .selectFrom('discrepancies')
            .select('id')
            .where('id', '=', id)
            .where('organization', '=', organization)
            .executeTakeFirst();
          return row !== undefined;
        }),
      ),
    forget: (before, most) =>
      named(
        inBackground(db, async (tx) => {
          const old = await tx
            .selectFrom('discrepancies')
            .select('id')
            .where('gone_at', '<', before)
            .orderBy('gone_at')
            .limit(most)
            .execute();
          const ids = old.map(({ id }) => id);
          if (ids.length === 0) return 0;
          await tx.deleteFrom('discrepancy_notes').where('discrepancy', 'in', ids).execute();
          await tx.deleteFrom('discrepancies').where('id', 'in', ids).execute();
          return ids.length;
        }),
      ),
  };
}

function acknowledgementIn(row: DiscrepancyRow): Stretch['acknowledgement'] {
  const { acknowledged_by: by, acknowledged_at: at, acknowledged_reason: reason } = row;
  const { acknowledged_digest: digest } = row;
  if (by === null || at === null || reason === null || digest === null) return null;
  return { by, at: instantOfMillis(at), reason, digest };
}
