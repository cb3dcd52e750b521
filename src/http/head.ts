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
export function objectionToHead({ rawHeaders, url = '', headers }: IncomingMessage): Objection | null {
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
  // Node would answer this itself, in a form of its own, and only if it is HTTP/1.1.
  if (headers.host === undefined) return { status: 400, message: 'The header host is missing.' };
  // The server library makes an address of it, and fails where that is none.
  if (!isHost(headers.host)) {
    return { status: 400, message: 'The header host names no host.' };
  }
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue') {
    return { status: 417, message: 'Nothing can be expected but 100-continue.' };
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

/** What is behind the colon is not looked at by anybody. */
function isHost(text: string): boolean {
  const name = text.startsWith('[') ? text.slice(0, text.indexOf(']') + 1) : text.split(':', 1)[0];
  return /^[^\s/?#@\\]+$/.test(text) && URL.canParse(`http://${name}/`);
}
