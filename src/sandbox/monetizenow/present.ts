/**
 * State to the vendor's JSON (`backends.md` §4.4 and the public OpenAPI behind it). Guarantees every member listed there,
 * null where it does not apply (the vendor's page says neither null nor absent; null is our choice), money as decimal
 * numbers in major units, days as `YYYY-MM-DD`, instants as RFC 3339, which is what its schema calls them although its
 * filters want `+0000`. A contract's status follows its dates at the moment of asking, unless it was cancelled.
 */
import {
  amountOf,
  contractAmount,
  discounted,
  fullAmountOf,
  increment,
  invoiceSums,
  money,
  offeringAmount,
  overTerm,
  perMonth,
  previousOfferingAmount,
  sum,
  totalValue,
} from './amounts.js';
import type {
  Cents,
  Contract,
  Credit,
  Discount,
  Invoice,
  InvoiceItem,
  MonetizenowState,
  Quote,
  QuoteItem,
  QuoteOffering,
} from './state.js';

export type Wire = Record<string, unknown>;
export type ContractStatus = 'ACTIVE' | 'CANCELED' | 'PENDING' | 'FINISHED';

const NET_TERMS = 'NET_30';
const instant = (epochMs: number | null): string | null =>
  epochMs === null ? null : new Date(epochMs).toISOString();
const maybeMoney = (cents: Cents | null): unknown => (cents === null ? null : money(cents));
/** The schema says of a quote's amounts that they are at least 0. */
const atLeastZero = (cents: Cents): Cents => (cents < 0n ? 0n : cents);

export function contractStatus(contract: Contract, today: string): ContractStatus {
  if (contract.canceledFrom !== null && contract.canceledFrom <= today) return 'CANCELED';
  if (contract.startDate > today) return 'PENDING';
  return contract.endDate < today ? 'FINISHED' : 'ACTIVE';
}

/** One that came to nothing is not the latest, though a held one is: our choice, the vendor's page only has the name. */
function latestQuoteId(state: MonetizenowState, contract: Contract): string | null {
  const isOpen = (id: string): boolean =>
    !['DENIED', 'CANCELED', 'EXPIRED'].includes(state.quotes.get(id)?.status ?? 'EXPIRED');
  return contract.quoteIds.findLast(isOpen) ?? null;
}

export function presentContract(state: MonetizenowState, contract: Contract, today: string): Wire {
  return {
    id: contract.id,
    accountId: contract.accountId,
    accountName: state.accounts.get(contract.accountId)?.name ?? null,
    billGroupId: contract.billGroupId,
    latestQuoteId: latestQuoteId(state, contract),
    status: contractStatus(contract, today),
    startDate: contract.startDate,
    endDate: contract.endDate,
    endAction: contract.endAction,
    totalValue: money(totalValue(contract, state)),
    currency: contract.currency,
    owner: contract.owner.id,
    ownerName: contract.owner.name,
    renewed: contract.renewed,
    previousContractId: contract.previousContractId,
    legalEntityId: 'lgen_sandbox000001',
    modifyDate: instant(contract.modifiedAt),
  };
}

export function presentContractDetail(state: MonetizenowState, contract: Contract, today: string): Wire {
  return {
    ...presentContract(state, contract, today),
    quotes: contract.quoteIds.flatMap((id) => {
      const quote = state.quotes.get(id);
      return quote ? [presentQuote(state, quote)] : [];
    }),
    contractRenewalTerms: {
      contractEndAction: contract.endAction,
      renewalTermLength: { type: 'SAME_AS_PREVIOUS' },
      autoRenewalNoticePeriod: 30,
    },
  };
}

/** What QuoteBasic and QuoteDetail have in common. */
function quoteCommon(state: MonetizenowState, quote: Quote, contract: Contract): Wire {
  const value = increment(quote, state);
  return {
    id: quote.id,
    description: quote.description,
    type: quote.type,
    status: quote.status,
    amount: money(atLeastZero(value)),
    acceptedAt: instant(quote.acceptedAt),
    contractId: quote.contractId,
    contractAmount: money(contractAmount(quote, state)),
    contractLength: contract.months,
    contractStartDate: contract.startDate,
    contractEndDate: contract.endDate,
    accountId: contract.accountId,
    accountName: state.accounts.get(contract.accountId)?.name ?? null,
    secondaryAccountId: contract.partner?.accountId ?? null,
    secondaryAccountName: contract.partner?.name ?? null,
    billingAccountId: contract.accountId,
    // New business starts as an opportunity in the CRM; amendments do not.
    opportunity:
      quote.type === 'NEW' ? { id: `oppt_${quote.id.slice('quote_'.length)}`, status: 'WON' } : null,
    ownerName: contract.owner.name,
    billGroupId: contract.billGroupId,
    currency: contract.currency,
    customFields: quote.customFields,
    migrated: false,
    sentDate: instant(quote.sentAt),
    processedAt: instant(quote.processedAt),
    createdBy: contract.owner.id,
    createDate: instant(quote.createdAt),
    lastModifiedBy: contract.owner.id,
    modifyDate: instant(quote.modifiedAt),
  };
}

/** The offerings without the later steps of ramps, which come instead of a first step and not on top of it. */
function firstSteps({ offerings }: Quote): QuoteOffering[] {
  return offerings.filter(({ parentId }) => parentId === null);
}

function contractOf(state: MonetizenowState, quote: Quote): Contract {
  const contract = state.contracts.get(quote.contractId);
  if (!contract) throw new Error(`the quote ${quote.id} has no contract`);
  return contract;
}

/** QuoteBasic: what lists and contracts show. */
export function presentQuote(state: MonetizenowState, quote: Quote): Wire {
  const contract = contractOf(state, quote);
  return { ...quoteCommon(state, quote, contract), ownerId: contract.owner.id };
}

/** QuoteDetail; the owner's id is called `owner` here and `ownerId` in the basic form, as in the vendor's schemas. */
export function presentQuoteDetail(state: MonetizenowState, quote: Quote): Wire {
  const contract = contractOf(state, quote);
  const items = firstSteps(quote).flatMap((offering) => offering.items);
  const withoutDiscount = sum(items, fullAmountOf);
  const withDiscount = sum(items, amountOf);
  const value = money(atLeastZero(increment(quote, state)));
  return {
    ...quoteCommon(state, quote, contract),
    owner: contract.owner.id,
    newQuoteType: quote.type === 'NEW' ? 'NET_NEW' : null,
    originalQuoteId: quote.type === 'NEW' ? null : (contract.quoteIds[0] ?? null),
    previousQuoteId: quote.previousQuoteId,
    previousContractId: contract.previousContractId,
    expirationDate: quote.expirationDate,
    credit: money(0n),
    amountWithoutTax: value,
    discountAmount: money(withoutDiscount - withDiscount),
    discountPercent: items.find(({ discountPercent }) => discountPercent > 0)?.discountPercent ?? 0,
    amountWithoutDiscount: money(withoutDiscount),
    netTerms: NET_TERMS,
    cancellationReason:
      quote.status === 'CANCELED' || quote.offerings.every(({ removed }) => removed) ? 'BY_USER' : null,
    startDateSource: 'MANUAL',
    contractAmendmentDate: quote.amendmentDate,
    quoteOfferings: quote.offerings.map((offering) => presentQuoteOffering(state, quote, contract, offering)),
    approvals: quote.approvals.map(({ decidedAt, ...approval }, index) => ({
      ...approval,
      quoteId: quote.id,
      rank: index + 1,
      mandatory: true,
      skipped: false,
      approverId: null,
      approverName: null,
      declineReason: null,
      approvalTimestamp: approval.status === 'APPROVED' ? instant(decidedAt) : null,
      declinedTimestamp: approval.status === 'DECLINED' ? instant(decidedAt) : null,
    })),
    validations: quote.validations.map((validation) => ({ ...validation })),
    revenueMetrics: revenueMetrics(state, quote),
    autoRenewal: contract.endAction === 'RENEW',
  };
}

function revenueMetrics(state: MonetizenowState, quote: Quote): Wire {
  const { catalogue } = state;
  const offerings = firstSteps(quote);
  const mrr = sum(offerings, (offering) => perMonth(offeringAmount(offering), offering.rateId, catalogue));
  const before = sum(offerings, (offering) =>
    perMonth(previousOfferingAmount(offering) ?? 0n, offering.previousRateId ?? offering.rateId, catalogue),
  );
  return {
    arr: money(mrr * 12n),
    mrr: money(mrr),
    incrementalArr: money((mrr - before) * 12n),
    incrementalMrr: money(mrr - before),
    previousArr: money(before * 12n),
    previousMrr: money(before),
  };
}

function presentQuoteOffering(
  state: MonetizenowState,
  quote: Quote,
  contract: Contract,
  offering: QuoteOffering,
): Wire {
  const { catalogue } = state;
  const rate = catalogue.rates.get(offering.rateId);
  const withoutDiscount = sum(offering.items, fullAmountOf);
  const amount = offeringAmount(offering);
  return {
    id: offering.id,
    quoteId: quote.id,
    offeringId: offering.offeringId,
    offeringName: catalogue.offerings.get(offering.offeringId)?.name ?? null,
    rateId: offering.rateId,
    rateName: rate?.name ?? null,
    subscriptionId: offering.subscriptionId,
    billingFrequency: rate?.billingFrequency ?? null,
    billingFrequencyInMonths: rate?.billingFrequencyInMonths ?? null,
    subscriptionTiming: rate?.subscriptionTiming ?? null,
    amount: money(amount),
    amountWithoutDiscount: money(withoutDiscount),
    discountAmount: money(withoutDiscount - amount),
    discountPercent: offering.items[0]?.discountPercent ?? 0,
    previousId: offering.previousId,
    previousRateId: offering.previousRateId,
    previousAmount: maybeMoney(previousOfferingAmount(offering)),
    startDate: offering.startDate,
    endDate: offering.endDate,
    parentQuoteOfferingId: offering.parentId,
    items: offering.items.map((item) => presentQuoteItem(state, contract, offering, item)),
    discounts: offering.discounts.map((discount) => presentDiscount(discount, contract)),
    added: offering.added,
    removed: offering.removed,
  };
}

/** DiscountDto. Its one number is an amount or a percentage, by the type: our reading, the schema calls both an amount. */
function presentDiscount(discount: Discount, contract: Contract): Wire {
  const { type, lifecyclePolicies, ...rest } = discount;
  return {
    ...rest,
    quoteId: null,
    discountType: type.name,
    discountAmount: type.name === 'FLAT' ? money(type.cents) : type.percent,
    currency: contract.currency,
    maxUses: null,
    remainingUses: null,
    autoRemove: discount.durationType === 'LIMITED',
    accountId: contract.accountId,
    locked: false,
    lifecyclePolicies: [...lifecyclePolicies],
  };
}

function presentQuoteItem(
  state: MonetizenowState,
  contract: Contract,
  offering: QuoteOffering,
  item: QuoteItem,
): Wire {
  const product = state.catalogue.products.get(item.productId);
  const amount = amountOf(item);
  return {
    id: item.id,
    quoteOfferingId: offering.id,
    productId: item.productId,
    productName: product?.name ?? null,
    sku: product?.sku ?? null,
    productType: product?.productType ?? null,
    isAddon: false,
    quantity: item.quantity,
    unitPrice: money(item.unitPrice),
    displayUnitPrice: money(item.unitPrice),
    unitPriceAfterDiscount: money(discounted(item.unitPrice, item.discountPercent)),
    amount: money(amount),
    amountWithoutDiscount: money(fullAmountOf(item)),
    contractAmount: money(overTerm(amount, offering, offering.rateId, contract.startDate, state.catalogue)),
    amendmentStatus: item.amendmentStatus,
    previousQuantity: item.previousQuantity,
    previousAmount: maybeMoney(item.previousAmount),
  };
}

export function presentInvoice(state: MonetizenowState, invoice: Invoice, today: string): Wire {
  const account = state.accounts.get(invoice.accountId);
  const contract = state.contracts.get(invoice.contractId);
  const sums = invoiceSums(invoice);
  const isPaid = invoice.status === 'PAID';
  return {
    id: invoice.id,
    invoiceNumber: invoice.invoiceNumber,
    account: {
      id: invoice.accountId,
      customId: account?.customId ?? null,
      accountName: account?.name ?? null,
      currency: account?.currency ?? null,
      status: 'ACTIVE',
    },
    billGroupId: contract?.billGroupId ?? null,
    contractId: invoice.contractId,
    quoteId: invoice.quoteId,
    status: invoice.status,
    invoiceType: invoice.invoiceType,
    invoicingDate: invoice.billDate,
    billDate: invoice.billDate,
    startDate: invoice.startDate,
    endDate: invoice.endDate,
    dueDate: invoice.dueDate,
    paidDate: invoice.paidDate,
    currency: contract?.currency ?? null,
    amount: money(sums.total),
    amountWithoutTax: money(sums.withoutTax),
    amountWithoutDiscount: money(sums.withoutDiscount),
    discount: money(sums.discount),
    tax: money(sums.tax),
    amountDue: money(isPaid ? 0n : sums.total - sums.credited),
    amountPaid: money(isPaid ? sums.total - sums.credited : 0n),
    amountCredited: money(sums.credited),
    netTerms: NET_TERMS,
    pastDue: invoice.status === 'UNPAID' && invoice.dueDate < today,
    invoiceItems: invoice.items.map((item) => presentInvoiceItem(state, item)),
    payments: isPaid
      ? [
          {
            paymentId: invoice.paymentId,
            createDate: instant(Date.parse(`${invoice.paidDate ?? invoice.dueDate}T09:00:00Z`)),
            settledDate: instant(Date.parse(`${invoice.paidDate ?? invoice.dueDate}T17:30:00Z`)),
            creditCardType: 'VISA',
            paymentMethodName: 'Company card',
            paymentDescription: `Payment of ${invoice.invoiceNumber}`,
            paidAmount: money(sums.total - sums.credited),
          },
        ]
      : [],
    credits: invoice.credits.map((credit) => presentCredit(invoice, credit)),
  };
}

function presentCredit(invoice: Invoice, credit: Credit): Wire {
  return {
    amount: money(credit.amount),
    appliedDate: instant(credit.appliedAt),
    reason: credit.reason,
    type: credit.type,
    invoiceId: invoice.id,
    creditId: credit.id,
    creditNoteId: credit.creditNoteId,
  };
}

function presentInvoiceItem(state: MonetizenowState, item: InvoiceItem): Wire {
  const { offerings, products, rates } = state.catalogue;
  const offering = offerings.get(item.offeringId);
  const product = products.get(item.productId);
  const rate = rates.get(item.rateId);
  const isMinimum = product?.productType === 'MIN_COMMIT';
  const withoutTax = item.amountWithoutDiscount - item.discount;
  return {
    id: item.id,
    subscriptionId: item.subscriptionId,
    quoteItemId: item.quoteItemId,
    offeringId: item.offeringId,
    offeringName: offering?.name ?? null,
    offeringType: offering?.offeringType ?? null,
    productId: item.productId,
    productName: product?.name ?? null,
    productType: product?.productType ?? null,
    rateId: item.rateId,
    rateName: rate?.name ?? null,
    subscriptionTiming: rate?.subscriptionTiming ?? null,
    priceModel: rate?.priceModel ?? null,
    quantity: item.quantity,
    unitPrice: money(item.unitPrice),
    amount: money(withoutTax + item.tax),
    amountWithoutTax: money(withoutTax),
    amountWithoutDiscount: money(item.amountWithoutDiscount),
    discount: money(item.discount),
    tax: money(item.tax),
    prorationMultiplier: item.prorationMultiplier,
    // What the two say is not documented; ours: nothing is left of the minimum, and two fifths of it had to be billed
    // because usage did not reach it.
    minCommitAvailableAmount: isMinimum ? money(0n) : null,
    minCommitAdditionalBilledAmount: isMinimum ? money((withoutTax * 2n) / 5n) : null,
    periodStartDate: item.startDate,
    periodEndDate: item.endDate,
  };
}
