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
import type { FormattedExecutionResult, GraphQLSchema, ValidationRule } from 'graphql';
import { answeredAtOnce } from '../admission/answer-form.js';
import { extentLimit } from '../admission/extent-limit.js';
import { knownOperations } from '../admission/known-operations.js';
import { MOST_ERRORS, MOST_TOKENS } from '../admission/limits.js';
import { oneChange } from '../admission/one-change.js';
import { CallerError } from '../graph/errors.js';
import type { Executor } from '../graph/execution/executor.js';
import type { Together } from '../graph/execution/together.js';
import type { Log } from '../observability/log.js';
import type { RequestContext } from './context.js';
import type { createDocumentStore } from './documents.js';
import { executing } from './execution.js';
import type { FailureLog } from './failure-log.js';
import {
  completeErrors,
  estimateCost,
  honourFreshness,
  honourScopes,
  reportCost,
  tellUnexpected,
} from './plugins.js';

/** What every document must keep to, beside the rules of the language, however it is answered. */
export const DOCUMENT_RULES: readonly ValidationRule[] = [
  knownOperations,
  oneChange,
  extentLimit((message) => new CallerError('OPERATION_TOO_COSTLY', message)),
];

/** The library's own last word, that there are more, is one of them. */
export const ERROR_LIMITS = {
  validation: { maxErrors: MOST_ERRORS - 1 },
  execution: { maxCoercionErrors: MOST_ERRORS - 1 },
};

export function createGraphqlServer(
  schema: GraphQLSchema,
  log: Log,
  failures: FailureLog,
  plugins: readonly ApolloServerPlugin<RequestContext>[],
  documentStore: ReturnType<typeof createDocumentStore>,
  executor: Executor,
  together: Together | null,
): ApolloServer<RequestContext> {
  // Interpreted, it is the library's own way from beginning to end.
  const ours =
    executor.mode === 'interpreted' ? null : executing(executor, schema, ERROR_LIMITS.execution, together);
  return new ApolloServer<RequestContext>({
    ...(ours === null ? { schema, executionOptions: ERROR_LIMITS.execution } : { gateway: ours.gateway }),
    introspection: true,
    stringifyResult: print,
    // No page can send a key without asking first either.
    csrfPrevention: {
      requestHeaders: ['apollo-require-preflight', 'x-apollo-operation-name', 'x-api-key', 'authorization'],
    },
    // Documents by name are ours: `documents.ts` puts their text into the request, and no request registers one.
    persistedQueries: false,
    documentStore,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: MOST_TOKENS },
    validationOptions: ERROR_LIMITS.validation,
    validationRules: [...DOCUMENT_RULES, answeredAtOnce],
    logger: log,
    formatError: (formatted, error) => failures.present(formatted, error),
    plugins: [
      // Left on, it wraps every field resolver: a quarter of the throughput for a header that is not wanted here.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      honourScopes,
      honourFreshness,
      estimateCost,
      completeErrors(failures),
      tellUnexpected(failures),
      reportCost,
      ...plugins,
      ...(ours === null ? [] : [ours.plugin]),
    ],
  });
}

const PRINTED: unique symbol = Symbol('printed');

/** As the library prints answers; what several are given is printed once. The text is beside the data: `made.ts` says why. */
function print(answer: FormattedExecutionResult): string {
  const { errors, extensions } = answer;
  const data = answer.data as { [PRINTED]?: string } | null | undefined;
  if (data == null || errors !== undefined || extensions !== undefined) return `${JSON.stringify(answer)}\n`;
  return (data[PRINTED] ??= `${JSON.stringify({ data })}\n`);
}
