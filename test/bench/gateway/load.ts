/**
 * The load, in a process of its own: so many connections, each of which asks again when it is answered. Bytes that were
 * made before, on bare sockets, so that the client costs as little as it can.
 *
 * Guarantees: an answer counts only if its status is 200 and its body has the length that the same request had when all
 * answers were compared. Whoever is told to come back later (503) does, as a good client would, and is counted. Refuses to
 * be an open loop: it measures what can be done at most, and the time it takes then.
 */
import { connect } from 'node:net';
import { serveParent } from './child.js';

export interface LoadRequest {
  readonly body: string;
  /** Bytes of the answer's body; `null`: any. */
  readonly length: number | null;
}

export interface LoadSettings {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** In turn, each connection from another one on. */
  readonly requests: readonly LoadRequest[];
  readonly connections: number;
  readonly seconds: number;
  /** Ends when so many are answered, if that is sooner. */
  readonly most?: number;
  /**
   * Counts from the first request on. Otherwise it does from when every connection had an answer: a server takes one new
   * connection in a turn of its event loop, and how long turns are under load is not what is asked.
   */
  readonly isFromTheFirst?: boolean;
}

export interface LoadReport {
  /** As they should be; the times are theirs. */
  readonly answered: number;
  /** Whatever came back, and from the first request on. */
  readonly all: number;
  /** Answers that were not what they should be, and connections that were lost. */
  readonly failed: number;
  readonly seconds: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Told to come back later. */
  readonly turnedAway: number;
  /** The first thing that went wrong. */
  readonly problem: string | null;
}

/** What the gateway says in `Retry-After`. */
const RETRY_AFTER_MS = 1_000;
const END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');

/** Then it is counted, whoever still waits for a first answer. */
const LONGEST_SETTLING_MS = 10_000;

interface Running {
  readonly times: number[];
  left: number;
  all: number;
  failed: number;
  turnedAway: number;
  problem: string | null;
  /** Connections without an answer. */
  waiting: number;
  /** By `performance.now()`; those that are sent before it are not counted. `null`: some still wait. */
  beganAt: number | null;
  endsAt: number;
}

function begin(run: Running, seconds: number): void {
  run.beganAt = performance.now();
  run.endsAt = run.beganAt + seconds * 1000;
}

/** One connection until the time is over. */
function converse(
  at: number,
  { url, requests, seconds }: LoadSettings,
  prepared: readonly Buffer[],
  run: Running,
): Promise<void> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    let next = at;
    let sentAt = 0;
    let current = 0;
    // Of the answer that is coming in.
    let status = 0;
    let missing = -1;
    let length = 0;
    let isChunked = false;
    let head: Buffer | null = null;

    let isNew = true;
    const isCounted = () => run.beganAt !== null && sentAt >= run.beganAt;
    /** It has been answered, or never will be. */
    const settle = () => {
      if (!isNew) return;
      isNew = false;
      run.waiting -= 1;
      if (run.waiting === 0 && run.beganAt === null) begin(run, seconds);
    };
    const fail = (problem: string) => {
      run.failed += 1;
      run.problem ??= problem;
    };
    const ask = () => {
      if (performance.now() >= run.endsAt || run.left <= 0) {
        socket.end();
        socket.destroy();
        resolve();
        return;
      }
      run.left -= 1;
      current = next % prepared.length;
      next += 1;
      missing = -1;
      head = null;
      isChunked = false;
      sentAt = performance.now();
      const bytes = prepared[current];
      if (bytes !== undefined) socket.write(bytes);
    };
    const comeBackLater = () => {
      if (isCounted()) run.turnedAway += 1;
      setTimeout(ask, Math.min(RETRY_AFTER_MS, Math.max(0, run.endsAt - performance.now())));
    };
    const done = () => {
      run.all += 1;
      settle();
      if (status === 503) {
        comeBackLater();
        return;
      }
      const wanted = requests[current]?.length ?? null;
      if (status !== 200) fail(`status ${status}`);
      else if (wanted !== null && !isChunked && wanted !== length)
        fail(`an answer of ${length} bytes instead of ${wanted}`);
      else if (isCounted()) run.times.push(performance.now() - sentAt);
      ask();
    };
    const readHead = (chunk: Buffer): void => {
      const all = head === null ? chunk : Buffer.concat([head, chunk]);
      const end = all.indexOf(END);
      if (end < 0) {
        head = all;
        return;
      }
      const text = all.toString('latin1', 0, end);
      status = Number(text.slice(9, 12));
      const said = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
      const body = all.subarray(end + 4);
      if (said === undefined) {
        isChunked = true;
        missing = 0;
        if (body.subarray(-5).equals(LAST_CHUNK)) done();
        return;
      }
      length = Number(said);
      missing = length - body.length;
      if (missing === 0) done();
    };
    socket.on('data', (chunk) => {
      if (missing < 0) readHead(chunk);
      else if (isChunked) {
        if (chunk.subarray(-5).equals(LAST_CHUNK)) done();
      } else {
        missing -= chunk.length;
        if (missing === 0) done();
      }
    });
    socket.on('connect', ask);
    socket.on('error', (error) => {
      settle();
      fail(error.message);
      resolve();
    });
    socket.on('close', () => {
      settle();
      if (performance.now() < run.endsAt && run.left > 0) fail('a connection was closed');
      resolve();
    });
  });
}

function bytesOf({ body }: LoadRequest, { url, headers }: LoadSettings): Buffer {
  const said = Object.entries({
    host: new URL(url).host,
    'content-type': 'application/json',
    accept: 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  });
  return Buffer.from(
    `POST /graphql HTTP/1.1\r\n${said.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`,
  );
}

async function load(settings: LoadSettings): Promise<LoadReport> {
  const prepared = settings.requests.map((request) => bytesOf(request, settings));
  const run: Running = {
    times: [],
    left: settings.most ?? Infinity,
    all: 0,
    failed: 0,
    turnedAway: 0,
    problem: null,
    waiting: settings.connections,
    beganAt: null,
    endsAt: Infinity,
  };
  const late = setTimeout(() => {
    if (run.beganAt === null) begin(run, settings.seconds);
  }, LONGEST_SETTLING_MS);
  if (settings.isFromTheFirst === true) begin(run, settings.seconds);
  const count = settings.connections;
  await Promise.all(Array.from({ length: count }, (_, at) => converse(at, settings, prepared, run)));
  clearTimeout(late);
  const seconds = (performance.now() - (run.beganAt ?? performance.now())) / 1000;
  const sorted = Float64Array.from(run.times).sort();
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
  const { failed, turnedAway, problem } = run;
  return {
    answered: sorted.length,
    all: run.all,
    failed,
    turnedAway,
    seconds,
    p50: rank(0.5),
    p99: rank(0.99),
    max: rank(1),
    problem,
  };
}

// Settings come with each question: one process serves all rounds.
serveParent<object, LoadSettings, LoadReport>(() => Promise.resolve({ ready: {}, answer: load }));
