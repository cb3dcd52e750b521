/**
 * The one list that several backends share: reads each source that may hold commitments, or what was seen of it by an
 * earlier moment, filters, orders, and says what is missing.
 *
 * Guarantees: a total order that does not depend on which backend answered first; each commitment once, for any page
 * size; a source that the filter leaves out is not asked.
 */
import type { GraphQLResolveInfo } from 'graphql';
import { isActiveOn, type Commitment, type CommitmentStatus } from '../domain/commitment.js';
import type { Day, Instant } from '../domain/calendar.js';
import type { RecordKind } from '../domain/history.js';
import type { Organization } from '../domain/organization.js';
import { COMMITMENT_SOURCES, type CommitmentSourceName, type SourceName } from '../domain/source.js';
import {
  checkPageSize,
  compareValues,
  connectionOf,
  decodeCursor,
  EdgeAt,
  encodeCursor,
  firstThat,
  type Connection,
  type Edge,
  type PageArguments,
  type SortKey,
} from './connection.js';
import type { GraphContext } from './context.js';
import { coverageOf, readCovered, reportPartial, type Coverage, type SourceCoverage } from './coverage.js';
import { badInput } from './errors.js';
import { checkMoment, readPast } from './past.js';

export type CommitmentOrder = 'STARTS_ON_ASC' | 'STARTS_ON_DESC' | 'ENDS_BEFORE_ASC' | 'ENDS_BEFORE_DESC';

export interface CommitmentFilter {
  readonly sources?: readonly SourceName[] | null | undefined;
  readonly statuses?: readonly CommitmentStatus[] | null | undefined;
  readonly activeOn?: Day | null | undefined;
  /** How they were then; `null`: how they are now. */
  readonly asOf?: Instant | null | undefined;
}

const KINDS = {
  COMMITMENT_MANAGER: 'MINIMUM_COMMITMENT',
  LOGISENSE: 'CONTRACT_COMMITMENT',
  CLOUDMC: 'RESOURCE_COMMITMENT',
} as const satisfies Readonly<Record<CommitmentSourceName, RecordKind>>;

export interface CommitmentConnection extends Connection<Commitment> {
  readonly coverage: Coverage;
}

/** How many customers are read at once at most, and how many for one page, when a list spans customers. */
const ORGANIZATIONS_AT_ONCE = 4;
const MOST_ORGANIZATIONS = 100;

/**
 * How many customers to read next: as many as will do for what is missing if they have as much to show as those before
 * them. Only whether there is a next page is often all that is missing, and one customer more answers that.
 */
function organizationsFor(missing: number, found: number, consulted: number): number {
  if (found === 0) return ORGANIZATIONS_AT_ONCE;
  return Math.min(Math.ceil((missing * consulted) / found), ORGANIZATIONS_AT_ONCE);
}

function sourcesOf(filter: CommitmentFilter): readonly CommitmentSourceName[] {
  if (filter.sources == null) return COMMITMENT_SOURCES;
  for (const source of filter.sources) {
    if (!(COMMITMENT_SOURCES as readonly SourceName[]).includes(source)) {
      throw badInput(
        `\`filter.sources\`: ${source} keeps no commitments. Choose from ${COMMITMENT_SOURCES.join(', ')}.`,
      );
    }
  }
  const { sources } = filter;
  return COMMITMENT_SOURCES.filter((source) => sources.includes(source));
}

// Key of a commitment: slug, date that the order is by, source, id. A key without an id is a place behind everything of
// its customer, for pages that end between two customers.
function keyOf(commitment: Commitment, order: CommitmentOrder): SortKey {
  const date = order.startsWith('STARTS') ? commitment.term.startsOn : commitment.term.endsBefore;
  return [
    commitment.organization,
    date,
    COMMITMENT_SOURCES.indexOf(commitment.source),
    commitment.externalId,
  ];
}

function compareKeys(order: CommitmentOrder): (a: SortKey, b: SortKey) => number {
  const isDescending = order.endsWith('DESC');
  // An open end is later than any other; an unknown start is last either way.
  const nulls = order === 'ENDS_BEFORE_DESC' ? 'first' : 'last';
  return (a, b) => {
    const byOrganization = compareValues(a[0], b[0]);
    if (byOrganization !== 0) return byOrganization;
    if (a[3] === null || b[3] === null) return compareValues(a[3], b[3], 'last');
    const [x, y] = [a[1] ?? null, b[1] ?? null];
    const byDate =
      isDescending && x !== null && y !== null ? compareValues(y, x) : compareValues(x, y, nulls);
    return byDate || compareValues(a[2], b[2]) || compareValues(a[3], b[3]);
  };
}

type CommitmentKind = (typeof KINDS)[CommitmentSourceName];

interface OrganizationPart {
  readonly items: readonly Commitment[];
  readonly coverage: readonly SourceCoverage[];
}

async function readOrganization(
  organization: Organization,
  sources: readonly CommitmentSourceName[],
  filter: CommitmentFilter,
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<OrganizationPart> {
  const ports = {
    COMMITMENT_MANAGER: context.sources.minimumCommitments,
    LOGISENSE: context.sources.contractCommitments,
    CLOUDMC: context.sources.resourceCommitments,
  };
  const { asOf } = filter;
  const readSource = async (source: CommitmentSourceName) => {
    const port = ports[source];
    // What was not known then is part of the answer, and nothing that goes wrong now.
    if (asOf != null) {
      return readPast<CommitmentKind>(KINDS[source], organization, asOf, port !== null, context);
    }
    const read = await readCovered<Commitment>(source, port, organization, context, info);
    if (read.error) reportPartial(context, info, [read.error.failure]);
    return read;
  };
  const parts = await Promise.all(
    sources.map(async (source) => {
      const read = await readSource(source);
      let undated = 0;
      const items = read.items.filter((commitment) => {
        if (filter.statuses != null && !filter.statuses.includes(commitment.status)) return false;
        if (filter.activeOn == null) return true;
        const isActive = isActiveOn(commitment, filter.activeOn);
        if (isActive === 'undated') undated += 1;
        return isActive === true;
      });
      return { items, coverage: { ...read.coverage, undated } };
    }),
  );
  return { items: parts.flatMap(({ items }) => items), coverage: parts.map(({ coverage }) => coverage) };
}

/** The commitments of these customers, one page. Customers must be in the order of their slugs. */
export async function commitmentPage(
  organizations: readonly Organization[],
  filter: CommitmentFilter,
  order: CommitmentOrder,
  page: PageArguments,
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<CommitmentConnection> {
  checkPageSize(page.first);
  if (filter.asOf != null) checkMoment(filter.asOf, 'asOf', context);
  const sources = sourcesOf(filter);
  const list = `commitments:${order}`;
  const compare = compareKeys(order);
  const after = page.after == null ? null : decodeCursor(list, page.after);
  const from = after === null ? null : after[0];
  const first = typeof from === 'string' ? firstThat(organizations, ({ slug }) => slug >= from) : 0;
  const remaining = organizations.length - first;

  const edges: Edge<Commitment>[] = [];
  const coverage: SourceCoverage[] = [];
  let consulted = 0;
  while (consulted < remaining && edges.length <= page.first && consulted < MOST_ORGANIZATIONS) {
    const place = first + consulted;
    const missing = page.first + 1 - edges.length;
    const group = organizations.slice(place, place + organizationsFor(missing, edges.length, consulted));
    const parts = await Promise.all(
      group.map((organization) => readOrganization(organization, sources, filter, context, info)),
    );
    const found = parts
      .flatMap(({ items }) => items)
      .map((node) => ({ node, key: keyOf(node, order) }))
      .filter(({ key }) => after === null || compare(key, after) > 0)
      .sort((a, b) => compare(a.key, b.key));
    for (const { node, key } of found) edges.push(new EdgeAt(list, node, key));
    coverage.push(...parts.flatMap((part) => part.coverage));
    consulted += group.length;
  }

  const isCutByPage = edges.length > page.first;
  const isCutByReach = !isCutByPage && consulted < remaining;
  const last = organizations[first + consulted - 1];
  const connection = connectionOf(
    edges.slice(0, page.first),
    isCutByPage || isCutByReach,
    after !== null,
    // Many customers in a row had nothing to show: the next page goes on behind the last one that was read.
    isCutByReach && last !== undefined ? encodeCursor(list, [last.slug, null, null, null]) : undefined,
  );
  return { coverage: coverageOf(coverage), ...connection };
}
