/** Has Commitment Manager read a customer's orders again. */
import type { Resolvers } from '../generated.js';
import { findOrganization } from '../lookup.js';
import { makeChange } from './make.js';
import { NO_SUCH_ORGANIZATION } from './target.js';

export const organizationSyncResolvers = {
  Mutation: {
    organizationSync: async (_, { input }, context, info) => {
      const organization = findOrganization(input.organization, context);
      return makeChange(
        {
          kind: 'ORGANIZATION_SYNC',
          organization,
          change: () => ({ kind: 'ORGANIZATION_SYNC' }),
          problems: organization === null ? [NO_SUCH_ORGANIZATION] : [],
        },
        input,
        context,
        info,
      );
    },
  },
} satisfies Resolvers;
