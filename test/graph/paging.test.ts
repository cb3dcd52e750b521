/**
 * The merged list over real emulators: every commitment exactly once for any page size, filter and order, and an end.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandboxedGateway, TODAY, type SandboxedGateway } from '../support/sandboxed-gateway.js';

let over: SandboxedGateway;
let all: {
  id: string;
  source: string;
  status: string;
  organization: { slug: string };
  term: { startsOn: string | null; endsBefore: string | null };
}[];

const FIELDS =
  'nodes { id source status organization { slug } term { startsOn endsBefore } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } coverage { complete missing }';
const PORTFOLIO = `query ($first: Int!, $after: String, $filter: PortfolioFilter, $orderBy: CommitmentOrder!) {
  list: commitments(first: $first, after: $after, filter: $filter, orderBy: $orderBy) { ${FIELDS} }
}`;
const CUSTOMER = `query ($slug: String!, $first: Int!, $after: String, $filter: CommitmentFilter, $orderBy: CommitmentOrder!) {
  organization(slug: $slug) { list: commitments(first: $first, after: $after, filter: $filter, orderBy: $orderBy) { ${FIELDS} } }
}`;

async function walk(document: string, variables: object, first: number): Promise<typeof all> {
  const seen: typeof all = [];
  let after: string | null = null;
  for (let turn = 0; ; turn += 1) {
    if (turn > 500) throw new Error('paging does not end');
    const { data, errors } = await over.query(document, {
      orderBy: 'STARTS_ON_ASC',
      ...variables,
      first,
      after,
    });
    expect(errors).toEqual([]);
    const { nodes, pageInfo, coverage } = (data.organization ?? data).list;
    expect(coverage.missing).toEqual([]);
    expect(nodes.length).toBeLessThanOrEqual(first);
    expect(pageInfo.hasPreviousPage).toBe(after !== null);
    seen.push(...nodes);
    if (!pageInfo.hasNextPage) return seen;
    expect(pageInfo.endCursor).not.toBe(after);
    after = pageInfo.endCursor;
  }
}

beforeAll(async () => {
  // One read of each list serves the whole file: this is about pages, not about calls.
  over = await startSandboxedGateway({
    backends: (section) =>
      Object.fromEntries(
        Object.entries(section).map(([key, value]) => [key, { ...(value as object), freshForMs: 600_000 }]),
      ),
  });
  all = await walk(PORTFOLIO, {}, 100);
}, 60_000);
afterAll(() => over[Symbol.asyncDispose]());

const ids = (nodes: typeof all) => nodes.map(({ id }) => id);
const orders = ['STARTS_ON_ASC', 'STARTS_ON_DESC', 'ENDS_BEFORE_ASC', 'ENDS_BEFORE_DESC'] as const;

describe('paging over customers and backends', () => {
  it('has something to show', () => {
    expect(all.length).toBeGreaterThan(40);
    expect(new Set(ids(all)).size).toBe(all.length);
    expect(new Set(all.map(({ source }) => source)).size).toBe(3);
    expect(new Set(all.map(({ organization }) => organization.slug)).size).toBeGreaterThan(10);
  });

  it('gives every commitment exactly once, in one order, for any page size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 100 }),
        fc.constantFrom(...orders),
        async (first, orderBy) => {
          const seen = await walk(PORTFOLIO, { orderBy }, first);
          expect([...ids(seen)].sort()).toEqual([...ids(all)].sort());
          const slugs = seen.map(({ organization }) => organization.slug);
          expect(slugs).toEqual([...slugs].sort());
          if (orderBy === 'STARTS_ON_ASC') expect(ids(seen)).toEqual(ids(all));
        },
      ),
      {
        numRuns: 12,
        examples: [
          [1, 'STARTS_ON_ASC'],
          [7, 'ENDS_BEFORE_DESC'],
        ],
      },
    );
  }, 60_000);

  it('gives what filters leave, whatever the page size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 30 }),
        fc.subarray(['COMMITMENT_MANAGER', 'LOGISENSE', 'CLOUDMC'], { minLength: 1 }),
        fc.subarray(['PENDING', 'ACTIVE', 'EXPIRED', 'CANCELLED'], { minLength: 1 }),
        async (first, sources, statuses) => {
          const seen = await walk(PORTFOLIO, { filter: { sources, statuses } }, first);
          const expected = all.filter(
            ({ source, status }) => sources.includes(source) && statuses.includes(status),
          );
          expect(ids(seen)).toEqual(ids(expected));
        },
      ),
      { numRuns: 10 },
    );
  }, 60_000);
});

describe('the list of one customer', () => {
  it('is its part of the whole, and ordered by date with unknown ends where they belong', async () => {
    for (const slug of new Set(all.map(({ organization }) => organization.slug))) {
      const own = all.filter(({ organization }) => organization.slug === slug);
      expect(ids(await walk(CUSTOMER, { slug }, 3))).toEqual(ids(own));
      const byEnd = (await walk(CUSTOMER, { slug, orderBy: 'ENDS_BEFORE_DESC' }, 100)).map(
        ({ term }) => term.endsBefore,
      );
      const known = byEnd.filter((end): end is string => end !== null);
      expect(byEnd).toEqual([...byEnd.filter((end) => end === null), ...[...known].sort().reverse()]);
    }
  });

  it('knows what binds on a day', async () => {
    const seen = await walk(PORTFOLIO, { filter: { activeOn: TODAY } }, 100);
    expect(seen.length).toBeGreaterThan(10);
    for (const { status, term } of seen) {
      expect(term.startsOn! <= TODAY && (term.endsBefore === null || TODAY < term.endsBefore)).toBe(true);
      expect(['ACTIVE', 'UNRECOGNIZED']).toContain(status);
    }
  });
});
