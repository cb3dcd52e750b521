/**
 * How a finding is written down: its key, what each side says, who is right and what to do, by its state and cause.
 */
import type { Instant, Term } from '../calendar.js';
import type { MinimumCommitment } from '../commitment.js';
import type { Failure } from '../failure.js';
import type { Money } from '../money.js';
import type { Observation } from '../observation.js';
import type { OrganizationSlug } from '../organization.js';
import { changeOf, type CrmPromise } from './promises.js';
import type { Clockwork, Timing } from './timing.js';
import type {
  Action,
  Authority,
  Cause,
  ComparedField,
  ComparedValue,
  Direction,
  Finding,
  FindingKind,
  FindingState,
  Impact,
  Severity,
  SideValue,
} from './types.js';

/** What is the same for all findings of one organization. */
export interface Surroundings extends Clockwork {
  readonly organization: OrganizationSlug;
  readonly orders: Observation;
  readonly commitments: Observation;
  /** Billing says that its last synchronization failed. */
  readonly hasSyncFailed: boolean;
}

export interface Found {
  readonly kind: FindingKind;
  readonly fields: readonly ComparedField[];
  readonly promise: CrmPromise | null;
  /** Of an order as a whole, where `promise` is only its first step. */
  readonly isWholeOrder?: boolean;
  readonly commitment: MinimumCommitment | null;
  readonly crm: ComparedValue | null;
  readonly billing: ComparedValue | null;
  readonly impact: Impact;
}

export interface Ruling {
  readonly state: FindingState;
  readonly cause: Cause;
  readonly authority: Authority | null;
  readonly action: Action;
}

export const NO_TERM: Term = { startsOn: null, endsBefore: null };

export function impactOf(
  direction: Direction,
  affects: Term,
  perMonth: Money | null = null,
  months: number | null = null,
): Impact {
  return {
    direction,
    perMonth: perMonth && { amount: perMonth.amount.abs(), currency: perMonth.currency },
    overTerm:
      perMonth === null || months === null
        ? null
        : { amount: perMonth.amount.abs().times(months), currency: perMonth.currency },
    affects,
  };
}

export const NO_IMPACT: Impact = impactOf('NONE', NO_TERM);

const CRM_IS_RIGHT: Authority = { side: 'SALESFORCE', rule: 'RECENT_CHANGE' };
const BILLING_IS_RIGHT: Authority = { side: 'COMMITMENT_MANAGER', rule: 'BILLING_DISPUTE' };
const CONTRACT_IS_RIGHT: Authority = { side: 'SIGNED_CONTRACT', rule: 'CONTRACT_TERMS' };
const ASK: Action = { kind: 'ASK_A_PERSON' };

/** Nothing could be compared. */
export function cannotCompare(cause: Cause): Ruling {
  const isTheirs = cause === 'SOURCE_FAILED' || cause === 'SOURCE_STALE' || cause === 'SOURCE_INCOMPLETE';
  return { state: 'CANNOT_COMPARE', cause, authority: null, action: isTheirs ? { kind: 'NONE' } : ASK };
}

/** What neither side can settle: the contract is looked up. */
export function byContract(state: FindingState, cause: Cause, action: Action = ASK): Ruling {
  return { state, cause, authority: CONTRACT_IS_RIGHT, action };
}

export function byBilling(state: FindingState, cause: Cause, action: Action = ASK): Ruling {
  return { state, cause, authority: BILLING_IS_RIGHT, action };
}

export function byCrm(state: FindingState, cause: Cause, action: Action): Ruling {
  return { state, cause, authority: CRM_IS_RIGHT, action };
}

/** While nothing can be said yet; `null` once something can. */
export function waiting(timing: Timing): Ruling | null {
  switch (timing.kind) {
    case 'ON_ITS_WAY':
    case 'READ_TOO_EARLY':
      return byCrm(
        'SYNC_PENDING',
        timing.kind === 'ON_ITS_WAY' ? 'CHANGE_ON_ITS_WAY' : 'READ_BEFORE_CHANGE',
        {
          kind: 'WAIT_UNTIL',
          until: timing.until,
        },
      );
    case 'CRM_NEWER':
    case 'BILLING_NEWER':
    case 'UNKNOWN':
      return null;
  }
}

/** Values that differ: whoever changed last is ahead. `state`: instead, where it is told by more than time. */
export function byTime(
  timing: Timing,
  around: Surroundings,
  orderId: string,
  { state, cause }: { readonly state?: FindingState; readonly cause?: Cause } = {},
): Ruling {
  const wait = waiting(timing);
  if (wait !== null) return wait;
  if (timing.kind === 'CRM_NEWER') {
    return byCrm(state ?? 'CRM_AHEAD', cause ?? (around.hasSyncFailed ? 'SYNC_FAILED' : 'WEBHOOK_FAILED'), {
      kind: 'TRIGGER_SYNC',
      organization: around.organization,
    });
  }
  if (timing.kind === 'BILLING_NEWER') {
    return byBilling(state ?? 'BILLING_AHEAD', cause ?? 'BILLING_CHANGED', {
      kind: 'LOOK_FOR_FAILED_WEBHOOK',
      orderId,
    });
  }
  return byBilling(state ?? 'BILLING_AHEAD', cause ?? 'ORDER_OF_CHANGES_UNKNOWN');
}

export function findingOf(found: Found, ruling: Ruling, around: Surroundings): Finding {
  const { kind, fields, promise, commitment, impact } = found;
  const orderId = promise?.order.externalId ?? null;
  const stepId = found.isWholeOrder === true ? null : (promise?.step?.externalId ?? null);
  const commitmentId = commitment?.externalId ?? null;
  const isOpen = ruling.state === 'SYNC_PENDING' || ruling.state === 'CANNOT_COMPARE';
  return {
    key: keyOf(around.organization, orderId, stepId, commitmentId, kind),
    organization: around.organization,
    kind,
    fields,
    orderId,
    stepId,
    commitmentId,
    crm: promise && sideOf('SALESFORCE', stepId ?? orderId, found.crm, around.orders, promise.changedAt),
    billing:
      commitment &&
      sideOf('COMMITMENT_MANAGER', commitmentId, found.billing, around.commitments, changeOf(commitment)),
    ...ruling,
    severity: isOpen ? 'COSMETIC' : severityOf(impact.direction),
    impact: isOpen ? NO_IMPACT : impact,
    failure: null,
  };
}

/** A whole source that could not be used. */
export function sideFinding(
  source: SideValue['source'],
  cause: Cause,
  failure: Failure | null,
  organization: OrganizationSlug,
): Finding {
  return {
    key: keyOf(organization, null, null, source, 'SIDE'),
    organization,
    kind: 'SIDE',
    fields: ['RECORD'],
    orderId: null,
    stepId: null,
    commitmentId: null,
    crm: null,
    billing: null,
    ...cannotCompare(cause),
    severity: 'COSMETIC',
    impact: NO_IMPACT,
    failure,
  };
}

function keyOf(
  organization: OrganizationSlug,
  orderId: string | null,
  stepId: string | null,
  commitmentId: string | null,
  kind: FindingKind,
): string {
  return JSON.stringify([organization, orderId, stepId, commitmentId, kind]);
}

function sideOf(
  source: SideValue['source'],
  recordId: string | null,
  value: ComparedValue | null,
  observation: Observation,
  updatedAt: Instant | null,
): SideValue {
  return { source, recordId, value, observedAt: observation.observedAt, updatedAt };
}

function severityOf(direction: Direction): Severity {
  return direction === 'NONE' ? 'COSMETIC' : direction;
}

export function promisedRecord({ monthly, term }: CrmPromise): ComparedValue {
  return { kind: 'RECORD', unit: 'MAJOR_UNITS_PER_MONTH', amount: monthly, term };
}

export function heldRecord({ committed, term }: MinimumCommitment): ComparedValue {
  return { kind: 'RECORD', unit: 'MAJOR_UNITS_PER_MONTH', amount: committed, term };
}

export function termValue(term: Term): ComparedValue {
  return { kind: 'TERM', unit: 'DAYS_END_EXCLUDED', term };
}

export function statusValue(text: string): ComparedValue {
  return { kind: 'STATUS', unit: 'WORD', text };
}
