/**
 * The gateway's edge, for Apollo's suite: `createEdge` as `src/app.ts` calls it, over the schema that a test brings.
 *
 * What else a test brings goes to the one `ApolloServer` that the edge makes: its plugins and rules after ours, and
 * options that we leave open. What we decide stays decided. The suite asks at `/` and our graph is at `/graphql`: the
 * path is changed before anything sees the request.
 */
import type { ApolloServer, ApolloServerOptions, ApolloServerPlugin, BaseContext } from '@apollo/server';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import { vi } from 'vitest';
import { startEdge } from '../support/edge.js';

/** As far as it is read here. */
interface Brought {
  readonly [option: string]: unknown;
  readonly schema?: GraphQLSchema;
  readonly typeDefs?: string;
  readonly resolvers?: Parameters<typeof makeExecutableSchema>[0]['resolvers'];
  readonly gateway?: unknown;
  readonly plugins?: readonly ApolloServerPlugin[];
  readonly formatError?: ApolloServerOptions<BaseContext>['formatError'];
  readonly validationRules?: ApolloServerOptions<BaseContext>['validationRules'];
}

let brought: Brought = {};

vi.mock(import('@apollo/server'), async (original) => {
  const real = await original();
  class WithWhatWasBrought extends real.ApolloServer<BaseContext> {
    constructor(ours: ApolloServerOptions<BaseContext>) {
      const {
        schema,
        typeDefs,
        resolvers,
        plugins = [],
        validationRules = [],
        formatError,
        ...options
      } = brought;
      // `undefined` is not left out.
      const open = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
      void [schema, typeDefs, resolvers];
      super({
        ...ours,
        ...open,
        plugins: [...(ours.plugins ?? []), ...plugins],
        validationRules: [...(ours.validationRules ?? []), ...validationRules],
        formatError: (formatted, error) => {
          const presented = ours.formatError?.(formatted, error) ?? formatted;
          return formatError?.(presented, error) ?? presented;
        },
      });
    }
  }
  return { ...real, ApolloServer: WithWhatWasBrought as unknown as typeof real.ApolloServer };
});

/** Puts what a test's context has into ours, which every request has anyway. */
function contextFrom(make: () => Promise<object>): ApolloServerPlugin {
  return {
    async requestDidStart({ contextValue }) {
      Object.assign(contextValue, await make());
    },
  };
}

export async function createServer(
  config: Brought,
  { context }: { readonly context?: () => Promise<object> } = {},
): Promise<{ server: ApolloServer; url: string; extraCleanup: () => Promise<void> }> {
  if (config.gateway !== undefined)
    throw new Error('the gateway has its own schema, and runs no other gateway');
  const { typeDefs = [], resolvers = {}, schema = makeExecutableSchema({ typeDefs, resolvers }) } = config;
  brought = {
    ...config,
    plugins: [...(context === undefined ? [] : [contextFrom(context)]), ...(config.plugins ?? [])],
  };
  const { edge, url, stop } = await startEdge({ schema });
  edge.app.server.prependListener('request', (request) => {
    request.url = request.url?.replace(/^\/(?=\?|$)/, '/graphql');
  });
  return { server: edge.apollo as unknown as ApolloServer, url, extraCleanup: stop };
}
