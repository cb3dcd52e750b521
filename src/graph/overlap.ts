/**
 * Which commitments of a customer bind on the same days, and where none does.
 *
 * Guarantees: one list of each source that keeps commitments, and nothing else; one that failed is in `coverage` and
 * `errors`, and says nothing of its commitments. All pairs are counted, however few are listed.
 */
import type { GraphQLResolveInfo } from 'graphql';
import type { Commitment } from '../domain/commitment.js';
import type { Organization } from '../domain/organization.js';
import { overlapsOf } from '../domain/overlap.js';
import { COMMITMENT_SOURCES } from '../domain/source.js';
import type { GraphContext } from './context.js';
import { coverageOf, readCovered, reportPartial } from './coverage.js';
import { badInput } from './errors.js';
import type { Resolvers } from './generated.js';

const MOST_PAIRS = 100;

async function reportOf(
  organization: Organization,
  mostPairs: number,
  context: GraphContext,
  info: GraphQLResolveInfo,
) {
  if (mostPairs < 1 || mostPairs > MOST_PAIRS) {
    throw badInput(`\`mostPairs\` must be from 1 to ${MOST_PAIRS}; it is ${mostPairs}.`);
  }
  const ports = {
    COMMITMENT_MANAGER: context.sources.minimumCommitments,
    LOGISENSE: context.sources.contractCommitments,
    CLOUDMC: context.sources.resourceCommitments,
  };
  const parts = await Promise.all(
    COMMITMENT_SOURCES.map(async (source) => {
      const read = await readCovered<Commitment>(source, ports[source], organization, context, info);
      if (read.error) reportPartial(context, info, [read.error.failure]);
      return read;
    }),
  );
  return {
    ...overlapsOf(
      parts.flatMap(({ items }) => items),
      mostPairs,
    ),
    coverage: coverageOf(parts.map(({ coverage }) => coverage)),
  };
}

export const overlapResolvers = {
  Organization: {
    overlaps: (organization, { mostPairs }, context, info) =>
      reportOf(organization, mostPairs, context, info),
  },
  OverlapScope: {
    externalId: (scope) => ('id' in scope ? scope.id : null),
    name: (scope) => ('name' in scope ? scope.name : null),
  },
} satisfies Resolvers;
