/**
 * CloudMC's own samples (seed 003) through wire, mapper and loaders.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createCloudmc } from '../../src/backends/cloudmc/backend.js';
import {
  createJudge,
  listCommitments,
  organizationIdOf,
  type CloudmcOrganizationId,
} from '../../src/backends/cloudmc/client.js';
import { commitment as commitmentSchema, commitmentReply } from '../../src/backends/cloudmc/wire.js';
import { toCommitment } from '../../src/backends/cloudmc/mapper.js';
import { parseCurrency, printDecimal, type Decimal } from '../../src/domain/money.js';
import type { Day } from '../../src/domain/calendar.js';
import type { Failure } from '../../src/domain/failure.js';
import type { Organization, OrganizationSlug } from '../../src/domain/organization.js';
import { createDrift } from '../../src/observability/drift.js';
import { aRequest } from '../support/request.js';
import {
  FAKE_OBSERVED_AT,
  fakeUpstream,
  rawReply,
  type FakeReply,
  type FakeRoutes,
} from '../support/fake-upstream.js';

const sample = (name: string) =>
  readFileSync(new URL(`./samples/cloudmc/${name}.json`, import.meta.url), 'utf8');

const SLEEPYCO = '42a54cde-0e5d-4168-9827-5967ded6095e';
const FIXED = '52a54cde-0e5d-4168-9827-5967ded6095e';
const DISCOUNTED = '62a54cde-0e5d-4168-9827-5967ded6095e';
const LIST = 'GET commitments';
const GET = `GET commitments/${FIXED}`;
const NOW = Date.parse('2022-08-15T12:00:00Z');

function organization(overrides: Partial<Organization> = {}): Organization {
  return {
    slug: 'sleepyco' as OrganizationSlug,
    name: 'SleepyCo',
    currency: parseCurrency('USD'),
    commitmentManager: null,
    salesforce: null,
    logisense: null,
    monetizenow: null,
    cloudmc: { organizationId: SLEEPYCO },
    ...overrides,
  };
}

function open(routes: FakeRoutes) {
  const upstream = fakeUpstream(routes);
  const seen: string[] = [];
  const drift = createDrift((source, what) => seen.push(`${source} ${what}`));
  const backend = createCloudmc(
    { apiKey: 'not-a-real-key' },
    { clock: () => NOW, drift, createUpstream: upstream.createUpstream },
  );
  return { port: backend.sources(aRequest()).resourceCommitments, calls: upstream.calls, drift, seen };
}

const printed = (value: Decimal | null | undefined) => (value ? printDecimal(value) : null);

/** The list sample with its commitments changed, each as text of JSON so that no number is lost. */
function listOf(...commitments: string[]): FakeReply {
  return { text: `{"data": [${commitments.join(',')}]}` };
}

function commitmentText(members: Record<string, string | undefined> = {}): string {
  const all: Record<string, string | undefined> = {
    id: `"${FIXED}"`,
    organization: `{"id": "${SLEEPYCO}"}`,
    committedProducts: '[]',
    terminated: 'false',
    ...members,
  };
  return `{${Object.entries(all)
    .flatMap(([name, value]) => (value === undefined ? [] : [`"${name}": ${value}`]))
    .join(', ')}}`;
}

async function only(text: string, directory = organization()) {
  const { port } = open({ [LIST]: listOf(text) });
  const { items } = await port.list(directory);
  expect(items).toHaveLength(1);
  return items[0]!;
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

describe('the list sample', () => {
  it('is read field by field', async () => {
    const { port, calls, drift } = open({ [LIST]: { text: sample('list') } });
    const listing = await port.list(organization());

    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({
      query: { organization_id: SLEEPYCO },
      headers: { 'MC-Api-Key': 'not-a-real-key' },
      scope: { kind: 'organization', organization: 'sleepyco', credential: 'cloudmc#api-key' },
    });
    expect(Object.keys(calls[0]!.query)).toEqual(['organization_id']);
    expect(listing).toMatchObject({ dropped: [], truncated: false });
    expect(listing.observation).toEqual({ observedAt: FAKE_OBSERVED_AT, stale: false });
    expect(listing.items.map(({ externalId }) => externalId)).toEqual([FIXED, DISCOUNTED]);
    expect(drift.counts('CLOUDMC')).toEqual({
      unrecognizedValues: 0,
      unknownFields: 0,
      foreignRecords: 0,
      droppedRecords: 0,
    });

    const [fixed, discounted] = listing.items;
    const { committed, products, fixedPrice, ...rest } = fixed!;
    expect(rest).toEqual({
      kind: 'resource',
      source: 'CLOUDMC',
      externalId: FIXED,
      organization: 'sleepyco',
      name: 'fixed price commitment',
      status: 'ACTIVE',
      statusText: 'IN_PROGRESS',
      term: { startsOn: '2022-01-01', endsBefore: '2023-01-01' },
      committedPer: 'BILLING_CYCLE',
      periods: [],
      createdAt: '2022-06-17T18:48:07Z',
      updatedAt: '2022-06-17T18:48:07Z',
      observation: { observedAt: FAKE_OBSERVED_AT, stale: false },
      pricingMethod: 'FIXED_PRICE',
      pricingMethodText: 'FIXED_PRICE',
      rateType: null,
      rateTypeText: null,
      resourceType: 'RESOURCE',
      taxCode: { code: 'SI086690', description: 'IT Services' },
      customer: { externalId: SLEEPYCO, name: 'SleepyCo' },
      reseller: { externalId: '55a89cde-0e5d-4168-9827-5967ded6095e', name: 'SleepyParentCo' },
      isTerminated: false,
    });
    expect(printed(fixedPrice)).toBe('500');
    expect({ amount: printed(committed?.amount), currency: committed?.currency }).toEqual({
      amount: '500',
      currency: 'USD',
    });
    expect(products).toHaveLength(1);
    expect({ ...products[0], committedQuantity: printed(products[0]?.committedQuantity) }).toEqual({
      externalId: '52a54cde-0e5d-4168-9827-5967ded6095e',
      product: { externalId: 'bcd82514-d539-4d66-aaf4-b24a95ebe1cd', sku: 'CVM-1M02' },
      committedQuantity: '1000',
      discountPercent: null,
      referencePrice: null,
      createdAt: '2022-06-17T18:48:25Z',
      updatedAt: '2022-06-17T18:48:25Z',
    });

    expect(discounted).toMatchObject({
      name: 'fixed rate commitment',
      pricingMethod: 'UTILITY_DISCOUNT',
      rateType: 'FIXED_RATE',
      rateTypeText: 'FIXED_RATE',
      fixedPrice: null,
      committed: null,
      committedPer: null,
      taxCode: null,
    });
    const product = discounted!.products[0]!;
    // Not scaled: 0.1 is what the sample says, whatever it meant (C26).
    expect(printed(product.discountPercent)).toBe('0.1');
    expect(printed(product.referencePrice)).toBe('10');
    expect(printed(product.committedQuantity)).toBe('1000');
  });

  it('serves a read of several ids with one call', async () => {
    const { port, calls } = open({ [LIST]: { text: sample('list') } });
    const found = await Promise.all([
      port.byId(organization(), FIXED),
      port.byId(organization(), DISCOUNTED),
    ]);
    expect(found.map((one) => one?.externalId)).toEqual([FIXED, DISCOUNTED]);
    expect(calls.map(({ route }) => route)).toEqual([LIST]);
  });
});

describe('the samples of single commitments', () => {
  it('reads the one of a single read', async () => {
    const { port, calls } = open({ [GET]: { text: sample('get') } });
    const found = await port.byId(organization(), FIXED);
    expect(found).toMatchObject({ externalId: FIXED, name: 'fixed price commitment', status: 'ACTIVE' });
    expect(printed(found?.committed?.amount)).toBe('500');
    expect(calls.map(({ route }) => route)).toEqual([GET]);
  });

  it.each([
    ['create-fixed-price-response', 'FIXED_PRICE', 'fixed monthly price commitment'],
    ['create-utility-discount-response', 'UTILITY_DISCOUNT', 'fixed rate commitment'],
  ])('reads %s, which has neither status nor reseller', (name, pricingMethod, label) => {
    const { data } = commitmentReply.parse(rawReply({ text: sample(name) }).body);
    const drift = createDrift(() => undefined);
    const found = toCommitment(commitmentSchema.parse(data), {
      organization: organization(),
      today: '2022-05-31' as Day,
      observation: { observedAt: FAKE_OBSERVED_AT, stale: false },
      drift,
    });
    expect(found).toMatchObject({
      name: label,
      pricingMethod,
      statusText: null,
      status: 'PENDING',
      reseller: null,
      customer: { externalId: 'e2c00fdb-d493-422c-889f-eb734806b80e', name: 'subOrg' },
      term: { startsOn: '2022-06-01', endsBefore: '2023-01-01' },
    });
    expect(printed(found.products[0]?.discountPercent)).toBe(pricingMethod === 'FIXED_PRICE' ? null : '10');
    expect(found.createdAt).toMatch(/^2022-06-29T21:0[36]:/);
  });
});

describe('what may be missing or new', () => {
  it('needs no more than id, organization, products and the terminated flag', async () => {
    expect(await only(commitmentText())).toMatchObject({
      name: null,
      status: 'UNKNOWN',
      term: { startsOn: null, endsBefore: null },
      pricingMethod: null,
      committed: null,
      committedPer: null,
      fixedPrice: null,
      reseller: null,
      resourceType: null,
      createdAt: null,
    });
  });

  it('derives the status from the dates where none is sent, and takes a terminated one at its word', async () => {
    const started = { startDate: '"2022-01-01T00:00:00Z"' };
    expect(await only(commitmentText(started))).toMatchObject({
      status: 'ACTIVE',
      term: { endsBefore: null },
    });
    expect(await only(commitmentText({ ...started, endDate: '"2022-08-15T00:00:00Z"' }))).toMatchObject({
      status: 'EXPIRED',
    });
    expect(
      await only(commitmentText({ ...started, terminated: 'true', status: '"IN_PROGRESS"' })),
    ).toMatchObject({ status: 'ACTIVE', isTerminated: true });
  });

  it('maps every documented status, and keeps and counts the others', async () => {
    const statusOf = async (status: string) => (await only(commitmentText({ status: `"${status}"` }))).status;
    expect(await statusOf('UPCOMING')).toBe('PENDING');
    expect(await statusOf('EXPIRED')).toBe('EXPIRED');
    const { port, drift, seen } = open({
      [LIST]: listOf(
        commitmentText({ status: '"PAUSED"', pricingMethod: '"constructor"', rateType: '"OTHER"' }),
      ),
    });
    const { items } = await port.list(organization());
    expect(items[0]).toMatchObject({
      status: 'UNRECOGNIZED',
      statusText: 'PAUSED',
      pricingMethod: 'UNRECOGNIZED',
      pricingMethodText: 'constructor',
      rateType: 'UNRECOGNIZED',
      rateTypeText: 'OTHER',
    });
    expect(drift.counts('CLOUDMC').unrecognizedValues).toBe(3);
    expect(seen).toContain('CLOUDMC commitment.status=PAUSED');
  });

  it('ends on the day after an inclusive end, and never where the end is the end of time', async () => {
    const endsBefore = async (endDate: string) =>
      (await only(commitmentText({ endDate: `"${endDate}"` }))).term.endsBefore;
    expect(await endsBefore('2022-12-31T23:59:59Z')).toBe('2023-01-01');
    expect(await endsBefore('2023-01-01T00:00:00Z')).toBe('2023-01-01');
    expect(await endsBefore('9999-12-31T23:59:59Z')).toBeNull();
  });

  it('keeps every digit of a price', async () => {
    const text = commitmentText({ pricingMethod: '"FIXED_PRICE"', fixedPrice: '9007199254740993.01' });
    const found = await only(text);
    expect(printed(found.fixedPrice)).toBe('9007199254740993.01');
    expect(printed(found.committed?.amount)).toBe('9007199254740993.01');
    const priced = commitmentText({
      committedProducts:
        '[{"id": "p", "product": {"id": "q"}, "priceCreatedAt": 12345678901234567890.123456789}]',
    });
    expect(printed((await only(priced)).products[0]?.referencePrice)).toBe('12345678901234567890.123456789');
  });

  it('prefers the price under its present name over the former one (C25)', async () => {
    const text = commitmentText({
      committedProducts:
        '[{"id": "p", "product": {"id": "q"}, "priceCreatedAt": 1, "fixedRateReferencePrice": 2}]',
    });
    expect(printed((await only(text)).products[0]?.referencePrice)).toBe('2');
  });

  it('gives no money where the directory gives no currency, and none for a discount', async () => {
    const fixed = commitmentText({ pricingMethod: '"FIXED_PRICE"', fixedPrice: '500.0' });
    const found = await only(fixed, organization({ currency: null }));
    expect(found).toMatchObject({ committed: null, committedPer: 'BILLING_CYCLE' });
    expect(printed(found.fixedPrice)).toBe('500');
    const odd = commitmentText({ pricingMethod: '"UTILITY_DISCOUNT"', fixedPrice: '500.0' });
    expect(await only(odd)).toMatchObject({ committed: null, committedPer: null });
  });

  it('ignores metadata beside the list', async () => {
    const { port } = open({
      [LIST]: { text: `{"metadata": {"recordCount": 1}, "data": [${commitmentText()}]}` },
    });
    expect((await port.list(organization())).items).toHaveLength(1);
  });
});

describe('whose it is', () => {
  it('drops and counts a record of another organization', async () => {
    const foreign = commitmentText({ id: `"${DISCOUNTED}"`, organization: `{"id": "${FIXED}"}` });
    const { port, drift } = open({ [LIST]: listOf(commitmentText(), foreign) });
    const { items, dropped } = await port.list(organization());
    expect(items.map(({ externalId }) => externalId)).toEqual([FIXED]);
    expect(dropped).toMatchObject([{ code: 'UPSTREAM_MALFORMED' }]);
    expect(drift.counts('CLOUDMC').foreignRecords).toBe(1);
  });

  it('does not hand out a foreign record that was read by its id', async () => {
    const foreign = commitmentText({ organization: `{"id": "${DISCOUNTED}"}` });
    const { port, drift, calls } = open({ [GET]: { text: `{"data": ${foreign}}` } });
    expect(await port.byId(organization(), FIXED)).toBeNull();
    expect(drift.counts('CLOUDMC').foreignRecords).toBe(1);
    expect(calls).toHaveLength(1);
  });

  it('knows its organization in either case', async () => {
    const upper = commitmentText({ organization: `{"id": "${SLEEPYCO.toUpperCase()}"}` });
    expect((await only(upper)).customer.externalId).toBe(SLEEPYCO.toUpperCase());
  });

  it('refuses a record that is not the one asked for', async () => {
    const other = commitmentText({ id: `"${DISCOUNTED}"` });
    const { port } = open({ [GET]: { text: `{"data": ${other}}` } });
    expect((await failureFrom(port.byId(organization(), FIXED))).code).toBe('UPSTREAM_MALFORMED');
  });

  it('drops a bad record alone and says where it was', async () => {
    const bad = commitmentText({ id: `"${DISCOUNTED}"`, fixedPrice: '"500"' });
    const { port, drift } = open({ [LIST]: listOf(commitmentText(), bad) });
    const { items, dropped } = await port.list(organization());
    expect(items.map(({ externalId }) => externalId)).toEqual([FIXED]);
    expect(dropped).toMatchObject([{ code: 'UPSTREAM_MALFORMED', source: 'CLOUDMC' }]);
    expect(dropped[0]!.detail).toContain('commitment at 1: fixedPrice');
    expect(dropped[0]!.message).not.toContain('fixedPrice');
    expect(drift.counts('CLOUDMC').droppedRecords).toBe(1);
  });

  it('takes one record sent twice as one, and refuses both of two that differ', async () => {
    const named = commitmentText({ name: '"another name"' });
    const same = await open({ [LIST]: listOf(commitmentText(), commitmentText()) }).port.list(organization());
    expect(same).toMatchObject({ items: [{ externalId: FIXED }], dropped: [] });
    const { items, dropped } = await open({ [LIST]: listOf(commitmentText(), named) }).port.list(
      organization(),
    );
    expect(items).toEqual([]);
    expect(dropped).toHaveLength(1);
  });
});

describe('what is never sent', () => {
  it('calls nobody for an organization without an account', async () => {
    const { port, calls } = open({});
    const stranger = organization({ cloudmc: null });
    expect(await port.list(stranger)).toMatchObject({ items: [], dropped: [], truncated: false });
    expect(await port.byId(stranger, FIXED)).toBeNull();
    expect(calls).toEqual([]);
  });

  it.each([
    '../x',
    '..',
    '.',
    '%2e%2e',
    '',
    'taskId...',
    `${FIXED}/terminate`,
    `${FIXED}\n`,
    ` ${FIXED}`,
    `x${FIXED}`,
  ])('makes no call for the id %j', async (id) => {
    const { port, calls } = open({});
    expect(port.isId(id)).toBe(false);
    expect(await port.byId(organization(), id)).toBeNull();
    expect(calls).toEqual([]);
  });

  it('makes no list call without an organization: it does not compile, and it does not run', async () => {
    expect(organizationIdOf('')).toBeNull();
    expect(organizationIdOf(SLEEPYCO)).toBe(SLEEPYCO);
    // @ts-expect-error an organization is needed
    expect(() => listCommitments.query?.({})).toThrow();
    // @ts-expect-error raw text is no organization
    expect(() => listCommitments.query?.({ organizationId: '' })).toThrow(RangeError);
    expect(() => listCommitments.query?.({ organizationId: '' as CloudmcOrganizationId })).toThrow(
      RangeError,
    );
    const { port, calls } = open({});
    const failed = await failureFrom(port.list(organization({ cloudmc: { organizationId: '' } })));
    expect(failed.code).toBe('UPSTREAM_REJECTED');
    expect(calls).toEqual([]);
  });
});

describe('what errors mean', () => {
  const ERRORS = '{"errors": [{"code": 2012, "message": "wrong state", "context": {}}]}';
  const judge = createJudge(() => Date.parse('2026-11-21T10:00:00Z'));
  const judged = (reply: FakeReply) => judge.failureOf(rawReply(reply));

  it.each([
    [200, ERRORS, 'UPSTREAM_REJECTED'],
    [200, '{"errors": [], "data": []}', 'UPSTREAM_REJECTED'],
    [400, ERRORS, 'UPSTREAM_REJECTED'],
    [401, ERRORS, 'UPSTREAM_UNAVAILABLE'],
    [403, ERRORS, 'NOT_FOUND'],
    [404, ERRORS, 'NOT_FOUND'],
    [405, ERRORS, 'UPSTREAM_REJECTED'],
    [409, ERRORS, 'UPSTREAM_CONFLICT'],
    [422, ERRORS, 'UPSTREAM_REJECTED'],
    [429, ERRORS, 'UPSTREAM_RATE_LIMITED'],
    [500, ERRORS, 'UPSTREAM_UNAVAILABLE'],
    [502, '<html>', 'UPSTREAM_UNAVAILABLE'],
    [302, '{}', 'UPSTREAM_MALFORMED'],
    [200, '<html>', 'UPSTREAM_MALFORMED'],
    [200, '{"data": [],}', 'UPSTREAM_MALFORMED'],
    [204, '', 'UPSTREAM_MALFORMED'],
  ])('%i %s is %s', (status, text, code) => {
    expect(judged({ status, text })).toMatchObject({ code, source: 'CLOUDMC' });
  });

  it('lets data through', () => {
    expect(judged({ text: '{"data": []}' })).toBeNull();
    expect(judged({ text: '{"data": [], "errors": null}' })).toBeNull();
  });

  it('keeps what CloudMC said out of the message, and short', () => {
    const failed = judged({
      status: 400,
      text: `{"errors": [{"code": 1, "message": "${'x'.repeat(1000)}"}]}`,
    });
    expect(failed?.message).toBe('CloudMC refused the request.');
    expect(failed?.detail).toMatch(/^HTTP 400: 1 xxx/);
    expect(failed?.detail).toHaveLength(300);
    expect(judged({ status: 400, text: ERRORS })?.detail).toBe('HTTP 400: 2012 wrong state');
    expect(judged({ status: 500, text: '{"errors": 7}' })?.code).toBe('UPSTREAM_UNAVAILABLE');
  });

  it('reads Retry-After as seconds and as a date', () => {
    expect(judged({ status: 429, headers: { 'retry-after': '7' } })).toMatchObject({ retryAfterMs: 7000 });
    expect(
      judged({ status: 429, headers: { 'retry-after': 'Sat, 21 Nov 2026 10:00:30 GMT' } }),
    ).toMatchObject({ retryAfterMs: 30_000 });
  });

  it('says that a list which may not be seen is unavailable, not empty', async () => {
    for (const status of [403, 404]) {
      const failed = await failureFrom(open({ [LIST]: { status, text: ERRORS } }).port.list(organization()));
      expect(failed).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
      expect(failed.detail).toContain('2012 wrong state');
    }
  });

  it('believes a 403 or 404 of one commitment only if the list of its organization can be read', async () => {
    for (const status of [403, 404]) {
      const good = open({ [GET]: { status, text: ERRORS }, [LIST]: { text: '{"data": []}' } });
      expect(await good.port.byId(organization(), FIXED)).toBeNull();
      expect(good.calls.map(({ route }) => route)).toEqual([GET, LIST]);
      const bad = open({ [GET]: { status, text: ERRORS }, [LIST]: { status: 403, text: ERRORS } });
      expect((await failureFrom(bad.port.byId(organization(), FIXED))).code).toBe('UPSTREAM_UNAVAILABLE');
    }
  });

  it('does not ask the list when the backend itself is down', async () => {
    const { port, calls } = open({ [GET]: { status: 503 } });
    expect((await failureFrom(port.byId(organization(), FIXED))).code).toBe('UPSTREAM_UNAVAILABLE');
    expect(calls).toHaveLength(1);
  });

  it('refuses a list without data', async () => {
    expect((await failureFrom(open({ [LIST]: { text: '{}' } }).port.list(organization()))).code).toBe(
      'UPSTREAM_MALFORMED',
    );
  });
});
