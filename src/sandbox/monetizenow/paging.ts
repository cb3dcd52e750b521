/**
 * Paging, filters and sorting of the list endpoints (`backends.md` §4.5, §4.6). Guarantees pages counted from 0, ten to a
 * page, and filters that compare a member's whole text. Refuses, with 400, a page that is no whole number, a size beyond
 * 1 to 100, a status the vendor does not know and a sort member that the rows do not have; whether the vendor refuses or
 * corrects these is not known. Unknown parameters are ignored. Left out: filters on amounts and on createDate and
 * modifyDate, whose meaning (on, since?) is not documented; descending order, whose spelling is not.
 */
import type { EmulatedReply } from '../types.js';
import type { Wire } from './present.js';

export interface ListRules<T> {
  /** Parameters that filter by the member of the same name. */
  readonly filters: readonly string[];
  readonly statuses: readonly string[];
  show(row: T): Wire;
}

const MAX_PAGE_SIZE = 100;

const refusal = (message: string): EmulatedReply => ({ status: 400, json: { message } });

function wholeNumber(text: string | null, fallback: number): number {
  if (text === null) return fallback;
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}

function sorted(rows: readonly Wire[], member: string): Wire[] {
  const keyOf = (row: Wire): string => String(row[member]);
  const collator = new Intl.Collator('en', { numeric: true });
  return rows.toSorted((a, b) => collator.compare(keyOf(a), keyOf(b)));
}

export function listReply<T>(rows: readonly T[], query: URLSearchParams, rules: ListRules<T>): EmulatedReply {
  const pageNumber = wholeNumber(query.get('currentPage'), 0);
  const pageSize = wholeNumber(query.get('pageSize'), 10);
  if (Number.isNaN(pageNumber)) return refusal('currentPage must be a whole number, counted from 0');
  if (!(pageSize >= 1 && pageSize <= MAX_PAGE_SIZE)) {
    return refusal(`pageSize must be a whole number from 1 to ${MAX_PAGE_SIZE}`);
  }
  const status = query.get('status');
  if (status !== null && !rules.statuses.includes(status)) {
    return refusal(`status must be one of ${rules.statuses.join(', ')}`);
  }
  const wanted = rules.filters.filter((name) => query.has(name));
  const sort = query.get('sort');
  // Rows are shown before they are filtered only where something asks about what they show.
  const isPlain = wanted.length === 0 && sort === null;
  const from = pageNumber * pageSize;
  const cut = <R>(all: readonly R[]): R[] => all.slice(from, from + pageSize);
  let total = rows.length;
  let content: Wire[];
  if (isPlain) {
    content = cut(rows).map((row) => rules.show(row));
  } else {
    const matching = rows
      .map((row) => rules.show(row))
      .filter((row) => wanted.every((name) => String(row[name]) === query.get(name)));
    if (sort !== null && matching.some((row) => !Object.hasOwn(row, sort))) {
      return refusal(`sort must name a member of the rows, not ${sort}`);
    }
    total = matching.length;
    content = cut(sort === null ? matching : sorted(matching, sort));
  }
  return {
    status: 200,
    json: {
      content,
      totalElements: total,
      totalPages: Math.ceil(total / pageSize),
      pageable: { pageNumber, pageSize },
    },
  };
}
