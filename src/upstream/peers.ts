/**
 * What the gates of one backend have in common when several processes go through them: the quota, the sockets, and what
 * one has learned and the others must know.
 *
 * Guarantees: a process that is alone has a quota of its own, bounds its sockets by its pool, and tells nobody.
 */
import type { FailureCode } from '../domain/failure.js';
import type { OrganizationSlug } from '../domain/organization.js';
import { scopeKey, type Scope } from '../domain/scope.js';
import type { SourceName } from '../domain/source.js';
import { createQuota, type Quota } from './quota.js';
import type { Signal } from '../domain/signal.js';
import type { Timers } from './timers.js';

/** What may have changed: of one scope, by its key, or of a customer under whatever credential. */
export type Touched =
  | { readonly kind: 'scope'; readonly key: string }
  | { readonly kind: 'organization'; readonly organization: OrganizationSlug };

/** The backend wants to be left alone. */
export interface Silence {
  readonly forMs: number;
  readonly code: FailureCode;
}

/** Gives a place back. */
export type Leave = () => void;

/** Places for requests that are under way at once, in all processes together. */
export interface Slots {
  /** `null`: none can be had, because the caller has given up or nobody is there who could say. */
  enter(signal: Signal): Leave | Promise<Leave | null>;
}

/** What a gate does when others tell it something. */
export interface Ears {
  forget(touched: Touched): void;
  silence(silence: Silence): void;
}

export interface Peers {
  readonly quota: Quota;
  /** `null`: the pool of this process is the bound. */
  readonly slots: Slots | null;
  /** Resolves when every process has forgotten it, or can no longer be waited for. Never rejects. */
  forget(touched: Touched): Promise<void>;
  silence(silence: Silence): void;
  listen(ears: Ears): void;
}

/** Of a backend, given its `concurrency` and `requestsPerSecond`. */
export type FindPeers = (
  source: SourceName,
  limits: { readonly concurrency: number; readonly requestsPerSecond: number | null },
) => Peers;

export function alone(timers: Timers): FindPeers {
  return (_, { requestsPerSecond }) => ({
    quota: createQuota(requestsPerSecond, timers),
    slots: null,
    forget: () => Promise.resolve(),
    silence: () => undefined,
    listen: () => undefined,
  });
}

/** Lists of all customers are touched by a change of any. */
export function isTouched(scope: Scope, touched: Touched): boolean {
  if (scope.kind === 'service') return true;
  return touched.kind === 'scope'
    ? scopeKey(scope) === touched.key
    : scope.organization === touched.organization;
}
