/** A planted portfolio behind emulators on sockets, and a configuration that reads it. Time runs as told. */
import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reconcilePortfolio, type ReconcileOptions, type World } from '../../src/cli/reconcile.js';
import type { Config } from '../../src/config.js';
import { BASE_PATH, createCommitmentManagerApi } from '../../src/sandbox/commitment-manager/api.js';
import { startEmulator, type Emulator } from '../../src/sandbox/emulator.js';
import { createSalesforceApi } from '../../src/sandbox/salesforce/api.js';
import type { Timers } from '../../src/upstream/timers.js';
import type { PlantedPortfolio } from './plant.js';
import { organizationOf } from './portfolio.js';

const CREDENTIALS = { username: 'planted', webhookApiKey: 'planted-key', bearerToken: 'planted-token' };
const CLIENT = { clientId: 'planted', clientSecret: 'planted-secret' };

export interface Told {
  readonly code: number;
  readonly out: string;
  readonly screen: string;
}

export interface Planted extends AsyncDisposable {
  readonly commitmentManager: Emulator;
  readonly salesforce: Emulator;
  readonly config: Config;
  readonly folder: string;
  readonly progressPath: string;
  /** Added to the time of everything. */
  pass(ms: number): void;
  run(
    options?: Partial<ReconcileOptions>,
    changes?: Partial<World> & { readonly onScreen?: (text: string) => void },
  ): Promise<Told>;
}

/** `speed`: how much faster time runs than it does. */
export async function startPlanted(
  portfolio: PlantedPortfolio,
  { requestsPerSecond = null, speed = 1 }: { requestsPerSecond?: number | null; speed?: number } = {},
): Promise<Planted> {
  const started = performance.now();
  let ahead = 0;
  const elapsed = () => (performance.now() - started) * speed;
  const clock = () => portfolio.now + ahead + Math.floor(speed === 1 ? 0 : elapsed());
  const timers: Timers = {
    now: elapsed,
    after(ms, callback) {
      const timer = setTimeout(callback, ms / speed);
      return { cancel: () => clearTimeout(timer) };
    },
  };
  const commitmentManager = await startEmulator(
    (report) =>
      createCommitmentManagerApi([], {
        clock,
        report,
        ...CREDENTIALS,
        requestsPerSecond: 1_000_000,
        given: portfolio.commitmentManager,
      }),
    { clock },
  );
  const salesforce = await startEmulator(
    (report) => createSalesforceApi([], { clock, report, ...CLIENT, given: portfolio.salesforce }),
    { clock },
  );
  const limits = {
    timeoutMs: 20_000 * speed,
    writeTimeoutMs: 20_000 * speed,
    freshForMs: 0,
    staleForMs: 0,
    concurrency: 12,
    sharing: true,
    requestsPerSecond: null,
    allowPrivateAddresses: true,
  };
  const folder = mkdtempSync(join(tmpdir(), 'reconcile-'));
  const config: Config = {
    listen: { host: '127.0.0.1', port: 0, adminPort: 0 },
    backends: {
      commitmentManager: {
        ...limits,
        ...CREDENTIALS,
        url: commitmentManager.url + BASE_PATH,
        minimumAmountUnit: 'major',
        requestsPerSecond: requestsPerSecond as never,
      },
      salesforce: { ...limits, ...CLIENT, url: salesforce.url, apiVersion: 'v59.0' },
    },
    organizations: portfolio.organizations.map(organizationOf),
    clients: null,
    store: null,
  };
  const progressPath = join(folder, 'progress');
  return {
    commitmentManager,
    salesforce,
    config,
    folder,
    progressPath,
    pass(ms) {
      ahead += ms;
    },
    async run(options = {}, { onScreen = () => undefined, ...changes } = {}) {
      let out = '';
      let screen = '';
      const code = await reconcilePortfolio(
        { format: 'json', failOn: 'any', ...options },
        {
          config,
          progressPath,
          clock,
          timers,
          signal: new AbortController().signal,
          out: (text) => (out += text),
          screen: {
            isTty: true,
            write: (text) => {
              screen += text;
              onScreen(text);
            },
          },
          pid: 1_000_001,
          isRunning: () => false,
          ...changes,
        },
      );
      return { code, out, screen };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([commitmentManager.stop(), salesforce.stop()]);
      rmSync(folder, { recursive: true });
    },
  };
}

/** Organization ids that billing was asked for, in order. */
export function askedFor({ commitmentManager }: Planted): readonly string[] {
  return commitmentManager.calls
    .filter(({ path }) => path.endsWith('/commitments'))
    .map(({ query }) => query['organization_id'] ?? '');
}
