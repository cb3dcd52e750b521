/**
 * What a change brings with it, and what only CloudMC can tell about it (seed 003, `backends.md` §5.5).
 *
 * Refuses to read billing cycles and invoices to know more: the page names no way to find a customer's cycles, and an
 * invoice can be issued between the reading and the change.
 */
import type { Day } from '../../domain/calendar.js';
import type { ResourceCommitmentFields } from '../../domain/change.js';
import type { Implication } from '../../domain/operation.js';
import { isSameId, type Facts, type Terms } from './facts.js';

export interface Forecast {
  readonly implications: readonly Implication[];
  readonly unchecked: readonly string[];
}

const DATES = 'Whether the dates cover a billing cycle for which an invoice has been issued.';
const TAX_CODE = 'Whether there is such a tax code.';

const implication = (
  code: Implication['code'],
  message: string,
  externalId: string | null = null,
): Implication => ({ code, message, externalId });

export function forecastOfCreation(fields: ResourceCommitmentFields): Forecast {
  return {
    implications:
      fields.pricingMethod === 'FIXED_PRICE'
        ? [implication('CHARGE', 'The fixed price is billed for every billing cycle that it runs in.')]
        : [],
    unchecked: [
      DATES,
      'Whether there are such products, and whether they can be committed to.',
      ...(fields.taxCode === undefined ? [] : [TAX_CODE]),
    ],
  };
}

/** `unknownMembers`: of the commitment as it was read. */
export function forecastOfUpdate(
  fields: ResourceCommitmentFields,
  before: Facts,
  wanted: Terms,
  unknownMembers: readonly string[],
): Forecast {
  const isFixedPrice = [before.pricingMethod, wanted.pricingMethod].includes('FIXED_PRICE');
  const isKnown = (id: string) => before.products.some(({ productId }) => isSameId(productId, id));
  const hasNewProducts = fields.products?.some(({ productId }) => !isKnown(productId)) === true;
  const hasDates = fields.startsOn !== undefined || fields.endsBefore !== undefined;
  return {
    implications: [
      // Nobody says what pre-paid is; what is billed in advance has a fixed price (`backends.md` §5.5).
      ...(isFixedPrice
        ? [
            implication(
              'ID_CHANGES',
              'If the commitment is pre-paid, CloudMC terminates it, and a new one with another id takes its place ' +
                'at the end of the current billing cycle.',
              before.id,
            ),
          ]
        : []),
      ...fallenAway(before, wanted),
    ],
    unchecked: [
      'Whether an invoice has been issued to the customer already: CloudMC then refuses the change.',
      'Whether the commitment is pre-paid: CloudMC then terminates it and makes a new one with another id.',
      ...(hasDates ? [DATES] : []),
      ...(hasNewProducts ? ['Whether there are such products, and whether they can be committed to.'] : []),
      ...(fields.taxCode === undefined ? [] : [TAX_CODE]),
      ...(unknownMembers.length === 0
        ? []
        : [
            'Whether CloudMC keeps what it added to this commitment and does not document ' +
              `(${unknownMembers.join(', ')}): an update replaces all that it documents.`,
          ]),
    ],
  };
}

/** What was there, was not spoken of, and will not be there. */
function fallenAway(before: Facts, wanted: Terms): readonly Implication[] {
  const gone = before.products.filter(
    ({ productId }) => !wanted.products.some((product) => isSameId(product.productId, productId)),
  );
  const isRepriced = before.pricingMethod !== wanted.pricingMethod;
  const losesDiscounts =
    wanted.pricingMethod === 'FIXED_PRICE' &&
    before.products.some(({ discountPercent }) => (discountPercent ?? '0') !== '0');
  return [
    ...gone.map(({ productId }) =>
      implication('CASCADE', 'This product is no longer listed, and no longer committed to.', productId),
    ),
    ...(isRepriced && before.fixedPrice !== null && wanted.fixedPrice === null
      ? [implication('CASCADE', 'The fixed price and its tax code go with the pricing method.')]
      : []),
    ...(isRepriced && losesDiscounts
      ? [implication('CASCADE', 'The discounts of its products go with the pricing method.')]
      : []),
  ];
}

export function forecastOfTermination(endsBefore: Day, today: Day): Forecast {
  return {
    implications:
      endsBefore < today
        ? [
            implication(
              'CHARGE',
              'The day is in the past: usage since then may have to be processed again, and billed otherwise.',
            ),
          ]
        : [],
    unchecked: [
      `Whether ${endsBefore} is the end of the current or of the next billing cycle.`,
      'Whether the commitment spans a closed billing cycle: one that does not is deleted instead.',
    ],
  };
}

export function forecastOfDeletion({ products }: Facts): Forecast {
  return {
    implications:
      products.length === 0
        ? []
        : [implication('CASCADE', `Its committed products (${products.length}) go with it.`)],
    unchecked: [
      'Whether it has a closed billing cycle: it can then only be terminated. That is so about a month after its creation.',
    ],
  };
}
