/**
 * The GraphQL server behind the route: Apollo Server with everything off that we do not use, and our own errors.
 */
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import { depthLimit, knownOperations, MOST_TOKENS } from '../admission/limits.js';
import type { Failure } from '../domain/failure.js';
import type { GraphContext } from '../graph/context.js';
import { CallerError, extensionsOf, presentError } from '../graph/errors.js';
import type { Log } from '../observability/log.js';

/**
 * Adds what an answer lacks to its errors, and the request id to each of them. Failures that made a field null are
 * errors already; those that only made a list shorter were noted by the resolvers.
 */
function completeErrors(onFailure: (failure: Failure) => void): ApolloServerPlugin<GraphContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse({ response, contextValue }) {
          if (response.body.kind !== 'single') return Promise.resolve();
          const { singleResult } = response.body;
          const { requestId, partialFailures } = contextValue;
          const errors = [
            ...(singleResult.errors ?? []),
            ...partialFailures.map(({ failure, path }) => {
              onFailure(failure);
              return { message: failure.message, path, extensions: extensionsOf(failure) };
            }),
          ].map((error) => ({ ...error, extensions: { ...error.extensions, requestId } }));
          if (errors.length > 0)
            response.body = { kind: 'single', singleResult: { ...singleResult, errors } };
          return Promise.resolve();
        },
      }),
  };
}

export function createGraphqlServer(
  schema: GraphQLSchema,
  log: Log,
  plugins: readonly ApolloServerPlugin<GraphContext>[],
): ApolloServer<GraphContext> {
  const onFailure = ({ source, code, detail, upstreamRequestId }: Failure) => {
    log.warn({ source, code, detail, upstreamRequestId }, 'a source failed');
  };
  return new ApolloServer<GraphContext>({
    schema,
    introspection: true,
    csrfPrevention: true,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: MOST_TOKENS },
    validationRules: [
      knownOperations,
      depthLimit((message) => new CallerError('OPERATION_TOO_COSTLY', message)),
    ],
    logger: log,
    formatError: (formatted, error) =>
      presentError(
        formatted,
        error,
        (unexpected) => {
          log.error({ err: unexpected }, 'an unexpected error was masked');
        },
        onFailure,
      ),
    plugins: [
      // Left on, it wraps every field resolver: a quarter of the throughput for a header that is not wanted here.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      completeErrors(onFailure),
      ...plugins,
    ],
  });
}
