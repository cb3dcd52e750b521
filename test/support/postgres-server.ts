/**
 * A PostgreSQL server of the tests' own, for `npm run test:postgres`: in a folder of its own, on loopback, gone when the
 * run ends. `JOURNAL_POSTGRES_URL` names another to use instead.
 *
 * Refuses to run nothing: where there is neither, the run fails and says what to install. Started by root, the server
 * runs as the user `postgres`, as it insists on.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import pg from 'pg';

export interface PostgresServer {
  readonly url: string;
  stop(): Promise<void>;
}

const DEBIAN = '/usr/lib/postgresql';
const START_MS = 30_000;
/** Nobody pulls its plug: what it writes need not outlive the machine, and tests are ten times as fast. */
const SETTINGS = ['max_connections=200', 'fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/** The folder of the newest server here; `null`: there is none. */
function findPrograms(): string | null {
  const debian = existsSync(DEBIAN)
    ? readdirSync(DEBIAN)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(DEBIAN, version, 'bin'))
    : [];
  const folders = [...debian, ...(process.env['PATH'] ?? '').split(delimiter)];
  return (
    folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres'))) ??
    null
  );
}

function ownerFor(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilReady(url: string, server: ChildProcess, said: () => string): Promise<void> {
  const end = performance.now() + START_MS;
  for (;;) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL ended while it started:\n${said()}`);
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (performance.now() > end) throw new Error(`PostgreSQL does not start:\n${said()}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

export async function startPostgres(): Promise<PostgresServer> {
  const programs = findPrograms();
  if (programs === null) {
    throw new Error(
      'NOT RUN: there is no PostgreSQL here. Install it (apt-get install postgresql), or set JOURNAL_POSTGRES_URL.',
    );
  }
  const owner = ownerFor();
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
  if (owner !== null) chownSync(folder, owner.uid, owner.gid);
  const asOwner = { ...(owner ?? {}), cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C' } };
  const data = join(folder, 'data');
  execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8'], {
    ...asOwner,
    stdio: 'pipe',
  });
  const port = await freePort();
  const server = spawn(
    join(programs, 'postgres'),
    [
      '-D',
      data,
      '-h',
      '127.0.0.1',
      '-p',
      String(port),
      '-k',
      folder,
      ...SETTINGS.flatMap((each) => ['-c', each]),
    ],
    { ...asOwner, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  for (const stream of [server.stdout, server.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4_000);
    });
  }
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const stop = async () => {
    server.kill('SIGINT'); // ends its connections and itself, at once and in order
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  try {
    await untilReady(url, server, () => said);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

/** For vitest: before all tests, and what is to be done after them. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env['JOURNAL_POSTGRES_URL'] !== undefined) return undefined;
  const server = await startPostgres();
  process.env['JOURNAL_POSTGRES_URL'] = server.url;
  return server.stop;
}
