/**
 * The gateway as operators run it: `serve`, with files that are written for the run. Every check is on: a client with a
 * key, limits that are enforced, cost, registered documents, metrics, the journal and history, all as they are by
 * default but for the client's budget, which is as large as it can be written, and for sockets to backends, of which there
 * are as many as the others have.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { CONNECTIONS } from './calls.js';
import type { Account } from './fixture.js';
import { NODES, ONE, PAGE, PORTFOLIO } from './operations.js';
import { ready, startNode, stopped, type Child, type Place } from './processes.js';

export const KEY = 'bench-key';
const DOCUMENTS = [PORTFOLIO, NODES, ONE, PAGE];

export interface GatewaySettings {
  /** The program: `main.js` of a build. */
  readonly main: string;
  readonly upstream: string;
  readonly accounts: readonly Account[];
  /** Off: every read is a call of its own, and nothing is kept. */
  readonly isSharing: boolean;
  /** Beside `KEY`, which sees all customers: keys that see some. */
  readonly keys?: Readonly<Record<string, readonly string[]>>;
  readonly place?: Place;
  /** Flags for Node, before the program. */
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Added to `gateway.yaml`. */
  readonly extra?: object;
}

export interface RunningGateway {
  readonly url: string;
  readonly adminUrl: string;
  /** Where its files are. */
  readonly folder: string;
  /** From the start of the process, at `startedAt` of `performance.now()`, until it said that it listens. */
  readonly startMs: number;
  readonly startedAt: number;
}

export const idOf = (document: string) => createHash('sha256').update(document).digest('hex');

/** What was registered, byte for byte: it is registered once, and found there by every gateway of the run. */
let registered: string | null = null;

function registerDocuments(folder: string, main: string): void {
  const file = join(folder, 'documents', 'bench', '1.json');
  if (registered !== null) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, registered);
    return;
  }
  writeFileSync(
    join(folder, 'documents.json'),
    JSON.stringify({
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: DOCUMENTS.map((body) => ({
        id: idOf(body),
        name: /^query (\w+)/.exec(body)?.[1] ?? '',
        type: 'query',
        body,
      })),
    }),
  );
  const pushed = spawnSync(
    process.execPath,
    [
      main,
      'documents',
      'push',
      'documents.json',
      '--client',
      'bench',
      '--version',
      '1',
      '-c',
      'gateway.yaml',
    ],
    { cwd: folder, encoding: 'utf8' },
  );
  if (pushed.status !== 0) throw new Error(`documents were not taken: ${pushed.stdout}${pushed.stderr}`);
  registered = readFileSync(file, 'utf8');
}

function writeFiles(
  folder: string,
  { upstream, accounts, isSharing, extra = {}, keys = {}, main }: GatewaySettings,
): string {
  const common = { concurrency: CONNECTIONS, sharing: isSharing };
  const config = join(folder, 'gateway.yaml');
  writeFileSync(
    config,
    stringify({
      listen: { host: '127.0.0.1', port: 0, adminPort: 0 },
      backends: {
        salesforce: { url: `${upstream}/salesforce`, accessToken: 'bench', ...common },
        logisense: { url: `${upstream}/logisense`, accessToken: 'bench', ...common },
        monetizenow: { url: `${upstream}/monetizenow`, apiKey: 'bench', ...common },
        cloudmc: { url: `${upstream}/cloudmc`, apiKey: 'bench', ...common },
      },
      accounts: './accounts.yaml',
      clients: './clients.yaml',
      documents: { mode: 'prefer', path: './documents' },
      store: 'sqlite:./gateway.db',
      ...extra,
    }),
  );
  writeFileSync(join(folder, 'accounts.yaml'), stringify(accounts, { aliasDuplicateObjects: false }));
  const most = 1_000_000_000;
  const clients = Object.entries({ [KEY]: '*', ...keys }).map(([key, organizations], n) => ({
    name: n === 0 ? 'bench' : `bench-${n}`,
    keys: [`sha256:${createHash('sha256').update(key).digest('hex')}`],
    organizations,
    limits: { mode: 'enforce', operationCost: most, costPerMinute: most, costAtOnce: most },
  }));
  writeFileSync(join(folder, 'clients.yaml'), stringify(clients));
  registerDocuments(folder, main);
  return config;
}

export async function startGateway(settings: GatewaySettings): Promise<Child<RunningGateway>> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-gateway-'));
  const forget = () => {
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', forget);
  const config = writeFiles(folder, settings);
  const { main, flags = [], place = 'measured', environment = {} } = settings;
  const began = performance.now();
  const child = startNode(
    { args: [...flags, main, 'serve', '-c', config, '--log', 'error'], place, environment, cwd: folder },
    false,
  );
  let text = '';
  const running = await ready<RunningGateway>(child, 'the gateway', (isReady) => {
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const url = /The graph is at +(\S+)\/graphql/.exec(text)?.[1];
      const adminUrl = /Health is at +(\S+)\/health/.exec(text)?.[1];
      if (url !== undefined && adminUrl !== undefined)
        isReady({ url, adminUrl, folder, startMs: performance.now() - began, startedAt: began });
    });
  });
  const stop = async () => {
    await stopped(child);
    process.off('exit', forget);
    forget();
  };
  return {
    pid: child.pid ?? 0,
    ready: running,
    ask: () => Promise.reject(new Error('the gateway is asked over HTTP')),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
