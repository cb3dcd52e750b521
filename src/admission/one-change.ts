/**
 * Refuses mutations with more than one field: they would be made one after another, and a failure in between would
 * leave half of them done. Aliases count each, fragments count as what they contain, and `@include` and `@skip` count
 * for nothing: their variables are not known yet.
 */
import {
  GraphQLError,
  Kind,
  OperationTypeNode,
  type ASTVisitor,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';

/** A validation rule. Takes time in proportion to the document. */
export function oneChange(context: ValidationContext): ASTVisitor {
  const ofFragments = new Map<string, number>();

  const changesIn = ({ selections }: SelectionSetNode): number => {
    let changes = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) changes += changesOfFragment(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) changes += changesIn(selection.selectionSet);
      else if (!selection.name.value.startsWith('__')) changes += 1;
    }
    return changes;
  };

  const changesOfFragment = (name: string): number => {
    const known = ofFragments.get(name);
    if (known !== undefined) return known;
    ofFragments.set(name, 0); // a circle ends here; another rule refuses it
    const fragment = context.getFragment(name);
    const changes = fragment ? changesIn(fragment.selectionSet) : 0;
    ofFragments.set(name, changes);
    return changes;
  };

  return {
    OperationDefinition: (node) => {
      if (node.operation !== OperationTypeNode.MUTATION || changesIn(node.selectionSet) <= 1) return;
      context.reportError(
        new GraphQLError(
          'A mutation makes one change: send several one after another, each with an `idempotencyKey` of its own, ' +
            'so that it is clear of each what became of it.',
          { nodes: node },
        ),
      );
    },
  };
}
