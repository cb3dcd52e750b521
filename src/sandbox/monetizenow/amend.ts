/**
 * The offerings of an amendment quote. Guarantees every offering that the contract still has from that day on, changed or
 * not, each item with its quantity and amount before; an offering that goes has `removed` and quantities of 0, one that
 * comes has `added`. Refuses what `backends.md` §4.8 has about offerings, rates, products and quantities.
 *
 * Our choices: a ramp's later steps are changed with the first one ("the new total quantity"); a new rate is a new
 * subscription (C22); an offering stands on a contract once, as every action names its line by the offering's id.
 */
import { amountOf } from './amounts.js';
import { rateFor } from './catalogue.js';
import type { Ids } from './ids.js';
import type { AskedOffering, Operation, ProductQuantity } from './operation.js';
import { ChangeRefused } from './self-service-error.js';
import type {
  BillingFrequency,
  Catalogue,
  Contract,
  Price,
  QuoteItem,
  QuoteOffering,
  Rate,
} from './state.js';
import type { Line } from './terms.js';

/** What is to become of one line; a line without an edit stays as it is. */
type Edit =
  | { readonly kind: 'remove' }
  | { readonly kind: 'change'; readonly rate: Rate | null; readonly quantities: Quantities };

type Quantities = ReadonlyMap<string, number>;

interface Addition {
  readonly rate: Rate;
  readonly quantities: Quantities;
}

interface Edits {
  readonly edits: Map<string, Edit>;
  readonly additions: Addition[];
}

export interface Setting {
  readonly catalogue: Catalogue;
  readonly contract: Contract;
  /** What is agreed from the first day of the change on. */
  readonly lines: readonly Line[];
  /** The first day of the change. */
  readonly from: string;
  readonly ids: Ids;
}

/** No more of one thing than this is sold; keeps sums of money exact. */
const MAX_QUANTITY = 1_000_000_000;

export function amendedOfferings(setting: Setting, operation: Operation): QuoteOffering[] {
  const { edits, additions } = editsOf(setting, operation);
  return [
    ...setting.lines.flatMap((line) => amendedLine(setting, line, edits.get(line.offeringId))),
    ...additions.map((addition) => newLine(setting, addition)),
  ];
}

function editsOf(setting: Setting, { action, payload }: Operation): Edits {
  const all: Edits = { edits: new Map(), additions: [] };
  if (action === 'CANCELLATION') {
    for (const { offeringId } of setting.lines) all.edits.set(offeringId, { kind: 'remove' });
    return all;
  }
  const asked = payload?.offerings ?? [];
  if (asked.length === 0) throw new ChangeRefused('No offering is named');
  requireOnce(
    'offering',
    asked.map(({ offeringId }) => offeringId),
  );
  requireOnce(
    'offering',
    asked.flatMap(({ newOfferingId }) => newOfferingId ?? []),
  );
  for (const one of asked) {
    requireOnce(
      'product',
      (one.products ?? []).map(({ productId }) => productId),
    );
    if (!setting.catalogue.offerings.has(one.offeringId)) {
      throw new ChangeRefused(`Offering ${one.offeringId} was not found`);
    }
    if (action === 'ADD_OFFERING') {
      all.additions.push(addition(setting, one.offeringId, one.products, soldFrequency(setting)));
      continue;
    }
    const line = lineOf(setting, one.offeringId);
    if (action === 'REMOVE_OFFERING') {
      all.edits.set(one.offeringId, { kind: 'remove' });
    } else if (action === 'OFFERING_CHANGE') {
      all.edits.set(one.offeringId, { kind: 'remove' });
      const frequency = frequencyOf(setting.catalogue, line);
      all.additions.push(addition(setting, one.newOfferingId ?? '', one.products, frequency));
    } else {
      all.edits.set(one.offeringId, change(setting, one, line));
    }
  }
  return all;
}

function requireOnce(what: string, ids: readonly string[]): void {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new ChangeRefused(`The ${what} ${twice} is named twice`);
}

function lineOf({ contract, lines }: Setting, offeringId: string): Line {
  const line = lines.find((one) => one.offeringId === offeringId);
  if (!line) throw new ChangeRefused(`Offering ${offeringId} is not on the contract ${contract.id}`);
  return line;
}

function frequencyOf({ rates }: Catalogue, { steps: [first] }: Line): BillingFrequency {
  return rates.get(first.rateId)?.billingFrequency ?? 'MONTHLY';
}

/** The contract's billing frequency (`backends.md` C15): that of what was sold first. */
function soldFrequency({ catalogue, lines: [first] }: Setting): BillingFrequency {
  return first ? frequencyOf(catalogue, first) : 'MONTHLY';
}

function addition(
  { catalogue, contract, lines }: Setting,
  offeringId: string,
  products: readonly ProductQuantity[] | undefined,
  frequency: BillingFrequency,
): Addition {
  if (!catalogue.offerings.has(offeringId)) throw new ChangeRefused(`Offering ${offeringId} was not found`);
  if (lines.some((line) => line.offeringId === offeringId)) {
    throw new ChangeRefused(`Offering ${offeringId} is already on the contract ${contract.id}`);
  }
  const rate = rateFor(catalogue, offeringId, contract.currency, frequency);
  if (!rate) throw new ChangeRefused(`Offering ${offeringId} has no rate in ${contract.currency}`);
  return { rate, quantities: quantitiesOf(products, rate) };
}

function change(setting: Setting, asked: AskedOffering, { steps }: Line): Edit {
  const { catalogue } = setting;
  const rate = asked.rateId === undefined ? null : changedRate(setting, asked.offeringId, asked.rateId);
  let quantities: Quantities = new Map();
  for (const step of steps) {
    const inForce = rate ?? catalogue.rates.get(step.rateId);
    if (!inForce) throw new ChangeRefused(`Rate ${step.rateId} was not found`);
    quantities = quantitiesOf(asked.products, inForce);
    // A new rate may ask for more than there is.
    if (rate)
      step.items.forEach((item) =>
        requireBound(quantities.get(item.productId) ?? item.quantity, item.productId, rate),
      );
  }
  return { kind: 'change', rate, quantities };
}

function changedRate({ catalogue, contract }: Setting, offeringId: string, rateId: string): Rate {
  const rate = catalogue.rates.get(rateId);
  if (!rate) throw new ChangeRefused(`Rate ${rateId} was not found`);
  if (rate.offeringId !== offeringId) {
    throw new ChangeRefused(`Rate ${rateId} is not a rate of the offering ${offeringId}`);
  }
  if (rate.currency !== contract.currency) {
    throw new ChangeRefused(`Rate ${rateId} is in ${rate.currency}, the contract in ${contract.currency}`);
  }
  return rate;
}

function quantitiesOf(products: readonly ProductQuantity[] | undefined, rate: Rate): Quantities {
  return new Map(
    (products ?? []).map(({ productId, quantity }) => {
      requireBound(quantity, productId, rate);
      return [productId, quantity];
    }),
  );
}

const lowerBound = (price: Price): number => price.lowerBound ?? 1;

function requireBound(quantity: number, productId: string, rate: Rate): void {
  const price = rate.prices.find((one) => one.productId === productId);
  if (!price) throw new ChangeRefused(`Product ${productId} is not in the offering ${rate.offeringId}`);
  if (quantity < lowerBound(price)) {
    throw new ChangeRefused(
      `The quantity of ${productId} must be at least ${lowerBound(price)} with the rate ${rate.id}`,
    );
  }
  if (quantity > MAX_QUANTITY) throw new ChangeRefused(`The quantity of ${productId} is too large`);
}

function amendedLine({ ids }: Setting, { steps }: Line, edit: Edit | undefined): QuoteOffering[] {
  const firstId = ids.next('quoff');
  const subscriptions = new Map<string, string>();
  return steps.map((step, index): QuoteOffering => {
    const rate = edit?.kind === 'change' && edit.rate?.id !== step.rateId ? edit.rate : null;
    if (rate && !subscriptions.has(step.subscriptionId)) {
      subscriptions.set(step.subscriptionId, ids.next('subsc'));
    }
    return {
      ...step,
      id: index === 0 ? firstId : ids.next('quoff'),
      rateId: rate?.id ?? step.rateId,
      subscriptionId: subscriptions.get(step.subscriptionId) ?? step.subscriptionId,
      items: step.items.map((item) => amendedItem(item, ids.next('qtitm'), edit, rate)),
      parentId: index === 0 ? null : firstId,
      previousId: step.id,
      previousRateId: step.rateId,
      added: false,
      removed: edit?.kind === 'remove',
    };
  });
}

function amendedItem(item: QuoteItem, id: string, edit: Edit | undefined, rate: Rate | null): QuoteItem {
  const before = { ...item, id, previousQuantity: item.quantity, previousAmount: amountOf(item) };
  if (edit?.kind === 'remove') return { ...before, quantity: 0, amendmentStatus: 'REMOVED' };
  const quantity = edit?.quantities.get(item.productId) ?? item.quantity;
  const price = rate?.prices.find(({ productId }) => productId === item.productId);
  const isSame = quantity === item.quantity && price === undefined;
  return {
    ...before,
    quantity,
    unitPrice: price?.unitPrice ?? item.unitPrice,
    amendmentStatus: isSame ? 'NO_CHANGE' : 'UPDATED',
  };
}

function newLine({ contract, from, ids }: Setting, { rate, quantities }: Addition): QuoteOffering {
  return {
    id: ids.next('quoff'),
    offeringId: rate.offeringId,
    rateId: rate.id,
    subscriptionId: ids.next('subsc'),
    startDate: from,
    endDate: contract.endDate,
    items: rate.prices.map((price) => ({
      id: ids.next('qtitm'),
      productId: price.productId,
      // Seed 002: 1 or the rate's minimum lower bound for those that are not listed.
      quantity: quantities.get(price.productId) ?? lowerBound(price),
      unitPrice: price.unitPrice,
      discountPercent: 0,
      amendmentStatus: 'ADDED',
      previousQuantity: null,
      previousAmount: null,
    })),
    discounts: [],
    parentId: null,
    previousId: null,
    previousRateId: null,
    added: true,
    removed: false,
  };
}
