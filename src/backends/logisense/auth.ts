/**
 * Tells LogiSense who we are: with a token that the operator gave, or with one that a login gave.
 *
 * Guarantees: at most one login at a time, however many calls wait for it; a token is renewed a minute before it ends.
 * Refuses to try a refused password again for a minute: vendors lock accounts.
 */
import { isRetryable, sourceError, SourceError } from '../../domain/failure.js';
import type { ServiceScope } from '../../domain/scope.js';
import type { Authenticator, Upstream } from '../../upstream/endpoint.js';
import { login } from './client.js';
import type { WireLogin } from './wire.js';

export interface PasswordGrant {
  readonly username: string;
  readonly password: string;
  /** Issued by LogiSense. */
  readonly clientId: string;
}

const MARGIN_MS = 60_000;
const PAUSE_AFTER_REFUSAL_MS = 60_000;
// "30 minutes is the maximum" (`backends.md` §3.1): assumed where the reply does not say.
const USUAL_LIFETIME_S = 1800;

/** A token that does not change. */
export function createStaticAuthenticator(accessToken: string): Authenticator {
  return {
    headers: () => Promise.resolve({ Authorization: `Bearer ${accessToken}` }),
    renew: () => false,
  };
}

/** Tokens from `upstream`, whose base URL is the authorization server's. `clock`: epoch milliseconds. */
export function createLoginAuthenticator(
  grant: PasswordGrant,
  upstream: Upstream,
  scope: ServiceScope,
  clock: () => number,
): Authenticator {
  let held: { readonly header: string; readonly goodUntilMs: number } | null = null;
  let refreshToken: string | null = null;
  let refusal: { readonly error: SourceError; readonly untilMs: number } | null = null;
  let pending: Promise<string> | null = null;

  const ask = async (form: Readonly<Record<string, string>>): Promise<WireLogin> =>
    (await upstream.call(login, { form }, scope)).body;

  const askWithPassword = () =>
    ask({
      username: grant.username,
      password: grant.password,
      grant_type: 'password',
      client_id: grant.clientId,
    });

  // The fields of a refresh are not documented: the usual ones are assumed (`backends.md` §3.1), and where they do not
  // work, the password does.
  const askForNext = async (): Promise<WireLogin> => {
    if (refreshToken === null) return askWithPassword();
    try {
      return await ask({
        refresh_token: refreshToken,
        grant_type: 'refresh_token',
        client_id: grant.clientId,
      });
    } catch (error) {
      if (!(error instanceof SourceError) || isRetryable(error.failure)) throw error;
      refreshToken = null;
      return askWithPassword();
    }
  };

  const obtain = async (): Promise<string> => {
    try {
      const reply = await askForNext();
      const lifetimeMs = (reply.expires_in ?? USUAL_LIFETIME_S) * 1000;
      held = {
        header: `Bearer ${reply.access_token}`,
        // A token of less than two minutes is used for half of its life: a minute before its end may be never.
        goodUntilMs: clock() + lifetimeMs - Math.min(MARGIN_MS, lifetimeMs / 2),
      };
      refreshToken = reply.refresh_token;
      return held.header;
    } catch (error) {
      if (!(error instanceof SourceError) || isRetryable(error.failure)) throw error;
      // Whatever is wrong with our login is not the caller's doing: to him the source is not available.
      const { code, detail, upstreamRequestId } = error.failure;
      const unavailable = sourceError('UPSTREAM_UNAVAILABLE', 'LOGISENSE', {
        detail,
        upstreamRequestId,
        isLasting: true,
      });
      if (code === 'UPSTREAM_REJECTED')
        refusal = { error: unavailable, untilMs: clock() + PAUSE_AFTER_REFUSAL_MS };
      throw unavailable;
    }
  };

  return {
    headers: async () => {
      if (held !== null && clock() < held.goodUntilMs) return { Authorization: held.header };
      if (refusal !== null && clock() < refusal.untilMs) throw refusal.error;
      refusal = null;
      pending ??= obtain().finally(() => {
        pending = null;
      });
      return { Authorization: await pending };
    },
    renew: (_, sent) => {
      if (sent !== undefined && held !== null && sent['Authorization'] !== held.header) return true;
      // The refresh token stays: whether it has lapsed too shows when it is used.
      held = null;
      return true;
    },
  };
}
