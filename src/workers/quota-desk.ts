/**
 * The quotas of backends, for all workers: the real ones are here, and workers are given places.
 *
 * Guarantees: a backend's allowance holds over all workers together, in any sliding second (`upstream/quota.ts`), and one
 * busy worker may use all of it; customers take turns, whichever worker asks for them. A place that a worker held when it
 * ended becomes free as if its request had ended then.
 */
import { OwnSignal } from '../domain/signal.js';
import type { SourceName } from '../domain/source.js';
import { createQuota, type Quota } from '../upstream/quota.js';
import type { Timers } from '../upstream/timers.js';
import type { FromWorker, Message, ToWorker } from './messages.js';

export interface QuotaDesk {
  enter(worker: number, asked: Message<'enter', FromWorker>): void;
  giveUp(worker: number, id: number): void;
  done(worker: number, id: number): void;
  /** `false`: no allowance is known, and each worker looks after itself. */
  refused(source: SourceName, sentMsAgo: number): boolean;
  left(worker: number): void;
}

interface Asked {
  readonly ending: OwnSignal;
  /** `null`: waits for its place. */
  done: (() => void) | null;
}

/** Workers show what remains; nothing else hangs on it. */
const TELL_EVERY_MS = 200;

export function createQuotaDesk({
  allowances,
  timers,
  send,
  workers,
}: {
  /** Requests a second. */
  readonly allowances: ReadonlyMap<SourceName, number>;
  readonly timers: Timers;
  readonly send: (worker: number, message: ToWorker) => void;
  readonly workers: () => Iterable<number>;
}): QuotaDesk {
  const quotas = new Map([...allowances].map(([source, allowed]) => [source, createQuota(allowed, timers)]));
  /** By worker and its id. */
  const asked = new Map<number, Map<number, Asked>>();
  const told = new Map<SourceName, number | null>(allowances);
  const telling = new Set<SourceName>();

  const ofWorker = (worker: number): Map<number, Asked> => {
    const known = asked.get(worker) ?? new Map<number, Asked>();
    asked.set(worker, known);
    return known;
  };
  /** Goes on as long as something changes: places become free by time alone. */
  const tellRemaining = (source: SourceName, quota: Quota): void => {
    if (telling.has(source)) return;
    telling.add(source);
    timers.after(TELL_EVERY_MS, () => {
      telling.delete(source);
      const { remaining } = quota;
      if (remaining !== told.get(source)) {
        told.set(source, remaining);
        for (const worker of workers()) send(worker, { kind: 'remaining', source, remaining });
      }
      if (remaining !== allowances.get(source)) tellRemaining(source, quota);
    });
  };

  return {
    enter(worker, { id, source, lane, waitMs }) {
      const quota = quotas.get(source);
      if (quota === undefined) throw new Error(`there is no quota of ${source} to enter`);
      const entry: Asked = { ending: new OwnSignal(), done: null };
      const own = ofWorker(worker);
      own.set(id, entry);
      void quota.enter(lane, waitMs, entry.ending).then((ticket) => {
        tellRemaining(source, quota);
        const isWaitedFor = asked.get(worker) === own && own.get(id) === entry;
        if (!ticket.granted) {
          own.delete(id);
          if (isWaitedFor) send(worker, { kind: 'entered', id, retryAfterMs: ticket.retryAfterMs });
          return;
        }
        if (!isWaitedFor) {
          ticket.done();
          return;
        }
        entry.done = ticket.done;
        send(worker, { kind: 'entered', id, retryAfterMs: null });
      });
    },
    giveUp(worker, id) {
      const entry = asked.get(worker)?.get(id);
      if (entry === undefined) return;
      asked.get(worker)?.delete(id);
      entry.ending.abort();
      entry.done?.();
    },
    done(worker, id) {
      asked.get(worker)?.get(id)?.done?.();
      asked.get(worker)?.delete(id);
    },
    refused(source, sentMsAgo) {
      const quota = quotas.get(source);
      quota?.refused(timers.now() - sentMsAgo);
      return quota !== undefined;
    },
    left(worker) {
      const own = asked.get(worker);
      asked.delete(worker);
      for (const { ending, done } of own?.values() ?? []) {
        ending.abort();
        done?.();
      }
    },
  };
}
