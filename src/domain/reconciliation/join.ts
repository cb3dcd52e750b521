/**
 * Which commitment an order became.
 *
 * By handler id where it leads somewhere, by billing's current state where that names the handler, else by dates: the
 * two that have most days in common, and at least half of the shorter one's. Guarantees: the order of the input changes
 * nothing; each commitment belongs to one order, and to several of its steps only if it covers them whole. Refuses to
 * choose between pairs that fit equally well: they are `ambiguous`.
 */
import type { Day } from '../calendar.js';
import type { MinimumCommitment } from '../commitment.js';
import { isStateOf, type MinimumCommitmentState } from '../spend.js';
import { compareAmounts } from './amounts.js';
import { daysBetween, lengthDays, overlapDays } from './months.js';
import { billingStandingOf, type BillingStanding, type CrmPromise } from './promises.js';
import type { JoinedBy } from './types.js';

// No customer has hundreds of orders without an id: that is a fault somewhere, and must not keep everybody else waiting.
const MOST_CANDIDATES = 40_000;

export interface Pair {
  readonly promise: CrmPromise;
  readonly commitment: MinimumCommitment;
  readonly joinedBy: JoinedBy;
  /** Where one commitment serves several steps: only the first step shares its start, only the last its end. */
  readonly sharesStart: boolean;
  readonly sharesEnd: boolean;
}

export interface Joined {
  readonly pairs: readonly Pair[];
  readonly ambiguous: {
    readonly promises: readonly CrmPromise[];
    readonly commitments: readonly MinimumCommitment[];
  };
  /** Without a partner. */
  readonly promises: readonly CrmPromise[];
  readonly commitments: readonly MinimumCommitment[];
}

interface Candidate {
  readonly promise: CrmPromise;
  readonly commitment: MinimumCommitment;
  /** Compared from the left; the smaller is the better. */
  readonly rank: readonly number[];
}

export function join(
  promises: readonly CrmPromise[],
  commitments: readonly MinimumCommitment[],
  state: MinimumCommitmentState | null,
  today: Day,
): Joined {
  const free = {
    promises: new Set([...promises].sort((a, b) => compareText(idOf(a), idOf(b)))),
    commitments: new Set([...commitments].sort((a, b) => compareText(a.externalId, b.externalId))),
  };
  const pairs: Pair[] = [];
  const ids = new Set(commitments.map(({ externalId }) => externalId));
  const ambiguous = { promises: new Set<CrmPromise>(), commitments: new Set<MinimumCommitment>() };
  const standing = (commitment: MinimumCommitment) => billingStandingOf(commitment, today);

  /** Takes the best first, and both sides of each away. */
  const settle = (candidates: readonly Candidate[], joinedBy: (candidate: Candidate) => JoinedBy) => {
    const sorted = [...candidates].sort(byRank);
    const isFree = (one: Candidate) => free.promises.has(one.promise) && free.commitments.has(one.commitment);
    for (const [index, best] of sorted.entries()) {
      if (!isFree(best)) continue;
      const rivals: Candidate[] = [];
      for (let i = index + 1; i < sorted.length; i += 1) {
        const other = sorted[i];
        if (other === undefined || compareRank(other.rank, best.rank) !== 0) break;
        const isRival = other.promise === best.promise || other.commitment === best.commitment;
        if (isRival && isFree(other)) rivals.push(other);
      }
      for (const { promise, commitment } of [best, ...rivals]) {
        free.promises.delete(promise);
        free.commitments.delete(commitment);
        if (rivals.length === 0) continue;
        ambiguous.promises.add(promise);
        ambiguous.commitments.add(commitment);
      }
      if (rivals.length > 0) continue;
      const { promise, commitment } = best;
      pairs.push({ promise, commitment, joinedBy: joinedBy(best), sharesStart: true, sharesEnd: true });
    }
  };

  const byHandler = (isWanted: (promise: CrmPromise, held: BillingStanding) => boolean): Candidate[] =>
    [...free.promises].flatMap((promise) =>
      [...free.commitments]
        .filter(
          (commitment) =>
            promise.step === null &&
            promise.order.commitmentHandlerId === commitment.externalId &&
            isWanted(promise, standing(commitment)),
        )
        .map((commitment) => ({
          promise,
          commitment,
          // A copy of an order brings its handler id along: the one that stands, and fits, goes first.
          rank: [promise.standing === 'BINDING' ? 0 : 1, ...fit(promise, commitment)],
        })),
    );

  // A signed order whose commitment was cancelled may have another by now, with an id that did not come back.
  settle(
    byHandler((promise, held) => !(promise.standing === 'BINDING' && held === 'CANCELLED')),
    () => 'HANDLER_ID',
  );
  if (state !== null && state.commitmentHandlerId !== null) {
    const current = [...free.commitments].filter((commitment) => isStateOf(state, commitment));
    const [only] = current;
    if (current.length === 1 && only !== undefined) {
      settle(
        [...free.promises]
          .filter(
            ({ order, step }) => step === null && order.commitmentHandlerId === state.commitmentHandlerId,
          )
          .map((promise) => ({ promise, commitment: only, rank: fit(promise, only) })),
        () => 'CURRENT_STATE',
      );
    }
  }
  pairs.push(...sharedBySteps(free));
  if (free.promises.size * free.commitments.size > MOST_CANDIDATES) {
    for (const promise of free.promises) ambiguous.promises.add(promise);
    for (const commitment of free.commitments) ambiguous.commitments.add(commitment);
    free.promises.clear();
    free.commitments.clear();
  }
  settle(
    [...free.promises].flatMap((promise) =>
      [...free.commitments].flatMap((commitment) => {
        const rank = rankByDates(promise, commitment, standing(commitment), ids);
        return rank === null ? [] : [{ promise, commitment, rank: [rank, ...fit(promise, commitment)] }];
      }),
    ),
    ({ promise, commitment }) =>
      promise.order.commitmentHandlerId === commitment.externalId ? 'HANDLER_ID' : 'DATES',
  );
  settle(
    byHandler(() => true),
    () => 'HANDLER_ID',
  );
  // Sent, by a handler id of another form than billing's own, and cancelled since: the same days must do.
  settle(
    [...free.promises].flatMap((promise) =>
      promise.standing !== 'BINDING' || promise.order.commitmentHandlerId === null
        ? []
        : [...free.commitments]
            .filter((held) => standing(held) === 'CANCELLED' && edgesInCommon(promise, held) === 2)
            .map((commitment) => ({ promise, commitment, rank: fit(promise, commitment) })),
    ),
    () => 'DATES',
  );
  return {
    pairs,
    ambiguous: { promises: [...ambiguous.promises], commitments: [...ambiguous.commitments] },
    promises: [...free.promises],
    commitments: [...free.commitments],
  };
}

/** Commitments that cover several steps of one order whole: billing holds the ramp as one. */
function sharedBySteps(free: { promises: Set<CrmPromise>; commitments: Set<MinimumCommitment> }): Pair[] {
  const pairs: Pair[] = [];
  for (const commitment of [...free.commitments]) {
    const byOrder = new Map<string, CrmPromise[]>();
    for (const promise of free.promises) {
      const days = lengthDays(promise.term);
      if (promise.step === null || days === 0 || overlapDays(promise.term, commitment.term) < days) continue;
      byOrder.set(promise.order.externalId, [...(byOrder.get(promise.order.externalId) ?? []), promise]);
    }
    const groups = [...byOrder.values()].filter((steps) => steps.length > 1);
    const [steps] = groups;
    if (groups.length !== 1 || steps === undefined) continue;
    steps.sort((a, b) => compareText(a.term.startsOn ?? '', b.term.startsOn ?? ''));
    steps.forEach((promise, index) => {
      pairs.push({
        promise,
        commitment,
        joinedBy: promise.order.commitmentHandlerId === commitment.externalId ? 'HANDLER_ID' : 'DATES',
        sharesStart: index === 0,
        sharesEnd: index === steps.length - 1,
      });
      free.promises.delete(promise);
    });
    free.commitments.delete(commitment);
  }
  return pairs;
}

/** Whether dates alone may join the two, and how likely that is; `null`: they may not. */
function rankByDates(
  promise: CrmPromise,
  commitment: MinimumCommitment,
  held: BillingStanding,
  ids: ReadonlySet<string>,
): number | null {
  const days = overlapDays(promise.term, commitment.term);
  if (days === 0 || days * 2 < Math.min(lengthDays(promise.term), lengthDays(commitment.term))) return null;
  switch (promise.standing) {
    case 'BINDING':
    case 'UNCLEAR':
      // What was cancelled is another order's past, unless the handler id says otherwise.
      return held === 'CANCELLED' ? null : held === 'OVER' ? 1 : 0;
    case 'ENDED':
      if (held === 'CANCELLED' || held === 'OVER') return 1;
      // Its handler id may be of another form; one that leads to a commitment is that one's.
      return !ids.has(promise.order.commitmentHandlerId ?? '') && edgesInCommon(promise, commitment) > 0
        ? 3
        : null;
    case 'UNAPPROVED':
    case 'UNSIGNED':
      return null;
  }
}

/** Of start and end; a day more or less does no harm. */
function edgesInCommon({ term }: CrmPromise, commitment: MinimumCommitment): number {
  const edges: readonly (readonly [Day | null, Day | null])[] = [
    [term.startsOn, commitment.term.startsOn],
    [term.endsBefore, commitment.term.endsBefore],
  ];
  return edges.filter(([a, b]) => a !== null && b !== null && Math.abs(daysBetween(a, b)) <= 1).length;
}

/** Most days in common, then fewest apart, then the same amount. */
function fit(promise: CrmPromise, commitment: MinimumCommitment): readonly number[] {
  const days = overlapDays(promise.term, commitment.term);
  return [
    -days,
    lengthDays(promise.term) + lengthDays(commitment.term) - 2 * days,
    compareAmounts(promise, commitment).kind === 'EQUAL' ? 0 : 1,
  ];
}

function byRank(a: Candidate, b: Candidate): number {
  return (
    compareRank(a.rank, b.rank) ||
    compareText(idOf(a.promise), idOf(b.promise)) ||
    compareText(a.commitment.externalId, b.commitment.externalId)
  );
}

function compareRank(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function idOf({ order, step }: CrmPromise): string {
  return JSON.stringify([order.externalId, step?.externalId ?? null]);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
