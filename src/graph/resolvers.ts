/** Puts the resolvers of all concepts together with the SDL of `schema/` into the executable schema. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isScalarType, type GraphQLSchema } from 'graphql';
import { calendarResolvers } from './calendar.js';
import { commitmentResolvers } from './commitment.js';
import { contractResolvers } from './contract.js';
import { executableSchema, type ResolverMap } from './executable.js';
import type { Resolvers } from './generated.js';
import { contractCommitmentChangeResolvers } from './mutation/contract-commitment.js';
import { contractChangeResolvers } from './mutation/contract.js';
import { discrepancyResolvers } from './mutation/discrepancy.js';
import { organizationSyncResolvers } from './mutation/organization-sync.js';
import { payloadResolvers } from './mutation/payload.js';
import { resourceCommitmentChangeResolvers } from './mutation/resource-commitment.js';
import { historyResolvers } from './history.js';
import { nodeResolvers } from './node.js';
import { operationResolvers } from './operation.js';
import { organizationResolvers } from './organization.js';
import { overlapResolvers } from './overlap.js';
import { positionResolvers } from './position.js';
import { renewalResolvers } from './renewal.js';
import { scalars } from './scalars.js';
import { serviceOrderResolvers } from './service-order.js';
import { preflightResolvers } from './preflight.js';
import { reconciliationActionResolvers } from './reconciliation-action.js';
import { reconciliationResolvers } from './reconciliation.js';
import { sourceResolvers } from './source.js';
import { spendResolvers } from './spend.js';
import { verificationResolvers } from './verification.js';

const SCHEMA_DIRECTORY = fileURLToPath(new URL('../../schema/', import.meta.url));

/**
 * The SDL, one text per file, in the order of their names.
 *
 * Written in Latin letters alone: names that are cut from it are members of every answer (`domain/text.ts`).
 */
export function readSdl(): string[] {
  return readdirSync(SCHEMA_DIRECTORY)
    .filter((name) => name.endsWith('.graphql'))
    .sort()
    .map((name) => readFileSync(SCHEMA_DIRECTORY + name, 'utf8'));
}

const resolvers = {
  ...commitmentResolvers,
  ...contractResolvers,
  ...serviceOrderResolvers,
  ...spendResolvers,
  ...sourceResolvers,
  ...organizationResolvers,
  ...nodeResolvers,
  ...operationResolvers,
  ...payloadResolvers,
  ...preflightResolvers,
  ...verificationResolvers,
  ...reconciliationResolvers,
  ...reconciliationActionResolvers,
  ...historyResolvers,
  ...positionResolvers,
  ...overlapResolvers,
  ...renewalResolvers,
  ...calendarResolvers,
  MinimumCommitment: { ...commitmentResolvers.MinimumCommitment, ...positionResolvers.MinimumCommitment },
  ContractCommitment: { ...commitmentResolvers.ContractCommitment, ...positionResolvers.ContractCommitment },
  ResourceCommitment: { ...commitmentResolvers.ResourceCommitment, ...positionResolvers.ResourceCommitment },
  Organization: {
    ...organizationResolvers.Organization,
    ...operationResolvers.Organization,
    ...preflightResolvers.Organization,
    ...verificationResolvers.Organization,
    ...reconciliationResolvers.Organization,
    ...historyResolvers.Organization,
    ...positionResolvers.Organization,
    ...overlapResolvers.Organization,
    ...renewalResolvers.Organization,
  },
  Query: {
    ...nodeResolvers.Query,
    ...organizationResolvers.Query,
    ...sourceResolvers.Query,
    ...operationResolvers.Query,
    ...verificationResolvers.Query,
    ...reconciliationResolvers.Query,
    ...historyResolvers.Query,
    ...renewalResolvers.Query,
    ...calendarResolvers.Query,
  },
  Mutation: {
    ...contractChangeResolvers.Mutation,
    ...resourceCommitmentChangeResolvers.Mutation,
    ...contractCommitmentChangeResolvers.Mutation,
    ...organizationSyncResolvers.Mutation,
    ...verificationResolvers.Mutation,
    ...discrepancyResolvers.Mutation,
    ...calendarResolvers.Mutation,
  },
  Subscription: { ...operationResolvers.Subscription, ...verificationResolvers.Subscription },
} satisfies Resolvers;

/** Throws where a resolver has no field, or an interface cannot tell its types apart: at start, not at the first query. */
export function createSchema(): GraphQLSchema {
  const schema = executableSchema(readSdl(), resolvers as unknown as ResolverMap);
  for (const [name, functions] of Object.entries(scalars)) {
    const type = schema.getType(name);
    if (!isScalarType(type)) throw new TypeError(`${name} is not a scalar of the schema`);
    Object.assign(type, functions);
  }
  return schema;
}
