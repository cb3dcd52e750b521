/** A gate before an HTTP server on a real socket, whose replies a test writes one by one. Nothing is kept or repeated by it. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { failure, SourceError } from '../../src/domain/failure.js';
import type { CredentialName, Scope } from '../../src/domain/scope.js';
import type { SourceName } from '../../src/domain/source.js';
import type { Authenticator, Endpoint, Judge, Upstream } from '../../src/upstream/endpoint.js';
import { createGate, type Gate, type GateSettings } from '../../src/upstream/gate.js';
import { path, segment } from '../../src/upstream/path.js';
import { systemTimers, type Timers } from '../../src/upstream/timers.js';

export interface GateRig extends AsyncDisposable {
  readonly gate: Gate;
  readonly upstream: Upstream;
  /** Requests so far, by their path. */
  readonly asked: readonly string[];
  /** Requests that wait for a reply, oldest first. */
  readonly held: readonly ServerResponse[];
  /** Replies to all that wait; and to all that come, unless told to hold them again. */
  reply(status: number): void;
  hold(): void;
  /** The code of its failure, or its answer. */
  read(id: string, changes?: Partial<Endpoint<{ id: string }, unknown>>): Promise<unknown>;
}

export const SCOPE: Scope = { kind: 'service', credential: 'test' as CredentialName };

export const THING: Endpoint<{ id: string }, unknown> = {
  name: 'thing',
  method: 'GET',
  path: ({ id }) => path`${segment(/[a-z0-9-]+/, id)}`,
  credential: 'key',
  isShared: false,
  wire: { parse: (body) => body },
};

const judgeOf = (source: SourceName): Judge => ({
  failureOf: ({ status }) => {
    if (status === 429) return failure('UPSTREAM_RATE_LIMITED', source);
    return status === 200 ? null : failure('UPSTREAM_UNAVAILABLE', source);
  },
  isUnauthenticated: () => false,
});

/** Holds every request until it is told what to reply. */
export async function gateRig(
  settings: Partial<GateSettings> = {},
  timers: Timers = systemTimers,
  headers: Authenticator['headers'] = () => Promise.resolve({}),
): Promise<GateRig> {
  const asked: string[] = [];
  let held: ServerResponse[] = [];
  let status: number | null = null;
  const end = (response: ServerResponse, code: number) =>
    response.writeHead(code, { 'content-type': 'application/json' }).end('{"is":"there"}');
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.on('close', () => {
      held = held.filter((other) => other !== response);
    });
    request.resume();
    if (status === null) held.push(response);
    else end(response, status);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const gate = createGate(
    {
      source: 'CLOUDMC',
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      timeoutMs: 60_000,
      freshForMs: 0,
      staleForMs: 0,
      concurrency: 16,
      requestsPerSecond: null,
      ...settings,
    },
    { clock: Date.now, timers, random: () => 0.5 },
  );
  const upstream = gate.createUpstream({
    authenticator: { headers, renew: () => false },
    judge: judgeOf(settings.source ?? 'CLOUDMC'),
  });
  return {
    gate,
    upstream,
    asked,
    get held() {
      return held;
    },
    reply(code) {
      status = code;
      for (const response of held) end(response, code);
    },
    hold() {
      status = null;
    },
    read: (id, changes = {}) => outcomeOf(upstream.call({ ...THING, ...changes }, { id }, SCOPE)),
    async [Symbol.asyncDispose]() {
      await gate.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The code of its failure, or what it came to. */
export async function outcomeOf(calling: Promise<{ readonly body: unknown }>): Promise<unknown> {
  try {
    return (await calling).body;
  } catch (error) {
    if (error instanceof SourceError) return error.failure.code;
    throw error;
  }
}
