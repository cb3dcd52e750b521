/** Commitments: the three kinds and what hangs off them. */
import type { ContractCommitment, MinimumCommitment, ResourceCommitment } from '../domain/commitment.js';
import {
  addToDay,
  dayAfter,
  dayBefore,
  dayOf,
  instantOfMillis,
  type Day,
  type DayRange,
  type Month,
} from '../domain/calendar.js';
import type { Money } from '../domain/money.js';
import { printAmount } from '../domain/money.js';
import { isStateOf } from '../domain/spend.js';
import { versionOfCommitment } from '../domain/version.js';
import { organizationOf, type GraphContext } from './context.js';
import { presentOnly } from './past.js';
import { encodeGlobalId } from './global-id.js';
import type { Resolvers } from './generated.js';
import {
  billingHistoryOf,
  checkMonth,
  checkRange,
  LONGEST_HISTORY_MONTHS,
  termsOf,
  usageOf,
} from './spend.js';
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

const earlier = (a: Day, b: Day | null): Day => (b !== null && b < a ? b : a);
const later = (a: Day, b: Day): Day => (b > a ? b : a);

/**
 * The days that the commitment bound on up to today: its term, up to a cancellation. `null` if there are none. What the
 * source tells about usage and billing is the customer's, and belongs to whichever commitment ran at the time.
 */
function boundDays({ term, cancelledAt }: MinimumCommitment, now: number): DayRange | null {
  if (term.startsOn === null) return null;
  const tomorrow = dayAfter(dayOf(instantOfMillis(now)));
  const cancelledOn = cancelledAt === null ? null : dayAfter(dayOf(cancelledAt));
  const endsBefore = earlier(earlier(tomorrow, term.endsBefore), cancelledOn);
  return term.startsOn < endsBefore ? { startsOn: term.startsOn, endsBefore } : null;
}

/** What is asked for of the commitment's days; without a wish, as much as may be asked for. */
function historyRange(commitment: MinimumCommitment, range: DayRange | null, now: number): DayRange | null {
  const bound = boundDays(commitment, now);
  if (bound === null) return null;
  const asked = range ?? {
    startsOn: addToDay(bound.endsBefore, { months: -LONGEST_HISTORY_MONTHS }),
    endsBefore: bound.endsBefore,
  };
  const both = {
    startsOn: later(asked.startsOn, bound.startsOn),
    endsBefore: earlier(asked.endsBefore, bound.endsBefore),
  };
  return both.startsOn < both.endsBefore ? both : null;
}

function isMonthOf(commitment: MinimumCommitment, month: Month | null, now: number): boolean {
  const bound = boundDays(commitment, now);
  const asked = month ?? dayOf(instantOfMillis(now)).slice(0, 7);
  return (
    bound !== null && bound.startsOn.slice(0, 7) <= asked && asked <= dayBefore(bound.endsBefore).slice(0, 7)
  );
}

export const commitmentResolvers = {
  Commitment: {
    __resolveType: ({ kind }) => TYPE_NAMES[kind],
  },
  MinimumCommitment: {
    ...common,
    state: async (commitment, _, context) => {
      presentOnly(commitment, 'state');
      const organization = organizationOf(commitment.organization, context);
      const state = (await context.sources.spend?.state(organization)) ?? null;
      return state !== null && isStateOf(state, commitment) ? state : null;
    },
    usage: (commitment, { month }, context) => {
      presentOnly(commitment, 'usage');
      checkMonth(month ?? null, context);
      return isMonthOf(commitment, month ?? null, context.now())
        ? usageOf(organizationOf(commitment.organization, context), month ?? null, context)
        : null;
    },
    billingHistory: async (commitment, { range, includeUsage }, context, info) => {
      presentOnly(commitment, 'billingHistory');
      if (range != null) checkRange(range);
      const asked = historyRange(commitment, range ?? null, context.now());
      if (asked === null) return [];
      return billingHistoryOf(
        organizationOf(commitment.organization, context),
        asked,
        includeUsage,
        context,
        info,
      );
    },
    contractTerms: (commitment, _, context) => {
      presentOnly(commitment, 'contractTerms');
      return commitment.status === 'ACTIVE'
        ? termsOf(organizationOf(commitment.organization, context), context)
        : null;
    },
    serviceOrder: (commitment, _, context) => {
      presentOnly(commitment, 'serviceOrder');
      return orderOfCommitment(commitment, organizationOf(commitment.organization, context), context);
    },
  },
  ContractCommitment: { ...common, version: versionOfCommitment },
  ResourceCommitment: { ...common, version: versionOfCommitment },
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
