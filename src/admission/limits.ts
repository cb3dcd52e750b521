/**
 * How large an operation may be before anything is asked. Sizes of pages are checked where they are used.
 */
import { GraphQLError, Kind, type ASTVisitor, type SelectionSetNode, type ValidationContext } from 'graphql';

/** Bytes of a request's body. The longest query that the explorer's schema introspection needs is a tenth of this. */
export const LARGEST_BODY_BYTES = 128 * 1024;

/** Tokens of a document: the whole graph can be selected twice over within this, and parsing stays below a millisecond. */
export const MOST_TOKENS = 5_000;

/** Milliseconds after which a request is given up, whatever it still waits for. Longer than any one backend may take. */
export const REQUEST_DEADLINE_MS = 20_000;

/** Fields below one another: enough from all customers, by edges, down to an amount of the usage behind an invoice. */
export const DEEPEST_SELECTION = 12;

/** Refuses a mutation or subscription where the graph has none: left to itself, the library fails while it executes. */
export function knownOperations(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition: (node) => {
      if (context.getSchema().getRootType(node.operation) != null) return;
      context.reportError(new GraphQLError(`This graph has no ${node.operation}s.`, { nodes: node }));
    },
  };
}

/**
 * Refuses operations that are too deep: the graph has circles (a commitment knows its customer, who knows its
 * commitments), and each round multiplies the answer. Fragments count as what they contain. Introspection is free:
 * its own query is deeper, and it asks nobody.
 */
export function depthLimit(
  refuse: (message: string) => GraphQLError,
): (context: ValidationContext) => ASTVisitor {
  return (context) => {
    const ofFragments = new Map<string, number>();
    const depthOf = ({ selections }: SelectionSetNode): number =>
      Math.max(
        ...selections.map((selection) => {
          if (selection.kind === Kind.FRAGMENT_SPREAD) return depthOfFragment(selection.name.value);
          if (selection.kind === Kind.INLINE_FRAGMENT) return depthOf(selection.selectionSet);
          if (selection.name.value.startsWith('__')) return 0;
          return 1 + (selection.selectionSet ? depthOf(selection.selectionSet) : 0);
        }),
      );
    const depthOfFragment = (name: string): number => {
      const known = ofFragments.get(name);
      if (known !== undefined) return known;
      ofFragments.set(name, 0); // a circle ends here; another rule refuses it
      const fragment = context.getFragment(name);
      const depth = fragment ? depthOf(fragment.selectionSet) : 0;
      ofFragments.set(name, depth);
      return depth;
    };
    return {
      OperationDefinition: ({ selectionSet }) => {
        const depth = depthOf(selectionSet);
        if (depth <= DEEPEST_SELECTION) return;
        context.reportError(
          refuse(
            `The operation is ${depth} fields deep; at most ${DEEPEST_SELECTION} are possible. Ask in several steps.`,
          ),
        );
      },
    };
  };
}
