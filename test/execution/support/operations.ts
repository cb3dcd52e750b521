/**
 * Valid operations over any schema: aliases, fragments that overlap, conditions by value and by variable, arguments by
 * value, by variable and composed of both, interfaces and unions. The same field under the same name has the same
 * arguments wherever it stands, so that selections are merged and never contradict one another.
 */
import {
  GraphQLBoolean,
  GraphQLNonNull,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import type { Draws } from '../../fuzz/draws.js';

export interface Operation {
  readonly text: string;
  /** Several sets for the same text; some of them are refused. */
  readonly variables: readonly (Readonly<Record<string, unknown>> | undefined)[];
}

/** Values of scalars that are none of the language, as they are sent. */
export type Scalars = Readonly<Record<string, readonly unknown[]>>;

const WRONG: readonly unknown[] = [null, 'wrong', -1, 1.5, 2 ** 40, true, [], {}, ['wrong'], { wrong: 1 }];

interface Variable {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly isDefaulted: boolean;
  readonly text: string;
}

type Field = GraphQLField<unknown, unknown>;

class Writer {
  readonly variables: Variable[] = [];
  readonly fragments: string[] = [];
  /** By field and name in the answer. */
  readonly #calls = new Map<string, string>();
  readonly #byType = new Map<string, string[]>();
  #left: number;
  readonly #draws: Draws;
  readonly #schema: GraphQLSchema;
  readonly #scalars: Scalars;

  constructor(draws: Draws, schema: GraphQLSchema, scalars: Scalars) {
    this.#draws = draws;
    this.#schema = schema;
    this.#scalars = scalars;
    this.#left = draws.from(4, 60);
  }

  /** A value as it is sent. */
  value(type: GraphQLInputType, depth = 0): unknown {
    const draws = this.#draws;
    if (!isNonNullType(type) && draws.chance(0.1)) return null;
    const nullable = getNullableType(type);
    if (isListType(nullable)) {
      return Array.from({ length: draws.below(3) }, () => this.value(nullable.ofType, depth + 1));
    }
    if (isEnumType(nullable)) return draws.pick(nullable.getValues()).name;
    if (isInputObjectType(nullable)) {
      const fields = Object.values(nullable.getFields());
      if (nullable.isOneOf) {
        const one = draws.pick(fields);
        return { [one.name]: this.value(new GraphQLNonNull(getNullableType(one.type)), depth + 1) };
      }
      const given = fields.filter((one) => isRequiredInputField(one) || (depth < 3 && draws.chance(0.4)));
      return Object.fromEntries(given.map((one) => [one.name, this.value(one.type, depth + 1)]));
    }
    switch (nullable.name) {
      case 'Int':
        return draws.from(-2, 100);
      case 'Float':
        return draws.pick([0, 1.5, -2]);
      case 'Boolean':
        return draws.chance(0.5);
      default:
        return draws.pick(this.#scalars[nullable.name] ?? ['a', '', 'b "c"']);
    }
  }

  /** A value as it is written, perhaps with variables inside. */
  #written(type: GraphQLInputType, value: unknown, mayVary: boolean): string {
    const draws = this.#draws;
    const nullable = getNullableType(type);
    if (mayVary && draws.chance(0.2)) return this.#variable(type);
    if (value === null) return 'null';
    if (Array.isArray(value)) {
      if (!isListType(nullable)) throw new TypeError('a list for something else');
      return `[${value.map((one) => this.#written(nullable.ofType, one, mayVary)).join(', ')}]`;
    }
    if (isInputObjectType(nullable)) {
      const fields = nullable.getFields();
      const members = Object.entries(value as object).map(
        // A variable in a `@oneOf` would have to be there always.
        ([name, one]) => `${name}: ${this.#written(fields[name]!.type, one, mayVary && !nullable.isOneOf)}`,
      );
      return `{ ${members.join(', ')} }`;
    }
    return isEnumType(nullable) ? String(value) : JSON.stringify(value);
  }

  #variable(type: GraphQLInputType): string {
    const known = this.variables.find((one) => String(one.type) === String(type));
    if (known !== undefined && this.#draws.chance(0.5)) return `$${known.name}`;
    const name = this.#draws.pick(['v', 'toString', '__proto__', 'x']) + String(this.variables.length);
    const isDefaulted = this.#draws.chance(0.3);
    const written = isDefaulted ? ` = ${this.#written(type, this.value(type), false)}` : '';
    this.variables.push({ name, type, isDefaulted, text: `$${name}: ${String(type)}${written}` });
    return `$${name}`;
  }

  #arguments(field: Field): string {
    const draws = this.#draws;
    const given = field.args.filter((one) => isRequiredArgument(one) || draws.chance(0.5));
    if (given.length === 0) return '';
    const texts = given.map((one) => {
      const text = draws.chance(0.3)
        ? this.#variable(one.type)
        : this.#written(one.type, this.value(one.type), draws.chance(0.5));
      return `${one.name}: ${text}`;
    });
    return `(${texts.join(', ')})`;
  }

  #directive(): string {
    const draws = this.#draws;
    if (!draws.chance(0.1)) return '';
    const condition = draws.chance(0.3)
      ? String(draws.chance(0.5))
      : this.#variable(new GraphQLNonNull(GraphQLBoolean));
    return ` @${draws.pick(['include', 'skip'])}(if: ${condition})`;
  }

  field(parent: GraphQLNamedType, field: Field, depth: number): string {
    this.#left -= 1;
    const type = getNamedType(field.type);
    const place = this.#draws.below(2);
    const key = `${parent.name}_${field.name}_${place}`;
    const isPlain = field.args.length === 0 && place === 0 && isSameEverywhere(this.#schema, field);
    const known = this.#calls.get(key);
    const call = known ?? `${isPlain ? '' : `${key}: `}${field.name}${this.#arguments(field)}`;
    this.#calls.set(key, call);
    const begun = `${call}${this.#directive()}`;
    return isCompositeType(type) ? `${begun} ${this.selection(type, depth + 1)}` : begun;
  }

  selection(type: GraphQLCompositeType, depth: number): string {
    const draws = this.#draws;
    const parts: string[] = [];
    if (draws.chance(0.2)) parts.push(`${draws.pick(['', '', '__proto__: ', 'toString: '])}__typename`);
    const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    const reachable = fields.filter((one) => depth < 6 || !isCompositeType(getNamedType(one.type)));
    for (let n = draws.from(1, 5); n > 0 && reachable.length > 0 && this.#left > 0; n -= 1) {
      parts.push(this.field(type, draws.pick(reachable), depth));
    }
    if (isAbstractType(type)) {
      for (const possible of this.#schema.getPossibleTypes(type)) {
        if (this.#left > 0 && draws.chance(0.3)) parts.push(this.#fragment(possible, depth, true));
      }
    } else {
      if (this.#left > 0 && draws.chance(0.15)) parts.push(this.#fragment(type, depth, false));
      const wider = type.getInterfaces?.() ?? [];
      const [one] = wider;
      if (one !== undefined && this.#left > 0 && draws.chance(0.2))
        parts.push(this.#fragment(one, depth, true));
    }
    if (parts.length === 0) parts.push('__typename');
    return `{ ${parts.join(' ')} }`;
  }

  #fragment(type: GraphQLCompositeType, depth: number, isConditional: boolean): string {
    const draws = this.#draws;
    const directive = this.#directive();
    const known = this.#byType.get(type.name) ?? [];
    if (known.length > 0 && draws.chance(0.4)) return `...${draws.pick(known)}${directive}`;
    if (draws.chance(0.5)) {
      const condition = isConditional || draws.chance(0.5) ? ` on ${type.name}` : '';
      return `...${condition}${directive} ${this.selection(type, depth)}`;
    }
    const name = `F${this.fragments.length}`;
    this.fragments.push('');
    const at = this.fragments.length - 1;
    this.fragments[at] = `fragment ${name} on ${type.name} ${this.selection(type, depth)}`;
    // Known only when it is whole: none may spread itself.
    known.push(name);
    this.#byType.set(type.name, known);
    return `...${name}${directive}`;
  }
}

const shapes = new WeakMap<GraphQLSchema, Map<string, Set<string>>>();

/** Whether all fields of that name have one type and no arguments. */
function isSameEverywhere(schema: GraphQLSchema, { name }: Field): boolean {
  let known = shapes.get(schema);
  if (known === undefined) {
    known = new Map();
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type) && !isInterfaceType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        const shape = field.args.length > 0 ? 'arguments' : String(field.type);
        known.set(field.name, (known.get(field.name) ?? new Set()).add(shape));
      }
    }
    shapes.set(schema, known);
  }
  const found = known.get(name) ?? new Set();
  return found.size === 1 && !found.has('arguments');
}

export function operationOf(draws: Draws, schema: GraphQLSchema, scalars: Scalars = {}): Operation {
  const writer = new Writer(draws, schema, scalars);
  const mutation = schema.getMutationType();
  const isMutation = mutation != null && draws.chance(0.2);
  const root = isMutation ? mutation : schema.getQueryType()!;
  const selected = writer.selection(root, 1);
  const extra = !isMutation && draws.chance(0.05) ? ' { __schema { queryType { name } } ' : '{';
  const declared = writer.variables.map(({ text }) => text).join(', ');
  const { variables } = writer;
  const sets = [0, 0.02, 0.3].map((wrong) =>
    Object.fromEntries(
      variables
        .filter(({ type, isDefaulted }) => {
          const mayBeMissing = isDefaulted || !isNonNullType(type);
          return !draws.chance(mayBeMissing ? 0.4 : wrong / 2);
        })
        .map(({ name, type }) => [name, draws.chance(wrong) ? draws.pick(WRONG) : writer.value(type)]),
    ),
  );
  return {
    text: [
      `${isMutation ? 'mutation' : 'query'} Made${declared === '' ? '' : `(${declared})`} ${extra}${selected.slice(1)}`,
      ...writer.fragments,
    ].join('\n'),
    variables: [...sets, ...(draws.chance(0.1) ? [undefined] : [])],
  };
}
