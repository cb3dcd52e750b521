/** What is kept of a record is the record. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRegistry } from '../../src/backends/registry.js';
import { parseAccounts, parseBackends } from '../../src/config.js';
import type { Instant } from '../../src/domain/calendar.js';
import { RECORD_KINDS, type ObservedRecords, type RecordKind } from '../../src/domain/history.js';
import { decimal } from '../../src/domain/money.js';
import type { Listing, Observation } from '../../src/domain/observation.js';
import type { Organization } from '../../src/domain/organization.js';
import type { RecordPort, Sources } from '../../src/domain/ports.js';
import { CodecError, decodeRecord, encodeRecord } from '../../src/history/codec.js';
import { lookOf } from '../../src/history/look.js';
import { createDrift } from '../../src/observability/drift.js';
import { createMeter } from '../../src/observability/meter.js';
import { startSandbox } from '../../src/sandbox/sandbox.js';
import { systemTimers } from '../../src/upstream/timers.js';
import { NOW, TODAY } from '../support/sandboxed-gateway.js';
import { MINIMUM, RECORDS } from './support/records.js';

/** With the members of each object the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, turned(member)]),
  );
}

it.each(RECORD_KINDS)('a %s that is read is equal to the one that was written', (kind) => {
  fc.assert(
    fc.property(RECORDS[kind] as fc.Arbitrary<ObservedRecords[RecordKind]>, (record) => {
      const { body, externalId } = encodeRecord(record);
      expect(decodeRecord(kind, body, record.observation)).toStrictEqual(record);
      expect(externalId).toBe(record.externalId);
    }),
    { numRuns: 200 },
  );
});

it('the same content has the same hash, however its members are ordered and whenever it was seen', () => {
  fc.assert(
    fc.property(MINIMUM, (record) => {
      const other = {
        ...(turned(record) as typeof record),
        observation: { observedAt: record.observation.observedAt, stale: !record.observation.stale },
      };
      expect(encodeRecord(other)).toEqual(encodeRecord(record));
    }),
  );
});

it('other content has another hash', () => {
  fc.assert(
    fc.property(MINIMUM, MINIMUM, (a, b) => {
      const { observation: _, ...content } = a;
      const { observation: __, ...other } = b;
      let isSame = true;
      try {
        expect(content).toStrictEqual(other);
      } catch {
        isSame = false;
      }
      expect(encodeRecord(a).hash === encodeRecord(b).hash).toBe(isSame);
    }),
  );
  const [record] = fc.sample(MINIMUM, 1);
  const priced = (amount: string) =>
    encodeRecord({ ...record!, committed: { amount: decimal(amount), currency: 'USD' as never } }).hash;
  expect(priced('100.01')).not.toBe(priced('100.02'));
  expect(priced('100.010')).toBe(priced('100.01'));
});

it('what looks like a decimal and is none comes back as it was', () => {
  const [record] = fc.sample(MINIMUM, 1);
  for (const name of [
    { $: '1' },
    { $$: '1' },
    { $: decimal('1'), $other: { $: null } },
    JSON.parse('{"__proto__":1}'),
  ]) {
    const odd = { ...record!, name: name as never };
    expect(decodeRecord('MINIMUM_COMMITMENT', encodeRecord(odd).body, odd.observation)).toStrictEqual(odd);
  }
});

it('of two records with one id, the first counts', async () => {
  const [one, two] = fc
    .sample(MINIMUM, 2)
    .map((record, n) => ({ ...record, externalId: 'c1', name: String(n) }));
  const sight = { organization: one!.organization, kind: 'MINIMUM_COMMITMENT', isComplete: true } as const;
  const observedAt = '2026-01-01T00:00:00Z' as Instant;
  expect((await lookOf({ ...sight, observedAt, items: [one!, two!] })).records).toEqual([encodeRecord(one!)]);
});

it.each([
  ['a number that is none', Number.NaN],
  ['something with a class', new Map()],
  ['a function', () => 1],
])('%s is refused', (_, value) => {
  const [record] = fc.sample(MINIMUM, 1);
  expect(() => encodeRecord({ ...record!, name: value as never })).toThrow(CodecError);
});

it('text of another version, and text that is none, is refused', () => {
  const observation = { observedAt: '2026-01-01T00:00:00Z', stale: false } as Observation;
  for (const body of ['{"v":2,"record":{}}', '{', 'null', '{"v":1,"record":{"a":{"$":"1e5"}}}']) {
    expect(() => decodeRecord('CONTRACT', body, observation)).toThrow(CodecError);
  }
});

it('every record of the sandbox comes back as it was', async () => {
  const started = performance.now();
  const clock = () => NOW + Math.floor(performance.now() - started);
  const sandbox = await startSandbox({ today: TODAY, clock });
  const registry = createRegistry(parseBackends(sandbox.backends), {
    clock,
    timers: systemTimers,
    drift: createDrift(() => undefined),
    onBreaker: () => undefined,
  });
  try {
    const sources = registry.createSources({
      signal: new AbortController().signal,
      meter: createMeter(),
      withinMs: () => null,
    } as Parameters<typeof registry.createSources>[0]);
    const seen = new Map<RecordKind, number>();
    for (const organization of parseAccounts(sandbox.directory)) {
      for (const kind of RECORD_KINDS) {
        for (const record of (await listOf(sources, kind, organization)).items) {
          expect(decodeRecord(kind, encodeRecord(record).body, record.observation)).toStrictEqual(record);
          seen.set(kind, (seen.get(kind) ?? 0) + 1);
        }
      }
    }
    expect([...seen.keys()].sort()).toEqual([...RECORD_KINDS].sort());
  } finally {
    await registry.close();
    await sandbox.stop();
  }
});

function listOf(
  sources: Sources,
  kind: RecordKind,
  organization: Organization,
): Promise<Listing<ObservedRecords[RecordKind]>> {
  const ports: Record<RecordKind, RecordPort<ObservedRecords[RecordKind]> | null> = {
    MINIMUM_COMMITMENT: sources.minimumCommitments,
    CONTRACT_COMMITMENT: sources.contractCommitments,
    RESOURCE_COMMITMENT: sources.resourceCommitments,
    SERVICE_ORDER: sources.serviceOrders,
    CONTRACT: sources.contracts,
  };
  return ports[kind]!.list(organization);
}
