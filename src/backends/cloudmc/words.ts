/**
 * What CloudMC says to a change that it refuses, for customers.
 *
 * Guarantees: at most 300 characters of plain text. Refuses to pass on markup, addresses, traces of programs, and ids
 * that the change itself does not name: they may be other customers'.
 */
import type { OperationFailure, Plan, PlannedRequest } from '../../domain/operation.js';
import type { RawReply } from '../../upstream/endpoint.js';
import { readMessages } from './wire.js';

const LONGEST = 300;
const ANY_UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
/** Looks like a page, an address, a file, a query, or a program that fell over. */
const INTERNAL =
  /<[a-z!/?]|[a-z][a-z0-9+.-]*:\/\/|\bat [\w$.<>]+\(|\w(Exception|Error)\b|\b\d{1,3}(\.\d{1,3}){3}\b|\bselect\b.+\bfrom\b|(^|\s)\/[\w-]+\//i;

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
  const messages = readMessages(body)
    .filter((message) => !INTERNAL.test(message))
    .map((message) =>
      message
        .replace(ANY_UUID, (id) => (known.includes(id.toLowerCase()) ? id : '…'))
        .replace(/[\p{C}\s]+/gu, ' ')
        .trim(),
    )
    .filter((message) => message !== '');
  const text = messages.join('; ');
  if (text === '') return null;
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
