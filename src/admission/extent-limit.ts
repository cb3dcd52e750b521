/**
 * Refuses operations that are too deep, in fields or in lists within lists: the graph has circles (a commitment knows
 * its customer, who knows its commitments), and each round multiplies the answer by a page. The rounds read nothing new,
 * so no limit of a backend would end them. Fragments count as what they contain, wherever they are spread; aliases count
 * each. Introspection is free: its own query is deeper, and it asks nobody.
 */
import {
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type ASTVisitor,
  type FieldNode,
  type GraphQLError,
  type GraphQLNamedType,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';
import { DEEPEST_SELECTION, MOST_NODES } from './limits.js';
import { lengthOf, LONGEST_LIST } from './list-length.js';

/** How far an operation goes. */
interface Extent {
  /** Fields below one another. */
  readonly depth: number;
  /** Objects in lists, in lists of those, and so on. */
  readonly nodes: number;
}

const NOTHING: Extent = { depth: 0, nodes: 0 };

/** A validation rule; `refuse` makes the error from a message for callers. Takes time in proportion to the document. */
export function extentLimit(
  refuse: (message: string) => GraphQLError,
): (context: ValidationContext) => ASTVisitor {
  return (context) => {
    const schema = context.getSchema();
    const ofFragments = new Map<string, Extent>();

    const extentOf = ({ selections }: SelectionSetNode, type: GraphQLNamedType | undefined): Extent => {
      let { depth, nodes } = NOTHING;
      for (const selection of selections) {
        const extent =
          selection.kind === Kind.FRAGMENT_SPREAD
            ? extentOfFragment(selection.name.value)
            : selection.kind === Kind.INLINE_FRAGMENT
              ? extentOf(
                  selection.selectionSet,
                  selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : type,
                )
              : extentOfField(selection, type);
        depth = Math.max(depth, extent.depth);
        nodes += extent.nodes;
      }
      return { depth, nodes };
    };

    // Fields and types that are not there count as no list; another rule refuses them.
    const extentOfField = (node: FieldNode, parent: GraphQLNamedType | undefined): Extent => {
      if (node.name.value.startsWith('__')) return NOTHING;
      const field =
        isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
      const below = node.selectionSet
        ? extentOf(node.selectionSet, field && getNamedType(field.type))
        : NOTHING;
      const depth = 1 + below.depth;
      if (field === undefined || parent === undefined) return { depth, nodes: below.nodes };
      const length = lengthOf(node, field, parent);
      return { depth, nodes: length.most * ((length.isPaged ? 1 : 0) + below.nodes) };
    };

    const extentOfFragment = (name: string): Extent => {
      const known = ofFragments.get(name);
      if (known !== undefined) return known;
      ofFragments.set(name, NOTHING); // a circle ends here; another rule refuses it
      const fragment = context.getFragment(name);
      const extent = fragment
        ? extentOf(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value))
        : NOTHING;
      ofFragments.set(name, extent);
      return extent;
    };

    return {
      OperationDefinition: ({ operation, selectionSet }) => {
        const { depth, nodes } = extentOf(selectionSet, schema.getRootType(operation) ?? undefined);
        if (depth > DEEPEST_SELECTION) {
          context.reportError(
            refuse(
              `The operation is ${depth} fields deep; at most ${DEEPEST_SELECTION} are possible. Ask in several steps.`,
            ),
          );
        } else if (nodes > MOST_NODES) {
          context.reportError(
            refuse(
              `The operation could answer with ${nodes.toLocaleString('en')} objects in lists; at most ` +
                `${MOST_NODES.toLocaleString('en')} are possible. Ask for smaller pages, or in several steps; ` +
                `a page size in a variable counts as ${LONGEST_LIST}.`,
            ),
          );
        }
      },
    };
  };
}
