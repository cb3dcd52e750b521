/**
 * No digit of an amount is lost or added on its way: more than 100,000 generated amounts, served as JSON numbers over
 * HTTP, go through adapter, domain and graph and come back as the strings that text arithmetic expects, and from there
 * through the `Decimal` scalar once more. Far beyond 2^31 cents and 2^53, with up to 20 decimals, with zero, minus
 * zero, negative amounts, trailing zeros and exponents, in currencies of no, two and three decimals.
 */
import { isScalarType } from 'graphql';
import { afterAll, describe, expect, it } from 'vitest';
import { createSchema } from '../../src/graph/resolvers.js';
import {
  amountFrom,
  NOTORIOUS,
  printed,
  randomFrom,
  spell,
  twelfth,
  type Exact,
} from '../support/exact-amounts.js';
import { startGateway } from '../support/gateway.js';
import { startPlainServer, type PlainRoutes } from '../support/plain-server.js';

/** With the decimals that ISO 4217 gives them. */
const CURRENCIES = { USD: 2, JPY: 0, KWD: 3 } as const;
type Currency = keyof typeof CURRENCIES;
const EACH = Object.keys(CURRENCIES) as Currency[];
const uuidOf = (currency: Currency) => `00000000-0000-4000-8000-00000000000${EACH.indexOf(currency) + 1}`;

const schema = createSchema();

/** A string of an answer as a variable of the next request would be read, and printed once more. */
function thereAndBack(text: string): unknown {
  const type = schema.getType('Decimal');
  if (!isScalarType(type)) throw new TypeError('Decimal is no scalar');
  return type.serialize(type.parseValue(text));
}

const counts = { generated: 0, beyond31: 0, beyond53: 0, minusZero: 0, exponent: 0, compared: 0 };

/** Collects what is expected where, so that a hundred thousand comparisons are one assertion. */
class Expectations {
  readonly #wrong: string[] = [];
  readonly #random;

  constructor(seed: number) {
    this.#random = randomFrom(seed);
  }

  /** `count` amounts: the notorious ones first, then random ones. */
  amounts(count: number, mostDecimals: number): Exact[] {
    return Array.from({ length: count }, (_, index) => {
      const units = NOTORIOUS[index];
      const amount =
        units === undefined
          ? amountFrom(this.#random, mostDecimals)
          : { units, scale: this.#random(mostDecimals + 1) };
      const size = (amount.units < 0n ? -amount.units : amount.units) / 10n ** BigInt(amount.scale);
      counts.generated += 1;
      if (size > 2n ** 31n) counts.beyond31 += 1;
      if (size > 2n ** 53n) counts.beyond53 += 1;
      return amount;
    });
  }

  spell(amount: Exact): string {
    const text = spell(amount, this.#random);
    if (text.startsWith('-') && amount.units === 0n) counts.minusZero += 1;
    if (/e/i.test(text)) counts.exponent += 1;
    return text;
  }

  compare(answer: unknown, amount: Exact, leastDecimals: number): void {
    counts.compared += 1;
    const expected = printed(amount, leastDecimals);
    if (answer !== expected) this.#wrong.push(`${String(answer)} instead of ${expected}`);
    const returned = typeof answer === 'string' ? thereAndBack(answer) : undefined;
    if (returned !== printed(amount)) this.#wrong.push(`${String(returned)} out of ${String(answer)}`);
  }

  compareMoney(answer: MoneyAnswer, amount: Exact, currency: Currency): void {
    if (answer?.currency !== currency) this.#wrong.push(`currency of ${JSON.stringify(answer)}`);
    this.compare(answer?.amount, amount, CURRENCIES[currency]);
  }

  verify(): void {
    expect(this.#wrong.slice(0, 10)).toEqual([]);
  }
}

async function ask(routes: PlainRoutes, document: string) {
  await using server = await startPlainServer(routes);
  const patient = { timeoutMs: 60_000 };
  await using gateway = await startGateway({
    backends: {
      commitmentManager: { url: `${server.url}/cm`, bearerToken: 'not-a-real-token', ...patient },
      salesforce: { url: server.url, accessToken: 'not-a-real-token', ...patient },
      monetizenow: { url: server.url, apiKey: 'not-a-real-key', ...patient },
      cloudmc: { url: `${server.url}/cloudmc`, apiKey: 'not-a-real-key', ...patient },
    },
    accounts: EACH.map((currency) => ({
      slug: currency.toLowerCase(),
      name: currency,
      currency,
      commitmentManager: { organizationId: uuidOf(currency) },
      salesforce: {},
      monetizenow: { accountId: `acct_${currency}` },
      cloudmc: { organizationId: uuidOf(currency) },
    })),
    clock: () => Date.parse('2026-11-21T12:00:00Z'),
  });
  const { data, errors } = await gateway.query(document);
  expect(errors).toEqual([]);
  return data.organization;
}

type MoneyAnswer = { readonly amount: string; readonly currency: string } | null;
interface InvoiceAnswer {
  readonly externalId: string;
  readonly [member: string]: unknown;
}

/** `list` in pieces of `size`. */
function chunks<Item>(list: readonly Item[], size: number): Item[][] {
  return Array.from({ length: list.length / size }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}

const padded = (index: number) => String(index).padStart(4, '0');

describe.each(EACH)('amounts in %s', (currency) => {
  const slug = currency.toLowerCase();
  const seed = 1 + EACH.indexOf(currency);

  it('counted in cents: Commitment Manager, 60 months with 276 lines of usage each', async () => {
    const MONTHS = 60;
    const MEMBERS = ['invoiced_amount', 'committed_amount', 'usage_amount', 'shortfall_amount'];
    const LINES = 276;
    const expectations = new Expectations(seed);
    const rows = chunks(expectations.amounts(MONTHS * (MEMBERS.length + LINES), 0), MEMBERS.length + LINES);
    const body = rows.map((cents, index) => {
      const month = `${2021 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
      const members = MEMBERS.map((name, i) => `"${name}": ${expectations.spell(cents[i]!)}`);
      const lines = cents
        .slice(MEMBERS.length)
        .map((one) => `{"name": "x", "amount": ${expectations.spell(one)}}`);
      return `{"period": "${month}", "currency": "${currency}", ${members.join()}, "usage": [${lines.join()}]}`;
    });
    const { billingHistory } = await ask(
      {
        [`GET /cm/organizations/${uuidOf(currency)}/billing/history`]: { body: `{"data": [${body.join()}]}` },
      },
      `{ organization(slug: "${slug}") {
        billingHistory(range: { startsOn: "2021-01-01", endsBefore: "2026-01-01" }, includeUsage: true) {
          invoiced { ...M } committed { ...M } used { ...M } shortfall { ...M } usage { amount { ...M } }
        }
      } } fragment M on Money { amount currency }`,
    );
    expect(billingHistory).toHaveLength(MONTHS);
    rows.forEach((cents, index) => {
      const { invoiced, committed, used, shortfall, usage } = billingHistory[index];
      const answers = [
        invoiced,
        committed,
        used,
        shortfall,
        ...usage.map(({ amount }: { amount: unknown }) => amount),
      ];
      expect(answers).toHaveLength(cents.length);
      cents.forEach(({ units }, i) => {
        expectations.compareMoney(answers[i], { units, scale: 2 }, currency);
      });
    });
    expectations.verify();
  });

  it('with decimals of their own: CloudMC, 60 commitments with 280 products each', async () => {
    const COMMITMENTS = 60;
    const PRODUCTS = 280;
    const expectations = new Expectations(10 + seed);
    const rows = chunks(expectations.amounts(COMMITMENTS * (1 + PRODUCTS), 20), 1 + PRODUCTS);
    const idOf = (index: number) => `10000000-0000-4000-8000-00000000${padded(index)}`;
    const body = rows.map(([fixedPrice, ...prices], index) => {
      const products = prices.map(
        (price) =>
          `{"id": "p", "product": {"id": "q"}, "fixedRateReferencePrice": ${expectations.spell(price)},
            "committedAmount": ${expectations.spell(price)}}`,
      );
      return `{"id": "${idOf(index)}", "organization": {"id": "${uuidOf(currency)}"}, "terminated": false,
        "pricingMethod": "FIXED_PRICE", "fixedPrice": ${expectations.spell(fixedPrice!)},
        "committedProducts": [${products.join()}]}`;
    });
    const { commitments } = await ask(
      { 'GET /cloudmc/commitments': { body: `{"data": [${body.join()}]}` } },
      `{ organization(slug: "${slug}") { commitments(first: 100, filter: { sources: [CLOUDMC] }) {
        nodes { externalId committed { amount currency } ... on ResourceCommitment { fixedPrice }
          products { referencePrice committedQuantity } }
      } } }`,
    );
    expect(commitments.nodes.map(({ externalId }: { externalId: string }) => externalId)).toEqual(
      rows.map((_, index) => idOf(index)),
    );
    rows.forEach(([fixedPrice, ...prices], index) => {
      const node = commitments.nodes[index];
      expectations.compareMoney(node.committed, fixedPrice!, currency);
      expectations.compare(node.fixedPrice, fixedPrice!, 0);
      expect(node.products).toHaveLength(prices.length);
      prices.forEach((price, i) => {
        expectations.compare(node.products[i].referencePrice, price, 0);
        // The same number in another spelling.
        expectations.compare(node.products[i].committedQuantity, price, 0);
      });
    });
    expectations.verify();
  });

  it('of contracts and their invoices: MonetizeNow', async () => {
    const MEMBERS = [
      'amount',
      'amountWithoutTax',
      'amountWithoutDiscount',
      'discount',
      'tax',
      'amountDue',
      'amountPaid',
      'amountCredited',
    ];
    const expectations = new Expectations(20 + seed);
    const values = expectations.amounts(100, 10);
    const invoices = chunks(expectations.amounts(100 * MEMBERS.length, 10), MEMBERS.length);
    const page = (rows: readonly string[]) => ({
      body: `{"content": [${rows.join()}], "totalElements": ${rows.length}, "totalPages": 1}`,
    });
    const { contracts, first } = await ask(
      {
        [`GET /api/accounts/acct_${currency}/contracts`]: page(
          values.map(
            (value, index) =>
              `{"id": "ctrct_${padded(index)}", "accountId": "acct_${currency}", "currency": "${currency}",
                "totalValue": ${expectations.spell(value)}}`,
          ),
        ),
        [`GET /api/accounts/acct_${currency}/invoices`]: page(
          invoices.map((amounts, index) => {
            const members = MEMBERS.map((name, i) => `"${name}": ${expectations.spell(amounts[i]!)}`);
            return `{"id": "invce_${padded(index)}", "currency": "${currency}", ${members.join()}}`;
          }),
        ),
      },
      `{ organization(slug: "${slug}") {
        contracts(first: 100) { nodes { totalValue { ...M } } }
        first: contracts(first: 1) { nodes { invoices(first: 100) {
          nodes { externalId ${MEMBERS.map((name) => `${name} { ...M }`).join(' ')} }
        } } }
      } } fragment M on Money { amount currency }`,
    );
    expect(contracts.nodes).toHaveLength(100);
    values.forEach((value, index) => {
      expectations.compareMoney(contracts.nodes[index].totalValue, value, currency);
    });
    const { nodes } = first.nodes[0].invoices as { nodes: readonly InvoiceAnswer[] };
    const byId = new Map(nodes.map((node) => [node.externalId, node]));
    expect(byId.size).toBe(100);
    invoices.forEach((amounts, index) => {
      MEMBERS.forEach((name, i) => {
        expectations.compareMoney(
          (byId.get(`invce_${padded(index)}`)?.[name] ?? null) as MoneyAnswer,
          amounts[i]!,
          currency,
        );
      });
    });
    expectations.verify();
  });

  it('of orders and their twelfths: Salesforce', async () => {
    const expectations = new Expectations(30 + seed);
    const values = expectations.amounts(100, 10);
    const records = values.map(
      (value, index) => `{"Id": "a1B00000000${padded(index)}", "Commit_Cycle__c": "Annual",
        "Min_Monthly_Commit__c": ${expectations.spell(value)},
        "Mission_Control_Account__r": {"Organization_ID__c": "${uuidOf(currency)}"}}`,
    );
    const { serviceOrders } = await ask(
      {
        'GET /services/data/v59.0/query': {
          body: `{"totalSize": ${records.length}, "done": true, "records": [${records.join()}]}`,
        },
      },
      `{ organization(slug: "${slug}") { serviceOrders(first: 100) {
        nodes { amount committed { amount currency } monthlyMinimum { amount currency } }
      } } }`,
    );
    expect(serviceOrders.nodes).toHaveLength(100);
    values.forEach((value, index) => {
      const { amount, committed, monthlyMinimum } = serviceOrders.nodes[index];
      expectations.compare(amount, value, 0);
      expectations.compareMoney(committed, value, currency);
      expectations.compareMoney(monthlyMinimum, twelfth(value, CURRENCIES[currency]), currency);
    });
    expectations.verify();
  });
});

afterAll(() => {
  expect(counts.generated).toBeGreaterThan(100_000);
  expect(counts.compared).toBeGreaterThan(counts.generated);
  expect(counts.beyond31).toBeGreaterThan(50_000);
  expect(counts.beyond53).toBeGreaterThan(25_000);
  expect(counts.minusZero).toBeGreaterThan(10);
  expect(counts.exponent).toBeGreaterThan(10_000);
});
