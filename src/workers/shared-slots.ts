/**
 * A worker's places for requests that are under way at one backend: lent by the primary, used again and again without
 * asking, and given back when others wait.
 *
 * Guarantees: never more requests at once than places that were lent. While others wait, no place is kept that is not used,
 * and each that becomes free goes back. Once the primary is gone, those that are held are used, and nobody waits for more.
 */
import type { SourceName } from '../domain/source.js';
import type { Leave, Slots } from '../upstream/peers.js';
import type { FromWorker } from './messages.js';

export interface SharedSlots extends Slots {
  /** So many more. `isTight`: others wait. */
  lent(count: number, isTight: boolean): void;
  /** The primary is gone. */
  lost(): void;
}

export function createSharedSlots(source: SourceName, post: (message: FromWorker) => void): SharedSlots {
  let idle = 0;
  let isTight = false;
  let isLost = false;
  const waiting = new Set<(leave: Leave | null) => void>();
  /** What the primary knows of those who wait. */
  let told = 0;

  const tellWaiting = () => {
    if (told === waiting.size) return;
    told = waiting.size;
    post({ kind: 'want-slots', source, count: told });
  };
  const giveBack = (count: number) => {
    post({ kind: 'give-slots', source, count });
  };
  const settle = () => {
    for (const resolve of waiting) {
      if (idle === 0) break;
      waiting.delete(resolve);
      idle -= 1;
      resolve(createLeave());
    }
    if (!isTight || idle === 0) return;
    giveBack(idle);
    idle = 0;
  };
  const createLeave = (): Leave => {
    let isLeft = false;
    return () => {
      if (isLeft) return;
      isLeft = true;
      if (isTight && !isLost) {
        giveBack(1);
        return;
      }
      idle += 1;
      settle();
      tellWaiting();
    };
  };

  return {
    enter(signal) {
      if (idle > 0 && waiting.size === 0) {
        idle -= 1;
        return createLeave();
      }
      if (isLost || signal.aborted) return Promise.resolve(null);
      return new Promise((resolve) => {
        const end = (leave: Leave | null) => {
          signal.removeEventListener('abort', giveUp);
          resolve(leave);
        };
        const giveUp = () => {
          waiting.delete(end);
          tellWaiting();
          end(null);
        };
        waiting.add(end);
        signal.addEventListener('abort', giveUp);
        tellWaiting();
      });
    },
    lent(count, isTightNow) {
      isTight = isTightNow;
      idle += count;
      told = Math.max(0, told - count);
      settle();
      tellWaiting();
    },
    lost() {
      isLost = true;
      for (const resolve of [...waiting]) {
        waiting.delete(resolve);
        resolve(null);
      }
    },
  };
}
