/** Changes that were asked for: one, a customer's list, and one as it moves on. */
import { canonicalJson, type Json } from '../domain/json.js';
import type { Operation } from '../domain/operation.js';
import type { Organization } from '../domain/organization.js';
import type { SourceName } from '../domain/source.js';
import { sourceError } from '../domain/failure.js';
import type { RecordPort } from '../domain/ports.js';
import { checkPageSize, connectionOf, decodeCursor, encodeCursor } from './connection.js';
import { organizationOf, type GraphContext } from './context.js';
import { badInput } from './errors.js';
import { countMiss, findOrganization, mayLookUp } from './lookup.js';
import { decodeGlobalId, encodeGlobalId } from './global-id.js';
import type { Resolvers } from './generated.js';
import { isOperationId, type NodeModel } from './node.js';

const LIST = 'operations';

/** Throws BAD_USER_INPUT for what is no id of a change, RATE_LIMITED; `null` where there is none to be seen. */
async function find(
  id: string,
  context: GraphContext,
): Promise<{ readonly organization: Organization; readonly operation: Operation } | null> {
  const notAnId = () =>
    badInput('`id`: this is not an id of this graph. Give one as another answer gave it.');
  const decoded = decodeGlobalId(id);
  if (decoded === null) throw notAnId();
  if (decoded.type !== 'ContractOperation') {
    throw badInput(`\`id\` names a ${decoded.type}; this field reads a ContractOperation.`);
  }
  mayLookUp(context);
  const organization = context.directory.find(decoded.organization);
  if (organization === null) return countMiss(id, null, context);
  if (!isOperationId(decoded.key)) throw notAnId();
  const operation = countMiss(id, await context.operations.byId(organization, decoded.key), context);
  return operation === null ? null : { organization, operation };
}

/** Keys are the caller's own, and name nothing of anybody else: one that was never used is no guess. */
async function byKey(
  key: string,
  slug: string | null,
  { operations, directory }: GraphContext,
): Promise<Operation | null> {
  const isSought = ({ organization }: Operation) =>
    directory.find(organization) !== null && (slug === null || organization === slug);
  return (await operations.byKey(key)).find(isSought) ?? null;
}

function portOf(source: SourceName, { sources }: GraphContext): RecordPort<NodeModel> | null {
  switch (source) {
    case 'MONETIZENOW':
      return sources.contracts;
    case 'CLOUDMC':
      return sources.resourceCommitments;
    case 'LOGISENSE':
      return sources.contractCommitments;
    case 'COMMITMENT_MANAGER':
    case 'SALESFORCE':
      throw new Error('nothing in that backend has an id that a change could name');
  }
}

async function targetOf(
  { kind, source, organization: slug, externalId }: Operation,
  context: GraphContext,
): Promise<NodeModel | null> {
  const organization = organizationOf(slug, context);
  if (kind === 'ORGANIZATION_SYNC') return organization;
  if (externalId === null) return null;
  const port = portOf(source, context);
  if (port === null) {
    throw sourceError('UPSTREAM_UNAVAILABLE', source, { detail: 'not configured', isLasting: true });
  }
  return port.isId(externalId) ? port.byId(organization, externalId) : null;
}

function resultOf(operation: Operation, context: GraphContext) {
  return context.operations.result(organizationOf(operation.organization, context), operation);
}

function textOf(evidence: Json): string | null {
  return evidence === null ? null : canonicalJson(evidence);
}

/** The change now, and after each step, in the form that the field's event has. */
async function* changesOf(found: Awaited<ReturnType<typeof find>>, context: GraphContext) {
  if (found === null) {
    yield { contractOperationChanged: null };
    return;
  }
  const { organization, operation } = found;
  for await (const seen of context.operations.follow(organization, operation.id, context.signal)) {
    yield { contractOperationChanged: seen };
  }
}

export const operationResolvers = {
  Query: {
    contractOperation: async (_, { id, idempotencyKey, organization }, context) => {
      if ((id == null) === (idempotencyKey == null)) {
        throw badInput('Give either `id` or `idempotencyKey`.');
      }
      if (organization != null && findOrganization(organization, context) === null) return null;
      if (idempotencyKey != null) return byKey(idempotencyKey, organization ?? null, context);
      const found = id == null ? null : await find(id, context);
      if (found === null || (organization ?? found.organization.slug) !== found.organization.slug)
        return null;
      return found.operation;
    },
  },
  Organization: {
    operations: async (organization, { filter, first, after }, context) => {
      checkPageSize(first);
      const [place = null] = after == null ? [] : decodeCursor(LIST, after);
      if (after != null) {
        const isKnown =
          typeof place === 'string' && (await context.operations.byId(organization, place)) !== null;
        if (!isKnown)
          throw badInput('`after` is not a cursor of this list. Give one that it returned, or leave it out.');
      }
      const page = await context.operations.list(
        organization,
        {
          ...(filter?.states == null ? {} : { states: filter.states }),
          ...(filter?.kinds == null ? {} : { kinds: filter.kinds }),
        },
        first,
        typeof place === 'string' ? place : null,
      );
      const edges = page.operations.map((node) => ({ node, cursor: encodeCursor(LIST, [node.id]) }));
      return { ...connectionOf(edges, page.hasMore, after != null), totalCount: page.totalCount };
    },
  },
  Subscription: {
    contractOperationChanged: {
      subscribe: async (_, { id }, context) => changesOf(await find(id, context), context),
    },
  },
  ContractOperation: {
    id: ({ organization, id }) => encodeGlobalId({ type: 'ContractOperation', organization, key: id }),
    organization: ({ organization }, _, context) => organizationOf(organization, context),
    target: (operation, _, context) => targetOf(operation, context),
    targetExternalId: ({ externalId }) => externalId,
    idempotencyKey: ({ client, idempotencyKey }, _, context) =>
      client === context.principal.client ? idempotencyKey : null,
    evidence: (operation) => operation,
    contract: (operation, _, context) => resultOf(operation, context).contract,
    quote: (operation, _, context) => {
      const { contract, quote } = resultOf(operation, context);
      return quote && { contract, quote, detail: quote };
    },
    invoice: (operation, _, context) => resultOf(operation, context).invoice,
  },
  OperationReferences: {
    quoteId: ({ quoteId }) => quoteId ?? null,
    contractId: ({ contractId }) => contractId ?? null,
    invoiceId: ({ invoiceId }) => invoiceId ?? null,
    taskId: ({ taskId }) => taskId ?? null,
    trackingId: ({ trackingId }) => trackingId ?? null,
    newCommitmentId: ({ newCommitmentId }) => newCommitmentId ?? null,
  },
  OperationEvidence: {
    before: ({ before }) => textOf(before),
    after: ({ after }) => textOf(after),
  },
} satisfies Resolvers;
