/**
 * `POST /api/selfService/contract`: changes to a contract, each an amendment quote (seed 002, `backends.md` §4.2 to §4.8).
 *
 * Guarantees that a SUCCESS is a PROCESSED quote on a changed contract, with an invoice where something is billed; a
 * REVIEW is a quote in that status on a contract that is as before; a FAILED leaves no trace. Nothing keeps the same
 * request, sent twice, from being two changes: the vendor has no idempotency key. Other changes that wait in REVIEW stand
 * in nobody's way; one that is ACCEPTED and not PROCESSED does.
 */
import { dayAt } from '../calendar.js';
import { chanceOf } from '../random.js';
import type { EmulatedReply, EmulatedRequest } from '../types.js';
import { type Amendment, createAmendments, type Surroundings } from './amendment.js';
import { actionIn, readJson, readOperation } from './body.js';
import { createIds } from './ids.js';
import type { Operation } from './operation.js';
import { presentContractDetail, presentInvoice, presentQuoteDetail } from './present.js';
import { createReviews } from './reviews.js';
import { effectiveDay, requireAmendable, requireNothingAccepted } from './rules.js';
import { ChangeRefused, errorReply, SelfServiceError } from './self-service-error.js';

export interface SelfService {
  handle(request: EmulatedRequest): EmulatedReply;
  /** Does with the changes that are held what the settings say. */
  decide(): void;
}

export function createSelfService(surroundings: Surroundings): SelfService {
  const { clock, state, settings } = surroundings;
  const amendments = createAmendments(surroundings);
  const reviews = createReviews(surroundings, amendments);
  const today = (): string => dayAt(clock());

  function handle(request: EmulatedRequest): EmulatedReply {
    let json: unknown;
    let operation: Operation;
    try {
      json = readJson(request);
      operation = readOperation(json);
    } catch (error) {
      if (error instanceof SelfServiceError) return errorReply(error, actionIn(json));
      throw error;
    }
    try {
      const amendment = accept(operation);
      const requestId = request.headers['x-request-id'] ?? null;
      const { outcome, reviewCancellations } = settings();
      if (outcome === 'REVIEW' || (reviewCancellations && amendment.isCancellation)) {
        const quote = reviews.open(amendment, requestId);
        const reply = done({ ...amendment, quote, invoice: null }, 'REVIEW');
        // Whoever decides at once does so when the answer is on its way.
        reviews.decide();
        return reply;
      }
      amendments.make(amendment, requestId);
      return done(amendment, 'SUCCESS');
    } catch (error) {
      if (error instanceof SelfServiceError) return errorReply(error, operation.action);
      if (!(error instanceof ChangeRefused)) throw error;
      const { action } = operation;
      return {
        status: settings().failedStatus,
        json: { action, status: 'FAILED', errorMessage: error.message },
      };
    }
  }

  function accept(operation: Operation): Amendment {
    const contract = state().contracts.get(operation.contractId);
    if (!contract) {
      const message = `Contract ${operation.contractId} was not found`;
      if (settings().unknownContract === 'FAILED') throw new ChangeRefused(message);
      throw new SelfServiceError(404, 'INVALID_CONTRACT', message, 'contractId');
    }
    requireAmendable(state(), contract, { today: today(), amendsPending: settings().amendsPending });
    requireNothingAccepted(state(), contract);
    const from = effectiveDay(operation, contract, today());
    // Every quote of a contract has a number of its own, as none is ever taken away.
    const ids = createIds(chanceOf(`monetizenow ${contract.id} quote ${contract.quoteIds.length}`));
    const amendment = amendments.work(operation, contract, from, ids);
    if (settings().outcome === 'FAILED') throw new ChangeRefused('The change could not be processed');
    return amendment;
  }

  function done({ operation, contract, quote, invoice }: Amendment, status: string): EmulatedReply {
    return {
      status: 200,
      json: {
        action: operation.action,
        status,
        quote: presentQuoteDetail(state(), quote),
        contract: presentContractDetail(state(), contract, today()),
        ...(invoice && { invoice: presentInvoice(state(), invoice, today()) }),
      },
    };
  }

  return { handle, decide: () => reviews.decide() };
}
