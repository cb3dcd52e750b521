/** A primary's desk and its workers' links in one process: what they say goes through JSON, a turn later. */
import type { Channel } from '../../../src/workers/channel.js';
import { createDesk, type BackendLimits } from '../../../src/workers/desk.js';
import { createLink, type Link } from '../../../src/workers/link.js';
import type { FromWorker, ToWorker } from '../../../src/workers/messages.js';
import type { SourceName } from '../../../src/domain/source.js';
import type { Timers } from '../../../src/upstream/timers.js';

export interface LinkedWorker extends Link {
  /** The process ends, and says nothing more. */
  end(): void;
  /** The primary is gone. */
  orphan(): void;
  /** What was said to it and by it is not heard any more, and nobody is told. */
  silence(): void;
  readonly isToldToEnd: () => boolean;
}

export interface Office {
  hire(): LinkedWorker;
  /** What workers said to the primary, in order. */
  readonly said: readonly (FromWorker & { readonly worker: number })[];
  /** Workers that did not say in time that they had forgotten. */
  readonly silent: readonly number[];
}

export function openOffice(
  timers: Timers,
  backends: Partial<Record<SourceName, BackendLimits>> = {},
): Office {
  const hear = new Map<number, (message: ToWorker) => void>();
  const said: (FromWorker & { readonly worker: number })[] = [];
  const silent: number[] = [];
  const desk = createDesk({
    backends: new Map(Object.entries(backends) as [SourceName, BackendLimits][]),
    timers,
    send: (worker, message) => {
      const letter = JSON.stringify(message);
      queueMicrotask(() => hear.get(worker)?.(JSON.parse(letter) as ToWorker));
    },
    onSilent: (workers) => silent.push(...workers),
  });
  let numbers = 0;
  return {
    said,
    silent,
    hire() {
      const worker = (numbers += 1);
      let isHeard = true;
      let lost: () => void = () => undefined;
      let isToldToEnd = false;
      const channel: Channel<FromWorker, ToWorker> = {
        post(message) {
          const letter = JSON.stringify(message);
          queueMicrotask(() => {
            if (!isHeard) return;
            const arrived = JSON.parse(letter) as FromWorker;
            said.push({ ...arrived, worker });
            desk.hear(worker, arrived);
          });
        },
        onMessage: (listener) => hear.set(worker, listener),
        onLost: (listener) => (lost = listener),
        close: () => Promise.resolve(),
      };
      desk.came(worker);
      const link = createLink({
        channel,
        timers,
        onReload: () => undefined,
        onStop: () => undefined,
        onLost: () => (isToldToEnd = true),
        report: () => Promise.resolve({ health: null, metrics: null }),
      });
      const silence = () => {
        isHeard = false;
        hear.delete(worker);
      };
      return {
        ...link,
        silence,
        isToldToEnd: () => isToldToEnd,
        end() {
          silence();
          desk.left(worker);
        },
        orphan() {
          silence();
          lost();
        },
      };
    },
  };
}
