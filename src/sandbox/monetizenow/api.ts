/**
 * MonetizeNow's contracts, quotes and invoices (`backends.md` §4.5 to §4.7), the part that reads. Guarantees the vendor's
 * page envelope and `{message}` errors: 401 without the right x-api-key, 404 for an unknown id or path, 405 for another
 * verb, 400 for parameters that cannot be read. An unknown account has empty lists, because the vendor's page lists no
 * 404 for them. Left out: the preview of the next invoice.
 */
import { dayAt } from '../calendar.js';
import type { BackendApi, Clock, EmulatedReply, EmulatedRequest, Profile } from '../types.js';
import { listReply, type ListRules } from './paging.js';
import {
  presentContract,
  presentContractDetail,
  presentInvoice,
  presentQuote,
  presentQuoteDetail,
} from './present.js';
import { seedMonetizenow } from './seed.js';
import type { Contract, Invoice, Quote } from './state.js';

export interface MonetizenowOptions {
  readonly clock: Clock;
  readonly apiKey: string;
}

const CONTRACT_FILTERS = [
  'accountId',
  'status',
  'currency',
  'owner',
  'endAction',
  'startDate',
  'endDate',
  'billGroupId',
  'previousContractId',
  'renewed',
];
const QUOTE_FILTERS = [
  'id',
  'accountId',
  'accountName',
  'contractId',
  'billGroupId',
  'status',
  'type',
  'currency',
  'contractStartDate',
  'contractEndDate',
];
const INVOICE_FILTERS = [
  'id',
  'contractId',
  'billGroupId',
  'status',
  'currency',
  'billDate',
  'dueDate',
  'startDate',
  'endDate',
];
/** The vendor documents only the first two as a filter; that it takes the others too is our choice. */
const CONTRACT_STATUSES = ['ACTIVE', 'CANCELED', 'PENDING', 'FINISHED'];
const QUOTE_STATUSES =
  'DRAFT REVIEW APPROVED DENIED SENT ACCEPTED ACCEPTED_ADMIN_EDITABLE PROCESSED CANCELED EXPIRED ARCHIVED'.split(
    ' ',
  );
const INVOICE_STATUSES = ['DRAFT', 'CANCELED', 'UNPAID', 'PENDING', 'PAID', 'REVERSED'];

function refusal(status: number, message: string): EmulatedReply {
  return { status, json: { message } };
}

export function createMonetizenowApi(profiles: readonly Profile[], options: MonetizenowOptions): BackendApi {
  const { clock, apiKey } = options;
  let state = seedMonetizenow(profiles, clock);

  const today = (): string => dayAt(clock());
  const contractRules: ListRules<Contract> = {
    filters: CONTRACT_FILTERS,
    statuses: CONTRACT_STATUSES,
    show: (contract) => presentContract(state, contract, today()),
  };
  const quoteRules: ListRules<Quote> = {
    filters: QUOTE_FILTERS,
    statuses: QUOTE_STATUSES,
    show: (quote) => presentQuote(state, quote),
  };
  const invoiceRules: ListRules<Invoice> = {
    filters: INVOICE_FILTERS,
    statuses: INVOICE_STATUSES,
    show: (invoice) => presentInvoice(state, invoice, today()),
  };

  function found<T>(what: string, id: string, row: T | undefined, show: (row: T) => unknown): EmulatedReply {
    return row === undefined ? refusal(404, `${what} ${id} was not found`) : { status: 200, json: show(row) };
  }

  function contractsOf(accountId: string): Contract[] {
    const ids = state.accounts.get(accountId)?.contractIds ?? [];
    return ids.flatMap((id) => state.contracts.get(id) ?? []);
  }

  function single(collection: string, id: string): (() => EmulatedReply) | undefined {
    switch (collection) {
      case 'contracts':
        return () =>
          found('Contract', id, state.contracts.get(id), (row) => presentContractDetail(state, row, today()));
      case 'quotes':
        return () => found('Quote', id, state.quotes.get(id), (row) => presentQuoteDetail(state, row));
      case 'invoices':
        return () =>
          found('Invoice', id, state.invoices.get(id), (row) => presentInvoice(state, row, today()));
      default:
        return undefined;
    }
  }

  function ofAccount(
    contracts: () => readonly Contract[],
    collection: string,
    query: URLSearchParams,
  ): (() => EmulatedReply) | undefined {
    switch (collection) {
      case 'contracts':
        return () => listReply(contracts(), query, contractRules);
      case 'quotes':
        return () => {
          const rows = contracts().flatMap(({ quoteIds }) =>
            quoteIds.flatMap((id) => state.quotes.get(id) ?? []),
          );
          return listReply(rows, query, quoteRules);
        };
      case 'invoices':
        return () => {
          const rows = contracts().flatMap(({ invoiceIds }) =>
            invoiceIds.flatMap((id) => state.invoices.get(id) ?? []),
          );
          return listReply(rows, query, invoiceRules);
        };
      default:
        return undefined;
    }
  }

  function route({ path, query }: EmulatedRequest): (() => EmulatedReply) | undefined {
    const [root, api, first = '', second, third, fourth, fifth, ...rest] = path.split('/');
    if (root !== '' || api !== 'api' || rest.length > 0) return undefined;
    if (second === undefined) {
      if (first === 'contracts') return () => listReply([...state.contracts.values()], query, contractRules);
      if (first === 'quotes') return () => listReply([...state.quotes.values()], query, quoteRules);
      return undefined;
    }
    if (third === undefined) return single(first, second);
    if (first !== 'accounts') return undefined;
    if (fourth === undefined) return ofAccount(() => contractsOf(second), third, query);
    if (third === 'billGroups' && fifth === 'invoices') {
      const inGroup = (): Contract[] =>
        contractsOf(second).filter(({ billGroupId }) => billGroupId === fourth);
      return ofAccount(inGroup, fifth, query);
    }
    return undefined;
  }

  return {
    name: 'monetizenow',
    handle(request) {
      if (request.headers['x-api-key'] !== apiKey) {
        return refusal(401, 'The x-api-key header is missing or not valid');
      }
      const answer = route(request);
      if (!answer) return refusal(404, `No endpoint ${request.path}`);
      if (request.method === 'GET') return answer();
      return { ...refusal(405, `${request.method} is not supported here`), headers: { allow: 'GET' } };
    },
    reset() {
      state = seedMonetizenow(profiles, clock);
    },
  };
}
