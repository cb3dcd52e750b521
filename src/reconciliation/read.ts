/**
 * Reads what has to be compared, and compares it.
 *
 * Guarantees: one walk over the orders of all customers asked for, one list of commitments for each, and the current
 * state and the contract only where they can change what is found: something is suspicious, or a ramp has percents.
 * A source that failed is part of the result. Refuses to ask billing where the orders could not be had: there would be
 * nothing to compare its answers with.
 */
import { instantOfMillis } from '../domain/calendar.js';
import type { MinimumCommitment } from '../domain/commitment.js';
import { failure, SourceError } from '../domain/failure.js';
import type { Listing, Observation } from '../domain/observation.js';
import type { Organization } from '../domain/organization.js';
import type { Sources } from '../domain/ports.js';
import type { Looked } from '../domain/reconciliation/memory.js';
import { reconcile } from '../domain/reconciliation/reconcile.js';
import {
  DEFAULT_POLICY,
  type Known,
  type Reconciliation,
  type ReconciliationInput,
  type ReconciliationPolicy,
} from '../domain/reconciliation/types.js';
import type { ServiceOrder } from '../domain/service-order.js';
import type { SourceName } from '../domain/source.js';

export type Orders = (organization: Organization) => Known<Listing<ServiceOrder>>;

export type Compared = Pick<Looked, 'reconciliation' | 'observations'>;

export interface Reader {
  /** Of all of them at once. Never rejects for a source. */
  ordersOf(organizations: readonly Organization[]): Promise<Orders>;
  /** Never rejects for a source. */
  compare(organization: Organization, orders: Known<Listing<ServiceOrder>>): Promise<Compared>;
}

export interface ReaderOptions {
  readonly sources: Pick<Sources, 'serviceOrders' | 'minimumCommitments' | 'spend'>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly policy?: ReconciliationPolicy;
}

const notConfigured = (
  source: SourceName,
): { readonly kind: 'failed'; readonly failure: ReturnType<typeof failure> } => ({
  kind: 'failed',
  failure: failure('UPSTREAM_UNAVAILABLE', source, { detail: 'not configured', isLasting: true }),
});

async function known<T>(work: Promise<T>): Promise<Known<T>> {
  try {
    return { kind: 'known', value: await work };
  } catch (error) {
    if (error instanceof SourceError) return { kind: 'failed', failure: error.failure };
    throw error;
  }
}

export function createReader({ sources, clock, policy = DEFAULT_POLICY }: ReaderOptions): Reader {
  const { serviceOrders, minimumCommitments, spend } = sources;
  const now = () => instantOfMillis(clock());
  const nothing = (): Known<Listing<never>> => ({
    kind: 'known',
    value: { items: [], dropped: [], truncated: false, observation: { observedAt: now(), stale: false } },
  });

  const commitmentsOf = (organization: Organization): Promise<Known<Listing<MinimumCommitment>>> => {
    if (organization.commitmentManager === null) return Promise.resolve(nothing());
    return minimumCommitments === null
      ? Promise.resolve(notConfigured('COMMITMENT_MANAGER'))
      : known(minimumCommitments.list(organization));
  };

  return {
    async ordersOf(organizations) {
      const linked = organizations.filter(({ salesforce }) => salesforce !== null);
      const [only] = linked;
      const none = nothing();
      if (only === undefined) return () => none;
      if (serviceOrders === null) {
        return ({ salesforce }) => (salesforce === null ? none : notConfigured('SALESFORCE'));
      }
      if (linked.length === 1) {
        const listing = await known(serviceOrders.list(only));
        return ({ slug }) => (slug === only.slug ? listing : none);
      }
      const walked = await known(serviceOrders.listAll(linked));
      return ({ slug, salesforce }) => {
        if (salesforce === null) return none;
        if (walked.kind === 'failed') return walked;
        const value = walked.value.get(slug);
        return value === undefined ? none : { kind: 'known', value };
      };
    },

    async compare(organization, orders) {
      const isBilled = organization.commitmentManager !== null;
      const commitments = orders.kind === 'failed' ? nothing() : await commitmentsOf(organization);
      const compare = (parts: Partial<Pick<ReconciliationInput, 'state' | 'terms'>> = {}) =>
        reconcile({ organization, orders, commitments, state: 'not-read', ...parts, now: now(), policy });
      const observations = {
        orders: observationOf(organization.salesforce, orders),
        commitments:
          orders.kind === 'failed' ? null : observationOf(organization.commitmentManager, commitments),
      };
      const first = compare();
      if (orders.kind === 'failed') {
        return { reconciliation: isBilled ? withoutBilling(first) : first, observations };
      }
      const wants = commitments.kind === 'failed' || !isBilled ? NOTHING_ELSE : wishesOf(first, orders.value);
      if (spend === null || (!wants.state && !wants.terms)) return { reconciliation: first, observations };
      const [state, terms] = await Promise.all([
        wants.state ? known(spend.state(organization)) : ('not-read' as const),
        wants.terms ? known(spend.terms(organization)) : ('not-read' as const),
      ]);
      return { reconciliation: compare({ state, terms }), observations };
    },
  };
}

function observationOf(account: object | null, side: Known<Listing<unknown>>): Observation | null {
  return account === null || side.kind === 'failed' ? null : side.value.observation;
}

const NOTHING_ELSE = { state: false, terms: false } as const;

/** What else is worth a call. */
function wishesOf(
  { discrepancies, uncompared }: Reconciliation,
  orders: Listing<ServiceOrder>,
): { readonly state: boolean; readonly terms: boolean } {
  const suspicious = [...discrepancies, ...uncompared.filter(({ kind }) => kind !== 'SIDE')];
  return {
    state: suspicious.length > 0,
    terms:
      suspicious.some(({ state }) => state === 'UNIT_SUSPECT') ||
      orders.items.some(({ rampSteps }) => rampSteps.length > 1),
  };
}

/** Billing was not asked: nothing may be taken for read, or for complete. */
function withoutBilling(compared: Reconciliation): Reconciliation {
  const { commitments: counted } = compared.summary.coverage;
  return {
    ...compared,
    coverage: { ...compared.coverage, commitments: 'NOT_READ' },
    summary: {
      ...compared.summary,
      complete: 0,
      coverage: {
        ...compared.summary.coverage,
        commitments: { ...counted, READ: 0, NOT_READ: counted.READ + counted.NOT_READ },
      },
    },
  };
}

/** Works on all of them, so many at once. The first rejection ends it. */
export async function inTurns<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) await work(items[index] as Item, index);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
