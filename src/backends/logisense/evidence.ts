/**
 * What LogiSense showed at one moment of what a change touches, as the journal keeps it: the facts that tell "applied"
 * from "not applied". JSON throughout; ids are digits.
 */
import type { ContractCommitmentChange } from '../../domain/change.js';
import type { Json } from '../../domain/json.js';
import type { Organization } from '../../domain/organization.js';
import { existingIdsOf } from './requests.js';
import type { Found, Register, Seen, Wanted } from './reads.js';
import type { WireCommitment } from './wire.js';

// Type aliases, not interfaces: only those are known to be JSON.

export type SeenPeriod = {
  readonly occurrences: number | null;
  readonly frequency: number | null;
  readonly frequencyTypeId: string | null;
  readonly order: number;
  readonly isRemainderOfTerm: boolean;
};

/** Members are named as in `ContractCommitmentFields`. */
export type SeenCommitment = {
  readonly accountContractId: string;
  readonly commitmentTypeId: string | null;
  readonly penaltyServiceId: string | null;
  readonly penaltyDescription: string | null;
  readonly includesChildAccounts: boolean | null;
  readonly penaltyChargeTypeId: string | null;
  /** By id. */
  readonly periods: Readonly<Record<string, SeenPeriod>>;
  /** Ids of the rows that link services, by the service's id. */
  readonly services: Readonly<Record<string, string>>;
};

export type SeenRegister = {
  readonly ids: readonly string[];
  readonly unreadable: number;
};

export type Evidence = {
  /** Those that the change names. Another customer's shows as nothing but that. */
  readonly commitments: Readonly<Record<string, SeenCommitment | 'ABSENT' | 'FOREIGN'>>;
  /** What is on the account contracts that get a commitment. */
  readonly accountContracts: Readonly<Record<string, SeenRegister>>;
  /** Of a later look: what is new there, by id; `null`: cannot be read. */
  readonly added: Readonly<Record<string, SeenCommitment | null>>;
};

export function wantedFor(change: ContractCommitmentChange, organization: Organization): Wanted {
  const own = organization.logisense?.accountContractIds ?? [];
  const created = (ids: readonly (string | undefined)[]) =>
    [...new Set(ids)].filter((id) => id !== undefined).filter((id) => own.includes(id));
  switch (change.kind) {
    case 'CONTRACT_COMMITMENT_CREATE':
      return { commitmentIds: [], accountContractIds: created([change.fields.accountContractId]) };
    case 'CONTRACT_COMMITMENT_UPDATE':
    case 'CONTRACT_COMMITMENT_DELETE':
      return { commitmentIds: [change.commitmentId], accountContractIds: [] };
    case 'CONTRACT_COMMITMENT_PATCH':
      return {
        commitmentIds: existingIdsOf(change),
        accountContractIds: created(
          change.commitments.map((item) =>
            item.action === 'CREATE' ? item.fields.accountContractId : undefined,
          ),
        ),
      };
  }
}

/** `before`: what there was; without it nothing is new. */
export function evidenceOf(seen: Seen, before: Evidence | null): Evidence {
  const commitments = [...seen.found].map(([id, found]) => [id, factsOf(found)] as const);
  const accountContracts = [...seen.registers].map(
    ([id, { rows, unreadable }]) => [id, { ids: [...rows.keys()], unreadable }] as const,
  );
  return {
    commitments: Object.fromEntries(commitments),
    accountContracts: Object.fromEntries(accountContracts),
    added: Object.fromEntries(
      before === null ? [] : [...seen.registers].flatMap(([id, register]) => addedTo(id, register, before)),
    ),
  };
}

/** What a commitment is moved to was there before: it is not new. */
function addedTo(
  accountContractId: string,
  { rows }: Register,
  { accountContracts, commitments }: Evidence,
): readonly (readonly [string, SeenCommitment | null])[] {
  const known = new Set([...(accountContracts[accountContractId]?.ids ?? []), ...Object.keys(commitments)]);
  return [...rows]
    .filter(([id]) => !known.has(id))
    .map(([id, found]) => [id, found === null ? null : toSeen(found.row)] as const);
}

/** Evidence out of the journal; `null` if it is not, or of a form that is not ours. */
export function readEvidence(json: Json): Evidence | null {
  if (!isObject(json)) return null;
  const { commitments, accountContracts, added } = json;
  return isObject(commitments) && isObject(accountContracts) && isObject(added)
    ? (json as unknown as Evidence)
    : null;
}

function isObject(json: Json | undefined): json is { readonly [name: string]: Json } {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function factsOf(found: Found): SeenCommitment | 'ABSENT' | 'FOREIGN' {
  switch (found.kind) {
    case 'own':
      return toSeen(found.row);
    case 'absent':
      return 'ABSENT';
    case 'foreign':
      return 'FOREIGN';
  }
}

function toSeen(row: WireCommitment): SeenCommitment {
  return {
    accountContractId: row.accountContractId,
    commitmentTypeId: row.contractCommitmentTypeId,
    penaltyServiceId: row.penaltyServiceId,
    penaltyDescription: row.penaltyDescription,
    includesChildAccounts: row.includeChildAccounts,
    penaltyChargeTypeId: row.contractCommitmentPenaltyChargeTypeId,
    periods: Object.fromEntries(
      (row.details?.periods ?? []).map((period) => [
        period.identity,
        {
          occurrences: period.periodOccurrences,
          frequency: period.periodFrequency,
          frequencyTypeId: period.frequencyTypeId,
          order: period.sortOrder,
          isRemainderOfTerm: period.isRemainderOfTerm,
        },
      ]),
    ),
    services: Object.fromEntries(
      (row.details?.services ?? []).map(({ serviceId, identity }) => [serviceId, identity]),
    ),
  };
}
