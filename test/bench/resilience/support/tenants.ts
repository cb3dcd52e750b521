/**
 * The tenants of the isolation measurement. What could tell them apart is the same for all: their organization at
 * CloudMC, an account contract at LogiSense, and the ids of the records in both. Only the text in the records says whose
 * they are: the canary. One more account contract is each tenant's own, so that the list of all customers that
 * LogiSense gives has something to be split by.
 */
import type { Organization, OrganizationSlug } from '../../../../src/domain/organization.js';

export const TENANTS = 50;
/** Says on behalf of which tenant a request is sent: the wire does not, and the server must know what to answer. */
export const TENANT_HEADER = 'x-bench-tenant';

export const CLOUDMC_ORGANIZATION = '10000000-0000-4000-8000-000000000000';
/** As records of a stray tenant say it. */
export const foreignOrganization = (tenant: number): string =>
  `20000000-0000-4000-8000-${String(tenant).padStart(12, '0')}`;
export const RESOURCE_IDS = [1, 2, 3, 4].map((n) => `30000000-0000-4000-8000-00000000000${n}`);

export const COMMON_CONTRACT = 7;
export const ownContract = (tenant: number): number => 1_000 + tenant;
/** Of the common account contract, with every tenant. */
export const CONTRACT_IDS = [1, 2, 3, 4];
/** Of the tenant's own. */
export const ownContractIds = (tenant: number): number[] => [10_000 + tenant * 10, 10_001 + tenant * 10];

export const canaryOf = (tenant: number): string => `canary-${String(tenant).padStart(2, '0')}-`;
const CANARY = /canary-(\d\d)-/g;

/** The tenants whose canaries are in the text. */
export function canariesIn(text: string): Set<number> {
  return new Set([...text.matchAll(CANARY)].map(([, tenant]) => Number(tenant)));
}

export function organizationOf(tenant: number): Organization {
  return {
    slug: `tenant-${String(tenant).padStart(2, '0')}` as OrganizationSlug,
    name: 'Tenant',
    currency: null,
    commitmentManager: null,
    salesforce: null,
    monetizenow: null,
    logisense: {
      accountContractIds: [String(COMMON_CONTRACT), String(ownContract(tenant))],
      accountContractTerms: new Map(),
    },
    cloudmc: { organizationId: CLOUDMC_ORGANIZATION },
  };
}
