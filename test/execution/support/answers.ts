/**
 * Resolvers for any schema that do what sources do: answer at once or later, fail at once or later, leave things out,
 * answer something that does not fit. What happens at a place depends on the place alone, so that two executions of the
 * same operation meet the same.
 */
import {
  getNullableType,
  GraphQLError,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isListType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
  isScalarType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import { drawsOf, type Draws } from '../../fuzz/draws.js';

/** What one execution sees and does. */
export interface Scene {
  readonly seed: number;
  /** How often something goes wrong: 0 to 1. */
  readonly trouble: number;
  /** How often something has to be waited for. */
  readonly slowness: number;
  /** Every call of a resolver, with what it was given. */
  readonly calls: string[];
}

type Thing = Readonly<Record<string, unknown>>;

/** Where a thing is, however it is reached. */
const places = new WeakMap<object, string>();

const OF_SCALARS: Readonly<Record<string, readonly unknown[]>> = {
  Int: [0, 1, -7, 2_147_483_647, '12', true, 2.5, 2 ** 33, 'no'],
  Float: [0, 1.5, -2, '1.25', Infinity, 'no'],
  String: ['', 'text', 7, true, { valueOf: () => 'object' }, {}],
  ID: ['id', 7, 1.5, {}],
  Boolean: [true, false, 0, 1, 'no'],
};

function draws(scene: Scene, place: string): Draws {
  return drawsOf(scene.seed, place, 0);
}

function later<T>(draw: Draws, make: () => T): Promise<T> | PromiseLike<T> {
  const turns = draw.below(6);
  const wait = async () => {
    for (let n = 0; n < turns; n += 1) await Promise.resolve();
    return make();
  };
  if (draw.chance(0.1)) {
    // A promise of somebody else's.
    return { then: (done: never, failed: never) => wait().then(done, failed) } as unknown as PromiseLike<T>;
  }
  return wait();
}

function wrong(draw: Draws, place: string): unknown {
  const kind = draw.below(7);
  if (kind === 0) throw new Error(`at once: ${place}`);
  if (kind === 1) throw new GraphQLError('with extensions', { extensions: { code: 'CODE', place } });
  if (kind === 2) return new Error(`as a value: ${place}`);
  if (kind === 3) return null;
  if (kind === 4) return undefined;
  if (kind === 5) throw `no error at all: ${place}`; // eslint-disable-line @typescript-eslint/only-throw-error
  return draw.pick<unknown>([7, 'text', {}, [], Symbol.for('odd'), () => 'called', new Map([[1, 2]])]);
}

/** What is at a place: a value of the type, or what goes wrong there. */
function at(scene: Scene, schema: GraphQLSchema, type: GraphQLOutputType, place: string): unknown {
  const draw = draws(scene, place);
  const make = (): unknown =>
    draw.chance(scene.trouble) ? wrong(draw, place) : proper(scene, schema, type, place, draw);
  return draw.chance(scene.slowness) ? later(draw, make) : make();
}

function proper(
  scene: Scene,
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  place: string,
  draw: Draws,
): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const items = Array.from({ length: draw.below(4) }, (_, n) => {
      // An item that fails at once is no item.
      try {
        return at(scene, schema, nullable.ofType, `${place}/${n}`);
      } catch (error) {
        return error instanceof Error ? error : null;
      }
    });
    return draw.chance(0.1) ? new Set(items) : items;
  }
  if (isEnumType(nullable)) return draw.pick(nullable.getValues()).value;
  if (isScalarType(nullable)) {
    const known = isSpecifiedScalarType(nullable) ? OF_SCALARS[nullable.name] : undefined;
    // The first ones fit.
    return known === undefined
      ? `${nullable.name} ${place}`
      : draw.chance(0.95)
        ? known[draw.below(2)]
        : draw.pick(known);
  }
  const types = isAbstractType(nullable) ? schema.getPossibleTypes(nullable) : [nullable];
  const of = draw.pick(types);
  return thingOf(scene, schema, of, place);
}

function thingOf(scene: Scene, schema: GraphQLSchema, type: GraphQLNamedType, place: string): Thing {
  const thing = {};
  places.set(thing, place);
  Object.defineProperty(thing, '__typename', { value: type.name, enumerable: true });
  if (!isObjectType(type)) return thing;
  for (const field of Object.values(type.getFields())) {
    const draw = draws(scene, `${type.name}.${field.name}`);
    const isMethod = draw.chance(0.1);
    Object.defineProperty(thing, field.name, {
      enumerable: true,
      get() {
        const here = `${place}.${field.name}`;
        if (!isMethod) return at(scene, schema, field.type, here);
        return (given: object, _: unknown, info: GraphQLResolveInfo) => {
          note(scene, here, given, info);
          return at(scene, schema, field.type, `${here}${JSON.stringify(given)}`);
        };
      },
    });
  }
  return thing;
}

function note(scene: Scene, place: string, given: object, info: GraphQLResolveInfo): void {
  const keys: (string | number)[] = [];
  const types: (string | undefined)[] = [];
  for (let here: typeof info.path | undefined = info.path; here !== undefined; here = here.prev) {
    keys.push(here.key);
    types.push(here.typename);
  }
  scene.calls.push(
    JSON.stringify([
      place,
      given,
      Object.keys(info),
      info.fieldName,
      info.fieldNodes.map(({ loc }) => loc?.start),
      String(info.returnType),
      info.parentType.name,
      keys,
      types,
      info.operation.name?.value,
      Object.keys(info.fragments),
      info.variableValues,
      info.rootValue === undefined,
    ]),
  );
}

/**
 * Gives fields of a schema resolvers that play scenes: the context of an execution is its scene. Some fields keep none,
 * and are properties. With `isOdd`, types are found out in every way that there is.
 */
export function playScenes(schema: GraphQLSchema, seed: number, isOdd = false): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    const draw = drawsOf(seed, type.name, 1);
    if (isObjectType(type)) {
      const isRoot = schema.getQueryType() === type || schema.getMutationType() === type;
      for (const field of Object.values(type.getFields())) {
        Object.assign(field, { resolve: undefined });
        if (!isRoot && !drawsOf(seed, `${type.name}.${field.name}`, 2).chance(0.4)) continue;
        field.resolve = (source, given, context, info) => {
          const scene = context as Scene;
          const above = typeof source === 'object' && source !== null ? (places.get(source) ?? '') : '';
          const here = `${above}.${type.name}.${field.name}`;
          note(scene, here, given as object, info);
          return at(scene, schema, field.type, `${here}${JSON.stringify(given)}`);
        };
      }
      type.isTypeOf = undefined;
      if (isOdd && draw.chance(0.4)) {
        type.isTypeOf = (value, context) => {
          const thing = value as Thing;
          const chosen = draws(context as Scene, `is ${places.get(thing as object) ?? ''}`);
          const make = () => {
            if (chosen.chance((context as Scene).trouble / 3)) throw new Error('nobody knows what it is');
            return thing['__typename'] === type.name && !chosen.chance((context as Scene).trouble / 3);
          };
          return chosen.chance(0.3) ? (later(chosen, make) as Promise<boolean>) : make();
        };
      }
    }
    if (isInterfaceType(type) || isUnionType(type)) {
      type.resolveType = undefined;
      if (draw.chance(isOdd ? 0.6 : 0.9)) {
        type.resolveType = (value, context) => {
          const thing = value as Thing;
          const place = typeof value === 'object' && value !== null ? (places.get(value) ?? '') : '';
          const chosen = draws(context as Scene, `of ${place}`);
          const make = () => {
            if (chosen.chance((context as Scene).trouble / 3)) {
              return chosen.pick<unknown>([undefined, null, 'Nothing', 'String', 'Query', 7, type]) as string;
            }
            return thing['__typename'] as string;
          };
          return isOdd && chosen.chance(0.3) ? (later(chosen, make) as Promise<string>) : make();
        };
      }
    }
    if (isScalarType(type) && !isSpecifiedScalarType(type)) {
      type.serialize = (value) => {
        if (typeof value !== 'string') throw new TypeError(`${type.name} cannot be ${typeof value}`);
        return value.endsWith('9') ? null : value;
      };
    }
  }
  return schema;
}
