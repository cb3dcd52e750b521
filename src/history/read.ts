/**
 * Reads what was seen.
 *
 * Guarantees: an answer is of one moment of the store, whoever writes meanwhile; a page of changes costs about what is on
 * it, however much is kept, and a cursor stays good when more is seen. A change between two looks that differ only in
 * what an earlier release did not know is none, so that a page may hold fewer than was asked for.
 * What was seen in the last seconds may not be written yet. Rejects with `StoreError`, or `CodecError` for what a newer
 * release wrote.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { instantOfMillis, millisOfInstant, type Instant } from '../domain/calendar.js';
import {
  RECORD_KINDS,
  SOURCE_OF_KIND,
  type ChangesPage,
  type ChangesQuery,
  type History,
  type ObservedRecords,
  type PastList,
  type PastRecord,
  type RecordChange,
  type RecordKind,
} from '../domain/history.js';
import type { FailureCode } from '../domain/failure.js';
import type { Observation } from '../domain/observation.js';
import type { Organization, OrganizationSlug } from '../domain/organization.js';
import type { SourceName } from '../domain/source.js';
import type { Database } from '../journal/database.js';
import { storeErrorOf } from '../journal/store-error.js';
import { CodecError, decodeRecord } from './codec.js';
import { differencesOf } from './fields.js';

/** A place among the changes, newest first. */
interface Place {
  readonly seenAt: number;
  readonly list: number;
  readonly externalId: string;
}

interface ListFacts {
  readonly id: number;
  readonly organization: string;
  readonly source: string;
  readonly kind: string;
  readonly first_at: number;
  readonly from_at: number;
  readonly to_at: number;
  readonly is_complete: number;
  readonly complete_at: number | null;
  readonly horizon_at: number | null;
}

interface Run {
  readonly from_at: number;
  readonly to_at: number;
  readonly is_complete: number;
  readonly complete_at: number | null;
}

interface OutageFacts {
  readonly from_at: number;
  readonly code: string;
}

interface Row {
  readonly seen_at: number;
  readonly body: string | null;
}

const MOST_FIELDS = 100;
/** After so long without another try, nobody knows whether it still fails: what was seen before counts again. */
const OUTAGE_LASTS_MS = 5 * 60_000;
const SLICE = 50;
/** Up to so many lists are asked one by one; more are found in the changes of all. */
const ONE_BY_ONE = 50;
const SCAN = 500;
/** Names in one statement. */
const AT_ONCE = 500;

const instantOrNull = (at: number | null): Instant | null => (at === null ? null : instantOfMillis(at));

async function named<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof CodecError ? error : storeErrorOf(error);
  }
}

function encodeCursor({ seenAt, list, externalId }: Place): string {
  return Buffer.from(JSON.stringify([seenAt, list, externalId])).toString('base64url');
}

function decodeCursor(cursor: string): Place | null {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (!Array.isArray(read) || read.length !== 3) return null;
    const [seenAt, list, externalId] = read as unknown[];
    return Number.isSafeInteger(seenAt) && Number.isSafeInteger(list) && typeof externalId === 'string'
      ? { seenAt: seenAt as number, list: list as number, externalId }
      : null;
  } catch {
    return null;
  }
}

function isKind(text: string): text is RecordKind {
  return (RECORD_KINDS as readonly string[]).includes(text);
}

/** Newest first. Within a list the database's own order stays: it knows where to go on after a cursor. */
function comparePlaces(a: Place, b: Place): number {
  return b.seenAt - a.seenAt || b.list - a.list;
}

const reading = <Value>(db: Database, read: (tx: Database) => Promise<Value>): Promise<Value> =>
  db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read);

/** What is known of the list at that moment; `null` for `run` where nothing is. */
async function listAt(
  tx: Database,
  { slug }: Organization,
  kind: RecordKind,
  at: number,
): Promise<{ readonly list: ListFacts | null; readonly run: Run | null }> {
  const found = await tx
    .selectFrom('observed_lists')
    .selectAll()
    .where('organization', '=', slug)
    .where('source', '=', SOURCE_OF_KIND[kind])
    .where('kind', '=', kind)
    .executeTakeFirst();
  if (found === undefined) return { list: null, run: null };
  if (at < found.first_at || (found.horizon_at !== null && at < found.horizon_at)) {
    return { list: found, run: null };
  }
  if (at >= found.from_at) return { list: found, run: found };
  const run = await tx
    .selectFrom('observed_looks')
    .selectAll()
    .where('list', '=', found.id)
    .where('until_at', '>', at)
    .orderBy('until_at')
    .limit(1)
    .executeTakeFirst();
  return { list: found, run: run ?? null };
}

/** Tries that failed then, and were not followed by a look up to then. */
async function outageAt(
  tx: Database,
  { slug }: Organization,
  kind: RecordKind,
  at: number,
  run: Run | null,
): Promise<OutageFacts | null> {
  const found = await tx
    .selectFrom('observed_outages')
    .select(['from_at', 'to_at', 'until_at', 'code'])
    .where('organization', '=', slug)
    .where('source', '=', SOURCE_OF_KIND[kind])
    .where('kind', '=', kind)
    .where('from_at', '<=', at)
    .orderBy('from_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (found === undefined || at >= (found.until_at ?? found.to_at + OUTAGE_LASTS_MS)) return null;
  return run !== null && lookedAt(run, at) > found.from_at ? null : found;
}

/** What there is to say without a run. */
function unknownAt(list: ListFacts | null, at: number, outage: OutageFacts | null) {
  if (outage !== null) return failedAt(list, outage);
  const horizon = instantOrNull(list?.horizon_at ?? null);
  return list === null || at < list.first_at
    ? ({ state: 'NOT_OBSERVED', firstObservedAt: instantOrNull(list?.first_at ?? null), horizon } as const)
    : ({ state: 'NOT_KEPT', horizon } as const);
}

function failedAt(list: ListFacts | null, { from_at: from, code }: OutageFacts) {
  const horizon = instantOrNull(list?.horizon_at ?? null);
  return { state: 'FAILED', code: code as FailureCode, failedAt: instantOfMillis(from), horizon } as const;
}

/** Looks between the first and the last of a run are not written down one by one. */
function lookedAt(run: Run, at: number): number {
  return at >= run.to_at ? run.to_at : run.from_at;
}

function seenIn(run: Run, list: ListFacts, at: number) {
  const looked = lookedAt(run, at);
  return {
    looked,
    seen: {
      state: 'OBSERVED',
      observedAt: instantOfMillis(looked),
      unchangedUntil: instantOfMillis(run.to_at),
      isComplete: run.is_complete === 1,
      completeAt: run.is_complete === 1 ? instantOfMillis(looked) : instantOrNull(run.complete_at),
      horizon: instantOrNull(list.horizon_at),
    } as const,
  };
}

/** A look that did not see all says nothing of what it lacked: that was seen when all was, or when it became so. */
function observationOf(run: Run, looked: number, seenAt: number): Observation {
  const at = run.is_complete === 1 ? looked : Math.max(run.complete_at ?? 0, seenAt);
  return { observedAt: instantOfMillis(at), stale: false };
}

async function recordsAt(tx: Database, list: ListFacts, at: number): Promise<Row[]> {
  const ofList = () =>
    tx.selectFrom('observed_records').select(['external_id', 'seen_at', 'body']).where('list', '=', list.id);
  const now = await ofList().where('until_at', 'is', null).where('seen_at', '<=', at).execute();
  // Nothing has ended since the last run began.
  const then =
    at >= list.from_at ? [] : await ofList().where('until_at', '>', at).where('seen_at', '<=', at).execute();
  return [...now, ...then].sort((a, b) => (a.external_id < b.external_id ? -1 : 1));
}

async function decoded<Kind extends RecordKind>(
  kind: Kind,
  rows: readonly Row[],
  observationFor: (seenAt: number) => Observation,
): Promise<ObservedRecords[Kind][]> {
  const records: ObservedRecords[Kind][] = [];
  for (const [number, { body, seen_at }] of rows.entries()) {
    if (number > 0 && number % SLICE === 0) await breathe();
    if (body !== null) records.push(decodeRecord(kind, body, observationFor(seen_at)));
  }
  return records;
}

export function createHistory(db: Database): History {
  const asOf = async <Kind extends RecordKind>(
    organization: Organization,
    kind: Kind,
    moment: Instant,
  ): Promise<PastList<Kind>> => {
    const at = millisOfInstant(moment);
    const found = await reading(db, async (tx) => {
      const { list, run } = await listAt(tx, organization, kind, at);
      const outage = await outageAt(tx, organization, kind, at, run);
      const isSeen = list !== null && run !== null && outage === null;
      return { list, run, outage, rows: isSeen ? await recordsAt(tx, list, at) : [] };
    });
    const { list, run, outage, rows } = found;
    if (list === null || run === null || outage !== null) return unknownAt(list, at, outage);
    const { seen, looked } = seenIn(run, list, at);
    const records = await decoded(kind, rows, (seenAt) => observationOf(run, looked, seenAt));
    return { ...seen, records };
  };

  const byId = async <Kind extends RecordKind>(
    organization: Organization,
    kind: Kind,
    externalId: string,
    moment: Instant,
  ): Promise<PastRecord<Kind>> => {
    const at = millisOfInstant(moment);
    const { list, run, outage, row } = await reading(db, async (tx) => {
      const place = await listAt(tx, organization, kind, at);
      const known = { ...place, outage: await outageAt(tx, organization, kind, at, place.run) };
      if (known.list === null || known.run === null) return { ...known, row: undefined };
      const last = await tx
        .selectFrom('observed_records')
        .select(['seen_at', 'body'])
        .where('list', '=', known.list.id)
        .where('external_id', '=', externalId)
        .where('seen_at', '<=', at)
        .orderBy('seen_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return { ...known, row: last };
    });
    if (list === null || run === null || outage !== null) return unknownAt(list, at, outage);
    const { seen, looked } = seenIn(run, list, at);
    const record =
      row === undefined || row.body === null
        ? null
        : decodeRecord(kind, row.body, observationOf(run, looked, row.seen_at));
    return { ...seen, record };
  };

  return {
    asOf: (organization, kind, at) => named(asOf(organization, kind, at)),
    byId: (organization, kind, externalId, at) => named(byId(organization, kind, externalId, at)),
    async changes(query) {
      const after = query.after == null ? null : decodeCursor(query.after);
      if (query.after != null && after === null) return null;
      return named(changesAfter(db, query, after));
    },
  };
}

async function changesAfter(db: Database, query: ChangesQuery, after: Place | null): Promise<ChangesPage> {
  const since = millisOfInstant(query.since);
  const until = query.until == null ? Number.MAX_SAFE_INTEGER : millisOfInstant(query.until);
  const { places, lists } = await reading(db, async (tx) => {
    const asked = await listsOf(tx, query);
    // A list whose last run began before has not changed since.
    const touched = asked.filter(({ from_at: from }) => from > since);
    const read = touched.length <= ONE_BY_ONE ? placesOfEach : placesOfAll;
    return { places: await read(tx, touched, { since, until, after, most: query.first + 1 }), lists: asked };
  });
  const page = places.slice(0, query.first);
  const byId = new Map(lists.map((list) => [list.id, list]));
  const changes: RecordChange[] = [];
  for (const place of page) {
    const list = byId.get(place.list);
    const change = list === undefined ? null : await changeAt(db, place, list);
    if (change !== null) changes.push(change);
  }
  const horizons = lists.map(({ horizon_at: at }) => at).filter((at) => at !== null);
  const last = page.at(-1);
  return {
    changes,
    hasMore: places.length > page.length,
    endCursor: last === undefined ? null : encodeCursor(last),
    horizon: horizons.length === 0 ? null : instantOfMillis(horizons.reduce((a, b) => Math.max(a, b))),
  };
}

async function listsOf(tx: Database, { organizations, kinds }: ChangesQuery): Promise<ListFacts[]> {
  const all = () => tx.selectFrom('observed_lists').selectAll();
  const found: ListFacts[] = [];
  if (organizations === null) found.push(...(await all().execute()));
  else {
    const names = [...new Set(organizations)];
    for (let from = 0; from < names.length; from += AT_ONCE) {
      const some = names.slice(from, from + AT_ONCE);
      found.push(...(await all().where('organization', 'in', some).execute()));
    }
  }
  return found.filter(({ kind }) => isKind(kind) && (kinds == null || kinds.includes(kind)));
}

interface Stretch {
  readonly since: number;
  readonly until: number;
  readonly after: Place | null;
  readonly most: number;
}

const placeOf = (row: {
  readonly seen_at: number;
  readonly list: number;
  readonly external_id: string;
}): Place => ({
  seenAt: row.seen_at,
  list: row.list,
  externalId: row.external_id,
});

/** The first places of each list, merged. Lists that changed last come first: most others then need not be asked. */
async function placesOfEach(
  tx: Database,
  lists: readonly ListFacts[],
  { since, until, after, most }: Stretch,
): Promise<Place[]> {
  let places: Place[] = [];
  for (const list of [...lists].sort((a, b) => b.from_at - a.from_at)) {
    const worst = places.length === most ? places.at(-1)?.seenAt : undefined;
    if (worst !== undefined && list.from_at < worst) break;
    let rows = tx
      .selectFrom('observed_records')
      .select(['seen_at', 'list', 'external_id'])
      .where('list', '=', list.id)
      .where('previous_at', 'is not', null)
      .where(
        'seen_at',
        '>',
        Math.max(since, list.horizon_at ?? since, worst === undefined ? since : worst - 1),
      );
    const last =
      after === null ? until : Math.min(until, list.id > after.list ? after.seenAt - 1 : after.seenAt);
    rows = rows.where('seen_at', '<=', last);
    if (after !== null && list.id === after.list) {
      rows = rows.where((eb) =>
        eb.or([eb('seen_at', '<', after.seenAt), eb('external_id', '<', after.externalId)]),
      );
    }
    const found = await rows.orderBy('seen_at', 'desc').orderBy('external_id', 'desc').limit(most).execute();
    places = [...places, ...found.map(placeOf)].sort(comparePlaces).slice(0, most);
  }
  return places;
}

/** Goes through the changes of all lists, from the newest on, and takes those that were asked for. */
async function placesOfAll(
  tx: Database,
  lists: readonly ListFacts[],
  { since, until, after, most }: Stretch,
): Promise<Place[]> {
  const horizonOf = new Map(lists.map(({ id, horizon_at: at }) => [id, at ?? since]));
  const places: Place[] = [];
  let from = after;
  for (;;) {
    const start = from;
    let rows = tx
      .selectFrom('observed_records')
      .select(['seen_at', 'list', 'external_id'])
      .where('previous_at', 'is not', null)
      .where('seen_at', '>', since)
      .where('seen_at', '<=', start === null ? until : Math.min(until, start.seenAt));
    if (start !== null) {
      rows = rows.where((eb) =>
        eb.or([
          eb('seen_at', '<', start.seenAt),
          eb('list', '<', start.list),
          eb.and([eb('list', '=', start.list), eb('external_id', '<', start.externalId)]),
        ]),
      );
    }
    const found = await rows
      .orderBy('seen_at', 'desc')
      .orderBy('list', 'desc')
      .orderBy('external_id', 'desc')
      .limit(SCAN)
      .execute();
    for (const row of found) {
      const horizon = horizonOf.get(row.list);
      if (horizon !== undefined && row.seen_at > horizon) places.push(placeOf(row));
    }
    const last = found.at(-1);
    if (places.length >= most || found.length < SCAN || last === undefined) return places.slice(0, most);
    from = placeOf(last);
    await breathe();
  }
}

/** `null`: it is forgotten by now, or is no change that anybody could see. */
async function changeAt(
  db: Database,
  { seenAt, list: id, externalId }: Place,
  list: ListFacts,
): Promise<RecordChange | null> {
  const { kind } = list;
  if (!isKind(kind)) return null;
  const [row, before] = await db
    .selectFrom('observed_records')
    .select(['seen_at', 'previous_at', 'body'])
    .where('list', '=', id)
    .where('external_id', '=', externalId)
    .where('seen_at', '<=', seenAt)
    .orderBy('seen_at', 'desc')
    .limit(2)
    .execute();
  if (row === undefined || row.seen_at !== seenAt || row.previous_at === null) return null;
  const read = (body: string | null | undefined) =>
    body == null ? null : decodeRecord(kind, body, { observedAt: instantOfMillis(seenAt), stale: false });
  const was = read(before?.body);
  const is = read(row.body);
  if (was === null && is === null) return null;
  const { fields, more } = differencesOf(was, is, MOST_FIELDS);
  const what = was === null ? 'APPEARED' : is === null ? 'DISAPPEARED' : 'CHANGED';
  if (what === 'CHANGED' && fields.length === 0) return null;
  return {
    kind: what,
    organization: list.organization as OrganizationSlug,
    recordKind: kind,
    source: list.source as SourceName,
    externalId,
    seenAt: instantOfMillis(seenAt),
    previousSeenAt: instantOfMillis(row.previous_at),
    fields,
    moreFields: more,
    cursor: encodeCursor({ seenAt, list: id, externalId }),
  };
}
