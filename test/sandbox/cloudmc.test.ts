/** The CloudMC emulator answers as seed 003 prints: its members, its digits, its statuses, its silences. */
import { stringify } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { createCloudmcApi } from '../../src/sandbox/cloudmc/api.js';
import type { EmulatedReply, Profile, Trait } from '../../src/sandbox/types.js';

const API_KEY = 'sandbox-cloudmc-key';
const NOW = Date.parse('2026-11-21T12:00:00Z');
const SLEEPYCO = '42a54cde-0e5d-4168-9827-5967ded6095e';
const OTHER = '00000000-0000-4000-8000-000000000002';
const RESELLER = { resellerName: 'SleepyParentCo', resellerId: '55a89cde-0e5d-4168-9827-5967ded6095e' };
const SAMPLE_TASK = '75a68ec2-d63e-4bc9-b485-8d5a3cc33d4f';

// The list sample of seed 003, letter for letter but for the white space.
const LIST_SAMPLE = `{"data": [
 {"committedProducts": [{"createdAt": "2022-06-17T18:48:25Z",
    "product": {"id": "bcd82514-d539-4d66-aaf4-b24a95ebe1cd", "sku": "CVM-1M02"},
    "committedAmount": 1000.0, "id": "52a54cde-0e5d-4168-9827-5967ded6095e", "updatedAt": "2022-06-17T18:48:25Z"}],
  "endDate": "2023-01-01T00:00:00Z", "pricingMethod": "FIXED_PRICE", "type": "RESOURCE", "fixedPrice": 500.0,
  "fixedPriceTaxCode": {"code": "SI086690", "description": "IT Services"}, "createdAt": "2022-06-17T18:48:07Z",
  "organization": {"name": "SleepyCo", "id": "42a54cde-0e5d-4168-9827-5967ded6095e"},
  "reseller": {"name": "SleepyParentCo", "id": "55a89cde-0e5d-4168-9827-5967ded6095e"},
  "name": "fixed price commitment", "id": "52a54cde-0e5d-4168-9827-5967ded6095e", "terminated": false,
  "startDate": "2022-01-01T00:00:00Z", "updatedAt": "2022-06-17T18:48:07Z", "status": "IN_PROGRESS"},
 {"committedProducts": [{"createdAt": "2022-06-17T18:49:50Z",
    "product": {"id": "bcd82514-d539-4d66-aaf4-b24a95ebe1cd", "sku": "CVM-1M02"}, "fixedRateReferencePrice": 10.0,
    "discountAmount": 0.1, "committedAmount": 1000.0, "id": "62a54cde-0e5d-4168-9827-5967ded6095e",
    "updatedAt": "2022-06-17T18:49:50Z"}],
  "endDate": "2023-01-01T00:00:00Z", "pricingMethod": "UTILITY_DISCOUNT", "rateType": "FIXED_RATE", "type": "RESOURCE",
  "createdAt": "2022-06-17T18:49:38Z",
  "organization": {"name": "SleepyCo", "id": "42a54cde-0e5d-4168-9827-5967ded6095e"},
  "reseller": {"name": "SleepyParentCo", "id": "55a89cde-0e5d-4168-9827-5967ded6095e"},
  "name": "fixed rate commitment", "id": "62a54cde-0e5d-4168-9827-5967ded6095e", "terminated": false,
  "startDate": "2022-01-01T00:00:00Z", "updatedAt": "2022-06-17T18:49:38Z", "status": "IN_PROGRESS"}]}`;

interface Wire {
  [member: string]: unknown;
  id: string;
  pricingMethod: string;
  rateType?: string;
  startDate: string;
  endDate?: string;
  terminated: boolean;
  status?: string;
  createdAt: string;
  organization: { id: string };
  committedProducts: Record<string, unknown>[];
}

function customer(
  overrides: Partial<Profile> & { organizationId?: string; traits?: ReadonlySet<Trait> },
): Profile {
  const { organizationId = OTHER, ...rest } = overrides;
  return {
    slug: 'other',
    name: 'Other',
    currency: 'EUR',
    monthlyMinimum: 5_000n,
    startsOn: '2026-06-01',
    months: 24,
    traits: new Set<Trait>(),
    commitmentsPerBackend: 2,
    cloudmc: { organizationId, ...RESELLER },
    ...rest,
  };
}

const sleepyCo = customer({ organizationId: SLEEPYCO, slug: 'sleepyco', name: 'SleepyCo', currency: 'USD' });

function open(profiles: Profile[], clock: () => number = () => NOW) {
  const api = createCloudmcApi(profiles, { clock, apiKey: API_KEY });
  function ask(url: string, init: { method?: string; key?: string | null } = {}): EmulatedReply {
    const [path = '', query = ''] = url.split('?');
    const key = init.key === undefined ? API_KEY : init.key;
    return api.handle({
      method: init.method ?? 'GET',
      path,
      query: new URLSearchParams(query),
      headers: key === null ? {} : { 'mc-api-key': key },
      body: '',
    });
  }
  function list(query: string): Wire[] {
    const reply = ask(`/api/v2/commitments?${query}`);
    expect(reply.status).toBe(200);
    return (JSON.parse(stringify(reply.json) ?? '') as { data: Wire[] }).data;
  }
  return { api, ask, list };
}

/** With every instant replaced: the sample's dates move, nothing else does. */
function timeless(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) ? '<instant>' : value,
  );
}

function errorOf(reply: EmulatedReply): { code: unknown; message: unknown; context: unknown } {
  const body = reply.json as { errors: { code: unknown; message: unknown; context: unknown }[] };
  expect(Object.keys(body)).toEqual(['errors']);
  const [error] = body.errors;
  if (!error) throw new Error('no error in the list');
  expect(error.code).toEqual(expect.any(Number));
  expect(error.message).toEqual(expect.any(String));
  expect(error.context).toEqual(expect.any(Object));
  return error;
}

describe('seed 003 samples', () => {
  it('lists SleepyCo as printed, with only the dates moved', () => {
    const reply = open([sleepyCo]).ask(`/api/v2/commitments?organization_id=${SLEEPYCO}`);
    const text = stringify(reply.json) ?? '';
    expect(timeless(text)).toEqual(timeless(LIST_SAMPLE));
    // The digits, which parsing would hide: doubles are written as Java writes them.
    for (const digits of [
      '"fixedPrice":500.0,',
      '"committedAmount":1000.0,',
      '"fixedRateReferencePrice":10.0,',
    ]) {
      expect(text).toContain(digits);
    }
  });

  it('gets one as printed', () => {
    const reply = open([sleepyCo]).ask('/api/v2/commitments/52a54cde-0e5d-4168-9827-5967ded6095e');
    const sample = timeless(LIST_SAMPLE) as { data: unknown[] };
    expect(reply.status).toBe(200);
    expect(timeless(stringify(reply.json) ?? '')).toEqual({ data: sample.data[0] });
  });

  it('moves all sample dates by the same months, so that it runs now and was made before now', () => {
    const [first] = open([sleepyCo]).list(`organization_id=${SLEEPYCO}`);
    expect(first).toMatchObject({
      startDate: '2026-03-01T00:00:00Z',
      endDate: '2027-03-01T00:00:00Z',
      createdAt: '2026-08-17T18:48:07Z',
    });
  });
});

describe('key, paths and verbs', () => {
  it('answers 403 to a missing or wrong key, and never 401', () => {
    const { ask } = open([sleepyCo]);
    for (const key of [null, '', 'wrong']) {
      const reply = ask(`/api/v2/commitments?organization_id=${SLEEPYCO}`, { key });
      expect(reply.status).toBe(403);
      errorOf(reply);
    }
  });

  it('answers 404 to unknown paths and ids', () => {
    const { ask } = open([sleepyCo]);
    for (const path of [
      '/commitments',
      '/api/v1/commitments',
      '/api/v2/commitments/',
      '/api/v2/commitments/52a54cde-0e5d-4168-9827-5967ded6095e/detail',
      '/api/v2/commitments/00000000-0000-4000-8000-00000000dead',
      '/api/v2/tasks',
      '/api/v2/tasks/00000000-0000-4000-8000-00000000dead',
      '/api/v2/commitments?organization_id=00000000-0000-4000-8000-00000000dead',
    ]) {
      const reply = ask(path);
      expect([path, reply.status]).toEqual([path, 404]);
      errorOf(reply);
    }
  });

  it('answers 405 to a verb that the path does not have', () => {
    const reply = open([sleepyCo]).ask('/api/v2/tasks/75a68ec2-d63e-4bc9-b485-8d5a3cc33d4f', {
      method: 'POST',
    });
    expect(reply.status).toBe(405);
    expect(reply.headers).toMatchObject({ allow: 'GET' });
  });
});

describe('whose commitments', () => {
  it("answers with the commitments of the key's own organization when none is named", () => {
    const { list } = open([sleepyCo]);
    const own = list('');
    expect(own.length).toBeGreaterThan(0);
    expect(own.map(({ organization }) => organization.id)).not.toContain(SLEEPYCO);
  });

  it('keeps organizations apart', () => {
    const { list } = open([sleepyCo, customer({})]);
    expect(new Set(list(`organization_id=${OTHER}`).map(({ organization }) => organization.id))).toEqual(
      new Set([OTHER]),
    );
  });

  it('answers an organization without commitments with an empty list', () => {
    expect(open([sleepyCo]).list(`organization_id=${RESELLER.resellerId}`)).toEqual([]);
  });

  it('refuses an organization_id that is no UUID', () => {
    const reply = open([sleepyCo]).ask('/api/v2/commitments?organization_id=sleepyco');
    expect(reply.status).toBe(400);
    expect(errorOf(reply).context).toMatchObject({ parameter: 'organization_id' });
  });
});

describe('from and to', () => {
  const { ask, list } = open([sleepyCo]);
  // The samples run from 2026-03-01 until before 2027-03-01.
  const count = (range: string): number => list(`organization_id=${SLEEPYCO}&${range}`).length;

  it.each([
    ['from=2026-03-01&to=2027-03-01', 2],
    ['from=2026-02-01&to=2026-03-01', 0],
    ['from=2026-02-01&to=2026-03-02', 2],
    ['from=2027-03-01&to=2028-01-01', 0],
    ['from=2027-02-28&to=2028-01-01', 2],
    ['from=2026-06-01&to=2026-06-01', 2],
  ])('%s gives %i', (range, expected) => {
    expect(count(range)).toBe(expected);
  });

  it('ignores a lone one, even rubbish', () => {
    expect(count('from=2090-01-01')).toBe(2);
    expect(count('to=1990-01-01')).toBe(2);
    expect(count('from=yesterday')).toBe(2);
  });

  it.each([
    'from=2026-05-02&to=2026-05-01',
    'from=2026-02-30&to=2026-05-01',
    'from=2026-01-01&to=1.5.2026',
    'from=&to=',
  ])('refuses %s', (range) => {
    const reply = ask(`/api/v2/commitments?organization_id=${SLEEPYCO}&${range}`);
    expect(reply.status).toBe(400);
    errorOf(reply);
  });

  it('finds an open-ended commitment in any later range', () => {
    const { list: ofOther } = open([customer({ traits: new Set(['open-ended']), commitmentsPerBackend: 1 })]);
    expect(ofOther(`organization_id=${OTHER}&from=2099-01-01&to=2099-02-01`)).toHaveLength(1);
  });
});

describe('members and traits', () => {
  function only(traits: Trait[], commitmentsPerBackend = 1, rest: Partial<Profile> = {}): Wire {
    const found = open([customer({ traits: new Set(traits), commitmentsPerBackend, ...rest })]).list(
      `organization_id=${OTHER}`,
    );
    expect(found).toHaveLength(commitmentsPerBackend);
    return found[0] as Wire;
  }

  it('gives each pricing method its own members and no others', () => {
    const wires = open([customer({ commitmentsPerBackend: 6 })]).list(`organization_id=${OTHER}`);
    const kinds = new Set(wires.map(({ pricingMethod, rateType }) => `${pricingMethod} ${rateType ?? '-'}`));
    expect(kinds).toEqual(
      new Set(['FIXED_PRICE -', 'UTILITY_DISCOUNT FIXED_RATE', 'UTILITY_DISCOUNT VARIABLE_RATE']),
    );
    for (const wire of wires) {
      const isFixedPrice = wire.pricingMethod === 'FIXED_PRICE';
      expect('fixedPrice' in wire).toBe(isFixedPrice);
      expect('fixedPriceTaxCode' in wire).toBe(isFixedPrice);
      expect('rateType' in wire).toBe(!isFixedPrice);
      for (const product of wire.committedProducts) {
        expect('discountAmount' in product).toBe(!isFixedPrice);
        expect('fixedRateReferencePrice' in product).toBe(wire.rateType === 'FIXED_RATE');
        if (!isFixedPrice) expect(product['discountAmount']).toBeGreaterThanOrEqual(1);
      }
    }
  });

  it('writes instants with Z, with and without milliseconds', () => {
    const made = open([customer({ commitmentsPerBackend: 4 })])
      .list(`organization_id=${OTHER}`)
      .map(({ createdAt }) => createdAt);
    for (const instant of made) expect(instant).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/);
    expect(made.some((instant) => instant.includes('.'))).toBe(true);
    expect(made.some((instant) => !instant.includes('.'))).toBe(true);
  });

  it('leaves out reseller once and status once, in the list and in the single answer alike', () => {
    const { ask, list } = open([customer({ commitmentsPerBackend: 4 })]);
    const wires = list(`organization_id=${OTHER}`);
    for (const member of ['reseller', 'status']) {
      const without = wires.filter((wire) => !(member in wire));
      expect([member, without.length]).toEqual([member, 1]);
      const single = ask(`/api/v2/commitments/${without[0]?.id}`).json as { data: object };
      expect(member in single.data).toBe(false);
    }
  });

  it('open-ended: no endDate member at all', () => {
    expect('endDate' in only(['open-ended'])).toBe(false);
  });

  it('no-products: an empty list', () => {
    expect(only(['no-products']).committedProducts).toEqual([]);
  });

  it('terminated: the flag is up while the status is IN_PROGRESS', () => {
    expect(only(['terminated'])).toMatchObject({ terminated: true, status: 'IN_PROGRESS' });
  });

  it('cancelled and expired: over, one with the flag and one without', () => {
    expect(only(['cancelled'])).toMatchObject({ terminated: true, status: 'EXPIRED' });
    expect(only(['expired'])).toMatchObject({ terminated: false, status: 'EXPIRED' });
    expect(only(['expired'], 1, { startsOn: '2024-05-01' })).toMatchObject({
      startDate: '2024-05-01T00:00:00Z',
      status: 'EXPIRED',
    });
  });

  it('pending: starts after today', () => {
    expect(only(['pending'])).toMatchObject({ terminated: false, status: 'UPCOMING' });
    expect(only(['pending'], 1, { startsOn: '2027-01-01' }).startDate).toBe('2027-01-01T00:00:00Z');
  });

  it('pre-paid and large-amount: FIXED_PRICE, all digits kept', () => {
    expect(only(['pre-paid']).pricingMethod).toBe('FIXED_PRICE');
    const { ask } = open([customer({ traits: new Set(['large-amount']), commitmentsPerBackend: 1 })]);
    const text = stringify(ask(`/api/v2/commitments?organization_id=${OTHER}`).json) ?? '';
    expect(text).toContain('"fixedPrice":9007199254740993.57,');
  });

  it("keeps to commitmentsPerBackend with several traits, the vendor's two samples included", () => {
    const traits = new Set<Trait>(['cancelled', 'expired', 'penalty', 'pre-paid']);
    const { list } = open([{ ...sleepyCo, traits, commitmentsPerBackend: 3 }]);
    const wires = list(`organization_id=${SLEEPYCO}`);
    expect(wires.map(({ status, terminated }) => `${status} ${terminated}`)).toEqual([
      'IN_PROGRESS false',
      'IN_PROGRESS false',
      'EXPIRED true',
    ]);
    expect(open([customer({ commitmentsPerBackend: 250 })]).list(`organization_id=${OTHER}`)).toHaveLength(
      250,
    );
  });

  it('lets the status follow the clock', () => {
    let now = NOW;
    const { ask } = open([sleepyCo], () => now);
    const status = (): unknown =>
      (ask('/api/v2/commitments/52a54cde-0e5d-4168-9827-5967ded6095e').json as { data: { status: string } })
        .data.status;
    now = Date.parse('2027-02-28T23:59:59Z');
    expect(status()).toBe('IN_PROGRESS');
    now = Date.parse('2027-03-01T00:00:00Z');
    expect(status()).toBe('EXPIRED');
  });
});

describe('tasks', () => {
  it('is PENDING, then SUCCESS with a result, then forgotten', () => {
    let now = NOW;
    const { api, ask } = open([sleepyCo], () => now);
    const task = (): EmulatedReply => ask(`/api/v2/tasks/${SAMPLE_TASK}`);
    expect(task().json).toEqual({ taskId: SAMPLE_TASK, taskStatus: 'PENDING' });
    now = NOW + 2_000;
    expect(task().json).toMatchObject({ taskId: SAMPLE_TASK, taskStatus: 'SUCCESS', result: {} });
    now = NOW + 30 * 60_000;
    expect(task().status).toBe(404);
    api.reset();
    expect(task().status).toBe(200);
  });
});

it('is the same for the same customers and clock', () => {
  const text = (): string =>
    stringify(open([sleepyCo, customer({})]).ask(`/api/v2/commitments?organization_id=${OTHER}`).json) ?? '';
  expect(text()).toBe(text());
});
