/**
 * The requests that one backend may be sent at once, divided among the workers: places are lent, and asked back.
 *
 * Guarantees: never more are lent than there are, so that `concurrency` holds over all workers together. A worker that is
 * alone at it may have all, and then asks nobody; as soon as others wait, what it does not use is given back at once, and
 * what it uses when it is free, until nobody waits; those who wait take turns. What a worker held when it ended is free.
 */
import type { SourceName } from '../domain/source.js';
import type { ToWorker } from './messages.js';

export interface SlotDesk {
  /** So many wait in that worker. */
  want(worker: number, count: number): void;
  give(worker: number, count: number): void;
  left(worker: number): void;
}

export function createSlotDesk({
  source,
  most,
  send,
  workers,
}: {
  readonly source: SourceName;
  readonly most: number;
  readonly send: (worker: number, message: ToWorker) => void;
  readonly workers: () => Iterable<number>;
}): SlotDesk {
  let free = most;
  let isTight = false;
  const lent = new Map<number, number>();
  /** In the order in which they are served. */
  const wanted = new Map<number, number>();

  const serve = (): void => {
    const served = new Map<number, number>();
    while (free > 0) {
      const [next] = wanted;
      if (next === undefined) break;
      const [worker, count] = next;
      wanted.delete(worker);
      if (count > 1) wanted.set(worker, count - 1); // behind the others
      free -= 1;
      lent.set(worker, (lent.get(worker) ?? 0) + 1);
      served.set(worker, (served.get(worker) ?? 0) + 1);
    }
    const isNews = isTight !== wanted.size > 0;
    isTight = wanted.size > 0;
    for (const worker of isNews ? workers() : served.keys()) {
      send(worker, { kind: 'slots', source, count: served.get(worker) ?? 0, isTight });
    }
  };

  return {
    want(worker, count) {
      if (count === 0) wanted.delete(worker);
      else wanted.set(worker, count);
      serve();
    },
    give(worker, count) {
      const given = Math.min(count, lent.get(worker) ?? 0);
      lent.set(worker, (lent.get(worker) ?? 0) - given);
      free += given;
      serve();
    },
    left(worker) {
      wanted.delete(worker);
      free += lent.get(worker) ?? 0;
      lent.delete(worker);
      serve();
    },
  };
}
