/**
 * The bodies of writes, read. Guarantees that whatever comes out has the form that seed 003 gives it, numbers with all
 * their digits, and only the members of its pricing method. Refuses with 400 what is not JSON, unknown members (a
 * misspelt one would otherwise silently do nothing), null, and members of the other pricing method.
 *
 * Our choice, because the page is silent (`backends.md` §5.5): name, committedProducts, pricingMethod and type are
 * required, committedProducts may be empty; the members that only answers have (status, createdAt …) may be sent back
 * and are ignored; a product may occur once; a discount is between 0 and 100 percent. Content types: JSON, and the one
 * that curl sends by itself, since the page's own lines for terminate and update name none.
 */
import { LosslessNumber, parse } from 'lossless-json';
import { isDay } from '../calendar.js';
import type { EmulatedRequest } from '../types.js';
import { productOf, type Product } from './products.js';
import { CODES, refuse, wrongParameter } from './replies.js';
import type { Pricing, TaxCode } from './state.js';

export interface AskedProduct {
  readonly product: Product;
  readonly committedAmount: LosslessNumber;
  readonly discountAmount?: LosslessNumber;
}

export interface AskedCommitment {
  /** The body as it was sent; every member of it was understood. */
  readonly raw: Readonly<Record<string, unknown>>;
  readonly id?: string;
  readonly organizationId?: string;
  readonly resellerId?: string;
  readonly name: string;
  readonly pricing: Pricing;
  readonly products: readonly AskedProduct[];
  readonly startDate: string;
  readonly endDate?: string;
}

export interface AskedTermination {
  readonly raw: Readonly<Record<string, unknown>>;
  /** `YYYY-MM-DD`. */
  readonly endDate: string;
}

type Members = Readonly<Record<string, unknown>>;

const CONTENT_TYPE = /^application\/(json|x-www-form-urlencoded)\s*(;|$)/i;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const INSTANT = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?Z$/;

const COMMITMENT_MEMBERS = [
  'id',
  'name',
  'organization',
  'reseller',
  'committedProducts',
  'pricingMethod',
  'rateType',
  'type',
  'fixedPrice',
  'fixedPriceTaxCode',
  'startDate',
  'endDate',
  'status',
  'terminated',
  'createdAt',
  'updatedAt',
] as const;
const PRODUCT_MEMBERS = [
  'product',
  'committedAmount',
  'discountAmount',
  'id',
  'fixedRateReferencePrice',
  'createdAt',
  'updatedAt',
] as const;

export function readCommitment(request: EmulatedRequest): AskedCommitment {
  const raw = readMembers(request);
  checkMembers(raw, '', COMMITMENT_MEMBERS);
  if (raw['type'] !== 'RESOURCE') wrongParameter('type', 'must be RESOURCE', raw['type']);
  const pricing = readPricing(raw);
  const startDate = readInstant(raw, 'startDate');
  const endDate = raw['endDate'] === undefined ? undefined : readInstant(raw, 'endDate');
  if (endDate !== undefined && Date.parse(endDate) <= Date.parse(startDate)) {
    wrongParameter('endDate', 'must be after startDate', endDate);
  }
  return {
    raw,
    ...(raw['id'] !== undefined && { id: readUuid(raw, 'id') }),
    ...(raw['organization'] !== undefined && { organizationId: readReference(raw, 'organization') }),
    ...(raw['reseller'] !== undefined && { resellerId: readReference(raw, 'reseller') }),
    name: readText(raw, 'name'),
    pricing,
    products: readProducts(raw, pricing),
    startDate,
    ...(endDate !== undefined && { endDate }),
  };
}

export function readTermination(request: EmulatedRequest): AskedTermination {
  const raw = readMembers(request);
  checkMembers(raw, '', ['endDate']);
  const { endDate } = raw;
  if (typeof endDate !== 'string' || !isDay(endDate)) {
    wrongParameter('endDate', 'must be a date in the format YYYY-MM-DD', endDate);
  }
  return { raw, endDate };
}

function readMembers({ headers, body }: EmulatedRequest): Members {
  const contentType = headers['content-type'] ?? '';
  if (!CONTENT_TYPE.test(contentType)) {
    refuse(CODES.unreadableBody, 'The request body must be application/json', { contentType });
  }
  let value: unknown;
  try {
    value = parse(body);
  } catch {
    refuse(CODES.unreadableBody, 'The request body is not valid JSON');
  }
  if (!isObject(value)) refuse(CODES.unreadableBody, 'The request body must be a JSON object');
  return value;
}

function isObject(value: unknown): value is Members {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LosslessNumber)
  );
}

function checkMembers(value: Members, at: string, known: readonly string[]): void {
  const stranger = Object.keys(value).find((name) => !known.includes(name));
  if (stranger !== undefined) wrongParameter(at + stranger, 'is not an attribute that is known here');
}

function readText(value: Members, name: string): string {
  const text = value[name];
  if (typeof text !== 'string' || text.trim() === '') {
    wrongParameter(name, 'must be specified and be text', text);
  }
  return text;
}

function readUuid(value: Members, name: string, at = ''): string {
  const id = value[name];
  if (typeof id !== 'string' || !UUID.test(id)) wrongParameter(at + name, 'must be a UUID', id);
  return id.toLowerCase();
}

/** `{id}` or the `{id, name}` of an answer. */
function readReference(value: Members, name: string): string {
  const reference = value[name];
  if (!isObject(reference)) wrongParameter(name, 'must be an object with an id', reference);
  checkMembers(reference, `${name}.`, ['id', 'name']);
  return readUuid(reference, 'id', `${name}.`);
}

function readInstant(value: Members, name: string): string {
  const instant = value[name];
  if (instant === undefined) wrongParameter(name, 'must be specified');
  const day = typeof instant === 'string' ? INSTANT.exec(instant)?.[1] : undefined;
  if (typeof instant !== 'string' || day === undefined || !isDay(day)) {
    wrongParameter(name, 'must be an instant in the format YYYY-MM-DDTHH:MM:SSZ', instant);
  }
  return instant;
}

function readNumber(value: Members, name: string, at = '', most = Number.POSITIVE_INFINITY): LosslessNumber {
  const number = value[name];
  // What is beyond a double (1e400) is no number to the vendor.
  const size = number instanceof LosslessNumber ? Number(number.value) : Number.NaN;
  if (!(number instanceof LosslessNumber) || !Number.isFinite(size) || size < 0 || size > most) {
    const limit = Number.isFinite(most) ? `from 0 to ${most}` : 'of at least 0';
    wrongParameter(at + name, `must be a number ${limit}`, number);
  }
  return number;
}

function readPricing(value: Members): Pricing {
  const { pricingMethod, rateType } = value;
  if (pricingMethod === 'FIXED_PRICE') {
    if (rateType !== undefined) wrongParameter('rateType', 'applies only to UTILITY_DISCOUNT', rateType);
    return {
      pricingMethod,
      fixedPrice: readNumber(value, 'fixedPrice'),
      ...(value['fixedPriceTaxCode'] !== undefined && { fixedPriceTaxCode: readTaxCode(value) }),
    };
  }
  if (pricingMethod !== 'UTILITY_DISCOUNT') {
    wrongParameter('pricingMethod', 'must be FIXED_PRICE or UTILITY_DISCOUNT', pricingMethod);
  }
  for (const name of ['fixedPrice', 'fixedPriceTaxCode']) {
    if (value[name] !== undefined) wrongParameter(name, 'applies only to FIXED_PRICE', value[name]);
  }
  if (rateType !== 'FIXED_RATE' && rateType !== 'VARIABLE_RATE') {
    wrongParameter('rateType', 'must be FIXED_RATE or VARIABLE_RATE', rateType);
  }
  return { pricingMethod, rateType };
}

function readTaxCode(value: Members): TaxCode {
  const taxCode = value['fixedPriceTaxCode'];
  if (!isObject(taxCode)) wrongParameter('fixedPriceTaxCode', 'must be an object with a code', taxCode);
  checkMembers(taxCode, 'fixedPriceTaxCode.', ['code', 'description']);
  const { code, description } = taxCode;
  if (typeof code !== 'string' || code === '') wrongParameter('fixedPriceTaxCode.code', 'must be text', code);
  if (description !== undefined && typeof description !== 'string') {
    wrongParameter('fixedPriceTaxCode.description', 'must be text', description);
  }
  return { code, ...(description !== undefined && { description }) };
}

function readProducts(value: Members, pricing: Pricing): AskedProduct[] {
  const list = value['committedProducts'];
  if (!Array.isArray(list)) wrongParameter('committedProducts', 'must be a list', list);
  const products = (list as unknown[]).map((entry, index) => readProduct(entry, index, pricing));
  const twice = products.find(({ product }, index) =>
    products.slice(0, index).some((earlier) => earlier.product.id === product.id),
  );
  if (twice) wrongParameter('committedProducts', 'must not name a product twice', twice.product.id);
  return products;
}

function readProduct(entry: unknown, index: number, pricing: Pricing): AskedProduct {
  const at = `committedProducts[${index}]`;
  if (!isObject(entry)) wrongParameter(at, 'must be an object', entry);
  checkMembers(entry, `${at}.`, PRODUCT_MEMBERS);
  const reference = entry['product'];
  if (!isObject(reference)) wrongParameter(`${at}.product`, 'must be an object with an id', reference);
  checkMembers(reference, `${at}.product.`, ['id', 'sku']);
  const id = readUuid(reference, 'id', `${at}.product.`);
  const product = productOf(id);
  if (!product) wrongParameter(`${at}.product.id`, 'is not the id of a product', id);
  const committedAmount = readNumber(entry, 'committedAmount', `${at}.`);
  if (entry['discountAmount'] === undefined) return { product, committedAmount };
  if (pricing.pricingMethod !== 'UTILITY_DISCOUNT') {
    wrongParameter(`${at}.discountAmount`, 'applies only to UTILITY_DISCOUNT', entry['discountAmount']);
  }
  return { product, committedAmount, discountAmount: readNumber(entry, 'discountAmount', `${at}.`, 100) };
}
