/**
 * Whether the CRM and billing agree, for one customer and for many.
 *
 * Guarantees: customers of a page are read together, with one walk over their orders; a page goes on behind the last one
 * that was read, whatever a filter left of it; what failed is in `coverage` and `errors`. A filter shows fewer
 * differences and changes no sum. Refuses pages that could not be read within the time of a request.
 */
import type { GraphQLResolveInfo } from 'graphql';
import type { Observation } from '../domain/observation.js';
import { OperationError } from '../domain/operations.js';
import type { Organization } from '../domain/organization.js';
import { idOf, memoryOf, type Looked, type Memory } from '../domain/reconciliation/memory.js';
import { summarize } from '../domain/reconciliation/summary.js';
import {
  CAUSES,
  isDiscrepancy,
  RECONCILIATION_STATES,
  type Comparison,
  type Finding,
  type Reconciliation,
  type SideCoverage,
} from '../domain/reconciliation/types.js';
import type { SourceName } from '../domain/source.js';
import { connectionOf, decodeCursor, encodeCursor, firstThat, type PageArguments } from './connection.js';
import { organizationOf, type GraphContext } from './context.js';
import { reportPartial, type Coverage, type CoverageState, type SourceCoverage } from './coverage.js';
import { badInput } from './errors.js';
import type { ReconciliationFilter, Resolvers } from './generated.js';
import { encodeDiscrepancyId, encodeGlobalId } from './global-id.js';
import { findOrganizations } from './lookup.js';

export interface ShownReconciliation {
  readonly looked: Looked;
  readonly discrepancies: readonly ShownFinding[];
  readonly pending: readonly ShownFinding[];
  readonly uncompared: readonly ShownFinding[];
}

export interface ShownFinding {
  readonly finding: Finding;
  readonly looked: Looked;
}

export interface ShownComparison extends Comparison {
  readonly organization: string;
}

/** Some 150 calls at most: 15 seconds at ten in a second. */
const LARGEST_PAGE = 50;
const MOST_SLUGS = 100;
const LIST = 'reconciliation';
const MOST_REPORTS = 5;

type Filter = Omit<ReconciliationFilter, 'organizations'>;

function show(looked: Looked): ShownReconciliation {
  const shown = (findings: readonly Finding[]) => findings.map((finding) => ({ finding, looked }));
  const { discrepancies, pending, uncompared } = looked.reconciliation;
  return {
    looked,
    discrepancies: shown(discrepancies),
    pending: shown(pending),
    uncompared: shown(uncompared),
  };
}

/** What the page could not have, told once for all of it: each failure of a walk is everybody's. */
function report(looked: readonly Looked[], context: GraphContext, info: GraphQLResolveInfo): void {
  const failures = new Set(looked.flatMap(({ reconciliation }) => reconciliation.coverage.failures));
  reportPartial(context, info, [...failures]);
}

async function keeps({ finding, looked }: ShownFinding, filter: Filter): Promise<boolean> {
  const { states, causes, minimumImpact, acknowledged } = filter;
  if (states != null && !states.includes(finding.state)) return false;
  if (causes != null && !causes.includes(finding.cause)) return false;
  if (minimumImpact != null) {
    const { direction, overTerm } = finding.impact;
    if (direction === 'NONE') return false;
    const { amount, currency } = minimumImpact;
    if (overTerm !== null && (overTerm.currency !== currency || overTerm.amount.lessThan(amount)))
      return false;
  }
  if (acknowledged == null) return true;
  const memory = memoryOf(finding, await looked.memories(), looked.reconciliation.at);
  return (memory?.acknowledgement != null) === acknowledged;
}

async function filtered(looked: Looked, filter: Filter): Promise<ShownReconciliation | null> {
  const shown = show(looked);
  const { states, causes, minimumImpact, acknowledged } = filter;
  if ([states, causes, minimumImpact, acknowledged].every((part) => part == null)) return shown;
  const kept = async (findings: readonly ShownFinding[]) => {
    const verdicts = await Promise.all(findings.map((one) => keeps(one, filter)));
    return findings.filter((_, index) => verdicts[index]);
  };
  const [discrepancies, pending, uncompared] = [
    await kept(shown.discrepancies),
    await kept(shown.pending),
    await kept(shown.uncompared),
  ];
  return discrepancies.length + pending.length + uncompared.length === 0
    ? null
    : { looked, discrepancies, pending, uncompared };
}

const COVERAGE_STATES: Readonly<Record<SideCoverage, CoverageState>> = {
  READ: 'COMPLETE',
  INCOMPLETE: 'PARTIAL',
  STALE: 'STALE',
  FAILED: 'FAILED',
  NOT_LINKED: 'NOT_LINKED',
  // Nobody asked it, for the other side had failed.
  NOT_READ: 'FAILED',
};

function sourceCoverage(
  source: SourceName,
  side: SideCoverage,
  observation: Observation | null,
  { organization, reconciliation }: Looked,
): SourceCoverage {
  const failures = reconciliation.coverage.failures.filter((failure) => failure.source === source);
  const [failure] = side === 'FAILED' || side === 'INCOMPLETE' ? failures : [];
  return {
    source,
    organization,
    state: COVERAGE_STATES[side],
    code: failure?.code ?? null,
    retryAfterMs: failure !== undefined && 'retryAfterMs' in failure ? (failure.retryAfterMs ?? null) : null,
    droppedRecords: side === 'INCOMPLETE' ? failures.length : 0,
    undated: 0,
    observation,
  };
}

function coverageOfPage(page: readonly Looked[]): Coverage {
  const sources = page.flatMap((looked) => {
    const { orders, commitments } = looked.reconciliation.coverage;
    return [
      sourceCoverage('SALESFORCE', orders, looked.observations.orders, looked),
      sourceCoverage('COMMITMENT_MANAGER', commitments, looked.observations.commitments, looked),
    ];
  });
  const missing = new Set(
    sources.filter(({ state }) => state !== 'COMPLETE' && state !== 'NOT_LINKED').map(({ source }) => source),
  );
  return { complete: missing.size === 0, missing: [...missing], sources };
}

/** Throws BAD_USER_INPUT before anybody is asked. */
function chosen(
  slugs: readonly string[] | null | undefined,
  { first }: PageArguments,
  context: GraphContext,
): readonly Organization[] {
  if (first < 1 || first > LARGEST_PAGE) {
    throw badInput(`\`first\` must be from 1 to ${LARGEST_PAGE}: each customer is read now. It is ${first}.`);
  }
  if (slugs != null && slugs.length > MOST_SLUGS) {
    throw badInput(`\`filter.organizations\`: at most ${MOST_SLUGS} at once; there are ${slugs.length}.`);
  }
  return findOrganizations(slugs, context);
}

async function portfolioPage(
  { organizations: slugs, ...filter }: ReconciliationFilter,
  page: PageArguments,
  context: GraphContext,
  info: GraphQLResolveInfo,
) {
  const organizations = chosen(slugs, page, context);
  const place = page.after == null ? null : decodeCursor(LIST, page.after)[0];
  const from = typeof place === 'string' ? firstThat(organizations, ({ slug }) => slug > place) : 0;
  const read = organizations.slice(from, from + page.first);
  const looked = await context.reconciliations.of(read);
  report(looked, context, info);
  const shown = await Promise.all(looked.map((one) => filtered(one, filter)));
  const edges = shown
    .filter((one) => one !== null)
    .map((node) => ({ node, cursor: encodeCursor(LIST, [node.looked.organization.slug]) }));
  const last = read.at(-1);
  const end = last === undefined ? null : encodeCursor(LIST, [last.slug]);
  return {
    ...connectionOf(edges, from + read.length < organizations.length, place !== null, end),
    totalCount: organizations.length,
    coverage: coverageOfPage(looked),
    summary: summarize(looked.map(({ reconciliation }) => reconciliation)),
  };
}

/** How many fields have said that the memory of a page cannot be read: hundreds would say the same. */
const reports = new WeakMap<Looked['memories'], number>();

async function remembered({ finding, looked }: ShownFinding): Promise<Memory | null> {
  try {
    return memoryOf(finding, await looked.memories(), looked.reconciliation.at);
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    const told = reports.get(looked.memories) ?? 0;
    reports.set(looked.memories, told + 1);
    if (told < MOST_REPORTS) throw error;
    return null;
  }
}

function recordId(type: 'ServiceOrder' | 'MinimumCommitment', organization: string, key: string | null) {
  return key === null ? null : encodeGlobalId({ type, organization, key });
}

function moneyOf<Name extends string>(name: Name) {
  return (
    impact: Readonly<Record<Name, Reconciliation['summary']['impact'][number]['leakagePerMonth']>> & {
      readonly currency: Reconciliation['summary']['impact'][number]['currency'];
    },
  ) => ({ amount: impact[name], currency: impact.currency });
}

export const reconciliationResolvers = {
  Query: {
    reconciliation: (_, { filter, ...page }, context, info) =>
      portfolioPage(filter ?? {}, page, context, info),
  },
  Organization: {
    reconciliation: async (organization, _, context, info) => {
      const looked = await context.reconciliations.of([organization]);
      report(looked, context, info);
      const [only] = looked;
      return only === undefined ? null : show(only);
    },
  },
  Reconciliation: {
    organization: ({ looked }) => looked.organization,
    at: ({ looked }) => looked.reconciliation.at,
    comparisons: ({ looked: { organization, reconciliation } }) =>
      reconciliation.comparisons.map((one) => ({ ...one, organization: organization.slug })),
    coverage: ({ looked }) => looked.reconciliation.coverage,
    summary: ({ looked }) => looked.reconciliation.summary,
  },
  ReconciliationCoverage: {
    complete: ({ orders, commitments }) => orders === 'READ' && commitments === 'READ',
    currentState: ({ state }) => state,
  },
  Comparison: {
    orderId: ({ organization, orderId }) =>
      encodeGlobalId({ type: 'ServiceOrder', organization, key: orderId }),
    orderExternalId: ({ orderId }) => orderId,
    stepExternalId: ({ stepId }) => stepId,
    commitmentId: ({ organization, commitmentId }) =>
      encodeGlobalId({ type: 'MinimumCommitment', organization, key: commitmentId }),
    commitmentExternalId: ({ commitmentId }) => commitmentId,
  },
  Discrepancy: {
    id: ({ finding }) => encodeDiscrepancyId(finding.organization, idOf(finding)),
    organization: ({ finding }, _, context) => organizationOf(finding.organization, context),
    state: ({ finding }) => finding.state,
    isLasting: ({ finding }) => isDiscrepancy(finding.state),
    fields: ({ finding }) => finding.fields,
    orderId: ({ finding }) => recordId('ServiceOrder', finding.organization, finding.orderId),
    orderExternalId: ({ finding }) => finding.orderId,
    stepExternalId: ({ finding }) => finding.stepId,
    commitmentId: ({ finding }) => recordId('MinimumCommitment', finding.organization, finding.commitmentId),
    commitmentExternalId: ({ finding }) => finding.commitmentId,
    crm: ({ finding }) => finding.crm,
    billing: ({ finding }) => finding.billing,
    cause: ({ finding }) => finding.cause,
    causeText: ({ finding }) => CAUSES[finding.cause],
    authority: ({ finding }) => finding.authority,
    severity: ({ finding }) => finding.severity,
    impact: ({ finding }) => finding.impact,
    recommendedAction: ({ finding, looked }) => ({ finding, at: looked.reconciliation.at }),
    firstSeenAt: async (shown) => (await remembered(shown))?.firstSeenAt ?? null,
    lastSeenAt: async (shown) => (await remembered(shown))?.lastSeenAt ?? null,
    acknowledgement: async (shown) => (await remembered(shown))?.acknowledgement ?? null,
  },
  ComparedSide: {
    recordExternalId: ({ recordId: id }) => id,
    changedAt: ({ updatedAt }) => updatedAt,
  },
  ComparedValue: {
    amount: (value) => ('amount' in value ? value.amount : null),
    enteredAmount: (value) => (value.kind === 'MONEY' ? (value.entered?.amount ?? null) : null),
    enteredPer: (value) => (value.kind === 'MONEY' ? (value.entered?.per ?? null) : null),
    term: (value) => ('term' in value ? value.term : null),
    text: (value) => (value.kind === 'STATUS' ? value.text : null),
    percent: (value) => (value.kind === 'PERCENT' ? value.percent : null),
  },
  ReconciliationSummary: {
    completeOrganizations: ({ complete }) => complete,
    counts: ({ counts }) => RECONCILIATION_STATES.map((state) => ({ state, count: counts[state] })),
    unmeasured: ({ withoutAmount }) => withoutAmount,
  },
  CurrencyImpact: {
    overchargePerMonth: moneyOf('overchargePerMonth'),
    overchargeOverTerm: moneyOf('overchargeOverTerm'),
    leakagePerMonth: moneyOf('leakagePerMonth'),
    leakageOverTerm: moneyOf('leakageOverTerm'),
  },
} satisfies Resolvers;
