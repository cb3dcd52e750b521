import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeGlobalId, encodeGlobalId, NODE_TYPES, type NodeType } from '../../src/graph/global-id.js';

const types = Object.keys(NODE_TYPES) as NodeType[];
const slug = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/);

describe('global ids', () => {
  it('come back as they were, for any type, organization and key', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...types),
        slug,
        fc.string({ maxLength: 60, unit: 'grapheme' }),
        (type, organization, key) => {
          expect(decodeGlobalId(encodeGlobalId({ type, organization, key }))).toEqual({
            type,
            organization,
            key,
          });
        },
      ),
    );
  });

  it('are refused when any character is changed, added or lost', () => {
    const id = encodeGlobalId({ type: 'Contract', organization: 'sleepyco', key: 'ctrct_1' });
    for (let i = 0; i < id.length; i += 1) {
      const other = id[i] === 'A' ? 'B' : 'A';
      expect(decodeGlobalId(id.slice(0, i) + other + id.slice(i + 1))).toBeNull();
      expect(decodeGlobalId(id.slice(0, i) + id.slice(i + 1))).toBeNull();
      expect(decodeGlobalId(`${id.slice(0, i)}A${id.slice(i)}`)).toBeNull();
    }
  });

  it.each(['', ' ', '../x', 'null', 'Q29udHJhY3Q6MQ==', 'A'.repeat(601), '💥'])('refuse %j', (text) => {
    expect(decodeGlobalId(text)).toBeNull();
  });

  it('never read anything that they would not write', () => {
    fc.assert(
      fc.property(fc.base64String({ maxLength: 80 }), (text) => {
        const decoded = decodeGlobalId(text);
        if (decoded !== null) expect(encodeGlobalId(decoded)).toBe(text);
      }),
    );
  });
});
