/**
 * MonetizeNow's contracts, quotes and invoices (`backends.md` §4.5 to §4.7), and the changes that customers make to them
 * (seed 002, `self-service.ts`). Guarantees the vendor's page envelope and `{message}` errors: 401 without the right
 * x-api-key, 404 for an unknown id or path, 405 for another verb, 400 for parameters that cannot be read. An unknown
 * account has empty lists, because the vendor's page lists no 404 for them. Left out: the preview of the next invoice,
 * and every other way to change something (accepting a quote, renewing).
 *
 * Behaviour, the default first:
 * - `outcome`: what becomes of a change that no rule refuses. `SUCCESS`, `REVIEW` (held) or `FAILED`
 * - `reviewCancellations`: `false`, or `true` to hold what would leave nothing of a contract, and nothing else
 * - `reviews`: what becomes of changes that are held, those of now and those to come: `HOLD` (they wait), `ACCEPT` (quote
 *   ACCEPTED and not PROCESSED, which blocks the contract), `APPROVE` (made after all) or `DENY`. Each is answered with
 *   REVIEW first. The quote in REVIEW that a customer is seeded with is left alone
 * - `failedStatus`: the HTTP status of a change that FAILED (C19). `200`, `400`, `409` or `422`
 * - `unknownContract`: `FAILED`, or `NOT_FOUND` for a 404 with the self-service error body
 * - `amendsPending`: `true`, or `false` to refuse changes to a contract that has not begun
 * - `cancelsAtOnce`: `false`, a cancelled contract is CANCELED from the effective day on; or `true`, from today on
 *
 * The ledger gets `contract.quantity-change`, `contract.rate-change`, `contract.offering-change`, `contract.add-offering`,
 * `contract.remove-offering` and `contract.cancellation` when a contract was changed, and `quote.review` when a change was
 * held. A denial leaves no entry: nobody asked for it.
 */
import { dayAt } from '../calendar.js';
import type { BackendApi, Clock, EmulatedReply, EmulatedRequest, Profile, Report } from '../types.js';
import { createBehaviour } from './behaviour.js';
import { listReply, type ListRules } from './paging.js';
import {
  presentContract,
  presentContractDetail,
  presentInvoice,
  presentQuote,
  presentQuoteDetail,
} from './present.js';
import { seedMonetizenow } from './seed.js';
import { createSelfService } from './self-service.js';
import type { Contract, Invoice, Quote } from './state.js';

export interface MonetizenowOptions {
  readonly clock: Clock;
  /** Told of every change; nobody when left out. */
  readonly report?: Report;
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

const SELF_SERVICE = '/api/selfService/contract';

function refusal(status: number, message: string): EmulatedReply {
  return { status, json: { message } };
}

function notSupported({ method }: EmulatedRequest, allow: string): EmulatedReply {
  return { ...refusal(405, `${method} is not supported here`), headers: { allow } };
}

export function createMonetizenowApi(profiles: readonly Profile[], options: MonetizenowOptions): BackendApi {
  const { clock, apiKey, report = () => undefined } = options;
  let state = seedMonetizenow(profiles, clock);
  const behaviour = createBehaviour(() => selfService.decide());
  const selfService = createSelfService({ clock, report, state: () => state, settings: behaviour.now });

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
      if (request.path === SELF_SERVICE) {
        return request.method === 'POST' ? selfService.handle(request) : notSupported(request, 'POST');
      }
      const answer = route(request);
      if (!answer) return refusal(404, `No endpoint ${request.path}`);
      if (request.method === 'GET') return answer();
      return notSupported(request, 'GET');
    },
    reset() {
      state = seedMonetizenow(profiles, clock);
      behaviour.reset();
    },
    behaviour,
  };
}
