/**
 * What is known of an operation before it runs: for each selection and each type of object, a flat list of fields with
 * their functions, arguments and the way to complete their values. Made when it is first needed, or ahead for documents
 * that are known at start, and kept with the operation.
 *
 * Guarantees: fields are collected as the specification says, with the values of the variables in `@skip` and
 * `@include`; a selection keeps one list for each combination of theirs. Nothing here calls a resolver or makes code
 * from text.
 */
import {
  getDirectiveValues,
  getNamedType,
  getNullableType,
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLIncludeDirective,
  GraphQLInt,
  GraphQLSkipDirective,
  GraphQLString,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLLeafType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { narrow } from '../../domain/text.js';
import { planArguments, type ArgumentsPlan, type Values } from './arguments.js';

export type Field = GraphQLField<unknown, unknown>;

export interface FieldPlan {
  /** Its name in the answer. */
  readonly key: string;
  readonly field: Field;
  readonly name: string;
  readonly nodes: Nodes;
  readonly parent: GraphQLObjectType;
  /** `null`: the property of that name. */
  readonly resolve: GraphQLFieldResolver<unknown, unknown> | null;
  readonly arguments: ArgumentsPlan;
  readonly value: ValuePlan;
  /** Whether somebody will want the field described to find out of which type its value is. */
  readonly needsInfo: boolean;
  /** The answer itself, of `__typename`. */
  readonly constant: string | null;
}

/** How a value is completed. Numbers, because they are looked at for each value. */
export const LEAF = 0;
export const LIST = 1;
export const OBJECT = 2;
export const ABSTRACT = 3;

/** Leaves that most values are of pass as they are if they have the form on the right. */
export const ANY = 0;
export const TEXT = 1;
export const FLAG = 2;
export const INTEGER = 3;
export const REAL = 4;

export type ValuePlan =
  | {
      readonly kind: typeof LEAF;
      readonly isNonNull: boolean;
      readonly type: GraphQLLeafType;
      readonly form: number;
    }
  | { readonly kind: typeof LIST; readonly isNonNull: boolean; readonly item: ValuePlan }
  | { readonly kind: typeof OBJECT; readonly isNonNull: boolean; readonly below: Selection }
  | {
      readonly kind: typeof ABSTRACT;
      readonly isNonNull: boolean;
      readonly type: GraphQLAbstractType;
      readonly below: (type: GraphQLObjectType) => Selection;
    };

/** What an operation has, and what its selections share. */
export interface OperationPlan {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** `null`: the schema has no such operations. */
  readonly root: Selection | null;
}

interface Shared extends Omit<OperationPlan, 'root'> {
  /** Called with the number of fields of each list that is made. */
  readonly onMade: (fields: number) => void;
  readonly nextPlace: () => number;
}

type Nodes = [FieldNode, ...FieldNode[]];

const FORMS = new Map<GraphQLLeafType, number>([
  [GraphQLString, TEXT],
  [GraphQLID, TEXT],
  [GraphQLBoolean, FLAG],
  [GraphQLInt, INTEGER],
  [GraphQLFloat, REAL],
]);

export function planOperation(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: OperationPlan['fragments'],
  onMade: (fields: number) => void,
): OperationPlan {
  let places = 0;
  const type = schema.getRootType(operation.operation);
  const shared: Shared = { schema, operation, fragments, onMade, nextPlace: () => places++ };
  return {
    schema,
    operation,
    fragments,
    root: type == null ? null : new Selection(shared, type, [operation.selectionSet]),
  };
}

/** More combinations of conditions than this are not kept, and of so many conditions none is made ahead. */
const MOST_VARIANTS = 64;
const MOST_CONDITIONS_AHEAD = 4;

/** What is selected from an object of one type, wherever in the document. */
export class Selection {
  readonly type: GraphQLObjectType;
  readonly #plan: Shared;
  readonly #sets: readonly SelectionSetNode[];
  /** Its fields if nothing is conditional. `null`: that, or not made yet. */
  #fixed: readonly FieldPlan[] | null = null;
  /** Names of the variables that decide what is selected. `null`: not looked for yet. */
  #conditions: readonly string[] | null = null;
  readonly #variants = new Map<string, readonly FieldPlan[]>();

  constructor(plan: Shared, type: GraphQLObjectType, sets: readonly SelectionSetNode[]) {
    this.type = type;
    this.#plan = plan;
    this.#sets = sets;
  }

  /** Throws GraphQLError where a condition has no value. */
  fieldsFor(variables: Values): readonly FieldPlan[] {
    if (this.#fixed !== null) return this.#fixed;
    const conditions = (this.#conditions ??= conditionsOf(this.#sets, this.#plan.fragments));
    if (conditions.length === 0) return (this.#fixed = this.#make(variables));
    let combination = '';
    for (const name of conditions) {
      const value = variables[name];
      if (typeof value !== 'boolean') return this.#make(variables);
      combination += value ? '1' : '0';
    }
    const known = this.#variants.get(combination);
    if (known !== undefined) return known;
    const made = this.#make(variables);
    if (this.#variants.size < MOST_VARIANTS) this.#variants.set(combination, made);
    return made;
  }

  /** For every combination of conditions, if they are few. Throws GraphQLError where a condition is no constant. */
  *everyVariant(): Generator<readonly FieldPlan[]> {
    const names = (this.#conditions ??= conditionsOf(this.#sets, this.#plan.fragments));
    if (names.length > MOST_CONDITIONS_AHEAD) return;
    for (let n = 0; n < 2 ** names.length; n += 1) {
      yield this.fieldsFor(Object.fromEntries(names.map((name, place) => [name, ((n >> place) & 1) === 1])));
    }
  }

  #make(variables: Values): readonly FieldPlan[] {
    const { schema } = this.#plan;
    const collected: Collected = new Map();
    const visited = new Set<string>();
    for (const set of this.#sets) collect(this.#plan, set, this.type, variables, collected, visited);
    const fields: FieldPlan[] = [];
    for (const [key, nodes] of collected) {
      const field = fieldOf(schema, this.type, nodes[0].name.value);
      // Validation refuses such; the specification passes over them.
      if (field !== undefined) fields.push(this.#field(key, nodes, field));
    }
    this.#plan.onMade(fields.length);
    return fields;
  }

  #field(key: string, nodes: Nodes, field: Field): FieldPlan {
    return {
      key: key === field.name ? field.name : narrow(key),
      field,
      name: field.name,
      nodes,
      parent: this.type,
      resolve: field.resolve ?? null,
      arguments: planArguments(field, nodes[0], this.#plan.nextPlace),
      value: valuePlan(this.#plan, field.type, nodes),
      needsInfo: isFoundOut(getNamedType(field.type)),
      constant: field === TypeNameMetaFieldDef ? this.type.name : null,
    };
  }
}

function isFoundOut(type: GraphQLNamedType): boolean {
  return isAbstractType(type) || (isObjectType(type) && type.isTypeOf != null);
}

function valuePlan(plan: Shared, type: GraphQLOutputType, nodes: Nodes): ValuePlan {
  const isNonNull = isNonNullType(type);
  const nullable = getNullableType(type);
  if (isListType(nullable)) return { kind: LIST, isNonNull, item: valuePlan(plan, nullable.ofType, nodes) };
  if (isLeafType(nullable)) {
    return { kind: LEAF, isNonNull, type: nullable, form: FORMS.get(nullable) ?? ANY };
  }
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  if (!isAbstractType(nullable)) {
    return { kind: OBJECT, isNonNull, below: new Selection(plan, nullable, sets) };
  }
  const known = new Map<GraphQLObjectType, Selection>();
  const below = (of: GraphQLObjectType) => {
    const found = known.get(of) ?? new Selection(plan, of, sets);
    known.set(of, found);
    return found;
  };
  return { kind: ABSTRACT, isNonNull, type: nullable, below };
}

function fieldOf(schema: GraphQLSchema, type: GraphQLObjectType, name: string): Field | undefined {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  if (type === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  return type.getFields()[name];
}

type Collected = Map<string, Nodes>;

function collect(
  plan: Shared,
  { selections }: SelectionSetNode,
  type: GraphQLObjectType,
  variables: Values,
  collected: Collected,
  visited: Set<string>,
): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const name = selection.name.value;
      if (visited.has(name) || !isIncluded(selection, variables)) continue;
      visited.add(name);
      const fragment = plan.fragments[name];
      if (fragment === undefined || !fits(plan.schema, fragment, type)) continue;
      collect(plan, fragment.selectionSet, type, variables, collected, visited);
      continue;
    }
    if (!isIncluded(selection, variables)) continue;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      if (!fits(plan.schema, selection, type)) continue;
      collect(plan, selection.selectionSet, type, variables, collected, visited);
      continue;
    }
    const key = selection.alias?.value ?? selection.name.value;
    const nodes = collected.get(key);
    if (nodes === undefined) collected.set(key, [selection]);
    else nodes.push(selection);
  }
}

function isIncluded(node: SelectionNode, variables: Values): boolean {
  if ((node.directives?.length ?? 0) === 0) return true;
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false;
}

function fits(
  schema: GraphQLSchema,
  { typeCondition }: FragmentDefinitionNode | InlineFragmentNode,
  type: GraphQLObjectType,
): boolean {
  if (typeCondition === undefined) return true;
  const condition = schema.getType(typeCondition.name.value);
  return condition === type || (isAbstractType(condition) && schema.isSubType(condition, type));
}

/** The variables in `@skip` and `@include` of everything that may be selected from one object. */
function conditionsOf(sets: readonly SelectionSetNode[], fragments: Shared['fragments']): readonly string[] {
  const names = new Set<string>();
  const walked = new Set<string>();
  const walk = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      for (const { name, arguments: given = [] } of selection.directives ?? []) {
        if (name.value !== 'skip' && name.value !== 'include') continue;
        for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet);
      if (selection.kind !== Kind.FRAGMENT_SPREAD || walked.has(selection.name.value)) continue;
      walked.add(selection.name.value);
      const fragment = fragments[selection.name.value];
      if (fragment !== undefined) walk(fragment.selectionSet);
    }
  };
  for (const set of sets) walk(set);
  return [...names];
}
