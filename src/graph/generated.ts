import type { CurrencyCode } from '../domain/money.js';
import type { Day } from '../domain/calendar.js';
import type { Instant } from '../domain/calendar.js';
import type { Decimal } from '../domain/money.js';
import type { DecimalOutput } from './scalars.js';
import type { Month } from '../domain/calendar.js';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { NodeModel } from './node.js';
import type { Organization as OrganizationModel } from '../domain/organization.js';
import type { Commitment as CommitmentModel, MinimumCommitment as MinimumCommitmentModel, ContractCommitment as ContractCommitmentModel, ResourceCommitment as ResourceCommitmentModel, CommittedProduct as CommittedProductModel, ProductReference as ProductModel, Penalty as CommitmentPenaltyModel, CommitmentLink as CommittedServiceModel, CommitmentLink as CommittedUsageClassModel, PackageFrequencyLink as CommittedPackageFrequencyModel, NamedReference as ExternalReferenceModel } from '../domain/commitment.js';
import type { Period as PeriodModel, Frequency as FrequencyModel } from '../domain/period.js';
import type { Money as MoneyModel } from '../domain/money.js';
import type { Term as TermModel } from '../domain/calendar.js';
import type { Observation as FreshnessModel } from '../domain/observation.js';
import type { MinimumCommitmentState as MinimumCommitmentStateModel, UsageSummary as UsageSummaryModel, UsageLine as UsageLineModel, BillingHistoryEntry as BillingHistoryEntryModel, ContractTerms as ContractTermsModel, ContractClause as ContractClauseModel, EscalationStep as EscalationStepModel, RenewalTerms as RenewalTermsModel, EarlyTerminationTerms as EarlyTerminationTermsModel } from '../domain/spend.js';
import type { ServiceOrder as ServiceOrderModel, RampStep as RampStepModel } from '../domain/service-order.js';
import type { Contract as ContractModel, ContractRenewalTerms as ContractRenewalTermsModel, QuoteDetail as QuoteDetailModel, ContractOffering as ContractOfferingModel, ContractProduct as ContractProductModel, ContractDiscount as ContractDiscountModel, Invoice as InvoiceModel, InvoiceItem as InvoiceItemModel, InvoicePayment as InvoicePaymentModel, InvoiceCredit as InvoiceCreditModel } from '../domain/contract.js';
import type { QuoteOfContract as QuoteModel } from './contract.js';
import type { Operation as OperationModel, UpstreamReferences as UpstreamReferencesModel, Operation as OperationEvidenceModel, Implication as ChangeImplicationModel, PlannedRequest as ChangeRequestModel, AffectedObject as AffectedObjectModel } from '../domain/operation.js';
import type { ChangeOutcome as ChangePayloadModel, ChangeOutcome as ContractChangePayloadModel, ChangeOutcome as ResourceCommitmentChangePayloadModel, ChangeOutcome as ContractCommitmentChangePayloadModel, ChangeOutcome as OrganizationSyncPayloadModel, UserProblem as UserErrorModel, UserProblem as InputProblemModel, UserProblem as BackendRefusalModel } from './mutation/outcome.js';
import type { Preview as ChangePreviewModel } from '../domain/operations.js';
import type { SourceState as SourceModel } from '../domain/ports.js';
import type { SourceCoverage as SourceCoverageModel, Coverage as CoverageModel } from './coverage.js';
import type { GraphContext } from './context.js';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A currency by its ISO 4217 code, such as USD. */
  CurrencyCode: { input: CurrencyCode; output: CurrencyCode; }
  /** A calendar day of a billing calendar, `YYYY-MM-DD`, such as 2024-02-29. Days that do not exist are refused. */
  Date: { input: Day; output: Day; }
  /** An instant in UTC, RFC 3339 with `Z`, such as 2024-01-30T10:15:23Z. */
  DateTime: { input: Instant; output: Instant; }
  /** An exact decimal number as a string, such as "1500000.25". Never a JSON number: those lose digits. */
  Decimal: { input: Decimal; output: DecimalOutput; }
  /** A calendar month, `YYYY-MM`, such as 2024-12. */
  YearMonth: { input: Month; output: Month; }
};

/** Something that a change touched (LogiSense, an item of `results`). */
export type AffectedObject = {
  readonly __typename?: 'AffectedObject';
  /** From `action`. */
  readonly action: AffectedObjectAction;
  /** `action` as sent. */
  readonly actionText: Scalars['String']['output'];
  /** `identity`. Null for a link between two. */
  readonly externalId: Maybe<Scalars['String']['output']>;
  /** `lhsId`: the one side of a link. */
  readonly leftExternalId: Maybe<Scalars['String']['output']>;
  /** `rhsId`: the other side of a link. */
  readonly rightExternalId: Maybe<Scalars['String']['output']>;
  /** `dtoTypeKey` as sent, such as ContractCommitmentPeriod. */
  readonly type: Scalars['String']['output'];
};

/** What happened to something that a change touched. */
export type AffectedObjectAction =
  /** A link was made. */
  | 'ATTACHED'
  /** It is new. */
  | 'CREATED'
  /** It is gone. */
  | 'DELETED'
  /** A link was undone. */
  | 'DETACHED'
  /** An action that the gateway does not know: see `actionText`. */
  | 'UNRECOGNIZED'
  /** It was changed. */
  | 'UPDATED';

/** What a change does to a product. */
export type AmendmentStatus =
  /** Adds it. */
  | 'ADDED'
  /** Leaves it. */
  | 'NO_CHANGE'
  /** Removes it. */
  | 'REMOVED'
  /** An effect that the gateway does not know. */
  | 'UNRECOGNIZED'
  /** Changes it. */
  | 'UPDATED';

/** The backend's own no: the change was sent, and did not happen. */
export type BackendRefusal = UserError & {
  readonly __typename?: 'BackendRefusal';
  /** What is wrong, for programs. */
  readonly code: UserErrorCode;
  /** What is wrong, for people. */
  readonly message: Scalars['String']['output'];
  /** Where in `input`; see `UserError.path`. Empty where the backend does not say. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
  /** The backend that refused. */
  readonly source: SourceName;
};

/** How often an offering is billed. */
export type BillingFrequency =
  /** Every year. */
  | 'ANNUALLY'
  /** See `billingFrequencyMonths`. */
  | 'CUSTOM'
  /** Every day. */
  | 'DAILY'
  /** Every month. */
  | 'MONTHLY'
  /** Once. */
  | 'ONETIME'
  /** Every three months. */
  | 'QUARTERLY'
  /** Every six months. */
  | 'SEMIANNUALLY'
  /** A frequency that the gateway does not know: see `billingFrequencyText`. */
  | 'UNRECOGNIZED';

/** One month of billing (Commitment Manager). */
export type BillingHistoryEntry = {
  readonly __typename?: 'BillingHistoryEntry';
  /** The minimum for the month (cents upstream). */
  readonly committed: Maybe<Money>;
  /** What was invoiced (cents upstream). */
  readonly invoiced: Maybe<Money>;
  /** The month. */
  readonly month: Maybe<Scalars['YearMonth']['output']>;
  /** What was charged because usage stayed below the minimum (cents upstream). */
  readonly shortfall: Maybe<Money>;
  /** State of the invoice, in the source's words. */
  readonly statusText: Maybe<Scalars['String']['output']>;
  /** Usage behind the month. Null unless asked for with `includeUsage`. */
  readonly usage: Maybe<ReadonlyArray<UsageLine>>;
  /** What was used (cents upstream). */
  readonly used: Maybe<Money>;
};

/** When an offering is billed. */
export type BillingTiming =
  /** Before the stretch that is billed: pre-paid. */
  | 'ADVANCE'
  /** After it. */
  | 'ARREARS'
  /** A timing that the gateway does not know: see `billingTimingText`. */
  | 'UNRECOGNIZED';

/** Whether calls to a backend are let through. */
export type BreakerState =
  /** They are. */
  | 'CLOSED'
  /** One at a time, to find out whether the backend has recovered. */
  | 'HALF_OPEN'
  /** They are refused at once: the backend has failed repeatedly. */
  | 'OPEN';

/** Something that a change brings with it beside what was asked. */
export type ChangeImplication = {
  readonly __typename?: 'ChangeImplication';
  /** What kind of thing. */
  readonly code: ChangeImplicationCode;
  /** The backend's id of what it concerns. Null if it is not one thing. */
  readonly externalId: Maybe<Scalars['String']['output']>;
  /** The same in a sentence. */
  readonly message: Scalars['String']['output'];
};

/** Kinds of things that changes bring with them. */
export type ChangeImplicationCode =
  /** Something goes with it. */
  | 'CASCADE'
  /** Something may be billed. */
  | 'CHARGE'
  /** The contract is cancelled. */
  | 'CONTRACT_CANCELLED'
  /** The commitment is replaced by one with another id. */
  | 'ID_CHANGES'
  /** An offering is taken off the contract. */
  | 'OFFERING_REMOVED'
  /** A product that is not listed gets a quantity of its own. */
  | 'QUANTITY_DEFAULTS'
  /** A product that is not listed keeps its quantity. */
  | 'QUANTITY_KEPT'
  /** The change shows in the other system later. */
  | 'SYNC_DELAY';

/** What every change answers with. */
export type ChangePayload = {
  /**
   * False: the change was sent, and the gateway could not write down how it ended; it will find out by reading back. True
   * for everything else.
   */
  readonly isDurable: Scalars['Boolean']['output'];
  /** True: an earlier request with the same `idempotencyKey` made this change, and this is what became of it. */
  readonly isReplay: Scalars['Boolean']['output'];
  /** The change as it stands. Null if it was refused before sending, and for a dry run. */
  readonly operation: Maybe<ContractOperation>;
  /** What would be sent, for a dry run. Null otherwise, and where the input leaves nothing to send. */
  readonly preview: Maybe<ChangePreview>;
  /** Everything that is wrong with the change and can be mended, not only the first of it. Empty if nothing is. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What would be sent, and what it brings with it: the answer to a dry run. */
export type ChangePreview = {
  readonly __typename?: 'ChangePreview';
  /** What the change brings with it beside what was asked. */
  readonly implications: ReadonlyArray<ChangeImplication>;
  /** The request as it would be sent. */
  readonly request: ChangeRequest;
  /** Rules that only the backend can check, each as a sentence. */
  readonly unchecked: ReadonlyArray<Scalars['String']['output']>;
};

/** A request to a backend, without credentials. */
export type ChangeRequest = {
  readonly __typename?: 'ChangeRequest';
  /** The body as JSON text, numbers with their exact digits. Null without a body. */
  readonly body: Maybe<Scalars['String']['output']>;
  /** The HTTP method. */
  readonly method: ChangeRequestMethod;
  /** The path below the backend's base. */
  readonly path: Scalars['String']['output'];
};

/** HTTP methods that change something. */
export type ChangeRequestMethod =
  /** Deletes. */
  | 'DELETE'
  /** Changes several things at once. */
  | 'PATCH'
  /** Creates, or does something. */
  | 'POST'
  /** Changes what is named. */
  | 'PUT';

/** What stretch of time the amount of an order is for. */
export type CommitCycle =
  /** For a year. */
  | 'ANNUAL'
  /** For a month. */
  | 'MONTHLY'
  /** Another cycle: see `commitCycleText`. */
  | 'UNRECOGNIZED';

/** What a customer promised to spend or use, at what price, until when. */
export type Commitment = {
  /** Amount committed for each `committedPer`. Null where the commitment is no amount, or its currency is not known. */
  readonly committed: Maybe<Money>;
  /** The stretch of time that `committed` covers. */
  readonly committedPer: Maybe<CommitmentInterval>;
  /** When the source created it. */
  readonly createdAt: Maybe<Scalars['DateTime']['output']>;
  /** The backend's own id. */
  readonly externalId: Scalars['String']['output'];
  /** How old this answer is. */
  readonly freshness: Freshness;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Name, where the source has one. */
  readonly name: Maybe<Scalars['String']['output']>;
  /** The customer, from the account directory. */
  readonly organization: Organization;
  /** The stretches that the commitment consists of, in order. Empty where the source has none. */
  readonly periods: ReadonlyArray<Period>;
  /** Products with a committed quantity. Empty where the source has none. */
  readonly products: ReadonlyArray<CommittedProduct>;
  /** The backend that the commitment lives in. */
  readonly source: SourceName;
  /** Where the commitment stands. */
  readonly status: CommitmentStatus;
  /** The status in the source's own words, where it gives one. */
  readonly statusText: Maybe<Scalars['String']['output']>;
  /** When it runs. */
  readonly term: Term;
  /** When the source last changed it. */
  readonly updatedAt: Maybe<Scalars['DateTime']['output']>;
};

/** A page of commitments, merged from several sources. */
export type CommitmentConnection = {
  readonly __typename?: 'CommitmentConnection';
  /** How complete the list is, for the customers that this page was read from. Read it before you add anything up. */
  readonly coverage: Coverage;
  /** The items with their cursors. */
  readonly edges: ReadonlyArray<CommitmentEdge>;
  /** The items without cursors. */
  readonly nodes: ReadonlyArray<Commitment>;
  /** Where the page begins and ends. */
  readonly pageInfo: PageInfo;
};

/** A commitment on a page. */
export type CommitmentEdge = {
  readonly __typename?: 'CommitmentEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The commitment. */
  readonly node: Commitment;
};

/** Which commitments of a customer. Members that are left out do not filter. */
export type CommitmentFilter = {
  /** Only those that bind on this day. Those without known dates are left out and counted in `coverage`. */
  readonly activeOn?: InputMaybe<Scalars['Date']['input']>;
  /** Only of these sources: COMMITMENT_MANAGER, LOGISENSE or CLOUDMC. The others are not asked at all. */
  readonly sources?: InputMaybe<ReadonlyArray<SourceName>>;
  /** Only with one of these statuses. */
  readonly statuses?: InputMaybe<ReadonlyArray<CommitmentStatus>>;
};

/** The stretch of time that a committed amount covers. */
export type CommitmentInterval =
  /** A billing cycle of the customer. */
  | 'BILLING_CYCLE'
  /** A calendar month. */
  | 'MONTH';

/** Order of commitments. */
export type CommitmentOrder =
  /** Earliest end first; open and unknown ends last. */
  | 'ENDS_BEFORE_ASC'
  /** Latest end first; open and unknown ends first. */
  | 'ENDS_BEFORE_DESC'
  /** Earliest start first; unknown starts last. */
  | 'STARTS_ON_ASC'
  /** Latest start first; unknown starts last. */
  | 'STARTS_ON_DESC';

/** One commitment of a patch. */
export type CommitmentPatchInput = {
  /** What to do with it. */
  readonly action: PatchAction;
  /** Global id of the commitment; not for CREATE. */
  readonly commitmentId?: InputMaybe<Scalars['ID']['input']>;
  /** Its members; not for DELETE. */
  readonly fields?: InputMaybe<ContractCommitmentFieldsInput>;
};

/** What happens when a contract commitment is missed (LogiSense). */
export type CommitmentPenalty = {
  readonly __typename?: 'CommitmentPenalty';
  /** `contractCommitmentPenaltyChargeTypeId` and `…Name`: how the fee is worked out. */
  readonly chargeType: Maybe<ExternalReference>;
  /** `penaltyDescription`. */
  readonly description: Maybe<Scalars['String']['output']>;
  /** `penaltyServiceId` and `penaltyServiceName`: the fee that is charged. */
  readonly service: Maybe<ExternalReference>;
};

/** Where a commitment stands. */
export type CommitmentStatus =
  /** Runs now. */
  | 'ACTIVE'
  /** Ended by cancellation. */
  | 'CANCELLED'
  /** Its term is over. */
  | 'EXPIRED'
  /** Starts in the future. */
  | 'PENDING'
  /** The source gives neither a status nor dates. */
  | 'UNKNOWN'
  /** The source gives a status that the gateway does not know: see `statusText`. */
  | 'UNRECOGNIZED';

/** A package, at a frequency, that counts towards a contract commitment (LogiSense). */
export type CommittedPackageFrequency = {
  readonly __typename?: 'CommittedPackageFrequency';
  /** `contractCommitmentId` of the link's own record. */
  readonly commitmentExternalId: Maybe<Scalars['String']['output']>;
  /** `identity` of the link. */
  readonly externalId: Scalars['String']['output'];
  /** `packageId` and `packageName`. */
  readonly package: Maybe<ExternalReference>;
  /** `packageFrequencyId` and `packageFrequencyName`. */
  readonly packageFrequency: ExternalReference;
};

/** A product with the quantity that was committed (CloudMC). */
export type CommittedProduct = {
  readonly __typename?: 'CommittedProduct';
  /** `committedAmount`: usage in the product's own unit. Not money. */
  readonly committedQuantity: Maybe<Scalars['Decimal']['output']>;
  /** `createdAt`. */
  readonly createdAt: Maybe<Scalars['DateTime']['output']>;
  /** `discountAmount`: whole percent, 10 is ten percent. Not scaled, whatever the source sends. */
  readonly discountPercent: Maybe<Scalars['Decimal']['output']>;
  /** `id` of the committed product in CloudMC. */
  readonly externalId: Scalars['String']['output'];
  /** `product`. */
  readonly product: Product;
  /** `fixedRateReferencePrice` (or its old name `priceCreatedAt`): price when the commitment was created, major units; the source states no currency. */
  readonly referencePrice: Maybe<Scalars['Decimal']['output']>;
  /** `updatedAt`. */
  readonly updatedAt: Maybe<Scalars['DateTime']['output']>;
};

/** A product to be committed to. */
export type CommittedProductInput = {
  /** `committedAmount`: usage in the product's own unit. Not money. */
  readonly committedQuantity: Scalars['Decimal']['input'];
  /** `discountAmount`: whole percent, 10 is ten percent; discounts only. Left out of an update, it stays: say 0 to end it. */
  readonly discountPercent?: InputMaybe<Scalars['Decimal']['input']>;
  /** `product.id` in CloudMC. */
  readonly productId: Scalars['String']['input'];
};

/** A service that counts towards a contract commitment (LogiSense). */
export type CommittedService = {
  readonly __typename?: 'CommittedService';
  /** `contractCommitmentId` of the link's own record. */
  readonly commitmentExternalId: Maybe<Scalars['String']['output']>;
  /** `identity` of the link. */
  readonly externalId: Scalars['String']['output'];
  /** `serviceId` and `serviceName`. */
  readonly service: ExternalReference;
};

/** A class of usage that counts towards a contract commitment (LogiSense). */
export type CommittedUsageClass = {
  readonly __typename?: 'CommittedUsageClass';
  /** `contractCommitmentId` of the link's own record. */
  readonly commitmentExternalId: Maybe<Scalars['String']['output']>;
  /** `identity` of the link. */
  readonly externalId: Scalars['String']['output'];
  /** `usageClassId` and `usageClassName`. */
  readonly usageClass: ExternalReference;
};

/**
 * A contract with its offerings, quotes and invoices (MonetizeNow): what contract operations act on. Members are null where
 * the source leaves them out: its contract objects carry no promise of stability.
 */
export type Contract = Node & {
  readonly __typename?: 'Contract';
  /** `accountId` and `accountName`. */
  readonly account: Maybe<ExternalReference>;
  /** `billGroupId`. */
  readonly billGroupId: Maybe<Scalars['String']['output']>;
  /** `endAction`: what happens at the end of the term. */
  readonly endAction: Maybe<ContractEndAction>;
  /** `endAction` as sent. */
  readonly endActionText: Maybe<Scalars['String']['output']>;
  /** `id`. */
  readonly externalId: Scalars['String']['output'];
  /** How old this answer is. */
  readonly freshness: Freshness;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Invoices of the contract, newest first. Null if they could not be read. */
  readonly invoices: Maybe<InvoiceConnection>;
  /** `renewed`: a successor exists; change that one. */
  readonly isRenewed: Maybe<Scalars['Boolean']['output']>;
  /** The quote that `latestQuoteId` names. Null if there is none, or if it could not be read. */
  readonly latestQuote: Maybe<Quote>;
  /** `legalEntityId`. */
  readonly legalEntityId: Maybe<Scalars['String']['output']>;
  /** `modifyDate`. */
  readonly modifiedAt: Maybe<Scalars['DateTime']['output']>;
  /**
   * What is on the contract: the offerings of the last quote that took effect (status PROCESSED), without those that it
   * removes. Null if no quote did, or if they could not be read.
   */
  readonly offerings: Maybe<ReadonlyArray<ContractOffering>>;
  /** The customer, from the account directory. */
  readonly organization: Organization;
  /** `owner` and `ownerName`. */
  readonly owner: Maybe<ExternalReference>;
  /** `previousContractId`. */
  readonly previousContractId: Maybe<Scalars['String']['output']>;
  /** All quotes of the contract. Null if they could not be read. */
  readonly quotes: Maybe<ReadonlyArray<Quote>>;
  /** `contractRenewalTerms`. Null if there are none, or if they could not be read. */
  readonly renewalTerms: Maybe<ContractRenewalTerms>;
  /** MonetizeNow. */
  readonly source: SourceName;
  /** From `status`. */
  readonly status: Maybe<ContractStatus>;
  /** `status` as sent. */
  readonly statusText: Maybe<Scalars['String']['output']>;
  /** From `startDate` and `endDate`; the source's end is the last day. */
  readonly term: Term;
  /** `totalValue` in `currency`, major units. */
  readonly totalValue: Maybe<Money>;
  /**
   * Changes whenever the terms do. Give it as `expectedVersion` to change only what you have read. Made by the gateway from
   * what it read: the source has no versions.
   */
  readonly version: Scalars['String']['output'];
};


/**
 * A contract with its offerings, quotes and invoices (MonetizeNow): what contract operations act on. Members are null where
 * the source leaves them out: its contract objects carry no promise of stability.
 */
export type ContractInvoicesArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};

/** A contract to be cancelled (MonetizeNow). */
export type ContractCancelInput = {
  /** Global id of the contract. */
  readonly contractId: Scalars['ID']['input'];
  /** True: checks everything, sends nothing, and answers with what would be sent. */
  readonly dryRun?: Scalars['Boolean']['input'];
  /** When it takes effect. Left out: today, as the backend counts it. */
  readonly effective?: InputMaybe<EffectiveInput>;
  /**
   * `Contract.version` as you read it: the change is made only if the contract is still like that.
   * Another version now refuses the change (PRECONDITION_FAILED).
   */
  readonly expectedVersion?: InputMaybe<Scalars['String']['input']>;
  /**
   * Your name for this change, 8 to 255 visible ASCII characters; a UUID is a good one. The same key with the same input is
   * the same change; with another input it is refused.
   */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** Why, for the records of changes; at most 500 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** What every change of a contract answers with (MonetizeNow). */
export type ContractChangePayload = ChangePayload & {
  readonly __typename?: 'ContractChangePayload';
  /** The contract as the backend answered it. Null where it did not, and while the outcome is not known. */
  readonly contract: Maybe<Contract>;
  /** The invoice that the change brought about. Null where it brought none. */
  readonly invoice: Maybe<Invoice>;
  /** False: sent, and how it ended could not be written down; it will be found out by reading back. */
  readonly isDurable: Scalars['Boolean']['output'];
  /** True: an earlier request with the same `idempotencyKey` made this change, and this is what became of it. */
  readonly isReplay: Scalars['Boolean']['output'];
  /** The change as it stands. Null if it was refused before sending, and for a dry run. */
  readonly operation: Maybe<ContractOperation>;
  /** What would be sent, for a dry run. Null otherwise, and where the input leaves nothing to send. */
  readonly preview: Maybe<ChangePreview>;
  /** The quote that the change is. Null where the backend gave none. */
  readonly quote: Maybe<Quote>;
  /** Everything that is wrong with the change and can be mended. Empty if nothing is. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** One statement of a contract, in the words of the source. */
export type ContractClause = {
  readonly __typename?: 'ContractClause';
  /** What it is about, from its name. */
  readonly kind: ContractClauseKind;
  /** The member of the source's answer that it came from. */
  readonly name: Scalars['String']['output'];
  /** The statement. */
  readonly text: Scalars['String']['output'];
};

/** What a clause is about. */
export type ContractClauseKind =
  /** Penalties for ending early. */
  | 'EARLY_TERMINATION'
  /** Steps by which the minimum rises. */
  | 'ESCALATION'
  /** Something else. */
  | 'OTHER'
  /** Renewal. */
  | 'RENEWAL'
  /** Special provisions. */
  | 'SPECIAL_PROVISION'
  /** Terms and conditions. */
  | 'TERMS';

/** Commitment of an account contract (LogiSense). It has terms, periods and a penalty, but no amount of its own. */
export type ContractCommitment = Commitment & Node & {
  readonly __typename?: 'ContractCommitment';
  /** `accountContractId` and `accountContractName`: the contract that the commitment belongs to. */
  readonly accountContract: ExternalReference;
  /** `contractCommitmentTypeId` and `contractCommitmentTypeName`: what is counted (invoice amount, package, service, usage). */
  readonly commitmentType: Maybe<ExternalReference>;
  /** Always null: LogiSense v6 gives no amounts. */
  readonly committed: Maybe<Money>;
  /** Always null. */
  readonly committedPer: Maybe<CommitmentInterval>;
  /** Always null: LogiSense does not say. */
  readonly createdAt: Maybe<Scalars['DateTime']['output']>;
  /** `identity` of LogiSense. */
  readonly externalId: Scalars['String']['output'];
  /** How old this answer is. */
  readonly freshness: Freshness;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** `includeChildAccounts`: whether usage of child accounts counts. */
  readonly includesChildAccounts: Maybe<Scalars['Boolean']['output']>;
  /** Always null: LogiSense names the account contract, not the commitment. */
  readonly name: Maybe<Scalars['String']['output']>;
  /** The customer, from the account directory. */
  readonly organization: Organization;
  /** `details.packageFrequencies`: the packages that count, at the frequency they are sold at. */
  readonly packageFrequencies: ReadonlyArray<CommittedPackageFrequency>;
  /** What happens when the commitment is missed. Null if nothing does. */
  readonly penalty: Maybe<CommitmentPenalty>;
  /** `details.periods`, laid out from the start of the term. */
  readonly periods: ReadonlyArray<Period>;
  /** Always empty; see `services`, `packageFrequencies` and `usageClasses`. */
  readonly products: ReadonlyArray<CommittedProduct>;
  /** `details.services`: the services that count. */
  readonly services: ReadonlyArray<CommittedService>;
  /** LogiSense. */
  readonly source: SourceName;
  /** From the term; UNKNOWN where the account directory does not give it. */
  readonly status: CommitmentStatus;
  /** Always null: LogiSense gives no status. */
  readonly statusText: Maybe<Scalars['String']['output']>;
  /** The term of the account contract, from the account directory: LogiSense v6 gives no dates. */
  readonly term: Term;
  /** Always null: LogiSense does not say. */
  readonly updatedAt: Maybe<Scalars['DateTime']['output']>;
  /** `details.usageClasses`: the classes of usage that count. */
  readonly usageClasses: ReadonlyArray<CommittedUsageClass>;
  /**
   * Changes whenever the terms do. Give it as `expectedVersion` to change only what you have read. Made by the gateway from
   * what it read: the source has no versions.
   */
  readonly version: Scalars['String']['output'];
};

/** What every change of commitments of account contracts answers with (LogiSense). */
export type ContractCommitmentChangePayload = ChangePayload & {
  readonly __typename?: 'ContractCommitmentChangePayload';
  /** Everything that the backend says it touched, in its order: after a deletion, all that went with it. */
  readonly affected: ReadonlyArray<AffectedObject>;
  /** The commitments as the backend answered them, those that were deleted left out. Empty where it did not. */
  readonly commitments: ReadonlyArray<ContractCommitment>;
  /** Global ids of the commitments that were deleted because the change asked for it. */
  readonly deletedIds: ReadonlyArray<Scalars['ID']['output']>;
  /** False: sent, and how it ended could not be written down; it will be found out by reading back. */
  readonly isDurable: Scalars['Boolean']['output'];
  /** True: an earlier request with the same `idempotencyKey` made this change, and this is what became of it. */
  readonly isReplay: Scalars['Boolean']['output'];
  /** The change as it stands. Null if it was refused before sending, and for a dry run. */
  readonly operation: Maybe<ContractOperation>;
  /** What would be sent, for a dry run. Null otherwise, and where the input leaves nothing to send. */
  readonly preview: Maybe<ChangePreview>;
  /** Everything that is wrong with the change and can be mended. Empty if nothing is. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A commitment of an account contract to be created (LogiSense). */
export type ContractCommitmentCreateInput = {
  /** `accountContractId`: digits. Required. */
  readonly accountContractId?: InputMaybe<Scalars['String']['input']>;
  /** `contractCommitmentTypeId`: digits; what is counted. Required. */
  readonly commitmentTypeId?: InputMaybe<Scalars['String']['input']>;
  /** True: checks everything, sends nothing, and answers with what would be sent. */
  readonly dryRun?: Scalars['Boolean']['input'];
  /**
   * Your name for this change, 8 to 255 visible ASCII characters; a UUID is a good one. The same key with the same input is
   * the same change; with another input it is refused.
   */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** `includeChildAccounts`: whether usage of child accounts counts. */
  readonly includesChildAccounts?: InputMaybe<Scalars['Boolean']['input']>;
  /** Slug of the customer in the account directory. */
  readonly organization: Scalars['String']['input'];
  /** `contractCommitmentPenaltyChargeTypeId`: digits; how the fee is worked out. */
  readonly penaltyChargeTypeId?: InputMaybe<Scalars['String']['input']>;
  /** `penaltyDescription`. */
  readonly penaltyDescription?: InputMaybe<Scalars['String']['input']>;
  /** `penaltyServiceId`: digits; the fee that is charged when the commitment is missed. */
  readonly penaltyServiceId?: InputMaybe<Scalars['String']['input']>;
  /** Why, for the records of changes; at most 500 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** A commitment of an account contract to be deleted (LogiSense). */
export type ContractCommitmentDeleteInput = {
  /** Global id of the commitment. */
  readonly commitmentId: Scalars['ID']['input'];
  /** True: checks everything, sends nothing, and answers with what would be sent. */
  readonly dryRun?: Scalars['Boolean']['input'];
  /**
   * `version` of the commitment as you read it: the change is made only if it is still like that.
   * Another version now refuses the change (PRECONDITION_FAILED).
   */
  readonly expectedVersion?: InputMaybe<Scalars['String']['input']>;
  /**
   * Your name for this change, 8 to 255 visible ASCII characters; a UUID is a good one. The same key with the same input is
   * the same change; with another input it is refused.
   */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** Why, for the records of changes; at most 500 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Members of a commitment in a patch. What is left out stays as it is. */
export type ContractCommitmentFieldsInput = {
  /** `accountContractId`: digits. */
  readonly accountContractId?: InputMaybe<Scalars['String']['input']>;
  /** `contractCommitmentTypeId`: digits; what is counted. */
  readonly commitmentTypeId?: InputMaybe<Scalars['String']['input']>;
  /** `includeChildAccounts`: whether usage of child accounts counts. */
  readonly includesChildAccounts?: InputMaybe<Scalars['Boolean']['input']>;
  /** `contractCommitmentPenaltyChargeTypeId`: digits; how the fee is worked out. Null takes it away. */
  readonly penaltyChargeTypeId?: InputMaybe<Scalars['String']['input']>;
  /** `penaltyDescription`. Null takes it away. */
  readonly penaltyDescription?: InputMaybe<Scalars['String']['input']>;
  /** `penaltyServiceId`: digits; the fee that is charged when the commitment is missed. Null takes it away. */
  readonly penaltyServiceId?: InputMaybe<Scalars['String']['input']>;
};

/** Changes of several commitments of a customer, made together (LogiSense). */
export type ContractCommitmentPatchInput = {
  /** Commitments to be created, changed or deleted. */
  readonly commitments?: ReadonlyArray<CommitmentPatchInput>;
  /** True: checks everything, sends nothing, and answers with what would be sent. */
  readonly dryRun?: Scalars['Boolean']['input'];
  /**
   * `version` of the commitment as you read it, for a patch of one commitment only.
   * Another version now refuses the change (PRECONDITION_FAILED).
   */
  readonly expectedVersion?: InputMaybe<Scalars['String']['input']>;
  /**
   * Your name for this change, 8 to 255 visible ASCII characters; a UUID is a good one. The same key with the same input is
   * the same change; with another input it is refused.
   */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** Slug of the customer in the account directory. */
  readonly organization: Scalars['String']['input'];
  /** Periods to be created, changed or deleted. */
  readonly periods?: ReadonlyArray<PeriodPatchInput>;
  /** Why, for the records of changes; at most 500 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** Services to be attached or detached. */
  readonly services?: ReadonlyArray<ServicePatchInput>;
};

/** A commitment of an account contract to be changed (LogiSense). Members that are left out stay as they are. */
export type ContractCommitmentUpdateInput = {
  /** `accountContractId`: digits. */
  readonly accountContractId?: InputMaybe<Scalars['String']['input']>;
  /** Global id of the commitment. */
  readonly commitmentId: Scalars['ID']['input'];
  /** `contractCommitmentTypeId`: digits; what is counted. */
  readonly commitmentTypeId?: InputMaybe<Scalars['String']['input']>;
  /** True: checks everything, sends nothing, and answers with what would be sent. */
  readonly dryRun?: Scalars['Boolean']['input'];
  /**
   * `version` of the commitment as you read it: the change is made only if it is still like that.
   * Another version now refuses the change (PRECONDITION_FAILED).
   */
  readonly expectedVersion?: InputMaybe<Scalars['String']['input']>;
  /**
   * Your name for this change, 8 to 255 visible ASCII characters; a UUID is a good one. The same key with the same input is
   * the same change; with another input it is refused.
   */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** `includeChildAccounts`: whether usage of child accounts counts. */
  readonly includesChildAccounts?: InputMaybe<Scalars['Boolean']['input']>;
  /** `contractCommitmentPenaltyChargeTypeId`: digits; how the fee is worked out. Null takes it away. */
  readonly penaltyChargeTypeId?: InputMaybe<Scalars['String']['input']>;
  /** `penaltyDescription`. Null takes it away. */
  readonly penaltyDescription?: InputMaybe<Scalars['String']['input']>;
  /** `penaltyServiceId`: digits; the fee that is charged when the commitment is missed. Null takes it away. */
  readonly penaltyServiceId?: InputMaybe<Scalars['String']['input']>;
  /** Why, for the records of changes; at most 500 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** A page of contracts. */
export type ContractConnection = {
  readonly __typename?: 'ContractConnection';
  /** How complete the list is. */
  readonly coverage: Coverage;
  /** The items with their cursors. */
  readonly edges: ReadonlyArray<ContractEdge>;
  /** The items without cursors. */
  readonly nodes: ReadonlyArray<Contract>;
  /** Where the page begins and ends. */
  readonly pageInfo: PageInfo;
  /** How many could be read in all. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A discount that an offering is sold with (MonetizeNow, `discounts`): an amount or a percentage. */
export type ContractDiscount = {
  readonly __typename?: 'ContractDiscount';
  /** `discountAmount` of a FLAT discount, major units, in its own `currency` or else the quote's. */
  readonly amount: Maybe<Money>;
  /** `discountCode`: what a buyer quotes to get it. */
  readonly code: Maybe<Scalars['String']['output']>;
  /** `description`. */
  readonly description: Maybe<Scalars['String']['output']>;
  /** `durationMonths`: for how long a LIMITED one is given. */
  readonly durationMonths: Maybe<Scalars['Int']['output']>;
  /** `durationType` as sent: ONE_TIME, UNLIMITED or LIMITED. */
  readonly durationTypeText: Maybe<Scalars['String']['output']>;
  /** `id` of the discount. */
  readonly externalId: Maybe<Scalars['String']['output']>;
  /** From `lifecyclePolicies`: whether EXCLUDE_FROM_RENEWAL is among them, so that a renewal goes without the discount. */
  readonly isExcludedFromRenewal: Maybe<Scalars['Boolean']['output']>;
  /** `name`. */
  readonly name: Maybe<Scalars['String']['output']>;
  /** `scopeOfferingId`: the one offering that it is for. */
  readonly offeringId: Maybe<Scalars['String']['output']>;
  /** `discountAmount` of a PERCENTAGE discount: whole percent, 10 is ten percent. */
  readonly percent: Maybe<Scalars['Decimal']['output']>;
  /** `scopeProductId`: the one product that it is for. */
  readonly productId: Maybe<Scalars['String']['output']>;
  /** `status` as sent: ACTIVE, INACTIVE, PENDING or EXPIRED. */
  readonly statusText: Maybe<Scalars['String']['output']>;
  /** From `startDate` and `endDate`; the source's end is the last day. */
  readonly term: Term;
  /** `discountType` as sent: FLAT or PERCENTAGE. */
  readonly typeText: Maybe<Scalars['String']['output']>;
};

/** A contract on a page. */
export type ContractEdge = {
  readonly __typename?: 'ContractEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The contract. */
  readonly node: Contract;
};

/** What happens at the end of a contract. */
export type ContractEndAction =
  /** It ends. */
  | 'CANCEL'
  /** Somebody has to renew it. */
  | 'MANUAL_RENEW'
  /** It renews by itself. */
  | 'RENEW'
  /** An action that the gateway does not know: see `endActionText`. */
  | 'UNRECOGNIZED';

/** An offering with the rate that it is billed at and its products (MonetizeNow, `quoteOfferings`). */
export type ContractOffering = {
  readonly __typename?: 'ContractOffering';
  /** `amount`, major units. */
  readonly amount: Maybe<Money>;
  /** `amountWithoutDiscount`, major units. */
  readonly amountWithoutDiscount: Maybe<Money>;
  /** From `billingFrequency`. */
  readonly billingFrequency: Maybe<BillingFrequency>;
  /** `billingFrequencyInMonths`, 1 to 60. */
  readonly billingFrequencyMonths: Maybe<Scalars['Int']['output']>;
  /** `billingFrequency` as sent. */
  readonly billingFrequencyText: Maybe<Scalars['String']['output']>;
  /** From `subscriptionTiming`. */
  readonly billingTiming: Maybe<BillingTiming>;
  /** `subscriptionTiming` as sent. */
  readonly billingTimingText: Maybe<Scalars['String']['output']>;
  /** `discountAmount`, major units. */
  readonly discountAmount: Maybe<Money>;
  /** `discountPercent`: whole percent. */
  readonly discountPercent: Maybe<Scalars['Decimal']['output']>;
  /** `discounts`, those that are over included. What they come to is `discountAmount`. */
  readonly discounts: ReadonlyArray<ContractDiscount>;
  /** `id` of the quote offering. */
  readonly externalId: Scalars['String']['output'];
  /** `added`: this change adds it. */
  readonly isAdded: Maybe<Scalars['Boolean']['output']>;
  /** `removed`: this change removes it. */
  readonly isRemoved: Maybe<Scalars['Boolean']['output']>;
  /** `offeringId` and `offeringName`. */
  readonly offering: Maybe<ExternalReference>;
  /** `parentQuoteOfferingId`: the offering whose ramp this is a step of. */
  readonly parentExternalId: Maybe<Scalars['String']['output']>;
  /** `previousAmount`: before this change, major units. */
  readonly previousAmount: Maybe<Money>;
  /** `previousId`: the offering of an earlier quote that this one takes the place of. */
  readonly previousExternalId: Maybe<Scalars['String']['output']>;
  /** `previousRateId`: before this change. */
  readonly previousRateId: Maybe<Scalars['String']['output']>;
  /** `items`. */
  readonly products: ReadonlyArray<ContractProduct>;
  /** `rateId` and `rateName`. */
  readonly rate: Maybe<ExternalReference>;
  /** `subscriptionId`. */
  readonly subscriptionId: Maybe<Scalars['String']['output']>;
  /** From `startDate` and `endDate`; the source's end is the last day. */
  readonly term: Term;
};

/** Offerings to be added to a contract (MonetizeNow). */
export type ContractOfferingAddInput = {
  /** Global id of the contract. */
  readonly contractId: Scalars['ID']['input'];
  /** True: checks everything, sends nothing, and answers with what would be sent. */
  readonly dryRun?: Scalars['Boolean']['input'];
  /** When it takes effect. Left out: today, as the backend counts it. */
  readonly effective?: InputMaybe<EffectiveInput>;
  /**
   * `Contract.version` as you read it: the change is made only if the contract is still like that.
   * Another version now refuses the change (PRECONDITION_FAILED).
   */
  readonly expectedVersion?: InputMaybe<Scalars['String']['input']>;
  /**
   * Your name for this change, 8 to 255 visible ASCII characters; a UUID is a good one. The same key with the same input is
   * the same change; with another input it is refused.
   */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** The offerings that are added. */
  readonly offerings: ReadonlyArray<OfferingAdditionInput>;
  /** Why, for the records of changes; at most 500 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Offerings of a contract to be replaced by others (MonetizeNow). */
export type ContractOfferingChangeInput = {
  /** Global id of the contract. */
  readonly contractId: Scalars['ID']['input'];
  /** True: checks everything, sends nothing, and answers with what would be sent. */
  readonly dryRun?: Scalars['Boolean']['input'];
  /** When it takes effect. Left out: today, as the backend counts it. */
  readonly effective?: InputMaybe<EffectiveInput>;
  /**
   * `Contract.version` as you read it: the change is made only if the contract is still like that.
   * Another version now refuses the change (PRECONDITION_FAILED).
   */
  readonly expectedVersion?: InputMaybe<Scalars['String']['input']>;
  /**
   * Your name for this change, 8 to 255 visible ASCII characters; a UUID is a good one. The same key with the same input is
   * the same change; with another input it is refused.
   */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** The offerings that are replaced. */
  readonly offerings: ReadonlyArray<OfferingReplacementInput>;
  /** Why, for the records of changes; at most 500 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Offerings to be taken off a contract (MonetizeNow). */
export type ContractOfferingRemoveInput = {
  /** That taking off the last offering, which cancels the contract, is meant. */
  readonly confirmCancellation?: Scalars['Boolean']['input'];
  /** Global id of the contract. */
  readonly contractId: Scalars['ID']['input'];
  /** True: checks everything, sends nothing, and answers with what would be sent. */
  readonly dryRun?: Scalars['Boolean']['input'];
  /** When it takes effect. Left out: today, as the backend counts it. */
  readonly effective?: InputMaybe<EffectiveInput>;
  /**
   * `Contract.version` as you read it: the change is made only if the contract is still like that.
   * Another version now refuses the change (PRECONDITION_FAILED).
   */
  readonly expectedVersion?: InputMaybe<Scalars['String']['input']>;
  /**
   * Your name for this change, 8 to 255 visible ASCII characters; a UUID is a good one. The same key with the same input is
   * the same change; with another input it is refused.
   */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** The offerings that are taken off. */
  readonly offerings: ReadonlyArray<OfferingRemovalInput>;
  /** Why, for the records of changes; at most 500 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** One change that was asked for, and what became of it. From the gateway's own journal. */
export type ContractOperation = Node & {
  readonly __typename?: 'ContractOperation';
  /** Name of the client that asked. */
  readonly client: Scalars['String']['output'];
  /** The contract as the backend answered it (MonetizeNow). Null for other changes, and where it did not. */
  readonly contract: Maybe<Contract>;
  /** What the backend showed before and afterwards. */
  readonly evidence: OperationEvidence;
  /** Why it did not happen, or why nobody knows. Null while all is well. */
  readonly failure: Maybe<OperationFailure>;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** The key that the client gave it. Null if that client was not you. */
  readonly idempotencyKey: Maybe<Scalars['String']['output']>;
  /** The invoice that the change brought about (MonetizeNow). Null for other changes, and where there is none. */
  readonly invoice: Maybe<Invoice>;
  /** What was asked. */
  readonly kind: ContractOperationKind;
  /** How often the backend was looked at to find out what became of it. */
  readonly looks: Scalars['Int']['output'];
  /** True: it is unknown, and was looked for as long as that makes sense; an operator has to say what became of it. */
  readonly needsOperator: Scalars['Boolean']['output'];
  /** The customer, from the account directory. */
  readonly organization: Organization;
  /** The quote that the change is (MonetizeNow). Null for other changes, and where the backend gave none. */
  readonly quote: Maybe<Quote>;
  /** Why, in the words of whoever asked. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** The backend's own names of what it did. */
  readonly references: OperationReferences;
  /** What was sent. */
  readonly request: ChangeRequest;
  /** Id of the request that asked, for support. */
  readonly requestId: Scalars['String']['output'];
  /** When it was asked for. */
  readonly requestedAt: Scalars['DateTime']['output'];
  /** When it was written down to be sent. */
  readonly sentAt: Scalars['DateTime']['output'];
  /** When it was certain how it ended. Null before that. */
  readonly settledAt: Maybe<Scalars['DateTime']['output']>;
  /** The backend that the change goes to. */
  readonly source: SourceName;
  /** Where it stands. */
  readonly state: ContractOperationState;
  /**
   * What is changed, as it is now; for a sync, the customer. Null where several things are changed, where it is gone or not
   * there yet, and if it could not be read.
   */
  readonly target: Maybe<Node>;
  /** The backend's id of what was changed, or made. Null where it is not one thing, or not known yet. */
  readonly targetExternalId: Maybe<Scalars['String']['output']>;
  /** When this record last changed. */
  readonly updatedAt: Scalars['DateTime']['output'];
};

/** A page of changes. */
export type ContractOperationConnection = {
  readonly __typename?: 'ContractOperationConnection';
  /** The items with their cursors. */
  readonly edges: ReadonlyArray<ContractOperationEdge>;
  /** The items without cursors. */
  readonly nodes: ReadonlyArray<ContractOperation>;
  /** Where the page begins and ends. */
  readonly pageInfo: PageInfo;
  /** How many there are in all. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A change on a page. */
export type ContractOperationEdge = {
  readonly __typename?: 'ContractOperationEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The change. */
  readonly node: ContractOperation;
};

/** Which changes. Members that are left out do not filter. */
export type ContractOperationFilter = {
  /** Only of one of these kinds. */
  readonly kinds?: InputMaybe<ReadonlyArray<ContractOperationKind>>;
  /** Only in one of these states. */
  readonly states?: InputMaybe<ReadonlyArray<ContractOperationState>>;
};

/** Kinds of changes. */
export type ContractOperationKind =
  /** `contractCancel`. */
  | 'CONTRACT_CANCEL'
  /** `contractCommitmentCreate`. */
  | 'CONTRACT_COMMITMENT_CREATE'
  /** `contractCommitmentDelete`. */
  | 'CONTRACT_COMMITMENT_DELETE'
  /** `contractCommitmentPatch`. */
  | 'CONTRACT_COMMITMENT_PATCH'
  /** `contractCommitmentUpdate`. */
  | 'CONTRACT_COMMITMENT_UPDATE'
  /** `contractOfferingAdd`. */
  | 'CONTRACT_OFFERING_ADD'
  /** `contractOfferingChange`. */
  | 'CONTRACT_OFFERING_CHANGE'
  /** `contractOfferingRemove`. */
  | 'CONTRACT_OFFERING_REMOVE'
  /** `contractQuantityChange`. */
  | 'CONTRACT_QUANTITY_CHANGE'
  /** `contractRateChange`. */
  | 'CONTRACT_RATE_CHANGE'
  /** `organizationSync`. */
  | 'ORGANIZATION_SYNC'
  /** `resourceCommitmentCreate`. */
  | 'RESOURCE_COMMITMENT_CREATE'
  /** `resourceCommitmentDelete`. */
  | 'RESOURCE_COMMITMENT_DELETE'
  /** `resourceCommitmentTerminate`. */
  | 'RESOURCE_COMMITMENT_TERMINATE'
  /** `resourceCommitmentUpdate`. */
  | 'RESOURCE_COMMITMENT_UPDATE';

/** Where a change stands. It says what is known and no more. */
export type ContractOperationState =
  /** Not done, for certain. */
  | 'FAILED'
  /** Held by the backend until somebody there approves it. */
  | 'IN_REVIEW'
  /** On its way, or taken by the backend and not done yet. */
  | 'PENDING'
  /** Done, for certain. */
  | 'SUCCEEDED'
  /** Sent, and no word of what became of it. It is being found out by reading back; do not ask for the change again. */
  | 'UNKNOWN';

/** A product of an offering with its quantity and price (MonetizeNow, `items`). */
export type ContractProduct = {
  readonly __typename?: 'ContractProduct';
  /** From `amendmentStatus`: what this change does to it. */
  readonly amendmentStatus: Maybe<AmendmentStatus>;
  /** `amount`, major units. */
  readonly amount: Maybe<Money>;
  /** `contractAmount`, major units. */
  readonly contractAmount: Maybe<Money>;
  /** `id` of the quote item. */
  readonly externalId: Scalars['String']['output'];
  /** `productName`. */
  readonly name: Maybe<Scalars['String']['output']>;
  /** `previousAmount`, major units. */
  readonly previousAmount: Maybe<Money>;
  /** `previousQuantity`. */
  readonly previousQuantity: Maybe<Scalars['Decimal']['output']>;
  /** `productId`. */
  readonly productId: Scalars['String']['output'];
  /** `quantity`, such as contracted seats. Not money. */
  readonly quantity: Maybe<Scalars['Decimal']['output']>;
  /** `sku`. */
  readonly sku: Maybe<Scalars['String']['output']>;
  /** From `productType`. MIN_COMMIT is a commitment in itself. */
  readonly type: Maybe<ContractProductType>;
  /** `productType` as sent. */
  readonly typeText: Maybe<Scalars['String']['output']>;
  /** `unitPrice`, major units. */
  readonly unitPrice: Maybe<Money>;
  /** `unitPriceAfterDiscount`, major units. */
  readonly unitPriceAfterDiscount: Maybe<Money>;
};

/** How a product is charged. */
export type ContractProductType =
  /** Before use. */
  | 'ADVANCE'
  /** After use. */
  | 'ARREARS'
  /** A minimum commitment. */
  | 'MIN_COMMIT'
  /** Once. */
  | 'ONETIME'
  /** Once, as credit to be used up. */
  | 'ONETIME_PREPAID_CREDIT'
  /** A type that the gateway does not know: see `typeText`. */
  | 'UNRECOGNIZED'
  /** By what is used. */
  | 'USAGE';

/** New quantities of products of a contract (MonetizeNow). */
export type ContractQuantityChangeInput = {
  /** Global id of the contract. */
  readonly contractId: Scalars['ID']['input'];
  /** True: checks everything, sends nothing, and answers with what would be sent. */
  readonly dryRun?: Scalars['Boolean']['input'];
  /** When it takes effect. Left out: today, as the backend counts it. */
  readonly effective?: InputMaybe<EffectiveInput>;
  /**
   * `Contract.version` as you read it: the change is made only if the contract is still like that.
   * Another version now refuses the change (PRECONDITION_FAILED).
   */
  readonly expectedVersion?: InputMaybe<Scalars['String']['input']>;
  /**
   * Your name for this change, 8 to 255 visible ASCII characters; a UUID is a good one. The same key with the same input is
   * the same change; with another input it is refused.
   */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** The offerings whose quantities change. */
  readonly offerings: ReadonlyArray<OfferingQuantitiesInput>;
  /** Why, for the records of changes; at most 500 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Other rates for offerings of a contract (MonetizeNow). */
export type ContractRateChangeInput = {
  /** Global id of the contract. */
  readonly contractId: Scalars['ID']['input'];
  /** True: checks everything, sends nothing, and answers with what would be sent. */
  readonly dryRun?: Scalars['Boolean']['input'];
  /** When it takes effect. Left out: today, as the backend counts it. */
  readonly effective?: InputMaybe<EffectiveInput>;
  /**
   * `Contract.version` as you read it: the change is made only if the contract is still like that.
   * Another version now refuses the change (PRECONDITION_FAILED).
   */
  readonly expectedVersion?: InputMaybe<Scalars['String']['input']>;
  /**
   * Your name for this change, 8 to 255 visible ASCII characters; a UUID is a good one. The same key with the same input is
   * the same change; with another input it is refused.
   */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** The offerings whose rate changes. */
  readonly offerings: ReadonlyArray<OfferingRateInput>;
  /** Why, for the records of changes; at most 500 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** How a contract renews (MonetizeNow, `contractRenewalTerms`). */
export type ContractRenewalTerms = {
  readonly __typename?: 'ContractRenewalTerms';
  /** `contractEndAction`. */
  readonly endAction: Maybe<ContractEndAction>;
  /** `contractEndAction` as sent. */
  readonly endActionText: Maybe<Scalars['String']['output']>;
  /** `autoRenewalNoticePeriod`, days. */
  readonly noticeDays: Maybe<Scalars['Int']['output']>;
  /** `renewalTermLength.type` as sent. */
  readonly renewalLengthType: Maybe<Scalars['String']['output']>;
};

/** Where a contract stands. */
export type ContractStatus =
  /** Runs now. */
  | 'ACTIVE'
  /** Ended by cancellation. */
  | 'CANCELED'
  /** Its term is over. */
  | 'FINISHED'
  /** Starts in the future. */
  | 'PENDING'
  /** A status that the gateway does not know: see `statusText`. */
  | 'UNRECOGNIZED';

/**
 * The contract behind a minimum commitment (Commitment Manager). The vendor lists what it holds and not in which form, so
 * every statement is given as a clause, and what can be read without doubt also in typed form.
 */
export type ContractTerms = {
  readonly __typename?: 'ContractTerms';
  /** Every statement of the contract. */
  readonly clauses: ReadonlyArray<ContractClause>;
  /** What ending early costs, where it can be read. */
  readonly earlyTermination: Maybe<EarlyTerminationTerms>;
  /** Steps by which the minimum rises. */
  readonly escalation: ReadonlyArray<EscalationStep>;
  /** How old this answer is. */
  readonly freshness: Freshness;
  /** What happens at the end of the term, where it can be read. */
  readonly renewal: Maybe<RenewalTerms>;
};

/** How complete a list that is merged from several sources is. */
export type Coverage = {
  readonly __typename?: 'Coverage';
  /** True: every source that should have answered did, and nothing was left out. */
  readonly complete: Scalars['Boolean']['output'];
  /** The sources that something is missing from. */
  readonly missing: ReadonlyArray<SourceName>;
  /** One entry for each source and organization that was asked, or should have been. */
  readonly sources: ReadonlyArray<SourceCoverage>;
};

/** What became of asking a source. */
export type CoverageState =
  /** Everything arrived. */
  | 'COMPLETE'
  /** Nothing arrived: see the code. */
  | 'FAILED'
  /** The customer has an account there, but this gateway was not given the backend. */
  | 'NOT_CONFIGURED'
  /** The customer has no account there. Nothing is missing. */
  | 'NOT_LINKED'
  /** Some records could not be read, or there were more than the gateway reads. */
  | 'PARTIAL'
  /** Everything arrived, from an earlier answer: the source does not answer now, or is being asked again. See `freshness`. */
  | 'STALE';

/** A member of free-form `customFields` (MonetizeNow). */
export type CustomField = {
  readonly __typename?: 'CustomField';
  /** The member's name, as set up in the source. */
  readonly name: Scalars['String']['output'];
  /** The value: text as it is, a number with the digits sent, anything else as JSON. Null where the source says null. */
  readonly value: Maybe<Scalars['String']['output']>;
};

/** A stretch of days as you give it: from `startsOn` up to and without `endsBefore`. */
export type DateRangeInput = {
  /** First day after the range; later than `startsOn`. */
  readonly endsBefore: Scalars['Date']['input'];
  /** First day of the range. */
  readonly startsOn: Scalars['Date']['input'];
};

/** What ending early costs. */
export type EarlyTerminationTerms = {
  readonly __typename?: 'EarlyTerminationTerms';
  /** How many days before notice must be given. */
  readonly noticeDays: Maybe<Scalars['Int']['output']>;
  /** Part of what remains, in whole percent. */
  readonly penaltyPercent: Maybe<Scalars['Decimal']['output']>;
};

/** When a change of a contract takes effect: exactly one of the two. */
export type EffectiveInput =
  /** At a point that the contract itself decides. */
  { readonly at: EffectivePoint; readonly on?: never; }
  |  /** On a day in the future. */
  { readonly at?: never; readonly on: Scalars['Date']['input']; };

/** Points in time that a contract decides. */
export type EffectivePoint =
  /** When the next billing cycle begins. */
  | 'NEXT_BILL_CYCLE';

/** A step by which a minimum rises. */
export type EscalationStep = {
  readonly __typename?: 'EscalationStep';
  /** From this day. */
  readonly effectiveOn: Maybe<Scalars['Date']['output']>;
  /** By how much, in whole percent. */
  readonly increasePercent: Maybe<Scalars['Decimal']['output']>;
  /** To this monthly minimum (cents upstream). */
  readonly minimum: Maybe<Money>;
};

/** Something of a backend that has an id and perhaps a name there, and is not an object of this graph. */
export type ExternalReference = {
  readonly __typename?: 'ExternalReference';
  /** The backend's own id. */
  readonly externalId: Scalars['String']['output'];
  /** The backend's own name. */
  readonly name: Maybe<Scalars['String']['output']>;
};

/** A length of time as LogiSense states it. */
export type Frequency = {
  readonly __typename?: 'Frequency';
  /** `frequencyTypeId`. */
  readonly externalId: Maybe<Scalars['String']['output']>;
  /** `periodFrequency`: how many units. */
  readonly length: Maybe<Scalars['Int']['output']>;
  /** `frequencyTypeName` as sent. */
  readonly name: Maybe<Scalars['String']['output']>;
  /** The unit, from its name. */
  readonly unit: FrequencyUnit;
};

/** A unit of calendar time. */
export type FrequencyUnit =
  /** Calendar day. */
  | 'DAY'
  /** Calendar month. */
  | 'MONTH'
  /** Three calendar months. */
  | 'QUARTER'
  /** A unit that the gateway does not know: periods of it have no dates. */
  | 'UNRECOGNIZED'
  /** Seven days. */
  | 'WEEK'
  /** Twelve calendar months. */
  | 'YEAR';

/** How old an answer is. */
export type Freshness = {
  readonly __typename?: 'Freshness';
  /** Milliseconds since then. */
  readonly ageMs: Scalars['Int']['output'];
  /** When the backend was asked, by the gateway's clock. */
  readonly observedAt: Scalars['DateTime']['output'];
  /** True: older than the freshness policy of its source allows, and given because nothing newer could be had. */
  readonly stale: Scalars['Boolean']['output'];
};

/** Something wrong that was found before anything was sent. */
export type InputProblem = UserError & {
  readonly __typename?: 'InputProblem';
  /** What is wrong, for programs. */
  readonly code: UserErrorCode;
  /** What is wrong, for people. */
  readonly message: Scalars['String']['output'];
  /** Where in `input`; see `UserError.path`. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
};

/** An invoice of a contract (MonetizeNow). */
export type Invoice = {
  readonly __typename?: 'Invoice';
  /** `account`: the customer as it was when the invoice was written. Null if it has no `id`. */
  readonly account: Maybe<InvoiceAccount>;
  /** `amount`, major units. */
  readonly amount: Maybe<Money>;
  /** `amountCredited`, major units. */
  readonly amountCredited: Maybe<Money>;
  /** `amountDue`, major units. */
  readonly amountDue: Maybe<Money>;
  /** `amountPaid`, major units. */
  readonly amountPaid: Maybe<Money>;
  /** `amountWithoutDiscount`, major units. */
  readonly amountWithoutDiscount: Maybe<Money>;
  /** `amountWithoutTax`, major units. */
  readonly amountWithoutTax: Maybe<Money>;
  /** `billGroupId`. */
  readonly billGroupId: Maybe<Scalars['String']['output']>;
  /** `billDate`. */
  readonly billedOn: Maybe<Scalars['Date']['output']>;
  /** `contractId`. */
  readonly contractId: Maybe<Scalars['String']['output']>;
  /** `credits`: what was credited so far. */
  readonly credits: ReadonlyArray<InvoiceCredit>;
  /** `discount`, major units. */
  readonly discount: Maybe<Money>;
  /** `dueDate`. */
  readonly dueOn: Maybe<Scalars['Date']['output']>;
  /** `id` in MonetizeNow. */
  readonly externalId: Scalars['String']['output'];
  /** How old this answer is. */
  readonly freshness: Freshness;
  /** `invoiceNumber`. */
  readonly invoiceNumber: Maybe<Scalars['String']['output']>;
  /** `invoicingDate`. */
  readonly invoicedOn: Maybe<Scalars['Date']['output']>;
  /** `pastDue`. */
  readonly isPastDue: Maybe<Scalars['Boolean']['output']>;
  /** `invoiceItems`. */
  readonly items: ReadonlyArray<InvoiceItem>;
  /** `netTerms` as sent, such as NET_30. */
  readonly netTerms: Maybe<Scalars['String']['output']>;
  /** `paidDate`. */
  readonly paidOn: Maybe<Scalars['Date']['output']>;
  /** `payments`: what was paid so far. */
  readonly payments: ReadonlyArray<InvoicePayment>;
  /** `quoteId`. */
  readonly quoteId: Maybe<Scalars['String']['output']>;
  /** From `status`. */
  readonly status: Maybe<InvoiceStatus>;
  /** `status` as sent. */
  readonly statusText: Maybe<Scalars['String']['output']>;
  /** `tax`, major units. */
  readonly tax: Maybe<Money>;
  /** The stretch that is billed, from `startDate` and `endDate`; the source's end is the last day. */
  readonly term: Term;
  /** From `invoiceType`. */
  readonly type: Maybe<InvoiceType>;
  /** `invoiceType` as sent. */
  readonly typeText: Maybe<Scalars['String']['output']>;
};

/** The account that an invoice was written to (MonetizeNow, `account`). */
export type InvoiceAccount = {
  readonly __typename?: 'InvoiceAccount';
  /** `currency` of the account. The invoice's amounts are in the invoice's own. */
  readonly currency: Maybe<Scalars['CurrencyCode']['output']>;
  /** `customId`: the seller's own id for the account. */
  readonly customId: Maybe<Scalars['String']['output']>;
  /** `id`. */
  readonly externalId: Scalars['String']['output'];
  /** `accountName`. */
  readonly name: Maybe<Scalars['String']['output']>;
  /** `status` as sent: ACTIVE, CANCELED, SUSPENDED or INACTIVE. */
  readonly statusText: Maybe<Scalars['String']['output']>;
};

/** A page of invoices. */
export type InvoiceConnection = {
  readonly __typename?: 'InvoiceConnection';
  /** How complete the list is. */
  readonly coverage: Coverage;
  /** The items with their cursors. */
  readonly edges: ReadonlyArray<InvoiceEdge>;
  /** The items without cursors. */
  readonly nodes: ReadonlyArray<Invoice>;
  /** Where the page begins and ends. */
  readonly pageInfo: PageInfo;
  /** How many could be read in all. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A credit that was applied to an invoice (MonetizeNow, `credits`). */
export type InvoiceCredit = {
  readonly __typename?: 'InvoiceCredit';
  /** `amount`, major units, in the invoice's currency. */
  readonly amount: Maybe<Money>;
  /** `appliedDate`. */
  readonly appliedAt: Maybe<Scalars['DateTime']['output']>;
  /** `creditNoteId`: the credit note that it comes from. */
  readonly creditNoteId: Maybe<Scalars['String']['output']>;
  /** `creditId`. */
  readonly externalId: Maybe<Scalars['String']['output']>;
  /** `reason`. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** `type` as sent: CREDIT_NOTE, SERVICE or PREPAID. */
  readonly typeText: Maybe<Scalars['String']['output']>;
};

/** An invoice on a page. */
export type InvoiceEdge = {
  readonly __typename?: 'InvoiceEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The invoice. */
  readonly node: Invoice;
};

/** A line of an invoice (MonetizeNow, `invoiceItems`). */
export type InvoiceItem = {
  readonly __typename?: 'InvoiceItem';
  /** `amount`, major units. */
  readonly amount: Maybe<Money>;
  /** `id`. */
  readonly externalId: Maybe<Scalars['String']['output']>;
  /** `minCommitAdditionalBilledAmount`: what is charged to reach a minimum commitment, major units. */
  readonly minimumCommitAdditionalBilled: Maybe<Money>;
  /** `minCommitAvailableAmount`: what is left of a minimum commitment, major units. */
  readonly minimumCommitAvailable: Maybe<Money>;
  /** `offeringId` and `offeringName`. */
  readonly offering: Maybe<ExternalReference>;
  /** `offeringType` as sent: SUBSCRIPTION, ONETIME, MIN_COMMIT and others. */
  readonly offeringType: Maybe<Scalars['String']['output']>;
  /** `priceModel` as sent: VOLUME, TIERED, FLAT and others. */
  readonly priceModel: Maybe<Scalars['String']['output']>;
  /** `productId` and `productName`. */
  readonly product: Maybe<ExternalReference>;
  /** `prorationMultiplier`: part of a full billing period that is charged. */
  readonly prorationMultiplier: Maybe<Scalars['Decimal']['output']>;
  /** `quantity`. Not money. */
  readonly quantity: Maybe<Scalars['Decimal']['output']>;
  /** From `periodStartDate` and `periodEndDate`; the source's end is the last day. */
  readonly term: Term;
  /** `unitPrice`, major units. */
  readonly unitPrice: Maybe<Money>;
};

/** A payment towards an invoice (MonetizeNow, `payments`). */
export type InvoicePayment = {
  readonly __typename?: 'InvoicePayment';
  /** `paidAmount`, major units, in the invoice's currency. */
  readonly amount: Maybe<Money>;
  /** `creditCardType` as sent, such as VISA. Null if it was not paid by card. */
  readonly cardTypeText: Maybe<Scalars['String']['output']>;
  /** `createDate`. */
  readonly createdAt: Maybe<Scalars['DateTime']['output']>;
  /** `paymentDescription`. */
  readonly description: Maybe<Scalars['String']['output']>;
  /** `paymentId`. */
  readonly externalId: Maybe<Scalars['String']['output']>;
  /** `paymentMethodName`. */
  readonly methodName: Maybe<Scalars['String']['output']>;
  /** `settledDate`: when the money arrived. */
  readonly settledAt: Maybe<Scalars['DateTime']['output']>;
};

/** Where an invoice stands. */
export type InvoiceStatus =
  /** Withdrawn. */
  | 'CANCELED'
  /** Being prepared. */
  | 'DRAFT'
  /** Paid. */
  | 'PAID'
  /** Payment is under way. */
  | 'PENDING'
  /** Taken back. */
  | 'REVERSED'
  /** Waits for payment. */
  | 'UNPAID'
  /** A status that the gateway does not know: see `statusText`. */
  | 'UNRECOGNIZED';

/** Why an invoice was written. */
export type InvoiceType =
  /** For a change within a billing cycle. */
  | 'INCREMENTAL'
  /** For something charged once. */
  | 'ONETIME'
  /** Written again. */
  | 'REBILLED'
  /** The regular one of a billing cycle. */
  | 'RECURRING'
  /** A type that the gateway does not know: see `typeText`. */
  | 'UNRECOGNIZED';

/** Monthly minimum spend (Commitment Manager). */
export type MinimumCommitment = Commitment & Node & {
  readonly __typename?: 'MinimumCommitment';
  /**
   * What the customer was billed in months of this commitment: its term, up to a cancellation. Null if it could not be
   * read, or if the source is not configured.
   */
  readonly billingHistory: Maybe<ReadonlyArray<BillingHistoryEntry>>;
  /** `cancelled_at`: when it was cancelled, if it was. */
  readonly cancelledAt: Maybe<Scalars['DateTime']['output']>;
  /** The monthly minimum, from `amount` (cents). Null only if no currency is known. */
  readonly committed: Maybe<Money>;
  /** A month. */
  readonly committedPer: Maybe<CommitmentInterval>;
  /**
   * The contract behind it, for the commitment that is active: the source knows only the current contract. Null for others,
   * if there is none, if it could not be read, or if the source is not configured.
   */
  readonly contractTerms: Maybe<ContractTerms>;
  /** `created_at`. */
  readonly createdAt: Maybe<Scalars['DateTime']['output']>;
  /** `commitment_id` of Commitment Manager. */
  readonly externalId: Scalars['String']['output'];
  /** How old this answer is. */
  readonly freshness: Freshness;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Always null: Commitment Manager gives no names. */
  readonly name: Maybe<Scalars['String']['output']>;
  /** The customer, from the account directory. */
  readonly organization: Organization;
  /** One period: its term. A ramp is several commitments, one after another. */
  readonly periods: ReadonlyArray<Period>;
  /** Always empty. */
  readonly products: ReadonlyArray<CommittedProduct>;
  /**
   * The signed order that it came from (Salesforce), joined by the handler id of the commitment, or by the dates of a ramp
   * step. Null if no order carries it, if it could not be read, or if the source is not configured (see `Query.sources`).
   */
  readonly serviceOrder: Maybe<ServiceOrder>;
  /** Commitment Manager. */
  readonly source: SourceName;
  /**
   * The customer's current commitment as billing sees it, if it is this one: sync state, handler id, last update. Null if
   * another one is current, if it could not be read, or if the source is not configured.
   */
  readonly state: Maybe<MinimumCommitmentState>;
  /** From `status`; derived from the dates where the source leaves it out. */
  readonly status: CommitmentStatus;
  /** `status` as sent. */
  readonly statusText: Maybe<Scalars['String']['output']>;
  /** From `start_date` and `end_date`; the source's end is the last second of the last day. */
  readonly term: Term;
  /** `updated_at`. */
  readonly updatedAt: Maybe<Scalars['DateTime']['output']>;
  /**
   * What the customer used in a month of this commitment: its term, up to a cancellation. Null for other months, if there
   * is none, if it could not be read, or if the source is not configured.
   */
  readonly usage: Maybe<UsageSummary>;
};


/** Monthly minimum spend (Commitment Manager). */
export type MinimumCommitmentBillingHistoryArgs = {
  includeUsage?: Scalars['Boolean']['input'];
  range: InputMaybe<DateRangeInput>;
};


/** Monthly minimum spend (Commitment Manager). */
export type MinimumCommitmentUsageArgs = {
  month: InputMaybe<Scalars['YearMonth']['input']>;
};

/**
 * The current minimum commitment of a customer as billing sees it (Commitment Manager, `commitment/current`): what people
 * check before and after a change.
 */
export type MinimumCommitmentState = {
  readonly __typename?: 'MinimumCommitmentState';
  /** `commitment_handler_id`: follows the commitment through CRM, webhook and billing. */
  readonly commitmentHandlerId: Maybe<Scalars['String']['output']>;
  /** How old this answer is. */
  readonly freshness: Freshness;
  /** `last_updated`. */
  readonly lastUpdatedAt: Maybe<Scalars['DateTime']['output']>;
  /**
   * `mmc_amount` as money a month, under the unit that the gateway is configured with: the vendor does not state it. Compare
   * with `MinimumCommitment.committed`, whose unit is documented; a ratio of 100 means that the setting is wrong.
   */
  readonly minimum: Maybe<Money>;
  /** `mmc_amount` as sent, before any unit is applied. */
  readonly reportedMinimum: Maybe<Scalars['Decimal']['output']>;
  /** From `status`. */
  readonly status: CommitmentStatus;
  /** `status` as sent. */
  readonly statusText: Maybe<Scalars['String']['output']>;
  /** `sync_status`: whether billing holds what the CRM last said. */
  readonly syncStatus: Maybe<SyncStatus>;
  /** `sync_status` as sent. */
  readonly syncStatusText: Maybe<Scalars['String']['output']>;
  /** From `contract_start_date` and `contract_end_date`. */
  readonly term: Term;
};

/** An amount of money. */
export type Money = {
  readonly __typename?: 'Money';
  /** In major units (dollars, not cents), exact, with at least as many decimals as the currency uses. */
  readonly amount: Scalars['Decimal']['output'];
  /** The currency of the amount. */
  readonly currency: Scalars['CurrencyCode']['output'];
};

/**
 * Changes. Each is sent to its backend at most once, whatever happens, and ends as succeeded, failed, in review or unknown;
 * what is unknown is settled by reading back, never by sending again. A document may hold one change for each of its
 * operations, and a change is never made by GET.
 *
 * Given again with the same `idempotencyKey` and the same input, a change is not made again: what became of the first
 * request is answered, also after a restart. Each field is null where an entry of `errors` says why nothing was sent.
 */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Cancels a contract (MonetizeNow, CANCELLATION). Needs the scope `contracts:write`. */
  readonly contractCancel: Maybe<ContractChangePayload>;
  /** Creates a commitment of an account contract (LogiSense, `POST Contract/Commitment/`). Needs the scope `commitments:write`. */
  readonly contractCommitmentCreate: Maybe<ContractCommitmentChangePayload>;
  /**
   * Deletes a commitment of an account contract with all that belongs to it (LogiSense, `DELETE Contract/Commitment/{id}`).
   * Needs the scope `commitments:delete`.
   */
  readonly contractCommitmentDelete: Maybe<ContractCommitmentChangePayload>;
  /**
   * Changes several commitments of a customer with their periods and services in one transaction: all of it happens, or
   * none (LogiSense, `PATCH Contract/Commitment/{id}`). Needs the scope `commitments:write`, and `commitments:delete` too
   * where it deletes anything.
   */
  readonly contractCommitmentPatch: Maybe<ContractCommitmentChangePayload>;
  /** Changes a commitment of an account contract (LogiSense, `PUT Contract/Commitment/{id}`). Needs the scope `commitments:write`. */
  readonly contractCommitmentUpdate: Maybe<ContractCommitmentChangePayload>;
  /** Adds offerings to a contract (MonetizeNow, ADD_OFFERING). Needs the scope `contracts:write`. */
  readonly contractOfferingAdd: Maybe<ContractChangePayload>;
  /** Replaces offerings of a contract by others (MonetizeNow, OFFERING_CHANGE). Needs the scope `contracts:write`. */
  readonly contractOfferingChange: Maybe<ContractChangePayload>;
  /**
   * Takes offerings off a contract (MonetizeNow, REMOVE_OFFERING). Taking off the last one cancels the contract, and is
   * refused unless that is confirmed. Needs the scope `contracts:write`.
   */
  readonly contractOfferingRemove: Maybe<ContractChangePayload>;
  /** Gives products of a contract new quantities (MonetizeNow, QUANTITY_CHANGE). Needs the scope `contracts:write`. */
  readonly contractQuantityChange: Maybe<ContractChangePayload>;
  /** Puts offerings of a contract on other rates (MonetizeNow, RATE_CHANGE). Needs the scope `contracts:write`. */
  readonly contractRateChange: Maybe<ContractChangePayload>;
  /**
   * Has Commitment Manager read a customer's orders again (`POST /organizations/{id}/sync`). Asked for twice at a time, it is
   * done once. Needs the scope `commitments:write`.
   */
  readonly organizationSync: Maybe<OrganizationSyncPayload>;
  /** Commits resources for a customer (CloudMC, `POST /commitments`). Needs the scope `commitments:write`. */
  readonly resourceCommitmentCreate: Maybe<ResourceCommitmentChangePayload>;
  /** Deletes committed resources (CloudMC, `DELETE /commitments/:id`). Needs the scope `commitments:delete`. */
  readonly resourceCommitmentDelete: Maybe<ResourceCommitmentChangePayload>;
  /** Ends committed resources early (CloudMC, `POST /commitments/:id/terminate`). Needs the scope `commitments:write`. */
  readonly resourceCommitmentTerminate: Maybe<ResourceCommitmentChangePayload>;
  /**
   * Changes committed resources (CloudMC, `PUT /commitments/:id`). One that is paid in advance and was billed already is
   * replaced: it gets another id, and the payload has both. Needs the scope `commitments:write`.
   */
  readonly resourceCommitmentUpdate: Maybe<ResourceCommitmentChangePayload>;
};


/**
 * Changes. Each is sent to its backend at most once, whatever happens, and ends as succeeded, failed, in review or unknown;
 * what is unknown is settled by reading back, never by sending again. A document may hold one change for each of its
 * operations, and a change is never made by GET.
 *
 * Given again with the same `idempotencyKey` and the same input, a change is not made again: what became of the first
 * request is answered, also after a restart. Each field is null where an entry of `errors` says why nothing was sent.
 */
export type MutationContractCancelArgs = {
  input: ContractCancelInput;
};


/**
 * Changes. Each is sent to its backend at most once, whatever happens, and ends as succeeded, failed, in review or unknown;
 * what is unknown is settled by reading back, never by sending again. A document may hold one change for each of its
 * operations, and a change is never made by GET.
 *
 * Given again with the same `idempotencyKey` and the same input, a change is not made again: what became of the first
 * request is answered, also after a restart. Each field is null where an entry of `errors` says why nothing was sent.
 */
export type MutationContractCommitmentCreateArgs = {
  input: ContractCommitmentCreateInput;
};


/**
 * Changes. Each is sent to its backend at most once, whatever happens, and ends as succeeded, failed, in review or unknown;
 * what is unknown is settled by reading back, never by sending again. A document may hold one change for each of its
 * operations, and a change is never made by GET.
 *
 * Given again with the same `idempotencyKey` and the same input, a change is not made again: what became of the first
 * request is answered, also after a restart. Each field is null where an entry of `errors` says why nothing was sent.
 */
export type MutationContractCommitmentDeleteArgs = {
  input: ContractCommitmentDeleteInput;
};


/**
 * Changes. Each is sent to its backend at most once, whatever happens, and ends as succeeded, failed, in review or unknown;
 * what is unknown is settled by reading back, never by sending again. A document may hold one change for each of its
 * operations, and a change is never made by GET.
 *
 * Given again with the same `idempotencyKey` and the same input, a change is not made again: what became of the first
 * request is answered, also after a restart. Each field is null where an entry of `errors` says why nothing was sent.
 */
export type MutationContractCommitmentPatchArgs = {
  input: ContractCommitmentPatchInput;
};


/**
 * Changes. Each is sent to its backend at most once, whatever happens, and ends as succeeded, failed, in review or unknown;
 * what is unknown is settled by reading back, never by sending again. A document may hold one change for each of its
 * operations, and a change is never made by GET.
 *
 * Given again with the same `idempotencyKey` and the same input, a change is not made again: what became of the first
 * request is answered, also after a restart. Each field is null where an entry of `errors` says why nothing was sent.
 */
export type MutationContractCommitmentUpdateArgs = {
  input: ContractCommitmentUpdateInput;
};


/**
 * Changes. Each is sent to its backend at most once, whatever happens, and ends as succeeded, failed, in review or unknown;
 * what is unknown is settled by reading back, never by sending again. A document may hold one change for each of its
 * operations, and a change is never made by GET.
 *
 * Given again with the same `idempotencyKey` and the same input, a change is not made again: what became of the first
 * request is answered, also after a restart. Each field is null where an entry of `errors` says why nothing was sent.
 */
export type MutationContractOfferingAddArgs = {
  input: ContractOfferingAddInput;
};


/**
 * Changes. Each is sent to its backend at most once, whatever happens, and ends as succeeded, failed, in review or unknown;
 * what is unknown is settled by reading back, never by sending again. A document may hold one change for each of its
 * operations, and a change is never made by GET.
 *
 * Given again with the same `idempotencyKey` and the same input, a change is not made again: what became of the first
 * request is answered, also after a restart. Each field is null where an entry of `errors` says why nothing was sent.
 */
export type MutationContractOfferingChangeArgs = {
  input: ContractOfferingChangeInput;
};


/**
 * Changes. Each is sent to its backend at most once, whatever happens, and ends as succeeded, failed, in review or unknown;
 * what is unknown is settled by reading back, never by sending again. A document may hold one change for each of its
 * operations, and a change is never made by GET.
 *
 * Given again with the same `idempotencyKey` and the same input, a change is not made again: what became of the first
 * request is answered, also after a restart. Each field is null where an entry of `errors` says why nothing was sent.
 */
export type MutationContractOfferingRemoveArgs = {
  input: ContractOfferingRemoveInput;
};


/**
 * Changes. Each is sent to its backend at most once, whatever happens, and ends as succeeded, failed, in review or unknown;
 * what is unknown is settled by reading back, never by sending again. A document may hold one change for each of its
 * operations, and a change is never made by GET.
 *
 * Given again with the same `idempotencyKey` and the same input, a change is not made again: what became of the first
 * request is answered, also after a restart. Each field is null where an entry of `errors` says why nothing was sent.
 */
export type MutationContractQuantityChangeArgs = {
  input: ContractQuantityChangeInput;
};


/**
 * Changes. Each is sent to its backend at most once, whatever happens, and ends as succeeded, failed, in review or unknown;
 * what is unknown is settled by reading back, never by sending again. A document may hold one change for each of its
 * operations, and a change is never made by GET.
 *
 * Given again with the same `idempotencyKey` and the same input, a change is not made again: what became of the first
 * request is answered, also after a restart. Each field is null where an entry of `errors` says why nothing was sent.
 */
export type MutationContractRateChangeArgs = {
  input: ContractRateChangeInput;
};


/**
 * Changes. Each is sent to its backend at most once, whatever happens, and ends as succeeded, failed, in review or unknown;
 * what is unknown is settled by reading back, never by sending again. A document may hold one change for each of its
 * operations, and a change is never made by GET.
 *
 * Given again with the same `idempotencyKey` and the same input, a change is not made again: what became of the first
 * request is answered, also after a restart. Each field is null where an entry of `errors` says why nothing was sent.
 */
export type MutationOrganizationSyncArgs = {
  input: OrganizationSyncInput;
};


/**
 * Changes. Each is sent to its backend at most once, whatever happens, and ends as succeeded, failed, in review or unknown;
 * what is unknown is settled by reading back, never by sending again. A document may hold one change for each of its
 * operations, and a change is never made by GET.
 *
 * Given again with the same `idempotencyKey` and the same input, a change is not made again: what became of the first
 * request is answered, also after a restart. Each field is null where an entry of `errors` says why nothing was sent.
 */
export type MutationResourceCommitmentCreateArgs = {
  input: ResourceCommitmentCreateInput;
};


/**
 * Changes. Each is sent to its backend at most once, whatever happens, and ends as succeeded, failed, in review or unknown;
 * what is unknown is settled by reading back, never by sending again. A document may hold one change for each of its
 * operations, and a change is never made by GET.
 *
 * Given again with the same `idempotencyKey` and the same input, a change is not made again: what became of the first
 * request is answered, also after a restart. Each field is null where an entry of `errors` says why nothing was sent.
 */
export type MutationResourceCommitmentDeleteArgs = {
  input: ResourceCommitmentDeleteInput;
};


/**
 * Changes. Each is sent to its backend at most once, whatever happens, and ends as succeeded, failed, in review or unknown;
 * what is unknown is settled by reading back, never by sending again. A document may hold one change for each of its
 * operations, and a change is never made by GET.
 *
 * Given again with the same `idempotencyKey` and the same input, a change is not made again: what became of the first
 * request is answered, also after a restart. Each field is null where an entry of `errors` says why nothing was sent.
 */
export type MutationResourceCommitmentTerminateArgs = {
  input: ResourceCommitmentTerminateInput;
};


/**
 * Changes. Each is sent to its backend at most once, whatever happens, and ends as succeeded, failed, in review or unknown;
 * what is unknown is settled by reading back, never by sending again. A document may hold one change for each of its
 * operations, and a change is never made by GET.
 *
 * Given again with the same `idempotencyKey` and the same input, a change is not made again: what became of the first
 * request is answered, also after a restart. Each field is null where an entry of `errors` says why nothing was sent.
 */
export type MutationResourceCommitmentUpdateArgs = {
  input: ResourceCommitmentUpdateInput;
};

/** Anything with a global id. */
export type Node = {
  /** Global id, opaque: do not take it apart, its form may change. Stays valid as long as the object exists. */
  readonly id: Scalars['ID']['output'];
};

/** An offering to be added. */
export type OfferingAdditionInput = {
  /** `offeringId` in MonetizeNow. */
  readonly offeringId: Scalars['String']['input'];
  /** Quantities of its products; products that are not listed get their defaults. */
  readonly products?: ReadonlyArray<ProductQuantityInput>;
};

/** New quantities of an offering. */
export type OfferingQuantitiesInput = {
  /** `offeringId` in MonetizeNow: `ContractOffering.offering.externalId`. */
  readonly offeringId: Scalars['String']['input'];
  /** The products whose quantity changes; the others keep theirs. */
  readonly products: ReadonlyArray<ProductQuantityInput>;
};

/** Another rate for an offering. */
export type OfferingRateInput = {
  /** `offeringId` in MonetizeNow: `ContractOffering.offering.externalId`. */
  readonly offeringId: Scalars['String']['input'];
  /** New quantities that go with it. Left out: quantities stay. */
  readonly products?: InputMaybe<ReadonlyArray<ProductQuantityInput>>;
  /** `rateId` in MonetizeNow of the new rate. */
  readonly rateId: Scalars['String']['input'];
};

/** An offering to be taken off. */
export type OfferingRemovalInput = {
  /** `offeringId` in MonetizeNow: `ContractOffering.offering.externalId`. */
  readonly offeringId: Scalars['String']['input'];
};

/** An offering and the one that takes its place. */
export type OfferingReplacementInput = {
  /** `offeringId` in MonetizeNow of the one that takes its place. */
  readonly newOfferingId: Scalars['String']['input'];
  /** `offeringId` in MonetizeNow: `ContractOffering.offering.externalId`. */
  readonly offeringId: Scalars['String']['input'];
  /** Quantities of its products; products that are not listed get their defaults. */
  readonly products?: ReadonlyArray<ProductQuantityInput>;
};

/** What the backend showed, as JSON text in the gateway's own form: what the outcome of a change is judged by. */
export type OperationEvidence = {
  readonly __typename?: 'OperationEvidence';
  /** When it was looked at last. Null where it was not. */
  readonly after: Maybe<Scalars['String']['output']>;
  /** Before it was sent. Null where nothing was read. */
  readonly before: Maybe<Scalars['String']['output']>;
};

/** Why a change did not happen, or why nobody knows. */
export type OperationFailure = {
  readonly __typename?: 'OperationFailure';
  /** For programs. */
  readonly code: OperationFailureCode;
  /** For people. */
  readonly message: Scalars['String']['output'];
};

/** Why a change did not happen, or why nobody knows. */
export type OperationFailureCode =
  /** Whoever had to approve it said no. */
  | 'DENIED'
  /** It got lost, and reading back proves that it did not happen. */
  | 'NOT_APPLIED'
  /** There was no answer, or none that can be read. */
  | 'NO_ANSWER'
  /** The backend said no. */
  | 'REFUSED'
  /** An operator found out and wrote it down. */
  | 'SETTLED_BY_OPERATOR';

/** The backend's own names of what it did: for support, and for whoever settles a change by hand. Null where there is none. */
export type OperationReferences = {
  readonly __typename?: 'OperationReferences';
  /** Id of the contract (MonetizeNow). */
  readonly contractId: Maybe<Scalars['String']['output']>;
  /** Id of the invoice (MonetizeNow). */
  readonly invoiceId: Maybe<Scalars['String']['output']>;
  /** Id of the commitment that was made, or that replaces another. */
  readonly newCommitmentId: Maybe<Scalars['String']['output']>;
  /** Id of the quote (MonetizeNow). */
  readonly quoteId: Maybe<Scalars['String']['output']>;
  /** Id of the task (CloudMC). */
  readonly taskId: Maybe<Scalars['String']['output']>;
  /** Id of the call (LogiSense). */
  readonly trackingId: Maybe<Scalars['String']['output']>;
};

/** A customer. The account directory says which accounts it has in which backend. */
export type Organization = Node & {
  readonly __typename?: 'Organization';
  /** The accounts that the customer has, by backend. From the account directory. */
  readonly accounts: ReadonlyArray<SourceAccount>;
  /** What was billed (Commitment Manager). Null if it could not be read, or if the source is not configured. */
  readonly billingHistory: Maybe<ReadonlyArray<BillingHistoryEntry>>;
  /**
   * The customer's commitments in every backend that keeps them (Commitment Manager, LogiSense, CloudMC), merged into one
   * list. A backend that fails is missing from the list, named in `coverage` and reported in `errors`.
   */
  readonly commitments: Maybe<CommitmentConnection>;
  /** The contract behind the minimum commitment (Commitment Manager). Null if there is none, if it could not be read, or if the source is not configured. */
  readonly contractTerms: Maybe<ContractTerms>;
  /** The customer's contracts (MonetizeNow). Null if they could not be read; empty with a word in `coverage` if there is no account. */
  readonly contracts: Maybe<ContractConnection>;
  /** Currency of the customer, from the account directory; used where a backend states amounts without one. */
  readonly currency: Maybe<Scalars['CurrencyCode']['output']>;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /**
   * The current minimum commitment as billing sees it (Commitment Manager, `commitment/current`). Null if there is none,
   * if it could not be read, or if the source is not configured (see `Query.sources`).
   */
  readonly minimumCommitmentState: Maybe<MinimumCommitmentState>;
  /** Name, from the account directory. */
  readonly name: Scalars['String']['output'];
  /**
   * The changes that were asked for, newest first, those of other clients included. What was refused before sending is not
   * among them. Null if they could not be read.
   */
  readonly operations: Maybe<ContractOperationConnection>;
  /** The customer's signed orders in the CRM (Salesforce). Null if they could not be read; empty with a word in `coverage` if there is no account. */
  readonly serviceOrders: Maybe<ServiceOrderConnection>;
  /** Short name, unique in the account directory. */
  readonly slug: Scalars['String']['output'];
  /** Usage of one month against the minimum (Commitment Manager). Null if there is none, if it could not be read, or if the source is not configured. */
  readonly usage: Maybe<UsageSummary>;
};


/** A customer. The account directory says which accounts it has in which backend. */
export type OrganizationBillingHistoryArgs = {
  includeUsage?: Scalars['Boolean']['input'];
  range: DateRangeInput;
};


/** A customer. The account directory says which accounts it has in which backend. */
export type OrganizationCommitmentsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<CommitmentFilter>;
  first?: Scalars['Int']['input'];
  orderBy?: CommitmentOrder;
};


/** A customer. The account directory says which accounts it has in which backend. */
export type OrganizationContractsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};


/** A customer. The account directory says which accounts it has in which backend. */
export type OrganizationOperationsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<ContractOperationFilter>;
  first?: Scalars['Int']['input'];
};


/** A customer. The account directory says which accounts it has in which backend. */
export type OrganizationServiceOrdersArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};


/** A customer. The account directory says which accounts it has in which backend. */
export type OrganizationUsageArgs = {
  month: InputMaybe<Scalars['YearMonth']['input']>;
};

/** A page of customers. */
export type OrganizationConnection = {
  readonly __typename?: 'OrganizationConnection';
  /** The items with their cursors. */
  readonly edges: ReadonlyArray<OrganizationEdge>;
  /** The items without cursors. */
  readonly nodes: ReadonlyArray<Organization>;
  /** Where the page begins and ends. */
  readonly pageInfo: PageInfo;
  /** How many there are in all. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A customer on a page. */
export type OrganizationEdge = {
  readonly __typename?: 'OrganizationEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The customer. */
  readonly node: Organization;
};

/** A customer whose orders are to be read again (Commitment Manager). */
export type OrganizationSyncInput = {
  /** True: checks everything, sends nothing, and answers with what would be sent. */
  readonly dryRun?: Scalars['Boolean']['input'];
  /**
   * Your name for this change, 8 to 255 visible ASCII characters; a UUID is a good one. The same key with the same input is
   * the same change; with another input it is refused.
   */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** Slug of the customer in the account directory. */
  readonly organization: Scalars['String']['input'];
  /** Why, for the records of changes; at most 500 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** What reading a customer's orders again answers with (Commitment Manager). */
export type OrganizationSyncPayload = ChangePayload & {
  readonly __typename?: 'OrganizationSyncPayload';
  /** False: sent, and how it ended could not be written down; it will be found out by reading back. */
  readonly isDurable: Scalars['Boolean']['output'];
  /** True: an earlier request with the same `idempotencyKey` made this change, and this is what became of it. */
  readonly isReplay: Scalars['Boolean']['output'];
  /** The change as it stands. Null if it was refused before sending, and for a dry run. */
  readonly operation: Maybe<ContractOperation>;
  /** What would be sent, for a dry run. Null otherwise, and where the input leaves nothing to send. */
  readonly preview: Maybe<ChangePreview>;
  /**
   * The customer's current commitment as billing sees it now, its sync state included; read anew. Null for a dry run, if
   * there is none, and if it could not be read.
   */
  readonly state: Maybe<MinimumCommitmentState>;
  /** Everything that is wrong with the change and can be mended. Empty if nothing is. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Where a page of a list begins and ends (Relay cursor connections). */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Cursor of the last item, to be given as `after` for the next page; null on an empty page. */
  readonly endCursor: Maybe<Scalars['String']['output']>;
  /** Whether there is more after this page. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether there is something before this page. Paging is forward only; this says that a cursor was given. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first item; null on an empty page. */
  readonly startCursor: Maybe<Scalars['String']['output']>;
};

/** What a patch does with a commitment or a period. */
export type PatchAction =
  /** Makes a new one. */
  | 'CREATE'
  /** Deletes it, and all that belongs to it. */
  | 'DELETE'
  /** Changes it. */
  | 'UPDATE';

/** A stretch of a commitment. */
export type Period = {
  readonly __typename?: 'Period';
  /** `contractCommitmentId` of the period's own record. */
  readonly commitmentExternalId: Maybe<Scalars['String']['output']>;
  /** First day after the period, where it follows from the term. */
  readonly endsBefore: Maybe<Scalars['Date']['output']>;
  /** `identity` of the period in LogiSense. Null where a period is no record of its own. */
  readonly externalId: Maybe<Scalars['String']['output']>;
  /** Length of one occurrence. */
  readonly frequency: Maybe<Frequency>;
  /** `isRemainderOfTerm`: runs to the end of the term, however long that is. */
  readonly isRemainderOfTerm: Scalars['Boolean']['output'];
  /** `periodOccurrences`: how many times the frequency repeats. */
  readonly occurrences: Maybe<Scalars['Int']['output']>;
  /** Place among the periods (`sortOrder`). */
  readonly order: Scalars['Int']['output'];
  /** First day, where it follows from the term. */
  readonly startsOn: Maybe<Scalars['Date']['output']>;
};

/** Members of a period in a patch. What is left out stays as it is. */
export type PeriodFieldsInput = {
  /** `periodFrequency`: how many units one occurrence lasts. */
  readonly frequency?: InputMaybe<Scalars['Int']['input']>;
  /** `frequencyTypeId`: digits; the unit. */
  readonly frequencyTypeId?: InputMaybe<Scalars['String']['input']>;
  /** `isRemainderOfTerm`: runs to the end of the term, however long that is. */
  readonly isRemainderOfTerm?: InputMaybe<Scalars['Boolean']['input']>;
  /** `periodOccurrences`: how many times the frequency repeats. */
  readonly occurrences?: InputMaybe<Scalars['Int']['input']>;
  /** `sortOrder`: place among the periods. */
  readonly order?: InputMaybe<Scalars['Int']['input']>;
};

/** One period of a patch. */
export type PeriodPatchInput = {
  /** What to do with it. */
  readonly action: PatchAction;
  /** Global id of the commitment that it belongs to. */
  readonly commitmentId: Scalars['ID']['input'];
  /** Its members; not for DELETE. */
  readonly fields?: InputMaybe<PeriodFieldsInput>;
  /** `identity` of the period: `Period.externalId`; not for CREATE. */
  readonly periodId?: InputMaybe<Scalars['String']['input']>;
};

/** Which commitments of which customers. Members that are left out do not filter. */
export type PortfolioFilter = {
  /** Only those that bind on this day. Those without known dates are left out and counted in `coverage`. */
  readonly activeOn?: InputMaybe<Scalars['Date']['input']>;
  /** Only of the customers with these slugs. Those that you may not see count as nonexistent. */
  readonly organizations?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Only of these sources: COMMITMENT_MANAGER, LOGISENSE or CLOUDMC. The others are not asked at all. */
  readonly sources?: InputMaybe<ReadonlyArray<SourceName>>;
  /** Only with one of these statuses. */
  readonly statuses?: InputMaybe<ReadonlyArray<CommitmentStatus>>;
};

/** How the price of committed resources is calculated. */
export type PricingMethod =
  /** A fixed price for each billing cycle. */
  | 'FIXED_PRICE'
  /** A method that the gateway does not know: see `pricingMethodText`. */
  | 'UNRECOGNIZED'
  /** A discount on the price of usage. */
  | 'UTILITY_DISCOUNT';

/** How the price of committed resources is to be calculated. */
export type PricingMethodInput =
  /** A fixed price for each billing cycle. */
  | 'FIXED_PRICE'
  /** A discount on the price of usage. */
  | 'UTILITY_DISCOUNT';

/** A product of CloudMC. */
export type Product = {
  readonly __typename?: 'Product';
  /** `id` of the product in CloudMC. Not a global id. */
  readonly id: Scalars['String']['output'];
  /** `sku`. */
  readonly sku: Maybe<Scalars['String']['output']>;
};

/** A new quantity of a product. */
export type ProductQuantityInput = {
  /** `productId` in MonetizeNow. */
  readonly productId: Scalars['String']['input'];
  /** The new total, not a difference. Not money. */
  readonly quantity: Scalars['Decimal']['input'];
};

/** Commitments, contracts and service orders of your customers, from every billing system that holds them. */
export type Query = {
  readonly __typename?: 'Query';
  /** One commitment by its id. Null if there is none, or if you may not see it. */
  readonly commitment: Maybe<Commitment>;
  /**
   * Commitments of several customers, by customer and then as ordered. Customers are read one group after another as
   * pages need them, so that a page costs no more calls than it must.
   */
  readonly commitments: Maybe<CommitmentConnection>;
  /** One contract by its id. Null if there is none, or if you may not see it. */
  readonly contract: Maybe<Contract>;
  /**
   * One change by its id, or by the key that you gave it; exactly one of the two. Null if there is none, or if you may not
   * see it: the two look the same.
   */
  readonly contractOperation: Maybe<ContractOperation>;
  /** Any object of the graph by its id. Null if there is none, or if you may not see it: the two look the same. */
  readonly node: Maybe<Node>;
  /** Several objects by their ids, in the order asked for. Ids of one organization and source are read together. */
  readonly nodes: Maybe<ReadonlyArray<Maybe<Node>>>;
  /** One customer by its slug. Null if there is none, or if you may not see it. */
  readonly organization: Maybe<Organization>;
  /** The customers that you may see, in the order of their slugs. */
  readonly organizations: Maybe<OrganizationConnection>;
  /** Every backend as the gateway sees it now. Asking this calls no backend. */
  readonly sources: ReadonlyArray<Source>;
};


/** Commitments, contracts and service orders of your customers, from every billing system that holds them. */
export type QueryCommitmentArgs = {
  id: Scalars['ID']['input'];
};


/** Commitments, contracts and service orders of your customers, from every billing system that holds them. */
export type QueryCommitmentsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<PortfolioFilter>;
  first?: Scalars['Int']['input'];
  orderBy?: CommitmentOrder;
};


/** Commitments, contracts and service orders of your customers, from every billing system that holds them. */
export type QueryContractArgs = {
  id: Scalars['ID']['input'];
};


/** Commitments, contracts and service orders of your customers, from every billing system that holds them. */
export type QueryContractOperationArgs = {
  id: InputMaybe<Scalars['ID']['input']>;
  idempotencyKey: InputMaybe<Scalars['ID']['input']>;
  organization: InputMaybe<Scalars['String']['input']>;
};


/** Commitments, contracts and service orders of your customers, from every billing system that holds them. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** Commitments, contracts and service orders of your customers, from every billing system that holds them. */
export type QueryNodesArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


/** Commitments, contracts and service orders of your customers, from every billing system that holds them. */
export type QueryOrganizationArgs = {
  slug: Scalars['String']['input'];
};


/** Commitments, contracts and service orders of your customers, from every billing system that holds them. */
export type QueryOrganizationsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};

/** A quote: what was offered and agreed (MonetizeNow). A change to a contract is a quote of type AMENDMENT. */
export type Quote = {
  readonly __typename?: 'Quote';
  /** `acceptedAt`. */
  readonly acceptedAt: Maybe<Scalars['DateTime']['output']>;
  /** `accountId` and `accountName`. */
  readonly account: Maybe<ExternalReference>;
  /** `amount`, major units; of an amendment, the difference that it makes. */
  readonly amount: Maybe<Money>;
  /** `billGroupId`. */
  readonly billGroupId: Maybe<Scalars['String']['output']>;
  /** `billingAccountId`: the account that is billed. */
  readonly billingAccountId: Maybe<Scalars['String']['output']>;
  /** `contractAmount`, major units. */
  readonly contractAmount: Maybe<Money>;
  /** `contractId`. */
  readonly contractId: Maybe<Scalars['String']['output']>;
  /** `contractLength`. */
  readonly contractMonths: Maybe<Scalars['Int']['output']>;
  /** From `contractStartDate` and `contractEndDate`; the source's end is the last day. */
  readonly contractTerm: Term;
  /** `createDate`. */
  readonly createdAt: Maybe<Scalars['DateTime']['output']>;
  /** `createdBy`: id of the user who wrote the quote. */
  readonly createdById: Maybe<Scalars['String']['output']>;
  /** `customFields`: what the seller's own set-up of the source adds to a quote, in the source's order. */
  readonly customFields: ReadonlyArray<CustomField>;
  /** `description`. */
  readonly description: Maybe<Scalars['String']['output']>;
  /** More about the quote, its offerings included. Null if it could not be read. */
  readonly detail: Maybe<QuoteDetail>;
  /** `id` in MonetizeNow. */
  readonly externalId: Scalars['String']['output'];
  /** `migrated`: brought over from an earlier system. */
  readonly isMigrated: Maybe<Scalars['Boolean']['output']>;
  /** `modifyDate`. */
  readonly modifiedAt: Maybe<Scalars['DateTime']['output']>;
  /** `lastModifiedBy`: id of the user who changed it last. */
  readonly modifiedById: Maybe<Scalars['String']['output']>;
  /** `newQuoteType` as sent: NET_NEW, MANUAL_RENEWAL or EARLY_RENEWAL. */
  readonly newQuoteType: Maybe<Scalars['String']['output']>;
  /** `opportunity.id`. */
  readonly opportunityId: Maybe<Scalars['String']['output']>;
  /** `opportunity.status` as sent: WON, CANCELED, ACTIVE or LOST. */
  readonly opportunityStatusText: Maybe<Scalars['String']['output']>;
  /** `ownerId` and `ownerName`. */
  readonly owner: Maybe<ExternalReference>;
  /** `processedAt`. */
  readonly processedAt: Maybe<Scalars['DateTime']['output']>;
  /** `secondaryAccountId` and `secondaryAccountName`: another account that takes part, such as a partner's. */
  readonly secondaryAccount: Maybe<ExternalReference>;
  /** `sentDate`. */
  readonly sentAt: Maybe<Scalars['DateTime']['output']>;
  /** From `status`. */
  readonly status: Maybe<QuoteStatus>;
  /** `status` as sent. */
  readonly statusText: Maybe<Scalars['String']['output']>;
  /** From `type`. */
  readonly type: Maybe<QuoteType>;
  /** `type` as sent. */
  readonly typeText: Maybe<Scalars['String']['output']>;
};

/** Somebody's agreement to a quote. */
export type QuoteApproval = {
  readonly __typename?: 'QuoteApproval';
  /** `id`. */
  readonly externalId: Maybe<Scalars['String']['output']>;
  /** Name of the rule or person, where the source gives one. */
  readonly name: Maybe<Scalars['String']['output']>;
  /** State as sent. */
  readonly statusText: Maybe<Scalars['String']['output']>;
};

/** What only a read of the single quote tells (MonetizeNow). */
export type QuoteDetail = {
  readonly __typename?: 'QuoteDetail';
  /** `contractAmendmentDate`. */
  readonly amendmentOn: Maybe<Scalars['Date']['output']>;
  /** `amountWithoutDiscount`, major units. */
  readonly amountWithoutDiscount: Maybe<Money>;
  /** `amountWithoutTax`, major units. */
  readonly amountWithoutTax: Maybe<Money>;
  /** `revenueMetrics.arr`, major units. */
  readonly annualRecurringRevenue: Maybe<Money>;
  /** `approvals`: who has to agree. */
  readonly approvals: ReadonlyArray<QuoteApproval>;
  /** `cancellationReason`. */
  readonly cancellationReason: Maybe<Scalars['String']['output']>;
  /** `credit`, major units. */
  readonly credit: Maybe<Money>;
  /** `discountAmount`, major units. */
  readonly discountAmount: Maybe<Money>;
  /** `discountPercent`: whole percent, 10 is ten percent. */
  readonly discountPercent: Maybe<Scalars['Decimal']['output']>;
  /** `expirationDate`. */
  readonly expiresOn: Maybe<Scalars['Date']['output']>;
  /** `revenueMetrics.mrr`, major units. */
  readonly monthlyRecurringRevenue: Maybe<Money>;
  /** `netTerms` as sent, such as NET_30. */
  readonly netTerms: Maybe<Scalars['String']['output']>;
  /** `quoteOfferings`, those that the quote removes included. */
  readonly offerings: ReadonlyArray<ContractOffering>;
  /** `originalQuoteId`. */
  readonly originalQuoteId: Maybe<Scalars['String']['output']>;
  /** `previousContractId`. */
  readonly previousContractId: Maybe<Scalars['String']['output']>;
  /** `previousQuoteId`. */
  readonly previousQuoteId: Maybe<Scalars['String']['output']>;
  /** `autoRenewal`: whether the contract renews by itself. */
  readonly renewsAutomatically: Maybe<Scalars['Boolean']['output']>;
  /** `startDateSource` as sent, where the contract's first day comes from: MANUAL, AT_TIME_OF_SIGNING or ORIGINAL_CONTRACT_START. */
  readonly startDateSourceText: Maybe<Scalars['String']['output']>;
  /** `validations`: what the backend's rules say about the quote. */
  readonly validations: ReadonlyArray<QuoteValidation>;
};

/** Where a quote stands. */
export type QuoteStatus =
  /** Accepted by the customer. */
  | 'ACCEPTED'
  /** Accepted; an administrator may still edit it. */
  | 'ACCEPTED_ADMIN_EDITABLE'
  /** Approved. */
  | 'APPROVED'
  /** Put away. */
  | 'ARCHIVED'
  /** Withdrawn. */
  | 'CANCELED'
  /** Not approved. */
  | 'DENIED'
  /** Being written. */
  | 'DRAFT'
  /** Not accepted in time. */
  | 'EXPIRED'
  /** In effect on the contract. */
  | 'PROCESSED'
  /** Waits for approval. */
  | 'REVIEW'
  /** Sent to the customer. */
  | 'SENT'
  /** A status that the gateway does not know: see `statusText`. */
  | 'UNRECOGNIZED';

/** Kind of quote. */
export type QuoteType =
  /** Changes a contract. */
  | 'AMENDMENT'
  /** Makes a new contract. */
  | 'NEW'
  /** Renews a contract. */
  | 'RENEWAL'
  /** A kind that the gateway does not know: see `typeText`. */
  | 'UNRECOGNIZED';

/** What a rule of the backend says about a quote. */
export type QuoteValidation = {
  readonly __typename?: 'QuoteValidation';
  /** `errorLevel` as sent: INFO, WARN or ERROR. */
  readonly level: Maybe<Scalars['String']['output']>;
  /** `message`. */
  readonly message: Maybe<Scalars['String']['output']>;
  /** `ruleId`. */
  readonly ruleId: Maybe<Scalars['String']['output']>;
};

/** One step of a ramped order (Salesforce, `Service_Order_Details__c`). */
export type RampStep = {
  readonly __typename?: 'RampStep';
  /** `Commit_Amount__c`, major units a month. */
  readonly amount: Maybe<Scalars['Decimal']['output']>;
  /** `amount` in the currency of the customer. */
  readonly committed: Maybe<Money>;
  /** `Cycle_Number__c`, from 1. */
  readonly cycleNumber: Maybe<Scalars['Int']['output']>;
  /** `Commit_Duration__c`. */
  readonly durationMonths: Maybe<Scalars['Int']['output']>;
  /** `Id`. */
  readonly externalId: Scalars['String']['output'];
  /** `Name`. */
  readonly name: Maybe<Scalars['String']['output']>;
  /** From the normalized dates: those that the webhook sends. */
  readonly normalizedTerm: Term;
  /** From `Commit_Start_Date__c` and `Commit_End_Date__c`, as entered. */
  readonly term: Term;
};

/** What price a discount applies to. */
export type RateType =
  /** The price when the commitment was created. */
  | 'FIXED_RATE'
  /** A type that the gateway does not know: see `rateTypeText`. */
  | 'UNRECOGNIZED'
  /** The price of the day. */
  | 'VARIABLE_RATE';

/** What price a discount is to apply to. */
export type RateTypeInput =
  /** The price when the commitment was created. */
  | 'FIXED_RATE'
  /** The price of the day. */
  | 'VARIABLE_RATE';

/** What happens at the end of a term. */
export type RenewalTerms = {
  readonly __typename?: 'RenewalTerms';
  /** How many days before the end notice must be given. */
  readonly noticeDays: Maybe<Scalars['Int']['output']>;
  /** For how many months. */
  readonly renewalMonths: Maybe<Scalars['Int']['output']>;
  /** Whether it renews by itself. */
  readonly renewsAutomatically: Maybe<Scalars['Boolean']['output']>;
};

/** Committed resources at a negotiated price (CloudMC). */
export type ResourceCommitment = Commitment & Node & {
  readonly __typename?: 'ResourceCommitment';
  /** The fixed price for each billing cycle, in the currency of the customer. Null for discounts and without a currency. */
  readonly committed: Maybe<Money>;
  /** A billing cycle, where there is a fixed price. */
  readonly committedPer: Maybe<CommitmentInterval>;
  /** `createdAt`. */
  readonly createdAt: Maybe<Scalars['DateTime']['output']>;
  /** `organization`: the customer as CloudMC names it. */
  readonly customer: ExternalReference;
  /** `id` of CloudMC. */
  readonly externalId: Scalars['String']['output'];
  /** `fixedPrice` for each billing cycle, major units; the source states no currency. */
  readonly fixedPrice: Maybe<Scalars['Decimal']['output']>;
  /** How old this answer is. */
  readonly freshness: Freshness;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** `terminated`: ended early. Independent of the status, which follows the dates. */
  readonly isTerminated: Scalars['Boolean']['output'];
  /** `name`. */
  readonly name: Maybe<Scalars['String']['output']>;
  /** The customer, from the account directory. */
  readonly organization: Organization;
  /** Always empty. */
  readonly periods: ReadonlyArray<Period>;
  /** `pricingMethod`. */
  readonly pricingMethod: Maybe<PricingMethod>;
  /** `pricingMethod` as sent. */
  readonly pricingMethodText: Maybe<Scalars['String']['output']>;
  /** `committedProducts`. */
  readonly products: ReadonlyArray<CommittedProduct>;
  /** `rateType`; discounts only. */
  readonly rateType: Maybe<RateType>;
  /** `rateType` as sent. */
  readonly rateTypeText: Maybe<Scalars['String']['output']>;
  /** `reseller`: the organization that owns the commitment. Null where the source leaves it out. */
  readonly reseller: Maybe<ExternalReference>;
  /** `type` as sent; the vendor documents only RESOURCE. */
  readonly resourceType: Maybe<Scalars['String']['output']>;
  /** CloudMC. */
  readonly source: SourceName;
  /** From `status` (IN_PROGRESS is ACTIVE, UPCOMING is PENDING); derived from the dates where the source leaves it out. */
  readonly status: CommitmentStatus;
  /** `status` as sent. */
  readonly statusText: Maybe<Scalars['String']['output']>;
  /** `fixedPriceTaxCode`; fixed prices only. */
  readonly taxCode: Maybe<TaxCode>;
  /** From `startDate` and `endDate`; without an end date it is open. */
  readonly term: Term;
  /** `updatedAt`. */
  readonly updatedAt: Maybe<Scalars['DateTime']['output']>;
  /**
   * Changes whenever the terms do. Give it as `expectedVersion` to change only what you have read. Made by the gateway from
   * what it read: the source has no versions.
   */
  readonly version: Scalars['String']['output'];
};

/** What every change of committed resources answers with (CloudMC). */
export type ResourceCommitmentChangePayload = ChangePayload & {
  readonly __typename?: 'ResourceCommitmentChangePayload';
  /** The commitment as the backend answered it. Null where it did not, after a deletion, and while the outcome is not known. */
  readonly commitment: Maybe<ResourceCommitment>;
  /** Global id of the commitment that was deleted. Null unless one was. */
  readonly deletedId: Maybe<Scalars['ID']['output']>;
  /** CloudMC's id of the commitment as it is now. Null where the backend did not say. */
  readonly externalId: Maybe<Scalars['String']['output']>;
  /** False: sent, and how it ended could not be written down; it will be found out by reading back. */
  readonly isDurable: Scalars['Boolean']['output'];
  /** True: an earlier request with the same `idempotencyKey` made this change, and this is what became of it. */
  readonly isReplay: Scalars['Boolean']['output'];
  /** The change as it stands. Null if it was refused before sending, and for a dry run. */
  readonly operation: Maybe<ContractOperation>;
  /** What would be sent, for a dry run. Null otherwise, and where the input leaves nothing to send. */
  readonly preview: Maybe<ChangePreview>;
  /** CloudMC's id of the commitment before it was replaced. Null if it was not replaced. */
  readonly previousExternalId: Maybe<Scalars['String']['output']>;
  /** Global id that the commitment had before it was replaced: no longer valid. Null if it was not replaced. */
  readonly previousId: Maybe<Scalars['ID']['output']>;
  /** Everything that is wrong with the change and can be mended. Empty if nothing is. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Resources to be committed (CloudMC). */
export type ResourceCommitmentCreateInput = {
  /** True: checks everything, sends nothing, and answers with what would be sent. */
  readonly dryRun?: Scalars['Boolean']['input'];
  /** The first day after it. Null or left out: without an end. */
  readonly endsBefore?: InputMaybe<Scalars['Date']['input']>;
  /** `fixedPrice` for each billing cycle, major units of the customer's currency; fixed prices only. */
  readonly fixedPrice?: InputMaybe<Scalars['Decimal']['input']>;
  /**
   * Your name for this change, 8 to 255 visible ASCII characters; a UUID is a good one. The same key with the same input is
   * the same change; with another input it is refused.
   */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** `name`, at most 255 characters. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Slug of the customer in the account directory. */
  readonly organization: Scalars['String']['input'];
  /** `pricingMethod`. Required. */
  readonly pricingMethod?: InputMaybe<PricingMethodInput>;
  /** `committedProducts`. Required. */
  readonly products?: InputMaybe<ReadonlyArray<CommittedProductInput>>;
  /** `rateType`; discounts only. */
  readonly rateType?: InputMaybe<RateTypeInput>;
  /** Why, for the records of changes; at most 500 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** `startDate`. */
  readonly startsOn?: InputMaybe<Scalars['Date']['input']>;
  /** `fixedPriceTaxCode`; fixed prices only. */
  readonly taxCode?: InputMaybe<TaxCodeInput>;
};

/** Committed resources to be deleted (CloudMC). */
export type ResourceCommitmentDeleteInput = {
  /** Global id of the commitment. */
  readonly commitmentId: Scalars['ID']['input'];
  /** True: checks everything, sends nothing, and answers with what would be sent. */
  readonly dryRun?: Scalars['Boolean']['input'];
  /**
   * `version` of the commitment as you read it: the change is made only if it is still like that.
   * Another version now refuses the change (PRECONDITION_FAILED).
   */
  readonly expectedVersion?: InputMaybe<Scalars['String']['input']>;
  /**
   * Your name for this change, 8 to 255 visible ASCII characters; a UUID is a good one. The same key with the same input is
   * the same change; with another input it is refused.
   */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** Why, for the records of changes; at most 500 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Committed resources to be ended early (CloudMC). */
export type ResourceCommitmentTerminateInput = {
  /** Global id of the commitment. */
  readonly commitmentId: Scalars['ID']['input'];
  /** True: checks everything, sends nothing, and answers with what would be sent. */
  readonly dryRun?: Scalars['Boolean']['input'];
  /** The first day after it: the end of the current or the next billing cycle. */
  readonly endsBefore: Scalars['Date']['input'];
  /**
   * `version` of the commitment as you read it: the change is made only if it is still like that.
   * Another version now refuses the change (PRECONDITION_FAILED).
   */
  readonly expectedVersion?: InputMaybe<Scalars['String']['input']>;
  /**
   * Your name for this change, 8 to 255 visible ASCII characters; a UUID is a good one. The same key with the same input is
   * the same change; with another input it is refused.
   */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** Why, for the records of changes; at most 500 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Committed resources to be changed (CloudMC). Members that are left out stay as they are; only `endsBefore` may be null. */
export type ResourceCommitmentUpdateInput = {
  /** Global id of the commitment. */
  readonly commitmentId: Scalars['ID']['input'];
  /** True: checks everything, sends nothing, and answers with what would be sent. */
  readonly dryRun?: Scalars['Boolean']['input'];
  /** The first day after it. Null: without an end; left out: as it is. */
  readonly endsBefore?: InputMaybe<Scalars['Date']['input']>;
  /**
   * `version` of the commitment as you read it: the change is made only if it is still like that.
   * Another version now refuses the change (PRECONDITION_FAILED).
   */
  readonly expectedVersion?: InputMaybe<Scalars['String']['input']>;
  /** `fixedPrice` for each billing cycle, major units of the customer's currency; fixed prices only. */
  readonly fixedPrice?: InputMaybe<Scalars['Decimal']['input']>;
  /**
   * Your name for this change, 8 to 255 visible ASCII characters; a UUID is a good one. The same key with the same input is
   * the same change; with another input it is refused.
   */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** `name`, at most 255 characters. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** `pricingMethod`. */
  readonly pricingMethod?: InputMaybe<PricingMethodInput>;
  /** `committedProducts`, all of them: those that are not listed are taken away. */
  readonly products?: InputMaybe<ReadonlyArray<CommittedProductInput>>;
  /** `rateType`; discounts only. */
  readonly rateType?: InputMaybe<RateTypeInput>;
  /** Why, for the records of changes; at most 500 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** `startDate`. */
  readonly startsOn?: InputMaybe<Scalars['Date']['input']>;
  /** `fixedPriceTaxCode`; fixed prices only. */
  readonly taxCode?: InputMaybe<TaxCodeInput>;
};

/**
 * What a client may be granted, in its entry of the clients file or its token: `COMMITMENTS_READ` is written
 * `commitments:read` there, and so on.
 */
export type Scope =
  /** `billing:read`: beside those, their usage, billing history, invoices and contract terms. */
  | 'BILLING_READ'
  /** `commitments:delete`: deleting commitments. */
  | 'COMMITMENTS_DELETE'
  /** `commitments:read`: customers, their commitments, contracts and orders, and what became of changes. */
  | 'COMMITMENTS_READ'
  /** `commitments:write`: making and changing commitments. */
  | 'COMMITMENTS_WRITE'
  /** `contracts:write`: changing contracts. */
  | 'CONTRACTS_WRITE'
  /** `explorer`: looking at the schema. */
  | 'EXPLORER'
  /** `sources:read`: the state of the backends. */
  | 'SOURCES_READ';

/** A signed order in the CRM (Salesforce, `Service_Order__c`). It feeds Commitment Manager through a webhook. */
export type ServiceOrder = Node & {
  readonly __typename?: 'ServiceOrder';
  /** `Min_Monthly_Commit__c` as entered, major units: for a year if `commitCycle` is ANNUAL. Null on ramped orders. */
  readonly amount: Maybe<Scalars['Decimal']['output']>;
  /** `Commit_Cycle__c`, or else `Commit_Cycle_Text__c`. */
  readonly commitCycle: Maybe<CommitCycle>;
  /** `Commit_Cycle__c` or `Commit_Cycle_Text__c` as sent. */
  readonly commitCycleText: Maybe<Scalars['String']['output']>;
  /** `commitment_handler_id__c`. Null: never sent to Commitment Manager, or not answered yet. */
  readonly commitmentHandlerId: Maybe<Scalars['String']['output']>;
  /** `amount` in the currency of the customer. */
  readonly committed: Maybe<Money>;
  /** `CreatedDate`. */
  readonly createdAt: Maybe<Scalars['DateTime']['output']>;
  /** `Contract_Duration__c`. */
  readonly durationMonths: Maybe<Scalars['Int']['output']>;
  /** `Id`. */
  readonly externalId: Scalars['String']['output'];
  /** How old this answer is. */
  readonly freshness: Freshness;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** `Rev_Ops_Approved__c`: turning true on a signed order sends it to Commitment Manager. */
  readonly isRevOpsApproved: Maybe<Scalars['Boolean']['output']>;
  /**
   * The commitment that it became (Commitment Manager), joined by the handler id; of a ramped order, the step that runs
   * now. Null if there is none, if it could not be read, or if the source is not configured (see `Query.sources`).
   */
  readonly minimumCommitment: Maybe<MinimumCommitment>;
  /** `Mission_Control_Account__c`, the account's id in the CRM. */
  readonly missionControlAccountId: Maybe<Scalars['String']['output']>;
  /** `committed` for one month: a twelfth of it if `commitCycle` is ANNUAL, rounded half to even. */
  readonly monthlyMinimum: Maybe<Money>;
  /** `Name`. */
  readonly name: Maybe<Scalars['String']['output']>;
  /** `Opportunity__c`. */
  readonly opportunityId: Maybe<Scalars['String']['output']>;
  /** The customer, from the account directory. */
  readonly organization: Organization;
  /** `Service_Order_Details__c`: the steps of a ramped order, in order. Empty on orders with one amount. */
  readonly rampSteps: ReadonlyArray<RampStep>;
  /** `Contract_End_Date__c`, a formula of the CRM; whether the day is still included is not documented. */
  readonly reportedEndOn: Maybe<Scalars['Date']['output']>;
  /** Salesforce. */
  readonly source: SourceName;
  /** From `Stage__c`. */
  readonly stage: Maybe<ServiceOrderStage>;
  /** `Stage__c` as sent. */
  readonly stageText: Maybe<Scalars['String']['output']>;
  /** From `Contract_Start_Date__c` and `Contract_Duration__c`, or else the reported end taken as the last day. */
  readonly term: Term;
  /** `LastModifiedDate`. */
  readonly updatedAt: Maybe<Scalars['DateTime']['output']>;
};

/** A page of orders. */
export type ServiceOrderConnection = {
  readonly __typename?: 'ServiceOrderConnection';
  /** How complete the list is. */
  readonly coverage: Coverage;
  /** The items with their cursors. */
  readonly edges: ReadonlyArray<ServiceOrderEdge>;
  /** The items without cursors. */
  readonly nodes: ReadonlyArray<ServiceOrder>;
  /** Where the page begins and ends. */
  readonly pageInfo: PageInfo;
  /** How many could be read in all. */
  readonly totalCount: Scalars['Int']['output'];
};

/** An order on a page. */
export type ServiceOrderEdge = {
  readonly __typename?: 'ServiceOrderEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The order. */
  readonly node: ServiceOrder;
};

/** Where an order stands. Companies add stages of their own: those are UNRECOGNIZED with their text. */
export type ServiceOrderStage =
  /** Signed: may be sent to Commitment Manager. */
  | 'SIGNED'
  /** Ended. */
  | 'TERMINATED'
  /** Another stage: see `stageText`. */
  | 'UNRECOGNIZED';

/** What a patch does with a service. */
export type ServicePatchAction =
  /** Lets it count towards the commitment. */
  | 'ATTACH'
  /** No longer lets it count. */
  | 'DETACH';

/** One service of a patch. */
export type ServicePatchInput = {
  /** What to do with it. */
  readonly action: ServicePatchAction;
  /** Global id of the commitment. */
  readonly commitmentId: Scalars['ID']['input'];
  /** `serviceId`: digits. */
  readonly serviceId: Scalars['String']['input'];
};

/** A backend as seen now. */
export type Source = {
  readonly __typename?: 'Source';
  /** Whether calls are let through: the worst of the backend's endpoint families. */
  readonly breaker: BreakerState;
  /** Calls that hold a socket. */
  readonly callsInFlight: Scalars['Int']['output'];
  /** Calls that wait: for quota, for a free socket, or to be repeated. */
  readonly callsQueued: Scalars['Int']['output'];
  /** Calls that may be under way at once. */
  readonly concurrency: Maybe<Scalars['Int']['output']>;
  /** Records seen since start that could not be read; each was reported where it was missing. */
  readonly droppedRecords: Scalars['Int']['output'];
  /** Records seen since start that belonged to another organization than asked for; none was shown. */
  readonly foreignRecords: Scalars['Int']['output'];
  /** Milliseconds for which an answer is used again without asking. */
  readonly freshForMs: Maybe<Scalars['Int']['output']>;
  /** False: this gateway was not given the backend, and its part of the graph says so. */
  readonly isConfigured: Scalars['Boolean']['output'];
  /** Whether the last call that was sent got an answer, whatever it said. Null before the first call, and if not configured. */
  readonly isReachable: Maybe<Scalars['Boolean']['output']>;
  /** What people call it. */
  readonly label: Scalars['String']['output'];
  /** The last call that failed. Stays until the gateway is started again. */
  readonly lastFailure: Maybe<SourceFailure>;
  /** When a call last succeeded. */
  readonly lastSuccessAt: Maybe<Scalars['DateTime']['output']>;
  /** Which backend. */
  readonly name: SourceName;
  /** Requests that could be sent at this moment. Null: no limit. */
  readonly quotaRemaining: Maybe<Scalars['Int']['output']>;
  /** What the backend itself says of its limit, in its own words (Salesforce: calls used and allowed in 24 hours). */
  readonly reportedLimit: Maybe<Scalars['String']['output']>;
  /** Requests a second that the gateway allows itself. Null: no limit. */
  readonly requestsPerSecond: Maybe<Scalars['Int']['output']>;
  /** Milliseconds up to which an answer is used, marked stale, if the backend fails. */
  readonly staleForMs: Maybe<Scalars['Int']['output']>;
  /** Milliseconds after which a call is given up. */
  readonly timeoutMs: Maybe<Scalars['Int']['output']>;
  /** Fields read since start that the source sent and the gateway does not know; ignored, and counted in each record that had one. */
  readonly unknownFields: Scalars['Int']['output'];
  /** Enumeration values seen since start that the gateway does not know (shown as UNRECOGNIZED). */
  readonly unrecognizedValues: Scalars['Int']['output'];
};

/** An account of a customer in one backend. */
export type SourceAccount = {
  readonly __typename?: 'SourceAccount';
  /** The backend's own ids. */
  readonly externalIds: ReadonlyArray<Scalars['String']['output']>;
  /** What the ids are: `organization`, `account`, `contract` or `accountContract`. */
  readonly kind: Scalars['String']['output'];
  /** Which backend. */
  readonly source: SourceName;
};

/** What one source contributed for one organization. */
export type SourceCoverage = {
  readonly __typename?: 'SourceCoverage';
  /** Why something is missing, as the same code that errors carry in `extensions.code`. */
  readonly code: Maybe<Scalars['String']['output']>;
  /** Records that could not be read and were left out. */
  readonly droppedRecords: Scalars['Int']['output'];
  /** How old the contribution is. Null where there is none. */
  readonly freshness: Maybe<Freshness>;
  /** For which customer. */
  readonly organization: Organization;
  /** Milliseconds after which asking again may help, where the backend said so. */
  readonly retryAfterMs: Maybe<Scalars['Int']['output']>;
  /** Which backend. */
  readonly source: SourceName;
  /** What became of asking it. */
  readonly state: CoverageState;
  /** Commitments left out by `activeOn` because their source does not say when they run. */
  readonly undated: Scalars['Int']['output'];
};

/** A call to a backend that failed. */
export type SourceFailure = {
  readonly __typename?: 'SourceFailure';
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** What went wrong, as the same code that errors carry in `extensions.code`. */
  readonly code: Scalars['String']['output'];
};

/** A system that commitments, contracts and orders come from. */
export type SourceName =
  /** CloudMC: committed resources at a negotiated price. */
  | 'CLOUDMC'
  /** Commitment Manager (Telnyx): monthly minimum commitments, usage and billing history. */
  | 'COMMITMENT_MANAGER'
  /** LogiSense Billing: commitments of account contracts. */
  | 'LOGISENSE'
  /** MonetizeNow: contracts with offerings, quotes and invoices. */
  | 'MONETIZENOW'
  /** Salesforce: the signed service orders that feed Commitment Manager. */
  | 'SALESFORCE';

/**
 * What happens, as it happens. Sent as server-sent events (graphql-sse, distinct connections): POST the operation to the same
 * address with `Accept: text/event-stream`.
 */
export type Subscription = {
  readonly __typename?: 'Subscription';
  /**
   * A change as it is, and again whenever it moves on. Ends when it is settled, and after ten minutes at the latest: ask
   * again if it is still open then. One null and the end if there is none, or if you may not see it.
   */
  readonly contractOperationChanged: Maybe<ContractOperation>;
};


/**
 * What happens, as it happens. Sent as server-sent events (graphql-sse, distinct connections): POST the operation to the same
 * address with `Accept: text/event-stream`.
 */
export type SubscriptionContractOperationChangedArgs = {
  id: Scalars['ID']['input'];
};

/** Whether billing holds what the CRM last said. */
export type SyncStatus =
  /** The last change did not arrive. */
  | 'FAILED'
  /** A change is under way; two to five minutes are normal. */
  | 'PENDING'
  /** It does. */
  | 'SYNCHRONIZED'
  /** A state that the gateway does not know: see `syncStatusText`. */
  | 'UNRECOGNIZED';

/** How a price is taxed. */
export type TaxCode = {
  readonly __typename?: 'TaxCode';
  /** `code`, such as SI086690. */
  readonly code: Scalars['String']['output'];
  /** `description`. */
  readonly description: Maybe<Scalars['String']['output']>;
};

/** How a price is to be taxed. */
export type TaxCodeInput = {
  /** `code`, such as SI086690. */
  readonly code: Scalars['String']['input'];
  /** `description`. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
};

/**
 * A half-open stretch of days: it contains `startsOn` and does not contain `endsBefore`. Every source's own convention is
 * converted to this one.
 */
export type Term = {
  readonly __typename?: 'Term';
  /** First day after the stretch. Null for an open end, and where the source does not say. */
  readonly endsBefore: Maybe<Scalars['Date']['output']>;
  /** First day. Null where the source does not say. */
  readonly startsOn: Maybe<Scalars['Date']['output']>;
};

/** Usage of one product (Commitment Manager). */
export type UsageLine = {
  readonly __typename?: 'UsageLine';
  /** What it costs (cents upstream). */
  readonly amount: Maybe<Money>;
  /** The product, in the source's words. */
  readonly name: Scalars['String']['output'];
  /** Quantity in `unit`. Not money. */
  readonly quantity: Maybe<Scalars['Decimal']['output']>;
  /** Unit of the quantity, in the source's words. */
  readonly unit: Maybe<Scalars['String']['output']>;
};

/** Usage of one month against the minimum (Commitment Manager). */
export type UsageSummary = {
  readonly __typename?: 'UsageSummary';
  /** The minimum for the month (cents upstream). */
  readonly committed: Maybe<Money>;
  /** How old this answer is. */
  readonly freshness: Freshness;
  /** Usage by product, where the source breaks it down. */
  readonly lines: ReadonlyArray<UsageLine>;
  /** The month, as the source states it. */
  readonly month: Maybe<Scalars['YearMonth']['output']>;
  /** What is missing to the minimum (cents upstream). */
  readonly remaining: Maybe<Money>;
  /** What was used (cents upstream). */
  readonly used: Maybe<Money>;
};

/** Something that is wrong with a change, and that whoever asked for it can mend. */
export type UserError = {
  /** What is wrong, for programs. */
  readonly code: UserErrorCode;
  /** What is wrong, for people. */
  readonly message: Scalars['String']['output'];
  /**
   * Where in `input`, from the outside in, places in lists as numbers from 0: such as `["offerings", "0", "products", "1",
   * "quantity"]`. Empty: the input as a whole.
   */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
};

/** What can be wrong with a change. */
export type UserErrorCode =
  /** On a day when it cannot be done. */
  | 'DATE_NOT_ALLOWED'
  /** Is there twice. */
  | 'DUPLICATE'
  /** Cannot be such a value. */
  | 'INVALID'
  /** Does not go with the rest of the input. */
  | 'NOT_ALLOWED'
  /** Is that already. */
  | 'NOT_CHANGED'
  /** No such thing, or not this customer's, or not to be seen by you: all look the same. */
  | 'NOT_FOUND'
  /** Too little or too much. */
  | 'OUT_OF_RANGE'
  /** Collides with another. */
  | 'OVERLAP'
  /** The backend refused it. */
  | 'REFUSED'
  /** Is missing. */
  | 'REQUIRED'
  /** The thing is in a state that forbids it. */
  | 'STATE_NOT_ALLOWED'
  /** Would cancel the contract, and that was not confirmed. */
  | 'WOULD_CANCEL_CONTRACT';



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;





/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AffectedObject: ResolverTypeWrapper<AffectedObjectModel>;
  AffectedObjectAction: AffectedObjectAction;
  AmendmentStatus: AmendmentStatus;
  BackendRefusal: ResolverTypeWrapper<BackendRefusalModel>;
  BillingFrequency: BillingFrequency;
  BillingHistoryEntry: ResolverTypeWrapper<BillingHistoryEntryModel>;
  BillingTiming: BillingTiming;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  BreakerState: BreakerState;
  ChangeImplication: ResolverTypeWrapper<ChangeImplicationModel>;
  ChangeImplicationCode: ChangeImplicationCode;
  ChangePayload: ResolverTypeWrapper<ChangePayloadModel>;
  ChangePreview: ResolverTypeWrapper<ChangePreviewModel>;
  ChangeRequest: ResolverTypeWrapper<ChangeRequestModel>;
  ChangeRequestMethod: ChangeRequestMethod;
  CommitCycle: CommitCycle;
  Commitment: ResolverTypeWrapper<CommitmentModel>;
  CommitmentConnection: ResolverTypeWrapper<Omit<CommitmentConnection, 'coverage' | 'edges' | 'nodes'> & { coverage: ResolversTypes['Coverage'], edges: ReadonlyArray<ResolversTypes['CommitmentEdge']>, nodes: ReadonlyArray<ResolversTypes['Commitment']> }>;
  CommitmentEdge: ResolverTypeWrapper<Omit<CommitmentEdge, 'node'> & { node: ResolversTypes['Commitment'] }>;
  CommitmentFilter: CommitmentFilter;
  CommitmentInterval: CommitmentInterval;
  CommitmentOrder: CommitmentOrder;
  CommitmentPatchInput: CommitmentPatchInput;
  CommitmentPenalty: ResolverTypeWrapper<CommitmentPenaltyModel>;
  CommitmentStatus: CommitmentStatus;
  CommittedPackageFrequency: ResolverTypeWrapper<CommittedPackageFrequencyModel>;
  CommittedProduct: ResolverTypeWrapper<CommittedProductModel>;
  CommittedProductInput: CommittedProductInput;
  CommittedService: ResolverTypeWrapper<CommittedServiceModel>;
  CommittedUsageClass: ResolverTypeWrapper<CommittedUsageClassModel>;
  Contract: ResolverTypeWrapper<ContractModel>;
  ContractCancelInput: ContractCancelInput;
  ContractChangePayload: ResolverTypeWrapper<ContractChangePayloadModel>;
  ContractClause: ResolverTypeWrapper<ContractClauseModel>;
  ContractClauseKind: ContractClauseKind;
  ContractCommitment: ResolverTypeWrapper<ContractCommitmentModel>;
  ContractCommitmentChangePayload: ResolverTypeWrapper<ContractCommitmentChangePayloadModel>;
  ContractCommitmentCreateInput: ContractCommitmentCreateInput;
  ContractCommitmentDeleteInput: ContractCommitmentDeleteInput;
  ContractCommitmentFieldsInput: ContractCommitmentFieldsInput;
  ContractCommitmentPatchInput: ContractCommitmentPatchInput;
  ContractCommitmentUpdateInput: ContractCommitmentUpdateInput;
  ContractConnection: ResolverTypeWrapper<Omit<ContractConnection, 'coverage' | 'edges' | 'nodes'> & { coverage: ResolversTypes['Coverage'], edges: ReadonlyArray<ResolversTypes['ContractEdge']>, nodes: ReadonlyArray<ResolversTypes['Contract']> }>;
  ContractDiscount: ResolverTypeWrapper<ContractDiscountModel>;
  ContractEdge: ResolverTypeWrapper<Omit<ContractEdge, 'node'> & { node: ResolversTypes['Contract'] }>;
  ContractEndAction: ContractEndAction;
  ContractOffering: ResolverTypeWrapper<ContractOfferingModel>;
  ContractOfferingAddInput: ContractOfferingAddInput;
  ContractOfferingChangeInput: ContractOfferingChangeInput;
  ContractOfferingRemoveInput: ContractOfferingRemoveInput;
  ContractOperation: ResolverTypeWrapper<OperationModel>;
  ContractOperationConnection: ResolverTypeWrapper<Omit<ContractOperationConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ContractOperationEdge']>, nodes: ReadonlyArray<ResolversTypes['ContractOperation']> }>;
  ContractOperationEdge: ResolverTypeWrapper<Omit<ContractOperationEdge, 'node'> & { node: ResolversTypes['ContractOperation'] }>;
  ContractOperationFilter: ContractOperationFilter;
  ContractOperationKind: ContractOperationKind;
  ContractOperationState: ContractOperationState;
  ContractProduct: ResolverTypeWrapper<ContractProductModel>;
  ContractProductType: ContractProductType;
  ContractQuantityChangeInput: ContractQuantityChangeInput;
  ContractRateChangeInput: ContractRateChangeInput;
  ContractRenewalTerms: ResolverTypeWrapper<ContractRenewalTermsModel>;
  ContractStatus: ContractStatus;
  ContractTerms: ResolverTypeWrapper<ContractTermsModel>;
  Coverage: ResolverTypeWrapper<CoverageModel>;
  CoverageState: CoverageState;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  CustomField: ResolverTypeWrapper<CustomField>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateRangeInput: DateRangeInput;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  EarlyTerminationTerms: ResolverTypeWrapper<EarlyTerminationTermsModel>;
  EffectiveInput: EffectiveInput;
  EffectivePoint: EffectivePoint;
  EscalationStep: ResolverTypeWrapper<EscalationStepModel>;
  ExternalReference: ResolverTypeWrapper<ExternalReferenceModel>;
  Frequency: ResolverTypeWrapper<FrequencyModel>;
  FrequencyUnit: FrequencyUnit;
  Freshness: ResolverTypeWrapper<FreshnessModel>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  InputProblem: ResolverTypeWrapper<InputProblemModel>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Invoice: ResolverTypeWrapper<InvoiceModel>;
  InvoiceAccount: ResolverTypeWrapper<InvoiceAccount>;
  InvoiceConnection: ResolverTypeWrapper<Omit<InvoiceConnection, 'coverage' | 'edges' | 'nodes'> & { coverage: ResolversTypes['Coverage'], edges: ReadonlyArray<ResolversTypes['InvoiceEdge']>, nodes: ReadonlyArray<ResolversTypes['Invoice']> }>;
  InvoiceCredit: ResolverTypeWrapper<InvoiceCreditModel>;
  InvoiceEdge: ResolverTypeWrapper<Omit<InvoiceEdge, 'node'> & { node: ResolversTypes['Invoice'] }>;
  InvoiceItem: ResolverTypeWrapper<InvoiceItemModel>;
  InvoicePayment: ResolverTypeWrapper<InvoicePaymentModel>;
  InvoiceStatus: InvoiceStatus;
  InvoiceType: InvoiceType;
  MinimumCommitment: ResolverTypeWrapper<MinimumCommitmentModel>;
  MinimumCommitmentState: ResolverTypeWrapper<MinimumCommitmentStateModel>;
  Money: ResolverTypeWrapper<MoneyModel>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<NodeModel>;
  OfferingAdditionInput: OfferingAdditionInput;
  OfferingQuantitiesInput: OfferingQuantitiesInput;
  OfferingRateInput: OfferingRateInput;
  OfferingRemovalInput: OfferingRemovalInput;
  OfferingReplacementInput: OfferingReplacementInput;
  OperationEvidence: ResolverTypeWrapper<OperationEvidenceModel>;
  OperationFailure: ResolverTypeWrapper<OperationFailure>;
  OperationFailureCode: OperationFailureCode;
  OperationReferences: ResolverTypeWrapper<UpstreamReferencesModel>;
  Organization: ResolverTypeWrapper<OrganizationModel>;
  OrganizationConnection: ResolverTypeWrapper<Omit<OrganizationConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['OrganizationEdge']>, nodes: ReadonlyArray<ResolversTypes['Organization']> }>;
  OrganizationEdge: ResolverTypeWrapper<Omit<OrganizationEdge, 'node'> & { node: ResolversTypes['Organization'] }>;
  OrganizationSyncInput: OrganizationSyncInput;
  OrganizationSyncPayload: ResolverTypeWrapper<OrganizationSyncPayloadModel>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PatchAction: PatchAction;
  Period: ResolverTypeWrapper<PeriodModel>;
  PeriodFieldsInput: PeriodFieldsInput;
  PeriodPatchInput: PeriodPatchInput;
  PortfolioFilter: PortfolioFilter;
  PricingMethod: PricingMethod;
  PricingMethodInput: PricingMethodInput;
  Product: ResolverTypeWrapper<ProductModel>;
  ProductQuantityInput: ProductQuantityInput;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Quote: ResolverTypeWrapper<QuoteModel>;
  QuoteApproval: ResolverTypeWrapper<QuoteApproval>;
  QuoteDetail: ResolverTypeWrapper<QuoteDetailModel>;
  QuoteStatus: QuoteStatus;
  QuoteType: QuoteType;
  QuoteValidation: ResolverTypeWrapper<QuoteValidation>;
  RampStep: ResolverTypeWrapper<RampStepModel>;
  RateType: RateType;
  RateTypeInput: RateTypeInput;
  RenewalTerms: ResolverTypeWrapper<RenewalTermsModel>;
  ResourceCommitment: ResolverTypeWrapper<ResourceCommitmentModel>;
  ResourceCommitmentChangePayload: ResolverTypeWrapper<ResourceCommitmentChangePayloadModel>;
  ResourceCommitmentCreateInput: ResourceCommitmentCreateInput;
  ResourceCommitmentDeleteInput: ResourceCommitmentDeleteInput;
  ResourceCommitmentTerminateInput: ResourceCommitmentTerminateInput;
  ResourceCommitmentUpdateInput: ResourceCommitmentUpdateInput;
  Scope: Scope;
  ServiceOrder: ResolverTypeWrapper<ServiceOrderModel>;
  ServiceOrderConnection: ResolverTypeWrapper<Omit<ServiceOrderConnection, 'coverage' | 'edges' | 'nodes'> & { coverage: ResolversTypes['Coverage'], edges: ReadonlyArray<ResolversTypes['ServiceOrderEdge']>, nodes: ReadonlyArray<ResolversTypes['ServiceOrder']> }>;
  ServiceOrderEdge: ResolverTypeWrapper<Omit<ServiceOrderEdge, 'node'> & { node: ResolversTypes['ServiceOrder'] }>;
  ServiceOrderStage: ServiceOrderStage;
  ServicePatchAction: ServicePatchAction;
  ServicePatchInput: ServicePatchInput;
  Source: ResolverTypeWrapper<SourceModel>;
  SourceAccount: ResolverTypeWrapper<SourceAccount>;
  SourceCoverage: ResolverTypeWrapper<SourceCoverageModel>;
  SourceFailure: ResolverTypeWrapper<SourceFailure>;
  SourceName: SourceName;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SyncStatus: SyncStatus;
  TaxCode: ResolverTypeWrapper<TaxCode>;
  TaxCodeInput: TaxCodeInput;
  Term: ResolverTypeWrapper<TermModel>;
  UsageLine: ResolverTypeWrapper<UsageLineModel>;
  UsageSummary: ResolverTypeWrapper<UsageSummaryModel>;
  UserError: ResolverTypeWrapper<UserErrorModel>;
  UserErrorCode: UserErrorCode;
  YearMonth: ResolverTypeWrapper<Scalars['YearMonth']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AffectedObject: AffectedObjectModel;
  BackendRefusal: BackendRefusalModel;
  BillingHistoryEntry: BillingHistoryEntryModel;
  Boolean: Scalars['Boolean']['output'];
  ChangeImplication: ChangeImplicationModel;
  ChangePayload: ChangePayloadModel;
  ChangePreview: ChangePreviewModel;
  ChangeRequest: ChangeRequestModel;
  Commitment: CommitmentModel;
  CommitmentConnection: Omit<CommitmentConnection, 'coverage' | 'edges' | 'nodes'> & { coverage: ResolversParentTypes['Coverage'], edges: ReadonlyArray<ResolversParentTypes['CommitmentEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Commitment']> };
  CommitmentEdge: Omit<CommitmentEdge, 'node'> & { node: ResolversParentTypes['Commitment'] };
  CommitmentFilter: CommitmentFilter;
  CommitmentPatchInput: CommitmentPatchInput;
  CommitmentPenalty: CommitmentPenaltyModel;
  CommittedPackageFrequency: CommittedPackageFrequencyModel;
  CommittedProduct: CommittedProductModel;
  CommittedProductInput: CommittedProductInput;
  CommittedService: CommittedServiceModel;
  CommittedUsageClass: CommittedUsageClassModel;
  Contract: ContractModel;
  ContractCancelInput: ContractCancelInput;
  ContractChangePayload: ContractChangePayloadModel;
  ContractClause: ContractClauseModel;
  ContractCommitment: ContractCommitmentModel;
  ContractCommitmentChangePayload: ContractCommitmentChangePayloadModel;
  ContractCommitmentCreateInput: ContractCommitmentCreateInput;
  ContractCommitmentDeleteInput: ContractCommitmentDeleteInput;
  ContractCommitmentFieldsInput: ContractCommitmentFieldsInput;
  ContractCommitmentPatchInput: ContractCommitmentPatchInput;
  ContractCommitmentUpdateInput: ContractCommitmentUpdateInput;
  ContractConnection: Omit<ContractConnection, 'coverage' | 'edges' | 'nodes'> & { coverage: ResolversParentTypes['Coverage'], edges: ReadonlyArray<ResolversParentTypes['ContractEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Contract']> };
  ContractDiscount: ContractDiscountModel;
  ContractEdge: Omit<ContractEdge, 'node'> & { node: ResolversParentTypes['Contract'] };
  ContractOffering: ContractOfferingModel;
  ContractOfferingAddInput: ContractOfferingAddInput;
  ContractOfferingChangeInput: ContractOfferingChangeInput;
  ContractOfferingRemoveInput: ContractOfferingRemoveInput;
  ContractOperation: OperationModel;
  ContractOperationConnection: Omit<ContractOperationConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ContractOperationEdge']>, nodes: ReadonlyArray<ResolversParentTypes['ContractOperation']> };
  ContractOperationEdge: Omit<ContractOperationEdge, 'node'> & { node: ResolversParentTypes['ContractOperation'] };
  ContractOperationFilter: ContractOperationFilter;
  ContractProduct: ContractProductModel;
  ContractQuantityChangeInput: ContractQuantityChangeInput;
  ContractRateChangeInput: ContractRateChangeInput;
  ContractRenewalTerms: ContractRenewalTermsModel;
  ContractTerms: ContractTermsModel;
  Coverage: CoverageModel;
  CurrencyCode: Scalars['CurrencyCode']['output'];
  CustomField: CustomField;
  Date: Scalars['Date']['output'];
  DateRangeInput: DateRangeInput;
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  EarlyTerminationTerms: EarlyTerminationTermsModel;
  EffectiveInput: EffectiveInput;
  EscalationStep: EscalationStepModel;
  ExternalReference: ExternalReferenceModel;
  Frequency: FrequencyModel;
  Freshness: FreshnessModel;
  ID: Scalars['ID']['output'];
  InputProblem: InputProblemModel;
  Int: Scalars['Int']['output'];
  Invoice: InvoiceModel;
  InvoiceAccount: InvoiceAccount;
  InvoiceConnection: Omit<InvoiceConnection, 'coverage' | 'edges' | 'nodes'> & { coverage: ResolversParentTypes['Coverage'], edges: ReadonlyArray<ResolversParentTypes['InvoiceEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Invoice']> };
  InvoiceCredit: InvoiceCreditModel;
  InvoiceEdge: Omit<InvoiceEdge, 'node'> & { node: ResolversParentTypes['Invoice'] };
  InvoiceItem: InvoiceItemModel;
  InvoicePayment: InvoicePaymentModel;
  MinimumCommitment: MinimumCommitmentModel;
  MinimumCommitmentState: MinimumCommitmentStateModel;
  Money: MoneyModel;
  Mutation: Record<PropertyKey, never>;
  Node: NodeModel;
  OfferingAdditionInput: OfferingAdditionInput;
  OfferingQuantitiesInput: OfferingQuantitiesInput;
  OfferingRateInput: OfferingRateInput;
  OfferingRemovalInput: OfferingRemovalInput;
  OfferingReplacementInput: OfferingReplacementInput;
  OperationEvidence: OperationEvidenceModel;
  OperationFailure: OperationFailure;
  OperationReferences: UpstreamReferencesModel;
  Organization: OrganizationModel;
  OrganizationConnection: Omit<OrganizationConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['OrganizationEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Organization']> };
  OrganizationEdge: Omit<OrganizationEdge, 'node'> & { node: ResolversParentTypes['Organization'] };
  OrganizationSyncInput: OrganizationSyncInput;
  OrganizationSyncPayload: OrganizationSyncPayloadModel;
  PageInfo: PageInfo;
  Period: PeriodModel;
  PeriodFieldsInput: PeriodFieldsInput;
  PeriodPatchInput: PeriodPatchInput;
  PortfolioFilter: PortfolioFilter;
  Product: ProductModel;
  ProductQuantityInput: ProductQuantityInput;
  Query: Record<PropertyKey, never>;
  Quote: QuoteModel;
  QuoteApproval: QuoteApproval;
  QuoteDetail: QuoteDetailModel;
  QuoteValidation: QuoteValidation;
  RampStep: RampStepModel;
  RenewalTerms: RenewalTermsModel;
  ResourceCommitment: ResourceCommitmentModel;
  ResourceCommitmentChangePayload: ResourceCommitmentChangePayloadModel;
  ResourceCommitmentCreateInput: ResourceCommitmentCreateInput;
  ResourceCommitmentDeleteInput: ResourceCommitmentDeleteInput;
  ResourceCommitmentTerminateInput: ResourceCommitmentTerminateInput;
  ResourceCommitmentUpdateInput: ResourceCommitmentUpdateInput;
  ServiceOrder: ServiceOrderModel;
  ServiceOrderConnection: Omit<ServiceOrderConnection, 'coverage' | 'edges' | 'nodes'> & { coverage: ResolversParentTypes['Coverage'], edges: ReadonlyArray<ResolversParentTypes['ServiceOrderEdge']>, nodes: ReadonlyArray<ResolversParentTypes['ServiceOrder']> };
  ServiceOrderEdge: Omit<ServiceOrderEdge, 'node'> & { node: ResolversParentTypes['ServiceOrder'] };
  ServicePatchInput: ServicePatchInput;
  Source: SourceModel;
  SourceAccount: SourceAccount;
  SourceCoverage: SourceCoverageModel;
  SourceFailure: SourceFailure;
  String: Scalars['String']['output'];
  Subscription: Record<PropertyKey, never>;
  TaxCode: TaxCode;
  TaxCodeInput: TaxCodeInput;
  Term: TermModel;
  UsageLine: UsageLineModel;
  UsageSummary: UsageSummaryModel;
  UserError: UserErrorModel;
  YearMonth: Scalars['YearMonth']['output'];
};

export type CostDirectiveArgs = {
  weight: Scalars['Int']['input'];
};

export type CostDirectiveResolver<Result, Parent, ContextType = GraphContext, Args = CostDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type FreshDirectiveArgs = {
  within: Scalars['Int']['input'];
};

export type FreshDirectiveResolver<Result, Parent, ContextType = GraphContext, Args = FreshDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ListSizeDirectiveArgs = {
  assumedSize: Maybe<Scalars['Int']['input']>;
  sizedFields: Maybe<ReadonlyArray<Scalars['String']['input']>>;
  slicingArguments: Maybe<ReadonlyArray<Scalars['String']['input']>>;
};

export type ListSizeDirectiveResolver<Result, Parent, ContextType = GraphContext, Args = ListSizeDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type RequiresDirectiveArgs = {
  scope: Scope;
};

export type RequiresDirectiveResolver<Result, Parent, ContextType = GraphContext, Args = RequiresDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AffectedObjectResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AffectedObject'] = ResolversParentTypes['AffectedObject']> = {
  action?: Resolver<ResolversTypes['AffectedObjectAction'], ParentType, ContextType>;
  actionText?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  leftExternalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  rightExternalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type BackendRefusalResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['BackendRefusal'] = ResolversParentTypes['BackendRefusal']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['SourceName'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BillingHistoryEntryResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['BillingHistoryEntry'] = ResolversParentTypes['BillingHistoryEntry']> = {
  committed?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  invoiced?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  month?: Resolver<Maybe<ResolversTypes['YearMonth']>, ParentType, ContextType>;
  shortfall?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  statusText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  usage?: Resolver<Maybe<ReadonlyArray<ResolversTypes['UsageLine']>>, ParentType, ContextType>;
  used?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type ChangeImplicationResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ChangeImplication'] = ResolversParentTypes['ChangeImplication']> = {
  code?: Resolver<ResolversTypes['ChangeImplicationCode'], ParentType, ContextType>;
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ChangePayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ChangePayload'] = ResolversParentTypes['ChangePayload']> = {
  __resolveType: TypeResolveFn<'ContractChangePayload' | 'ContractCommitmentChangePayload' | 'OrganizationSyncPayload' | 'ResourceCommitmentChangePayload', ParentType, ContextType>;
};

export type ChangePreviewResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ChangePreview'] = ResolversParentTypes['ChangePreview']> = {
  implications?: Resolver<ReadonlyArray<ResolversTypes['ChangeImplication']>, ParentType, ContextType>;
  request?: Resolver<ResolversTypes['ChangeRequest'], ParentType, ContextType>;
  unchecked?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ChangeRequestResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ChangeRequest'] = ResolversParentTypes['ChangeRequest']> = {
  body?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  method?: Resolver<ResolversTypes['ChangeRequestMethod'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CommitmentResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Commitment'] = ResolversParentTypes['Commitment']> = {
  __resolveType: TypeResolveFn<'ContractCommitment' | 'MinimumCommitment' | 'ResourceCommitment', ParentType, ContextType>;
};

export type CommitmentConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CommitmentConnection'] = ResolversParentTypes['CommitmentConnection']> = {
  coverage?: Resolver<ResolversTypes['Coverage'], ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['CommitmentEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Commitment']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type CommitmentEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CommitmentEdge'] = ResolversParentTypes['CommitmentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Commitment'], ParentType, ContextType>;
};

export type CommitmentPenaltyResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CommitmentPenalty'] = ResolversParentTypes['CommitmentPenalty']> = {
  chargeType?: Resolver<Maybe<ResolversTypes['ExternalReference']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  service?: Resolver<Maybe<ResolversTypes['ExternalReference']>, ParentType, ContextType>;
};

export type CommittedPackageFrequencyResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CommittedPackageFrequency'] = ResolversParentTypes['CommittedPackageFrequency']> = {
  commitmentExternalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  package?: Resolver<Maybe<ResolversTypes['ExternalReference']>, ParentType, ContextType>;
  packageFrequency?: Resolver<ResolversTypes['ExternalReference'], ParentType, ContextType>;
};

export type CommittedProductResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CommittedProduct'] = ResolversParentTypes['CommittedProduct']> = {
  committedQuantity?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  discountPercent?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  referencePrice?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type CommittedServiceResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CommittedService'] = ResolversParentTypes['CommittedService']> = {
  commitmentExternalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  service?: Resolver<ResolversTypes['ExternalReference'], ParentType, ContextType>;
};

export type CommittedUsageClassResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CommittedUsageClass'] = ResolversParentTypes['CommittedUsageClass']> = {
  commitmentExternalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  usageClass?: Resolver<ResolversTypes['ExternalReference'], ParentType, ContextType>;
};

export type ContractResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Contract'] = ResolversParentTypes['Contract']> = {
  account?: Resolver<Maybe<ResolversTypes['ExternalReference']>, ParentType, ContextType>;
  billGroupId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endAction?: Resolver<Maybe<ResolversTypes['ContractEndAction']>, ParentType, ContextType>;
  endActionText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoices?: Resolver<Maybe<ResolversTypes['InvoiceConnection']>, ParentType, ContextType, RequireFields<ContractInvoicesArgs, 'first'>>;
  isRenewed?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  latestQuote?: Resolver<Maybe<ResolversTypes['Quote']>, ParentType, ContextType>;
  legalEntityId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  modifiedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  offerings?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ContractOffering']>>, ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['ExternalReference']>, ParentType, ContextType>;
  previousContractId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  quotes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Quote']>>, ParentType, ContextType>;
  renewalTerms?: Resolver<Maybe<ResolversTypes['ContractRenewalTerms']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['SourceName'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['ContractStatus']>, ParentType, ContextType>;
  statusText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  term?: Resolver<ResolversTypes['Term'], ParentType, ContextType>;
  totalValue?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ContractChangePayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ContractChangePayload'] = ResolversParentTypes['ContractChangePayload']> = {
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  isDurable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isReplay?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  operation?: Resolver<Maybe<ResolversTypes['ContractOperation']>, ParentType, ContextType>;
  preview?: Resolver<Maybe<ResolversTypes['ChangePreview']>, ParentType, ContextType>;
  quote?: Resolver<Maybe<ResolversTypes['Quote']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ContractClauseResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ContractClause'] = ResolversParentTypes['ContractClause']> = {
  kind?: Resolver<ResolversTypes['ContractClauseKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ContractCommitmentResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ContractCommitment'] = ResolversParentTypes['ContractCommitment']> = {
  accountContract?: Resolver<ResolversTypes['ExternalReference'], ParentType, ContextType>;
  commitmentType?: Resolver<Maybe<ResolversTypes['ExternalReference']>, ParentType, ContextType>;
  committed?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  committedPer?: Resolver<Maybe<ResolversTypes['CommitmentInterval']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  includesChildAccounts?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  packageFrequencies?: Resolver<ReadonlyArray<ResolversTypes['CommittedPackageFrequency']>, ParentType, ContextType>;
  penalty?: Resolver<Maybe<ResolversTypes['CommitmentPenalty']>, ParentType, ContextType>;
  periods?: Resolver<ReadonlyArray<ResolversTypes['Period']>, ParentType, ContextType>;
  products?: Resolver<ReadonlyArray<ResolversTypes['CommittedProduct']>, ParentType, ContextType>;
  services?: Resolver<ReadonlyArray<ResolversTypes['CommittedService']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['SourceName'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['CommitmentStatus'], ParentType, ContextType>;
  statusText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  term?: Resolver<ResolversTypes['Term'], ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  usageClasses?: Resolver<ReadonlyArray<ResolversTypes['CommittedUsageClass']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ContractCommitmentChangePayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ContractCommitmentChangePayload'] = ResolversParentTypes['ContractCommitmentChangePayload']> = {
  affected?: Resolver<ReadonlyArray<ResolversTypes['AffectedObject']>, ParentType, ContextType>;
  commitments?: Resolver<ReadonlyArray<ResolversTypes['ContractCommitment']>, ParentType, ContextType>;
  deletedIds?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
  isDurable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isReplay?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  operation?: Resolver<Maybe<ResolversTypes['ContractOperation']>, ParentType, ContextType>;
  preview?: Resolver<Maybe<ResolversTypes['ChangePreview']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ContractConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ContractConnection'] = ResolversParentTypes['ContractConnection']> = {
  coverage?: Resolver<ResolversTypes['Coverage'], ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['ContractEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Contract']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ContractDiscountResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ContractDiscount'] = ResolversParentTypes['ContractDiscount']> = {
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  durationMonths?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  durationTypeText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  isExcludedFromRenewal?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  offeringId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  percent?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  productId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  statusText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  term?: Resolver<ResolversTypes['Term'], ParentType, ContextType>;
  typeText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ContractEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ContractEdge'] = ResolversParentTypes['ContractEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Contract'], ParentType, ContextType>;
};

export type ContractOfferingResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ContractOffering'] = ResolversParentTypes['ContractOffering']> = {
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  amountWithoutDiscount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  billingFrequency?: Resolver<Maybe<ResolversTypes['BillingFrequency']>, ParentType, ContextType>;
  billingFrequencyMonths?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  billingFrequencyText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  billingTiming?: Resolver<Maybe<ResolversTypes['BillingTiming']>, ParentType, ContextType>;
  billingTimingText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  discountAmount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  discountPercent?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  discounts?: Resolver<ReadonlyArray<ResolversTypes['ContractDiscount']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isAdded?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  isRemoved?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  offering?: Resolver<Maybe<ResolversTypes['ExternalReference']>, ParentType, ContextType>;
  parentExternalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  previousAmount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  previousExternalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  previousRateId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  products?: Resolver<ReadonlyArray<ResolversTypes['ContractProduct']>, ParentType, ContextType>;
  rate?: Resolver<Maybe<ResolversTypes['ExternalReference']>, ParentType, ContextType>;
  subscriptionId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  term?: Resolver<ResolversTypes['Term'], ParentType, ContextType>;
};

export type ContractOperationResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ContractOperation'] = ResolversParentTypes['ContractOperation']> = {
  client?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  evidence?: Resolver<ResolversTypes['OperationEvidence'], ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['OperationFailure']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  idempotencyKey?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ContractOperationKind'], ParentType, ContextType>;
  looks?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  needsOperator?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  quote?: Resolver<Maybe<ResolversTypes['Quote']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  references?: Resolver<ResolversTypes['OperationReferences'], ParentType, ContextType>;
  request?: Resolver<ResolversTypes['ChangeRequest'], ParentType, ContextType>;
  requestId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  sentAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  settledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['SourceName'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ContractOperationState'], ParentType, ContextType>;
  target?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType>;
  targetExternalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ContractOperationConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ContractOperationConnection'] = ResolversParentTypes['ContractOperationConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ContractOperationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ContractOperation']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ContractOperationEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ContractOperationEdge'] = ResolversParentTypes['ContractOperationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ContractOperation'], ParentType, ContextType>;
};

export type ContractProductResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ContractProduct'] = ResolversParentTypes['ContractProduct']> = {
  amendmentStatus?: Resolver<Maybe<ResolversTypes['AmendmentStatus']>, ParentType, ContextType>;
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  contractAmount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  previousAmount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  previousQuantity?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  productId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  quantity?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  sku?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['ContractProductType']>, ParentType, ContextType>;
  typeText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  unitPrice?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  unitPriceAfterDiscount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type ContractRenewalTermsResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ContractRenewalTerms'] = ResolversParentTypes['ContractRenewalTerms']> = {
  endAction?: Resolver<Maybe<ResolversTypes['ContractEndAction']>, ParentType, ContextType>;
  endActionText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  noticeDays?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  renewalLengthType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ContractTermsResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ContractTerms'] = ResolversParentTypes['ContractTerms']> = {
  clauses?: Resolver<ReadonlyArray<ResolversTypes['ContractClause']>, ParentType, ContextType>;
  earlyTermination?: Resolver<Maybe<ResolversTypes['EarlyTerminationTerms']>, ParentType, ContextType>;
  escalation?: Resolver<ReadonlyArray<ResolversTypes['EscalationStep']>, ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  renewal?: Resolver<Maybe<ResolversTypes['RenewalTerms']>, ParentType, ContextType>;
};

export type CoverageResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Coverage'] = ResolversParentTypes['Coverage']> = {
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  missing?: Resolver<ReadonlyArray<ResolversTypes['SourceName']>, ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['SourceCoverage']>, ParentType, ContextType>;
};

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export type CustomFieldResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CustomField'] = ResolversParentTypes['CustomField']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type EarlyTerminationTermsResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['EarlyTerminationTerms'] = ResolversParentTypes['EarlyTerminationTerms']> = {
  noticeDays?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  penaltyPercent?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
};

export type EscalationStepResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['EscalationStep'] = ResolversParentTypes['EscalationStep']> = {
  effectiveOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  increasePercent?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  minimum?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type ExternalReferenceResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ExternalReference'] = ResolversParentTypes['ExternalReference']> = {
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type FrequencyResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Frequency'] = ResolversParentTypes['Frequency']> = {
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  length?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  unit?: Resolver<ResolversTypes['FrequencyUnit'], ParentType, ContextType>;
};

export type FreshnessResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Freshness'] = ResolversParentTypes['Freshness']> = {
  ageMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  observedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  stale?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type InputProblemResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['InputProblem'] = ResolversParentTypes['InputProblem']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvoiceResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Invoice'] = ResolversParentTypes['Invoice']> = {
  account?: Resolver<Maybe<ResolversTypes['InvoiceAccount']>, ParentType, ContextType>;
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  amountCredited?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  amountDue?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  amountPaid?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  amountWithoutDiscount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  amountWithoutTax?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  billGroupId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  billedOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  contractId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  credits?: Resolver<ReadonlyArray<ResolversTypes['InvoiceCredit']>, ParentType, ContextType>;
  discount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  dueOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  invoiceNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  invoicedOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  isPastDue?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  items?: Resolver<ReadonlyArray<ResolversTypes['InvoiceItem']>, ParentType, ContextType>;
  netTerms?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  paidOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  payments?: Resolver<ReadonlyArray<ResolversTypes['InvoicePayment']>, ParentType, ContextType>;
  quoteId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['InvoiceStatus']>, ParentType, ContextType>;
  statusText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tax?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  term?: Resolver<ResolversTypes['Term'], ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['InvoiceType']>, ParentType, ContextType>;
  typeText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type InvoiceAccountResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['InvoiceAccount'] = ResolversParentTypes['InvoiceAccount']> = {
  currency?: Resolver<Maybe<ResolversTypes['CurrencyCode']>, ParentType, ContextType>;
  customId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  statusText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type InvoiceConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['InvoiceConnection'] = ResolversParentTypes['InvoiceConnection']> = {
  coverage?: Resolver<ResolversTypes['Coverage'], ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['InvoiceEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Invoice']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type InvoiceCreditResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['InvoiceCredit'] = ResolversParentTypes['InvoiceCredit']> = {
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  appliedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  creditNoteId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  typeText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type InvoiceEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['InvoiceEdge'] = ResolversParentTypes['InvoiceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Invoice'], ParentType, ContextType>;
};

export type InvoiceItemResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['InvoiceItem'] = ResolversParentTypes['InvoiceItem']> = {
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  minimumCommitAdditionalBilled?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  minimumCommitAvailable?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  offering?: Resolver<Maybe<ResolversTypes['ExternalReference']>, ParentType, ContextType>;
  offeringType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  priceModel?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['ExternalReference']>, ParentType, ContextType>;
  prorationMultiplier?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  quantity?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  term?: Resolver<ResolversTypes['Term'], ParentType, ContextType>;
  unitPrice?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type InvoicePaymentResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['InvoicePayment'] = ResolversParentTypes['InvoicePayment']> = {
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  cardTypeText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  methodName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  settledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type MinimumCommitmentResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['MinimumCommitment'] = ResolversParentTypes['MinimumCommitment']> = {
  billingHistory?: Resolver<Maybe<ReadonlyArray<ResolversTypes['BillingHistoryEntry']>>, ParentType, ContextType, RequireFields<MinimumCommitmentBillingHistoryArgs, 'includeUsage'>>;
  cancelledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  committed?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  committedPer?: Resolver<Maybe<ResolversTypes['CommitmentInterval']>, ParentType, ContextType>;
  contractTerms?: Resolver<Maybe<ResolversTypes['ContractTerms']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  periods?: Resolver<ReadonlyArray<ResolversTypes['Period']>, ParentType, ContextType>;
  products?: Resolver<ReadonlyArray<ResolversTypes['CommittedProduct']>, ParentType, ContextType>;
  serviceOrder?: Resolver<Maybe<ResolversTypes['ServiceOrder']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['SourceName'], ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes['MinimumCommitmentState']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['CommitmentStatus'], ParentType, ContextType>;
  statusText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  term?: Resolver<ResolversTypes['Term'], ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  usage?: Resolver<Maybe<ResolversTypes['UsageSummary']>, ParentType, ContextType, Partial<MinimumCommitmentUsageArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MinimumCommitmentStateResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['MinimumCommitmentState'] = ResolversParentTypes['MinimumCommitmentState']> = {
  commitmentHandlerId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  lastUpdatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  minimum?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  reportedMinimum?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['CommitmentStatus'], ParentType, ContextType>;
  statusText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  syncStatus?: Resolver<Maybe<ResolversTypes['SyncStatus']>, ParentType, ContextType>;
  syncStatusText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  term?: Resolver<ResolversTypes['Term'], ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  contractCancel?: Resolver<Maybe<ResolversTypes['ContractChangePayload']>, ParentType, ContextType, RequireFields<MutationContractCancelArgs, 'input'>>;
  contractCommitmentCreate?: Resolver<Maybe<ResolversTypes['ContractCommitmentChangePayload']>, ParentType, ContextType, RequireFields<MutationContractCommitmentCreateArgs, 'input'>>;
  contractCommitmentDelete?: Resolver<Maybe<ResolversTypes['ContractCommitmentChangePayload']>, ParentType, ContextType, RequireFields<MutationContractCommitmentDeleteArgs, 'input'>>;
  contractCommitmentPatch?: Resolver<Maybe<ResolversTypes['ContractCommitmentChangePayload']>, ParentType, ContextType, RequireFields<MutationContractCommitmentPatchArgs, 'input'>>;
  contractCommitmentUpdate?: Resolver<Maybe<ResolversTypes['ContractCommitmentChangePayload']>, ParentType, ContextType, RequireFields<MutationContractCommitmentUpdateArgs, 'input'>>;
  contractOfferingAdd?: Resolver<Maybe<ResolversTypes['ContractChangePayload']>, ParentType, ContextType, RequireFields<MutationContractOfferingAddArgs, 'input'>>;
  contractOfferingChange?: Resolver<Maybe<ResolversTypes['ContractChangePayload']>, ParentType, ContextType, RequireFields<MutationContractOfferingChangeArgs, 'input'>>;
  contractOfferingRemove?: Resolver<Maybe<ResolversTypes['ContractChangePayload']>, ParentType, ContextType, RequireFields<MutationContractOfferingRemoveArgs, 'input'>>;
  contractQuantityChange?: Resolver<Maybe<ResolversTypes['ContractChangePayload']>, ParentType, ContextType, RequireFields<MutationContractQuantityChangeArgs, 'input'>>;
  contractRateChange?: Resolver<Maybe<ResolversTypes['ContractChangePayload']>, ParentType, ContextType, RequireFields<MutationContractRateChangeArgs, 'input'>>;
  organizationSync?: Resolver<Maybe<ResolversTypes['OrganizationSyncPayload']>, ParentType, ContextType, RequireFields<MutationOrganizationSyncArgs, 'input'>>;
  resourceCommitmentCreate?: Resolver<Maybe<ResolversTypes['ResourceCommitmentChangePayload']>, ParentType, ContextType, RequireFields<MutationResourceCommitmentCreateArgs, 'input'>>;
  resourceCommitmentDelete?: Resolver<Maybe<ResolversTypes['ResourceCommitmentChangePayload']>, ParentType, ContextType, RequireFields<MutationResourceCommitmentDeleteArgs, 'input'>>;
  resourceCommitmentTerminate?: Resolver<Maybe<ResolversTypes['ResourceCommitmentChangePayload']>, ParentType, ContextType, RequireFields<MutationResourceCommitmentTerminateArgs, 'input'>>;
  resourceCommitmentUpdate?: Resolver<Maybe<ResolversTypes['ResourceCommitmentChangePayload']>, ParentType, ContextType, RequireFields<MutationResourceCommitmentUpdateArgs, 'input'>>;
};

export type NodeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Contract' | 'ContractCommitment' | 'ContractOperation' | 'MinimumCommitment' | 'Organization' | 'ResourceCommitment' | 'ServiceOrder', ParentType, ContextType>;
};

export type OperationEvidenceResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['OperationEvidence'] = ResolversParentTypes['OperationEvidence']> = {
  after?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type OperationFailureResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['OperationFailure'] = ResolversParentTypes['OperationFailure']> = {
  code?: Resolver<ResolversTypes['OperationFailureCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OperationReferencesResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['OperationReferences'] = ResolversParentTypes['OperationReferences']> = {
  contractId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  invoiceId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  newCommitmentId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  quoteId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  taskId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  trackingId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type OrganizationResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Organization'] = ResolversParentTypes['Organization']> = {
  accounts?: Resolver<ReadonlyArray<ResolversTypes['SourceAccount']>, ParentType, ContextType>;
  billingHistory?: Resolver<Maybe<ReadonlyArray<ResolversTypes['BillingHistoryEntry']>>, ParentType, ContextType, RequireFields<OrganizationBillingHistoryArgs, 'includeUsage' | 'range'>>;
  commitments?: Resolver<Maybe<ResolversTypes['CommitmentConnection']>, ParentType, ContextType, RequireFields<OrganizationCommitmentsArgs, 'first' | 'orderBy'>>;
  contractTerms?: Resolver<Maybe<ResolversTypes['ContractTerms']>, ParentType, ContextType>;
  contracts?: Resolver<Maybe<ResolversTypes['ContractConnection']>, ParentType, ContextType, RequireFields<OrganizationContractsArgs, 'first'>>;
  currency?: Resolver<Maybe<ResolversTypes['CurrencyCode']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  minimumCommitmentState?: Resolver<Maybe<ResolversTypes['MinimumCommitmentState']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  operations?: Resolver<Maybe<ResolversTypes['ContractOperationConnection']>, ParentType, ContextType, RequireFields<OrganizationOperationsArgs, 'first'>>;
  serviceOrders?: Resolver<Maybe<ResolversTypes['ServiceOrderConnection']>, ParentType, ContextType, RequireFields<OrganizationServiceOrdersArgs, 'first'>>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  usage?: Resolver<Maybe<ResolversTypes['UsageSummary']>, ParentType, ContextType, Partial<OrganizationUsageArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrganizationConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['OrganizationConnection'] = ResolversParentTypes['OrganizationConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['OrganizationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Organization']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OrganizationEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['OrganizationEdge'] = ResolversParentTypes['OrganizationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
};

export type OrganizationSyncPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['OrganizationSyncPayload'] = ResolversParentTypes['OrganizationSyncPayload']> = {
  isDurable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isReplay?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  operation?: Resolver<Maybe<ResolversTypes['ContractOperation']>, ParentType, ContextType>;
  preview?: Resolver<Maybe<ResolversTypes['ChangePreview']>, ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes['MinimumCommitmentState']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PeriodResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Period'] = ResolversParentTypes['Period']> = {
  commitmentExternalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endsBefore?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  frequency?: Resolver<Maybe<ResolversTypes['Frequency']>, ParentType, ContextType>;
  isRemainderOfTerm?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  occurrences?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  order?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  startsOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
};

export type ProductResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product']> = {
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sku?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  commitment?: Resolver<Maybe<ResolversTypes['Commitment']>, ParentType, ContextType, RequireFields<QueryCommitmentArgs, 'id'>>;
  commitments?: Resolver<Maybe<ResolversTypes['CommitmentConnection']>, ParentType, ContextType, RequireFields<QueryCommitmentsArgs, 'first' | 'orderBy'>>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType, RequireFields<QueryContractArgs, 'id'>>;
  contractOperation?: Resolver<Maybe<ResolversTypes['ContractOperation']>, ParentType, ContextType, Partial<QueryContractOperationArgs>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  nodes?: Resolver<Maybe<ReadonlyArray<Maybe<ResolversTypes['Node']>>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'ids'>>;
  organization?: Resolver<Maybe<ResolversTypes['Organization']>, ParentType, ContextType, RequireFields<QueryOrganizationArgs, 'slug'>>;
  organizations?: Resolver<Maybe<ResolversTypes['OrganizationConnection']>, ParentType, ContextType, RequireFields<QueryOrganizationsArgs, 'first'>>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['Source']>, ParentType, ContextType>;
};

export type QuoteResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Quote'] = ResolversParentTypes['Quote']> = {
  acceptedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  account?: Resolver<Maybe<ResolversTypes['ExternalReference']>, ParentType, ContextType>;
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  billGroupId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  billingAccountId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  contractAmount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  contractId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  contractMonths?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  contractTerm?: Resolver<ResolversTypes['Term'], ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdById?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  customFields?: Resolver<ReadonlyArray<ResolversTypes['CustomField']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  detail?: Resolver<Maybe<ResolversTypes['QuoteDetail']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isMigrated?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  modifiedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  modifiedById?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  newQuoteType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  opportunityId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  opportunityStatusText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['ExternalReference']>, ParentType, ContextType>;
  processedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  secondaryAccount?: Resolver<Maybe<ResolversTypes['ExternalReference']>, ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['QuoteStatus']>, ParentType, ContextType>;
  statusText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['QuoteType']>, ParentType, ContextType>;
  typeText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QuoteApprovalResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['QuoteApproval'] = ResolversParentTypes['QuoteApproval']> = {
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  statusText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QuoteDetailResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['QuoteDetail'] = ResolversParentTypes['QuoteDetail']> = {
  amendmentOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  amountWithoutDiscount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  amountWithoutTax?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  annualRecurringRevenue?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  approvals?: Resolver<ReadonlyArray<ResolversTypes['QuoteApproval']>, ParentType, ContextType>;
  cancellationReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  credit?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  discountAmount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  discountPercent?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  expiresOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  monthlyRecurringRevenue?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  netTerms?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  offerings?: Resolver<ReadonlyArray<ResolversTypes['ContractOffering']>, ParentType, ContextType>;
  originalQuoteId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  previousContractId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  previousQuoteId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  renewsAutomatically?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  startDateSourceText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  validations?: Resolver<ReadonlyArray<ResolversTypes['QuoteValidation']>, ParentType, ContextType>;
};

export type QuoteValidationResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['QuoteValidation'] = ResolversParentTypes['QuoteValidation']> = {
  level?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ruleId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RampStepResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['RampStep'] = ResolversParentTypes['RampStep']> = {
  amount?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  committed?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  cycleNumber?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  durationMonths?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  normalizedTerm?: Resolver<ResolversTypes['Term'], ParentType, ContextType>;
  term?: Resolver<ResolversTypes['Term'], ParentType, ContextType>;
};

export type RenewalTermsResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['RenewalTerms'] = ResolversParentTypes['RenewalTerms']> = {
  noticeDays?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  renewalMonths?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  renewsAutomatically?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
};

export type ResourceCommitmentResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ResourceCommitment'] = ResolversParentTypes['ResourceCommitment']> = {
  committed?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  committedPer?: Resolver<Maybe<ResolversTypes['CommitmentInterval']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['ExternalReference'], ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  fixedPrice?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isTerminated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  periods?: Resolver<ReadonlyArray<ResolversTypes['Period']>, ParentType, ContextType>;
  pricingMethod?: Resolver<Maybe<ResolversTypes['PricingMethod']>, ParentType, ContextType>;
  pricingMethodText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  products?: Resolver<ReadonlyArray<ResolversTypes['CommittedProduct']>, ParentType, ContextType>;
  rateType?: Resolver<Maybe<ResolversTypes['RateType']>, ParentType, ContextType>;
  rateTypeText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reseller?: Resolver<Maybe<ResolversTypes['ExternalReference']>, ParentType, ContextType>;
  resourceType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['SourceName'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['CommitmentStatus'], ParentType, ContextType>;
  statusText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  taxCode?: Resolver<Maybe<ResolversTypes['TaxCode']>, ParentType, ContextType>;
  term?: Resolver<ResolversTypes['Term'], ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ResourceCommitmentChangePayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ResourceCommitmentChangePayload'] = ResolversParentTypes['ResourceCommitmentChangePayload']> = {
  commitment?: Resolver<Maybe<ResolversTypes['ResourceCommitment']>, ParentType, ContextType>;
  deletedId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  isDurable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isReplay?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  operation?: Resolver<Maybe<ResolversTypes['ContractOperation']>, ParentType, ContextType>;
  preview?: Resolver<Maybe<ResolversTypes['ChangePreview']>, ParentType, ContextType>;
  previousExternalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  previousId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ServiceOrderResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ServiceOrder'] = ResolversParentTypes['ServiceOrder']> = {
  amount?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  commitCycle?: Resolver<Maybe<ResolversTypes['CommitCycle']>, ParentType, ContextType>;
  commitCycleText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  commitmentHandlerId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  committed?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  durationMonths?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isRevOpsApproved?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  minimumCommitment?: Resolver<Maybe<ResolversTypes['MinimumCommitment']>, ParentType, ContextType>;
  missionControlAccountId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  monthlyMinimum?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  opportunityId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  rampSteps?: Resolver<ReadonlyArray<ResolversTypes['RampStep']>, ParentType, ContextType>;
  reportedEndOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['SourceName'], ParentType, ContextType>;
  stage?: Resolver<Maybe<ResolversTypes['ServiceOrderStage']>, ParentType, ContextType>;
  stageText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  term?: Resolver<ResolversTypes['Term'], ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ServiceOrderConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ServiceOrderConnection'] = ResolversParentTypes['ServiceOrderConnection']> = {
  coverage?: Resolver<ResolversTypes['Coverage'], ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['ServiceOrderEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ServiceOrder']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ServiceOrderEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ServiceOrderEdge'] = ResolversParentTypes['ServiceOrderEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ServiceOrder'], ParentType, ContextType>;
};

export type SourceResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Source'] = ResolversParentTypes['Source']> = {
  breaker?: Resolver<ResolversTypes['BreakerState'], ParentType, ContextType>;
  callsInFlight?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  callsQueued?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  concurrency?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  droppedRecords?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  foreignRecords?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  freshForMs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  isConfigured?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isReachable?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastFailure?: Resolver<Maybe<ResolversTypes['SourceFailure']>, ParentType, ContextType>;
  lastSuccessAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['SourceName'], ParentType, ContextType>;
  quotaRemaining?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  reportedLimit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  requestsPerSecond?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  staleForMs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  timeoutMs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  unknownFields?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unrecognizedValues?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SourceAccountResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['SourceAccount'] = ResolversParentTypes['SourceAccount']> = {
  externalIds?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['SourceName'], ParentType, ContextType>;
};

export type SourceCoverageResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['SourceCoverage'] = ResolversParentTypes['SourceCoverage']> = {
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  droppedRecords?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  freshness?: Resolver<Maybe<ResolversTypes['Freshness']>, ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  retryAfterMs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['SourceName'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['CoverageState'], ParentType, ContextType>;
  undated?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SourceFailureResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['SourceFailure'] = ResolversParentTypes['SourceFailure']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  contractOperationChanged?: SubscriptionResolver<Maybe<ResolversTypes['ContractOperation']>, "contractOperationChanged", ParentType, ContextType, RequireFields<SubscriptionContractOperationChangedArgs, 'id'>>;
};

export type TaxCodeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TaxCode'] = ResolversParentTypes['TaxCode']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TermResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Term'] = ResolversParentTypes['Term']> = {
  endsBefore?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  startsOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
};

export type UsageLineResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['UsageLine'] = ResolversParentTypes['UsageLine']> = {
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  quantity?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  unit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type UsageSummaryResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['UsageSummary'] = ResolversParentTypes['UsageSummary']> = {
  committed?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['UsageLine']>, ParentType, ContextType>;
  month?: Resolver<Maybe<ResolversTypes['YearMonth']>, ParentType, ContextType>;
  remaining?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  used?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'BackendRefusal' | 'InputProblem', ParentType, ContextType>;
};

export interface YearMonthScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['YearMonth'], any> {
  name: 'YearMonth';
}

export type Resolvers<ContextType = GraphContext> = {
  AffectedObject?: AffectedObjectResolvers<ContextType>;
  BackendRefusal?: BackendRefusalResolvers<ContextType>;
  BillingHistoryEntry?: BillingHistoryEntryResolvers<ContextType>;
  ChangeImplication?: ChangeImplicationResolvers<ContextType>;
  ChangePayload?: ChangePayloadResolvers<ContextType>;
  ChangePreview?: ChangePreviewResolvers<ContextType>;
  ChangeRequest?: ChangeRequestResolvers<ContextType>;
  Commitment?: CommitmentResolvers<ContextType>;
  CommitmentConnection?: CommitmentConnectionResolvers<ContextType>;
  CommitmentEdge?: CommitmentEdgeResolvers<ContextType>;
  CommitmentPenalty?: CommitmentPenaltyResolvers<ContextType>;
  CommittedPackageFrequency?: CommittedPackageFrequencyResolvers<ContextType>;
  CommittedProduct?: CommittedProductResolvers<ContextType>;
  CommittedService?: CommittedServiceResolvers<ContextType>;
  CommittedUsageClass?: CommittedUsageClassResolvers<ContextType>;
  Contract?: ContractResolvers<ContextType>;
  ContractChangePayload?: ContractChangePayloadResolvers<ContextType>;
  ContractClause?: ContractClauseResolvers<ContextType>;
  ContractCommitment?: ContractCommitmentResolvers<ContextType>;
  ContractCommitmentChangePayload?: ContractCommitmentChangePayloadResolvers<ContextType>;
  ContractConnection?: ContractConnectionResolvers<ContextType>;
  ContractDiscount?: ContractDiscountResolvers<ContextType>;
  ContractEdge?: ContractEdgeResolvers<ContextType>;
  ContractOffering?: ContractOfferingResolvers<ContextType>;
  ContractOperation?: ContractOperationResolvers<ContextType>;
  ContractOperationConnection?: ContractOperationConnectionResolvers<ContextType>;
  ContractOperationEdge?: ContractOperationEdgeResolvers<ContextType>;
  ContractProduct?: ContractProductResolvers<ContextType>;
  ContractRenewalTerms?: ContractRenewalTermsResolvers<ContextType>;
  ContractTerms?: ContractTermsResolvers<ContextType>;
  Coverage?: CoverageResolvers<ContextType>;
  CurrencyCode?: GraphQLScalarType;
  CustomField?: CustomFieldResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  EarlyTerminationTerms?: EarlyTerminationTermsResolvers<ContextType>;
  EscalationStep?: EscalationStepResolvers<ContextType>;
  ExternalReference?: ExternalReferenceResolvers<ContextType>;
  Frequency?: FrequencyResolvers<ContextType>;
  Freshness?: FreshnessResolvers<ContextType>;
  InputProblem?: InputProblemResolvers<ContextType>;
  Invoice?: InvoiceResolvers<ContextType>;
  InvoiceAccount?: InvoiceAccountResolvers<ContextType>;
  InvoiceConnection?: InvoiceConnectionResolvers<ContextType>;
  InvoiceCredit?: InvoiceCreditResolvers<ContextType>;
  InvoiceEdge?: InvoiceEdgeResolvers<ContextType>;
  InvoiceItem?: InvoiceItemResolvers<ContextType>;
  InvoicePayment?: InvoicePaymentResolvers<ContextType>;
  MinimumCommitment?: MinimumCommitmentResolvers<ContextType>;
  MinimumCommitmentState?: MinimumCommitmentStateResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  OperationEvidence?: OperationEvidenceResolvers<ContextType>;
  OperationFailure?: OperationFailureResolvers<ContextType>;
  OperationReferences?: OperationReferencesResolvers<ContextType>;
  Organization?: OrganizationResolvers<ContextType>;
  OrganizationConnection?: OrganizationConnectionResolvers<ContextType>;
  OrganizationEdge?: OrganizationEdgeResolvers<ContextType>;
  OrganizationSyncPayload?: OrganizationSyncPayloadResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Period?: PeriodResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Quote?: QuoteResolvers<ContextType>;
  QuoteApproval?: QuoteApprovalResolvers<ContextType>;
  QuoteDetail?: QuoteDetailResolvers<ContextType>;
  QuoteValidation?: QuoteValidationResolvers<ContextType>;
  RampStep?: RampStepResolvers<ContextType>;
  RenewalTerms?: RenewalTermsResolvers<ContextType>;
  ResourceCommitment?: ResourceCommitmentResolvers<ContextType>;
  ResourceCommitmentChangePayload?: ResourceCommitmentChangePayloadResolvers<ContextType>;
  ServiceOrder?: ServiceOrderResolvers<ContextType>;
  ServiceOrderConnection?: ServiceOrderConnectionResolvers<ContextType>;
  ServiceOrderEdge?: ServiceOrderEdgeResolvers<ContextType>;
  Source?: SourceResolvers<ContextType>;
  SourceAccount?: SourceAccountResolvers<ContextType>;
  SourceCoverage?: SourceCoverageResolvers<ContextType>;
  SourceFailure?: SourceFailureResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  TaxCode?: TaxCodeResolvers<ContextType>;
  Term?: TermResolvers<ContextType>;
  UsageLine?: UsageLineResolvers<ContextType>;
  UsageSummary?: UsageSummaryResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  YearMonth?: GraphQLScalarType;
};

export type DirectiveResolvers<ContextType = GraphContext> = {
  cost?: CostDirectiveResolver<any, any, ContextType>;
  fresh?: FreshDirectiveResolver<any, any, ContextType>;
  listSize?: ListSizeDirectiveResolver<any, any, ContextType>;
  requires?: RequiresDirectiveResolver<any, any, ContextType>;
};
