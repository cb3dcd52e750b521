/** What a change brings with it beside what was asked, and what only LogiSense can say about it. */
import type { ContractCommitmentChange } from '../../domain/change.js';
import type { ContractCommitment, NamedReference } from '../../domain/commitment.js';
import type { Implication } from '../../domain/operation.js';

/** `commitments`: those that are there, by id. */
export function implicationsOf(
  change: ContractCommitmentChange,
  commitments: ReadonlyMap<string, ContractCommitment>,
): readonly Implication[] {
  return deletedBy(change).flatMap((id) => {
    const commitment = commitments.get(id);
    return commitment === undefined ? [] : childrenOf(commitment);
  });
}

/** The commitments that a change deletes. */
export function deletedBy(change: ContractCommitmentChange): readonly string[] {
  switch (change.kind) {
    case 'CONTRACT_COMMITMENT_DELETE':
      return [change.commitmentId];
    case 'CONTRACT_COMMITMENT_PATCH':
      return change.commitments.flatMap((item) => (item.action === 'DELETE' ? [item.commitmentId] : []));
    default:
      return [];
  }
}

/** Everything that goes with the commitment, as far as it shows (seed 001: "all of the related objects"). */
function childrenOf(commitment: ContractCommitment): readonly Implication[] {
  const { periods, services, packageFrequencies, usageClasses, externalId } = commitment;
  const of = `of commitment ${externalId}`;
  return [
    ...periods.map(({ externalId: id, order }) => cascade(`Period ${order} ${of} is deleted with it.`, id)),
    ...services.map((one) =>
      cascade(`The link ${of} to ${named('service', one)} goes with it.`, one.linkExternalId),
    ),
    ...packageFrequencies.map((one) =>
      cascade(`The link ${of} to ${named('package frequency', one)} goes with it.`, one.linkExternalId),
    ),
    ...usageClasses.map((one) =>
      cascade(`The link ${of} to ${named('usage class', one)} goes with it.`, one.linkExternalId),
    ),
  ];
}

function cascade(message: string, externalId: string | null): Implication {
  return { code: 'CASCADE', message, externalId };
}

function named(what: string, { externalId, name }: NamedReference): string {
  return name === null ? `${what} ${externalId}` : `${what} ${externalId} (${name})`;
}

const REFERENCES =
  'Whether the commitment type, the penalty service and the penalty charge type exist at LogiSense and go together.';
const CONTRACT_STATE = 'Whether the account contract is in a state that lets its commitments be changed.';
const FREQUENCY_TYPES = 'Whether the frequency types of the periods exist at LogiSense.';
const SERVICES = 'Whether the services exist at LogiSense, and commitments of this type take services.';
const DELETION = 'Whether the commitment may be deleted, and what goes with it that it does not show.';

export function uncheckedOf(change: ContractCommitmentChange): readonly string[] {
  switch (change.kind) {
    case 'CONTRACT_COMMITMENT_CREATE':
    case 'CONTRACT_COMMITMENT_UPDATE':
      return [REFERENCES, CONTRACT_STATE];
    case 'CONTRACT_COMMITMENT_DELETE':
      return [DELETION, CONTRACT_STATE];
    case 'CONTRACT_COMMITMENT_PATCH': {
      const { commitments, periods, services } = change;
      return [
        ...(commitments.some(({ action }) => action !== 'DELETE') ? [REFERENCES] : []),
        ...(commitments.some(({ action }) => action === 'DELETE') ? [DELETION] : []),
        ...(periods.some(({ action }) => action !== 'DELETE') ? [FREQUENCY_TYPES] : []),
        ...(services.some(({ action }) => action === 'ATTACH') ? [SERVICES] : []),
        CONTRACT_STATE,
      ];
    }
  }
}
