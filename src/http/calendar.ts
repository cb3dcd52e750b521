/**
 * Calendars of renewals for programs that know nothing but an address: `GET /calendar/<token>.ics`.
 *
 * Guarantees: shows what the client that made the calendar is granted at this moment, and no more; an address that is wrong,
 * revoked, or has nothing left to show gets one and the same answer. While a backend fails there is no calendar at all, so
 * that programs keep the last one instead of taking everything of that backend out of it. Refuses addresses to who has
 * guessed too often, and reads a calendar no more often than every five minutes, however often it is asked for.
 */
import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Place } from '../admission/gate.js';
import { createGuessLimit, type GuessExchange } from '../admission/guesses.js';
import { REQUEST_DEADLINE_MS } from '../admission/limits.js';
import { dayOf, instantOfMillis, type Instant } from '../domain/calendar.js';
import type { RenewalCalendar } from '../domain/calendars.js';
import { OperationError } from '../domain/operations.js';
import type { Organization } from '../domain/organization.js';
import type { Principal, Scope } from '../domain/principal.js';
import type { RenewalEntry } from '../domain/renewal.js';
import { SOURCE_LABELS } from '../domain/source.js';
import { CALENDAR_PATH } from '../graph/calendar.js';
import type { Coverage } from '../graph/coverage.js';
import { MOST_ORGANIZATIONS, readRenewals } from '../graph/renewal-read.js';
import type { Log } from '../observability/log.js';
import { createContext, type ContextParts } from './context.js';
import { refuse } from './refusal.js';
import { createRequestScope } from './request-scope.js';

export interface CalendarFeeds {
  /** What a token opens; `null`: nothing. Rejects with `OperationError`. */
  find(token: string): Promise<RenewalCalendar | null>;
  /** What the client is granted now; `null`: there is no such client any more. */
  principalOf(client: string): Principal | null;
  write(input: {
    readonly name: string;
    readonly entries: readonly RenewalEntry[];
    readonly nameOf: (slug: string) => string;
    readonly writtenAt: Instant;
    readonly remarks: readonly string[];
  }): string;
}

interface Dependencies {
  readonly feeds: CalendarFeeds | null;
  readonly parts: ContextParts;
  /** `null`: no other process counts guesses. */
  readonly guessExchange: GuessExchange | null;
  /** `null`: too much is going on. */
  readonly enter: () => Place | null;
  /** Milliseconds; only differences mean anything. */
  readonly now: () => number;
  readonly log: Log;
  readonly refuseBusy: (reply: FastifyReply) => FastifyReply;
}

/** Who may read by themselves what a calendar shows. */
const SCOPES: readonly Scope[] = ['commitments:read', 'billing:read'];
const FILE = /^([A-Za-z0-9_-]{43})\.ics$/;
const KEPT_MS = 5 * 60_000;
const MOST_KEPT = 200;
const RETRY_MS = 5 * 60_000;

type Reading = { readonly text: string } | { readonly missing: Coverage['missing'] };

interface Kept {
  readonly shows: string;
  readonly at: number;
  readonly reading: Promise<Reading>;
}

function notFound(reply: FastifyReply): FastifyReply {
  return refuse(reply, 404, 'NOT_FOUND', 'There is no calendar here.');
}

function addressOf({ socket }: FastifyRequest): string {
  return socket.remoteAddress ?? '';
}

/** Guesses are counted for addresses, as nobody else is known. */
function asGuesser(address: string): Principal {
  return { client: address, organizations: new Set(), mayInspect: false, scopes: new Set() };
}

export function registerCalendars(app: FastifyInstance, dependencies: Dependencies): void {
  const { feeds, parts, guessExchange, enter, now, log, refuseBusy } = dependencies;
  const guesses = createGuessLimit({
    now,
    ...(guessExchange === null ? {} : { exchange: guessExchange }),
    tell: ({ client: address, count }) => {
      log.warn(
        { address, count, security: 'guessing' },
        'somebody asks for many calendars that are not there',
      );
    },
  });
  /** Addresses of calendars that were there: behind a proxy, one who guesses must not shut out the others. */
  const proven = new LRUCache<string, true>({ max: 10_000 });
  const kept = new LRUCache<string, Kept>({ max: MOST_KEPT });

  /** A client that goes away does not end it: others may wait for the same. */
  const read = async (
    calendar: RenewalCalendar,
    principal: Principal,
    organizations: readonly Organization[],
    requestId: string,
  ): Promise<Reading> => {
    const scope = createRequestScope(REQUEST_DEADLINE_MS);
    try {
      const context = createContext(parts, {
        principal,
        requestId,
        signal: scope.signal,
        isCostWanted: false,
      });
      const shown = organizations.slice(0, MOST_ORGANIZATIONS);
      const path = { prev: undefined, key: 'calendar', typename: undefined };
      const { entries, coverage } = await readRenewals(shown, null, context, { path });
      const failed = coverage.sources.filter(({ state }) => state === 'FAILED');
      if (failed.length > 0) return { missing: [...new Set(failed.map(({ source }) => source))] };
      const names = new Map<string, string>(shown.map(({ slug, name }) => [slug, name]));
      const text = feeds?.write({
        name: calendar.name,
        entries,
        nameOf: (slug) => names.get(slug) ?? slug,
        writtenAt: instantOfMillis(context.now()),
        remarks: [
          ...coverage.missing.map((source) => `Not everything could be read: ${SOURCE_LABELS[source]}.`),
          ...(organizations.length > shown.length
            ? [`Shows ${shown.length} of ${organizations.length} customers.`]
            : []),
        ],
      });
      return { text: text ?? '' };
    } finally {
      scope.end();
    }
  };

  const readingOf = (
    calendar: RenewalCalendar,
    principal: Principal,
    organizations: readonly Organization[],
    requestId: string,
  ): Promise<Reading> => {
    const today = dayOf(instantOfMillis(parts.clock()));
    const shows = JSON.stringify([today, organizations.map(({ slug }) => slug)]);
    const known = kept.get(calendar.id);
    if (known !== undefined && known.shows === shows && now() - known.at < KEPT_MS) return known.reading;
    const reading = read(calendar, principal, organizations, requestId);
    const made: Kept = { shows, at: now(), reading };
    kept.set(calendar.id, made);
    const forget = () => {
      if (kept.get(calendar.id) === made) kept.delete(calendar.id);
    };
    // What failed is asked for again.
    reading.then((result) => {
      if ('missing' in result) forget();
    }, forget);
    return reading;
  };

  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { file = '' } = request.params as { readonly file?: string };
    const token = FILE.exec(file)?.[1];
    const mark = createHash('sha256').update(file).digest('base64url');
    const lookups = guesses.of(asGuesser(addressOf(request)), request.id);
    const waitMs = lookups.waitMs();
    if (waitMs > 0 && !proven.has(mark)) {
      return refuse(
        reply.header('retry-after', String(Math.ceil(waitMs / 1000))),
        429,
        'RATE_LIMITED',
        'Too many calendars were asked for that are not there. Try again later.',
        { retryable: true, retryAfterMs: waitMs },
      );
    }
    const calendar = token === undefined || feeds === null ? null : await feeds.find(token);
    if (calendar === null || feeds === null) {
      lookups.missed(file);
      return notFound(reply);
    }
    proven.set(mark, true);
    const principal = feeds.principalOf(calendar.client);
    if (principal === null || SCOPES.some((scope) => !principal.scopes.has(scope))) return notFound(reply);
    request.client = principal.client;
    const organizations = parts.directory.viewOf(principal).only(calendar.organizations);
    if (organizations.length === 0) return notFound(reply);
    const reading = await readingOf(calendar, principal, organizations, request.id);
    if ('missing' in reading) {
      const labels = reading.missing.map((source) => SOURCE_LABELS[source]).join(', ');
      return refuse(
        reply.header('retry-after', String(RETRY_MS / 1000)),
        503,
        'UPSTREAM_UNAVAILABLE',
        `The calendar cannot be read right now, for lack of ${labels}. Keep the last one and try again later.`,
        { retryable: true, retryAfterMs: RETRY_MS },
      );
    }
    return reply
      .headers({
        'cache-control': 'private, no-cache',
        'content-disposition': 'inline; filename="renewals.ics"',
      })
      .type('text/calendar; charset=utf-8')
      .send(reading.text);
  };

  app.get(`${CALENDAR_PATH}:file`, async (request, reply) => {
    const place = enter();
    if (place === null) return refuseBusy(reply);
    try {
      return await answer(request, reply);
    } catch (error) {
      if (!(error instanceof OperationError)) throw error;
      log.error({ requestId: request.id, detail: error.extras.detail }, 'calendars cannot be looked up');
      return refuse(reply.header('retry-after', '60'), 503, 'STORE_UNAVAILABLE', error.message, {
        retryable: true,
        retryAfterMs: 60_000,
      });
    } finally {
      place.leave();
    }
  });
}
