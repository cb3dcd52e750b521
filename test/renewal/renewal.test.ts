import { describe, expect, it } from 'vitest';
import type { Contract, ContractDetail, ContractEndAction } from '../../src/domain/contract.js';
import type { OrganizationSlug } from '../../src/domain/organization.js';
import { noticeBy, renewalsOf, type RenewalInputs } from '../../src/domain/renewal.js';
import type { ServiceOrder } from '../../src/domain/service-order.js';
import type { ContractTerms, RenewalTerms } from '../../src/domain/spend.js';
import {
  contractCommitment,
  day,
  instant,
  minimum,
  resource,
  said,
  seenAt,
  term,
  usd,
} from '../position/make.js';

const TODAY = day('2026-11-21');
const NOTHING: RenewalInputs = {
  minimum: [],
  terms: null,
  contractCommitments: [],
  resources: [],
  contracts: [],
  serviceOrders: [],
};

const terms = (renewal: RenewalTerms | null): ContractTerms => ({
  clauses: [],
  escalation: [],
  renewal,
  earlyTermination: null,
  observation: seenAt('2026-11-21T12:00:00Z'),
});
const AUTOMATIC = terms({ renewsAutomatically: true, renewalMonths: 12, noticeDays: 60 });

function contract(endAction: ContractEndAction | null, more: Partial<Contract> = {}): Contract {
  return {
    externalId: 'ctrct_1',
    organization: 'acme' as OrganizationSlug,
    account: null,
    billGroupId: null,
    latestQuoteId: null,
    status: 'ACTIVE',
    statusText: null,
    term: term('2026-01-01', '2027-01-01'),
    endAction,
    endActionText: null,
    totalValue: usd('1200'),
    owner: null,
    isRenewed: null,
    previousContractId: null,
    legalEntityId: null,
    modifiedAt: null,
    observation: seenAt('2026-11-21T12:00:00Z'),
    ...more,
  };
}
const detail = (endAction: ContractEndAction | null, noticeDays: number | null): ContractDetail => ({
  quotes: [],
  renewalTerms: { endAction, endActionText: null, renewalLengthType: null, noticeDays },
});

function order(stage: ServiceOrder['stage']): ServiceOrder {
  return {
    externalId: `so-${stage}`,
    organization: 'acme' as OrganizationSlug,
    name: null,
    stage,
    stageText: null,
    term: term('2026-01-01', '2027-01-01'),
    reportedEndOn: null,
    durationMonths: null,
    amount: null,
    committed: null,
    monthlyMinimum: usd('100'),
    commitCycle: null,
    commitCycleText: null,
    isRevOpsApproved: null,
    commitmentHandlerId: null,
    opportunityId: null,
    missionControlAccountId: null,
    rampSteps: [],
    createdAt: null,
    updatedAt: null,
    observation: seenAt('2026-11-21T12:00:00Z'),
  };
}

const brief = (inputs: Partial<RenewalInputs>) =>
  renewalsOf({ ...NOTHING, ...inputs }, TODAY).map((each) => [
    each.externalId,
    each.atEnd,
    each.lastDay,
    each.noticeBy,
  ]);

describe('noticeBy', () => {
  it.each([
    ['2027-01-01', 60, '2026-11-01'], // 60 days from November 2 to December 31
    ['2027-01-01', 0, '2026-12-31'],
    ['2024-03-01', 1, '2024-02-28'], // the last day is February 29
    ['2025-03-01', 30, '2025-01-29'],
  ])('before %s with %i days is %s', (endsBefore, days, expected) => {
    expect(noticeBy(day(endsBefore), days)).toBe(expected);
  });

  it('is not known without an end or a notice period', () => {
    expect([noticeBy(null, 30), noticeBy(day('2027-01-01'), null)]).toEqual([null, null]);
  });
});

describe('renewalsOf', () => {
  it('applies the contract’s terms to the commitment at whose end the contract in force ends', () => {
    const steps = [
      minimum('over', term('2025-06-01', '2026-06-01'), usd('100')),
      minimum('one', term('2026-06-01', '2027-06-01'), usd('100')),
      minimum('two', term('2027-06-01', '2028-06-01'), usd('200')),
    ];
    expect(brief({ minimum: steps, terms: AUTOMATIC })).toEqual([
      ['one', 'FOLLOWED', '2027-05-31', null],
      ['two', 'RENEWS', '2028-05-31', '2028-04-01'],
    ]);
    const last = renewalsOf({ ...NOTHING, minimum: steps, terms: AUTOMATIC }, TODAY).at(-1);
    expect([said(last?.value?.amount), last?.value?.per, said(last?.renewalValue)]).toEqual([
      '200 USD',
      'MONTH',
      '2400 USD',
    ]);
  });

  it('shows what is unknown as unknown, and guesses neither terms nor notice', () => {
    const year = minimum('cm', term('2026-06-01', '2027-06-01'), usd('100'));
    expect(brief({ minimum: [year] })).toEqual([['cm', 'UNKNOWN', '2027-05-31', null]]);
    expect(
      brief({
        minimum: [year],
        terms: terms({ renewsAutomatically: null, renewalMonths: 12, noticeDays: null }),
      }),
    ).toEqual([['cm', 'UNKNOWN', '2027-05-31', null]]);
    expect(
      brief({
        minimum: [year],
        terms: terms({ renewsAutomatically: false, renewalMonths: null, noticeDays: -3 }),
      }),
    ).toEqual([['cm', 'ENDS', '2027-05-31', null]]);
    // Two at a time, or one that is still to come: whose terms these are, nobody says.
    const second = minimum('other', term('2026-09-01', '2027-07-01'), usd('1'));
    expect(brief({ minimum: [year, second], terms: AUTOMATIC }).map(([, atEnd]) => atEnd)).toEqual([
      'UNKNOWN',
      'UNKNOWN',
    ]);
    expect(
      brief({ minimum: [minimum('next', term('2027-01-01', '2028-01-01'), null)], terms: AUTOMATIC }),
    ).toEqual([['next', 'UNKNOWN', '2027-12-31', null]]);
  });

  it('does not choose between two that follow on the same day', () => {
    const three = ['2026-06-01', '2027-06-01', '2027-06-01'].map((start, index) =>
      minimum(`cm_${index}`, term(start, index === 0 ? '2027-06-01' : '2028-06-01'), usd('1')),
    );
    expect(brief({ minimum: three, terms: AUTOMATIC }).map(([, atEnd]) => atEnd)).toEqual([
      'FOLLOWED',
      'UNKNOWN',
      'UNKNOWN',
    ]);
  });

  it('knows open ends, cancellations, and commitments that never bound', () => {
    expect(
      brief({
        terms: AUTOMATIC,
        minimum: [
          minimum('open', term('2026-06-01', null), usd('1')),
          minimum('never-began', term('2027-01-01', '2028-01-01'), usd('1'), {
            status: 'CANCELLED',
            cancelledAt: instant('2026-05-01T00:00:00Z'),
          }),
          minimum('cancelled', term('2026-01-01', '2027-06-01'), usd('1'), {
            status: 'CANCELLED',
            cancelledAt: instant('2026-12-01T00:00:00Z'),
          }),
        ],
      }),
    ).toEqual([
      ['cancelled', 'ENDS', '2026-11-30', null],
      ['open', 'GOES_ON_OPEN', null, null],
    ]);
  });

  it('ends resources with their dates, and says nothing of contract commitments but their terms', () => {
    expect(
      brief({
        resources: [
          resource('r1', term('2026-01-01', '2027-03-01'), []),
          resource('r2', term('2026-01-01', null), []),
        ],
        contractCommitments: [
          contractCommitment('c1', term('2026-01-01', '2027-02-01'), '8'),
          contractCommitment('c2', term(null, null), '8'),
        ],
      }),
    ).toEqual([
      ['c1', 'UNKNOWN', '2027-01-31', null],
      ['r1', 'ENDS', '2027-02-28', null],
      ['r2', 'GOES_ON_OPEN', null, null],
      ['c2', 'UNKNOWN', null, null],
    ]);
  });

  it.each([
    ['RENEW', null, {}, 'RENEWS', true],
    ['CANCEL', null, {}, 'ENDS', false],
    ['MANUAL_RENEW', null, {}, 'ENDS', false],
    ['UNRECOGNIZED', null, {}, 'UNKNOWN', null],
    [null, null, {}, 'UNKNOWN', null],
    ['CANCEL', detail('RENEW', 30), {}, 'UNKNOWN', null],
    [null, detail('RENEW', 30), {}, 'RENEWS', true],
    ['RENEW', null, { isRenewed: true }, 'FOLLOWED', true],
    ['RENEW', detail('RENEW', 30), { status: 'CANCELED' }, 'ENDS', false],
    ['RENEW', null, { term: term('2026-01-01', null) }, 'GOES_ON_OPEN', true],
  ] as const)(
    'a contract with end action %s ends accordingly (%#)',
    (endAction, more, facts, atEnd, automatic) => {
      const [entry] = renewalsOf(
        { ...NOTHING, contracts: [{ contract: contract(endAction, facts), detail: more }] },
        TODAY,
      );
      expect([entry?.atEnd, entry?.renewsAutomatically]).toEqual([atEnd, automatic]);
      expect(entry?.noticeBy).toBe(more !== null && atEnd !== 'ENDS' ? '2026-12-01' : null);
    },
  );

  it('lists signed orders, and neither drafts nor terminated ones', () => {
    expect(
      brief({ serviceOrders: [order('SIGNED'), order('TERMINATED'), order('UNRECOGNIZED'), order(null)] }),
    ).toEqual([['so-SIGNED', 'UNKNOWN', '2026-12-31', null]]);
  });

  it('puts first what needs deciding first', () => {
    const entries = brief({
      resources: [resource('soon', term('2026-01-01', '2027-01-01'), [])],
      minimum: [minimum('notice', term('2026-01-01', '2027-01-20'), usd('1'))],
      terms: AUTOMATIC,
    });
    expect(entries.map(([id, , , notice]) => [id, notice])).toEqual([
      ['notice', '2026-11-20'],
      ['soon', null],
    ]);
  });
});
