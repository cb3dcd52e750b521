import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  connectionOf,
  decodeCursor,
  encodeCursor,
  firstThat,
  orderBy,
  pageOf,
  pageOfOrdered,
} from '../../src/graph/connection.js';

it('says where a page begins and ends, also where the next one does not begin behind its last edge', () => {
  const edges = ['a', 'b'].map((cursor) => ({ cursor, node: cursor }));
  const page = (end?: string | null) => {
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = connectionOf(
      edges,
      true,
      false,
      end,
    ).pageInfo;
    return [hasNextPage, hasPreviousPage, startCursor, endCursor];
  };
  expect(page()).toEqual([true, false, 'a', 'b']);
  expect(page('c')).toEqual([true, false, 'a', 'c']);
  expect(page(null)).toEqual([true, false, 'a', null]);
});

interface Row {
  readonly date: string | null;
  readonly id: string;
}

const row = fc.record({
  date: fc.option(fc.constantFrom('2024-01-01', '2024-02-01', '2024-03-01'), { nil: null }),
  id: fc.stringMatching(/^[a-zA-Z0-9é]{1,4}$/),
});
const rows = fc.uniqueArray(row, { selector: ({ date, id }) => `${date}/${id}`, maxLength: 40 });

it('finds the first of those behind a place, wherever it is', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50)), fc.nat(52), (numbers, least) => {
      const sorted = [...numbers].sort((a, b) => a - b);
      const expected = sorted.findIndex((number) => number >= least);
      expect(firstThat(sorted, (number) => number >= least)).toBe(expected < 0 ? sorted.length : expected);
    }),
  );
});

it('looks at no more of a long list than a page of it needs', () => {
  const items = Array.from({ length: 50_000 }, (_, n) => String(n).padStart(5, '0'));
  let looked = 0;
  const order = orderBy<string>('long', (item) => {
    looked += 1;
    return [item];
  });
  const first = pageOfOrdered(items, order, { first: 10 });
  expect(looked).toBe(10);
  const after = encodeCursor('long', ['30000']);
  expect(pageOfOrdered(items, order, { first: 10, after }).nodes).toEqual(items.slice(30_001, 30_011));
  // Twice the page, and a few steps of halving.
  expect(looked).toBeLessThan(40);
  expect(first.pageInfo.hasNextPage).toBe(true);
});

describe.each(['ascending', 'descending'] as const)('pages in %s order', (direction) => {
  const order = orderBy<Row>('rows', ({ date, id }) => [date, id], direction);

  it('hold every item exactly once for any page size, and end', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 10 }), (items, first) => {
        const seen: Row[] = [];
        let after: string | null = null;
        for (let turn = 0; ; turn += 1) {
          expect(turn).toBeLessThanOrEqual(items.length + 1);
          const page: ReturnType<typeof pageOf<Row>> = pageOf(items, order, { first, after });
          seen.push(...page.nodes);
          if (!page.pageInfo.hasNextPage) break;
          expect(page.nodes).toHaveLength(first);
          after = page.pageInfo.endCursor;
        }
        expect(seen).toHaveLength(items.length);
        expect(new Set(seen)).toEqual(new Set(items));
      }),
    );
  });

  it('put unknown dates last', () => {
    const items = [
      { date: null, id: 'a' },
      { date: '2024-01-01', id: 'b' },
      { date: '2024-02-01', id: 'c' },
    ];
    const expected = direction === 'ascending' ? ['b', 'c', 'a'] : ['c', 'b', 'a'];
    expect(pageOf(items, order, { first: 10 }).nodes.map(({ id }) => id)).toEqual(expected);
  });
});

describe('a page', () => {
  const order = orderBy<Row>('rows', ({ date, id }) => [date, id]);
  it.each([0, -1, 101, 999_999])('of %d is refused', (first) => {
    expect(() => pageOf([], order, { first })).toThrow(/from 1 to 100/);
  });
  it('after something that is gone goes on behind its place', () => {
    const items = ['a', 'c'].map((id) => ({ date: null, id }));
    expect(pageOf(items, order, { first: 1, after: encodeCursor('rows', [null, 'b']) }).nodes).toEqual([
      items[1],
    ]);
  });
  it.each([
    ['nonsense', 'x'],
    ['nothing', ''],
    ['another list', encodeCursor('invoices', ['a'])],
    ['a changed cursor', `${encodeCursor('rows', ['a']).slice(0, -2)}AA`],
  ])('after %s is refused, and never page one', (_, after) => {
    expect(() => decodeCursor('rows', after)).toThrow(/`after`/);
    if (after !== '') expect(() => pageOf([], order, { first: 1, after })).toThrow(/`after`/);
  });
});
