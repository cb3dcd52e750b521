/**
 * The schema of the gateway with resolvers as somebody would write them who wants it done: each field that needs a
 * backend asks it, rows are mapped as in the hand-written handler, and the rest is left to the library. Nothing is
 * checked but what the library checks by itself.
 */
import { readFileSync } from 'node:fs';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import { accountsBySlug, commitmentsOf, nodeOf, PAGE_SIZE } from '../gateway/answers.js';
import { createCaller, type Calls } from '../gateway/calls.js';
import type { Account } from '../gateway/fixture.js';
import {
  byStart,
  contract,
  globalId,
  resourceCommitment,
  readGlobalId,
  serviceOrder,
  WHOLE,
} from '../gateway/projection.js';

export interface NaiveContext {
  readonly calls: Calls;
}

const SDL = new URL('../../../schema/printed/commitment-graph.graphql', import.meta.url);

const connectionOf = (items: readonly object[]) => ({
  nodes: items.slice(0, PAGE_SIZE),
  pageInfo: { hasNextPage: items.length > PAGE_SIZE },
  totalCount: items.length,
  coverage: WHOLE,
});

const named = { __resolveType: ({ __typename }: { readonly __typename: string }) => __typename };

export function createNaive(settings: { readonly upstream: string; readonly accounts: readonly Account[] }): {
  readonly schema: GraphQLSchema;
  readonly context: () => NaiveContext;
} {
  const accounts = accountsBySlug(settings.accounts);
  const caller = createCaller(settings.upstream);
  const schema = makeExecutableSchema<NaiveContext>({
    typeDefs: readFileSync(SDL, 'utf8'),
    resolvers: {
      Query: {
        organization: (_: unknown, { slug }: { slug: string }) => accounts.get(slug) ?? null,
        organizations: (_: unknown, { first }: { first: number }) => ({
          nodes: [...accounts.values()].slice(0, first),
        }),
        nodes: (_: unknown, { ids }: { ids: readonly string[] }, { calls }: NaiveContext) => {
          const read = nodeOf(accounts, calls);
          return ids.map((id) => read(id));
        },
        commitment: async (_: unknown, { id }: { id: string }, { calls }: NaiveContext) => {
          const { slug, key } = readGlobalId(id);
          const account = accounts.get(slug);
          return account === undefined ? null : resourceCommitment(await calls.resource(key), account);
        },
      },
      Organization: {
        id: ({ slug }: Account) => globalId('o', slug, ''),
        commitments: async (account: Account, _: unknown, { calls }: NaiveContext) =>
          connectionOf(await commitmentsOf(account, calls)),
        contracts: async (account: Account, _: unknown, { calls }: NaiveContext) =>
          connectionOf(byStart((await calls.contracts(account)).map((row) => contract(row, account)))),
        serviceOrders: async (account: Account, _: unknown, { calls }: NaiveContext) =>
          connectionOf(byStart((await calls.orders(account)).map((row) => serviceOrder(row, account)))),
      },
      Commitment: named,
      Node: named,
    },
  });
  return { schema, context: () => ({ calls: caller.calls() }) };
}
