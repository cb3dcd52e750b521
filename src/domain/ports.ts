/**
 * What the graph may ask of any backend. One set of these is made for each request; every answer is remembered for
 * that request, so that a field may ask again without cost.
 *
 * A promise here rejects with `SourceError` and nothing else. `null` means: the backend answered, and there is none,
 * or it is not this organization's: the two are never told apart.
 */
import type { DayRange, Instant, Month } from './calendar.js';
import type { Commitment, ContractCommitment, MinimumCommitment, ResourceCommitment } from './commitment.js';
import type { Contract, ContractDetail, Invoice, QuoteDetail } from './contract.js';
import type { FailureCode } from './failure.js';
import type { Listing } from './observation.js';
import type { Organization, OrganizationSlug } from './organization.js';
import type { ServiceOrder } from './service-order.js';
import type { SourceName } from './source.js';
import type { BillingHistoryEntry, ContractTerms, MinimumCommitmentState, UsageSummary } from './spend.js';

/** Records of an organization that can be listed whole and looked up by the backend's own id. */
export interface RecordPort<T> {
  /** All of them. Rejects only when there is nothing to show: one bad record is reported in `dropped`. */
  list(organization: Organization): Promise<Listing<T>>;
  /** One of them. Several ids asked for in one turn of the event loop become one call where the backend allows it. */
  byId(organization: Organization, externalId: string): Promise<T | null>;
  /** Whether the text can be an id of this backend at all. No call is made for one that cannot. */
  isId(externalId: string): boolean;
}

export type CommitmentPort<T extends Commitment> = RecordPort<T>;

export interface ServiceOrderPort extends RecordPort<ServiceOrder> {
  /**
   * What `list` gives for each of them, read in one walk over the pages of everybody's orders and not by a query for
   * each; orders of others are left out. Never kept from an earlier request. Rejects only when not even the first page
   * can be had: a walk that ends early is told in every listing.
   */
  listAll(
    organizations: readonly Organization[],
  ): Promise<ReadonlyMap<OrganizationSlug, Listing<ServiceOrder>>>;
}

export interface SpendPort {
  /** `null`: no current commitment. */
  state(organization: Organization): Promise<MinimumCommitmentState | null>;
  /** `null` for the month in progress. */
  usage(organization: Organization, month: Month | null): Promise<UsageSummary | null>;
  billingHistory(
    organization: Organization,
    range: DayRange,
    includeUsage: boolean,
  ): Promise<Listing<BillingHistoryEntry>>;
  terms(organization: Organization): Promise<ContractTerms | null>;
}

export interface ContractPort extends RecordPort<Contract> {
  detail(contract: Contract): Promise<ContractDetail | null>;
  /** A quote of this contract in full. */
  quote(contract: Contract, quoteId: string): Promise<QuoteDetail | null>;
  invoices(contract: Contract): Promise<Listing<Invoice>>;
}

/** A backend as the gateway sees it now. Reading it calls nobody. */
export interface SourceState {
  readonly source: SourceName;
  readonly isConfigured: boolean;
  /** From the last attempt; `null` before the first. */
  readonly isReachable: boolean | null;
  readonly lastSuccessAt: Instant | null;
  readonly lastFailure: { readonly code: FailureCode; readonly at: Instant } | null;
  readonly callsInFlight: number;
  readonly callsQueued: number;
  /** `null`: no limit configured. */
  readonly requestsPerSecond: number | null;
  /** Requests that may be sent right now; `null` without a limit. */
  readonly quotaRemaining: number | null;
  readonly timeoutMs: number | null;
  readonly freshForMs: number | null;
  readonly staleForMs: number | null;
  readonly concurrency: number | null;
  /** The worst of its endpoint families'. */
  readonly breaker: 'CLOSED' | 'HALF_OPEN' | 'OPEN';
  /** What the backend says of its own limit, in its own words. */
  readonly reportedLimit: string | null;
  /** Seen since start: values and members that we do not know, records of other organizations, and unreadable ones. */
  readonly unrecognizedValues: number;
  readonly unknownFields: number;
  readonly foreignRecords: number;
  readonly droppedRecords: number;
}

/**
 * Everything a request may ask. A backend that is not configured is `null`: its part of the graph says so.
 */
export interface Sources {
  readonly minimumCommitments: CommitmentPort<MinimumCommitment> | null;
  readonly contractCommitments: CommitmentPort<ContractCommitment> | null;
  readonly resourceCommitments: CommitmentPort<ResourceCommitment> | null;
  readonly spend: SpendPort | null;
  readonly serviceOrders: ServiceOrderPort | null;
  readonly contracts: ContractPort | null;
  /** In the order of `SOURCE_NAMES`, configured or not. */
  states(): readonly SourceState[];
}
