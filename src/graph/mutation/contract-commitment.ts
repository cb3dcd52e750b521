/** Changes of commitments of account contracts. */
import type { GraphQLResolveInfo } from 'graphql';
import type { ContractCommitmentChange } from '../../domain/change.js';
import type { Problem } from '../../domain/operation.js';
import { requireScope } from '../authorization.js';
import type { GraphContext } from '../context.js';
import type { Resolvers } from '../generated.js';
import { findOrganization } from '../lookup.js';
import { contractFieldsOf, FIXED_CONTRACT_MEMBERS, problemsOfNulls, withoutNulls } from './fields.js';
import { makeChange, type Asked } from './make.js';
import type { ChangeOutcome } from './outcome.js';
import { isDeleting, patchOf } from './patch.js';
import { NO_SUCH_ORGANIZATION, noSuch, targetOf } from './target.js';

interface CommitmentInput extends Asked {
  readonly commitmentId: string;
}

async function change(
  kind: ContractCommitmentChange['kind'],
  input: CommitmentInput,
  context: GraphContext,
  info: GraphQLResolveInfo,
  changeOf: (commitmentId: string) => ContractCommitmentChange,
  problems: readonly Problem[] = [],
): Promise<ChangeOutcome> {
  const path = ['commitmentId'];
  const target = targetOf(input.commitmentId, 'ContractCommitment', path, context);
  return makeChange(
    {
      kind,
      organization: target?.organization ?? null,
      change: () => changeOf(target?.key ?? ''),
      problems: [...(target === null ? [noSuch('ContractCommitment', path)] : []), ...problems],
    },
    input,
    context,
    info,
  );
}

export const contractCommitmentChangeResolvers = {
  Mutation: {
    contractCommitmentCreate: async (_, { input }, context, info) => {
      const organization = findOrganization(input.organization, context);
      return makeChange(
        {
          kind: 'CONTRACT_COMMITMENT_CREATE',
          organization,
          change: () => ({
            kind: 'CONTRACT_COMMITMENT_CREATE',
            fields: withoutNulls(contractFieldsOf(input)),
          }),
          problems: organization === null ? [NO_SUCH_ORGANIZATION] : [],
        },
        input,
        context,
        info,
      );
    },
    contractCommitmentUpdate: (_, { input }, context, info) =>
      change(
        'CONTRACT_COMMITMENT_UPDATE',
        input,
        context,
        info,
        (commitmentId) => ({
          kind: 'CONTRACT_COMMITMENT_UPDATE',
          commitmentId,
          fields: contractFieldsOf(input),
        }),
        problemsOfNulls(input, FIXED_CONTRACT_MEMBERS),
      ),
    contractCommitmentPatch: async (_, { input }, context, info) => {
      // Which of its two scopes a patch needs is in its input, which no document tells.
      if (isDeleting(input)) requireScope(context.principal, 'commitments:delete');
      const organization = findOrganization(input.organization, context);
      const { commitments, periods, services, problems } = patchOf(input, organization, context);
      return makeChange(
        {
          kind: 'CONTRACT_COMMITMENT_PATCH',
          organization,
          change: () => ({ kind: 'CONTRACT_COMMITMENT_PATCH', commitments, periods, services }),
          problems: organization === null ? [NO_SUCH_ORGANIZATION] : problems,
        },
        input,
        context,
        info,
      );
    },
    contractCommitmentDelete: (_, { input }, context, info) =>
      change('CONTRACT_COMMITMENT_DELETE', input, context, info, (commitmentId) => ({
        kind: 'CONTRACT_COMMITMENT_DELETE',
        commitmentId,
      })),
  },
} satisfies Resolvers;
