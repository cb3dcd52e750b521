/**
 * Refusals of the edge: always JSON in the form of a GraphQL error, with a request id, also where a request was never
 * understood well enough to become one.
 */
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply } from 'fastify';
import type { ErrorCode } from '../graph/errors.js';

const TYPE = 'application/json; charset=utf-8';
/** Answers belong to one caller and one moment. */
export const NOT_CACHED = 'private, no-store';

function bodyOf(code: ErrorCode, message: string, requestId: string, retry: Retry): string {
  return JSON.stringify({ errors: [{ message, extensions: { code, ...retry, requestId } }] });
}

/** Whether repeating can help. */
export type Retry =
  { readonly retryable: false } | { readonly retryable: true; readonly retryAfterMs: number };
const IN_VAIN: Retry = { retryable: false };

export function refuse(
  reply: FastifyReply,
  status: number,
  code: ErrorCode,
  message: string,
  retry = IN_VAIN,
): FastifyReply {
  return reply
    .code(status)
    .type(TYPE)
    .send(bodyOf(code, message, reply.request.id, retry));
}

/** The same answer with the request id in each of its errors. */
export function withRequestId(payload: string, requestId: string): string {
  const answer = JSON.parse(payload) as { readonly errors?: readonly { readonly extensions?: object }[] };
  const errors = answer.errors?.map((error) => ({
    ...error,
    extensions: { ...error.extensions, requestId },
  }));
  return JSON.stringify({ ...answer, ...(errors === undefined ? {} : { errors }) });
}

/** Answers bytes that the HTTP parser refused, and closes the connection. */
export function refuseSocket(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, message] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'The headers or the URL are too long. Send long queries with POST.']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [408, 'The request did not arrive in time.']
        : [400, 'This is not HTTP.'];
  const requestId = randomUUID();
  const body = bodyOf('BAD_USER_INPUT', message, requestId, IN_VAIN);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: ${TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n` +
      `x-request-id: ${requestId}\r\ncache-control: ${NOT_CACHED}\r\nconnection: close\r\n\r\n${body}`,
  );
}
