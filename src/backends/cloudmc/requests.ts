/**
 * Changes as CloudMC takes them (seed 003).
 *
 * Guarantees: numbers reach the body digit by digit, written as the vendor's samples write them (`1000.0`, `10`).
 *
 * An update sends the whole commitment, the change laid over what was read: the page tells to leave `endDate` out for
 * "no end", so what is left out is not kept, and says that the start date "must be specified". Refuses to send the
 * organization and the reseller with it, which "cannot be updated", and what CloudMC makes itself.
 */
import { parseInstant, type Day } from '../../domain/calendar.js';
import type { CommittedProductInput, ResourceCommitmentFields } from '../../domain/change.js';
import type { PlannedRequest } from '../../domain/operation.js';
import {
  createCommitment,
  deleteCommitment,
  terminateCommitment,
  updateCommitment,
  type CloudmcOrganizationId,
} from './client.js';
import { daysOf, isSameId, type ProductTerms, type Terms } from './facts.js';

/** Terms of nothing, for a creation to be laid over. `RESOURCE` is the only type that there is. */
const NOTHING: Terms = {
  name: null,
  resourceType: 'RESOURCE',
  pricingMethod: null,
  rateType: null,
  fixedPrice: null,
  taxCode: null,
  products: [],
  startsAt: null,
  endsAt: null,
};

/** What is to be there after a creation. */
export function termsToCreate(fields: ResourceCommitmentFields): Terms {
  return termsToUpdate(NOTHING, fields);
}

/**
 * What is to be there after an update. What does not go with the pricing method falls away, as it applies to the other
 * one only. A product that is given without a discount keeps the one that it has: to end it, zero is said.
 */
export function termsToUpdate(terms: Terms, fields: ResourceCommitmentFields): Terms {
  const { startsOn, endsBefore } = fields;
  const days = daysOf(terms);
  const pricingMethod = fields.pricingMethod ?? terms.pricingMethod;
  const isFixedPrice = pricingMethod === 'FIXED_PRICE';
  const isDiscount = pricingMethod === 'UTILITY_DISCOUNT';
  const products = fields.products?.map((product) => laidOver(terms.products, product)) ?? terms.products;
  return {
    name: fields.name ?? terms.name,
    resourceType: terms.resourceType ?? NOTHING.resourceType,
    pricingMethod,
    rateType: isFixedPrice ? null : (fields.rateType ?? terms.rateType),
    fixedPrice: isDiscount ? null : (fields.fixedPrice ?? terms.fixedPrice),
    taxCode: isDiscount ? null : taxCodeOf(terms, fields),
    products: isFixedPrice ? products.map((product) => ({ ...product, discountPercent: null })) : products,
    // The instant as it was read, where the day stays.
    startsAt: startsOn === undefined || startsOn === days.startsOn ? terms.startsAt : midnightOf(startsOn),
    endsAt:
      endsBefore === undefined || endsBefore === days.endsBefore
        ? terms.endsAt
        : endsBefore === null
          ? null
          : midnightOf(endsBefore),
  };
}

/** The same code without its description is the same tax code. */
function taxCodeOf(terms: Terms, { taxCode }: ResourceCommitmentFields): Terms['taxCode'] {
  if (taxCode === undefined) return terms.taxCode;
  return taxCode.description === null && taxCode.code === terms.taxCode?.code ? terms.taxCode : taxCode;
}

function laidOver(known: readonly ProductTerms[], product: CommittedProductInput): ProductTerms {
  const { productId, committedQuantity, discountPercent } = product;
  const same = known.find((other) => isSameId(other.productId, productId));
  return { productId, committedQuantity, discountPercent: discountPercent ?? same?.discountPercent ?? null };
}

function midnightOf(day: Day): string {
  const instant = `${day}T00:00:00Z`;
  return parseInstant(instant) ?? instant;
}

export function createRequest(terms: Terms, organizationId: CloudmcOrganizationId): PlannedRequest {
  const body = { ...bodyOf(terms), organization: { id: organizationId } };
  return { method: createCommitment.method, path: createCommitment.path({}), body: print(body) };
}

export function updateRequest(id: string, terms: Terms): PlannedRequest {
  return {
    method: updateCommitment.method,
    path: updateCommitment.path({ id }),
    body: print({ id, ...bodyOf(terms) }),
  };
}

/** The vendor's end date is the first day after, as ours is: its sample ends on the first of a month. */
export function terminateRequest(id: string, endsBefore: Day): PlannedRequest {
  return {
    method: terminateCommitment.method,
    path: terminateCommitment.path({ id }),
    body: print({ endDate: endsBefore }),
  };
}

export function deleteRequest(id: string): PlannedRequest {
  return { method: deleteCommitment.method, path: deleteCommitment.path({ id }), body: null };
}

function bodyOf(terms: Terms): Body {
  const { name, pricingMethod, rateType, fixedPrice, taxCode, startsAt, endsAt } = terms;
  return {
    name,
    type: terms.resourceType,
    pricingMethod,
    rateType,
    fixedPrice: double(fixedPrice),
    fixedPriceTaxCode: taxCode && { code: taxCode.code, description: taxCode.description },
    committedProducts: terms.products.map(({ productId, committedQuantity, discountPercent }) => ({
      product: { id: productId },
      committedAmount: double(committedQuantity),
      discountAmount: number(discountPercent),
    })),
    startDate: startsAt,
    endDate: endsAt,
  };
}

/** A number as text, to be written without quotes. */
class Digits {
  constructor(readonly text: string) {}
}

type Body = { readonly [name: string]: Value };
type Value = null | string | Digits | Body | readonly Value[];

function number(text: string | null): Digits | null {
  return text === null ? null : new Digits(text);
}

function double(text: string | null): Digits | null {
  return number(text === null || text.includes('.') ? text : `${text}.0`);
}

/** Members that are `null` are left out: to CloudMC what is not there is not set. */
function print(value: Value): string {
  if (value === null || typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Digits) return value.text;
  if (isList(value)) return `[${value.map(print).join(',')}]`;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${print(member)}`).join(',')}}`;
}

function isList(value: Body | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value);
}
