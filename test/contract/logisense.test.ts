/**
 * LogiSense's own samples (seed 001) through wire, mapper and loaders; the scan, and the login.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  createLogisense,
  loginBaseUrl,
  type LogisenseSettings,
} from '../../src/backends/logisense/backend.js';
import { createJudge } from '../../src/backends/logisense/client.js';
import { commitmentItem } from '../../src/backends/logisense/wire.js';
import type { Day, Term } from '../../src/domain/calendar.js';
import type { Failure } from '../../src/domain/failure.js';
import type { Organization, OrganizationSlug } from '../../src/domain/organization.js';
import { createDrift } from '../../src/observability/drift.js';
import type { WritableUpstream } from '../../src/upstream/endpoint.js';
import { aRequest } from '../support/request.js';
import {
  FAKE_OBSERVED_AT,
  fakeUpstream,
  rawReply,
  type FakeCall,
  type FakeReply,
  type FakeRoutes,
} from '../support/fake-upstream.js';

const sample = (name: string) =>
  readFileSync(new URL(`./samples/logisense/${name}.json`, import.meta.url), 'utf8');

const SCAN = 'GET Contract/Commitment/Paged/Detail';
const LOGIN = 'POST Access/Login';
const GET_1 = 'GET Contract/Commitment/1/Detail';
const TRACKING = 'd2ae5304-2355-44eb-a328-272f02935f8b';
const URL_V6 = 'https://billing.example/ResourceServer/api/v6';

function organization(
  ids: readonly string[],
  terms: Readonly<Record<string, Term>> = {},
  slug = 'acme',
): Organization {
  return {
    slug: slug as OrganizationSlug,
    name: slug,
    currency: null,
    commitmentManager: null,
    salesforce: null,
    logisense: { accountContractIds: ids, accountContractTerms: new Map(Object.entries(terms)) },
    monetizenow: null,
    cloudmc: null,
  };
}

const term = (startsOn: string | null, endsBefore: string | null): Term => ({
  startsOn: startsOn as Day | null,
  endsBefore: endsBefore as Day | null,
});

function open(
  routes: FakeRoutes,
  settings: Partial<LogisenseSettings> = { accessToken: 'not-a-real-token' },
) {
  const upstream = fakeUpstream(routes);
  const bases: (string | undefined)[] = [];
  const seen: string[] = [];
  const drift = createDrift((source, what) => seen.push(`${source} ${what}`));
  const time = { now: Date.parse('2026-11-02T09:00:00Z') };
  const backend = createLogisense(
    { url: URL_V6, ...settings },
    {
      clock: () => time.now,
      drift,
      createUpstream: (options) => {
        bases.push(options.baseUrl);
        return upstream.createUpstream(options);
      },
    },
  );
  const request = () => backend.sources(aRequest()).contractCommitments;
  return { request, port: request(), calls: upstream.calls, drift, seen, time, bases };
}

async function failureFrom(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (error) {
    expect(error).toMatchObject({ name: 'SourceError' });
    return (error as { failure: Failure }).failure;
  }
  throw new Error('it did not fail');
}

const pageNumberOf = (call: FakeCall) =>
  (JSON.parse(call.headers['Pagination']!) as { pageNumber: number }).pageNumber;

function item(identity: number, accountContractId: number | string = 8, extra = ''): string {
  return `{"identity": ${identity}, "accountContractId": ${accountContractId}${extra}}`;
}

interface ListShape {
  readonly totalCount?: number | null;
  /** Rows that the server puts on a page, whatever was asked. */
  readonly size?: number;
  readonly echo?: number | null;
}

/** A server that pages through `items`. */
function listing(
  items: readonly string[],
  { totalCount = items.length, size = 100, echo = size }: ListShape = {},
) {
  return (call: FakeCall): FakeReply => {
    const number = pageNumberOf(call);
    return pageReply(items.slice((number - 1) * size, number * size), totalCount, echo);
  };
}

function pageReply(
  items: readonly string[],
  totalCount: number | null,
  echo: number | null = 100,
): FakeReply {
  const pagination =
    echo === null ? '' : `"pagination": {"pageNumber": 1, "pageSize": ${echo}, "excludeTotalCount": false},`;
  const total = totalCount === null ? '' : `"totalCount": ${totalCount},`;
  return {
    text: `{"trackingId": "${TRACKING}", ${pagination} "pagedResults": {${total} "items": [${items.join(',')}]}}`,
  };
}

const many = (count: number, accountContractId = 8) =>
  Array.from({ length: count }, (_, i) => item(i + 1, accountContractId));

const EVERY_FIELD = {
  kind: 'contract',
  source: 'LOGISENSE',
  externalId: '1',
  organization: 'acme',
  name: null,
  status: 'UNKNOWN',
  statusText: null,
  term: { startsOn: null, endsBefore: null },
  committed: null,
  committedPer: null,
  products: [],
  periods: [
    {
      externalId: '98',
      commitmentExternalId: '61',
      order: 49,
      occurrences: 96,
      frequency: { length: 30, unit: 'UNRECOGNIZED', name: 'Sample Text Data', externalId: '32' },
      isRemainderOfTerm: true,
      startsOn: null,
      endsBefore: null,
    },
  ],
  createdAt: null,
  updatedAt: null,
  observation: { observedAt: FAKE_OBSERVED_AT, stale: false },
  includesChildAccounts: true,
  services: [
    { linkExternalId: '13', commitmentExternalId: '93', externalId: '92', name: 'Sample Text Data' },
  ],
  packageFrequencies: [
    {
      linkExternalId: '69',
      commitmentExternalId: '67',
      externalId: '88',
      name: 'Sample Text Data',
      package: { externalId: '93', name: 'Sample Text Data' },
    },
  ],
  usageClasses: [
    { linkExternalId: '6', commitmentExternalId: '82', externalId: '85', name: 'Sample Text Data' },
  ],
};

describe('the samples', () => {
  it('reads the paged list with details field by field', async () => {
    const { port, calls, drift, seen } = open({ [SCAN]: { text: sample('paged-detail') } });
    const found = await port.list(organization(['24', '8']));
    expect(found).toMatchObject({ dropped: [], truncated: false });
    expect(found.observation).toEqual({ observedAt: FAKE_OBSERVED_AT, stale: false });
    expect(found.items).toEqual([
      {
        ...EVERY_FIELD,
        accountContract: { externalId: '8', name: 'Sample Text Data' },
        commitmentType: { externalId: '3', name: 'Sample Text Data' },
        penalty: {
          service: { externalId: '16', name: 'Sample Text Data' },
          description: 'Minimum quantity commit.',
          chargeType: { externalId: '19', name: 'Sample Text Data' },
        },
      },
    ]);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({
      scope: { kind: 'service', credential: 'logisense#token' },
      headers: { OutputFormat: 'instance', Authorization: 'Bearer not-a-real-token' },
      query: {},
    });
    expect(JSON.parse(calls[0]!.headers['Pagination']!)).toEqual({
      pageNumber: 1,
      pageSize: 100,
      excludeTotalCount: false,
    });
    expect(drift.counts('LOGISENSE')).toEqual({
      unrecognizedValues: 1,
      unknownFields: 0,
      foreignRecords: 0,
      droppedRecords: 0,
    });
    expect(seen).toEqual(['LOGISENSE period.frequency=Sample Text Data']);
  });

  it('reads the single commitment with details, of account contract 0', async () => {
    const { port, calls } = open({ [GET_1]: { text: sample('get-detail') } });
    expect(await port.byId(organization(['0']), '1')).toEqual({
      ...EVERY_FIELD,
      accountContract: { externalId: '0', name: 'Sample Text Data' },
      commitmentType: { externalId: '2', name: 'Sample Text Data' },
      penalty: {
        service: { externalId: '2', name: 'Sample Text Data' },
        description: 'Minimum quantity commit.',
        chargeType: { externalId: '26', name: 'Sample Text Data' },
      },
    });
    expect(calls[0]).toMatchObject({
      scope: { kind: 'organization', organization: 'acme', credential: 'logisense#token' },
      headers: { OutputFormat: 'instance' },
    });
  });

  it('reads the ones without details as commitments without periods', async () => {
    const list = open({ [SCAN]: { text: sample('paged') } });
    const { items, dropped } = await list.port.list(organization(['2']));
    expect(dropped).toEqual([]);
    expect(items).toMatchObject([
      { externalId: '1', accountContract: { externalId: '2' }, periods: [], services: [], usageClasses: [] },
    ]);
    const get = open({ [GET_1]: { text: sample('get') } });
    expect(await get.port.byId(organization(['24']), '1')).toMatchObject({
      accountContract: { externalId: '24' },
      penalty: { service: { externalId: '9' } },
    });
  });

  /** Rows of any reply, wherever it keeps them. */
  const itemsOf = (name: string): unknown[] => {
    const body = rawReply({ text: sample(name) }).body as {
      items?: unknown[];
      results?: { items: unknown[] };
    };
    return body.items ?? body.results?.items ?? [];
  };

  it.each([
    ['list', '8', '6'],
    ['create-response', '12', '7'],
    ['update-response', '25', '10'],
    // Action records (C10).
    ['patch-response', '6', '22'],
  ])('reads the items of %s', (name, accountContractId, contractCommitmentTypeId) => {
    const items = itemsOf(name);
    expect(items).toHaveLength(1);
    expect(commitmentItem.parse(items[0])).toMatchObject({
      identity: '1',
      accountContractId,
      contractCommitmentTypeId,
      accountContractName: 'Sample Text Data',
      contractCommitmentTypeName: 'Sample Text Data',
      penaltyServiceName: 'Sample Text Data',
      penaltyDescription: 'Minimum quantity commit.',
      includeChildAccounts: true,
      contractCommitmentPenaltyChargeTypeName: 'Sample Text Data',
      details: null,
    });
  });

  it('takes none of the records of what was deleted for a commitment', () => {
    for (const deleted of itemsOf('delete-response'))
      expect(commitmentItem.safeParse(deleted).success).toBe(false);
  });
});

describe('both reply forms (C10)', () => {
  const asAction = (identity: number, accountContractId = 8) =>
    `{"identity": ${identity}, "action": "retrieved", "dtoTypeKey": "contractCommitment", "instance": ${item(identity, accountContractId)}}`;

  it('reads action records in a list beside plain items, and splits them by owner', async () => {
    const { port } = open({ [SCAN]: pageReply([asAction(1), item(2), asAction(3, 9)], 3) });
    const { items, dropped } = await port.list(organization(['8']));
    expect(items.map(({ externalId }) => externalId)).toEqual(['1', '2']);
    expect(dropped).toEqual([]);
  });

  it('reads an action record as the answer to a single read', async () => {
    const { port } = open({ [GET_1]: { text: `{"trackingId": "x", "instance": ${asAction(1)}}` } });
    expect(await port.byId(organization(['8']), '1')).toMatchObject({ externalId: '1' });
  });

  it('takes an item that comes in both forms for one', async () => {
    const { port } = open({ [SCAN]: pageReply([item(1), asAction(1)], 1) });
    expect(await port.list(organization(['8']))).toMatchObject({ items: [{ externalId: '1' }], dropped: [] });
  });
});

describe('terms and periods', () => {
  const period = (members: string, isRemainderOfTerm = false) =>
    `{"identity": 1, "contractCommitmentId": 1, "frequencyTypeId": 3, "isRemainderOfTerm": ${isRemainderOfTerm}, ${members}}`;
  const withPeriods = (...periods: string[]) =>
    pageReply([item(1, 8, `, "details": {"periods": [${periods.join(',')}]}`)], 1);

  it('takes the term from the directory and lays the periods out over it', async () => {
    const { port } = open({
      [SCAN]: withPeriods(
        period('"sortOrder": 2, "periodOccurrences": null, "periodFrequency": null', true),
        period(
          '"sortOrder": 1, "periodOccurrences": 6, "periodFrequency": 1, "frequencyTypeName": "Monthly"',
        ),
      ),
    });
    const { items } = await port.list(organization(['8'], { '8': term('2026-01-31', '2027-01-31') }));
    expect(items[0]).toMatchObject({
      status: 'ACTIVE',
      term: { startsOn: '2026-01-31', endsBefore: '2027-01-31' },
    });
    expect(items[0]!.periods).toMatchObject([
      { order: 1, startsOn: '2026-01-31', endsBefore: '2026-07-31', frequency: { unit: 'MONTH', length: 1 } },
      { order: 2, startsOn: '2026-07-31', endsBefore: '2027-01-31', isRemainderOfTerm: true },
    ]);
  });

  it('derives the status from the term alone', async () => {
    const statusWith = async (contractTerm: Term) => {
      const { port } = open({ [SCAN]: pageReply([item(1)], 1) });
      return (await port.list(organization(['8'], { '8': contractTerm }))).items[0]!.status;
    };
    expect(await statusWith(term('2026-11-03', null))).toBe('PENDING');
    expect(await statusWith(term('2026-11-02', null))).toBe('ACTIVE');
    expect(await statusWith(term('2025-11-02', '2026-11-02'))).toBe('EXPIRED');
    expect(await statusWith(term(null, '2026-11-02'))).toBe('UNKNOWN');
  });

  it.each([
    ['Day', 'DAY'],
    ['days', 'DAY'],
    ['DAILY', 'DAY'],
    ['Week', 'WEEK'],
    ['Weekly', 'WEEK'],
    ['Month', 'MONTH'],
    ['Months', 'MONTH'],
    ['monthly', 'MONTH'],
    ['Quarter', 'QUARTER'],
    ['Quarterly', 'QUARTER'],
    ['Year', 'YEAR'],
    ['Years', 'YEAR'],
    ['Annual', 'YEAR'],
    ['Annually', 'YEAR'],
    ['Fortnight', 'UNRECOGNIZED'],
    ['constructor', 'UNRECOGNIZED'],
  ])('reads the frequency %s as %s', async (name, unit) => {
    const { port, drift } = open({
      [SCAN]: withPeriods(period(`"sortOrder": 1, "frequencyTypeName": "${name}"`)),
    });
    const { items } = await port.list(organization(['8']));
    expect(items[0]!.periods[0]!.frequency).toEqual({ length: null, unit, name, externalId: '3' });
    expect(drift.counts('LOGISENSE').unrecognizedValues).toBe(unit === 'UNRECOGNIZED' ? 1 : 0);
  });

  it('has no penalty where none of its members is there', async () => {
    const { port } = open({ [SCAN]: pageReply([item(1)], 1) });
    expect((await port.list(organization(['8']))).items[0]).toMatchObject({
      penalty: null,
      commitmentType: null,
      includesChildAccounts: null,
    });
  });

  it('keeps ids and names beyond 2^53 whole', async () => {
    const { port } = open({ [SCAN]: pageReply([item(1, '9007199254740993')], 1) });
    const { items } = await port.list(organization(['9007199254740993']));
    expect(items[0]!.accountContract.externalId).toBe('9007199254740993');
    const near = open({ [SCAN]: pageReply([item(1, '9007199254740993')], 1) });
    expect((await near.port.list(organization(['9007199254740992']))).items).toEqual([]);
  });
});

describe('whose it is', () => {
  it('splits one scan among the organizations of a request', async () => {
    const { port, calls, drift } = open({
      [SCAN]: pageReply([item(1, 8), item(2, 9), item(3, 24), item(4, 7)], 4),
    });
    const [acme, other] = await Promise.all([
      port.list(organization(['8', '24'])),
      port.list(organization(['9'], {}, 'other')),
    ]);
    expect(acme.items.map(({ externalId }) => externalId)).toEqual(['1', '3']);
    expect(other.items.map(({ externalId, organization: slug }) => [slug, externalId])).toEqual([
      ['other', '2'],
    ]);
    expect(calls).toHaveLength(1);
    // Other customers' rows are expected in a list without a filter (C9).
    expect(drift.counts('LOGISENSE').foreignRecords).toBe(0);
  });

  it('does not hand out a foreign commitment that was read by its id', async () => {
    const { port, drift } = open({ [GET_1]: { text: sample('get-detail') } });
    expect(await port.byId(organization(['8']), '1')).toBeNull();
    expect(drift.counts('LOGISENSE').foreignRecords).toBe(1);
  });

  it('refuses a commitment that is not the one asked for', async () => {
    const { port } = open({ ['GET Contract/Commitment/2/Detail']: { text: sample('get-detail') } });
    expect((await failureFrom(port.byId(organization(['0']), '2'))).code).toBe('UPSTREAM_MALFORMED');
  });

  it('drops a bad row alone, and tells its owner and nobody else', async () => {
    const bad = item(2, 8, ', "includeChildAccounts": "yes"');
    const { port, drift } = open({ [SCAN]: pageReply([item(1, 8), bad, item(3, 9)], 3) });
    const acme = await port.list(organization(['8']));
    expect(acme.items.map(({ externalId }) => externalId)).toEqual(['1']);
    expect(acme.dropped).toMatchObject([{ code: 'UPSTREAM_MALFORMED', source: 'LOGISENSE' }]);
    expect(acme.dropped[0]!.detail).toContain('includeChildAccounts');
    expect(drift.counts('LOGISENSE').droppedRecords).toBe(1);
    const other = await port.list(organization(['9'], {}, 'other'));
    expect(other).toMatchObject({ items: [{ externalId: '3' }], dropped: [] });
  });

  it('reports a row without a readable owner to everybody: it might be theirs', async () => {
    const { port } = open({
      [SCAN]: pageReply(['{"identity": 2, "accountContractId": "8"}', 'null', item(3, 9)], 3),
    });
    for (const [ids, slug] of [
      [['8'], 'acme'],
      [['9'], 'other'],
    ] as const) {
      expect((await port.list(organization(ids, {}, slug))).dropped).toHaveLength(2);
    }
  });

  it('drops a commitment whose period cannot be read: without it, it would be another', async () => {
    const bad = item(1, 8, ', "details": {"periods": [{"identity": 1, "sortOrder": 1}]}');
    const { items, dropped } = await open({ [SCAN]: pageReply([bad], 1) }).port.list(organization(['8']));
    expect(items).toEqual([]);
    expect(dropped[0]!.detail).toContain('details.periods.0.isRemainderOfTerm');
  });
});

describe('what is never sent', () => {
  it('calls nobody for an organization without an account contract', async () => {
    const { port, calls } = open({});
    for (const stranger of [
      organization([]),
      { ...organization([]), slug: 'x' as OrganizationSlug, logisense: null },
    ]) {
      expect(await port.list(stranger)).toMatchObject({ items: [], dropped: [], truncated: false });
      expect(await port.byId(stranger, '1')).toBeNull();
    }
    expect(calls).toEqual([]);
  });

  it.each([
    '../x',
    '..',
    '.',
    '%2e%2e',
    '',
    '-1',
    '1.0',
    '01',
    '1e3',
    'Paged',
    '1/Detail',
    '1\n',
    '1'.repeat(19),
  ])('makes no call for the id %j', async (id) => {
    const { port, calls } = open({});
    expect(port.isId(id)).toBe(false);
    expect(await port.byId(organization(['8']), id)).toBeNull();
    expect(calls).toEqual([]);
  });
});

describe('the number of calls', () => {
  it('reads two ids one by one and three with the scan', async () => {
    const routes = {
      [SCAN]: listing(many(5)),
      [GET_1]: { text: `{"instance": ${item(1)}}` },
      ['GET Contract/Commitment/2/Detail']: { text: `{"instance": ${item(2)}}` },
    };
    const two = open(routes);
    const acme = organization(['8']);
    await Promise.all(['1', '2'].map((id) => two.port.byId(acme, id)));
    expect(two.calls.map(({ endpoint }) => endpoint)).toEqual(['commitments.detail', 'commitments.detail']);
    const three = open(routes);
    const found = await Promise.all(['1', '2', '6'].map((id) => three.port.byId(acme, id)));
    expect(found.map((one) => one?.externalId)).toEqual(['1', '2', undefined]);
    expect(three.calls.map(({ endpoint }) => endpoint)).toEqual(['commitments.paged-detail']);
  });

  it('takes 404 of a single read as there is none', async () => {
    const { port } = open({ [GET_1]: { status: 404, text: '{}' } });
    expect(await port.byId(organization(['8']), '1')).toBeNull();
  });
});

describe('the scan', () => {
  const scan = async (route: FakeRoutes[string], settings: Partial<LogisenseSettings> = {}) => {
    const opened = open({ [SCAN]: route }, { accessToken: 'not-a-real-token', ...settings });
    const found = await opened.port.list(organization(['8']));
    return { ...found, pages: opened.calls.map(pageNumberOf), calls: opened.calls };
  };

  it('reads all pages once the total is known', async () => {
    const found = await scan(listing(many(950)));
    expect(found.items).toHaveLength(950);
    expect(found.items.map(({ externalId }) => Number(externalId))).toEqual(many(950).map((_, i) => i + 1));
    expect(found.pages).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(found.truncated).toBe(false);
  });

  it('reads one page where the total is reached, and where it is zero', async () => {
    expect(await scan(listing(many(100)))).toMatchObject({ pages: [1], truncated: false });
    expect(await scan(listing([]))).toMatchObject({ pages: [1], truncated: false, items: [] });
  });

  it('has at most four pages in flight', async () => {
    let inFlight = 0;
    let most = 0;
    const upstream = fakeUpstream({ [SCAN]: listing(many(1200)) });
    const backend = createLogisense(
      { url: URL_V6, accessToken: 'not-a-real-token' },
      {
        clock: () => 0,
        drift: createDrift(() => undefined),
        createUpstream: (options) => {
          const inner = upstream.createUpstream(options);
          const counting: WritableUpstream = {
            ...inner,
            share: (_scope, _name, make) => make(counting),
            within: () => counting,
            call: async (endpoint, params, scope) => {
              inFlight += 1;
              most = Math.max(most, inFlight);
              try {
                return await inner.call(endpoint, params, scope);
              } finally {
                inFlight -= 1;
              }
            },
          };
          return counting;
        },
      },
    );
    const { items } = await backend.sources(aRequest()).contractCommitments.list(organization(['8']));
    expect(items).toHaveLength(1200);
    expect(most).toBe(4);
  });

  it('follows a server that gives smaller pages, whether it says so or not', async () => {
    expect(await scan(listing(many(45), { size: 20 }))).toMatchObject({ pages: [1, 2, 3], truncated: false });
    const silent = await scan(listing(many(45), { size: 20, echo: 100 }));
    expect(silent.items).toHaveLength(45);
    expect(silent).toMatchObject({ pages: [1, 2, 3], truncated: false });
    const mute = await scan(listing(many(45), { size: 20, echo: null }));
    expect(mute.items).toHaveLength(45);
  });

  it('without a total, ends at a short page or an empty one', async () => {
    const short = await scan(listing(many(250), { totalCount: null }));
    expect(short).toMatchObject({ pages: [1, 2, 3], truncated: false });
    expect(short.items).toHaveLength(250);
    expect(await scan(listing(many(200), { totalCount: null }))).toMatchObject({
      pages: [1, 2, 3],
      truncated: false,
    });
    const smaller = await scan(listing(many(50), { totalCount: null, size: 20 }));
    expect(smaller).toMatchObject({ pages: [1, 2, 3], truncated: false });
    expect(smaller.items).toHaveLength(50);
  });

  it('says so when the list ends before its total', async () => {
    const found = await scan(listing(many(150), { totalCount: 400 }));
    expect(found.items).toHaveLength(150);
    expect(found.truncated).toBe(true);
    expect(found.pages).toEqual([1, 2, 3, 4]);
  });

  it('stops at a page that repeats', async () => {
    const found = await scan(() => pageReply(many(100), 100_000));
    expect(found.items).toHaveLength(100);
    expect(found.truncated).toBe(true);
    expect(found.pages.length).toBeLessThanOrEqual(5);
    expect(await scan(() => pageReply(many(100), null))).toMatchObject({ pages: [1, 2], truncated: true });
  });

  it('stops at the cap', async () => {
    const found = await scan(listing(many(60), { size: 10 }), { pageSize: 10, maxPages: 3 });
    expect(found.items).toHaveLength(30);
    expect(found).toMatchObject({ pages: [1, 2, 3], truncated: true });
    const exact = await scan(listing(many(30), { size: 10 }), { pageSize: 10, maxPages: 3 });
    expect(exact).toMatchObject({ pages: [1, 2, 3], truncated: false });
  });

  it('asks for the configured page size', async () => {
    const { calls } = await scan(listing(many(3)), { pageSize: 500 });
    expect(calls[0]!.headers['Pagination']).toContain('"pageSize":500');
  });

  it('takes a row that comes twice, because the list moved, as one', async () => {
    const pages = [pageReply([item(1), item(2)], 3, 2), pageReply([item(2), item(3)], 3, 2)];
    const found = await scan(pages, { pageSize: 2 });
    expect(found.items.map(({ externalId }) => externalId)).toEqual(['1', '2', '3']);
    expect(found).toMatchObject({ dropped: [], truncated: false });
  });

  it('says so when rows went missing because the list moved', async () => {
    const pages = [
      pageReply([item(1), item(2)], 4, 2),
      pageReply([item(2), item(3)], 4, 2),
      pageReply([], 4, 2),
    ];
    const found = await scan(pages, { pageSize: 2 });
    expect(found.items).toHaveLength(3);
    expect(found.truncated).toBe(true);
  });

  it('refuses both of two rows that share an identity and differ, and tells their owner', async () => {
    const pages = [
      pageReply([item(1), item(2)], 4, 2),
      pageReply([item(2, 8, ', "includeChildAccounts": true'), item(3, 9)], 3, 2),
    ];
    const { port } = open({ [SCAN]: pages }, { accessToken: 'not-a-real-token', pageSize: 2 });
    const acme = await port.list(organization(['8']));
    expect(acme.items.map(({ externalId }) => externalId)).toEqual(['1']);
    expect(acme.dropped).toMatchObject([{ code: 'UPSTREAM_MALFORMED' }]);
    expect((await port.list(organization(['9'], {}, 'other'))).dropped).toEqual([]);
  });

  it('keeps the pages that it has when another fails, and says what is missing', async () => {
    const all = many(300);
    const found = await scan((call) => (pageNumberOf(call) === 2 ? { status: 503 } : listing(all)(call)));
    expect(found.items).toHaveLength(200);
    expect(found.truncated).toBe(true);
    expect(found.dropped).toMatchObject([{ code: 'UPSTREAM_UNAVAILABLE' }]);
  });

  it('fails when there is no first page', async () => {
    const { port } = open({ [SCAN]: { status: 503 } });
    expect((await failureFrom(port.list(organization(['8'])))).code).toBe('UPSTREAM_UNAVAILABLE');
  });

  it('is as old as its oldest page', async () => {
    const pages = [
      { ...pageReply([item(1)], 2, 1), observedAt: '2026-11-02T09:00:00.5Z' },
      { ...pageReply([item(2)], 2, 1), observedAt: '2026-11-02T09:00:00Z' },
    ];
    const found = await scan(pages, { pageSize: 1 });
    expect(found.observation.observedAt).toBe('2026-11-02T09:00:00Z');
    expect(found.items[0]!.observation).toEqual(found.observation);
  });
});

describe('what errors mean', () => {
  const ERRORS = `{"trackingId": "${TRACKING}", "type": "create", "errors": [{"code": 11900000, "message": "AccountContractId must be greater than 0"}, {"code": 2000, "message": "The transaction was not processed"}]}`;
  const judge = createJudge(() => Date.parse('2026-11-21T10:00:00Z'));
  const judged = (reply: FakeReply) => judge.failureOf(rawReply(reply));

  it.each([
    [400, ERRORS, 'UPSTREAM_REJECTED'],
    [200, ERRORS, 'UPSTREAM_REJECTED'],
    [401, '', 'UPSTREAM_UNAVAILABLE'],
    [403, '', 'UPSTREAM_UNAVAILABLE'],
    [404, '', 'NOT_FOUND'],
    [409, '', 'UPSTREAM_CONFLICT'],
    [422, ERRORS, 'UPSTREAM_REJECTED'],
    [429, '', 'UPSTREAM_RATE_LIMITED'],
    [500, '', 'UPSTREAM_UNAVAILABLE'],
    [503, '<html>', 'UPSTREAM_UNAVAILABLE'],
    [301, '{}', 'UPSTREAM_MALFORMED'],
    [200, '', 'UPSTREAM_MALFORMED'],
    [200, '<html>', 'UPSTREAM_MALFORMED'],
  ])('%i %s is %s', (status, text, code) => {
    expect(judged({ status, text })).toMatchObject({ code, source: 'LOGISENSE' });
  });

  it('names all problems in the detail alone, with the tracking id', () => {
    const failed = judged({ status: 400, text: ERRORS });
    expect(failed).toMatchObject({
      message: 'LogiSense refused the request.',
      upstreamRequestId: TRACKING,
      detail:
        'HTTP 400: 11900000 AccountContractId must be greater than 0; 2000 The transaction was not processed',
    });
    expect(judged({ status: 400, text: '{"errors": "none of that", "trackingId": 7}' })?.detail).toBe(
      'HTTP 400',
    );
  });

  it('reads Retry-After, also of a 503', () => {
    expect(judged({ status: 429, headers: { 'retry-after': '3' } })).toMatchObject({ retryAfterMs: 3000 });
    expect(judged({ status: 503, headers: { 'retry-after': '4' } })).toMatchObject({ retryAfterMs: 4000 });
    expect(judged({ status: 429, headers: { 'retry-after': 'soon' } })).not.toHaveProperty('retryAfterMs');
  });

  it('lets a list through', () => {
    expect(judged({ text: sample('paged-detail') })).toBeNull();
  });
});

describe('the login', () => {
  const CREDENTIALS = { username: 'gateway', password: 'not-a-real-password', clientId: 'not-a-real-client' };
  const token = (name: string, expiresIn = 1800): FakeReply => ({
    text: `{"access_token": "${name}", "refresh_token": "refresh-${name}", "token_type": "bearer", "expires_in": ${expiresIn}, "audience": "x", ".issued": "2026-11-02T09:00:00Z", ".expires": "2026-11-02T09:30:00Z", "actingOwnerId": 1}`,
  });
  const acme = organization(['8']);
  const EMPTY = pageReply([], 0);
  const tokensUsed = (calls: readonly FakeCall[]) =>
    calls.filter(({ route }) => route === SCAN).map(({ headers }) => headers['Authorization']);
  const logins = (calls: readonly FakeCall[]) =>
    calls.filter(({ route }) => route === LOGIN).map(({ form }) => form);
  const PASSWORD_FORM = {
    username: 'gateway',
    password: 'not-a-real-password',
    grant_type: 'password',
    client_id: 'not-a-real-client',
  };

  it('logs in on the authorization server before the first call', async () => {
    const { port, calls, bases } = open({ [LOGIN]: token('one'), [SCAN]: EMPTY }, CREDENTIALS);
    await port.list(acme);
    expect(calls.map(({ route }) => route)).toEqual([LOGIN, SCAN]);
    expect(calls[0]).toMatchObject({
      credential: 'none',
      headers: { Accept: 'application/json' },
      query: {},
    });
    expect(calls[0]!.headers).not.toHaveProperty('Authorization');
    expect(logins(calls)).toEqual([PASSWORD_FORM]);
    expect(tokensUsed(calls)).toEqual(['Bearer one']);
    expect(bases).toContain('https://billing.example/AuthorizationServer/api/v6');
    expect(bases).toContain(undefined);
  });

  it('logs in once for calls that come together', async () => {
    const { request, calls } = open({ [LOGIN]: [token('one')], [SCAN]: EMPTY }, CREDENTIALS);
    await Promise.all([request().list(acme), request().list(acme), request().list(acme)]);
    expect(logins(calls)).toHaveLength(1);
    expect(tokensUsed(calls)).toEqual(['Bearer one', 'Bearer one', 'Bearer one']);
  });

  it('keeps a token until a minute before its end, then refreshes it', async () => {
    const { request, calls, time } = open(
      { [LOGIN]: [token('one'), token('two')], [SCAN]: EMPTY },
      CREDENTIALS,
    );
    await request().list(acme);
    time.now += 1_739_999;
    await request().list(acme);
    expect(logins(calls)).toHaveLength(1);
    time.now += 1;
    await request().list(acme);
    expect(logins(calls).at(-1)).toEqual({
      refresh_token: 'refresh-one',
      grant_type: 'refresh_token',
      client_id: 'not-a-real-client',
    });
    expect(tokensUsed(calls)).toEqual(['Bearer one', 'Bearer one', 'Bearer two']);
  });

  it('falls back to the password where a refresh is refused', async () => {
    const { request, calls, time } = open(
      {
        [LOGIN]: [token('one'), { status: 400, text: '{"error": "invalid_grant"}' }, token('three')],
        [SCAN]: EMPTY,
      },
      CREDENTIALS,
    );
    await request().list(acme);
    time.now += 1_800_000;
    await request().list(acme);
    expect(logins(calls)).toEqual([
      PASSWORD_FORM,
      expect.objectContaining({ grant_type: 'refresh_token' }),
      PASSWORD_FORM,
    ]);
    expect(tokensUsed(calls).at(-1)).toBe('Bearer three');
  });

  it('renews a token that a call found lapsed, once', async () => {
    const scan = [{ status: 401 }, EMPTY];
    const { port, calls } = open({ [LOGIN]: [token('one'), token('two')], [SCAN]: scan }, CREDENTIALS);
    await port.list(acme);
    expect(tokensUsed(calls)).toEqual(['Bearer one', 'Bearer two']);
    const stuck = open({ [LOGIN]: [token('one'), token('two')], [SCAN]: { status: 401 } }, CREDENTIALS);
    expect((await failureFrom(stuck.port.list(acme))).code).toBe('UPSTREAM_UNAVAILABLE');
    expect(tokensUsed(stuck.calls)).toHaveLength(2);
  });

  it('says that the source is not available where the password is refused, and does not insist', async () => {
    const refused = {
      status: 400,
      text: '{"error": "invalid_grant", "error_description": "gateway is wrong"}',
    };
    const { request, calls, time } = open({ [LOGIN]: [refused, token('one')], [SCAN]: EMPTY }, CREDENTIALS);
    const failed = await failureFrom(request().list(acme));
    expect(failed).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', source: 'LOGISENSE' });
    expect(JSON.stringify(failed)).not.toContain('gateway');
    time.now += 59_999;
    expect((await failureFrom(request().list(acme))).code).toBe('UPSTREAM_UNAVAILABLE');
    expect(logins(calls)).toHaveLength(1);
    time.now += 1;
    await request().list(acme);
    expect(logins(calls)).toHaveLength(2);
  });

  it('tries again at once where the login was only not available', async () => {
    const { request, calls } = open({ [LOGIN]: [{ status: 503 }, token('one')], [SCAN]: EMPTY }, CREDENTIALS);
    expect((await failureFrom(request().list(acme))).code).toBe('UPSTREAM_UNAVAILABLE');
    await request().list(acme);
    expect(tokensUsed(calls)).toEqual(['Bearer one']);
  });

  it('makes no call without a token worth sending', async () => {
    const odd = { text: '{"access_token": "a\\r\\nX-Evil: 1", "expires_in": 1800}' };
    const { port, calls } = open({ [LOGIN]: odd, [SCAN]: EMPTY }, CREDENTIALS);
    expect((await failureFrom(port.list(acme))).code).toBe('UPSTREAM_UNAVAILABLE');
    expect(tokensUsed(calls)).toEqual([]);
  });

  it('uses a token of a short life for half of it', async () => {
    const { request, calls, time } = open(
      { [LOGIN]: [token('one', 60), token('two', 60)], [SCAN]: EMPTY },
      CREDENTIALS,
    );
    await request().list(acme);
    time.now += 29_999;
    await request().list(acme);
    time.now += 1;
    await request().list(acme);
    expect(tokensUsed(calls)).toEqual(['Bearer one', 'Bearer one', 'Bearer two']);
  });

  it('does not renew a token that the operator gave', async () => {
    const { port, calls } = open({ [SCAN]: { status: 401 } });
    expect((await failureFrom(port.list(acme))).code).toBe('UPSTREAM_UNAVAILABLE');
    expect(calls).toHaveLength(1);
  });

  it('finds the authorization server beside the resource server', () => {
    expect(loginBaseUrl({ url: `${URL_V6}/` })).toBe('https://billing.example/AuthorizationServer/api/v6');
    expect(loginBaseUrl({ url: 'https://ResourceServer.example/ResourceServer/api/v10' })).toBe(
      'https://ResourceServer.example/AuthorizationServer/api/v10',
    );
    expect(loginBaseUrl({ url: 'http://127.0.0.1:9' })).toBe('http://127.0.0.1:9');
    expect(loginBaseUrl({ url: URL_V6, loginUrl: 'https://id.example/v6/Access/Login' })).toBe(
      'https://id.example/v6',
    );
    expect(() => loginBaseUrl({ url: URL_V6, loginUrl: 'https://id.example/token' })).toThrow(RangeError);
  });

  it('refuses settings that cannot work', () => {
    expect(() => open({}, {})).toThrow(RangeError);
    expect(() => open({}, { username: 'gateway', password: 'not-a-real-password' })).toThrow(RangeError);
    expect(() => open({}, { accessToken: 'not-a-real-token', pageSize: 0 })).toThrow('pageSize');
    expect(() => open({}, { accessToken: 'not-a-real-token', maxPages: 1.5 })).toThrow('maxPages');
  });
});
