/**
 * Operations: changes that were asked for, and what became of them.
 *
 * Guarantees: an operation is sent at most once. Its state says what is known and no more: SUCCEEDED and FAILED are
 * certain, UNKNOWN says that it is not. What is unknown is settled by reading the backend, never by sending again.
 */
import type { Instant } from './calendar.js';
import type { Change, ChangeKind } from './change.js';
import type { ContractCommitment, ResourceCommitment } from './commitment.js';
import type { Contract, Invoice, QuoteDetail } from './contract.js';
import type { Json } from './json.js';
import type { OrganizationSlug } from './organization.js';
import type { SourceName } from './source.js';

/**
 * PENDING: on its way, or taken by the backend and not yet done. IN_REVIEW: held until somebody approves it there.
 * SUCCEEDED: done. FAILED: certainly not done. UNKNOWN: sent, and no word of what became of it.
 */
export type OperationState = 'PENDING' | 'IN_REVIEW' | 'SUCCEEDED' | 'FAILED' | 'UNKNOWN';

/** Whether nothing more will happen to it. */
export function isSettled(state: OperationState): boolean {
  return state === 'SUCCEEDED' || state === 'FAILED';
}

/**
 * What is wrong with a change, for the customer to mend. A closed list; `UserErrorCode` in the graph.
 *
 * REFUSED is the backend's own answer; all others were found before anything was sent.
 */
export type ProblemCode =
  | 'REQUIRED' // is missing
  | 'INVALID' // cannot be such a value
  | 'NOT_ALLOWED' // does not go with the rest of the input
  | 'DUPLICATE' // is there twice
  | 'NOT_FOUND' // no such thing, or not this customer's
  | 'NOT_CHANGED' // is that already
  | 'DATE_NOT_ALLOWED' // on a day when it cannot be done
  | 'STATE_NOT_ALLOWED' // the thing is in a state that forbids it
  | 'OVERLAP' // collides with another
  | 'OUT_OF_RANGE' // too little or too much
  | 'WOULD_CANCEL_CONTRACT' // would cancel the contract, and that was not confirmed
  | 'REFUSED'; // the backend refused it

export interface Problem {
  /** Where in `input`, such as `['offerings', '0', 'products', '1', 'quantity']`; empty: the input as a whole. */
  readonly path: readonly string[];
  readonly code: ProblemCode;
  /** For people; nothing internal. */
  readonly message: string;
}

/** What a change brings with it beside what was asked. */
export interface Implication {
  readonly code:
    | 'QUANTITY_DEFAULTS' // a product that is not listed gets a quantity of its own
    | 'QUANTITY_KEPT' // a product that is not listed keeps its quantity
    | 'CONTRACT_CANCELLED'
    | 'OFFERING_REMOVED'
    | 'ID_CHANGES' // the commitment is replaced by one with another id
    | 'CHARGE' // something may be billed
    | 'CASCADE' // goes with it
    | 'SYNC_DELAY'; // shows in the other system later
  readonly message: string;
  /** The backend's id of what it concerns, if it is one thing. */
  readonly externalId: string | null;
}

/** A request as it will be sent, or was. No credential is in it. */
export interface PlannedRequest {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the backend's base. */
  readonly path: string;
  /** JSON text with exact numbers; `null`: no body. */
  readonly body: string | null;
}

/** What is to be sent, and what is known about it beforehand. JSON: it is kept in the journal. */
export interface Plan {
  /**
   * What is changed, unique over all backends, such as `MONETIZENOW/ctrct_1`: one write at a time. Of a creation: the
   * customer and what is to be created, so that the same thing is not created twice at once.
   */
  readonly target: string;
  /** The backend's id of what is changed; `null` for a creation. */
  readonly externalId: string | null;
  readonly request: PlannedRequest;
  readonly implications: readonly Implication[];
  /** Rules that only the backend can check, each as a sentence. */
  readonly unchecked: readonly string[];
  /** `versionOf` what was read; `null`: there is nothing to compare with. */
  readonly version: string | null;
  /** What the backend showed before: what reading back is compared with. */
  readonly before: Json;
}

export type Planned =
  | { readonly isSendable: true; readonly plan: Plan }
  /** All that is wrong, not the first of it. `plan` as far as it could be made. */
  | {
      readonly isSendable: false;
      readonly problems: readonly [Problem, ...Problem[]];
      readonly plan: Plan | null;
    };

/** Something that went away with, or was touched by, a change (LogiSense). */
export interface AffectedObject {
  /** `dtoTypeKey`, as sent. */
  readonly type: string;
  /** CREATED, UPDATED, DELETED, ATTACHED, DETACHED, or UNRECOGNIZED. */
  readonly action: 'CREATED' | 'UPDATED' | 'DELETED' | 'ATTACHED' | 'DETACHED' | 'UNRECOGNIZED';
  readonly actionText: string;
  /** Its id; `null` for a link between two. */
  readonly externalId: string | null;
  readonly leftExternalId: string | null;
  readonly rightExternalId: string | null;
}

/** What the backend gave back. Members that a kind of change does not have are `null` or empty. */
export interface OperationResult {
  readonly contract: Contract | null;
  readonly quote: QuoteDetail | null;
  readonly invoice: Invoice | null;
  readonly resourceCommitment: ResourceCommitment | null;
  readonly contractCommitments: readonly ContractCommitment[];
  readonly affected: readonly AffectedObject[];
  /** Of a commitment that was replaced: the old id and the new. */
  readonly previousExternalId: string | null;
  readonly externalId: string | null;
}

export const NO_RESULT: OperationResult = {
  contract: null,
  quote: null,
  invoice: null,
  resourceCommitment: null,
  contractCommitments: [],
  affected: [],
  previousExternalId: null,
  externalId: null,
};

/** The backend's own names of what it did: for support, and for whoever has to settle an operation by hand. */
export interface UpstreamReferences {
  readonly quoteId?: string;
  readonly contractId?: string;
  readonly invoiceId?: string;
  readonly taskId?: string;
  readonly trackingId?: string;
  readonly newCommitmentId?: string;
}

/** Why a change did not happen, or why nobody knows. */
export interface OperationFailure {
  readonly code:
    | 'REFUSED' // the backend said no
    | 'NOT_APPLIED' // was sent, got lost, and reading back proves that it did not happen
    | 'NO_ANSWER' // no answer, or none that can be read
    | 'DENIED' // a reviewer said no
    | 'SETTLED_BY_OPERATOR';
  /** For people; nothing internal. */
  readonly message: string;
}

/** One change and what became of it. */
export interface Operation {
  readonly id: string;
  readonly organization: OrganizationSlug;
  /** Name of the client that asked. */
  readonly client: string;
  readonly idempotencyKey: string;
  readonly kind: ChangeKind;
  readonly change: Change;
  readonly source: SourceName;
  readonly state: OperationState;
  /** Unknown, and looked for as long as it makes sense: an operator has to say what became of it. */
  readonly needsOperator: boolean;
  readonly target: string;
  /** The backend's id of what was changed, or made. */
  readonly externalId: string | null;
  readonly request: PlannedRequest;
  /** Why, in the words of whoever asked. */
  readonly reason: string | null;
  readonly requestId: string;
  readonly references: UpstreamReferences;
  readonly failure: OperationFailure | null;
  /** What the backend showed before, and what it showed when it was looked at last. */
  readonly before: Json;
  readonly after: Json;
  /** The backend's answer, as the backend's own adapter keeps it: `ChangePort.result` reads it. */
  readonly outcome: Json;
  /** What the adapter needs to follow it: a task's id, a quote's. */
  readonly progress: Json;
  readonly requestedAt: Instant;
  readonly sentAt: Instant;
  readonly settledAt: Instant | null;
  readonly updatedAt: Instant;
  /** How often the backend was looked at to find out. */
  readonly looks: number;
}
