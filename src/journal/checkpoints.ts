/**
 * Copies the write-ahead log of a SQLite file into the file, beside whoever writes: in the writer's own thread it kept
 * one change of two hundred waiting for eight milliseconds.
 *
 * Guarantees: at most one copy at a time, and none after `close` has resolved; a copy that fails changes nothing that was
 * written, and the next is tried in its time. Does not bound the log by itself: where copies fail or writers are quicker
 * all the time, the writing connection copies, at a size of its own (`sqlite-connection.ts`).
 */
export interface Checkpoints {
  /** Something was committed. */
  committed(): void;
  /** Waits for the copy that is being made. */
  close(): Promise<void>;
}

/** A change commits twice, some twelve pages of 4 KiB each: the log stays below some 25 MiB. */
const COMMITS_APART = 500;
/**
 * What is committed while one copy is made needs another, which is shorter; the log begins anew only when all of it is in
 * the file and somebody writes.
 */
const MOST_IN_A_ROW = 4;

export function createCheckpoints(copy: () => Promise<void>): Checkpoints {
  let commits = 0;
  let isClosed = false;
  let copying: Promise<void> | null = null;

  const copyAll = async (): Promise<void> => {
    try {
      for (let times = 0; times < MOST_IN_A_ROW && commits > 0 && !isClosed; times += 1) {
        commits = 0;
        await copy();
      }
    } catch {
      // Nothing is lost: it is in the log, and durable there.
      commits = 0;
    }
  };

  return {
    committed() {
      commits += 1;
      if (commits < COMMITS_APART || copying !== null || isClosed) return;
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
