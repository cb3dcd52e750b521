/**
 * What went wrong, told to the log: with the id and the client of the request, and each thing once for each request,
 * however many fields it made null. Callers see none of it but the id.
 *
 * The library formats an error without saying whose it is, and shows the request only when its answer is ready. What is
 * behind an error is kept with the formatted one in between.
 */
import type { GraphQLFormattedError } from 'graphql';
import type { Failure } from '../domain/failure.js';
import { OperationError } from '../domain/operations.js';
import type { ChangeRemark, PartialFailure } from '../graph/context.js';
import { presentError } from '../graph/errors.js';
import type { Log } from '../observability/log.js';

/** Whose failure it is. */
export interface Whose {
  readonly requestId: string;
  /** `null`: nobody yet. */
  readonly client: string | null;
}

export interface FailureLog {
  /** The error as the caller sees it; remembers what is behind it. */
  present(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError;
  /** Logs what is behind the errors of an answer. */
  tell(
    errors: readonly GraphQLFormattedError[],
    partialFailures: readonly PartialFailure[],
    remarks: readonly ChangeRemark[],
    whose: Whose,
  ): void;
  /** Logs an error that no answer carries as it is. */
  tellMasked(error: unknown, whose: Whose | null): void;
}

type Cause =
  | { readonly kind: 'failure'; readonly failure: Failure }
  | { readonly kind: 'journal'; readonly error: OperationError }
  | { readonly kind: 'masked'; readonly error: unknown };

export function createFailureLog(log: Log): FailureLog {
  const causes = new WeakMap<GraphQLFormattedError, Cause>();

  const tellFailure = ({ source, code, detail, upstreamRequestId }: Failure, whose: Whose) => {
    log.warn({ ...whose, source, code, detail, upstreamRequestId }, 'a source failed');
  };
  const tellJournal = ({ code, extras: { detail } }: OperationError, whose: Whose) => {
    // Without a detail it is the caller's own affair: a key that was used, a thing that is being changed.
    if (detail !== undefined) log.warn({ ...whose, code, detail }, 'the journal refused');
  };
  const tellMasked = (error: unknown, whose: Whose | null) => {
    log.error({ ...whose, err: error }, 'an unexpected error was masked');
  };

  return {
    present(formatted, error) {
      const found: Cause[] = [];
      const presented = presentError(
        formatted,
        error,
        (unexpected) => found.push({ kind: 'masked', error: unexpected }),
        (failure) =>
          found.push(
            failure instanceof OperationError
              ? { kind: 'journal', error: failure }
              : { kind: 'failure', failure },
          ),
      );
      for (const cause of found) causes.set(presented, cause);
      return presented;
    },
    tell(errors, partialFailures, remarks, whose) {
      const failures = new Set<Failure>();
      const refusals = new Set<OperationError>();
      const masked = new Set<unknown>();
      for (const error of errors) {
        const cause = causes.get(error);
        if (cause?.kind === 'failure') failures.add(cause.failure);
        if (cause?.kind === 'journal') refusals.add(cause.error);
        if (cause?.kind === 'masked') masked.add(cause.error);
      }
      for (const { failure } of partialFailures) failures.add(failure);
      for (const failure of failures) tellFailure(failure, whose);
      for (const refusal of refusals) tellJournal(refusal, whose);
      for (const error of masked) tellMasked(error, whose);
      for (const remark of remarks) {
        if (remark.kind === 'not-durable') {
          const { operationId } = remark;
          log.error({ ...whose, operationId }, 'how a change ended is known and could not be written down');
        }
      }
    },
    tellMasked,
  };
}
