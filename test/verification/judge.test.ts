/**
 * What one look at billing says: VERIFIED only with all proof, a difference only when billing is done or the time is over,
 * and nothing from what could not be read.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Day, Instant } from '../../src/domain/calendar.js';
import {
  judge,
  VERIFICATION_STATES,
  type ExpectedCommitment,
  type Seen,
  type Sight,
} from '../../src/domain/change-verification.js';
import type { MinimumCommitment } from '../../src/domain/commitment.js';
import { failure } from '../../src/domain/failure.js';
import { decimal, money, type CurrencyCode, type Money } from '../../src/domain/money.js';
import type { OrganizationSlug } from '../../src/domain/organization.js';
import type { MinimumCommitmentState } from '../../src/domain/spend.js';

const CHANGED = '2026-11-21T12:00:00.700Z' as Instant;
const BEFORE = '2026-11-20T08:00:00Z' as Instant;
const AFTER = '2026-11-21T12:02:00Z' as Instant;
const TODAY = '2026-11-21' as Day;
const usd = (amount: string): Money => money(decimal(amount), 'USD' as CurrencyCode);
const day = (text: string) => text as Day;
const known = <T>(value: T): Seen<T> => ({ kind: 'known', value });
const down = { kind: 'failed', failure: failure('UPSTREAM_TIMEOUT', 'COMMITMENT_MANAGER') } as const;
const OBSERVATION = { observedAt: AFTER, stale: false };

const EXPECTED: ExpectedCommitment = {
  minimum: usd('17500'),
  startsOn: day('2026-06-01'),
  endsBefore: day('2027-06-01'),
};

function stateOf(changes: Partial<MinimumCommitmentState> = {}): MinimumCommitmentState {
  return {
    status: 'ACTIVE',
    statusText: 'active',
    minimum: usd('17500'),
    reportedMinimum: decimal('17500'),
    term: { startsOn: day('2026-06-01'), endsBefore: day('2027-06-01') },
    syncStatus: 'SYNCHRONIZED',
    syncStatusText: 'synchronized',
    lastUpdatedAt: AFTER,
    commitmentHandlerId: 'cm_1',
    observation: OBSERVATION,
    ...changes,
  };
}

function listed(changes: Partial<MinimumCommitment> = {}): MinimumCommitment {
  return {
    kind: 'minimum',
    source: 'COMMITMENT_MANAGER',
    externalId: 'cm_1',
    organization: 'sleepyco' as OrganizationSlug,
    name: null,
    status: 'ACTIVE',
    statusText: 'active',
    term: { startsOn: day('2026-06-01'), endsBefore: day('2027-06-01') },
    committed: usd('17500'),
    committedPer: 'MONTH',
    products: [],
    periods: [],
    createdAt: null,
    updatedAt: AFTER,
    cancelledAt: null,
    observation: OBSERVATION,
    ...changes,
  };
}

const look = (sight: Partial<Sight> = {}, expected: Partial<ExpectedCommitment> = {}) =>
  judge({ ...EXPECTED, ...expected }, CHANGED, {
    state: known(stateOf()),
    commitments: known([listed()]),
    today: TODAY,
    isLast: false,
    ...sight,
  });

const outcome = (...given: Parameters<typeof look>) => {
  const { state, cause } = look(...given);
  return `${state} ${cause}`;
};

/** What billing holds where the change has not arrived. */
const UNCHANGED = {
  state: known(stateOf({ minimum: usd('15000'), lastUpdatedAt: BEFORE })),
  commitments: known([listed({ committed: usd('15000'), updatedAt: BEFORE })]),
};

describe('a change that is there', () => {
  it('is verified at the first look, with each value that was compared', () => {
    const found = look();
    expect(found).toMatchObject({ state: 'VERIFIED', commitmentExternalId: 'cm_1', failures: [] });
    expect(found.comparisons).toEqual([
      { field: 'MINIMUM', verdict: 'MATCH', expected: '17500.00 USD', actual: '17500.00 USD' },
      { field: 'STARTS_ON', verdict: 'MATCH', expected: '2026-06-01', actual: '2026-06-01' },
      { field: 'ENDS_BEFORE', verdict: 'MATCH', expected: '2027-06-01', actual: '2027-06-01' },
      { field: 'LAST_UPDATE', verdict: 'MATCH', expected: CHANGED, actual: AFTER },
      { field: 'SYNC_STATE', verdict: 'MATCH', expected: 'SYNCHRONIZED', actual: 'synchronized' },
    ]);
  });
  it('was updated in the second of the change at the earliest: billing writes whole seconds', () => {
    const at = (lastUpdatedAt: string) => ({
      state: known(stateOf({ lastUpdatedAt: lastUpdatedAt as Instant })),
      commitments: known([listed({ updatedAt: null })]),
    });
    expect(outcome(at('2026-11-21T12:00:00Z'))).toBe('VERIFIED AS_EXPECTED');
    expect(outcome(at('2026-11-21T11:59:59Z'))).toBe('PENDING_SYNC NOT_THERE_YET');
  });
  it('is compared in what was asked for, and in nothing else', () => {
    const other = {
      state: known(stateOf({ minimum: usd('1') })),
      commitments: known([listed({ committed: usd('1') })]),
    };
    expect(outcome(other, { minimum: null })).toBe('VERIFIED AS_EXPECTED');
    expect(outcome(other)).toBe('MISMATCH OTHER_VALUES');
  });
  it('is seen without the list too, and without the unit of the current commitment', () => {
    expect(outcome({ commitments: down })).toBe('VERIFIED AS_EXPECTED');
    expect(outcome({ state: known(stateOf({ minimum: usd('1750000') })) })).toBe('VERIFIED AS_EXPECTED');
  });
  it('that begins later is found in the list', () => {
    const later = {
      ...listed({ externalId: 'cm_2', status: 'PENDING' }),
      term: { startsOn: day('2027-06-01'), endsBefore: day('2028-06-01') },
    };
    const expected = { startsOn: day('2027-06-01'), endsBefore: day('2028-06-01') };
    expect(look({ commitments: known([listed(), later]) }, expected)).toMatchObject({
      state: 'VERIFIED',
      commitmentExternalId: 'cm_2',
    });
    // Without a current commitment billing gives no sync state; the update of the new one has to do.
    expect(outcome({ state: known(null), commitments: known([later]) }, expected)).toBe(
      'VERIFIED AS_EXPECTED',
    );
    // That does not go for one that has begun: then there should be a current one.
    expect(outcome({ state: known(null) })).toBe('PENDING_SYNC NOT_THERE_YET');
  });
});

describe('a change that is not there', () => {
  it('is on its way until the time is over, and then told to be missing, with what is there', () => {
    expect(outcome(UNCHANGED)).toBe('PENDING_SYNC NOT_THERE_YET');
    const found = look({ ...UNCHANGED, isLast: true });
    expect(`${found.state} ${found.cause}`).toBe('MISMATCH NOT_UPDATED');
    expect(found.comparisons.filter(({ verdict }) => verdict === 'DIFFERS')).toEqual([
      { field: 'MINIMUM', verdict: 'DIFFERS', expected: '17500.00 USD', actual: '15000.00 USD' },
      { field: 'LAST_UPDATE', verdict: 'DIFFERS', expected: CHANGED, actual: BEFORE },
    ]);
  });
  it('is on its way while billing synchronizes, whatever it shows meanwhile', () => {
    const syncing = {
      ...UNCHANGED,
      state: known(stateOf({ minimum: usd('15000'), syncStatus: 'PENDING', lastUpdatedAt: AFTER })),
    };
    expect(outcome(syncing)).toBe('PENDING_SYNC NOT_THERE_YET');
    expect(outcome({ ...syncing, isLast: true })).toBe('TIMED_OUT STILL_SYNCHRONIZING');
  });
  it('is another one where billing is done with it', () => {
    const other = {
      state: known(stateOf({ minimum: usd('16000') })),
      commitments: known([listed({ committed: usd('16000') })]),
    };
    expect(outcome(other)).toBe('MISMATCH OTHER_VALUES');
    const euros = { committed: money(decimal('17500'), 'EUR' as CurrencyCode) };
    expect(outcome({ commitments: known([listed(euros)]) })).toBe('MISMATCH OTHER_VALUES');
    const shifted = { term: { startsOn: day('2026-06-01'), endsBefore: day('2027-05-31') } };
    expect(outcome({ commitments: known([listed(shifted)]) })).toBe('MISMATCH OTHER_VALUES');
    // Read between two updates, or two lists that contradict each other: no proof.
    expect(outcome({ state: known(stateOf({ minimum: usd('15000') })) })).toBe('MISMATCH OTHER_VALUES');
  });
  it('failed where billing says so', () => {
    const sync = { ...UNCHANGED, state: known(stateOf({ minimum: usd('15000'), syncStatus: 'FAILED' })) };
    expect(outcome(sync)).toBe('PENDING_SYNC NOT_THERE_YET');
    expect(outcome({ ...sync, isLast: true })).toBe('MISMATCH SYNC_FAILED');
  });
  it('is missing where billing holds nothing', () => {
    const nothing = { state: known(null), commitments: known([]) };
    expect(outcome(nothing)).toBe('PENDING_SYNC NOT_THERE_YET');
    expect(outcome({ ...nothing, isLast: true })).toBe('MISMATCH NO_COMMITMENT');
    const cancelled = listed({ status: 'CANCELLED', cancelledAt: AFTER });
    expect(outcome({ ...nothing, commitments: known([cancelled]), isLast: true })).toBe(
      'MISMATCH NO_COMMITMENT',
    );
  });
});

describe('what proves nothing', () => {
  it('is what could not be read', () => {
    expect(outcome({ state: down, commitments: down })).toBe('PENDING_SYNC NOT_THERE_YET');
    const found = look({ state: down, commitments: down, isLast: true });
    expect(`${found.state} ${found.cause}`).toBe('TIMED_OUT UNREADABLE');
    expect(found.failures.map(({ code }) => code)).toEqual(['UPSTREAM_TIMEOUT', 'UPSTREAM_TIMEOUT']);
    expect(outcome({ state: down })).toBe('PENDING_SYNC NOT_THERE_YET');
    expect(outcome({ state: down, commitments: UNCHANGED.commitments, isLast: true })).toBe(
      'TIMED_OUT UNREADABLE',
    );
    expect(outcome({ state: down, commitments: known([]), isLast: true })).toBe('TIMED_OUT UNREADABLE');
  });
  it('are the right values without an update since', () => {
    const same = {
      state: known(stateOf({ lastUpdatedAt: BEFORE })),
      commitments: known([listed({ updatedAt: BEFORE })]),
    };
    expect(outcome(same)).toBe('PENDING_SYNC NOT_THERE_YET');
    expect(outcome({ ...same, isLast: true })).toBe('TIMED_OUT UNPROVEN');
  });
  it('is the sync state of another commitment', () => {
    const other = stateOf({
      commitmentHandlerId: 'cm_9',
      term: { startsOn: day('2026-01-01'), endsBefore: null },
    });
    expect(outcome({ state: known(other) })).toBe('PENDING_SYNC NOT_THERE_YET');
    expect(outcome({ state: known(other), isLast: true })).toBe('TIMED_OUT UNPROVEN');
  });
});

it('in time nothing is a discrepancy that billing has not been updated for, and at the end everything is settled', () => {
  const maybe = <T>(...values: T[]) => fc.constantFrom(...values);
  const instants = maybe<Instant | null>(BEFORE, AFTER, null);
  const amounts = maybe<Money | null>(usd('17500'), usd('15000'), null);
  const sights = fc.record({
    state: fc.option(
      fc.record({
        minimum: amounts,
        syncStatus: maybe<MinimumCommitmentState['syncStatus']>(
          'SYNCHRONIZED',
          'PENDING',
          'FAILED',
          'UNRECOGNIZED',
          null,
        ),
        lastUpdatedAt: instants,
      }),
      { nil: null },
    ),
    list: fc.array(
      fc.record({ committed: amounts, updatedAt: instants, externalId: maybe('cm_1', 'cm_2') }),
      { maxLength: 3 },
    ),
    isStateDown: fc.boolean(),
    isListDown: fc.boolean(),
  });
  fc.assert(
    fc.property(sights, ({ state, list, isStateDown, isListDown }) => {
      const sight: Partial<Sight> = {
        state: isStateDown ? down : known(state && stateOf(state)),
        commitments: isListDown ? down : known(list.map(listed)),
      };
      const inTime = look(sight);
      const isUpdated = (field: string) =>
        inTime.comparisons.some((one) => one.field === field && one.verdict === 'MATCH');
      if (inTime.state === 'MISMATCH') {
        expect(isUpdated('LAST_UPDATE') && isUpdated('SYNC_STATE')).toBe(true);
      }
      expect(inTime.state).not.toBe('TIMED_OUT');
      const last = look({ ...sight, isLast: true });
      expect(VERIFICATION_STATES).toContain(last.state);
      expect(last.state).not.toBe('PENDING_SYNC');
      // What is certain in time is the same at the end.
      if (inTime.state !== 'PENDING_SYNC') expect(last).toEqual(inTime);
      if (isStateDown && isListDown) expect(last.state).toBe('TIMED_OUT');
    }),
    { numRuns: 2_000 },
  );
});
