/**
 * Salesforce for one request: service orders.
 *
 * Guarantees: one query lists an organization's orders with their ramp steps, and pages are followed to their end; an
 * order is shown with all of its steps or not at all, since a ramp with a gap states a wrong promise; an organization
 * without an account there costs no call, and text that is no id reaches no query. Rejects with `SourceError` only.
 *
 * For many organizations there is one walk over everybody's orders (`walk.ts`). Each of them is given its own rows and
 * nothing else, checked as if they had been asked for by themselves.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { instantOfMillis } from '../../domain/calendar.js';
import { failure, sourceError, SourceError, type Failure } from '../../domain/failure.js';
import type { DroppedRecord, Listing } from '../../domain/observation.js';
import type { Organization, OrganizationSlug } from '../../domain/organization.js';
import type { ServiceOrderPort } from '../../domain/ports.js';
import type { CredentialName, OrganizationScope, Scope } from '../../domain/scope.js';
import type { ServiceOrder } from '../../domain/service-order.js';
import type { Drift } from '../../observability/drift.js';
import type { Answer, Endpoint, Upstream } from '../../upstream/endpoint.js';
import { matches } from '../../upstream/path.js';
import { createRecordPort, memo } from '../batch.js';
import { withoutDuplicates } from '../duplicates.js';
import { keepMade, madeOf } from '../once.js';
import { isForeignReport, readRecords } from '../records.js';
import { query, queryPage, SOURCE } from './client.js';
import { toServiceOrder } from './mapper.js';
import { ordersQuery, ownerOf, type OrderOwner, type OrderShape } from './orders-query.js';
import { createPageReader, type PageReader, type QueryRows } from './pages.js';
import { RECORD_ID } from './soql.js';
import { SERVICE_SCOPE, walkOrders, type Walked } from './walk.js';
import { orderRow, rampRow, type OrderRow, type QueryReply, type RampRow } from './wire.js';

const ORGANIZATIONS_IN_A_TURN = 50;

export interface SalesforceSources {
  readonly serviceOrders: ServiceOrderPort;
}

export interface SalesforceSourcesDeps {
  readonly upstream: Upstream;
  readonly apiVersion: string;
  readonly shape: OrderShape;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly drift: Drift;
}

/** The ports of one request. */
export function createSalesforceSources(deps: SalesforceSourcesDeps): SalesforceSources {
  const { upstream, apiVersion, shape, clock, drift } = deps;
  const schema = orderRow(shape.relationship);

  const ask = async <Params, Body>(endpoint: Endpoint<Params, Body>, params: Params, scope: Scope) => {
    try {
      return await upstream.call(endpoint, params, scope);
    } catch (error) {
      // A query finds nothing by answering with no rows. 404 means that the version or the page does not exist.
      if (error instanceof SourceError && error.failure.code === 'NOT_FOUND') {
        throw sourceError('UPSTREAM_REJECTED', SOURCE, { detail: error.failure.detail });
      }
      throw error;
    }
  };

  const ownerOrFailure = (organization: Organization): OrderOwner | Failure => {
    const owner = ownerOf(organization, shape.accountColumn);
    if (typeof owner !== 'string') return owner;
    return failure('UPSTREAM_REJECTED', SOURCE, {
      detail: `the account directory's entry ${organization.slug}: ${owner}`,
    });
  };

  const ownerOrThrow = (organization: Organization): OrderOwner => {
    const owner = ownerOrFailure(organization);
    if ('code' in owner) throw new SourceError(owner);
    return owner;
  };

  /** The steps of an order, or why they cannot all be had. */
  const rampOf = async (row: OrderRow, pages: PageReader): Promise<readonly RampRow[] | DroppedRecord> => {
    if (row.ramp === null) return [];
    const { rows, truncated, failed } = await pages.follow(row.ramp);
    if (failed !== null) return failed;
    if (truncated)
      return failure('UPSTREAM_MALFORMED', SOURCE, { detail: 'ramp steps of an order did not all come' });
    const read = readRecords(rows, 'ramp step', {
      source: SOURCE,
      drift,
      schema: rampRow,
      isOwn: (step) => step.Service_Order__c === null || step.Service_Order__c === row.Id,
      map: (step) => step,
    });
    const unique = withoutDuplicates(read, ({ Id }) => Id, 'ramp step', SOURCE);
    return unique.dropped[0] ?? unique.items;
  };

  const read = async (
    organization: Organization,
    isOwn: (row: OrderRow) => boolean,
    first: Answer<QueryReply>,
  ): Promise<Listing<ServiceOrder>> => {
    const scope = scopeOf(organization, queryPage.credential);
    const pages = createPageReader(first, (page) => ask(queryPage, page, scope));
    return ordersIn(await pages.follow(first.body), organization, isOwn, pages);
  };

  /** The organization's orders among the rows, each with its steps. */
  const ordersIn = async (
    found: QueryRows,
    organization: Organization,
    isOwn: (row: OrderRow) => boolean,
    pages: PageReader,
  ): Promise<Listing<ServiceOrder>> => {
    const readRows = readRecords(found.rows, 'service order', {
      source: SOURCE,
      drift,
      schema,
      isOwn,
      map: (row) => row,
    });
    const { items, dropped } = withoutDuplicates(readRows, ({ Id }) => Id, 'service order', SOURCE);

    const whole: { readonly row: OrderRow; readonly steps: readonly RampRow[] }[] = [];
    const incomplete: DroppedRecord[] = found.failed === null ? [] : [found.failed];
    for (const row of items) {
      const steps = await rampOf(row, pages);
      if ('code' in steps) incomplete.push(steps);
      else whole.push({ row, steps });
    }
    const context = { organization, observation: pages.observation(), drift };
    return {
      items: whole.map(({ row, steps }) => toServiceOrder(row, steps, context)),
      dropped: [...dropped, ...incomplete],
      truncated: found.truncated,
      observation: context.observation,
    };
  };

  const list = async (organization: Organization): Promise<Listing<ServiceOrder>> => {
    if (organization.salesforce === null) return nothing();
    const owner = ownerOrThrow(organization);
    const soql = ordersQuery(owner, shape);
    const scope = scopeOf(organization, query.credential);
    const answer = await ask(query, { apiVersion, soql }, scope);
    const occasion = { organization, observation: answer.observation };
    const known = madeOf<ServiceOrder>(answer, occasion);
    if (known !== undefined) return known;
    const listing = await read(organization, owner.isOwn, answer);
    // Further pages may be of another age the next time, and what failed may succeed.
    const isOfOneAnswer =
      listing.observation === answer.observation && !listing.truncated && listing.dropped.length === 0;
    return isOfOneAnswer ? keepMade(answer, occasion, listing) : listing;
  };

  const nothing = (): Listing<ServiceOrder> => {
    const observation = { observedAt: instantOfMillis(clock()), stale: false };
    return { items: [], dropped: [], truncated: false, observation };
  };

  // One walk for the request, whoever is asked for; and steps that did not fit their row are fetched once.
  const walkOnce = memo(
    () => 'walk',
    () => walkOrders((endpoint, params) => ask(endpoint, params, SERVICE_SCOPE), apiVersion, shape),
  );
  const walked = memo(
    ({ organization }: { organization: Organization; walk: Walked }) => organization.slug,
    async ({ organization, walk }): Promise<Listing<ServiceOrder>> => {
      const owner = ownerOrFailure(organization);
      if ('code' in owner) return { ...nothing(), dropped: [owner], truncated: true };
      return ordersIn(walk.rowsOf(owner), organization, owner.isOwn, walk.pages);
    },
  );

  const listAll = async (
    organizations: readonly Organization[],
  ): Promise<ReadonlyMap<OrganizationSlug, Listing<ServiceOrder>>> => {
    const listings = new Map<OrganizationSlug, Listing<ServiceOrder>>();
    for (const [index, organization] of organizations.entries()) {
      // Thousands of orders are read here: others must get their turn meanwhile.
      if (index % ORGANIZATIONS_IN_A_TURN === ORGANIZATIONS_IN_A_TURN - 1) await nextTurn();
      listings.set(
        organization.slug,
        organization.salesforce === null
          ? nothing()
          : await walked({ organization, walk: await walkOnce(undefined) }),
      );
    }
    return listings;
  };

  const single = async (organization: Organization, externalId: string): Promise<ServiceOrder | null> => {
    if (organization.salesforce === null) return null;
    const owner = ownerOrThrow(organization);
    const soql = ordersQuery(owner, shape, externalId);
    const answer = await ask(query, { apiVersion, soql }, scopeOf(organization, query.credential));
    const isAsked = (row: OrderRow) => row.Id === externalId && owner.isOwn(row);
    const { items, dropped } = await read(organization, isAsked, answer);
    if (items[0] !== undefined) return items[0];
    const unreadable = dropped.find((report) => !isForeignReport(report));
    if (unreadable !== undefined) throw new SourceError(unreadable);
    return null;
  };

  return {
    serviceOrders: {
      listAll,
      ...createRecordPort<ServiceOrder>({
        isId: (externalId) => matches(RECORD_ID, externalId),
        idOf: ({ externalId }) => externalId,
        list,
        single,
        singleAtMost: 1,
      }),
    },
  };
}

function scopeOf(organization: Organization, credential: string): OrganizationScope {
  return {
    kind: 'organization',
    organization: organization.slug,
    credential: `salesforce#${credential}` as CredentialName,
  };
}
