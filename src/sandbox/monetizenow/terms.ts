/**
 * What is agreed with a customer, worked out from the contract's PROCESSED quotes, since a contract has no offerings of
 * its own. Guarantees that a quote replaces everything from its amendment date on and nothing before it, so that a change
 * for next month and one for today, made in either order, both count.
 */
import { addDays } from './days.js';
import type { Contract, MonetizenowState, QuoteOffering } from './state.js';

/** One offering of a contract from a day to the contract's end: its steps in order of time, at least one. */
export interface Line {
  readonly offeringId: string;
  readonly steps: readonly [QuoteOffering, ...QuoteOffering[]];
}

/** Every step of every offering from the contract's first day on. */
export function agreedSteps(state: MonetizenowState, contract: Contract): QuoteOffering[] {
  let steps: QuoteOffering[] = [];
  for (const id of contract.quoteIds) {
    const quote = state.quotes.get(id);
    if (quote?.status !== 'PROCESSED') continue;
    const from = quote.amendmentDate;
    if (from !== null) steps = until(steps, from);
    steps.push(...quote.offerings.filter(({ removed }) => !removed));
  }
  return steps;
}

/** What is left of them before a day. */
function until(steps: readonly QuoteOffering[], day: string): QuoteOffering[] {
  return steps
    .filter(({ startDate }) => startDate < day)
    .map((step) => (step.endDate < day ? step : { ...step, endDate: addDays(day, -1) }));
}

/** What is agreed for a day and all after it, in the order in which it was sold. */
export function linesFrom(steps: readonly QuoteOffering[], day: string): Line[] {
  const lines = new Map<string, [QuoteOffering, ...QuoteOffering[]]>();
  for (const step of steps) {
    if (step.endDate < day) continue;
    const rest = step.startDate < day ? { ...step, startDate: day } : step;
    const line = lines.get(step.offeringId);
    if (line) line.push(rest);
    else lines.set(step.offeringId, [rest]);
  }
  // Steps of one offering come in order of time: each quote has them so, and replaces what is after its first day.
  return [...lines].map(([offeringId, line]) => ({ offeringId, steps: line }));
}
