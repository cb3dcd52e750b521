/**
 * Our executor behind the server library's pipeline, and what is counted of the work on documents.
 *
 * Guarantees: the library parses, validates, calls plugins and forms errors as ever; it hands over the execution alone,
 * and wraps no resolver.
 */
import {
  HeaderMap,
  type ApolloServerOptions,
  type ApolloServerPlugin,
  type GraphQLRequest,
  type HTTPGraphQLHead,
} from '@apollo/server';
import type {
  DocumentNode,
  ExecutionArgs,
  ExecutionResult,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
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
type GatewayResult = Awaited<ReturnType<NonNullable<Awaited<ReturnType<Gateway['load']>>['executor']>>>;

interface Execution {
  /** Executes operations, and answers for the library where there is no error to form. */
  readonly plugin: ApolloServerPlugin<RequestContext>;
  /** The way by which the library asks for the result where there is one. Its schema never changes. */
  readonly gateway: Gateway;
}

/**
 * What the library makes for a `gateway` has accessors of its own for each request. Such an object's shape holds all that
 * its accessors lead to, the whole request that is, until the next full collection of garbage; and each small one before
 * that carries it along. So the library gets results that way only where it has errors to form.
 */
export function executing(
  executor: Executor,
  schema: GraphQLSchema,
  options: NonNullable<ExecutionArgs['options']>,
  /** `null`: each query is executed by itself. */
  together: Together | null,
): Execution {
  /** Executed, and not yet taken by the library. */
  const done = new Map<unknown, Promise<ExecutionResult>>();

  const run = async (
    context: RequestContext,
    document: DocumentNode,
    operation: OperationDefinitionNode | null | undefined,
    { operationName, variables }: GraphQLRequest,
  ): Promise<ExecutionResult> => {
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
    return together === null || operation?.operation !== 'query' || isOfItsOwn(context)
      ? execute()
      : together.run({ document, operationName, variables, context }, execute);
  };

  return {
    plugin: {
      requestDidStart: () =>
        Promise.resolve({
          async responseForOperation({ document, operation, request, contextValue }) {
            const running = run(contextValue, document, operation, request);
            const { data, errors } = await running.catch(() => FAILED);
            if (data != null && errors === undefined)
              return { http: newHead(), body: { kind: 'single', singleResult: { data } } };
            done.set(contextValue, running);
            return null;
          },
        }),
    },
    gateway: {
      onSchemaLoadOrUpdate(announce) {
        announce({ apiSchema: schema, coreSupergraphSdl: '' });
        return () => undefined;
      },
      load: () =>
        Promise.resolve({
          executor: ({ context }) => {
            const result = done.get(context);
            done.delete(context);
            if (result === undefined) throw new Error('nothing was executed');
            return result as Promise<GatewayResult>; // by other names, as the library's types have it
          },
        }),
      stop: () => Promise.resolve(),
    },
  };
}

const FAILED: ExecutionResult = {};

function newHead(): HTTPGraphQLHead {
  return { headers: new HeaderMap() };
}
