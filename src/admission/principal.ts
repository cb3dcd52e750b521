/**
 * Who asks: from an API key to a principal.
 *
 * Guarantees: keys are compared as hashes and in constant time; every way of not being somebody looks the same.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { WRITE_SCOPES, type Principal, type WriteScope } from '../domain/directory.js';

/** A client as configured; its keys are `sha256:<hex>` of the keys themselves. */
export interface Client {
  readonly name: string;
  readonly keys: readonly string[];
  readonly organizations: '*' | readonly string[];
  readonly inspect: boolean;
  readonly scopes: readonly WriteScope[];
}

export interface Credentials {
  /** Every such header of the request: two may be read in two ways, so they are nobody's. */
  readonly authorization: readonly string[];
  readonly apiKey?: string | undefined;
}

/** `null`: nobody. */
export type Authenticate = (credentials: Credentials) => Principal | null;

/** Everybody is the demo principal, who may read and change everything. The caller answers for it that only loopback listens. */
export function authenticateDemo(): Authenticate {
  const demo: Principal = {
    client: 'demo',
    organizations: 'all',
    mayInspect: true,
    scopes: new Set(WRITE_SCOPES),
  };
  return () => demo;
}

/** `X-Api-Key: <key>`, or the key as a bearer token. */
export function authenticateClients(clients: readonly Client[]): Authenticate {
  const known = clients.flatMap(({ name, keys, organizations, inspect, scopes }) => {
    const principal: Principal = {
      client: name,
      organizations: organizations === '*' ? 'all' : new Set(organizations),
      mayInspect: inspect,
      scopes: new Set(scopes),
    };
    return keys.map((key) => ({ hash: Buffer.from(key.slice('sha256:'.length), 'hex'), principal }));
  });
  return ({ authorization, apiKey }) => {
    if (authorization.length > 1) return null;
    const bearer = /^Bearer ([\x21-\x7e]+)$/i.exec(authorization[0] ?? '')?.[1];
    const presented = apiKey === undefined || apiKey === '' ? bearer : apiKey;
    if (presented === undefined) return null;
    const hash = createHash('sha256').update(presented).digest();
    let found: Principal | null = null;
    // All of them, always: how long this takes must not say how close a guess was.
    for (const candidate of known) if (timingSafeEqual(candidate.hash, hash)) found = candidate.principal;
    return found;
  };
}
