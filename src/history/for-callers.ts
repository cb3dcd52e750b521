/**
 * History as the graph may ask for it.
 *
 * Guarantees: what this process saw before it was asked is written before it is read, if that takes no longer than a
 * second; who asks while the store is being opened waits for it; a store that does not work is told to callers without its detail.
 */
import type { History } from '../domain/history.js';
import { OperationError } from '../domain/operations.js';
import { StoreError } from '../journal/store-error.js';
import { CodecError } from './codec.js';
import type { Recorder } from './recorder.js';

const PATIENCE_MS = 1_000;

export interface HistoryForCallersOptions {
  /** Waits until the store is open. Rejects with `StoreError` if it cannot be opened. */
  readonly opened: () => Promise<History>;
  readonly recorder: Pick<Recorder, 'flush' | 'state'>;
  readonly timers: { after(milliseconds: number, callback: () => void): { cancel(): void } };
}

function unreadable(detail: string): OperationError {
  return new OperationError(
    'STORE_UNAVAILABLE',
    'What was seen earlier cannot be read right now. Try again later, or ask for how things are now.',
    { isRetryable: true, detail },
  );
}

function forCallers(error: unknown): unknown {
  if (error instanceof StoreError) return unreadable(`${error.trouble}: ${error.message}`);
  if (!(error instanceof CodecError)) return error;
  return new OperationError(
    'STORE_UNAVAILABLE',
    'What was seen then was written by another release of the gateway, and this one cannot read it.',
    { detail: error.message },
  );
}

export function historyForCallers({ opened, recorder, timers }: HistoryForCallersOptions): History {
  const written = async (): Promise<void> => {
    if (recorder.state().waiting === 0) return;
    let patience: { cancel(): void } | null = null;
    const enough = new Promise<void>((resolve) => {
      patience = timers.after(PATIENCE_MS, resolve);
    });
    await Promise.race([recorder.flush(), enough]);
    (patience as { cancel(): void } | null)?.cancel();
  };
  const reading = async <Value>(read: (history: History) => Promise<Value>): Promise<Value> => {
    try {
      const history = await opened();
      await written();
      return await read(history);
    } catch (error) {
      throw forCallers(error);
    }
  };
  return {
    asOf: (organization, kind, at) => reading((history) => history.asOf(organization, kind, at)),
    byId: (organization, kind, externalId, at) =>
      reading((history) => history.byId(organization, kind, externalId, at)),
    changes: (query) => reading((history) => history.changes(query)),
  };
}
