/** Clients as the clients file describes them, and the headers that they present. */
import { createHash } from 'node:crypto';
import type { Config } from '../../src/config.js';
import { READ_SCOPES } from '../../src/domain/principal.js';

type Client = NonNullable<Config['clients']>[number];

/** May read everything, and do what `scopes` say beside that. */
export function clientOf(
  name: string,
  key: string,
  organizations: Client['organizations'],
  scopes: Client['scopes'] = [],
): Client {
  return {
    name,
    inspect: false,
    keys: [`sha256:${createHash('sha256').update(key).digest('hex')}`],
    organizations,
    scopes: [...READ_SCOPES, ...scopes],
  };
}

export function withKey(key: string): Readonly<Record<string, string>> {
  return { 'x-api-key': key };
}

/** The answer without what differs from request to request. */
export function withoutRequestId(text: string): string {
  return text.replaceAll(/"requestId":"[^"]*"/g, '"requestId":"…"');
}
