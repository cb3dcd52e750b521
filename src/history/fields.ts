/**
 * What is different between two states of a record, member by member, in the words of the domain and as text.
 *
 * Parts of a list belong together that have the same external id, wherever they stand; without ids, by their place. A
 * member that one of the two does not have at all was not known then (an earlier release wrote it), and is no difference.
 */
import type { ChangedField } from '../domain/history.js';
import { isDecimal, printAmount, printDecimal, type CurrencyCode, type Money } from '../domain/money.js';

type Members = Readonly<Record<string, unknown>>;

export interface Differences {
  readonly fields: readonly ChangedField[];
  readonly more: number;
}

/** Said beside the fields, or about the look. */
const NOT_FIELDS = new Set(['organization', 'source', 'kind', 'externalId', 'observation']);

function isMoney(value: object): value is Money {
  const { amount, currency } = value as { readonly amount?: unknown; readonly currency?: unknown };
  return isDecimal(amount) && typeof currency === 'string' && Object.keys(value).length === 2;
}

/** `undefined`: it has members of its own. */
function textOf(value: unknown): string | null | undefined {
  if (value === null) return null;
  if (isDecimal(value)) return printDecimal(value);
  if (typeof value !== 'object') return String(value);
  return isMoney(value) ? `${printAmount(value)} ${value.currency satisfies CurrencyCode}` : undefined;
}

function idOf(element: unknown): string | null {
  if (typeof element !== 'object' || element === null) return null;
  const { linkExternalId, externalId } = element as Members;
  const id = linkExternalId ?? externalId;
  return typeof id === 'string' ? id : null;
}

/** The parts by id; by place where one has none, or two have the same. */
function partsOf(elements: readonly unknown[], isById: boolean): Map<string, unknown> {
  return new Map(elements.map((element, place) => [isById ? (idOf(element) ?? '') : String(place), element]));
}

function haveIds(elements: readonly unknown[]): boolean {
  const ids = elements.map(idOf);
  return !ids.includes(null) && new Set(ids).size === ids.length;
}

function compare(
  before: unknown,
  after: unknown,
  path: string,
  found: (path: string, before: string | null, after: string | null) => void,
): void {
  if (before === undefined || after === undefined) return;
  const was = textOf(before);
  const is = textOf(after);
  if (was !== undefined && is !== undefined) {
    if (was !== is) found(path, was, is);
    return;
  }
  // A value that has become members, or members that have become another kind of value: each is told by itself.
  if (
    was != null ||
    is != null ||
    (was === undefined && is === undefined && isList(before) !== isList(after))
  ) {
    compare(before, null, path, found);
    compare(null, after, path, found);
    return;
  }
  let isTold = false;
  const tell: typeof found = (...field) => {
    isTold = true;
    found(...field);
  };
  if (isList(before ?? after) && isList(after ?? before)) {
    const lists = [before ?? [], after ?? []] as [readonly unknown[], readonly unknown[]];
    const isById = lists.every(haveIds);
    const [old, now] = lists.map((elements) => partsOf(elements, isById)) as [
      Map<string, unknown>,
      Map<string, unknown>,
    ];
    for (const name of new Set([...old.keys(), ...now.keys()])) {
      compareParts(old, now, name, `${path}[${name}]`, tell);
    }
  } else {
    const old = (before ?? {}) as Members;
    const now = (after ?? {}) as Members;
    for (const name of new Set([...Object.keys(old), ...Object.keys(now)])) {
      const inner = path === '' ? name : `${path}.${name}`;
      compare(before === null ? null : old[name], after === null ? null : now[name], inner, tell);
    }
  }
  // Nothing in it, but there: an empty list is not the same as none.
  if (!isTold && (before === null || after === null)) {
    found(path, before === null ? null : emptyText(before), after === null ? null : emptyText(after));
  }
}

function compareParts(
  old: ReadonlyMap<string, unknown>,
  now: ReadonlyMap<string, unknown>,
  name: string,
  path: string,
  found: Parameters<typeof compare>[3],
): void {
  compare(old.has(name) ? old.get(name) : null, now.has(name) ? now.get(name) : null, path, found);
}

const isList = (value: unknown) => Array.isArray(value);
const emptyText = (value: unknown) => (isList(value) ? '[]' : '{}');

/** `null`: there was, or is, no such record. */
export function differencesOf(before: object | null, after: object | null, most: number): Differences {
  const fields: ChangedField[] = [];
  let more = 0;
  const old = before as Members | null;
  const now = after as Members | null;
  for (const name of new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])) {
    if (NOT_FIELDS.has(name)) continue;
    compare(old === null ? null : old[name], now === null ? null : now[name], name, (path, was, is) => {
      if (fields.length < most) fields.push({ path, before: was, after: is });
      else more += 1;
    });
  }
  return { fields, more };
}
