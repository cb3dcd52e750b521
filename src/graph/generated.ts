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
import type { PreflightResult as PreflightModel } from './preflight.js';
import type { ChangeVerification as ChangeVerificationModel, VerificationLook as ChangeVerificationLookModel } from '../domain/change-verification.js';
import type { SourceState as SourceModel } from '../domain/ports.js';
import type { ShownReconciliation as ReconciliationModel, ShownComparison as ComparisonModel, ShownFinding as DiscrepancyModel } from './reconciliation.js';
import type { ReconciliationCoverage as ReconciliationCoverageModel, ReconciliationSummary as ReconciliationSummaryModel, CurrencyImpact as CurrencyImpactModel, SideValue as ComparedSideModel, ComparedValue as ComparedValueModel, Impact as DiscrepancyImpactModel } from '../domain/reconciliation/types.js';
import type { ShownAction as RecommendedActionModel, ShownAction as WaitUntilActionModel, ShownAction as LookForFailedWebhookActionModel, ShownAction as TriggerSyncActionModel, ShownAction as TerminateOverlappingActionModel, ShownAction as CorrectUnitActionModel, ShownAction as AskAPersonActionModel, ShownAction as NoActionModel } from './reconciliation-action.js';
import type { AcknowledgementOutcome as AcknowledgementPayloadModel } from './mutation/discrepancy.js';
import type { RecordChange as RecordChangeModel, ChangedField as ChangedFieldModel } from '../domain/history.js';
import type { ShownPosition as CommitmentPositionModel, ShownMinimumPosition as MinimumPositionModel, ShownPosition as ResourcePositionModel, ShownPosition as ContractPositionModel, ShownOrganizationPosition as OrganizationPositionModel, Agreement as MinimumAgreementModel } from './position.js';
import type { SpendPosition as SpendPositionModel, MonthPosition as MonthPositionModel } from '../domain/position/spend.js';
import type { Gap as UsageGapModel, MonthFigure as UsageFigureModel } from '../domain/position/figures.js';
import type { Forecast as SpendForecastModel } from '../domain/position/forecast.js';
import type { ProductPosition as ProductPositionModel } from '../domain/position/position.js';
import type { MinimumTotal as MinimumTotalModel, ResourceTotal as ResourceTotalModel, QuantityTotal as QuantityTotalModel, Missing as MissingPartModel } from '../domain/position/organization.js';
import type { OverlapScope as OverlapScopeModel } from '../domain/overlap.js';
import type { RenewalEntry as RenewalModel } from '../domain/renewal.js';
import type { RenewalCalendar as RenewalCalendarModel } from '../domain/calendars.js';
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

/** What an amount is of. */
export type AmountCycle =
  /** A month. */
  | 'MONTH'
  /** A year. */
  | 'YEAR';

/** Ask a person who knows the agreement. */
export type AskAPersonAction = RecommendedAction & {
  readonly __typename?: 'AskAPersonAction';
  /** What to do. */
  readonly kind: RecommendedActionKind;
  /** The same as a sentence. */
  readonly text: Scalars['String']['output'];
};

/** Who is right about a difference. */
export type Authority = {
  readonly __typename?: 'Authority';
  /** By which rule. */
  readonly rule: AuthorityRule;
  /** Who is right. */
  readonly side: AuthoritySide;
};

/** Rules that say whose word counts. */
export type AuthorityRule =
  /** Billing has something that the CRM does not explain. */
  | 'BILLING_DISPUTE'
  /** Terms are what was signed. */
  | 'CONTRACT_TERMS'
  /** A change of the CRM that is not in billing yet, however long it has been waiting. */
  | 'RECENT_CHANGE';

/** Whose word counts. */
export type AuthoritySide =
  /** Billing. */
  | 'COMMITMENT_MANAGER'
  /** The CRM. */
  | 'SALESFORCE'
  /** The contract as it was signed: neither system shows which of them is wrong. */
  | 'SIGNED_CONTRACT';

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

/**
 * Whether a change has arrived in billing as it was meant: what was expected, and what each look at Commitment Manager
 * showed. From the gateway's own store; every look reads anew.
 */
export type ChangeVerification = Node & {
  readonly __typename?: 'ChangeVerification';
  /** Why, for programs. Null before the first look. */
  readonly cause: Maybe<ChangeVerificationCause>;
  /** When the change was made. */
  readonly changedAt: Scalars['DateTime']['output'];
  /** Name of the client that asked. */
  readonly client: Scalars['String']['output'];
  /** What billing should hold. */
  readonly expected: ExpectedCommitment;
  /** The first look at or after this moment is the last. */
  readonly givesUpAt: Scalars['DateTime']['output'];
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** The key that the client gave it. Null if that client was not you. */
  readonly idempotencyKey: Maybe<Scalars['String']['output']>;
  /** Each look at billing, in order. */
  readonly looks: ReadonlyArray<ChangeVerificationLook>;
  /** Why, for people, and what to do. Null before the first look. */
  readonly message: Maybe<Scalars['String']['output']>;
  /** When billing is looked at next. Null when it is settled. */
  readonly nextLookAt: Maybe<Scalars['DateTime']['output']>;
  /** The change, where it was made by this graph and said so. Null otherwise. */
  readonly operation: Maybe<ContractOperation>;
  /** The customer, from the account directory. */
  readonly organization: Organization;
  /** Why, in the words of whoever asked. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** Id of the request that asked, for support. */
  readonly requestId: Scalars['String']['output'];
  /** When it was asked for. */
  readonly requestedAt: Scalars['DateTime']['output'];
  /** When it was settled. Null before that. */
  readonly settledAt: Maybe<Scalars['DateTime']['output']>;
  /** Where it stands. */
  readonly state: ChangeVerificationState;
  /** When this record last changed. */
  readonly updatedAt: Scalars['DateTime']['output'];
};

/** Why a verification stands where it does. */
export type ChangeVerificationCause =
  /** Billing holds what was expected. */
  | 'AS_EXPECTED'
  /** The change is on its way. */
  | 'NOT_THERE_YET'
  /** Billing was not updated since the change: so a webhook that failed looks. */
  | 'NOT_UPDATED'
  /** Billing holds no such commitment. */
  | 'NO_COMMITMENT'
  /** Billing was updated after the change, and holds something else. */
  | 'OTHER_VALUES'
  /** Billing is still synchronizing. */
  | 'STILL_SYNCHRONIZING'
  /** Billing says that its last synchronization failed. */
  | 'SYNC_FAILED'
  /** The values are there, and billing does not say all that would prove it, such as a recent update. */
  | 'UNPROVEN'
  /** Billing could not be read when it was time to. */
  | 'UNREADABLE';

/** A value that was compared. */
export type ChangeVerificationComparison = {
  readonly __typename?: 'ChangeVerificationComparison';
  /** As billing showed it. Null where it shows none. */
  readonly actual: Maybe<Scalars['String']['output']>;
  /** As text; money with its currency. Of LAST_UPDATE: not before this instant. */
  readonly expected: Scalars['String']['output'];
  /** Which. */
  readonly field: ChangeVerificationField;
  /** What came of it. */
  readonly verdict: ChangeVerificationVerdict;
};

/** A page of verifications. */
export type ChangeVerificationConnection = {
  readonly __typename?: 'ChangeVerificationConnection';
  /** The items with their cursors. */
  readonly edges: ReadonlyArray<ChangeVerificationEdge>;
  /** The items without cursors. */
  readonly nodes: ReadonlyArray<ChangeVerification>;
  /** Where the page begins and ends. */
  readonly pageInfo: PageInfo;
  /** How many there are in all. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A verification on a page. */
export type ChangeVerificationEdge = {
  readonly __typename?: 'ChangeVerificationEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The verification. */
  readonly node: ChangeVerification;
};

/** Something that could not be read. */
export type ChangeVerificationFailure = {
  readonly __typename?: 'ChangeVerificationFailure';
  /** One of the codes that errors have. */
  readonly code: Scalars['String']['output'];
  /** The same for people. */
  readonly message: Scalars['String']['output'];
};

/** Values that are compared (Commitment Manager). */
export type ChangeVerificationField =
  /** The first day after it. */
  | 'ENDS_BEFORE'
  /** `updated_at` and `last_updated`, the later of the two. */
  | 'LAST_UPDATE'
  /** `amount` of the commitment, else `mmc_amount`. */
  | 'MINIMUM'
  /** The first day. */
  | 'STARTS_ON'
  /** `sync_status`. */
  | 'SYNC_STATE';

/** One look at billing. */
export type ChangeVerificationLook = {
  readonly __typename?: 'ChangeVerificationLook';
  /** Why, for programs. */
  readonly cause: ChangeVerificationCause;
  /** Billing's id of the commitment that was compared. Null where there was none. */
  readonly commitmentExternalId: Maybe<Scalars['String']['output']>;
  /** Each value that was compared. Empty where there was nothing to compare. */
  readonly comparisons: ReadonlyArray<ChangeVerificationComparison>;
  /** What could not be read. Empty where all was. */
  readonly failures: ReadonlyArray<ChangeVerificationFailure>;
  /** When. */
  readonly lookedAt: Scalars['DateTime']['output'];
  /** Why, for people. */
  readonly message: Scalars['String']['output'];
  /** From 1. */
  readonly number: Scalars['Int']['output'];
  /** What it found. */
  readonly state: ChangeVerificationState;
};

/** A change that should have reached billing. */
export type ChangeVerificationStartInput = {
  /**
   * When the change was made; `updatedAt` of the order in the CRM is the best. Billing must have been updated since. At most
   * a minute ahead.
   */
  readonly changedAt: Scalars['DateTime']['input'];
  /** What billing should hold afterwards; at least one member. */
  readonly expected: ExpectedCommitmentInput;
  /**
   * Your name for this verification, 8 to 255 visible ASCII characters; a UUID is a good one. The same key with the same
   * input is the same verification; with another input it is refused.
   */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** Global id of the change, if it was made by this graph. */
  readonly operationId?: InputMaybe<Scalars['ID']['input']>;
  /** Slug of the customer in the account directory. */
  readonly organization: Scalars['String']['input'];
  /** Why, for the records; at most 500 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** What starting a verification answers with. */
export type ChangeVerificationStartPayload = {
  readonly __typename?: 'ChangeVerificationStartPayload';
  /** The verification. Null if it was refused. */
  readonly changeVerification: Maybe<ChangeVerification>;
  /** True: an earlier request with the same `idempotencyKey` started it. */
  readonly isReplay: Scalars['Boolean']['output'];
  /** Everything that is wrong with the input and can be mended. Empty if nothing is. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Where a verification stands. A change that is still on its way is never a discrepancy. */
export type ChangeVerificationState =
  /** Billing holds something else: it says that it is done with the change, or the time is over. */
  | 'MISMATCH'
  /** Not there yet, and still in time. The only state that another follows. */
  | 'PENDING_SYNC'
  /** The time is over, and neither can be said: billing could not be read, is still synchronizing, or does not say enough. */
  | 'TIMED_OUT'
  /** Billing holds what was expected, says that it is synchronized, and was updated after the change. */
  | 'VERIFIED';

/** What came of comparing a value. */
export type ChangeVerificationVerdict =
  /** It is another. */
  | 'DIFFERS'
  /** It is as expected. */
  | 'MATCH'
  /** Billing does not say, or could not be read. */
  | 'UNKNOWN';

/** A member of a record that is another than before. */
export type ChangedField = {
  readonly __typename?: 'ChangedField';
  /** As text; money with its currency. Null: there is no value. */
  readonly after: Maybe<Scalars['String']['output']>;
  /** As text; money with its currency. Null: there was no value. */
  readonly before: Maybe<Scalars['String']['output']>;
  /** Such as `term.endsBefore`, `committed` or `products[prod_1].committedQuantity`; parts of a list by id, or by place. */
  readonly path: Scalars['String']['output'];
};

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
  /**
   * Where the commitment stands on a day. Of which type it is depends on the kind: a minimum spend is money a month, committed
   * resources are quantities, a commitment of a contract has terms and no amount. They are never one number.
   */
  readonly position: Maybe<CommitmentPosition>;
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


/** What a customer promised to spend or use, at what price, until when. */
export type CommitmentPositionArgs = {
  on: InputMaybe<Scalars['Date']['input']>;
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

/** Days between two commitments on which none binds. */
export type CommitmentHole = {
  readonly __typename?: 'CommitmentHole';
  /** The one that ends last before the hole. */
  readonly after: Commitment;
  /** The first one after it. */
  readonly before: Commitment;
  /** How many days. */
  readonly days: Scalars['Int']['output'];
  /** The day after the last one without. */
  readonly endsBefore: Scalars['Date']['output'];
  /** Within what commitments were compared. */
  readonly scope: OverlapScope;
  /** The first day without one. */
  readonly startsOn: Scalars['Date']['output'];
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

/** Two commitments on the same days. */
export type CommitmentOverlap = {
  readonly __typename?: 'CommitmentOverlap';
  /** How many days. Null: both are open-ended. */
  readonly days: Maybe<Scalars['Int']['output']>;
  /** The day after the last one. Null: both are open-ended. */
  readonly endsBefore: Maybe<Scalars['Date']['output']>;
  /** The one that begins first. */
  readonly first: Commitment;
  /** Two minimum commitments at a time, of which there may be one. Of others, two at a time are for people to judge. */
  readonly isConflict: Scalars['Boolean']['output'];
  /** Within what they were compared. */
  readonly scope: OverlapScope;
  /** The other. */
  readonly second: Commitment;
  /** The first day on which both bind. */
  readonly startsOn: Scalars['Date']['output'];
};

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
  /** `contractCommitmentPenaltyChargeTypeId` and `contractCommitmentPenaltyChargeTypeName`: how the fee is worked out. */
  readonly chargeType: Maybe<ExternalReference>;
  /** `penaltyDescription`. */
  readonly description: Maybe<Scalars['String']['output']>;
  /** `penaltyServiceId` and `penaltyServiceName`: the fee that is charged. */
  readonly service: Maybe<ExternalReference>;
};

/** Where a commitment stands on a day. */
export type CommitmentPosition = {
  /** The day that was asked for. */
  readonly on: Scalars['Date']['output'];
  /** Why there is no more to say. Null where there is. */
  readonly problem: Maybe<PositionProblem>;
  /** Whether the commitment runs on that day. A later day than today is looked at from today. */
  readonly state: PositionState;
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

/** What differs. */
export type ComparedField =
  /** The first day after the term. */
  | 'ENDS_BEFORE'
  /** By how much the minimum rises at a step. */
  | 'ESCALATION_PERCENT'
  /** The amount of a month. */
  | 'MONTHLY_MINIMUM'
  /** Whether there is a record at all. */
  | 'RECORD'
  /** The first day. */
  | 'STARTS_ON'
  /** The status. */
  | 'STATUS';

/** What one side says, and as of when. */
export type ComparedSide = {
  readonly __typename?: 'ComparedSide';
  /** When the record last changed, as far as its system says. */
  readonly changedAt: Maybe<Scalars['DateTime']['output']>;
  /** When it was read. */
  readonly observedAt: Scalars['DateTime']['output'];
  /** Its own id of the record. Null for what is about no single record. */
  readonly recordExternalId: Maybe<Scalars['String']['output']>;
  /** Which system. */
  readonly source: SourceName;
  /** What it says. Null where it says nothing. */
  readonly value: Maybe<ComparedValue>;
};

/** Units in which values are compared. */
export type ComparedUnit =
  /** Days; the end is the first day after them. */
  | 'DAYS_END_EXCLUDED'
  /** Money of a month, in major units. */
  | 'MAJOR_UNITS_PER_MONTH'
  /** Percent; 5 is five percent. */
  | 'WHOLE_PERCENT'
  /** A word. */
  | 'WORD';

/** A value in the form in which both sides are compared. Only what its unit has is there. */
export type ComparedValue = {
  readonly __typename?: 'ComparedValue';
  /** Of a month. Null for other units, and where it is not known. */
  readonly amount: Maybe<Money>;
  /** As the order states it, before its cycle is applied. Null in billing, and for other units. */
  readonly enteredAmount: Maybe<Scalars['Decimal']['output']>;
  /** What the order's amount is of. Null where there is none. */
  readonly enteredPer: Maybe<AmountCycle>;
  /** In whole percent. Null for other units. */
  readonly percent: Maybe<Scalars['Decimal']['output']>;
  /** The days of a term, or of a whole record. Null for other units. */
  readonly term: Maybe<Term>;
  /** A status, in the system's own words. Null for other units. */
  readonly text: Maybe<Scalars['String']['output']>;
  /** The unit that both sides were brought to. */
  readonly unit: ComparedUnit;
};

/** An order, or a step of a ramped one, and the commitment that it became. */
export type Comparison = {
  readonly __typename?: 'Comparison';
  /** Billing's own id of the commitment. */
  readonly commitmentExternalId: Scalars['String']['output'];
  /** Global id of the commitment. */
  readonly commitmentId: Scalars['ID']['output'];
  /** By what they were found to belong together. */
  readonly joinedBy: JoinedBy;
  /** The CRM's own id of the order. */
  readonly orderExternalId: Scalars['String']['output'];
  /** Global id of the service order. */
  readonly orderId: Scalars['ID']['output'];
  /** MATCH alone, or one state for each difference. */
  readonly states: ReadonlyArray<ReconciliationState>;
  /** The CRM's own id of the step. Null for an order without a ramp. */
  readonly stepExternalId: Maybe<Scalars['String']['output']>;
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
  /** Where the commitment stands in its term and periods on a day. Reads nothing. */
  readonly position: Maybe<ContractPosition>;
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


/** Commitment of an account contract (LogiSense). It has terms, periods and a penalty, but no amount of its own. */
export type ContractCommitmentPositionArgs = {
  on: InputMaybe<Scalars['Date']['input']>;
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

/** Where a commitment of a contract stands (LogiSense): in time, for it has no amount. */
export type ContractPosition = CommitmentPosition & {
  readonly __typename?: 'ContractPosition';
  /** The period that contains the day. */
  readonly currentPeriod: Maybe<Period>;
  /** Days left, the running one counted. Null for an open end. */
  readonly daysLeft: Maybe<Scalars['Int']['output']>;
  /** How much of the term has passed, in whole percent of its time. Null for an open end. */
  readonly elapsedPercent: Maybe<Scalars['Decimal']['output']>;
  /** The day that was asked for. */
  readonly on: Scalars['Date']['output'];
  /** Periods that are over. Null where some period has no dates. */
  readonly periodsDone: Maybe<Scalars['Int']['output']>;
  /** How many periods it has. */
  readonly periodsTotal: Scalars['Int']['output'];
  /** Why there is no more to say. Null where there is. */
  readonly problem: Maybe<PositionProblem>;
  /** Whether the commitment runs on that day. A later day than today is looked at from today. */
  readonly state: PositionState;
};

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

/** Correct the figure that is in the wrong unit. */
export type CorrectUnitAction = RecommendedAction & {
  readonly __typename?: 'CorrectUnitAction';
  /** What to do. */
  readonly kind: RecommendedActionKind;
  /** Whose figure the contract contradicts. Null where its terms do not tell. */
  readonly side: Maybe<SourceName>;
  /** The same as a sentence. */
  readonly text: Scalars['String']['output'];
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
  /** Nothing arrived: see the code. With `asOf`: that was so then. */
  | 'FAILED'
  /** The customer has an account there, but this gateway was not given the backend. */
  | 'NOT_CONFIGURED'
  /** With `asOf`: it was seen then, and is no longer kept. */
  | 'NOT_KEPT'
  /** The customer has no account there. Nothing is missing. */
  | 'NOT_LINKED'
  /** With `asOf`: nobody had looked there by that moment, or not since a gateway keeps what it sees. Nothing is known. */
  | 'NOT_OBSERVED'
  /** Some records could not be read, or there were more than the gateway reads. */
  | 'PARTIAL'
  /**
   * Everything arrived, from an earlier answer: the source does not answer now, or is being asked again. With `asOf`: nobody
   * looked shortly before that moment. See `freshness`.
   */
  | 'STALE';

/** What differences cost in one currency. */
export type CurrencyImpact = {
  readonly __typename?: 'CurrencyImpact';
  /** The currency. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** What customers pay too little over all months that are not over. */
  readonly leakageOverTerm: Money;
  /** What customers pay too little this month. */
  readonly leakagePerMonth: Money;
  /** What customers pay too much over all months that are not over. */
  readonly overchargeOverTerm: Money;
  /** What customers pay too much this month. */
  readonly overchargePerMonth: Money;
};

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

/** A difference between the CRM and billing, or why nobody knows whether there is one: `state` tells. */
export type Discrepancy = {
  readonly __typename?: 'Discrepancy';
  /**
   * Who has acknowledged it. Null if nobody has, and where that no longer holds: it went away and came back, or its state,
   * its cause or a value is another than then.
   */
  readonly acknowledgement: Maybe<DiscrepancyAcknowledgement>;
  /** Which side is right, and by which rule. Null where nothing could be compared. */
  readonly authority: Maybe<Authority>;
  /** What billing says. Null if it has no such record, or could not be read. */
  readonly billing: Maybe<ComparedSide>;
  /** What is behind it, as far as can be told. */
  readonly cause: DiscrepancyCause;
  /** The cause as a sentence. */
  readonly causeText: Scalars['String']['output'];
  /** Billing's own id of the commitment. Null where there is none. */
  readonly commitmentExternalId: Maybe<Scalars['String']['output']>;
  /** Global id of the commitment. Null where there is none. */
  readonly commitmentId: Maybe<Scalars['ID']['output']>;
  /** What the CRM says. Null if it has no such record, or could not be read. */
  readonly crm: Maybe<ComparedSide>;
  /** What differs. */
  readonly fields: ReadonlyArray<ComparedField>;
  /**
   * When it was first seen since it was last away. Null where nothing is kept: of changes on their way, of sources that
   * failed, and by a gateway without a store.
   */
  readonly firstSeenAt: Maybe<Scalars['DateTime']['output']>;
  /**
   * The same for the same difference in every answer, whatever its values are by then; for `discrepancyAcknowledge`. It is
   * not read by `node`: a difference exists in comparing.
   */
  readonly id: Scalars['ID']['output'];
  /** What it costs whom. */
  readonly impact: DiscrepancyImpact;
  /** Whether it is a difference that lasts: no change on its way, and nothing that could not be compared. */
  readonly isLasting: Scalars['Boolean']['output'];
  /** When it was last seen: by this answer. Null where nothing is kept. */
  readonly lastSeenAt: Maybe<Scalars['DateTime']['output']>;
  /** The CRM's own id of the order. Null where there is none. */
  readonly orderExternalId: Maybe<Scalars['String']['output']>;
  /** Global id of the service order. Null where there is none. */
  readonly orderId: Maybe<Scalars['ID']['output']>;
  /** The customer. */
  readonly organization: Organization;
  /** What to do about it. */
  readonly recommendedAction: RecommendedAction;
  /** How urgent it is. */
  readonly severity: DiscrepancySeverity;
  /** What it is. */
  readonly state: ReconciliationState;
  /** The CRM's own id of the step of a ramped order. Null for others. */
  readonly stepExternalId: Maybe<Scalars['String']['output']>;
};

/** A difference that may stay for now. */
export type DiscrepancyAcknowledgeInput = {
  /** As `Discrepancy.id` gave it. */
  readonly discrepancyId: Scalars['ID']['input'];
  /** Why it may stay; 1 to 500 characters. Kept with your client's name. */
  readonly reason: Scalars['String']['input'];
};

/** Somebody has seen a difference and says why it may stay for now. */
export type DiscrepancyAcknowledgement = {
  readonly __typename?: 'DiscrepancyAcknowledgement';
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** Name of the client. */
  readonly by: Scalars['String']['output'];
  /** Why, in the client's words. */
  readonly reason: Scalars['String']['output'];
};

/** What acknowledging a difference, or taking that back, answers with. */
export type DiscrepancyAcknowledgementPayload = {
  readonly __typename?: 'DiscrepancyAcknowledgementPayload';
  /** The difference as it is now. Null if it is not there, and if it could not be acknowledged. */
  readonly discrepancy: Maybe<Discrepancy>;
  /** Everything that is wrong with the input and can be mended. Empty if nothing is. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** An acknowledgement that is to be taken back. */
export type DiscrepancyAcknowledgementWithdrawInput = {
  /** As `Discrepancy.id` gave it. */
  readonly discrepancyId: Scalars['ID']['input'];
  /** Why, for the records; at most 500 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** What is behind a difference. `Discrepancy.causeText` says it in a sentence. */
export type DiscrepancyCause =
  /** Several orders or commitments fit one another equally well. */
  | 'AMBIGUOUS_JOIN'
  /** A side gives no amount. */
  | 'AMOUNT_MISSING'
  /** The CRM does not say whether the order is approved. */
  | 'APPROVAL_UNKNOWN'
  /** The order is not approved any more, and its commitment runs. */
  | 'APPROVAL_WITHDRAWN'
  /** Billing changed without the order. */
  | 'BILLING_CHANGED'
  /** The commitment was cancelled, and its order stands. */
  | 'CANCELLED_IN_BILLING'
  /** One of the amounts is in another unit. */
  | 'CENTS_FOR_MAJOR_UNITS'
  /** The order changed so recently that billing may not have been told yet. */
  | 'CHANGE_ON_ITS_WAY'
  /** The amounts are in different currencies. */
  | 'CURRENCY_DIFFERS'
  /** An amount has no currency. */
  | 'CURRENCY_MISSING'
  /** Whether an amount is of a month or of a year is not known. */
  | 'CYCLE_UNKNOWN'
  /** A side does not say when it starts. */
  | 'DATES_MISSING'
  /** A last day or a time zone is read differently. */
  | 'DAY_CONVENTION'
  /** One of the percents is a fraction. */
  | 'FRACTION_FOR_PERCENT'
  /** The order's handler id leads to no commitment. */
  | 'HANDLER_UNKNOWN_TO_BILLING'
  /** The order was never sent to billing. */
  | 'NEVER_SENT'
  /** The account directory gives no account in the other system. */
  | 'NOT_LINKED'
  /** The order is in a stage that nothing is billed in, and its commitment runs. */
  | 'NOT_SIGNED'
  /** No order stands behind the commitment. */
  | 'NO_ORDER'
  /** A source does not say when it changed. */
  | 'ORDER_OF_CHANGES_UNKNOWN'
  /** A second commitment for the time of one that has its order. */
  | 'OVERLAPS_ANOTHER'
  /** Billing changed after the orders were read. */
  | 'READ_BEFORE_CHANGE'
  /** Several signed orders for the same time. */
  | 'SEVERAL_ACTIVE_ORDERS'
  /** A source could not be read. */
  | 'SOURCE_FAILED'
  /** A source did not give all of its records. */
  | 'SOURCE_INCOMPLETE'
  /** A source could only give an old answer. */
  | 'SOURCE_STALE'
  /** A side gives a status that is not known. */
  | 'STATUS_UNKNOWN'
  /** Billing has no commitment for this step of the ramp. */
  | 'STEP_NOT_IN_BILLING'
  /** Billing says that its last synchronization failed. */
  | 'SYNC_FAILED'
  /** The order is terminated, and its commitment runs. */
  | 'TERMINATION_NOT_APPLIED'
  /** The order's webhook has failed or was not sent. */
  | 'WEBHOOK_FAILED'
  /** A year's amount each month, or a twelfth of the month's. */
  | 'YEAR_FOR_MONTH';

/** What a difference costs. */
export type DiscrepancyImpact = {
  readonly __typename?: 'DiscrepancyImpact';
  /** The days that it affects. */
  readonly affects: Term;
  /** Whom. */
  readonly direction: ImpactDirection;
  /** Of all months that are not over. Null where their number or amount is not known. */
  readonly overTerm: Maybe<Money>;
  /** Of each month that it affects; never negative. Null where it is not known. */
  readonly perMonth: Maybe<Money>;
};

/** How urgent a difference is. */
export type DiscrepancySeverity =
  /** Nobody pays anything wrong, as far as is known. */
  | 'COSMETIC'
  /** The customer pays too little. */
  | 'LEAKAGE'
  /** The customer pays too much. */
  | 'OVERCHARGE';

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

/** What billing should hold. Null members are not compared. */
export type ExpectedCommitment = {
  readonly __typename?: 'ExpectedCommitment';
  /** The first day after it. */
  readonly endsBefore: Maybe<Scalars['Date']['output']>;
  /** The minimum of a month. */
  readonly minimum: Maybe<Money>;
  /** The first day. */
  readonly startsOn: Maybe<Scalars['Date']['output']>;
};

/** What billing should hold. Members that are left out are not compared. */
export type ExpectedCommitmentInput = {
  /** The first day after it. */
  readonly endsBefore?: InputMaybe<Scalars['Date']['input']>;
  /** The minimum of a month. */
  readonly minimum?: InputMaybe<MoneyInput>;
  /** The first day. */
  readonly startsOn?: InputMaybe<Scalars['Date']['input']>;
};

/** Something of a backend that has an id and perhaps a name there, and is not an object of this graph. */
export type ExternalReference = {
  readonly __typename?: 'ExternalReference';
  /** The backend's own id. */
  readonly externalId: Scalars['String']['output'];
  /** The backend's own name. */
  readonly name: Maybe<Scalars['String']['output']>;
};

/** Fixed prices in one currency. */
export type FixedPriceTotal = {
  readonly __typename?: 'FixedPriceTotal';
  /** Of how many commitments. */
  readonly commitments: Scalars['Int']['output'];
  /** The sum for a billing cycle. */
  readonly total: Money;
};

/** How the rest of a stretch is estimated. */
export type ForecastMethod =
  /** The stretch is over: nothing is estimated. */
  | 'ACTUAL'
  /** The rest goes on as the stretch has gone so far; there is no earlier month. */
  | 'RUN_RATE'
  /** Months to come are like the same ones a year ago, times the growth since. */
  | 'SEASONAL'
  /** Months to come are like the median of the last three known ones. */
  | 'TRAILING_MEDIAN';

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

/** Whom a difference costs something. */
export type ImpactDirection =
  /** The customer pays too little. */
  | 'LEAKAGE'
  /** Nobody. */
  | 'NONE'
  /** The customer pays too much. */
  | 'OVERCHARGE';

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

/** How an order and a commitment were found to belong together. */
export type JoinedBy =
  /** Billing's current state names the order's handler. */
  | 'CURRENT_STATE'
  /** Their dates overlap, and no others fit as well. */
  | 'DATES'
  /** The order carries the commitment's id. */
  | 'HANDLER_ID';

/** Find out what became of the order's webhook: the order's feed in the CRM shows it. */
export type LookForFailedWebhookAction = RecommendedAction & {
  readonly __typename?: 'LookForFailedWebhookAction';
  /** What to do. */
  readonly kind: RecommendedActionKind;
  /** The CRM's own id of the order. Null where there is none. */
  readonly orderExternalId: Maybe<Scalars['String']['output']>;
  /** Global id of the service order. Null where there is none. */
  readonly orderId: Maybe<Scalars['ID']['output']>;
  /** The same as a sentence. */
  readonly text: Scalars['String']['output'];
};

/** An unbroken row of minimum commitments, from the first day of the first to the last day of the last. */
export type MinimumAgreement = {
  readonly __typename?: 'MinimumAgreement';
  /** The source's own ids of the commitments. */
  readonly externalIds: ReadonlyArray<Scalars['String']['output']>;
  /** Where they stand together. */
  readonly position: SpendPosition;
};

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
  /**
   * Where the minimum spend stands on a day. Usage and billing history (Commitment Manager) are read once for a customer and day, and
   * only if `month` or `term` is asked for.
   */
  readonly position: Maybe<MinimumPosition>;
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
export type MinimumCommitmentPositionArgs = {
  on: InputMaybe<Scalars['Date']['input']>;
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

/** An amount that a difference must reach. Amounts in other currencies are not converted: they do not reach it. */
export type MinimumImpactInput = {
  /** In major units. */
  readonly amount: Scalars['Decimal']['input'];
  /** The currency. */
  readonly currency: Scalars['CurrencyCode']['input'];
};

/** Where a minimum spend stands (Commitment Manager). */
export type MinimumPosition = CommitmentPosition & {
  readonly __typename?: 'MinimumPosition';
  /** The calendar month that contains the day, as far as the commitment covers it. Null if it covers none of it. */
  readonly month: Maybe<SpendPosition>;
  /** The day that was asked for. */
  readonly on: Scalars['Date']['output'];
  /** Why there is no more to say. Null where there is. */
  readonly problem: Maybe<PositionProblem>;
  /**
   * Other minimum commitments of the customer on some of the same days: they count the same usage, which exists once. Null if
   * they could not be read.
   */
  readonly sharesUsageWith: Maybe<ReadonlyArray<MinimumCommitment>>;
  /** Whether the commitment runs on that day. A later day than today is looked at from today. */
  readonly state: PositionState;
  /** From its first day to its last. Sums are null where it is open-ended. */
  readonly term: Maybe<SpendPosition>;
};

/** Minimum commitments of one currency (Commitment Manager). Usage counts once, however many are on the same days. */
export type MinimumTotal = {
  readonly __typename?: 'MinimumTotal';
  /** The unbroken row of commitments (steps of a ramp, or ones that overlap) that contains the day. Null where there is none. */
  readonly agreement: Maybe<MinimumAgreement>;
  /** The currency. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** Whether, on some days of the month or the agreement, more than one binds: minimums are added then, usage is not. */
  readonly hasOverlaps: Scalars['Boolean']['output'];
  /** The source's own ids of the commitments with days in the month of the day. */
  readonly inMonthExternalIds: ReadonlyArray<Scalars['String']['output']>;
  /** The calendar month that contains the day, as far as they cover it. Null if they cover none of it. */
  readonly month: Maybe<SpendPosition>;
};

/** Something that a position lacks. */
export type MissingPart = {
  readonly __typename?: 'MissingPart';
  /** Why a source failed, as the same code that errors carry in `extensions.code`. */
  readonly code: Maybe<Scalars['String']['output']>;
  /** How many, where they are counted. */
  readonly count: Maybe<Scalars['Int']['output']>;
  /** The source's own id of the commitment, where it is one. */
  readonly externalId: Maybe<Scalars['String']['output']>;
  /** The month, where usage is missing. */
  readonly month: Maybe<Scalars['YearMonth']['output']>;
  /** Why. */
  readonly reason: MissingPartReason;
  /** The source that it is missing from. */
  readonly source: SourceName;
};

/** Why a position lacks something. */
export type MissingPartReason =
  /** A commitment that was cancelled, on a day that its source does not give. */
  | 'CANCELLED_UNDATED'
  /** Two entries of the billing history, two amounts. */
  | 'CONTRADICTORY'
  /** There were more records than the gateway reads. */
  | 'LIST_TRUNCATED'
  /** A commitment without a monthly minimum, or without a currency to it. */
  | 'NO_AMOUNT'
  /** A record of the month without an amount, or without a currency. */
  | 'NO_CURRENCY_OR_AMOUNT'
  /** Billing says nothing of the month, or it is more than 60 months ago: so far back nothing is read. */
  | 'NO_FIGURE'
  /** A commitment without a first day. */
  | 'NO_START'
  /** Usage of the month is in another currency than the commitment. */
  | 'OTHER_CURRENCY'
  /** Usage of the month could not be read: see the code. */
  | 'READ_FAILED'
  /** Records could not be read and were left out. */
  | 'RECORDS_DROPPED'
  /** The figure of the month was seen before its end, or is older than a day. */
  | 'SEEN_BEFORE_ITS_END'
  /** The source could not be read. */
  | 'SOURCE_FAILED'
  /** The customer has an account there, but this gateway was not given the backend. */
  | 'SOURCE_NOT_CONFIGURED';

/** An amount of money. */
export type Money = {
  readonly __typename?: 'Money';
  /** In major units (dollars, not cents), exact, with at least as many decimals as the currency uses. */
  readonly amount: Scalars['Decimal']['output'];
  /** The currency of the amount. */
  readonly currency: Scalars['CurrencyCode']['output'];
};

/** An amount of money. */
export type MoneyInput = {
  /** In major units, such as "15000.00". */
  readonly amount: Scalars['Decimal']['input'];
  /** Its currency. */
  readonly currency: Scalars['CurrencyCode']['input'];
};

/** A month of a minimum spend, or that part of it on which the minimum binds. */
export type MonthPosition = {
  readonly __typename?: 'MonthPosition';
  /** The minimum of the counted days. */
  readonly committed: Money;
  /** The part of it that falls on the time that has passed. */
  readonly committedToDate: Money;
  /** What was used. Null where it is not known; zero in a month to come. */
  readonly consumed: Maybe<Money>;
  /** How much of the counted time `consumed` covers, in whole percent. */
  readonly coveredPercent: Scalars['Decimal']['output'];
  /** Days that count: fewer than the month has where the minimum begins or ends in it. */
  readonly days: Scalars['Int']['output'];
  /** Days of the month. */
  readonly daysInMonth: Scalars['Int']['output'];
  /** How much of the counted time has passed, in whole percent. */
  readonly elapsedPercent: Scalars['Decimal']['output'];
  /** The day after the last counted one. */
  readonly endsBefore: Scalars['Date']['output'];
  /** What was used, where the month is over and known; else what is forecast for its counted days. */
  readonly expected: Maybe<Money>;
  /** The figure of the whole calendar month that `consumed` was made of. Null where there is none. */
  readonly figure: Maybe<UsageFigure>;
  /** Why it is not known. Null where it is. */
  readonly gap: Maybe<UsageGap>;
  /** Whether `consumed` is a part of the month's figure, divided by time. */
  readonly isEstimated: Scalars['Boolean']['output'];
  /** Whether it is known what was used in the time that has passed. True of a month to come: there is nothing to know. */
  readonly isKnown: Scalars['Boolean']['output'];
  /** The month. */
  readonly month: Scalars['YearMonth']['output'];
  /** What was used above the minimum, not below zero. Null where it is not known. */
  readonly overage: Maybe<Money>;
  /** What `expected` falls short of the minimum: the month's true-up, if each month is settled by itself. */
  readonly shortfall: Maybe<Money>;
  /** First counted day. */
  readonly startsOn: Scalars['Date']['output'];
  /** Whether its counted days are over. */
  readonly state: MonthState;
};

/** Whether a month is over. */
export type MonthState =
  /** All of its counted days are over. */
  | 'OVER'
  /** Some are. */
  | 'RUNNING'
  /** None has begun. */
  | 'TO_COME';

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
  /**
   * Has the gateway look whether a change, made here or in the CRM, arrives in billing: two minutes after it, and until five
   * minutes after it, unless the gateway is configured otherwise. Changes nothing in any backend. Survives a restart. Needs
   * the scope `commitments:write`.
   */
  readonly changeVerificationStart: Maybe<ChangeVerificationStartPayload>;
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
   * Acknowledges a difference between the CRM and billing, with a reason: it is looked at again, and what is there now is
   * acknowledged. Nothing is sent to a backend. Done again, the last reason counts. Needs the scope `commitments:write`.
   */
  readonly discrepancyAcknowledge: Maybe<DiscrepancyAcknowledgementPayload>;
  /**
   * Takes an acknowledgement back, whoever made it. Nothing is sent to a backend; one that is not there stays so. Needs the
   * scope `commitments:write`.
   */
  readonly discrepancyAcknowledgementWithdraw: Maybe<DiscrepancyAcknowledgementPayload>;
  /**
   * Has Commitment Manager read a customer's orders again (`POST /organizations/{id}/sync`). Asked for twice at a time, it is
   * done once. Needs the scope `commitments:write`.
   */
  readonly organizationSync: Maybe<OrganizationSyncPayload>;
  /**
   * Makes a calendar of renewals that calendar programs can subscribe to (iCalendar), with an address that is shown in this answer
   * and never again. Whoever has the address can read the calendar, with what this client is granted at that moment and no
   * more. Nothing is sent to a backend.
   */
  readonly renewalCalendarCreate: Maybe<RenewalCalendarCreatePayload>;
  /** Revokes a calendar of this client: its address answers as if it had never been, from now on. Nothing is sent to a backend. */
  readonly renewalCalendarRevoke: Maybe<RenewalCalendarRevokePayload>;
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
export type MutationChangeVerificationStartArgs = {
  input: ChangeVerificationStartInput;
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
export type MutationDiscrepancyAcknowledgeArgs = {
  input: DiscrepancyAcknowledgeInput;
};


/**
 * Changes. Each is sent to its backend at most once, whatever happens, and ends as succeeded, failed, in review or unknown;
 * what is unknown is settled by reading back, never by sending again. A document may hold one change for each of its
 * operations, and a change is never made by GET.
 *
 * Given again with the same `idempotencyKey` and the same input, a change is not made again: what became of the first
 * request is answered, also after a restart. Each field is null where an entry of `errors` says why nothing was sent.
 */
export type MutationDiscrepancyAcknowledgementWithdrawArgs = {
  input: DiscrepancyAcknowledgementWithdrawInput;
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
export type MutationRenewalCalendarCreateArgs = {
  input: RenewalCalendarCreateInput;
};


/**
 * Changes. Each is sent to its backend at most once, whatever happens, and ends as succeeded, failed, in review or unknown;
 * what is unknown is settled by reading back, never by sending again. A document may hold one change for each of its
 * operations, and a change is never made by GET.
 *
 * Given again with the same `idempotencyKey` and the same input, a change is not made again: what became of the first
 * request is answered, also after a restart. Each field is null where an entry of `errors` says why nothing was sent.
 */
export type MutationRenewalCalendarRevokeArgs = {
  input: RenewalCalendarRevokeInput;
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

/** Nothing to do here: the source has to answer first. */
export type NoAction = RecommendedAction & {
  readonly __typename?: 'NoAction';
  /** What to do. */
  readonly kind: RecommendedActionKind;
  /** The same as a sentence. */
  readonly text: Scalars['String']['output'];
};

/** Anything with a global id. */
export type Node = {
  /** Global id, opaque: do not take it apart, its form may change. Stays valid as long as the object exists. */
  readonly id: Scalars['ID']['output'];
};

/** A commitment that could not be compared. */
export type NotComparedCommitment = {
  readonly __typename?: 'NotComparedCommitment';
  /** Which. */
  readonly commitment: Commitment;
  /** Why. */
  readonly reason: NotComparedReason;
};

/** Why a commitment could not be compared. */
export type NotComparedReason =
  /** It was cancelled, on a day that its source does not give. */
  | 'CANCELLED_UNDATED'
  /** It names no product, and committed resources are compared product by product. */
  | 'NO_PRODUCTS'
  /** Its source gives no first day. */
  | 'NO_START';

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
  /** The verifications of changes that were started, newest first, those of other clients included. Null if they could not be read. */
  readonly changeVerifications: Maybe<ChangeVerificationConnection>;
  /**
   * What changed in the customer's records, newest first, as the gateway saw it: each change with the look that saw it and
   * the look before. What nobody looked at is not in it. Asking this calls no backend.
   */
  readonly changes: Maybe<RecordChangeConnection>;
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
  /**
   * Which of the customer's commitments bind on the same days, and on which days between two of them none does, over all backends.
   * Minimum commitments (Commitment Manager) are compared with each other, committed resources (CloudMC) product by product,
   * commitments of contracts (LogiSense) account contract by account contract. Read `coverage` before trusting a hole.
   */
  readonly overlaps: Maybe<OverlapReport>;
  /**
   * Where the customer stands on a day, over all backends. Kinds and currencies are never added to one another; what a total lacks is
   * in `missing`, and a source that fails is in `coverage` and `errors`, and never counts as zero.
   */
  readonly position: Maybe<OrganizationPosition>;
  /**
   * What is to be checked before the customer's minimum commitment is changed: each check by itself, with what it was
   * decided by. Changes nothing. A source that could not be read makes its checks UNKNOWN, never PASS. The contract is read
   * for clients with the scope `billing:read` only; for others, what depends on it is UNKNOWN. Null where the input was
   * refused.
   */
  readonly preflight: Maybe<Preflight>;
  /**
   * Whether the CRM and billing agree about this customer: service orders (Salesforce) against minimum commitments
   * (Commitment Manager), field by field, read now. A source that fails leaves its comparisons open; it never makes a record
   * look missing.
   */
  readonly reconciliation: Maybe<Reconciliation>;
  /**
   * When the customer's commitments, contracts and orders end, until when notice can be given, and what happens then, in order of
   * urgency: by the last day for notice, else by the end; without either, last. What has ended is not shown. What a source
   * does not state is null or UNKNOWN, and is in the list all the same.
   */
  readonly renewals: Maybe<RenewalConnection>;
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
export type OrganizationChangeVerificationsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};


/** A customer. The account directory says which accounts it has in which backend. */
export type OrganizationChangesArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  kinds: InputMaybe<ReadonlyArray<RecordKind>>;
  since: Scalars['DateTime']['input'];
  until: InputMaybe<Scalars['DateTime']['input']>;
};


/** A customer. The account directory says which accounts it has in which backend. */
export type OrganizationCommitmentsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  asOf: InputMaybe<Scalars['DateTime']['input']>;
  filter: InputMaybe<CommitmentFilter>;
  first?: Scalars['Int']['input'];
  orderBy?: CommitmentOrder;
};


/** A customer. The account directory says which accounts it has in which backend. */
export type OrganizationContractsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  asOf: InputMaybe<Scalars['DateTime']['input']>;
  first?: Scalars['Int']['input'];
};


/** A customer. The account directory says which accounts it has in which backend. */
export type OrganizationOperationsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<ContractOperationFilter>;
  first?: Scalars['Int']['input'];
};


/** A customer. The account directory says which accounts it has in which backend. */
export type OrganizationOverlapsArgs = {
  mostPairs?: Scalars['Int']['input'];
};


/** A customer. The account directory says which accounts it has in which backend. */
export type OrganizationPositionArgs = {
  on: InputMaybe<Scalars['Date']['input']>;
};


/** A customer. The account directory says which accounts it has in which backend. */
export type OrganizationPreflightArgs = {
  change: PreflightChangeInput;
};


/** A customer. The account directory says which accounts it has in which backend. */
export type OrganizationRenewalsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<RenewalFilter>;
  first?: Scalars['Int']['input'];
};


/** A customer. The account directory says which accounts it has in which backend. */
export type OrganizationServiceOrdersArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  asOf: InputMaybe<Scalars['DateTime']['input']>;
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

/** Where a customer stands: its commitments together, as far as they can be put together. */
export type OrganizationPosition = {
  readonly __typename?: 'OrganizationPosition';
  /** Commitments of contracts that run on the day; they have no amounts (LogiSense). Reads nothing else. Null if they could not be read. */
  readonly contractCommitments: Maybe<Scalars['Int']['output']>;
  /** What became of reading each source. Usage that could not be read makes Commitment Manager PARTIAL. */
  readonly coverage: Coverage;
  /** Whether nothing is missing from any of it. */
  readonly isComplete: Scalars['Boolean']['output'];
  /**
   * Minimum commitments, one entry for each currency, in the order of their codes (Commitment Manager). Null if they could not be
   * read; empty if there are none about that day.
   */
  readonly minimum: Maybe<ReadonlyArray<MinimumTotal>>;
  /** Everything that is missing from it, with the reason. */
  readonly missing: ReadonlyArray<MissingPart>;
  /** The day that was asked for. */
  readonly on: Scalars['Date']['output'];
  /** Committed resources (CloudMC). Reads nothing else. Null if they could not be read. */
  readonly resources: Maybe<ResourceTotal>;
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

/** Commitments on the same days, and days without any. */
export type OverlapReport = {
  readonly __typename?: 'OverlapReport';
  /** What became of reading each source: a commitment that could not be read is in no pair, and its days may look like a hole. */
  readonly coverage: Coverage;
  /** Days between two commitments of a scope on which none binds. */
  readonly holes: ReadonlyArray<CommitmentHole>;
  /** Commitments that could not be compared: whether they overlap is not known. */
  readonly notCompared: ReadonlyArray<NotComparedCommitment>;
  /** Pairs that share days, by scope and then by the first shared day. */
  readonly overlaps: ReadonlyArray<CommitmentOverlap>;
  /** How many pairs share days, listed or not. */
  readonly pairs: Scalars['Int']['output'];
};

/** Within what commitments are compared. */
export type OverlapScope = {
  readonly __typename?: 'OverlapScope';
  /** The backend's own id of the product or the account contract. Null for MINIMUM_SPEND. */
  readonly externalId: Maybe<Scalars['String']['output']>;
  /** What it is. */
  readonly kind: OverlapScopeKind;
  /** SKU of the product, or name of the account contract. Null for MINIMUM_SPEND, and where the source has none. */
  readonly name: Maybe<Scalars['String']['output']>;
};

/** What commitments are compared within. */
export type OverlapScopeKind =
  /** An account contract (LogiSense). */
  | 'ACCOUNT_CONTRACT'
  /** All minimum commitments of a customer (Commitment Manager): one at a time is allowed. */
  | 'MINIMUM_SPEND'
  /** A product of committed resources (CloudMC). */
  | 'PRODUCT';

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

/** Which renewals, of which customers. All that is given must hold. */
export type PortfolioRenewalFilter = {
  /** Only what is over before that day. What has no end is left out; what has an end that nobody knows is kept. */
  readonly endsBefore?: InputMaybe<Scalars['Date']['input']>;
  /** Whether what nobody knows is kept by the two days above. */
  readonly includeUnknown?: Scalars['Boolean']['input'];
  /**
   * Only where the last day for notice is before that day. Where there is nothing to give notice of is left out; where the last
   * day for notice is not known is kept.
   */
  readonly noticeBefore?: InputMaybe<Scalars['Date']['input']>;
  /** Slugs of the customers, at most 50; those that you may not see are as if they were not there. */
  readonly organizations?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Only of these sources; others are not asked. */
  readonly sources?: InputMaybe<ReadonlyArray<SourceName>>;
};

/** Why nothing can be said of where a commitment stands. */
export type PositionProblem =
  /** It was cancelled, on a day that its source does not give. */
  | 'CANCELLED_UNDATED'
  /** There is no monthly minimum, or no currency to it. */
  | 'NO_AMOUNT'
  /** Its source gives no first day. */
  | 'NO_START';

/** Whether something runs. */
export type PositionState =
  /** All of its days are over, or it has none. */
  | 'ENDED'
  /** It runs. */
  | 'RUNNING'
  /** Nobody knows its days. */
  | 'UNDATED'
  /** It has not begun. */
  | 'UPCOMING';

/** What the checks before a change found. */
export type Preflight = {
  readonly __typename?: 'Preflight';
  /** Each check, in the order of `PreflightCheckCode`. */
  readonly checks: ReadonlyArray<PreflightCheck>;
  /** How complete the commitments were that overlaps were looked for among. */
  readonly coverage: Coverage;
  /** The current minimum commitment as billing sees it. Null if there is none, or if it could not be read. */
  readonly current: Maybe<MinimumCommitmentState>;
  /** FAIL where one check fails, else UNKNOWN where one could not be decided, else PASS. */
  readonly verdict: PreflightVerdict;
};

/** A change of a customer's minimum commitment that somebody means to make. Members that are left out stay as they are. */
export type PreflightChangeInput = {
  /** The first day after it. */
  readonly endsBefore?: InputMaybe<Scalars['Date']['input']>;
  /** True: another commitment is made beside the current one, which stays as it is, and must not overlap it. */
  readonly isAddition?: Scalars['Boolean']['input'];
  /** The minimum of a month. */
  readonly minimum?: InputMaybe<MoneyInput>;
  /** The mutations of this graph that you mean to make, at most 5: whether something is open on what they change. */
  readonly mutations?: InputMaybe<ReadonlyArray<PreflightMutationInput>>;
  /**
   * What the minimum of a month must be at least, if you know it. Left out: as the contract states it, where it states an
   * amount.
   */
  readonly requiredMinimum?: InputMaybe<MoneyInput>;
  /** The first day. */
  readonly startsOn?: InputMaybe<Scalars['Date']['input']>;
};

/** One check. */
export type PreflightCheck = {
  readonly __typename?: 'PreflightCheck';
  /** What is checked. */
  readonly code: PreflightCheckCode;
  /** What it was decided by. */
  readonly evidence: ReadonlyArray<PreflightEvidence>;
  /** The same in a sentence, and what to do. */
  readonly message: Scalars['String']['output'];
  /** The backend that it is about. Null: several of them, or the gateway itself. */
  readonly source: Maybe<SourceName>;
  /** What came of it. */
  readonly verdict: PreflightVerdict;
};

/** What is checked before a change. */
export type PreflightCheckCode =
  /** Billing has a current commitment, and it is active. */
  | 'COMMITMENT_ACTIVE'
  /** What the contract says: its statements, in its own words. Nothing is concluded from them. */
  | 'CONTRACT_RESTRICTIONS'
  /** The new minimum is at least the required one. */
  | 'MINIMUM_MET'
  /** No change of the same things is on its way, or of an unknown outcome. */
  | 'NO_OPEN_OPERATION'
  /**
   * No other commitment binds on the same days. Another minimum commitment fails it; commitments in other backends are
   * shown, and for people to judge.
   */
  | 'NO_OVERLAP'
  /** Billing holds what the CRM last said. */
  | 'SYNCHRONIZED'
  /** What you mean to change is as you have read it. Only where you gave a version. */
  | 'VERSION_CURRENT';

/** Something that a check was decided by. */
export type PreflightEvidence = {
  readonly __typename?: 'PreflightEvidence';
  /** What it is, such as `syncStatus`; of a statement of the contract, its kind and name. */
  readonly name: Scalars['String']['output'];
  /** When it was read. Null for what was not read from a backend. */
  readonly observedAt: Maybe<Scalars['DateTime']['output']>;
  /** Where it is from. Null: from you, from the account directory, or from the gateway's own journal. */
  readonly source: Maybe<SourceName>;
  /** Its value, as text; money with its currency. Null where its source gives none. */
  readonly value: Maybe<Scalars['String']['output']>;
};

/** A mutation that somebody means to make. */
export type PreflightMutationInput = {
  /** `version` of it, as you have read it: whether that is still so. */
  readonly expectedVersion?: InputMaybe<Scalars['String']['input']>;
  /** Which. */
  readonly kind: ContractOperationKind;
  /** Global id of the contract or commitment that it changes. Left out: it makes something new, or is about the customer. */
  readonly targetId?: InputMaybe<Scalars['ID']['input']>;
};

/** What came of a check. */
export type PreflightVerdict =
  /** Something speaks against it. */
  | 'FAIL'
  /** Nothing that was read speaks against the change. */
  | 'PASS'
  /** It could not be found out, or is for people to judge. */
  | 'UNKNOWN';

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

/** Where a committed product stands (CloudMC). */
export type ProductPosition = {
  readonly __typename?: 'ProductPosition';
  /** What was committed, in the product's own unit; not money. */
  readonly committedQuantity: Maybe<Scalars['Decimal']['output']>;
  /** What was used, in the product's own unit. Null: the source does not tell, which is not zero. */
  readonly consumedQuantity: Maybe<Scalars['Decimal']['output']>;
  /** The discount, in whole percent: 10 is ten percent. */
  readonly discountPercent: Maybe<Scalars['Decimal']['output']>;
  /** The product. */
  readonly product: Product;
};

/** A new quantity of a product. */
export type ProductQuantityInput = {
  /** `productId` in MonetizeNow. */
  readonly productId: Scalars['String']['input'];
  /** The new total, not a difference. Not money. */
  readonly quantity: Scalars['Decimal']['input'];
};

/** Committed quantities of one product. */
export type QuantityTotal = {
  readonly __typename?: 'QuantityTotal';
  /** Commitments of the product. */
  readonly commitments: Scalars['Int']['output'];
  /** The sum of those that state one, in the product's own unit; not money. */
  readonly committedQuantity: Maybe<Scalars['Decimal']['output']>;
  /** What was used. Null: the source does not tell, which is not zero. */
  readonly consumedQuantity: Maybe<Scalars['Decimal']['output']>;
  /** The product. */
  readonly product: Product;
  /** Commitments of the product that state no quantity. */
  readonly unstated: Scalars['Int']['output'];
};

/** Commitments, contracts and service orders of your customers, from every billing system that holds them. */
export type Query = {
  readonly __typename?: 'Query';
  /** One verification of a change by its id. Null if there is none, or if you may not see it: the two look the same. */
  readonly changeVerification: Maybe<ChangeVerification>;
  /**
   * What changed in the records of your customers, newest first, as the gateway saw it: each change with the look that saw
   * it and the look before. What nobody looked at is not in it. Asking this calls no backend.
   */
  readonly changes: Maybe<RecordChangeConnection>;
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
  /**
   * Whether the CRM and billing agree, for many customers: read now, with one walk over the orders of all customers of the
   * page. A page is so many customers, in the order of their slugs; those that a filter leaves nothing of are not shown, so
   * that a page can be shorter than asked for, or empty, and there is more all the same. See `pageInfo`. With `@fresh(within:)`
   * it may use answers that others were given so long ago.
   */
  readonly reconciliation: Maybe<ReconciliationConnection>;
  /**
   * The calendars that this client has made and not revoked, the newest first. Without a store, or for a client that is known by a
   * token and not by a key of the clients file: none.
   */
  readonly renewalCalendars: Maybe<ReadonlyArray<RenewalCalendar>>;
  /**
   * What ends when, for several customers, in order of urgency: by the last day for notice, else by the end; without either, last.
   * Because of that order all of the customers are read for each page: name at most 50 of them.
   */
  readonly renewals: Maybe<RenewalConnection>;
  /** Every backend as the gateway sees it now. Asking this calls no backend. */
  readonly sources: ReadonlyArray<Source>;
};


/** Commitments, contracts and service orders of your customers, from every billing system that holds them. */
export type QueryChangeVerificationArgs = {
  id: Scalars['ID']['input'];
};


/** Commitments, contracts and service orders of your customers, from every billing system that holds them. */
export type QueryChangesArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  kinds: InputMaybe<ReadonlyArray<RecordKind>>;
  organizations: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  since: Scalars['DateTime']['input'];
  until: InputMaybe<Scalars['DateTime']['input']>;
};


/** Commitments, contracts and service orders of your customers, from every billing system that holds them. */
export type QueryCommitmentArgs = {
  asOf: InputMaybe<Scalars['DateTime']['input']>;
  id: Scalars['ID']['input'];
};


/** Commitments, contracts and service orders of your customers, from every billing system that holds them. */
export type QueryCommitmentsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  asOf: InputMaybe<Scalars['DateTime']['input']>;
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


/** Commitments, contracts and service orders of your customers, from every billing system that holds them. */
export type QueryReconciliationArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<ReconciliationFilter>;
  first?: Scalars['Int']['input'];
};


/** Commitments, contracts and service orders of your customers, from every billing system that holds them. */
export type QueryRenewalsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<PortfolioRenewalFilter>;
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

/** What to do about a difference. Each kind is a type of its own, with what is needed to do it. */
export type RecommendedAction = {
  /** What to do. */
  readonly kind: RecommendedActionKind;
  /** The same as a sentence. */
  readonly text: Scalars['String']['output'];
};

/** What to do about a difference. */
export type RecommendedActionKind =
  /** Ask a person who knows the agreement. */
  | 'ASK_A_PERSON'
  /** Correct the figure that is in the wrong unit. */
  | 'CORRECT_UNIT'
  /** Find out what became of the order's webhook. */
  | 'LOOK_FOR_FAILED_WEBHOOK'
  /** Nothing: it has no cause here. */
  | 'NONE'
  /** End the commitment that overlaps another. */
  | 'TERMINATE_OVERLAPPING'
  /** Have billing read the customer's orders again. */
  | 'TRIGGER_SYNC'
  /** Wait, and look again. */
  | 'WAIT_UNTIL';

/** What comparing the CRM with billing found for one customer. */
export type Reconciliation = {
  readonly __typename?: 'Reconciliation';
  /** When it was compared. */
  readonly at: Scalars['DateTime']['output'];
  /** The orders, and steps of ramped ones, that have their commitment in billing. */
  readonly comparisons: ReadonlyArray<Comparison>;
  /** What was read for it. */
  readonly coverage: ReconciliationCoverage;
  /** Differences that last, the most urgent first. */
  readonly discrepancies: ReadonlyArray<Discrepancy>;
  /** The customer. */
  readonly organization: Organization;
  /** Changes that may still be on their way from the CRM to billing: no differences, and not counted as such. */
  readonly pending: ReadonlyArray<Discrepancy>;
  /** In figures. */
  readonly summary: ReconciliationSummary;
  /** What could not be compared, and why: neither a match nor a difference. */
  readonly uncompared: ReadonlyArray<Discrepancy>;
};

/** A page of reconciliations. */
export type ReconciliationConnection = {
  readonly __typename?: 'ReconciliationConnection';
  /** What of the CRM and of billing this page lacks. An old answer counts as missing: nothing is concluded from it. */
  readonly coverage: Coverage;
  /** The items with their cursors. */
  readonly edges: ReadonlyArray<ReconciliationEdge>;
  /** The items without cursors. */
  readonly nodes: ReadonlyArray<Reconciliation>;
  /** Where the page begins and ends. */
  readonly pageInfo: PageInfo;
  /** All customers that were read for this page in figures, whatever the filter leaves of them. */
  readonly summary: ReconciliationSummary;
  /** How many customers there are in all, whatever the filter leaves of them. */
  readonly totalCount: Scalars['Int']['output'];
};

/** What was read to compare a customer. */
export type ReconciliationCoverage = {
  readonly __typename?: 'ReconciliationCoverage';
  /** The customer's minimum commitments (Commitment Manager). */
  readonly commitments: SideCoverage;
  /** Whether both sides were read whole. */
  readonly complete: Scalars['Boolean']['output'];
  /** Billing's current commitment, which helps to find the order that it belongs to; read where something is suspicious. */
  readonly currentState: SideCoverage;
  /** The customer's service orders (Salesforce). */
  readonly orders: SideCoverage;
  /** The contract, for its percents; read where there is a ramp to compare them with. */
  readonly terms: SideCoverage;
};

/** A reconciliation on a page. */
export type ReconciliationEdge = {
  readonly __typename?: 'ReconciliationEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The reconciliation. */
  readonly node: Reconciliation;
};

/** Which customers to reconcile, and which of their differences to show. All that is given must hold. */
export type ReconciliationFilter = {
  /** True: only those with an acknowledgement that holds. False: only those without. */
  readonly acknowledged?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only differences with one of these causes. */
  readonly causes?: InputMaybe<ReadonlyArray<DiscrepancyCause>>;
  /**
   * Only differences of at least that much, over all months that are not over, in that currency. One that costs somebody
   * something, and nobody knows how much, is shown too.
   */
  readonly minimumImpact?: InputMaybe<MinimumImpactInput>;
  /** Slugs of the customers; those that you may not see are as if they were not there. At most 100. */
  readonly organizations?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Only differences in one of these states; MATCH shows none. */
  readonly states?: InputMaybe<ReadonlyArray<ReconciliationState>>;
};

/** How an order and what billing made of it stand to each other. */
export type ReconciliationState =
  /** Billing is newer, or nobody knows which is: what is billed counts until somebody has looked. */
  | 'BILLING_AHEAD'
  /** Nothing can be said: a source could not be read, or a record leaves open what it means. */
  | 'CANNOT_COMPARE'
  /** The order is newer: billing has missed a change. */
  | 'CRM_AHEAD'
  /** They agree. */
  | 'MATCH'
  /** Billed, and not signed. */
  | 'ONLY_IN_BILLING'
  /** Signed and approved, and not in billing. */
  | 'ONLY_IN_CRM'
  /** The percents differ by a factor of exactly 100: one of them is a fraction. */
  | 'PERCENT_SUSPECT'
  /** The dates differ by one day. */
  | 'PERIOD_SHIFT'
  /** One side counts it as over or not agreed, and the other bills it; or the other way round. */
  | 'STATUS_CONFLICT'
  /** The order changed so recently that billing may not have been told yet. No difference. */
  | 'SYNC_PENDING'
  /** The amounts differ by a factor of exactly 100: one of them is in another unit. */
  | 'UNIT_SUSPECT';

/** Reconciliations in figures. */
export type ReconciliationSummary = {
  readonly __typename?: 'ReconciliationSummary';
  /** Customers of whom both sides were read whole. */
  readonly completeOrganizations: Scalars['Int']['output'];
  /** How often each state occurs, in the order of the enum. */
  readonly counts: ReadonlyArray<StateCount>;
  /** Differences that last. */
  readonly discrepancies: Scalars['Int']['output'];
  /** What they cost, by currency. Currencies are never added, and overcharge and leakage never set off against each other. */
  readonly impact: ReadonlyArray<CurrencyImpact>;
  /** Customers that were compared. */
  readonly organizations: Scalars['Int']['output'];
  /** Differences that cost somebody something, and are in no sum: nobody knows how much. */
  readonly unmeasured: Scalars['Int']['output'];
};

/** What one look saw that the looks before had not. */
export type RecordChange = {
  readonly __typename?: 'RecordChange';
  /**
   * The commitment as that look saw it. Null of other records, of one that disappeared, and where it is no longer kept. As it
   * was before: `commitment(id:, asOf:)` with `previousSeenAt`.
   */
  readonly commitment: Maybe<Commitment>;
  /** The backend's own id. */
  readonly externalId: Scalars['String']['output'];
  /** What is another than before, at most a hundred. Of a record that appeared, all that it has; of one that disappeared, all that it had. */
  readonly fields: ReadonlyArray<ChangedField>;
  /** What became of the record. */
  readonly kind: RecordChangeKind;
  /** How many more there are. */
  readonly moreFields: Scalars['Int']['output'];
  /** The customer, as the account directory has it now. */
  readonly organization: Organization;
  /** The look before, that saw it otherwise: it changed between the two. */
  readonly previousSeenAt: Scalars['DateTime']['output'];
  /** Global id of the record: for `node`, and for `commitment(id:, asOf:)` if it is a commitment. */
  readonly recordId: Scalars['ID']['output'];
  /** What record it is. */
  readonly recordKind: RecordKind;
  /** The look that saw it first. */
  readonly seenAt: Scalars['DateTime']['output'];
  /** Which backend. */
  readonly source: SourceName;
};

/** A page of changes. It may hold fewer than were asked for and yet have more after it: see `pageInfo`. */
export type RecordChangeConnection = {
  readonly __typename?: 'RecordChangeConnection';
  /** The items with their cursors. */
  readonly edges: ReadonlyArray<RecordChangeEdge>;
  /**
   * The latest moment before which something that was asked for is no longer kept. Null: all that was ever seen is. Before it,
   * changes may be missing.
   */
  readonly horizonAt: Maybe<Scalars['DateTime']['output']>;
  /** The items without cursors. */
  readonly nodes: ReadonlyArray<RecordChange>;
  /** Where the page begins and ends. */
  readonly pageInfo: PageInfo;
};

/** A change on a page. */
export type RecordChangeEdge = {
  readonly __typename?: 'RecordChangeEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The change. */
  readonly node: RecordChange;
};

/** What became of a record between two looks. */
export type RecordChangeKind =
  /** It was not there at the look before. The first look at a list shows no changes. */
  | 'APPEARED'
  /** It is another than at the look before. */
  | 'CHANGED'
  /** It was there at the look before, and a look that saw all records did not find it. */
  | 'DISAPPEARED';

/** The records that are kept as they were. They are taken down whenever somebody lists them. */
export type RecordKind =
  /** A `Contract` (MonetizeNow), without its quotes and invoices. */
  | 'CONTRACT'
  /** A `ContractCommitment` (LogiSense). */
  | 'CONTRACT_COMMITMENT'
  /** A `MinimumCommitment` (Commitment Manager). */
  | 'MINIMUM_COMMITMENT'
  /** A `ResourceCommitment` (CloudMC). */
  | 'RESOURCE_COMMITMENT'
  /** A `ServiceOrder` (Salesforce). */
  | 'SERVICE_ORDER';

/** The end of a commitment, a contract or an order, and what happens then. */
export type Renewal = {
  readonly __typename?: 'Renewal';
  /** What happens at the end. */
  readonly atEnd: RenewalAtEnd;
  /** The day after it. */
  readonly endsBefore: Maybe<Scalars['Date']['output']>;
  /** The backend's own id of it. */
  readonly externalId: Scalars['String']['output'];
  /** What ends. */
  readonly kind: RenewalKind;
  /** The last day on which notice is in time: all notice days are between it and the end. Null: not known, or nothing to give notice of. */
  readonly lastNoticeOn: Maybe<Scalars['Date']['output']>;
  /** The last day, that day included. Null: open, or not known; `atEnd` tells which. */
  readonly lastOn: Maybe<Scalars['Date']['output']>;
  /** Name, where the source has one. */
  readonly name: Maybe<Scalars['String']['output']>;
  /** How many days before the end notice must be given (contract terms). Null: not stated. */
  readonly noticeDays: Maybe<Scalars['Int']['output']>;
  /** The customer. */
  readonly organization: Organization;
  /** How many months a renewal lasts. Null: not stated. */
  readonly renewalMonths: Maybe<Scalars['Int']['output']>;
  /** What a renewal would commit to, where its length and the amount of a month are known. */
  readonly renewalValue: Maybe<Money>;
  /** Whether it renews by itself. Null: its source does not say. */
  readonly renewsAutomatically: Maybe<Scalars['Boolean']['output']>;
  /** The backend that it lives in. */
  readonly source: SourceName;
  /** First day. */
  readonly startsOn: Maybe<Scalars['Date']['output']>;
  /** Global id of what ends. */
  readonly targetId: Scalars['ID']['output'];
  /** What is committed for each `valuePer`. Null where it is no amount, or its currency is not known. */
  readonly value: Maybe<Money>;
  /** The stretch of time that `value` is for. */
  readonly valuePer: Maybe<RenewalValuePer>;
};

/** What happens at the end. */
export type RenewalAtEnd =
  /** It ends. */
  | 'ENDS'
  /** Another one of the customer begins on that day, as steps of a ramp do, or it has been renewed already. */
  | 'FOLLOWED'
  /** It has no end. */
  | 'GOES_ON_OPEN'
  /** It renews by itself, for another term. */
  | 'RENEWS'
  /** Its source does not say. */
  | 'UNKNOWN';

/** A calendar of renewals, without its address. */
export type RenewalCalendar = {
  readonly __typename?: 'RenewalCalendar';
  /** When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Names the calendar among those of this client. Not its address, and of no use to anybody else. */
  readonly id: Scalars['ID']['output'];
  /** How calendar programs call it. */
  readonly name: Scalars['String']['output'];
  /** Its customers that this client may see now. Null: all that it is granted. */
  readonly organizations: Maybe<ReadonlyArray<Organization>>;
  /** When it was revoked. Null: it was not. */
  readonly revokedAt: Maybe<Scalars['DateTime']['output']>;
};

/** A calendar to be made. */
export type RenewalCalendarCreateInput = {
  /** Your name for this request: the same again makes no second calendar. The address is not shown again then. */
  readonly idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** How calendar programs call it; 1 to 100 characters on one line. */
  readonly name: Scalars['String']['input'];
  /** Slugs of the customers, 1 to 50. Left out: all that this client is granted whenever the calendar is read, who must be 50 at most. */
  readonly organizations?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** What making a calendar answers with. */
export type RenewalCalendarCreatePayload = {
  readonly __typename?: 'RenewalCalendarCreatePayload';
  /** The calendar. Null if it was not made. */
  readonly calendar: Maybe<RenewalCalendar>;
  /** Whether an earlier request with the same key made it. */
  readonly isReplay: Scalars['Boolean']['output'];
  /**
   * Path of the calendar at this gateway, with the secret that opens it, such as `/calendar/<secret>.ics`. Shown once: null where the
   * calendar was made by an earlier request with the same key.
   */
  readonly urlPath: Maybe<Scalars['String']['output']>;
  /** Everything that is wrong with the input and can be mended. Empty if nothing is. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A calendar to be revoked. */
export type RenewalCalendarRevokeInput = {
  /** As `RenewalCalendar.id` gave it. */
  readonly id: Scalars['ID']['input'];
};

/** What revoking a calendar answers with. */
export type RenewalCalendarRevokePayload = {
  readonly __typename?: 'RenewalCalendarRevokePayload';
  /** The calendar, revoked. Null if there is no such calendar of this client. */
  readonly calendar: Maybe<RenewalCalendar>;
  /** Everything that is wrong with the input and can be mended. Empty if nothing is. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A page of renewals. */
export type RenewalConnection = {
  readonly __typename?: 'RenewalConnection';
  /** What became of reading each source. One that only lacks contract terms is PARTIAL: what they would say is unknown. */
  readonly coverage: Coverage;
  /** The items with their cursors. */
  readonly edges: ReadonlyArray<RenewalEdge>;
  /** The items without cursors. */
  readonly nodes: ReadonlyArray<Renewal>;
  /** Where the page begins and ends. */
  readonly pageInfo: PageInfo;
  /** How many there are in all, as far as sources could be read. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A renewal on a page. */
export type RenewalEdge = {
  readonly __typename?: 'RenewalEdge';
  /** Position in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The renewal. */
  readonly node: Renewal;
};

/** Which renewals. All that is given must hold. */
export type RenewalFilter = {
  /** Only what is over before that day. What has no end is left out; what has an end that nobody knows is kept. */
  readonly endsBefore?: InputMaybe<Scalars['Date']['input']>;
  /** Whether what nobody knows is kept by the two days above. */
  readonly includeUnknown?: Scalars['Boolean']['input'];
  /**
   * Only where the last day for notice is before that day. Where there is nothing to give notice of is left out; where the last
   * day for notice is not known is kept.
   */
  readonly noticeBefore?: InputMaybe<Scalars['Date']['input']>;
  /** Only of these sources; others are not asked. */
  readonly sources?: InputMaybe<ReadonlyArray<SourceName>>;
};

/** What ends. */
export type RenewalKind =
  /** A contract (MonetizeNow). */
  | 'CONTRACT'
  /** A commitment of an account contract (LogiSense). */
  | 'CONTRACT_COMMITMENT'
  /** A minimum spend (Commitment Manager). */
  | 'MINIMUM_COMMITMENT'
  /** Committed resources (CloudMC). */
  | 'RESOURCE_COMMITMENT'
  /** A signed order of the CRM (Salesforce). */
  | 'SERVICE_ORDER';

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

/** The stretch of time that an amount is for. */
export type RenewalValuePer =
  /** A billing cycle. */
  | 'BILLING_CYCLE'
  /** A month. */
  | 'MONTH'
  /** All of its days together. */
  | 'TERM';

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
  /** Where the committed resources stand on a day. Reads nothing: the source does not tell what was used of them. */
  readonly position: Maybe<ResourcePosition>;
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


/** Committed resources at a negotiated price (CloudMC). */
export type ResourceCommitmentPositionArgs = {
  on: InputMaybe<Scalars['Date']['input']>;
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

/** Where committed resources stand (CloudMC). */
export type ResourcePosition = CommitmentPosition & {
  readonly __typename?: 'ResourcePosition';
  /** Days left, the running one counted. Null for an open end. */
  readonly daysLeft: Maybe<Scalars['Int']['output']>;
  /** How much of the term has passed, in whole percent of its time. Null for an open end. */
  readonly elapsedPercent: Maybe<Scalars['Decimal']['output']>;
  /** The fixed price of a billing cycle in major units, as the source gives it: without a currency. Null where there is none. */
  readonly fixedPrice: Maybe<Scalars['Decimal']['output']>;
  /** The same as money. Null where no currency is known. */
  readonly fixedPriceMoney: Maybe<Money>;
  /** The day that was asked for. */
  readonly on: Scalars['Date']['output'];
  /** Why there is no more to say. Null where there is. */
  readonly problem: Maybe<PositionProblem>;
  /** The committed products. */
  readonly products: ReadonlyArray<ProductPosition>;
  /** Whether the commitment runs on that day. A later day than today is looked at from today. */
  readonly state: PositionState;
};

/** Committed resources that run on the day (CloudMC). */
export type ResourceTotal = {
  readonly __typename?: 'ResourceTotal';
  /** How many commitments. */
  readonly active: Scalars['Int']['output'];
  /** Fixed prices of a billing cycle, added by currency. */
  readonly fixedPrices: ReadonlyArray<FixedPriceTotal>;
  /** Committed quantities, added by product. Those of different products are never added. */
  readonly quantities: ReadonlyArray<QuantityTotal>;
  /** Commitments whose fixed price is in no sum, because no currency is known. */
  readonly withoutCurrency: Scalars['Int']['output'];
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

/** What became of reading one side. */
export type SideCoverage =
  /** Nothing arrived. */
  | 'FAILED'
  /** Some of it arrived, or some records could not be read: what is missing may be what belongs here. */
  | 'INCOMPLETE'
  /** The account directory gives no account there. */
  | 'NOT_LINKED'
  /** It was not asked for: it could not have changed what was found. */
  | 'NOT_READ'
  /** All of it arrived. */
  | 'READ'
  /** Only an old answer was at hand: nothing is concluded from it. */
  | 'STALE';

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
  /** Records that could not be read and were left out. With `asOf` always 0: how many is not kept, and PARTIAL says that there were. */
  readonly droppedRecords: Scalars['Int']['output'];
  /** How old the contribution is; with `asOf`, the look that it comes from. Null where there is none. */
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

/** What will have been used at the end of a stretch: what is known, and an estimate of the rest. */
export type SpendForecast = {
  readonly __typename?: 'SpendForecast';
  /** Past months without a figure, for which something had to be assumed. */
  readonly assumed: ReadonlyArray<Scalars['YearMonth']['output']>;
  /** How often what comes should lie in the band, in whole percent. Null without a band. */
  readonly bandPercent: Maybe<Scalars['Decimal']['output']>;
  /** What is expected. */
  readonly expected: Money;
  /** Upper end of the band. */
  readonly high: Maybe<Money>;
  /** Months that the estimate rests on. */
  readonly knownMonths: Scalars['Int']['output'];
  /**
   * Lower end of the band, from how far the same method was off in the past of this customer. Null with fewer than four such
   * cases, with fewer than there are months to come, and over more than six months to come.
   */
  readonly low: Maybe<Money>;
  /** How the rest was estimated. */
  readonly method: ForecastMethod;
};

/**
 * A minimum spend over a stretch of days: committed, consumed, what remains, how fast, and how it will end. Amounts are exact, in one
 * currency. Where it is not known what was used in a month, all that would need it is null: what remains, percent, pace, overage.
 */
export type SpendPosition = {
  readonly __typename?: 'SpendPosition';
  /** The minimum of all of its months; of a month that it covers in part, the part of its days. Null for an open end. */
  readonly committed: Maybe<Money>;
  /** The part of the minimum that falls on the time that has passed. */
  readonly committedToDate: Money;
  /** What was used, as far as it is known (usage summaries and billing history). Null where nothing is. */
  readonly consumed: Maybe<Money>;
  /** The currency of all amounts; no other is ever added. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** Days left, the running one counted. Null for an open end. */
  readonly daysLeft: Maybe<Scalars['Int']['output']>;
  /** How much of the stretch has passed, in whole percent of its time. Null for an open end. */
  readonly elapsedPercent: Maybe<Scalars['Decimal']['output']>;
  /** The day after the last one. Null: open. */
  readonly endsBefore: Maybe<Scalars['Date']['output']>;
  /** What will have been used at the end. Null for an open end, and where there is nothing to go by. */
  readonly forecast: Maybe<SpendForecast>;
  /** Months of which it is not known what was used, and why. They are never taken for zero. */
  readonly gaps: ReadonlyArray<UsageGap>;
  /** Whether `consumed` is everything: no gaps. */
  readonly isComplete: Scalars['Boolean']['output'];
  /** Whether some of `consumed` is a part of a month's figure, divided by time. */
  readonly isEstimated: Scalars['Boolean']['output'];
  /** Month by month, in order. Of an open end, up to the month of the day. */
  readonly months: ReadonlyArray<MonthPosition>;
  /** What was used above the minimum, not below zero. */
  readonly overage: Maybe<Money>;
  /** `percent` divided by `elapsedPercent`: 1 is on course, less is behind. */
  readonly pace: Maybe<Scalars['Decimal']['output']>;
  /** Consumed of committed, in whole percent: 50 is half. Null where nothing is committed. */
  readonly percent: Maybe<Scalars['Decimal']['output']>;
  /** What is missing to the minimum, not below zero. */
  readonly remaining: Maybe<Money>;
  /** What must be used on each day left to end on the minimum, rounded up. Null once it is over, and for an open end. */
  readonly requiredPerDay: Maybe<Money>;
  /** What the forecast falls short of the minimum: at stake (true-up) if the minimum is settled over the whole stretch. */
  readonly shortfall: Maybe<Money>;
  /** The sum of the months' shortfalls: at stake if each month is settled by itself, with nothing carried over. */
  readonly shortfallByMonth: Maybe<Money>;
  /** First day of the stretch. */
  readonly startsOn: Scalars['Date']['output'];
  /** Whether the stretch runs on the day. */
  readonly state: PositionState;
};

/** How often a state occurs. */
export type StateCount = {
  readonly __typename?: 'StateCount';
  /** How often: comparisons for MATCH, differences for the others. */
  readonly count: Scalars['Int']['output'];
  /** The state. */
  readonly state: ReconciliationState;
};

/**
 * What happens, as it happens. Sent as server-sent events (graphql-sse, distinct connections): POST the operation to the same
 * address with `Accept: text/event-stream`.
 */
export type Subscription = {
  readonly __typename?: 'Subscription';
  /**
   * A verification as it is, and again after each look at billing. Ends when it is settled, and after ten minutes at the
   * latest. One null and the end if there is none, or if you may not see it.
   */
  readonly changeVerification: Maybe<ChangeVerification>;
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
export type SubscriptionChangeVerificationArgs = {
  id: Scalars['ID']['input'];
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

/** End the commitment that overlaps another. */
export type TerminateOverlappingAction = RecommendedAction & {
  readonly __typename?: 'TerminateOverlappingAction';
  /** Billing's own id of the commitment. */
  readonly commitmentExternalId: Scalars['String']['output'];
  /** Global id of the commitment. */
  readonly commitmentId: Scalars['ID']['output'];
  /** What to do. */
  readonly kind: RecommendedActionKind;
  /** The same as a sentence. */
  readonly text: Scalars['String']['output'];
};

/** Have billing read the customer's orders again. The mutation is ready to run, with the scope `commitments:write`. */
export type TriggerSyncAction = RecommendedAction & {
  readonly __typename?: 'TriggerSyncAction';
  /** The mutation. */
  readonly document: Scalars['String']['output'];
  /** What to do. */
  readonly kind: RecommendedActionKind;
  /** The customer. */
  readonly organization: Organization;
  /** The same as a sentence. */
  readonly text: Scalars['String']['output'];
  /** Its variables, as JSON. The idempotency key in them is this answer's: run twice, it is one sync. */
  readonly variables: Scalars['String']['output'];
};

/** What billing says was used in a calendar month (Commitment Manager). */
export type UsageFigure = {
  readonly __typename?: 'UsageFigure';
  /** The minimum that billing itself states for the month; not used in sums. */
  readonly committed: Maybe<Money>;
  /** How old it is. */
  readonly freshness: Freshness;
  /** Where it comes from. */
  readonly origin: UsageFigureOrigin;
  /** What the other origin says of the same month, where that is another amount. Null where they agree, or only one tells. */
  readonly other: Maybe<Money>;
  /** The shortfall that billing itself states for the month; not used in sums. */
  readonly shortfall: Maybe<Money>;
  /** Until when it counts: the end of its month, or when it was seen, if that was earlier. */
  readonly untilAt: Scalars['DateTime']['output'];
  /** What was used. */
  readonly used: Money;
};

/** Where a figure of a month comes from. After the end of the month the billing history counts first, before it the usage summary. */
export type UsageFigureOrigin =
  /** The billing history. */
  | 'BILLING_HISTORY'
  /** The usage summary of the month. */
  | 'USAGE';

/** A month of which it is not known what was used. */
export type UsageGap = {
  readonly __typename?: 'UsageGap';
  /** With READ_FAILED: why, as the same code that errors carry in `extensions.code`. */
  readonly code: Maybe<Scalars['String']['output']>;
  /** The month. */
  readonly month: Scalars['YearMonth']['output'];
  /** Why. */
  readonly reason: UsageGapReason;
  /** What is there all the same and cannot be counted: with OTHER_CURRENCY and SEEN_BEFORE_ITS_END. */
  readonly seen: Maybe<Money>;
};

/** Why it is not known what was used in a month. */
export type UsageGapReason =
  /** Two entries of the billing history, two amounts. */
  | 'CONTRADICTORY'
  /** There is a record without an amount, or without a currency. */
  | 'NO_CURRENCY_OR_AMOUNT'
  /** Billing says nothing of the month, or it is more than 60 months ago: so far back nothing is read. */
  | 'NO_FIGURE'
  /** Usage is in another currency than the commitment; it is not converted. */
  | 'OTHER_CURRENCY'
  /** It could not be read: see the code. */
  | 'READ_FAILED'
  /** The figure was seen before the month was over, or is older than a day. */
  | 'SEEN_BEFORE_ITS_END';

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

/** Wait, and look again. */
export type WaitUntilAction = RecommendedAction & {
  readonly __typename?: 'WaitUntilAction';
  /** What to do. */
  readonly kind: RecommendedActionKind;
  /** When to look again. */
  readonly lookAgainAt: Scalars['DateTime']['output'];
  /** The same as a sentence. */
  readonly text: Scalars['String']['output'];
};



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
  AmountCycle: AmountCycle;
  AskAPersonAction: ResolverTypeWrapper<AskAPersonActionModel>;
  Authority: ResolverTypeWrapper<Authority>;
  AuthorityRule: AuthorityRule;
  AuthoritySide: AuthoritySide;
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
  ChangeVerification: ResolverTypeWrapper<ChangeVerificationModel>;
  ChangeVerificationCause: ChangeVerificationCause;
  ChangeVerificationComparison: ResolverTypeWrapper<ChangeVerificationComparison>;
  ChangeVerificationConnection: ResolverTypeWrapper<Omit<ChangeVerificationConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ChangeVerificationEdge']>, nodes: ReadonlyArray<ResolversTypes['ChangeVerification']> }>;
  ChangeVerificationEdge: ResolverTypeWrapper<Omit<ChangeVerificationEdge, 'node'> & { node: ResolversTypes['ChangeVerification'] }>;
  ChangeVerificationFailure: ResolverTypeWrapper<ChangeVerificationFailure>;
  ChangeVerificationField: ChangeVerificationField;
  ChangeVerificationLook: ResolverTypeWrapper<ChangeVerificationLookModel>;
  ChangeVerificationStartInput: ChangeVerificationStartInput;
  ChangeVerificationStartPayload: ResolverTypeWrapper<Omit<ChangeVerificationStartPayload, 'changeVerification' | 'userErrors'> & { changeVerification?: Maybe<ResolversTypes['ChangeVerification']>, userErrors: ReadonlyArray<ResolversTypes['UserError']> }>;
  ChangeVerificationState: ChangeVerificationState;
  ChangeVerificationVerdict: ChangeVerificationVerdict;
  ChangedField: ResolverTypeWrapper<ChangedFieldModel>;
  CommitCycle: CommitCycle;
  Commitment: ResolverTypeWrapper<CommitmentModel>;
  CommitmentConnection: ResolverTypeWrapper<Omit<CommitmentConnection, 'coverage' | 'edges' | 'nodes'> & { coverage: ResolversTypes['Coverage'], edges: ReadonlyArray<ResolversTypes['CommitmentEdge']>, nodes: ReadonlyArray<ResolversTypes['Commitment']> }>;
  CommitmentEdge: ResolverTypeWrapper<Omit<CommitmentEdge, 'node'> & { node: ResolversTypes['Commitment'] }>;
  CommitmentFilter: CommitmentFilter;
  CommitmentHole: ResolverTypeWrapper<Omit<CommitmentHole, 'after' | 'before' | 'scope'> & { after: ResolversTypes['Commitment'], before: ResolversTypes['Commitment'], scope: ResolversTypes['OverlapScope'] }>;
  CommitmentInterval: CommitmentInterval;
  CommitmentOrder: CommitmentOrder;
  CommitmentOverlap: ResolverTypeWrapper<Omit<CommitmentOverlap, 'first' | 'scope' | 'second'> & { first: ResolversTypes['Commitment'], scope: ResolversTypes['OverlapScope'], second: ResolversTypes['Commitment'] }>;
  CommitmentPatchInput: CommitmentPatchInput;
  CommitmentPenalty: ResolverTypeWrapper<CommitmentPenaltyModel>;
  CommitmentPosition: ResolverTypeWrapper<CommitmentPositionModel>;
  CommitmentStatus: CommitmentStatus;
  CommittedPackageFrequency: ResolverTypeWrapper<CommittedPackageFrequencyModel>;
  CommittedProduct: ResolverTypeWrapper<CommittedProductModel>;
  CommittedProductInput: CommittedProductInput;
  CommittedService: ResolverTypeWrapper<CommittedServiceModel>;
  CommittedUsageClass: ResolverTypeWrapper<CommittedUsageClassModel>;
  ComparedField: ComparedField;
  ComparedSide: ResolverTypeWrapper<ComparedSideModel>;
  ComparedUnit: ComparedUnit;
  ComparedValue: ResolverTypeWrapper<ComparedValueModel>;
  Comparison: ResolverTypeWrapper<ComparisonModel>;
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
  ContractPosition: ResolverTypeWrapper<ContractPositionModel>;
  ContractProduct: ResolverTypeWrapper<ContractProductModel>;
  ContractProductType: ContractProductType;
  ContractQuantityChangeInput: ContractQuantityChangeInput;
  ContractRateChangeInput: ContractRateChangeInput;
  ContractRenewalTerms: ResolverTypeWrapper<ContractRenewalTermsModel>;
  ContractStatus: ContractStatus;
  ContractTerms: ResolverTypeWrapper<ContractTermsModel>;
  CorrectUnitAction: ResolverTypeWrapper<CorrectUnitActionModel>;
  Coverage: ResolverTypeWrapper<CoverageModel>;
  CoverageState: CoverageState;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  CurrencyImpact: ResolverTypeWrapper<CurrencyImpactModel>;
  CustomField: ResolverTypeWrapper<CustomField>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateRangeInput: DateRangeInput;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  Discrepancy: ResolverTypeWrapper<DiscrepancyModel>;
  DiscrepancyAcknowledgeInput: DiscrepancyAcknowledgeInput;
  DiscrepancyAcknowledgement: ResolverTypeWrapper<DiscrepancyAcknowledgement>;
  DiscrepancyAcknowledgementPayload: ResolverTypeWrapper<AcknowledgementPayloadModel>;
  DiscrepancyAcknowledgementWithdrawInput: DiscrepancyAcknowledgementWithdrawInput;
  DiscrepancyCause: DiscrepancyCause;
  DiscrepancyImpact: ResolverTypeWrapper<DiscrepancyImpactModel>;
  DiscrepancySeverity: DiscrepancySeverity;
  EarlyTerminationTerms: ResolverTypeWrapper<EarlyTerminationTermsModel>;
  EffectiveInput: EffectiveInput;
  EffectivePoint: EffectivePoint;
  EscalationStep: ResolverTypeWrapper<EscalationStepModel>;
  ExpectedCommitment: ResolverTypeWrapper<Omit<ExpectedCommitment, 'minimum'> & { minimum?: Maybe<ResolversTypes['Money']> }>;
  ExpectedCommitmentInput: ExpectedCommitmentInput;
  ExternalReference: ResolverTypeWrapper<ExternalReferenceModel>;
  FixedPriceTotal: ResolverTypeWrapper<Omit<FixedPriceTotal, 'total'> & { total: ResolversTypes['Money'] }>;
  ForecastMethod: ForecastMethod;
  Frequency: ResolverTypeWrapper<FrequencyModel>;
  FrequencyUnit: FrequencyUnit;
  Freshness: ResolverTypeWrapper<FreshnessModel>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ImpactDirection: ImpactDirection;
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
  JoinedBy: JoinedBy;
  LookForFailedWebhookAction: ResolverTypeWrapper<LookForFailedWebhookActionModel>;
  MinimumAgreement: ResolverTypeWrapper<MinimumAgreementModel>;
  MinimumCommitment: ResolverTypeWrapper<MinimumCommitmentModel>;
  MinimumCommitmentState: ResolverTypeWrapper<MinimumCommitmentStateModel>;
  MinimumImpactInput: MinimumImpactInput;
  MinimumPosition: ResolverTypeWrapper<MinimumPositionModel>;
  MinimumTotal: ResolverTypeWrapper<MinimumTotalModel>;
  MissingPart: ResolverTypeWrapper<MissingPartModel>;
  MissingPartReason: MissingPartReason;
  Money: ResolverTypeWrapper<MoneyModel>;
  MoneyInput: MoneyInput;
  MonthPosition: ResolverTypeWrapper<MonthPositionModel>;
  MonthState: MonthState;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NoAction: ResolverTypeWrapper<NoActionModel>;
  Node: ResolverTypeWrapper<NodeModel>;
  NotComparedCommitment: ResolverTypeWrapper<Omit<NotComparedCommitment, 'commitment'> & { commitment: ResolversTypes['Commitment'] }>;
  NotComparedReason: NotComparedReason;
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
  OrganizationPosition: ResolverTypeWrapper<OrganizationPositionModel>;
  OrganizationSyncInput: OrganizationSyncInput;
  OrganizationSyncPayload: ResolverTypeWrapper<OrganizationSyncPayloadModel>;
  OverlapReport: ResolverTypeWrapper<Omit<OverlapReport, 'coverage' | 'holes' | 'notCompared' | 'overlaps'> & { coverage: ResolversTypes['Coverage'], holes: ReadonlyArray<ResolversTypes['CommitmentHole']>, notCompared: ReadonlyArray<ResolversTypes['NotComparedCommitment']>, overlaps: ReadonlyArray<ResolversTypes['CommitmentOverlap']> }>;
  OverlapScope: ResolverTypeWrapper<OverlapScopeModel>;
  OverlapScopeKind: OverlapScopeKind;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PatchAction: PatchAction;
  Period: ResolverTypeWrapper<PeriodModel>;
  PeriodFieldsInput: PeriodFieldsInput;
  PeriodPatchInput: PeriodPatchInput;
  PortfolioFilter: PortfolioFilter;
  PortfolioRenewalFilter: PortfolioRenewalFilter;
  PositionProblem: PositionProblem;
  PositionState: PositionState;
  Preflight: ResolverTypeWrapper<PreflightModel>;
  PreflightChangeInput: PreflightChangeInput;
  PreflightCheck: ResolverTypeWrapper<PreflightCheck>;
  PreflightCheckCode: PreflightCheckCode;
  PreflightEvidence: ResolverTypeWrapper<PreflightEvidence>;
  PreflightMutationInput: PreflightMutationInput;
  PreflightVerdict: PreflightVerdict;
  PricingMethod: PricingMethod;
  PricingMethodInput: PricingMethodInput;
  Product: ResolverTypeWrapper<ProductModel>;
  ProductPosition: ResolverTypeWrapper<ProductPositionModel>;
  ProductQuantityInput: ProductQuantityInput;
  QuantityTotal: ResolverTypeWrapper<QuantityTotalModel>;
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
  RecommendedAction: ResolverTypeWrapper<RecommendedActionModel>;
  RecommendedActionKind: RecommendedActionKind;
  Reconciliation: ResolverTypeWrapper<ReconciliationModel>;
  ReconciliationConnection: ResolverTypeWrapper<Omit<ReconciliationConnection, 'coverage' | 'edges' | 'nodes' | 'summary'> & { coverage: ResolversTypes['Coverage'], edges: ReadonlyArray<ResolversTypes['ReconciliationEdge']>, nodes: ReadonlyArray<ResolversTypes['Reconciliation']>, summary: ResolversTypes['ReconciliationSummary'] }>;
  ReconciliationCoverage: ResolverTypeWrapper<ReconciliationCoverageModel>;
  ReconciliationEdge: ResolverTypeWrapper<Omit<ReconciliationEdge, 'node'> & { node: ResolversTypes['Reconciliation'] }>;
  ReconciliationFilter: ReconciliationFilter;
  ReconciliationState: ReconciliationState;
  ReconciliationSummary: ResolverTypeWrapper<ReconciliationSummaryModel>;
  RecordChange: ResolverTypeWrapper<RecordChangeModel>;
  RecordChangeConnection: ResolverTypeWrapper<Omit<RecordChangeConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['RecordChangeEdge']>, nodes: ReadonlyArray<ResolversTypes['RecordChange']> }>;
  RecordChangeEdge: ResolverTypeWrapper<Omit<RecordChangeEdge, 'node'> & { node: ResolversTypes['RecordChange'] }>;
  RecordChangeKind: RecordChangeKind;
  RecordKind: RecordKind;
  Renewal: ResolverTypeWrapper<RenewalModel>;
  RenewalAtEnd: RenewalAtEnd;
  RenewalCalendar: ResolverTypeWrapper<RenewalCalendarModel>;
  RenewalCalendarCreateInput: RenewalCalendarCreateInput;
  RenewalCalendarCreatePayload: ResolverTypeWrapper<Omit<RenewalCalendarCreatePayload, 'calendar' | 'userErrors'> & { calendar?: Maybe<ResolversTypes['RenewalCalendar']>, userErrors: ReadonlyArray<ResolversTypes['UserError']> }>;
  RenewalCalendarRevokeInput: RenewalCalendarRevokeInput;
  RenewalCalendarRevokePayload: ResolverTypeWrapper<Omit<RenewalCalendarRevokePayload, 'calendar' | 'userErrors'> & { calendar?: Maybe<ResolversTypes['RenewalCalendar']>, userErrors: ReadonlyArray<ResolversTypes['UserError']> }>;
  RenewalConnection: ResolverTypeWrapper<Omit<RenewalConnection, 'coverage' | 'edges' | 'nodes'> & { coverage: ResolversTypes['Coverage'], edges: ReadonlyArray<ResolversTypes['RenewalEdge']>, nodes: ReadonlyArray<ResolversTypes['Renewal']> }>;
  RenewalEdge: ResolverTypeWrapper<Omit<RenewalEdge, 'node'> & { node: ResolversTypes['Renewal'] }>;
  RenewalFilter: RenewalFilter;
  RenewalKind: RenewalKind;
  RenewalTerms: ResolverTypeWrapper<RenewalTermsModel>;
  RenewalValuePer: RenewalValuePer;
  ResourceCommitment: ResolverTypeWrapper<ResourceCommitmentModel>;
  ResourceCommitmentChangePayload: ResolverTypeWrapper<ResourceCommitmentChangePayloadModel>;
  ResourceCommitmentCreateInput: ResourceCommitmentCreateInput;
  ResourceCommitmentDeleteInput: ResourceCommitmentDeleteInput;
  ResourceCommitmentTerminateInput: ResourceCommitmentTerminateInput;
  ResourceCommitmentUpdateInput: ResourceCommitmentUpdateInput;
  ResourcePosition: ResolverTypeWrapper<ResourcePositionModel>;
  ResourceTotal: ResolverTypeWrapper<ResourceTotalModel>;
  Scope: Scope;
  ServiceOrder: ResolverTypeWrapper<ServiceOrderModel>;
  ServiceOrderConnection: ResolverTypeWrapper<Omit<ServiceOrderConnection, 'coverage' | 'edges' | 'nodes'> & { coverage: ResolversTypes['Coverage'], edges: ReadonlyArray<ResolversTypes['ServiceOrderEdge']>, nodes: ReadonlyArray<ResolversTypes['ServiceOrder']> }>;
  ServiceOrderEdge: ResolverTypeWrapper<Omit<ServiceOrderEdge, 'node'> & { node: ResolversTypes['ServiceOrder'] }>;
  ServiceOrderStage: ServiceOrderStage;
  ServicePatchAction: ServicePatchAction;
  ServicePatchInput: ServicePatchInput;
  SideCoverage: SideCoverage;
  Source: ResolverTypeWrapper<SourceModel>;
  SourceAccount: ResolverTypeWrapper<SourceAccount>;
  SourceCoverage: ResolverTypeWrapper<SourceCoverageModel>;
  SourceFailure: ResolverTypeWrapper<SourceFailure>;
  SourceName: SourceName;
  SpendForecast: ResolverTypeWrapper<SpendForecastModel>;
  SpendPosition: ResolverTypeWrapper<SpendPositionModel>;
  StateCount: ResolverTypeWrapper<StateCount>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SyncStatus: SyncStatus;
  TaxCode: ResolverTypeWrapper<TaxCode>;
  TaxCodeInput: TaxCodeInput;
  Term: ResolverTypeWrapper<TermModel>;
  TerminateOverlappingAction: ResolverTypeWrapper<TerminateOverlappingActionModel>;
  TriggerSyncAction: ResolverTypeWrapper<TriggerSyncActionModel>;
  UsageFigure: ResolverTypeWrapper<UsageFigureModel>;
  UsageFigureOrigin: UsageFigureOrigin;
  UsageGap: ResolverTypeWrapper<UsageGapModel>;
  UsageGapReason: UsageGapReason;
  UsageLine: ResolverTypeWrapper<UsageLineModel>;
  UsageSummary: ResolverTypeWrapper<UsageSummaryModel>;
  UserError: ResolverTypeWrapper<UserErrorModel>;
  UserErrorCode: UserErrorCode;
  WaitUntilAction: ResolverTypeWrapper<WaitUntilActionModel>;
  YearMonth: ResolverTypeWrapper<Scalars['YearMonth']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AffectedObject: AffectedObjectModel;
  AskAPersonAction: AskAPersonActionModel;
  Authority: Authority;
  BackendRefusal: BackendRefusalModel;
  BillingHistoryEntry: BillingHistoryEntryModel;
  Boolean: Scalars['Boolean']['output'];
  ChangeImplication: ChangeImplicationModel;
  ChangePayload: ChangePayloadModel;
  ChangePreview: ChangePreviewModel;
  ChangeRequest: ChangeRequestModel;
  ChangeVerification: ChangeVerificationModel;
  ChangeVerificationComparison: ChangeVerificationComparison;
  ChangeVerificationConnection: Omit<ChangeVerificationConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ChangeVerificationEdge']>, nodes: ReadonlyArray<ResolversParentTypes['ChangeVerification']> };
  ChangeVerificationEdge: Omit<ChangeVerificationEdge, 'node'> & { node: ResolversParentTypes['ChangeVerification'] };
  ChangeVerificationFailure: ChangeVerificationFailure;
  ChangeVerificationLook: ChangeVerificationLookModel;
  ChangeVerificationStartInput: ChangeVerificationStartInput;
  ChangeVerificationStartPayload: Omit<ChangeVerificationStartPayload, 'changeVerification' | 'userErrors'> & { changeVerification?: Maybe<ResolversParentTypes['ChangeVerification']>, userErrors: ReadonlyArray<ResolversParentTypes['UserError']> };
  ChangedField: ChangedFieldModel;
  Commitment: CommitmentModel;
  CommitmentConnection: Omit<CommitmentConnection, 'coverage' | 'edges' | 'nodes'> & { coverage: ResolversParentTypes['Coverage'], edges: ReadonlyArray<ResolversParentTypes['CommitmentEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Commitment']> };
  CommitmentEdge: Omit<CommitmentEdge, 'node'> & { node: ResolversParentTypes['Commitment'] };
  CommitmentFilter: CommitmentFilter;
  CommitmentHole: Omit<CommitmentHole, 'after' | 'before' | 'scope'> & { after: ResolversParentTypes['Commitment'], before: ResolversParentTypes['Commitment'], scope: ResolversParentTypes['OverlapScope'] };
  CommitmentOverlap: Omit<CommitmentOverlap, 'first' | 'scope' | 'second'> & { first: ResolversParentTypes['Commitment'], scope: ResolversParentTypes['OverlapScope'], second: ResolversParentTypes['Commitment'] };
  CommitmentPatchInput: CommitmentPatchInput;
  CommitmentPenalty: CommitmentPenaltyModel;
  CommitmentPosition: CommitmentPositionModel;
  CommittedPackageFrequency: CommittedPackageFrequencyModel;
  CommittedProduct: CommittedProductModel;
  CommittedProductInput: CommittedProductInput;
  CommittedService: CommittedServiceModel;
  CommittedUsageClass: CommittedUsageClassModel;
  ComparedSide: ComparedSideModel;
  ComparedValue: ComparedValueModel;
  Comparison: ComparisonModel;
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
  ContractPosition: ContractPositionModel;
  ContractProduct: ContractProductModel;
  ContractQuantityChangeInput: ContractQuantityChangeInput;
  ContractRateChangeInput: ContractRateChangeInput;
  ContractRenewalTerms: ContractRenewalTermsModel;
  ContractTerms: ContractTermsModel;
  CorrectUnitAction: CorrectUnitActionModel;
  Coverage: CoverageModel;
  CurrencyCode: Scalars['CurrencyCode']['output'];
  CurrencyImpact: CurrencyImpactModel;
  CustomField: CustomField;
  Date: Scalars['Date']['output'];
  DateRangeInput: DateRangeInput;
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  Discrepancy: DiscrepancyModel;
  DiscrepancyAcknowledgeInput: DiscrepancyAcknowledgeInput;
  DiscrepancyAcknowledgement: DiscrepancyAcknowledgement;
  DiscrepancyAcknowledgementPayload: AcknowledgementPayloadModel;
  DiscrepancyAcknowledgementWithdrawInput: DiscrepancyAcknowledgementWithdrawInput;
  DiscrepancyImpact: DiscrepancyImpactModel;
  EarlyTerminationTerms: EarlyTerminationTermsModel;
  EffectiveInput: EffectiveInput;
  EscalationStep: EscalationStepModel;
  ExpectedCommitment: Omit<ExpectedCommitment, 'minimum'> & { minimum?: Maybe<ResolversParentTypes['Money']> };
  ExpectedCommitmentInput: ExpectedCommitmentInput;
  ExternalReference: ExternalReferenceModel;
  FixedPriceTotal: Omit<FixedPriceTotal, 'total'> & { total: ResolversParentTypes['Money'] };
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
  LookForFailedWebhookAction: LookForFailedWebhookActionModel;
  MinimumAgreement: MinimumAgreementModel;
  MinimumCommitment: MinimumCommitmentModel;
  MinimumCommitmentState: MinimumCommitmentStateModel;
  MinimumImpactInput: MinimumImpactInput;
  MinimumPosition: MinimumPositionModel;
  MinimumTotal: MinimumTotalModel;
  MissingPart: MissingPartModel;
  Money: MoneyModel;
  MoneyInput: MoneyInput;
  MonthPosition: MonthPositionModel;
  Mutation: Record<PropertyKey, never>;
  NoAction: NoActionModel;
  Node: NodeModel;
  NotComparedCommitment: Omit<NotComparedCommitment, 'commitment'> & { commitment: ResolversParentTypes['Commitment'] };
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
  OrganizationPosition: OrganizationPositionModel;
  OrganizationSyncInput: OrganizationSyncInput;
  OrganizationSyncPayload: OrganizationSyncPayloadModel;
  OverlapReport: Omit<OverlapReport, 'coverage' | 'holes' | 'notCompared' | 'overlaps'> & { coverage: ResolversParentTypes['Coverage'], holes: ReadonlyArray<ResolversParentTypes['CommitmentHole']>, notCompared: ReadonlyArray<ResolversParentTypes['NotComparedCommitment']>, overlaps: ReadonlyArray<ResolversParentTypes['CommitmentOverlap']> };
  OverlapScope: OverlapScopeModel;
  PageInfo: PageInfo;
  Period: PeriodModel;
  PeriodFieldsInput: PeriodFieldsInput;
  PeriodPatchInput: PeriodPatchInput;
  PortfolioFilter: PortfolioFilter;
  PortfolioRenewalFilter: PortfolioRenewalFilter;
  Preflight: PreflightModel;
  PreflightChangeInput: PreflightChangeInput;
  PreflightCheck: PreflightCheck;
  PreflightEvidence: PreflightEvidence;
  PreflightMutationInput: PreflightMutationInput;
  Product: ProductModel;
  ProductPosition: ProductPositionModel;
  ProductQuantityInput: ProductQuantityInput;
  QuantityTotal: QuantityTotalModel;
  Query: Record<PropertyKey, never>;
  Quote: QuoteModel;
  QuoteApproval: QuoteApproval;
  QuoteDetail: QuoteDetailModel;
  QuoteValidation: QuoteValidation;
  RampStep: RampStepModel;
  RecommendedAction: RecommendedActionModel;
  Reconciliation: ReconciliationModel;
  ReconciliationConnection: Omit<ReconciliationConnection, 'coverage' | 'edges' | 'nodes' | 'summary'> & { coverage: ResolversParentTypes['Coverage'], edges: ReadonlyArray<ResolversParentTypes['ReconciliationEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Reconciliation']>, summary: ResolversParentTypes['ReconciliationSummary'] };
  ReconciliationCoverage: ReconciliationCoverageModel;
  ReconciliationEdge: Omit<ReconciliationEdge, 'node'> & { node: ResolversParentTypes['Reconciliation'] };
  ReconciliationFilter: ReconciliationFilter;
  ReconciliationSummary: ReconciliationSummaryModel;
  RecordChange: RecordChangeModel;
  RecordChangeConnection: Omit<RecordChangeConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['RecordChangeEdge']>, nodes: ReadonlyArray<ResolversParentTypes['RecordChange']> };
  RecordChangeEdge: Omit<RecordChangeEdge, 'node'> & { node: ResolversParentTypes['RecordChange'] };
  Renewal: RenewalModel;
  RenewalCalendar: RenewalCalendarModel;
  RenewalCalendarCreateInput: RenewalCalendarCreateInput;
  RenewalCalendarCreatePayload: Omit<RenewalCalendarCreatePayload, 'calendar' | 'userErrors'> & { calendar?: Maybe<ResolversParentTypes['RenewalCalendar']>, userErrors: ReadonlyArray<ResolversParentTypes['UserError']> };
  RenewalCalendarRevokeInput: RenewalCalendarRevokeInput;
  RenewalCalendarRevokePayload: Omit<RenewalCalendarRevokePayload, 'calendar' | 'userErrors'> & { calendar?: Maybe<ResolversParentTypes['RenewalCalendar']>, userErrors: ReadonlyArray<ResolversParentTypes['UserError']> };
  RenewalConnection: Omit<RenewalConnection, 'coverage' | 'edges' | 'nodes'> & { coverage: ResolversParentTypes['Coverage'], edges: ReadonlyArray<ResolversParentTypes['RenewalEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Renewal']> };
  RenewalEdge: Omit<RenewalEdge, 'node'> & { node: ResolversParentTypes['Renewal'] };
  RenewalFilter: RenewalFilter;
  RenewalTerms: RenewalTermsModel;
  ResourceCommitment: ResourceCommitmentModel;
  ResourceCommitmentChangePayload: ResourceCommitmentChangePayloadModel;
  ResourceCommitmentCreateInput: ResourceCommitmentCreateInput;
  ResourceCommitmentDeleteInput: ResourceCommitmentDeleteInput;
  ResourceCommitmentTerminateInput: ResourceCommitmentTerminateInput;
  ResourceCommitmentUpdateInput: ResourceCommitmentUpdateInput;
  ResourcePosition: ResourcePositionModel;
  ResourceTotal: ResourceTotalModel;
  ServiceOrder: ServiceOrderModel;
  ServiceOrderConnection: Omit<ServiceOrderConnection, 'coverage' | 'edges' | 'nodes'> & { coverage: ResolversParentTypes['Coverage'], edges: ReadonlyArray<ResolversParentTypes['ServiceOrderEdge']>, nodes: ReadonlyArray<ResolversParentTypes['ServiceOrder']> };
  ServiceOrderEdge: Omit<ServiceOrderEdge, 'node'> & { node: ResolversParentTypes['ServiceOrder'] };
  ServicePatchInput: ServicePatchInput;
  Source: SourceModel;
  SourceAccount: SourceAccount;
  SourceCoverage: SourceCoverageModel;
  SourceFailure: SourceFailure;
  SpendForecast: SpendForecastModel;
  SpendPosition: SpendPositionModel;
  StateCount: StateCount;
  String: Scalars['String']['output'];
  Subscription: Record<PropertyKey, never>;
  TaxCode: TaxCode;
  TaxCodeInput: TaxCodeInput;
  Term: TermModel;
  TerminateOverlappingAction: TerminateOverlappingActionModel;
  TriggerSyncAction: TriggerSyncActionModel;
  UsageFigure: UsageFigureModel;
  UsageGap: UsageGapModel;
  UsageLine: UsageLineModel;
  UsageSummary: UsageSummaryModel;
  UserError: UserErrorModel;
  WaitUntilAction: WaitUntilActionModel;
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

export type AskAPersonActionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AskAPersonAction'] = ResolversParentTypes['AskAPersonAction']> = {
  kind?: Resolver<ResolversTypes['RecommendedActionKind'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AuthorityResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Authority'] = ResolversParentTypes['Authority']> = {
  rule?: Resolver<ResolversTypes['AuthorityRule'], ParentType, ContextType>;
  side?: Resolver<ResolversTypes['AuthoritySide'], ParentType, ContextType>;
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

export type ChangeVerificationResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ChangeVerification'] = ResolversParentTypes['ChangeVerification']> = {
  cause?: Resolver<Maybe<ResolversTypes['ChangeVerificationCause']>, ParentType, ContextType>;
  changedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  client?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expected?: Resolver<ResolversTypes['ExpectedCommitment'], ParentType, ContextType>;
  givesUpAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  idempotencyKey?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  looks?: Resolver<ReadonlyArray<ResolversTypes['ChangeVerificationLook']>, ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  nextLookAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  operation?: Resolver<Maybe<ResolversTypes['ContractOperation']>, ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  requestId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  settledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ChangeVerificationState'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ChangeVerificationComparisonResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ChangeVerificationComparison'] = ResolversParentTypes['ChangeVerificationComparison']> = {
  actual?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expected?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<ResolversTypes['ChangeVerificationField'], ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['ChangeVerificationVerdict'], ParentType, ContextType>;
};

export type ChangeVerificationConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ChangeVerificationConnection'] = ResolversParentTypes['ChangeVerificationConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ChangeVerificationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ChangeVerification']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ChangeVerificationEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ChangeVerificationEdge'] = ResolversParentTypes['ChangeVerificationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ChangeVerification'], ParentType, ContextType>;
};

export type ChangeVerificationFailureResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ChangeVerificationFailure'] = ResolversParentTypes['ChangeVerificationFailure']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ChangeVerificationLookResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ChangeVerificationLook'] = ResolversParentTypes['ChangeVerificationLook']> = {
  cause?: Resolver<ResolversTypes['ChangeVerificationCause'], ParentType, ContextType>;
  commitmentExternalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  comparisons?: Resolver<ReadonlyArray<ResolversTypes['ChangeVerificationComparison']>, ParentType, ContextType>;
  failures?: Resolver<ReadonlyArray<ResolversTypes['ChangeVerificationFailure']>, ParentType, ContextType>;
  lookedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ChangeVerificationState'], ParentType, ContextType>;
};

export type ChangeVerificationStartPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ChangeVerificationStartPayload'] = ResolversParentTypes['ChangeVerificationStartPayload']> = {
  changeVerification?: Resolver<Maybe<ResolversTypes['ChangeVerification']>, ParentType, ContextType>;
  isReplay?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ChangedFieldResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ChangedField'] = ResolversParentTypes['ChangedField']> = {
  after?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
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

export type CommitmentHoleResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CommitmentHole'] = ResolversParentTypes['CommitmentHole']> = {
  after?: Resolver<ResolversTypes['Commitment'], ParentType, ContextType>;
  before?: Resolver<ResolversTypes['Commitment'], ParentType, ContextType>;
  days?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  endsBefore?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  scope?: Resolver<ResolversTypes['OverlapScope'], ParentType, ContextType>;
  startsOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
};

export type CommitmentOverlapResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CommitmentOverlap'] = ResolversParentTypes['CommitmentOverlap']> = {
  days?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  endsBefore?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  first?: Resolver<ResolversTypes['Commitment'], ParentType, ContextType>;
  isConflict?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  scope?: Resolver<ResolversTypes['OverlapScope'], ParentType, ContextType>;
  second?: Resolver<ResolversTypes['Commitment'], ParentType, ContextType>;
  startsOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
};

export type CommitmentPenaltyResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CommitmentPenalty'] = ResolversParentTypes['CommitmentPenalty']> = {
  chargeType?: Resolver<Maybe<ResolversTypes['ExternalReference']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  service?: Resolver<Maybe<ResolversTypes['ExternalReference']>, ParentType, ContextType>;
};

export type CommitmentPositionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CommitmentPosition'] = ResolversParentTypes['CommitmentPosition']> = {
  __resolveType: TypeResolveFn<'ContractPosition' | 'MinimumPosition' | 'ResourcePosition', ParentType, ContextType>;
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

export type ComparedSideResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ComparedSide'] = ResolversParentTypes['ComparedSide']> = {
  changedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  observedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  recordExternalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['SourceName'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['ComparedValue']>, ParentType, ContextType>;
};

export type ComparedValueResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ComparedValue'] = ResolversParentTypes['ComparedValue']> = {
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  enteredAmount?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  enteredPer?: Resolver<Maybe<ResolversTypes['AmountCycle']>, ParentType, ContextType>;
  percent?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  term?: Resolver<Maybe<ResolversTypes['Term']>, ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  unit?: Resolver<ResolversTypes['ComparedUnit'], ParentType, ContextType>;
};

export type ComparisonResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Comparison'] = ResolversParentTypes['Comparison']> = {
  commitmentExternalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  commitmentId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  joinedBy?: Resolver<ResolversTypes['JoinedBy'], ParentType, ContextType>;
  orderExternalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  orderId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  states?: Resolver<ReadonlyArray<ResolversTypes['ReconciliationState']>, ParentType, ContextType>;
  stepExternalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
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
  position?: Resolver<Maybe<ResolversTypes['ContractPosition']>, ParentType, ContextType, Partial<ContractCommitmentPositionArgs>>;
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

export type ContractPositionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ContractPosition'] = ResolversParentTypes['ContractPosition']> = {
  currentPeriod?: Resolver<Maybe<ResolversTypes['Period']>, ParentType, ContextType>;
  daysLeft?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  elapsedPercent?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  on?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  periodsDone?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  periodsTotal?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  problem?: Resolver<Maybe<ResolversTypes['PositionProblem']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['PositionState'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
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

export type CorrectUnitActionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CorrectUnitAction'] = ResolversParentTypes['CorrectUnitAction']> = {
  kind?: Resolver<ResolversTypes['RecommendedActionKind'], ParentType, ContextType>;
  side?: Resolver<Maybe<ResolversTypes['SourceName']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CoverageResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Coverage'] = ResolversParentTypes['Coverage']> = {
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  missing?: Resolver<ReadonlyArray<ResolversTypes['SourceName']>, ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['SourceCoverage']>, ParentType, ContextType>;
};

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export type CurrencyImpactResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CurrencyImpact'] = ResolversParentTypes['CurrencyImpact']> = {
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  leakageOverTerm?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  leakagePerMonth?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  overchargeOverTerm?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  overchargePerMonth?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

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

export type DiscrepancyResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Discrepancy'] = ResolversParentTypes['Discrepancy']> = {
  acknowledgement?: Resolver<Maybe<ResolversTypes['DiscrepancyAcknowledgement']>, ParentType, ContextType>;
  authority?: Resolver<Maybe<ResolversTypes['Authority']>, ParentType, ContextType>;
  billing?: Resolver<Maybe<ResolversTypes['ComparedSide']>, ParentType, ContextType>;
  cause?: Resolver<ResolversTypes['DiscrepancyCause'], ParentType, ContextType>;
  causeText?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  commitmentExternalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  commitmentId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  crm?: Resolver<Maybe<ResolversTypes['ComparedSide']>, ParentType, ContextType>;
  fields?: Resolver<ReadonlyArray<ResolversTypes['ComparedField']>, ParentType, ContextType>;
  firstSeenAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  impact?: Resolver<ResolversTypes['DiscrepancyImpact'], ParentType, ContextType>;
  isLasting?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lastSeenAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  orderExternalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  orderId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  recommendedAction?: Resolver<ResolversTypes['RecommendedAction'], ParentType, ContextType>;
  severity?: Resolver<ResolversTypes['DiscrepancySeverity'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ReconciliationState'], ParentType, ContextType>;
  stepExternalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DiscrepancyAcknowledgementResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['DiscrepancyAcknowledgement'] = ResolversParentTypes['DiscrepancyAcknowledgement']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DiscrepancyAcknowledgementPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['DiscrepancyAcknowledgementPayload'] = ResolversParentTypes['DiscrepancyAcknowledgementPayload']> = {
  discrepancy?: Resolver<Maybe<ResolversTypes['Discrepancy']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DiscrepancyImpactResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['DiscrepancyImpact'] = ResolversParentTypes['DiscrepancyImpact']> = {
  affects?: Resolver<ResolversTypes['Term'], ParentType, ContextType>;
  direction?: Resolver<ResolversTypes['ImpactDirection'], ParentType, ContextType>;
  overTerm?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  perMonth?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type EarlyTerminationTermsResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['EarlyTerminationTerms'] = ResolversParentTypes['EarlyTerminationTerms']> = {
  noticeDays?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  penaltyPercent?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
};

export type EscalationStepResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['EscalationStep'] = ResolversParentTypes['EscalationStep']> = {
  effectiveOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  increasePercent?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  minimum?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type ExpectedCommitmentResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ExpectedCommitment'] = ResolversParentTypes['ExpectedCommitment']> = {
  endsBefore?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  minimum?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  startsOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
};

export type ExternalReferenceResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ExternalReference'] = ResolversParentTypes['ExternalReference']> = {
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type FixedPriceTotalResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['FixedPriceTotal'] = ResolversParentTypes['FixedPriceTotal']> = {
  commitments?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
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

export type LookForFailedWebhookActionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['LookForFailedWebhookAction'] = ResolversParentTypes['LookForFailedWebhookAction']> = {
  kind?: Resolver<ResolversTypes['RecommendedActionKind'], ParentType, ContextType>;
  orderExternalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  orderId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MinimumAgreementResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['MinimumAgreement'] = ResolversParentTypes['MinimumAgreement']> = {
  externalIds?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  position?: Resolver<ResolversTypes['SpendPosition'], ParentType, ContextType>;
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
  position?: Resolver<Maybe<ResolversTypes['MinimumPosition']>, ParentType, ContextType, Partial<MinimumCommitmentPositionArgs>>;
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

export type MinimumPositionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['MinimumPosition'] = ResolversParentTypes['MinimumPosition']> = {
  month?: Resolver<Maybe<ResolversTypes['SpendPosition']>, ParentType, ContextType>;
  on?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  problem?: Resolver<Maybe<ResolversTypes['PositionProblem']>, ParentType, ContextType>;
  sharesUsageWith?: Resolver<Maybe<ReadonlyArray<ResolversTypes['MinimumCommitment']>>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['PositionState'], ParentType, ContextType>;
  term?: Resolver<Maybe<ResolversTypes['SpendPosition']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MinimumTotalResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['MinimumTotal'] = ResolversParentTypes['MinimumTotal']> = {
  agreement?: Resolver<Maybe<ResolversTypes['MinimumAgreement']>, ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  hasOverlaps?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  inMonthExternalIds?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  month?: Resolver<Maybe<ResolversTypes['SpendPosition']>, ParentType, ContextType>;
};

export type MissingPartResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['MissingPart'] = ResolversParentTypes['MissingPart']> = {
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  count?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  month?: Resolver<Maybe<ResolversTypes['YearMonth']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['MissingPartReason'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['SourceName'], ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type MonthPositionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['MonthPosition'] = ResolversParentTypes['MonthPosition']> = {
  committed?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  committedToDate?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  consumed?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  coveredPercent?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  days?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  daysInMonth?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  elapsedPercent?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  endsBefore?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  expected?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  figure?: Resolver<Maybe<ResolversTypes['UsageFigure']>, ParentType, ContextType>;
  gap?: Resolver<Maybe<ResolversTypes['UsageGap']>, ParentType, ContextType>;
  isEstimated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isKnown?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  month?: Resolver<ResolversTypes['YearMonth'], ParentType, ContextType>;
  overage?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  shortfall?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  startsOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['MonthState'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  changeVerificationStart?: Resolver<Maybe<ResolversTypes['ChangeVerificationStartPayload']>, ParentType, ContextType, RequireFields<MutationChangeVerificationStartArgs, 'input'>>;
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
  discrepancyAcknowledge?: Resolver<Maybe<ResolversTypes['DiscrepancyAcknowledgementPayload']>, ParentType, ContextType, RequireFields<MutationDiscrepancyAcknowledgeArgs, 'input'>>;
  discrepancyAcknowledgementWithdraw?: Resolver<Maybe<ResolversTypes['DiscrepancyAcknowledgementPayload']>, ParentType, ContextType, RequireFields<MutationDiscrepancyAcknowledgementWithdrawArgs, 'input'>>;
  organizationSync?: Resolver<Maybe<ResolversTypes['OrganizationSyncPayload']>, ParentType, ContextType, RequireFields<MutationOrganizationSyncArgs, 'input'>>;
  renewalCalendarCreate?: Resolver<Maybe<ResolversTypes['RenewalCalendarCreatePayload']>, ParentType, ContextType, RequireFields<MutationRenewalCalendarCreateArgs, 'input'>>;
  renewalCalendarRevoke?: Resolver<Maybe<ResolversTypes['RenewalCalendarRevokePayload']>, ParentType, ContextType, RequireFields<MutationRenewalCalendarRevokeArgs, 'input'>>;
  resourceCommitmentCreate?: Resolver<Maybe<ResolversTypes['ResourceCommitmentChangePayload']>, ParentType, ContextType, RequireFields<MutationResourceCommitmentCreateArgs, 'input'>>;
  resourceCommitmentDelete?: Resolver<Maybe<ResolversTypes['ResourceCommitmentChangePayload']>, ParentType, ContextType, RequireFields<MutationResourceCommitmentDeleteArgs, 'input'>>;
  resourceCommitmentTerminate?: Resolver<Maybe<ResolversTypes['ResourceCommitmentChangePayload']>, ParentType, ContextType, RequireFields<MutationResourceCommitmentTerminateArgs, 'input'>>;
  resourceCommitmentUpdate?: Resolver<Maybe<ResolversTypes['ResourceCommitmentChangePayload']>, ParentType, ContextType, RequireFields<MutationResourceCommitmentUpdateArgs, 'input'>>;
};

export type NoActionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['NoAction'] = ResolversParentTypes['NoAction']> = {
  kind?: Resolver<ResolversTypes['RecommendedActionKind'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NodeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'ChangeVerification' | 'Contract' | 'ContractCommitment' | 'ContractOperation' | 'MinimumCommitment' | 'Organization' | 'ResourceCommitment' | 'ServiceOrder', ParentType, ContextType>;
};

export type NotComparedCommitmentResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['NotComparedCommitment'] = ResolversParentTypes['NotComparedCommitment']> = {
  commitment?: Resolver<ResolversTypes['Commitment'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['NotComparedReason'], ParentType, ContextType>;
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
  changeVerifications?: Resolver<Maybe<ResolversTypes['ChangeVerificationConnection']>, ParentType, ContextType, RequireFields<OrganizationChangeVerificationsArgs, 'first'>>;
  changes?: Resolver<Maybe<ResolversTypes['RecordChangeConnection']>, ParentType, ContextType, RequireFields<OrganizationChangesArgs, 'first' | 'since'>>;
  commitments?: Resolver<Maybe<ResolversTypes['CommitmentConnection']>, ParentType, ContextType, RequireFields<OrganizationCommitmentsArgs, 'first' | 'orderBy'>>;
  contractTerms?: Resolver<Maybe<ResolversTypes['ContractTerms']>, ParentType, ContextType>;
  contracts?: Resolver<Maybe<ResolversTypes['ContractConnection']>, ParentType, ContextType, RequireFields<OrganizationContractsArgs, 'first'>>;
  currency?: Resolver<Maybe<ResolversTypes['CurrencyCode']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  minimumCommitmentState?: Resolver<Maybe<ResolversTypes['MinimumCommitmentState']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  operations?: Resolver<Maybe<ResolversTypes['ContractOperationConnection']>, ParentType, ContextType, RequireFields<OrganizationOperationsArgs, 'first'>>;
  overlaps?: Resolver<Maybe<ResolversTypes['OverlapReport']>, ParentType, ContextType, RequireFields<OrganizationOverlapsArgs, 'mostPairs'>>;
  position?: Resolver<Maybe<ResolversTypes['OrganizationPosition']>, ParentType, ContextType, Partial<OrganizationPositionArgs>>;
  preflight?: Resolver<Maybe<ResolversTypes['Preflight']>, ParentType, ContextType, RequireFields<OrganizationPreflightArgs, 'change'>>;
  reconciliation?: Resolver<Maybe<ResolversTypes['Reconciliation']>, ParentType, ContextType>;
  renewals?: Resolver<Maybe<ResolversTypes['RenewalConnection']>, ParentType, ContextType, RequireFields<OrganizationRenewalsArgs, 'first'>>;
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

export type OrganizationPositionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['OrganizationPosition'] = ResolversParentTypes['OrganizationPosition']> = {
  contractCommitments?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  coverage?: Resolver<ResolversTypes['Coverage'], ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  minimum?: Resolver<Maybe<ReadonlyArray<ResolversTypes['MinimumTotal']>>, ParentType, ContextType>;
  missing?: Resolver<ReadonlyArray<ResolversTypes['MissingPart']>, ParentType, ContextType>;
  on?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  resources?: Resolver<Maybe<ResolversTypes['ResourceTotal']>, ParentType, ContextType>;
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

export type OverlapReportResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['OverlapReport'] = ResolversParentTypes['OverlapReport']> = {
  coverage?: Resolver<ResolversTypes['Coverage'], ParentType, ContextType>;
  holes?: Resolver<ReadonlyArray<ResolversTypes['CommitmentHole']>, ParentType, ContextType>;
  notCompared?: Resolver<ReadonlyArray<ResolversTypes['NotComparedCommitment']>, ParentType, ContextType>;
  overlaps?: Resolver<ReadonlyArray<ResolversTypes['CommitmentOverlap']>, ParentType, ContextType>;
  pairs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OverlapScopeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['OverlapScope'] = ResolversParentTypes['OverlapScope']> = {
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['OverlapScopeKind'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
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

export type PreflightResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Preflight'] = ResolversParentTypes['Preflight']> = {
  checks?: Resolver<ReadonlyArray<ResolversTypes['PreflightCheck']>, ParentType, ContextType>;
  coverage?: Resolver<ResolversTypes['Coverage'], ParentType, ContextType>;
  current?: Resolver<Maybe<ResolversTypes['MinimumCommitmentState']>, ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['PreflightVerdict'], ParentType, ContextType>;
};

export type PreflightCheckResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['PreflightCheck'] = ResolversParentTypes['PreflightCheck']> = {
  code?: Resolver<ResolversTypes['PreflightCheckCode'], ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['PreflightEvidence']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['SourceName']>, ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['PreflightVerdict'], ParentType, ContextType>;
};

export type PreflightEvidenceResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['PreflightEvidence'] = ResolversParentTypes['PreflightEvidence']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  observedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['SourceName']>, ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ProductResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product']> = {
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sku?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ProductPositionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ProductPosition'] = ResolversParentTypes['ProductPosition']> = {
  committedQuantity?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  consumedQuantity?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  discountPercent?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
};

export type QuantityTotalResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['QuantityTotal'] = ResolversParentTypes['QuantityTotal']> = {
  commitments?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  committedQuantity?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  consumedQuantity?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  unstated?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  changeVerification?: Resolver<Maybe<ResolversTypes['ChangeVerification']>, ParentType, ContextType, RequireFields<QueryChangeVerificationArgs, 'id'>>;
  changes?: Resolver<Maybe<ResolversTypes['RecordChangeConnection']>, ParentType, ContextType, RequireFields<QueryChangesArgs, 'first' | 'since'>>;
  commitment?: Resolver<Maybe<ResolversTypes['Commitment']>, ParentType, ContextType, RequireFields<QueryCommitmentArgs, 'id'>>;
  commitments?: Resolver<Maybe<ResolversTypes['CommitmentConnection']>, ParentType, ContextType, RequireFields<QueryCommitmentsArgs, 'first' | 'orderBy'>>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType, RequireFields<QueryContractArgs, 'id'>>;
  contractOperation?: Resolver<Maybe<ResolversTypes['ContractOperation']>, ParentType, ContextType, Partial<QueryContractOperationArgs>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  nodes?: Resolver<Maybe<ReadonlyArray<Maybe<ResolversTypes['Node']>>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'ids'>>;
  organization?: Resolver<Maybe<ResolversTypes['Organization']>, ParentType, ContextType, RequireFields<QueryOrganizationArgs, 'slug'>>;
  organizations?: Resolver<Maybe<ResolversTypes['OrganizationConnection']>, ParentType, ContextType, RequireFields<QueryOrganizationsArgs, 'first'>>;
  reconciliation?: Resolver<Maybe<ResolversTypes['ReconciliationConnection']>, ParentType, ContextType, RequireFields<QueryReconciliationArgs, 'first'>>;
  renewalCalendars?: Resolver<Maybe<ReadonlyArray<ResolversTypes['RenewalCalendar']>>, ParentType, ContextType>;
  renewals?: Resolver<Maybe<ResolversTypes['RenewalConnection']>, ParentType, ContextType, RequireFields<QueryRenewalsArgs, 'first'>>;
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

export type RecommendedActionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['RecommendedAction'] = ResolversParentTypes['RecommendedAction']> = {
  __resolveType: TypeResolveFn<'AskAPersonAction' | 'CorrectUnitAction' | 'LookForFailedWebhookAction' | 'NoAction' | 'TerminateOverlappingAction' | 'TriggerSyncAction' | 'WaitUntilAction', ParentType, ContextType>;
};

export type ReconciliationResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Reconciliation'] = ResolversParentTypes['Reconciliation']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  comparisons?: Resolver<ReadonlyArray<ResolversTypes['Comparison']>, ParentType, ContextType>;
  coverage?: Resolver<ResolversTypes['ReconciliationCoverage'], ParentType, ContextType>;
  discrepancies?: Resolver<ReadonlyArray<ResolversTypes['Discrepancy']>, ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  pending?: Resolver<ReadonlyArray<ResolversTypes['Discrepancy']>, ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['ReconciliationSummary'], ParentType, ContextType>;
  uncompared?: Resolver<ReadonlyArray<ResolversTypes['Discrepancy']>, ParentType, ContextType>;
};

export type ReconciliationConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ReconciliationConnection'] = ResolversParentTypes['ReconciliationConnection']> = {
  coverage?: Resolver<ResolversTypes['Coverage'], ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['ReconciliationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Reconciliation']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['ReconciliationSummary'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReconciliationCoverageResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ReconciliationCoverage'] = ResolversParentTypes['ReconciliationCoverage']> = {
  commitments?: Resolver<ResolversTypes['SideCoverage'], ParentType, ContextType>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  currentState?: Resolver<ResolversTypes['SideCoverage'], ParentType, ContextType>;
  orders?: Resolver<ResolversTypes['SideCoverage'], ParentType, ContextType>;
  terms?: Resolver<ResolversTypes['SideCoverage'], ParentType, ContextType>;
};

export type ReconciliationEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ReconciliationEdge'] = ResolversParentTypes['ReconciliationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Reconciliation'], ParentType, ContextType>;
};

export type ReconciliationSummaryResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ReconciliationSummary'] = ResolversParentTypes['ReconciliationSummary']> = {
  completeOrganizations?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  counts?: Resolver<ReadonlyArray<ResolversTypes['StateCount']>, ParentType, ContextType>;
  discrepancies?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  impact?: Resolver<ReadonlyArray<ResolversTypes['CurrencyImpact']>, ParentType, ContextType>;
  organizations?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unmeasured?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RecordChangeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['RecordChange'] = ResolversParentTypes['RecordChange']> = {
  commitment?: Resolver<Maybe<ResolversTypes['Commitment']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  fields?: Resolver<ReadonlyArray<ResolversTypes['ChangedField']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['RecordChangeKind'], ParentType, ContextType>;
  moreFields?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  previousSeenAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  recordId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  recordKind?: Resolver<ResolversTypes['RecordKind'], ParentType, ContextType>;
  seenAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['SourceName'], ParentType, ContextType>;
};

export type RecordChangeConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['RecordChangeConnection'] = ResolversParentTypes['RecordChangeConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['RecordChangeEdge']>, ParentType, ContextType>;
  horizonAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['RecordChange']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type RecordChangeEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['RecordChangeEdge'] = ResolversParentTypes['RecordChangeEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['RecordChange'], ParentType, ContextType>;
};

export type RenewalResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Renewal'] = ResolversParentTypes['Renewal']> = {
  atEnd?: Resolver<ResolversTypes['RenewalAtEnd'], ParentType, ContextType>;
  endsBefore?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['RenewalKind'], ParentType, ContextType>;
  lastNoticeOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  lastOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  noticeDays?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  renewalMonths?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  renewalValue?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  renewsAutomatically?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['SourceName'], ParentType, ContextType>;
  startsOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  targetId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  valuePer?: Resolver<Maybe<ResolversTypes['RenewalValuePer']>, ParentType, ContextType>;
};

export type RenewalCalendarResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['RenewalCalendar'] = ResolversParentTypes['RenewalCalendar']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  organizations?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Organization']>>, ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type RenewalCalendarCreatePayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['RenewalCalendarCreatePayload'] = ResolversParentTypes['RenewalCalendarCreatePayload']> = {
  calendar?: Resolver<Maybe<ResolversTypes['RenewalCalendar']>, ParentType, ContextType>;
  isReplay?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  urlPath?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RenewalCalendarRevokePayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['RenewalCalendarRevokePayload'] = ResolversParentTypes['RenewalCalendarRevokePayload']> = {
  calendar?: Resolver<Maybe<ResolversTypes['RenewalCalendar']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RenewalConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['RenewalConnection'] = ResolversParentTypes['RenewalConnection']> = {
  coverage?: Resolver<ResolversTypes['Coverage'], ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['RenewalEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Renewal']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RenewalEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['RenewalEdge'] = ResolversParentTypes['RenewalEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Renewal'], ParentType, ContextType>;
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
  position?: Resolver<Maybe<ResolversTypes['ResourcePosition']>, ParentType, ContextType, Partial<ResourceCommitmentPositionArgs>>;
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

export type ResourcePositionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ResourcePosition'] = ResolversParentTypes['ResourcePosition']> = {
  daysLeft?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  elapsedPercent?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  fixedPrice?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  fixedPriceMoney?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  on?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  problem?: Resolver<Maybe<ResolversTypes['PositionProblem']>, ParentType, ContextType>;
  products?: Resolver<ReadonlyArray<ResolversTypes['ProductPosition']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['PositionState'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ResourceTotalResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ResourceTotal'] = ResolversParentTypes['ResourceTotal']> = {
  active?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  fixedPrices?: Resolver<ReadonlyArray<ResolversTypes['FixedPriceTotal']>, ParentType, ContextType>;
  quantities?: Resolver<ReadonlyArray<ResolversTypes['QuantityTotal']>, ParentType, ContextType>;
  withoutCurrency?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
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

export type SpendForecastResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['SpendForecast'] = ResolversParentTypes['SpendForecast']> = {
  assumed?: Resolver<ReadonlyArray<ResolversTypes['YearMonth']>, ParentType, ContextType>;
  bandPercent?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  expected?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  high?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  knownMonths?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  low?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  method?: Resolver<ResolversTypes['ForecastMethod'], ParentType, ContextType>;
};

export type SpendPositionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['SpendPosition'] = ResolversParentTypes['SpendPosition']> = {
  committed?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  committedToDate?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  consumed?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  daysLeft?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  elapsedPercent?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  endsBefore?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  forecast?: Resolver<Maybe<ResolversTypes['SpendForecast']>, ParentType, ContextType>;
  gaps?: Resolver<ReadonlyArray<ResolversTypes['UsageGap']>, ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isEstimated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  months?: Resolver<ReadonlyArray<ResolversTypes['MonthPosition']>, ParentType, ContextType>;
  overage?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  pace?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  percent?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  remaining?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  requiredPerDay?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  shortfall?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  shortfallByMonth?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  startsOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['PositionState'], ParentType, ContextType>;
};

export type StateCountResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['StateCount'] = ResolversParentTypes['StateCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ReconciliationState'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  changeVerification?: SubscriptionResolver<Maybe<ResolversTypes['ChangeVerification']>, "changeVerification", ParentType, ContextType, RequireFields<SubscriptionChangeVerificationArgs, 'id'>>;
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

export type TerminateOverlappingActionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TerminateOverlappingAction'] = ResolversParentTypes['TerminateOverlappingAction']> = {
  commitmentExternalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  commitmentId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['RecommendedActionKind'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TriggerSyncActionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TriggerSyncAction'] = ResolversParentTypes['TriggerSyncAction']> = {
  document?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['RecommendedActionKind'], ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  variables?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UsageFigureResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['UsageFigure'] = ResolversParentTypes['UsageFigure']> = {
  committed?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['UsageFigureOrigin'], ParentType, ContextType>;
  other?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  shortfall?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  untilAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  used?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type UsageGapResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['UsageGap'] = ResolversParentTypes['UsageGap']> = {
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  month?: Resolver<ResolversTypes['YearMonth'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['UsageGapReason'], ParentType, ContextType>;
  seen?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
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

export type WaitUntilActionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['WaitUntilAction'] = ResolversParentTypes['WaitUntilAction']> = {
  kind?: Resolver<ResolversTypes['RecommendedActionKind'], ParentType, ContextType>;
  lookAgainAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface YearMonthScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['YearMonth'], any> {
  name: 'YearMonth';
}

export type Resolvers<ContextType = GraphContext> = {
  AffectedObject?: AffectedObjectResolvers<ContextType>;
  AskAPersonAction?: AskAPersonActionResolvers<ContextType>;
  Authority?: AuthorityResolvers<ContextType>;
  BackendRefusal?: BackendRefusalResolvers<ContextType>;
  BillingHistoryEntry?: BillingHistoryEntryResolvers<ContextType>;
  ChangeImplication?: ChangeImplicationResolvers<ContextType>;
  ChangePayload?: ChangePayloadResolvers<ContextType>;
  ChangePreview?: ChangePreviewResolvers<ContextType>;
  ChangeRequest?: ChangeRequestResolvers<ContextType>;
  ChangeVerification?: ChangeVerificationResolvers<ContextType>;
  ChangeVerificationComparison?: ChangeVerificationComparisonResolvers<ContextType>;
  ChangeVerificationConnection?: ChangeVerificationConnectionResolvers<ContextType>;
  ChangeVerificationEdge?: ChangeVerificationEdgeResolvers<ContextType>;
  ChangeVerificationFailure?: ChangeVerificationFailureResolvers<ContextType>;
  ChangeVerificationLook?: ChangeVerificationLookResolvers<ContextType>;
  ChangeVerificationStartPayload?: ChangeVerificationStartPayloadResolvers<ContextType>;
  ChangedField?: ChangedFieldResolvers<ContextType>;
  Commitment?: CommitmentResolvers<ContextType>;
  CommitmentConnection?: CommitmentConnectionResolvers<ContextType>;
  CommitmentEdge?: CommitmentEdgeResolvers<ContextType>;
  CommitmentHole?: CommitmentHoleResolvers<ContextType>;
  CommitmentOverlap?: CommitmentOverlapResolvers<ContextType>;
  CommitmentPenalty?: CommitmentPenaltyResolvers<ContextType>;
  CommitmentPosition?: CommitmentPositionResolvers<ContextType>;
  CommittedPackageFrequency?: CommittedPackageFrequencyResolvers<ContextType>;
  CommittedProduct?: CommittedProductResolvers<ContextType>;
  CommittedService?: CommittedServiceResolvers<ContextType>;
  CommittedUsageClass?: CommittedUsageClassResolvers<ContextType>;
  ComparedSide?: ComparedSideResolvers<ContextType>;
  ComparedValue?: ComparedValueResolvers<ContextType>;
  Comparison?: ComparisonResolvers<ContextType>;
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
  ContractPosition?: ContractPositionResolvers<ContextType>;
  ContractProduct?: ContractProductResolvers<ContextType>;
  ContractRenewalTerms?: ContractRenewalTermsResolvers<ContextType>;
  ContractTerms?: ContractTermsResolvers<ContextType>;
  CorrectUnitAction?: CorrectUnitActionResolvers<ContextType>;
  Coverage?: CoverageResolvers<ContextType>;
  CurrencyCode?: GraphQLScalarType;
  CurrencyImpact?: CurrencyImpactResolvers<ContextType>;
  CustomField?: CustomFieldResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  Discrepancy?: DiscrepancyResolvers<ContextType>;
  DiscrepancyAcknowledgement?: DiscrepancyAcknowledgementResolvers<ContextType>;
  DiscrepancyAcknowledgementPayload?: DiscrepancyAcknowledgementPayloadResolvers<ContextType>;
  DiscrepancyImpact?: DiscrepancyImpactResolvers<ContextType>;
  EarlyTerminationTerms?: EarlyTerminationTermsResolvers<ContextType>;
  EscalationStep?: EscalationStepResolvers<ContextType>;
  ExpectedCommitment?: ExpectedCommitmentResolvers<ContextType>;
  ExternalReference?: ExternalReferenceResolvers<ContextType>;
  FixedPriceTotal?: FixedPriceTotalResolvers<ContextType>;
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
  LookForFailedWebhookAction?: LookForFailedWebhookActionResolvers<ContextType>;
  MinimumAgreement?: MinimumAgreementResolvers<ContextType>;
  MinimumCommitment?: MinimumCommitmentResolvers<ContextType>;
  MinimumCommitmentState?: MinimumCommitmentStateResolvers<ContextType>;
  MinimumPosition?: MinimumPositionResolvers<ContextType>;
  MinimumTotal?: MinimumTotalResolvers<ContextType>;
  MissingPart?: MissingPartResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  MonthPosition?: MonthPositionResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NoAction?: NoActionResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  NotComparedCommitment?: NotComparedCommitmentResolvers<ContextType>;
  OperationEvidence?: OperationEvidenceResolvers<ContextType>;
  OperationFailure?: OperationFailureResolvers<ContextType>;
  OperationReferences?: OperationReferencesResolvers<ContextType>;
  Organization?: OrganizationResolvers<ContextType>;
  OrganizationConnection?: OrganizationConnectionResolvers<ContextType>;
  OrganizationEdge?: OrganizationEdgeResolvers<ContextType>;
  OrganizationPosition?: OrganizationPositionResolvers<ContextType>;
  OrganizationSyncPayload?: OrganizationSyncPayloadResolvers<ContextType>;
  OverlapReport?: OverlapReportResolvers<ContextType>;
  OverlapScope?: OverlapScopeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Period?: PeriodResolvers<ContextType>;
  Preflight?: PreflightResolvers<ContextType>;
  PreflightCheck?: PreflightCheckResolvers<ContextType>;
  PreflightEvidence?: PreflightEvidenceResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  ProductPosition?: ProductPositionResolvers<ContextType>;
  QuantityTotal?: QuantityTotalResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Quote?: QuoteResolvers<ContextType>;
  QuoteApproval?: QuoteApprovalResolvers<ContextType>;
  QuoteDetail?: QuoteDetailResolvers<ContextType>;
  QuoteValidation?: QuoteValidationResolvers<ContextType>;
  RampStep?: RampStepResolvers<ContextType>;
  RecommendedAction?: RecommendedActionResolvers<ContextType>;
  Reconciliation?: ReconciliationResolvers<ContextType>;
  ReconciliationConnection?: ReconciliationConnectionResolvers<ContextType>;
  ReconciliationCoverage?: ReconciliationCoverageResolvers<ContextType>;
  ReconciliationEdge?: ReconciliationEdgeResolvers<ContextType>;
  ReconciliationSummary?: ReconciliationSummaryResolvers<ContextType>;
  RecordChange?: RecordChangeResolvers<ContextType>;
  RecordChangeConnection?: RecordChangeConnectionResolvers<ContextType>;
  RecordChangeEdge?: RecordChangeEdgeResolvers<ContextType>;
  Renewal?: RenewalResolvers<ContextType>;
  RenewalCalendar?: RenewalCalendarResolvers<ContextType>;
  RenewalCalendarCreatePayload?: RenewalCalendarCreatePayloadResolvers<ContextType>;
  RenewalCalendarRevokePayload?: RenewalCalendarRevokePayloadResolvers<ContextType>;
  RenewalConnection?: RenewalConnectionResolvers<ContextType>;
  RenewalEdge?: RenewalEdgeResolvers<ContextType>;
  RenewalTerms?: RenewalTermsResolvers<ContextType>;
  ResourceCommitment?: ResourceCommitmentResolvers<ContextType>;
  ResourceCommitmentChangePayload?: ResourceCommitmentChangePayloadResolvers<ContextType>;
  ResourcePosition?: ResourcePositionResolvers<ContextType>;
  ResourceTotal?: ResourceTotalResolvers<ContextType>;
  ServiceOrder?: ServiceOrderResolvers<ContextType>;
  ServiceOrderConnection?: ServiceOrderConnectionResolvers<ContextType>;
  ServiceOrderEdge?: ServiceOrderEdgeResolvers<ContextType>;
  Source?: SourceResolvers<ContextType>;
  SourceAccount?: SourceAccountResolvers<ContextType>;
  SourceCoverage?: SourceCoverageResolvers<ContextType>;
  SourceFailure?: SourceFailureResolvers<ContextType>;
  SpendForecast?: SpendForecastResolvers<ContextType>;
  SpendPosition?: SpendPositionResolvers<ContextType>;
  StateCount?: StateCountResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  TaxCode?: TaxCodeResolvers<ContextType>;
  Term?: TermResolvers<ContextType>;
  TerminateOverlappingAction?: TerminateOverlappingActionResolvers<ContextType>;
  TriggerSyncAction?: TriggerSyncActionResolvers<ContextType>;
  UsageFigure?: UsageFigureResolvers<ContextType>;
  UsageGap?: UsageGapResolvers<ContextType>;
  UsageLine?: UsageLineResolvers<ContextType>;
  UsageSummary?: UsageSummaryResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  WaitUntilAction?: WaitUntilActionResolvers<ContextType>;
  YearMonth?: GraphQLScalarType;
};

export type DirectiveResolvers<ContextType = GraphContext> = {
  cost?: CostDirectiveResolver<any, any, ContextType>;
  fresh?: FreshDirectiveResolver<any, any, ContextType>;
  listSize?: ListSizeDirectiveResolver<any, any, ContextType>;
  requires?: RequiresDirectiveResolver<any, any, ContextType>;
};
