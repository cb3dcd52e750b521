/**
 * How Commitment Manager is told who we are: two schemes on one base address (`backends.md` C28).
 *
 * Guarantees: the two are independent; where one is not configured, only the calls that need it fail, naming the
 * missing key of the configuration. Nothing is renewed: the vendor documents no login, secrets are rotated by hand.
 */
import { sourceError } from '../../domain/failure.js';
import type { Authenticator } from '../../upstream/endpoint.js';
import { SOURCE } from './client.js';

export interface CommitmentManagerCredentials {
  readonly username?: string | undefined;
  readonly webhookApiKey?: string | undefined;
  readonly bearerToken?: string | undefined;
}

/** `webhook` for `/commitments`, `bearer` for `/organizations/…`. */
export function createAuthenticator(credentials: CommitmentManagerCredentials): Authenticator {
  const configured = (key: keyof CommitmentManagerCredentials): string => {
    const value = credentials[key];
    if (value !== undefined && value !== '') return value;
    throw sourceError('UPSTREAM_UNAVAILABLE', SOURCE, {
      detail: `backends.commitmentManager.${key} is not configured`,
      isLasting: true,
    });
  };
  return {
    headers: async (credential) => {
      switch (credential) {
        case 'webhook':
          return { username: configured('username'), webhook_api_key: configured('webhookApiKey') };
        case 'bearer':
          return { authorization: `Bearer ${configured('bearerToken')}` };
        default:
          throw sourceError('UPSTREAM_UNAVAILABLE', SOURCE, {
            detail: `no credential named ${credential}`,
            isLasting: true,
          });
      }
    },
    renew: () => false,
  };
}
