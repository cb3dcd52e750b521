/**
 * What an operation costs, in points, before it runs and after: one for the operation, one for each object of its answer,
 * and ten for each call that leaves for a backend.
 *
 * Before it runs nobody knows how many there will be. Its price says how many there may be: from `@cost` and `@listSize`
 * of the SDL, the document, and the page sizes in its variables. Where a type is not known beforehand, the dearest one
 * counts. Fragments count as what they contain, wherever they are spread; aliases count each; `@skip` and `@include`
 * change nothing. Looking at the schema has a price of its own.
 *
 * Guarantees: a document is looked at once, in proportion to its length, however its fragments spread one another;
 * pricing a request takes the time of a few multiplications for each page size that is a variable; whatever the variables
 * are, a price is a number between 1 and `HIGHEST_PRICE`. The document must be valid.
 */
import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { LONGEST_LIST, lengthOfValue, lengthSaidBy, listSizeOf, slicingArgumentOf } from './list-length.js';

export const POINTS_OF_CALL = 10;
/** Of `__schema` and of `__type`, each. They ask nobody, but are work: thousands of small objects. */
export const POINTS_OF_INTROSPECTION = 100;
/** What costs more costs this: numbers stay exact, and no limit is as high. */
export const HIGHEST_PRICE = 1_000_000_000_000;

type Variables = Readonly<Record<string, unknown>>;

export interface Price {
  /** With the values of variables as they were sent; what has none has its default. */
  of(variables: Variables): number;
  /** Whatever the variables are. */
  readonly most: number;
  /** Names in the answer under which the schema is told. */
  readonly introspections: ReadonlySet<string>;
}

export interface Pricing {
  /** The operation must be of this document. */
  priceOf(document: DocumentNode, operation: OperationDefinitionNode): Price;
}

/** What came of an operation: what it would have cost, had one known. */
export function actualCost(
  data: unknown,
  calls: number,
  introspections: ReadonlySet<string> = NO_NAMES,
): number {
  let points = 1 + calls * POINTS_OF_CALL;
  if (typeof data !== 'object' || data === null) return points;
  for (const [name, value] of Object.entries(data)) {
    points += introspections.has(name) ? POINTS_OF_INTROSPECTION : objectsOnce(value);
  }
  return points;
}

/** Queries that come together are answered with the same objects. */
const counted = new WeakMap<object, number>();

function objectsOnce(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let objects = counted.get(value);
  if (objects === undefined) counted.set(value, (objects = objectsIn(value)));
  return objects;
}

const NO_NAMES: ReadonlySet<string> = new Set();

function objectsIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) {
    let objects = 0;
    for (const item of value as unknown[]) {
      // Whether the items of a list are objects shows at the first that is something.
      if (typeof item === 'object') objects += objectsIn(item);
      else break;
    }
    return objects;
  }
  let objects = 1;
  for (const name in value) {
    const member = (value as Variables)[name];
    if (typeof member === 'object') objects += objectsIn(member);
  }
  return objects;
}

const made = new WeakMap<GraphQLSchema, Pricing>();

/** The same for the same schema: what is known of its documents is known to all who ask. */
export function costOf(schema: GraphQLSchema): Pricing {
  const known = made.get(schema) ?? createPricing(schema);
  made.set(schema, known);
  return known;
}

/** The page sizes of one request, and what was computed from them: each fragment once. */
interface Sizes {
  readonly sizes: readonly number[];
  readonly fragments: (number | undefined)[];
}
/** A number, or one that depends on page sizes. */
type Amount = number | ((sizes: Sizes) => number);

const bounded = (value: number) => Math.min(value, HIGHEST_PRICE);
const amountOf = (amount: Amount, sizes: Sizes) => (typeof amount === 'number' ? amount : amount(sizes));

function combine(a: Amount, b: Amount, by: (a: number, b: number) => number): Amount {
  if (typeof a === 'number' && typeof b === 'number') return bounded(by(a, b));
  return (sizes) => bounded(by(amountOf(a, sizes), amountOf(b, sizes)));
}
const plus = (a: Amount, b: Amount): Amount =>
  a === 0 ? b : b === 0 ? a : combine(a, b, (one, other) => one + other);
const times = (a: Amount, b: Amount): Amount =>
  a === 0 || b === 0 ? 0 : a === 1 ? b : b === 1 ? a : combine(a, b, (one, other) => one * other);
const larger = (a: Amount, b: Amount): Amount =>
  a === b ? a : combine(a, b, (one, other) => Math.max(one, other));

/** What a selection costs: `fixed` once, `each` for each item of the page that it is selected from. */
interface Selected {
  readonly fixed: Amount;
  readonly each: Amount;
}

const FREE: Selected = { fixed: 0, each: 0 };

type Field = GraphQLField<unknown, unknown>;

function weightOf({ astNode }: Field | GraphQLArgument): number {
  const given = astNode?.directives?.find(({ name }) => name.value === 'cost')?.arguments?.[0]?.value;
  return given?.kind === Kind.INT ? Number(given.value) : 0;
}

/** For each type, its fields whose length is the page size of the field above: `nodes` of connections. */
function sizedFieldsOf(schema: GraphQLSchema): ReadonlySet<string> {
  const sized = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      for (const name of listSizeOf(field)?.sized ?? []) {
        sized.add(`${getNamedType(field.type).name}.${name}`);
      }
    }
  }
  return sized;
}

function createPricing(schema: GraphQLSchema): Pricing {
  const sizedFields = sizedFieldsOf(schema);
  const known = new WeakMap<OperationDefinitionNode, Price>();
  return {
    priceOf(document, operation) {
      const price = known.get(operation) ?? priceIn(schema, sizedFields, document, operation);
      known.set(operation, price);
      return price;
    },
  };
}

function priceIn(
  schema: GraphQLSchema,
  sizedFields: ReadonlySet<string>,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Price {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const variables: { readonly name: string; readonly otherwise: number }[] = [];
  const introspections = new Set<string>();
  // By selection set and the type of the object that it is selected from.
  const ofSets = new Map<SelectionSetNode, Map<string, Selected>>();
  let parts = 0;

  /** An amount that is computed once for each request, however often it is used. */
  const once = (amount: Amount): Amount => {
    if (typeof amount === 'number') return amount;
    const place = parts++;
    return (sizes) => (sizes.fragments[place] ??= amount(sizes));
  };

  const ofSet = (set: SelectionSetNode, type: GraphQLObjectType): Selected => {
    const ofTypes = ofSets.get(set) ?? new Map<string, Selected>();
    ofSets.set(set, ofTypes);
    const found = ofTypes.get(type.name);
    if (found !== undefined) return found;
    ofTypes.set(type.name, FREE); // a circle ends here; another rule refuses it
    const { fixed, each } = selected(set, type);
    const price = { fixed: once(fixed), each: once(each) };
    ofTypes.set(type.name, price);
    return price;
  };

  const selected = (set: SelectionSetNode, type: GraphQLObjectType): Selected => {
    // What has one name in the answer is read once.
    const fields = new Map<string, FieldNode[]>();
    const spreads = new Map<string, FragmentDefinitionNode>();
    const collect = ({ selections }: SelectionSetNode) => {
      for (const selection of selections) {
        if (selection.kind === Kind.FIELD) {
          const name = selection.alias?.value ?? selection.name.value;
          const same = fields.get(name);
          if (same === undefined) fields.set(name, [selection]);
          else same.push(selection);
          continue;
        }
        const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
        const fragment = isSpread ? fragments.get(selection.name.value) : selection;
        if (fragment === undefined) continue;
        const condition = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
        const fits =
          condition === undefined ||
          condition === type ||
          (isAbstractType(condition) && schema.isSubType(condition, type));
        if (!fits) continue;
        if (fragment.kind === Kind.FRAGMENT_DEFINITION) spreads.set(fragment.name.value, fragment);
        else collect(fragment.selectionSet);
      }
    };
    collect(set);
    let { fixed, each } = FREE;
    for (const [name, nodes] of fields) {
      const price = ofField(name, nodes, type);
      fixed = plus(fixed, price.fixed);
      each = plus(each, price.each);
    }
    for (const { selectionSet } of spreads.values()) {
      const price = ofSet(selectionSet, type);
      fixed = plus(fixed, price.fixed);
      each = plus(each, price.each);
    }
    return { fixed, each };
  };

  const ofField = (name: string, nodes: readonly FieldNode[], type: GraphQLObjectType): Selected => {
    const [node] = nodes;
    if (node === undefined) return FREE;
    if (node.name.value === '__schema' || node.name.value === '__type') {
      introspections.add(name);
      return { fixed: POINTS_OF_INTROSPECTION, each: 0 };
    }
    const field = type.getFields()[node.name.value];
    if (field === undefined) return FREE; // `__typename`
    let weight: Amount = weightOf(field);
    for (const argument of field.args) {
      const ofEach = weightOf(argument);
      if (ofEach > 0) weight = plus(weight, times(ofEach, sizeOf(lengthSaidBy(node, argument))));
    }
    const below = getNamedType(field.type);
    if (!isCompositeType(below)) return { fixed: weight, each: 0 };
    const size = listSizeOf(field);
    const length: Amount =
      size === null
        ? 1
        : size.slicing.length === 0
          ? (size.assumed ?? LONGEST_LIST)
          : sizeOf(lengthSaidBy(node, slicingArgumentOf(field, size)));
    const isSized = size !== null && size.sized.length > 0;
    const object = plus(1, ofObject(nodes, below, isSized ? length : 1));
    const whole = isListType(getNullableType(field.type)) && !isSized ? times(length, object) : object;
    return sizedFields.has(`${type.name}.${field.name}`)
      ? { fixed: weight, each: whole }
      : { fixed: plus(weight, whole), each: 0 };
  };

  /** What is selected from one object, of the dearest of its possible types. */
  const ofObject = (
    nodes: readonly FieldNode[],
    type: Parameters<typeof schema.getPossibleTypes>[0] | GraphQLObjectType,
    length: Amount,
  ): Amount => {
    const types = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
    let most: Amount = 0;
    for (const possible of types) {
      let here: Amount = 0;
      for (const { selectionSet } of nodes) {
        if (selectionSet === undefined) continue;
        const { fixed, each } = ofSet(selectionSet, possible);
        here = plus(here, plus(fixed, times(length, each)));
      }
      most = larger(most, here);
    }
    return most;
  };

  const sizeOf = (said: ReturnType<typeof lengthSaidBy>): Amount => {
    if (typeof said === 'number') return said;
    const definition = operation.variableDefinitions?.find(
      ({ variable }) => variable.name.value === said.variable,
    );
    const otherwise =
      definition?.defaultValue === undefined
        ? said.otherwise
        : lengthOfValue(valueFromASTUntyped(definition.defaultValue));
    const found = variables.findIndex((one) => one.name === said.variable && one.otherwise === otherwise);
    const place = found < 0 ? variables.push({ name: said.variable, otherwise }) - 1 : found;
    return ({ sizes }) => sizes[place] ?? LONGEST_LIST;
  };

  const root = schema.getRootType(operation.operation);
  const total = plus(1, root == null ? 0 : ofSet(operation.selectionSet, root).fixed);
  const most = amountOf(total, { sizes: [], fragments: [] });
  return {
    most,
    introspections,
    of: (given) =>
      typeof total === 'number'
        ? total
        : total({
            sizes: variables.map(({ name, otherwise }) =>
              Object.hasOwn(given, name) ? lengthOfValue(given[name]) : otherwise,
            ),
            fragments: [],
          }),
  };
}
