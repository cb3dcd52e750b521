/** How long a document lets a list become, before anybody knows what is in it. */
import {
  getNullableType,
  isListType,
  Kind,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
} from 'graphql';

/** What a list counts whose length the document does not say: the largest page that any list of the graph has. */
export const LONGEST_LIST = 100;

export interface ListLength {
  /** Objects at most; 1 for a field that is no list, or that its connection has counted. */
  readonly most: number;
  /** Whether the caller says how many. Lists that come whole with their record are counted only for what they repeat. */
  readonly isPaged: boolean;
}

/** Arguments that say how many objects a field gives. */
const SIZES: ReadonlySet<string> = new Set(['first', 'ids']);

export function lengthOf(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  parent: GraphQLNamedType,
): ListLength {
  const size = field.args.find(({ name }) => SIZES.has(name));
  if (size) return { most: lengthSaidBy(node, size.name, size.defaultValue), isPaged: true };
  const isWhole = isListType(getNullableType(field.type)) && !parent.name.endsWith('Connection');
  return { most: isWhole ? LONGEST_LIST : 1, isPaged: false };
}

/**
 * Variables have no value yet, and their defaults bind nobody: both count as the longest. Lengths that no list accepts
 * are refused where they are used.
 */
function lengthSaidBy(node: FieldNode, argument: string, defaultValue: unknown): number {
  const value = node.arguments?.find(({ name }) => name.value === argument)?.value;
  if (value === undefined) return within(defaultValue);
  if (value.kind === Kind.INT) return within(Number(value.value));
  return within(value.kind === Kind.LIST ? value.values.length : undefined);
}

function within(length: unknown): number {
  return typeof length === 'number' ? Math.min(Math.max(length, 1), LONGEST_LIST) : LONGEST_LIST;
}
