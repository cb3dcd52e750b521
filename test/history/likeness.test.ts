/**
 * Lists of the same likeness have the same records: over the emulators, all lists of all customers, day after day, while
 * their backends change. If they had not, a change would never be written down.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseAccounts, parseBackends } from '../../src/config.js';
import { instantOfMillis } from '../../src/domain/calendar.js';
import type { RecordKind } from '../../src/domain/history.js';
import type { RecordPort } from '../../src/domain/ports.js';
import { createRegistry, type Registry } from '../../src/backends/registry.js';
import { createDrift } from '../../src/observability/drift.js';
import { lookOf } from '../../src/history/look.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { systemTimers } from '../../src/upstream/timers.js';
import { aRequest } from '../support/request.js';

const DAY = 86_400_000;
let now = Date.parse('2026-11-21T08:00:00Z');
let sandbox: Sandbox;
let registry: Registry;
beforeAll(async () => {
  sandbox = await startSandbox({ clock: () => now });
  registry = createRegistry(parseBackends(sandbox.backends), {
    clock: () => now,
    timers: systemTimers,
    drift: createDrift(() => undefined),
  });
});
afterAll(async () => {
  await registry.close();
  await sandbox.stop();
});

it('are the same records, and all lists of one reply have one', async () => {
  const organizations = parseAccounts(sandbox.directory);
  const digests = new Map<string, string>();
  const counts = { known: 0, without: 0, others: 0 };
  const withLikeness = new Set<RecordKind>();
  for (let day = 0; day < 45; day += 1) {
    for (let times = 0; times < 2; times += 1) {
      const { minimumCommitments, contractCommitments, resourceCommitments, serviceOrders, contracts } =
        registry.createSources(aRequest());
      const ports: readonly (readonly [RecordKind, RecordPort<never> | null])[] = [
        ['MINIMUM_COMMITMENT', minimumCommitments as RecordPort<never> | null],
        ['CONTRACT_COMMITMENT', contractCommitments as RecordPort<never> | null],
        ['RESOURCE_COMMITMENT', resourceCommitments as RecordPort<never> | null],
        ['SERVICE_ORDER', serviceOrders as RecordPort<never> | null],
        ['CONTRACT', contracts as RecordPort<never> | null],
      ];
      for (const [kind, port] of ports) {
        for (const organization of organizations) {
          const listing = await port?.list(organization).catch(() => null);
          if (listing == null) continue;
          const { items, dropped, truncated, likeness, observation } = listing;
          if (likeness === undefined) {
            counts.without += 1;
            continue;
          }
          withLikeness.add(kind);
          const { digest } = await lookOf({
            organization: organization.slug,
            kind,
            observedAt: observation.observedAt,
            isComplete: dropped.length === 0 && !truncated,
            items,
          });
          const name = `${kind} ${organization.slug} ${likeness}`;
          const before = digests.get(name);
          if (before === undefined) counts.others += 1;
          else {
            counts.known += 1;
            expect([name, instantOfMillis(now), digest]).toEqual([name, instantOfMillis(now), before]);
          }
          digests.set(name, digest);
        }
      }
      now += 60_000;
    }
    now += DAY;
  }
  expect([...withLikeness].sort()).toEqual([
    'CONTRACT',
    'CONTRACT_COMMITMENT',
    'MINIMUM_COMMITMENT',
    'RESOURCE_COMMITMENT',
    'SERVICE_ORDER',
  ]);
  // Within a day, hardly anything changes.
  expect(counts.known).toBeGreaterThan(counts.others / 2);
}, 180_000);
