/**
 * Changes that are held for somebody's decision. Guarantees that a contract is as before while its change is held, and
 * that a decision is made once. An approved change is worked out anew, on what is agreed by then and from that day on if
 * its own has passed; where it is no longer possible its quote becomes CANCELED. It keeps its quote's id.
 */
import { dayAt } from '../calendar.js';
import { chanceOf } from '../random.js';
import type { Amendment, Amendments, Surroundings } from './amendment.js';
import { createIds } from './ids.js';
import { requireAmendable } from './rules.js';
import { ChangeRefused } from './self-service-error.js';
import type { Quote } from './state.js';

export interface Reviews {
  /** The quote that now waits. */
  open(amendment: Amendment, requestId: string | null): Quote;
  /** Does with all that are held what the settings say. */
  decide(): void;
}

export function createReviews(
  { clock, report, state, settings }: Surroundings,
  amendments: Amendments,
): Reviews {
  function open({ operation, contract, from, quote: worked }: Amendment, requestId: string | null): Quote {
    const quote: Quote = {
      ...worked,
      status: 'REVIEW',
      acceptedAt: null,
      processedAt: null,
      approvals: [
        {
          id: `qtapr_${worked.id.slice('quote_'.length)}`,
          ruleId: chanceOf('monetizenow self-service rule').uuid(),
          name: 'Self-service changes',
          description: 'A change that a customer makes needs a second pair of eyes.',
          status: 'NO_ACTION',
          decidedAt: null,
        },
      ],
    };
    report({
      action: 'quote.review',
      target: quote.id,
      customer: contract.accountId,
      requestId,
      details: { request: operation, contractId: contract.id, effectiveOn: from },
    });
    state().quotes.set(quote.id, quote);
    contract.quoteIds.push(quote.id);
    state().held.set(quote.id, { operation, from, requestId });
    return quote;
  }

  function decide(): void {
    const { reviews } = settings();
    if (reviews === 'HOLD') return;
    for (const id of [...state().held.keys()]) {
      if (reviews === 'APPROVE') approve(id);
      else if (reviews === 'DENY') close(id, 'DENIED');
      else markAccepted(id);
    }
  }

  function decidedQuote(id: string, status: 'APPROVED' | 'DECLINED'): Quote {
    const quote = state().quotes.get(id);
    if (!quote) throw new Error(`the quote ${id} is held and not there`);
    const now = clock();
    const approvals = quote.approvals.map((one) => ({ ...one, status, decidedAt: one.decidedAt ?? now }));
    return { ...quote, approvals, modifiedAt: now };
  }

  function markAccepted(id: string): void {
    if (state().quotes.get(id)?.status !== 'REVIEW') return;
    const quote = decidedQuote(id, 'APPROVED');
    state().quotes.set(id, { ...quote, status: 'ACCEPTED', acceptedAt: quote.modifiedAt });
  }

  function close(id: string, status: 'DENIED' | 'CANCELED'): void {
    state().quotes.set(id, { ...decidedQuote(id, status === 'DENIED' ? 'DECLINED' : 'APPROVED'), status });
    state().held.delete(id);
  }

  function approve(id: string): void {
    const held = state().held.get(id);
    const contract = state().contracts.get(state().quotes.get(id)?.contractId ?? '');
    if (!held || !contract) return;
    let anew: Amendment;
    try {
      const today = dayAt(clock());
      requireAmendable(state(), contract, { today, amendsPending: settings().amendsPending });
      const from = held.from < today ? today : held.from;
      if (from > contract.endDate) throw new ChangeRefused(`${from} is after the contract's last day`);
      anew = amendments.work(
        held.operation,
        contract,
        from,
        createIds(chanceOf(`monetizenow ${id} processed`)),
      );
    } catch (error) {
      if (!(error instanceof ChangeRefused)) throw error;
      close(id, 'CANCELED');
      return;
    }
    const { acceptedAt, approvals, createdAt, expirationDate } = decidedQuote(id, 'APPROVED');
    const quote: Quote = {
      ...anew.quote,
      id,
      createdAt,
      expirationDate,
      approvals,
      acceptedAt: acceptedAt ?? anew.quote.acceptedAt,
    };
    const invoice = anew.invoice && { ...anew.invoice, quoteId: id };
    amendments.make({ ...anew, quote, invoice }, held.requestId);
    state().held.delete(id);
  }

  return { open, decide };
}
