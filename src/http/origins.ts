/**
 * Which pages may ask, from which address.
 *
 * Guarantees: pages of origins that are configured may read answers, all others get no header that permits it; where
 * everybody on this machine may read everything, a page of another site cannot come in by pointing its own name at this
 * machine. Refuses wildcards, and never lets browsers send what they keep (cookies).
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refuse } from './refusal.js';

export interface OriginRules {
  /** Exact origins, such as `https://app.example`. */
  readonly allowedOrigins: readonly string[];
  /** Names of this machine; `null`: callers present a key, so the name by which they came does not matter. */
  readonly isOwnName: ((hostname: string) => boolean) | null;
}

const HEADERS = [
  'content-type',
  'authorization',
  'x-api-key',
  'graphql-client-name',
  'apollo-require-preflight',
  'graphql-upstream-report',
  'graphql-cost-report',
].join(', ');
/** Of an answer, beside those that pages may read anyway. */
const READABLE = ['ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id'].join(', ');
const METHODS = 'GET, POST';
/** Browsers ask again after this many seconds at most; a withdrawn permission lasts no longer. */
const PREFLIGHT_SECONDS = '600';

/** Refuses who came by a foreign name or from a foreign page; `false`: the request may go on. */
export function refuseForeign(request: FastifyRequest, reply: FastifyReply, rules: OriginRules): boolean {
  const { allowedOrigins, isOwnName } = rules;
  if (isOwnName === null) return false;
  const { host, origin } = request.headers;
  const isOwnOrigin = origin === undefined || allowedOrigins.includes(origin) || isOwn(origin, isOwnName);
  if (isOwnName(hostnameOf(host)) && isOwnOrigin) return false;
  refuse(
    reply,
    403,
    'FORBIDDEN',
    'No clients are configured, so only this machine may ask, under a name of its own such as localhost.',
  );
  return true;
}

function hostnameOf(host: string | undefined): string {
  return (/^(\[[^\]]*\]|[^:]*)(?::\d*)?$/.exec(host ?? '')?.[1] ?? '').toLowerCase();
}

function isOwn(origin: string, isOwnName: (hostname: string) => boolean): boolean {
  return URL.canParse(origin) && isOwnName(new URL(origin).hostname);
}

/** Lets a page of an allowed origin read the answer, whatever it turns out to be. */
export function permitReading(request: FastifyRequest, reply: FastifyReply, rules: OriginRules): void {
  const { allowedOrigins } = rules;
  if (allowedOrigins.length === 0) return;
  reply.header('vary', 'Origin');
  const { origin } = request.headers;
  if (origin !== undefined && allowedOrigins.includes(origin)) {
    reply.header('access-control-allow-origin', origin);
    reply.header('access-control-expose-headers', READABLE);
  }
}

/** Answers a browser that asks before it sends; `null`: this is no such question, or not from an allowed page. */
export function answerPreflight(
  request: FastifyRequest,
  reply: FastifyReply,
  { allowedOrigins }: OriginRules,
): FastifyReply | null {
  const { origin, 'access-control-request-method': method } = request.headers;
  if (request.method !== 'OPTIONS' || origin === undefined || method === undefined) return null;
  if (!allowedOrigins.includes(origin)) return null;
  return reply
    .code(204)
    .headers({
      'access-control-allow-methods': METHODS,
      'access-control-allow-headers': HEADERS,
      'access-control-max-age': PREFLIGHT_SECONDS,
    })
    .send();
}
