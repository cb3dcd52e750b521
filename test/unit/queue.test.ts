/** First come, first served, and nobody is held on to. */
import { expect, it } from 'vitest';
import { Queue } from '../../src/admission/queue.js';

it('gives each once, in the order in which they came', () => {
  const queue = new Queue<{ readonly n: number }>();
  const taken: (number | undefined)[] = [];
  for (let n = 0; n < 100; n += 1) {
    queue.add({ n });
    if (n % 3 === 0) taken.push(queue.take()?.n);
  }
  expect(queue.length).toBe(66);
  expect(queue.first).toEqual({ n: 34 });
  while (queue.length > 0) taken.push(queue.take()?.n);
  expect(taken).toEqual(Array.from({ length: 100 }, (_, n) => n));
  expect(queue.take()).toBeUndefined();
  expect(queue.first).toBeUndefined();
});
