/**
 * The contract's percents against the ramp that was signed.
 *
 * It is the one place where both sides state the same percent: the contract's schedule says by how much the minimum
 * rises, and two consecutive steps of the order imply it. (Penalties and discounts are stated once, by one system:
 * there is nothing to compare them with.) Finds a factor of exactly 100, to the digits that the contract gives; other
 * differences are seen as amounts, step by step.
 */
import type { Decimal } from '../money.js';
import type { ContractTerms, EscalationStep } from '../spend.js';
import { byContract, findingOf, NO_IMPACT, waiting, type Surroundings } from './findings.js';
import { daysBetween } from './months.js';
import type { CrmPromise } from './promises.js';
import { timingOf } from './timing.js';
import type { Finding } from './types.js';

export function percentFindings(
  promises: readonly CrmPromise[],
  terms: ContractTerms,
  around: Surroundings,
): readonly Finding[] {
  const steps = promises
    .filter(({ step, standing, monthly }) => step !== null && standing === 'BINDING' && monthly !== null)
    .sort((a, b) => ((a.term.startsOn ?? '') < (b.term.startsOn ?? '') ? -1 : 1));
  return steps.flatMap((promise) => {
    const before = steps.filter(({ order }) => order === promise.order);
    const previous = before[before.indexOf(promise) - 1];
    const stated = terms.escalation.find((step) => isOf(step, promise))?.increasePercent ?? null;
    const implied = previous === undefined ? null : increaseOf(previous, promise);
    if (stated === null || implied === null || stated.isZero() || implied.isZero()) return [];
    if (isSame(stated, implied)) return [];
    if (!isSame(stated.times(100), implied) && !isSame(stated.div(100), implied)) return [];
    const finding = findingOf(
      {
        kind: 'ESCALATION',
        fields: ['ESCALATION_PERCENT'],
        promise,
        commitment: null,
        crm: { kind: 'PERCENT', unit: 'WHOLE_PERCENT', percent: implied },
        billing: null,
        impact: NO_IMPACT,
      },
      waiting(timingOf(promise.changedAt, null, around)) ??
        byContract('PERCENT_SUSPECT', 'FRACTION_FOR_PERCENT', { kind: 'CORRECT_UNIT', side: null }),
      around,
    );
    return [
      {
        ...finding,
        billing: {
          source: 'COMMITMENT_MANAGER' as const,
          recordId: null,
          value: { kind: 'PERCENT' as const, unit: 'WHOLE_PERCENT' as const, percent: stated },
          observedAt: terms.observation.observedAt,
          updatedAt: null,
        },
      },
    ];
  });
}

function isOf({ effectiveOn }: EscalationStep, { term }: CrmPromise): boolean {
  return (
    effectiveOn !== null && term.startsOn !== null && Math.abs(daysBetween(effectiveOn, term.startsOn)) <= 1
  );
}

/** In whole percent. */
function increaseOf({ monthly: from }: CrmPromise, { monthly: to }: CrmPromise): Decimal | null {
  if (from === null || to === null || from.currency !== to.currency || from.amount.isZero()) return null;
  return to.amount.minus(from.amount).div(from.amount).times(100);
}

/** Rounded or cut to the digits that are stated. */
function isSame(stated: Decimal, implied: Decimal): boolean {
  const unit = stated.times(0).plus(10).pow(-stated.decimalPlaces());
  return stated.minus(implied).abs().lessThan(unit);
}
