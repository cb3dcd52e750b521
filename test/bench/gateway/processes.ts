/**
 * The processes of a benchmark: one event loop each, one processor each where the system lets us choose.
 *
 * Guarantees: whatever was started ends when it is disposed of, and when this process ends, however it ends: children
 * that speak with us notice that we are gone, and those that do not are ended on the way out. Refuses a child that is
 * not ready in time.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

const READY_MS = 60_000;
const STOP_MS = 3_000;

/** Where a process may run: what is measured has a processor for itself, and the rest shares the other. */
export type Place = 'measured' | 'around' | 'anywhere';

const canPin = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0;
const PROCESSORS: Readonly<Record<Exclude<Place, 'anywhere'>, string>> = { around: '0', measured: '1' };

export const pinning = canPin
  ? 'the measured process on processor 1, load and upstream on processor 0'
  : 'NOT PINNED: no taskset, or one processor only';

export interface Child<Ready, Question = never, Answer = never> extends AsyncDisposable {
  readonly pid: number;
  readonly ready: Ready;
  ask(question: Question): Promise<Answer>;
  stop(): Promise<void>;
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export interface Start {
  readonly args: readonly string[];
  readonly place: Place;
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** A Node process; `ipc` beside its standard output. */
export function startNode({ args, place, environment = {}, cwd }: Start, hasIpc: boolean): ChildProcess {
  const pinned = canPin && place !== 'anywhere';
  const command = [process.execPath, ...args];
  const [program = '', ...rest] = pinned ? ['taskset', '-c', PROCESSORS[place], ...command] : command;
  const child = spawn(program, rest, {
    cwd,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      NO_COLOR: '1',
      // Several libraries work more slowly without it.
      NODE_ENV: 'production',
      ...environment,
    },
    stdio: hasIpc ? ['ignore', 'inherit', 'inherit', 'ipc'] : ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

export function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const last = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    child.once('exit', () => {
      clearTimeout(last);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

/** Resolves when it says so; rejects when it ends before, or takes too long. */
export async function ready<Ready>(
  child: ChildProcess,
  what: string,
  listen: (isReady: (ready: Ready) => void) => void,
): Promise<Ready> {
  let late: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Ready>((resolve, reject) => {
      late = setTimeout(() => reject(new Error(`${what} was not ready in time`)), READY_MS);
      child.once('exit', (code) => reject(new Error(`${what} ended with ${code}`)));
      child.once('error', reject);
      listen(resolve);
    });
  } catch (error) {
    await stopped(child);
    throw error;
  } finally {
    clearTimeout(late);
  }
}

/** A module of this benchmark as a process; it speaks as `child.ts` does. */
export async function startChild<Ready, Question = never, Answer = never>(
  module: string,
  settings: object,
  start: Omit<Start, 'args'> & { readonly flags?: readonly string[] },
): Promise<Child<Ready, Question, Answer>> {
  const { flags = [], ...rest } = start;
  const child = startNode({ ...rest, args: [...flags, module] }, true);
  const said = await ready<Ready>(child, module, (isReady) => {
    child.once('message', (message) => isReady((message as { ready: Ready }).ready));
    child.send(settings);
  });
  const stop = () => stopped(child);
  return {
    pid: child.pid ?? 0,
    ready: said,
    ask: (question) =>
      new Promise<Answer>((resolve, reject) => {
        const ended = () => reject(new Error(`${module} ended`));
        child.once('exit', ended);
        child.once('message', (message) => {
          child.off('exit', ended);
          resolve((message as { said: Answer }).said);
        });
        child.send(question as object);
      }),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

// ---- What the system says of a process ----------------------------------------------------------------------------

const TICK_MS = 10; // USER_HZ is 100 everywhere that /proc is

/** Milliseconds of processor time so far, of all its threads; `null` where the system does not tell. */
export function cpuMs(pid: number): number | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Behind the name, which may hold anything: the fourteenth and fifteenth of all.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return null;
  }
}

export interface Memory {
  readonly bytes: number | null;
  readonly peakBytes: number | null;
}

export function memory(pid: number): Memory {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8');
    const of = (name: string) => {
      const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1];
      return kilobytes === undefined ? null : Number(kilobytes) * 1024;
    };
    return { bytes: of('VmRSS'), peakBytes: of('VmHWM') };
  } catch {
    return { bytes: null, peakBytes: null };
  }
}
