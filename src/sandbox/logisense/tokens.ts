/**
 * LogiSense's login (`backends.md` §3.1). Guarantees tokens of 1800 seconds by the sandbox's clock, told apart from one
 * another, in three parts like a JWT and plainly no secret. Refuses, with 400 and an OAuth error, a wrong user or
 * password, a spent or unknown refresh token and any other grant; a wrong client id with 401.
 *
 * Our choice, because the vendor is silent: these statuses; `grant_type=refresh_token` with the client id; a refresh
 * token works once and for an hour. The variant with a client secret is left out.
 */
import type { Clock, EmulatedReply, EmulatedRequest } from '../types.js';

export interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly clientId: string;
}

export interface TokenDesk {
  login(request: EmulatedRequest): EmulatedReply;
  accepts(authorization: string | undefined): boolean;
}

const LIFETIME_SECONDS = 1_800;
const REFRESH_LIFETIME_MS = 3_600_000;

function refusal(status: number, error: string, description: string): EmulatedReply {
  return { status, json: { error, error_description: description } };
}

export function createTokenDesk(clock: Clock, credentials: Credentials): TokenDesk {
  /** Token to the moment it ends, milliseconds since the epoch. */
  const accessTokens = new Map<string, number>();
  const refreshTokens = new Map<string, number>();
  let issued = 0;

  function forgetExpired(now: number): void {
    for (const tokens of [accessTokens, refreshTokens]) {
      for (const [token, endsAt] of tokens) if (endsAt <= now) tokens.delete(token);
    }
  }

  function issue(): EmulatedReply {
    const now = clock();
    forgetExpired(now);
    issued += 1;
    const accessToken = `sandbox-header.access-token-${issued}.sandbox-signature`;
    const refreshToken = `sandbox-refresh-token-${issued}`;
    const endsAt = now + LIFETIME_SECONDS * 1_000;
    accessTokens.set(accessToken, endsAt);
    refreshTokens.set(refreshToken, now + REFRESH_LIFETIME_MS);
    return {
      status: 200,
      json: {
        access_token: accessToken,
        token_type: 'bearer',
        expires_in: LIFETIME_SECONDS,
        refresh_token: refreshToken,
        audience: credentials.clientId,
        actingOwnerId: 1,
        '.issued': new Date(now).toISOString(),
        '.expires': new Date(endsAt).toISOString(),
      },
    };
  }

  function takeRefreshToken(token: string | null): boolean {
    const endsAt = token === null ? undefined : refreshTokens.get(token);
    if (token === null || endsAt === undefined) return false;
    refreshTokens.delete(token);
    return endsAt > clock();
  }

  return {
    login(request) {
      const type = request.headers['content-type'] ?? '';
      if (!type.toLowerCase().startsWith('application/x-www-form-urlencoded')) {
        return refusal(400, 'invalid_request', 'The request must be form encoded.');
      }
      const form = new URLSearchParams(request.body);
      if (form.get('client_id') !== credentials.clientId) {
        return refusal(401, 'invalid_client', 'The client is not known.');
      }
      switch (form.get('grant_type')) {
        case 'password':
          return form.get('username') === credentials.username &&
            form.get('password') === credentials.password
            ? issue()
            : refusal(400, 'invalid_grant', 'The user name or password is incorrect.');
        case 'refresh_token':
          return takeRefreshToken(form.get('refresh_token'))
            ? issue()
            : refusal(400, 'invalid_grant', 'The refresh token is not valid.');
        default:
          return refusal(400, 'unsupported_grant_type', 'The grant type is not supported.');
      }
    },
    accepts(authorization) {
      const token = /^bearer (\S+)$/i.exec(authorization ?? '')?.[1];
      return token !== undefined && (accessTokens.get(token) ?? 0) > clock();
    },
  };
}
