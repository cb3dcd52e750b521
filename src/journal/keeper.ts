/**
 * Holds the journal's store: opens it, notices that it does not work, opens it again, and tries until it does.
 *
 * Guarantees: while the store does not work nobody gets it, and the reason is known; outcomes that could not be written
 * down are kept and written as soon as it works again, and until then no new change is begun. That something can be read
 * does not count as a sign that anything can be written. Never makes an empty journal in the place of one that cannot be
 * read (`database.ts`). Errors that are not the store's own are not its trouble.
 */
import type { OperationStore } from './store.js';
import { StoreError, storeErrorOf, type StoreTrouble } from './store-error.js';

export interface KeeperDependencies {
  readonly open: () => Promise<OperationStore>;
  /** Milliseconds on a clock that never steps back. */
  readonly now: () => number;
  readonly onTrouble: (error: StoreError) => void;
  readonly onRecovery: () => void;
  /** An outcome that the store works for and does not take, whatever is done: what reading back finds has to do. */
  readonly onDropped: (operationId: string, error: StoreError) => void;
}

type Work<Value> = (store: OperationStore) => Promise<Value>;

export interface StoreAccess {
  /** Rejects with `StoreError` where the store does not work, and with whatever the work rejects with. */
  read<Value>(work: Work<Value>): Promise<Value>;
  /** For writing down more about what was begun. */
  write<Value>(work: Work<Value>): Promise<Value>;
}

export interface Keeper extends StoreAccess {
  /** For beginning something. Rejects with `StoreError` also while outcomes wait to be written. */
  begin<Value>(work: Work<Value>): Promise<Value>;
  /** An outcome that could not be written; it is tried again. */
  keep(operationId: string, write: Work<unknown>): void;
  /** Tries to write what was kept, and whether anything can be written. Never rejects. */
  retry(): Promise<void>;
  readonly trouble: StoreError | null;
  readonly unwritten: number;
  /** Nobody gets the store any more. */
  close(): Promise<void>;
}

/** A store that cannot be opened is tried again at most so often. */
const REOPEN_MS = 1_000;

/** What a connection gets over by itself; after everything else another is made. */
const PASSING: readonly StoreTrouble[] = ['locked', 'full'];

/** An open store and those who are using it: it is closed when the last of them has left. */
interface Lease {
  readonly store: Promise<OperationStore>;
  users: number;
  isRetired: boolean;
}

export function createKeeper(dependencies: KeeperDependencies): Keeper {
  const { open, now, onTrouble, onRecovery, onDropped } = dependencies;
  let lease: Lease | null = null;
  let trouble: { readonly error: StoreError; readonly isOfWriting: boolean } | null = null;
  let failedAt = Number.NEGATIVE_INFINITY;
  let isClosed = false;
  const kept: { readonly operationId: string; readonly write: Work<unknown> }[] = [];
  let retrying: Promise<void> | null = null;

  const closeIfUnused = async (left: Lease): Promise<void> => {
    if (!left.isRetired || left.users > 0) return;
    const store = await left.store.catch(() => null);
    await store?.close().catch(() => undefined);
  };
  const retire = (left: Lease): void => {
    left.isRetired = true;
    if (lease === left) lease = null;
    void closeIfUnused(left);
  };

  const note = (error: StoreError, isOfWriting: boolean): void => {
    const isNews = trouble?.error.trouble !== error.trouble;
    trouble = { error, isOfWriting: isOfWriting || trouble?.isOfWriting === true };
    if (isNews) onTrouble(error);
  };
  const noteWorking = (isWriting: boolean): void => {
    if (trouble === null || (trouble.isOfWriting && !isWriting)) return;
    trouble = null;
    onRecovery();
  };

  const leased = (): Lease => {
    if (isClosed) throw new StoreError('other', 'the journal is closed');
    if (lease !== null) return lease;
    if (trouble !== null && now() - failedAt < REOPEN_MS) throw trouble.error;
    lease = { store: open(), users: 0, isRetired: false };
    return lease;
  };

  const use = async <Value>(work: Work<Value>, isWriting: boolean): Promise<Value> => {
    const current = leased();
    current.users += 1;
    try {
      const value = await work(
        await current.store.catch((error: unknown) => {
          throw storeErrorOf(error);
        }),
      );
      noteWorking(isWriting);
      return value;
    } catch (error) {
      if (error instanceof StoreError && error.trouble !== 'refused') {
        note(error, isWriting);
        const isOpen = await current.store.then(
          () => true,
          () => false,
        );
        if (!isOpen) failedAt = now();
        if (!isOpen || !PASSING.includes(error.trouble)) retire(current);
      }
      throw error;
    } finally {
      current.users -= 1;
      void closeIfUnused(current);
    }
  };

  const retry = async (): Promise<void> => {
    try {
      for (let next = kept[0]; next !== undefined; next = kept[0]) {
        try {
          await use(next.write, true);
        } catch (error) {
          if (error instanceof StoreError && error.trouble !== 'refused') throw error;
          onDropped(next.operationId, storeErrorOf(error));
        }
        kept.shift();
      }
      if (trouble?.isOfWriting === true) await use((store) => store.probe(), true);
    } catch {
      // Noted where it happened; the next try will show.
    }
  };

  const keeper: Keeper = {
    read: (work) => use(work, false),
    write: (work) => use(work, true),
    async begin(work) {
      if (kept.length > 0) await keeper.retry();
      if (kept.length > 0) {
        throw trouble?.error ?? new StoreError('other', 'outcomes wait to be written down');
      }
      return use(work, true);
    },
    keep(operationId, write) {
      kept.push({ operationId, write });
    },
    retry: () =>
      (retrying ??= retry().finally(() => {
        retrying = null;
      })),
    get trouble() {
      return trouble?.error ?? null;
    },
    get unwritten() {
      return kept.length;
    },
    async close() {
      isClosed = true;
      const last = lease;
      if (last === null) return;
      lease = null;
      last.isRetired = true;
      await closeIfUnused(last);
    },
  };
  return keeper;
}
