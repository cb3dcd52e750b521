/** Customers: their accounts, and the lists that hang off them. */
import { SOURCE_NAMES } from '../domain/source.js';
import type { Instant } from '../domain/calendar.js';
import { SOURCE_OF_KIND, type ObservedRecords } from '../domain/history.js';
import type { Organization } from '../domain/organization.js';
import type { RecordPort } from '../domain/ports.js';
import type { SourceName } from '../domain/source.js';
import type { GraphQLResolveInfo } from 'graphql';
import { commitmentPage } from './commitment-list.js';
import { orderBy, pageOf, pageOfOrdered, type Order, type PageArguments } from './connection.js';
import { contractOrder } from './contract.js';
import type { GraphContext } from './context.js';
import { coverageOf, readCovered } from './coverage.js';
import { encodeGlobalId } from './global-id.js';
import { findOrganization, findOrganizations } from './lookup.js';
import type { Resolvers } from './generated.js';
import { checkMoment, readPast } from './past.js';
import { serviceOrderOrder } from './service-order.js';
import { billingHistoryOf, checkMonth, checkRange, termsOf, usageOf } from './spend.js';

const organizationOrder = orderBy<Organization>('organizations', ({ slug }) => [slug]);

function accountsOf(organization: Organization) {
  const ids: Readonly<Record<SourceName, { kind: string; externalIds: readonly string[] }[]>> = {
    COMMITMENT_MANAGER: [
      { kind: 'organization', externalIds: present([organization.commitmentManager?.organizationId]) },
    ],
    SALESFORCE: [
      { kind: 'account', externalIds: present([organization.salesforce?.missionControlAccountId]) },
      { kind: 'organization', externalIds: present([organization.salesforce?.organizationId]) },
    ],
    LOGISENSE: [{ kind: 'accountContract', externalIds: organization.logisense?.accountContractIds ?? [] }],
    MONETIZENOW: [
      { kind: 'account', externalIds: present([organization.monetizenow?.accountId]) },
      { kind: 'contract', externalIds: organization.monetizenow?.contractIds ?? [] },
    ],
    CLOUDMC: [{ kind: 'organization', externalIds: present([organization.cloudmc?.organizationId]) }],
  };
  return SOURCE_NAMES.flatMap((source) =>
    ids[source]
      .filter(({ externalIds }) => externalIds.length > 0)
      .map((account) => ({ source, ...account })),
  );
}

function present(ids: readonly (string | null | undefined)[]): string[] {
  return ids.filter((id): id is string => id != null);
}

/** A list of one source. Rejects when nothing could be read, so that the field is null and the error has its path. */
async function listPage<Kind extends 'CONTRACT' | 'SERVICE_ORDER'>(
  kind: Kind,
  port: RecordPort<ObservedRecords[Kind]> | null,
  order: Order<ObservedRecords[Kind]>,
  organization: Organization,
  { asOf, ...page }: PageArguments & { readonly asOf?: Instant | null | undefined },
  context: GraphContext,
  info: GraphQLResolveInfo,
) {
  pageOf([], order, page); // a page that cannot be is refused before anybody is asked
  if (asOf != null) checkMoment(asOf, 'asOf', context);
  const read =
    asOf == null
      ? await readCovered(SOURCE_OF_KIND[kind], port, organization, context, info)
      : await readPast(kind, organization, asOf, port !== null, context);
  if (read.error) throw read.error;
  return {
    totalCount: read.items.length,
    coverage: coverageOf([read.coverage]),
    ...pageOf(read.items, order, page),
  };
}

export const organizationResolvers = {
  Query: {
    organization: (_, { slug }, context) => findOrganization(slug, context),
    organizations: (_, page, context) => ({
      totalCount: context.directory.organizations.length,
      ...pageOfOrdered(context.directory.organizations, organizationOrder, page),
    }),
    commitments: (_, { filter, orderBy: order, asOf, ...page }, context, info) => {
      const organizations = findOrganizations(filter?.organizations, context);
      return commitmentPage(organizations, { ...filter, asOf }, order, page, context, info);
    },
  },
  Organization: {
    id: ({ slug }) => encodeGlobalId({ type: 'Organization', organization: slug, key: '' }),
    accounts: accountsOf,
    commitments: (organization, { filter, orderBy: order, asOf, ...page }, context, info) =>
      commitmentPage([organization], { ...filter, asOf }, order, page, context, info),
    contracts: (organization, page, context, info) =>
      listPage('CONTRACT', context.sources.contracts, contractOrder, organization, page, context, info),
    serviceOrders: (organization, page, context, info) =>
      listPage(
        'SERVICE_ORDER',
        context.sources.serviceOrders,
        serviceOrderOrder,
        organization,
        page,
        context,
        info,
      ),
    minimumCommitmentState: async (organization, _, context) =>
      (await context.sources.spend?.state(organization)) ?? null,
    usage: (organization, { month }, context) => {
      checkMonth(month ?? null, context);
      return usageOf(organization, month ?? null, context);
    },
    billingHistory: (organization, { range, includeUsage }, context, info) => {
      checkRange(range);
      return billingHistoryOf(organization, range, includeUsage, context, info);
    },
    contractTerms: (organization, _, context) => termsOf(organization, context),
  },
} satisfies Resolvers;
