/** Puts the resolvers of all concepts together with the SDL of `schema/` into the executable schema. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { isScalarType, type GraphQLSchema } from 'graphql';
import { commitmentResolvers } from './commitment.js';
import { contractResolvers } from './contract.js';
import type { Resolvers } from './generated.js';
import { contractCommitmentChangeResolvers } from './mutation/contract-commitment.js';
import { contractChangeResolvers } from './mutation/contract.js';
import { organizationSyncResolvers } from './mutation/organization-sync.js';
import { payloadResolvers } from './mutation/payload.js';
import { resourceCommitmentChangeResolvers } from './mutation/resource-commitment.js';
import { nodeResolvers } from './node.js';
import { operationResolvers } from './operation.js';
import { organizationResolvers } from './organization.js';
import { scalars } from './scalars.js';
import { serviceOrderResolvers } from './service-order.js';
import { sourceResolvers } from './source.js';
import { spendResolvers } from './spend.js';

const SCHEMA_DIRECTORY = fileURLToPath(new URL('../../schema/', import.meta.url));

/** The SDL, one text per file, in the order of their names. */
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
  Organization: { ...organizationResolvers.Organization, ...operationResolvers.Organization },
  Query: {
    ...nodeResolvers.Query,
    ...organizationResolvers.Query,
    ...sourceResolvers.Query,
    ...operationResolvers.Query,
  },
  Mutation: {
    ...contractChangeResolvers.Mutation,
    ...resourceCommitmentChangeResolvers.Mutation,
    ...contractCommitmentChangeResolvers.Mutation,
    ...organizationSyncResolvers.Mutation,
  },
} satisfies Resolvers;

/** Throws where a resolver has no field, or an interface cannot tell its types apart: at start, not at the first query. */
export function createSchema(): GraphQLSchema {
  const schema = makeExecutableSchema({
    typeDefs: readSdl(),
    resolvers,
    resolverValidationOptions: {
      requireResolversToMatchSchema: 'error',
      requireResolversForResolveType: 'error',
    },
  });
  for (const [name, functions] of Object.entries(scalars)) {
    const type = schema.getType(name);
    if (!isScalarType(type)) throw new TypeError(`${name} is not a scalar of the schema`);
    Object.assign(type, functions);
  }
  return schema;
}
