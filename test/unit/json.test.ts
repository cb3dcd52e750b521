import fc from 'fast-check';
import { expect, it } from 'vitest';
import { instantOfMillis } from '../../src/domain/calendar.js';
import { canonicalJson, namesInOrder } from '../../src/domain/json.js';
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

it('puts few names and many in the order in which they are sorted', () => {
  const names = fc.uniqueArray(fc.string(), { maxLength: 40 });
  fc.assert(
    fc.property(names, (some) => {
      const value = Object.fromEntries(some.map((name) => [name, null]));
      expect(namesInOrder(value)).toEqual(Object.keys(value).sort());
    }),
    { numRuns: 500 },
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
