/**
 * What is wrong with a change, as far as it can be known before it is sent: all of it, each with its place in the input.
 *
 * LogiSense would find most of it too and refuse the whole (`backends.md` §3.7); here it costs no write, and nothing of
 * another customer can be named.
 */
import type {
  CommitmentPatch,
  ContractCommitmentChange,
  ContractCommitmentFields,
  ServicePatch,
} from '../../domain/change.js';
import type { Problem } from '../../domain/operation.js';
import type { Organization } from '../../domain/organization.js';
import type { Evidence, SeenCommitment } from './evidence.js';
import {
  hasMembers,
  isReference,
  isSame,
  notAnId,
  problem,
  problemsOfFields,
  type Path,
} from './field-rules.js';
import { problemsOfPeriods, type Placed } from './period-rules.js';

type Patch = Extract<ContractCommitmentChange, { readonly kind: 'CONTRACT_COMMITMENT_PATCH' }>;

/** `seen`: what is there now. */
export function problemsOf(
  change: ContractCommitmentChange,
  organization: Organization,
  seen: Evidence,
): readonly Problem[] {
  const owned = organization.logisense?.accountContractIds ?? [];
  switch (change.kind) {
    case 'CONTRACT_COMMITMENT_CREATE':
      return problemsOfFields(change.fields, [], owned, true);
    case 'CONTRACT_COMMITMENT_UPDATE': {
      const there = commitmentIn(seen, change.commitmentId);
      return [
        ...(there === null ? [notFound(['commitmentId'])] : []),
        ...problemsOfUpdate(change.fields, [], owned, there),
      ];
    }
    case 'CONTRACT_COMMITMENT_DELETE':
      return commitmentIn(seen, change.commitmentId) === null ? [notFound(['commitmentId'])] : [];
    case 'CONTRACT_COMMITMENT_PATCH':
      return problemsOfPatch(change, owned, seen);
  }
}

/** The commitment, if it is there and the organization's. */
function commitmentIn({ commitments }: Evidence, id: string): SeenCommitment | null {
  const there = Object.hasOwn(commitments, id) ? commitments[id] : undefined;
  return typeof there === 'object' ? there : null;
}

function notFound(path: Path): Problem {
  return problem(path, 'NOT_FOUND', 'There is no such commitment.');
}

function problemsOfUpdate(
  fields: ContractCommitmentFields,
  path: Path,
  owned: readonly string[],
  there: SeenCommitment | null,
): readonly Problem[] {
  if (!hasMembers(fields)) return [problem(path, 'REQUIRED', 'Say what is to change about the commitment.')];
  const isAlready = there !== null && isSame(fields, there);
  return [
    ...problemsOfFields(fields, path, owned, false),
    ...(isAlready ? [problem(path, 'NOT_CHANGED', 'The commitment is like that already.')] : []),
  ];
}

function problemsOfPatch(change: Patch, owned: readonly string[], seen: Evidence): readonly Problem[] {
  const { commitments, periods, services } = change;
  if (commitments.length + periods.length + services.length === 0)
    return [problem([], 'REQUIRED', 'Say what is to change: a commitment, a period or a service.')];
  const deleted = new Set(
    commitments.flatMap((item) => (item.action === 'DELETE' ? [item.commitmentId] : [])),
  );
  return [
    ...problemsOfCommitments(commitments, owned, seen),
    ...problemsOfChildren('periods', periods, deleted, seen, problemsOfPeriods),
    ...problemsOfChildren('services', services, deleted, seen, problemsOfServices),
  ];
}

function problemsOfCommitments(
  items: readonly CommitmentPatch[],
  owned: readonly string[],
  seen: Evidence,
): readonly Problem[] {
  const named = new Set<string>();
  return items.flatMap((item, index): readonly Problem[] => {
    const path = ['commitments', String(index)];
    if (item.action === 'CREATE') return problemsOfFields(item.fields, path, owned, true);
    const idPath = [...path, 'commitmentId'];
    if (named.has(item.commitmentId))
      return [problem(idPath, 'DUPLICATE', 'The commitment is named in another item already.')];
    named.add(item.commitmentId);
    const there = commitmentIn(seen, item.commitmentId);
    return [
      ...(there === null ? [notFound(idPath)] : []),
      ...(item.action === 'UPDATE' ? problemsOfUpdate(item.fields, path, owned, there) : []),
    ];
  });
}

/** Periods or services: each needs its commitment, which must stay; the rest is seen commitment by commitment. */
function problemsOfChildren<Item extends { readonly commitmentId: string }>(
  list: 'periods' | 'services',
  items: readonly Item[],
  deleted: ReadonlySet<string>,
  seen: Evidence,
  problemsWithin: (items: readonly Placed<Item>[], commitment: SeenCommitment) => readonly Problem[],
): readonly Problem[] {
  const problems: Problem[] = [];
  const byCommitment = new Map<SeenCommitment, Placed<Item>[]>();
  items.forEach((item, index) => {
    const path = [list, String(index)];
    const there = commitmentIn(seen, item.commitmentId);
    if (there === null) {
      problems.push(notFound([...path, 'commitmentId']));
      return;
    }
    if (deleted.has(item.commitmentId)) {
      problems.push(
        problem(
          [...path, 'commitmentId'],
          'NOT_ALLOWED',
          'The commitment is deleted by the same request, and all that hangs on it with it.',
        ),
      );
      return;
    }
    const known = byCommitment.get(there);
    if (known) known.push({ item, path });
    else byCommitment.set(there, [{ item, path }]);
  });
  for (const [commitment, placed] of byCommitment) problems.push(...problemsWithin(placed, commitment));
  return problems;
}

function problemsOfServices(
  items: readonly Placed<ServicePatch>[],
  { services }: SeenCommitment,
): readonly Problem[] {
  const named = new Set<string>();
  return items.flatMap(({ item: { action, serviceId }, path }): readonly Problem[] => {
    const idPath = [...path, 'serviceId'];
    if (named.has(serviceId))
      return [problem(idPath, 'DUPLICATE', 'The service is named in another item already.')];
    named.add(serviceId);
    const isThere = Object.hasOwn(services, serviceId);
    if (action === 'DETACH')
      return isThere ? [] : [problem(idPath, 'NOT_FOUND', 'The service is not attached to the commitment.')];
    if (isThere)
      return [problem(idPath, 'NOT_CHANGED', 'The service is attached to the commitment already.')];
    return isReference(serviceId) ? [] : [notAnId(idPath)];
  });
}
