/**
 * MonetizeNow's contracts, quotes and invoices as it writes them. The self-service page (seed 002) leaves their shapes
 * to the vendor's API definition; its field list is `backends.md` §4.4. The members of payments, credits and discounts
 * are from the definition's InvoicePaymentDto, InvoiceCreditDto and DiscountDto; those not read are in `documented.ts`.
 *
 * Guarantees: everything but ids may be missing, for nothing here is covered by the vendor's promise of stability.
 * Refuses to read a part as if it were not there: an offering or an item that cannot be read fails its quote or invoice.
 */
import { z } from 'zod';
import { dataAs, readAs } from '../quick.js';
import {
  anyAsText,
  count,
  currency,
  dayOrInstantDay,
  decimalNumber,
  flag,
  id,
  instant,
  maybe,
  rows,
  text,
  unread,
} from '../wire.js';
import * as documented from './documented.js';

/** Contract list row, and the outside of a single contract. */
export const contract = z.object({
  id,
  accountId: maybe(id),
  accountName: maybe(text),
  billGroupId: maybe(id),
  latestQuoteId: maybe(id),
  status: maybe(text),
  startDate: maybe(dayOrInstantDay),
  /** The last day. */
  endDate: maybe(dayOrInstantDay),
  endAction: maybe(text),
  totalValue: maybe(decimalNumber),
  currency: maybe(currency),
  owner: maybe(id),
  ownerName: maybe(text),
  renewed: maybe(flag),
  previousContractId: maybe(id),
  legalEntityId: maybe(id),
  modifyDate: maybe(instant),
  ...unread(...documented.CONTRACT_DETAIL),
});
export type WireContract = z.output<typeof contract>;

/** A quote as a contract lists it. */
const quote = z.object({
  id,
  description: maybe(text),
  type: maybe(text),
  newQuoteType: maybe(text),
  status: maybe(text),
  amount: maybe(decimalNumber),
  contractAmount: maybe(decimalNumber),
  currency: maybe(currency),
  contractId: maybe(id),
  /** Months. */
  contractLength: maybe(count),
  contractStartDate: maybe(dayOrInstantDay),
  contractEndDate: maybe(dayOrInstantDay),
  accountId: maybe(id),
  accountName: maybe(text),
  secondaryAccountId: maybe(id),
  secondaryAccountName: maybe(text),
  billingAccountId: maybe(id),
  billGroupId: maybe(id),
  /** `ownerId` in a contract's list, `owner` on the quote itself. */
  ownerId: maybe(id),
  owner: maybe(id),
  ownerName: maybe(text),
  opportunity: maybe(z.object({ id: maybe(id), status: maybe(text), ...unread(...documented.OPPORTUNITY) })),
  customFields: maybe(z.record(z.string(), anyAsText)),
  migrated: maybe(flag),
  acceptedAt: maybe(instant),
  sentDate: maybe(instant),
  processedAt: maybe(instant),
  createDate: maybe(instant),
  createdBy: maybe(id),
  modifyDate: maybe(instant),
  lastModifiedBy: maybe(id),
});
export type WireQuote = z.output<typeof quote>;

const renewalTerms = z.object({
  contractEndAction: maybe(text),
  /** Each type has members of its own, which the definition does not give. */
  renewalTermLength: maybe(z.looseObject({ type: maybe(text) })),
  /** Days. */
  autoRenewalNoticePeriod: maybe(count),
});
export type WireRenewalTerms = z.output<typeof renewalTerms>;

/** A single contract with everything on it. */
export const contractDetail = contract.extend({
  quotes: maybe(z.array(quote)),
  contractRenewalTerms: maybe(renewalTerms),
});

const quoteItem = z.object({
  id,
  productId: id,
  productName: maybe(text),
  sku: maybe(text),
  productType: maybe(text),
  quantity: maybe(decimalNumber),
  unitPrice: maybe(decimalNumber),
  unitPriceAfterDiscount: maybe(decimalNumber),
  amount: maybe(decimalNumber),
  contractAmount: maybe(decimalNumber),
  amendmentStatus: maybe(text),
  previousQuantity: maybe(decimalNumber),
  previousAmount: maybe(decimalNumber),
  ...unread(...documented.QUOTE_ITEM),
});
export type WireQuoteItem = z.output<typeof quoteItem>;

const discount = z.object({
  id: maybe(id),
  name: maybe(text),
  description: maybe(text),
  discountCode: maybe(text),
  status: maybe(text),
  discountType: maybe(text),
  /** Money or a percentage, by the type. */
  discountAmount: maybe(decimalNumber),
  currency: maybe(currency),
  durationType: maybe(text),
  durationMonths: maybe(count),
  startDate: maybe(dayOrInstantDay),
  endDate: maybe(dayOrInstantDay),
  scopeProductId: maybe(id),
  scopeOfferingId: maybe(id),
  lifecyclePolicies: maybe(z.array(text)),
  ...unread(...documented.DISCOUNT),
});
export type WireDiscount = z.output<typeof discount>;

const quoteOffering = z.object({
  id,
  offeringId: maybe(id),
  offeringName: maybe(text),
  rateId: maybe(id),
  rateName: maybe(text),
  subscriptionId: maybe(id),
  billingFrequency: maybe(text),
  billingFrequencyInMonths: maybe(count),
  subscriptionTiming: maybe(text),
  amount: maybe(decimalNumber),
  amountWithoutDiscount: maybe(decimalNumber),
  discountAmount: maybe(decimalNumber),
  discountPercent: maybe(decimalNumber),
  previousId: maybe(id),
  previousRateId: maybe(id),
  previousAmount: maybe(decimalNumber),
  startDate: maybe(dayOrInstantDay),
  endDate: maybe(dayOrInstantDay),
  parentQuoteOfferingId: maybe(id),
  added: maybe(flag),
  removed: maybe(flag),
  items: maybe(z.array(quoteItem)),
  discounts: maybe(z.array(discount)),
  ...unread(...documented.QUOTE_OFFERING),
});
export type WireQuoteOffering = z.output<typeof quoteOffering>;

/** `GET api/quotes/{id}`. */
export const quoteDetail = quote.extend({
  expirationDate: maybe(dayOrInstantDay),
  netTerms: maybe(text),
  amountWithoutTax: maybe(decimalNumber),
  amountWithoutDiscount: maybe(decimalNumber),
  discountAmount: maybe(decimalNumber),
  discountPercent: maybe(decimalNumber),
  credit: maybe(decimalNumber),
  cancellationReason: maybe(text),
  startDateSource: maybe(text),
  autoRenewal: maybe(flag),
  contractAmendmentDate: maybe(dayOrInstantDay),
  originalQuoteId: maybe(id),
  previousQuoteId: maybe(id),
  previousContractId: maybe(id),
  revenueMetrics: maybe(
    z.object({
      arr: maybe(decimalNumber),
      mrr: maybe(decimalNumber),
      ...unread(...documented.QUOTE_REVENUE),
    }),
  ),
  quoteOfferings: maybe(z.array(quoteOffering)),
  validations: maybe(
    z.array(
      z.object({
        ruleId: maybe(text),
        errorLevel: maybe(text),
        message: maybe(text),
        ...unread(...documented.QUOTE_VALIDATION),
      }),
    ),
  ),
  approvals: maybe(
    z.array(
      z.object({
        id: maybe(id),
        name: maybe(text),
        status: maybe(text),
        ...unread(...documented.QUOTE_APPROVAL),
      }),
    ),
  ),
  ...unread(...documented.QUOTE_DETAIL),
});
export type WireQuoteDetail = z.output<typeof quoteDetail>;

const invoiceItem = z.object({
  id: maybe(id),
  productId: maybe(id),
  productName: maybe(text),
  offeringId: maybe(id),
  offeringName: maybe(text),
  offeringType: maybe(text),
  priceModel: maybe(text),
  quantity: maybe(decimalNumber),
  unitPrice: maybe(decimalNumber),
  amount: maybe(decimalNumber),
  prorationMultiplier: maybe(decimalNumber),
  minCommitAvailableAmount: maybe(decimalNumber),
  minCommitAdditionalBilledAmount: maybe(decimalNumber),
  periodStartDate: maybe(dayOrInstantDay),
  periodEndDate: maybe(dayOrInstantDay),
  ...unread(...documented.INVOICE_ITEM),
});
export type WireInvoiceItem = z.output<typeof invoiceItem>;

const invoiceAccount = z.object({
  id: maybe(id),
  customId: maybe(text),
  accountName: maybe(text),
  currency: maybe(currency),
  status: maybe(text),
  ...unread(...documented.INVOICE_ACCOUNT),
});
export type WireInvoiceAccount = z.output<typeof invoiceAccount>;

const invoicePayment = z.object({
  paymentId: maybe(id),
  paidAmount: maybe(decimalNumber),
  createDate: maybe(instant),
  settledDate: maybe(instant),
  paymentMethodName: maybe(text),
  creditCardType: maybe(text),
  paymentDescription: maybe(text),
  ...unread(...documented.INVOICE_PAYMENT),
});
export type WireInvoicePayment = z.output<typeof invoicePayment>;

const invoiceCredit = z.object({
  creditId: maybe(id),
  creditNoteId: maybe(id),
  type: maybe(text),
  amount: maybe(decimalNumber),
  appliedDate: maybe(instant),
  reason: maybe(text),
  ...unread(...documented.INVOICE_CREDIT),
});
export type WireInvoiceCredit = z.output<typeof invoiceCredit>;

export const invoice = z.object({
  id,
  invoiceNumber: maybe(text),
  account: maybe(invoiceAccount),
  billGroupId: maybe(id),
  contractId: maybe(id),
  quoteId: maybe(id),
  status: maybe(text),
  invoiceType: maybe(text),
  invoicingDate: maybe(dayOrInstantDay),
  billDate: maybe(dayOrInstantDay),
  startDate: maybe(dayOrInstantDay),
  endDate: maybe(dayOrInstantDay),
  dueDate: maybe(dayOrInstantDay),
  paidDate: maybe(dayOrInstantDay),
  currency: maybe(currency),
  amount: maybe(decimalNumber),
  amountWithoutTax: maybe(decimalNumber),
  amountWithoutDiscount: maybe(decimalNumber),
  discount: maybe(decimalNumber),
  tax: maybe(decimalNumber),
  amountDue: maybe(decimalNumber),
  amountPaid: maybe(decimalNumber),
  amountCredited: maybe(decimalNumber),
  netTerms: maybe(text),
  pastDue: maybe(flag),
  invoiceItems: maybe(z.array(invoiceItem)),
  payments: maybe(z.array(invoicePayment)),
  credits: maybe(z.array(invoiceCredit)),
  ...unread(...documented.INVOICE),
});
export type WireInvoice = z.output<typeof invoice>;

/** A page of any list. Rows are judged one by one. */
export const page = z.object({
  content: rows,
  totalElements: maybe(count),
  pageable: maybe(z.object({ pageSize: maybe(count), ...unread('pageNumber') })),
  ...unread('totalPages'),
});

/** A single record, judged later: whether it is ours comes before whether all of it can be read. */
export const record = z.looseObject({});
export type WirePage = z.output<typeof page>;
export type WireRecord = z.output<typeof record>;

const withId = z.object({ id });

/** The row's id, even where the rest of it cannot be read; else `null`. */
export function identityOf(row: unknown): string | null {
  const read = readAs(withId, row);
  return read.success ? read.data.id : null;
}

const says = z.string().optional().catch(undefined);
const errorReply = z.object({
  message: says,
  subErrors: z
    .array(z.object({ field: says, message: says }))
    .optional()
    .catch(undefined),
  error: z.object({ errorCode: says, details: says }).optional().catch(undefined),
});

/**
 * The answer to a contract operation (seed 002, "Response Data Model"). Its status decides, whatever the HTTP status
 * was; everything else may be missing (`backends.md` C17), and the three records are judged one by one.
 */
export const operationReply = z.object({
  action: says,
  status: z.string(),
  errorMessage: says,
  quote: z.unknown().optional(),
  contract: z.unknown().optional(),
  invoice: z.unknown().optional(),
});
export type WireOperationReply = z.output<typeof operationReply>;

/** The reply as an operation's, or `null`: it is an error of another form. Never throws. */
export function readOperationReply(body: unknown): WireOperationReply | null {
  return dataAs(operationReply, body) ?? null;
}

/** What tells whose a record is. */
export const quoteClaim = quoteDetail.pick({ id: true, contractId: true, accountId: true });
export const contractClaim = contract.pick({ id: true, accountId: true });
export const invoiceClaim = invoice.pick({ contractId: true, account: true });

/**
 * Why an operation was refused, in the vendor's words for whoever asked for it: of the documented forms of an answer
 * (`backends.md` §4.3, §4.7) the member that is meant to be read, else the code. Never throws.
 */
export function readRefusal(body: unknown): string | undefined {
  const operation = readOperationReply(body);
  const { message, subErrors = [], error } = dataAs(errorReply, body) ?? {};
  const fields = subErrors.map(({ field, message: why }) =>
    [field, why].filter((part) => part !== undefined).join(': '),
  );
  const general = [message, ...fields].filter((part) => part !== undefined && part !== '').join('; ');
  return [operation?.errorMessage, error?.details, general, error?.errorCode].find(
    (said) => said !== undefined && said.trim() !== '',
  );
}

/**
 * What the body of an error says, in any of the vendor's three forms (`backends.md` §4.3, §4.7): `{message, subErrors}`,
 * `{error: {details}}` and `{operation, error: {errorCode, details, context}}`. Never throws.
 */
export function readErrors(body: unknown): string | undefined {
  const read = readAs(errorReply, body);
  const { message, subErrors = [], error } = read.success ? read.data : {};
  const parts = [
    error?.errorCode,
    error?.details,
    message,
    ...subErrors.map((sub) => [sub.field, sub.message].filter((part) => part !== undefined).join(': ')),
  ].filter((part): part is string => part !== undefined && part !== '');
  return parts.length === 0 ? undefined : parts.join('; ');
}
