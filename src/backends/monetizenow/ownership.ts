/** Whose a record of MonetizeNow is, as far as the record and the directory say. */
import type { Contract } from '../../domain/contract.js';
import type { Organization } from '../../domain/organization.js';
import type { CredentialName, OrganizationScope } from '../../domain/scope.js';
import type { WireContract, WireQuote } from './wire.js';

export type Link = NonNullable<Organization['monetizenow']>;

const CREDENTIAL = 'monetizenow#api-key' as CredentialName;

export function scopeOf(slug: Organization['slug']): OrganizationScope {
  return { kind: 'organization', organization: slug, credential: CREDENTIAL };
}

/** A row of the account's own list: it may leave the account out, but not name another. */
export function isOwnOfAccount(row: WireContract, link: Link): boolean {
  return row.accountId === null || row.accountId === link.accountId;
}

/** A contract read by its id: nothing but what it says and what the directory says shows whose it is. */
export function isOwnById(row: Pick<WireContract, 'id' | 'accountId'>, link: Link): boolean {
  return row.accountId === null || link.accountId === null
    ? link.contractIds.includes(row.id)
    : row.accountId === link.accountId;
}

/** Whether a part of the contract belongs to its account, as far as both say. */
export function isSameAccount(accountId: string | null, contract: Contract): boolean {
  return accountId === null || contract.account === null || accountId === contract.account.externalId;
}

/** Whether a quote read by its id is one of the contract's. */
export function isQuoteOf(contract: Contract, row: Pick<WireQuote, 'contractId' | 'accountId'>): boolean {
  return row.contractId === null
    ? row.accountId === contract.account?.externalId
    : row.contractId === contract.externalId && isSameAccount(row.accountId, contract);
}
