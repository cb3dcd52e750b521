/**
 * What an operation costs, in points: the price that is named before it runs is explainable, computed once for each
 * document, and never below what it comes to.
 */
import {
  getIntrospectionQuery,
  getNamedType,
  getNullableType,
  getOperationAST,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  parse,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { actualCost, costOf, HIGHEST_PRICE } from '../../src/admission/cost.js';
import { listSizeOf } from '../../src/admission/list-length.js';
import { examplesFor } from '../../src/cli/examples.js';
import { createSchema } from '../../src/graph/resolvers.js';
import { startSandboxedGateway, TODAY } from '../support/sandboxed-gateway.js';

const schema = createSchema();

function priceOf(text: string) {
  const document = parse(text);
  const operation = getOperationAST(document, null);
  if (operation == null) throw new Error('there is no operation, or there are several');
  return costOf(schema).priceOf(document, operation);
}

describe('the price', () => {
  it.each([
    ['one for the operation', '{ __typename }', 1],
    ['one for each object', '{ organization(slug: "a") { name slug } }', 2],
    ['for each item of a page', '{ organizations(first: 7) { nodes { name } } }', 1 + 1 + 7],
    ['the default page', '{ organizations { nodes { name } } }', 1 + 1 + 20],
    ['what is beside the items once', '{ organizations(first: 7) { pageInfo { endCursor } totalCount } }', 3],
    [
      'ten for each call, for each customer',
      '{ organizations(first: 7) { nodes { usage { month } } } }',
      1 + 1 + 7 * (1 + 10 + 1),
    ],
    [
      'pages within pages',
      '{ organizations(first: 3) { nodes { contracts(first: 5) { edges { node { id } } } } } }',
      1 + 1 + 3 * (1 + 10 + 1 + 5 * 2),
    ],
    ['ten for each id', '{ nodes(ids: ["a", "b", "c"]) { id } }', 1 + 3 * 10 + 3],
    [
      'one name of the answer once',
      '{ a: organization(slug: "a") { id } ...F } fragment F on Query { a: organization(slug: "a") { name } }',
      3,
    ],
    ['aliases each', '{ a: organization(slug: "a") { id } b: organization(slug: "a") { id } }', 3],
    [
      'the dearest type where it is not known',
      '{ node(id: "x") { id ... on Organization { accounts { kind } } ... on Contract { invoices(first: 50) { nodes { externalId } } } } }',
      1 + 20 + 1 + 10 + 1 + 50,
    ],
    ['looking at the schema', getIntrospectionQuery(), 101],
  ])('counts %s', (_, text, points) => {
    expect(priceOf(text).of({})).toBe(points);
    expect(priceOf(text).most).toBe(points);
  });

  const PAGED = 'query ($n: Int! = 5) { organizations(first: $n) { nodes { name } } }';
  const IDS = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';

  it.each([
    ['of a variable', PAGED, { n: 3 }, 2 + 3],
    ['of its default', PAGED, {}, 2 + 5],
    ['that nobody may ask for', PAGED, { n: 999_999 }, 2 + 100],
    ['below zero', PAGED, { n: -1e9 }, 2 + 1],
    ['that is no number', PAGED, { n: '7' }, 2 + 100],
    ['that is not a number', PAGED, { n: Number.NaN }, 2 + 100],
    ['null', PAGED, { n: null }, 2 + 100],
    ['that is inherited', PAGED, Object.create({ n: 1 }), 2 + 5],
    ['of a list', IDS, { ids: ['a', 'b'] }, 1 + 20 + 2],
    ['of a list that is too long', IDS, { ids: Array(5_000).fill('a') }, 1 + 1000 + 100],
    ['of a list that is missing', IDS, {}, 1 + 1000 + 100],
  ])('takes a page size %s for what it is, and no longer than a page', (_, text, variables, points) => {
    expect(priceOf(text).of(variables as Record<string, unknown>)).toBe(points);
    expect(priceOf(text).most).toBe(text === PAGED ? 102 : 1101);
  });

  it('S57, S64: of lists in lists is their product, and beyond every limit', () => {
    const bomb = (size: number | string) =>
      `{ organizations(first: ${size}) { nodes { commitments(first: ${size}) { nodes { organization { contracts(first: ${size}) { nodes { invoices(first: ${size}) { nodes { externalId } } } } } } } } } }`;
    expect(priceOf(bomb(100)).of({})).toBeGreaterThan(100 ** 4);
    expect(priceOf(bomb(999_999)).of({})).toBe(priceOf(bomb(100)).of({}));
    expect(priceOf(bomb(-1)).of({})).toBe(priceOf(bomb(1)).of({}));
    const wide = Array.from({ length: 200 }, (_, i) => `a${i}: organization(slug: "a") { usage { month } }`);
    expect(priceOf(`{ ${wide.join(' ')} }`).of({})).toBe(1 + 200 * 12);
  });

  it('S62: of fragments that spread one another is computed once for each, also where page sizes are variables', () => {
    const levels = 40;
    const fragments = Array.from(
      { length: levels },
      (_, i) =>
        `fragment F${i} on Organization { ...F${i + 1} a${i}: commitments(first: $n) { nodes { organization { ...F${i + 1} } } } b${i}: commitments(first: $n) { nodes { organization { ...F${i + 1} } } } }`,
    );
    const text = `query ($n: Int!) { organizations(first: $n) { nodes { ...F0 } } } ${fragments.join(' ')} fragment F${levels} on Organization { id }`;
    // Two to the power of forty, looked at one by one, would not end.
    expect(priceOf(text).of({ n: 100 })).toBe(HIGHEST_PRICE);
    expect(priceOf(text).of({ n: 1 })).toBe(HIGHEST_PRICE);
    expect(priceOf(text).most).toBe(HIGHEST_PRICE);
  });

  it('is the same object for the same operation', () => {
    const document = parse(PAGED);
    const operation = getOperationAST(document, null);
    if (operation == null) throw new Error('there is no operation');
    expect(costOf(schema).priceOf(document, operation)).toBe(costOf(schema).priceOf(document, operation));
    expect(costOf(schema)).toBe(costOf(schema));
  });
});

describe('what came of it', () => {
  it('is one for each object that is there, and ten for each call', () => {
    const data = { a: { b: [{ c: 1 }, null, { d: ['x', 'y'] }], e: null, f: [null, { g: {} }] }, h: 3 };
    expect(actualCost(data, 2)).toBe(1 + 20 + 1 + 2 + 2);
    expect(actualCost(null, 0)).toBe(1);
    expect(actualCost(undefined, 1)).toBe(11);
    expect(actualCost({ s: { types: [{}, {}, {}] } }, 0, new Set(['s']))).toBe(101);
  });
});

describe('the schema', () => {
  it('says for every list of objects how long it may be', () => {
    const composite = Object.values(schema.getTypeMap()).filter(
      (type) => !type.name.startsWith('__') && (isObjectType(type) || isInterfaceType(type)),
    );
    const fields = composite.flatMap((type) =>
      isObjectType(type) || isInterfaceType(type)
        ? Object.values(type.getFields()).map((field) => ({ type, field }))
        : [],
    );
    const sized = new Set(
      fields.flatMap(({ field }) =>
        (listSizeOf(field)?.sized ?? []).map((name) => `${getNamedType(field.type).name}.${name}`),
      ),
    );
    const silent = fields
      .filter(({ field }) => isListType(getNullableType(field.type)))
      .filter(({ field }) => isCompositeType(getNamedType(field.type)))
      .filter(({ type, field }) => listSizeOf(field) === null && !sized.has(`${type.name}.${field.name}`));
    expect(silent.map(({ type, field }) => `${type.name}.${field.name}`)).toEqual([]);
    for (const { type, field } of fields) {
      const size = listSizeOf(field);
      if (size === null) continue;
      const names = field.args.map(({ name }) => name);
      expect(names, `${type.name}.${field.name}`).toEqual(expect.arrayContaining([...size.slicing]));
      expect(size.assumed !== null || size.slicing.length > 0, `${type.name}.${field.name}`).toBe(true);
    }
  });

  it('prices every change', () => {
    const fields = Object.values(schema.getMutationType()?.getFields() ?? {});
    for (const { name, astNode } of fields) {
      expect(
        astNode?.directives?.some((directive) => directive.name.value === 'cost'),
        name,
      ).toBe(true);
    }
  });
});

const DOCUMENTS: readonly (readonly [string, string, object])[] = [
  ...examplesFor('sleepyco', TODAY).map(
    ({ name, query, variables }) => [name, query, JSON.parse(variables ?? '{}') as object] as const,
  ),
  [
    'everything of all customers',
    'query ($n: Int!) { organizations(first: $n) { nodes { name accounts { kind } commitments { nodes { id term { startsOn } products { product { sku } } periods { startsOn } freshness { ageMs } ... on MinimumCommitment { state { syncStatus } serviceOrder { name } } } coverage { sources { state } } } contracts { nodes { id } } serviceOrders { nodes { name rampSteps { amount } minimumCommitment { id } } } } } }',
    { n: 20 },
  ],
  [
    'all commitments',
    '{ commitments(first: 100) { edges { node { id organization { slug } } } coverage { sources { state } } } }',
    {},
  ],
  ['the schema', getIntrospectionQuery(), {}],
  [
    'what is not there',
    '{ organization(slug: "nobody") { commitments { nodes { id } } } node(id: "x") { id } }',
    {},
  ],
];

async function expectPaid(url: string, query: string, variables: object): Promise<void> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'graphql-cost-report': '1',
      'graphql-upstream-report': '1',
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, extensions } = (await response.json()) as {
    data: unknown;
    extensions: {
      cost: { estimated: number; actual: number };
      upstream: Record<string, { sent: number; retried: number }>;
    };
  };
  const { introspections, of } = priceOf(query);
  const { cost, upstream } = extensions;
  let calls = 0;
  for (const { sent, retried } of Object.values(upstream)) calls += sent - retried;
  // Computed anew, because what is charged is never more than the estimate.
  const actual = actualCost(data, calls, introspections);
  expect(cost.estimated).toBe(of(variables as Record<string, unknown>));
  expect(actual).toBeLessThanOrEqual(cost.estimated);
  expect(cost.actual).toBe(actual);
}

describe('the cost report', () => {
  it.each(DOCUMENTS)(
    'of %s: what it came to is not above what was estimated',
    async (_, query, variables) => {
      await using over = await startSandboxedGateway();
      await expectPaid(over.gateway.app.url, query, variables);
    },
  );

  it('of changes: tried, made, made again and followed, they come to no more either', async () => {
    await using over = await startSandboxedGateway({ isWritable: true });
    const product = {
      contractId: 'ctrct_xNE4v9dkjXjorYAM',
      offeringId: 'offer_fYyrKcVaJRgVN7jg',
      productId: 'prod_sVd2qS8nXCP7X1Uf',
      quantity: '11',
    };
    const examples = examplesFor('sleepyco', TODAY, product);
    for (const wanted of ['Try a change', 'Make a change', 'Make a change', 'Follow a change']) {
      const { query = '', variables = '{}' } = examples.find(({ name }) => name === wanted) ?? {};
      await expectPaid(over.gateway.app.url, query, JSON.parse(variables) as object);
    }
  });
});
