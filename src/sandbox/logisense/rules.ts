/**
 * What LogiSense demands of a commitment and of its periods (`backends.md` §3.7). Guarantees that only supplied members
 * come back, so that an update changes nothing else. Refuses ids that are not above 0 or do not exist, a new commitment
 * without account contract or type, a new period without occurrences, frequency, frequency type or order, and periods
 * whose order is no order.
 *
 * Our choice, because the vendor is silent: null takes a penalty away; `includeChildAccounts` and `isRemainderOfTerm`
 * start as false; the remainder of the term needs its numbers as well, since the vendor's sample has them.
 */
import type { Members } from './body.js';
import { CODES, type Problem } from './problems.js';
import type { Commitment, LogisenseState, Period } from './state.js';

type CommitmentFields = Omit<
  Commitment,
  'identity' | 'periods' | 'services' | 'packageFrequencies' | 'usageClasses'
>;
type PeriodFields = Omit<Period, 'identity'>;

/** Without the members that were not supplied. */
function supplied<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as unknown as Partial<T>;
}

export function readCommitment(
  members: Members,
  state: LogisenseState,
  isNew: boolean,
): Partial<CommitmentFields> {
  return supplied<CommitmentFields>({
    accountContractId: members.id('accountContractId', state.accountContracts, isNew),
    contractCommitmentTypeId: members.id('contractCommitmentTypeId', state.commitmentTypes, isNew),
    penaltyServiceId: members.orNull('penaltyServiceId', (name) => members.id(name, state.services)),
    penaltyDescription: members.orNull('penaltyDescription', (name) => members.text(name)),
    includeChildAccounts: members.flag('includeChildAccounts'),
    contractCommitmentPenaltyChargeTypeId: members.orNull('contractCommitmentPenaltyChargeTypeId', (name) =>
      members.id(name, state.penaltyChargeTypes),
    ),
  });
}

/** `undefined` if something that it needs is missing; the problem was noted when it was read. */
export function newCommitment(identity: number, fields: Partial<CommitmentFields>): Commitment | undefined {
  const { accountContractId, contractCommitmentTypeId } = fields;
  if (accountContractId === undefined || contractCommitmentTypeId === undefined) return undefined;
  return {
    identity,
    accountContractId,
    contractCommitmentTypeId,
    penaltyServiceId: fields.penaltyServiceId ?? null,
    penaltyDescription: fields.penaltyDescription ?? null,
    includeChildAccounts: fields.includeChildAccounts ?? false,
    contractCommitmentPenaltyChargeTypeId: fields.contractCommitmentPenaltyChargeTypeId ?? null,
    periods: [],
    services: [],
    packageFrequencies: [],
    usageClasses: [],
  };
}

export function readPeriod(members: Members, state: LogisenseState, isNew: boolean): Partial<PeriodFields> {
  return supplied<PeriodFields>({
    periodOccurrences: members.count('periodOccurrences', isNew),
    periodFrequency: members.count('periodFrequency', isNew),
    frequencyTypeId: members.id('frequencyTypeId', state.frequencyTypes, isNew),
    sortOrder: members.order('sortOrder', isNew),
    isRemainderOfTerm: members.flag('isRemainderOfTerm'),
  });
}

/** `undefined` if something that it needs is missing; the problem was noted when it was read. */
export function newPeriod(identity: number, fields: Partial<PeriodFields>): Period | undefined {
  const { periodOccurrences, periodFrequency, frequencyTypeId, sortOrder } = fields;
  if (
    periodOccurrences === undefined ||
    periodFrequency === undefined ||
    frequencyTypeId === undefined ||
    sortOrder === undefined
  ) {
    return undefined;
  }
  const isRemainderOfTerm = fields.isRemainderOfTerm ?? false;
  return { identity, periodOccurrences, periodFrequency, frequencyTypeId, sortOrder, isRemainderOfTerm };
}

/** Periods follow one another by `sortOrder`, and nothing can come after the remainder of the term (§3.2, inferred). */
export function orderProblems(periods: readonly Period[]): Problem[] {
  const problem = (message: string): Problem => ({ code: CODES.periodOrder, message });
  const orders = periods.map(({ sortOrder }) => sortOrder);
  const twice = new Set(orders.filter((order, index) => orders.indexOf(order) !== index));
  const problems = [...twice].map((order) =>
    problem(`'SortOrder' ${order} is used by more than one period.`),
  );
  const remainders = periods.filter(({ isRemainderOfTerm }) => isRemainderOfTerm);
  if (remainders.length > 1) problems.push(problem("'IsRemainderOfTerm' may be true for one period only."));
  const last = Math.max(...orders);
  if (remainders.length === 1 && remainders.some(({ sortOrder }) => sortOrder < last)) {
    problems.push(problem("'IsRemainderOfTerm' may be true for the last period only."));
  }
  return problems;
}
