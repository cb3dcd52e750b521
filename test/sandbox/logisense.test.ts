/** The LogiSense emulator answers as seed 001 prints, behind a login whose tokens run out. */
import { describe, expect, it } from 'vitest';
import { createLogisenseApi } from '../../src/sandbox/logisense/api.js';
import type { BackendApi, EmulatedReply, Profile, Trait } from '../../src/sandbox/types.js';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const LOGIN = '/AuthorizationServer/api/v6/Access/Login';
const BASE = '/ResourceServer/api/v6/Contract';
const CREDENTIALS = { username: 'sandbox-user', password: 'sandbox-password', clientId: 'sandbox-client' };
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

// The samples of seed 001, member for member; the values do not matter, their names, order and types do.
const PLAIN_SAMPLE = {
  identity: 1,
  accountContractId: 8,
  accountContractName: 'Sample Text Data',
  contractCommitmentTypeId: 6,
  contractCommitmentTypeName: 'Sample Text Data',
  penaltyServiceId: 3,
  penaltyServiceName: 'Sample Text Data',
  penaltyDescription: 'Minimum quantity commit.',
  includeChildAccounts: true,
  contractCommitmentPenaltyChargeTypeId: 18,
  contractCommitmentPenaltyChargeTypeName: 'Sample Text Data',
};
const PERIOD_SAMPLE = {
  identity: 98,
  contractCommitmentId: 61,
  periodOccurrences: 96,
  periodFrequency: 30,
  frequencyTypeId: 32,
  frequencyTypeName: 'Sample Text Data',
  sortOrder: 49,
  isRemainderOfTerm: true,
};
const CHILD_SAMPLES = {
  services: { identity: 13, contractCommitmentId: 93, serviceId: 92, serviceName: 'Sample Text Data' },
  packageFrequencies: {
    identity: 69,
    contractCommitmentId: 67,
    packageFrequencyId: 88,
    packageFrequencyName: 'Sample Text Data',
    packageId: 93,
    packageName: 'Sample Text Data',
  },
  usageClasses: {
    identity: 6,
    contractCommitmentId: 82,
    usageClassId: 85,
    usageClassName: 'Sample Text Data',
  },
};

interface Period {
  contractCommitmentId: number;
  periodOccurrences: number;
  periodFrequency: number;
  frequencyTypeName: string;
  sortOrder: number;
  isRemainderOfTerm: boolean;
}
interface Item {
  [member: string]: unknown;
  identity: number;
  accountContractId: number;
  contractCommitmentTypeName: string;
  penaltyServiceId: number | null;
  includeChildAccounts: boolean;
  details: { periods: Period[]; services: object[]; packageFrequencies: object[]; usageClasses: object[] };
}
interface Page {
  trackingId: string;
  pagination: { pageNumber: number; pageSize: number; excludeTotalCount: boolean };
  pagedResults: { totalCount?: number; items: Item[] };
}

/** Member names in order, with the type of each. */
function shapeOf(value: object): [string, string][] {
  return Object.entries(value).map(([member, inner]) => [member, typeof inner]);
}

function customer(
  slug: string,
  ids: readonly number[],
  commitmentsPerBackend: number,
  ...traits: Trait[]
): Profile {
  return {
    slug,
    name: slug,
    currency: 'USD',
    monthlyMinimum: 1_000n,
    startsOn: '2026-06-01',
    months: 24,
    traits: new Set(traits),
    commitmentsPerBackend,
    logisense: {
      accountContracts: ids.map((id) => ({ id, name: `${slug} ${id}`, startsOn: '2026-06-01', months: 24 })),
    },
  };
}

const sleepyCo = customer('sleepyco', [8, 24], 5, 'penalty');
const others = [customer('second', [30], 10), customer('third', [34], 10)];

function form(fields: Record<string, string>): string {
  return new URLSearchParams(fields).toString();
}

function open(profiles: Profile[] = [sleepyCo, ...others], clock: () => number = () => NOW) {
  const api: BackendApi = createLogisenseApi(profiles, { clock, ...CREDENTIALS });
  function login(body: string, contentType = 'application/x-www-form-urlencoded'): EmulatedReply {
    return api.handle({
      method: 'POST',
      path: LOGIN,
      query: new URLSearchParams(),
      headers: { 'content-type': contentType },
      body,
    });
  }
  function logIn(): Record<string, unknown> {
    const { username, password, clientId } = CREDENTIALS;
    const reply = login(form({ grant_type: 'password', username, password, client_id: clientId }));
    expect(reply.status).toBe(200);
    return reply.json as Record<string, unknown>;
  }
  function ask(
    path: string,
    token: unknown,
    headers: Record<string, string> = {},
    method = 'GET',
  ): EmulatedReply {
    return api.handle({
      method,
      path: path.startsWith('/') ? path : `${BASE}/${path}`,
      query: new URLSearchParams(),
      headers: { ...(typeof token === 'string' && { authorization: `Bearer ${token}` }), ...headers },
      body: '',
    });
  }
  return { api, login, logIn, ask };
}

/** With a token that works. */
function opened(profiles?: Profile[]) {
  const { ask, logIn, api } = open(profiles);
  const { access_token: token } = logIn();
  return {
    api,
    get: (path: string, headers?: Record<string, string>, method?: string) =>
      ask(path, token, headers, method),
    page: (path: string, pagination?: unknown): Page => {
      const headers: Record<string, string> =
        pagination === undefined ? {} : { pagination: JSON.stringify(pagination) };
      const reply = ask(path, token, headers);
      expect(reply.status).toBe(200);
      return reply.json as Page;
    },
  };
}

function errorsOf(reply: EmulatedReply): { code: number; message: string }[] {
  const body = reply.json as {
    trackingId: string;
    type: string;
    errors: { code: number; message: string }[];
  };
  expect(Object.keys(body)).toEqual(['trackingId', 'type', 'errors']);
  expect(body.trackingId).toMatch(UUID);
  expect(body.errors.length).toBeGreaterThan(0);
  for (const error of body.errors) {
    expect(shapeOf(error)).toEqual([
      ['code', 'number'],
      ['message', 'string'],
    ]);
  }
  return body.errors;
}

describe('login', () => {
  const { username, password, clientId: client_id } = CREDENTIALS;
  const good = { grant_type: 'password', username, password, client_id };

  it('answers with a token of 1800 seconds that says when it ends', () => {
    const reply = open().logIn();
    expect(reply).toMatchObject({
      token_type: 'bearer',
      expires_in: 1800,
      '.issued': '2026-11-21T12:00:00.000Z',
      '.expires': '2026-11-21T12:30:00.000Z',
      audience: client_id,
      actingOwnerId: expect.any(Number) as number,
      refresh_token: expect.any(String) as string,
    });
    expect(String(reply['access_token']).split('.')).toHaveLength(3);
  });

  it.each([
    ['a wrong password', { ...good, password: 'wrong' }, 400, 'invalid_grant'],
    ['a wrong user', { ...good, username: 'wrong' }, 400, 'invalid_grant'],
    ['a wrong client', { ...good, client_id: 'wrong' }, 401, 'invalid_client'],
    ['another grant', { ...good, grant_type: 'client_credentials' }, 400, 'unsupported_grant_type'],
    [
      'an unknown refresh token',
      { ...good, grant_type: 'refresh_token', refresh_token: 'x' },
      400,
      'invalid_grant',
    ],
  ])('refuses %s', (_what, fields, status, error) => {
    const reply = open().login(form(fields));
    expect(reply).toMatchObject({ status, json: { error } });
  });

  it('refuses a JSON body and another verb', () => {
    const { login, ask } = open();
    expect(login(JSON.stringify(good), 'application/json').status).toBe(400);
    expect(ask(LOGIN, undefined).status).toBe(405);
  });

  it('ends a token by the clock, and takes a refresh token once', () => {
    let now = NOW;
    const { ask, login, logIn } = open(undefined, () => now);
    const first = logIn();
    now += 1_799_999;
    expect(ask('Commitment/', first['access_token']).status).toBe(200);
    now += 1;
    expect(ask('Commitment/', first['access_token']).status).toBe(401);
    const refresh = form({
      grant_type: 'refresh_token',
      refresh_token: String(first['refresh_token']),
      client_id,
    });
    const second = login(refresh);
    expect(second.status).toBe(200);
    const token = (second.json as Record<string, unknown>)['access_token'];
    expect(token).not.toBe(first['access_token']);
    expect(ask('Commitment/', token).status).toBe(200);
    expect(login(refresh).status).toBe(400);
  });

  it('refuses a missing, unknown or foreign authorization with 401', () => {
    const { ask, logIn, api } = open();
    const token = String(logIn()['access_token']);
    for (const headers of [
      {},
      { authorization: 'Bearer no.such.token' },
      { authorization: `Basic ${token}` },
    ]) {
      const reply = ask('Commitment/Paged', undefined, headers);
      expect(reply.status).toBe(401);
      errorsOf(reply);
    }
    api.reset();
    expect(ask('Commitment/Paged', token).status).toBe(401);
  });
});

describe('seed 001 samples', () => {
  it('lists everything unpaged', () => {
    const { json } = opened().get('Commitment/');
    const body = json as { trackingId: string; totalCount: number; items: Item[] };
    expect(Object.keys(body)).toEqual(['trackingId', 'totalCount', 'items']);
    expect(body.trackingId).toMatch(UUID);
    expect([body.totalCount, body.items.length]).toEqual([25, 25]);
    expect(shapeOf(body.items[0] as Item)).toEqual(shapeOf(PLAIN_SAMPLE));
  });

  it('pages with and without details', () => {
    const { page } = opened();
    for (const path of ['Commitment/Paged', 'Commitment/Paged/Detail']) {
      const body = page(path);
      expect(Object.keys(body)).toEqual(['trackingId', 'pagination', 'pagedResults']);
      expect(body.pagination).toEqual({ pageNumber: 1, pageSize: 20, excludeTotalCount: false });
      expect(Object.keys(body.pagedResults)).toEqual(['totalCount', 'items']);
      expect('details' in (body.pagedResults.items[0] as Item)).toBe(path.endsWith('Detail'));
    }
  });

  it('gets one, with and without details', () => {
    const { get, page } = opened();
    const listed = page('Commitment/Paged/Detail').pagedResults.items[3] as Item;
    const { details, ...plain } = listed;
    for (const [path, instance] of [
      [`Commitment/${listed.identity}`, plain],
      [`Commitment/${listed.identity}/Detail`, { ...plain, details }],
    ] as const) {
      const { status, json } = get(path);
      expect(status).toBe(200);
      expect(json).toEqual({ trackingId: expect.stringMatching(UUID) as string, instance });
    }
  });

  it('fills the child lists by the type of the commitment', () => {
    const { items } = opened().page('Commitment/Paged/Detail', { pageSize: 100 }).pagedResults;
    const filled: Record<string, (keyof typeof CHILD_SAMPLES)[]> = {
      'Invoice Amount': [],
      Package: ['packageFrequencies'],
      Service: ['services'],
      Usage: ['usageClasses'],
    };
    expect(new Set(items.map((item) => item.contractCommitmentTypeName))).toEqual(
      new Set(Object.keys(filled)),
    );
    for (const item of items) {
      expect(Object.keys(item.details)).toEqual([
        'periods',
        'services',
        'packageFrequencies',
        'usageClasses',
      ]);
      for (const [child, sample] of Object.entries(CHILD_SAMPLES) as [keyof typeof CHILD_SAMPLES, object][]) {
        const rows = item.details[child];
        const isFilled = filled[item.contractCommitmentTypeName]?.includes(child) ?? false;
        expect([item.contractCommitmentTypeName, child, rows.length > 0]).toEqual([
          item.contractCommitmentTypeName,
          child,
          isFilled,
        ]);
        for (const row of rows) {
          expect(shapeOf(row)).toEqual(shapeOf(sample));
          expect(row).toMatchObject({ contractCommitmentId: item.identity });
        }
      }
    }
  });

  it('orders periods by sortOrder, within the term, the remainder last', () => {
    const { items } = opened().page('Commitment/Paged/Detail', { pageSize: 100 }).pagedResults;
    const monthsOf = (period: Period): number =>
      period.periodOccurrences * period.periodFrequency * (period.frequencyTypeName === 'Year' ? 12 : 1);
    for (const item of items) {
      const periods = item.details.periods.toSorted((a, b) => a.sortOrder - b.sortOrder);
      expect(periods.length).toBeGreaterThan(0);
      for (const period of periods) expect(shapeOf(period)).toEqual(shapeOf(PERIOD_SAMPLE));
      expect(periods.map(({ sortOrder }) => sortOrder)).toEqual(periods.map((_, index) => index + 1));
      const [last, ...before] = periods.toReversed();
      expect(before.some(({ isRemainderOfTerm }) => isRemainderOfTerm)).toBe(false);
      const stated = periods.filter(({ isRemainderOfTerm }) => !isRemainderOfTerm);
      const months = stated.reduce((sum, period) => sum + monthsOf(period), 0);
      if (last?.isRemainderOfTerm) expect(months).toBeLessThan(24);
      else expect(months).toBe(24);
    }
    const all = items.flatMap((item) => item.details.periods);
    expect(items.some((item) => item.details.periods.length > 2)).toBe(true);
    expect(
      all.some(({ periodOccurrences, periodFrequency }) => periodOccurrences > 1 && periodFrequency > 1),
    ).toBe(true);
    // The array need not be in that order.
    expect(items.some((item) => (item.details.periods[0]?.sortOrder ?? 1) > 1)).toBe(true);
  });

  it('gives a penalty to whom the trait says, and null to the others', () => {
    const { items } = opened().page('Commitment/Paged', { pageSize: 100 }).pagedResults;
    const withPenalty = items.filter((item) => item.penaltyServiceId !== null);
    expect(withPenalty.map((item) => item.accountContractId)).toEqual([8]);
    expect(withPenalty[0]).toMatchObject({
      penaltyDescription: 'Minimum quantity commit.',
      contractCommitmentPenaltyChargeTypeName: 'Fixed Penalty Charge',
    });
    for (const item of items.filter((one) => one.penaltyServiceId === null)) {
      expect(Object.keys(item)).toEqual(Object.keys(PLAIN_SAMPLE));
      expect(item).toMatchObject({
        penaltyServiceName: null,
        penaltyDescription: null,
        contractCommitmentPenaltyChargeTypeId: null,
        contractCommitmentPenaltyChargeTypeName: null,
      });
    }
    expect(new Set(items.map((item) => item.includeChildAccounts))).toEqual(new Set([true, false]));
  });
});

describe('how many, and where', () => {
  it('deals commitmentsPerBackend over the account contracts of each customer', () => {
    const { items } = opened().page('Commitment/Paged', { pageSize: 100 }).pagedResults;
    const count = (id: number): number => items.filter((item) => item.accountContractId === id).length;
    expect([8, 24, 30, 34].map(count)).toEqual([3, 2, 10, 10]);
  });

  it('spreads a customer over the pages of the scan', () => {
    const { page } = opened([sleepyCo, customer('large', [30], 30)]);
    const isOnPage = (pageNumber: number): boolean =>
      page('Commitment/Paged', { pageNumber, pageSize: 5 }).pagedResults.items.some((item) =>
        [8, 24].includes(item.accountContractId),
      );
    expect([isOnPage(1), isOnPage(2), isOnPage(7)]).toEqual([true, true, false]);
  });
});

describe('paging', () => {
  it('cuts pages without loss or repetition, and echoes what was asked', () => {
    const { page } = opened();
    const pages = [1, 2, 3, 4].map((pageNumber) => page('Commitment/Paged', { pageNumber, pageSize: 10 }));
    expect(pages.map(({ pagedResults }) => pagedResults.items.length)).toEqual([10, 10, 5, 0]);
    expect(pages.map(({ pagedResults }) => pagedResults.totalCount)).toEqual([25, 25, 25, 25]);
    expect(pages[2]?.pagination).toEqual({ pageNumber: 3, pageSize: 10, excludeTotalCount: false });
    const identities = pages.flatMap(({ pagedResults }) =>
      pagedResults.items.map(({ identity }) => identity),
    );
    expect(new Set(identities).size).toBe(25);
  });

  it('starts at page 1 of 20', () => {
    expect(opened().page('Commitment/Paged').pagedResults.items).toHaveLength(20);
    expect(opened().page('Commitment/Paged', { pageNumber: 2 }).pagedResults.items).toHaveLength(5);
  });

  it('leaves the total out when asked to', () => {
    const { pagination, pagedResults } = opened().page('Commitment/Paged', { excludeTotalCount: true });
    expect(pagination.excludeTotalCount).toBe(true);
    expect(Object.keys(pagedResults)).toEqual(['items']);
  });

  it.each([
    ['not JSON', 'pageNumber=1', 1],
    ['a list', '[1,20]', 1],
    ['null', 'null', 1],
    ['page 0', '{"pageNumber":0}', 1],
    ['a text and a fraction', '{"pageNumber":"1","pageSize":2.5}', 2],
    ['a flag that is none', '{"excludeTotalCount":"yes"}', 1],
  ])('refuses %s with every problem in the list', (_what, pagination, problems) => {
    const reply = opened().get('Commitment/Paged', { pagination });
    expect(reply.status).toBe(400);
    expect(errorsOf(reply)).toHaveLength(problems);
  });
});

describe('OutputFormat', () => {
  it('gives action records when asked for results', () => {
    const { get } = opened();
    const plain = (get('Commitment/').json as { items: Item[] }).items;
    const records = (get('Commitment/', { outputformat: 'result' }).json as { items: unknown[] }).items;
    expect(records[0]).toEqual({
      identity: plain[0]?.identity,
      action: 'retrieved',
      dtoTypeKey: 'contractCommitment',
      instance: plain[0],
    });
    expect((get('Commitment/', { outputformat: 'instance' }).json as { items: Item[] }).items).toEqual(plain);
    const paged = get('Commitment/Paged/Detail', { outputformat: 'result' }).json as Page;
    expect(paged.pagedResults.items[0]).toHaveProperty('instance.details.periods');
  });

  it('refuses a format that it does not know', () => {
    for (const path of ['Commitment/', 'Commitment/Paged']) {
      expect(opened().get(path, { outputformat: 'xml' }).status).toBe(400);
    }
  });
});

describe('paths', () => {
  it('takes literals before ids', () => {
    const { get } = opened();
    const types = get('Commitment/PenaltyChargeType/').json as { items: object[] };
    expect(types.items[0]).toEqual({ identity: 1, name: 'Fixed Penalty Charge' });
    const commitmentTypes = get('CommitmentType/').json as { items: { name: string }[] };
    expect(commitmentTypes.items.map(({ name }) => name)).toEqual([
      'Invoice Amount',
      'Package',
      'Service',
      'Usage',
    ]);
    for (const path of ['Commitment/PenaltyChargeType', 'CommitmentType']) {
      const { pagedResults } = get(`${path}/Paged`, { pagination: '{"pageSize":1}' }).json as Page;
      expect(pagedResults.items).toHaveLength(1);
      expect(get(`${path}/2`).json).toMatchObject({ instance: { identity: 2 } });
      expect(get(`${path}/99`).status).toBe(404);
    }
  });

  it('has the account contract that dates a commitment', () => {
    expect(opened().get('/ResourceServer/api/v6/Account/Contract/24').json).toMatchObject({
      instance: {
        identity: 24,
        name: 'sleepyco 24',
        start: '2026-06-01T00:00:00Z',
        frequency: 24,
        frequencyTypeName: 'Month',
      },
    });
  });

  it.each([
    'Commitment/999999',
    'Commitment/999999/Detail',
    'Commitment/0',
    'Commitment/abc',
    'Commitment/1/Details',
    'Commitment/Detail',
    'CommitmentType/Paged/Detail',
    'Commitments',
    '/ResourceServer/api/v10/Contract/Commitment/',
    '/Contract/Commitment/',
  ])('answers 404 to %s', (path) => {
    const reply = opened().get(path);
    expect(reply.status).toBe(404);
    errorsOf(reply);
  });

  it('answers 405 to a verb that the vendor does not have', () => {
    const reply = opened().get('Commitment/1', {}, 'TRACE');
    expect(reply.status).toBe(405);
    errorsOf(reply);
  });
});

it('gives every call its own trackingId, the same ones in every run', () => {
  const idsOf = (): unknown[] => {
    const { get } = opened();
    return [1, 2, 3].map(() => (get('Commitment/').json as { trackingId: string }).trackingId);
  };
  const ids = idsOf();
  expect(new Set(ids).size).toBe(3);
  expect(idsOf()).toEqual(ids);
});
