/**
 * A Redis server of a test's own: on loopback, on a port of its own, keeping nothing; it can be stopped, frozen and started
 * again. Where there is none, the run fails and says what to install.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  /** With a password in it, the server asks for it. */
  start(): Promise<void>;
  /** At once, as a crash would. */
  kill(): Promise<void>;
  /** It holds its connections and answers nothing. */
  freeze(): void;
  thaw(): void;
  /** Sends one command, in the protocol's simple form, and gives what comes back. */
  command(line: string): Promise<string>;
}

const START_MS = 10_000;

function program(): string {
  const folders = ['/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)];
  const folder = folders.find((one) => existsSync(join(one, 'redis-server')));
  if (folder === undefined) {
    throw new Error('NOT RUN: there is no Redis here. Install it (apt-get install redis-server).');
  }
  return join(folder, 'redis-server');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export async function startRedis(password: string | null = null): Promise<RedisServer> {
  const path = program();
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'redis-'));
  const settings = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'];
  let server: ChildProcess | null = null;

  const command = (line: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      let text = '';
      socket.setEncoding('utf8').on('error', reject);
      socket.on('data', (more: string) => {
        text += more;
        socket.end();
      });
      socket.on('close', () => {
        resolve(text.trim());
      });
      socket.write(`${line}\r\n`);
    });

  const start = async () => {
    const started = spawn(path, [...settings, ...(password === null ? [] : ['--requirepass', password])], {
      cwd: folder,
      stdio: 'ignore',
    });
    server = started;
    const end = performance.now() + START_MS;
    for (;;) {
      const answer = await command('PING').catch(() => '');
      if (answer === '+PONG' || answer.startsWith('-NOAUTH')) return;
      if (started.exitCode !== null || performance.now() > end) throw new Error('Redis does not start');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const kill = async () => {
    const running = server;
    server = null;
    if (running === null || running.exitCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await ended;
  };
  await start();
  return {
    url: `redis://${password === null ? '' : `:${password}@`}127.0.0.1:${port}`,
    start,
    kill,
    freeze: () => server?.kill('SIGSTOP'),
    thaw: () => server?.kill('SIGCONT'),
    command,
    [Symbol.asyncDispose]: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
