/**
 * Global ids: opaque, versioned, and carrying type, organization and the backend's own key, so that one list call can
 * serve many of them.
 *
 * Guarantees: a typing error or a cut-off is noticed before anything is asked (checksum). Refuses to be an access
 * check: whoever can see the code can make a well-formed id, so resolvers check every id against what the caller may
 * see, and backends check every key against their allow-list.
 */
import { createHash } from 'node:crypto';
import type { SourceName } from '../domain/source.js';

/** The types that have ids, with the backend that their keys belong to; `null`: the gateway's own. Letters are part of the wire form: never reuse one. */
export const NODE_TYPES = {
  Organization: { tag: 'o', source: null },
  MinimumCommitment: { tag: 'm', source: 'COMMITMENT_MANAGER' },
  ContractCommitment: { tag: 'c', source: 'LOGISENSE' },
  ResourceCommitment: { tag: 'r', source: 'CLOUDMC' },
  Contract: { tag: 'k', source: 'MONETIZENOW' },
  ServiceOrder: { tag: 's', source: 'SALESFORCE' },
  ContractOperation: { tag: 'p', source: null },
} as const satisfies Record<string, { tag: string; source: SourceName | null }>;

export type NodeType = keyof typeof NODE_TYPES;

export interface GlobalId {
  readonly type: NodeType;
  readonly organization: string;
  /** The backend's own id, or the journal's; empty for an organization. */
  readonly key: string;
}

const VERSION = '1';
const CHECK_LENGTH = 6;
const LONGEST = 600;
const typesByTag = new Map<string, NodeType>(
  (Object.keys(NODE_TYPES) as NodeType[]).map((type) => [NODE_TYPES[type].tag, type]),
);

function checksum(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, CHECK_LENGTH);
}

export function encodeGlobalId({ type, organization, key }: GlobalId): string {
  const text = `${VERSION}${NODE_TYPES[type].tag}${organization}/${key}`;
  return Buffer.from(checksum(text) + text, 'utf8').toString('base64url');
}

/** `null` for anything that this program did not write, or that was changed on the way. */
export function decodeGlobalId(id: string): GlobalId | null {
  if (id.length > LONGEST || !/^[A-Za-z0-9_-]+$/.test(id)) return null;
  const decoded = Buffer.from(id, 'base64url').toString('utf8');
  const text = decoded.slice(CHECK_LENGTH);
  if (checksum(text) !== decoded.slice(0, CHECK_LENGTH) || !text.startsWith(VERSION)) return null;
  const type = typesByTag.get(text.slice(1, 2));
  const slash = text.indexOf('/');
  if (type === undefined || slash < 0) return null;
  const found = { type, organization: text.slice(2, slash), key: text.slice(slash + 1) };
  // Two spellings of one id would be two cache keys for one object.
  return encodeGlobalId(found) === id ? found : null;
}
