/**
 * The run over a portfolio, as the command makes it: what it finds and what it asks, its quota, going on after it was
 * interrupted, a backend that is down, and what it remembers.
 */
import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/journal/database.js';
import type { FoundDifference } from '../../src/reconciliation/result.js';
import { createDiscrepancyStore } from '../../src/reconciliation/store.js';
import { idOf } from '../../src/domain/reconciliation/memory.js';
import { findings as findingsOf } from './build.js';
import { askedFor, startPlanted, type Told } from './emulators.js';
import { plant, type Expected, type PlantedPortfolio } from './plant.js';
import { readPortfolio } from './portfolio.js';

const SEED = 20_261_121;
const small = plant({ seed: SEED + 7, organizations: 60, planted: 24 });
const DOWN = { fault: { kind: 'refuse' as const, status: 503, json: { error: 'down' } } };

interface ReportShape {
  readonly isComplete: boolean;
  readonly organizations: { total: number; done: number; resumed: number; left: number };
  readonly summary: {
    discrepancies: number;
    organizations: number;
    counts: Record<string, number>;
    impact: readonly Record<string, string>[];
  };
  readonly findings: readonly FoundDifference[];
}

const reportIn = ({ out }: Told) => JSON.parse(out) as ReportShape;

function told(one: FoundDifference): Omit<Expected, 'plant'> {
  const money = (value: { amount: string; currency: string } | null) =>
    value && `${value.amount} ${value.currency}`;
  return {
    slug: one.organization,
    orderId: one.orderId,
    stepId: one.stepId,
    commitmentId: one.commitmentId,
    state: one.state,
    authority: one.authority === null ? 'nobody' : `${one.authority.side} by ${one.authority.rule}`,
    action: one.action.kind,
    direction: one.impact.direction,
    perMonth: money(one.impact.perMonth),
    overTerm: money(one.impact.overTerm),
  };
}

const texts = (found: readonly FoundDifference[]) => found.map((one) => JSON.stringify(told(one))).sort();
const wanted = ({ expected }: PlantedPortfolio) =>
  expected.map(({ plant: _, ...one }) => JSON.stringify(one)).sort();

describe('a run over 2,000 customers with 300 planted differences', () => {
  it('finds all of them and no other, with one walk and no call that could not matter', async () => {
    const portfolio = plant({ seed: SEED, organizations: 2_000, planted: 300 });
    await using planted = await startPlanted(portfolio);
    const run = await planted.run();
    const report = reportIn(run);
    const [found, expected] = [texts(report.findings), wanted(portfolio)];
    expect({
      missed: expected.filter((one) => !found.includes(one)),
      false: found.filter((one) => !expected.includes(one)),
    }).toEqual({ missed: [], false: [] });
    expect(found).toHaveLength(expected.length);
    expect(new Set(report.findings.map(({ organization }) => organization)).size).toBe(300);
    // Some of what was planted cannot be compared.
    expect([run.code, report.isComplete]).toEqual([3, false]);
    expect(report.organizations).toEqual({ total: 2_000, done: 2_000, resumed: 0, left: 0 });

    const orders = portfolio.salesforce.filter(({ object }) => object === 'Service_Order__c').length;
    const queries = planted.salesforce.calls.filter(({ path }) => path.includes('/query'));
    expect(queries).toHaveLength(Math.ceil(orders / 1_000));
    expect(new Set(askedFor(planted)).size).toBe(2_000);
    expect(askedFor(planted)).toHaveLength(2_000);
    const paths = planted.commitmentManager.calls.map(({ path }) => path);
    const states = paths.filter((path) => path.endsWith('/commitment/current')).length;
    const suspicious = new Set(
      report.findings
        .filter(({ fields }) => fields.join() !== 'SIDE')
        .map(({ organization }) => organization),
    ).size;
    expect(states).toBeLessThanOrEqual(suspicious + portfolio.withState.size);
    expect(states).toBeGreaterThan(0);
    expect(run.screen).toMatch(/^2,000 customers: as fast as billing answers\./);
  }, 120_000);
});

describe('the quota', () => {
  it('is kept in every second, and the time that it takes is told', async () => {
    await using planted = await startPlanted(small, { requestsPerSecond: 10, speed: 8 });
    const run = await planted.run();
    expect(texts(reportIn(run).findings)).toEqual(wanted(small));
    expect(run.screen).toMatch(/^60 customers: at least 6 s at 10 requests a second to billing/);
    expect(run.screen).toMatch(/\d+ of 60 customers, \d+ differences, about \d+ s left/);
    const times = planted.commitmentManager.calls.map(({ at }) => at);
    expect(times.length).toBeGreaterThanOrEqual(60);
    const most = Math.max(
      ...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length),
    );
    expect(most).toBeLessThanOrEqual(10);
    expect(most).toBeGreaterThan(3);
  });

  it('can be shared with a gateway that runs', async () => {
    await using planted = await startPlanted(small, { requestsPerSecond: 10, speed: 5 });
    const { screen } = await planted.run({
      rate: 4,
      organization: small.organizations.slice(0, 12).map(({ slug }) => slug),
    });
    expect(screen).toMatch(/^12 customers: at least 3 s at 4 requests a second/);
    const times = planted.commitmentManager.calls.map(({ at }) => at);
    for (const from of times) {
      expect(times.filter((at) => at >= from && at < from + 1_000).length).toBeLessThanOrEqual(4);
    }
  });
});

describe('a run that was interrupted', () => {
  /** Stops it when half is done. */
  const half = async (planted: Awaited<ReturnType<typeof startPlanted>>) => {
    const stop = new AbortController();
    return planted.run(
      {},
      {
        signal: stop.signal,
        onScreen: (text) => {
          if (Number(/(\d+) of 60/.exec(text)?.[1] ?? 0) >= 30) stop.abort();
        },
      },
    );
  };

  it('goes on with the rest, and ends as if nothing had been', async () => {
    await using planted = await startPlanted(small, { requestsPerSecond: 10, speed: 20 });
    const first = await half(planted);
    const interrupted = reportIn(first);
    expect([first.code, interrupted.isComplete]).toEqual([3, false]);
    const { done, left } = interrupted.organizations;
    expect(done).toBeGreaterThanOrEqual(30);
    expect(done).toBeLessThan(60);
    expect(done + left).toBe(60);
    expect(first.screen).toContain('Run it again with --resume');
    expect(statSync(planted.progressPath).mode & 0o077).toBe(0);

    planted.commitmentManager.clearCalls();
    planted.salesforce.clearCalls();
    const second = await planted.run({ resume: true });
    expect(reportIn(second).organizations).toEqual({ total: 60, done: 60, resumed: done, left: 0 });
    expect(texts(reportIn(second).findings)).toEqual(wanted(small));
    expect(askedFor(planted)).toHaveLength(left);
    expect(planted.salesforce.calls.filter(({ path }) => path.includes('/query'))).toHaveLength(1);
    expect(second.screen).toMatch(new RegExp(`^${left} customers are left of 60: at least`));
    expect(() => statSync(planted.progressPath)).toThrow(/ENOENT/);

    await using fresh = await startPlanted(small);
    const whole = reportIn(await fresh.run());
    expect(reportIn(second).summary).toEqual(whole.summary);
  });

  it('reads again what a crash cut off, and begins anew where it cannot go on', async () => {
    await using planted = await startPlanted(small, { requestsPerSecond: 10, speed: 40 });
    const { done } = reportIn(await half(planted)).organizations;
    const { size } = statSync(planted.progressPath);
    truncateSync(planted.progressPath, size - 5);
    const kept = readFileSync(planted.progressPath);
    const resumed = async (options = {}, changes = {}) => {
      writeFileSync(planted.progressPath, kept);
      const stop = new AbortController();
      stop.abort();
      const told = await planted.run({ resume: true, ...options }, { signal: stop.signal, ...changes });
      return { ...told, resumed: told.out === '' ? null : reportIn(told).organizations.resumed };
    };
    expect((await resumed()).resumed).toBe(done - 1);
    expect(await resumed({ resume: false })).toMatchObject({ resumed: 0 });
    expect(await resumed({ organization: [small.organizations[0]!.slug] })).toMatchObject({
      resumed: 0,
      screen: expect.stringContaining('Begins anew: the interrupted run was of other customers'),
    });
    expect(await resumed({}, { isRunning: () => true, pid: 7 })).toMatchObject({
      code: 2,
      screen: expect.stringMatching(/another run \(process 1000001\) is going on/),
    });
    planted.pass(6 * 3_600_000);
    expect(await resumed()).toMatchObject({
      resumed: 0,
      screen: expect.stringContaining('Begins anew: the interrupted run is too old'),
    });
    writeFileSync(planted.progressPath, 'not a line of ours\n');
    expect(await planted.run({ resume: true })).toMatchObject({
      screen: expect.stringContaining('Begins anew: there is no run to go on with'),
      out: expect.stringContaining('"resumed": 0,'),
    });
  });
});

describe('a backend that is down', () => {
  it.each(['commitmentManager', 'salesforce'] as const)(
    '(%s) makes the run incomplete and nothing missing, and is asked again by the next',
    async (side) => {
      await using planted = await startPlanted(small);
      planted[side].faults.replace([DOWN]);
      const first = await planted.run();
      const { counts } = reportIn(first).summary;
      expect(first.code).toBe(3);
      expect(
        Object.entries(counts)
          .filter(([, count]) => count > 0)
          .map(([state]) => state),
      ).toEqual(['CANNOT_COMPARE']);
      expect(new Set(reportIn(first).findings.map(({ cause }) => cause))).toEqual(new Set(['SOURCE_FAILED']));
      expect(reportIn(first).findings).toHaveLength(60);
      if (side === 'salesforce') expect(planted.commitmentManager.calls).toEqual([]);

      planted[side].faults.clear();
      planted[side].clearCalls();
      const second = await planted.run({ resume: true });
      expect(reportIn(second).organizations.resumed).toBe(0);
      expect(texts(reportIn(second).findings)).toEqual(wanted(small));
    },
  );
});

describe('what decides', () => {
  it('shows states, fails on what it is told, and knows wrong words', async () => {
    await using planted = await startPlanted(small);
    const healthy = small.organizations
      .map(({ slug }) => slug)
      .filter((slug) => !small.expected.some((one) => one.slug === slug) && !small.inWindow.has(slug));
    const wrong = (state: string) =>
      small.expected.filter((one) => one.state === state).map(({ slug }) => slug);
    const costly = small.expected.find(
      (one) => one.direction === 'LEAKAGE' && one.state !== 'CANNOT_COMPARE',
    )!;
    const code = async (slugs: readonly string[], options = {}) =>
      (await planted.run({ organization: slugs, ...options })).code;
    expect(await code(healthy)).toBe(0);
    expect(await code([costly.slug])).toBe(1);
    expect(await code([costly.slug], { failOn: 'none' })).toBe(0);
    expect(await code([costly.slug], { failOn: 'money' })).toBe(1);
    expect(await code([costly.slug], { failOn: 'overcharge' })).toBe(0);
    expect(await code([...small.inWindow])).toBe(0);
    const pending = reportIn(
      await planted.run({ organization: [...small.inWindow], state: ['SYNC_PENDING'] }),
    );
    expect(new Set(pending.findings.map((one) => one.organization))).toEqual(small.inWindow);
    expect(await code([costly.slug, wrong('CANNOT_COMPARE')[0]!])).toBe(3);
    expect(await code(['nobody'])).toBe(2);
    const { salesforce: _, ...without } = planted.config.backends;
    const none = await planted.run({}, { config: { ...planted.config, backends: without } });
    expect([none.code, none.screen]).toEqual([
      2,
      'The configuration has no backends.salesforce: there is nothing to compare.\n',
    ]);
  });
});

describe('the memory of a run', () => {
  it('keeps what was seen, and honours what was acknowledged', async () => {
    const [costly] = small.expected.filter((one) => one.state === 'CRM_AHEAD');
    await using planted = await startPlanted(small);
    const store = { kind: 'sqlite' as const, file: join(planted.folder, 'gateway.db') };
    const config = { ...planted.config, store };
    const organization = [costly!.slug];

    const without = await planted.run({ organization }, { config });
    expect(without.code).toBe(1);
    expect(without.screen).toMatch(/^Nothing is remembered of this run.*is not there/);

    const db = await openDatabase(store);
    try {
      expect((await planted.run({ organization }, { config })).code).toBe(1);
      planted.pass(86_400_000);
      const discrepancies = createDiscrepancyStore(db);
      const [id] = (await discrepancies.recall(organization)).keys();
      expect(id).toBeDefined();
      const again = reportIn(await planted.run({ organization }, { config }));
      expect(again.findings.map(({ firstSeenAt }) => firstSeenAt)).toEqual(['2026-11-21T12:00:00Z']);

      const one = plant({ seed: SEED + 7, organizations: 60, planted: 24 });
      const { reconciliations } = await readPortfolio(one);
      const finding = reconciliations.flatMap(findingsOf).find((each) => idOf(each) === id)!;
      await discrepancies.acknowledge(finding, { client: 'finance', at: one.now, reason: '=cmd|calc' });
      const acknowledged = await planted.run(
        { organization, failOn: 'unacknowledged', format: 'csv' },
        { config },
      );
      expect(acknowledged.code).toBe(0);
      expect(acknowledged.out).toContain(",finance,2026-11-21T12:00:00Z,'=cmd|calc,");
    } finally {
      await db.destroy();
    }
  });
});
