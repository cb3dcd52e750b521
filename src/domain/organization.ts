/**
 * A customer and its ids in every backend. No natural key links the backends (`backends.md` §6.1), so this join is
 * explicit data: the account directory. A backend that is absent here has no account of this customer.
 */
import type { Term } from './calendar.js';
import type { CurrencyCode } from './money.js';
import type { SourceName } from './source.js';

/** Lower-case letters, digits and hyphens; unique in the directory. */
export type OrganizationSlug = string & { readonly __brand: 'OrganizationSlug' };

export interface Organization {
  readonly slug: OrganizationSlug;
  readonly name: string;
  /** For backends that state amounts without a currency (CloudMC, Salesforce). */
  readonly currency: CurrencyCode | null;
  readonly commitmentManager: { readonly organizationId: string } | null;
  /** Without an account id, service orders are found through Commitment Manager's organization id. */
  readonly salesforce: {
    readonly missionControlAccountId: string | null;
    readonly organizationId: string | null;
  } | null;
  readonly logisense: {
    readonly accountContractIds: readonly string[];
    /** Terms of those account contracts: v6 of the commitment API gives no dates (`backends.md` C8). */
    readonly accountContractTerms: ReadonlyMap<string, Term>;
  } | null;
  readonly monetizenow: { readonly accountId: string | null; readonly contractIds: readonly string[] } | null;
  readonly cloudmc: { readonly organizationId: string } | null;
}

/** Whether the customer has an account in the backend, as far as the directory says. */
export function isLinked(organization: Organization, source: SourceName): boolean {
  switch (source) {
    case 'COMMITMENT_MANAGER':
      return organization.commitmentManager !== null;
    case 'SALESFORCE':
      return organization.salesforce !== null;
    case 'LOGISENSE':
      return organization.logisense !== null;
    case 'MONETIZENOW':
      return organization.monetizenow !== null;
    case 'CLOUDMC':
      return organization.cloudmc !== null;
  }
}
