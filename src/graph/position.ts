/**
 * Where a commitment and a customer stand.
 *
 * Guarantees: usage is read only where a field that is asked for is made of it, with one call of the billing history and
 * one of the usage summary for a customer and day, whatever asks for it; a source that failed is said, and never a zero.
 * Refuses days so far off that nobody can mean them.
 */
import type { GraphQLResolveInfo } from 'graphql';
import { addToDay, dayOf, instantOfMillis, parseDay, type Day, type DayRange } from '../domain/calendar.js';
import type { Commitment, MinimumCommitment } from '../domain/commitment.js';
import { daysOfMonth, monthOfDay } from '../domain/day-count.js';
import { SourceError, type Failure } from '../domain/failure.js';
import { decimal } from '../domain/money.js';
import type { Organization } from '../domain/organization.js';
import type { RecordPort } from '../domain/ports.js';
import { NO_CONSUMPTION, type Consumption, type Unread } from '../domain/position/figures.js';
import { BAND_PERCENT } from '../domain/position/forecast.js';
import type { Clock } from '../domain/position/moment.js';
import { organizationPosition, type MinimumTotal, type SourceRead } from '../domain/position/organization.js';
import { monthSpan, positionOf, within, type CommitmentPosition } from '../domain/position/position.js';
import { readsFor } from '../domain/position/reads.js';
import { percentOf } from '../domain/position/share.js';
import type { CommitmentSourceName } from '../domain/source.js';
import { spanOf } from '../domain/span.js';
import { organizationOf, type GraphContext } from './context.js';
import { coverageOf, readCovered, reportPartial, type Coverage, type CoveredItems } from './coverage.js';
import { badInput } from './errors.js';
import type { Resolvers } from './generated.js';
import { presentOnly } from './past.js';
import { LONGEST_HISTORY_MONTHS } from './spend.js';

const FIRST_DAY = parseDay('1990-01-01') as Day;
const MOST_YEARS_AHEAD = 10;

/** What has to be read is read when a field asks for it. */
export interface ShownPosition<Kind extends Commitment = Commitment> {
  readonly commitment: Kind;
  readonly clock: Clock;
}

export type ShownMinimumPosition = ShownPosition<MinimumCommitment>;

export type Agreement = NonNullable<MinimumTotal['agreement']>;

export interface ShownOrganizationPosition {
  readonly organization: Organization;
  readonly clock: Clock;
}

/** Throws BAD_USER_INPUT. */
function clockOf(on: Day | null | undefined, context: GraphContext): Clock {
  const now = instantOfMillis(context.now());
  const today = dayOf(now);
  const last = addToDay(today, { years: MOST_YEARS_AHEAD });
  if (on != null && (on < FIRST_DAY || on > last)) {
    throw badInput(`\`on\`: give a day from ${FIRST_DAY} to ${last}; it is ${on}.`);
  }
  return { on: on ?? today, now };
}

function failureOf(error: unknown): Failure {
  if (error instanceof SourceError) return error.failure;
  throw error;
}

/** Also the months of commitments that have ended: what was not asked for must not look like what billing does not tell. */
function reachingBack(range: DayRange, commitments: readonly MinimumCommitment[]): DayRange {
  const farthest = addToDay(range.endsBefore, { months: -LONGEST_HISTORY_MONTHS });
  const starts = commitments.flatMap((commitment) => {
    const span = spanOf(commitment);
    return typeof span === 'string' ? [] : [daysOfMonth(monthOfDay(span.startsOn)).startsOn];
  });
  const [first = range.startsOn] = [range.startsOn, ...starts].sort();
  return { startsOn: first > farthest ? first : farthest, endsBefore: range.endsBefore };
}

/** All minimum commitments count, so that every position of the customer asks for the same, and it is asked for once. */
async function consumptionOf(
  organization: Organization,
  commitments: readonly MinimumCommitment[],
  clock: Clock,
  context: GraphContext,
): Promise<Consumption> {
  const { spend } = context.sources;
  if (spend === null) return NO_CONSUMPTION;
  const { month, history: needed } = readsFor(commitments, clock);
  const history = reachingBack(needed, commitments);
  const unread: Unread[] = [];
  const missed = (of: Unread['month']) => (error: unknown) => {
    unread.push({ month: of, failure: failureOf(error) });
    return null;
  };
  const [billing, usage] = await Promise.all([
    spend.billingHistory(organization, history, false).catch(missed(null)),
    spend.usage(organization, month).catch(missed(month)),
  ]);
  return {
    usage: usage === null ? [] : [usage],
    billing: billing === null ? null : { entries: billing.items, observation: billing.observation },
    // Entries that could not be read may be of any month that has no figure.
    unread: [...(billing?.dropped.slice(0, 1) ?? []).map((failure) => ({ month: null, failure })), ...unread],
  };
}

async function minimumsOf(organization: Organization, context: GraphContext) {
  const { minimumCommitments } = context.sources;
  return minimumCommitments === null ? [] : (await minimumCommitments.list(organization)).items;
}

const reported = new WeakMap<GraphContext, Set<Failure>>();

/** What is read once fails once, however many positions are made of it. */
function reportOnce(context: GraphContext, info: GraphQLResolveInfo, { unread }: Consumption): void {
  const known = reported.get(context) ?? new Set();
  reported.set(context, known);
  const news = unread.map(({ failure }) => failure).filter((failure) => !known.has(failure));
  for (const failure of news) known.add(failure);
  reportPartial(context, info, news);
}

const positions = new WeakMap<ShownPosition, Promise<CommitmentPosition>>();

/** The same for both stretches. */
function positionOfMinimum(
  shown: ShownPosition<MinimumCommitment>,
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<CommitmentPosition> {
  const made = positions.get(shown) ?? readMinimum(shown, context, info);
  positions.set(shown, made);
  return made;
}

async function readMinimum(
  { commitment, clock }: ShownPosition<MinimumCommitment>,
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<CommitmentPosition> {
  presentOnly(commitment, 'position');
  const bare = positionOf(commitment, clock);
  if (bare.problem !== null) return bare;
  const organization = organizationOf(commitment.organization, context);
  // Without the others, it is asked for what this one needs.
  const all = await minimumsOf(organization, context).catch((error: unknown) => {
    failureOf(error);
    return [commitment];
  });
  const consumption = await consumptionOf(organization, all, clock, context);
  reportOnce(context, info, consumption);
  return positionOf(commitment, clock, consumption);
}

function sourceRead<T>({ items, coverage, error }: CoveredItems<T>): SourceRead<T> {
  if (error !== null) return { state: 'FAILED', failure: error.failure };
  if (coverage.state === 'NOT_LINKED' || coverage.state === 'NOT_CONFIGURED')
    return { state: coverage.state };
  const { droppedRecords: dropped } = coverage;
  return { state: 'READ', items, dropped, truncated: coverage.state === 'PARTIAL' && dropped === 0 };
}

const NOT_ASKED = { state: 'NOT_LINKED' } as const;
const NOTHING = { minimum: NOT_ASKED, contract: NOT_ASKED, resource: NOT_ASKED, consumption: NO_CONSUMPTION };

/** `null` where the list could not be had: nothing is known of it then, and nothing is no number. */
const isKnown = ({ state }: SourceRead<unknown>) => state === 'READ' || state === 'NOT_LINKED';

/** Throws nothing for a source; each failure is reported once, whichever field asks first. */
function readsOf(
  { organization, clock }: ShownOrganizationPosition,
  context: GraphContext,
  info: GraphQLResolveInfo,
) {
  const list = async <T>(source: CommitmentSourceName, port: RecordPort<T> | null) => {
    const read = await readCovered(source, port, organization, context, info);
    if (read.error) reportPartial(context, info, [read.error.failure]);
    return read;
  };
  const { minimumCommitments, contractCommitments, resourceCommitments } = context.sources;
  const isAbout = (commitment: MinimumCommitment) => {
    const span = spanOf(commitment);
    return typeof span !== 'string' && within(span, monthSpan(clock.on)) !== null;
  };
  const minimum = once(() => list('COMMITMENT_MANAGER', minimumCommitments));
  const consumption = once(async () => {
    const { items } = await minimum();
    if (!items.some(isAbout)) return NO_CONSUMPTION;
    const read = await consumptionOf(organization, items, clock, context);
    reportOnce(context, info, read);
    return read;
  });
  return {
    minimum,
    consumption,
    contract: once(() => list('LOGISENSE', contractCommitments)),
    resource: once(() => list('CLOUDMC', resourceCommitments)),
  };
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= work());
}

const readsByPosition = new WeakMap<ShownOrganizationPosition, ReturnType<typeof readsOf>>();

/** The same reads for all fields of a position. */
function partsOf(shown: ShownOrganizationPosition, context: GraphContext, info: GraphQLResolveInfo) {
  const known = readsByPosition.get(shown);
  if (known !== undefined) return known;
  const { prev } = info.path;
  const made = readsOf(shown, context, prev === undefined ? info : { ...info, path: prev });
  readsByPosition.set(shown, made);
  return made;
}

async function wholeOf(shown: ShownOrganizationPosition, context: GraphContext, info: GraphQLResolveInfo) {
  const parts = partsOf(shown, context, info);
  const [minimum, contract, resource, consumption] = await Promise.all([
    parts.minimum(),
    parts.contract(),
    parts.resource(),
    parts.consumption(),
  ]);
  return {
    coverage: coverageWith(consumption, [minimum.coverage, contract.coverage, resource.coverage]),
    position: organizationPosition(
      {
        minimum: sourceRead(minimum),
        contract: sourceRead(contract),
        resource: sourceRead(resource),
        consumption,
      },
      shown.clock,
    ),
  };
}

function coverageWith({ unread }: Consumption, sources: Coverage['sources']): Coverage {
  const [first] = unread;
  return coverageOf(
    sources.map((each) =>
      first !== undefined &&
      each.source === 'COMMITMENT_MANAGER' &&
      (each.state === 'COMPLETE' || each.state === 'STALE')
        ? { ...each, state: 'PARTIAL', code: first.failure.code, retryAfterMs: retryAfterOf(first.failure) }
        : each,
    ),
  );
}

function retryAfterOf(failure: Failure): number | null {
  return 'retryAfterMs' in failure ? (failure.retryAfterMs ?? null) : null;
}

const positionOfAny = <Kind extends Commitment>(
  commitment: Kind,
  { on }: { readonly on?: Day | null | undefined },
  context: GraphContext,
): ShownPosition<Kind> => ({ commitment, clock: clockOf(on, context) });

/** What is said of a position without reading anything. */
function bareOf<Kind extends CommitmentPosition['kind']>(
  { commitment, clock }: ShownPosition,
  kind: Kind,
): Extract<CommitmentPosition, { readonly kind: Kind }> {
  const found = positionOf(commitment, clock);
  if (found.kind !== kind) throw new Error(`a position is ${found.kind}, and is shown as ${kind}`);
  return found as Extract<CommitmentPosition, { readonly kind: Kind }>;
}

const common = {
  on: ({ clock }: ShownPosition) => clock.on,
  state: ({ commitment, clock }: ShownPosition) => positionOf(commitment, clock).state,
  problem: ({ commitment, clock }: ShownPosition) => positionOf(commitment, clock).problem,
};

const TYPE_NAMES = {
  minimum: 'MinimumPosition',
  resource: 'ResourcePosition',
  contract: 'ContractPosition',
} as const;

const spendOf =
  (part: 'month' | 'term') =>
  async (
    shown: ShownPosition<MinimumCommitment>,
    _: unknown,
    context: GraphContext,
    info: GraphQLResolveInfo,
  ) => {
    const found = await positionOfMinimum(shown, context, info);
    return found.kind === 'minimum' ? found[part] : null;
  };

export const positionResolvers = {
  Organization: {
    position: (organization, { on }, context) => ({ organization, clock: clockOf(on, context) }),
  },
  MinimumCommitment: { position: positionOfAny },
  ContractCommitment: { position: positionOfAny },
  ResourceCommitment: { position: positionOfAny },
  CommitmentPosition: { __resolveType: ({ commitment: { kind } }) => TYPE_NAMES[kind] },
  MinimumPosition: {
    ...common,
    month: spendOf('month'),
    term: spendOf('term'),
    sharesUsageWith: async ({ commitment, clock }, _, context) => {
      presentOnly(commitment, 'sharesUsageWith');
      const others = await minimumsOf(organizationOf(commitment.organization, context), context);
      const found = positionOf(commitment, clock, NO_CONSUMPTION, others);
      const ids = new Set(found.kind === 'minimum' ? found.sharesUsageWith : []);
      return others.filter(({ externalId }) => ids.has(externalId));
    },
  },
  ResourcePosition: {
    ...common,
    elapsedPercent: (shown) => bareOf(shown, 'resource').elapsedPercent,
    daysLeft: (shown) => bareOf(shown, 'resource').daysLeft,
    products: (shown) => bareOf(shown, 'resource').products,
    fixedPrice: (shown) => bareOf(shown, 'resource').fixedPrice?.amount ?? null,
    fixedPriceMoney: (shown) => bareOf(shown, 'resource').fixedPrice?.money ?? null,
  },
  ProductPosition: {
    committedQuantity: ({ committed }) => committed,
    consumedQuantity: ({ consumed }) => consumed,
  },
  ContractPosition: {
    ...common,
    elapsedPercent: (shown) => bareOf(shown, 'contract').elapsedPercent,
    daysLeft: (shown) => bareOf(shown, 'contract').daysLeft,
    periodsTotal: (shown) => bareOf(shown, 'contract').periodsTotal,
    periodsDone: (shown) => bareOf(shown, 'contract').periodsDone,
    currentPeriod: (shown) => bareOf(shown, 'contract').currentPeriod,
  },
  MonthPosition: {
    isKnown: ({ known }) => known,
    elapsedPercent: ({ elapsedMs, totalMs }) => percentOf(decimal(String(elapsedMs)), totalMs),
    coveredPercent: ({ coveredMs, totalMs }) => percentOf(decimal(String(coveredMs)), totalMs),
  },
  UsageGap: { code: ({ failure }) => failure?.code ?? null },
  UsageFigure: {
    origin: ({ from }) => from,
    untilAt: ({ until }) => instantOfMillis(until),
    freshness: ({ observation }) => observation,
  },
  SpendForecast: {
    bandPercent: ({ low }) => (low === null ? null : decimal(String(BAND_PERCENT))),
  },
  OrganizationPosition: {
    on: ({ clock }) => clock.on,
    minimum: async (shown, _, context, info) => {
      const { minimum, consumption } = partsOf(shown, context, info);
      const read = sourceRead(await minimum());
      if (!isKnown(read)) return null;
      const parts = { ...NOTHING, minimum: read, consumption: await consumption() };
      return organizationPosition(parts, shown.clock).minimum;
    },
    resources: async (shown, _, context, info) => {
      const read = sourceRead(await partsOf(shown, context, info).resource());
      return isKnown(read)
        ? organizationPosition({ ...NOTHING, resource: read }, shown.clock).resource
        : null;
    },
    contractCommitments: async (shown, _, context, info) => {
      const read = sourceRead(await partsOf(shown, context, info).contract());
      if (!isKnown(read)) return null;
      return organizationPosition({ ...NOTHING, contract: read }, shown.clock).contract.active;
    },
    isComplete: async (shown, _, context, info) => (await wholeOf(shown, context, info)).position.isComplete,
    missing: async (shown, _, context, info) => (await wholeOf(shown, context, info)).position.missing,
    coverage: async (shown, _, context, info) => (await wholeOf(shown, context, info)).coverage,
  },
  MinimumTotal: {
    inMonthExternalIds: ({ inMonth }) => inMonth,
    hasOverlaps: ({ overlaps }) => overlaps,
  },
  MinimumAgreement: { externalIds: ({ commitments }) => commitments },
  ResourceTotal: { withoutCurrency: ({ pricesWithoutCurrency }) => pricesWithoutCurrency },
  QuantityTotal: {
    committedQuantity: ({ committed }) => committed,
    consumedQuantity: ({ consumed }) => consumed,
    unstated: ({ withoutQuantity }) => withoutQuantity,
  },
  MissingPart: { code: ({ failure }) => failure?.code ?? null },
} satisfies Resolvers;
