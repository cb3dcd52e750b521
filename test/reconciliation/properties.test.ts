/** What must hold for any input: order, other words for the same, history beside it, sides that fail. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addToDay, dayBefore, type Day } from '../../src/domain/calendar.js';
import type { MinimumCommitment } from '../../src/domain/commitment.js';
import { decimal } from '../../src/domain/money.js';
import type { ServiceOrder } from '../../src/domain/service-order.js';
import { at, compare, DOWN, findings, held, listing, order, said, step, term, usd } from './build.js';

const start = fc
  .tuple(
    fc.integer({ min: 2023, max: 2027 }),
    fc.integer({ min: 1, max: 12 }),
    fc.constantFrom(1, 15, 28, 31),
  )
  .map(([year, month, day]) => {
    const first = `${year}-${String(month).padStart(2, '0')}-01` as Day;
    return addToDay(first, { days: day - 1 });
  });
const months = fc.constantFrom(1, 3, 12, 24);
const cents = fc
  .bigInt({ min: 1n, max: 10n ** 12n })
  .map((value) => `${value / 100n}.${String(value % 100n).padStart(2, '0')}`);
const age = fc.constantFrom(0, 60, 299, 300, 301, 90_000, 9_000_000);

const anOrder = fc
  .record({
    externalId: fc.constantFrom('a0U1', 'a0U2', 'a0U3', 'a0U4'),
    commitmentHandlerId: fc.constantFrom(null, 'cm_1', 'cm_2', 'cm_3', 'ch_1'),
    startsOn: start,
    durationMonths: months,
    amount: cents,
    stage: fc.constantFrom(
      'SIGNED' as const,
      'SIGNED' as const,
      'TERMINATED' as const,
      'UNRECOGNIZED' as const,
    ),
    isRevOpsApproved: fc.constantFrom(true, true, false, null),
    age,
    isRamped: fc.boolean(),
  })
  .map(({ startsOn, durationMonths, amount, age: seconds, isRamped, ...rest }): ServiceOrder => {
    const middle = addToDay(startsOn, { months: durationMonths });
    const endsBefore = addToDay(startsOn, { months: durationMonths * (isRamped ? 2 : 1) });
    return order({
      ...rest,
      money: usd(amount),
      durationMonths: durationMonths * (isRamped ? 2 : 1),
      term: term(startsOn, endsBefore),
      updatedAt: at(seconds),
      rampSteps: isRamped
        ? [step(1, startsOn, middle, amount), step(2, middle, endsBefore, `1${amount}`)].map((one) => ({
            ...one,
            externalId: `${rest.externalId}-${one.externalId}`,
          }))
        : [],
    });
  });

const aCommitment = fc
  .record({
    externalId: fc.constantFrom('cm_1', 'cm_2', 'cm_3', 'cm_4'),
    startsOn: start,
    length: months,
    amount: cents,
    status: fc.constantFrom(
      'ACTIVE' as const,
      'PENDING' as const,
      'EXPIRED' as const,
      'CANCELLED' as const,
      'UNRECOGNIZED' as const,
    ),
    age,
  })
  .map(({ startsOn, length, amount, age: seconds, ...rest }): MinimumCommitment =>
    held({
      ...rest,
      committed: usd(amount),
      term: term(startsOn, addToDay(startsOn, { months: length })),
      updatedAt: at(seconds),
    }),
  );

const idOf = ({ externalId }: { readonly externalId: string }) => externalId;
const orders = fc.uniqueArray(anOrder, { selector: idOf, maxLength: 4 });
const commitments = fc.uniqueArray(aCommitment, { selector: idOf, maxLength: 4 });

describe('for any orders and commitments', () => {
  it('their order changes nothing', () => {
    fc.assert(
      fc.property(orders, commitments, fc.integer({ min: 1, max: 3 }), (ours, theirs, turn) => {
        const rotated = <T>(items: readonly T[]) => [...items.slice(turn), ...items.slice(0, turn)].reverse();
        const steps = ours.map((one) => ({ ...one, rampSteps: rotated(one.rampSteps) }));
        expect(compare(rotated(steps), rotated(theirs))).toEqual(compare(ours, theirs));
      }),
      { numRuns: 300 },
    );
  });

  it('every finding has a key of its own, and every record that counts is spoken of or over', () => {
    fc.assert(
      fc.property(orders, commitments, (ours, theirs) => {
        const result = compare(ours, theirs);
        const keys = findings(result).map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
        const spoken = new Set([
          ...findings(result).map(({ commitmentId }) => commitmentId),
          ...result.comparisons.map(({ commitmentId }) => commitmentId),
        ]);
        for (const one of theirs) {
          const isOver = one.term.endsBefore !== null && one.term.endsBefore <= '2026-11-21';
          if ((one.status === 'ACTIVE' || one.status === 'PENDING') && !isOver) {
            expect(spoken).toContain(one.externalId);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a side that failed, is stale or lacks records never makes anything exist on one side only', () => {
    const stale = { observation: { observedAt: at(0), stale: true } };
    const bend = fc.constantFrom('failed', 'stale', 'truncated', 'dropped');
    fc.assert(
      fc.property(orders, commitments, bend, fc.boolean(), (ours, theirs, how, isOrders) => {
        const bent = <T>(items: readonly T[]) =>
          how === 'failed'
            ? ({ kind: 'failed', failure: DOWN } as const)
            : listing(
                items,
                how === 'stale' ? stale : how === 'truncated' ? { truncated: true } : { dropped: [DOWN] },
              );
        const result = isOrders ? compare(bent(ours), theirs) : compare(ours, bent(theirs));
        const states = result.discrepancies.map(({ state }) => state);
        expect(states).not.toContain(isOrders ? 'ONLY_IN_BILLING' : 'ONLY_IN_CRM');
        expect(result.uncompared.length).toBeGreaterThan(0);
        if (how === 'failed' || how === 'stale') expect(states).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('an expired pair of others adds no discrepancy', () => {
    fc.assert(
      fc.property(orders, commitments, cents, fc.boolean(), (ours, theirs, amount, hasHandler) => {
        const past = term('2019-02-01', '2020-02-01');
        const oldOrder = order({
          externalId: 'a0U9',
          commitmentHandlerId: hasHandler ? 'cm_9' : null,
          term: past,
          money: usd(amount),
        });
        const oldCommitment = held({
          externalId: 'cm_9',
          status: 'EXPIRED',
          term: past,
          committed: usd('1'),
        });
        const result = compare([...ours, oldOrder], [...theirs, oldCommitment]);
        expect(findings(result)).toEqual(findings(compare(ours, theirs)));
      }),
      { numRuns: 200 },
    );
  });
});

describe('for any agreement', () => {
  it('equal values match in whatever units and date conventions they come', () => {
    const cycle = fc.constantFrom('MONTHLY' as const, null, 'ANNUAL' as const);
    const end = fc.constantFrom('duration', 'last day', 'day after');
    const rounding = fc.constantFrom('up', 'down');
    fc.assert(
      fc.property(
        start,
        months,
        cents,
        cycle,
        end,
        rounding,
        (startsOn, length, amount, commitCycle, how, way) => {
          const endsBefore = addToDay(startsOn, { months: length });
          const isAnnual = commitCycle === 'ANNUAL';
          const twelfth = decimal(amount).div(12).times(100);
          const billed = isAnnual
            ? (way === 'up' ? twelfth.ceil() : twelfth.floor()).div(100).toFixed()
            : decimal(amount).toFixed();
          const ours = order({
            money: usd(amount),
            commitCycle,
            durationMonths: how === 'duration' ? length : null,
            // The adapter takes the CRM's column for the last day.
            term: term(startsOn, how === 'day after' ? addToDay(endsBefore, { days: 1 }) : endsBefore),
            reportedEndOn: how === 'day after' ? endsBefore : dayBefore(endsBefore),
          });
          const theirs = held({ term: term(startsOn, endsBefore), committed: usd(billed) });
          expect(said(compare([ours], [theirs])).filter((one) => one !== 'MATCH')).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('a hundred times is a unit, and nothing near it is', () => {
    fc.assert(
      fc.property(cents, fc.integer({ min: -3, max: 3 }), (amount, off) => {
        const billed = decimal(amount)
          .times(100)
          .plus(decimal(String(off)).div(100));
        const [found] = compare(
          [order({ money: usd(amount) })],
          [held({ committed: usd(billed.toFixed()) })],
        ).discrepancies;
        expect(found?.state).toBe(off === 0 ? 'UNIT_SUSPECT' : 'BILLING_AHEAD');
      }),
      { numRuns: 300 },
    );
  });
});
