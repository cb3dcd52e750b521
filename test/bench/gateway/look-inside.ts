/** The other side of `inside.ts`. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Inside, Programs } from './contestants.js';
import type { SeenInside } from './inside.js';

const PATIENCE_MS = 30_000;
/** Until the signal has arrived and the profiler runs. */
const SETTLING_MS = 300;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export interface Look extends Disposable {
  /** For the start of the process. */
  readonly inside: Inside;
  /** What was seen of the process while `work` went on. Rejects if it tells nothing. */
  during(pid: number, work: () => Promise<void>): Promise<SeenInside>;
}

export function createLook(
  programs: Programs,
  {
    isProfiled = false,
    isHeapSeen = false,
  }: { readonly isProfiled?: boolean; readonly isHeapSeen?: boolean },
): Look {
  const folder = mkdtempSync(join(tmpdir(), 'bench-inside-'));
  const file = join(folder, 'seen.json');
  return {
    inside: {
      flags: [...(isHeapSeen ? ['--expose-gc'] : []), '--import', pathToFileURL(programs.own('inside')).href],
      environment: {
        BENCH_INSIDE_FILE: file,
        BENCH_PROFILE: isProfiled ? '1' : '0',
        BENCH_HEAP: isHeapSeen ? '1' : '0',
      },
    },
    async during(pid, work) {
      process.kill(pid, 'SIGUSR2');
      await pause(SETTLING_MS);
      await work();
      process.kill(pid, 'SIGUSR2');
      const until = performance.now() + PATIENCE_MS;
      while (!existsSync(file)) {
        if (performance.now() > until) throw new Error('the measured process tells nothing of itself');
        await pause(50);
      }
      const seen = JSON.parse(readFileSync(file, 'utf8')) as SeenInside;
      rmSync(file);
      return seen;
    },
    [Symbol.dispose]: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
