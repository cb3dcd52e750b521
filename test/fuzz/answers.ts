/**
 * What an answer may be, whatever was asked: the rules that every byte is held against. A rule that is broken is told in
 * words, with the part that broke it.
 */

/** One answer as it came over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** `false`: the connection ended within it. */
  readonly isWhole: boolean;
}

const HEAD_END = '\r\n\r\n';

/** All answers in what came over a connection. `left`: what is no answer. */
export function answersIn(received: string): { readonly answers: readonly Answer[]; readonly left: string } {
  const answers: Answer[] = [];
  let left = received;
  while (left !== '') {
    const head = /^HTTP\/1\.1 (\d{3})[^\r\n]*\r\n/.exec(left);
    const end = left.indexOf(HEAD_END);
    if (head === null || end < 0) return { answers, left };
    const headers: Record<string, string> = {};
    for (const line of left.slice(head[0].length, end).split('\r\n')) {
      const colon = line.indexOf(':');
      headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
    }
    const status = Number(head[1]);
    left = left.slice(end + HEAD_END.length);
    const read = bodyOf(status, headers, left);
    answers.push({ status, headers, body: read.body, isWhole: read.isWhole });
    left = read.left;
  }
  return { answers, left };
}

interface ReadBody {
  readonly body: string;
  readonly isWhole: boolean;
  readonly left: string;
}

function bodyOf(status: number, headers: Readonly<Record<string, string>>, text: string): ReadBody {
  if (status < 200 || status === 204 || status === 304) return { body: '', isWhole: true, left: text };
  // Answers to HEAD say how long they would be.
  if (text.startsWith('HTTP/1.1 ')) return { body: '', isWhole: true, left: text };
  const length = headers['content-length'];
  if (length !== undefined) {
    const count = Number(length);
    return {
      body: text.slice(0, count),
      isWhole: text.length >= count || text === '',
      left: text.slice(count),
    };
  }
  if (headers['transfer-encoding'] !== 'chunked') return { body: text, isWhole: true, left: '' };
  let body = '';
  let left = text;
  for (;;) {
    const size = /^([0-9a-f]+)\r\n/i.exec(left);
    if (size === null) return { body, isWhole: false, left: '' };
    const count = Number.parseInt(size[1] ?? '', 16);
    left = left.slice(size[0].length);
    if (count === 0) return { body, isWhole: left.startsWith('\r\n'), left: left.slice(2) };
    body += left.slice(0, count);
    left = left.slice(count + 2);
  }
}

/** The closed list of the design; the second is what Apollo's clients expect. */
const CODES: ReadonlySet<unknown> = new Set([
  ...'UNAUTHENTICATED FORBIDDEN NOT_FOUND BAD_USER_INPUT GRAPHQL_PARSE_FAILED GRAPHQL_VALIDATION_FAILED'.split(
    ' ',
  ),
  ...'DOCUMENT_NOT_TRUSTED OPERATION_TOO_COSTLY RATE_LIMITED UPSTREAM_TIMEOUT UPSTREAM_UNAVAILABLE'.split(
    ' ',
  ),
  ...'UPSTREAM_RATE_LIMITED UPSTREAM_REJECTED UPSTREAM_MALFORMED UPSTREAM_CONFLICT CIRCUIT_OPEN'.split(' '),
  ...'IDEMPOTENCY_KEY_REUSED IDEMPOTENCY_IN_PROGRESS OUTCOME_UNKNOWN TARGET_BUSY PRECONDITION_FAILED'.split(
    ' ',
  ),
  'STORE_UNAVAILABLE',
  'PERSISTED_QUERY_NOT_FOUND',
]);
const STATUSES: ReadonlySet<number> = new Set([
  200, 204, 302, 304, 400, 401, 403, 404, 405, 406, 408, 413, 414, 415, 417, 429, 431, 503, 504,
]);
const MOST_BYTES = 1024 * 1024;
const REQUEST_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PATTERNS: readonly (readonly [string, RegExp])[] = [
  ['a stack', /(\\n|\n)\s+at \S/],
  ['a file of ours', /\.[cm]?[jt]s:\d+|node_modules|file:\/\//],
  ['an address', /127\.0\.0\.1|localhost/],
  ['an error of a socket', /ECONN|EPIPE|ETIMEDOUT|EADDR|UND_ERR|socket hang up/],
  ['an error of the language', /TypeError|RangeError|is not a function|Cannot read propert|of undefined/],
];

export interface Rules {
  /** What must never be in anything that leaves: credentials, folders, addresses. */
  readonly secrets: readonly string[];
}

const isAsset = ({ status, headers: { 'content-type': type = '' } }: Answer) =>
  status === 200 && /^(text\/(html|css|javascript)|font\/|image\/)/.test(type);

/** Why the bytes should not have left; empty if nothing is wrong. `sent`: what came in may go out again. */
export function leaksIn(text: string, { secrets }: Rules, sent = ''): string[] {
  const wrong: string[] = [];
  for (const secret of secrets) {
    // One that is in a header only is never repeated; whoever writes it into a document reads it in the error.
    if (text.includes(secret) && sent.split(secret).length <= 2)
      wrong.push(`a secret: ${secret.slice(0, 12)}…`);
  }
  return wrong;
}

/** Why the answer is not one that we give. */
export function objectionsTo(answer: Answer, rules: Rules, sent = ''): string[] {
  const { status, headers, body, isWhole } = answer;
  if (status === 100) return [];
  const wrong = leaksIn(body + JSON.stringify(headers), rules, sent);
  if (!STATUSES.has(status)) wrong.push(`status ${status}`);
  if (!REQUEST_ID.test(headers['x-request-id'] ?? '')) wrong.push(`no request id with status ${status}`);
  if (isAsset(answer) || !isWhole || body === '') return wrong;
  if (body.length > MOST_BYTES) wrong.push(`an answer of ${body.length} bytes`);
  for (const [what, pattern] of PATTERNS) {
    const found = pattern.exec(body);
    if (found !== null && !sent.includes(found[0])) wrong.push(`${what}: ${found[0]}`);
  }
  const type = headers['content-type'] ?? '';
  if (type.startsWith('text/event-stream')) wrong.push(...objectionsToEvents(body, headers));
  else if (/^application\/(graphql-response\+)?json/.test(type)) {
    wrong.push(...objectionsToJson(body, status, headers['x-request-id']));
  } else if (status !== 302 && body !== 'No such file of the explorer.\n') wrong.push(`content type ${type}`);
  return wrong;
}

function objectionsToEvents(body: string, headers: Answer['headers']): string[] {
  return body
    .split('\n\n')
    .flatMap((event) => /^event: next\ndata: (.*)$/s.exec(event)?.[1] ?? [])
    .flatMap((data) => objectionsToJson(data, 200, headers['x-request-id']));
}

function objectionsToJson(text: string, status: number, id: string | undefined): string[] {
  let answer: { data?: unknown; errors?: unknown };
  try {
    answer = JSON.parse(Buffer.from(text, 'latin1').toString('utf8')) as typeof answer;
  } catch {
    return ['no JSON'];
  }
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) {
    // The explorer's examples are a list.
    return Array.isArray(answer) && status === 200 ? [] : ['an answer that is no object'];
  }
  const { errors } = answer;
  if (errors === undefined) return status === 200 ? [] : [`status ${status} without errors`];
  if (!Array.isArray(errors) || errors.length === 0) return ['errors that are no list'];
  return (errors as Record<string, unknown>[]).flatMap(({ message, extensions }) => {
    const wrong: string[] = [];
    const { code, requestId, retryable } = (extensions ?? {}) as Record<string, unknown>;
    if (typeof message !== 'string' || message === '') wrong.push('an error without a message');
    if (!CODES.has(code)) wrong.push(`code ${String(code)}`);
    if (requestId !== id) wrong.push(`request id ${String(requestId)}`);
    if (typeof retryable !== 'boolean') wrong.push(`${String(code)} does not say whether it may be repeated`);
    if (status >= 500 && retryable !== true) wrong.push(`status ${status} that is for good`);
    return wrong;
  });
}
