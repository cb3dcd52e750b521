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
import { extentLimit } from '../admission/extent-limit.js';
import { knownOperations } from '../admission/known-operations.js';
import { MOST_TOKENS } from '../admission/limits.js';
import { CallerError } from '../graph/errors.js';
import type { Log } from '../observability/log.js';
import type { RequestContext } from './context.js';
import { createFailureLog } from './failure-log.js';
import { completeErrors, estimateCost, honourFreshness, reportCost, tellUnexpected } from './plugins.js';

export function createGraphqlServer(
  schema: GraphQLSchema,
  log: Log,
  plugins: readonly ApolloServerPlugin<RequestContext>[],
): ApolloServer<RequestContext> {
  const failures = createFailureLog(log);
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
      extentLimit((message) => new CallerError('OPERATION_TOO_COSTLY', message)),
    ],
    logger: log,
    formatError: (formatted, error) => failures.present(formatted, error),
    plugins: [
      // Left on, it wraps every field resolver: a quarter of the throughput for a header that is not wanted here.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      honourFreshness,
      estimateCost,
      completeErrors(failures),
      tellUnexpected(failures),
      reportCost,
      ...plugins,
    ],
  });
}
