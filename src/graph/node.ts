/**
 * Objects by global id.
 *
 * Guarantees: an id that this graph did not write is refused before anything is asked; an id of an organization that
 * the caller may not see, and an id whose object is gone, are both simply null. Ids asked for together are read together.
 */
import type { ChangeVerification } from '../domain/change-verification.js';
import type { Instant } from '../domain/calendar.js';
import type { Commitment } from '../domain/commitment.js';
import type { Contract } from '../domain/contract.js';
import { sourceError } from '../domain/failure.js';
import type { RecordKind } from '../domain/history.js';
import type { Operation } from '../domain/operation.js';
import { isLinked, type Organization } from '../domain/organization.js';
import type { RecordPort } from '../domain/ports.js';
import type { ServiceOrder } from '../domain/service-order.js';
import type { GraphContext } from './context.js';
import { badInput } from './errors.js';
import { countMiss, mayLookUp } from './lookup.js';
import { decodeGlobalId, NODE_TYPES, type NodeType } from './global-id.js';
import type { Resolvers } from './generated.js';
import { checkMoment, readPastRecord } from './past.js';

const MOST_IDS = 100;

export type NodeModel = Organization | Commitment | Contract | ServiceOrder | Operation | ChangeVerification;

function typeOf(node: NodeModel): NodeType {
  if ('slug' in node) return 'Organization';
  if ('expected' in node) return 'ChangeVerification';
  if ('idempotencyKey' in node) return 'ContractOperation';
  if ('rampSteps' in node) return 'ServiceOrder';
  if (!('kind' in node)) return 'Contract';
  switch (node.kind) {
    case 'minimum':
      return 'MinimumCommitment';
    case 'contract':
      return 'ContractCommitment';
    case 'resource':
      return 'ResourceCommitment';
  }
}

function portOf(
  type: Exclude<NodeType, 'Organization' | 'ContractOperation' | 'ChangeVerification'>,
  { sources }: GraphContext,
): RecordPort<NodeModel> | null {
  switch (type) {
    case 'MinimumCommitment':
      return sources.minimumCommitments;
    case 'ContractCommitment':
      return sources.contractCommitments;
    case 'ResourceCommitment':
      return sources.resourceCommitments;
    case 'Contract':
      return sources.contracts;
    case 'ServiceOrder':
      return sources.serviceOrders;
  }
}

function notAnId(argument: string) {
  return badInput(`\`${argument}\`: this is not an id of this graph. Give one as another answer gave it.`);
}

function notOfType(type: NodeType, wanted: readonly NodeType[]) {
  return badInput(
    `\`id\` names a ${type}; this field reads ${wanted.join(', ')}. Use \`node\` for any type.`,
  );
}

/** Ids that the journal and its neighbours give. */
export function isOperationId(key: string): boolean {
  return /^[0-9A-Za-z-]{1,64}$/.test(key);
}

/**
 * Reads one node. Throws BAD_USER_INPUT for a broken id, or one of another type than wanted. Whoever calls it has asked
 * whether something may be looked up.
 */
async function read(
  id: string,
  context: GraphContext,
  wanted: readonly NodeType[] | null,
  argument: 'id' | 'ids' = 'id',
): Promise<NodeModel | null> {
  const decoded = decodeGlobalId(id);
  if (decoded === null) throw notAnId(argument);
  const { type, key } = decoded;
  if (wanted !== null && !wanted.includes(type)) throw notOfType(type, wanted);
  const organization = context.directory.find(decoded.organization);
  // Before anything is waited for: the next alias of the same operation must know of it.
  if (organization === null) return countMiss(id, null, context);
  if (type === 'Organization') {
    if (key !== '') throw notAnId(argument); // it would be another spelling of the same id
    return organization;
  }
  return countMiss(id, await readRecord(type, organization, key, context, argument), context);
}

async function readRecord(
  type: Exclude<NodeType, 'Organization'>,
  organization: Organization,
  key: string,
  context: GraphContext,
  argument: 'id' | 'ids',
): Promise<NodeModel | null> {
  if (type === 'ContractOperation') {
    if (!isOperationId(key)) throw notAnId(argument);
    return context.operations.byId(organization, key);
  }
  if (type === 'ChangeVerification') {
    if (!isOperationId(key)) throw notAnId(argument);
    return context.verifications.byId(organization, key);
  }
  const port = portOf(type, context);
  const { source } = NODE_TYPES[type];
  if (!isLinked(organization, source)) return null;
  if (port === null)
    throw sourceError('UPSTREAM_UNAVAILABLE', source, { detail: 'not configured', isLasting: true });
  if (!port.isId(key)) throw notAnId(argument);
  return port.byId(organization, key);
}

async function readOne(
  id: string,
  context: GraphContext,
  wanted: readonly NodeType[] | null,
): Promise<NodeModel | null> {
  mayLookUp(context);
  return read(id, context, wanted);
}

const COMMITMENT_KINDS = {
  MinimumCommitment: 'MINIMUM_COMMITMENT',
  ContractCommitment: 'CONTRACT_COMMITMENT',
  ResourceCommitment: 'RESOURCE_COMMITMENT',
} as const satisfies Partial<Readonly<Record<NodeType, RecordKind>>>;
const COMMITMENT_TYPES = Object.keys(COMMITMENT_KINDS) as readonly (keyof typeof COMMITMENT_KINDS)[];

/** One that was not there then is no guess: whoever may see the customer may see what it had. */
async function commitmentAsOf(id: string, at: Instant, context: GraphContext): Promise<Commitment | null> {
  checkMoment(at, 'asOf', context);
  mayLookUp(context);
  const decoded = decodeGlobalId(id);
  if (decoded === null) throw notAnId('id');
  const type = COMMITMENT_TYPES.find((one) => one === decoded.type);
  if (type === undefined) throw notOfType(decoded.type, COMMITMENT_TYPES);
  const organization = context.directory.find(decoded.organization);
  if (organization === null) return countMiss(id, null, context);
  if (portOf(type, context)?.isId(decoded.key) === false) throw notAnId('id');
  return readPastRecord<CommitmentKind>(COMMITMENT_KINDS[type], organization, decoded.key, at, context);
}

type CommitmentKind = (typeof COMMITMENT_KINDS)[keyof typeof COMMITMENT_KINDS];

export const nodeResolvers = {
  Node: { __resolveType: typeOf },
  Query: {
    node: (_, { id }, context) => readOne(id, context, null),
    nodes: (_, { ids }, context) => {
      if (ids.length > MOST_IDS) {
        throw badInput(
          `\`ids\`: at most ${MOST_IDS} at once; there are ${ids.length}. Ask in several requests.`,
        );
      }
      mayLookUp(context);
      // Each id fails alone: a rejected member of a list is one null and one error. The generated type of a list has no
      // place for promises of null; graphql has.
      return ids.map((id) => read(id, context, null, 'ids') as Promise<NodeModel>);
    },
    commitment: async (_, { id, asOf }, context) =>
      asOf == null
        ? ((await readOne(id, context, COMMITMENT_TYPES)) as Commitment | null)
        : commitmentAsOf(id, asOf, context),
    contract: async (_, { id }, context) => (await readOne(id, context, ['Contract'])) as Contract | null,
  },
} satisfies Resolvers;
