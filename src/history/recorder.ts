/**
 * Keeps what requests see, in the background.
 *
 * Guarantees: a request is told to record and goes on; it never waits and never fails for it. What was served from a
 * cache is the same look again, and is taken once. What is stale is no look. What waits is bounded (`waiting.ts`); what is
 * dropped is counted and told. Looks at many lists are written at once: what lies about for a second has to be moved
 * about. While the store does not work, what waits stays. Forgets by its policy, a few rows at a time. A process that is
 * killed loses what waited, a second or so.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { isLinked, type Organization } from '../domain/organization.js';
import { millisOfInstant, type Instant } from '../domain/calendar.js';
import { SOURCE_OF_KIND, type ObservedRecords, type RecordKind } from '../domain/history.js';
import type { Failure } from '../domain/failure.js';
import type { Listing } from '../domain/observation.js';
import { createBackgroundWriter, type WriterNews } from '../journal/background-writer.js';
import { listNameOf, MOST_LISTS, type Look, type Outage } from './look.js';
import type { HistoryStore } from './store.js';
import { LOOKS_AT_ONCE, Taking, type Taken } from './taking.js';
import { WaitingLooks, type Room } from './waiting.js';

export interface HistoryPolicy {
  /** What ended longer ago may be forgotten. */
  readonly keepDays: number;
  /** Rows of one organization. How things are now always stays. */
  readonly mostRows: number;
}

/** More than a year, so that what happens once a year is seen twice. */
export const DEFAULT_POLICY: HistoryPolicy = { keepDays: 400, mostRows: 50_000 };

export type HistoryNews =
  | WriterNews
  /** More than can wait came in. `looks`: since it was told last. */
  | { readonly kind: 'overrun'; readonly looks: number }
  /** The store works, and does not take this one; or it cannot be written as text. */
  | { readonly kind: 'refused'; readonly look: Pick<Look, 'organization' | 'kind'>; readonly detail: string };

export interface RecorderState {
  /** Looks that wait to be written. */
  readonly waiting: number;
  /** Since start. */
  readonly unchanged: number;
  readonly changed: number;
  readonly late: number;
  readonly dropped: number;
  readonly forgottenRows: number;
}

export interface Recorder {
  /** Never throws. */
  record<Kind extends RecordKind>(
    organization: Organization,
    kind: Kind,
    listing: Listing<ObservedRecords[Kind]>,
  ): void;
  /** A list could not be read. Never throws. */
  failed(organization: Organization, kind: RecordKind, failure: Pick<Failure, 'code'>): void;
  start(): void;
  /** Writes all that waits, if the store works. Never rejects. */
  flush(): Promise<void>;
  state(): RecorderState;
  /** Writes what is left, for a few seconds at most. */
  stop(): Promise<void>;
}

export interface RecorderOptions {
  /** `null`: not open right now. */
  readonly store: () => HistoryStore | null;
  readonly policy?: HistoryPolicy;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly timers: { after(milliseconds: number, callback: () => void): { cancel(): void } };
  readonly tell: (news: HistoryNews) => void;
  /** For tests. */
  readonly room?: Room;
}

const EVERY_MS = 1_000;
const FORGET_EVERY_MS = 3_600_000;
const TELL_EVERY_MS = 60_000;
const DAY_MS = 86_400_000;
/** A minute or so of a gateway that nobody throttles. */
const ROOM: Room = { looks: 2_000, records: 100_000 };
const FORGOTTEN_AT_ONCE = 200;
/** That it goes on is written once in so long. */
const SAME_OUTAGE_MS = 60_000;
const OUTAGE_LASTS_MS = 5 * 60_000;
/** Of one list. */
const MOST_OUTAGES = 1_000;
/** Other processes write too: that they are in the way now and then is no news. */
const LOCKED_AT_MOST = 10;

interface OutagePiece {
  /** In the map of those that wait. */
  readonly place: string;
  readonly outage: Outage;
}

type Piece = { readonly batch: readonly Taken[] } | OutagePiece;

export function createRecorder({
  store,
  policy = DEFAULT_POLICY,
  clock,
  timers,
  tell,
  room = ROOM,
}: RecorderOptions): Recorder {
  /** Of each list, what was seen of it last. */
  const lastSeen = new LRUCache<string, Instant>({ max: MOST_LISTS });
  /** Lists that cannot be read right now. */
  const failing = new LRUCache<string, Outage>({ max: MOST_LISTS });
  /** By list and beginning: each is written as it is by then. */
  const outages = new Map<string, Outage>();
  const counts = { unchanged: 0, changed: 0, late: 0, dropped: 0, forgottenRows: 0 };
  let overrun = { looks: 0, toldAt: Number.NEGATIVE_INFINITY };
  let forgottenAt = Number.NEGATIVE_INFINITY;

  const drop = (count: number) => {
    counts.dropped += count;
    overrun.looks += count;
  };

  const waiting = new WaitingLooks(room, drop);

  const taking = new Taking(waiting, (look, detail) => {
    counts.dropped += 1;
    tell({ kind: 'refused', look, detail });
  });

  const enterOutage = (key: string, outage: Outage): void => {
    const place = `${key} ${outage.from}`;
    if (outages.size < room.looks || outages.has(place)) outages.set(place, outage);
    else drop(1);
  };

  async function* pieces(isHurried: boolean): AsyncGenerator<Piece> {
    if (!isHurried) for (const [place, outage] of [...outages]) yield { place, outage };
    for await (const batch of taking.batches(isHurried ? 'ready' : 'any')) yield { batch };
  }

  const write = async (open: HistoryStore, piece: Piece): Promise<void> => {
    if ('outage' in piece) {
      await open.writeOutage(piece.outage);
      takeOut(piece);
      return;
    }
    const { batch } = piece;
    const written = await open.write(batch.map(({ look }) => look));
    batch.forEach((taken, at) => {
      const end = written[at] ?? 'untold';
      if (end === 'untold') taking.tell(taken);
      else counts[end] += 1;
    });
  };

  /** From those that wait, unless it has gone on meanwhile. */
  const takeOut = ({ place, outage }: OutagePiece): void => {
    if (outages.get(place) === outage) outages.delete(place);
  };

  const forget = async (open: HistoryStore, isStopped: () => boolean): Promise<void> => {
    const now = clock();
    if (Math.abs(now - forgottenAt) < FORGET_EVERY_MS) return;
    const forgotten = async (work: Promise<number>): Promise<number> => {
      const rows = await work;
      counts.forgottenRows += rows;
      await breathe();
      return isStopped() ? 0 : rows;
    };
    const cutoff = now - policy.keepDays * DAY_MS;
    await forgotten(open.forgetOutages(cutoff, MOST_OUTAGES));
    for (let after = 0; !isStopped();) {
      const lists = await open.outdated(cutoff, after, FORGOTTEN_AT_ONCE);
      for (const list of lists) {
        while ((await forgotten(open.forget(list, cutoff, FORGOTTEN_AT_ONCE))) > 0);
      }
      const last = lists.at(-1);
      if (last === undefined) break;
      after = last;
    }
    for (const { organization, rows } of await open.overfull(policy.mostRows)) {
      for (let left = rows - policy.mostRows; left > 0;) {
        const gone = await forgotten(open.forgetOldest(organization, Math.min(left, FORGOTTEN_AT_ONCE)));
        if (gone === 0) break;
        left -= gone;
      }
    }
    forgottenAt = now;
  };

  const tellOverrun = () => {
    if (overrun.looks === 0 || clock() - overrun.toldAt < TELL_EVERY_MS) return;
    tell({ kind: 'overrun', looks: overrun.looks });
    overrun = { looks: 0, toldAt: clock() };
  };

  const background = createBackgroundWriter<HistoryStore, Piece>({
    everyMs: EVERY_MS,
    timers,
    store,
    pieces,
    write,
    onRefused(piece, { message: detail }) {
      if ('batch' in piece && piece.batch.length > 1) {
        taking.tryApart(piece.batch);
        return;
      }
      counts.dropped += 1;
      const look = 'batch' in piece ? piece.batch[0]?.look : piece.outage;
      if (look !== undefined) tell({ kind: 'refused', look, detail });
      if ('outage' in piece) takeOut(piece);
    },
    forget,
    tell,
    afterwards: tellOverrun,
    lockedAtMost: LOCKED_AT_MOST,
  });
  /** An outage waits where it was until it is written. */
  const inHand = () =>
    taking.looks +
    (background.pending !== null && 'batch' in background.pending ? background.pending.batch.length : 0);

  return {
    record(organization, kind, { items, dropped, truncated, observation, likeness }) {
      if (observation.stale) return;
      const key = listNameOf({ kind, organization: organization.slug });
      if (lastSeen.get(key) === observation.observedAt) return;
      // Without an account there, nothing was looked at.
      if (!isLinked(organization, SOURCE_OF_KIND[kind])) return;
      lastSeen.set(key, observation.observedAt);
      const outage = failing.get(key);
      if (outage !== undefined && millisOfInstant(observation.observedAt) >= outage.from) {
        failing.delete(key);
        enterOutage(key, { ...outage, until: clock() });
      }
      waiting.enter({
        organization: organization.slug,
        kind,
        observedAt: observation.observedAt,
        isComplete: dropped.length === 0 && !truncated,
        items,
        likeness,
      });
      if (waiting.readyLists >= LOOKS_AT_ONCE) background.hurry();
    },
    failed(organization, kind, { code }) {
      if (!isLinked(organization, SOURCE_OF_KIND[kind])) return;
      const key = listNameOf({ kind, organization: organization.slug });
      const now = clock();
      const known = failing.get(key);
      if (known?.code === code && now - known.to < SAME_OUTAGE_MS) return;
      // What fails otherwise, or nobody has tried to read for long, is another outage.
      const goesOn = known?.code === code && now - known.to <= OUTAGE_LASTS_MS;
      const outage = {
        organization: organization.slug,
        kind,
        code,
        from: goesOn ? known.from : now,
        to: now,
        until: null,
      };
      failing.set(key, outage);
      enterOutage(key, outage);
    },
    start: background.start,
    flush: background.flush,
    state: () => ({ ...counts, waiting: waiting.looks + outages.size + inHand() }),
    stop: background.stop,
  };
}
