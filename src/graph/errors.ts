/**
 * Errors as callers see them.
 *
 * Guarantees: every error has a code of the closed list, says whether repeating can help, and shows nothing that was
 * not written for callers: an error that is not deliberately one of ours becomes `INTERNAL` without its text. Nothing
 * here throws.
 */
import { GraphQLError, Kind, type GraphQLFormattedError } from 'graphql';
import { isRetryable, SourceError, type Failure, type FailureCode } from '../domain/failure.js';
import { OperationError } from '../domain/operations.js';
import type { SourceName } from '../domain/source.js';

/** The closed list; those of sources are in `domain/failure.ts`. */
export type ErrorCode =
  | FailureCode
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BAD_USER_INPUT'
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'DOCUMENT_NOT_TRUSTED'
  | 'OPERATION_TOO_COSTLY'
  | 'RATE_LIMITED'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'IDEMPOTENCY_IN_PROGRESS'
  | 'OUTCOME_UNKNOWN'
  | 'TARGET_BUSY'
  | 'PRECONDITION_FAILED'
  | 'STORE_UNAVAILABLE'
  | 'INTERNAL';

/** An error that a caller can mend; its message is written for them. */
export class CallerError extends GraphQLError {
  constructor(
    code: 'BAD_USER_INPUT' | 'NOT_FOUND' | 'FORBIDDEN' | 'UNAUTHENTICATED' | 'OPERATION_TOO_COSTLY',
    message: string,
  ) {
    super(message, { extensions: { code, retryable: false } });
  }
}

/** Too much of something, for now: the answer has the status 429, and says when to come back. */
export class RateLimitError extends GraphQLError {
  constructor(message: string, retryAfterMs: number) {
    const headers = new Map([['retry-after', String(Math.ceil(retryAfterMs / 1000))]]);
    super(message, {
      extensions: {
        code: 'RATE_LIMITED' satisfies ErrorCode,
        retryable: true,
        retryAfterMs,
        http: { status: 429, headers }, // for the server library
      },
    });
  }
}

export function badInput(message: string): CallerError {
  return new CallerError('BAD_USER_INPUT', message);
}

/** The public part of a failure. */
export function extensionsOf(failure: Failure): Record<string, unknown> {
  return {
    code: failure.code,
    source: failure.source,
    retryable: isRetryable(failure),
    ...('retryAfterMs' in failure && failure.retryAfterMs !== undefined
      ? { retryAfterMs: failure.retryAfterMs }
      : {}),
    ...(failure.upstreamRequestId === undefined ? {} : { upstreamRequestId: failure.upstreamRequestId }),
  };
}

/** The entry of `errors` that keeps a change with an unknown outcome from being taken for a success. */
export function outcomeUnknown(
  source: SourceName,
  path: readonly (string | number)[],
): GraphQLFormattedError {
  return {
    message:
      'The change was sent, and nobody knows yet what became of it. It is being found out; follow the operation. ' +
      'Do not ask for it again with another `idempotencyKey`.',
    path,
    extensions: { code: 'OUTCOME_UNKNOWN' satisfies ErrorCode, source, retryable: false },
  };
}

// What the server library says about a request before any resolver runs; its messages speak of the caller's own text.
const LIBRARY_CODES: Readonly<Record<string, ErrorCode>> = {
  GRAPHQL_PARSE_FAILED: 'GRAPHQL_PARSE_FAILED',
  GRAPHQL_VALIDATION_FAILED: 'GRAPHQL_VALIDATION_FAILED',
  BAD_USER_INPUT: 'BAD_USER_INPUT',
  BAD_REQUEST: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
  PERSISTED_QUERY_NOT_FOUND: 'DOCUMENT_NOT_TRUSTED',
  PERSISTED_QUERY_NOT_SUPPORTED: 'DOCUMENT_NOT_TRUSTED',
};

/** How the library ends its errors about variables when there are more; it points nowhere. */
const MANY_WRONG_VARIABLES = 'Too many errors processing variables';

function withPlace(formatted: GraphQLFormattedError) {
  return {
    ...(formatted.locations === undefined ? {} : { locations: formatted.locations }),
    ...(formatted.path === undefined ? {} : { path: formatted.path }),
  };
}

/** What was thrown at first: the library wraps errors, its own ones too, in others of its own. */
function rootOf(error: unknown): unknown {
  let at = error;
  while (at instanceof GraphQLError && at.originalError != null) at = at.originalError;
  return at;
}

/** Values of variables that an enum or a scalar refuses: only what is around the refusal points into the document. */
function isAboutVariable(error: unknown): boolean {
  for (let at = error; at instanceof GraphQLError; at = at.originalError) {
    if (at.nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION) return true;
  }
  return false;
}

/**
 * The error to send for an error that happened. `onUnexpected` gets what was masked; `onFailure` every failure of a
 * source or of the journal, with the detail that callers do not see.
 */
export function presentError(
  formatted: GraphQLFormattedError,
  error: unknown,
  onUnexpected: (error: unknown) => void,
  onFailure: (failure: Failure | OperationError) => void,
): GraphQLFormattedError {
  const original = rootOf(error);
  if (original instanceof SourceError) {
    onFailure(original.failure);
    return {
      message: original.failure.message,
      ...withPlace(formatted),
      extensions: extensionsOf(original.failure),
    };
  }
  if (original instanceof OperationError) {
    const { code, message, extras } = original;
    const { isRetryable: retryable = false, retryAfterMs } = extras;
    onFailure(original);
    return {
      message,
      ...withPlace(formatted),
      extensions: { code, retryable, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
    };
  }
  if (original instanceof RateLimitError) {
    const { http: _, ...extensions } = original.extensions;
    return { message: original.message, ...withPlace(formatted), extensions };
  }
  if (original instanceof CallerError) {
    return { message: original.message, ...withPlace(formatted), extensions: original.extensions };
  }
  // Only errors that the library raised itself, without something of ours thrown underneath, may speak for themselves.
  const libraryCode = formatted.extensions?.['code'];
  const code =
    original instanceof GraphQLError && typeof libraryCode === 'string'
      ? LIBRARY_CODES[libraryCode]
      : undefined;
  // A value that fits its variable and not its argument (null for `Int!` with a default) is found while executing. Such
  // errors point into the caller's document; those about our own values do not.
  const isAboutDocument =
    original instanceof GraphQLError &&
    ((original.nodes?.length ?? 0) > 0 ||
      original.message.startsWith(MANY_WRONG_VARIABLES) ||
      isAboutVariable(error));
  if (code !== undefined || isAboutDocument) {
    return {
      message: formatted.message,
      ...withPlace(formatted),
      extensions: { code: code ?? 'BAD_USER_INPUT', retryable: false },
    };
  }
  // The only thing that the parser throws beside its own errors is a stack that was too small for the caller's document.
  if (libraryCode === 'GRAPHQL_PARSE_FAILED' && original instanceof RangeError) {
    return {
      message: 'The document is nested too deeply to be read.',
      extensions: { code: 'GRAPHQL_PARSE_FAILED', retryable: false },
    };
  }
  onUnexpected(original);
  return {
    message: 'Something went wrong in the gateway. The request id finds it in the log.',
    ...withPlace(formatted),
    extensions: { code: 'INTERNAL' satisfies ErrorCode, retryable: false },
  };
}
