/** A planted portfolio read through the real adapters from emulators on sockets, and reconciled. */
import { createRegistry } from '../../src/backends/registry.js';
import { instantOfMillis } from '../../src/domain/calendar.js';
import { SourceError } from '../../src/domain/failure.js';
import { printDecimal, type CurrencyCode, type Money } from '../../src/domain/money.js';
import type { Organization, OrganizationSlug } from '../../src/domain/organization.js';
import { reconcile } from '../../src/domain/reconciliation/reconcile.js';
import {
  DEFAULT_POLICY,
  type Finding,
  type Known,
  type Reconciliation,
} from '../../src/domain/reconciliation/types.js';
import { createDrift } from '../../src/observability/drift.js';
import { BASE_PATH, createCommitmentManagerApi } from '../../src/sandbox/commitment-manager/api.js';
import { startEmulator, type Emulator } from '../../src/sandbox/emulator.js';
import type { GivenRecords } from '../../src/sandbox/given.js';
import { createSalesforceApi } from '../../src/sandbox/salesforce/api.js';
import type { Profile } from '../../src/sandbox/types.js';
import { systemTimers } from '../../src/upstream/timers.js';
import { aRequest } from '../support/request.js';
import type { Expected, PlantedOrganization, PlantedPortfolio } from './plant.js';

export interface ReadPortfolio {
  readonly reconciliations: readonly Reconciliation[];
  /** Without the login. */
  readonly salesforceCalls: number;
  readonly commitmentManagerCalls: number;
}

export interface Emulators {
  readonly commitmentManager: Emulator;
  readonly salesforce: Emulator;
}

const CREDENTIALS = { username: 'planted', webhookApiKey: 'planted-key', bearerToken: 'planted-token' };
const CLIENT = { clientId: 'planted', clientSecret: 'planted-secret' };

export function organizationOf(planted: PlantedOrganization): Organization {
  return {
    slug: planted.slug as OrganizationSlug,
    name: planted.name,
    currency: planted.currency as CurrencyCode,
    commitmentManager: { organizationId: planted.organizationId },
    salesforce: { missionControlAccountId: planted.accountId, organizationId: null },
    logisense: null,
    monetizenow: null,
    cloudmc: null,
  };
}

/** Whom to read, and what the emulators hold of them. */
export interface Subject {
  readonly now: number;
  readonly organizations: readonly Organization[];
  readonly profiles?: readonly Profile[];
  readonly given?: GivenRecords;
  /** Whose current state, and whose contract, are read too. */
  readonly withState: ReadonlySet<string>;
  readonly withTerms: ReadonlySet<string>;
}

export function readPortfolio(
  { commitmentManager, salesforce, ...portfolio }: PlantedPortfolio,
  before?: (emulators: Emulators) => void,
): Promise<ReadPortfolio> {
  const organizations = portfolio.organizations.map(organizationOf);
  return readAll({ ...portfolio, organizations, given: { commitmentManager, salesforce } }, before);
}

/** `before`: once both emulators run, and before anything is read. */
export async function readAll(
  { now, organizations, profiles = [], given = {}, withState, withTerms }: Subject,
  before: (emulators: Emulators) => void = () => undefined,
): Promise<ReadPortfolio> {
  const clock = () => now;
  const commitmentManager = await startEmulator(
    (report) =>
      createCommitmentManagerApi(profiles, {
        clock,
        report,
        ...CREDENTIALS,
        requestsPerSecond: 1_000_000,
        ...(given.commitmentManager && { given: given.commitmentManager }),
      }),
    { clock },
  );
  const salesforce = await startEmulator(
    (report) =>
      createSalesforceApi(profiles, {
        clock,
        report,
        ...CLIENT,
        ...(given.salesforce && { given: given.salesforce }),
      }),
    { clock },
  );
  const limits = {
    timeoutMs: 20_000,
    freshForMs: 0,
    staleForMs: 0,
    concurrency: 8,
    requestsPerSecond: null,
    allowPrivateAddresses: true,
  };
  const registry = createRegistry(
    {
      commitmentManager: {
        ...limits,
        ...CREDENTIALS,
        url: commitmentManager.url + BASE_PATH,
        minimumAmountUnit: 'major',
      },
      salesforce: { ...limits, ...CLIENT, url: salesforce.url, apiVersion: 'v59.0' },
    },
    { clock, timers: systemTimers, drift: createDrift(() => undefined) },
  );
  try {
    before({ commitmentManager, salesforce });
    const { serviceOrders, minimumCommitments, spend } = registry.createSources(aRequest());
    if (serviceOrders === null || minimumCommitments === null || spend === null)
      throw new Error('a backend is missing');
    const walked = await known(serviceOrders.listAll(organizations));
    const reconciliations: Reconciliation[] = [];
    const queue = [...organizations];
    const work = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const organization = next;
        const { slug } = organization;
        const orders =
          walked.kind === 'failed' ? walked : { kind: 'known' as const, value: walked.value.get(slug)! };
        reconciliations.push(
          reconcile({
            organization,
            orders,
            commitments: await known(minimumCommitments.list(organization)),
            state: withState.has(slug) ? await known(spend.state(organization)) : 'not-read',
            terms: withTerms.has(slug) ? await known(spend.terms(organization)) : 'not-read',
            now: instantOfMillis(now),
            policy: DEFAULT_POLICY,
          }),
        );
      }
    };
    await Promise.all(Array.from({ length: 8 }, work));
    return {
      reconciliations,
      salesforceCalls: salesforce.calls.filter(({ path }) => path.includes('/query')).length,
      commitmentManagerCalls: commitmentManager.calls.length,
    };
  } finally {
    await registry.close();
    await Promise.all([commitmentManager.stop(), salesforce.stop()]);
  }
}

async function known<T>(promise: Promise<T>): Promise<Known<T>> {
  try {
    return { kind: 'known', value: await promise };
  } catch (error) {
    if (error instanceof SourceError) return { kind: 'failed', failure: error.failure };
    throw error;
  }
}

/** A finding in the words of the plant. */
export function told(finding: Finding): Omit<Expected, 'plant'> {
  const { authority, action, impact } = finding;
  return {
    slug: finding.organization,
    orderId: finding.orderId,
    stepId: finding.stepId,
    commitmentId: finding.commitmentId,
    state: finding.state,
    authority: authority === null ? 'nobody' : `${authority.side} by ${authority.rule}`,
    action: action.kind,
    direction: impact.direction,
    perMonth: textOf(impact.perMonth),
    overTerm: textOf(impact.overTerm),
  };
}

function textOf(money: Money | null): string | null {
  return money && `${printDecimal(money.amount)} ${money.currency}`;
}
