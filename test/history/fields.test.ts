/** What is said to be different is what is different. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decimal, money, type CurrencyCode } from '../../src/domain/money.js';
import { differencesOf } from '../../src/history/fields.js';
import { RECORDS } from './support/records.js';

const USD = 'USD' as CurrencyCode;
const product = (externalId: string, quantity: string) => ({
  externalId,
  committedQuantity: decimal(quantity),
});

it.each([
  ['nothing', { name: 'a' }, { name: 'a' }, []],
  ['a text', { name: 'a' }, { name: null }, [['name', 'a', null]]],
  [
    'money, with its currency and its digits',
    { committed: money(decimal('15000'), USD) },
    { committed: money(decimal('20000.5'), USD) },
    [['committed', '15000.00 USD', '20000.50 USD']],
  ],
  [
    'money that is equal',
    { committed: money(decimal('1.0'), USD) },
    { committed: money(decimal('1'), USD) },
    [],
  ],
  [
    'money that is not known any more',
    { committed: money(decimal('1'), USD) },
    { committed: null },
    [['committed', '1.00 USD', null]],
  ],
  [
    'a member of a member',
    { term: { startsOn: '2026-01-01', endsBefore: null } },
    { term: { startsOn: '2026-01-01', endsBefore: '2027-01-01' } },
    [['term.endsBefore', null, '2027-01-01']],
  ],
  [
    'parts by their ids, wherever they stand',
    { products: [product('p1', '1'), product('p2', '2')] },
    { products: [product('p2', '3'), product('p1', '1')] },
    [['products[p2].committedQuantity', '2', '3']],
  ],
  [
    'parts that came and went',
    { products: [product('p1', '1')] },
    { products: [product('p2', '2')] },
    [
      ['products[p1].externalId', 'p1', null],
      ['products[p1].committedQuantity', '1', null],
      ['products[p2].externalId', null, 'p2'],
      ['products[p2].committedQuantity', null, '2'],
    ],
  ],
  [
    'parts without ids by their place',
    { periods: [{ externalId: null, order: 1 }] },
    { periods: [{ externalId: null, order: 2 }] },
    [['periods[0].order', '1', '2']],
  ],
  [
    'an order of parts alone',
    { products: [product('p1', '1'), product('p2', '2')] },
    { products: [product('p2', '2'), product('p1', '1')] },
    [],
  ],
  [
    'something with nothing in it',
    { penalty: null },
    { penalty: { service: null } },
    [['penalty', null, '{}']],
  ],
  ['what an earlier release did not know', { name: 'a' }, { name: 'a', color: 'red' }, []],
  ['what is said beside it', { externalId: '1', kind: 'x' }, { externalId: '1', kind: 'y' }, []],
] as const)('%s', (_, before, after, expected) => {
  const { fields, more } = differencesOf(before, after, 100);
  expect(fields.map(({ path, before: was, after: is }) => [path, was, is])).toEqual(expected);
  expect(more).toBe(0);
});

it('of a record that appears everything it has is told, and of one that is gone everything it had', () => {
  const record = {
    externalId: 'c1',
    name: 'a',
    statusText: null,
    term: { startsOn: '2026-01-01', endsBefore: null },
  };
  expect(differencesOf(null, record, 100).fields).toEqual([
    { path: 'name', before: null, after: 'a' },
    { path: 'term.startsOn', before: null, after: '2026-01-01' },
  ]);
  expect(differencesOf(record, null, 100).fields).toEqual([
    { path: 'name', before: 'a', after: null },
    { path: 'term.startsOn', before: '2026-01-01', after: null },
  ]);
});

it('beyond the most, the rest is counted', () => {
  const [before, after] = [0, 1].map((n) =>
    Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`m${i}`, n])),
  );
  const { fields, more } = differencesOf(before!, after!, 4);
  expect([fields.length, more]).toEqual([4, 5]);
});

it('differences are the same in both directions, and none between equals', () => {
  fc.assert(
    fc.property(RECORDS.RESOURCE_COMMITMENT, RECORDS.RESOURCE_COMMITMENT, (a, b) => {
      expect(differencesOf(a, a, Infinity).fields).toEqual([]);
      const there = differencesOf(a, b, Infinity).fields;
      const back = differencesOf(b, a, Infinity).fields;
      const key = ({ path }: { readonly path: string }) => path;
      const sorted = (fields: typeof there) => [...fields].sort((x, y) => (key(x) < key(y) ? -1 : 1));
      expect(sorted(back.map(({ path, before, after }) => ({ path, before: after, after: before })))).toEqual(
        sorted(there),
      );
    }),
    { numRuns: 100 },
  );
});
