/**
 * Loaded into a measured process before its program, to look at it from inside: how long its event loop stood still, and
 * what its processor time went into. SIGUSR2 begins, the next one ends and writes what was seen.
 */
import { openSync, readSync, renameSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { constants, monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';
import { setImmediate as afterTurn } from 'node:timers/promises';
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';

export interface SeenInside {
  /** Milliseconds that the loop was away, beyond the one that it was left alone for. */
  readonly longestMs: number;
  readonly p99Ms: number;
  /** Of the longest turn: all of it, and what its thread worked, and waited for a processor that others had. */
  readonly longestTurn: Turn | null;
  /** Bytes: what is in use after a collection, the most while it went on, and after a collection at the end. */
  readonly heap: { readonly before: number; readonly peak: number; readonly after: number } | null;
  /** `null` where the heap is not looked at. */
  readonly garbage: Garbage | null;
  /** As Chrome's tools read it; `null` where it was not wanted. */
  readonly profile: unknown;
  readonly cpuMs: number;
}

/** What work leaves behind. Runs of the same length tell the same, but for a percent or so: nothing here is time. */
export interface Garbage {
  /** Small collections of garbage: one for each time that the young generation was full. */
  readonly collections: number;
  /** Bytes that outlived small collections, and wait for the next full one. */
  readonly outlivingBytes: number;
  /** Full collections while it went on: what those took does not count. */
  readonly fullCollections: number;
}

interface Turn {
  readonly ms: number;
  readonly workedMs: number;
  readonly waitedMs: number;
}

const RESOLUTION_MS = 1;
const MICROSECONDS_A_SAMPLE = 200;
const file = process.env['BENCH_INSIDE_FILE'];
/** Needs --expose-gc. */
const isHeapSeen = process.env['BENCH_HEAP'] === '1';
const isProfiled = process.env['BENCH_PROFILE'] === '1';
const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
const session = new Session();
let cpuBefore = process.cpuUsage();
let isOn = false;

let heapBefore = 0;
let heapPeak = 0;
let sampler: NodeJS.Timeout | undefined;

function inUse(): number {
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics();
  return heap + external;
}

function collected(): number {
  global.gc?.();
  return inUse();
}

function inOldGeneration(): number {
  // What is in flight is gone after two.
  for (let n = 0; n < 2; n += 1) global.gc?.({ type: 'minor' });
  return getHeapSpaceStatistics()
    .filter(({ space_name: name }) => name === 'old_space' || name === 'large_object_space')
    .reduce((sum, { space_used_size: bytes }) => sum + bytes, 0);
}

let oldBefore = 0;
const collections = { minor: 0, full: 0 };
if (isHeapSeen) {
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { kind } = (
        entry as (typeof PerformanceEntry)['prototype'] & { readonly detail: { readonly kind: number } }
      ).detail;
      if (kind === constants.NODE_PERFORMANCE_GC_MINOR) collections.minor += 1;
      if (kind === constants.NODE_PERFORMANCE_GC_MAJOR) collections.full += 1;
    }
  }).observe({ entryTypes: ['gc'] });
}

/** What the system says of this thread; `null` where it does not tell. */
function createThreadTimes(): (() => readonly [workedMs: number, waitedMs: number]) | null {
  try {
    const file = openSync('/proc/thread-self/schedstat', 'r');
    const text = Buffer.alloc(128);
    return () => {
      const length = readSync(file, text, 0, text.length, 0);
      const [worked = 0, waited = 0] = text.toString('latin1', 0, length).split(' ').map(Number);
      return [worked / 1e6, waited / 1e6];
    };
  } catch {
    return null;
  }
}

const threadTimes = createThreadTimes();
let longestTurn: Turn | null = null;
let turns: NodeJS.Timeout | undefined;

/** A timer that is due each millisecond fires once in each turn. */
function watchTurns(times: NonNullable<typeof threadTimes>): void {
  longestTurn = null;
  let at = performance.now();
  let [worked, waited] = times();
  turns = setInterval(() => {
    const now = performance.now();
    const [workedNow, waitedNow] = times();
    const ms = now - at;
    if (ms > (longestTurn?.ms ?? 0))
      longestTurn = { ms, workedMs: workedNow - worked, waitedMs: waitedNow - waited };
    [at, worked, waited] = [now, workedNow, waitedNow];
  }, RESOLUTION_MS);
  turns.unref();
}

async function begin(): Promise<void> {
  if (isProfiled) {
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: MICROSECONDS_A_SAMPLE });
    await session.post('Profiler.start');
  }
  if (isHeapSeen) {
    heapBefore = collected();
    heapPeak = heapBefore;
    sampler = setInterval(() => {
      heapPeak = Math.max(heapPeak, inUse());
    }, 2);
    sampler.unref();
    oldBefore = inOldGeneration();
    await afterTurn(); // those were ours
    Object.assign(collections, { minor: 0, full: 0 });
  }
  if (threadTimes !== null && !isProfiled && !isHeapSeen) watchTurns(threadTimes);
  delays.enable();
  delays.reset();
  cpuBefore = process.cpuUsage();
}

async function end(into: string): Promise<void> {
  const { user, system } = process.cpuUsage(cpuBefore);
  delays.disable();
  clearInterval(sampler);
  clearInterval(turns);
  await afterTurn();
  const garbage: Garbage | null = isHeapSeen
    ? {
        collections: collections.minor,
        fullCollections: collections.full,
        outlivingBytes: inOldGeneration() - oldBefore,
      }
    : null;
  const profile: unknown = isProfiled ? (await session.post('Profiler.stop')).profile : null;
  const msOf = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
  const seen: SeenInside = {
    longestMs: msOf(delays.max),
    p99Ms: msOf(delays.percentile(99)),
    longestTurn,
    garbage,
    heap: isHeapSeen ? { before: heapBefore, peak: heapPeak, after: collected() } : null,
    profile,
    cpuMs: (user + system) / 1000,
  };
  // There at once and whole: somebody waits for it.
  writeFileSync(`${into}.part`, JSON.stringify(seen));
  renameSync(`${into}.part`, into);
}

if (file !== undefined) {
  process.on('SIGUSR2', () => {
    isOn = !isOn;
    void (isOn ? begin() : end(file));
  });
}
