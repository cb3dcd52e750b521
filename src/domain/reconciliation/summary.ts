/**
 * Findings in figures. Guarantees: currencies stand apart, overcharge and leakage are never set off against each other,
 * and what has no amount is counted and not taken for zero.
 */
import { dayOf, termContains, type Day, type Instant } from '../calendar.js';
import { decimal, type CurrencyCode, type Decimal, type Money } from '../money.js';
import {
  RECONCILIATION_STATES,
  type Comparison,
  type CurrencyImpact,
  type Finding,
  type Reconciliation,
  type ReconciliationCoverage,
  type ReconciliationState,
  type ReconciliationSummary,
  type SideCoverage,
} from './types.js';

const ZERO = decimal('0');
const SIDES: readonly SideCoverage[] = ['READ', 'INCOMPLETE', 'STALE', 'FAILED', 'NOT_LINKED', 'NOT_READ'];

type Sums = { -readonly [K in Exclude<keyof CurrencyImpact, 'currency'>]: Decimal };

export function summaryOf(
  comparisons: readonly Comparison[],
  findings: readonly Finding[],
  discrepancies: readonly Finding[],
  coverage: ReconciliationCoverage,
  now: Instant,
): ReconciliationSummary {
  const counts = countsOf(RECONCILIATION_STATES, () => 0);
  for (const { states } of comparisons) if (states.includes('MATCH')) counts.MATCH += 1;
  for (const { state } of findings) counts[state] += 1;
  const sums = new Map<CurrencyCode, Sums>();
  const today: Day = dayOf(now);
  let withoutAmount = 0;
  for (const { impact } of discrepancies) {
    const { direction, perMonth, overTerm, affects } = impact;
    if (direction === 'NONE') continue;
    if (overTerm === null) withoutAmount += 1;
    const side = direction === 'OVERCHARGE' ? 'overcharge' : 'leakage';
    const add = (field: keyof Sums, amount: Money | null) => {
      if (amount === null) return;
      const sum = sumsOf(sums, amount.currency);
      sum[field] = sum[field].plus(amount.amount);
    };
    if (termContains(affects, today)) add(`${side}PerMonth`, perMonth);
    add(`${side}OverTerm`, overTerm);
  }
  const isRead = coverage.orders === 'READ' && coverage.commitments === 'READ';
  return {
    organizations: 1,
    counts,
    discrepancies: discrepancies.length,
    impact: impactOf(sums),
    withoutAmount,
    complete: isRead ? 1 : 0,
    coverage: {
      orders: countsOf(SIDES, (side) => (side === coverage.orders ? 1 : 0)),
      commitments: countsOf(SIDES, (side) => (side === coverage.commitments ? 1 : 0)),
    },
  };
}

/** Of a portfolio. */
export function summarize(reconciliations: readonly Reconciliation[]): ReconciliationSummary {
  return addSummaries(reconciliations.map(({ summary }) => summary));
}

/** For who keeps the summaries and not what they are of. */
export function addSummaries(summaries: readonly ReconciliationSummary[]): ReconciliationSummary {
  const total = (value: (summary: ReconciliationSummary) => number) =>
    summaries.reduce((sum, summary) => sum + value(summary), 0);
  const sums = new Map<CurrencyCode, Sums>();
  for (const { currency, ...figures } of summaries.flatMap(({ impact }) => impact)) {
    const sum = sumsOf(sums, currency);
    for (const field of Object.keys(figures) as (keyof Sums)[]) sum[field] = sum[field].plus(figures[field]);
  }
  return {
    organizations: total(({ organizations }) => organizations),
    counts: countsOf(RECONCILIATION_STATES, (state) => total(({ counts }) => counts[state])),
    discrepancies: total(({ discrepancies }) => discrepancies),
    impact: impactOf(sums),
    withoutAmount: total(({ withoutAmount }) => withoutAmount),
    complete: total(({ complete }) => complete),
    coverage: {
      orders: countsOf(SIDES, (side) => total(({ coverage }) => coverage.orders[side])),
      commitments: countsOf(SIDES, (side) => total(({ coverage }) => coverage.commitments[side])),
    },
  };
}

function countsOf<Name extends ReconciliationState | SideCoverage>(
  names: readonly Name[],
  count: (name: Name) => number,
): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, count(name)])) as Record<Name, number>;
}

function sumsOf(sums: Map<CurrencyCode, Sums>, currency: CurrencyCode): Sums {
  const known = sums.get(currency);
  if (known !== undefined) return known;
  const made = {
    overchargePerMonth: ZERO,
    overchargeOverTerm: ZERO,
    leakagePerMonth: ZERO,
    leakageOverTerm: ZERO,
  };
  sums.set(currency, made);
  return made;
}

function impactOf(sums: ReadonlyMap<CurrencyCode, Sums>): readonly CurrencyImpact[] {
  return [...sums]
    .map(([currency, figures]) => ({ currency, ...figures }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
