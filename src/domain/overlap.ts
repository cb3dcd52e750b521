/**
 * Which commitments of a customer bind on the same days, and on which days none does.
 *
 * Two commitments are compared only within a scope. Minimum commitments of a customer are one scope: it may have one
 * at a time, and any two on the same day are a conflict. Committed resources are compared product by product, commitments
 * of contracts account contract by account contract: there, two at a time are for people to judge.
 *
 * Guarantees: half-open days; a missing end is open; the same answer for the same commitments in any order; O(n log n + k)
 * for k pairs, which are all counted and, beyond `mostPairs`, not all listed. Refuses to compare what has no dates or no
 * scope: those are listed apart, as unknown.
 */
import type { Day, DayRange } from './calendar.js';
import type { Commitment } from './commitment.js';
import { daysBetween } from './day-count.js';
import type { OrganizationSlug } from './organization.js';
import { hasDays, spanOf, type NoSpan, type Span } from './span.js';

/** `id` is that of the product or the account contract, as its backend has it. */
export type OverlapScope =
  | { readonly kind: 'MINIMUM_SPEND'; readonly organization: OrganizationSlug }
  | {
      readonly kind: 'PRODUCT';
      readonly organization: OrganizationSlug;
      readonly id: string;
      readonly name: string | null;
    }
  | {
      readonly kind: 'ACCOUNT_CONTRACT';
      readonly organization: OrganizationSlug;
      readonly id: string;
      readonly name: string | null;
    };

export interface Overlap {
  readonly scope: OverlapScope;
  /** The one that begins first; with the same first day, the one that ends first; then by id. */
  readonly first: Commitment;
  readonly second: Commitment;
  readonly startsOn: Day;
  /** `null`: both are open-ended. */
  readonly endsBefore: Day | null;
  readonly days: number | null;
  /** Two minimum commitments at a time: Commitment Manager allows one. */
  readonly isConflict: boolean;
}

/** Days between two commitments of a scope on which none binds. */
export interface Hole extends DayRange {
  readonly scope: OverlapScope;
  /** The one that ends last before the hole, and the first one after it. */
  readonly after: Commitment;
  readonly before: Commitment;
  readonly days: number;
}

/** NO_PRODUCTS: committed resources that name no product belong to no scope. */
export type NotComparedReason = NoSpan | 'NO_PRODUCTS';

export interface NotCompared {
  readonly commitment: Commitment;
  readonly reason: NotComparedReason;
}

export interface Overlaps {
  /** By scope, then by the first day of the second, then in the order of its commitments. */
  readonly overlaps: readonly Overlap[];
  /** All pairs, listed or not. */
  readonly pairs: number;
  readonly holes: readonly Hole[];
  readonly notCompared: readonly NotCompared[];
}

export const MOST_PAIRS = 10_000;

interface Placed {
  readonly commitment: Commitment;
  readonly span: Span;
}

interface Group {
  readonly scope: OverlapScope;
  readonly placed: Placed[];
}

export function overlapsOf(commitments: readonly Commitment[], mostPairs = MOST_PAIRS): Overlaps {
  const groups = new Map<string, Group>();
  const notCompared: NotCompared[] = [];
  for (const commitment of commitments) {
    const span = spanOf(commitment);
    if (typeof span === 'string') {
      notCompared.push({ commitment, reason: span });
      continue;
    }
    const scopes = scopesOf(commitment);
    if (scopes.length === 0) notCompared.push({ commitment, reason: 'NO_PRODUCTS' });
    if (!hasDays(span)) continue; // binds on no day: it neither overlaps nor fills a hole
    for (const scope of scopes) {
      const key = JSON.stringify([scope.organization, scope.kind, 'id' in scope ? scope.id : null]);
      const group = groups.get(key) ?? { scope, placed: [] };
      group.placed.push({ commitment, span });
      groups.set(key, group);
    }
  }
  const overlaps: Overlap[] = [];
  const holes: Hole[] = [];
  let pairs = 0;
  for (const [, group] of [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1))) {
    group.placed.sort(byFirstDay);
    pairs += sweep(group, overlaps, mostPairs);
    holes.push(...holesOf(group));
  }
  return { overlaps, pairs, holes, notCompared };
}

function scopesOf(commitment: Commitment): readonly OverlapScope[] {
  const { organization } = commitment;
  switch (commitment.kind) {
    case 'minimum':
      return [{ kind: 'MINIMUM_SPEND', organization }];
    case 'contract': {
      const { externalId: id, name } = commitment.accountContract;
      return [{ kind: 'ACCOUNT_CONTRACT', organization, id, name }];
    }
    case 'resource': {
      // A product may be listed twice in one commitment: that is no overlap with itself.
      const products = new Map(commitment.products.map(({ product }) => [product.externalId, product.sku]));
      return [...products].map(([id, name]) => ({ kind: 'PRODUCT', organization, id, name }));
    }
  }
}

// Sorts after every day.
const OPEN = '~';

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function byFirstDay(a: Placed, b: Placed): number {
  return (
    compare(a.span.startsOn, b.span.startsOn) ||
    compare(a.span.endsBefore ?? OPEN, b.span.endsBefore ?? OPEN) ||
    compare(a.commitment.externalId, b.commitment.externalId)
  );
}

/** Ends are taken out before what begins on the same day comes in: days are half-open. Answers with the number of pairs. */
function sweep({ scope, placed }: Group, found: Overlap[], most: number): number {
  const ends = placed
    .map((each, index) => ({ index, end: each.span.endsBefore ?? OPEN }))
    .sort((a, b) => compare(a.end, b.end));
  const running = new Map<number, Placed>(); // in order of arrival
  let nextEnd = 0;
  let pairs = 0;
  for (const [index, second] of placed.entries()) {
    const { startsOn } = second.span;
    for (let end = ends[nextEnd]; end !== undefined && end.end <= startsOn; end = ends[nextEnd]) {
      running.delete(end.index);
      nextEnd += 1;
    }
    pairs += running.size;
    for (const first of running.values()) {
      if (found.length >= most) break;
      found.push(pairOf(scope, first, second));
    }
    running.set(index, second);
  }
  return pairs;
}

function pairOf(scope: OverlapScope, first: Placed, second: Placed): Overlap {
  const { startsOn } = second.span;
  const end = [first.span.endsBefore ?? OPEN, second.span.endsBefore ?? OPEN].sort()[0] ?? OPEN;
  const endsBefore = end === OPEN ? null : (end as Day);
  return {
    scope,
    first: first.commitment,
    second: second.commitment,
    startsOn,
    endsBefore,
    days: endsBefore === null ? null : daysBetween(startsOn, endsBefore),
    isConflict: scope.kind === 'MINIMUM_SPEND',
  };
}

function holesOf({ scope, placed }: Group): Hole[] {
  const holes: Hole[] = [];
  let last: Placed | null = null;
  for (const next of placed) {
    const endsBefore: Day | null = last?.span.endsBefore ?? null;
    if (last !== null && endsBefore !== null && endsBefore < next.span.startsOn) {
      const { startsOn } = next.span;
      holes.push({
        scope,
        after: last.commitment,
        before: next.commitment,
        startsOn: endsBefore,
        endsBefore: startsOn,
        days: daysBetween(endsBefore, startsOn),
      });
    }
    const isLater = last === null || (last.span.endsBefore ?? OPEN) < (next.span.endsBefore ?? OPEN);
    if (isLater) last = next;
  }
  return holes;
}
