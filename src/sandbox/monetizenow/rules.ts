/**
 * Whether a contract may be changed at all, and from which day (`backends.md` §4.8, seed 002). Guarantees a day within the
 * contract's term: today, or the first day of one that has not begun, unless the request names another; a named one must
 * be after today (C29), and NEXT_BILL_CYCLE wins over it. A bill cycle is a month from the contract's day of the month,
 * whatever the offerings' billing frequencies are: our choice, as the sandbox bills every contract monthly.
 */
import { dayOf } from './body.js';
import { addMonths, cyclePoint } from './days.js';
import type { Operation } from './operation.js';
import { contractStatus } from './present.js';
import { ChangeRefused } from './self-service-error.js';
import type { Contract, MonetizenowState } from './state.js';

export interface Circumstances {
  readonly today: string;
  readonly amendsPending: boolean;
}

export function requireAmendable(
  state: MonetizenowState,
  contract: Contract,
  { today, amendsPending }: Circumstances,
): void {
  if (contract.renewed) {
    const successor = [...state.contracts.values()].find((one) => one.previousContractId === contract.id);
    throw new ChangeRefused(
      `Contract ${contract.id} was renewed; amend ${successor?.id ?? 'its successor'} instead`,
    );
  }
  const status = contractStatus(contract, today);
  if (status === 'FINISHED' || status === 'CANCELED' || (status === 'PENDING' && !amendsPending)) {
    throw new ChangeRefused(`Contract ${contract.id} is ${status} and cannot be amended`);
  }
}

export function requireNothingAccepted(state: MonetizenowState, contract: Contract): void {
  const accepted = contract.quoteIds.find((id) => state.quotes.get(id)?.status === 'ACCEPTED');
  if (accepted !== undefined) {
    throw new ChangeRefused(`Quote ${accepted} is ACCEPTED and not PROCESSED; no other change until it is`);
  }
}

export function effectiveDay(operation: Operation, contract: Contract, today: string): string {
  const day = wantedDay(operation, contract, today);
  if (day < contract.startDate) throw new ChangeRefused(`${day} is before the contract's first day`);
  if (day > contract.endDate) throw new ChangeRefused(`${day} is after the contract's last day`);
  return day;
}

function wantedDay(
  { effectiveDate, relativeEffectiveDate }: Operation,
  { startDate }: Contract,
  today: string,
): string {
  const isPending = startDate > today;
  if (relativeEffectiveDate !== undefined) {
    return isPending ? startDate : addMonths(startDate, cyclePoint(today, startDate).whole + 1);
  }
  if (effectiveDate === undefined) return isPending ? startDate : today;
  // `readOperation` lets no other text through.
  const day = dayOf(effectiveDate) ?? today;
  if (day <= today) throw new ChangeRefused('effectiveDate must be in the future');
  return day;
}
