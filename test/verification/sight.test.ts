/** A look concludes nothing from what is old, not whole, or not there. */
import { expect, it } from 'vitest';
import type { Instant } from '../../src/domain/calendar.js';
import type { MinimumCommitment } from '../../src/domain/commitment.js';
import { failure, sourceError } from '../../src/domain/failure.js';
import type { Listing } from '../../src/domain/observation.js';
import type { RecordPort, SpendPort } from '../../src/domain/ports.js';
import type { MinimumCommitmentState } from '../../src/domain/spend.js';
import { sightOf, type BillingSources } from '../../src/verification/sight.js';
import { ACME } from './support/rig.js';

const FRESH = { observedAt: '2026-11-21T12:00:00Z' as Instant, stale: false };
const STALE = { ...FRESH, stale: true };
const LIST: Listing<MinimumCommitment> = { items: [], dropped: [], truncated: false, observation: FRESH };

const look = async (
  list: Partial<Listing<MinimumCommitment>> | Error,
  state: Pick<MinimumCommitmentState, 'observation'> | Error | null,
  sources: Partial<BillingSources> = {},
) => {
  const answer = <T>(value: T | Error) =>
    value instanceof Error ? Promise.reject(value) : Promise.resolve(value);
  const seen = await sightOf(
    ACME,
    {
      spend: { state: () => answer(state) } as unknown as SpendPort,
      minimumCommitments: {
        list: () => answer(list instanceof Error ? list : { ...LIST, ...list }),
      } as unknown as RecordPort<MinimumCommitment>,
      ...sources,
    },
    Date.UTC(2026, 10, 21, 23, 59),
    true,
  );
  return [seen.state.kind, seen.commitments.kind];
};

it('takes what is recent and whole', async () => {
  expect(await look({}, { observation: FRESH })).toEqual(['known', 'known']);
  expect(await look({}, null)).toEqual(['known', 'known']);
});

it.each([
  ['an old list', { observation: STALE }],
  ['a list that is cut off', { truncated: true }],
  ['a list that lacks a record', { dropped: [failure('UPSTREAM_MALFORMED', 'COMMITMENT_MANAGER')] }],
  ['no list', sourceError('UPSTREAM_TIMEOUT', 'COMMITMENT_MANAGER')],
])('does not take %s', async (_, list) => {
  expect(await look(list, { observation: FRESH })).toEqual(['known', 'failed']);
});

it('does not take an old state, or none', async () => {
  expect(await look({}, { observation: STALE })).toEqual(['failed', 'known']);
  const down = sourceError('UPSTREAM_TIMEOUT', 'COMMITMENT_MANAGER');
  expect(await look({}, down)).toEqual(['failed', 'known']);
  expect(await look({}, null, { spend: null, minimumCommitments: null })).toEqual(['failed', 'failed']);
});

it('does not hide a mistake of ours', async () => {
  await expect(look({}, new TypeError('of ours'))).rejects.toThrow(TypeError);
});
