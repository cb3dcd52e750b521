/**
 * Copies the write-ahead log of a SQLite file into the file, beside whoever writes: in the writer's own thread it kept
 * one change of two hundred waiting for eight milliseconds.
 *
 * Guarantees: at most one copy at a time, and none after `close` has resolved; a copy that fails changes nothing that was
 * written, and the next is tried in its time. Does not bound the log by itself: where copies fail or writers are quicker
 * all the time, the writing connection copies, at a size of its own (`sqlite-connection.ts`).
 */
export interface Checkpoints {
  /** So many values were written and committed. */
  committed(values: number): void;
  /** Waits for the copy that is being made. */
  close(): Promise<void>;
}

/**
 * Values between two copies. Few values of a change go to many pages, at least; many, of looks, fill theirs: the log stays
 * below some 25 MiB, where the writing connection would copy it at 64, and keep everybody waiting for a fifth of a second.
 */
const VALUES_APART = 40_000;
/** A commit writes some twelve pages of 4 KiB, however little is on them. */
const VALUES_OF_A_COMMIT = 80;
/**
 * What is committed while one copy is made needs another, which is shorter; the log begins anew only when all of it is in
 * the file and somebody writes.
 */
const MOST_IN_A_ROW = 4;

export function createCheckpoints(copy: () => Promise<void>): Checkpoints {
  let values = 0;
  let isClosed = false;
  let copying: Promise<void> | null = null;

  const copyAll = async (): Promise<void> => {
    try {
      for (let times = 0; times < MOST_IN_A_ROW && values > 0 && !isClosed; times += 1) {
        values = 0;
        await copy();
      }
    } catch {
      // Nothing is lost: it is in the log, and durable there.
      values = 0;
    }
  };

  return {
    committed(written) {
      values += Math.max(written, VALUES_OF_A_COMMIT);
      if (values < VALUES_APART || copying !== null || isClosed) return;
      copying = copyAll().finally(() => {
        copying = null;
      });
    },
    async close() {
      isClosed = true;
      await copying;
    },
  };
}
