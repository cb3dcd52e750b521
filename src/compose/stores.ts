/**
 * Everything that speaks with the database, in one module that is loaded late: a fifth of all that a start would load, and
 * nothing that a read waits for. Loaded by `journal.ts` when the journal is opened, and by nobody else.
 */
import { createUsageStore, type UsageStore } from '../accounting/usage-store.js';
import { createCalendarStore, type CalendarStore } from '../calendar/store.js';
import type { History } from '../domain/history.js';
import { createHistory } from '../history/read.js';
import { createHistoryStore, type HistoryStore } from '../history/store.js';
import type { Database } from '../journal/database.js';
import { createStore, type OperationStore } from '../journal/store.js';
import { createDiscrepancyStore, type DiscrepancyStore } from '../reconciliation/store.js';
import { createVerificationStore, type VerificationStore } from '../verification/store.js';

export { databaseOpener } from '../journal/database.js';

/** What is kept beside the journal, in the database that it opens, whenever that is. */
export interface Kept {
  readonly usage: UsageStore;
  readonly discrepancies: DiscrepancyStore;
  readonly observations: HistoryStore;
  readonly history: History;
  readonly verifications: VerificationStore;
  readonly calendars: CalendarStore;
}

export interface Stores extends Kept {
  readonly operations: OperationStore;
}

export function storesIn(database: Database): Stores {
  return {
    operations: createStore(database),
    usage: createUsageStore(database),
    discrepancies: createDiscrepancyStore(database),
    observations: createHistoryStore(database),
    history: createHistory(database),
    verifications: createVerificationStore(database),
    calendars: createCalendarStore(database),
  };
}
