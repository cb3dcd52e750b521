/**
 * Whose data a read may touch. Every loader, in-flight and cache key is built from a `Scope`, so that a key without
 * an organization and a credential cannot be written down.
 */
import type { OrganizationSlug } from './organization.js';

/** Names an upstream credential without containing it, for example `cloudmc#1`. */
export type CredentialName = string & { readonly __brand: 'CredentialName' };

/** A read of one organization's records. */
export interface OrganizationScope {
  readonly kind: 'organization';
  readonly organization: OrganizationSlug;
  readonly credential: CredentialName;
}

/**
 * A read that no single organization owns: LogiSense lists the commitments of every account contract and has no
 * filter (`backends.md` C9), and logins belong to nobody. What comes back must be split by owner before it is shown.
 */
export interface ServiceScope {
  readonly kind: 'service';
  readonly credential: CredentialName;
}

export type Scope = OrganizationScope | ServiceScope;

/** Unambiguous text of a scope: the only way that a scope enters a key. */
export function scopeKey(scope: Scope): string {
  return scope.kind === 'organization'
    ? JSON.stringify(['organization', scope.organization, scope.credential])
    : JSON.stringify(['service', scope.credential]);
}
