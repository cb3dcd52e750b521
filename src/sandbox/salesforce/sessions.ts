/**
 * Logins of the CRM by client credentials. Guarantees that a session ends after two hours without use and that a token
 * is never given twice, not even after a reset. The reply says nothing about how long it lasts: nor does the vendor.
 */
import type { Clock, EmulatedReply, EmulatedRequest } from '../types.js';
import { oauthError } from './errors.js';

const IDLE_MS = 2 * 60 * 60 * 1_000;

export interface Client {
  readonly clientId: string;
  readonly clientSecret: string;
}

export class Sessions {
  readonly #lastUsed = new Map<string, number>();
  readonly #client: Client;
  readonly #clock: Clock;
  #issued = 0;

  constructor(client: Client, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  /** Whether this Authorization header names a living session; using it keeps it alive. */
  touch(authorization: string | undefined): boolean {
    const token = /^(?:Bearer|OAuth) (.+)$/.exec(authorization ?? '')?.[1];
    const lastUsed = token === undefined ? undefined : this.#lastUsed.get(token);
    if (token === undefined || lastUsed === undefined) return false;
    if (this.#clock() - lastUsed >= IDLE_MS) {
      this.#lastUsed.delete(token);
      return false;
    }
    this.#lastUsed.set(token, this.#clock());
    return true;
  }

  clear(): void {
    this.#lastUsed.clear();
  }

  login({ body, headers }: EmulatedRequest): EmulatedReply {
    const form = new URLSearchParams(body);
    if (form.get('grant_type') !== 'client_credentials') {
      return oauthError(400, 'unsupported_grant_type', 'grant type not supported');
    }
    const { clientId, clientSecret } = basicCredentials(headers['authorization']) ?? {
      clientId: form.get('client_id') ?? '',
      clientSecret: form.get('client_secret') ?? '',
    };
    if (clientId !== this.#client.clientId) {
      return oauthError(400, 'invalid_client_id', 'client identifier invalid');
    }
    if (clientSecret !== this.#client.clientSecret) {
      return oauthError(400, 'invalid_client', 'invalid client credentials');
    }
    const now = this.#clock();
    const token = `sandbox-session-${(this.#issued += 1)}`;
    this.#lastUsed.set(token, now);
    const instance = `http://${headers['host'] ?? '127.0.0.1'}`;
    return {
      status: 200,
      json: {
        access_token: token,
        signature: 'sandbox-signature',
        scope: 'api',
        instance_url: instance,
        id: `${instance}/id/00D000000000000EAA/005000000000000AAA`,
        token_type: 'Bearer',
        issued_at: String(now),
        api_instance_url: instance,
      },
    };
  }
}

function basicCredentials(authorization: string | undefined): Client | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  if (colon < 0) return undefined;
  return { clientId: unescaped(pair.slice(0, colon)), clientSecret: unescaped(pair.slice(colon + 1)) };
}

/** RFC 6749 §2.3.1 has both parts form-encoded before they are joined. */
function unescaped(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    return part;
  }
}
