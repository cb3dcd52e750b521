/**
 * Sends a planned change to LogiSense, once, and judges the answer.
 *
 * Guarantees: never rejects; after a success the commitments are read once more, because an answer shows them without
 * their periods and services, and a commitment without its periods would be another. Where that reading fails the
 * success stands: it shows what the answer shows whole, and nothing else.
 */
import type { ContractCommitmentChange } from '../../domain/change.js';
import type { ChangePort, Step } from '../../domain/change-port.js';
import type { Plan } from '../../domain/operation.js';
import type { Organization } from '../../domain/organization.js';
import type { Drift } from '../../observability/drift.js';
import type { WritableUpstream } from '../../upstream/endpoint.js';
import type { WriteRequest, Written } from '../../upstream/write.js';
import { customerText } from '../customer-text.js';
import { answerOf, type Answer } from './answer.js';
import { createCommitment, deleteCommitment, patchCommitments, updateCommitment } from './client.js';
import { evidenceOf, readEvidence } from './evidence.js';
import { deletedBy } from './implications.js';
import { isOwn } from './mapper.js';
import type { Outcome } from './outcome.js';
import type { Reads, Seen } from './reads.js';
import { addresseeOf, namedBy, subjectOf } from './requests.js';
import { scopeOf } from './scopes.js';
import { readErrors, readMessages, textOf, type WireWriteReply } from './wire.js';

interface SendSettings {
  readonly upstream: WritableUpstream;
  readonly drift: Drift;
}

const NO_ANSWER =
  'LogiSense gave no answer that can be read. It is being read to find out whether the change was made.';
const NOT_CONFIRMED =
  'LogiSense took the request, but its answer does not say that the change was made. It is being read to find out.';
const REFUSED = 'LogiSense refused the change, and gives no reason that can be shown.';
const NOT_PERMITTED = 'LogiSense does not permit the gateway to make this change.';
const GONE = 'LogiSense has no such commitment any more.';

export function createSender(
  { upstream, drift }: SendSettings,
  reads: Reads,
): ChangePort<ContractCommitmentChange>['send'] {
  /** What there is now, for the answer's sake; `null`: it could not be read, which changes nothing of the success. */
  const readAgain = async (organization: Organization, ids: readonly string[]): Promise<Seen | null> => {
    try {
      return await reads.read(organization, { commitmentIds: ids, accountContractIds: [] });
    } catch {
      return null;
    }
  };

  const succeeded = async (
    organization: Organization,
    change: ContractCommitmentChange,
    plan: Plan,
    written: Extract<Written<WireWriteReply>, { readonly kind: 'accepted' }>,
    answer: Answer,
  ): Promise<Step> => {
    const deleted = deletedBy(change);
    const named = [...namedBy(change), ...answer.created];
    const ids = [...new Set(named)].filter((id) => !deleted.includes(id));
    const seen = ids.length === 0 ? null : await readAgain(organization, ids);
    const commitments = ids.flatMap((id) => {
      const found = seen?.found.get(id);
      if (found?.kind === 'own') return [textOf(found.raw)];
      const told = answer.rows.get(id);
      // What was made just now has no children yet that a reply could leave out.
      const isWhole = told !== undefined && (told.row.details !== null || answer.created.includes(id));
      return isWhole ? [textOf(told.raw)] : [];
    });
    const externalId = subjectOf(change, answer.created);
    const outcome: Outcome = {
      observedAt: (seen?.observation ?? written.observation).observedAt,
      commitments,
      affected: answer.affected,
      externalId,
    };
    const before = readEvidence(plan.before);
    return {
      state: 'SUCCEEDED',
      outcome,
      ...referencesOf(written.body.trackingId),
      ...(seen === null || before === null ? {} : { after: evidenceOf(seen, before) }),
      ...(externalId === null ? {} : { externalId }),
    };
  };

  return async (organization, change, plan, requestId) => {
    const scope = scopeOf(organization.slug);
    const request: WriteRequest = { body: plan.request.body, requestId };
    const write = (): Promise<Written<WireWriteReply>> => {
      switch (change.kind) {
        case 'CONTRACT_COMMITMENT_CREATE':
          return upstream.write(createCommitment, null, request, scope);
        case 'CONTRACT_COMMITMENT_UPDATE':
          return upstream.write(updateCommitment, { identity: change.commitmentId }, request, scope);
        case 'CONTRACT_COMMITMENT_PATCH':
          return upstream.write(patchCommitments, { identity: addresseeOf(change) }, request, scope);
        case 'CONTRACT_COMMITMENT_DELETE':
          return upstream.write(deleteCommitment, { identity: change.commitmentId }, request, scope);
      }
    };
    const written = await write();
    switch (written.kind) {
      case 'not-sent':
        return { state: 'NOT_SENT', failure: written.failure };
      case 'refused': {
        return {
          state: 'FAILED',
          failure: { code: 'REFUSED', message: reasonOf(written, plan) },
          ...referencesOf(written.failure.upstreamRequestId ?? readErrors(written.reply.body).requestId),
        };
      }
      case 'unknown':
        return { state: 'UNKNOWN', message: NO_ANSWER, ...referencesOf(written.failure.upstreamRequestId) };
      case 'accepted': {
        const answer = answerOf(change, written.body, drift);
        const isOurs = [...answer.rows.values()].every(({ row }) => isOwn(row, organization));
        if (!isOurs) drift.foreign('LOGISENSE');
        if (answer.isConfirmed && isOurs) {
          reportSurplus(change, plan, answer, drift);
          return succeeded(organization, change, plan, written, answer);
        }
        return {
          state: 'UNKNOWN',
          message: NOT_CONFIRMED,
          progress: { affected: isOurs ? answer.affected : [] },
          ...referencesOf(written.body.trackingId),
        };
      }
    }
  };
}

function reasonOf(
  { failure, reply }: Extract<Written<WireWriteReply>, { readonly kind: 'refused' }>,
  plan: Plan,
): string {
  switch (failure.code) {
    case 'UPSTREAM_REJECTED':
    case 'UPSTREAM_CONFLICT':
      return wordsOf(reply.body, plan) ?? REFUSED;
    case 'NOT_FOUND':
      return wordsOf(reply.body, plan) ?? GONE;
    default:
      // About our own credential and its roles: nothing that a customer could mend.
      return NOT_PERMITTED;
  }
}

/** More went than was shown beforehand: somebody should know (failures.md S51). */
function reportSurplus(change: ContractCommitmentChange, plan: Plan, answer: Answer, drift: Drift): void {
  if (change.kind !== 'CONTRACT_COMMITMENT_DELETE') return;
  const surplus = answer.affected.length - 1 - plan.implications.length;
  if (surplus > 0) drift.unrecognized('LOGISENSE', 'delete.surplus', String(surplus));
}

function referencesOf(trackingId: string | null | undefined) {
  const id = trackingId?.slice(0, 100) ?? '';
  return id === '' ? {} : { references: { trackingId: id } };
}

/** Ids here are plain numbers; the caller knows those of its own request. */
function wordsOf(body: unknown, { request }: Plan): string | null {
  const known = new Set((request.body ?? '').match(/\d+/g));
  return customerText(readMessages(body), { form: /\d{4,}/g, isKnown: (number) => known.has(number) });
}
