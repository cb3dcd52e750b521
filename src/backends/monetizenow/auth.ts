/**
 * Tells MonetizeNow who we are: a tenant's key (`backends.md` §4.1). There is nothing to renew.
 */
import type { Authenticator } from '../../upstream/endpoint.js';

/** The `x-api-key` header. */
export function createAuthenticator(apiKey: string): Authenticator {
  return {
    headers: () => Promise.resolve({ 'x-api-key': apiKey }),
    renew: () => false,
  };
}
