/**
 * What LogiSense's answer to a write says was done, item by item (`backends.md` §3.6, C10, C13).
 *
 * Guarantees: a success is one that names what was asked for; one that does not is left for reading back to decide. Words
 * that we do not know are kept, counted, and in a patch never taken for a success.
 */
import type { ContractCommitmentChange } from '../../domain/change.js';
import type { AffectedObject } from '../../domain/operation.js';
import type { Drift } from '../../observability/drift.js';
import { enumOf } from '../records.js';
import type { Outcome } from './outcome.js';
import { existingIdsOf } from './requests.js';
import {
  actionOf,
  commitmentOf,
  recordOf,
  type WireAction,
  type WireCommitment,
  type WireWriteReply,
} from './wire.js';

/** "updated" and "attached" by analogy (`backends.md` §3.6). */
const ACTIONS: Readonly<Record<string, AffectedObject['action']>> = {
  created: 'CREATED',
  updated: 'UPDATED',
  deleted: 'DELETED',
  attached: 'ATTACHED',
  detached: 'DETACHED',
};
/** Says that nothing became of the object. */
const NO_ACTION = 'retrieved';
const COMMITMENT = 'contractCommitment';

interface Said {
  readonly affected: AffectedObject;
  readonly row: WireCommitment | null;
  readonly raw: unknown;
}

export interface Answer {
  readonly affected: Outcome['affected'];
  /** Whether it says that the change was made. */
  readonly isConfirmed: boolean;
  /** Ids of commitments that were made. */
  readonly created: readonly string[];
  /** Commitments as they came, by id. */
  readonly rows: ReadonlyMap<string, { readonly row: WireCommitment; readonly raw: unknown }>;
}

export function answerOf(change: ContractCommitmentChange, body: WireWriteReply, drift: Drift): Answer {
  const readings = body.results.items.map((item) => readItem(item, body.type ?? null, change, drift));
  const said = readings.filter((one) => one !== null && one !== 'nothing');
  const idsOf = (action: AffectedObject['action']) =>
    said
      .filter(({ affected }) => affected.type === COMMITMENT && affected.action === action)
      .flatMap(({ affected }) => affected.externalId ?? []);
  const created = [...new Set(idsOf('CREATED'))];
  const [updated, deleted] = [idsOf('UPDATED'), idsOf('DELETED')];
  const isEvery = (ids: readonly string[], among: readonly string[]) => ids.every((id) => among.includes(id));
  const confirms = (): boolean => {
    switch (change.kind) {
      case 'CONTRACT_COMMITMENT_CREATE':
        return created.length === 1;
      case 'CONTRACT_COMMITMENT_UPDATE':
        return isEvery([change.commitmentId], updated) && isEvery(updated, [change.commitmentId]);
      case 'CONTRACT_COMMITMENT_DELETE':
        return isEvery([change.commitmentId], deleted);
      case 'CONTRACT_COMMITMENT_PATCH': {
        const asked = (action: 'UPDATE' | 'DELETE') =>
          change.commitments.flatMap((item) => (item.action === action ? [item.commitmentId] : []));
        return (
          said.length > 0 &&
          !readings.includes(null) &&
          said.every(({ affected }) => affected.action !== 'UNRECOGNIZED') &&
          created.length === change.commitments.filter(({ action }) => action === 'CREATE').length &&
          isEvery(asked('UPDATE'), updated) &&
          isEvery(asked('DELETE'), deleted)
        );
      }
    }
  };
  return {
    affected: said.map(({ affected }) => ({ ...affected })),
    isConfirmed: confirms(),
    created,
    rows: new Map(
      said.flatMap(({ row, raw }) => (row === null ? [] : [[row.identity, { row, raw }] as const])),
    ),
  };
}

/** `null`: cannot be read. */
function readItem(
  item: unknown,
  type: string | null,
  change: ContractCommitmentChange,
  drift: Drift,
): Said | 'nothing' | null {
  const row = commitmentOf(item);
  const record = actionOf(item);
  if (record !== null) {
    if (record.action === NO_ACTION) return 'nothing';
    const affected = affectedOf(record, drift);
    return { affected, row: affected.type === COMMITMENT ? row : null, raw: recordOf(item) };
  }
  if (row === null) return null;
  // A plain item tells no action: it is what the endpoint is for, in the reply's own word for it.
  const affected = {
    type: COMMITMENT,
    action: impliedAction(change, row.identity),
    actionText: type ?? '',
    externalId: row.identity,
    leftExternalId: null,
    rightExternalId: null,
  };
  return { affected, row, raw: item };
}

function impliedAction(change: ContractCommitmentChange, identity: string): AffectedObject['action'] {
  switch (change.kind) {
    case 'CONTRACT_COMMITMENT_CREATE':
      return 'CREATED';
    case 'CONTRACT_COMMITMENT_UPDATE':
      return 'UPDATED';
    case 'CONTRACT_COMMITMENT_PATCH':
      return existingIdsOf(change).includes(identity) ? 'UPDATED' : 'CREATED';
    case 'CONTRACT_COMMITMENT_DELETE':
      return 'UNRECOGNIZED';
  }
}

function affectedOf(record: WireAction, drift: Drift): AffectedObject {
  const { identity, foreignKeyIdentity, lhsId, rhsId, action, dtoTypeKey } = record;
  return {
    type: dtoTypeKey,
    action: enumOf(ACTIONS, action, (text) => drift.unrecognized('LOGISENSE', 'write.action', text)),
    actionText: action,
    externalId: identity ?? foreignKeyIdentity,
    leftExternalId: lhsId,
    rightExternalId: rhsId,
  };
}
