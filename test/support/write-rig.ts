/**
 * A gate before an HTTP server on a real socket, for writes: each request is recorded whole, and a script says what
 * becomes of it, on the wire.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { UpstreamOptions } from '../../src/backends/deps.js';
import type { SourceName } from '../../src/domain/source.js';
import type { WritableUpstream } from '../../src/upstream/endpoint.js';
import { createGate, type Gate, type GateSettings } from '../../src/upstream/gate.js';
import { systemTimers, type Timers } from '../../src/upstream/timers.js';

export interface WireRequest {
  readonly method: string;
  /** With query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export type Script = (request: WireRequest, response: ServerResponse, socket: Socket) => void | Promise<void>;

export interface WriteRig extends AsyncDisposable {
  readonly gate: Gate;
  readonly url: string;
  /** In order of arrival, once their bodies are there. */
  readonly requests: readonly WireRequest[];
  /** What becomes of requests from now on. */
  script: Script;
  readonly createUpstream: (options: UpstreamOptions) => WritableUpstream;
  /** Stops listening; the port then refuses. */
  refuse(): Promise<void>;
}

/** Answers everything with that. */
export function answering(status: number, body = '', type = 'application/json'): Script {
  return (_request, response) => {
    response.writeHead(status, body === '' ? {} : { 'content-type': type }).end(body);
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** `basePath`: below it hang the paths of the backend, such as `/api/v2`. */
export async function writeRig(
  options: {
    readonly source?: SourceName;
    readonly basePath?: string;
    readonly settings?: Partial<GateSettings>;
    readonly clock?: () => number;
    readonly timers?: Timers;
    readonly script?: Script;
  } = {},
): Promise<WriteRig> {
  const { source = 'CLOUDMC', basePath = '', clock = Date.now, timers = systemTimers } = options;
  const requests: WireRequest[] = [];
  let script: Script = options.script ?? answering(500);
  const server = createServer((incoming, response) => {
    response.on('error', () => undefined);
    void bodyOf(incoming).then(
      (body) => {
        const { method = '', url: path = '', headers } = incoming;
        const request = { method, path, headers, body };
        requests.push(request);
        return script(request, response, incoming.socket);
      },
      () => undefined, // left in the middle of its body
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}${basePath}`;
  const gate = createGate(
    {
      source,
      url,
      timeoutMs: 2_000,
      writeTimeoutMs: 2_000,
      freshForMs: 0,
      staleForMs: 0,
      concurrency: 16,
      requestsPerSecond: null,
      ...options.settings,
    },
    { clock, timers, random: () => 0.5 },
  );
  const refuse = async () => {
    if (!server.listening) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  };
  return {
    gate,
    url,
    requests,
    get script() {
      return script;
    },
    set script(next) {
      script = next;
    },
    createUpstream: (given) => gate.createUpstream(given),
    refuse,
    [Symbol.asyncDispose]: async () => {
      await gate.close();
      await refuse();
    },
  };
}
