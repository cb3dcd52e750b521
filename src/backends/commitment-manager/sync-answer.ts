/**
 * What Commitment Manager's reply to a request to synchronize means (`backends.md` §1.4, §1.5; failures.md S19).
 *
 * Guarantees: a reply of success means that the request was taken, never that it was carried out. 409 and a credential
 * that is not accepted mean that nothing was done: the same key may be used again. Words of the backend reach a caller
 * only where they look like a sentence for people. Refuses to believe a success that is about another organization,
 * or that says of itself that it is none.
 */
import type { Instant } from '../../domain/calendar.js';
import type { Step } from '../../domain/change-port.js';
import type { Json } from '../../domain/json.js';
import type { Organization } from '../../domain/organization.js';
import type { Drift } from '../../observability/drift.js';
import type { RawReply } from '../../upstream/endpoint.js';
import type { Written } from '../../upstream/write.js';
import { customerText, WITHHELD } from '../customer-text.js';
import { SOURCE } from './client.js';
import { isOfOrganization } from './mapper.js';
import type { Asked, Evidence } from './sync-evidence.js';
import { readError, replyText, type SyncReply } from './wire.js';

export interface Request {
  readonly organization: Organization;
  readonly askedAt: Instant;
  readonly before: Evidence | null;
  readonly drift: Drift;
}

const NOT_KNOWN = 'Whether it will synchronize the organization is not known.';

export function stepOf(written: Written<SyncReply>, request: Request): Step {
  const { askedAt, before } = request;
  const asked: Asked = { askedAt, takenAt: null, before };
  const unknown = (message: string): Step => ({
    state: 'UNKNOWN',
    message: `${message} ${NOT_KNOWN}`,
    progress: asked,
  });
  switch (written.kind) {
    case 'not-sent':
      return { state: 'NOT_SENT', failure: written.failure };
    case 'unknown':
      return unknown(written.failure.message);
    case 'refused':
      return ofRefusal(written, unknown);
    case 'accepted': {
      const doubt = doubtOf(written.body, request);
      if (doubt !== null) return unknown(doubt);
      const takenAt = written.observation.observedAt;
      const outcome: Json = { askedAt, takenAt, reply: replyText.parse(written.reply.body) };
      return { state: 'PENDING', progress: { ...asked, takenAt }, outcome };
    }
  }
}

function ofRefusal(
  { failure, reply }: Extract<Written<SyncReply>, { kind: 'refused' }>,
  unknown: (message: string) => Step,
): Step {
  switch (failure.code) {
    case 'UPSTREAM_CONFLICT':
    case 'UPSTREAM_RATE_LIMITED':
    case 'UPSTREAM_UNAVAILABLE': // with a status of refusal: it does not accept who we are
    case 'CIRCUIT_OPEN':
      return { state: 'NOT_SENT', failure };
    case 'NOT_FOUND':
      return refused('Commitment Manager does not know the organization.');
    case 'UPSTREAM_REJECTED':
      return refused(wordsOf(reply) ?? 'Commitment Manager refused to synchronize the organization.');
    case 'UPSTREAM_TIMEOUT':
    case 'UPSTREAM_MALFORMED':
      return unknown(failure.message);
  }
}

function refused(message: string): Step {
  return { state: 'FAILED', failure: { code: 'REFUSED', message } };
}

function doubtOf(reply: SyncReply, { organization, drift }: Request): string | null {
  if (reply === null) return null;
  const { status, organization_id: organizationId } = reply;
  if (organizationId !== null && !isOfOrganization(organizationId, organization)) {
    drift.foreign(SOURCE);
    return 'Commitment Manager answered for another organization.';
  }
  return status !== null && /fail|error|reject|refus|denied/i.test(status)
    ? 'Commitment Manager took the request and says in the same answer that it did not.'
    : null;
}

/** Organizations have UUIDs, and other ids here are words with digits. */
const ID = /\b(?=[\w-]*\d)[\w-]{12,}\b/g;

function wordsOf({ body }: RawReply): string | null {
  const said = readError(body)?.text;
  const words = said === undefined ? null : customerText([said], { form: ID, isKnown: () => false });
  // Its errors are one short sentence (`backends.md` §1.5): one with an id in it, or without an end, was meant for others.
  return words === null || words.includes(WITHHELD) || words.endsWith('…')
    ? null
    : `Commitment Manager refused: ${words}`;
}
