/**
 * Versions of what can be changed: two reads with the same version saw the same terms.
 *
 * No backend here has versions or `If-Match`, so a version is made of what was read. Left out is what changes by itself
 * or depends on how it was read: when it was seen, statuses that follow from the day, members that lists leave out.
 */
import { createHash } from 'node:crypto';
import type { ContractCommitment, ResourceCommitment } from './commitment.js';
import type { Contract } from './contract.js';
import { canonicalJson } from './json.js';

function hashOf(facts: unknown): string {
  return createHash('sha256').update(canonicalJson(facts)).digest('base64url').slice(0, 16);
}

export function versionOfContract(contract: Contract): string {
  const { externalId, statusText, latestQuoteId, term, endActionText, totalValue, modifiedAt } = contract;
  return hashOf([externalId, statusText, latestQuoteId, term, endActionText, totalValue, modifiedAt]);
}

export function versionOfCommitment(commitment: ContractCommitment | ResourceCommitment): string {
  if (commitment.kind === 'contract') {
    const { externalId, accountContract, commitmentType, penalty, includesChildAccounts } = commitment;
    const { periods, services, packageFrequencies, usageClasses } = commitment;
    return hashOf([
      externalId,
      accountContract.externalId,
      commitmentType?.externalId ?? null,
      penalty,
      includesChildAccounts,
      periods.map(({ externalId: id, order, occurrences, frequency, isRemainderOfTerm }) => [
        id,
        order,
        occurrences,
        frequency,
        isRemainderOfTerm,
      ]),
      services,
      packageFrequencies,
      usageClasses,
    ]);
  }
  const { externalId, name, pricingMethodText, rateTypeText, fixedPrice, taxCode, term } = commitment;
  const { products, isTerminated, updatedAt } = commitment;
  return hashOf([
    externalId,
    name,
    pricingMethodText,
    rateTypeText,
    fixedPrice,
    taxCode,
    term,
    products,
    isTerminated,
    updatedAt,
  ]);
}
