/** What can be known to be wrong with the members of a commitment or a period, by themselves (`backends.md` §3.7). */
import type { ContractCommitmentFields, PeriodFields } from '../../domain/change.js';
import type { Problem, ProblemCode } from '../../domain/operation.js';
import { isCommitmentId } from './client.js';

export type Path = readonly string[];

export function problem(path: Path, code: ProblemCode, message: string): Problem {
  return { path, code, message };
}

/** Ids that refer to something are above zero: the vendor refuses others (11900000). */
export function isReference(id: string): boolean {
  return isCommitmentId(id) && id !== '0';
}

// Longer ones could not be read back.
const LONGEST_TEXT = 10_000;

/** `owned`: the organization's account contracts. */
export function problemsOfFields(
  fields: ContractCommitmentFields,
  path: Path,
  owned: readonly string[],
  isCreation: boolean,
): readonly Problem[] {
  const problems: Problem[] = [];
  const { accountContractId, penaltyDescription } = fields;
  if (isCreation) {
    if (accountContractId === undefined)
      problems.push(
        problem([...path, 'accountContractId'], 'REQUIRED', 'Say which account contract it is for.'),
      );
    if (fields.commitmentTypeId === undefined)
      problems.push(
        problem([...path, 'commitmentTypeId'], 'REQUIRED', 'Say of which type the commitment is.'),
      );
  }
  for (const name of [
    'accountContractId',
    'commitmentTypeId',
    'penaltyServiceId',
    'penaltyChargeTypeId',
  ] as const) {
    const id = fields[name] ?? null;
    // The vendor's own sample of a PUT has a type of 0 (seed 001): it may say itself whether that is one.
    const isId = name === 'commitmentTypeId' ? isCommitmentId : isReference;
    if (id !== null && !isId(id)) problems.push(notAnId([...path, name]));
  }
  if (accountContractId !== undefined && isReference(accountContractId)) {
    if (!owned.includes(accountContractId))
      problems.push(
        problem(
          [...path, 'accountContractId'],
          'NOT_FOUND',
          'The organization has no such account contract.',
        ),
      );
  }
  if (typeof penaltyDescription === 'string' && penaltyDescription.length > LONGEST_TEXT)
    problems.push(
      problem([...path, 'penaltyDescription'], 'OUT_OF_RANGE', 'Give at most 10,000 characters.'),
    );
  return problems;
}

export function notAnId(path: Path): Problem {
  return problem(path, 'INVALID', 'Give a whole number above zero, in digits.');
}

export function hasMembers(fields: object): boolean {
  return Object.values(fields).some((value) => value !== undefined);
}

/** Whether each member that is given is that already. */
export function isSame(fields: object, facts: object): boolean {
  return Object.entries(fields).every(
    ([name, value]: [string, unknown]) =>
      value === undefined || (facts as Readonly<Record<string, unknown>>)[name] === value,
  );
}

/** What a period's length is made of. */
export const LENGTH = ['occurrences', 'frequency', 'frequencyTypeId'] as const;

export function lengthNeeded(path: Path): Problem {
  return problem(
    path,
    'REQUIRED',
    'A period that does not run to the end of the term needs occurrences, a frequency and its type.',
  );
}

/** `isRemainder`: whether the period runs to the end of the term once the change is made; it then needs no length. */
export function problemsOfPeriod(
  fields: PeriodFields,
  path: Path,
  isCreation: boolean,
  isRemainder: boolean,
): readonly Problem[] {
  const problems: Problem[] = [];
  const { frequencyTypeId, order } = fields;
  if (isCreation) {
    if (order === undefined)
      problems.push(problem([...path, 'order'], 'REQUIRED', 'Say at which place the period comes.'));
    for (const name of isRemainder ? [] : LENGTH) {
      if (fields[name] === undefined) problems.push(lengthNeeded([...path, name]));
    }
  }
  for (const name of ['occurrences', 'frequency'] as const) {
    const count = fields[name];
    if (count === undefined) continue;
    if (!Number.isSafeInteger(count))
      problems.push(problem([...path, name], 'INVALID', 'Give a whole number.'));
    else if (count < 1) problems.push(problem([...path, name], 'OUT_OF_RANGE', 'Give 1 or more.'));
  }
  if (order !== undefined) {
    if (!Number.isSafeInteger(order))
      problems.push(problem([...path, 'order'], 'INVALID', 'Give a whole number.'));
    else if (order < 0) problems.push(problem([...path, 'order'], 'OUT_OF_RANGE', 'Give 0 or more.'));
  }
  if (frequencyTypeId !== undefined && !isReference(frequencyTypeId))
    problems.push(notAnId([...path, 'frequencyTypeId']));
  return problems;
}
