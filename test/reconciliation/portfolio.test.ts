/**
 * A portfolio of organizations with planted discrepancies, read through the adapters from both emulators: all of them
 * are found, each with its state, authority, action and impact, and nothing else is. `RECONCILE_SEED` plants another.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { isDiscrepancy } from '../../src/domain/reconciliation/types.js';
import { summarize } from '../../src/domain/reconciliation/summary.js';
import { plant } from './plant.js';
import { readPortfolio, told, type ReadPortfolio } from './portfolio.js';

const SEED = Number(process.env['RECONCILE_SEED'] ?? 20_261_121);
const ORGANIZATIONS = Number(process.env['RECONCILE_ORGANIZATIONS'] ?? 2_000);
const PLANTED = Math.round((ORGANIZATIONS * 3) / 20);

describe(`a portfolio of ${ORGANIZATIONS} with ${PLANTED} planted discrepancies, seed ${SEED}`, () => {
  const portfolio = plant({ seed: SEED, organizations: ORGANIZATIONS, planted: PLANTED });
  let read: ReadPortfolio;

  beforeAll(async () => {
    read = await readPortfolio(portfolio);
  }, 60_000);

  it('has some of everything', () => {
    expect(portfolio.organizations).toHaveLength(ORGANIZATIONS);
    expect(new Set(portfolio.expected.map(({ slug }) => slug)).size).toBe(PLANTED);
    expect(Math.min(...portfolio.tally.values())).toBeGreaterThan(ORGANIZATIONS / 300);
    expect(portfolio.inWindow.size).toBeGreaterThan(ORGANIZATIONS / 6);
  });

  it('is told exactly: all that was planted, and nothing else', () => {
    const found = new Set(
      read.reconciliations
        .flatMap(({ discrepancies, uncompared }) => [...discrepancies, ...uncompared])
        .map((finding) => JSON.stringify(told(finding))),
    );
    const wanted = new Map(
      portfolio.expected.map(({ plant: name, ...finding }) => [JSON.stringify(finding), name]),
    );
    expect({
      missed: [...wanted].filter(([finding]) => !found.has(finding)),
      false: [...found].filter((finding) => !wanted.has(finding)),
    }).toEqual({ missed: [], false: [] });
    expect(found.size).toBe(portfolio.expected.length);
  });

  it('has no discrepancy inside the synchronization window, and says what it waits for', () => {
    const waiting = read.reconciliations.filter(({ pending }) => pending.length > 0);
    expect(new Set(waiting.map(({ organization }) => organization as string))).toEqual(portfolio.inWindow);
    for (const { discrepancies, pending } of waiting) {
      expect(discrepancies).toEqual([]);
      for (const { action, impact } of pending) {
        expect(action.kind).toBe('WAIT_UNTIL');
        expect(impact.direction).toBe('NONE');
      }
    }
  });

  it('costs one page walk of the CRM and one list of billing for each organization', () => {
    const orders = portfolio.salesforce.filter(({ object }) => object === 'Service_Order__c').length;
    expect(read.salesforceCalls).toBe(Math.ceil(orders / 1_000));
    expect(read.commitmentManagerCalls).toBe(
      ORGANIZATIONS + portfolio.withState.size + portfolio.withTerms.size,
    );
  });

  it('is summed up without losing any', () => {
    const summary = summarize(read.reconciliations);
    expect(summary.organizations).toBe(ORGANIZATIONS);
    expect(summary.discrepancies).toBe(
      portfolio.expected.filter(({ state }) => isDiscrepancy(state as never)).length,
    );
    // Its own sums, in cents.
    const cents = new Map<string, bigint>();
    for (const { direction, overTerm } of portfolio.expected) {
      if (overTerm === null) continue;
      const [amount = '', currency = ''] = overTerm.split(' ');
      const [whole = '', rest = ''] = amount.split('.');
      const key = `${direction} ${currency}`;
      cents.set(key, (cents.get(key) ?? 0n) + BigInt(whole + rest.padEnd(2, '0')));
    }
    const summed = new Map(
      summary.impact.flatMap(({ currency, overchargeOverTerm, leakageOverTerm }) => [
        [`OVERCHARGE ${currency}`, BigInt(overchargeOverTerm.times(100).toFixed())],
        [`LEAKAGE ${currency}`, BigInt(leakageOverTerm.times(100).toFixed())],
      ]),
    );
    for (const [key, sum] of summed) expect([key, sum]).toEqual([key, cents.get(key) ?? 0n]);
  });
});

describe('a portfolio whose', () => {
  const small = plant({ seed: SEED + 1, organizations: 120, planted: 60 });
  const down = { kind: 'refuse' as const, status: 503, json: { error: 'down' } };

  it.each(['commitmentManager', 'salesforce'] as const)(
    '%s is down cannot be compared, and shows nothing as missing',
    async (side) => {
      const { reconciliations } = await readPortfolio(small, (emulators) => {
        emulators[side].faults.replace([{ fault: down }]);
      });
      expect(reconciliations).toHaveLength(120);
      const { counts, discrepancies } = summarize(reconciliations);
      expect([discrepancies, counts.MATCH, counts.SYNC_PENDING]).toEqual([0, 0, 0]);
      for (const { uncompared } of reconciliations) {
        expect(uncompared.map(({ cause }) => cause)).toContain('SOURCE_FAILED');
      }
    },
  );
});
