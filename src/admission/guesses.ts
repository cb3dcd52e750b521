/**
 * How often a client may look up, by id or slug, what it cannot see.
 *
 * Guarantees: whether a thing is somebody else's or not there at all makes no difference here; each thing counts, not
 * each request, and the same thing again counts nothing: a page that goes on asking for what was deleted is no guesser.
 * Who guesses more is made to wait until as much time has passed as all the guesses take, and is told to the log, with no
 * word of what was guessed. Refuses to count where nothing is hidden: for clients of all customers.
 */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Principal } from '../domain/principal.js';

export interface GuessRate {
  /** Different things that may be missed one after another. */
  readonly atOnce: number;
  /** How many of them are forgotten in a minute, evenly. */
  readonly perMinute: number;
}

/** Ten thousand numbers take a guesser most of a day; an app with twenty stale ids on a page notices nothing. */
export const GUESS_RATE: GuessRate = { atOnce: 20, perMinute: 10 };

/** What one request looks up. */
export interface Lookups {
  /** Milliseconds until something may be looked up; 0: now. */
  waitMs(): number;
  /** `what` was not there, as far as this caller can know. */
  missed(what: string): void;
}

export interface GuessLimit {
  of(principal: Principal, requestId: string): Lookups;
}

export interface GuessNews {
  readonly client: string;
  readonly requestId: string;
  /** Different things missed since the client last had all its guesses. */
  readonly count: number;
}

/** Where several processes count together: what one has counted, the others count as well. */
export interface GuessExchange {
  /** `mark` stands for the thing, and gives nothing away. */
  counted(client: string, mark: string): void;
  /** Called with what others counted, so long ago. */
  onCounted(listener: (client: string, mark: string, msAgo: number) => void): void;
}

export interface GuessLimitOptions {
  /** Milliseconds; only differences mean anything. */
  readonly now: () => number;
  /** Called when a client has used up its guesses, and again each time that the count has doubled. */
  readonly tell: (news: GuessNews) => void;
  readonly rate?: GuessRate;
  /** Left out: nobody else counts. */
  readonly exchange?: GuessExchange;
}

interface Account {
  /** Below 0 after many at once: they all take their time. */
  left: number;
  at: number;
  count: number;
  tellAt: number;
  readonly known: Set<string>;
}

const MOST_CLIENTS = 1_000;
/** Misses of one client that are recognized when they come again. */
const MOST_KNOWN = 500;

const FREE: Lookups = { waitMs: () => 0, missed: () => undefined };

export function createGuessLimit({ now, tell, rate = GUESS_RATE, exchange }: GuessLimitOptions): GuessLimit {
  const { atOnce, perMinute } = rate;
  const accounts = new LRUCache<string, Account>({ max: MOST_CLIENTS });

  /** As it is now, or was when something happened elsewhere. */
  const accountOf = (client: string, at: number = now()): Account => {
    const account = accounts.get(client) ?? { left: atOnce, at, count: 0, tellAt: atOnce, known: new Set() };
    const passed = Math.max(0, at - account.at);
    account.left = Math.min(atOnce, account.left + (passed * perMinute) / 60_000);
    account.at += passed;
    if (account.left === atOnce) [account.count, account.tellAt] = [0, atOnce];
    accounts.set(client, account);
    return account;
  };
  /** Whether it is the first time that it is missed. */
  const count = (account: Account, mark: string): boolean => {
    const { known } = account;
    if (known.has(mark)) return false;
    known.add(mark);
    const [oldest] = known;
    if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
    account.left -= 1;
    account.count += 1;
    return true;
  };
  exchange?.onCounted((client, mark, msAgo) => {
    const account = accountOf(client, now() - msAgo);
    if (!count(account, mark)) return;
    // Told where it was counted.
    if (account.count >= account.tellAt) account.tellAt *= 2;
  });

  return {
    of({ client, organizations }, requestId) {
      if (organizations === 'all') return FREE;
      return {
        waitMs() {
          const { left } = accountOf(client);
          return left >= 1 ? 0 : Math.ceil(((1 - left) * 60_000) / perMinute);
        },
        missed(what) {
          const account = accountOf(client);
          const mark = createHash('sha256').update(what).digest('base64url').slice(0, 16);
          if (!count(account, mark)) return;
          exchange?.counted(client, mark);
          if (account.count < account.tellAt) return;
          account.tellAt *= 2;
          tell({ client, requestId, count: account.count });
        },
      };
    },
  };
}
