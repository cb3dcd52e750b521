/**
 * Operations from the printed SDL: any fields, arguments, fragments, directives and variables that go together, with
 * values that do not always. What the schema has next, these ask for next.
 */
import {
  astFromValue,
  getNamedType,
  GraphQLBoolean,
  GraphQLInt,
  GraphQLNonNull,
  isAbstractType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  print,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import type { Draws } from './draws.js';
import { valueFor, type Known, type Nastiness, type Value } from './values.js';

export interface Operation {
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly name: string;
  readonly text: string;
  readonly variables: Readonly<Record<string, Value>>;
  /** Other values for the variables of the same text. */
  readonly again: (draws: Draws, known: Known) => Readonly<Record<string, Value>>;
}

type Make = (draws: Draws, known: Known) => Value;

interface Variable {
  readonly name: string;
  readonly type: string;
  readonly make: Make;
}

/** Fields below one another. */
const DEEPEST = 6;

class Writer {
  readonly variables: Variable[] = [];
  readonly fragments: string[] = [];
  #left: number;
  #aliases = 0;
  #directives = 0;
  readonly #draws: Draws;
  readonly #schema: GraphQLSchema;
  readonly #known: Known;
  readonly #nastiness: Nastiness;

  constructor(draws: Draws, schema: GraphQLSchema, known: Known) {
    this.#draws = draws;
    this.#schema = schema;
    this.#known = known;
    this.#left = draws.from(3, 40);
    // One bad value is enough for nothing to be done: many have none, so that something is.
    this.#nastiness = draws.pick([0, 0, 0.05, 0.3, 1]);
  }

  variable(type: GraphQLInputType, make: Make): string {
    const name = `v${this.variables.length}`;
    const usual = this.#draws.chance(0.15) ? writtenOut(make(this.#draws, this.#known), type) : null;
    this.variables.push({ name, type: `${String(type)}${usual === null ? '' : ` = ${usual}`}`, make });
    return `$${name}`;
  }

  #argument({ name, type, defaultValue }: GraphQLArgument): string | null {
    const draws = this.#draws;
    const isNeeded = isNonNullType(type) && defaultValue === undefined;
    if (!isNeeded && draws.chance(0.5)) return null;
    // Pages stay small: how large they may be is the business of other tests.
    if (name === 'first' && draws.chance(0.8)) return `first: ${draws.from(1, 5)}`;
    const make: Make = (again, things) => valueFor(again, type, name, things, this.#nastiness);
    const isInput = !['Int', 'Boolean', 'String', 'ID'].includes(getNamedType(type).name) || isListType(type);
    if (isInput || draws.chance(0.7)) return `${name}: ${this.variable(type, make)}`;
    const value = make(draws, this.#known);
    // Half of a character cannot be written into a document.
    return `${name}: ${JSON.stringify(typeof value === 'string' ? Buffer.from(value).toString() : value)}`;
  }

  #directive(): string {
    const draws = this.#draws;
    if (this.#directives >= 5 || !draws.chance(0.05)) return '';
    this.#directives += 1;
    const condition = draws.chance(0.5)
      ? String(draws.chance(0.5))
      : this.variable(new GraphQLNonNull(GraphQLBoolean), (again) => again.chance(0.5));
    return ` @${draws.pick(['include', 'skip'])}(if: ${condition})`;
  }

  field(field: GraphQLField<unknown, unknown>, depth: number): string {
    this.#left -= 1;
    const type = getNamedType(field.type);
    const given = field.args.flatMap((one) => this.#argument(one) ?? []);
    this.#aliases += 1;
    // Each its own name: two fields of one name must be the same everywhere.
    const name = given.length > 0 || !isPlain(this.#schema, field) ? `a${this.#aliases}: ` : '';
    const call = `${name}${field.name}${given.length === 0 ? '' : `(${given.join(', ')})`}${this.#directive()}`;
    return isCompositeType(type) ? `${call} ${this.selection(type, depth + 1)}` : call;
  }

  selection(type: GraphQLCompositeType, depth: number): string {
    const draws = this.#draws;
    const parts: string[] = [];
    if (draws.chance(0.15)) parts.push('__typename');
    if (isObjectType(type) || isAbstractType(type)) {
      const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
      const reachable = fields.filter((one) => depth < DEEPEST || !isCompositeType(getNamedType(one.type)));
      const chosen = new Set<GraphQLField<unknown, unknown>>();
      for (let n = draws.from(1, 5); n > 0 && reachable.length > 0 && this.#left > 0; n -= 1) {
        chosen.add(draws.pick(reachable));
      }
      for (const one of chosen) parts.push(this.field(one, depth));
    }
    if (isAbstractType(type)) {
      for (const possible of this.#schema.getPossibleTypes(type)) {
        if (this.#left > 0 && draws.chance(0.4)) {
          parts.push(`... on ${possible.name}${this.#directive()} ${this.selection(possible, depth)}`);
        }
      }
    } else if (this.#left > 0 && this.fragments.length < 5 && draws.chance(0.08)) {
      const name = `F${this.fragments.length}`;
      this.fragments.push('');
      const at = this.fragments.length - 1;
      this.fragments[at] = `fragment ${name} on ${type.name} ${this.selection(type, depth)}`;
      parts.push(`...${name}`);
    }
    return `{ ${(parts.length === 0 ? ['__typename'] : parts).join(' ')} }`;
  }
}

const plain = new WeakMap<GraphQLSchema, Map<string, string | null>>();

/** Whether fields of that name have the same type everywhere, and none has arguments. */
function isPlain(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>): boolean {
  let types = plain.get(schema);
  if (types === undefined) {
    types = new Map();
    for (const type of Object.values(schema.getTypeMap())) {
      if (!('getFields' in type)) continue;
      for (const one of Object.values(type.getFields()) as {
        name: string;
        type: unknown;
        args?: readonly unknown[];
      }[]) {
        const known = types.get(one.name);
        const isSame = known === undefined || known === String(one.type);
        const isOut = isObjectType(type as GraphQLNamedType) || isAbstractType(type as GraphQLNamedType);
        if (isOut) types.set(one.name, isSame && (one.args ?? []).length === 0 ? String(one.type) : null);
      }
    }
    plain.set(schema, types);
  }
  return types.get(field.name) !== null && !isCompositeType(getNamedType(field.type));
}

/** `null`: it cannot be, because the type does not let it through. */
function writtenOut(value: Value, type: GraphQLInputType): string | null {
  try {
    const node = astFromValue(value, type);
    const text = node == null ? null : print(node);
    // Half of a character cannot be written into a document, and others may not.
    return text !== null && !/\p{C}/u.test(text) ? text : null;
  } catch {
    return null;
  }
}

/** One operation. */
export function operationOf(draws: Draws, schema: GraphQLSchema, known: Known): Operation {
  const kind = draws.chance(0.68) ? 'query' : draws.chance(0.9) ? 'mutation' : 'subscription';
  const root = {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  }[kind];
  if (root == null) throw new Error(`the schema has no ${kind}`);
  const writer = new Writer(draws, schema, known);
  const fields = Object.values(root.getFields());
  const count = kind === 'query' ? draws.from(1, 3) : draws.chance(0.03) ? 2 : 1;
  const selected = Array.from({ length: count }, () => writer.field(draws.pick(fields), 1));
  const within = (again: Draws) => again.pick([0, 1_000, -1, 2_147_483_647]);
  const fresh =
    kind === 'query' && draws.chance(0.05)
      ? ` @fresh(within: ${draws.chance(0.5) ? within(draws) : writer.variable(new GraphQLNonNull(GraphQLInt), within)})`
      : '';
  const declared = writer.variables.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  const name = `Fuzz${draws.below(1_000)}`;
  const again = (anew: Draws, things: Known) =>
    Object.fromEntries(
      writer.variables
        // What has a default, or may be null, may be left out; what must be there seldom is.
        .filter(({ type }) => !anew.chance(type.includes('=') ? 0.6 : type.endsWith('!') ? 0.01 : 0.1))
        .map((variable) => [variable.name, variable.make(anew, things)]),
    );
  return {
    kind,
    name,
    text: [
      `${kind} ${name}${declared === '' ? '' : `(${declared})`}${fresh} { ${selected.join(' ')} }`,
      ...writer.fragments,
    ].join('\n'),
    variables: again(draws, known),
    again,
  };
}
