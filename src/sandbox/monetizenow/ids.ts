/** Ids of one contract's things: one drawn stem and a count, since thousands of contracts are seeded at a time. */
import type { Chance } from '../random.js';

export interface Ids {
  next(prefix: string): string;
}

export function createIds(chance: Chance): Ids {
  const stem = chance.base62(13);
  let count = 0;
  return {
    next(prefix) {
      count += 1;
      return `${prefix}_${stem}${count.toString(36).padStart(3, '0')}`;
    },
  };
}
