/**
 * A worker's side of the line to the primary: what it shares with the others, and what it is told.
 *
 * Guarantees: nothing that is shared is ever taken without asking; once the primary is gone, what is scarce is refused,
 * and the worker is told to end. What others say has changed is forgotten before they are told that it was.
 */
import type { GuessExchange } from '../admission/guesses.js';
import type { Budgets } from '../admission/budgets/budgets.js';
import type { SourceName } from '../domain/source.js';
import type { Ears, FindPeers } from '../upstream/peers.js';
import { createQuota } from '../upstream/quota.js';
import type { Timers } from '../upstream/timers.js';
import type { Channel } from './channel.js';
import type { FromWorker, GuessKind, ToWorker, WorkerReport } from './messages.js';
import { createSharedBudgets } from './shared-budgets.js';
import { createSharedQuota, type SharedQuota } from './shared-quota.js';
import { createSharedSlots, type SharedSlots } from './shared-slots.js';

export interface Link {
  /** What the primary gives a worker that begins: its number, and the configuration. */
  readonly welcomed: Promise<{ readonly worker: number; readonly config: string }>;
  readonly peersOf: FindPeers;
  readonly budgets: Budgets;
  readonly guessExchange: (kind: GuessKind) => GuessExchange;
  listening(url: string): void;
  close(): Promise<void>;
}

export interface LinkOptions {
  readonly channel: Channel<FromWorker, ToWorker>;
  readonly timers: Timers;
  /** What the primary wants done. */
  readonly onReload: () => void;
  readonly onStop: () => void;
  readonly onLost: () => void;
  readonly report: (withMetrics: boolean) => Promise<WorkerReport>;
}

/** Beyond the primary's own patience. */
const FORGET_PATIENCE_MS = 3_000;

interface Backend {
  readonly limited: SharedQuota | null;
  /** Where no allowance is known, each worker has its own, and is told of refusals. */
  refused(sentMsAgo: number): void;
  readonly slots: SharedSlots;
  readonly ears: Set<Ears>;
}

export function createLink({ channel, timers, onReload, onStop, onLost, report }: LinkOptions): Link {
  const post = (message: FromWorker) => {
    channel.post(message);
  };
  let ids = 0;
  const newId = () => (ids += 1);
  const backends = new Map<SourceName, Backend>();
  const budgets = createSharedBudgets({ timers, newId, post });
  const guessListeners = new Map<GuessKind, (client: string, mark: string, msAgo: number) => void>();
  /** Counted before anybody here listened. */
  const early: Extract<ToWorker, { readonly kind: 'guess' }>[] = [];
  const forgetting = new Map<number, () => void>();
  let isLost = false;
  let welcome: (given: { readonly worker: number; readonly config: string }) => void = () => undefined;
  const welcomed = new Promise<{ readonly worker: number; readonly config: string }>((resolve) => {
    welcome = resolve;
  });

  const hear = (message: ToWorker): void => {
    switch (message.kind) {
      case 'welcome':
        welcome(message);
        return;
      case 'entered':
        for (const { limited } of backends.values()) limited?.entered(message);
        return;
      case 'remaining':
        backends.get(message.source)?.limited?.told(message.remaining);
        return;
      case 'refused':
        backends.get(message.source)?.refused(message.sentMsAgo);
        return;
      case 'slots':
        backends.get(message.source)?.slots.lent(message.count, message.isTight);
        return;
      case 'taken':
        budgets.taken(message);
        return;
      case 'forget':
        for (const ears of backends.get(message.source)?.ears ?? []) ears.forget(message.touched);
        post({ kind: 'forgotten', id: message.id });
        return;
      case 'forgotten':
        forgetting.get(message.id)?.();
        return;
      case 'silence':
        for (const ears of backends.get(message.source)?.ears ?? []) ears.silence(message.silence);
        return;
      case 'guess': {
        const listener = guessListeners.get(message.of);
        if (listener === undefined) early.push(message);
        else listener(message.client, message.mark, message.msAgo);
        return;
      }
      case 'report': {
        const { id } = message;
        void report(message.withMetrics).then((known) => {
          post({ kind: 'report', id, report: known });
        });
        return;
      }
      case 'reload':
        onReload();
        return;
      case 'stop':
        onStop();
        return;
    }
  };
  channel.onMessage(hear);
  channel.onLost(() => {
    isLost = true;
    for (const { limited, slots } of backends.values()) {
      limited?.lost();
      slots.lost();
    }
    budgets.lost();
    for (const end of [...forgetting.values()]) end();
    onLost();
  });
  post({ kind: 'hello' });

  return {
    welcomed,
    budgets,
    peersOf(source, { requestsPerSecond }) {
      const slots = createSharedSlots(source, post);
      const ears = new Set<Ears>();
      const own = createQuota(null, timers);
      const limited =
        requestsPerSecond === null
          ? null
          : createSharedQuota({ source, perSecond: requestsPerSecond, timers, newId, post });
      const refusedHere = (sentMsAgo: number) => {
        own.refused(timers.now() - sentMsAgo);
      };
      backends.set(source, { limited, slots, ears, refused: refusedHere });
      return {
        quota: limited ?? {
          enter: (...asked) => own.enter(...asked),
          refused: (sentAt) => {
            own.refused(sentAt);
            post({ kind: 'refused', source, sentMsAgo: timers.now() - sentAt });
          },
          get remaining() {
            return own.remaining;
          },
          get queued() {
            return own.queued;
          },
        },
        slots,
        forget(touched) {
          if (isLost) return Promise.resolve();
          const id = newId();
          return new Promise((resolve) => {
            const end = () => {
              patience.cancel();
              forgetting.delete(id);
              resolve();
            };
            const patience = timers.after(FORGET_PATIENCE_MS, end);
            forgetting.set(id, end);
            post({ kind: 'forget', id, source, touched });
          });
        },
        silence(silence) {
          post({ kind: 'silence', source, silence });
        },
        listen(heard) {
          ears.add(heard);
        },
      };
    },
    guessExchange: (kind) => ({
      counted(client, mark) {
        post({ kind: 'guess', of: kind, client, mark });
      },
      onCounted(listener) {
        guessListeners.set(kind, listener);
        for (const { of, client, mark, msAgo } of early) if (of === kind) listener(client, mark, msAgo);
      },
    }),
    listening(url) {
      post({ kind: 'listening', url });
    },
    close: () => channel.close(),
  };
}
