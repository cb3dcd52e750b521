/**
 * The two ways in which a self-service call comes to nothing: an answer that is an error (`backends.md` §4.3, its body
 * is another than that of the rest of the API), or a change that FAILED. Both are thrown, so that a rule can refuse from
 * any depth. The error codes are ours, after those that the vendor prints for its self-service checkout (§4.5).
 */
import type { EmulatedReply } from '../types.js';

export type ErrorCode =
  | 'INVALID_JSON'
  | 'INVALID_CONTENT_TYPE'
  | 'INVALID_ACTION'
  | 'INVALID_CONTRACT'
  | 'INVALID_EFFECTIVE_DATE'
  | 'INVALID_PAYLOAD';

export class SelfServiceError extends Error {
  override readonly name = 'SelfServiceError';
  readonly status: number;
  readonly errorCode: ErrorCode;
  readonly field: string | undefined;

  constructor(status: number, errorCode: ErrorCode, details: string, field?: string) {
    super(details);
    this.status = status;
    this.errorCode = errorCode;
    this.field = field;
  }
}

/** `operation`: the action asked for, or the endpoint's name where none can be read; what the vendor says is not known. */
export function errorReply(error: SelfServiceError, operation: string | undefined): EmulatedReply {
  const { status, errorCode, message, field } = error;
  return {
    status,
    json: {
      operation: operation ?? 'CONTRACT',
      error: { errorCode, details: message, ...(field !== undefined && { context: { field } }) },
    },
  };
}

/** The change is well formed and the vendor does not do it: status FAILED with this message. */
export class ChangeRefused extends Error {
  override readonly name = 'ChangeRefused';
}
