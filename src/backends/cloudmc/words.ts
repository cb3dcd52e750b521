/** What CloudMC says to a change that it refuses, for customers. */
import type { OperationFailure, Plan, PlannedRequest } from '../../domain/operation.js';
import type { RawReply } from '../../upstream/endpoint.js';
import { customerText } from '../customer-text.js';
import { readMessages } from './wire.js';

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** A refusal that came as an answer to the write. */
export function refusalOf(
  reply: RawReply,
  { request, externalId }: Plan,
  fallback: string,
): OperationFailure {
  const refused = (message: string): OperationFailure => ({ code: 'REFUSED', message });
  // The key may not do it, or the record has gone (`backends.md` §5.7). What the reply says to that is for operators.
  if (reply.status === 403) return refused('CloudMC does not permit this change.');
  if (reply.status === 404 || reply.status === 410) {
    return refused(
      externalId === null
        ? 'CloudMC does not permit this change.'
        : 'CloudMC does not have this commitment any more.',
    );
  }
  return refused(saidIn(reply.body, request) ?? fallback);
}

/** A refusal that came as a task's. */
export function failedTask(body: unknown, request: PlannedRequest): OperationFailure {
  return { code: 'REFUSED', message: saidIn(body, request) ?? 'CloudMC could not make the change.' };
}

function saidIn(body: unknown, request: PlannedRequest): string | null {
  const known = `${request.path} ${request.body ?? ''}`.toLowerCase();
  return customerText(readMessages(body), { form: ID, isKnown: (id) => known.includes(id.toLowerCase()) });
}
