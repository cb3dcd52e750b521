/**
 * Reconciliation through the graph: what is found and how it is told, what it costs upstream, what is remembered, and who
 * may see it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createPortfolio } from '../../src/sandbox/portfolio.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { clientOf, withKey } from '../support/clients.js';
import { startGateway, type Gateway } from '../support/gateway.js';
import { NOW, startSandboxedGateway, TODAY, type SandboxedGateway } from '../support/sandboxed-gateway.js';

const MONEY = '{ amount currency }';
const FINDING = `{
  id state isLasting fields cause causeText severity
  orderExternalId stepExternalId commitmentExternalId orderId commitmentId
  crm { source recordExternalId observedAt changedAt value { unit amount ${MONEY} enteredAmount enteredPer term { startsOn endsBefore } text percent } }
  billing { source recordExternalId observedAt changedAt value { unit amount ${MONEY} term { startsOn endsBefore } text percent } }
  authority { side rule }
  impact { direction perMonth ${MONEY} overTerm ${MONEY} affects { startsOn endsBefore } }
  recommendedAction {
    kind text
    ... on TriggerSyncAction { organization { slug } document variables }
    ... on WaitUntilAction { lookAgainAt }
  }
  firstSeenAt lastSeenAt acknowledgement { by at reason }
}`;
const ONE = `query ($slug: String!) { organization(slug: $slug) { reconciliation {
  organization { slug } at
  comparisons { orderId orderExternalId commitmentExternalId joinedBy states }
  discrepancies ${FINDING} pending ${FINDING} uncompared ${FINDING}
  coverage { complete orders commitments currentState terms }
  summary { organizations discrepancies impact { currency leakageOverTerm ${MONEY} overchargeOverTerm ${MONEY} } counts { state count } unmeasured }
} } }`;
const ALL = `query ($filter: ReconciliationFilter, $first: Int! = 50, $after: String) {
  reconciliation(filter: $filter, first: $first, after: $after) {
    nodes { organization { slug } discrepancies { state cause } pending { state cause } uncompared { state cause } }
    pageInfo { hasNextPage endCursor } totalCount
    coverage { complete missing sources { source state organization { slug } code freshness { stale } } }
    summary { organizations completeOrganizations discrepancies counts { state count } }
  }
}`;
/** Takes what others have just been answered: billing answers ten requests a second. */
const ALL_SOON = ALL.replace(') {', ') @fresh(within: 2000) {');
const ACKNOWLEDGE = `mutation ($input: DiscrepancyAcknowledgeInput!) {
  discrepancyAcknowledge(input: $input) { discrepancy ${FINDING} userErrors { path code message } }
}`;
const WITHDRAW = `mutation ($input: DiscrepancyAcknowledgementWithdrawInput!) {
  discrepancyAcknowledgementWithdraw(input: $input) { discrepancy ${FINDING} userErrors { path code } }
}`;

/** Answers are read by their shape. */
type Shape = any; // eslint-disable-line @typescript-eslint/no-explicit-any

const told = (nodes: Shape[]): string[] =>
  nodes.flatMap(({ organization, discrepancies, pending, uncompared }: Shape) =>
    [...discrepancies, ...pending, ...uncompared].map(
      ({ state, cause }: Shape) => `${organization.slug}: ${state} ${cause}`,
    ),
  );

/** Few, and not one that billing is asked about more often than it allows within a second. */
const SLUGS = [
  ...['brightwell-energy', 'kestrel-media', 'lumiere-sante', 'maple-transit', 'sleepyco', 'solis-agro'],
];
const profiles = createPortfolio({ today: TODAY }).filter(({ slug }) => SLUGS.includes(slug));

const EVERYTHING = [
  'brightwell-energy: ONLY_IN_CRM NEVER_SENT',
  'kestrel-media: ONLY_IN_CRM SEVERAL_ACTIVE_ORDERS',
  'lumiere-sante: SYNC_PENDING CHANGE_ON_ITS_WAY',
  'maple-transit: CRM_AHEAD WEBHOOK_FAILED',
  'solis-agro: CANNOT_COMPARE NOT_LINKED',
];

describe('the customers of the sandbox', () => {
  let over: SandboxedGateway;
  beforeAll(async () => {
    over = await startSandboxedGateway({ isWritable: true, profiles });
  });
  afterAll(() => over[Symbol.asyncDispose]());
  afterEach(() => {
    for (const emulator of Object.values(over.sandbox.emulators)) emulator.faults.clear();
  });

  const one = async (slug: string) => {
    const { data, errors } = await over.query(ONE, { slug });
    expect(errors).toEqual([]);
    return data.organization.reconciliation;
  };

  it('one of them has both values, who is right, what it costs, and the mutation that mends it', async () => {
    const found = await one('maple-transit');
    expect(found.organization.slug).toBe('maple-transit');
    expect(found.coverage).toEqual({
      complete: true,
      orders: 'READ',
      commitments: 'READ',
      currentState: 'READ',
      terms: 'NOT_READ',
    });
    expect(found.discrepancies).toHaveLength(1);
    const [difference] = found.discrepancies;
    expect(difference).toMatchObject({
      state: 'CRM_AHEAD',
      isLasting: true,
      cause: 'WEBHOOK_FAILED',
      causeText: expect.stringMatching(/webhook has failed/),
      authority: { side: 'SALESFORCE', rule: 'RECENT_CHANGE' },
      recommendedAction: { kind: 'TRIGGER_SYNC', organization: { slug: 'maple-transit' } },
      firstSeenAt: expect.stringMatching(/^2026-11-21T12:/),
      acknowledgement: null,
    });
    for (const side of [difference.crm, difference.billing]) {
      expect(side.value.unit).toBe('MAJOR_UNITS_PER_MONTH');
      expect(side.value.amount.currency).toMatch(/^[A-Z]{3}$/);
      expect(side.observedAt).toMatch(/^2026-11-21T12:/);
    }
    expect(difference.crm.value.amount).not.toEqual(difference.billing.value.amount);
    expect(difference.impact.overTerm.amount).toMatch(/^\d+\.\d\d$/);
    expect(found.summary.impact).toHaveLength(1);
    expect(found.summary.counts.find(({ state }: Shape) => state === 'CRM_AHEAD').count).toBe(1);

    const { document, variables } = difference.recommendedAction;
    const synced = await over.query(document, JSON.parse(variables));
    expect(synced.errors).toEqual([]);
    expect(synced.data.organizationSync.userErrors).toEqual([]);
    expect(['PENDING', 'SUCCEEDED']).toContain(synced.data.organizationSync.operation.state);
    const again = await over.query(document, JSON.parse(variables));
    expect(again.data.organizationSync.operation.id).toBe(synced.data.organizationSync.operation.id);
    over.sandbox.emulator('commitment-manager').reset();
  });

  it('all are read with one walk, and billing once for each and again where it is suspicious', async () => {
    over.forgetCalls();
    const { data, errors } = await over.query(ALL);
    expect(errors).toEqual([]);
    const { nodes, coverage, summary, totalCount } = data.reconciliation;
    expect(told(nodes)).toEqual(EVERYTHING);
    expect(totalCount).toBe(6);
    expect(nodes).toHaveLength(6);
    expect(summary).toMatchObject({ organizations: 6, discrepancies: 3 });
    expect(coverage.complete).toBe(true);
    expect(coverage.sources).toHaveLength(12);
    expect(
      coverage.sources.filter(({ freshness }: Shape) => freshness === null).map(({ state }: Shape) => state),
    ).toEqual(coverage.sources.filter(({ state }: Shape) => state === 'NOT_LINKED').map(() => 'NOT_LINKED'));
    const calls = over.calls();
    expect(calls.salesforce.filter((call) => call.includes('/query'))).toHaveLength(calls.salesforce.length);
    expect(calls.salesforce).toHaveLength(1);
    const lists = calls['commitment-manager'].filter((call) => call.endsWith('/commitments'));
    expect(new Set(lists).size).toBe(1);
    const others = calls['commitment-manager'].length - lists.length;
    expect(lists).toHaveLength(6);
    expect(others).toBe(3);
    expect([...calls.logisense, ...calls.monetizenow, ...calls.cloudmc]).toEqual([]);
  });

  it.each<readonly [string, object, readonly string[]]>([
    ['a state', { states: ['ONLY_IN_CRM'] }, EVERYTHING.slice(0, 2)],
    ['several states', { states: ['SYNC_PENDING', 'CANNOT_COMPARE'] }, [EVERYTHING[2]!, EVERYTHING[4]!]],
    ['a cause', { causes: ['NEVER_SENT'] }, EVERYTHING.slice(0, 1)],
    ['customers', { organizations: ['maple-transit', 'acme'] }, EVERYTHING.slice(3, 4)],
    [
      'an amount that nothing reaches',
      { minimumImpact: { amount: '1e50', currency: 'USD' } },
      EVERYTHING.slice(1, 2),
    ],
    ['another currency', { minimumImpact: { amount: '0', currency: 'XTS' } }, EVERYTHING.slice(1, 2)],
    ['no acknowledgement', { acknowledged: false }, EVERYTHING],
    ['an acknowledgement', { acknowledged: true }, []],
  ])('can be narrowed to %s', async (_, filter, wanted) => {
    const { data, errors } = await over.query(ALL_SOON, { filter });
    expect(errors).toEqual([]);
    expect(told(data.reconciliation.nodes)).toEqual(wanted);
    if (!('organizations' in filter)) expect(data.reconciliation.summary.organizations).toBe(6);
  });

  it('can be narrowed to what costs at least so much', async () => {
    const { impact } = (await one('maple-transit')).discrepancies[0];
    const { amount, currency } = impact.overTerm;
    const at = async (least: string) =>
      told(
        (await over.query(ALL_SOON, { filter: { minimumImpact: { amount: least, currency } } })).data
          .reconciliation.nodes,
      );
    expect(await at(amount)).toContain('maple-transit: CRM_AHEAD WEBHOOK_FAILED');
    expect(await at(String(Number(amount) + 1))).not.toContain('maple-transit: CRM_AHEAD WEBHOOK_FAILED');
  });

  it('come on pages of so many customers, each once, also where a filter empties a page', async () => {
    const slugs: string[] = [];
    let after: string | null = null;
    let pages = 0;
    do {
      const { data, errors } = await over.query(ALL_SOON, {
        first: 2,
        after,
        filter: { states: ['CRM_AHEAD', 'ONLY_IN_CRM'] },
      });
      expect(errors).toEqual([]);
      const { nodes, pageInfo, summary } = data.reconciliation;
      slugs.push(...nodes.map(({ organization }: Shape) => organization.slug));
      expect(summary.organizations).toBe(2);
      expect(pageInfo.hasNextPage).toBe(pages < 2);
      after = pageInfo.endCursor;
      pages += 1;
    } while (pages < 3);
    expect(slugs).toEqual(['brightwell-energy', 'kestrel-media', 'maple-transit']);
  });

  it('what cannot be a page is refused before anybody is asked', async () => {
    await using cold = await startSandboxedGateway({ profiles });
    const wrong: readonly (readonly [object, RegExp])[] = [
      [{ first: 0 }, /`first` must be from 1 to 50/],
      [{ first: 51 }, /`first` must be from 1 to 50/],
      [{ after: 'nonsense' }, /`after` is not a cursor/],
      [{ filter: { organizations: Array<string>(101).fill('x') } }, /at most 100/],
    ];
    for (const [variables, message] of wrong) {
      const { errors } = await cold.query(ALL, variables);
      expect(errors[0]?.message).toMatch(message);
      expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
    expect(Object.values(cold.calls()).flat()).toEqual([]);
  });

  // A gateway for each: a breaker that has opened asks nothing, whoever is down.
  it.each([
    ['commitment-manager', 'COMMITMENT_MANAGER'],
    ['salesforce', 'SALESFORCE'],
  ] as const)('nothing is missing from %s when it is down: it cannot be compared', async (side, source) => {
    await using cold = await startSandboxedGateway({ profiles });
    const down = { fault: { kind: 'refuse' as const, status: 503, json: { error: 'down' } } };
    cold.sandbox.emulator(side).faults.replace([down]);
    const { data, errors } = await cold.query(ALL);
    const { summary, coverage } = data.reconciliation;
    expect(summary.discrepancies).toBe(0);
    expect(summary.completeOrganizations).toBe(0);
    expect(coverage.missing).toContain(source);
    const states = summary.counts.filter(({ count }: Shape) => count > 0).map(({ state }: Shape) => state);
    expect(states).toEqual(['CANNOT_COMPARE']);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.length).toBeLessThanOrEqual(5);
    // There would be nothing to compare billing's answers with, but for the one customer that Salesforce does not know.
    if (side === 'salesforce') {
      expect(cold.calls()['commitment-manager']).toEqual(['GET /v2/commitment_manager/webhook/commitments']);
    }
  });

  it('what cannot be acknowledged is told, and changes nothing', async () => {
    const { pending } = await one('lumiere-sante');
    const wrong = async (input: object) => {
      const { data, errors } = await over.query(ACKNOWLEDGE, { input });
      expect(errors).toEqual([]);
      expect(data.discrepancyAcknowledge.discrepancy).toBeNull();
      return data.discrepancyAcknowledge.userErrors.map(
        ({ code, path }: Shape) => `${path.join('.')} ${code}`,
      );
    };
    const discrepancyId = pending[0].id;
    expect(pending[0]).toMatchObject({ isLasting: false, firstSeenAt: null, acknowledgement: null });
    expect(await wrong({ discrepancyId, reason: 'known' })).toEqual(['discrepancyId STATE_NOT_ALLOWED']);
    expect(await wrong({ discrepancyId, reason: ' ' })).toEqual(['reason REQUIRED']);
    expect(await wrong({ discrepancyId, reason: 'x'.repeat(501) })).toEqual(['reason OUT_OF_RANGE']);
    const { errors } = await over.query(ACKNOWLEDGE, { input: { discrepancyId: 'nope', reason: 'known' } });
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('what is remembered', () => {
  let sandbox: Sandbox;
  let folder: string;
  let gateway: Gateway;
  let ahead = 0;
  const started = performance.now();
  const clock = () => NOW + ahead + Math.floor(performance.now() - started);
  const begin = async (store: string | null = join(folder, 'journal.db')) => {
    gateway = await startGateway({
      backends: sandbox.backends,
      accounts: sandbox.directory,
      clock,
      ...(store === null ? {} : { store }),
      clients: [
        clientOf('finance', 'finance-key', '*', ['commitments:write']),
        clientOf('maple', 'maple-key', ['maple-transit'], ['commitments:write']),
        clientOf('reader', 'reader-key', '*'),
      ],
    });
  };
  const ask = (document: string, variables: object, key = 'finance-key') =>
    gateway.query(document, variables, withKey(key));
  const difference = async () => {
    const { data, errors } = await ask(ONE, { slug: 'maple-transit' });
    expect(errors).toEqual([]);
    return data.organization.reconciliation.discrepancies[0];
  };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'reconciliation-'));
    sandbox = await startSandbox({ today: TODAY, clock, profiles });
    await begin();
  });
  afterAll(async () => {
    await gateway[Symbol.asyncDispose]();
    await sandbox.stop();
    rmSync(folder, { recursive: true });
  });

  it('is kept over a restart: since when, and who has acknowledged it and why', async () => {
    const first = await difference();
    expect(first.firstSeenAt).toMatch(/^2026-11-21T12:00:/);
    const done = await ask(ACKNOWLEDGE, {
      input: { discrepancyId: first.id, reason: 'Credit note is on its way.' },
    });
    expect(done.errors).toEqual([]);
    const { acknowledgement } = done.data.discrepancyAcknowledge.discrepancy;
    expect(acknowledgement).toEqual({
      by: 'finance',
      at: expect.stringMatching(/^2026-11-21T12:00:/),
      reason: 'Credit note is on its way.',
    });
    expect(done.data.discrepancyAcknowledge.userErrors).toEqual([]);

    await gateway[Symbol.asyncDispose]();
    ahead += 60_000;
    await begin();
    const later = await difference();
    expect(later).toMatchObject({
      id: first.id,
      firstSeenAt: expect.stringMatching(/^2026-11-21T12:00:/),
      lastSeenAt: expect.stringMatching(/^2026-11-21T12:01:/),
      acknowledgement,
    });
    const narrowed = await ask(ALL, { filter: { acknowledged: true } });
    expect(told(narrowed.data.reconciliation.nodes)).toEqual(['maple-transit: CRM_AHEAD WEBHOOK_FAILED']);

    const back = await ask(WITHDRAW, { input: { discrepancyId: first.id } });
    expect(back.errors).toEqual([]);
    expect(back.data.discrepancyAcknowledgementWithdraw.discrepancy.acknowledgement).toBeNull();
    expect((await difference()).acknowledgement).toBeNull();
  });

  it('is kept of what was only looked at, too', async () => {
    const { data } = await ask(ONE, { slug: 'brightwell-energy' });
    const seenAt = data.organization.reconciliation.discrepancies[0].firstSeenAt;
    await gateway[Symbol.asyncDispose](); // writes what waits
    ahead += 3_600_000;
    await begin();
    const again = await ask(ONE, { slug: 'brightwell-energy' });
    expect(again.data.organization.reconciliation.discrepancies[0].firstSeenAt).toBe(seenAt);
  });

  it('belongs to the customer: others see neither it nor that it is there', async () => {
    const { data } = await ask(ONE, { slug: 'brightwell-energy' });
    const foreign = data.organization.reconciliation.discrepancies[0].id;
    const listed = await ask(ALL, {}, 'maple-key');
    expect(listed.data.reconciliation.nodes.map(({ organization }: Shape) => organization.slug)).toEqual([
      'maple-transit',
    ]);
    expect(listed.data.reconciliation.totalCount).toBe(1);
    const asked = await ask(ALL, { filter: { organizations: ['brightwell-energy'] } }, 'maple-key');
    expect(asked.data.reconciliation.nodes).toEqual([]);
    for (const document of [ACKNOWLEDGE, WITHDRAW]) {
      const input = { discrepancyId: foreign, reason: 'mine now' };
      const refused = await ask(document, { input }, 'maple-key');
      expect(refused.errors).toEqual([]);
      const [payload] = Object.values<Shape>(refused.data);
      expect(payload.userErrors[0].code).toBe('NOT_FOUND');
      expect((await ask(document, { input }, 'reader-key')).errors[0]?.extensions.code).toBe('FORBIDDEN');
    }
    const after = await ask(ONE, { slug: 'brightwell-energy' });
    expect(after.data.organization.reconciliation.discrepancies[0].acknowledgement).toBeNull();
  });

  it('is nothing for a gateway without a store, and says so where it is asked to remember', async () => {
    await gateway[Symbol.asyncDispose]();
    await begin(null);
    const found = await difference();
    expect(found).toMatchObject({ firstSeenAt: null, lastSeenAt: null, acknowledgement: null });
    const refused = await ask(ACKNOWLEDGE, { input: { discrepancyId: found.id, reason: 'known' } });
    expect(refused.errors[0]?.extensions.code).toBe('STORE_UNAVAILABLE');
    expect((await ask(ALL, { filter: { acknowledged: true } })).data.reconciliation.nodes).toEqual([]);
  });
});
