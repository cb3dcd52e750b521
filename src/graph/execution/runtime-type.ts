/**
 * Which type of object is behind an interface or a union. What a resolver says is checked, and refused in the words of
 * graphql-js.
 */
import {
  GraphQLError,
  isObjectType,
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
} from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';

export function runtimeTypeOf(
  name: unknown,
  type: GraphQLAbstractType,
  nodes: readonly FieldNode[],
  { schema, parentType, fieldName }: GraphQLResolveInfo,
  value: unknown,
): GraphQLObjectType {
  const found = typeof name === 'string' ? schema.getType(name) : undefined;
  if (isObjectType(found) && schema.isSubType(type, found)) return found;
  const field = `${parentType.name}.${fieldName}`;
  if (name == null) {
    throw new GraphQLError(
      `Abstract type "${type.name}" must resolve to an Object type at runtime for field "${field}". Either the ` +
        `"${type.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" ` +
        'function.',
      { nodes },
    );
  }
  if (isObjectType(name)) {
    throw new GraphQLError(
      'Support for returning GraphQLObjectType from resolveType was removed in graphql-js@16.0.0 please return type ' +
        'name instead.',
    );
  }
  if (typeof name !== 'string') {
    throw new GraphQLError(
      `Abstract type "${type.name}" must resolve to an Object type at runtime for field "${field}" with ` +
        `value ${inspect(value)}, received "${inspect(name)}".`,
    );
  }
  if (found === undefined) {
    throw new GraphQLError(
      `Abstract type "${type.name}" was resolved to a type "${name}" that does not exist inside the schema.`,
      { nodes },
    );
  }
  if (!isObjectType(found)) {
    throw new GraphQLError(`Abstract type "${type.name}" was resolved to a non-object type "${name}".`, {
      nodes,
    });
  }
  throw new GraphQLError(`Runtime Object type "${found.name}" is not a possible type for "${type.name}".`, {
    nodes,
  });
}

export function wrongObject(
  type: GraphQLObjectType,
  value: unknown,
  nodes: readonly FieldNode[],
): GraphQLError {
  return new GraphQLError(`Expected value of type "${type.name}" but got: ${inspect(value)}.`, { nodes });
}
