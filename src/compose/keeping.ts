/** What is kept beside the journal, in the database that it opens, whenever that is. */
import type { HistorySettings } from '../config/history.js';
import type { History } from '../domain/history.js';
import { tellHistory } from '../history/news-log.js';
import { createHistory } from '../history/read.js';
import { createRecorder, type Recorder } from '../history/recorder.js';
import { createHistoryStore, type HistoryStore } from '../history/store.js';
import type { Database } from '../journal/database.js';
import type { Journal } from '../journal/journal.js';
import { StoreError } from '../journal/store-error.js';
import type { Log } from '../observability/log.js';
import type { Timers } from '../upstream/timers.js';

/** What was seen is kept in the database that the journal opens, whenever that is. */
export function createObservations() {
  let store: HistoryStore | null = null;
  let history: History | null = null;
  return {
    open(opened: Database): void {
      store = createHistoryStore(opened);
      history = createHistory(opened);
    },
    store: () => store,
    history: () => history,
  };
}

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

/** What is kept beside the journal, in the database that it opens, whenever that is. */
export function createOpening<Store>() {
  let store: Store | null = null;
  let announce: () => void = () => undefined;
  const announced = new Promise<void>((resolve) => (announce = resolve));
  const current = () => store;
  return {
    open(opened: Store): void {
      store = opened;
      announce();
    },
    async opened(journal: Journal): Promise<Store> {
      if (current() === null) await Promise.race([announced, journal.start()]);
      const opened = current();
      if (opened === null) throw new StoreError('other', 'the journal could not be opened');
      return opened;
    },
  };
}
