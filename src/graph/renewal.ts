/**
 * The renewal calendar: what ends when, until when notice can be given, and what happens then.
 *
 * Guarantees: in order of urgency, over all customers of the list; what nobody knows is shown, unless it is asked not to be.
 * Refuses more customers than can be read within a request.
 */
import type { GraphQLResolveInfo } from 'graphql';
import type { Organization } from '../domain/organization.js';
import type { RenewalEntry, RenewalKind } from '../domain/renewal.js';
import { orderBy, pageOf, type PageArguments } from './connection.js';
import { organizationOf, type GraphContext } from './context.js';
import { badInput } from './errors.js';
import type { PortfolioRenewalFilter, RenewalFilter, Resolvers } from './generated.js';
import { encodeGlobalId, type NodeType } from './global-id.js';
import { findOrganizations } from './lookup.js';
import { MOST_ORGANIZATIONS, readRenewals } from './renewal-read.js';

const byUrgency = orderBy<RenewalEntry>(
  'renewals',
  ({ noticeBy, endsBefore, organization, source, externalId }) => [
    noticeBy ?? endsBefore,
    endsBefore,
    organization,
    source,
    externalId,
  ],
);

const NODE_TYPE: Readonly<Record<RenewalKind, NodeType>> = {
  MINIMUM_COMMITMENT: 'MinimumCommitment',
  CONTRACT_COMMITMENT: 'ContractCommitment',
  RESOURCE_COMMITMENT: 'ResourceCommitment',
  CONTRACT: 'Contract',
  SERVICE_ORDER: 'ServiceOrder',
};

/** Whether notice may have to be given, on a day that its source does not tell. */
export function isNoticeUnknown({ noticeBy, atEnd }: RenewalEntry): boolean {
  return noticeBy === null && (atEnd === 'RENEWS' || atEnd === 'UNKNOWN');
}

function isKept(
  entry: RenewalEntry,
  { endsBefore, noticeBefore, includeUnknown = true }: RenewalFilter,
): boolean {
  if (endsBefore != null) {
    if (entry.endsBefore === null) {
      if (entry.atEnd === 'GOES_ON_OPEN' || !includeUnknown) return false;
    } else if (entry.endsBefore > endsBefore) return false;
  }
  if (noticeBefore != null) {
    if (entry.noticeBy === null) return includeUnknown && isNoticeUnknown(entry);
    return entry.noticeBy < noticeBefore;
  }
  return true;
}

async function renewalPage(
  organizations: readonly Organization[],
  filter: RenewalFilter,
  page: PageArguments,
  context: GraphContext,
  info: GraphQLResolveInfo,
) {
  pageOf([], byUrgency, page); // a page that cannot be is refused before anybody is asked
  const { entries, coverage } = await readRenewals(organizations, filter.sources ?? null, context, info);
  const kept = entries.filter((entry) => isKept(entry, filter));
  return { ...pageOf(kept, byUrgency, page), totalCount: kept.length, coverage };
}

const EVERYTHING: RenewalFilter = {};

/** Throws BAD_USER_INPUT, RATE_LIMITED. */
function chosen(
  { organizations: slugs }: PortfolioRenewalFilter,
  context: GraphContext,
): readonly Organization[] {
  if (slugs != null && slugs.length > MOST_ORGANIZATIONS) {
    throw badInput(
      `\`filter.organizations\`: at most ${MOST_ORGANIZATIONS} at once; there are ${slugs.length}.`,
    );
  }
  const found = findOrganizations(slugs, context);
  if (found.length > MOST_ORGANIZATIONS) {
    throw badInput(
      `\`filter.organizations\`: name at most ${MOST_ORGANIZATIONS} of your ${found.length} customers: all of them are read for each page.`,
    );
  }
  return found;
}

export const renewalResolvers = {
  Query: {
    renewals: (_, { filter, ...page }, context, info) =>
      renewalPage(chosen(filter ?? EVERYTHING, context), filter ?? EVERYTHING, page, context, info),
  },
  Organization: {
    renewals: (organization, { filter, ...page }, context, info) =>
      renewalPage([organization], filter ?? EVERYTHING, page, context, info),
  },
  Renewal: {
    targetId: ({ kind, organization, externalId }) =>
      encodeGlobalId({ type: NODE_TYPE[kind], organization, key: externalId }),
    organization: ({ organization }, _, context) => organizationOf(organization, context),
    lastOn: ({ lastDay }) => lastDay,
    lastNoticeOn: ({ noticeBy }) => noticeBy,
    value: ({ value }) => value?.amount ?? null,
    valuePer: ({ value }) => value?.per ?? null,
  },
} satisfies Resolvers;
