/**
 * Everything that can go wrong between us and a backend, as a closed union.
 *
 * Guarantees: each failure knows its source, whether trying again can help, and a message that is safe to show.
 * Refuses to carry hosts, paths, credentials or upstream bodies in `message`; what an operator needs is in `detail`,
 * which goes to the log and nowhere else.
 */
import { SOURCE_LABELS, type SourceName } from './source.js';

export type FailureCode =
  | 'UPSTREAM_TIMEOUT'
  | 'UPSTREAM_UNAVAILABLE'
  | 'UPSTREAM_RATE_LIMITED'
  | 'UPSTREAM_REJECTED'
  | 'UPSTREAM_MALFORMED'
  | 'UPSTREAM_CONFLICT'
  | 'CIRCUIT_OPEN'
  | 'NOT_FOUND';

interface FailureFacts {
  readonly source: SourceName;
  /** For people who call the graph. Names the source, never its address. */
  readonly message: string;
  /** For the log only: status, body class, underlying error. */
  readonly detail?: string;
  /** The backend's own id of the call, where it gives one (LogiSense `trackingId`). */
  readonly upstreamRequestId?: string;
}

/** May succeed when repeated as it is, at the earliest after `retryAfterMs` where the backend said so. */
interface Passing extends FailureFacts {
  readonly code:
    | 'UPSTREAM_TIMEOUT'
    | 'UPSTREAM_UNAVAILABLE'
    | 'UPSTREAM_RATE_LIMITED'
    | 'UPSTREAM_CONFLICT'
    | 'CIRCUIT_OPEN';
  readonly retryAfterMs?: number;
  /** Our own credential or configuration is at fault: it will fail until an operator acts. */
  readonly isLasting?: true;
}

/** Will fail again until somebody changes something. */
interface Lasting extends FailureFacts {
  readonly code: 'UPSTREAM_REJECTED' | 'UPSTREAM_MALFORMED' | 'NOT_FOUND';
}

export type Failure = Passing | Lasting;

export function isRetryable(failure: Failure): boolean {
  switch (failure.code) {
    case 'UPSTREAM_TIMEOUT':
    case 'UPSTREAM_UNAVAILABLE':
    case 'UPSTREAM_RATE_LIMITED':
    case 'UPSTREAM_CONFLICT':
    case 'CIRCUIT_OPEN':
      return failure.isLasting !== true;
    case 'UPSTREAM_REJECTED':
    case 'UPSTREAM_MALFORMED':
    case 'NOT_FOUND':
      return false;
  }
}

const SENTENCES: Readonly<Record<FailureCode, string>> = {
  UPSTREAM_TIMEOUT: 'did not answer in time',
  UPSTREAM_UNAVAILABLE: 'is not available',
  UPSTREAM_RATE_LIMITED: 'is receiving as many requests as it allows; try again later',
  UPSTREAM_REJECTED: 'refused the request',
  UPSTREAM_MALFORMED: 'gave an answer that does not make sense',
  UPSTREAM_CONFLICT: 'is changing this record right now; try again later',
  CIRCUIT_OPEN: 'has failed repeatedly and is being given time to recover',
  NOT_FOUND: 'has no such record',
};

interface Extras {
  readonly detail?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly upstreamRequestId?: string | undefined;
  readonly isLasting?: boolean | undefined;
}

/** A failure with the standard sentence for its code. Times below zero or beyond an hour are brought into range. */
export function failure(code: FailureCode, source: SourceName, extras: Extras = {}): Failure {
  const { detail, retryAfterMs, upstreamRequestId } = extras;
  return {
    code,
    source,
    message: `${SOURCE_LABELS[source]} ${SENTENCES[code]}.`,
    ...(detail === undefined ? {} : { detail }),
    ...(retryAfterMs === undefined || !Number.isFinite(retryAfterMs)
      ? {}
      : { retryAfterMs: Math.min(Math.max(0, Math.round(retryAfterMs)), 3_600_000) }),
    ...(upstreamRequestId === undefined ? {} : { upstreamRequestId }),
    ...(extras.isLasting === true ? { isLasting: true } : {}),
  } as Failure;
}

/** How a failure travels through promises and loaders. */
export class SourceError extends Error {
  override readonly name = 'SourceError';

  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

export function sourceError(code: FailureCode, source: SourceName, extras: Extras = {}): SourceError {
  return new SourceError(failure(code, source, extras));
}
