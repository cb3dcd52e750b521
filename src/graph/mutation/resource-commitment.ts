/** Changes of committed resources. */
import type { GraphQLResolveInfo } from 'graphql';
import type { ResourceCommitmentChange } from '../../domain/change.js';
import type { Problem } from '../../domain/operation.js';
import type { GraphContext } from '../context.js';
import type { Resolvers } from '../generated.js';
import { findOrganization } from '../lookup.js';
import { FIXED_RESOURCE_MEMBERS, problemsOfNulls, resourceFieldsOf, withoutNulls } from './fields.js';
import { makeChange, type Asked } from './make.js';
import type { ChangeOutcome } from './outcome.js';
import { NO_SUCH_ORGANIZATION, noSuch, targetOf } from './target.js';

interface CommitmentInput extends Asked {
  readonly commitmentId: string;
}

async function change(
  kind: ResourceCommitmentChange['kind'],
  input: CommitmentInput,
  context: GraphContext,
  info: GraphQLResolveInfo,
  changeOf: (commitmentId: string) => ResourceCommitmentChange,
  problems: readonly Problem[] = [],
): Promise<ChangeOutcome> {
  const path = ['commitmentId'];
  const target = targetOf(input.commitmentId, 'ResourceCommitment', path, context);
  return makeChange(
    {
      kind,
      organization: target?.organization ?? null,
      change: () => changeOf(target?.key ?? ''),
      problems: [...(target === null ? [noSuch('ResourceCommitment', path)] : []), ...problems],
    },
    input,
    context,
    info,
  );
}

export const resourceCommitmentChangeResolvers = {
  Mutation: {
    resourceCommitmentCreate: async (_, { input }, context, info) => {
      const organization = findOrganization(input.organization, context);
      return makeChange(
        {
          kind: 'RESOURCE_COMMITMENT_CREATE',
          organization,
          change: () => ({
            kind: 'RESOURCE_COMMITMENT_CREATE',
            fields: withoutNulls(resourceFieldsOf(input)),
          }),
          problems: organization === null ? [NO_SUCH_ORGANIZATION] : [],
        },
        input,
        context,
        info,
      );
    },
    resourceCommitmentUpdate: (_, { input }, context, info) =>
      change(
        'RESOURCE_COMMITMENT_UPDATE',
        input,
        context,
        info,
        (commitmentId) => ({
          kind: 'RESOURCE_COMMITMENT_UPDATE',
          commitmentId,
          fields: resourceFieldsOf(input),
        }),
        problemsOfNulls(input, FIXED_RESOURCE_MEMBERS),
      ),
    resourceCommitmentTerminate: (_, { input }, context, info) =>
      change('RESOURCE_COMMITMENT_TERMINATE', input, context, info, (commitmentId) => ({
        kind: 'RESOURCE_COMMITMENT_TERMINATE',
        commitmentId,
        endsBefore: input.endsBefore,
      })),
    resourceCommitmentDelete: (_, { input }, context, info) =>
      change('RESOURCE_COMMITMENT_DELETE', input, context, info, (commitmentId) => ({
        kind: 'RESOURCE_COMMITMENT_DELETE',
        commitmentId,
      })),
  },
} satisfies Resolvers;
