/** Metrics of several processes, as one. */
import { expect, it } from 'vitest';
import type { SourceState } from '../../src/domain/ports.js';
import { createMetrics } from '../../src/observability/metrics.js';
import { createMergedMetrics } from '../../src/observability/metrics-merge.js';
import { createWorkerMetrics } from '../../src/observability/worker-metrics.js';
import { mergeHealth } from '../../src/workers/health.js';
import type { Health } from '../../src/workers/messages.js';

function process_(quotaRemaining: number, breaker: SourceState['breaker'] = 'CLOSED') {
  const state = {
    source: 'CLOUDMC',
    isConfigured: true,
    isReachable: breaker === 'CLOSED',
    callsInFlight: 2,
    callsQueued: 0,
    quotaRemaining,
    breaker,
    unrecognizedValues: 0,
    unknownFields: 0,
    foreignRecords: 0,
    droppedRecords: 0,
  } as unknown as SourceState;
  const metrics = createMetrics({
    isConfigured: () => true,
    states: () => [state],
    journal: () => ({ isWritable: breaker === 'CLOSED', unwritten: 1 }),
    running: () => ({ requests: 1, streams: 0 }),
    unwrittenUsage: () => 0,
  });
  return {
    answer(client: string, times = 1) {
      for (let n = 0; n < times; n += 1) {
        metrics.ended({
          status: 200,
          code: null,
          meter: null,
          answered: { client, document: null, outcome: 'OK', ms: 3, cost: { estimated: 4, actual: 2 } },
        } as Parameters<typeof metrics.ended>[0]);
      }
    },
    // As it arrives.
    report: async () =>
      JSON.parse(JSON.stringify(await metrics.report())) as Awaited<ReturnType<typeof metrics.report>>,
  };
}

const valueOf = (text: string, series: string): number | null => {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? null : Number(line.slice(series.length + 1));
};

it('counters are added up, and never fall when a process ends', async () => {
  const merged = createMergedMetrics();
  const [first, second, third] = [process_(4), process_(4), process_(4)];
  first.answer('portal', 3);
  second.answer('portal', 2);
  second.answer('report');
  merged.take(1, await first.report());
  merged.take(2, await second.report());
  const ok = (client: string) =>
    `commitment_graph_requests_total{client="${client}",document="other",outcome="OK"}`;
  const before = await merged.text([]);
  expect([valueOf(before, ok('portal')), valueOf(before, ok('report'))]).toEqual([5, 1]);
  merged.left(2);
  third.answer('portal', 10);
  merged.take(3, await third.report());
  merged.take(1, await first.report());
  const after = await merged.text([]);
  expect([valueOf(after, ok('portal')), valueOf(after, ok('report'))]).toEqual([15, 1]);
  expect(valueOf(after, 'commitment_graph_request_duration_seconds_count{client="portal"}')).toBe(15);
  expect(valueOf(after, 'commitment_graph_request_duration_seconds_bucket{le="0.005",client="portal"}')).toBe(
    15,
  );
  merged.left(3);
  merged.left(1);
  expect(valueOf(await merged.text([]), ok('portal'))).toBe(15);
});

it('what is there now is added up, or the worst of it, of those that live', async () => {
  const merged = createMergedMetrics();
  merged.take(1, await process_(7).report());
  merged.take(2, await process_(3, 'OPEN').report());
  const own = createWorkerMetrics({ listening: () => 2 });
  own.ended();
  const text = await merged.text(await own.report());
  expect(
    [
      'commitment_graph_requests_in_flight',
      'commitment_graph_upstream_in_flight{source="CLOUDMC"}',
      'commitment_graph_upstream_quota_remaining{source="CLOUDMC"}',
      'commitment_graph_upstream_reachable{source="CLOUDMC"}',
      'commitment_graph_upstream_breaker{source="CLOUDMC",state="OPEN"}',
      'commitment_graph_upstream_breaker{source="CLOUDMC",state="CLOSED"}',
      'commitment_graph_journal_writable',
      'commitment_graph_journal_unwritten',
      'commitment_graph_workers_listening',
      'commitment_graph_worker_ends_total',
    ].map((series) => valueOf(text, series)),
  ).toEqual([2, 4, 3, 1, 1, 1, 0, 2, 2, 1]);
  merged.left(2);
  const without = await merged.text([]);
  expect(valueOf(without, 'commitment_graph_requests_in_flight')).toBe(1);
  expect(valueOf(without, 'commitment_graph_journal_writable')).toBe(1);
});

it('series stay bounded, however many processes come with whatever clients', async () => {
  const merged = createMergedMetrics();
  for (let number = 1; number <= 5; number += 1) {
    const one = process_(1);
    for (let client = 0; client < 150; client += 1) one.answer(`client ${number}-${client}`);
    merged.take(number, await one.report());
    if (number % 2 === 0) merged.left(number);
  }
  const text = await merged.text([]);
  const series = text.split('\n').filter((line) => line.startsWith('commitment_graph_requests_total{'));
  expect(series).toHaveLength(251);
  expect(series.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)).toBe(750);
});

it('health is that of all: reachable by any, writable by all, and the trouble of one', () => {
  const health = (changes: Partial<Health>): Health => ({
    sources: [{ source: 'CLOUDMC', isReachable: null }],
    journal: { isWritable: true, trouble: null, unwritten: 1 },
    budgets: { kept: 'in Redis', trouble: null },
    ...changes,
  });
  expect(mergeHealth([])).toBeNull();
  expect(
    mergeHealth([
      health({ sources: [{ source: 'CLOUDMC', isReachable: false }] }),
      health({
        sources: [{ source: 'CLOUDMC', isReachable: true }],
        journal: { isWritable: false, trouble: 'full: no room', unwritten: 2 },
        budgets: { kept: 'in Redis', trouble: 'Redis: gone' },
      }),
      health({}),
    ]),
  ).toEqual({
    sources: [{ source: 'CLOUDMC', isReachable: true }],
    journal: { isWritable: false, trouble: 'full: no room', unwritten: 4 },
    budgets: { kept: 'in Redis', trouble: 'Redis: gone' },
  });
  expect(mergeHealth([health({ journal: null }), health({ journal: null })])?.journal).toBeNull();
});
