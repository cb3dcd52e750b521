/**
 * Scalars: strict on the way in, exact on the way out. A Decimal is never a JSON number in either direction.
 */
import { GraphQLError, Kind, print, type GraphQLScalarType, type ValueNode } from 'graphql';
import { parseDay, parseInstant, parseMonth } from '../domain/calendar.js';
import { parseCurrency, parseDecimal, printDecimal, type Decimal } from '../domain/money.js';

/** A decimal, or one that was printed already with the decimals that its currency uses. */
export type DecimalOutput = Decimal | string;

/** What a scalar of the SDL does; its description and specification stay in the SDL. */
export type ScalarFunctions = Pick<GraphQLScalarType, 'serialize' | 'parseValue' | 'parseLiteral'>;

const LONGEST_QUOTE = 60;

function scalarOf(
  serialize: (value: unknown) => string,
  parse: (text: string) => unknown,
  expected: string,
): ScalarFunctions {
  const read = (value: unknown, node?: ValueNode): unknown => {
    const parsed = typeof value === 'string' ? parse(value) : null;
    if (parsed !== null) return parsed;
    // A variable's name and value are put before this; a literal has only its place in the document.
    if (!node) throw new GraphQLError(`Expected ${expected}.`);
    throw new GraphQLError(`Expected ${expected}; found ${print(node).slice(0, LONGEST_QUOTE)}.`, {
      nodes: node,
    });
  };
  return {
    serialize,
    parseValue: (value) => read(value),
    parseLiteral: (node) => read(node.kind === Kind.STRING ? node.value : null, node),
  };
}

function printText(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('a scalar of text was given something else');
  return value;
}

export const scalars: Readonly<Record<string, ScalarFunctions>> = {
  Date: scalarOf(printText, parseDay, 'a day that exists, as YYYY-MM-DD'),
  DateTime: scalarOf(printText, parseInstant, 'an instant with an offset, such as 2024-01-30T10:15:23Z'),
  YearMonth: scalarOf(printText, parseMonth, 'a month, as YYYY-MM'),
  CurrencyCode: scalarOf(printText, parseCurrency, 'an ISO 4217 code, such as USD'),
  Decimal: scalarOf(
    (value) => (typeof value === 'string' ? value : printDecimal(value as Decimal)),
    parseDecimal,
    'a decimal number as a string, such as "1500000.25"; a JSON number would already have lost digits',
  ),
};
