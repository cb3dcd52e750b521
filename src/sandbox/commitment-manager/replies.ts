/**
 * The two forms in which this API complains: flat objects for what the vendor's page lists, and the `errors` array of
 * the rest of its platform for everything that the page is silent about (`backends.md` C3).
 */
import type { EmulatedReply } from '../types.js';

export const unauthorized: EmulatedReply = { status: 401, json: { error: 'Invalid or expired token' } };

export function organizationNotFound(organizationId: string): EmulatedReply {
  return notFound('Organization not found', organizationId);
}

export function notFound(error: string, organizationId: string): EmulatedReply {
  return { status: 404, json: { error, organization_id: organizationId } };
}

export function modificationInProgress(retryAfter: number): EmulatedReply {
  return { status: 409, json: { error: 'Commitment modification in progress', retry_after: retryAfter } };
}

/** The other 409s: a commitment that cannot be made or cancelled beside what stands. Waiting does not help. */
export function conflict(error: string, which: Readonly<Record<string, string>>): EmulatedReply {
  return { status: 409, json: { error, ...which } };
}

function platformError(status: number, code: string, title: string, detail: string): EmulatedReply {
  return { status, json: { errors: [{ code, title, detail }] } };
}

export const badRequest = (detail: string): EmulatedReply =>
  platformError(400, '10015', 'Bad Request', detail);

export const noSuchResource = (path: string): EmulatedReply =>
  platformError(404, '10005', 'Resource not found', `The requested resource ${path} could not be found.`);

export const methodNotAllowed = (allow: string): EmulatedReply => ({
  ...platformError(405, '10017', 'Method Not Allowed', `Only ${allow} is allowed here.`),
  headers: { allow },
});

export const tooManyRequests = platformError(
  429,
  '10011',
  'Too many requests',
  'You have exceeded the maximum number of allowed requests.',
);
