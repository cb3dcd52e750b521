/**
 * Overlaps and holes again, by asking of every day and every pair who binds on it; and generated cases for it. Shares no code
 * with what it checks.
 */
import { deepStrictEqual } from 'node:assert';
import fc from 'fast-check';
import type { Instant } from '../../src/domain/calendar.js';
import type { Commitment } from '../../src/domain/commitment.js';
import { overlapsOf, type OverlapScope } from '../../src/domain/overlap.js';
import { contractCommitment, minimum, resource, term, usd } from '../position/make.js';

interface Drawn {
  readonly id: string;
  readonly kind: 'minimum' | 'resource' | 'contract';
  /** Days since `FIRST`; `null`: unknown. */
  readonly start: number | null;
  readonly end: number | null;
  readonly cancelled: number | 'undated' | null;
  readonly scopes: readonly string[];
}

const DAY = 86_400_000;
const FIRST = Date.parse('2024-02-20') / DAY; // a leap day is among the days
/** Nothing begins or ends on this day or later: what binds on it is open. */
const HORIZON = 40;
const textOf = (day: number) => new Date((FIRST + day) * DAY).toISOString().slice(0, 10);

function bindsOn({ start, end, cancelled }: Drawn, day: number): boolean {
  if (start === null || cancelled === 'undated' || day < start) return false;
  return (end === null || day < end) && (cancelled === null || day < cancelled);
}

function toCommitment(drawn: Drawn): Commitment {
  const over = term(
    drawn.start === null ? null : textOf(drawn.start),
    drawn.end === null ? null : textOf(drawn.end),
  );
  switch (drawn.kind) {
    case 'minimum': {
      const { cancelled } = drawn;
      if (cancelled === null) return minimum(drawn.id, over, usd('1'));
      const cancelledAt = cancelled === 'undated' ? null : (`${textOf(cancelled)}T17:30:00Z` as Instant);
      return minimum(drawn.id, over, usd('1'), { status: 'CANCELLED', cancelledAt });
    }
    case 'resource':
      return resource(
        drawn.id,
        over,
        drawn.scopes.map((id) => ({ id, quantity: null })),
      );
    case 'contract':
      return contractCommitment(drawn.id, over, drawn.scopes[0] ?? 'a');
  }
}

const nameOf = (scope: OverlapScope) => `${scope.kind}${'id' in scope ? ` ${scope.id}` : ''}`;

function scopeNames(drawn: Drawn): readonly string[] {
  if (drawn.kind === 'minimum') return ['MINIMUM_SPEND'];
  if (drawn.kind === 'contract') return [`ACCOUNT_CONTRACT ${drawn.scopes[0] ?? 'a'}`];
  return [...new Set(drawn.scopes)].map((id) => `PRODUCT ${id}`);
}

function counted(all: readonly Drawn[]) {
  const days = Array.from({ length: HORIZON + 1 }, (_, day) => day);
  const overlaps: string[] = [];
  const holes: string[] = [];
  for (const scope of new Set(all.flatMap(scopeNames))) {
    const members = all.filter((each) => scopeNames(each).includes(scope));
    for (const [index, a] of members.entries()) {
      for (const b of members.slice(index + 1)) {
        const both = days.filter((day) => bindsOn(a, day) && bindsOn(b, day));
        if (both.length === 0) continue;
        const isOpen = both.includes(HORIZON);
        const end = isOpen ? 'open' : textOf(both[0]! + both.length);
        overlaps.push(
          [scope, ...[a.id, b.id].sort(), textOf(both[0]!), end, isOpen ? null : both.length].join(' '),
        );
      }
    }
    const binding = days.filter((day) => members.some((each) => bindsOn(each, day)));
    for (const [index, day] of binding.entries()) {
      const next = binding[index + 1];
      if (next === undefined || next === day + 1) continue;
      const isLastOf = members.filter((each) => bindsOn(each, day)).map(({ id }) => id);
      const isFirstOf = members.filter((each) => bindsOn(each, next)).map(({ id }) => id);
      holes.push(
        [scope, textOf(day + 1), textOf(next), next - day - 1, isLastOf.sort(), isFirstOf.sort()].join(' '),
      );
    }
  }
  const unknown = all.filter(({ start, cancelled, kind, scopes }) => {
    return start === null || cancelled === 'undated' || (kind === 'resource' && scopes.length === 0);
  });
  return { overlaps: overlaps.sort(), holes: holes.sort(), unknown: unknown.map(({ id }) => id).sort() };
}

/** Throws where the finder and the count differ. */
export function checkOverlaps(all: readonly Drawn[]): void {
  const found = overlapsOf(all.map(toCommitment));
  const expected = counted(all);
  const byId = new Map(all.map((each) => [each.id, each]));
  deepStrictEqual(
    found.overlaps
      .map(({ scope, first, second, startsOn, endsBefore, days }) => {
        const ids = [first.externalId, second.externalId].sort();
        return [nameOf(scope), ...ids, startsOn, endsBefore ?? 'open', days].join(' ');
      })
      .sort(),
    expected.overlaps,
  );
  deepStrictEqual(found.pairs, expected.overlaps.length);
  for (const { scope, first, second, isConflict } of found.overlaps) {
    deepStrictEqual(isConflict, scope.kind === 'MINIMUM_SPEND');
    deepStrictEqual(
      (byId.get(first.externalId)?.start ?? 0) <= (byId.get(second.externalId)?.start ?? 0),
      true,
    );
  }
  // Of several that end before a hole, or begin after it, any may be named: that it is one of them is checked.
  const holes = found.holes.map(({ scope, after, before, startsOn, endsBefore, days }) => ({
    head: [nameOf(scope), startsOn, endsBefore, days].join(' '),
    after: after.externalId,
    before: before.externalId,
  }));
  deepStrictEqual(holes.length, expected.holes.length);
  for (const { head, after, before } of holes) {
    const [, lasts = '', firsts = ''] =
      expected.holes
        .map((text) => /^(.*) (\S+) (\S+)$/.exec(text)?.slice(1) ?? [])
        .find(([text]) => text === head) ?? [];
    deepStrictEqual(
      [lasts.split(',').includes(after), firsts.split(',').includes(before)],
      [true, true],
      head,
    );
  }
  deepStrictEqual(found.notCompared.map(({ commitment }) => commitment.externalId).sort(), expected.unknown);
}

const onDay = fc.integer({ min: 0, max: HORIZON - 5 });

export const portfolios: fc.Arbitrary<Drawn[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('minimum', 'minimum', 'resource', 'contract'),
      start: fc.option(onDay, { freq: 12 }),
      length: fc.option(fc.integer({ min: -2, max: 12 }), { freq: 8 }),
      cancelled: fc.oneof(
        { weight: 8, arbitrary: fc.constant(null) },
        { weight: 2, arbitrary: onDay },
        { weight: 1, arbitrary: fc.constant('undated' as const) },
      ),
      scopes: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
    }),
    { maxLength: 9, size: 'max' },
  )
  .map((drawn) =>
    drawn.map(({ kind, start, length, cancelled, scopes }, index) => ({
      id: `id-${index}`,
      kind,
      start,
      end: length === null ? null : Math.min(HORIZON - 1, Math.max(0, (start ?? 5) + length)),
      cancelled: kind === 'minimum' ? cancelled : null,
      scopes,
    })),
  );
