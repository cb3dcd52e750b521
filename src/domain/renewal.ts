/**
 * When commitments, contracts and orders end, until when notice can be given, and what happens then.
 *
 * Guarantees: nothing is guessed: a notice period, a renewal or an end that its source does not state is `null` or UNKNOWN, and
 * is in the list all the same. The notice deadline leaves all the days of the notice period between itself and the end:
 * it is the last day minus the notice days, and notice given on it is in time.
 * Refuses to apply the terms of the contract in force to anything else than the commitments in force.
 */
import type { Day } from './calendar.js';
import type { ContractCommitment, MinimumCommitment, ResourceCommitment } from './commitment.js';
import type { Contract, ContractDetail, ContractEndAction } from './contract.js';
import { plusDays } from './day-count.js';
import { money, decimal, type Money } from './money.js';
import type { OrganizationSlug } from './organization.js';
import type { ServiceOrder } from './service-order.js';
import type { SourceName } from './source.js';
import { boundedSpan, hasDays, spanContains, spanOf, type Span } from './span.js';
import type { ContractTerms } from './spend.js';

/**
 * RENEWS: by itself, for another term. ENDS. GOES_ON_OPEN: it has no end. FOLLOWED: another one of the same customer begins on that
 * day, as steps of a ramp do, or it has been renewed already. UNKNOWN: its source does not say.
 */
export type AtEnd = 'RENEWS' | 'ENDS' | 'GOES_ON_OPEN' | 'FOLLOWED' | 'UNKNOWN';

export type RenewalKind =
  'MINIMUM_COMMITMENT' | 'CONTRACT_COMMITMENT' | 'RESOURCE_COMMITMENT' | 'CONTRACT' | 'SERVICE_ORDER';

/** TERM: all of its days together. */
export type ValuePer = 'MONTH' | 'BILLING_CYCLE' | 'TERM';

export interface RenewalEntry {
  readonly kind: RenewalKind;
  readonly source: SourceName;
  readonly externalId: string;
  readonly organization: OrganizationSlug;
  readonly name: string | null;
  readonly startsOn: Day | null;
  /** The last day included. `null`: open, or not known; `atEnd` tells which. */
  readonly lastDay: Day | null;
  /** The day after it. */
  readonly endsBefore: Day | null;
  readonly noticeDays: number | null;
  /** The last day on which notice is in time. `null`: not known, or there is nothing to give notice of. */
  readonly noticeBy: Day | null;
  readonly renewsAutomatically: boolean | null;
  /** Months that a renewal lasts. */
  readonly renewalMonths: number | null;
  readonly atEnd: AtEnd;
  /** What is committed, for the stretch in `value.per`. */
  readonly value: { readonly amount: Money; readonly per: ValuePer } | null;
  /** What a renewal would commit to, where its length and the amount of a month are known. */
  readonly renewalValue: Money | null;
}

export interface RenewalInputs {
  readonly minimum: readonly MinimumCommitment[];
  /** Terms of the contract in force behind the minimum commitments; `null`: there are none, or they could not be read. */
  readonly terms: ContractTerms | null;
  readonly contractCommitments: readonly ContractCommitment[];
  readonly resources: readonly ResourceCommitment[];
  /** With what a single read of the contract tells; `null` where that was not read. */
  readonly contracts: readonly { readonly contract: Contract; readonly detail: ContractDetail | null }[];
  readonly serviceOrders: readonly ServiceOrder[];
}

/**
 * Everything that has not ended by `today`, or of which nobody knows whether it has. What needs deciding first comes first: by
 * the notice deadline, else by the end; without either, last.
 */
export function renewalsOf(inputs: RenewalInputs, today: Day): RenewalEntry[] {
  const entries = [
    ...ofMinimum(inputs.minimum, inputs.terms, today),
    ...inputs.contractCommitments.map(ofContractCommitment),
    ...inputs.resources.map(ofResource),
    ...inputs.contracts.flatMap(({ contract, detail }) => ofContract(contract, detail)),
    ...inputs.serviceOrders.flatMap(ofServiceOrder),
  ];
  return entries.filter(({ endsBefore }) => endsBefore === null || endsBefore > today).sort(byUrgency);
}

const LATER = '~';

function byUrgency(a: RenewalEntry, b: RenewalEntry): number {
  const keyOf = ({ noticeBy, endsBefore, source, externalId }: RenewalEntry) =>
    [noticeBy ?? endsBefore ?? LATER, endsBefore ?? LATER, source, externalId].join(' ');
  const first = keyOf(a);
  const second = keyOf(b);
  return first < second ? -1 : first > second ? 1 : 0;
}

const MOST_NOTICE_DAYS = 3660;

/** The notice period as a number of days, or `null` where what is stated is none. */
function noticeDaysOf(stated: number | null | undefined): number | null {
  if (stated == null || !Number.isInteger(stated)) return null;
  return stated < 0 || stated > MOST_NOTICE_DAYS ? null : stated;
}

/** The last day on which notice is in time. */
export function noticeBy(endsBefore: Day | null, noticeDays: number | null): Day | null {
  return endsBefore === null || noticeDays === null ? null : plusDays(endsBefore, -1 - noticeDays);
}

const MOST_RENEWAL_MONTHS = 1200;

function renewalMonthsOf(stated: number | null | undefined): number | null {
  if (stated == null || !Number.isInteger(stated)) return null;
  return stated <= 0 || stated > MOST_RENEWAL_MONTHS ? null : stated;
}

/** First and last days, with ends that mean "never" taken for open. */
function daysOf(startsOn: Day | null, stated: Day | null) {
  const endsBefore = startsOn === null ? stated : boundedSpan(startsOn, stated).endsBefore;
  return { startsOn, endsBefore, lastDay: endsBefore === null ? null : plusDays(endsBefore, -1) };
}

const NOTHING_STATED = {
  noticeDays: null,
  noticeBy: null,
  renewsAutomatically: null,
  renewalMonths: null,
  renewalValue: null,
} as const;

interface Dated {
  readonly commitment: MinimumCommitment;
  readonly span: Span | null;
}

function ofMinimum(
  commitments: readonly MinimumCommitment[],
  terms: ContractTerms | null,
  today: Day,
): RenewalEntry[] {
  const dated = commitments.map((commitment): Dated => {
    const span = spanOf(commitment);
    return { commitment, span: typeof span === 'string' ? null : span };
  });
  const binding = dated.filter(({ span }) => span !== null && hasDays(span));
  const starts = new Set(binding.map(({ span }) => span?.startsOn));
  const inForce = lastInForce(binding, today);
  return dated.flatMap(({ commitment, span }) => {
    if (span !== null && !hasDays(span)) return []; // cancelled before it began: nothing ends
    const { source, externalId, organization, name, committed, committedPer, term, cancelledAt } = commitment;
    const days = span === null ? daysOf(term.startsOn, null) : daysOf(span.startsOn, span.endsBefore);
    const isCancelled = commitment.status === 'CANCELLED' || cancelledAt !== null;
    const value = committed && committedPer ? { amount: committed, per: committedPer } : null;
    const base = {
      kind: 'MINIMUM_COMMITMENT',
      source,
      externalId,
      organization,
      name,
      ...days,
      value,
    } as const;
    const isFollowed = days.endsBefore !== null && starts.has(days.endsBefore);
    if (isCancelled || isFollowed) {
      return [{ ...base, ...NOTHING_STATED, atEnd: isFollowed ? 'FOLLOWED' : 'ENDS' }];
    }
    if (span === null) return [{ ...base, ...NOTHING_STATED, atEnd: 'UNKNOWN' }];
    if (days.endsBefore === null) return [{ ...base, ...NOTHING_STATED, atEnd: 'GOES_ON_OPEN' }];
    const renewal = commitment === inForce ? (terms?.renewal ?? null) : null;
    const noticeDays = noticeDaysOf(renewal?.noticeDays);
    const renewalMonths = renewalMonthsOf(renewal?.renewalMonths);
    const renewsAutomatically = renewal?.renewsAutomatically ?? null;
    return [
      {
        ...base,
        noticeDays,
        noticeBy: noticeBy(days.endsBefore, noticeDays),
        renewsAutomatically,
        renewalMonths,
        atEnd: atEndOf(renewsAutomatically),
        renewalValue:
          committed && committedPer === 'MONTH' && renewalMonths !== null
            ? money(committed.amount.times(decimal(String(renewalMonths))), committed.currency)
            : null,
      },
    ];
  });
}

function atEndOf(renewsAutomatically: boolean | null): AtEnd {
  if (renewsAutomatically === null) return 'UNKNOWN';
  return renewsAutomatically ? 'RENEWS' : 'ENDS';
}

/**
 * The commitment whose end is the end of the contract in force: from the one that binds today, along those that each begin
 * where the last one ended. `null` where none binds today, or where two do and nobody can tell whose the terms are.
 */
function lastInForce(binding: readonly Dated[], today: Day): MinimumCommitment | null {
  const now = binding.filter(({ span }) => span !== null && spanContains(span, today));
  const [only] = now;
  if (only === undefined || now.length > 1) return null;
  const followers = new Map<Day, Dated[]>();
  for (const each of binding) {
    if (each.span === null) continue;
    followers.set(each.span.startsOn, [...(followers.get(each.span.startsOn) ?? []), each]);
  }
  let last = only;
  for (;;) {
    const end = last.span?.endsBefore ?? null;
    const next = end === null ? [] : (followers.get(end) ?? []);
    const [follower] = next;
    if (follower === undefined) return last.commitment;
    if (next.length > 1) return null;
    last = follower;
  }
}

function ofContractCommitment(commitment: ContractCommitment): RenewalEntry {
  const { source, externalId, organization, name, term } = commitment;
  const days = daysOf(term.startsOn, term.endsBefore);
  // LogiSense states no dates and no renewal. A term of the account directory with a start and no end is an open one.
  const isOpen = days.startsOn !== null && days.endsBefore === null;
  return {
    kind: 'CONTRACT_COMMITMENT',
    source,
    externalId,
    organization,
    name,
    ...days,
    ...NOTHING_STATED,
    atEnd: isOpen ? 'GOES_ON_OPEN' : 'UNKNOWN',
    value: null,
  };
}

function ofResource(commitment: ResourceCommitment): RenewalEntry {
  const { source, externalId, organization, name, term, committed, committedPer } = commitment;
  const days = daysOf(term.startsOn, term.endsBefore);
  return {
    kind: 'RESOURCE_COMMITMENT',
    source,
    externalId,
    organization,
    name,
    ...days,
    ...NOTHING_STATED,
    // CloudMC: without an end, indefinite; with one, expired from then on. It knows no renewals.
    renewsAutomatically: false,
    atEnd: days.endsBefore !== null ? 'ENDS' : days.startsOn === null ? 'UNKNOWN' : 'GOES_ON_OPEN',
    value: committed && committedPer ? { amount: committed, per: committedPer } : null,
  };
}

const AUTOMATIC: Readonly<Record<ContractEndAction, boolean | null>> = {
  RENEW: true,
  MANUAL_RENEW: false, // somebody has to
  CANCEL: false,
  UNRECOGNIZED: null,
};

function ofContract(contract: Contract, detail: ContractDetail | null): RenewalEntry[] {
  const { externalId, organization, status, term, totalValue, isRenewed } = contract;
  if (status === 'FINISHED') return [];
  const days = daysOf(term.startsOn, term.endsBefore);
  const terms = detail?.renewalTerms ?? null;
  const stated = [terms?.endAction ?? null, contract.endAction].filter((action) => action !== null);
  const answers = new Set(stated.map((action) => AUTOMATIC[action]));
  const [automatic] = answers;
  // Two statements that contradict each other are no statement.
  const renewsAutomatically = status === 'CANCELED' ? false : answers.size === 1 ? (automatic ?? null) : null;
  const noticeDays = status === 'CANCELED' ? null : noticeDaysOf(terms?.noticeDays);
  return [
    {
      kind: 'CONTRACT',
      source: 'MONETIZENOW',
      externalId,
      organization,
      name: null,
      ...days,
      noticeDays,
      noticeBy: noticeBy(days.endsBefore, noticeDays),
      renewsAutomatically,
      renewalMonths: null, // the vendor has a word for the length of a renewal, and no list of its words
      atEnd:
        isRenewed === true
          ? 'FOLLOWED'
          : days.endsBefore === null && days.startsOn !== null && status !== 'CANCELED'
            ? 'GOES_ON_OPEN'
            : atEndOf(renewsAutomatically),
      value: totalValue && { amount: totalValue, per: 'TERM' },
      renewalValue: null,
    },
  ];
}

/** Orders in force. What was never signed does not end, and when a terminated one ended, its order does not say. */
function ofServiceOrder(order: ServiceOrder): RenewalEntry[] {
  if (order.stage !== 'SIGNED') return [];
  const { externalId, organization, name, monthlyMinimum } = order;
  const days = daysOf(order.term.startsOn, order.term.endsBefore);
  return [
    {
      kind: 'SERVICE_ORDER',
      source: 'SALESFORCE',
      externalId,
      organization,
      name,
      ...days,
      ...NOTHING_STATED,
      atEnd: 'UNKNOWN',
      value: monthlyMinimum && { amount: monthlyMinimum, per: 'MONTH' },
    },
  ];
}
