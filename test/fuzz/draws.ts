/**
 * Random choices that are the same whenever they are made again: each case draws from its own seed, so that one case can
 * be had again without those before it.
 */
import { seeded } from '../support/seeded.js';

export interface Draws {
  /** A whole number from 0 up to and without `below`. */
  below(below: number): number;
  /** From `from` to `to`, both included. */
  from(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  bytes(length: number): Buffer;
}

/** The draws of one case. */
export function drawsOf(seed: number, stage: string, index: number): Draws {
  let mixed = 0x811c9dc5;
  for (const character of `${seed}/${stage}/${index}`) {
    mixed = Math.imul(mixed ^ character.charCodeAt(0), 0x01000193);
  }
  const next = seeded(mixed);
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    from: (from, to) => from + below(to - from + 1),
    chance: (probability) => next() < probability,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('there is nothing to pick from');
      return item;
    },
    bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
  };
}
