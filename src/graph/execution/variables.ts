/**
 * The variables of an operation: their types are found once, and the plain values that most requests bring are taken as
 * they are.
 *
 * Guarantees: the same values and errors as graphql-js, whose own function reads everything that is not plain.
 */
import {
  getNullableType,
  getVariableValues,
  GraphQLBoolean,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isNonNullType,
  typeFromAST,
  type ExecutionArgs,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

type Read = ReturnType<typeof getVariableValues>;

const LARGEST_INTEGER = 2_147_483_647;

const PLAIN = new Map<unknown, (value: unknown) => boolean>([
  [GraphQLString, (value) => typeof value === 'string'],
  [GraphQLID, (value) => typeof value === 'string'],
  [GraphQLBoolean, (value) => typeof value === 'boolean'],
  [GraphQLInt, (value) => Number.isInteger(value) && Math.abs(value as number) <= LARGEST_INTEGER],
]);

/** What graphql-js takes if nothing is said. */
const MOST_ERRORS = 50;

export type ReadVariables = (
  given: Readonly<Record<string, unknown>>,
  settings: Pick<ExecutionArgs, 'options' | 'hideSuggestions'>,
) => Read;

export function variablesOf(schema: GraphQLSchema, operation: OperationDefinitionNode): ReadVariables {
  const definitions = operation.variableDefinitions ?? [];
  const plain = definitions.map(({ variable, type: node, defaultValue }) => {
    const type = typeFromAST(schema, node as never) as GraphQLInputType | undefined;
    return {
      name: variable.name.value,
      isPlain: type === undefined ? undefined : PLAIN.get(getNullableType(type)),
      /** Left out, it has no value. */
      mayBeMissing: defaultValue === undefined && type !== undefined && !isNonNullType(type),
    };
  });

  const taken = (given: Readonly<Record<string, unknown>>): Record<string, unknown> | null => {
    const values: Record<string, unknown> = {};
    for (const { name, isPlain, mayBeMissing } of plain) {
      if (!Object.hasOwn(given, name)) {
        if (!mayBeMissing) return null;
        continue;
      }
      // A name of the language of this program is no member like others.
      if (isPlain === undefined || !isPlain(given[name]) || name === '__proto__') return null;
      values[name] = given[name];
    }
    return values;
  };

  return (given, { options, hideSuggestions = false }) => {
    const coerced = taken(given);
    if (coerced !== null) return { coerced };
    const maxErrors = options?.maxCoercionErrors ?? MOST_ERRORS;
    return getVariableValues(schema, definitions, given, {
      maxErrors,
      hideSuggestions: hideSuggestions ?? false,
    });
  };
}
