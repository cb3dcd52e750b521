/** The rules one by one, with their edges. */
import { describe, expect, it } from 'vitest';
import type { MinimumCommitment } from '../../src/domain/commitment.js';
import { printDecimal, type Money } from '../../src/domain/money.js';
import { monthsLeft } from '../../src/domain/reconciliation/months.js';
import { CAUSES, DEFAULT_POLICY } from '../../src/domain/reconciliation/types.js';
import type { ServiceOrder } from '../../src/domain/service-order.js';
import type { Day } from '../../src/domain/calendar.js';
import {
  acme,
  at,
  compare,
  DOWN,
  findings,
  held,
  listing,
  LONG_AGO,
  NOW,
  order,
  said,
  state,
  step,
  term,
  usd,
  type OrderOver,
} from './build.js';

const text = (money: Money | null | undefined) => money && `${printDecimal(money.amount)} ${money.currency}`;

describe('amounts', () => {
  it.each<[string, OrderOver, Partial<MinimumCommitment>, string[]]>([
    ['equal', {}, {}, ['MATCH']],
    ['equal, written with more digits', { money: usd('1000.00') }, {}, ['MATCH']],
    ['a cent apart', { money: usd('1000.01') }, {}, ['BILLING_AHEAD AMOUNT']],
    ['a year, divisible', { money: usd('12000'), commitCycle: 'ANNUAL' }, {}, ['MATCH']],
    [
      'a year, twelfth rounded up',
      { money: usd('10000'), commitCycle: 'ANNUAL' },
      { committed: usd('833.34') },
      ['MATCH'],
    ],
    [
      'a year, twelfth cut',
      { money: usd('10000'), commitCycle: 'ANNUAL' },
      { committed: usd('833.33') },
      ['MATCH'],
    ],
    [
      'a year, a cent too many',
      { money: usd('10000'), commitCycle: 'ANNUAL' },
      { committed: usd('833.35') },
      ['BILLING_AHEAD AMOUNT'],
    ],
    [
      'a year of yen, in whole yen',
      { money: usd('1000000', 'JPY'), commitCycle: 'ANNUAL' },
      { committed: usd('83333', 'JPY') },
      ['MATCH'],
    ],
    [
      'a year of yen, in hundredths',
      { money: usd('1000000', 'JPY'), commitCycle: 'ANNUAL' },
      { committed: usd('83333.33', 'JPY') },
      ['MATCH'],
    ],
    [
      'a year of yen, a yen too many',
      { money: usd('1000000', 'JPY'), commitCycle: 'ANNUAL' },
      { committed: usd('83335', 'JPY') },
      ['BILLING_AHEAD AMOUNT'],
    ],
    [
      'a third digit that hundredths cannot hold',
      { money: usd('100.005', 'KWD') },
      { committed: usd('100.01', 'KWD') },
      ['MATCH'],
    ],
    ['exactly a hundred times', {}, { committed: usd('100000') }, ['UNIT_SUSPECT AMOUNT']],
    ['exactly a hundredth', { money: usd('100000') }, {}, ['UNIT_SUSPECT AMOUNT']],
    ['a cent off a hundred times', {}, { committed: usd('100000.01') }, ['BILLING_AHEAD AMOUNT']],
    ['99 times', {}, { committed: usd('99000') }, ['BILLING_AHEAD AMOUNT']],
    ['nothing and nothing', { money: usd('0') }, { committed: usd('0') }, ['MATCH']],
    ['nothing in billing', {}, { committed: usd('0') }, ['BILLING_AHEAD AMOUNT']],
    ['another currency', {}, { committed: usd('1000', 'EUR') }, ['CANNOT_COMPARE AMOUNT']],
    ['no currency in billing', {}, { committed: null }, ['CANNOT_COMPARE AMOUNT']],
    ['no currency in the CRM', { money: null }, {}, ['CANNOT_COMPARE AMOUNT']],
    ['no amount in the CRM', { money: null, amount: null }, {}, ['CANNOT_COMPARE AMOUNT']],
    [
      'a cycle that is not known',
      { commitCycle: 'UNRECOGNIZED', monthlyMinimum: null },
      {},
      ['CANNOT_COMPARE AMOUNT'],
    ],
  ])('%s', (_, ours, theirs, expected) => {
    expect(said(compare([order(ours)], [held(theirs)]))).toEqual(expected);
  });

  it.each([
    ['another currency', { committed: usd('1000', 'EUR') }, 'CURRENCY_DIFFERS'],
    ['none', { committed: null }, 'CURRENCY_MISSING'],
    ['a year each month', { committed: usd('12000') }, 'YEAR_FOR_MONTH'],
    ['something else', { committed: usd('1001') }, 'BILLING_CHANGED'],
  ] as const)('say why: %s', (_, theirs, cause) => {
    expect(
      findings(compare([order({ updatedAt: LONG_AGO })], [held({ updatedAt: at(900), ...theirs })])),
    ).toMatchObject([{ cause }]);
    expect(CAUSES[cause]).toMatch(/\.$/);
  });

  it('weigh what billing has too much as overcharge, and too little as leakage, by the months that are not over', () => {
    // 2026-11-21: the month from the 1st of November still runs; three more begin in the term.
    const [over] = compare([order()], [held({ committed: usd('1250.5') })]).discrepancies;
    expect([
      over?.impact.direction,
      text(over?.impact.perMonth),
      text(over?.impact.overTerm),
      over?.severity,
    ]).toEqual(['OVERCHARGE', '250.5 USD', '751.5 USD', 'OVERCHARGE']);
    const [under] = compare([order()], [held({ committed: usd('900') })]).discrepancies;
    expect([under?.impact.direction, text(under?.impact.perMonth), text(under?.impact.overTerm)]).toEqual([
      'LEAKAGE',
      '100 USD',
      '300 USD',
    ]);
  });

  it('have no sum over a term that is open', () => {
    const open = { term: term('2026-02-01', null), durationMonths: null };
    const [found] = compare([order(open)], [held({ term: open.term, committed: usd('1100') })]).discrepancies;
    expect([text(found?.impact.perMonth), found?.impact.overTerm]).toEqual(['100 USD', null]);
  });

  it('that are in another unit are laid at the side that the contract contradicts', () => {
    const terms = (minimum: string) => ({
      terms: {
        kind: 'known' as const,
        value: {
          clauses: [],
          escalation: [{ effectiveOn: '2026-02-01' as Day, increasePercent: null, minimum: usd(minimum) }],
          renewal: null,
          earlyTermination: null,
          observation: { observedAt: NOW, stale: false },
        },
      },
    });
    const sides = ['1000', '100000', '7'].map(
      (minimum) =>
        compare([order()], [held({ committed: usd('100000') })], terms(minimum)).discrepancies[0]?.action,
    );
    expect(sides).toEqual(
      ['COMMITMENT_MANAGER', 'SALESFORCE', null].map((side) => ({ kind: 'CORRECT_UNIT', side })),
    );
  });
});

describe('dates', () => {
  const ours = (startsOn: string, endsBefore: string, over: Partial<ServiceOrder> = {}) =>
    order({ term: term(startsOn, endsBefore), ...over });
  it.each<[string, ServiceOrder, [string | null, string | null], string[]]>([
    ['equal', ours('2026-02-01', '2027-02-01'), ['2026-02-01', '2027-02-01'], ['MATCH']],
    ['to a leap day', ours('2027-03-01', '2028-02-29'), ['2027-03-01', '2028-02-29'], ['MATCH']],
    [
      'one day over a leap day',
      ours('2027-03-01', '2028-02-29'),
      ['2027-03-01', '2028-03-01'],
      ['PERIOD_SHIFT PERIOD'],
    ],
    [
      'one day over the end of a year',
      ours('2026-01-01', '2027-01-01'),
      ['2026-01-01', '2026-12-31'],
      ['PERIOD_SHIFT PERIOD'],
    ],
    ['both one day', ours('2026-02-01', '2027-02-01'), ['2026-01-31', '2027-01-31'], ['PERIOD_SHIFT PERIOD']],
    [
      'two days at the end',
      ours('2026-02-01', '2027-02-01'),
      ['2026-02-01', '2027-02-03'],
      ['BILLING_AHEAD END'],
    ],
    [
      'two days at the start',
      ours('2026-02-03', '2027-02-01'),
      ['2026-02-01', '2027-02-01'],
      ['BILLING_AHEAD START'],
    ],
    [
      'a day at the start and a year at the end',
      ours('2026-02-01', '2028-02-01'),
      ['2026-01-31', '2027-02-01'],
      ['BILLING_AHEAD END', 'PERIOD_SHIFT PERIOD'],
    ],
    [
      'a column that means the last day',
      ours('2026-02-01', '2027-02-01', { durationMonths: null }),
      ['2026-02-01', '2027-02-01'],
      ['MATCH'],
    ],
    [
      'a column that means the day after',
      ours('2026-02-01', '2027-02-02', { durationMonths: null }),
      ['2026-02-01', '2027-02-01'],
      ['MATCH'],
    ],
    [
      'a day off both readings',
      ours('2026-02-01', '2027-02-02', { durationMonths: null }),
      ['2026-02-01', '2027-01-31'],
      ['PERIOD_SHIFT PERIOD'],
    ],
    [
      'an open end on both sides',
      ours('2026-02-01', '2027-02-01', { term: term('2026-02-01', null) }),
      ['2026-02-01', null],
      ['MATCH'],
    ],
    [
      'an open end in billing alone',
      ours('2026-02-01', '2027-02-01'),
      ['2026-02-01', null],
      ['CANNOT_COMPARE END'],
    ],
    ['no start in billing', ours('2026-02-01', '2027-02-01'), [null, '2027-02-01'], ['CANNOT_COMPARE START']],
  ])('%s', (_, promised, [startsOn, endsBefore], expected) => {
    expect(said(compare([promised], [held({ term: term(startsOn, endsBefore) })]))).toEqual(expected);
  });

  it('that billing goes on after cost the minimum of each month too many', () => {
    const [found] = compare([order()], [held({ term: term('2026-02-01', '2027-05-01') })]).discrepancies;
    expect([
      found?.kind,
      found?.impact.direction,
      text(found?.impact.perMonth),
      text(found?.impact.overTerm),
    ]).toEqual(['END', 'OVERCHARGE', '1000 USD', '3000 USD']);
    expect(found?.impact.affects).toEqual(term('2027-02-01', '2027-05-01'));
  });

  it('that billing began before cost nothing any more', () => {
    const [found] = compare([order()], [held({ term: term('2025-11-01', '2027-02-01') })]).discrepancies;
    expect([found?.kind, found?.impact.direction, text(found?.impact.overTerm)]).toEqual([
      'START',
      'OVERCHARGE',
      '0 USD',
    ]);
  });

  it.each<[string, [string, string], [string, string], string, number | null]>([
    [
      'all of them before it begins',
      ['2027-01-31', '2027-05-31'],
      ['2027-01-31', '2027-05-31'],
      '2026-11-21',
      4,
    ],
    ['a month on its last day', ['2026-01-31', '2026-04-30'], ['2026-01-31', '2026-04-30'], '2026-02-27', 3],
    ['a month on the day after', ['2026-01-31', '2026-04-30'], ['2026-01-31', '2026-04-30'], '2026-02-28', 2],
    ['none when it is over', ['2026-01-31', '2026-04-30'], ['2026-01-31', '2026-04-30'], '2026-04-30', 0],
    ['from a leap day', ['2024-02-29', '2025-02-28'], ['2024-02-29', '2025-02-28'], '2024-02-29', 12],
    ['a part of it', ['2026-01-01', '2027-01-01'], ['2026-07-01', '2027-01-01'], '2026-01-01', 6],
    ['not a part of a month', ['2026-01-01', '2027-01-01'], ['2026-07-02', '2027-01-01'], '2026-01-01', null],
    ['nor up to one', ['2026-01-01', '2027-01-01'], ['2026-01-01', '2026-06-15'], '2026-01-01', null],
    ['nothing', ['2026-01-01', '2027-01-01'], ['2027-01-01', '2026-01-01'], '2026-01-01', 0],
  ])('count months: %s', (_, anchor, range, today, expected) => {
    expect(monthsLeft(term(...anchor), term(...range), today as Day)).toBe(expected);
  });
});

describe('time', () => {
  const raised = (changed: number | null, billing: number | null) =>
    compare(
      [order({ money: usd('1100'), updatedAt: changed === null ? null : at(changed), createdAt: null })],
      [held({ updatedAt: billing === null ? null : at(billing), createdAt: null })],
    );
  it.each<[number | null, number | null, string]>([
    [0, 9_000, 'SYNC_PENDING'],
    [299, 9_000, 'SYNC_PENDING'],
    [299.999, 9_000, 'SYNC_PENDING'],
    [300, 9_000, 'CRM_AHEAD'],
    [301, 9_000, 'CRM_AHEAD'],
    [9_000, 300, 'BILLING_AHEAD'],
    [9_000, 9_000, 'BILLING_AHEAD'],
    // Both have just changed: a webhook may still be on its way.
    [200, 100, 'SYNC_PENDING'],
    [null, 9_000, 'BILLING_AHEAD'],
    [9_000, null, 'BILLING_AHEAD'],
    [null, null, 'BILLING_AHEAD'],
    // Two minutes ahead of our clock, and a year: the one is a clock, the other no time.
    [-120, 9_000, 'SYNC_PENDING'],
    [-31_536_000, 9_000, 'BILLING_AHEAD'],
  ])('CRM %s s ago, billing %s s ago', (changed, billing, expected) => {
    expect(findings(raised(changed, billing)).map((finding) => finding.state)).toEqual([expected]);
  });

  it('says until when to wait, and by then says something else', () => {
    const [waiting] = raised(100, 9_000).pending;
    expect(waiting?.action).toEqual({ kind: 'WAIT_UNTIL', until: at(-200) });
    expect(raised(100, 9_000).discrepancies).toEqual([]);
  });

  it('follows the policy', () => {
    const policy = { ...DEFAULT_POLICY, syncWindowSeconds: 60 };
    const found = compare([order({ money: usd('1100'), updatedAt: at(61) })], [held()], { policy });
    expect(said(found)).toEqual(['CRM_AHEAD AMOUNT']);
  });

  it('counts the age of a change up to when billing was read, not up to now', () => {
    const early = { observation: { observedAt: at(1_000), stale: false } };
    const found = compare([order({ money: usd('1100'), updatedAt: at(1_200) })], listing([held()], early));
    expect(said(found)).toEqual(['SYNC_PENDING AMOUNT']);
    expect(found.pending[0]?.action).toEqual({ kind: 'WAIT_UNTIL', until: NOW });
  });

  it('draws nothing from a change of billing that the orders were read before', () => {
    const early = { observation: { observedAt: at(1_000), stale: false } };
    const late = { updatedAt: at(900) };
    const changed = compare(listing([order()], early), [held({ committed: usd('1100'), ...late })]);
    expect(changed.pending.map(({ cause }) => cause)).toEqual(['READ_BEFORE_CHANGE']);
    expect(said(compare(listing([], early), [held(late)]))).toEqual(['SYNC_PENDING EXISTENCE']);
  });

  it.each([
    ['CRM_AHEAD', 400, 9_000, 'SALESFORCE', 'RECENT_CHANGE', 'TRIGGER_SYNC'],
    ['BILLING_AHEAD', 9_000, 400, 'COMMITMENT_MANAGER', 'BILLING_DISPUTE', 'LOOK_FOR_FAILED_WEBHOOK'],
  ] as const)('%s names who is right and what to do', (name, changed, billing, side, rule, kind) => {
    expect(raised(changed, billing).discrepancies).toMatchObject([
      { state: name, authority: { side, rule }, action: { kind } },
    ]);
  });

  it('blames a synchronization that billing says has failed', () => {
    const failed = state({ commitmentHandlerId: 'cm_1', syncStatus: 'FAILED' });
    const found = compare([order({ money: usd('1100'), updatedAt: at(400) })], [held()], {
      state: { kind: 'known', value: failed },
    });
    expect(found.discrepancies.map(({ cause }) => cause)).toEqual(['SYNC_FAILED']);
  });

  it('sees that a step has just been edited, though its order has not', () => {
    const ramped = (updatedAt: ReturnType<typeof at>) =>
      order({ rampSteps: [step(1, '2026-02-01', '2027-02-01', '1100', { updatedAt })] });
    expect(said(compare([ramped(at(30))], [held()]))).toEqual(['SYNC_PENDING AMOUNT']);
    expect(said(compare([ramped(at(400))], [held()]))).toEqual(['CRM_AHEAD AMOUNT']);
  });
});

describe('one side only', () => {
  const unsent = (over: OrderOver = {}) => order({ commitmentHandlerId: null, ...over });
  it.each<[string, ServiceOrder[], string[]]>([
    ['never sent', [unsent()], ['ONLY_IN_CRM EXISTENCE']],
    ['signed just now', [unsent({ updatedAt: at(10) })], ['SYNC_PENDING EXISTENCE']],
    ['not approved', [unsent({ isRevOpsApproved: false })], []],
    ['approval not told', [unsent({ isRevOpsApproved: null })], ['CANNOT_COMPARE EXISTENCE']],
    ['terminated', [unsent({ stage: 'TERMINATED' })], []],
    ['in another stage', [unsent({ stage: 'UNRECOGNIZED' })], []],
    ['over', [unsent({ term: term('2024-01-01', '2025-01-01') })], []],
    ['over today', [unsent({ term: term('2025-11-21', '2026-11-21') })], []],
    ['not begun', [unsent({ term: term('2027-01-01', '2028-01-01') })], ['ONLY_IN_CRM EXISTENCE']],
  ])('an order: %s', (_, orders, expected) => {
    expect(said(compare(orders, []))).toEqual(expected);
  });

  it.each<[string, Partial<MinimumCommitment>, string[]]>([
    ['active', {}, ['ONLY_IN_BILLING EXISTENCE']],
    ['pending', { status: 'PENDING', term: term('2027-01-01', '2028-01-01') }, ['ONLY_IN_BILLING EXISTENCE']],
    ['cancelled', { status: 'CANCELLED' }, []],
    ['expired', { status: 'EXPIRED', term: term('2024-01-01', '2025-01-01') }, []],
    ['of a status nobody knows', { status: 'UNRECOGNIZED' }, ['CANNOT_COMPARE EXISTENCE']],
  ])('a commitment: %s', (_, over, expected) => {
    expect(said(compare([], [held(over)]))).toEqual(expected);
  });

  it('tells a second commitment for the same time from one that nobody ordered', () => {
    const found = compare([order()], [held(), held({ externalId: 'cm_2' })]);
    expect(found.discrepancies).toMatchObject([
      {
        commitmentId: 'cm_2',
        cause: 'OVERLAPS_ANOTHER',
        action: { kind: 'TERMINATE_OVERLAPPING', commitmentId: 'cm_2' },
      },
    ]);
  });

  it('names several active orders, and claims no amount for them', () => {
    const found = compare([order(), unsent({ externalId: 'a0U2', money: usd('5000') })], [held()]);
    expect(found.discrepancies).toMatchObject([
      { orderId: 'a0U2', cause: 'SEVERAL_ACTIVE_ORDERS', impact: { perMonth: null, overTerm: null } },
    ]);
  });

  it('waits with a commitment whose order may have just been replaced', () => {
    const replaced = unsent({ term: term('2030-01-01', '2031-01-01'), updatedAt: at(20) });
    expect(said(compare([replaced], [held()]))).toEqual(['SYNC_PENDING EXISTENCE', 'SYNC_PENDING EXISTENCE']);
  });
});

describe('statuses', () => {
  it.each<[string, Partial<ServiceOrder>, Partial<MinimumCommitment>, string[]]>([
    ['terminated and active', { stage: 'TERMINATED' }, {}, ['STATUS_CONFLICT STATUS']],
    [
      'terminated and active, whatever the amounts',
      { stage: 'TERMINATED', durationMonths: 5 },
      { committed: usd('9') },
      ['STATUS_CONFLICT STATUS'],
    ],
    ['terminated just now', { stage: 'TERMINATED', updatedAt: at(5) }, {}, ['SYNC_PENDING STATUS']],
    [
      'terminated and cancelled',
      { stage: 'TERMINATED' },
      { status: 'CANCELLED', committed: usd('9') },
      ['MATCH'],
    ],
    ['signed and cancelled', {}, { status: 'CANCELLED' }, ['STATUS_CONFLICT STATUS']],
    ['signed and cancelled by an instant alone', {}, { cancelledAt: at(9_000) }, ['STATUS_CONFLICT STATUS']],
    ['signed and expired too early', {}, { status: 'EXPIRED' }, ['STATUS_CONFLICT STATUS']],
    ['not approved any more', { isRevOpsApproved: false }, {}, ['STATUS_CONFLICT STATUS']],
    ['approval not told, but sent', { isRevOpsApproved: null }, {}, ['MATCH']],
    ['a stage that nobody knows', { stage: 'UNRECOGNIZED' }, {}, ['STATUS_CONFLICT STATUS']],
    ['a status that nobody knows', {}, { status: 'UNRECOGNIZED' }, ['CANNOT_COMPARE STATUS']],
  ])('%s', (_, ours, theirs, expected) => {
    expect(said(compare([order(ours)], [held(theirs)]))).toEqual(expected);
  });

  it('compare what is over for a while, and only where an id joins it', () => {
    const past = (end: string, handler: string | null) =>
      compare(
        [order({ term: term('2025-02-01', end), commitmentHandlerId: handler, money: usd('1100') })],
        [held({ term: term('2025-02-01', end), status: 'EXPIRED' })],
      );
    expect(said(past('2026-10-01', 'cm_1'))).toEqual(['BILLING_AHEAD AMOUNT']);
    expect(past('2026-10-01', 'cm_1').discrepancies[0]?.impact.overTerm?.amount.isZero()).toBe(true);
    expect(said(past('2026-10-01', null))).toEqual([]);
    expect(said(past('2026-08-01', 'cm_1'))).toEqual([]);
  });
});

describe('joining', () => {
  it.each<[string, ServiceOrder[], MinimumCommitment[], Parameters<typeof compare>[2], string[]]>([
    [
      'by handler id, against the dates',
      [order({ commitmentHandlerId: 'cm_2' })],
      [held(), held({ externalId: 'cm_2', term: term('2026-03-01', '2027-02-01') })],
      {},
      ['HANDLER_ID cm_2'],
    ],
    [
      'by the current state',
      [order({ commitmentHandlerId: 'ch_1', term: term('2026-12-01', '2027-02-01') })],
      [held()],
      { state: { kind: 'known', value: state() } },
      ['CURRENT_STATE cm_1'],
    ],
    ['by dates', [order({ commitmentHandlerId: null })], [held({ externalId: 'cm_9' })], {}, ['DATES cm_9']],
    [
      'by the better dates',
      [order({ commitmentHandlerId: null })],
      [
        held({ externalId: 'cm_8', term: term('2026-06-01', '2027-06-01') }),
        held({ externalId: 'cm_9', term: term('2026-03-01', '2027-03-01') }),
      ],
      {},
      ['DATES cm_9'],
    ],
    [
      'not by a month in common',
      [order({ commitmentHandlerId: null })],
      [held({ term: term('2025-03-01', '2026-03-01'), status: 'EXPIRED' })],
      {},
      [],
    ],
    [
      'by the amount where the dates say nothing',
      [
        order({ commitmentHandlerId: null, externalId: 'a0U2', money: usd('7') }),
        order({ commitmentHandlerId: null }),
      ],
      [held()],
      {},
      ['DATES cm_1'],
    ],
    [
      'to the order that stands, of two with one handler id',
      [order({ stage: 'TERMINATED', externalId: 'a0U0' }), order()],
      [held()],
      {},
      ['HANDLER_ID cm_1'],
    ],
    [
      'to what replaced a cancelled one',
      [order()],
      [held({ status: 'CANCELLED' }), held({ externalId: 'cm_2' })],
      {},
      ['DATES cm_2'],
    ],
  ])('%s', (_, orders, commitments, over, expected) => {
    const { comparisons } = compare(orders, commitments, over);
    expect(comparisons.map(({ joinedBy, commitmentId }) => `${joinedBy} ${commitmentId}`)).toEqual(expected);
  });

  it('says where it is ambiguous, and does not choose', () => {
    const twin = { commitmentHandlerId: null, money: usd('7') };
    const found = compare([order(twin), order({ ...twin, externalId: 'a0U2' })], [held()]);
    expect(found.comparisons).toEqual([]);
    expect(found.uncompared.map(({ cause, orderId }) => [cause, orderId])).toEqual(
      expect.arrayContaining([
        ['AMBIGUOUS_JOIN', 'a0U1'],
        ['AMBIGUOUS_JOIN', 'a0U2'],
        ['AMBIGUOUS_JOIN', null],
      ]),
    );
    expect(found.discrepancies).toEqual([]);
  });

  it('does not try hundreds of orders against hundreds of commitments', () => {
    const many = Array.from({ length: 201 }, (_, index) => index);
    const found = compare(
      many.map((index) =>
        order({ externalId: `a0U${index}`, commitmentHandlerId: null, money: usd(`${index + 1}`) }),
      ),
      many.map((index) => held({ externalId: `cm_${index}`, committed: usd(`${index + 1}`) })),
    );
    expect([found.comparisons.length, found.discrepancies.length, found.uncompared.length]).toEqual([
      0, 0, 402,
    ]);
  });

  it('compares a ramp step by step', () => {
    const ramped = order({
      commitmentHandlerId: 'ch_1',
      rampSteps: [step(1, '2026-02-01', '2026-08-01', '1000'), step(2, '2026-08-01', '2027-02-01', '2000')],
    });
    const first = held({ term: term('2026-02-01', '2026-08-01'), status: 'EXPIRED' });
    const second = held({
      externalId: 'cm_2',
      term: term('2026-08-01', '2027-02-01'),
      committed: usd('2000'),
    });
    expect(said(compare([ramped], [first, second]))).toEqual(['MATCH']);
    const wrong = compare([ramped], [first, { ...second, committed: usd('2500') }]);
    expect(wrong.discrepancies).toMatchObject([
      { stepId: 'a0V2', commitmentId: 'cm_2', state: 'BILLING_AHEAD' },
    ]);
    const flat = compare([ramped], [held()]);
    expect(flat.discrepancies).toMatchObject([{ kind: 'AMOUNT', stepId: 'a0V2', commitmentId: 'cm_1' }]);
  });
});

describe('a ramp from the end of a month', () => {
  // October 31 and four months is the end of February, and from there four more is June 28.
  const ramped = (handedOver: string) =>
    order({
      commitmentHandlerId: 'ch_1',
      term: term('2026-10-31', '2027-06-30'),
      durationMonths: 8,
      rampSteps: [
        step(1, '2026-10-31', handedOver, '1000', { durationMonths: 4 }),
        step(2, '2027-02-28', '2027-06-28', '1000', { durationMonths: 4 }),
      ],
    });

  it.each([
    ['2027-06-30', ['MATCH', 'MATCH']],
    ['2027-06-28', ['MATCH', 'MATCH']],
    ['2027-06-26', ['BILLING_AHEAD END']],
  ])('ends when its order does: %s', (endsBefore, expected) => {
    expect(said(compare([ramped('2027-02-28')], [held({ term: term('2026-10-31', endsBefore) })]))).toEqual(
      endsBefore === '2027-06-26' ? expect.arrayContaining(expected) : expected,
    );
  });
});

describe('a side that was not read whole', () => {
  const failed = { kind: 'failed' as const, failure: DOWN };
  it.each<[string, Parameters<typeof compare>, string[]]>([
    ['orders failed', [failed, [held()]], ['SOURCE_FAILED']],
    ['commitments failed', [[order()], failed], ['SOURCE_FAILED']],
    ['both failed', [failed, failed], ['SOURCE_FAILED', 'SOURCE_FAILED']],
    [
      'orders stale, even if equal',
      [listing([order()], { observation: { observedAt: NOW, stale: true } }), [held()]],
      ['SOURCE_STALE'],
    ],
    [
      'commitments stale',
      [[order()], listing([], { observation: { observedAt: NOW, stale: true } })],
      ['SOURCE_STALE'],
    ],
    [
      'orders truncated',
      [listing([], { truncated: true }), [held()]],
      ['SOURCE_INCOMPLETE', 'SOURCE_INCOMPLETE'],
    ],
    [
      'commitments with a bad row',
      [[order()], listing([], { dropped: [DOWN] })],
      ['SOURCE_INCOMPLETE', 'SOURCE_INCOMPLETE'],
    ],
    [
      'no account in Salesforce',
      [[], [held()], { organization: { ...acme, salesforce: null } }],
      ['NOT_LINKED'],
    ],
    [
      'no account in billing',
      [[order()], [], { organization: { ...acme, commitmentManager: null } }],
      ['NOT_LINKED'],
    ],
    [
      'no account in billing, and nothing to miss there',
      [[order({ stage: 'TERMINATED' })], [], { organization: { ...acme, commitmentManager: null } }],
      [],
    ],
  ])('%s', (_, input, causes) => {
    const found = compare(...input);
    expect(found.discrepancies).toEqual([]);
    expect(found.uncompared.map(({ cause }) => cause)).toEqual(causes);
  });

  it('keeps what an id joins, and doubts what dates alone do', () => {
    const different = [held({ committed: usd('1100') })];
    const partly = { dropped: [DOWN] };
    expect(compare(listing([order()], partly), different).discrepancies).toHaveLength(1);
    const doubted = compare(listing([order({ commitmentHandlerId: null })], partly), different);
    expect([doubted.discrepancies.length, doubted.uncompared.length]).toEqual([0, 2]);
  });
});

describe('percents', () => {
  const ramped = (to: string) =>
    order({
      rampSteps: [step(1, '2026-02-01', '2026-08-01', '1000'), step(2, '2026-08-01', '2027-02-01', to)],
    });
  const billing = (to: string) => [
    held({ term: term('2026-02-01', '2026-08-01'), status: 'EXPIRED' }),
    held({ externalId: 'cm_2', term: term('2026-08-01', '2027-02-01'), committed: usd(to) }),
  ];
  it.each([
    ['25', '1250', []],
    ['0.25', '1250', ['PERCENT_SUSPECT ESCALATION']],
    ['2500', '1250', ['PERCENT_SUSPECT ESCALATION']],
    ['33', '1333.33', []],
    ['0.33', '1333.33', ['PERCENT_SUSPECT ESCALATION']],
    ['10', '1250', []],
    ['0', '1250', []],
  ])('%s for a rise from 1000 to %s', (percent, to, expected) => {
    const found = compare([ramped(to)], billing(to), {
      terms: {
        kind: 'known',
        value: {
          clauses: [],
          escalation: [
            { effectiveOn: '2026-08-01' as Day, increasePercent: usd(percent).amount, minimum: null },
          ],
          renewal: null,
          earlyTermination: null,
          observation: { observedAt: NOW, stale: false },
        },
      },
    });
    expect(found.discrepancies.map((one) => `${one.state} ${one.kind}`)).toEqual(expected);
  });
});

describe('keys', () => {
  it('stay when the values change, and differ by what they are about', () => {
    const keys = (billed: string, end: string) =>
      compare([order()], [held({ committed: usd(billed), term: term('2026-02-01', end) })])
        .discrepancies.map(({ key }) => key)
        .sort();
    expect(keys('1100', '2028-02-01')).toEqual(keys('1300', '2029-02-01'));
    expect(new Set(keys('1100', '2028-02-01')).size).toBe(2);
  });

  it('put overcharge before leakage before what costs nothing', () => {
    const found = compare(
      [
        order(),
        order({ externalId: 'a0U2', commitmentHandlerId: 'cm_2', term: term('2028-01-01', '2029-01-01') }),
      ],
      [
        held({ committed: usd('900'), term: term('2026-02-02', '2027-02-01') }),
        held({
          externalId: 'cm_2',
          status: 'PENDING',
          term: term('2028-01-01', '2029-01-01'),
          committed: usd('2000'),
        }),
      ],
    );
    expect(found.discrepancies.map(({ severity }) => severity)).toEqual([
      'OVERCHARGE',
      'LEAKAGE',
      'COSMETIC',
    ]);
  });
});
