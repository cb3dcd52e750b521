/**
 * What is read quickly is what zod reads: for every schema of every backend, and for rows of all kinds between right and
 * wrong. Rows are made from the schemas themselves.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import * as cloudmc from '../../src/backends/cloudmc/wire.js';
import * as commitmentManager from '../../src/backends/commitment-manager/wire.js';
import * as logisense from '../../src/backends/logisense/wire.js';
import * as monetizenow from '../../src/backends/monetizenow/wire.js';
import { quickOf, readAs, REFUSED } from '../../src/backends/quick.js';
import * as salesforce from '../../src/backends/salesforce/wire.js';
import * as words from '../../src/backends/wire.js';
import { parseJson } from '../../src/upstream/json.js';

type Schema = z.core.$ZodType;

const schemas = Object.entries({
  cloudmc,
  commitmentManager,
  logisense,
  monetizenow,
  salesforce,
  words,
}).flatMap(([backend, exported]) =>
  Object.entries({
    ...exported,
    order: backend === 'salesforce' ? salesforce.orderRow('Ramp__r') : null,
  }).flatMap(([name, schema]) =>
    schema instanceof z.ZodType ? [[`${backend}.${name}`, schema] as const] : [],
  ),
);

/** As they are when they are read. */
const number = (...texts: string[]) =>
  fc.constantFrom(...texts).map((text) => (parseJson(`[${text}]`) as readonly unknown[])[0]);
const wholes = number(
  '0',
  '-0',
  '1',
  '8',
  '24',
  '1500000',
  '999999999999999',
  '9007199254740993',
  '1e2',
  '-5',
);
const decimals = number('500.0', '19.99', '1e-3', '1E400', '0.1', '-12.50', '15000.00');
const days = fc.constantFrom('2026-06-01', '2024-02-29', '2023-02-29', '0000-01-01', '2026-13-01');
const instants = fc.constantFrom(
  '2026-06-01T00:00:00Z',
  '2013-05-20T20:49:32.000+0000',
  '2026-06-01T23:59:59.120-02:00',
  '2026-06-01T25:00:00Z',
  '2026-06-01T00:00:00',
);
const texts = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'ACTIVE',
    'USD',
    'usd',
    '2026-06',
    'x'.repeat(255),
    'x'.repeat(256),
    '😀'.repeat(200),
  ),
  fc.constantFrom('x'.repeat(10_000), 'x'.repeat(10_001), '😀'.repeat(5_001)),
);
const anything = fc.oneof(
  wholes,
  decimals,
  days,
  instants,
  texts,
  fc.constantFrom(true, false, null, undefined, 5, -5, 0.5, Number.NaN, [], {}, [null]),
);

/** Values that mostly are as the schema wants them. */
function near(schema: Schema): fc.Arbitrary<unknown> {
  const mostly = (right: fc.Arbitrary<unknown>, weight = 30) =>
    fc.oneof({ arbitrary: right, weight }, { arbitrary: anything, weight: 1 });
  const right = RIGHT.get(schema);
  if (right !== undefined) return mostly(right, 60);
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object': {
      const members = Object.entries(def.shape).map(([name, member]) => [name, near(member)] as const);
      const object = fc.record(Object.fromEntries([...members, ['Ramp__r', anything], ['new', anything]]), {
        requiredKeys: [],
      });
      const whole = fc.record(Object.fromEntries(members));
      return mostly(fc.oneof(whole, whole, object));
    }
    case 'array':
      return mostly(fc.array(near(def.element), { maxLength: 3 }));
    case 'tuple':
      return mostly(fc.tuple(...def.items.map(near)));
    case 'union':
      return mostly(fc.oneof(...def.options.map(near)));
    case 'optional':
    case 'nullable':
      return fc.oneof(
        { arbitrary: near(def.innerType), weight: 4 },
        { arbitrary: fc.constant(null), weight: 1 },
      );
    case 'catch':
    case 'readonly':
      return near(def.innerType);
    case 'pipe': {
      // What goes in, unless it is made into anything; what comes out of that is near enough.
      const { in: from, out: to } = def;
      if (to._zod.def.type === 'transform') return near(from);
      return from._zod.def.type === 'transform' ? near(to) : fc.oneof(near(from), near(to));
    }
    case 'boolean':
      return mostly(fc.boolean());
    case 'string':
      return mostly(fc.oneof(texts, days, instants));
    case 'record':
      return mostly(fc.dictionary(fc.constantFrom('a', 'b'), anything));
    default:
      return anything;
  }
}

const RIGHT = new Map<Schema, fc.Arbitrary<unknown>>([
  [
    words.decimalNumber,
    fc.oneof(number('500.0', '19.99', '1e-3', '-12.50', '15000.00'), number('0', '1', '1500000')),
  ],
  [words.wholeNumber, number('0', '1', '1500000', '9007199254740993', '1e2', '-5', '2.0')],
  [words.count, number('0', '1', '24', '999999999999999', '1e2')],
  [words.numericId, number('8', '24', '1500000', '9007199254740993')],
  [words.id, fc.constantFrom('a', 'ctrct_xNE4v9dkjXjorYAM', 'x'.repeat(255))],
  [words.text, fc.constantFrom('', 'ACTIVE', 'Ärger')],
  [words.currency, fc.constantFrom('USD', 'JPY')],
  [words.month, fc.constantFrom('2026-06')],
  [words.day, fc.constantFrom('2026-06-01', '2024-02-29')],
  [words.instant, fc.constantFrom('2026-06-01T00:00:00Z', '2013-05-20T20:49:32.000+0000')],
  [words.dayOrInstantDay, fc.constantFrom('2026-06-01', '2026-06-01T23:59:59.120-02:00')],
  [words.dayOrInstant, fc.constantFrom('2026-06-01', '2026-06-01T23:59:59.120-02:00')],
]);

/** Members in their order, and what each is made of. */
function described(read: {
  readonly success: boolean;
  readonly data?: unknown;
  readonly error?: unknown;
}): unknown {
  if (read.success) return ['read', read.data, JSON.stringify(read.data)];
  return ['refused', (read.error as z.ZodError).issues];
}

describe.each(schemas)('%s', (_, schema) => {
  it('is read the same', () => {
    let quick = 0;
    fc.assert(
      fc.property(near(schema), (value) => {
        expect(described(readAs(schema, value))).toEqual(described(schema.safeParse(value)));
        if (quickOf(schema)(value) !== REFUSED) quick += 1;
      }),
      { numRuns: 150 },
    );
    // Some of them are right, or nothing was compared.
    expect(quick).toBeGreaterThan(0);
  });
});

describe('at the edges', () => {
  const edges = fc.sample(anything, { numRuns: 3_000, seed: 1 });
  it.each(schemas.filter(([name]) => name.startsWith('words.')))('%s is read the same', (_, schema) => {
    for (const value of edges) {
      expect(described(readAs(schema, value))).toEqual(described(schema.safeParse(value)));
    }
  });
});

it('schemas are found at all', () => {
  expect(schemas.length).toBeGreaterThan(35);
});
