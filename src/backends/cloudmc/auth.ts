/**
 * Tells CloudMC who we are: a key that carries the rights of its user. There is nothing to renew.
 */
import type { Authenticator } from '../../upstream/endpoint.js';

/** The `MC-Api-Key` header (seed 003). */
export function createAuthenticator(apiKey: string): Authenticator {
  return {
    headers: () => Promise.resolve({ 'MC-Api-Key': apiKey }),
    renew: () => false,
  };
}
