/**
 * Who asks: from an API key or a token to a principal.
 *
 * Guarantees: keys are compared as hashes and in constant time; every way of not being somebody looks the same. Refuses
 * credentials that are longer than any of ours, and two at a time.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import {
  SCOPES,
  type DocumentMode,
  type OwnLimits,
  type Principal,
  type Scope,
} from '../domain/principal.js';

/** A client as configured; its keys are `sha256:<hex>` of the keys themselves. */
export interface Client {
  readonly name: string;
  readonly keys: readonly string[];
  readonly organizations: '*' | readonly string[];
  readonly inspect: boolean;
  readonly scopes: readonly Scope[];
  readonly documents?: DocumentMode | undefined;
  readonly limits?: OwnLimits | undefined;
}

export interface Credentials {
  /** Every such header of the request: two may be read in two ways, so they are nobody's. */
  readonly authorization: readonly string[];
  readonly apiKey?: string | undefined;
}

/** `null`: nobody. Never rejects. */
export type Authenticate = (credentials: Credentials) => Principal | null | Promise<Principal | null>;

/** Whose token it is; `null`: nobody's. Never rejects. */
export type VerifyToken = (token: string) => Promise<Principal | null>;

/** Bytes of a key or token. Those of issuers with many claims have two or three thousand. */
export const LONGEST_CREDENTIAL = 8 * 1024;

/** Everybody's name where no clients are configured. */
export const DEMO_CLIENT = 'demo';

export const DEMO: Principal = {
  client: DEMO_CLIENT,
  organizations: 'all',
  mayInspect: true,
  scopes: new Set(SCOPES),
  limits: { mode: 'measure' },
};

/** Everybody is the demo principal, who may read and change everything. The caller answers for it that only loopback listens. */
export function authenticateDemo(): Authenticate {
  return () => DEMO;
}

const principals = new WeakMap<Client, Principal>();

/** The same for the same entry of the clients file: whose principal is another one was let in by something else than its keys. */
export function principalOf(client: Client): Principal {
  const { name, organizations, inspect, scopes, documents, limits } = client;
  const made: Principal = principals.get(client) ?? {
    client: name,
    organizations: organizations === '*' ? 'all' : new Set(organizations),
    mayInspect: inspect,
    scopes: new Set(scopes),
    documents,
    limits,
  };
  principals.set(client, made);
  return made;
}

/** `X-Api-Key: <key>`, or the key as a bearer token; tokens of `verifyToken` as bearer tokens only. */
export function authenticateClients(clients: readonly Client[], verifyToken?: VerifyToken): Authenticate {
  const known = clients.flatMap((client) => {
    const principal = principalOf(client);
    return client.keys.map((key) => ({ hash: Buffer.from(key.slice('sha256:'.length), 'hex'), principal }));
  });
  return ({ authorization, apiKey }) => {
    if (authorization.length > 1) return null;
    const isKey = apiKey !== undefined && apiKey !== '';
    const presented = isKey ? apiKey : /^Bearer ([\x21-\x7e]+)$/i.exec(authorization[0] ?? '')?.[1];
    if (presented === undefined || presented.length > LONGEST_CREDENTIAL) return null;
    const hash = createHash('sha256').update(presented).digest();
    let found: Principal | null = null;
    // All of them, always: how long this takes must not say how close a guess was.
    for (const candidate of known) if (timingSafeEqual(candidate.hash, hash)) found = candidate.principal;
    return found === null && !isKey && verifyToken !== undefined ? verifyToken(presented) : found;
  };
}
