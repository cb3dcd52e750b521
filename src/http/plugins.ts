/**
 * What the edge adds to every operation: the wish for freshness on its way in, what is missing and what it cost on its
 * way out.
 */
import type { ApolloServerPlugin } from '@apollo/server';
import {
  getDirectiveValues,
  getVariableValues,
  GraphQLError,
  Kind,
  type DocumentNode,
  type FormattedExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { brief, cut } from '../admission/brief.js';
import { authorizationOf } from '../graph/authorization.js';
import { badInput, extensionsOf, outcomeUnknown } from '../graph/errors.js';
import { estimateCalls } from '../graph/estimate.js';
import type { Bill, MakeBill } from './budget.js';
import type { RequestContext } from './context.js';
import type { FailureLog, Whose } from './failure-log.js';

type Plugin = ApolloServerPlugin<RequestContext>;

/** Why the caller may not have this executed, if so: an error that answers with 403. */
export function forbidden(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { principal }: RequestContext,
): GraphQLError | null {
  const originalError = authorizationOf(schema).objectionTo(document, operation, principal);
  return originalError === null ? null : refused(originalError, 403);
}

/** In the form that the server library answers with a status: without one it is 500, whatever the code. */
function refused(originalError: GraphQLError, status: number): GraphQLError {
  return new GraphQLError(originalError.message, { originalError, extensions: { http: { status } } });
}

/** Refuses operations that select what their caller may not see or do, before anything is executed. */
export const honourScopes: Plugin = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation({ schema, document, operation, contextValue }) {
        const objection =
          operation === undefined ? null : forbidden(schema, document, operation, contextValue);
        return objection === null ? Promise.resolve() : Promise.reject(objection);
      },
    }),
};

/**
 * Takes what an operation may cost from its client's budget, or refuses it, before anything is executed; gives back what
 * was not needed. What is refused for other reasons costs next to nothing.
 */
export function honourBudget(makeBill: MakeBill): Plugin {
  return {
    requestDidStart: () => {
      let pending: Bill | Promise<Bill> | null = null;
      return Promise.resolve({
        async didResolveOperation({ schema, document, operation, request, contextValue }) {
          // Hooks run beside one another: what `honourScopes` refuses is not to be paid for.
          if (operation === undefined || forbidden(schema, document, operation, contextValue) !== null)
            return;
          pending = makeBill(schema, document, operation, request.variables ?? {}, contextValue);
          const { objection } = await pending;
          if (objection !== null) throw objection;
        },
        async willSendResponse({ response, contextValue }) {
          if (pending === null || response.body.kind !== 'single') return;
          const bill = await pending;
          const { singleResult } = response.body;
          bill.settle(singleResult);
          for (const [name, value] of Object.entries(bill.headers())) response.http.headers.set(name, value);
          if (!contextValue.cost.isReportWanted) return;
          const extensions = { ...singleResult.extensions, cost: bill.report() };
          response.body = { kind: 'single', singleResult: { ...singleResult, extensions } };
        },
      });
    },
  };
}

/** Reads `@fresh(within:)` before the first resolver runs. */
export const honourFreshness: Plugin = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation({ schema, operation, request, contextValue }) {
        const directive = schema.getDirective('fresh');
        const isAsked = operation?.directives?.some(({ name }) => name.value === 'fresh') ?? false;
        if (directive == null || operation === undefined || !isAsked) return Promise.resolve();
        // Variables have their defaults only then; what is wrong with them is told when they are executed.
        const { coerced } = getVariableValues(
          schema,
          operation.variableDefinitions ?? [],
          request.variables ?? {},
        );
        if (coerced === undefined) return Promise.resolve();
        const values = getDirectiveValues(directive, operation, coerced);
        const within: unknown = values?.['within'];
        if (typeof within !== 'number') return Promise.resolve();
        if (within < 0)
          throw refused(badInput(`\`@fresh(within:)\` must not be negative; it is ${within}.`), 400);
        contextValue.freshness.withinMs = within;
        return Promise.resolve();
      },
    }),
};

/** Estimates what the operation will cost upstream, for callers who want to know. */
export const estimateCost: Plugin = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation({ schema, operation, document, request, contextValue }) {
        if (!contextValue.isCostWanted || operation === undefined) return Promise.resolve();
        const fragments = new Map(
          document.definitions.flatMap((definition) =>
            definition.kind === Kind.FRAGMENT_DEFINITION
              ? [[definition.name.value, definition] as const]
              : [],
          ),
        );
        contextValue.estimate.calls = estimateCalls({
          schema,
          operation,
          fragments,
          variables: request.variables ?? {},
          directory: contextValue.directory,
        });
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
 * Adds what an answer lacks to its errors, and the request id to each of them, and logs what is behind them; takes away
 * what its caller may not know of the schema. Failures
 * that made a field null are errors already; those that only made a list shorter were noted by the resolvers.
 */
export function completed(
  answer: FormattedExecutionResult,
  context: RequestContext,
  failures: FailureLog,
): FormattedExecutionResult {
  const { requestId, partialFailures, remarks, principal } = context;
  const said = principal.scopes.has('explorer') ? (message: string) => message : withoutSuggestion;
  failures.tell(answer.errors ?? [], partialFailures, remarks, whose(context));
  const partial = partialFailures.map(({ failure, path }) => ({
    message: failure.message,
    path,
    extensions: extensionsOf(failure),
  }));
  const unknown = remarks.flatMap((remark) =>
    remark.kind === 'outcome-unknown' ? [outcomeUnknown(remark.source, remark.path)] : [],
  );
  const all = [...(answer.errors ?? []), ...partial, ...unknown];
  // Errors beside data say what is missing from it; without data, the first ones say enough.
  const told = answer.data === undefined ? brief(all) : all.map(cut);
  const errors = told.map((error) => ({
    ...error,
    message: said(error.message),
    extensions: { ...error.extensions, requestId },
  }));
  return errors.length === 0 ? answer : { ...answer, errors };
}

/** The library ends its messages with names that are near: they show the schema to those who may not look at it. */
function withoutSuggestion(message: string): string {
  return message.replace(/ Did you mean .*\?$/s, '');
}

export function completeErrors(failures: FailureLog): Plugin {
  return onAnswer((answer, context) => completed(answer, context, failures));
}

function whose({ requestId, principal }: RequestContext): Whose {
  return { requestId, client: principal.client };
}

/** Logs what was thrown around an operation instead of in it: the library answers such a request without its context. */
export function tellUnexpected(failures: FailureLog): Plugin {
  return {
    unexpectedErrorProcessingRequest({ requestContext, error }) {
      failures.tellMasked(error, whose(requestContext.contextValue));
      return Promise.resolve();
    },
    contextCreationDidFail({ error }) {
      failures.tellMasked(error, null);
      return Promise.resolve();
    },
  };
}

/**
 * Tells callers who may see it, and ask for it, what the operation cost upstream (`extensions.upstream`, by source), and
 * how many calls were expected at most (`extensions.upstreamEstimate`).
 */
export const reportCost: Plugin = onAnswer((answer, { isCostWanted, meter, estimate }) =>
  isCostWanted
    ? {
        ...answer,
        extensions: {
          ...answer.extensions,
          upstream: rounded(meter.report()),
          upstreamEstimate: estimate.calls,
        },
      }
    : answer,
);

function rounded(report: object): unknown {
  return JSON.parse(
    JSON.stringify(report, (_, value: unknown) => (typeof value === 'number' ? Math.round(value) : value)),
  );
}
