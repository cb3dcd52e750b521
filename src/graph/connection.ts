/**
 * Relay connections over lists that are at hand in full.
 *
 * Guarantees: with any page size every item appears exactly once, also when items come and go between pages, because a
 * cursor is a place in the order and not a count. Refuses cursors of another list or order: they never mean page one.
 */
import { hash } from 'node:crypto';
import { badInput } from './errors.js';

export const LARGEST_PAGE = 100;

export interface PageArguments {
  readonly first: number;
  readonly after?: string | null | undefined;
}

/** Place of an item in its list; compared member by member by the list's own rule. */
export type SortKey = readonly (string | number | null)[];

/** A list with its order. `name` becomes part of every cursor. */
export interface Order<Item> {
  readonly name: string;
  readonly keyOf: (item: Item) => SortKey;
  readonly compare: (a: SortKey, b: SortKey) => number;
}

export interface Edge<Item> {
  readonly cursor: string;
  readonly node: Item;
}

export interface Connection<Item> {
  readonly edges: readonly Edge<Item>[];
  readonly nodes: readonly Item[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const VERSION = 1;

function checksum(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 6);
}

export function encodeCursor(list: string, key: SortKey): string {
  const text = JSON.stringify([VERSION, list, ...key]);
  return Buffer.from(checksum(text) + text, 'utf8').toString('base64url');
}

/** An edge whose cursor is made when somebody looks at it: most pages show none, and each costs a hash. */
export class EdgeAt<Item> implements Edge<Item> {
  readonly #list: string;
  readonly #key: SortKey;
  readonly node: Item;

  constructor(list: string, node: Item, key: SortKey) {
    this.#list = list;
    this.#key = key;
    this.node = node;
  }

  get cursor(): string {
    return encodeCursor(this.#list, this.#key);
  }
}

/** `null` for text of another form: a checksum is no signature, so a cursor can be anybody's. */
function membersOf(text: string): SortKey | null {
  try {
    const members: unknown = JSON.parse(text);
    if (!Array.isArray(members)) return null;
    const isKey = members.every(
      (value) => value === null || typeof value === 'string' || typeof value === 'number',
    );
    return isKey ? (members as SortKey) : null;
  } catch {
    return null;
  }
}

/** Throws BAD_USER_INPUT for a cursor that this list did not give out. */
export function decodeCursor(list: string, cursor: string): SortKey {
  if (cursor.length <= 1000 && /^[A-Za-z0-9_-]+$/.test(cursor)) {
    const decoded = Buffer.from(cursor, 'base64url').toString('utf8');
    const text = decoded.slice(6);
    const members = checksum(text) === decoded.slice(0, 6) ? membersOf(text) : null;
    if (members !== null) {
      const [version, name, ...key] = members;
      if (version === VERSION && name === list) return key;
      throw badInput(
        '`after` belongs to another list or another order. Give a cursor of this list, or leave it out.',
      );
    }
  }
  throw badInput('`after` is not a cursor. Give one that this list returned, or leave it out.');
}

/** Throws BAD_USER_INPUT unless 1 ≤ first ≤ 100. */
export function checkPageSize(first: number): void {
  if (first >= 1 && first <= LARGEST_PAGE) return;
  throw badInput(`\`first\` must be from 1 to ${LARGEST_PAGE}; it is ${first}.`);
}

export function pageOf<Item>(
  items: readonly Item[],
  order: Order<Item>,
  page: PageArguments,
): Connection<Item> {
  const keyed = items
    .map((node) => ({ node, key: order.keyOf(node) }))
    .sort((a, b) => order.compare(a.key, b.key));
  const ordered = keyed.map(({ node }) => node);
  return pageOfOrdered(ordered, order, page);
}

/** The same of items that are in that order already: no more of them are looked at than the page needs. */
export function pageOfOrdered<Item>(
  items: readonly Item[],
  order: Order<Item>,
  page: PageArguments,
): Connection<Item> {
  checkPageSize(page.first);
  const after = page.after == null ? null : decodeCursor(order.name, page.after);
  const from = after === null ? 0 : firstThat(items, (item) => order.compare(order.keyOf(item), after) > 0);
  const edges = items
    .slice(from, from + page.first)
    .map((node) => new EdgeAt(order.name, node, order.keyOf(node)));
  return connectionOf(edges, from + page.first < items.length, after !== null);
}

/** The place of the first item that is one, where all behind it are, too; behind the last if none is. */
export function firstThat<Item>(items: readonly Item[], isOne: (item: Item) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isOne(items[middle] as Item)) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function connectionOf<Item>(
  edges: readonly Edge<Item>[],
  hasNextPage: boolean,
  hasPreviousPage: boolean,
  /** Where the next page begins, if that is not behind the last edge. */
  endCursor?: string | null,
): Connection<Item> {
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: new PageInfo(edges, hasNextPage, hasPreviousPage, endCursor),
  };
}

/** Cursors are made when they are asked for. A class: an object with accessors of its own outlives its request by far. */
class PageInfo {
  constructor(
    private readonly edges: readonly Edge<unknown>[],
    readonly hasNextPage: boolean,
    readonly hasPreviousPage: boolean,
    private readonly end: string | null | undefined,
  ) {}

  get startCursor(): string | null {
    return this.edges[0]?.cursor ?? null;
  }

  get endCursor(): string | null {
    return this.end === undefined ? (this.edges.at(-1)?.cursor ?? null) : this.end;
  }
}

/** Compares two values of a sort key; `null` goes where it is told. */
export function compareValues(
  a: string | number | null | undefined,
  b: string | number | null | undefined,
  nulls: 'first' | 'last' = 'last',
): number {
  if (a === b) return 0;
  if (a == null) return nulls === 'last' ? 1 : -1;
  if (b == null) return nulls === 'last' ? -1 : 1;
  return a < b ? -1 : 1;
}

/** An order by keys of text and numbers, ascending member by member, `null` last; `descending` turns the first member. */
export function orderBy<Item>(
  name: string,
  keyOf: (item: Item) => SortKey,
  direction: 'ascending' | 'descending' = 'ascending',
): Order<Item> {
  return {
    name,
    keyOf,
    compare(a, b) {
      for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
        const x = a[i] ?? null;
        const y = b[i] ?? null;
        const isTurned = i === 0 && direction === 'descending' && x !== null && y !== null;
        const difference = isTurned ? compareValues(y, x) : compareValues(x, y);
        if (difference !== 0) return difference;
      }
      return 0;
    },
  };
}
