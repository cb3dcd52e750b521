/**
 * All emulators at once, over the same customers and the same clock. Guarantees that the `backends` section it hands
 * out, the account directory and what the emulators serve belong together; if one emulator cannot start, none is left
 * running. The credentials are placeholders: they open nothing but this.
 */
import { dayAt, instantOf } from './calendar.js';
import { createCloudmcApi } from './cloudmc/api.js';
import {
  BASE_PATH as COMMITMENT_MANAGER_PATH,
  createCommitmentManagerApi,
} from './commitment-manager/api.js';
import { type Emulator, startEmulator } from './emulator.js';
import { createLogisenseApi } from './logisense/api.js';
import { createMonetizenowApi } from './monetizenow/api.js';
import { accountDirectory, createPortfolio, type DirectoryEntry } from './portfolio.js';
import { createSalesforceApi } from './salesforce/api.js';
import type { BackendApi, BackendName, Clock, Profile } from './types.js';

export const BACKEND_NAMES: readonly BackendName[] = [
  'commitment-manager',
  'salesforce',
  'logisense',
  'monetizenow',
  'cloudmc',
];

export interface SandboxOptions {
  /** `YYYY-MM-DD`. Without a clock of its own, the sandbox's time starts at noon (UTC) of that day and runs. */
  readonly today?: string;
  readonly clock?: Clock;
  readonly profiles?: readonly Profile[];
  /** Free ones where left out. */
  readonly ports?: Readonly<Partial<Record<BackendName, number>>>;
  readonly only?: readonly BackendName[];
}

/** The `backends:` section of `gateway.yaml`; what was not started is left out. */
export interface SandboxBackends {
  readonly commitmentManager?: {
    readonly url: string;
    readonly username: string;
    readonly webhookApiKey: string;
    readonly bearerToken: string;
    readonly requestsPerSecond: number;
  };
  readonly salesforce?: {
    readonly url: string;
    readonly apiVersion: string;
    readonly clientId: string;
    readonly clientSecret: string;
  };
  readonly logisense?: {
    readonly url: string;
    readonly apiVersion: string;
    readonly username: string;
    readonly password: string;
    readonly clientId: string;
  };
  readonly monetizenow?: { readonly url: string; readonly apiKey: string };
  readonly cloudmc?: { readonly url: string; readonly apiKey: string };
}

export interface Sandbox {
  readonly profiles: readonly Profile[];
  readonly directory: readonly DirectoryEntry[];
  readonly emulators: Readonly<Partial<Record<BackendName, Emulator>>>;
  readonly backends: SandboxBackends;
  readonly clock: Clock;
  /** The emulator of a backend that was started; throws for another. */
  emulator(name: BackendName): Emulator;
  /** Every emulator's state, calls and faults back to the beginning. */
  reset(): void;
  stop(): Promise<void>;
}

const CREDENTIALS = {
  commitmentManager: {
    username: 'sandbox-user',
    webhookApiKey: 'sandbox-webhook-key',
    bearerToken: 'sandbox-bearer-token',
  },
  salesforce: { clientId: 'sandbox-client', clientSecret: 'sandbox-client-secret' },
  logisense: { username: 'sandbox-user', password: 'sandbox-password', clientId: 'sandbox-client' },
  monetizenow: { apiKey: 'sandbox-monetizenow-key' },
  cloudmc: { apiKey: 'sandbox-cloudmc-key' },
} as const;

const APIS: Readonly<Record<BackendName, (profiles: readonly Profile[], clock: Clock) => BackendApi>> = {
  'commitment-manager': (profiles, clock) =>
    createCommitmentManagerApi(profiles, { clock, ...CREDENTIALS.commitmentManager }),
  salesforce: (profiles, clock) => createSalesforceApi(profiles, { clock, ...CREDENTIALS.salesforce }),
  logisense: (profiles, clock) => createLogisenseApi(profiles, { clock, ...CREDENTIALS.logisense }),
  monetizenow: (profiles, clock) => createMonetizenowApi(profiles, { clock, ...CREDENTIALS.monetizenow }),
  cloudmc: (profiles, clock) => createCloudmcApi(profiles, { clock, ...CREDENTIALS.cloudmc }),
};

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = options.clock ?? clockOf(options.today);
  const profiles = options.profiles ?? createPortfolio({ today: options.today ?? dayAt(clock()) });
  const emulators: Partial<Record<BackendName, Emulator>> = {};
  const all = (): Emulator[] => Object.values(emulators);
  const stop = async (): Promise<void> => {
    await Promise.all(all().map((emulator) => emulator.stop()));
  };

  try {
    for (const name of options.only ?? BACKEND_NAMES) {
      const port = options.ports?.[name];
      emulators[name] = await startEmulator(APIS[name](profiles, clock), {
        clock,
        ...(port !== undefined && { port }),
      });
    }
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    profiles,
    directory: accountDirectory(profiles),
    emulators,
    backends: backendsOf(emulators),
    clock,
    emulator(name) {
      const found = emulators[name];
      if (found === undefined) throw new Error(`the sandbox was started without ${name}`);
      return found;
    },
    reset: () => all().forEach((emulator) => emulator.reset()),
    stop,
  };
}

function clockOf(today: string | undefined): Clock {
  if (today === undefined) return Date.now;
  const ahead = instantOf(today, '12:00:00') - Date.now();
  return () => Date.now() + ahead;
}

function backendsOf(emulators: Sandbox['emulators']): SandboxBackends {
  const { salesforce, logisense, monetizenow, cloudmc, 'commitment-manager': commitmentManager } = emulators;
  return {
    ...(commitmentManager && {
      commitmentManager: {
        url: commitmentManager.url + COMMITMENT_MANAGER_PATH,
        ...CREDENTIALS.commitmentManager,
        requestsPerSecond: 10,
      },
    }),
    ...(salesforce && {
      salesforce: { url: salesforce.url, apiVersion: 'v59.0', ...CREDENTIALS.salesforce },
    }),
    ...(logisense && {
      logisense: {
        url: `${logisense.url}/ResourceServer/api/v6`,
        apiVersion: 'v6',
        ...CREDENTIALS.logisense,
      },
    }),
    ...(monetizenow && { monetizenow: { url: monetizenow.url, ...CREDENTIALS.monetizenow } }),
    ...(cloudmc && { cloudmc: { url: `${cloudmc.url}/api/v2`, ...CREDENTIALS.cloudmc } }),
  };
}
