/**
 * Runs a planned operation.
 *
 * Guarantees: what graphql-js answers, with the same errors: fields of an object beside one another, those of a mutation
 * one after another, a value completed when it is there, nulls that go up to where they may be. It waits for promises
 * as graphql-js does, turn by turn, so that of several failures the same ones are told. What needs no waiting makes no
 * promise; paths and descriptions of fields are made for those who look at them.
 */
import {
  defaultTypeResolver,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type ResponsePath as Path,
} from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import { argumentsOf, type Values } from './arguments.js';
import type { Errors } from './errors.js';
import {
  ABSTRACT,
  FLAG,
  INTEGER,
  LEAF,
  LIST,
  REAL,
  TEXT,
  OBJECT,
  type FieldPlan,
  type OperationPlan,
  type Selection,
  type ValuePlan,
} from './plan.js';
import { runtimeTypeOf, wrongObject } from './runtime-type.js';

export interface Run {
  readonly plan: OperationPlan;
  readonly rootValue: unknown;
  readonly context: unknown;
  readonly variables: Record<string, unknown>;
  readonly errors: Errors;
  /** Arguments that depend on variables, once they are read. */
  readonly arguments: (Values | undefined)[];
}

export type Data = Record<string, unknown>;

/** Throws, or rejects with, what makes the whole answer null. */
export function runOperation(run: Run, root: Selection): Data | Promise<Data> {
  const fields = root.fieldsFor(run.variables);
  return run.plan.operation.operation === 'mutation'
    ? runInTurn(run, fields)
    : runBeside(run, fields, run.rootValue, undefined);
}

/** A name of this kind would be taken for something else by an ordinary object. */
const PROTOTYPE = '__proto__';

function put(data: Data, key: string, value: unknown): void {
  if (key === PROTOTYPE) {
    Object.defineProperty(data, key, { value, writable: true, enumerable: true, configurable: true });
  } else data[key] = value;
}

function runInTurn(run: Run, fields: readonly FieldPlan[]): Data | Promise<Data> {
  const data: Data = {};
  const one = (plan: FieldPlan): Data | Promise<Data> => {
    const value = runField(run, plan, run.rootValue, undefined);
    if (value instanceof Promise) {
      return value.then((settled) => {
        put(data, plan.key, settled);
        return data;
      });
    }
    put(data, plan.key, value);
    return data;
  };
  let done: Data | Promise<Data> = data;
  for (const plan of fields) done = done instanceof Promise ? done.then(() => one(plan)) : one(plan);
  return done;
}

function runBeside(
  run: Run,
  fields: readonly FieldPlan[],
  source: unknown,
  path: Path | undefined,
): Data | Promise<Data> {
  const data: Data = {};
  let pending: string[] | null = null;
  try {
    for (const plan of fields) {
      const { key } = plan;
      const value = plan.constant ?? runField(run, plan, source, path);
      if (key === PROTOTYPE) put(data, key, value);
      else data[key] = value;
      if (value instanceof Promise) {
        if (pending === null) pending = [key];
        else pending.push(key);
      }
    }
  } catch (error) {
    if (pending === null) throw error;
    // The others are waited for: what fails in them is still told.
    return settled(data, pending).finally(() => {
      throw error;
    });
  }
  return pending === null ? data : settled(data, pending);
}

/** With the values of what is pending in their places. */
function settled(data: Data, pending: readonly string[]): Promise<Data> {
  return Promise.all(pending.map((key) => data[key])).then((values) => {
    for (let at = 0; at < pending.length; at += 1) put(data, pending[at] ?? '', values[at]);
    return data;
  });
}

function runField(run: Run, plan: FieldPlan, source: unknown, above: Path | undefined): unknown {
  const { value, nodes } = plan;
  // Of values that nothing is below of, nobody asks for it unless they fail.
  let path: Path | null = value.kind === LEAF ? null : pathTo(plan, above);
  try {
    let info: GraphQLResolveInfo | null = null;
    let result: unknown;
    if (plan.resolve !== null) {
      path ??= pathTo(plan, above);
      info = infoOf(run, plan, path);
      const given = argumentsOf(plan.arguments, plan.field, nodes[0], run.variables, run.arguments);
      result = plan.resolve(source, given, run.context, info);
    } else {
      if (plan.arguments.kind !== 'constant') {
        argumentsOf(plan.arguments, plan.field, nodes[0], run.variables, run.arguments);
      }
      result = hasProperties(source) ? source[plan.name] : undefined;
      if (plan.needsInfo) info = infoOf(run, plan, (path ??= pathTo(plan, above)));
      if (typeof result === 'function') {
        info ??= infoOf(run, plan, (path ??= pathTo(plan, above)));
        const given = argumentsOf(plan.arguments, plan.field, nodes[0], run.variables, run.arguments);
        result = (source as Record<string, Method>)[plan.name]?.(given, run.context, info);
      }
    }
    const completed =
      typeof result === 'object' && result !== null && isThenable(result)
        ? completeLater(run, plan, value, (path ??= pathTo(plan, above)), info, result)
        : complete(run, plan, value, path, info, result);
    return completed instanceof Promise
      ? settleLater(run, plan, value, (path ??= pathTo(plan, above)), completed)
      : completed;
  } catch (raw) {
    return run.errors.settle(raw, nodes, path ?? pathTo(plan, above), value.isNonNull);
  }
}

// Functions that hold on to what surrounds them are made in functions of their own: where one might be made, all that it
// would hold on to is put aside at each call, for a field that waits and for the hundred that do not.

function completeLater(
  run: Run,
  plan: FieldPlan,
  value: ValuePlan,
  path: Path,
  info: GraphQLResolveInfo | null,
  result: PromiseLike<unknown>,
): Promise<unknown> {
  return after(result, (resolved) => complete(run, plan, value, path, info, resolved));
}

function settleLater(
  { errors }: Run,
  { nodes }: FieldPlan,
  { isNonNull }: ValuePlan,
  path: Path,
  completed: Promise<unknown>,
): Promise<unknown> {
  return completed.then(undefined, (raw: unknown) => errors.settle(raw, nodes, path, isNonNull));
}

type Method = (...given: unknown[]) => unknown;

function hasProperties(source: unknown): source is Record<string, unknown> {
  return (typeof source === 'object' && source !== null) || typeof source === 'function';
}

function isThenable(value: object): value is PromiseLike<unknown> {
  return typeof (value as { readonly then?: unknown }).then === 'function';
}

/** What is waited for is a promise of this language, whoever's the first one was. */
function after<T>(value: PromiseLike<unknown>, next: (resolved: unknown) => T | Promise<T>): Promise<T> {
  const promise = value.then(next);
  return promise instanceof Promise ? promise : Promise.resolve(promise);
}

function pathTo({ key, parent }: FieldPlan, above: Path | undefined): Path {
  return { prev: above, key, typename: parent.name };
}

function infoOf({ plan, rootValue, variables }: Run, field: FieldPlan, path: Path): GraphQLResolveInfo {
  return {
    fieldName: field.name,
    fieldNodes: field.nodes,
    returnType: field.field.type,
    parentType: field.parent,
    path,
    schema: plan.schema,
    fragments: plan.fragments as GraphQLResolveInfo['fragments'],
    rootValue,
    operation: plan.operation,
    variableValues: variables,
  };
}

/** `path`: there for everything but leaves. `info`: there where `needsInfo` says so. */
function complete(
  run: Run,
  plan: FieldPlan,
  value: ValuePlan,
  path: Path | null,
  info: GraphQLResolveInfo | null,
  result: unknown,
): unknown {
  if (result instanceof Error) throw result;
  if (result === null || result === undefined) {
    if (!value.isNonNull) return null;
    throw new Error(`Cannot return null for non-nullable field ${plan.parent.name}.${plan.name}.`);
  }
  if (value.kind === LEAF) return leafOf(value, result);
  if (path === null) throw new TypeError('a value with something below it has no path');
  switch (value.kind) {
    case LIST:
      return completeList(run, plan, value.item, path, info, result);
    case OBJECT:
      return completeObject(run, plan, value.below, path, info, result);
    case ABSTRACT:
      return completeAbstract(run, plan, value, path, info, result);
  }
}

const LARGEST_INTEGER = 2_147_483_647;

function leafOf({ form, type }: ValuePlan & { kind: typeof LEAF }, result: unknown): unknown {
  switch (typeof result) {
    case 'string':
      if (form === TEXT) return result;
      break;
    case 'boolean':
      if (form === FLAG) return result;
      break;
    case 'number':
      if (form === INTEGER && Number.isInteger(result) && Math.abs(result) <= LARGEST_INTEGER) return result;
      if (form === REAL && Number.isFinite(result)) return result;
      break;
    default:
  }
  const serialized: unknown = type.serialize(result);
  if (serialized !== null && serialized !== undefined) return serialized;
  throw new Error(
    `Expected \`${inspect(type)}.serialize(${inspect(result)})\` to return non-nullable value, returned: ` +
      inspect(serialized),
  );
}

function completeList(
  run: Run,
  plan: FieldPlan,
  item: ValuePlan,
  path: Path,
  info: GraphQLResolveInfo | null,
  result: {},
): unknown[] | Promise<unknown[]> {
  if (typeof result !== 'object' || !isIterable(result)) {
    throw new GraphQLError(
      `Expected Iterable, but did not find one for field "${plan.parent.name}.${plan.name}".`,
    );
  }
  let isPending = false;
  const items: unknown[] = [];
  try {
    if (Array.isArray(result)) {
      for (let at = 0; at < result.length; at += 1) {
        const completed = completeItem(run, plan, item, path, at, info, result[at]);
        if (completed instanceof Promise) isPending = true;
        items.push(completed);
      }
    } else {
      for (const value of result) {
        const completed = completeItem(run, plan, item, path, items.length, info, value);
        if (completed instanceof Promise) isPending = true;
        items.push(completed);
      }
    }
  } catch (error) {
    // Nobody will look at those that are under way, or at what was not looked at yet.
    forget(items);
    if (Array.isArray(result)) forget(result.slice(items.length));
    throw error;
  }
  return isPending ? Promise.all(items) : items;
}

/** Promises that nobody waits for may fail. Only those that are under way: others may begin when they are asked. */
function forget(items: readonly unknown[]): void {
  for (const item of items) if (item instanceof Promise) item.catch(() => undefined);
}

function isIterable(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value && typeof value[Symbol.iterator] === 'function';
}

function completeItem(
  run: Run,
  plan: FieldPlan,
  item: ValuePlan,
  list: Path,
  key: number,
  info: GraphQLResolveInfo | null,
  result: unknown,
): unknown {
  let path: Path | null = item.kind === LEAF ? null : { prev: list, key, typename: undefined };
  try {
    const completed =
      typeof result === 'object' && result !== null && isThenable(result)
        ? completeLater(run, plan, item, (path ??= { prev: list, key, typename: undefined }), info, result)
        : complete(run, plan, item, path, info, result);
    return completed instanceof Promise
      ? settleLater(run, plan, item, (path ??= { prev: list, key, typename: undefined }), completed)
      : completed;
  } catch (raw) {
    return run.errors.settle(
      raw,
      plan.nodes,
      path ?? { prev: list, key, typename: undefined },
      item.isNonNull,
    );
  }
}

function completeObject(
  run: Run,
  plan: FieldPlan,
  below: Selection,
  path: Path,
  info: GraphQLResolveInfo | null,
  result: unknown,
): Data | Promise<Data> {
  const fields = below.fieldsFor(run.variables);
  const { type } = below;
  if (type.isTypeOf) {
    const isOne = type.isTypeOf(result, run.context, there(info));
    if (typeof isOne === 'object' && isThenable(isOne)) {
      return completeIfItIs(run, plan, type, fields, path, isOne, result);
    }
    if (!isOne) throw wrongObject(type, result, plan.nodes);
  }
  return runBeside(run, fields, result, path);
}

function completeIfItIs(
  run: Run,
  plan: FieldPlan,
  type: GraphQLObjectType,
  fields: readonly FieldPlan[],
  path: Path,
  isOne: PromiseLike<boolean>,
  result: unknown,
): Promise<Data> {
  return after(isOne, (isSo) => {
    if (!isSo) throw wrongObject(type, result, plan.nodes);
    return runBeside(run, fields, result, path);
  });
}

type AbstractPlan = ValuePlan & { kind: typeof ABSTRACT };

function completeAbstract(
  run: Run,
  plan: FieldPlan,
  value: AbstractPlan,
  path: Path,
  info: GraphQLResolveInfo | null,
  result: unknown,
): Data | Promise<Data> {
  const { type } = value;
  const described = there(info);
  const name: unknown = (type.resolveType ?? defaultTypeResolver)(result, run.context, described, type);
  return typeof name === 'object' && name !== null && isThenable(name)
    ? completeAsItSays(run, plan, value, path, described, name, result)
    : completeAs(run, plan, value, path, described, name, result);
}

function completeAsItSays(
  run: Run,
  plan: FieldPlan,
  value: AbstractPlan,
  path: Path,
  info: GraphQLResolveInfo,
  name: PromiseLike<unknown>,
  result: unknown,
): Promise<Data> {
  return after(name, (resolved) => completeAs(run, plan, value, path, info, resolved, result));
}

function completeAs(
  run: Run,
  plan: FieldPlan,
  { type, below }: AbstractPlan,
  path: Path,
  info: GraphQLResolveInfo,
  name: unknown,
  result: unknown,
): Data | Promise<Data> {
  const found = runtimeTypeOf(name, type, plan.nodes, info, result);
  return completeObject(run, plan, below(found), path, info, result);
}

function there(info: GraphQLResolveInfo | null): GraphQLResolveInfo {
  if (info === null) throw new TypeError('a field whose type is found out has no description');
  return info;
}
