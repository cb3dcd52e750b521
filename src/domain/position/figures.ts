/**
 * What was used, month by month, as far as billing says: the one place where usage summaries and the billing history meet.
 *
 * Guarantees: a month has one figure, or a reason why it has none. For a month that was over when it was read, the
 * billing history counts before the summary; for one in progress the summary does; where both say something and differ,
 * the other one is kept beside it. Refuses to take a month that nobody told for zero, and to choose between two entries of the
 * history that contradict each other.
 */
import { millisOfInstant, type Month } from '../calendar.js';
import { daysOfMonth, startOfDay } from '../day-count.js';
import type { Failure } from '../failure.js';
import type { Money } from '../money.js';
import type { Observation } from '../observation.js';
import type { BillingHistoryEntry, UsageSummary } from '../spend.js';

/** A read that failed. */
export interface Unread {
  /** `null`: the billing history, as a whole. */
  readonly month: Month | null;
  readonly failure: Failure;
}

/** What was read of an organization's usage. Usage belongs to the organization, not to one of its commitments. */
export interface Consumption {
  /** Summaries of single months. One without a month is not used: ask for months by name. */
  readonly usage: readonly UsageSummary[];
  readonly billing: {
    readonly entries: readonly BillingHistoryEntry[];
    readonly observation: Observation;
  } | null;
  readonly unread: readonly Unread[];
}

export const NO_CONSUMPTION: Consumption = { usage: [], billing: null, unread: [] };

export type FigureSource = 'USAGE' | 'BILLING_HISTORY';

export interface MonthFigure {
  readonly month: Month;
  readonly from: FigureSource;
  readonly used: Money;
  /** What billing itself states for the month; not used in sums. */
  readonly committed: Money | null;
  readonly shortfall: Money | null;
  readonly observation: Observation;
  /** Until when it counts, in epoch milliseconds: the end of its month, or when it was seen, if that was earlier. */
  readonly until: number;
  /** What the other source says of the same month, where that is another amount or currency. */
  readonly other: Money | null;
}

/**
 * NO_FIGURE: billing says nothing of the month. NO_CURRENCY_OR_AMOUNT: there is a record without an amount, or without a
 * currency. READ_FAILED: it could not be read. OTHER_CURRENCY: usage is in another currency than the commitment.
 * SEEN_BEFORE_ITS_END: the figure is of a month that was not over. CONTRADICTORY: two entries, two amounts.
 */
export type GapReason =
  | 'NO_FIGURE'
  | 'NO_CURRENCY_OR_AMOUNT'
  | 'READ_FAILED'
  | 'OTHER_CURRENCY'
  | 'SEEN_BEFORE_ITS_END'
  | 'CONTRADICTORY';

export interface Gap {
  readonly month: Month;
  readonly reason: GapReason;
  /** With READ_FAILED. */
  readonly failure: Failure | null;
  /** What is there all the same but cannot be counted: with OTHER_CURRENCY and SEEN_BEFORE_ITS_END. */
  readonly seen: Money | null;
}

export interface Figures {
  /** The figure of the month, or why there is none. */
  of(month: Month): MonthFigure | Gap;
  /** In order. */
  readonly months: readonly Month[];
}

export function isGap(found: MonthFigure | Gap): found is Gap {
  return 'reason' in found;
}

function sameMoney(a: Money | null, b: Money | null): boolean {
  if (a === null || b === null) return a === b;
  return a.currency === b.currency && a.amount.equals(b.amount);
}

interface Candidate {
  readonly from: FigureSource;
  readonly used: Money | null;
  readonly committed: Money | null;
  readonly shortfall: Money | null;
  readonly observation: Observation;
  readonly seenAt: number;
  readonly isContradictory: boolean;
}

/** Many figures were seen at the same instant, and reading it takes longer than all the rest. */
function seenAtOf(known: Map<string, number>, { observedAt }: Observation): number {
  const found = known.get(observedAt) ?? millisOfInstant(observedAt);
  known.set(observedAt, found);
  return found;
}

export function figuresOf({ usage, billing, unread }: Consumption): Figures {
  const instants = new Map<string, number>();
  const summaries = new Map<Month, Candidate>();
  for (const { month, used, committed, observation } of usage) {
    if (month === null) continue;
    const seenAt = seenAtOf(instants, observation);
    const known = summaries.get(month);
    if (known !== undefined && known.seenAt >= seenAt) continue; // the newest counts
    const facts = { from: 'USAGE', shortfall: null, isContradictory: false } as const;
    summaries.set(month, { ...facts, used, committed, observation, seenAt });
  }
  const entries = new Map<Month, Candidate>();
  const billingSeenAt = billing === null ? 0 : millisOfInstant(billing.observation.observedAt);
  for (const { month, used, committed, shortfall } of billing?.entries ?? []) {
    if (month === null || billing === null) continue;
    const earlier = entries.get(month);
    const isContradictory = earlier !== undefined && !sameMoney(earlier.used, used);
    const facts = { from: 'BILLING_HISTORY', observation: billing.observation } as const;
    entries.set(month, { ...facts, used, committed, shortfall, seenAt: billingSeenAt, isContradictory });
  }
  const months = [...new Set([...summaries.keys(), ...entries.keys()])].sort();
  const found = new Map<Month, MonthFigure | Gap>();
  for (const month of months) found.set(month, choose(month, summaries.get(month), entries.get(month)));

  const failures = new Map(unread.map(({ month, failure }) => [month, failure]));
  return {
    months,
    of(month) {
      const figure = found.get(month);
      if (figure !== undefined && !isGap(figure)) return figure;
      const failure = failures.get(month) ?? failures.get(null) ?? null;
      if (failure !== null && figure?.reason !== 'CONTRADICTORY') {
        return { month, reason: 'READ_FAILED', failure, seen: null };
      }
      return figure ?? { month, reason: 'NO_FIGURE', failure: null, seen: null };
    },
  };
}

function choose(
  month: Month,
  summary: Candidate | undefined,
  entry: Candidate | undefined,
): MonthFigure | Gap {
  if (entry?.isContradictory) return { month, reason: 'CONTRADICTORY', failure: null, seen: null };
  const end = startOfDay(daysOfMonth(month).endsBefore);
  const isOver = entry !== undefined && entry.seenAt >= end;
  const ordered = isOver ? [entry, summary] : [summary, entry];
  const [first, second] = ordered.filter((each) => each !== undefined && each.used !== null);
  if (first?.used == null) return { month, reason: 'NO_CURRENCY_OR_AMOUNT', failure: null, seen: null };
  const { from, used, committed, shortfall, observation, seenAt } = first;
  // While the month runs, two reads of it differ because time has passed between them.
  const isComparable = isOver && second !== undefined && second.seenAt >= end;
  const other = isComparable && !sameMoney(used, second.used) ? second.used : null;
  return { month, from, used, committed, shortfall, observation, until: Math.min(end, seenAt), other };
}
