/** Metrics of a gateway that runs: what they say, and that nobody can make them grow. */
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { startApp, type App } from '../../src/app.js';
import { loadConfig } from '../../src/config.js';
import type { Answered } from '../../src/domain/usage.js';
import { createLog } from '../../src/observability/log.js';
import { createMeter } from '../../src/observability/meter.js';
import { createMetrics } from '../../src/observability/metrics.js';
import { withKey } from '../support/clients.js';
import { configuration, GATEWAY } from '../support/configuration.js';
import { register } from '../support/documents-folder.js';

let app: App | null = null;
afterEach(async () => {
  await app?.stop();
  app = null;
});

const clientsOf = (...names: readonly string[]) =>
  names
    .map(
      (name) =>
        `- name: ${name}\n  organizations: [sleepyco]\n  keys: [sha256:${createHash('sha256').update(`key-of-${name}`).digest('hex')}]\n`,
    )
    .join('');

async function start(store: string) {
  const config = configuration({
    'gateway.yaml': `${GATEWAY}clients: ./clients.yaml\nstore: ${store}\ndocuments: { mode: log, path: ./docs }\n`,
    'clients.yaml': clientsOf('portal', 'report'),
  });
  register(join(dirname(config), 'docs'), 'portal', '1', [
    { id: 'slugs', body: 'query Slugs { organizations { nodes { slug } } }' },
  ]);
  const running = await startApp({ config: loadConfig(config, {}), log: createLog('silent') });
  app = running;
  return {
    async ask(client: string, body: object) {
      const response = await fetch(`${running.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...withKey(`key-of-${client}`) },
        body: JSON.stringify(body),
      });
      await response.text();
      return response.status;
    },
    async metrics() {
      const response = await fetch(`${running.adminUrl}/metrics`);
      expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
      return response.text();
    },
  };
}

/** The value of a series; `null`: there is none. */
function valueOf(text: string, series: string): number | null {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? null : Number(line.slice(series.length + 1));
}

it('requests, refusals, backends, the journal and the process are told', async () => {
  const { ask, metrics } = await start('sqlite:./data/gateway.db');
  await ask('portal', { documentId: 'slugs' });
  await ask('portal', { documentId: 'slugs' });
  await ask('report', { query: '{ nothing }' });
  expect(await ask('stranger', { query: '{ nothing }' })).toBe(401);
  await ask('portal', { query: '{ organization(slug: "sleepyco") { commitments { nodes { id } } } }' });
  let text = '';
  for (let n = 0; n < 200 && !text.includes('outcome="UPSTREAM'); n += 1) text = await metrics();
  const requests = (client: string, document: string, outcome: string) =>
    valueOf(
      text,
      `commitment_graph_requests_total{client="${client}",document="${document}",outcome="${outcome}"}`,
    );
  expect(requests('portal', 'slugs', 'OK')).toBe(2);
  expect(requests('report', 'other', 'GRAPHQL_VALIDATION_FAILED')).toBe(1);
  expect(requests('portal', 'other', 'UPSTREAM_UNAVAILABLE')).toBe(1);
  expect(valueOf(text, 'commitment_graph_refusals_total{code="UNAUTHENTICATED",status="401"}')).toBe(1);
  expect(valueOf(text, 'commitment_graph_request_duration_seconds_count{client="portal"}')).toBe(3);
  expect(valueOf(text, 'commitment_graph_requests_in_flight')).toBe(0);
  expect(valueOf(text, 'commitment_graph_streams_open')).toBe(0);
  expect(valueOf(text, 'commitment_graph_upstream_requests_total{source="CLOUDMC"}')).toBeGreaterThan(0);
  expect(valueOf(text, 'commitment_graph_upstream_failures_total{source="CLOUDMC"}')).toBe(1);
  expect(valueOf(text, 'commitment_graph_upstream_reachable{source="CLOUDMC"}')).toBe(0);
  const states = ['CLOSED', 'HALF_OPEN', 'OPEN'].map((state) =>
    valueOf(text, `commitment_graph_upstream_breaker{source="CLOUDMC",state="${state}"}`),
  );
  expect(states.reduce<number>((sum, value) => sum + (value ?? 0), 0)).toBe(1);
  expect(text).not.toContain('source="LOGISENSE"');
  expect(valueOf(text, 'commitment_graph_journal_writable')).toBe(1);
  expect(valueOf(text, 'commitment_graph_usage_unwritten')).not.toBeNull();
  expect(valueOf(text, 'process_resident_memory_bytes')).toBeGreaterThan(0);
});

it('without a store, the journal and usage have no series', async () => {
  const { ask, metrics } = await start('none');
  await ask('portal', { documentId: 'slugs' });
  const text = await metrics();
  expect(valueOf(text, 'commitment_graph_journal_writable')).toBeNull();
  expect(valueOf(text, 'commitment_graph_usage_unwritten')).toBeNull();
});

it('S101: 10,000 names of operations, documents and clients make no more series than there are places', async () => {
  const metrics = createMetrics({
    isConfigured: (name) => name === 'portal',
    states: () => [],
    journal: () => null,
    running: () => ({ requests: 0, streams: 0 }),
    unwrittenUsage: () => null,
  });
  const end = (changes: Partial<Answered>) => {
    metrics.ended({
      status: 200,
      code: null,
      meter: createMeter(),
      answered: {
        client: 'portal',
        document: null,
        outcome: 'OK',
        ms: 1,
        cost: { estimated: 2, actual: 1 },
        ...changes,
      },
    });
  };
  const seriesOf = async () =>
    (await metrics.text()).split('\n').filter((line) => line.startsWith('commitment_graph_')).length;

  end({});
  const few = await seriesOf();
  // What a client writes is no label, however it writes it.
  for (let n = 0; n < 10_000; n += 1) {
    end({ document: { kind: 'text', hash: `hash ${n}`, name: `Operation${n}"} 1\nmade_up{x="` } });
  }
  expect(await seriesOf()).toBe(few);
  expect(await metrics.text()).not.toContain('made_up');

  for (let n = 0; n < 10_000; n += 1) end({ client: `token-${n}` });
  const withClients = await seriesOf();
  expect(withClients).toBeLessThan(few + 52 * 20);
  expect(await metrics.text()).toContain('client="other"');

  // Registered documents are bounded as well.
  for (let n = 0; n < 10_000; n += 1) {
    end({ document: { kind: 'registered', id: `id-${n}`, version: '1', name: `Name${n}` } });
  }
  expect(await seriesOf()).toBeLessThanOrEqual(withClients + 1_001);
  for (let n = 0; n < 10_000; n += 1) end({ outcome: `CODE_${n}` });
  expect(await seriesOf()).toBeLessThanOrEqual(withClients + 1_001 + 51);
});
