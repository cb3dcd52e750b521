/**
 * Members that the vendor's API definition (Contract, Quote and Invoice API, "v0") has and the gateway does not read,
 * by the definition's own types. A member that is neither here nor in `wire.ts` is drift.
 */

const AUDIT = ['createdBy', 'createDate', 'lastModifiedBy', 'modifyDate'] as const;

/** ContractDetailDto beside ContractDto: a single contract is read in two steps. */
export const CONTRACT_DETAIL = ['quotes', 'contractRenewalTerms'] as const;

/** QuoteBasicDto: OpportunityBasicDto; QuoteDetailDto: OpportunityResponseDto. */
export const OPPORTUNITY = [
  ...AUDIT,
  'customId',
  'name',
  'primaryQuoteId',
  'url',
  'owner',
  'amount',
  'accountName',
  'quotes',
  'accountId',
  'currency',
  'dealRoomId',
] as const;

/** QuoteDetailDto. */
export const QUOTE_DETAIL = [
  'fromCompany',
  'customId',
  'orderId',
  'contacts',
  'approvalSubmittedAt',
  'approvalGrantedAt',
  'documentLocation',
  'documentUrl',
  'previousNetTerms',
  'manualAcceptanceReason',
  'previousContractLength',
  'contractTerms',
  'noteIds',
  'signedDocumentStorageId',
  'sowDocumentStorageId',
  'declinedDate',
  'autoRenewContract',
  'customPrices',
  'requiresEsign',
  'collaborationAccess',
  'purchaseOrderNumber',
  'signingOrder',
  'accessLevel',
  'coverDocumentStorageId',
  'footerDocumentStorageId',
  'legalEntityId',
  'conditionalTerms',
  'addressSource',
  'shippingAddress',
  'billingAddress',
  'priceUpliftConfigurations',
  'contractRenewalTerms',
  'amendmentVersion',
  'incrementalPrices',
  'vatNumber',
  'billingAnchor',
  'esignEnvelopeId',
] as const;

/** QuoteRevenueDto. */
export const QUOTE_REVENUE = [
  'incrementalMrr',
  'percentage',
  'incrementalArr',
  'previousArr',
  'previousMrr',
] as const;

/** QuoteValidation. */
export const QUOTE_VALIDATION = ['ruleDescription'] as const;

/** QuoteApprovalDto. */
export const QUOTE_APPROVAL = [
  ...AUDIT,
  'ruleId',
  'userId',
  'username',
  'teamId',
  'teamName',
  'approverId',
  'approverName',
  'declinerId',
  'declinerName',
  'description',
  'rank',
  'declineReason',
  'approvalTimestamp',
  'declinedTimestamp',
  'skipped',
  'quoteId',
  'mandatory',
  'currentUserApprover',
  'lifecycleBehavior',
] as const;

/** QuoteOfferingDetailDto. */
export const QUOTE_OFFERING = [
  ...AUDIT,
  'quoteId',
  'priceUpliftConfigurationId',
  'description',
  'offeringDescription',
  'rateDescription',
  'debitProrationMultiplier',
  'debit',
  'creditProrationMultiplier',
  'credit',
  'revenueMetrics',
  'locked',
  'accountSpecificRate',
  'options',
  'role',
  'position',
] as const;

/** QuoteItemDetailDto. */
export const QUOTE_ITEM = [
  ...AUDIT,
  'customId',
  'quoteOfferingId',
  'subscriptionItemId',
  'endDate',
  'description',
  'isAddon',
  'addonId',
  'debitProrationMultiplier',
  'debit',
  'creditProrationMultiplier',
  'credit',
  'amountWithoutDiscount',
  'customDiscountId',
  'customDiscountType',
  'customDiscountAmountOrPercent',
  'customDiscountName',
  'customDiscountDescription',
  'discountAmount',
  'discountPercent',
  'previousDiscountAmount',
  'previousDiscountPercent',
  'previousItemId',
  'previousCustomDiscountId',
  'previousCustomDiscountType',
  'previousCustomDiscountAmountOrPercent',
  'discounts',
  'customPriceId',
  'customPrice',
  'revenueMetrics',
  'options',
  'displayUnitPrice',
  'position',
  'notes',
  'customDiscountLifecyclePolicies',
] as const;

/** DiscountDto. */
export const DISCOUNT = [
  ...AUDIT,
  'quoteId',
  'maxUses',
  'remainingUses',
  'autoRemove',
  'accountId',
  'locked',
] as const;

/** InvoiceDto. */
export const INVOICE = [
  ...AUDIT,
  'fromCompany',
  'billingContact',
  'shippingContact',
  'locale',
  'orderId',
  'testAccount',
  'exchangeRate',
  'collectionAttempts',
  'netTermsDays',
  'recreatedInvoice',
  'amountWrittenOff',
  'usageStartDate',
  'usageEndDate',
  'purchaseOrderNumber',
  'invoiceTerms',
  'lastSent',
  'paymentInstruction',
  'customFields',
  'invoiceIncomeAccountSyncType',
  'taxStatus',
  'taxError',
  'billingAddress',
  'shippingAddress',
  'originalQuoteId',
  'vatNumber',
  'registrationNumber',
  'creditRebilledTargetInvoiceId',
  'creditRebilledSourceInvoiceId',
  'creditRebilledTimestamp',
  'migrated',
  'invoiceMemo',
  'applications',
  'metadata',
  'accountingDate',
  'finalized',
] as const;

/** InvoiceAccountSnapshotDto. */
export const INVOICE_ACCOUNT = ['isTestAccount', 'billingAddress', 'shippingAddress'] as const;

/** InvoiceItemDto. */
export const INVOICE_ITEM = [
  ...AUDIT,
  'subscriptionId',
  'referenceId',
  'subscriptionItemId',
  'subscription',
  'quoteItemId',
  'offeringDescription',
  'rateId',
  'rateName',
  'subscriptionTiming',
  'multiTier',
  'productType',
  'description',
  'isAddon',
  'addonId',
  'previousQuantity',
  'amountCredited',
  'amountWrittenOff',
  'writeOffDate',
  'amountWithoutDiscount',
  'discount',
  'amountWithoutTax',
  'tax',
  'discounts',
  'financeId',
  'lineNumber',
  'priceDisplayOption',
] as const;

/** InvoicePaymentDto. */
export const INVOICE_PAYMENT = ['collectionDate'] as const;

/** InvoiceCreditDto. */
export const INVOICE_CREDIT = ['invoiceId'] as const;
