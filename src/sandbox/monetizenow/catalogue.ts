/**
 * What can be sold. Guarantees the three ids that seed 002 prints (an offering, its product, its yearly rate in US
 * dollars); for every other currency in use the same offerings with rates of their own; and one default rate for each
 * offering and currency, which is the monthly one. Names, prices and lower bounds are invented.
 */
import { chanceOf } from '../random.js';
import type { BillingFrequency, Catalogue, Offering, Price, Product, Rate } from './state.js';

export const SEATS_OFFERING = 'offer_fYyrKcVaJRgVN7jg';
export const SEAT_PRODUCT = 'prod_sVd2qS8nXCP7X1Uf';
export const SEATS_YEARLY_RATE = 'rate_Y6FfLGv3Ycipd1cw';

/** The vendor's list; it bills no others. */
const CURRENCIES = new Set('AUD BYN CAD CNY DKK EUR GBP INR ISK MYR NOK SEK SGD TWD USD'.split(' '));

/** What a customer is billed in: its own currency where the vendor has it, US dollars where not (our choice). */
export function billedIn(currency: string): string {
  return CURRENCIES.has(currency) ? currency : 'USD';
}

const idOf = (kind: 'offer' | 'prod' | 'rate', what: string): string =>
  `${kind}_${chanceOf(`monetizenow ${kind} ${what}`).base62(16)}`;

export const PLUS_PRODUCT = idOf('prod', 'seat plus');
const STORAGE_PRODUCT = idOf('prod', 'storage');
const SUPPORT_PRODUCT = idOf('prod', 'support');
const MINIMUM_PRODUCT = idOf('prod', 'minimum');
export const SUPPORT_OFFERING = idOf('offer', 'support');
export const MINIMUM_OFFERING = idOf('offer', 'minimum');
export const PLUS_OFFERING = idOf('offer', 'seats plus');

const PRODUCTS: readonly Product[] = [
  { id: SEAT_PRODUCT, name: 'Team Seat', sku: 'SEAT', productType: 'ADVANCE' },
  { id: PLUS_PRODUCT, name: 'Team Seat Plus', sku: 'SEAT-PLUS', productType: 'ADVANCE' },
  { id: STORAGE_PRODUCT, name: 'Storage Pack', sku: 'STOR-PACK', productType: 'ADVANCE' },
  { id: SUPPORT_PRODUCT, name: 'Support Case', sku: 'SUP-CASE', productType: 'ARREARS' },
  { id: MINIMUM_PRODUCT, name: 'Platform Minimum', sku: 'MIN-PLATFORM', productType: 'MIN_COMMIT' },
];

interface Sale extends Offering {
  readonly timing: Rate['subscriptionTiming'];
  readonly priceModel: Rate['priceModel'];
  readonly monthly: readonly Price[];
  /** Twelve months for so many. */
  readonly yearlyPaysFor?: bigint;
}

function sale(
  id: string,
  name: string,
  offeringType: Offering['offeringType'],
  monthly: readonly Price[],
  rest: Pick<Sale, 'timing' | 'priceModel' | 'yearlyPaysFor'>,
): Sale {
  return { id, name, offeringType, productIds: monthly.map(({ productId }) => productId), monthly, ...rest };
}

const SALES: readonly Sale[] = [
  sale(
    SEATS_OFFERING,
    'Team Seats',
    'SUBSCRIPTION',
    [{ productId: SEAT_PRODUCT, unitPrice: 50_00n, lowerBound: 1 }],
    { timing: 'ADVANCE', priceModel: 'VOLUME', yearlyPaysFor: 10n },
  ),
  sale(
    PLUS_OFFERING,
    'Team Seats Plus',
    'SUBSCRIPTION',
    [
      { productId: PLUS_PRODUCT, unitPrice: 80_00n, lowerBound: 5 },
      { productId: STORAGE_PRODUCT, unitPrice: 12_50n },
    ],
    { timing: 'ADVANCE', priceModel: 'VOLUME', yearlyPaysFor: 10n },
  ),
  sale(
    SUPPORT_OFFERING,
    'Premium Support',
    'SUBSCRIPTION',
    [{ productId: SUPPORT_PRODUCT, unitPrice: 125_50n, lowerBound: 1 }],
    { timing: 'ARREARS', priceModel: 'FLAT' },
  ),
  // Its price is agreed with each customer and stands on the quote.
  sale(
    MINIMUM_OFFERING,
    'Platform Minimum',
    'MIN_COMMIT',
    [{ productId: MINIMUM_PRODUCT, unitPrice: 0n, lowerBound: 1 }],
    { timing: 'ARREARS', priceModel: 'CUSTOM' },
  ),
];

function ratesOf(offering: Sale, currency: string): Rate[] {
  const common = {
    offeringId: offering.id,
    currency,
    subscriptionTiming: offering.timing,
    priceModel: offering.priceModel,
  };
  const yearlyId =
    offering.id === SEATS_OFFERING && currency === 'USD'
      ? SEATS_YEARLY_RATE
      : idOf('rate', `${offering.id} ${currency} yearly`);
  const monthly: Rate = {
    ...common,
    id: idOf('rate', `${offering.id} ${currency} monthly`),
    name: 'Monthly',
    billingFrequency: 'MONTHLY',
    billingFrequencyInMonths: 1,
    isDefault: true,
    prices: offering.monthly,
  };
  if (offering.yearlyPaysFor === undefined) return [monthly];
  const paysFor = offering.yearlyPaysFor;
  return [
    monthly,
    {
      ...common,
      id: yearlyId,
      name: 'Yearly',
      billingFrequency: 'ANNUALLY',
      billingFrequencyInMonths: 12,
      isDefault: false,
      prices: offering.monthly.map((price) => ({ ...price, unitPrice: price.unitPrice * paysFor })),
    },
  ];
}

export function createCatalogue(currencies: Iterable<string>): Catalogue {
  const rates = [...new Set(currencies)].flatMap((currency) =>
    SALES.flatMap((offering) => ratesOf(offering, currency)),
  );
  return {
    products: new Map(PRODUCTS.map((product) => [product.id, product])),
    offerings: new Map(
      SALES.map(({ id, name, offeringType, productIds }) => [id, { id, name, offeringType, productIds }]),
    ),
    rates: new Map(rates.map((rate) => [rate.id, rate])),
  };
}

/** The rate that an offering gets when none is named; undefined where it is not sold in that currency. */
export function findDefaultRate(
  catalogue: Catalogue,
  offeringId: string,
  currency: string,
): Rate | undefined {
  for (const rate of catalogue.rates.values()) {
    if (rate.isDefault && rate.offeringId === offeringId && rate.currency === currency) return rate;
  }
  return undefined;
}

export function defaultRate(catalogue: Catalogue, offeringId: string, currency: string): Rate {
  const rate = findDefaultRate(catalogue, offeringId, currency);
  if (!rate) throw new Error(`no default rate for the offering ${offeringId} in ${currency}`);
  return rate;
}

/** The rate for the billing frequency asked for where there is one, else the default one (`backends.md` C15). */
export function rateFor(
  catalogue: Catalogue,
  offeringId: string,
  currency: string,
  frequency: BillingFrequency,
): Rate | undefined {
  const fallback = findDefaultRate(catalogue, offeringId, currency);
  if (fallback?.billingFrequency === frequency) return fallback;
  for (const rate of catalogue.rates.values()) {
    const fits = rate.offeringId === offeringId && rate.currency === currency;
    if (fits && rate.billingFrequency === frequency) return rate;
  }
  return fallback;
}
