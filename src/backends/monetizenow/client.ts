/**
 * The endpoints of MonetizeNow that are used, and what its replies mean. Vendor pages: Contract Management (seed 002)
 * and the API definition (`backends.md` §4.5, §4.6).
 *
 * Guarantees: only characters that ids are made of reach a path. Refuses to judge ids by their prefix: the vendor's own
 * pages disagree about them (`backends.md` C20).
 */
import type { Endpoint, Judge } from '../../upstream/endpoint.js';
import { matches, path, segment } from '../../upstream/path.js';
import type { WriteEndpoint } from '../../upstream/write.js';
import { failureOfStatus } from '../reply-status.js';
import {
  operationReply,
  page,
  readErrors,
  record,
  type WireOperationReply,
  type WirePage,
  type WireRecord,
} from './wire.js';

const ID = /[A-Za-z0-9_-]{1,64}/;

/** The credential that calls of this backend carry. */
export const API_KEY = 'api-key';

export interface PageParams {
  readonly accountId: string;
  /** From 0 (`backends.md` C21). */
  readonly currentPage: number;
  /** At most 100. */
  readonly pageSize: number;
}

/** Contracts of an account, in any state: the filter knows only two of the four, so none is sent. */
export const listContracts: Endpoint<PageParams, WirePage> = {
  name: 'contracts.list',
  method: 'GET',
  path: ({ accountId }) => path`api/accounts/${segment(ID, accountId)}/contracts`,
  query: (params) => pageQuery(params),
  credential: API_KEY,
  wire: page,
  isShared: true,
  isDigested: true,
};

/** One contract with its quotes and renewal terms. */
export const getContract: Endpoint<{ readonly contractId: string }, WireRecord> = {
  name: 'contracts.get',
  method: 'GET',
  path: ({ contractId }) => path`api/contracts/${segment(ID, contractId)}`,
  credential: API_KEY,
  wire: record,
  isShared: true,
};

/** One quote with its offerings. */
export const getQuote: Endpoint<{ readonly quoteId: string }, WireRecord> = {
  name: 'quotes.get',
  method: 'GET',
  path: ({ quoteId }) => path`api/quotes/${segment(ID, quoteId)}`,
  credential: API_KEY,
  wire: record,
  isShared: true,
};

export interface InvoicePageParams extends PageParams {
  /** `null`: of all contracts of the account. */
  readonly contractId: string | null;
}

/** Invoices of an account, for one contract or for all. */
export const listInvoices: Endpoint<InvoicePageParams, WirePage> = {
  name: 'invoices.list',
  method: 'GET',
  path: ({ accountId }) => path`api/accounts/${segment(ID, accountId)}/invoices`,
  query: (params) => ({ contractId: params.contractId ?? undefined, ...pageQuery(params) }),
  credential: API_KEY,
  wire: page,
  isShared: true,
};

/** Any contract operation: the body says which (seed 002). */
export const operateContract: WriteEndpoint<null, WireOperationReply> = {
  name: 'contracts.operate',
  method: 'POST',
  path: () => path`api/selfService/contract`,
  credential: API_KEY,
  wire: operationReply,
};

function pageQuery({ currentPage, pageSize }: PageParams) {
  return { currentPage: String(currentPage), pageSize: String(pageSize) };
}

/** Whether the text can be an id of MonetizeNow. */
export function isMonetizenowId(externalId: string): boolean {
  return matches(ID, externalId);
}

/** Judges replies. `clock`: epoch milliseconds. */
export function createJudge(clock: () => number): Judge {
  return {
    failureOf: (reply) => failureOfStatus('MONETIZENOW', reply, clock(), { text: readErrors(reply.body) }),
    isUnauthenticated: ({ status }) => status === 401,
  };
}
