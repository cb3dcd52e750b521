/**
 * What clients asked for, added up by day, client, document and version: in memory, until it is written.
 *
 * Guarantees: bounded, whatever is asked. A registered document is always counted as itself; a text that is not, once it
 * was asked for a few times and its client has a place left, so that texts that are made up anew for each request take no
 * places; all others of a client are counted together, and so are clients beyond a number. Nothing is counted twice.
 */
import { LRUCache } from 'lru-cache';
import { dayOf, instantOfMillis } from '../domain/calendar.js';
import type { Answered } from '../domain/usage.js';

export interface Usage {
  /** Of UTC. */
  readonly day: string;
  /** Empty: all those that have no place of their own. */
  readonly client: string;
  /** Id of a registered document, SHA-256 of a text that is not registered, or empty: everything else. */
  readonly document: string;
  /** Empty: not registered. */
  readonly version: string;
  /** Of the operation, where the document is not registered: nobody else knows it. */
  readonly name: string | null;
  readonly requests: number;
  readonly errors: number;
  /** Points. */
  readonly costEstimated: number;
  readonly costActual: number;
  /** Milliseconds, added up, and of the slowest. */
  readonly totalMs: number;
  readonly slowestMs: number;
  /** Epoch milliseconds. */
  readonly firstAt: number;
  readonly lastAt: number;
}

export interface Tally {
  add(answered: Answered, at: number): void;
  /** Takes some out, in the order of their keys. */
  take(most: number): readonly Usage[];
  /** How many are in it. */
  readonly size: number;
}

/** In memory at once; reached only while the store is away. */
const MOST_ROWS = 20_000;
/** Clients with places for more than their registered documents, each day. Those of the configuration are fewer. */
const MOST_CLIENTS = 2_000;
/** Texts of a client that are counted by themselves, each day. */
const MOST_TEXTS = 20;
/** Texts that are told apart before they have a place. */
const MOST_CANDIDATES = 1_000;
/** The use from which on a text may have a place. */
const PLACE_FROM = 3;

const DAY_MS = 86_400_000;

type Growing = { -readonly [Name in keyof Usage]: Usage[Name] };

const keyOf = ({ day, client, document, version }: Pick<Usage, 'day' | 'client' | 'document' | 'version'>) =>
  [day, client, document, version].join('\n');

export function createTally(): Tally {
  const rows = new Map<string, Growing>();
  let today = Number.NaN;
  let day = '';
  /** Of today: the texts that have a place, by client. */
  const places = new Map<string, Set<string>>();
  const candidates = new LRUCache<string, number>({ max: MOST_CANDIDATES });

  const hasPlace = (client: string, hash: string): boolean => {
    const own = places.get(client);
    if (own === undefined) return false;
    if (own.has(hash)) return true;
    const candidate = `${client}\n${hash}`;
    const uses = (candidates.get(candidate) ?? 0) + 1;
    candidates.set(candidate, uses);
    if (uses < PLACE_FROM || own.size >= MOST_TEXTS) return false;
    own.add(hash);
    candidates.delete(candidate);
    return true;
  };

  const placeOf = ({ client, document }: Answered) => {
    if (document?.kind === 'registered') {
      return { client, document: document.id, version: document.version, name: null };
    }
    if (!places.has(client) && places.size < MOST_CLIENTS) places.set(client, new Set());
    if (document !== null && hasPlace(client, document.hash)) {
      return { client, document: document.hash, version: '', name: document.name };
    }
    return { client: places.has(client) ? client : '', document: '', version: '', name: null };
  };

  return {
    add(answered, at) {
      const dayNumber = Math.floor(at / DAY_MS);
      if (dayNumber !== today) {
        today = dayNumber;
        day = dayOf(instantOfMillis(at));
        places.clear();
      }
      let place = placeOf(answered);
      let key = keyOf({ day, ...place });
      if (!rows.has(key) && rows.size >= MOST_ROWS) {
        place = { client: '', document: '', version: '', name: null };
        key = keyOf({ day, ...place });
      }
      let row = rows.get(key);
      if (row === undefined) {
        row = {
          day,
          ...place,
          requests: 0,
          errors: 0,
          costEstimated: 0,
          costActual: 0,
          totalMs: 0,
          slowestMs: 0,
          firstAt: at,
          lastAt: at,
        };
        rows.set(key, row);
      }
      const ms = Math.max(0, Math.round(answered.ms));
      row.requests += 1;
      row.errors += answered.outcome === 'OK' ? 0 : 1;
      row.costEstimated += Math.round(answered.cost.estimated ?? 0);
      row.costActual += Math.round(answered.cost.actual ?? 0);
      row.totalMs += ms;
      row.slowestMs = Math.max(row.slowestMs, ms);
      // A clock may be set back.
      row.firstAt = Math.min(row.firstAt, at);
      row.lastAt = Math.max(row.lastAt, at);
    },
    take(most) {
      const taken = [...rows].slice(0, most);
      for (const [key] of taken) rows.delete(key);
      return taken.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
    },
    get size() {
      return rows.size;
    },
  };
}
