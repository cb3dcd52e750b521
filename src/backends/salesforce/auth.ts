/**
 * How Salesforce is told who we are: a token from the configuration, or one from the client credentials login.
 *
 * Guarantees: one login at a time, however many calls wait for it; its token is kept until a call comes back
 * unauthenticated (the login tells no lifetime); a login that failed is not remembered. Refuses calls, naming the
 * missing keys of the configuration, where neither is configured.
 */
import { sourceError } from '../../domain/failure.js';
import type { Authenticator } from '../../upstream/endpoint.js';
import { SOURCE } from './client.js';

export interface SalesforceCredentials {
  /** Wins over the client's credentials. Cannot be renewed. */
  readonly accessToken?: string | undefined;
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
}

/** Exchanges the client's credentials for an access token; rejects with `SourceError`. */
export type Login = (client: { readonly clientId: string; readonly clientSecret: string }) => Promise<string>;

/** A login that was begun, and its token once it is there. */
interface HeldToken {
  readonly token: Promise<string>;
  settled: string | null;
}

/** `token` for data, `none` for the login itself. */
export function createAuthenticator(credentials: SalesforceCredentials, login: Login): Authenticator {
  let held: HeldToken | null = null;

  const tokenByLogin = (): Promise<string> => {
    if (held !== null) return held.token;
    const { clientId, clientSecret } = credentials;
    if (!clientId || !clientSecret) {
      return Promise.reject(
        sourceError('UPSTREAM_UNAVAILABLE', SOURCE, {
          detail: `backends.salesforce.${clientId ? 'clientSecret' : 'clientId'} is not configured, nor is accessToken`,
          isLasting: true,
        }),
      );
    }
    const holding: HeldToken = { token: login({ clientId, clientSecret }), settled: null };
    held = holding;
    holding.token.then(
      (token) => {
        holding.settled = token;
      },
      () => {
        if (held === holding) held = null;
      },
    );
    return holding.token;
  };

  return {
    headers: async (credential) => {
      switch (credential) {
        case 'none':
          return {};
        case 'token':
          return {
            authorization: `Bearer ${credentials.accessToken ? credentials.accessToken : await tokenByLogin()}`,
          };
        default:
          throw sourceError('UPSTREAM_UNAVAILABLE', SOURCE, {
            detail: `no credential named ${credential}`,
            isLasting: true,
          });
      }
    },
    renew: (credential, sent) => {
      if (credential !== 'token' || credentials.accessToken) return false;
      // Of several calls that the old token failed, only the first starts a new login, however late the others come.
      const lapsed = sent?.['authorization'] ?? `Bearer ${held?.settled ?? ''}`;
      if (held !== null && held.settled !== null && lapsed === `Bearer ${held.settled}`) held = null;
      return true;
    },
  };
}
