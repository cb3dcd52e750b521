/**
 * What is remembered of differences between one look and the next, and what the graph may ask about it.
 *
 * A difference is itself for as long as it is there (a stretch): one that went away and comes back is a new one, first
 * seen anew, and nobody has acknowledged it. An acknowledgement is of a difference as it was: it holds while state, cause
 * and both values are what they were then, and no longer, so that nothing larger hides behind it.
 */
import { createHash } from 'node:crypto';
import type { Instant } from '../calendar.js';
import { canonicalJson } from '../json.js';
import type { Observation } from '../observation.js';
import type { Organization, OrganizationSlug } from '../organization.js';
import { plainValue } from './plain.js';
import { isDiscrepancy, type Finding, type Reconciliation } from './types.js';

export interface Acknowledgement {
  /** Name of the client. */
  readonly by: string;
  readonly at: Instant;
  readonly reason: string;
}

export interface Memory {
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
  /** One that holds. */
  readonly acknowledgement: Acknowledgement | null;
}

/** A stretch as it was written down. */
export interface Stretch {
  readonly firstSeenAt: Instant;
  readonly acknowledgement: (Acknowledgement & { readonly digest: string }) | null;
}

/** By `idOf`. `null`: nothing is kept here. */
export type Memories = ReadonlyMap<string, Stretch> | null;

/** The same for the same difference in every look, whatever the values are by then. */
export function idOf({ key }: Pick<Finding, 'key'>): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 24);
}

/** Changes with what is said about it, and not with time. */
export function digestOf({ state, cause, crm, billing }: Finding): string {
  const values = [crm, billing].map((side) => (side?.value == null ? null : plainValue(side.value)));
  return createHash('sha256')
    .update(canonicalJson([state, cause, ...values]))
    .digest('base64url');
}

/** A source that could not be read says nothing of the customer, and a change on its way is gone in minutes. */
export function isRemembered({ state, cause }: Finding): boolean {
  if (state !== 'CANNOT_COMPARE') return isDiscrepancy(state);
  return cause !== 'SOURCE_FAILED' && cause !== 'SOURCE_STALE' && cause !== 'SOURCE_INCOMPLETE';
}

/** Of a finding that was seen at that moment. `null`: nothing is kept of it. */
export function memoryOf(finding: Finding, memories: Memories, at: Instant): Memory | null {
  if (memories === null || !isRemembered(finding)) return null;
  const stretch = memories.get(idOf(finding));
  const { digest = '', ...made } = stretch?.acknowledgement ?? {};
  const holds = digest !== '' && digest === digestOf(finding);
  return {
    firstSeenAt: stretch?.firstSeenAt ?? at,
    lastSeenAt: at,
    acknowledgement: holds ? (made as Acknowledgement) : null,
  };
}

/** A customer's reconciliation, and what is remembered of it: read once for all that were looked at together. */
export interface Looked {
  readonly organization: Organization;
  readonly reconciliation: Reconciliation;
  /** When each side was read; `null`: it was not. */
  readonly observations: { readonly orders: Observation | null; readonly commitments: Observation | null };
  /** Rejects with `OperationError` (STORE_UNAVAILABLE). */
  readonly memories: () => Promise<Memories>;
}

export type Acknowledged =
  | { readonly kind: 'done'; readonly looked: Looked; readonly finding: Finding | null }
  /** No such difference is there now, or was while anybody looked. */
  | { readonly kind: 'not-found' }
  /** It is there, and cannot be acknowledged: a change on its way, or a source that could not be read. */
  | { readonly kind: 'not-lasting'; readonly finding: Finding };

/** What the graph may ask. One of these is made for each request. */
export interface Reconciliations {
  /** Live, each in the order given, with one walk over the orders of all. Never rejects for a source that failed. */
  of(organizations: readonly Organization[]): Promise<readonly Looked[]>;
  /**
   * Looks again, and acknowledges what is there. Rejects with `OperationError` (STORE_UNAVAILABLE), and with `SourceError`
   * where a source that failed leaves open whether it is there.
   */
  acknowledge(organization: Organization, id: string, reason: string): Promise<Acknowledged>;
  /** Takes an acknowledgement back, whoever made it; one that is not there stays so. */
  withdraw(organization: Organization, id: string, reason: string | null): Promise<Acknowledged>;
}

/** All findings of a look. */
export function findingsOf({
  discrepancies,
  pending,
  uncompared,
}: Pick<Reconciliation, 'discrepancies' | 'pending' | 'uncompared'>): readonly Finding[] {
  return [...discrepancies, ...pending, ...uncompared];
}

/** What somebody saw of an organization. */
export interface Look {
  readonly organization: OrganizationSlug;
  readonly at: Instant;
  /** To be remembered. */
  readonly seen: readonly Finding[];
  /** Ids of all that was there, also what is not remembered as it is. */
  readonly present: ReadonlySet<string>;
  /** Kinds of which what was not seen was not there; `none`: of no kind. */
  readonly absent: 'all' | 'all-but-escalation' | 'none';
}

export function lookOf(reconciliation: Reconciliation): Look {
  const findings = findingsOf(reconciliation);
  const { orders, commitments, state, terms } = reconciliation.coverage;
  const isRead = (side: typeof state) => side === 'READ' || side === 'NOT_READ' || side === 'NOT_LINKED';
  // A state that was asked for and not had may have joined what is not joined now.
  const isWhole = isRead(orders) && isRead(commitments) && commitments !== 'NOT_READ' && isRead(state);
  return {
    organization: reconciliation.organization,
    at: reconciliation.at,
    seen: findings.filter(isRemembered),
    present: new Set(findings.map(idOf)),
    absent: !isWhole ? 'none' : isRead(terms) ? 'all' : 'all-but-escalation',
  };
}

/** Where nobody reconciles anything. */
export const noReconciliations: Reconciliations = {
  of: () => Promise.resolve([]),
  acknowledge: () => Promise.resolve({ kind: 'not-found' }),
  withdraw: () => Promise.resolve({ kind: 'not-found' }),
};
