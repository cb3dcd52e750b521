/**
 * Which backends there are: builds the gate and the adapter of each that is configured, and one set of ports for each
 * request. Adding a backend is a folder beside this file and a block here.
 */
import type { ChangePort, ChangePorts } from '../domain/change-port.js';
import type { Change } from '../domain/change.js';
import { lazyChangePorts, lazySources } from '../domain/lazy-ports.js';
import type { SourceState, Sources } from '../domain/ports.js';
import { SOURCE_NAMES, type SourceName } from '../domain/source.js';
import type { DriftCounter } from '../observability/drift.js';
import { createGate, type Gate, type GateDependencies, type GateSettings } from '../upstream/gate.js';
import { createCloudmc } from './cloudmc/backend.js';
import { createCommitmentManager } from './commitment-manager/backend.js';
import type { BackendDeps } from './deps.js';
import { countingUnknown } from './envelopes.js';
import type { UpstreamRequest } from '../upstream/request.js';
import { createLogisense } from './logisense/backend.js';
import { createMonetizenow } from './monetizenow/backend.js';
import { createSalesforce } from './salesforce/backend.js';

type Limits = Omit<GateSettings, 'source'>;

/** The backends that are there, with their credentials and limits. */
export interface RegistrySettings {
  readonly commitmentManager?:
    | (Limits & {
        readonly username?: string | undefined;
        readonly webhookApiKey?: string | undefined;
        readonly bearerToken?: string | undefined;
        readonly minimumAmountUnit: 'major' | 'cents';
      })
    | undefined;
  readonly salesforce?:
    | (Limits & {
        readonly apiVersion: string;
        readonly clientId?: string | undefined;
        readonly clientSecret?: string | undefined;
        readonly accessToken?: string | undefined;
      })
    | undefined;
  readonly logisense?:
    | (Limits & {
        readonly username?: string | undefined;
        readonly password?: string | undefined;
        readonly clientId?: string | undefined;
        readonly accessToken?: string | undefined;
        readonly loginUrl?: string | undefined;
      })
    | undefined;
  readonly monetizenow?: (Limits & { readonly apiKey: string }) | undefined;
  readonly cloudmc?: (Limits & { readonly apiKey: string }) | undefined;
}

export interface Registry {
  /** Ports for one request. */
  createSources(request: UpstreamRequest): Sources;
  /** Ways to change things, for one request. What they read is read anew, whatever the request allows. */
  createChanges(request: UpstreamRequest): ChangePorts;
  states(): readonly SourceState[];
  close(): Promise<void>;
}

export function createRegistry(
  settings: RegistrySettings,
  dependencies: GateDependencies & { readonly drift: DriftCounter },
): Registry {
  const { clock, drift } = dependencies;
  const gates = new Map<SourceName, Gate>();
  const open = (source: SourceName, limits: Limits): BackendDeps => {
    // One by one: what comes in holds credentials too, which are none of the gate's business.
    const { url, timeoutMs, writeTimeoutMs, freshForMs, staleForMs, concurrency, requestsPerSecond } = limits;
    const { allowPrivateAddresses = false, sharing = true } = limits;
    const gate = createGate(
      {
        source,
        url,
        timeoutMs,
        ...(writeTimeoutMs === undefined ? {} : { writeTimeoutMs }),
        // Told by `Query.sources`: without sharing, nothing is as old as its settings would allow.
        freshForMs: sharing ? freshForMs : 0,
        staleForMs: sharing ? staleForMs : 0,
        concurrency,
        requestsPerSecond,
        sharing,
        allowPrivateAddresses,
      },
      dependencies,
    );
    gates.set(source, gate);
    return {
      clock,
      drift,
      createUpstream: (options) => countingUnknown(gate.createUpstream(options), source, drift),
    };
  };

  const given = settings;
  const commitmentManager =
    given.commitmentManager &&
    createCommitmentManager(
      { ...given.commitmentManager, minimumUnit: given.commitmentManager.minimumAmountUnit },
      open('COMMITMENT_MANAGER', given.commitmentManager),
    );
  const salesforce =
    given.salesforce && createSalesforce(given.salesforce, open('SALESFORCE', given.salesforce));
  const logisense = given.logisense && createLogisense(given.logisense, open('LOGISENSE', given.logisense));
  const monetizenow =
    given.monetizenow && createMonetizenow(given.monetizenow, open('MONETIZENOW', given.monetizenow));
  const cloudmc = given.cloudmc && createCloudmc(given.cloudmc, open('CLOUDMC', given.cloudmc));

  const states = (): readonly SourceState[] =>
    SOURCE_NAMES.map((source) => {
      const gate = gates.get(source);
      const seen = gate?.state();
      return {
        source,
        isConfigured: gate !== undefined,
        isReachable: seen?.isReachable ?? null,
        lastSuccessAt: seen?.lastSuccessAt ?? null,
        lastFailure: seen?.lastFailure ?? null,
        callsInFlight: seen?.callsInFlight ?? 0,
        callsQueued: seen?.callsQueued ?? 0,
        requestsPerSecond: gate?.settings.requestsPerSecond ?? null,
        quotaRemaining: seen?.quotaRemaining ?? null,
        timeoutMs: gate?.settings.timeoutMs ?? null,
        freshForMs: gate?.settings.freshForMs ?? null,
        staleForMs: gate?.settings.staleForMs ?? null,
        concurrency: gate?.settings.concurrency ?? null,
        breaker: seen?.breaker ?? 'CLOSED',
        reportedLimit: seen?.reportedLimit ?? null,
        ...drift.counts(source),
      };
    });

  return {
    createSources(request) {
      let own: ReturnType<NonNullable<typeof commitmentManager>['sources']> | undefined;
      const spendAndMinimums = () => (own ??= commitmentManager?.sources(request));
      return lazySources({
        minimumCommitments: () => spendAndMinimums()?.minimumCommitments ?? null,
        spend: () => spendAndMinimums()?.spend ?? null,
        serviceOrders: () => salesforce?.sources(request).serviceOrders ?? null,
        contractCommitments: () => logisense?.sources(request).contractCommitments ?? null,
        contracts: () => monetizenow?.sources(request).contracts ?? null,
        resourceCommitments: () => cloudmc?.sources(request).resourceCommitments ?? null,
        states,
      });
    },
    createChanges(asked) {
      const request = { ...asked, withinMs: () => 0 };
      return lazyChangePorts({
        contracts: () => forgetful(monetizenow?.changes(request), gates.get('MONETIZENOW')),
        resourceCommitments: () => forgetful(cloudmc?.changes(request), gates.get('CLOUDMC')),
        contractCommitments: () => forgetful(logisense?.changes(request), gates.get('LOGISENSE')),
        sync: () => forgetful(commitmentManager?.changes(request), gates.get('COMMITMENT_MANAGER')),
      });
    },
    states,
    async close() {
      await Promise.all([...gates.values()].map((gate) => gate.close()));
    },
  };
}

/**
 * A change may be found done long after it was sent: what was read of the customer in between is forgotten then. (What
 * was read before it was sent, the gate forgets by itself.)
 */
function forgetful<C extends Change>(
  port: ChangePort<C> | undefined,
  gate: Gate | undefined,
): ChangePort<C> | null {
  if (port === undefined || gate === undefined) return null;
  return {
    ...port,
    async look(organization, change, sent) {
      const look = await port.look(organization, change, sent);
      if (look.state === 'SUCCEEDED') await gate.forget(organization.slug);
      return look;
    },
  };
}
