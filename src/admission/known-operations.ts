/** Refuses kinds of operations that the graph does not have. */
import { GraphQLError, type ASTVisitor, type ValidationContext } from 'graphql';

/** Refuses a mutation or subscription where the graph has none: left to itself, the library fails while it executes. */
export function knownOperations(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition: (node) => {
      if (context.getSchema().getRootType(node.operation) != null) return;
      context.reportError(new GraphQLError(`This graph has no ${node.operation}s.`, { nodes: node }));
    },
  };
}
