/**
 * The body of `POST /api/selfService/contract`, read by the JSON Schema of seed 002. Guarantees an operation of the
 * right form; members that the schema does not know are dropped. Refuses, with 400, what the schema refuses, except that
 * a plain day does for `effectiveDate` (`backends.md` C16) and that `products` may stand in a RATE_CHANGE (C14).
 * A quantity must be a number that a double holds exactly: how the vendor would round another is not known.
 */
import { LosslessNumber, parse } from 'lossless-json';
import { dayAt, isDay } from '../calendar.js';
import type { EmulatedRequest } from '../types.js';
import {
  type Action,
  ACTIONS,
  type AskedOffering,
  type Operation,
  type ProductQuantity,
} from './operation.js';
import { type ErrorCode, SelfServiceError } from './self-service-error.js';

type Members = Readonly<Record<string, unknown>>;

function refuse(errorCode: ErrorCode, details: string, field?: string): never {
  throw new SelfServiceError(400, errorCode, details, field);
}

function isObject(value: unknown): value is Members {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LosslessNumber)
  );
}

/** Undefined where it is absent; never something inherited. */
const member = (of: Members, name: string): unknown => (Object.hasOwn(of, name) ? of[name] : undefined);

/** The JSON of the body, of whatever form. */
export function readJson({ headers, body }: EmulatedRequest): unknown {
  if (!(headers['content-type'] ?? '').includes('json')) {
    refuse('INVALID_CONTENT_TYPE', 'The content type must be application/json');
  }
  try {
    return parse(body);
  } catch (error) {
    return refuse('INVALID_JSON', (error as Error).message);
  }
}

/** What an error says that it is about. */
export function actionIn(json: unknown): Action | undefined {
  return isObject(json) ? ACTIONS.find((action) => action === member(json, 'action')) : undefined;
}

function text(of: Members, name: string, at: string, errorCode: ErrorCode): string {
  const value = member(of, name);
  const field = at === '' ? name : `${at}.${name}`;
  if (typeof value !== 'string') refuse(errorCode, `${field} must be a string`, field);
  return value;
}

export function readOperation(json: unknown): Operation {
  if (!isObject(json)) refuse('INVALID_PAYLOAD', 'The body must be an object');
  const action =
    actionIn(json) ?? refuse('INVALID_ACTION', `action must be one of ${ACTIONS.join(', ')}`, 'action');
  const contractId = text(json, 'contractId', '', 'INVALID_CONTRACT');
  return { action, contractId, ...readDates(json), payload: readPayload(action, json) };
}

function readDates(json: Members): Pick<Operation, 'effectiveDate' | 'relativeEffectiveDate'> {
  const relative = member(json, 'relativeEffectiveDate');
  if (relative !== undefined && relative !== 'NEXT_BILL_CYCLE') {
    refuse(
      'INVALID_EFFECTIVE_DATE',
      'relativeEffectiveDate must be NEXT_BILL_CYCLE',
      'relativeEffectiveDate',
    );
  }
  const hasDate = member(json, 'effectiveDate') !== undefined;
  const effectiveDate = hasDate ? text(json, 'effectiveDate', '', 'INVALID_EFFECTIVE_DATE') : '';
  // Where the other one is given, this one is ignored, and so may say anything.
  if (hasDate && relative === undefined && dayOf(effectiveDate) === undefined) {
    refuse('INVALID_EFFECTIVE_DATE', 'effectiveDate must be a date or a date-time', 'effectiveDate');
  }
  return {
    ...(hasDate && { effectiveDate }),
    ...(relative !== undefined && { relativeEffectiveDate: relative }),
  };
}

const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/i;

/** The day that an effective date means: the one in UTC, as nothing is said of the tenant's own zone. */
export function dayOf(effectiveDate: string): string | undefined {
  if (isDay(effectiveDate)) return effectiveDate;
  const [, day = '', time = '', , zone = ''] = DATE_TIME.exec(effectiveDate) ?? [];
  const offset = zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2').toUpperCase();
  const instant = Date.parse(`${day}T${time}${offset}`);
  return isDay(day) && !Number.isNaN(instant) ? dayAt(instant) : undefined;
}

function readPayload(action: Action, json: Members): Operation['payload'] {
  const payload = member(json, 'payload');
  if (action === 'CANCELLATION') {
    if (payload !== null) refuse('INVALID_PAYLOAD', 'payload must be there and null', 'payload');
    return null;
  }
  if (!isObject(payload)) refuse('INVALID_PAYLOAD', 'payload must be an object', 'payload');
  const offerings = member(payload, 'offerings');
  if (!Array.isArray(offerings)) {
    refuse('INVALID_PAYLOAD', 'payload.offerings must be an array', 'payload.offerings');
  }
  return {
    offerings: offerings.map((one: unknown, index) =>
      readOffering(action, one, `payload.offerings[${index}]`),
    ),
  };
}

function readOffering(action: Action, value: unknown, at: string): AskedOffering {
  if (!isObject(value)) refuse('INVALID_PAYLOAD', `${at} must be an object`, at);
  const offeringId = text(value, 'offeringId', at, 'INVALID_PAYLOAD');
  if (action === 'REMOVE_OFFERING') return { offeringId };
  const products = member(value, 'products');
  const isOptional = action === 'RATE_CHANGE' && products === undefined;
  return {
    offeringId,
    ...(action === 'RATE_CHANGE' && { rateId: text(value, 'rateId', at, 'INVALID_PAYLOAD') }),
    ...(action === 'OFFERING_CHANGE' && {
      newOfferingId: text(value, 'newOfferingId', at, 'INVALID_PAYLOAD'),
    }),
    ...(!isOptional && { products: readProducts(products, `${at}.products`) }),
  };
}

function readProducts(value: unknown, at: string): ProductQuantity[] {
  if (!Array.isArray(value)) refuse('INVALID_PAYLOAD', `${at} must be an array`, at);
  return value.map((one: unknown, index) => {
    const where = `${at}[${index}]`;
    if (!isObject(one)) refuse('INVALID_PAYLOAD', `${where} must be an object`, where);
    return {
      productId: text(one, 'productId', where, 'INVALID_PAYLOAD'),
      quantity: readQuantity(member(one, 'quantity'), `${where}.quantity`),
    };
  });
}

/** Any decimal number of up to 15 digits comes back from a double as it was. */
const MAX_DIGITS = 15;

function readQuantity(value: unknown, at: string): number {
  if (!(value instanceof LosslessNumber)) refuse('INVALID_PAYLOAD', `${at} must be a number`, at);
  const [mantissa = ''] = value.value.toLowerCase().split('e');
  const digits = mantissa.replace(/[-.]/g, '').replace(/^0+|0+$/g, '');
  const quantity = Number(value.value);
  if (digits.length > MAX_DIGITS || !Number.isFinite(quantity)) {
    refuse('INVALID_PAYLOAD', `${at} must be a number that a double holds`, at);
  }
  return quantity;
}
