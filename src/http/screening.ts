/**
 * Screens what a request brings, text and values, before the server library sees it: whatever library, media type or
 * address it came by. Requests that name a registered document have none of their own text left to be screened.
 *
 * Guarantees: what goes on is within the limits of `admission/limits.ts`; what is refused got one error with a code and
 * cost a few milliseconds. A text that went on before is not read again.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import { brief } from '../admission/brief.js';
import { sha256Of } from '../admission/documents/ids.js';
import { readDocument } from '../admission/read-document.js';
import { objectionToName, objectionToValues } from '../admission/request-limits.js';
import type { ErrorCode } from '../graph/errors.js';

import { refuse, typeFor } from './refusal.js';

/** Texts that are remembered, by their hashes. */
const REMEMBERED = 5_000;

interface Brought {
  readonly query: unknown;
  readonly operationName: unknown;
  readonly variables: unknown;
  readonly extensions: unknown;
}

/**
 * What may go on is left as it is; otherwise the answer is the refusal. Expects a request that names no document.
 * `onRead`: called for each text that is parsed.
 */
export function createScreening(
  onRead: () => void = () => undefined,
): (request: FastifyRequest, reply: FastifyReply) => FastifyReply | null {
  const passed = new LRUCache<string, true>({ max: REMEMBERED });
  return (request, reply) => {
    const brought = request.method === 'POST' ? inBody(request.body) : inSearch(request.url);
    // The server library refuses what is no object, and what is said twice.
    if (brought === null) return null;
    const { query, operationName, variables, extensions } = brought;
    const objection =
      objectionToName(operationName) ??
      objectionToValues('variables', variables) ??
      objectionToValues('extensions', extensions);
    if (objection !== null) return refuse(reply, 400, 'BAD_USER_INPUT', objection);
    // A registered one was read when it was registered.
    if (typeof query !== 'string' || query === '' || request.document !== null) return null;
    const hash = sha256Of(query);
    if (passed.has(hash)) return null;
    onRead();
    const read = readDocument(query);
    if (read.kind === 'refused') return refuseDocument(request, reply, read.code, read.error);
    passed.set(hash, true);
    return null;
  };
}

function inBody(body: unknown): Brought | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const { query, operationName, variables, extensions } = body as Partial<Brought>;
  return { query, operationName, variables, extensions };
}

function inSearch(url: string): Brought | null {
  const start = url.indexOf('?');
  const search = new URLSearchParams(start < 0 ? '' : url.slice(start + 1));
  const once = (key: string) => {
    const values = search.getAll(key);
    return values.length > 1 ? null : values[0];
  };
  const [query, operationName, variables, extensions] = [
    once('query'),
    once('operationName'),
    once('variables'),
    once('extensions'),
  ];
  if (query === null || operationName === null || variables === null || extensions === null) return null;
  return { query, operationName, variables: parsed(variables), extensions: parsed(extensions) };
}

/** What is no JSON is refused by the server library. */
function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refuseDocument(
  request: FastifyRequest,
  reply: FastifyReply,
  code: ErrorCode,
  error: GraphQLError,
): FastifyReply {
  const { message, locations } = error.toJSON();
  const told = {
    message,
    ...(locations === undefined ? {} : { locations }),
    extensions: { code, retryable: false, requestId: request.id },
  };
  return reply
    .code(400)
    .type(typeFor(request))
    .send(JSON.stringify({ errors: brief([told]) }));
}
