/** The program with two workers over a sandbox, as operators start it; and connections that stay with one worker each. */
import { readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { ClientEntry } from '../../../src/config/clients.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/sandbox.js';
import { start, type Program } from '../../support/program.js';
import { until } from '../../support/until.js';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- read by its shape
}

/** One connection, which one worker has for as long as both live. */
export interface Line {
  ask(query: string, variables?: object): Promise<Answer>;
  close(): void;
}

export interface TwoWorkers extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly program: Program;
  readonly config: string;
  readonly url: string;
  readonly log: () => string;
  /** Connections are handed out in turns: two that are made one after the other have different workers. */
  connect(key: string): Promise<Line>;
  workerIds(): readonly number[];
  /** What the operators' port says. */
  ready(): Promise<{ readonly status: number; readonly body: any }>; // eslint-disable-line @typescript-eslint/no-explicit-any -- read by its shape
  metric(series: string): Promise<number | null>;
}

/** Processes that it has begun. */
export function childrenOf(pid: number | undefined): readonly number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.trim().split(/\s+/).filter(Boolean).map(Number);
}

export async function startTwoWorkers(
  clients: readonly ClientEntry[],
  changeBackends: (section: Sandbox['backends']) => object = (section) => section,
): Promise<TwoWorkers> {
  const sandbox = await startSandbox({ clock: Date.now, today: new Date().toISOString().slice(0, 10) });
  const folder = mkdtempSync(join(tmpdir(), 'commitment-graph-'));
  const config = join(folder, 'gateway.yaml');
  writeFileSync(
    config,
    stringify({
      listen: { host: '127.0.0.1', port: 0, adminPort: 0 },
      backends: changeBackends(sandbox.backends),
      accounts: './accounts.yaml',
      clients: './clients.yaml',
      store: 'sqlite:./journal.db',
      workers: 2,
    }),
  );
  writeFileSync(join(folder, 'accounts.yaml'), stringify(sandbox.directory));
  writeFileSync(join(folder, 'clients.yaml'), stringify(clients));
  const program = start(['serve', '--config', config, '--log', 'info']);
  let log = '';
  program.process.stderr?.on('data', (text: string) => (log += text));
  const [, url = ''] = await program.says(/graph is at +(\S+)\/graphql/);
  const [, admin = ''] = await program.says(/Health is at +(\S+)\/health\/ready/);

  return {
    sandbox,
    program,
    config,
    url,
    log: () => log,
    async connect(key) {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const ask: Line['ask'] = (query, variables = {}) =>
        new Promise((resolve, reject) => {
          const sent = request(
            `${url}/graphql`,
            { method: 'POST', agent, headers: { 'content-type': 'application/json', 'x-api-key': key } },
            (response) => {
              let text = '';
              response.setEncoding('utf8').on('data', (part: string) => (text += part));
              response.on('error', reject);
              response.on('end', () => {
                resolve({
                  status: response.statusCode ?? 0,
                  headers: response.headers,
                  body: JSON.parse(text) as unknown,
                });
              });
            },
          );
          sent.on('error', reject);
          sent.end(JSON.stringify({ query, variables }));
        });
      await ask('{ __typename }'); // it has its worker
      return {
        ask,
        close: () => {
          agent.destroy();
        },
      };
    },
    workerIds: () => childrenOf(program.process.pid),
    async ready() {
      const response = await fetch(`${admin}/health/ready`);
      return { status: response.status, body: await response.json() };
    },
    async metric(series) {
      const text = await (await fetch(`${admin}/metrics`)).text();
      const line = text.split('\n').find((one) => one.startsWith(`${series} `));
      return line === undefined ? null : Number(line.slice(series.length + 1));
    },
    async [Symbol.asyncDispose]() {
      program.process.kill('SIGTERM');
      await until('the program has ended', () => program.process.exitCode !== null).catch(() =>
        program.process.kill('SIGKILL'),
      );
      await sandbox.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
