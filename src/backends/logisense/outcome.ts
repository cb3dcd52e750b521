/**
 * What became of a change, as the journal keeps it, and what it says.
 *
 * Guarantees: commitments are kept as they came, with all digits, and mapped anew each time, as of when they were seen:
 * the same outcome says the same for ever, and nothing is counted twice. An outcome that is not ours says nothing.
 */
import { dayOf, type Instant } from '../../domain/calendar.js';
import type { ContractCommitment } from '../../domain/commitment.js';
import type { Json } from '../../domain/json.js';
import { NO_RESULT, type AffectedObject, type OperationResult } from '../../domain/operation.js';
import type { Organization } from '../../domain/organization.js';
import type { Drift } from '../../observability/drift.js';
import { parseJson } from '../../upstream/json.js';
import { isOwn, toCommitment } from './mapper.js';
import { commitmentOf } from './wire.js';

// A type alias, not an interface: only those are known to be JSON.
export type Outcome = {
  readonly observedAt: Instant;
  /** Commitments as JSON text, whole. */
  readonly commitments: readonly string[];
  readonly affected: readonly { readonly [Name in keyof AffectedObject]: AffectedObject[Name] }[];
  readonly externalId: string | null;
};

const SILENT: Drift = {
  unrecognized: () => undefined,
  unknownField: () => undefined,
  foreign: () => undefined,
  dropped: () => undefined,
};

export function resultOf(organization: Organization, outcome: Json): OperationResult {
  const kept = readOutcome(outcome);
  if (kept === null) return NO_RESULT;
  const { observedAt, commitments, affected, externalId } = kept;
  return {
    ...NO_RESULT,
    contractCommitments: commitments.flatMap((text) => commitmentIn(text, organization, observedAt)),
    affected,
    externalId,
  };
}

function commitmentIn(
  text: string,
  organization: Organization,
  observedAt: Instant,
): readonly ContractCommitment[] {
  const row = commitmentOf(parseJson(text));
  if (row === null || !isOwn(row, organization)) return [];
  const observation = { observedAt, stale: false };
  return [toCommitment(row, { organization, observation, today: dayOf(observedAt), drift: SILENT })];
}

function readOutcome(json: Json): Outcome | null {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return null;
  const { observedAt, commitments, affected } = json as Partial<Outcome>;
  return typeof observedAt === 'string' && Array.isArray(commitments) && Array.isArray(affected)
    ? (json as unknown as Outcome)
    : null;
}

/** What was told of other objects, out of the journal. */
export function affectedIn(progress: Json): Outcome['affected'] {
  if (typeof progress !== 'object' || progress === null || Array.isArray(progress)) return [];
  const { affected } = progress as Partial<Outcome>;
  return Array.isArray(affected) ? (affected as Outcome['affected']) : [];
}
