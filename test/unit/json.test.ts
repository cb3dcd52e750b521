import fc from 'fast-check';
import { expect, it } from 'vitest';
import { instantOfMillis } from '../../src/domain/calendar.js';
import { canonicalJson, printText, shapeOf } from '../../src/domain/json.js';
import { Temporal } from 'temporal-polyfill';

/** By another road: members sorted in a copy, which JSON.stringify prints. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const names = Object.keys(value).sort();
  // Not by assignment: `__proto__` would set the prototype.
  return Object.fromEntries(names.map((name) => [name, sorted((value as Record<string, unknown>)[name])]));
}

it('one text for the same value, which is JSON of it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      // Names that are numbers come first in an object, whatever the order in which they are put there.
      if (!/"\d+":/.test(text)) expect(text).toBe(JSON.stringify(sorted(value)));
    }),
    { numRuns: 500 },
  );
});

it('does not depend on the order of members, and leaves out what is not there', () => {
  expect(canonicalJson({ b: 1, a: [undefined, { d: undefined, c: null }] })).toBe(
    '{"a":[null,{"c":null}],"b":1}',
  );
  expect(canonicalJson({ a: 1, b: 2 })).toBe(canonicalJson({ b: 2, a: 1 }));
  expect(canonicalJson({ 10: 'x', 9: 'y' })).toBe(canonicalJson({ 9: 'y', 10: 'x' }));
});

it('puts few names and many in the order in which they are sorted, whatever was printed before', () => {
  const names = fc.uniqueArray(fc.string(), { maxLength: 80 });
  fc.assert(
    fc.property(names, (some) => {
      const value = Object.fromEntries(some.map((name) => [name, null]));
      const sorted = Object.keys(value).sort();
      // The second time, most are known.
      for (const { names: found, labels } of [shapeOf(value), shapeOf({ ...value })]) {
        expect(found).toEqual(sorted);
        expect(labels).toEqual(sorted.map((name) => `${JSON.stringify(name)}:`));
      }
    }),
    { numRuns: 500 },
  );
});

it('takes objects of one shape for what they are, and those with the same names in another order, too', () => {
  expect(shapeOf({ b: 1, a: 2 })).toBe(shapeOf({ b: 3, a: 4 }));
  expect(shapeOf({ a: 1, b: 2 }).names).toEqual(shapeOf({ b: 1, a: 2 }).names);
  expect(shapeOf({ a: 1, c: 2 }).names).toEqual(['a', 'c']);
});

it('prints texts as JSON does', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string()), (text) => {
      expect(printText(text)).toBe(JSON.stringify(text));
    }),
    { numRuns: 2_000, examples: [['"'], ['\\'], ['\u007f'], ['\ud800'], ['ü'], ['\u2028'], ['']] },
  );
});

it('prints instants as Temporal does', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Date.parse('9999-12-31T23:59:59.999Z') }), (millis) => {
      expect(instantOfMillis(millis)).toBe(Temporal.Instant.fromEpochMilliseconds(millis).toString());
    }),
    { numRuns: 500, examples: [[0], [1_000], [1_100], [1_120], [1_123], [600_000], [36_000_000]] },
  );
});
