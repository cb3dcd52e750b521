/**
 * Gateway processes from the outside: built once, loaded ahead of time, killed with SIGKILL.
 *
 * Guarantees: only processes that were started here are killed, each by its own handle; whatever happens to this
 * process, they end with it; after disposal none is left, and no file.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { FailpointName } from '../../src/journal/failpoint.js';
import { built } from '../support/built.js';
import type { FromGateway, StartSettings, ToGateway } from './messages.js';

const PROGRAM = 'test/crash/gateway-process.ts';
const READY_MS = 120_000;

/** Nothing came for so long that no more can be told than that. */
export class TooSlow extends Error {}

export interface Gateway {
  readonly url: string;
  readonly isDead: boolean;
  /** Resolves when the process has ended, however it did. */
  readonly dead: Promise<void>;
  /** Ends it as if its power had gone. */
  kill(): void;
  dieAt(point: FailpointName): Promise<void>;
  pass(ms: number): Promise<void>;
}

export interface Gateways extends AsyncDisposable {
  /** For files; it goes with them. */
  readonly folder: string;
  /** `null`: it died while it started. Rejects if it ended otherwise, or is not ready in time. */
  start(settings: StartSettings): Promise<Gateway | null>;
}

interface Loaded {
  readonly child: ChildProcess;
  readonly dead: Promise<NodeJS.Signals | null>;
  readonly loaded: Promise<void>;
  readonly errors: () => string;
}

export function createGateways(): Gateways {
  const program = join(built(PROGRAM), basename(PROGRAM, '.ts') + '.js');
  const folder = mkdtempSync(join(tmpdir(), 'crash-'));
  const children = new Set<Loaded>();
  let spare: Loaded | null = null;

  const load = (): Loaded => {
    const child = fork(program, {
      cwd: folder,
      // None lives long enough for what is optimized to be used.
      execArgv: ['--no-opt'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let errors = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.on('error', () => undefined); // a message to one that is gone
    const dead = new Promise<NodeJS.Signals | null>((resolve) => {
      child.once('exit', (_, signal) => {
        children.delete(one);
        resolve(signal);
      });
    });
    const one = {
      child,
      dead,
      loaded: heard(child, dead, 'loaded').then(() => undefined),
      errors: () => errors,
    };
    one.loaded.catch(() => undefined);
    children.add(one);
    return one;
  };

  const clear = () => {
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', clear);

  return {
    folder,
    async start(settings) {
      const { child, dead, loaded, errors } = spare ?? load();
      spare = null;
      await loaded;
      const started = heard(child, dead, 'started');
      send(child, { kind: 'start', settings });
      let isDead = false;
      const gone = dead.then((signal) => {
        isDead = true;
        return signal;
      });
      const message = await Promise.race([started.catch(() => null), gone.then(() => null)]);
      // The next one loads while this one works. One, however many lanes there are: nobody would end the others.
      spare ??= load();
      if (message?.kind !== 'started') {
        if ((await gone) === 'SIGKILL') return null;
        throw new Error(`the gateway ended before it was ready: ${errors()}`);
      }
      const ask = async (request: ToGateway) => {
        const taken = heard(child, dead, 'taken');
        send(child, request);
        await taken;
      };
      return {
        url: message.url,
        get isDead() {
          return isDead;
        },
        dead: gone.then(() => undefined),
        kill: () => void child.kill('SIGKILL'),
        dieAt: (point) => ask({ kind: 'die-at', point }),
        pass: (ms) => ask({ kind: 'pass', ms }),
      };
    },
    async [Symbol.asyncDispose]() {
      const all = [...children];
      for (const { child } of all) child.kill('SIGKILL');
      await Promise.all(all.map(({ dead }) => dead));
      process.off('exit', clear);
      clear();
    },
  };
}

function send(child: ChildProcess, message: ToGateway): void {
  child.send(message, () => undefined);
}

/** The next message of that kind. Rejects if the process ends first, or nothing comes. */
function heard(child: ChildProcess, dead: Promise<unknown>, kind: FromGateway['kind']): Promise<FromGateway> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      reject(new TooSlow(`a gateway did not say "${kind}" within ${READY_MS / 1_000} s`));
    }, READY_MS);
    const listen = (message: unknown) => {
      if ((message as FromGateway).kind !== kind) return;
      clearTimeout(late);
      child.off('message', listen);
      resolve(message as FromGateway);
    };
    child.on('message', listen);
    void dead.then(() => {
      clearTimeout(late);
      reject(new Error(`a gateway ended before it said "${kind}"`));
    });
  });
}
