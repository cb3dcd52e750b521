/**
 * What changes Commitment Manager's state: new commitments, cancellations, synchronizations (`backends.md` §1.6, §1.7).
 *
 * Guarantees one entry in the ledger for each accepted call and none for a refused one, written before the state
 * changes; and that the commitments of an organization that were not cancelled never overlap. Refuses whatever would
 * change an organization while it is being synchronized (the vendor's 409 with `retry_after`), a second commitment
 * for the same days, and the cancellation of what is over. A synchronization that will fail is accepted like any
 * other, and is no effect.
 */
import { isoSeconds } from '../calendar.js';
import { chanceOf } from '../random.js';
import type { EmulatedReply, EmulatedRequest, Report } from '../types.js';
import { BadBody, type CreateBody, readCreateBody } from './body.js';
import { commitmentJson } from './present.js';
import * as replies from './replies.js';
import type { Settings } from './settings.js';
import * as state from './state.js';

export interface Desk {
  readonly current: state.CommitmentManagerState;
  readonly settings: Settings;
  readonly report: Report;
  readonly now: number;
}

/** 201 with the handler id, which the caller keeps, and what was made. */
export function createCommitments(request: EmulatedRequest, desk: Desk): EmulatedReply {
  const { current, now } = desk;
  let body: CreateBody;
  try {
    body = readCreateBody(request, desk.settings.minimumMonthly);
  } catch (error) {
    if (error instanceof BadBody) return replies.badRequest(error.message);
    throw error;
  }
  const organization = current.organizations.get(body.organizationId);
  if (organization === undefined) return replies.organizationNotFound(body.organizationId);
  state.settleSync(organization, now);
  if (organization.sync.queued !== null) {
    return replies.modificationInProgress(state.SYNC_RETRY_AFTER_SECONDS);
  }
  const conflict = conflictOf(body, organization);
  if (conflict !== null) return conflict;

  const number = current.made + 1;
  const chance = chanceOf(`made ${organization.organizationId} ${number}`);
  const ids = body.planned.map(() => `cm_${chance.hex(10)}`);
  // As in the seed: a static order knows its commitment, a ramped one a handler of several.
  const handlerId = body.isRamped ? `ch_${chance.hex(12)}` : (ids[0] ?? '');
  const rows = body.planned.map(({ amountCents, startsOn, endsOn }, index): state.CommitmentRow => ({
    commitmentId: ids[index] ?? '',
    organizationId: organization.organizationId,
    amountCents,
    currency: organization.currency,
    startsOn,
    endsOn,
    handlerId,
    createdAt: now,
    updatedAt: now,
    cancelledAt: null,
  }));
  desk.report({
    action: 'commitment.create',
    target: handlerId,
    customer: organization.organizationId,
    requestId: request.headers['x-request-id'] ?? null,
    details: {
      asked: body.asked,
      commitments: rows.map((row) => ({
        commitmentId: row.commitmentId,
        amountCents: row.amountCents,
        currency: row.currency,
        startsOn: row.startsOn,
        endsOn: row.endsOn,
        status: state.statusOf(row, now),
      })),
    },
  });
  current.made = number;
  organization.commitments.push(...rows);
  organization.sync.status = 'synchronized';
  return {
    status: 201,
    json: {
      data: { commitment_handler_id: handlerId, commitments: rows.map((row) => commitmentJson(row, now)) },
    },
  };
}

function conflictOf({ planned }: CreateBody, organization: state.OrganizationState): EmulatedReply | null {
  const standing = organization.commitments.filter(({ cancelledAt }) => cancelledAt === null);
  for (const { startsOn, endsOn, amountCents } of planned) {
    const other = standing.find((row) => row.startsOn <= endsOn && startsOn <= row.endsOn);
    if (other === undefined) continue;
    const isSame =
      other.startsOn === startsOn && other.endsOn === endsOn && other.amountCents === amountCents;
    return replies.conflict(isSame ? 'Duplicate commitment' : 'Overlapping commitment', {
      organization_id: organization.organizationId,
      commitment_id: other.commitmentId,
    });
  }
  return null;
}

/** By commitment id, or by handler id, which stands for all its commitments that are not over yet. */
export function cancelCommitment(id: string, request: EmulatedRequest, desk: Desk): EmulatedReply {
  const { now } = desk;
  const { organization, rows } = found(id, desk.current);
  if (organization === undefined) return replies.noSuchResource(request.path);
  state.settleSync(organization, now);
  if (organization.sync.queued !== null) {
    return replies.modificationInProgress(state.SYNC_RETRY_AFTER_SECONDS);
  }
  const running = rows.filter((row) => ['active', 'pending'].includes(state.statusOf(row, now)));
  if (running.length === 0) {
    const isCancelled = rows.some(({ cancelledAt }) => cancelledAt !== null);
    return replies.conflict(isCancelled ? 'Commitment already cancelled' : 'Commitment has expired', {
      organization_id: organization.organizationId,
      commitment_id: id,
    });
  }
  desk.report({
    action: 'commitment.cancel',
    target: id,
    customer: organization.organizationId,
    requestId: request.headers['x-request-id'] ?? null,
    details: {
      cancelledAt: isoSeconds(now),
      commitments: running.map((row) => ({
        commitmentId: row.commitmentId,
        before: state.statusOf(row, now),
        after: 'cancelled',
      })),
    },
  });
  for (const row of running) {
    row.cancelledAt = now;
    row.updatedAt = now;
  }
  organization.sync.status = 'synchronized';
  return { status: 204 };
}

function found(id: string, { organizations }: state.CommitmentManagerState) {
  for (const organization of organizations.values()) {
    const row = organization.commitments.find(({ commitmentId }) => commitmentId === id);
    const rows = row ? [row] : organization.commitments.filter(({ handlerId }) => handlerId === id);
    if (rows.length > 0) return { organization, rows };
  }
  return { organization: undefined, rows: [] };
}

/** 202; the state it leads to is reached `syncMs` later. How it ends is decided now. */
export function requestSync(
  organization: state.OrganizationState,
  request: EmulatedRequest,
  { settings, report, now }: Desk,
): EmulatedReply {
  const { sync } = organization;
  if (sync.queued !== null) return replies.modificationInProgress(state.SYNC_RETRY_AFTER_SECONDS);
  const { syncMs, syncOutcome } = settings;
  if (syncOutcome === 'synchronized') {
    report({
      action: 'organization.sync',
      target: organization.organizationId,
      customer: organization.organizationId,
      requestId: request.headers['x-request-id'] ?? null,
      details: { before: sync.status, after: syncOutcome, takesEffectAt: isoSeconds(now + syncMs) },
    });
  }
  sync.status = 'pending';
  sync.queued = { doneAt: now + syncMs, outcome: syncOutcome };
  return { status: 202, json: { status: 'queued' } };
}
