/**
 * Where a commitment and a customer stand, over the sandbox: numbers worked out by hand from what the emulator of billing
 * says, calls counted at the emulators, and what a backend that is down leaves of it.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { clientOf, withKey } from '../support/clients.js';
import { NOW, startSandboxedGateway, type SandboxedGateway } from '../support/sandboxed-gateway.js';

const ALL = 'the-key-of-all';
const OTHER = 'the-key-of-another';
const READER = 'the-key-of-a-reader';

let over: SandboxedGateway;
beforeEach(async () => {
  over = await startSandboxedGateway({
    clock: () => NOW,
    clients: [
      clientOf('all', ALL, '*'),
      clientOf('other', OTHER, ['tessera-bank']),
      { ...clientOf('reader', READER, '*'), scopes: ['commitments:read'] },
    ],
  });
  return () => over[Symbol.asyncDispose]();
});

const ask = (query: string, variables: object = {}, key = ALL) => over.query(query, variables, withKey(key));
const of = (fields: string, slug = 'sleepyco') => `{ organization(slug: "${slug}") { ${fields} } }`;
const usd = (amount: string) => ({ amount, currency: 'USD' });
/** What positions are made of, beside lists. */
const readsOfUsage = () => over.calls()['commitment-manager'].filter((call) => /billing|usage/.test(call));

const MONEY = '{ amount currency }';
const SPEND = `currency startsOn endsBefore state committed ${MONEY} committedToDate ${MONEY} consumed ${MONEY} isComplete
  isEstimated gaps { month reason code seen ${MONEY} } remaining ${MONEY} percent elapsedPercent pace daysLeft
  requiredPerDay ${MONEY} forecast { method expected ${MONEY} low ${MONEY} high ${MONEY} bandPercent assumed knownMonths }
  shortfall ${MONEY} shortfallByMonth ${MONEY} overage ${MONEY}`;
const MONTHS = `months { month state startsOn endsBefore days daysInMonth committed ${MONEY} committedToDate ${MONEY}
  elapsedPercent coveredPercent isKnown consumed ${MONEY} isEstimated gap { reason } expected ${MONEY} shortfall ${MONEY}
  overage ${MONEY} figure { origin used ${MONEY} committed ${MONEY} shortfall ${MONEY} untilAt other ${MONEY} freshness { observedAt } } }`;

// Billing, in cents: June to October of 2026, and what has been used of November.
const USED = [1_392_904n, 1_400_137n, 1_539_841n, 1_690_245n, 1_548_895n];
const RUNNING = 1_121_343n;
const text = (cents: bigint) => `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;
/** Four digits after the point, without zeros at the end. */
const digits = (value: number) => String(Number(value.toFixed(4)));

describe('a minimum commitment', () => {
  it('stands where its months put it', async () => {
    const { data, errors } = await ask(
      of(`commitments(filter: { activeOn: "2026-11-21", sources: [COMMITMENT_MANAGER] }) { nodes { externalId
        position { __typename on state problem ... on MinimumPosition { month { ${SPEND} } term { ${SPEND} ${MONTHS} } sharesUsageWith { id } } } } }`),
    );
    expect(errors).toEqual([]);
    const [{ externalId, position }] = data.organization.commitments.nodes;
    expect(externalId).toBe('cm_7f3b9e2a1c');
    expect(position).toMatchObject({
      __typename: 'MinimumPosition',
      on: '2026-11-21',
      state: 'RUNNING',
      problem: null,
      sharesUsageWith: [],
    });
    const consumed = USED.reduce((sum, each) => sum + each, RUNNING);
    const { months, ...term } = position.term;
    expect(term).toMatchObject({
      currency: 'USD',
      startsOn: '2026-06-01',
      endsBefore: '2027-06-01',
      state: 'RUNNING',
      committed: usd('180000.00'),
      // Five months, and twenty days and a half of thirty.
      committedToDate: usd('85250.00'),
      consumed: usd(text(consumed)),
      isComplete: true,
      gaps: [],
      remaining: usd(text(18_000_000n - consumed)),
      // 173 days and a half of 365.
      elapsedPercent: '47.5342',
      percent: digits(Number(consumed) / 180_000),
      pace: digits(Number(consumed) / 18_000_000 / (173.5 / 365)),
      daysLeft: 192,
      requiredPerDay: usd(text((18_000_000n - consumed + 191n) / 192n)),
      overage: usd('0.00'),
      // June and July fell short, and all that is to come is expected above the minimum.
      shortfallByMonth: usd(text(1_500_000n - USED[0]! + 1_500_000n - USED[1]!)),
    });
    expect(term.forecast.method).toBe('SEASONAL');
    expect(term.forecast.low).toBeNull();
    expect(months.map(({ month }: { month: string }) => month)).toEqual([
      ...['2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11', '2026-12'],
      ...['2027-01', '2027-02', '2027-03', '2027-04', '2027-05'],
    ]);
    expect(months[0]).toMatchObject({
      state: 'OVER',
      days: 30,
      daysInMonth: 30,
      committed: usd('15000.00'),
      elapsedPercent: '100',
      coveredPercent: '100',
      isKnown: true,
      consumed: usd(text(USED[0]!)),
      isEstimated: false,
      expected: usd(text(USED[0]!)),
      shortfall: usd('1070.96'),
      figure: {
        origin: 'BILLING_HISTORY',
        shortfall: usd('1070.96'),
        untilAt: '2026-07-01T00:00:00Z',
        other: null,
      },
    });
    expect(months[5]).toMatchObject({
      state: 'RUNNING',
      committedToDate: usd('10250.00'),
      consumed: usd(text(RUNNING)),
      figure: { origin: 'USAGE' },
    });
    expect(months[6]).toMatchObject({ state: 'TO_COME', consumed: usd('0.00'), figure: null, isKnown: true });
    expect(position.month).toMatchObject({
      committed: usd('15000.00'),
      consumed: usd(text(RUNNING)),
      daysLeft: 10,
    });
  });

  it('that has ended is read back to its first day, and what billing does not tell is a gap and no zero', async () => {
    const { data, errors } = await ask(
      of(`commitments(filter: { sources: [COMMITMENT_MANAGER] }, first: 2) { nodes { externalId position {
        state ... on MinimumPosition { month { currency } term { ${SPEND} } } } } }`),
    );
    expect(errors).toEqual([]);
    const [cancelled, earlier] = data.organization.commitments.nodes;
    // Cancelled on 30 November 2024; billing keeps two years, so that only that month is left of it.
    expect(cancelled.position).toMatchObject({ state: 'ENDED', month: null });
    expect(cancelled.position.term).toMatchObject({
      committed: usd('59666.67'),
      isComplete: false,
      isEstimated: true,
      // 29 days of 30 of what was used in November 2024, 16,454.40.
      consumed: usd('15905.92'),
      remaining: null,
      percent: null,
      pace: null,
      overage: null,
    });
    const gaps = cancelled.position.term.gaps.map(({ month, reason }: { month: string; reason: string }) => [
      month,
      reason,
    ]);
    expect(gaps).toEqual(
      ['2024-06', '2024-07', '2024-08', '2024-09', '2024-10'].map((month) => [month, 'NO_FIGURE']),
    );
    expect(earlier.position.term).toMatchObject({
      committed: usd('144000.00'),
      consumed: usd('189382.65'),
      overage: usd('45382.65'),
      isComplete: true,
      forecast: { method: 'ACTUAL', expected: usd('189382.65') },
    });
    const { calls } = over.sandbox.emulators['commitment-manager']!;
    const history = calls.filter(({ path }) => path.endsWith('/billing/history'));
    // From the first month of the earliest one.
    expect(history.map(({ query }) => Object.values(query).includes('2024-06-01'))).toEqual([true]);
  });

  it('on an earlier day knows nothing of later ones, on a later one nothing more than today', async () => {
    const { data, errors } = await ask(
      of(`commitments(filter: { activeOn: "2026-11-21", sources: [COMMITMENT_MANAGER] }) { nodes { ... on MinimumCommitment {
        then: position(on: "2026-07-31") { on term { consumed ${MONEY} elapsedPercent } month { consumed ${MONEY} } }
        soon: position(on: "2027-01-15") { on state term { consumed ${MONEY} } month { startsOn consumed ${MONEY} } } } } }`),
    );
    expect(errors).toEqual([]);
    const [{ then, soon }] = data.organization.commitments.nodes;
    expect(then.term).toEqual({ consumed: usd(text(USED[0]! + USED[1]!)), elapsedPercent: '16.7123' }); // 61 of 365
    expect(then.month.consumed).toEqual(usd(text(USED[1]!)));
    expect(soon).toMatchObject({ on: '2027-01-15', state: 'RUNNING' });
    expect(soon.month).toEqual({ startsOn: '2027-01-01', consumed: usd('0.00') });
    expect(soon.term.consumed).toEqual(usd(text(USED.reduce((sum, each) => sum + each, RUNNING))));
  });

  it.each(['1989-12-31', '2036-11-22'])('is not told on %s', async (on) => {
    const { errors } = await ask(of(`position(on: "${on}") { on }`));
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(errors[0]?.message).toContain('1990-01-01 to 2036-11-21');
    expect(readsOfUsage()).toEqual([]);
  });
});

describe('committed resources and commitments of contracts', () => {
  it('stand in time, with what was used of them unknown, and read no usage', async () => {
    const { data, errors } = await ask(
      of(`commitments(filter: { activeOn: "2026-11-21", sources: [CLOUDMC, LOGISENSE] }) { nodes { externalId position { __typename state problem
        ... on ResourcePosition { elapsedPercent daysLeft fixedPrice fixedPriceMoney ${MONEY} products { product { sku } committedQuantity consumedQuantity discountPercent } }
        ... on ContractPosition { elapsedPercent daysLeft periodsTotal periodsDone currentPeriod { order } } } } }`),
    );
    expect(errors).toEqual([]);
    const positions = new Map(
      data.organization.commitments.nodes.map((node: { externalId: string; position: unknown }) => [
        node.externalId,
        node.position,
      ]),
    );
    expect(positions.get('52a54cde-0e5d-4168-9827-5967ded6095e')).toMatchObject({
      __typename: 'ResourcePosition',
      state: 'RUNNING',
      elapsedPercent: '72.7397', // 265 days and a half of 365
      daysLeft: 100,
      fixedPrice: '500',
      fixedPriceMoney: usd('500.00'),
      products: [{ committedQuantity: '1000', consumedQuantity: null }],
    });
    expect(positions.get('1')).toEqual({
      __typename: 'ContractPosition',
      state: 'RUNNING',
      problem: null,
      elapsedPercent: '47.5342',
      daysLeft: 192,
      periodsTotal: 2,
      periodsDone: 0,
      currentPeriod: { order: 1 },
    });
    expect(over.calls()['commitment-manager']).toEqual([]);
  });
});

const TOTALS = `on minimum { currency inMonthExternalIds hasOverlaps month { ${SPEND} } agreement { externalIds position { ${SPEND} } } }
  resources { active fixedPrices { total ${MONEY} commitments } withoutCurrency quantities { product { sku } committedQuantity consumedQuantity commitments unstated } }
  contractCommitments isComplete missing { source reason externalId month count code }
  coverage { complete missing sources { source state code } }`;

describe('a customer', () => {
  it('stands where its agreement does; kinds are told apart', async () => {
    const { data, errors } = await ask(of(`position { ${TOTALS} }`));
    expect(errors).toEqual([]);
    const { minimum, resources, contractCommitments, isComplete, missing, coverage } =
      data.organization.position;
    expect(minimum).toHaveLength(1);
    expect(minimum[0]).toMatchObject({
      currency: 'USD',
      inMonthExternalIds: ['cm_7f3b9e2a1c'],
      hasOverlaps: false,
      agreement: {
        externalIds: ['cm_5d378f730b', 'cm_7f3b9e2a1c'],
        position: {
          startsOn: '2025-06-01',
          endsBefore: '2027-06-01',
          committed: usd('324000.00'), // a year at 12,000 and one at 15,000
          consumed: usd(text(USED.reduce((sum, each) => sum + each, RUNNING) + 18_938_265n)),
        },
      },
    });
    expect(resources).toEqual({
      active: 2,
      fixedPrices: [{ total: usd('500.00'), commitments: 1 }],
      withoutCurrency: 0,
      quantities: [
        {
          product: { sku: 'CVM-1M02' },
          committedQuantity: '2000',
          consumedQuantity: null,
          commitments: 2,
          unstated: 0,
        },
      ],
    });
    expect({ contractCommitments, isComplete, missing }).toEqual({
      contractCommitments: 3,
      isComplete: true,
      missing: [],
    });
    expect(coverage).toMatchObject({ complete: true, missing: [] });
  });

  it('costs one call of the billing history and one of usage, whatever is asked of the same day', async () => {
    const { errors } = await ask(
      of(`position { ${TOTALS} } again: position { minimum { currency } }
        commitments { nodes { position { state ... on MinimumPosition { month { percent } term { percent } sharesUsageWith { id } } } } }`),
    );
    expect(errors).toEqual([]);
    expect(readsOfUsage()).toEqual([
      expect.stringMatching(/\/billing\/history$/),
      expect.stringMatching(/\/usage\/2026-11$/),
    ]);
    const counts = Object.entries(over.calls()).map(([name, calls]) => [name, calls.length]);
    expect(Object.fromEntries(counts)).toEqual({
      'commitment-manager': 3,
      salesforce: 0,
      logisense: 1,
      monetizenow: 0,
      cloudmc: 1,
    });
  });

  it.each([
    ['resources { active }', { cloudmc: 1 }],
    ['contractCommitments', { logisense: 1 }],
    ['on', {}],
  ])('asks for `%s` only those who know', async (fields, expected) => {
    const { errors } = await ask(
      of(`position { ${fields} } commitments(filter: { sources: [] }) { nodes { id } }`),
    );
    expect(errors).toEqual([]);
    const counts = Object.entries(over.calls()).filter(([, calls]) => calls.length > 0);
    expect(Object.fromEntries(counts.map(([name, calls]) => [name, calls.length]))).toEqual(expected);
  });

  it('reads no usage where no minimum commitment is about', async () => {
    const { data, errors } = await ask(of(`position(on: "2025-03-10") { ${TOTALS} }`));
    expect(errors).toEqual([]);
    expect(data.organization.position.minimum).toEqual([]);
    expect(readsOfUsage()).toEqual([]);
  });

  it('without usage is told what it lacks, and nothing is zero', async () => {
    over.sandbox.emulators['commitment-manager']!.faults.replace([
      { match: { path: '/billing/history' }, fault: { kind: 'refuse', status: 400 } },
      { match: { path: '/usage/2026-11' }, fault: { kind: 'refuse', status: 400 } },
    ]);
    const { data, errors } = await ask(of(`position { ${TOTALS} }`));
    expect(errors).toHaveLength(2);
    for (const error of errors) {
      expect(error).toMatchObject({
        path: ['organization', 'position'],
        extensions: { code: 'UPSTREAM_REJECTED', source: 'COMMITMENT_MANAGER' },
      });
    }
    const { minimum, isComplete, missing, coverage, resources, contractCommitments } =
      data.organization.position;
    const nothing = {
      consumed: null,
      remaining: null,
      percent: null,
      pace: null,
      overage: null,
      isComplete: false,
    };
    expect(minimum[0].month).toMatchObject({ committed: usd('15000.00'), ...nothing });
    expect(minimum[0].agreement.position).toMatchObject({ committed: usd('324000.00'), ...nothing });
    expect(minimum[0].agreement.position.gaps).toHaveLength(18);
    expect(minimum[0].month.gaps).toEqual([
      { month: '2026-11', reason: 'READ_FAILED', code: 'UPSTREAM_REJECTED', seen: null },
    ]);
    expect(isComplete).toBe(false);
    expect(missing).toHaveLength(18);
    expect(coverage).toMatchObject({ complete: false, missing: ['COMMITMENT_MANAGER'] });
    expect(coverage.sources[0]).toMatchObject({ state: 'PARTIAL', code: 'UPSTREAM_REJECTED' });
    expect({ active: resources.active, contractCommitments }).toEqual({ active: 2, contractCommitments: 3 });
  });

  it.each([
    ['commitment-manager', 'COMMITMENT_MANAGER', 'minimum'],
    ['cloudmc', 'CLOUDMC', 'resources'],
    ['logisense', 'LOGISENSE', 'contractCommitments'],
  ] as const)('with %s down has no number of it', async (name, source, field) => {
    over.sandbox.emulators[name]!.faults.replace([{ fault: { kind: 'refuse', status: 400 } }]);
    const { data, errors } = await ask(of(`position { ${TOTALS} }`));
    expect(errors).toMatchObject([{ path: ['organization', 'position'], extensions: { source } }]);
    const { position } = data.organization;
    expect(position[field]).toBeNull();
    expect(position.isComplete).toBe(false);
    expect(position.missing).toMatchObject([
      { source, reason: 'SOURCE_FAILED', code: expect.stringMatching(/^UPSTREAM_/) },
    ]);
    expect(position.coverage.missing).toEqual([source]);
    const others = ['minimum', 'resources', 'contractCommitments'].filter((other) => other !== field);
    for (const other of others) expect(position[other]).not.toBeNull();
  });
});

describe('what billing says of commitments', () => {
  const manager = () => over.sandbox.emulators['commitment-manager']!.faults;
  const ONE = `commitments(filter: { sources: [COMMITMENT_MANAGER] }) { nodes { externalId position { on state problem
    ... on MinimumPosition { month { currency } term { currency } sharesUsageWith { externalId } } } } }`;

  it('on the same days counts usage once, and says with whom it is shared', async () => {
    // The earlier one goes on for two months more.
    manager().replace([
      {
        match: { path: '/commitments' },
        fault: { kind: 'foreign', replace: '2026-05-31', with: '2026-07-31' },
      },
    ]);
    const { data, errors } = await ask(of(`${ONE} position(on: "2026-06-30") { ${TOTALS} }`));
    expect(errors).toEqual([]);
    const shared = data.organization.commitments.nodes.map(
      ({ externalId, position }: { externalId: string; position: { sharesUsageWith: unknown } }) => [
        externalId,
        position.sharesUsageWith,
      ],
    );
    expect(shared).toEqual([
      ['cm_3001dc4a01', []],
      ['cm_5d378f730b', [{ externalId: 'cm_7f3b9e2a1c' }]],
      ['cm_7f3b9e2a1c', [{ externalId: 'cm_5d378f730b' }]],
    ]);
    const [total] = data.organization.position.minimum;
    expect(total.hasOverlaps).toBe(true);
    expect(total.month).toMatchObject({ committed: usd('27000.00'), consumed: usd(text(USED[0]!)) });
  });

  it('without a first day is no position, and is missing from the totals by name', async () => {
    manager().replace([{ match: { path: '/commitments' }, fault: { kind: 'schema', remove: 'start_date' } }]);
    const { data } = await ask(of(`${ONE} position { ${TOTALS} }`));
    const { commitments, position } = data.organization;
    expect(commitments.nodes).toHaveLength(3);
    for (const node of commitments.nodes) {
      expect(node.position).toMatchObject({ state: 'UNDATED', problem: 'NO_START', month: null, term: null });
    }
    expect(position).toMatchObject({ minimum: [], isComplete: false });
    expect(position.missing).toMatchObject([
      { source: 'COMMITMENT_MANAGER', reason: 'NO_START', externalId: expect.stringMatching(/^cm_/) },
      { reason: 'NO_START' },
      { reason: 'NO_START' },
    ]);
    expect(readsOfUsage()).toEqual([]);
  });
});

it('is told to nobody who may not see the customer, or its usage', async () => {
  const foreign = await ask(of(`position { ${TOTALS} }`), {}, OTHER);
  expect(foreign.data).toEqual({ organization: null });
  const refused = await ask(of('position { on }'), {}, READER);
  expect(refused.status).toBe(403);
  expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  expect(refused.errors[0]?.message).toContain('billing:read');
  expect(over.calls()['commitment-manager']).toEqual([]);
});
