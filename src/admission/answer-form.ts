/** Which operations are answered at once, and which as a stream of events. */
import {
  GraphQLError,
  OperationTypeNode,
  type ASTVisitor,
  type OperationDefinitionNode,
  type ValidationContext,
} from 'graphql';

type Rule = (context: ValidationContext) => ASTVisitor;

function refuseWhere(isWrong: (operation: OperationTypeNode) => boolean, message: string): Rule {
  return (context) => ({
    OperationDefinition: (node: OperationDefinitionNode) => {
      // Kinds that the graph does not have are refused by another rule.
      if (!isWrong(node.operation) || context.getSchema().getRootType(node.operation) == null) return;
      context.reportError(new GraphQLError(message, { nodes: node }));
    },
  });
}

/** For answers in one piece: executed like a query, a subscription would answer nothing. */
export const answeredAtOnce: Rule = refuseWhere(
  (operation) => operation === OperationTypeNode.SUBSCRIPTION,
  'A subscription is answered as a stream of events: send it with `Accept: text/event-stream`.',
);

/** For streams: one way to ask for a change is enough. */
export const answeredAsStream: Rule = refuseWhere(
  (operation) => operation !== OperationTypeNode.SUBSCRIPTION,
  'Only a subscription is answered as a stream of events: send this with `Accept: application/json`.',
);
