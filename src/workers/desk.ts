/**
 * What the primary process keeps for its workers, and how it answers them: quotas and places of backends, budgets of
 * clients, guesses, and what one worker has to tell the others.
 *
 * Guarantees: nothing of it touches a request; a worker that ends leaves nothing behind, and what arrives from it later is
 * not heard: nobody would give back what it was given.
 */
import { createMemoryBudgets } from '../admission/budgets/memory.js';
import type { SourceName } from '../domain/source.js';
import type { Timers } from '../upstream/timers.js';
import { createForgetDesk } from './forget-desk.js';
import { createGuessDesk } from './guess-desk.js';
import type { FromWorker, ToWorker } from './messages.js';
import { createQuotaDesk } from './quota-desk.js';
import { createSlotDesk, type SlotDesk } from './slot-desk.js';

export interface BackendLimits {
  readonly concurrency: number;
  /** `null`: none is known. */
  readonly requestsPerSecond: number | null;
}

export interface Desk {
  /** It may ask from now on, and is told what others say. */
  came(worker: number): void;
  left(worker: number): void;
  /** `false`: that is not for the desk. */
  hear(worker: number, message: FromWorker): boolean;
}

export interface DeskOptions {
  readonly backends: ReadonlyMap<SourceName, BackendLimits>;
  readonly timers: Timers;
  readonly send: (worker: number, message: ToWorker) => void;
  /** Workers that did not say that they have forgotten what changed. */
  readonly onSilent: (workers: readonly number[]) => void;
}

export function createDesk({ backends, timers, send, onSilent }: DeskOptions): Desk {
  const present = new Set<number>();
  const workers = () => present;
  const common = { timers, send, workers, now: () => timers.now() };
  const allowances = new Map<SourceName, number>();
  const slots = new Map<SourceName, SlotDesk>();
  for (const [source, { concurrency, requestsPerSecond }] of backends) {
    if (requestsPerSecond !== null) allowances.set(source, requestsPerSecond);
    slots.set(source, createSlotDesk({ ...common, source, most: concurrency }));
  }
  const quotas = createQuotaDesk({ ...common, allowances });
  const budgets = createMemoryBudgets(() => timers.now());
  const guesses = createGuessDesk(common);
  const forgetting = createForgetDesk({ ...common, onSilent });
  const toOthers = (from: number, message: ToWorker) => {
    for (const worker of present) if (worker !== from) send(worker, message);
  };
  const slotsOf = (source: SourceName): SlotDesk => {
    const found = slots.get(source);
    if (found === undefined) throw new Error(`a worker speaks of ${source}, which is not configured`);
    return found;
  };

  return {
    came(worker) {
      present.add(worker);
      guesses.came(worker);
    },
    left(worker) {
      if (!present.delete(worker)) return;
      quotas.left(worker);
      for (const desk of slots.values()) desk.left(worker);
      forgetting.left(worker);
    },
    hear(worker, message) {
      if (!present.has(worker) && message.kind !== 'hello') return true;
      switch (message.kind) {
        case 'enter':
          quotas.enter(worker, message);
          return true;
        case 'give-up':
          quotas.giveUp(worker, message.id);
          return true;
        case 'done':
          quotas.done(worker, message.id);
          return true;
        case 'refused':
          if (!quotas.refused(message.source, message.sentMsAgo)) toOthers(worker, message);
          return true;
        case 'want-slots':
          slotsOf(message.source).want(worker, message.count);
          return true;
        case 'give-slots':
          slotsOf(message.source).give(worker, message.count);
          return true;
        case 'take': {
          const taken = budgets.take(message.client, message.points, message.rate);
          void Promise.resolve(taken).then((known) => {
            send(worker, { kind: 'taken', id: message.id, taken: known });
          });
          return true;
        }
        case 'give-back':
          budgets.giveBack(message.client, message.points, message.rate);
          return true;
        case 'forget':
          forgetting.forget(worker, message.id, message.source, message.touched);
          return true;
        case 'forgotten':
          forgetting.forgotten(worker, message.id);
          return true;
        case 'silence':
          toOthers(worker, message);
          return true;
        case 'guess':
          guesses.counted(worker, message.of, message.client, message.mark);
          return true;
        case 'hello':
        case 'listening':
        case 'report':
          return false;
      }
    },
  };
}
