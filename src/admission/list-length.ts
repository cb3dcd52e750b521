/**
 * How long a list may become, as `@listSize` of the SDL says it: by an argument of the document, or as a guess.
 *
 * Lists that say nothing are counted by the field above them that has a page size (`sizedFields`). A test of the schema
 * holds that there are no others.
 */
import {
  Kind,
  type ConstDirectiveNode,
  type ConstValueNode,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
} from 'graphql';

/** The largest page that any list of the graph has: what a length counts as that nobody knows yet, or that is larger. */
export const LONGEST_LIST = 100;

/** What `@listSize` says of a field. */
export interface ListSize {
  /** Objects that a list without a page size is taken to have. */
  readonly assumed: number | null;
  /** Arguments of which one says how many: a number, or a list of as many. */
  readonly slicing: readonly string[];
  /** Fields of the object below that are as long; empty: the list is the field itself. */
  readonly sized: readonly string[];
}

export interface ListLength {
  /** Objects at most; 1 for a field that is no list, or that the field above it has counted. */
  readonly most: number;
  /** Whether the caller says how many. Lists that come whole with their record are counted only for what they repeat. */
  readonly isPaged: boolean;
}

type Field = GraphQLField<unknown, unknown>;

const known = new WeakMap<Field, ListSize | null>();

/** `null`: it says nothing. */
export function listSizeOf(field: Field): ListSize | null {
  const found = known.get(field);
  if (found !== undefined) return found;
  const directive = field.astNode?.directives?.find(({ name }) => name.value === 'listSize');
  const size = directive === undefined ? null : readListSize(directive);
  known.set(field, size);
  return size;
}

function readListSize({ arguments: given = [] }: ConstDirectiveNode): ListSize {
  const value = (name: string) => given.find((one) => one.name.value === name)?.value;
  const assumed = value('assumedSize');
  return {
    assumed: assumed?.kind === Kind.INT ? Number(assumed.value) : null,
    slicing: namesIn(value('slicingArguments')),
    sized: namesIn(value('sizedFields')),
  };
}

function namesIn(value: ConstValueNode | undefined): readonly string[] {
  const values = value?.kind === Kind.LIST ? value.values : value === undefined ? [] : [value];
  return values.flatMap((one) => (one.kind === Kind.STRING ? [one.value] : []));
}

/** Before the values of variables are known: they, and their defaults, count as the longest. */
export function lengthOf(node: FieldNode, field: Field, parent: GraphQLNamedType): ListLength {
  void parent;
  const size = listSizeOf(field);
  if (size === null) return { most: 1, isPaged: false };
  if (size.slicing.length === 0) return { most: size.assumed ?? LONGEST_LIST, isPaged: false };
  const said = lengthSaidBy(node, slicingArgumentOf(field, size));
  return { most: typeof said === 'number' ? said : LONGEST_LIST, isPaged: true };
}

/** A length that a document leaves to a variable. */
export interface LengthInVariable {
  readonly variable: string;
  /** If the variable has no value and no default. */
  readonly otherwise: number;
}

export function slicingArgumentOf({ args }: Field, { slicing }: ListSize): GraphQLArgument | undefined {
  return args.find(({ name }) => slicing.includes(name));
}

/** Lengths that no list accepts are refused where they are used: here they count as the next one that is possible. */
export function lengthSaidBy(
  node: FieldNode,
  argument: GraphQLArgument | undefined,
): number | LengthInVariable {
  const value = node.arguments?.find(({ name }) => name.value === argument?.name)?.value;
  const otherwise = lengthOfValue(argument?.defaultValue);
  if (value === undefined) return otherwise;
  if (value.kind === Kind.VARIABLE) return { variable: value.name.value, otherwise };
  if (value.kind === Kind.INT) return lengthOfValue(Number(value.value));
  return value.kind === Kind.LIST ? lengthOfValue(value.values) : LONGEST_LIST;
}

/** Of a value that came with a request: whatever it is, the answer is a length. */
export function lengthOfValue(value: unknown): number {
  const length: unknown = Array.isArray(value) ? value.length : value;
  return typeof length === 'number' && Number.isInteger(length)
    ? Math.min(Math.max(length, 1), LONGEST_LIST)
    : LONGEST_LIST;
}
