/**
 * A vendor's API on a real port of 127.0.0.1, and the place where things can be made to go wrong.
 *
 * Guarantees: every call is recorded, faulted or not; `stop()` leaves no socket open and the port refuses until
 * `start()` takes the same port again; a handler that throws is answered with 500 and never takes the process along.
 * Refuses bodies above 1 MB (413).
 *
 * From a shell, with the emulator's url in $E:
 *
 *     curl $E/__control/calls                         # what was asked, credentials redacted
 *     curl -X DELETE $E/__control/calls               # forget it
 *     curl $E/__control/faults                        # the rules in force
 *     curl -X DELETE $E/__control/faults              # all well again
 *     curl -X POST $E/__control/reset                 # state, behaviour, calls and faults back to the beginning
 *     curl "$E/__control/ledger?after=12"             # what was really done, by all emulators, since entry 12
 *     curl $E/__control/behaviour                     # what the vendor decides one way or another
 *     curl -X PUT $E/__control/behaviour -d '{"outcome": "REVIEW"}'
 *
 *     # the next two calls for commitments are refused, after one that passes
 *     curl -X PUT $E/__control/faults -d '[{"match": {"method": "GET", "path": "/commitments"}, "skip": 1, "times": 2,
 *       "fault": {"kind": "refuse", "status": 503, "json": {"error": "down"}}}]'
 *     # everything takes two seconds and then stops in the middle of the body
 *     curl -X PUT $E/__control/faults -d '{"fault": [{"kind": "slow", "ms": 2000}, {"kind": "cut", "afterBytes": 40}]}'
 *     # the vendor did it, but its answer never comes
 *     curl -X PUT $E/__control/faults -d '{"match": {"method": "POST"}, "fault": {"kind": "silent", "applied": true}}'
 *     # a status that nobody knows
 *     curl -X PUT $E/__control/faults -d '{"fault": {"kind": "schema", "set": {"status": "hibernating"}}}'
 *
 * PUT replaces the whole script by one rule or a list of them. All kinds: `faults.ts`.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CallLog, type RecordedCall } from './call-log.js';
import { control, isControl } from './control.js';
import { deliver } from './deliver.js';
import { writeReply } from './distort.js';
import { type Fault, FaultScript } from './faults.js';
import { createLedger, type Effect, type Ledger } from './ledger.js';
import type {
  BackendApi,
  BackendName,
  Behaviour,
  Clock,
  EmulatedReply,
  EmulatedRequest,
  Report,
} from './types.js';
import { BehaviourError } from './types.js';

const MAX_BODY_BYTES = 1_048_576;

export interface EmulatorOptions {
  /** A free one when left out. */
  readonly port?: number;
  readonly clock?: Clock;
  /** Shared by the emulators of a sandbox; one of its own when left out. */
  readonly ledger?: Ledger;
}

/** Makes the vendor, given where to tell what it did. */
export type MakeApi = (report: Report) => BackendApi;

export interface Emulator {
  readonly name: BackendName;
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Live, in order of arrival. */
  readonly calls: readonly RecordedCall[];
  readonly faults: FaultScript;
  clearCalls(): void;
  /** What this vendor really did, in order. No reset takes it away. */
  effects(): readonly Effect[];
  /** See the emulator's own file for what can be set. Throws `BehaviourError`. */
  behave(settings: Readonly<Record<string, unknown>>): void;
  /** State, behaviour, calls and faults back to the beginning; the ledger stays. */
  reset(): void;
  stop(): Promise<void>;
  start(): Promise<void>;
}

export async function startEmulator(
  make: BackendApi | MakeApi,
  options: EmulatorOptions = {},
): Promise<Emulator> {
  const { clock = Date.now, ledger = createLedger() } = options;
  const api: BackendApi =
    typeof make === 'function' ? make((change) => ledger.record(api.name, clock(), change)) : make;
  const behaviour = api.behaviour ?? NONE;
  const log = new CallLog();
  const faults = new FaultScript();
  const reset = (): void => {
    api.reset();
    log.clear();
    faults.clear();
  };
  const handler = (request: IncomingMessage, response: ServerResponse): void => {
    void answer(request, response, { api, log, faults, clock, ledger, behaviour, reset });
  };

  let server = await listen(handler, options.port ?? 0);
  const { port } = server.address() as AddressInfo;

  return {
    name: api.name,
    url: `http://127.0.0.1:${port}`,
    port,
    get calls() {
      return log.calls;
    },
    faults,
    clearCalls: () => log.clear(),
    effects: () => ledger.effects.filter(({ backend }) => backend === api.name),
    behave: (settings) => behaviour.set(settings),
    reset,
    async stop() {
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
    async start() {
      if (!server.listening) server = await listen(handler, port);
    },
  };
}

const NONE: Behaviour = {
  get: () => ({}),
  set(settings) {
    const [name] = Object.keys(settings);
    if (name !== undefined) throw new BehaviourError(`${name}: this vendor decides nothing`);
  },
};

function listen(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
  port: number,
): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(handler);
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

interface Context {
  readonly api: BackendApi;
  readonly log: CallLog;
  readonly faults: FaultScript;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly behaviour: Behaviour;
  reset(): void;
}

async function answer(incoming: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  // A client that leaves in the middle is one of the things to be tried, not an error of the emulator.
  response.on('error', () => undefined);
  const { method = 'GET', url = '/' } = incoming;
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1));
  const headers = flatHeaders(incoming);

  if (isControl(path)) {
    const body = await readBody(incoming);
    const reply =
      body === null ? TOO_LARGE : safely(() => control(context, { method, path, query, headers, body }));
    deliver(response, writeReply(reply, []), [], () => undefined);
    return;
  }

  // Recorded before anything can fail; the fault is drawn now too, so that rules are used up in order of arrival.
  const call = context.log.arrived({ method, path, query, headers, at: context.clock() });
  const faults = context.faults.take({ method, path, query });
  if (faults.length > 0) call.faults = faults.map(({ kind }) => kind);

  let body: string | null;
  try {
    body = await readBody(incoming);
  } catch {
    return;
  }
  if (body !== null && body !== '' && (headers['content-type'] ?? '').includes('json')) call.body = body;
  const reply =
    body === null ? TOO_LARGE : replyTo({ method, path, query, headers, body }, faults, context.api);
  deliver(response, writeReply(reply, faults), faults, (status) => {
    call.status = status;
  });
}

const TOO_LARGE: EmulatedReply = {
  status: 413,
  headers: { connection: 'close' },
  json: { error: 'Request body larger than 1 MB' },
};

/** Asks the vendor unless a fault stands in the way; `applied` faults let it work and then hide what it said. */
function replyTo(request: EmulatedRequest, faults: readonly Fault[], api: BackendApi): EmulatedReply {
  let standIn: EmulatedReply | undefined;
  let applied = true;
  for (const fault of faults) {
    if (fault.kind === 'refuse') {
      standIn ??= {
        status: fault.status,
        ...(fault.headers && { headers: fault.headers }),
        ...(fault.json !== undefined && { json: fault.json }),
      };
    } else if (fault.kind === 'rate-limit') {
      standIn ??= {
        status: 429,
        headers:
          fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) },
        json: fault.json ?? { error: 'Too many requests' },
      };
      applied = false;
    }
    if (fault.kind === 'refuse' || fault.kind === 'silent' || fault.kind === 'reset') {
      applied &&= fault.applied ?? false;
    }
  }
  const reply = applied ? safely(() => api.handle(request)) : { status: 200 };
  return standIn ?? reply;
}

function safely(work: () => EmulatedReply): EmulatedReply {
  try {
    return work();
  } catch (error) {
    return {
      status: 500,
      json: { error: `the emulator failed: ${error instanceof Error ? error.message : 'unknown'}` },
    };
  }
}

function flatHeaders(incoming: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

/** `null` when it is too large; what is left of it is read and thrown away, so that the refusal arrives. */
async function readBody(incoming: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size > MAX_BODY_BYTES ? null : Buffer.concat(chunks).toString('utf8');
}
