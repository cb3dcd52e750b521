/** The sandbox with a gateway over it, both at a fixed instant, and what the emulators were asked. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BackendName, Profile } from '../../src/sandbox/types.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { startGateway, type Gateway, type GatewayOptions } from './gateway.js';

export const TODAY = '2026-11-21';
export const NOW = Date.parse(`${TODAY}T12:00:00Z`);

export interface SandboxedGateway extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly gateway: Gateway;
  readonly query: Gateway['query'];
  /** Calls to each emulator since the last `forgetCalls`, logins left out: they are made once for all. */
  calls(): Record<BackendName, string[]>;
  forgetCalls(): void;
}

const isLogin = (path: string) => path.endsWith('/oauth2/token') || path.endsWith('/Access/Login');

export async function startSandboxedGateway(
  options: {
    readonly profiles?: readonly Profile[];
    /** Changes the `backends:` section that the sandbox hands out. */
    readonly backends?: (section: Sandbox['backends']) => unknown;
    readonly clients?: GatewayOptions['clients'];
    readonly examples?: GatewayOptions['examples'];
    /** With a journal in a folder of its own: changes can be made. */
    readonly isWritable?: boolean;
    readonly journal?: GatewayOptions['journal'];
    readonly guessRate?: GatewayOptions['guessRate'];
    readonly room?: GatewayOptions['room'];
    readonly log?: GatewayOptions['log'];
    readonly timers?: GatewayOptions['timers'];
    /** Of gateway and sandbox; runs from `NOW` unless given: the emulators' own rate limits need time to pass. */
    readonly clock?: () => number;
  } = {},
): Promise<SandboxedGateway> {
  const started = performance.now();
  const clock = options.clock ?? (() => NOW + Math.floor(performance.now() - started));
  const sandbox = await startSandbox({
    today: TODAY,
    clock,
    ...(options.profiles === undefined ? {} : { profiles: options.profiles }),
  });
  const folder = options.isWritable === true ? mkdtempSync(join(tmpdir(), 'journal-')) : null;
  const gateway = await startGateway({
    backends: options.backends?.(sandbox.backends) ?? sandbox.backends,
    accounts: sandbox.directory,
    clock,
    ...(folder === null ? {} : { store: join(folder, 'journal.db') }),
    ...(options.journal === undefined ? {} : { journal: options.journal }),
    ...(options.guessRate === undefined ? {} : { guessRate: options.guessRate }),
    ...(options.room === undefined ? {} : { room: options.room }),
    ...(options.log === undefined ? {} : { log: options.log }),
    ...(options.timers === undefined ? {} : { timers: options.timers }),
    ...(options.clients === undefined ? {} : { clients: options.clients }),
    ...(options.examples === undefined ? {} : { examples: options.examples }),
  });
  const emulators = Object.values(sandbox.emulators);
  return {
    sandbox,
    gateway,
    query: (document, variables, headers) => gateway.query(document, variables, headers),
    calls: () =>
      Object.fromEntries(
        emulators.map((emulator) => [
          emulator.name,
          emulator.calls.filter(({ path }) => !isLogin(path)).map(({ method, path }) => `${method} ${path}`),
        ]),
      ) as Record<BackendName, string[]>,
    forgetCalls: () => {
      for (const emulator of emulators) emulator.clearCalls();
    },
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]();
      await sandbox.stop();
      if (folder !== null) rmSync(folder, { recursive: true, force: true });
    },
  };
}
