/** What is counted, by what: bounded whatever is asked, and nothing twice. */
import { expect, it } from 'vitest';
import { createTally } from '../../src/accounting/tally.js';
import type { Answered } from '../../src/domain/usage.js';

const NOON = Date.UTC(2026, 10, 21, 12);
const DAY = 86_400_000;

function answered(changes: Partial<Answered> = {}): Answered {
  return {
    client: 'portal',
    document: { kind: 'registered', id: 'orders', version: '1.0.0', name: 'Orders' },
    outcome: 'OK',
    ms: 10,
    cost: { estimated: null, actual: null },
    ...changes,
  };
}
const text = (hash: string) => ({ kind: 'text', hash, name: 'Named' }) as const;

it('requests, errors, cost, latency and moments are added up by client, version and document', () => {
  const tally = createTally();
  tally.add(answered({ ms: 10.4, cost: { estimated: 20, actual: 12 } }), NOON);
  tally.add(
    answered({ ms: 30, outcome: 'UPSTREAM_TIMEOUT', cost: { estimated: 20, actual: null } }),
    NOON + 5,
  );
  tally.add(answered({ client: 'other' }), NOON);
  const newer = { kind: 'registered', id: 'orders', version: '1.1.0', name: 'Orders' } as const;
  tally.add(answered({ document: newer }), NOON);
  const rows = tally.take(10);
  expect(rows.map(({ client, version, requests }) => [client, version, requests])).toEqual([
    ['other', '1.0.0', 1],
    ['portal', '1.0.0', 2],
    ['portal', '1.1.0', 1],
  ]);
  expect(rows[1]).toEqual({
    day: '2026-11-21',
    client: 'portal',
    document: 'orders',
    version: '1.0.0',
    name: null,
    requests: 2,
    errors: 1,
    costEstimated: 40,
    costActual: 12,
    totalMs: 40,
    slowestMs: 30,
    firstAt: NOON,
    lastAt: NOON + 5,
  });
  expect(tally.size).toBe(0);
});

it('each day is counted by itself, and what is taken is out', () => {
  const tally = createTally();
  tally.add(answered(), NOON);
  tally.add(answered(), NOON + DAY);
  expect(tally.take(1).map(({ day }) => day)).toEqual(['2026-11-21']);
  expect(tally.take(9).map(({ day }) => day)).toEqual(['2026-11-22']);
  tally.add(answered(), NOON);
  expect(tally.take(9)).toMatchObject([{ requests: 1 }]);
});

it('a text that is not registered has a row of its own once it is asked for again and again', () => {
  const tally = createTally();
  for (let n = 0; n < 10; n += 1) tally.add(answered({ document: text('often') }), NOON);
  for (let n = 0; n < 10_000; n += 1) tally.add(answered({ document: text(`made up ${n}`) }), NOON);
  tally.add(answered({ document: null }), NOON);
  expect(
    tally.take(99).map(({ document, version, name, requests }) => [document, version, name, requests]),
  ).toEqual([
    ['', '', null, 10_003],
    ['often', '', 'Named', 8],
  ]);
});

it('texts, clients and rows are bounded, and every request is counted', () => {
  const tally = createTally();
  let requests = 0;
  for (let n = 0; n < 300; n += 1) {
    tally.add(answered({ document: text(`text ${n % 100}`) }), NOON);
    requests += 1;
  }
  for (let client = 0; client < 5_000; client += 1) {
    for (let n = 0; n < 3; n += 1) {
      tally.add(answered({ client: `client-${client}`, document: text(`text of ${client}`) }), NOON);
      requests += 1;
    }
  }
  for (let n = 0; n < 30_000; n += 1) {
    const document = { kind: 'registered', id: `id-${n}`, version: '1', name: null } as const;
    tally.add(answered({ document }), NOON);
    requests += 1;
  }
  expect(tally.size).toBeLessThanOrEqual(20_001);
  const rows = tally.take(Number.MAX_SAFE_INTEGER);
  expect(new Set(rows.filter(({ version }) => version === '').map(({ client }) => client)).size).toBe(2_001);
  expect(
    rows.filter(({ client, document, version }) => client === 'portal' && document !== '' && version === ''),
  ).toHaveLength(20);
  expect(rows.reduce((sum, row) => sum + row.requests, 0)).toBe(requests);
});
