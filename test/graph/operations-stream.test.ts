/**
 * Following an operation over server-sent events, on real sockets: behind the checks of every other request, bounded,
 * and ending with what it follows, with its client, in time, and with the process.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { MOST_STREAMS_OF_CLIENT } from '../../src/admission/limits.js';
import type { Operation } from '../../src/domain/operation.js';
import { OperationError, type Operations } from '../../src/domain/operations.js';
import {
  anOperation,
  idOf,
  PARTNER,
  startScripted,
  WRITER,
  type ScriptedEdge,
} from '../support/scripted-operations.js';

/** Waits without timers: tests stop those. */
async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + 5_000;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`waited in vain until ${String(holds)}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

afterEach(() => {
  vi.useRealTimers();
});

const ID = idOf('ContractOperation', 'op-1');
const FOLLOW = `subscription ($id: ID!) { contractOperationChanged(id: $id) { state } }`;

interface Followed {
  readonly operations: Partial<Operations>;
  /** Tells all followers of a change. */
  move(state: Operation['state']): void;
  fail(): void;
  /** Followers at this moment. */
  readonly followers: Set<() => void>;
}

/** A journal with one operation that is followed until it is settled or nobody listens. */
function followed(): Followed {
  let current = anOperation({ state: 'PENDING' });
  let isBroken = false;
  const followers = new Set<() => void>();
  const wake = () => {
    for (const one of followers) one();
  };
  return {
    followers,
    move(state) {
      current = anOperation({ state });
      wake();
    },
    fail() {
      isBroken = true;
      wake();
    },
    operations: {
      byId: ({ slug }, id) => Promise.resolve(slug === 'sleepyco' && id === 'op-1' ? current : null),
      async *follow(_, __, signal) {
        let last = '';
        while (!signal.aborted) {
          let wakeUp: () => void = () => undefined;
          const changed = new Promise<void>((resolve) => (wakeUp = resolve));
          followers.add(wakeUp);
          signal.addEventListener('abort', wakeUp);
          try {
            if (isBroken) throw new OperationError('STORE_UNAVAILABLE', 'Not now.', { isRetryable: true });
            if (current.state !== last) yield current;
            last = current.state;
            if (current.state === 'SUCCEEDED') return;
            await changed;
          } finally {
            followers.delete(wakeUp);
          }
        }
      },
    },
  };
}

const open = (
  { edge }: ScriptedEdge,
  body: unknown = { query: FOLLOW, variables: { id: ID } },
  headers: Readonly<Record<string, string>> = {},
  init: RequestInit = {},
) =>
  fetch(`${edge.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      'x-api-key': WRITER,
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  });

/** Collects what comes. */
function listen(response: Response) {
  const seen = { text: '', isEnded: false };
  const ended = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? [])
      seen.text += decoder.decode(chunk as Uint8Array, { stream: true });
    seen.isEnded = true;
  })();
  ended.catch(() => undefined);
  return {
    get isEnded() {
      return seen.isEnded;
    },
    get text() {
      return seen.text;
    },
    get events() {
      return seen.text
        .split('\n\n')
        .filter((part) => part.startsWith('event: next'))
        .map((part) => JSON.parse(part.slice(part.indexOf('data: ') + 6)));
    },
    ended,
  };
}

const state = (value: string) => ({ data: { contractOperationChanged: { state: value } } });

describe('a stream', () => {
  it('tells the operation as it is and at every change, and ends when it is settled', async () => {
    const journal = followed();
    await using scripted = await startScripted(journal.operations);
    const response = await open(scripted);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    const heard = listen(response);
    await until(() => heard.events.length === 1);
    journal.move('UNKNOWN');
    await until(() => heard.events.length === 2);
    expect(heard.isEnded).toBe(false);
    journal.move('SUCCEEDED');
    await heard.ended;
    expect(heard.events).toEqual([state('PENDING'), state('UNKNOWN'), state('SUCCEEDED')]);
    expect(heard.text.trimEnd().endsWith('event: complete\ndata:')).toBe(true);
    expect(journal.followers.size).toBe(0);
    expect(scripted.edge.lines).toEqual([]);
  });

  it('reads for every event anew', async () => {
    const journal = followed();
    await using scripted = await startScripted(journal.operations);
    const query = FOLLOW.replace('{ state }', '{ target { id } }');
    const heard = listen(await open(scripted, { query, variables: { id: ID } }));
    await until(() => heard.events.length === 1);
    journal.move('SUCCEEDED');
    await heard.ended;
    expect(scripted.reads).toHaveLength(2);
  });

  it.each([
    ['does not exist', idOf('ContractOperation', 'op-2'), WRITER],
    [
      'is of a customer that the caller may not see',
      idOf('ContractOperation', 'op-1', 'harbourline'),
      PARTNER,
    ],
    ['is of nobody', idOf('ContractOperation', 'op-1', 'nobody'), PARTNER],
  ])('of an operation that %s is one null and the end', async (_, id, key) => {
    const journal = followed();
    await using scripted = await startScripted(journal.operations);
    const heard = listen(await open(scripted, { query: FOLLOW, variables: { id } }, { 'x-api-key': key }));
    await heard.ended;
    expect(heard.events).toEqual([{ data: { contractOperationChanged: null } }]);
  });

  it('of what is no id is an error with its code and request, and the end', async () => {
    await using scripted = await startScripted();
    const response = await open(scripted, { query: FOLLOW, variables: { id: 'rubbish' } });
    const heard = listen(response);
    await heard.ended;
    const [{ errors }] = heard.events;
    expect(errors).toEqual([
      expect.objectContaining({
        path: ['contractOperationChanged'],
        extensions: {
          code: 'BAD_USER_INPUT',
          retryable: false,
          requestId: response.headers.get('x-request-id'),
        },
      }),
    ]);
  });

  it('that breaks off says why, and not what only the log may know', async () => {
    const journal = followed();
    await using scripted = await startScripted(journal.operations);
    const heard = listen(await open(scripted));
    await until(() => heard.events.length === 1);
    journal.fail();
    await heard.ended;
    expect(heard.events[1].errors[0]).toMatchObject({
      message: 'Not now.',
      extensions: { code: 'STORE_UNAVAILABLE', retryable: true },
    });
  });

  it('whose reason to break off was not foreseen is masked', async () => {
    await using scripted = await startScripted({
      byId: () => Promise.resolve(anOperation()),

      async *follow() {
        throw new Error('a path and a password');
      },
    });
    const heard = listen(await open(scripted));
    await heard.ended;
    expect(heard.events[0].errors[0].extensions.code).toBe('INTERNAL');
    expect(heard.text).not.toContain('password');
    expect(JSON.stringify(scripted.edge.lines)).toContain('a path and a password');
  });
});

describe('what is no stream', () => {
  const refusal = async (response: Response) => {
    const { errors } = (await response.json()) as { errors: { message: string; extensions: object }[] };
    expect(errors[0]?.extensions).toMatchObject({ requestId: response.headers.get('x-request-id') });
    return { status: response.status, ...errors[0]?.extensions };
  };
  const BODY = JSON.stringify({ query: FOLLOW, variables: { id: ID } });

  it.each([
    ['a query', '{ organizations { totalCount } }', 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['what cannot be read', 'subscription {', 400, 'GRAPHQL_PARSE_FAILED'],
    ['too long', `subscription { ${'a '.repeat(5_000)} }`, 400, 'GRAPHQL_PARSE_FAILED'],
    ['nested without an end', `subscription { ${'a { '.repeat(2_400)}`, 400, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', 'subscription { nope }', 400, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'two fields',
      'subscription { a: contractOperationChanged(id: "x") { id } b: contractOperationChanged(id: "x") { id } }',
      400,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'skipped, perhaps',
      'subscription ($no: Boolean!) { contractOperationChanged(id: "x") @skip(if: $no) { id } }',
      400,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'skipped, perhaps, in a fragment',
      'subscription ($no: Boolean!) { ...F } fragment F on Subscription { ... @include(if: $no) { contractOperationChanged(id: "x") { id } } }',
      400,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'too deep',
      `subscription { contractOperationChanged(id: "x") { ${'organization { operations { nodes { '.repeat(4)} id ${'} } } '.repeat(4)} } }`,
      400,
      'OPERATION_TOO_COSTLY',
    ],
  ])('is %s', async (_, query, status, code) => {
    await using scripted = await startScripted();
    expect(await refusal(await open(scripted, { query }))).toMatchObject({ status, code, retryable: false });
  });

  it.each([
    ['an enum', '[SourceName!]', ['__proto__'], 'filter: { sources: $v }'],
    ['an enum in an object', 'CommitmentFilter', { sources: ['NOBODY'] }, 'filter: $v'],
    ['a day', 'Date', '2026-02-30', 'filter: { activeOn: $v }'],
    ['a number', 'Int!', 'one', 'first: $v'],
  ])('is asked for with a value that is not of %s, and told so', async (_, type, value, use) => {
    await using scripted = await startScripted(followed().operations);
    const query = `subscription ($id: ID!, $v: ${type}) { contractOperationChanged(id: $id) { organization { commitments(${use}) { nodes { id } } } } }`;
    const heard = listen(await open(scripted, { query, variables: { id: ID, v: value } }));
    await heard.ended;
    expect(heard.events).toMatchObject([
      { errors: [{ message: expect.stringContaining('$v'), extensions: { code: 'BAD_USER_INPUT' } }] },
    ]);
    expect(scripted.edge.lines).toEqual([]);
  });

  it('is a request without a key', async () => {
    await using scripted = await startScripted();
    const response = await open(scripted, BODY, { 'x-api-key': 'nobody' });
    expect(await refusal(response)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });

  it('is what a foreign page can make a browser send', async () => {
    await using scripted = await startScripted();
    for (const type of ['text/plain', 'text/plain; a=application/json', 'application/jsonx']) {
      expect(await refusal(await open(scripted, BODY, { 'content-type': type }))).toMatchObject({
        status: 415,
      });
    }
    const response = await fetch(
      `${scripted.edge.url}/graphql?query=${encodeURIComponent(FOLLOW)}&variables=${encodeURIComponent(`{"id":"${ID}"}`)}`,
      { headers: { accept: 'text/event-stream', 'x-api-key': WRITER } },
    );
    expect(await refusal(response)).toMatchObject({ status: 405 });
  });

  it('is a page of another site, where everybody on this machine may read', async () => {
    await using scripted = await startScripted();
    const { startEdge } = await import('../support/edge.js');
    await using demo = await startEdge({ isOwnName: (name) => name === '127.0.0.1' });
    const response = await open({ ...scripted, edge: demo }, BODY, { origin: 'https://elsewhere.example' });
    expect(await refusal(response)).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  });

  it.each(['', '[]', '{}', '{"query":1}', `{"query":"{__typename}","variables":[]}`, 'null'])(
    'is the body %j',
    async (body) => {
      await using scripted = await startScripted();
      expect(await refusal(await open(scripted, body))).toMatchObject({
        status: 400,
        code: 'BAD_USER_INPUT',
      });
    },
  );

  it('is a body that is too large', async () => {
    await using scripted = await startScripted();
    const body = JSON.stringify({ query: `${FOLLOW} #${'x'.repeat(128 * 1024)}` });
    expect(await refusal(await open(scripted, body))).toMatchObject({ status: 413 });
  });

  it.each(['application/json', '*/*', 'application/json, text/event-stream', 'text/event-stream, */*'])(
    'is a request that also takes a single answer: %s',
    async (accept) => {
      await using scripted = await startScripted();
      const query = '{ organizations { totalCount } }';
      const response = await open(scripted, { query }, { accept });
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ data: { organizations: { totalCount: 2 } } });
      const told = await open(scripted, BODY, { accept });
      expect(told.status).toBe(400);
      expect(await told.text()).toContain('send it with `Accept: text/event-stream`');
    },
  );
});

describe('the end of a stream', () => {
  it('comes with its client', async () => {
    const journal = followed();
    await using scripted = await startScripted(journal.operations);
    const leaving = new AbortController();
    const heard = listen(await open(scripted, undefined, {}, { signal: leaving.signal }));
    await until(() => heard.events.length === 1);
    expect(journal.followers.size).toBe(1);
    leaving.abort();
    await until(() => journal.followers.size === 0);
  });

  it('comes with a client that just goes away', async () => {
    const journal = followed();
    await using scripted = await startScripted(journal.operations);
    const { hostname, port } = new URL(scripted.edge.url);
    const socket: Socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    const body = JSON.stringify({ query: FOLLOW, variables: { id: ID } });
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\ncontent-type: application/json\r\nx-api-key: ${WRITER}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    await until(() => journal.followers.size === 1);
    socket.destroy();
    await until(() => journal.followers.size === 0);
  });

  it('comes with the process, and nothing waits for it', async () => {
    const journal = followed();
    await using scripted = await startScripted(journal.operations);
    const heard = listen(await open(scripted));
    await until(() => heard.events.length === 1);
    const started = performance.now();
    await scripted.edge.stop();
    expect(performance.now() - started).toBeLessThan(1_000);
    await heard.ended;
    expect(heard.text.trimEnd().endsWith('event: complete\ndata:')).toBe(true);
    expect(journal.followers.size).toBe(0);
  });

  it('comes after ten minutes, and until then something is sent now and then', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    const journal = followed();
    const scripted = await startScripted(journal.operations);
    const heard = listen(await open(scripted));
    await until(() => heard.events.length === 1);
    const before = heard.text.length;
    await vi.advanceTimersByTimeAsync(12_000);
    await until(() => heard.text.length > before);
    expect(heard.text.slice(before)).toBe(':\n\n');
    await vi.advanceTimersByTimeAsync(580_000);
    expect(heard.isEnded).toBe(false);
    await vi.advanceTimersByTimeAsync(10_000);
    vi.useRealTimers();
    await heard.ended;
    expect(heard.events).toEqual([state('PENDING')]);
    expect(heard.text.trimEnd().endsWith('event: complete\ndata:')).toBe(true);
    await scripted.edge.stop();
  });
});

it('a client keeps only so many open, and others are not in its way', async () => {
  const journal = followed();
  await using scripted = await startScripted(journal.operations);
  const leaving = new AbortController();
  const init = { signal: leaving.signal };
  const opened = await Promise.all(
    Array.from({ length: MOST_STREAMS_OF_CLIENT }, () => open(scripted, undefined, {}, init)),
  );
  const heard = opened.map(listen);
  await until(() => heard.every(({ events }) => events.length === 1));
  const refused = await open(scripted);
  expect(refused.status).toBe(429);
  expect(await refused.json()).toMatchObject({
    errors: [{ extensions: { code: 'RATE_LIMITED', retryable: true, retryAfterMs: 5_000 } }],
  });
  const other = listen(await open(scripted, undefined, { 'x-api-key': PARTNER }, init));
  await until(() => other.events.length === 1);
  leaving.abort();
  await until(() => journal.followers.size === 0);
  journal.move('SUCCEEDED');
  const again = listen(await open(scripted));
  await again.ended;
  expect(again.events).toEqual([state('SUCCEEDED')]);
});
