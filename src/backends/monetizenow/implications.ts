/** What a contract operation brings with it, and what only MonetizeNow can say about it (seed 002; `backends.md` §4). */
import type { Day } from '../../domain/calendar.js';
import type { ContractChange, ProductQuantity } from '../../domain/change.js';
import type { Contract, Quote } from '../../domain/contract.js';
import type { Implication } from '../../domain/operation.js';
import type { SoldOffering } from './evidence.js';
import { leavesNothing } from './rules.js';

/** `sold`: what is on the contract; `null`: it was not read. */
export function implicationsOf(
  change: ContractChange,
  sold: readonly SoldOffering[] | null,
  today: Day,
): readonly Implication[] {
  const implied = ofKind(change, sold, today);
  const { effective } = change;
  if (effective !== null && 'at' in effective) return implied;
  const message = 'A change before the next bill cycle may be charged for in proportion.';
  return [...implied, { code: 'CHARGE', message, externalId: null }];
}

function ofKind(
  change: ContractChange,
  sold: readonly SoldOffering[] | null,
  today: Day,
): readonly Implication[] {
  switch (change.kind) {
    case 'CONTRACT_QUANTITY_CHANGE':
    case 'CONTRACT_RATE_CHANGE':
      return change.offerings.flatMap(({ offeringId, products }) => kept(offeringId, products ?? [], sold));
    case 'CONTRACT_OFFERING_CHANGE':
      return change.offerings.flatMap(({ offeringId, newOfferingId }) => [
        removed(offeringId),
        defaults(newOfferingId),
      ]);
    case 'CONTRACT_OFFERING_ADD':
      return change.offerings.map(({ offeringId }) => defaults(offeringId));
    case 'CONTRACT_OFFERING_REMOVE': {
      const gone = change.offerings.map(({ offeringId }) => removed(offeringId));
      return sold !== null && leavesNothing(change, sold, today)
        ? [...gone, cancelled(change.contractId)]
        : gone;
    }
    case 'CONTRACT_CANCEL':
      return [cancelled(change.contractId)];
  }
}

function kept(
  offeringId: string,
  products: readonly ProductQuantity[],
  sold: readonly SoldOffering[] | null,
): readonly Implication[] {
  const named = new Set(products.map(({ productId }) => productId));
  const offering = sold?.find((one) => one.offeringId === offeringId);
  return (offering?.products ?? [])
    .filter(({ productId }) => !named.has(productId))
    .map(({ productId }) => ({
      code: 'QUANTITY_KEPT',
      message: `Product ${productId} of offering ${offeringId} keeps its quantity.`,
      externalId: productId,
    }));
}

function defaults(offeringId: string): Implication {
  return {
    code: 'QUANTITY_DEFAULTS',
    message: `Products of offering ${offeringId} that are not listed get the quantity 1, or the least that its rate allows.`,
    externalId: offeringId,
  };
}

function removed(offeringId: string): Implication {
  return {
    code: 'OFFERING_REMOVED',
    message: `Offering ${offeringId} is removed from the contract.`,
    externalId: offeringId,
  };
}

function cancelled(contractId: string): Implication {
  return { code: 'CONTRACT_CANCELLED', message: 'The whole contract is cancelled.', externalId: contractId };
}

/** Rules that only the backend can check. */
export function uncheckedOf(
  change: ContractChange,
  contract: Contract,
  quotes: readonly Quote[] | null,
  sold: readonly SoldOffering[] | null,
): readonly string[] {
  const { status } = contract;
  return [
    // The seed names the option, and no member of the request sets it (`backends.md` C18).
    'Whether the change is held until somebody at MonetizeNow approves it.',
    ...(status === 'ACTIVE' || status === 'CANCELED' || status === 'FINISHED'
      ? []
      : [
          status === 'PENDING'
            ? 'Whether the contract can be changed before it has started.'
            : 'Whether the contract is in a state in which it can be changed.',
        ]),
    ...(quotes === null ? ['Whether another quote of the contract is accepted and not processed yet.'] : []),
    ...(quotes ?? [])
      .filter((quote) => quote.type !== 'NEW' && quote.status === 'REVIEW')
      .map(({ externalId }) => `Whether quote ${externalId}, which waits for approval, stands in the way.`),
    ...ofOfferings(change, sold),
  ];
}

function ofOfferings(change: ContractChange, sold: readonly SoldOffering[] | null): readonly string[] {
  switch (change.kind) {
    case 'CONTRACT_QUANTITY_CHANGE':
      return ['Whether the quantities are within the bounds of the rates.'];
    case 'CONTRACT_RATE_CHANGE':
      return [
        'Whether the rates exist and can be had for these offerings and this contract.',
        'Whether the quantities are within the bounds of the rates.',
      ];
    case 'CONTRACT_OFFERING_CHANGE':
    case 'CONTRACT_OFFERING_ADD':
      return [
        'Whether the new offerings exist and can be sold on this contract.',
        'Whether the products belong to the new offerings, and the quantities are within the bounds of their rates.',
        // There is no member for it (`backends.md` C15).
        'At which rate the new offerings are sold.',
      ];
    case 'CONTRACT_OFFERING_REMOVE': {
      const leaving = new Set(change.offerings.map(({ offeringId }) => offeringId));
      const left = sold?.filter(({ offeringId }) => !leaving.has(offeringId)) ?? [];
      const isCharge = left.length > 0 && left.every(({ isOneTime }) => isOneTime);
      return [
        'Whether the offerings may be removed.',
        ...(isCharge ? ['Whether one-time charges alone keep the contract from being cancelled.'] : []),
      ];
    }
    case 'CONTRACT_CANCEL':
      return ['Whether the contract may be cancelled on that day.'];
  }
}
