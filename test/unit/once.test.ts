/**
 * Readers of one answer are given records that were read once: seen by their identity, and by what is counted while they
 * are read. Whoever may not share them is given others.
 */
import { describe, expect, it } from 'vitest';
import { createCloudmc } from '../../src/backends/cloudmc/backend.js';
import { createDrift } from '../../src/observability/drift.js';
import { keepMade, madeOf, type Occasion } from '../../src/backends/once.js';
import type { Day, Instant } from '../../src/domain/calendar.js';
import type { Listing } from '../../src/domain/observation.js';
import type { Organization } from '../../src/domain/organization.js';
import { createGate } from '../../src/upstream/gate.js';
import { emptyMade } from '../../src/upstream/made.js';
import { manualTimers } from '../support/manual-timers.js';
import { startPlainServer } from '../support/plain-server.js';
import { aRequest } from '../support/request.js';
import { sampleBytes } from '../support/samples.js';

const ORGANIZATION = {
  slug: 'sleepyco',
  name: 'SleepyCo',
  currency: null,
  commitmentManager: null,
  salesforce: null,
  logisense: null,
  monetizenow: null,
  cloudmc: { organizationId: '42a54cde-0e5d-4168-9827-5967ded6095e' },
} as Organization;

describe('records of an answer', () => {
  const occasion: Occasion = {
    organization: ORGANIZATION,
    observation: { observedAt: '2026-11-02T09:00:00Z' as Instant, stale: false },
    today: '2026-11-02' as Day,
  };

  const listing: Listing<string> = {
    items: ['a'],
    dropped: [],
    truncated: false,
    observation: occasion.observation,
  };

  it('are those that were made of it', () => {
    const answer = { made: emptyMade() };
    expect(madeOf(answer, occasion)).toBeUndefined();
    const made = keepMade(answer, occasion, listing);
    expect(made).toEqual(listing);
    expect(madeOf(answer, { ...occasion })).toBe(made);
    expect(madeOf({ made: emptyMade() }, occasion)).toBeUndefined();
  });

  it('are not kept where the answer is not', () => {
    expect(keepMade({}, occasion, listing)).toEqual(listing);
    expect(madeOf({}, occasion)).toBeUndefined();
  });

  it('are like those of the same text on the same day', () => {
    const likenessOf = (digest: string, other: Partial<Occasion> = {}) =>
      keepMade({ digest }, { ...occasion, ...other }, listing).likeness;
    expect(likenessOf('one')).toBe(likenessOf('one', { observation: { ...occasion.observation } }));
    expect(likenessOf('one')).not.toBe(likenessOf('other'));
    expect(likenessOf('one')).not.toBe(likenessOf('one', { today: '2026-11-03' as Day }));
    expect(keepMade({}, occasion, listing)).not.toHaveProperty('likeness');
  });

  it.each<[string, Partial<Occasion>]>([
    ['another organization', { organization: { ...ORGANIZATION } }],
    ['another moment', { observation: { ...occasion.observation } }],
    ['another day', { today: '2026-11-03' as Day }],
  ])('are made anew for %s', (_, other) => {
    const answer = { made: emptyMade() };
    keepMade(answer, occasion, listing);
    expect(madeOf(answer, { ...occasion, ...other })).toBeUndefined();
  });
});

async function cloudmcWith(freshForMs: number, sharing: boolean) {
  const timers = manualTimers();
  const text = Buffer.from(sampleBytes('cloudmc/list')).toString('utf8').replaceAll('IN_PROGRESS', 'ODD');
  const server = await startPlainServer({ 'GET /commitments': { body: text } });
  const drift = createDrift(() => undefined);
  const gate = createGate(
    {
      source: 'CLOUDMC',
      url: server.url,
      timeoutMs: 5_000,
      freshForMs,
      staleForMs: 10 * freshForMs,
      concurrency: 4,
      requestsPerSecond: null,
      sharing,
    },
    { clock: Date.now, timers },
  );
  const backend = createCloudmc(
    { apiKey: 'a-key-of-some-length' },
    { clock: Date.now, drift, createUpstream: (options) => gate.createUpstream(options) },
  );
  return {
    timers,
    server,
    list: () => backend.sources(aRequest()).resourceCommitments.list(ORGANIZATION),
    odd: () => drift.counts('CLOUDMC').unrecognizedValues,
    async [Symbol.asyncDispose]() {
      await gate.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

describe('two requests', () => {
  it('that wait for one call are given the same records, and so is one that comes while they are fresh', async () => {
    await using rig = await cloudmcWith(1_000, true);
    const [one, two] = await Promise.all([rig.list(), rig.list()]);
    const three = await rig.list();
    expect(one.items.length).toBeGreaterThan(0);
    expect(two).toBe(one);
    expect(three).toBe(one);
    expect(rig.server.calls).toHaveLength(1);
    expect(rig.odd()).toBe(one.items.filter(({ statusText }) => statusText === 'ODD').length);
  });

  it('are given others that say so, once they are stale', async () => {
    await using rig = await cloudmcWith(1_000, true);
    const fresh = await rig.list();
    await rig.timers.tick(1_500);
    const stale = await rig.list();
    expect(stale).not.toBe(fresh);
    expect(fresh.items[0]?.observation.stale).toBe(false);
    expect(stale.items[0]?.observation.stale).toBe(true);
  });

  it('share nothing where nothing is to be shared', async () => {
    await using rig = await cloudmcWith(1_000, false);
    const [one, two] = await Promise.all([rig.list(), rig.list()]);
    expect(two).not.toBe(one);
    expect(rig.server.calls).toHaveLength(2);
  });
});
