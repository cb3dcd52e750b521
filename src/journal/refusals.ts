/** What callers are told when a change is not made; nothing was sent then. */
import type { Plan } from '../domain/operation.js';
import { OperationError, type ChangeRequest } from '../domain/operations.js';
import type { Row } from './store.js';
import type { StoreError } from './store-error.js';

const MOST_REASON_CHARACTERS = 2_000;

/** What no database could keep as it is, or nobody could read. */

const UNKEEPABLE = /\0|\p{Surrogate}/u;

/**
 * A key has 8 to 255 visible ASCII characters: long enough that two callers do not choose the same by chance.
 */
export function checkRequest({
  idempotencyKey,
  reason,
}: Pick<ChangeRequest, 'idempotencyKey' | 'reason'>): void {
  if (!/^[\x21-\x7e]{8,255}$/.test(idempotencyKey)) {
    throw new OperationError(
      'BAD_USER_INPUT',
      '`idempotencyKey` must be 8 to 255 visible ASCII characters without spaces; a UUID is a good one.',
    );
  }
  if (reason !== null && (reason.length > MOST_REASON_CHARACTERS || UNKEEPABLE.test(reason))) {
    throw new OperationError(
      'BAD_USER_INPUT',
      `\`reason\` must be text of at most ${MOST_REASON_CHARACTERS} characters.`,
    );
  }
}

/** `null`: the version is the one that the caller has read, or the caller does not mind. */
export function otherVersion({ version }: Plan, expected: string | null): OperationError | null {
  if (expected === null || version === expected) return null;
  return new OperationError(
    'PRECONDITION_FAILED',
    version === null
      ? '`expectedVersion`: there is nothing yet whose version could be compared. Leave it out.'
      : '`expectedVersion`: it has changed since you read it. Read it again and decide anew.',
  );
}

export function reused(): OperationError {
  return new OperationError(
    'IDEMPOTENCY_KEY_REUSED',
    'This `idempotencyKey` was used for another change. The first one stands; give this one a key of its own.',
  );
}

export function inProgress(): OperationError {
  return new OperationError(
    'IDEMPOTENCY_IN_PROGRESS',
    'The same change is being made by another request with this key. Ask again in a moment.',
    { isRetryable: true, retryAfterMs: 1_000 },
  );
}

/** `open`: what is in the way; `null`: it was a moment ago. */
export function busy(open: Row | null): OperationError {
  return open?.state === 'UNKNOWN'
    ? new OperationError(
        'TARGET_BUSY',
        `It is not known yet what became of an earlier change of the same thing (operation ${open.id}); until it is, no other is made.`,
        { isRetryable: true, retryAfterMs: 30_000 },
      )
    : new OperationError(
        'TARGET_BUSY',
        'Another change of the same thing is being made. Try again when it is done.',
        { isRetryable: true, retryAfterMs: 1_000 },
      );
}

/** The journal does not work. */
export function unwritable(error: StoreError): OperationError {
  return new OperationError(
    'STORE_UNAVAILABLE',
    'Changes cannot be written down right now, so none is made. Nothing was sent. Try again later with the same key.',
    { isRetryable: true, detail: `${error.trouble}: ${error.message}` },
  );
}

export function unreadable(error: StoreError): OperationError {
  return new OperationError(
    'STORE_UNAVAILABLE',
    'The journal of changes cannot be read right now. Try again later.',
    {
      isRetryable: true,
      detail: `${error.trouble}: ${error.message}`,
    },
  );
}

/** It took so long to write the intent down that others may think that its sender is gone. */
export function tooLate(): OperationError {
  return new OperationError(
    'STORE_UNAVAILABLE',
    'Writing the change down took too long, so it was not made. Nothing was sent. Try again with the same key.',
    { isRetryable: true },
  );
}

export function stopping(): OperationError {
  return new OperationError(
    'STORE_UNAVAILABLE',
    'The gateway is being stopped. Nothing was sent. Try again with the same key.',
    { isRetryable: true },
  );
}
