/**
 * Runs a parsed query. Guarantees that all names are checked before the first record is read, that the order is total
 * (records that compare equal keep their order of creation, so that pages never overlap), and that records come out as
 * the REST API writes them: `attributes` first, parents nested or null, child results as a query of their own or null.
 */
import { LosslessNumber } from 'lossless-json';
import { invalidField, invalidType, malformedQuery, SalesforceRefusal } from '../errors.js';
import {
  type Field,
  type FieldType,
  type FieldValue,
  objectNamed,
  type SObject,
  type SRecord,
} from '../objects.js';
import type { RecordStore } from '../state.js';
import { comparable, compileCondition } from './filter.js';
import type { Ordering, Query } from './parser.js';
import { type ResolvedPath, resolvePath } from './path.js';

export interface Execution {
  /** All matches within LIMIT, before paging. */
  readonly totalSize: number;
  readonly matches: readonly SRecord[];
  /** One record as JSON; called per page only. */
  render(record: SRecord): unknown;
}

/** `versionPath` is what record urls start with, e.g. `/services/data/v59.0`. */
export function execute(query: Query, store: RecordStore, versionPath: string): Execution {
  const object = objectNamed(query.from);
  if (object === undefined) throw invalidType(query.from);
  const select = selectorOf(query, object, store);
  const matches = select(store.all(object.name));
  const render = query.count ? () => null : rendererOf(query, object, store, versionPath);
  return { totalSize: matches.length, matches: query.count ? [] : matches, render };
}

/** WHERE, ORDER BY, OFFSET and LIMIT. */
function selectorOf(
  query: Query,
  object: SObject,
  store: RecordStore,
): (records: readonly SRecord[]) => SRecord[] {
  const { where, orderBy, limit, offset = 0 } = query;
  if (offset > 2_000) {
    throw new SalesforceRefusal(400, 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000');
  }
  const holds = where === undefined ? () => true : compileCondition(where, object, store);
  const compare = comparatorOf(orderBy, object, store);
  return (records) => {
    const found = records.filter(holds);
    if (orderBy.length > 0) found.sort(compare);
    return found.slice(offset, limit === undefined ? undefined : offset + limit);
  };
}

function comparatorOf(orderBy: readonly Ordering[], object: SObject, store: RecordStore) {
  const keys = orderBy.map((ordering) => {
    const { type, read } = resolvePath(ordering.field, object, store);
    if (type === 'textarea')
      throw malformedQuery(`field '${ordering.field}' can not be sorted in a query call`);
    return { ...ordering, key: (record: SRecord) => comparable(read(record), type) };
  });
  return (a: SRecord, b: SRecord): number => {
    for (const { key, descending, nulls } of keys) {
      const left = key(a);
      const right = key(b);
      if (left === right) continue;
      if (left === null) return nulls === 'first' ? -1 : 1;
      if (right === null) return nulls === 'first' ? 1 : -1;
      return left < right !== descending ? -1 : 1;
    }
    return 0;
  };
}

type Renderer = (record: SRecord) => unknown;

function rendererOf(query: Query, object: SObject, store: RecordStore, versionPath: string): Renderer {
  const paths = query.fields.map((field) => resolvePath(field, object, store));
  const seen = new Set<string>();
  for (const path of paths) {
    const name = [...path.via, path.field].map((field) => field.name).join('.');
    if (seen.has(name)) throw invalidField(`duplicate field selected: ${name}`);
    seen.add(name);
  }
  const own = rowRenderer(paths, object, store, versionPath);
  const children = query.children.map((child) => childRenderer(child, object, store, versionPath));
  return (record) => ({ ...own(record), ...Object.fromEntries(children.map((render) => render(record))) });
}

function rowRenderer(
  paths: readonly ResolvedPath[],
  object: SObject,
  store: RecordStore,
  versionPath: string,
  depth = 0,
): (record: SRecord) => Record<string, unknown> {
  const own = paths.filter(({ via }) => via.length === depth).map(({ field }) => field);
  const byReference = new Map<Field, ResolvedPath[]>();
  for (const path of paths) {
    const reference = path.via[depth];
    if (reference !== undefined) byReference.set(reference, [...(byReference.get(reference) ?? []), path]);
  }
  const parents = [...byReference].flatMap(([reference, below]) => {
    const parent = reference.parent && objectNamed(reference.parent.object);
    if (reference.parent === undefined || parent === undefined) return [];
    const render = rowRenderer(below, parent, store, versionPath, depth + 1);
    return [{ name: reference.parent.relationship, reference: reference.name, render }];
  });
  return (record) => {
    const row: Record<string, unknown> = {
      attributes: {
        type: object.name,
        url: `${versionPath}/sobjects/${object.name}/${String(record['Id'])}`,
      },
    };
    for (const { name, type } of own) row[name] = wireValue(record[name] ?? null, type);
    for (const { name, reference, render } of parents) {
      const id = record[reference];
      const parent = typeof id === 'string' ? store.byId(id) : undefined;
      row[name] = parent === undefined ? null : render(parent);
    }
    return row;
  };
}

function childRenderer(
  query: Query,
  object: SObject,
  store: RecordStore,
  versionPath: string,
): (record: SRecord) => [string, unknown] {
  const relationship = object.children.get(query.from.toLowerCase());
  const child = relationship && objectNamed(relationship.object);
  if (relationship === undefined || child === undefined) {
    throw new SalesforceRefusal(
      400,
      'INVALID_TYPE',
      `Didn't understand relationship '${query.from}' in FROM part of query call. If you are attempting to use a ` +
        "custom relationship, be sure to append the '__r' after the custom relationship name.",
    );
  }
  if (query.count) throw malformedQuery('COUNT() is not allowed in a subquery');
  const select = selectorOf(query, child, store);
  const render = rendererOf(query, child, store, versionPath);
  return (record) => {
    const rows = select(store.childrenOf(child.name, relationship.field, String(record['Id'])));
    const result =
      rows.length === 0 ? null : { totalSize: rows.length, done: true, records: rows.map(render) };
    return [relationship.name, result];
  };
}

/** One field as the REST API writes it: doubles with a point, instants with milliseconds and +0000. */
export function wireValue(value: FieldValue, type: FieldType): unknown {
  if (typeof value !== 'number') return value;
  if (type === 'datetime') return new Date(value).toISOString().replace('Z', '+0000');
  return new LosslessNumber(Number.isInteger(value) ? `${value}.0` : String(value));
}
