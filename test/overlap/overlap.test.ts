import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlapsOf } from '../../src/domain/overlap.js';
import { contractCommitment, instant, minimum, resource, term, usd } from '../position/make.js';
import { checkOverlaps, portfolios } from './check.js';

describe('overlapsOf', () => {
  it('finds what counting day by day finds, on generated portfolios', () => {
    fc.assert(fc.property(portfolios, checkOverlaps), { numRuns: 2_000 });
  });

  it('answers the same for the same commitments in any order', () => {
    const facts = ({ overlaps, holes }: ReturnType<typeof overlapsOf>) => [
      overlaps.map(({ first, second, startsOn }) => [first.externalId, second.externalId, startsOn]),
      holes.map(({ after, before, startsOn }) => [after.externalId, before.externalId, startsOn]),
    ];
    const some = [
      minimum('a', term('2026-01-01', '2026-03-01'), usd('1')),
      minimum('b', term('2026-02-01', '2026-03-01'), usd('1')),
      minimum('c', term('2026-02-01', '2026-03-01'), usd('1')),
      minimum('d', term('2026-04-01', null), usd('1')),
    ];
    const straight = facts(overlapsOf(some));
    expect(facts(overlapsOf([...some].reverse()))).toEqual(straight);
    expect(straight).toEqual([
      [
        ['a', 'b', '2026-02-01'],
        ['a', 'c', '2026-02-01'],
        ['b', 'c', '2026-02-01'],
      ],
      [['a', 'd', '2026-03-01']],
    ]);
  });

  it('does not take two that meet for two that overlap, nor find a hole between them', () => {
    const { overlaps, holes } = overlapsOf([
      minimum('a', term('2024-01-31', '2024-02-29'), usd('1')),
      minimum('b', term('2024-02-29', '2024-03-31'), usd('1')),
    ]);
    expect([overlaps, holes]).toEqual([[], []]);
  });

  it('ends a cancelled one on the day of its cancellation, and does not guess where that has no date', () => {
    const later = minimum('b', term('2026-03-10', null), usd('1'));
    const cancelledOn = (cancelledAt: string | null) =>
      minimum('a', term('2026-01-01', '2027-01-01'), usd('1'), {
        status: 'CANCELLED',
        cancelledAt: cancelledAt === null ? null : instant(cancelledAt),
      });
    expect(overlapsOf([cancelledOn('2026-03-10T23:59:59Z'), later]).overlaps).toEqual([]);
    expect(overlapsOf([cancelledOn('2026-03-11T00:00:00Z'), later]).overlaps).toMatchObject([
      { startsOn: '2026-03-10', endsBefore: '2026-03-11', days: 1, isConflict: true },
    ]);
    expect(overlapsOf([cancelledOn(null), later])).toMatchObject({
      overlaps: [],
      notCompared: [{ commitment: { externalId: 'a' }, reason: 'CANCELLED_UNDATED' }],
    });
  });

  it('compares resources by product and contract commitments by account contract, and calls neither a conflict', () => {
    const { overlaps, notCompared } = overlapsOf([
      resource('r1', term('2026-01-01', null), [
        { id: 'cpu', quantity: '1' },
        { id: 'ram', quantity: '1' },
      ]),
      resource('r2', term('2026-02-01', null), [{ id: 'ram', quantity: '1' }]),
      resource('r3', term('2026-02-01', null), []),
      contractCommitment('c1', term('2026-01-01', '2026-02-01'), '8'),
      contractCommitment('c2', term('2026-01-31', null), '8'),
      contractCommitment('c3', term('2026-01-31', null), '24'),
      contractCommitment('c4', term(null, null), '24'),
    ]);
    expect(
      overlaps.map(({ scope, first, second, days, isConflict }) => [
        scope,
        first.externalId,
        second.externalId,
        days,
        isConflict,
      ]),
    ).toEqual([
      [{ kind: 'ACCOUNT_CONTRACT', organization: 'acme', id: '8', name: null }, 'c1', 'c2', 1, false],
      [{ kind: 'PRODUCT', organization: 'acme', id: 'ram', name: null }, 'r1', 'r2', null, false],
    ]);
    expect(notCompared.map(({ commitment, reason }) => [commitment.externalId, reason])).toEqual([
      ['r3', 'NO_PRODUCTS'],
      ['c4', 'NO_START'],
    ]);
  });

  it('counts all pairs and lists as many as it was told', () => {
    const some = Array.from({ length: 300 }, (_, index) =>
      minimum(`c${index}`, term('2026-01-01', null), usd('1')),
    );
    const { overlaps, pairs } = overlapsOf(some, 50);
    expect([overlaps.length, pairs]).toEqual([50, (300 * 299) / 2]);
  });
});
