/**
 * What the MonetizeNow emulator remembers: a small catalogue, the accounts' contracts, quotes and invoices, and the
 * changes that wait for a decision.
 * Guarantees that a contract has no offerings of its own: they are on its quotes, as at the vendor (`backends.md` §4.4),
 * and what is agreed follows from the PROCESSED ones in their order (`terms.ts`). Totals are computed (`amounts.ts`) and never stored. Money is whole
 * cents, `bigint`.
 */
import type { Operation } from './operation.js';

export type Cents = bigint;

export type ProductType =
  'ADVANCE' | 'ARREARS' | 'USAGE' | 'ONETIME' | 'ONETIME_PREPAID_CREDIT' | 'MIN_COMMIT';
export type BillingFrequency = 'MONTHLY' | 'QUARTERLY' | 'SEMIANNUALLY' | 'ANNUALLY';
export type QuoteStatus =
  'DRAFT' | 'REVIEW' | 'APPROVED' | 'DENIED' | 'SENT' | 'ACCEPTED' | 'PROCESSED' | 'CANCELED' | 'EXPIRED';

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly sku: string;
  readonly productType: ProductType;
}

export interface Price {
  readonly productId: string;
  readonly unitPrice: Cents;
  /** What an unlisted product gets when its offering is added (seed 002); 1 where the rate says nothing. */
  readonly lowerBound?: number;
}

export interface Rate {
  readonly id: string;
  readonly name: string;
  readonly offeringId: string;
  readonly currency: string;
  readonly billingFrequency: BillingFrequency;
  readonly billingFrequencyInMonths: number;
  readonly subscriptionTiming: 'ADVANCE' | 'ARREARS';
  readonly priceModel: 'FLAT' | 'VOLUME' | 'CUSTOM';
  /** Taken when a request names an offering and no rate (`backends.md` C15). */
  readonly isDefault: boolean;
  readonly prices: readonly Price[];
}

export interface Offering {
  readonly id: string;
  readonly name: string;
  readonly offeringType: 'SUBSCRIPTION' | 'ONETIME' | 'MIN_COMMIT';
  readonly productIds: readonly string[];
}

export interface Catalogue {
  readonly products: Map<string, Product>;
  readonly offerings: Map<string, Offering>;
  readonly rates: Map<string, Rate>;
}

export interface Account {
  readonly id: string;
  /** Free text for the caller's own id; the sandbox keeps the customer's slug in it. */
  readonly customId: string;
  readonly name: string;
  readonly currency: string;
  readonly contractIds: string[];
}

export interface QuoteItem {
  readonly id: string;
  readonly productId: string;
  readonly quantity: number;
  readonly unitPrice: Cents;
  /** 10 is 10 %. */
  readonly discountPercent: number;
  readonly amendmentStatus: 'ADDED' | 'NO_CHANGE' | 'REMOVED' | 'UPDATED';
  readonly previousQuantity: number | null;
  readonly previousAmount: Cents | null;
}

export interface Discount {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly discountCode: string | null;
  readonly status: 'ACTIVE' | 'INACTIVE' | 'PENDING' | 'EXPIRED';
  readonly type:
    | { readonly name: 'FLAT'; readonly cents: Cents }
    /** 10 is 10 %. */
    | { readonly name: 'PERCENTAGE'; readonly percent: number };
  readonly durationType: 'ONE_TIME' | 'UNLIMITED' | 'LIMITED';
  readonly durationMonths: number | null;
  /** Both days included. */
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly scopeProductId: string | null;
  readonly scopeOfferingId: string | null;
  readonly lifecyclePolicies: readonly 'EXCLUDE_FROM_RENEWAL'[];
}

export interface QuoteOffering {
  readonly id: string;
  readonly offeringId: string;
  readonly rateId: string;
  readonly subscriptionId: string;
  /** Both days included. */
  readonly startDate: string;
  readonly endDate: string;
  readonly items: readonly QuoteItem[];
  readonly discounts: readonly Discount[];
  /** The first step of the ramp that this is a later step of. */
  readonly parentId: string | null;
  readonly previousId: string | null;
  readonly previousRateId: string | null;
  readonly added: boolean;
  readonly removed: boolean;
}

export interface Approval {
  readonly id: string;
  readonly ruleId: string;
  readonly name: string;
  readonly description: string;
  readonly status: 'NO_ACTION' | 'APPROVED' | 'DECLINED';
  readonly decidedAt: number | null;
}

export interface Validation {
  readonly ruleId: string;
  readonly errorLevel: 'INFO' | 'WARN' | 'ERROR';
  readonly message: string;
}

export interface Quote {
  readonly id: string;
  readonly contractId: string;
  readonly description: string;
  readonly type: 'NEW' | 'AMENDMENT' | 'RENEWAL';
  status: QuoteStatus;
  readonly previousQuoteId: string | null;
  /** The first day of the change; null on a NEW quote. */
  readonly amendmentDate: string | null;
  readonly expirationDate: string;
  readonly offerings: readonly QuoteOffering[];
  /** What a tenant sets up for itself: any JSON. */
  readonly customFields: Readonly<Record<string, unknown>>;
  readonly approvals: readonly Approval[];
  readonly validations: readonly Validation[];
  readonly createdAt: number;
  modifiedAt: number;
  sentAt: number | null;
  acceptedAt: number | null;
  processedAt: number | null;
}

export interface Contract {
  readonly id: string;
  readonly accountId: string;
  /** Whom it was sold through. */
  readonly partner: Partner | null;
  readonly billGroupId: string;
  readonly currency: string;
  readonly startDate: string;
  /** Included (`backends.md` C30). */
  endDate: string;
  /** Whole months of the term as signed. */
  readonly months: number;
  endAction: 'MANUAL_RENEW' | 'RENEW' | 'CANCEL';
  /** From this day on it is CANCELED. */
  canceledFrom: string | null;
  /** A successor exists: amend that one (`backends.md` §4.8). */
  renewed: boolean;
  previousContractId: string | null;
  readonly owner: User;
  modifiedAt: number;
  /** Oldest first; one that was held for review goes to the end when it is processed. */
  readonly quoteIds: string[];
  readonly invoiceIds: string[];
}

export interface Partner {
  readonly accountId: string;
  readonly name: string;
}

export interface User {
  readonly id: string;
  readonly name: string;
}

export interface InvoiceItem {
  readonly id: string;
  readonly quoteItemId: string;
  readonly subscriptionId: string;
  readonly offeringId: string;
  readonly rateId: string;
  readonly productId: string;
  readonly quantity: number;
  readonly unitPrice: Cents;
  readonly amountWithoutDiscount: Cents;
  readonly discount: Cents;
  readonly tax: Cents;
  /** 1 for a whole billing period. */
  readonly prorationMultiplier: number;
  /** Both days included. */
  readonly startDate: string;
  readonly endDate: string;
}

export interface Credit {
  readonly id: string;
  readonly creditNoteId: string;
  readonly type: 'CREDIT_NOTE' | 'SERVICE' | 'PREPAID';
  readonly reason: string;
  readonly appliedAt: number;
  readonly amount: Cents;
}

export interface Invoice {
  readonly id: string;
  readonly invoiceNumber: string;
  readonly accountId: string;
  readonly contractId: string;
  readonly quoteId: string;
  status: 'DRAFT' | 'CANCELED' | 'UNPAID' | 'PENDING' | 'PAID' | 'REVERSED';
  readonly invoiceType: 'RECURRING' | 'ONETIME' | 'INCREMENTAL' | 'REBILLED';
  readonly billDate: string;
  readonly startDate: string;
  readonly endDate: string;
  readonly dueDate: string;
  paidDate: string | null;
  paymentId: string | null;
  readonly items: readonly InvoiceItem[];
  readonly credits: readonly Credit[];
}

/** A change that was asked for and held. */
export interface HeldChange {
  readonly operation: Operation;
  /** The first day of the change, as asked. */
  readonly from: string;
  readonly requestId: string | null;
}

export interface MonetizenowState {
  readonly catalogue: Catalogue;
  readonly accounts: Map<string, Account>;
  readonly contracts: Map<string, Contract>;
  readonly quotes: Map<string, Quote>;
  readonly invoices: Map<string, Invoice>;
  /** By the id of the quote that is in REVIEW or ACCEPTED. The quote a customer is seeded with is held by nobody. */
  readonly held: Map<string, HeldChange>;
}
