/**
 * composite/batch: up to 25 calls in one (`backends.md` §2.4). Guarantees that they run in order, each with its own
 * outcome, and that nothing is taken back when one fails; after that, with `haltOnError`, the others are not run (412).
 * Refuses what is no batch before anything is run.
 */
import { LosslessNumber, parse, stringify } from 'lossless-json';
import type { EmulatedReply, EmulatedRequest } from '../types.js';
import * as errors from './errors.js';

const MAX_REQUESTS = 25;

/** `run` answers one call of the batch, refusals included. */
export function runBatch(
  request: EmulatedRequest,
  run: (request: EmulatedRequest) => EmulatedReply,
): EmulatedReply {
  const { requests, haltOnError } = readBatch(request);
  let hasErrors = false;
  const results = requests.map((one) => {
    if (hasErrors && haltOnError) return { statusCode: 412, result: [HALTED] };
    const { status, json } = run(one);
    hasErrors ||= status >= 400;
    return { statusCode: status, result: json ?? null };
  });
  return { status: 200, json: { hasErrors, results } };
}

const HALTED = { message: 'Batch processing halted per request', errorCode: 'BATCH_PROCESSING_HALTED' };

function readBatch({ headers, body }: EmulatedRequest) {
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) throw errors.unsupportedMediaType;
  let parsed: unknown;
  try {
    parsed = parse(body);
  } catch (error) {
    throw errors.jsonParserError(error instanceof Error ? error.message : 'Unexpected end of input');
  }
  const { batchRequests, haltOnError = false } = isObject(parsed) ? parsed : {};
  if (!Array.isArray(batchRequests) || typeof haltOnError !== 'boolean') {
    throw errors.jsonParserError('batchRequests must be a list, haltOnError true or false');
  }
  if (batchRequests.length === 0 || batchRequests.length > MAX_REQUESTS) {
    throw errors.batchTooLarge(MAX_REQUESTS);
  }
  return { requests: batchRequests.map((one: unknown) => requestOf(one, headers)), haltOnError };
}

function requestOf(one: unknown, headers: EmulatedRequest['headers']): EmulatedRequest {
  const { method, url, richInput } = isObject(one) ? one : {};
  if (typeof method !== 'string' || typeof url !== 'string') {
    throw errors.jsonParserError('Every one of batchRequests needs a method and a url');
  }
  const [path = '', query = ''] = url.split(/\?(.*)/s);
  return {
    method,
    // Relative to the version's folder: `v59.0/query?q=…`.
    path: `/services/data/${path.replace(/^\//, '')}`,
    query: new URLSearchParams(query),
    headers: { ...headers, 'content-type': 'application/json' },
    body: richInput === undefined ? '' : (stringify(richInput) ?? ''),
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LosslessNumber)
  );
}
