/**
 * The only place that writes SOQL.
 *
 * Guarantees: a value enters a statement only as a quoted literal, after its own allow-list has passed it and with
 * backslash and quote escaped; a name enters only in the form of a column or relationship. Refuses the rest with
 * RangeError before anything is sent; callers ask `matches` first.
 */
import { matches } from '../../upstream/path.js';

/** A finished statement. Raw text does not compile where one is expected. */
export type Soql = string & { readonly __brand: 'Soql' };

/** 15 characters, or the same with a checksum of three. */
export const RECORD_ID = /^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/;
/** A UUID, as Mission Control gives its organizations. */
export const ORGANIZATION_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const NAME = /^[A-Za-z][A-Za-z0-9_]{0,79}(\.[A-Za-z][A-Za-z0-9_]{0,79})?$/;

export interface Select {
  /** Columns, and finished child statements in parentheses. */
  readonly columns: readonly (string | Soql)[];
  readonly from: string;
  /** All of them must hold. */
  readonly where: readonly Condition[];
  readonly orderBy: readonly string[];
}

export interface Condition {
  readonly column: string;
  readonly form: RegExp;
  readonly value: string;
}

export function select({ columns, from, where, orderBy }: Select): Soql {
  const parts = [`SELECT ${columns.map(column).join(', ')}`, `FROM ${name(from)}`];
  if (where.length > 0) parts.push(`WHERE ${where.map(equals).join(' AND ')}`);
  if (orderBy.length > 0) parts.push(`ORDER BY ${orderBy.map(name).join(', ')}`);
  return parts.join(' ') as Soql;
}

/** A child statement; `from` is the relationship's name. */
export function subselect({ columns, from, orderBy }: Omit<Select, 'where'>): Soql {
  return `(${select({ columns, from, where: [], orderBy })})` as Soql;
}

/** `column = 'value'`. */
function equals({ column, form, value }: Condition): string {
  if (!matches(form, value))
    throw new RangeError('a value of the wrong form was about to become part of a query');
  return `${name(column)} = '${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function column(text: string): string {
  return text.startsWith('(SELECT ') && text.endsWith(')') ? text : name(text);
}

function name(text: string): string {
  if (!matches(NAME, text))
    throw new RangeError(`not a name of a column or object: ${JSON.stringify(text.slice(0, 80))}`);
  return text;
}
