import { describe, expect, it } from 'vitest';
import { failure } from '../../src/domain/failure.js';
import { NO_CONSUMPTION } from '../../src/domain/position/figures.js';
import {
  organizationPosition,
  type OrganizationReads,
  type SourceRead,
} from '../../src/domain/position/organization.js';
import {
  contractCommitment,
  day,
  instant,
  minimum,
  moneyIn,
  resource,
  said,
  term,
  usage,
  usd,
} from './make.js';
import { decimal } from '../../src/domain/money.js';

const NOW = '2026-11-21T12:00:00Z';
const CLOCK = { on: day('2026-11-21'), now: instant(NOW) };
const read = <T>(...items: T[]): SourceRead<T> => ({ state: 'READ', items, dropped: 0, truncated: false });
const NOTHING: OrganizationReads = {
  minimum: { state: 'NOT_LINKED' },
  contract: { state: 'NOT_LINKED' },
  resource: { state: 'NOT_LINKED' },
  consumption: NO_CONSUMPTION,
};
const used = (...months: [string, string][]) => ({
  usage: months.map(([of, amount]) => usage(of, usd(amount), NOW)),
  billing: null,
  unread: [],
});

describe('organizationPosition', () => {
  it('follows the steps of a ramp from the first day to the last, and stops where the row breaks', () => {
    const steps = [
      minimum('before', term('2026-01-01', '2026-08-01'), usd('1')),
      minimum('one', term('2026-09-01', '2026-11-16'), usd('3000')),
      minimum('two', term('2026-11-16', '2027-01-01'), usd('6000')),
      minimum('after', term('2027-01-02', null), usd('1')),
    ];
    const consumption = used(['2026-09', '3000'], ['2026-10', '3000'], ['2026-11', '4000']);
    const { minimum: totals, isComplete } = organizationPosition(
      { ...NOTHING, minimum: read(...steps), consumption },
      CLOCK,
    );
    const [total] = totals;
    expect(total).toMatchObject({
      currency: 'USD',
      inMonth: ['one', 'two'],
      overlaps: false,
      agreement: { commitments: ['one', 'two'] },
    });
    expect(
      [total?.month?.committed, total?.month?.consumed, total?.agreement?.position.committed].map(said),
    ).toEqual(['4500 USD', '4000 USD', '16500 USD']);
    expect(isComplete).toBe(true);
  });

  it('counts usage once where two commitments bind, and adds what they commit to', () => {
    const two = read(
      minimum('a', term('2026-11-01', '2026-12-01'), usd('100')),
      minimum('b', term('2026-11-01', '2027-01-01'), usd('200')),
    );
    const [total] = organizationPosition(
      { ...NOTHING, minimum: two, consumption: used(['2026-11', '40']) },
      CLOCK,
    ).minimum;
    expect([said(total?.month?.committed), said(total?.month?.consumed), total?.overlaps]).toEqual([
      '300 USD',
      '40 USD',
      true,
    ]);
  });

  it('keeps currencies apart', () => {
    const two = read(
      minimum('a', term('2026-11-01', '2026-12-01'), usd('100')),
      minimum('b', term('2026-11-01', '2026-12-01'), moneyIn('900', 'EUR')),
    );
    const all = organizationPosition(
      { ...NOTHING, minimum: two, consumption: used(['2026-11', '40']) },
      CLOCK,
    );
    expect(
      all.minimum.map(({ currency, month }) => [currency, said(month?.committed), said(month?.consumed)]),
    ).toEqual([
      ['EUR', '900 EUR', null],
      ['USD', '100 USD', '40 USD'],
    ]);
    expect(all.missing).toMatchObject([{ reason: 'OTHER_CURRENCY', month: '2026-11' }]);
  });

  it('adds up prices of one currency and quantities of one product, and nothing else', () => {
    const now = term('2026-01-01', null);
    const priced = (amount: string) => ({
      fixedPrice: decimal(amount),
      committed: usd(amount),
      committedPer: 'BILLING_CYCLE' as const,
    });
    const { resource: total, contract } = organizationPosition(
      {
        ...NOTHING,
        resource: read(
          resource('r1', now, [{ id: 'cpu', quantity: '0.1' }], priced('500')),
          resource(
            'r2',
            now,
            [
              { id: 'cpu', quantity: '0.2' },
              { id: 'ram', quantity: null },
            ],
            priced('0.25'),
          ),
          resource('r3', now, [], { fixedPrice: decimal('7') }),
          resource('over', term('2025-01-01', '2026-01-01'), [{ id: 'cpu', quantity: '9' }], priced('9')),
        ),
        contract: read(
          contractCommitment('c1', now, '8'),
          contractCommitment('c2', term('2027-01-01', null), '8'),
        ),
      },
      CLOCK,
    );
    expect(total.fixedPrices.map((each) => [said(each.total), each.commitments])).toEqual([
      ['500.25 USD', 2],
    ]);
    expect([total.active, total.pricesWithoutCurrency, contract.active]).toEqual([3, 1, 1]);
    expect(
      total.quantities.map((each) => [
        each.product.externalId,
        each.committed?.toFixed(),
        each.consumed,
        each.withoutQuantity,
      ]),
    ).toEqual([
      ['cpu', '0.3', null, 0],
      ['ram', undefined, null, 1],
    ]);
  });

  it('lists what is missing, and takes a source that failed for missing, not for empty', () => {
    const why = failure('UPSTREAM_TIMEOUT', 'CLOUDMC');
    const { missing, isComplete } = organizationPosition(
      {
        minimum: {
          state: 'READ',
          items: [
            minimum('m1', term('2026-11-01', '2026-12-01'), null),
            minimum('m2', term('2026-11-01', '2026-12-01'), usd('1')),
          ],
          dropped: 2,
          truncated: true,
        },
        contract: read(contractCommitment('c1', term(null, null), '8')),
        resource: { state: 'FAILED', failure: why },
        consumption: NO_CONSUMPTION,
      },
      CLOCK,
    );
    expect(isComplete).toBe(false);
    expect(
      missing.map(({ source, reason, externalId, month, count }) => [
        source,
        reason,
        externalId ?? month ?? count,
      ]),
    ).toEqual([
      ['COMMITMENT_MANAGER', 'RECORDS_DROPPED', 2],
      ['COMMITMENT_MANAGER', 'LIST_TRUNCATED', null],
      ['COMMITMENT_MANAGER', 'NO_AMOUNT', 'm1'],
      ['COMMITMENT_MANAGER', 'NO_FIGURE', '2026-11'],
      ['LOGISENSE', 'NO_START', 'c1'],
      ['CLOUDMC', 'SOURCE_FAILED', null],
    ]);
    expect(missing.at(-1)?.failure).toBe(why);
    expect(
      organizationPosition({ ...NOTHING, contract: { state: 'NOT_CONFIGURED' } }, CLOCK).missing,
    ).toMatchObject([{ source: 'LOGISENSE', reason: 'SOURCE_NOT_CONFIGURED' }]);
    expect(organizationPosition(NOTHING, CLOCK).isComplete).toBe(true);
  });
});
