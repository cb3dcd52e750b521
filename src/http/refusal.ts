/**
 * Refusals of the edge: always JSON in the form of a GraphQL error, with a request id, also where a request was never
 * understood well enough to become one.
 */
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorCode } from '../graph/errors.js';

const GRAPHQL_JSON = 'application/graphql-response+json';
const TYPE = 'application/json; charset=utf-8';
/** Answers belong to one caller and one moment. */
export const NOT_CACHED = 'private, no-store';

/** The page of the explorer has its own. HSTS is for whoever speaks TLS: the proxy in front. */
export const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
} as const;
export const ON_EVERY_ANSWER = { 'cache-control': NOT_CACHED, ...SECURITY_HEADERS } as const;

function bodyOf(code: ErrorCode, message: string, requestId: string, retry: Retry): string {
  return JSON.stringify({ errors: [{ message, extensions: { code, ...retry, requestId } }] });
}

/** Whether repeating can help. */
export type Retry =
  { readonly retryable: false } | { readonly retryable: true; readonly retryAfterMs: number };
const IN_VAIN: Retry = { retryable: false };

/** Whether the caller knows the media type of GraphQL, and so the form of our refusals at any status. */
export function knowsGraphqlType({ headers: { accept = '' } }: FastifyRequest): boolean {
  return accept.includes(GRAPHQL_JSON);
}

/** Apollo Client 4 and Apollo Kotlin find errors in the body of a 4xx only if it has the media type of GraphQL. */
export function typeFor(request: FastifyRequest): string {
  return knowsGraphqlType(request) ? `${GRAPHQL_JSON}; charset=utf-8` : TYPE;
}

export function refuse(
  reply: FastifyReply,
  status: number,
  code: ErrorCode,
  message: string,
  retry = IN_VAIN,
): FastifyReply {
  return reply
    .code(status)
    .type(typeFor(reply.request))
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
      Object.entries({ 'x-request-id': requestId, ...ON_EVERY_ANSWER, connection: 'close' })
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('') +
      `\r\n${body}`,
  );
}
