/**
 * WHERE clauses as functions. Guarantees that a field which does not exist, a literal of the wrong type and an id that
 * is none are refused before any record is looked at, with Salesforce's codes; text compares without case.
 */
import { isDay } from '../../calendar.js';
import { invalidField, SalesforceRefusal } from '../errors.js';
import type { FieldType, FieldValue, SObject, SRecord } from '../objects.js';
import { isRecordId } from '../record-id.js';
import type { RecordStore } from '../state.js';
import { resolvePath } from './path.js';
import type { Condition, Literal, Operator } from './parser.js';

export type Predicate = (record: SRecord) => boolean;

export function compileCondition(condition: Condition, object: SObject, store: RecordStore): Predicate {
  switch (condition.type) {
    case 'and': {
      const all = condition.all.map((one) => compileCondition(one, object, store));
      return (record) => all.every((holds) => holds(record));
    }
    case 'or': {
      const any = condition.all.map((one) => compileCondition(one, object, store));
      return (record) => any.some((holds) => holds(record));
    }
    case 'not': {
      const holds = compileCondition(condition.condition, object, store);
      return (record) => !holds(record);
    }
    case 'in': {
      const { type, read } = resolvePath(condition.field, object, store);
      const wanted = new Set(
        condition.values.map((value) => comparable(operand(value, type, condition.field), type)),
      );
      return (record) => wanted.has(comparable(read(record), type)) !== condition.negated;
    }
    case 'compare':
      return compileComparison(condition, object, store);
  }
}

function compileComparison(
  { field, operator, value }: Extract<Condition, { type: 'compare' }>,
  object: SObject,
  store: RecordStore,
): Predicate {
  const { type, read } = resolvePath(field, object, store);
  if (operator === 'LIKE') {
    if (value.type !== 'string' || !['string', 'picklist'].includes(type)) {
      throw new SalesforceRefusal(
        400,
        'INVALID_QUERY_FILTER_OPERATOR',
        `'${field}' does not support the LIKE operator here.`,
      );
    }
    const pattern = likePattern(value.text);
    return (record) => {
      const found = read(record);
      return typeof found === 'string' && pattern.test(found);
    };
  }
  const right = comparable(operand(value, type, field), type);
  return (record) => holds(operator, comparable(read(record), type), right);
}

function holds(operator: Exclude<Operator, 'LIKE'>, left: FieldValue, right: FieldValue): boolean {
  if (operator === '=') return left === right;
  if (operator === '!=') return left !== right;
  // An empty field is neither before nor after anything.
  if (left === null || right === null) return false;
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

/** Text without case, ids by the fifteen characters that name the record; everything else as it is. */
export function comparable(value: FieldValue, type: FieldType): FieldValue {
  if (typeof value !== 'string') return value;
  if (type === 'id' || type === 'reference') return value.slice(0, 15);
  return type === 'date' ? value : value.toLowerCase();
}

const WANTED: Readonly<Record<FieldType, { readonly literal: Literal['type']; readonly quoted: boolean }>> = {
  id: { literal: 'string', quoted: true },
  reference: { literal: 'string', quoted: true },
  string: { literal: 'string', quoted: true },
  textarea: { literal: 'string', quoted: true },
  picklist: { literal: 'string', quoted: true },
  boolean: { literal: 'boolean', quoted: false },
  number: { literal: 'number', quoted: false },
  date: { literal: 'date', quoted: false },
  datetime: { literal: 'datetime', quoted: false },
};

function operand(value: Literal, type: FieldType, field: string): FieldValue {
  if (type === 'textarea') throw invalidField(`field '${field}' can not be filtered in a query call`);
  if (value.type === 'null') return null;
  const wanted = WANTED[type];
  if (value.type !== wanted.literal) {
    throw invalidField(
      `value of filter criterion for field '${field}' must be of type ${type === 'number' ? 'double' : type} ` +
        `and should ${wanted.quoted ? '' : 'not '}be enclosed in quotes`,
    );
  }
  if (value.type === 'number' || value.type === 'boolean') return value.value;
  const text = value.text.replaceAll(/\\([_%])/g, '$1');
  if ((type === 'id' || type === 'reference') && !isRecordId(text)) {
    // What becomes of the operators' own query, which compares the look-up with an organization's UUID (C7).
    throw new SalesforceRefusal(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${text}`);
  }
  if (type === 'date') {
    if (!isDay(text)) throw invalidField(`Invalid date: ${text}`);
    return text;
  }
  if (type !== 'datetime') return text;
  const instant = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (Number.isNaN(instant)) throw invalidField(`Invalid dateTime: ${text}`);
  return instant;
}

/** `%` any run, `_` any one character; both literal after a backslash. */
function likePattern(text: string): RegExp {
  const source = text.replaceAll(/\\[_%]|[%_]|[\\^$.*+?()[\]{}|/]/g, (part) => {
    if (part === '%') return '.*';
    if (part === '_') return '.';
    return part.startsWith('\\') && part.length === 2 ? part.charAt(1) : `\\${part}`;
  });
  return new RegExp(`^${source}$`, 'isu');
}
