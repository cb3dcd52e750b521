/** What is kept beside the journal, in the database that it opens, whenever that is. */
import type { HistorySettings } from '../config/history.js';
import { tellHistory } from '../history/news-log.js';
import { createRecorder, type Recorder } from '../history/recorder.js';
import type { HistoryStore } from '../history/store.js';
import type { Journal } from '../journal/journal.js';
import { StoreError } from '../journal/store-error.js';
import type { Log } from '../observability/log.js';
import type { Timers } from '../upstream/timers.js';
import type { Kept } from './stores.js';

export function startRecorder(
  { keepDays, maxRowsPerOrganization: mostRows }: HistorySettings,
  {
    store,
    clock,
    timers,
    log,
  }: {
    readonly store: () => HistoryStore | null;
    readonly clock: () => number;
    readonly timers: Timers;
    readonly log: Log;
  },
): Recorder {
  return createRecorder({
    store,
    policy: { keepDays, mostRows },
    clock,
    timers,
    tell: (news) => {
      tellHistory(log, news);
    },
  });
}

/** What the journal's database holds, from the moment when it is open. */
export function createOpening() {
  let kept: Kept | null = null;
  let announce: () => void = () => undefined;
  const announced = new Promise<void>((resolve) => (announce = resolve));
  const now = () => kept;
  return {
    open(opened: Kept): void {
      kept = opened;
      announce();
    },
    /** `null`: it has not been opened yet. */
    now,
    /** Waits for it, and opens it if nobody has begun to. Rejects with `StoreError` if it cannot be opened. */
    async opened(journal: Journal): Promise<Kept> {
      if (now() === null) await Promise.race([announced, journal.start()]);
      const opened = now();
      if (opened === null) throw new StoreError('other', 'the journal could not be opened');
      return opened;
    },
  };
}
