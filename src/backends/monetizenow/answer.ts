/**
 * What the answer to a contract operation means (seed 002, "Response Data Model"; failures.md S43, S44).
 *
 * Guarantees: the status in the body decides, never that of HTTP; a refusal is told in the vendor's words as far as they
 * are fit for customers. Refuses to call anything a success that contradicts itself: another action, another contract,
 * or a success that does not show the contract (`backends.md` C17). Such an operation is looked at instead.
 */
import { dayOf } from '../../domain/calendar.js';
import type { Step } from '../../domain/change-port.js';
import type { ContractChange } from '../../domain/change.js';
import type { Json } from '../../domain/json.js';
import type { Observation } from '../../domain/observation.js';
import type { OperationFailure, Plan, UpstreamReferences } from '../../domain/operation.js';
import type { Organization } from '../../domain/organization.js';
import type { Drift } from '../../observability/drift.js';
import type { RawReply } from '../../upstream/endpoint.js';
import type { Written } from '../../upstream/write.js';
import { SourceError } from '../../domain/failure.js';
import { customerText } from '../customer-text.js';
import { readRecord, type RecordRules } from '../records.js';
import { evidenceOf, readEvidence } from './evidence.js';
import { toContract, toInvoice, toQuoteDetail } from './mapper.js';
import { keep, NO_RECORDS, type Records } from './outcome.js';
import type { Progress } from './progress.js';
import { ACTIONS } from './requests.js';
import { dataAs } from '../quick.js';
import {
  contractClaim,
  contractDetail,
  identityOf,
  invoice as invoiceRow,
  invoiceClaim,
  quoteClaim,
  quoteDetail,
  readOperationReply,
  readRefusal,
  type WireOperationReply,
} from './wire.js';

const SOURCE = 'MONETIZENOW';
/** A vendor's id: a short prefix, and a tail that is no word (`backends.md` C20). */
const ID = /\b[a-z]{2,8}_(?=[a-z]*[A-Z0-9])[A-Za-z0-9]{3,64}\b/g;
const REFUSED = 'MonetizeNow refused the change and gave no reason that can be shown.';
// The key lacks a right (`backends.md` §4.1): nothing that the customer could mend.
const NOT_ALLOWED = 'MonetizeNow does not let the gateway make this change.';

export interface Asked {
  readonly organization: Organization;
  readonly change: ContractChange;
  readonly plan: Plan;
  readonly drift: Drift;
}

export function stepOf(written: Written<WireOperationReply>, asked: Asked): Step {
  switch (written.kind) {
    case 'not-sent':
      return { state: 'NOT_SENT', failure: written.failure };
    case 'unknown':
      return {
        state: 'UNKNOWN',
        message: `${written.failure.message} Whether the change was made is not known.`,
      };
    case 'refused':
      return ofRefusal(written, asked);
    case 'accepted':
      return ofReply(written.body, written.reply.body, written.observation, asked);
  }
}

/** Statuses that speak of the change. Others speak of us: our key, our way of asking. */
const OF_THE_CHANGE: readonly number[] = [400, 404, 409, 410, 412, 422];

function ofRefusal(
  { failure, reply }: { readonly failure: { readonly message: string }; readonly reply: RawReply },
  asked: Asked,
): Step {
  const operation = readOperationReply(reply.body);
  const records = operation === null ? NO_RECORDS : ownRecords(operation, asked).records;
  const references = referencesOf(records);
  // Says no by its HTTP status and something else in its body.
  if (operation !== null && operation.status !== 'FAILED')
    return {
      state: 'UNKNOWN',
      message: `MonetizeNow answered with HTTP ${reply.status} and the status ${inShort(operation.status)}.`,
      references,
      progress: unnamed(operation.status),
    };
  return {
    state: 'FAILED',
    failure: OF_THE_CHANGE.includes(reply.status)
      ? refusal(reply.body, asked)
      : { code: 'REFUSED', message: reply.status === 403 ? NOT_ALLOWED : failure.message },
    references,
  };
}

function ofReply(reply: WireOperationReply, body: unknown, observation: Observation, asked: Asked): Step {
  const { action, status } = reply;
  const { records, isContradictory } = ownRecords(reply, asked);
  const references = referencesOf(records);
  if (status === 'FAILED') return { state: 'FAILED', failure: refusal(body, asked), references };

  const contradiction = { state: 'UNKNOWN', references, progress: unnamed(status) } as const;
  if (action !== undefined && action !== ACTIONS[asked.change.kind])
    return {
      ...contradiction,
      message: 'MonetizeNow answered for another action than the one that was asked for.',
    };
  if (isContradictory)
    return {
      ...contradiction,
      message: 'MonetizeNow answered with a record of another contract than the one that was changed.',
    };
  const outcome = keep(records, observation);
  const after = read(records, observation, asked);
  const progress: Progress = { answered: inShort(status), quoteId: references.quoteId ?? null };
  const known = { references, progress, outcome, ...(after === null ? {} : { after }) };
  if (status === 'REVIEW') return { state: 'IN_REVIEW', ...known };
  if (status === 'SUCCESS' && records.contract !== null) return { state: 'SUCCEEDED', ...known };
  return {
    state: 'UNKNOWN',
    message:
      status === 'SUCCESS'
        ? 'MonetizeNow reports success and does not show the contract.'
        : `MonetizeNow answered with the status ${inShort(status)}, which is not known.`,
    ...known,
  };
}

function inShort(status: string): string {
  return status.slice(0, 40);
}

/** Of an answer that contradicts itself: what it names need not be this operation's. */
function unnamed(status: string): Progress {
  return { answered: inShort(status), quoteId: null };
}

function referencesOf({ quote, contract, invoice }: Records): UpstreamReferences {
  const quoteId = identityOf(quote);
  const contractId = identityOf(contract);
  const invoiceId = identityOf(invoice);
  return {
    ...(quoteId === null ? {} : { quoteId }),
    ...(contractId === null ? {} : { contractId }),
    ...(invoiceId === null ? {} : { invoiceId }),
  };
}

/** The records that are the contract's. A claim that cannot be read is none. */
function ownRecords(
  reply: WireOperationReply,
  { organization, change, drift }: Asked,
): { readonly records: Records; readonly isContradictory: boolean } {
  const accountId = organization.monetizenow?.accountId ?? null;
  const isAccount = (id: string | null | undefined) => id == null || accountId === null || id === accountId;
  const contract = dataAs(contractClaim, reply.contract);
  const quote = dataAs(quoteClaim, reply.quote);
  const invoice = dataAs(invoiceClaim, reply.invoice);
  const isOwn = {
    contract: contract?.id === change.contractId && isAccount(contract.accountId),
    quote:
      quote !== undefined &&
      (quote.contractId ?? change.contractId) === change.contractId &&
      isAccount(quote.accountId),
    invoice:
      invoice !== undefined &&
      (invoice.contractId ?? change.contractId) === change.contractId &&
      isAccount(invoice.account?.id),
  };
  const isForeign = {
    contract: contract !== undefined && !isOwn.contract,
    quote: quote !== undefined && !isOwn.quote,
    invoice: invoice !== undefined && !isOwn.invoice,
  };
  Object.values(isForeign).forEach((foreign) => {
    if (foreign) drift.foreign(SOURCE);
  });
  return {
    records: {
      contract: isOwn.contract ? reply.contract : null,
      quote: isOwn.quote ? reply.quote : null,
      invoice: isOwn.invoice ? reply.invoice : null,
    },
    isContradictory: Object.values(isForeign).some((foreign) => foreign),
  };
}

/** Goes through the records, so that drift is counted, and returns what they show now. */
function read(records: Records, observation: Observation, { organization, drift }: Asked): Json {
  const contract = part(records.contract, 'contract', {
    schema: contractDetail,
    map: (row) => toContract(row, { organization, observation, drift }),
    ...rules(drift),
  });
  const quote = part(records.quote, 'quote', {
    schema: quoteDetail,
    map: (row) => toQuoteDetail(row, drift),
    ...rules(drift),
  });
  part(records.invoice, 'invoice', {
    schema: invoiceRow,
    map: (row) => toInvoice(row, { observation, drift }),
    ...rules(drift),
  });
  return contract === null ? null : evidenceOf(contract, null, quote, dayOf(observation.observedAt));
}

function rules(drift: Drift) {
  return { source: SOURCE, drift, isOwn: () => true } as const;
}

/** `null`: it is not there, or cannot be read, which is counted. */
function part<Row, Item>(record: unknown, name: string, how: RecordRules<Row, Item>): Item | null {
  if (record === null) return null;
  try {
    return readRecord(record, name, how);
  } catch (error) {
    if (error instanceof SourceError) return null;
    throw error;
  }
}

function refusal(body: unknown, { change, plan }: Asked): OperationFailure {
  const known = idsOf(change, plan);
  const said = readRefusal(body);
  const shown = customerText(said === undefined ? [] : [said], {
    form: ID,
    isKnown: (id) => known.has(id),
  });
  return { code: 'REFUSED', message: shown ?? REFUSED };
}

/** Ids that the caller named, or can read on the contract. */
function idsOf(change: ContractChange, plan: Plan): ReadonlySet<string> {
  const ids = new Set([change.contractId]);
  if (change.kind !== 'CONTRACT_CANCEL') {
    for (const asked of change.offerings) {
      ids.add(asked.offeringId);
      if ('newOfferingId' in asked) ids.add(asked.newOfferingId);
      if ('rateId' in asked) ids.add(asked.rateId);
      if ('products' in asked) asked.products?.forEach(({ productId }) => ids.add(productId));
    }
  }
  const before = readEvidence(plan.before);
  before?.quotes?.forEach(({ id }) => ids.add(id));
  before?.offerings?.forEach(({ offeringId, rateIds, products }) => {
    ids.add(offeringId);
    rateIds.forEach((id) => ids.add(id ?? ''));
    products.forEach(({ productId }) => ids.add(productId));
  });
  return ids;
}
