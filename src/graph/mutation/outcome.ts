/** What a change answers with, before it has the form of its payload. */
import { NO_RESULT, type Operation, type OperationResult, type Problem } from '../../domain/operation.js';
import type { Performed, Preview } from '../../domain/operations.js';
import type { Organization } from '../../domain/organization.js';
import type { SourceName } from '../../domain/source.js';

/** A problem, and the backend that it is about. */
export interface UserProblem extends Problem {
  readonly source: SourceName;
}

export interface ChangeOutcome {
  readonly source: SourceName;
  /** `null`: no such customer, or not to be seen by this caller. */
  readonly organization: Organization | null;
  readonly operation: Operation | null;
  readonly result: OperationResult;
  readonly preview: Preview | null;
  readonly isReplay: boolean;
  readonly isDurable: boolean;
  readonly userErrors: readonly UserProblem[];
}

const NOTHING = {
  operation: null,
  result: NO_RESULT,
  preview: null,
  isReplay: false,
  isDurable: true,
} as const;

/** Refused before anything was sent. */
export function refused(
  source: SourceName,
  organization: Organization | null,
  problems: readonly Problem[],
): ChangeOutcome {
  return { ...NOTHING, source, organization, userErrors: of(source, problems) };
}

export function outcomeOf(
  source: SourceName,
  organization: Organization,
  performed: Performed,
): ChangeOutcome {
  switch (performed.kind) {
    case 'refused':
      return refused(source, organization, performed.problems);
    case 'previewed':
      return { ...refused(source, organization, performed.problems), preview: performed.preview };
    case 'performed': {
      const { operation, result, isReplay, isDurable } = performed;
      const userErrors = of(source, refusalOf(operation));
      return { ...NOTHING, source, organization, operation, result, isReplay, isDurable, userErrors };
    }
  }
}

function of(source: SourceName, problems: readonly Problem[]): readonly UserProblem[] {
  return problems.map((problem) => ({ ...problem, source }));
}

/** A change that certainly did not happen: the backend names no member of the input, so the whole of it is meant. */
function refusalOf({ state, failure }: Operation): readonly Problem[] {
  if (state !== 'FAILED') return [];
  return [{ path: [], code: 'REFUSED', message: failure?.message ?? 'The backend did not make the change.' }];
}
