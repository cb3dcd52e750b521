/**
 * What the edge adds to every operation: the wish for freshness on its way in, what is missing and what it cost on its
 * way out.
 */
import type { ApolloServerPlugin } from '@apollo/server';
import { getDirectiveValues, type FormattedExecutionResult } from 'graphql';
import type { Failure } from '../domain/failure.js';
import { badInput, extensionsOf } from '../graph/errors.js';
import type { RequestContext } from './context.js';

type Plugin = ApolloServerPlugin<RequestContext>;

/** Reads `@fresh(within:)` before the first resolver runs. */
export const honourFreshness: Plugin = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation({ schema, operation, request, contextValue }) {
        const directive = schema.getDirective('fresh');
        if (directive == null || operation === undefined) return Promise.resolve();
        const values = getDirectiveValues(directive, operation, request.variables ?? {});
        const within: unknown = values?.['within'];
        if (typeof within !== 'number') return Promise.resolve();
        if (within < 0) throw badInput(`\`@fresh(within:)\` must not be negative; it is ${within}.`);
        contextValue.freshness.withinMs = within;
        return Promise.resolve();
      },
    }),
};

/** Changes the answer of an operation on its way out. Streams of several answers are not ours. */
function onAnswer(
  change: (answer: FormattedExecutionResult, context: RequestContext) => FormattedExecutionResult,
): Plugin {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse({ response, contextValue }) {
          if (response.body.kind === 'single') {
            response.body = {
              kind: 'single',
              singleResult: change(response.body.singleResult, contextValue),
            };
          }
          return Promise.resolve();
        },
      }),
  };
}

/**
 * Adds what an answer lacks to its errors, and the request id to each of them. Failures that made a field null are
 * errors already; those that only made a list shorter were noted by the resolvers.
 */
export function completeErrors(onFailure: (failure: Failure) => void): Plugin {
  return onAnswer((answer, { requestId, partialFailures }) => {
    const partial = partialFailures.map(({ failure, path }) => {
      onFailure(failure);
      return { message: failure.message, path, extensions: extensionsOf(failure) };
    });
    const errors = [...(answer.errors ?? []), ...partial].map((error) => ({
      ...error,
      extensions: { ...error.extensions, requestId },
    }));
    return errors.length === 0 ? answer : { ...answer, errors };
  });
}

/** Tells callers who may see it, and ask for it, what the operation cost upstream: `extensions.upstream`, by source. */
export const reportCost: Plugin = onAnswer((answer, { isCostWanted, meter, principal }) =>
  isCostWanted && principal.mayInspect
    ? { ...answer, extensions: { ...answer.extensions, upstream: rounded(meter.report()) } }
    : answer,
);

function rounded(report: object): unknown {
  return JSON.parse(
    JSON.stringify(report, (_, value: unknown) => (typeof value === 'number' ? Math.round(value) : value)),
  );
}
