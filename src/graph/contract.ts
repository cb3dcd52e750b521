/** Contracts with their quotes, offerings and invoices. */
import type {
  Contract,
  ContractDetail,
  ContractProduct,
  Invoice,
  Quote,
  QuoteDetail,
} from '../domain/contract.js';
import { versionOfContract } from '../domain/version.js';
import { compareValues, orderBy, pageOf } from './connection.js';
import { organizationOf, type GraphContext } from './context.js';
import { coverageOf, readCovered } from './coverage.js';
import { encodeGlobalId } from './global-id.js';
import type { Resolvers } from './generated.js';
import { presentOnly } from './past.js';

/** A quote and the contract that it is read through. */
export interface QuoteOfContract {
  /** `null`: only where `detail` is at hand. */
  readonly contract: Contract | null;
  readonly quote: Quote;
  /** Where the quote was read in full. */
  readonly detail?: QuoteDetail;
}

export const contractOrder = orderBy<Contract>('contracts', ({ term, externalId }) => [
  term.startsOn,
  externalId,
]);

const invoiceOrder = orderBy<Invoice>(
  'invoices',
  ({ invoicedOn, billedOn, externalId }) => [invoicedOn ?? billedOn, externalId],
  'descending',
);

const detailOf = async (contract: Contract, context: GraphContext): Promise<ContractDetail | null> =>
  (await context.sources.contracts?.detail(contract)) ?? null;

const quoteOf = async (
  contract: Contract | null,
  quoteId: string | null,
  context: GraphContext,
): Promise<QuoteDetail | null> =>
  contract === null || quoteId === null
    ? null
    : ((await context.sources.contracts?.quote(contract, quoteId)) ?? null);

/**
 * The quote that says what is on the contract: the latest one if it took effect, else the last that did. One that still
 * waits for review, or was refused, changed nothing.
 */
async function quoteInForce(contract: Contract, context: GraphContext): Promise<QuoteDetail | null> {
  const latest = await quoteOf(contract, contract.latestQuoteId, context);
  if (latest?.status === 'PROCESSED') return latest;
  const processed = (await detailOf(contract, context))?.quotes
    .filter(({ status }) => status === 'PROCESSED')
    .sort((a, b) => compareValues(b.processedAt, a.processedAt, 'first'))[0];
  return quoteOf(contract, processed?.externalId ?? null, context);
}

const ofProduct = ({ product }: ContractProduct) => product;

export const contractResolvers = {
  Contract: {
    id: ({ organization, externalId }) => encodeGlobalId({ type: 'Contract', organization, key: externalId }),
    source: () => 'MONETIZENOW' as const,
    organization: ({ organization }, _, context) => organizationOf(organization, context),
    renewalTerms: async (contract, _, context) => {
      presentOnly(contract, 'renewalTerms');
      return (await detailOf(contract, context))?.renewalTerms ?? null;
    },
    quotes: async (contract, _, context) => {
      presentOnly(contract, 'quotes');
      return (await detailOf(contract, context))?.quotes.map((quote) => ({ contract, quote })) ?? null;
    },
    latestQuote: async (contract, _, context) => {
      presentOnly(contract, 'latestQuote');
      const quote = await quoteOf(contract, contract.latestQuoteId, context);
      return quote === null ? null : { contract, quote };
    },
    offerings: async (contract, _, context) => {
      presentOnly(contract, 'offerings');
      const quote = await quoteInForce(contract, context);
      return quote?.offerings.filter(({ isRemoved }) => isRemoved !== true) ?? null;
    },
    invoices: async (contract, page, context, info) => {
      presentOnly(contract, 'invoices');
      pageOf([], invoiceOrder, page); // a page that cannot be is refused before anybody is asked
      const { contracts } = context.sources;
      const port = contracts === null ? null : { list: () => contracts.invoices(contract) };
      const organization = organizationOf(contract.organization, context);
      const read = await readCovered('MONETIZENOW', port, organization, context, info);
      if (read.error) throw read.error;
      return {
        ...pageOf(read.items, invoiceOrder, page),
        totalCount: read.items.length,
        coverage: coverageOf([read.coverage]),
      };
    },
    version: (contract) => versionOfContract(contract),
    freshness: ({ observation }) => observation,
  },
  Quote: {
    externalId: ({ quote }) => quote.externalId,
    description: ({ quote }) => quote.description,
    type: ({ quote }) => quote.type,
    typeText: ({ quote }) => quote.typeText,
    newQuoteType: ({ quote }) => quote.newQuoteType,
    status: ({ quote }) => quote.status,
    statusText: ({ quote }) => quote.statusText,
    amount: ({ quote }) => quote.amount,
    contractAmount: ({ quote }) => quote.contractAmount,
    contractId: ({ quote }) => quote.contractId,
    contractMonths: ({ quote }) => quote.contractMonths,
    contractTerm: ({ quote }) => quote.contractTerm,
    account: ({ quote }) => quote.account,
    secondaryAccount: ({ quote }) => quote.secondaryAccount,
    billingAccountId: ({ quote }) => quote.billingAccountId,
    billGroupId: ({ quote }) => quote.billGroupId,
    owner: ({ quote }) => quote.owner,
    opportunityId: ({ quote }) => quote.opportunityId,
    opportunityStatusText: ({ quote }) => quote.opportunityStatusText,
    customFields: ({ quote }) => quote.customFields,
    isMigrated: ({ quote }) => quote.isMigrated,
    acceptedAt: ({ quote }) => quote.acceptedAt,
    sentAt: ({ quote }) => quote.sentAt,
    processedAt: ({ quote }) => quote.processedAt,
    createdAt: ({ quote }) => quote.createdAt,
    createdById: ({ quote }) => quote.createdById,
    modifiedAt: ({ quote }) => quote.modifiedAt,
    modifiedById: ({ quote }) => quote.modifiedById,
    detail: ({ contract, quote, detail }, _, context) =>
      detail ?? quoteOf(contract, quote.externalId, context),
  },
  ContractProduct: {
    productId: (item) => ofProduct(item).externalId,
    name: (item) => ofProduct(item).name,
    sku: (item) => ofProduct(item).sku,
  },
  Invoice: { freshness: ({ observation }) => observation },
} satisfies Resolvers;
