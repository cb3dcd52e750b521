/** Verifications as rows, and rows as verifications. Money is exact on both ways: amounts are written as printed decimals. */
import { createHash } from 'node:crypto';
import { instantOfMillis, millisOfInstant, type Day } from '../domain/calendar.js';
import type {
  ChangeVerification,
  ExpectedCommitment,
  Finding,
  VerificationLook,
  VerificationSchedule,
  VerificationState,
} from '../domain/change-verification.js';
import { canonicalJson } from '../domain/json.js';
import { decimalOfPrinted, money, printDecimal, type CurrencyCode } from '../domain/money.js';
import type { OrganizationSlug } from '../domain/organization.js';
import type { VerificationRequest } from '../domain/verifications.js';
import type { LookRow, Row } from './store.js';

interface WrittenExpectation {
  readonly minimum: { readonly amount: string; readonly currency: CurrencyCode } | null;
  readonly startsOn: Day | null;
  readonly endsBefore: Day | null;
}

function writtenOf({ minimum, startsOn, endsBefore }: ExpectedCommitment): WrittenExpectation {
  return {
    minimum: minimum && { amount: printDecimal(minimum.amount), currency: minimum.currency },
    startsOn,
    endsBefore,
  };
}

/** What was asked, as one text: the same for the same request, however its amounts were spelled. */
export function fingerprintOf({ expected, changedAt, operationId }: VerificationRequest): string {
  const asked = canonicalJson([writtenOf(expected), changedAt, operationId]);
  return createHash('sha256').update(asked).digest('hex');
}

export function newRow(
  request: VerificationRequest,
  caller: { readonly client: string; readonly requestId: string },
  { firstLookSeconds, everySeconds, giveUpSeconds }: VerificationSchedule,
  id: string,
  now: number,
): Row {
  const changedAt = millisOfInstant(request.changedAt);
  return {
    id,
    organization: request.organization.slug,
    client: caller.client,
    idempotency_key: request.idempotencyKey,
    fingerprint: fingerprintOf(request),
    expected: canonicalJson(writtenOf(request.expected)),
    changed_at: changedAt,
    operation_id: request.operationId,
    reason: request.reason,
    request_id: caller.requestId,
    requested_at: now,
    every_ms: everySeconds * 1_000,
    gives_up_at: changedAt + giveUpSeconds * 1_000,
    state: 'PENDING_SYNC',
    settled_at: null,
    updated_at: now,
    looks: 0,
    look_at: Math.max(now, changedAt + firstLookSeconds * 1_000),
    held_until: 0,
    fence: 0,
  };
}

export function expectedOf(row: Row): ExpectedCommitment {
  const { minimum, startsOn, endsBefore } = JSON.parse(row.expected) as WrittenExpectation;
  return {
    minimum: minimum && money(decimalOfPrinted(minimum.amount), minimum.currency),
    startsOn,
    endsBefore,
  };
}

export function lookOf({ number, at, finding }: LookRow): VerificationLook {
  return { ...(JSON.parse(finding) as Finding), number, lookedAt: instantOfMillis(at) };
}

export function verificationOf(row: Row, looks: readonly LookRow[]): ChangeVerification {
  return {
    id: row.id,
    organization: row.organization as OrganizationSlug,
    client: row.client,
    idempotencyKey: row.idempotency_key,
    state: row.state as VerificationState,
    expected: expectedOf(row),
    changedAt: instantOfMillis(row.changed_at),
    operationId: row.operation_id,
    reason: row.reason,
    requestId: row.request_id,
    requestedAt: instantOfMillis(row.requested_at),
    nextLookAt: row.look_at === null ? null : instantOfMillis(row.look_at),
    givesUpAt: instantOfMillis(row.gives_up_at),
    settledAt: row.settled_at === null ? null : instantOfMillis(row.settled_at),
    updatedAt: instantOfMillis(row.updated_at),
    looks: looks.map(lookOf),
  };
}
