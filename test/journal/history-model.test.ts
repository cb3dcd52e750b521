/**
 * History against the simplest thing that could be it: every look kept whole, in memory. Random looks at several lists,
 * some of them incomplete, some late, by two writers of one store, who are started again now and then.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { instantOfMillis, millisOfInstant, type Instant } from '../../src/domain/calendar.js';
import type { MinimumCommitment } from '../../src/domain/commitment.js';
import type { History, RecordChange } from '../../src/domain/history.js';
import { decimal, money, type CurrencyCode } from '../../src/domain/money.js';
import type { OrganizationSlug } from '../../src/domain/organization.js';
import type { Database } from '../../src/journal/database.js';
import { lookOf } from '../../src/history/look.js';
import { createHistory } from '../../src/history/read.js';
import { createHistoryStore } from '../../src/history/store.js';
import type { Written } from '../../src/history/write-look.js';
import { createRig, organization, type Rig } from './support/rig.js';

let rig: Rig;
let databases: readonly Database[];
beforeAll(async () => {
  rig = await createRig();
  databases = [await rig.database(), await rig.database(), await rig.database()];
});
afterAll(() => rig.close());

const MINUTE = 60_000;
/** Each sequence has customers and a year of its own: one store is enough for all. */
let run = 0;
let ZERO = 0;
const SLUGS = ['acme', 'other'] as const;
type Slug = (typeof SLUGS)[number];

/** Ids and amounts of what a list shows. */
type Content = ReadonlyMap<string, number>;

interface Seen {
  readonly kind: 'look';
  readonly slug: Slug;
  readonly writer: 0 | 1;
  /** Since the newest look at the list; below zero: it comes late. */
  readonly ms: number;
  readonly content: Content;
  readonly isComplete: boolean;
}
type Step =
  | Seen
  /** The writer is another process from now on. */
  | { readonly kind: 'restart'; readonly writer: 0 | 1 }
  | { readonly kind: 'forget'; readonly slug: Slug; readonly most: number };

const content = fc
  .uniqueArray(fc.tuple(fc.constantFrom('c1', 'c2', 'c3'), fc.nat(2)), {
    selector: ([id]) => id,
    maxLength: 3,
  })
  .map((pairs): Content => new Map(pairs));

const look: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('look' as const),
  slug: fc.constantFrom(...SLUGS),
  writer: fc.constantFrom(0 as const, 1 as const),
  ms: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 10 * MINUTE }) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 50 }) },
    { weight: 2, arbitrary: fc.integer({ min: -10 * MINUTE, max: 0 }) },
  ),
  content,
  isComplete: fc.oneof(
    { weight: 4, arbitrary: fc.constant(true) },
    { weight: 1, arbitrary: fc.constant(false) },
  ),
});
const steps = (withForgetting: boolean) =>
  fc.array(
    fc.oneof(
      { weight: 12, arbitrary: look },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('restart' as const),
          writer: fc.constantFrom(0 as const, 1 as const),
        }),
      },
      {
        weight: withForgetting ? 1 : 0,
        arbitrary: fc.record({
          kind: fc.constant('forget' as const),
          slug: fc.constantFrom(...SLUGS),
          most: fc.integer({ min: 1, max: 6 }),
        }),
      },
    ),
    { minLength: 1, maxLength: 30 },
  );

function commitment(slug: Slug, id: string, amount: number, at: Instant): MinimumCommitment {
  return {
    kind: 'minimum',
    source: 'COMMITMENT_MANAGER',
    externalId: id,
    organization: nameOf(slug),
    name: null,
    status: 'ACTIVE',
    statusText: null,
    term: { startsOn: null, endsBefore: null },
    committed: money(decimal(`${amount}.5`), 'USD' as CurrencyCode),
    committedPer: 'MONTH',
    products: [],
    periods: [],
    createdAt: null,
    updatedAt: null,
    cancelledAt: null,
    observation: { observedAt: at, stale: false },
  };
}

interface Kept {
  readonly at: number;
  readonly content: Content;
  readonly isComplete: boolean;
}

/** All looks that count, whole. */
class Reference {
  readonly kept = new Map<string, Kept[]>(SLUGS.map((slug) => [slug, []]));
  /** Where the run of equal looks began, and its last that is written down. */
  private readonly runs = new Map<string, { from: number; to: number; shown: string }>();

  newest(slug: Slug): number {
    return this.kept.get(slug)!.at(-1)?.at ?? ZERO;
  }

  add({ slug, content: shows, isComplete }: Seen, at: number): Written {
    const shown = JSON.stringify([isComplete, [...shows].sort()]);
    const run = this.runs.get(slug);
    if (run?.shown === shown && at >= run.from) {
      // Once a minute; in between, it is as if nobody had looked.
      if (at - run.to >= MINUTE) {
        run.to = at;
        this.kept.get(slug)!.push({ at, content: shows, isComplete });
      }
      return 'unchanged';
    }
    if (run !== undefined && at <= run.to) return 'late';
    this.runs.set(slug, { from: at, to: at, shown });
    this.kept.get(slug)!.push({ at, content: shows, isComplete });
    return 'changed';
  }

  /** `null`: nobody had looked. */
  at(slug: Slug, at: number): { readonly view: Content; readonly last: Kept } | null {
    let view: Content = new Map();
    let last: Kept | null = null;
    for (const each of this.kept.get(slug)!) {
      if (each.at > at) break;
      view = each.isComplete ? each.content : new Map([...view, ...each.content]);
      last = each;
    }
    return last === null ? null : { view, last };
  }
}

const amounts = (records: readonly MinimumCommitment[]) =>
  new Map(
    records.map(({ externalId, committed }) => [
      externalId,
      committed!.amount.minus(decimal('0.5')).toNumber(),
    ]),
  );
const sorted = (view: Content) => [...view].sort(([a], [b]) => (a < b ? -1 : 1));

async function allChanges(
  history: History,
  slugs: readonly string[] | null,
  since: number,
  until: number,
  first: number,
): Promise<RecordChange[]> {
  const found: RecordChange[] = [];
  for (let after: string | null = null; ;) {
    const page = await history.changes({
      organizations: slugs as readonly OrganizationSlug[] | null,
      since: instantOfMillis(since),
      until: instantOfMillis(until),
      first,
      after,
    });
    expect(page!.changes.length).toBeLessThanOrEqual(first);
    found.push(...page!.changes);
    if (!page!.hasMore) return found;
    expect(page!.endCursor).not.toBeNull();
    after = page!.endCursor;
  }
}

/** What the changes make of the earlier view, the oldest first. */
function applied(before: Content, changes: readonly RecordChange[]): Content {
  const view = new Map(before);
  for (const { kind, externalId, fields } of [...changes].reverse()) {
    expect(view.has(externalId)).toBe(kind !== 'APPEARED');
    if (kind === 'DISAPPEARED') view.delete(externalId);
    else {
      const { before: was, after: is } = fields.find(({ path }) => path === 'committed')!;
      const print = (amount: number | undefined) => (amount === undefined ? null : `${amount}.50 USD`);
      expect(was).toBe(print(view.get(externalId)));
      view.set(externalId, Math.floor(Number.parseFloat(is!)));
    }
  }
  return view;
}

const nameOf = (slug: Slug) => `${slug}-${run}` as OrganizationSlug;

async function play(sequence: readonly Step[], moments: readonly number[], pageSize: number): Promise<void> {
  run += 1;
  ZERO = Date.UTC(2000 + run, 0, 1);
  const reference = new Reference();
  const writers = [createHistoryStore(databases[0]!), createHistoryStore(databases[1]!)];
  for (const step of sequence) {
    if (step.kind === 'restart') writers[step.writer] = createHistoryStore(await rig.database());
    else if (step.kind === 'forget') await writers[0]!.forgetOldest(nameOf(step.slug), step.most);
    else {
      const at = Math.max(ZERO, reference.newest(step.slug) + step.ms);
      const observedAt = instantOfMillis(at);
      const sight = {
        organization: nameOf(step.slug),
        kind: 'MINIMUM_COMMITMENT' as const,
        observedAt,
        isComplete: step.isComplete,
        items: [...step.content].map(([id, amount]) => commitment(step.slug, id, amount, observedAt)),
      };
      expect(await writers[step.writer]!.write([await lookOf(sight)])).toEqual([reference.add(step, at)]);
    }
  }
  await compare(createHistory(databases[2]!), reference, moments, pageSize);
}

async function compare(
  history: History,
  reference: Reference,
  parts: readonly number[],
  pageSize: number,
): Promise<void> {
  const end = Math.max(...SLUGS.map((slug) => reference.newest(slug))) + MINUTE;
  const random = parts.map((part) => ZERO - MINUTE + Math.floor((part * (end - ZERO + MINUTE)) / 1_000));
  const edges = [...reference.kept.values()].flatMap((looks) => looks.flatMap(({ at }) => [at - 1, at]));
  const horizons = new Map<Slug, number>();
  for (const slug of SLUGS) {
    for (const at of [...random, ...edges, end]) {
      const expected = reference.at(slug, at);
      const past = await history.asOf(organization(nameOf(slug)), 'MINIMUM_COMMITMENT', instantOfMillis(at));
      const horizon = past.horizon === null ? null : millisOfInstant(past.horizon);
      if (horizon !== null) horizons.set(slug, horizon);
      if (expected === null) {
        const first = reference.kept.get(slug)![0];
        expect(past).toMatchObject({
          state: 'NOT_OBSERVED',
          firstObservedAt: first === undefined ? null : instantOfMillis(first.at),
        });
        continue;
      }
      if (past.state !== 'OBSERVED') {
        // Only what lies before the horizon may be forgotten.
        expect(past.state).toBe('NOT_KEPT');
        expect(at).toBeLessThan(horizon!);
        continue;
      }
      expect(horizon === null || at >= horizon).toBe(true);
      expect(sorted(amounts(past.records))).toEqual(sorted(expected.view));
      expect(past.isComplete).toBe(expected.last.isComplete);
      // A look that was made, that is not after the moment, and that showed this.
      const lookedAt = millisOfInstant(past.observedAt);
      expect(lookedAt).toBeLessThanOrEqual(at);
      expect(sorted(reference.at(slug, lookedAt)!.view)).toEqual(sorted(expected.view));
      expect(reference.kept.get(slug)!.map((each) => each.at)).toContain(lookedAt);
      expect(reference.kept.get(slug)!.map((each) => each.at)).toContain(
        millisOfInstant(past.unchangedUntil),
      );
      for (const record of past.records) {
        const id = record.externalId;
        const shown = reference.kept
          .get(slug)!
          .find((each) => each.at === millisOfInstant(record.observation.observedAt))!;
        expect(shown.at).toBeLessThanOrEqual(at);
        expect(shown.content.get(id)).toBe(expected.view.get(id));
        const one = await history.byId(
          organization(nameOf(slug)),
          'MINIMUM_COMMITMENT',
          id,
          instantOfMillis(at),
        );
        expect(one).toMatchObject({ state: 'OBSERVED', record });
      }
      const none = await history.byId(
        organization(nameOf(slug)),
        'MINIMUM_COMMITMENT',
        'c9',
        instantOfMillis(at),
      );
      expect(none).toMatchObject({ state: 'OBSERVED', record: null });
    }
  }
  await compareChanges(history, reference, random, pageSize, end, horizons);
}

async function compareChanges(
  history: History,
  reference: Reference,
  moments: readonly number[],
  pageSize: number,
  end: number,
  horizons: ReadonlyMap<Slug, number>,
): Promise<void> {
  for (const since of moments) {
    const all = await allChanges(history, null, since, end, pageSize);
    const places = all.map(({ seenAt }) => millisOfInstant(seenAt));
    expect(places).toEqual([...places].sort((a, b) => b - a));
    expect(
      new Set(all.map(({ organization: slug, externalId, seenAt }) => `${slug} ${externalId} ${seenAt}`))
        .size,
    ).toBe(all.length);
    for (const slug of SLUGS) {
      const own = await allChanges(history, [nameOf(slug)], since, end, pageSize);
      expect(all.filter((change) => change.organization === nameOf(slug))).toEqual(own);
      const looks = reference.kept.get(slug)!;
      const firstComplete = looks.find(({ isComplete }) => isComplete)?.at ?? Infinity;
      const from = Math.max(since, horizons.get(slug) ?? since);
      // What is there at the first look is no change, and neither is what only an incomplete first look lacked.
      if (from >= firstComplete) {
        const earlier = reference.at(slug, from)!.view;
        expect(sorted(applied(earlier, own))).toEqual(sorted(reference.at(slug, end)!.view));
      }
      for (const { previousSeenAt, seenAt, externalId, kind } of own) {
        const before = millisOfInstant(previousSeenAt);
        const at = millisOfInstant(seenAt);
        expect(before).toBeLessThan(at);
        const was = reference.at(slug, before)!.view.get(externalId);
        const is = reference.at(slug, at)!.view.get(externalId);
        expect(was).not.toBe(is);
        expect(kind).toBe(was === undefined ? 'APPEARED' : is === undefined ? 'DISAPPEARED' : 'CHANGED');
        expect(looks.map((each) => each.at)).toContain(before);
      }
      const first = looks[0];
      if (first !== undefined)
        expect(own.every(({ seenAt }) => millisOfInstant(seenAt) > first.at)).toBe(true);
    }
  }
}

const RUNS = process.env['SUITE'] === 'postgres' ? 10 : 40;

it.each([
  ['everything is kept', false],
  ['what is oldest is forgotten now and then', true],
])(
  'what is told about any moment is what was seen then: %s',
  async (_, withForgetting) => {
    await fc.assert(
      fc.asyncProperty(
        steps(withForgetting),
        fc.array(fc.nat(1_000), { minLength: 2, maxLength: 4 }),
        fc.integer({ min: 1, max: 5 }),
        play,
      ),
      { numRuns: RUNS },
    );
  },
  60_000,
);
