/**
 * Values that money, currencies and days are not: refused where they enter, with a code, and nothing is asked of any
 * backend. Ids, paths and texts for queries are in `bad-input.test.ts`.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSandboxedGateway, type SandboxedGateway } from '../support/sandboxed-gateway.js';

let over: SandboxedGateway;
beforeAll(async () => {
  over = await startSandboxedGateway({ isWritable: true });
});
afterAll(() => over[Symbol.asyncDispose]());
afterEach(() => {
  const calls = Object.values(over.calls()).flat();
  over.forgetCalls();
  expect(calls).toEqual([]);
});

const CREATE = `mutation ($input: ResourceCommitmentCreateInput!) {
  resourceCommitmentCreate(input: $input) { operation { id } userErrors { code path } }
}`;
const PREFLIGHT = `query ($change: PreflightChangeInput!) {
  organization(slug: "sleepyco") { preflight(change: $change) { verdict } }
}`;

async function expectRefused(document: string, variables: object, what: RegExp): Promise<void> {
  const { status, data, errors } = await over.query(document, variables);
  expect([status, data ?? null]).toEqual([400, null]);
  expect(errors.length).toBeGreaterThan(0);
  for (const { message, extensions } of errors) {
    expect([extensions.code, extensions.retryable]).toEqual(['BAD_USER_INPUT', false]);
    expect(message).toMatch(what);
    expect(message).not.toMatch(/\bat \S+\(|node_modules|Decimal\.js/);
  }
}

const create = (fixedPrice: unknown) => ({
  input: {
    organization: 'sleepyco',
    name: 'x',
    pricingMethod: 'FIXED_PRICE',
    fixedPrice,
    idempotencyKey: 'hostile-values',
  },
});

describe('S77: an amount', () => {
  it.each([
    ['NaN', 'NaN'],
    ['infinite', 'Infinity'],
    ['an exponent beyond all use', '1e400000'],
    ['a number', 0.1],
    ['a whole number', 5],
    ['with separators', '1,000'],
    ['with full-width digits', '１２'],
    ['hexadecimal', '0x10'],
    ['empty', ''],
    ['blank', ' 1'],
    ['with a plus', '+1'],
    ['a list', ['1']],
    ['a truth', true],
    ['a hundred and one digits', '9'.repeat(101)],
  ])('that is %s is refused', async (_, amount) => {
    await expectRefused(CREATE, create(amount), /Decimal|decimal/);
    await expectRefused(PREFLIGHT, { change: { minimum: { amount, currency: 'USD' } } }, /Decimal|decimal/);
  });
});

describe('S78: a currency', () => {
  it.each(['usd', 'US', 'USDT', '', 'U$D', 'ＵＳＤ', '840', 840, null])('%j is refused', async (currency) => {
    await expectRefused(
      PREFLIGHT,
      { change: { minimum: { amount: '1', currency } } },
      /CurrencyCode|ISO 4217/,
    );
  });

  it('that is missing is refused', async () => {
    await expectRefused(PREFLIGHT, { change: { minimum: { amount: '1' } } }, /currency/);
  });
});

describe('S79: a day', () => {
  it.each([
    '2024-02-30',
    '2023-02-29',
    '2024-1-1',
    '99999-01-01',
    '2024-13-01',
    '2024-00-10',
    '20240101',
    '2024-01-01T00:00:00Z',
    0,
    '',
  ])('%j is refused', async (startsOn) => {
    await expectRefused(PREFLIGHT, { change: { startsOn } }, /day that exists|Date/);
  });

  it('the 29th of February of a leap year is one', async () => {
    const { data, errors } = await over.query(PREFLIGHT, {
      change: { startsOn: '2028-02-29', endsBefore: '2029-02-28' },
    });
    expect(errors).toEqual([]);
    expect(data.organization.preflight.verdict).toMatch(/PASS|FAIL|UNKNOWN/);
    over.forgetCalls();
  });
});
