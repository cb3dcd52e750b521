/** A gateway that only reads: it has no journal, so it makes no changes and knows of none. */
import { NO_RESULT } from '../domain/operation.js';
import { OperationError, type Operations } from '../domain/operations.js';

function refused(): OperationError {
  return new OperationError(
    'STORE_UNAVAILABLE',
    'This gateway only reads: it was started without a journal, and without one no change is made.',
  );
}

export const noOperations: Operations = {
  perform: () => Promise.reject(refused()),
  byId: () => Promise.resolve(null),
  byKey: () => Promise.resolve([]),
  list: () => Promise.resolve({ operations: [], hasMore: false, totalCount: 0 }),
  result: () => NO_RESULT,
  async *follow() {
    return;
  },
};
