/** One call through a gate, and what it cost in memory. Needs `--expose-gc`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { failure, SourceError } from '../../../../src/domain/failure.js';
import type { CredentialName } from '../../../../src/domain/scope.js';
import type { Endpoint } from '../../../../src/upstream/endpoint.js';
import { createGate } from '../../../../src/upstream/gate.js';
import { path, segment } from '../../../../src/upstream/path.js';
import { systemTimers } from '../../../../src/upstream/timers.js';
import { serveParent } from './processes.js';

export interface BombSettings {
  readonly url: string;
  /** What the call asks for. */
  readonly path: string;
  readonly timeoutMs: number;
}

export interface BombReport {
  /** Above the resident size before the call. */
  readonly peakBytes: number;
  /** The same after a collection. */
  readonly afterBytes: number;
  readonly ms: number;
  readonly outcome: string;
  /** Told by the system, not sampled. */
  readonly isPeakExact: boolean;
}

const WARM_UP_CALLS = 50;

/** Sets the process's peak back to what it holds now. False where the system does not let us. */
function forgetPeak(): boolean {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
    return true;
  } catch {
    return false;
  }
}

function peakBytes(): number | null {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}

async function settle(): Promise<void> {
  for (let i = 0; i < 5; i += 1) {
    global.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

serveParent(async ({ url, path: asked, timeoutMs }: BombSettings): Promise<BombReport> => {
  if (global.gc === undefined) throw new Error('needs --expose-gc');
  const gate = createGate(
    {
      source: 'CLOUDMC',
      url,
      timeoutMs,
      freshForMs: 0,
      staleForMs: 0,
      concurrency: 4,
      requestsPerSecond: null,
    },
    { clock: Date.now, timers: systemTimers },
  );
  const upstream = gate.createUpstream({
    authenticator: { headers: () => Promise.resolve({}), renew: () => false },
    judge: {
      failureOf: ({ status, isMalformed }) =>
        status === 200 && !isMalformed ? null : failure('UPSTREAM_MALFORMED', 'CLOUDMC'),
      isUnauthenticated: () => false,
    },
  });
  const endpoint: Endpoint<string, null> = {
    name: 'bomb',
    method: 'GET',
    path: (name) => path`${segment(/\w+/, name)}`,
    credential: 'key',
    wire: { parse: () => null },
    isShared: false,
  };
  const call = (name: string) =>
    upstream.call(endpoint, name, { kind: 'service', credential: 'x' as CredentialName }).then(
      () => 'read whole',
      (error: unknown) => (error instanceof SourceError ? error.failure.code : String(error)),
    );

  for (let i = 0; i < WARM_UP_CALLS; i += 1) await call('small');
  await settle();
  const before = process.memoryUsage.rss();
  const isPeakExact = forgetPeak();
  let sampled = before;
  const sampler = setInterval(() => {
    sampled = Math.max(sampled, process.memoryUsage.rss());
  }, 2);
  const started = performance.now();
  const outcome = await call(asked);
  const ms = performance.now() - started;
  const peak = Math.max(sampled, process.memoryUsage.rss(), isPeakExact ? (peakBytes() ?? 0) : 0);
  clearInterval(sampler);
  await settle();
  const after = process.memoryUsage.rss();
  await gate.close();
  return { peakBytes: peak - before, afterBytes: after - before, ms, outcome, isPeakExact };
});
