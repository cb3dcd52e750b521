/**
 * What the graph may ask about changes: make one, find one, follow one. Implemented by the journal.
 */
import type { Signal } from './signal.js';
import type { Change, ChangeKind } from './change.js';
import type {
  Implication,
  Operation,
  OperationResult,
  OperationState,
  PlannedRequest,
  Problem,
} from './operation.js';
import type { Organization } from './organization.js';

export interface ChangeRequest {
  readonly organization: Organization;
  readonly change: Change;
  /** The caller's name for this request: the same again is the same request. */
  readonly idempotencyKey: string;
  readonly dryRun: boolean;
  /** Of what the caller has read; another one now refuses the change. */
  readonly expectedVersion: string | null;
  readonly reason: string | null;
}

/** What a dry run found. */
export interface Preview {
  readonly request: PlannedRequest;
  readonly implications: readonly Implication[];
  readonly unchecked: readonly string[];
}

export type Performed =
  /** Refused before anything was sent. */
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  /** A dry run; `preview` is `null` where the problems leave nothing to send. */
  | { readonly kind: 'previewed'; readonly preview: Preview | null; readonly problems: readonly Problem[] }
  | {
      readonly kind: 'performed';
      readonly operation: Operation;
      readonly result: OperationResult;
      /** It was made by an earlier request with the same key. */
      readonly isReplay: boolean;
      /** False: done, and the journal could not write down how it ended; it will find out by reading back. */
      readonly isDurable: boolean;
    };

export type OperationErrorCode =
  | 'BAD_USER_INPUT'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'IDEMPOTENCY_IN_PROGRESS'
  | 'TARGET_BUSY'
  | 'PRECONDITION_FAILED'
  | 'STORE_UNAVAILABLE';

/** A refusal of the journal. Nothing was sent. The message is for callers. */
export class OperationError extends Error {
  override readonly name = 'OperationError';

  constructor(
    readonly code: OperationErrorCode,
    message: string,
    readonly extras: {
      readonly isRetryable?: boolean;
      readonly retryAfterMs?: number;
      /** For the log only. */
      readonly detail?: string;
    } = {},
  ) {
    super(message);
  }
}

export interface OperationFilter {
  readonly states?: readonly OperationState[];
  readonly kinds?: readonly ChangeKind[];
}

export interface OperationPage {
  /** Newest first. */
  readonly operations: readonly Operation[];
  readonly hasMore: boolean;
  readonly totalCount: number;
}

/** For one caller. Operations of other clients of the same organization are shown; their keys are not its keys. */
export interface Operations {
  /**
   * Makes a change, or says what it would do. Rejects with `OperationError`, or with `SourceError` where the backend
   * could not be read or reached: nothing was sent then, and the same key may be used again.
   */
  perform(request: ChangeRequest): Promise<Performed>;
  /** `null`: there is none, or it is not this organization's. Rejects with `OperationError` (STORE_UNAVAILABLE). */
  byId(organization: Organization, id: string): Promise<Operation | null>;
  /** By the caller's own key, newest first: one for each customer that it was used for. */
  byKey(idempotencyKey: string): Promise<readonly Operation[]>;
  /** `after`: the id of the operation that the page comes after. */
  list(
    organization: Organization,
    filter: OperationFilter,
    first: number,
    after: string | null,
  ): Promise<OperationPage>;
  /** What the backend gave back for it. */
  result(organization: Organization, operation: Operation): OperationResult;
  /** Gives the operation as it is and after every change, and ends when it is settled or the signal aborts. */
  follow(organization: Organization, id: string, signal: Signal): AsyncIterable<Operation>;
}
