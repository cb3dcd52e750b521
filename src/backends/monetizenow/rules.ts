/**
 * What can be known to be wrong with a contract operation before it is sent (`backends.md` §4.2, §4.8). Pure.
 *
 * Guarantees: everything that is wrong is listed, each with its place in the input. Refuses on what is known alone:
 * what the vendor did not show is left to it, and said so in `unchecked`.
 */
import { dayBefore, parseDay, type Day } from '../../domain/calendar.js';
import type { ContractChange, ProductQuantity } from '../../domain/change.js';
import type { Contract, Quote } from '../../domain/contract.js';
import { parseDecimal } from '../../domain/money.js';
import type { Problem, ProblemCode } from '../../domain/operation.js';
import { isMonetizenowId } from './client.js';
import { hasEnded, type SoldOffering, type SoldProduct } from './evidence.js';

/** Quantities are doubles there: these many digits it holds exactly, and not one more. */
const MOST_DIGITS = 15;

function problem(path: readonly (string | number)[], code: ProblemCode, message: string): Problem {
  return { path: path.map(String), code, message };
}

/** Of the input by itself. `today`: the UTC day. */
export function problemsOfInput(change: ContractChange, today: Day): readonly Problem[] {
  const { effective } = change;
  const problems: Problem[] = [];
  if (effective !== null && 'on' in effective) {
    const path = ['effective', 'on'];
    if (parseDay(effective.on) === null) problems.push(problem(path, 'INVALID', 'This is not a day.'));
    else if (effective.on <= today) {
      // `backends.md` C29: today goes by leaving it out, and only so.
      const why =
        'The day must be in the future. Leave `effective` out for a change that takes effect today.';
      problems.push(problem(path, 'DATE_NOT_ALLOWED', why));
    }
  }
  if (change.kind === 'CONTRACT_CANCEL') return problems;
  if (change.offerings.length === 0) {
    problems.push(problem(['offerings'], 'REQUIRED', 'Name at least one offering.'));
  }
  problems.push(...problemsOfIds(change.offerings, 'offeringId', ['offerings'], 'offering'));
  if (change.kind === 'CONTRACT_OFFERING_CHANGE') {
    problems.push(...problemsOfIds(change.offerings, 'newOfferingId', ['offerings'], 'offering'));
    change.offerings.forEach(({ offeringId, newOfferingId }, i) => {
      if (offeringId === newOfferingId)
        problems.push(
          problem(
            ['offerings', i, 'newOfferingId'],
            'NOT_CHANGED',
            'The new offering is the old one. Change its quantities or its rate instead.',
          ),
        );
    });
  }
  if (change.kind === 'CONTRACT_RATE_CHANGE') {
    change.offerings.forEach(({ rateId }, i) => {
      if (!isMonetizenowId(rateId))
        problems.push(problem(['offerings', i, 'rateId'], 'INVALID', 'This cannot be the id of a rate.'));
    });
  }
  if (change.kind !== 'CONTRACT_OFFERING_REMOVE') {
    change.offerings.forEach(({ products }, i) => {
      if (products !== null)
        problems.push(...problemsOfProducts(change, products, ['offerings', i, 'products']));
    });
  }
  return problems;
}

function problemsOfProducts(
  { kind }: ContractChange,
  products: readonly ProductQuantity[],
  path: readonly (string | number)[],
): readonly Problem[] {
  const problems = [...problemsOfIds(products, 'productId', path, 'product')];
  // For a new offering the list may be empty: every product then gets its default (seed 002).
  if (products.length === 0 && kind === 'CONTRACT_QUANTITY_CHANGE')
    problems.push(problem(path, 'REQUIRED', 'Name at least one product and its new quantity.'));
  if (products.length === 0 && kind === 'CONTRACT_RATE_CHANGE')
    problems.push(
      problem(path, 'REQUIRED', 'Name the products whose quantity changes as well, or leave the list out.'),
    );
  products.forEach(({ quantity }, j) => {
    const at = [...path, j, 'quantity'];
    const number = parseDecimal(quantity);
    if (number === null) problems.push(problem(at, 'INVALID', 'The quantity must be a number.'));
    else if (number.isNegative() && !number.isZero())
      problems.push(problem(at, 'OUT_OF_RANGE', 'The quantity must not be below zero.'));
    else if (number.precision() > MOST_DIGITS)
      problems.push(
        problem(at, 'OUT_OF_RANGE', `The quantity has more than the ${MOST_DIGITS} digits that can be kept.`),
      );
  });
  return problems;
}

function problemsOfIds<Name extends string>(
  items: readonly Readonly<Record<Name, string>>[],
  name: Name,
  path: readonly (string | number)[],
  what: string,
): readonly Problem[] {
  const seen = new Set<string>();
  return items.flatMap((item, i) => {
    const id = item[name];
    const at = [...path, i, name];
    if (!isMonetizenowId(id)) return [problem(at, 'INVALID', `This cannot be the id of ${a(what)}.`)];
    if (seen.has(id)) return [problem(at, 'DUPLICATE', `The same ${what} is named twice.`)];
    seen.add(id);
    return [];
  });
}

function a(noun: string): string {
  return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`;
}

/** Whether the contract can be amended at all, whatever the change is. */
export function isAmendable({ status, isRenewed }: Contract): boolean {
  return status !== 'CANCELED' && status !== 'FINISHED' && isRenewed !== true;
}

/** Of the contract. `successorId`: of a renewed one, where it is known. */
export function problemsOfContract(
  { effective }: ContractChange,
  contract: Contract,
  quotes: readonly Quote[] | null,
  successorId: string | null,
): readonly Problem[] {
  const problems: Problem[] = [];
  const path = ['contractId'];
  const { status, isRenewed, term } = contract;
  if (status === 'CANCELED')
    problems.push(problem(path, 'STATE_NOT_ALLOWED', 'The contract is cancelled and cannot be changed.'));
  if (status === 'FINISHED')
    problems.push(problem(path, 'STATE_NOT_ALLOWED', 'The contract has ended and cannot be changed.'));
  if (isRenewed === true) {
    const instead = successorId === null ? 'the contract that renews it' : `contract ${successorId}`;
    problems.push(
      problem(path, 'STATE_NOT_ALLOWED', `The contract has been renewed. Change ${instead} instead.`),
    );
  }
  quotes
    ?.filter(isBlocking)
    .forEach(({ externalId }) =>
      problems.push(
        problem(
          path,
          'STATE_NOT_ALLOWED',
          `Quote ${externalId} of this contract has been accepted and is not processed yet. Wait until it is.`,
        ),
      ),
    );
  if (effective !== null && 'on' in effective && hasEnded(term.endsBefore, effective.on)) {
    const lastDay = term.endsBefore === null ? '' : ` Its last day is ${dayBefore(term.endsBefore)}.`;
    problems.push(
      problem(['effective', 'on'], 'DATE_NOT_ALLOWED', `The contract has ended by that day.${lastDay}`),
    );
  }
  return problems;
}

/** An amendment or renewal that is accepted and not processed holds up the next one (`backends.md` §4.8). */
function isBlocking({ type, status }: Quote): boolean {
  return (
    (type === 'AMENDMENT' || type === 'RENEWAL') &&
    (status === 'ACCEPTED' || status === 'ACCEPTED_ADMIN_EDITABLE')
  );
}

/** Of what is on the contract. */
export function problemsOfOfferings(
  change: Exclude<ContractChange, { readonly kind: 'CONTRACT_CANCEL' }>,
  sold: readonly SoldOffering[],
  today: Day,
): readonly Problem[] {
  const problems: Problem[] = [];
  const onContract = new Map(sold.map((offering) => [offering.offeringId, offering]));

  change.offerings.forEach(({ offeringId }, i) => {
    const at = ['offerings', i, 'offeringId'];
    const offering = onContract.get(offeringId);
    if (change.kind === 'CONTRACT_OFFERING_ADD') {
      // Operations name offerings, not their places: two of one could not be told apart afterwards.
      if (offering !== undefined && !hasEnded(offering.endsBefore, today))
        problems.push(
          problem(at, 'DUPLICATE', 'The offering is on the contract already. Change its quantities instead.'),
        );
    } else if (offering === undefined)
      problems.push(problem(at, 'NOT_FOUND', 'The contract has no such offering.'));
    else if (offering.isOneTime && change.kind === 'CONTRACT_RATE_CHANGE')
      problems.push(problem(at, 'NOT_ALLOWED', 'A one-time charge cannot be changed.'));
  });

  if (change.kind === 'CONTRACT_QUANTITY_CHANGE' || change.kind === 'CONTRACT_RATE_CHANGE') {
    change.offerings.forEach(({ offeringId, products }, i) => {
      const offering = onContract.get(offeringId);
      if (offering === undefined) return;
      (products ?? []).forEach(({ productId }, j) => {
        const at = ['offerings', i, 'products', j, 'productId'];
        const product = productOf(offering, productId);
        if (product === undefined)
          problems.push(problem(at, 'NOT_FOUND', 'The offering has no such product.'));
        else if (product.isOneTime)
          problems.push(problem(at, 'NOT_ALLOWED', 'A one-time charge cannot be changed.'));
      });
    });
  }
  if (change.kind === 'CONTRACT_OFFERING_CHANGE') {
    const leaving = new Set(change.offerings.map(({ offeringId }) => offeringId));
    change.offerings.forEach(({ offeringId, newOfferingId }, i) => {
      const offering = onContract.get(newOfferingId);
      if (newOfferingId === offeringId || offering === undefined || leaving.has(newOfferingId)) return;
      if (!hasEnded(offering.endsBefore, today))
        problems.push(
          problem(
            ['offerings', i, 'newOfferingId'],
            'DUPLICATE',
            'The new offering is on the contract already. Change its quantities and remove the other instead.',
          ),
        );
    });
  }
  if (changesNothing(change, onContract))
    problems.push(
      problem(['offerings'], 'NOT_CHANGED', 'The contract has these quantities and rates already.'),
    );
  if (
    change.kind === 'CONTRACT_OFFERING_REMOVE' &&
    !change.confirmCancellation &&
    leavesNothing(change, sold, today)
  )
    problems.push(
      problem(
        ['confirmCancellation'],
        'WOULD_CANCEL_CONTRACT',
        'Removing the last offerings cancels the contract. Set `confirmCancellation` if that is meant.',
      ),
    );
  return problems;
}

/** The vendor would make an amendment quote all the same (failures.md S46): one that says nothing. */
function changesNothing(change: ContractChange, onContract: ReadonlyMap<string, SoldOffering>): boolean {
  if (change.kind !== 'CONTRACT_QUANTITY_CHANGE' && change.kind !== 'CONTRACT_RATE_CHANGE') return false;
  if (change.offerings.length === 0) return false;
  const isQuantity = change.kind === 'CONTRACT_QUANTITY_CHANGE';
  return change.offerings.every((asked) => {
    const offering = onContract.get(asked.offeringId);
    if (offering === undefined || (isQuantity && (asked.products ?? []).length === 0)) return false;
    if ('rateId' in asked && !isOnly(offering.rateIds, asked.rateId)) return false;
    return (asked.products ?? []).every(({ productId, quantity }) =>
      isOnly(productOf(offering, productId)?.quantities ?? [], quantity),
    );
  });
}

function isOnly<Value>(values: readonly Value[], value: Value): boolean {
  return values.length === 1 && values[0] === value;
}

/** Whether no offering that is still running is left (failures.md S45). */
export function leavesNothing(change: ContractChange, sold: readonly SoldOffering[], today: Day): boolean {
  if (change.kind !== 'CONTRACT_OFFERING_REMOVE' || change.offerings.length === 0) return false;
  const leaving = new Set(change.offerings.map(({ offeringId }) => offeringId));
  return sold.every(({ offeringId, endsBefore }) => leaving.has(offeringId) || hasEnded(endsBefore, today));
}

function productOf({ products }: SoldOffering, productId: string): SoldProduct | undefined {
  return products.find((product) => product.productId === productId);
}
