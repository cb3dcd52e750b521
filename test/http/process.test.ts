/**
 * Trouble of the process, in a process of its own: errors that nobody caught, a log that nobody takes or that is gone, and
 * no more files to be opened. Requests are answered as long as they can be, and the end is an orderly one.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { ask } from '../support/edge.js';
import { openRaw } from '../support/raw-client.js';
import { until } from '../support/until.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TIMEOUT = 30_000;

interface Troubled {
  readonly child: ChildProcess;
  readonly url: string;
  /** Resolves when the process has heard of it. */
  tell(word: string): Promise<void>;
  readonly log: () => string;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

async function start(
  options: { readonly takesLog?: boolean; readonly mostFiles?: number } = {},
): Promise<Troubled> {
  const { takesLog = true, mostFiles } = options;
  const args = ['--import', 'tsx', 'test/support/troubled-gateway.ts'];
  const child =
    mostFiles === undefined
      ? spawn(process.execPath, args, { cwd: ROOT })
      : spawn('sh', ['-c', `ulimit -n ${mostFiles}; exec "$0" "$@"`, process.execPath, ...args], {
          cwd: ROOT,
        });
  running.push(child);
  let said = '';
  let log = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  if (takesLog) child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const ended = once(child, 'exit').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
  }));
  await until('it runs', () => said.includes('\n') || child.exitCode !== null);
  const url = said.trim();
  if (url === '') throw new Error(`it did not start: ${log}`);
  return {
    child,
    url,
    async tell(word) {
      const before = said.length;
      child.stdin.write(`${word}\n`);
      await until('it has heard', () => said.length > before);
    },
    log: () => log,
    ended,
  };
}

const fine = async ({ url }: Troubled) => {
  const response = await ask(url, '{ fine }');
  return [response.status, await response.text()];
};
const FINE = [200, '{"data":{"fine":1}}\n'];

describe('S102: an error that nobody caught', { timeout: TIMEOUT }, () => {
  it.each([
    ['throw', 'thrown where nobody catches'],
    ['throw-text', 'no error at all'],
    ['reject', 'rejected where nobody handles'],
  ])('(%s) is logged; what runs is answered; the process ends with 1', async (word, text) => {
    const gateway = await start();
    expect(await fine(gateway)).toEqual(FINE);
    const slow = ask(gateway.url, '{ slow }');
    // Behind it on the way in: when this is answered, the slow one runs.
    expect(await fine(gateway)).toEqual(FINE);
    await gateway.tell(word);
    await until('it is logged', () => gateway.log().includes(text));
    await gateway.tell('release');
    const response = await slow;
    expect([response.status, await response.json()]).toEqual([200, { data: { slow: 1 } }]);
    expect(await gateway.ended).toEqual({ code: 1, signal: null });
    const lines = gateway.log().trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { level: number }).level)).toContain(60);
  });
});

describe('S104: a log', { timeout: TIMEOUT }, () => {
  it('whose reader is gone disturbs no request, and neither does standard output', async () => {
    const gateway = await start();
    gateway.child.stdout?.destroy();
    gateway.child.stderr?.destroy();
    for (let n = 0; n < 3; n += 1) {
      gateway.child.stdin?.write('flood\n');
      expect((await ask(gateway.url, '{ broken }')).status).toBe(200);
      expect(await fine(gateway)).toEqual(FINE);
    }
    expect(gateway.child.exitCode).toBeNull();
  });

  it('that nobody reads is kept in bounded memory, and says later how much of it is missing', async () => {
    const gateway = await start({ takesLog: false });
    const { stderr } = gateway.child;
    for (let n = 0; n < 4; n += 1) {
      await gateway.tell('flood');
      expect(await fine(gateway)).toEqual(FINE);
    }
    let log = '';
    stderr?.setEncoding('utf8').on('data', (text: string) => (log += text));
    await until('the missing lines are told', () => log.includes('lines of this log were dropped'));
    const told = log.split('\n').filter((line) => line.includes('"msg":"flood"')).length;
    const [, missing] = /"lines":(\d+)/.exec(log) ?? [];
    expect(told).toBeLessThan(8_000);
    expect(told + Number(missing)).toBe(64_000);
  });
});

describe('S106: no more files', { timeout: TIMEOUT }, () => {
  it('can be opened: connections are shed, and there is no restart needed when there are files again', async () => {
    // Room for the program's own modules, many of which are read at once.
    const gateway = await start({ mostFiles: 300 });
    expect(await fine(gateway)).toEqual(FINE);
    const many = await Promise.all(Array.from({ length: 400 }, () => openRaw(gateway.url)));
    await until('some are shed', () => many.some(({ socket }) => socket.destroyed));
    expect(gateway.child.exitCode).toBeNull();
    for (const { socket } of many) socket.destroy();
    // Shed again and again, until it has noticed that the others are gone.
    let answer: unknown = null;
    const look = () => {
      void fine(gateway).then(
        (one) => (answer = one),
        () => gateway.child.exitCode === null && setTimeout(look, 20),
      );
    };
    look();
    await until('it answers again', () => answer !== null);
    expect(answer).toEqual(FINE);
  });
});
