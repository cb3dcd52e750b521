/**
 * How a backend is changed. One port for each backend that can be; made for one request, like the ports that read.
 *
 * The order of use is plan → send → look …: `plan` and `look` only read, `send` sends one request at most, and none of
 * the three is told whether it is the first time, so that a restart between any two of them loses nothing.
 */
import type {
  Change,
  ContractChange,
  ContractCommitmentChange,
  ResourceCommitmentChange,
  SyncChange,
} from './change.js';
import type { Failure } from './failure.js';
import type { Json } from './json.js';
import type { OperationFailure, OperationResult, Plan, Planned, UpstreamReferences } from './operation.js';
import type { Organization } from './organization.js';

interface Seen {
  /** What the backend shows now, in the shape of `Plan.before`; `null` where nothing was read. */
  readonly after?: Json;
  /** Kept in the journal, read by `result`. */
  readonly outcome?: Json;
  /** Kept in the journal, given to `look`. */
  readonly progress?: Json;
  readonly references?: UpstreamReferences;
  /** The backend's id of what was made. */
  readonly externalId?: string;
}

/** Where a change stands after sending it or looking at it. */
export type Step =
  /** Certainly not a byte of it left, or it was turned away unread (429, a lapsed credential). */
  | { readonly state: 'NOT_SENT'; readonly failure: Failure }
  /** The backend said no, and did nothing. */
  | (Seen & { readonly state: 'FAILED'; readonly failure: OperationFailure })
  | (Seen & { readonly state: 'SUCCEEDED' })
  | (Seen & { readonly state: 'IN_REVIEW' })
  | (Seen & { readonly state: 'PENDING' })
  /** Nobody can tell, yet. From `look`: what is there fits neither before nor after, or could not be read. */
  | (Seen & { readonly state: 'UNKNOWN'; readonly message: string });

/** What a look finds: as a step, or that everything is as it was before. */
export type Look =
  | Exclude<Step, { readonly state: 'NOT_SENT' }>
  /** Nothing of the change is there at this moment. Whether that proves anything depends on how long ago it was sent. */
  | (Seen & { readonly state: 'NOT_APPLIED' });

/** An operation on its way, as the journal knows it. */
export interface Sent {
  readonly plan: Plan;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  readonly progress: Json;
}

export interface ChangePort<C extends Change> {
  /**
   * Reads what it needs, freshly, and checks every rule that can be checked. Rejects with `SourceError` where reading
   * failed: nothing is sent on a guess.
   */
  plan(organization: Organization, change: C): Promise<Planned>;
  /** Sends the planned request, once. `requestId` goes along as `X-Request-Id`. Never rejects. */
  send(organization: Organization, change: C, plan: Plan, requestId: string): Promise<Step>;
  /** Finds out by reading what became of it. Rejects with `SourceError` where the backend cannot be read. */
  look(organization: Organization, change: C, sent: Sent): Promise<Look>;
  /** What a kept outcome says. The same for the same outcome, whenever it is asked. */
  result(organization: Organization, change: C, outcome: Json): OperationResult;
}

/** A backend that is not configured is `null`. */
export interface ChangePorts {
  readonly contracts: ChangePort<ContractChange> | null;
  readonly resourceCommitments: ChangePort<ResourceCommitmentChange> | null;
  readonly contractCommitments: ChangePort<ContractCommitmentChange> | null;
  readonly sync: ChangePort<SyncChange> | null;
}
