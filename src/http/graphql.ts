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
import { CallerError, presentError } from '../graph/errors.js';
import type { Log } from '../observability/log.js';
import type { RequestContext } from './context.js';
import { completeErrors, honourFreshness, reportCost } from './plugins.js';

export function createGraphqlServer(
  schema: GraphQLSchema,
  log: Log,
  plugins: readonly ApolloServerPlugin<RequestContext>[],
): ApolloServer<RequestContext> {
  const onFailure = ({ source, code, detail, upstreamRequestId }: Failure) => {
    log.warn({ source, code, detail, upstreamRequestId }, 'a source failed');
  };
  return new ApolloServer<RequestContext>({
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
      honourFreshness,
      completeErrors(onFailure),
      reportCost,
      ...plugins,
    ],
  });
}
