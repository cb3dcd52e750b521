/**
 * Changes as LogiSense takes them (seed 001; the children of a patch: `backends.md` §3.6). Total and pure.
 *
 * Guarantees: members stand in the order of the vendor's samples; ids keep every digit; names, which the vendor derives
 * from ids, are never sent. Refuses (RangeError) an id that is not digits: it is about to become part of a body.
 */
import type {
  CommitmentPatch,
  ContractCommitmentChange,
  ContractCommitmentFields,
  PeriodFields,
  PeriodPatch,
  ServicePatch,
} from '../../domain/change.js';
import type { PlannedRequest } from '../../domain/operation.js';
import {
  createCommitment,
  deleteCommitment,
  isCommitmentId,
  patchCommitments,
  updateCommitment,
} from './client.js';

type Patch = Extract<ContractCommitmentChange, { readonly kind: 'CONTRACT_COMMITMENT_PATCH' }>;

/** Ids of the rows that link commitments with services, by `linkKey`. */
export type Links = ReadonlyMap<string, string>;

export function linkKey(commitmentId: string, serviceId: string): string {
  return `${commitmentId}/${serviceId}`;
}

// The largest id that any database has room for: above zero, as ids have to be, and nobody's.
const NOBODYS = '2147483647';

/**
 * The id in the path of a patch: the first commitment named that exists. Where nothing but creations is asked for, the
 * vendor pays no heed to it (`backends.md` C12): then it is no commitment's, so that none can be touched by mistake.
 */
export function addresseeOf(change: Patch): string {
  return existingIdsOf(change)[0] ?? NOBODYS;
}

/** The commitments that a patch names, each once. */
export function existingIdsOf({ commitments, periods, services }: Patch): readonly string[] {
  const named = [
    ...commitments.flatMap((item) => (item.action === 'CREATE' ? [] : [item.commitmentId])),
    ...periods.map(({ commitmentId }) => commitmentId),
    ...services.map(({ commitmentId }) => commitmentId),
  ];
  return [...new Set(named)];
}

/** The commitments that a change names, each once. */
export function namedBy(change: ContractCommitmentChange): readonly string[] {
  switch (change.kind) {
    case 'CONTRACT_COMMITMENT_CREATE':
      return [];
    case 'CONTRACT_COMMITMENT_UPDATE':
    case 'CONTRACT_COMMITMENT_DELETE':
      return [change.commitmentId];
    case 'CONTRACT_COMMITMENT_PATCH':
      return existingIdsOf(change);
  }
}

/** The one commitment that a change is about, if it is about one, and its id is known. `created`: ids of those made. */
export function subjectOf(change: ContractCommitmentChange, created: readonly string[]): string | null {
  const named = namedBy(change);
  const creations =
    change.kind === 'CONTRACT_COMMITMENT_PATCH'
      ? change.commitments.filter(({ action }) => action === 'CREATE').length
      : Number(change.kind === 'CONTRACT_COMMITMENT_CREATE');
  return named.length + creations === 1 ? (named[0] ?? created[0] ?? null) : null;
}

export function requestOf(change: ContractCommitmentChange, links: Links): PlannedRequest {
  switch (change.kind) {
    case 'CONTRACT_COMMITMENT_CREATE':
      return {
        method: createCommitment.method,
        path: createCommitment.path(null),
        body: object(membersOf(change.fields)),
      };
    case 'CONTRACT_COMMITMENT_UPDATE':
      return {
        method: updateCommitment.method,
        path: updateCommitment.path({ identity: change.commitmentId }),
        body: object([['identity', digits(change.commitmentId)], ...membersOf(change.fields)]),
      };
    case 'CONTRACT_COMMITMENT_PATCH':
      return {
        method: patchCommitments.method,
        path: patchCommitments.path({ identity: addresseeOf(change) }),
        body: patchOf(change, links),
      };
    case 'CONTRACT_COMMITMENT_DELETE':
      return {
        method: deleteCommitment.method,
        path: deleteCommitment.path({ identity: change.commitmentId }),
        body: null,
      };
  }
}

/** A member's name and its value as JSON; without a value it is left out. */
type Member = readonly [name: string, json: string | undefined];

function patchOf({ commitments, periods, services }: Patch, links: Links): string {
  // The number tells items of one request apart: it counts through all three lists.
  let number = 0;
  const numbered = (patchType: string, members: readonly Member[]) => {
    number += 1;
    return object([['patchType', JSON.stringify(patchType)], ['patchClientId', String(number)], ...members]);
  };
  const roots = commitments.map((item) => numbered(item.action.toLowerCase(), membersOfCommitment(item)));
  const ofPeriods = periods.map((item) => numbered(item.action.toLowerCase(), membersOfPeriod(item)));
  const ofServices = services.map((item) =>
    numbered(item.action.toLowerCase(), membersOfService(item, links)),
  );
  return object([
    [
      'details',
      object([
        ['contractCommitmentPeriods', listing(ofPeriods)],
        ['services', listing(ofServices)],
      ]),
    ],
    ['contractCommitments', listing(roots) ?? '{"items":[]}'],
  ]);
}

function membersOfCommitment(item: CommitmentPatch): readonly Member[] {
  switch (item.action) {
    case 'CREATE':
      return membersOf(item.fields);
    case 'UPDATE':
      return [['identity', digits(item.commitmentId)], ...membersOf(item.fields)];
    case 'DELETE':
      return [['identity', digits(item.commitmentId)]];
  }
}

function membersOfPeriod(item: PeriodPatch): readonly Member[] {
  const owner: Member = ['contractCommitmentId', digits(item.commitmentId)];
  switch (item.action) {
    case 'CREATE':
      return [owner, ...membersOfPeriodFields(item.fields)];
    case 'UPDATE':
      return [['identity', digits(item.periodId)], owner, ...membersOfPeriodFields(item.fields)];
    case 'DELETE':
      return [['identity', digits(item.periodId)], owner];
  }
}

/** What is detached is named by the row that links it, and by both ends of it. */
function membersOfService(
  { action, commitmentId, serviceId }: ServicePatch,
  links: Links,
): readonly Member[] {
  const link = action === 'DETACH' ? links.get(linkKey(commitmentId, serviceId)) : undefined;
  return [
    ['identity', digits(link)],
    ['contractCommitmentId', digits(commitmentId)],
    ['serviceId', digits(serviceId)],
  ];
}

function membersOf(fields: ContractCommitmentFields): readonly Member[] {
  return [
    ['accountContractId', digits(fields.accountContractId)],
    ['contractCommitmentTypeId', digits(fields.commitmentTypeId)],
    ['penaltyServiceId', digits(fields.penaltyServiceId)],
    ['penaltyDescription', json(fields.penaltyDescription)],
    ['includeChildAccounts', json(fields.includesChildAccounts)],
    ['contractCommitmentPenaltyChargeTypeId', digits(fields.penaltyChargeTypeId)],
  ];
}

function membersOfPeriodFields(fields: PeriodFields): readonly Member[] {
  return [
    ['periodOccurrences', json(fields.occurrences)],
    ['periodFrequency', json(fields.frequency)],
    ['frequencyTypeId', digits(fields.frequencyTypeId)],
    ['sortOrder', json(fields.order)],
    ['isRemainderOfTerm', json(fields.isRemainderOfTerm)],
  ];
}

function object(members: readonly Member[]): string {
  const given = members.filter(([, value]) => value !== undefined);
  return `{${given.map(([name, value]) => `${JSON.stringify(name)}:${String(value)}`).join(',')}}`;
}

function listing(items: readonly string[]): string | undefined {
  return items.length === 0 ? undefined : `{"items":[${items.join(',')}]}`;
}

function json(value: string | number | boolean | null | undefined): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

function digits(id: string | null | undefined): string | undefined {
  if (id === undefined) return undefined;
  if (id === null) return 'null';
  if (isCommitmentId(id)) return id;
  throw new RangeError('an id that is not digits was about to become part of a body');
}
