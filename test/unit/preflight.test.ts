/**
 * The rules of the checks before a change: each verdict by what was read, with what it was decided by. Nothing that was
 * not read, whole and recent, lets a check pass.
 */
import { describe, expect, it } from 'vitest';
import type { Day, Instant } from '../../src/domain/calendar.js';
import type { Commitment, MinimumCommitment, ResourceCommitment } from '../../src/domain/commitment.js';
import { decimal, money, type CurrencyCode, type Money } from '../../src/domain/money.js';
import type { Operation } from '../../src/domain/operation.js';
import type { OrganizationSlug } from '../../src/domain/organization.js';
import {
  CHECK_CODES,
  preflightOf,
  worst,
  type CheckCode,
  type ListReading,
  type PlannedMutation,
  type PreflightInput,
  type ProposedChange,
  type Reading,
} from '../../src/domain/preflight.js';
import type { CommitmentSourceName } from '../../src/domain/source.js';
import type { ContractTerms, MinimumCommitmentState } from '../../src/domain/spend.js';
import { anOperation } from '../support/scripted-operations.js';

const SLUG = 'sleepyco' as OrganizationSlug;
const day = (text: string) => text as Day;
const NOW = '2026-11-21T12:00:00Z' as Instant;
const SEEN = { observedAt: NOW, stale: false };
const OLD = { observedAt: '2026-11-21T11:58:00Z' as Instant, stale: true };
const usd = (amount: string): Money => money(decimal(amount), 'USD' as CurrencyCode);
const known = <T>(value: T): Reading<T> => ({ kind: 'known', value });
const failed = (why = 'Commitment Manager did not answer in time.') => ({ kind: 'unknown', why }) as const;

const STATE: MinimumCommitmentState = {
  status: 'ACTIVE',
  statusText: 'active',
  minimum: usd('15000'),
  reportedMinimum: decimal('15000'),
  term: { startsOn: day('2026-06-01'), endsBefore: day('2027-06-01') },
  syncStatus: 'SYNCHRONIZED',
  syncStatusText: 'synchronized',
  lastUpdatedAt: '2026-06-01T08:00:00Z' as Instant,
  commitmentHandlerId: 'cm_current',
  observation: SEEN,
};

function minimum(externalId: string, startsOn: string | null, endsBefore: string | null): MinimumCommitment {
  return {
    kind: 'minimum',
    source: 'COMMITMENT_MANAGER',
    externalId,
    organization: SLUG,
    name: null,
    status: 'ACTIVE',
    statusText: 'active',
    term: {
      startsOn: startsOn === null ? null : day(startsOn),
      endsBefore: endsBefore === null ? null : day(endsBefore),
    },
    committed: usd('15000'),
    committedPer: 'MONTH',
    products: [],
    periods: [],
    createdAt: null,
    updatedAt: null,
    cancelledAt: null,
    observation: SEEN,
  };
}

const CURRENT = minimum('cm_current', '2026-06-01', '2027-06-01');

function resource(
  externalId: string,
  startsOn: string | null,
  endsBefore: string | null,
): ResourceCommitment {
  const { cancelledAt: _, ...facts } = minimum(externalId, startsOn, endsBefore);
  return {
    ...facts,
    kind: 'resource',
    source: 'CLOUDMC',
    pricingMethod: null,
    pricingMethodText: null,
    rateType: null,
    rateTypeText: null,
    resourceType: null,
    fixedPrice: null,
    taxCode: null,
    customer: { externalId: 'customer', name: null },
    reseller: null,
    isTerminated: false,
  };
}

const TERMS: ContractTerms = {
  clauses: [{ kind: 'SPECIAL_PROVISION', name: 'provisions', text: 'Not below the first year.' }],
  escalation: [
    { effectiveOn: day('2027-06-01'), increasePercent: null, minimum: usd('20000') },
    { effectiveOn: day('2026-06-01'), increasePercent: null, minimum: usd('15000') },
  ],
  renewal: null,
  earlyTermination: null,
  observation: SEEN,
};

const CHANGE: ProposedChange = {
  minimum: usd('17500'),
  startsOn: null,
  endsBefore: null,
  isAddition: false,
  requiredMinimum: null,
};

const list = (items: readonly Commitment[], rest: Partial<ListReading> = {}): Reading<ListReading> =>
  known({ items, isComplete: true, observation: SEEN, ...rest });

const lists = (
  given: Partial<Record<CommitmentSourceName, Reading<ListReading>>>,
): PreflightInput['commitments'] =>
  Object.entries(given).map(([source, reading]) => ({ source: source as CommitmentSourceName, reading }));

function check(code: CheckCode, changes: Partial<PreflightInput> = {}, change: Partial<ProposedChange> = {}) {
  const { checks } = preflightOf({
    organization: SLUG,
    mutations: [],
    state: known(STATE),
    commitments: lists({ COMMITMENT_MANAGER: list([CURRENT]), CLOUDMC: list([]) }),
    terms: known(TERMS),
    operations: known([]),
    today: day('2026-11-21'),
    now: NOW,
    change: { ...CHANGE, ...change },
    ...changes,
  });
  const found = checks.find((one) => one.code === code);
  if (found === undefined) throw new Error(`no check ${code}`);
  expect(found.message).toMatch(/^[A-Z].*\.$/s);
  return found;
}

const verdict = (...asked: Parameters<typeof check>) => check(...asked).verdict;

describe('COMMITMENT_ACTIVE', () => {
  it.each([
    ['ACTIVE', 'PASS'],
    ['PENDING', 'FAIL'],
    ['EXPIRED', 'FAIL'],
    ['CANCELLED', 'FAIL'],
    ['UNKNOWN', 'UNKNOWN'],
    ['UNRECOGNIZED', 'UNKNOWN'],
  ] as const)('with the status %s is %s', (status, expected) => {
    const found = check('COMMITMENT_ACTIVE', { state: known({ ...STATE, status, statusText: 'as sent' }) });
    expect(found.verdict).toBe(expected);
    expect(found.evidence[0]).toEqual({
      name: 'status',
      value: 'as sent',
      source: 'COMMITMENT_MANAGER',
      observedAt: NOW,
    });
  });
  it('fails without a current commitment, and is unknown where none could be read or only long ago', () => {
    expect(verdict('COMMITMENT_ACTIVE', { state: known(null) })).toBe('FAIL');
    expect(check('COMMITMENT_ACTIVE', { state: failed() })).toMatchObject({
      verdict: 'UNKNOWN',
      message: failed().why,
    });
    expect(verdict('COMMITMENT_ACTIVE', { state: known({ ...STATE, observation: OLD }) })).toBe('UNKNOWN');
  });
});

describe('SYNCHRONIZED', () => {
  it.each([
    ['SYNCHRONIZED', 'PASS'],
    ['PENDING', 'FAIL'],
    ['FAILED', 'FAIL'],
    ['UNRECOGNIZED', 'UNKNOWN'],
    [null, 'UNKNOWN'],
  ] as const)('with the sync state %s is %s', (syncStatus, expected) => {
    expect(verdict('SYNCHRONIZED', { state: known({ ...STATE, syncStatus }) })).toBe(expected);
  });
  it('is unknown without a current commitment, and where it could not be read or only long ago', () => {
    expect(verdict('SYNCHRONIZED', { state: known(null) })).toBe('UNKNOWN');
    expect(verdict('SYNCHRONIZED', { state: failed() })).toBe('UNKNOWN');
    expect(verdict('SYNCHRONIZED', { state: known({ ...STATE, observation: OLD }) })).toBe('UNKNOWN');
  });
});

describe('NO_OVERLAP', () => {
  const withMinimums = (...others: MinimumCommitment[]) => ({
    commitments: lists({ COMMITMENT_MANAGER: list([CURRENT, ...others]) }),
  });
  const next = minimum('cm_next', '2027-06-01', '2028-06-01');

  it('passes where only the commitment that is changed binds on its days', () => {
    expect(verdict('NO_OVERLAP')).toBe('PASS');
    expect(verdict('NO_OVERLAP', withMinimums(next))).toBe('PASS');
    expect(verdict('NO_OVERLAP', withMinimums(next), { endsBefore: day('2027-06-01') })).toBe('PASS');
  });
  it('fails from the first common day on, and names the other', () => {
    const found = check('NO_OVERLAP', withMinimums(next), { endsBefore: day('2027-06-02') });
    expect(found.verdict).toBe('FAIL');
    expect(found.evidence.map(({ name }) => name)).toContain('commitment cm_next');
    expect(verdict('NO_OVERLAP', withMinimums(minimum('cm_open', '2020-01-01', null)))).toBe('FAIL');
  });
  it('fails with the current one where another is made beside it', () => {
    const dates = { startsOn: day('2027-05-31'), endsBefore: day('2028-06-01'), isAddition: true };
    expect(verdict('NO_OVERLAP', {}, dates)).toBe('FAIL');
    expect(verdict('NO_OVERLAP', {}, { ...dates, startsOn: day('2027-06-01') })).toBe('PASS');
    expect(verdict('NO_OVERLAP', {}, { isAddition: true })).toBe('UNKNOWN'); // it has no days of its own
  });
  it('does not count what was cancelled', () => {
    const gone = { ...next, status: 'CANCELLED', cancelledAt: '2026-10-01T08:00:00Z' as Instant } as const;
    expect(verdict('NO_OVERLAP', withMinimums(gone), { endsBefore: day('2027-12-01') })).toBe('PASS');
  });
  it('fails where nothing would be left of it', () => {
    expect(verdict('NO_OVERLAP', {}, { endsBefore: day('2026-06-01') })).toBe('FAIL');
  });
  it('leaves commitments of other backends on the same days to people, and shows them', () => {
    const commitments = lists({
      COMMITMENT_MANAGER: list([CURRENT]),
      CLOUDMC: list([resource('resource-1', '2027-05-31', null), resource('resource-2', '2027-06-01', null)]),
    });
    const found = check('NO_OVERLAP', { commitments });
    expect(found.verdict).toBe('UNKNOWN');
    expect(found.evidence.filter(({ source }) => source === 'CLOUDMC').map(({ name }) => name)).toEqual([
      'commitments looked at',
      'commitment resource-1',
    ]);
    const expired = { ...resource('resource-3', '2026-01-01', '2026-12-01'), status: 'EXPIRED' } as const;
    expect(
      verdict('NO_OVERLAP', {
        commitments: lists({ COMMITMENT_MANAGER: list([CURRENT]), CLOUDMC: list([expired]) }),
      }),
    ).toBe('PASS');
  });
  it.each([
    ['could not be read', failed('CloudMC is not available.')],
    ['lacks records', list([], { isComplete: false })],
    ['is old', list([], { observation: OLD })],
    ['has a commitment without days', list([resource('resource-1', null, null)])],
  ])('is unknown where a list %s', (_, reading) => {
    const commitments = lists({ COMMITMENT_MANAGER: list([CURRENT]), CLOUDMC: reading });
    expect(verdict('NO_OVERLAP', { commitments })).toBe('UNKNOWN');
    // What was found elsewhere stands.
    const colliding = lists({ COMMITMENT_MANAGER: list([CURRENT, next]), CLOUDMC: reading });
    expect(verdict('NO_OVERLAP', { commitments: colliding }, { endsBefore: day('2028-01-01') })).toBe('FAIL');
  });
  it('is unknown where it is not known which commitment would be changed, and where there is no account', () => {
    const dates = { startsOn: day('2026-06-01'), endsBefore: day('2027-06-01') };
    expect(verdict('NO_OVERLAP', { state: failed() }, dates)).toBe('UNKNOWN');
    expect(verdict('NO_OVERLAP', { state: known({ ...STATE, observation: OLD }) }, dates)).toBe('UNKNOWN');
    expect(verdict('NO_OVERLAP', { commitments: [] })).toBe('UNKNOWN');
  });
});

describe('MINIMUM_MET', () => {
  it('compares with what the caller says, to the last digit', () => {
    const required = { requiredMinimum: usd('17500') };
    expect(verdict('MINIMUM_MET', {}, required)).toBe('PASS');
    expect(verdict('MINIMUM_MET', {}, { ...required, minimum: usd('17499.999999999999999999') })).toBe(
      'FAIL',
    );
    // What the caller says goes before the contract.
    expect(verdict('MINIMUM_MET', {}, { requiredMinimum: usd('1'), minimum: usd('2') })).toBe('PASS');
  });
  it('compares with the step of the contract that is in force when the change begins', () => {
    expect(verdict('MINIMUM_MET', {}, { minimum: usd('15000') })).toBe('PASS');
    expect(verdict('MINIMUM_MET', {}, { minimum: usd('14999') })).toBe('FAIL');
    const later = { startsOn: day('2027-06-01'), endsBefore: day('2028-06-01') };
    expect(verdict('MINIMUM_MET', {}, { ...later, minimum: usd('19999') })).toBe('FAIL');
    expect(verdict('MINIMUM_MET', {}, { ...later, minimum: usd('20000') })).toBe('PASS');
  });
  it('takes the current minimum where the change leaves it', () => {
    const found = check('MINIMUM_MET', {}, { minimum: null, requiredMinimum: usd('15000') });
    expect(found.verdict).toBe('PASS');
    expect(found.evidence.map(({ value }) => value)).toEqual(['15000.00 USD', '15000.00 USD']);
    // The list's unit is documented; that of the state is not.
    const inCents = known({ ...STATE, minimum: usd('1500000') });
    expect(verdict('MINIMUM_MET', { state: inCents }, { minimum: null, requiredMinimum: usd('15001') })).toBe(
      'FAIL',
    );
  });
  it('is unknown where nobody states an amount, or in another currency', () => {
    const percent = [{ effectiveOn: day('2026-06-01'), increasePercent: decimal('5'), minimum: null }];
    expect(verdict('MINIMUM_MET', { terms: known({ ...TERMS, escalation: percent }) })).toBe('UNKNOWN');
    expect(verdict('MINIMUM_MET', { terms: known({ ...TERMS, escalation: [] }) })).toBe('UNKNOWN');
    expect(verdict('MINIMUM_MET', { terms: known(null) })).toBe('UNKNOWN');
    expect(verdict('MINIMUM_MET', { terms: failed() })).toBe('UNKNOWN');
    expect(verdict('MINIMUM_MET', { terms: known({ ...TERMS, observation: OLD }) })).toBe('UNKNOWN');
    const euros = { requiredMinimum: money(decimal('1'), 'EUR' as CurrencyCode) };
    expect(verdict('MINIMUM_MET', {}, euros)).toBe('UNKNOWN');
    expect(verdict('MINIMUM_MET', { state: failed() }, { minimum: null })).toBe('UNKNOWN');
  });
});

describe('CONTRACT_RESTRICTIONS', () => {
  it('shows the statements of the contract and concludes nothing from them', () => {
    expect(check('CONTRACT_RESTRICTIONS')).toMatchObject({
      verdict: 'UNKNOWN',
      evidence: [{ name: 'SPECIAL_PROVISION: provisions', value: 'Not below the first year.' }],
    });
  });
  it('passes on a contract that was read and states nothing, and on nothing else', () => {
    const empty = { ...TERMS, clauses: [] };
    expect(verdict('CONTRACT_RESTRICTIONS', { terms: known(empty) })).toBe('PASS');
    expect(verdict('CONTRACT_RESTRICTIONS', { terms: known({ ...empty, observation: OLD }) })).toBe(
      'UNKNOWN',
    );
    expect(verdict('CONTRACT_RESTRICTIONS', { terms: known(null) })).toBe('UNKNOWN');
    expect(verdict('CONTRACT_RESTRICTIONS', { terms: failed() })).toBe('UNKNOWN');
  });
});

describe('NO_OPEN_OPERATION', () => {
  const sync: Partial<Operation> = {
    kind: 'ORGANIZATION_SYNC',
    source: 'COMMITMENT_MANAGER',
    externalId: null,
    target: 'COMMITMENT_MANAGER/uuid/sync/1',
  };
  const onContract = (externalId: string): PlannedMutation => ({
    kind: 'CONTRACT_CANCEL',
    source: 'MONETIZENOW',
    externalId,
    expectedVersion: null,
    version: failed(),
  });
  it.each([
    ['PENDING', 'FAIL'],
    ['UNKNOWN', 'FAIL'],
    ['IN_REVIEW', 'PASS'],
    ['SUCCEEDED', 'PASS'],
    ['FAILED', 'PASS'],
  ] as const)('with a synchronization that is %s is %s', (state, expected) => {
    expect(verdict('NO_OPEN_OPERATION', { operations: known([anOperation({ ...sync, state })]) })).toBe(
      expected,
    );
  });
  it('looks at what is to be changed, and not at other things', () => {
    const operations = known([anOperation({ state: 'UNKNOWN' })]); // of ctrct_1
    expect(verdict('NO_OPEN_OPERATION', { operations })).toBe('PASS');
    expect(verdict('NO_OPEN_OPERATION', { operations, mutations: [onContract('ctrct_2')] })).toBe('PASS');
    const found = check('NO_OPEN_OPERATION', { operations, mutations: [onContract('ctrct_1')] });
    expect(found).toMatchObject({ verdict: 'FAIL', evidence: [{ name: 'operation op-1' }] });
  });
  it('is unknown where the journal could not be read', () => {
    expect(verdict('NO_OPEN_OPERATION', { operations: failed('The journal cannot be read.') })).toBe(
      'UNKNOWN',
    );
  });
});

describe('VERSION_CURRENT', () => {
  const compared = (version: Reading<string | null>): Partial<PreflightInput> => ({
    mutations: [
      {
        kind: 'CONTRACT_CANCEL',
        source: 'MONETIZENOW',
        externalId: 'ctrct_1',
        expectedVersion: 'a',
        version,
      },
    ],
  });
  it('compares, and is there only where there is something to compare', () => {
    expect(verdict('VERSION_CURRENT', compared(known('a')))).toBe('PASS');
    expect(verdict('VERSION_CURRENT', compared(known('b')))).toBe('FAIL');
    expect(verdict('VERSION_CURRENT', compared(known(null)))).toBe('FAIL');
    expect(verdict('VERSION_CURRENT', compared(failed()))).toBe('UNKNOWN');
    expect(() => check('VERSION_CURRENT')).toThrow('no check');
  });
});

describe('all checks together', () => {
  it('come in their order, and the worst of them decides', () => {
    const { checks, verdict: overall } = preflightOf({
      organization: SLUG,
      mutations: [],
      state: known(STATE),
      commitments: lists({ COMMITMENT_MANAGER: list([CURRENT]) }),
      terms: known({ ...TERMS, clauses: [] }),
      operations: known([]),
      today: day('2026-11-21'),
      now: NOW,
      change: CHANGE,
    });
    expect(checks.map(({ code }) => code)).toEqual(CHECK_CODES.slice(0, 6));
    expect(checks.map((one) => one.verdict)).toEqual(Array.from({ length: 6 }, () => 'PASS'));
    expect(overall).toBe('PASS');
    expect(worst(['PASS', 'UNKNOWN', 'PASS'])).toBe('UNKNOWN');
    expect(worst(['UNKNOWN', 'FAIL', 'PASS'])).toBe('FAIL');
  });

  it('none passes on a source that could not be read', () => {
    const { checks, verdict: overall } = preflightOf({
      organization: SLUG,
      mutations: [],
      state: failed(),
      commitments: lists({ COMMITMENT_MANAGER: failed(), CLOUDMC: failed('CloudMC is not available.') }),
      terms: failed(),
      operations: failed('The journal cannot be read.'),
      today: day('2026-11-21'),
      now: NOW,
      change: { ...CHANGE, startsOn: day('2026-06-01') },
    });
    expect(checks.map((one) => one.verdict)).toEqual(Array.from({ length: 6 }, () => 'UNKNOWN'));
    expect(overall).toBe('UNKNOWN');
  });
});
