/** Collections of what comes and goes. That nothing is left behind is counted in `bench/gateway-garbage.test.ts`. */
import { describe, expect, it } from 'vitest';
import { PassingMap, PassingSet } from '../../src/domain/passing.js';

describe('a set of what passes', () => {
  it('holds what was put in until it is taken out, the same thing as often as it was put in', () => {
    const set = new PassingSet<{ readonly name: string }>();
    const a = { name: 'a' };
    const takeOut = [set.add(a), set.add({ name: 'b' }), set.add(a)];
    expect(set.values().map(({ name }) => name)).toEqual(['a', 'b', 'a']);
    takeOut[0]?.();
    takeOut[0]?.();
    expect(set.values().map(({ name }) => name)).toEqual(['b', 'a']);
  });

  it('shows those that are in it now, to whoever takes others out meanwhile', () => {
    const set = new PassingSet<() => void>();
    const told: string[] = [];
    const takeOut = ['a', 'b', 'c'].map((name) => set.add(() => told.push(name)));
    for (const tell of set.values()) {
      tell();
      takeOut[2]?.();
    }
    expect(told).toEqual(['a', 'b', 'c']);
    expect(set.values()).toHaveLength(2);
  });
});

describe('a map of what passes', () => {
  it('finds what was put there last, and nothing where it was taken out', () => {
    const map = new PassingMap<{ readonly name: string }>();
    map.set('x', { name: 'a' });
    map.set('y', { name: 'b' });
    map.set('x', { name: 'c' });
    expect(map.get('x')).toEqual({ name: 'c' });
    expect(map.entries()).toEqual([
      ['x', { name: 'c' }],
      ['y', { name: 'b' }],
    ]);
    map.delete('x');
    map.delete('x');
    expect(map.get('x')).toBeUndefined();
    expect(map.entries()).toEqual([['y', { name: 'b' }]]);
  });
});
