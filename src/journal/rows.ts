/**
 * Between operations as the graph knows them and rows as the journal keeps them.
 */
import { hash } from 'node:crypto';
import { instantOfMillis } from '../domain/calendar.js';
import { SOURCE_OF_CHANGE, type Change, type ChangeKind } from '../domain/change.js';
import { canonicalJson, type Json } from '../domain/json.js';
import type { Operation, OperationFailure, Plan, UpstreamReferences } from '../domain/operation.js';
import type { ChangeRequest } from '../domain/operations.js';
import type { OrganizationSlug } from '../domain/organization.js';
import type { SourceName } from '../domain/source.js';
import type { Row, RowChange } from './store.js';

/** What was asked, as one text: the same for the same request, whatever the order of members or the spelling of numbers. */
export function fingerprintOf({ change, expectedVersion }: ChangeRequest): string {
  return hash('sha256', canonicalJson([change, expectedVersion]), 'hex');
}

export interface NewRow {
  readonly id: string;
  readonly request: ChangeRequest;
  readonly client: string;
  readonly fingerprint: string;
  readonly plan: Plan;
  readonly requestId: string;
  readonly holder: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly heldUntil: number;
}

export function newRow({
  id,
  request,
  client,
  fingerprint,
  plan,
  requestId,
  holder,
  now,
  heldUntil,
}: NewRow): Row {
  return {
    id,
    organization: request.organization.slug,
    client,
    idempotency_key: request.idempotencyKey,
    fingerprint,
    kind: request.change.kind,
    source: SOURCE_OF_CHANGE[request.change.kind],
    target: plan.target,
    external_id: plan.externalId,
    state: 'SENDING',
    needs_operator: 0,
    change: canonicalJson(request.change),
    plan: canonicalJson(plan),
    reason: request.reason,
    request_id: requestId,
    upstream_references: '{}',
    failure: null,
    after: 'null',
    outcome: 'null',
    progress: 'null',
    requested_at: now,
    sent_at: now,
    settled_at: null,
    updated_at: now,
    looks: 0,
    look_at: null,
    holder,
    held_until: heldUntil,
    fence: 1,
  };
}

export function planOf(row: Row): Plan {
  return JSON.parse(row.plan) as Plan;
}

export function changeOf(row: Row): Change {
  return JSON.parse(row.change) as Change;
}

export function outcomeOf(row: Row): Json {
  return JSON.parse(row.outcome) as Json;
}

/** What a step or a look says, as far as it is to be remembered, whatever its state. */
export function seenIn(
  seen: {
    readonly after?: Json;
    readonly outcome?: Json;
    readonly progress?: Json;
    readonly references?: UpstreamReferences;
    readonly externalId?: string;
  },
  row: Row,
): RowChange {
  return {
    ...(seen.after === undefined ? {} : { after: canonicalJson(seen.after) }),
    ...(seen.outcome === undefined ? {} : { outcome: canonicalJson(seen.outcome) }),
    ...(seen.progress === undefined ? {} : { progress: canonicalJson(seen.progress) }),
    ...(seen.externalId === undefined ? {} : { external_id: seen.externalId }),
    ...(seen.references === undefined
      ? {}
      : {
          upstream_references: canonicalJson({
            ...(JSON.parse(row.upstream_references) as object),
            ...seen.references,
          }),
        }),
  };
}

export function operationOf(row: Row): Operation {
  const plan = planOf(row);
  return {
    id: row.id,
    organization: row.organization as OrganizationSlug,
    client: row.client,
    idempotencyKey: row.idempotency_key,
    kind: row.kind as ChangeKind,
    change: changeOf(row),
    source: row.source as SourceName,
    // What is being sent, and what is known not to have been, is on its way as far as anybody outside is concerned.
    state:
      row.state === 'SENDING' || row.state === 'NOT_SENT' ? 'PENDING' : (row.state as Operation['state']),
    needsOperator: row.needs_operator !== 0,
    target: row.target,
    externalId: row.external_id,
    request: plan.request,
    reason: row.reason,
    requestId: row.request_id,
    references: JSON.parse(row.upstream_references) as UpstreamReferences,
    failure: row.failure === null ? null : (JSON.parse(row.failure) as OperationFailure),
    before: plan.before,
    after: JSON.parse(row.after) as Json,
    outcome: outcomeOf(row),
    progress: JSON.parse(row.progress) as Json,
    requestedAt: instantOfMillis(row.requested_at),
    sentAt: instantOfMillis(row.sent_at),
    settledAt: row.settled_at === null ? null : instantOfMillis(row.settled_at),
    updatedAt: instantOfMillis(row.updated_at),
    looks: row.looks,
  };
}
