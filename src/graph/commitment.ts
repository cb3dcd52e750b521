/** Commitments: the three kinds and what hangs off them. */
import type { ContractCommitment, MinimumCommitment, ResourceCommitment } from '../domain/commitment.js';
import { addToDay, dayAfter, dayOf, instantOfMillis, type DayRange } from '../domain/calendar.js';
import type { Money } from '../domain/money.js';
import { printAmount } from '../domain/money.js';
import { isStateOf } from '../domain/spend.js';
import { organizationOf, type GraphContext } from './context.js';
import { encodeGlobalId } from './global-id.js';
import type { Resolvers } from './generated.js';
import { billingHistoryOf, LONGEST_HISTORY_MONTHS, termsOf, usageOf } from './spend.js';
import { orderOfCommitment } from './service-order.js';

const TYPE_NAMES = {
  minimum: 'MinimumCommitment',
  contract: 'ContractCommitment',
  resource: 'ResourceCommitment',
} as const;

const common = {
  id: ({ kind, organization, externalId }: MinimumCommitment | ContractCommitment | ResourceCommitment) =>
    encodeGlobalId({ type: TYPE_NAMES[kind], organization, key: externalId }),
  organization: ({ organization }: { organization: string }, _: unknown, context: GraphContext) =>
    organizationOf(organization, context),
  freshness: <T extends { observation: unknown }>({ observation }: T): T['observation'] => observation,
};

/** From the start of the term up to today or its end, whichever is earlier; not longer than may be asked for. */
function historyRange(commitment: MinimumCommitment, now: number): DayRange | null {
  const tomorrow = dayAfter(dayOf(instantOfMillis(now)));
  const { startsOn, endsBefore: end } = commitment.term;
  const endsBefore = end === null || end > tomorrow ? tomorrow : end;
  if (startsOn === null || startsOn >= endsBefore) return null;
  const earliest = addToDay(endsBefore, { months: -LONGEST_HISTORY_MONTHS });
  return { startsOn: startsOn < earliest ? earliest : startsOn, endsBefore };
}

export const commitmentResolvers = {
  Commitment: {
    __resolveType: ({ kind }) => TYPE_NAMES[kind],
  },
  MinimumCommitment: {
    ...common,
    state: async (commitment, _, context) => {
      const organization = organizationOf(commitment.organization, context);
      const state = (await context.sources.spend?.state(organization)) ?? null;
      return state !== null && isStateOf(state, commitment) ? state : null;
    },
    usage: (commitment, { month }, context) =>
      usageOf(organizationOf(commitment.organization, context), month ?? null, context),
    billingHistory: async (commitment, { range, includeUsage }, context, info) => {
      const asked = range ?? historyRange(commitment, context.now());
      if (asked === null) return [];
      return billingHistoryOf(
        organizationOf(commitment.organization, context),
        asked,
        includeUsage,
        context,
        info,
      );
    },
    contractTerms: (commitment, _, context) =>
      termsOf(organizationOf(commitment.organization, context), context),
    serviceOrder: (commitment, _, context) =>
      orderOfCommitment(commitment, organizationOf(commitment.organization, context), context),
  },
  ContractCommitment: { ...common },
  ResourceCommitment: { ...common },
  CommittedService: {
    externalId: ({ linkExternalId }) => linkExternalId,
    service: ({ externalId, name }) => ({ externalId, name }),
  },
  CommittedPackageFrequency: {
    externalId: ({ linkExternalId }) => linkExternalId,
    packageFrequency: ({ externalId, name }) => ({ externalId, name }),
  },
  CommittedUsageClass: {
    externalId: ({ linkExternalId }) => linkExternalId,
    usageClass: ({ externalId, name }) => ({ externalId, name }),
  },
  Product: {
    id: ({ externalId }) => externalId,
  },
  Money: {
    amount: (value: Money) => printAmount(value),
  },
} satisfies Resolvers;
