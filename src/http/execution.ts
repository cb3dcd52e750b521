/**
 * Our executor behind the server library's pipeline, and what is counted of the work on documents.
 *
 * Guarantees: the library parses, validates, calls plugins and forms errors as ever; it hands over the execution alone,
 * and wraps no resolver.
 */
import type { ApolloServerOptions, ApolloServerPlugin } from '@apollo/server';
import type { ExecutionArgs, GraphQLSchema } from 'graphql';
import type { ExecutionCounts, Executor } from '../graph/execution/executor.js';
import type { Together } from '../graph/execution/together.js';
import type { RequestContext } from './context.js';

/** What was done to documents since the start, and how operations were executed. */
export interface DocumentWork extends ExecutionCounts {
  readonly parsed: number;
  readonly validated: number;
}

export interface WorkMeter {
  /** A text was parsed, wherever. */
  parsed(): void;
  /** A document was compared with the schema. */
  validated(): void;
  /** An operation was executed, and not by our executor. */
  executed(): void;
  report(): DocumentWork;
}

export function createWorkMeter(executor: Executor): WorkMeter {
  let executed = 0;
  let parsed = 0;
  let validated = 0;
  return {
    parsed: () => void (parsed += 1),
    validated: () => void (validated += 1),
    executed: () => void (executed += 1),
    report: () => {
      const counts = executor.counts();
      return { ...counts, parsed, validated, interpreted: counts.interpreted + executed };
    },
  };
}

/** `isOurs`: whether our executor counts what it executes. */
export function countWork(work: WorkMeter, isOurs: boolean): ApolloServerPlugin<RequestContext> {
  // The library calls the first two only if it has not found the document in its store.
  const hooks = {
    parsingDidStart: () => {
      work.parsed();
      return Promise.resolve();
    },
    validationDidStart: () => {
      work.validated();
      return Promise.resolve();
    },
  };
  const all = {
    ...hooks,
    executionDidStart: () => {
      work.executed();
      return Promise.resolve();
    },
  };
  return { requestDidStart: () => Promise.resolve(isOurs ? hooks : all) };
}

/** Asks how fresh it is to be, or what it cost: that is not for others. */
function isOfItsOwn({ freshness, isCostWanted, cost }: RequestContext): boolean {
  return freshness.withinMs !== null || isCostWanted || cost.isReportWanted;
}

type Gateway = NonNullable<ApolloServerOptions<RequestContext>['gateway']>;

/** In the form in which the library takes an executor. Its schema never changes. */
export function executing(
  executor: Executor,
  schema: GraphQLSchema,
  options: NonNullable<ExecutionArgs['options']>,
  /** `null`: each query is executed by itself. */
  together: Together | null,
): Gateway {
  return {
    onSchemaLoadOrUpdate(announce) {
      announce({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    load: () =>
      Promise.resolve({
        executor: async ({
          document,
          operation,
          context: anyContext,
          request: { operationName, variables },
        }) => {
          const context = anyContext as RequestContext; // whose it is, the library's type has forgotten
          const execute = () =>
            executor.execute({
              schema,
              document,
              contextValue: context,
              variableValues: variables,
              operationName,
              options,
            });
          // None, where the name that is asked for is none of the document's.
          const kind = (operation as typeof operation | undefined)?.operation;
          return together === null || kind !== 'query' || isOfItsOwn(context)
            ? execute()
            : together.run({ document, operationName, variables, context }, execute);
        },
      }),
    stop: () => Promise.resolve(),
  };
}
