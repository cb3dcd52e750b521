/**
 * Global ids: opaque, versioned, and carrying type, organization and the backend's own key, so that one list call can
 * serve many of them.
 *
 * Guarantees: a typing error or a cut-off is noticed before anything is asked (checksum). Refuses to be an access
 * check: whoever can see the code can make a well-formed id, so resolvers check every id against what the caller may
 * see, and backends check every key against their allow-list.
 */
import { hash } from 'node:crypto';
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
  ChangeVerification: { tag: 'v', source: null },
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
  return hash('sha256', text, 'base64url').slice(0, CHECK_LENGTH);
}

interface Tagged {
  readonly tag: string;
  readonly organization: string;
  readonly key: string;
}

/** Ids that were made of late, by their text: lists show the same things again and again. Two halves, the older one goes. */
const MOST_REMEMBERED = 5_000;
let recent = new Map<string, string>();
let older = new Map<string, string>();

function encode({ tag, organization, key }: Tagged): string {
  const text = `${VERSION}${tag}${organization}/${key}`;
  const known = recent.get(text);
  if (known !== undefined) return known;
  const id = older.get(text) ?? Buffer.from(checksum(text) + text, 'utf8').toString('base64url');
  if (recent.size >= MOST_REMEMBERED) {
    older = recent;
    recent = new Map();
  }
  recent.set(text, id);
  return id;
}

function decode(id: string): Tagged | null {
  if (id.length > LONGEST || !/^[A-Za-z0-9_-]+$/.test(id)) return null;
  const decoded = Buffer.from(id, 'base64url').toString('utf8');
  const text = decoded.slice(CHECK_LENGTH);
  if (checksum(text) !== decoded.slice(0, CHECK_LENGTH) || !text.startsWith(VERSION)) return null;
  const slash = text.indexOf('/');
  if (slash < 0) return null;
  const found = { tag: text.slice(1, 2), organization: text.slice(2, slash), key: text.slice(slash + 1) };
  // Two spellings of one id would be two cache keys for one object.
  return encode(found) === id ? found : null;
}

export function encodeGlobalId({ type, organization, key }: GlobalId): string {
  return encode({ tag: NODE_TYPES[type].tag, organization, key });
}

/** `null` for anything that this program did not write, or that was changed on the way. */
export function decodeGlobalId(id: string): GlobalId | null {
  const found = decode(id);
  const type = found && typesByTag.get(found.tag);
  return found === null || type == null ? null : { type, organization: found.organization, key: found.key };
}

/** Of the same form, and of no node: a difference exists in comparing, and is not read by its id. */
const DISCREPANCY_TAG = 'd';

export function encodeDiscrepancyId(organization: string, key: string): string {
  return encode({ tag: DISCREPANCY_TAG, organization, key });
}

/** `null` as for `decodeGlobalId`, and for ids of anything else. */
export function decodeDiscrepancyId(id: string): Omit<GlobalId, 'type'> | null {
  const found = decode(id);
  return found?.tag === DISCREPANCY_TAG ? { organization: found.organization, key: found.key } : null;
}
