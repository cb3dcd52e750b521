/**
 * Everybody's service orders in one walk: against the emulator, that it gives what a list for each gives at the cost of
 * its pages; against bent replies, that nobody is shown what is another's and that what is missing is said.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSalesforce } from '../../src/backends/salesforce/backend.js';
import { createRegistry, type Registry } from '../../src/backends/registry.js';
import type { CurrencyCode } from '../../src/domain/money.js';
import type { Organization, OrganizationSlug } from '../../src/domain/organization.js';
import { SourceError } from '../../src/domain/failure.js';
import { createDrift } from '../../src/observability/drift.js';
import { startEmulator, type Emulator } from '../../src/sandbox/emulator.js';
import { generatePortfolio } from '../../src/sandbox/portfolio.js';
import { createSalesforceApi } from '../../src/sandbox/salesforce/api.js';
import { systemTimers } from '../../src/upstream/timers.js';
import { fakeUpstream, type FakeRoutes } from '../support/fake-upstream.js';
import { aRequest } from '../support/request.js';

const NOW = Date.UTC(2026, 10, 21, 12);
const CLIENT = { clientId: 'walker', clientSecret: 'not-a-real-secret' };

function organization(
  slug: string,
  accountId: string | null,
  organizationId: string | null = null,
): Organization {
  return {
    slug: slug as OrganizationSlug,
    name: slug,
    currency: 'USD' as CurrencyCode,
    commitmentManager: null,
    salesforce: { missionControlAccountId: accountId, organizationId },
    logisense: null,
    monetizenow: null,
    cloudmc: null,
  };
}

describe('over the emulator', () => {
  // 2,000 customers; every tenth is found by its UUID, as a directory without account ids has it.
  const profiles = generatePortfolio({
    organizations: 2_000,
    commitmentsPerBackend: 1,
    seed: 7,
    today: '2026-11-21',
  });
  const organizations = profiles.map(({ slug, salesforce }, index) =>
    index % 10 === 0
      ? organization(slug, null, salesforce!.organizationId)
      : organization(slug, salesforce!.missionControlAccountId),
  );
  let emulator: Emulator;
  let registry: Registry;
  const queries = () => emulator.calls.filter(({ path }) => path.includes('/query'));
  const orders = () => registry.createSources(aRequest()).serviceOrders!;

  beforeAll(async () => {
    const clock = () => NOW;
    emulator = await startEmulator(createSalesforceApi(profiles, { clock, ...CLIENT }), { clock });
    registry = createRegistry(
      {
        salesforce: {
          ...CLIENT,
          url: emulator.url,
          apiVersion: 'v59.0',
          timeoutMs: 20_000,
          freshForMs: 60_000,
          staleForMs: 60_000,
          concurrency: 4,
          requestsPerSecond: null,
          allowPrivateAddresses: true,
        },
      },
      { clock, timers: systemTimers, drift: createDrift(() => undefined) },
    );
  });

  afterAll(async () => {
    await registry.close();
    await emulator.stop();
  });

  it('costs a call for each thousand orders, and not one for each organization', async () => {
    emulator.clearCalls();
    const listings = await orders().listAll(organizations);
    expect(listings.size).toBe(2_000);
    const count = [...listings.values()].reduce((sum, { items }) => sum + items.length, 0);
    expect(count).toBe(2_000);
    expect(queries()).toHaveLength(2);
    for (const { dropped, truncated } of listings.values()) expect([dropped, truncated]).toEqual([[], false]);
  });

  it('gives each what its own list gives', async () => {
    const port = orders();
    const some = organizations.filter((_, index) => index % 190 === 0);
    const walked = await port.listAll(some);
    for (const one of some) {
      const { items } = await port.list(one);
      expect(items.length).toBeGreaterThan(0);
      expect(walked.get(one.slug)?.items).toEqual(items);
    }
    expect([...walked.keys()]).toEqual(some.map(({ slug }) => slug));
  });

  it('is made once for a request, and anew for the next', async () => {
    emulator.clearCalls();
    const port = orders();
    await port.listAll(organizations.slice(0, 5));
    await port.listAll(organizations.slice(3, 9));
    expect(queries()).toHaveLength(2);
    await orders().listAll(organizations.slice(0, 1));
    expect(queries()).toHaveLength(4);
  });

  it('is not made for customers who have no account there', async () => {
    emulator.clearCalls();
    const listings = await orders().listAll([{ ...organization('stranger', null), salesforce: null }]);
    expect([...listings.values()]).toMatchObject([{ items: [], dropped: [], truncated: false }]);
    expect(queries()).toEqual([]);
  });
});

describe('over bent replies', () => {
  const MINE = 'a0T000000000001AAA';
  const THEIRS = 'a0T000000000002AAA';
  const UUID = '619c56b5-596b-4cc4-8b04-38fe8e05c750';
  const QUERY = 'GET services/data/v59.0/query';
  const mine = organization('mine', MINE);
  const byUuid = organization('by-uuid', null, UUID);

  const row = (id: string, fields: object) => ({ Id: `a0U00000000000${id}`, Stage__c: 'Signed', ...fields });
  const page = (records: object[], rest: object = {}) => ({
    text: JSON.stringify({ totalSize: records.length, done: true, records, ...rest }),
  });
  const walk = (routes: FakeRoutes, asked: readonly Organization[]) => {
    const drift = createDrift(() => undefined);
    const { calls, createUpstream } = fakeUpstream(routes);
    const salesforce = createSalesforce(
      { accessToken: 'not-a-real-token' },
      { clock: () => NOW, drift, createUpstream },
    );
    const listings = salesforce.sources(aRequest()).serviceOrders.listAll(asked);
    return { listings, calls, counts: () => drift.counts('SALESFORCE') };
  };
  const ids = async (result: ReturnType<typeof walk>) =>
    Object.fromEntries(
      [...(await result.listings)].map(([slug, { items, dropped, truncated }]) => [
        slug as string,
        [items.map(({ externalId }) => externalId.slice(-1)).join(''), dropped.length, truncated],
      ]),
    );

  it('leaves out what belongs to nobody who was asked for, without a word', async () => {
    const result = walk(
      {
        [QUERY]: page([
          row('1', { Mission_Control_Account__c: MINE }),
          row('2', { Mission_Control_Account__c: THEIRS }),
          row('3', {
            Mission_Control_Account__c: THEIRS,
            Mission_Control_Account__r: { Organization_ID__c: UUID.toUpperCase() },
          }),
          row('4', { Mission_Control_Account__c: null }),
        ]),
      },
      [mine, byUuid],
    );
    expect(await ids(result)).toEqual({ mine: ['1', 0, false], 'by-uuid': ['3', 0, false] });
    expect(result.counts()).toMatchObject({ foreignRecords: 0, droppedRecords: 0 });
    expect(result.calls.map(({ scope }) => scope)).toEqual([
      { kind: 'service', credential: 'salesforce#token' },
    ]);
  });

  it('reports a bad row to its owner alone, and one without an owner to everybody', async () => {
    const bad = { Mission_Control_Account__c: MINE, Rev_Ops_Approved__c: 'perhaps' };
    const one = walk({ [QUERY]: page([row('1', bad)]) }, [mine, byUuid]);
    expect(await ids(one)).toEqual({ mine: ['', 1, false], 'by-uuid': ['', 0, false] });
    const anybodys = walk({ [QUERY]: page([row('1', { Mission_Control_Account__c: 7 })]) }, [mine, byUuid]);
    expect(await ids(anybodys)).toEqual({ mine: ['', 1, false], 'by-uuid': ['', 1, false] });
  });

  it('tells everybody when it ends early, and keeps what it has', async () => {
    const result = walk(
      {
        [QUERY]: page([row('1', { Mission_Control_Account__c: MINE })], {
          totalSize: 2,
          done: false,
          nextRecordsUrl: '/services/data/v59.0/query/01g000000000001-1',
        }),
        'GET services/data/v59.0/query/01g000000000001-1': { status: 503, text: '[]' },
      },
      [mine, byUuid],
    );
    expect(await ids(result)).toEqual({ mine: ['1', 1, true], 'by-uuid': ['', 1, true] });
  });

  it('says that a customer whose entry in the directory is wrong was not read', async () => {
    const result = walk({ [QUERY]: page([]) }, [organization('wrong', "x' OR Name != '"), mine]);
    expect(await ids(result)).toEqual({ wrong: ['', 1, true], mine: ['', 0, false] });
  });

  it('rejects where not even its first page can be had', async () => {
    await expect(walk({ [QUERY]: { status: 503, text: '[]' } }, [mine]).listings).rejects.toBeInstanceOf(
      SourceError,
    );
  });
});
