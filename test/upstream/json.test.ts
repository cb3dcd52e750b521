/** The fast way to read JSON gives what the exact parser gives, or leaves it to it; and both refuse the same. */
import fc from 'fast-check';
import { isLosslessNumber, LosslessNumber, parse } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/upstream/json.js';

/** The exact parser alone. */
function exactly(text: string): unknown {
  const value: unknown = parse(text);
  return isLosslessNumber(value) ? undefined : value;
}

/** What it gives, or that it throws; with the digits of numbers, the order of members and what objects are made of. */
function outcome(read: (text: string) => unknown, text: string): string {
  try {
    return described(read(text));
  } catch {
    return 'refused';
  }
}

function described(value: unknown): string {
  if (typeof value === 'number' || isLosslessNumber(value)) return `number ${String(value)}`;
  if (Array.isArray(value)) return `[${value.map(described).join(',')}]`;
  if (typeof value !== 'object' || value === null) return `${typeof value} ${JSON.stringify(value)}`;
  const names = Object.getOwnPropertyNames(value);
  const prototype = Object.getPrototypeOf(value) === Object.prototype ? '' : 'of another kind';
  return `${prototype}{${names.map((name) => `${JSON.stringify(name)}:${described((value as Record<string, unknown>)[name])}`).join(',')}}`;
}

const NUMBERS = [
  '0',
  '-0',
  '0.0',
  '-0.0',
  '1',
  '500.0',
  '19.99',
  '1e3',
  '1E+30',
  '-1.5e-7',
  '9007199254740993',
];
const number = fc.oneof(
  fc.constantFrom(
    ...NUMBERS,
    '123456789012345678901234567890',
    '0.10000000000000000000000001',
    '1e400',
    '1.',
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.integer().map(String),
);
const NAMES = [
  'id',
  'amount',
  'a',
  'b',
  '',
  '1',
  '10',
  '9',
  '0x',
  '__proto__',
  'constructor',
  'toString',
  'ä"\\',
];
const name = fc.oneof(fc.constantFrom(...NAMES), fc.string()).map((text) => JSON.stringify(text));
const space = fc.constantFrom('', '', '', ' ', '\n\t');
const { document } = fc.letrec<{ document: string; list: string; object: string; leaf: string }>((tie) => ({
  document: fc.oneof({ maxDepth: 5 }, tie('leaf'), tie('list'), tie('object')),
  leaf: fc.oneof(
    number,
    fc.string().map((text) => JSON.stringify(text)),
    fc.constantFrom('true', 'false', 'null'),
  ),
  list: fc
    .tuple(space, fc.array(tie('document'), { maxLength: 4 }))
    .map(([gap, parts]) => `[${gap}${parts.join(`${gap},`)}]`),
  object: fc
    .tuple(space, fc.array(fc.tuple(name, tie('document')), { maxLength: 4 }))
    .map(([gap, members]) => `{${members.map(([key, value]) => `${gap}${key}:${gap}${value}`).join(',')}}`),
}));

describe('read fast and read exactly', () => {
  it('is the same for any document', () => {
    let refused = 0;
    fc.assert(
      fc.property(document, (text) => {
        const expected = outcome(exactly, text);
        if (expected === 'refused') refused += 1;
        expect(outcome(parseJson, text)).toBe(expected);
      }),
      { numRuns: 3_000 },
    );
    // Of those, too, there are some: members named twice with different values.
    expect(refused).toBeGreaterThan(10);
  });

  it('is the same for what is nearly one', () => {
    const hurt = fc
      .tuple(
        document,
        fc.nat(),
        fc.constantFrom('', '"', '\\', ',', ':', '}', ']', '{', '[', '-', '1', 'e', '\u0000', '\n', ' '),
      )
      .map(([text, at, sign]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + sign + text.slice(place + (sign === '' ? 1 : at % 2));
      })
      .filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(hurt, (text) => {
        expect(outcome(parseJson, text)).toBe(outcome(exactly, text));
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['members with numbers for names, which objects put first', '{"b":1.0,"10":2.0,"9":3.0}'],
    ['a member twice with one value', '{"a":1.0,"a":1.0,"b":2}'],
    ['a member twice with two values', '{"a":1,"a":2}'],
    ['numbers that are the same and written differently', '{"a":1,"b":1.0,"c":[1e0,1.00]}'],
    ['a prototype', '{"__proto__":{"a":1.0},"b":1.00}'],
    ['a number alone', '12.50'],
    ['a text alone', '"12.50"'],
    ['digits and signs in texts', '{"a-1":"2,3:4{5}[6]\\\\","b":7.0}'],
  ])('%s', (_, text) => {
    expect(outcome(parseJson, text)).toBe(outcome(exactly, text));
  });
});

describe('a number', () => {
  it.each(['0', '7', '1200', '999999999999999'])('that is whole and has few digits is one: %s', (text) => {
    expect(parseJson(`[${text}]`)).toEqual([Number(text)]);
    // What the exact parser reads.
    expect(parseJson(`{"b":${text},"1":0.5}`)).toEqual({ 1: new LosslessNumber('0.5'), b: Number(text) });
  });

  it.each(['-0', '-1', '0.0', '1.50', '500.0', '1e3', '1000000000000000', '9007199254740993'])(
    'that is anything else is its text: %s',
    (text) => {
      expect(parseJson(`[${text}]`)).toEqual([new LosslessNumber(text)]);
      expect(parseJson(`{"b":${text},"1":1}`)).toEqual({ 1: 1, b: new LosslessNumber(text) });
    },
  );
});

describe('what would cost too much', () => {
  it('is refused by its depth, and one less is not', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(() => parseJson(nested(65))).toThrow(SyntaxError);
    expect(parseJson(nested(64))).toBeInstanceOf(Array);
  });

  it('is refused by the number of its values, and one less is not', () => {
    const list = (values: number) => `[${'0,'.repeat(values - 1)}0]`;
    expect(() => parseJson(list(250_002))).toThrow(SyntaxError);
    expect(parseJson(list(250_001))).toHaveLength(250_001);
  });

  it('is read to no end where a text has none', () => {
    expect(() => parseJson('{"a":"b')).toThrow(SyntaxError);
    expect(() => parseJson('"\\')).toThrow(SyntaxError);
  });
});

it('nothing is no value, with a mark of its order or without', () => {
  expect(parseJson('')).toBeUndefined();
  expect(parseJson(' \n')).toBeUndefined();
  expect(outcome(parseJson, '\u{feff}{"a":1.0}')).toBe('{"a":number 1.0}');
});
