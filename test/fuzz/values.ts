/** Values for arguments: of the right type, and as unpleasant as a value of that type can be. */
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputType,
} from 'graphql';
import { encodeCursor } from '../../src/graph/connection.js';
import { encodeGlobalId, NODE_TYPES, type NodeType } from '../../src/graph/global-id.js';
import type { Draws } from './draws.js';

export type Value = null | boolean | number | string | readonly Value[] | { readonly [name: string]: Value };

/** What is there, so that not every id is of nothing. */
export interface Known {
  readonly ids: readonly string[];
  readonly slugs: readonly string[];
  readonly cursors: readonly string[];
  /** Ids of the backends' own. */
  readonly externalIds: readonly string[];
  /** Those that belong to an input of that name, and global ids too. */
  readonly fitting: Readonly<Record<string, readonly string[]>>;
}

/** How often a value is one that nobody expects; otherwise it is one that may do something. */
export type Nastiness = number;

const NASTY = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\udfff\ud800',
  '\u202eoc.ypeels',
  '\ufeff',
  'e\u0301'.repeat(50),
  '👩‍👩‍👧‍👦',
  'ﷺ'.repeat(200),
  '..',
  '../../etc/passwd',
  '%2e%2e%2f',
  '%00',
  '%',
  '/',
  '\\',
  '?a=b#c',
  'a\r\nX-Injected: 1',
  "' OR '1'='1",
  "'; DROP TABLE operations; --",
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '${7*7}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '$ne',
  'null',
  'undefined',
  'NaN',
  '-0',
  '0x10',
  '1e309',
  '{"a":1}',
  '[]',
  'a'.repeat(256),
  'b'.repeat(3_000),
  '\n'.repeat(500),
  'sleepyco ',
  'SLEEPYCO',
  'ѕleepyco',
  '=cmd|calc',
  '\u2028\u2029',
  '٣٤',
] as const;

const DECIMALS = [
  '0',
  '-0',
  '1',
  '11',
  '-1',
  '0.1',
  '0.10',
  '100',
  '99999999999999999999.99',
  '0.000000000000000000001',
  '1e2',
  '1E400',
  '1e-400',
  `${'9'.repeat(400)}`,
  `0.${'1'.repeat(400)}`,
  'NaN',
  'Infinity',
  '-Infinity',
  '.5',
  '5.',
  '+1',
  ' 1',
  '1,5',
  '１',
  '0x1f',
  '1_000',
] as const;
const DAYS = [
  '2026-11-21',
  '2026-01-01',
  '2027-03-01',
  '2027-06-01',
  '2024-02-29',
  '2026-02-29',
  '2026-13-01',
  '2026-00-00',
  '0000-01-01',
  '0001-01-01',
  '9999-12-31',
  '+275760-09-13',
  '-000001-01-01',
  '2026-1-1',
  '20261121',
  '2026-11-21T00:00:00Z',
  '2026-W01-1',
  'today',
] as const;
const INSTANTS = [
  '2026-11-21T12:00:00Z',
  '2026-11-21T12:00:00.123456789Z',
  '2026-11-21T12:00:00+14:00',
  '2026-11-21T24:00:00Z',
  '2026-11-21T23:59:60Z',
  '2026-11-21',
  '+275760-09-13T00:00:00Z',
] as const;
const MONTHS = ['2026-11', '2026-13', '2026-00', '0000-01', '9999-12', '2026-1'] as const;
const INTS = [0, 1, 2, 3, 5, 20, 99, 100, 101, 500, -1, -2_147_483_648, 2_147_483_647] as const;
const NO_INTS = [2_147_483_648, 1.5, 1e308, -1e-9] as const;

function textFor(draws: Draws, known: Known): string {
  switch (draws.below(6)) {
    case 0:
    case 1:
      return draws.pick(known.slugs);
    case 2:
      return draws.pick(known.externalIds);
    case 3:
      return draws.bytes(draws.below(40)).toString('latin1');
    default:
      return draws.pick(NASTY);
  }
}

function idFor(draws: Draws, known: Known): string {
  switch (draws.below(10)) {
    case 0:
      return draws.pick(NASTY);
    case 1: {
      // Whoever can read the code can write these.
      const type = draws.pick(Object.keys(NODE_TYPES) as NodeType[]);
      const slug = draws.chance(0.7) ? draws.pick(known.slugs) : draws.pick(NASTY);
      return encodeGlobalId({ type, organization: slug, key: textFor(draws, known) });
    }
    case 2: {
      const id = draws.pick(known.ids);
      const at = draws.below(id.length);
      return id.slice(0, at) + draws.pick(['', 'A', '=', '-', '%', '\u0000']) + id.slice(at + 1);
    }
    case 3:
      return draws.pick(known.externalIds);
    default:
      return draws.pick(known.ids);
  }
}

function cursorFor(draws: Draws, known: Known): string {
  switch (draws.below(5)) {
    case 0:
      return draws.pick(NASTY);
    case 1:
      return encodeCursor(draws.pick(['organizations', 'commitments', '']), [
        draws.pick([null, '', '2026-01-01', -1, 1e308, '\ud800']),
        draws.pick([null, '', 'x', 0]),
      ]);
    default:
      return draws.pick(known.cursors);
  }
}

const GOOD: Readonly<Record<string, readonly Value[]>> = {
  Int: [1, 2, 3, 20],
  Decimal: ['1', '11', '12', '100', '0.5'],
  Date: ['2026-11-21', '2026-12-01', '2027-03-01', '2027-06-01', '2027-01-01'],
  DateTime: ['2026-11-21T12:00:00Z'],
  YearMonth: ['2026-10', '2026-11'],
};

function goodFor(draws: Draws, type: string, place: string, known: Known): Value | undefined {
  if (place === 'idempotencyKey') return `fuzz-${draws.below(20_000)}`;
  const fitting = known.fitting[place] ?? GOOD[type];
  if (fitting !== undefined && fitting.length > 0) return draws.pick<Value>(fitting);
  if (type === 'ID') return draws.pick(known.ids);
  if (place === 'after') return null;
  return type === 'String' ? 'Because' : undefined;
}

function scalarFor(draws: Draws, type: string, place: string, known: Known, nastiness: Nastiness): Value {
  const good = draws.chance(nastiness) ? undefined : goodFor(draws, type, place, known);
  if (good !== undefined) return good;
  switch (type) {
    case 'Int':
      return draws.chance(0.05) ? draws.pick(NO_INTS) : draws.pick(INTS);
    case 'Float':
      return draws.pick([0, -1, 0.1, 1e308, -1e-308]);
    case 'Boolean':
      return draws.chance(0.5);
    case 'Decimal':
      return draws.chance(0.05) ? draws.pick([1, 1.5, 1e300]) : draws.pick(DECIMALS);
    case 'Date':
      return draws.pick(DAYS);
    case 'DateTime':
      return draws.pick(INSTANTS);
    case 'YearMonth':
      return draws.pick(MONTHS);
    case 'ID':
      return place === 'idempotencyKey' && draws.chance(0.8)
        ? `fuzz-${draws.below(100_000)}`
        : idFor(draws, known);
    default:
      if (place === 'after') return cursorFor(draws, known);
      if (/^(slug|organization)$/.test(place) && draws.chance(0.8)) return draws.pick(known.slugs);
      if (/Id$/.test(place) && draws.chance(0.7)) return draws.pick(known.externalIds);
      return textFor(draws, known);
  }
}

/** A value that the type lets through, or nearly. `place`: name of the argument or field. */
export function valueFor(
  draws: Draws,
  type: GraphQLInputType,
  place: string,
  known: Known,
  nastiness: Nastiness,
  depth = 0,
): Value {
  const within = (inner: GraphQLInputType, name = place) =>
    valueFor(draws, inner, name, known, nastiness, depth + 1);
  if (isNonNullType(type)) {
    const inner = type.ofType as GraphQLInputType;
    return within(inner) ?? within(inner);
  }
  if (draws.chance(0.05 * nastiness)) return null;
  if (isListType(type)) {
    const length = draws.chance(0.05 * nastiness) ? 120 : draws.from(draws.chance(nastiness) ? 0 : 1, 2);
    return Array.from({ length }, () => within(type.ofType as GraphQLInputType));
  }
  const named = getNamedType(type);
  if (isEnumType(named)) {
    return draws.chance(0.05 * nastiness)
      ? draws.pick(['UNRECOGNIZED', '', '__proto__'])
      : draws.pick(named.getValues()).name;
  }
  if (isInputObjectType(named)) {
    const fields = Object.values(named.getFields());
    if (named.isOneOf) {
      const field = draws.pick(fields);
      return { [field.name]: within(field.type, field.name) };
    }
    const given: Record<string, Value> = {};
    for (const field of fields) {
      const isNeeded = isNonNullType(field.type) && field.defaultValue === undefined;
      const isWanted = field.name !== 'expectedVersion' || draws.chance(nastiness);
      if (isNeeded || (isWanted && draws.chance(depth > 4 ? 0.1 : 0.4))) {
        given[field.name] = within(field.type, field.name);
      }
    }
    if (draws.chance(0.02 * nastiness)) given['nobodyKnowsThis'] = 1;
    return given;
  }
  return scalarFor(draws, named.name, place, known, nastiness);
}
