/**
 * What is kept of a change that was made, and what it says.
 *
 * Guarantees: the same outcome says the same, now and after a restart: the commitment is kept as the text that CloudMC
 * wrote, to the last digit, with the moment at which it was seen.
 */
import { dayOf, parseInstant, type Instant } from '../../domain/calendar.js';
import type { Json } from '../../domain/json.js';
import { NO_RESULT, type OperationResult } from '../../domain/operation.js';
import type { Organization } from '../../domain/organization.js';
import type { Drift } from '../../observability/drift.js';
import { toCommitment } from './mapper.js';
import type { Reading } from './readings.js';
import { parseRecord } from './wire.js';

type Outcome = {
  /** An instant. */
  readonly observedAt: string;
  /** JSON text; `null`: gone, or nobody has seen it since. */
  readonly commitment: string | null;
  /** The id that it had before it was replaced. */
  readonly previousExternalId: string | null;
};

/** `reading`: the commitment as it is now. */
export function outcomeOf(
  reading: Reading | null,
  observedAt: Instant,
  previousExternalId: string | null = null,
): Json {
  const outcome: Outcome = {
    observedAt,
    commitment: reading?.text ?? null,
    previousExternalId: reading === null ? null : previousExternalId,
  };
  return outcome;
}

// What is unrecognized in it was counted when it was read.
const COUNTED: Drift = {
  unrecognized: () => undefined,
  unknownField: () => undefined,
  foreign: () => undefined,
  dropped: () => undefined,
};

export function resultOf(organization: Organization, outcome: Json): OperationResult {
  if (!isOutcome(outcome) || outcome.commitment === null) return NO_RESULT;
  const observedAt = parseInstant(outcome.observedAt);
  const row = parseRecord(outcome.commitment);
  if (observedAt === null || row === null) return NO_RESULT;
  return {
    ...NO_RESULT,
    resourceCommitment: toCommitment(row, {
      organization,
      today: dayOf(observedAt),
      observation: { observedAt, stale: false },
      drift: COUNTED,
    }),
    previousExternalId: outcome.previousExternalId,
    externalId: row.id,
  };
}

function isOutcome(value: Json): value is Outcome {
  return (
    typeof value === 'object' &&
    value !== null &&
    'observedAt' in value &&
    'commitment' in value &&
    'previousExternalId' in value
  );
}
