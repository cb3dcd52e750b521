/**
 * The JSON of an update, field by field, into values that a record may hold. Guarantees that what comes out fits the
 * field's type: whole days, doubles of the field's scale, picklist values that exist. Refuses fields that do not
 * exist, that nobody writes by hand (formulas, what the flow fills, system fields), and values of the wrong kind.
 */
import { LosslessNumber, parse } from 'lossless-json';
import { isDay } from '../calendar.js';
import type { EmulatedRequest } from '../types.js';
import * as errors from './errors.js';
import type { Field, FieldValue, SObject } from './objects.js';
import { isRecordId } from './record-id.js';
import type { RecordStore } from './state.js';

/** Salesforce's own widths: 80 characters of text unless said otherwise, 16 digits before the point. */
const MAX_TEXT = 80;
const MAX_NUMBER = 1e16;

/** As sent, numbers with all their digits. Throws a refusal. */
export function readBody({ headers, body }: EmulatedRequest): Readonly<Record<string, unknown>> {
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) throw errors.unsupportedMediaType;
  let parsed: unknown;
  try {
    parsed = parse(body);
  } catch (error) {
    throw errors.jsonParserError(error instanceof Error ? error.message : 'Unexpected end of input');
  }
  if (!isObject(parsed)) throw errors.jsonParserError('Unexpected value: the body must be an object');
  return parsed;
}

/** What the update changes, by the names that the fields were defined with. */
export function changesIn(
  asked: Readonly<Record<string, unknown>>,
  object: SObject,
  store: RecordStore,
): Record<string, FieldValue> {
  const changes: Record<string, FieldValue> = {};
  for (const [name, value] of Object.entries(asked)) {
    // Clients send back records as they were read, with their attributes.
    if (name === 'attributes') continue;
    const field = object.fields.get(name.toLowerCase());
    if (field === undefined) throw errors.noSuchFieldToWrite(name, object.name);
    if (field.readOnly) throw errors.readOnlyField(field.name);
    changes[field.name] = valueFor(field, value, store);
  }
  return changes;
}

function valueFor(field: Field, value: unknown, store: RecordStore): FieldValue {
  if (value === null || value === '') {
    if (field.type === 'boolean') throw errors.wrongType(field.name, field.type, value);
    if (field.required) throw errors.requiredFieldMissing(field.name);
    return null;
  }
  switch (field.type) {
    case 'boolean':
      if (typeof value !== 'boolean') throw errors.wrongType(field.name, field.type, value);
      return value;
    case 'number':
      if (!(value instanceof LosslessNumber)) throw errors.wrongType(field.name, 'double', value);
      return numberFor(field, value);
    case 'date':
      if (typeof value !== 'string' || !isDay(value)) throw errors.wrongType(field.name, field.type, value);
      return value;
    case 'picklist':
      if (typeof value !== 'string') throw errors.wrongType(field.name, 'string', value);
      if (field.values !== undefined && !field.values.includes(value)) {
        throw errors.badPicklistValue(field.name, value);
      }
      return value;
    case 'reference':
    case 'id':
      if (typeof value !== 'string') throw errors.wrongType(field.name, 'string', value);
      return referenceFor(field, value, store);
    case 'datetime':
    case 'string':
    case 'textarea':
      if (typeof value !== 'string') throw errors.wrongType(field.name, 'string', value);
      if (field.type === 'string' && value.length > MAX_TEXT) throw errors.textTooLong(field.name, MAX_TEXT);
      return value;
  }
}

/** Rounded to the field's scale without a word, as Salesforce does. */
function numberFor(field: Field, value: LosslessNumber): number {
  const number = Number(value.toString());
  if (!(Math.abs(number) < MAX_NUMBER)) throw errors.numberOutOfRange(field.name);
  return Number(number.toFixed(field.scale ?? 0));
}

function referenceFor(field: Field, value: string, store: RecordStore): string {
  if (!isRecordId(value)) throw errors.malformedId(field.name, value);
  if (field.parent === undefined) return value;
  const id = store.byId(value, field.parent.object)?.['Id'];
  if (typeof id !== 'string') throw errors.invalidCrossReference(field.name);
  return id;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LosslessNumber)
  );
}
