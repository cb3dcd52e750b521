/**
 * Reads of a contract and its quotes on behalf of a change: each as it is mapped, and as it came, for the journal.
 *
 * Guarantees: every call asks the backend anew, as far as the upstream lets it; `null` says that there is none or that
 * it is another's, never that it could not be read: that rejects with `SourceError`.
 */
import type { Contract, Quote, QuoteDetail } from '../../domain/contract.js';
import { SourceError, sourceError } from '../../domain/failure.js';
import type { Observation } from '../../domain/observation.js';
import type { Organization } from '../../domain/organization.js';
import type { Drift } from '../../observability/drift.js';
import type { Answer, Upstream } from '../../upstream/endpoint.js';
import { readRecord } from '../records.js';
import { getContract, getQuote, isMonetizenowId } from './client.js';
import { toContract, toQuote, toQuoteDetail } from './mapper.js';
import { isOwnById, isQuoteOf, isSameAccount, scopeOf } from './ownership.js';
import { contractDetail, quoteDetail, type WireRecord } from './wire.js';

const SOURCE = 'MONETIZENOW';

export interface ReadContract {
  readonly contract: Contract;
  /** Those of its account; `null`: the reply does not list quotes. */
  readonly quotes: readonly Quote[] | null;
  readonly raw: WireRecord;
  readonly observation: Observation;
}

export interface ReadQuote {
  readonly quote: QuoteDetail;
  readonly raw: WireRecord;
}

export interface Reads {
  contract(organization: Organization, contractId: string): Promise<ReadContract | null>;
  quote(contract: Contract, quoteId: string): Promise<ReadQuote | null>;
}

export function createReads({
  upstream,
  drift,
}: {
  readonly upstream: Upstream;
  readonly drift: Drift;
}): Reads {
  return {
    async contract(organization, contractId) {
      const link = organization.monetizenow;
      if (link === null || !isMonetizenowId(contractId)) return null;
      if (link.accountId === null && !link.contractIds.includes(contractId)) return null;
      const answer = await orNull(upstream.call(getContract, { contractId }, scopeOf(organization.slug)));
      if (answer === null) return null;
      const { body: raw, observation } = answer;
      const found = readRecord(raw, 'contract', {
        source: SOURCE,
        drift,
        schema: contractDetail,
        isOwn: (row) => isOwnById(row, link),
        map: (row) => {
          const contract = toContract(row, { organization, observation, drift });
          const own = row.quotes?.filter(({ accountId }) => isSameAccount(accountId, contract)) ?? null;
          return { contract, quotes: own?.map((quote) => toQuote(quote, drift)) ?? null };
        },
      });
      if (found === null) return null;
      refuseAnother(found.contract, contractId, 'contract');
      return { ...found, raw, observation };
    },

    async quote(contract, quoteId) {
      if (!isMonetizenowId(quoteId)) return null;
      const answer = await orNull(upstream.call(getQuote, { quoteId }, scopeOf(contract.organization)));
      if (answer === null) return null;
      const quote = readRecord(answer.body, 'quote', {
        source: SOURCE,
        drift,
        schema: quoteDetail,
        isOwn: (row) => isQuoteOf(contract, row),
        map: (row) => toQuoteDetail(row, drift),
      });
      if (quote === null) return null;
      refuseAnother(quote, quoteId, 'quote');
      return { quote, raw: answer.body };
    },
  };
}

function refuseAnother({ externalId }: { readonly externalId: string }, id: string, name: string): void {
  if (externalId !== id)
    throw sourceError('UPSTREAM_MALFORMED', SOURCE, { detail: `another ${name} than the one asked for` });
}

/** The answer, or `null` where the backend says that there is none. */
export async function orNull<Body>(answer: Promise<Answer<Body>>): Promise<Answer<Body> | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof SourceError && error.failure.code === 'NOT_FOUND') return null;
    throw error;
  }
}
