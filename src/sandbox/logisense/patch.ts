/**
 * PATCH Contract/Commitment/{id} (`backends.md` §3.6): `create`, `update` and `delete` for commitments and their periods,
 * `attach` and `detach` for services. Guarantees one step for each item, commitments first, then periods, then services,
 * each in the order of the request, since nothing else ties a record of the reply to its item. Refuses every other patch
 * type and every other list: package frequencies and usage classes can be read only (C11).
 *
 * Our choice, because the vendor shows an empty `details` only: the lists are `contractCommitmentPeriods` and `services`;
 * an item belongs to the commitment of the path unless it says `contractCommitmentId`, and a commitment to be updated or
 * deleted is that of the path unless it says `identity`; a service is detached by `serviceId` or by the `identity` of
 * its row; a service that is attached already is refused.
 */
import { isJsonObject, type Json, type Members, membersOf } from './body.js';
import { CODES, notReadable, type Problem, quoted, required, unknownId } from './problems.js';
import {
  type ActionRecord,
  cascade,
  commitmentRecord,
  periodDeleted,
  periodRecord,
  serviceRecord,
} from './records.js';
import { newCommitment, newPeriod, readCommitment, readPeriod } from './rules.js';
import type { Commitment } from './state.js';
import type { Transaction } from './transaction.js';

/** What one item came to. */
export interface Step {
  readonly commitmentId: number;
  /** The item as understood. */
  readonly asked: Json;
  readonly records: readonly ActionRecord[];
}

export interface Patch {
  readonly commitments: readonly Json[];
  readonly periods: readonly Json[];
  readonly services: readonly Json[];
  /** Nothing but new commitments, so that the id of the path means nothing (C12). */
  readonly isOnlyCreation: boolean;
}

export function readPatch(body: Json, problems: Problem[]): Patch {
  const { details = {} } = body;
  if (!isJsonObject(details)) problems.push(notReadable('details', 'an object'));
  const children = isJsonObject(details) ? details : {};
  refuseOthers(body, ['details', 'contractCommitments'], problems);
  refuseOthers(children, ['contractCommitmentPeriods', 'services'], problems);
  const commitments = itemsOf(body, 'contractCommitments', problems);
  const periods = itemsOf(children, 'contractCommitmentPeriods', problems);
  const services = itemsOf(children, 'services', problems);
  const isOnlyCreation =
    commitments.length > 0 &&
    commitments.every((item) => item['patchType'] === 'create') &&
    periods.length + services.length === 0;
  return { commitments, periods, services, isOnlyCreation };
}

function refuseOthers(source: Json, known: readonly string[], problems: Problem[]): void {
  for (const name of Object.keys(source)) {
    if (known.includes(name)) continue;
    problems.push({ code: CODES.notPatchable, message: `${quoted(name)} cannot be patched.` });
  }
}

function itemsOf(source: Json, name: string, problems: Problem[]): readonly Json[] {
  const list = source[name];
  if (list === undefined) return [];
  const items = isJsonObject(list) ? list['items'] : undefined;
  if (Array.isArray(items) && items.every(isJsonObject)) return items;
  problems.push(notReadable(name, 'an object with a list of objects in items'));
  return [];
}

/** Steps of the items without problems; what is wrong with the others is noted. */
export function applyPatch(
  transaction: Transaction,
  pathId: number,
  patch: Patch,
  problems: Problem[],
): Step[] {
  const { state } = transaction;

  function patchTypeOf<T extends string>(item: Json, known: readonly T[]): T | undefined {
    const { patchType } = item;
    const found = known.find((one) => one === patchType);
    if (found !== undefined) return found;
    problems.push(
      patchType === undefined
        ? required('patchType')
        : { code: CODES.notPatchable, message: `'PatchType' must be one of ${known.join(', ')}.` },
    );
    return undefined;
  }

  function commitmentOf(members: Members, name: string): Commitment | undefined {
    const id = members.count(name) ?? pathId;
    const commitment = transaction.commitment(id);
    if (!commitment) problems.push(unknownId(name, id));
    return commitment;
  }

  /** The row with the identity that the item names. */
  function rowOf<T extends { readonly identity: number }>(
    members: Members,
    rows: readonly T[],
  ): T | undefined {
    const identity = members.count('identity', true);
    const row = rows.find((one) => one.identity === identity);
    if (identity !== undefined && !row) problems.push(unknownId('identity', identity));
    return row;
  }

  function patchCommitment(item: Json, members: Members): Step | undefined {
    const patchType = patchTypeOf(item, ['create', 'update', 'delete']);
    if (patchType === undefined) return undefined;
    if (patchType === 'create') {
      const fields = readCommitment(members, state, true);
      const made = newCommitment(transaction.nextIdentity(), fields);
      if (!made) return undefined;
      transaction.add(made);
      const records = [commitmentRecord(state, 'created', made)];
      return { commitmentId: made.identity, asked: { patchType, ...fields }, records };
    }
    const commitment = commitmentOf(members, 'identity');
    const fields = patchType === 'update' ? readCommitment(members, state, false) : {};
    if (!commitment) return undefined;
    const { identity } = commitment;
    const asked = { patchType, identity, ...fields };
    if (patchType === 'delete') {
      transaction.remove(identity);
      return { commitmentId: identity, asked, records: cascade(commitment) };
    }
    Object.assign(commitment, fields);
    return { commitmentId: identity, asked, records: [commitmentRecord(state, 'updated', commitment)] };
  }

  function patchPeriod(item: Json, members: Members): Step | undefined {
    const patchType = patchTypeOf(item, ['create', 'update', 'delete']);
    const commitment = commitmentOf(members, 'contractCommitmentId');
    if (patchType === undefined || !commitment) return undefined;
    const { identity: contractCommitmentId, periods } = commitment;
    const step = (asked: Json, record: ActionRecord): Step => ({
      commitmentId: contractCommitmentId,
      asked: { patchType, contractCommitmentId, ...asked },
      records: [record],
    });
    if (patchType === 'create') {
      const fields = readPeriod(members, state, true);
      const made = newPeriod(transaction.nextIdentity(), fields);
      if (!made) return undefined;
      periods.push(made);
      return step(fields, periodRecord(state, 'created', commitment, made));
    }
    const period = rowOf(members, periods);
    const fields = patchType === 'update' ? readPeriod(members, state, false) : {};
    if (!period) return undefined;
    const asked = { identity: period.identity, ...fields };
    if (patchType === 'delete') {
      commitment.periods = periods.filter((one) => one !== period);
      return step(asked, periodDeleted(period.identity));
    }
    Object.assign(period, fields);
    return step(asked, periodRecord(state, 'updated', commitment, period));
  }

  function patchService(item: Json, members: Members): Step | undefined {
    const patchType = patchTypeOf(item, ['attach', 'detach']);
    const commitment = commitmentOf(members, 'contractCommitmentId');
    if (patchType === undefined || !commitment) return undefined;
    const { identity: contractCommitmentId, services } = commitment;
    const byRow = patchType === 'detach' && item['serviceId'] === undefined;
    const serviceId = byRow
      ? rowOf(members, services)?.targetId
      : members.id('serviceId', state.services, true);
    if (serviceId === undefined) return undefined;
    const link = services.find(({ targetId }) => targetId === serviceId);
    if (patchType === 'attach') {
      if (link) {
        problems.push({
          code: CODES.alreadyAttached,
          message: `'ServiceId' ${serviceId} is already attached.`,
        });
        return undefined;
      }
      services.push({ identity: transaction.nextIdentity(), targetId: serviceId });
    } else if (link) {
      commitment.services = services.filter((one) => one !== link);
    } else {
      problems.push(unknownId('serviceId', serviceId));
      return undefined;
    }
    return {
      commitmentId: contractCommitmentId,
      asked: { patchType, contractCommitmentId, serviceId },
      records: [
        serviceRecord(patchType === 'attach' ? 'attached' : 'detached', contractCommitmentId, serviceId),
      ],
    };
  }

  function each(
    object: string,
    items: readonly Json[],
    apply: (item: Json, members: Members) => Step | undefined,
  ): Step[] {
    return items.flatMap((item) => {
      const members = membersOf(item, problems);
      const patchClientId = members.order('patchClientId');
      const step = apply(item, members);
      if (!step) return [];
      const asked = { object, ...(patchClientId !== undefined && { patchClientId }), ...step.asked };
      return [{ ...step, asked }];
    });
  }

  return [
    ...each('contractCommitment', patch.commitments, patchCommitment),
    ...each('contractCommitmentPeriod', patch.periods, patchPeriod),
    ...each('service', patch.services, patchService),
  ];
}
