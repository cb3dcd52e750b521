/**
 * What changed, as it was seen: for one customer and for many.
 *
 * Guarantees: of customers that the caller may see, and of accounts that the directory gives them now; asks no backend.
 * A page that holds fewer than were asked for still says where the next one begins.
 */
import { millisOfInstant } from '../domain/calendar.js';
import type { Commitment } from '../domain/commitment.js';
import type { RecordChange, RecordKind } from '../domain/history.js';
import { isLinked, type Organization } from '../domain/organization.js';
import { checkPageSize, connectionOf, decodeCursor, encodeCursor } from './connection.js';
import { organizationOf, type GraphContext } from './context.js';
import { badInput } from './errors.js';
import type { OrganizationChangesArgs, RequireFields, Resolvers } from './generated.js';
import { encodeGlobalId, type NodeType } from './global-id.js';
import { findOrganizations } from './lookup.js';
import { checkMoment, readPastRecord } from './past.js';

const LIST = 'changes';

const TYPE_OF_KIND: Readonly<Record<RecordKind, NodeType>> = {
  MINIMUM_COMMITMENT: 'MinimumCommitment',
  CONTRACT_COMMITMENT: 'ContractCommitment',
  RESOURCE_COMMITMENT: 'ResourceCommitment',
  SERVICE_ORDER: 'ServiceOrder',
  CONTRACT: 'Contract',
};

/** Throws BAD_USER_INPUT. */
function placeOf(after: string | null | undefined): string | null {
  if (after == null) return null;
  const [place] = decodeCursor(LIST, after);
  if (typeof place === 'string') return place;
  throw notACursor();
}

function notACursor() {
  return badInput('`after` is not a cursor of this list. Give one that it returned, or leave it out.');
}

async function changePage(
  organizations: readonly Organization[],
  { since, until, kinds, first, after }: RequireFields<OrganizationChangesArgs, 'first'>,
  context: GraphContext,
) {
  checkPageSize(first);
  checkMoment(since, 'since', context);
  if (until != null && millisOfInstant(until) <= millisOfInstant(since)) {
    throw badInput(`\`until\` must be later than \`since\`, which is ${since}.`);
  }
  const place = placeOf(after);
  const page = await context.history.changes({
    organizations: organizations.map(({ slug }) => slug),
    kinds: kinds ?? null,
    since,
    until: until ?? null,
    first,
    after: place,
  });
  if (page === null) throw notACursor();
  // What was once seen in an account that the directory does not give the customer any more may be somebody else's.
  const shown = page.changes.filter(({ organization, source }) =>
    isLinked(organizationOf(organization, context), source),
  );
  const edges = shown.map((node) => ({ node, cursor: encodeCursor(LIST, [node.cursor]) }));
  const end = page.endCursor === null ? null : encodeCursor(LIST, [page.endCursor]);
  return { ...connectionOf(edges, page.hasMore, place !== null, end), horizonAt: page.horizon };
}

async function commitmentThen(
  { kind, recordKind, organization: slug, externalId, seenAt }: RecordChange,
  context: GraphContext,
): Promise<Commitment | null> {
  if (kind === 'DISAPPEARED') return null;
  if (recordKind === 'SERVICE_ORDER' || recordKind === 'CONTRACT') return null;
  return readPastRecord(recordKind, organizationOf(slug, context), externalId, seenAt, context);
}

export const historyResolvers = {
  Query: {
    changes: (_, { organizations, ...asked }, context) =>
      changePage(findOrganizations(organizations, context), asked, context),
  },
  Organization: {
    changes: (organization, asked, context) => changePage([organization], asked, context),
  },
  RecordChange: {
    organization: ({ organization }, _, context) => organizationOf(organization, context),
    recordId: ({ recordKind, organization, externalId }) =>
      encodeGlobalId({ type: TYPE_OF_KIND[recordKind], organization, key: externalId }),
    commitment: (change, _, context) => commitmentThen(change, context),
  },
} satisfies Resolvers;
