/**
 * A patch over several commitments of account contracts, from its input to the domain.
 *
 * Guarantees: every commitment that it names is the customer's that it says, and every item has what its action needs
 * and nothing else; all that is wrong is listed, with its place.
 */
import type { CommitmentPatch, PeriodPatch, ServicePatch } from '../../domain/change.js';
import type { Problem, ProblemCode } from '../../domain/operation.js';
import type { Organization } from '../../domain/organization.js';
import type { GraphContext } from '../context.js';
import type {
  CommitmentPatchInput,
  ContractCommitmentPatchInput,
  PatchAction,
  PeriodPatchInput,
  ServicePatchInput,
} from '../generated.js';
import {
  contractFieldsOf,
  FIXED_CONTRACT_MEMBERS,
  FIXED_PERIOD_MEMBERS,
  periodFieldsOf,
  problemsOfNulls,
  withoutNulls,
} from './fields.js';
import { noSuch, targetOf } from './target.js';

export interface Patch {
  readonly commitments: readonly CommitmentPatch[];
  readonly periods: readonly PeriodPatch[];
  readonly services: readonly ServicePatch[];
  readonly problems: readonly Problem[];
}

export function isDeleting({ commitments, periods }: ContractCommitmentPatchInput): boolean {
  return [...(commitments ?? []), ...(periods ?? [])].some(({ action }) => action === 'DELETE');
}

/** `organization`: `null` where it is not to be seen; then nothing is its. Throws BAD_USER_INPUT for what is no id. */
export function patchOf(
  input: ContractCommitmentPatchInput,
  organization: Organization | null,
  context: GraphContext,
): Patch {
  const problems: Problem[] = [];
  const report = (path: readonly string[], code: ProblemCode, message: string) =>
    problems.push({ path, code, message });

  const keyOf = (id: string, path: readonly string[]): string => {
    const target = targetOf(id, 'ContractCommitment', path, context);
    if (target !== null && target.organization.slug === organization?.slug) return target.key;
    problems.push(noSuch('ContractCommitment', path));
    return '';
  };

  /** A member that all actions but one need. */
  const need = <Value>(
    value: Value | null | undefined,
    action: PatchAction,
    except: PatchAction,
    path: readonly string[],
  ): Value | null => {
    if (action === except) {
      if (value != null) report(path, 'NOT_ALLOWED', `${action} takes none.`);
      return null;
    }
    if (value == null) report(path, 'REQUIRED', `${action} needs it.`);
    return value ?? null;
  };

  const commitmentOf = (item: CommitmentPatchInput, index: number): CommitmentPatch => {
    const path = ['commitments', String(index)];
    const { action } = item;
    const id = need(item.commitmentId, action, 'CREATE', [...path, 'commitmentId']);
    const members = need(item.fields, action, 'DELETE', [...path, 'fields']) ?? {};
    const commitmentId = id === null ? '' : keyOf(id, [...path, 'commitmentId']);
    const fields = contractFieldsOf(members);
    switch (action) {
      case 'CREATE':
        return { action, fields: withoutNulls(fields) };
      case 'UPDATE':
        problems.push(...problemsOfNulls(members, FIXED_CONTRACT_MEMBERS, [...path, 'fields']));
        return { action, commitmentId, fields };
      case 'DELETE':
        return { action, commitmentId };
    }
  };

  const periodOf = (item: PeriodPatchInput, index: number): PeriodPatch => {
    const path = ['periods', String(index)];
    const { action } = item;
    const commitmentId = keyOf(item.commitmentId, [...path, 'commitmentId']);
    const periodId = need(item.periodId, action, 'CREATE', [...path, 'periodId']) ?? '';
    const members = need(item.fields, action, 'DELETE', [...path, 'fields']) ?? {};
    const fields = periodFieldsOf(members);
    switch (action) {
      case 'CREATE':
        return { action, commitmentId, fields };
      case 'UPDATE':
        problems.push(...problemsOfNulls(members, FIXED_PERIOD_MEMBERS, [...path, 'fields']));
        return { action, commitmentId, periodId, fields };
      case 'DELETE':
        return { action, commitmentId, periodId };
    }
  };

  const serviceOf = (
    { action, commitmentId, serviceId }: ServicePatchInput,
    index: number,
  ): ServicePatch => ({
    action,
    commitmentId: keyOf(commitmentId, ['services', String(index), 'commitmentId']),
    serviceId,
  });

  const commitments = (input.commitments ?? []).map(commitmentOf);
  const periods = (input.periods ?? []).map(periodOf);
  const services = (input.services ?? []).map(serviceOf);
  return { commitments, periods, services, problems };
}
