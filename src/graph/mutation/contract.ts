/** The six contract operations. */
import type { GraphQLResolveInfo } from 'graphql';
import type { ContractChange, Effective } from '../../domain/change.js';
import type { GraphContext } from '../context.js';
import type { EffectiveInput, Resolvers } from '../generated.js';
import { quantitiesOf } from './fields.js';
import { makeChange, type Asked } from './make.js';
import type { ChangeOutcome } from './outcome.js';
import { noSuch, targetOf } from './target.js';

interface ContractInput extends Asked {
  readonly contractId: string;
  readonly effective?: EffectiveInput | null;
}

interface OfContract {
  readonly contractId: string;
  readonly effective: Effective;
}

function effectiveOf(effective: EffectiveInput | null | undefined): Effective {
  if (effective == null) return null;
  return effective.on === undefined ? { at: effective.at } : { on: effective.on };
}

async function change(
  kind: ContractChange['kind'],
  input: ContractInput,
  context: GraphContext,
  info: GraphQLResolveInfo,
  changeOf: (common: OfContract) => ContractChange,
): Promise<ChangeOutcome> {
  const path = ['contractId'];
  const target = targetOf(input.contractId, 'Contract', path, context);
  const common = { contractId: target?.key ?? '', effective: effectiveOf(input.effective) };
  return makeChange(
    {
      kind,
      organization: target?.organization ?? null,
      change: () => changeOf(common),
      problems: target === null ? [noSuch('Contract', path)] : [],
    },
    input,
    context,
    info,
  );
}

export const contractChangeResolvers = {
  Mutation: {
    contractQuantityChange: (_, { input }, context, info) =>
      change('CONTRACT_QUANTITY_CHANGE', input, context, info, (common) => ({
        ...common,
        kind: 'CONTRACT_QUANTITY_CHANGE',
        offerings: input.offerings.map(({ offeringId, products }) => ({
          offeringId,
          products: quantitiesOf(products),
        })),
      })),
    contractRateChange: (_, { input }, context, info) =>
      change('CONTRACT_RATE_CHANGE', input, context, info, (common) => ({
        ...common,
        kind: 'CONTRACT_RATE_CHANGE',
        offerings: input.offerings.map(({ offeringId, rateId, products }) => ({
          offeringId,
          rateId,
          products: products == null ? null : quantitiesOf(products),
        })),
      })),
    contractOfferingChange: (_, { input }, context, info) =>
      change('CONTRACT_OFFERING_CHANGE', input, context, info, (common) => ({
        ...common,
        kind: 'CONTRACT_OFFERING_CHANGE',
        offerings: input.offerings.map(({ offeringId, newOfferingId, products }) => ({
          offeringId,
          newOfferingId,
          products: quantitiesOf(products ?? []),
        })),
      })),
    contractOfferingAdd: (_, { input }, context, info) =>
      change('CONTRACT_OFFERING_ADD', input, context, info, (common) => ({
        ...common,
        kind: 'CONTRACT_OFFERING_ADD',
        offerings: input.offerings.map(({ offeringId, products }) => ({
          offeringId,
          products: quantitiesOf(products ?? []),
        })),
      })),
    contractOfferingRemove: (_, { input }, context, info) =>
      change('CONTRACT_OFFERING_REMOVE', input, context, info, (common) => ({
        ...common,
        kind: 'CONTRACT_OFFERING_REMOVE',
        offerings: input.offerings.map(({ offeringId }) => ({ offeringId })),
        confirmCancellation: input.confirmCancellation ?? false,
      })),
    contractCancel: (_, { input }, context, info) =>
      change('CONTRACT_CANCEL', input, context, info, (common) => ({ ...common, kind: 'CONTRACT_CANCEL' })),
  },
} satisfies Resolvers;
