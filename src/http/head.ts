/**
 * The head of a request, before anything else looks at it.
 *
 * Refuses headers that are there twice and would be read in two ways by us and by whoever stands in front of us, more
 * headers than any client of ours sends, and addresses that belong into a body.
 */
import type { IncomingMessage } from 'node:http';

export interface Objection {
  readonly status: number;
  readonly message: string;
}

/** Node keeps the first, or the last, or joins them, and says nothing. */
const ONCE: ReadonlySet<string> = new Set([
  'host',
  'authorization',
  'x-api-key',
  'content-type',
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'cookie',
  'origin',
]);

const MOST_HEADERS = 64;
const LONGEST_URL = 8 * 1024;

/** Why the request is not even looked at; `null`: it is. */
export function objectionToHead({
  rawHeaders,
  url = '',
  headers,
  httpVersion,
}: IncomingMessage): Objection | null {
  if (url.length > LONGEST_URL) {
    return { status: 414, message: 'The URL is too long. Send long queries with POST.' };
  }
  // Names and values in turns. Node leaves out what comes after the two thousandth: far more than these.
  if (rawHeaders.length / 2 > MOST_HEADERS) {
    return { status: 431, message: `The request has more than ${MOST_HEADERS} headers.` };
  }
  const seen = new Set<string>();
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]?.toLowerCase() ?? '';
    if (!ONCE.has(name)) continue;
    if (seen.has(name)) return { status: 400, message: `The header ${name} is there twice.` };
    seen.add(name);
  }
  // Node would answer this itself, in a form of its own.
  if (httpVersion === '1.1' && !seen.has('host')) {
    return { status: 400, message: 'The header host is missing.' };
  }
  if (headers.upgrade?.toLowerCase().includes('websocket') === true) {
    return {
      status: 400,
      message:
        'There are no WebSockets here. Subscriptions are streams of events: POST to /graphql, with `Accept: text/event-stream`.',
    };
  }
  return null;
}
