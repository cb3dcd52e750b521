/** A token issuer on loopback: its keys, and tokens that it signs, or that others sign in its name. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTPayload,
} from 'jose';
import type { IssuerEntry } from '../../src/config/clients.js';

export const AUDIENCE = 'commitment-graph';

export interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}

export async function makeKey(kid: string, alg = 'ES256'): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

export const pemOf = (key: SigningKey) => exportSPKI(key.publicKey);

export interface TestIssuer extends AsyncDisposable {
  /** The keys that it shows. */
  keys: readonly SigningKey[];
  /** What it answers instead, while it is not itself. */
  trouble: 'down' | 'broken' | 'large' | 'moved' | null;
  /** Times that it was asked. */
  asked: number;
  readonly url: string;
  readonly entry: (changes?: Partial<IssuerEntry>) => IssuerEntry;
}

export async function startIssuer(...keys: readonly SigningKey[]): Promise<TestIssuer> {
  const server = createServer((request, response) => {
    issuer.asked += 1;
    if (issuer.trouble === 'down') request.socket.destroy();
    else if (issuer.trouble === 'broken') response.end('<html>');
    else if (issuer.trouble === 'large') response.end(`{"keys":[],"x":"${'x'.repeat(300_000)}"}`);
    else if (issuer.trouble === 'moved') response.writeHead(302, { location: `${issuer.url}/moved` }).end();
    else response.end(JSON.stringify({ keys: issuer.keys.map(({ jwk }) => jwk) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer: TestIssuer = {
    keys,
    trouble: null,
    asked: 0,
    url,
    entry: (changes = {}) => ({
      issuer: 'https://login.example',
      jwksUri: `${url}/jwks`,
      audience: AUDIENCE,
      algorithms: ['ES256', 'RS256'],
      leewaySeconds: 30,
      claims: { client: 'client_id', organizations: 'organizations', scopes: 'scope' },
      inspect: false,
      ...changes,
    }),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return issuer;
}

/** `at`: seconds since the epoch. */
export function claims(at: number, changes: Readonly<Record<string, unknown>> = {}): JWTPayload {
  return {
    iss: 'https://login.example',
    aud: AUDIENCE,
    iat: at,
    exp: at + 300,
    client_id: 'portal',
    organizations: ['sleepyco'],
    scope: 'openid commitments:read billing:read',
    ...changes,
  };
}

export function sign(key: SigningKey, payload: JWTPayload, header: Readonly<Record<string, unknown>> = {}) {
  return new SignJWT(payload)
    .setProtectedHeader({ alg: key.alg, kid: key.kid, ...header })
    .sign(key.privateKey);
}

/** A token as an attacker writes it: any header, any payload, any signature. */
export function forge(header: object, payload: object, signature = ''): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(payload)}.${signature}`;
}
