/**
 * What the gateway saw, and when: lists of an organization's records as they were at a moment, and what changed between
 * two looks.
 *
 * A moment before the first look is not known (`NOT_OBSERVED`), never empty; one before what is kept says so
 * (`NOT_KEPT`), and one at which the source could not be read says that (`FAILED`). A record counts as gone only where a
 * whole list lacked it.
 */
import type { Instant } from './calendar.js';
import type { ContractCommitment, MinimumCommitment, ResourceCommitment } from './commitment.js';
import type { Contract } from './contract.js';
import type { FailureCode } from './failure.js';
import { OperationError } from './operations.js';
import type { Organization, OrganizationSlug } from './organization.js';
import type { ServiceOrder } from './service-order.js';
import type { SourceName } from './source.js';

/** The records that are observed, by kind. */
export interface ObservedRecords {
  readonly MINIMUM_COMMITMENT: MinimumCommitment;
  readonly CONTRACT_COMMITMENT: ContractCommitment;
  readonly RESOURCE_COMMITMENT: ResourceCommitment;
  readonly SERVICE_ORDER: ServiceOrder;
  readonly CONTRACT: Contract;
}

export type RecordKind = keyof ObservedRecords;

/** Where records of each kind come from. */
export const SOURCE_OF_KIND = {
  MINIMUM_COMMITMENT: 'COMMITMENT_MANAGER',
  SERVICE_ORDER: 'SALESFORCE',
  CONTRACT_COMMITMENT: 'LOGISENSE',
  CONTRACT: 'MONETIZENOW',
  RESOURCE_COMMITMENT: 'CLOUDMC',
} as const satisfies Readonly<Record<RecordKind, SourceName>>;

export const RECORD_KINDS = Object.keys(SOURCE_OF_KIND) as readonly RecordKind[];

/** How much a look at a list can vouch for. */
interface Seen {
  readonly state: 'OBSERVED';
  /** A look at that moment or before it that showed this. */
  readonly observedAt: Instant;
  /** The last look that is known to have shown the same; may be after the moment asked for. */
  readonly unchangedUntil: Instant;
  /** `false`: that look did not see all records. What it lacked is shown as it was known before. */
  readonly isComplete: boolean;
  /** The last look up to then that saw all records; `null`: none did. */
  readonly completeAt: Instant | null;
}

/** Before the first look. */
interface NotObserved {
  readonly state: 'NOT_OBSERVED';
  /** `null`: never seen. */
  readonly firstObservedAt: Instant | null;
}

/** It was seen, and is no longer kept. */
interface NotKept {
  readonly state: 'NOT_KEPT';
}

/** The last that was tried by then brought nothing. */
interface NotAnswered {
  readonly state: 'FAILED';
  readonly code: FailureCode;
  /** The first try of those that failed one after another. */
  readonly failedAt: Instant;
}

interface Kept {
  /** From here on it is known; `null`: from the first look on. */
  readonly horizon: Instant | null;
}

/** A list as it was. In the order of the external ids. */
export type PastList<Kind extends RecordKind> = Kept &
  ((Seen & { readonly records: readonly ObservedRecords[Kind][] }) | NotObserved | NotKept | NotAnswered);

/** A record as it was. `null`: it was not there, or, where the look was not complete, was not seen. */
export type PastRecord<Kind extends RecordKind> = Kept &
  ((Seen & { readonly record: ObservedRecords[Kind] | null }) | NotObserved | NotKept | NotAnswered);

/** A member of a record that is another than before. */
export interface ChangedField {
  /** Such as `term.endsBefore`, `committed`, `products[prod_1].committedQuantity`; parts of a list by id, or by place. */
  readonly path: string;
  /** As text; money with its currency. `null`: there was no value. */
  readonly before: string | null;
  readonly after: string | null;
}

/** What one look saw that the looks before had not. */
export interface RecordChange {
  readonly kind: 'APPEARED' | 'CHANGED' | 'DISAPPEARED';
  readonly organization: OrganizationSlug;
  readonly recordKind: RecordKind;
  readonly source: SourceName;
  readonly externalId: string;
  /** The look that saw it first. */
  readonly seenAt: Instant;
  /** The look before, that saw it otherwise: it changed between the two. */
  readonly previousSeenAt: Instant;
  /** The first hundred. Of a record that appeared, all that it has; of one that is gone, all that it had. */
  readonly fields: readonly ChangedField[];
  /** How many more there are. */
  readonly moreFields: number;
  /** Its place: `after` for what comes behind it. */
  readonly cursor: string;
}

export interface ChangesQuery {
  /** `null`: of all. */
  readonly organizations: readonly OrganizationSlug[] | null;
  /** `null`: any kind. */
  readonly kinds?: readonly RecordKind[] | null;
  /** Exclusive: changes that were seen after this. */
  readonly since: Instant;
  /** Inclusive; `null`: up to now. */
  readonly until?: Instant | null;
  readonly first: number;
  /** `endCursor` of the page before. */
  readonly after?: string | null;
}

export interface ChangesPage {
  /** Newest first. The first look at a list is no change. */
  readonly changes: readonly RecordChange[];
  readonly hasMore: boolean;
  /** Also of an empty page that has more after it. */
  readonly endCursor: string | null;
  /** The latest moment before which something that was asked for is no longer kept; `null`: all is. */
  readonly horizon: Instant | null;
}

/** Reads what was seen. Rejects if the store cannot be read. */
export interface History {
  asOf<Kind extends RecordKind>(organization: Organization, kind: Kind, at: Instant): Promise<PastList<Kind>>;
  byId<Kind extends RecordKind>(
    organization: Organization,
    kind: Kind,
    externalId: string,
    at: Instant,
  ): Promise<PastRecord<Kind>>;
  /** `null`: the cursor is none. */
  changes(query: ChangesQuery): Promise<ChangesPage | null>;
}

function nothingKept(): Promise<never> {
  return Promise.reject(
    new OperationError(
      'STORE_UNAVAILABLE',
      'This gateway does not keep what it sees: it was started without a store, or with `history: { mode: off }`.',
    ),
  );
}

/** A gateway that keeps nothing. */
export const noHistory: History = { asOf: nothingKept, byId: nothingKept, changes: nothingKept };
