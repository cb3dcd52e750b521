/**
 * How many requests does a failing backend get for each call? 5,000 calls through a real gate at each failure rate, to a
 * plain HTTP server that fails at random: half of the failures are a 503, half a broken connection. Waits are left out
 * (`random` gives 0), so that nothing but the budget holds repetitions back.
 *
 * The breaker would hide the budget: from a rate of about a half it stops the calls themselves. So every call carries a
 * credential of its own: a breaker belongs to a credential, and three attempts are too few to open one. The same is
 * then measured with one credential, as it is in production: a call counts if an attempt of it was sent, whatever became
 * of it. Refuses to trust the gate's own count: each call has a path of its own, and calls and attempts are those that
 * the server saw.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { failure, SourceError } from '../../../src/domain/failure.js';
import type { CredentialName } from '../../../src/domain/scope.js';
import { chanceOf } from '../../../src/sandbox/random.js';
import type { Endpoint } from '../../../src/upstream/endpoint.js';
import { createGate } from '../../../src/upstream/gate.js';
import { path, segment } from '../../../src/upstream/path.js';
import { systemTimers } from '../../../src/upstream/timers.js';
import type { Figure, Options, Outcome } from './support/report.js';

const RATES = [0, 0.01, 0.05, 0.1, 0.3, 0.5, 0.9, 1] as const;
const CALLS = 5_000;
const PARALLEL = 32;
const LIMIT = 1.1;

interface Counted {
  readonly rate: number;
  readonly calls: number;
  /** Calls of which at least one attempt was sent. */
  readonly sent: number;
  readonly attempts: number;
  readonly succeeded: number;
  readonly ratio: number;
}

async function count(rate: number, calls: number, hasBreaker: boolean): Promise<Counted> {
  const chance = chanceOf(`amplification ${rate}`);
  let attempts = 0;
  const seen = new Set<string | undefined>();
  const server = createServer((request, response) => {
    attempts += 1;
    seen.add(request.url);
    request.resume();
    if (chance.fraction() >= rate) {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    } else if (chance.fraction() < 0.5) {
      response.writeHead(503, { 'content-type': 'application/json' }).end('{}');
    } else request.socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const gate = createGate(
    {
      source: 'CLOUDMC',
      url: `http://127.0.0.1:${port}`,
      timeoutMs: 10_000,
      freshForMs: 0,
      staleForMs: 0,
      concurrency: PARALLEL,
      requestsPerSecond: null,
    },
    { clock: Date.now, timers: systemTimers, random: () => 0 },
  );
  const upstream = gate.createUpstream({
    authenticator: { headers: () => Promise.resolve({}), renew: () => false },
    judge: {
      failureOf: ({ status }) => (status === 200 ? null : failure('UPSTREAM_UNAVAILABLE', 'CLOUDMC')),
      isUnauthenticated: () => false,
    },
  });
  const endpointOf = (credential: string): Endpoint<number, unknown> => ({
    name: 'counted',
    method: 'GET',
    path: (number) => path`counted/${segment(/\d+/, String(number))}`,
    credential,
    wire: { parse: (body) => body },
    isShared: false,
  });

  let asked = 0;
  let succeeded = 0;
  try {
    await Promise.all(
      Array.from({ length: PARALLEL }, async () => {
        while (asked < calls) {
          const number = asked;
          const endpoint = endpointOf(hasBreaker ? 'one' : `credential ${number}`);
          asked += 1;
          try {
            await upstream.call(endpoint, number, { kind: 'service', credential: 'x' as CredentialName });
            succeeded += 1;
          } catch (error) {
            if (!(error instanceof SourceError)) throw error;
            if (error.failure.code === 'CIRCUIT_OPEN') {
              // Otherwise all calls would be over before the breaker lets the first probe through.
              await new Promise((resolve) => setTimeout(resolve, 1));
            }
          }
        }
      }),
    );
  } finally {
    await gate.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  const sent = seen.size;
  return {
    rate,
    calls: asked,
    sent,
    attempts,
    succeeded,
    ratio: Math.round((attempts / sent) * 1000) / 1000,
  };
}

export const limitMs = (): number => 180_000;

export async function measure({ count: given }: Options): Promise<Outcome> {
  const calls = given ?? CALLS;
  const figures: Figure[] = [];
  const counted: Counted[] = [];
  const withBreaker: Counted[] = [];
  for (const rate of RATES) {
    const one = await count(rate, calls, false);
    counted.push(one);
    figures.push({
      what: `attempts for each call at a failure rate of ${rate}`,
      measured: `${one.ratio.toFixed(3)} (${one.attempts} / ${one.sent}; ${one.succeeded} succeeded)`,
      limit: LIMIT.toFixed(2),
      isKept: one.sent === calls && one.ratio <= LIMIT,
    });
    const shielded = await count(rate, calls, true);
    withBreaker.push(shielded);
    figures.push({
      what: 'the same with the breaker at work',
      measured: `${shielded.ratio.toFixed(3)} (${shielded.attempts} / ${shielded.sent} of ${calls} were sent)`,
      limit: LIMIT.toFixed(2),
      isKept: shielded.sent > 0 && shielded.ratio <= LIMIT,
    });
  }
  return {
    figures,
    notes: [],
    data: { calls, counted, withBreaker },
  };
}
