/**
 * Finds out by reading what became of a contract operation.
 *
 * Every operation makes an amendment quote (seed 002): the quote is the trace. Without an answer, the trace is a quote
 * that was not there before, of the right type, created when the operation was sent, whose offerings are those of before
 * with this change and nothing else. Guarantees: success and failure are claimed of one such quote, or of the quote that
 * the answer named; several, or one that does not match, prove nothing. Refuses to tell "not applied" from a contract
 * that has moved in any way, or that does not list its quotes.
 */
import { dayOf, instantOfMillis, millisOfInstant } from '../../domain/calendar.js';
import type { Look, Sent } from '../../domain/change-port.js';
import type { ContractChange } from '../../domain/change.js';
import type { Quote, QuoteDetail, QuoteStatus } from '../../domain/contract.js';
import type { Json } from '../../domain/json.js';
import type { UpstreamReferences } from '../../domain/operation.js';
import type { Organization } from '../../domain/organization.js';
import { evidenceOf, readEvidence, type Evidence } from './evidence.js';
import { isDoneBy, isOnDay, isQuoteOfChange } from './expectation.js';
import { keep } from './outcome.js';
import { readProgress, type Progress } from './progress.js';
import type { ReadContract, ReadQuote, Reads } from './reads.js';

/** How far the vendor's clock and ours may be apart. */
const CLOCK_MARGIN_MS = 5 * 60_000;
/** A request that was lost on its way is not acted on later than this. Both are ours: the vendor states neither. */
const LATEST_MS = 15 * 60_000;
/** More new quotes than this prove nothing, so no more are read. */
const MOST_QUOTES = 3;

export async function lookAt(
  reads: Reads,
  organization: Organization,
  change: ContractChange,
  { plan, sentAt, progress }: Sent,
): Promise<Look> {
  const read = await reads.contract(organization, change.contractId);
  if (read === null) return { state: 'UNKNOWN', message: 'The contract is not there any more.' };
  const before = readEvidence(plan.before);
  const context: Context = { read, change, before, sentAt };

  const { answered, quoteId } = readProgress(progress);
  if (quoteId !== null) {
    const quote = await reads.quote(read.contract, quoteId);
    return quote === null
      ? unknown(context, null, `Quote ${quoteId} is not there any more.`)
      : ofNamedQuote(context, quote);
  }

  const { candidates, others } = newQuotes(context);
  const [only] = candidates;
  if (candidates.length > 1) return unknown(context, null, severalQuotes(candidates));
  if (only !== undefined) {
    const quote = await reads.quote(read.contract, only);
    return quote === null
      ? unknown(context, null, `Quote ${only} is listed on the contract and is not there.`)
      : ofNewQuote(context, quote);
  }
  return withoutQuote(context, others, answered);
}

interface Context {
  readonly read: ReadContract;
  readonly change: ContractChange;
  readonly before: Evidence | null;
  readonly sentAt: number;
}

/** Quotes that were not there before: those that may be this operation's, and those that cannot. */
function newQuotes({ read, before, sentAt }: Context): {
  readonly candidates: readonly string[];
  readonly others: readonly string[];
} {
  const { contract, quotes } = read;
  const known = new Set(before?.quotes?.map(({ id }) => id));
  if (before?.latestQuoteId != null) known.add(before.latestQuoteId);
  // Where the quotes of before are not known, age alone tells the new ones.
  const fresh = (quotes ?? []).filter(({ externalId }) => !known.has(externalId));
  const candidates = fresh.filter((quote) => mayBeOurs(quote, sentAt)).map(({ externalId }) => externalId);
  const others = fresh.filter((quote) => !mayBeOurs(quote, sentAt)).map(({ externalId }) => externalId);
  const latest = contract.latestQuoteId;
  if (latest !== null && !known.has(latest) && ![...candidates, ...others].includes(latest))
    candidates.push(latest);
  return { candidates, others };
}

/** By what the list says of it: another type, or another time, rule it out. */
function mayBeOurs({ type, createdAt }: Quote, sentAt: number): boolean {
  if (type === 'NEW' || type === 'RENEWAL') return false;
  if (createdAt === null) return true;
  const created = millisOfInstant(createdAt);
  return created >= sentAt - CLOCK_MARGIN_MS && created <= sentAt + LATEST_MS;
}

function severalQuotes(ids: readonly string[]): string {
  const named = ids.slice(0, MOST_QUOTES).join(', ');
  const more = ids.length > MOST_QUOTES ? ` and ${ids.length - MOST_QUOTES} more` : '';
  return `Several quotes may be this change: ${named}${more}.`;
}

/** No quote that may be this operation's is there. */
function withoutQuote(context: Context, others: readonly string[], answered: string | null): Look {
  const { read, change, before } = context;
  const { contract, quotes } = read;
  const now = afterOf(context, null);
  if (before === null) return unknown(context, null, 'What the contract showed before is not known.');
  if (isCancelled(context) && before.status !== 'CANCELED') {
    // There is no other way to cancel a contract (`backends.md` §4.5), and it is what was asked for.
    if (change.kind === 'CONTRACT_CANCEL' && change.effective === null && others.length === 0)
      return {
        state: 'SUCCEEDED',
        after: now,
        outcome: keepRead(read, null),
        references: referencesOf(context, null),
      };
    return unknown(context, null, 'The contract has been cancelled, and no quote says by whom.');
  }
  if (others.length > 0)
    return unknown(
      context,
      null,
      `The contract has another new quote: ${others.slice(0, MOST_QUOTES).join(', ')}.`,
    );
  if (before.quotes === null || quotes === null)
    return unknown(context, null, 'The contract does not list its quotes.');
  const isAsBefore =
    contract.statusText === before.status &&
    contract.modifiedAt === before.modifiedAt &&
    contract.latestQuoteId === before.latestQuoteId &&
    contract.term.endsBefore === before.endsBefore &&
    isSameList(now.quotes ?? [], before.quotes);
  if (!isAsBefore) return unknown(context, null, 'The contract has changed, and no new quote says how.');
  // The answer said that there is something, so that seeing nothing does not prove that there is not.
  if (answered === 'REVIEW') return { state: 'IN_REVIEW', after: now };
  return answered === null
    ? { state: 'NOT_APPLIED', after: now }
    : unknown(context, null, `The answer was ${JSON.stringify(answered)}, and nothing of it is to be seen.`);
}

function isSameList(one: Evidence['quotes'] & object, other: Evidence['quotes'] & object): boolean {
  const key = ({ id, type, status }: (typeof one)[number]) => JSON.stringify([id, type, status]);
  const keys = new Set(other.map(key));
  return one.length === other.length && one.every((quote) => keys.has(key(quote)));
}

function isCancelled({ read }: Context): boolean {
  return read.contract.status === 'CANCELED';
}

type Verdict = 'SUCCEEDED' | 'IN_REVIEW' | 'PENDING' | 'DENIED' | 'UNKNOWN';

/** What the status of the operation's quote says. */
const VERDICTS: Readonly<Record<QuoteStatus, Verdict>> = {
  PROCESSED: 'SUCCEEDED',
  ACCEPTED: 'PENDING',
  // May be edited still, before it is processed.
  ACCEPTED_ADMIN_EDITABLE: 'PENDING',
  REVIEW: 'IN_REVIEW',
  APPROVED: 'PENDING',
  SENT: 'PENDING',
  DENIED: 'DENIED',
  CANCELED: 'DENIED',
  EXPIRED: 'DENIED',
  // A draft waits for somebody there, and may never be more; an archived quote may have been anything before.
  DRAFT: 'UNKNOWN',
  ARCHIVED: 'UNKNOWN',
  UNRECOGNIZED: 'UNKNOWN',
};

const DENIALS: Partial<Record<QuoteStatus, string>> = {
  DENIED: 'The change was reviewed at MonetizeNow and denied.',
  CANCELED: 'The quote of the change was cancelled at MonetizeNow before it took effect.',
  EXPIRED: 'The quote of the change expired at MonetizeNow before it was accepted.',
};

/** The quote that the answer named: it is this operation's, and its status says how that stands. */
function ofNamedQuote(context: Context, found: ReadQuote): Look {
  const { change, sentAt } = context;
  const { quote } = found;
  if (verdictOf(quote) !== 'SUCCEEDED' || isDoneBy(quote, change, sentAt))
    return stepOf(context, found, false);
  return unknown(
    context,
    quote,
    `Quote ${quote.externalId} is ${quote.statusText ?? ''} with other terms than were asked for.`,
  );
}

/** The one quote that may be this operation's. It is, if it shows this change and nothing else. */
function ofNewQuote(context: Context, found: ReadQuote): Look {
  const { change, before, sentAt } = context;
  const { quote } = found;
  const { externalId } = quote;
  if (!mayBeOurs(quote, sentAt))
    return unknown(context, quote, `Quote ${externalId} is no amendment of when the change was sent.`);
  return isQuoteOfChange(quote, change, before?.offerings ?? null, sentAt) || isCancellation(context, quote)
    ? stepOf(context, found, true)
    : unknown(context, quote, `Quote ${externalId} is not, or not only, what was asked for.`);
}

/** A quote with which the contract was cancelled, whatever it says of the offerings. */
function isCancellation({ read, change, before, sentAt }: Context, { amendmentOn }: QuoteDetail): boolean {
  return (
    change.kind === 'CONTRACT_CANCEL' &&
    read.contract.status === 'CANCELED' &&
    before !== null &&
    before.status !== 'CANCELED' &&
    (amendmentOn === null
      ? change.effective === null
      : isOnDay(amendmentOn, change, dayOf(instantOfMillis(sentAt))))
  );
}

function verdictOf({ status }: QuoteDetail): Verdict {
  return status === null ? 'UNKNOWN' : VERDICTS[status];
}

function stepOf(context: Context, found: ReadQuote, isNews: boolean): Look {
  const { quote } = found;
  const { externalId, status, statusText } = quote;
  const verdict = verdictOf(quote);
  const kept = { outcome: keepRead(context.read, found) };
  const seen = { after: afterOf(context, quote), references: referencesOf(context, quote) };
  const following = { ...kept, progress: { answered: null, quoteId: externalId } satisfies Progress };
  // Looked at again, a quote that still waits is no news: what was kept of it stays.
  const waiting = { ...seen, ...(isNews ? following : {}) };
  switch (verdict) {
    case 'SUCCEEDED':
      return { state: 'SUCCEEDED', ...seen, ...kept };
    case 'DENIED':
      return {
        state: 'FAILED',
        failure: { code: 'DENIED', message: (status && DENIALS[status]) ?? 'The change was denied.' },
        ...seen,
        ...kept,
      };
    case 'UNKNOWN':
      return {
        state: 'UNKNOWN',
        message: `Quote ${externalId} is this change, and is ${statusText ?? 'without a status'}.`,
        ...waiting,
      };
    case 'IN_REVIEW':
    case 'PENDING':
      return { state: verdict, ...waiting };
  }
}

function unknown(context: Context, quote: QuoteDetail | null, message: string): Look {
  return {
    state: 'UNKNOWN',
    message,
    after: afterOf(context, quote),
    references: referencesOf(context, quote),
  };
}

function referencesOf({ change: { contractId } }: Context, quote: QuoteDetail | null): UpstreamReferences {
  return quote === null ? { contractId } : { contractId, quoteId: quote.externalId };
}

function afterOf({ read }: Context, quote: QuoteDetail | null): Evidence {
  return evidenceOf(read.contract, read.quotes, quote, dayOf(read.observation.observedAt));
}

function keepRead({ raw, observation }: ReadContract, quote: ReadQuote | null): Json {
  return keep({ contract: raw, quote: quote?.raw ?? null, invoice: null }, observation);
}
