/**
 * The arguments of a field: read from the document once where they are constant, and once for each request where they
 * depend on its variables, however many objects the field is selected from.
 *
 * Guarantees: the same values and the same refusals as graphql-js, whose own function is asked for everything but the
 * plain cases. What several calls share is frozen: a resolver that wrote to it would fail instead of changing what
 * others see.
 */
import {
  getArgumentValues,
  isNonNullType,
  isRequiredArgument,
  Kind,
  valueFromAST,
  visit,
  BREAK,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type ValueNode,
} from 'graphql';

export type Values = Readonly<Record<string, unknown>>;

export type ArgumentsPlan =
  | { readonly kind: 'constant'; readonly values: Values }
  /** `place`: where a request keeps them. */
  | { readonly kind: 'varying'; readonly place: number; readonly parts: readonly Part[] }
  /** They cannot be had; why is told each time. */
  | { readonly kind: 'wrong' };

/** One argument: a value, or a variable's. `null`: something that only the library's function knows to read. */
type Part =
  | { readonly kind: 'value'; readonly name: string; readonly value: unknown }
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly variable: string;
      readonly isNonNull: boolean;
    }
  | {
      readonly kind: 'composed';
      readonly name: string;
      readonly node: ValueNode;
      readonly of: GraphQLArgument;
    };

const NONE: ArgumentsPlan = { kind: 'constant', values: Object.freeze({}) };
const WRONG: ArgumentsPlan = { kind: 'wrong' };

export function planArguments(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  nextPlace: () => number,
): ArgumentsPlan {
  if (field.args.length === 0) return NONE;
  if (!(node.arguments ?? []).some(({ value }) => hasVariable(value))) {
    try {
      return { kind: 'constant', values: frozen(getArgumentValues(field, node, {})) };
    } catch {
      return WRONG;
    }
  }
  const isWritten = ({ name }: GraphQLArgument) =>
    node.arguments?.some((one) => one.name.value === name) ?? false;
  if (field.args.some((of) => isRequiredArgument(of) && !isWritten(of))) return WRONG;
  return { kind: 'varying', place: nextPlace(), parts: field.args.flatMap((of) => partOf(of, node) ?? []) };
}

/** Of the arguments that are not written, those with a default have a part. */
function partOf(of: GraphQLArgument, { arguments: given = [] }: FieldNode): Part | null {
  const { name } = of;
  const value = given.find((one) => one.name.value === name)?.value;
  if (value === undefined) {
    return of.defaultValue === undefined ? null : { kind: 'value', name, value: of.defaultValue };
  }
  if (value.kind === Kind.VARIABLE) {
    return { kind: 'variable', name, variable: value.name.value, isNonNull: isNonNullType(of.type) };
  }
  return { kind: 'composed', name, node: value, of };
}

/** Throws GraphQLError, as graphql-js would. */
export function argumentsOf(
  plan: ArgumentsPlan,
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Values,
  kept: (Values | undefined)[],
): Values {
  if (plan.kind === 'constant') return plan.values;
  if (plan.kind === 'wrong') return getArgumentValues(field, node, variables);
  return (kept[plan.place] ??= Object.freeze(
    fromParts(plan.parts, variables) ?? getArgumentValues(field, node, variables),
  ));
}

/** `null`: one of them is not as it should be, or has its default; the library's function knows what that means. */
function fromParts(parts: readonly Part[], variables: Values): Values | null {
  const values: Record<string, unknown> = {};
  for (const part of parts) {
    if (part.kind === 'value') {
      values[part.name] = part.value;
      continue;
    }
    if (part.kind === 'variable' && !Object.hasOwn(variables, part.variable)) return null;
    const value =
      part.kind === 'variable' ? variables[part.variable] : valueFromAST(part.node, part.of.type, variables);
    if (value === undefined || (value === null && part.kind === 'variable' && part.isNonNull)) return null;
    values[part.name] = value;
  }
  return values;
}

function hasVariable(node: ValueNode): boolean {
  let found = false;
  visit(node, {
    Variable() {
      found = true;
      return BREAK;
    },
  });
  return found;
}

/** Lists and plain objects; what scalars made is theirs. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) return value;
  for (const member of Object.values(value)) frozen(member);
  return Object.freeze(value);
}
