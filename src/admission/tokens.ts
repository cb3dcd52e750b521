/**
 * Tokens of other issuers (JWT): from a signed token to a principal.
 *
 * Guarantees: a token counts if an issuer of the configuration signed it, with one of the algorithms that it is allowed,
 * for this audience, within its time; nothing in a token chooses how it is checked but which of the issuer's own keys
 * was used. Whoever is the same in two tokens is the same principal, so that what is kept for principals is kept once.
 */
import { decodeJwt, jwtVerify, type JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';
import {
  SCOPES,
  type DocumentMode,
  type OwnLimits,
  type Principal,
  type Scope,
} from '../domain/principal.js';
import type { FindKey } from './key-sets.js';
import type { VerifyToken } from './principal.js';

/** An issuer as configured. */
export interface Issuer {
  readonly issuer: string;
  readonly jwksUri: string;
  readonly audience: string;
  readonly algorithms: readonly string[];
  readonly leewaySeconds: number;
  readonly claims: { readonly client: string; readonly organizations: string; readonly scopes: string };
  readonly inspect: boolean;
  readonly documents?: DocumentMode | undefined;
  readonly limits?: OwnLimits | undefined;
}

export interface TokensOptions {
  readonly keysAt: (uri: string) => FindKey;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

const MOST_PRINCIPALS = 1_000;
/** Three parts of base64url: nothing else is worth taking apart. */
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;
/** Without spaces or anything that a log could be led astray by. */
const CLIENT = /^[\x21-\x7e]{1,128}$/;

export function verifyTokens(issuers: readonly Issuer[], { keysAt, clock }: TokensOptions): VerifyToken {
  const byName = new Map(issuers.map((one) => [one.issuer, { ...one, findKey: keysAt(one.jwksUri) }]));
  const principals = new LRUCache<string, Principal>({ max: MOST_PRINCIPALS });

  return async (token) => {
    try {
      if (!TOKEN.test(token)) return null;
      // Unverified, and only to know whose keys to verify it with.
      const known = byName.get(decodeJwt(token).iss ?? '');
      if (known === undefined) return null;
      const { payload } = await jwtVerify(token, known.findKey, {
        issuer: known.issuer,
        audience: known.audience,
        algorithms: [...known.algorithms],
        clockTolerance: known.leewaySeconds,
        currentDate: new Date(clock()),
        requiredClaims: ['exp'],
      });
      return principalOf(payload, known, principals);
    } catch {
      // Not a token, not signed, not any more: why is nobody's business, and the log is no place for guesses.
      return null;
    }
  };
}

function principalOf(
  payload: JWTPayload,
  { claims, inspect, documents, limits }: Issuer,
  principals: LRUCache<string, Principal>,
): Principal | null {
  const claimed = (name: string): unknown => (Object.hasOwn(payload, name) ? payload[name] : undefined);
  const client = claimed(claims.client);
  const organizations = claimed(claims.organizations) ?? [];
  const scopes = wordsOf(claimed(claims.scopes) ?? []);
  const slugs = organizations === '*' ? null : wordsOf(organizations);
  if (typeof client !== 'string' || !CLIENT.test(client) || slugs === undefined || scopes === undefined) {
    return null;
  }
  // Others are for other services.
  const own = SCOPES.filter((scope: Scope) => scopes.includes(scope));
  const mark = JSON.stringify([
    client,
    slugs === null ? '*' : [...slugs].sort(),
    own,
    inspect,
    documents,
    limits,
  ]);
  const known = principals.get(mark);
  if (known !== undefined) return known;
  const principal: Principal = {
    client,
    organizations: slugs === null ? 'all' : new Set(slugs),
    mayInspect: inspect,
    scopes: new Set(own),
    documents,
    limits,
  };
  principals.set(mark, principal);
  return principal;
}

/** A list of words, or one text with spaces between them, as OAuth writes scopes. `undefined`: neither. */
function wordsOf(claim: unknown): readonly string[] | undefined {
  if (typeof claim === 'string') return claim.split(' ').filter((word) => word !== '');
  const isList = Array.isArray(claim) && claim.every((word): word is string => typeof word === 'string');
  return isList ? claim : undefined;
}
