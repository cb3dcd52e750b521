/**
 * State to the JSON of seed 001, member for member and in its order. Guarantees all eleven members on every commitment.
 * A commitment without a penalty says null where the sample has values: the vendor shows no such commitment, so null
 * instead of a missing member is our choice.
 */
import type { AccountContract, Commitment, CommitmentType, LogisenseState, Named, Period } from './state.js';

type Wire = Record<string, unknown>;

function nameOf(things: ReadonlyMap<number, Named>, id: number | null): string | null {
  return id === null ? null : (things.get(id)?.name ?? null);
}

export function presentCommitment(state: LogisenseState, commitment: Commitment): Wire {
  return {
    identity: commitment.identity,
    accountContractId: commitment.accountContractId,
    accountContractName: nameOf(state.accountContracts, commitment.accountContractId),
    contractCommitmentTypeId: commitment.contractCommitmentTypeId,
    contractCommitmentTypeName: nameOf(state.commitmentTypes, commitment.contractCommitmentTypeId),
    penaltyServiceId: commitment.penaltyServiceId,
    penaltyServiceName: nameOf(state.services, commitment.penaltyServiceId),
    penaltyDescription: commitment.penaltyDescription,
    includeChildAccounts: commitment.includeChildAccounts,
    contractCommitmentPenaltyChargeTypeId: commitment.contractCommitmentPenaltyChargeTypeId,
    contractCommitmentPenaltyChargeTypeName: nameOf(
      state.penaltyChargeTypes,
      commitment.contractCommitmentPenaltyChargeTypeId,
    ),
  };
}

export function presentPeriod(state: LogisenseState, contractCommitmentId: number, period: Period): Wire {
  return {
    identity: period.identity,
    contractCommitmentId,
    periodOccurrences: period.periodOccurrences,
    periodFrequency: period.periodFrequency,
    frequencyTypeId: period.frequencyTypeId,
    frequencyTypeName: nameOf(state.frequencyTypes, period.frequencyTypeId),
    sortOrder: period.sortOrder,
    isRemainderOfTerm: period.isRemainderOfTerm,
  };
}

export function presentCommitmentDetail(state: LogisenseState, commitment: Commitment): Wire {
  const contractCommitmentId = commitment.identity;
  return {
    ...presentCommitment(state, commitment),
    details: {
      periods: commitment.periods.map((period) => presentPeriod(state, contractCommitmentId, period)),
      services: commitment.services.map(({ identity, targetId }) => ({
        identity,
        contractCommitmentId,
        serviceId: targetId,
        serviceName: nameOf(state.services, targetId),
      })),
      packageFrequencies: commitment.packageFrequencies.map(({ identity, targetId }) => {
        const frequency = state.packageFrequencies.get(targetId);
        return {
          identity,
          contractCommitmentId,
          packageFrequencyId: targetId,
          packageFrequencyName: frequency?.name ?? null,
          packageId: frequency?.packageId ?? null,
          packageName: frequency?.packageName ?? null,
        };
      }),
      usageClasses: commitment.usageClasses.map(({ identity, targetId }) => ({
        identity,
        contractCommitmentId,
        usageClassId: targetId,
        usageClassName: nameOf(state.usageClasses, targetId),
      })),
    },
  };
}

export function presentCommitmentType(type: CommitmentType): Wire {
  return { identity: type.identity, name: type.name, sortOrder: type.sortOrder };
}

export function presentNamed(named: Named): Wire {
  return { identity: named.identity, name: named.name };
}

/** A selection of the members that the vendor's v5 and v10 pages list; the v6 page was not found. */
export function presentAccountContract(state: LogisenseState, contract: AccountContract): Wire {
  const monthly = [...state.frequencyTypes.values()].find(({ name }) => name === 'Month');
  return {
    identity: contract.identity,
    name: contract.name,
    accountId: contract.accountId,
    accountName: contract.accountName,
    start: `${contract.start}T00:00:00Z`,
    frequency: contract.months,
    frequencyTypeId: monthly?.identity ?? null,
    frequencyTypeName: monthly?.name ?? null,
  };
}
