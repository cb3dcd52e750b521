/**
 * All emulators at once, over the same customers and the same clock. Guarantees that the `backends` section it hands
 * out, the account directory and what the emulators serve belong together; if one emulator cannot start, none is left
 * running. The credentials are placeholders: they open nothing but this.
 */
import { stringify } from 'lossless-json';
import { dayAt, instantOf } from './calendar.js';
import { createCloudmcApi } from './cloudmc/api.js';
import {
  BASE_PATH as COMMITMENT_MANAGER_PATH,
  type CommitmentManagerApi,
  createCommitmentManagerApi,
} from './commitment-manager/api.js';
import { type Emulator, startEmulator } from './emulator.js';
import type { GivenRecords } from './given.js';
import { createLogisenseApi } from './logisense/api.js';
import { createMonetizenowApi } from './monetizenow/api.js';
import { createLedger, type Effect } from './ledger.js';
import { accountDirectory, createPortfolio, type DirectoryEntry } from './portfolio.js';
import { createSalesforceApi, type SalesforceApi } from './salesforce/api.js';
import type { Webhook } from './salesforce/webhook.js';
import type { BackendApi, BackendName, Clock, Profile, Report } from './types.js';

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
  /** Records of Commitment Manager and Salesforce beside those of the profiles. */
  readonly given?: GivenRecords;
  /** A file that keeps the ledger of effects; in memory when left out. */
  readonly ledger?: string;
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
  /** What all vendors together really did, in order; live. */
  readonly effects: readonly Effect[];
  /** The emulator of a backend that was started; throws for another. */
  emulator(name: BackendName): Emulator;
  /** Every emulator's state, behaviour, calls and faults back to the beginning. */
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

/** The two that talk to each other, once they are made; in this process, past ports and faults. */
interface Links {
  commitmentManager?: CommitmentManagerApi;
  salesforce?: SalesforceApi;
}

interface Surroundings {
  readonly clock: Clock;
  readonly report: Report;
  readonly links: Links;
  readonly given: GivenRecords;
}

const APIS: Readonly<
  Record<BackendName, (profiles: readonly Profile[], around: Surroundings) => BackendApi>
> = {
  'commitment-manager': (profiles, { links, given, ...around }) =>
    (links.commitmentManager = createCommitmentManagerApi(profiles, {
      ...around,
      ...(given.commitmentManager && { given: given.commitmentManager }),
      ...CREDENTIALS.commitmentManager,
      beforeCall: () => links.salesforce?.settle(),
    })),
  salesforce: (profiles, { links, given, ...around }) =>
    (links.salesforce = createSalesforceApi(profiles, {
      ...around,
      ...(given.salesforce && { given: given.salesforce }),
      ...CREDENTIALS.salesforce,
      webhook: webhookTo(links),
    })),
  logisense: (profiles, around) => createLogisenseApi(profiles, { ...around, ...CREDENTIALS.logisense }),
  monetizenow: (profiles, around) =>
    createMonetizenowApi(profiles, { ...around, ...CREDENTIALS.monetizenow }),
  cloudmc: (profiles, around) => createCloudmcApi(profiles, { ...around, ...CREDENTIALS.cloudmc }),
};

/** What Salesforce's flow sends, under the credentials that it was given. */
function webhookTo(links: Links): Webhook {
  const { username, webhookApiKey } = CREDENTIALS.commitmentManager;
  const headers = { username, webhook_api_key: webhookApiKey, 'content-type': 'application/json' };
  return ({ method, path, body, at }) => {
    if (links.commitmentManager === undefined) return null;
    const reply = links.commitmentManager.receive(
      { method, path: COMMITMENT_MANAGER_PATH + path, query: new URLSearchParams(), headers, body },
      at,
    );
    return { status: reply.status, body: stringify(reply.json) ?? '' };
  };
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = options.clock ?? clockOf(options.today);
  const profiles = options.profiles ?? createPortfolio({ today: options.today ?? dayAt(clock()) });
  const ledger = createLedger(options.ledger);
  const links: Links = {};
  const emulators: Partial<Record<BackendName, Emulator>> = {};
  const all = (): Emulator[] => Object.values(emulators);
  const stop = async (): Promise<void> => {
    await Promise.all(all().map((emulator) => emulator.stop()));
  };

  try {
    for (const name of options.only ?? BACKEND_NAMES) {
      const port = options.ports?.[name];
      emulators[name] = await startEmulator(
        (report) => APIS[name](profiles, { clock, report, links, given: options.given ?? {} }),
        {
          clock,
          ledger,
          ...(port !== undefined && { port }),
        },
      );
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
    effects: ledger.effects,
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
