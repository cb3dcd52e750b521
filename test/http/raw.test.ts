/**
 * The edge over raw sockets: what is read in two ways, is too large, comes twice or comes slowly is refused, in the form
 * of every other refusal, and costs nobody else anything.
 */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authenticateClients } from '../../src/admission/principal.js';
import { systemTimers } from '../../src/upstream/timers.js';
import { clientOf } from '../support/clients.js';
import { emptyFolder } from '../support/documents-folder.js';
import { ask, startEdge, type TestEdge } from '../support/edge.js';
import { exchange, openRaw, type RawReply } from '../support/raw-client.js';
import { until } from '../support/until.js';

const KEY = 'key-of-the-portal-0123456789';
let edge: TestEdge;
beforeAll(async () => {
  edge = await startEdge({
    authenticate: authenticateClients([clientOf('portal', KEY, '*')]),
    documents: { folder: emptyFolder(), timers: systemTimers, modeOf: () => 'log' },
  });
});
afterAll(() => edge.stop());

const BODY = '{"query":"{ fine }"}';
const LENGTH = `Content-Length: ${BODY.length}\r\n`;
const HEAD = `POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Api-Key: ${KEY}\r\n`;
const JSON_TYPE = 'Content-Type: application/json\r\n';
const GOOD = `${HEAD}${JSON_TYPE}${LENGTH}\r\n${BODY}`;
const GET = `GET /graphql?query=%7Bfine%7D HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Api-Key: ${KEY}\r\n`;
const send = (text: string | Uint8Array) => exchange(edge.url, text);

function expectRefusal(reply: RawReply, status: number, code = 'BAD_USER_INPUT'): void {
  expect([reply.status, reply.body]).toEqual([status, expect.stringContaining('"errors"')]);
  expect(reply.count).toBe(1);
  expect(reply.headers['content-type']).toMatch(/^application\/(graphql-response\+)?json; charset=utf-8$/);
  expect(reply.headers['cache-control']).toBe('private, no-store');
  expectSecure(reply.headers);
  const { errors } = JSON.parse(reply.body) as { errors: { extensions: object }[] };
  expect(errors).toMatchObject([{ extensions: { code, requestId: reply.headers['x-request-id'] } }]);
}

function expectSecure(headers: RawReply['headers']): void {
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
  });
  for (const name of ['server', 'x-powered-by', 'set-cookie']) expect(headers).not.toHaveProperty(name);
}

it('what the tests below change is good without the change', async () => {
  const reply = await send(GOOD);
  expect([reply.status, JSON.parse(reply.body)]).toEqual([200, { data: { fine: 1 } }]);
  expectSecure(reply.headers);
});

describe('S92: a body is refused', () => {
  it.each(['gzip', 'deflate', 'br', 'zstd', 'GZIP', 'identity, gzip'])('in %s', async (encoding) => {
    const bomb = gzipSync(Buffer.alloc(10_000_000));
    const head = `${HEAD}${JSON_TYPE}Content-Encoding: ${encoding}\r\nContent-Length: ${bomb.length}\r\n\r\n`;
    expectRefusal(await send(Buffer.concat([Buffer.from(head), bomb])), 415);
  });

  it.each(['utf-7', 'utf-16', 'iso-8859-1', '"utf-7"', 'x'])('in %s', async (charset) => {
    const head = `${HEAD}Content-Type: application/json; charset=${charset}\r\n`;
    expectRefusal(await send(`${head}${LENGTH}\r\n${BODY}`), 415);
  });

  it.each([
    ['a byte of no character', [0xff]],
    ['a character that is cut off', [0xe2, 0x82]],
    ['a long form', [0xc0, 0xaf]],
    ['half of a pair', [0xed, 0xa0, 0x80]],
  ])('that has %s', async (_, bytes) => {
    const body = Buffer.concat([Buffer.from('{"query":"{ fine } #'), Buffer.from(bytes), Buffer.from('"}')]);
    const head = `${HEAD}${JSON_TYPE}Content-Length: ${body.length}\r\n\r\n`;
    expectRefusal(await send(Buffer.concat([Buffer.from(head), body])), 400);
  });
});

describe('S94: a client that sends slowly', () => {
  const times = { headersMs: 150, requestMs: 250, checkMs: 20 };

  it.each([
    ['nothing', ''],
    ['half of a line', 'POST /gra'],
    ['half of its headers', HEAD],
    ['half of its body', `${HEAD}${JSON_TYPE}${LENGTH}\r\n{"query`],
    ['half of its chunks', `${HEAD}${JSON_TYPE}Transfer-Encoding: chunked\r\n\r\n5\r\n{"que\r\n`],
  ])('and stops after %s is told so, and gone', async (_, text) => {
    await using slow = await startEdge({
      authenticate: authenticateClients([clientOf('portal', KEY, '*')]),
      times,
    });
    const reply = await exchange(slow.url, text);
    if (text === '') expect([0, 1]).toContain(reply.count);
    else expectRefusal(reply, 408);
  });

  it('byte by byte has no more time than in one piece', async () => {
    await using slow = await startEdge({ times });
    const connection = await openRaw(slow.url, 'GET / HTTP/1.1\r\n');
    const drip = setInterval(() => connection.socket.write('a'), 10);
    await connection.closed;
    clearInterval(drip);
    expect(connection.text).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('makes room for others of its address when a hundred wait like it, the oldest first', async () => {
    let now = 0;
    await using full = await startEdge({
      authenticate: authenticateClients([clientOf('portal', KEY, '*')]),
      timers: { now: () => now, after: () => ({ cancel: () => undefined }) },
    });
    const slow = await Promise.all(Array.from({ length: 100 }, () => openRaw(full.url, HEAD)));
    // Connections are accepted in their order: all of them are now.
    expect((await exchange(full.url, GOOD)).status).toBe(200);
    const gone = () => slow.filter(({ socket }) => socket.destroyed).length;
    now += 2_000;
    for (let n = 1; n <= 5; n += 1) {
      slow.push(await openRaw(full.url, HEAD));
      await until(`${n} are gone`, () => gone() === n);
    }
    expect(slow.findIndex(({ socket }) => !socket.destroyed)).toBe(5);
    expect((await exchange(full.url, GOOD)).status).toBe(200);
    await until('one more is gone', () => gone() === 6);
    for (const { socket } of slow) socket.destroy();
  });

  it('is not taken for one of many that come at once, or for one whose answer takes long', async () => {
    let now = 0;
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await using full = await startEdge(
      {
        authenticate: authenticateClients([clientOf('portal', KEY, '*')]),
        timers: { now: () => now, after: () => ({ cancel: () => undefined }) },
      },
      () => held,
    );
    const SLOW = '{"query":"{ slow }"}';
    const long = exchange(full.url, `${HEAD}${JSON_TYPE}Content-Length: ${SLOW.length}\r\n\r\n${SLOW}`);
    const many = await Promise.all(Array.from({ length: 150 }, () => openRaw(full.url)));
    expect((await exchange(full.url, GOOD)).status).toBe(200);
    expect(many.filter(({ socket }) => socket.destroyed)).toEqual([]);
    now += 5_000;
    expect((await exchange(full.url, GOOD)).status).toBe(200);
    release();
    expect((await long).status).toBe(200);
    for (const { socket } of many) socket.destroy();
  });
});

describe('S95: bytes that are read in two ways are refused and end the connection:', () => {
  const SMUGGLED = 'GET /graphql HTTP/1.1\r\nHost: x\r\n\r\n';
  it.each([
    ['a length and chunks', `${HEAD}${JSON_TYPE}${LENGTH}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['two lengths', `${HEAD}${JSON_TYPE}Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}   `],
    ['two lengths in one', `${HEAD}${JSON_TYPE}Content-Length: 5, 6\r\n\r\n{}   `],
    ['one length twice', `${HEAD}${JSON_TYPE}${LENGTH}${LENGTH}\r\n${BODY}`],
    [
      'chunks before something else',
      `${HEAD}${JSON_TYPE}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
    ],
    [
      'chunks twice',
      `${HEAD}${JSON_TYPE}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n`,
    ],
    ['a space before the colon', `${HEAD}${JSON_TYPE}Content-Length : ${BODY.length}\r\n\r\n${BODY}`],
    ['lines that end with a line feed alone', GOOD.replaceAll('\r\n', '\n')],
    ['a folded header', `${HEAD}${JSON_TYPE}X-A: 1\r\n 2\r\n${LENGTH}\r\n${BODY}`],
    ['no host', `POST /graphql HTTP/1.1\r\nX-Api-Key: ${KEY}\r\n${JSON_TYPE}${LENGTH}\r\n${BODY}`],
    [
      'an extension of a chunk that is 100 KB long',
      `${HEAD}${JSON_TYPE}Transfer-Encoding: chunked\r\n\r\n14;${'a'.repeat(100_000)}\r\n${BODY}\r\n0\r\n\r\n`,
    ],
    ['a length with a sign', `${HEAD}${JSON_TYPE}Content-Length: +${BODY.length}\r\n\r\n${BODY}`],
    ['a length in another base', `${HEAD}${JSON_TYPE}Content-Length: 0x14\r\n\r\n${BODY}`],
    ['a size of a chunk that is no number', `${HEAD}${JSON_TYPE}Transfer-Encoding: chunked\r\n\r\nzz\r\n`],
    ['a header with a control character', `${HEAD}X-A: a\u0000b\r\n${JSON_TYPE}${LENGTH}\r\n${BODY}`],
  ])('%s', async (_, text) => {
    // Whatever follows must not be taken for a request.
    const reply = await send(text + SMUGGLED);
    expect([400, 413]).toContain(reply.status);
    expectRefusal(reply, reply.status);
    expect(reply.headers['connection']).toBe('close');
  });
});

describe('S96: headers that are there twice are refused:', () => {
  it.each([
    ['Host', 'Host: y'],
    ['Authorization', 'Authorization: Bearer a\r\nAuthorization: Bearer b'],
    ['X-Api-Key', `x-api-key: ${KEY}`],
    ['Content-Type', 'Content-Type: application/json\r\ncontent-type: text/plain'],
    ['Content-Encoding', 'Content-Encoding: identity\r\nContent-Encoding: identity'],
    ['Cookie', 'Cookie: a=1\r\nCookie: a=2'],
    ['Origin', 'Origin: https://a.example\r\nOrigin: https://b.example'],
  ])('%s', async (name, lines) => {
    const type = name === 'Content-Type' ? '' : JSON_TYPE;
    const reply = await send(`${HEAD}${lines}\r\n${type}${LENGTH}\r\n${BODY}`);
    expectRefusal(reply, 400);
    expect(reply.body).toContain(name.toLowerCase());
    expect(reply.body).not.toContain(KEY);
  });

  it('before anybody is asked who it is, and by GET too', async () => {
    expectRefusal(await send(`${GET}Host: y\r\n\r\n`), 400);
  });

  it('and not those that may be, such as Accept', async () => {
    const lines =
      'Accept: application/json\r\nAccept: */*\r\nX-Forwarded-For: 1.2.3.4\r\nX-Forwarded-For: 5.6.7.8\r\n';
    expect((await send(`${HEAD}${lines}${JSON_TYPE}${LENGTH}\r\n${BODY}`)).status).toBe(200);
  });

  const many = (count: number) => Array.from({ length: count }, (_, i) => `a${i}: b\r\n`).join('');
  it('and more than 64 headers, however short', async () => {
    const own = HEAD.split('\r\n').length - 2 + 2;
    expect((await send(`${HEAD}${many(64 - own)}${JSON_TYPE}${LENGTH}\r\n${BODY}`)).status).toBe(200);
    expectRefusal(await send(`${HEAD}${many(65 - own)}${JSON_TYPE}${LENGTH}\r\n${BODY}`), 431);
    expectRefusal(await send(`${HEAD}${many(1_500)}${JSON_TYPE}${LENGTH}\r\n${BODY}`), 431);
    // Node forgets those after the two thousandth: none of ours may hide behind them.
    const short = Array.from({ length: 2_500 }, () => 'a:b\r\n').join('');
    expectRefusal(await send(`${GET}${short}Host: y\r\n\r\n`), 431);
  });
});

describe('S97: what is too large is refused', () => {
  it('as a header of 20 KB', async () => {
    expectRefusal(await send(`${HEAD}X-Long: ${'y'.repeat(20_000)}\r\n\r\n`), 431);
  });

  it('as a URL of 10 KB', async () => {
    expectRefusal(await send(GET.replace(' HTTP', `&x=${'y'.repeat(10_000)} HTTP`) + '\r\n'), 414);
    expect(
      (
        await send(
          `${GET.replace(' HTTP', `&x=${'y'.repeat(7_000)} HTTP`)}Apollo-Require-Preflight: 1\r\n\r\n`,
        )
      ).status,
    ).toBe(200);
  });

  it('as a body, by what it says and by what comes', async () => {
    expectRefusal(await send(`${HEAD}${JSON_TYPE}Content-Length: 1000000\r\n\r\n`), 413);
    const chunk = `8000\r\n${'x'.repeat(0x8000)}\r\n`;
    expectRefusal(
      await send(`${HEAD}${JSON_TYPE}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(6)}0\r\n\r\n`),
      413,
    );
  });
});

describe('S98: methods, paths and versions', () => {
  const request = (line: string, more = '') =>
    send(`${line}\r\nHost: x\r\nConnection: close\r\nX-Api-Key: ${KEY}\r\n${more}\r\n`);

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'SEARCH', 'PURGE'])(
    '%s is answered with 405 and what is taken',
    async (method) => {
      const reply = await request(`${method} /graphql HTTP/1.1`);
      expectRefusal(reply, 405);
      expect(reply.headers['allow']).toBe('GET, POST');
    },
  );

  it('TRACE echoes nothing', async () => {
    const reply = await request('TRACE /graphql HTTP/1.1', 'X-Echo: do-not-say-it\r\n');
    expect(reply.body).not.toContain('do-not-say-it');
    expect(reply.body).not.toContain(KEY);
    expectRefusal(await request('TRACE /elsewhere HTTP/1.1'), 404, 'NOT_FOUND');
  });

  it.each(['NONSENSE /graphql HTTP/1.1', 'GET /graphql HTTP/3.0', 'GET/graphqlHTTP/1.1'])(
    '%s is no HTTP',
    async (line) => {
      expectRefusal(await request(line), 400);
    },
  );

  it('CONNECT opens no tunnel', async () => {
    const reply = await request('CONNECT example.com:443 HTTP/1.1');
    expect(reply.status).not.toBe(200);
  });

  it.each(['/graphql/../graphql', '//graphql', '/graphql/', '/graphql;x', '/%67raphqlx', '/.git/config'])(
    '%s is not there',
    async (path) => {
      expectRefusal(await request(`GET ${path} HTTP/1.1`), 404, 'NOT_FOUND');
    },
  );

  it('HTTP/1.0 is served, and the connection closed', async () => {
    const reply = await exchange(
      edge.url,
      `POST /graphql HTTP/1.0\r\nHost: x\r\nX-Api-Key: ${KEY}\r\n${JSON_TYPE}${LENGTH}\r\n${BODY}`,
    );
    expect([reply.status, JSON.parse(reply.body)]).toEqual([200, { data: { fine: 1 } }]);
    expect(reply.headers['connection']).toBe('close');
  });

  it.each(['HTTP/0.9', 'HTTP/1.0', 'HTTP/1.1', 'HTTP/2.0'])(
    'S95: %s without a host is refused, and so is a host that is none',
    async (version) => {
      const more = `Connection: close\r\nX-Api-Key: ${KEY}\r\n${JSON_TYPE}${LENGTH}\r\n${BODY}`;
      expectRefusal(await exchange(edge.url, `POST /graphql ${version}\r\n${more}`), 400);
      for (const host of ['', 'a b', 'a/b', 'user@a', ':80', '[::1', 'a?b', 'a#b']) {
        expectRefusal(await exchange(edge.url, `POST /graphql ${version}\r\nHost: ${host}\r\n${more}`), 400);
      }
    },
  );

  it('what is expected beside 100-continue is refused', async () => {
    expectRefusal(await send(`${HEAD}Expect: miracles\r\n${JSON_TYPE}${LENGTH}\r\n${BODY}`), 417);
    const reply = await send(`${HEAD}Expect: 100-continue\r\n${JSON_TYPE}${LENGTH}\r\n${BODY}`);
    expect([reply.status, reply.count]).toEqual([100, 2]);
  });

  it('HTTP/2 without asking is not spoken', async () => {
    expect((await send('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')).status).toBe(400);
  });

  it('a WebSocket is refused, and where streams are is told', async () => {
    const upgrade =
      'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
    const reply = await send(
      `GET /graphql HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\n${upgrade}\r\n`,
    );
    expectRefusal(reply, 400);
    expect(reply.body).toContain('text/event-stream');
  });

  it('an upgrade to HTTP/2 is passed over, as servers may', async () => {
    const reply = await send(
      `${HEAD.replace('close', 'close, Upgrade, HTTP2-Settings')}Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n${JSON_TYPE}${LENGTH}\r\n${BODY}`,
    );
    expect([reply.status, reply.headers['upgrade']]).toEqual([200, undefined]);
  });
});

describe('S101: what a client says of itself', () => {
  it('changes neither who it is nor where it is', async () => {
    const lines = [
      'X-Forwarded-For: 127.0.0.1',
      'X-Real-IP: 127.0.0.1',
      'Forwarded: for=127.0.0.1;host=localhost;proto=https',
      'X-Forwarded-Host: localhost',
      'X-Forwarded-Proto: https',
      'X-Client: portal',
    ].join('\r\n');
    const anonymous = HEAD.replace(`X-Api-Key: ${KEY}\r\n`, '');
    expectRefusal(
      await send(`${anonymous}${lines}\r\n${JSON_TYPE}${LENGTH}\r\n${BODY}`),
      401,
      'UNAUTHENTICATED',
    );
    expect((await send(`${HEAD}${lines}\r\n${JSON_TYPE}${LENGTH}\r\n${BODY}`)).status).toBe(200);
  });

  it('opens no machine that answers to its own names alone', async () => {
    await using local = await startEdge({ isOwnName: (name) => name === 'localhost' });
    const spoofed = `POST /graphql HTTP/1.1\r\nHost: elsewhere.example\r\nX-Forwarded-Host: localhost\r\nConnection: close\r\n`;
    expectRefusal(await exchange(local.url, `${spoofed}${JSON_TYPE}${LENGTH}\r\n${BODY}`), 403, 'FORBIDDEN');
  });

  it('is no id of the request, whatever the header', async () => {
    const forged =
      'traceparent: 00-11111111111111111111111111111111-2222222222222222-01\r\ntracestate: a=b\r\nx-request-id: mine\r\n';
    const reply = await send(`${HEAD}${forged}${JSON_TYPE}${LENGTH}\r\n${BODY}`);
    expect(reply.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.stringify(reply)).not.toMatch(/1{32}|mine/);
  });

  it('reaches the log cut to 64 characters, and no line of the log is two', async () => {
    const lines = edge.lines.length;
    const name = 'N'.repeat(200);
    for (const operationName of [name, 'a\n{"level":60,"msg":"forged"}', '\u2028x', 'a'.repeat(70_000)]) {
      const response = await fetch(`${edge.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': KEY, 'graphql-client-name': name },
        body: JSON.stringify({ query: `query ${name} { fine }`, operationName }),
      });
      expect(response.status).toBeLessThan(500);
      await response.text();
    }
    await (await ask(edge.url, `query ${name} { broken }`, { 'x-api-key': KEY })).text();
    const told = JSON.stringify(edge.lines.slice(lines));
    expect(told).toContain('N'.repeat(64));
    expect(told).not.toMatch(/N{65}|forged|a{65}/);
  });
});
