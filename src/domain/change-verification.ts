/**
 * Whether a change has arrived in billing as it was meant (seed 000, "After Service Order Changes"): what is compared, and
 * what one look at Commitment Manager says.
 *
 * Guarantees: VERIFIED only where every expected value is there, billing says that it is synchronized, and it was updated
 * after the change. A difference counts only once billing says that it is done with the change, or the time in which it
 * should have been is over: until then it is on its way, and no discrepancy. What could not be read is never a difference.
 */
import { millisOfInstant, type Day, type Instant } from './calendar.js';
import type { MinimumCommitment } from './commitment.js';
import type { Failure } from './failure.js';
import { printAmount, type Money } from './money.js';
import type { OrganizationSlug } from './organization.js';
import { isStateOf, type MinimumCommitmentState } from './spend.js';

/**
 * PENDING_SYNC: not there yet, and still in time. VERIFIED, MISMATCH and TIMED_OUT are settled; TIMED_OUT: the time is over,
 * and neither can be said.
 */
export const VERIFICATION_STATES = ['PENDING_SYNC', 'VERIFIED', 'MISMATCH', 'TIMED_OUT'] as const;
export type VerificationState = (typeof VERIFICATION_STATES)[number];

/** What billing should hold afterwards. `null`: not to be compared; one at least is. */
export interface ExpectedCommitment {
  /** A month's. */
  readonly minimum: Money | null;
  readonly startsOn: Day | null;
  readonly endsBefore: Day | null;
}

export const VERIFIED_FIELDS = ['MINIMUM', 'STARTS_ON', 'ENDS_BEFORE', 'LAST_UPDATE', 'SYNC_STATE'] as const;
export type VerifiedField = (typeof VERIFIED_FIELDS)[number];

export interface ValueComparison {
  readonly field: VerifiedField;
  /** UNKNOWN: billing does not say, or could not be read. */
  readonly verdict: 'MATCH' | 'DIFFERS' | 'UNKNOWN';
  /** As text; money with its currency. Of LAST_UPDATE: not before this instant. */
  readonly expected: string;
  readonly actual: string | null;
}

/** Why a settled verification did not end as VERIFIED, or what it waits for. */
export type VerificationCause =
  | 'AS_EXPECTED'
  /** Billing has not heard of the change, or is working on it; normal for two to five minutes. */
  | 'NOT_THERE_YET'
  /** Billing has updated the commitment since, and holds something else. */
  | 'OTHER_VALUES'
  /** Billing has not been updated since the change: a webhook that failed looks like this. */
  | 'NOT_UPDATED'
  /** Billing holds no such commitment. */
  | 'NO_COMMITMENT'
  /** Billing says that its last synchronization failed. */
  | 'SYNC_FAILED'
  /** Billing is still synchronizing. */
  | 'STILL_SYNCHRONIZING'
  /** The values are there, and billing does not say all that would prove it. */
  | 'UNPROVEN'
  | 'UNREADABLE';

const MESSAGES: Readonly<Record<VerificationCause, string>> = {
  AS_EXPECTED: 'Billing holds what was expected, is synchronized, and was updated after the change.',
  NOT_THERE_YET: 'Billing does not show the change yet. Two to five minutes are normal.',
  OTHER_VALUES:
    'Billing was updated after the change, says that it is synchronized, and holds something else.',
  NOT_UPDATED:
    'Billing has not been updated since the change, in the time that it takes. Look for a failed webhook on the order, or have the customer synchronized.',
  NO_COMMITMENT: 'Billing holds no such commitment, and the time in which it should have appeared is over.',
  SYNC_FAILED: 'Billing says that its last synchronization failed, and does not hold what was expected.',
  STILL_SYNCHRONIZING: 'Billing is still synchronizing, longer than it should take.',
  UNPROVEN: 'Billing holds what was expected, and does not say all that would prove that it is done.',
  UNREADABLE: 'Billing could not be read when it was time to.',
};

export interface LookFailure {
  readonly code: string;
  readonly message: string;
}

/** What one look found. */
export interface Finding {
  readonly state: VerificationState;
  readonly cause: VerificationCause;
  readonly message: string;
  readonly comparisons: readonly ValueComparison[];
  /** Billing's id of the commitment that was compared. */
  readonly commitmentExternalId: string | null;
  readonly failures: readonly LookFailure[];
}

export interface VerificationLook extends Finding {
  /** From 1. */
  readonly number: number;
  readonly lookedAt: Instant;
}

export interface ChangeVerification {
  readonly id: string;
  readonly organization: OrganizationSlug;
  /** Name of the client that asked. */
  readonly client: string;
  readonly idempotencyKey: string;
  readonly state: VerificationState;
  readonly expected: ExpectedCommitment;
  /** When the change was made. */
  readonly changedAt: Instant;
  readonly operationId: string | null;
  readonly reason: string | null;
  readonly requestId: string;
  readonly requestedAt: Instant;
  /** `null` once it is settled. */
  readonly nextLookAt: Instant | null;
  readonly givesUpAt: Instant;
  readonly settledAt: Instant | null;
  readonly updatedAt: Instant;
  /** In order. */
  readonly looks: readonly VerificationLook[];
}

export function isVerificationSettled({ state }: Pick<ChangeVerification, 'state'>): boolean {
  return state !== 'PENDING_SYNC';
}

/** When billing is looked at. From the change on, in seconds. */
export interface VerificationSchedule {
  readonly firstLookSeconds: number;
  readonly everySeconds: number;
  readonly giveUpSeconds: number;
}

/** Two minutes, and five at the longest (seed 000). */
export const DEFAULT_SCHEDULE: VerificationSchedule = {
  firstLookSeconds: 120,
  everySeconds: 60,
  giveUpSeconds: 300,
};

/** What a read gave. */
export type Seen<T> =
  { readonly kind: 'known'; readonly value: T } | { readonly kind: 'failed'; readonly failure: Failure };

/** Billing at one moment. */
export interface Sight {
  readonly state: Seen<MinimumCommitmentState | null>;
  readonly commitments: Seen<readonly MinimumCommitment[]>;
  readonly today: Day;
  /** No further look follows. */
  readonly isLast: boolean;
}

interface Subject {
  readonly externalId: string | null;
  readonly minimum: Money | null;
  readonly startsOn: Day | null;
  readonly endsBefore: Day | null;
  readonly lastUpdatedAt: Instant | null;
  /** What `commitment/current` says beside the list, where the two contradict each other. */
  readonly contradiction: string | null;
  /** Billing's current commitment is another one, and its sync state with it. */
  readonly isOther: boolean;
  readonly hasBegun: boolean;
}

export function judge(expected: ExpectedCommitment, changedAt: Instant, sight: Sight): Finding {
  const failures = [sight.state, sight.commitments].flatMap((seen) =>
    seen.kind === 'failed' ? [{ code: seen.failure.code, message: seen.failure.message }] : [],
  );
  const subject = subjectOf(expected, sight);
  const comparisons = subject === null ? [] : compare(expected, changedAt, subject, sight);
  const cause = causeOf(comparisons, subject, sight);
  return {
    state: stateOf(cause),
    cause,
    message: MESSAGES[cause],
    comparisons,
    commitmentExternalId: subject?.externalId ?? null,
    failures,
  };
}

function stateOf(cause: VerificationCause): VerificationState {
  switch (cause) {
    case 'AS_EXPECTED':
      return 'VERIFIED';
    case 'NOT_THERE_YET':
      return 'PENDING_SYNC';
    case 'OTHER_VALUES':
    case 'NOT_UPDATED':
    case 'NO_COMMITMENT':
    case 'SYNC_FAILED':
      return 'MISMATCH';
    case 'STILL_SYNCHRONIZING':
    case 'UNPROVEN':
    case 'UNREADABLE':
      return 'TIMED_OUT';
  }
}

function causeOf(
  comparisons: readonly ValueComparison[],
  subject: Subject | null,
  { state, commitments, isLast }: Sight,
): VerificationCause {
  const isRead = state.kind === 'known' && commitments.kind === 'known';
  if (subject === null) return !isLast ? 'NOT_THERE_YET' : isRead ? 'NO_COMMITMENT' : 'UNREADABLE';
  const verdictOf = (field: VerifiedField) => comparisons.find((one) => one.field === field)?.verdict;
  const values = comparisons.filter(({ field }) => field !== 'LAST_UPDATE' && field !== 'SYNC_STATE');
  const differs = values.some(({ verdict }) => verdict === 'DIFFERS');
  const areThere = values.every(({ verdict }) => verdict === 'MATCH');
  const isUpdated = verdictOf('LAST_UPDATE') === 'MATCH';
  const isSynchronized = verdictOf('SYNC_STATE') === 'MATCH';
  // A commitment that has not begun has no sync state where none is current: its own update has to do.
  const isBeyondSync = state.kind === 'known' && state.value === null && !subject.hasBegun;
  if (areThere && isUpdated && (isSynchronized || isBeyondSync)) return 'AS_EXPECTED';
  if (differs && isUpdated && isSynchronized && isRead) return 'OTHER_VALUES';
  if (!isLast) return 'NOT_THERE_YET';
  const syncStatus = state.kind === 'known' ? (state.value?.syncStatus ?? null) : null;
  if (syncStatus === 'PENDING') return 'STILL_SYNCHRONIZING';
  if (!isRead) return 'UNREADABLE';
  if (!differs) return 'UNPROVEN';
  if (syncStatus === 'FAILED') return 'SYNC_FAILED';
  return isUpdated ? 'OTHER_VALUES' : 'NOT_UPDATED';
}

function stands({ cancelledAt, status }: MinimumCommitment): boolean {
  return cancelledAt === null && status !== 'CANCELLED';
}

function latest(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b;
  return millisOfInstant(a) >= millisOfInstant(b) ? a : b;
}

/** What is to be compared; `null`: there is nothing, or nothing could be read. */
function subjectOf(expected: ExpectedCommitment, { state, commitments, today }: Sight): Subject | null {
  const current = state.kind === 'known' ? state.value : null;
  const listed = commitments.kind === 'known' ? listedOf(expected, commitments.value, current) : null;
  if (listed === null) {
    // The list speaks for commitments of other days; what it lacks is not there.
    return current === null
      ? null
      : {
          externalId: current.commitmentHandlerId,
          minimum: current.minimum,
          ...current.term,
          lastUpdatedAt: current.lastUpdatedAt,
          contradiction: null,
          isOther: false,
          hasBegun: true,
        };
  }
  const isCurrent = current !== null && isStateOf(current, listed);
  const hasBegun = listed.term.startsOn !== null && listed.term.startsOn <= today;
  return {
    externalId: listed.externalId,
    minimum: listed.committed ?? (isCurrent ? current.minimum : null),
    startsOn: listed.term.startsOn,
    endsBefore: listed.term.endsBefore,
    lastUpdatedAt: latest(listed.updatedAt, isCurrent ? current.lastUpdatedAt : null),
    contradiction: isCurrent ? contradictionOf(listed.committed, current.minimum) : null,
    isOther: current !== null && !isCurrent && hasBegun,
    hasBegun,
  };
}

/** The one that begins when it should, else the current one; of several, the one that fits best, then the latest. */
function listedOf(
  expected: ExpectedCommitment,
  commitments: readonly MinimumCommitment[],
  current: MinimumCommitmentState | null,
): MinimumCommitment | null {
  const standing = commitments.filter(stands);
  const fit = (one: MinimumCommitment) =>
    Number(one.term.endsBefore === expected.endsBefore) +
    Number(isSameMoney(one.committed, expected.minimum)) +
    Number(current !== null && isStateOf(current, one));
  const best = (some: readonly MinimumCommitment[]) =>
    [...some].sort(
      (a, b) => fit(b) - fit(a) || (latest(a.updatedAt, b.updatedAt) === a.updatedAt ? -1 : 1),
    )[0] ?? null;
  return (
    (expected.startsOn === null
      ? null
      : best(standing.filter(({ term }) => term.startsOn === expected.startsOn))) ??
    best(standing.filter((one) => current !== null && isStateOf(current, one)))
  );
}

function isSameMoney(a: Money | null, b: Money | null): boolean {
  return a !== null && b !== null && a.currency === b.currency && a.amount.eq(b.amount);
}

/** A factor of a hundred is a matter of units, and says nothing about the change (`backends.md` C2). */
function contradictionOf(listed: Money | null, current: Money | null): string | null {
  if (listed === null || current === null || isSameMoney(listed, current)) return null;
  const isUnit =
    listed.currency === current.currency &&
    (listed.amount.eq(current.amount.mul(100)) || current.amount.eq(listed.amount.mul(100)));
  return isUnit ? null : textOf(current);
}

function textOf(money: Money): string {
  return `${printAmount(money)} ${money.currency}`;
}

function compare(
  expected: ExpectedCommitment,
  changedAt: Instant,
  subject: Subject,
  { state }: Sight,
): ValueComparison[] {
  const found: ValueComparison[] = [];
  if (expected.minimum !== null) {
    const { minimum, contradiction } = subject;
    const isSame = isSameMoney(minimum, expected.minimum) && contradiction === null;
    const actual = minimum && textOf(minimum);
    found.push({
      field: 'MINIMUM',
      expected: textOf(expected.minimum),
      actual:
        contradiction === null ? actual : `${actual ?? ''}; of the current commitment: ${contradiction}`,
      verdict: minimum === null ? 'UNKNOWN' : isSame ? 'MATCH' : 'DIFFERS',
    });
  }
  const day = (field: VerifiedField, wanted: Day | null, actual: Day | null) => {
    if (wanted === null) return;
    const verdict = actual === wanted ? 'MATCH' : actual === null ? 'UNKNOWN' : 'DIFFERS';
    found.push({ field, expected: wanted, actual, verdict });
  };
  day('STARTS_ON', expected.startsOn, subject.startsOn);
  day('ENDS_BEFORE', expected.endsBefore, subject.endsBefore);
  const { lastUpdatedAt, isOther } = subject;
  // Billing writes whole seconds.
  const isSince =
    lastUpdatedAt !== null &&
    millisOfInstant(lastUpdatedAt) >= Math.floor(millisOfInstant(changedAt) / 1000) * 1000;
  found.push({
    field: 'LAST_UPDATE',
    expected: changedAt,
    actual: lastUpdatedAt,
    verdict: lastUpdatedAt === null ? 'UNKNOWN' : isSince ? 'MATCH' : 'DIFFERS',
  });
  const current = state.kind === 'known' ? state.value : null;
  const { syncStatus = null, syncStatusText = null } = current ?? {};
  const isKnown = syncStatus !== null && syncStatus !== 'UNRECOGNIZED' && !isOther;
  found.push({
    field: 'SYNC_STATE',
    expected: 'SYNCHRONIZED',
    actual: syncStatus === null ? null : isOther ? 'of another commitment' : (syncStatusText ?? syncStatus),
    verdict: !isKnown ? 'UNKNOWN' : syncStatus === 'SYNCHRONIZED' ? 'MATCH' : 'DIFFERS',
  });
  return found;
}
