/**
 * Where an organization stands: its commitments together, as far as they can be put together.
 *
 * Guarantees: kinds and currencies are never added to one another; usage counts once, however many commitments are on the same
 * days; all that is missing from a total is listed with it, with the reason. A source that failed is missing, and not empty.
 * Refuses to convert currencies, and to add up quantities of different products.
 */
import type { Month } from '../calendar.js';
import type {
  Commitment,
  ContractCommitment,
  MinimumCommitment,
  ProductReference,
  ResourceCommitment,
} from '../commitment.js';
import type { Failure } from '../failure.js';
import { money, type CurrencyCode, type Decimal, type Money } from '../money.js';
import type { CommitmentSourceName } from '../source.js';
import { hasDays, spanContains, spanOf, type Span } from '../span.js';
import { figuresOf, type Consumption, type Figures, type GapReason } from './figures.js';
import { momentOf, type Clock, type Moment } from './moment.js';
import type { Segment } from './months.js';
import { monthSpan, segmentOf, within, type PositionProblem } from './position.js';
import { ratesOf } from './rates.js';
import { ZERO } from './share.js';
import { spendOver, type SpendPosition } from './spend.js';

/** What became of reading one source's list. */
export type SourceRead<T> =
  | {
      readonly state: 'READ';
      readonly items: readonly T[];
      readonly dropped: number;
      readonly truncated: boolean;
    }
  | { readonly state: 'FAILED'; readonly failure: Failure }
  | { readonly state: 'NOT_CONFIGURED' }
  /** The organization has no account there: nothing is missing. */
  | { readonly state: 'NOT_LINKED' };

export interface OrganizationReads {
  readonly minimum: SourceRead<MinimumCommitment>;
  readonly contract: SourceRead<ContractCommitment>;
  readonly resource: SourceRead<ResourceCommitment>;
  readonly consumption: Consumption;
}

export type MissingReason =
  | 'SOURCE_FAILED'
  | 'SOURCE_NOT_CONFIGURED'
  | 'RECORDS_DROPPED'
  | 'LIST_TRUNCATED'
  | PositionProblem
  | GapReason;

/** A thing that a total lacks. */
export interface Missing {
  readonly source: CommitmentSourceName;
  readonly reason: MissingReason;
  /** The commitment, where it is one. */
  readonly externalId: string | null;
  /** The month, where usage is missing. */
  readonly month: Month | null;
  /** How many, where they are counted. */
  readonly count: number | null;
  readonly failure: Failure | null;
}

/** Minimum commitments of one currency. */
export interface MinimumTotal {
  readonly currency: CurrencyCode;
  /** Those with days in the month that contains the day. */
  readonly inMonth: readonly string[];
  readonly month: SpendPosition | null;
  /**
   * The unbroken row of commitments (steps of a ramp, or ones that overlap) that contains the day, from its first day to its last.
   */
  readonly agreement: { readonly commitments: readonly string[]; readonly position: SpendPosition } | null;
  /** On some days of the month or of the agreement more than one commitment binds: their minimums are added, their usage is not. */
  readonly overlaps: boolean;
}

export interface QuantityTotal {
  readonly product: ProductReference;
  /** Of the commitments that state one. */
  readonly committed: Decimal | null;
  /** Unknown: CloudMC does not tell. */
  readonly consumed: Decimal | null;
  readonly commitments: number;
  /** Commitments of the product that state no quantity. */
  readonly withoutQuantity: number;
}

export interface ResourceTotal {
  readonly active: number;
  /** For each billing cycle. */
  readonly fixedPrices: readonly { readonly total: Money; readonly commitments: number }[];
  /** Fixed prices that are in no total, because their currency is not known. */
  readonly pricesWithoutCurrency: number;
  readonly quantities: readonly QuantityTotal[];
}

export interface OrganizationPosition {
  readonly minimum: readonly MinimumTotal[];
  readonly resource: ResourceTotal;
  /** Active commitments of contracts; they have no amounts. */
  readonly contract: { readonly active: number };
  readonly isComplete: boolean;
  readonly missing: readonly Missing[];
}

function missing(source: CommitmentSourceName, reason: MissingReason, more: Partial<Missing> = {}): Missing {
  return { source, reason, externalId: null, month: null, count: null, failure: null, ...more };
}

function itemsOf<T>(read: SourceRead<T>): readonly T[] {
  return read.state === 'READ' ? read.items : [];
}

function missingOf(source: CommitmentSourceName, read: SourceRead<unknown>): Missing[] {
  switch (read.state) {
    case 'NOT_LINKED':
      return [];
    case 'NOT_CONFIGURED':
      return [missing(source, 'SOURCE_NOT_CONFIGURED')];
    case 'FAILED':
      return [missing(source, 'SOURCE_FAILED', { failure: read.failure })];
    case 'READ':
      return [
        ...(read.dropped > 0 ? [missing(source, 'RECORDS_DROPPED', { count: read.dropped })] : []),
        ...(read.truncated ? [missing(source, 'LIST_TRUNCATED')] : []),
      ];
  }
}

export function organizationPosition(reads: OrganizationReads, clock: Clock): OrganizationPosition {
  const moment = momentOf(clock);
  const figures = figuresOf(reads.consumption);
  const minimum = minimumTotals(itemsOf(reads.minimum), figures, moment);
  const resources = itemsOf(reads.resource);
  const contracts = itemsOf(reads.contract);
  const gaps = minimum.totals.flatMap(({ month, agreement }) => [
    ...(month?.gaps ?? []),
    ...(agreement?.position.gaps ?? []),
  ]);
  const once = new Map(gaps.map((gap) => [`${gap.month} ${gap.reason}`, gap]));
  const all = [
    ...missingOf('COMMITMENT_MANAGER', reads.minimum),
    ...minimum.problems,
    ...[...once.values()].map(({ month, reason, failure }) =>
      missing('COMMITMENT_MANAGER', reason, { month, failure }),
    ),
    ...missingOf('LOGISENSE', reads.contract),
    ...undated(contracts),
    ...missingOf('CLOUDMC', reads.resource),
    ...undated(resources),
  ];
  return {
    minimum: minimum.totals,
    resource: resourceTotal(resources.filter((each) => isOn(each, moment))),
    contract: { active: contracts.filter((each) => isOn(each, moment)).length },
    isComplete: all.length === 0,
    missing: all,
  };
}

function isOn(commitment: Commitment, { on }: Moment): boolean {
  const span = spanOf(commitment);
  return typeof span !== 'string' && spanContains(span, on);
}

function undated(commitments: readonly Commitment[]): Missing[] {
  return commitments.flatMap((commitment) => {
    const span = spanOf(commitment);
    const { source, externalId } = commitment;
    return typeof span === 'string' ? [missing(source, span, { externalId })] : [];
  });
}

interface Counted extends Segment {
  readonly externalId: string;
}

function minimumTotals(commitments: readonly MinimumCommitment[], figures: Figures, moment: Moment) {
  const counted: Counted[] = [];
  const problems: Missing[] = [];
  for (const commitment of commitments) {
    const { externalId } = commitment;
    const segment = segmentOf(commitment);
    if (typeof segment === 'string') {
      problems.push(missing('COMMITMENT_MANAGER', segment, { externalId }));
    } else if (hasDays(segment.span)) counted.push({ ...segment, externalId });
  }
  const currencies = [...new Set(counted.map(({ monthly }) => monthly.currency))].sort();
  const totals = currencies.map((currency): MinimumTotal => {
    const segments = counted.filter(({ monthly }) => monthly.currency === currency);
    const rates = ratesOf(figures, currency, moment.millis);
    const over = (some: readonly Counted[], range: Span) =>
      spendOver(some, currency, range, figures, rates, moment);
    const inMonth = segments.filter(({ span }) => within(span, monthSpan(moment.on)) !== null);
    const row = rowOn(segments, moment);
    return {
      currency,
      inMonth: inMonth.map(({ externalId }) => externalId),
      month: inMonth.length === 0 ? null : over(inMonth, hullOf(inMonth, monthSpan(moment.on))),
      agreement:
        row === null
          ? null
          : {
              commitments: row.segments.map(({ externalId }) => externalId),
              position: over(row.segments, row.span),
            },
      overlaps: overlapping(inMonth) || overlapping(row?.segments ?? []),
    };
  });
  return { totals: totals.filter(({ month, agreement }) => month !== null || agreement !== null), problems };
}

/** From the first day of the month that some segment has to the last. */
function hullOf(segments: readonly Counted[], month: Span): Span {
  const clipped = segments.flatMap(({ span }) => within(span, month) ?? []);
  const starts = clipped.map(({ startsOn }) => startsOn).sort();
  const ends = clipped.flatMap(({ endsBefore }) => endsBefore ?? []).sort();
  return { startsOn: starts[0] ?? month.startsOn, endsBefore: ends.at(-1) ?? month.endsBefore };
}

interface Row {
  readonly span: Span;
  readonly segments: readonly Counted[];
}

/** Segments in order of their first days, joined to rows where they touch or overlap: the row that contains the day. */
function rowOn(segments: readonly Counted[], { on }: Moment): Row | null {
  let joined: Counted[] = [];
  let span: Span | null = null;
  for (const segment of inOrder(segments)) {
    const { startsOn, endsBefore } = segment.span;
    if (span === null || (span.endsBefore !== null && startsOn > span.endsBefore)) {
      if (span !== null && spanContains(span, on)) break;
      joined = [segment];
      span = segment.span;
    } else {
      joined.push(segment);
      if (span.endsBefore !== null && (endsBefore === null || endsBefore > span.endsBefore)) {
        span = { startsOn: span.startsOn, endsBefore };
      }
    }
  }
  return span !== null && spanContains(span, on) ? { span, segments: joined } : null;
}

function inOrder(segments: readonly Counted[]): Counted[] {
  return [...segments].sort((a, b) =>
    a.span.startsOn !== b.span.startsOn
      ? a.span.startsOn < b.span.startsOn
        ? -1
        : 1
      : a.externalId < b.externalId
        ? -1
        : 1,
  );
}

function overlapping(segments: readonly Counted[]): boolean {
  let last: Span | null = null;
  for (const { span } of inOrder(segments)) {
    if (last !== null && (last.endsBefore === null || span.startsOn < last.endsBefore)) return true;
    last = span;
  }
  return false;
}

function resourceTotal(active: readonly ResourceCommitment[]): ResourceTotal {
  const prices = new Map<CurrencyCode, { total: Money; commitments: number }>();
  const quantities = new Map<string, QuantityTotal>();
  let pricesWithoutCurrency = 0;
  for (const { fixedPrice, committed, products } of active) {
    if (committed !== null) {
      const known = prices.get(committed.currency);
      const sum = (known?.total.amount ?? ZERO).plus(committed.amount);
      prices.set(committed.currency, {
        total: money(sum, committed.currency),
        commitments: (known?.commitments ?? 0) + 1,
      });
    } else if (fixedPrice !== null) pricesWithoutCurrency += 1;
    for (const { product, committedQuantity } of products) {
      const known = quantities.get(product.externalId);
      quantities.set(product.externalId, {
        product: known?.product ?? product,
        committed:
          committedQuantity === null
            ? (known?.committed ?? null)
            : (known?.committed ?? ZERO).plus(committedQuantity),
        consumed: null,
        commitments: (known?.commitments ?? 0) + 1,
        withoutQuantity: (known?.withoutQuantity ?? 0) + (committedQuantity === null ? 1 : 0),
      });
    }
  }
  return {
    active: active.length,
    fixedPrices: [...prices.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each),
    pricesWithoutCurrency,
    quantities: [...quantities.values()],
  };
}
