/**
 * Child processes of a measurement: one event loop each. Guarantees that a child ends when it is disposed of and when
 * this process ends, however it ends. Refuses a child that is not ready within 30 s.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Sandbox } from '../../../../src/sandbox/sandbox.js';
import type { BackendName } from '../../../../src/sandbox/types.js';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const READY_MS = 30_000;
const STOP_MS = 5_000;

export interface Child<Ready> extends AsyncDisposable {
  readonly ready: Ready;
}

/** Starts a program of this folder, tells it its settings and waits for what it says when it is ready. */
export async function startChild<Ready>(
  program: string,
  settings: object,
  flags: readonly string[] = [],
): Promise<Child<Ready>> {
  const child = fork(fileURLToPath(new URL(`${program}.ts`, import.meta.url)), {
    cwd: ROOT,
    execArgv: ['--import', 'tsx', ...flags],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    const last = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    child.kill();
    await ended;
    clearTimeout(last);
  };
  try {
    const ready = await new Promise<Ready>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${program} was not ready in time`)), READY_MS);
      child.once('message', (message) => {
        clearTimeout(late);
        resolve(message as Ready);
      });
      child.once('exit', (code) => {
        clearTimeout(late);
        reject(new Error(`${program} ended with ${code}`));
      });
      child.send(settings);
    });
    return { ready, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The other side: takes the settings, says when it is ready, and ends when nobody is there any more. */
export function serveParent<Settings>(start: (settings: Settings) => Promise<object>): void {
  process.once('disconnect', () => process.exit());
  process.once('SIGTERM', () => process.exit());
  process.once('message', (settings) => {
    void start(settings as Settings).then((ready) => process.send?.(ready));
  });
}

export interface SandboxSettings {
  /** Generated customers; `null`: those of the demonstration. */
  readonly organizations: number | null;
}

export interface RunningSandbox {
  readonly backends: Sandbox['backends'];
  readonly directory: Sandbox['directory'];
  /** Of the emulators, where `/__control` is. */
  readonly urls: Readonly<Record<BackendName, string>>;
}

export interface GatewaySettings {
  readonly backends: object;
  readonly accounts: Sandbox['directory'];
}

export interface RunningGateway {
  readonly url: string;
  readonly adminUrl: string;
}

export const startSandboxProcess = (settings: SandboxSettings) =>
  startChild<RunningSandbox>('sandbox-process', settings);

export const startGatewayProcess = (settings: GatewaySettings) =>
  startChild<RunningGateway>('gateway-process', settings);

/** Replaces the fault script of an emulator in another process; `null`: all well again. */
export async function setFaults(url: string, script: object | null): Promise<void> {
  const response = await fetch(`${url}/__control/faults`, {
    method: script === null ? 'DELETE' : 'PUT',
    ...(script === null ? {} : { body: JSON.stringify(script) }),
  });
  if (!response.ok) throw new Error(`the fault script was refused: ${await response.text()}`);
}
