/**
 * Contracts with their offerings, quotes and invoices: what contract operations act on (MonetizeNow).
 *
 * Every member but the ids may be missing: the vendor's contract objects carry no promise of stability (002), and a
 * list row holds less than a single read.
 */
import type { Day, Instant, Term } from './calendar.js';
import type { CurrencyCode, Decimal, Money } from './money.js';
import type { Observation } from './observation.js';
import type { OrganizationSlug } from './organization.js';
import type { NamedReference } from './commitment.js';

export type ContractStatus = 'ACTIVE' | 'CANCELED' | 'PENDING' | 'FINISHED' | 'UNRECOGNIZED';
export type ContractEndAction = 'MANUAL_RENEW' | 'RENEW' | 'CANCEL' | 'UNRECOGNIZED';

export interface Contract {
  readonly externalId: string;
  readonly organization: OrganizationSlug;
  readonly account: NamedReference | null;
  readonly billGroupId: string | null;
  readonly latestQuoteId: string | null;
  readonly status: ContractStatus | null;
  readonly statusText: string | null;
  /** The vendor's end date is the last day; here it is the first day after. */
  readonly term: Term;
  readonly endAction: ContractEndAction | null;
  readonly endActionText: string | null;
  readonly totalValue: Money | null;
  readonly owner: NamedReference | null;
  readonly isRenewed: boolean | null;
  readonly previousContractId: string | null;
  readonly legalEntityId: string | null;
  readonly modifiedAt: Instant | null;
  readonly observation: Observation;
}

/** What only a read of the single contract tells. */
export interface ContractDetail {
  readonly quotes: readonly Quote[];
  readonly renewalTerms: ContractRenewalTerms | null;
}

export interface ContractRenewalTerms {
  readonly endAction: ContractEndAction | null;
  readonly endActionText: string | null;
  /** The backend's own word for the length of the renewal. */
  readonly renewalLengthType: string | null;
  readonly noticeDays: number | null;
}

export type QuoteType = 'NEW' | 'AMENDMENT' | 'RENEWAL' | 'UNRECOGNIZED';
export type QuoteStatus =
  | 'DRAFT'
  | 'REVIEW'
  | 'APPROVED'
  | 'DENIED'
  | 'SENT'
  | 'ACCEPTED'
  | 'ACCEPTED_ADMIN_EDITABLE'
  | 'PROCESSED'
  | 'CANCELED'
  | 'EXPIRED'
  | 'ARCHIVED'
  | 'UNRECOGNIZED';

export interface Quote {
  readonly externalId: string;
  readonly description: string | null;
  readonly type: QuoteType | null;
  readonly typeText: string | null;
  readonly newQuoteType: string | null;
  readonly status: QuoteStatus | null;
  readonly statusText: string | null;
  /** Of an amendment: the difference that it makes. */
  readonly amount: Money | null;
  readonly contractAmount: Money | null;
  readonly contractId: string | null;
  readonly contractMonths: number | null;
  readonly contractTerm: Term;
  readonly account: NamedReference | null;
  readonly secondaryAccount: NamedReference | null;
  readonly billingAccountId: string | null;
  readonly billGroupId: string | null;
  readonly owner: NamedReference | null;
  readonly opportunityId: string | null;
  readonly opportunityStatusText: string | null;
  readonly customFields: readonly CustomField[];
  readonly isMigrated: boolean | null;
  readonly acceptedAt: Instant | null;
  readonly sentAt: Instant | null;
  readonly processedAt: Instant | null;
  readonly createdAt: Instant | null;
  readonly createdById: string | null;
  readonly modifiedAt: Instant | null;
  readonly modifiedById: string | null;
}

/** A value that the vendor's customer has added to its records. */
export interface CustomField {
  readonly name: string;
  /** Text as it is; numbers with the digits sent; anything else as JSON. */
  readonly value: string | null;
}

/** What only a read of the single quote tells. */
export interface QuoteDetail extends Quote {
  readonly expiresOn: Day | null;
  readonly netTerms: string | null;
  readonly amountWithoutTax: Money | null;
  readonly amountWithoutDiscount: Money | null;
  readonly discountAmount: Money | null;
  readonly discountPercent: Decimal | null;
  readonly credit: Money | null;
  readonly cancellationReason: string | null;
  readonly startDateSourceText: string | null;
  readonly renewsAutomatically: boolean | null;
  readonly amendmentOn: Day | null;
  readonly originalQuoteId: string | null;
  readonly previousQuoteId: string | null;
  readonly previousContractId: string | null;
  readonly annualRecurringRevenue: Money | null;
  readonly monthlyRecurringRevenue: Money | null;
  readonly offerings: readonly ContractOffering[];
  readonly validations: readonly QuoteValidation[];
  readonly approvals: readonly QuoteApproval[];
}

export interface QuoteValidation {
  readonly ruleId: string | null;
  readonly level: string | null;
  readonly message: string | null;
}

export interface QuoteApproval {
  readonly externalId: string | null;
  readonly name: string | null;
  readonly statusText: string | null;
}

export type BillingFrequency =
  'DAILY' | 'MONTHLY' | 'QUARTERLY' | 'SEMIANNUALLY' | 'ANNUALLY' | 'ONETIME' | 'CUSTOM' | 'UNRECOGNIZED';
export type BillingTiming = 'ADVANCE' | 'ARREARS' | 'UNRECOGNIZED';

/** An offering on the contract, with the rate it is billed at and its products. */
export interface ContractOffering {
  readonly externalId: string;
  readonly offering: NamedReference | null;
  readonly rate: NamedReference | null;
  readonly subscriptionId: string | null;
  readonly billingFrequency: BillingFrequency | null;
  readonly billingFrequencyText: string | null;
  readonly billingFrequencyMonths: number | null;
  readonly billingTiming: BillingTiming | null;
  readonly billingTimingText: string | null;
  readonly amount: Money | null;
  readonly amountWithoutDiscount: Money | null;
  readonly discountAmount: Money | null;
  readonly discountPercent: Decimal | null;
  /** The offering of an earlier quote that this one takes the place of. */
  readonly previousExternalId: string | null;
  readonly previousRateId: string | null;
  readonly previousAmount: Money | null;
  readonly term: Term;
  /** Set on the later steps of a ramp: the offering that they belong to. */
  readonly parentExternalId: string | null;
  readonly isAdded: boolean | null;
  readonly isRemoved: boolean | null;
  readonly products: readonly ContractProduct[];
  readonly discounts: readonly ContractDiscount[];
}

/** A discount that an offering is sold with. It is an amount or a percentage, never both. */
export interface ContractDiscount {
  readonly externalId: string | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly code: string | null;
  readonly statusText: string | null;
  readonly typeText: string | null;
  readonly amount: Money | null;
  readonly percent: Decimal | null;
  readonly durationTypeText: string | null;
  readonly durationMonths: number | null;
  readonly term: Term;
  /** What it is limited to. */
  readonly productId: string | null;
  readonly offeringId: string | null;
  readonly isExcludedFromRenewal: boolean | null;
}

export type ContractProductType =
  'ADVANCE' | 'ARREARS' | 'USAGE' | 'ONETIME' | 'ONETIME_PREPAID_CREDIT' | 'MIN_COMMIT' | 'UNRECOGNIZED';
export type AmendmentStatus = 'ADDED' | 'NO_CHANGE' | 'REMOVED' | 'UPDATED' | 'UNRECOGNIZED';

export interface ContractProduct {
  readonly externalId: string;
  readonly product: {
    readonly externalId: string;
    readonly name: string | null;
    readonly sku: string | null;
  };
  readonly type: ContractProductType | null;
  readonly typeText: string | null;
  readonly quantity: Decimal | null;
  readonly unitPrice: Money | null;
  readonly unitPriceAfterDiscount: Money | null;
  readonly amount: Money | null;
  readonly contractAmount: Money | null;
  readonly amendmentStatus: AmendmentStatus | null;
  readonly previousQuantity: Decimal | null;
  readonly previousAmount: Money | null;
}

export type InvoiceStatus =
  'DRAFT' | 'CANCELED' | 'UNPAID' | 'PENDING' | 'PAID' | 'REVERSED' | 'UNRECOGNIZED';
export type InvoiceType = 'RECURRING' | 'ONETIME' | 'INCREMENTAL' | 'REBILLED' | 'UNRECOGNIZED';

export interface Invoice {
  readonly externalId: string;
  readonly invoiceNumber: string | null;
  readonly account: InvoiceAccount | null;
  readonly billGroupId: string | null;
  readonly contractId: string | null;
  readonly quoteId: string | null;
  readonly status: InvoiceStatus | null;
  readonly statusText: string | null;
  readonly type: InvoiceType | null;
  readonly typeText: string | null;
  readonly invoicedOn: Day | null;
  readonly billedOn: Day | null;
  readonly dueOn: Day | null;
  readonly paidOn: Day | null;
  /** The stretch that is billed. */
  readonly term: Term;
  readonly netTerms: string | null;
  readonly isPastDue: boolean | null;
  readonly amount: Money | null;
  readonly amountWithoutTax: Money | null;
  readonly amountWithoutDiscount: Money | null;
  readonly discount: Money | null;
  readonly tax: Money | null;
  readonly amountDue: Money | null;
  readonly amountPaid: Money | null;
  readonly amountCredited: Money | null;
  readonly items: readonly InvoiceItem[];
  readonly payments: readonly InvoicePayment[];
  readonly credits: readonly InvoiceCredit[];
  readonly observation: Observation;
}

/** The account as it was when the invoice was written. */
export interface InvoiceAccount extends NamedReference {
  readonly customId: string | null;
  readonly currency: CurrencyCode | null;
  readonly statusText: string | null;
}

export interface InvoicePayment {
  readonly externalId: string | null;
  readonly amount: Money | null;
  readonly createdAt: Instant | null;
  readonly settledAt: Instant | null;
  readonly methodName: string | null;
  readonly cardTypeText: string | null;
  readonly description: string | null;
}

export interface InvoiceCredit {
  readonly externalId: string | null;
  readonly creditNoteId: string | null;
  readonly typeText: string | null;
  readonly amount: Money | null;
  readonly appliedAt: Instant | null;
  readonly reason: string | null;
}

export interface InvoiceItem {
  readonly externalId: string | null;
  readonly product: NamedReference | null;
  readonly offering: NamedReference | null;
  /** As sent: SUBSCRIPTION, ONETIME, MIN_COMMIT and others. */
  readonly offeringType: string | null;
  readonly priceModel: string | null;
  readonly quantity: Decimal | null;
  readonly unitPrice: Money | null;
  readonly amount: Money | null;
  readonly prorationMultiplier: Decimal | null;
  readonly minimumCommitAvailable: Money | null;
  readonly minimumCommitAdditionalBilled: Money | null;
  readonly term: Term;
}
