/**
 * MonetizeNow's contracts, quotes and invoices in the words of the domain. Total and pure.
 *
 * Guarantees: an end date, which is the last day there, becomes the first day after; an amount becomes money only with
 * the currency of its own record. Refuses to carry a currency over from one record to another.
 */
import { dayAfter, type Day, type Term } from '../../domain/calendar.js';
import type { NamedReference } from '../../domain/commitment.js';
import type {
  AmendmentStatus,
  BillingFrequency,
  BillingTiming,
  Contract,
  ContractDiscount,
  ContractEndAction,
  ContractOffering,
  ContractProduct,
  ContractProductType,
  ContractRenewalTerms,
  ContractStatus,
  Invoice,
  InvoiceAccount,
  InvoiceCredit,
  InvoiceItem,
  InvoicePayment,
  InvoiceStatus,
  InvoiceType,
  Quote,
  QuoteDetail,
  QuoteStatus,
  QuoteType,
} from '../../domain/contract.js';
import { money, type CurrencyCode, type Decimal, type Money } from '../../domain/money.js';
import type { Observation } from '../../domain/observation.js';
import type { Organization } from '../../domain/organization.js';
import type { Drift } from '../../observability/drift.js';
import { enumOf } from '../records.js';
import type {
  WireContract,
  WireDiscount,
  WireInvoice,
  WireInvoiceAccount,
  WireInvoiceCredit,
  WireInvoiceItem,
  WireInvoicePayment,
  WireQuote,
  WireQuoteDetail,
  WireQuoteItem,
  WireQuoteOffering,
  WireRenewalTerms,
} from './wire.js';

/** A contract of the organization. Its account is the directory's where the record does not name one. */
export function toContract(
  row: WireContract,
  context: { readonly organization: Organization; readonly observation: Observation; readonly drift: Drift },
): Contract {
  const { organization, observation, drift } = context;
  return {
    externalId: row.id,
    organization: organization.slug,
    account: reference(row.accountId ?? organization.monetizenow?.accountId ?? null, row.accountName),
    billGroupId: row.billGroupId,
    latestQuoteId: row.latestQuoteId,
    status: oneOf(CONTRACT_STATUSES, row.status, 'contract.status', drift),
    statusText: row.status,
    term: termOf(row.startDate, row.endDate),
    endAction: oneOf(END_ACTIONS, row.endAction, 'contract.endAction', drift),
    endActionText: row.endAction,
    totalValue: moneyOf(row.totalValue, row.currency),
    owner: reference(row.owner, row.ownerName),
    isRenewed: row.renewed,
    previousContractId: row.previousContractId,
    legalEntityId: row.legalEntityId,
    modifiedAt: row.modifyDate,
    observation,
  };
}

export function toRenewalTerms(row: WireRenewalTerms, drift: Drift): ContractRenewalTerms {
  return {
    endAction: oneOf(END_ACTIONS, row.contractEndAction, 'contract.renewalEndAction', drift),
    endActionText: row.contractEndAction,
    renewalLengthType: row.renewalTermLength?.type ?? null,
    noticeDays: row.autoRenewalNoticePeriod,
  };
}

export function toQuote(row: WireQuote, drift: Drift): Quote {
  return {
    externalId: row.id,
    description: row.description,
    type: oneOf(QUOTE_TYPES, row.type, 'quote.type', drift),
    typeText: row.type,
    newQuoteType: row.newQuoteType,
    status: oneOf(QUOTE_STATUSES, row.status, 'quote.status', drift),
    statusText: row.status,
    amount: moneyOf(row.amount, row.currency),
    contractAmount: moneyOf(row.contractAmount, row.currency),
    contractId: row.contractId,
    contractMonths: row.contractLength,
    contractTerm: termOf(row.contractStartDate, row.contractEndDate),
    account: reference(row.accountId, row.accountName),
    secondaryAccount: reference(row.secondaryAccountId, row.secondaryAccountName),
    billingAccountId: row.billingAccountId,
    billGroupId: row.billGroupId,
    owner: reference(row.ownerId ?? row.owner, row.ownerName),
    opportunityId: row.opportunity?.id ?? null,
    opportunityStatusText: row.opportunity?.status ?? null,
    customFields: Object.entries(row.customFields ?? {}).map(([name, value]) => ({ name, value })),
    isMigrated: row.migrated,
    acceptedAt: row.acceptedAt,
    sentAt: row.sentDate,
    processedAt: row.processedAt,
    createdAt: row.createDate,
    createdById: row.createdBy,
    modifiedAt: row.modifyDate,
    modifiedById: row.lastModifiedBy,
  };
}

export function toQuoteDetail(row: WireQuoteDetail, drift: Drift): QuoteDetail {
  const inQuoteCurrency = (amount: Decimal | null) => moneyOf(amount, row.currency);
  return {
    ...toQuote(row, drift),
    expiresOn: row.expirationDate,
    netTerms: row.netTerms,
    amountWithoutTax: inQuoteCurrency(row.amountWithoutTax),
    amountWithoutDiscount: inQuoteCurrency(row.amountWithoutDiscount),
    discountAmount: inQuoteCurrency(row.discountAmount),
    discountPercent: row.discountPercent,
    credit: inQuoteCurrency(row.credit),
    cancellationReason: row.cancellationReason,
    startDateSourceText: row.startDateSource,
    renewsAutomatically: row.autoRenewal,
    amendmentOn: row.contractAmendmentDate,
    originalQuoteId: row.originalQuoteId,
    previousQuoteId: row.previousQuoteId,
    previousContractId: row.previousContractId,
    annualRecurringRevenue: inQuoteCurrency(row.revenueMetrics?.arr ?? null),
    monthlyRecurringRevenue: inQuoteCurrency(row.revenueMetrics?.mrr ?? null),
    offerings: (row.quoteOfferings ?? []).map((offering) => toOffering(offering, row.currency, drift)),
    validations: (row.validations ?? []).map(({ ruleId, errorLevel, message }) => ({
      ruleId,
      level: errorLevel,
      message,
    })),
    approvals: (row.approvals ?? []).map(({ id, name, status }) => ({
      externalId: id,
      name,
      statusText: status,
    })),
  };
}

/** An offering has no currency of its own: it is a part of its quote, and in the quote's. */
function toOffering(row: WireQuoteOffering, currency: CurrencyCode | null, drift: Drift): ContractOffering {
  return {
    externalId: row.id,
    offering: reference(row.offeringId, row.offeringName),
    rate: reference(row.rateId, row.rateName),
    subscriptionId: row.subscriptionId,
    billingFrequency: oneOf(BILLING_FREQUENCIES, row.billingFrequency, 'offering.billingFrequency', drift),
    billingFrequencyText: row.billingFrequency,
    billingFrequencyMonths: row.billingFrequencyInMonths,
    billingTiming: oneOf(BILLING_TIMINGS, row.subscriptionTiming, 'offering.subscriptionTiming', drift),
    billingTimingText: row.subscriptionTiming,
    amount: moneyOf(row.amount, currency),
    amountWithoutDiscount: moneyOf(row.amountWithoutDiscount, currency),
    discountAmount: moneyOf(row.discountAmount, currency),
    discountPercent: row.discountPercent,
    previousExternalId: row.previousId,
    previousRateId: row.previousRateId,
    previousAmount: moneyOf(row.previousAmount, currency),
    term: termOf(row.startDate, row.endDate),
    parentExternalId: row.parentQuoteOfferingId,
    isAdded: row.added,
    isRemoved: row.removed,
    products: (row.items ?? []).map((item) => toProduct(item, currency, drift)),
    discounts: (row.discounts ?? []).map((discount) => toDiscount(discount, currency)),
  };
}

/**
 * A discount may have a currency of its own. Its one number is called an amount for both types; that it is the
 * percentage for PERCENTAGE is read from the definition of an item's discounts (`discountAmountOrPercent`). Of another
 * type it is neither, rather than a guess.
 */
function toDiscount(row: WireDiscount, currency: CurrencyCode | null): ContractDiscount {
  return {
    externalId: row.id,
    name: row.name,
    description: row.description,
    code: row.discountCode,
    statusText: row.status,
    typeText: row.discountType,
    amount: row.discountType === 'FLAT' ? moneyOf(row.discountAmount, row.currency ?? currency) : null,
    percent: row.discountType === 'PERCENTAGE' ? row.discountAmount : null,
    durationTypeText: row.durationType,
    durationMonths: row.durationMonths,
    term: termOf(row.startDate, row.endDate),
    productId: row.scopeProductId,
    offeringId: row.scopeOfferingId,
    isExcludedFromRenewal: row.lifecyclePolicies?.includes('EXCLUDE_FROM_RENEWAL') ?? null,
  };
}

function toProduct(row: WireQuoteItem, currency: CurrencyCode | null, drift: Drift): ContractProduct {
  return {
    externalId: row.id,
    product: { externalId: row.productId, name: row.productName, sku: row.sku },
    type: oneOf(PRODUCT_TYPES, row.productType, 'product.type', drift),
    typeText: row.productType,
    quantity: row.quantity,
    unitPrice: moneyOf(row.unitPrice, currency),
    unitPriceAfterDiscount: moneyOf(row.unitPriceAfterDiscount, currency),
    amount: moneyOf(row.amount, currency),
    contractAmount: moneyOf(row.contractAmount, currency),
    // No text is kept beside it in the domain: what is not known is counted.
    amendmentStatus: oneOf(AMENDMENT_STATUSES, row.amendmentStatus, 'product.amendmentStatus', drift),
    previousQuantity: row.previousQuantity,
    previousAmount: moneyOf(row.previousAmount, currency),
  };
}

export function toInvoice(
  row: WireInvoice,
  context: { readonly observation: Observation; readonly drift: Drift },
): Invoice {
  const { observation, drift } = context;
  const inInvoiceCurrency = (amount: Decimal | null) => moneyOf(amount, row.currency);
  return {
    externalId: row.id,
    invoiceNumber: row.invoiceNumber,
    account: row.account === null ? null : toInvoiceAccount(row.account),
    billGroupId: row.billGroupId,
    contractId: row.contractId,
    quoteId: row.quoteId,
    status: oneOf(INVOICE_STATUSES, row.status, 'invoice.status', drift),
    statusText: row.status,
    type: oneOf(INVOICE_TYPES, row.invoiceType, 'invoice.invoiceType', drift),
    typeText: row.invoiceType,
    invoicedOn: row.invoicingDate,
    billedOn: row.billDate,
    dueOn: row.dueDate,
    paidOn: row.paidDate,
    term: termOf(row.startDate, row.endDate),
    netTerms: row.netTerms,
    isPastDue: row.pastDue,
    amount: inInvoiceCurrency(row.amount),
    amountWithoutTax: inInvoiceCurrency(row.amountWithoutTax),
    amountWithoutDiscount: inInvoiceCurrency(row.amountWithoutDiscount),
    discount: inInvoiceCurrency(row.discount),
    tax: inInvoiceCurrency(row.tax),
    amountDue: inInvoiceCurrency(row.amountDue),
    amountPaid: inInvoiceCurrency(row.amountPaid),
    amountCredited: inInvoiceCurrency(row.amountCredited),
    items: (row.invoiceItems ?? []).map((item) => toInvoiceItem(item, row.currency)),
    payments: (row.payments ?? []).map((payment) => toPayment(payment, row.currency)),
    credits: (row.credits ?? []).map((credit) => toCredit(credit, row.currency)),
    observation,
  };
}

function toInvoiceAccount(row: WireInvoiceAccount): InvoiceAccount | null {
  const account = reference(row.id, row.accountName);
  return account && { ...account, customId: row.customId, currency: row.currency, statusText: row.status };
}

/** Payments and credits have no currency of their own: they are what was paid and credited of their invoice. */
function toPayment(row: WireInvoicePayment, currency: CurrencyCode | null): InvoicePayment {
  return {
    externalId: row.paymentId,
    amount: moneyOf(row.paidAmount, currency),
    createdAt: row.createDate,
    settledAt: row.settledDate,
    methodName: row.paymentMethodName,
    cardTypeText: row.creditCardType,
    description: row.paymentDescription,
  };
}

function toCredit(row: WireInvoiceCredit, currency: CurrencyCode | null): InvoiceCredit {
  return {
    externalId: row.creditId,
    creditNoteId: row.creditNoteId,
    typeText: row.type,
    amount: moneyOf(row.amount, currency),
    appliedAt: row.appliedDate,
    reason: row.reason,
  };
}

function toInvoiceItem(row: WireInvoiceItem, currency: CurrencyCode | null): InvoiceItem {
  return {
    externalId: row.id,
    product: reference(row.productId, row.productName),
    offering: reference(row.offeringId, row.offeringName),
    offeringType: row.offeringType,
    priceModel: row.priceModel,
    quantity: row.quantity,
    unitPrice: moneyOf(row.unitPrice, currency),
    amount: moneyOf(row.amount, currency),
    prorationMultiplier: row.prorationMultiplier,
    minimumCommitAvailable: moneyOf(row.minCommitAvailableAmount, currency),
    minimumCommitAdditionalBilled: moneyOf(row.minCommitAdditionalBilledAmount, currency),
    term: termOf(row.periodStartDate, row.periodEndDate),
  };
}

function moneyOf(amount: Decimal | null, currency: CurrencyCode | null): Money | null {
  return amount === null || currency === null ? null : money(amount, currency);
}

function reference(externalId: string | null, name: string | null): NamedReference | null {
  return externalId === null ? null : { externalId, name };
}

// The last day that four digits can name is how systems write "never"; the day after it has five.
const NEVER = '9999-12-31';

/** `lastDay` is still covered (`backends.md` C30). */
function termOf(startsOn: Day | null, lastDay: Day | null): Term {
  return { startsOn, endsBefore: lastDay === null || lastDay >= NEVER ? null : dayAfter(lastDay) };
}

function oneOf<Value extends string>(
  table: Readonly<Record<string, Value>>,
  text: string | null,
  field: string,
  drift: Drift,
): Value | 'UNRECOGNIZED' | null {
  return text === null ? null : enumOf(table, text, () => drift.unrecognized('MONETIZENOW', field, text));
}

/** The values of an enumeration that is spelled the same on both sides. */
function same<Value extends string>(...values: readonly Exclude<Value, 'UNRECOGNIZED'>[]) {
  return Object.fromEntries(values.map((value) => [value, value])) as Readonly<
    Record<string, Exclude<Value, 'UNRECOGNIZED'>>
  >;
}

const CONTRACT_STATUSES = same<ContractStatus>('ACTIVE', 'CANCELED', 'PENDING', 'FINISHED');
const END_ACTIONS = same<ContractEndAction>('MANUAL_RENEW', 'RENEW', 'CANCEL');
const QUOTE_TYPES = same<QuoteType>('NEW', 'AMENDMENT', 'RENEWAL');
const QUOTE_STATUSES = same<QuoteStatus>(
  'DRAFT',
  'REVIEW',
  'APPROVED',
  'DENIED',
  'SENT',
  'ACCEPTED',
  'ACCEPTED_ADMIN_EDITABLE',
  'PROCESSED',
  'CANCELED',
  'EXPIRED',
  'ARCHIVED',
);
const BILLING_FREQUENCIES = same<BillingFrequency>(
  'DAILY',
  'MONTHLY',
  'QUARTERLY',
  'SEMIANNUALLY',
  'ANNUALLY',
  'ONETIME',
  'CUSTOM',
);
const BILLING_TIMINGS = same<BillingTiming>('ADVANCE', 'ARREARS');
const PRODUCT_TYPES = same<ContractProductType>(
  'ADVANCE',
  'ARREARS',
  'USAGE',
  'ONETIME',
  'ONETIME_PREPAID_CREDIT',
  'MIN_COMMIT',
);
const AMENDMENT_STATUSES = same<AmendmentStatus>('ADDED', 'NO_CHANGE', 'REMOVED', 'UPDATED');
const INVOICE_STATUSES = same<InvoiceStatus>('DRAFT', 'CANCELED', 'UNPAID', 'PENDING', 'PAID', 'REVERSED');
const INVOICE_TYPES = same<InvoiceType>('RECURRING', 'ONETIME', 'INCREMENTAL', 'REBILLED');
