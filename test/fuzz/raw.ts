/**
 * Requests as bytes: good ones of every kind, and what becomes of them when they are cut, stretched, doubled, mixed and
 * lied about.
 */
import { gzipSync } from 'node:zlib';
import type { Draws } from './draws.js';
import type { Sending } from './exchange.js';

export interface RawWorld {
  readonly key: string;
  readonly smallKey: string;
  readonly documents: readonly string[];
}

interface Request {
  line: [method: string, target: string, version: string];
  headers: [name: string, value: string][];
  body: Buffer;
  /** How long the body is said to be. */
  framing: 'length' | 'chunks' | 'nothing';
}

const QUERIES = [
  '{ __typename }',
  '{ organizations(first: 2) { totalCount nodes { slug name } } }',
  '{ organization(slug: "sleepyco") { commitments(first: 2) { nodes { id source } coverage { complete } } } }',
  '{ sources { name isReachable } }',
  'query Q($slug: String!) { organization(slug: $slug) { id } }',
  'query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }',
  'mutation M { organizationSync(input: { organization: "sleepyco", idempotencyKey: "raw", dryRun: true }) { userErrors { code } } }',
  'subscription S { contractOperationChanged(id: "none") { id } }',
  '{ __schema { queryType { name } } }',
];
const METHODS = [
  'GET',
  'POST',
  'HEAD',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'QUERY',
  'get',
  'G T',
  'M-SEARCH',
  '',
];
const TARGETS = [
  '/graphql',
  '/graphiql',
  '/graphiql/',
  '/graphiql/examples.json',
  '/graphiql/../../package.json',
  '/graphql/documents/x',
  '/graphql/documents/%00',
  '/graphql/documents/..%2f..%2f',
  '/graphql/documents/%ff',
  '/health/ready',
  '/metrics',
  '/',
  '*',
  '//',
  'http://evil.example/graphql',
  'gateway.example:443',
  '/%',
  '/%zz',
  '/graphql?query=%7B__typename%7D',
  '/graphql?query=%7B__typename%7D&query=%7Bx%7D',
  '/graphql?query=%ff%fe',
  '/graphql?variables=%7B',
  '/graphql?variables=[[[[1]]]]&query=%7B__typename%7D',
  '/graphql?__proto__[a]=1&query=%7B__typename%7D',
  '/graphql?documentId=__proto__',
  '/graphql?extensions=%7B%22persistedQuery%22%3A%7B%22version%22%3A1%2C%22sha256Hash%22%3A%22x%22%7D%7D',
  `/graphql?${'a=1&'.repeat(1_500)}`,
  `/${'a/'.repeat(300)}`,
  '/\u00ff',
  '/graphql#x',
  '',
];
const VERSIONS = [
  'HTTP/1.1',
  'HTTP/1.1',
  'HTTP/1.0',
  'HTTP/2.0',
  'HTTP/0.9',
  'HTTP/1.2',
  'http/1.1',
  'HTTP/1.1 x',
  '',
];
const HEADERS: readonly (readonly [string, string])[] = [
  ['Accept', 'application/json'],
  ['Accept', 'application/graphql-response+json'],
  ['Accept', 'text/event-stream'],
  ['Accept', 'text/html'],
  ['Accept', 'multipart/mixed'],
  ['Accept', '*/*;q=0'],
  ['Accept', ',,;;='],
  ['Accept-Encoding', 'gzip, br'],
  ['Connection', 'close'],
  ['Connection', 'keep-alive'],
  ['Connection', 'upgrade'],
  ['Upgrade', 'websocket'],
  ['Upgrade', 'h2c'],
  ['Expect', '100-continue'],
  ['Expect', 'something'],
  ['Content-Type', 'application/json; charset=utf-16'],
  ['Content-Type', 'application/graphql'],
  ['Content-Type', 'text/plain'],
  ['Content-Type', 'multipart/form-data; boundary=x'],
  ['Content-Type', 'application/x-www-form-urlencoded'],
  ['Content-Type', ';;;'],
  ['Content-Type', 'application/json;'.repeat(50)],
  ['Content-Encoding', 'gzip'],
  ['Content-Encoding', 'identity'],
  ['Content-Length', '0'],
  ['Content-Length', '-1'],
  ['Content-Length', '99999999999999999999'],
  ['Content-Length', '5, 5'],
  ['Transfer-Encoding', 'chunked'],
  ['Transfer-Encoding', 'gzip, chunked'],
  ['Transfer-Encoding', '\u000bchunked'],
  ['Trailer', 'X-Api-Key'],
  ['TE', 'trailers'],
  ['Host', ''],
  ['Host', 'a b'],
  ['Origin', 'https://app.example'],
  ['Origin', 'https://evil.example'],
  ['Origin', 'null'],
  ['Access-Control-Request-Method', 'POST'],
  ['Access-Control-Request-Headers', 'x-api-key'],
  ['Sec-Fetch-Site', 'cross-site'],
  ['Cookie', 'session=1'],
  ['Range', 'bytes=0-1'],
  ['If-None-Match', '*'],
  ['If-Modified-Since', 'yesterday'],
  ['X-Request-Id', 'a\tb'],
  ['X-Forwarded-For', '10.0.0.1'],
  ['X-HTTP-Method-Override', 'DELETE'],
  ['Apollo-Require-Preflight', '1'],
  ['Apollographql-Client-Name', 'x'.repeat(500)],
  ['GraphQL-Client-Name', '\u00e9'],
  ['Graphql-Upstream-Report', '1'],
  ['Graphql-Cost-Report', '1'],
  ['Authorization', 'Basic eDp5'],
  ['Authorization', 'Bearer'],
  ['Authorization', 'Bearer a.b.c'],
  ['Authorization', `Bearer ${'a'.repeat(7_000)}`],
  ['Authorization', 'Bearer eyJhbGciOiJub25lIn0.eyJpc3MiOiJ4In0.'],
  ['X-Api-Key', ''],
  ['X-Api-Key', 'nobody'],
  ['X-Long', 'y'.repeat(9_000)],
  ['Last-Event-ID', '1'],
  ['', 'no name'],
  ['A B', 'c'],
];
const MEMBERS: readonly unknown[] = [
  null,
  0,
  -1,
  1e300,
  true,
  '',
  'x',
  '\u0000',
  '\ud800',
  '{',
  '}',
  '{ a '.repeat(50),
  'query ($a: ID!) { node(id: $a) { id } }',
  [],
  [[[]]],
  {},
  { a: { b: {} } },
  { toString: 1, hasOwnProperty: 1 },
  { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } },
  { persistedQuery: { version: '1' } },
  { persistedQuery: null },
  { slug: { toString: 'x' } },
  { slug: ['sleepyco'] },
  { ids: ['a', null, 1, {}] },
  'a'.repeat(20_000),
];
const NAMES = [
  'query',
  'variables',
  'operationName',
  'extensions',
  'documentId',
  'doc_id',
  'id',
  '__proto__',
  'constructor',
  '',
];
const TOKENS = [
  '\r\n',
  '\n',
  '\r',
  '\r\n\r\n',
  '\0',
  ' ',
  ':',
  '"',
  '{',
  '}',
  '\\',
  '\\u0000',
  '0\r\n\r\n',
  'ffffffff\r\n',
  '%',
  '😀',
  '\u00ff',
];

function bodyOf(draws: Draws, { documents }: RawWorld): Buffer {
  const query = draws.pick(QUERIES);
  const good: Record<string, unknown> = { query, variables: { slug: 'sleepyco', ids: ['none'] } };
  if (documents.length > 0 && draws.chance(0.1)) {
    delete good['query'];
    good['documentId'] = draws.pick(documents);
  }
  for (let n = draws.chance(0.6) ? 0 : draws.from(1, 2); n > 0; n -= 1) {
    Object.assign(good, Object.fromEntries([[draws.pick(NAMES), draws.pick(MEMBERS)]]));
  }
  const text = JSON.stringify(draws.chance(0.04) ? [good, good] : good);
  switch (draws.below(40)) {
    case 0:
      return gzipSync(text);
    case 1:
      return Buffer.from(`\ufeff${text}`);
    case 2:
      return Buffer.from(text, 'utf16le');
    case 3:
      return Buffer.from(`${text}${draws.pick(['', ' ', ',', text, '\0'])}`);
    case 4:
      return Buffer.from('['.repeat(draws.from(1, 5_000)));
    case 5:
      return Buffer.from(text.replace('{', '{"__proto__":{"a":1},'));
    case 6:
      return Buffer.from(query);
    case 7:
      return draws.bytes(draws.below(300));
    default:
      return Buffer.from(text);
  }
}

function requestOf(draws: Draws, world: RawWorld): Request {
  const isGet = draws.chance(0.3);
  const target = isGet
    ? draws.chance(0.6)
      ? `/graphql?query=${encodeURIComponent(draws.pick(QUERIES))}`
      : draws.pick(TARGETS)
    : '/graphql';
  const headers: [string, string][] = [['Host', 'gateway.example']];
  if (!isGet) headers.push(['Content-Type', 'application/json']);
  else if (draws.chance(0.7)) headers.push(['Apollo-Require-Preflight', '1']);
  switch (draws.below(6)) {
    case 0:
      break;
    case 1:
      headers.push(['X-Api-Key', world.smallKey]);
      break;
    case 2:
      headers.push(['Authorization', `Bearer ${world.key}`]);
      break;
    default:
      headers.push(['X-Api-Key', world.key]);
  }
  const request: Request = {
    line: [isGet ? 'GET' : 'POST', target, 'HTTP/1.1'],
    headers,
    body: isGet ? Buffer.alloc(0) : bodyOf(draws, world),
    framing: isGet ? 'nothing' : draws.chance(0.8) ? 'length' : 'chunks',
  };
  for (let n = draws.chance(0.4) ? 0 : draws.from(1, 3); n > 0; n -= 1) spoil(draws, request);
  return request;
}

function spoil(draws: Draws, request: Request): void {
  const { headers, line } = request;
  switch (draws.below(9)) {
    case 0:
      line[0] = draws.pick(METHODS);
      break;
    case 1:
      line[1] = draws.pick(TARGETS);
      break;
    case 2:
      line[2] = draws.pick(VERSIONS);
      break;
    case 3:
      headers.splice(draws.below(headers.length + 1), 1);
      break;
    case 4: {
      const [name, value] = draws.pick(HEADERS);
      // Instead of its like, most of the time: twice is refused for being twice.
      const at = headers.findIndex(([other]) => other.toLowerCase() === name.toLowerCase());
      if (at >= 0 && draws.chance(0.8)) headers[at] = [name, value];
      else headers.push([name, value]);
      break;
    }
    case 5: {
      const [name, value] = draws.pick(HEADERS);
      headers.splice(draws.below(headers.length + 1), 0, [name, value]);
      break;
    }
    case 6:
      request.framing = draws.pick(['length', 'chunks', 'nothing']);
      break;
    case 7:
      for (let n = draws.below(80); n > 0; n -= 1) headers.push([`X-${n}`, 'v']);
      break;
    default:
      request.body = Buffer.concat([request.body, draws.bytes(draws.below(50))]);
  }
}

function bytesOf(draws: Draws, { line, headers, body, framing }: Request): Buffer {
  const head = [
    line.join(' '),
    ...headers.map(
      ([name, value]) => `${name}:${draws.chance(0.97) ? ' ' : draws.pick(['', '\t', '  '])}${value}`,
    ),
  ];
  if (framing === 'nothing')
    return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
  if (framing === 'length') {
    const length = draws.chance(0.9) ? body.length : Math.max(0, body.length + draws.from(-20, 20));
    head.push(`Content-Length: ${length}`);
    return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
  }
  head.push('Transfer-Encoding: chunked');
  const pieces: Buffer[] = [Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1')];
  for (let at = 0; at < body.length;) {
    const size = Math.min(body.length - at, draws.from(1, 200));
    const said = draws.chance(0.97)
      ? size.toString(16)
      : draws.pick(['0', 'zz', '-1', 'ffffffffffffffff', '5;x=y', ' 5', '']);
    pieces.push(Buffer.from(`${said}\r\n`), body.subarray(at, at + size), Buffer.from('\r\n'));
    at += size;
  }
  pieces.push(
    Buffer.from(draws.pick(['0\r\n\r\n', '0\r\n\r\n', '0\r\n\r\n', '0\r\nX-Api-Key: nobody\r\n\r\n', ''])),
  );
  return Buffer.concat(pieces);
}

/** A handful of changes to any bytes. */
function mangle(draws: Draws, given: Buffer): Buffer {
  let bytes: Buffer = given;
  for (let n = draws.from(1, 4); n > 0 && bytes.length > 0; n -= 1) {
    const at = draws.below(bytes.length);
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
    switch (draws.below(6)) {
      case 0:
        bytes = Buffer.concat([before, draws.bytes(1), after.subarray(1)]);
        break;
      case 1:
        bytes = Buffer.concat([before, Buffer.from(draws.pick(TOKENS)), after]);
        break;
      case 2:
        bytes = Buffer.concat([before, after.subarray(draws.from(1, 20))]);
        break;
      case 3:
        bytes = before;
        break;
      case 4:
        bytes = Buffer.concat([before, after.subarray(0, draws.from(1, 30)), after]);
        break;
      default:
        bytes = Buffer.concat([before, draws.bytes(draws.from(1, 20)), after]);
    }
  }
  return bytes;
}

/** What one case sends. */
export function rawCase(draws: Draws, world: RawWorld): Sending {
  let bytes: Buffer;
  if (draws.chance(0.02)) bytes = draws.bytes(draws.below(2_000));
  else {
    const count = draws.chance(0.12) ? draws.from(2, 6) : 1;
    bytes = Buffer.concat(Array.from({ length: count }, () => bytesOf(draws, requestOf(draws, world))));
    if (draws.chance(0.3)) bytes = mangle(draws, bytes);
  }
  const cuts = draws.chance(0.2)
    ? Array.from({ length: draws.from(1, 6) }, () => draws.below(bytes.length + 1)).sort((a, b) => a - b)
    : [];
  return { bytes, cuts, end: draws.chance(0.1) ? 'gone' : draws.chance(0.1) ? 'late' : 'half-close' };
}
