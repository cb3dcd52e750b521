/** Service orders of the CRM and the commitments that they became. */
import type { MinimumCommitment } from '../domain/commitment.js';
import type { Organization } from '../domain/organization.js';
import type { ServiceOrder } from '../domain/service-order.js';
import { isStateOf } from '../domain/spend.js';
import { orderBy } from './connection.js';
import { organizationOf, type GraphContext } from './context.js';
import { encodeGlobalId } from './global-id.js';
import type { Resolvers } from './generated.js';
import { presentOnly } from './past.js';

export const serviceOrderOrder = orderBy<ServiceOrder>('serviceOrders', ({ term, externalId }) => [
  term.startsOn,
  externalId,
]);

/** A ramped order has one handler id for all of its steps, and each step is a commitment of its own, with its dates. */
function isStepOf({ term }: MinimumCommitment, { commitmentHandlerId, rampSteps }: ServiceOrder): boolean {
  return (
    commitmentHandlerId !== null &&
    rampSteps.some(
      ({ normalizedTerm }) =>
        normalizedTerm.startsOn !== null &&
        normalizedTerm.startsOn === term.startsOn &&
        normalizedTerm.endsBefore === term.endsBefore,
    )
  );
}

/** The order that carries the commitment's handler id; the commitment's own id is tried first. */
export async function orderOfCommitment(
  commitment: MinimumCommitment,
  organization: Organization,
  context: GraphContext,
): Promise<ServiceOrder | null> {
  const { serviceOrders, spend } = context.sources;
  if (serviceOrders === null) return null;
  const { items } = await serviceOrders.list(organization);
  const carrying = (handlerId: string) =>
    items.find(({ commitmentHandlerId }) => commitmentHandlerId === handlerId) ?? null;
  const direct =
    carrying(commitment.externalId) ?? items.find((order) => isStepOf(commitment, order)) ?? null;
  if (direct !== null || spend === null || commitment.status !== 'ACTIVE') return direct;
  const state = await spend.state(organization);
  return state?.commitmentHandlerId != null && isStateOf(state, commitment)
    ? carrying(state.commitmentHandlerId)
    : null;
}

async function commitmentOfOrder(
  order: ServiceOrder,
  organization: Organization,
  context: GraphContext,
): Promise<MinimumCommitment | null> {
  const { minimumCommitments, spend } = context.sources;
  const { commitmentHandlerId } = order;
  if (minimumCommitments === null || commitmentHandlerId === null) return null;
  const { items } = await minimumCommitments.list(organization);
  const direct = items.find(({ externalId }) => externalId === commitmentHandlerId) ?? null;
  if (direct !== null || spend === null) return direct;
  const state = await spend.state(organization);
  if (state?.commitmentHandlerId !== commitmentHandlerId) return null;
  return items.find((commitment) => isStateOf(state, commitment)) ?? null;
}

export const serviceOrderResolvers = {
  ServiceOrder: {
    id: ({ organization, externalId }) =>
      encodeGlobalId({ type: 'ServiceOrder', organization, key: externalId }),
    source: () => 'SALESFORCE' as const,
    organization: ({ organization }, _, context) => organizationOf(organization, context),
    minimumCommitment: (order, _, context) => {
      presentOnly(order, 'minimumCommitment');
      return commitmentOfOrder(order, organizationOf(order.organization, context), context);
    },
    freshness: ({ observation }) => observation,
  },
} satisfies Resolvers;
