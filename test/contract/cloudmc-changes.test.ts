/**
 * Changes at CloudMC over real sockets: the vendor's own requests and replies (seed 003), every rule that is checked
 * before sending, every answer, and what reading back makes of what is found.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createCloudmc } from '../../src/backends/cloudmc/backend.js';
import type { Day } from '../../src/domain/calendar.js';
import type { ResourceCommitmentChange, ResourceCommitmentFields } from '../../src/domain/change.js';
import type { Step } from '../../src/domain/change-port.js';
import type { Json } from '../../src/domain/json.js';
import { parseCurrency, printDecimal } from '../../src/domain/money.js';
import { NO_RESULT, type Plan, type Problem } from '../../src/domain/operation.js';
import type { Organization, OrganizationSlug } from '../../src/domain/organization.js';
import { createDrift } from '../../src/observability/drift.js';
import { createGate } from '../../src/upstream/gate.js';
import { systemTimers } from '../../src/upstream/timers.js';
import { aRequest } from '../support/request.js';

const sample = (name: string) =>
  readFileSync(new URL(`./samples/cloudmc/${name}.json`, import.meta.url), 'utf8');

const NOW = Date.parse('2022-08-15T12:00:00Z');
const SLEEPYCO = '42a54cde-0e5d-4168-9827-5967ded6095e';
const SUB_ORG = 'e2c00fdb-d493-422c-889f-eb734806b80e';
const FIXED = '52a54cde-0e5d-4168-9827-5967ded6095e';
const DISCOUNTED = '62a54cde-0e5d-4168-9827-5967ded6095e';
const PRODUCT = 'bcd82514-d539-4d66-aaf4-b24a95ebe1cd';
const OTHER_PRODUCT = '73ebf9c8-ecf7-4ee6-b881-150023d5f422';
const NEW_ID = 'aa7c81ab-478a-496b-a0ae-8f30459b0fa5';
const TASK = '75a68ec2-d63e-4bc9-b485-8d5a3cc33d4f';
const TASK_DONE = `{"taskId": "${TASK}", "taskStatus": "SUCCESS"}`;
const TASK_PENDING = `{"taskId": "${TASK}", "taskStatus": "PENDING"}`;
const LIST = 'GET /commitments';
const GET = `GET /commitments/${FIXED}`;
const PUT = `PUT /commitments/${FIXED}`;
const DELETE = `DELETE /commitments/${FIXED}`;
const TERMINATE = `POST /commitments/${FIXED}/terminate`;
const GET_TASK = `GET /tasks/${TASK}`;

const day = (text: string) => text as Day;
const dayFields = (startsOn: string, endsBefore: string | null) => ({
  startsOn: day(startsOn),
  endsBefore: endsBefore === null ? null : day(endsBefore),
});

function organization(id = SLEEPYCO, changes: Partial<Organization> = {}): Organization {
  return {
    slug: 'sleepyco' as OrganizationSlug,
    name: 'SleepyCo',
    currency: parseCurrency('USD'),
    commitmentManager: null,
    salesforce: null,
    logisense: null,
    monetizenow: null,
    cloudmc: { organizationId: id },
    ...changes,
  };
}

// ---- A scripted CloudMC ---------------------------------------------------------------------------------------------

/** A body with 200, a body with its status, or a socket that is cut. */
type Reply = string | readonly [number, string] | 'cut';
/** By `METHOD /path`. Of a list each call takes the next, and the last one stays. Without a route: 404. */
type Script = Readonly<Record<string, Reply | readonly Reply[]>>;

interface Sent {
  readonly route: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

async function open(script: Script) {
  const calls: Sent[] = [];
  const used = new Map<string, number>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const route = `${request.method ?? ''} ${new URL(request.url ?? '/', 'http://localhost').pathname}`;
      calls.push({ route, body: Buffer.concat(chunks).toString('utf8'), headers: request.headers });
      const given = Object.hasOwn(script, route) ? script[route]! : ([404, '{"errors":[]}'] as const);
      const isOne = typeof given === 'string' || typeof given[0] === 'number';
      const replies = (isOne ? [given] : given) as readonly Reply[];
      const turn = used.get(route) ?? 0;
      used.set(route, turn + 1);
      const reply = replies[Math.min(turn, replies.length - 1)]!;
      if (reply === 'cut') return void request.socket.destroy();
      const [status, body] = typeof reply === 'string' ? [200, reply] : reply;
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const dependencies = { clock: () => NOW, timers: systemTimers, random: () => 0.5 };
  const gate = createGate(
    {
      source: 'CLOUDMC',
      url,
      timeoutMs: 5_000,
      freshForMs: 60_000,
      staleForMs: 60_000,
      concurrency: 4,
      requestsPerSecond: null,
    },
    dependencies,
  );
  opened.push(async () => {
    await gate.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const drift = createDrift(() => undefined);
  const backend = createCloudmc(
    { apiKey: 'not-a-real-key' },
    { clock: () => NOW, drift, createUpstream: (options) => gate.createUpstream(options) },
  );
  const port = backend.changes(aRequest({ withinMs: () => 0 }));
  return {
    port,
    drift,
    calls,
    /** Requests that change something. */
    writes: () => calls.filter(({ route }) => !route.startsWith('GET ')),
    async plan(change: ResourceCommitmentChange, of = organization()): Promise<Plan> {
      const planned = await port.plan(of, change);
      if (!planned.isSendable) throw new Error(JSON.stringify(planned.problems));
      return throughJson(planned.plan);
    },
    async problems(change: ResourceCommitmentChange, of = organization()): Promise<readonly Problem[]> {
      const planned = await port.plan(of, change);
      expect(calls.every(({ route }) => route.startsWith('GET '))).toBe(true);
      return planned.isSendable ? [] : planned.problems;
    },
    /** Plans and sends. */
    async send(change: ResourceCommitmentChange, of = organization()) {
      const planned = await port.plan(of, change);
      if (!planned.isSendable) throw new Error(JSON.stringify(planned.problems));
      const plan = throughJson(planned.plan);
      const step = throughJson(await port.send(of, change, plan, 'request-1'));
      return { plan, step };
    },
    look: async (
      change: ResourceCommitmentChange,
      plan: Plan,
      { progress = null as Json, of = organization(), sentAgoMs = TASKS_ARE_OVER } = {},
    ) => throughJson(await port.look(of, change, { plan, sentAt: NOW - sentAgoMs, progress })),
  };
}

/** What a task of CloudMC had time for, and more. */
const TASKS_ARE_OVER = 36 * 60_000;

/** As the journal keeps it. */
function throughJson<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

function listOf(...commitments: string[]): string {
  return `{"data": [${commitments.join(',')}]}`;
}

/** The sample commitment at a fixed price, changed: members as JSON text; `undefined` leaves one out. */
function fixed(members: Record<string, string | undefined> = {}): string {
  const all: Record<string, string | undefined> = {
    committedProducts: `[{"id": "${FIXED}", "product": {"id": "${PRODUCT}", "sku": "CVM-1M02"}, "committedAmount": 1000.0}]`,
    endDate: '"2023-01-01T00:00:00Z"',
    pricingMethod: '"FIXED_PRICE"',
    type: '"RESOURCE"',
    fixedPrice: '500.0',
    fixedPriceTaxCode: '{"code": "SI086690", "description": "IT Services"}',
    createdAt: '"2022-06-17T18:48:07Z"',
    organization: `{"name": "SleepyCo", "id": "${SLEEPYCO}"}`,
    reseller: '{"name": "SleepyParentCo", "id": "55a89cde-0e5d-4168-9827-5967ded6095e"}',
    name: '"fixed price commitment"',
    id: `"${FIXED}"`,
    terminated: 'false',
    startDate: '"2022-01-01T00:00:00Z"',
    updatedAt: '"2022-06-17T18:48:07Z"',
    status: '"IN_PROGRESS"',
    ...members,
  };
  return `{${Object.entries(all)
    .flatMap(([name, value]) => (value === undefined ? [] : [`"${name}": ${value}`]))
    .join(', ')}}`;
}

const one = (commitment: string) => `{"data": ${commitment}}`;

const TOUCHED = { updatedAt: '"2022-08-15T12:00:01Z"' };
const paths = (problems: readonly Problem[]) => problems.map(({ path, code }) => `${path.join('.')} ${code}`);

const create = (fields: ResourceCommitmentFields): ResourceCommitmentChange => ({
  kind: 'RESOURCE_COMMITMENT_CREATE',
  fields,
});
const update = (fields: ResourceCommitmentFields, commitmentId = FIXED): ResourceCommitmentChange => ({
  kind: 'RESOURCE_COMMITMENT_UPDATE',
  commitmentId,
  fields,
});
const terminate = (endsBefore: string, commitmentId = FIXED): ResourceCommitmentChange => ({
  kind: 'RESOURCE_COMMITMENT_TERMINATE',
  commitmentId,
  endsBefore: day(endsBefore),
});
const remove = (commitmentId = FIXED): ResourceCommitmentChange => ({
  kind: 'RESOURCE_COMMITMENT_DELETE',
  commitmentId,
});

const FIXED_FIELDS: ResourceCommitmentFields = {
  name: 'fixed monthly price commitment',
  pricingMethod: 'FIXED_PRICE',
  fixedPrice: '500',
  taxCode: { code: 'SI086690', description: 'IT Services' },
  products: [{ productId: OTHER_PRODUCT, committedQuantity: '1000', discountPercent: null }],
  ...dayFields('2022-06-01', '2023-01-01'),
};
const DISCOUNT_FIELDS: ResourceCommitmentFields = {
  name: 'fixed price commitment',
  pricingMethod: 'UTILITY_DISCOUNT',
  rateType: 'FIXED_RATE',
  products: [
    {
      productId: '73ebf9c8-ecf7-4ee6-b881-150023d5f442',
      committedQuantity: '1000',
      discountPercent: '10',
    },
  ],
  ...dayFields('2022-06-01', '2023-01-01'),
};
const RENAMED = fixed({ name: '"renamed"', ...TOUCHED });

// ---- The vendor's page ----------------------------------------------------------------------------------------------

describe("the page's requests", () => {
  it.each([
    ['create-fixed-price', FIXED_FIELDS],
    ['create-utility-discount', DISCOUNT_FIELDS],
  ])('%s is sent, and its reply read whole', async (name, fields) => {
    const customer = organization(SUB_ORG);
    const { send, calls, writes, port } = await open({
      [LIST]: listOf(),
      'POST /commitments': sample(`${name}-response`),
    });
    const { plan, step } = await send(create(fields), customer);

    expect(calls.map(({ route }) => route)).toEqual([LIST, 'POST /commitments']);
    const [written] = writes();
    expect(written?.headers).toMatchObject({
      'mc-api-key': 'not-a-real-key',
      'x-request-id': 'request-1',
      'content-type': 'application/json',
    });
    expect(JSON.parse(written!.body)).toEqual(JSON.parse(sample(`${name}-request`)));
    expect(written!.body).toContain('"committedAmount":1000.0');
    expect(plan).toMatchObject({
      externalId: null,
      version: null,
      request: { method: 'POST', path: 'commitments', body: written!.body },
      before: { commitment: null, ids: [] },
    });
    expect(plan.target).toMatch(/^CLOUDMC\/sleepyco\/new\/[\w-]{16}$/);

    const reply = JSON.parse(sample(`${name}-response`)).data;
    expect(step).toMatchObject({ state: 'SUCCEEDED', externalId: reply.id, after: { ids: [reply.id] } });
    const outcome = (step as { outcome: Json }).outcome;
    const { resourceCommitment: made, ...rest } = port.result(customer, create(fields), outcome);
    expect(rest).toEqual({ ...withoutCommitment(), externalId: reply.id });
    expect(made).toMatchObject({
      externalId: reply.id,
      name: reply.name,
      // The reply has neither status nor reseller (C24): one follows the dates, the other is not known.
      status: 'ACTIVE',
      statusText: null,
      reseller: null,
      term: { startsOn: '2022-06-01', endsBefore: '2023-01-01' },
      isTerminated: false,
      pricingMethod: reply.pricingMethod,
      rateType: reply.rateType ?? null,
      taxCode: reply.fixedPriceTaxCode ?? null,
      customer: { externalId: SUB_ORG, name: 'subOrg' },
      observation: { observedAt: '2022-08-15T12:00:00Z', stale: false },
    });
    expect(made?.fixedPrice && printDecimal(made.fixedPrice)).toBe(name.includes('fixed') ? '500' : null);
    expect(made?.products.map(({ discountPercent: d }) => d && printDecimal(d))).toEqual([
      name.includes('fixed') ? null : '10',
    ]);
  });

  it('update is sent whole, without organization and reseller', async () => {
    const id = '60d16762-bec2-4d5a-916d-15c81b6c2d98';
    const before = fixed({
      id: `"${id}"`,
      name: '"fixed monthly price commitment"',
      startDate: '"2022-06-01T00:00:00Z"',
    });
    const after = fixed({
      id: `"${id}"`,
      name: '"updated fixed monthly price commitment"',
      startDate: '"2022-06-01T00:00:00Z"',
      fixedPrice: '550.0',
      committedProducts: `[{"id": "p", "product": {"id": "${OTHER_PRODUCT}"}, "committedAmount": 1234.0}]`,
      ...TOUCHED,
    });
    const change = update(
      {
        name: 'updated fixed monthly price commitment',
        fixedPrice: '550',
        products: [{ productId: OTHER_PRODUCT, committedQuantity: '1234', discountPercent: null }],
      },
      id.toUpperCase(),
    );
    const { send, writes, port } = await open({
      [LIST]: [listOf(before), listOf(after)],
      [`PUT /commitments/${id}`]: TASK_DONE,
    });
    const { plan, step } = await send(change);
    expect(plan).toMatchObject({ target: `CLOUDMC/${id}`, externalId: id });
    expect(plan.version).toMatch(/^[\w-]{16}$/);
    expect(writes()).toHaveLength(1);
    // The page's example, with the comma that it lacks.
    expect(JSON.parse(writes()[0]!.body)).toEqual({
      id,
      name: 'updated fixed monthly price commitment',
      committedProducts: [{ product: { id: OTHER_PRODUCT }, committedAmount: 1234.0 }],
      pricingMethod: 'FIXED_PRICE',
      type: 'RESOURCE',
      fixedPrice: 550.0,
      fixedPriceTaxCode: { code: 'SI086690', description: 'IT Services' },
      startDate: '2022-06-01T00:00:00Z',
      endDate: '2023-01-01T00:00:00Z',
    });
    expect(writes()[0]!.body).toContain('"fixedPrice":550.0');
    expect(step).toMatchObject({ state: 'SUCCEEDED', references: { taskId: TASK }, externalId: id });
    const { outcome } = step as { outcome: Json };
    const result = port.result(organization(), change, outcome);
    expect(result).toMatchObject({
      previousExternalId: null,
      externalId: id,
      resourceCommitment: { name: 'updated fixed monthly price commitment' },
    });
    // The same again, whenever it is asked.
    expect(port.result(organization(), change, throughJson(outcome))).toEqual(result);
  });

  it('terminate and delete', async () => {
    const ended = fixed({ terminated: 'true', endDate: '"2022-09-01T00:00:00Z"', ...TOUCHED });
    const { send, calls, port } = await open({
      [GET]: [sample('get'), sample('get'), one(ended)],
      [DELETE]: sample('delete-response'),
      [TERMINATE]: TASK_DONE,
    });
    const deleted = await send(remove());
    expect(deleted.plan.request).toEqual({ method: 'DELETE', path: `commitments/${FIXED}`, body: null });
    expect(deleted.step).toMatchObject({ state: 'SUCCEEDED', after: { commitment: null } });
    expect(port.result(organization(), remove(), (deleted.step as { outcome: Json }).outcome)).toEqual(
      NO_RESULT,
    );

    const { step } = await send(terminate('2022-09-01'));
    const written = calls.find(({ route }) => route === TERMINATE);
    expect(JSON.parse(written!.body)).toEqual(JSON.parse(sample('terminate-request')));
    expect(step).toMatchObject({ state: 'SUCCEEDED', references: { taskId: TASK } });
    expect(
      port.result(organization(), terminate('2022-09-01'), (step as { outcome: Json }).outcome),
    ).toMatchObject({ resourceCommitment: { isTerminated: true, term: { endsBefore: '2022-09-01' } } });
  });
});

function withoutCommitment() {
  return Object.fromEntries(Object.entries(NO_RESULT).filter(([name]) => name !== 'resourceCommitment'));
}

// ---- Bodies ---------------------------------------------------------------------------------------------------------

describe('the body of an update', () => {
  const bodyFor = async (fields: ResourceCommitmentFields, before = fixed(), id = FIXED) => {
    const { plan } = await open({ [LIST]: listOf(before) });
    return (await plan(update(fields, id))).request.body!;
  };

  it('keeps every digit', async () => {
    const body = await bodyFor({
      fixedPrice: '0.1234567890123',
      products: [{ productId: PRODUCT, committedQuantity: '999999999999999', discountPercent: null }],
    });
    expect(body).toContain('"fixedPrice":0.1234567890123,');
    expect(body).toContain('"committedAmount":999999999999999.0');
    expect(await bodyFor({ name: 'x' }, fixed({ fixedPrice: '12345678901234567890.12' }))).toContain(
      '"fixedPrice":12345678901234567890.12,',
    );
  });

  it('leaves the end out where there is none to be', async () => {
    expect(JSON.parse(await bodyFor({ endsBefore: null }))).not.toHaveProperty('endDate');
    expect(JSON.parse(await bodyFor({ name: 'x' }, fixed({ endDate: undefined })))).not.toHaveProperty(
      'endDate',
    );
  });

  it('keeps an instant whose day stays', async () => {
    const before = fixed({ startDate: '"2022-01-01T05:00:00Z"', endDate: '"2022-12-31T23:59:59Z"' });
    const same = await bodyFor({ name: 'x', ...dayFields('2022-01-01', '2023-01-01') }, before);
    expect(JSON.parse(same)).toMatchObject({
      startDate: '2022-01-01T05:00:00Z',
      endDate: '2022-12-31T23:59:59Z',
    });
    const later = await bodyFor({ endsBefore: day('2023-02-01') }, before);
    expect(JSON.parse(later)).toMatchObject({ endDate: '2023-02-01T00:00:00Z' });
  });

  it('keeps a discount that is not spoken of, and ends one that is said to be zero', async () => {
    const row = JSON.stringify(JSON.parse(sample('list')).data[1]);
    const product = { productId: PRODUCT, committedQuantity: '7' };
    const kept = await bodyFor({ products: [{ ...product, discountPercent: null }] }, row, DISCOUNTED);
    expect(kept).toContain('"discountAmount":0.1');
    const ended = await bodyFor({ products: [{ ...product, discountPercent: '0' }] }, row, DISCOUNTED);
    expect(ended).toContain('"discountAmount":0}');
  });

  it('drops what goes with the other pricing method, and says so', async () => {
    const { plan } = await open({ [LIST]: sample('list') });
    const toDiscount = await plan(update({ pricingMethod: 'UTILITY_DISCOUNT', rateType: 'VARIABLE_RATE' }));
    expect(JSON.parse(toDiscount.request.body!)).toEqual({
      id: FIXED,
      name: 'fixed price commitment',
      committedProducts: [{ product: { id: PRODUCT }, committedAmount: 1000 }],
      pricingMethod: 'UTILITY_DISCOUNT',
      rateType: 'VARIABLE_RATE',
      type: 'RESOURCE',
      startDate: '2022-01-01T00:00:00Z',
      endDate: '2023-01-01T00:00:00Z',
    });
    expect(toDiscount.implications.map(({ code }) => code)).toEqual(['ID_CHANGES', 'CASCADE']);
    const toFixed = await plan(update({ pricingMethod: 'FIXED_PRICE', fixedPrice: '1' }, DISCOUNTED));
    const body = JSON.parse(toFixed.request.body!);
    expect(body).not.toHaveProperty('rateType');
    expect(body.committedProducts).toEqual([{ product: { id: PRODUCT }, committedAmount: 1000 }]);
    expect(toFixed.implications.map(({ code }) => code)).toEqual(['ID_CHANGES', 'CASCADE']);
  });
});

// ---- Before sending -------------------------------------------------------------------------------------------------

describe('what a change brings with it', () => {
  it('is told beforehand, and what only CloudMC can tell as well', async () => {
    const { plan } = await open({ [LIST]: sample('list'), [GET]: sample('get') });
    const swapped = await plan(
      update({ products: [{ productId: OTHER_PRODUCT, committedQuantity: '1', discountPercent: null }] }),
    );
    expect(swapped.implications.map(({ code, externalId }) => [code, externalId])).toEqual([
      ['ID_CHANGES', FIXED],
      ['CASCADE', PRODUCT],
    ]);
    expect(swapped.unchecked.join(' ')).toMatch(/invoice.*pre-paid.*products/);
    const discounted = await plan(update({ name: 'x' }, DISCOUNTED));
    expect(discounted.implications).toEqual([]);
    expect(discounted.unchecked.join(' ')).toContain('pre-paid');

    expect((await plan(create(FIXED_FIELDS))).implications.map(({ code }) => code)).toEqual(['CHARGE']);
    expect((await plan(create(FIXED_FIELDS))).unchecked).toHaveLength(3);
    expect((await plan(remove())).unchecked.join()).toContain('closed billing cycle');
    const late = await plan(terminate('2022-08-01'));
    expect(late.implications.map(({ code }) => code)).toEqual(['CHARGE']);
    expect(late.unchecked[0]).toContain('2022-08-01');
  });

  it('names what an update may lose because nobody here knows it', async () => {
    const { plan } = await open({ [LIST]: listOf(fixed({ colour: '"red"' })) });
    expect((await plan(update({ name: 'x' }))).unchecked.join()).toContain('(colour)');
  });

  it('has the same target for the same creation, whatever the order of its products', async () => {
    const { plan } = await open({ [LIST]: listOf() });
    const more = [
      { productId: PRODUCT, committedQuantity: '1', discountPercent: null },
      { productId: OTHER_PRODUCT, committedQuantity: '2', discountPercent: null },
    ];
    const target = async (fields: ResourceCommitmentFields) => (await plan(create(fields))).target;
    const first = await target({ ...FIXED_FIELDS, products: more });
    expect(await target({ ...FIXED_FIELDS, products: [...more].reverse() })).toBe(first);
    expect(await target({ ...FIXED_FIELDS, name: 'another' })).not.toBe(first);
  });
});

describe('is refused before anything is sent', () => {
  it('for a customer without an account, and without a call', async () => {
    const { problems, calls } = await open({});
    const none = organization(SLEEPYCO, { cloudmc: null });
    for (const change of [create(FIXED_FIELDS), update({ name: 'x' }), terminate('2022-09-01'), remove()]) {
      expect(paths(await problems(change, none))).toEqual([' NOT_ALLOWED']);
    }
    expect(calls).toEqual([]);
  });

  it("a commitment that is not there, is another customer's, or cannot be one", async () => {
    const foreign = fixed({ organization: `{"id": "${SUB_ORG}"}` });
    for (const script of [
      { [LIST]: listOf() },
      { [LIST]: listOf(foreign), [GET]: one(foreign) },
      { [LIST]: listOf(), [GET]: [403, '{"errors":[{"code":1,"message":"no"}]}'] as const },
    ]) {
      const { problems } = await open(script);
      for (const change of [update({ name: 'x' }), terminate('2022-09-01'), remove()]) {
        expect(paths(await problems(change))).toEqual(['commitmentId NOT_FOUND']);
      }
    }
    const { problems, calls } = await open({});
    expect(paths(await problems(remove('../organizations')))).toEqual(['commitmentId NOT_FOUND']);
    expect(calls).toEqual([]);
  });

  it.each<[string, ResourceCommitmentFields, string[]]>([
    ['nothing is given', {}, ['pricingMethod REQUIRED', 'products REQUIRED', 'startsOn REQUIRED']],
    ['no price', without('fixedPrice'), ['fixedPrice REQUIRED']],
    ['no rate type', without('rateType', DISCOUNT_FIELDS), ['rateType REQUIRED']],
    [
      'what goes with the other method',
      { ...FIXED_FIELDS, rateType: 'FIXED_RATE', products: [product({ discountPercent: '5' })] },
      ['rateType NOT_ALLOWED', 'products.0.discountPercent NOT_ALLOWED'],
    ],
    [
      'the same the other way round',
      { ...DISCOUNT_FIELDS, fixedPrice: '1', taxCode: { code: 'x', description: null } },
      ['fixedPrice NOT_ALLOWED', 'taxCode NOT_ALLOWED'],
    ],
    ['no products', { ...FIXED_FIELDS, products: [] }, ['products REQUIRED']],
    [
      'products twice, of nothing, below nothing, without an id',
      {
        ...FIXED_FIELDS,
        products: [
          product({}),
          product({ productId: PRODUCT.toUpperCase(), committedQuantity: '0' }),
          product({ productId: 'CVM-1M02', committedQuantity: '-1' }),
        ],
      },
      [
        'products.1.committedQuantity OUT_OF_RANGE',
        'products.1.productId DUPLICATE',
        'products.2.productId INVALID',
        'products.2.committedQuantity OUT_OF_RANGE',
      ],
    ],
    [
      'percent',
      {
        ...DISCOUNT_FIELDS,
        products: [
          product({ discountPercent: '100.5' }),
          product({ productId: OTHER_PRODUCT, discountPercent: '-1' }),
        ],
      },
      ['products.0.discountPercent OUT_OF_RANGE', 'products.1.discountPercent OUT_OF_RANGE'],
    ],
    ['a price below zero', { ...FIXED_FIELDS, fixedPrice: '-0.01' }, ['fixedPrice OUT_OF_RANGE']],
    [
      'more digits than are kept',
      { ...FIXED_FIELDS, fixedPrice: '1234567890123.456' },
      ['fixedPrice OUT_OF_RANGE'],
    ],
    [
      'an end before the start',
      { ...FIXED_FIELDS, ...dayFields('2022-06-01', '2022-06-01') },
      ['endsBefore DATE_NOT_ALLOWED'],
    ],
    [
      'empty texts',
      { ...FIXED_FIELDS, name: ' ', taxCode: { code: '', description: null } },
      ['name INVALID', 'taxCode.code INVALID'],
    ],
  ])('a creation: %s', async (_, fields, expected) => {
    const { problems } = await open({ [LIST]: listOf() });
    const found = await problems(create(fields));
    expect(paths(found)).toEqual(expected);
    for (const { message } of found) expect(message).toMatch(/^[A-Z].{10,}\.$/);
  });

  it.each<[string, ResourceCommitmentFields, string, string[]]>([
    ['nothing to change', {}, fixed(), [' REQUIRED']],
    [
      'what it is already',
      { name: 'fixed price commitment', taxCode: { code: 'SI086690', description: null }, fixedPrice: '500' },
      fixed(),
      [' NOT_CHANGED'],
    ],
    ['a terminated one', { name: 'x' }, fixed({ terminated: 'true' }), ['commitmentId STATE_NOT_ALLOWED']],
    [
      'another method without its needs',
      { pricingMethod: 'UTILITY_DISCOUNT' },
      fixed(),
      ['rateType REQUIRED'],
    ],
    ['a rate type', { rateType: 'FIXED_RATE' }, fixed(), ['rateType NOT_ALLOWED']],
    ['a start after the end', { startsOn: day('2023-01-01') }, fixed(), ['startsOn DATE_NOT_ALLOWED']],
    ['an end before the start', { endsBefore: day('2022-01-01') }, fixed(), ['endsBefore DATE_NOT_ALLOWED']],
    ['no start', { name: 'x' }, fixed({ startDate: undefined }), ['startsOn REQUIRED']],
  ])('an update: %s', async (_, fields, before, expected) => {
    const { problems } = await open({ [LIST]: listOf(before) });
    expect(paths(await problems(update(fields)))).toEqual(expected);
  });

  it.each<[string, string, string, string[]]>([
    ['terminated', fixed({ terminated: 'true' }), '2022-09-01', ['commitmentId STATE_NOT_ALLOWED']],
    [
      'expired',
      fixed({ endDate: '"2022-08-15T00:00:00Z"' }),
      '2022-08-14',
      ['commitmentId STATE_NOT_ALLOWED'],
    ],
    [
      'not started',
      fixed({ startDate: '"2022-08-16T00:00:00Z"' }),
      '2022-09-01',
      ['commitmentId STATE_NOT_ALLOWED'],
    ],
    ['before it starts', fixed(), '2022-01-01', ['endsBefore DATE_NOT_ALLOWED']],
    [
      'after it ends',
      fixed({ endDate: '"2022-09-01T00:00:00Z"' }),
      '2022-10-01',
      ['endsBefore DATE_NOT_ALLOWED'],
    ],
    ['beyond the next cycle', fixed(), '2022-10-19', ['endsBefore DATE_NOT_ALLOWED']],
  ])('a termination: %s', async (_, before, endsBefore, expected) => {
    const { problems } = await open({ [GET]: one(before) });
    expect(paths(await problems(terminate(endsBefore)))).toEqual(expected);
  });

  it('nothing is planned on a guess: what cannot be read fails', async () => {
    const { port } = await open({
      [LIST]: listOf(fixed({ terminated: '"no"' })),
      [GET]: [500, '{}'],
    });
    await expect(port.plan(organization(), update({ name: 'x' }))).rejects.toMatchObject({
      failure: { code: 'UPSTREAM_MALFORMED' },
    });
    await expect(port.plan(organization(), remove())).rejects.toMatchObject({
      failure: { code: 'UPSTREAM_UNAVAILABLE' },
    });
  });
});

function without(name: keyof ResourceCommitmentFields, fields = FIXED_FIELDS): ResourceCommitmentFields {
  return Object.fromEntries(Object.entries(fields).filter(([member]) => member !== name));
}

function product(changes: { productId?: string; committedQuantity?: string; discountPercent?: string }) {
  return { productId: PRODUCT, committedQuantity: '1', discountPercent: null, ...changes };
}

// ---- Answers --------------------------------------------------------------------------------------------------------

describe('an answer', () => {
  const change = update({ name: 'renamed' });
  const answered = async (reply: Reply): Promise<Step> => {
    const { send, writes } = await open({ [LIST]: listOf(fixed()), [PUT]: reply });
    const { step } = await send(change);
    expect(writes()).toHaveLength(1);
    return step;
  };
  const error = (message: string) => JSON.stringify({ errors: [{ code: 2012, message, context: {} }] });

  it.each<[string, Reply, object]>([
    [
      'of a rule that only CloudMC knows',
      [400, error('An invoice has been issued.')],
      { state: 'FAILED', failure: { code: 'REFUSED', message: 'An invoice has been issued.' } },
    ],
    [
      'with errors is a refusal whatever its status',
      [200, error('Billing cycle is closed')],
      { state: 'FAILED', failure: { message: 'Billing cycle is closed' } },
    ],
    [
      '403',
      [403, error('user 7 lacks a right')],
      { failure: { message: 'CloudMC does not permit this change.' } },
    ],
    ['404', [404, '{}'], { failure: { message: 'CloudMC does not have this commitment any more.' } }],
    ['405', [405, '{}'], { state: 'FAILED', failure: { message: 'CloudMC refused the request.' } }],
    ['429', [429, '{}'], { state: 'NOT_SENT', failure: { code: 'UPSTREAM_RATE_LIMITED' } }],
    ['500', [500, error('boom')], { state: 'UNKNOWN' }],
    ['no answer', 'cut', { state: 'UNKNOWN' }],
    ['no JSON', [200, '<html>'], { state: 'UNKNOWN' }],
    ['no body', [204, ''], { state: 'UNKNOWN' }],
    ['no task', [200, '{}'], { state: 'UNKNOWN' }],
    [
      'of a task to come',
      TASK_PENDING,
      { state: 'PENDING', progress: { taskId: TASK }, references: { taskId: TASK } },
    ],
    ['of a task to come without a name', '{"taskStatus": "PENDING"}', { state: 'UNKNOWN' }],
    [
      'of a task that failed',
      `{"taskId": "${TASK}", "taskStatus": "FAILED", "errors": [{"code": 1, "message": "The cycle is closed."}]}`,
      {
        state: 'FAILED',
        failure: { code: 'REFUSED', message: 'The cycle is closed.' },
        references: { taskId: TASK },
      },
    ],
    [
      'of a task that failed in silence',
      `{"taskId": "${TASK}", "taskStatus": "FAILED"}`,
      { state: 'FAILED', failure: { message: 'CloudMC could not make the change.' } },
    ],
    [
      'of a task in a state that nobody knows',
      `{"taskId": "${TASK}", "taskStatus": "HALTED"}`,
      { state: 'UNKNOWN', progress: { taskId: TASK } },
    ],
    [
      'that contradicts itself',
      `{"taskId": "${TASK}", "taskStatus": "SUCCESS", "errors": [{"message": "no"}]}`,
      { state: 'UNKNOWN', progress: { taskId: TASK } },
    ],
  ])('%s', async (_, reply, expected) => {
    expect(await answered(reply)).toMatchObject(expected);
  });

  it('is passed on without ids of others, markup, traces, or more than 300 characters', async () => {
    const message = async (text: string) =>
      ((await answered([400, error(text)])) as { failure: { message: string } }).failure.message;
    expect(await message(`Clashes with ${SUB_ORG} and ${FIXED}.`)).toBe(
      `Clashes with (withheld) and ${FIXED}.`,
    );
    expect(await message('two\n  lines\u0007')).toBe('two lines');
    expect(await message('x'.repeat(1000))).toHaveLength(300);
    for (const internal of [
      '<p>no</p>',
      'NullPointerException',
      'at com.cloudops.Billing.update(Billing.java:7)',
      'see https://internal.example/x',
      'no route to 10.0.0.7',
      'select a from b',
    ]) {
      expect(await message(internal)).toBe('CloudMC refused the request.');
    }
  });

  it('of a creation that is no commitment, or not the one asked for, proves nothing', async () => {
    for (const reply of [
      '{"data": {}}',
      one(fixed({ id: `"${NEW_ID}"`, organization: `{"id": "${SUB_ORG}"}` })),
      one(fixed()),
    ]) {
      const { send } = await open({ [LIST]: listOf(fixed()), 'POST /commitments': reply });
      expect((await send(create(FIXED_FIELDS))).step).toMatchObject({ state: 'UNKNOWN' });
    }
    const { send } = await open({ [LIST]: listOf(), 'POST /commitments': [404, '{}'] });
    expect((await send(create(FIXED_FIELDS))).step).toMatchObject({
      failure: { message: 'CloudMC does not permit this change.' },
    });
  });

  it('of success stands, although the commitment cannot be read then', async () => {
    const { send, port } = await open({ [LIST]: [listOf(fixed()), [400, '{}']], [PUT]: TASK_DONE });
    const { step } = await send(change);
    expect(step).toMatchObject({ state: 'SUCCEEDED', references: { taskId: TASK } });
    expect(port.result(organization(), change, (step as { outcome: Json }).outcome)).toEqual(NO_RESULT);
  });

  it('of success to an update of a pre-paid commitment names its successor', async () => {
    const old = fixed({ terminated: 'true', endDate: '"2022-09-01T00:00:00Z"', ...TOUCHED });
    const successor = fixed({ id: `"${NEW_ID}"`, name: '"renamed"', startDate: '"2022-09-01T00:00:00Z"' });
    const { send, port } = await open({
      [LIST]: [listOf(fixed()), listOf(old, successor)],
      [PUT]: TASK_DONE,
    });
    const { step } = await send(change);
    expect(step).toMatchObject({
      state: 'SUCCEEDED',
      externalId: NEW_ID,
      references: { taskId: TASK, newCommitmentId: NEW_ID },
    });
    expect(port.result(organization(), change, (step as { outcome: Json }).outcome)).toMatchObject({
      previousExternalId: FIXED,
      externalId: NEW_ID,
      resourceCommitment: { externalId: NEW_ID, term: { startsOn: '2022-09-01' } },
    });
  });
});

// ---- Looking --------------------------------------------------------------------------------------------------------

describe('a look', () => {
  /** Plans on `before`, sends nothing, and looks at `after`. */
  const seen = async (
    change: ResourceCommitmentChange,
    before: readonly string[],
    after: readonly string[],
    more: Script = {},
    progress: Json = null,
    sentAgoMs = TASKS_ARE_OVER,
  ) => {
    const single = (rows: readonly string[]): Reply => {
      const row = rows.find((text) => text.includes(`"id": "${FIXED}", "terminated"`));
      return row === undefined ? [404, '{}'] : one(row);
    };
    const { plan, look, calls, writes, port } = await open({
      [LIST]:
        change.kind === 'RESOURCE_COMMITMENT_CREATE' || change.kind === 'RESOURCE_COMMITMENT_UPDATE'
          ? [listOf(...before), listOf(...after)]
          : listOf(...after),
      [GET]: [single(before), single(after)],
      ...more,
    });
    const planned = await plan(change);
    const found = await look(change, planned, { progress, sentAgoMs });
    expect(writes()).toEqual([]);
    return { found, port, calls };
  };
  const state = async (...given: Parameters<typeof seen>) => (await seen(...given)).found.state;

  it('at a creation', async () => {
    const change = create({ ...FIXED_FIELDS, name: 'new' });
    const made = (changes: Record<string, string> = {}) =>
      fixed({
        id: `"${NEW_ID}"`,
        name: '"new"',
        startDate: '"2022-06-01T00:00:00Z"',
        committedProducts: `[{"id": "p", "product": {"id": "${OTHER_PRODUCT}"}, "committedAmount": 1000}]`,
        ...changes,
      });
    const again = made({ id: `"${OTHER_PRODUCT}"` });
    const { found, port } = await seen(change, [fixed()], [fixed(), made()]);
    expect(found).toMatchObject({ state: 'SUCCEEDED', externalId: NEW_ID });
    expect(port.result(organization(), change, (found as { outcome: Json }).outcome)).toMatchObject({
      externalId: NEW_ID,
      resourceCommitment: { name: 'new' },
    });
    expect(await state(change, [fixed()], [fixed()])).toBe('NOT_APPLIED');
    // One like it that was there before is not it.
    expect(await state(change, [made()], [made()])).toBe('NOT_APPLIED');
    // Somebody else's, that has nothing to do with it.
    expect(await state(change, [], [fixed()])).toBe('NOT_APPLIED');
    expect(await state(change, [], [made(), again])).toBe('UNKNOWN');
    expect(await state(change, [], [made({ fixedPrice: '501' })])).toBe('UNKNOWN');
    expect(await state(change, [], [made({ terminated: 'true' })])).toBe('UNKNOWN');
    expect(await state(change, [], [made({ startDate: '7' })])).toBe('UNKNOWN');
    expect(await state(change, [], ['{}'])).toBe('UNKNOWN');
  });

  it('at an update', async () => {
    const change = update({ name: 'renamed' });
    expect((await seen(change, [fixed()], [RENAMED])).found).toMatchObject({
      state: 'SUCCEEDED',
      externalId: FIXED,
      after: { commitment: { name: 'renamed' }, ids: [FIXED] },
    });
    expect((await seen(change, [fixed()], [fixed()])).found).toMatchObject({
      state: 'NOT_APPLIED',
      after: { commitment: { name: 'fixed price commitment' } },
    });
    // Somebody else: another name, another price, or touched and changed back.
    for (const members of [{ name: '"theirs"' }, { name: '"renamed"', fixedPrice: '1.0' }, {}]) {
      const { found } = await seen(change, [fixed()], [fixed({ ...members, ...TOUCHED })]);
      expect(found).toMatchObject({ state: 'UNKNOWN', after: { commitment: { id: FIXED } } });
    }
    expect(await state(change, [fixed()], [])).toBe('UNKNOWN');
  });

  it('at an update of a pre-paid commitment', async () => {
    const change = update({ name: 'renamed' });
    const old = fixed({ terminated: 'true', endDate: '"2022-09-01T00:00:00Z"', ...TOUCHED });
    const successor = (changes: Record<string, string> = {}) =>
      fixed({ id: `"${NEW_ID}"`, name: '"renamed"', startDate: '"2022-09-01T00:00:00Z"', ...changes });
    const { found, port } = await seen(change, [fixed()], [old, successor()]);
    expect(found).toMatchObject({
      state: 'SUCCEEDED',
      externalId: NEW_ID,
      references: { newCommitmentId: NEW_ID },
    });
    expect(port.result(organization(), change, (found as { outcome: Json }).outcome)).toMatchObject({
      previousExternalId: FIXED,
      externalId: NEW_ID,
    });
    expect(await state(change, [fixed()], [old])).toBe('UNKNOWN');
    expect(await state(change, [fixed()], [old, successor({ fixedPrice: '1' })])).toBe('UNKNOWN');
    expect(await state(change, [fixed()], [old, successor(), successor({ id: `"${TASK}"` })])).toBe(
      'UNKNOWN',
    );
    expect(await state(change, [fixed()], [fixed(), successor()])).toBe('UNKNOWN');
    // It was there before, and so is nobody's successor.
    expect(await state(change, [fixed(), successor()], [old, successor()])).toBe('UNKNOWN');
  });

  it('at a termination', async () => {
    const change = terminate('2022-09-01');
    const ended = (endDate: string) => fixed({ terminated: 'true', endDate: `"${endDate}"`, ...TOUCHED });
    for (const end of ['2022-09-01T00:00:00Z', '2022-08-31T23:59:59Z']) {
      expect((await seen(change, [fixed()], [ended(end)])).found).toMatchObject({
        state: 'SUCCEEDED',
        after: { commitment: { isTerminated: true } },
      });
    }
    expect(await state(change, [fixed()], [fixed()])).toBe('NOT_APPLIED');
    expect(await state(change, [fixed()], [ended('2022-10-01T00:00:00Z')])).toBe('UNKNOWN');
    expect(await state(change, [fixed()], [fixed({ endDate: '"2022-09-01T00:00:00Z"' })])).toBe('UNKNOWN');
    expect(await state(change, [fixed()], [])).toBe('UNKNOWN');
  });

  it('at a deletion', async () => {
    const { found, calls } = await seen(remove(), [fixed()], []);
    expect(found).toMatchObject({ state: 'SUCCEEDED', after: { commitment: null, ids: null } });
    // Not on the word of a 404 alone: a key without rights gets the same.
    expect(calls.map(({ route }) => route)).toEqual([GET, GET, LIST]);
    expect(await state(remove(), [fixed()], [fixed()])).toBe('NOT_APPLIED');
    expect(await state(remove(), [fixed()], [RENAMED])).toBe('NOT_APPLIED');
    const notSeen = (list: Reply) => seen(remove(), [fixed()], [], { [LIST]: list });
    for (const list of [[403, '{}'] as const, listOf(fixed()), listOf('{}'), [500, '{}'] as const]) {
      await expect(notSeen(list)).rejects.toMatchObject({ name: 'SourceError' });
    }
  });

  it('proves nothing by what is not to be seen, while a task may still do it', async () => {
    for (const change of [update({ name: 'renamed' }), terminate('2022-09-01'), remove()]) {
      for (const [sentAgoMs, verdict] of [
        [0, 'UNKNOWN'],
        [30 * 60_000, 'UNKNOWN'],
        [TASKS_ARE_OVER, 'NOT_APPLIED'],
      ] as const) {
        const { found } = await seen(change, [fixed()], [fixed()], {}, null, sentAgoMs);
        expect(found.state, `${change.kind} after ${sentAgoMs}`).toBe(verdict);
      }
    }
    // A creation is done when it is answered.
    const made = await seen(create({ ...FIXED_FIELDS, name: 'new' }), [fixed()], [fixed()], {}, null, 0);
    expect(made.found.state).toBe('NOT_APPLIED');
  });

  it('follows the task as long as CloudMC remembers it', async () => {
    const change = update({ name: 'renamed' });
    const progress = { taskId: TASK };
    const task = (reply: Reply, after = fixed()) =>
      seen(change, [fixed()], [after], { [GET_TASK]: reply }, progress);
    expect((await task(TASK_PENDING)).found).toMatchObject({ state: 'PENDING', progress });
    expect(
      (await task(`{"taskId": "${TASK}", "taskStatus": "SUCCESS", "result": {}}`, RENAMED)).found,
    ).toMatchObject({
      state: 'SUCCEEDED',
      after: { commitment: { name: 'renamed' } },
    });
    const failed = `{"taskId": "${TASK}", "taskStatus": "FAILED", "errors": [{"code": 1, "message": "Too late."}]}`;
    expect((await task(failed)).found).toMatchObject({
      state: 'FAILED',
      failure: { code: 'REFUSED', message: 'Too late.' },
    });
    // Forgotten, or another's: the commitment tells.
    expect((await task([404, '{}'], RENAMED)).found.state).toBe('SUCCEEDED');
    expect((await task([404, '{}'])).found.state).toBe('NOT_APPLIED');
    expect((await task('{"taskId": "other", "taskStatus": "SUCCESS"}')).found.state).toBe('NOT_APPLIED');
    // There, and not understood: it may do it yet.
    const halted = `{"taskId": "${TASK}", "taskStatus": "HALTED"}`;
    expect((await task(halted)).found.state).toBe('UNKNOWN');
    expect((await task(halted, RENAMED)).found.state).toBe('SUCCEEDED');
    await expect(task([400, '{}'])).rejects.toMatchObject({ name: 'SourceError' });
  });

  it('never asks for a task whose name could climb', async () => {
    const { found, calls } = await seen(
      update({ name: 'renamed' }),
      [fixed()],
      [fixed()],
      {},
      { taskId: '../x' },
    );
    expect(found.state).toBe('NOT_APPLIED');
    expect(calls.map(({ route }) => route)).toEqual([LIST, LIST]);
  });
});

it('reads a change back on its own, past what is kept', async () => {
  const { plan, look, calls } = await open({ [GET]: [sample('get'), one(fixed({ terminated: 'true' }))] });
  const change = terminate('2022-09-01');
  const planned = await plan(change);
  await look(change, planned);
  expect(calls.map(({ route }) => route)).toEqual([GET, GET]);
});
