/**
 * How a look is written down, as the statements of one transaction.
 *
 * Guarantees: a record gets a row only where it is another than before, or is there again; it is gone only where a
 * complete look lacks it. Looks of one list are taken in the order in which they were made, whoever writes them: one that
 * is older than the last that was kept is not taken any more. Writers of one list wait for each other.
 */
import { StoreError } from '../journal/store-error.js';
import type { ObservedList, ObservedRecord } from '../journal/tables.js';
import { firstRow, type Work } from '../journal/transactions.js';
import type { EncodedRecord } from './codec.js';
import type { Look } from './look.js';
import {
  beginList,
  endRecords,
  insertLook,
  insertRecords,
  openRecords,
  setList,
  takeList,
  touchList,
  type ListAsItIs,
} from './statements.js';

export type Written =
  /** It shows what was known. */
  | 'unchanged'
  | 'changed'
  /** A newer look was kept before it came. */
  | 'late'
  /** It does not show what was known, and its records were not told: nothing is written. */
  | 'untold';

const MOST_TRIES = 100;
/** Rows in one statement: few sizes, so that their texts are made once. */
const AT_ONCE = [32, 8, 4, 1];

type WholeLook = Look & { readonly records: readonly EncodedRecord[] };

function isWhole(look: Look): look is WholeLook {
  return look.records !== null;
}

/** The last look that saw all, up to and with the run that is going on. */
function lastComplete(list: ListAsItIs): number | null {
  return list.is_complete === 1 ? list.to_at : list.complete_at;
}

/** What can be said without reading the records; `null`: they have to be compared. */
export function verdictOf(list: ListAsItIs, { at, digest }: Look): 'unchanged' | 'late' | null {
  if (list.digest === digest && at >= list.from_at) return 'unchanged';
  return at <= list.to_at ? 'late' : null;
}

function inParts<Item>(items: readonly Item[]): Item[][] {
  const parts: Item[][] = [];
  for (let from = 0; from < items.length;) {
    const left = items.length - from;
    const size = AT_ONCE.find((most) => most <= left) ?? 1;
    parts.push(items.slice(from, from + size));
    from += size;
  }
  return parts;
}

function* insertAll(rows: readonly ObservedRecord[]): Work<void> {
  for (const some of inParts(rows)) yield insertRecords(some);
}

/** Everything of a list that nobody has seen. `false`: another has begun it, or is beginning one with the same number. */
function* writeFirst(look: WholeLook): Work<boolean> {
  const { organization, source, kind, at, isComplete, digest, records } = look;
  const begun = yield* firstRow<Pick<ObservedList, 'id'>>(
    beginList({
      organization,
      source,
      kind,
      first_at: at,
      from_at: at,
      to_at: at,
      is_complete: isComplete ? 1 : 0,
      complete_at: null,
      digest,
      rows: records.length,
      horizon_at: null,
    }),
  );
  if (begun === undefined) return false;
  yield* insertAll(
    records.map(({ externalId, hash, body }) => ({
      list: begun.id,
      external_id: externalId,
      seen_at: at,
      previous_at: null,
      until_at: null,
      hash,
      body,
    })),
  );
  return true;
}

function* writeChanges(list: ListAsItIs, look: WholeLook): Work<void> {
  const { at } = look;
  const open = (yield openRecords(list.id)) as readonly Pick<
    ObservedRecord,
    'external_id' | 'hash' | 'seen_at'
  >[];
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
  for (const some of inParts(ended)) yield endRecords(list.id, some, at);
  yield* insertAll(rows);
  const { from_at, to_at, is_complete, complete_at } = list;
  yield insertLook({ list: list.id, from_at, to_at, until_at: at, is_complete, complete_at });
  yield setList(list.id, {
    from_at: at,
    to_at: at,
    is_complete: look.isComplete ? 1 : 0,
    complete_at: complete,
    digest: look.digest,
    rows: list.rows + rows.length + 1,
  });
}

/** `isKnown`: somebody has seen the list before. */
export function* writeLook(look: Look, isKnown: boolean): Work<Written> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if (isKnown || tries > 0) {
      // Who has it is alone with the list until the transaction ends.
      const list = yield* firstRow<ListAsItIs>(takeList(look));
      if (list !== undefined) {
        const verdict = verdictOf(list, look);
        if (verdict !== null) return verdict;
        if (!isWhole(look)) return 'untold';
        yield* writeChanges(list, look);
        return 'changed';
      }
    }
    if (!isWhole(look)) return 'untold';
    if (yield* writeFirst(look)) return 'changed';
  }
  throw new StoreError('locked', 'a list could not be begun: others are beginning many');
}

/** That the list still showed the same then. */
export function* writeTouch(list: Pick<ListAsItIs, 'id'>, look: Look): Work<Written> {
  yield touchList(list.id, look);
  return 'unchanged';
}
