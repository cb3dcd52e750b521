/**
 * Lists and records as they were at an earlier moment (`asOf`).
 *
 * Guarantees: what is shown was seen by that moment, and asks no backend; a source of which nothing is known at that
 * moment is missing, never empty. Refuses moments that are to come, and today's answers in a view of the past: a field
 * that would need another call is null there, with an error.
 */
import { millisOfInstant, type Instant } from '../domain/calendar.js';
import {
  SOURCE_OF_KIND,
  type ObservedRecords,
  type PastList,
  type PastRecord,
  type RecordKind,
} from '../domain/history.js';
import type { Observation } from '../domain/observation.js';
import { isLinked, type Organization } from '../domain/organization.js';
import { SOURCE_LABELS } from '../domain/source.js';
import type { GraphContext } from './context.js';
import type { SourceCoverage } from './coverage.js';
import { badInput, CallerError } from './errors.js';

/** The moment that a record is shown as of. Records of history are read for one answer only. */
const moments = new WeakMap<object, Instant>();

/** How far back a look may be that is not called stale, if the source's own policy says no more. */
const A_WHILE_MS = 5 * 60_000;
/** Looks that show the same are told apart by minutes. */
const BETWEEN_LOOKS_MS = 60_000;

type Unknown = Exclude<PastList<RecordKind>, { readonly state: 'OBSERVED' }>;
type Seen = Extract<PastList<RecordKind>, { readonly state: 'OBSERVED' }>;

/** Throws BAD_USER_INPUT for a moment that is to come. */
export function checkMoment(at: Instant, argument: string, context: GraphContext): void {
  const now = context.now();
  if (millisOfInstant(at) <= now) return;
  throw badInput(
    `\`${argument}\`: give a moment that is past; ${at} is to come. Leave it out for how things are now.`,
  );
}

/** Throws BAD_USER_INPUT where the record is one of the past: the field would tell of today. */
export function presentOnly(record: object, field: string): void {
  const at = moments.get(record);
  if (at === undefined) return;
  throw badInput(
    `\`${field}\` is not kept: it cannot be told as of ${at}. Ask for it without \`asOf\`, or leave it out.`,
  );
}

function isStale({ observedAt, unchangedUntil }: Seen | PastRecordSeen, at: Instant, freshForMs: number) {
  const last = Math.max(millisOfInstant(observedAt), millisOfInstant(unchangedUntil));
  return millisOfInstant(at) - last > Math.max(A_WHILE_MS, freshForMs + BETWEEN_LOOKS_MS);
}

type PastRecordSeen = Extract<PastRecord<RecordKind>, { readonly state: 'OBSERVED' }>;

function freshForMsOf(kind: RecordKind, { sources }: GraphContext): number {
  return sources.states().find(({ source }) => source === SOURCE_OF_KIND[kind])?.freshForMs ?? 0;
}

function shownAsOf<T extends { readonly observation: Observation }>(
  record: T,
  at: Instant,
  stale: boolean,
): T {
  const shown = { ...record, observation: { ...record.observation, stale } };
  moments.set(shown, at);
  return shown;
}

export interface PastItems<Item> {
  readonly items: readonly Item[];
  readonly coverage: SourceCoverage;
  /** What to say where the list is all that was asked for; `null`: it was seen, or there is nothing to see. */
  readonly error: CallerError | null;
}

/** Rejects with `OperationError` (STORE_UNAVAILABLE). The moment must have been checked. */
export async function readPast<Kind extends RecordKind>(
  kind: Kind,
  organization: Organization,
  at: Instant,
  isConfigured: boolean,
  context: GraphContext,
): Promise<PastItems<ObservedRecords[Kind]>> {
  const source = SOURCE_OF_KIND[kind];
  const base = {
    source,
    organization,
    code: null,
    retryAfterMs: null,
    droppedRecords: 0,
    undated: 0,
    observation: null,
  };
  // What was once seen in an account that the directory does not give the customer any more may be somebody else's.
  if (!isLinked(organization, source)) {
    return { items: [], coverage: { ...base, state: 'NOT_LINKED' }, error: null };
  }
  const past = await context.history.asOf(organization, kind, at);
  if (past.state === 'OBSERVED') {
    const stale = isStale(past, at, freshForMsOf(kind, context));
    const observation = { observedAt: past.observedAt, stale };
    const state = !past.isComplete ? 'PARTIAL' : stale ? 'STALE' : 'COMPLETE';
    const items = past.records.map((record) => shownAsOf<ObservedRecords[Kind]>(record, at, stale));
    return { items, coverage: { ...base, state, observation }, error: null };
  }
  if (past.state === 'NOT_OBSERVED' && !isConfigured) {
    return { items: [], coverage: { ...base, state: 'NOT_CONFIGURED' }, error: null };
  }
  const code = past.state === 'FAILED' ? past.code : null;
  return { items: [], coverage: { ...base, state: past.state, code }, error: notKnown(kind, at, past) };
}

/** `null`: it was not there. Throws NOT_FOUND where nothing is known of that moment. */
export async function readPastRecord<Kind extends RecordKind>(
  kind: Kind,
  organization: Organization,
  externalId: string,
  at: Instant,
  context: GraphContext,
): Promise<ObservedRecords[Kind] | null> {
  if (!isLinked(organization, SOURCE_OF_KIND[kind])) return null;
  const past = await context.history.byId(organization, kind, externalId, at);
  if (past.state !== 'OBSERVED') throw notKnown(kind, at, past);
  const { record } = past;
  return record && shownAsOf(record, at, isStale(past, at, freshForMsOf(kind, context)));
}

function notKnown(kind: RecordKind, at: Instant, past: Unknown): CallerError {
  return new CallerError('NOT_FOUND', sentenceOf(SOURCE_LABELS[SOURCE_OF_KIND[kind]], at, past));
}

function sentenceOf(label: string, at: Instant, past: Unknown): string {
  switch (past.state) {
    case 'FAILED':
      return `${label} could not be read at ${at} (${past.code}), from ${past.failedAt} on. Ask as of a moment before.`;
    case 'NOT_KEPT':
      return past.horizon === null
        ? `What ${label} held at ${at} is no longer kept.`
        : `What ${label} held at ${at} is no longer kept. Ask as of ${past.horizon} or later.`;
    case 'NOT_OBSERVED':
      return past.firstObservedAt === null
        ? `Nobody has looked at these records of ${label} yet: nothing is known as of ${at}.`
        : `Nobody had looked at these records of ${label} by ${at}. Ask as of ${past.firstObservedAt} or later.`;
  }
}
