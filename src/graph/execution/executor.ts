/**
 * Executes operations: planned once for each document and run from the plan, or by graphql-js itself.
 *
 * Guarantees: the same answers and errors either way. What cannot be planned within the bounds of `plans.ts`, or is asked
 * for in an unusual way, is left to graphql-js. Documents that are prepared need nothing but their variables read when
 * they run. Refuses, by throwing, what graphql-js throws for: a schema that is no schema, variables that are no object.
 */
import {
  assertValidSchema,
  execute as interpret,
  Kind,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import { Errors } from './errors.js';
import { ABSTRACT, LIST, OBJECT, type Selection, type ValuePlan } from './plan.js';
import { createPlans, MOST_FIELDS, type KeptPlan } from './plans.js';
import { runOperation, type Data, type Run } from './run.js';

export type ExecutionMode = 'compiled' | 'interpreted';

/** Since the start. */
export interface ExecutionCounts {
  /** Operations that were planned, and lists of fields that were made for them. */
  readonly compiled: number;
  readonly selections: number;
  /** Executions from a plan, and by graphql-js. */
  readonly planned: number;
  readonly interpreted: number;
}

export interface Executor {
  readonly mode: ExecutionMode;
  /** Never rejects; throws as graphql-js does. The document must be valid. */
  execute(args: ExecutionArgs): ExecutionResult | Promise<ExecutionResult>;
  /** Plans all operations of a valid document, as far as that can be done ahead. */
  prepare(document: DocumentNode): void;
  counts(): ExecutionCounts;
}

export function createExecutor(
  schema: GraphQLSchema,
  mode: ExecutionMode = 'compiled',
  /** Of plans that are not prepared. */
  mostFields = MOST_FIELDS,
): Executor {
  assertValidSchema(schema);
  const plans = createPlans(schema, mostFields);
  let planned = 0;
  let interpreted = 0;

  return {
    mode,
    execute(args) {
      const { document, operationName = null, variableValues } = args;
      const isUsual =
        mode === 'compiled' &&
        args.schema === schema &&
        args.fieldResolver == null &&
        args.typeResolver == null &&
        (variableValues == null || typeof variableValues === 'object');
      const found = isUsual ? plans.planFor(document, operationName) : null;
      if (found === null || found.plan.root === null || found.fields > found.mostFields) {
        interpreted += 1;
        return interpret(args);
      }
      planned += 1;
      return run(found, found.plan.root, args);
    },

    prepare(document) {
      if (mode !== 'compiled') return;
      for (const definition of document.definitions) {
        if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
        const found = plans.keep(document, definition.name?.value ?? null);
        if (found?.plan.root == null) continue;
        const most = found.mostFields / 2; // what nobody may ask for leaves as much again
        makeAhead(schema, found.plan.root, () => found.fields < most);
      }
    },

    counts: () => ({ ...plans.counts(), planned, interpreted }),
  };
}

function run(
  { plan, readVariables }: KeptPlan,
  root: Selection,
  args: ExecutionArgs,
): ExecutionResult | Promise<ExecutionResult> {
  const variables = readVariables(args.variableValues ?? {}, args);
  if (variables.errors !== undefined) return { errors: variables.errors };
  const errors = new Errors();
  const answer = (data: Data | null): ExecutionResult =>
    errors.all.length === 0 ? { data } : { errors: errors.all, data };
  const nothing = (error: unknown): ExecutionResult => {
    errors.add(error as GraphQLError, undefined);
    return answer(null);
  };
  const running: Run = {
    plan,
    rootValue: args.rootValue,
    context: args.contextValue,
    variables: variables.coerced,
    errors,
    arguments: [],
  };
  try {
    const data = runOperation(running, root);
    return data instanceof Promise ? data.then(answer, nothing) : answer(data);
  } catch (error) {
    return nothing(error);
  }
}

/** Makes the lists of a selection and of all below it, as long as it may. */
function makeAhead(schema: GraphQLSchema, selection: Selection, may: () => boolean): void {
  const below = (value: ValuePlan): readonly Selection[] => {
    if (value.kind === LIST) return below(value.item);
    if (value.kind === OBJECT) return [value.below];
    return value.kind === ABSTRACT ? schema.getPossibleTypes(value.type).map(value.below) : [];
  };
  for (const fields of selection.everyVariant()) {
    for (const next of fields.flatMap(({ value }) => below(value))) {
      if (!may()) return;
      makeAhead(schema, next, may);
    }
  }
}
