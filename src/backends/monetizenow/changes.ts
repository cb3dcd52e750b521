/**
 * Contract operations of MonetizeNow for one request: planned, sent, looked at, read again.
 *
 * Guarantees: nothing is sent here but by `send`, and by that one request; what is planned rests on what the contract
 * and the quote in force show now. Refuses to plan against offerings that nobody can read.
 */
import { dayOf, instantOfMillis, millisOfInstant } from '../../domain/calendar.js';
import type { ChangePort } from '../../domain/change-port.js';
import type { ContractChange } from '../../domain/change.js';
import type { Contract, Quote, QuoteDetail } from '../../domain/contract.js';
import { SourceError, sourceError } from '../../domain/failure.js';
import type { Plan, Planned, Problem } from '../../domain/operation.js';
import type { Organization } from '../../domain/organization.js';
import { versionOfContract } from '../../domain/version.js';
import type { Drift } from '../../observability/drift.js';
import type { WritableUpstream } from '../../upstream/endpoint.js';
import { stepOf } from './answer.js';
import { isMonetizenowId, operateContract } from './client.js';
import { evidenceOf } from './evidence.js';
import { implicationsOf, uncheckedOf } from './implications.js';
import { createContractPort } from './loaders.js';
import { resultOf } from './outcome.js';
import { scopeOf } from './ownership.js';
import { lookAt } from './read-back.js';
import { createReads, type ReadContract } from './reads.js';
import { requestOf } from './requests.js';
import { isAmendable, problemsOfContract, problemsOfInput, problemsOfOfferings } from './rules.js';

export interface ChangeSettings {
  readonly upstream: WritableUpstream;
  readonly drift: Drift;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

const NO_CONTRACT: Problem = {
  path: ['contractId'],
  code: 'NOT_FOUND',
  message: 'There is no such contract.',
};
const NO_ACCOUNT: Problem = {
  path: [],
  code: 'NOT_ALLOWED',
  message: 'The organization has no account at MonetizeNow, and so no contract that could be changed there.',
};

/** The port for one request. */
export function createChangePort({ upstream, drift, clock }: ChangeSettings): ChangePort<ContractChange> {
  const reads = createReads({ upstream, drift });

  /** The contract that renews this one, if it can be found: a help, so that its absence is no failure. */
  const successorOf = async (organization: Organization, contract: Contract): Promise<string | null> => {
    try {
      const { items } = await createContractPort({ upstream, drift, clock }).list(organization);
      const [only, ...more] = items.filter((one) => one.previousContractId === contract.externalId);
      return only === undefined || more.length > 0 ? null : only.externalId;
    } catch (error) {
      if (error instanceof SourceError) return null;
      throw error;
    }
  };

  /** The quote whose offerings are on the contract now. A cancellation needs none. */
  const quoteInForce = async (
    { contract, quotes }: ReadContract,
    change: ContractChange,
  ): Promise<QuoteDetail | null> => {
    if (change.kind === 'CONTRACT_CANCEL' || !isAmendable(contract)) return null;
    const quoteId = idInForce(contract, quotes ?? []);
    const found = quoteId === null ? null : await reads.quote(contract, quoteId);
    if (found !== null) return found.quote;
    throw sourceError('UPSTREAM_MALFORMED', 'MONETIZENOW', {
      detail: 'the contract has no quote that shows its offerings',
    });
  };

  return {
    async plan(organization, change) {
      const today = dayOf(instantOfMillis(clock()));
      const problems: Problem[] = [...problemsOfInput(change, today)];
      const canBeWritten = !problems.some(({ code }) => code === 'INVALID');
      if (organization.monetizenow === null) return refused([...problems, NO_ACCOUNT], null);
      const read = isMonetizenowId(change.contractId)
        ? await reads.contract(organization, change.contractId)
        : null;
      if (read === null) return refused([...problems, NO_CONTRACT], null);

      const { contract, quotes } = read;
      const successorId = contract.isRenewed === true ? await successorOf(organization, contract) : null;
      problems.push(...problemsOfContract(change, contract, quotes, successorId));
      const before = evidenceOf(contract, quotes, await quoteInForce(read, change), today);
      if (before.offerings !== null && change.kind !== 'CONTRACT_CANCEL')
        problems.push(...problemsOfOfferings(change, before.offerings, today));

      const plan = (): Plan => ({
        target: `MONETIZENOW/${contract.externalId}`,
        externalId: contract.externalId,
        request: requestOf(change),
        implications: implicationsOf(change, before.offerings, today),
        unchecked: uncheckedOf(change, contract, quotes, before.offerings),
        version: versionOfContract(contract),
        before,
      });
      return problems.length > 0
        ? refused(problems, canBeWritten ? plan() : null)
        : { isSendable: true, plan: plan() };
    },

    async send(organization, change, plan, requestId) {
      const { body } = plan.request;
      const scope = scopeOf(organization.slug);
      const written = await upstream.write(operateContract, null, { body, requestId }, scope);
      return stepOf(written, { organization, change, plan, drift });
    },

    look: (organization, change, sent) => lookAt(reads, organization, change, sent),

    result: (organization, _, outcome) => resultOf(organization, outcome),
  };
}

function refused(problems: readonly Problem[], plan: Plan | null): Planned {
  const [first, ...others] = problems;
  if (first === undefined) throw new RangeError('a refusal without a problem');
  return { isSendable: false, problems: [first, ...others], plan };
}

/**
 * The newest quote that was carried out. `latestQuoteId` may be a draft, or one that waits for approval; it counts
 * where no quote is known to have been carried out, and where the contract does not list it.
 */
function idInForce({ externalId, latestQuoteId }: Contract, quotes: readonly Quote[]): string | null {
  const latest = quotes.find((quote) => quote.externalId === latestQuoteId);
  if (latestQuoteId !== null && (latest === undefined || latest.status === 'PROCESSED')) return latestQuoteId;
  const [newest] = quotes
    // A renewal names the contract that it makes, and tells what will be on that one.
    .filter(({ status, contractId }) => status === 'PROCESSED' && (contractId ?? externalId) === externalId)
    .sort((a, b) => timeOf(b) - timeOf(a));
  return newest?.externalId ?? latestQuoteId;
}

function timeOf({ processedAt, createdAt }: Quote): number {
  const at = processedAt ?? createdAt;
  return at === null ? 0 : millisOfInstant(at);
}
